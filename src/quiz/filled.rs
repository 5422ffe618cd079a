//! A filled workbook becomes rows of answers. Marks nothing.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bank::LETTERS;
use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::quiz::{ANSWERS, COVER, DATE, KIND, NAME, QUESTIONS, SESSION, Session, UNIT, question_header};
use crate::sheet::{self, Book, Sheet};
use crate::survey::cover::Store;
use crate::survey::layout::{STORE, is};
use crate::text::{Text, t};
use crate::unit::normal;

pub static NO_ANSWERS: Kind = Kind::error(
    "quiz-no-answers",
    t("找不到“答题”页的表头，这份答题表没有阅。", "The header of sheet Answers was not found; this workbook was not marked."),
    t("请把“姓名或编号”和各题的表头改回原样。", "Put the headers Name or number and Q1, Q2 ... back."),
);
pub static NO_COLUMN: Kind = Kind::error(
    "quiz-no-column",
    t("没有“第{number}题”一栏，全按没有作答计。", "There is no column Q{number}; all of it counts as not answered."),
    t("请从空白答题表把这一栏的表头复制回来。", "Copy the header of the column back from a blank workbook."),
);
pub static NO_SESSION: Kind = Kind::new(
    "quiz-no-session",
    Severity::Warning,
    t("封面的“场次”{said}，这份只阅卷，不做前后对比。", "Session on the cover {said}; the workbook is marked and not compared."),
    t("请选“训前”或“训后”。", "Choose before or after."),
);
pub static BAD_ANSWER: Kind = Kind::error(
    "quiz-answer",
    t("{who}第 {number} 题填的是“{text}”，按没有答对计。", "{who}: question {number} holds \"{text}\"; it counts as not right."),
    t("只填 A、B、C、D 中的一个，没有作答的留空。", "Type A, B, C or D; leave empty what was not answered."),
);
pub static NO_NAME: Kind = Kind::new(
    "quiz-no-name",
    Severity::Warning,
    t(
        "这一行有答案，没有姓名或编号，只计入各题的正确率。",
        "This row has answers and no name or number; it counts for the questions only.",
    ),
    t("请补上姓名或编号。", "Add the name or number."),
);
pub static NOBODY: Kind = Kind::new(
    "quiz-nobody",
    Severity::Note,
    t("答题表是空的，没有人作答。", "Nobody answered in this workbook."),
    t("如已作答，请核对是否交错了文件。", "If somebody did, check whether it is the right file."),
);
pub static KINDS: [&Kind; 6] = [&NO_ANSWERS, &NO_COLUMN, &NO_SESSION, &BAD_ANSWER, &NO_NAME, &NOBODY];

/// What a trainee put into a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Position among the choices.
    Choice(usize),
    Blank,
    Unreadable,
}

/// One trainee.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Empty where nobody is named.
    pub name: String,
    pub unit: String,
    pub place: Place,
    /// One a question, in the order of the paper.
    pub answers: Vec<Given>,
}

/// A filled workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    pub file: String,
    pub unit: String,
    pub period: String,
    pub session: Option<Session>,
    pub date: String,
    /// The class of the training needs report that it is for; none: for any.
    pub class: Option<usize>,
    pub seed: String,
    /// Digests of the tree, of the bank and of the questions it was made from.
    pub tree: String,
    pub bank: String,
    pub questions: String,
    /// Ids in the order of the paper.
    pub items: Vec<String>,
    /// Those who answered or are named.
    pub rows: Vec<Row>,
}

/// Is it a workbook of ours to answer a quiz in? Looks at the names of its sheets before it opens it.
pub fn is_quiz(path: &Path) -> bool {
    let names = sheet::sheet_names(path);
    let has = |wanted: &Text| names.iter().any(|name| is(name, wanted));
    if !names.iter().any(|name| name == STORE) || !(has(&ANSWERS) || has(&QUESTIONS)) {
        return false;
    }
    let book = std::fs::read(path).ok().and_then(|bytes| Book::open(bytes, "", &mut Vec::new()));
    book.is_some_and(|book| Store::of(&book).value("kind") == KIND)
}

