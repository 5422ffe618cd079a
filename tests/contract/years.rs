//! Two years side by side: `docs/method/year-change.md`.

use std::fs;

use ecap::analysis::against::against;
use ecap::analysis::change::{Cause, Change, Year, change};
use ecap::baseline;
use ecap::report::compare::{self, Facts};
use ecap::report::document::{Block, Document, Drawing, Table, Value};
use ecap::result::Results;
use ecap::sheet::Book;
use ecap::survey::CoverLabel;
use ecap::text::Lang;
use ecap::tree::Tree;
use ecap::tree::crosswalk::{self, Crosswalk};
use rust_xlsxwriter::Workbook;

use crate::common::ecap;
use crate::harness::{LEVEL, POINT, assert_near, case_of, group, item, list, survey, whole_tree};

/// A year: its tree, and an answer an item.
pub fn year(body: &str, answers: &[&str]) -> (Tree, Results) {
    let case = case_of(body);
    let tree = crate::harness::tree(body);
    let results = case.answers(answers).results;
    (tree, results)
}

fn compared(before: &(Tree, Results), after: &(Tree, Results), crosswalk: &Crosswalk) -> Change {
    change(Year { results: &before.1, tree: Some(&before.0) }, Year { results: &after.1, tree: Some(&after.0) }, crosswalk)
        .expect("both years have a total")
}

fn two_groups(second: &[String]) -> String {
    let first = [item("a", POINT, ""), item("b", POINT, "")];
    list("groups", &[group("01", "weight: 1", &first, &[]), group("02", "weight: 1", second, &[])])
}

const NA: &str = "na: {zh: 没有, en: none}";

#[test]
fn the_worked_example_of_the_page_comes_out() {
    let before = year(&two_groups(&[item("c", POINT, ""), item("d", POINT, NA)]), &["60", "80", "40", "不适用"]);
    let after = year(&two_groups(&[item("c", POINT, ""), item("d", POINT, NA), item("e", POINT, "")]), &["90", "80", "40", "100", "10"]);
    let there = compared(&before, &after, &Crosswalk::default());
    assert_near(Some(there.before), 55.0);
    assert_near(Some(there.after), 67.5);
    let parts = there.parts();
    for (cause, points, printed) in [(Cause::Rose, 7.5, "+7.50"), (Cause::NotApplicable, 17.5, "+17.50"), (Cause::Added, -12.5, "−12.50")]
    {
        assert_near(Some(parts[cause]), points);
        let page = fs::read_to_string("docs/method/year-change.md").expect("the page");
        assert!(page.contains(&format!("**{printed}**")), "{printed}");
    }
    assert_near(Some(parts.sum()), 12.5);
}

#[test]
fn new_thresholds_are_told_from_new_answers() {
    let rate = |cuts: &str, rev: &str| {
        let scale = format!(
            "{{type: rate, direction: higher, cuts: [{cuts}], numerator: {{zh: 子, en: part}}, denominator: {{zh: 母, en: whole}}}}"
        );
        list("items", &[item("a", &scale, rev), item("b", POINT, "")])
    };
    // 70 % met one of two cuts; now 90 % meets one of two stricter ones, and 70 % would meet none.
    let before = year(&rate("60, 80", "rev: 1"), &["70%", "50"]);
    let after = year(&rate("90, 100", "rev: 2"), &["90%", "50"]);
    let parts = compared(&before, &after, &Crosswalk::default()).parts();
    // By the old rule 50 to 100, by the new 0 to 50: the answers rose by 50, the rule took 50; each at a share of one half.
    assert_near(Some(parts[Cause::Rose]), 25.0);
    assert_near(Some(parts[Cause::Redefined]), -25.0);
    assert_near(Some(parts.sum()), 0.0);
    let same = compared(&before, &after, &Crosswalk::default()).comparable;
    assert_eq!((same.items, same.reread), (2, 1));
    assert_near(same.total_before, 25.0);
    assert_near(same.total_after, 50.0);
}

#[test]
fn other_anchors_are_another_question() {
    let levels = |word: &str, rev: &str| {
        let scale = LEVEL.replace("zh: 二", &format!("zh: {word}"));
        list("items", &[item("a", &scale, rev), item("b", POINT, "")])
    };
    let before = year(&levels("二", "rev: 1"), &["2", "50"]);
    let after = year(&levels("贰", "rev: 2"), &["3", "50"]);
    let there = compared(&before, &after, &Crosswalk::default());
    assert_near(Some(there.parts()[Cause::Redefined]), 50.0 / 3.0);
    assert_eq!(there.comparable.items, 1);
}

