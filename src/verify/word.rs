//! A Word report as what stands printed in it: paragraphs under their headings, cells of tables, the numbers of charts.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::text::{Text, t};
use crate::verify::names;
use crate::verify::printed::{Cell, Form, Line, Look, Part, PartKind, Printed, Shown};

/// Text taken from one part of a Word file at most.
const MAX_PART: u64 = 256 * 1024 * 1024;
const MAX_CHARTS: usize = 99;

/// Paragraphs of the body, cells of tables, and the numbers of the charts.
pub fn read(bytes: &[u8]) -> Option<Printed> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        archive.by_name(name).ok()?.take(MAX_PART).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let mut printed = Printed { form: Form::Word, ..Printed::default() };
    let headings = part("word/styles.xml").map(|xml| headings(&xml)).unwrap_or_default();
    let mut body = Body { headings, ..Body::default() };
    body.read(&part("word/document.xml")?, &mut printed)?;
    // LibreOffice numbers charts anew, in the same order.
    for number in 1..=MAX_CHARTS {
        if let Some(xml) = part(&format!("word/charts/chart{number}.xml")) {
            chart(&xml, number, &mut printed);
        }
    }
    Some(printed)
}

/// The styles that are headings, by what programs call them: their ids are translated, their names are not.
fn headings(xml: &str) -> HashSet<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = HashSet::new();
    let mut id = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "style" => id = attribute(&tag, "w:styleId"),
            Event::Empty(tag) if tag.local_name().as_ref() == "name" && attribute(&tag, "w:val").to_lowercase().starts_with("heading ") => {
                found.insert(id.clone());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    tag.try_get_attribute(name).ok().flatten().map(|found| found.value.to_string()).unwrap_or_default()
}

/// A field while it is read.
#[derive(Default)]
struct Field {
    instruction: String,
    /// Where in the text its result begins.
    from: usize,
}

impl Field {
    /// Begins, parts or ends a field. The page of a heading is whatever program opened the document last makes it.
    fn step(kind: &str, fields: &mut Vec<Field>, text: &mut String) {
        match (kind, fields.last_mut()) {
            ("begin", _) => fields.push(Field::default()),
            ("separate", Some(field)) => field.from = text.len(),
            ("end", _) => {
                let Some(field) = fields.pop().filter(|field| field.instruction.trim().starts_with("PAGEREF ")) else { return };
                let is_page = |shown: &str| shown.trim().chars().all(|digit| digit.is_ascii_digit());
                if text.get(field.from..).is_some_and(is_page) {
                    text.truncate(field.from);
                }
            }
            _ => {}
        }
    }
}

/// A table while it is read.
#[derive(Default)]
struct Grid {
    name: Text,
    title: String,
    rows: Vec<Vec<String>>,
    /// The paragraphs of the cell that is open.
    cell: Vec<String>,
}

/// The body while it is read.
#[derive(Default)]
struct Body {
    /// Ids of the styles that are headings.
    headings: HashSet<String>,
    /// The heading that everything stands under, and the paragraphs with text since.
    heading: String,
    since: usize,
    /// The paragraph before, which is a table's title.
    before: String,
    tables: usize,
    /// Tables that are open, the innermost last.
    open: Vec<Grid>,
}

