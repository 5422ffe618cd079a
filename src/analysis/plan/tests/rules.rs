//! Small trees worked out by hand: one rule each.

use super::made::{Made, MadeItem};
use super::schedule::schedule;
use super::*;
use crate::answers::MergedState;
use crate::policy::Missing;

const STATES: [(&str, MergedState); 4] =
    [("查无", MergedState::NoData), ("空", MergedState::Blank), ("不适用", MergedState::NotApplicable), ("不评", MergedState::OutOfScope)];

/// A level of 0 to 3 with an action a step, these days each, done by A (items named a…) or B; `rest` follows.
fn item(id: &str, days: [usize; 3], rest: &str) -> String {
    let owner = if id.starts_with('a') { "A" } else { "B" };
    let action = |from: usize| {
        let to = from + 1;
        format!("{{from: {from}, to: {to}, kind: 制度文件, zh: 办, en: do, owner: {owner}, days: {}, closes_with: 台账}}", days[from])
    };
    let actions: Vec<String> = (0..3).map(action).collect();
    let anchors = "[{zh: 甲, en: a}, {zh: 乙, en: b}, {zh: 丙, en: c}, {zh: 丁, en: d}]";
    let weight = if rest.contains("weight") { "" } else { ", weight: 1" };
    format!(
        "{{id: {id}{weight}, question: {{zh: 是否有{id}, en: Ask {id}}}, scale: {{type: level, anchors: {anchors}}}, actions: [{}]{rest}}}",
        actions.join(", ")
    )
}

/// A tree of these items, each with its answer: a level, or a state.
fn made(items: &[(String, &str)]) -> Made {
    let head = "id: try\nedition: \"1\"\nname: {zh: 试, en: Try}\ndepartments: [{id: A, name: {zh: 甲局, en: A}}, {id: B, name: {zh: 乙局, en: B}}]\n";
    let lines: Vec<&str> = items.iter().map(|(line, _)| line.as_str()).collect();
    let made_item = |(_, answer): &(String, &str)| {
        let state = STATES.iter().find(|(word, _)| word == answer).map(|(_, state)| *state);
        let worths = answer.parse::<f64>().map(|level| vec![level / 3.0]).unwrap_or_default();
        MadeItem { state: state.unwrap_or(MergedState::Answered), worths, fails_at: 0.0, requires: Vec::new(), raises: Vec::new() }
    };
    Made::of(&format!("{head}items: [{}]\n", lines.join(", ")), items.iter().map(made_item).collect())
}

fn next(made: &Made) -> Outcome {
    cheapest(&made.results(), &made.tree, &Costs::default(), Measure::Days, None)
}

fn plan(outcome: &Outcome) -> &Plan {
    match &outcome.answer {
        Answer::Plan(plan) => plan,
        other => panic!("{other:#?}"),
    }
}

/// Item, score reached rounded, reason.
fn steps(outcome: &Outcome) -> Vec<(usize, f64, Reason)> {
    plan(outcome).steps.iter().map(|step| (step.item, step.to.round(), step.reason)).collect()
}

#[test]
fn each_step_up_brings_its_share() {
    let made =
        made(&[(item("a", [10, 20, 30], ""), "1"), (item("b", [1, 1, 1], ", requires: [a]"), "0"), (item("c", [5, 5, 5], ""), "空")]);
    let gains = gains(&made.results(), &made.tree, &Costs::default());
    let of = |gain: &Gain| (gain.item, gain.rungs.len(), (900.0 * gain.points).round() / 100.0, gain.days, gain.money.clone());
    let found: Vec<_> = gains.iter().map(of).collect();
    let expected = [(0, 1, 100.0, 20), (0, 2, 200.0, 50), (1, 1, 100.0, 1), (1, 2, 200.0, 2), (1, 3, 300.0, 3)];
    assert_eq!(found, expected.map(|(item, rungs, points, days)| (item, rungs, points, Some(days), None)));
    assert!(gains.iter().all(|gain| gain.waits_for.is_empty()));
}

/// 60 is 合格: three of five at full marks. The cheap items wait for a dear one.
#[test]
fn what_is_required_comes_first_and_its_cost_counts() {
    let dear = [50, 50, 50];
    let made = made(&[
        (item("a1", [1, 1, 1], ", requires: [b]"), "0"),
        (item("a2", [1, 1, 1], ", requires: [b]"), "0"),
        (item("a3", [40, 40, 40], ""), "0"),
        (item("a4", [42, 42, 42], ""), "0"),
        (item("b", dear, ""), "0"),
    ]);
    // b to 33, a1 and a2 to 100, then a3 to 67: 50 + 6 + 80. Without b 246 reaches only 40.
    let outcome = next(&made);
    assert_eq!(plan(&outcome).cost, Number::from(136));
    assert_eq!(
        steps(&outcome),
        [(4, 33.0, Reason::PrerequisiteOf(0)), (0, 100.0, Reason::Points), (1, 100.0, Reason::Points), (2, 67.0, Reason::Points)]
    );
    let tasks = schedule(&made.results(), &made.tree, &plan(&outcome).steps);
    let times: Vec<_> = tasks.iter().map(|task| (task.step, task.rung, task.owner, task.start_day, task.end_day)).collect();
    // A does its own first while B makes what the others wait for, and ends the rung it has begun.
    assert_eq!(
        times,
        [
            (0, 0, Some(1), 0, 50),
            (1, 0, Some(0), 80, 81),
            (1, 1, Some(0), 81, 82),
            (1, 2, Some(0), 82, 83),
            (2, 0, Some(0), 83, 84),
            (2, 1, Some(0), 84, 85),
            (2, 2, Some(0), 85, 86),
            (3, 0, Some(0), 0, 40),
            (3, 1, Some(0), 40, 80),
        ]
    );
}

