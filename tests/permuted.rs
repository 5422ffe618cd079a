//! What must change nothing: files under other names and in another order, sheets, rows and columns in another order, a respondent's
//! sheets in files of their own or all in one. Results differ in nothing but the places they name; findings are the same item by item.
//!
//! Two things are not equal by right and left alone here: of an item that stands twice in one workbook the first filled row counts, and a
//! sheet without an answer that comes as a file of its own is noted as an empty form.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use ecap::finding::Finding;
use ecap::result::{OptionsUsed, Results, Run};
use ecap::sheet::Book;
use ecap::survey::Given;
use ecap::tree::Tree;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rust_xlsxwriter::Workbook;
use serde_json::{Value as Json, json};

/// Rounds of random orders.
const ROUNDS: usize = 4;
/// What is typed into the items of [`tree`]; some of it is unreadable, some needs a reason, some disagrees between respondents.
const ANSWERS: [&[&str]; 9] = [
    &["2", "三级", "４", "9", ""],
    &["是", "否", "√", "好", "不适用"],
    &["45/50", "90%", "0.9", "7／100", ""],
    &["3", "1,234 次", "2.5", "查无资料"],
    &["7", "12人", "-1", "不适用"],
    &["30分钟", "1小时", "90", ""],
    &["2%", "0.7", "5", "/"],
    &["1、3", "全部", "1，3，3", "7", "无"],
    &["7.5", "扣1、3×2", "扣无", "11"],
];
const HEADERS: [&str; 10] = ["编号", "指标", "评分标准", "牵头部门", "自评", "佐证材料", "说明", "复核", "复核说明", "id"];
const ID: usize = 9;

