//! The next step of each item: what it takes, what it brings, and which items are just short of one (临界项).

use crate::number::{Number, snapped};
use crate::result::{AnswerResult, CellResult, ItemResult, Results};
use crate::scale::{Step, Typed, Way};
use crate::text::Text;
use crate::tree::Tree;

/// One step up of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    /// Index into the results' items.
    pub item: usize,
    pub step: Step,
    /// Points the total gains by it, other items as they are.
    pub gain: f64,
}

/// An item just short of its next step.
#[derive(Clone, Debug, PartialEq)]
pub struct NearStep {
    pub next: NextStep,
    /// By how much it falls short.
    pub short_by: Text,
}

/// The next step of an item that has one.
pub fn next_step(results: &Results, tree: &Tree, index: usize) -> Option<NextStep> {
    let item = results.items.get(index)?;
    let score = item.score?;
    let scale = &tree.items.get(index)?.scaled.scale;
    let step = scale.next(score / 100.0)?;
    let gain = item.share * (100.0 * step.worth.to_f64() - score);
    Some(NextStep { item: index, step, gain })
}

/// Items of which one answer that counts is just short of a step: by one where things are counted, by 5 % of the step elsewhere.
/// Only items answered by one: an average has no step to be short of. What has reached its target has no step to take.
pub fn near_steps(results: &Results, tree: &Tree) -> Vec<NearStep> {
    (0..results.items.len())
        .filter(|index| results.items[*index].gap.is_some_and(|gap| snapped(gap) > 0))
        .filter_map(|index| {
            let cell = only_answer(&results.items[index])?;
            let item = &tree.items[index];
            let reading = item.scaled.scale.read(&Typed::text(&cell.text).text, &item.question).ok()?;
            Some(NearStep { next: next_step(results, tree, index)?, short_by: reading.short_by? })
        })
        .collect()
}

/// The cells that count.
pub fn counting_cells(item: &ItemResult) -> Vec<(&AnswerResult, CellResult)> {
    item.answers.iter().filter_map(|answer| Some((answer, answer.speaking_cell()?))).collect()
}

/// What leads from an item's answer to a step, on from `below` where that is reached on the way; of several answers from the one that
/// is worth least.
pub fn way(results: &Results, tree: &Tree, index: usize, below: Option<&Number>, worth: &Number) -> Option<Way> {
    let (result, item) = (results.items.get(index)?, tree.items.get(index)?);
    let scale = &item.scaled.scale;
    let cells = counting_cells(result).into_iter().map(|(_, cell)| cell).filter(|cell| cell.state == "answered");
    let read = cells.filter_map(|cell| {
        let text = Typed::text(&cell.text).text;
        Some((scale.read(&text, &item.question).ok()?.worth, text))
    });
    let (_, text) = read.min_by(|(one, _), (two, _)| one.cmp(two))?;
    scale.way(&text, &item.question, below, worth)
}

fn only_answer(item: &ItemResult) -> Option<CellResult> {
    let mut cells: Vec<CellResult> =
        counting_cells(item).into_iter().map(|(_, cell)| cell).filter(|cell| cell.state == "answered").collect();
    if cells.len() == 1 { cells.pop() } else { None }
}
