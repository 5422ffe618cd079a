//! How wide the columns of a table stand on a page.

use crate::report::document::{Column, Kind, Table};
use crate::text::{Lang, char_width, width};

/// A half-width letter of a table, and what a cell needs beside its letters, in twips.
pub const LETTER: f64 = 94.0;
pub const MARGINS: f64 = 150.0;

/// Letters that a text column has at least, and those that a piece of a text may ask for that should not be broken.
const TEXT: f64 = 9.0;
const PIECE: usize = 16;

/// Letters of a column that is left for sentences by hand, more than three centimetres.
const ROOM_TO_WRITE: f64 = 18.0;

/// How much wider than a half-width letter of Times one may print where that font is not at hand; of a heading, which is bold, still more.
pub const WIDE: f64 = 1.22;
const WIDE_BOLD: f64 = 1.35;

/// Letters that a text column keeps where there is no room for all.
const LEAST_TEXT: f64 = 6.0;

/// Mean length of texts beyond which a column gets no more of what is left.
const LONG_TEXT: f64 = 160.0;

/// What a column takes, in twips.
struct Needs {
    least: f64,
    /// Room beyond which it has no use for more; none for what is written by hand.
    most: Option<f64>,
    share: f64,
}

/// Column widths in twips: each column has room for its longest word, numbers for all of theirs; texts share the rest by what they
/// hold, and what no text needs goes to all alike.
pub fn widths(table: &Table, cells: &[Vec<String>], room: usize, lang: Lang) -> Vec<usize> {
    let room = room as f64;
    let columns = |piece: f64, letter: f64| -> Vec<Needs> {
        let columns = table.columns.iter().enumerate();
        columns.map(|(index, column)| needs(column, cells, index, lang, piece, letter)).collect()
    };
    let taken = |columns: &[Needs]| -> f64 { columns.iter().map(|column| column.least).sum() };
    // Figures within texts stay whole where there is room for that, and before them those of columns that hold nothing else.
    let fitting = [(WIDE, WIDE), (1.0, WIDE), (0.0, WIDE)].into_iter().map(|(piece, letter)| columns(piece, letter));
    let columns = fitting.into_iter().find(|columns| taken(columns) <= room).unwrap_or_else(|| columns(0.0, WIDE));
    let twips = if taken(&columns) > room { pressed(table, &columns, room) } else { stretched(&columns, room) };
    twips.into_iter().map(|twips| twips as usize).collect()
}

/// Too many columns for the page: texts give way first, and all alike only where that is not enough.
fn pressed(table: &Table, columns: &[Needs], room: f64) -> Vec<f64> {
    let is_text = |index: usize| matches!(table.columns[index].kind, Kind::Text);
    let least = LEAST_TEXT * LETTER + MARGINS;
    let sum = |text: bool| columns.iter().enumerate().filter(|(index, _)| is_text(*index) == text).map(|(_, one)| one.least).sum::<f64>();
    let (texts, others) = (sum(true), sum(false));
    let rate = (room - others) / texts;
    if columns.iter().enumerate().all(|(index, one)| !is_text(index) || one.least * rate >= least.min(one.least)) && texts > 0.0 {
        return columns.iter().enumerate().map(|(index, one)| if is_text(index) { one.least * rate } else { one.least }).collect();
    }
    columns.iter().map(|one| one.least * room / (texts + others)).collect()
}

/// Room is left: those that have a use for it share it, then all.
fn stretched(columns: &[Needs], room: f64) -> Vec<f64> {
    let mut twips: Vec<f64> = columns.iter().map(|one| one.least).collect();
    loop {
        let left = room - twips.iter().sum::<f64>();
        let grows: Vec<bool> =
            columns.iter().zip(&twips).map(|(one, own)| one.share > 0.0 && one.most.is_none_or(|most| *own < most)).collect();
        let sharing: f64 = columns.iter().zip(&grows).filter(|(_, grows)| **grows).map(|(one, _)| one.share).sum();
        if left < 1.0 || sharing == 0.0 {
            let rate = room / twips.iter().sum::<f64>();
            return twips.into_iter().map(|own| own * rate).collect();
        }
        // Each round ends the room, or some column that has enough.
        for ((own, one), _) in twips.iter_mut().zip(columns).zip(&grows).filter(|(_, grows)| **grows) {
            let wanted = *own + left * one.share / sharing;
            *own = one.most.map_or(wanted, |most| wanted.min(most));
        }
    }
}

/// Width of a text in half-width letters of Times, where each that is not full-width takes so many.
pub fn letters(text: &str, letter: f64) -> f64 {
    text.chars().map(char_width).map(|width| if width == 1 { letter } else { width as f64 }).sum()
}

