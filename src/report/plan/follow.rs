//! A ledger that binds: nothing was scored since it was made, so what was agreed in it stands, and what is done is no new work.

use crate::analysis::plan::schedule::{Task, schedule};
use crate::analysis::plan::{Measure, Plan, PlanStep, Rung};
use crate::analysis::rectification::{by, end_of, taken};
use crate::ledger::progress::{Followed, Progress};
use crate::ledger::{Limit, Row, State};
use crate::number::Number;
use crate::report::plan::Facts;
use crate::report::plan::words::amount;
use crate::result::Results;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::{Date, date_text, days_between};

/// The ledger, where it binds.
pub fn binding<'f, 'a>(progress: Option<&'f Progress<'a>>) -> Option<&'f Progress<'a>> {
    progress.filter(|progress| !progress.rescored)
}

/// From which day days are counted, and how many of them are over: a ledger that binds goes on from its own start.
pub fn start(progress: Option<&Progress<'_>>, today: Option<Date>) -> (Option<Date>, usize) {
    match (binding(progress).and_then(|progress| progress.ledger.start), today) {
        (Some(start), Some(today)) => (Some(start), usize::try_from(days_between(start, today)).unwrap_or(0)),
        (Some(start), None) => (Some(start), 0),
        (None, today) => (today, 0),
    }
}

/// A time limit that was agreed on: a date, or a day where no start is known.
pub fn agreed(limit: Limit, start: Option<Date>) -> Option<Limit> {
    match (limit, start) {
        (Limit::Date(_), _) | (Limit::Day(_), None) => Some(limit),
        _ => None,
    }
}

fn day_of(limit: Limit, start: Option<Date>) -> Option<usize> {
    match (agreed(limit, start)?, start) {
        (Limit::Date(date), Some(start)) => Some(usize::try_from(days_between(start, date)).unwrap_or(0)),
        (Limit::Day(day), _) => Some(day),
        _ => None,
    }
}

/// What is left to do, and the plan's steps by when they are due. Work is scheduled from today, what is due first stands first, what the
/// ledger does not list last. A row that is under way or can be done in time ends at its time limit; one that is overdue, or that its
/// department cannot reach in time, ends when the schedule says. What is done or said to be done is no task.
pub fn tasks(
    results: &Results,
    tree: &Tree,
    plan: &mut Plan,
    progress: &Progress<'_>,
    (start, elapsed): (Option<Date>, usize),
) -> Vec<Task> {
    let row = |step: usize| progress.row_of(plan.steps[step].item);
    let limit = |step: usize| row(step).and_then(|one| day_of(one.row.limit, start));
    let mut open: Vec<usize> = (0..plan.steps.len()).filter(|step| !row(*step).is_some_and(Followed::is_said_done)).collect();
    open.sort_by_key(|step| limit(*step).unwrap_or(usize::MAX));
    let steps: Vec<PlanStep> = open.iter().map(|step| plan.steps[*step].clone()).collect();
    let mut tasks = schedule(results, tree, &steps);
    for task in &mut tasks {
        task.step = open[task.step];
        task.start_day += elapsed;
        task.end_day += elapsed;
    }
    for step in open {
        let Some(mut end) = limit(step) else { continue };
        let forecast = tasks.iter().filter(|task| task.step == step).map(|task| task.end_day).max();
        let under_way = row(step).is_some_and(|one| one.row.hand.state == State::UnderWay);
        // Nobody is late where nobody said what day it is.
        let in_time = progress.date.is_none() || (end >= elapsed && (under_way || forecast.is_none_or(|forecast| forecast <= end)));
        if !in_time {
            continue;
        }
        for task in tasks.iter_mut().rev().filter(|task| task.step == step) {
            let days = task.end_day - task.start_day;
            (task.start_day, task.end_day) = (end.saturating_sub(days), end);
            end = task.start_day;
        }
    }
    let ends: Vec<Option<usize>> = (0..plan.steps.len()).map(|step| limit(step).or_else(|| end_of(&tasks, step))).collect();
    by(plan, tasks, &ends)
}

