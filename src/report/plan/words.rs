//! The sentences of the plan: what is proposed, whether it is proved, how it was reckoned.

use crate::analysis::plan::{Answer, Costs, Measure, Plan, PlanStep, Proof, Reason, Standing, Unreachable, ladder};
use crate::analysis::weak_points::is_known;
use crate::number::{Number, fixed, snapped};
use crate::report::assessment::headline;
use crate::report::plan::{Ask, Facts, MARGIN_POINTS, Request, follow, lasting};
use crate::text::{Text, t};

/// Above a table of marginal gains.
pub const MARGINAL: Text = t(
    "“增分”是只改这一题、别的不动时总分增加多少；按每 30 天工作量的增分从高到低排。能升几档的题，升到每一档各占一行，天数和增分都从现在的得分算起，所以一题可能不止一行。",
    "Gain is what the total gains if this item alone is raised. Sorted by gain for 30 days of work. An item that can rise by several steps has a row for each, days and gain counted from the score now, so it may stand more than once.",
);

/// `360 天`, `12.5 万元`.
pub fn amount(measure: Measure, value: &Number) -> Text {
    let args = [("value", value.to_string().into())];
    match measure {
        Measure::Days if *value == Number::one() => t("{value} 天", "{value} day").with(&args),
        Measure::Days => t("{value} 天", "{value} days").with(&args),
        Measure::Money => t("{value} 万元", "{value} (10,000 yuan)").with(&args),
    }
}

/// The lower bound as it is said: never above what was proved.
fn score(facts: &Facts<'_>, value: f64) -> Text {
    fixed(value, facts.base.results.policy.decimals).into()
}

/// What was asked, for the cover.
pub fn aim(facts: &Facts<'_>) -> Text {
    way(facts, &facts.request)
}

/// A way by what was asked: `最省天数地达到“良好”`.
pub fn way(facts: &Facts<'_>, request: &Request) -> Text {
    match (&request.ask, request.measure) {
        (Ask::Cheapest(goal), measure) => {
            let grade = goal.or_else(|| facts.next_grade()).map(|goal| facts.grade(goal));
            match (grade, measure) {
                (Some(grade), Measure::Days) => {
                    t("用最少的天数达到“{grade}”", "reach {grade} with the fewest days").with(&[("grade", grade)])
                }
                (Some(grade), Measure::Money) => {
                    t("用最少的费用达到“{grade}”", "reach {grade} for the least money").with(&[("grade", grade)])
                }
                (None, _) => t("保持最高等级", "keep the best grade"),
            }
        }
        (Ask::Spared(goal), measure) => {
            let least = way(facts, &Request { measure, ask: Ask::Cheapest(*goal) });
            t("{least}，另留 {margin} 分余量", "{least}, {margin} point to spare")
                .with(&[("least", least), ("margin", MARGIN_POINTS.into())])
        }
        (Ask::Budget(budget), measure) => t("用好 {budget}", "the best use of {budget}").with(&[("budget", amount(measure, budget))]),
    }
}

impl Facts<'_> {
    /// The band above the one that stands; none for the best.
    pub fn next_grade(&self) -> Option<usize> {
        let results = self.base.results;
        let grade = results.total.grade.as_deref()?;
        results.policy.bands.iter().position(|band| band.code == grade)?.checked_sub(1)
    }
}

