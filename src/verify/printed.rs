//! A report file as what stands printed in it, each entry with its place: cells, lines, paragraphs, values.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::rc::Rc;

use serde_json::Value as Json;
use zip::ZipArchive;

use crate::place::{cell_name, column_name};
use crate::report::PARTED;
use crate::sheet::looks::{Looks, looks, plain_format};
use crate::sheet::{Book, Content};
use crate::text::{Text, t};
use crate::verify::{names, word};

/// Something printed in one cell of a line; a paragraph is a line of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where a reader finds it.
    pub at: Text,
    pub column: u32,
    /// What stands over the column.
    pub header: String,
    pub shown: Shown,
    pub look: Look,
}

/// What a workbook makes of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    pub formula: Option<String>,
    /// The code of its number format.
    pub format: String,
}

/// A row of a table or a sheet, a paragraph, a value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub at: Text,
    /// What the row is about, wherever it stands; empty where nothing names it.
    pub key: String,
    pub cells: Vec<Cell>,
    /// Its cells are said together, being one line of text.
    pub is_one: bool,
}

impl Line {
    /// A line of one cell.
    pub(super) fn single(at: Text, key: String, shown: Shown) -> Self {
        let cell = Cell { at: at.clone(), column: 0, header: String::new(), shown, look: Look::default() };
        Line { at, key, cells: vec![cell], is_one: false }
    }

    pub fn text(&self) -> String {
        let texts: Vec<String> = self.cells.iter().map(|cell| cell.shown.text()).filter(|text| !text.is_empty()).collect();
        texts.join(" | ")
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartKind {
    Sheet,
    Table,
    #[default]
    Section,
}

/// A sheet, a table, or the paragraphs under a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    pub kind: PartKind,
    pub name: String,
    pub lines: Vec<Line>,
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

/// What kind of file a report is, which decides what in it is not compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Markdown,
    Word,
    Workbook,
    Json,
}

/// Everything a report prints, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    pub form: Form,
    pub parts: Vec<Part>,
    /// Number formats that a condition sets.
    pub conditional: Vec<String>,
    /// Sheets, rows and columns that are hidden.
    pub hidden: Vec<Text>,
}

