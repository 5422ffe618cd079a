//! What follows from a plan: the total after each of its steps, what has to be mended and by when, and what each step up is worth.

use std::cmp::Reverse;

use crate::analysis::legal::Legal;
use crate::analysis::plan::schedule::Task;
use crate::analysis::plan::{Costs, Gain, Plan, PlanStep, Rung, gains, ladder, zeros};
use crate::analysis::weak_points::{is_critical_failure, is_known};
use crate::number::{Number, snapped};
use crate::result::Results;
use crate::tree::{Criticality, Item, Tree};

/// The total after each step of a plan, unrounded.
pub fn reached(plan: &Plan) -> Vec<f64> {
    let add = |total: &mut f64, step: &PlanStep| {
        *total += step.gain;
        Some(*total)
    };
    plan.steps.iter().scan(plan.before.score, add).collect()
}

/// What rungs take: days, and money; none where one's are not known.
pub fn taken(rungs: &[Rung]) -> (Option<usize>, Option<Number>) {
    let days = rungs.iter().map(|rung| rung.days).try_fold(0usize, |sum, days| Some(sum.saturating_add(days?)));
    let money = rungs.iter().try_fold(Number::zero(), |sum, rung| Some(sum.plus(rung.money.as_ref()?)));
    (days, money)
}

/// A way up of one item and what it brings for its days.
#[derive(Clone, Debug, PartialEq)]
pub struct Marginal {
    pub gain: Gain,
    /// Points of the total for 30 days of work; none where days are not known or none are needed.
    pub per_30_days: Option<f64>,
}

/// Every way up of every known item, what brings most for its days first; without known days last, by points; ties in tree order.
pub fn marginal(results: &Results, tree: &Tree, costs: &Costs) -> Vec<Marginal> {
    let rate = |gain: &Gain| gain.days.filter(|days| *days > 0).map(|days| 30.0 * gain.points / days as f64);
    let mut all: Vec<Marginal> = gains(results, tree, costs).into_iter().map(|gain| Marginal { per_30_days: rate(&gain), gain }).collect();
    // What takes no days comes first of all.
    let free = |one: &Marginal| one.gain.days == Some(0);
    all.sort_by_key(|one| {
        let rate = one.per_30_days.map(snapped);
        (Reverse(free(one)), Reverse(rate.is_some()), Reverse(rate), Reverse(snapped(one.gain.points)))
    });
    all
}

/// Why something stands in the ledger; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    Veto,
    Key,
    /// Below what the law asks for.
    Law,
    /// Of the first things to do, though the plan passes over it.
    First,
    /// The plan raises it.
    Plan,
}

/// Something to be mended.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Index into the results' items.
    pub item: usize,
    pub ground: Ground,
    /// What is to be done, lowest first; empty where nothing is known to lead up.
    pub rungs: Vec<Rung>,
    /// Days from the start by which it is done; none where that is not known.
    pub end_day: Option<usize>,
}

/// Why an item has to be mended.
fn ground(results: &Results, tree: &Tree, legal: &Legal, index: usize) -> Ground {
    let veto = tree.items.get(index).is_some_and(|item| item.criticality == Criticality::Veto);
    match is_critical_failure(results, &results.items[index]) {
        true if veto => Ground::Veto,
        true => Ground::Key,
        false if legal.below.contains(&index) => Ground::Law,
        false => Ground::Plan,
    }
}

/// The same plan in the order in which an office would do it: failed vetoes, key items at 0, what is below the law, then what brings
/// most for its days; what others presuppose stands before them.
pub fn in_order(results: &Results, tree: &Tree, legal: &Legal, plan: &Plan) -> Plan {
    let rate = |step: &PlanStep| step.days.map(|days| snapped(step.gain / days.max(1) as f64));
    let mut rest: Vec<PlanStep> = plan.steps.clone();
    rest.sort_by_key(|step| (ground(results, tree, legal, step.item), Reverse(rate(step))));
    let requirements = tree.requirements();
    let required = |step: &PlanStep| requirements.get(step.item).cloned().unwrap_or_default();
    let mut steps = Vec::new();
    while !rest.is_empty() {
        // The first, or what it presupposes, or what that does.
        let mut at = 0;
        for _ in 0..rest.len() {
            let Some(before) = rest.iter().position(|other| required(&rest[at]).contains(&other.item)) else { break };
            at = before;
        }
        steps.push(rest.remove(at));
    }
    Plan { steps, ..plan.clone() }
}

/// The steps of a scheduled plan by when they end, so that the total so far is that of a day; steps that end together, and those whose
/// days are not known, as they stood. Returns the tasks with their steps' new positions.
pub fn by_end(plan: &mut Plan, tasks: Vec<Task>) -> Vec<Task> {
    let ends: Vec<Option<usize>> = (0..plan.steps.len()).map(|step| end_of(&tasks, step)).collect();
    by(plan, tasks, &ends)
}

/// The same by days that somebody states, one a step.
pub fn by(plan: &mut Plan, mut tasks: Vec<Task>, ends: &[Option<usize>]) -> Vec<Task> {
    let mut order: Vec<usize> = (0..plan.steps.len()).collect();
    order.sort_by_key(|step| ends.get(*step).copied().flatten().unwrap_or(usize::MAX));
    plan.steps = order.iter().map(|step| plan.steps[*step].clone()).collect();
    for task in &mut tasks {
        task.step = order.iter().position(|step| *step == task.step).unwrap_or(task.step);
    }
    tasks
}

