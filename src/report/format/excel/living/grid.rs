//! A sheet of a living workbook: a title, a note, one table, every formula with what ecap computed.

use rust_xlsxwriter::{Color, Format as Look, FormatAlign, Formula, Worksheet, XlsxError};

use crate::place::cell_name;
use crate::sheet::write::{self, row_height};
use crate::text::{Lang, Text};

/// Title, note, header: the first line of data stands below them.
pub const FIRST: u32 = 3;
const HEADER: u32 = 2;

pub struct Grid {
    pub name: String,
    pub title: Text,
    pub note: Text,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Columns that stay in view.
    pub frozen: u16,
    /// May the table be filtered? Not where tables stand side by side.
    pub filter: bool,
}

pub struct Column {
    pub name: Text,
    pub width: f64,
    pub shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    Short,
    /// As many decimals as there are.
    Plain,
    /// Scores and worths.
    Fine,
    Part,
    /// To be compared digit by digit.
    Exact,
    Whole,
}

impl Shape {
    pub fn column(self, name: Text, width: f64) -> Column {
        Column { name, width, shape: self }
    }
}

/// A column of scores, weights and their products.
pub fn fine(name: Text) -> Column {
    Shape::Fine.column(name, 11.0)
}

/// A column of parts of the total.
pub fn part(name: Text) -> Column {
    Shape::Part.column(name, 11.0)
}

pub enum Cell {
    Empty,
    /// Nothing belongs here.
    Off,
    Text(String),
    Number(f64),
    /// What a person may change.
    Input(Content),
    /// A formula, without its sign, and its value.
    Formula(String, Content),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Empty,
    Text(String),
    Number(f64),
}

impl Content {
    pub fn of(number: Option<f64>) -> Self {
        number.map_or(Content::Empty, Content::Number)
    }

    /// As a spreadsheet stores the value of a formula; what is empty is an empty text.
    pub fn stored(&self) -> String {
        match self {
            Content::Empty => String::new(),
            Content::Text(text) => text.clone(),
            // Minus zero is zero.
            Content::Number(number) => (number + 0.0).to_string(),
        }
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    pub fn number(formula: impl Into<String>, value: f64) -> Self {
        Cell::Formula(formula.into(), Content::Number(value))
    }

    pub fn count(formula: impl Into<String>, value: usize) -> Self {
        Cell::number(formula, value as f64)
    }

    pub fn maybe(formula: impl Into<String>, value: Option<f64>) -> Self {
        Cell::Formula(formula.into(), Content::of(value))
    }

    pub fn word(formula: impl Into<String>, value: impl Into<String>) -> Self {
        Cell::Formula(formula.into(), Content::Text(value.into()))
    }
}

/// `A1` of a column and a line of data, both from 0.
pub fn at(column: usize, line: usize) -> String {
    cell_name(row(line), u32::try_from(column).unwrap_or(0))
}

/// `$A$4:$A$9`, lines from `first` to before `end`.
pub fn range(column: usize, first: usize, end: usize) -> String {
    let fixed = |line: usize| {
        let name = at(column, line);
        let letters = name.trim_end_matches(|character: char| character.is_ascii_digit()).len();
        format!("${}${}", &name[..letters], &name[letters..])
    };
    format!("{}:{}", fixed(first), fixed(end.max(first + 1) - 1))
}

/// The row of a line of data.
pub fn row(line: usize) -> u32 {
    FIRST + u32::try_from(line).unwrap_or(0)
}

/// A reference on another sheet.
pub fn on(sheet: &str, reference: &str) -> String {
    format!("'{}'!{reference}", sheet.replace('\'', "''"))
}

struct Looks {
    text: Look,
    short: Look,
    numbers: [Look; 5],
    input: Look,
    input_word: Look,
    off: Look,
}

impl Looks {
    fn new() -> Self {
        let body = write::body();
        let right = body.clone().set_align(FormatAlign::Right);
        let input = Color::RGB(write::INPUT);
        Looks {
            short: body.clone().set_align(FormatAlign::Center),
            numbers: ["General", "0.0000", "0.0000%", "0", "0.000000000000"].map(|format| right.clone().set_num_format(format)),
            input: right.clone().set_background_color(input),
            input_word: body.clone().set_align(FormatAlign::Center).set_background_color(input),
            off: body.clone().set_background_color(Color::RGB(0xF2_F2_F2)),
            text: body,
        }
    }

