//! A stranger's file to cells, and cells to a file. Nothing outside this folder knows calamine or the zip inside a workbook.

pub mod child;
pub(crate) mod delimited;
mod disk;
pub mod find;
pub mod garbled;
pub mod limits;
pub mod looks;
pub mod names;
pub(crate) mod older;
pub mod open;
mod package;
pub mod replace;
mod sniff;
mod wire;
pub mod write;
pub mod xlsx;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use crate::unit::{date_text as day_text, days_after};
use limits::{Limit, Limits, MIB};
use package::Trouble;

pub use find::{Input, find};
pub use open::{Book, KINDS, sheet_names};

/// What a sheet can hold at most.
pub const MAX_ROWS: u32 = 1_048_576;
pub const MAX_COLUMNS: u32 = 16_384;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Text(String),
    Number(f64),
    Truth(bool),
    /// As a spreadsheet would print it, `2026-03-05`.
    Date(String),
    /// As the cell shows it, `#DIV/0!`.
    Error(String),
    /// A formula of which the file holds no result.
    NoValue,
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub content: Content,
    /// Its number format has a percent sign outside quotes.
    pub percent: bool,
    /// What a person sees in it beside its content.
    pub odd: Option<Box<Odd>>,
}

/// What the content of a cell does not tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Odd {
    /// Set where the number format shows something else than the number.
    pub shown: Option<Shown>,
    /// Characters that are struck through.
    pub struck: Option<String>,
    /// Characters that are set above or below the line, beside others.
    pub raised: Option<Raised>,
    /// Does a formula take the value from another workbook?
    pub linked: bool,
    /// Why the value of a formula says nothing; looked for in .xlsx.
    pub source: Option<Source>,
}

/// Where the value of a formula comes from that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A 0 of empty cells.
    Empty,
    /// A 0 of a formula that names its own cell.
    Itself,
    /// The day or the hour on which it was computed, or chance.
    Changing,
}

/// Characters above or below the line, and what the cell says without them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raised {
    pub characters: String,
    pub rest: String,
}

/// What a cell shows in place of its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub text: String,
    pub how: How,
}

impl Shown {
    /// As a format with empty sections shows, and a sheet that hides its zeros.
    pub fn nothing() -> Self {
        Shown { text: String::new(), how: How::Worded }
    }
}

/// Why it is not the number itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Fewer decimals.
    Rounded,
    /// As a fraction.
    Fraction,
    /// With words or signs, as another number, or as nothing.
    Worded,
}

/// A row and a column, from 0.
pub type At = (u32, u32);

/// The cells of one sheet by row, then column, both from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Notes (批注) by their cells; empty where a format tells only that there is one.
    pub notes: BTreeMap<At, String>,
    /// Pictures and boxes by the cell under their middle, with the text of a box; of .xlsx and .ods.
    pub over: BTreeMap<At, String>,
    pub hidden_rows: BTreeSet<u32>,
    /// First and last of columns that are hidden.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Does a filter hide rows?
    pub filtered: bool,
    /// First and last cell of cells merged into one.
    pub merged: Vec<(At, At)>,
    pub hidden: bool,
    /// How many fields a row has in text in columns, empty ones too; a workbook knows no such thing.
    pub fields: BTreeMap<u32, u32>,
}

