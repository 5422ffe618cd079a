//! Two readings of one report: what stands in the file, and what stands in one made again from the inputs.

use std::collections::BTreeSet;

use crate::sheet::looks::prints_its_own;
use crate::text::{Text, t};
use crate::verify::align::{Aligned, align};
use crate::verify::{Cell, Form, Line, Part, PartKind, Printed, Room, Shown, names};

/// Two numbers this near are one: a program that saves a workbook again may write another last digit.
const NEAR: f64 = 1e-9;

/// One place where the two differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub at: Text,
    pub what: What,
    /// What its row is known by, and the header over it.
    pub key: String,
    pub header: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// What is reported, and what it should be.
    Other(String, String),
    /// In the report only, or in the recomputation only.
    Extra(String),
    Missing(String),
    ExtraRow(String),
    MissingRow(String),
    ExtraPart(PartKind),
    MissingPart(PartKind),
    /// The same row in another place of its table.
    Moved,
    /// A formula where there is a plain value.
    Formula(String, String),
    /// Number formats of the report and of the recomputation.
    Format(String, String),
}

/// What a comparison comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    pub differences: Vec<Difference>,
    /// What people wrote where there is room for it.
    pub by_hand: Vec<(Text, String)>,
    /// Hidden in the report and not in the recomputation.
    pub hidden: Vec<Text>,
}

/// What differs, in the order of the report.
pub fn compare(reported: &Printed, recomputed: &Printed, room: &Room) -> Compared {
    let near = if reported.form == Form::Json { 0.0 } else { NEAR };
    let mut comparing = Comparing { near, room, compared: Compared::default() };
    if reported.form == Form::Json {
        comparing.values(reported, recomputed);
        return comparing.compared;
    }
    let named = |parts: &[Part]| -> Vec<(String, String)> {
        parts.iter().map(|part| (part.lines.iter().map(Line::text).collect(), format!("{:?} {}", part.kind, part.name))).collect()
    };
    let aligned = align(&named(&reported.parts), &named(&recomputed.parts));
    let kinds_differ = |(one, two): &&(usize, usize)| reported.parts[*one].kind != recomputed.parts[*two].kind;
    for pair @ (one, two) in &aligned.pairs {
        let (own, other) = (&reported.parts[*one], &recomputed.parts[*two]);
        if kinds_differ(&pair) {
            comparing.part(own, What::ExtraPart(own.kind));
            comparing.part(other, What::MissingPart(other.kind));
            continue;
        }
        if aligned.moved.contains(pair) {
            comparing.part(own, What::Moved);
        }
        if own.kind == PartKind::Sheet && own.name != other.name {
            let what = What::Other(own.name.clone(), other.name.clone());
            comparing.push(t("工作表名", "name of a sheet"), what, "", "");
        }
        comparing.lines(own, other);
    }
    aligned.only_first.iter().map(|index| &reported.parts[*index]).for_each(|part| comparing.part(part, What::ExtraPart(part.kind)));
    aligned.only_second.iter().map(|index| &recomputed.parts[*index]).for_each(|part| comparing.part(part, What::MissingPart(part.kind)));
    for format in reported.conditional.iter().filter(|format| prints_its_own(format) && !recomputed.conditional.contains(format)) {
        let what = What::Format(format.clone(), String::new());
        comparing.push(t("条件格式", "conditional format"), what, "", "");
    }
    let known: BTreeSet<&str> = recomputed.hidden.iter().map(|text| text.zh.as_ref()).collect();
    comparing.compared.hidden = reported.hidden.iter().filter(|text| !known.contains(text.zh.as_ref())).cloned().collect();
    comparing.compared
}

struct Comparing<'a> {
    near: f64,
    room: &'a Room,
    compared: Compared,
}

