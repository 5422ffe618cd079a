//! What a person wants to see at once: what can be compared, the change, and how its figures go together.

use crate::analysis::change::paired::Paired;
use crate::analysis::change::{Change, Origin};
use crate::number::{self, fixed, rounded, snapped};
use crate::report::assessment::headline;
use crate::report::compare::chance::Chance;
use crate::report::compare::{Facts, editions, last_year, words};
use crate::result::{Results, UNNAMED};
use crate::text::{Text, t};

/// Points with their sign, two decimals.
pub fn signed(points: f64) -> Text {
    number::signed(points, 2).into()
}

pub fn percent(part: f64) -> Text {
    fixed(100.0 * part, 1).into()
}

/// Coverage before any figure.
pub fn headline(facts: &Facts<'_>) -> Vec<Text> {
    let mut lines = editions::coverage(facts);
    let Some((before, after, step)) = facts.last_step() else {
        lines.extend(facts.against.iter().flat_map(|against| last_year::lines(against, facts.newest())));
        return lines;
    };
    let (old, new) = (before.results, after.results);
    lines.push(
        t(
            "总分：{from} 为 {before}（{grade_before}），{to} 为 {after}（{grade_after}）。",
            "Total {before} ({grade_before}) in {from}, {after} ({grade_after}) in {to}.",
        )
        .with(&[
            ("from", old.period.clone().into()),
            ("to", new.period.clone().into()),
            ("before", headline::score(old, old.total.rounded)),
            ("after", headline::score(new, new.total.rounded)),
            ("grade_before", headline::grade(old)),
            ("grade_after", headline::grade(new)),
        ]),
    );
    lines.push(conclusion(step));
    lines.extend(vetoes(old, new));
    lines.extend(editions::key_items(step, old, new));
    lines.extend(extremes(step, old, new));
    if let Some(paired) = &facts.paired {
        lines.push(Chance::of(paired).said(paired));
        lines.push(verdict(paired, step.points()));
    }
    lines.extend(facts.against.iter().flat_map(|against| last_year::lines(against, new)));
    lines
}

/// The change, and which part of it is the place's.
fn conclusion(step: &Change) -> Text {
    let parts = step.parts();
    let named = Origin::ALL.map(|(origin, _)| Text::join(&[words::origin(origin), signed(parts.of(origin))], " ", " "));
    let points = rounded(step.points(), 2);
    let said = if snapped(points) == 0 {
        t("总分没有变", "The total did not change")
    } else if points > 0.0 {
        t("总分升了 {points} 分", "The total rose by {points} points")
    } else {
        t("总分降了 {points} 分", "The total fell by {points} points")
    };
    t(
        "{said}：{parts}。答案的升降带来的，是“本地的变化”；怎样加起来，见“变化从哪里来”。",
        "{said}: {parts}. What rising and falling answers moved is the local change; how the figures add up stands under \"Where the change came from\".",
    )
    .with(&[("said", said.with(&[("points", fixed(points.abs(), 2).into())])), ("parts", Text::join(&named, "，", "; "))])
}

/// Groups of level 1 named at either end.
const EXTREMES: usize = 3;

/// The groups of level 1 whose own doing moved the total most; beside it what their score did, rule and all. None where there is none in
/// both years.
fn extremes(step: &Change, old: &Results, new: &Results) -> Option<Text> {
    let mut changes: Vec<(Text, f64, f64)> = Vec::new();
    for group in &step.groups {
        let (Some(one), Some(two)) = (group.before, group.after) else { continue };
        let (one, two) = (&old.groups[one], &new.groups[two]);
        if let (1, Some(before), Some(after)) = (two.level, one.rounded, two.rounded) {
            let name = Text::join(&[two.code.clone().into(), two.name.clone()], " ", " ");
            changes.push((name, rounded(group.parts.of(Origin::Place), 2), after - before));
        }
    }
    if changes.is_empty() {
        return None;
    }
    let decimals = new.policy.decimals;
    let mut end = |up: bool| {
        let sign = if up { 1 } else { -1 };
        changes.sort_by_key(|(_, points, _)| std::cmp::Reverse(sign * snapped(*points)));
        let moved = changes.iter().filter(|(_, points, _)| sign * snapped(*points) > 0).take(EXTREMES);
        let named: Vec<Text> = moved
            .map(|(name, points, score)| {
                t("{name}（{points}，得分 {score}）", "{name} ({points}, score {score})").with(&[
                    ("name", name.clone()),
                    ("points", signed(*points)),
                    ("score", number::signed(*score, decimals).into()),
                ])
            })
            .collect();
        if named.is_empty() { t("没有", "none") } else { Text::join(&named, "、", ", ") }
    };
    Some(
        t(
            "本地的变化使总分升得最多的一级指标：{up}；降得最多的：{down}。括号内依次为影响总分、得分变化，后者另含规则、资料与适用的影响。",
            "Level-1 indicators in which the local change raised the total most: {up}; lowered it most: {down}. In brackets stand the points of the total and the change of the score; the latter also holds rule, data and applicability.",
        )
        .with(&[("up", end(true)), ("down", end(false))]),
    )
}

