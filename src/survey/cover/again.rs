//! A second cover: several surveys put into one file.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::sheet::{Book, Content, Sheet};
use crate::survey::cover::Cover;
use crate::survey::layout::{CoverLabel, STORE};
use crate::text::{Text, t};
use crate::unit::name;

pub static COVER_TWICE: FindingKind = FindingKind::new(
    "cover-twice",
    Severity::Error,
    t(
        "这个文件的封面写了两遍：这里写的是“{this}”，与前面“{sheet}”写的“{used}”不同；只认前面的，全部答案都算在它名下。",
        "This file has two covers that differ: this one says \"{this}\", the one before it, on \"{sheet}\", says \"{used}\". Only that one is used, and all answers count as its.",
    ),
    t("几份自评表合在一起的，请分成一份一个文件再交。", "If several surveys were put together, send each as a file of its own."),
);

/// Labels of a cover that stand again and name another unit, period or respondent: on a sheet of their own, which has both unit and
/// period, or above the rows of a sheet.
pub fn others(book: &Book, used: Option<usize>, without_rows: &[usize], file: &str) -> Vec<Finding> {
    let Some(used) = used else { return Vec::new() };
    let first = &book.sheets[used];
    let cover = Cover { sheet: Some(first), file, csv: false };
    let mut found = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.name != STORE) {
        let labels: Vec<(u32, CoverLabel, String)> = sheet.rows.keys().filter_map(|row| whose(sheet, *row)).collect();
        let is_first = |row: u32, label: CoverLabel| index == used && cover.row(label).is_some_and(|(first, _)| first == row);
        let again: Vec<&(u32, CoverLabel, String)> = labels.iter().filter(|(row, label, _)| !is_first(*row, *label)).collect();
        let has = |wanted: CoverLabel| again.iter().any(|(_, label, _)| *label == wanted);
        if index != used && without_rows.contains(&index) && !(has(CoverLabel::Unit) && has(CoverLabel::Period)) {
            continue;
        }
        let other = again.iter().find(|(_, label, value)| !value.is_empty() && *value != cover.value(*label));
        let Some((row, ..)) = other else { continue };
        let said = |values: Vec<String>| {
            let values: Vec<Text> = values.into_iter().filter(|value| !value.is_empty()).map(Text::from).collect();
            Text::join(&values, "，", ", ")
        };
        let args = [
            ("this", said(again.iter().map(|(.., value)| value.clone()).collect())),
            ("used", said(WHOSE.map(|label| cover.value(label)).into())),
            ("sheet", first.name.clone().into()),
        ];
        found.push(COVER_TWICE.at(Place::cell(file, &sheet.name, *row, 1), &args));
    }
    found
}

const WHOSE: [CoverLabel; 3] = [CoverLabel::Unit, CoverLabel::Period, CoverLabel::Respondent];

/// One of these labels in column A of a row, with the value beside it.
fn whose(sheet: &Sheet, row: u32) -> Option<(u32, CoverLabel, String)> {
    let Content::Text(text) = &sheet.cell(row, 0)?.content else { return None };
    // Most rows begin with a ref, and to look for a label takes longer.
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let label = CoverLabel::named(text).filter(|label| WHOSE.contains(label))?;
    Some((row, label, name(&sheet.text(row, 1))))
}
