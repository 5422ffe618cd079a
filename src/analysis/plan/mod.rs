//! What raising items brings and takes: the gain of each step, the cheapest way to a grade, the best use of a budget.
//!
//! Shares do not change by raising what is scored, so the total is linear in the items' scores, and a plan is a multiple-choice
//! knapsack: of each item at most one of the rungs above it. Prerequisites, veto groups and key items join items (`blocks`), the
//! rest is decided item by item (`search`). Costs are whole multiples of one unit, gains whole parts of a point, so the best plan is
//! proved, or stands beside a bound.

mod blocks;
mod field;
mod greedy;
mod ladder;
pub mod schedule;
mod search;
mod solve;
#[cfg(test)]
mod tests;

use crate::analysis::plan::field::{Field, Terms, Worth};
use crate::analysis::plan::search::Limits;
use crate::analysis::weak_points::is_known;
use crate::number::{Number, rounded, snapped};
use crate::result::Results;
use crate::tree::Tree;

pub use field::zeros;
pub use ladder::{Costs, DECIMALS, MOST, NEAR, Rung, StepCost, ladder};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Days of work, added over all actions whoever does them.
    Days,
    Money,
}

impl Measure {
    /// What a rung takes of it; none where that is not known.
    pub fn of(self, rung: &Rung) -> Option<Number> {
        match self {
            Measure::Days => rung.days.map(|days| Number::ratio(days, 1)),
            Measure::Money => rung.money.clone(),
        }
    }
}

/// What raising one item to one rung brings by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Index into the results' items.
    pub item: usize,
    pub from: f64,
    /// The rungs taken, lowest first; the score reached is the last one's.
    pub rungs: Vec<Rung>,
    /// Points the total gains, other items as they are.
    pub points: f64,
    /// Days of all rungs; none where one's are not known.
    pub days: Option<usize>,
    pub money: Option<Number>,
    /// Required items, now at 0 or unknown, that must be raised first; indices into the results' items.
    pub waits_for: Vec<usize>,
}

/// Where a total stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub score: f64,
    pub rounded: f64,
    /// Band index, best first.
    pub grade: usize,
}

/// Why a plan raises an item; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A failed veto passes with it.
    Veto,
    /// A key item leaves 0.
    Key,
    /// The item named, also raised, requires it; an index into the results' items.
    PrerequisiteOf(usize),
    Points,
}

/// One item raised.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// Index into the results' items.
    pub item: usize,
    pub from: f64,
    pub to: f64,
    /// The rungs taken, lowest first.
    pub rungs: Vec<Rung>,
    pub days: Option<usize>,
    pub money: Option<Number>,
    /// Points the total gains by it.
    pub gain: f64,
    pub reason: Reason,
}

/// How far a plan is from the best.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    Optimal,
    /// No plan costs less than `bound`; `distance` is the part of the plan's cost above it.
    Cost {
        bound: Number,
        distance: f64,
    },
    /// No plan reaches a better grade than `grade` nor, with the plan's own grade, more than `score`; `distance` in points.
    Points {
        grade: usize,
        score: f64,
        distance: f64,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The grade asked for; the one reached may be better.
    pub goal: usize,
    pub before: Standing,
    pub after: Standing,
    /// What others wait for stands before them; else in tree order.
    pub steps: Vec<PlanStep>,
    /// In the measure counted.
    pub cost: Number,
    pub proof: Proof,
}

/// No plan reaches the goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreachable {
    pub goal: usize,
    pub before: Standing,
    /// With everything raised as far as costs are known.
    pub best: Standing,
    /// Items of failed vetoes that no plan mends, those of a group together; indices into the results' items.
    pub vetoes: Vec<Vec<usize>>,
    /// Key items at 0 that no plan raises.
    pub keys: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Plan(Plan),
    Unreachable(Unreachable),
    /// The grade asked for, or the best there is, stands already.
    Reached(Standing),
    /// Nothing has a score.
    NoTotal,
}

/// A candidate but for what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    pub item: usize,
    /// Required items at 0 or unknown that no plan raises.
    pub by: Vec<usize>,
}

