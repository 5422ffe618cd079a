//! A group or the total: its children, the sum, what left, the grade.

use crate::analysis::derivation::{Child, MeanDerivation};
use crate::number::fixed;
use crate::report::assessment::{self, headline};
use crate::report::document::{Block, Kind, Section, Table, Value, column, row};
use crate::report::explain::{
    WITHHELD, apportioned, counts, exact, groups, left, moved, percent, points, score, section, target, weight, weights,
};
use crate::result::Results;
use crate::text::{Text, t};
use crate::tree::Tree;

pub fn sections(one: &MeanDerivation, results: &Results, tree: &Tree) -> Vec<Section> {
    let mut sections = vec![result(one, results, tree)];
    if !one.children.is_empty() {
        sections.push(made_of(one, results));
    }
    if !one.gone.is_empty() {
        sections.push(gone(one));
    }
    if !one.path.is_empty() {
        let mut section = weights(&one.path, one.share);
        if let (Some(value), Some(contribution)) = (one.score, one.contribution) {
            section.blocks.push(Block::Text(
                t("计入总分 = {share} × 得分 {score} = {points}", "Contribution = {share} × score {score} = {points}").with(&[
                    ("share", percent(one.share)),
                    ("score", points(value)),
                    ("points", points(contribution)),
                ]),
            ));
        }
        sections.push(section);
    }
    sections
}

fn result(one: &MeanDerivation, results: &Results, tree: &Tree) -> Section {
    let is_total = one.group.is_none();
    let lead = match one.score {
        None => t("没有得分：其下都已离开", "No score: all under it left"),
        Some(value) if is_total => t("总分 {score}，等级：{grade}", "Total {score}, grade: {grade}")
            .with(&[("score", score(results, value)), ("grade", headline::grade(results))]),
        Some(value) => t(
            "得分 {score}，等级：{grade}；占总分的 {share}，计入总分 {points} 分",
            "Score {score}, grade: {grade}; share in the total {share}, contribution {points}",
        )
        .with(&[
            ("score", score(results, value)),
            ("grade", results.band_name(one.grade.as_deref())),
            ("share", percent(one.share)),
            ("points", points(one.contribution.unwrap_or_default())),
        ]),
    };
    let mut list = Vec::new();
    if is_total {
        list.push(counts(&one.counts));
        list.extend(headline::reasons(results));
        list.extend(headline::to_next_grade(results));
    } else {
        list.push(t("指标：{name}", "Indicator: {name}").with(&[("name", groups(&one.path, results))]));
        list.push(counts(&one.counts));
        list.extend(one.coverage.map(|coverage| {
            t("覆盖：在评的题按权重有 {part} 计入得分", "Coverage: {part} of the weight of the items in scope is scored")
                .with(&[("part", format!("{}%", fixed(100.0 * coverage, 1)).into())])
        }));
        list.extend(bounds(one));
        list.extend(grade(one, results, tree));
        list.extend(one.target.as_ref().and_then(|goal| target(results, goal, one.share)));
    }
    section(t("结论", "Result"), vec![Block::Lead(lead), Block::List(list)])
}

/// How low and how high the unknowns allow.
fn bounds(one: &MeanDerivation) -> Option<Text> {
    let (low, high) = (one.low?, one.high?);
    (one.low != one.high).then(|| {
        t(
            "有空白或读不出的题，得分可能在 {low} 到 {high} 之间",
            "Some items are blank or unreadable; the score may lie between {low} and {high}",
        )
        .with(&[("low", points(low)), ("high", points(high))])
    })
}

/// The band, and what caps it.
fn grade(one: &MeanDerivation, results: &Results, tree: &Tree) -> Vec<Text> {
    let Some(rounded) = one.rounded else { return Vec::new() };
    let band = results.band_name(one.band.as_deref());
    let mut lines = vec![
        t("取舍后 {score}，按分数为{band}", "Rounded to {score}, which falls in the band {band}")
            .with(&[("score", fixed(rounded, results.policy.decimals).into()), ("band", band)]),
    ];
    for reason in &one.grade_reasons {
        let refs = reason.items.iter().filter_map(|id| tree.items.iter().find(|item| item.id == *id));
        let refs: Vec<Text> = refs.map(|item| item.reference.clone().into()).collect();
        let text = match (&reason.cap, one.band != one.grade) {
            (None, _) => t(
                "关键项 {items} 得 0 分，按本体系的规则不影响本组等级",
                "Key items at 0: {items}; by the rules of this tree the group's grade is not touched",
            ),
            (Some(_), true) => {
                t("关键项 {items} 得 0 分，本组等级降为{cap}", "Key items at 0: {items}; this lowers the group's grade to {cap}")
            }
            (Some(_), false) => t(
                "关键项 {items} 得 0 分，本组等级最高为{cap}，本次未因此降低",
                "Key items at 0: {items}; this caps the group's grade at {cap} and has no effect at this score",
            ),
        };
        lines.push(text.with(&[("items", Text::join(&refs, "、", ", ")), ("cap", results.band_name(reason.cap.as_deref()))]));
    }
    lines
}

