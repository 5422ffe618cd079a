//! Section 4: from cells to one state an item.

use ecap::finding::Severity;
use ecap::policy::Merge;
use ecap::survey::CoverLabel;

use crate::harness::{Case, LEVEL, POINT, Put, Scored, Survey, case_of, item, list, review, survey};

/// Two items of 甲局, `a` and `b`, and one of an outsider, `up`; the answer is the score; all may be not applicable.
fn three() -> Case {
    let na = "na: {zh: 没有, en: none}";
    case_of(&list(
        "items",
        &[
            item("a", POINT, &format!("lead: one, {na}")),
            item("b", POINT, &format!("lead: one, {na}")),
            item("up", POINT, &format!("lead: upper, {na}")),
        ],
    ))
}

fn scored(surveys: impl IntoIterator<Item = Survey>) -> Scored {
    surveys.into_iter().fold(three(), Case::survey).score()
}

/// Which answers to an item count, by file.
fn counting<'a>(scored: &'a Scored, id: &str) -> Vec<&'a str> {
    scored.item(id).answers.iter().filter(|answer| answer.counts).map(|answer| answer.place.file.as_str()).collect()
}

// 4.1 States

#[test]
fn states_are_spelled_as_the_contract_spells_them() {
    let filled = survey("评估组").own("a", "50").own("b", "不适用").note("b", "没有河流").own("up", "查无资料");
    let results = scored([filled]);
    assert_eq!([results.state("a"), results.state("b"), results.state("up")], ["answered", "not_applicable", "no_data"]);
    let results = scored([survey("评估组").own("a", "乱写").own("b", "")]);
    assert_eq!([results.state("a"), results.state("b"), results.state("up")], ["unreadable", "blank", "blank"]);
    let counts = results.results.counts;
    assert_eq!((counts.items, counts.answered, counts.unreadable, counts.blank, counts.out_of_scope), (3, 0, 1, 2, 0));
}

#[test]
fn an_unreadable_cell_is_an_error_and_scores_and_is_bounded_as_a_blank_one() {
    let unreadable = scored([survey("评估组").own("a", "80").own("b", "乱写").own("up", "40")]);
    let blank = scored([survey("评估组").own("a", "80").own("b", "").own("up", "40")]);
    assert_eq!(unreadable.errors(), [("answer-unreadable", "评估组.xlsx", "E3")]);
    assert_eq!(blank.errors(), []);
    let numbers = |scored: &Scored| (scored.total().score, scored.total().low, scored.total().high, scored.total().grade.clone());
    assert_eq!(numbers(&unreadable), numbers(&blank));
}

#[test]
fn out_of_scope_is_never_typed() {
    for typed in ["不评", "out_of_scope", "Out of scope"] {
        assert_eq!(scored([survey("评估组").own("a", typed).note("a", "领导同意")]).state("a"), "unreadable", "{typed}");
    }
}

// 4.2 Versions

#[test]
fn the_highest_submission_counts() {
    let results = scored([
        survey("甲局").file("1.xlsx").submission("3").own("a", "30"),
        survey("甲局").file("2.xlsx").submission("2").own("a", "20"),
        survey("甲局").file("3.xlsx").submission("1").own("a", "10"),
    ]);
    results.item_is("a", 30.0);
    assert_eq!(counting(&results, "a"), ["1.xlsx"]);
}

#[test]
fn the_highest_submission_counts_though_it_is_blank() {
    let results =
        scored([survey("甲局").file("1.xlsx").submission("1").own("a", "10"), survey("甲局").file("2.xlsx").submission("2").own("a", "")]);
    assert_eq!(results.state("a"), "blank");
}

#[test]
fn versions_are_compared_item_by_item_among_those_that_hold_the_row() {
    let results = scored([
        survey("甲局").file("1.xlsx").submission("1").own("a", "10").own("b", "20"),
        survey("甲局").file("2.xlsx").submission("2").own("a", "30"),
    ]);
    results.item_is("a", 30.0).item_is("b", 20.0);
}

#[test]
fn self_and_review_are_versions_apart() {
    let results = scored([
        survey("甲局").file("1.xlsx").submission("1").own("a", "10").review("a", "60"),
        survey("甲局").file("2.xlsx").submission("1").own("a", "30").review("a", "60"),
    ]);
    results.item_is("a", 60.0);
    assert_eq!(results.found("version-torn").len(), 2);
}