impl<'a> Facts<'a> {
    /// The ledger, where it binds.
    pub fn binding(&self) -> Option<&Progress<'a>> {
        binding(self.progress.as_ref())
    }

    /// An item's row in the ledger that binds.
    pub fn bound(&self, item: usize) -> Option<&Followed<'a>> {
        self.binding()?.row_of(item)
    }

    /// The day, from the start, by which the ledger that binds wants an item done.
    pub fn limit_day(&self, item: usize) -> Option<usize> {
        day_of(self.bound(item)?.row.limit, self.start)
    }

    /// Today in days from the start, where a ledger binds and somebody said what day it is.
    pub fn today(&self) -> Option<usize> {
        let date = self.binding()?.date?;
        Some(usize::try_from(days_between(self.start?, date)).unwrap_or(0))
    }

    /// Did the ledger that binds close it?
    pub fn is_closed(&self, item: usize) -> bool {
        self.bound(item).is_some_and(Followed::is_closed)
    }

    /// What the ledger that binds, and those before it, closed.
    pub fn closed_rows(&self) -> Vec<&Row> {
        self.binding().into_iter().flat_map(|progress| &progress.rows).filter(|one| one.is_closed()).map(|one| one.row).collect()
    }

    /// The issue that this run makes.
    pub fn issue(&self) -> usize {
        self.progress.as_ref().map_or(1, |progress| progress.ledger.issue + 1)
    }
}

/// What of the plan the ledger has closed or is told of, and what is left to do.
pub fn left(facts: &Facts<'_>, plan: &Plan) -> Option<Text> {
    facts.binding()?;
    let count =
        |wanted: &dyn Fn(&Followed<'_>) -> bool| plan.steps.iter().filter(|step| facts.bound(step.item).is_some_and(wanted)).count();
    let (closed, said) = (count(&|one| one.is_closed()), count(&|one| one.is_said_done() && !one.is_closed()));
    let open: Vec<&PlanStep> = plan.steps.iter().filter(|step| !facts.bound(step.item).is_some_and(Followed::is_said_done)).collect();
    let rungs: Vec<Rung> = open.iter().flat_map(|step| step.rungs.clone()).collect();
    let (days, money) = taken(&rungs);
    let money = money.filter(|_| facts.request.measure == Measure::Money).map(|money| amount(Measure::Money, &money));
    let days = days.map(|days| amount(Measure::Days, &Number::ratio(days, 1)));
    let work: Vec<Text> = money.into_iter().chain(days).collect();
    Some(
        t(
            "其中台账已销号 {closed} 题、报称完成待复核 {said} 题，余下 {rest} 题，{work}。",
            "Of these the ledger has closed {closed}, {said} wait to be reviewed and {rest} are left, {work}.",
        )
        .with(&[
            ("closed", closed.into()),
            ("said", said.into()),
            ("rest", open.len().into()),
            ("work", if work.is_empty() { t("天数不详", "days not known") } else { Text::join(&work, "、", ", ") }),
        ]),
    )
}

/// Items that a new assessment puts into the plan again while the ledger before it holds them open.
pub fn agreed_before(facts: &Facts<'_>, plan: &Plan) -> Option<Text> {
    let progress = facts.progress.as_ref().filter(|progress| progress.rescored)?;
    let open = |step: &&PlanStep| {
        let row = progress.row_of(step.item).filter(|one| !one.is_closed());
        row.is_some_and(|one| agreed(one.row.limit, facts.start).is_some())
    };
    let refs: Vec<Text> = plan.steps.iter().filter(open).map(|step| facts.base.results.items[step.item].reference.clone().into()).collect();
    (!refs.is_empty()).then(|| {
        t(
            "{refs} 上一期台账没有办结，责任单位和时限仍以台账为准；下表的办结日是从今天重新排的。",
            "{refs} are still open in the last ledger, whose owners and time limits stand; the table below schedules them anew from today.",
        )
        .with(&[("refs", Text::join(&refs, "、", ", "))])
    })
}

/// Who is responsible by the ledger that binds.
pub fn owner(facts: &Facts<'_>, item: usize) -> Option<Text> {
    let row = facts.bound(item)?.row;
    (!row.owner.is_empty()).then(|| row.owner.clone().into())
}

/// How far a row of the ledger is; what it does not list is new.
pub fn state(facts: &Facts<'_>, item: usize) -> Text {
    let Some(one) = facts.bound(item) else { return t("本期新列", "new in this issue") };
    let done = &one.row.hand.done;
    let state = match one.row.hand.state {
        State::Closed if !done.is_empty() => t("已销号（{date}）", "closed ({date})").with(&[("date", done.clone().into())]),
        state => match one.done {
            Some((date, _)) => {
                t("待复核（{date} 报称完成）", "to be reviewed (said to be done on {date})").with(&[("date", date_text(date).into())])
            }
            None => state.words(),
        },
    };
    match one.overdue {
        Some(days) => t("{state}，逾期 {count} 天", "{state}, {count} [day|days] overdue")
            .counted(usize::try_from(days).unwrap_or(0))
            .with(&[("state", state)]),
        None => state,
    }
}
