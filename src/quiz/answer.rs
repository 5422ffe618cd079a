//! What a trainee wrote into a cell of the sheet of answers.

use crate::bank::LETTERS;
use crate::quiz::Given;
use crate::unit::normal;

/// How a cell was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Nothing at all.
    Empty,
    Plain,
    /// A letter among marks that say nothing: `A.`, `（C）`, `选A`.
    Dressed,
}

/// Marks and words around a letter.
const AROUND: &str = ".,;:'\"()[]{}<>、。，；：·“”‘’【】《》〈〉「」『』〔〕选项";
/// After NFKC, which knows the full-width hyphen only.
const DASHES: &str = "-‐‑‒–—―−─";

/// One letter is a choice; a dash says that nobody answered here and that the sheet was handed in.
pub fn read(raw: &str) -> (Given, How) {
    let text = normal(raw);
    let letter = |text: &str| LETTERS.iter().position(|letter| letter.eq_ignore_ascii_case(text)).map(Given::Choice);
    if text.is_empty() {
        return (Given::Blank, How::Empty);
    }
    if let Some(given) = letter(&text) {
        return (given, How::Plain);
    }
    if text.chars().all(|one| DASHES.contains(one)) {
        return (Given::Blank, How::Plain);
    }
    let bare: String = text.chars().filter(|one| !one.is_whitespace() && !AROUND.contains(*one)).collect();
    letter(&bare).map_or((Given::Unreadable, How::Plain), |given| (given, How::Dressed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_an_answer_however_it_is_dressed() {
        for (raw, choice) in [("A", 0), ("b", 1), ("Ｃ", 2), (" d\u{3000}", 3)] {
            assert_eq!(read(raw), (Given::Choice(choice), How::Plain), "{raw}");
        }
        for (raw, choice) in
            [("A.", 0), ("(B)", 1), ("（Ｃ）", 2), ("a、", 0), ("选A", 0), ("B项", 1), ("Ａ。", 0), ("选项 D", 3), ("【c】", 2)]
        {
            assert_eq!(read(raw), (Given::Choice(choice), How::Dressed), "{raw}");
        }
        // Two letters, a doubt, a number: nobody knows which is meant.
        for raw in ["AB", "A、B", "A?", "A？", "①", "②", "1", "E", "对", "选", "()", "未选A", "A-"] {
            assert_eq!(read(raw), (Given::Unreadable, How::Plain), "{raw}");
        }
    }

    #[test]
    fn a_dash_is_no_answer_of_somebody_who_was_there() {
        for raw in ["-", "－", "—", "——", " – "] {
            assert_eq!(read(raw), (Given::Blank, How::Plain), "{raw}");
        }
        for raw in ["", " ", "\u{3000}", "\u{a0}"] {
            assert_eq!(read(raw), (Given::Blank, How::Empty), "{raw}");
        }
    }
}
