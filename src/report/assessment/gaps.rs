//! Tables of what is missing: below the law, losses, near steps, failed vetoes and keys, each with what to do.

use crate::analysis::weak_points;
use crate::report::Facts;
use crate::report::assessment::derivations::reference;
use crate::report::assessment::headline;
use crate::report::assessment::tables::{answer, question};
use crate::report::document::{Kind, Of, Table, Value, Which, column, row};
use crate::text::{Text, t};
use crate::tree::Criticality;
use crate::tree::content::TOP;

/// 未达法定要求: what the law asks for and is not met, whatever the score.
pub fn below_the_law(facts: &Facts<'_>) -> Table {
    let rows = facts.legal.below.iter().map(|index| {
        let result = &facts.results.items[*index];
        let item = &facts.tree.items[*index];
        row(vec![
            reference(result),
            Value::Text(question(facts, *index)),
            Value::Text(super::lead_of(facts, *index)),
            Value::Text(answer(facts, *index)),
            Of::Item(*index).figure(Which::Score, Value::of(result.score)),
            item.floor_shown().map_or(Value::Empty, Value::Text),
            Value::Text(item.content.laws_shown(facts.tree)),
            actions_to_floor(facts, *index).map_or(Value::Empty, Value::Text),
        ])
    });
    Table {
        id: "law",
        title: t("未达法定要求的题", "Items below what the law asks for"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("法律要求", "The law asks for"), Kind::Text),
            column(t("依据", "Basis"), Kind::Text),
            column(t("措施（责任部门、天数、办结凭据）", "Action (owner, days, proof)"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// Everything that leads from the item's score to what the law asks for.
pub fn actions_to_floor(facts: &Facts<'_>, index: usize) -> Option<Text> {
    let item = &facts.tree.items[index];
    let actions = item.content.actions_to(facts.results.items[index].score?, item.content.legal_floor?);
    let shown: Vec<Text> = actions.iter().map(|action| action.shown(facts.tree, index)).collect();
    (!shown.is_empty()).then(|| Text::join(&shown, "；再", "; then "))
}

/// What leads on from the item's score, with its owner, days and proof; none where the tree states no action, the item has its full
/// score, or nobody knows its answer: what is wrong there is not known either.
pub fn action(facts: &Facts<'_>, index: usize) -> Option<Text> {
    let item = facts.results.items.get(index).filter(|item| weak_points::is_known(item))?;
    let score = item.score?;
    let item = facts.tree.items.get(index)?;
    let action = item.content.action_from(score)?;
    let shown = action.shown(facts.tree, index);
    // A measure may reach further than the next step: then that is said, for its own words speak of what it reaches.
    let reached = 100.0 * action.to as f64 / TOP as f64;
    let steps = item.scaled.scale.steps();
    let worths = || steps.iter().map(|step| 100.0 * step.worth.to_f64());
    let next = worths().filter(|worth| *worth > score + 1e-9).fold(f64::INFINITY, f64::min);
    let step = steps.iter().find(|step| 100.0 * step.worth.to_f64() > reached - 1e-9).filter(|_| reached > next + 1e-9);
    Some(match step {
        Some(step) => t("{action}，做完可一次做到“{step}”", "{action}; done in full, this reaches: {step}")
            .with(&[("action", shown), ("step", step.what.clone())]),
        None => shown,
    })
}

/// Does the tree say what closes gaps?
pub fn has_actions(facts: &Facts<'_>) -> bool {
    facts.tree.items.iter().any(|item| !item.content.actions.is_empty())
}

/// Column 7 of the weak points, left out where the tree states no actions.
const ACTION: usize = 7;

/// Items that lose points, the largest loss first.
pub fn weak_points(facts: &Facts<'_>, most: usize) -> Table {
    let results = facts.results;
    let rows = (1usize..).zip(facts.weak.iter().take(most)).map(|(rank, point)| {
        let item = &results.items[point.item];
        let next = facts.next_step(point.item);
        row(vec![
            Value::Number(rank as f64),
            reference(item),
            Value::Text(question(facts, point.item)),
            Value::Text(super::lead_of(facts, point.item)),
            Value::Text(answer(facts, point.item)),
            Of::Item(point.item).figure(Which::Score, Value::of(item.score)),
            next.map_or(Value::Empty, |next| Value::Text(headline::next_needed(facts, point.item, next))),
            action(facts, point.item).map_or(Value::Empty, Value::Text),
            next.as_ref().map_or(Value::Empty, |next| Value::Number(next.gain)),
            Of::Item(point.item).figure(Which::Loss, Value::Number(point.loss)),
            Of::Item(point.item).figure(Which::CumulativePart, Value::Number(point.cumulative_part)),
        ])
    });
    let mut table = Table {
        id: "weak",
        title: t("失分最多的题", "Items that lose most"),
        columns: vec![
            column(t("序号", "No."), Kind::Count),
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("上一档要做到", "Needed for the next step"), Kind::Text),
            column(t("措施（责任部门、天数、办结凭据）", "Action (owner, days, proof)"), Kind::Text),
            column(t("可增分", "Gain"), Kind::Points),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("累计占全部失分", "Cumulative share of loss"), Kind::Percent),
        ],
        rows: rows.collect(),
    };
    if !has_actions(facts) {
        table.columns.remove(ACTION);
        table.rows.iter_mut().for_each(|row| {
            row.cells.remove(ACTION);
        });
    }
    table
}

/// 临界项: one small effort short of a step.
pub fn near_steps(facts: &Facts<'_>) -> Table {
    let rows = facts.near.iter().map(|near| {
        let index = near.next.item;
        let item = &facts.results.items[index];
        row(vec![
            reference(item),
            Value::Text(question(facts, index)),
            Value::Text(super::lead_of(facts, index)),
            Value::Text(answer(facts, index)),
            Value::Text(headline::next_needed(facts, index, &near.next)),
            Value::Text(near.short_by.clone()),
            Value::Number(near.next.gain),
        ])
    });
    Table {
        id: "near",
        title: t(
            "临界项：差一点就上一档（与下一档相差不超过该档的 5%，计数的相差 1）",
            "Just short of the next step (by at most 5% of the step, or by 1 where things are counted)",
        ),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("上一档要做到", "Needed for the next step"), Kind::Text),
            column(t("还差", "Short by"), Kind::Short),
            column(t("可增分", "Gain"), Kind::Points),
        ],
        rows: rows.collect(),
    }
}

/// What to mend at once: failed vetoes and key items at 0.
pub fn critical(facts: &Facts<'_>) -> Table {
    let results = facts.results;
    let all = facts.first.iter().copied().filter(|index| weak_points::is_critical_failure(results, &results.items[*index]));
    let rows = all.map(|index| {
        let item = &results.items[index];
        let kind = if facts.tree.items[index].criticality == Criticality::Veto { t("否决项", "veto") } else { t("关键项", "key") };
        let next = facts.next_step(index);
        row(vec![
            reference(item),
            Value::Text(kind),
            Value::Text(question(facts, index)),
            Value::Text(super::lead_of(facts, index)),
            Value::Text(answer(facts, index)),
            next.map_or(Value::Empty, |next| Value::Text(headline::next_needed(facts, index, next))),
        ])
    });
    Table {
        id: "critical",
        title: t("未达标的否决项和 0 分的关键项", "Failed veto items and key items at 0"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("类别", "Kind"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("须做到", "Needed"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}
