//! Profiles: the items of one level or the core alone are in scope; the others leave and are counted apart. Legal floors.

use ecap::answers::MergedState;
use ecap::survey::blank::blank;
use ecap::survey::front::Cover;
use ecap::text::Lang;
use ecap::tree::{Profile, Tree};

use crate::common::ecap;
use crate::harness::{POINT, Scored, YES, assert_near, case_of, group, item, list, score_bytes, survey, tree};

/// Four items of weight 1: two in group 01, of which the second is for districts only, and two in 02, both for districts only.
fn body() -> String {
    let all = "levels: [区县, 乡镇街道]";
    let items = |ids: [&str; 2], rest: [&str; 2]| -> Vec<String> {
        ids.iter().zip(rest).map(|(id, rest)| item(id, POINT, &format!("na: {{zh: 无, en: none}}, {rest}"))).collect()
    };
    let district = "levels: [区县]";
    list(
        "groups",
        &[
            group("01", "", &items(["a", "b"], [&format!("{all}, core: true"), district]), &[]),
            group("02", "", &items(["c", "d"], [district, &format!("{district}, criticality: veto, weight: 1")]), &[]),
        ],
    )
}

fn scored(profile: &str, answers: [&str; 4]) -> Scored {
    let mut case = case_of(&body());
    case.tree.local.profile = Profile::named(profile);
    assert!(case.tree.local.profile.is_some(), "{profile}");
    case.answers(&answers)
}

#[test]
fn items_outside_the_profile_leave_and_are_counted_apart() {
    let scored = scored("乡镇街道", ["40", "80", "90", "0"]);
    let counts = scored.results.counts;
    assert_eq!((counts.items, counts.answered, counts.not_applicable, counts.out_of_scope), (4, 1, 0, 3));
    assert_near(scored.total().score, 40.0);
    for id in ["b", "c", "d"] {
        let item = scored.item(id);
        assert_eq!((item.state.as_str(), item.score, item.gap, item.loss, item.cumulative_loss), ("out_of_scope", None, None, None, None));
        assert_near(Some(item.share), 0.0);
        assert!(item.answers.iter().all(|answer| !answer.counts && answer.own.is_some()), "what was typed is kept");
    }
    assert_near(Some(scored.item("a").share), 1.0);
    assert_eq!(scored.grade(), "unqualified");
    assert_eq!(scored.rules(), ["band"], "a veto item outside the profile does not fail");
    assert_eq!(MergedState::OutOfScope.code(), "out_of_scope");
}

#[test]
fn coverage_is_of_the_items_in_scope() {
    let in_scope = scored("乡镇街道", ["40", "", "", ""]);
    assert_eq!(in_scope.group("01").coverage, Some(1.0), "the item out of scope is not missing from it");
    assert_eq!((in_scope.group("02").coverage, in_scope.group("02").score), (None, None), "nothing in scope");
    let left = scored("乡镇街道", ["不适用", "", "", ""]);
    assert_eq!(left.group("01").coverage, Some(0.0));
    assert_eq!(left.total().score, None);
}

#[test]
fn what_is_typed_outside_the_profile_is_a_note_and_no_error() {
    let scored = scored("核心", ["40", "乱写", "", "90"]);
    assert_eq!(scored.errors(), []);
    let notes = scored.found("answers-out-of-scope");
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].message.get(Lang::Zh), "有 2 题不在本次评估的范围内，没有计分。不必处理。");
    assert!(scored.found("items-blank").is_empty(), "an empty cell outside the profile is not blank");
}

#[test]
fn the_tree_and_its_digest_stay_whole_and_the_policy_names_the_profile() {
    let whole = tree(&body());
    let scored = scored("core", ["40", "", "", ""]);
    assert_eq!(scored.results.tree.sha256, whole.sha256);
    assert_eq!((scored.results.items.len(), scored.results.groups.len()), (4, 2));
    let scope = scored.results.policy.scope.as_ref().expect("a scope");
    assert_eq!((scope.profile.as_deref(), scope.items), (Some("核心"), 1));
    assert_eq!(case_of(&body()).answers(&["1", "2", "3", "4"]).results.policy.scope, None);
}

#[test]
fn profiles_go_by_both_names_and_no_others() {
    for (one, two) in [("市", "city"), ("区县", "District"), ("乡镇街道", "township"), ("社区村", "community"), ("核心", "core")]
    {
        assert_eq!(Profile::named(one), Profile::named(two), "{one}");
        assert_eq!(Profile::named(one).map(Profile::word), Some(one));
    }
    assert_eq!(Profile::named("县"), None);
    let (code, _, err) = ecap(&["survey", "--profile", "镇"]);
    assert_eq!((code, err.as_str()), (2, "--profile 不能是“镇”，应为 市、区县、乡镇街道、社区村、核心。\n"));
}