impl Printed {
    /// The last part of its kind where it is this one, else a new one: paragraphs go on behind a table.
    pub(super) fn part(&mut self, kind: PartKind, name: &str) -> &mut Part {
        let last = self.parts.iter().rposition(|part| part.kind == kind).filter(|last| self.parts[*last].name == name);
        let index = last.unwrap_or_else(|| {
            self.parts.push(Part { kind, name: name.to_string(), lines: Vec::new() });
            self.parts.len() - 1
        });
        &mut self.parts[index]
    }

    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.parts.iter().flat_map(|part| &part.lines).flat_map(|line| &line.cells)
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells().filter_map(|cell| match &cell.shown {
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
    let (looks, conditional) = looks(&bytes)?;
    let book = Book::open(bytes, file, &mut Vec::new())?;
    let mut printed = Printed { form: Form::Workbook, conditional, ..Printed::default() };
    for sheet in book.sheets.iter().filter(|sheet| sheet.name != "_ecap") {
        let looks = looks.get(&sheet.name).cloned().unwrap_or_default();
        hidden(&sheet.name, &looks, &mut printed.hidden);
        let mut over = Over::default();
        let part = printed.part(PartKind::Sheet, &sheet.name);
        for (row, cells) in &sheet.rows {
            let shown: BTreeMap<u32, Shown> = cells
                .iter()
                .filter_map(|(column, cell)| {
                    let formula = looks.formulas.contains_key(&(*row, *column));
                    Some((*column, shown(&cell.content).or_else(|| formula.then(|| Shown::Text(String::new())))?))
                })
                .collect();
            let subject = over.next(*row, &shown);
            let mut line = Line { at: format!("{} {}", sheet.name, row + 1).into(), key: String::new(), cells: Vec::new(), is_one: false };
            if !subject.is_empty() {
                let texts: Vec<String> = shown.values().map(Shown::text).collect();
                line.key = format!("{} {}", over.title, names::key(texts.iter().map(String::as_str)));
                line.at = t("{sheet} 第 {number} 行（{row}）", "{sheet}, row {number} ({row})").with(&[
                    ("sheet", sheet.name.as_str().into()),
                    ("number", (*row as usize + 1).into()),
                    ("row", names::row(&subject, 0, true)),
                ]);
            }
            for (column, shown) in shown {
                let address = format!("{} {}", sheet.name, cell_name(*row, column));
                let header = over.headers.get(&column).filter(|_| !subject.is_empty());
                let at = match header {
                    Some(header) => t("{address}（{row}，{column}）", "{address} ({row}, {column})").with(&[
                        ("address", address.as_str().into()),
                        ("column", names::column(header, 0)),
                        ("row", names::row(&subject, 0, true)),
                    ]),
                    None => address.as_str().into(),
                };
                let look = Look {
                    formula: looks.formulas.get(&(*row, column)).cloned(),
                    format: looks.formats.get(&(*row, column)).map(|code| plain_format(code)).unwrap_or_default(),
                };
                line.cells.push(Cell { at, column, header: header.cloned().unwrap_or_default(), shown, look });
            }
            if !line.cells.is_empty() {
                part.lines.push(line);
            }
        }
    }
    Some(printed)
}

/// Names what a sheet hides.
fn hidden(sheet: &str, looks: &Looks, said: &mut Vec<Text>) {
    if looks.hidden {
        said.push(t("隐藏的工作表：{sheet}", "hidden sheet: {sheet}").with(&[("sheet", sheet.into())]));
    }
    for row in &looks.hidden_rows {
        said.push(
            t("隐藏的行：{sheet} 第 {number} 行", "hidden row: {sheet}, row {number}")
                .with(&[("sheet", sheet.into()), ("number", (*row as usize + 1).into())]),
        );
    }
    for (first, last) in &looks.hidden_columns {
        // Programs also hide all that is right of what they show.
        said.push(t("隐藏的列：{sheet} {first}～{last}", "hidden columns: {sheet} {first} to {last}").with(&[
            ("sheet", sheet.into()),
            ("first", column_name(*first).into()),
            ("last", column_name(*last).into()),
        ]));
    }
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
    /// The title over them.
    title: String,
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
        if let (true, Some(shown)) = (cells.keys().eq(&[0]), cells.get(&0)) {
            self.title = shown.text();
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
        let at = t("第 {number} 行", "line {number}").with(&[("number", number.into())]);
        let Some(raw) = cells(line) else {
            headers = None;
            title = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).map(as_read).unwrap_or_default();
            if let Some((_, rest)) = line.split_once("# ").filter(|(marks, _)| marks.chars().all(|mark| mark == '#')) {
                heading = as_read(rest);
            }
            printed.part(PartKind::Section, &heading).lines.push(Line::single(at, String::new(), Shown::Text(line.to_string())));
            continue;
        };
        if headers.is_none() {
            tables += 1;
            // A part of its own, also right behind another of this title.
            printed.parts.push(Part { kind: PartKind::Table, name: title.clone(), lines: Vec::new() });
        }
        let read: Vec<String> = raw.iter().map(|cell| as_read(cell)).collect();
        let subject = names::subject(read.iter().map(String::as_str));
        let mut within = vec![names::table(&heading, &title, tables)];
        match &headers {
            None => within.push(t("表头", "header row")),
            Some(_) if !subject.is_empty() => within.push(names::row(&subject, number, true)),
            Some(_) => {}
        }
        let at = t("{at}（{within}）", "{at} ({within})").with(&[("at", at), ("within", names::within(&within))]);
        let key = headers.as_ref().map(|_| names::key(read.iter().map(String::as_str))).unwrap_or_default();
        let cells = (0u32..)
            .zip(raw)
            .map(|(column, text)| {
                let header = headers.as_ref().and_then(|headers| headers.get(column as usize)).cloned().unwrap_or_default();
                let at = names::column(&header, column as usize + 1);
                Cell { at, column, header, shown: Shown::Text(text), look: Look::default() }
            })
            .collect();
        if let Some(part) = printed.parts.last_mut() {
            part.lines.push(Line { at, key, cells, is_one: true });
        }
        headers.get_or_insert_with(|| Rc::new(read));
    }
    printed
}

/// The cells of a line of a Markdown table, with their marks.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match (character, cells.last_mut()) {
            ('|', _) => cells.push(String::new()),
            (_, Some(cell)) => {
                cell.push(character);
                if character == '\\' {
                    cell.extend(characters.next());
                }
            }
            _ => {}
        }
    }
    Some(cells.iter().map(|cell| cell.trim().to_string()).collect())
}

/// Markdown as it is read; both sides of a comparison go through it, for a text of another format may hold the same marks.
pub fn as_read(text: &str) -> String {
    text.replace(PARTED, "").replace('\\', "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Every value of a JSON object under its path, members of lists by their id, code, ref or file.
fn values(json: &Json) -> Printed {
    let mut printed = Printed { form: Form::Json, ..Printed::default() };
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
                value(printed, path, Shown::Number(number));
            }
        }
        Json::String(text) => value(printed, path, Shown::Text(text.clone())),
        Json::Bool(truth) => value(printed, path, Shown::Text(truth.to_string())),
        Json::Null => value(printed, path, Shown::Text("null".to_string())),
    }
}

fn value(printed: &mut Printed, path: String, shown: Shown) {
    printed.part(PartKind::Section, "").lines.push(Line::single(path.as_str().into(), path, shown));
}
