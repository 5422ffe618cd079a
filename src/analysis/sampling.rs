//! Which items to check on site (抽查): drawn by weight, doubt and past error, with a stated seed.
//!
//! Probability proportional to size without replacement, by Pareto sampling (Rosén 1997, "On sampling with probability proportional to
//! size", J. Stat. Plan. Inference 62): an item's chance is n x size / sum of sizes; what would have 1 or more is taken for certain;
//! of the others those with the smallest q = u/(1-u) : chance/(1-chance). An item's random number u depends on the seed, the
//! unit, the period and its id only, so anybody can draw again with any program that knows SHA-256, and two districts with one seed draw
//! apart.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::analysis::steps::counting_cells;
use crate::analysis::suspicion::Doubt;
use crate::number::snapped;
use crate::result::{AnswerResult, ItemResult, Results};

/// Kinds of doubt about one item that count.
const MOST_DOUBTS: usize = 3;

/// What is to be checked on site.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub seed: String,
    /// How many were asked for.
    pub wanted: usize,
    /// Items with an answer to check.
    pub eligible: usize,
    /// In tree order.
    pub drawn: Vec<Drawn>,
    /// All of the eligible, in tree order: what the draw can be repeated from.
    pub all: Vec<Drawn>,
    /// Did anybody but the assessors answer? Else what they entered themselves is drawn from.
    pub by_departments: bool,
}

/// One item of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Index into the results' items.
    pub item: usize,
    /// Effective weight in the total, 0 to 1, as if nothing had left.
    pub weight: f64,
    /// Codes of the kinds of doubt about it.
    pub doubts: Vec<&'static str>,
    /// Last year's distance between self-rating and review, 0 to 1: of the item, else of its respondents; none where nobody knows.
    pub past: Option<f64>,
    /// weight x (1 + doubts) x (1 + past error), as a part of the sum over all eligible items.
    pub size: f64,
    /// Chance of being drawn; 1 for what was taken for certain.
    pub chance: f64,
    /// The random number, 0 to 1.
    pub number: f64,
}

impl Drawn {
    /// The random number against the chance, as odds: below 1 where the number is below the chance. The smallest are drawn; none for
    /// what was taken for certain.
    pub fn ratio(&self) -> Option<f64> {
        (self.chance > 0.0 && self.chance < 1.0).then(|| (self.number / (1.0 - self.number)) / (self.chance / (1.0 - self.chance)))
    }
}

/// Draws `wanted` items; all of them where there are no more.
pub fn plan(results: &Results, last: Option<&Results>, doubts: &[Doubt], wanted: usize, seed: &str) -> Plan {
    let weights = full_shares(results);
    let past = past_errors(results, last);
    let departments = results.items.iter().any(is_claimed);
    let mut all: Vec<Drawn> = results
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| can_be_checked(item) && (!departments || is_claimed(item)))
        .map(|(index, item)| {
            let mut kinds: Vec<&'static str> = doubts.iter().filter(|doubt| doubt.items.contains(&index)).map(|doubt| doubt.code).collect();
            kinds.dedup();
            let counted = kinds.len().min(MOST_DOUBTS) as f64;
            let size = weights[index] * (1.0 + counted) * (1.0 + past[index].unwrap_or(0.0));
            let number = number(seed, &results.unit.name, &results.period, &item.id);
            Drawn { item: index, weight: weights[index], doubts: kinds, past: past[index], size, chance: 0.0, number }
        })
        .collect();
    let sum: f64 = all.iter().map(|one| one.size).sum();
    for one in &mut all {
        one.size /= sum;
    }
    let eligible = all.len();
    give_chances(&mut all, wanted.min(eligible));
    let mut order: Vec<(i128, usize)> = all.iter().enumerate().map(|(index, one)| (snapped(rank(one)), index)).collect();
    order.sort_unstable();
    let mut taken: Vec<usize> = order.into_iter().take(wanted).map(|(_, index)| index).collect();
    taken.sort_unstable();
    let drawn = taken.into_iter().map(|index| all[index].clone()).collect();
    Plan { seed: seed.to_string(), wanted, eligible, drawn, all, by_departments: departments }
}

/// Answered or not applicable, in scope, and not yet seen on site.
fn can_be_checked(item: &ItemResult) -> bool {
    let on_site = |verification: &str| ["spot_check", "test"].contains(&verification);
    let seen = item.answers.iter().filter_map(|answer| answer.review.as_ref()).any(|review| on_site(&review.verification));
    ["answered", "not_applicable"].contains(&item.state.as_str()) && !seen
}

/// A self-rating of anybody but the assessors.
pub fn is_claim(answer: &AnswerResult) -> bool {
    !answer.respondent.is_assessor() && answer.own.as_ref().is_some_and(|own| own.state != "blank")
}

