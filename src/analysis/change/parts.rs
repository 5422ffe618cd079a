//! The exact split of a change by cause: each leaf's and each group's points given to what caused them, item by item.
//!
//! A group that states no weight weighs what its children weigh together, so its change of weight is its children's: each moved what
//! its own change of weight moved. A group whose weight was stated anew spreads the effect over its items by their mean share in it.

use crate::analysis::change::cause::{Cause, Parts};
use crate::analysis::change::pairing::{Definition, Leaf, Pair, Union};
use crate::analysis::split::{Child, Part, Side, Split, means};
use crate::result::{ItemResult, Results};

/// One year's score under the other year's options of merging: the earlier answers by the later option, and the reverse.
pub type Remerged = Option<(f64, f64)>;

/// What the parts are told from.
pub struct Years<'a> {
    pub before: &'a Results,
    pub after: &'a Results,
    pub union: &'a Union,
    /// Per pair, where only the way of merging differs.
    pub remerged: Vec<Remerged>,
}

/// Parts by pair; they add up to the change.
pub fn parts(years: &Years<'_>, split: &Split) -> Vec<Parts> {
    let union = years.union;
    let children = union.structure.children();
    let sharer = Sharer { years, children: &children, means: [means(&children, &union.before), means(&children, &union.after)] };
    let mut parts = vec![Parts::default(); union.pairs.len()];
    for ((leaf, part), share) in union.leaves.iter().zip(&split.items).zip(&split.shares) {
        years.leaf(*leaf, *part, *share, &mut parts[leaf.pair]);
    }
    for (group, each) in split.pulls.iter().enumerate() {
        sharer.weight(Child::Group(group), *each, &mut parts);
    }
    parts
}

impl Years<'_> {
    fn items(&self, pair: &Pair) -> [Option<&ItemResult>; 2] {
        [pair.before.map(|item| &self.before.items[item]), pair.after.map(|item| &self.after.items[item])]
    }

    /// `share` is the leaf's mean share of the two totals.
    fn leaf(&self, leaf: Leaf, part: Part, share: f64, parts: &mut Parts) {
        let pair = &self.union.pairs[leaf.pair];
        parts[self.share_cause(leaf, pair)] += part.share;
        let [Some(before), Some(after)] = self.items(pair) else { return };
        let (Some(one), Some(two)) = (before.score, after.score) else { return };
        let rule = match pair.definition {
            Definition::Reread(reread) => Some((Cause::Redefined, reread.before, reread.after)),
            Definition::Same => self.remerged[leaf.pair].map(|(before, after)| (Cause::Options, before, after)),
            _ => None,
        };
        match (rule, pair.definition) {
            (Some((cause, old_anew, new_as_before)), _) => {
                let answers = f64::midpoint(new_as_before - one, two - old_anew);
                let by_rule = f64::midpoint(old_anew - one, two - new_as_before);
                parts[state_cause(before, after).unwrap_or(by_answers(answers))] += share * answers;
                parts[cause] += share * by_rule;
            }
            (None, Definition::Redefined) => parts[Cause::Redefined] += part.score,
            (None, _) => parts[state_cause(before, after).unwrap_or(by_answers(two - one))] += part.score,
        }
    }

    /// Why a leaf's weight changed, or why it joined or left.
    fn share_cause(&self, leaf: Leaf, pair: &Pair) -> Cause {
        match pair.definition {
            Definition::Added => return Cause::Added,
            Definition::Removed => return Cause::Removed,
            Definition::Replaced => return Cause::Redefined,
            _ => {}
        }
        let [Some(before), Some(after)] = self.items(pair) else { return Cause::Weights };
        let both = before.score.is_some() && after.score.is_some();
        let redefined = pair.definition == Definition::Redefined;
        if leaf.before.is_none() || leaf.after.is_none() {
            return if redefined { Cause::Redefined } else { Cause::Weights };
        }
        if both {
            return Cause::Weights;
        }
        if redefined {
            return Cause::Redefined;
        }
        // Blank in both years, and only one of them counts blanks.
        state_cause(before, after).unwrap_or(Cause::Options)
    }
}

fn by_answers(change: f64) -> Cause {
    if change < 0.0 { Cause::Fell } else { Cause::Rose }
}

/// Which state made the difference; none where both are answered, or alike.
fn state_cause(before: &ItemResult, after: &ItemResult) -> Option<Cause> {
    let differs = |states: &[&str]| {
        let has = |item: &ItemResult| states.contains(&item.state.as_str());
        has(before) != has(after)
    };
    if differs(&["out_of_scope"]) {
        Some(Cause::Scope)
    } else if differs(&["not_applicable"]) {
        Some(Cause::NotApplicable)
    } else if differs(&["blank", "unreadable"]) {
        Some(Cause::Blank)
    } else if differs(&["no_data"]) {
        Some(Cause::NoData)
    } else {
        None
    }
}

