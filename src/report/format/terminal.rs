//! The narrative as lines for a terminal: headings, lists, tables with their columns aligned.

use crate::report::document::{Block, Document, Kind, Section, Table, Value};
use crate::report::format::number;
use crate::text::{Lang, one_line, width};

/// A document's pages in lines, front to back.
pub fn lines(document: &Document, lang: Lang) -> Vec<String> {
    let mut page = Page { lines: vec![one_line(document.title.get(lang))], lang, decimals: document.decimals };
    if document.mark.is_some() {
        page.line("", document.marked().get(lang).trim());
    }
    for section in &document.narrative {
        page.section(section);
    }
    if !document.footer.is_empty() {
        page.lines.push(String::new());
        page.line("", document.footer.get(lang));
    }
    page.lines
}

struct Page {
    lines: Vec<String>,
    lang: Lang,
    decimals: u32,
}

impl Page {
    fn line(&mut self, before: &str, text: &str) {
        self.lines.push(format!("{before}{}", one_line(text)));
    }

    fn section(&mut self, section: &Section) {
        self.lines.push(String::new());
        self.line("", section.title.get(self.lang));
        for block in &section.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let lang = self.lang;
        match block {
            Block::Lead(text) | Block::Heading(text) | Block::Text(text) => self.line("  ", text.get(lang)),
            Block::List(items) => items.iter().for_each(|item| self.line("  · ", item.get(lang))),
            Block::Numbered(items) => {
                (1..).zip(items).for_each(|(number, item)| self.line(&format!("  {number}. "), item.get(lang)));
            }
            Block::Table(table) => self.table(table),
            Block::Picture(_) | Block::Charts(_) => {}
        }
    }

    /// The first column and texts to the left, everything else to the right.
    fn table(&mut self, table: &Table) {
        let lang = self.lang;
        if !table.title.is_empty() {
            self.line("  ", table.title.get(lang));
        }
        let names = table.columns.iter().map(|column| one_line(column.name.get(lang))).collect();
        let cells = |row: &crate::report::document::Row| -> Vec<String> {
            table.columns.iter().zip(&row.cells).map(|(column, value)| self.value(value, column.kind)).collect()
        };
        let rows: Vec<Vec<String>> = std::iter::once(names).chain(table.rows.iter().map(cells)).collect();
        let widths: Vec<usize> = (0..table.columns.len())
            .map(|index| rows.iter().filter_map(|row| row.get(index)).map(|text| width(text)).max().unwrap_or(0))
            .collect();
        for row in &rows {
            let mut line = String::from(" ");
            for (index, (text, wide)) in row.iter().zip(&widths).enumerate() {
                let gap = " ".repeat(wide - width(text));
                let left = index == 0 || table.columns[index].kind == Kind::Text;
                line.push(' ');
                line.push_str(&if left { format!("{text}{gap}") } else { format!("{gap}{text}") });
                line.push(' ');
            }
            self.lines.push(line.trim_end().to_string());
        }
    }

    fn value(&self, value: &Value, kind: Kind) -> String {
        match value.plain() {
            Value::Empty | Value::Figure(..) => String::new(),
            Value::Text(text) | Value::Link(text, _) => one_line(text.get(self.lang)),
            Value::Number(value) => number(*value, kind, self.decimals),
        }
    }
}