#[test]
fn versions_are_of_one_respondent_one_unit_and_one_period() {
    let first = || survey("甲局").file("1.xlsx").submission("1").own("a", "10");
    let second = || survey("甲局").file("2.xlsx").submission("2").own("a", "30");
    let beside = [
        second().cover(CoverLabel::Respondent, "乙局"),
        second().cover(CoverLabel::Unit, "别市"),
        second().cover(CoverLabel::Period, "2027"),
    ];
    for survey in beside {
        let units = three().survey(first()).survey(survey).score_all();
        units[if units.len() == 2 && units[0].results.unit.name == "别市" { 1 } else { 0 }].item_is("a", 10.0);
        assert!(units.iter().all(|unit| unit.found("version-superseded").is_empty()));
    }
    let units = three().survey(first()).survey(second().cover(CoverLabel::Unit, " 试市 ")).score_all();
    assert_eq!(units.len(), 1);
    units[0].item_is("a", 30.0);
}

#[test]
fn a_review_workbook_is_a_version_of_review_workbooks_only() {
    let results =
        scored([survey("评估组").submission("9").own("a", "10").review("a", "20"), review("评估组").submission("1").review("a", "60")]);
    results.item_is("a", 40.0);
    assert_eq!(results.found("version-superseded").len(), 0);
    let results = scored([
        review("评估组").file("1.xlsx").submission("1").review("a", "60"),
        review("评估组").file("2.xlsx").submission("2").review("a", "80"),
    ]);
    results.item_is("a", 80.0);
}

#[test]
fn a_submission_is_a_whole_number_from_1_however_written() {
    let last = |put: Put| {
        let early = survey("甲局").file("1.xlsx").submission("1").own("a", "10");
        scored([early, survey("甲局").file("2.xlsx").cover(CoverLabel::Submission, put).own("a", "30")])
    };
    for put in [Put::from("2"), Put::from("第2次"), Put::from("第 2 次"), Put::from("２"), Put::from(" 2 "), Put::from(2.0)] {
        let results = last(put.clone());
        results.item_is("a", 30.0);
        assert_eq!(results.found("cover-submission").len(), 0, "{put:?}");
        assert_eq!(results.item("a").answers[1].submission, 2, "{put:?}");
    }
}

#[test]
fn a_submission_that_is_missing_or_otherwise_is_1_with_a_warning_at_its_cell() {
    for put in ["", "0", "-1", "1.5", "二", "最终版", "2次"] {
        let results = scored([survey("甲局").submission(put).own("a", "30")]);
        assert_eq!(results.item("a").answers[0].submission, 1, "{put}");
        // Unit, period, tree, respondent, submission: the order in which the harness writes them.
        assert_eq!(results.one("cover-submission"), (Severity::Warning, "甲局.xlsx", "B5"), "{put}");
    }
    let results = scored([survey("甲局").without(CoverLabel::Submission).own("a", "30")]);
    assert_eq!(results.one("cover-submission").0, Severity::Warning);
    assert_eq!(results.item("a").answers[0].submission, 1);
}

#[test]
fn equal_versions_count_once_with_a_note() {
    let results = scored([
        survey("乙局").file("1.xlsx").own("a", "30"),
        survey("乙局").file("2.xlsx").own("a", "30分"),
        survey("丙局").own("a", "60"),
    ]);
    results.item_is("a", 45.0);
    assert_eq!(results.one("version-equal").0, Severity::Note);
    assert_eq!(counting(&results, "a"), ["丙局.xlsx", "1.xlsx"]);
}

#[test]
fn a_cell_unreadable_in_both_versions_is_one_error_at_the_first_by_file() {
    let results = scored([
        survey("甲局").file("2.xlsx").submission("1").own("a", "乱写"),
        survey("甲局").file("1.xlsx").submission("2").own("a", "乱写"),
    ]);
    assert_eq!(results.errors(), [("answer-unreadable", "1.xlsx", "E2")]);
    assert_eq!(results.state("a"), "unreadable");
}

