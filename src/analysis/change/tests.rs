//! Random pairs of years: the parts add up, swapped years swap them, and one cause alone leaves every other at 0.

use super::*;
use crate::policy::{Merge, Missing};
use crate::result::{
    AnswerResult, BySelves, CellResult, Counts, GroupResult, ItemResult, OptionsUsed, PlaceRef, PolicyUsed, Respondent, TargetFrom, Tool,
    Total, TreeRef,
};
use crate::text::Text;
use crate::tree::crosswalk::{Change as How, Mapping};
use crate::unit::Unit;

/// Deterministic noise: a linear congruential generator's high bits.
struct Noise(u64);

impl Noise {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.next(count) == 0
    }
}

/// An item as a test thinks of it.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    id: usize,
    rev: usize,
    group: usize,
    weight: f64,
    state: &'static str,
    /// What each of its respondents scored.
    scores: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Made {
    /// Parent and weight stated, where one is stated; a parent stands before its children.
    groups: Vec<(Option<usize>, Option<f64>)>,
    items: Vec<Item>,
    merge: Merge,
    missing: Missing,
}

const STATES: [&str; 8] = ["answered", "answered", "answered", "answered", "no_data", "blank", "not_applicable", "out_of_scope"];

fn random_item(noise: &mut Noise, id: usize, groups: usize) -> Item {
    let scores = (0..1 + noise.next(3)).map(|_| noise.next(4) as f64 * 100.0 / 3.0).collect();
    Item { id, rev: 1 + noise.next(2), group: noise.next(groups), weight: 1.0 + noise.next(3) as f64, state: STATES[noise.next(8)], scores }
}

fn random(noise: &mut Noise) -> Made {
    let groups = 1 + noise.next(6);
    let groups: Vec<(Option<usize>, Option<f64>)> = (0..groups)
        .map(|group| {
            let parent = if group == 0 { None } else { Some(noise.next(group + 1)).filter(|at| *at < group) };
            (parent, noise.one_in(2).then(|| 1.0 + noise.next(4) as f64))
        })
        .collect();
    let count = 3 + noise.next(14);
    let items = (0..count).map(|id| random_item(noise, id, groups.len())).collect();
    let merge = if noise.one_in(2) { Merge::Mean } else { Merge::Min };
    Made { groups, items, merge, missing: if noise.one_in(2) { Missing::Zero } else { Missing::Exclude } }
}

/// Another year: everything may have changed.
fn next_year(noise: &mut Noise, made: &Made) -> Made {
    let mut next = made.clone();
    next.items.retain(|_| !noise.one_in(6));
    for item in &mut next.items {
        let fresh = random_item(noise, item.id, made.groups.len());
        if noise.one_in(2) {
            item.scores = fresh.scores;
        }
        if noise.one_in(3) {
            item.state = fresh.state;
        }
        if noise.one_in(5) {
            item.weight = fresh.weight;
        }
        if noise.one_in(5) {
            item.rev = fresh.rev;
        }
        if noise.one_in(8) {
            item.group = fresh.group;
        }
    }
    for id in 100..100 + noise.next(4) {
        let item = random_item(noise, id, made.groups.len());
        next.items.push(item);
    }
    for group in &mut next.groups {
        if noise.one_in(4) {
            group.1 = noise.one_in(2).then(|| 1.0 + noise.next(4) as f64);
        }
    }
    if noise.one_in(3) {
        next.merge = Merge::Max;
    }
    if noise.one_in(3) {
        next.missing = if made.missing == Missing::Zero { Missing::Exclude } else { Missing::Zero };
    }
    next
}

fn code(group: usize) -> String {
    format!("g{group}")
}

impl Made {
    fn item(&self, item: &Item) -> ItemResult {
        let merged = crate::answers::merged_worth(&item.scores.iter().map(|score| score / 100.0).collect::<Vec<_>>(), self.merge);
        let score = match (item.state, self.missing) {
            ("answered", _) => merged.map(|worth| 100.0 * worth),
            ("no_data", _) | ("blank", Missing::Zero) => Some(0.0),
            _ => None,
        };
        let answer = |score: &f64| AnswerResult {
            respondent: Respondent { id: None, name: String::new() },
            submission: 1,
            counts: true,
            own: Some(CellResult { text: String::new(), state: "answered".into(), score: Some(*score), cell: "E4".into() }),
            review: None,
            evidence: String::new(),
            note: String::new(),
            review_note: String::new(),
            place: PlaceRef { file: String::new(), sheet: String::new(), cell: String::new() },
            spoke: Some(crate::answers::Spoke::Own),
        };
        ItemResult {
            id: format!("i{}", item.id),
            rev: item.rev,
            reference: format!("{}", item.id),
            parent: Some(code(item.group)),
            question: Text::default(),
            lead: None,
            state: item.state.to_string(),
            score,
            weight: item.weight,
            share: 0.0,
            criticality: "normal".into(),
            target: 100.0,
            target_from: TargetFrom::Default,
            gap: score.map(|score| 100.0 - score),
            loss: None,
            cumulative_loss: None,
            answers: if item.state == "answered" { item.scores.iter().map(answer).collect() } else { Vec::new() },
            legal_floor: None,
            below_legal_floor: None,
            by_selves: BySelves { state: item.state.to_string(), score },
            need: None,
        }
    }

