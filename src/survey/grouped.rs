//! One answer at one address on all sheets: typed while the sheets were selected together, over what stood there.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::{NO_DATA, NOT_APPLICABLE};
use crate::sheet::{At, place_of};
use crate::survey::filled::{RawCell, Row};
use crate::survey::misplaced::readable;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

pub static GROUPED: FindingKind = FindingKind::new(
    "answers-grouped",
    Severity::Warning,
    t(
        "有 {count} 个地址在许多张表上填的一模一样（{cells}），像是同时选中几张工作表填的，盖掉了别的表上原来的答案；读得出的照填的读了。",
        "At {count} [address|addresses] many sheets hold the same ({cells}), as when several sheets are selected while one is filled in, over the answers of the others; what can be read was read as it stands.",
    ),
    t(
        "请先右键工作表标签取消组合，再照原件把这些题逐题重填，不要只改报错的几格；原件上本来就一样的不用改。",
        "Ungroup the sheets (right-click a tab), then answer all of these items anew from the original, not only those in error; leave those that are the same in the original.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&GROUPED];

/// On fewer sheets it may be chance.
const LEAST: usize = 4;
/// And where some sheets say otherwise, as when a few were mended, on fewer than these or than half of all.
const LEAST_OF_SOME: usize = 6;
/// What many items are answered with.
const USUAL: [&str; 16] = ["是", "否", "yes", "no", "无", "none", "全部", "all", "有", "没有", "100", "100%", "1/1", "0/1", "0%", "10"];

/// Says where one answer stands at one address on all sheets that have an item there, or on most of many; and of which sheets these cells are.
pub(super) fn grouped(rows: &[Row], file: &str, tree: &Tree) -> Option<(Finding, Vec<(String, String)>)> {
    let mut places: BTreeMap<At, Vec<(&Row, &RawCell)>> = BTreeMap::new();
    for row in rows {
        if let Some(cell) = row.own.as_ref().or(row.review.as_ref())
            && let Some(at) = place_of(&cell.cell)
        {
            places.entry(at).or_default().push((row, cell));
        }
    }
    let (mut told, mut cells) = (Vec::<Text>::new(), Vec::new());
    for here in places.values() {
        // Two tables of one sheet have no address in common.
        let Some(same) = alike(here) else { continue };
        let text = &same[0].1.typed.text;
        let strange = || same.iter().filter(|(row, cell)| !readable(&cell.typed, &tree.items[row.item])).count();
        // Single digits are levels and elements, alike by chance; where most cannot be meant so they are not.
        if is_usual(text) && strange() * 2 < same.len() {
            continue;
        }
        let items: Vec<Text> = same.iter().map(|(row, _)| tree.items[row.item].reference.clone().into()).collect();
        let (_, first) = same[0];
        let args = [
            ("cell", first.cell.clone().into()),
            ("count", same.len().into()),
            ("text", first.typed.raw.trim().into()),
            ("items", Text::join(&items, "、", ", ")),
        ];
        told.push(t("{cell} 在 {count} 张表上都是“{text}”：{items}", "{cell} says \"{text}\" on {count} sheets: {items}").with(&args));
        cells.extend(same.iter().map(|(row, cell)| (row.sheet.clone(), cell.cell.clone())));
    }
    let args = [("count", told.len().into()), ("cells", Text::join(&told, "；", "; "))];
    (!told.is_empty()).then(|| (GROUPED.at(Place::file(file), &args), cells))
}

/// Those of the answers at one address that are one text, where they are all of them or most of many.
fn alike<'r>(here: &[(&'r Row, &'r RawCell)]) -> Option<Vec<(&'r Row, &'r RawCell)>> {
    let of = |text: &str| here.iter().filter(|(_, cell)| cell.typed.text == text).copied().collect::<Vec<_>>();
    let filled = here.iter().filter(|(_, cell)| !cell.typed.is_blank());
    let same = filled.map(|(_, cell)| of(&cell.typed.text)).max_by_key(Vec::len)?;
    let least = if same.len() == here.len() { LEAST } else { LEAST_OF_SOME };
    (same.len() >= least && same.len() * 2 >= here.len()).then_some(same)
}

fn is_usual(text: &str) -> bool {
    let lower = normal(text).to_lowercase();
    let is_state = [&NO_DATA, &NOT_APPLICABLE].iter().any(|word| lower == word.zh || lower == word.en.to_lowercase());
    is_state || lower.chars().count() < 2 || USUAL.contains(&lower.as_str()) || ["级", "分"].iter().any(|unit| lower.ends_with(unit))
}
