//! One unit in two years: what is comparable, and the change of the total split exactly by cause (`docs/method/year-change.md`).
//!
//! The split is [`crate::analysis::split`]'s, over the union of both years' structures; each item's points go to the cause that moved it.
//! The parts add up to the change, no part is what is left over, and swapped years give the opposite signs.

pub mod cause;
pub mod follow_up;
pub mod paired;
mod pairing;
mod parts;
mod reread;
pub mod views;

use crate::analysis::split::{self, Side};
use crate::policy::Missing;
use crate::result::Results;
use crate::tree::Tree;
use crate::tree::crosswalk::Crosswalk;

pub use cause::{Cause, Origin, Parts};
pub use pairing::{Definition, Pair};

/// A year: its results, and its tree where it is at hand.
#[derive(Clone, Copy)]
pub struct Year<'a> {
    pub results: &'a Results,
    pub tree: Option<&'a Tree>,
}

/// What changed from one year to the next.
#[derive(Clone, Debug)]
pub struct Change {
    pub before: f64,
    pub after: f64,
    /// Every item of either year: the later year's in their order, then those that are gone.
    pub items: Vec<ItemChange>,
    /// Every group of either year, parents first: index into the earlier and the later results' groups.
    pub groups: Vec<GroupChange>,
    pub comparable: Comparable,
}

/// An item in both years.
#[derive(Clone, Debug)]
pub struct ItemChange {
    pub pair: Pair,
    /// The group of [`Change::groups`] it stands in, in the later year where it is in both; none at the root.
    pub group: Option<usize>,
    pub parts: Parts,
}

#[derive(Clone, Debug)]
pub struct GroupChange {
    pub before: Option<usize>,
    pub after: Option<usize>,
    /// Index into [`Change::groups`].
    pub parent: Option<usize>,
    /// Of all items under it.
    pub parts: Parts,
}

/// How much of the two years can be compared, and what they are on that part.
#[derive(Clone, Debug, Default)]
pub struct Comparable {
    /// Items asked alike in both years and in scope in both.
    pub items: usize,
    /// Of them, those whose answers were scored again under the other revision.
    pub reread: usize,
    /// The part of the earlier and of the later edition's full weight they hold, 0 to 1.
    pub share_before: f64,
    pub share_after: f64,
    /// Both years on these items alone, by the later year's weights, scales and options; none where
    /// none has a score.
    pub total_before: Option<f64>,
    pub total_after: Option<f64>,
}

impl Change {
    pub fn points(&self) -> f64 {
        self.after - self.before
    }

    pub fn parts(&self) -> Parts {
        cause::sum(self.items.iter().map(|item| &item.parts))
    }

    /// How many items have points of a cause.
    pub fn items_of(&self, cause: Cause) -> usize {
        self.items.iter().filter(|item| crate::number::snapped(item.parts[cause]) != 0).count()
    }
}

/// Compares two years; none where one of them has no total.
pub fn change(before: Year<'_>, after: Year<'_>, crosswalk: &Crosswalk) -> Option<Change> {
    let (old, new) = (before.results, after.results);
    let reread = |one: usize, two: usize| reread::reread((old, before.tree?, one), (new, after.tree?, two));
    let union = pairing::pair(old, new, crosswalk, reread);
    let split = split::split(&union.structure, &union.before, &union.after)?;
    let remerged = union.pairs.iter().map(|pair| match (pair.before, pair.after) {
        (Some(one), Some(two)) => reread::remerged((old, &old.items[one]), (new, &new.items[two])),
        _ => None,
    });
    let years = parts::Years { before: old, after: new, union: &union, remerged: remerged.collect() };
    let parts = parts::parts(&years, &split);
    let comparable = comparable(&years);
    let home = |index: usize| {
        let leaf = union.leaves.iter().rposition(|leaf| leaf.pair == index);
        leaf.and_then(|leaf| union.structure.item_parents[leaf])
    };
    let items: Vec<ItemChange> = (union.pairs.iter().cloned().zip(parts).enumerate())
        .map(|(index, (pair, parts))| ItemChange { pair, group: home(index), parts })
        .collect();
    let mut groups: Vec<GroupChange> = union
        .groups
        .iter()
        .zip(&union.structure.group_parents)
        .map(|([before, after], parent)| GroupChange { before: *before, after: *after, parent: *parent, parts: Parts::default() })
        .collect();
    for item in &items {
        let mut at = item.group;
        while let Some(group) = at {
            groups[group].parts.add(&item.parts);
            at = groups[group].parent;
        }
    }
    Some(Change { before: split.before, after: split.after, items, groups, comparable })
}

fn comparable(years: &parts::Years<'_>) -> Comparable {
    let union = years.union;
    let outside = |results: &Results, item: Option<usize>| item.is_none_or(|item| results.items[item].state == "out_of_scope");
    let same = |pair: &Pair| pair.is_same() && !outside(years.before, pair.before) && !outside(years.after, pair.after);
    // Of the weight of the items in scope, the part of those that are asked alike.
    let share = |side: &Side, results: &Results, item: fn(&Pair) -> Option<usize>, there: fn(&pairing::Leaf) -> bool| {
        let scores = union.leaves.iter().map(|leaf| {
            let pair = &union.pairs[leaf.pair];
            (there(leaf) && !outside(results, item(pair))).then(|| f64::from(u8::from(same(pair))))
        });
        let probe = Side { scores: scores.collect(), ..side.clone() };
        split::total(&union.structure, &probe).unwrap_or(0.0)
    };
    let anew = |score: &dyn Fn(usize) -> Option<f64>| {
        let scores =
            union.leaves.iter().map(|leaf| if leaf.after.is_some() && same(&union.pairs[leaf.pair]) { score(leaf.pair) } else { None });
        split::total(&union.structure, &Side { scores: scores.collect(), ..union.after.clone() })
    };
    // The earlier answers by the later scale, way of merging and treatment of blanks.
    let before_anew = |index: usize| {
        let pair = &union.pairs[index];
        let old = &years.before.items[pair.before?];
        if ["blank", "unreadable"].contains(&old.state.as_str()) {
            return (years.after.policy.missing == Missing::Zero).then_some(0.0);
        }
        match pair.definition {
            Definition::Reread(reread) => old.score.map(|_| reread.before),
            _ if old.state == "answered" && years.before.policy.merge != years.after.policy.merge => {
                reread::merged_by(old, years.after.policy.merge)
            }
            _ => old.score,
        }
    };
    Comparable {
        items: union.pairs.iter().filter(|pair| same(pair)).count(),
        reread: union.pairs.iter().filter(|pair| same(pair) && matches!(pair.definition, Definition::Reread(_))).count(),
        share_before: share(&union.before, years.before, |pair| pair.before, |leaf| leaf.before.is_some()),
        share_after: share(&union.after, years.after, |pair| pair.after, |leaf| leaf.after.is_some()),
        total_before: anew(&before_anew),
        total_after: anew(&|index| years.after.items[union.pairs[index].after?].score),
    }
}

/// The groups of the later year that a group of an earlier one is, for tables over several years.
pub fn same_groups(before: &Results, after: &Results) -> Vec<Option<usize>> {
    let union = pairing::pair(before, after, &Crosswalk::default(), |_, _| None);
    let mut same = vec![None; after.groups.len()];
    for [old, new] in union.groups {
        if let Some(new) = new {
            same[new] = old;
        }
    }
    same
}

#[cfg(test)]
mod tests;
