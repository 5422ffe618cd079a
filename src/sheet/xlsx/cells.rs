//! The cells of one sheet, and what is hidden, filtered or merged in it.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::formulas::Formulas;
use super::strings::{Run, Runs, unescaped};
use super::styles::{Look, Style};
use super::{Shared, address, display, shortened};
use crate::finding::Finding;
use crate::place::Place;
use crate::sheet::open::CELL_TWICE;
use crate::sheet::package::Trouble;
use crate::sheet::xml::{attribute, is_set, referred};
use crate::sheet::{At, Budget, Cell, Content, MAX_COLUMNS, MAX_ROWS, Odd, Sheet, Shown, date_text, elapsed};
use crate::text::{Text, t};

const NO_STYLE: Text = t("单元格的数字格式找不到", "the number format of a cell is missing");
const TWICE: Text = t("太多单元格有两个值", "too many of its cells have two values");
/// Cells of two values that are told one by one.
const MAX_TWICE: usize = 20;
/// Points of height at which a row is as good as hidden.
const FLAT: f64 = 2.0;

/// A cell under way.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    style: usize,
    kind: Kind,
    /// What stands in `v`; none where there is none.
    value: Option<String>,
    inline: Option<String>,
    /// What of it is struck through or raised.
    inline_runs: Runs,
    formula: bool,
    linked: bool,
}

/// `t` of a cell.
#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Truth,
    Error,
    Date,
}

/// Where text goes.
#[derive(Clone, Copy, PartialEq)]
enum Into {
    Nothing,
    Value,
    Inline,
    Formula,
}

/// Are there notes or drawings to look for?
pub fn has_drawings(xml: &str) -> bool {
    // Near the end, behind the cells.
    let mut from = xml.len().saturating_sub(64 * 1024);
    while !xml.is_char_boundary(from) {
        from += 1;
    }
    ["legacyDrawing", "drawing "].iter().any(|tag| xml[from..].contains(tag))
}

