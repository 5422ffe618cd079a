//! A filled workbook becomes rows of answers. Marks nothing.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bank::LETTERS;
use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::quiz::answer::{self, How};
use crate::quiz::{ANSWERS, COVER, DATE, KIND, NAME, NUMBER, QUESTIONS, SESSION, Session, UNIT, question_header};
use crate::sheet::{self, Book, Cell, Sheet};
use crate::survey::cover::Store;
use crate::survey::layout::is;
use crate::text::{Text, t};
use crate::unit::normal;

pub static NO_ANSWERS: Kind = Kind::error(
    "quiz-no-answers",
    t("找不到“答题”页的表头，这份答题表没有阅。", "The header of sheet Answers was not found; this workbook was not marked."),
    t("请把“姓名或编号”和各题的表头改回原样。", "Put the headers Name or number and Q1, Q2 ... back."),
);
pub static NO_COLUMN: Kind = Kind::error(
    "quiz-no-column",
    t(
        "没有“第{number}题”一栏，这题不计入正确率，前后对比两边都不算它。",
        "There is no column Q{number}; the question counts in no right rate, nor on either side of the comparison.",
    ),
    t("请从空白答题表把这一栏的表头复制回来，补上答案。", "Copy the header of the column back from a blank workbook and add its answers."),
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
pub static DRESSED: Kind = Kind::new(
    "quiz-answer-read",
    Severity::Note,
    t(
        "{count} 处答案的字母旁多了标点或字，按字母读，如 {cell} 的“{text}”读作 {letter}。",
        "{count} [answer has|answers have] marks or words around the letter and [is|are] read by it: \"{text}\" in {cell} as {letter}.",
    ),
    t("不必处理；读得不对的，只留一个字母。", "Nothing to do; where that is wrong, leave the letter alone."),
);
pub static SESSION_READ: Kind = Kind::new(
    "quiz-session-read",
    Severity::Note,
    t("封面的“场次”填的是“{text}”，按“{session}”读。", "Session on the cover is \"{text}\"; it is read as \"{session}\"."),
    t("不必处理。", "Nothing to do."),
);
pub static ABSENT: Kind = Kind::new(
    "quiz-absent",
    Severity::Note,
    t(
        "{count} 人有姓名没有答案，按缺考，不计入：{names}。",
        "{count} named without any answer [counts|count] as absent and in no figure: {names}.",
    ),
    t("确实交了白卷的，任填一格“-”。", "For a paper that was handed in blank, type \"-\" into any one of its cells."),
);
pub static TOTAL_ROW: Kind = Kind::new(
    "quiz-total-row",
    Severity::Note,
    t("“{name}”一行不是学员，不计入。", "The row \"{name}\" is no trainee and is left out."),
    t("不必处理。", "Nothing to do."),
);
pub static LOST_STORE: Kind = Kind::error(
    "quiz-lost-store",
    t("像是答题表，但隐藏的标记页没有了，没有阅卷。", "It looks like an answer workbook whose hidden sheet is gone; it was not marked."),
    t(
        "请从空白答题表另存一份，把“答题”页复制进去。",
        "Save a copy of the blank answer workbook under another name and copy sheet Answers into it.",
    ),
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
pub static KINDS: [&Kind; 11] =
    [&NO_ANSWERS, &LOST_STORE, &NO_COLUMN, &NO_SESSION, &SESSION_READ, &BAD_ANSWER, &DRESSED, &NO_NAME, &ABSENT, &TOTAL_ROW, &NOBODY];

/// Names told of those who were absent.
const NAMED: usize = 8;
/// First words of a row that reckons up the others.
const TOTALS: [Text; 9] = [
    t("合计", "total"),
    t("总计", "sum"),
    t("小计", "subtotal"),
    t("平均", "average"),
    t("平均分", "mean"),
    t("总分", "marks"),
    t("得分", "score"),
    t("正确率", "right rate"),
    t("答对人数", "right"),
];
/// Rows of a sheet among which the header of a workbook without its store is looked for, and the most questions of a paper.
const LOOKED_AT: usize = 20;
const MOST: usize = 500;

/// What a trainee put into a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Position among the choices.
    Choice(usize),
    Blank,
    Unreadable,
    /// The sheet has no column for it.
    Unasked,
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
    /// The cell of the cover that says it.
    pub session_place: Place,
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
    /// Those who handed in a sheet: any cell of theirs is filled.
    pub rows: Vec<Row>,
    /// Names without an answer.
    pub absent: Vec<String>,
}

impl Filled {
    /// Has nobody written anything into its rows?
    pub fn is_blank(&self) -> bool {
        self.rows.is_empty() && self.absent.is_empty()
    }
}

/// Is it a workbook of ours to answer a quiz in, be it without its store? Looks at the names of its sheets before it opens it.
pub fn is_quiz(path: &Path) -> bool {
    let names = sheet::sheet_names(path);
    if !names.iter().any(|name| is(name, &ANSWERS) || is(name, &QUESTIONS)) {
        return false;
    }
    let book = std::fs::read(path).ok().and_then(|bytes| Book::open(bytes, "", &mut Vec::new()));
    book.is_some_and(|book| Store::of(&book).value("kind") == KIND || has_lost_store(&book))
}

/// Does it hold a sheet of answers and nothing that says what was asked, as where sheets are copied to a new file?
pub fn has_lost_store(book: &Book) -> bool {
    let is_header = |sheet: &Sheet| sheet.rows.iter().take(LOOKED_AT).any(|(row, cells)| Header::in_row(*row, cells, MOST).is_some());
    Store::of(book).value("kind").is_empty() && book.sheets.iter().any(is_header)
}

/// Reads an opened workbook; none where it holds no answers to read.
pub fn read(book: &Book, file: &str, findings: &mut Vec<Finding>) -> Option<Filled> {
    let store = Store::of(book);
    let items: Vec<String> = store.value("items").split_whitespace().map(str::to_string).collect();
    let Some((sheet, header)) = answers(book, items.len()) else {
        let kind = if has_lost_store(book) { &LOST_STORE } else { &NO_ANSWERS };
        findings.push(kind.at(Place::file(file), &[]));
        return None;
    };
    for number in (1..=items.len()).filter(|number| !header.questions.contains_key(number)) {
        findings.push(NO_COLUMN.at(Place::cell(file, &sheet.name, header.row, 0), &[("number", number.into())]));
    }
    let mut reading = Reading { sheet, header: &header, file, count: items.len(), dressed: Vec::new(), absent: Vec::new(), findings };
    let rows: Vec<Row> = sheet.rows.keys().filter(|row| **row > header.row).filter_map(|row| reading.trainee(*row)).collect();
    let Reading { dressed, absent, .. } = reading;
    findings.extend(told_dressed(&dressed));
    findings.extend(told_absent(&absent));
    let cover = book.sheets.iter().find(|sheet| is(&sheet.name, &COVER));
    let (session, session_place) = session(cover, file, !rows.is_empty(), findings);
    let absent: Vec<String> = absent.into_iter().map(|(name, _)| name).collect();
    if rows.is_empty() && absent.is_empty() {
        findings.push(NOBODY.at(Place::file(file), &[]));
    }
    Some(Filled {
        file: file.to_string(),
        unit: store.value("unit"),
        period: store.value("period"),
        session,
        session_place,
        date: cover.and_then(|cover| labelled(cover, &DATE)).map(|(_, text)| text).unwrap_or_default(),
        class: store.value("class").parse().ok(),
        seed: store.value("seed"),
        tree: store.value("tree"),
        bank: store.value("bank"),
        questions: store.value("questions"),
        items,
        rows,
        absent,
    })
}

/// The sheet of answers: where one was copied into a blank workbook, the one that is not blank.
fn answers(book: &Book, count: usize) -> Option<(&Sheet, Header)> {
    let mut all: Vec<(&Sheet, Header)> = book.sheets.iter().filter_map(|sheet| Some((sheet, Header::of(sheet, count)?))).collect();
    let used = all.iter().position(|(sheet, header)| header.is_used(sheet)).unwrap_or(0);
    (used < all.len()).then(|| all.swap_remove(used))
}

/// Where the columns of the sheet of answers are.
struct Header {
    row: u32,
    name: u32,
    number: Option<u32>,
    unit: Option<u32>,
    /// By number, from 1.
    questions: BTreeMap<usize, u32>,
}

impl Header {
    fn of(sheet: &Sheet, count: usize) -> Option<Self> {
        sheet.rows.iter().find_map(|(row, cells)| Header::in_row(*row, cells, count))
    }

    fn in_row(row: u32, cells: &BTreeMap<u32, Cell>, count: usize) -> Option<Self> {
        let column = |wanted: &Text| cells.iter().find(|(_, cell)| is(&cell.text(), wanted)).map(|(column, _)| *column);
        let name = column(&NAME)?;
        let questions: BTreeMap<usize, u32> = (1..=count).filter_map(|number| Some((number, column(&question_header(number))?))).collect();
        (!questions.is_empty()).then(|| Header { row, name, number: column(&NUMBER), unit: column(&UNIT), questions })
    }

    fn is_used(&self, sheet: &Sheet) -> bool {
        let columns = || self.questions.values().chain([&self.name]);
        sheet.rows.keys().filter(|row| **row > self.row).any(|row| columns().any(|column| !sheet.text(*row, *column).trim().is_empty()))
    }
}

/// The value beside a label of the cover, and its row.
fn labelled(cover: &Sheet, label: &Text) -> Option<(u32, String)> {
    let row = cover.rows.keys().find(|row| is(&cover.text(**row, 0), label))?;
    Some((*row, normal(&cover.text(*row, 1))))
}

/// What the cover says, and the cell; nothing is asked of it where nobody answered.
fn session(cover: Option<&Sheet>, file: &str, wanted: bool, findings: &mut Vec<Finding>) -> (Option<Session>, Place) {
    let found = cover.and_then(|cover| labelled(cover, &SESSION));
    let text = found.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
    let place = match (cover, &found) {
        (Some(cover), Some((row, _))) => Place::cell(file, &cover.name, *row, 1),
        _ => Place::file(file),
    };
    let session = Session::said(text);
    match session {
        Some((session, false)) => {
            findings.push(SESSION_READ.at(place.clone(), &[("session", session.words()), ("text", text.into())]));
        }
        None if wanted => {
            let said = if text.is_empty() {
                t("没有填", "is empty")
            } else {
                t("填的是“{text}”", "is \"{text}\"").with(&[("text", text.into())])
            };
            findings.push(NO_SESSION.at(place.clone(), &[("said", said)]));
        }
        _ => {}
    }
    (session.map(|(session, _)| session), place)
}

/// Reading the rows of the sheet of answers.
struct Reading<'a> {
    sheet: &'a Sheet,
    header: &'a Header,
    file: &'a str,
    /// Questions of the paper.
    count: usize,
    /// Cells with more than the letter that they are read as.
    dressed: Vec<(Place, String, usize)>,
    absent: Vec<(String, Place)>,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn trainee(&mut self, row: u32) -> Option<Row> {
        let (sheet, header, file) = (self.sheet, self.header, self.file);
        let place = Place::cell(file, &sheet.name, row, header.name);
        let first = header.number.into_iter().chain([header.name]).map(|column| crate::unit::name(&sheet.text(row, column)));
        if let Some(name) = first.into_iter().find(|text| TOTALS.iter().any(|total| is(text, total))) {
            self.findings.push(TOTAL_ROW.at(place, &[("name", name.into())]));
            return None;
        }
        let name = crate::unit::name(&sheet.text(row, header.name));
        let mut answers = vec![Given::Unasked; self.count];
        let mut is_handed_in = false;
        for (number, column) in &header.questions {
            let raw = sheet.text(row, *column);
            let (given, how) = answer::read(&raw);
            is_handed_in |= how != How::Empty;
            match given {
                Given::Choice(choice) if how == How::Dressed => {
                    self.dressed.push((Place::cell(file, &sheet.name, row, *column), raw, choice));
                }
                Given::Unreadable => {
                    let who = if name.is_empty() {
                        t("未写姓名的一行", "a row without a name")
                    } else {
                        t("“{name}”", "\"{name}\"").with(&[("name", name.clone().into())])
                    };
                    // As it was typed: normalised, a ① would be told as a 1.
                    let args = [("who", who), ("number", (*number).into()), ("text", raw.trim().into())];
                    self.findings.push(BAD_ANSWER.at(Place::cell(file, &sheet.name, row, *column), &args));
                }
                _ => {}
            }
            if let Some(slot) = answers.get_mut(number - 1) {
                *slot = given;
            }
        }
        if !is_handed_in {
            if !name.is_empty() {
                self.absent.push((name, place));
            }
            return None;
        }
        if name.is_empty() {
            self.findings.push(NO_NAME.at(place.clone(), &[]));
        }
        let unit = header.unit.map(|column| crate::unit::name(&sheet.text(row, column))).unwrap_or_default();
        Some(Row { name, unit, place, answers })
    }
}

fn told_dressed(dressed: &[(Place, String, usize)]) -> Option<Finding> {
    let (place, text, choice) = dressed.first()?;
    let args = [
        ("count", dressed.len().into()),
        ("cell", place.cell.clone().unwrap_or_default().into()),
        ("letter", LETTERS.get(*choice).copied().unwrap_or_default().into()),
        ("text", text.trim().into()),
    ];
    Some(DRESSED.at(place.clone(), &args))
}

fn told_absent(absent: &[(String, Place)]) -> Option<Finding> {
    let (_, place) = absent.first()?;
    let names = absent.iter().map(|(name, _)| name.as_str());
    Some(ABSENT.at(place.clone(), &[("count", absent.len().into()), ("names", some_names(names, NAMED))]))
}

/// The first so many, and that there are more.
pub fn some_names<'a>(names: impl Iterator<Item = &'a str>, most: usize) -> Text {
    let all: Vec<Text> = names.map(|name| Text::same(name.to_string())).collect();
    let told = Text::join(&all[..all.len().min(most)], "、", ", ");
    if all.len() > most { t("{names}等", "{names} and others").with(&[("names", told)]) } else { told }
}
