//! Ticks in the scoring guide: no answers, and where there is an answer too, something to compare it with.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::cell_name;
use crate::scale::{State, Typed, Wants};
use crate::survey::filled::{NAMED, Row};
use crate::survey::layout::Column;
use crate::survey::misplaced::state;
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::Item;
use crate::unit::normal;

pub static TICKS_IN_GUIDE: FindingKind = FindingKind::new(
    "guide-ticked",
    Severity::Error,
    t(
        "有 {count} 题的“自评”空着（{blank}），“评分标准”里却打了勾（{cells}）；那里打的勾不算答案，没有读。{read}",
        "{count} [item has|items have] nothing under Self ({blank}) and ticks in the scoring guide ({cells}); ticks there are no answers and were not read.{read}",
    ),
    t(
        "请逐题把打了勾的等级、是或否、要素的序号填进“自评”；要素打了勾的每一项都要写，如 1、3、5，打 × 的不写。",
        "Item by item, type what was ticked into Self: the level, Yes or No, or the numbers of all elements ticked, like 1, 3, 5, and of none that is crossed.",
    ),
);
pub static TICKS_DIFFER: FindingKind = FindingKind::new(
    "guide-ticks-differ",
    Severity::Warning,
    t(
        "有 {count} 题在“评分标准”里打的勾同“自评”填的不一样：{cells}；以自评为准，打的勾没有读。",
        "Of {count} [item|items] the ticks in the scoring guide differ from Self: {cells}; Self decides, and ticks were not read.",
    ),
    t(
        "请核对“自评”有没有漏写、多写；没有错的，把评分标准里的勾删去。",
        "Check whether Self leaves anything out or says too much; if it is right, delete the ticks.",
    ),
);

pub static KINDS: [&FindingKind; 2] = [&TICKS_IN_GUIDE, &TICKS_DIFFER];

/// No scoring guide has one.
pub(super) const TICKS: [char; 5] = ['√', '✓', '✔', '☑', '☒'];
/// A tick to some and a cross to others: beside another sign it is not known which.
const CROSSED: char = '☒';

/// A row of which the guide has ticks.
struct Ticked<'r> {
    at: u32,
    row: &'r Row,
    own: String,
    /// What the ticks say, where each stands on a line of its own.
    answer: Option<Text>,
}

/// What is said of a sheet's items with ticks in their scoring guide; and those without a self-rating beside it.
pub(super) fn in_guide(table: &Table<'_>) -> (Vec<Finding>, Vec<usize>) {
    let Some(column) = table.header.columns.get(&Column::Guide).copied() else { return Default::default() };
    let ticked = table.rows.iter().filter_map(|(at, row)| {
        let guide = Some(table.sheet.text(*at, column)).filter(|guide| guide.contains(TICKS))?;
        let own = row.own.as_ref()?.cell.clone();
        Some(Ticked { at: *at, row, own, answer: answer(&guide, table.item(row)) })
    });
    let is_blank = |ticked: &Ticked<'_>| ticked.row.own.as_ref().is_some_and(|own| own.typed.is_blank());
    let (blank, filled): (Vec<Ticked<'_>>, Vec<Ticked<'_>>) = ticked.partition(is_blank);
    let said = [unanswered(&blank, column, table), differing(&filled, column, table)];
    (said.into_iter().flatten().collect(), blank.iter().map(|ticked| ticked.row.item).collect())
}

fn unanswered(blank: &[Ticked<'_>], column: u32, table: &Table<'_>) -> Option<Finding> {
    let first = blank.first()?;
    let own: Vec<Text> = blank.iter().map(|ticked| ticked.own.clone().into()).collect();
    let cells: Vec<Text> = blank.iter().map(|ticked| cell_name(ticked.at, column).into()).collect();
    // Whoever has to type them needs them all.
    let told = blank.iter().filter_map(|ticked| {
        let args = [("own", ticked.own.clone().into()), ("answer", ticked.answer.clone()?)];
        Some(t("{own} 填 {answer}", "{own}: {answer}").with(&args))
    });
    let told: Vec<Text> = told.collect();
    let read = if told.is_empty() {
        Text::default()
    } else {
        t("照打的勾看：{told}。", " Going by the ticks: {told}.").with(&[("told", Text::join(&told, "；", "; "))])
    };
    let args =
        [("count", blank.len().into()), ("cells", Text::some(&cells, NAMED)), ("blank", Text::join(&own, "、", ", ")), ("read", read)];
    Some(TICKS_IN_GUIDE.at(table.at(first.at, column), &args))
}

fn differing(filled: &[Ticked<'_>], column: u32, table: &Table<'_>) -> Option<Finding> {
    let differs = |ticked: &&Ticked<'_>| {
        let (Some(own), Some(answer)) = (&ticked.row.own, &ticked.answer) else { return false };
        let item = table.item(ticked.row);
        let State::Answered(typed) = state(&own.typed, item) else { return false };
        matches!(state(&Typed::text(&answer.zh), item), State::Answered(ticks) if ticks.value != typed.value)
    };
    let different: Vec<&Ticked<'_>> = filled.iter().filter(differs).collect();
    let first = different.first()?;
    let told = different.iter().filter_map(|ticked| {
        let typed = ticked.row.own.as_ref()?.typed.raw.trim().into();
        let args = [("own", ticked.own.clone().into()), ("ticks", ticked.answer.clone()?), ("typed", typed)];
        Some(t("{own} 打勾的是 {ticks}，填的是“{typed}”", "{own} has ticks at {ticks} and says \"{typed}\"").with(&args))
    });
    let told: Vec<Text> = told.collect();
    let args = [("count", told.len().into()), ("cells", Text::join(&told, "；", "; "))];
    Some(TICKS_DIFFER.at(table.at(first.at, column), &args))
}

/// The answer that the ticks of a guide give: those of the lines that begin as an element, a level, or as Yes or No; none where one stands
/// elsewhere, and where the item would not read it.
fn answer(guide: &str, item: &Item) -> Option<Text> {
    let lines: Vec<&str> = guide.lines().filter(|line| line.contains(TICKS)).collect();
    if lines.len() > 1 && lines.iter().any(|line| line.contains(CROSSED)) {
        return None;
    }
    let wants = item.scaled.scale.as_ref().wants();
    let ticked: Vec<Text> = lines.iter().map(|line| ticked(line, &wants)).collect::<Option<_>>()?;
    let answer = match wants {
        Wants::Elements => Text::join(&ticked, "、", ", "),
        _ => ticked.first().filter(|_| ticked.len() == 1)?.clone(),
    };
    matches!(state(&Typed::text(&answer.zh), item), State::Answered(_)).then_some(answer)
}

/// What a line of a scoring guide is about.
fn ticked(line: &str, wants: &Wants) -> Option<Text> {
    let line = normal(&line.replace(TICKS, " ")).to_lowercase();
    let words = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let number = &line[..line.len() - words.len()];
    match wants {
        // `8 项要素齐全` is about all of them.
        Wants::Elements => (words.starts_with(['.', '、']) && !number.is_empty()).then(|| number.into()),
        Wants::Level => (words.trim_start().starts_with(['级', '(']) && !number.is_empty()).then(|| number.into()),
        Wants::YesNo => {
            let is = |zh: &str, en: &str| {
                [zh, en].iter().any(|word| line.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(':')))
            };
            if is("是", "yes") { Some(t("是", "Yes")) } else { is("否", "no").then(|| t("否", "No")) }
        }
        _ => None,
    }
}
