//! A sheet that holds another table below the first, under a header of its own: pasted from a form with other columns.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::sheet::{Cell, Content, Sheet};
use crate::survey::header::named;
use crate::survey::layout::Column;

/// The sheet, or its tables one by one where another stands below the first under a header with its columns elsewhere.
pub(super) fn tables(sheet: &Sheet) -> Vec<Cow<'_, Sheet>> {
    let mut starts: Vec<u32> = Vec::new();
    let mut above: Option<HashMap<Column, u32>> = None;
    for (row, cells) in &sheet.rows {
        // Naming every cell of a sheet would take longer than reading it.
        let is_ref = |cell: &Cell| matches!(&cell.content, Content::Text(text) if [Column::Ref, Column::Id].iter().any(|one| one.is_as_issued(text)));
        if !cells.values().any(is_ref) {
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
    let ends = starts.iter().copied().chain([u32::MAX]);
    let part = |(from, to): (u32, u32)| {
        let rows = sheet.rows.range(from..to).map(|(row, cells)| (*row, cells.clone())).collect();
        let fields = sheet.fields.range(from..to).map(|(row, fields)| (*row, *fields)).collect();
        Cow::Owned(Sheet { rows, fields, ..sheet.clone() })
    };
    [0].into_iter().chain(starts.iter().copied()).zip(ends).map(part).collect()
}