/// What no plan raises though it is below 100; indices into the results' items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOut {
    /// Blank and unreadable: to be answered before they are mended.
    pub unknown: Vec<usize>,
    /// Their part of the total, 0 to 1; 0 where they leave the score.
    pub unknown_share: f64,
    /// Nothing leads up, or nobody says what the first rung takes.
    pub uncosted: Vec<usize>,
    /// What the first rung takes is known, and of a later one not: raised as far as that.
    pub partly_costed: Vec<usize>,
    pub blocked: Vec<Blocked>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub answer: Answer,
    pub left_out: LeftOut,
}

const LIMITS: Limits = Limits { steps: search::STEPS, kept: search::KEPT, modes: blocks::MODES };

/// What each step up of each known item brings, whether or not its cost is known; in tree order, lowest rung first.
pub fn gains(results: &Results, tree: &Tree, costs: &Costs) -> Vec<Gain> {
    let waits = zeros(results, tree);
    let mut gains = Vec::new();
    for (index, item) in results.items.iter().enumerate().filter(|(_, item)| is_known(item)) {
        let (Some(from), Some(in_tree)) = (item.score, tree.items.iter().find(|one| one.id == item.id)) else { continue };
        if snapped(from) >= snapped(100.0) {
            continue;
        }
        let rungs = ladder(in_tree, from, costs);
        gains.extend((1..=rungs.len()).map(|count| {
            let rungs = rungs[..count].to_vec();
            let points = item.share * (rungs[count - 1].score - from);
            let (days, money) = (sum_of_days(&rungs), sum_of_money(&rungs));
            Gain { item: index, from, points, days, money, rungs, waits_for: waits[index].clone() }
        }));
    }
    gains
}

fn sum_of_days(rungs: &[Rung]) -> Option<usize> {
    rungs.iter().map(|rung| rung.days).try_fold(0usize, |sum, days| Some(sum.saturating_add(days?)))
}

fn sum_of_money(rungs: &[Rung]) -> Option<Number> {
    rungs.iter().try_fold(Number::zero(), |sum, rung| Some(sum.plus(rung.money.as_ref()?)))
}

/// The cheapest way to a grade, a band index; without one to the next better grade. Of ways that cost the same, the one that brings
/// most points, and of these the one with the fewest items. Points nearer than 1e-9 are the same.
pub fn cheapest(results: &Results, tree: &Tree, costs: &Costs, measure: Measure, goal: Option<usize>) -> Outcome {
    cheapest_within(results, tree, costs, measure, (goal, 0), LIMITS)
}

/// The same with so many points to spare.
pub fn cheapest_with_margin(
    results: &Results,
    tree: &Tree,
    costs: &Costs,
    measure: Measure,
    goal: Option<usize>,
    margin_points: usize,
) -> Outcome {
    cheapest_within(results, tree, costs, measure, (goal, margin_points), LIMITS)
}

fn cheapest_within(
    results: &Results,
    tree: &Tree,
    costs: &Costs,
    measure: Measure,
    (goal, margin_points): (Option<usize>, usize),
    limits: Limits,
) -> Outcome {
    let Some(field) = Field::of(results, tree, costs, measure) else { return without_total() };
    let nothing = vec![0; field.candidates.len()];
    let before = standing(&field, &field.worth(&nothing));
    let goal = goal.or(before.grade.checked_sub(1)).filter(|goal| *goal < before.grade);
    let Some(goal) = goal else { return Outcome { answer: Answer::Reached(before), left_out: field.left_out } };
    let spared = |terms: Terms| Terms { need: terms.need.saturating_add(Field::gain_of(margin_points)), ..terms };
    let found = field.terms(goal).map(spared).and_then(|terms| Some((terms, solve::cheapest(&field, &terms, limits)?)));
    let Some((terms, found)) = found else {
        let best = standing(&field, &field.worth(&field.all()));
        let unreachable = Unreachable { goal, before, best, vetoes: field.stuck_vetoes, keys: field.stuck_keys };
        return Outcome { answer: Answer::Unreachable(unreachable), left_out: field.left_out };
    };
    let plan = solve::most(&field, &terms, found.cost, &found.plan, limits).plan;
    // Where the cost is not proved the least, the most points for it may take less.
    let cost = field.worth(&plan).cost;
    let proof = if found.bound == cost {
        Proof::Optimal
    } else {
        Proof::Cost { bound: field.cost(found.bound), distance: (cost - found.bound) as f64 / cost as f64 }
    };
    let answer = Answer::Plan(plan_of(&field, goal, before, &plan, proof));
    Outcome { answer, left_out: field.left_out }
}