/// The result in one sentence.
pub fn lead(facts: &Facts<'_>) -> Text {
    match &facts.outcome.answer {
        Answer::Plan(plan) if plan.steps.is_empty() => {
            t("{budget}之内一题也上不了一档。", "{budget} will not raise a single item.").with(&[("budget", budget(facts))])
        }
        Answer::Plan(plan) => {
            let args = [
                ("cost", amount(facts.request.measure, &plan.cost)),
                ("before", score(facts, plan.before.rounded)),
                ("after", score(facts, plan.after.rounded)),
                ("grade", facts.grade(plan.after.grade)),
                ("goal", facts.grade(plan.goal)),
                ("budget", budget(facts)),
            ];
            let text = match facts.request.ask {
                Ask::Cheapest(_) | Ask::Spared(_) => t(
                    "要到“{goal}”，改 {count} 题，共 {cost}，总分从 {before} 到 {after}。",
                    "To reach {goal}: {count} [item|items], {cost} in all; the total goes from {before} to {after}.",
                ),
                Ask::Budget(_) => t(
                    "{budget}之内最好的用法：改 {count} 题，用 {cost}，总分从 {before} 到 {after}，等级：{grade}。",
                    "The best use of {budget}: {count} [item|items], {cost}; the total goes from {before} to {after}, grade: {grade}.",
                ),
            }
            .counted(plan.steps.len())
            .with(&args);
            match follow::left(facts, plan) {
                Some(left) => Text::join(&[text, left], "", " "),
                None => text,
            }
        }
        Answer::Unreachable(found) => if facts.request.measure == Measure::Money {
            t(
                "达不到“{goal}”：填了费用的措施都做到头，总分 {best}，等级：{grade}。",
                "{goal} is out of reach: with every measure done that has a cost, the total is {best}, grade: {grade}.",
            )
        } else {
            t(
                "达不到“{goal}”：知道怎样改的都改到头，总分 {best}，等级：{grade}。",
                "{goal} is out of reach: with everything raised that can be, the total is {best}, grade: {grade}.",
            )
        }
        .with(&[
            ("goal", facts.grade(found.goal)),
            ("best", score(facts, found.best.rounded)),
            ("grade", facts.grade(found.best.grade)),
        ]),
        Answer::Reached(standing) => t("已经是“{grade}”，没有要争取的等级。", "The grade is {grade} already; nothing is left to reach.")
            .with(&[("grade", facts.grade(standing.grade))]),
        Answer::NoTotal => t("没有一题计分。", "Nothing is scored."),
    }
}

fn budget(facts: &Facts<'_>) -> Text {
    match &facts.request.ask {
        Ask::Budget(budget) => amount(facts.request.measure, budget),
        Ask::Cheapest(_) | Ask::Spared(_) => Text::default(),
    }
}

/// What stands below the lead: proof, rounding, how long it takes, what stands in the way.
pub fn findings(facts: &Facts<'_>) -> Vec<Text> {
    let mut lines = Vec::new();
    match &facts.outcome.answer {
        Answer::Plan(plan) => {
            lines.push(proof(facts, plan));
            if !facts.knows_money() {
                lines.push(t(
                    "费用尚未填报，本方案不能据以安排经费；费用填在措施费用表里。",
                    "No costs are stated yet: no money can be arranged by this plan. Enter them in the table of costs.",
                ));
            }
            lines.extend(rounding(facts, &plan.after));
            lines.extend(lasting::lines(facts));
            lines.extend(besides(facts, plan));
            lines.extend(closed_besides(facts, plan));
            lines.extend(further(facts, plan));
            lines.extend(follow::agreed_before(facts, plan));
            lines.extend(reasons(plan));
        }
        Answer::Unreachable(found) => lines.extend(in_the_way(facts, found)),
        Answer::Reached(_) | Answer::NoTotal => {}
    }
    lines.extend(stated_in_part(facts));
    let unknown = &facts.outcome.left_out;
    if !unknown.unknown.is_empty() {
        lines.push(
            t(
                "有 {count} 题空白或读不出，占总分 {share}%，方案按现在的计分办法算，没有安排它们；先补答，往往最省。",
                "{count} [item|items], {share}% of the total, [is|are] blank or unreadable. The plan counts [it|them] as scored now and proposes nothing for [it|them]; to answer [it|them] first is often the cheapest.",
            )
            .counted(unknown.unknown.len())
            .with(&[("share", fixed(100.0 * unknown.unknown_share, 1).into())]),
        );
    }
    lines
}

/// How many of the measures that lead up have costs, where a plan by money has to do with some of them.
fn stated_in_part(facts: &Facts<'_>) -> Option<Text> {
    if facts.request.measure != Measure::Money {
        return None;
    }
    let (mut all, mut stated) = (0usize, 0usize);
    for (result, item) in facts.base.results.items.iter().zip(&facts.base.tree.items).filter(|(result, _)| is_known(result)) {
        let rungs = result.score.map(|score| ladder(item, score, facts.costs)).unwrap_or_default();
        all += rungs.len();
        stated += rungs.iter().filter(|rung| rung.money.is_some()).count();
    }
    (stated < all).then(|| {
        t(
            "{all} 项措施只有 {stated} 项填了费用，没有填的 {rest} 项没有参加按费用算的方案；请在措施费用表里补填（不花钱的填 0）再做一次，或按天数算（不写 --by money、--money）。",
            "Of {all} measures {stated} have costs; the {rest} without took no part in this plan by money. State them in the table of costs, 0 where nothing is spent, and run it again, or reckon by days, without --by money and --money.",
        )
        .with(&[("all", all.into()), ("stated", stated.into()), ("rest", (all - stated).into())])
    })
}