/// Points of a change of weight, handed down to the items.
struct Sharer<'a> {
    years: &'a Years<'a>,
    children: &'a [Vec<Child>],
    means: [Vec<Option<f64>>; 2],
}

impl Sharer<'_> {
    fn sides(&self) -> [&Side; 2] {
        [&self.years.union.before, &self.years.union.after]
    }

    fn present(&self, child: Child) -> [bool; 2] {
        match child {
            Child::Group(group) => self.years.union.groups[group].map(|group| group.is_some()),
            Child::Item(leaf) => {
                let leaf = &self.years.union.leaves[leaf];
                [leaf.before.is_some(), leaf.after.is_some()]
            }
        }
    }

    /// Full weights on both sides, 0 where it is not there.
    fn weights(&self, child: Child) -> [f64; 2] {
        let present = self.present(child);
        let of = |side: usize| match child {
            Child::Group(group) => self.sides()[side].group_weights[group],
            Child::Item(leaf) => self.sides()[side].item_weights[leaf],
        };
        [0, 1].map(|side| if present[side] { of(side) } else { 0.0 })
    }

    /// Gives a child's change of weight, times the points a unit of it moves, to what caused it.
    fn weight(&self, child: Child, each: f64, parts: &mut [Parts]) {
        let [before, after] = self.weights(child);
        let points = each * (after - before);
        let group = match child {
            Child::Item(leaf) => {
                let leaf = self.years.union.leaves[leaf];
                let pair = &self.years.union.pairs[leaf.pair];
                let one_sided = leaf.before.is_none() || leaf.after.is_none();
                let cause = if one_sided { self.years.share_cause(leaf, pair) } else { Cause::Weights };
                parts[leaf.pair][cause] += points;
                return;
            }
            Child::Group(group) => group,
        };
        let sums = [0, 1].map(|side| self.children[group].iter().map(|child| self.weights(*child)[side]).sum::<f64>());
        let derived = |own: f64, sum: f64| (own - sum).abs() <= 1e-9 * own.abs().max(1.0);
        match self.present(child) {
            // Also where its children's changes cancel out: each moved what it moved.
            [true, true] if derived(before, sums[0]) && derived(after, sums[1]) => {
                for below in &self.children[group] {
                    self.weight(*below, each, parts);
                }
            }
            [true, true] => self.spread(group, points, parts, true),
            _ => self.spread(group, points, parts, false),
        }
    }

    /// Spreads a group's points over its items by their mean share in it: as a change of weight, or each by its own cause.
    fn spread(&self, group: usize, points: f64, parts: &mut [Parts], by_weight: bool) {
        let shares = [0, 1].map(|side| {
            let mut shares = Vec::new();
            self.shares(group, side, 1.0, &mut shares);
            shares
        });
        if points == 0.0 {
            return;
        }
        if shares.iter().all(Vec::is_empty) {
            // A group without items: its weight moved those beside it.
            if group + 1 < self.children.len() {
                let parent = self.years.union.structure.group_parents[group].unwrap_or(self.children.len() - 1);
                self.spread(parent, points, parts, by_weight);
            }
            return;
        }
        // One a side that has items; what stands under groups without items is not there to be shared.
        let all: f64 = shares.iter().flatten().map(|(_, share)| share).sum();
        for (leaf, share) in shares.iter().flatten() {
            let leaf = self.years.union.leaves[*leaf];
            let cause = if by_weight { Cause::Weights } else { self.years.share_cause(leaf, &self.years.union.pairs[leaf.pair]) };
            parts[leaf.pair][cause] += points * share / all;
        }
    }

    /// Shares of the leaves of a group on one side, 1 in all: of those with a score, or of all where none has one.
    fn shares(&self, group: usize, side: usize, factor: f64, out: &mut Vec<(usize, f64)>) {
        let any = self.means[side][group].is_some();
        let counted = |child: &Child| -> f64 {
            let scored = match child {
                Child::Group(group) => self.means[side][*group].is_some(),
                Child::Item(leaf) => self.sides()[side].scores[*leaf].is_some(),
            };
            if scored || !any { self.weights(*child)[side] } else { 0.0 }
        };
        let sum: f64 = self.children[group].iter().map(counted).sum();
        if sum <= 0.0 {
            return;
        }
        for child in &self.children[group] {
            let share = factor * counted(child) / sum;
            match child {
                _ if share == 0.0 => {}
                Child::Item(leaf) => out.push((*leaf, share)),
                Child::Group(below) => self.shares(*below, side, share, out),
            }
        }
    }
}
