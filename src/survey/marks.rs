//! What stands in a copy that goes back to be mended: the page that lists it, and the notes on its cells.

use rust_xlsxwriter::{Color, Format, FormatUnderline, Note, Workbook, XlsxError};

use crate::finding::Severity;
use crate::place::cell_name;
use crate::sheet::At;
use crate::sheet::write::{self, row_height};
use crate::text::{Lang, Text, char_width, t};

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

/// The page that lists everything, first in the workbook. `sheets` are the names in the file and in the copy.
pub fn list(
    workbook: &mut Workbook,
    file: &str,
    marks: &[Mark],
    sheets: &[(String, String)],
    again: bool,
    lang: Lang,
) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 6] = [6.0, 8.0, 18.0, 9.0, 54.0, 50.0];
    let sheet = workbook.add_worksheet();
    sheet.set_name(LIST.get(lang))?.set_active(true);
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let total: f64 = WIDTHS.iter().sum();
    let title = t("{file}：要改的地方", "{file}: what to mend").with(&[("file", file.into())]);
    let title = write::cell_text(title.get(lang));
    let look = write::title().set_text_wrap();
    sheet.merge_range(0, 0, 0, 5, &title, &look)?;
    sheet.set_row_height(0, row_height(&[(&title, total * 0.5)]).max(34.0))?;
    let how = t(
        "1. 从上到下照“怎么改”一栏做：前面的说的是整张表、整栏、整行，改好了，后面有些格就不用再改。红色的是错误，黄色的是提醒，请核对；点“单元格”一栏跳到那一格，鼠标停在格上可看批注。没有要求的，表头和隐藏的 id 栏不要动。",
        "1. Follow What to do from the top: what comes first is of whole sheets, columns or rows, and once it is mended some of the cells below need nothing more. Red is an error, yellow is to be checked; a link under Cell leads to the cell, point at it to read its note. Leave the headers and the hidden id column unless told otherwise.",
    );
    let back = if again {
        t(
            "2. 改好后把封面的“第几次报送”加 1，存盘，把这个文件交回。本页、颜色和批注不用删，不影响计分。",
            "2. Then raise Submission on the cover by 1, save, and send this file back. This page, colours and notes may stay; they affect no score.",
        )
    } else {
        t(
            "2. 改好后存盘，把这个文件交回。本页、颜色和批注不用删，不影响计分。",
            "2. Then save and send this file back. This page, colours and notes may stay; they affect no score.",
        )
    };
    for (row, line) in (1u32..).zip([how, back]) {
        sheet.merge_range(row, 0, row, 5, line.get(lang), &write::plain())?;
        sheet.set_row_height(row, row_height(&[(line.get(lang), total * 0.95)]))?;
    }
    let heads = [
        t("序号", "No."),
        t("轻重", "Severity"),
        t("工作表", "Sheet"),
        t("单元格", "Cell"),
        t("什么问题", "What is wrong"),
        t("怎么改", "What to do"),
    ];
    for (column, head) in (0u16..).zip(&heads) {
        sheet.write_string_with_format(3, column, head.get(lang), &write::header())?;
    }
    sheet.set_row_height(3, 24)?;
    let centre = write::body().set_align(rust_xlsxwriter::FormatAlign::Center);
    let link = centre.clone().set_font_color(Color::RGB(write::INK)).set_underline(FormatUnderline::Single);
    for (row, (number, mark)) in (4u32..).zip((1..).zip(marks)) {
        let named = mark.sheet.as_ref().and_then(|name| sheets.iter().find(|(own, _)| own == name)).map(|(_, name)| name.as_str());
        let shown = named.or(mark.sheet.as_deref()).unwrap_or_default();
        let cell = mark.at.map(|(row, column)| cell_name(row, column)).unwrap_or_default();
        let severity: Format = colour(mark.severity).map_or(centre.clone(), |colour| centre.clone().set_background_color(colour));
        sheet.write_number_with_format(row, 0, f64::from(number), &centre)?;
        sheet.write_string_with_format(row, 1, mark.severity.word().get(lang), &severity)?;
        sheet.write_string_with_format(row, 2, shown, &write::body())?;
        match named.filter(|_| !cell.is_empty() && (number as usize) < MAX_LINKS) {
            Some(name) => {
                let target = format!("internal:'{}'!{cell}", name.replace('\'', "''"));
                sheet.write_url_with_options(row, 3, target.as_str(), &cell, "", Some(&link))?
            }
            None => sheet.write_string_with_format(row, 3, &cell, &centre)?,
        };
        let (what, advice) = (write::cell_text(mark.what.get(lang)), write::cell_text(mark.advice.get(lang)));
        sheet.write_string_with_format(row, 4, &what, &write::body())?;
        sheet.write_string_with_format(row, 5, &advice, &write::body())?;
        sheet.set_row_height(row, row_height(&[(shown, WIDTHS[2]), (&what, WIDTHS[4]), (&advice, WIDTHS[5])]))?;
    }
    sheet.set_freeze_panes(4, 0)?;
    write::page(sheet, true, Some((3, 3)), file)
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
