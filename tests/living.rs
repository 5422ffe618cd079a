//! The living workbook (`--formulas`): every formula with its value, only functions that all spreadsheets share, and nothing
//! of it without the flag. `tests/outside/living.py` recalculates it with LibreOffice.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value as Json;

use common::sample;

/// The exit code, and all that is said.
fn ecap(arguments: &[&str]) -> (i32, String) {
    let (code, out, err) = common::ecap(arguments);
    (code, out + &err)
}

/// The XML of every sheet.
fn sheets(path: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().to_string()).collect();
    let names: Vec<String> = names.into_iter().filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    let read = |name: &String| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(read).collect()
}

/// Each formula cell: its type, its formula, its stored value.
fn formulas(sheet: &str) -> Vec<(String, String, String)> {
    let plain = |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let inside = |cell: &str, tag: &str| {
        cell.split_once(&format!("<{tag}>")).and_then(|(_, rest)| rest.split_once(&format!("</{tag}>"))).map(|(text, _)| plain(text))
    };
    let cells = sheet.split("<c ").skip(1).filter(|cell| cell.contains("<f>"));
    cells
        .map(|cell| {
            let head = cell.split('>').next().unwrap();
            let kind = if head.contains("t=\"str\"") {
                "str"
            } else if head.contains(" t=") {
                "other"
            } else {
                "number"
            };
            (kind.to_string(), inside(cell, "f").unwrap(), inside(cell, "v").unwrap_or_else(|| panic!("no stored value: {cell}")))
        })
        .collect()
}

/// Names before a bracket, outside quotes.
fn functions(formula: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (index, part) in formula.split('"').enumerate().filter(|(index, _)| index % 2 == 0) {
        let outside: String = part.split('\'').enumerate().filter(|(index, _)| index % 2 == 0).map(|(_, part)| part).collect();
        for (at, _) in outside.match_indices('(') {
            let name: String = outside[..at].chars().rev().take_while(char::is_ascii_uppercase).collect();
            found.insert(name.chars().rev().collect());
        }
        assert!(index < 100);
    }
    found.remove("");
    found
}

/// How deep brackets stand in each other.
fn depth(formula: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for character in formula.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

const SHARED: [&str; 18] = [
    "ABS", "AND", "AVERAGE", "COUNT", "COUNTIF", "COUNTIFS", "IF", "INDEX", "ISERROR", "ISNUMBER", "MAX", "MEDIAN", "MIN", "OR", "ROUND",
    "SUM", "SUMIF", "SUMIFS",
];

#[test]
fn every_formula_has_a_value_and_only_shared_functions() {
    let out = tempfile::tempdir().unwrap();
    let place = out.path().display().to_string();
    for (input, folder) in [("linjiang", "临江区-2026"), ("wanghai", "望海区-2026"), ("qiyun", "栖云区-2026")] {
        let (code, err) = ecap(&["score", &sample(input), "--formulas", "-o", &place]);
        assert_eq!(code, 0, "{err}");
        let folder = out.path().join(folder);
        let all: Vec<(String, String, String)> = sheets(&folder.join("report.xlsx")).iter().flat_map(|sheet| formulas(sheet)).collect();
        assert!(all.len() > 15_000, "{input}: only {} formulas", all.len());
        for (kind, formula, value) in &all {
            assert!(kind == "str" || value.parse::<f64>().is_ok_and(f64::is_finite), "{kind} {formula} {value:?}");
            assert!(formula.chars().count() < 8192 && depth(formula) < 64, "{formula}");
            for name in functions(formula) {
                assert!(SHARED.contains(&name.as_str()) || ["SUMPRODUCT", "TEXT"].contains(&name.as_str()), "{name}: {formula}");
            }
        }
        assert!(all.iter().any(|(_, _, value)| value == "全部一致"));
        assert!(all.iter().filter(|(kind, _, value)| kind == "str" && value.is_empty()).count() > 100, "what is empty is an empty text");
        // What stands beside the formulas is what ecap computed, to the last bit.
        let results: Json = serde_json::from_slice(&fs::read(folder.join("results.json")).unwrap()).unwrap();
        let stored = |wanted: f64| all.iter().any(|(kind, _, value)| kind == "number" && value.parse() == Ok(wanted));
        let total = &results["total"];
        for value in [&total["score"], &total["low"], &total["high"], &total["rounded"]] {
            assert!(stored(value.as_f64().unwrap()), "{value}");
        }
        for item in results["items"].as_array().unwrap() {
            for key in ["score", "share", "loss"] {
                assert!(item[key].as_f64().is_none_or(&stored), "{} {key}", item["ref"]);
            }
        }
    }
}

#[test]
fn without_the_flag_nothing_is_a_formula_and_pages_are_the_same_with_it() {
    let out = tempfile::tempdir().unwrap();
    let [plain, living] = ["plain", "living"].map(|name| out.path().join(name));
    assert_eq!(ecap(&["score", &sample("qiyun"), "-o", &plain.display().to_string()]).0, 0);
    assert_eq!(ecap(&["score", &sample("qiyun"), "-o", &living.display().to_string(), "--formulas"]).0, 0);
    assert!(sheets(&plain.join("栖云区-2026/report.xlsx")).iter().all(|sheet| !sheet.contains("<f>")));
    for name in ["report.md", "report.docx", "results.json"] {
        let read = |folder: &Path| fs::read(folder.join("栖云区-2026").join(name)).unwrap();
        assert!(read(&plain) == read(&living), "{name}");
    }
}

#[test]
fn a_living_workbook_is_no_input_and_the_flag_wants_one() {
    let out = tempfile::tempdir().unwrap();
    let place = out.path().display().to_string();
    assert_eq!(ecap(&["score", &sample("linjiang"), "--formulas", "--format", "xlsx", "-o", &place]).0, 0);
    let (code, err) = ecap(&["score", &out.path().join("临江区-2026/report.xlsx").display().to_string(), "-o", &place]);
    assert_eq!(code, 1);
    assert!(err.contains("没有找到填好的自评表"), "{err}");
    let (code, err) = ecap(&["score", &sample("linjiang"), "--formulas", "--format", "md", "-o", &place]);
    assert_eq!((code, err.trim()), (2, "--formulas 只用于 xlsx 报告，--format 里要有 xlsx。"));
}
