//! What every workbook of ours shares: its looks, its page, its row heights, its bytes.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::error::Failure;
use crate::text::{char_width, is_shown, one_line, t, visible};
use crate::unit::Date;

/// Points a line of text takes at the body size.
const LINE_POINTS: f64 = 15.3;
/// The tallest row a spreadsheet allows.
const MAX_ROW_POINTS: f64 = 409.0;
const MIN_ROW_POINTS: f64 = 18.0;
/// Room beside wrapped text: readers differ in letter widths.
const SPARE: f64 = 1.1;
/// Longest sheet name.
pub const MAX_SHEET_NAME: usize = 31;
/// Longest text of a footer, less than the 255 that hold its codes too.
const MAX_FOOTER: usize = 220;
/// Longest text of a cell.
const MAX_CELL_TEXT: usize = 32_767;

/// The one colour of the house, and its tints.
pub const INK: u32 = 0x1F_3A_5F;
pub const TINT: u32 = 0xDC_E6_F1;
pub const INPUT: u32 = 0xFF_F9_E5;
pub const GREY: u32 = 0x59_59_59;

/// A cell's look: everything but its content.
pub fn body() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(10.5)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xBF_BF_BF))
        .set_text_wrap()
}

pub fn header() -> Format {
    body()
        .set_font_name("黑体")
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(INK))
        .set_align(FormatAlign::Center)
}

pub fn title() -> Format {
    Format::new().set_font_name("黑体").set_font_size(18).set_bold().set_font_color(Color::RGB(INK)).set_align(FormatAlign::VerticalCenter)
}

pub fn heading() -> Format {
    Format::new().set_font_name("黑体").set_font_size(12).set_bold().set_font_color(Color::RGB(INK)).set_align(FormatAlign::VerticalCenter)
}

pub fn plain() -> Format {
    Format::new().set_font_name("宋体").set_font_size(10.5).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// The height of a row that holds these texts in columns of these widths: LibreOffice and WPS cut wrapped text without it.
///
/// Wide characters count 2, others 1, plus 10 %, at most 409 points.
pub fn row_height(cells: &[(&str, f64)]) -> f64 {
    let lines = cells.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
    (lines as f64 * LINE_POINTS + 4.0).clamp(MIN_ROW_POINTS, MAX_ROW_POINTS)
}

/// How many lines a text takes in a column of that many half-width characters.
pub fn lines(text: &str, width: f64) -> usize {
    text.split('\n')
        .map(|paragraph| {
            let mut lines = 1;
            let mut used = 0.0;
            for character in paragraph.chars() {
                let wide = char_width(character) as f64 * SPARE;
                if used + wide > width {
                    lines += 1;
                    used = 0.0;
                }
                used += wide;
            }
            lines
        })
        .sum()
}

/// A sheet name every program takes: forbidden characters as `_`, 31 characters at most.
pub fn sheet_name(text: &str) -> String {
    let name: String = text
        .chars()
        .map(|character| if "[]:*?/\\".contains(character) || !is_shown(character) { '_' } else { character })
        .take(MAX_SHEET_NAME)
        .collect();
    let name = name.trim_matches('\'').to_string();
    if name.is_empty() { "_".to_string() } else { name }
}

/// Sheet names made distinct, letter case not counting.
pub fn distinct_names(names: &[String]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for name in names {
        let mut candidate = sheet_name(name);
        let mut number = 2;
        while taken.contains(&candidate.to_lowercase()) {
            let suffix = format!("~{number}");
            let stem: String = sheet_name(name).chars().take(MAX_SHEET_NAME - suffix.len()).collect();
            candidate = format!("{stem}{suffix}");
            number += 1;
        }
        taken.push(candidate.to_lowercase());
        all.push(candidate);
    }
    all
}

/// Text as a cell shows it, cut where a spreadsheet would refuse it.
pub fn cell_text(text: &str) -> String {
    let text = visible(text);
    if text.encode_utf16().count() <= MAX_CELL_TEXT {
        return text.to_string();
    }
    text.chars().take(MAX_CELL_TEXT / 2 - 1).chain(std::iter::once('…')).collect()
}

/// A4, one page wide, header repeated, page numbers.
pub fn page(sheet: &mut Worksheet, landscape: bool, repeat: Option<(u32, u32)>, footer: &str) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    if landscape {
        sheet.set_landscape();
    }
    if let Some((first, last)) = repeat {
        sheet.set_repeat_rows(first, last)?;
    }
    sheet.set_footer(format!("&L&9{}&R&9&P / &N", footer_text(footer)));
    Ok(())
}

