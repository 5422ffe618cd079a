//! What a comparison and other papers look like on the page, and what they say of their figures.

use std::io::{Cursor, Read};

use ecap::analysis::against::against;
use ecap::analysis::change::Year;
use ecap::baseline;
use ecap::report::compare::{self, Facts};
use ecap::report::document::{Block, Column, Document, Kind, Row, Section, Sheet, Table, Value};
use ecap::result::Results;
use ecap::text::{Lang, Text};
use ecap::tree::Tree;
use ecap::tree::crosswalk::Crosswalk;

use crate::harness::{POINT, YES, group, item, list};
use crate::years::{rows, table, year};

/// A part of the file that a format makes of a document.
fn part(document: &Document, format: &str, name: &str) -> String {
    let format = ecap::report::format_named(format).expect("a format");
    let date = (2026, 11, 20);
    let output = (format.write)(document, Lang::Zh, date).expect("a file").remove(0);
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(output.bytes)).expect("a package");
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn an_empty_cell_is_not_coloured_as_the_worst_score() {
    let table = Table {
        id: "scores",
        title: "分".into(),
        columns: vec![Column { name: "得分".into(), kind: Kind::Score }],
        rows: vec![Row { anchor: None, cells: vec![Value::Empty] }, Row { anchor: None, cells: vec![Value::Number(10.0)] }],
    };
    let sheet = Sheet::landscape("表".into(), "表".into(), &[10.0], vec![Block::Table(table)]);
    let document = Document { sheets: vec![sheet], bands: vec![90.0, 60.0, 0.0], ..Document::default() };
    let xml = part(&document, "xlsx", "xl/worksheets/sheet1.xml");
    let rules: Vec<&str> = xml.split("<cfRule ").skip(1).collect();
    assert_eq!(rules.len(), 4, "{xml}");
    for wanted in ["type=\"containsBlanks\"", "priority=\"1\"", "stopIfTrue=\"1\""] {
        assert!(rules[0].contains(wanted), "{wanted}: {}", rules[0]);
    }
    assert!(rules[1..].iter().all(|rule| rule.contains("type=\"cellIs\"")));
}

#[test]
fn no_empty_page_stands_between_a_cover_and_the_contents() {
    let section = |lines: usize| Section::part("签字".into(), vec![Block::List(vec!["一行".into(); lines])]);
    let breaks = |front: Vec<Section>, lines: usize| {
        let document = Document { front, narrative: vec![section(lines)], ..Document::default() };
        part(&document, "docx", "word/document.xml").matches("<w:br w:type=\"page\"/>").count()
    };
    assert_eq!((breaks(Vec::new(), 300), breaks(vec![section(1)], 300)), (0, 1));
    // A short paper has no contents.
    assert_eq!(breaks(vec![section(1)], 3), 0);
}

/// Both years compared.
fn document(before: &(Tree, Results), after: &(Tree, Results)) -> Document {
    let years = [before, after].map(|(tree, results)| Year { results, tree: Some(tree) }).to_vec();
    compare::document(&Facts::new(years, &Crosswalk::default(), None).expect("totals"))
}

/// The sentences of the pages' section of that title.
fn said(document: &Document, title: &str) -> Vec<String> {
    let section = document.narrative.iter().find(|section| section.title.zh == title).expect("the section");
    let texts = |block: &Block| -> Vec<Text> {
        match block {
            Block::Text(text) => vec![text.clone()],
            Block::List(lines) => lines.clone(),
            _ => Vec::new(),
        }
    };
    section.blocks.iter().flat_map(texts).map(|text| text.zh.to_string()).collect()
}

