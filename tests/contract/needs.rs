//! From hazards to targets: `docs/method/needs.md`.

use ecap::finding::Finding;
use ecap::report::document::{Block, Document, Value};
use ecap::report::{Facts, REPORTS};
use ecap::result::{Results, TargetFrom, redact};
use ecap::tree::Tree;
use ecap::tree::hazards::{Because, Need};

use crate::harness::{LEVEL, YES, case_of, group, item, list, tree};
use crate::local::{read, said};

const THREATS: &str = "灾种";
const RULE: &str = "需求规则";

fn facets(phase: &str, hazards: &str) -> String {
    format!("facets: {{phase_zh: {phase}, hazard: [{hazards}]}}")
}

/// The items of the page's example, and what the rule says of veto, key, unjudged and general ones.
fn example() -> Tree {
    let before = |hazards: &str| facets("预防与准备", hazards);
    let items = [
        item("jia", LEVEL, &facets("监测与预警", "台风, 矿山")),
        item("yi", YES, &before("危化")),
        item("bing", YES, &facets("处置与救援", "危化")),
        item("ding", LEVEL, &format!("{}, legal_floor: 2", before("矿山"))),
        item("wu", YES, &before("矿山")),
        item("ji", YES, &format!("{}, criticality: veto", before("矿山"))),
        item("geng", YES, &before("地震")),
        item("xin", YES, &before("通用")),
        item("ren", LEVEL, &format!("{}, criticality: key", before("矿山"))),
        item("gui", YES, &before("事故灾难")),
        item("zi", YES, ""),
    ];
    tree(&list("items", &items))
}

fn stated() -> Vec<Vec<&'static str>> {
    vec![
        vec!["灾种", "可能性", "后果", "判断依据"],
        vec!["台风", "4", "5", "近十年正面登陆四次"],
        vec!["危险化学品", "1", "5", ""],
        vec!["矿山", "无", "", ""],
    ]
}

fn settings(tree: &Tree, sheets: &[(&str, Vec<Vec<&str>>)]) -> (Tree, Vec<Finding>) {
    let mut tree = tree.clone();
    let rows: Vec<Vec<&[&str]>> = sheets.iter().map(|(_, rows)| rows.iter().map(Vec::as_slice).collect()).collect();
    let sheets: Vec<(&str, &[&[&str]])> = sheets.iter().zip(&rows).map(|((name, _), rows)| (*name, rows.as_slice())).collect();
    let (settings, findings) = read(&tree, &sheets);
    tree.local = settings.local;
    (tree, findings)
}

fn needs(tree: &Tree) -> Vec<Option<Need>> {
    tree.items.iter().map(|item| tree.need(item)).collect()
}

#[test]
fn the_example_of_the_page() {
    let bare = example();
    assert!(needs(&bare).iter().all(Option::is_none));
    let (tree, findings) = settings(&bare, &[(THREATS, stated())]);
    assert_eq!(
        said(&findings),
        [(
            "settings-hazard-blank",
            "A1",
            "这些灾种没有判断：洪涝、地质灾害、地震、森林火灾、火灾、交通、公用事业、传染病、群体事件。只应对它们的题，目标不变。请补填；本地没有的，可能性填“无”。"
        )]
    );
    let found: Vec<Option<(f64, Because)>> = needs(&tree).into_iter().map(|need| need.map(|need| (need.target, need.because))).collect();
    assert_eq!(
        found,
        [
            Some((100.0, Because::Hazard)),
            Some((60.0, Because::Hazard)),
            Some((80.0, Because::Hazard)),
            Some((200.0 / 3.0, Because::Law)),
            Some((0.0, Because::Hazard)),
            Some((100.0, Because::Critical)),
            None,
            Some((100.0, Because::Hazard)),
            Some((100.0 * (1.0 / 3.0), Because::Critical)),
            Some((60.0, Because::Hazard)),
            None,
        ]
    );
    let named: Vec<String> =
        needs(&tree)[7].iter().flat_map(|need| &need.hazards).map(|hazard| ecap::tree::hazards::name(*hazard).zh.to_string()).collect();
    assert_eq!(named, ["台风"], "of all hazards the one that asks for most");
}

