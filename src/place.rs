//! Where something stands: a source file's line and column, or a workbook's sheet and cell.

use serde::{Deserialize, Serialize};

use crate::text::{Lang, Text};

/// A place a person can go to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Relative to the argument that led to it, with `/`; absent for the command line.
    pub file: Option<String>,
    pub sheet: Option<String>,
    /// `E7`.
    pub cell: Option<String>,
    /// From 1; tree files only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<usize>,
    /// From 1, in characters; tree files only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<usize>,
}

impl Place {
    pub fn file(file: &str) -> Self {
        Place { file: Some(file.to_string()), ..Place::default() }
    }

    pub fn sheet(file: &str, sheet: &str) -> Self {
        Place { sheet: Some(sheet.to_string()), ..Place::file(file) }
    }

    /// `row` and `column` count from 0.
    pub fn cell(file: &str, sheet: &str, row: u32, column: u32) -> Self {
        Place { cell: Some(cell_name(row, column)), ..Place::sheet(file, sheet) }
    }

    /// `line` and `column` count from 1.
    pub fn source(file: &str, line: usize, column: usize) -> Self {
        Place { line: Some(line), column: Some(column), ..Place::file(file) }
    }

    /// How it is printed: `甲.xlsx，01 法制基础，E7`, or `tree.yaml:3:5`.
    pub fn show(&self) -> Text {
        let file = self.file.clone().unwrap_or_default();
        if let (Some(line), Some(column)) = (self.line, self.column) {
            return Text::same(format!("{file}:{line}:{column}"));
        }
        let parts: Vec<Text> = [Some(file), self.sheet.clone(), self.cell.clone()]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .map(Text::same)
            .collect();
        Text::join(&parts, "，", ", ")
    }

    pub fn show_in(&self, lang: Lang) -> String {
        self.show().get(lang).to_string()
    }
}

/// From the inside out, in one cell of a table: `E7 01 法制基础 甲.xlsx`; what is not known is left out.
pub fn inside_out(cell: &str, sheet: &str, file: &str) -> String {
    [cell, sheet, file].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `(6, 4)` is `E7`.
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    let column: String = letters.iter().rev().collect();
    format!("{column}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (6, 4, "E7"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