    fn results(&self) -> Results {
        // A group that states no weight weighs what its children weigh together.
        let mut weights: Vec<f64> = vec![0.0; self.groups.len()];
        for group in (0..self.groups.len()).rev() {
            let items: f64 = self.items.iter().filter(|item| item.group == group).map(|item| item.weight).sum();
            let below: f64 = (0..self.groups.len()).filter(|below| self.groups[*below].0 == Some(group)).map(|below| weights[below]).sum();
            weights[group] = self.groups[group].1.unwrap_or(items + below);
        }
        let group = |(index, (parent, _)): (usize, &(Option<usize>, Option<f64>))| GroupResult {
            code: code(index),
            parent: parent.map(code),
            level: 1,
            name: code(index).into(),
            weight: weights[index],
            share: 0.0,
            score: None,
            low: None,
            high: None,
            rounded: None,
            grade: None,
            coverage: None,
            target: 100.0,
            target_from: TargetFrom::Default,
            gap: None,
            loss: None,
            counts: Counts::default(),
        };
        Results {
            schema: String::new(),
            tree: TreeRef { id: String::new(), edition: String::new(), sha256: String::new() },
            unit: Unit::default(),
            period: String::new(),
            policy: PolicyUsed {
                merge: self.merge,
                missing: self.missing,
                target: None,
                bands: Vec::new(),
                decimals: 1,
                weights: String::new(),
                scope: None,
                local: None,
            },
            tool: Tool { name: String::new(), version: String::new() },
            total: Total {
                score: None,
                low: None,
                high: None,
                rounded: None,
                grade: None,
                grade_low: None,
                grade_high: None,
                grade_reasons: Vec::new(),
            },
            counts: Counts::default(),
            groups: self.groups.iter().enumerate().map(group).collect(),
            items: self.items.iter().map(|item| self.item(item)).collect(),
            inputs: Vec::new(),
            findings: Vec::new(),
            assessment: None,
            returns: Vec::new(),
            weights_sha256: String::new(),
            options: OptionsUsed::default(),
            redacted: None,
            hazards: None,
        }
    }
}

fn compared(before: &Made, after: &Made, crosswalk: &Crosswalk) -> Option<Change> {
    let (before, after) = (before.results(), after.results());
    change(Year { results: &before, tree: None }, Year { results: &after, tree: None }, crosswalk)
}

fn near(one: f64, two: f64) -> bool {
    (one - two).abs() < 1e-9
}

fn assert_adds_up(change: &Change) {
    let parts = change.parts();
    assert!(near(parts.sum(), change.points()), "{parts:?} against {}", change.points());
    // Groups of the top, with the items at the root, hold the same parts.
    let mut top = cause::sum(change.groups.iter().filter(|group| group.parent.is_none()).map(|group| &group.parts));
    top.add(&cause::sum(change.items.iter().filter(|item| item.group.is_none()).map(|item| &item.parts)));
    for (cause, name) in Cause::ALL {
        assert!(near(top[cause], parts[cause]), "{name}");
    }
}

#[test]
fn on_random_years_the_parts_add_up_and_swapped_years_swap_them() {
    let mut noise = Noise(2026);
    let mut compared_pairs = 0;
    let mut seen = Parts::default();
    while compared_pairs < 1000 {
        let before = random(&mut noise);
        let after = next_year(&mut noise, &before);
        let Some(there) = compared(&before, &after, &Crosswalk::default()) else { continue };
        compared_pairs += 1;
        assert_adds_up(&there);
        let back = compared(&after, &before, &Crosswalk::default()).expect("both have totals");
        let (there, back) = (there.parts(), back.parts());
        for (cause, name) in Cause::ALL {
            assert!(near(there[cause], -back[cause.swapped()]), "{name}: {there:?} {back:?}");
            seen[cause] += there[cause].abs();
        }
    }
    for (cause, name) in Cause::ALL {
        assert!(seen[cause] > 1.0, "{name} never moved a total");
    }
}

