//! Section 2: the tree, as it prints and reads back, its scales and its weights.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::common::ecap;
use crate::harness::{LEVEL, POINT, YES, assert_near, case, case_of, group, item, list, load, survey, tree, whole_tree};

/// The tree as a program gets it.
fn printed(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, text).expect("a tree file");
    let (code, out, err) = ecap(&["tree", "show", "--json", "--tree", &path.to_string_lossy()]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    out
}

fn city() -> String {
    let (code, out, err) = ecap(&["tree", "show", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

// Wrong trees

/// Every file below a folder that is called `tree.yaml`.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

#[test]
fn a_wrong_tree_is_told_what_is_wrong_where_and_what_to_do() {
    let folder = Path::new("tests/cases/tree");
    let mut wrong = Vec::new();
    let cases = cases(folder);
    assert!(cases.len() > 40);
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let argument = format!("tests/cases/tree/{name}/tree.yaml");
        let (code, out, err) = ecap(&["tree", "check", "--tree", &argument]);
        let said = format!("{out}{err}exit {code}\n").replace(&format!("tests/cases/tree/{name}/"), "");
        if std::env::var_os("ECAP_ACCEPT").is_some() {
            fs::write(case.join("expected.txt"), &said).expect("a writable case");
        }
        if said != fs::read_to_string(case.join("expected.txt")).unwrap_or_default() {
            wrong.push(format!("== {name}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// Printed and read back

const SMALL: &str = r#"
id: small
edition: 2026.10
name: {zh: 小, en: Small}
departments:
  - {id: one, name: {zh: 甲, en: A}}
  - {id: up, name: {zh: 上级, en: Upper}, outsider: true}
groups:
  - code: "01"
    name: {zh: 一, en: One}
    target: 80
    items:
      - {id: a, question: {zh: 问, en: Ask}, scale: {type: yes_no, pass: "yes"}}
    groups:
      - code: "01.1"
        name: {zh: 一一, en: One one}
        weight: 0.5
        items:
          - id: b
            rev: 3
            ref: "7"
            question: {zh: 问, en: Ask}
            weight: 2.5
            criticality: veto
            fails_at: 40
            veto_group: flood
            target: 90
            na: {zh: 无河, en: no river}
            lead: one
            confirm: [up, one]
            scale: {type: yes_no, pass: "no"}
"#;

const SMALL_PRINTED: &str = concat!(
    r#"{"id":"small","edition":"2026.10","name":{"zh":"小","en":"Small"},"#,
    r#""departments":[{"id":"one","name":{"zh":"甲","en":"A"},"outsider":false},{"id":"up","name":{"zh":"上级","en":"Upper"},"outsider":true}],"#,
    r#""policy":{"decimals":1,"bands":[{"code":"excellent","name":{"zh":"优秀","en":"Excellent"},"from":90},"#,
    r#"{"code":"good","name":{"zh":"良好","en":"Good"},"from":80},{"code":"qualified","name":{"zh":"合格","en":"Qualified"},"from":60},"#,
    r#"{"code":"unqualified","name":{"zh":"不合格","en":"Unqualified"},"from":0}],"#,
    r#""veto":{"one":"qualified","two":"unqualified"},"key":{"one":"good","three":"qualified","group":"good"},"missing":"zero","merge":"mean"},"#,
    r#""groups":[{"code":"01","parent":null,"level":1,"name":{"zh":"一","en":"One"},"weight":1.5,"target":80},"#,
    r#"{"code":"01.1","parent":"01","level":2,"name":{"zh":"一一","en":"One one"},"weight":0.5,"target":null}],"#,
    r#""items":[{"id":"a","rev":1,"ref":"01.01","parent":"01","question":{"zh":"问","en":"Ask"},"weight":1,"criticality":"normal","fails_at":0,"#,
    r#""veto_group":null,"target":null,"na":null,"lead":null,"confirm":[],"scale":{"type":"yes_no","pass":"yes"}},"#,
    r#"{"id":"b","rev":3,"ref":"7","parent":"01.1","question":{"zh":"问","en":"Ask"},"weight":2.5,"criticality":"veto","fails_at":40,"#,
    r#""veto_group":"flood","target":90,"na":{"zh":"无河","en":"no river"},"lead":"one","confirm":["up","one"],"scale":{"type":"yes_no","pass":"no"}}]}"#,
);

#[test]
fn a_tree_prints_compact_with_every_key_in_order_and_every_default() {
    assert_eq!(printed(SMALL), SMALL_PRINTED);
}

#[test]
fn what_an_item_presupposes_stands_after_its_other_content_and_is_shown() {
    let text = concat!(
        "id: try\nedition: \"1\"\nname: {zh: 试, en: Try}\nitems:\n",
        "  - {id: plan, question: {zh: 是否有预案, en: Is there a plan}, scale: {type: yes_no, pass: \"yes\"}, requires: []}\n",
        "  - {id: drill, question: {zh: 是否有演练, en: Is there a drill}, fact: drill, requires: [plan], scale: {type: yes_no, pass: \"yes\"}}\n",
    );
    let once = printed(text);
    assert!(once.contains(r#""confirm":[],"fact":"drill","requires":["plan"],"scale":"#), "{once}");
    assert_eq!(once.matches("requires").count(), 1);
    assert_eq!(printed(&once), once);
    assert_eq!(whole_tree(text).requirements(), [vec![], vec![0]]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, text).expect("a tree file");
    let (code, said, _) = ecap(&["tree", "show", "drill", "--tree", &path.to_string_lossy()]);
    assert_eq!(code, 0);
    assert!(said.contains("  前提（那里得 0 分，这里就不该有分）：\n    · 00.01 是否有预案\n"), "{said}");
}

#[test]
fn a_tree_read_back_prints_the_same_bytes() {
    assert_eq!(printed(SMALL_PRINTED), SMALL_PRINTED);
    let content = printed(&fs::read_to_string("tests/cases/tree/content/tree.yaml").expect("the case"));
    assert_eq!(printed(&content), content);
    for key in
        ["fact", "months", "levels", "facets", "evidence", "sample", "legal_floor", "basis", "training", "actions", "lint_ok", "retired"]
    {
        assert!(content.contains(&format!("\"{key}\":")), "{key}");
    }
    let city = city();
    assert_eq!(printed(&city), city);
    assert!(!city.ends_with('\n') && !city.contains("\n"));
}

#[test]
fn the_digest_is_of_the_bytes_printed() {
    let digest: String = Sha256::digest(SMALL_PRINTED.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(whole_tree(SMALL).sha256, digest);
    assert_eq!(whole_tree(SMALL_PRINTED).sha256, digest);
}

#[test]
fn arrays_stand_depth_first_in_the_order_of_the_file() {
    let inner = |code: &str, id: &str| group(code, "", &[item(id, YES, "")], &[]);
    let body = list("groups", &[group("02", "", &[], &[inner("02.2", "c"), inner("02.1", "b")]), inner("01", "a")]);
    let tree = tree(&body);
    assert_eq!(tree.groups.iter().map(|group| group.code.as_str()).collect::<Vec<_>>(), ["02", "02.2", "02.1", "01"]);
    assert_eq!(tree.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
}

#[test]
fn items_of_a_group_may_stand_before_between_or_after_its_subgroups() {
    let whole = json(SMALL_PRINTED);
    let one = |id: &str, parent: &str| {
        let mut item = whole["items"][0].clone();
        item["id"] = id.into();
        item["ref"] = id.into();
        item["parent"] = parent.into();
        item
    };
    let mut flat = whole.clone();
    let mut second = whole["groups"][1].clone();
    second["code"] = "01.2".into();
    flat["groups"].as_array_mut().expect("groups").push(second);
    flat["items"] = [one("a", "01"), one("b", "01.1"), one("c", "01"), one("d", "01.2"), one("e", "01")].into_iter().collect();
    let text = flat.to_string();
    assert_eq!(printed(&text), text);
}

#[test]
fn items_may_stand_before_the_groups_of_a_nested_file() {
    let before = group("01", "", &[item("a", YES, "")], &[group("01.1", "", &[item("b", YES, "")], &[])]);
    let after = "{code: \"01\", name: {zh: 甲, en: A}, groups: [{code: \"01.1\", name: {zh: 乙, en: B}, items: [".to_string()
        + &item("b", YES, "")
        + "]}], items: ["
        + &item("a", YES, "")
        + "]}";
    let ids = |node: String| tree(&list("groups", &[node])).items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(before), ["a", "b"]);
    assert_eq!(ids(after), ["b", "a"]);
}

/// The scales as section 2 shows them, placeholders filled.
const SCALES: [&str; 9] = [
    r#"{"type":"level","top":3,"anchors":[{"zh":"一","en":"a"},{"zh":"二","en":"b"},{"zh":"三","en":"c"},{"zh":"四","en":"d"}],"worth":[0,0.4,0.8,1]}"#,
    r#"{"type":"yes_no","pass":"yes"}"#,
    r#"{"type":"rate","unit":"%","direction":"higher","cuts":[60,95,100],"may_exceed_100":false,"numerator":{"zh":"子","en":"n"},"denominator":{"zh":"母","en":"d"}}"#,
    r#"{"type":"count","unit":{"zh":"次","en":"times"},"direction":"lower","cuts":[0]}"#,
    r#"{"type":"quantity","unit":{"zh":"人","en":"people"},"linear":{"zero":0,"full":20}}"#,
    r#"{"type":"duration","unit":"min","direction":"lower","cuts":[180,120,60]}"#,
    r#"{"type":"range","unit":"%","band":[1,3],"outside":[{"below":1,"score":1},{"below":0.5,"score":0},{"above":3,"score":2}]}"#,
    r#"{"type":"checklist","elements":[{"id":"e1","zh":"甲","en":"a"},{"id":"e2","zh":"乙","en":"b"},{"id":"e3","zh":"丙","en":"c"}],"cuts":[1,2,3],"must":["e1","e3"]}"#,
    r#"{"type":"points","full":10,"deductions":[{"id":"d1","zh":"甲","en":"a","points":2,"max":6}]}"#,
];

fn with_scale(scale: &str) -> String {
    SMALL_PRINTED.replacen(r#"{"type":"yes_no","pass":"yes"}"#, scale, 1)
}

#[test]
fn each_scale_prints_as_the_contract_shows_it() {
    for scale in SCALES {
        let text = with_scale(scale);
        assert_eq!(printed(&text), text);
    }
}

#[test]
fn worth_must_max_and_direction_beside_linear_may_be_missing_or_there() {
    for scale in [
        SCALES[0].replace(r#","worth":[0,0.4,0.8,1]"#, ""),
        SCALES[7].replace(r#","must":["e1","e3"]"#, ""),
        SCALES[8].replace(r#","max":6"#, ""),
        SCALES[4].replace(r#""linear""#, r#""direction":"higher","linear""#),
    ] {
        assert_ne!(SCALES.iter().find(|known| ***known == scale), Some(&scale.as_str()));
        let text = with_scale(&scale);
        assert_eq!(printed(&text), text);
    }
}

#[test]
fn null_caps_print_as_null() {
    let text = SMALL_PRINTED
        .replace(r#""key":{"one":"good","three":"qualified","group":"good"}"#, r#""key":{"one":null,"three":null,"group":null}"#);
    assert_ne!(text, SMALL_PRINTED);
    assert_eq!(printed(&text), text);
}

#[test]
fn an_item_without_a_group_has_parent_null() {
    assert_eq!(
        json(&printed(&format!("id: t\nedition: e\nname: {{zh: 试, en: Try}}\n{}", list("items", &[item("a", YES, "")]))))["items"][0]["parent"],
        Json::Null
    );
}

#[test]
fn deep_nesting_ends_a_file_and_a_deeper_tree_may_be_flat() {
    let mut groups = Vec::new();
    for level in 1..=100 {
        let parent = if level == 1 { "null".to_string() } else { format!("\"{}\"", level - 1) };
        groups.push(format!(
            "{{\"code\": \"{level}\", \"parent\": {parent}, \"level\": {level}, \"name\": {{\"zh\": \"组\", \"en\": \"G\"}}}}"
        ));
    }
    let scored = case_of(&(list("groups", &groups) + &list("items", &[item("a", POINT, "parent: \"100\"")]))).answers(&["70"]);
    scored.score_is(70.0);
    assert_eq!(scored.group("100").level, 100);
}

// Scales

#[test]
fn a_level_is_worth_k_of_top_or_what_is_stated() {
    for (answer, score) in [("0", 0.0), ("1", 100.0 / 3.0), ("2", 200.0 / 3.0), ("3", 100.0)] {
        case(LEVEL).answers(&[answer]).score_is(score);
    }
    for (answer, score) in [("0", 0.0), ("1", 40.0), ("2", 80.0), ("3", 100.0)] {
        case(SCALES[0]).answers(&[answer]).score_is(score);
    }
}

#[test]
fn cuts_reached_over_their_number_is_the_worth() {
    for (answer, score) in
        [("59.9%", 0.0), ("60%", 100.0 / 3.0), ("94.9%", 100.0 / 3.0), ("95%", 200.0 / 3.0), ("99.99%", 200.0 / 3.0), ("100%", 100.0)]
    {
        case(SCALES[2]).answers(&[answer]).score_is(score);
    }
    for (answer, score) in [("181", 0.0), ("180", 100.0 / 3.0), ("120", 200.0 / 3.0), ("60.1", 200.0 / 3.0), ("60", 100.0), ("0", 100.0)] {
        case(SCALES[5]).answers(&[answer]).score_is(score);
    }
    for (answer, score) in [("0", 100.0), ("1", 0.0)] {
        case(SCALES[3]).answers(&[answer]).score_is(score);
    }
}

#[test]
fn linear_is_in_proportion_and_clamped() {
    for (answer, score) in [("0", 0.0), ("5", 25.0), ("20", 100.0), ("21", 100.0)] {
        case(SCALES[4]).answers(&[answer]).score_is(score);
    }
    let falling = "{type: quantity, unit: {zh: 人, en: people}, direction: lower, linear: {zero: 30, full: 10}}";
    for (answer, score) in [("40", 0.0), ("30", 0.0), ("25", 25.0), ("10", 100.0), ("0", 100.0)] {
        case(falling).answers(&[answer]).score_is(score);
    }
}

#[test]
fn a_duration_is_typed_and_cut_in_its_own_unit() {
    for (unit, word) in [("s", "秒"), ("min", "分钟"), ("h", "小时"), ("d", "天")] {
        let scale = format!("{{type: duration, unit: {unit}, direction: lower, cuts: [10]}}");
        case(&scale).answers(&["10"]).score_is(100.0);
        case(&scale).answers(&[&format!("10{word}")]).score_is(100.0);
        case(&scale).answers(&["10.5"]).score_is(0.0);
    }
}

#[test]
fn a_range_is_full_inside_and_outside_the_step_farthest_from_the_band_decides() {
    for (answer, score) in [
        ("1", 100.0),
        ("2", 100.0),
        ("3", 100.0),
        ("3.1", 200.0 / 3.0),
        ("100", 200.0 / 3.0),
        ("0.99", 100.0 / 3.0),
        ("0.5", 100.0 / 3.0),
        ("0.49", 0.0),
        ("0", 0.0),
    ] {
        case(SCALES[6]).answers(&[answer]).score_is(score);
    }
    // The order in which the steps stand changes nothing.
    let shuffled =
        "{type: range, unit: \"%\", band: [1, 3], outside: [{below: 0.5, score: 0}, {above: 3, score: 2}, {below: 1, score: 1}]}";
    case(shuffled).answers(&["0.4"]).score_is(0.0);
    case(shuffled).answers(&["0.7"]).score_is(100.0 / 3.0);
    // An edge belongs to the step nearer the band; two steps may score alike, and a step may score in full.
    let above = "{type: range, unit: \"%\", band: [0, 3], outside: [{above: 3, score: 3}, {above: 5, score: 2}, {above: 7, score: 2}]}";
    for (answer, score) in [("5", 100.0), ("5.1", 200.0 / 3.0), ("7", 200.0 / 3.0), ("7.1", 200.0 / 3.0)] {
        case(above).answers(&[answer]).score_is(score);
    }
}

#[test]
fn a_side_of_a_range_that_no_value_can_reach_needs_no_step() {
    let from_zero = "{type: range, unit: \"%\", band: [0, 3], outside: [{above: 3, score: 0}]}";
    case(from_zero).answers(&["0"]).score_is(100.0);
    let metres = from_zero.replace("\"%\"", "{zh: 米, en: m}");
    let (tree, findings) = load(&format!("id: t\nedition: e\nname: {{zh: 试, en: Try}}\n{}", list("items", &[item("a", &metres, "")])));
    assert_eq!((tree.is_none(), findings.len(), findings[0].code.as_str()), (true, 1, "tree-range-steps"));
}

#[test]
fn a_checklist_is_cut_by_how_many_are_there_and_a_must_missing_leaves_the_first_cut() {
    for (answer, score) in
        [("无", 0.0), ("2", 100.0 / 3.0), ("1、3", 200.0 / 3.0), ("1、2", 100.0 / 3.0), ("2、3", 100.0 / 3.0), ("全部", 100.0)]
    {
        case(SCALES[7]).answers(&[answer]).score_is(score);
    }
}

#[test]
fn points_are_what_is_earned_of_the_full() {
    for (answer, score) in [("10", 100.0), ("7", 70.0), ("扣1", 80.0), ("扣1×3", 40.0), ("扣1×4", 40.0), ("扣无", 100.0)] {
        case(SCALES[8]).answers(&[answer]).score_is(score);
    }
    let steep = "{type: points, full: 3, deductions: [{id: d1, zh: 甲, en: a, points: 2}]}";
    case(steep).answers(&["扣1×2"]).score_is(0.0);
}

// Weights

#[test]
fn an_item_weighs_1_a_key_item_2_a_veto_item_3_and_a_group_its_children() {
    let inner = group("01.1", "", &[item("c", YES, "criticality: veto"), item("d", YES, "weight: 0.5")], &[]);
    let outer = group("01", "", &[item("a", YES, ""), item("b", YES, "criticality: key")], &[inner]);
    let stated = group("02", "weight: 0.1", &[item("e", YES, "criticality: veto, weight: 7")], &[]);
    let tree = tree(&list("groups", &[outer, stated]));
    assert_eq!(tree.items.iter().map(|item| item.weight).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 0.5, 7.0]);
    assert_eq!(tree.groups.iter().map(|group| group.weight).collect::<Vec<_>>(), [6.5, 3.5, 0.1]);
}

#[test]
fn weights_may_be_on_any_scale_among_siblings() {
    for scale in ["0.001", "1", "1000", "1e12", "1e-12"] {
        let of = |factor: f64| item("x", POINT, &format!("weight: {}", factor * scale.parse::<f64>().expect("a number")));
        let body = list("items", &[of(1.0).replace("id: x", "id: a"), of(3.0).replace("id: x", "id: b")]);
        case_of(&body).answers(&["20", "60"]).score_is(50.0);
    }
}

#[test]
fn in_the_default_tree_areas_are_equal_and_ordinary_questions_of_an_area_too() {
    let mut findings = Vec::new();
    let tree = ecap::tree::load("city", &mut findings).expect("the embedded tree").tree.expect("a valid tree");
    let tops: Vec<_> = tree.groups.iter().filter(|group| group.level == 1).collect();
    assert_eq!(tops.len(), 18);
    assert!(tops.iter().all(|group| group.weight == 1.0));
    // A share within the area: the product of normalised weights up to it.
    let under = |parent: usize| -> f64 {
        let items = tree.items.iter().filter(|item| item.parent == Some(parent)).map(|item| item.weight);
        items.chain(tree.groups.iter().filter(|group| group.parent == Some(parent)).map(|group| group.weight)).sum()
    };
    let mut ordinary: Vec<Option<f64>> = vec![None; tree.groups.len()];
    for item in tree.items.iter().filter(|item| item.criticality.code() == "normal") {
        let mut at = item.parent.expect("a group");
        let mut share = item.weight / under(at);
        while let Some(parent) = tree.groups[at].parent {
            share *= tree.groups[at].weight / under(parent);
            at = parent;
        }
        assert_near(Some(share), *ordinary[at].get_or_insert(share));
    }
}

#[test]
fn facts_of_an_outsider_are_not_asked_of_the_assessed() {
    let body = list("items", &[item("a", POINT, "lead: upper"), item("b", POINT, "lead: one")]);
    let scored = case_of(&body).survey(survey("甲局").own("a", "50").own("b", "50")).score();
    assert_eq!([scored.state("a"), scored.state("b")], ["blank", "answered"]);
}
