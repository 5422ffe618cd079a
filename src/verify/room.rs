//! Where a report leaves room to write by hand: columns of forms, and lines of the cover without a value.

use crate::report::document::{Block, Document};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Room {
    /// Title of the table and name of the column.
    columns: Vec<(String, String)>,
    /// Labels of the cover.
    labels: Vec<String>,
}

impl Room {
    pub fn of(document: &Document, lang: Lang) -> Self {
        let mut columns = Vec::new();
        for block in document.front.iter().chain(&document.narrative).chain(&document.back).flat_map(|section| &section.blocks) {
            let Block::Table(table) = block else { continue };
            let by_hand = table.columns.iter().filter(|column| column.kind.is_by_hand());
            columns.extend(by_hand.map(|column| (table.title.get(lang).to_string(), column.name.get(lang).to_string())));
        }
        let empty = document.cover.iter().filter(|(_, value)| value.is_empty());
        Room { columns, labels: empty.map(|(label, _)| label.get(lang).to_string()).collect() }
    }

    /// Is a cell of this table, under this header, left to be written?
    pub fn has_column(&self, table: &str, header: &str) -> bool {
        self.columns.iter().any(|(title, name)| title == table && name == header)
    }

    /// Was this line of the cover left to be written, and was nothing changed in it but that?
    pub fn has_line(&self, reported: &str, recomputed: &str) -> bool {
        let Some(label) = recomputed.strip_suffix(|last| last == '_').map(|line| line.trim_end_matches(['_', ' ', '：', ':'])) else {
            return false;
        };
        let rest = reported.strip_prefix(label).map(str::trim_start);
        self.labels.iter().any(|known| known == label) && rest.is_some_and(|rest| rest.starts_with(['：', ':']))
    }
}
