//! A filled workbook becomes its cover and raw rows. Judges no answer; says what it could not place.

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::Typed;
use crate::sheet::{Book, Content, Sheet};
use crate::survey::cover::{self, Cover, Given, NO_PERIOD, NO_UNIT, Store};
use crate::survey::layout::{Column, CoverLabel, STORE, is};
use crate::survey::marks::{self, LIST};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

pub static NOT_A_SURVEY: FindingKind = FindingKind::new(
    "input-not-a-survey",
    Severity::Error,
    t("不是自评表：没有封面，也没有“编号”和“自评”的表头。", "It is no survey: it has neither a cover nor a header row with Ref and Self."),
    t("请核对是否放错了文件。", "Check whether it is the right file."),
);
pub static OWN_REPORT: FindingKind = FindingKind::new(
    "input-own-report",
    Severity::Note,
    t("是 ecap 做的报告，跳过。", "It is a report made by ecap and was skipped."),
    t("不必处理。", "Nothing to do."),
);
pub static OWN_QUIZ: FindingKind = FindingKind::new(
    "input-own-quiz",
    Severity::Note,
    t("是培训测评的答题表，跳过。", "It holds answers to a quiz and was skipped."),
    t("阅卷用 ecap train。", "ecap train marks it."),
);
pub static OWN_WORKBOOK: FindingKind = FindingKind::new(
    "input-own-workbook",
    Severity::Note,
    t(
        "是整改台账或措施费用表，只有 ecap plan 读它，跳过。",
        "It is a rectification ledger or a table of costs, which only ecap plan reads; it was skipped.",
    ),
    t("不必处理。", "Nothing to do."),
);
/// What the hidden store of such a workbook calls it.
pub const OWN_KINDS: [&str; 2] = ["ledger", "costs"];
pub static NO_ANSWER_COLUMN: FindingKind = FindingKind::new(
    "sheet-no-answer-column",
    Severity::Error,
    t("这张表有“编号”，却没有“自评”或“复核”一栏，没有读。", "This sheet has Ref but neither Self nor Review; it was not read."),
    t("请把表头改回“自评”。", "Put the header back to Self."),
);
pub static NO_OWN_COLUMN: FindingKind = FindingKind::new(
    "sheet-no-self-column",
    Severity::Warning,
    t("这张表没有“自评”一栏，自评都没有读到。", "This sheet has no Self column, so no self-rating was read."),
    t("请把表头改回“自评”。", "Put the header back to Self."),
);
pub static NO_REF_COLUMN: FindingKind = FindingKind::new(
    "sheet-no-ref-column",
    Severity::Warning,
    t("这张表有“{column}”，却没有“编号”和 id，没有读。", "This sheet has {column} but neither Ref nor id; it was not read."),
    t("如有答案，请把“编号”一栏从原表复制回来。", "If it holds answers, copy the Ref column back from the original survey."),
);
pub static ITEM_TWICE: FindingKind = FindingKind::new(
    "row-item-twice",
    Severity::Error,
    t("{item} 在本工作簿中出现不止一次，用的是 {used}。", "{item} stands more than once in this workbook; {used} is used."),
    t("请删去多余的一行。", "Delete the extra row."),
);
pub static REF_DIFFERS: FindingKind = FindingKind::new(
    "row-ref-differs",
    Severity::Error,
    t(
        "编号“{ref}”与题号 {id} 不符，{id} 的编号是 {own}；按题号计。",
        "The ref \"{ref}\" does not belong to {id}, whose ref is {own}; the id decides.",
    ),
    t("请核对这一行是不是张冠李戴。", "Check that the row is what it says."),
);
pub static UNKNOWN_ID: FindingKind = FindingKind::new(
    "row-unknown-id",
    Severity::Error,
    t("题号“{id}”不在本体系中，按编号 {ref} 计。", "There is no item \"{id}\"; the ref {ref} decides."),
    t("请从原表把这一行的题号复制回来。", "Copy the id of the row back from the original survey."),
);
pub static UNKNOWN_ROW: FindingKind = FindingKind::new(
    "row-unknown",
    Severity::Error,
    t(
        "这一行填了答案，但编号“{ref}”、题号“{id}”都对不上任何题目，没有计分。",
        "This row is filled, but neither its ref \"{ref}\" nor its id \"{id}\" is an item's; it was not scored.",
    ),
    t("请从原表把编号和题号复制回来。", "Copy ref and id back from the original survey."),
);
pub static ROW_IGNORED: FindingKind = FindingKind::new(
    "row-ignored",
    Severity::Note,
    t("这一行填了内容，但没有编号和题号，没有读。", "This row is filled but has neither ref nor id; it was not read."),
    t("如是答案，请补上编号。", "If it is an answer, add its ref."),
);