/// Two groups of two points each, the first group's total in the table beside its rows.
fn against_table(row: &str, total: &str, more: &[&str]) -> Vec<String> {
    let deep = [group("01.1", "", &[item("a", POINT, "")], &[]), group("01.2", "", &[item("b", POINT, "")], &[])];
    let second = [item("c", POINT, ""), item("d", POINT, "")];
    let body = list("groups", &[group("01", "weight: 1", &[], &deep), group("02", "weight: 1", &second, &[])]);
    let (tree, results) = year(&body, &["60", "80", "40", "20"]);
    let lines: [&[&str]; 7] = [
        &["名称", "得分", "满分"],
        &["组01", row, "50"],
        &["组01.1", "12", "20"],
        &["组01.2", "18", "30"],
        &["组02", "25", "50"],
        more,
        &["合计", total, "100"],
    ];
    let baseline = baseline::read(&table(&lines), "上年得分.xlsx", &mut Vec::new()).expect("a table");
    let against = against(&baseline, &results, &Crosswalk::default());
    let facts = Facts::new(vec![Year { results: &results, tree: Some(&tree) }], &Crosswalk::default(), Some(against)).expect("a year");
    let document = compare::document(&facts);
    // The lines stand on the pages once.
    assert_eq!(said(&document, "与上年得分表的对比"), ["变化和影响总分按未取舍的数算，与表中的得分相减会有尾差。"]);
    said(&document, "摘要")
}

#[test]
fn a_row_that_its_rows_below_contradict_is_named_with_what_it_does_to_the_total() {
    let lines = against_table("40", "65", &[]);
    // 12 of 20 and 18 of 30 are 60 %, not 80; the group holds half of the weight.
    let torn = "上年得分表前后不一致：“组01”一行是 80.0，它下级的 2 行按上年满分合起来是 60.0，按本年权重合起来是 60.0。上面用的是下级的行、本年的权重；改用这一行，上年在可比部分是 65.0：（80.0 − 60.0）× 占比 50.00% = +10.00 分。请向出表的单位核对。";
    let total = "表上写的上年总分是 65/100（B7，得分率 65.0）；与上面 55.0 的差别就是上面说的前后不一致，改用表上那一行正好相等。";
    assert!(lines.contains(&torn.to_string()) && lines.contains(&total.to_string()), "{lines:#?}");
    let lines = against_table("40", "62", &["加分项", "3", "5"]);
    let unmatched = "对不上的行：加分项（B6）。只是改了名称的，请在对照表里写明新旧名称，再比一次。";
    let total = "表上写的上年总分是 62/100（B7，得分率 62.0）；与上面的不同，先看上面说的前后不一致，再看对不上的 1 行。";
    assert!(lines.contains(&unmatched.to_string()) && lines.contains(&total.to_string()), "{lines:#?}");
    // Without a contradiction the weights are the reason.
    let lines = against_table("30", "57", &[]);
    let total = "表上写的上年总分是 57/100（B7，得分率 57.0）；它按上年的权重，上面的按本年的权重，两者不必相同。";
    assert!(lines.contains(&total.to_string()) && !lines.iter().any(|line| line.contains("不一致")), "{lines:#?}");
}

/// A rate with thresholds, and one point.
fn rates(first: &str, second: &str, rev: &str) -> String {
    let scale = |cuts: &str| {
        format!("{{type: rate, direction: higher, cuts: [{cuts}], numerator: {{zh: 子, en: part}}, denominator: {{zh: 母, en: whole}}}}")
    };
    list("items", &[item("a", &scale(first), rev), item("b", &scale(second), rev), item("c", POINT, "")])
}

#[test]
fn a_gap_that_new_thresholds_opened_is_not_the_places() {
    let before = year(&rates("60, 80", "60, 80", "rev: 1"), &["70%", "70%", "50"]);
    // `a` answers as before and meets nothing any more; `b` fell by either rule.
    let after = year(&rates("75, 80", "60, 80", "rev: 2"), &["70%", "50%", "50"]);
    let document = document(&before, &after);
    let became: Vec<[String; 2]> = rows(&document, "follow-up").iter().map(|row| [row[0].clone(), row[3].clone()]).collect();
    let wanted = [["00.01", "因改档线或提高目标而扩大"], ["00.02", "扩大"], ["00.03", "没有变"], ["", ""]];
    assert_eq!(became, wanted);
    let lines = said(&document, "五、回头看：上年的短板");
    assert!(lines[0].contains("没有变 1，扩大 1，因改档线或提高目标而扩大（本地没有变差）1，"), "{lines:?}");
    // 50 of 100 was lost on each of three items, then 100, 100 and 50.
    assert_eq!(
        lines[1],
        "2026 总失分 50.00，合计之外 0.00；2026 总失分 83.33，合计之外 0.00。合计之外的是达到目标但没有满分的题，和不能与上年比的题（新增、改版、上年没有计分）。"
    );
    let section = document.narrative.iter().find(|section| section.title.zh.starts_with("五、")).expect("the section");
    let counts = section.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "follow-up-counts" => table.rows.last(),
        _ => None,
    });
    let sum = &counts.expect("rows").cells;
    assert_eq!(sum[..2], [Value::Text(Text::new("合计", "Sum")), Value::Number(3.0)]);
}