fn made_of(one: &MeanDerivation, results: &Results) -> Section {
    let is_total = one.group.is_none();
    let (value, contribution) = (one.score.unwrap_or_default(), one.contribution.unwrap_or_default());
    let into: Vec<f64> = one.children.iter().map(|child| child.into).collect();
    let brought: Vec<f64> = one.children.iter().map(|child| child.contribution).collect();
    let (into_shown, brought_shown) = (apportioned(&into, value), apportioned(&brought, contribution));
    let cells = |child: &Child, into: f64, brought: f64| {
        let mut cells =
            vec![child.code.clone().into(), weight(child.weight).into(), Value::Text(percent(child.part)), exact(child.score), exact(into)];
        if !is_total {
            cells.extend([Value::Text(percent(child.share)), exact(brought)]);
        }
        cells.push(Value::Text(name(child)));
        cells
    };
    let shown = into_shown.iter().zip(&brought_shown);
    let mut rows: Vec<_> = one.children.iter().zip(shown).map(|(child, (into, brought))| row(cells(child, *into, *brought))).collect();
    let mut sum = vec![t("合计", "Sum").into(), weight(one.weights).into(), Value::Text(percent(1.0)), Value::Empty, exact(value)];
    if !is_total {
        sum.extend([Value::Text(percent(one.share)), exact(contribution)]);
    }
    sum.push(Value::Empty);
    rows.push(row(sum));
    let mut columns = vec![
        column(t("编号", "Code"), Kind::Short),
        column(t("权重", "Weight"), Kind::Short),
        column(if is_total { t("占总分", "Share") } else { t("占同级", "Part") }, Kind::Short),
        column(t("得分", "Score"), Kind::Exact),
        column(if is_total { t("计入总分", "Contribution") } else { t("计入本组", "Into the group") }, Kind::Exact),
    ];
    if !is_total {
        columns.extend([column(t("占总分", "Share"), Kind::Short), column(t("计入总分", "Contribution"), Kind::Exact)]);
    }
    columns.push(column(t("指标", "Indicator"), Kind::Text));
    let mut lines = vec![if is_total {
        t("计入总分 = 占总分 × 得分；各项之和 {score}，就是总分 {rounded}", "Contribution = share × score; they sum to {score}, the total of {rounded}")
    } else {
        t(
            "计入本组 = 占同级 × 得分，各项之和 {score}，就是本组得分 {rounded}；计入总分 = 占总分 × 得分，各项之和 {points}，就是本组占总分的 {share} × {score}",
            "Into the group = part × score, which sums to {score}, the group's score of {rounded}; contribution = share × score, which sums to {points}, the group's share of {share} × {score}",
        )
    }
    .with(&[
        ("score", points(value)),
        ("rounded", fixed(value, results.policy.decimals).into()),
        ("points", points(contribution)),
        ("share", percent(one.share)),
    ])];
    if one.gone.iter().any(|gone| gone.left.why == WITHHELD) {
        lines = vec![t(
            "有敏感题的得分不公开，列出的各项加起来不到合计",
            "The scores of sensitive items are withheld, so the rows listed do not add up to the sum",
        )];
    } else if moved(&into_shown, &into) || (!is_total && moved(&brought_shown, &brought)) {
        lines.push(t(
            "为使四位小数之和正好等于合计，个别数的末位按最大余数取舍，与四舍五入相差不超过 0.0001",
            "So that the four decimals add up exactly, some last digits go by the largest remainder, within 0.0001 of plain rounding",
        ));
    }
    let table = Table { id: "children", title: Text::default(), columns, rows };
    section(t("由什么构成", "What it is made of"), vec![Block::Table(table), Block::List(lines)])
}

/// The child's name, the state of an item that has no answer beside it.
fn name(child: &Child) -> Text {
    match child.state.as_deref() {
        None | Some("answered") => child.name.clone(),
        Some(state) => {
            t("【{state}】{name}", "[{state}] {name}").with(&[("state", assessment::state(state)), ("name", child.name.clone())])
        }
    }
}

fn gone(one: &MeanDerivation) -> Section {
    let rows = one.gone.iter().map(|gone| {
        row(vec![
            gone.code.clone().into(),
            weight(gone.weight).into(),
            Value::Text(gone.name.clone()),
            Value::Text(left(&gone.left, gone.counts.as_ref())),
        ])
    });
    let table = Table {
        id: "gone",
        title: Text::default(),
        columns: vec![
            column(t("编号", "Code"), Kind::Short),
            column(t("权重", "Weight"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("为什么", "Why"), Kind::Text),
        ],
        rows: rows.collect(),
    };
    let withheld = one.gone.iter().filter(|gone| gone.left.why == WITHHELD).count();
    let title = match withheld {
        0 => t("离开的", "What left"),
        all if all == one.gone.len() => t("不公开的", "What is withheld"),
        _ => t("离开的和不公开的", "What left or is withheld"),
    };
    let mut blocks = vec![Block::Table(table)];
    if withheld < one.gone.len() {
        blocks.push(Block::Text(t("离开的不计分，它们的权重由其余的分担。", "What left is not scored; its weight goes to the others.")));
    }
    section(title, blocks)
}
