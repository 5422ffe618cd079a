//! A sheet that holds another table below the first, under a header of its own: pasted from a form with other columns.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind};
use crate::place::Place;
use crate::sheet::{Cell, Content, Sheet};
use crate::survey::header::named;
use crate::survey::layout::Column;
use crate::text::t;

pub static MANY_TABLES: FindingKind = FindingKind::error(
    "sheet-many-tables",
    t(
        "这张表里上下排着 {most} 个以上表头不同的表，从这一行起的没有读。",
        "This sheet holds more than {most} tables below each other, with headers of their own; from this row on nothing was read.",
    ),
    t("请把答案填在发出的原表里再交。", "Put the answers into the survey as issued and send that."),
);

pub static KINDS: [&FindingKind; 1] = [&MANY_TABLES];

/// No office pastes so many.
const MAX_TABLES: usize = 50;

/// The sheet, or its tables one by one where another stands below the first under a header with its columns elsewhere.
pub(super) fn tables<'s>(sheet: &'s Sheet, file: &str, findings: &mut Vec<Finding>) -> Vec<Cow<'s, Sheet>> {
    let mut starts: Vec<u32> = Vec::new();
    let mut above: Option<HashMap<Column, u32>> = None;
    // As issued: naming every cell of a sheet would take longer than reading it.
    let refs = [Column::Ref, Column::Id].map(Column::words);
    let is_ref =
        |cell: &Cell| matches!(&cell.content, Content::Text(text) if refs.iter().any(|words| words.zh == *text || words.en == *text));
    for (row, cells) in &sheet.rows {
        if !cells.values().any(&is_ref) {
            continue;
        }
        let (columns, _) = named(cells);
        if ![Column::Own, Column::Review].iter().any(|one| columns.contains_key(one)) {
            continue;
        }
        // The same header again, as on the pages of a printed table, goes by.
        let same = |above: &HashMap<Column, u32>| {
            let kept = columns.iter().all(|(name, at)| above.get(name) == Some(at));
            kept && above.iter().all(|(name, at)| columns.contains_key(name) || !cells.contains_key(at))
        };
        if above.as_ref().is_some_and(same) {
            continue;
        }
        if above.replace(columns).is_some() {
            starts.push(*row);
        }
    }
    if starts.is_empty() {
        return vec![Cow::Borrowed(sheet)];
    }
    if let Some(first) = starts.get(MAX_TABLES - 1) {
        findings.push(MANY_TABLES.at(Place::cell(file, &sheet.name, *first, 0), &[("most", MAX_TABLES.into())]));
    }
    let ends = starts.iter().copied().chain([u32::MAX]);
    let ranges = [0].into_iter().chain(starts.iter().copied()).zip(ends).take(MAX_TABLES);
    ranges.map(|(from, to)| Cow::Owned(part(sheet, from, to))).collect()
}

/// The rows of a sheet from one up to another, with all that is known of them.
fn part(sheet: &Sheet, from: u32, to: u32) -> Sheet {
    let (first, end) = ((from, 0), (to, 0));
    Sheet {
        name: sheet.name.clone(),
        rows: sheet.rows.range(from..to).map(|(row, cells)| (*row, cells.clone())).collect(),
        notes: sheet.notes.range(first..end).map(|(at, note)| (*at, note.clone())).collect(),
        over: sheet.over.range(first..end).map(|(at, text)| (*at, text.clone())).collect(),
        hidden_rows: sheet.hidden_rows.range(from..to).copied().collect(),
        hidden_columns: sheet.hidden_columns.clone(),
        filtered: sheet.filtered,
        merged: sheet.merged.iter().filter(|(top, _)| (from..to).contains(&top.0)).copied().collect(),
        hidden: sheet.hidden,
        fields: sheet.fields.range(from..to).map(|(row, fields)| (*row, *fields)).collect(),
    }
}
