//! The weights that the tree states: an item 1, a key item 2, a veto item 3, a group what its children weigh together,
//! where nothing else is written.

use crate::text::t;
use crate::tree::Tree;
use crate::weighting::{Weighting, Weights};

pub const ENTRY: Weighting = Weighting { name: "declared", words: t("指标体系自带权重", "the tree's own weights"), weigh };

fn weigh(tree: &Tree) -> Weights {
    Weights { groups: tree.groups.iter().map(|group| group.weight).collect(), items: tree.items.iter().map(|item| item.weight).collect() }
}
