//! Completeness, coordination, strength: `docs/method/indices.md`.

use ecap::analysis::indices::completeness::{self, Completeness};
use ecap::analysis::indices::coordination::Coordination;
use ecap::analysis::indices::{Indices, indices};
use ecap::analysis::views::views;
use ecap::number::snapped;
use ecap::policy::Missing;
use ecap::report::document::{Block, Table, Value};
use ecap::report::{Facts, REPORTS};
use ecap::result::Results;
use ecap::text::Lang;
use ecap::tree::Tree;
use ecap::tree::vocabulary::{FACETS, FACTOR};

use crate::harness::{Case, LEVEL, POINT, case_of, group, item, list};

const NA: &str = "na: {zh: 无, en: none}";

fn factor(word: &str, rest: &str) -> String {
    let rest = if rest.is_empty() { String::new() } else { format!(", {rest}") };
    format!("facets: {{factor: {word}}}{rest}")
}

/// The tree of the page's example.
fn example() -> Case {
    let one = [item("jia", POINT, &factor("人力", "")), item("yi", POINT, &factor("组织", ""))];
    let two = [
        item("bing", POINT, &factor("资源", "weight: 3")),
        item("ding", POINT, &factor("资源", "weight: 2")),
        item("wu", LEVEL, "legal_floor: 3"),
        item("ji", POINT, &factor("人力", NA)),
    ];
    case_of(&list("groups", &[group("01", "weight: 1", &one, &[]), group("02", "weight: 1", &two, &[])]))
}

/// C, T, D to four decimals and the class.
type Shown = (Option<String>, String, String, usize);

/// Indices, with the tree that they were made from.
struct Found {
    results: Results,
    tree: Tree,
    indices: Indices,
}

fn found(case: Case, answers: &[&str]) -> Found {
    let tree = case.tree.clone();
    let results = case.answers(answers).results;
    let indices = indices(&results, &tree, &views(&results, &tree));
    Found { results, tree, indices }
}

impl Found {
    /// Factor, in place, missing ids, unknown ids; all last.
    fn rows(&self) -> Vec<(&'static str, usize, Vec<&str>, Vec<&str>)> {
        let ids = |items: &[usize]| items.iter().map(|index| self.results.items[*index].id.as_str()).collect::<Vec<_>>();
        let Completeness { all, factors } = &self.indices.completeness;
        let name = |factor: Option<usize>| factor.map_or("", |factor| FACETS[FACTOR].vocabulary.words[factor].word);
        factors.iter().chain([all]).map(|row| (name(row.factor), row.in_place, ids(&row.missing), ids(&row.unknown))).collect()
    }

    fn degrees(&self) -> Vec<Option<Shown>> {
        let four = |value: f64| format!("{value:.4}");
        let one = |cut: &Coordination| {
            let degree = cut.degree?;
            Some((degree.coupling.map(four), four(degree.mean), four(degree.degree), degree.class()))
        };
        self.indices.coordination.iter().map(one).collect()
    }

    fn tables(&self) -> Vec<Table> {
        let document = (REPORTS[0].document)(&Facts::new(&self.results, &self.tree, "0".repeat(64)));
        let blocks = document.narrative.into_iter().flat_map(|section| section.blocks);
        blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
    }

    /// The three lines of the conclusion: value and what it says.
    fn said(&self, lang: Lang) -> Vec<String> {
        let tables = self.tables();
        let table = tables.iter().find(|table| table.id == "indices").expect("the table of indices");
        let text = |value: &Value| if let Value::Text(text) = value { text.get(lang).to_string() } else { String::new() };
        table.rows.iter().flat_map(|row| row.cells[1..].iter().map(text)).collect()
    }
}

fn some(coupling: &str, mean: &str, degree: &str, class: usize) -> Option<Shown> {
    Some((Some(coupling.to_string()), mean.to_string(), degree.to_string(), class))
}