/// Reads an opened workbook; none where it holds no answers to read.
pub fn read(book: &Book, file: &str, findings: &mut Vec<Finding>) -> Option<Filled> {
    let store = Store::of(book);
    let items: Vec<String> = store.value("items").split_whitespace().map(str::to_string).collect();
    let Some((sheet, header)) = book.sheets.iter().find_map(|sheet| Some((sheet, Header::of(sheet, items.len())?))) else {
        findings.push(NO_ANSWERS.at(Place::file(file), &[]));
        return None;
    };
    for number in (1..=items.len()).filter(|number| !header.questions.contains_key(number)) {
        findings.push(NO_COLUMN.at(Place::cell(file, &sheet.name, header.row, 0), &[("number", number.into())]));
    }
    let cover = book.sheets.iter().find(|sheet| is(&sheet.name, &COVER));
    let rows: Vec<Row> = sheet
        .rows
        .keys()
        .filter(|row| **row > header.row)
        .filter_map(|row| trainee(sheet, *row, &header, items.len(), file, findings))
        .collect();
    let session = session(cover, file, !rows.is_empty(), findings);
    if rows.is_empty() {
        findings.push(NOBODY.at(Place::file(file), &[]));
    }
    Some(Filled {
        file: file.to_string(),
        unit: store.value("unit"),
        period: store.value("period"),
        session,
        date: cover.and_then(|cover| labelled(cover, &DATE)).map(|(_, text)| text).unwrap_or_default(),
        class: store.value("class").parse().ok(),
        seed: store.value("seed"),
        tree: store.value("tree"),
        bank: store.value("bank"),
        questions: store.value("questions"),
        items,
        rows,
    })
}

/// Where the columns of the sheet of answers are.
struct Header {
    row: u32,
    name: u32,
    unit: Option<u32>,
    /// By number, from 1.
    questions: BTreeMap<usize, u32>,
}

impl Header {
    fn of(sheet: &Sheet, count: usize) -> Option<Self> {
        sheet.rows.iter().find_map(|(row, cells)| {
            let column = |wanted: &Text| cells.iter().find(|(_, cell)| is(&cell.text(), wanted)).map(|(column, _)| *column);
            let name = column(&NAME)?;
            let questions: BTreeMap<usize, u32> =
                (1..=count).filter_map(|number| Some((number, column(&question_header(number))?))).collect();
            (!questions.is_empty()).then(|| Header { row: *row, name, unit: column(&UNIT), questions })
        })
    }
}

/// The value beside a label of the cover, and its row.
fn labelled(cover: &Sheet, label: &Text) -> Option<(u32, String)> {
    let row = cover.rows.keys().find(|row| is(&cover.text(**row, 0), label))?;
    Some((*row, normal(&cover.text(*row, 1))))
}

fn session(cover: Option<&Sheet>, file: &str, wanted: bool, findings: &mut Vec<Finding>) -> Option<Session> {
    let found = cover.and_then(|cover| labelled(cover, &SESSION));
    let text = found.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
    let session = Session::ALL.into_iter().find(|session| is(text, &session.words()));
    if session.is_none() && wanted {
        let said = if text.is_empty() {
            t("没有填", "is empty")
        } else {
            t("填的是“{text}”", "is \"{text}\"").with(&[("text", text.into())])
        };
        let place = match (cover, &found) {
            (Some(cover), Some((row, _))) => Place::cell(file, &cover.name, *row, 1),
            _ => Place::file(file),
        };
        findings.push(NO_SESSION.at(place, &[("said", said)]));
    }
    session
}

fn trainee(sheet: &Sheet, row: u32, header: &Header, count: usize, file: &str, findings: &mut Vec<Finding>) -> Option<Row> {
    let name = crate::unit::name(&sheet.text(row, header.name));
    let mut answers = vec![Given::Blank; count];
    for (number, column) in &header.questions {
        let text = normal(&sheet.text(row, *column));
        let given = match LETTERS.iter().position(|letter| letter.eq_ignore_ascii_case(&text)) {
            Some(choice) => Given::Choice(choice),
            None if text.is_empty() => Given::Blank,
            None => {
                let who = if name.is_empty() {
                    t("未写姓名的一行", "a row without a name")
                } else {
                    t("“{name}”", "\"{name}\"").with(&[("name", name.clone().into())])
                };
                let args = [("who", who), ("number", (*number).into()), ("text", text.into())];
                findings.push(BAD_ANSWER.at(Place::cell(file, &sheet.name, row, *column), &args));
                Given::Unreadable
            }
        };
        if let Some(slot) = answers.get_mut(number - 1) {
            *slot = given;
        }
    }
    let answered = answers.iter().any(|given| *given != Given::Blank);
    if name.is_empty() && !answered {
        return None;
    }
    let place = Place::cell(file, &sheet.name, row, header.name);
    if name.is_empty() {
        findings.push(NO_NAME.at(place.clone(), &[]));
    }
    let unit = header.unit.map(|column| crate::unit::name(&sheet.text(row, column))).unwrap_or_default();
    Some(Row { name, unit, place, answers })
}
