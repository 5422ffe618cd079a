//! Section 5: from states to the total.

use ecap::number::snapped;
use ecap::policy::Missing;
use ecap::result::{ItemResult, TargetFrom};

use crate::harness::{Case, POINT, Scored, assert_near, case_of, group, item, list, survey};

const NA: &str = "na: {zh: 没有, en: none}";

fn point(id: &str, rest: &str) -> String {
    item(id, POINT, &if rest.is_empty() { NA.to_string() } else { format!("{NA}, {rest}") })
}

fn items(nodes: &[String]) -> Case {
    case_of(&list("items", nodes))
}

/// Items `a`, `b`, `c` in a row, each with what follows its scale.
fn row(rests: [&str; 3]) -> Case {
    items(&[point("a", rests[0]), point("b", rests[1]), point("c", rests[2])])
}

/// Two areas of two items each, every weight 1: `a b` in 01, `c d` in 02.
fn areas() -> Case {
    let one = group("01", "weight: 1", &[point("a", ""), point("b", "")], &[]);
    let two = group("02", "weight: 1", &[point("c", ""), point("d", "")], &[]);
    case_of(&list("groups", &[one, two]))
}

/// Uneven weights, three levels, items beside groups.
fn uneven() -> Case {
    let inner = group("01.1", "weight: 0.3", &[point("b", "weight: 0.7"), point("c", "weight: 2")], &[]);
    let outer = group("01", "weight: 5", &[point("a", "weight: 0.1")], &[inner]);
    let other = group("02", "weight: 1.7", &[point("d", "weight: 3"), point("e", "weight: 1")], &[]);
    case_of(&(list("groups", &[outer, other]) + &list("items", &[point("f", "weight: 0.9")])))
}

// 5.1 Scores

#[test]
fn an_answer_scores_100_times_its_worth_and_no_data_0() {
    let scored = row(["", "", ""]).answers(&["37", "查无资料", "0"]);
    scored.item_is("a", 37.0).item_is("b", 0.0).item_is("c", 0.0).score_is(37.0 / 3.0);
}

#[test]
fn not_applicable_leaves_and_its_weight_goes_to_its_siblings() {
    let scored = row(["weight: 1", "weight: 3", "weight: 4"]).answers(&["40", "80", "不适用"]);
    scored.score_is((40.0 + 3.0 * 80.0) / 4.0);
    assert_eq!(scored.item("c").score, None);
}

#[test]
fn a_group_all_of_whose_children_left_leaves() {
    let scored = areas().answers(&["40", "60", "不适用", "不适用"]);
    scored.score_is(50.0);
    assert_eq!((scored.group("02").score, scored.group("02").rounded, scored.group("02").grade.clone()), (None, None, None));
    let inner = group("01.1", "", &[point("a", "")], &[]);
    let body = list("groups", &[group("01", "", &[], &[inner]), group("02", "", &[point("b", "")], &[])]);
    let scored = case_of(&body).answers(&["不适用", "70"]);
    assert_eq!(scored.group("01").score, None);
    scored.score_is(70.0);
}

#[test]
fn blank_and_unreadable_score_0_or_leave() {
    for unknown in ["", "乱写"] {
        areas().answers(&["40", unknown, "60", "60"]).score_is(40.0).item_is("b", 0.0);
        let scored = areas().missing(Missing::Exclude).answers(&["40", unknown, "60", "60"]);
        scored.score_is(50.0);
        assert_eq!(scored.item("b").score, None);
    }
}

#[test]
fn no_data_does_not_leave_with_missing_exclude() {
    row(["", "", ""]).missing(Missing::Exclude).answers(&["60", "查无资料", "不适用"]).score_is(30.0);
}

#[test]
fn a_group_is_the_weighted_mean_of_its_children() {
    let scored = uneven().answers(&["10", "20", "30", "40", "50", "60"]);
    let inner = (0.7 * 20.0 + 2.0 * 30.0) / 2.7;
    let outer = (0.3 * inner + 0.1 * 10.0) / 0.4;
    let other = (3.0 * 40.0 + 50.0) / 4.0;
    assert_near(scored.group("01.1").score, inner);
    assert_near(scored.group("01").score, outer);
    assert_near(scored.group("02").score, other);
    scored.score_is((5.0 * outer + 1.7 * other + 0.9 * 60.0) / 7.6);
}

