//! 得分由来: what `ecap explain` says in full, that its sums come out, that its reasons follow the rules and that its what-ifs are what
//! scoring anew yields.
//!
//! `ECAP_ACCEPT=1 cargo test --test contract explain` writes the texts of `tests/cases/explain/` anew.

use std::fs;
use std::path::PathBuf;

use ecap::analysis::derivation::{self, Case as WhatIfCase, Derivation, ItemDerivation, Subject, Verdict};
use ecap::answers::Spoke;
use ecap::report::document::{Block, Value};
use ecap::report::{Facts, REPORTS, explain, lines};
use ecap::result::Results;
use ecap::survey::Column;
use ecap::text::Lang;
use ecap::tree::{LeftOut, Node, Tree};

use crate::common::ecap;
use crate::harness::{Case, LEVEL, POINT, Scored, Survey, YES, assert_near, case_of, group, item, list, review, survey};

const NA: &str = "na: {zh: 没有这种情况, en: there is no such thing}";

fn told(results: &Results, tree: &Tree, name: &str, lang: Lang) -> String {
    let subject = *derivation::subjects(tree, name).first().expect("a node of the tree");
    let derived = derivation::derivation(results, tree, subject);
    let mut text = lines(&explain::document(&derived, results, tree, "0123456789abcdef0123"), lang).join("\n");
    text.push('\n');
    text
}

/// The same as the file of this name says.
fn is_told(results: &Results, tree: &Tree, name: &str, lang: Lang, file: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/explain/{file}.txt"));
    let said = told(results, tree, name, lang);
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        fs::write(&path, &said).expect("a file");
    }
    let expected = fs::read_to_string(&path).expect("the expected text");
    assert!(said == expected, "{}:\n{said}", path.display());
}

fn derived(results: &Results, tree: &Tree, id: &str) -> ItemDerivation {
    let index = tree.items.iter().position(|item| item.id == id).expect("the item");
    derivation::item(results, tree, index)
}

/// Respondent, submission, is it a review, verdict.
fn verdicts(results: &Results, tree: &Tree, id: &str) -> Vec<(String, usize, bool, Verdict)> {
    derived(results, tree, id).cells.into_iter().map(|cell| (cell.respondent, cell.submission, cell.review, cell.verdict)).collect()
}

/// Two level-1 groups, the second with two groups of its own; `a` is 甲局's, `d` may be N/A, `e` is the outsider's.
fn body() -> String {
    let one = [
        item("a", LEVEL, "lead: one, criticality: veto"),
        item("b", LEVEL, &format!("weight: 2, {NA}")),
        item("c", POINT, "criticality: key"),
    ];
    let deep = [
        group("02.1", "weight: 3", &[item("d", POINT, NA), item("e", YES, "lead: upper")], &[]),
        group("02.2", "", &[item("f", POINT, NA)], &[]),
    ];
    list("groups", &[group("01", "weight: 2", &one, &[]), group("02", "", &[], &deep)])
}

fn scored(surveys: Vec<Survey>) -> (Scored, Tree) {
    let case = surveys.into_iter().fold(case_of(&body()), Case::survey);
    (case.score(), case_of(&body()).tree)
}

/// 甲局 sent twice, 乙局 once; the assessors reviewed `a`.
fn week() -> (Scored, Tree) {
    scored(vec![
        survey("甲局").file("甲局.xlsx").own("a", "1").own("b", "3").own("c", "50").own("d", "80"),
        survey("甲局")
            .file("甲局-补.xlsx")
            .submission("第2次")
            .own("a", "2")
            .put("a", Column::Evidence, "甲发〔2026〕1号")
            .own("b", "3")
            .own("c", "40")
            .own("f", "不适用")
            .note("f", "没有这类设施"),
        survey("乙局").own("a", "3").own("b", "0").own("c", "0.5").own("d", "90").own("e", "是"),
        review("评估组").review("a", "１分").put("a", Column::Verification, "抽查").review_note("a", "抽查3份，2份没有签章"),
    ])
}