pub fn read(
    xml: &str,
    shared: &Shared,
    budget: &mut Budget,
    file: &str,
    name: &str,
    findings: &mut Vec<Finding>,
    formulas: &mut Formulas,
) -> Result<Sheet, Trouble> {
    let mut reader = Reader::from_str(xml);
    let mut sheet = Sheet::default();
    let mut open: Option<Open> = None;
    let (mut row, mut next_row, mut next_column) = (0u32, 0u32, 0u32);
    let (mut into, mut reading) = (Into::Nothing, 0usize);
    let (mut ended, mut within_data) = (false, false);
    let mut twice = BTreeSet::new();
    // A formula under way, whether its text is shared, and the shared ones that name another workbook.
    let (mut formula, mut shared_index, mut links) = (String::new(), None, BTreeSet::new());
    let (mut run, mut hides_zeros) = (Run::default(), false);
    loop {
        let event = reader.read_event().map_err(|_| Trouble::damaged())?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "sheetData" => within_data = !empty,
                "sheetView" => hides_zeros |= attribute(&start, "showZeros").is_some_and(|shown| ["0", "false"].contains(&shown.as_str())),
                // Drawn controls have rows and columns too.
                "c" | "row" if !within_data => {}
                "c" => {
                    let cell = begin(&start, row, next_column)?;
                    (row, next_column) = (cell.at.0, cell.at.1 + 1);
                    open = (!empty).then_some(cell);
                }
                "v" => {
                    into = if empty { Into::Nothing } else { Into::Value };
                    if let Some(cell) = &mut open
                        && (cell.value.replace(String::new()).is_some() || (cell.inline.is_some() && !empty))
                    {
                        return Err(Trouble::damaged());
                    }
                }
                "f" => {
                    if let Some(cell) = &mut open {
                        cell.formula = true;
                        let index = attribute(&start, "si").filter(|_| attribute(&start, "t").is_some_and(|kind| kind == "shared"));
                        // The first of a shared formula has its text.
                        cell.linked = empty && index.as_ref().is_some_and(|index| links.contains(index));
                        if empty {
                            formulas.again(cell.at, index.as_ref());
                        }
                        (formula, shared_index) = (String::new(), index);
                    }
                    into = if empty { Into::Nothing } else { Into::Formula };
                }
                "r" | "strike" | "vertAlign" => run.tag(&start),
                "is" => {
                    if let Some(cell) = &mut open
                        && (cell.inline.replace(String::new()).is_some() || cell.value.as_ref().is_some_and(|value| !value.is_empty()))
                    {
                        return Err(Trouble::damaged());
                    }
                    run = Run::default();
                }
                "rPh" if !empty => reading += 1,
                "t" if !empty && reading == 0 && open.as_ref().is_some_and(|cell| cell.inline.is_some()) => into = Into::Inline,
                "row" => {
                    row = row_number(&start, next_row)?;
                    (next_row, next_column) = (row + 1, 0);
                    if is_set(&start, "hidden")
                        || attribute(&start, "ht").and_then(|height| height.parse().ok()).is_some_and(|height: f64| height <= FLAT)
                    {
                        budget.cells(1)?;
                        sheet.hidden_rows.insert(row);
                    }
                }
                "col" if is_set(&start, "hidden") || attribute(&start, "width").is_some_and(|width| width == "0") => {
                    let at =
                        |name: &str| attribute(&start, name).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1).saturating_sub(1);
                    budget.cells(1)?;
                    sheet.hidden_columns.push((at("min"), at("max").min(MAX_COLUMNS - 1)));
                }
                "filterColumn" => sheet.filtered = true,
                "mergeCell" => {
                    budget.cells(1)?;
                    let range = attribute(&start, "ref").unwrap_or_default();
                    let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                    let (first, last) = (address(first)?, address(last)?);
                    sheet.merged.push(((first.0.min(last.0), first.1.min(last.1)), (first.0.max(last.0), first.1.max(last.1))));
                }
                _ => {}
            },
            Event::Text(words) if into == Into::Formula => formula.push_str(&words),
            Event::CData(words) if into == Into::Formula => formula.push_str(&words),
            Event::GeneralRef(_) if into == Into::Formula => formula.push(' '),
            Event::Text(words) => push(into, run, &mut open, &words),
            Event::CData(words) => push(into, run, &mut open, &words),
            Event::GeneralRef(reference) if into != Into::Nothing => {
                let character = referred(&reference).ok_or_else(Trouble::damaged)?;
                push(into, run, &mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::End(end) => match end.local_name().as_ref() {
                "f" => {
                    into = Into::Nothing;
                    if let Some(cell) = &mut open {
                        formulas.add(cell.at, &formula, shared_index.as_ref());
                        cell.linked |= is_linked(&formula);
                        links.extend(shared_index.take().filter(|_| cell.linked));
                    }
                }
                "v" | "t" => into = Into::Nothing,
                "rPh" => reading = reading.saturating_sub(1),
                "c" => {
                    if let Some(cell) = open.take() {
                        put(cell, shared, hides_zeros, budget, &mut sheet, &mut twice)?;
                    }
                }
                "sheetData" => within_data = false,
                "worksheet" => ended = true,
                _ => {}
            },
            // A part that was cut off may lack any number of cells.
            Event::Eof if !ended => return Err(Trouble::damaged()),
            Event::Eof => {
                for (at, one, other) in twice {
                    let place = Place::cell(file, name, at.0, at.1);
                    findings.push(CELL_TWICE.at(place, &[("one", one.into()), ("other", other.into())]));
                }
                return Ok(sheet);
            }
            _ => {}
        }
    }
}