#[test]
fn an_item_of_two_causes_says_what_each_moved() {
    let body = |weight: &str| list("items", &[item("a", POINT, weight), item("b", POINT, "")]);
    let before = year(&body("weight: 1"), &["60", "60"]);
    let after = year(&body("weight: 3"), &["40", "60"]);
    let document = document(&before, &after);
    let causes: Vec<String> = rows(&document, "items").iter().map(|row| row[10].clone()).collect();
    // Mean share (1/2 + 3/4) / 2 of a fall by 20; the weight moves the rest of 60 to 45.
    assert_eq!(causes, ["答案变差 −12.50，权重与归组调整 −2.50"]);
    let alone = year(&body("weight: 1"), &["40", "60"]);
    let causes: Vec<String> = rows(&self::document(&before, &alone), "items").iter().map(|row| row[10].clone()).collect();
    assert_eq!(causes, ["答案变差"]);
}

#[test]
fn where_an_item_moved_the_groups_say_where_its_points_are_booked() {
    let body = |first: &[&str], second: &[&str]| {
        let items = |ids: &[&str]| ids.iter().map(|id| item(id, POINT, "")).collect::<Vec<_>>();
        list("groups", &[group("01", "weight: 1", &items(first), &[]), group("02", "weight: 1", &items(second), &[])])
    };
    let before = year(&body(&["a", "b", "c"], &["d"]), &["60", "80", "20", "40"]);
    let after = year(&body(&["a", "b"], &["c", "d"]), &["60", "80", "20", "40"]);
    let booked = "换了组的题，影响总分全部记在它换到的组（从原组退出的影响也在内）；所以一组的得分可能升而影响为负，或相反。";
    let moved = document(&before, &after);
    assert!(said(&moved, "二、变化在哪里").contains(&booked.to_string()));
    // The group it left rose by 16.67 and moved nothing; all is in the other.
    let groups = rows(&moved, "groups");
    assert_eq!((groups[0][4].as_str(), groups[0][5].as_str()), ("16.7000", "0.0000"), "{groups:?}");
    assert!(!said(&document(&before, &before), "二、变化在哪里").contains(&booked.to_string()));
}

#[test]
fn the_tests_end_with_a_conclusion_in_words() {
    let body = list("items", &(0..8).map(|index| item(&format!("i{index}"), POINT, "")).collect::<Vec<_>>());
    let last = |after: [&str; 8]| {
        let before = year(&body, &["50", "51", "52", "53", "54", "55", "56", "57"]);
        said(&document(&before, &year(&body, &after)), "四、变化算不算数").pop().expect("lines")
    };
    let level = "结论：按 0.05 的水平，";
    assert_eq!(last(["60", "62", "64", "66", "68", "70", "72", "74"]), format!("{level}各项检验的 p 都小于它，同题的升超过偶然。"));
    assert_eq!(last(["40", "40", "40", "40", "40", "40", "40", "40"]), format!("{level}各项检验的 p 都小于它，同题的降超过偶然。"));
    assert_eq!(last(["51", "50", "54", "50", "58", "50", "57", "50"]), format!("{level}各项检验的 p 都不小于它，这次看不出超过偶然。"));
    // Six rose by 1, one by 44, one stayed: signs and ranks say one thing, the mean with its spread another.
    let torn = "Wilcoxon 符号秩检验、符号检验的 p 小于它，配对 t 检验的不小于，各项检验说法不一，这次不能说超过偶然。";
    assert_eq!(last(["51", "52", "53", "54", "55", "56", "100", "57"]), format!("{level}{torn}"));
    assert_eq!(last(["50", "51", "52", "53", "54", "55", "56", "57"]), "结论：同题没有升降，或题数太少，无法检验，这次看不出超过偶然。");
}

