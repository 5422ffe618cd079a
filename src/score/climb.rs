//! Bottom up: a group's score is the weighted mean of its children that have one. Depth is free; items and groups may be siblings.
//!
//! Weighted arithmetic mean with renormalised weights: OECD/JRC Handbook on Constructing Composite Indicators (2008), section 6.
//! A child without a score leaves, and its weight goes to its siblings. `share` is the product of normalised weights up the tree
//! after leaving, so the shares of the items sum to 1.

use crate::score::{ItemScore, NodeScore, Value};
use crate::tree::Tree;
use crate::weighting::Weights;

/// Scores before grades.
#[derive(Debug)]
pub struct Climbed {
    pub total: NodeScore,
    pub groups: Vec<NodeScore>,
    pub items: Vec<ItemScore>,
}

/// Sums of one node over its children.
#[derive(Clone, Copy, Default)]
struct Sum {
    weight: f64,
    weighted: f64,
}

impl Sum {
    fn add(&mut self, weight: f64, score: Option<f64>) {
        if let Some(score) = score {
            self.weight += weight;
            self.weighted += weight * score;
        }
    }

    fn mean(self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.weighted / self.weight)
    }
}

/// The three columns climbed at once: score, low, high.
#[derive(Clone, Copy, Default)]
struct Node {
    score: Sum,
    low: Sum,
    high: Sum,
    /// Of all children, left or not.
    full: f64,
}

pub fn climb(tree: &Tree, weights: &Weights, values: &[Value]) -> Climbed {
    // The last slot is the total.
    let root = tree.groups.len();
    let mut nodes = vec![Node::default(); root + 1];
    let slot = |parent: Option<usize>| parent.unwrap_or(root);
    for ((item, value), weight) in tree.items.iter().zip(values).zip(&weights.items) {
        let node = &mut nodes[slot(item.parent)];
        node.score.add(*weight, value.score);
        node.low.add(*weight, value.low);
        node.high.add(*weight, value.high);
        node.full += weight;
    }
    // A parent stands before its children, so backwards each is complete when its turn comes.
    for index in (0..root).rev() {
        let child = nodes[index];
        let weight = weights.groups[index];
        let node = &mut nodes[slot(tree.groups[index].parent)];
        node.score.add(weight, child.score.mean());
        node.low.add(weight, child.low.mean());
        node.high.add(weight, child.high.mean());
        node.full += weight;
    }
    let part = |weight: f64, parent: Option<usize>, shares: &[f64]| {
        let slot = slot(parent);
        let sum = nodes[slot].score.weight;
        if sum > 0.0 { shares[slot] * weight / sum } else { 0.0 }
    };
    let full_part = |weight: f64, parent: Option<usize>, shares: &[f64]| shares[slot(parent)] * weight / nodes[slot(parent)].full;
    let mut shares = vec![0.0; root + 1];
    let mut full_shares = vec![1.0; root + 1];
    shares[root] = if nodes[root].score.mean().is_some() { 1.0 } else { 0.0 };
    for index in 0..root {
        let parent = tree.groups[index].parent;
        shares[index] = if nodes[index].score.mean().is_some() { part(weights.groups[index], parent, &shares) } else { 0.0 };
        full_shares[index] = full_part(weights.groups[index], parent, &full_shares);
    }
    let mut kept = vec![0.0; root + 1];
    let mut scope = vec![0.0; root + 1];
    let mut items = Vec::with_capacity(values.len());
    for ((item, value), weight) in tree.items.iter().zip(values).zip(&weights.items) {
        let share = if value.score.is_some() { part(*weight, item.parent, &shares) } else { 0.0 };
        items.push(ItemScore { score: value.score, share });
        let full = full_part(*weight, item.parent, &full_shares);
        if value.in_scope {
            scope[slot(item.parent)] += full;
        }
        if value.score.is_some() {
            kept[slot(item.parent)] += full;
        }
    }
    for index in (0..root).rev() {
        let parent = slot(tree.groups[index].parent);
        scope[parent] += scope[index];
        kept[parent] += kept[index];
    }
    let node_score = |index: usize| NodeScore {
        score: nodes[index].score.mean(),
        low: nodes[index].low.mean(),
        high: nodes[index].high.mean(),
        share: shares[index],
        coverage: (scope[index] > 0.0).then(|| kept[index] / scope[index]),
    };
    Climbed { total: node_score(root), groups: (0..root).map(node_score).collect(), items }
}