impl Body {
    fn read(&mut self, xml: &str, printed: &mut Printed) -> Option<()> {
        let mut reader = Reader::from_str(xml);
        let (mut text, mut style, mut inside) = (String::new(), String::new(), false);
        let mut fields: Vec<Field> = Vec::new();
        loop {
            let event = reader.read_event().ok()?;
            match &event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "tbl" => self.begin(),
                    "tr" => self.open.last_mut().into_iter().for_each(|grid| grid.rows.push(Vec::new())),
                    "tc" => self.open.last_mut().into_iter().for_each(|grid| grid.cell.clear()),
                    "p" => {
                        text.clear();
                        style.clear();
                    }
                    "pStyle" => style = attribute(tag, "w:val"),
                    "t" => inside = matches!(event, Event::Start(_)),
                    "fldChar" => Field::step(&attribute(tag, "w:fldCharType"), &mut fields, &mut text),
                    "tab" | "br" => text.push(' '),
                    _ => {}
                },
                Event::Text(bytes) if inside => text.push_str(bytes),
                Event::Text(bytes) => fields.last_mut().into_iter().for_each(|field| field.instruction.push_str(bytes)),
                Event::GeneralRef(name) if inside => text.push_str(&entity(name)),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "t" => inside = false,
                    "p" => match self.open.last_mut() {
                        Some(grid) => grid.cell.push(text.trim().to_string()),
                        None => self.paragraph(text.trim(), &style, printed),
                    },
                    "tc" => self.open.last_mut().into_iter().for_each(Grid::close_cell),
                    "tbl" => self.open.pop().into_iter().for_each(|grid| grid.print(printed)),
                    _ => {}
                },
                Event::Eof => return Some(()),
                _ => {}
            }
        }
    }

    fn begin(&mut self) {
        self.tables += 1;
        let name = names::table(&self.heading, &self.before, self.tables);
        self.open.push(Grid { name, title: std::mem::take(&mut self.before), ..Grid::default() });
    }

    fn paragraph(&mut self, text: &str, style: &str, printed: &mut Printed) {
        self.before.clear();
        if text.is_empty() {
            return;
        }
        self.since += 1;
        if self.headings.contains(style) {
            (self.heading, self.since) = (text.to_string(), 0);
        } else {
            self.before = text.to_string();
        }
        let words = match (self.heading.is_empty(), self.since) {
            (true, _) => t("第 {number} 段", "paragraph {number}"),
            (false, 0) => t("标题“{heading}”", "heading \"{heading}\""),
            (false, _) => t("“{heading}”中的第 {number} 段", "paragraph {number} under \"{heading}\""),
        };
        let at = words.with(&[("number", self.since.into()), ("heading", self.heading.as_str().into())]);
        printed.part(PartKind::Section, &self.heading).lines.push(Line::single(at, String::new(), Shown::Text(text.to_string())));
    }
}

impl Grid {
    fn close_cell(&mut self) {
        let cell = self.cell.join(" ").trim().to_string();
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// Every cell, empty ones too: what is written into one by hand is told from what was put in beside.
    fn print(self, printed: &mut Printed) {
        let subjects: Vec<String> = self.rows.iter().map(|cells| names::subject(cells.iter().map(String::as_str))).collect();
        let mut often: HashMap<&str, usize> = HashMap::new();
        for subject in subjects.iter().skip(1) {
            *often.entry(subject).or_default() += 1;
        }
        let header: &[String] = self.rows.first().map(Vec::as_slice).unwrap_or_default();
        let mut lines = Vec::new();
        for ((number, cells), subject) in (1usize..).zip(&self.rows).zip(&subjects) {
            let row = match number {
                1 => t("表头", "header row"),
                _ => names::row(subject, number, often.get(subject.as_str()) == Some(&1)),
            };
            let at = names::within(&[self.name.clone(), row]);
            let key = if number == 1 { String::new() } else { names::key(cells.iter().map(String::as_str)) };
            let cells = (0u32..).zip(cells).map(|(column, text)| {
                let header = header.get(column as usize).filter(|_| number > 1).cloned().unwrap_or_default();
                let at = names::within(&[at.clone(), names::column(&header, column as usize + 1)]);
                Cell { at, column, header, shown: Shown::Text(text.clone()), look: Look::default() }
            });
            let cells = cells.collect();
            lines.push(Line { at, key, cells, is_one: false });
        }
        printed.parts.push(Part { kind: PartKind::Table, name: self.title, lines });
    }
}

/// A character that XML writes by name or number.
fn entity(name: &str) -> String {
    let numbered = |digits: &str, radix: u32| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(hex), _) => numbered(hex, 16),
            (None, Some(digits)) => numbered(digits, 10),
            _ => None,
        },
    };
    character.map(String::from).unwrap_or_default()
}