#[test]
fn departments_and_facets_add_up_to_the_same_parts() {
    let body = |second: &str| {
        let items = [
            item("a", POINT, "lead: one, facets: {phase_zh: 监测与预警}"),
            item("b", POINT, "lead: two, facets: {hazard: [台风, 洪涝]}"),
            item("c", POINT, second),
        ];
        list("groups", &[group("01", "", &items, &[])])
    };
    let before = year(&body("lead: one"), &["60", "80", "40"]);
    let after = year(&body("lead: one, weight: 3"), &["90", "50", ""]);
    let there = compared(&before, &after, &Crosswalk::default());
    let views = ecap::analysis::change::views::views(
        &there,
        Year { results: &before.1, tree: Some(&before.0) },
        Year { results: &after.1, tree: Some(&after.0) },
    );
    assert!(views.len() > 2, "{views:?}");
    for view in views {
        // Of several words or none, an item is counted once.
        assert_eq!(view.sum.items, 3, "{}", view.key);
        for (cause, name) in Cause::ALL {
            let sum: f64 = view.rows.iter().map(|row| row.parts[cause]).sum();
            assert!((view.sum.parts[cause] - there.parts()[cause]).abs() < 1e-9, "{} {name}", view.key);
            assert!((sum - there.parts()[cause]).abs() < 1e-9, "{} {name}", view.key);
        }
    }
}

/// Three years of two groups, each by its own edition: an item comes, one goes, another is split.
fn three_years() -> [(Tree, Results); 3] {
    let body = |second: &[&str], weight: &str| {
        let items: Vec<String> = second.iter().map(|id| item(id, POINT, "lead: one")).collect();
        let first = [item("a", POINT, "lead: two"), item("b", POINT, "")];
        list("groups", &[group("01", weight, &first, &[]), group("02", "weight: 1", &items, &[])])
    };
    let year = |period: &str, body: &str, answers: &[&str]| {
        let case = case_of(body);
        let ids: Vec<String> = case.tree.items.iter().map(|item| item.id.clone()).collect();
        let survey = survey("评估组").cover(CoverLabel::Period, period);
        let survey = ids.iter().zip(answers).fold(survey, |survey, (id, answer)| survey.own(id, *answer));
        (crate::harness::tree(body), case.survey(survey).score().results)
    };
    [
        year("2025", &body(&["c", "d"], "weight: 1"), &["60", "80", "40", "20"]),
        year("2026", &body(&["c", "e", "f"], "weight: 1"), &["90", "80", "40", "30", "查无资料"]),
        year("2027", &body(&["c", "e", "f"], "weight: 3"), &["90", "50", "70", "30", "60"]),
    ]
}