/// When the last task of a step ends; none without tasks, and where the days of one are not known.
pub fn end_of(tasks: &[Task], step: usize) -> Option<usize> {
    let own = || tasks.iter().filter(|task| task.step == step);
    own().map(|task| task.end_day).max().filter(|_| own().all(|task| task.timed))
}

/// A plan's steps and when they are done, in days from its start.
#[derive(Clone, Copy, Debug)]
pub struct Scheduled<'a> {
    pub steps: &'a [PlanStep],
    pub tasks: &'a [Task],
    /// What is not scheduled starts on this day.
    pub today: usize,
}

/// What the plan raises, and whatever fails a veto, is a key item at 0, lies below the law or is named among the `first` things to do
/// though the plan passes over it: that does not queue behind the plan, but is due when its own days are over, counted from the end of
/// what it presupposes where the plan raises that. By ground, then in the order of the plan, then of the tree.
pub fn dues(results: &Results, tree: &Tree, costs: &Costs, legal: &Legal, first: &[usize], set: &Scheduled<'_>) -> Vec<Due> {
    let Scheduled { steps, tasks, today } = *set;
    let mut dues: Vec<Due> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let end_day = end_of(tasks, at);
        // The plan may stop short of what the law or a veto asks for.
        let needed = wanted(results, tree, costs, legal, step.item);
        let (rungs, end_day) = match needed.get(step.rungs.len()..) {
            Some(more) if !more.is_empty() => (needed.clone(), end_day.zip(taken(more).0).map(|(end, more)| end.saturating_add(more))),
            _ => (step.rungs.clone(), end_day),
        };
        dues.push(Due { item: step.item, ground: ground(results, tree, legal, step.item), rungs, end_day });
    }
    for (index, waits) in zeros(results, tree).into_iter().enumerate() {
        let ground = match ground(results, tree, legal, index) {
            Ground::Plan if first.contains(&index) => Ground::First,
            Ground::Plan => continue,
            other => other,
        };
        if steps.iter().any(|step| step.item == index) {
            continue;
        }
        let rungs = match ground {
            Ground::First => next_rung(results, tree, costs, index),
            _ => wanted(results, tree, costs, legal, index),
        };
        let ends = (0..steps.len()).filter(|at| waits.contains(&steps[*at].item)).filter_map(|at| end_of(tasks, at));
        let from = ends.fold(today, usize::max);
        let own_days = if rungs.is_empty() { None } else { taken(&rungs).0 };
        let end_day = own_days.map(|days| days.saturating_add(from));
        dues.push(Due { item: index, ground, rungs, end_day });
    }
    dues.sort_by_key(|due| due.ground);
    dues
}

/// The rung above the score, where an item has one and its answer is known.
fn next_rung(results: &Results, tree: &Tree, costs: &Costs, index: usize) -> Vec<Rung> {
    let (Some(item), result) = (tree.items.get(index), &results.items[index]) else { return Vec::new() };
    let score = result.score.filter(|_| is_known(result));
    score.map(|score| ladder(item, score, costs).into_iter().take(1).collect()).unwrap_or_default()
}

/// The rungs up to where a veto passes, a key item leaves 0 and the law is met, as far as the item has to.
fn wanted(results: &Results, tree: &Tree, costs: &Costs, legal: &Legal, index: usize) -> Vec<Rung> {
    let (Some(item), result) = (tree.items.get(index), &results.items[index]) else { return Vec::new() };
    let Some(score) = result.score.filter(|_| is_known(result)) else { return Vec::new() };
    let floor = item.content.floor_score().filter(|_| legal.below.contains(&index));
    let critical = is_critical_failure(results, result);
    if floor.is_none() && !critical {
        return Vec::new();
    }
    let enough = |rung: &Rung| {
        let passes = !critical || passes(item, rung);
        passes && floor.is_none_or(|floor| snapped(rung.score) >= snapped(floor))
    };
    let rungs = ladder(item, score, costs);
    let count = rungs.iter().position(enough).map_or(rungs.len(), |at| at + 1);
    rungs[..count].to_vec()
}

fn passes(item: &Item, rung: &Rung) -> bool {
    item.criticality != Criticality::Veto || rung.worth.times(&100.into()) > item.fails_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::plan::{Proof, Reason, Standing};

    #[test]
    fn a_scheduled_plan_runs_by_when_its_steps_end() {
        let step = |item: usize| PlanStep {
            item,
            from: 0.0,
            to: 100.0,
            rungs: Vec::new(),
            gain: 1.0,
            days: Some(1),
            money: None,
            reason: Reason::Points,
        };
        let standing = Standing { score: 0.0, rounded: 0.0, grade: 0 };
        let mut plan = Plan {
            goal: 0,
            before: standing.clone(),
            after: standing,
            steps: (10..14).map(step).collect(),
            cost: Number::zero(),
            proof: Proof::Optimal,
        };
        let task = |step: usize, rung: usize, end_day: usize, timed: bool| Task { step, rung, owner: None, start_day: 0, end_day, timed };
        // The second in two parts; nobody knows how long the third takes.
        let tasks = vec![task(0, 0, 90, true), task(1, 0, 10, true), task(1, 1, 40, true), task(2, 0, 0, false), task(3, 0, 40, true)];
        let tasks = by_end(&mut plan, tasks);
        assert_eq!(plan.steps.iter().map(|step| step.item).collect::<Vec<_>>(), [11, 13, 10, 12]);
        let ends: Vec<(usize, usize)> = tasks.iter().map(|task| (plan.steps[task.step].item, task.end_day)).collect();
        assert_eq!(ends, [(10, 90), (11, 10), (11, 40), (12, 0), (13, 40)]);
    }
}
