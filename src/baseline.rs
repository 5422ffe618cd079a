//! Last year as anybody's spreadsheet: 编号 or 名称, 得分, 满分, at any level.

use crate::finding::{Finding, Kind, Severity};
use crate::number::Number;
use crate::place::Place;
use crate::sheet::{Book, Content, Sheet};
use crate::survey::layout::{STORE, is};
use crate::text::{Text, t};
use crate::unit::normal;

pub static NO_TABLE: Kind = Kind::error(
    "baseline-no-table",
    t("没有找到上年得分的表头。", "No header row of last year's scores was found."),
    t(
        "请在一张工作表里写上表头：名称（或编号）、得分、满分，下面一行一个指标。",
        "Give one sheet a header row: Name (or Code), Score, Full, and a row an indicator below it.",
    ),
);
pub static BAD_SCORE: Kind = Kind::error(
    "baseline-score",
    t("“{name}”的得分“{text}”不是数，这一行没有用。", "The score of \"{name}\", \"{text}\", is no number; the row was not used."),
    t(
        "请填数字，如 78.5；是公式的，请用 WPS 或 Excel 打开保存一次。",
        "Write a number, like 78.5; a formula needs the file to be opened and saved once.",
    ),
);
pub static BAD_FULL: Kind = Kind::error(
    "baseline-full",
    t(
        "“{name}”的满分“{text}”不是大于 0 的数，这一行没有用。",
        "The full marks of \"{name}\", \"{text}\", are no number above 0; the row was not used.",
    ),
    t(
        "请填满分，如 100；各行都是百分制的，可以不要这一列。",
        "Write the full marks, like 100; where every row is out of 100 the column may be left out.",
    ),
);
pub static OVER: Kind = Kind::error(
    "baseline-over",
    t(
        "“{name}”的得分 {score} 不在 0 到满分 {full} 之间，这一行没有用。",
        "The score of \"{name}\", {score}, is not between 0 and its full marks {full}; the row was not used.",
    ),
    t("请核对得分和满分。", "Check the score and the full marks."),
);
pub static TWICE: Kind = Kind::new(
    "baseline-twice",
    Severity::Warning,
    t("“{name}”写了两次，用第一次的。", "\"{name}\" stands twice; the first is used."),
    t("请核对哪一行是准的。", "Check which row is right."),
);
pub static OURS: Kind = Kind::error(
    "baseline-ours",
    t("这是 ecap 自己做的工作簿，不是上年的得分表。", "This is a workbook of ecap's own, no table of last year's scores."),
    t(
        "上年是用 ecap 评的，直接给出上年收回的表的文件夹或 results.json。",
        "Where last year was scored with ecap, name its surveys' folder or its results.json.",
    ),
);
pub static KINDS: [&Kind; 6] = [&NO_TABLE, &OURS, &BAD_SCORE, &BAD_FULL, &OVER, &TWICE];

/// What stands for a formula without a stored value.
const NO_VALUE: &str = "=?";

/// Headers as offices write them.
const CODE: [Text; 4] = [t("编号", "Code"), t("代码", "Ref"), t("指标编号", "No."), t("题号", "Id")];
const NAME: [Text; 7] = [
    t("名称", "Name"),
    t("指标", "Indicator"),
    t("指标名称", "Item"),
    t("项目", "Subject"),
    t("一级指标", "Level 1"),
    t("二级指标", "Level 2"),
    t("三级指标", "Level 3"),
];
const SCORE: [Text; 6] = [
    t("得分", "Score"),
    t("上年得分", "Last year's score"),
    t("实得分", "Marks"),
    t("考核得分", "Assessed score"),
    t("评分", "Rating"),
    t("分数", "Points"),
];
const FULL: [Text; 4] = [t("满分", "Full"), t("分值", "Full marks"), t("标准分", "Out of"), t("应得分", "Maximum")];
const TOTAL: [Text; 4] = [t("总分", "Total"), t("合计", "Sum"), t("总计", "Grand total"), t("总得分", "Total score")];

/// One line of last year's table.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineRow {
    /// As written; may be empty.
    pub code: String,
    pub name: String,
    /// 0 to 100: the score of the full marks.
    pub score: f64,
    /// Full marks; 100 where the table has no column of them.
    pub full: f64,
    /// As it stands there: `36.4/50`, or `72.8` where there is no column of full marks.
    pub written: String,
    pub place: Place,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// What stands above the table.
    pub title: String,
    pub rows: Vec<BaselineRow>,
    /// The line that says 总分 or 合计.
    pub total: Option<BaselineRow>,
}

