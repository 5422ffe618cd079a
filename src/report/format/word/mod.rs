//! The narrative as a Word document: cover, pages to sign, contents, parts with headings, tables with repeated headers, native charts.
//!
//! WordprocessingML of ECMA-376 part 1, written part by part: docx-rs, the library at hand, has no charts, and what we need of the
//! format is small and has to be the same bytes everywhere.

mod chart;
mod cover;
mod parts;
mod turned;
mod widths;

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::error::Failure;
use crate::number::rounded;
use crate::report::document::{Block, Document, Kind, Picture, Row, Section, Table, Value};
use crate::report::format::number;
use crate::report::format::word::parts::{bullet, cell, run};
use crate::report::format::word::widths::{LETTER, MARGINS, WIDE, letters, mean_width, widths};
use crate::report::format::xml::escape;
use crate::report::{Format, Output};
use crate::text::{Lang, Text, t};
use crate::unit::Date;

pub const ENTRY: Format = Format { name: "docx", write };

/// A table of more columns than this is laid across the page.
const PORTRAIT_COLUMNS: usize = 8;
/// Columns of an upright table that has no text.
const MOST_BOXES: usize = 11;
/// So is one of more columns than this, with a text that would take so many lines upright on average.
const CROWDED_COLUMNS: usize = 6;
const CROWDED_LINES: f64 = 3.0;
/// Width of the text in twips (1/1440 inch), upright and across.
const PORTRAIT_WIDTH: usize = 8844;
const LANDSCAPE_WIDTH: usize = 14344;
/// Height of a row that is filled by hand, in twips: room for a signature, and less where there are more than so many.
const FEW_HAND_ROWS: usize = 6;
const HAND_ROW: usize = 900;
const LOW_HAND_ROW: usize = 480;

fn write(document: &Document, lang: Lang, date: Date) -> Result<Vec<Output>, Failure> {
    let mut page = Page { body: String::new(), charts: Vec::new(), headings: Vec::new(), lang, document, across: false };
    page.whole();
    let name = format!("{}.docx", document.file.get(lang));
    let bytes = package(&page, date).ok_or_else(|| {
        Failure::from(t("Word 报告做不出来：超过了 .docx 格式的限度。", "The Word report cannot be made: it passes a limit of .docx."))
    })?;
    Ok(vec![Output { name, bytes }])
}

/// Was the document written by us and saved by nobody since? Word, WPS and LibreOffice all write their own name.
pub fn is_untouched(bytes: &[u8]) -> bool {
    let mut app = String::new();
    let part = ZipArchive::new(Cursor::new(bytes))
        .ok()
        .and_then(|mut archive| archive.by_name("docProps/app.xml").ok()?.take(4096).read_to_string(&mut app).ok());
    part.is_some() && app == parts::app()
}

