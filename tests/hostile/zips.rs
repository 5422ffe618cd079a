//! Zips that are not what they say.

use ecap::tree::Tree;

use crate::made::{COVER, ITEMS, LINKS, Made, STRINGS, STYLES, WORKBOOK, declared, replaced, rows, sheet};
use crate::{Case, case};

pub fn cases(tree: &Tree) -> Vec<Case> {
    let good = Made::good(tree);
    let utf16 = |mark: &[u8], of: fn(u16) -> [u8; 2]| {
        let mark = mark.to_vec();
        good.clone().each(move |_, text| [mark.clone(), text.replace("UTF-8", "UTF-16").encode_utf16().flat_map(of).collect()].concat())
    };
    let many = (0..9_993).fold(good.clone(), |mut made, number| {
        made.0.push((format!("p/{number}.txt"), Vec::new()));
        made
    });

    let huge = good.clone().part(ITEMS, sheet("", &(super::made::rows(super::made::good_answers()) + &" ".repeat(70 * 1024 * 1024)), ""));
    let large = huge.bytes();

    let hundred = "<c><v>1</v></c>".repeat(100);
    let other_name =
        good.clone().swap(LINKS, "worksheets/sheet2.xml", "worksheets/sheet2.dat").named(|name| name.replace("sheet2.xml", "sheet2.dat"));
    let strict = |_: &str, text: &str| {
        text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            .into_bytes()
    };
    let prefixed = |name: &str, text: &str| {
        if !name.starts_with("xl/w") || name.ends_with(".rels") {
            return text.as_bytes().to_vec();
        }
        let tags = text.replace("</", "\u{1}").replace("<?", "\u{2}").replace('<', "<m:").replace('\u{1}', "</m:").replace('\u{2}', "<?");
        tags.replace(" xmlns=", " xmlns:m=").into_bytes()
    };
    vec![
        case("good", good.bytes()),
        case("declared 1 GB", declared(good.bytes(), ITEMS, 1 << 30)),
        case("declared 60 MB, above the growth", declared(large.clone(), ITEMS, 60 * 1024 * 1024)),
        case("longer than declared", declared(good.bytes(), ITEMS, 100)),
        case("shorter than declared", declared(good.bytes(), ITEMS, 100_000)),
        case("10,001 parts", many.bytes()),
        case("10,001 parts, allowed", many.bytes()).limits(&["parts=20000"]),
        case("parts of one name", replaced(&good.clone().part("xl/worksheets/sheetX.xml", "x").bytes(), b"sheetX.xml", b"sheet2.xml")),
        case("parts of one name but for letter case", good.clone().part("xl/worksheets/Sheet2.xml", "x").bytes()),
        case("grows more than allowed", large.clone()),
        case("grows more than allowed, under a name of no XML", declared(other_name.bytes(), "xl/worksheets/sheet2.dat", 3 << 30)),
        case("a sheet under another name", other_name.bytes()),
        case("too large unpacked", large).limits(&["unpacked=10", "growth=100000"]),
        case("too large as it lies there", vec![b'a'; 1_100_000]).limits(&["file=1"]),
        case("too many cells", good.clone().part(COVER, sheet("", &format!("<row>{hundred}</row>"), "")).bytes()).limits(&["cells=90"]),
        case("too much text", good.clone().part(STRINGS, format!("<sst><si><t>{}</t></si></sst>", "长".repeat(400_000))).bytes())
            .limits(&["text=1"]),
        case("a text told again and again", {
            let string = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(30_000));
            let told = "<c t=\"s\"><v>0</v></c>".repeat(20);
            good.clone().part(STRINGS, string).part(COVER, sheet("", &format!("<row>{told}</row>"), "")).bytes()
        })
        .limits(&["text=1"]),
        case("sheet part missing", good.clone().without(ITEMS).bytes()),
        case("styles missing", good.clone().without(STYLES).bytes()),
        case("strings missing", good.clone().without(STRINGS).bytes()),
        case("half a download", good.clone().bytes()[..good.clone().bytes().len() / 2].to_vec()),
        case("all but its last byte", good.clone().bytes()[..good.clone().bytes().len() - 1].to_vec()),
        case("a byte changed on the way", {
            let mut bytes = good.clone().bytes();
            let at = bytes.windows(14).position(|name| name == b"sheets/sheet2.").unwrap() + 60;
            bytes[at] ^= 1;
            bytes
        }),
        case("cut-off sheet", good.clone().part(ITEMS, &sheet("", &rows(super::made::good_answers()), "").as_bytes()[..900]).bytes()),
        case(
            "cut-off workbook",
            good.clone().swap(WORKBOOK, "<sheet name=\"00\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>", "").bytes(),
        ),
        case("cut-off styles", good.clone().swap(STYLES, "<xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>", "").bytes()),
        case("cut-off strings", good.clone().swap(STRINGS, "</si></sst>", "").bytes()),
        case(
            "a sheet listed twice",
            good.clone().swap(WORKBOOK, "</sheets>", "<sheet name=\"副本\" sheetId=\"3\" r:id=\"rId2\"/></sheets>").bytes(),
        ),
        case("two sheets of one name", good.clone().swap(WORKBOOK, "填报说明", "00").bytes()),
        case("a sheet without a relation", good.clone().swap(WORKBOOK, "rId2", "rId9").bytes()),
        case("prefixes", good.clone().each(prefixed).bytes()),
        case("strict", good.clone().each(strict).bytes()),
        case("UTF-16, low byte first", utf16(b"\xff\xfe", u16::to_le_bytes).bytes()),
        case("UTF-16, high byte first", utf16(b"\xfe\xff", u16::to_be_bytes).bytes()),
        case("backslashes", good.clone().named(|name| name.replace('/', "\\")).bytes()),
        case("upper case", good.clone().named(str::to_uppercase).bytes()),
        case("hidden sheet", good.clone().swap(WORKBOOK, "sheetId=\"2\"", "sheetId=\"2\" state=\"veryHidden\"").bytes()),
        case("xlsx under the name of an xls", good.bytes()).file("试.xls"),
        case(
            "a Word file",
            Made(vec![("[Content_Types].xml".into(), b"<x/>".to_vec()), ("word/document.xml".into(), b"<x/>".to_vec())]).bytes(),
        ),
        case("a zip of anything", Made(vec![("a.txt".into(), b"x".to_vec())]).bytes()),
    ]
}
