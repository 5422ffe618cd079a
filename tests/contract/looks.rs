//! What a person reads of each scale: guide, hint, drop-down, steps, how an answer is shown and how far it is from a step; and the
//! findings that go beyond the contract. `ECAP_ACCEPT=1` writes `tests/cases/scales/expected.txt` anew.

use std::fmt::Write;
use std::fs;

use ecap::finding::Severity;
use ecap::text::{Lang, Text};

use crate::harness::{LEVEL, Survey, case_of, item, list, review, survey, tree};

/// A scale and answers to it.
const SCALES: [(&str, &[&str]); 19] = [
    (LEVEL, &["2", "二级", "3"]),
    ("{type: level, anchors: [{zh: 差, en: bad}, {zh: 好, en: good}], worth: [0, 1]}", &["0"]),
    (r#"{type: yes_no, pass: "yes"}"#, &["是", "否", "√"]),
    (r#"{type: yes_no, pass: "no"}"#, &["yes"]),
    (
        "{type: rate, direction: higher, cuts: [60, 95, 100], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}",
        &["45/50", "94/100", "90.25%", "90.2%", "100%"],
    ),
    (
        "{type: rate, direction: lower, cuts: [20, 10, 0], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}",
        &["10%", "10.5%", "10.6%", "21%"],
    ),
    ("{type: rate, linear: {zero: 0, full: 80}, may_exceed_100: true, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}", &["79%"]),
    ("{type: count, unit: {zh: 次, en: times}, direction: higher, cuts: [1, 2, 40]}", &["1", "38", "37"]),
    ("{type: count, unit: {zh: 起, en: cases}, direction: lower, cuts: [0]}", &["1", "2"]),
    ("{type: quantity, unit: {zh: 人, en: people}, direction: higher, cuts: [5, 10, 20]}", &["19", "9.5", "9.4"]),
    ("{type: quantity, unit: {zh: 人, en: people}, linear: {zero: 20, full: 0}}", &["1,000"]),
    ("{type: duration, unit: min, direction: lower, cuts: [180, 120, 60]}", &["60", "62", "64", "120", "1,234.5"]),
    (
        "{type: checklist, elements: [{id: e1, zh: 甲, en: A}, {id: e2, zh: 乙, en: B}, {id: e3, zh: 丙, en: C}], cuts: [1, 3], must: [e2, e3]}",
        &["1、2", "1 3"],
    ),
    ("{type: duration, unit: d, direction: higher, cuts: [3]}", &["2.9"]),
    (
        r#"{type: range, unit: "%", band: [1.0, 3.0], outside: [{below: 1.0, score: 1}, {below: 0.5, score: 0}, {above: 3.0, score: 2}]}"#,
        &["2%", "0.7", "5"],
    ),
    ("{type: range, unit: {zh: 度, en: degrees}, band: [-5, 5], outside: [{below: -5, score: 1}, {above: 5, score: 0}]}", &["-7"]),
    (
        "{type: checklist, elements: [{id: e1, zh: 甲, en: A}, {id: e2, zh: 乙, en: B}, {id: e3, zh: 丙, en: C}], cuts: [1, 2, 3], must: [e1]}",
        &["1、3", "无", "全部", "2"],
    ),
    ("{type: checklist, elements: [{id: e1, zh: 甲, en: A}, {id: e2, zh: 乙, en: B}, {id: e3, zh: 丙, en: C}], cuts: [3]}", &["1", "1 2"]),
    (
        "{type: points, full: 10, deductions: [{id: d1, zh: 缺一次, en: one missing, points: 2, max: 6}, {id: d2, zh: 没有台账, en: no ledger, points: 1.5}]}",
        &["7.5", "扣1×2、2", "扣无"],
    ),
];

fn sides(text: &Text) -> String {
    format!("{} | {}", text.get(Lang::Zh).replace('\n', "⏎"), text.get(Lang::En).replace('\n', "⏎"))
}

#[test]
fn every_scale_explains_itself() {
    let mut out = String::new();
    for (text, answers) in SCALES {
        let tree = tree(&list("items", &[item("a", text, "")]));
        let asked = &tree.items[0];
        let scale = asked.scaled.scale.as_ref();
        writeln!(out, "{}", asked.scaled.json()).unwrap();
        writeln!(out, "  guide    {}", sides(&scale.guide())).unwrap();
        writeln!(out, "  hint     {}", sides(&scale.hint())).unwrap();
        writeln!(out, "  choices  {}", scale.choices().iter().map(sides).collect::<Vec<_>>().join(", ")).unwrap();
        writeln!(out, "  as text  {}", scale.text_cell()).unwrap();
        for step in scale.steps() {
            writeln!(out, "  step     {} {}", step.worth, sides(&step.what)).unwrap();
        }
        for answer in answers {
            let reading = scale.read(answer, &asked.question).unwrap_or_else(|why| panic!("{answer}: {why:?}"));
            let next = scale.next(reading.worth.to_f64()).map_or("none".to_string(), |step| step.worth.to_string());
            let short = reading.short_by.as_ref().map_or("no".to_string(), sides);
            let shown = sides(&scale.shown(answer, &asked.question));
            writeln!(
                out,
                "  {answer} is {} worth {}, shown {shown}, next {next}, short {short}, rewritten {}",
                reading.value, reading.worth, reading.normalised
            )
            .unwrap();
            writeln!(out, "    says {}", sides(&scale.meaning(answer, &asked.question))).unwrap();
        }
    }
    let path = "tests/cases/scales/expected.txt";
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        fs::write(path, &out).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == out, "{out}");
}

#[test]
fn an_unreadable_text_is_shown_as_it_stands() {
    for (text, _) in SCALES {
        let tree = tree(&list("items", &[item("a", text, "")]));
        assert_eq!(tree.items[0].scaled.scale.shown("很多", &tree.items[0].question), Text::same("很多"));
    }
}

#[test]
fn an_answer_in_the_note_of_a_blank_is_pointed_out() {
    let one = || case_of(&list("items", &[item("a", LEVEL, "")]));
    let noted = one().survey(survey("评估组").own("a", "").note("a", "2")).score();
    assert_eq!(noted.one("answer-in-note").0, Severity::Warning);
    assert_eq!(noted.state("a"), "blank");
    for (own, note) in [("2", "2"), ("", "还没有查"), ("", "")] {
        let quiet = one().survey(survey("评估组").own("a", own).note("a", note)).score();
        assert!(quiet.found("answer-in-note").is_empty(), "{own} {note}");
    }
}

/// What is said, in Chinese and whole, when several files of one respondent speak.
#[test]
fn versions_are_told_in_words() {
    let two = || case_of(&list("items", &[item("a", LEVEL, ""), item("b", LEVEL, ""), item("c", LEVEL, "")]));
    let file = |name: &str, submission: &str| survey("乙局").file(name).submission(submission);
    let said = |surveys: [Survey; 2]| -> Vec<(String, String)> {
        let [one, other] = surveys;
        let scored = two().survey(one).survey(other).score();
        let findings = scored.results.findings.iter().filter(|finding| finding.code.starts_with("version"));
        findings.map(|finding| (finding.place.file.clone().unwrap_or_default(), finding.message.get(Lang::Zh).to_string())).collect()
    };
    let pair = |file: &str, message: &str| (file.to_string(), message.to_string());
    assert_eq!(
        said([
            file("1.xlsx", "1").own("a", "2").own("b", "").own("c", "3"),
            file("2.xlsx", "1").own("a", "2级").own("b", "").own("c", "3")
        ]),
        [pair("2.xlsx", "与同一填报单位的另一份有 2 题相同，只计一次。不必处理。")]
    );
    assert_eq!(
        said([file("1.xlsx", "1").own("a", "2").own("b", "").own("c", "1"), file("2.xlsx", "4").own("a", "3").own("b", "1").own("c", "")]),
        [
            pair("1.xlsx", "有 1 题已被第 4 次报送取代：00.01（2 → 3）。不必处理。"),
            pair(
                "2.xlsx",
                "这是第 4 次报送，里面空着的 1 题前面报送时有答案，已按空白计：00.03（1）。请发件人把没有变的答案也填进这一份再交；确要撤回的，不必处理。"
            )
        ]
    );
    assert_eq!(
        said([file("1.xlsx", "2").own("a", "2"), file("2.xlsx", "2").own("a", "3")]),
        [
            pair(
                "1.xlsx",
                "00.01 在同一次报送的 2 份表里答案不同（2；3），无法取舍。请把准的一份“填报说明”页的“第几次报送”加 1 后重交，只写数字，如 2。"
            ),
            pair(
                "2.xlsx",
                "00.01 在同一次报送的 2 份表里答案不同（2；3），无法取舍。请把准的一份“填报说明”页的“第几次报送”加 1 后重交，只写数字，如 2。"
            ),
        ]
    );
}

/// What is said when respondents differ, and which answer was used.
#[test]
fn disagreements_are_told_in_words() {
    let one = |surveys: Vec<Survey>, lead: &str| -> Vec<String> {
        let case = surveys.into_iter().fold(case_of(&list("items", &[item("a", LEVEL, lead)])), crate::harness::Case::survey);
        let scored = case.score();
        scored.found("answers-disagree").iter().map(|finding| finding.message.get(Lang::Zh).to_string()).collect()
    };
    let check = "请核实，必要时由评估组复核。";
    assert_eq!(
        one(vec![survey("甲局").own("a", "2"), survey("乙局").own("a", "3")], "lead: one"),
        ["00.01 各方答案不一。甲局：2（甲局.xlsx，E2）；乙局：3（乙局.xlsx，E2）。用的是“2”（牵头部门的答案优先）。没有疑问的不必处理；有疑问的请核实，必要时由评估组复核。".to_string()]
    );
    // No single answer is taken.
    assert_eq!(
        one(vec![survey("甲局").own("a", "2"), survey("乙局").own("a", "3"), survey("丙局").own("a", "2级")], ""),
        [format!(
            "00.01 各方答案不一。甲局：2（甲局.xlsx，E2）；乙局：3（乙局.xlsx，E2）；丙局：2级（丙局.xlsx，E2）。取平均值：77.8 分（没有牵头部门的答案，几个部门合并）。{check}"
        )]
    );
    // A state that an answer outweighs.
    assert_eq!(
        one(vec![survey("甲局").own("a", "2"), survey("外单位").own("a", "查无资料")], ""),
        [format!(
            "00.01 各方答案不一。甲局：2（甲局.xlsx，E2）；外单位：查无资料（外单位.xlsx，E2）。用的是“2”（没有牵头部门的答案，别的部门的算数）；“查无资料”未采用。{check}"
        )]
    );
    assert_eq!(
        one(vec![survey("甲局").own("a", "1"), survey("乙局").own("a", "3"), survey("丙局").own("a", "查无资料")], ""),
        [format!(
            "00.01 各方答案不一。甲局：1（甲局.xlsx，E2）；乙局：3（乙局.xlsx，E2）；丙局：查无资料（丙局.xlsx，E2）。取平均值：66.7 分（没有牵头部门的答案，几个部门合并）；“查无资料”未采用。{check}"
        )]
    );
    // The review, where there is one.
    assert_eq!(
        one(vec![survey("甲局").own("a", "2"), survey("乙局").own("a", "3"), review("评估组").review("a", "1")], ""),
        [
            "00.01 各方答案不一。甲局：2（甲局.xlsx，E2）；乙局：3（乙局.xlsx，E2）；评估组：1（评估组-review.xlsx，F2）。用的是“1”（以复核为准）。已由评估组复核，不必再处理。"
        ]
    );
    // What the assessors found themselves is not sent back to them.
    assert_eq!(
        one(vec![survey("甲局").own("a", "2"), survey("评估组").own("a", "3")], "lead: one"),
        [
            "00.01 各方答案不一。评估组：3（评估组.xlsx，E2）；甲局：2（甲局.xlsx，E2）。用的是“3”（评估组的答案优先）。以评估组所测为准，不必再处理。"
        ]
    );
    assert_eq!(one(vec![survey("甲局").own("a", "2"), survey("乙局").own("a", "二级")], ""), Vec::<String>::new());
}

/// Blanks are told a level-1 group, with the refs.
#[test]
fn blanks_are_told_by_group() {
    let body = list("groups", &[crate::harness::group("01", "", &[item("a", LEVEL, ""), item("b", LEVEL, "")], &[])]);
    let scored = case_of(&body).survey(survey("评估组").own("a", "").own("b", "1")).score();
    let blanks = scored.found("items-blank");
    assert_eq!(blanks.len(), 1);
    assert!(
        blanks[0].message.zh.ends_with("01 组01有 1 题没有人作答：01.01。请向填报单位催填；空白题按 0 分计。"),
        "{}",
        blanks[0].message.zh
    );
}

/// A file that cannot be scored still has its cells judged, so that its sender learns all at once.
#[test]
fn cells_of_a_file_that_cannot_be_scored_are_judged_too() {
    let tree = tree(&list("items", &[item("a", LEVEL, ""), item("b", LEVEL, "")]));
    let bytes = survey("评估组").without(ecap::survey::CoverLabel::Period).own("a", "9").own("b", "很好").bytes(&tree);
    let mut findings = Vec::new();
    let book = ecap::sheet::Book::open(bytes, "评估组.xlsx", &mut findings).unwrap();
    let filled = ecap::survey::read(&book, "评估组.xlsx", &tree, &ecap::survey::Given::default(), &mut findings).unwrap();
    assert!(!filled.scored);
    let codes: Vec<String> = ecap::answers::remarks(&filled, &tree).into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["level-over-top", "answer-unreadable"]);
}
