//! Section 1: numbers.

use ecap::number::rounded;
use serde_json::Value as Json;

use crate::harness::{LEVEL, POINT, Put, case, case_of, item, list, survey};

const RATE: &str = "{type: rate, direction: higher, cuts: [7], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}";

fn rate(cut: &str) -> String {
    RATE.replace('7', cut)
}

#[test]
fn a_fraction_meets_a_cut_exactly() {
    case(RATE).answers(&["7/100"]).score_is(100.0);
    case(&rate("14.000000000000002")).answers(&["14/100"]).score_is(0.0);
    case(&rate("33.333333333333336")).answers(&["1/3"]).score_is(0.0);
    case(&rate("33.33333333333333")).answers(&["1/3"]).score_is(100.0);
}

#[test]
fn a_double_counts_as_its_shortest_decimal() {
    for (stored, cut) in [(0.07, "7"), (0.14, "14"), (0.28, "28"), (0.29, "29"), (0.55, "55"), (0.56, "56"), (0.57, "57"), (0.58, "58")] {
        let scored = case(&rate(cut)).survey(survey("").own("a", Put::Formatted(stored, "0%"))).score();
        assert_eq!(scored.total().score, Some(100.0), "{stored}");
    }
    let tenths = "{type: quantity, unit: {zh: 米, en: m}, direction: higher, cuts: [0.1, 0.3]}";
    case(tenths).survey(survey("").own("a", 0.3)).score().score_is(100.0);
    case(tenths).survey(survey("").own("a", 0.1 + 0.2)).score().score_is(100.0);
    case(tenths).survey(survey("").own("a", 0.3 - 1e-16)).score().score_is(50.0);
}

#[test]
fn bounds_of_a_range_are_decimals() {
    let range = "{type: range, unit: \"%\", band: [0.1, 0.3], outside: [{below: 0.1, score: 0}, {above: 0.3, score: 0}]}";
    for (typed, score) in [("0.3", 100.0), ("0.3%", 100.0), ("3/1000", 100.0), ("0.1", 100.0), ("0.30000000000000004", 0.0), ("0.09", 0.0)]
    {
        case(range).answers(&[typed]).score_is(score);
    }
}

#[test]
fn fails_at_is_compared_exactly() {
    // As doubles, 100 x (1/3) would be 33.33333333333333.
    for (fails_at, failed) in [("33.33333333333333", false), ("33.333333333333336", true)] {
        let veto = item("a", LEVEL, &format!("criticality: veto, fails_at: {fails_at}"));
        let scored = case_of(&list("items", &[veto])).answers(&["1"]);
        assert_eq!(scored.rules().contains(&"veto"), failed, "{fails_at}");
    }
}

#[test]
fn percent_scales_count_from_0_to_100() {
    let linear = "{type: rate, linear: {zero: 0, full: 100}, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}";
    case(linear).answers(&["45/50"]).score_is(90.0);
    case(linear).answers(&["90%"]).score_is(90.0);
}

#[test]
fn a_score_stays_unrounded() {
    let scored = case(LEVEL).answers(&["1"]);
    scored.score_is(100.0 / 3.0);
    assert_eq!(scored.total().rounded, Some(33.3));
}

#[test]
fn rounding_goes_through_billionths_then_half_away_from_zero() {
    for (score, decimals, wanted) in [
        (89.95, 1, 90.0),
        (89.949_999_999_9, 1, 90.0),
        (89.949_999_999_4, 1, 89.9),
        (89.949_999_99, 1, 89.9),
        (0.05, 1, 0.1),
        (0.15, 1, 0.2),
        (0.25, 1, 0.3),
        (0.35, 1, 0.4),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (2.5, 0, 3.0),
        (-0.25, 1, -0.3),
        (-2.5, 0, -3.0),
        (33.333_333_333_3, 9, 33.333_333_333),
        (66.666_666_666_666, 9, 66.666_666_667),
    ] {
        assert_eq!(rounded(score, decimals), wanted, "{score}");
    }
}

#[test]
fn the_total_is_rounded_once_to_the_decimals_of_the_tree() {
    for (decimals, wanted) in [(0, 89.0), (1, 89.4), (2, 89.45), (3, 89.446), (9, 89.446)] {
        let body = format!("policy: {{decimals: {decimals}}}\n{}", list("items", &[item("a", POINT, "")]));
        assert_eq!(case_of(&body).answers(&["89.446"]).total().rounded, Some(wanted), "{decimals}");
    }
}

#[test]
fn numbers_in_json_are_the_shortest_that_read_back_equal() {
    let body =
        list("items", &[item("a", LEVEL, "weight: 0.1"), item("b", LEVEL, "weight: 1000000000000000"), item("c", LEVEL, "weight: 2.5e-7")]);
    let scored = case_of(&body).answers(&["1", "3", "0"]);
    let text = ecap::result::to_json(&scored.results);
    let back: ecap::result::Results = serde_json::from_str(&text).expect("results");
    assert_eq!(back, scored.results);
    for part in ["\"weight\": 0.1,", "\"weight\": 1000000000000000,", "\"weight\": 2.5e-7,", "\"score\": 100,", "\"target\": 100,"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains(".0,"));
}

#[test]
fn what_is_no_number_is_null() {
    let na = "na: {zh: 没有, en: none}";
    let scored = case_of(&list("items", &[item("a", LEVEL, na)])).answers(&["不适用"]);
    let json: Json = serde_json::from_str(&ecap::result::to_json(&scored.results)).expect("JSON");
    for pointer in ["/total/score", "/total/rounded", "/total/grade", "/items/0/score", "/items/0/gap", "/items/0/loss"] {
        assert_eq!(json.pointer(pointer), Some(&Json::Null), "{pointer}");
    }
    assert_eq!(ecap::number::json(f64::NAN), Json::Null);
    assert_eq!(ecap::number::json(f64::INFINITY), Json::Null);
}