#[test]
fn at_the_same_submission_a_filled_cell_beats_a_blank_one_with_a_warning() {
    let results =
        scored([survey("甲局").file("1.xlsx").own("a", "").own("b", "30"), survey("甲局").file("2.xlsx").own("a", "30").own("b", "30")]);
    results.item_is("a", 30.0);
    assert_eq!(results.one("version-blank").0, Severity::Warning);
    // A form that is empty throughout is said once, not an item at a time.
    let form =
        scored([survey("甲局").file("1.xlsx").own("a", "").own("b", ""), survey("甲局").file("2.xlsx").own("a", "30").own("b", "30")]);
    form.item_is("a", 30.0);
    assert_eq!(form.one("form-blank"), (Severity::Note, "1.xlsx", ""));
    assert!(form.found("version-blank").is_empty());
}

#[test]
fn two_filled_cells_of_one_submission_tear_with_an_error_at_each() {
    let results = scored([survey("甲局").file("1.xlsx").own("a", "20"), survey("甲局").file("2.xlsx").own("a", "30")]);
    assert_eq!(results.state("a"), "unreadable");
    assert_eq!(results.errors(), [("version-torn", "1.xlsx", "E2"), ("version-torn", "2.xlsx", "E2")]);
    assert_eq!(counting(&results, "a"), Vec::<&str>::new());
    let state_word = scored([survey("甲局").file("1.xlsx").own("a", "20"), survey("甲局").file("2.xlsx").own("a", "查无资料")]);
    assert_eq!(state_word.state("a"), "unreadable");
}

#[test]
fn a_tear_below_the_highest_submission_is_no_tear() {
    let results = scored([
        survey("甲局").file("1.xlsx").own("a", "20"),
        survey("甲局").file("2.xlsx").own("a", "30"),
        survey("甲局").file("3.xlsx").submission("2").own("a", "40"),
    ]);
    results.item_is("a", 40.0);
    assert_eq!(results.errors(), []);
}

#[test]
fn where_two_selves_tear_an_agreed_review_stands() {
    let results = scored([
        survey("甲局").file("1.xlsx").own("a", "20").review("a", "70"),
        survey("甲局").file("2.xlsx").own("a", "30").review("a", "70"),
    ]);
    results.item_is("a", 70.0);
    assert_eq!(results.errors().len(), 2);
}

#[test]
fn two_reviews_of_one_submission_tear() {
    let results = scored([
        survey("甲局").file("1.xlsx").own("a", "20").review("a", "70"),
        survey("甲局").file("2.xlsx").own("a", "20").review("a", "80"),
    ]);
    assert_eq!(results.state("a"), "unreadable");
    assert_eq!(results.errors(), [("version-torn", "1.xlsx", "H2"), ("version-torn", "2.xlsx", "H2")]);
}

#[test]
fn file_names_decide_nothing() {
    for (first, second) in [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx"), ("2025.xlsx", "2024最终版.xlsx")] {
        let results =
            scored([survey("甲局").file(first).submission("1").own("a", "20"), survey("甲局").file(second).submission("2").own("a", "30")]);
        results.item_is("a", 30.0);
    }
}

// 4.3 Inside a workbook

#[test]
fn a_reviewed_value_replaces_the_own() {
    scored([survey("甲局").own("a", "20").review("a", "70")]).item_is("a", 70.0);
    scored([survey("甲局").own("a", "").review("a", "70")]).item_is("a", 70.0);
    assert_eq!(scored([survey("甲局").own("a", "20").review("a", "查无资料")]).state("a"), "no_data");
    assert_eq!(scored([survey("甲局").own("a", "20").review("a", "不适用").review_note("a", "没有河流")]).state("a"), "not_applicable");
}

#[test]
fn an_unreadable_review_makes_the_item_unreadable() {
    let results = scored([survey("甲局").own("a", "20").review("a", "乱写")]);
    assert_eq!(results.state("a"), "unreadable");
    assert_eq!(results.errors(), [("answer-unreadable", "甲局.xlsx", "H2")]);
}

#[test]
fn an_empty_review_leaves_the_own() {
    for empty in ["", "  "] {
        scored([survey("甲局").own("a", "20").review("a", empty)]).item_is("a", 20.0);
    }
}

#[test]
fn an_unreadable_cell_is_an_error_though_a_review_replaced_it() {
    let results = scored([survey("甲局").own("a", "乱写").review("a", "70")]);
    results.item_is("a", 70.0);
    assert_eq!(results.errors(), [("answer-unreadable", "甲局.xlsx", "E2")]);
}

