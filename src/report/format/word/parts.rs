//! The parts of the package besides the text: relations, styles, fonts, page geometry, header and footer, contents.

use crate::report::format::word::PAGE_OF;
use crate::report::format::xml::escape;
use crate::text::Lang;
use crate::unit::{Date, date_text};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub fn content_types(charts: usize) -> String {
    let word = |part: &str, kind: &str| {
        format!(
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        )
    };
    let charts: String = (1..=charts)
        .map(|number| {
            format!(
                "<Override PartName=\"/word/charts/chart{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.drawingml.chart+xml\"/>"
            )
        })
        .collect();
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{}{}{}{}{charts}<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
        word("document", "document.main"),
        word("styles", "styles"),
        word("fontTable", "fontTable"),
        word("settings", "settings"),
        word("header1", "header"),
        word("footer1", "footer"),
    )
}

fn relations(lines: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{lines}</Relationships>")
}

pub fn package_relations() -> String {
    relations(&format!(
        "<Relationship Id=\"document\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/><Relationship Id=\"app\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/>"
    ))
}

pub fn document_relations(charts: usize) -> String {
    let own = [("styles", "styles"), ("fontTable", "fonts"), ("settings", "settings"), ("header1", "header"), ("footer1", "footer")];
    let kinds = ["styles", "fontTable", "settings", "header", "footer"];
    let own: String = own
        .iter()
        .zip(kinds)
        .map(|((target, id), kind)| format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.xml\"/>"))
        .collect();
    let charts: String = (1..=charts)
        .map(|number| format!("<Relationship Id=\"chart{number}\" Type=\"{OFFICE}/chart\" Target=\"charts/chart{number}.xml\"/>"))
        .collect();
    relations(&format!("{own}{charts}"))
}

pub fn document(body: &str) -> String {
    format!(
        "{HEAD}<w:document {W} xmlns:r=\"{OFFICE}\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><w:body>{body}</w:body></w:document>"
    )
}

/// Geometry of the pages up to here, in twips; the cover carries no header and footer.
pub fn section_end(across: bool, cover: bool) -> String {
    // GB/T 9704-2012: 37 mm above, 28 mm left, on A4.
    let page = if across {
        "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1417\" w:right=\"1247\" w:bottom=\"1304\" w:left=\"1247\" w:header=\"737\" w:footer=\"737\" w:gutter=\"0\"/>"
    } else {
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1134\" w:footer=\"1134\" w:gutter=\"0\"/>"
    };
    let running = if cover {
        String::new()
    } else {
        "<w:headerReference w:type=\"default\" r:id=\"header\"/><w:footerReference w:type=\"default\" r:id=\"footer\"/>".to_string()
    };
    format!("<w:sectPr>{running}<w:type w:val=\"nextPage\"/>{page}</w:sectPr>")
}

/// The paragraph that ends a section within the text: too low to need a page of its own behind a full one.
pub fn turn(across: bool) -> String {
    let low = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr>";
    format!("<w:p><w:pPr>{low}{}</w:pPr></w:p>", section_end(across, false))
}

/// The contents, each page number a reference to its heading: Word and WPS renew them when the document is opened. They stand in no
/// field of contents, within which LibreOffice prints them empty.
pub fn contents(headings: &[(usize, String, String)]) -> String {
    let mut out = String::new();
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    for (level, text, bookmark) in headings {
        out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"TOC{level}\"/></w:pPr><w:hyperlink w:anchor=\"{bookmark}\" w:history=\"1\"><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>{}<w:r><w:instrText xml:space=\"preserve\"> PAGEREF {bookmark} \\h </w:instrText></w:r>{}{}</w:hyperlink></w:p>",
            escape(text),
            field("begin"),
            field("separate"),
            field("end"),
        ));
    }
    out
}

/// One paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Paragraph and character properties as the format spells them.
    paragraph: &'static str,
    characters: &'static str,
}