#[test]
fn what_cannot_be_used_is_a_finding_at_its_cell() {
    let rows = vec![
        vec!["灾种", "可能性", "后果"],
        vec!["台风", "6", "5"],
        vec!["海啸", "1", "5"],
        vec!["洪涝", "3", ""],
        vec!["地震", "2", "4"],
        vec!["地震", "3", "4"],
    ];
    let rule = vec![
        vec!["阶段", "可能性", "后果 1", "后果 2", "后果 3", "后果 4", "后果 5"],
        vec!["预防与准备", "3", "70", "60", "60", "110", "80"],
        vec!["灾后", "1", "1", "1", "1", "1", "1"],
        vec!["目标上限", "高"],
    ];
    let (tree, findings) = settings(&example(), &[(THREATS, rows), (RULE, rule)]);
    let told: Vec<(String, String)> = said(&findings).into_iter().map(|(code, cell, _)| (code.to_string(), cell.to_string())).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(code, cell)| (code.as_str(), cell.as_str())).collect();
    assert_eq!(
        told,
        [
            ("settings-hazard-level", "B2"),
            ("settings-hazard", "A3"),
            ("settings-hazard-level", "C4"),
            ("settings-twice", "A6"),
            ("settings-hazard-blank", "A1"),
            ("settings-need-rule", "F2"),
            ("settings-need-rule", "A3"),
            ("settings-need-falls", "A1"),
            ("settings-need-rule", "B4"),
        ]
    );
    let profile = tree.local.hazards.expect("one hazard was judged");
    assert_eq!(profile.threats.len(), 1);
    assert_eq!((profile.rule.ceiling, profile.rule.needs[0][2]), (100.0, [70.0, 60.0, 60.0, 80.0, 80.0]));
}

/// An edited table and a ceiling are what counts; the settings' own target comes before them; groups take the mean of what is below.
#[test]
fn targets_gaps_and_losses_follow_the_profile() {
    let before = |hazards: &str| facets("预防与准备", hazards);
    let items =
        [item("a", LEVEL, &before("台风")), item("b", YES, &before("矿山")), item("c", YES, &format!("{}, target: 50", before("地震")))];
    let second = [item("d", YES, &before("通用"))];
    let groups = list("groups", &[group("01", "", &items, &[]), group("02", "target: 10", &second, &[])]);
    let rule = vec![
        vec!["阶段", "可能性", "后果 1", "后果 2", "后果 3", "后果 4", "后果 5"],
        vec!["预防与准备", "4", "", "", "", "", "96"],
        vec!["目标上限", "90"],
    ];
    let targets = vec![vec!["编号", "目标"], vec!["d", "70"]];
    let mut case = case_of(&groups);
    case.tree = settings(&case.tree, &[(THREATS, stated()), (RULE, rule), ("目标", targets)]).0;
    let results = case.answers(&["1", "否", "否", "否"]).results;
    let item = |id: &str| results.items.iter().find(|item| item.id == id).expect("an item");
    let of = |id: &str| (item(id).target, item(id).target_from, item(id).gap.expect("a gap").round());
    assert_eq!(of("a"), (90.0, TargetFrom::Profile, 57.0));
    assert_eq!(of("b"), (0.0, TargetFrom::Profile, 0.0));
    assert_eq!(of("c"), (50.0, TargetFrom::Tree, 50.0));
    assert_eq!(of("d"), (70.0, TargetFrom::Settings, 70.0));
    assert_eq!(item("d").need, None, "the settings decided");
    assert_eq!(item("a").need.as_ref().map(|need| (need.hazards.clone(), need.asked)), Some((vec!["台风".to_string()], 90.0)));
    let group = |code: &str| results.groups.iter().find(|group| group.code == code).map(|group| (group.target, group.target_from));
    assert_eq!(group("01"), Some(((90.0 + 0.0 + 50.0) / 3.0, TargetFrom::Profile)));
    assert_eq!(group("02"), Some((70.0, TargetFrom::Profile)), "before the tree's own");
    let used = results.hazards.expect("a profile");
    assert_eq!(used.threats.iter().map(|threat| threat.grounds.as_str()).collect::<Vec<_>>(), ["近十年正面登陆四次", "", ""]);
    assert!((used.target.expect("a need") - ((90.0 + 50.0) / 3.0 * 0.75 + 70.0 * 0.25)).abs() < 1e-9);
}

fn report_of(results: &Results, tree: &Tree) -> Document {
    (REPORTS[0].document)(&Facts::new(results, tree, "0".repeat(64)))
}

fn blocks(document: &Document) -> Vec<&Block> {
    document.narrative.iter().flat_map(|section| &section.blocks).collect()
}