#[test]
fn an_unreadable_cell_of_a_superseded_version_is_a_note() {
    let results = scored([
        survey("甲局").file("1.xlsx").submission("1").own("a", "乱写"),
        survey("甲局").file("2.xlsx").submission("2").own("a", "30"),
    ]);
    results.item_is("a", 30.0);
    assert_eq!(results.one("answer-unreadable"), (Severity::Note, "1.xlsx", "E2"));
    assert_eq!(results.errors(), []);
}

#[test]
fn an_item_twice_in_one_workbook_is_an_error_and_the_first_filled_row_counts() {
    let results = scored([survey("甲局").own("a", "20").row("a").own("a", "30")]);
    results.item_is("a", 20.0);
    assert_eq!(results.errors(), [("row-item-twice", "甲局.xlsx", "E3")]);
    let results = scored([survey("甲局").own("a", "").row("a").own("a", "30").row("a").own("a", "40")]);
    results.item_is("a", 30.0);
    assert_eq!(results.errors(), [("row-item-twice", "甲局.xlsx", "E2")]);
    // A review alone fills a row too.
    scored([survey("甲局").row("a").row("a").review("a", "70").row("a").own("a", "40")]).item_is("a", 70.0);
}

/// A later submission that holds only what was corrected drops all else: it counts, and is said once.
#[test]
fn a_later_submission_that_leaves_answers_blank_says_which_it_drops() {
    let results = scored([
        survey("甲局").file("1.xlsx").submission("1").own("a", "20").own("b", "30"),
        survey("甲局").file("2.xlsx").submission("2").own("a", "40").own("b", ""),
    ]);
    results.item_is("a", 40.0);
    assert_eq!(results.state("b"), "blank");
    assert_eq!(results.one("version-drops-answers").0, Severity::Warning);
    let dropped = &results.found("version-drops-answers")[0];
    assert_eq!(dropped.place.file.as_deref(), Some("2.xlsx"));
    assert!(dropped.message.zh.contains("（30）"), "{}", dropped.message.zh);
    assert!(!results.found("version-superseded")[0].message.zh.contains("30"));
}

/// The assessors may write into a returned survey, and a department may fill their column: it counts, and is asked about once a file.
#[test]
fn reviews_beside_self_ratings_of_a_department_are_asked_about_once() {
    let own = || survey("甲局").own("a", "20").review("a", "70").own("b", "30").review("b", "30");
    let results = scored([own()]);
    results.item_is("a", 70.0);
    let said = results.found("review-beside-self");
    assert_eq!(
        (said.len(), said[0].severity, said[0].args["count"].as_str(), said[0].args["silent"].as_str()),
        (1, Severity::Warning, "2", "1")
    );
    assert!(results.found("review-without-reason").is_empty());
    assert!(scored([survey("评估组").own("a", "20").review("a", "70")]).found("review-beside-self").is_empty());

    // The assessors' review of the item differs: both are named, and merged as all reviews are.
    let results = scored([own(), review("评估组").review("a", "50").review_note("a", "抽查").review("b", "30")]);
    results.item_is("a", 60.0);
    let said = results.found("review-in-two-places");
    assert_eq!((said.len(), said[0].severity, said[0].place.file.as_deref()), (1, Severity::Error, Some("甲局.xlsx")));
    assert!(results.found("answers-disagree").is_empty());
}

// 4.4 Who counts

#[test]
fn if_any_workbook_has_a_review_only_reviews_count() {
    let results = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "20").review("a", "60"), survey("评估组").own("a", "30")]);
    results.item_is("a", 60.0);
    assert_eq!(counting(&results, "a"), ["乙局.xlsx"]);
    scored([survey("甲局").own("a", "10"), review("评估组").review("a", "60")]).item_is("a", 60.0);
}

#[test]
fn an_unreadable_review_too_leaves_only_reviews() {
    let results = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "20").review("a", "乱写")]);
    assert_eq!(results.state("a"), "unreadable");
}

#[test]
fn the_word_of_the_assessor_comes_before_the_lead() {
    let results = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "20"), survey("评估组").own("a", "30")]);
    results.item_is("a", 30.0);
    assert_eq!(counting(&results, "a"), ["评估组.xlsx"]);
    scored([survey("甲局").own("a", "10"), survey("assessor").own("a", "30")]).item_is("a", 30.0);
}