#[test]
fn an_item_with_several_respondents_a_superseded_version_and_a_review_is_derived_in_full() {
    let (scored, tree) = week();
    is_told(&scored.results, &tree, "a", Lang::Zh, "review");
    is_told(&scored.results, &tree, "01.01", Lang::En, "review-en");
    assert_eq!(
        verdicts(&scored.results, &tree, "a"),
        [
            ("乙局".to_string(), 1, false, Verdict::Reviewed),
            ("甲局".to_string(), 2, false, Verdict::Reviewed),
            ("甲局".to_string(), 1, false, Verdict::Superseded),
            ("评估组".to_string(), 1, true, Verdict::Counts),
        ]
    );
}

#[test]
fn answers_that_are_merged_and_one_that_only_repeats_are_told_apart() {
    let (scored, tree) = week();
    is_told(&scored.results, &tree, "01.02", Lang::Zh, "merged");
}

#[test]
fn an_item_that_left_says_why_and_what_it_would_bring() {
    let (scored, tree) = week();
    is_told(&scored.results, &tree, "f", Lang::Zh, "not-applicable");
}

#[test]
fn a_group_lists_its_children_and_what_left() {
    let (scored, mut tree) = week();
    is_told(&scored.results, &tree, "02", Lang::Zh, "group");
    is_told(&scored.results, &tree, "02.1", Lang::Zh, "group-outsider");
    is_told(&scored.results, &tree, "01", Lang::En, "group-en");
    // The same without `b`, by the settings.
    tree.local.left_out =
        vec![LeftOut { node: Node::Item(1), reason: "市里统一做".to_string(), approved_by: "分管副区长".to_string() }];
    tree.local.out_ids = ["b".to_string()].into();
    let mut left = case_of(&body()).survey(survey("甲局").own("a", "0").own("b", "3").own("c", "0"));
    left.tree.local = tree.local.clone();
    let results = left.score().results;
    is_told(&results, &tree, "01", Lang::Zh, "group-out-of-scope");
    is_told(&results, &tree, "b", Lang::Zh, "out-of-scope");
}

#[test]
fn the_total_lists_the_areas_and_the_reasons_of_the_grade() {
    let (scored, tree) = week();
    is_told(&scored.results, &tree, "总分", Lang::Zh, "total");
}

#[test]
fn every_reason_not_to_count_is_told() {
    let one = |surveys: Vec<Survey>, id: &str| -> Vec<Verdict> {
        let (scored, tree) = scored(surveys);
        verdicts(&scored.results, &tree, id).into_iter().map(|(.., verdict)| verdict).collect()
    };
    use Verdict::{Assessor, Blank, BlankBeside, Copy, Counts, Lead, Outweighed, Reviewed, SetAside, Superseded, Torn};
    let file = |name: &str, file: &str| survey(name).file(file);
    assert_eq!(one(vec![survey("乙局").own("a", "1"), survey("甲局").own("a", "2")], "a"), [Lead, Counts]);
    assert_eq!(one(vec![survey("乙局").own("a", "1"), survey("甲局").own("a", "")], "a"), [Counts, Outweighed]);
    assert_eq!(one(vec![survey("甲局").own("a", "2"), survey("评估组").own("a", "1")], "a"), [Assessor, Counts]);
    assert_eq!(one(vec![survey("乙局").own("e", "是"), survey("甲局").own("e", "")], "e"), [SetAside, Blank]);
    assert_eq!(one(vec![file("甲局", "1.xlsx").own("b", "2"), file("甲局", "2.xlsx").own("b", "2分")], "b"), [Counts, Copy]);
    let second = |value: &str| file("甲局", "2.xlsx").submission("2").own("b", value);
    assert_eq!(one(vec![file("甲局", "1.xlsx").own("b", "2"), second("3")], "b"), [Superseded, Counts]);
    assert_eq!(one(vec![file("甲局", "1.xlsx").own("b", "2"), second("")], "b"), [Superseded, Blank], "the last is blank, and speaks");
    assert_eq!(one(vec![file("甲局", "1.xlsx").own("b", "2"), file("甲局", "2.xlsx").own("b", "")], "b"), [Counts, BlankBeside]);
    assert_eq!(one(vec![file("甲局", "1.xlsx").own("b", "2"), file("甲局", "2.xlsx").own("b", "1")], "b"), [Torn, Torn]);
    let reviewed = survey("甲局").own("b", "2").review("b", "3").review_note("b", "看了");
    assert_eq!(one(vec![reviewed, survey("乙局").own("b", "")], "b"), [Reviewed, Reviewed, Counts]);
    // The department's name in English is the same respondent.
    assert_eq!(
        one(vec![file("甲局", "1.xlsx").own("b", "2"), file("Bureau A", "2.xlsx").submission("2").own("b", "1")], "b"),
        [Counts, Superseded]
    );
}