    fn of(&self, shape: Shape) -> &Look {
        match shape {
            Shape::Text => &self.text,
            Shape::Short => &self.short,
            Shape::Plain => &self.numbers[0],
            Shape::Fine => &self.numbers[1],
            Shape::Part => &self.numbers[2],
            Shape::Whole => &self.numbers[3],
            Shape::Exact => &self.numbers[4],
        }
    }
}

impl Grid {
    pub fn write(&self, sheet: &mut Worksheet, lang: Lang, footer: &str) -> Result<(), XlsxError> {
        let looks = Looks::new();
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(0);
        // The library stores 0 where a value is empty.
        sheet.set_name(&self.name)?.set_formula_result_default("");
        for (index, column) in (0u16..).zip(&self.columns) {
            sheet.set_column_width(index, column.width)?;
        }
        sheet.merge_range(0, 0, 0, last, self.title.get(lang), &write::title())?;
        sheet.set_row_height(0, 27.0)?;
        let note = self.note.get(lang);
        if !note.is_empty() {
            let width: f64 = self.columns.iter().map(|column| column.width).sum();
            sheet.merge_range(1, 0, 1, last, note, &write::plain())?;
            sheet.set_row_height(1, row_height(&[(note, width * 0.95)]))?;
        }
        let header = write::header();
        let mut heights: Vec<(&str, f64)> = Vec::new();
        for (index, column) in (0u16..).zip(&self.columns) {
            let name = column.name.get(lang);
            sheet.write_string_with_format(HEADER, index, name, &header)?;
            heights.push((name, column.width));
        }
        sheet.set_row_height(HEADER, row_height(&heights).max(22.0))?;
        for (line, cells) in self.rows.iter().enumerate() {
            let mut heights: Vec<(&str, f64)> = Vec::new();
            for ((index, column), cell) in (0u16..).zip(&self.columns).zip(cells) {
                let look = looks.of(column.shape);
                write_cell(sheet, row(line), index, cell, look, &looks)?;
                if let Cell::Text(text) | Cell::Formula(_, Content::Text(text)) = cell {
                    heights.push((text, column.width));
                }
            }
            sheet.set_row_height(row(line), row_height(&heights))?;
        }
        sheet.set_freeze_panes(FIRST, self.frozen)?;
        if self.filter && !self.rows.is_empty() {
            sheet.autofilter(HEADER, 0, row(self.rows.len() - 1), last)?;
        }
        write::page(sheet, true, Some((HEADER, HEADER)), footer)
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, look: &Look, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, look)?,
        Cell::Off => sheet.write_blank(row, column, &looks.off)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, write::cell_text(text), look)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, look)?,
        Cell::Input(Content::Empty) => sheet.write_blank(row, column, &looks.input)?,
        Cell::Input(Content::Number(number)) => sheet.write_number_with_format(row, column, *number, &looks.input)?,
        Cell::Input(Content::Text(text)) => sheet.write_string_with_format(row, column, text, &looks.input_word)?,
        Cell::Formula(formula, value) => {
            let formula = Formula::new(format!("={formula}")).set_result(value.stored());
            sheet.write_formula_with_format(row, column, formula, look)?
        }
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_below_the_header() {
        assert_eq!(at(0, 0), "A4");
        assert_eq!(at(27, 2), "AB6");
        assert_eq!(range(27, 0, 3), "$AB$4:$AB$6");
        assert_eq!(range(1, 2, 2), "$B$6:$B$6");
        assert_eq!(on("一 'a'", "A1"), "'一 ''a'''!A1");
        assert_eq!(Content::Number(-0.0).stored(), "0");
    }
}
