//! 得分由来 in the workbook: a row an item, from its cells to its points of the total; and the links that lead there.

use crate::analysis::derivation::{self, Case, Cell, ItemDerivation};
use crate::number::snapped;
use crate::place::inside_out;
use crate::report::Facts;
use crate::report::assessment::nobody;
use crate::report::assessment::tables::question;
use crate::report::document::{Kind, Of, Row, Table, Value, Which, column, row};
use crate::report::explain::{change, reached, read_as, weight};
use crate::result::{ItemResult, Results};
use crate::text::{Text, t};

/// An item's anchor in 评分明细.
pub fn item_anchor(id: &str) -> String {
    format!("item {id}")
}

/// An item's anchor in 得分由来.
pub fn derivation_anchor(id: &str) -> String {
    format!("derivation {id}")
}

/// The ref of an item, which leads to its row in 评分明细.
pub fn reference(item: &ItemResult) -> Value {
    Value::Link(item.reference.clone().into(), item_anchor(&item.id))
}

/// The code of a group, which leads to what stands under it: its first group, else its first item that is assessed.
pub fn code(results: &Results, code: &str) -> Value {
    let group = results.groups.iter().find(|group| group.parent.as_deref() == Some(code) && group.counts.in_scope() > 0);
    let item = || results.items.iter().find(|item| item.parent.as_deref() == Some(code) && item.state != "out_of_scope");
    let anchor = group.map(|group| super::tables::group_anchor(&group.code)).or_else(|| item().map(|item| item_anchor(&item.id)));
    anchor.map_or_else(|| code.into(), |anchor| Value::Link(code.into(), anchor))
}

/// How the columns hang together.
pub const HOW: Text = t(
    "计入总分 = 占总分（%）÷ 100 × 得分，各题之和就是总分；占总分 = 从本题到一级指标逐层“权重 ÷ 同级计分的权重之和”的连乘积。数值没有取舍，可以复算。一题一组的完整推导：ecap explain。",
    "Contribution = share (%) / 100 × score, and all of them sum to the total; the share is the product, level by level, of weight / weights of all scored siblings. Numbers are unrounded, to be recomputed. The whole derivation of an item or a group: ecap explain.",
);

/// Every item in scope.
pub fn table(facts: &Facts<'_>) -> Table {
    let results = facts.results;
    let assessed = results.items.iter().enumerate().filter(|(_, item)| item.state != "out_of_scope");
    let mut rows: Vec<Row> = assessed.map(|(index, item)| line(facts, index, item)).collect();
    let mut sum = vec![Value::Empty; 12];
    sum[1] = Value::Text(t("合计", "Sum"));
    sum[7] = Of::Total.figure(Which::Score, Value::of(results.total.score));
    sum[9] = Value::of(results.total.score.map(|_| 100.0));
    sum[10] = Of::Total.figure(Which::Score, Value::of(results.total.score));
    rows.push(row(sum));
    Table {
        id: "derivations",
        title: t("得分由来", "Derivations"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("出处（单元格 工作表 文件）", "Source (cell, sheet, file)"), Kind::Text),
            column(t("所填内容", "Answer as entered"), Kind::Text),
            column(t("读作", "Read as"), Kind::Text),
            column(t("达到的一档", "Step reached"), Kind::Text),
            column(t("采用谁的", "Whose answer"), Kind::Text),
            column(t("得分", "Score"), Kind::Exact),
            column(t("权重/同级", "Weight of siblings"), Kind::Short),
            column(t("占总分（%）", "Share (%)"), Kind::Exact),
            column(t("计入总分", "Contribution"), Kind::Exact),
            column(t("怎样会变（总分增减）", "What would change it (points of the total)"), Kind::Text),
        ],
        rows,
    }
}

fn line(facts: &Facts<'_>, index: usize, item: &ItemResult) -> Row {
    let one = derivation::item(facts.results, facts.tree, index);
    let part = one.path.first().map(|level| format!("{}/{}", weight(level.weight), weight(level.weights)));
    Row {
        anchor: Some(derivation_anchor(&item.id)),
        cells: vec![
            reference(item),
            Value::Text(question(facts, index)),
            joined(counting(&one).map(|cell| inside_out(&cell.cell, &cell.sheet, &cell.file))),
            joined(counting(&one).map(|cell| cell.text.clone())),
            Value::Text(read(facts, &one)),
            reached(&one).map_or(Value::Empty, Value::Text),
            Value::Text(whose(facts, &one)),
            Of::Item(index).figure(Which::Score, Value::of(one.score)),
            if one.score.is_some() { part.unwrap_or_default().into() } else { Value::Text(t("已离开", "left")) },
            Of::Item(index).figure(Which::SharePercent, Value::of(one.score.map(|_| 100.0 * one.share))),
            Of::Item(index).figure(Which::Contribution, Value::of(one.contribution)),
            Value::Text(otherwise(facts, &one)),
        ],
    }
}

/// The cells by which the item came to what it is, blank ones left out.
fn counting(one: &ItemDerivation) -> impl Iterator<Item = &Cell> {
    one.cells.iter().filter(|cell| cell.verdict.decides() && cell.state != "blank")
}

fn joined(parts: impl Iterator<Item = String>) -> Value {
    parts.collect::<Vec<_>>().join("；").into()
}

/// The same as they were read, where that differs; a state in its word.
fn read(facts: &Facts<'_>, one: &ItemDerivation) -> Text {
    let item = &facts.tree.items[one.item];
    let shown = counting(one).map(|cell| match cell.state.as_str() {
        "answered" => read_as(cell, item),
        state => super::state(state),
    });
    let parts: Vec<Text> = shown.filter(|text| !text.is_empty()).collect();
    if one.state == "blank" { super::state("blank") } else { Text::join(&parts, "；", "; ") }
}

/// The respondents that count, reviews marked, and how they were merged.
fn whose(facts: &Facts<'_>, one: &ItemDerivation) -> Text {
    let names: Vec<Text> = counting(one)
        .map(|cell| {
            let name = if cell.respondent.is_empty() { nobody(facts.results) } else { cell.respondent.clone().into() };
            if cell.review { t("{name}（复核）", "{name} (review)").with(&[("name", name)]) } else { name }
        })
        .collect();
    let all = Text::join(&names, "、", ", ");
    if names.len() > 1 {
        t("{names}，{merge}", "{names}; {merge}").with(&[("merge", facts.results.policy.merge.words()), ("names", all)])
    } else {
        all
    }
}

/// The next step, and what leaving would do where the item may leave.
fn otherwise(facts: &Facts<'_>, one: &ItemDerivation) -> Text {
    let next = one.next.as_ref().map(|next| {
        t("上一档：{what}，{change}", "next step: {what}, {change}")
            .with(&[("change", change(next.gain).into()), ("what", super::headline::needed(&one.state, &next.what))])
    });
    let may_leave = facts.tree.items[one.item].na.is_some();
    let leaving = one.what_if.iter().find(|case| case.case == Case::NotApplicable && may_leave).and_then(|case| case.change);
    let leaving = leaving
        .filter(|points| snapped(*points) != 0)
        .map(|points| t("不适用：{change}", "not applicable: {change}").with(&[("change", change(points).into())]));
    Text::join(&[next, leaving].into_iter().flatten().collect::<Vec<_>>(), "；", "; ")
}