/// `[1]汇总!$C$5`, `'[a.xlsx]b'!A1`: does a formula name another workbook? `表[列]` does not.
fn is_linked(formula: &str) -> bool {
    let other = |(at, _): (usize, &str)| {
        let before = formula[..at].chars().next_back();
        let begins = before.is_none_or(|before| !before.is_alphanumeric() && !['_', '[', ']', '.', '"'].contains(&before));
        let inside = formula[at + 1..].split(']').next().unwrap_or_default();
        let number = inside.bytes().all(|byte| byte.is_ascii_digit()) && !["", "0"].contains(&inside);
        let file = [".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv"].iter().any(|end| inside.to_lowercase().ends_with(end));
        (begins || formula[..at].ends_with(['/', '\\'])) && (number || file)
    };
    formula.match_indices('[').any(other)
}

fn push(into: Into, run: Run, open: &mut Option<Open>, words: &str) {
    let Some(cell) = open else { return };
    if let (Into::Inline, Some(text)) = (into, &cell.inline) {
        cell.inline_runs.push(run, words, text);
    }
    let slot = match into {
        Into::Value => &mut cell.value,
        Into::Inline => &mut cell.inline,
        Into::Formula | Into::Nothing => return,
    };
    if let Some(text) = slot {
        text.push_str(words);
    }
}

fn row_number(tag: &BytesStart<'_>, next: u32) -> Result<u32, Trouble> {
    let Some(number) = attribute(tag, "r") else { return within((next, 0)).map(|at| at.0) };
    match number.parse::<u32>().ok().and_then(|number| number.checked_sub(1)).filter(|row| *row < MAX_ROWS) {
        Some(row) => Ok(row),
        None => address(&format!("A{number}")).map(|at| at.0),
    }
}

fn within(at: (u32, u32)) -> Result<(u32, u32), Trouble> {
    if at.0 < MAX_ROWS && at.1 < MAX_COLUMNS { Ok(at) } else { Err(Trouble::damaged()) }
}

/// Its attributes in one go: this is where most of the time goes.
fn begin(tag: &BytesStart<'_>, row: u32, next_column: u32) -> Result<Open, Trouble> {
    let mut cell = Open::default();
    let (mut placed, mut kinds, mut styles) = (false, 0, 0);
    for found in tag.attributes().with_checks(false) {
        let found = found.map_err(|_| Trouble::damaged())?;
        match found.key.as_ref() {
            "r" => {
                cell.at = address(&found.value)?;
                if std::mem::replace(&mut placed, true) {
                    return Err(Trouble::damaged());
                }
            }
            "s" => {
                styles += 1;
                cell.style = found.value.parse().map_err(|_| Trouble::damaged())?;
            }
            "t" => {
                kinds += 1;
                cell.kind = match found.value.as_ref() {
                    "s" => Kind::Shared,
                    "str" => Kind::Text,
                    "inlineStr" => Kind::Inline,
                    "b" => Kind::Truth,
                    "e" => Kind::Error,
                    "d" => Kind::Date,
                    "n" => Kind::Number,
                    // Taken for a number, the index of a string would be an answer.
                    _ => return Err(Trouble::damaged()),
                };
            }
            _ => {}
        }
    }
    if kinds > 1 || styles > 1 {
        return Err(Trouble::damaged());
    }
    if !placed {
        cell.at = within((row, next_column))?;
    }
    Ok(cell)
}

fn put(
    cell: Open,
    shared: &Shared,
    hides_zeros: bool,
    budget: &mut Budget,
    sheet: &mut Sheet,
    twice: &mut BTreeSet<(At, String, String)>,
) -> Result<(), Trouble> {
    let at = cell.at;
    let usual = Style::default();
    let style = match shared.styles.get(cell.style) {
        Some(style) => style,
        None if cell.style == 0 => &usual,
        // Without its number format 1.05 is 105 % or 1.05.
        None if cell.kind == Kind::Number && cell.value.is_some() => return Err(Trouble::Damaged(NO_STYLE)),
        None => &usual,
    };
    let look = style.look;
    let odd = odd(&cell, style, shared, hides_zeros);
    let Some(content) = content(cell, look, shared)? else { return Ok(()) };
    budget.cells(1)?;
    if let Content::Text(text) = &content {
        budget.text(text.len())?;
    }
    let cell = Cell { content, percent: look == Look::Percent, odd: odd.map(Box::new) };
    let before = match sheet.rows.entry(at.0).or_default().entry(at.1) {
        Entry::Vacant(place) => {
            place.insert(cell);
            return Ok(());
        }
        Entry::Occupied(before) => before.into_mut(),
    };
    if *before != cell {
        if twice.len() >= MAX_TWICE {
            return Err(Trouble::Damaged(TWICE));
        }
        // Which of the two is meant nobody knows: both stand there, and no scale reads them.
        let (one, other) = (shortened(&before.text()), shortened(&cell.text()));
        *before = Cell::of(Content::Text(format!("{one} / {other}")));
        twice.insert((at, one, other));
    }
    Ok(())
}