/// Whether the veto items are met, in both years; none where neither edition has one in scope.
fn vetoes(old: &Results, new: &Results) -> Option<Text> {
    let has_any = |results: &Results| results.items.iter().any(|item| item.criticality == "veto" && item.state != "out_of_scope");
    if !has_any(old) && !has_any(new) {
        return None;
    }
    let state = |results: &Results| {
        let reasons: Vec<_> = results.total.grade_reasons.iter().filter(|reason| reason.rule == "veto").collect();
        let of = |id: &String| results.items.iter().find(|item| item.id == *id).map(|item| Text::from(item.reference.clone()));
        let mut failed: Vec<Text> = reasons.iter().flat_map(|reason| &reason.items).filter_map(of).collect();
        // Redacted results do not name what is sensitive.
        if reasons.iter().any(|reason| reason.items.is_empty()) {
            failed.push(UNNAMED);
        }
        match (has_any(results), failed.is_empty()) {
            (false, _) => t("没有否决项", "there are none"),
            (true, true) => t("已知答案都达标", "all known answers pass"),
            (true, false) => {
                let cap = reasons.iter().find_map(|reason| reason.cap.as_deref());
                let text = match cap {
                    Some(_) => t("{items} 未达标，等级最高为{band}", "{items} failed, which caps the grade at {band}"),
                    None => t("{items} 未达标", "{items} failed"),
                };
                text.with(&[("items", Text::join(&failed, "、", ", ")), ("band", results.band_name(cap))])
            }
        }
    };
    let (before, after) = (state(old), state(new));
    let text = if before == after {
        t("否决项：两年一样，{before}。", "Veto items: alike in both years, {before}.")
    } else {
        t("否决项：{before}（{from}），{after}（{to}）。", "Veto items: {before} ({from}); {after} ({to}).")
    };
    Some(text.with(&[("from", old.period.clone().into()), ("before", before), ("to", new.period.clone().into()), ("after", after)]))
}

/// Said where parts as printed miss their sum as printed.
fn rounding(gap: f64) -> Text {
    if snapped(gap) == 0 {
        return Text::default();
    }
    t("（取两位小数，尾数差 {gap}）", " ({gap} apart by rounding)").with(&[("gap", fixed(gap.abs(), 2).into())])
}

/// How the figures for the change go together: the whole, its parts, the same items under one rule, those answered in both years.
pub fn arithmetic(facts: &Facts<'_>) -> Vec<Text> {
    let Some((_, after, step)) = facts.last_step() else { return Vec::new() };
    let parts = step.parts();
    let points = Origin::ALL.map(|(origin, _)| parts.of(origin));
    let named = Origin::ALL.map(|(origin, _)| Text::join(&[words::origin(origin), signed(parts.of(origin))], " ", " "));
    let printed = |points: f64| rounded(points, 2);
    let place = signed(points[0]);
    let gap = points.map(printed).iter().sum::<f64>() - printed(step.points());
    let apart = rounding(gap);
    let mut said = vec![
        t(
            "总分变化 {points} 分 = {parts}{apart}，逐题加得起来。",
            "The total changed by {points} points = {parts}{apart}, which adds up item by item.",
        )
        .with(&[("points", signed(step.points())), ("parts", Text::join(&named, " + ", " + ")), ("apart", apart)]),
    ];
    said.extend(editions::redefined(step));
    let same = &step.comparable;
    if let (Some(one), Some(two)) = (same.total_before, same.total_after) {
        let score = |value: f64| Text::from(fixed(value, after.results.policy.decimals));
        said.push(
            t(
                "只留同题 {count} 道、两年都按本年的规则和权重计分，是 {before} → {after}（{points} 分）。与本地的变化 {place} 不必相等：权重不取两年平均，改版增删的题不算，资料与适用的变动算在内。",
                "On the {count} [item|items] asked alike, both years by this year's rule and weights, it is {before} to {after} ({points} points). That need not equal the local change of {place}: it takes this year's weights instead of the mean of both, leaves out items redefined, added or removed, and includes what became known or not applicable.",
            )
            .counted(same.items)
            .with(&[("before", score(one)), ("after", score(two)), ("points", signed(two - one)), ("place", place)]),
        );
    }
    if let Some(paired) = facts.paired.as_ref().filter(|paired| paired.differences.count > 0) {
        said.push(
            t(
                "同题中两年都作答的 {count} 题{rule}，每题平均变化 {mean} 分（按权重 {weighted} 分），满分是单题的 100 分，只供检验。",
                "The {count} of them answered in both years{rule} changed by {mean} on average ({weighted} by weight), out of an item's 100 points: for the tests only.",
            )
            .counted(paired.differences.count)
            .with(&[
                ("mean", signed(paired.differences.mean)),
                ("weighted", signed(paired.weighted)),
                ("rule", if same.reread > 0 { t("（两年都按本年的档线）", " (both by this year's thresholds)") } else { Text::default() }),
            ]),
        );
    }
    said
}

/// Whether chance and the raters' spread could explain the change.
pub fn verdict(paired: &Paired, points: f64) -> Text {
    let raters = paired.raters.as_ref().map(|raters| {
        let text = if points.abs() > 2.0 * raters.error_of_change {
            t(
                "总分变化 {points} 分，超过评分误差的两倍（{error} 分）。",
                "The change of {points} points is more than twice the raters' error ({error}).",
            )
        } else {
            t(
                "总分变化 {points} 分，没有超过评分误差的两倍（{error} 分），不能说一定有变化。",
                "The change of {points} points is within twice the raters' error ({error}); it may be no change at all.",
            )
        };
        text.with(&[("points", signed(points)), ("error", fixed(2.0 * raters.error_of_change, 2).into())])
    });
    raters.unwrap_or_else(|| {
        t(
            "没有一题由两方评过，评分误差有多大无从得知，无法判断总分变化多少才算数。",
            "No item was rated twice, so the raters' error is not known, nor how large a change must be to mean something.",
        )
    })
}