pub static NOTE_ON_ANSWER: FindingKind = FindingKind::new(
    "cell-note",
    Severity::Warning,
    t(
        "{item} 的答案格有批注{text}，批注不算答案，没有读。",
        "The answer to {item} carries a note{text}; notes are no answers and were not read.",
    ),
    t(
        "批注里如有答案、理由或佐证，请写进“自评”“说明”或“佐证材料”栏。",
        "If it holds an answer, a reason or evidence, put that into Self, Note or Evidence.",
    ),
);
pub static HIDDEN_ANSWERS: FindingKind = FindingKind::new(
    "sheet-hidden-answers",
    Severity::Warning,
    t(
        "有 {count} 个答案在隐藏或被筛选掉的行、列或工作表里（{cells}），照样读了。",
        "{count} answers stand in rows, columns or sheets that are hidden or filtered out ({cells}); they were read all the same.",
    ),
    t("请取消隐藏和筛选，核对这些答案是不是要交的。", "Show everything and check that these answers are meant."),
);
pub static MERGED_ANSWERS: FindingKind = FindingKind::new(
    "cell-merged-answers",
    Severity::Error,
    t(
        "{range} 把 {count} 题（{items}）的答案格合并成了一格，{read}。",
        "{range} merges the answer cells of {count} items ({items}) into one; {read}.",
    ),
    t("请取消合并，每题各填各的。", "Split the cell and answer each item by itself."),
);

pub static KINDS: [&FindingKind; 15] = [
    &NOT_A_SURVEY,
    &OWN_REPORT,
    &OWN_QUIZ,
    &OWN_WORKBOOK,
    &NO_ANSWER_COLUMN,
    &NO_OWN_COLUMN,
    &NO_REF_COLUMN,
    &ITEM_TWICE,
    &REF_DIFFERS,
    &UNKNOWN_ID,
    &UNKNOWN_ROW,
    &ROW_IGNORED,
    &NOTE_ON_ANSWER,
    &HIDDEN_ANSWERS,
    &MERGED_ANSWERS,
];

/// Whose workbook it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Survey,
    Review,
}

/// A filled workbook, read but not judged.
#[derive(Debug)]
pub struct Filled {
    pub file: String,
    /// False where unit or period is missing or torn: its cells are judged, but count for nobody.
    pub scored: bool,
    pub kind: Kind,
    pub unit: String,
    pub parent: Option<String>,
    pub class: Option<String>,
    pub period: String,
    /// As on the cover; empty where it says nothing.
    pub respondent: String,
    /// The cover cell of the respondent.
    pub respondent_place: Place,
    pub submission: usize,
    pub rows: Vec<Row>,
}

/// One item's row, the first filled one where it stands twice.
#[derive(Debug)]
pub struct Row {
    /// Index into the tree's items.
    pub item: usize,
    pub sheet: String,
    pub own: Option<RawCell>,
    pub review: Option<RawCell>,
    pub evidence: String,
    pub note: String,
    pub review_note: String,
    /// A review workbook's: how it was verified, and the copy of the self-ratings, as they stand.
    pub verification: String,
    pub verification_cell: Option<String>,
    pub others: String,
    /// None where the sheet has no such column.
    pub others_cell: Option<String>,
    /// Where a missing cell would stand: the row's ref.
    pub anchor: String,
}

/// An answer cell as it stands.
#[derive(Clone, Debug)]
pub struct RawCell {
    pub typed: Typed,
    /// `E7`.
    pub cell: String,
}

