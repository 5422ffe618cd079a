//! A report file as what stands printed in it, each entry with its place: cells, lines, paragraphs, values.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value as Json;
use zip::ZipArchive;

use crate::place::cell_name;
use crate::sheet::{Book, Content};
use crate::text::{Text, t};

/// Text taken from one part of a Word file at most.
const MAX_PART: u64 = 256 * 1024 * 1024;
const MAX_CHARTS: usize = 99;

/// Something printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where a reader finds it.
    pub at: Text,
    pub shown: Shown,
    /// Does the place stay the same when something is put in or taken out elsewhere?
    pub fixed: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Text(String),
    Number(f64),
}

impl Shown {
    pub fn text(&self) -> String {
        match self {
            Shown::Text(text) => text.clone(),
            Shown::Number(number) => number.to_string(),
        }
    }
}

/// Everything a report prints, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    pub entries: Vec<Entry>,
    /// Is it a Word report, in which people fill in what is left to them?
    pub filled_by_hand: bool,
    /// Are numbers written to the last digit, and by no other program?
    pub exact: bool,
}

impl Printed {
    fn push(&mut self, at: Text, shown: Shown, fixed: bool) {
        self.entries.push(Entry { at, shown, fixed });
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| match &entry.shown {
            Shown::Text(text) => Some(text.as_str()),
            Shown::Number(_) => None,
        })
    }

    /// Every SHA-256 printed, each with the text that stands before it: of the same line, else the entry before.
    pub fn digests(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut before = String::new();
        for text in self.texts() {
            for word in text.split(|character: char| !character.is_ascii_hexdigit()).filter(|word| word.len() == 64) {
                let name = text.split(word).next().unwrap_or_default().trim_matches(['|', ' ']).to_string();
                found.push((word.to_lowercase(), if name.is_empty() { before.clone() } else { name }));
            }
            before = text.to_string();
        }
        found
    }
}

/// Reads a report by what it is: a workbook, a Word document, `results.json`, else text. None where its kind cannot be read.
pub fn read(bytes: Vec<u8>, file: &str) -> Option<Printed> {
    if bytes.starts_with(b"PK") {
        let is_word = ZipArchive::new(Cursor::new(&bytes)).is_ok_and(|mut archive| archive.by_name("word/document.xml").is_ok());
        return if is_word { word(&bytes) } else { workbook(bytes, file) };
    }
    let text = String::from_utf8(bytes).ok()?;
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(&text).ok().map(|json| values(&json));
    }
    Some(lines(&text))
}

fn workbook(bytes: Vec<u8>, file: &str) -> Option<Printed> {
    let book = Book::open(bytes, file, &mut Vec::new())?;
    let mut printed = Printed::default();
    for sheet in book.sheets.iter().filter(|sheet| sheet.name != "_ecap") {
        for (row, cells) in &sheet.rows {
            for (column, cell) in cells {
                let shown = match &cell.content {
                    Content::Number(number) => Shown::Number(*number),
                    Content::Text(text) | Content::Date(text) | Content::Error(text) => Shown::Text(text.clone()),
                    Content::Truth(truth) => Shown::Text(truth.to_string()),
                    Content::NoValue => Shown::Text(String::new()),
                };
                if shown.text().trim().is_empty() {
                    continue;
                }
                let at = Text::join(&[sheet.name.clone().into(), cell_name(*row, *column).into()], " ", " ");
                printed.push(at, shown, true);
            }
        }
    }
    Some(printed)
}

fn lines(text: &str) -> Printed {
    let mut printed = Printed::default();
    for (number, line) in (1usize..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        printed.push(
            t("第 {number} 行", "line {number}").with(&[("number", number.into())]),
            Shown::Text(line.trim_end().to_string()),
            false,
        );
    }
    printed
}

/// Paragraphs of the body, those in tables by table, row and column, and the numbers of the charts.
fn word(bytes: &[u8]) -> Option<Printed> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut printed = Printed { filled_by_hand: true, ..Printed::default() };
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        archive.by_name(name).ok()?.take(MAX_PART).read_to_string(&mut text).ok()?;
        Some(text)
    };
    paragraphs(&part("word/document.xml")?, &mut printed)?;
    // LibreOffice numbers charts anew, in the same order.
    for number in 1..=MAX_CHARTS {
        if let Some(xml) = part(&format!("word/charts/chart{number}.xml")) {
            chart(&xml, number, &mut printed);
        }
    }
    Some(printed)
}