fn issued(tree: &Tree) -> (String, Vec<u8>) {
    let cover = Cover { unit: "试点镇".into(), period: "2026".into(), respondent: "评估组".into(), ..Cover::default() };
    ("镇.xlsx".to_string(), blank(tree, &cover, None, Lang::Zh, (2026, 1, 1)).expect("a survey"))
}

#[test]
fn a_survey_of_a_profile_holds_its_items_and_says_which_it_is() {
    let mut narrowed = tree(&body());
    narrowed.local.profile = Profile::named("乡镇街道");
    let file = issued(&narrowed);
    let units = score_bytes(&narrowed, vec![file.clone()]);
    assert_eq!((units[0].results.counts.blank, units[0].results.counts.out_of_scope), (1, 3));
    assert!(units[0].item("b").answers.is_empty(), "no row for it");
    assert!(units[0].found("cover-other-profile").is_empty());
    let whole = tree(&body());
    let units = score_bytes(&whole, vec![file]);
    let found = units[0].found("cover-other-profile");
    assert_eq!((found.len(), found[0].severity), (1, ecap::finding::Severity::Warning));
    assert!(found[0].message.get(Lang::Zh).contains("--profile 乡镇街道"), "{:?}", found[0].message);
}

#[test]
fn an_item_below_its_legal_floor_is_told_whatever_its_score() {
    let law = "basis: [{law: erl, article: \"1\", status: unverified}]";
    let laws = "laws: [{id: erl, name: {zh: 某法, en: A law}}]\n";
    let rate = "{type: rate, direction: higher, cuts: [60, 80, 95], numerator: {zh: 甲, en: a}, denominator: {zh: 乙, en: b}}";
    let floor = |floor: usize| format!("legal_floor: {floor}, na: {{zh: 无, en: none}}, {law}");
    let items = [item("a", rate, &floor(2)), item("b", rate, &floor(3)), item("c", YES, &floor(3)), item("d", rate, "")];
    let body = format!("{laws}{}", list("items", &items));
    let below = |answers: [&str; 4]| -> Vec<Option<bool>> {
        case_of(&body).answers(&answers).results.items.iter().map(|item| item.below_legal_floor).collect()
    };
    assert_eq!(below(["80%", "94%", "是", "0"]), [Some(false), Some(true), Some(false), None]);
    assert_eq!(below(["79%", "95%", "否", "0"]), [Some(true), Some(false), Some(true), None]);
    assert_eq!(below(["", "乱写", "查无资料", "0"]), [None, None, Some(true), None], "an answer that is not known is not below");
    assert_eq!(below(["不适用", "95%", "是", "0"]), [None, Some(false), Some(false), None]);
    let results = case_of(&body).answers(&["79%", "94%", "", "1"]).results;
    assert_eq!(results.items.iter().map(|item| item.legal_floor).collect::<Vec<_>>(), [Some(2), Some(3), Some(3), None]);
    let legal = ecap::analysis::legal::legal(&results);
    assert_eq!((legal.below, legal.unknown, legal.met), (vec![0, 1], vec![2], 0));
}

#[test]
fn legal_floors_are_judged_for_city_and_district_only() {
    let law = "basis: [{law: erl, article: \"1\", status: unverified}]";
    let body = format!(
        "laws: [{{id: erl, name: {{zh: 某法, en: A law}}}}]\n{}",
        list("items", &[item("a", YES, &format!("core: true, legal_floor: 3, {law}"))])
    );
    for (profile, below) in [("市", Some(true)), ("区县", Some(true)), ("核心", Some(true)), ("乡镇街道", None), ("社区村", None)]
    {
        let mut case = case_of(&body);
        case.tree.local.profile = Profile::named(profile);
        let results = case.answers(&["否"]).results;
        assert_eq!((results.items[0].legal_floor, results.items[0].below_legal_floor), (Some(3), below), "{profile}");
    }
}

#[test]
fn a_survey_filled_beside_a_profile_is_read_by_id() {
    let mut case = case_of(&body()).survey(survey("评估组").own("a", "70").own("b", "10"));
    case.tree.local.profile = Profile::named("区县");
    assert_near(case.score().total().score, 20.0);
}
