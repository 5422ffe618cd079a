//! The golden table of cell meanings: what each thing that an office types is read as, on every scale side by side, in
//! `tests/cases/cells.md`. The first three columns are the input; `ECAP_ACCEPT=1` writes the others anew.

use std::fmt::Write;
use std::fs;

use ecap::scale::{Asked, Judged, SCALES, State, Typed, judge};
use ecap::sheet::{Cell, Content};
use ecap::text::Text;
use ecap::tree::Tree;

use crate::harness::{item, list, tree};

const PATH: &str = "tests/cases/cells.md";
/// A column each: header and scale. The question asks 是否有, but for that of the second 是否.
const COLUMNS: [(&str, &str); 10] = [
    (
        "等级 0–10",
        "{type: level, anchors: [{zh: 〇, en: a}, {zh: 一, en: b}, {zh: 二, en: c}, {zh: 三, en: d}, {zh: 四, en: e}, {zh: 五, en: f}, {zh: 六, en: g}, {zh: 七, en: h}, {zh: 八, en: i}, {zh: 九, en: j}, {zh: 十, en: k}]}",
    ),
    ("是否有", "{type: yes_no, pass: \"yes\"}"),
    ("是否", "{type: yes_no, pass: \"yes\"}"),
    ("比率", "{type: rate, linear: {zero: 0, full: 100}, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}"),
    ("个数（次）", "{type: count, unit: {zh: 次, en: times}, linear: {zero: 0, full: 10000}}"),
    ("数量（人）", "{type: quantity, unit: {zh: 人, en: people}, linear: {zero: 0, full: 10000}}"),
    ("时长（分钟）", "{type: duration, unit: min, linear: {zero: 0, full: 10000}}"),
    ("区间（%）", "{type: range, unit: \"%\", band: [1, 3], outside: [{below: 1, score: 1}, {above: 3, score: 2}]}"),
    (
        "清单 12 项",
        "{type: checklist, elements: [{id: e1, zh: 一, en: a}, {id: e2, zh: 二, en: b}, {id: e3, zh: 三, en: c}, {id: e4, zh: 四, en: d}, {id: e5, zh: 五, en: e}, {id: e6, zh: 六, en: f}, {id: e7, zh: 七, en: g}, {id: e8, zh: 八, en: h}, {id: e9, zh: 九, en: i}, {id: e10, zh: 十, en: j}, {id: e11, zh: 十一, en: k}, {id: e12, zh: 十二, en: l}], cuts: [3, 12]}",
    ),
    (
        "扣分（满分 10）",
        "{type: points, full: 10, deductions: [{id: d1, zh: 甲, en: a, points: 2}, {id: d2, zh: 乙, en: b, points: 1.5}, {id: d3, zh: 丙, en: c, points: 2, max: 5}]}",
    ),
];

fn columns() -> Tree {
    let one = |(index, (header, scale)): (usize, &(&str, &str))| {
        let text = item(&format!("i{index}"), scale, "na: {zh: 没有河流, en: no river}");
        if *header == "是否" { text.replace("是否有", "是否完成") } else { text }
    };
    tree(&list("items", &COLUMNS.iter().enumerate().map(one).collect::<Vec<_>>()))
}

/// `⟨00A0⟩` is a character that would not be seen.
fn plain(shown: &str) -> String {
    let mut out = String::new();
    let mut rest = shown;
    while let Some((before, code)) = rest.split_once('⟨') {
        let (code, after) = code.split_once('⟩').expect("a closing bracket");
        out.push_str(before);
        out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
        rest = after;
    }
    out + rest
}

fn cell(kind: &str, text: &str) -> Option<Cell> {
    let number = || Content::Number(text.parse().expect("a number"));
    let content = match kind {
        "文本" => Content::Text(text.to_string()),
        "数值" | "百分比" => number(),
        "日期" => Content::Date(text.to_string()),
        "逻辑" => Content::Truth(text == "TRUE"),
        "错误值" => Content::Error(text.to_string()),
        "公式无值" => Content::NoValue,
        "没填" => return None,
        _ => panic!("{kind} is no kind of cell"),
    };
    Some(Cell { percent: kind == "百分比", ..Cell::of(content) })
}

/// What was read, a pen where the report notes how; else why it was not.
fn meaning(typed: &Typed, reason: &str, item: &ecap::tree::Item) -> String {
    let asked =
        Asked { question: &item.question, na: item.na.as_ref(), veto: false, reason_column: Text::default(), review: false, cause: None };
    let Judged { state, remarks } = judge(typed, reason, &asked, item.scaled.scale.as_ref());
    let codes: Vec<&str> = remarks.iter().map(|remark| remark.kind.code.strip_prefix("answer-").unwrap_or(remark.kind.code)).collect();
    match (&state, codes.as_slice()) {
        (State::Unreadable, ["unreadable"]) => "✗".to_string(),
        (State::Unreadable, [code]) => format!("✗ {code}"),
        (State::Blank, []) => "空".to_string(),
        (_, []) => state.shown().zh.to_string(),
        (_, ["normalised"]) => format!("{} ✎", state.shown().zh),
        (_, ["far-out"]) => format!("{} ⚠", state.shown().zh),
        (_, ["normalised", "far-out"]) => format!("{} ✎⚠", state.shown().zh),
        (_, [code]) => format!("{} ⚠ {code}", state.shown().zh),
        (_, ["normalised", code]) => format!("{} ✎⚠ {code}", state.shown().zh),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_golden_table_of_cell_meanings() {
    let tree = columns();
    for entry in &SCALES {
        assert!(tree.items.iter().any(|item| item.scaled.name == entry.name), "no column for {}", entry.name);
    }
    let before = fs::read_to_string(PATH).expect("the table");
    let (mut out, mut rows) = (String::new(), 0);
    for line in before.lines() {
        let row: Vec<&str> = line.strip_prefix("| ").map(|line| line.split(" | ").collect()).unwrap_or_default();
        match row.as_slice() {
            [first, ..] if first.starts_with("格子") => {
                let headers = COLUMNS.map(|(header, _)| header).join(" | ");
                writeln!(out, "| 格子 | 填的 | 说明栏 | {headers} |").expect("a line");
            }
            [kind, shown, reason, ..] => {
                let typed = Typed::of(cell(kind, &plain(shown.trim_matches('`'))).as_ref());
                let reason = reason.trim_end_matches(['|', ' ']);
                let read: Vec<String> = tree.items.iter().map(|item| meaning(&typed, &plain(reason), item)).collect();
                writeln!(out, "| {kind} | {shown} | {reason} | {} |", read.join(" | ")).expect("a line");
                rows += 1;
            }
            _ => writeln!(out, "{line}").expect("a line"),
        }
    }
    assert!(rows > 300, "{rows}");
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        fs::write(PATH, &out).expect("a writable table");
    } else {
        for (line, (found, wanted)) in (1..).zip(out.lines().zip(before.lines())) {
            assert_eq!(found, wanted, "{PATH}:{line}");
        }
    }
}
