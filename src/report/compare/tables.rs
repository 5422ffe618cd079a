//! The tables of a comparison, used by pages and sheets alike.

use crate::analysis::change::paired::Test;
use crate::analysis::change::{Cause, Change, GroupChange, Origin, Parts, Year, cause, same_groups};
use crate::number::{fixed, rounded, snapped};
use crate::report::assessment::headline;
use crate::report::compare::{Facts, last_year, words};
use crate::report::document::{Column, Kind, Row, Table, Value, column, row};
use crate::text::{Text, t};

/// The last row of a table that adds up.
pub const SUM: Text = t("合计", "Sum");

/// Each year's total and what stands behind it.
pub fn periods(facts: &Facts<'_>) -> Table {
    let rows = facts.years.iter().map(|year| {
        let results = year.results;
        let counts = &results.counts;
        let range = if results.total.low == results.total.high {
            Text::default()
        } else {
            t("{low}～{high}", "{low} to {high}")
                .with(&[("low", headline::score(results, results.total.low)), ("high", headline::score(results, results.total.high))])
        };
        row(vec![
            results.period.clone().into(),
            Value::Text(headline::grade(results)),
            Value::of(results.total.rounded),
            Value::Text(range),
            format!("{} {}", results.tree.id, results.tree.edition).into(),
            Value::Number(counts.answered as f64),
            Value::Number(counts.not_applicable as f64),
            Value::Number(counts.no_data as f64),
            Value::Number((counts.blank + counts.unreadable) as f64),
        ])
    });
    let table = facts.against.iter().map(|against| last_year::period_row(against, facts.newest()));
    // A table of last year's scores comes without its grades.
    let total = if facts.against.is_some() { Kind::Ungraded } else { Kind::Score };
    Table {
        id: "periods",
        title: t("各评估期", "Periods"),
        columns: vec![
            column(t("评估期", "Period"), Kind::Short),
            column(t("等级", "Grade"), Kind::Short),
            column(t("总分", "Total"), total),
            column(t("可能范围", "Possible range"), Kind::Short),
            column(t("指标体系或得分表", "Tree or table of scores"), Kind::Short),
            column(t("已答", "Answered"), Kind::Count),
            column(t("不适用", "N/A"), Kind::Count),
            column(t("查无资料", "No data"), Kind::Count),
            column(t("空白或读不出", "Blank or unreadable"), Kind::Count),
        ],
        rows: table.chain(rows).collect(),
    }
}

/// Where the change of the total came from; the last row is the change itself.
pub fn causes(facts: &Facts<'_>) -> Option<Table> {
    let (before, after, step) = facts.last_step()?;
    let parts = step.parts();
    let mut rows = Vec::new();
    for (origin, _) in Origin::ALL {
        for (cause, _) in Cause::ALL.into_iter().filter(|(cause, _)| cause.origin() == origin) {
            let items = step.items_of(cause);
            if items > 0 {
                let cells = vec![
                    Value::Text(words::cause(cause)),
                    Value::Text(words::origin(origin)),
                    Value::Number(items as f64),
                    Value::Number(parts[cause]),
                ];
                rows.push(row(cells));
            }
        }
    }
    let sum = t("合计：总分的变化", "Sum: the change of the total");
    rows.push(row(vec![Value::Text(sum), Value::Empty, Value::Empty, Value::Number(step.points())]));
    Some(Table {
        id: "causes",
        title: t("总分变化从哪里来（{from}→{to}）", "Where the change of the total came from ({from} to {to})")
            .with(&[("from", before.results.period.clone().into()), ("to", after.results.period.clone().into())]),
        columns: vec![
            column(t("原因", "Cause"), Kind::Text),
            column(t("属于", "Belongs to"), Kind::Short),
            column(t("题数", "Items"), Kind::Count),
            column(t("影响总分", "Points of the total"), Kind::Moved),
        ],
        rows,
    })
}