/// What is shown of a cell, in Chinese.
fn shown(value: &Value) -> String {
    match value.plain() {
        Value::Text(text) | Value::Link(text, _) => text.zh.to_string(),
        Value::Number(number) => ecap::number::fixed(*number, 4),
        _ => String::new(),
    }
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.sheets.iter().flat_map(|sheet| &sheet.blocks);
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

pub fn rows(document: &Document, id: &str) -> Vec<Vec<String>> {
    let table = tables(document).into_iter().find(|table| table.id == id).expect("the table");
    table.rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect()
}

fn split_of_d() -> Crosswalk {
    let mapping =
        crosswalk::Mapping { old: vec!["d".to_string()], new: vec!["e".to_string(), "f".to_string()], change: crosswalk::Change::Split };
    Crosswalk { items: vec![mapping], names: Vec::new() }
}

#[test]
fn three_years_chain_and_each_step_adds_up() {
    let years = three_years();
    let all = years.iter().map(|(tree, results)| Year { results, tree: Some(tree) }).collect();
    let facts = Facts::new(all, &split_of_d(), None).expect("three years with totals");
    // 60 80 | 40 20, then 90 80 | 40 30 0, then 90 50 | 70 30 60 with the first group thrice the weight of the second.
    let totals = [50.0, (85.0 + 70.0 / 3.0) / 2.0, (3.0 * 70.0 + 160.0 / 3.0) / 4.0];
    assert_eq!(facts.steps.len(), 2);
    for (step, pair) in facts.steps.iter().zip(totals.windows(2)) {
        assert_near(Some(step.before), pair[0]);
        assert_near(Some(step.after), pair[1]);
        assert_near(Some(step.parts().sum()), pair[1] - pair[0]);
        let causes: f64 = Cause::ALL.iter().map(|(cause, _)| step.items.iter().map(|item| item.parts[*cause]).sum::<f64>()).sum();
        assert_near(Some(causes), step.points());
        let tops: f64 = step.groups.iter().filter(|group| group.parent.is_none()).map(|group| group.parts.sum()).sum();
        assert_near(Some(tops), step.points());
    }
    assert_near(Some(facts.steps.iter().map(Change::points).sum()), totals[2] - totals[0]);
    // Each step knows its own causes: the split lies in the first, the weights in the second.
    assert!(facts.steps[0].items_of(Cause::Redefined) == 3 && facts.steps[0].items_of(Cause::Weights) == 0);
    assert!(facts.steps[1].items_of(Cause::Redefined) == 0 && facts.steps[1].items_of(Cause::Weights) > 0);

    let document = compare::document(&facts);
    let trend = [
        ["总分", "50.0000", "54.2000", "65.8000"],
        ["01 组01", "70.0000", "85.0000", "70.0000"],
        ["02 组02", "30.0000", "23.3000", "53.3000"],
    ];
    assert_eq!(rows(&document, "trend"), trend);
    let section = document.narrative.iter().find(|section| section.title.zh == "六、历年走势").expect("the section");
    let picture = section.blocks.iter().find_map(|block| if let Block::Picture(picture) = block { Some(picture) } else { None });
    let Drawing::Panels { periods, panels } = &picture.expect("small multiples").drawing else { panic!("{picture:?}") };
    assert_eq!(periods.iter().map(|period| period.zh.as_ref()).collect::<Vec<_>>(), ["2025", "2026", "2027"]);
    for ((name, scores), row) in panels.iter().zip(&trend) {
        assert_eq!(name.zh, row[0]);
        let printed: Vec<String> = scores.iter().map(|score| ecap::number::fixed(score.expect("a score"), 1)).collect();
        assert_eq!(printed, row[1..].iter().map(|cell| cell.trim_end_matches("000").to_string()).collect::<Vec<_>>());
    }
    assert_eq!(panels.len(), trend.len());
    let steps = rows(&document, "steps");
    assert_eq!(steps.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["2025→2026", "2026→2027", "合计"]);
    for (row, points) in steps.iter().zip([totals[1] - totals[0], totals[2] - totals[1], totals[2] - totals[0]]) {
        let cells: Vec<f64> = row[1..].iter().map(|cell| cell.parse().expect("a number")).collect();
        assert!((cells[0] - points).abs() < 1e-3 && (cells[1..].iter().sum::<f64>() - points).abs() < 1e-3, "{row:?}");
    }
    // The last step in the tables, and the same by department: the last row is the sum.
    for (id, column) in [("causes", 3), ("groups", 5), ("lead", 2)] {
        let rows = rows(&document, id);
        let (sum, parts) = rows.split_last().expect("rows");
        let added: f64 = parts.iter().map(|row| row[column].parse::<f64>().expect("a number")).sum();
        assert!((added - (totals[2] - totals[1])).abs() < 1e-3, "{id} {rows:?}");
        assert_eq!(sum[column], ecap::number::fixed(totals[2] - totals[1], 4), "{id}");
    }
}

#[test]
fn an_item_tells_which_item_it_came_from() {
    let [first, second, _] = three_years();
    // `a` goes on as `g`, under another number.
    let renamed = year(&list("items", &[item("g", POINT, ""), item("b", POINT, "")]), &["50", "60"]);
    let before = year(&list("items", &[item("b", POINT, ""), item("a", POINT, "")]), &["60", "50"]);
    let mapping = crosswalk::Mapping { old: vec!["a".to_string()], new: vec!["g".to_string()], change: crosswalk::Change::Same };
    let of = |one: &(Tree, Results), two: &(Tree, Results), crosswalk: &Crosswalk| {
        let years = [one, two].map(|(tree, results)| Year { results, tree: Some(tree) }).to_vec();
        let facts = Facts::new(years, crosswalk, None).expect("totals");
        rows(&compare::document(&facts), "items")
            .into_iter()
            .map(|row| [row[0].clone(), row[3].clone(), row[4].clone()])
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(&first, &second, &split_of_d())[1..],
        [["02.02", "拆并", "2025 的 02.02"], ["02.03", "拆并", "2025 的 02.02"], ["02.02", "拆并", "变为 2026 的 02.02、\n02.03"]]
    );
    let crosswalk = Crosswalk { items: vec![mapping], names: Vec::new() };
    assert_eq!(of(&before, &renamed, &crosswalk), [["00.01", "同题", "2026 的 00.02"]]);
}

#[test]
fn three_folders_are_compared_by_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let tree = "id: try\nedition: \"1\"\nname: {zh: 试, en: Try}\nitems:\n".to_string()
        + &["a", "b"].map(|id| format!("  - {}\n", item(id, POINT, ""))).concat();
    fs::write(path("tree.yaml"), &tree).expect("a tree");
    let tree = whole_tree(&tree);
    for (period, answer) in [("2025", "20"), ("2026", "40"), ("2027", "90")] {
        fs::create_dir(path(period)).expect("a folder");
        let survey = survey("评估组").cover(CoverLabel::Period, period).own("a", answer).own("b", "60");
        fs::write(path(&format!("{period}/表.xlsx")), survey.bytes(&tree)).expect("a workbook");
    }
    let (tree, out) = (path("tree.yaml"), path("报告"));
    let folders = ["2027", "2025", "2026"].map(path);
    let command = ["compare", &folders[0], &folders[1], &folders[2], "--tree", &tree, "--old-tree", &tree];
    let (code, said, err) = ecap(&[command.as_slice(), &["-o", &out]].concat());
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    let report = path("报告/试市-2025-2027-对比");
    let page = fs::read_to_string(format!("{report}/compare.md")).expect("the report");
    assert!(page.contains("| 指标 | 2025 | 2026 | 2027 |") && page.contains("| 总分 | 40.0 | 50.0 | 75.0 |"), "{page}");
    assert!(page.contains("![数字见上表。](trend.svg)") && std::path::Path::new(&report).join("trend.svg").is_file());
    // One question rose by 50 at a share of a half, and nothing else changed: all figures can be done by hand.
    let plain = "总分升了 25.00 分：本地的变化 +25.00，资料与适用 0.00，规则的变化 0.00。";
    assert!(said.contains(plain) && page.contains(plain), "{said}");
    for relation in [
        "总分变化 +25.00 分 = 本地的变化 +25.00 + 资料与适用 0.00 + 规则的变化 0.00，逐题加得起来。",
        "只留同题 2 道、两年都按本年的规则和权重计分，是 50.0 → 75.0（+25.00 分）。与本地的变化 +25.00 不必相等：权重不取两年平均，改版增删的题不算，资料与适用的变动算在内。",
        "同题中两年都作答的 2 题，每题平均变化 +25.00 分（按权重 +25.00 分），满分是单题的 100 分，只供检验。",
    ] {
        assert!(page.contains(relation) && !said.contains(relation), "{page}");
    }
    let (code, json, _) = ecap(&[command.as_slice(), &["--json"]].concat());
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let steps = json["steps"].as_array().expect("steps");
    let ends: Vec<[&str; 2]> = steps.iter().map(|step| [&step["from"], &step["to"]].map(|end| end.as_str().expect("a period"))).collect();
    assert_eq!(ends, [["2025", "2026"], ["2026", "2027"]]);
    for (step, points) in steps.iter().zip([10.0, 25.0]) {
        assert_near(step["points"].as_f64(), points);
        let parts = step["parts"].as_object().expect("parts").values();
        assert_near(Some(parts.map(|part| part.as_f64().expect("a number")).sum()), points);
    }
}