/// Reads a workbook; none where it is no survey of this tree.
pub fn read(book: &Book, file: &str, tree: &Tree, given: &Given, findings: &mut Vec<Finding>) -> Option<Filled> {
    let store = Store::of(book);
    if store.value("kind") == "report" {
        findings.push(OWN_REPORT.at(Place::file(file), &[]));
        return None;
    }
    if store.value("kind") == "quiz" {
        findings.push(OWN_QUIZ.at(Place::file(file), &[]));
        return None;
    }
    if OWN_KINDS.contains(&store.value("kind").as_str()) {
        findings.push(OWN_WORKBOOK.at(Place::file(file), &[]));
        return None;
    }
    let kind = if store.value("kind") == "review" { Kind::Review } else { Kind::Survey };
    let cover_index = cover::position(book);
    let mut rows = Vec::new();
    let mut survey_sheets = 0;
    let lookup = Lookup::of(tree);
    for index in 0..book.sheets.len() {
        if book.sheets[index].name == STORE || is(&book.sheets[index].name, &LIST) {
            continue;
        }
        let mut header_findings = Vec::new();
        let found = header(&book.sheets[index], file, &mut header_findings);
        if Some(index) != cover_index {
            findings.append(&mut header_findings);
        }
        let Some(header) = found else { continue };
        survey_sheets += 1;
        if kind == Kind::Survey && !header.columns.contains_key(&Column::Own) {
            findings.push(NO_OWN_COLUMN.at(Place::cell(file, &book.sheets[index].name, header.row, 0), &[]));
        }
        let found = item_rows(&book.sheets[index], &header, kind, file, &lookup, findings);
        looked_at(&book.sheets[index], &header, &found, file, tree, findings);
        rows.extend(found.into_iter().map(|(_, row)| row));
    }
    if cover_index.is_none() && survey_sheets == 0 {
        findings.push(NOT_A_SURVEY.at(Place::file(file), &[]));
        return None;
    }
    let cover = Cover { sheet: cover_index.and_then(|index| book.sheets.get(index)), file };
    let ours = cover.belongs_to(tree, findings);
    cover.of_profile(&store.value("profile"), tree, findings);
    let unit = cover.decided(CoverLabel::Unit, &store.value("unit"), given.unit.as_ref(), "--unit", &NO_UNIT, findings);
    let period = cover.decided(CoverLabel::Period, &store.value("period"), given.period.as_ref(), "--period", &NO_PERIOD, findings);
    let respondent = cover.respondent(&store.value("respondent"), tree, findings);
    let submission = cover.submission(findings);
    let rows = once_each(rows, file, tree, findings);
    if !ours {
        return None;
    }
    let optional = |label: CoverLabel| Some(cover.value(label)).filter(|value| !value.is_empty());
    Some(Filled {
        file: file.to_string(),
        scored: unit.is_some() && period.is_some(),
        kind,
        unit: unit.unwrap_or_default(),
        parent: optional(CoverLabel::Parent),
        class: optional(CoverLabel::Class),
        period: period.unwrap_or_default(),
        respondent_place: cover.place(CoverLabel::Respondent),
        respondent,
        submission,
        rows,
    })
}

/// Where the header row stands and which column is which.
pub(super) struct Header {
    pub row: u32,
    pub columns: HashMap<Column, u32>,
}

/// Longest text that may be a header.
const MAX_HEADER: usize = 40;

pub(super) fn header(sheet: &Sheet, file: &str, findings: &mut Vec<Finding>) -> Option<Header> {
    let mut nearly = None;
    let mut without_refs = None;
    for (row, cells) in &sheet.rows {
        let mut columns = HashMap::new();
        for (column, cell) in cells {
            if let Content::Text(text) = &cell.content
                && text.len() <= MAX_HEADER
                && let Some(named) = Column::named(text)
            {
                columns.entry(named).or_insert(*column);
            }
        }
        let has = |wanted: [Column; 2]| wanted.iter().any(|column| columns.contains_key(column));
        if has([Column::Ref, Column::Id]) {
            if has([Column::Own, Column::Review]) {
                return Some(Header { row: *row, columns });
            }
            nearly.get_or_insert(*row);
        } else if has([Column::Own, Column::Review]) && has([Column::Indicator, Column::Guide]) {
            without_refs.get_or_insert((*row, if columns.contains_key(&Column::Own) { Column::Own } else { Column::Review }));
        }
    }
    if let Some(row) = nearly {
        findings.push(NO_ANSWER_COLUMN.at(Place::cell(file, &sheet.name, row, 0), &[]));
    } else if let Some((row, column)) = without_refs {
        findings.push(NO_REF_COLUMN.at(Place::cell(file, &sheet.name, row, 0), &[("column", column.words())]));
    }
    None
}

impl Header {
    pub fn text(&self, sheet: &Sheet, row: u32, column: Column) -> String {
        self.columns.get(&column).map(|column| sheet.text(row, *column)).unwrap_or_default()
    }

    fn cell(&self, row: u32, column: Column) -> Option<String> {
        self.columns.get(&column).map(|column| crate::place::cell_name(row, *column))
    }

