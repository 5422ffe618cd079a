//! This year against last year's table of scores: in words, and its tables.

use crate::analysis::against::{Against, AgainstNode, AgainstRow, Torn};
use crate::baseline::BaselineRow;
use crate::number::{self, fixed, rounded, snapped};
use crate::report::compare::summary::{percent, signed};
use crate::report::compare::tables::SUM;
use crate::report::document::{Block, Kind, Row, Table, Value, column, row};
use crate::result::Results;
use crate::text::{Text, t};

/// What stands against last year's table.
pub fn lines(against: &Against, results: &Results) -> Vec<Text> {
    let decimals = results.policy.decimals;
    let mut lines = vec![
        t("上年得分表：{file}{title}{period}。{doubt}", "Last year's table: {file}{title}{period}.{doubt}").with(&[
            (
                "period",
                against
                    .period(&results.period)
                    .map_or_else(Text::default, |period| t("，评估期 {period}", ", period {period}").with(&[("period", period.into())])),
            ),
            ("file", against.file.clone().into()),
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
            "Last year's table: rows matched {rows}, {coverage}% of this year's weight; rows that match nothing: {unmatched}.",
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
                "在可比部分，按本年权重：上年 {before}，本年 {after}，变化 {points} 分{apart}。",
                "On that part, by this year's weights: last year {before}, this year {after}, {points} points{apart}.",
            )
            .with(&[
                ("before", score(before)),
                ("after", score(after)),
                ("points", number::signed(after - before, decimals).into()),
                ("apart", apart(before, after, decimals)),
            ]),
        );
        lines.extend(against.stated_total.as_ref().zip(results.total.rounded).map(|(total, now)| as_stated(total.score, now, decimals)));
    }
    if !against.coarser.is_empty() {
        let named: Vec<Text> = against
            .coarser
            .iter()
            .map(|row| t("{name} {written}", "{name} {written}").with(&[("name", called(row)), ("written", written(row, decimals))]))
            .collect();
        lines.push(
            t(
                "有 {count} 行用了它下级的行，本身没有比：{named}。",
                "{count} [row was not compared itself, its|rows were not compared themselves, their] rows below were: {named}.",
            )
            .counted(named.len())
            .with(&[("named", Text::join(&named, "、", ", "))]),
        );
    }
    if !against.findings.is_empty() {
        lines.push(
            t(
                "表里另有 {count} 行没有用，见“上年得分表的问题”。",
                "{count} more [row was|rows were] not used; see the problems of last year's table.",
            )
            .counted(against.findings.len()),
        );
    }
    lines.extend(against.torn.iter().map(|torn| contradiction(torn, against, decimals)));
    lines.extend(against.stated_total.as_ref().map(|total| stated_total(total, against, decimals)));
    lines.push(t(
        "上年只有得分，没有答案和评分标准：规则改了多少、本地变了多少，分不开。",
        "Of last year there are scores only, no answers and no scoring guide: how much the rule changed and how much the place did cannot be told apart.",
    ));
    lines
}

/// The change by the totals as either year states them.
fn as_stated(total: f64, now: f64, decimals: u32) -> Text {
    t(
        "按两年各自写的总分：上年 {total}，本年 {now}，变化 {change} 分。与上一条不同的原因，见“表上写的上年总分”一条。",
        "By the totals as each year states them: last year {total}, this year {now}, {change} points. Why that differs from the line above is said where the table's total is.",
    )
    .with(&[
        ("total", fixed(total, decimals).into()),
        ("now", fixed(now, decimals).into()),
        ("change", number::signed(rounded(now, decimals) - rounded(total, decimals), decimals).into()),
    ])
}

/// Last year as a row beside the years that were assessed: what its table says of itself.
pub fn period_row(against: &Against, results: &Results) -> Row {
    let mut cells = vec![
        year(against, results).into(),
        Value::Empty,
        Value::of(against.stated_total.as_ref().map(|total| total.score)),
        Value::Empty,
        file(against).into(),
    ];
    cells.extend([Value::Empty, Value::Empty, Value::Empty, Value::Empty]);
    row(cells)
}

/// The same among the digests.
pub fn source_row(against: &Against, results: &Results) -> Row {
    row(vec![year(against, results).into(), file(against).into(), against.sha256.clone().into(), Value::Empty])
}

fn year(against: &Against, results: &Results) -> Text {
    against.period(&results.period).map_or_else(|| t("上年", "last year"), Text::from)
}

fn file(against: &Against) -> Text {
    t("得分表 {file}", "table {file}").with(&[("file", against.file.clone().into())])
}

/// Said where the scores as printed do not differ by the points beside them.
fn apart(before: f64, after: f64, decimals: u32) -> Text {
    let printed = rounded(after, decimals) - rounded(before, decimals);
    if snapped(printed - rounded(after - before, decimals)) == 0 { Text::default() } else { UNROUNDED }
}