impl Comparing<'_> {
    fn push(&mut self, at: Text, what: What, key: &str, header: &str) {
        self.compared.differences.push(Difference { at, what, key: key.to_string(), header: header.to_string() });
    }

    fn part(&mut self, part: &Part, what: What) {
        let name = if part.name.is_empty() { part.lines.first().map(Line::text).unwrap_or_default() } else { part.name.clone() };
        self.push(t("“{name}”", "\"{name}\"").with(&[("name", shortened(&name).into())]), what, "", "");
    }

    /// The lines of a part, each beside its like.
    fn lines(&mut self, own: &Part, other: &Part) {
        let named = |part: &Part| -> Vec<(String, String)> { part.lines.iter().map(|line| (full(line), line.key.clone())).collect() };
        let Aligned { pairs, moved, only_first, only_second } = align(&named(own), &named(other));
        let mut pairs = pairs.into_iter().peekable();
        let mut extra = only_first.into_iter().peekable();
        // What is missing is said where it should stand.
        let mut missing = only_second.into_iter().peekable();
        for index in 0..own.lines.len() {
            if extra.next_if_eq(&index).is_some() {
                self.alone(&own.lines[index], true);
            }
            let Some((one, two)) = pairs.next_if(|(one, _)| *one == index) else { continue };
            while let Some(before) = missing.next_if(|before| *before < two && !moved.contains(&(one, two))) {
                self.alone(&other.lines[before], false);
            }
            if moved.contains(&(one, two)) {
                self.push(own.lines[one].at.clone(), What::Moved, &own.lines[one].key, "");
            }
            self.line(&own.name, &own.lines[one], &other.lines[two]);
        }
        missing.for_each(|index| self.alone(&other.lines[index], false));
    }

    /// A line that only one of the two has.
    fn alone(&mut self, line: &Line, reported: bool) {
        let text = line.text();
        if text.trim().is_empty() {
            return;
        }
        let what = match (line.cells.len() > 1, reported) {
            (true, true) => What::ExtraRow(text),
            (true, false) => What::MissingRow(text),
            (false, true) => What::Extra(text),
            (false, false) => What::Missing(text),
        };
        let at = line.cells.first().filter(|_| line.cells.len() == 1).map_or(&line.at, |cell| &cell.at);
        self.push(at.clone(), what, &line.key, "");
    }

    /// Two lines that are one, cell by cell.
    fn line(&mut self, table: &str, own: &Line, other: &Line) {
        let columns: BTreeSet<u32> = own.cells.iter().chain(&other.cells).map(|cell| cell.column).collect();
        let of = |line: &'_ Line, column: u32| -> Option<Cell> { line.cells.iter().find(|cell| cell.column == column).cloned() };
        let mut found: Vec<(Cell, What)> = Vec::new();
        for (one, two) in columns.into_iter().map(|column| (of(own, column), of(other, column))) {
            let what = match (&one, &two) {
                (Some(one), Some(two)) if same(&one.shown, &two.shown, self.near) => looked(one, two),
                (Some(one), Some(two)) => {
                    let (reported, recomputed) = (one.shown.text(), two.shown.text());
                    let is_room = recomputed.is_empty() && self.room.has_column(table, &two.header);
                    if is_room || self.room.has_line(&reported, &recomputed) {
                        let at = if own.is_one { names::within(&[own.at.clone(), one.at.clone()]) } else { one.at.clone() };
                        self.compared.by_hand.push((at, reported));
                        continue;
                    }
                    Some(What::Other(reported, recomputed))
                }
                (Some(one), None) => Some(What::Extra(one.shown.text())),
                (None, Some(two)) => Some(What::Missing(two.shown.text())),
                (None, None) => None,
            };
            if let (Some(what), Some(cell)) = (what, one.or(two)) {
                found.push((cell, what));
            }
        }
        if own.is_one && !found.is_empty() {
            let (mut columns, mut reported, mut recomputed) = (Vec::new(), Vec::new(), Vec::new());
            for (cell, what) in &found {
                let (one, two) = what.texts();
                columns.push(cell.at.clone());
                reported.push(one);
                recomputed.push(two);
            }
            let at = names::within(&[own.at.clone(), Text::join(&columns, "、", ", ")]);
            let header = if found.len() == 1 { found[0].0.header.clone() } else { String::new() };
            // An answer is told from the rest of its line.
            let answer = found.iter().find(|(cell, _)| super::is_answer(&cell.header));
            match answer.filter(|_| found.len() > 1) {
                Some((cell, what)) => {
                    let (one, two) = what.texts();
                    self.push(at, What::Other(one, two), &own.key, &cell.header);
                }
                None => self.push(at, What::Other(reported.join("，"), recomputed.join("，")), &own.key, &header),
            }
            return;
        }
        for (cell, what) in found {
            self.push(cell.at.clone(), what, &own.key, &cell.header);
        }
    }

    /// Values of JSON by their paths; of what only one has, the whole that is not in the other.
    fn values(&mut self, reported: &Printed, recomputed: &Printed) {
        let lines = |printed: &Printed| -> Vec<Line> { printed.parts.iter().flat_map(|part| part.lines.clone()).collect() };
        let (own, other) = (lines(reported), lines(recomputed));
        let by_path = |lines: &[Line]| -> std::collections::HashMap<String, Line> {
            lines.iter().map(|line| (line.key.clone(), line.clone())).collect()
        };
        let (there, expected) = (by_path(&own), by_path(&other));
        for line in &own {
            if let Some(other) = expected.get(&line.key) {
                self.line("", line, other);
            }
        }
        for (lines, known, is_reported) in [(&own, &expected, true), (&other, &there, false)] {
            let known: BTreeSet<&str> = known.keys().flat_map(|path| prefixes(path)).collect();
            let mut said: BTreeSet<&str> = BTreeSet::new();
            for line in lines {
                let Some(whole) = prefixes(&line.key).find(|prefix| !known.contains(prefix)).filter(|whole| said.insert(whole)) else {
                    continue;
                };
                let text = if whole == line.key { line.text() } else { "…".to_string() };
                self.push(whole.into(), if is_reported { What::Extra(text) } else { What::Missing(text) }, whole, "");
            }
        }
    }
}

