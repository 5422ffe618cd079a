//! A workbook's bytes to its sheets. One bad file is a finding on that file and stops nothing else.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::sheet::{Cell, Content, Sheet, find};
use crate::text::t;

pub static UNREADABLE: Kind = Kind {
    code: "input-unreadable",
    severity: Severity::Error,
    what: t("打不开：{reason}。", "It cannot be opened: {reason}."),
    advice: t("请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。", "Open it in WPS or Excel, save it as .xlsx, and send that."),
};
pub static SHEET_UNREADABLE: Kind = Kind {
    code: "input-sheet-unreadable",
    severity: Severity::Error,
    what: t("工作表“{sheet}”读不出来：{reason}。", "The sheet \"{sheet}\" cannot be read: {reason}."),
    advice: t("请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。", "Open it in WPS or Excel, save it as .xlsx, and send that."),
};
pub static TOO_LARGE: Kind = Kind {
    code: "input-too-large",
    severity: Severity::Error,
    what: t("文件有 {size} MiB，超过 {limit} MiB 的上限。", "The file has {size} MiB, above the limit of {limit} MiB."),
    advice: t(
        "问卷不会这么大；请删去图片等无关内容后再交。",
        "A survey is never that large; take out pictures and other matter and send it again.",
    ),
};
pub static TOO_MANY_CELLS: Kind = Kind {
    code: "input-too-many-cells",
    severity: Severity::Error,
    what: t("工作表“{sheet}”的单元格超过 {limit} 个。", "The sheet \"{sheet}\" has more than {limit} cells."),
    advice: t("请删去问卷以外的工作表。", "Take out the sheets that are not the survey."),
};
pub static KINDS: [&Kind; 7] =
    [&UNREADABLE, &SHEET_UNREADABLE, &TOO_LARGE, &TOO_MANY_CELLS, &find::ARCHIVE, &find::SKIPPED, &find::OLD_FORMAT];

const MIB: usize = 1024 * 1024;
const MAX_MIB: usize = 50;
const MAX_CELLS: usize = 2_000_000;

/// An opened workbook.
pub struct Book {
    pub sheets: Vec<Sheet>,
    workbook: Xlsx<Cursor<Vec<u8>>>,
}

impl Book {
    /// Reads every sheet of a workbook; `file` is the name used in findings.
    pub fn open(bytes: Vec<u8>, file: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let place = Place::file(file);
        if bytes.len() > MAX_MIB * MIB {
            findings.push(TOO_LARGE.at(place, &[("size", (bytes.len() / MIB).into()), ("limit", MAX_MIB.into())]));
            return None;
        }
        if bytes.is_empty() {
            findings.push(UNREADABLE.at(place, &[("reason", t("文件是空的", "the file is empty"))]));
            return None;
        }
        // The parser meets bytes of strangers; a panic in it costs this file only.
        let opened = catch_unwind(AssertUnwindSafe(|| Xlsx::new(Cursor::new(bytes))));
        let mut workbook = match opened {
            Ok(Ok(workbook)) => workbook,
            Ok(Err(error)) => {
                findings.push(UNREADABLE.at(place, &[("reason", reason(&error))]));
                return None;
            }
            Err(_) => {
                findings.push(UNREADABLE.at(place, &[("reason", broken())]));
                return None;
            }
        };
        let mut sheets = Vec::new();
        for name in workbook.sheet_names() {
            match catch_unwind(AssertUnwindSafe(|| read(&mut workbook, &name))) {
                Ok(Ok(Some(sheet))) => sheets.push(sheet),
                Ok(Ok(None)) => findings.push(TOO_MANY_CELLS.at(place.clone(), &[("sheet", name.into()), ("limit", MAX_CELLS.into())])),
                Ok(Err(error)) => {
                    findings.push(SHEET_UNREADABLE.at(Place::sheet(file, &name), &[("sheet", name.into()), ("reason", reason(&error))]))
                }
                Err(_) => findings.push(SHEET_UNREADABLE.at(Place::sheet(file, &name), &[("sheet", name.into()), ("reason", broken())])),
            }
        }
        Some(Book { sheets, workbook })
    }