    fn raw(&self, sheet: &Sheet, row: u32, column: Column) -> Option<RawCell> {
        let at = *self.columns.get(&column)?;
        Some(RawCell { typed: Typed::of(sheet.cell(row, at)), cell: crate::place::cell_name(row, at) })
    }
}

/// Items by id and by ref, as trimmed NFKC.
struct Lookup {
    ids: HashMap<String, usize>,
    refs: HashMap<String, usize>,
    names: Vec<(String, String)>,
}

impl Lookup {
    fn of(tree: &Tree) -> Self {
        let by =
            |name: fn(&crate::tree::Item) -> &str| tree.items.iter().enumerate().map(|(index, item)| (normal(name(item)), index)).collect();
        Lookup {
            ids: by(|item| &item.id),
            refs: by(|item| &item.reference),
            names: tree.items.iter().map(|item| (item.id.clone(), item.reference.clone())).collect(),
        }
    }
}

fn item_rows(sheet: &Sheet, header: &Header, kind: Kind, file: &str, lookup: &Lookup, findings: &mut Vec<Finding>) -> Vec<(u32, Row)> {
    let mut rows = Vec::new();
    for row in sheet.rows.keys().copied().filter(|row| *row > header.row) {
        let id = normal(&header.text(sheet, row, Column::Id));
        let reference = normal(&header.text(sheet, row, Column::Ref));
        let own = if kind == Kind::Review { None } else { header.raw(sheet, row, Column::Own) };
        let review = header.raw(sheet, row, Column::Review);
        let filled = [&own, &review].into_iter().flatten().any(|cell| !cell.typed.is_blank());
        let at = |column: Column| {
            let column =
                header.columns.get(&column).or_else(|| header.columns.get(&Column::Ref)).or_else(|| header.columns.get(&Column::Id));
            Place::cell(file, &sheet.name, row, column.copied().unwrap_or(0))
        };
        if id.is_empty() && reference.is_empty() {
            if filled {
                findings.push(ROW_IGNORED.at(at(Column::Ref), &[]));
            }
            continue;
        }
        let by_ref = lookup.refs.get(&reference).copied();
        let item = match lookup.ids.get(&id).copied() {
            Some(item) => {
                let own_ref = &lookup.names[item].1;
                if !reference.is_empty() && by_ref != Some(item) {
                    findings.push(
                        REF_DIFFERS.at(at(Column::Ref), &[("ref", reference.into()), ("id", id.into()), ("own", own_ref.clone().into())]),
                    );
                }
                item
            }
            None => match by_ref {
                Some(item) => {
                    if !id.is_empty() {
                        findings.push(UNKNOWN_ID.at(at(Column::Id), &[("id", id.into()), ("ref", reference.into())]));
                    }
                    item
                }
                None => {
                    if filled {
                        findings.push(UNKNOWN_ROW.at(at(Column::Ref), &[("ref", reference.into()), ("id", id.into())]));
                    }
                    continue;
                }
            },
        };
        rows.push((
            row,
            Row {
                item,
                sheet: sheet.name.clone(),
                anchor: at(Column::Ref).cell.unwrap_or_default(),
                // A review workbook's are copies.
                evidence: if kind == Kind::Review { String::new() } else { header.text(sheet, row, Column::Evidence) },
                note: if kind == Kind::Review { String::new() } else { header.text(sheet, row, Column::Note) },
                review_note: header.text(sheet, row, Column::ReviewNote),
                verification: header.text(sheet, row, Column::Verification),
                verification_cell: header.cell(row, Column::Verification),
                others: header.text(sheet, row, Column::Others),
                others_cell: header.cell(row, Column::Others),
                own,
                review,
            },
        ));
    }
    rows
}

/// Answers named of one sheet.
const NAMED: usize = 8;