#[test]
fn an_assessor_that_said_nothing_readable_does_not_come_first() {
    scored([survey("甲局").own("a", "10"), survey("评估组").own("a", "")]).item_is("a", 10.0);
    scored([survey("甲局").own("a", "10"), survey("评估组").own("a", "乱写")]).item_is("a", 10.0);
}

#[test]
fn a_state_word_of_the_assessor_is_readable() {
    assert_eq!(scored([survey("甲局").own("a", "10"), survey("评估组").own("a", "查无资料")]).state("a"), "no_data");
}

#[test]
fn the_word_of_the_lead_comes_before_others() {
    let results = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "20"), survey("丙局").own("a", "60")]);
    results.item_is("a", 10.0);
    assert_eq!(counting(&results, "a"), ["甲局.xlsx"]);
    scored([survey(" bureau a ").own("a", "10"), survey("乙局").own("a", "20")]).item_is("a", 10.0);
    assert_eq!(scored([survey("甲局").own("a", "查无资料"), survey("乙局").own("a", "20")]).state("a"), "no_data");
}

#[test]
fn without_a_readable_word_of_the_lead_all_respondents_count() {
    let results = scored([survey("甲局").own("a", "乱写"), survey("乙局").own("a", "20"), survey("丙局").own("a", "60")]);
    results.item_is("a", 40.0);
    assert_eq!(counting(&results, "a").len(), 3);
}

#[test]
fn a_self_rating_of_an_outsiders_item_by_another_is_set_aside_with_a_warning() {
    let results = scored([survey("甲局").own("up", "90").own("a", "10")]);
    assert_eq!(results.state("up"), "blank");
    assert_eq!(results.one("outsider-self-rating"), (Severity::Warning, "甲局.xlsx", "E2"));
    assert_eq!(counting(&results, "up"), Vec::<&str>::new());
    for word in ["查无资料", "不适用"] {
        let results = scored([survey("甲局").own("up", word).note("up", "没有河流").own("a", "10")]);
        assert_eq!((results.state("up"), results.found("outsider-self-rating").len()), ("blank", 1), "{word}");
    }
}

#[test]
fn an_outsiders_item_is_answered_by_the_outsider_the_assessor_or_a_review() {
    scored([survey("甲局").own("up", "90"), survey("上级部门").own("up", "40")]).item_is("up", 40.0);
    scored([survey("甲局").own("up", "90"), survey("评估组").own("up", "50")]).item_is("up", 50.0);
    scored([survey("甲局").own("up", "90"), review("评估组").review("up", "60")]).item_is("up", 60.0);
    let results = scored([survey("甲局").own("up", "90").review("up", "70")]);
    results.item_is("up", 70.0);
    assert_eq!(results.found("outsider-self-rating").len(), 0);
}

#[test]
fn readable_answers_that_differ_are_one_warning_an_item() {
    let results = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "20"), survey("丙局").own("a", "30")]);
    assert_eq!(results.one("answers-disagree").0, Severity::Warning);
    let by_state = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "查无资料")]);
    assert_eq!(by_state.found("answers-disagree").len(), 1);
    let set_aside = scored([survey("甲局").own("up", "10"), survey("上级部门").own("up", "90")]);
    assert_eq!(set_aside.found("answers-disagree").len(), 1);
}

#[test]
fn answers_of_the_same_worth_do_not_disagree() {
    let steps = item("a", "{type: count, unit: {zh: 次, en: times}, direction: higher, cuts: [5]}", "");
    let body = list("items", &[steps]);
    let results = case_of(&body).survey(survey("甲局").own("a", "6")).survey(survey("乙局").own("a", "7")).score();
    assert_eq!(results.found("answers-disagree").len(), 0);
    let unreadable = scored([survey("甲局").own("a", "10"), survey("乙局").own("a", "乱写"), survey("丙局").own("a", "")]);
    assert_eq!(unreadable.found("answers-disagree").len(), 0);
}

#[test]
fn reviews_that_differ_disagree_though_one_respondent_wrote_them() {
    let results = scored([survey("评估组").review("a", "20"), review("评估组").review("a", "60")]);
    assert_eq!(results.found("answers-disagree").len(), 1);
}

