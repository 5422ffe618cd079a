//! Tables of the plan: its steps, other ways, and what each step up is worth.

use crate::analysis::plan::{Answer, Plan, Proof, Rung};
use crate::analysis::rectification::{Marginal, end_of, taken};
use crate::analysis::steps;
use crate::ledger::blank::limit_shown;
use crate::number::{Number, fixed};
use crate::report::assessment::{headline, question};
use crate::report::document::{Kind, Table, Value, column, row};
use crate::report::plan::words::{amount, reason, way};
use crate::report::plan::{Facts, Request, follow};
use crate::scale::Way;
use crate::text::{Text, t};

pub const STEP_WIDTHS: [f64; 12] = [6.0, 10.0, 40.0, 15.0, 56.0, 20.0, 16.0, 12.0, 10.0, 9.0, 18.0, 12.0];
/// The same where a ledger binds.
pub const BOUND_WIDTHS: [f64; 12] = [6.0, 10.0, 40.0, 15.0, 56.0, 20.0, 8.0, 12.0, 12.0, 12.0, 20.0, 20.0];
pub const MARGINAL_WIDTHS: [f64; 10] = [10.0, 44.0, 15.0, 60.0, 20.0, 9.0, 8.0, 10.0, 10.0, 22.0];

/// `33.3 → 66.7`.
pub fn rise(facts: &Facts<'_>, from: f64, to: f64) -> Text {
    let decimals = facts.base.results.policy.decimals;
    format!("{} → {}", fixed(from, decimals), fixed(to, decimals)).into()
}

/// What each rung takes, said from the item's answer.
pub fn each(facts: &Facts<'_>, item: usize, rungs: &[Rung]) -> Vec<Text> {
    let (results, tree) = (facts.base.results, facts.base.tree);
    let in_tree = &tree.items[item];
    let one = |(at, rung): (usize, &Rung)| {
        let below = at.checked_sub(1).and_then(|before| rungs.get(before)).map(|rung| &rung.worth);
        let way = steps::way(results, tree, item, below, &rung.worth);
        let action = rung.action.and_then(|action| in_tree.content.actions.get(action)).map(|action| action.on(way.as_ref()));
        let step = || in_tree.scaled.scale.steps().into_iter().find(|step| step.worth == rung.worth).map(|step| step.what);
        let named = || if let Some(Way::Named { what, .. }) = &way { Some(what.clone()) } else { None };
        action.or_else(named).or_else(step).unwrap_or_default()
    };
    rungs.iter().enumerate().map(one).collect()
}

/// What rungs take, in order; without an answer on record, an answer first.
pub fn what(facts: &Facts<'_>, item: usize, rungs: &[Rung]) -> Text {
    let joined = Text::join(&each(facts, item, rungs), "；再：", "; then: ");
    headline::needed(&facts.base.results.items[item].state, &joined)
}

