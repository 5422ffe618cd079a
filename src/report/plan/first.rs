//! 最先要办的事: what the assessment report names first, and what of it this plan passes over.

use crate::analysis::plan::Measure;
use crate::analysis::rectification::taken;
use crate::report::assessment::headline::{FIRST_THINGS, needed};
use crate::report::assessment::question;
use crate::report::document::{Kind, Table, Value, column, row};
use crate::report::plan::gantt::day;
use crate::report::plan::tables::{days, owners, reference, what};
use crate::report::plan::{Facts, follow};
use crate::text::{Text, t};

/// The first things that the plan takes, or those that it passes over.
fn chosen(facts: &Facts<'_>, inside: bool) -> Vec<usize> {
    let taken = |index: usize| facts.plan().is_some_and(|plan| plan.steps.iter().any(|step| step.item == index));
    let wanted = |index: &usize| taken(*index) == inside;
    facts.base.first.iter().copied().take(FIRST_THINGS).filter(wanted).collect()
}

/// How many of them the plan takes, and where the others stand.
pub fn line(facts: &Facts<'_>) -> Option<Text> {
    let (inside, outside) = (chosen(facts, true), chosen(facts, false));
    if outside.is_empty() {
        return None;
    }
    let refs = |items: &[usize]| {
        let refs: Vec<Text> = items.iter().map(|index| facts.base.results.items[*index].reference.clone().into()).collect();
        Text::join(&refs, "、", ", ")
    };
    let text = if facts.plan().is_none() {
        t(
            "评估报告“最先要办的事”{all} 题（{outside}）见下表，都列入台账、各有时限，不为等级也要办。",
            "The {all} first priorities of the assessment report ({outside}) stand below, and in the ledger with time limits of their own: they have to be done whatever the grade.",
        )
    } else if inside.is_empty() {
        t(
            "评估报告“最先要办的事”{all} 题，这个办法一题也没有选：那里先看否决项、法定要求和失分，这里只看用多少{measure}换多少分。没有选的见“最先要办而不在本办法里的”，都列入台账、另有时限，不能因为不在这里就不办。",
            "Of the {all} first priorities of the assessment report this plan takes none: there vetoes, law and loss come first, here what points cost in {measure}. They stand below, and in the ledger with time limits of their own: they have to be done though they are not in this plan.",
        )
    } else {
        t(
            "评估报告“最先要办的事”{all} 题，这个办法选了 {inside}，没有选 {outside}：那里先看否决项、法定要求和失分，这里只看用多少{measure}换多少分。没有选的见“最先要办而不在本办法里的”，都列入台账、另有时限，不能因为不在这里就不办。",
            "Of the {all} first priorities of the assessment report this plan takes {inside} and leaves {outside}: there vetoes, law and loss come first, here what points cost in {measure}. What it leaves stands below, and in the ledger with time limits of its own: it has to be done though it is not in this plan.",
        )
    };
    let measure = if facts.request.measure == Measure::Days { t("天数", "days") } else { t("费用", "money") };
    let text = text.with(&[
        ("all", (inside.len() + outside.len()).into()),
        ("inside", refs(&inside)),
        ("outside", refs(&outside)),
        ("measure", measure),
    ]);
    let closed: Vec<usize> = outside.into_iter().filter(|index| facts.is_closed(*index)).collect();
    if closed.is_empty() {
        return Some(text);
    }
    let closed = t("其中 {refs} 台账已经销号，不再列入。", " The ledger has closed {refs}, which the next one leaves out.")
        .with(&[("refs", refs(&closed))]);
    Some(Text::join(&[text, closed], "", ""))
}

/// What the plan passes over, with the next step; none where it takes all.
pub fn table(facts: &Facts<'_>) -> Option<Table> {
    let outside: Vec<usize> = chosen(facts, false).into_iter().filter(|index| !facts.is_closed(*index)).collect();
    if outside.is_empty() {
        return None;
    }
    let binding = facts.binding().is_some();
    let rows = (1usize..).zip(outside).map(|(number, index)| {
        let item = &facts.base.results.items[index];
        let rungs = facts.dues.iter().find(|due| due.item == index).map(|due| due.rungs.as_slice()).unwrap_or_default();
        let next = match facts.base.next_step(index).filter(|_| rungs.is_empty()) {
            Some(next) => needed(&item.state, &next.step.what),
            None => what(facts, index, rungs),
        };
        let named = || if rungs.is_empty() { Text::join(&facts.base.tree.asked(index), "、", ", ") } else { owners(facts, index, rungs) };
        let mut cells = vec![
            Value::Number(number as f64),
            reference(facts, index),
            Value::Text(question(facts.base, index)),
            Value::of(item.loss),
            Value::Text(next),
            Value::Text(follow::owner(facts, index).unwrap_or_else(named)),
            if rungs.is_empty() { Value::Empty } else { days(taken(rungs).0) },
        ];
        let end = facts.beside.iter().find(|one| one.item == index).map(|one| day(facts, one.end_day));
        if binding {
            cells.push(facts.limit_day(index).map_or(Value::Empty, |limit| Value::Text(day(facts, limit))));
        }
        cells.push(end.map_or(Value::Empty, Value::Text));
        if binding {
            cells.push(Value::Text(follow::state(facts, index)));
        }
        row(cells)
    });
    let rows = rows.collect();
    let mut columns = vec![
        column(t("序号", "No."), Kind::Count),
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("失分", "Points lost"), Kind::Points),
        column(t("下一步", "Next step"), Kind::Text),
        column(t("责任单位", "Responsible"), Kind::Text),
        column(t("天数", "Days"), Kind::Count),
    ];
    if binding {
        columns.push(column(t("时限", "Time limit"), Kind::Short));
    }
    columns.push(column(if binding { t("预计办结", "Expected end") } else { t("办结", "Done by") }, Kind::Short));
    if binding {
        columns.push(column(t("台账状态", "State in the ledger"), Kind::Text));
    }
    let title = if facts.plan().is_some() {
        t("最先要办而不在本办法里的（与进度表同时办，不排在里面）", "First priorities outside this plan, beside the schedule")
    } else {
        t("最先要办的事（列入台账，各有时限）", "First priorities, in the ledger with time limits of their own")
    };
    Some(Table { id: "first", title, columns, rows })
}
