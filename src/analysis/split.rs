//! The change of a total split exactly into what each item did: by its own score, by its weight, by joining or leaving.
//!
//! Two sides of one structure, before and after. In a group present on both, with normalised weights u, weights w (0 for a child
//! without a score), W their sum and x a child's score, bars for means of both sides:
//!
//! ```text
//! Δmean = Σ ū·Δx  +  Σ Δw·( ½(1/W₁ + 1/W₂)·x̄ − Σ w̄x̄ / (W₁·W₂) )
//! ```
//!
//! The first sum is what the children's own scores moved, each passed on to the items below; the second is what the children moved
//! that changed their weight, joined or left, effects on their siblings' shares included. It is the symmetric split of Bennet (1920,
//! "The Theory of Measurement of Changes in Cost of Living", J. Roy. Stat. Soc. 83), with the share term written over the causes.
//! It takes no order of items and no path: swapped sides give the opposite signs, renumbered items the same parts, and the parts add
//! up to the change. One item alone that changes, joins or leaves gets the whole effect.

use std::collections::HashMap;

use crate::result::Results;

/// Which node stands under which; groups before the groups under them.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    pub group_parents: Vec<Option<usize>>,
    pub item_parents: Vec<Option<usize>>,
}

/// One side: weights among siblings, and scores from 0 to 100; none where an item left or is not there.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub group_weights: Vec<f64>,
    pub item_weights: Vec<f64>,
    pub scores: Vec<Option<f64>>,
}

/// Points of the total that one item moved.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// By its score.
    pub score: f64,
    /// By its weight, by joining or by leaving.
    pub share: f64,
}

impl Part {
    pub fn points(self) -> f64 {
        self.score + self.share
    }
}

/// The change of a total and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    pub before: f64,
    pub after: f64,
    /// One an item.
    pub items: Vec<Part>,
    /// One an item: its mean share of the two totals, points that a point of its score moves; 0 for an item without a score on both
    /// sides.
    pub shares: Vec<f64>,
    /// One a group: points that a unit of its own weight moves; 0 for a group without a mean on both sides.
    pub pulls: Vec<f64>,
}

/// A child of a group.
#[derive(Clone, Copy)]
pub(super) enum Child {
    Group(usize),
    Item(usize),
}

/// Score and weight of a child on one side; a child without a score weighs nothing.
#[derive(Clone, Copy, Default)]
struct Value {
    score: Option<f64>,
    weight: f64,
}

impl Structure {
    pub fn of(results: &Results) -> Self {
        let index: HashMap<&str, usize> = results.groups.iter().enumerate().map(|(index, group)| (group.code.as_str(), index)).collect();
        let at = |code: &Option<String>| code.as_deref().and_then(|code| index.get(code).copied());
        Structure {
            group_parents: results.groups.iter().map(|group| at(&group.parent)).collect(),
            item_parents: results.items.iter().map(|item| at(&item.parent)).collect(),
        }
    }

    /// Children of each group, and of the root in the last place.
    pub(super) fn children(&self) -> Vec<Vec<Child>> {
        let root = self.group_parents.len();
        let mut children = vec![Vec::new(); root + 1];
        for (group, parent) in self.group_parents.iter().enumerate() {
            children[parent.unwrap_or(root)].push(Child::Group(group));
        }
        for (item, parent) in self.item_parents.iter().enumerate() {
            children[parent.unwrap_or(root)].push(Child::Item(item));
        }
        children
    }
}

/// Splits the change from one side to the other; none where a side has no total.
pub fn split(structure: &Structure, before: &Side, after: &Side) -> Option<Split> {
    let children = structure.children();
    let root = structure.group_parents.len();
    let sides = [means(&children, before), means(&children, after)];
    let mut parts = Split {
        before: sides[0][root]?,
        after: sides[1][root]?,
        items: vec![Part::default(); structure.item_parents.len()],
        shares: vec![0.0; structure.item_parents.len()],
        pulls: vec![0.0; root],
    };
    let splitter = Splitter { children: &children, sides: [(before, &sides[0]), (after, &sides[1])] };
    splitter.group(root, 1.0, &mut parts);
    Some(parts)
}

/// The total of one side; none where nothing has a score.
pub fn total(structure: &Structure, side: &Side) -> Option<f64> {
    means(&structure.children(), side).pop().flatten()
}