/// Did anybody but the assessors answer it? What they rated themselves is no claim to check, unless there is nothing else.
fn is_claimed(item: &ItemResult) -> bool {
    item.answers.iter().any(is_claim)
}

/// Chances in proportion to size; whatever would have 1 or more gets 1, and the rest share what is left.
fn give_chances(all: &mut [Drawn], wanted: usize) {
    loop {
        let certain = all.iter().filter(|one| one.chance >= 1.0).count();
        let rest: f64 = all.iter().filter(|one| one.chance < 1.0).map(|one| one.size).sum();
        let left = wanted.saturating_sub(certain) as f64;
        let mut more = false;
        for one in all.iter_mut().filter(|one| one.chance < 1.0) {
            if rest > 0.0 && left * one.size / rest > 1.0 - 1e-9 {
                one.chance = 1.0;
                more = true;
            }
        }
        if !more {
            for one in all.iter_mut().filter(|one| one.chance < 1.0) {
                one.chance = if rest > 0.0 { left * one.size / rest } else { 0.0 };
            }
            return;
        }
    }
}

/// Smallest first; what is certain before all.
fn rank(one: &Drawn) -> f64 {
    if one.chance >= 1.0 {
        return 0.0;
    }
    one.ratio().unwrap_or(f64::MAX / 1e20)
}

/// What the random number of an item is made of.
pub fn lot(seed: &str, unit: &str, period: &str, id: &str) -> String {
    format!("{seed}:{unit}:{period}:{id}")
}

/// The first 53 bits of SHA-256 over `SEED:UNIT:PERIOD:ID`, as a number strictly between 0 and 1.
pub fn number(seed: &str, unit: &str, period: &str, id: &str) -> f64 {
    let digest = Sha256::digest(lot(seed, unit, period, id).as_bytes());
    let bits = digest.iter().take(8).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte)) >> 11;
    (bits as f64 + 0.5) / (1u64 << 53) as f64
}

/// Effective weights of the items in scope as if nothing had left.
fn full_shares(results: &Results) -> Vec<f64> {
    let groups: HashMap<&str, usize> = results.groups.iter().enumerate().map(|(index, group)| (group.code.as_str(), index)).collect();
    let root = results.groups.len();
    let at = |code: &Option<String>| code.as_deref().and_then(|code| groups.get(code).copied()).unwrap_or(root);
    let in_scope = |item: &&ItemResult| item.state != "out_of_scope";
    let mut filled = vec![false; root + 1];
    let mut sums = vec![0.0; root + 1];
    for item in results.items.iter().filter(in_scope) {
        sums[at(&item.parent)] += item.weight;
        filled[at(&item.parent)] = true;
    }
    // A parent stands before its children.
    for (index, group) in results.groups.iter().enumerate().rev() {
        if filled[index] {
            sums[at(&group.parent)] += group.weight;
            filled[at(&group.parent)] = true;
        }
    }
    let mut shares = vec![0.0; root + 1];
    shares[root] = 1.0;
    for (index, group) in results.groups.iter().enumerate() {
        let parent = at(&group.parent);
        shares[index] = if filled[index] { shares[parent] * group.weight / sums[parent] } else { 0.0 };
    }
    let share = |item: &ItemResult| shares[at(&item.parent)] * item.weight / sums[at(&item.parent)];
    results.items.iter().map(|item| if in_scope(&item) { share(item) } else { 0.0 }).collect()
}

/// Last year's |self - review| / 100 of each item, else the mean over the reviewed items of those who answer it now.
fn past_errors(results: &Results, last: Option<&Results>) -> Vec<Option<f64>> {
    let Some(last) = last else { return vec![None; results.items.len()] };
    let mut items: HashMap<(&str, usize), f64> = HashMap::new();
    let mut names: HashMap<&str, (f64, usize)> = HashMap::new();
    for item in last.items.iter().filter(|item| crate::analysis::adjustments::is_reviewed(item)) {
        let (Some(own), Some(review)) = (item.by_selves.score, item.score) else { continue };
        if !["answered", "no_data"].contains(&item.by_selves.state.as_str()) {
            continue;
        }
        let error = (own - review).abs() / 100.0;
        items.insert((&item.id, item.rev), error);
        for answer in item.answers.iter().filter(|answer| answer.own.as_ref().is_some_and(|own| own.state != "blank")) {
            let sum = names.entry(&answer.respondent.name).or_default();
            *sum = (sum.0 + error, sum.1 + 1);
        }
    }
    let of_respondents = |item: &ItemResult| {
        let known: Vec<f64> = counting_cells(item)
            .into_iter()
            .filter_map(|(answer, _)| names.get(answer.respondent.name.as_str()))
            .map(|(sum, count)| sum / *count as f64)
            .collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    results.items.iter().map(|item| items.get(&(item.id.as_str(), item.rev)).copied().or_else(|| of_respondents(item))).collect()
}