#[test]
fn depth_is_free() {
    let mut node = group("9", "", &[point("a", ""), point("b", "weight: 3")], &[]);
    for depth in (1..9).rev() {
        node = group(&depth.to_string(), "", &[], &[node]);
    }
    let scored = case_of(&list("groups", &[node])).answers(&["20", "60"]);
    scored.score_is(50.0);
    assert_eq!(scored.group("9").level, 9);
    // Without any group at all.
    row(["", "", ""]).answers(&["30", "60", "90"]).score_is(60.0);
}

// 5.2 Bounds

#[test]
fn low_and_high_put_every_blank_and_unreadable_item_at_0_and_at_100() {
    for missing in [Missing::Zero, Missing::Exclude] {
        let scored = row(["", "", ""]).missing(missing).answers(&["60", "", "乱写"]);
        assert_near(scored.total().low, 20.0);
        assert_near(scored.total().high, 260.0 / 3.0);
        assert_near(scored.total().score, if missing == Missing::Zero { 20.0 } else { 60.0 });
    }
    let known = row(["", "", ""]).answers(&["60", "查无资料", "不适用"]);
    assert_eq!((known.total().low, known.total().high), (known.total().score, known.total().score));
}

#[test]
fn groups_have_bounds_too() {
    let scored = areas().missing(Missing::Exclude).answers(&["60", "", "", ""]);
    assert_near(scored.group("01").low, 30.0);
    assert_near(scored.group("01").high, 80.0);
    assert_eq!((scored.group("02").score, scored.group("02").low, scored.group("02").high), (None, Some(0.0), Some(100.0)));
    assert_near(scored.total().low, 15.0);
    assert_near(scored.total().high, 90.0);
}

// 5.3 Share and coverage

#[test]
fn a_share_is_the_product_of_normalised_weights_after_leaving() {
    let scored = uneven().answers(&["10", "20", "不适用", "40", "50", "60"]);
    assert_near(Some(scored.group("01").share), 5.0 / 7.6);
    assert_near(Some(scored.group("01.1").share), 5.0 / 7.6 * 0.3 / 0.4);
    assert_near(Some(scored.item("a").share), 5.0 / 7.6 * 0.1 / 0.4);
    assert_near(Some(scored.item("b").share), 5.0 / 7.6 * 0.3 / 0.4);
    assert_near(Some(scored.item("d").share), 1.7 / 7.6 * 0.75);
    assert_near(Some(scored.item("f").share), 0.9 / 7.6);
}

#[test]
fn shares_of_items_sum_to_1() {
    for answers in
        [["1", "2", "3", "4", "5", "6"], ["不适用", "不适用", "3", "4", "不适用", ""], ["1", "不适用", "", "乱写", "查无资料", "6"]]
    {
        for missing in [Missing::Zero, Missing::Exclude] {
            let scored = uneven().missing(missing).answers(&answers);
            assert_near(Some(scored.results.items.iter().map(|item| item.share).sum()), 1.0);
            let sum: f64 = scored.results.items.iter().filter_map(|item| item.score.map(|score| score * item.share)).sum();
            scored.score_is(sum);
        }
    }
}

#[test]
fn what_left_has_share_0_and_score_gap_and_loss_null() {
    let scored = areas().answers(&["40", "60", "不适用", "不适用"]);
    let left = scored.item("c");
    assert_eq!((left.share, left.score, left.gap, left.loss, left.cumulative_loss), (0.0, None, None, None, None));
    let group = scored.group("02");
    assert_eq!((group.share, group.score, group.gap, group.loss), (0.0, None, None, None));
}

#[test]
fn coverage_is_the_part_of_the_full_shares_that_did_not_leave() {
    let scored = uneven().answers(&["10", "20", "不适用", "40", "50", "60"]);
    assert_near(scored.group("01.1").coverage, 0.7 / 2.7);
    assert_near(scored.group("01").coverage, 0.1 / 0.4 + 0.3 / 0.4 * 0.7 / 2.7);
    assert_near(scored.group("02").coverage, 1.0);
    // However deep: a subgroup that left counts by its full share, and what is excluded has left.
    let scored = uneven().missing(Missing::Exclude).answers(&["30", "不适用", "", "乱写", "50", "60"]);
    assert_near(scored.group("01.1").coverage, 0.0);
    assert_near(scored.group("01").coverage, 0.25);
    assert_near(scored.group("02").coverage, 0.25);
    assert_near(uneven().answers(&["", "", "", "", "", ""]).group("01").coverage, 1.0);
}

