//! What can be raised, what that takes and brings, and what it depends on, all in exact integers.

use std::collections::{BTreeMap, HashMap};

use crate::analysis::plan::ladder::{Costs, Rung, ladder};
use crate::analysis::plan::{Blocked, LeftOut, Measure};
use crate::analysis::weak_points::is_known;
use crate::number::{Number, rounded, snapped};
use crate::result::{ItemResult, Results};
use crate::score;
use crate::tree::Tree;

/// Parts of a point in which gains are counted: sums are the same in any order, and 1e-9, to which scores are compared, is far coarser.
const PARTS: f64 = 1e13;

/// An item that may be raised.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Index into the results' items.
    pub item: usize,
    /// What leads up from its score, as far as the cost is known.
    pub rungs: Vec<Rung>,
    /// One a rung: all rungs up to it.
    pub choices: Vec<Choice>,
    /// Candidates, now at 0, that must be raised with it.
    pub requires: Vec<usize>,
    /// Index into the field's veto groups: it fails there now.
    pub veto: Option<usize>,
    /// A key item at 0.
    pub key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// In the field's unit.
    pub cost: u64,
    /// In parts of a point of the total.
    pub gain: i64,
    /// Does a veto item pass with it?
    pub passes: bool,
}

/// All that a plan may do.
#[derive(Debug)]
pub struct Field<'a> {
    pub results: &'a Results,
    pub tree: &'a Tree,
    /// Days or money that one unit of cost is.
    pub unit: Number,
    /// In tree order.
    pub candidates: Vec<Candidate>,
    /// Failed vetoes that can be mended: those that fail of each, candidates.
    pub vetoes: Vec<Vec<usize>>,
    /// Items of failed vetoes that no plan mends, a group each.
    pub stuck_vetoes: Vec<Vec<usize>>,
    /// Key items at 0 that no plan raises.
    pub stuck_keys: Vec<usize>,
    pub left_out: LeftOut,
    base: f64,
}

/// What a goal asks of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Parts of a point to gain.
    pub need: i64,
    /// How many of the field's vetoes may still fail; none: any.
    pub vetoes: Option<usize>,
    /// How many of the candidate key items may stay at 0; none: any.
    pub keys: Option<usize>,
}

/// What a plan comes to: the choice of each candidate, 0 for none, else one more than its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    pub cost: u64,
    pub gain: i64,
    pub vetoes: usize,
    pub keys: usize,
}

impl<'a> Field<'a> {
    /// None without a total.
    pub fn of(results: &'a Results, tree: &'a Tree, costs: &Costs, measure: Measure) -> Option<Self> {
        let base = results.total.score?;
        let mut left_out = LeftOut::default();
        let in_tree: HashMap<&str, usize> = tree.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
        let mut open: Vec<Option<Vec<Rung>>> = vec![None; results.items.len()];
        for (index, item) in results.items.iter().enumerate() {
            if !is_known(item) {
                left_out.unknown.push(index);
                left_out.unknown_share += item.share;
                continue;
            }
            let Some(score) = item.score else { continue };
            if snapped(score) >= snapped(100.0) {
                continue;
            }
            let all = in_tree.get(item.id.as_str()).map(|at| ladder(&tree.items[*at], score, costs)).unwrap_or_default();
            let steps = all.len();
            let rungs: Vec<Rung> = all.into_iter().take_while(|rung| measure.of(rung).is_some()).collect();
            if rungs.is_empty() {
                left_out.uncosted.push(index);
                continue;
            }
            if rungs.len() < steps {
                left_out.partly_costed.push(index);
            }
            open[index] = Some(rungs);
        }
        let zeros = zeros(results, tree);
        // Blocked is what waits for something that cannot be raised, and what waits for that.
        loop {
            let blocked = |index: &usize| zeros[*index].iter().any(|other| open[*other].is_none());
            let Some(index) = (0..open.len()).filter(|index| open[*index].is_some()).find(blocked) else { break };
            let by = zeros[index].iter().copied().filter(|other| open[*other].is_none()).collect();
            left_out.blocked.push(Blocked { item: index, by });
            open[index] = None;
        }
        left_out.blocked.sort_by_key(|blocked| blocked.item);
        let mut field = Field {
            results,
            tree,
            unit: Number::one(),
            candidates: Vec::new(),
            vetoes: Vec::new(),
            stuck_vetoes: Vec::new(),
            stuck_keys: Vec::new(),
            left_out,
            base,
        };
        field.fill(open, &zeros, measure, &in_tree);
        Some(field)
    }