/// Who does it, each named once.
pub fn owners(facts: &Facts<'_>, item: usize, rungs: &[Rung]) -> Text {
    let tree = facts.base.tree;
    let mut names: Vec<Text> = Vec::new();
    for rung in rungs {
        let action = rung.action.and_then(|action| tree.items[item].content.actions.get(action));
        let name = action.map_or_else(|| Text::join(&tree.asked(item), "、", ", "), |action| action.owner_shown(tree, item));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Text::join(&names, "、", ", ")
}

pub fn days(days: Option<usize>) -> Value {
    days.map_or(Value::Empty, |days| Value::Number(days as f64))
}

fn money(money: Option<&Number>) -> Value {
    money.map_or(Value::Empty, |money| Value::Number(money.to_f64()))
}

pub fn reference(facts: &Facts<'_>, item: usize) -> Value {
    Value::Text(facts.base.results.items[item].reference.clone().into())
}

/// The steps of the plan.
pub fn steps(facts: &Facts<'_>) -> Table {
    match &facts.outcome.answer {
        Answer::Plan(plan) => {
            let binding = facts.binding().is_some();
            let title = if binding {
                t(
                    "整改的题，按时限先后；台账里的，责任单位和时限照台账",
                    "Items to raise by time limit; owners and limits of the ledger stand",
                )
            } else {
                t("整改的题，按办结先后", "Items to raise, first done first")
            };
            let mut table = steps_of(facts, plan, &facts.reached, "steps", title);
            if binding {
                // Why it was chosen was said when it was; the room is for how far it is.
                let keep = |at: usize, all: usize| at != WHY && at + 1 != all;
                let all = table.columns.len();
                let mut at = 0..all;
                table.columns.retain(|_| at.next().is_some_and(|at| keep(at, all)));
                for row in &mut table.rows {
                    let mut at = 0..all;
                    row.cells.retain(|_| at.next().is_some_and(|at| keep(at, all)));
                }
            }
            for (at, row) in table.rows.iter_mut().enumerate() {
                let item = plan.steps[at].item;
                if let Some(row_then) = facts.bound(item).map(|one| one.row).filter(|row| row.rewritten) {
                    row.cells[ACTION] = Value::Text(row_then.action.clone().into());
                }
                if let Some(owner) = follow::owner(facts, item) {
                    row.cells[OWNER] = Value::Text(owner);
                }
                if binding {
                    row.cells.push(limit(facts, item));
                }
                row.cells.push(end(facts, at));
                if binding {
                    row.cells.push(Value::Text(follow::state(facts, item)));
                }
            }
            if binding {
                table.columns.push(column(t("时限", "Time limit"), Kind::Short));
            }
            table.columns.push(column(if binding { t("预计办结", "Expected end") } else { t("办结", "Done by") }, Kind::Short));
            if binding {
                table.columns.push(column(t("台账状态", "State in the ledger"), Kind::Text));
            }
            table
        }
        _ => Table { id: "steps", title: Text::default(), columns: Vec::new(), rows: Vec::new() },
    }
}

/// Positions of what the ledger may state otherwise.
const ACTION: usize = 4;
const OWNER: usize = 5;
const WHY: usize = 6;

/// The time limit of a step that the ledger that binds lists.
fn limit(facts: &Facts<'_>, item: usize) -> Value {
    let agreed = facts.bound(item).and_then(|one| follow::agreed(one.row.limit, facts.start));
    agreed.map_or(Value::Empty, |limit| Value::Text(limit_shown(limit)))
}

/// When a step of the plan is done, as it is scheduled; empty where it is said to be done.
fn end(facts: &Facts<'_>, step: usize) -> Value {
    end_of(&facts.tasks, step).map_or(Value::Empty, |day| Value::Text(super::gantt::day(facts, day)))
}

/// The steps of any plan.
pub fn steps_of(facts: &Facts<'_>, plan: &Plan, reached: &[f64], id: &'static str, title: Text) -> Table {
    let with_money = plan.steps.iter().any(|step| step.money.is_some());
    let rows = (1usize..).zip(&plan.steps).zip(reached).map(|((number, step), total)| {
        let mut cells = vec![
            Value::Number(number as f64),
            reference(facts, step.item),
            Value::Text(question(facts.base, step.item)),
            Value::Text(rise(facts, step.from, step.to)),
            Value::Text(what(facts, step.item, &step.rungs)),
            Value::Text(owners(facts, step.item, &step.rungs)),
            Value::Text(reason(facts, step)),
            days(step.days),
        ];
        if with_money {
            cells.push(money(step.money.as_ref()));
        }
        cells.extend([Value::Number(step.gain), Value::Number(*total)]);
        row(cells)
    });
    let rows = rows.collect();
    let mut columns = vec![
        column(t("顺序", "No."), Kind::Count),
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("得分从到", "Score"), Kind::Short),
        column(t("要做的事", "What to do"), Kind::Text),
        column(t("责任单位", "Responsible"), Kind::Text),
        column(t("为什么选它", "Why this one"), Kind::Text),
        column(t("天数", "Days"), Kind::Count),
    ];
    if with_money {
        columns.push(column(t("费用（万元）", "Money (10,000 yuan)"), Kind::Amount));
    }
    columns.extend([column(t("增分", "Gain"), Kind::Points), column(t("累计总分", "Total so far"), Kind::Unrounded)]);
    Table { id, title, columns, rows }
}