fn paragraphs(xml: &str, printed: &mut Printed) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let (mut table, mut row, mut column, mut depth, mut paragraph) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let mut text = String::new();
    // The paragraphs of a table's cell.
    let mut cell: Vec<String> = Vec::new();
    let mut inside = false;
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "tbl" => {
                    depth += 1;
                    table += 1;
                    row = 0;
                }
                "tr" => {
                    row += 1;
                    column = 0;
                }
                "tc" => {
                    column += 1;
                    cell.clear();
                }
                "p" => {
                    paragraph += usize::from(depth == 0);
                    text.clear();
                }
                "t" => inside = matches!(event, Event::Start(_)),
                "tab" | "br" => text.push(' '),
                _ => {}
            },
            Event::Text(bytes) if inside => text.push_str(bytes),
            Event::GeneralRef(name) if inside => text.push_str(&entity(name)),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => inside = false,
                "tbl" => depth = depth.saturating_sub(1),
                "p" if depth > 0 => cell.push(text.trim().to_string()),
                "p" if !text.trim().is_empty() => {
                    let at = t("第 {paragraph} 段", "paragraph {paragraph}").with(&[("paragraph", paragraph.into())]);
                    printed.push(at, Shown::Text(text.trim().to_string()), false);
                }
                // Empty cells too: what is written into one by hand is told from what was put in beside.
                "tc" => {
                    let at = t("第 {table} 个表第 {row} 行第 {column} 列", "table {table}, row {row}, column {column}").with(&[
                        ("table", table.into()),
                        ("row", row.into()),
                        ("column", column.into()),
                    ]);
                    printed.push(at, Shown::Text(cell.join(" ").trim().to_string()), true);
                }
                _ => {}
            },
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// A character that XML writes by name or number.
fn entity(name: &str) -> String {
    let numbered = |digits: &str, radix: u32| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(hex), _) => numbered(hex, 16),
            (None, Some(digits)) => numbered(digits, 10),
            _ => None,
        },
    };
    character.map(String::from).unwrap_or_default()
}

/// The numbers of a chart.
fn chart(xml: &str, number: usize, printed: &mut Printed) {
    let mut reader = Reader::from_str(xml);
    let (mut in_values, mut in_value, mut point) = (false, false, 0usize);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "val" => in_values = true,
                "v" => in_value = in_values,
                _ => {}
            },
            Event::Text(text) if in_value => {
                if let Ok(value) = text.trim().parse::<f64>() {
                    point += 1;
                    let at = t("图 {number} 第 {point} 个数", "chart {number}, value {point}")
                        .with(&[("number", number.into()), ("point", point.into())]);
                    printed.push(at, Shown::Number(value), true);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "val" => in_values = false,
                "v" => in_value = false,
                _ => {}
            },
            Event::Eof => return,
            _ => {}
        }
    }
}

/// Every value of a JSON object under its path, members of lists by their id, code, ref or file.
fn values(json: &Json) -> Printed {
    let mut printed = Printed { exact: true, ..Printed::default() };
    walk(json, String::new(), &mut printed);
    printed
}

fn walk(json: &Json, path: String, printed: &mut Printed) {
    match json {
        Json::Object(map) => {
            for (key, value) in map {
                walk(value, if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, printed);
            }
        }
        Json::Array(list) => {
            let named = |value: &Json| ["id", "code", "ref", "file"].iter().find_map(|key| value.get(key)?.as_str().map(str::to_string));
            let names: Vec<Option<String>> = list.iter().map(named).collect();
            // A name tells members apart only where none stands twice.
            let distinct: HashSet<&Option<String>> = names.iter().collect();
            let by_name = distinct.len() == names.len();
            for (index, (value, name)) in list.iter().zip(&names).enumerate() {
                let name = name.clone().filter(|_| by_name).unwrap_or_else(|| index.to_string());
                walk(value, format!("{path}[{name}]"), printed);
            }
        }
        Json::Number(number) => {
            if let Some(number) = number.as_f64() {
                printed.push(path.into(), Shown::Number(number), true);
            }
        }
        Json::String(text) => printed.push(path.into(), Shown::Text(text.clone()), true),
        Json::Bool(truth) => printed.push(path.into(), Shown::Text(truth.to_string()), true),
        Json::Null => printed.push(path.into(), Shown::Text("null".to_string()), true),
    }
}