/// All parts in one archive, the same bytes on every system.
fn package(page: &Page<'_>, date: Date) -> Option<Vec<u8>> {
    let Page { document, lang, charts, .. } = page;
    let mut files: Vec<(String, String)> = vec![
        ("[Content_Types].xml".to_string(), parts::content_types(charts.len())),
        ("_rels/.rels".to_string(), parts::package_relations()),
        ("word/document.xml".to_string(), parts::document(&page.body)),
        ("word/_rels/document.xml.rels".to_string(), parts::document_relations(charts.len())),
        ("word/styles.xml".to_string(), parts::styles(*lang)),
        ("word/fontTable.xml".to_string(), parts::fonts()),
        ("word/settings.xml".to_string(), parts::settings()),
        ("word/header1.xml".to_string(), parts::header(&page.running_title())),
        ("word/footer1.xml".to_string(), parts::footer(document.footer.get(*lang), *lang)),
    ];
    files.extend((1..).zip(charts).map(|(number, chart)| (format!("word/charts/chart{number}.xml"), chart.clone())));
    files.push(("docProps/core.xml".to_string(), parts::core(document.title.get(*lang), date)));
    files.push(("docProps/app.xml".to_string(), parts::app()));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    for (name, text) in files {
        archive.start_file(name, options).ok()?;
        archive.write_all(text.as_bytes()).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

/// The document under way.
struct Page<'a> {
    body: String,
    charts: Vec<String>,
    /// Level, text and bookmark of each heading so far.
    headings: Vec<(usize, String, String)>,
    lang: Lang,
    document: &'a Document,
    /// Is the current page laid across?
    across: bool,
}

/// Stands where the contents go until all headings are known.
const CONTENTS: &str = "<!--contents-->";

impl Page<'_> {
    fn running_title(&self) -> String {
        let mark = self.document.marked().get(self.lang).to_string();
        format!("{mark}{}", self.document.title.get(self.lang))
    }

    fn whole(&mut self) {
        let document = self.document;
        // Without a cover it is a sheet to hand out.
        if document.cover.is_empty() && document.front.is_empty() {
            self.paragraph("Title", document.title.get(self.lang));
            let sections: Vec<&Section> = document.narrative.iter().chain(&document.back).collect();
            let across = self.turned(&sections);
            for (section, across) in sections.into_iter().zip(across) {
                self.section(section, section.new_page, across);
            }
            self.body.push_str(&parts::section_end(self.across, false));
            return;
        }
        self.cover();
        for section in &document.front {
            self.section(section, true, self.has_wide(section));
        }
        let sections: Vec<&Section> = document.narrative.iter().collect();
        let across = self.turned(&sections);
        if self.is_short() {
            // Nothing stands before the first part but the cover, which is a section of its own.
            self.across = if document.front.is_empty() { across.first() == Some(&true) } else { self.across };
        } else {
            // The cover ends its own page.
            if !document.front.is_empty() {
                self.page_break();
            }
            self.paragraph("ContentsHeading", t("目录", "Contents").get(self.lang));
            self.body.push_str(CONTENTS);
        }
        for (index, (section, across)) in sections.into_iter().zip(across).enumerate() {
            self.section(section, index == 0 || section.new_page, across);
        }
        for section in &document.back {
            self.section(section, true, self.has_wide(section));
        }
        self.body.push_str(&parts::section_end(self.across, false));
        let contents = parts::contents(&self.headings);
        self.body = self.body.replacen(CONTENTS, &contents, 1);
    }

    /// A paper of few pages, which is found one's way in without contents.
    fn is_short(&self) -> bool {
        let document = self.document;
        let lines: usize = document.narrative.iter().chain(&document.back).map(|section| self.lines(section)).sum();
        lines <= SHORT_PAPER_LINES
    }

    fn page_break(&mut self) {
        self.body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        self.body.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text)));
    }

    /// A paragraph on the page of what follows, all of it.
    fn leading(&mut self, style: &str, text: &str) {
        self.body.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:keepNext/><w:keepLines/></w:pPr>{}</w:p>", run(text)));
    }

    /// One point of a list; several lines stay on one page.
    fn numbered(&mut self, text: &str) {
        let together = if text.contains('\n') { "<w:keepLines/>" } else { "" };
        self.body.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"ListNumber\"/>{together}</w:pPr>{}</w:p>", run(text)));
    }

    fn heading(&mut self, level: usize, text: &str, new_page: bool) {
        let bookmark = format!("_Toc{:05}", self.headings.len() + 1);
        let id = self.headings.len() + 1;
        let page = if new_page { "<w:pageBreakBefore/>" } else { "" };
        self.body.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/>{page}</w:pPr><w:bookmarkStart w:id=\"{id}\" w:name=\"{bookmark}\"/>{}<w:bookmarkEnd w:id=\"{id}\"/></w:p>",
            run(text)
        ));
        self.headings.push((level, text.to_string(), bookmark));
    }

    fn has_wide(&self, section: &Section) -> bool {
        section.blocks.iter().any(|block| matches!(block, Block::Table(table) if self.is_wide(table)))
    }

    /// A part, across the page or upright.
    fn section(&mut self, section: &Section, new_page: bool, across: bool) {
        let turned = across != self.across;
        if turned {
            self.body.push_str(&parts::turn(self.across));
            self.across = across;
        }
        if !section.title.is_empty() {
            self.heading(section.level, section.title.get(self.lang), new_page && !turned);
        }
        for (at, block) in section.blocks.iter().enumerate() {
            // A sentence that leads to a table or a list stays on its page, and so do the few lines of a heading above its table.
            let next = section.blocks.get(at + 1);
            let leads = match next {
                // What takes most of a page by itself goes to the next one whole, and alone.
                Some(Block::Table(table)) => !self.is_tall(table),
                next => matches!(next, Some(Block::Numbered(_) | Block::List(_))),
            };
            let below_heading = match at.checked_sub(1) {
                Some(before) => matches!(section.blocks[before], Block::Heading(_)),
                None => !section.title.is_empty(),
            };
            let heads = below_heading && matches!(next, Some(Block::Table(_)));
            match block {
                Block::Text(text) if leads => self.leading("BodyText", text.get(self.lang)),
                // Of a list the last point may lead to what follows.
                Block::List(items) => {
                    let kept = if heads && items.len() <= KEPT_LINES { items.len() } else { usize::from(leads) };
                    for (at, item) in items.iter().enumerate() {
                        let text = bullet(item.get(self.lang));
                        // No page holds nothing but a part's last point.
                        let is_near_end = next.is_none() && at + 1 < items.len() && at + LAST_LINES >= items.len();
                        let style = "ListBullet";
                        if at + kept >= items.len() || is_near_end { self.leading(style, &text) } else { self.paragraph(style, &text) }
                    }
                }
                block => self.block(block, next.is_none()),
            }
        }
    }

    fn block(&mut self, block: &Block, ends: bool) {
        let lang = self.lang;
        match block {
            Block::Lead(text) => self.paragraph("Lead", text.get(lang)),
            Block::Heading(text) if text.is_empty() => {}
            Block::Heading(text) => self.heading(2, text.get(lang), false),
            Block::Text(text) => self.paragraph("BodyText", text.get(lang)),
            Block::Numbered(items) => {
                (1..).zip(items).for_each(|(number, item)| self.numbered(&format!("{number}. {}", item.get(lang))));
            }
            Block::Table(table) => self.table(table, ends),
            Block::Picture(picture) => self.picture(picture),
            Block::List(_) | Block::Charts(_) => {}
        }
    }

    /// Does a table have too many columns for an upright page, or too little room there for its texts?
    fn is_wide(&self, table: &Table) -> bool {
        // Boxes for single letters fit, however many.
        if table.columns.iter().all(|column| matches!(column.kind, Kind::Count | Kind::Short | Kind::ShortHand)) {
            return table.columns.len() > MOST_BOXES;
        }
        if table.columns.len() <= CROWDED_COLUMNS || table.columns.len() > PORTRAIT_COLUMNS {
            return table.columns.len() > PORTRAIT_COLUMNS;
        }
        // Rows to be written in are high enough for a text of several lines.
        if table.columns.iter().any(|column| column.kind.is_by_hand()) {
            return false;
        }
        let cells = self.cells(table);
        let widths = widths(table, &cells, PORTRAIT_WIDTH, self.lang);
        let mut texts = table.columns.iter().zip(widths).enumerate().filter(|(_, (column, _))| column.kind == Kind::Text);
        texts.any(|(index, (_, twips))| mean_width(&cells, index) > CROWDED_LINES * (twips as f64 - MARGINS) / LETTER)
    }

    fn cells(&self, table: &Table) -> Vec<Vec<String>> {
        let row = |row: &Row| table.columns.iter().zip(&row.cells).map(|(column, value)| self.value(value, column.kind)).collect();
        table.rows.iter().map(row).collect()
    }

    /// Does a table that stays whole take more than half of a page?
    fn is_tall(&self, table: &Table) -> bool {
        let (room, page) = if self.across { (LANDSCAPE_WIDTH, TALL.0) } else { (PORTRAIT_WIDTH, TALL.1) };
        let cells = self.cells(table);
        let widths = widths(table, &cells, room, self.lang);
        let lines = |text: &String, twips: usize| (letters(text, WIDE) * LETTER / (twips as f64 - MARGINS)).ceil();
        let row = |row: &Vec<String>| row.iter().zip(&widths).map(|(text, twips)| lines(text, *twips)).fold(1.0, f64::max);
        table.rows.len() <= KEPT_TOGETHER && cells.iter().map(row).sum::<f64>() > page
    }

    /// `ends` where nothing of its part stands below.
    fn table(&mut self, table: &Table, ends: bool) {
        let lang = self.lang;
        if !table.title.is_empty() {
            self.paragraph("TableTitle", table.title.get(lang));
        }
        let cells = self.cells(table);
        let room = if self.across { LANDSCAPE_WIDTH } else { PORTRAIT_WIDTH };
        let widths = widths(table, &cells, room, lang);
        let by_hand = table.columns.iter().any(|column| column.kind.is_by_hand());
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let mut out = format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            widths.iter().sum::<usize>()
        );
        // LibreOffice loses rows of a short table that a page break parts.
        let whole = table.rows.len() <= KEPT_TOGETHER;
        out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            out.push_str(&cell(
                *width,
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"DCE6F1\"/>",
                "TableHeader",
                column.name.get(lang),
                whole,
            ));
        }
        out.push_str("</w:tr>");
        let last = table.rows.len().saturating_sub(1);
        for (index, (row, texts)) in table.rows.iter().zip(&cells).enumerate() {
            let height = if table.rows.len() > FEW_HAND_ROWS { LOW_HAND_ROW } else { HAND_ROW };
            let height = if by_hand { format!("<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>") } else { String::new() };
            out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"));
            for (((column, value), text), width) in table.columns.iter().zip(&row.cells).zip(texts).zip(&widths) {
                let style = match column.kind {
                    Kind::Text | Kind::Hand | Kind::ShortHand | Kind::LongHand => "TableText",
                    Kind::Short => "TableCentre",
                    _ => "TableNumber",
                };
                out.push_str(&cell(*width, &self.shade(value, column.kind), style, text, whole && index < last));
            }
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
        self.body.push_str(&out);
        self.paragraph(if ends { "AfterLast" } else { "AfterTable" }, "");
    }

    fn value(&self, value: &Value, kind: Kind) -> String {
        match value {
            Value::Figure(value, _) => self.value(value.plain(), kind),
            Value::Empty if kind.is_by_hand() => String::new(),
            Value::Empty => "—".to_string(),
            Value::Text(text) | Value::Link(text, _) => text.get(self.lang).to_string(),
            Value::Number(value) => number(*value, kind, self.document.decimals),
        }
    }

    /// The colour of a score's band; the worst also stands out by its shade in black and white.
    fn shade(&self, value: &Value, kind: Kind) -> String {
        const SHADES: [&str; 4] = ["D9EAD3", "EEF5E6", "FFF2CC", "F4CCCC"];
        let Value::Number(score) = value.plain() else { return String::new() };
        // As it is shown, and as a workbook keeps it.
        let score = &rounded(*score, kind.decimals(self.document.decimals));
        if kind != Kind::Score {
            return String::new();
        }
        let bands = &self.document.bands;
        let band = bands.iter().position(|from| score >= from).unwrap_or(bands.len().saturating_sub(1));
        let shade = if band + 1 == bands.len() { SHADES[3] } else { SHADES[band.min(2)] };
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{shade}\"/>")
    }

    fn picture(&mut self, picture: &Picture) {
        let number = self.charts.len() + 1;
        self.charts.push(chart::draw(picture, self.document.decimals, self.lang));
        let (width, height) = chart::size(picture, self.across);
        self.body.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart r:id=\"chart{number}\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
            id = 100 + number,
            name = escape(picture.name),
            alt = escape(picture.alt.get(self.lang)),
        ));
    }
}

/// A paper of so many lines or fewer, some eight pages, has no contents.
const SHORT_PAPER_LINES: usize = 200;

/// Rows of a table that stays on one page, and lines between a heading and a table that stay with both.
const KEPT_TOGETHER: usize = 10;
const KEPT_LINES: usize = 6;
/// Lines of a table on half a page, across and upright.
const TALL: (f64, f64) = (18.0, 30.0);
/// Points at the end of a part that stay together.
const LAST_LINES: usize = 4;

/// A line of the cover and of the contents is found again by its style; the texts of the format stand here.
pub(super) const PAGE_OF: Text = t("第 {page} 页 共 {pages} 页", "Page {page} of {pages}");
