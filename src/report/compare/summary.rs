//! What a person wants to see at once: what can be compared, the change, and how its figures go together.

use crate::analysis::change::paired::Paired;
use crate::analysis::change::{Change, Definition, Origin};
use crate::number::{fixed, rounded, snapped};
use crate::report::assessment::headline;
use crate::report::compare::{Facts, last_year, words};
use crate::result::Results;
use crate::text::{Text, t};

/// Points with their sign, two decimals.
pub fn signed(points: f64) -> Text {
    let text = fixed(points, 2);
    if snapped(points) > 0 { format!("+{text}").into() } else { text.into() }
}

pub fn percent(part: f64) -> Text {
    fixed(100.0 * part, 1).into()
}

/// Coverage before any figure.
pub fn headline(facts: &Facts<'_>) -> Vec<Text> {
    let mut lines = coverage(facts);
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
    lines.push(relation(step, facts.paired.as_ref(), new));
    lines.extend(facts.paired.as_ref().map(|paired| verdict(paired, step.points())));
    lines.extend(facts.against.iter().flat_map(|against| last_year::lines(against, new)));
    lines
}

/// How the figures for the change go together: the whole, its parts, the same items under one rule, those answered in both years.
fn relation(step: &Change, paired: Option<&Paired>, after: &Results) -> Text {
    let parts = step.parts();
    let points = Origin::ALL.map(|(origin, _)| parts.of(origin));
    let named = Origin::ALL.map(|(origin, _)| Text::join(&[words::origin(origin), signed(parts.of(origin))], " ", " "));
    let printed = |points: f64| rounded(points, 2);
    let place = signed(points[0]);
    let gap = points.map(printed).iter().sum::<f64>() - printed(step.points());
    let apart = if snapped(gap) == 0 {
        Text::default()
    } else {
        t("（取两位小数，尾数差 {gap}）", " ({gap} apart by rounding)").with(&[("gap", fixed(gap.abs(), 2).into())])
    };
    let mut said = vec![
        t(
            "总分变化 {points} 分 = {parts}{apart}，逐题加得起来；本地做了什么，看 {place}。",
            "The total changed by {points} points = {parts}{apart}, which adds up item by item; what the place did is {place}.",
        )
        .with(&[
            ("points", signed(step.points())),
            ("parts", Text::join(&named, " + ", " + ")),
            ("apart", apart),
            ("place", place.clone()),
        ]),
    ];
    let same = &step.comparable;
    if let (Some(one), Some(two)) = (same.total_before, same.total_after) {
        let score = |value: f64| Text::from(fixed(value, after.policy.decimals));
        said.push(
            t(
                "只留同题 {items} 道、两年都按本年的规则和权重计分，是 {before} → {after}（{points} 分）：权重不取两年平均，改版增删的题不算，资料与适用的变动算在内，所以与 {place} 不必相等。",
                "On the {items} items asked alike, both years by this year's rule and weights, it is {before} to {after} ({points} points): not by the mean of both years' weights, without items redefined, added or removed, with what became known or not applicable; so it need not equal {place}.",
            )
            .with(&[
                ("items", same.items.into()),
                ("before", score(one)),
                ("after", score(two)),
                ("points", signed(two - one)),
                ("place", place),
            ]),
        );
    }
    if let Some(paired) = paired.filter(|paired| paired.items > 0) {
        said.push(
            t(
                "其中两年都作答的 {items} 题，每题平均变化 {mean} 分（按权重 {weighted} 分），满分是单题的 100 分，只供检验。",
                "The {items} of them answered in both years changed by {mean} on average ({weighted} by weight), out of an item's 100 points: for the tests only.",
            )
            .with(&[("items", paired.items.into()), ("mean", signed(paired.mean)), ("weighted", signed(paired.weighted))]),
        );
    }
    Text::join(&said, "", " ")
}

/// How much of the two years can be compared at all.
fn coverage(facts: &Facts<'_>) -> Vec<Text> {
    let Some((before, after, step)) = facts.last_step() else { return Vec::new() };
    let same = &step.comparable;
    let count = |wanted: fn(Definition) -> bool| step.items.iter().filter(|item| wanted(item.pair.definition)).count();
    let moved = step.items.iter().filter(|item| item.pair.moved).count();
    let mut lines = vec![
        t(
            "可比范围：两年同样问的有 {items} 题，占 {from} 权重的 {before}%、{to} 权重的 {after}%。",
            "Comparable: {items} items are asked alike in both years, {before}% of the weight of {from} and {after}% of that of {to}.",
        )
        .with(&[
            ("items", same.items.into()),
            ("from", before.results.period.clone().into()),
            ("to", after.results.period.clone().into()),
            ("before", percent(same.share_before)),
            ("after", percent(same.share_after)),
        ]),
    ];
    let listed = [
        (
            count(|one| matches!(one, Definition::Reread(_))),
            t("改了档线、用原始答案重新计分 {count} 题", "{count} with new thresholds, scored again from the raw answers"),
        ),
        (count(|one| one == Definition::Redefined), t("改版 {count} 题", "{count} redefined")),
        (count(|one| one == Definition::Replaced), t("拆分或合并 {count} 题", "{count} split or merged")),
        (count(|one| one == Definition::Added), t("新增 {count} 题", "{count} added")),
        (count(|one| one == Definition::Removed), t("删去 {count} 题", "{count} removed")),
        (moved, t("换了组 {count} 题", "{count} moved to another group")),
    ];
    let listed: Vec<Text> =
        listed.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| text.with(&[("count", count.into())])).collect();
    if !listed.is_empty() {
        lines.push(
            t("两版指标体系之间：{listed}。", "Between the editions: {listed}.").with(&[("listed", Text::join(&listed, "，", "; "))]),
        );
    }
    if before.tree.is_none() {
        lines.push(t(
            "上年的指标体系不在手边，改版的题没有用原始答案重新计分；用 --old-tree 指明后可以。",
            "Last year's tree is not at hand, so redefined items were not scored again from raw answers; --old-tree names it.",
        ));
    }
    lines
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