/// Reads the first table with a name or code and a score.
pub fn read(book: &Book, file: &str, findings: &mut Vec<Finding>) -> Option<Baseline> {
    if book.sheets.iter().any(|sheet| sheet.name == STORE) {
        findings.push(OURS.at(Place::file(file), &[]));
        return None;
    }
    let header = book.sheets.iter().find_map(|sheet| header(sheet).map(|header| (sheet, header)));
    let Some((sheet, header)) = header else {
        findings.push(NO_TABLE.at(Place::file(file), &[]));
        return None;
    };
    let title = sheet.rows.iter().filter(|(row, _)| **row < header.row).flat_map(|(_, cells)| cells.values()).find_map(|cell| match &cell
        .content
    {
        Content::Text(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
        _ => None,
    });
    let mut baseline = Baseline { title: title.unwrap_or_default(), ..Baseline::default() };
    for row in sheet.rows.keys().copied().filter(|row| *row > header.row) {
        let text = |column: u32| normal(&sheet.text(row, column));
        let code = header.code.map(text).unwrap_or_default();
        // Of 一级指标, 二级指标, 三级指标 the finest that is filled.
        let name = header.names.iter().rev().map(|column| text(*column)).find(|name| !name.is_empty()).unwrap_or_default();
        let called = if name.is_empty() { code.clone() } else { name.clone() };
        let typed = number(sheet, row, header.score);
        if called.is_empty() || matches!(&typed, Err(text) if text.is_empty()) {
            continue;
        }
        let place = |column: u32| Place::cell(file, &sheet.name, row, column);
        let score = match typed {
            Ok(score) => score,
            Err(text) => {
                findings.push(BAD_SCORE.at(place(header.score), &[("name", called.into()), ("text", text.into())]));
                continue;
            }
        };
        let full = match header.full.map(|column| (column, number(sheet, row, column))) {
            None => Number::from(100),
            Some((_, Ok(full))) if full > Number::zero() => full,
            Some((column, full)) => {
                let text = full.map_or_else(|text| text, |full| full.to_string());
                findings.push(BAD_FULL.at(place(column), &[("name", called.into()), ("text", text.into())]));
                continue;
            }
        };
        if score.is_negative() || score > full {
            let args = [("name", called.into()), ("score", score.to_string().into()), ("full", full.to_string().into())];
            findings.push(OVER.at(place(header.score), &args));
            continue;
        }
        let full_marks = full.to_f64();
        let written = if header.full.is_some() { format!("{score}/{full}") } else { score.to_string() };
        let score = Number::fraction(&score.times(&100.into()), &full).map_or(0.0, |score| score.to_f64());
        let row = BaselineRow { code, name, score, full: full_marks, written, place: place(header.score) };
        if TOTAL.iter().any(|words| is(&called, words)) {
            baseline.total = baseline.total.or(Some(row));
        } else if baseline.rows.iter().any(|known| {
            if row.name.is_empty() {
                known.code == row.code
            } else {
                known.name == row.name && (known.code == row.code || row.code.is_empty())
            }
        }) {
            findings.push(TWICE.at(place(header.score), &[("name", called.into())]));
        } else {
            baseline.rows.push(row);
        }
    }
    Some(baseline)
}

/// Does somebody's workbook hold such a table?
pub fn is_table(book: &Book) -> bool {
    book.sheets.iter().all(|sheet| sheet.name != STORE) && book.sheets.iter().any(|sheet| header(sheet).is_some())
}

struct Header {
    row: u32,
    code: Option<u32>,
    names: Vec<u32>,
    score: u32,
    full: Option<u32>,
}

fn header(sheet: &Sheet) -> Option<Header> {
    sheet.rows.iter().find_map(|(row, cells)| {
        let columns = |words: &[Text]| -> Vec<u32> {
            let is_one = |content: &Content| matches!(content, Content::Text(text) if words.iter().any(|word| is(text, word)));
            cells.iter().filter(|(_, cell)| is_one(&cell.content)).map(|(column, _)| *column).collect()
        };
        let (codes, names) = (columns(&CODE), columns(&NAME));
        let score = columns(&SCORE).first().copied()?;
        let full = columns(&FULL).first().copied();
        (!codes.is_empty() || !names.is_empty()).then(|| Header { row: *row, code: codes.first().copied(), names, score, full })
    })
}

/// The number of a cell, else its text.
fn number(sheet: &Sheet, row: u32, column: u32) -> Result<Number, String> {
    if let Some(Content::Number(value)) = sheet.cell(row, column).map(|cell| &cell.content) {
        return Number::from_f64(*value).ok_or_else(String::new);
    }
    if let Some(Content::NoValue) = sheet.cell(row, column).map(|cell| &cell.content) {
        return Err(NO_VALUE.to_string());
    }
    let text = normal(&sheet.text(row, column));
    let bare = text.strip_suffix('分').unwrap_or(&text).trim_end();
    Number::parse(bare).ok_or(text)
}
