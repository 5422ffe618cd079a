//! A report file as what stands printed in it, each entry with its place: cells, lines, paragraphs, values.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::rc::Rc;

use serde_json::Value as Json;
use zip::ZipArchive;

use crate::place::cell_name;
use crate::sheet::{Book, Content};
use crate::text::{Text, t};
use crate::verify::{names, word};

/// Something printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where a reader finds it.
    pub at: Text,
    /// Its address, where that stays the same when something is put in or taken out elsewhere; else it is known by its order.
    pub address: Option<String>,
    pub shown: Shown,
    /// The headers over a line of a table.
    pub headers: Option<Rc<Vec<String>>>,
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
    pub(super) fn push(&mut self, at: Text, address: Option<String>, shown: Shown) {
        self.entries.push(Entry { at, address, shown, headers: None });
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
        return if is_word { word::read(&bytes) } else { workbook(bytes, file) };
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
        let mut over = Over::default();
        for (row, cells) in &sheet.rows {
            let shown: BTreeMap<u32, Shown> = cells.iter().filter_map(|(column, cell)| Some((*column, shown(&cell.content)?))).collect();
            let subject = over.next(*row, &shown);
            for (column, shown) in shown {
                let address = format!("{} {}", sheet.name, cell_name(*row, column));
                let at = match over.headers.get(&column) {
                    Some(header) if !subject.is_empty() => t("{address}（{row}，{column}）", "{address} ({row}, {column})").with(&[
                        ("address", address.as_str().into()),
                        ("column", names::column(header, 0)),
                        ("row", names::row(&subject, 0, true)),
                    ]),
                    _ => address.as_str().into(),
                };
                printed.push(at, Some(address), shown);
            }
        }
    }
    Some(printed)
}

/// What a cell prints; none where it is blank.
fn shown(content: &Content) -> Option<Shown> {
    let shown = match content {
        Content::Number(number) => Shown::Number(*number),
        Content::Text(text) | Content::Date(text) | Content::Error(text) => Shown::Text(text.clone()),
        Content::Truth(truth) => Shown::Text(truth.to_string()),
        Content::NoValue => return None,
    };
    Some(shown).filter(|shown| !shown.text().trim().is_empty())
}

/// The header over the rows of a sheet: a row of words right under a title, for the rows down to the next empty one.
#[derive(Default)]
struct Over {
    headers: BTreeMap<u32, String>,
    /// The row before, and was it a title or another text over the whole width?
    last: Option<(u32, bool)>,
}

impl Over {
    /// Goes on to a row; says what it is about, nothing for one that is of no table.
    fn next(&mut self, row: u32, cells: &BTreeMap<u32, Shown>) -> String {
        let before = self.last.filter(|(last, _)| last + 1 == row);
        self.last = (!cells.is_empty()).then(|| (row, cells.keys().eq(&[0])));
        if before.is_none() {
            self.headers.clear();
        }
        if self.headers.is_empty() {
            let words = cells.values().all(|shown| matches!(shown, Shown::Text(_)));
            if words && cells.len() > 1 && matches!(before, Some((_, true))) {
                self.headers = cells.iter().map(|(column, shown)| (*column, shown.text())).collect();
            }
            return String::new();
        }
        let texts: Vec<String> = cells.values().map(Shown::text).collect();
        names::subject(texts.iter().map(String::as_str))
    }
}

/// Markdown by its lines; those of tables know their table, row and headers.
fn lines(text: &str) -> Printed {
    let mut printed = Printed::default();
    let (mut heading, mut title, mut tables) = (String::new(), String::new(), 0usize);
    let mut headers: Option<Rc<Vec<String>>> = None;
    for (number, line) in (1usize..).zip(text.lines().map(str::trim_end)).filter(|(_, line)| !line.is_empty()) {
        let mut at = t("第 {number} 行", "line {number}").with(&[("number", number.into())]);
        if let Some(cells) = cells(line) {
            if headers.is_none() {
                tables += 1;
            }
            let subject = names::subject(cells.iter().map(String::as_str));
            let mut within = vec![names::table(&heading, &title, tables)];
            match &headers {
                None => within.push(t("表头", "header row")),
                Some(_) if !subject.is_empty() => within.push(names::row(&subject, number, true)),
                Some(_) => {}
            }
            at = t("{at}（{within}）", "{at} ({within})").with(&[("at", at), ("within", names::within(&within))]);
            headers.get_or_insert_with(|| Rc::new(cells));
        } else {
            headers = None;
            title = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).map(unescaped).unwrap_or_default();
            if let Some((_, rest)) = line.split_once("# ").filter(|(marks, _)| marks.chars().all(|mark| mark == '#')) {
                heading = unescaped(rest);
            }
        }
        printed.entries.push(Entry { at, address: None, shown: Shown::Text(line.to_string()), headers: headers.clone() });
    }
    printed
}

/// The cells of a line of a Markdown table.
pub fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(inner.split(" | ").map(|cell| unescaped(cell.trim())).collect())
}

/// Markdown as it is read.
fn unescaped(text: &str) -> String {
    text.replace('\\', "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
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
                printed.push(path.as_str().into(), Some(path), Shown::Number(number));
            }
        }
        Json::String(text) => printed.push(path.as_str().into(), Some(path), Shown::Text(text.clone())),
        Json::Bool(truth) => printed.push(path.as_str().into(), Some(path), Shown::Text(truth.to_string())),
        Json::Null => printed.push(path.as_str().into(), Some(path), Shown::Text("null".to_string())),
    }
}
