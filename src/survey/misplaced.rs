//! Answers that seem to stand beside their place: a row too low or too high, or in the column of the reviews.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::{Asked, State, Typed, judge};
use crate::sheet::Sheet;
use crate::survey::filled::{NAMED, Row};
use crate::survey::header::Header;
use crate::survey::layout::Column;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

pub static SLIPPED: FindingKind = FindingKind::new(
    "sheet-answers-slipped",
    Severity::Error,
    t(
        "从这一格起的 {count} 个自评像是整体{way}了一行：照现在的位置有 {bad} 个读不出，或不在题目的行里；按{back}一行的题读，有 {good} 个读得出。",
        "From this cell on the {count} ratings seem to stand one row too {way}: where they are, {bad} cannot be read or stand in no item's row; read for the row {back}, {good} can.",
    ),
    t(
        "请把“自评”一栏从这一格起整体{mend}一格，对准各题后再交。",
        "Move the Self column {mend} by one cell from here on, so that each rating meets its item.",
    ),
);
pub static REVIEW_ALONE: FindingKind = FindingKind::new(
    "review-without-self",
    Severity::Warning,
    t(
        "有 {count} 题（{items}）的“自评”空着，只填了“复核”。“复核”是评估组的栏，已照复核计，并取代各方的自评。",
        "{count} [item|items] ({items}) with Review filled and Self blank. Review is the assessors' column: [this counts as a review|these count as reviews] and [replaces|replace] every self-rating.",
    ),
    t(
        "是填报单位自己填的，请移到“自评”栏；确是评估组核查后填的，不必处理。",
        "If the respondent typed them, move them to Self; if the assessors did after checking, nothing need be done.",
    ),
);

pub static KINDS: [&FindingKind; 2] = [&SLIPPED, &REVIEW_ALONE];

/// Fewer answers tell nothing of a slip.
const LEAST_ANSWERS: usize = 3;
/// So many more must be readable a row away; one less where an answer stands in no item's row.
const LEAST_GAIN: usize = 3;
/// Of the answers that slipped, the share that must be readable a row away.
const READABLE: (usize, usize) = (9, 10);

/// Says where a sheet's self-ratings seem to have slipped by a row, from which cell on.
///
/// For both directions and each filled cell as the first that slipped, the answers from there on are read for the row beside;
/// the best gain in readable answers decides, the first cell of equals.
pub(super) fn slipped(sheet: &Sheet, header: &Header, rows: &[(u32, Row)], file: &str, tree: &Tree) -> Option<Finding> {
    let column = *header.columns.get(&Column::Own)?;
    let items: BTreeMap<u32, &Item> = rows.iter().map(|(at, row)| (*at, &tree.items[row.item])).collect();
    let answers: Vec<(u32, Typed)> = sheet
        .rows
        .range(header.row + 1..)
        .filter_map(|(row, cells)| Some((*row, Typed::of(cells.get(&column)))).filter(|(_, typed)| !typed.is_blank()))
        .collect();
    let read = |typed: &Typed, row: Option<u32>| row.and_then(|row| items.get(&row)).is_some_and(|item| readable(typed, item));
    let here: Vec<bool> = answers.iter().map(|(row, typed)| read(typed, Some(*row))).collect();
    // Where nearly all is read there is nothing to gain, and nothing to read twice.
    if here.iter().filter(|read| !**read).count() < LEAST_GAIN - 1 {
        return None;
    }
    let mut best: Option<(usize, Slip)> = None;
    for low in [true, false] {
        let mut slip = Slip { low, ..Slip::default() };
        for (at, (row, typed)) in answers.iter().enumerate().rev() {
            let meant = if low { row.checked_sub(1) } else { row.checked_add(1) };
            slip.first = at;
            slip.count += 1;
            slip.here += usize::from(here[at]);
            slip.there += usize::from(read(typed, meant));
            slip.homeless |= !items.contains_key(row);
            let gain = slip.there.saturating_sub(slip.here);
            if slip.convinces() && best.as_ref().is_none_or(|(most, known)| gain > *most || (gain == *most && known.low == low)) {
                best = Some((gain, slip));
            }
        }
    }
    let (_, slip) = best?;
    let (way, back, mend) = if slip.low {
        (t("低", "low"), t("上", "above"), t("上移", "up"))
    } else {
        (t("高", "high"), t("下", "below"), t("下移", "down"))
    };
    let args = [
        ("count", slip.count.into()),
        ("bad", (slip.count - slip.here).into()),
        ("good", slip.there.into()),
        ("way", way),
        ("back", back),
        ("mend", mend),
    ];
    Some(SLIPPED.at(Place::cell(file, &sheet.name, answers[slip.first].0, column), &args))
}

/// The answers from one cell on, as they are read where they stand and a row beside.
#[derive(Clone, Copy, Default)]
struct Slip {
    /// Do they stand too low?
    low: bool,
    first: usize,
    count: usize,
    here: usize,
    there: usize,
    /// Does one stand in no item's row?
    homeless: bool,
}

impl Slip {
    fn convinces(&self) -> bool {
        let (part, whole) = READABLE;
        let gain = LEAST_GAIN - usize::from(self.homeless);
        self.count >= LEAST_ANSWERS && self.there * whole >= self.count * part && self.there >= self.here + gain
    }
}

/// Would the answer be read, whatever reason it needs?
pub(super) fn readable(typed: &Typed, item: &Item) -> bool {
    state(typed, item).is_readable()
}

/// What the answer would be read as, whatever reason it needs.
pub(super) fn state(typed: &Typed, item: &Item) -> State {
    let asked =
        Asked { question: &item.question, na: item.na.as_ref(), veto: false, reason_column: Text::default(), review: false, cause: None };
    judge(typed, "-", &asked, item.scaled.scale.as_ref()).state
}

/// Says which items of a department's survey have a review and no self-rating.
pub(super) fn reviews_alone(rows: &[Row], file: &str, tree: &Tree) -> Option<Finding> {
    let blank = |row: &Row| row.own.as_ref().is_some_and(|own| own.typed.is_blank());
    let alone: Vec<&Row> =
        rows.iter().filter(|row| blank(row) && row.review.as_ref().is_some_and(|review| !review.typed.is_blank())).collect();
    let first = alone.first()?;
    let cell = first.review.as_ref().map(|review| review.cell.clone());
    let items: Vec<Text> = alone.iter().map(|row| tree.items[row.item].reference.clone().into()).collect();
    let args = [("count", items.len().into()), ("items", Text::some(&items, NAMED))];
    Some(REVIEW_ALONE.at(Place { cell, ..Place::sheet(file, &first.sheet) }, &args))
}