/// The mean of each group, and of the root in the last place.
pub(super) fn means(children: &[Vec<Child>], side: &Side) -> Vec<Option<f64>> {
    let root = children.len() - 1;
    let mut means = vec![None; root + 1];
    // Groups stand before the groups under them; the root is above all.
    for group in (0..root).rev().chain([root]) {
        let (mut weight, mut weighted) = (0.0, 0.0);
        for child in &children[group] {
            let (score, own) = match child {
                Child::Group(index) => (means[*index], side.group_weights[*index]),
                Child::Item(index) => (side.scores[*index], side.item_weights[*index]),
            };
            if let Some(score) = score {
                weight += own;
                weighted += own * score;
            }
        }
        means[group] = (weight > 0.0).then(|| weighted / weight);
    }
    means
}

struct Splitter<'a> {
    children: &'a [Vec<Child>],
    sides: [(&'a Side, &'a [Option<f64>]); 2],
}

impl Splitter<'_> {
    fn value(&self, side: usize, child: Child) -> Value {
        let (given, means) = self.sides[side];
        let (score, weight) = match child {
            Child::Group(index) => (means[index], given.group_weights[index]),
            Child::Item(index) => (given.scores[index], given.item_weights[index]),
        };
        Value { score, weight: if score.is_some() { weight } else { 0.0 } }
    }

    /// A group with a mean on both sides; `factor` is its mean share of the total.
    fn group(&self, group: usize, factor: f64, parts: &mut Split) {
        let values: Vec<(Child, [Value; 2])> =
            self.children[group].iter().map(|child| (*child, [self.value(0, *child), self.value(1, *child)])).collect();
        let sums: [f64; 2] = [0, 1].map(|side| values.iter().map(|(_, value)| value[side].weight).sum());
        // A child that is there on one side only has its score of that side throughout.
        let middle = |[one, two]: &[Value; 2]| match (one.score, two.score) {
            (Some(one), Some(two)) => f64::midpoint(one, two),
            (one, two) => one.or(two).unwrap_or(0.0),
        };
        let pull = values.iter().map(|(_, value)| f64::midpoint(value[0].weight, value[1].weight) * middle(value)).sum::<f64>();
        let pull = pull / (sums[0] * sums[1]);
        for (child, value) in &values {
            let share = f64::midpoint(value[0].weight / sums[0], value[1].weight / sums[1]);
            let moved = value[1].weight - value[0].weight;
            let each = factor * (f64::midpoint(1.0 / sums[0], 1.0 / sums[1]) * middle(value) - pull);
            let by_share = moved * each;
            match (child, value[0].score, value[1].score) {
                (Child::Item(item), Some(one), Some(two)) => {
                    parts.shares[*item] = factor * share;
                    parts.items[*item].score += factor * share * (two - one);
                    parts.items[*item].share += by_share;
                }
                (Child::Item(item), ..) => parts.items[*item].share += by_share,
                (Child::Group(below), Some(_), Some(_)) => {
                    parts.pulls[*below] = each;
                    self.group(*below, factor * share, parts);
                }
                (Child::Group(below), one, None) if one.is_some() => self.spread(*below, 0, by_share, parts),
                (Child::Group(below), _, Some(_)) => self.spread(*below, 1, by_share, parts),
                (Child::Group(_), ..) => {}
            }
        }
    }

    /// A group that is there on one side only: its items joined or left, and share its effect as they share its mean.
    fn spread(&self, group: usize, side: usize, points: f64, parts: &mut Split) {
        let values: Vec<(Child, Value)> = self.children[group].iter().map(|child| (*child, self.value(side, *child))).collect();
        let sum: f64 = values.iter().map(|(_, value)| value.weight).sum();
        for (child, value) in values.into_iter().filter(|(_, value)| value.score.is_some()) {
            let own = points * value.weight / sum;
            match child {
                Child::Item(item) => parts.items[item].share += own,
                Child::Group(below) => self.spread(below, side, own, parts),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two groups of two items, weights of groups 1 and 3, of items 1, 1, 2, 1.
    fn structure() -> Structure {
        Structure { group_parents: vec![None, None], item_parents: vec![Some(0), Some(0), Some(1), Some(1)] }
    }

    fn side(scores: [Option<f64>; 4]) -> Side {
        Side { group_weights: vec![1.0, 3.0], item_weights: vec![1.0, 1.0, 2.0, 1.0], scores: scores.to_vec() }
    }

    /// What the items moved, and the groups by their own weights.
    fn sum(split: &Split, before: &Side, after: &Side) -> f64 {
        let moved = before.group_weights.iter().zip(&after.group_weights).map(|(one, two)| two - one);
        split.items.iter().map(|part| part.points()).sum::<f64>()
            + split.pulls.iter().zip(moved).map(|(pull, moved)| pull * moved).sum::<f64>()
    }

    #[test]
    fn a_score_that_moves_moves_its_share_of_the_total() {
        let before = side([Some(40.0), Some(80.0), Some(50.0), Some(20.0)]);
        let after = side([Some(40.0), Some(20.0), Some(80.0), Some(20.0)]);
        let split = split(&structure(), &before, &after).expect("totals");
        // Shares 1/8, 1/8, 1/2, 1/4.
        let points: Vec<f64> = split.items.iter().map(|part| part.score).collect();
        assert_eq!(points, [0.0, -7.5, 15.0, 0.0]);
        assert_eq!((split.before, split.after), (45.0, 52.5));
    }

    #[test]
    fn one_item_that_leaves_gets_the_whole_effect() {
        let before = side([Some(40.0), Some(80.0), Some(50.0), Some(20.0)]);
        let after = side([Some(40.0), Some(80.0), Some(50.0), None]);
        let split = split(&structure(), &before, &after).expect("totals");
        let points: Vec<f64> = split.items.iter().map(|part| part.points()).collect();
        assert_eq!((split.before, split.after), (45.0, 52.5));
        assert!((points[3] - 7.5).abs() < 1e-12 && points[..3].iter().all(|one| one.abs() < 1e-12), "{points:?}");
    }

    #[test]
    fn a_whole_group_that_joins_is_shared_by_its_items() {
        let before = side([Some(40.0), Some(80.0), None, None]);
        let after = side([Some(40.0), Some(80.0), Some(50.0), Some(20.0)]);
        let split = split(&structure(), &before, &after).expect("totals");
        assert_eq!((split.before, split.after), (60.0, 45.0));
        assert!((split.items[2].share + 10.0).abs() < 1e-12 && (split.items[3].share + 5.0).abs() < 1e-12, "{split:?}");
    }

    /// Deterministic noise: a linear congruential generator's high bits.
    struct Noise(u64);

    impl Noise {
        fn next(&mut self, below: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap_or(0) % below
        }
    }

    #[test]
    fn on_random_trees_the_parts_add_up_swap_sign_and_know_no_order() {
        let mut noise = Noise(2026);
        for _ in 0..300 {
            let groups = 1 + noise.next(6);
            let items = 2 + noise.next(14);
            let group_parents =
                (0..groups).map(|group| if group == 0 { None } else { Some(noise.next(group + 1)).filter(|at| *at < group) });
            let group_parents: Vec<Option<usize>> = group_parents.collect();
            let item_parents: Vec<Option<usize>> = (0..items).map(|_| Some(noise.next(groups + 1)).filter(|at| *at < groups)).collect();
            let structure = Structure { group_parents, item_parents };
            let mut random_side = || Side {
                group_weights: (0..groups).map(|_| 1.0 + noise.next(5) as f64).collect(),
                item_weights: (0..items).map(|_| 1.0 + noise.next(3) as f64).collect(),
                scores: (0..items).map(|_| if noise.next(4) == 0 { None } else { Some(noise.next(101) as f64) }).collect(),
            };
            let (before, after) = (random_side(), random_side());
            let Some(there) = split(&structure, &before, &after) else { continue };
            assert!((sum(&there, &before, &after) - (there.after - there.before)).abs() < 1e-9, "{there:?}");
            let back = split(&structure, &after, &before).expect("the same totals");
            for (one, two) in there.items.iter().zip(&back.items) {
                assert!((one.points() + two.points()).abs() < 1e-9);
            }
            // The items in reverse order get the same parts.
            let reversed = |side: &Side| Side {
                item_weights: side.item_weights.iter().rev().copied().collect(),
                scores: side.scores.iter().rev().copied().collect(),
                ..side.clone()
            };
            let turned = Structure { item_parents: structure.item_parents.iter().rev().copied().collect(), ..structure.clone() };
            let other = split(&turned, &reversed(&before), &reversed(&after)).expect("the same totals");
            for (one, two) in there.items.iter().zip(other.items.iter().rev()) {
                assert!((one.points() - two.points()).abs() < 1e-9);
            }
        }
    }
}