/// What a row's items moved: all, then by origin.
fn origins(parts: &Parts) -> Vec<Value> {
    [parts.sum()].into_iter().chain(Origin::ALL.map(|(origin, _)| parts.of(origin))).map(Value::Number).collect()
}

fn origin_columns() -> Vec<Column> {
    let mut columns = vec![column(t("影响总分", "Points of the total"), Kind::Moved)];
    columns.extend(Origin::ALL.map(|(origin, _)| column(words::origin(origin), Kind::Moved)));
    columns
}

/// Groups of a level in both years.
pub fn groups(facts: &Facts<'_>, level: usize, id: &'static str) -> Table {
    let mut rows = Vec::new();
    if let Some((before, after, step)) = facts.last_step() {
        let mut ordered: Vec<_> = step.groups.iter().collect();
        // This year's in their order, then those that are gone.
        ordered.sort_by_key(|group| (group.after.is_none(), group.after.or(group.before)));
        for group in ordered {
            let old = group.before.map(|index| &before.results.groups[index]);
            let new = group.after.map(|index| &after.results.groups[index]);
            let Some(named) = new.or(old).filter(|one| one.level == level) else { continue };
            let (one, two) = (old.and_then(|old| old.rounded), new.and_then(|new| new.rounded));
            let mut cells = vec![named.code.clone().into(), Value::Text(named.name.clone()), Value::of(one), Value::of(two)];
            // The difference of what is printed, so that a reader's own subtraction agrees.
            cells.push(Value::of(one.zip(two).map(|(one, two)| rounded(two - one, after.results.policy.decimals))));
            cells.extend(origins(&group.parts));
            rows.push(row(cells));
        }
        if level == 1 {
            let mut cells = vec![Value::Empty, Value::Text(SUM), Value::Empty, Value::Empty, Value::Empty];
            cells.extend(origins(&step.parts()));
            rows.push(row(cells));
        }
    }
    let year = |index: usize| -> Text {
        facts
            .years
            .len()
            .checked_sub(index)
            .and_then(|at| facts.years.get(at))
            .map(|year| year.results.period.clone().into())
            .unwrap_or_default()
    };
    let mut columns = vec![
        column(t("编号", "Code"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(year(2), Kind::Score),
        column(year(1), Kind::Score),
        column(t("得分变化", "Change of score"), Kind::Change),
    ];
    columns.extend(origin_columns());
    let title = if level == 1 {
        t("一级指标两年对比", "Level-1 indicators in both years")
    } else {
        t("二级指标两年对比", "Level-2 indicators in both years")
    };
    Table { id, title, columns, rows }
}

/// Groups of level 1 whose weight changed.
pub fn reweighted<'a>(step: &'a Change, before: Year<'_>, after: Year<'_>) -> Vec<&'a GroupChange> {
    let changed = |group: &&GroupChange| {
        let Some((old, new)) = group.before.zip(group.after) else { return false };
        let (old, new) = (&before.results.groups[old], &after.results.groups[new]);
        new.level == 1 && snapped(old.weight) != snapped(new.weight)
    };
    step.groups.iter().filter(changed).collect()
}

