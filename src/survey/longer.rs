//! Rows of a csv with more fields than its header, or with their id right of its column: a comma in a text has split one cell in two, and the cells behind it moved right.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::finding::{Finding, Kind as FindingKind};
use crate::place::Place;
use crate::sheet::Sheet;
use crate::survey::header::Header;
use crate::survey::layout::Column;
use crate::survey::rows::Lookup;
use crate::text::t;

pub static ROW_TOO_LONG: FindingKind = FindingKind::error(
    "row-too-long",
    t(
        "这一行多出 {count} 格，像是答案或文字里有逗号，一格拆成了几格，后面的都错了位；这一行的自评和复核都没有读。",
        "This row has {count} [field|fields] too many, as when a comma in an answer or a text splits one cell in two and moves those behind it; neither its self-rating nor its review was read.",
    ),
    t(
        "请给有逗号的内容加上英文双引号，如 \"1,3,5\"，或者改交 .xlsx。",
        "Put what holds a comma into double quotes, like \"1,3,5\", or send the survey as .xlsx.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&ROW_TOO_LONG];

/// The sheet with nothing but ref and id in the rows of items that are too long, and the items whose answers are lost so.
pub(super) fn cut<'a>(
    sheet: &'a Sheet,
    header: &Header,
    file: &str,
    lookup: &Lookup<'_>,
    findings: &mut Vec<Finding>,
) -> (Cow<'a, Sheet>, Vec<usize>) {
    let mut kept = Cow::Borrowed(sheet);
    let mut items = Vec::new();
    let Some(wanted) = sheet.fields.get(&header.row) else { return (kept, items) };
    let answer = header.columns.get(&Column::Own).or_else(|| header.columns.get(&Column::Review));
    let id = header.columns.get(&Column::Id).copied();
    for (row, fields) in sheet.fields.range(header.row + 1..) {
        let by_ref = lookup.by_ref(&header.text(sheet, *row, Column::Ref));
        let by_id = |moved: u32| id.and_then(|id| lookup.by_id(&sheet.text(*row, id.saturating_add(moved))));
        // An id further right tells it also below a header that is longer than its names.
        let slid = || {
            let right = sheet.rows.get(row)?.range(id?.saturating_add(1)..);
            let right = right.filter_map(|(column, cell)| Some((column, lookup.by_id(&cell.text())?)));
            let mut own = right.filter(|(_, item)| by_ref.is_none_or(|known| known == *item));
            Some(own.next()?.0 - id?)
        };
        let slid = if by_id(0).is_none() { slid() } else { None };
        let more = slid.unwrap_or(fields.saturating_sub(*wanted));
        // An id that is in its place behind the answers says that they are in theirs.
        let behind = id.is_some_and(|id| [Column::Own, Column::Review].iter().all(|one| header.columns.get(one).is_none_or(|at| *at < id)));
        if more == 0 || (behind && by_id(0).is_some() && (by_ref == by_id(0) || by_ref.is_none())) {
            continue;
        }
        let moved = slid.unwrap_or(0);
        let Some(item) = by_ref.or_else(|| by_id(moved)) else { continue };
        let mut left = BTreeMap::new();
        let mut keep = |column: Option<u32>, moved: u32| {
            let cell = column.and_then(|column| Some((column, sheet.cell(*row, column.saturating_add(moved))?.clone())));
            left.extend(cell);
        };
        if by_ref.is_some() {
            keep(header.columns.get(&Column::Ref).copied(), 0);
        }
        if by_id(moved) == Some(item) {
            keep(id, moved);
        }
        kept.to_mut().rows.insert(*row, left);
        items.push(item);
        findings.push(
            ROW_TOO_LONG.at(Place::cell(file, &sheet.name, *row, answer.copied().unwrap_or(0)), &[("count", (more as usize).into())]),
        );
    }
    (kept, items)
}
