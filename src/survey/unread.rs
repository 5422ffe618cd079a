//! Sheets that are not read and yet speak of items: corrections on a sheet of their own, or words on the cover.

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::Typed;
use crate::sheet::{Cell, Content, Sheet};
use crate::survey::filled::{NAMED, Row};
use crate::survey::misplaced::state;
use crate::survey::rows::Lookup;
use crate::text::{Text, t};

pub static ITEMS_UNREAD: FindingKind = FindingKind::new(
    "sheet-items-unread",
    Severity::Warning,
    t(
        "这张表没有“编号”和“自评”的表头，没有读；从这一格起提到了 {count} 题：{items}。",
        "This sheet has no header row with Ref and Self and was not read; from this cell on it names {count} [item|items]: {items}.",
    ),
    t(
        "是更正的，请照它把这些题的“自评”改过来，只删这张表不算改好；不是的，不必处理。",
        "If these are corrections, change Self of these items accordingly, for to delete this sheet alone is not enough; if not, nothing need be done.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&ITEMS_UNREAD];

/// Words that put an answer right.
const CORRECTED: [&str; 7] = ["改为", "改成", "应为", "应是", "更正为", "更正：", "更正:"];

/// What a text says to put in place of an answer.
pub(super) fn corrected(text: &str) -> Option<&str> {
    CORRECTED.iter().find_map(|word| text.split_once(word)).map(|(_, text)| text.trim())
}

/// Says which items a sheet that is not read answers otherwise: their refs begin a cell, and the last of their row, or what stands behind
/// in the cell, would be an answer; or words say what it is to be put right to.
pub(super) fn items(sheet: &Sheet, file: &str, lookup: &Lookup<'_>, rows: &[Row]) -> Option<Finding> {
    let (mut named, mut first) = (Vec::new(), None);
    let mut told: Vec<Text> = Vec::new();
    let mut mentioned: HashMap<usize, usize> = HashMap::new();
    for (row, cells) in &sheet.rows {
        // Of a row full of refs the end is looked for once.
        let filled = |(_, cell): &(&u32, &Cell)| !matches!(&cell.content, Content::NoValue);
        let end = cells.iter().rev().filter(filled).map(|(column, cell)| (*column, cell.text())).find(|(_, text)| !text.trim().is_empty());
        for (column, cell) in cells {
            let Some((item, said)) = spoken_of(*column, cell, end.as_ref(), lookup) else { continue };
            let times = mentioned.entry(item).or_default();
            *times += 1;
            if *times > MOST_MENTIONED {
                continue;
            }
            let said = match said {
                Said::Corrected(text) | Said::Beside(text) if named.contains(&item) || text.is_empty() => continue,
                Said::Beside(text) if !state(&Typed::text(&text), &lookup.tree.items[item]).is_readable() => continue,
                Said::Corrected(text) | Said::Beside(text) => text,
            };
            let own = rows.iter().filter(|row| row.item == item).find_map(|row| row.own.as_ref());
            let read = |text: &str| state(&Typed::text(text), &lookup.tree.items[item]);
            if own.is_some_and(|own| read(&said).same_as_read(&read(&own.typed.text))) {
                continue;
            }
            first.get_or_insert((*row, *column));
            named.push(item);
            let own = own.map(|own| own.typed.raw.trim()).filter(|own| !own.is_empty());
            let own = own.map_or_else(|| t("空着", "blank"), |own| t("“{own}”", "\"{own}\"").with(&[("own", own.into())]));
            let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
            let args = [("item", lookup.tree.items[item].reference.clone().into()), ("said", said.into()), ("own", own)];
            told.push(t("{item}（这里写着“{said}”，自评{own}）", "{item} (\"{said}\" here, Self {own})").with(&args));
        }
    }
    let (row, column) = first?;
    let args = [("count", told.len().into()), ("items", Text::some(&told, NAMED))];
    Some(ITEMS_UNREAD.at(Place::cell(file, &sheet.name, row, column), &args))
}

/// Characters shown of what is said.
const SHOWN: usize = 30;
/// Bytes of the longest text that may be an answer, and how often an item is looked at on one sheet.
const LONGEST: usize = 300;
const MOST_MENTIONED: usize = 8;

/// What is said of an item.
enum Said {
    /// By words that put right.
    Corrected(String),
    Beside(String),
}

/// The item that a cell begins with, and what is said of it there.
fn spoken_of(column: u32, cell: &Cell, end: Option<&(u32, String)>, lookup: &Lookup<'_>) -> Option<(usize, Said)> {
    let Content::Text(text) = &cell.content else { return None };
    let text = text.trim();
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
    let reference = &text[..text.len() - rest.len()];
    if reference.is_empty() {
        return None;
    }
    let item = lookup.by_ref(reference)?;
    let said = if rest.is_empty() { end.filter(|(last, _)| *last > column).map(|(_, text)| text.as_str())? } else { rest };
    let said = Some(said).filter(|said| said.len() <= LONGEST)?;
    Some((item, corrected(said).map_or_else(|| Said::Beside(said.trim().to_string()), |text| Said::Corrected(text.to_string()))))
}
