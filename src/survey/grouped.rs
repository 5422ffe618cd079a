//! One answer at one address on all sheets: typed while the sheets were selected together, over what stood there.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::{NO_DATA, NOT_APPLICABLE};
use crate::sheet::{At, place_of};
use crate::survey::filled::{NAMED, RawCell, Row};
use crate::survey::misplaced::readable;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

pub static GROUPED: FindingKind = FindingKind::new(
    "answers-grouped",
    Severity::Warning,
    t(
        "有 {count} 个地址在各张表上填的一模一样（{cells}），像是同时选中几张工作表填的，盖掉了别的表上原来的答案；照填的读了。",
        "At {count} [address|addresses] all sheets hold the same ({cells}), as when several sheets are selected while one is filled in, over the answers of the others; it was read as it stands.",
    ),
    t(
        "请右键工作表标签取消组合，再拿原件逐张核对这些格；本来就一样的不用改。",
        "Ungroup the sheets (right-click a tab), then check these cells on every sheet against the original; if they are right, leave them.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&GROUPED];

/// On fewer sheets it may be chance.
const LEAST: usize = 4;
/// What many items are answered with.
const USUAL: [&str; 16] = ["是", "否", "yes", "no", "无", "none", "全部", "all", "有", "没有", "100", "100%", "1/1", "0/1", "0%", "10"];

/// Says where one answer stands at one address on all sheets that have an item there.
pub(super) fn grouped(rows: &[Row], file: &str, tree: &Tree) -> Option<Finding> {
    let mut places: BTreeMap<At, Vec<(&Row, &RawCell)>> = BTreeMap::new();
    for row in rows {
        if let Some(cell) = row.own.as_ref().or(row.review.as_ref())
            && let Some(at) = place_of(&cell.cell)
        {
            places.entry(at).or_default().push((row, cell));
        }
    }
    let mut cells: Vec<Text> = Vec::new();
    for here in places.values() {
        let (_, first) = here[0];
        let text = &first.typed.text;
        // Two tables of one sheet have no address in common.
        if here.len() < LEAST || first.typed.is_blank() || here.iter().any(|(_, cell)| cell.typed.text != *text) {
            continue;
        }
        let strange = || here.iter().filter(|(row, cell)| !readable(&cell.typed, &tree.items[row.item])).count();
        // Single digits are levels and elements, alike by chance; where most cannot be meant so they are not.
        if is_usual(text) && strange() * 2 < here.len() {
            continue;
        }
        let args = [("cell", first.cell.clone().into()), ("count", here.len().into()), ("text", first.typed.raw.trim().into())];
        cells.push(t("{cell} 在 {count} 张表上都是“{text}”", "{cell} says \"{text}\" on {count} sheets").with(&args));
    }
    (!cells.is_empty()).then(|| GROUPED.at(Place::file(file), &[("count", cells.len().into()), ("cells", Text::some(&cells, NAMED))]))
}

fn is_usual(text: &str) -> bool {
    let lower = normal(text).to_lowercase();
    let is_state = [&NO_DATA, &NOT_APPLICABLE].iter().any(|word| lower == word.zh || lower == word.en.to_lowercase());
    is_state || lower.chars().count() < 2 || USUAL.contains(&lower.as_str()) || ["级", "分"].iter().any(|unit| lower.ends_with(unit))
}