/// Text of a footer: `&` starts a code there, digits would be read as the size of the letters, and a long one is not taken at all.
fn footer_text(text: &str) -> String {
    let mut out = String::new();
    let text = one_line(text);
    if text.starts_with(|character: char| character.is_ascii_digit()) {
        out.push(' ');
    }
    for character in text.chars() {
        let added = if character == '&' { "&&".to_string() } else { character.to_string() };
        if out.encode_utf16().count() + added.encode_utf16().count() > MAX_FOOTER {
            out.push('…');
            break;
        }
        out.push_str(&added);
    }
    out
}

/// A workbook dated by `--date`, so that equal inputs give equal bytes.
pub fn workbook(date: Date, title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = date;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_title(title).set_author("ecap"));
    Ok(workbook)
}

/// The finished workbook's bytes, the same on every system.
pub fn finish(mut workbook: Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = workbook.save_to_buffer()?;
    name_one_system(&mut bytes);
    Ok(bytes)
}

/// The zip library notes in each entry of the directory on which system it ran; we always say the same.
fn name_one_system(bytes: &mut [u8]) {
    const END: usize = 22;
    const ENTRY: usize = 46;
    const UNIX: u8 = 3;
    let number = |bytes: &[u8], at: usize, length: usize| -> Option<usize> {
        let part = bytes.get(at..at + length)?;
        Some(part.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let Some(end) = bytes.len().checked_sub(END) else { return };
    let (Some(count), Some(mut at)) = (number(bytes, end + 10, 2), number(bytes, end + 16, 4)) else { return };
    for _ in 0..count {
        let lengths = [28, 30, 32].map(|field| number(bytes, at + field, 2));
        if let Some(system) = bytes.get_mut(at + 5) {
            *system = UNIX;
        }
        let [Some(name), Some(extra), Some(comment)] = lengths else { return };
        at += ENTRY + name + extra + comment;
    }
}

/// A limit of the format that our own layout broke.
pub fn failure(_: XlsxError) -> Failure {
    t(
        "工作簿做不出来：超过了 .xlsx 格式的限度。请把指标树分小后再试。",
        "The workbook cannot be made: it passes a limit of .xlsx. Try again with a smaller tree.",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_character_counts_two() {
        assert_eq!(lines("应急应急应急", 14.0), 1);
        assert_eq!(lines("应急应急应急", 12.0), 2);
        assert_eq!(lines("a\nb\n", 10.0), 3);
        assert!(row_height(&[("应急", 4.0)]) >= 2.0 * LINE_POINTS);
        assert_eq!(row_height(&[(&"字".repeat(5000), 10.0)]), MAX_ROW_POINTS);
    }

    #[test]
    fn a_footer_shows_its_text_and_nothing_else() {
        assert_eq!(footer_text("甲&P乙"), "甲&&P乙");
        assert_eq!(footer_text("2026 年"), " 2026 年");
        assert_eq!(footer_text(&"长".repeat(300)), format!("{}…", "长".repeat(220)));
        assert_eq!(footer_text(&"&".repeat(300)), format!("{}…", "&&".repeat(110)));
    }

    #[test]
    fn a_workbook_does_not_say_where_it_was_made() -> Result<(), Box<dyn std::error::Error>> {
        let mut workbook = workbook((2026, 1, 2), "试")?;
        workbook.add_worksheet();
        let mut bytes = finish(workbook)?;
        let ours = bytes.clone();
        let entries: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == *b"PK\x01\x02").collect();
        assert!(entries.len() > 5);
        for at in &entries {
            assert_eq!(bytes[at + 5], 3);
            bytes[at + 5] = 0;
        }
        name_one_system(&mut bytes);
        assert!(bytes == ours, "a directory written on another system becomes the same");
        Ok(())
    }

    #[test]
    fn sheet_names_are_cut_and_parted() {
        assert_eq!(sheet_name("a/b:c"), "a_b_c");
        let long = "很".repeat(40);
        let names = distinct_names(&[long.clone(), long]);
        assert_eq!(names[0].chars().count(), 31);
        assert!(names[1].ends_with("~2") && names[1].chars().count() == 31);
    }
}
