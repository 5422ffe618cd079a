//! Scores typed where answers belong: 33.3, 66.7.

use crate::finding::{Finding, Kind as FindingKind};
use crate::place::Place;
use crate::scale::Wants;
use crate::survey::filled::{NAMED, RawCell, Row};
use crate::survey::misplaced::readable;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

pub static SCORES: FindingKind = FindingKind::error(
    "sheet-scores-typed",
    t(
        "这张表有 {count} 个自评（{cells}）是 33.3、66.7 这样的数，像是把得分填成了答案，其中 {bad} 个读不出；读得出的照填的读了，填 0、100 的也可能是得分。",
        "{count} ratings of this sheet ({cells}) are numbers like 33.3 and 66.7, as if scores were typed for answers; {bad} cannot be read, the others were read as they stand, and a 0 or 100 may be a score too.",
    ),
    t(
        "“自评”填实际情况（等级、是或否、数、分子/分母），得分由程序算。请对照评分标准，把这张表整张重填。",
        "Self takes what is so (a level, Yes or No, a number, numerator/denominator); scores are computed. Fill this sheet anew by the scoring guide.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&SCORES];

/// Fewer may be shares that come out so.
const LEAST: usize = 3;
/// Steps of thirds, as reports print them.
const THIRDS: [&str; 6] = ["33.3", "33.33", "66.6", "66.66", "66.7", "66.67"];

/// Says where a sheet seems to hold scores: several numbers as only scores are, not all of them where a share is asked.
pub(super) fn scores(rows: &[(u32, Row)], sheet: &str, file: &str, tree: &Tree) -> Option<Finding> {
    let typed = |row: &&(u32, Row)| row.1.own.as_ref().is_some_and(|own| THIRDS.contains(&own.typed.text.trim_end_matches('%')));
    let found: Vec<(&RawCell, &Item)> =
        rows.iter().filter(typed).filter_map(|(_, row)| Some((row.own.as_ref()?, &tree.items[row.item]))).collect();
    let share = |item: &Item| matches!(item.scaled.scale.wants(), Wants::Rate | Wants::Percent);
    let (first, _) = found.first()?;
    let bad = found.iter().filter(|(own, item)| !readable(&own.typed, item)).count();
    if found.len() < LEAST || found.iter().all(|(_, item)| share(item)) {
        return None;
    }
    let cells: Vec<Text> = found.iter().map(|(own, _)| own.cell.clone().into()).collect();
    let args = [("count", found.len().into()), ("cells", Text::some(&cells, NAMED)), ("bad", bad.into())];
    Some(SCORES.at(Place { cell: Some(first.cell.clone()), ..Place::sheet(file, sheet) }, &args))
}
