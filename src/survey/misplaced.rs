//! Answers that seem to stand beside their place: a row too low or too high, or in the column of the reviews.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::{Place, cell_name};
use crate::scale::{Asked, Judged, State, Typed, judge};
use crate::survey::filled::{NAMED, Row};
use crate::survey::layout::Column;
use crate::survey::table::Table;
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
        "请选中 {from} 整段（连中间的空格），剪切后粘贴到 {to}，不要只改点名的几格，也不要照个数数格子；移好了再同原件逐题核对，先前改对过的格要放回原位。",
        "Select the whole of {from}, blank cells included, cut it and paste it into {to}; do not change only the cells that are named, nor count cells off; then check each item against the original, and put back cells that had been mended before.",
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
/// So many without a gap, all readable a row away, where nearly all are read where they are too.
const LEAST_RUN: usize = 4;
/// Of the answers that slipped, the share that must be readable a row away.
const READABLE: (usize, usize) = (9, 10);

type Items<'t> = BTreeMap<u32, &'t Item>;

/// Says where a sheet's self-ratings seem to have slipped by a row, from which cell on, and the rows of the answers that did.
///
/// For both directions and each filled cell as the first that slipped, the answers from there on are read for the row beside;
/// the best gain in readable answers decides, the first cell of equals.
pub(super) fn slipped(table: &Table<'_>) -> Option<(Finding, RangeInclusive<u32>)> {
    let column = *table.header.columns.get(&Column::Own)?;
    let items = items_of(table);
    let answers = table.column();
    let read = |typed: &Typed, row: Option<u32>| row.and_then(|row| items.get(&row)).is_some_and(|item| readable(typed, item));
    let states: HashMap<u32, &State> = table.rows.iter().map(|(row, _)| *row).zip(table.states()).collect();
    let here: Vec<bool> = answers.iter().map(|(row, _)| states.get(row).is_some_and(|state| state.is_readable())).collect();
    let slip = suffix(answers, &here, &items, &read).or_else(|| beside_title(answers, &here, &items, &read))?;
    let (way, back) = if slip.low { (t("低", "low"), t("上", "above")) } else { (t("高", "high"), t("下", "below")) };
    let last = answers.get(slip.first + slip.count - 1)?.0;
    let range = |first: u32, last: u32| Text::from(format!("{}:{}", cell_name(first, column), cell_name(last, column)));
    let (first, moved) = (answers[slip.first].0, |row: u32| if slip.low { row.saturating_sub(1) } else { row + 1 });
    let args = [
        ("from", range(first, last)),
        ("to", range(moved(first), moved(last))),
        ("count", slip.count.into()),
        ("bad", (slip.count - slip.here).into()),
        ("good", slip.there.into()),
        ("way", way),
        ("back", back),
    ];
    Some((SLIPPED.at(table.at(first, column), &args), first..=last))
}

fn items_of<'t>(table: &Table<'t>) -> Items<'t> {
    table.rows.iter().map(|(at, row)| (*at, table.item(row))).collect()
}

/// Of answers in no item's row, by their rows: that those beside them may stand a row off too.
pub(super) fn runs(table: &Table<'_>) -> HashMap<u32, Text> {
    let Some(column) = table.header.columns.get(&Column::Own).copied() else { return HashMap::new() };
    let (items, answers) = (items_of(table), table.column());
    let homeless = answers.iter().enumerate().filter(|(_, (row, _))| !items.contains_key(row));
    let told = homeless.filter_map(|(at, (row, _))| {
        let (low, (first, last)) = [false, true].into_iter().find_map(|low| {
            let long = |(first, last): &(usize, usize)| last - first + 1 >= LEAST_ANSWERS;
            Some((low, run(answers, &items, at, low).filter(long)?))
        })?;
        let (first, last) = (answers[first].0, answers[last].0);
        let gap = beside(if low { first } else { last }, low)?;
        let cells = [("first", first), ("last", last), ("gap", gap)].map(|(name, row)| (name, Text::from(cell_name(row, column))));
        let said = t(
            "{first} 到 {last} 一格不空，{gap} 是一题却空着：这几格可能都错了一行。",
            " {first} to {last} are all filled while the item at {gap} is blank: all of these may stand a row off.",
        );
        Some((*row, said.with(&cells)))
    });
    told.collect()
}

