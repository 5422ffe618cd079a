//! Tables found by their headers, wherever they stand in the workbook.

use crate::place::Place;
use crate::sheet::{Book, Cell, Content, Sheet};
use crate::survey::layout::is;
use crate::text::Text;

/// A table in a sheet: the row of its header and the column of each header asked for.
pub struct Table<'a> {
    pub sheet: &'a Sheet,
    pub file: &'a str,
    header: u32,
    columns: Vec<Option<u32>>,
}

/// Longest text that may be a header, in bytes.
const MAX_HEADER: usize = 60;

/// The first table of the workbook whose header row has all of the needed words; the others are looked for beside them.
pub fn find<'a>(book: &'a Book, file: &'a str, needed: &[Text], optional: &[Text]) -> Option<Table<'a>> {
    for sheet in &book.sheets {
        for (row, cells) in &sheet.rows {
            let column = |words: &Text| {
                let holds = |content: &Content| matches!(content, Content::Text(text) if text.len() <= MAX_HEADER && is(text, words));
                cells.iter().find(|(_, cell)| holds(&cell.content)).map(|(column, _)| *column)
            };
            let found: Vec<Option<u32>> = needed.iter().map(column).collect();
            if found.iter().all(Option::is_some) {
                let columns = found.into_iter().chain(optional.iter().map(column)).collect();
                return Some(Table { sheet, file, header: *row, columns });
            }
        }
    }
    None
}

impl Table<'_> {
    pub fn header(&self) -> u32 {
        self.header
    }

    /// Rows under the header in which any asked-for column holds something.
    pub fn rows(&self) -> Vec<u32> {
        let rows = self.sheet.rows.keys().copied().filter(|row| *row > self.header);
        rows.filter(|row| (0..self.columns.len()).any(|column| !self.text(*row, column).is_empty())).collect()
    }

    /// The text of a cell as it is compared, trimmed and NFKC; `column` counts the words asked for.
    pub fn text(&self, row: u32, column: usize) -> String {
        let at = self.columns.get(column).copied().flatten();
        at.map(|column| crate::unit::normal(&self.sheet.text(row, column))).unwrap_or_default()
    }

    /// The trimmed text as it was typed.
    pub fn typed(&self, row: u32, column: usize) -> String {
        let at = self.columns.get(column).copied().flatten();
        at.map(|column| self.sheet.text(row, column).trim().to_string()).unwrap_or_default()
    }

    pub fn cell(&self, row: u32, column: usize) -> Option<&Cell> {
        let at = self.columns.get(column).copied().flatten()?;
        self.sheet.cell(row, at)
    }

    pub fn place(&self, row: u32, column: usize) -> Place {
        Place::cell(self.file, &self.sheet.name, row, self.columns.get(column).copied().flatten().unwrap_or(0))
    }
}