/// What a cell's text alone does not say: notes on answers, answers nobody sees, several answers merged into one.
fn looked_at(sheet: &Sheet, header: &Header, rows: &[(u32, Row)], file: &str, tree: &Tree, findings: &mut Vec<Finding>) {
    let columns: Vec<u32> = [Column::Own, Column::Review].iter().filter_map(|column| header.columns.get(column).copied()).collect();
    let named = |row: &Row| Text::from(tree.items[row.item].reference.clone());
    let mut unseen: Vec<Text> = Vec::new();
    for (at, row) in rows {
        for column in &columns {
            if let Some(note) = sheet.notes.get(&(*at, *column)).and_then(|note| marks::theirs(note)) {
                let shown: String = note.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
                let text =
                    if shown.is_empty() { Text::default() } else { t("“{text}”", " \"{text}\"").with(&[("text", shown.into())]) };
                findings.push(NOTE_ON_ANSWER.at(Place::cell(file, &sheet.name, *at, *column), &[("text", text), ("item", named(row))]));
            }
            let answered = sheet.cell(*at, *column).is_some_and(|cell| !Typed::of(Some(cell)).is_blank());
            if answered && (sheet.hidden || sheet.hides(*at, *column)) {
                unseen.push(crate::place::cell_name(*at, *column).into());
            }
        }
    }
    if !unseen.is_empty() {
        let count = unseen.len();
        unseen.truncate(NAMED);
        let cells = Text::join(&unseen, "、", ", ");
        let cells = if count > NAMED { t("{cells} 等", "{cells} and others").with(&[("cells", cells)]) } else { cells };
        findings.push(HIDDEN_ANSWERS.at(Place::sheet(file, &sheet.name), &[("count", count.into()), ("cells", cells)]));
    }
    // Cells merged as programs merge them do not overlap, so there are never more.
    let mut left_to_say = rows.len() * columns.len();
    for ((top, left), (bottom, right)) in &sheet.merged {
        let over = columns.iter().any(|column| (left..=right).contains(&column));
        let inside: Vec<&(u32, Row)> = rows.iter().filter(|(at, _)| over && (top..=bottom).contains(&at)).collect();
        if inside.len() < 2 {
            continue;
        }
        let Some(fewer) = left_to_say.checked_sub(1) else { break };
        left_to_say = fewer;
        let items: Vec<Text> = inside.iter().take(NAMED).map(|(_, row)| named(row)).collect();
        let (first, last) = (crate::place::cell_name(*top, *left), crate::place::cell_name(*bottom, *right));
        let valued = |at: u32| columns.iter().any(|column| sheet.cell(at, *column).is_some_and(|cell| !Typed::of(Some(cell)).is_blank()));
        let below: Vec<Text> = inside.iter().filter(|(at, _)| at != top && valued(*at)).take(NAMED).map(|(_, row)| named(row)).collect();
        let read = if below.is_empty() {
            t("只有 {first} 读到了值，其余按空白", "only {first} has a value, the others are blank")
                .with(&[("first", first.clone().into())])
        } else {
            t("{below}在下面另有看不见的值，照样读了", "{below} have values below that nobody sees; they were read all the same")
                .with(&[("below", Text::join(&below, "、", ", "))])
        };
        let args = [
            ("range", format!("{first}:{last}").into()),
            ("count", inside.len().into()),
            ("items", Text::join(&items, "、", ", ")),
            ("read", read),
        ];
        findings.push(MERGED_ANSWERS.at(Place::cell(file, &sheet.name, *top, *left), &args));
    }
}

impl Filled {
    /// Is nothing typed in any answer cell?
    pub fn is_blank(&self) -> bool {
        !self.rows.iter().any(Row::is_filled)
    }
}

impl Row {
    pub fn is_filled(&self) -> bool {
        [&self.own, &self.review].into_iter().flatten().any(|cell| !cell.typed.is_blank())
    }

    pub fn place(&self, file: &str) -> Place {
        let cell = self.own.as_ref().or(self.review.as_ref()).map_or(self.anchor.clone(), |cell| cell.cell.clone());
        Place { cell: Some(cell), ..Place::sheet(file, &self.sheet) }
    }
}

/// Each item once: its first filled row, the first of all where none is filled.
fn once_each(rows: Vec<Row>, file: &str, tree: &Tree, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::new();
    let mut position: HashMap<usize, usize> = HashMap::new();
    let mut extra: Vec<(usize, Place)> = Vec::new();
    for row in rows {
        let Some(at) = position.get(&row.item).copied() else {
            position.insert(row.item, kept.len());
            kept.push(row);
            continue;
        };
        if !kept[at].is_filled() && row.is_filled() {
            extra.push((at, kept[at].place(file)));
            kept[at] = row;
        } else {
            extra.push((at, row.place(file)));
        }
    }
    for (at, place) in extra {
        let used = &kept[at];
        let where_used = Text::join(&[used.sheet.clone().into(), used.place(file).cell.unwrap_or_default().into()], "，", ", ");
        findings.push(ITEM_TWICE.at(place, &[("item", tree.items[used.item].reference.clone().into()), ("used", where_used)]));
    }
    kept
}