#[test]
fn only_answers_in_force_disagree_one_a_respondent() {
    let replaced = scored([survey("甲局").own("a", "10").review("a", "70"), survey("乙局").own("a", "70")]);
    assert_eq!(replaced.found("answers-disagree").len(), 0);
    let superseded = scored([
        survey("甲局").file("1.xlsx").submission("1").own("a", "10"),
        survey("甲局").file("2.xlsx").submission("2").own("a", "70"),
        survey("乙局").own("a", "70"),
    ]);
    assert_eq!(superseded.found("answers-disagree").len(), 0);
    let of_the_assessor = scored([survey("评估组").own("a", "10"), review("评估组").review("a", "70"), survey("乙局").own("a", "70")]);
    assert_eq!(of_the_assessor.found("answers-disagree").len(), 0);
}

#[test]
fn a_respondent_is_the_department_whose_name_stands_on_the_cover() {
    for (name, id) in
        [("甲局", Some("one")), ("Bureau A", Some("one")), ("上级部门", Some("upper")), ("某某局", None), ("评估组", Some("assessor"))]
    {
        let results = scored([survey(name).own("a", "10"), survey("乙局").own("b", "10")]);
        let answer = results.item("a").answers.iter().find(|answer| answer.respondent.name == name).expect("the answer");
        assert_eq!(answer.respondent.id.as_deref(), id, "{name}");
    }
    // Both languages name one department, so these are versions of one.
    let torn = scored([survey("甲局").own("a", "10"), survey("Bureau A").own("a", "20")]);
    assert_eq!(torn.found("version-torn").len(), 2);
}

#[test]
fn the_only_workbook_without_a_respondent_is_the_assessors() {
    let results = scored([survey("").file("1.xlsx").own("a", "10").own("up", "90")]);
    results.item_is("a", 10.0).item_is("up", 90.0);
    assert_eq!(results.item("a").answers[0].respondent.id.as_deref(), Some("assessor"));
    assert_eq!(results.found("cover-no-respondent").len(), 0);
}

#[test]
fn beside_others_a_nameless_workbook_is_a_respondent_of_its_own() {
    let results = scored([
        survey("").file("1.xlsx").own("a", "10").own("up", "90"),
        survey("").file("2.xlsx").own("a", "30"),
        survey("乙局").own("b", "20"),
    ]);
    results.item_is("a", 20.0);
    assert_eq!(results.state("up"), "blank");
    assert_eq!(results.found("version-torn").len(), 0);
    let warned: Vec<(Severity, Option<&str>)> =
        results.found("cover-no-respondent").iter().map(|finding| (finding.severity, finding.place.file.as_deref())).collect();
    assert_eq!(warned, [(Severity::Warning, Some("1.xlsx")), (Severity::Warning, Some("2.xlsx"))]);
    assert_eq!(results.item("a").answers[0].respondent.id, None);
}

#[test]
fn a_nameless_review_workbook_beside_others_is_of_its_own_too() {
    let results =
        scored([review("").file("1.xlsx").review("a", "40"), review("").file("2.xlsx").review("a", "60"), survey("乙局").own("a", "20")]);
    results.item_is("a", 50.0);
    assert_eq!(results.found("cover-no-respondent").len(), 2);
}

// 4.5 Merge

#[test]
fn worths_are_averaged_never_raw_values() {
    let steps = "{type: count, unit: {zh: 次, en: times}, direction: higher, cuts: [1, 10]}";
    let results = case_of(&list("items", &[item("a", steps, "")]))
        .survey(survey("甲局").own("a", "0"))
        .survey(survey("乙局").own("a", "100"))
        .score();
    // The mean of the values, 50, would be worth 100.
    results.item_is("a", 50.0);
}

#[test]
fn merging_takes_the_mean_the_median_the_least_or_the_most() {
    let merged = |merge: Merge, worths: &[&str]| {
        let names = ["乙局", "丙局", "丁局", "戊局"];
        let case = names.iter().zip(worths).fold(three(), |case, (name, worth)| case.survey(survey(name).own("a", *worth)));
        case.merge(merge).score().item("a").score
    };
    for (merge, wanted) in [(Merge::Mean, 60.0), (Merge::Median, 70.0), (Merge::Min, 0.0), (Merge::Max, 100.0)] {
        crate::harness::assert_near(merged(merge, &["100", "0", "50", "90"]), wanted);
    }
    crate::harness::assert_near(merged(Merge::Median, &["100", "0", "10"]), 10.0);
}

