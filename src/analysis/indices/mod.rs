//! Three indices beside the total: is what is needed there, is it even, how strong is it in all (`docs/method/indices.md`).

pub mod completeness;
pub mod coordination;

use std::cmp::Reverse;

use crate::analysis::views::View;
use crate::number::snapped;
use crate::result::Results;
use crate::tree::Tree;

use completeness::Completeness;
use coordination::Coordination;

/// Completeness, coordination over three cuts, comprehensive strength.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    pub completeness: Completeness,
    /// Over the capability factors, the phases of the law, the level-1 groups.
    pub coordination: [Coordination; 3],
    /// The strength is the total; what pulls it down: level-1 groups that lose points, the largest loss first.
    pub losing: Vec<usize>,
}

/// `views` are those of the same results.
pub fn indices(results: &Results, tree: &Tree, views: &[View]) -> Indices {
    let loss = |index: usize| snapped(results.groups[index].loss.unwrap_or(0.0));
    let mut losing: Vec<usize> = (0..results.groups.len()).filter(|index| results.groups[*index].level == 1 && loss(*index) > 0).collect();
    losing.sort_by_key(|index| Reverse(loss(*index)));
    Indices {
        completeness: completeness::completeness(results, tree),
        coordination: coordination::coordination(results, tree, views),
        losing,
    }
}

/// Of these items, those that lose points, the largest loss first.
pub fn losing(results: &Results, items: &[usize]) -> Vec<usize> {
    let loss = |index: usize| snapped(results.items[index].loss.unwrap_or(0.0));
    let mut losing: Vec<usize> = items.iter().copied().filter(|index| loss(*index) > 0).collect();
    losing.sort_by_key(|index| Reverse(loss(*index)));
    losing
}
