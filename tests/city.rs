//! The built-in tree: the source's names and counts, and what an assessor may ask of 405 questions.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ecap::scale::measure::singular;
use ecap::tree::{Tree, load, named};
use serde_json::Value;

fn city() -> Tree {
    let mut findings = Vec::new();
    let tree = named("city", &mut findings).unwrap().tree.unwrap();
    assert_eq!(findings, []);
    tree
}

fn shown() -> Value {
    serde_json::from_str(&city().to_json()).unwrap()
}

#[test]
fn the_embedded_tree_is_the_one_in_indicators() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/city");
    let mut findings = Vec::new();
    let read = load(folder.to_str().unwrap(), &mut findings).unwrap().tree.unwrap();
    assert_eq!(findings, []);
    assert_eq!(read.to_json(), city().to_json());
}

/// Whatever stands behind a number is a singular behind 1.
#[test]
fn every_unit_of_the_tree_has_an_english_singular() {
    let tree = shown();
    let units: BTreeSet<&str> = tree["items"].as_array().unwrap().iter().filter_map(|item| item["scale"]["unit"]["en"].as_str()).collect();
    let known = [
        ("ambulances per 100,000", "ambulance per 100,000"),
        ("cases", "case"),
        ("chemicals", "chemical"),
        ("clauses", "clause"),
        ("contracts", "contract"),
        ("days", "day"),
        ("evaluators per site", "evaluator per site"),
        ("exercises", "exercise"),
        ("hazards", "hazard"),
        ("hours per member", "hour per member"),
        ("inspections", "inspection"),
        ("items", "item"),
        ("kinds", "kind"),
        ("months", "month"),
        ("people per 100,000", "person per 100,000"),
        ("people per 100,000 of the resident population", "person per 100,000 of the resident population"),
        ("plans", "plan"),
        ("points", "point"),
        ("problems", "problem"),
        ("projects", "project"),
        ("square metres per person", "square metre per person"),
        ("tasks", "task"),
        ("times", "time"),
        ("units", "unit"),
        ("volunteers per 10,000 permanent residents", "volunteer per 10,000 permanent residents"),
    ];
    let made: Vec<(&str, String)> = units.into_iter().map(|unit| (unit, singular(unit))).collect();
    assert_eq!(made, known.map(|(many, one)| (many, one.to_string())));
}

/// A field of a line of CSV; quoted fields hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    fields
}

#[test]
fn names_and_counts_are_the_sources() {
    let tree = shown();
    let groups = tree["groups"].as_array().unwrap();
    let items = tree["items"].as_array().unwrap();
    assert_eq!(
        (groups.iter().filter(|group| group["level"] == 1).count(), groups.iter().filter(|group| group["level"] == 2).count(), items.len()),
        (18, 67, 405)
    );
    let expected = include_str!("city/groups.csv");
    for line in expected.lines().skip(1) {
        let [top, top_zh, top_en, code, zh, en, count] = <[String; 7]>::try_from(fields(line)).unwrap();
        let find = |code: &str| groups.iter().find(|group| group["code"] == code).unwrap_or_else(|| panic!("no group {code}"));
        assert_eq!((find(&top)["name"]["zh"].as_str(), find(&top)["name"]["en"].as_str()), (Some(top_zh.as_str()), Some(top_en.as_str())));
        assert_eq!((find(&code)["name"]["zh"].as_str(), find(&code)["name"]["en"].as_str()), (Some(zh.as_str()), Some(en.as_str())));
        assert_eq!(items.iter().filter(|item| item["parent"] == code.as_str()).count().to_string(), count, "{code}");
    }
    let ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    let wanted: Vec<String> = (1..=405).map(|number| format!("eca-{number:04}")).collect();
    assert_eq!(ids, wanted);
}

#[test]
fn no_two_questions_are_alike_and_each_is_one() {
    let tree = shown();
    let mut seen = BTreeSet::new();
    for item in tree["items"].as_array().unwrap() {
        let (id, zh, en) = (&item["id"], item["question"]["zh"].as_str().unwrap(), item["question"]["en"].as_str().unwrap());
        assert!(seen.insert(zh.to_string()) && seen.insert(en.to_string()), "{id} asks what another asks");
        assert!(zh.ends_with('？') && en.ends_with('?'), "{id}");
        assert!(zh.chars().count() <= 60, "{id} has {} characters", zh.chars().count());
        assert!(!zh.contains(|character| ",;?!()".contains(character)), "{id}: half-width punctuation");
        assert!(!["且", "并且", "以及"].iter().any(|word| zh.contains(word)), "{id} joins two facts");
    }
}