const STYLES: [Style; 18] = [
    Style {
        id: "Title",
        name: "Title",
        paragraph: "<w:spacing w:before=\"0\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"48\"/>",
    },
    Style {
        id: "CoverLine",
        name: "Cover Line",
        paragraph: "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:ind w:left=\"1400\"/>",
        characters: "<w:sz w:val=\"32\"/>",
    },
    Style {
        id: "CoverMark",
        name: "Cover Mark",
        paragraph: "<w:jc w:val=\"center\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:color w:val=\"990000\"/><w:sz w:val=\"36\"/>",
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        paragraph: "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"160\"/><w:outlineLvl w:val=\"0\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"32\"/>",
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        paragraph: "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"100\"/><w:outlineLvl w:val=\"1\"/>",
        characters: "<w:b/><w:sz w:val=\"28\"/>",
    },
    Style {
        id: "ContentsHeading",
        name: "Contents Heading",
        paragraph: "<w:spacing w:before=\"120\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"36\"/>",
    },
    Style {
        id: "TOC1",
        name: "toc 1",
        paragraph: "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8840\"/></w:tabs><w:spacing w:line=\"420\" w:lineRule=\"exact\"/>",
        characters: "<w:sz w:val=\"26\"/>",
    },
    Style {
        id: "TOC2",
        name: "toc 2",
        paragraph: "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8840\"/></w:tabs><w:spacing w:line=\"380\" w:lineRule=\"exact\"/><w:ind w:left=\"420\"/>",
        characters: "<w:sz w:val=\"24\"/>",
    },
    Style {
        id: "Lead",
        name: "Lead",
        paragraph: "<w:spacing w:before=\"120\" w:after=\"120\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"30\"/>",
    },
    Style {
        id: "BodyText",
        name: "Body Text",
        paragraph: "<w:spacing w:line=\"480\" w:lineRule=\"atLeast\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"560\"/>",
        characters: "",
    },
    Style {
        id: "ListBullet",
        name: "List Bullet",
        paragraph: "<w:spacing w:line=\"440\" w:lineRule=\"atLeast\"/><w:ind w:left=\"420\" w:hanging=\"280\"/>",
        characters: "",
    },
    Style {
        id: "ListNumber",
        name: "List Number",
        paragraph: "<w:spacing w:line=\"440\" w:lineRule=\"atLeast\"/><w:ind w:left=\"560\" w:hanging=\"420\"/>",
        characters: "",
    },
    Style {
        id: "TableTitle",
        name: "Table Title",
        paragraph: "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:jc w:val=\"center\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"22\"/>",
    },
    Style {
        id: "TableHeader",
        name: "Table Header",
        paragraph: "<w:keepNext/><w:jc w:val=\"center\"/>",
        characters: "<w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"18\"/>",
    },
    Style { id: "TableText", name: "Table Text", paragraph: "", characters: "<w:sz w:val=\"18\"/>" },
    Style { id: "TableCentre", name: "Table Centre", paragraph: "<w:jc w:val=\"center\"/>", characters: "<w:sz w:val=\"18\"/>" },
    Style { id: "TableNumber", name: "Table Number", paragraph: "<w:jc w:val=\"right\"/>", characters: "<w:sz w:val=\"18\"/>" },
    Style {
        id: "Figure",
        name: "Figure",
        paragraph: "<w:spacing w:before=\"160\" w:after=\"160\"/><w:jc w:val=\"center\"/>",
        characters: "",
    },
];

pub fn styles(lang: Lang) -> String {
    let language = match lang {
        Lang::Zh => "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>",
        Lang::En => "<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/>",
    };
    let own: String = STYLES
        .iter()
        .map(|style| {
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>",
                style.id, style.name, style.paragraph, style.characters
            )
        })
        .collect();
    let edge = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].into_iter().map(edge).collect();
    format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>{language}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style><w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style><w:style w:type=\"table\" w:styleId=\"Report\"><w:name w:val=\"Report Table\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"AfterTable\"><w:name w:val=\"After Table\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:line=\"160\" w:lineRule=\"exact\"/></w:pPr><w:rPr><w:sz w:val=\"8\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"AfterLast\"><w:name w:val=\"After Last Table\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr><w:rPr><w:sz w:val=\"2\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Running\"><w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"8840\"/></w:tabs></w:pPr><w:rPr><w:sz w:val=\"16\"/></w:rPr></w:style>{own}</w:styles>"
    )
}

/// Fonts by their Chinese names, with the names other systems know them by.
pub fn fonts() -> String {
    const FONTS: [(&str, &str, &str); 2] = [
        ("仿宋", "仿宋_GB2312,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC", "roman"),
        ("黑体", "SimHei,华文黑体,STHeiti,Noto Sans CJK SC", "swiss"),
    ];
    let fonts: String = FONTS
        .iter()
        .map(|(name, others, family)| {
            format!("<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\"/><w:charset w:val=\"86\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>")
        })
        .collect();
    format!("{HEAD}<w:fonts {W}>{fonts}</w:fonts>")
}

/// Fields are renewed when the document is opened, so that the contents find their page numbers.
pub fn settings() -> String {
    format!(
        "{HEAD}<w:settings {W}><w:defaultTabStop w:val=\"420\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:updateFields w:val=\"true\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

pub fn header(text: &str) -> String {
    format!(
        "{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:hdr>",
        escape(text)
    )
}

/// The digests left, the page number right.
pub fn footer(text: &str, lang: Lang) -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let plain = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text));
    let words = PAGE_OF;
    let words = words.get(lang);
    let (before, rest) = words.split_once("{page}").unwrap_or((words, ""));
    let (between, after) = rest.split_once("{pages}").unwrap_or((rest, ""));
    format!(
        "{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:jc w:val=\"center\"/></w:pPr>{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:jc w:val=\"center\"/></w:pPr>{}</w:p></w:ftr>",
        plain(before),
        field("PAGE"),
        plain(between),
        field("NUMPAGES"),
        plain(after),
        plain(text),
    )
}

pub fn core(title: &str, date: Date) -> String {
    let created = date_text(date);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>ecap</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}T00:00:00Z</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{created}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        escape(title)
    )
}

pub fn app() -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>ecap</Application></Properties>"
    )
}

/// A point of a list.
pub fn bullet(text: &str) -> String {
    format!("· {text}")
}

/// Text as a run; a line break stays one.
pub fn run(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = text.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line))).collect();
    format!("<w:r>{}</w:r>", lines.join("<w:br/>"))
}

/// A cell; `kept` on the page of the row below.
pub fn cell(width: usize, shade: &str, style: &str, text: &str, kept: bool) -> String {
    let keep = if kept { "<w:keepNext/>" } else { "" };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}</w:pPr>{}</w:p></w:tc>",
        run(text)
    )
}