/// The best use of a budget: the best grade within it, then the most points, then the least cost.
pub fn best_use(results: &Results, tree: &Tree, costs: &Costs, measure: Measure, budget: &Number) -> Outcome {
    best_use_within(results, tree, costs, measure, budget, LIMITS)
}

fn best_use_within(results: &Results, tree: &Tree, costs: &Costs, measure: Measure, budget: &Number, limits: Limits) -> Outcome {
    let Some(field) = Field::of(results, tree, costs, measure) else { return without_total() };
    let capacity = if budget.is_negative() { 0 } else { budget.whole_times(&field.unit).unwrap_or(u64::MAX / 2) };
    let nothing = vec![0; field.candidates.len()];
    let before = standing(&field, &field.worth(&nothing));
    // The best grade that is not proved out of reach.
    let mut possible = None;
    let reached = (0..before.grade).find_map(|goal| {
        let terms = field.terms(goal)?;
        let found = solve::cheapest(&field, &terms, limits)?;
        if found.bound <= capacity {
            possible = possible.or(Some(goal));
        }
        (found.cost <= capacity).then_some((goal, terms, found.plan))
    });
    let any = Terms { need: 0, vetoes: None, keys: None };
    let (goal, terms, start) = reached.unwrap_or((before.grade, any, nothing));
    let found = solve::most(&field, &terms, capacity, &start, limits);
    let possible = possible.unwrap_or(goal);
    let proved = possible == goal && snapped(field.total(found.gain)) == snapped(field.total(found.bound));
    let proof = if proved {
        Proof::Optimal
    } else {
        Proof::Points { grade: possible, score: field.total(found.bound), distance: Field::points(found.bound - found.gain) }
    };
    let answer = Answer::Plan(plan_of(&field, goal, before, &found.plan, proof));
    Outcome { answer, left_out: field.left_out }
}

fn without_total() -> Outcome {
    Outcome { answer: Answer::NoTotal, left_out: LeftOut::default() }
}

fn standing(field: &Field<'_>, worth: &Worth) -> Standing {
    let score = field.total(worth.gain);
    Standing { score, rounded: rounded(score, field.tree.policy.decimals), grade: field.grade(worth) }
}

fn plan_of(field: &Field<'_>, goal: usize, before: Standing, plan: &[usize], proof: Proof) -> Plan {
    let worth = field.worth(plan);
    let steps = order(field, plan).into_iter().map(|at| step(field, plan, at)).collect();
    Plan { goal, before, after: standing(field, &worth), steps, cost: field.cost(worth.cost), proof }
}

/// Candidates raised, what others wait for before them, else in tree order.
fn order(field: &Field<'_>, plan: &[usize]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut placed = vec![false; plan.len()];
    for at in (0..plan.len()).filter(|at| plan[*at] > 0) {
        let mut open = vec![at];
        while let Some(top) = open.last().copied() {
            let next = field.candidates[top].requires.iter().find(|other| !placed[**other]);
            match next {
                Some(other) if !placed[top] => open.push(*other),
                _ => {
                    open.pop();
                    if !std::mem::replace(&mut placed[top], true) {
                        order.push(top);
                    }
                }
            }
        }
    }
    order
}

fn step(field: &Field<'_>, plan: &[usize], at: usize) -> PlanStep {
    let candidate = &field.candidates[at];
    let choice = candidate.choices[plan[at] - 1];
    let rungs = candidate.rungs[..plan[at]].to_vec();
    let item = &field.results.items[candidate.item];
    let dependent = (0..plan.len()).find(|other| plan[*other] > 0 && field.candidates[*other].requires.contains(&at));
    let reason = if candidate.veto.is_some() && choice.passes {
        Reason::Veto
    } else if candidate.key {
        Reason::Key
    } else {
        dependent.map_or(Reason::Points, |other| Reason::PrerequisiteOf(field.candidates[other].item))
    };
    PlanStep {
        item: candidate.item,
        from: item.score.unwrap_or(0.0),
        to: rungs[rungs.len() - 1].score,
        days: sum_of_days(&rungs),
        money: sum_of_money(&rungs),
        rungs,
        gain: Field::points(choice.gain),
        reason,
    }
}