/// `甲` and `乙` of a year, 52.25 and 61.
fn against_two(title: &str, names: [&str; 2]) -> Document {
    let body =
        list("groups", &[group("01", "weight: 1", &[item("a", POINT, "")], &[]), group("02", "weight: 1", &[item("b", POINT, "")], &[])]);
    let (tree, results) = year(&body, &["52.27", "61"]);
    let lines: [&[&str]; 4] = [&[title], &["名称", "得分"], &[names[0], "50.2"], &[names[1], "60"]];
    let baseline = baseline::read(&table(&lines), "上年得分.xlsx", &mut Vec::new()).expect("a table");
    let crosswalk = Crosswalk { items: Vec::new(), names: vec![("组二".to_string(), "组02".to_string())] };
    let against = against(&baseline, &results, &crosswalk);
    compare::document(&Facts::new(vec![Year { results: &results, tree: Some(&tree) }], &crosswalk, Some(against)).expect("a year"))
}

#[test]
fn last_years_table_says_its_year_its_sum_and_what_was_renamed() {
    let document = against_two("试市2025年度考核得分表", ["组01", "组二"]);
    assert_eq!(document.title.zh, "试市应急能力年度对比（2026 与 2025）");
    assert_eq!(document.cover[1].1.zh, "2025、2026");
    let shown: Vec<String> = rows(&document, "against").iter().map(|row| row[1].clone()).collect();
    assert_eq!(shown, ["组01", "按对照表对上：组二 → 组02", "合计"]);
    // 55.1 and 56.635 round to 55.1 and 56.6, which differ by 1.5, not by 1.54.
    let sum = &rows(&document, "against")[2];
    assert_eq!(sum[4..], ["55.1000", "56.6350", "1.5350", "1.0000", "1.5350"]);
    let lines = said(&document, "摘要");
    assert!(lines[0].ends_with("，评估期 2025。"), "{lines:#?}");
    assert!(lines.contains(&"在可比部分，按本年权重：上年 55.1，本年 56.6，变化 +1.5 分。".to_string()), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.contains("--")), "{lines:#?}");
    // Of two years, or this one's, nothing is known.
    for title in ["2024、2025年度得分表", "2026年印发", "得分表"] {
        assert_eq!(against_two(title, ["组01", "组02"]).title.zh, "试市应急能力年度对比（2026 与上年）", "{title}");
    }
}

#[test]
fn the_summary_says_what_changed_before_how_it_adds_up() {
    let body = list("items", &[item("a", YES, "criticality: veto"), item("b", POINT, ""), item("c", POINT, "")]);
    let before = year(&body, &["是", "60", "40"]);
    let lines = said(&document(&before, &year(&body, &["否", "80", "40"])), "摘要");
    // A veto weighs three: 80 becomes 24.
    let wanted = [
        "总分降了 56.00 分：本地的变化 −56.00，资料与适用 0.00，规则的变化 0.00。答案的升降带来的，是“本地的变化”；怎样加起来，见“变化从哪里来”。",
        "否决项：已知答案都达标（2026），00.01 未达标，等级最高为合格（2026）。",
        "是不是偶然：两年都作答的 3 题，答案的升降看不出超过偶然。",
    ];
    assert!(lines.windows(3).any(|lines| lines == wanted), "{lines:#?}");
    let grouped = |answers: &[&str]| {
        year(&list("groups", &[group("01", "", &[item("a", POINT, "")], &[]), group("02", "", &[item("b", POINT, "")], &[])]), answers)
    };
    let lines = said(&document(&grouped(&["50", "60"]), &grouped(&["50", "42.5"])), "摘要");
    assert!(lines.contains(&"本地的变化使总分升得最多的一级指标：没有；降得最多的：02 组02（−8.75，得分 −17.5）。括号内依次为影响总分、得分变化，后者另含规则、资料与适用的影响。".to_string()), "{lines:#?}");
    let same = said(&document(&before, &before), "摘要");
    assert!(same.contains(&"否决项：两年一样，已知答案都达标。".to_string()), "{same:#?}");
    assert!(same.iter().any(|line| line.starts_with("总分没有变：")) && same.iter().any(|line| line.ends_with("或题数太少，无法检验。")));
}