/// Changes one thing in a year, and what alone may move the total.
type Only = (fn(&mut Noise, &mut Made), &'static [Cause]);

const ONLY: [Only; 11] = [
    (
        |noise, made| each_answered(noise, made, |item| item.scores.iter_mut().for_each(|one| *one = f64::midpoint(*one, 100.0))),
        &[Cause::Rose],
    ),
    (|noise, made| each_answered(noise, made, |item| item.scores.iter_mut().for_each(|one| *one /= 2.0)), &[Cause::Fell]),
    (|noise, made| each_answered(noise, made, |item| item.state = "no_data"), &[Cause::NoData]),
    (|noise, made| each_answered(noise, made, |item| item.state = "blank"), &[Cause::Blank]),
    (|noise, made| each_answered(noise, made, |item| item.state = "not_applicable"), &[Cause::NotApplicable]),
    (|noise, made| each_answered(noise, made, |item| item.state = "out_of_scope"), &[Cause::Scope]),
    (
        |noise, made| {
            each_answered(noise, made, |item| item.weight += 1.0);
            for group in &mut made.groups {
                group.1 = group.1.map(|weight| if noise.one_in(2) { weight + 2.0 } else { weight });
            }
        },
        &[Cause::Weights],
    ),
    (
        |noise, made| {
            for id in 100..101 + noise.next(3) {
                let item = random_item(noise, id, made.groups.len());
                made.items.push(item);
            }
        },
        &[Cause::Added],
    ),
    (|noise, made| made.items.retain(|_| !noise.one_in(3)), &[Cause::Removed]),
    (
        |noise, made| {
            each_answered(noise, made, |item| {
                item.rev += 10;
                item.scores = vec![50.0];
            });
        },
        &[Cause::Redefined],
    ),
    (
        |_, made| {
            made.merge = if made.merge == Merge::Mean { Merge::Min } else { Merge::Mean };
            made.missing = if made.missing == Missing::Zero { Missing::Exclude } else { Missing::Zero };
        },
        &[Cause::Options],
    ),
];

fn each_answered(noise: &mut Noise, made: &mut Made, change: impl Fn(&mut Item)) {
    for item in made.items.iter_mut().filter(|item| item.state == "answered") {
        if noise.one_in(3) {
            change(item);
        }
    }
}

#[test]
fn one_cause_alone_leaves_every_other_part_at_0() {
    let mut noise = Noise(7);
    for (change_it, causes) in ONLY {
        let mut moved = 0;
        for _ in 0..100 {
            let there = loop {
                let before = random(&mut noise);
                let mut after = before.clone();
                change_it(&mut noise, &mut after);
                // Both ways: what joins in one direction leaves in the other.
                if let Some(there) = compared(&before, &after, &Crosswalk::default()) {
                    break there;
                }
            };
            let parts = there.parts();
            for (cause, name) in Cause::ALL.iter().filter(|(cause, _)| !causes.contains(cause)) {
                assert!(parts[*cause].abs() < 1e-9, "only {causes:?}, and yet {name}: {parts:?}");
            }
            assert_adds_up(&there);
            moved += usize::from(there.points().abs() > 1e-6);
        }
        assert!(moved > 30, "{causes:?} hardly moved a total");
    }
}

#[test]
fn a_renamed_item_is_the_same_and_a_split_one_is_redefined() {
    let item = |id: usize, score: f64| Item { id, rev: 1, group: 0, weight: 1.0, state: "answered", scores: vec![score] };
    let made = |items: Vec<Item>| Made { groups: vec![(None, None)], items, merge: Merge::Mean, missing: Missing::Zero };
    let before = made(vec![item(1, 40.0), item(2, 60.0), item(3, 80.0)]);
    let after = made(vec![item(11, 100.0), item(21, 20.0), item(22, 30.0), item(3, 80.0)]);
    let mapping = |old: &[&str], new: &[&str], change| Mapping {
        old: old.iter().map(ToString::to_string).collect(),
        new: new.iter().map(ToString::to_string).collect(),
        change,
    };
    let crosswalk =
        Crosswalk { items: vec![mapping(&["i1"], &["i11"], How::Same), mapping(&["i2"], &["i21", "i22"], How::Split)], names: Vec::new() };
    let there = compared(&before, &after, &crosswalk).expect("totals");
    let parts = there.parts();
    assert!(near(parts.sum(), 57.5 - 60.0));
    // The renamed item rose by 60 at a mean share of (1/3 + 1/4) / 2.
    assert!(near(parts[Cause::Rose], 60.0 * 7.0 / 24.0), "{parts:?}");
    assert!(near(parts[Cause::Redefined], -2.5 - 17.5), "{parts:?}");
    assert_eq!(there.comparable.items, 2);
    assert!(near(there.comparable.share_before, 2.0 / 3.0) && near(there.comparable.share_after, 0.5));
    assert_eq!((there.comparable.total_before, there.comparable.total_after), (Some(60.0), Some(90.0)));
}
