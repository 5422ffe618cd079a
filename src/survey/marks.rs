//! What stands in a copy that goes back to be mended: the page that lists it, and the notes on its cells.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatUnderline, Note, Workbook, Worksheet, XlsxError};

use crate::finding::{SEVERITY, Severity};
use crate::place::cell_name;
use crate::sheet::write::{self, row_height};
use crate::sheet::{At, Book};
use crate::text::{Lang, Text, char_width, t};
use crate::tree::Tree;

/// The first page of such a copy; never read as a survey sheet.
pub const LIST: Text = t("要改的地方", "To mend");
/// How a note of ours begins and ends: what stands outside is somebody else's.
const BEGIN: Text = t("【要改】", "[To mend]");
const END: Text =
    t("【本批注由 ecap 所写，不算答案，改好后不用删】", "[Written by ecap; it is no answer and need not be deleted once mended]");
/// A sheet takes no more links.
const MAX_LINKS: usize = 60_000;

/// One thing to mend; without a cell it stands on the list only.
#[derive(Clone, Debug)]
pub struct Mark {
    pub severity: Severity,
    /// Is it of one answer alone, and not of a file, a sheet or a row?
    pub of_answer: bool,
    /// Did a rule settle it, so that there is hardly anything to do?
    pub settled: bool,
    pub sheet: Option<String>,
    pub at: Option<At>,
    pub what: Text,
    /// What to do; empty where `what` says all.
    pub advice: Text,
}

impl Mark {
    fn text(&self, lang: Lang) -> String {
        let colon = t("：", ": ");
        let mut text = format!("{}{}{}", self.severity.word().get(lang), colon.get(lang), self.what.get(lang));
        if !self.advice.get(lang).is_empty() {
            text = format!("{text}\n{}", self.advice.get(lang));
        }
        text
    }
}

/// The colour of a cell; none for what needs no mending.
pub fn colour(severity: Severity) -> Option<Color> {
    match severity {
        Severity::Error => Some(Color::RGB(0xF8_A5_A5)),
        Severity::Warning => Some(Color::RGB(0xFF_D9_66)),
        Severity::Note => None,
    }
}

/// What others wrote into a note; none where all of it is ours.
pub fn theirs(note: &str) -> Option<String> {
    let mut rest = note.to_string();
    for (begin, end) in [(&BEGIN.zh, &END.zh), (&BEGIN.en, &END.en)] {
        while let Some(first) = rest.find(begin.as_ref())
            && let Some(last) = rest[first..].find(end.as_ref())
        {
            rest.replace_range(first..first + last + end.len(), "");
        }
    }
    let rest = rest.trim();
    (rest == note.trim() || !rest.is_empty()).then(|| rest.to_string())
}

/// The note on a cell: what was in it, then what is to be mended.
pub fn note(theirs: Option<&str>, marks: &[&Mark], lang: Lang) -> Note {
    const WIDTH: u32 = 320;
    /// Half-width characters in a line of it.
    const LETTERS: f64 = 46.0;
    const LINE: u32 = 17;
    let mut parts: Vec<String> = theirs.map(str::to_string).into_iter().collect();
    if !marks.is_empty() {
        let all: Vec<String> = marks.iter().map(|mark| mark.text(lang)).collect();
        parts.push(format!("{}\n{}\n{}", BEGIN.get(lang), all.join("\n"), END.get(lang)));
    }
    let text = write::cell_text(&parts.join("\n\n"));
    let height = u32::try_from(write::lines(&text, LETTERS)).unwrap_or(30).min(30) * LINE + 14;
    Note::new(text).add_author_prefix(false).set_author("ecap").set_font_name("宋体").set_font_size(9).set_width(WIDTH).set_height(height)
}

/// What the page that lists everything is made from.
pub struct Page<'a> {
    pub file: &'a str,
    pub marks: &'a [Mark],
    /// The number of the item of each mark; empty where it concerns no single one.
    pub refs: Vec<&'a str>,
    /// The names of its sheets in the file and in the copy.
    pub sheets: &'a [(String, String)],
    /// The sheet on which the submission is raised; none where nobody counts submissions.
    pub cover: Option<&'a str>,
}

