//! The header row of a sheet: where it stands, and which column is which.

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::{Place, cell_name, column_name};
use crate::scale::Typed;
use crate::sheet::{Content, Sheet};
use crate::survey::filled::{NAMED, RawCell};
use crate::survey::layout::Column;
use crate::text::{Text, t};
use crate::unit::normal;

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

pub static COLUMN_RENAMED: FindingKind = FindingKind::new(
    "sheet-self-column-renamed",
    Severity::Error,
    t(
        "这张表没有“自评”一栏；这一栏的表头是“{header}”，下面填了 {count} 格，没有读。",
        "This sheet has no Self column; this one is headed \"{header}\", holds {count} filled [cell|cells] and was not read.",
    ),
    t(
        "里面如是本期的自评，请把表头改成“自评”；如是上年的，请另加“自评”一栏填本期的。",
        "If these are this period's ratings, change the header to Self; if last year's, add a Self column for this period's.",
    ),
);
pub static COLUMN_ALIKE: FindingKind = FindingKind::new(
    "sheet-self-column-alike",
    Severity::Warning,
    t(
        "“自评”之外还有一栏“{header}”，下面填了 {count} 格，没有读；读的是 {used} 栏。",
        "Beside Self there is a column \"{header}\" with {count} filled [cell|cells]; it was not read, column {used} was.",
    ),
    t(
        "请核对本期的自评是不是都在“自评”一栏；旁边那一栏如是上年的，不必处理。",
        "Check that this period's ratings all stand under Self; if the other column is last year's, nothing need be done.",
    ),
);
pub static COLUMN_TWICE: FindingKind = FindingKind::new(
    "sheet-column-twice",
    Severity::Error,
    t(
        "有两栏的表头都是“{header}”：{used} 栏读了，这一栏填了 {count} 格，没有读。",
        "Two columns are headed \"{header}\": {used} was read, this one holds {count} filled [cell|cells] and was not.",
    ),
    t("请只留一栏。", "Keep only one of them."),
);

pub static COLUMN_SPLIT: FindingKind = FindingKind::new(
    "sheet-self-column-split",
    Severity::Error,
    t(
        "“自评”的表头占了 {first} 到 {last} 几栏，{how}；答案是哪一栏说不准，这张表的自评都没有读。",
        "The header Self spans columns {first} to {last}, {how}; which of them answers nobody knows, so no self-rating of this sheet was read.",
    ),
    t(
        "请先取消表头和下面各格的合并，再把每题的答案合成一格，都放在 {first} 栏（分子、分母写成“45/50”的样子），最后删去多出的栏。",
        "First unmerge the header and the cells below it; then put each answer into one cell of column {first}, numerator and denominator like 45/50, and delete the extra columns.",
    ),
);

pub static KINDS: [&FindingKind; 7] =
    [&NO_ANSWER_COLUMN, &NO_OWN_COLUMN, &NO_REF_COLUMN, &COLUMN_RENAMED, &COLUMN_ALIKE, &COLUMN_TWICE, &COLUMN_SPLIT];

/// Where the header row stands and which column is which.
pub(super) struct Header {
    pub row: u32,
    /// The first of each name.
    pub columns: HashMap<Column, u32>,
    /// Columns of the header row that are not read: a name that stands again, or none of ours.
    unread: Vec<(u32, String)>,
    /// Did 自评 span several filled columns, and is not read?
    split: bool,
}

/// What offices call the column of the answers, on a sheet without one of its name.
const OTHER_WORDS: [&str; 10] = ["自評", "自查", "自测", "自我评", "自报", "答案", "填报", "填写", "本单位", "answer"];
/// Said of a workbook once, however many of its sheets have it.
const ONCE: [&FindingKind; 6] = [&NO_ANSWER_COLUMN, &NO_OWN_COLUMN, &NO_REF_COLUMN, &COLUMN_RENAMED, &COLUMN_ALIKE, &COLUMN_SPLIT];

/// Does it say that a sheet's 自评 was not found?
pub(super) fn is_unread(finding: &Finding) -> bool {
    [&NO_ANSWER_COLUMN, &NO_OWN_COLUMN, &COLUMN_RENAMED, &COLUMN_SPLIT].iter().any(|kind| kind.code == finding.code)
}

