//! A small sound survey as .xlsx with one of its parts replaced.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts that an input may stand for, and the tag that each begins with.
const PARTS: [(&str, &[u8]); 5] = [
    ("xl/worksheets/sheet1.xml", b"<worksheet"),
    ("xl/comments1.xml", b"<comments"),
    ("xl/sharedStrings.xml", b"<sst"),
    ("xl/styles.xml", b"<styleSheet"),
    ("xl/workbook.xml", b"<workbook"),
];

const SOUND: [(&str, &str); 8] = [
    ("_rels/.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
    ),
    (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"x/comments\" Target=\"../comments1.xml\"/></Relationships>",
    ),
    (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>2</v></c></row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"B3\" s=\"1\"><v>0.5</v></c></row></sheetData><legacyDrawing r:id=\"r1\"/></worksheet>",
    ),
    ("xl/comments1.xml", "<comments><commentList><comment ref=\"B2\"><text><t>n</t></text></comment></commentList></comments>"),
    (
        "xl/sharedStrings.xml",
        "<sst><si><t>编号</t></si><si><t>自评</t></si><si><t>00.01</t></si><si><t>00.03</t></si><si><t>00.06</t></si><si><t>说明</t></si></sst>",
    ),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
];

/// The survey with the input in the place of the part whose tag it has; of each in turn where it has none of theirs.
pub fn packages(bytes: &[u8]) -> Vec<Vec<u8>> {
    let head = &bytes[..bytes.len().min(400)];
    let named = PARTS.iter().find(|(_, tag)| head.windows(tag.len()).any(|window| window == *tag));
    let parts = named.map_or(PARTS.as_slice(), std::slice::from_ref);
    parts.iter().filter_map(|(part, _)| with_part(part, bytes)).collect()
}

fn with_part(part: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in SOUND {
        archive.start_file(name, stored).ok()?;
        archive.write_all(if name == part { bytes } else { text.as_bytes() }).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::{small, workbook};
    use crate::sheet::Book;

    /// Without it a fuzzer would only ever see refusals.
    #[test]
    fn the_workbook_around_a_part_is_a_sound_survey() {
        let package = with_part("", b"").unwrap_or_default();
        let mut findings = Vec::new();
        let book = Book::open_within(&package, "a.xlsx", &small(), &mut findings);
        assert_eq!(findings, []);
        let sheet = &book.expect("a workbook").sheets[0];
        assert_eq!(
            (sheet.text(0, 0), sheet.text(2, 1), sheet.notes.get(&(1, 1)).cloned()),
            ("编号".into(), "50%".into(), Some("n".into()))
        );
        assert_eq!(workbook(&package), [("a", "2"), ("c", "50%")].map(|(id, text)| (id.to_string(), text.to_string())));
    }

    #[test]
    fn a_part_is_known_by_its_tag() {
        assert_eq!(packages(b"<?xml version=\"1.0\"?>\n<worksheet/>").len(), 1);
        assert_eq!(packages(b"<workshee/>").len(), PARTS.len());
        let sheet = SOUND[3].1.replace("0.5", "0.75");
        assert_eq!(crate::fuzz::sheet_xml(sheet.as_bytes())[1].1, "75%");
    }
}
