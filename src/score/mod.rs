//! Tree, answers and weights become scores: the climb, low and high, the grade. Pure, unrounded; no files, no prose.

mod climb;
mod grade;

use crate::answers::{ItemAnswers, MergedState};
use crate::policy::Missing;
use crate::tree::Tree;
use crate::weighting::Weights;

pub use grade::{Grade, Reason, band, capped, key_cap, veto_cap};

/// Everything scored of one unit.
#[derive(Debug)]
pub struct Scores {
    pub total: NodeScore,
    /// One a group, in tree order.
    pub groups: Vec<NodeScore>,
    /// One an item, in tree order.
    pub items: Vec<ItemScore>,
    pub grade: Grade,
    /// Band of each group's rounded score, key items applied to level-1 groups.
    pub group_grades: Vec<Option<usize>>,
}

/// A group's or the total's score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeScore {
    /// 0 to 100, unrounded; none where every child left.
    pub score: Option<f64>,
    /// The same with every blank and unreadable item at 0.
    pub low: Option<f64>,
    /// The same with every blank and unreadable item at 100.
    pub high: Option<f64>,
    /// Effective weight in the total, 0 to 1.
    pub share: f64,
    /// Of the full shares of the items in scope, the part that did not leave.
    pub coverage: Option<f64>,
}

/// An item's score.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemScore {
    /// 0 to 100, unrounded; none where it left.
    pub score: Option<f64>,
    /// Effective weight in the total, 0 to 1.
    pub share: f64,
}

/// Scores one unit.
pub fn score(tree: &Tree, answers: &[ItemAnswers], weights: &Weights, missing: Missing) -> Scores {
    let values: Vec<Value> = answers.iter().map(|item| Value::of(item, missing)).collect();
    let climbed = climb::climb(tree, weights, &values);
    let grade = grade::total(tree, answers, &climbed);
    let group_grades = grade::groups(tree, answers, &climbed);
    Scores { total: climbed.total, groups: climbed.groups, items: climbed.items, grade, group_grades }
}

/// The total and the items' shares where every item has the score given, 0 to 100; without one it leaves.
pub fn plain(tree: &Tree, weights: &Weights, scores: &[Option<f64>]) -> (Option<f64>, Vec<f64>) {
    let climbed = climb::climb(tree, weights, &values(scores));
    (climbed.total.score, climbed.items.into_iter().map(|item| item.share).collect())
}

/// The total and the groups where every item has the score given, 0 to 100; without one it leaves.
pub fn climbed(tree: &Tree, weights: &Weights, scores: &[Option<f64>]) -> (Option<f64>, Vec<Option<f64>>) {
    let climbed = climb::climb(tree, weights, &values(scores));
    (climbed.total.score, climbed.groups.into_iter().map(|group| group.score).collect())
}

fn values(scores: &[Option<f64>]) -> Vec<Value> {
    scores.iter().map(|score| Value { score: *score, low: *score, high: *score, in_scope: true }).collect()
}

/// What an item brings to the climb.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// None: it leaves the score.
    pub score: Option<f64>,
    /// None: it leaves the bounds too.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub in_scope: bool,
}

/// Score of an item in a state, 0 to 100; none where it leaves.
pub fn item_score(state: MergedState, worth: Option<f64>, missing: Missing) -> Option<f64> {
    match state {
        MergedState::Answered => worth.map(|worth| 100.0 * worth),
        MergedState::NoData => Some(0.0),
        MergedState::NotApplicable | MergedState::OutOfScope => None,
        MergedState::Blank | MergedState::Unreadable => match missing {
            Missing::Zero => Some(0.0),
            Missing::Exclude => None,
        },
    }
}

impl Value {
    fn of(item: &ItemAnswers, missing: Missing) -> Self {
        let score = item_score(item.state, item.worth, missing);
        let (low, high) = match item.state {
            MergedState::Blank | MergedState::Unreadable => (Some(0.0), Some(100.0)),
            _ => (score, score),
        };
        Value { score, low, high, in_scope: item.state != MergedState::OutOfScope }
    }
}