/// The best of all that slipped from one cell to the last.
fn suffix(answers: &[(u32, Typed)], here: &[bool], items: &Items<'_>, read: &impl Fn(&Typed, Option<u32>) -> bool) -> Option<Slip> {
    // Where nearly all is read there is nothing to gain, and nothing to read twice.
    if here.iter().filter(|read| !**read).count() < LEAST_GAIN - 1 {
        return None;
    }
    let mut best: Option<(usize, Slip)> = None;
    for low in [true, false] {
        let mut slip = Slip { low, ..Slip::default() };
        for (at, (row, typed)) in answers.iter().enumerate().rev() {
            slip.first = at;
            slip.count += 1;
            slip.here += usize::from(here[at]);
            slip.there += usize::from(read(typed, beside(*row, low)));
            slip.homeless |= !items.contains_key(row);
            // What is moved up must not cover the answer above.
            let covers = low && at > 0 && answers[at - 1].0 + 1 == *row;
            let gain = slip.there.saturating_sub(slip.here);
            let better = |(most, known): &(usize, Slip)| gain > *most || (gain == *most && known.low == low && !covers);
            if slip.convinces() && best.as_ref().is_none_or(better) {
                best = Some((gain, slip));
            }
        }
    }
    best.map(|(_, slip)| slip)
}

/// What is left of a slip whose unreadable answers were typed anew: an answer in no item's row, and in every row from there to a blank
/// item's one that the row beside reads too. Items of one scale read each other's answers and prove nothing.
fn beside_title(answers: &[(u32, Typed)], here: &[bool], items: &Items<'_>, read: &impl Fn(&Typed, Option<u32>) -> bool) -> Option<Slip> {
    answers.iter().enumerate().filter(|(_, (row, _))| !items.contains_key(row)).find_map(|(at, _)| {
        [true, false].into_iter().find_map(|low| {
            let (first, last) = run(answers, items, at, low)?;
            let run = &answers[first..=last];
            let all_fit = run.iter().all(|(row, typed)| read(typed, beside(*row, low)));
            let mut scales = run.iter().filter_map(|(row, _)| Some(items.get(&beside(*row, low)?)?.scaled.name));
            let one = scales.next();
            let various = scales.any(|scale| Some(scale) != one);
            let here = here[first..=last].iter().filter(|read| **read).count();
            (all_fit && various && run.len() >= LEAST_RUN).then_some(Slip {
                low,
                first,
                count: run.len(),
                here,
                there: run.len(),
                homeless: true,
            })
        })
    })
}

/// The answers, first and last, that stand without a gap between the one at `at`, which is in no item's row, and a blank row of an item.
fn run(answers: &[(u32, Typed)], items: &Items<'_>, at: usize, low: bool) -> Option<(usize, usize)> {
    let next = |at: usize| if low { at.checked_sub(1) } else { Some(at + 1) };
    let mut end = at;
    loop {
        let gap = beside(answers[end].0, low)?;
        match next(end).filter(|next| answers.get(*next).is_some_and(|(row, _)| *row == gap)) {
            Some(next) if items.contains_key(&gap) => end = next,
            Some(_) => return None,
            None => return items.contains_key(&gap).then_some((end.min(at), end.max(at))),
        }
    }
}

/// The row for which an answer that slipped was meant.
fn beside(row: u32, low: bool) -> Option<u32> {
    if low { row.checked_sub(1) } else { row.checked_add(1) }
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
    judged(typed, item).state
}

/// The same, with what is said of it.
pub(super) fn judged(typed: &Typed, item: &Item) -> Judged {
    let asked =
        Asked { question: &item.question, na: item.na.as_ref(), veto: false, reason_column: Text::default(), review: false, cause: None };
    judge(typed, "-", &asked, item.scaled.scale.as_ref())
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