/// What the content of a cell does not tell; none where that is nothing.
fn odd(cell: &Open, style: &Style, shared: &Shared, hides_zeros: bool) -> Option<Odd> {
    let value = cell.value.as_deref().unwrap_or_default().trim();
    let index =
        (cell.kind == Kind::Shared && (style.struck || !shared.strings.runs.is_empty())).then(|| value.parse::<usize>().ok()).flatten();
    let runs = match cell.kind {
        Kind::Shared => index.and_then(|index| shared.strings.runs.get(&index)),
        _ => Some(&cell.inline_runs),
    };
    let struck = if style.struck {
        let text = index.and_then(|index| shared.strings.texts.get(index)).or(cell.inline.as_ref());
        text.map_or(value, String::as_str)
    } else {
        runs.map_or("", |runs| runs.struck.as_str())
    };
    let struck = Some(unescaped(struck.to_string()).trim()).filter(|struck| !struck.is_empty()).map(shortened);
    let raised = runs.and_then(Runs::raised);
    let number = (cell.kind == Kind::Number && matches!(style.look, Look::Plain | Look::Percent)).then(|| value.parse::<f64>().ok());
    let number = number.flatten().filter(|number| number.is_finite());
    let shown = match number {
        Some(0.0) if hides_zeros => Some(Shown::nothing()),
        _ => number.and_then(|number| display::shown(&style.code, number)),
    };
    let odd = Odd { shown, struck, raised, linked: cell.linked, source: None };
    (odd != Odd::default()).then_some(odd)
}

/// What a cell holds; none where it is empty.
fn content(cell: Open, look: Look, shared: &Shared) -> Result<Option<Content>, Trouble> {
    let Open { kind, value, inline, formula, .. } = cell;
    // Some programs put a text where the kind does not look for it.
    if inline.is_some() && value.as_ref().is_none_or(String::is_empty) {
        return Ok(inline.map(|text| Content::Text(unescaped(text))));
    }
    let value = match value {
        Some(value) if !value.is_empty() || kind == Kind::Text => value,
        // An empty `v` of a shared string is no string 0.
        _ => return Ok(formula.then_some(Content::NoValue)),
    };
    let content = match kind {
        Kind::Shared => {
            let index = value.trim().parse::<usize>().ok();
            Content::Text(index.and_then(|index| shared.strings.texts.get(index)).cloned().ok_or_else(Trouble::damaged)?)
        }
        Kind::Text | Kind::Inline => Content::Text(unescaped(value)),
        Kind::Truth => match value.trim() {
            "1" | "true" => Content::Truth(true),
            "0" | "false" => Content::Truth(false),
            _ => return Err(Trouble::damaged()),
        },
        Kind::Error => Content::Error(value),
        Kind::Date => Content::Date(value),
        // What is no number of a spreadsheet, as NaN, stands as it is and no scale reads it.
        Kind::Number => match value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) if look == Look::Elapsed && (0.0..1e6).contains(&number) => Content::Date(elapsed(number)),
            Some(number) if matches!(look, Look::Date | Look::Elapsed) => {
                date_text(number, shared.from_1904).map_or(Content::Error("#####".into()), Content::Date)
            }
            Some(number) => Content::Number(number),
            None => Content::Text(value),
        },
    };
    Ok(Some(content))
}
