//! The sentences that say the result: total, grade and why, worst groups, first things to do, what is unknown.

use crate::analysis::steps::NextStep;
use crate::analysis::{adjustments, next_grade, ranking, unknowns, weak_points};
use crate::number::{fixed, snapped};
use crate::report::Facts;
use crate::report::assessment::{local, needs};
use crate::result::{Results, UNNAMED};
use crate::text::{Text, t};
use crate::tree::Criticality;

/// A score as the report prints it.
pub fn score(results: &Results, value: Option<f64>) -> Text {
    value.map_or_else(|| t("无", "none"), |value| fixed(value, results.policy.decimals).into())
}

/// What stands for a grade that unknowns could change, and where there is none.
pub const PROVISIONAL: Text = t("暂不定级（{low}～{high}）", "provisional ({low} to {high})");
pub const NO_GRADE: Text = t("无等级", "no grade");

/// The grade, or 暂不定级 with its bounds where the unknowns could change it.
pub fn grade(results: &Results) -> Text {
    let total = &results.total;
    if results.is_provisional() {
        let bounds = [("low", results.band_name(total.grade_low.as_deref())), ("high", results.band_name(total.grade_high.as_deref()))];
        return PROVISIONAL.with(&bounds);
    }
    if total.grade.is_none() { NO_GRADE } else { results.band_name(total.grade.as_deref()) }
}

/// `总分 71.3，等级合格`; of redacted results it says first that they are.
pub fn lead(results: &Results) -> Text {
    let lead = if results.redacted.is_some() {
        t("【脱敏版】总分 {score}，等级：{grade}", "[Redacted] Total {score}, grade: {grade}")
    } else {
        t("总分 {score}，等级：{grade}", "Total {score}, grade: {grade}")
    };
    lead.with(&[("score", score(results, results.total.rounded)), ("grade", grade(results))])
}

/// Which part of the tree was assessed; none where it was all of it.
pub fn scope(results: &Results) -> Option<Text> {
    let scope = results.policy.scope.as_ref().filter(|scope| scope.profile.is_some())?;
    let text = t(
        "范围：{name}，只评全树 {all} 题中的 {items} 题；其余不在范围内，不计分。不同范围的总分不能直接比较。",
        "Profile: {name}. {items} of the tree's {all} items were assessed; the others are out of scope and not scored. Totals of different profiles are not comparable.",
    );
    Some(text.with(&[("name", scope.name.clone()), ("all", results.counts.items.into()), ("items", scope.items.into())]))
}

/// `有 3 题未达法定要求`, with those that lose most.
pub fn below_the_law(facts: &Facts<'_>) -> Option<Text> {
    let below = &facts.legal.below;
    if below.is_empty() {
        return None;
    }
    let refs: Vec<Text> = below.iter().take(NAMED_BELOW).map(|index| facts.results.items[*index].reference.clone().into()).collect();
    let text = if below.len() > NAMED_BELOW {
        t(
            "未达法定要求的有 {count} 题，失分最多的是 {refs} 等，见“未达法定要求”。",
            "{count} items are below what the law asks for, losing most: {refs}; see \"Below what the law asks for\".",
        )
    } else {
        t(
            "未达法定要求的有 {count} 题：{refs}，见“未达法定要求”。",
            "{count} [item is|items are] below what the law asks for: {refs}; see \"Below what the law asks for\".",
        )
    };
    Some(text.counted(below.len()).with(&[("refs", Text::join(&refs, "、", ", "))]))
}

/// Items below the law that a headline names.
const NAMED_BELOW: usize = 5;

/// Why the grade is what it is.
pub fn reasons(results: &Results) -> Vec<Text> {
    let end = |text: Text| Text::join(&[text, t("。", ".")], "", "");
    let mut reasons: Vec<Text> = local::draft(results).into_iter().chain(scope(results)).collect();
    reasons.extend(results.total.grade_reasons.iter().map(|reason| end(reason.message.clone())));
    if results.total.low != results.total.high {
        let counts = &results.counts;
        let text = if results.is_provisional() {
            t(
                "有 {count} 题空白或读不出，总分可能在 {low} 到 {high} 之间{open}，等级因此暂不定。",
                "{count} [item is|items are] blank or unreadable; the total may lie between {low} and {high}{open}, so the grade is not settled.",
            )
        } else {
            t(
                "有 {count} 题空白或读不出，总分可能在 {low} 到 {high} 之间，等级不受影响。",
                "{count} [item is|items are] blank or unreadable; the total may lie between {low} and {high}, which does not touch the grade.",
            )
        };
        reasons.push(text.counted(counts.blank + counts.unreadable).with(&[
            ("low", score(results, results.total.low)),
            ("high", score(results, results.total.high)),
            ("open", open_criticals(results)),
        ]));
    }
    reasons.extend(local::lines(results));
    reasons
}