/// Is it the best, and how is that known?
pub fn proof(facts: &Facts<'_>, plan: &Plan) -> Text {
    let measure = facts.request.measure;
    let text = match (&plan.proof, &facts.request.ask) {
        (Proof::Optimal, Ask::Cheapest(_) | Ask::Spared(_)) => t(
            "已经证明：{basis}，达到“{goal}”不可能少于 {cost}；同样花费或天数的办法里，这个增分最多。",
            "Proved {basis}: {goal} cannot be reached for less than {cost}; of all ways at that cost this one gains most.",
        )
        .with(&[("goal", facts.grade(plan.goal)), ("cost", amount(measure, &plan.cost))]),
        (Proof::Optimal, Ask::Budget(_)) => {
            t("已经证明：{basis}，{budget}之内没有更好的用法。", "Proved {basis}: there is no better use of {budget}.").with(&[("budget", budget(facts))])
        }
        (Proof::Cost { bound, distance }, _) => t(
            "没有证明这是最省的：{basis}，任何办法都不会少于 {bound}，这个办法是 {cost}，最多多花 {part}%。",
            "Not proved {basis} to be the cheapest: no way costs less than {bound}; this one costs {cost}, too much by {part}% at most.",
        )
        .with(&[("bound", amount(measure, bound)), ("cost", amount(measure, &plan.cost)), ("part", fixed(100.0 * distance, 2).into())]),
        (Proof::Points { grade, score: best, distance }, _) => t(
            "没有证明这是最好的：{basis}，任何办法都到不了比“{grade}”、{best} 分更高的地方，这个办法最多差 {distance} 分。",
            "Not proved {basis} to be the best: no way leads beyond {grade} and a total of {best}; this one falls short of it by {distance} points at most.",
        )
        .with(&[("grade", facts.grade(*grade)), ("best", score(facts, *best)), ("distance", fixed(*distance, 4).into())]),
    };
    text.with(&[("basis", basis(facts))])
}

/// What the proof rests on.
fn basis(facts: &Facts<'_>) -> Text {
    let days = |costs: &Costs| -> Vec<Option<usize>> {
        facts.base.tree.items.iter().flat_map(|item| ladder(item, 0.0, costs)).map(|rung| rung.days).collect()
    };
    match facts.request.measure {
        Measure::Money => t("按填报的费用算", "by the money stated"),
        Measure::Days if days(facts.costs) == days(&Costs::default()) => {
            t("按指标体系所列的天数算", "with the days that the indicator system states")
        }
        Measure::Days => {
            t("按指标体系所列、措施费用表改过的天数算", "with the days of the indicator system as the table of costs changed them")
        }
    }
}

/// A way that only just reaches the grade, by rounding perhaps.
fn rounding(facts: &Facts<'_>, after: &Standing) -> Option<Text> {
    let from = facts.base.results.policy.bands.get(after.grade)?.from;
    (matches!(facts.request.ask, Ask::Cheapest(_)) && snapped(after.rounded) == snapped(from)).then(|| {
        t(
            "总分四舍五入前是 {exact}，四舍五入后正好够线，没有余量，实际安排时宜多改几题（见“其他方案”留余量的一种）。",
            "Before rounding the total is {exact}; rounded it only just reaches the grade, so plan for a few items more (see the other way with a point to spare).",
        )
        .with(&[("exact", fixed(after.score, 4).into())])
    })
}

pub(super) fn in_plan(facts: &Facts<'_>, item: usize) -> bool {
    facts.plan().is_some_and(|plan| plan.steps.iter().any(|step| step.item == item))
}

