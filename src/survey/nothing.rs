//! 无 for no element of a list, beside a note that nothing is lacking.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::scale::Wants;
use crate::survey::filled::{NAMED, RawCell};
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::unit::normal;

pub static NONE_OR_ALL: FindingKind = FindingKind::new(
    "checklist-none-or-all",
    Severity::Warning,
    t(
        "有 {count} 题填的是“无”，读作一项要素也不具备，旁边的说明却像是说都具备：{answers}。",
        "{count} [answer says|answers say] None, which was read as no element in place, while the note beside seems to say that all are: {answers}.",
    ),
    t(
        "请核对：“无”指没有缺项的，改填“全部”；确是一项也没有的，改正说明。",
        "Check them: where it means that nothing is lacking, write All; where no element is in place, put the note right.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&NONE_OR_ALL];

const ALL_THERE: [&str; 19] = [
    "无缺",
    "没有缺",
    "无遗漏",
    "不缺",
    "齐全",
    "齐备",
    "都有",
    "都具备",
    "均有",
    "均具备",
    "全部具备",
    "全部都",
    "全都",
    "均已",
    "都已",
    "nothing lacking",
    "nothing missing",
    "none missing",
    "all in place",
];
/// Before such words or anywhere: the note says otherwise, or does not say.
const CONTRARY: [&str; 12] = ["不齐", "未齐", "未都", "未均", "不都", "不全", "没有都", "尚未", "均无", "都没", "均未", "not all in place"];

/// Says of which lists of a sheet nothing is there and nothing lacking.
pub(super) fn none_or_all(table: &Table<'_>) -> Option<Finding> {
    let found = table.rows.iter().filter_map(|(_, row)| {
        let item = table.item(row);
        let own = row.own.as_ref().filter(|own| ["无", "none"].contains(&own.typed.text.to_lowercase().as_str()))?;
        if item.scaled.scale.wants() != Wants::Elements {
            return None;
        }
        let note = normal(&row.note).to_lowercase();
        let says = ALL_THERE.iter().any(|words| note.contains(words)) && !CONTRARY.iter().any(|words| note.contains(words));
        let shown: String = row.note.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(30).collect();
        let args = [("cell", own.cell.clone().into()), ("item", item.reference.clone().into()), ("note", shown.into())];
        says.then(|| (own, t("{cell}（{item}，“{note}”）", "{cell} ({item}, \"{note}\")").with(&args)))
    });
    let (cells, answers): (Vec<&RawCell>, Vec<Text>) = found.unzip();
    Some(NONE_OR_ALL.at(table.place_of(cells.first()?), &[("count", answers.len().into()), ("answers", Text::some(&answers, NAMED))]))
}
