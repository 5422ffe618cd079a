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
    let waits = zeros(results, tree);
    let step_of = |item: usize| steps.iter().position(|step| step.item == item);
    let before: Vec<Vec<usize>> = steps.iter().map(|step| waits[step.item].iter().filter_map(|item| step_of(*item)).collect()).collect();
    let mut tasks: Vec<Vec<Task>> = vec![Vec::new(); steps.len()];
    let mut free: HashMap<Seat, usize> = HashMap::new();
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
            let busy = owner.and_then(|owner| free.get(&seat(tree, step.item, owner))).copied().unwrap_or(0);
            Some((waited.max(busy).max(end(&tasks[index])), index, owner, rung.days))
        });
        let Some((start_day, step, owner, days)) = starts.min_by_key(|(start, index, ..)| (*start, *index)) else { break };
        let end_day = start_day + days.unwrap_or(0);
        if let Some(owner) = owner {
            free.insert(seat(tree, steps[step].item, owner), end_day);
        }
        let rung = tasks[step].len();
        tasks[step].push(Task { step, rung, owner, start_day, end_day, timed: days.is_some() });
    }
    tasks.into_iter().flatten().collect()
}
