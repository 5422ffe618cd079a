//! How a reader finds a place: a table by its heading and title, a row by what it is about, a column by its header.

use crate::text::{Text, t};

/// Characters of a name that are shown.
const MOST: usize = 24;

/// `“六、分项得分”中的表“一级指标得分”`; a table without either by its number.
pub fn table(heading: &str, title: &str, number: usize) -> Text {
    let (heading, title) = (heading.trim(), title.trim());
    match (heading.is_empty() || heading == title, title.is_empty()) {
        (_, true) if heading.is_empty() => t("第 {number} 个表", "table {number}").with(&[("number", number.into())]),
        (_, true) => t("“{heading}”中的第 {number} 个表", "table {number}, under \"{heading}\"")
            .with(&[("number", number.into()), ("heading", named(heading))]),
        (true, false) => t("表“{title}”", "table \"{title}\"").with(&[("title", named(title))]),
        (false, false) => t("“{heading}”中的表“{title}”", "table \"{title}\" under \"{heading}\"")
            .with(&[("title", named(title)), ("heading", named(heading))]),
    }
}

/// What a row is about: its first cell, and where that is a number or a code the words after it too.
pub fn subject<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty() && *cell != "—") {
        parts.push(cell);
        if cell.chars().any(char::is_alphabetic) {
            return parts.join(" ");
        }
    }
    String::new()
}

/// What a row is known by, wherever it stands: its first cell, or the next one where that is a mere number, which another row may take.
pub fn key<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let is_count = |cell: &str| cell.chars().all(|character| character.is_ascii_digit());
    cells.map(str::trim).find(|cell| !is_count(cell) && *cell != "—").unwrap_or_default().to_string()
}

/// `“07 监测与预警”行`; by its number where it has no words, and by both where another row has the same.
pub fn row(subject: &str, number: usize, alone: bool) -> Text {
    let words = match (subject.is_empty(), alone) {
        (true, _) => t("第 {number} 行", "row {number}"),
        (false, true) => t("“{name}”行", "row \"{name}\""),
        (false, false) => t("“{name}”行（第 {number} 行）", "row \"{name}\" (row {number})"),
    };
    words.with(&[("number", number.into()), ("name", named(subject))])
}

/// `“得分”列`; by its number where it has no header.
pub fn column(header: &str, number: usize) -> Text {
    match header.trim() {
        "" => t("第 {number} 列", "column {number}").with(&[("number", number.into())]),
        header => t("“{name}”列", "column \"{name}\"").with(&[("name", named(header))]),
    }
}

/// Places from the whole to the part.
pub fn within(parts: &[Text]) -> Text {
    Text::join(parts, "，", ", ")
}

/// Enough of a name to know it by.
fn named(name: &str) -> Text {
    if name.chars().count() <= MOST { name.into() } else { name.chars().take(MOST).chain(['…']).collect::<String>().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_named_by_its_first_words() {
        for (cells, name) in [
            (["07", "监测与预警", "75.0"], "07 监测与预警"),
            (["1", "07.3.02", "是否逐级写明"], "1 07.3.02 是否逐级写明"),
            (["应急管理部门", "5", "0"], "应急管理部门"),
            (["", "合计", "68.5"], "合计"),
            (["—", "", "68.5"], ""),
        ] {
            assert_eq!(subject(cells.into_iter()), name);
        }
    }

    #[test]
    fn what_has_no_name_is_counted() {
        let zh = |text: Text| text.zh.into_owned();
        assert_eq!(zh(table("六、分项得分", "一级指标得分", 6)), "“六、分项得分”中的表“一级指标得分”");
        assert_eq!(zh(table("附件", "附件", 6)), "表“附件”");
        assert_eq!(zh(table("附件", "", 6)), "“附件”中的第 6 个表");
        assert_eq!(zh(table("", "", 6)), "第 6 个表");
        assert_eq!(zh(row("评估组成员", 3, false)), "“评估组成员”行（第 3 行）");
        assert_eq!(zh(row("", 3, true)), "第 3 行");
        assert_eq!(zh(column("", 3)), "第 3 列");
        assert_eq!(zh(column(&"长".repeat(30), 3)), format!("“{}…”列", "长".repeat(24)));
    }
}
