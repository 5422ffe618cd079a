//! Answers that were sorted, or pasted in another order, without their questions.

use std::collections::BTreeSet;

use crate::finding::{Finding, Kind as FindingKind};
use crate::scale::{NO_DATA, NOT_APPLICABLE, Wants};
use crate::survey::filled::{NAMED, RawCell};
use crate::survey::misplaced::readable;
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::Item;
use crate::unit::normal;

pub static SORTED: FindingKind = FindingKind::error(
    "sheet-answers-sorted",
    t(
        "这张表有 {count} 个自评（{cells}）同题目要填的不是一类，却读得成别的题的答案，像是“自评”几栏单独排过序，或没有对准题目粘贴；别的答案也可能到了别的题上。",
        "{count} ratings of this sheet ({cells}) are of another sort than their items ask for and would answer other items, as when the columns from Self on were sorted by themselves or pasted in another order; other answers may stand at other items too.",
    ),
    t(
        "请撤销排序，或从原件整栏重抄，不要逐格改：逐格改了，答案就丢了。",
        "Undo the sorting, or copy the column again from the original; do not mend cell by cell, which loses the answers.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&SORTED];

/// Fewer cells tell nothing, and neither do so few among the answers.
const LEAST: usize = 4;
const LEAST_SHARE: usize = 6;
/// Of different sorts, asked and answered: one habit of writing spoils one sort.
const LEAST_SORTS: usize = 3;

/// Says where the answers of a sheet, its rows in order, seem to be those of other items of it.
pub(super) fn sorted(table: &Table<'_>) -> Option<Finding> {
    // Where whole rows were sorted without their ids, that is told, and mended otherwise.
    if table.rows.iter().any(|(_, row)| row.moved_id) {
        return None;
    }
    let answers: Vec<(&RawCell, &Item)> = table.answered().map(|(cell, item, _)| (cell, item)).collect();
    let strangers: Vec<(&RawCell, &Item)> =
        table.answered().filter(|(.., state)| !state.is_readable()).map(|(cell, item, _)| (cell, item)).collect();
    if strangers.len() < LEAST || strangers.len() * LEAST_SHARE < answers.len() {
        return None;
    }
    // Words for nothing and state words stand where a number was meant.
    let is_word = |cell: &RawCell| {
        let text = normal(&cell.typed.text).to_lowercase();
        [&NO_DATA, &NOT_APPLICABLE].iter().any(|word| text == word.zh || text == word.en.to_lowercase())
            || ["无", "有", "none"].contains(&text.as_str())
    };
    let mut elsewhere: Vec<Text> = Vec::new();
    let (mut asked, mut meant): (BTreeSet<&str>, BTreeSet<&str>) = (BTreeSet::new(), BTreeSet::new());
    for (cell, item) in strangers.iter().filter(|(cell, _)| !is_word(cell)) {
        let other = answers.iter().find(|(_, other)| sort(other) != sort(item) && readable(&cell.typed, other));
        let Some((_, other)) = other else { continue };
        elsewhere.push(cell.cell.clone().into());
        asked.insert(sort(item));
        meant.insert(sort(other));
    }
    if elsewhere.len() < LEAST || asked.len() < LEAST_SORTS || meant.len() < 2 {
        return None;
    }
    let args = [("count", elsewhere.len().into()), ("cells", Text::some(&elsewhere, NAMED))];
    Some(SORTED.at(table.place(), &args))
}

/// Items of one sort take each other's answers.
fn sort(item: &Item) -> &'static str {
    match item.scaled.scale.wants() {
        Wants::Level => "level",
        Wants::YesNo => "yes or no",
        Wants::Rate | Wants::Percent => "share",
        Wants::Number(_) => "number",
        Wants::Elements => "elements",
        Wants::Points => "points",
    }
}
