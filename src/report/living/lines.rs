//! The lines of a living workbook's sheet of answers: what each answer that counts gives, and what it is worth.

use crate::analysis::steps::counting_cells;
use crate::answers::{MergedState, merged_worth};
use crate::place::Place;
use crate::policy::Merge;
use crate::report::living::state;
use crate::result::{AnswerResult, ItemResult};
use crate::scale::Typed;
use crate::scale::expression::Inputs;
use crate::text::Text;
use crate::tree::Item as TreeItem;

/// An answer that counts, or the state of an item that has none.
#[derive(Debug)]
pub struct Line {
    pub item: usize,
    pub respondent: String,
    pub place: Text,
    pub text: String,
    pub state: MergedState,
    pub inputs: Option<Inputs>,
    pub worth: Option<f64>,
    /// At or below the item's `fails_at`?
    pub below: bool,
}

impl Line {
    pub fn is_answered(&self) -> bool {
        self.state == MergedState::Answered
    }
}

/// The lines of an item: its answers that count; a line of its own state where they do not come to it.
pub fn lines_of(index: usize, result: &ItemResult, item: &TreeItem) -> Vec<Line> {
    let counting = counting_cells(result).into_iter();
    let mut lines: Vec<Line> = counting.map(|(answer, cell)| line(index, answer, &cell.text, &cell.state, &cell.cell, item)).collect();
    let wanted = state(&result.state);
    if merged_state(&lines) != wanted || lines.is_empty() {
        lines.push(Line {
            item: index,
            respondent: String::new(),
            place: Text::default(),
            text: String::new(),
            state: wanted,
            inputs: None,
            worth: None,
            below: false,
        });
    }
    lines
}

fn line(index: usize, answer: &AnswerResult, text: &str, code: &str, cell: &str, item: &TreeItem) -> Line {
    let typed = Typed::text(text);
    let reading = (code == "answered").then(|| item.scaled.scale.read(&typed.text, &item.question).ok()).flatten();
    let place = Place {
        file: Some(answer.place.file.clone()),
        sheet: Some(answer.place.sheet.clone()),
        cell: Some(cell.to_string()),
        ..Place::default()
    };
    let below = reading.as_ref().is_some_and(|reading| reading.worth.times(&100.into()) <= item.fails_at);
    Line {
        item: index,
        respondent: answer.respondent.name.clone(),
        place: place.show(),
        text: text.to_string(),
        state: state(code),
        worth: reading.as_ref().map(|reading| reading.worth.to_f64()),
        inputs: reading.map(|reading| reading.inputs),
        below,
    }
}

pub fn merged(lines: &[Line], merge: Merge) -> Option<f64> {
    merged_worth(&lines.iter().filter_map(|line| line.worth).collect::<Vec<f64>>(), merge)
}

fn merged_state(lines: &[Line]) -> MergedState {
    let order = [MergedState::OutOfScope, MergedState::Answered, MergedState::NoData, MergedState::NotApplicable, MergedState::Unreadable];
    order.into_iter().find(|wanted| lines.iter().any(|line| line.state == *wanted)).unwrap_or(MergedState::Blank)
}