#[test]
fn without_an_answer_no_data_then_not_applicable_then_unreadable_then_blank() {
    let of = |words: &[&str]| {
        let names = ["乙局", "丙局", "丁局", "戊局"];
        let surveys = names.iter().zip(words).map(|(name, word)| survey(name).own("a", *word).note("a", "没有河流"));
        scored(surveys).state("a").to_string()
    };
    assert_eq!(of(&["", "乱写", "不适用", "查无资料"]), "no_data");
    assert_eq!(of(&["", "乱写", "不适用"]), "not_applicable");
    assert_eq!(of(&["", "乱写"]), "unreadable");
    assert_eq!(of(&["", ""]), "blank");
    assert_eq!(of(&["", "乱写", "不适用", "50"]), "answered");
}

#[test]
fn only_answers_are_averaged() {
    scored([survey("乙局").own("a", "50"), survey("丙局").own("a", "查无资料"), survey("丁局").own("a", "乱写")]).item_is("a", 50.0);
}

#[test]
fn not_applicable_beside_an_answer_is_a_warning() {
    let results = scored([survey("乙局").own("a", "50"), survey("丙局").own("a", "不适用").note("a", "没有河流")]);
    results.item_is("a", 50.0);
    assert_eq!(results.one("na-beside-answer").0, Severity::Warning);
}

/// A workbook that holds the row blank is not where a disagreement stands.
#[test]
fn a_disagreement_stands_in_a_cell_that_was_filled() {
    let body = list("items", &[item("a", LEVEL, "")]);
    let scored = case_of(&body)
        .survey(survey("评估组").own("a", ""))
        .survey(survey("甲局").own("a", ""))
        .survey(survey("乙局").own("a", "1"))
        .survey(survey("丙局").own("a", "3"))
        .score();
    assert_eq!(scored.one("answers-disagree"), (Severity::Warning, "乙局.xlsx", "E2"));
}

/// 不适用 beside an answer is a disagreement too: it is said once, with its own advice.
#[test]
fn not_applicable_beside_an_answer_is_told_once() {
    let body = list("items", &[item("a", LEVEL, "na: {zh: 没有, en: none}")]);
    let scored = case_of(&body)
        .survey(survey("评估组").own("a", ""))
        .survey(survey("甲局").own("a", "不适用").note("a", "没有河流"))
        .survey(survey("乙局").own("a", "3"))
        .score();
    assert_eq!(scored.found("answers-disagree").len(), 0);
    assert_eq!(scored.one("na-beside-answer"), (Severity::Warning, "甲局.xlsx", "E2"));
    let message = &scored.found("na-beside-answer")[0].message;
    assert_eq!(
        message.zh,
        "00.01 有的填“不适用”，有的作了答。甲局：不适用（甲局.xlsx，E2）；乙局：3（乙局.xlsx，E2）。用的是“3”（没有牵头部门的答案，别的部门的算数）；“不适用”未采用。请核实究竟适不适用。"
    );
    assert_eq!(
        message.en,
        "00.01 is N/A for some and answered by others. Bureau A: N/A (甲局.xlsx, E2); Bureau B: 3 (乙局.xlsx, E2). Used: \"3\" (no answer of the lead department, so others count); not used: \"N/A\". Find out which is right."
    );
}

#[test]
fn a_workbook_without_the_row_is_no_respondent_and_an_item_in_none_is_blank() {
    let results = scored([survey("乙局").own("a", "50"), survey("丙局").own("b", "70")]);
    results.item_is("a", 50.0);
    assert_eq!(results.item("a").answers.len(), 1);
    assert_eq!((results.state("up"), results.item("up").answers.len()), ("blank", 0));
}

#[test]
fn equal_as_read_is_an_equal_value_not_an_equal_worth() {
    let rate = "{type: rate, direction: higher, cuts: [60, 95, 100], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}";
    let state = |one: &str, other: &str| {
        let case = case_of(&list("items", &[item("a", rate, "")]));
        let scored = case.survey(survey("乙局").file("1.xlsx").own("a", one)).survey(survey("乙局").file("2.xlsx").own("a", other)).score();
        scored.state("a").to_string()
    };
    assert_eq!(state("61%", "62%"), "unreadable");
    assert_eq!(state("45/50", "90%"), "answered");
    assert_eq!(state("1/3", "33.333333%"), "unreadable");
}
