//! Sheets that are not read and yet speak of items: corrections on a sheet of their own, or words on the cover.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::sheet::{Content, Sheet};
use crate::survey::filled::NAMED;
use crate::survey::rows::Lookup;
use crate::text::{Text, t};

pub static ITEMS_UNREAD: FindingKind = FindingKind::new(
    "sheet-items-unread",
    Severity::Warning,
    t(
        "这张表没有“编号”和“自评”的表头，没有读，却从这一格起写到了 {count} 题（{items}）。",
        "This sheet has no header row with Ref and Self and was not read, yet from this cell on it speaks of {count} [item|items] ({items}).",
    ),
    t(
        "里面如有答案或更正，请填到这些题所在的表的“自评”栏；没有的，不必处理。",
        "If it holds answers or corrections, put them under Self on the sheets of these items; if not, nothing need be done.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&ITEMS_UNREAD];

/// Says of which items a sheet speaks whose rows were not read: their refs stand at the beginning of a cell, with more behind or beside.
pub(super) fn items(sheet: &Sheet, file: &str, lookup: &Lookup<'_>) -> Option<Finding> {
    let mut named: Vec<usize> = Vec::new();
    let mut first = None;
    for (row, cells) in &sheet.rows {
        for (column, cell) in cells {
            let Content::Text(text) = &cell.content else { continue };
            let text = text.trim_start();
            let rest = text.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
            let reference = &text[..text.len() - rest.len()];
            let alone = rest.trim().is_empty() && cells.len() == 1;
            let Some(item) = lookup.by_ref(reference).filter(|_| !reference.is_empty() && !alone) else { continue };
            first.get_or_insert((*row, *column));
            if !named.contains(&item) {
                named.push(item);
            }
        }
    }
    let (row, column) = first?;
    let items: Vec<Text> = named.iter().map(|item| lookup.reference(*item)).collect();
    let args = [("count", items.len().into()), ("items", Text::some(&items, NAMED))];
    Some(ITEMS_UNREAD.at(Place::cell(file, &sheet.name, row, column), &args))
}
