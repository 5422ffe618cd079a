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

/// A source text cut into lines as YAML cuts it: at LF, CR LF and CR.
pub struct Lines<'a> {
    text: &'a str,
    /// The bytes at which lines begin.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|at| bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
        Lines { text, starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect() }
    }

    /// A line by its number from 1, without what ends it.
    pub fn get(&self, line: usize) -> Option<&'a str> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        Some(self.text[start..end].trim_end_matches(['\r', '\n']))
    }

    /// The text from the beginning of a line.
    pub fn rest(&self, line: usize) -> &'a str {
        line.checked_sub(1).and_then(|line| self.starts.get(line)).map_or("", |start| &self.text[*start..])
    }

    /// The last line above one that holds more than spaces and a comment; its number and text.
    pub fn content_above(&self, line: usize) -> Option<(usize, &'a str)> {
        (1..line).rev().filter_map(|line| Some((line, self.get(line)?))).find(|(_, text)| !is_blank(text))
    }

    /// Line from 1 and column from 0 of the end of what stands before a place, itself where something stands before it on its line.
    pub fn end_of_content_before(&self, line: usize, column: usize) -> (usize, usize) {
        // Looking back takes as long as the line has characters; only a machine writes longer ones.
        let before: String = self.get(line).unwrap_or_default().chars().take(column.min(1_000)).collect();
        if !before.trim().is_empty() || !before.is_ascii() && column > 0 || column > 1_000 {
            return (line.max(1), column);
        }
        match self.content_above(line) {
            // Beside a comment the end of the content is not looked for.
            Some((above, text)) if !text.contains('#') => (above, text.trim_end().chars().count()),
            Some((above, _)) => (above, 0),
            None => (line.max(1), column),
        }
    }
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// From the inside out, in one cell of a table: `E7 01 法制基础 甲.xlsx`; what is not known is left out.
pub fn inside_out(cell: &str, sheet: &str, file: &str) -> String {
    [cell, sheet, file].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `(6, 4)` is `E7`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), u64::from(row) + 1)
}

/// `4` is `E`.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_in_yaml() {
        let lines = Lines::of("a\r\nb\rc\n\n# d\n");
        assert_eq!(
            (1..=7).map(|line| lines.get(line)).collect::<Vec<_>>(),
            [Some("a"), Some("b"), Some("c"), Some(""), Some("# d"), Some(""), None]
        );
        assert_eq!(lines.content_above(6), Some((3, "c")));
        assert_eq!((lines.get(0), lines.rest(5), lines.rest(9)), (None, "# d\n", ""));
    }

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (6, 4, "E7"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
