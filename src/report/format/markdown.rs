//! The narrative as Markdown, with its pictures as SVG beside it.

use crate::error::Failure;
use crate::report::document::{Block, Document, Kind, Section, Table, Value};
use crate::report::format::{number, svg};
use crate::report::{Format, Output};
use crate::text::Lang;
use crate::unit::Date;

pub const ENTRY: Format = Format { name: "md", write };

fn write(document: &Document, lang: Lang, _date: Date) -> Result<Vec<Output>, Failure> {
    let mut page = Page { text: String::new(), pictures: Vec::new(), lang, decimals: document.decimals };
    page.line(&format!("# {}", escape(document.title.get(lang))));
    if document.mark.is_some() {
        page.line(&format!("**{}**", escape(document.marked().get(lang).trim())));
    }
    for section in document.narrative.iter().chain(&document.front).chain(&document.back) {
        page.section(section);
    }
    page.line("---");
    page.line(&escape(document.footer.get(lang)));
    let mut outputs = vec![Output { name: format!("{}.md", document.file.get(lang)), bytes: page.text.trim_end().as_bytes().to_vec() }];
    outputs[0].bytes.push(b'\n');
    outputs.extend(page.pictures);
    Ok(outputs)
}

struct Page {
    text: String,
    pictures: Vec<Output>,
    lang: Lang,
    decimals: u32,
}

impl Page {
    /// A line and an empty one after it.
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    fn section(&mut self, section: &Section) {
        let heading = "#".repeat(section.level + 1);
        self.line(&format!("{heading} {}", escape(section.title.get(self.lang))));
        for block in &section.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Lead(text) => self.line(&format!("**{}**", escape(text.get(self.lang)))),
            Block::Heading(text) => self.line(&format!("#### {}", escape(text.get(self.lang)))),
            Block::Text(text) => self.line(&escape(text.get(self.lang))),
            Block::List(items) => {
                let lines: Vec<String> = items.iter().map(|item| format!("- {}", escape(item.get(self.lang)))).collect();
                self.line(&lines.join("\n"));
            }
            Block::Numbered(items) => {
                let lines: Vec<String> =
                    items.iter().enumerate().map(|(index, item)| format!("{}. {}", index + 1, escape(item.get(self.lang)))).collect();
                self.line(&lines.join("\n"));
            }
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => {
                let name = format!("{}.svg", picture.name);
                self.line(&format!("![{}]({name})", escape(picture.alt.get(self.lang))));
                self.pictures.push(Output { name, bytes: svg::draw(picture, self.lang).into_bytes() });
            }
            Block::Charts(_) => {}
        }
    }

    fn table(&mut self, table: &Table) {
        self.line(&format!("**{}**", escape(table.title.get(self.lang))));
        let header: Vec<String> = table.columns.iter().map(|column| escape(column.name.get(self.lang))).collect();
        let rule: Vec<&str> = table
            .columns
            .iter()
            .map(|column| {
                if column.kind == Kind::Text || column.kind.is_by_hand() {
                    "---"
                } else if column.kind == Kind::Short {
                    ":---:"
                } else {
                    "---:"
                }
            })
            .collect();
        let mut lines = vec![format!("| {} |", header.join(" | ")), format!("| {} |", rule.join(" | "))];
        for row in &table.rows {
            let cells: Vec<String> = table.columns.iter().zip(&row.cells).map(|(column, value)| self.value(value, column.kind)).collect();
            lines.push(format!("| {} |", cells.join(" | ")));
        }
        self.line(&lines.join("\n"));
    }

    fn value(&self, value: &Value, kind: Kind) -> String {
        match value {
            Value::Figure(value, _) => self.value(value.plain(), kind),
            Value::Empty => "—".to_string(),
            Value::Text(text) | Value::Link(text, _) => escape(text.get(self.lang)),
            Value::Number(value) => number(*value, kind, self.decimals),
        }
    }
}

/// Text that stays text: no mark-up, no HTML, no link, no break out of a table cell.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(character);
            }
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out.replace("://", ":\\/\\/").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_survey_stays_text() {
        assert_eq!(escape("a|b"), "a\\|b");
        assert_eq!(escape("<script>"), "&lt;script&gt;");
        assert_eq!(escape("[x](http://y)"), "\\[x\\](http:\\/\\/y)");
        assert_eq!(escape("一\n二"), "一 二");
    }
}