/// Columns of the page, with their widths in half-width characters.
const COLUMNS: [(Text, f64); 7] = [
    (t("序号", "No."), 6.0),
    (SEVERITY, 9.0),
    (t("工作表", "Sheet"), 18.0),
    (t("单元格", "Cell"), 9.0),
    (t("编号", "Ref"), 9.0),
    (t("什么问题", "What is wrong"), 50.0),
    (t("怎么改", "What to do"), 48.0),
];

impl Page<'_> {
    /// How to work through the page.
    fn guidance(&self) -> Vec<Text> {
        let how = t(
            "1. 从上到下照“怎么改”一栏做：前面的说的是整张表、整栏、整行，改好了，后面有些格就不用再改。红色的是错误，黄色的是提醒，请核对；点“单元格”一栏跳到那一格，鼠标停在格上可看批注。没有要求的，表头和隐藏的 id 栏不要动。",
            "1. Work through the list from the top and do what its last column says. The first lines are about whole sheets, columns or rows; once those are right, some of the cells further down may need nothing more. Red means that something is wrong, yellow that you should check it. Click an address under Cell to go to that cell, and rest the pointer on the cell to read its note. Leave the header rows and the hidden id column alone unless a line tells you to change them.",
        );
        let back = match self.cover {
            Some(cover) => t(
                "2. 改好后把“{cover}”页的“第几次报送”加 1，存盘，把这个文件交回。本页、颜色和批注不用删，不影响计分。",
                "2. When you have made your changes, raise Submission on the sheet {cover} by 1, save, and send this file back. This page, the colours and the notes may stay; they do not affect the score.",
            )
            .with(&[("cover", cover.into())]),
            None => t(
                "2. 改好后存盘，把这个文件交回。本页、颜色和批注不用删，不影响计分。",
                "2. When you have made your changes, save and send this file back. This page, the colours and the notes may stay; they do not affect the score.",
            ),
        };
        // What is wrong has to be changed; what is only to be checked may be right.
        let nothing = t(
            "3. 这里没有错误，都是要核对的。核对后什么也没有改的，不用交回这个文件，“第几次报送”也不用动：告诉发给您的人“已核对，不用改”即可，原来交的那份照样有效。",
            "3. Nothing here is an error; all of it is to be checked. If you find that nothing needs changing, do not send this file back and leave Submission alone: tell whoever sent it \"checked, nothing to change\". The survey you sent before stays valid.",
        );
        let only_checked = self.marks.iter().all(|mark| mark.severity != Severity::Error);
        [how, back].into_iter().chain(only_checked.then_some(nothing)).collect()
    }

    /// Writes it, first in the workbook.
    pub fn write(&self, workbook: &mut Workbook, lang: Lang) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(LIST.get(lang))?.set_active(true);
        for (column, (_, width)) in (0u16..).zip(&COLUMNS) {
            sheet.set_column_width(column, *width)?;
        }
        let last = u16::try_from(COLUMNS.len() - 1).unwrap_or(6);
        let total: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
        let title = t("{file}：要改的地方", "{file}: what to mend").with(&[("file", self.file.into())]);
        let title = write::cell_text(title.get(lang));
        let look = write::title().set_text_wrap();
        sheet.merge_range(0, 0, 0, last, &title, &look)?;
        sheet.set_row_height(0, row_height(&[(&title, total * 0.5)]).max(34.0))?;
        let guidance = self.guidance();
        for (row, line) in (1u32..).zip(&guidance) {
            let line = write::cell_text(line.get(lang));
            sheet.merge_range(row, 0, row, last, &line, &write::plain())?;
            sheet.set_row_height(row, row_height(&[(&line, total * 0.95)]))?;
        }
        let head = u32::try_from(guidance.len()).unwrap_or(2) + 1;
        for (column, (name, _)) in (0u16..).zip(&COLUMNS) {
            sheet.write_string_with_format(head, column, name.get(lang), &write::header())?;
        }
        sheet.set_row_height(head, 24)?;
        for (row, (number, mark)) in (head + 1..).zip((1..).zip(self.marks)) {
            self.line(sheet, row, number, mark, lang)?;
        }
        sheet.set_freeze_panes(head + 1, 0)?;
        write::page(sheet, true, Some((head, head)), self.file)
    }

    fn line(&self, sheet: &mut Worksheet, row: u32, number: u32, mark: &Mark, lang: Lang) -> Result<(), XlsxError> {
        let centre = write::body().set_align(rust_xlsxwriter::FormatAlign::Center);
        let named = mark.sheet.as_ref().and_then(|name| self.sheets.iter().find(|(own, _)| own == name)).map(|(_, name)| name.as_str());
        let shown = named.or(mark.sheet.as_deref()).unwrap_or_default();
        let cell = mark.at.map(|(row, column)| cell_name(row, column)).unwrap_or_default();
        let severity: Format = colour(mark.severity).map_or(centre.clone(), |colour| centre.clone().set_background_color(colour));
        sheet.write_number_with_format(row, 0, f64::from(number), &centre)?;
        sheet.write_string_with_format(row, 1, mark.severity.word().get(lang), &severity)?;
        sheet.write_string_with_format(row, 2, shown, &write::body())?;
        match named.filter(|_| !cell.is_empty() && (number as usize) < MAX_LINKS) {
            Some(name) => {
                let link = centre.clone().set_font_color(Color::RGB(write::INK)).set_underline(FormatUnderline::Single);
                let target = format!("internal:'{}'!{cell}", name.replace('\'', "''"));
                sheet.write_url_with_options(row, 3, target.as_str(), &cell, "", Some(&link))?
            }
            None => sheet.write_string_with_format(row, 3, &cell, &centre)?,
        };
        let reference = self.refs.get(number as usize - 1).copied().unwrap_or_default();
        sheet.write_string_with_format(row, 4, reference, &centre)?;
        let (what, advice) = (write::cell_text(mark.what.get(lang)), write::cell_text(mark.advice.get(lang)));
        sheet.write_string_with_format(row, 5, &what, &write::body())?;
        sheet.write_string_with_format(row, 6, &advice, &write::body())?;
        let width = |column: usize| COLUMNS[column].1;
        sheet.set_row_height(row, row_height(&[(shown, width(2)), (&what, width(5)), (&advice, width(6))]))?;
        Ok(())
    }
}