#[test]
fn the_example_of_the_page() {
    let found = found(example(), &["90", "40", "100", "", "2", "不适用"]);
    assert_eq!(
        found.rows(),
        [
            ("人力", 1, vec![], vec![]),
            ("组织", 0, vec!["yi"], vec![]),
            ("资源", 1, vec![], vec!["ding"]),
            ("", 0, vec!["wu"], vec![]),
            ("", 2, vec!["yi", "wu"], vec!["ding"]),
        ]
    );
    let all = &found.indices.completeness.all;
    assert_eq!((all.needed(), all.low(), all.high()), (5, Some(0.4), Some(0.6)));
    assert_eq!(found.degrees(), [some("0.9474", "0.6333", "0.7746", 7), None, some("0.9995", "0.6306", "0.7939", 7)]);
    let weakest = found.indices.coordination[0].weakest.expect("a weakest factor");
    let [factors, phases, _] = &found.indices.coordination;
    assert_eq!((factors.parts[weakest.part].name.zh.as_ref(), format!("{:.4}", weakest.lifted.degree)), ("组织", "0.8602".to_string()));
    assert!((weakest.others - 0.75).abs() < 1e-12);
    assert_eq!((weakest.lifted.class(), phases.parts.len(), phases.weakest), (8, 0, None));
    assert_eq!(found.indices.losing.iter().map(|index| found.results.groups[*index].code.as_str()).collect::<Vec<_>>(), ["02", "01"]);
    assert!((found.results.total.score.expect("a total") - 63.055_555_555).abs() < 1e-6);
    assert_eq!(
        found.said(Lang::Zh),
        [
            "40.0%（空白全补上最高 60.0%）",
            "需要的 5 题中，2 题达到下限，2 题未达，1 题空白或读不出；能力要素中最低的是“组织”，0.0%。",
            "能力要素 0.7746（中级协调）；一级指标 0.7939（中级协调）",
            "最弱的环节：能力要素中的“组织”（40.0 分）、一级指标中的“02 组02”（61.1 分）。",
            "总分 63.1，等级：合格",
            "按权重逐级汇总的总分；失分最多的一级指标：02 组02（19.44 分）、01 组01（17.50 分）。",
        ]
    );
    assert_eq!(
        found.said(Lang::En)[2],
        "Capability factor 0.7746 (intermediate coordination); Level-1 indicator 0.7939 (intermediate coordination)"
    );
}

#[test]
fn where_all_left_there_is_no_index() {
    let items = [item("a", POINT, &factor("人力", NA)), item("b", POINT, &factor("组织", NA))];
    let found = found(case_of(&list("groups", &[group("01", "", &items, &[])])), &["不适用", "不适用"]);
    assert_eq!(found.rows(), [("", 0, vec![], vec![])]);
    assert_eq!((found.indices.completeness.all.low(), found.indices.completeness.all.high()), (None, None));
    assert_eq!(found.degrees(), [None, None, None]);
    assert!(found.indices.losing.is_empty());
    assert_eq!(
        found.said(Lang::Zh),
        [
            "无",
            "没有需要的题（全部不适用、不评或不作要求），不计。",
            "无",
            "按哪种分法都不足两个部分有得分，不计。",
            "无",
            "没有计分的题，无总分。",
        ]
    );
}

#[test]
fn a_factor_without_items_leaves_and_one_alone_says_nothing() {
    let items = |second: &str| [item("a", POINT, &factor("人力", "")), item("b", POINT, &factor(second, NA))];
    let of = |second: &str, answers: [&str; 2]| found(case_of(&list("groups", &[group("01", "", &items(second), &[])])), &answers);
    // 机构、手段、资源 hold no item: two parts are compared.
    assert_eq!(of("组织", ["90", "40"]).degrees()[0], some("0.9231", "0.6500", "0.7746", 7));
    assert_eq!(of("组织", ["90", "不适用"]).degrees(), [None, None, None]);
    assert_eq!(of("组织", ["90", "不适用"]).rows(), [("人力", 1, vec![], vec![]), ("", 1, vec![], vec![])]);
    assert_eq!(of("人力", ["90", "40"]).degrees(), [None, None, None]);
    // Nothing at all in one part; nothing at all.
    assert_eq!(of("组织", ["90", "0"]).degrees()[0], some("0.0000", "0.4500", "0.0000", 0));
    assert_eq!(of("组织", ["0", "0"]).degrees()[0], Some((None, "0.0000".to_string(), "0.0000".to_string(), 0)));
}