const UNROUNDED: Text = t("（按未取舍的数算，有尾差）", " (of the unrounded figures)");

/// What a row says, where, and that out of 100: `36.4/50（C7），得分率 72.8`.
fn written(row: &BaselineRow, decimals: u32) -> Text {
    let cell = row.place.cell.clone().unwrap_or_default();
    t("{written}（{cell}，得分率 {score}）", "{written} ({cell}; {score}% of full marks)").with(&[
        ("written", row.written.clone().into()),
        ("cell", cell.into()),
        ("score", fixed(row.score, decimals).into()),
    ])
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
            "对不上的行：{named}。只是改了名称的，请在对照表里写明新旧名称，再比一次。",
            "Rows that match nothing: {named}. Where one was only renamed, write its old and new name into the crosswalk and compare again.",
        )
        .with(&[("named", Text::join(&named, "、", ", "))])
    })
}

/// A row that says another score than the rows below it.
fn contradiction(torn: &Torn, against: &Against, decimals: u32) -> Text {
    let score = |value: f64| Text::from(fixed(value, decimals));
    let moved = torn.before - against.before.unwrap_or(torn.before);
    let printed = (rounded(torn.row.score, decimals) - rounded(torn.weighted, decimals)) * rounded(100.0 * torn.share, 2) / 100.0;
    t(
        "上年得分表前后不一致：“{name}”一行是 {own}，它下级的 {rows} 行按上年满分合起来是 {below}，按本年权重合起来是 {weighted}。上面用的是下级的行、本年的权重；改用这一行，上年在可比部分是 {before}：（{own} − {weighted}）× 占比 {share}% = {moved} 分{apart}。请向出表的单位核对。",
        "Last year's table does not agree with itself: the row \"{name}\" says {own}, and its {rows} rows below come to {below} by last year's full marks and to {weighted} by this year's weights. The figures above are by the rows below and this year's weights; by the row itself last year is {before} on that part: ({own} − {weighted}) × its share of {share}% = {moved} points{apart}. Ask whoever made the table.",
    )
    .with(&[
        ("name", called(&torn.row)),
        ("own", score(torn.row.score)),
        ("rows", torn.rows.into()),
        ("below", score(torn.below)),
        ("weighted", score(torn.weighted)),
        ("share", fixed(100.0 * torn.share, 2).into()),
        ("before", score(torn.before)),
        ("moved", signed(moved)),
        ("apart", if snapped(rounded(printed, 2) - rounded(moved, 2)) == 0 { Text::default() } else { UNROUNDED }),
    ])
}

/// The total that the table states, and why it need not be the one above.
fn stated_total(total: &BaselineRow, against: &Against, decimals: u32) -> Text {
    let before = against.before.unwrap_or_default();
    let by_the_rows_themselves = before + against.torn.iter().map(|torn| torn.before - before).sum::<f64>();
    if !against.torn.is_empty() && fixed(by_the_rows_themselves, decimals) == fixed(total.score, decimals) {
        return t(
            "表上写的上年总分是 {total}；与上面 {before} 的差别就是上面说的前后不一致，改用表上那一行正好相等。",
            "The table states a total of {total}; what it differs by from {before} above is the disagreement stated above: by the row itself the two are the same.",
        )
        .with(&[("total", written(total, decimals)), ("before", fixed(before, decimals).into())]);
    }
    let text = match (against.torn.is_empty(), against.unmatched.is_empty()) {
        (true, true) => t(
            "表上写的上年总分是 {total}；它按上年的权重，上面的按本年的权重，两者不必相同。",
            "The table states a total of {total}, by last year's weights; the figures above are by this year's and need not agree with it.",
        ),
        (true, false) if against.total_is_of_groups => t(
            "表上写的上年总分是 {total}，等于对上的一级指标各行之和，不含对不上的 {unmatched} 行；它按上年的权重，上面的按本年的权重，两者不必相同。",
            "The table states a total of {total}: the sum of its matched rows of level 1, without the {unmatched} rows that match nothing; it is by last year's weights, the figures above by this year's, and they need not agree.",
        ),
        (true, false) => t(
            "表上写的上年总分是 {total}；它按上年的权重，含对不上的 {unmatched} 行中计入总分的，上面的按本年的权重、只算对上的行，两者不必相同。",
            "The table states a total of {total}, by last year's weights and with those of the {unmatched} unmatched rows that count in it; the figures above are by this year's weights, over the matched rows only, and need not agree with it.",
        ),
        (false, true) => t(
            "表上写的上年总分是 {total}；与上面的不同，先看上面说的前后不一致。",
            "The table states a total of {total}; where the figures above differ, the disagreement stated above comes first.",
        ),
        (false, false) => t(
            "表上写的上年总分是 {total}；与上面的不同，先看上面说的前后不一致，再看对不上的 {unmatched} 行。",
            "The table states a total of {total}; where the figures above differ, the disagreement stated above comes first, then the {unmatched} rows that match nothing.",
        ),
    };
    text.with(&[("total", written(total, decimals)), ("unmatched", against.unmatched.len().into())])
}

