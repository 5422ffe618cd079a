//! How the items of two editions go together, counted so that both years' items come out.

use crate::analysis::change::{Cause, Change, Definition, ItemChange};
use crate::number::snapped;
use crate::report::compare::summary::percent;
use crate::report::compare::{Facts, words};
use crate::result::{ItemResult, Results};
use crate::text::{Text, t};
use crate::tree::Criticality;

type Wanted = fn(Definition) -> bool;

/// How the items of the cause of that name go with those that differ between the editions.
pub fn redefined(step: &Change) -> Option<Text> {
    let kinds: [(Wanted, Text); 3] = [
        (|one| matches!(one, Definition::Reread(_)), t("改了档线", "with new thresholds")),
        (|one| one == Definition::Redefined, t("改版", "redefined")),
        (|one| one == Definition::Replaced, t("拆分或合并", "split or merged")),
    ];
    let moved = |item: &ItemChange| snapped(item.parts[Cause::Redefined]) != 0;
    let of = |wanted: Wanted| step.items.iter().filter(move |item| wanted(item.pair.definition));
    let all: usize = kinds.iter().map(|(wanted, _)| of(*wanted).count()).sum();
    let counts = kinds.iter().map(|(wanted, name)| (of(*wanted).filter(|item| moved(item)).count(), name.clone()));
    let counts: Vec<(usize, Text)> = counts.filter(|(count, _)| *count > 0).collect();
    let there = counts.iter().map(|(count, _)| count).sum::<usize>();
    let named: Vec<Text> = counts
        .into_iter()
        .map(|(count, name)| t("{name} {count}", "{count} {name}").with(&[("count", count.into()), ("name", name)]))
        .collect();
    let rest = if all == there {
        Text::default()
    } else {
        t(
            "；两版之间这几类共 {all} 题，其余 {rest} 题没有因此动总分",
            "; {all} differ so between the editions, the other {rest} moved nothing by it",
        )
        .with(&[("all", all.into()), ("rest", (all - there).into())])
    };
    (there > 0).then(|| {
        t("“{cause}”的 {count} 题：{named}{rest}。", "Under \"{cause}\" {count} [item|items]: {named}{rest}.").counted(there).with(&[
            ("cause", words::cause(Cause::Redefined)),
            ("named", Text::join(&named, "、", ", ")),
            ("rest", rest),
        ])
    })
}

/// How much of the two years can be compared at all.
pub fn coverage(facts: &Facts<'_>) -> Vec<Text> {
    let Some((before, after, step)) = facts.last_step() else { return Vec::new() };
    let same = &step.comparable;
    let moved = step.items.iter().filter(|item| item.pair.moved && item.pair.is_same()).count();
    let among = [
        (same.reread, t("改了档线、用原始答案重新计分 {count} 题", "{count} with new thresholds, scored again from the raw answers")),
        (moved, t("换了组 {count} 题", "{count} moved to another group")),
    ];
    let among = counted(among.into());
    let among = if among.is_empty() {
        Text::default()
    } else {
        t("（含{among}）", " (of them {among})").with(&[("among", Text::join(&among, "、", ", "))])
    };
    let mut lines = vec![
        t(
            "可比范围：两年同样问的有 {count} 题{among}，占 {from} 权重的 {before}%、{to} 权重的 {after}%。",
            "Comparable: {count} [item is|items are] asked alike in both years{among}, {before}% of the weight of {from} and {after}% of that of {to}.",
        )
        .counted(same.items)
        .with(&[
            ("among", among),
            ("from", before.results.period.clone().into()),
            ("to", after.results.period.clone().into()),
            ("before", percent(same.share_before)),
            ("after", percent(same.share_after)),
        ]),
    ];
    let others = others(step);
    if !others.is_empty() {
        lines.push(
            t("两版指标体系之间，其余的题：{listed}。", "Between the editions, the other items: {listed}.")
                .with(&[("listed", Text::join(&others, "，", "; "))]),
        );
    }
    if before.tree.is_none() {
        lines.push(t(
            "上年的指标体系不在手边，改版的题没有用原始答案重新计分；给出上年的指标体系后可以。",
            "Last year's tree is not at hand, so redefined items were not scored again from raw answers; with it they are.",
        ));
    }
    lines
}

fn counted(all: Vec<(usize, Text)>) -> Vec<Text> {
    all.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| text.counted(count)).collect()
}

