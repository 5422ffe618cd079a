//! Each rule of `ecap tree check --strict` has an example that breaks it, and items beside it that do not.
//!
//! A case is a folder named after its rule: `tree.yaml`, and what the rule says of it, in `expected.txt`. What other rules say of so small a tree
//! is left out.

use std::fs;
use std::path::Path;

use ecap::lint::{EXCEPTION, RULES, lint};
use ecap::text::Lang;
use ecap::tree;

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
