//! .xls (and .et), .xlsb and .ods: values by calamine, what it does not tell (number formats, notes, what is hidden) by a second look.
//! Called in a process of its own: see [`super::child`].

mod linked;
mod ods;
mod xls;
mod xlsb;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, ExcelDateTime, Ods, Range, Reader, SheetType, Xls, XlsError, Xlsb};

use crate::sheet::limits::Limits;
use crate::sheet::package::{DAMAGED, Trouble};
use crate::sheet::sniff::PASSWORD;
use crate::sheet::xlsx::display;
use crate::sheet::xlsx::shortened;
use crate::sheet::xlsx::strings::Runs;
use crate::sheet::xlsx::styles::{Look, Style};
use crate::sheet::{At, Budget, Cell, Content, Odd, Sheet, Shown, clock};

/// A format that is read apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Older {
    Xls,
    Xlsb,
    Ods,
}

impl Older {
    const BYTES: [(Older, u8); 3] = [(Older::Xls, b'x'), (Older::Xlsb, b'b'), (Older::Ods, b'o')];

    pub fn byte(self) -> u8 {
        Self::BYTES.iter().find(|(own, _)| *own == self).map_or(0, |(_, byte)| *byte)
    }

    pub fn of_byte(byte: u8) -> Option<Self> {
        Self::BYTES.iter().find(|(_, own)| *own == byte).map(|(older, _)| *older)
    }
}

/// What a second look tells of a workbook, by the names of its sheets.
pub type Looks = BTreeMap<String, Seen>;

/// What a second look tells of a sheet.
#[derive(Debug, Default)]
pub struct Seen {
    /// Without cells.
    pub sheet: Sheet,
    pub marks: BTreeMap<At, Mark>,
    /// Does the sheet show nothing where a 0 stands?
    pub hides_zeros: bool,
}

/// What a second look tells of a cell.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    pub style: Style,
    /// What the cell shows in place of its number, where the file says so.
    shown: Option<Shown>,
    /// Characters that are struck through or raised, of a cell whose style says nothing of it.
    runs: Runs,
    linked: bool,
    /// The text of the cell alone, where a shape or a reading in it has words too.
    text: Option<String>,
}

impl Seen {
    /// Keeps a style that does something to its cell.
    fn style(&mut self, at: At, style: &Style) {
        if style.look == Look::Percent || style.struck || !style.code.is_empty() {
            self.marks.insert(at, Mark { style: style.clone(), ..Mark::default() });
        }
    }

    /// Keeps that a formula takes the value of a cell from another workbook.
    fn linked(&mut self, at: At) {
        self.marks.entry(at).or_default().linked = true;
    }
}