/// What is said in brackets before each cell of an item.
fn brackets(scored: &(Scored, Tree), id: &str, lang: Lang) -> Vec<String> {
    let text = told(&scored.0.results, &scored.1, id, lang);
    let (open, close) = if lang == Lang::Zh { ('【', '】') } else { ('[', ']') };
    let numbered = |line: &&str| line.trim_start().starts_with(|first: char| first.is_ascii_digit());
    let cells = text.lines().filter(numbered).filter_map(|line| Some(line.split_once(open)?.1.split_once(close)?.0.to_string()));
    cells.collect()
}

#[test]
fn of_each_state_it_is_said_what_it_does() {
    let one = |cells: &[&str]| {
        let names = ["丙局", "丁局", "戊局", "己局"];
        let surveys = cells.iter().zip(names).map(|(cell, name)| survey(name).own("b", *cell).note("b", "没有河流"));
        scored(surveys.collect())
    };
    let said = |cells: &[&str]| brackets(&one(cells), "b", Lang::Zh);
    assert_eq!(said(&["3"]), ["计入"]);
    assert_eq!(said(&["不适用"]), ["未计：不适用，本题因此退出计分"]);
    assert_eq!(said(&["查无资料"]), ["计入，按 0 分"]);
    assert_eq!(said(&["乱写"]), ["未计：读不出，本题因此按空白计 0 分"]);
    assert_eq!(said(&[""]), [""; 0], "listed apart");
    // By name: 丁局, 丙局, 己局, 戊局.
    assert_eq!(
        said(&["3", "不适用", "查无资料", "乱写"]),
        ["未计：不适用；另有作了答的，以它为准", "计入", "未计：读不出；另有作了答的，以它为准", "未计：查无资料；另有作了答的，以它为准"]
    );
    assert_eq!(said(&["查无资料", "不适用"]), ["未计：不适用；另有填“查无资料”的，以它为准", "计入，按 0 分"]);
    assert_eq!(said(&["不适用", "乱写"]), ["未计：读不出；另有填“不适用”的，以它为准", "未计：不适用，本题因此退出计分"]);
    assert_eq!(
        brackets(&one(&["不适用", "乱写"]), "b", Lang::En),
        ["not counted: unreadable; \"N/A\" elsewhere comes first", "not counted: N/A, by which the item leaves the score"]
    );
    // A review that says so does the same; what leaves by `--missing exclude` is said to.
    let reviewed = scored(vec![survey("甲局").own("b", "3").review("b", "不适用").review_note("b", "没有河流")]);
    assert_eq!(brackets(&reviewed, "b", Lang::Zh), ["未计：已有复核，只认复核", "未计：不适用，本题因此退出计分"]);
    let mut out = case_of(&body()).survey(survey("甲局").own("b", "乱写").own("c", "30"));
    out.tree.policy.missing = ecap::policy::Missing::Exclude;
    assert_eq!(brackets(&(out.score(), case_of(&body()).tree), "b", Lang::Zh), ["未计：读不出，本题因此退出计分"]);
    // A copy of what another rule leaves out is no copy of something that counts.
    let file = |file: &str| survey("乙局").file(file).own("a", "1");
    assert_eq!(
        brackets(&scored(vec![file("1.xlsx"), file("2.xlsx"), survey("甲局").own("a", "2")]), "a", Lang::Zh),
        ["未计：牵头部门有答案，以牵头部门的为准", "未另计：与同一填报单位的另一份相同，只看那一份", "计入"]
    );
}

