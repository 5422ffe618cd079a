//! Which items a survey was issued with, so that rows and sheets lost on the way are told from rows left blank.

use std::collections::BTreeSet;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::survey::filled::{NAMED, Row};
use crate::text::{Text, t};
use crate::tree::Tree;

pub static ROWS_MISSING: FindingKind = FindingKind::new(
    "rows-missing",
    Severity::Warning,
    t(
        "发卷时有 {issued} 题，交回来少了 {count} 题的行：{missing}；按没有作答计。",
        "The survey was issued with {issued} items; the [row|rows] of {count} [item is|items are] gone: {missing}. [It counts|They count] as not answered.",
    ),
    t(
        "请从发出的原表把这些行、这些表整行整张复制回来，填好再交。",
        "Copy these rows and sheets back whole from the survey as issued, and fill them in.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&ROWS_MISSING];

/// The store's key of the ids issued.
pub(super) const ISSUED: &str = "items";
/// A cell holds no more; what is longer is not stored, and nothing is then said of missing rows.
const MAX_STORED: usize = 32_000;

/// The ids as they are stored; none where they would not fit in a cell.
pub(super) fn stored(tree: &Tree, items: &[usize]) -> Option<String> {
    let ids: Vec<&str> = items.iter().map(|item| tree.items[*item].id.as_str()).collect();
    Some(ids.join(" ")).filter(|text| text.len() <= MAX_STORED)
}

/// Items that were issued and have no row. Whole level-1 groups are named by name, others by ref; ids that the tree no longer has are
/// passed over.
pub(super) fn missing(stored: &str, rows: &[Row], file: &str, tree: &Tree) -> Option<Finding> {
    let issued: BTreeSet<&str> = stored.split_whitespace().collect();
    let issued: Vec<usize> = (0..tree.items.len()).filter(|item| issued.contains(tree.items[*item].id.as_str())).collect();
    let held: BTreeSet<usize> = rows.iter().map(|row| row.item).collect();
    let gone: Vec<usize> = issued.iter().copied().filter(|item| !held.contains(item)).collect();
    let top = |item: usize| tree.top_of_item(&tree.items[item]);
    if gone.is_empty() {
        return None;
    }
    let whole: Vec<usize> = (0..tree.groups.len())
        .filter(|group| {
            let mut of_group = issued.iter().filter(|item| top(**item) == Some(*group)).peekable();
            of_group.peek().is_some() && of_group.all(|item| gone.contains(item))
        })
        .collect();
    let sheets = whole.iter().map(|group| {
        let group = &tree.groups[*group];
        let named = [("code", group.code.clone().into()), ("name", group.name.clone())];
        t("整张“{code} {name}”", "the whole sheet {code} {name}").with(&named)
    });
    let refs: Vec<Text> = gone
        .iter()
        .filter(|item| top(**item).is_none_or(|group| !whole.contains(&group)))
        .map(|item| tree.items[*item].reference.clone().into())
        .collect();
    let mut missing: Vec<Text> = sheets.collect();
    if !refs.is_empty() {
        missing.push(Text::some(&refs, NAMED));
    }
    let args = [("issued", issued.len().into()), ("count", gone.len().into()), ("missing", Text::join(&missing, "，", ", "))];
    Some(ROWS_MISSING.at(Place::file(file), &args))
}
