//! How much each department has to do, and until when.

use crate::analysis::plan::schedule::Task;
use crate::report::document::{Block, Kind, Table, Value, column, row};
use crate::report::plan::Facts;
use crate::report::plan::gantt::{beside_owner, day, owner};
use crate::text::{Text, t};

/// One department's work.
#[derive(Default)]
struct Load {
    name: Text,
    items: usize,
    actions: usize,
    beside: usize,
    days: usize,
    days_beside: usize,
    end: usize,
    /// When what the plan gives it is done.
    plan_end: usize,
}

fn loads(facts: &Facts<'_>) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    let at = |loads: &mut Vec<Load>, name: Text| {
        loads.iter().position(|load| load.name == name).unwrap_or_else(|| {
            loads.push(Load { name, ..Load::default() });
            loads.len() - 1
        })
    };
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for task in &facts.tasks {
        let at = at(&mut loads, owner(facts, task));
        let Task { step, start_day, end_day, .. } = *task;
        let load = &mut loads[at];
        if !seen.contains(&(at, step)) {
            seen.push((at, step));
            load.items += 1;
        }
        load.actions += 1;
        load.days += end_day - start_day;
        load.end = load.end.max(end_day);
        load.plan_end = load.plan_end.max(end_day);
    }
    for one in &facts.beside {
        let at = at(&mut loads, beside_owner(facts, one));
        let load = &mut loads[at];
        let days = one.end_day - one.start_day;
        load.items += 1;
        load.beside += 1;
        load.actions += facts.dues[one.due].rungs.len();
        load.days += days;
        load.days_beside += days;
        load.end = load.end.max(one.end_day);
    }
    loads.sort_by_key(|load| std::cmp::Reverse(load.end));
    loads
}

/// The table, and what has to be known to read it.
pub fn blocks(facts: &Facts<'_>) -> Vec<Block> {
    let loads = loads(facts);
    let mut notes = Vec::new();
    let mut steps: Vec<usize> = facts.tasks.iter().map(|task| task.step).collect();
    steps.sort_unstable();
    steps.dedup();
    let twice = loads.iter().map(|load| load.items).sum::<usize>().saturating_sub(steps.len() + facts.beside.len());
    if twice > 0 {
        notes.push(
            t(
                "有 {count} 题由两家分头办，在两行里各计一次，所以各行题数相加比总题数多 {count}。",
                "{count} [item is|items are] shared by two departments and [stands|stand] in both rows, so the rows add up to {count} more than there are items.",
            )
            .counted(twice),
        );
    }
    let beside: usize = loads.iter().map(|load| load.days_beside).sum();
    let plan = loads.iter().map(|load| load.days).sum::<usize>().saturating_sub(beside);
    if plan > 0 && beside > 0 {
        notes.push(
            t(
                "各行天数相加 {all} 天：办法里的题 {plan} 天，另办的题 {beside} 天。",
                "The rows add up to {all} days: {plan} for the items of the plan, {beside} for those beside it.",
            )
            .with(&[("all", (plan + beside).into()), ("plan", plan.into()), ("beside", beside.into())]),
        );
    }
    for load in loads.iter().filter(|load| load.beside > 0 && load.plan_end > 0) {
        notes.push(
            t(
                "{name}另办的 {count} 题（{days} 天）与进度表里的同时办，手头不止一件；只能一件接一件办的，要到 {date} 才办完。",
                "{name} has {count} [item|items] ({days} days) beside the schedule and so more than one thing in hand; one after the other they take until {date}.",
            )
            .counted(load.beside)
            .with(&[
                ("name", load.name.clone()),
                ("days", load.days_beside.into()),
                ("date", day(facts, load.plan_end.saturating_add(load.days_beside))),
            ]),
        );
    }
    let mut blocks = vec![Block::Table(table(facts, &loads))];
    if !notes.is_empty() {
        blocks.push(Block::List(notes));
    }
    blocks
}

fn table(facts: &Facts<'_>, loads: &[Load]) -> Table {
    let some_beside = loads.iter().any(|load| load.beside > 0);
    let rows = loads.iter().map(|load| {
        let mut cells = vec![Value::Text(load.name.clone()), Value::Number(load.items as f64)];
        if some_beside {
            cells.push(Value::Number(load.beside as f64));
        }
        cells.extend([Value::Number(load.actions as f64), Value::Number(load.days as f64), Value::Text(day(facts, load.end))]);
        row(cells)
    });
    let rows = rows.collect();
    let mut columns = vec![column(t("责任单位", "Responsible"), Kind::Text), column(t("题数", "Items"), Kind::Count)];
    if some_beside {
        columns.push(column(t("其中另办", "Beside the plan"), Kind::Count));
    }
    let end = if facts.binding().is_some() { t("预计办结", "Expected end") } else { t("办结", "Done by") };
    columns.extend([column(t("措施", "Actions"), Kind::Count), column(t("天数", "Days"), Kind::Count), column(end, Kind::Short)]);
    Table {
        id: "busy",
        title: t("各单位的工作量，最晚办完的在前", "What each department has to do, the last to finish first"),
        columns,
        rows,
    }
}