/// What the law asks for and the plan, which looks at points and days only, leaves out: the ledger holds it all the same.
fn besides(facts: &Facts<'_>, plan: &Plan) -> Option<Text> {
    let mut refs: Vec<Text> = Vec::new();
    for index in &facts.base.legal.below {
        if plan.steps.iter().all(|step| step.item != *index) && !facts.is_closed(*index) {
            refs.push(facts.base.results.items[*index].reference.clone().into());
        }
    }
    (!refs.is_empty()).then(|| {
        t(
            "未达法定要求的另有 {count} 题不在这个办法里（{refs}）：不为得分也要办，台账照列、各有时限，不算在上面的题数和天数里。",
            "{count} more [item is|items are] below what the law asks for and not in this plan ({refs}): [it has|they have] to be done whatever the score. The ledger lists [it with its|them, each with its] own time limit; [it is|they are] not in the items and days above.",
        )
        .counted(refs.len())
        .with(&[("refs", Text::some(&refs, NAMED))])
    })
}

/// Items below the law and outside the plan that the ledger has closed.
fn closed_besides(facts: &Facts<'_>, plan: &Plan) -> Option<Text> {
    let outside = |index: &&usize| plan.steps.iter().all(|step| step.item != **index) && facts.is_closed(**index);
    let refs: Vec<Text> =
        facts.base.legal.below.iter().filter(outside).map(|index| facts.base.results.items[*index].reference.clone().into()).collect();
    (!refs.is_empty()).then(|| {
        t(
            "评估时未达法定要求、不在这个办法里的 {refs} 台账已经销号，不再列入，佐证和复核人见“台账进展”；得分要等下次评估。",
            "Below what the law asked for when assessed, not in this plan, closed in the ledger and not listed again: {refs}; for evidence and reviewer see \"The last ledger\". The score waits for the next assessment.",
        )
        .with(&[("refs", Text::join(&refs, "、", ", "))])
    })
}

/// Where the law or a veto asks for more than the plan's step, the ledger goes further than the plan.
fn further(facts: &Facts<'_>, plan: &Plan) -> Option<Text> {
    let more = |step: &&PlanStep| {
        let due = facts.dues.iter().find(|due| due.item == step.item);
        due.is_some_and(|due| due.rungs.len() > step.rungs.len()) && !facts.is_closed(step.item)
    };
    let refs: Vec<Text> = plan.steps.iter().filter(more).map(|step| facts.base.results.items[step.item].reference.clone().into()).collect();
    (!refs.is_empty()).then(|| {
        t(
            "{refs} 共 {count} 题，法律或否决项要求的比这个办法的那一档高，台账写到要求的那一档，时限和天数比这里多。",
            "For {count} [item|items] ({refs}) the law or a veto asks for more than this plan's step: the ledger goes on to what is asked for, with more days and a later time limit than here.",
        )
        .counted(refs.len())
        .with(&[("refs", Text::join(&refs, "、", ", "))])
    })
}

/// Items that a sentence names.
const NAMED: usize = 6;

/// How many steps for what reason, where not all are for points.
fn reasons(plan: &Plan) -> Option<Text> {
    let count = |wanted: fn(&Reason) -> bool| plan.steps.iter().filter(|step| wanted(&step.reason)).count();
    let parts: Vec<Text> = [
        (count(|reason| *reason == Reason::Veto), t("否决项 {count} 题", "{count} failed [veto|vetoes]")),
        (count(|reason| *reason == Reason::Key), t("0 分的关键项 {count} 题", "{count} key [item|items] at 0")),
        (
            count(|reason| matches!(reason, Reason::PrerequisiteOf(_))),
            t("别的题的前提 {count} 题", "{count} [prerequisite|prerequisites] of others"),
        ),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, text)| text.counted(count))
    .collect();
    (!parts.is_empty())
        .then(|| t("这个办法的题里有{parts}。", "Among the items of this way: {parts}.").with(&[("parts", Text::join(&parts, "、", ", "))]))
}