    /// Marks the cells of a sheet that are formatted as percent: a second pass, made only where it matters.
    pub fn read_percents(&mut self, index: usize) {
        let Some(sheet) = self.sheets.get_mut(index) else { return };
        let workbook = &mut self.workbook;
        let marked = catch_unwind(AssertUnwindSafe(|| percents(workbook, &sheet.name)));
        for (row, column) in marked.unwrap_or_default() {
            if let Some(cell) = sheet.rows.get_mut(&row).and_then(|cells| cells.get_mut(&column)) {
                cell.percent = true;
            }
        }
    }
}

/// Largest list of sheets that is looked at.
const MAX_LIST_BYTES: u64 = 1024 * 1024;

/// The names of a workbook's sheets, without reading any of them; empty where it is no workbook.
pub fn sheet_names(path: &Path) -> Vec<String> {
    let list = || -> Option<String> {
        let mut archive = ZipArchive::new(File::open(path).ok()?).ok()?;
        let mut list = String::new();
        archive.by_name("xl/workbook.xml").ok()?.take(MAX_LIST_BYTES).read_to_string(&mut list).ok()?;
        Some(list)
    };
    let opened = catch_unwind(AssertUnwindSafe(list)).ok().flatten().unwrap_or_default();
    // Within the tag: behind the last sheet the defined names follow, which have names too.
    let tags = opened.split("<sheet ").skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag));
    let sheets = tags.filter_map(|rest| rest.split_once(" name=\"").or_else(|| rest.split_once("name=\"")));
    sheets.filter_map(|(_, rest)| rest.split_once('"')).map(|(name, _)| name.to_string()).collect()
}

fn broken() -> crate::text::Text {
    t("文件内容损坏", "its content is damaged")
}

fn reason(error: &XlsxError) -> crate::text::Text {
    match error {
        XlsxError::Password => t("文件加了密码", "it is protected by a password"),
        XlsxError::Zip(_) => t("不是 .xlsx 格式的文件", "it is no .xlsx file"),
        _ => broken(),
    }
}

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// None where the sheet has too many cells.
fn read(workbook: &mut Workbook, name: &str) -> Result<Option<Sheet>, XlsxError> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    let mut count = 0;
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart sheet has no cells.
        Err(XlsxError::WorksheetNotFound(_)) => return Ok(Some(Sheet { name: name.to_string(), rows })),
        Err(error) => return Err(error),
    };
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        let content = match record.value {
            DataRef::Empty if record.formula.is_some() => Content::NoValue,
            DataRef::Empty => continue,
            DataRef::Int(value) => Content::Number(value as f64),
            DataRef::Float(value) => Content::Number(value),
            DataRef::String(text) => Content::Text(text),
            DataRef::SharedString(text) => Content::Text(text.to_string()),
            DataRef::Bool(truth) => Content::Truth(truth),
            DataRef::DateTime(date) => Content::Date(date_text(&date)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Content::Date(text),
            DataRef::Error(error) => Content::Error(error.to_string()),
        };
        count += 1;
        if count > MAX_CELLS {
            return Ok(None);
        }
        rows.entry(record.pos.0).or_default().insert(record.pos.1, Cell { content, percent: false });
    }
    Ok(Some(Sheet { name: name.to_string(), rows }))
}

fn date_text(date: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, _, _) = date.to_ymd_hms_milli();
    if date.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if hour == 0 && minute == 0 {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}

fn percents(workbook: &mut Workbook, name: &str) -> Vec<(u32, u32)> {
    let mut marked = Vec::new();
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return marked };
    let percent: Vec<bool> =
        reader.styles().iter().map(|style| style.number_format.as_ref().is_some_and(|format| is_percent(&format.format_code))).collect();
    // Most workbooks have no percent style at all and need no second look.
    if !percent.contains(&true) {
        return marked;
    }
    while let Ok(Some((row, column, style))) = reader.next_style_id() {
        if percent.get(style).copied().unwrap_or(false) {
            marked.push((row, column));
        }
    }
    marked
}

/// A `%` that is neither quoted, escaped nor in brackets.
fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut bracketed = false;
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => {
                characters.next();
            }
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            '%' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_format_shows_a_percent_sign() {
        for format in ["0%", "0.00%", "0.0%;[Red]-0.0%", "\"约\"0%", "# ?/?\" \"%"] {
            assert!(is_percent(format), "{format}");
        }
        for format in ["General", "0.00", "0\"%\"", "0\\%", "@", "yyyy-mm-dd"] {
            assert!(!is_percent(format), "{format}");
        }
    }
}