/// Groups whose stated weight or share of the total changed for more than what their items did: those of level 1.
pub fn weights(facts: &Facts<'_>) -> Table {
    let mut rows = Vec::new();
    if let Some((before, after, step)) = facts.last_step() {
        for group in reweighted(step, before, after) {
            if let (Some(old), Some(new)) = (group.before, group.after) {
                let (old, new) = (&before.results.groups[old], &after.results.groups[new]);
                let weight = |value: f64| crate::number::Number::from_f64(value).map(|value| value.to_string()).unwrap_or_default();
                rows.push(row(vec![
                    new.code.clone().into(),
                    Value::Text(new.name.clone()),
                    weight(old.weight).into(),
                    weight(new.weight).into(),
                    Value::Number(old.share),
                    Value::Number(new.share),
                    Value::Number(group.parts[Cause::Weights]),
                ]));
            }
        }
    }
    Table {
        id: "weights",
        title: t("权重变了的一级指标", "Level-1 indicators whose weight changed"),
        columns: vec![
            column(t("编号", "Code"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("上年权重", "Weight then"), Kind::Short),
            column(t("本年权重", "Weight now"), Kind::Short),
            column(t("上年占比", "Share then"), Kind::Percent),
            column(t("本年占比", "Share now"), Kind::Percent),
            column(t("因权重影响总分", "Points by weights"), Kind::Moved),
        ],
        rows,
    }
}

/// How the figures that speak of weights go together. The number stands first: the sheet's first column is narrow.
pub fn weight_figures(facts: &Facts<'_>) -> Table {
    let mut rows = Vec::new();
    if let Some((before, after, step)) = facts.last_step() {
        let sum = cause::sum(reweighted(step, before, after).iter().map(|group| &group.parts));
        let own = sum[Cause::Weights];
        let mut add = |points: f64, what: Text| {
            rows.push(row(vec![Value::Number(points), Value::Text(what), Value::Number(points - own)]));
        };
        add(own, t("上表合计：只算这些一级指标的权重与归组", "Sum of the table above: weights and grouping of these indicators alone"));
        add(
            sum.of(Origin::Rule),
            t(
                "一级指标两年对比里它们的“{origin}”：另含题目增删、改档线、改版等",
                "\"{origin}\" of these in the table of both years: also items added, removed, redefined or with new thresholds",
            )
            .with(&[("origin", words::origin(Origin::Rule))]),
        );
        add(
            step.parts()[Cause::Weights],
            t(
                "“总分变化从哪里来”的“{cause}”：另含其他一级指标的权重与归组",
                "\"{cause}\" among the causes: also weights and grouping of the other level-1 indicators",
            )
            .with(&[("cause", words::cause(Cause::Weights))]),
        );
    }
    Table {
        id: "weight-figures",
        title: t("与权重有关的三个数，范围不同", "Three figures on weights, and what each takes in"),
        columns: vec![
            column(t("影响总分", "Points of the total"), Kind::Moved),
            column(t("出处与范围", "Where it stands, and what it takes in"), Kind::Text),
            column(t("比上表合计多", "Beyond the first"), Kind::Moved),
        ],
        rows,
    }
}

/// The paired tests.
pub fn tests(facts: &Facts<'_>) -> Table {
    let mut rows = Vec::new();
    let p_text = |p: f64| if p < 0.001 { t("小于 0.001", "below 0.001") } else { fixed(p, 3).into() };
    if let Some(paired) = &facts.paired {
        let mut add = |name: Text, test: Option<Test>, decimals: u32, effect: Text| {
            let (statistic, p) = test.map_or((Text::default(), t("无法检验", "not testable")), |test| {
                (fixed(test.statistic, decimals).into(), p_text(test.p))
            });
            rows.push(row(vec![Value::Text(name), Value::Text(statistic), Value::Text(p), Value::Text(effect)]));
        };
        let effect = |name: Text, value: Option<f64>| {
            value.map(|value| Text::join(&[name, fixed(value, 2).into()], " = ", " = ")).unwrap_or_default()
        };
        let rank = effect(t("秩二列相关 r", "rank-biserial r"), paired.differences.rank_biserial);
        add(
            t("Wilcoxon 符号秩检验（变化的大小次序）", "Wilcoxon signed-rank test (order of the changes)"),
            paired.differences.wilcoxon,
            2,
            rank,
        );
        add(
            t("配对 t 检验（变化的平均值）", "Paired t test (mean of the changes)"),
            paired.differences.t,
            2,
            effect(t("标准化均值差 d_z", "standardised mean d_z"), paired.differences.d_z),
        );
        let counts = t("升 {rose} 题，降 {fell} 题", "{rose} rose, {fell} fell")
            .with(&[("rose", paired.differences.rose.into()), ("fell", paired.differences.fell.into())]);
        // Its statistic is a number of items.
        add(t("符号检验（升的多还是降的多）", "Sign test (more rises or more falls)"), paired.differences.sign, 0, counts);
    }
    Table {
        id: "tests",
        title: t("同题配对检验", "Paired tests over items asked alike"),
        columns: vec![
            column(t("检验", "Test"), Kind::Text),
            column(t("统计量", "Statistic"), Kind::Short),
            column(t("p（双侧）", "p (two-sided)"), Kind::Short),
            column(t("效应大小", "Effect"), Kind::Short),
        ],
        rows,
    }
}

/// Scores of the total and of level 1 by period, by this year's groups.
pub fn trend(facts: &Facts<'_>) -> Table {
    let newest = facts.newest();
    let mut columns = vec![column(t("指标", "Indicator"), Kind::Text)];
    columns.extend(facts.years.iter().map(|year| column(year.results.period.clone().into(), Kind::Score)));
    let mut rows = vec![row([Value::Text(t("总分", "Total"))]
        .into_iter()
        .chain(facts.years.iter().map(|year| Value::of(year.results.total.rounded)))
        .collect())];
    let same: Vec<Vec<Option<usize>>> = facts.years.iter().map(|year| same_groups(year.results, newest)).collect();
    for (index, group) in newest.groups.iter().enumerate().filter(|(_, group)| group.level == 1) {
        let scores =
            facts.years.iter().zip(&same).map(|(year, same)| Value::of(same[index].and_then(|old| year.results.groups[old].rounded)));
        let name = Text::join(&[group.code.clone().into(), group.name.clone()], " ", " ");
        rows.push(row([Value::Text(name)].into_iter().chain(scores).collect()));
    }
    Table { id: "trend", title: t("历年得分", "Scores by year"), columns, rows }
}

/// From each year to the next: the change and its parts by origin; the last row is all years together.
pub fn steps(facts: &Facts<'_>) -> Table {
    let named = |index: usize| Text::from(facts.years[index].results.period.clone());
    let between = |from: usize, to: usize| t("{from}→{to}", "{from} to {to}").with(&[("from", named(from)), ("to", named(to))]);
    let parts: Vec<Parts> = facts.steps.iter().map(Change::parts).collect();
    let cells = |name: Text, parts: &Parts| row([Value::Text(name)].into_iter().chain(origins(parts)).collect());
    let mut rows: Vec<Row> = parts.iter().enumerate().map(|(index, parts)| cells(between(index, index + 1), parts)).collect();
    rows.push(cells(SUM, &cause::sum(parts.iter())));
    let mut columns = vec![column(t("评估期", "Periods"), Kind::Text)];
    columns.extend(origin_columns());
    Table { id: "steps", title: t("逐年的变化从哪里来", "Where each year's change came from"), columns, rows }
}

/// Which results were compared.
pub fn sources(facts: &Facts<'_>) -> Table {
    let rows = facts.years.iter().zip(&facts.digests).map(|(year, digest)| {
        let results = year.results;
        let edition = format!("{} {}", results.tree.id, results.tree.edition);
        row(vec![results.period.clone().into(), edition.into(), digest.clone().into(), results.tree.sha256.clone().into()])
    });
    let table = facts.against.iter().map(|against| last_year::source_row(against, facts.newest()));
    Table {
        id: "sources",
        title: t("比较的结果（SHA-256 摘要）", "Results compared (SHA-256)"),
        columns: vec![
            column(t("评估期", "Period"), Kind::Short),
            column(t("指标体系或得分表", "Tree or table of scores"), Kind::Short),
            column(t("结果或得分表的摘要", "Digest of the results or the table"), Kind::Text),
            column(t("指标体系摘要", "Tree digest"), Kind::Text),
        ],
        rows: table.chain(rows).collect(),
    }
}
