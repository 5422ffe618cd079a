//! The header row of a sheet: where it stands, and which column is which.

use std::collections::{BTreeMap, HashMap};

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::{Place, cell_name, column_name};
use crate::scale::Typed;
use crate::sheet::{Cell, Content, Sheet};
use crate::survey::filled::{Kind, RawCell};
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
pub static NO_REVIEW_COLUMN: FindingKind = FindingKind::new(
    "sheet-no-review-column",
    Severity::Error,
    t(
        "这是现场复核表，这张表却没有“复核”一栏，复核都没有读。",
        "This is a review workbook, yet this sheet has no Review column, so no review was read.",
    ),
    t("请把表头改回“复核”。", "Put the header back to Review."),
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
        "请核对本期的自评（连同更正过的）是不是都在“自评”一栏；旁边那一栏如是上年的，不必处理。",
        "Check that this period's ratings, corrected ones too, all stand under Self; if the other column is last year's, nothing need be done.",
    ),
);
pub static REVIEW_RENAMED: FindingKind = FindingKind::new(
    "sheet-review-column-renamed",
    Severity::Error,
    t(
        "这张表没有“复核”一栏；这一栏的表头是“{header}”，下面填了 {count} 格，没有读。",
        "This sheet has no Review column; this one is headed \"{header}\", holds {count} filled [cell|cells] and was not read.",
    ),
    t(
        "里面如是评估组复核的答案，请把表头改成“复核”；如是说明，请改成“复核说明”，另加“复核”一栏。",
        "If these are the assessors' answers, change the header to Review; if remarks, change it to Review note and add a Review column.",
    ),
);
pub static REVIEW_ALIKE: FindingKind = FindingKind::new(
    "sheet-review-column-alike",
    Severity::Warning,
    t(
        "“复核”之外还有一栏“{header}”，下面填了 {count} 格，没有读；读的是 {used} 栏。",
        "Beside Review there is a column \"{header}\" with {count} filled [cell|cells]; it was not read, column {used} was.",
    ),
    t(
        "请核对复核的答案是不是都在“复核”一栏；旁边那一栏如是说明或以往的，不必处理。",
        "Check that the reviews all stand under Review; if the other column holds remarks or earlier reviews, nothing need be done.",
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
        "请先取消表头和下面各格的合并，再把每题的答案在 {first} 栏重新键入成一个，分子、分母写成“45/50”的样子（不要用“合并单元格”，那样只剩分子）；都键好了，再删去 {extra} 栏，表头下面写着“分子”“分母”的一行也一起删去。",
        "First unmerge the header and the cells below it; then type each answer anew as one, in column {first}, numerator and denominator like 45/50 (do not merge the cells, which keeps the numerator alone); only when all are typed delete column {extra}, and the row below the header if it says numerator and denominator.",
    ),
);

pub static KINDS: [&FindingKind; 10] = [
    &NO_ANSWER_COLUMN,
    &NO_OWN_COLUMN,
    &NO_REVIEW_COLUMN,
    &NO_REF_COLUMN,
    &COLUMN_RENAMED,
    &COLUMN_ALIKE,
    &REVIEW_RENAMED,
    &REVIEW_ALIKE,
    &COLUMN_TWICE,
    &COLUMN_SPLIT,
];

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
/// And that of the assessors' answers.
const REVIEW_WORDS: [&str; 4] = ["複核", "覆核", "复评", "核查"];
/// In which headers end of columns that tell about answers and hold none.
const ABOUT: [&str; 15] =
    ["说明", "备注", "方式", "日期", "时间", "签字", "签名", "人", "人员", "原因", "依据", "材料", " note", " date", " by"];
/// What stands in the header of a column of answers put right.
const CORRECTIONS: [&str; 12] = ["更正", "修正", "订正", "最终", "改后", "调整后", "修改", "最新", "二次", "终审", "更新", "重填"];
/// In which headers end of columns that tell about a correction.
const ABOUT_CORRECTION: [&str; 4] = ["意见", "情况", "记录", "内容"];

/// Does it say that a sheet's 自评 was not found?
pub(super) fn is_unread(finding: &Finding) -> bool {
    [&NO_ANSWER_COLUMN, &NO_OWN_COLUMN, &COLUMN_RENAMED, &COLUMN_SPLIT].iter().any(|kind| kind.code == finding.code)
}

/// Does it say that a sheet's 复核 was not found?
pub(super) fn is_review_unread(finding: &Finding) -> bool {
    [&NO_REVIEW_COLUMN, &REVIEW_RENAMED, &NO_REF_COLUMN].iter().any(|kind| kind.code == finding.code)
}

/// Of what is said of several sheets of a workbook alike, the first, with how many more there are.
pub(super) fn once_a_workbook(findings: &mut Vec<Finding>, from: usize) {
    let alike = |one: &Finding, other: &Finding| one.code == other.code && one.args.get("header") == other.args.get("header");
    let mut at = from;
    while at < findings.len() {
        // Columns of one name each have a place of their own.
        if KINDS.iter().any(|kind| kind.code == findings[at].code && kind.code != COLUMN_TWICE.code) {
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
                let advice = Text::join(&[first.advice.clone(), more], "", " ");
                findings[at] = first.advising(advice);
            }
        }
        at += 1;
    }
}

/// Does a header hold the name of a column, or one of some other words?
fn holds(text: &str, column: Column, others: &[&str]) -> bool {
    let words = column.words();
    let word = words.en.to_lowercase();
    others.iter().any(|other| text.contains(other))
        || text.contains(words.zh.as_ref())
        || text.split(|letter: char| !letter.is_ascii_alphabetic()).any(|one| one == word)
}