/// The number of the item whose row a mark stands in, or that the row shows where another row of the item is the one that counts.
pub fn number_of<'a>(mark: &Mark, book: &Book, numbers: &HashMap<(&str, u32), &'a str>, tree: &'a Tree) -> &'a str {
    let (Some(name), Some((row, _))) = (&mark.sheet, mark.at) else { return "" };
    let shown = || {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == *name)?;
        let first = sheet.rows.get(&row)?.values().next()?.text();
        tree.items.iter().find(|item| item.reference == first.trim()).map(|item| item.reference.as_str())
    };
    numbers.get(&(name.as_str(), row)).copied().or_else(shown).unwrap_or_default()
}

/// How wide a column of these texts should be.
pub fn width(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(char_width).sum::<usize>()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_part_of_a_note_is_told_from_theirs() {
        for lang in [Lang::Zh, Lang::En] {
            let ours = format!("{}\n错误：甲\n{}", BEGIN.get(lang), END.get(lang));
            assert_eq!(theirs(&ours), None);
            assert_eq!(theirs(&format!("应为 45/50\n\n{ours}\n")).as_deref(), Some("应为 45/50"));
            assert_eq!(theirs(&format!("{ours}\n应为 2")).as_deref(), Some("应为 2"));
            assert_eq!(theirs(&format!("{ours}{ours}")), None);
        }
        assert_eq!(theirs("【要改】没有写完").as_deref(), Some("【要改】没有写完"));
        // A format that tells only that there is a note.
        assert_eq!(theirs("").as_deref(), Some(""));
    }
}
