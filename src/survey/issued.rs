//! Which items a survey or a review workbook was issued with, so that rows and sheets lost on the way are told from rows left blank.

use std::collections::BTreeSet;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::survey::filled::{Kind, NAMED, Row};
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
pub static ROWS_LEFT: FindingKind = FindingKind::new(
    "rows-left-out",
    Severity::Note,
    t(
        "这份是第 {number} 次报送，发卷时的 {issued} 题里有 {count} 题没有行：{missing}；以前报过的照旧算数。",
        "This is submission {number}; of the {issued} items issued {count} [has|have] no row: {missing}. What was sent before still counts.",
    ),
    t(
        "只补报一部分的，不必处理；不是的，请从发出的原表把这些行、这些表整行整张复制回来，填好再交。",
        "Of a supplement nothing need be done; else copy these rows and sheets back whole from the survey as issued, and fill them in.",
    ),
);
pub static ROWS_BEYOND: FindingKind = FindingKind::new(
    "rows-beyond",
    Severity::Warning,
    t(
        "这份表发出时有 {issued} 题，交回来多出 {count} 题的答案（{items}），这些题的牵头部门是{leads}；照样读了，算{respondent}的答案。",
        "The survey was issued with {issued} items and came back with answers to {count} more ({items}), of which the lead is {leads}; they were read, as answers of {respondent}.",
    ),
    t(
        "请确认这些题由谁作答：是从别的单位的表粘贴来的，请删去这些行、这些表，由那个单位自己报送。",
        "Find out who answers them: if they were pasted from another department's survey, delete these rows and sheets and let that department send its own.",
    ),
);

pub static REVIEW_ROWS_MISSING: FindingKind = FindingKind::new(
    "review-rows-missing",
    Severity::Warning,
    t(
        "这份现场复核表发出时有 {issued} 题，交回来少了 {count} 题的行：{missing}；这些题没有读到这份表的复核，别处也没有复核的按自评计。",
        "The review workbook was issued with {issued} items; the [row|rows] of {count} [item is|items are] gone: {missing}. No review of [it|them] was read here, and the self-ratings count where nobody else reviewed.",
    ),
    t(
        "请从发出的复核表把这些行、这些表整行整张复制回来，复核过的填上复核；有意删去的，不必处理。",
        "Copy these rows and sheets back whole from the review workbook as issued, and fill in what was reviewed; if they were taken out on purpose, nothing need be done.",
    ),
);

pub static KINDS: [&FindingKind; 4] = [&ROWS_MISSING, &ROWS_LEFT, &ROWS_BEYOND, &REVIEW_ROWS_MISSING];

/// The store's key of the ids issued.
pub(super) const ISSUED: &str = "items";
/// A cell holds no more; what is longer is not stored, and nothing is then said of missing rows.
const MAX_STORED: usize = 32_000;

/// The ids as they are stored; none where they would not fit in a cell.
pub(super) fn stored(tree: &Tree, items: &[usize]) -> Option<String> {
    let ids: Vec<&str> = items.iter().map(|item| tree.items[*item].id.as_str()).collect();
    Some(ids.join(" ")).filter(|text| text.len() <= MAX_STORED)
}

/// Filled rows of items that were not issued with the survey: as a rule another department's.
pub(super) fn beyond(stored: &str, rows: &[Row], respondent: &str, file: &str, tree: &Tree) -> Option<Finding> {
    let issued: BTreeSet<&str> = stored.split_whitespace().collect();
    let known = (0..tree.items.len()).filter(|item| issued.contains(tree.items[*item].id.as_str())).count();
    let filled = |row: &&Row| row.own.as_ref().is_some_and(|own| !own.typed.is_blank());
    let more: Vec<&Row> = rows.iter().filter(filled).filter(|row| !issued.contains(tree.items[row.item].id.as_str())).collect();
    // Under an id that the tree no longer has a row is found by its ref, and so is another item.
    let first = more.first().filter(|_| known > 0 && more.len() > issued.len() - known)?;
    let items: Vec<Text> = more.iter().map(|row| tree.items[row.item].reference.clone().into()).collect();
    let mut leads: Vec<Text> = Vec::new();
    for lead in more.iter().flat_map(|row| tree.asked(row.item)) {
        if !leads.contains(&lead) {
            leads.push(lead);
        }
    }
    let others = || t("别的单位", "others");
    let args = [
        ("issued", known.into()),
        ("count", items.len().into()),
        ("items", Text::some(&items, NAMED)),
        ("leads", if leads.is_empty() { others() } else { Text::some(&leads, NAMED) }),
        ("respondent", if respondent.is_empty() { t("这份表", "this file") } else { respondent.into() }),
    ];
    Some(ROWS_BEYOND.at(first.place(file), &args))
}

/// Items that were issued and have no row. Whole level-1 groups are named by name, others by ref; ids that the tree no longer has are
/// passed over.
pub(super) fn missing(stored: &str, kind: Kind, number: usize, rows: &[Row], file: &str, tree: &Tree) -> Option<Finding> {
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
    let missing = Text::join(&missing, "，", ", ");
    let args = [("issued", issued.len().into()), ("count", gone.len().into()), ("missing", missing), ("number", number.into())];
    let said = match kind {
        Kind::Survey if number > 1 => &ROWS_LEFT,
        Kind::Survey => &ROWS_MISSING,
        Kind::Review => &REVIEW_ROWS_MISSING,
    };
    Some(said.at(Place::file(file), &args))
}