/// Which veto and key items are open: failed, they would lower the grade whatever the total is; none where all are answered.
fn open_criticals(results: &Results) -> Text {
    let open = |criticality: &str| {
        let open =
            results.items.iter().filter(|item| item.criticality == criticality && ["blank", "unreadable"].contains(&item.state.as_str()));
        open.map(|item| item.reference.clone().into()).collect::<Vec<Text>>()
    };
    let kinds = [(t("否决项 {refs}", "veto items {refs}"), open("veto")), (t("关键项 {refs}", "key items {refs}"), open("key"))];
    let named: Vec<Text> = kinds
        .into_iter()
        .filter(|(_, refs)| !refs.is_empty())
        .map(|(text, refs)| text.with(&[("refs", Text::some(&refs, NAMED_BELOW))]))
        .collect();
    if named.is_empty() {
        return Text::default();
    }
    t("；其中{items} 如不达标，不论总分多少都会压低等级", ", and {items} among them would lower the grade if failed, whatever the total")
        .with(&[("items", Text::join(&named, " 和", " and "))])
}

/// How far the next grade is, and which items bar the way to it.
pub fn to_next_grade(results: &Results) -> Option<Text> {
    let next = next_grade::next_grade(results)?;
    let mut refs: Vec<Text> = next
        .blockers
        .iter()
        .flat_map(|reason| &reason.items)
        .filter_map(|id| results.items.iter().find(|item| item.id == *id))
        .map(|item| item.reference.clone().into())
        .collect();
    // Redacted results do not name what is sensitive.
    if next.blockers.iter().any(|reason| reason.items.is_empty()) {
        refs.push(UNNAMED);
    }
    let args = [
        ("grade", results.band_name(Some(next.grade))),
        ("points", fixed(next.points, results.policy.decimals).into()),
        ("items", Text::join(&refs, "、", ", ")),
    ];
    Some(
        match (next.points > 0.0, refs.is_empty()) {
            (true, true) => t("距“{grade}”还差 {points} 分。", "{grade} needs {points} more points."),
            (true, false) => {
                t("距“{grade}”还差 {points} 分，且 {items} 须达标。", "{grade} needs {points} more points, and {items} must be met.")
            }
            (false, _) => t("分数已够“{grade}”，但 {items} 须先达标。", "The score suffices for {grade}, but {items} must be met."),
        }
        .with(&args),
    )
}

/// `16 演习 41.2 分`.
pub fn group(results: &Results, index: usize) -> Text {
    let group = &results.groups[index];
    t("{code} {name}（{score} 分）", "{code} {name} ({score})").with(&[
        ("code", group.code.clone().into()),
        ("name", group.name.clone()),
        ("score", score(results, group.rounded)),
    ])
}

/// The worst groups of level 1, the worst first.
pub fn worst_groups(results: &Results, count: usize) -> Vec<Text> {
    ranking::worst(results, 1, count).into_iter().map(|index| group(results, index)).collect()
}

pub fn best_groups(results: &Results, count: usize) -> Vec<Text> {
    ranking::by_score(results, 1).into_iter().take(count).map(|index| group(results, index)).collect()
}

/// How many of the first things to do are named.
pub const FIRST_THINGS: usize = 3;

/// What to do first, and what each brings.
pub fn first_things(facts: &Facts<'_>) -> Vec<Text> {
    facts.first.iter().take(FIRST_THINGS).map(|index| thing(facts, *index)).collect()
}

/// One thing to do: the item, who leads it, the next step, the points it brings.
fn thing(facts: &Facts<'_>, index: usize) -> Text {
    let item = &facts.results.items[index];
    let criticality = facts.tree.items[index].criticality;
    let why = if weak_points::is_critical_failure(facts.results, item) {
        match criticality {
            Criticality::Veto => t("【否决项未达标】", "[veto failed] "),
            _ => t("【关键项 0 分】", "[key item at 0] "),
        }
    } else {
        let named = item.need.as_ref().filter(|need| need.because == "hazard").map(needs::hazards);
        named.map(|hazards| t("【应对{hazards}】", "[for {hazards}] ").with(&[("hazards", hazards)])).unwrap_or_default()
    };
    let base = t("{why}{ref} {question}牵头：{lead}。", "{why}{ref} {question} Lead: {lead}.").with(&[
        ("why", why),
        ("ref", item.reference.clone().into()),
        ("question", item.question.clone()),
        ("lead", super::lead_of(facts, index)),
    ]);
    match facts.next_step(index) {
        Some(next) => Text::join(
            &[
                base,
                t("下一步：{what}，总分可增 {gain} 分。", "Next step: {what}; the total gains {gain} points.")
                    .with(&[("what", next_needed(facts, index, next)), ("gain", fixed(next.gain, 2).into())]),
                super::gaps::action(facts, index)
                    .map(|action| t("措施：{action}。", "Action: {action}.").with(&[("action", action)]))
                    .unwrap_or_default(),
            ],
            "",
            " ",
        ),
        None => base,
    }
}

/// What an item's next step takes, and what the law asks for where the step stays below it.
pub fn next_needed(facts: &Facts<'_>, index: usize, next: &NextStep) -> Text {
    let needed = needed(&facts.results.items[index].state, &next.step.what);
    let item = &facts.tree.items[index];
    let below = facts.results.items[index].below_legal_floor == Some(true);
    let beyond = item.content.floor_score().filter(|floor| below && snapped(*floor) > snapped(100.0 * next.step.worth.to_f64()));
    match beyond.and(item.floor_shown()) {
        Some(floor) => t("{needed}（仍未达法定要求：{floor}）", "{needed} (still short of what the law asks for: {floor})")
            .with(&[("needed", needed), ("floor", floor)]),
        None => needed,
    }
}