/// Stands under the table, whose scores are shown rounded.
pub const ROUNDED: Text = t(
    "变化和影响总分按未取舍的数算，与表中的得分相减会有尾差。",
    "Changes and points are of the unrounded figures; the scores as shown may differ by a last digit.",
);

/// Last year's table beside this year; the last row is the part that can be compared.
pub fn table(against: &Against, results: &Results) -> Table {
    let shown = |one: &AgainstRow| {
        let (code, name) = match one.node {
            AgainstNode::Group(index) => (results.groups[index].code.clone(), results.groups[index].name.clone()),
            AgainstNode::Item(index) => (results.items[index].reference.clone(), results.items[index].question.clone()),
        };
        let name = match &one.renamed_from {
            Some(old) => {
                t("按对照表对上：{old} → {name}", "by the crosswalk: {old} → {name}").with(&[("old", old.clone().into()), ("name", name)])
            }
            None => name,
        };
        row(vec![
            code.into(),
            Value::Text(name),
            one.row.written.clone().into(),
            one.row.place.cell.clone().unwrap_or_default().into(),
            Value::Number(one.before),
            Value::of(one.after),
            Value::of(one.after.map(|after| after - one.before)),
            Value::Number(one.share),
            Value::of(one.points),
        ])
    };
    let sum = row(vec![
        Value::Empty,
        Value::Text(SUM),
        Value::Empty,
        Value::Empty,
        Value::of(against.before),
        Value::of(against.after),
        Value::of(against.before.zip(against.after).map(|(before, after)| after - before)),
        Value::Number(against.coverage),
        Value::Number(against.rows.iter().filter_map(|one| one.points).sum()),
    ]);
    let last = against.period(&results.period).map_or_else(
        || t("上年得分率", "Last year, % of full marks"),
        |period| t("{period} 得分率", "{period}, % of full marks").with(&[("period", period.into())]),
    );
    Table {
        id: "against",
        title: t("与上年得分表对比", "Against last year's table"),
        columns: vec![
            column(t("编号", "Code"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("表上写的", "As written"), Kind::Short),
            column(t("单元格", "Cell"), Kind::Short),
            column(last, Kind::Ungraded),
            column(t("本年得分", "This year"), Kind::Score),
            column(t("变化", "Change"), Kind::Change),
            column(t("权重占比", "Weight in total"), Kind::Percent),
            column(t("影响总分", "Points of the total"), Kind::Moved),
        ],
        rows: against.rows.iter().map(shown).chain([sum]).collect(),
    }
}

pub fn unmatched_rows(against: &Against) -> Table {
    let rows = against.unmatched.iter().map(|one| {
        row(vec![
            one.code.clone().into(),
            one.name.clone().into(),
            one.written.clone().into(),
            Value::Number(one.score),
            one.place.cell.clone().unwrap_or_default().into(),
        ])
    });
    Table {
        id: "unmatched",
        title: t("上年得分表里对不上的行", "Rows of last year's table that match nothing"),
        columns: vec![
            column(t("编号", "Code"), Kind::Short),
            column(t("名称", "Name"), Kind::Text),
            column(t("表上写的", "As written"), Kind::Short),
            column(t("上年得分率", "Last year, % of full marks"), Kind::Ungraded),
            column(t("单元格", "Cell"), Kind::Short),
        ],
        rows: rows.collect(),
    }
}

/// Rows of last year's table that could not be used, and why.
pub fn problems(against: &Against) -> Table {
    let rows = against
        .findings
        .iter()
        .map(|finding| row(vec![finding.place.cell.clone().unwrap_or_default().into(), Value::Text(finding.message.clone())]));
    Table {
        id: "baseline-problems",
        title: t("上年得分表的问题", "Problems of last year's table"),
        columns: vec![column(t("单元格", "Cell"), Kind::Short), column(t("问题与办法", "What, and what to do"), Kind::Text)],
        rows: rows.collect(),
    }
}

/// All of them, for pages.
pub fn blocks(against: &Against, results: &Results) -> Vec<Block> {
    [Block::Table(table(against, results)), Block::Text(ROUNDED)].into_iter().chain(not_used(against)).collect()
}

/// What of the table was not used.
pub fn not_used(against: &Against) -> Vec<Block> {
    let mut blocks = vec![Block::Table(unmatched_rows(against))];
    if !against.findings.is_empty() {
        blocks.push(Block::Table(problems(against)));
    }
    blocks
}
