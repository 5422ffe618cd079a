//! For the auditor: 存疑核查, the questions by department, and 抽查表, the sampling plan with the form to fill.

mod basis;
mod compared;
mod draw;
mod items;
mod questions;
mod sample;

use crate::analysis::sampling::is_claim;
use crate::analysis::steps::counting_cells;
use crate::analysis::suspicion::suspicion;
use crate::result::{AnswerResult, CellResult, Respondent, Results};
use crate::survey::layout::called;
use crate::text::{Text, t};
use crate::tree::Tree;

pub use draw::Looked;
pub use questions::questions;
pub use sample::sample;

fn named(results: &Results) -> [(&'static str, Text); 2] {
    [("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]
}

/// Names of kinds of doubt.
fn kinds_of(codes: &[&str]) -> Text {
    let names: Vec<Text> = codes.iter().filter_map(|code| suspicion(code)).map(|suspicion| suspicion.name.clone()).collect();
    Text::join(&names, "、", ", ")
}

/// A respondent as the tree calls it.
fn name(tree: &Tree, respondent: &Respondent) -> Text {
    called(tree, &respondent.name)
}

/// An answer in the words of its scale, `2 级`; anything else as typed.
fn shown(tree: &Tree, index: usize, cell: &CellResult, question: &Text) -> Text {
    if cell.state == "answered" { tree.items[index].scaled.scale.shown(&cell.text, question) } else { cell.text.trim().into() }
}

/// The answers in force, each with whose it is: `45/50`, or `自评 3 级，复核 2 级`. Where only the assessors' counts, the departments'
/// own stand before it.
fn answers(results: &Results, tree: &Tree, index: usize) -> Vec<(Text, Text)> {
    let item = &results.items[index];
    let shown = |cell: &CellResult| shown(tree, index, cell, &item.question);
    let in_force: Vec<(&AnswerResult, CellResult)> = counting_cells(item).into_iter().filter(|(_, cell)| cell.state != "blank").collect();
    let mut all: Vec<(Text, Text)> = Vec::new();
    if in_force.iter().all(|(answer, _)| answer.respondent.is_assessor()) {
        let mut claims: Vec<&AnswerResult> = item.answers.iter().filter(|answer| is_claim(answer)).collect();
        claims.sort_by_key(|answer| std::cmp::Reverse(answer.submission));
        for (answer, own) in claims.into_iter().filter_map(|answer| Some((answer, answer.own.as_ref()?))) {
            let name = name(tree, &answer.respondent);
            if all.iter().all(|(other, _)| *other != name) {
                all.push((name, shown(own)));
            }
        }
    }
    all.extend(in_force.into_iter().map(|(answer, cell)| {
        let own = answer.own.as_ref().filter(|own| own.state != "blank" && **own != cell);
        let said = match own {
            None => shown(&cell),
            Some(own) => {
                t("自评 {own}，复核 {review}", "self {own}, review {review}").with(&[("own", shown(own)), ("review", shown(&cell))])
            }
        };
        (name(tree, &answer.respondent), said)
    }));
    all
}

/// `区财政局：45/50；区民政局：40/50`.
fn by_whom(answers: Vec<(Text, Text)>) -> Text {
    let said = |(who, answer)| t("{who}：{answer}", "{who}: {answer}").with(&[("who", who), ("answer", answer)]);
    Text::join(&answers.into_iter().map(said).collect::<Vec<Text>>(), "；", "; ")
}
