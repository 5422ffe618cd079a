//! Every answer cell of a workbook, judged by its item's scale; remarks kept until it is known whether the cell counts.

use crate::answers::CellAnswer;
use crate::finding::{Finding, Severity};
use crate::place::Place;
use crate::scale::{ANSWER_IN_NOTE, Asked, Judged, State, Typed, Unreadable, judge};
use crate::survey::layout::Column;
use crate::survey::{Filled, RawCell, Row};
use crate::tree::{Criticality, Item};

/// A judged cell and what is to be said of it.
#[derive(Debug)]
pub struct JudgedCell {
    pub answer: CellAnswer,
    remarks: Vec<Unreadable>,
    place: Place,
}

impl JudgedCell {
    /// The remarks as findings; of a superseded cell they are notes.
    pub fn findings(&self, superseded: bool) -> impl Iterator<Item = Finding> + '_ {
        self.remarks.iter().map(move |remark| {
            let severity = if superseded { Severity::Note } else { remark.kind.severity };
            remark.at(severity, self.place.clone())
        })
    }
}

/// A row with its cells judged.
#[derive(Debug)]
pub struct JudgedRow {
    pub own: Option<JudgedCell>,
    pub review: Option<JudgedCell>,
}

pub fn row(workbook: &Filled, row: &Row, item: &Item) -> JudgedRow {
    let one = |raw: &Option<RawCell>, reason: &str, column: Column| {
        raw.as_ref().map(|raw| {
            let asked = Asked {
                question: &item.question,
                na: item.na.as_ref(),
                veto: item.criticality == Criticality::Veto,
                review: column == Column::ReviewNote,
                reason_column: column.words(),
                cause: workbook.cause(&row.sheet, &raw.cell),
            };
            let Judged { state, remarks } = judge(&raw.typed, reason, &asked, item.scaled.scale.as_ref());
            let place = Place { cell: Some(raw.cell.clone()), ..Place::sheet(&workbook.file, &row.sheet) };
            JudgedCell { answer: CellAnswer { text: raw.typed.raw.trim().to_string(), state, cell: raw.cell.clone() }, remarks, place }
        })
    };
    let mut own = one(&row.own, &row.note, Column::Note);
    let review = one(&row.review, &row.review_note, Column::ReviewNote);
    if let Some(own) = own.as_mut().filter(|own| own.answer.state == State::Blank) {
        // 无 and 有 are said of evidence too.
        let beside = [(Column::Evidence, &row.evidence, true), (Column::Note, &row.note, false)];
        for (column, text, needs_digit) in beside {
            let told = |text: &str| !text.is_empty() && (!needs_digit || text.chars().any(char::is_numeric)) && answers(text, item);
            if let Some(text) = [text.trim(), before_evidence(text)].into_iter().find(|text| told(text)) {
                own.remarks.push(Unreadable::with(&ANSWER_IN_NOTE, vec![("text", text.into()), ("column", column.words())]));
            }
        }
    }
    JudgedRow { own, review }
}

/// `20/20` of `20/20，《检查记录》`: what stands before the first sign that ends it. Full stops and `、` number lists.
fn before_evidence(text: &str) -> &str {
    const ENDS: [char; 9] = ['，', ',', '；', ';', '（', '(', '《', '\n', '：'];
    let before = text.split(ENDS).next().unwrap_or_default().trim();
    if before.chars().any(char::is_numeric) { before } else { "" }
}

/// Would the text have been an answer, had it stood under 自评?
fn answers(text: &str, item: &Item) -> bool {
    let text = Typed::text(text);
    item.scaled.scale.read(&text.text, &item.question).is_ok()
}
