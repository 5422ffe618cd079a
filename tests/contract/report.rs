//! What the report says of the numbers: grade and its bounds, thin groups, points to the next grade, and the flags that set the policy.

use std::fs;

use ecap::report::assessment::headline;
use ecap::report::document::{Block, Table, Value};
use ecap::report::{Facts, REPORTS};
use ecap::text::{Lang, Text};
use ecap::tree::Tree;

use crate::common::ecap;
use crate::harness::{POINT, Scored, case_of, group, item, list, survey};

/// Six items of weight 1 in two groups; the answer is the score.
fn body(rest: &str) -> String {
    let items = |from: usize| -> Vec<String> {
        (from..from + 3)
            .map(|number| item(&format!("i{number}"), POINT, if number == 0 { rest } else { "na: {zh: 无, en: none}" }))
            .collect()
    };
    list("groups", &[group("01", "", &items(0), &[]), group("02", "", &items(3), &[])])
}

fn answered(rest: &str, answers: [&str; 6]) -> Scored {
    let filled = answers.iter().enumerate().fold(survey("评估组"), |survey, (number, answer)| {
        let id = format!("i{number}");
        survey.own(&id, *answer).note(&id, "没有河流")
    });
    case_of(&body(rest)).survey(filled).score()
}

fn zh(text: &Text) -> &str {
    text.get(Lang::Zh)
}

fn all_zh(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(zh).collect()
}

#[test]
fn a_grade_that_unknowns_could_change_is_printed_as_provisional_with_its_bounds() {
    let scored = answered("criticality: veto", ["", "95", "95", "95", "95", "95"]);
    assert_eq!(zh(&headline::grade(&scored.results)), "暂不定级（不合格～优秀）");
    assert_eq!(headline::grade(&scored.results).get(Lang::En), "provisional (Unqualified to Excellent)");
    let reasons = headline::reasons(&scored.results);
    assert!(zh(&reasons[reasons.len() - 1]).starts_with("有 1 题空白或读不出，总分可能在 "), "{reasons:?}");
    let settled = answered("", ["70", "70", "70", "70", "70", "70"]);
    assert_eq!(zh(&headline::lead(&settled.results)), "总分 70.0，等级：合格");
    assert_eq!(all_zh(&headline::reasons(&settled.results)), ["总分 70.0，按分数为合格。"]);
}

#[test]
fn the_report_says_how_far_the_next_grade_is_and_what_bars_it() {
    let next = |scored: &Scored| headline::to_next_grade(&scored.results).map(|text| zh(&text).to_string());
    assert_eq!(next(&answered("", ["70"; 6])).as_deref(), Some("距“良好”还差 10.0 分。"));
    assert_eq!(next(&answered("", ["95"; 6])), None);
    let barred = answered("criticality: veto, weight: 1", ["0", "70", "70", "70", "70", "70"]);
    assert_eq!(next(&barred).as_deref(), Some("距“合格”还差 1.7 分。"), "one failed veto does not bar 合格");
    let enough = answered("criticality: veto, weight: 1", ["0", "100", "100", "100", "100", "100"]);
    assert_eq!(zh(&headline::lead(&enough.results)), "总分 83.3，等级：合格");
    assert_eq!(next(&enough).as_deref(), Some("分数已够“良好”，但 01.01 须先达标。"));
    let both = answered("criticality: veto, weight: 1", ["0", "80", "80", "80", "80", "80"]);
    assert_eq!(next(&both).as_deref(), Some("距“良好”还差 13.3 分，且 01.01 须达标。"));
    let key = answered("criticality: key, weight: 0.1", ["0", "100", "100", "100", "100", "100"]);
    assert_eq!(next(&key).as_deref(), Some("分数已够“优秀”，但 01.01 须先达标。"));
}

#[test]
fn a_cap_says_whether_it_lowered_the_grade() {
    let said = |answers: [&str; 6]| {
        let scored = answered("criticality: veto, weight: 1", answers);
        scored.results.total.grade_reasons.last().map(|reason| zh(&reason.message).to_string())
    };
    assert_eq!(said(["0", "100", "100", "100", "100", "100"]).as_deref(), Some("否决项 01.01 未达标（按 1 项计），等级降为合格"));
    assert_eq!(
        said(["0", "70", "70", "70", "70", "70"]).as_deref(),
        Some("否决项 01.01 未达标（按 1 项计），等级最高为合格，本次未因此降低")
    );
}

#[test]
fn every_state_is_counted() {
    let counts = |answers: [&str; 6]| {
        let counts = answered("", answers).results.counts;
        [counts.items, counts.answered, counts.not_applicable, counts.no_data, counts.blank, counts.unreadable]
    };
    assert_eq!(counts(["", "", "乱写", "乱写", "50", "50"]), [6, 2, 0, 0, 2, 2]);
    assert_eq!(counts(["查无资料", "查无资料", "50", "不适用", "不适用", ""]), [6, 1, 2, 2, 1, 0]);
}

