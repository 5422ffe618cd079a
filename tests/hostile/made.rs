//! Workbooks of hand-written XML, good ones and others, for a tree of four items.

use std::fs;
use std::io::{Cursor, Write};

use ecap::tree::Tree;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const TREE: &str = r#"id: try
edition: "1"
name: {zh: 试, en: Try}
items:
  - {id: a, question: {zh: 是否有甲, en: Ask a}, scale: {type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}}
  - {id: b, question: {zh: 是否有乙, en: Ask b}, scale: {type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}}
  - {id: c, question: {zh: 丙率, en: Rate c}, scale: {type: rate, linear: {zero: 0, full: 100}, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}}
  - {id: d, question: {zh: 丁率, en: Rate d}, scale: {type: rate, linear: {zero: 0, full: 200}, may_exceed_100: true, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}}
"#;

pub fn tree() -> Tree {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, TREE).expect("a tree file");
    let mut findings = Vec::new();
    let loaded = ecap::tree::load(&path.to_string_lossy(), &mut findings).expect("a tree that can be read");
    loaded.tree.unwrap_or_else(|| panic!("{findings:#?}"))
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const COVER: &str = "xl/worksheets/sheet1.xml";
pub const ITEMS: &str = "xl/worksheets/sheet2.xml";
pub const STRINGS: &str = "xl/sharedStrings.xml";
pub const STYLES: &str = "xl/styles.xml";
pub const WORKBOOK: &str = "xl/workbook.xml";
pub const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// Parts of a workbook in the order in which they are written.
#[derive(Clone)]
pub struct Made(pub Vec<(String, Vec<u8>)>);

fn texts(cells: &[(&str, &str)]) -> String {
    cells.iter().map(|(at, text)| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")).collect()
}

/// A sheet's XML around its rows, with what stands before and behind them.
pub fn sheet(before: &str, rows: &str, behind: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"
    )
}

pub fn good_answers() -> [&'static str; 4] {
    ["<c r=\"C2\"><v>2</v></c>", "<c r=\"C3\"><v>3</v></c>", "<c r=\"C4\" t=\"s\"><v>0</v></c>", "<c r=\"C5\" s=\"1\"><v>1.05</v></c>"]
}

/// The rows of the sheet of items with these answer cells.
pub fn rows(answers: [&str; 4]) -> String {
    let head = texts(&[("A1", "编号"), ("B1", "指标"), ("C1", "自评"), ("D1", "说明"), ("E1", "id")]);
    let mut out = format!("<row r=\"1\">{head}</row>");
    for (row, (id, answer)) in (2..).zip(["a", "b", "c", "d"].iter().zip(answers)) {
        let before = texts(&[(&format!("A{row}"), &format!("00.0{}", row - 1))]);
        out.push_str(&format!("<row r=\"{row}\">{before}{answer}{}</row>", texts(&[(&format!("E{row}"), id)])));
    }
    out
}

impl Made {
    pub fn good(tree: &Tree) -> Self {
        let cover = [
            ("被评估单位", "试市"),
            ("评估期", "2026"),
            ("填报单位", "评估组"),
            ("第几次报送", "1"),
            ("指标体系", "try"),
            ("摘要", &tree.sha256),
        ];
        let cover: String = (1..)
            .zip(cover)
            .map(|(row, (label, value))| {
                format!("<row r=\"{row}\">{}</row>", texts(&[(&format!("A{row}"), label), (&format!("B{row}"), value)]))
            })
            .collect();
        let package = "http://schemas.openxmlformats.org/package/2006";
        let link =
            |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/>");
        let links = |all: &str| format!("<?xml version=\"1.0\"?>\n<Relationships xmlns=\"{package}/relationships\">{all}</Relationships>");
        let parts = [
            (
                "[Content_Types].xml",
                format!(
                    "<?xml version=\"1.0\"?>\n<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
                ),
            ),
            ("_rels/.rels", links(&link("rId1", "officeDocument", WORKBOOK))),
            (
                WORKBOOK,
                format!(
                    "<?xml version=\"1.0\"?>\n<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><workbookPr/><sheets><sheet name=\"填报说明\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"00\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
                ),
            ),
            (
                LINKS,
                links(
                    &[
                        link("rId1", "worksheet", "worksheets/sheet1.xml"),
                        link("rId2", "worksheet", "worksheets/sheet2.xml"),
                        link("rId3", "styles", "styles.xml"),
                        link("rId4", "sharedStrings", "sharedStrings.xml"),
                    ]
                    .concat(),
                ),
            ),
            (
                STYLES,
                format!(
                    "<?xml version=\"1.0\"?>\n<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                ),
            ),
            (STRINGS, format!("<?xml version=\"1.0\"?>\n<sst xmlns=\"{MAIN}\"><si><t>45/50</t></si></sst>")),
            (COVER, sheet("", &cover, "")),
            (ITEMS, sheet("", &rows(good_answers()), "")),
        ];
        Made(parts.into_iter().map(|(name, xml)| (name.to_string(), xml.into_bytes())).collect())
    }

    /// With these answer cells.
    pub fn answers(tree: &Tree, answers: [&str; 4]) -> Self {
        Self::good(tree).part(ITEMS, sheet("", &rows(answers), ""))
    }

    /// With this first answer cell.
    pub fn first(tree: &Tree, answer: &str) -> Self {
        let [_, b, c, d] = good_answers();
        Self::answers(tree, [answer, b, c, d])
    }

    /// A part replaced, or added behind the others.
    pub fn part(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref().to_vec();
        match self.0.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => *own = content,
            None => self.0.push((name.to_string(), content)),
        }
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(own, _)| own != name);
        self
    }

    /// Every part's text changed.
    pub fn each(mut self, change: impl Fn(&str, &str) -> Vec<u8>) -> Self {
        for (name, content) in &mut self.0 {
            *content = change(name, &String::from_utf8_lossy(content));
        }
        self
    }

    /// Words of a part replaced; they must stand in it.
    pub fn swap(self, name: &str, from: &str, to: &str) -> Self {
        let content = self.0.iter().find(|(own, _)| own == name).map(|(_, content)| String::from_utf8_lossy(content).into_owned());
        let content = content.expect("the part");
        assert!(content.contains(from), "{name} lacks {from}");
        self.part(name, content.replace(from, to))
    }

    pub fn named(mut self, name: impl Fn(&str) -> String) -> Self {
        for (own, _) in &mut self.0 {
            *own = name(own);
        }
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            zip.start_file(name.as_str(), options).expect("a part");
            zip.write_all(content).expect("its content");
        }
        zip.finish().expect("a zip").into_inner()
    }
}

/// Says in both headers of a part that it is so long.
pub fn declared(mut bytes: Vec<u8>, name: &str, size: u32) -> Vec<u8> {
    for (mark, size_at, name_at) in [(b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)] {
        let at = (0..bytes.len())
            .find(|at| bytes[*at..].starts_with(mark) && bytes[at + name_at..].starts_with(name.as_bytes()))
            .expect("the part's header");
        bytes[at + size_at..at + size_at + 4].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

/// The same bytes with some of them replaced by as many.
pub fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at + from.len() <= out.len() {
        if out[at..].starts_with(from) {
            out[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
    out
}