// 5.4 Target, gap, loss

#[test]
fn a_target_is_the_nodes_own_then_the_option_then_100() {
    let target = |option: Option<f64>, own: &str| {
        let case = items(&[point("a", own)]);
        let scored = option.into_iter().fold(case, Case::target).answers(&["50"]);
        (scored.item("a").target, scored.item("a").target_from)
    };
    assert_eq!(target(None, ""), (100.0, TargetFrom::Default));
    assert_eq!(target(Some(85.0), ""), (85.0, TargetFrom::Option));
    assert_eq!(target(Some(85.0), "target: 70"), (70.0, TargetFrom::Tree));
    assert_eq!(target(Some(0.0), ""), (0.0, TargetFrom::Option));
    assert_eq!(target(None, "target: 0"), (0.0, TargetFrom::Tree));
    let body = list("groups", &[group("01", "target: 75", &[point("a", "")], &[])]);
    let scored = case_of(&body).target(85.0).answers(&["50"]);
    assert_eq!((scored.group("01").target, scored.group("01").target_from), (75.0, TargetFrom::Tree));
    assert_eq!((scored.item("a").target, scored.item("a").target_from), (85.0, TargetFrom::Option));
}

#[test]
fn a_gap_is_never_negative_and_a_loss_is_share_times_gap() {
    let scored = row(["target: 50", "target: 80, weight: 2", ""]).answers(&["60", "60", "100"]);
    let a = scored.item("a");
    assert_eq!((a.gap, a.loss), (Some(0.0), Some(0.0)));
    assert_near(scored.item("b").gap, 20.0);
    assert_near(scored.item("b").loss, 10.0);
}

#[test]
fn a_groups_gap_and_loss_come_from_its_own_score() {
    let scored = areas().answers(&["40", "100", "100", "100"]);
    assert_near(scored.group("01").gap, 30.0);
    assert_near(scored.group("01").loss, 15.0);
    let body = list("groups", &[group("01", "target: 70", &[point("a", ""), point("b", "")], &[])]);
    let scored = case_of(&body).answers(&["40", "100"]);
    // The items lose 30 together; the group is at its own target and loses nothing.
    assert_eq!(scored.group("01").loss, Some(0.0));
    assert_near(scored.item("a").loss, 30.0);
}

#[test]
fn with_default_targets_losses_add_up_to_what_the_total_lacks_of_100() {
    for missing in [Missing::Zero, Missing::Exclude] {
        let scored = uneven().missing(missing).answers(&["10", "不适用", "", "40", "乱写", "60"]);
        let losses: f64 = scored.results.items.iter().filter_map(|item| item.loss).sum();
        scored.score_is(100.0 - losses);
    }
}

#[test]
fn losses_cumulate_in_falling_order_ties_in_tree_order() {
    let case = items(&[point("a", ""), point("b", ""), point("c", ""), point("d", ""), point("e", "")]);
    let scored = case.answers(&["80", "50", "80", "不适用", "20"]);
    // A quarter each: 5, 12.5, 5, left, 20.
    for (id, wanted) in [("e", 20.0), ("b", 32.5), ("a", 37.5), ("c", 42.5)] {
        assert_near(scored.item(id).cumulative_loss, wanted);
    }
    assert_eq!(scored.item("d").cumulative_loss, None);
}

#[test]
fn losses_equal_but_for_noise_tie() {
    // 3 x (100 - 90.1) and 1 x (100 - 70.3) are one loss by two roads.
    let scored = row(["weight: 1", "weight: 3", "weight: 1"]).answers(&["70.3", "90.1", "0"]);
    let loss = |id: &str| scored.item(id).loss.expect("a loss");
    assert_eq!(snapped(loss("a")), snapped(loss("b")));
    let before = |one: &ItemResult, two: &ItemResult| one.cumulative_loss < two.cumulative_loss;
    assert!(before(scored.item("a"), scored.item("b")));
    let scored = row(["weight: 3", "weight: 1", "weight: 1"]).answers(&["90.1", "70.3", "0"]);
    assert!(before(scored.item("a"), scored.item("b")));
}

