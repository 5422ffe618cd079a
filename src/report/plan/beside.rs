//! What has to be done outside the plan, beside its schedule.

use crate::analysis::plan::schedule::Bottleneck;
use crate::analysis::rectification::taken;
use crate::ledger::progress::Followed;
use crate::report::plan::{Facts, gantt};
use crate::text::{Text, t};

/// One item that the plan passes over, in days from the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// Index into the results' items.
    pub item: usize,
    pub start_day: usize,
    pub end_day: usize,
    /// Position among what is due.
    pub due: usize,
}

/// Days after which a plan no longer ends within the next assessment.
const YEAR: usize = 365;

/// Everything due outside the plan whose days are known and that is not said to be done; what is overdue starts today.
pub fn beside(facts: &Facts<'_>) -> Vec<Beside> {
    let Some(plan) = facts.plan() else { return Vec::new() };
    let mut all = Vec::new();
    for (at, due) in facts.dues.iter().enumerate() {
        let passed_over = plan.steps.iter().all(|step| step.item != due.item);
        let done = facts.bound(due.item).is_some_and(Followed::is_said_done);
        let days = taken(&due.rungs).0.filter(|_| !due.rungs.is_empty());
        let (Some(days), Some(end)) = (days.filter(|_| passed_over && !done), due.end_day) else { continue };
        let limit = facts.limit_day(due.item).unwrap_or(end);
        let end_day = match facts.today() {
            Some(today) if limit < today => today.saturating_add(days),
            _ => limit,
        };
        all.push(Beside { item: due.item, start_day: end_day.saturating_sub(days), end_day, due: at });
    }
    all
}

/// The day on which everything is done, beside the plan and, where the law asks for more than its step, beyond it.
pub fn last_day(facts: &Facts<'_>) -> usize {
    let tasks = facts.tasks.iter().map(|task| task.end_day);
    let beside = facts.beside.iter().map(|one| one.end_day);
    let beyond = facts.dues.iter().filter(|_| facts.binding().is_none()).filter_map(|due| due.end_day);
    tasks.chain(beside).chain(beyond).max().unwrap_or(0)
}

/// Is an item, by what is agreed on or scheduled, done later than the ledger wants it?
pub fn is_late(facts: &Facts<'_>, item: usize, end: Option<usize>) -> bool {
    facts.today().is_some() && facts.limit_day(item).zip(end).is_some_and(|(limit, end)| end > limit)
}

/// Where the plan takes longer than a year: who holds it up, and what would help.
pub fn warning(facts: &Facts<'_>) -> Option<Text> {
    let last = facts.tasks.iter().map(|task| task.end_day).max().filter(|last| *last > YEAR)?;
    let Bottleneck { task, steps, days, longest, ends } = facts.bottleneck.as_ref()?;
    let mut text = t(
        "注意：照这样排要 {last} 天，超过一年。拖后腿的是 {owner}：{count} 题、{days} 天都排在这一家。",
        "Warning: scheduled like this it takes {last} days, more than a year. It waits for {owner}, which has {count} [item|items] and {days} days of work in its queue.",
    )
    .counted(*steps)
    .with(&[("last", last.into()), ("owner", gantt::owner(facts, facts.tasks.get(*task)?)), ("days", (*days).into())]);
    for (at_a_time, end) in ends {
        let more = t("这一家同时办 {at} 件的，到{date}全部做完。", " If it works on {at} at a time, all is done by {date}.");
        text = Text::join(&[text, more.with(&[("at", (*at_a_time).into()), ("date", gantt::day(facts, *end))])], "", "");
    }
    let least = t(
        "不管同时办几件，最长的一题也要 {longest} 天。宜增加承办力量、分给别的单位办，或先定低一些的目标。",
        " However many at a time, the longest single item takes {longest} days. Give it more hands, give items to other departments, or aim lower first.",
    );
    Some(Text::join(&[text, least.with(&[("longest", (*longest).into())])], "", ""))
}
