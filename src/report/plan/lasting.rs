//! How long it takes, and what runs beside it.

use crate::analysis::rectification::end_of;
use crate::report::plan::beside::{is_late, last_day, warning};
use crate::report::plan::words::in_plan;
use crate::report::plan::{Facts, gantt};
use crate::text::{Text, t};

/// When all is done, what has no days, and a warning where that is more than a year away.
pub fn lines(facts: &Facts<'_>) -> Vec<Text> {
    lasts(facts).into_iter().chain(warning(facts)).collect()
}

fn lasts(facts: &Facts<'_>) -> Option<Text> {
    if facts.tasks.is_empty() && facts.beside.is_empty() {
        return None;
    }
    let last = last_day(facts);
    let untimed = facts.tasks.iter().filter(|task| !task.timed).count();
    let steps = facts.plan().map(|plan| plan.steps.as_slice()).unwrap_or_default();
    let late = (0..steps.len()).filter(|step| is_late(facts, steps[*step].item, end_of(&facts.tasks, *step))).count();
    let late_beside = facts.beside.iter().filter(|one| is_late(facts, one.item, Some(one.end_day))).count();
    let text = if facts.binding().is_some() && facts.today().is_none() {
        t(
            "台账里的题时限照台账，本期新列的排在各单位手头的事后面，最晚 {last} 办完，见“进度”；天数是各项措施的天数加起来的，不是日历。",
            "Time limits of the ledger stand, and what is new comes behind what its department has to do already; the last of all is done on {last}, see the schedule. Days are those of all actions added up, not the calendar.",
        )
    } else if facts.binding().is_some() {
        let text = t(
            "台账里的题时限照台账；已经逾期的从截止日期起重新排，本期新列的排在各单位手头的事后面，预计最晚 {last} 办完，见“进度”。天数是各项措施的天数加起来的，不是日历。",
            "Time limits of the ledger stand; what is overdue is scheduled anew from the day of this issue, and what is new comes behind what its department has to do already. The last of all is expected to be done on {last}, see the schedule. Days are those of all actions added up, not the calendar.",
        );
        let more = overdue(late, late_beside);
        if more.is_empty() { text } else { Text::join(&[text, more], "", "") }
    } else {
        t(
            "天数是各项措施的天数加起来的。各单位同时做、每个单位一件一件做，{with}全部办完要 {days} 天{until}，见“进度”；一个单位能同时做几件的，会更早。",
            "Days are those of all actions added up. With all departments at work at once, each doing one thing after another{with}, it takes {days} days{until}; see the schedule. A department that does several things at once is done sooner.",
        )
    };
    let until = t("（到 {last}）", " (until {last})");
    let until = if facts.start.is_some() { until } else { Text::default() };
    let with = t("连同另外要办的，", ", and what has to be done beside the plan");
    let with = if facts.beside.is_empty() { Text::default() } else { with };
    let text = text.with(&[("with", with), ("until", until), ("days", last.into()), ("last", gantt::day(facts, last))]);
    let open =
        t("其中 {count} 项没有天数，没有算进去。", " {count} [action has|actions have] no days and [is|are] not in it.").counted(untimed);
    let beside = facts.dues.iter().filter(|due| !in_plan(facts, due.item) && !facts.is_closed(due.item)).count();
    let beside_text = t(
        "不在这个办法里、另外要办的 {count} 题（否决项、0 分的关键项、未达法定要求的、最先要办的）不排队，与本单位其他事同时办。",
        " {count} more [item|items] (failed vetoes, key items at 0, what is below the law, first priorities) [does|do] not queue and [runs|run] beside the other work of [its|their] department.",
    )
    .counted(beside);
    let parts: Vec<Text> = [Some(text), (untimed > 0).then_some(open), (beside > 0).then_some(beside_text)].into_iter().flatten().collect();
    Some(Text::join(&parts, "", ""))
}

/// What is late in the plan and beside it, apart, as the tables have it; empty where nothing is.
fn overdue(late: usize, beside: usize) -> Text {
    let text = match (late, beside) {
        (0, 0) => return Text::default(),
        (_, 0) => t(
            "其中 {count} 题已经逾期或预计晚于时限，时限要重新商定。",
            " {count} [item is|items are] overdue or expected after [its|their] time limit, which has to be agreed on anew.",
        ),
        (0, _) => t(
            "不在这个办法里的 {beside} 题已经逾期或预计晚于时限，时限要重新商定。",
            " {beside} [item|items] beside the plan [is|are] overdue or expected after [its|their] time limit, which has to be agreed on anew.",
        ),
        _ => t(
            "其中这个办法里的 {count} 题、办法外另外要办的 {beside} 题已经逾期或预计晚于时限，时限要重新商定。",
            " {count} [item|items] of the plan and {beside} beside it are overdue or expected after their time limits, which have to be agreed on anew.",
        ),
    };
    text.counted(if late > 0 { late } else { beside }).with(&[("beside", beside.into())])
}
