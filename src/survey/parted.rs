//! A list of elements parted over several cells, as 分列 (text to columns) does: 自评 keeps the first number alone.

use crate::finding::{Finding, Kind as FindingKind};
use crate::place::{Place, cell_name};
use crate::scale::{Typed, Wants};
use crate::sheet::Sheet;
use crate::survey::filled::Row;
use crate::text::{Text, t};
use crate::tree::Tree;

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
pub(super) fn parted(sheet: &Sheet, unnamed: &[u32], rows: &[(u32, Row)], file: &str, tree: &Tree) -> (Vec<Finding>, Vec<u32>) {
    let (mut findings, mut told) = (Vec::new(), Vec::new());
    for (at, row) in rows {
        let item = &tree.items[row.item];
        let Some(own) = row.own.as_ref().filter(|_| item.scaled.scale.wants() == Wants::Elements) else { continue };
        let typed = |column: &u32| Some((*column, Typed::of(sheet.cell(*at, *column)))).filter(|(_, typed)| !typed.is_blank());
        let beside: Vec<(u32, Typed)> = unnamed.iter().filter_map(typed).collect();
        let Some(first) = numbers(&own.typed.text) else { continue };
        let more: Option<Vec<Vec<u32>>> = beside.iter().map(|(_, typed)| numbers(&typed.text)).collect();
        let Some(more) = more.filter(|more| more.len() >= LEAST) else { continue };
        let more = more.concat();
        if more.iter().all(|number| first.contains(number)) {
            told.push(*at);
            continue;
        }
        let all = [first, more.clone()].concat();
        if !all.is_sorted_by(|one, next| one < next) {
            continue;
        }
        told.push(*at);
        let listed = |numbers: &[u32]| {
            let numbers: Vec<Text> = numbers.iter().map(|number| Text::from(*number as usize)).collect();
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
        findings.push(LIST_PARTED.at(Place { cell: Some(own.cell.clone()), ..Place::sheet(file, &sheet.name) }, &args));
    }
    (findings, told)
}

/// `3`, `1、3`.
fn numbers(text: &str) -> Option<Vec<u32>> {
    text.split(['、', ',']).map(|part| part.trim().parse().ok()).collect()
}