/// Of what is said of several sheets of a workbook alike, the first, with how many more there are.
pub(super) fn once_a_workbook(findings: &mut Vec<Finding>, from: usize) {
    let alike = |one: &Finding, other: &Finding| one.code == other.code && one.args.get("header") == other.args.get("header");
    let mut at = from;
    while at < findings.len() {
        if ONCE.iter().any(|kind| kind.code == findings[at].code) {
            let first = findings[at].clone();
            let mut place = 0;
            let before = findings.len();
            findings.retain(|other| {
                place += 1;
                place <= at + 1 || !alike(&first, other)
            });
            let more = before - findings.len();
            if more > 0 {
                let more = t("另有 {count} 张表也是这样。", "So it is on {count} more [sheet|sheets].").counted(more);
                findings[at].message = Text::join(&[first.message, more], "", " ");
            }
        }
        at += 1;
    }
}

/// Longest text that may be a header.
const MAX_HEADER: usize = 40;

pub(super) fn header(sheet: &Sheet, file: &str, findings: &mut Vec<Finding>) -> Option<Header> {
    let mut nearly = None;
    let mut without_refs = None;
    for (row, cells) in &sheet.rows {
        let mut columns = HashMap::new();
        let mut unread = Vec::new();
        for (column, cell) in cells {
            if let Content::Text(text) = &cell.content
                && text.len() <= MAX_HEADER
            {
                match Column::named(text) {
                    Some(named) if !columns.contains_key(&named) => _ = columns.insert(named, *column),
                    _ => unread.push((*column, text.trim().to_string())),
                }
            }
        }
        let has = |wanted: [Column; 2]| wanted.iter().any(|column| columns.contains_key(column));
        if has([Column::Ref, Column::Id]) {
            if has([Column::Own, Column::Review]) {
                let mut header = Header { row: *row, columns, unread, split: false };
                findings.extend(header.leave_split(sheet, file));
                return Some(header);
            }
            nearly.get_or_insert(Header { row: *row, columns, unread, split: false });
        } else if has([Column::Own, Column::Review]) && has([Column::Indicator, Column::Guide]) {
            without_refs.get_or_insert((*row, if columns.contains_key(&Column::Own) { Column::Own } else { Column::Review }));
        }
    }
    if let Some(header) = nearly {
        let renamed = header.renamed(sheet, file);
        if renamed.is_empty() {
            findings.push(NO_ANSWER_COLUMN.at(Place::cell(file, &sheet.name, header.row, 0), &[]));
        }
        findings.extend(renamed);
    } else if let Some((row, column)) = without_refs {
        findings.push(NO_REF_COLUMN.at(Place::cell(file, &sheet.name, row, 0), &[("column", column.words())]));
    }
    None
}

impl Header {
    /// Takes 自评 out of what is read where it spans several columns that are filled.
    fn leave_split(&mut self, sheet: &Sheet, file: &str) -> Option<Finding> {
        let own = *self.columns.get(&Column::Own)?;
        let at = (self.row, own);
        let (_, (_, last)) = sheet.merged.iter().find(|(first, last)| *first == at && last.1 > own)?;
        if (own + 1..=*last).all(|column| self.filled(sheet, column) == 0) {
            return None;
        }
        let several = self.several(sheet, own, *last);
        let how = if several.is_empty() {
            t("{first} 栏以外也填了答案", "and answers stand outside column {first}").with(&[("first", column_name(own).into())])
        } else {
            t(
                "有 {count} 题填了几格（{cells}），像是把分子、分母分开填了",
                "and {count} [item fills|items fill] several cells ({cells}), as when numerator and denominator are typed apart",
            )
            .counted(several.len())
            .with(&[("cells", Text::some(&several, NAMED))])
        };
        self.columns.remove(&Column::Own);
        self.split = true;
        let args = [("first", column_name(own).into()), ("last", column_name(*last).into()), ("how", how)];
        Some(COLUMN_SPLIT.at(Place::cell(file, &sheet.name, self.row, own), &args))
    }

