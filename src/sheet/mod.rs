//! A stranger's file to cells, and cells to a file. Nothing outside this folder knows calamine or the zip inside a workbook.

mod disk;
pub mod find;
pub mod looks;
pub mod names;
pub mod open;
pub mod replace;
pub mod write;

use std::collections::BTreeMap;

pub use find::{Input, find};
pub use open::{Book, KINDS, sheet_names};

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
    /// Its number format has a percent sign outside quotes; known once [`Book::read_percents`] was called.
    pub percent: bool,
}

/// The cells of one sheet by row, then column, both from 0.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

impl Sheet {
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column)
    }

    /// What a person reads in the cell; empty where there is nothing.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.cell(row, column).map(Cell::text).unwrap_or_default()
    }
}

impl Cell {
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