#[test]
fn what_is_unknown_is_counted_in_words() {
    let scored = answered("", ["", "乱写", "查无资料", "不适用", "50", "50"]);
    let unknown = headline::unknown(&scored.results);
    assert_eq!(
        all_zh(&unknown)[..5],
        [
            "1 题空白，没有人作答。",
            "1 题填了但读不出。",
            "1 题查无资料，按 0 分计。",
            "1 题不适用，退出计分。",
            "空白和读不出的题答得最差或最好，总分在 25.0 到 58.3 之间（查无资料的题不在其内）。",
        ]
    );
    assert_eq!(all_zh(&headline::worst_groups(&scored.results, 2)), ["01 组01（0.0 分）", "02 组02（50.0 分）"]);
    assert_eq!(all_zh(&headline::best_groups(&scored.results, 1)), ["02 组02（50.0 分）"]);
}

fn tables(scored: &Scored, tree: &Tree) -> Vec<Table> {
    let document = (REPORTS[0].document)(&Facts::new(&scored.results, tree, "0".repeat(64)));
    let blocks = document.sheets.into_iter().flat_map(|sheet| sheet.blocks);
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

#[test]
fn a_group_of_which_most_left_is_marked_thin() {
    let scored = answered("", ["50", "50", "50", "50", "不适用", "不适用"]);
    let tree = crate::harness::tree(&body(""));
    let tables = tables(&scored, &tree);
    let groups = tables.iter().find(|table| table.id == "top").unwrap();
    let grades: Vec<&Value> = groups.rows.iter().map(|row| row.cells[3].plain()).collect();
    assert_eq!(
        grades,
        [&Value::Text(Text::new("不合格", "Unqualified")), &Value::Text(Text::new("不合格（覆盖不足）", "Unqualified (thin)"))]
    );
}

#[test]
fn losses_of_the_weak_points_add_up_to_what_the_total_lacks() {
    let scored = answered("", ["50", "100", "0", "80", "不适用", ""]);
    let tree = crate::harness::tree(&body(""));
    let tables = tables(&scored, &tree);
    let weak = tables.iter().find(|table| table.id == "weak").unwrap();
    let number = |row: usize, column: usize| {
        if let Value::Number(number) = weak.rows[row].cells[column].plain() { *number } else { panic!("no number") }
    };
    let lost: f64 = (0..weak.rows.len()).map(|row| number(row, 8)).sum();
    assert!((lost - (100.0 - scored.total().score.unwrap())).abs() < 1e-9);
    assert_eq!(weak.rows.len(), 4);
    assert!((number(3, 9) - 1.0).abs() < 1e-9);
    assert!((0..3).all(|row| number(row, 8) >= number(row + 1, 8)));
}

#[test]
fn merge_missing_and_target_may_be_set_by_flags() {
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("tree.yaml");
    fs::write(&tree, format!("id: try\nedition: \"1\"\nname: {{zh: 试, en: Try}}\n{}", body(""))).unwrap();
    let file = |name: &str, answers: [&str; 6]| {
        let filled = answers.iter().enumerate().fold(survey(name), |survey, (number, answer)| survey.own(&format!("i{number}"), *answer));
        fs::write(
            folder.path().join(format!("{name}.xlsx")),
            filled.bytes(&crate::harness::whole_tree(&fs::read_to_string(&tree).unwrap())),
        )
        .unwrap();
    };
    file("甲局", ["20", "40", "40", "40", "40", ""]);
    file("乙局", ["60", "40", "40", "40", "40", ""]);
    let score = |flags: &[&str]| -> serde_json::Value {
        let (tree, out) = (tree.display().to_string(), folder.path().join("out").display().to_string());
        let input = folder.path().display().to_string();
        let mut words = vec!["score", "--tree", &tree, "-o", &out, "--format", "json", "--json", &input];
        words.extend(flags);
        let (_, printed, _) = ecap(&words);
        serde_json::from_str(printed.lines().next().unwrap()).unwrap()
    };
    let first = |flags: &[&str]| score(flags)["items"][0]["score"].as_f64().unwrap();
    assert_eq!(
        (first(&[]), first(&["--merge", "min"]), first(&["--merge", "max"]), first(&["--merge", "median"])),
        (40.0, 20.0, 60.0, 40.0)
    );
    assert_eq!(score(&[])["items"][5]["score"], 0);
    let excluded = score(&["--missing", "exclude"]);
    assert_eq!((&excluded["items"][5]["score"], &excluded["policy"]["missing"]), (&serde_json::Value::Null, &"exclude".into()));
    let aimed = score(&["--target", "55.5"]);
    assert_eq!(
        (&aimed["items"][1]["gap"], &aimed["items"][1]["target_from"], &aimed["policy"]["target"]),
        (&15.5.into(), &"option".into(), &55.5.into())
    );
}