#[test]
fn perfect_scores_are_1_and_have_no_weakest_link() {
    let found = found(example(), &["100", "100", "100", "100", "3", "100"]);
    let all = &found.indices.completeness.all;
    assert_eq!((all.low(), all.high(), all.needed()), (Some(1.0), Some(1.0), 6));
    assert_eq!(found.degrees(), [some("1.0000", "1.0000", "1.0000", 9), None, some("1.0000", "1.0000", "1.0000", 9)]);
    assert!(found.indices.coordination.iter().all(|cut| cut.weakest.is_none()));
    assert_eq!(
        found.said(Lang::Zh),
        [
            "100.0%",
            "需要的 6 题中，6 题达到下限，0 题未达，0 题空白或读不出。",
            "能力要素 1.0000（优质协调）；一级指标 1.0000（优质协调）",
            "各部分得分相同，没有弱项。",
            "总分 100.0，等级：优秀",
            "按权重逐级汇总的总分。",
        ]
    );
}

/// The floor: the law before the pass mark, a lower target before the pass mark, the bands' own pass mark; and what needs nothing.
#[test]
fn the_floor_of_an_item() {
    let bands = "policy: {bands: [{code: a, name: {zh: 甲, en: A}, from: 70}, {code: b, name: {zh: 乙, en: B}, from: 50}, {code: c, name: {zh: 丙, en: C}, from: 0}]}\n";
    let items = [
        item("law", LEVEL, "legal_floor: 1, target: 0"),
        item("target", POINT, "target: 30"),
        item("high", POINT, "target: 90"),
        item("none", POINT, "target: 0"),
        item("no-data", POINT, ""),
    ];
    let list = list("items", &items);
    let floors = |body: &str| {
        let found = found(case_of(body), &["1", "30", "55", "0", "查无资料"]);
        let floors: Vec<Option<f64>> = (0..5).map(|index| completeness::floor(&found.results, &found.tree, index)).collect();
        let all = &found.indices.completeness.all;
        (floors, all.in_place, all.missing.clone(), all.unknown.clone())
    };
    let law = Some(100.0 / 3.0);
    assert_eq!(floors(&list), (vec![law, Some(30.0), Some(60.0), None, Some(60.0)], 2, vec![2, 4], vec![]));
    assert_eq!(floors(&format!("{bands}{list}")), (vec![law, Some(30.0), Some(50.0), None, Some(50.0)], 3, vec![4], vec![]));
    let single = "policy: {bands: [{code: a, name: {zh: 甲, en: A}, from: 0}]}\n";
    assert_eq!(floors(&format!("{single}{list}")).0[2], Some(60.0), "a single band says nothing of passing");
}

/// Blanks that leave the total are needed all the same.
#[test]
fn a_blank_is_never_in_place_whatever_it_scores() {
    for missing in [Missing::Zero, Missing::Exclude] {
        let found = found(example().missing(missing), &["90", "乱写", "100", "", "3", "不适用"]);
        let all = &found.indices.completeness.all;
        assert_eq!((all.in_place, all.missing.len(), all.unknown.len()), (3, 0, 2), "{missing:?}");
    }
}

#[test]
fn where_nothing_is_asked_completeness_is_none_and_the_degree_stands() {
    let items = [item("a", POINT, &factor("人力", "target: 0")), item("b", POINT, &factor("组织", "target: 0"))];
    let found = found(case_of(&list("groups", &[group("01", "", &items, &[])])), &["90", "40"]);
    assert_eq!(found.rows(), [("", 0, vec![], vec![])]);
    assert_eq!(found.indices.completeness.all.low(), None);
    assert_eq!(found.degrees()[0], some("0.9231", "0.6500", "0.7746", 7));
    let parts = &found.indices.coordination[0].parts;
    assert!(parts.iter().all(|part| part.losing.is_empty()), "a target that is met is not named");
}

#[test]
fn what_redaction_withholds_is_in_no_index() {
    let items = [item("a", POINT, &factor("人力", "sensitive: true")), item("b", POINT, &factor("组织", ""))];
    let found = found(case_of(&list("groups", &[group("01", "", &items, &[])])), &["90", "40"]);
    let redacted = ecap::result::redact(&found.results, &found.tree, &[]);
    let indices = indices(&redacted, &found.tree, &views(&redacted, &found.tree));
    assert_eq!((indices.completeness.all.needed(), indices.coordination[0].degree), (1, None));
}

