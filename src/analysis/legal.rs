//! Items below what the law asks for, whatever their score.

use crate::number::snapped;
use crate::result::Results;

/// Items with a legal floor, by whether they meet it; indices into the results' items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legal {
    /// Those that lose most first, ties in tree order.
    pub below: Vec<usize>,
    /// Blank or unreadable: not known.
    pub unknown: Vec<usize>,
    pub met: usize,
}

pub fn legal(results: &Results) -> Legal {
    let mut legal = Legal::default();
    for (index, item) in results.items.iter().enumerate().filter(|(_, item)| item.legal_floor.is_some()) {
        match item.below_legal_floor {
            Some(true) => legal.below.push(index),
            Some(false) => legal.met += 1,
            None if ["blank", "unreadable"].contains(&item.state.as_str()) => legal.unknown.push(index),
            None => {}
        }
    }
    legal.below.sort_by_key(|index| std::cmp::Reverse(snapped(results.items[*index].loss.unwrap_or(0.0))));
    legal
}