    fn fill(&mut self, open: Vec<Option<Vec<Rung>>>, zeros: &[Vec<usize>], measure: Measure, in_tree: &HashMap<&str, usize>) {
        let position: Vec<Option<usize>> = open
            .iter()
            .scan(0, |next, rungs| {
                *next += usize::from(rungs.is_some());
                Some(rungs.as_ref().map(|_| *next - 1))
            })
            .collect();
        let costs: Vec<Number> = open.iter().flatten().flatten().filter_map(|rung| measure.of(rung)).collect();
        self.unit = Number::common_unit(&costs);
        let tree = self.tree;
        for (index, rungs) in open.into_iter().enumerate().filter_map(|(index, rungs)| Some((index, rungs?))) {
            let item = &self.results.items[index];
            let fails_at = in_tree.get(item.id.as_str()).map(|at| tree.items[*at].fails_at.clone()).unwrap_or_else(Number::zero);
            let mut cost = 0u64;
            let choices = rungs.iter().map(|rung| {
                let own = measure.of(rung).and_then(|own| own.whole_times(&self.unit)).unwrap_or(u64::MAX);
                cost = cost.saturating_add(own);
                let gain = (item.share * (rung.score - item.score.unwrap_or(0.0)) * PARTS).round() as i64;
                Choice { cost, gain, passes: rung.worth.times(&100.into()) > fails_at }
            });
            let choices = choices.collect();
            let requires = zeros[index].iter().filter_map(|other| position[*other]).collect();
            self.candidates.push(Candidate { item: index, rungs, choices, requires, veto: None, key: false });
        }
        let failing = |rule: &str| -> Vec<usize> {
            let ids = self.results.total.grade_reasons.iter().filter(|reason| reason.rule == rule).flat_map(|reason| &reason.items);
            ids.filter_map(|id| self.results.items.iter().position(|item| item.id == *id)).collect()
        };
        let (vetoes, keys) = (failing("veto"), failing("key"));
        for index in keys {
            match position[index] {
                Some(at) => self.candidates[at].key = true,
                None => self.stuck_keys.push(index),
            }
        }
        let mut groups: BTreeMap<(Option<&str>, &str), Vec<usize>> = BTreeMap::new();
        for index in vetoes {
            let id = self.results.items[index].id.as_str();
            let group = in_tree.get(id).and_then(|at| tree.items[*at].veto_group.as_deref());
            groups.entry(group.map_or((None, id), |group| (Some(group), ""))).or_default().push(index);
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort();
        for group in groups {
            let mended = |index: &usize| position[*index].filter(|at| self.candidates[*at].choices.iter().any(|choice| choice.passes));
            let members: Option<Vec<usize>> = group.iter().map(mended).collect();
            let Some(members) = members else {
                self.stuck_vetoes.push(group);
                continue;
            };
            for at in &members {
                self.candidates[*at].veto = Some(self.vetoes.len());
            }
            self.vetoes.push(members);
        }
    }

    /// The total with so many parts of a point more.
    pub fn total(&self, gain: i64) -> f64 {
        self.base + gain as f64 / PARTS
    }

    /// So many units of cost, as days or money.
    pub fn cost(&self, units: u64) -> Number {
        self.unit.times(&Number::parse(&units.to_string()).unwrap_or_else(Number::zero))
    }

    /// Parts of a point in so many points.
    pub fn gain_of(points: usize) -> i64 {
        (points as f64 * PARTS) as i64
    }

    pub fn points(gain: i64) -> f64 {
        gain as f64 / PARTS
    }

    /// The grade of a plan; a band index.
    pub fn grade(&self, worth: &Worth) -> usize {
        let policy = &self.tree.policy;
        let (vetoes, keys) = (worth.vetoes + self.stuck_vetoes.len(), worth.keys + self.stuck_keys.len());
        score::capped(policy, rounded(self.total(worth.gain), policy.decimals), vetoes, keys)
    }

    /// What a grade asks; none where what no plan mends caps below it.
    pub fn terms(&self, goal: usize) -> Option<Terms> {
        let policy = &self.tree.policy;
        // Caps never are milder for more.
        let most = |counts: usize, cap: &dyn Fn(usize) -> Option<usize>, stuck: usize| -> Option<Option<usize>> {
            match (1..=counts).find(|count| cap(*count).is_some_and(|cap| cap > goal)) {
                None => Some(None),
                Some(count) => (count - 1).checked_sub(stuck).map(Some),
            }
        };
        let vetoes = most(2, &|count| score::veto_cap(policy, count), self.stuck_vetoes.len())?;
        let keys = most(3, &|count| score::key_cap(policy, count), self.stuck_keys.len())?;
        let reached = |gain: i64| score::band(policy, rounded(self.total(gain), policy.decimals)) <= goal;
        let (mut low, mut high) = (0i64, (101.0 * PARTS) as i64);
        if !reached(high) {
            return None;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            (low, high) = if reached(middle) { (low, middle) } else { (middle + 1, high) };
        }
        Some(Terms { need: low, vetoes, keys })
    }

    /// What a plan comes to.
    pub fn worth(&self, plan: &[usize]) -> Worth {
        let mut worth = Worth { cost: 0, gain: 0, vetoes: 0, keys: 0 };
        let mut failing = vec![false; self.vetoes.len()];
        for (candidate, option) in self.candidates.iter().zip(plan) {
            let choice = option.checked_sub(1).and_then(|index| candidate.choices.get(index));
            worth.cost = worth.cost.saturating_add(choice.map_or(0, |choice| choice.cost));
            worth.gain += choice.map_or(0, |choice| choice.gain);
            worth.keys += usize::from(candidate.key && choice.is_none());
            if let Some(group) = candidate.veto {
                failing[group] |= !choice.is_some_and(|choice| choice.passes);
            }
        }
        worth.vetoes = failing.into_iter().filter(|fails| *fails).count();
        worth
    }

    /// Everything raised as far as it goes.
    pub fn all(&self) -> Vec<usize> {
        self.candidates.iter().map(|candidate| candidate.choices.len()).collect()
    }
}

impl Terms {
    pub fn hold(&self, worth: &Worth) -> bool {
        worth.gain >= self.need && self.failures_hold(worth)
    }

    pub fn failures_hold(&self, worth: &Worth) -> bool {
        self.vetoes.is_none_or(|most| worth.vetoes <= most) && self.keys.is_none_or(|most| worth.keys <= most)
    }
}

/// What each item waits for: required items that are at 0 or unknown; what left asks nothing. Indices into the results' items.
pub fn zeros(results: &Results, tree: &Tree) -> Vec<Vec<usize>> {
    let at: HashMap<&str, usize> = results.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
    let asks = |item: &ItemResult| !is_known(item) || item.score.is_some_and(|score| snapped(score) == 0);
    let requirements = tree.requirements();
    let mut zeros = vec![Vec::new(); results.items.len()];
    for (item, required) in tree.items.iter().zip(requirements) {
        let Some(index) = at.get(item.id.as_str()) else { continue };
        let indices = required.iter().filter_map(|other| at.get(tree.items[*other].id.as_str()).copied());
        zeros[*index] = indices.filter(|other| asks(&results.items[*other])).collect();
    }
    zeros
}
