//! Which items cost the total most: items by falling loss, with the part of all loss they make up together.

use crate::number::snapped;
use crate::result::{ItemResult, Results};

/// An item that loses points.
#[derive(Clone, Debug, PartialEq)]
pub struct WeakPoint {
    /// Index into the results' items.
    pub item: usize,
    /// Points the total loses here.
    pub loss: f64,
    /// Losses from the largest down to this one.
    pub cumulative: f64,
    /// The same as a part of all loss, 0 to 1.
    pub cumulative_part: f64,
}

/// Items with a loss above 0, largest first, ties in tree order.
pub fn weak_points(results: &Results) -> Vec<WeakPoint> {
    let all: f64 = results.items.iter().filter_map(|item| item.loss).sum();
    let mut points: Vec<WeakPoint> = results
        .items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let (loss, cumulative) = (item.loss?, item.cumulative_loss?);
            (snapped(loss) > 0).then(|| WeakPoint {
                item: index,
                loss,
                cumulative,
                cumulative_part: if all > 0.0 { cumulative / all } else { 0.0 },
            })
        })
        .collect();
    points.sort_by_key(|point| std::cmp::Reverse(snapped(point.loss)));
    points
}

/// Is there an answer, or the knowledge that no record exists? Blank and unreadable items have to be answered before they are mended.
pub fn is_known(item: &ItemResult) -> bool {
    !["blank", "unreadable"].contains(&item.state.as_str())
}

/// What must be mended before all else: failed vetoes, key items at 0, as the grade's reasons name them, then what is below the law,
/// then the other known items, each by falling loss.
pub fn first_things(results: &Results) -> Vec<usize> {
    let named = |rule: &str| -> Vec<usize> {
        let ids = results.total.grade_reasons.iter().filter(|reason| reason.rule == rule).flat_map(|reason| &reason.items);
        ids.filter_map(|id| results.items.iter().position(|item| &item.id == id)).collect()
    };
    let mut first = named("veto");
    first.extend(named("key"));
    let known: Vec<usize> =
        weak_points(results).into_iter().map(|point| point.item).filter(|index| is_known(&results.items[*index])).collect();
    let (law, rest): (Vec<usize>, Vec<usize>) = known.into_iter().partition(|index| results.items[*index].below_legal_floor == Some(true));
    for index in law.into_iter().chain(rest) {
        if !first.contains(&index) {
            first.push(index);
        }
    }
    first
}

/// Did the item fail a veto, or is it a key item at 0?
pub fn is_critical_failure(results: &Results, item: &ItemResult) -> bool {
    results.total.grade_reasons.iter().any(|reason| ["veto", "key"].contains(&reason.rule.as_str()) && reason.items.contains(&item.id))
}
