//! The tree's own weights with those of groups that the settings state; nothing else moves with them.

use crate::text::t;
use crate::tree::Tree;
use crate::weighting::{Weighting, Weights, declared};

pub const ENTRY: Weighting =
    Weighting { name: "settings", words: t("评估设置中的本地权重", "the local weights of the settings"), weigh };

fn weigh(tree: &Tree) -> Weights {
    let mut weights = (declared::ENTRY.weigh)(tree);
    for (group, weight) in &tree.local.weights {
        if let Some(own) = weights.groups.get_mut(*group) {
            *own = *weight;
        }
    }
    weights
}