    /// `C5:D5` of each row of an item in which several of these columns are filled.
    fn several(&self, sheet: &Sheet, first: u32, last: u32) -> Vec<Text> {
        let rows = sheet.rows.iter().filter(|(row, _)| **row > self.row);
        let items =
            rows.filter(|(row, _)| [Column::Ref, Column::Id].iter().any(|column| !normal(&self.text(sheet, **row, *column)).is_empty()));
        let filled = items.filter_map(|(row, cells)| {
            let filled = || cells.range(first..=last).filter(|(_, cell)| !Typed::of(Some(cell)).is_blank()).map(|(column, _)| *column);
            let (first, last) = (filled().next()?, filled().next_back()?);
            (first < last).then(|| format!("{}:{}", cell_name(*row, first), cell_name(*row, last)).into())
        });
        filled.collect()
    }

    /// What is to be said of columns that a person may take for those that were read, and of a missing 自评.
    pub fn doubts(&self, sheet: &Sheet, file: &str) -> Vec<Finding> {
        let mut doubts = Vec::new();
        for (column, text) in &self.unread {
            let count = self.filled(sheet, *column);
            if let Some(used) = Column::named(text).and_then(|named| self.columns.get(&named)).filter(|_| count > 0) {
                doubts.push(COLUMN_TWICE.at(
                    Place::cell(file, &sheet.name, self.row, *column),
                    &[("header", text.clone().into()), ("count", count.into()), ("used", column_name(*used).into())],
                ));
            }
        }
        match self.columns.get(&Column::Own) {
            None if self.split => {}
            None => {
                let renamed = self.renamed(sheet, file);
                if renamed.is_empty() {
                    doubts.push(NO_OWN_COLUMN.at(Place::cell(file, &sheet.name, self.row, 0), &[]));
                }
                doubts.extend(renamed);
            }
            Some(own) => doubts.extend(self.alike(sheet, &[]).map(|(column, text, count)| {
                COLUMN_ALIKE.at(
                    Place::cell(file, &sheet.name, self.row, column),
                    &[("header", text.into()), ("count", count.into()), ("used", column_name(*own).into())],
                )
            })),
        }
        doubts
    }

    /// Filled columns headed almost like 自评, on a sheet without one.
    fn renamed(&self, sheet: &Sheet, file: &str) -> Vec<Finding> {
        let renamed = self.alike(sheet, &OTHER_WORDS).map(|(column, text, count)| {
            COLUMN_RENAMED.at(Place::cell(file, &sheet.name, self.row, column), &[("header", text.into()), ("count", count.into())])
        });
        renamed.collect()
    }

    /// Filled columns whose header holds the word 自评 and more, or one of some others.
    fn alike<'a>(&'a self, sheet: &'a Sheet, others: &'a [&str]) -> impl Iterator<Item = (u32, &'a str, usize)> {
        let words = Column::Own.words();
        let holds = move |text: &str| {
            let text = normal(text).to_lowercase();
            others.iter().any(|other| text.contains(other))
                || text.contains(words.zh.as_ref())
                || text.split_whitespace().any(|word| word == words.en.to_lowercase())
        };
        let alike = self.unread.iter().filter(move |(_, text)| Column::named(text).is_none() && holds(text));
        let alike = alike.map(|(column, text)| (*column, text.as_str(), self.filled(sheet, *column)));
        alike.filter(|(.., count)| *count > 0)
    }

    /// Cells below the header that are not blank.
    fn filled(&self, sheet: &Sheet, column: u32) -> usize {
        let below = sheet.rows.iter().filter(|(row, _)| **row > self.row);
        below.filter(|(_, cells)| cells.get(&column).is_some_and(|cell| !Typed::of(Some(cell)).is_blank())).count()
    }

    pub fn text(&self, sheet: &Sheet, row: u32, column: Column) -> String {
        self.columns.get(&column).map(|column| sheet.text(row, *column)).unwrap_or_default()
    }

    pub fn cell(&self, row: u32, column: Column) -> Option<String> {
        self.columns.get(&column).map(|column| crate::place::cell_name(row, *column))
    }

    pub fn raw(&self, sheet: &Sheet, row: u32, column: Column) -> Option<RawCell> {
        let at = *self.columns.get(&column)?;
        Some(RawCell { typed: Typed::of(sheet.cell(row, at)), cell: crate::place::cell_name(row, at) })
    }
}