#[test]
fn results_say_which_cell_spoke_and_older_ones_are_read() {
    let file = |file: &str, number: &str| survey("甲局").file(file).submission(number);
    let spoke = |results: &Results| -> Vec<Option<Spoke>> {
        let item = results.items.iter().find(|item| item.id == "b").expect("the item");
        item.answers.iter().map(|answer| answer.spoke).collect()
    };
    let (own, review) = (Some(Spoke::Own), Some(Spoke::Review));
    // The later submission took the review back, and the self-rating says the same: no score tells which cell spoke.
    let (taken_back, tree) = scored(vec![
        file("1.xlsx", "1").own("b", "2").review("b", "2").review_note("b", "看了"),
        file("2.xlsx", "2").own("b", "2").review("b", ""),
    ]);
    assert_eq!(spoke(&taken_back.results), [own, None]);
    let cells = derived(&taken_back.results, &tree, "b").cells;
    assert_eq!(cells.iter().map(|cell| cell.verdict).collect::<Vec<_>>(), [Verdict::Counts, Verdict::Superseded, Verdict::Copy]);
    let (reviewed, tree) =
        scored(vec![file("1.xlsx", "1").own("b", "2").review("b", "3").review_note("b", "看了"), survey("乙局").own("b", "1")]);
    assert_eq!(spoke(&reviewed.results), [None, review]);
    let (torn, _) = scored(vec![file("1.xlsx", "1").own("b", "2"), file("2.xlsx", "1").own("b", "3")]);
    assert_eq!(spoke(&torn.results), [None, None]);
    let (other, _) = scored(vec![
        file("1.xlsx", "1").own("b", "2").review("b", "3").review_note("b", "看了"),
        file("2.xlsx", "2").own("b", "2").review("b", ""),
    ]);
    assert_eq!(spoke(&other.results), [own, None]);
    for results in [&reviewed.results, &torn.results, &other.results] {
        let mut value: serde_json::Value = serde_json::from_str(&ecap::result::to_json(results)).expect("JSON");
        for item in value["items"].as_array_mut().expect("items") {
            for answer in item["answers"].as_array_mut().expect("answers") {
                assert!(answer.as_object_mut().expect("an answer").remove("spoke").is_some());
            }
        }
        assert_eq!(ecap::result::from_json(&value.to_string()).as_ref(), Ok(results));
    }
    assert!(spoke(&ecap::result::redact(&reviewed.results, &tree, &[])).contains(&review));
}

#[test]
fn of_redacted_results_it_is_said_what_is_withheld() {
    let body = body().replace("lead: one, criticality: veto", "lead: one, criticality: veto, sensitive: true");
    let case = || case_of(&body).survey(survey("甲局").own("a", "2").own("b", "不适用").note("b", "没有河流").own("c", "40"));
    let tree = case().tree;
    let redacted = ecap::result::redact(&case().score().results, &tree, &[]);
    let lines =
        |name: &str| -> Vec<String> { told(&redacted, &tree, name, Lang::Zh).lines().map(|line| line.trim().to_string()).collect() };
    let withheld = lines("a");
    assert!(withheld.contains(&"没有得分：敏感题，答案和得分不公开".to_string()), "{withheld:#?}");
    assert!(withheld.iter().any(|line| line.starts_with("占总分的比例 = 3/5 × ")), "{withheld:#?}");
    assert!(!withheld.iter().any(|line| line.contains("退出计分") || line == "怎样会变"), "{withheld:#?}");
    let group = lines("01");
    assert!(group.contains(&"· 有敏感题的得分不公开，列出的各项加起来不到合计".to_string()), "{group:#?}");
    assert!(group.contains(&"离开的和不公开的".to_string()), "{group:#?}");
    let other = lines("b");
    let cell = "1. 【未计：不适用，本题因此退出计分】（填报单位不公开），第 1 次报送，自评；（所填内容不公开），不适用；出处：E3";
    assert!(other.contains(&cell.to_string()), "{other:#?}");
}

/// With the marks taken away the rules alone say which rows count: they say what the results say.
fn rules_alone_agree(results: &Results, tree: &Tree, what: &str) -> usize {
    let mut bare = results.clone();
    bare.items.iter_mut().flat_map(|item| &mut item.answers).for_each(|answer| answer.spoke = None);
    let mut rows = 0;
    for (index, item) in results.items.iter().enumerate() {
        let chosen = |one: &ItemDerivation, wanted: fn(Verdict) -> bool| -> Vec<(String, String, String)> {
            // An empty self-rating beside a review is listed only where it speaks.
            let cells = one.cells.iter().filter(|cell| wanted(cell.verdict) && cell.state != "blank");
            cells.map(|cell| (cell.file.clone(), cell.sheet.clone(), cell.cell.clone())).collect()
        };
        let (told, bare) = (derivation::item(results, tree, index), derivation::item(&bare, tree, index));
        let unexplained = |verdict| verdict == Verdict::Otherwise;
        let marked = chosen(&told, |verdict| verdict.decides() || verdict == Verdict::Outweighed);
        assert_eq!(chosen(&bare, unexplained), marked, "{what}: {}", item.id);
        assert_eq!(chosen(&told, unexplained), [], "{what}: {}", item.id);
        rows += marked.len();
    }
    rows
}