#[test]
fn items_of_one_cause_are_counted_as_the_editions_differ() {
    let before = year(&rates("60, 80", "60, 80", "rev: 1"), &["70%", "70%", "50"]);
    // `a` meets less by its new thresholds, `b` the same by its own.
    let after = year(&rates("75, 80", "60, 80", "rev: 2"), &["70%", "70%", "50"]);
    let document = document(&before, &after);
    let causes: Vec<[String; 2]> = rows(&document, "items").iter().map(|row| [row[3].clone(), row[10].clone()]).collect();
    assert_eq!(causes[0], ["改了档线", "题目改档线、改版、拆分、合并"]);
    let lines = said(&document, "一、变化从哪里来");
    let counted = "“题目改档线、改版、拆分、合并”的 1 题：改了档线 1；两版之间这几类共 2 题，其余 1 题没有因此动总分。";
    assert!(lines.contains(&counted.to_string()), "{lines:#?}");
}

#[test]
fn figures_on_weights_say_what_they_take_in() {
    let body = |weight: &str, more: &[String]| {
        let first = [item("a", POINT, ""), item("b", POINT, "")];
        let second: Vec<String> = [item("c", POINT, "")].into_iter().chain(more.iter().cloned()).collect();
        list("groups", &[group("01", weight, &first, &[]), group("02", "weight: 1", &second, &[])])
    };
    let before = year(&body("weight: 1", &[]), &["80", "80", "40"]);
    let after = year(&body("weight: 3", &[item("d", POINT, "")]), &["80", "80", "40", "40"]);
    // 60 becomes 70 by the weight alone; the item added scores what its group did.
    let document = document(&before, &after);
    let figures: Vec<[String; 2]> = rows(&document, "weight-figures").iter().map(|row| [0, 2].map(|cell| row[cell].clone())).collect();
    assert_eq!(figures, [["10.0000", "0.0000"], ["10.0000", "0.0000"], ["10.0000", "0.0000"]]);
}

#[test]
fn departments_are_ordered_by_what_they_moved_and_the_others_folded() {
    let items = ["one", "two", "three", "upper"].map(|lead| item(&format!("i{lead}"), POINT, &format!("lead: {lead}")));
    let body = list("items", &items);
    let document = document(&year(&body, &["50", "50", "50", "50"]), &year(&body, &["50", "58", "30", "50"]));
    let shown: Vec<[String; 3]> = rows(&document, "lead").iter().map(|row| [0, 1, 2].map(|cell| row[cell].clone())).collect();
    let wanted = [
        ["丙局", "1.0000", "-5.0000"],
        ["乙局", "1.0000", "2.0000"],
        ["另有 2 个部门没有变化", "2.0000", "0.0000"],
        ["合计", "4.0000", "-3.0000"],
    ];
    assert_eq!(shown, wanted);
    // The sign test counts items.
    assert_eq!(rows(&document, "tests")[2][1], "1");
}

/// Rows that match nothing, and whether they have a part in the total that the table states.
#[test]
fn a_total_that_leaves_out_what_matches_nothing_says_so() {
    let lines = against_table("30", "55", &["加分项", "3", "5"]);
    let total = "表上写的上年总分是 55/100（B7，得分率 55.0），等于对上的一级指标各行之和，不含对不上的 1 行；它按上年的权重，上面的按本年的权重，两者不必相同。";
    assert!(lines.contains(&total.to_string()), "{lines:#?}");
}
