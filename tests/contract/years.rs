//! Two years side by side: `docs/method/year-change.md`.

use std::fs;

use ecap::analysis::against::against;
use ecap::analysis::change::{Cause, Change, Year, change};
use ecap::baseline;
use ecap::result::Results;
use ecap::sheet::Book;
use ecap::text::Lang;
use ecap::tree::Tree;
use ecap::tree::crosswalk::{self, Crosswalk};
use rust_xlsxwriter::Workbook;

use crate::harness::{LEVEL, POINT, assert_near, case_of, group, item, list};

/// A year: its tree, and an answer an item.
fn year(body: &str, answers: &[&str]) -> (Tree, Results) {
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
        for (cause, name) in Cause::ALL {
            let sum: f64 = view.rows.iter().map(|row| row.parts[cause]).sum();
            assert!((sum - there.parts()[cause]).abs() < 1e-9, "{} {name}", view.key);
        }
    }
}

/// A workbook of one sheet.
fn table(rows: &[&[&str]]) -> Book {
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
    assert_eq!((there.coverage, there.stated_total), (1.0, Some(55.0)));
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