/// The way recommended beside others.
pub fn ways(facts: &Facts<'_>) -> Table {
    let one = |request: &Request, answer: &Answer| {
        let name = Value::Text(way(facts, request));
        let text =
            |text: Text| row(vec![name.clone(), Value::Empty, Value::Empty, Value::Empty, Value::Empty, Value::Empty, Value::Text(text)]);
        match answer {
            Answer::Plan(plan) => {
                let all: Vec<Rung> = plan.steps.iter().flat_map(|step| step.rungs.clone()).collect();
                let (in_days, in_money) = taken(&all);
                let proof = match plan.proof {
                    Proof::Optimal => t("已经证明最好", "proved the best"),
                    Proof::Cost { ref bound, distance } => {
                        t("下限 {bound}，最多多花 {part}%", "bound {bound}, too much by {part}% at most")
                            .with(&[("bound", amount(request.measure, bound)), ("part", fixed(100.0 * distance, 2).into())])
                    }
                    Proof::Points { distance, .. } => {
                        t("最多差 {distance} 分", "short by {distance} points at most").with(&[("distance", fixed(distance, 4).into())])
                    }
                };
                row(vec![
                    name,
                    Value::Text(facts.grade(plan.after.grade)),
                    Value::Number(plan.after.rounded),
                    Value::Number(plan.steps.len() as f64),
                    days(in_days),
                    money(in_money.as_ref()),
                    Value::Text(proof),
                ])
            }
            Answer::Unreachable(found) => {
                text(t("达不到，最多到 {score} 分（{grade}）", "out of reach: {score} ({grade}) at most").with(&[
                    ("score", fixed(found.best.rounded, facts.base.results.policy.decimals).into()),
                    ("grade", facts.grade(found.best.grade)),
                ]))
            }
            Answer::Reached(_) => text(t("已经达到", "reached already")),
            Answer::NoTotal => text(t("没有一题计分", "nothing is scored")),
        }
    };
    let mut rows = vec![one(&facts.request, &facts.outcome.answer)];
    rows.extend(facts.others.iter().map(|other| one(&other.request, &other.outcome.answer)));
    Table {
        id: "ways",
        title: t("几种办法", "Ways side by side"),
        columns: vec![
            column(t("办法", "Way"), Kind::Text),
            column(t("等级", "Grade"), Kind::Short),
            column(t("总分", "Total"), Kind::Ungraded),
            column(t("题数", "Items"), Kind::Count),
            column(t("天数", "Days"), Kind::Count),
            column(t("费用（万元）", "Money (10,000 yuan)"), Kind::Amount),
            column(t("证明", "Proof"), Kind::Text),
        ],
        rows,
    }
}

/// What each step up is worth by itself.
pub fn marginal(facts: &Facts<'_>, most: usize) -> Table {
    let results = facts.base.results;
    let knows_money = facts.knows_money();
    let some_wait = facts.marginal.iter().take(most).any(|one| !one.gain.waits_for.is_empty());
    let rows = facts.marginal.iter().take(most).map(|Marginal { gain, per_30_days }| {
        let to = gain.rungs.last().map_or(gain.from, |rung| rung.score);
        let waits: Vec<Text> = gain.waits_for.iter().map(|item| results.items[*item].reference.clone().into()).collect();
        let mut cells = vec![
            reference(facts, gain.item),
            Value::Text(question(facts.base, gain.item)),
            Value::Text(rise(facts, gain.from, to)),
            Value::Text(what(facts, gain.item, &gain.rungs)),
            Value::Text(owners(facts, gain.item, &gain.rungs)),
            Value::Number(gain.points),
            days(gain.days),
            per_30_days.map_or(Value::Empty, Value::Number),
        ];
        if knows_money {
            cells.push(money(gain.money.as_ref()));
        }
        if some_wait {
            cells.push(if waits.is_empty() { Value::Empty } else { Value::Text(Text::join(&waits, "、", ", ")) });
        }
        row(cells)
    });
    let mut columns = vec![
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("得分从到", "Score"), Kind::Short),
        column(t("要做的事", "What to do"), Kind::Text),
        column(t("责任单位", "Responsible"), Kind::Text),
        column(t("增分", "Gain"), Kind::Points),
        column(t("天数", "Days"), Kind::Count),
        column(t("每 30 天增分", "Gain for 30 days"), Kind::Points),
    ];
    if knows_money {
        columns.push(column(t("费用（万元）", "Money (10,000 yuan)"), Kind::Amount));
    }
    if some_wait {
        columns.push(column(t("先要有", "Needs first"), Kind::Short));
    }
    let title = if facts.marginal.len() > most {
        t("最值得做的 {most} 种升法（全部 {count} 种见工作簿）", "The {most} ways up that pay best, of {count} in the workbook")
            .with(&[("most", most.into()), ("count", facts.marginal.len().into())])
    } else {
        t("各题升档的增分", "Each way up")
    };
    Table { id: "marginal", title, columns, rows: rows.collect() }
}