/// The anchors of a level item, with digits and whatever the question says masked.
fn masked(question: &str, anchors: &[Value]) -> Vec<String> {
    let question: Vec<char> = question.chars().collect();
    anchors
        .iter()
        .map(|anchor| {
            let mut text = anchor["zh"].as_str().unwrap().to_string();
            for length in (2..=question.len()).rev() {
                for part in question.windows(length) {
                    text = text.replace(&part.iter().collect::<String>(), "□");
                }
            }
            text.chars().map(|character| if character.is_ascii_digit() { '#' } else { character }).collect()
        })
        .collect()
}

#[test]
fn anchors_are_written_for_their_own_item() {
    let tree = shown();
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut ladders: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for item in tree["items"].as_array().unwrap() {
        let Some(anchors) = item["scale"]["anchors"].as_array() else { continue };
        for anchor in anchors {
            for side in ["zh", "en"] {
                texts.entry(anchor[side].as_str().unwrap().to_string()).or_default().insert(item["id"].to_string());
            }
        }
        *ladders.entry(masked(item["question"]["zh"].as_str().unwrap(), anchors)).or_default() += 1;
    }
    for (text, items) in texts {
        assert!(items.len() <= 2, "{text:?} stands in {items:?}");
    }
    assert!(ladders.values().all(|times| *times <= 3));
}

#[test]
fn no_scale_and_no_department_has_too_much() {
    let tree = shown();
    let items = tree["items"].as_array().unwrap();
    let mut scales: BTreeMap<&str, usize> = BTreeMap::new();
    let mut leads: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        *scales.entry(item["scale"]["type"].as_str().unwrap()).or_default() += 1;
        *leads.entry(item["lead"].as_str().unwrap()).or_default() += 1;
    }
    assert!(scales.values().all(|count| 100 * count <= 55 * items.len()), "{scales:?}");
    assert!(leads.values().all(|count| 100 * count <= 35 * items.len()), "{leads:?}");
}

#[test]
fn the_items_pass_the_strict_check() {
    let lint = ecap::lint::lint(&city());
    let lines: Vec<String> = lint.findings.iter().map(|finding| finding.line(ecap::text::Lang::Zh)).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert!(lint.exceptions.len() <= ecap::lint::MOST_EXCEPTIONS);
}

/// What each profile keeps is what `distribution.csv` counts, and the core holds every group.
#[test]
fn profiles_keep_what_was_counted() {
    let tree = shown();
    let items = tree["items"].as_array().unwrap();
    let answered = |level: &str| items.iter().filter(|item| item["levels"].as_array().unwrap().iter().any(|own| own == level)).count();
    assert_eq!([answered("区县"), answered("乡镇街道"), answered("社区村")], [405, 139, 70]);
    let core: BTreeSet<&str> = items.iter().filter(|item| item["core"] == true).map(|item| item["parent"].as_str().unwrap()).collect();
    assert_eq!(core.len(), 67);
    assert_eq!(items.iter().filter(|item| item["core"] == true).count(), 67);
}

/// A limit is one that the question states: its own number, the days of a month, or all of a whole in percent.
#[test]
fn a_limit_is_stated_by_its_question() {
    let tree = shown();
    let mut limited = 0;
    for item in tree["items"].as_array().unwrap() {
        let (question, scale) = (item["question"]["zh"].as_str().unwrap(), &item["scale"]);
        let Some(max) = scale["max"].as_u64() else {
            let months = scale["unit"]["zh"] == "个月";
            assert!(!months, "{question}: how many months it asks about is its limit");
            continue;
        };
        limited += 1;
        let stated = question.split(|character: char| !character.is_ascii_digit()).any(|digits| digits == max.to_string());
        let of_a_month = max == 31 && question.contains("每月") && scale["unit"]["zh"] == "天";
        let of_a_whole = max == 100 && scale["unit"] == "%" && question.contains('占');
        assert!(stated || of_a_month || of_a_whole, "{question}: {max}");
    }
    assert_eq!(limited, 15);
}
