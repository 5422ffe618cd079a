//! 抽样依据: how each item was drawn, and what anybody needs to draw again.

use crate::analysis::sampling::{self, Drawn, Plan};
use crate::number::fixed;
use crate::report::audit::kinds_of;
use crate::report::document::{Column, Kind, Table, Value, column, row};
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
            "各题的入选机会与“占总分 ×（1 + 存疑类别数，最多算 3）×（1 + 上年自评与复核之差 ÷ 100）”成正比，合计 {count} 题；到 100% 的必查。占总分按没有题退出算，所以同组有题不适用的，与评分报告里的占比不同。",
            "The chance of an item goes with its share of the total × (1 + kinds of doubt, 3 at most) × (1 + distance from last year's review / 100); all chances together make {count} items. What reaches 100% is certain. The share is that with no item left out, so in a group with N/A items it is not that of the assessment report.",
        )
        .with(&count),
        t(
            "随机数小于入选机会即抽中。这样的题不是正好 {count} 题时，按“比值”从小到大取满 {count} 题，必查的在先。比值 =〔随机数 ÷（1 − 随机数）〕÷〔入选机会 ÷（1 − 入选机会）〕，随机数小于入选机会时小于 1。",
            "An item whose random number is below its chance is drawn. Where these are not {count} exactly, the {count} of the smallest ratio are taken, what is certain first. Ratio = (number / (1 − number)) / (chance / (1 − chance)), below 1 where the number is below the chance.",
        )
        .with(&count),
    ]
}

/// How the random numbers come about, so that anybody can make them again, with the first drawn item as an example.
pub fn numbers(results: &Results, plan: &Plan) -> Vec<Text> {
    let mut lines = vec![t(
        "随机数不用任何软件的随机函数：把种子、单位、评估期、题号依次用半角冒号连成一行（UTF-8；题号是永久题号，见“全部题目”），取 SHA-256 摘要的前 8 个字节作为整数（高位在前），去掉最低的 11 位，加 0.5，再除以 2 的 53 次方。算法全文见随程序附带的 docs/method/suspicion.md 第 3 节。",
        "The random numbers come from no program's random function: SEED:UNIT:PERIOD:ID in one line (UTF-8, plain colons, the permanent id, see All items), of its SHA-256 the first 8 bytes as an integer (high byte first), the lowest 11 bits dropped, plus 0.5, divided by 2 to the 53rd. The whole rule: docs/method/suspicion.md, section 3, which comes with the program.",
    )];
    lines.extend(plan.drawn.first().map(|one| {
        let item = &results.items[one.item];
        t("例：{ref} 的一行是 {lot}，随机数 {number}。", "Example: the line of {ref} is {lot}, its number {number}.").with(&[
            ("ref", item.reference.clone().into()),
            ("lot", sampling::lot(&plan.seed, &results.unit.name, &results.period, &item.id).into()),
            ("number", one.number.to_string().into()),
        ])
    }));
    lines
}

/// Items with what decided on them: those drawn.
pub fn table(results: &Results, plan: &Plan, looked: Looked) -> Table {
    let rows = plan.drawn.iter().map(|one| row(cells(results, one, looked))).collect();
    Table { id: "draw", title: t("抽样依据", "The draw"), columns: columns(), rows }
}

/// The same of all that could have been drawn, with the id that the random number is made of.
pub fn all(results: &Results, plan: &Plan, looked: Looked) -> Table {
    let rows = plan.all.iter().map(|one| {
        let drawn = plan.drawn.iter().any(|other| other.item == one.item);
        let mut cells = cells(results, one, looked);
        cells.insert(1, results.items[one.item].id.clone().into());
        cells.push(if drawn { t("抽中", "drawn").into() } else { Value::Empty });
        row(cells)
    });
    let mut columns = columns();
    columns.insert(1, column(t("题号", "Id"), Kind::Short));
    columns.push(column(t("结果", "Result"), Kind::Short));
    Table { id: "eligible", title: t("可抽的全部题目", "All items that could be drawn"), columns, rows: rows.collect() }
}

fn cells(results: &Results, one: &Drawn, looked: Looked) -> Vec<Value> {
    let item = &results.items[one.item];
    let certain = one.chance >= 1.0;
    vec![
        item.reference.clone().into(),
        Value::Text(item.question.clone()),
        percent(one.weight),
        Value::Text(doubts(one, looked)),
        Value::Text(past(one, looked)),
        if certain { t("必查", "certain").into() } else { percent(one.chance) },
        percent(one.number),
        one.ratio().map_or(Value::Empty, |ratio| fixed(ratio, 4).into()),
    ]
}

fn columns() -> Vec<Column> {
    vec![
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("占总分（都不退出时）", "Share, none left out"), Kind::Short),
        column(t("存疑类别", "Kinds of doubt"), Kind::Text),
        column(t("上年自评与复核之差", "Off the review last year"), Kind::Short),
        column(t("入选机会", "Chance of being drawn"), Kind::Short),
        column(t("随机数", "Random number"), Kind::Short),
        column(t("比值", "Ratio"), Kind::Short),
    ]
}

/// Who fixed the seed, when and before whom: to be filled in and signed that day.
pub fn record(plan: &Plan) -> Table {
    let line = |what: Text, value: Value| row(vec![Value::Text(what), value]);
    let rows = vec![
        line(t("种子", "Seed"), plan.seed.clone().into()),
        line(t("怎样定的（抽签、当日公布的数字等）", "How it was fixed (drawn by lot, a figure published that day)"), Value::Empty),
        line(t("答案收齐的时间", "When all answers were in"), Value::Empty),
        line(t("确定种子的时间、地点", "When and where it was fixed"), Value::Empty),
        line(t("确定人（签字）", "Fixed by (signature)"), Value::Empty),
        line(t("在场见证人（单位、签字）", "Before whom (body, signature)"), Value::Empty),
    ];
    Table {
        id: "seed",
        title: t("种子确定记录", "How the seed was fixed"),
        columns: vec![column(t("事项", "Matter"), Kind::Text), column(t("记录（手填）", "Record (by hand)"), Kind::Hand)],
        rows,
    }
}

/// A share, a chance and a random number stand in one unit, with the decimals that it takes to draw again.
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
