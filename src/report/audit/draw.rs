//! 抽样依据: how each item was drawn, and what anybody needs to draw again.

use crate::analysis::sampling::{Drawn, Plan};
use crate::number::fixed;
use crate::report::audit::kinds_of;
use crate::report::document::{Kind, Table, Value, column, row};
use crate::result::Results;
use crate::text::{Text, t};

/// What was read beside the answers: without it nobody knows, which is not the same as nothing.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    /// Were the answers read with suspicion?
    pub doubts: bool,
    /// Were there results of last year?
    pub last: bool,
}

/// The rule of the draw, in the terms of the table.
pub fn how(plan: &Plan) -> Vec<Text> {
    let count = [("count", plan.drawn.len().into())];
    vec![
        t(
            "各题的入选机会与“占总分 ×（1 + 存疑类别数，最多算 3）×（1 + 上年自评与复核之差 ÷ 100）”成正比，合计 {count} 题；到 100% 的必查。",
            "The chance of an item goes with its share of the total x (1 + kinds of doubt, 3 at most) x (1 + distance from last year's review / 100); all chances together make {count} items. What reaches 100 % is certain.",
        )
        .with(&count),
        t(
            "随机数小于入选机会即抽中。这样的题不是正好 {count} 题时，按“比值”从小到大取满 {count} 题，必查的在先。比值 =〔随机数 ÷（1 − 随机数）〕÷〔入选机会 ÷（1 − 入选机会）〕，随机数小于入选机会时小于 1。",
            "An item whose random number is below its chance is drawn. Where these are not {count} exactly, the {count} of the smallest ratio are taken, what is certain first. Ratio = (number / (1 - number)) / (chance / (1 - chance)), below 1 where the number is below the chance.",
        )
        .with(&count),
    ]
}

pub fn table(results: &Results, plan: &Plan, looked: Looked) -> Table {
    let rows = plan.drawn.iter().map(|one| {
        let item = &results.items[one.item];
        let certain = one.chance >= 1.0;
        row(vec![
            item.reference.clone().into(),
            Value::Text(item.question.clone()),
            Value::Number(one.weight),
            Value::Text(doubts(one, looked)),
            Value::Text(past(one, looked)),
            if certain { t("必查", "certain").into() } else { percent(one.chance) },
            percent(one.number),
            one.ratio().map_or(Value::Empty, |ratio| fixed(ratio, 4).into()),
        ])
    });
    Table {
        id: "draw",
        title: t("抽样依据", "The draw"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("占总分", "Share of the total"), Kind::Percent),
            column(t("存疑类别", "Kinds of doubt"), Kind::Text),
            column(t("上年自评与复核之差", "Off the review last year"), Kind::Short),
            column(t("入选机会", "Chance of being drawn"), Kind::Short),
            column(t("随机数", "Random number"), Kind::Short),
            column(t("比值", "Ratio"), Kind::Short),
        ],
        rows: rows.collect(),
    }
}

/// A chance and a random number stand in one unit.
fn percent(part: f64) -> Value {
    format!("{}%", fixed(100.0 * part, 4)).into()
}

fn doubts(one: &Drawn, looked: Looked) -> Text {
    match one.doubts.as_slice() {
        [] if looked.doubts => t("无", "none"),
        [] => t("未查", "not looked at"),
        codes => kinds_of(codes),
    }
}

fn past(one: &Drawn, looked: Looked) -> Text {
    match one.past {
        Some(past) => t("{points} 分", "{points} points").with(&[("points", fixed(100.0 * past, 0).into())]),
        None if looked.last => t("上年未复核", "not reviewed last year"),
        None => t("上年未查", "last year not looked at"),
    }
}