/// A workbook of one sheet.
pub fn table(rows: &[&[&str]]) -> Book {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0u32..).zip(rows) {
        for (column, text) in (0u16..).zip(*cells) {
            match text.parse::<f64>() {
                Ok(number) if !text.starts_with('0') => sheet.write_number(row, column, number).map(drop),
                _ => sheet.write_string(row, column, *text).map(drop),
            }
            .expect("a cell");
        }
    }
    Book::open(workbook.save_to_buffer().expect("a workbook"), "上年得分.xlsx", &mut Vec::new()).expect("a book")
}

#[test]
fn last_years_table_is_compared_at_the_finest_level_that_covers_a_branch() {
    let deep = [group("01.1", "", &[item("a", POINT, "")], &[]), group("01.2", "", &[item("b", POINT, "")], &[])];
    let body = list(
        "groups",
        &[group("01", "weight: 1", &[], &deep), group("02", "weight: 1", &[item("c", POINT, ""), item("d", POINT, "")], &[])],
    );
    let (_, results) = year(&body, &["60", "80", "40", "20"]);
    let book = table(&[
        &["某区上年考核得分"],
        &["名称", "得分", "满分"],
        &["组01", "30", "50"],
        &["组01.1", "12", "20"],
        &["组01.2", "18", "30"],
        &["组二", "25", "50"],
        &["是否有c", "9", "10"],
        &["加分项", "3", "5"],
        &["合计", "55", "100"],
    ]);
    let mut findings = Vec::new();
    let baseline = baseline::read(&book, "上年得分.xlsx", &mut findings).expect("a table");
    assert_eq!(findings, []);
    let crosswalk = Crosswalk { items: Vec::new(), names: vec![("组二".to_string(), "组02".to_string())] };
    let there = against(&baseline, &results, &crosswalk);
    let shown: Vec<(f64, Option<f64>, f64)> = there.rows.iter().map(|row| (row.before, row.after, row.share)).collect();
    // Both groups under 01 for 01; 02 itself, since its one item does not cover it.
    assert_eq!(shown, [(60.0, Some(60.0), 0.25), (60.0, Some(80.0), 0.25), (50.0, Some(30.0), 0.5)]);
    assert_eq!(there.unmatched.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["加分项"]);
    assert_eq!((there.coverage, there.stated_total.map(|total| total.score)), (1.0, Some(55.0)));
    assert_eq!(there.coarser.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["组01", "是否有c"]);
    assert_eq!(there.title, "某区上年考核得分");
    assert_near(there.before, 55.0);
    assert_near(there.after, 50.0);
}