/// Deterministic noise: a linear congruential generator's high bits.
struct Noise(u64);

impl Noise {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.next(of.len())]
    }
}

/// Random trees through the whole program: bounds, counts that add up, levels that are the report's scores, agreement with the law.
#[test]
fn what_holds_of_random_trees() {
    let mut noise = Noise(6);
    let (mut some_degree, mut some_unknown) = (0, 0);
    for _ in 0..60 {
        let mut answers = Vec::new();
        let mut number = 0;
        let mut items = |noise: &mut Noise| -> Vec<String> {
            let count = 1 + noise.next(5);
            let made = (0..count).map(|_| {
                number += 1;
                let word = noise.one(&["人力", "组织", "机构", "手段", "资源"]);
                let phase = noise.one(&["预防与准备", "监测与预警", "处置与救援", "恢复与重建"]);
                let facets = noise.one(&["{}", "{factor: W}", "{factor: W, phase_zh: P}", "{phase_zh: P}"]);
                let facets = facets.replace('W', word).replace('P', phase);
                let law = noise.one(&["", "legal_floor: 1, ", "legal_floor: 2, ", "legal_floor: 3, ", "target: 40, "]);
                let weight = 1 + noise.next(4);
                answers.push(noise.one(&["0", "1", "2", "3", "3", "", "不适用", "查无资料", "乱写"]));
                item(&format!("i{number}"), LEVEL, &format!("{law}weight: {weight}, facets: {facets}, {NA}"))
            });
            made.collect()
        };
        let groups: Vec<String> = (1..=1 + noise.next(4)).map(|code| group(&format!("0{code}"), "", &items(&mut noise), &[])).collect();
        let missing = [Missing::Zero, Missing::Exclude][noise.next(2)];
        let mut case = case_of(&list("groups", &groups)).missing(missing);
        if noise.next(3) == 0 {
            case = case.target([0.0, 50.0, 80.0][noise.next(3)]);
        }
        let found = found(case, &answers);
        let Completeness { all, factors } = &found.indices.completeness;
        let sum = |count: fn(&completeness::Elements) -> usize| factors.iter().map(count).sum::<usize>();
        assert_eq!((sum(|row| row.in_place), sum(|row| row.needed())), (all.in_place, all.needed()));
        for row in factors.iter().chain([all]).filter(|row| row.needed() > 0) {
            let (low, high) = (row.low().expect("a part"), row.high().expect("a part"));
            assert!(0.0 <= low && low <= high && high <= 1.0);
            some_unknown += usize::from(low < high);
        }
        for (index, result) in found.results.items.iter().enumerate() {
            let below = all.missing.contains(&index);
            if let Some(said) = result.below_legal_floor {
                assert_eq!(below, said, "{result:#?}");
            }
            assert!(!below || result.score.is_some_and(|score| snapped(score) < snapped(100.0)));
        }
        let scored: Vec<f64> = found.results.groups.iter().filter_map(|group| group.score).collect();
        assert_eq!(
            found.indices.coordination[2].parts.iter().map(|part| 100.0 * part.level).map(snapped).collect::<Vec<_>>(),
            scored.iter().map(|score| snapped(*score)).collect::<Vec<_>>()
        );
        for cut in &found.indices.coordination {
            let levels: Vec<f64> = cut.parts.iter().map(|part| part.level).collect();
            let Some(degree) = cut.degree else {
                assert!(levels.len() < 2);
                continue;
            };
            some_degree += 1;
            let root = levels.iter().product::<f64>().powf(1.0 / levels.len() as f64);
            assert!((degree.degree - root.sqrt()).abs() < 1e-9, "{levels:?}");
            assert!((0.0..=1.0).contains(&degree.degree));
            assert!(cut.weakest.is_none_or(|weakest| weakest.lifted.degree >= degree.degree));
            for index in cut.parts.iter().flat_map(|part| &part.losing) {
                assert!(found.results.items[*index].loss.is_some_and(|loss| loss > 0.0));
            }
        }
        // The report of whatever came out can be made.
        assert_eq!(found.said(Lang::Zh).len(), 6);
    }
    assert!(some_degree > 60 && some_unknown > 30, "{some_degree} {some_unknown}");
}
