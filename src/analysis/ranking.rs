//! Groups of one level, best and worst first.

use crate::number::snapped;
use crate::result::Results;

/// Indices of the groups of a level that have a score, by falling score, ties in tree order.
pub fn by_score(results: &Results, level: usize) -> Vec<usize> {
    let mut groups: Vec<(usize, f64)> = results
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.level == level)
        .filter_map(|(index, group)| group.score.map(|score| (index, score)))
        .collect();
    groups.sort_by_key(|(_, score)| std::cmp::Reverse(snapped(*score)));
    groups.into_iter().map(|(index, _)| index).collect()
}

/// The worst `count` groups of a level, the worst first.
pub fn worst(results: &Results, level: usize, count: usize) -> Vec<usize> {
    let mut groups = by_score(results, level);
    groups.reverse();
    groups.truncate(count);
    groups
}