#[test]
fn a_line_of_last_years_table_that_cannot_be_used_is_named() {
    let book = table(&[
        &["编号", "得分", "满分"],
        &["01", "优", "10"],
        &["02", "12", "10"],
        &["03", "5", "0"],
        &["04", "6", "10"],
        &["04", "7", "10"],
    ]);
    let mut findings = Vec::new();
    let baseline = baseline::read(&book, "上年得分.xlsx", &mut findings).expect("a table");
    let said: Vec<&str> = findings.iter().map(|finding| finding.message.get(Lang::Zh)).collect();
    assert_eq!(
        said,
        [
            "“01”的得分“优”不是数，这一行没有用。请填数字，如 78.5；是公式的，请用 WPS 或 Excel 打开保存一次。",
            "“02”的得分 12 不在 0 到满分 10 之间，这一行没有用。请核对得分和满分。",
            "“03”的满分“0”不是大于 0 的数，这一行没有用。请填满分，如 100；各行都是百分制的，可以不要这一列。",
            "“04”写了两次，用第一次的。请核对哪一行是准的。",
        ]
    );
    assert_eq!(baseline.rows.iter().map(|row| (row.code.as_str(), row.score)).collect::<Vec<_>>(), [("04", 60.0)]);
    let mut findings = Vec::new();
    assert!(baseline::read(&table(&[&["什么都没有"]]), "上年得分.xlsx", &mut findings).is_none());
    assert_eq!(
        findings[0].message.get(Lang::Zh),
        "没有找到上年得分的表头。请在一张工作表里写上表头：名称（或编号）、得分、满分，下面一行一个指标。"
    );
}

#[test]
fn a_crosswalk_says_what_is_wrong_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("对照.yaml");
    let text = "items:\n  - {old: a, new: b, change: renamed}\n  - {old: a, new: [b, c], change: same}\n  - {old: a, new: b, change: same}\n  - {old: a, new: c, change: redefined}\nnames:\n  - {old: 旧名}\n";
    fs::write(&path, text).expect("a file");
    let mut findings = Vec::new();
    crosswalk::read(&path.to_string_lossy(), &mut findings).expect("a file that can be read");
    let said: Vec<(usize, &str)> =
        findings.iter().map(|finding| (finding.place.line.unwrap_or(0), finding.message.get(Lang::Zh))).collect();
    assert_eq!(
        said,
        [
            (2, "change 不能是“renamed”。写 same（只换了题号）、split（一题变几题）、merged（几题并一题）或 redefined（改了内容）。"),
            (3, "same 的 old 和 new 个数不对。same 和 redefined 是一对一，split 是一对多，merged 是多对一。"),
            (5, "a 在对照表里写了两次。每题只写一行。"),
            (7, "缺少“new”。请补上：new: 救援队伍建设。"),
        ]
    );
}