#[test]
fn the_reasons_follow_the_rules_on_random_workbooks() {
    let mut state = 20_261_122u64;
    let mut pick = |of: &[&'static str]| -> &'static str {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        of[usize::try_from(state >> 33).unwrap_or(0) % of.len()]
    };
    let mut rows = 0;
    for round in 0..60 {
        let surveys = (0..5).map(|number| {
            let name = pick(&["甲局", "Bureau A", "乙局", "评估组", "上级部门", "某公司", ""]);
            let is_review = pick(&["", "", "", "review"]) == "review";
            let blank = if is_review { review(name) } else { survey(name) };
            let mut one = blank.file(&format!("{number}.xlsx")).submission(pick(&["1", "2"]));
            for id in ["a", "b", "e"] {
                let (full, less) = if id == "e" { ("是", "否") } else { ("3", "1") };
                let own = [full, less, "", "查无资料", "乱写"];
                if !is_review {
                    one = one.own(id, pick(&own));
                }
                if pick(&["", "", "review"]) == "review" {
                    one = one.review(id, pick(&own)).review_note(id, "看了");
                }
            }
            one
        });
        let (scored, tree) = scored(surveys.collect());
        rows += rules_alone_agree(&scored.results, &tree, &format!("round {round}"));
    }
    assert!(rows > 200, "{rows}");
}

#[test]
fn what_would_change_an_item_is_what_scoring_anew_yields() {
    let answers = |a: &str, b: &str, d: &str| {
        let note = "没有河流";
        let one = survey("评估组").own("a", a).own("b", b).note("b", note).own("c", "30").own("d", d).note("d", note);
        scored(vec![one.own("e", "是").own("f", "")])
    };
    let total = |scored: &Scored| scored.total().score;
    let (now, tree) = answers("1", "2", "70");
    let what_if =
        |id: &str, case: WhatIfCase| derived(&now.results, &tree, id).what_if.into_iter().find(|one| one.case == case).expect("the case");
    for (case, b) in [(WhatIfCase::NextStep, "3"), (WhatIfCase::Best, "3"), (WhatIfCase::Worst, "0"), (WhatIfCase::NotApplicable, "不适用")]
    {
        let then = total(&answers("1", b, "70").0).expect("a total");
        let said = what_if("b", case);
        assert_near(said.total, then);
        assert_near(said.change, then - total(&now).expect("a total"));
    }
    let gain = derived(&now.results, &tree, "b").next.expect("a next step").gain;
    assert_near(what_if("b", WhatIfCase::NextStep).change, gain);
    let (left, tree) = answers("1", "2", "不适用");
    let back = derived(&left.results, &tree, "d").what_if;
    assert_eq!(back.iter().map(|one| one.case).collect::<Vec<_>>(), [WhatIfCase::Best, WhatIfCase::Worst]);
    assert_near(back[0].total, total(&answers("1", "2", "100").0).expect("a total"));
    let only = case_of(&list("items", &[item("a", POINT, NA)]));
    let tree = case_of(&list("items", &[item("a", POINT, NA)])).tree;
    let alone = only.answers(&["50"]);
    let none = derived(&alone.results, &tree, "a").what_if;
    assert_eq!(none.last().map(|one| (one.case, one.total, one.change)), Some((WhatIfCase::NotApplicable, None, None)));
}

/// The results of a sample, with the tree as they were scored by it.
fn sample(name: &str) -> (Results, Tree) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    let (code, _, err) = ecap(&["score", &format!("samples/{name}"), "-o", &out, "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let unit = fs::read_dir(folder.path()).expect("a folder").next().expect("a unit").expect("a unit").path();
    let text = fs::read_to_string(unit.join("results.json")).expect("results");
    let results = ecap::result::from_json(&text).expect("results");
    let mut tree = ecap::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).expect("the tree");
    ecap::result::restore(&results, &mut tree).expect("results of this tree");
    (results, tree)
}

/// The numbers of a column of digits like `12.3456`, without their point.
fn units(text: &str) -> i64 {
    text.replace('.', "").parse().expect("a number of four decimals")
}

#[test]
fn every_sum_of_the_samples_comes_out_to_the_last_digit_shown() {
    for name in ["linjiang", "wanghai", "qiyun"] {
        let (results, tree) = sample(name);
        assert!(rules_alone_agree(&results, &tree, name) > 380);
        let mut contributions = 0.0;
        for index in 0..tree.items.len() {
            let one = derivation::item(&results, &tree, index);
            contributions += one.contribution.unwrap_or(0.0);
            let product: f64 = one.path.iter().map(|level| level.part.unwrap_or(0.0)).product();
            assert!((product - one.share).abs() < 1e-12, "{name} {}", one.reference);
        }
        assert_near(results.total.score, contributions);
        let groups = (0..tree.groups.len()).map(Subject::Group);
        for subject in groups.chain([Subject::Total]) {
            let Derivation::Mean(one) = derivation::derivation(&results, &tree, subject) else { panic!("a group") };
            let Some(score) = one.score else { continue };
            assert_near(Some(one.children.iter().map(|child| child.into).sum()), score);
            assert_near(one.contribution, one.children.iter().map(|child| child.contribution).sum());
            // As it is printed: the columns of contributions add up in integers of the last digit.
            let code = one.code.clone().unwrap_or_else(|| "总分".to_string());
            let text = told(&results, &tree, &code, Lang::Zh);
            let mut rows =
                text.lines().skip_while(|line| *line != "由什么构成").skip(2).map(|line| line.split_whitespace().collect::<Vec<_>>());
            let children: Vec<Vec<&str>> = rows.by_ref().take(one.children.len()).collect();
            let sum = rows.next().expect("the sum");
            assert_eq!(sum[0], "合计");
            let columns = if code == "总分" { vec![(4, 3)] } else { vec![(4, 3), (6, 5)] };
            for (column, of_sum) in columns {
                let added: i64 = children.iter().map(|row| units(row[column])).sum();
                assert_eq!(added, units(sum[of_sum]), "{name} {code}, column {column}\n{text}");
            }
        }
    }
}

#[test]
fn results_alone_explain_as_the_workbooks_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    assert_eq!(ecap(&["score", "samples/qiyun", "-o", &out, "--format", "json", "--target", "70"]).0, 0);
    for node in ["09.3.05", "总分"] {
        let from_workbooks = ecap(&["explain", "samples/qiyun", node, "--target", "70"]);
        assert_eq!(ecap(&["explain", &out, node]), from_workbooks, "{node}");
    }
    let json = ecap(&["explain", "samples/qiyun", "09", "--target", "70", "--json"]);
    let file = folder.path().join("栖云区-2026/results.json").display().to_string();
    assert_eq!(ecap(&["explain", &file, "09", "--json"]), json);
    assert!(serde_json::from_str::<serde_json::Value>(&json.1).is_ok());
}

