//! Two years under one roof: groups matched by name and code, items by id and revision or by a crosswalk.

use std::collections::{HashMap, HashSet};

use crate::analysis::split::{Side, Structure};
use crate::result::Results;
use crate::tree::crosswalk::Crosswalk;

/// What an item is in one year and in the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Index into the earlier results' items.
    pub before: Option<usize>,
    /// Index into the later results' items.
    pub after: Option<usize>,
    pub definition: Definition,
    /// Does it stand in another group now?
    pub moved: bool,
    /// Items of the earlier results that it took the place of, by the crosswalk.
    pub from: Vec<usize>,
    /// Items of the later results that took its place, where it is gone.
    pub into: Vec<usize>,
}

/// Is it the same question?
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Definition {
    /// The same id and revision, or renamed by the crosswalk.
    Same,
    /// Another revision under which the raw answers can be read as well.
    Reread(Reread),
    /// Another revision.
    Redefined,
    /// Split, merged or replaced: it answers to items of the other year, not to one alone.
    Replaced,
    Added,
    Removed,
}

/// One year's answers under the other year's scale: scores from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reread {
    /// The earlier answers under the later rule.
    pub before: f64,
    /// The later answers under the earlier rule.
    pub after: f64,
}

impl Pair {
    /// The same question in both years, or one that both years' answers can be scored by.
    pub fn is_same(&self) -> bool {
        matches!(self.definition, Definition::Same | Definition::Reread(_))
    }
}

/// An item in one group of the union; an item that moved has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Index into the pairs.
    pub pair: usize,
    pub before: Option<usize>,
    pub after: Option<usize>,
}

/// Both years' groups and items in one structure.
#[derive(Clone, Debug, Default)]
pub struct Union {
    pub structure: Structure,
    pub before: Side,
    pub after: Side,
    pub leaves: Vec<Leaf>,
    pub pairs: Vec<Pair>,
    /// Per group of the union: index into the earlier and the later results' groups.
    pub groups: Vec<[Option<usize>; 2]>,
}

/// Matches two results; `reread` scores one year's answers by the other year's rule where that is sound.
pub fn pair(before: &Results, after: &Results, crosswalk: &Crosswalk, reread: impl Fn(usize, usize) -> Option<Reread>) -> Union {
    let groups = groups(before, after);
    let mut union = Union { groups, ..Union::default() };
    let position = |side: usize| -> HashMap<usize, usize> {
        union.groups.iter().enumerate().filter_map(|(node, groups)| groups[side].map(|group| (group, node))).collect()
    };
    let nodes = [position(0), position(1)];
    let parents = [group_parents(before), group_parents(after)];
    union.structure.group_parents = union
        .groups
        .iter()
        .map(|groups| {
            let side = usize::from(groups[1].is_some());
            let parent = groups[side].and_then(|group| parents[side][group])?;
            nodes[side].get(&parent).copied()
        })
        .collect();
    let weights = |results: &Results, side: usize| -> Vec<f64> {
        union.groups.iter().map(|groups| groups[side].map_or(0.0, |group| results.groups[group].weight)).collect()
    };
    union.before.group_weights = weights(before, 0);
    union.after.group_weights = weights(after, 1);
    let homes = [homes(before, &nodes[0]), homes(after, &nodes[1])];
    union.pairs = pairs(before, after, crosswalk, reread);
    for index in 0..union.pairs.len() {
        let pair = &union.pairs[index];
        let at = [pair.before.map(|item| homes[0][item]), pair.after.map(|item| homes[1][item])];
        match (at[0], at[1]) {
            (Some(old), Some(new)) if old != new => {
                let (first, second) = (pair.before, pair.after);
                union.leaf(Leaf { pair: index, before: first, after: None }, old, before, after);
                union.leaf(Leaf { pair: index, before: None, after: second }, new, before, after);
                union.pairs[index].moved = true;
            }
            (old, new) => {
                let leaf = Leaf { pair: index, before: pair.before, after: pair.after };
                union.leaf(leaf, new.or(old).flatten(), before, after);
            }
        }
    }
    union
}

impl Union {
    fn leaf(&mut self, leaf: Leaf, parent: Option<usize>, before: &Results, after: &Results) {
        let value = |results: &Results, item: Option<usize>| {
            item.map(|item| &results.items[item]).map_or((0.0, None), |item| (item.weight, item.score))
        };
        for (side, (weight, score)) in [(&mut self.before, value(before, leaf.before)), (&mut self.after, value(after, leaf.after))] {
            side.item_weights.push(weight);
            side.scores.push(score);
        }
        self.structure.item_parents.push(parent);
        self.leaves.push(leaf);
    }
}