/// What the next step takes; without an answer on record, an answer first.
pub fn needed(state: &str, what: &Text) -> Text {
    let needed = match state {
        "blank" => t("先作答；{what}", "answer it first; {what}"),
        "unreadable" => t("先改正填写；{what}", "correct what was typed first; {what}"),
        "no_data" => t("先查找或补建资料；{what}", "find or create the record first; {what}"),
        _ => return what.clone(),
    };
    needed.with(&[("what", what.clone())])
}

/// What the score does not know, in one sentence each.
pub fn unknown(results: &Results) -> Vec<Text> {
    let unknowns = unknowns::unknowns(results);
    let count = |items: &[usize], some: Text| (!items.is_empty()).then(|| some.counted(items.len()));
    let mut lines: Vec<Text> = [
        count(&unknowns.blank, t("{count} 题空白，没有人作答。", "{count} [item is|items are] blank: nobody answered.")),
        count(&unknowns.unreadable, t("{count} 题填了但读不出。", "{count} [item is|items are] filled but cannot be read.")),
        count(
            &unknowns.no_data,
            t("{count} 题查无资料，按 0 分计。", "{count} [item has|items have] no record (no data) and [scores|score] 0."),
        ),
        count(
            &unknowns.not_applicable,
            t("{count} 题不适用，退出计分。", "{count} [item is|items are] not applicable and excluded from the score."),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    if unknowns.spread > 0.0 {
        lines.push(
            t(
                "空白和读不出的题答得最差或最好，总分在 {low} 到 {high} 之间（查无资料的题不在其内）。",
                "Depending on the blank and unreadable items the total lies between {low} and {high} (items without data not included).",
            )
            .with(&[
                ("low", score(results, results.total.low)),
                ("high", score(results, results.total.high)),
                ("open", open_criticals(results)),
            ]),
        );
    }
    let reviewed = adjustments::reviewed(results);
    if reviewed.items > 0 {
        let (rated, alone) = adjustments::unreviewed(results);
        let text = if rated.items > 0 {
            t(
                "{count} 题经评估组复核，占总分权重的 {share}%；另有 {rated} 题由评估组自己评定，占 {rated_share}%；只凭自评、没有核对的 {alone} 题，占 {alone_share}%。",
                "{count} [item|items], {share}% of the weight of the total, [was|were] reviewed by the assessors; {rated} more, {rated_share}%, rated by the assessors themselves; {alone} others, {alone_share}%, rest on self-ratings alone.",
            )
        } else {
            t(
                "{count} 题经评估组复核，占总分权重的 {share}%；只凭自评、没有核对的 {alone} 题，占 {alone_share}%。",
                "{count} [item|items], {share}% of the weight of the total, [was|were] reviewed by the assessors; {alone} more, {alone_share}%, rest on self-ratings alone.",
            )
        };
        let percent = |share: f64| Text::from(fixed(100.0 * share, 1));
        lines.push(text.counted(reviewed.items).with(&[
            ("share", percent(reviewed.share)),
            ("rated", rated.items.into()),
            ("rated_share", percent(rated.share)),
            ("alone", alone.items.into()),
            ("alone_share", percent(alone.share)),
        ]));
    }
    // Redacted results do not hold the evidence.
    if let Some(part) = unknowns::evidence_part(results).filter(|_| results.redacted.is_none()) {
        let text = if reviewed.items > 0 {
            t("得分的答案中有 {part}% 写了佐证材料。", "Evidence is cited for {part}% of the answers above 0.")
        } else {
            t(
                "得分的答案中有 {part}% 写了佐证材料；本报告没有核对佐证材料本身。",
                "Evidence is cited for {part}% of the answers above 0; the evidence itself has not been examined for this report.",
            )
        };
        lines.push(text.with(&[("part", fixed(100.0 * part, 1).into())]));
    }
    if lines.is_empty() {
        lines.push(t("没有未知项：每题都有答案。", "Nothing is unknown: every item is answered."));
    }
    lines
}

/// For the terminal.
pub fn for_terminal(results: &Results) -> Vec<Text> {
    let mut lines = vec![t("{unit} {period}：{lead}", "{unit} {period}: {lead}").with(&[
        ("unit", results.unit.name.clone().into()),
        ("period", results.period.clone().into()),
        ("lead", lead(results)),
    ])];
    let indented = |text: Text| Text::new(format!("  {}", text.zh), format!("  {}", text.en));
    lines.extend(reasons(results).into_iter().map(indented));
    lines.extend(to_next_grade(results).map(indented));
    let worst = worst_groups(results, 3);
    if !worst.is_empty() {
        lines.push(indented(t("最弱：{groups}", "Weakest: {groups}").with(&[("groups", Text::join(&worst, "、", ", "))])));
    }
    lines
}
