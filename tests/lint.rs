//! Each rule of `ecap tree check --strict` has an example that breaks it, and items beside it that do not.
//!
//! A case is a folder named after its rule: `tree.yaml`, and what the rule says of it, in `expected.txt`. What other rules say of so small a tree
//! is left out.

use std::fs;
use std::path::Path;

use ecap::lint::figures::figures;
use ecap::lint::{EXCEPTION, RULES, lint};
use ecap::text::Lang;
use ecap::tree;
use ecap::weighting::WEIGHTINGS;

fn said(case: &Path, code: &str) -> String {
    let mut findings = Vec::new();
    let name = case.join("tree.yaml").display().to_string();
    let tree = tree::load(&name, &mut findings).expect("a readable case").tree;
    let lines: Vec<String> = findings.iter().map(|finding| finding.line(Lang::Zh)).collect();
    let tree = tree.unwrap_or_else(|| panic!("{name}:\n{}", lines.join("\n")));
    let folder = format!("{}/", case.display());
    let of_the_rule = |lang: Lang| -> Vec<String> {
        let all = lint(&tree).findings;
        all.iter().filter(|finding| finding.code == code).map(|finding| finding.line(lang).replace(&folder, "")).collect()
    };
    [of_the_rule(Lang::Zh), of_the_rule(Lang::En)].concat().join("\n") + "\n"
}

#[test]
fn every_rule_has_an_example_that_breaks_it() {
    let kinds = RULES.iter().map(|rule| rule.kind).chain([&EXCEPTION]);
    let mut wrong = Vec::new();
    for kind in kinds {
        let case = Path::new("tests/cases/lint").join(kind.code.trim_start_matches("lint-"));
        let said = said(&case, kind.code);
        assert!(said.trim().lines().count() >= 2, "{}: no example breaks it", kind.code);
        let expected = case.join("expected.txt");
        if std::env::var_os("ECAP_ACCEPT").is_some() {
            fs::write(&expected, &said).expect("a writable case");
        }
        if said != fs::read_to_string(expected).unwrap_or_default() {
            wrong.push(format!("== {}\n{said}", kind.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A place exactly at the legal floor everywhere: items with a floor at the lowest step that meets it, the others at 0 or in full.
#[test]
fn figures_say_what_a_tree_is_made_of() {
    let law = "basis: [{law: erl, article: \"1\", status: unverified}]";
    let level = "{type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}";
    let text = format!(
        r#"
id: try
edition: "1"
name: {{zh: 试, en: Try}}
departments: [{{id: one, name: {{zh: 甲局, en: Bureau A}}}}]
laws: [{{id: erl, name: {{zh: 某法, en: A law}}}}]
items:
  - {{id: a, question: {{zh: 甲？, en: A?}}, scale: {level}, legal_floor: 2, lead: one, {law}, evidence: [{{kind: 测试, zh: 试, en: try}}]}}
  - {{id: b, question: {{zh: 乙？, en: B?}}, scale: {level}, basis: [{{status: practice, note: {{zh: 自定, en: ours}}}}]}}
  - {{id: c, question: {{zh: 丙？, en: C?}}, scale: {{type: yes_no, pass: "yes"}}, criticality: key, legal_floor: 3, {law}}}
"#
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, text).expect("a tree file");
    let mut findings = Vec::new();
    let tree = tree::load(&path.to_string_lossy(), &mut findings).expect("a readable tree").tree;
    let tree = tree.unwrap_or_else(|| panic!("{findings:#?}"));
    let figures = figures(&tree, &(WEIGHTINGS[0].weigh)(&tree));
    let near = |found: Option<f64>, wanted: f64| found.is_some_and(|found| (found - wanted).abs() < 1e-9);
    // Weights 1, 1 and 2: 200/3 and 100 twice of four; then the item without a floor in full.
    assert!(near(figures.at_floor_low, (200.0 / 3.0 + 200.0) / 4.0), "{:?}", figures.at_floor_low);
    assert!(near(figures.at_floor_high, (200.0 / 3.0 + 300.0) / 4.0), "{:?}", figures.at_floor_high);
    assert_eq!(figures.shares, [(2, 0.5), (0, 0.25), (1, 0.25)]);
    assert_eq!((figures.all.items, figures.all.active, figures.floors, figures.practice_only), (3, 1, 2, 1));
    assert_eq!((figures.citations, figures.best), (vec![0, 2, 1], vec![0, 2, 1]));
    assert_eq!(figures.scales.iter().map(|(name, count)| (*name, count.items)).collect::<Vec<_>>(), [("level", 2), ("yes_no", 1)]);
    assert_eq!((figures.leads[0].items, figures.leads[0].active), (1, 1));
}