/// Three groups of nine items, each item on a scale of its own.
fn tree() -> Tree {
    const SCALES: [&str; 9] = [
        "{type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}",
        "{type: yes_no, pass: \"yes\"}",
        "{type: rate, direction: higher, cuts: [60, 80, 95], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}",
        "{type: count, unit: {zh: 次, en: times}, direction: lower, cuts: [5, 2, 0]}",
        "{type: quantity, unit: {zh: 人, en: people}, linear: {zero: 0, full: 20}}",
        "{type: duration, unit: min, direction: lower, cuts: [180, 120, 60]}",
        "{type: range, unit: \"%\", band: [1, 3], outside: [{below: 1, score: 1}, {above: 3, score: 2}]}",
        "{type: checklist, elements: [{id: e1, zh: 甲, en: a}, {id: e2, zh: 乙, en: b}, {id: e3, zh: 丙, en: c}], cuts: [1, 3], must: [e1]}",
        "{type: points, full: 10, deductions: [{id: d1, zh: 甲, en: a, points: 2}, {id: d2, zh: 乙, en: b, points: 1}, {id: d3, zh: 丙, en: c, points: 2, max: 5}]}",
    ];
    let mut text = "id: try\nedition: \"1\"\nname: {zh: 试, en: Try}\ndepartments:\n  - {id: one, name: {zh: 甲局, en: A}}\n  - {id: two, name: {zh: 乙局, en: B}}\n  - {id: three, name: {zh: 丙局, en: C}}\n  - {id: upper, name: {zh: 上级部门, en: Upper}, outsider: true}\ngroups:\n".to_string();
    for group in 1..=3 {
        text.push_str(&format!("  - code: \"0{group}\"\n    name: {{zh: 组{group}, en: G{group}}}\n    items:\n"));
        for (index, scale) in SCALES.iter().enumerate() {
            let lead = ["one", "two", "three", "upper"][(index + group) % 4];
            let criticality = ["normal", "key", "veto"][(index + group) % 3];
            text.push_str(&format!("      - {{id: g{group}i{index}, question: {{zh: 是否有第{group}组第{index}项, en: Ask}}, lead: {lead}, criticality: {criticality}, na: {{zh: 没有, en: none}}, scale: {scale}}}\n"));
        }
    }
    let mut findings = Vec::new();
    ecap::tree::from_bytes(text.into_bytes(), "tree.yaml", &mut findings).tree.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// A sheet's name and its texts, the header first.
type Grid = (String, Vec<Vec<String>>);

/// A workbook: its name, its respondent's, and its sheets of items.
#[derive(Clone)]
struct File {
    name: String,
    respondent: &'static str,
    sheets: Vec<Grid>,
    /// Where the cover stands among them.
    cover: usize,
}

fn below(random: &mut ChaCha8Rng, count: usize) -> usize {
    usize::try_from(random.next_u64() % count as u64).unwrap()
}

fn shuffled<T>(all: &mut [T], random: &mut ChaCha8Rng) {
    for last in (1..all.len()).rev() {
        all.swap(last, below(random, last + 1));
    }
}

/// Four respondents that answer most items, the assessor some, with some reviews.
fn filled(tree: &Tree, random: &mut ChaCha8Rng) -> Vec<File> {
    let respondents = [("甲局", 1), ("乙局", 2), ("丙局", 2), ("丁局", 3), ("评估组", 5)];
    let file = |(respondent, seldom): (&'static str, usize)| {
        let sheet = |group: usize| {
            let header = HEADERS.map(str::to_string).to_vec();
            let items = tree.items.iter().filter(|item| item.id.starts_with(&format!("g{group}")));
            let rows = items.enumerate().map(|(index, item)| {
                let answers = ANSWERS[index];
                let mut one = |often: usize| {
                    if below(random, often) == 0 { answers[below(random, answers.len())].to_string() } else { String::new() }
                };
                let (own, review) = (one(seldom), if respondent == "评估组" { one(8) } else { String::new() });
                let text = |zh: &str| zh.to_string();
                let note = if item.id.ends_with('4') { text("没有") } else { String::new() };
                vec![
                    item.reference.clone(),
                    item.question.zh.to_string(),
                    text("见指引"),
                    text("甲局"),
                    own,
                    text("文件"),
                    note,
                    review,
                    String::new(),
                    item.id.clone(),
                ]
            });
            (format!("0{group} 组"), [header].into_iter().chain(rows).collect())
        };
        File { name: format!("{respondent}.xlsx"), respondent, sheets: (1..=3).map(sheet).collect(), cover: 0 }
    };
    respondents.map(file).to_vec()
}

fn bytes(file: &File, tree: &Tree) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let cover: Grid = (
        "填报说明".to_string(),
        [
            ("被评估单位", "试市"),
            ("评估期", "2026"),
            ("填报单位", file.respondent),
            ("第几次报送", "1"),
            ("指标体系", "try"),
            ("摘要", &tree.sha256),
        ]
        .map(|(label, value)| vec![label.to_string(), value.to_string()])
        .to_vec(),
    );
    let (before, behind) = file.sheets.split_at(file.cover);
    for (name, rows) in before.iter().chain([&cover]).chain(behind) {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, texts) in (0u32..).zip(rows) {
            for (column, text) in (0u16..).zip(texts).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn scored(files: &[File], tree: &Tree) -> Results {
    let mut findings = Vec::new();
    let mut filled = Vec::new();
    for file in files {
        let book = Book::open(bytes(file, tree), &file.name, &mut findings).unwrap();
        filled.extend(ecap::survey::read(&book, &file.name, tree, &Given::default(), &mut findings));
    }
    let weighting = ecap::weighting::of(tree);
    let weights = (weighting.weigh)(tree);
    let options = OptionsUsed::default();
    let run = Run { tree, weighting: weighting.name, weights: &weights, inputs: &[], assessment: None, unscored: &[], options: &options };
    let units = ecap::answers::collect(&filled, tree, &tree.policy);
    assert_eq!(units.len(), 1);
    let scores = ecap::score::score(tree, &units[0].items, &weights, tree.policy.missing);
    findings.extend(units[0].findings.iter().cloned());
    ecap::result::build(&run, &units[0], &scores, findings)
}

/// The id in the row that a place names, else its respondent; of what has no place its words.
fn item_at(finding: &Finding, files: &[File]) -> String {
    let place = &finding.place;
    let Some(file) = files.iter().find(|file| Some(&file.name) == place.file.as_ref()) else {
        return finding.message.zh.to_string();
    };
    let row = place.cell.as_deref().and_then(ecap::sheet::place_of).map(|(row, _)| usize::try_from(row).unwrap());
    let sheet = file.sheets.iter().find(|(name, _)| Some(name) == place.sheet.as_ref());
    match sheet.zip(row) {
        Some(((_, rows), row)) => {
            let id = rows[0].iter().position(|header| header == "id").unwrap();
            format!("{} of {}", rows[row][id], file.respondent)
        }
        None => file.respondent.to_string(),
    }
}

/// Said of files and sheets as they are arranged, and of no item: another arrangement may hide or show them.
const ARRANGED: [&str; 6] = ["form-blank", "sheet-answers-sorted", "answers-dragged", "answers-grouped", "cells-alike", "rates-bare"];

/// What was found, item by item. Which respondent's cell stands for several is a question of places.
fn found(results: &Results, files: &[File]) -> BTreeSet<String> {
    let several = ["answers-disagree", "na-beside-answer"];
    let said = |finding: &Finding| {
        let at = item_at(finding, files);
        let at = if several.contains(&finding.code.as_str()) { at.split(" of ").next().unwrap().to_string() } else { at };
        format!("{at}: {:?} {}", finding.severity, finding.code)
    };
    results.findings.iter().filter(|finding| !ARRANGED.contains(&finding.code.as_str())).map(said).collect()
}

/// Everything but findings and places; the answers to an item by respondent.
fn rest(results: &Results) -> String {
    fn without_places(value: &mut Json) {
        match value {
            Json::Object(map) => {
                for key in ["place", "cell", "file", "files", "sheet"] {
                    map.shift_remove(key);
                }
                map.values_mut().for_each(without_places);
            }
            Json::Array(list) => list.iter_mut().for_each(without_places),
            _ => {}
        }
    }
    let mut json = json!(results);
    json["findings"] = Json::Null;
    for item in json["items"].as_array_mut().unwrap() {
        item["answers"].as_array_mut().unwrap().sort_by_key(|answer| answer["respondent"]["name"].to_string());
    }
    without_places(&mut json);
    json.to_string()
}

fn rows(file: &mut File, random: &mut ChaCha8Rng) {
    file.sheets.iter_mut().for_each(|(_, rows)| shuffled(&mut rows[1..], random));
}

fn columns(file: &mut File, random: &mut ChaCha8Rng) {
    for (_, rows) in &mut file.sheets {
        let mut order: Vec<usize> = (0..HEADERS.len()).collect();
        shuffled(&mut order, random);
        for row in rows {
            *row = order.iter().map(|from| row[*from].clone()).collect();
        }
    }
}

fn sheets(file: &mut File, random: &mut ChaCha8Rng) {
    shuffled(&mut file.sheets, random);
    file.cover = below(random, file.sheets.len() + 1);
}

/// Each file under a name that sorts anywhere.
fn names(files: &mut [File], random: &mut ChaCha8Rng) {
    for file in files.iter_mut() {
        file.name = format!("{:08x}.xlsx", below(random, 1 << 32));
    }
    shuffled(files, random);
}

/// A file a sheet.
fn split(files: &[File]) -> Vec<File> {
    let one = |file: &File, (index, sheet): (usize, &Grid)| File {
        name: format!("{index}-{}", file.name),
        sheets: vec![sheet.clone()],
        cover: 0,
        ..file.clone()
    };
    files.iter().flat_map(|file| file.sheets.iter().enumerate().map(|sheet| one(file, sheet)).collect::<Vec<_>>()).collect()
}

/// All items on one sheet. Columns are those of the first, so they are not permuted before.
fn merged(files: &[File]) -> Vec<File> {
    let one = |file: &File| {
        let rows = file.sheets.iter().enumerate().flat_map(|(index, (_, rows))| rows[usize::from(index > 0)..].to_vec()).collect();
        File { sheets: vec![("全部".to_string(), rows)], cover: 0, ..file.clone() }
    };
    files.iter().map(one).collect()
}

#[test]
fn no_order_changes_a_result() {
    let tree = tree();
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    for round in 0..ROUNDS {
        let files = filled(&tree, &mut random);
        let results = scored(&files, &tree);
        let (wanted, wanted_findings) = (rest(&results), found(&results, &files));
        assert!(wanted_findings.len() > 20, "{wanted_findings:#?}");
        let mut variants: Vec<(&str, Vec<File>)> = vec![("split", split(&files)), ("merged", merged(&files))];
        for (what, change) in [("rows", rows as fn(&mut File, &mut ChaCha8Rng)), ("columns", columns), ("sheets", sheets)] {
            let mut changed = files.clone();
            changed.iter_mut().for_each(|file| change(file, &mut random));
            variants.push((what, changed));
        }
        let mut all = if below(&mut random, 2) == 0 { split(&files) } else { merged(&files) };
        for file in &mut all {
            rows(file, &mut random);
            columns(file, &mut random);
            sheets(file, &mut random);
        }
        names(&mut all, &mut random);
        let mut named = files.clone();
        names(&mut named, &mut random);
        variants.extend([("all", all), ("names", named)]);
        for (what, changed) in variants {
            let results = scored(&changed, &tree);
            assert_eq!(found(&results, &changed), wanted_findings, "round {round}, {what}: findings");
            assert!(rest(&results) == wanted, "round {round}, {what}:\n{}\n{wanted}", rest(&results));
        }
    }
}

/// The comparison would see what an order could break.
#[test]
fn another_answer_another_column_and_a_lost_row_are_seen() {
    let tree = tree();
    let files = filled(&tree, &mut ChaCha8Rng::seed_from_u64(1));
    let wanted = rest(&scored(&files, &tree));
    let differs = |change: &dyn Fn(&mut Vec<Vec<String>>)| {
        let mut changed = files.clone();
        change(&mut changed[0].sheets[1].1);
        rest(&scored(&changed, &tree)) != wanted
    };
    assert!(!differs(&|_| ()));
    assert!(differs(&|rows| rows[1..].iter_mut().for_each(|row| row.swap(4, 5))), "a header left behind by its column");
    assert!(differs(&|rows| rows[3][4] = "1/3".to_string()), "another answer");
    assert!(differs(&|rows| rows.truncate(5)), "lost rows");
    assert!(
        differs(&|rows| {
            let last = rows[1][ID].clone();
            rows[1][ID] = rows[2][ID].clone();
            rows[2][ID] = last;
        }),
        "ids that changed places"
    );
}
