//! The questions of a quiz: from the items that lose most, spread over scales and topics.

use std::collections::BTreeMap;

use crate::analysis::training::{known_loss, topics as topics_of};
use crate::analysis::weak_points::weak_points;
use crate::bank::{Bank, Question, shuffled};
use crate::result::Results;
use crate::tree::Tree;

/// A quiz as it was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    pub seed: String,
    /// How many were asked for.
    pub wanted: usize,
    /// Weak items with a question.
    pub candidates: usize,
    /// Weak items without one.
    pub without: usize,
    /// In the order of the paper.
    pub questions: Vec<Question>,
}

/// Draws from the weak items with a question. First, scale by scale, the item that loses most; then, again and again, the item that
/// loses most among those whose topics were drawn least, the most drawn of its topics counting. The seed decides the order of
/// questions and choices and not which items are asked: papers of different seeds ask the same. `within` are the items of a class, for
/// a quiz of what it teaches and nothing else.
pub fn draw(results: &Results, tree: &Tree, bank: &Bank, within: Option<&[(usize, f64)]>, wanted: usize, seed: &str) -> Drawn {
    let is_in = |index: &usize| within.is_none_or(|items| items.iter().any(|(own, _)| own == index));
    let weak: Vec<usize> = weak_points(results)
        .into_iter()
        .map(|point| point.item)
        .filter(|index| is_in(index) && known_loss(&results.items[*index]).is_some())
        .collect();
    let (mut open, without): (Vec<usize>, Vec<usize>) = weak.into_iter().partition(|index| bank.entry(&tree.items[*index].id).is_some());
    let candidates = open.len();
    let mut drawn: Vec<usize> = Vec::new();
    let mut topics: BTreeMap<usize, usize> = BTreeMap::new();
    let mut scales: Vec<&str> = Vec::new();
    while drawn.len() < wanted && !open.is_empty() {
        let new_scale = open.iter().position(|index| !scales.contains(&tree.items[*index].scaled.name));
        let at = new_scale.unwrap_or_else(|| {
            let most = |index: &usize| {
                let own = tree.items[*index].content.training.iter();
                own.map(|one| topics.get(&one.topic).copied().unwrap_or(0)).max().unwrap_or(usize::MAX)
            };
            // The first of equals is the one that loses most.
            (0..open.len()).min_by_key(|at| most(&open[*at])).unwrap_or(0)
        });
        let index = open.remove(at);
        let item = &tree.items[index];
        scales.push(item.scaled.name);
        topics_of(item).into_iter().for_each(|topic| *topics.entry(topic).or_default() += 1);
        drawn.push(index);
    }
    let order = shuffled(drawn.len(), seed, "paper");
    let question = |at: usize| bank.entry(&tree.items[drawn[at]].id).map(|entry| Question::new(entry, drawn[at], seed));
    Drawn {
        seed: seed.to_string(),
        wanted,
        candidates,
        without: without.len(),
        questions: order.into_iter().filter_map(question).collect(),
    }
}