pub fn read(kind: Older, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Trouble> {
    if kind == Older::Ods && ods::is_encrypted(bytes, limits) {
        return Err(Trouble::Damaged(PASSWORD.clone()));
    }
    // Where an element of an .ods is left open the parser waits for its end for ever; the second look comes first and says so.
    let ods = (kind == Older::Ods).then(|| looks(kind, bytes, limits).ok_or_else(Trouble::damaged)).transpose()?;
    // A panic of a parser is damage of this file.
    let values = catch_unwind(AssertUnwindSafe(|| values(kind, bytes, limits))).unwrap_or(Err(Trouble::Damaged(DAMAGED)))?;
    // Without its number formats a number may not be what it seems: 1.05 is 105 % or 1.05.
    let looks = ods.or_else(|| looks(kind, bytes, limits)).ok_or_else(Trouble::damaged)?;
    values.into_iter().map(|sheet| joined(sheet, &looks).ok_or_else(Trouble::damaged)).collect()
}

/// The second look: number formats, notes, what is hidden. None where the file is not whole.
pub fn looks(kind: Older, bytes: &[u8], limits: &Limits) -> Option<Looks> {
    match kind {
        Older::Xls => xls::looks(bytes),
        Older::Xlsb => xlsb::looks(bytes, limits),
        Older::Ods => ods::looks(bytes, limits),
    }
}

/// The values with what the second look tells. None where it did not see a sheet of numbers.
fn joined(mut sheet: Sheet, looks: &Looks) -> Option<Sheet> {
    let Some(seen) = looks.get(&sheet.name) else {
        let numbers = sheet.rows.values().flat_map(BTreeMap::values).any(|cell| matches!(cell.content, Content::Number(_)));
        return (!numbers).then_some(sheet);
    };
    for ((row, column), mark) in &seen.marks {
        let Some(cells) = sheet.rows.get_mut(row) else { continue };
        if let (Some(text), Some(Content::Text(_))) = (&mark.text, cells.get(column).map(|cell| &cell.content)) {
            if text.is_empty() {
                cells.remove(column);
            } else {
                cells.insert(*column, Cell::of(Content::Text(text.clone())));
            }
        }
        if let Some(cell) = cells.get_mut(column) {
            cell.percent = mark.style.look == Look::Percent && matches!(cell.content, Content::Number(_));
            cell.odd = odd(cell, mark);
        }
    }
    if seen.hides_zeros {
        for cell in sheet.rows.values_mut().flat_map(BTreeMap::values_mut).filter(|cell| cell.content == Content::Number(0.0)) {
            cell.odd.get_or_insert_default().shown = Some(Shown::nothing());
        }
    }
    Some(Sheet { name: sheet.name, rows: sheet.rows, ..seen.sheet.clone() })
}

/// What the content of a cell does not tell; none where that is nothing.
fn odd(cell: &Cell, mark: &Mark) -> Option<Box<Odd>> {
    let shown = match cell.content {
        Content::Number(number) if matches!(mark.style.look, Look::Plain | Look::Percent) => {
            mark.shown.clone().or_else(|| display::shown(&mark.style.code, number))
        }
        _ => None,
    };
    let struck = if mark.style.struck { cell.text() } else { mark.runs.struck.clone() };
    let struck = Some(struck.trim()).filter(|struck| !struck.is_empty()).map(shortened);
    let odd = Odd { shown, struck, raised: mark.runs.raised(), linked: mark.linked, source: None };
    (odd != Odd::default()).then(|| Box::new(odd))
}

fn values(kind: Older, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Trouble> {
    let mut budget = Budget::new(limits);
    match kind {
        Older::Xls => {
            let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
                XlsError::Password => Trouble::Damaged(PASSWORD.clone()),
                _ => Trouble::damaged(),
            })?;
            all(&mut workbook, &mut budget)
        }
        Older::Xlsb => all(&mut Xlsb::new(Cursor::new(bytes)).map_err(|_| Trouble::damaged())?, &mut budget),
        Older::Ods => all(&mut Ods::new(Cursor::new(bytes)).map_err(|_| Trouble::damaged())?, &mut budget),
    }
}

fn all<'a, R: Reader<Cursor<&'a [u8]>>>(workbook: &mut R, budget: &mut Budget) -> Result<Vec<Sheet>, Trouble> {
    let mut sheets = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        // A chart on a sheet of its own has no cells to read.
        if sheet.typ == SheetType::ChartSheet {
            continue;
        }
        let name = sheet.name;
        let range = workbook.worksheet_range(&name).map_err(|_| Trouble::damaged())?;
        sheets.push(Sheet { name, ..of_range(&range, budget)? });
    }
    Ok(sheets)
}

fn of_range(range: &Range<Data>, budget: &mut Budget) -> Result<Sheet, Trouble> {
    let mut sheet = Sheet::default();
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        let Some(content) = content(value) else { continue };
        budget.cells(1)?;
        if let Content::Text(text) = &content {
            budget.text(text.len())?;
        }
        let at = |offset: usize, first: u32| u32::try_from(offset).ok().and_then(|offset| first.checked_add(offset));
        let (Some(row), Some(column)) = (at(row, first_row), at(column, first_column)) else { return Err(Trouble::damaged()) };
        sheet.rows.entry(row).or_default().insert(column, Cell::of(content));
    }
    Ok(sheet)
}

fn content(value: &Data) -> Option<Content> {
    Some(match value {
        Data::Empty => return None,
        Data::Int(value) => Content::Number(*value as f64),
        Data::Float(value) if value.is_finite() => Content::Number(*value),
        Data::Float(value) => Content::Text(value.to_string()),
        Data::String(text) => Content::Text(text.clone()),
        Data::Bool(truth) => Content::Truth(*truth),
        Data::DateTime(date) => Content::Date(date_text(date)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Content::Date(text.clone()),
        Data::Error(error) => Content::Error(error.to_string()),
    })
}

fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if date.as_f64() < 1.0 {
        clock(u64::from(hour) * 3600 + u64::from(minute) * 60 + u64::from(second))
    } else if hour == 0 && minute == 0 {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}

/// Little-endian numbers from a record; none behind its end.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn u16(&mut self) -> Option<u16> {
        let bytes = self.take(2)?;
        Some(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn u32(&mut self) -> Option<u32> {
        let bytes = self.take(4)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// So many characters of UTF-16.
    fn wide(&mut self, count: usize) -> Option<String> {
        let bytes = self.take(count.checked_mul(2)?)?;
        Some(String::from_utf16_lossy(&bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect::<Vec<_>>()))
    }
}