// 5.5 Grade

/// An item of each criticality with weight 0.000001, so that `a` alone makes the score.
fn graded(policy: &str, specials: &[&str]) -> Case {
    let nodes: Vec<String> = std::iter::once(point("a", "weight: 1000000"))
        .chain(specials.iter().enumerate().map(|(index, rest)| point(&format!("s{index}"), &format!("weight: 0.000001, {rest}"))))
        .collect();
    let policy = if policy.is_empty() { String::new() } else { format!("policy: {policy}\n") };
    case_of(&(policy + &list("items", &nodes)))
}

const VETO: &str = "criticality: veto";
const KEY: &str = "criticality: key";

#[test]
fn a_grade_is_the_band_of_the_rounded_score_lower_bounds_included() {
    for (score, grade) in [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.95", "excellent"),
        ("89.94", "good"),
        ("80", "good"),
        ("79.95", "good"),
        ("79.9", "qualified"),
        ("60", "qualified"),
        ("59.9", "unqualified"),
        ("0", "unqualified"),
    ] {
        assert_eq!(graded("", &[]).answers(&[score]).grade(), grade, "{score}");
    }
}

#[test]
fn bands_are_the_trees_own_where_it_has_some() {
    let policy =
        "{decimals: 0, bands: [{code: pass, name: {zh: 过, en: Pass}, from: 50.5}, {code: fail, name: {zh: 不过, en: Fail}, from: 0}]}";
    for (score, grade) in [("51", "pass"), ("50.5", "pass"), ("50.4", "fail")] {
        assert_eq!(graded(policy, &[]).answers(&[score]).grade(), grade, "{score}");
    }
}

#[test]
fn the_reasons_name_the_rounding_where_it_decided() {
    let scored = graded("", &[]).answers(&["89.95"]);
    assert_eq!((scored.rules(), scored.total().rounded), (vec!["band", "rounding"], Some(90.0)));
    let reason = &scored.total().grade_reasons[1].message.zh;
    assert!(reason.contains("89.95") && reason.contains("90"), "{reason}");
    assert_eq!(graded("", &[]).answers(&["90.04"]).rules(), ["band"]);
    assert_eq!(graded("", &[]).answers(&["89.94"]).rules(), ["band"]);
}

#[test]
fn one_failed_veto_caps_at_qualified_two_at_unqualified_and_no_number_changes() {
    let none = graded("", &[VETO, VETO]).answers(&["95", "1", "1"]);
    let one = graded("", &[VETO, VETO]).answers(&["95", "0", "1"]);
    let two = graded("", &[VETO, VETO]).answers(&["95", "0", "0"]);
    let three = graded("", &[VETO, VETO, VETO]).answers(&["95", "0", "0", "0"]);
    assert_eq!([none.grade(), one.grade(), two.grade(), three.grade()], ["excellent", "qualified", "unqualified", "unqualified"]);
    for scored in [&none, &one, &two, &three] {
        assert_eq!(scored.total().rounded, Some(95.0));
    }
    assert_eq!(none.rules(), ["band"]);
    let reason = &two.total().grade_reasons[1];
    assert_eq!((reason.rule.as_str(), reason.items.as_slice()), ("veto", ["s0".to_string(), "s1".to_string()].as_slice()));
    assert!(reason.message.zh.contains("00.02、00.03"), "{}", reason.message.zh);
}

#[test]
fn a_cap_never_lifts() {
    assert_eq!(graded("", &[VETO]).answers(&["30", "0"]).grade(), "unqualified");
    assert_eq!(graded("", &[KEY]).answers(&["65", "0"]).grade(), "qualified");
}

#[test]
fn a_veto_fails_at_or_below_fails_at() {
    for (fails_at, answer, fails) in [("0", "0", true), ("0", "0.1", false), ("60", "60", true), ("60", "60.1", false), ("60", "59", true)]
    {
        let scored = graded("", &[&format!("{VETO}, fails_at: {fails_at}")]).answers(&["95", answer]);
        assert_eq!(scored.grade() == "qualified", fails, "{fails_at} {answer}");
    }
}

