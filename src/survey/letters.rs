//! Letters for digits all over a sheet, as a scan leaves them: 2O/22, l5.

use crate::finding::{Finding, Kind as FindingKind};
use crate::scale;
use crate::survey::filled::{NAMED, RawCell};
use crate::survey::misplaced::readable;
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::Item;

pub static LETTERS: FindingKind = FindingKind::error(
    "cells-letters",
    t(
        "这张表有 {count} 格夹着像数字的字母（{cells}），像是扫描识别或键入时认错了字；这张表别的读不出的格多半也是，读得出的也可能认错。",
        "{count} cells of this sheet hold letters that look like digits ({cells}), as after a scan or a typist's slip; its other cells that cannot be read have probably come about so too, and those that can be read may be wrong.",
    ),
    t(
        "请拿原件把整张表核对一遍，读不出的重填；不要只删掉读不出的字，删了就成了别的数。",
        "Check the whole sheet against the original and type again what cannot be read; to delete only what cannot be read would make another number of it.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&LETTERS];

/// One or two are slips of a hand.
const LEAST: usize = 3;
/// Of what cannot be read, one in so many: on a sheet that is wrong in every way letters are no cause of the rest.
const LEAST_SHARE: usize = 4;

/// Says where several answers of a sheet cannot be read for letters that look like digits.
pub(super) fn letters(table: &Table<'_>) -> Option<Finding> {
    let cells = table.rows.iter().flat_map(|(_, row)| [&row.own, &row.review].into_iter().flatten().map(|cell| (cell, table.item(row))));
    let filled: Vec<(&RawCell, &Item)> = cells.filter(|(cell, _)| !cell.typed.is_blank()).collect();
    let has = |(cell, _): &&(&RawCell, &Item)| scale::has_letter_for_digit(&cell.typed.text);
    if filled.iter().filter(has).count() < LEAST {
        return None;
    }
    let unread: Vec<&(&RawCell, &Item)> = filled.iter().filter(|(cell, item)| !readable(&cell.typed, item)).collect();
    let found: Vec<&RawCell> = unread.iter().copied().filter(has).map(|(cell, _)| *cell).collect();
    let first = found.first().filter(|_| found.len() >= LEAST && found.len() * LEAST_SHARE >= unread.len())?;
    let cells: Vec<Text> = found.iter().map(|cell| cell.cell.clone().into()).collect();
    let args = [("count", cells.len().into()), ("cells", Text::some(&cells, NAMED))];
    Some(LETTERS.at(table.place_of(first), &args))
}
