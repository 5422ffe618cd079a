//! Text that was read in the wrong encoding and saved so: `缂栧彿` for 编号.

use encoding_rs::{Encoding, GBK, UTF_8, WINDOWS_1252};

use crate::sheet::Book;

/// What it was read as, and what it was.
const SLIPS: [(&Encoding, &Encoding); 3] = [(GBK, UTF_8), (WINDOWS_1252, UTF_8), (WINDOWS_1252, GBK)];
/// Cells looked at, and what of them is shown.
const CELLS: usize = 400;
const SHOWN: usize = 8;
/// So many characters have to come right, or to be lost, before that is no chance.
const LEAST: usize = 6;

/// A bit of a workbook's garbled text; none where most of its text is as it should be.
pub fn example(book: &Book) -> Option<String> {
    let cells = book.sheets.iter().flat_map(|sheet| sheet.rows.values().flat_map(|row| row.values()));
    let texts = cells.map(|cell| cell.text()).filter(|text| !text.is_ascii());
    let texts: Vec<String> = texts.take(CELLS).collect();
    let is_spoilt = |text: &str| is_lost(text) || SLIPS.iter().any(|slip| comes_right(text, slip));
    is_spoilt(&texts.concat()).then(|| {
        let first = texts.iter().find(|text| is_spoilt(text)).or(texts.first());
        first.map(|text| text.trim().chars().take(SHOWN).collect()).unwrap_or_default()
    })
}

fn is_ideograph(character: &char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(character)
}

/// Was it written with a character in place of what could not be read?
fn is_lost(text: &str) -> bool {
    let lost = text.chars().filter(|character| *character == char::REPLACEMENT_CHARACTER).count();
    lost >= LEAST && lost > text.chars().filter(is_ideograph).count()
}

/// Are there words where the way is gone back? Ordinary Chinese taken so gives next to none.
fn comes_right(text: &str, (read, written): &(&'static Encoding, &'static Encoding)) -> bool {
    let mut bytes = Vec::new();
    for character in text.chars() {
        // Beside it no letter makes a pair, nor does what the wrong reading could not show.
        let character = if character.is_ascii() { ' ' } else { character }.to_string();
        let (encoded, _, failed) = read.encode(&character);
        bytes.extend_from_slice(if failed { b" " } else { &encoded });
    }
    let back = written.decode_without_bom_handling(&bytes).0;
    let right = back.chars().filter(is_ideograph).count();
    let lost = back.chars().filter(|character| *character == char::REPLACEMENT_CHARACTER).count();
    right >= LEAST && right * 2 > lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_another_encoding_is_told_from_chinese() {
        let right = "编号指标自评佐证材料说明现行的应急预案是否经过评审并且对外公布区政府办公室关于印发突发事件总体应急预案的通知";
        assert!(SLIPS.iter().all(|slip| !comes_right(right, slip)) && !is_lost(right));
        for (read, written) in SLIPS {
            let (bytes, ..) = written.encode(right);
            let garbled = read.decode_without_bom_handling(&bytes).0;
            assert!(comes_right(&garbled, &(read, written)), "{garbled}");
        }
        let (bytes, ..) = GBK.encode(right);
        assert!(is_lost(&UTF_8.decode_without_bom_handling(&bytes).0));
        // Words of other languages, and signs beside them.
        for text in ["café élève naïve Müller Ærø", "Ω≤≥±", "été à l’Hôpital"] {
            assert!(SLIPS.iter().all(|slip| !comes_right(text, slip)), "{text}");
        }
    }
}
