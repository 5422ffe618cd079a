//! Columns copied from last year, over nearly all items: answer and evidence as they were, or the figures alone.
//!
//! A steady office keeps its levels and its yes; its counts move. So figures that all stay are asked about, whatever the evidence says.

use crate::analysis::suspicion::odds::{Tally, others};
use crate::analysis::suspicion::voices::{Said, is_moved_on};
use crate::analysis::suspicion::{Doubt, Scene};
use crate::text::t;

const FEWEST: usize = 5;
const PART: f64 = 0.7;
const CHANCE: f64 = 1e-4;
/// Whoever repeats so much does not say what is usual.
const COPIER: f64 = 0.9;
/// What is usual where nobody else says.
const ALONE: f64 = 0.3;
/// Fewest figures, and the part of them and of all numbers that must stay.
const FEWEST_FIGURES: usize = 3;
const PART_NUMBERS: f64 = 0.9;
const CHANCE_NUMBERS: f64 = 1e-3;
/// How often a figure, and a small or whole number (3/3, 5), stays by itself, as ten answers say.
const FIGURE_STAYS: f64 = 0.15;
const SMALL_STAYS: f64 = 0.6;

/// What stayed of one respondent's answers.
#[derive(Clone, Default)]
struct Stayed {
    rows: Tally,
    figures: Tally,
    small: Tally,
    same_rows: Vec<usize>,
    same_numbers: Vec<usize>,
}

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let all: Vec<Stayed> = (0..scene.voices.len()).map(|voice| stayed(scene, voice)).collect();
    let tallies = |of: fn(&Stayed) -> Tally| -> Vec<Tally> {
        let honest = |tally: Tally| if tally.part() < COPIER { tally } else { Tally::default() };
        all.iter().map(|one| honest(of(one))).collect()
    };
    let (rows, figures, small) = (tallies(|one| one.rows), tallies(|one| one.figures), tallies(|one| one.small));
    let mut doubts = Vec::new();
    for (voice, own) in all.iter().enumerate() {
        let rest = others(&rows, voice);
        let usual = (rest.hits as f64 + ALONE) / (rest.of as f64 + 1.0);
        let rows_stay = own.rows.reaches(FEWEST, PART) && own.rows.tail(usual) <= CHANCE;
        let tail = |tally: Tally, all: &[Tally], prior: f64| tally.tail(others(all, voice).usual(prior));
        let numbers = own.figures.plus(own.small);
        let by_chance = tail(own.figures, &figures, FIGURE_STAYS) * tail(own.small, &small, SMALL_STAYS).max(0.1);
        let numbers_stay =
            own.figures.reaches(FEWEST_FIGURES, PART_NUMBERS) && numbers.reaches(FEWEST, PART_NUMBERS) && by_chance <= CHANCE_NUMBERS;
        let (items, tally, rest, other) = if rows_stay {
            (&own.same_rows, own.rows, rest, t("答案和佐证", "answer and evidence are"))
        } else if numbers_stay {
            (&own.same_numbers, numbers, others(&figures, voice).plus(others(&small, voice)), t("数字", "the figure is"))
        } else {
            continue;
        };
        doubts.push(Doubt { other, ..scene.compared(voice, items.clone(), tally, rest) });
    }
    doubts
}

fn stayed(scene: &Scene<'_>, voice: usize) -> Stayed {
    let mut stayed = Stayed::default();
    let Some(last) = &scene.last[voice] else { return stayed };
    for now in &scene.voices[voice].said {
        let Some(earlier) = last.get(&now.item) else { continue };
        let same = now.text == earlier.text;
        if let Some(repeated) = repeats(now, earlier) {
            stayed.rows.add(repeated);
            stayed.same_rows.extend(repeated.then_some(now.item));
        }
        let counts = ["rate", "count", "duration", "quantity", "range"].contains(&scene.tree.items[now.item].scaled.name);
        if counts && now.is_answered() && earlier.is_answered() {
            let is_figure = now.is_figure() || earlier.is_figure();
            let tally = if is_figure { &mut stayed.figures } else { &mut stayed.small };
            tally.add(same);
            stayed.same_numbers.extend(same.then_some(now.item));
        }
    }
    stayed
}

/// Is the answer the same, evidence and figures included? None where nothing in it could have moved with the year.
fn repeats(now: &Said<'_>, last: &Said<'_>) -> Option<bool> {
    let same = now.text == last.text;
    if now.evidence.is_empty() && last.evidence.is_empty() {
        return (now.is_figure() || last.is_figure()).then_some(same);
    }
    Some(same && (now.evidence == last.evidence || is_moved_on(&now.evidence, &last.evidence)))
}