/// What a column needs at least and has a use for at most; a figure within its texts counts so much a letter, nothing where it may be
/// broken.
fn needs(column: &Column, cells: &[Vec<String>], index: usize, lang: Lang, piece: f64, letter: f64) -> Needs {
    let longest = cells.iter().map(|row| letters(&row[index], letter)).fold(0.0, f64::max);
    let pieces = |letter: f64| cells.iter().map(|row| longest_piece(&row[index])).max().unwrap_or(0) as f64 * letter;
    let own = match column.kind {
        Kind::Text => longest.min(TEXT).max(pieces(piece)),
        Kind::LongHand => ROOM_TO_WRITE,
        Kind::ShortHand | Kind::Hand => 0.0,
        Kind::Short => longest.min(14.0).max(pieces(letter)),
        _ => longest.min(10.0 * letter),
    };
    let own = own.max(longest_word(column.name.get(lang), WIDE_BOLD.min(1.15 * letter)));
    let twips = |letters: f64| letters * LETTER + MARGINS;
    let by_hand = column.kind.is_by_hand();
    Needs { least: twips(own), most: (!by_hand).then(|| twips(longest.max(own))), share: share(column, cells, index) }
}

/// What a column gets of the room that is left.
fn share(column: &Column, cells: &[Vec<String>], index: usize) -> f64 {
    match column.kind {
        Kind::Text => mean_width(cells, index).min(LONG_TEXT),
        Kind::ShortHand => 4.0,
        Kind::Hand => 24.0,
        Kind::LongHand => 24.0,
        _ => 0.0,
    }
}

/// The widest part of a text that should not be broken: a word, a fraction or a number, with the mark that may not begin a line behind
/// it, or a text of nothing but figures and marks, `1、2、5`. What is wider than a column should be for it alone is broken all the same.
fn longest_piece(text: &str) -> usize {
    let is_piece = |piece: &&str| width(piece) <= PIECE;
    let text = text.trim();
    let is_figure = |character: char| character.is_ascii_digit();
    if text.contains(is_figure) && text.chars().all(|character| !character.is_alphabetic()) && is_piece(&text) {
        return width(text);
    }
    let is_end = |character: char| !character.is_ascii() || character == ' ';
    let pieces = text.split_inclusive(is_end).map(|piece| match piece.chars().next_back() {
        Some('、' | '，' | '。' | '；' | '：' | '）') => piece,
        Some(last) if is_end(last) => &piece[..piece.len() - last.len_utf8()],
        _ => piece,
    });
    pieces
        .filter(|piece| piece.contains(|character: char| character.is_ascii_alphanumeric()))
        .filter(is_piece)
        .map(width)
        .max()
        .unwrap_or(0)
}

pub fn mean_width(cells: &[Vec<String>], column: usize) -> f64 {
    cells.iter().map(|row| width(&row[column])).sum::<usize>() as f64 / cells.len().max(1) as f64
}

/// The widest part of a heading that should not be broken: a word, each of its letters taking so many, or four Chinese characters.
fn longest_word(text: &str, letter: f64) -> f64 {
    let words = text.split([' ', '（', '）', '、', '，']);
    words.map(|word| if word.is_ascii() { letter * width(word) as f64 } else { (width(word) as f64).min(8.0) }).fold(4.0, f64::max)
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
            ("2026 的 15.1.01、15.1.04", 9),
            ("1、2、3、4、6", 13),
            ("达到 45.5% 以上", 5),
            ("查无资料", 0),
            ("resettlement", 12),
            ("1、2、3、4、5、6、7、8", 3),
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

    #[test]
    fn numbers_and_references_are_whole_in_a_wide_font_and_texts_give_the_room() {
        let kinds = [
            (Kind::Text, "应急管理部门"),
            (Kind::Count, "202"),
            (Kind::Score, "100.0"),
            (Kind::Points, "−12.21"),
            (Kind::Short, "09.1.05"),
        ];
        let table = |texts: usize| Table {
            id: "t",
            title: t("表", "Table"),
            columns: kinds
                .iter()
                .chain(std::iter::repeat_n(&(Kind::Text, ""), texts))
                .map(|(kind, _)| column(t("列", "Unqualified"), *kind))
                .collect(),
            rows: Vec::new(),
        };
        let long = "2026 的 15.1.01、15.1.04 两题合并而来，改了档线".to_string();
        for (texts, lang) in [(0, Lang::Zh), (4, Lang::Zh), (5, Lang::Zh), (0, Lang::En)] {
            let cells: Vec<String> =
                kinds.iter().map(|(_, text)| text.to_string()).chain(std::iter::repeat_n(long.clone(), texts)).collect();
            let found = widths(&table(texts), std::slice::from_ref(&cells), 8844, lang);
            // A digit of DejaVu Serif takes 0.636 of 9 points, a sign 0.838.
            for (text, own) in cells.iter().zip(&found).skip(1).take(4) {
                let printed: f64 =
                    text.chars().map(|one| 114.5 * if one == '−' { 1.32 } else { f64::from(u8::from(one != '.')).max(0.5) }).sum();
                assert!(*own as f64 >= printed + 140.0, "{text} in {own} of {found:?}");
            }
            assert!(found.iter().sum::<usize>() <= 8844);
        }
        // A text column takes no more than it holds: the rest goes to all.
        let found = widths(&table(0), &[kinds.iter().map(|(_, text)| text.to_string()).collect::<Vec<_>>()], 8844, Lang::Zh);
        assert!((found[0] as f64) < 0.35 * 8844.0, "{found:?}");
    }
}