/// First cells of the table's rows, or of another column.
fn column(document: &Document, id: &str, column: usize) -> Vec<String> {
    let tables = blocks(document).into_iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let shown = |value: &Value| match value.plain() {
        Value::Text(text) | Value::Link(text, _) => text.zh.to_string(),
        _ => String::new(),
    };
    tables.filter(|table| table.id == id).flat_map(|table| &table.rows).map(|row| shown(&row.cells[column])).collect()
}

/// Sentences and the lines of lists.
fn lines(document: &Document) -> Vec<String> {
    let of = |block: &Block| -> Vec<String> {
        match block {
            Block::Text(text) => vec![text.zh.to_string()],
            Block::List(lines) | Block::Numbered(lines) => lines.iter().map(|line| line.zh.to_string()).collect(),
            _ => Vec::new(),
        }
    };
    blocks(document).into_iter().flat_map(of).collect()
}

const RATE: &str = "{type: rate, direction: higher, cuts: [60, 85, 100], numerator: {zh: 子, en: part}, denominator: {zh: 母, en: whole}}";

/// One step short of mines, which do not occur, of typhoons, and of what the law asks for.
fn rated() -> (Results, Tree) {
    let before = |hazards: &str| facets("预防与准备", hazards);
    let items = [
        item("a", RATE, &before("矿山")),
        item("b", RATE, &before("台风")),
        item("c", RATE, &format!("{}, legal_floor: 3", before("台风"))),
        item("d", RATE, &before("矿山, 台风")),
        item("e", YES, &format!("{}, na: {{zh: 无, en: none}}", before("矿山"))),
    ];
    let mut case = case_of(&list("items", &items));
    case.tree = settings(&case.tree, &[(THREATS, stated())]).0;
    let tree = case.tree.clone();
    (case.answers(&["59%", "59%", "84%", "100%", "不适用"]).results, tree)
}

#[test]
fn what_reached_its_target_is_not_recommended() {
    let (results, tree) = rated();
    let document = report_of(&results, &tree);
    // `a` serves mines only: nothing is asked of it.
    assert_eq!(column(&document, "near", 0), ["00.02", "00.03"]);
    let named = |number: &str| lines(&document).iter().filter(|line| line.starts_with(number)).count();
    assert_eq!((named("00.01（"), named("00.02（"), named("00.03（")), (0, 1, 1));
}

#[test]
fn items_of_hazards_that_do_not_occur_are_remarked_once() {
    let (results, tree) = rated();
    let remark = "有 1 题只应对评估设置写明“本地没有”的灾种，却作了答，照答案计入总分：00.01。确实不涉及的，应改填“不适用”，退出计分；本地有的，请改正灾种判断。";
    let said = lines(&report_of(&results, &tree));
    assert_eq!(said.iter().filter(|line| *line == remark).count(), 1, "{said:#?}");
}

#[test]
fn a_step_below_the_law_says_what_the_law_asks_for() {
    let (results, tree) = rated();
    let said = lines(&report_of(&results, &tree));
    let step = "下一步：达到 85%（仍未达法定要求：达到 100%），";
    assert_eq!(said.iter().filter(|line| line.contains(step)).count(), 2, "first priorities and recommendations: {said:#?}");
    assert!(said.iter().any(|line| line.contains("下一步：达到 60%，")), "{said:#?}");
}

#[test]
fn a_hazards_scores_are_told_apart() {
    let (results, tree) = rated();
    let note = "同一灾种的几个得分，所含的题不同。以台风为例：总能力算写明它、写明它那一大类的题和通用题，计分的共 3 题，44.4 分；专项能力不算通用题，3 题，44.4 分，“按灾种”的表只算写明它本身的 3 题（计分 3 题），44.4 分。";
    let said = lines(&report_of(&results, &tree));
    assert!(said.contains(&note.to_string()), "{said:#?}");
}

#[test]
fn what_is_withheld_says_so_in_its_cell() {
    let (results, tree) = rated();
    assert_eq!(column(&report_of(&results, &tree), "threats", 3), ["近十年正面登陆四次", "", ""]);
    assert_eq!(column(&report_of(&results, &tree), "unknown", 5), ["没有这种情况"]);
    let redacted = report_of(&redact(&results, &tree, &[]), &tree);
    assert_eq!(column(&redacted, "threats", 3), ["（脱敏略去）"; 3]);
    assert_eq!(column(&redacted, "unknown", 5), ["（脱敏略去）"]);
    let said = lines(&redacted);
    assert!(said.iter().any(|line| line.contains("灾种的判断依据") && line.contains("；敏感题 0 题。")), "{said:#?}");
}
