//! Where the weights come from. One file a method; [`WEIGHTINGS`] is the table of all of them.

mod declared;
mod settings;

use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::number;
use crate::text::Text;
use crate::tree::{Tree, hex};

/// A node's weight among its siblings, positive, on any scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One a group, in tree order.
    pub groups: Vec<f64>,
    /// One an item, in tree order.
    pub items: Vec<f64>,
}

/// A weighting: its name in `results.json`, its words, and what it gives a tree.
pub struct Weighting {
    pub name: &'static str,
    pub words: Text,
    pub weigh: fn(&Tree) -> Weights,
}

/// All weightings; the first is the default.
pub static WEIGHTINGS: [Weighting; 2] = [declared::ENTRY, settings::ENTRY];

/// The weighting of a run: the settings' where they state a weight, else the tree's own.
pub fn of(tree: &Tree) -> &'static Weighting {
    &WEIGHTINGS[usize::from(!tree.local.weights.is_empty())]
}

/// SHA-256 of a set of weights: of the compact JSON `{"groups":{code:weight,…},"items":{id:weight,…}}`, in tree order.
pub fn digest(tree: &Tree, weights: &Weights) -> String {
    let groups: Map<String, Json> =
        tree.groups.iter().zip(&weights.groups).map(|(group, weight)| (group.code.clone(), number::json(*weight))).collect();
    let items: Map<String, Json> =
        tree.items.iter().zip(&weights.items).map(|(item, weight)| (item.id.clone(), number::json(*weight))).collect();
    hex(&Sha256::digest(json!({"groups": groups, "items": items}).to_string().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weighting_gives_every_node_a_positive_weight() {
        let mut findings = Vec::new();
        let tree = crate::tree::named("city", &mut findings).and_then(|loaded| loaded.tree);
        assert_eq!(findings, []);
        let tree = tree.expect("the embedded tree");
        for weighting in &WEIGHTINGS {
            let weights = (weighting.weigh)(&tree);
            assert_eq!((weights.groups.len(), weights.items.len()), (tree.groups.len(), tree.items.len()), "{}", weighting.name);
            assert!(weights.groups.iter().chain(&weights.items).all(|weight| *weight > 0.0), "{}", weighting.name);
        }
    }
}