/// `items`, `items[01.1.03]`, `items[01.1.03].score`.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices(['.', '[', ']'])
        .filter(|(at, _)| *at > 0)
        .map(|(at, mark)| if mark == "]" { at + 1 } else { at })
        .chain([path.len()])
        .map(|end| &path[..end])
}

/// Two cells that hold the same: do they also show the same?
fn looked(one: &Cell, two: &Cell) -> Option<What> {
    match (&one.look.formula, &two.look.formula) {
        (Some(formula), None) => Some(What::Formula(formula.clone(), two.shown.text())),
        _ if one.look.format != two.look.format => Some(What::Format(one.look.format.clone(), two.look.format.clone())),
        _ => None,
    }
}

/// All of a line, numbers as far as programs keep them.
fn full(line: &Line) -> String {
    let cell = |cell: &Cell| match &cell.shown {
        Shown::Text(text) => format!("{} {}", cell.column, plain(text)),
        Shown::Number(number) => format!("{} {number:.8}", cell.column),
    };
    line.cells.iter().map(cell).collect::<Vec<_>>().join("\n")
}

fn same(one: &Shown, two: &Shown, near: f64) -> bool {
    match (one, two) {
        (Shown::Number(one), Shown::Number(two)) => (one - two).abs() <= near * one.abs().max(two.abs()).max(1.0),
        (Shown::Text(one), Shown::Text(two)) => plain(one) == plain(two),
        _ => false,
    }
}

/// Text without what saving it again may change: kinds and runs of white space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl What {
    /// What is reported, and what it should be.
    pub fn texts(&self) -> (String, String) {
        match self {
            What::Other(one, two) | What::Formula(one, two) | What::Format(one, two) => (one.clone(), two.clone()),
            What::Extra(one) | What::ExtraRow(one) => (one.clone(), String::new()),
            What::Missing(two) | What::MissingRow(two) => (String::new(), two.clone()),
            What::ExtraPart(_) | What::MissingPart(_) | What::Moved => (String::new(), String::new()),
        }
    }
}

impl Difference {
    /// `评分明细 G12：报告是 66.7，重算是 33.3`.
    pub fn line(&self) -> Text {
        let words = match &self.what {
            What::Other(..) => t(
                "{at}：报告是“{reported}”，重算是“{recomputed}”",
                "{at}: the report says \"{reported}\", recomputed it is \"{recomputed}\"",
            ),
            What::Extra(_) => t("{at}：报告有“{reported}”，重算没有", "{at}: the report says \"{reported}\", recomputed there is nothing"),
            What::Missing(_) => {
                t("{at}：报告没有，重算是“{recomputed}”", "{at}: the report says nothing, recomputed it is \"{recomputed}\"")
            }
            What::ExtraRow(_) => t("多了一行：{at}：“{reported}”", "a row too many: {at}: \"{reported}\""),
            What::MissingRow(_) => t("少了一行：{at}：“{recomputed}”", "a row is missing: {at}: \"{recomputed}\""),
            What::ExtraPart(PartKind::Sheet) => t("多了一页：{at}", "a sheet too many: {at}"),
            What::ExtraPart(PartKind::Table) => t("多了一个表：{at}", "a table too many: {at}"),
            What::ExtraPart(PartKind::Section) => t("多了一节：{at}", "a section too many: {at}"),
            What::MissingPart(PartKind::Sheet) => t("少了一页：{at}", "a sheet is missing: {at}"),
            What::MissingPart(PartKind::Table) => t("少了一个表：{at}", "a table is missing: {at}"),
            What::MissingPart(PartKind::Section) => t("少了一节：{at}", "a section is missing: {at}"),
            What::Moved => t("{at}：位置与重算的不同", "{at}: it stands in another place than recomputed"),
            What::Formula(..) => t(
                "{at}：报告里是公式“{reported}”，重算是“{recomputed}”，不是公式",
                "{at}: the report has the formula \"{reported}\", recomputed it is \"{recomputed}\" and no formula",
            ),
            What::Format(..) => t(
                "{at}：数字格式是 {reported}，应为 {recomputed}，显示的不一定是存的数",
                "{at}: the number format is {reported}, not {recomputed}: what is shown may not be what is stored",
            ),
        };
        let (reported, recomputed) = self.what.texts();
        let recomputed = match &self.what {
            What::Format(_, format) if format.is_empty() => t("没有", "none"),
            _ => shortened(&recomputed).into(),
        };
        words.with(&[("at", self.at.clone()), ("reported", shortened(&reported).into()), ("recomputed", recomputed)])
    }
}

/// Enough of a text to know it by.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST { text.to_string() } else { text.chars().take(MOST).chain(['…']).collect() }
}