/// Each group's parent, by index.
fn group_parents(results: &Results) -> Vec<Option<usize>> {
    Structure::of(results).group_parents
}

/// The union's node under which each item stands; none at the root.
fn homes(results: &Results, nodes: &HashMap<usize, usize>) -> Vec<Option<usize>> {
    Structure::of(results).item_parents.into_iter().map(|parent| parent.and_then(|parent| nodes.get(&parent).copied())).collect()
}

/// Groups of both years, parents first: matched among the children of matched parents, by name, then by code.
fn groups(before: &Results, after: &Results) -> Vec<[Option<usize>; 2]> {
    let children = |results: &Results| {
        let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for (group, parent) in group_parents(results).into_iter().enumerate() {
            children.entry(parent).or_default().push(group);
        }
        children
    };
    let sides = [children(before), children(after)];
    let of = |side: usize, parent: Option<Option<usize>>| -> Vec<usize> {
        parent.and_then(|parent| sides[side].get(&parent)).cloned().unwrap_or_default()
    };
    let mut union = Vec::new();
    // A parent on each side; the outer option tells whether the side has one.
    let mut open: Vec<[Option<Option<usize>>; 2]> = vec![[Some(None), Some(None)]];
    while let Some(parent) = open.pop() {
        let (olds, news) = (of(0, parent[0]), of(1, parent[1]));
        let mut matched: Vec<[Option<usize>; 2]> = news.iter().map(|new| [None, Some(*new)]).collect();
        let mut taken = HashSet::new();
        let same_name = |old: usize, new: usize| before.groups[old].name == after.groups[new].name;
        let same_code = |old: usize, new: usize| before.groups[old].code == after.groups[new].code;
        let rules: [&dyn Fn(usize, usize) -> bool; 3] = [&|old, new| same_name(old, new) && same_code(old, new), &same_name, &same_code];
        for rule in rules {
            for (slot, new) in matched.iter_mut().zip(&news).filter(|(slot, _)| slot[0].is_none()) {
                slot[0] = olds.iter().copied().find(|old| !taken.contains(old) && rule(*old, *new));
                taken.extend(slot[0]);
            }
        }
        matched.extend(olds.into_iter().filter(|old| !taken.contains(old)).map(|old| [Some(old), None]));
        for groups in matched {
            union.push(groups);
            open.push(groups.map(|group| group.map(Some)));
        }
    }
    union
}

/// Those of the ids that are there, by their position.
fn known<'a>(ids: impl Iterator<Item = &'a str>, there: &HashMap<&str, usize>) -> Vec<usize> {
    let mut found: Vec<usize> = ids.filter_map(|id| there.get(id).copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Every item of either year: those of the later year in their order, then those that are gone.
fn pairs(before: &Results, after: &Results, crosswalk: &Crosswalk, reread: impl Fn(usize, usize) -> Option<Reread>) -> Vec<Pair> {
    let old_at: HashMap<&str, usize> = before.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
    let new_at: HashMap<&str, usize> = after.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
    let mut taken = HashSet::new();
    let mut pairs = Vec::new();
    for (new, item) in after.items.iter().enumerate() {
        let from = known(crosswalk.olds_of(&item.id), &old_at);
        let mapping = crosswalk.of_new(&item.id);
        let renamed = mapping.filter(|mapping| mapping.is_same()).and_then(|mapping| old_at.get(mapping.old[0].as_str()));
        let (old, definition) = match (renamed, old_at.get(item.id.as_str())) {
            (Some(old), _) => (Some(*old), Definition::Same),
            // An id that stands in both editions is itself, whatever else became it.
            (None, Some(old)) => {
                let same = before.items[*old].rev == item.rev;
                (Some(*old), if same { Definition::Same } else { reread(*old, new).map_or(Definition::Redefined, Definition::Reread) })
            }
            (None, _) => (None, if from.is_empty() { Definition::Added } else { Definition::Replaced }),
        };
        taken.extend(old);
        pairs.push(Pair { before: old, after: Some(new), definition, moved: false, from, into: Vec::new() });
    }
    for (old, item) in before.items.iter().enumerate().filter(|(old, _)| !taken.contains(old)) {
        let into = known(crosswalk.news_of(&item.id), &new_at);
        let definition = if into.is_empty() { Definition::Removed } else { Definition::Replaced };
        pairs.push(Pair { before: Some(old), after: None, definition, moved: false, from: Vec::new(), into });
    }
    pairs
}