/// Why a goal is out of reach.
fn in_the_way(facts: &Facts<'_>, found: &Unreachable) -> Vec<Text> {
    let refs = |items: &[usize]| {
        let refs: Vec<Text> = items.iter().map(|index| facts.base.results.items[*index].reference.clone().into()).collect();
        Text::join(&refs, "、", ", ")
    };
    let mut lines: Vec<Text> = found
        .vetoes
        .iter()
        .map(|items| {
            t("否决项 {refs} 没有能改到过线的措施，等级过不去。", "The veto of {refs} has no action that makes it pass; it caps the grade.")
                .with(&[("refs", refs(items))])
        })
        .collect();
    if !found.keys.is_empty() {
        lines.push(
            t("0 分的关键项 {refs} 没有措施，等级受它限制。", "The key items {refs} at 0 have no action and cap the grade.")
                .with(&[("refs", refs(&found.keys))]),
        );
    }
    if lines.is_empty() {
        lines.push(t(
            "差的是分数：没有计入的题见“没有计入的”，补答空白、写明措施和费用后再算。",
            "What lacks is points: see what is not counted; answer what is blank, state actions and costs, and run it again.",
        ));
    }
    lines
}

/// Why a step is in the plan.
pub fn reason(facts: &Facts<'_>, step: &PlanStep) -> Text {
    match step.reason {
        Reason::Veto => t("否决项过线", "a veto passes"),
        Reason::Key => t("关键项离开 0 分", "a key item leaves 0"),
        Reason::PrerequisiteOf(item) => {
            t("{ref} 的前提", "prerequisite of {ref}").with(&[("ref", facts.base.results.items[item].reference.clone().into())])
        }
        Reason::Points => {
            let points = match step.days.filter(|days| *days > 0) {
                Some(days) => t("每 30 天增 {points} 分", "{points} points for 30 days")
                    .with(&[("points", fixed(30.0 * step.gain / days as f64, 2).into())]),
                None => t("增分", "points"),
            };
            let item = &facts.base.results.items[step.item];
            let met = item.need.is_some() && item.loss.is_some_and(|loss| snapped(loss) <= 0);
            if met {
                // It brings points for its days, whatever the place needs.
                let why = t(
                    "本地目标已达到，为凑总分仍选它，可换别的题",
                    "its local target is met; chosen for the points alone, another may take its place",
                );
                Text::join(&[points, why], "；", "; ")
            } else {
                points
            }
        }
    }
}

/// How it was reckoned, and what that leaves open.
pub fn method() -> Vec<Text> {
    let lines = vec![
        t(
            "一题升一档，总分增加“占比 × 升高的分”，各题互不影响。本办法是从所有选法里算出来的花费最少的一种，凡写“已经证明”的，没有比它更省的；证明不了的，写明最多差多少。",
            "Raising an item adds share times rise to the total, whatever else is done. Of all choices this is the cheapest: where it says proved, none costs less; where it cannot be proved, it says by how much it may fall short.",
        ),
        t(
            "等级还要看否决项和关键项：否决项不过线、关键项 0 分，分数够了等级也上不去，方案一并算进去。一题要求先有另一题的（如先有预案再演练），方案不会只做后一题。",
            "The grade also takes vetoes and key items: a failed veto or a key item at 0 caps it however high the score; the plan reckons with both. Where an item presupposes another, as a drill its plan, no plan proposes the one without the other.",
        ),
        t(
            "天数是指标体系里写的各项措施的天数（可在措施费用表里改），是工作量，不是日历；日历看甘特图。措施做完、材料齐备，下次评估才会得分；做了不等于得分，得分以下次评估为准。",
            "Days are those of the tree's actions, which the table of costs may change: work, not the calendar, for which see the Gantt chart. Points come with the next assessment, once the work is done and shown.",
        ),
        t(
            "方案只按分数、等级和花费排；未达法定要求的和最先要办的，不管方案选没选，都列入整改台账，销号以后不再列。",
            "The plan weighs points, grades and cost only; what is below the law and what has to be done first stands in the ledger, chosen or not, until it is closed.",
        ),
        t("时限按自然日排，遇节假日顺延。", "Time limits count calendar days; one that falls on a holiday moves to the next working day."),
    ];
    lines
}

/// For the terminal.
pub fn for_terminal(facts: &Facts<'_>) -> Vec<Text> {
    let results = facts.base.results;
    let mut lines = vec![t("{unit} {period}：{lead}", "{unit} {period}: {lead}").with(&[
        ("unit", results.unit.name.clone().into()),
        ("period", results.period.clone().into()),
        ("lead", headline::lead(results)),
    ])];
    let indented = |text: Text| Text::new(format!("  {}", text.zh), format!("  {}", text.en));
    lines.push(indented(lead(facts)));
    lines.extend(findings(facts).into_iter().map(indented));
    lines
}
