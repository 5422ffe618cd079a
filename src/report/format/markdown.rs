//! The narrative as Markdown, with its pictures as SVG beside it.

use crate::error::Failure;
use crate::report::document::{Block, Document, Kind, Section, Table, Value};
use crate::report::format::{number, svg};
use crate::report::{Format, Output};
use crate::text::{Lang, one_line};
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
    page.line(&opening(document.footer.get(lang)));
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
            Block::Text(text) => self.line(&opening(text.get(self.lang))),
            Block::List(items) => {
                let lines: Vec<String> = items.iter().map(|item| format!("- {}", opening(item.get(self.lang)))).collect();
                self.line(&lines.join("\n"));
            }
            Block::Numbered(items) => {
                let lines: Vec<String> =
                    items.iter().enumerate().map(|(index, item)| format!("{}. {}", index + 1, opening(item.get(self.lang)))).collect();
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
            Value::Empty if kind.is_by_hand() => String::new(),
            Value::Empty => "—".to_string(),
            Value::Text(text) | Value::Link(text, _) => escape(text.get(self.lang)),
            Value::Number(value) => number(*value, kind, self.decimals),
        }
    }
}

/// Text that stays text: no mark-up, no HTML, no link, no break out of a table cell.
fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            // Some programs make a link of an address whatever is escaped in it; a comment parts it, and is not shown.
            '@' if before.is_alphanumeric() || ".+-_".contains(before) => {
                out.push_str(PARTED);
                out.push('@');
            }
            other => out.push(other),
        }
        before = character;
    }
    let www = |text: String, word: &str| text.replace(&format!("{word}."), &format!("{word}\\."));
    www(www(out.replace("://", ":\\/\\/"), "www"), "WWW")
}

/// Stands in an address so that it becomes no link.
pub const PARTED: &str = "<!---->";

/// The same where it opens a line: no list, no rule, no code.
fn opening(text: &str) -> String {
    let text = escape(text);
    let text = text.trim_start();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 && matches!(text[digits + 1..].chars().next(), None | Some(' ')) => {
            format!("{}\\{}", &text[..digits], &text[digits..])
        }
        _ => text.to_string(),
    }
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
        assert_eq!(escape("mailto:a@b.cn"), "mailto:a<!---->@b.cn");
        assert_eq!(escape("=@SUM(A1) @甲"), "=@SUM(A1) @甲");
        assert_eq!(escape("$x$"), "\\$x\\$");
    }

    #[test]
    fn a_line_from_a_survey_opens_no_list_and_no_rule() {
        assert_eq!(opening("- 一"), "\\- 一");
        assert_eq!(opening("---"), "\\---");
        assert_eq!(opening("+1"), "\\+1");
        assert_eq!(opening("    码"), "码");
        assert_eq!(opening("12. 二"), "12\\. 二");
        assert_eq!(opening("3) 三"), "3\\) 三");
        assert_eq!(opening("3.5 分"), "3.5 分");
        assert_eq!(opening("2026 年"), "2026 年");
    }
}
