//! Scores typed where answers belong: 33.3, 66.7.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::number::Number;
use crate::scale::{State, Wants};
use crate::survey::filled::RawCell;
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::Item;

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
    t("填的是“{text}”，像是一个得分；照填的读了{ends}。", "It says \"{text}\", which looks like a score; it was read as it stands{ends}."),
    t(
        "请看原件核对：是得分的，改填题目问的数；本来就是这个数的不用改。",
        "See the original: if it is a score, give the number that is asked for; if it is right, leave it.",
    ),
);

pub static RATES: FindingKind = FindingKind::new(
    "rates-like-scores",
    Severity::Warning,
    t(
        "这张表不带“%”的 {count} 个比率（{cells}）只有 {values} 这样的数，正是打分用的，像是把得分填成了答案；照百分数读了。",
        "All {count} rates of this sheet without a percent sign ({cells}) are {values}, as only scores are, as if scores were typed for answers; they were read as percentages.",
    ),
    t(
        "请看原件核对：是得分的，改填“分子/分母”或百分数；本来就是百分数的，写上“%”。",
        "See the original: if they are scores, give numerator/denominator or the percentage; if they are percentages, add %.",
    ),
);

pub static KINDS: [&FindingKind; 3] = [&SCORES, &ALONE, &RATES];

/// Fewer may be shares that come out so.
const LEAST: usize = 3;
/// Steps of thirds, as reports print them.
const THIRDS: [&str; 6] = ["33.3", "33.33", "66.6", "66.66", "66.7", "66.67"];
/// The worst and the best score.
const ENDS: [&str; 2] = ["0", "100"];

/// What is said of a sheet that seems to hold scores (several numbers as only scores are, not all of them where a share is asked), or else
/// of the few numbers on it that look like one, as when most have been mended.
pub(super) fn scores(table: &Table<'_>) -> (Option<Finding>, Vec<Finding>) {
    let is_third = |own: &RawCell| THIRDS.contains(&own.typed.text.trim_end_matches('%'));
    let found: Vec<(&RawCell, &Item, &State)> = table.answered().filter(|(own, ..)| is_third(own)).collect();
    let Some((first, ..)) = found.first() else { return (None, Vec::new()) };
    let ends = table.answered().filter(|(own, ..)| ENDS.contains(&own.typed.text.as_str())).map(|(own, ..)| own);
    let ends = named(ends);
    let beside = |told: Text| ends.as_ref().map(|cells| told.with(&[("cells", cells.clone())])).unwrap_or_default();
    // A third may be a share.
    let is_share = |item: &Item| matches!(item.scaled.scale.wants(), Wants::Rate | Wants::Percent);
    let reads = |(.., state): &&(&RawCell, &Item, &State)| state.is_readable();
    if found.len() >= LEAST && found.iter().all(|(_, item, _)| is_share(item)) {
        // With a sign, and beside other numbers without one, they may be shares.
        let bare = table.answered().filter(|(own, item, _)| is_share(item) && Number::parse(&own.typed.text).is_some());
        let rates: Vec<&RawCell> = bare.map(|(own, ..)| own).collect();
        let is_such = |own: &&RawCell| THIRDS.iter().chain(&ENDS).any(|score| *score == own.typed.text);
        let said = (rates.len() >= LEAST && rates.iter().all(is_such)).then(|| {
            let cells = named(rates.iter().copied()).unwrap_or_default();
            let mut values: Vec<Text> = Vec::new();
            for own in &rates {
                let value = Text::from(own.typed.text.clone());
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            RATES.at(table.place_of(first), &[("count", rates.len().into()), ("cells", cells), ("values", Text::join(&values, "、", ", "))])
        });
        return (None, said.into_iter().collect());
    }
    if found.len() < LEAST {
        let alone = found.iter().filter(|(_, item, _)| !is_share(item)).filter(reads);
        let beside = beside(t("；这张表的 {cells} 填的是 0、100，也可能是得分", "; {cells} of this sheet with 0 or 100 may be scores too"));
        let args = |own: &RawCell| [("text", own.typed.raw.trim().into()), ("ends", beside.clone())];
        return (None, alone.map(|(own, ..)| ALONE.at(table.place_of(own), &args(own))).collect());
    }
    let bad = found.len() - found.iter().filter(reads).count();
    let read = match bad {
        0 => t("都照填的读了", "all were read as they stand"),
        bad if bad == found.len() => t("都读不出", "none can be read"),
        bad => t("{bad} 个读不出，其余照填的读了", "{bad} cannot be read, the others were read as they stand").with(&[("bad", bad.into())]),
    };
    let beside = beside(t("；{cells} 填的是 0、100，多半也是得分", "; {cells} with 0 or 100 are probably scores too"));
    let cells = named(found.iter().map(|(own, ..)| *own)).unwrap_or_default();
    let args = [("count", found.len().into()), ("cells", cells), ("read", read), ("ends", beside)];
    (Some(SCORES.at(table.place_of(first), &args)), Vec::new())
}

/// None where there are no cells.
fn named<'a>(cells: impl Iterator<Item = &'a RawCell>) -> Option<Text> {
    let names: Vec<Text> = cells.map(|own| own.cell.clone().into()).collect();
    (!names.is_empty()).then(|| Text::join(&names, "、", ", "))
}