#[test]
fn results_that_are_none_or_of_another_tree_are_refused() {
    let (scored, mut tree) = week();
    let text = ecap::result::to_json(&scored.results);
    let said = |text: &str| ecap::result::from_json(text).map(drop).map_err(|why| why.zh.to_string());
    assert_eq!(said(&text), Ok(()));
    assert_eq!(said("{}"), Err("不是 ecap score 写出的 results.json，或已经损坏".to_string()));
    let next = text.replace("ecap-results/1", "ecap-results/2");
    assert_eq!(said(&next), Err("格式是“ecap-results/2”，本程序读的是“ecap-results/1”".to_string()));
    for wrong in ["\"share\": 1e300", "\"share\": -1"] {
        let digits = text.find("\"share\": ").map(|at| at + "\"share\": ".len()).expect("a share");
        let end = text[digits..].find(',').expect("its end") + digits;
        let changed = format!("{}{}", &text[..digits - "\"share\": ".len()], wrong) + &text[end..];
        assert_eq!(said(&changed), Err("里面有不可能的数".to_string()), "{wrong}");
    }
    let back = ecap::result::from_json(&text).expect("results");
    assert_eq!(back, scored.results);
    assert_eq!(ecap::result::restore(&back, &mut tree), Ok(()));
    let mut other = case_of(&list("items", &[item("a", POINT, "")])).tree;
    let refused = ecap::result::restore(&back, &mut other).expect_err("another tree");
    assert!(
        refused.zh.starts_with("它是按另一棵指标树（try，1 版，摘要 1852d614a782db0a）算的，这次用的是 try，1 版，摘要 "),
        "{}",
        refused.zh
    );
    assert!(refused.zh.ends_with("。请用 --tree 指明那棵树"), "{}", refused.zh);
}

