//! The same answers by lead department: who holds what was lost.

use crate::result::Results;
use crate::tree::Tree;

/// A lead department's items.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadResult {
    /// Index into the tree's departments; none for items without a lead.
    pub department: Option<usize>,
    pub items: usize,
    /// Of them, those that did not leave.
    pub scored: usize,
    /// Share-weighted mean score of its items, 0 to 100; none where all left.
    pub score: Option<f64>,
    /// Points the total loses in its items.
    pub loss: f64,
}

/// Departments that lead an item, in the tree's order.
pub fn by_lead(results: &Results, tree: &Tree) -> Vec<LeadResult> {
    let leads = (0..tree.departments.len()).map(Some).chain([None]);
    leads
        .filter_map(|department| {
            let mine: Vec<_> =
                tree.items.iter().zip(&results.items).filter(|(item, _)| item.lead == department).map(|(_, result)| result).collect();
            if mine.is_empty() {
                return None;
            }
            let share: f64 = mine.iter().filter(|item| item.score.is_some()).map(|item| item.share).sum();
            let weighted: f64 = mine.iter().filter_map(|item| item.score.map(|score| item.share * score)).sum();
            Some(LeadResult {
                department,
                items: mine.len(),
                scored: mine.iter().filter(|item| item.score.is_some()).count(),
                score: (share > 0.0).then(|| weighted / share),
                loss: mine.iter().filter_map(|item| item.loss).sum(),
            })
        })
        .collect()
}
