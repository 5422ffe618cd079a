//! When each action of a plan is done: an owner does one after the other, and nothing starts before what it waits for.

use std::collections::HashMap;

use crate::analysis::plan::PlanStep;
use crate::analysis::plan::field::zeros;
use crate::result::Results;
use crate::tree::Tree;

/// One rung of a step, in days from the start of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Index into the plan's steps.
    pub step: usize,
    /// Index into the step's rungs.
    pub rung: usize,
    /// Index into the tree's departments: the action's owner, else the item's lead; none: nobody is named, and nobody is waited for.
    pub owner: Option<usize>,
    /// Days before it starts; 0 on the first day.
    pub start_day: usize,
    /// Days before it ends.
    pub end_day: usize,
    /// Are its days known? Else it takes none here.
    pub timed: bool,
}

/// Who is busy: a real department of the place, which may stand for several of the tree's, or one of the tree's.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Seat {
    Real(usize),
    OfTree(usize),
}

/// The seat of an owner: of its own item's lead whoever is asked for the item, else who stands for the department; the first of several.
fn seat(tree: &Tree, item: usize, owner: usize) -> Seat {
    let of_its_lead = tree.items.get(item).is_some_and(|item| item.lead == Some(owner));
    let asked = if of_its_lead { tree.answerers(item).first().copied() } else { None };
    let standing = || tree.local.respondents.iter().position(|real| real.departments.contains(&owner));
    asked.or_else(standing).map_or(Seat::OfTree(owner), Seat::Real)
}

/// Tasks in the order of the plan's steps and their rungs. An item's rungs follow one another, all rungs of an item end before what
/// requires it starts, and of the tasks that are open the one that can start first is set next, ties in the plan's order.
pub fn schedule(results: &Results, tree: &Tree, steps: &[PlanStep]) -> Vec<Task> {
    with(results, tree, steps, None)
}

/// The department that is busy longest, and what it would help if it did several things at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bottleneck {
    /// Index into the tasks: the last of them to end, which is the department's.
    pub task: usize,
    /// How many steps it has a part in, and the days of its own tasks.
    pub steps: usize,
    pub days: usize,
    /// Days of the longest step of all: no plan ends sooner.
    pub longest: usize,
    /// When everything ends if it does so many things at a time.
    pub ends: [(usize, usize); 2],
}

/// Whose tasks end last; none where nobody is named for them.
pub fn bottleneck(results: &Results, tree: &Tree, steps: &[PlanStep], tasks: &[Task]) -> Option<Bottleneck> {
    let seat_of = |task: &Task| Some(seat(tree, steps.get(task.step)?.item, task.owner?));
    let (last, task) = tasks.iter().enumerate().max_by_key(|(at, task)| (task.end_day, std::cmp::Reverse(*at)))?;
    let busy = seat_of(task)?;
    let own: Vec<&Task> = tasks.iter().filter(|task| seat_of(task) == Some(busy)).collect();
    let mut own_steps: Vec<usize> = own.iter().map(|task| task.step).collect();
    own_steps.sort_unstable();
    own_steps.dedup();
    let end = |at_a_time: usize| with(results, tree, steps, Some((busy, at_a_time))).iter().map(|task| task.end_day).max().unwrap_or(0);
    Some(Bottleneck {
        task: last,
        steps: own_steps.len(),
        days: own.iter().map(|task| task.end_day - task.start_day).sum(),
        longest: steps.iter().filter_map(|step| step.days).max().unwrap_or(0),
        ends: [2, 3].map(|at_a_time| (at_a_time, end(at_a_time))),
    })
}

/// The schedule where one seat does several things at a time.
fn with(results: &Results, tree: &Tree, steps: &[PlanStep], several: Option<(Seat, usize)>) -> Vec<Task> {
    let waits = zeros(results, tree);
    let step_of = |item: usize| steps.iter().position(|step| step.item == item);
    let before: Vec<Vec<usize>> = steps.iter().map(|step| waits[step.item].iter().filter_map(|item| step_of(*item)).collect()).collect();
    let mut tasks: Vec<Vec<Task>> = vec![Vec::new(); steps.len()];
    // When each of a seat's hands is free again.
    let mut free: HashMap<Seat, Vec<usize>> = HashMap::new();
    let hands = |seat: Seat| several.filter(|(busy, _)| *busy == seat).map_or(1, |(_, at_a_time)| at_a_time.max(1));
    let end = |tasks: &[Task]| tasks.last().map_or(0, |task| task.end_day);
    loop {
        let starts = steps.iter().enumerate().filter_map(|(index, step)| {
            let rung = step.rungs.get(tasks[index].len())?;
            if before[index].iter().any(|other| tasks[*other].len() < steps[*other].rungs.len()) {
                return None;
            }
            let item = tree.items.iter().find(|item| item.id == results.items[step.item].id);
            let action = item.zip(rung.action).and_then(|(item, action)| item.content.actions.get(action));
            let owner = action.map(|action| action.owner).or(item.and_then(|item| item.lead));
            let waited = before[index].iter().map(|other| end(&tasks[*other])).max().unwrap_or(0);
            let busy = owner.and_then(|owner| free.get(&seat(tree, step.item, owner))?.iter().min().copied()).unwrap_or(0);
            Some((waited.max(busy).max(end(&tasks[index])), index, owner, rung.days))
        });
        let Some((start_day, step, owner, days)) = starts.min_by_key(|(start, index, ..)| (*start, *index)) else { break };
        let end_day = start_day + days.unwrap_or(0);
        if let Some(owner) = owner {
            let seat = seat(tree, steps[step].item, owner);
            let hands = free.entry(seat).or_insert_with(|| vec![0; hands(seat)]);
            if let Some(hand) = hands.iter_mut().min() {
                *hand = end_day;
            }
        }
        let rung = tasks[step].len();
        tasks[step].push(Task { step, rung, owner, start_day, end_day, timed: days.is_some() });
    }
    tasks.into_iter().flatten().collect()
}