#[test]
fn a_veto_fails_when_any_answer_that_counts_does() {
    let fill = |name: &str, answer: &str| survey(name).own("a", "95").own("s0", answer);
    let both = graded("", &[VETO]).survey(fill("甲局", "100")).survey(fill("乙局", "0")).score();
    both.item_is("s0", 50.0);
    assert_eq!(both.grade(), "qualified");
    let led = graded("", &[&format!("{VETO}, lead: one")]).survey(fill("甲局", "100")).survey(fill("乙局", "0")).score();
    assert_eq!(led.grade(), "excellent");
}

#[test]
fn a_veto_without_data_fails_and_one_not_applicable_or_blank_does_not() {
    for (answer, grade) in [("查无资料", "qualified"), ("不适用", "excellent"), ("", "excellent"), ("乱写", "excellent")] {
        assert_eq!(graded("", &[VETO]).answers(&["95", answer]).grade(), grade, "{answer}");
    }
    assert_eq!(graded("", &[&format!("{VETO}, fails_at: -1")]).answers(&["95", "查无资料"]).grade(), "qualified");
}

#[test]
fn vetoes_that_share_a_group_count_as_one() {
    let shared = format!("{VETO}, veto_group: water");
    let scored = graded("", &[&shared, &shared]).answers(&["95", "0", "0"]);
    assert_eq!((scored.grade(), scored.total().grade_reasons[1].items.len()), ("qualified", 2));
    assert_eq!(graded("", &[&shared, &shared, VETO]).answers(&["95", "0", "0", "0"]).grade(), "unqualified");
    assert_eq!(graded("", &[&shared, &format!("{VETO}, veto_group: fire")]).answers(&["95", "0", "0"]).grade(), "unqualified");
}

#[test]
fn a_veto_group_is_never_taken_for_an_item() {
    assert_eq!(graded("", &[VETO, &format!("{VETO}, veto_group: s0")]).answers(&["95", "0", "0"]).grade(), "unqualified");
}

#[test]
fn a_key_item_at_0_caps_at_good_and_three_at_qualified() {
    let of = |answers: &[&str]| {
        let scored = graded("", &[KEY, KEY, KEY]).answers(&[&["95"], answers].concat());
        assert_eq!(scored.total().rounded, Some(95.0));
        scored.grade().to_string()
    };
    assert_eq!(of(&["1", "1", "1"]), "excellent");
    assert_eq!(of(&["0", "1", "1"]), "good");
    assert_eq!(of(&["0", "0", "1"]), "good");
    assert_eq!(of(&["0", "0", "0"]), "qualified");
    assert_eq!(of(&["0", "查无资料", "0"]), "qualified");
    assert_eq!(of(&["查无资料", "1", "1"]), "good");
    assert_eq!(of(&["", "乱写", "不适用"]), "excellent");
    let scored = graded("", &[KEY]).answers(&["95", "0"]);
    assert_eq!((scored.rules(), scored.total().grade_reasons[1].items.clone()), (vec!["band", "key"], vec!["s0".to_string()]));
}

#[test]
fn the_score_of_a_key_item_is_the_merged_one() {
    let fill = |name: &str, answer: &str| survey(name).own("a", "95").own("s0", answer);
    let scored = graded("", &[KEY]).survey(fill("甲局", "100")).survey(fill("乙局", "0")).score();
    assert_eq!(scored.grade(), "excellent");
}

#[test]
fn a_key_item_at_0_caps_its_level_1_group_and_no_other() {
    let inner = group("01.1", "", &[point("a", "weight: 1000000"), point("k", "criticality: key, weight: 0.000001")], &[]);
    let body = list("groups", &[group("01", "", &[], &[inner]), group("02", "", &[point("b", "weight: 1000000")], &[])]);
    let scored = case_of(&body).answers(&["95", "0", "95"]);
    let grade = |code: &str| scored.group(code).grade.clone().expect("a grade");
    assert_eq!([grade("01"), grade("01.1"), grade("02")], ["good", "excellent", "excellent"]);
    assert_eq!(scored.group("01").rounded, Some(95.0));
    let scored = case_of(&body).answers(&["65", "0", "65"]);
    assert_eq!(scored.group("01").grade.as_deref(), Some("qualified"));
}

