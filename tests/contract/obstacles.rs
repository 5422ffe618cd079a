//! Section 5: what is said of cells that cannot be read, in full. `tests/cases/answers/typed.txt` names scale and text, `expected.txt` has
//! what is said; `ECAP_ACCEPT=1` writes the latter anew.

use std::fmt::Write;
use std::fs;

use ecap::text::Lang;

use crate::harness::{Put, case_of, item, list, survey};
use crate::typed::item_on;

#[test]
fn what_is_said_of_every_unreadable_cell() {
    let lines = fs::read_to_string("tests/cases/answers/typed.txt").expect("the cells");
    let lines: Vec<(&str, &str)> = lines.lines().map(|line| line.split_once(" | ").expect("a scale and a text")).collect();
    let id = |index: usize| format!("i{index}");
    let nodes: Vec<String> = lines.iter().enumerate().map(|(index, (scale, _))| item_on(&id(index), scale)).collect();
    let filled = lines.iter().enumerate().fold(survey("评估组"), |survey, (index, (_, text))| {
        // Digits are a number, as where they were typed.
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse::<f64>().expect("a number"));
        survey.own(&id(index), number.map_or_else(|| Put::from(*text), Put::from))
    });
    let scored = case_of(&list("items", &nodes)).survey(filled).score();
    let mut out = String::new();
    for (row, (scale, text)) in (2..).zip(&lines) {
        writeln!(out, "{scale} | {text}").expect("a line");
        let here = format!("E{row}");
        for finding in scored.results.findings.iter().filter(|finding| finding.place.cell.as_deref() == Some(here.as_str())) {
            writeln!(out, "  {} {}", finding.severity.word().zh, finding.code).expect("a line");
            let filled = ["{why}", "{how}", "{text}", "{hint}"].iter().all(|gap| !finding.message.zh.contains(gap));
            assert!(filled, "{scale} | {text}: {}", finding.message.zh);
            for lang in [Lang::Zh, Lang::En] {
                writeln!(out, "    {}", finding.message.get(lang)).expect("a line");
            }
        }
    }
    let path = "tests/cases/answers/expected.txt";
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        fs::write(path, &out).expect("a file");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    for (number, (found, wanted)) in (1..).zip(out.lines().zip(expected.lines())) {
        assert_eq!(found, wanted, "line {number}");
    }
    assert_eq!(out.lines().count(), expected.lines().count());
}

/// A number that the question itself names is never far out; else more than 20 times the largest of the scale is, at least 20.
#[test]
fn a_number_far_out_is_a_note_unless_the_question_names_it() {
    let said = |question: &str, cuts: &str, typed: f64| {
        let scale = format!("{{type: duration, unit: min, direction: lower, cuts: {cuts}}}");
        let node = item("a", &scale, "").replace("是否有a", question);
        let scored = case_of(&list("items", &[node])).survey(survey("评估组").own("a", typed)).score();
        assert_eq!(scored.state("a"), "answered");
        ["answer-far-out", "answer-stand-in"].iter().any(|code| !scored.found(code).is_empty())
    };
    assert!(said("用了几分钟", "[30, 15]", 999.0));
    assert!(!said("用了几分钟（没有填999）", "[30, 15]", 999.0));
    assert!(!said("用了几分钟（没有填９９９）", "[30, 15]", 999.0));
    assert!(said("用了几分钟（没有填9990）", "[30, 15]", 999.0));
    // That of another question, within the scale and beyond it.
    assert!(said("用了几分钟（没有填999）", "[120, 15]", 99.0));
    assert!(said("用了几分钟（没有填999）", "[30, 15]", 99.0));
    assert!(!said("用了几分钟", "[30, 15]", 99.0));
    assert_eq!((said("用了几分钟", "[30, 15]", 600.0), said("用了几分钟", "[30, 15]", 601.0)), (false, true));
    assert_eq!((said("用了几分钟", "[0]", 20.0), said("用了几分钟", "[0]", 20.5)), (false, true));
}
