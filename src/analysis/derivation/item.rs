//! One item, from its cells to its points of the total, and what would change them.

use crate::analysis::derivation::verdict::verdicts;
use crate::analysis::derivation::{Case, Cell, ItemDerivation, Left, Level, Next, Target, WhatIf, climb, has_share, level};
use crate::analysis::steps::{self, counting_cells};
use crate::answers::Spoke;
use crate::number::snapped;
use crate::result::{ItemResult, Results};
use crate::scale::{Step, Typed};
use crate::score;
use crate::tree::{Item, Tree};
use crate::weighting::Weights;

/// The derivation of an item, by its place in the results.
pub fn item(results: &Results, tree: &Tree, index: usize) -> ItemDerivation {
    let result = &results.items[index];
    let item = &tree.items[index];
    let next = steps::next_step(results, tree, index);
    let reasons = results.total.grade_reasons.iter().filter(|reason| reason.items.contains(&result.id));
    ItemDerivation {
        item: index,
        id: result.id.clone(),
        reference: result.reference.clone(),
        question: result.question.clone(),
        state: result.state.clone(),
        score: result.score,
        cells: cells(result, item, index, tree),
        merge: results.policy.merge,
        left: left(results, index),
        is_between: is_between(result, item),
        reached: result.score.and_then(|score| reached(item, score)).map(|step| step.what),
        next: next.as_ref().map(|next| Next { score: step_score(&next.step), what: next.step.what.clone(), gain: next.gain }),
        criticality: result.criticality.clone(),
        grade_reasons: reasons.cloned().collect(),
        path: path(results, result),
        share: result.share,
        contribution: result.score.map(|score| result.share * score),
        target: Target { target: result.target, from: result.target_from, gap: result.gap, loss: result.loss, need: result.need.clone() },
        what_if: what_if(results, tree, index, next.as_ref().map(|next| step_score(&next.step))),
    }
}

fn step_score(step: &Step) -> f64 {
    100.0 * step.worth.to_f64()
}

/// The highest step at or below a score.
fn reached(item: &Item, score: f64) -> Option<Step> {
    item.scaled.scale.steps().into_iter().rfind(|step| step_score(step) <= score + 1e-7)
}

/// Did several answers that count come to the score of no step?
fn is_between(result: &ItemResult, item: &Item) -> bool {
    let steps = item.scaled.scale.steps();
    let several = counting_cells(result).into_iter().filter(|(_, cell)| cell.score.is_some()).count() > 1;
    // Where every value has its own score, there is one step: full marks.
    let has_steps = steps.len() > 1;
    let is_step = |score: f64| snapped(score) == 0 || steps.iter().any(|step| snapped(step_score(step)) == snapped(score));
    several && has_steps && result.score.is_some_and(|score| !is_step(score))
}

fn path(results: &Results, item: &ItemResult) -> Vec<Level> {
    let score = item.score.or(has_share(item).then_some(0.0));
    let mut path = vec![level(results, &item.reference, item.parent.as_deref(), item.weight, score)];
    path.extend(climb(results, item.parent.as_deref()));
    path
}

/// Every cell with its verdict. The empty half of a row that the other half fills is no answer, and neither is an empty review.
fn cells(result: &ItemResult, item: &Item, index: usize, tree: &Tree) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (answer, verdict) in result.answers.iter().zip(verdicts(result, index, tree)) {
        let value = |state: &str, text: &str| {
            let reading = item.scaled.scale.read(&Typed::text(text).text, &item.question);
            reading.ok().filter(|_| state == "answered").map(|reading| reading.value)
        };
        let one = |review: bool, state: &str, text: &str, cell: &str, score, verdict| Cell {
            file: answer.place.file.clone(),
            sheet: answer.place.sheet.clone(),
            cell: cell.to_string(),
            respondent: answer.respondent.name.clone(),
            submission: answer.submission,
            review,
            value: value(state, text),
            text: text.to_string(),
            state: state.to_string(),
            score,
            evidence: answer.evidence.clone(),
            note: if review { answer.review_note.clone() } else { answer.note.clone() },
            verification: String::new(),
            verdict,
        };
        let review = answer.review.as_ref().filter(|review| review.state != "blank");
        if let Some(own) = answer.own.as_ref().filter(|own| own.state != "blank" || review.is_none() || verdict.own.decides()) {
            cells.push(one(false, &own.state, &own.text, &own.cell, own.score, verdict.own));
        }
        if let Some(review) = review {
            let cell = one(true, &review.state, &review.text, &review.cell, review.score, verdict.review);
            cells.push(Cell { verification: review.verification.clone(), ..cell });
        }
    }
    cells
}

/// Why an item has no score; none where it has one.
pub fn left(results: &Results, index: usize) -> Option<Left> {
    let item = &results.items[index];
    if item.score.is_some() {
        return None;
    }
    let why = if has_share(item) { "withheld" } else { &item.state };
    let mut left = Left { why: why.to_string(), reasons: Vec::new(), approved_by: String::new(), profile: None };
    match item.state.as_str() {
        "not_applicable" => {
            let chosen = item.answers.iter().filter(|answer| answer.speaking_cell().is_some_and(|cell| cell.state == item.state));
            for answer in chosen {
                let reason = if answer.spoke == Some(Spoke::Review) { &answer.review_note } else { &answer.note };
                if !reason.is_empty() && !left.reasons.contains(reason) {
                    left.reasons.push(reason.clone());
                }
            }
        }
        "out_of_scope" => {
            let scope = results.policy.scope.as_ref();
            let above = climb(results, item.parent.as_deref());
            let named = |code: &str| code == item.reference || above.iter().any(|level| level.code == code);
            match scope.and_then(|scope| scope.left_out.iter().find(|one| named(&one.code))) {
                Some(one) => {
                    left.reasons.push(one.reason.clone());
                    left.approved_by.clone_from(&one.approved_by);
                }
                None => left.profile = scope.filter(|scope| scope.profile.is_some()).map(|scope| scope.name.clone()),
            }
        }
        _ => {}
    }
    Some(left)
}

/// The total with the item at its next step, at its best, at its worst, and without it.
fn what_if(results: &Results, tree: &Tree, index: usize, next: Option<f64>) -> Vec<WhatIf> {
    let item = &results.items[index];
    if item.state == "out_of_scope" || (item.score.is_none() && has_share(item)) {
        return Vec::new();
    }
    let weights = Weights {
        groups: results.groups.iter().map(|group| group.weight).collect(),
        items: results.items.iter().map(|item| item.weight).collect(),
    };
    let mut scores: Vec<Option<f64>> = results.items.iter().map(|item| item.score).collect();
    let mut all = Vec::new();
    let cases = [(Case::NextStep, next), (Case::Best, Some(100.0)), (Case::Worst, Some(0.0)), (Case::NotApplicable, None)];
    for (case, score) in cases {
        let same = item.score == score || (case == Case::NextStep && score.is_none());
        if same {
            continue;
        }
        scores[index] = score;
        let (total, _) = score::plain(tree, &weights, &scores);
        all.push(WhatIf { case, total, change: total.zip(results.total.score).map(|(then, now)| then - now) });
    }
    all
}