impl Sheet {
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column)
    }

    /// What a person reads in the cell; empty where there is nothing.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.cell(row, column).map(Cell::text).unwrap_or_default()
    }

    pub fn hides(&self, row: u32, column: u32) -> bool {
        self.hidden_rows.contains(&row) || self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

impl Cell {
    pub fn of(content: Content) -> Self {
        Cell { content, percent: false, odd: None }
    }

    /// What a person reads: a number as its shortest decimal, in percent where the cell is formatted so.
    pub fn text(&self) -> String {
        use crate::number::Number;
        match &self.content {
            Content::Text(text) | Content::Date(text) | Content::Error(text) => text.clone(),
            Content::Number(value) => match Number::from_f64(*value) {
                Some(number) if self.percent => format!("{}%", number.times(&100.into())),
                Some(number) => number.to_string(),
                None => value.to_string(),
            },
            Content::Truth(true) => "TRUE".to_string(),
            Content::Truth(false) => "FALSE".to_string(),
            Content::NoValue => String::new(),
        }
    }
}

const MOST_FORMULAS: usize = 20_000;

/// What a file may still hold.
struct Budget {
    cells: usize,
    text: usize,
    /// Formulas looked at for what they name; those beyond are read without.
    formulas: usize,
    most_cells: usize,
    most_text: usize,
}

impl Budget {
    fn new(limits: &Limits) -> Self {
        let (most_cells, most_text) = (limits.get(Limit::Cells), limits.bytes(Limit::Text));
        Budget { cells: 0, text: 0, formulas: MOST_FORMULAS, most_cells, most_text }
    }

    fn cells(&mut self, count: usize) -> Result<(), Trouble> {
        self.cells = self.cells.saturating_add(count);
        if self.cells > self.most_cells { Err(Trouble::Over(Limit::Cells, self.cells)) } else { Ok(()) }
    }

    fn text(&mut self, bytes: usize) -> Result<(), Trouble> {
        self.text = self.text.saturating_add(bytes);
        if self.text > self.most_text { Err(Trouble::Over(Limit::Text, self.text / MIB + 1)) } else { Ok(()) }
    }
}

/// `C7`, also `$C$7`, as row 6 and column 2; none beyond what a sheet holds.
pub fn place_of(text: &str) -> Option<At> {
    let mut column = 0u32;
    let mut letters = 0;
    let mut rest = text.bytes().filter(|byte| *byte != b'$').peekable();
    while let Some(letter) = rest.next_if(u8::is_ascii_alphabetic) {
        letters += 1;
        column = column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        if letters > 3 {
            return None;
        }
    }
    let (mut row, mut digits) = (0u32, 0);
    for digit in rest {
        if !digit.is_ascii_digit() {
            return None;
        }
        digits += 1;
        row = row.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
    }
    let at = (row.checked_sub(1)?, column.checked_sub(1)?);
    (digits > 0 && at.0 < MAX_ROWS && at.1 < MAX_COLUMNS).then_some(at)
}

/// A day of a spreadsheet as it prints it: `2026-03-05`, `2026-03-05 14:30`, `14:30`; none for what is no day.
fn date_text(serial: f64, from_1904: bool) -> Option<String> {
    /// 10000-01-01 in days from the end of 1899.
    const END: f64 = 2_958_466.0;
    if !(0.0..END).contains(&serial) {
        return None;
    }
    let seconds = ((serial - serial.floor()) * 86_400.0).round() as u64;
    let day = serial.floor() as usize + usize::from(seconds == 86_400);
    let time = clock(seconds % 86_400);
    let shown = match day {
        _ if from_1904 => day_text(days_after((1904, 1, 1), day)),
        0 => return Some(time),
        // The day that Lotus took 1900 to have.
        60 => "1900-02-29".to_string(),
        1..60 => day_text(days_after((1899, 12, 31), day)),
        _ => day_text(days_after((1899, 12, 30), day)),
    };
    if from_1904 && day == 0 && seconds > 0 {
        return Some(time);
    }
    Some(if seconds % 86_400 < 60 { shown } else { format!("{shown} {time}") })
}

/// `14:30`; with its seconds where there are any, `00:00:55`.
fn clock(seconds: u64) -> String {
    let minutes = format!("{:02}:{:02}", seconds / 3600, seconds % 3600 / 60);
    if seconds.is_multiple_of(60) { minutes } else { format!("{minutes}:{:02}", seconds % 60) }
}

/// A length of time, as `[h]:mm` shows it: `30:00`.
fn elapsed(days: f64) -> String {
    clock((days * 86_400.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_within_a_sheet_or_none() {
        assert_eq!(place_of("A1"), Some((0, 0)));
        assert_eq!(place_of("$C$7"), Some((6, 2)));
        assert_eq!(place_of("xfd1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "A0", "XFE1", "A1048577", "A4294967297", "AAAA1", "A1B", "A-1", "甲1"] {
            assert_eq!(place_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_is_printed_as_a_spreadsheet_prints_it() {
        let shown = |serial: f64| date_text(serial, false);
        assert_eq!(shown(46_086.0).as_deref(), Some("2026-03-05"));
        assert_eq!(shown(46_086.604_166_666_67).as_deref(), Some("2026-03-05 14:30"));
        assert_eq!(shown(0.5).as_deref(), Some("12:00"));
        assert_eq!(shown(55.0 / 86_400.0).as_deref(), Some("00:00:55"));
        assert_eq!(elapsed(1.25), "30:00");
        assert_eq!(shown(1.0).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(59.0).as_deref(), Some("1900-02-28"));
        assert_eq!(shown(60.0).as_deref(), Some("1900-02-29"));
        assert_eq!(shown(61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(shown(2_958_465.0).as_deref(), Some("9999-12-31"));
        assert_eq!(date_text(44_624.0, true).as_deref(), Some("2026-03-05"));
        for wrong in [-1.0, 2_958_466.0, 1e300] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }
}
