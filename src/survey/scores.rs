//! Scores typed where answers belong: 33.3, 66.7.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::Wants;
use crate::survey::filled::{RawCell, Row};
use crate::survey::misplaced::readable;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

pub static SCORES: FindingKind = FindingKind::error(
    "sheet-scores-typed",
    t(
        "这张表有 {count} 个自评（{cells}）是 33.3、66.7 这样的数，像是把得分填成了答案：{read}{ends}。",
        "{count} ratings of this sheet ({cells}) are numbers like 33.3 and 66.7, as if scores were typed for answers: {read}{ends}.",
    ),
    t(
        "“自评”填实际情况（等级、是或否、数、分子/分母），得分由程序算。请拿原件或佐证材料，把这张表填成得分的格全部重填；不要从得分倒推，也不要照抄评分标准里的档。",
        "Self takes what is so (a level, Yes or No, a number, numerator/denominator); scores are computed. Fill all of these cells anew from the records; do not work back from the scores, nor copy steps of the scoring guide.",
    ),
);

pub static ALONE: FindingKind = FindingKind::new(
    "answer-like-score",
    Severity::Warning,
    t("填的是“{text}”，像是一个得分；照填的读了。", "It says \"{text}\", which looks like a score; it was read as it stands."),
    t(
        "请看原件核对：是得分的，改填题目问的数；本来就是这个数的不用改。",
        "See the original: if it is a score, give the number that is asked for; if it is right, leave it.",
    ),
);

pub static KINDS: [&FindingKind; 2] = [&SCORES, &ALONE];

/// Fewer may be shares that come out so.
const LEAST: usize = 3;
/// Steps of thirds, as reports print them.
const THIRDS: [&str; 6] = ["33.3", "33.33", "66.6", "66.66", "66.7", "66.67"];
/// The worst and the best score.
const ENDS: [&str; 2] = ["0", "100"];

/// Answers that are a score of thirds, with their items.
fn thirds<'a>(rows: &'a [(u32, Row)], tree: &'a Tree) -> Vec<(&'a RawCell, &'a Item)> {
    let typed = |row: &&(u32, Row)| row.1.own.as_ref().is_some_and(|own| THIRDS.contains(&own.typed.text.trim_end_matches('%')));
    rows.iter().filter(typed).filter_map(|(_, row)| Some((row.own.as_ref()?, &tree.items[row.item]))).collect()
}

/// A third may be a share.
fn is_share(item: &Item) -> bool {
    matches!(item.scaled.scale.wants(), Wants::Rate | Wants::Percent)
}

fn is_of_sheet(found: &[(&RawCell, &Item)]) -> bool {
    found.len() >= LEAST && !found.iter().all(|(_, item)| is_share(item))
}

/// Says where a sheet seems to hold scores: several numbers as only scores are, not all of them where a share is asked.
pub(super) fn scores(rows: &[(u32, Row)], sheet: &str, file: &str, tree: &Tree) -> Option<Finding> {
    let found = thirds(rows, tree);
    let (first, _) = found.first().filter(|_| is_of_sheet(&found))?;
    let bad = found.iter().filter(|(own, item)| !readable(&own.typed, item)).count();
    let named = |cells: &[&RawCell]| {
        let names: Vec<Text> = cells.iter().map(|own| own.cell.clone().into()).collect();
        Text::join(&names, "、", ", ")
    };
    let cells: Vec<&RawCell> = found.iter().map(|(own, _)| *own).collect();
    let own = rows.iter().filter_map(|(_, row)| row.own.as_ref());
    let ends: Vec<&RawCell> = own.filter(|own| ENDS.contains(&own.typed.text.as_str())).collect();
    let told = t("；{cells} 填的是 0、100，多半也是得分", "; {cells} with 0 or 100 are probably scores too");
    let ends = if ends.is_empty() { Text::default() } else { told.with(&[("cells", named(&ends))]) };
    let read = match bad {
        0 => t("都照填的读了", "all were read as they stand"),
        bad if bad == found.len() => t("都读不出", "none can be read"),
        bad => t("{bad} 个读不出，其余照填的读了", "{bad} cannot be read, the others were read as they stand").with(&[("bad", bad.into())]),
    };
    let args = [("count", found.len().into()), ("cells", named(&cells)), ("read", read), ("ends", ends)];
    Some(SCORES.at(Place { cell: Some(first.cell.clone()), ..Place::sheet(file, sheet) }, &args))
}

/// Says which numbers look like scores on a sheet that holds too few to be said of the whole, as when some of them have been mended.
pub(super) fn alone(rows: &[(u32, Row)], sheet: &str, file: &str, tree: &Tree) -> Vec<Finding> {
    let found = thirds(rows, tree);
    if is_of_sheet(&found) {
        return Vec::new();
    }
    let read = found.iter().filter(|(own, item)| !is_share(item) && readable(&own.typed, item));
    read.map(|(own, _)| {
        let place = Place { cell: Some(own.cell.clone()), ..Place::sheet(file, sheet) };
        ALONE.at(place, &[("text", own.typed.raw.trim().into())])
    })
    .collect()
}