/// The numbers of a chart.
fn chart(xml: &str, number: usize, printed: &mut Printed) {
    let mut reader = Reader::from_str(xml);
    let (mut in_values, mut in_value, mut point) = (false, false, 0usize);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "val" => in_values = true,
                "v" => in_value = in_values,
                _ => {}
            },
            Event::Text(text) if in_value => {
                if let Ok(value) = text.trim().parse::<f64>() {
                    point += 1;
                    let at = t("图 {number} 第 {point} 个数", "chart {number}, value {point}")
                        .with(&[("number", number.into()), ("point", point.into())]);
                    printed.part(PartKind::Section, "charts").lines.push(Line::single(
                        at,
                        format!("{number} {point}"),
                        Shown::Number(value),
                    ));
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "val" => in_values = false,
                "v" => in_value = false,
                _ => {}
            },
            Event::Eof => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_heading_title_row_and_column() {
        // A Chinese Word gives the headings other ids.
        let styles = r#"<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
            <w:style w:styleId="a"><w:name w:val="Body Text"/></w:style></w:styles>"#;
        let p = |style: &str, text: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#);
        let row = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", p("a", cell))).collect();
            format!("<w:tr>{}</w:tr>", cells.concat())
        };
        let rows = [["职责", "姓名", ""], ["组长", "", "甲"], ["成员", "", "乙"], ["成员", "", "丙"], ["", "", "5"]];
        let table: Vec<String> = rows.iter().map(|cells| row(cells)).collect();
        let body = [p("1", "一、签字"), p("a", "请签"), p("a", "签字表"), format!("<w:tbl>{}</w:tbl>", table.concat()), p("a", "完")];
        let mut read = Body { headings: headings(styles), ..Body::default() };
        let mut printed = Printed::default();
        read.read(&format!("<w:body>{}</w:body>", body.concat()), &mut printed).expect("sound");
        let named: Vec<String> =
            printed.cells().filter(|one| !one.shown.text().is_empty()).map(|one| format!("{} {}", one.at.zh, one.shown.text())).collect();
        let table = "“一、签字”中的表“签字表”";
        assert_eq!(
            named,
            [
                "标题“一、签字” 一、签字".to_string(),
                "“一、签字”中的第 1 段 请签".to_string(),
                "“一、签字”中的第 2 段 签字表".to_string(),
                "“一、签字”中的第 3 段 完".to_string(),
                format!("{table}，表头，第 1 列 职责"),
                format!("{table}，表头，第 2 列 姓名"),
                format!("{table}，“组长”行，“职责”列 组长"),
                format!("{table}，“组长”行，第 3 列 甲"),
                format!("{table}，“成员”行（第 3 行），“职责”列 成员"),
                format!("{table}，“成员”行（第 3 行），第 3 列 乙"),
                format!("{table}，“成员”行（第 4 行），“职责”列 成员"),
                format!("{table}，“成员”行（第 4 行），第 3 列 丙"),
                format!("{table}，第 5 行，第 3 列 5"),
            ]
        );
    }

    #[test]
    fn page_numbers_of_the_contents_are_whatever_a_program_made_them() {
        let line = |page: &str, instruction: &str| {
            format!(
                r#"<w:p><w:hyperlink><w:r><w:t>摘要</w:t></w:r><w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {instruction} _Toc1 \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{page}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>"#
            )
        };
        for (page, instruction, said) in
            [("", "PAGEREF", "摘要"), ("12", "PAGEREF", "摘要"), ("总分 98", "PAGEREF", "摘要 总分 98"), ("98", "REF", "摘要 98")]
        {
            let mut printed = Printed::default();
            Body::default().read(&format!("<w:body>{}</w:body>", line(page, instruction)), &mut printed).expect("sound");
            assert_eq!(printed.texts().collect::<Vec<_>>(), [said]);
        }
    }
}
