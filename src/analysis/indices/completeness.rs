//! 完备性: of the elements that the place needs, how many are there at their floor. Counted, not weighted: an element is there or it is not.

use std::cmp::Reverse;

use crate::analysis::weak_points::is_known;
use crate::number::snapped;
use crate::result::Results;
use crate::tree::Tree;
use crate::tree::vocabulary::{FACETS, FACTOR};

/// The floor where the tree has a single band.
const PASS: f64 = 60.0;

/// Completeness of all and of each capability factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Completeness {
    pub all: Elements,
    /// The factors that hold a needed item, in the order of the facet; items without a factor last.
    pub factors: Vec<Elements>,
}

/// Needed items of one factor, or of all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elements {
    /// Index into the facet's words; none for all, and for the items without a factor.
    pub factor: Option<usize>,
    pub in_place: usize,
    /// Known to be below their floor; the largest share of the total first.
    pub missing: Vec<usize>,
    /// Blank or unreadable; the largest share first.
    pub unknown: Vec<usize>,
}

impl Elements {
    pub fn needed(&self) -> usize {
        self.in_place + self.missing.len() + self.unknown.len()
    }

    /// In place of needed, 0 to 1: the index. What is unknown is not in place. None where nothing is needed.
    pub fn low(&self) -> Option<f64> {
        self.part(self.in_place)
    }

    /// The same if all that is unknown were in place.
    pub fn high(&self) -> Option<f64> {
        self.part(self.in_place + self.unknown.len())
    }

    fn part(&self, count: usize) -> Option<f64> {
        let needed = self.needed();
        (needed > 0).then(|| count as f64 / needed as f64)
    }
}

/// The least score at which an item is in place: what the law asks for, else the second-worst band or the target if that is lower.
/// None where nothing is asked of the item.
pub fn floor(results: &Results, tree: &Tree, index: usize) -> Option<f64> {
    let law = tree.items.get(index)?.content.floor_score().filter(|_| tree.judges_floors());
    let target = results.items.get(index)?.target;
    let pass = results.policy.bands.iter().rev().nth(1).map_or(PASS, |band| band.from);
    law.or_else(|| (target > 0.0).then(|| target.min(pass)))
}

pub fn completeness(results: &Results, tree: &Tree) -> Completeness {
    let factors = (0..FACETS[FACTOR].vocabulary.words.len()).map(Some).chain([None]);
    let of = |factor: Option<usize>| elements(results, tree, factor, |own| own == factor);
    Completeness {
        all: elements(results, tree, None, |_| true),
        factors: factors.map(of).filter(|elements| elements.needed() > 0).collect(),
    }
}

fn elements(results: &Results, tree: &Tree, factor: Option<usize>, wanted: impl Fn(Option<usize>) -> bool) -> Elements {
    let mut elements = Elements { factor, ..Elements::default() };
    for (index, (item, result)) in tree.items.iter().zip(&results.items).enumerate() {
        if !wanted(item.content.facets[FACTOR].first().copied()) {
            continue;
        }
        let Some(floor) = floor(results, tree, index) else { continue };
        if !is_known(result) {
            elements.unknown.push(index);
            continue;
        }
        // What left has no score.
        match result.score {
            Some(score) if snapped(score) >= snapped(floor) => elements.in_place += 1,
            Some(_) => elements.missing.push(index),
            None => {}
        }
    }
    let share = |index: &usize| Reverse(snapped(results.items[*index].share));
    elements.missing.sort_by_key(share);
    elements.unknown.sort_by_key(share);
    elements
}
