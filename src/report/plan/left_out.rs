//! What the plan does not count, and why.

use crate::report::assessment::{question, state};
use crate::report::document::{Block, Kind, Table, Value, column, row};
use crate::report::plan::Facts;
use crate::report::plan::tables::reference;
use crate::text::{Text, t};

/// Refs that a sentence names.
const NAMED: usize = 10;

/// Sentences, and on the sheet a row an item.
pub fn blocks(facts: &Facts<'_>, all: bool) -> Vec<Block> {
    let results = facts.base.results;
    let left = &facts.outcome.left_out;
    let refs = |items: &[usize]| {
        let all: Vec<Text> = items.iter().map(|index| results.items[*index].reference.clone().into()).collect();
        Text::some(&all, NAMED)
    };
    let line = |items: &[usize], text: Text| (!items.is_empty()).then(|| text.counted(items.len()).with(&[("refs", refs(items))]));
    let blocked: Vec<usize> = left.blocked.iter().map(|blocked| blocked.item).collect();
    let mut lines: Vec<Text> = [
        line(
            &left.unknown,
            t(
                "{count} 题空白或读不出，先要有答案：{refs}。",
                "{count} [item is|items are] blank or unreadable and [has|have] to be answered first: {refs}.",
            ),
        ),
        line(
            &left.uncosted,
            t(
                "{count} 题没有写措施，或没有人知道要多少：{refs}。",
                "{count} [item has|items have] no action, or nobody knows what it takes: {refs}.",
            ),
        ),
        line(
            &left.partly_costed,
            t(
                "{count} 题只知道头一两档要多少，只算到那里：{refs}。",
                "Of {count} [item|items] only the first steps are costed; [it is|they are] raised as far as that: {refs}.",
            ),
        ),
        line(
            &blocked,
            t(
                "{count} 题要先有别的题，而那些题没有办法改：{refs}。",
                "{count} [item presupposes|items presuppose] others that cannot be raised: {refs}.",
            ),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let out = results.counts.not_applicable + results.counts.out_of_scope;
    if out > 0 {
        lines.push(
            t(
                "{count} 题不适用或不评，退出计分，也不在方案里。",
                "{count} [item is|items are] not applicable or not assessed; [it is|they are] neither scored nor planned.",
            )
            .counted(out),
        );
    }
    if lines.is_empty() {
        lines.push(t("没有：不到满分的题都计入了。", "Nothing: every item below full score is counted."));
    }
    let mut blocks = vec![Block::List(lines)];
    let table = table(facts);
    if all && !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks
}

fn table(facts: &Facts<'_>) -> Table {
    let results = facts.base.results;
    let left = &facts.outcome.left_out;
    let mut all: Vec<(usize, Text)> = left.unknown.iter().map(|index| (*index, state(&results.items[*index].state))).collect();
    all.extend(left.uncosted.iter().map(|index| (*index, t("没有措施或不知要多少", "no action, or nobody knows what it takes"))));
    all.extend(left.partly_costed.iter().map(|index| (*index, t("后面的档不知要多少", "later steps are not costed"))));
    all.extend(left.blocked.iter().map(|blocked| {
        let by: Vec<Text> = blocked.by.iter().map(|index| results.items[*index].reference.clone().into()).collect();
        let text = t("先要有 {refs}，那里没有办法改", "presupposes {refs}, which cannot be raised");
        (blocked.item, text.with(&[("refs", Text::join(&by, "、", ", "))]))
    }));
    all.sort_by_key(|(index, _)| *index);
    let rows = all.into_iter().map(|(index, why)| {
        row(vec![
            reference(facts, index),
            Value::Text(question(facts.base, index)),
            Value::Text(Text::join(&facts.base.tree.asked(index), "、", ", ")),
            Value::Text(why),
        ])
    });
    Table {
        id: "left-out",
        title: t("没有计入的题", "Items not counted"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Text),
            column(t("为什么", "Why"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}
