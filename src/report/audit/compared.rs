//! 自评与复核: the index of over-rating of each department, and why nothing is asked of those that are not asked.

use crate::analysis::suspicion::{FEWEST_COMPARED, FEWEST_HIGHER, Index, LEAST_INDEX, Unmet, indices};
use crate::number::{fixed, snapped};
use crate::report::document::{Block, Kind, Row, Table, Value, column, row};
use crate::result::Results;
use crate::survey::layout::called;
use crate::text::{Text, t};
use crate::tree::Tree;

/// The index of over-rating, and the table of it: the highest first, then in the order of the files those of too few items.
pub fn over_rating(results: &Results, tree: &Tree) -> Option<[Block; 2]> {
    let (mut all, few): (Vec<Index>, Vec<Index>) = indices(results).into_iter().partition(Index::is_comparable);
    all.sort_by_key(|index| std::cmp::Reverse(snapped(index.points)));
    let rows: Vec<Row> = all.into_iter().chain(few).map(|index| compared(index, tree)).collect();
    if rows.is_empty() {
        return None;
    }
    let how = t(
        "偏高指数是复核过的题自评减复核的平均分差，按它从高到低排。复核不到 {fewest} 题的不排名，列在最后：一两题就能把指数拉高或拉低。",
        "The index is self minus review, the mean over the reviewed items; the highest first. Those of fewer than {fewest} reviewed items are not ranked and stand last: one or two items move such an index up or down.",
    )
    .with(&[("fewest", FEWEST_COMPARED.into())]);
    let table = Table {
        id: "over-rating",
        title: COMPARED,
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("自评高于复核（题）", "Rated above the review (items)"), Kind::Count),
            column(t("自评低于复核（题）", "Rated below the review (items)"), Kind::Count),
            column(t("复核题数", "Reviewed"), Kind::Count),
            column(t("偏高指数（分）", "Index (points)"), Kind::Change),
            column(t("说明", "Note"), Kind::Text),
        ],
        rows,
    };
    Some([Block::Text(how), Block::Table(table)])
}

pub const COMPARED: Text = t("自评与复核，按部门", "Self-rating and review, by department");

fn compared(index: Index, tree: &Tree) -> Row {
    let note = note(&index);
    row(vec![
        Value::Text(called(tree, &index.respondent)),
        Value::Number(index.higher.len() as f64),
        Value::Number(index.lower.len() as f64),
        Value::Number(index.reviewed as f64),
        Value::Number(index.points),
        Value::Text(note),
    ])
}

/// Is anything asked of it, and if not, why not.
fn note(index: &Index) -> Text {
    let few = t("题数太少，不宜比较", "too few items to compare");
    let unmet = match index.unmet {
        None if index.is_comparable() => return t("已列入要问的", "asked about"),
        None => return t("{few}；已列入要问的", "{few}; asked about").with(&[("few", few)]),
        Some(_) if !index.is_comparable() => return few,
        Some(Unmet::Points) => t("指数不到 {points} 分", "the index is below {points} points"),
        Some(Unmet::Items) => t("自评高于复核的不到 {fewest} 题", "fewer than {fewest} items are rated above the review"),
        Some(Unmet::Chance) => t("只凭偶然也可能这样", "it may come about by chance alone"),
    };
    t("未到列问门槛：{unmet}", "not asked about: {unmet}")
        .with(&[("unmet", unmet.with(&[("points", fixed(LEAST_INDEX, 0).into()), ("fewest", FEWEST_HIGHER.into())]))])
}
