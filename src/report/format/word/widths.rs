//! How wide the columns of a table stand on a page.

use crate::report::document::{Column, Kind, Table};
use crate::text::{Lang, width};

/// A half-width letter of a table, and what a cell needs beside its letters, in twips.
pub const LETTER: f64 = 94.0;
pub const MARGINS: f64 = 150.0;

/// Letters that a text column has at least, and those that a piece of a text may ask for that should not be broken.
const TEXT: f64 = 9.0;
const PIECE: usize = 16;

/// Letters of a column that is left for sentences by hand, more than three centimetres.
const ROOM_TO_WRITE: f64 = 18.0;

/// Column widths in twips: each column has room for its longest word, numbers for all of theirs; texts share the rest by what they hold.
pub fn widths(table: &Table, cells: &[Vec<String>], room: usize, lang: Lang) -> Vec<usize> {
    let room = room as f64;
    let columns = |whole: bool| -> Vec<(f64, f64)> {
        let columns = table.columns.iter().enumerate();
        columns.map(|(index, column)| (needs(column, cells, index, lang, whole), share(column, cells, index))).collect()
    };
    let taken = |columns: &[(f64, f64)]| -> f64 { columns.iter().map(|(least, _)| least * LETTER + MARGINS).sum() };
    // Figures stay whole where there is room for that.
    let columns = Some(columns(true)).filter(|columns| taken(columns) <= room).unwrap_or_else(|| columns(false));
    let least = taken(&columns);
    let sharing: f64 = columns.iter().map(|(_, share)| share).sum();
    columns
        .iter()
        .map(|(own, share)| {
            let own = own * LETTER + MARGINS;
            // Too many columns are pressed alike, too few stretched alike.
            let twips = if least > room || sharing == 0.0 { room * own / least } else { own + (room - least) * share / sharing };
            twips as usize
        })
        .collect()
}

/// Letters that a column needs at least; `whole` where its figures are not to be broken.
fn needs(column: &Column, cells: &[Vec<String>], index: usize, lang: Lang, whole: bool) -> f64 {
    let longest = cells.iter().map(|row| width(&row[index])).max().unwrap_or(0) as f64;
    let piece = || cells.iter().map(|row| longest_piece(&row[index])).max().unwrap_or(0) as f64;
    let english = || cells.iter().map(|row| longest_english(&row[index])).max().unwrap_or(0) as f64;
    let own = match column.kind {
        Kind::Text if whole => longest.min(TEXT).max(piece()).max(english()),
        Kind::Text => longest.min(TEXT),
        Kind::LongHand => ROOM_TO_WRITE,
        Kind::ShortHand | Kind::Hand => 0.0,
        Kind::Short => longest.min(14.0),
        _ => longest.min(10.0),
    };
    own.max(longest_word(column.name.get(lang)))
}

/// What a column gets of the room that is left.
fn share(column: &Column, cells: &[Vec<String>], index: usize) -> f64 {
    match column.kind {
        Kind::Text => mean_width(cells, index).min(80.0),
        Kind::ShortHand => 4.0,
        Kind::Hand => 24.0,
        Kind::LongHand => 24.0,
        _ => 0.0,
    }
}

/// The widest figure of a text: a fraction or a number, or a text of nothing but figures and marks, `1、2、5`. What is wider than a
/// column should be for it alone is broken all the same.
fn longest_piece(text: &str) -> usize {
    let is_figure = |piece: &&str| piece.contains(|character: char| character.is_ascii_digit());
    let is_piece = |piece: &&str| width(piece) <= PIECE && is_figure(piece);
    if text.chars().all(|character| !character.is_alphabetic()) && is_piece(&text.trim()) {
        return width(text.trim());
    }
    text.split(|character: char| !character.is_ascii() || character == ' ').filter(is_piece).map(width).max().unwrap_or(0)
}

/// The widest English word, which would be broken anywhere, up to a width.
fn longest_english(text: &str) -> usize {
    let words = text.split(|character: char| !character.is_ascii_alphabetic());
    words.map(str::len).filter(|length| *length <= PIECE).max().unwrap_or(0)
}

pub fn mean_width(cells: &[Vec<String>], column: usize) -> f64 {
    cells.iter().map(|row| width(&row[column])).sum::<usize>() as f64 / cells.len().max(1) as f64
}

/// The widest part of a heading that should not be broken: a word, or four Chinese characters.
fn longest_word(text: &str) -> f64 {
    let words = text.split([' ', '（', '）', '、', '，']);
    // Headings are bold, which takes a tenth more.
    words.map(|word| if word.is_ascii() { 1.15 * width(word) as f64 } else { (width(word) as f64).min(8.0) }).fold(4.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::column;
    use crate::text::t;

    #[test]
    fn a_figure_in_a_text_is_one_piece_up_to_a_width() {
        let pieces = [
            ("56200/158000", 12),
            ("1、2、3、4、6", 13),
            ("达到 45.5% 以上", 5),
            ("查无资料", 0),
            ("resettlement", 0),
            ("1、2、3、4、5、6、7、8", 1),
            ("2026-11-20 14:30:00 +08:00", 10),
        ];
        for (text, width) in pieces {
            assert_eq!(longest_piece(text), width, "{text}");
        }
    }

    #[test]
    fn a_column_has_room_for_its_longest_figure_and_a_full_page_for_none() {
        let table = |count: usize| Table {
            id: "t",
            title: t("表", "Table"),
            columns: (0..count).map(|_| column(t("填", "Entry"), Kind::Text)).collect(),
            rows: Vec::new(),
        };
        let row = |count: usize| {
            vec!["近期应急资金申请从收到到拨出用了几天".repeat(3); count - 1].into_iter().chain(["56200/158000".to_string()])
        };
        let last = |count: usize| {
            let cells = vec![row(count).collect::<Vec<String>>()];
            *widths(&table(count), &cells, 8844, Lang::Zh).last().expect("a column") as f64
        };
        assert!(last(3) >= 12.0 * LETTER + MARGINS);
        // Nine columns press all alike.
        assert!(last(9) < 12.0 * LETTER + MARGINS);
    }
}
