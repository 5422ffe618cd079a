//! A list of elements parted over several cells, as 分列 (text to columns) does: 自评 keeps the first number alone.

use crate::finding::{Finding, Kind as FindingKind};
use crate::place::cell_name;
use crate::scale::expression::Inputs;
use crate::scale::{State, Typed, Wants};
use crate::survey::misplaced::state;
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::Item;

pub static LIST_PARTED: FindingKind = FindingKind::error(
    "answer-parted",
    t(
        "{item} 的答案像是被拆到了几格里：{own} 填的是“{text}”，同一行的 {cells} 依次是 {parts}；只读了 {own}。",
        "The answer to {item} seems to be parted over several cells: {own} says \"{text}\", and {cells} of its row go on with {parts}; only {own} was read.",
    ),
    t(
        "请看原件：是的，把“{joined}”填到 {own}，再清空 {cells}；不是的，也请清空 {cells}，不要只留着。",
        "See the original: if so, type {joined} into {own} and clear {cells}; if not, clear {cells} all the same and do not just leave them.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&LIST_PARTED];

/// One cell beside may hold something else; two that go on counting do not.
const LEAST: usize = 2;

/// Says which answers go on in columns of no name, and of which rows these cells are told so, or are in the answer already.
pub(super) fn parted(table: &Table<'_>, unnamed: &[u32]) -> (Vec<Finding>, Vec<u32>) {
    let (mut findings, mut told) = (Vec::new(), Vec::new());
    for (at, row) in table.rows {
        let item = table.item(row);
        let Some(own) = row.own.as_ref().filter(|_| item.scaled.scale.wants() == Wants::Elements) else { continue };
        let typed = |column: &u32| Some((*column, Typed::of(table.sheet.cell(*at, *column)))).filter(|(_, typed)| !typed.is_blank());
        let beside: Vec<(u32, Typed)> = unnamed.iter().filter_map(typed).collect();
        if beside.len() < LEAST {
            continue;
        }
        let Some(first) = numbers(&own.typed, item) else { continue };
        let more: Option<Vec<Vec<usize>>> = beside.iter().map(|(_, typed)| numbers(typed, item)).collect();
        let Some(more) = more.map(|more| more.concat()) else { continue };
        if more.iter().all(|number| first.contains(number)) {
            told.push(*at);
            continue;
        }
        let all = [first, more.clone()].concat();
        if !all.is_sorted_by(|one, next| one < next) {
            continue;
        }
        told.push(*at);
        let listed = |numbers: &[usize]| {
            let numbers: Vec<Text> = numbers.iter().map(|number| (*number).into()).collect();
            Text::join(&numbers, "、", ", ")
        };
        let (from, to) = (&beside[0], &beside[beside.len() - 1]);
        let args = [
            ("item", item.reference.clone().into()),
            ("own", own.cell.clone().into()),
            ("text", own.typed.text.clone().into()),
            ("cells", format!("{}:{}", cell_name(*at, from.0), cell_name(*at, to.0)).into()),
            ("parts", listed(&more)),
            ("joined", listed(&all)),
        ];
        findings.push(LIST_PARTED.at(table.place_of(own), &args));
    }
    (findings, told)
}

/// The elements that a cell names by their numbers.
fn numbers(typed: &Typed, item: &Item) -> Option<Vec<usize>> {
    let State::Answered(reading) = state(typed, item) else { return None };
    let Inputs::Elements(there) = reading.inputs else { return None };
    let numbers = (1..).zip(there).filter(|(_, there)| *there).map(|(number, _)| number);
    typed.text.contains(|character: char| character.is_ascii_digit()).then(|| numbers.collect())
}