#[test]
fn what_waits_for_something_unknown_is_blocked_and_so_is_what_waits_for_that() {
    for (missing, best) in [(Missing::Zero, 25.0), (Missing::Exclude, 100.0 / 3.0)] {
        let mut made = made(&[
            (item("a1", [1, 1, 1], ", requires: [b]"), "0"),
            (item("a2", [1, 1, 1], ", requires: [a1]"), "0"),
            (item("a3", [9, 9, 9], ", requires: [n]"), "0"),
            (item("b", [1, 1, 1], ""), "空"),
            (item("n", [1, 1, 1], ", na: {zh: 无, en: none}"), "不适用"),
        ]);
        made.tree.policy.missing = missing;
        let outcome = next(&made);
        assert_eq!(outcome.left_out.unknown, [3]);
        assert_eq!(outcome.left_out.blocked, [Blocked { item: 0, by: vec![3] }, Blocked { item: 1, by: vec![0] }]);
        let Answer::Unreachable(answer) = &outcome.answer else { panic!("{outcome:#?}") };
        assert!((answer.best.score - best).abs() < 1e-9 && answer.goal == 2, "{answer:#?}");
    }
}

/// Two failed vetoes make 不合格, one 合格: the cheaper of the two is mended, and a group only with all of its items.
#[test]
fn a_veto_group_is_mended_whole_or_not_at_all() {
    for (days, mended) in [(12, vec![1, 2]), (9, vec![3])] {
        let made = made(&[
            (item("full", [1, 1, 1], ", weight: 20"), "3"),
            (item("v1", [4, 9, 9], ", criticality: veto, veto_group: x"), "0"),
            (item("v2", [6, 9, 9], ", criticality: veto, veto_group: x"), "查无"),
            (item("v3", [days, 9, 9], ", criticality: veto"), "0"),
        ]);
        let outcome = next(&made);
        let raised: Vec<_> = mended.iter().map(|item| (*item, 33.0, Reason::Veto)).collect();
        assert_eq!(steps(&outcome), raised);
        assert_eq!(plan(&outcome).after.grade, 2);
        // Nothing is capped once both are mended.
        let outcome = cheapest(&made.results(), &made.tree, &Costs::default(), Measure::Days, Some(1));
        assert_eq!(steps(&outcome), [1, 2, 3].map(|item| (item, 33.0, Reason::Veto)));
    }
}

/// Nobody says what it costs: counted, and what it caps is named.
#[test]
fn a_failed_veto_without_a_cost_stands_in_the_way() {
    let made = made(&[
        (item("full", [1, 1, 1], ", weight: 20"), "3"),
        (item("v1", [4, 9, 9], ", criticality: veto"), "0"),
        (item("k1", [4, 9, 9], ", criticality: key"), "0"),
    ]);
    let money = |to: f64, money: &str| StepCost { item: "k1".into(), from: None, to, days: None, money: Number::parse(money) };
    let costs = Costs {
        steps: vec![money(33.3, "1.5"), money(66.7, "0.25"), money(50.0, "1"), StepCost { item: "no".into(), ..money(100.0, "1") }],
    };
    assert_eq!(costs.unmatched(&made.tree.items), [2, 3]);
    let outcome = cheapest(&made.results(), &made.tree, &costs, Measure::Money, Some(0));
    assert_eq!((&outcome.left_out.uncosted[..], &outcome.left_out.partly_costed[..]), (&[1][..], &[2][..]));
    let Answer::Unreachable(answer) = &outcome.answer else { panic!("{outcome:#?}") };
    assert_eq!((&answer.vetoes[..], &answer.keys[..], answer.best.grade), (&[vec![1]][..], &[][..], 2));
    // 1.75 buys both rungs, 1.7 the first.
    for (budget, to, cost) in [("1.75", 67.0, "1.75"), ("1.7", 33.0, "1.5")] {
        let outcome = best_use(&made.results(), &made.tree, &costs, Measure::Money, &Number::parse(budget).expect("a number"));
        assert_eq!(steps(&outcome), [(2, to, Reason::Key)]);
        assert_eq!(plan(&outcome).cost.to_string(), cost);
    }
}