fn is_own(text: &str, others: &[&str]) -> bool {
    holds(text, Column::Own, others)
}

/// What stands in brackets behind, such as who fills the column, counts for nothing.
pub(super) fn is_about(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or_default().replace('_', " ");
    ABOUT.iter().any(|word| name.trim_end().ends_with(word))
}

/// A column of self-ratings that were reviewed is one of self-ratings.
fn is_review(text: &str) -> bool {
    holds(text, Column::Review, &REVIEW_WORDS) && !is_about(text) && !is_own(text, &[])
}

/// A column beside 自评, or 复核 in a review workbook, that seems to put it right.
fn is_correction(text: &str) -> bool {
    let about = is_about(text) || ABOUT_CORRECTION.iter().any(|word| text.ends_with(word));
    CORRECTIONS.iter().any(|word| text.contains(word)) && !about && !holds(text, Column::Review, &REVIEW_WORDS)
}

/// Longest text that may be a header.
const MAX_HEADER: usize = 40;

pub(super) fn header(sheet: &Sheet, kind: Kind, file: &str, findings: &mut Vec<Finding>) -> Option<Header> {
    let mut nearly = None;
    let mut without_refs = None;
    for (row, cells) in &sheet.rows {
        let (columns, unread) = named(cells);
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
        findings.extend(match kind {
            Kind::Survey => header.without_own(sheet, &NO_ANSWER_COLUMN, file),
            Kind::Review => header.without_review(sheet, kind, file),
        });
    } else if let Some((row, column)) = without_refs {
        findings.push(NO_REF_COLUMN.at(Place::cell(file, &sheet.name, row, 0), &[("column", column.words())]));
    }
    None
}

/// The columns that a row would head, each name once, and its other short texts.
pub(super) fn named(cells: &BTreeMap<u32, Cell>) -> (HashMap<Column, u32>, Vec<(u32, String)>) {
    let (mut columns, mut unread) = (HashMap::new(), Vec::new());
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
    (columns, unread)
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
            .with(&[("cells", Text::join(&several, "、", ", "))])
        };
        let extra = if own + 1 == *last {
            column_name(*last).into()
        } else {
            let ends = [("from", column_name(own + 1).into()), ("to", column_name(*last).into())];
            t("{from} 到 {to}", "{from} to {to}").with(&ends)
        };
        self.columns.remove(&Column::Own);
        self.split = true;
        let args = [("first", column_name(own).into()), ("last", column_name(*last).into()), ("how", how), ("extra", extra)];
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

    /// What is to be said of columns that a person may take for those that were read, and of a missing 自评 or 复核.
    pub fn doubts(&self, sheet: &Sheet, kind: Kind, file: &str) -> Vec<Finding> {
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
            _ if kind == Kind::Review || self.split => {}
            None => doubts.extend(self.without_own(sheet, &NO_OWN_COLUMN, file)),
            Some(own) => doubts.extend(self.said(sheet, &COLUMN_ALIKE, file, Some(*own), |text| is_own(text, &[]) || is_correction(text))),
        }
        doubts.extend(match self.columns.get(&Column::Review) {
            None => self.without_review(sheet, kind, file),
            Some(review) => {
                let is_such = |text: &str| is_review(text) || (kind == Kind::Review && is_correction(text));
                self.said(sheet, &REVIEW_ALIKE, file, Some(*review), is_such)
            }
        });
        doubts
    }

    /// What is said of a sheet without 自评: of filled columns headed almost like it, else that it is missing.
    fn without_own(&self, sheet: &Sheet, missing: &FindingKind, file: &str) -> Vec<Finding> {
        let renamed = self.said(sheet, &COLUMN_RENAMED, file, None, |text| is_own(text, &OTHER_WORDS));
        if renamed.is_empty() { vec![missing.at(Place::cell(file, &sheet.name, self.row, 0), &[])] } else { renamed }
    }

    /// The same of 复核, without which a survey may well be, but no review workbook.
    fn without_review(&self, sheet: &Sheet, kind: Kind, file: &str) -> Vec<Finding> {
        let mut renamed =
            self.said(sheet, &REVIEW_RENAMED, file, None, |text| is_review(text) || (kind == Kind::Review && is_own(text, &[])));
        if kind == Kind::Review {
            // A review workbook asks for no self-rating.
            let own = self.columns.get(&Column::Own).map(|own| (*own, self.filled(sheet, *own)));
            renamed.extend(own.filter(|(_, count)| *count > 0).map(|(own, count)| {
                let args = [("header", sheet.text(self.row, own).trim().into()), ("count", count.into())];
                REVIEW_RENAMED.at(Place::cell(file, &sheet.name, self.row, own), &args)
            }));
            if renamed.is_empty() {
                renamed.push(NO_REVIEW_COLUMN.at(Place::cell(file, &sheet.name, self.row, 0), &[]));
            }
        }
        renamed
    }

    /// A finding for each filled column of none of our names whose header, in normal form, is such.
    pub(super) fn said(
        &self,
        sheet: &Sheet,
        kind: &FindingKind,
        file: &str,
        used: Option<u32>,
        is_such: impl Fn(&str) -> bool,
    ) -> Vec<Finding> {
        let such = self.unread.iter().filter(|(_, text)| Column::named(text).is_none() && is_such(&normal(text).to_lowercase()));
        let counted = such.map(|(column, text)| (*column, text, self.filled(sheet, *column))).filter(|(.., count)| *count > 0);
        let said = counted.map(|(column, text, count)| {
            let mut args = vec![("header", text.clone().into()), ("count", count.into())];
            args.extend(used.map(|used| ("used", column_name(used).into())));
            kind.at(Place::cell(file, &sheet.name, self.row, column), &args)
        });
        said.collect()
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
