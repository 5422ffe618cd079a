//! What a comparison and other papers look like on the page, and what they say of their figures.

use std::io::{Cursor, Read};

use ecap::report::document::{Block, Column, Document, Kind, Row, Section, Sheet, Table, Value};
use ecap::text::Lang;

/// A part of the file that a format makes of a document.
fn part(document: &Document, format: &str, name: &str) -> String {
    let format = ecap::report::format_named(format).expect("a format");
    let date = (2026, 11, 20);
    let output = (format.write)(document, Lang::Zh, date).expect("a file").remove(0);
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(output.bytes)).expect("a package");
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn an_empty_cell_is_not_coloured_as_the_worst_score() {
    let table = Table {
        id: "scores",
        title: "分".into(),
        columns: vec![Column { name: "得分".into(), kind: Kind::Score }],
        rows: vec![Row { anchor: None, cells: vec![Value::Empty] }, Row { anchor: None, cells: vec![Value::Number(10.0)] }],
    };
    let sheet = Sheet::landscape("表".into(), "表".into(), &[10.0], vec![Block::Table(table)]);
    let document = Document { sheets: vec![sheet], bands: vec![90.0, 60.0, 0.0], ..Document::default() };
    let xml = part(&document, "xlsx", "xl/worksheets/sheet1.xml");
    let rules: Vec<&str> = xml.split("<cfRule ").skip(1).collect();
    assert_eq!(rules.len(), 4, "{xml}");
    for wanted in ["type=\"containsBlanks\"", "priority=\"1\"", "stopIfTrue=\"1\""] {
        assert!(rules[0].contains(wanted), "{wanted}: {}", rules[0]);
    }
    assert!(rules[1..].iter().all(|rule| rule.contains("type=\"cellIs\"")));
}

#[test]
fn no_empty_page_stands_between_a_cover_and_the_contents() {
    let section = || Section { level: 1, title: "签字".into(), blocks: Vec::new() };
    let breaks = |front: Vec<Section>| {
        let document = Document { front, narrative: vec![section()], ..Document::default() };
        part(&document, "docx", "word/document.xml").matches("<w:br w:type=\"page\"/>").count()
    };
    assert_eq!((breaks(Vec::new()), breaks(vec![section()])), (0, 1));
}
