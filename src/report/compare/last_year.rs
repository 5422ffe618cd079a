//! This year against last year's table of scores, in words.

use crate::analysis::against::{Against, Torn};
use crate::baseline::BaselineRow;
use crate::number::fixed;
use crate::report::compare::summary::{percent, signed};
use crate::result::Results;
use crate::text::{Text, t};

/// What stands against last year's table.
pub fn lines(against: &Against, results: &Results) -> Vec<Text> {
    let decimals = results.policy.decimals;
    let mut lines = vec![
        t("上年得分表：{file}{title}，SHA-256 {digest}。{doubt}", "Last year's table: {file}{title}, SHA-256 {digest}.{doubt}").with(&[
            ("file", against.file.clone().into()),
            ("digest", against.sha256.clone().into()),
            (
                "title",
                if against.title.is_empty() {
                    Text::default()
                } else {
                    t("，表头“{title}”", ", headed \"{title}\"").with(&[("title", against.title.clone().into())])
                },
            ),
            (
                "doubt",
                if against.title.contains(&results.unit.name) {
                    Text::default()
                } else {
                    t("表头没有写{unit}，请核对是不是同一单位的表。", " Its heading does not name {unit}; check that it is this unit's.")
                        .with(&[("unit", results.unit.name.clone().into())])
                },
            ),
        ]),
        t(
            "上年得分表可比范围：对上 {rows} 行，占本年权重的 {coverage}%；对不上 {unmatched} 行。",
            "Last year's table: {rows} rows matched, {coverage}% of this year's weight; {unmatched} rows match nothing.",
        )
        .with(&[
            ("rows", against.rows.len().into()),
            ("coverage", percent(against.coverage)),
            ("unmatched", against.unmatched.len().into()),
        ]),
    ];
    lines.extend(unmatched(against));
    if let (Some(before), Some(after)) = (against.before, against.after) {
        let score = |value: f64| Text::from(fixed(value, decimals));
        lines.push(
            t(
                "在可比部分，按本年权重：上年 {before}，本年 {after}，变化 {points} 分。",
                "On that part, by this year's weights: last year {before}, this year {after}, {points} points.",
            )
            .with(&[("before", score(before)), ("after", score(after)), ("points", signed(after - before))]),
        );
    }
    if !against.coarser.is_empty() {
        let named: Vec<Text> =
            against.coarser.iter().map(|row| Text::join(&[called(row), fixed(row.score, decimals).into()], " ", " ")).collect();
        lines.push(
            t(
                "有 {count} 行用了它下级的行，本身没有比：{named}（上年得分率）。",
                "{count} rows were not compared themselves, their rows below were: {named} (last year's scores).",
            )
            .with(&[("count", named.len().into()), ("named", Text::join(&named, "、", ", "))]),
        );
    }
    if !against.findings.is_empty() {
        lines.push(
            t(
                "表里另有 {count} 行没有用，见“上年得分表的问题”。",
                "{count} more rows were not used; see the problems of last year's table.",
            )
            .with(&[("count", against.findings.len().into())]),
        );
    }
    lines.extend(against.torn.iter().map(|torn| contradiction(torn, against, decimals)));
    lines.extend(against.stated_total.map(|total| stated_total(total, against, decimals)));
    lines.push(t(
        "上年只有得分，没有答案和评分标准：规则改了多少、本地变了多少，分不开。",
        "Of last year there are scores only, no answers and no scoring guide: how much the rule changed and how much the place did cannot be told apart.",
    ));
    lines
}

/// A row by its name, else by its code.
fn called(row: &BaselineRow) -> Text {
    if row.name.is_empty() { row.code.clone().into() } else { row.name.clone().into() }
}

/// The rows that nothing of this year answers to, and how to say what they are called now.
fn unmatched(against: &Against) -> Option<Text> {
    let named: Vec<Text> = against
        .unmatched
        .iter()
        .map(|row| {
            t("{name}（{cell}）", "{name} ({cell})")
                .with(&[("name", called(row)), ("cell", row.place.cell.clone().unwrap_or_default().into())])
        })
        .collect();
    (!named.is_empty()).then(|| {
        t(
            "对不上的行：{named}。只是改了名称的，用 --crosswalk 给出新旧名称的对照表。",
            "Rows that match nothing: {named}. Where one was only renamed, give its old and new name by --crosswalk.",
        )
        .with(&[("named", Text::join(&named, "、", ", "))])
    })
}

/// A row that says another score than the rows below it.
fn contradiction(torn: &Torn, against: &Against, decimals: u32) -> Text {
    let score = |value: f64| Text::from(fixed(value, decimals));
    let moved = torn.before - against.before.unwrap_or(torn.before);
    t(
        "上年得分表自相矛盾：“{name}”一行是 {own}，它下级的 {rows} 行按各自的满分合起来是 {below}。上面用的是下级的行；改用这一行，上年在可比部分是 {before}（{moved} 分）。请向出表的单位核对。",
        "Last year's table contradicts itself: the row \"{name}\" says {own}, and its {rows} rows below come to {below} of their full marks. The figures above are by the rows below; by the row itself last year is {before} on that part ({moved} points). Ask whoever made the table.",
    )
    .with(&[
        ("name", called(&torn.row)),
        ("own", score(torn.row.score)),
        ("rows", torn.rows.into()),
        ("below", score(torn.below)),
        ("before", score(torn.before)),
        ("moved", signed(moved)),
    ])
}

/// The total that the table states, and why it need not be the one above.
fn stated_total(total: f64, against: &Against, decimals: u32) -> Text {
    let before = against.before.unwrap_or_default();
    let by_the_rows_themselves = before + against.torn.iter().map(|torn| torn.before - before).sum::<f64>();
    if !against.torn.is_empty() && fixed(by_the_rows_themselves, decimals) == fixed(total, decimals) {
        return t(
            "表上写的上年总分（百分制）是 {total}；与上面 {before} 的差别就是上面说的自相矛盾，改用表上那一行正好相等。",
            "The table states a total of {total} out of 100; what it differs by from {before} above is the contradiction stated above: by the row itself the two are the same.",
        )
        .with(&[("total", fixed(total, decimals).into()), ("before", fixed(before, decimals).into())]);
    }
    let text = match (against.torn.is_empty(), against.unmatched.is_empty()) {
        (true, true) => t(
            "表上写的上年总分（百分制）是 {total}；它按上年的权重，上面的按本年的权重，两者不必相同。",
            "The table states a total of {total} out of 100, by last year's weights; the figures above are by this year's and need not agree with it.",
        ),
        (true, false) => t(
            "表上写的上年总分（百分制）是 {total}；它按上年的权重，含对不上的 {unmatched} 行中计入总分的，上面的按本年的权重、只算对上的行，两者不必相同。",
            "The table states a total of {total} out of 100, by last year's weights and with those of the {unmatched} unmatched rows that count in it; the figures above are by this year's weights, over the matched rows only, and need not agree with it.",
        ),
        (false, true) => t(
            "表上写的上年总分（百分制）是 {total}；与上面的不同，先看上面说的自相矛盾。",
            "The table states a total of {total} out of 100; where the figures above differ, the contradiction stated above comes first.",
        ),
        (false, false) => t(
            "表上写的上年总分（百分制）是 {total}；与上面的不同，先看上面说的自相矛盾，再看对不上的 {unmatched} 行。",
            "The table states a total of {total} out of 100; where the figures above differ, the contradiction stated above comes first, then the {unmatched} rows that match nothing.",
        ),
    };
    text.with(&[("total", fixed(total, decimals).into()), ("unmatched", against.unmatched.len().into())])
}
