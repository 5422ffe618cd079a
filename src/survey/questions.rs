//! Rows in which ref and id stand beside the question of another item.

use crate::finding::{Finding, Kind as FindingKind};
use crate::survey::filled::{NAMED, Row};
use crate::survey::layout::Column;
use crate::survey::table::Table;
use crate::text::{Text, t};

pub static QUESTIONS_MOVED: FindingKind = FindingKind::error(
    "rows-questions-moved",
    t(
        "有 {count} 行的指标是别的题的：{rows}，像是移动、排序时编号和题号没有跟着动；按编号和题号计，这些答案可能答的是旁边写的那一题。",
        "In {count} [row|rows] the question is another item's: {rows}, as when rows are moved or sorted without their refs and ids; those decide, so [this answer|these answers] may belong to the question that stands there.",
    ),
    t(
        "请照原表把每一行的编号、指标和答案重新对齐，再核对这些答案。",
        "From the original survey, put ref, question and answer of each row together again, and check these answers.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&QUESTIONS_MOVED];

/// What is said of a sheet's filled rows whose question is, to the letter, that of another item; and whether they are most of its answers.
pub(super) fn moved(table: &Table<'_>) -> Option<(Finding, bool)> {
    let Table { sheet, header, lookup, .. } = table;
    let column = *header.columns.get(&Column::Indicator)?;
    let filled: Vec<&(u32, Row)> = table.rows.iter().filter(|(_, row)| row.is_filled()).collect();
    let mut moved: Vec<(u32, Text)> = Vec::new();
    for (at, row) in &filled {
        // Where ref and id part, that is said of the row.
        let by_ref = lookup.by_ref(&header.text(sheet, *at, Column::Ref));
        let Some(other) = lookup.other_asking(row.item, &sheet.text(*at, column)).filter(|_| by_ref.is_none_or(|item| item == row.item))
        else {
            continue;
        };
        let names = [("ref", row.item), ("other", other)].map(|(name, item)| (name, Text::same(table.tree.items[item].reference.clone())));
        moved.push((*at, t("{ref} 旁边写的是 {other} 的", "{ref} beside that of {other}").with(&names)));
    }
    let (first, _) = moved.first()?;
    let named: Vec<Text> = moved.iter().map(|(_, named)| named.clone()).collect();
    let said = QUESTIONS_MOVED.at(table.at(*first, column), &[("count", named.len().into()), ("rows", Text::some(&named, NAMED))]);
    Some((said, moved.len() * 2 > filled.len()))
}