#[test]
fn the_caps_are_the_policys_and_null_caps_nothing() {
    let policy = "{veto: {one: unqualified, two: unqualified}, key: {one: qualified, three: unqualified, group: null}}";
    assert_eq!(graded(policy, &[VETO]).answers(&["95", "0"]).grade(), "unqualified");
    assert_eq!(graded(policy, &[KEY]).answers(&["95", "0"]).grade(), "qualified");
    assert_eq!(graded(policy, &[KEY, KEY, KEY]).answers(&["95", "0", "0", "0"]).grade(), "unqualified");
    let body = format!(
        "policy: {policy}\n{}",
        list("groups", &[group("01", "", &[point("a", "weight: 1000"), point("k", "criticality: key, weight: 0.001")], &[])])
    );
    assert_eq!(case_of(&body).answers(&["95", "0"]).group("01").grade.as_deref(), Some("excellent"));
    let none = "{veto: {one: null, two: null}, key: {one: null, three: qualified, group: null}}";
    assert_eq!(graded(none, &[VETO, VETO]).answers(&["95", "0", "0"]).grade(), "excellent");
    assert_eq!(graded(none, &[KEY]).answers(&["95", "0"]).grade(), "excellent");
    assert_eq!(graded(none, &[KEY, KEY, KEY]).answers(&["95", "0", "0", "0"]).grade(), "qualified");
}

#[test]
fn the_worse_of_veto_and_key_decides() {
    assert_eq!(graded("", &[VETO, KEY]).answers(&["95", "0", "0"]).grade(), "qualified");
    let scored = graded("", &[VETO, KEY]).answers(&["95", "0", "0"]);
    assert_eq!(scored.rules(), ["band", "veto", "key"]);
}

// 5.6 Bounds of the grade

#[test]
fn bounds_of_the_grade_count_blank_vetoes_and_keys_failed_and_passed() {
    for unknown in ["", "乱写"] {
        let one = graded("", &[VETO]).answers(&["95", unknown]);
        assert_eq!((one.grade(), one.grades()), ("excellent", ("qualified", "excellent")), "{unknown}");
        let two = graded("", &[VETO, VETO]).answers(&["95", unknown, unknown]);
        assert_eq!(two.grades(), ("unqualified", "excellent"));
        let beside_a_failed_one = graded("", &[VETO, VETO]).answers(&["95", "0", unknown]);
        assert_eq!((beside_a_failed_one.grade(), beside_a_failed_one.grades()), ("qualified", ("unqualified", "qualified")));
        let keys = graded("", &[KEY, KEY, KEY]).answers(&["95", unknown, unknown, unknown]);
        assert_eq!((keys.grade(), keys.grades()), ("excellent", ("qualified", "excellent")));
        let normal = graded("", &["criticality: normal"]).answers(&["95", unknown]);
        assert_eq!(normal.grades(), ("excellent", "excellent"));
    }
}

#[test]
fn bounds_of_the_grade_start_from_low_and_high() {
    let scored = row(["", "", ""]).answers(&["90", "90", ""]);
    assert_eq!((scored.grade(), scored.grades()), ("qualified", ("qualified", "excellent")));
    let excluded = row(["", "", ""]).missing(Missing::Exclude).answers(&["90", "90", ""]);
    assert_eq!((excluded.grade(), excluded.grades()), ("excellent", ("qualified", "excellent")));
}

#[test]
fn bounds_of_the_grade_are_null_only_where_low_and_high_are() {
    let all_excluded = row(["", "", ""]).missing(Missing::Exclude).answers(&["", "", "乱写"]);
    assert_eq!((all_excluded.total().low, all_excluded.total().high), (Some(0.0), Some(100.0)));
    assert_eq!(all_excluded.grades(), ("unqualified", "excellent"));
    no_total(&all_excluded);
    let all_left = row(["", "", ""]).answers(&["不适用", "不适用", "不适用"]);
    assert_eq!((all_left.total().low, all_left.total().high, all_left.grades()), (None, None, ("none", "none")));
}

// 5.7 Without a total

#[test]
fn without_a_total_score_rounded_and_grade_are_null() {
    no_total(&row(["", "", ""]).answers(&["不适用", "不适用", "不适用"]));
    no_total(&areas().missing(Missing::Exclude).answers(&["", "不适用", "乱写", ""]));
}

fn no_total(scored: &Scored) {
    let total = scored.total();
    assert_eq!((total.score, total.rounded, total.grade.as_deref()), (None, None, None));
}
