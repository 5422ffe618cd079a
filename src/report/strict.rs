//! A strict check of a tree as its author reads it: `ecap tree check --strict`.

use crate::lint::Lint;
use crate::lint::figures::{Count, Figures, figures};
use crate::number::fixed;
use crate::scale::SCALES;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::tree::vocabulary::{FACETS, STATUSES};
use crate::weighting::WEIGHTINGS;

/// What a strict check says besides its findings: exceptions, near twins, figures.
pub fn lines(tree: &Tree, lint: &Lint) -> Vec<Text> {
    let figures = figures(tree, &(WEIGHTINGS[0].weigh)(tree));
    let mut lines = vec![t("例外 {count} 条：", "Exceptions: {count}").with(&[("count", lint.exceptions.len().into())])];
    lines.extend(lint.exceptions.iter().map(|one| {
        t("  {id} {rule}：{reason}", "  {id} {rule}: {reason}").with(&[
            ("id", one.id.clone().into()),
            ("rule", one.rule.into()),
            ("reason", one.reason.clone()),
        ])
    }));
    lines.push(t("相近的题 {count} 对：", "Pairs of items that are alike: {count}").with(&[("count", lint.near.len().into())]));
    lines.extend(
        lint.near
            .iter()
            .map(|pair| Text::same(format!("  {} {} {}", tree.items[pair.one].id, tree.items[pair.two].id, fixed(pair.similarity, 2)))),
    );
    lines.extend(count_lines(tree, &figures));
    lines.extend(share_lines(tree, &figures));
    lines
}

fn count_lines(tree: &Tree, figures: &Figures) -> Vec<Text> {
    let count = |name: Text, count: Count| {
        t("{name} {items}（{active}）", "{name} {items} ({active})").with(&[
            ("name", name),
            ("items", count.items.into()),
            ("active", count.active.into()),
        ])
    };
    let line = |name: Text, counts: Vec<Text>| {
        t("{name}：{counts}", "{name}: {counts}").with(&[("name", name), ("counts", Text::join(&counts, "，", ", "))])
    };
    let some = |named: Vec<(Text, Count)>| -> Vec<Text> {
        named.into_iter().filter(|(_, one)| one.items > 0).map(|(name, one)| count(name, one)).collect()
    };
    let mut lines = vec![
        t("题数（其中有现场查验的）：{items}（{active}）", "Items (of them with an active check): {items} ({active})")
            .with(&[("items", figures.all.items.into()), ("active", figures.all.active.into())]),
    ];
    let scale_name = |name: &str| SCALES.iter().find(|entry| entry.name == name).map(|entry| entry.words.clone()).unwrap_or_default();
    lines.push(line(t("按尺度", "By scale"), some(figures.scales.iter().map(|(name, one)| (scale_name(name), *one)).collect())));
    for (facet, counts) in FACETS.iter().zip(&figures.facets) {
        let named = facet.vocabulary.words.iter().zip(counts).map(|(word, one)| (word.name.clone(), *one)).collect();
        lines.push(line(facet.vocabulary.name.clone(), some(named)));
    }
    let leads = tree.departments.iter().zip(&figures.leads).map(|(department, one)| (department.name.clone(), *one)).collect();
    lines.push(line(t("牵头部门", "By lead"), some(leads)));
    let of = |counts: &[usize]| -> Vec<Text> {
        let named = STATUSES.words.iter().zip(counts);
        named.map(|(word, count)| Text::join(&[word.name.clone(), (*count).into()], " ", " ")).collect()
    };
    lines.push(line(t("依据条数", "Citations"), of(&figures.citations)));
    lines.push(line(t("题数，按最实的一条依据", "Items by their firmest citation"), of(&figures.best)));
    lines.push(
        t(
            "只凭本项目自定的题 {alone}；有法定底线的题 {floors}",
            "Items on this project's practice alone: {alone}; with a legal floor: {floors}",
        )
        .with(&[("alone", figures.practice_only.into()), ("floors", figures.floors.into())]),
    );
    lines
}

fn share_lines(tree: &Tree, figures: &Figures) -> Vec<Text> {
    let percent = |share: f64| fixed(100.0 * share, 3);
    let shares = |part: &[(usize, f64)]| -> Text {
        let all: Vec<Text> =
            part.iter().map(|(item, share)| Text::same(format!("{} {}%", tree.items[*item].reference, percent(*share)))).collect();
        Text::join(&all, "，", ", ")
    };
    let all = &figures.shares;
    let middle = all.get(all.len() / 2).map(|(_, share)| percent(*share)).unwrap_or_default();
    let end = all.len().saturating_sub(TEN);
    let score = |score: Option<f64>| score.map(|score| fixed(score, tree.policy.decimals)).unwrap_or_default();
    vec![
        t("权重最大的十题：{items}", "The ten heaviest items: {items}").with(&[("items", shares(&all[..all.len().min(TEN)]))]),
        t("居中的一题：{share}%", "The item in the middle: {share}%").with(&[("share", middle.into())]),
        t("权重最小的十题：{items}", "The ten lightest items: {items}").with(&[("items", shares(&all[end..]))]),
        t(
            "各题都恰好达到法定底线时的总分：没有底线的题按 0 分计为 {low}，按满分计为 {high}",
            "The total of a place exactly at the legal floor everywhere: {low} with the other items at 0, {high} with them at full score",
        )
        .with(&[("low", score(figures.at_floor_low).into()), ("high", score(figures.at_floor_high).into())]),
    ]
}

/// How many of the heaviest and lightest items are listed.
const TEN: usize = 10;