#[test]
fn markdown_goes_to_the_file_or_the_folder_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (code, out, err) = ecap(&["explain", "samples/linjiang", "01.1.01", "-o", &place("one.md")]);
    assert_eq!((code, out, err), (0, String::new(), format!("已写好 {}\n", place("one.md"))));
    assert_eq!(ecap(&["explain", "samples/linjiang", "01.1.01", "-o", &place("all")]).0, 0);
    let one = fs::read(folder.path().join("one.md")).expect("a file");
    assert_eq!(fs::read(folder.path().join("all/得分由来_临江区_2026_01.1.01.md")).expect("a file"), one);
    assert!(String::from_utf8(one).expect("UTF-8").starts_with("# 得分由来：01.1.01（临江区 2026）\n"));
}

/// Every link of the workbook leads to a row of it, and an item's ref to its row and on to its derivation.
#[test]
fn links_lead_from_every_table_to_the_item_and_from_there_to_its_derivation() {
    let (results, tree) = sample("qiyun");
    let facts = Facts::new(&results, &tree, String::new());
    let document = (REPORTS[0].document)(&facts);
    let tables = document.sheets.iter().flat_map(|sheet| &sheet.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let tables: Vec<_> = tables.collect();
    let first = |table: &str, anchor: &str| -> Option<Value> {
        let rows = &tables.iter().find(|one| one.id == table).expect("the table").rows;
        rows.iter().find(|row| row.anchor.as_deref() == Some(anchor)).map(|row| row.cells[0].clone())
    };
    let mut links = 0;
    for table in &tables {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            let Value::Link(text, anchor) = cell else { continue };
            links += 1;
            let lands = tables.iter().flat_map(|table| &table.rows).any(|row| row.anchor.as_deref() == Some(anchor));
            assert!(lands, "{}: {} to {anchor}", table.id, text.zh);
        }
    }
    assert!(links > 1500, "{links}");
    for item in results.items.iter().filter(|item| item.state != "out_of_scope") {
        let (row, derived) = (format!("item {}", item.id), format!("derivation {}", item.id));
        let reference = || item.reference.clone().into();
        assert_eq!(first("details", &row), Some(Value::Link(reference(), derived.clone())));
        assert_eq!(first("derivations", &derived), Some(Value::Link(reference(), row)));
    }
    for id in ["weak", "near", "law", "unknown", "moved", "reviews"] {
        let table = tables.iter().find(|table| table.id == id).expect("the table");
        let at = usize::from(id == "weak");
        // The last row of what was moved is its sum.
        let rows = table.rows.iter().filter(|row| row.cells[at] != Value::Empty);
        assert!(rows.clone().count() > 0 && rows.clone().all(|row| matches!(row.cells[at], Value::Link(..))), "{id}");
    }
}

#[test]
fn departments_have_the_names_of_the_tree_and_an_average_lies_between_steps() {
    let survey = format!("{}/samples/wanghai", env!("CARGO_MANIFEST_DIR"));
    let (code, said, _) = ecap(&["explain", &survey, "02.2.02", "--lang", "en"]);
    assert_eq!(code, 0);
    assert!(
        said.contains("[counts] Emergency Management, submission 1") && said.contains("[counts] Government Office, submission 1"),
        "{said}"
    );
    assert!(
        said.contains("The merged 83.3 (83.3333 before rounding) is the score of no step: between \"at least 85%\" and \"at least 95%\""),
        "{said}"
    );
    let (_, said, _) = ecap(&["explain", &survey, "06.3.06", "--lang", "zh"]);
    assert!(said.contains("合并后的 50.0 分不是哪一档的分：在“达到 40%”与“达到 70%”两档之间"), "{said}");
    let (_, said, _) = ecap(&["explain", &survey, "total", "--lang", "en"]);
    assert!(said.starts_with("Where the total comes from (望海区, 2026)"), "{said}");
}