/// Items that are no same question of both years, by what became of them.
fn others(step: &Change) -> Vec<Text> {
    let count = |wanted: Definition| step.items.iter().filter(|item| item.pair.definition == wanted).count();
    let replaced =
        |side: fn(&ItemChange) -> bool| step.items.iter().filter(|item| item.pair.definition == Definition::Replaced && side(item)).count();
    let (old, new) = (replaced(|item| item.pair.before.is_some()), replaced(|item| item.pair.after.is_some()));
    let unscoped = step.items.iter().filter(|item| item.pair.is_same()).count() - step.comparable.items;
    let mut listed = counted(vec![(count(Definition::Redefined), t("改版 {count} 题", "{count} redefined"))]);
    if old + new > 0 {
        listed.push(t("{old} 题拆并为 {new} 题", "{old} split or merged into {new}").with(&[("old", old.into()), ("new", new.into())]));
    }
    listed.extend(counted(vec![
        (count(Definition::Added), t("新增 {count} 题", "{count} added")),
        (count(Definition::Removed), t("删去 {count} 题", "{count} removed")),
        (unscoped, t("有一年不评 {count} 题", "{count} out of scope in a year")),
    ]));
    listed
}

/// What the sum of items under each view counts.
pub fn of_both_years(facts: &Facts<'_>) -> Option<Text> {
    let (before, after, step) = facts.last_step()?;
    Some(
        t(
            "表中题数合计 {all}，是两年出现过的题：{from} {old} 题，{to} {new} 题，两年都有的只算一次。",
            "The items sum to {all}, those of either year: {old} of {from}, {new} of {to}, those of both counted once.",
        )
        .with(&[
            ("all", step.items.len().into()),
            ("from", before.results.period.clone().into()),
            ("to", after.results.period.clone().into()),
            ("old", before.results.items.len().into()),
            ("new", after.results.items.len().into()),
        ]),
    )
}

/// The mark of an item as the assessment report has it.
fn mark(criticality: &str) -> &'static str {
    match criticality {
        "veto" => Criticality::Veto.mark(),
        "key" => Criticality::Key.mark(),
        _ => "",
    }
}

/// An item in words: its mark, and where its number or mark was another in the earlier year, that.
pub fn named(item: &ItemChange, before: &Results, after: &Results) -> Text {
    let old = item.pair.before.map(|index| &before.items[index]);
    let new = item.pair.after.map(|index| &after.items[index]);
    let Some(one) = new.or(old) else { return Text::default() };
    let question =
        Text::new(format!("{}{}", mark(&one.criticality), one.question.zh), format!("{}{}", mark(&one.criticality), one.question.en));
    let differs = |(old, new): &(&ItemResult, &ItemResult)| old.reference != new.reference || old.criticality != new.criticality;
    match old.zip(new).filter(differs) {
        Some((old, _)) => t("{question}（{period} 为 {mark}{reference}）", "{question} ({mark}{reference} in {period})").with(&[
            ("period", before.period.clone().into()),
            ("mark", mark(&old.criticality).into()),
            ("reference", old.reference.clone().into()),
            ("question", question),
        ]),
        None => question,
    }
}

/// Key items without a point in both years: of such no change is shown anywhere. None where neither edition has one.
pub fn key_items(step: &Change, before: &Results, after: &Results) -> Option<Text> {
    let is_key = |item: &ItemResult| item.criticality == "key" && item.state != "out_of_scope";
    let is_nothing = |item: &ItemResult| item.score.is_some_and(|score| snapped(score) == 0);
    if !before.items.iter().chain(&after.items).any(is_key) {
        return None;
    }
    let mut failed = Vec::new();
    for item in &step.items {
        let (Some(old), Some(new)) = (item.pair.before, item.pair.after) else { continue };
        let (old, new) = (&before.items[old], &after.items[new]);
        if !(is_key(old) || is_key(new)) || !is_nothing(old) || !is_nothing(new) {
            continue;
        }
        let reference = Text::from(new.reference.clone());
        failed.push(if old.reference == new.reference {
            reference
        } else {
            t("{reference}（{period} 为 {old}）", "{reference} ({old} in {period})").with(&[
                ("reference", reference),
                ("period", before.period.clone().into()),
                ("old", old.reference.clone().into()),
            ])
        });
    }
    Some(if failed.is_empty() {
        t("关键项（☆）：没有两年都是 0 分的。", "No key item (☆) scored 0 in both years.")
    } else {
        t("关键项（☆）：两年都是 0 分的有 {count} 题：{items}。", "{count} key [item|items] (☆) scored 0 in both years: {items}.")
            .counted(failed.len())
            .with(&[("items", Text::join(&failed, "、", ", "))])
    })
}
