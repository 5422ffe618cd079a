//! The grade is read from the rounded score; failed vetoes and key items at 0 cap it, never the number.

use std::collections::BTreeSet;

use crate::answers::{ItemAnswers, MergedState};
use crate::number::{Number, rounded, snapped};
use crate::policy::Policy;
use crate::score::climb::Climbed;
use crate::tree::{Criticality, Tree};

/// A grade with its bounds; band indices, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grade {
    pub rounded: Option<f64>,
    pub grade: Option<usize>,
    /// The worst that the unknowns allow.
    pub low: Option<usize>,
    /// The best that the unknowns allow.
    pub high: Option<usize>,
    pub reasons: Vec<Reason>,
}

/// Why the grade is what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The band of the rounded score.
    Band { rounded: f64, band: usize },
    /// Rounding decided: unrounded, the score would have another band.
    Rounding { score: f64, rounded: f64, unrounded_band: usize },
    /// Failed veto items, counted with a `veto_group` as one; their cap, and whether it lowered the grade.
    Veto { items: Vec<usize>, count: usize, cap: Option<usize>, lowered: bool },
    /// Key items at 0; their cap, and whether it lowered the grade.
    Key { items: Vec<usize>, cap: Option<usize>, lowered: bool },
}

/// The band of a rounded score, lower bounds included.
pub fn band(policy: &Policy, rounded: f64) -> usize {
    let score = Number::from_f64(rounded).unwrap_or_else(Number::zero);
    let reached = |from: f64| Number::from_f64(from).is_some_and(|from| score >= from);
    policy.bands.iter().position(|band| reached(band.from)).unwrap_or(policy.bands.len().saturating_sub(1))
}

/// What so many failed vetoes, a group of them counted once, cap the total at.
pub fn veto_cap(policy: &Policy, count: usize) -> Option<usize> {
    match count {
        0 => None,
        1 => policy.veto.one,
        _ => policy.veto.two,
    }
}

/// What so many key items at 0 cap the total at.
pub fn key_cap(policy: &Policy, count: usize) -> Option<usize> {
    match count {
        0 => None,
        1 | 2 => policy.key.one,
        _ => policy.key.three,
    }
}

/// The total's grade: the worse of the band of its rounded score and the caps of what fails.
pub fn capped(policy: &Policy, rounded: f64, vetoes: usize, keys: usize) -> usize {
    band(policy, rounded).max(veto_cap(policy, vetoes).unwrap_or(0)).max(key_cap(policy, keys).unwrap_or(0))
}

/// What fails in one reading of the unknowns.
struct Failures {
    vetoes: Vec<usize>,
    /// Vetoes with those of a group counted once.
    veto_count: usize,
    keys: Vec<usize>,
}

impl Failures {
    fn of(tree: &Tree, answers: &[ItemAnswers], unknown_fails: bool) -> Self {
        let failing = |criticality: Criticality| -> Vec<usize> {
            let items = tree.items.iter().zip(answers).enumerate();
            items
                .filter(|(_, (item, answers))| item.criticality == criticality && fails(criticality, answers, unknown_fails))
                .map(|(index, _)| index)
                .collect()
        };
        let vetoes = failing(Criticality::Veto);
        // A veto group may be called like an item.
        let counted: BTreeSet<(Option<&str>, &str)> = vetoes
            .iter()
            .map(|index| &tree.items[*index])
            .map(|item| item.veto_group.as_deref().map_or((None, item.id.as_str()), |group| (Some(group), "")))
            .collect();
        Failures { veto_count: counted.len(), vetoes, keys: failing(Criticality::Key) }
    }

    fn veto_cap(&self, policy: &Policy) -> Option<usize> {
        veto_cap(policy, self.veto_count)
    }

    fn key_cap(&self, policy: &Policy) -> Option<usize> {
        key_cap(policy, self.keys.len())
    }

    fn grade(&self, policy: &Policy, rounded: f64) -> usize {
        capped(policy, rounded, self.veto_count, self.keys.len())
    }
}

fn fails(criticality: Criticality, item: &ItemAnswers, unknown_fails: bool) -> bool {
    match item.state {
        MergedState::Answered if criticality == Criticality::Veto => item.below_veto,
        MergedState::Answered => item.worth == Some(0.0),
        MergedState::NoData => true,
        MergedState::Blank | MergedState::Unreadable => unknown_fails,
        MergedState::NotApplicable | MergedState::OutOfScope => false,
    }
}

/// The total's grade, its bounds and its reasons.
pub fn total(tree: &Tree, answers: &[ItemAnswers], climbed: &Climbed) -> Grade {
    let policy = &tree.policy;
    let known = Failures::of(tree, answers, false);
    let worst = Failures::of(tree, answers, true);
    let round = |score: Option<f64>| score.map(|score| rounded(score, policy.decimals));
    let (low, high) = (round(climbed.total.low), round(climbed.total.high));
    let mut grade =
        Grade { low: low.map(|low| worst.grade(policy, low)), high: high.map(|high| known.grade(policy, high)), ..Grade::default() };
    let (Some(score), Some(rounded)) = (climbed.total.score, round(climbed.total.score)) else { return grade };
    let natural = band(policy, rounded);
    grade.rounded = Some(rounded);
    grade.grade = Some(known.grade(policy, rounded));
    grade.reasons.push(Reason::Band { rounded, band: natural });
    // Snapped as the rounding snaps, so that a sum a hair below a bound is no case of its own.
    let unrounded_band = band(policy, snapped(score) as f64 / 1e9);
    if unrounded_band != natural {
        grade.reasons.push(Reason::Rounding { score, rounded, unrounded_band });
    }
    let lowers = |cap: Option<usize>| cap.is_some_and(|cap| cap > natural);
    if !known.vetoes.is_empty() {
        let cap = known.veto_cap(policy);
        grade.reasons.push(Reason::Veto { lowered: lowers(cap), cap, items: known.vetoes.clone(), count: known.veto_count });
    }
    if !known.keys.is_empty() {
        let cap = known.key_cap(policy);
        grade.reasons.push(Reason::Key { lowered: lowers(cap), cap, items: known.keys.clone() });
    }
    grade
}

/// Each group's band; a level-1 group with a key item at 0 is not above the policy's cap.
pub fn groups(tree: &Tree, answers: &[ItemAnswers], climbed: &Climbed) -> Vec<Option<usize>> {
    let policy = &tree.policy;
    let keys = Failures::of(tree, answers, false).keys;
    let capped: BTreeSet<usize> = keys.iter().filter_map(|index| tree.top_of_item(&tree.items[*index])).collect();
    climbed
        .groups
        .iter()
        .enumerate()
        .map(|(index, group)| {
            let natural = band(policy, rounded(group.score?, policy.decimals));
            let cap = if capped.contains(&index) { policy.key.group } else { None };
            Some(natural.max(cap.unwrap_or(0)))
        })
        .collect()
}
