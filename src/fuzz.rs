//! What a fuzz target calls: one function a kind of input, on bytes from anywhere. That none of them panics is all they promise.

use std::io::{Cursor, Write};
use std::sync::OnceLock;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::commands::snippets;
use crate::finding::Finding;
use crate::scale::Typed;
use crate::sheet::Book;
use crate::sheet::limits::Limits;
use crate::text::Lang;
use crate::tree::{Item, crosswalk};
use crate::{bank, tree};

/// Bytes as a tree, as a crosswalk and as a question bank, and whatever is said of them as a terminal prints it.
///
/// ```
/// ecap::fuzz::yaml(b"id: [[[[");
/// ```
pub fn yaml(bytes: &[u8]) {
    let mut findings = Vec::new();
    let loaded = tree::from_bytes(bytes.to_vec(), FILE, &mut findings);
    if let Some(tree) = &loaded.tree {
        tree::from_bytes(tree.to_json().into_bytes(), FILE, &mut findings);
    }
    crosswalk::from_bytes(bytes.to_vec(), FILE, &mut findings);
    bank::from_bytes(bytes.to_vec(), FILE, loaded.tree.as_ref(), &mut findings);
    show(&findings, &loaded.sources);
}

/// Bytes as a workbook of any kind, as its name says nothing; kinds that are read in a process of their own are read in this one.
pub fn workbook(bytes: &[u8]) {
    let mut findings = Vec::new();
    if let Some(book) = Book::open_within(bytes, "a.xlsx", &small(), &mut findings) {
        for sheet in &book.sheets {
            _ = sheet.rows.values().flat_map(|cells| cells.values()).map(|cell| cell.text().len()).sum::<usize>();
        }
    }
    show(&findings, &[]);
}

/// Bytes as the XML inside an .xlsx: of the first sheet, its notes, the shared strings, the styles and the list of sheets in turn.
pub fn sheet_xml(bytes: &[u8]) {
    for part in PARTS {
        if let Some(package) = with_part(part, bytes) {
            workbook(&package);
        }
    }
}

/// Text as what somebody typed into an answer cell, by every scale that the embedded tree uses.
pub fn cell(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for item in cell_items() {
        let typed = Typed::text(&text);
        _ = item.scaled.scale.read(&typed.text, &item.question);
    }
}

/// Limits that a fuzzer reaches without its input growing.
fn small() -> Limits {
    let mut limits = Limits::default();
    for one in ["cells=20000", "text=4", "unpacked=16", "parts=100"] {
        limits.set(one);
    }
    limits
}

/// One item of each scale that the embedded tree uses.
fn cell_items() -> &'static [Item] {
    static ITEMS: OnceLock<Vec<Item>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let tree = tree::load(tree::NAMES[0], &mut Vec::new()).ok().and_then(|loaded| loaded.tree);
        let mut items: Vec<Item> = Vec::new();
        for item in tree.into_iter().flat_map(|tree| tree.items) {
            if items.iter().all(|known| known.scaled.name != item.scaled.name) {
                items.push(item);
            }
        }
        items
    })
}

/// The parts that [`sheet_xml`] puts its input in the place of.
const PARTS: [&str; 5] = ["xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"];

/// A small sound workbook with one part replaced.
fn with_part(part: &str, bytes: &[u8]) -> Option<Vec<u8>> {
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
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>0.5</v></c></row></sheetData><legacyDrawing r:id=\"r1\"/></worksheet>",
        ),
        ("xl/comments1.xml", "<comments><commentList><comment ref=\"A1\"><text><t>n</t></text></comment></commentList></comments>"),
        ("xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in SOUND {
        archive.start_file(name, stored).ok()?;
        archive.write_all(if name == part { bytes } else { text.as_bytes() }).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

const FILE: &str = "a.yaml";

fn show(findings: &[Finding], sources: &[(String, String)]) {
    for finding in findings {
        _ = (finding.line(Lang::Zh), finding.line(Lang::En));
    }
    _ = snippets(findings, sources);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without it a fuzzer would only ever see refusals.
    #[test]
    fn the_workbook_around_a_part_is_sound() {
        let package = with_part("", b"").unwrap_or_default();
        let mut findings = Vec::new();
        let book = Book::open_within(&package, "a.xlsx", &small(), &mut findings);
        assert_eq!(findings, []);
        let sheet = &book.expect("a workbook").sheets[0];
        assert_eq!((sheet.text(0, 0), sheet.text(0, 1), sheet.notes.get(&(0, 0)).cloned()), ("a".into(), "50%".into(), Some("n".into())));
        // The embedded tree has no item scored in points.
        assert_eq!(cell_items().len(), crate::scale::SCALES.len() - 1);
    }
}
