//! What is in the way of reading a text, computed from the text alone.

use crate::scale::enclosed::enclosed;
use crate::scale::pieces::{Pieces, is_numeral, is_unit, leading_unit};
use crate::scale::turned;
use crate::text::Text;

/// What a scale reads, as far as advice depends on it.
#[derive(Clone, Debug, PartialEq)]
pub enum Wants {
    Level,
    YesNo,
    Rate,
    /// A number in a unit.
    Number(Text),
    /// A number in percent, or a share.
    Percent,
    Elements,
    Points,
}

/// What is in the way.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// `①②③`, as they were typed and one by one.
    Enclosed(String, String),
    /// `Ⅱ级`, also in Latin letters, where a level is asked.
    Roman(String),
    /// Another sign than `/` between numerator and denominator.
    Slash(String, String),
    /// `3-5`.
    Range(String),
    /// `约`, `左右`, `≥`.
    Approximate(String),
    /// A unit after the number that is not the item's.
    Unit(String),
    /// A unit after one of the two numbers of a share.
    UnitInShare(String),
    /// `无` where it may be 0 or not known.
    Nothing(String),
    /// Commas where none are read, or that do not part thousands.
    Commas,
    /// `1E+05`
    Scientific,
    /// A blank within a number, which is so without it.
    Gap(String),
    /// A point with nothing before it, and the number with a 0 there.
    Point(String),
    /// A raised point between digits, and the text with a plain one.
    RaisedPoint(char, String),
    /// A share where a number is wanted.
    Fraction,
    Several(Vec<String>),
    /// `十二`.
    Numerals,
    /// A level between two levels.
    Decimal,
    /// Another sign than `、` between elements.
    Separator(String),
    /// A separator without anything on one of its sides.
    Missing(String),
    /// Another sign than `×`.
    Times(String),
    /// A sign or word that answers yes or no only to another question.
    Tick,
    /// Words beside the answer.
    Beside(String),
    /// A word that turns round what stands beside it: without it the answer would be another.
    Contrary(String),
    /// So many elements, or the one of that number.
    Amount(String),
    /// Yes and no.
    Both,
    /// A letter that looks like a digit, and the digit.
    Letter(char, char),
    /// Units of numerator and denominator that are not the same.
    UnitsApart(String, String),
    /// So often in a time that is not the whole.
    Per(String),
    /// A time of day, or a length of time.
    Clock,
    Unseen,
    /// A picture in the cell: WPS keeps `=DISPIMG("ID_…",1)` in its place.
    Picture,
    /// Signs around an answer, and the answer.
    Signs(String, String),
    /// A state word with more beside it.
    BesideState(Text),
    /// Other words for N/A.
    LikeNa,
    /// What looks like No data.
    SpoiltState,
    /// A review that agrees.
    Agreed,
    /// No number, and for yes or no neither of them.
    Words,
}

const SLASHES: [&str; 10] = ["⁄", "∕", "\\", "÷", ":", "∶", "比", "|", "//", "丿"];
const DASHES: [&str; 14] = ["-", "–", "—", "――", "——", "--", "~", "〜", "∼", "−", "至", "到", "...", "......"];
/// Said of a number wherever they stand beside it; longer before shorter.
const ABOUT: [&str; 41] = [
    "?",
    "未达到",
    "未达",
    "未到",
    "未满",
    "不满",
    "低于",
    "高于",
    "小于",
    "大于",
    "高达",
    "不超过",
    "不多于",
    "大约",
    "左右",
    "大概",
    "大致",
    "将近",
    "接近",
    "上下",
    "估计",
    "可能",
    "不到",
    "不足",
    "超过",
    "以上",
    "以下",
    "以内",
    "至少",
    "至多",
    "最多",
    "最少",
    "不少于",
    "不低于",
    "多于",
    "少于",
    "≥",
    "≤",
    "≈",
    ">",
    "<",
];
/// Said of the number that follows at once, and of the one before.
const ABOUT_BEFORE: [&str; 14] =
    ["约", "近", "超", "~", "±", "about", "around", "nearly", "almost", "over", "under", "approx.", "at least", "at most"];
const ABOUT_AFTER: [&str; 9] = ["多", "余", "几", "来", "+", "万多", "万余", "百多", "百余"];
/// Numbers that nobody counted.
const VAGUE: [&str; 6] = ["多", "几", "数", "若干", "许多", "大量"];
/// Said of a time that nobody took.
const PROMPT: [&str; 9] = ["即时", "立即", "立刻", "马上", "随时", "及时", "当天", "当日", "当场"];
const NOTHING: [&str; 7] = ["无", "没有", "没", "零", "none", "zero", "nil"];
/// Between numbers of elements instead of `、`.
const SEPARATORS: [&str; 13] = [";", "。", ".", "·", "/", "\\", "|", "+", "&", "和", "与", "及", ":"];
const TICKS: [&str; 14] = ["√", "×", "✓", "✔", "☑", "✗", "✘", "☒", "x", "○", "〇", "有", "无", "没有"];

/// What is in the way of reading `raw`, whose trimmed NFKC is `text`; none where nothing has a name.
pub fn find(raw: &str, text: &str, wants: &Wants) -> Option<Obstacle> {
    let roman = || if *wants == Wants::Level { turned::roman(text) } else { None };
    if let Some(obstacle) = turned::unseen(text).or_else(|| turned::picture(text)).or_else(roman).or_else(|| enclosed(raw)) {
        return Some(obstacle);
    }
    if *wants == Wants::YesNo {
        return Some(of_yes_no(text));
    }
    if let Some(letter) = turned::letter(text) {
        return Some(letter);
    }
    let pieces = Pieces::of(text);
    if pieces.numbers.is_empty() {
        let words = if *wants == Wants::Points { text.trim_start_matches('扣') } else { text };
        return Some(of_words(words.trim(), wants));
    }
    if *wants == Wants::Points && text.starts_with('扣') {
        return of_deductions(&pieces);
    }
    if *wants == Wants::Elements {
        let turned = turned::contrary(text).or_else(|| range(&pieces)).or_else(|| approximate(&pieces));
        return turned.or_else(|| turned::amount(&pieces)).or_else(|| of_elements(&pieces));
    }
    let share = matches!(wants, Wants::Rate | Wants::Percent);
    let counts = share || matches!(wants, Wants::Number(_));
    let torn = if counts { turned::gap(text).or_else(|| turned::point(text)) } else { None };
    let torn = torn.or_else(|| turned::minus(text)).or_else(|| turned::scientific(&pieces));
    torn.or_else(|| other_slash(&pieces, share))
        .or_else(|| range(&pieces))
        .or_else(|| approximate(&pieces))
        .or_else(|| if *wants == Wants::Level { None } else { turned::raised_point(text) })
        .or_else(|| turned::per(&pieces, wants))
        .or_else(|| turned::squared(text))
        .or_else(|| if share { turned::units_apart(&pieces) } else { None })
        .or_else(|| if *wants == Wants::Points { None } else { turned::contrary(text) })
        .or_else(|| clock(&pieces, wants))
        .or_else(|| unit(&pieces, wants, share))
        .or_else(|| of_numbers(&pieces, wants, share))
}

/// `8:00`, where a number is wanted.
fn clock(pieces: &Pieces, wants: &Wants) -> Option<Obstacle> {
    let [before, sign, ..] = pieces.between.as_slice() else { return None };
    let clock = pieces.numbers.len() >= 2 && before.is_empty() && sign == ":" && matches!(wants, Wants::Number(_));
    (clock && pieces.numbers[1..].iter().all(|number| number.len() == 2)).then_some(Obstacle::Clock)
}

fn of_yes_no(text: &str) -> Obstacle {
    let lower = text.to_lowercase();
    if TICKS.contains(&lower.as_str()) {
        return Obstacle::Tick;
    }
    if turned::both(&lower) {
        return Obstacle::Both;
    }
    let answers = !lower.starts_with("是否") && text.starts_with(['是', '否', '有']);
    if answers && let Some(contrary) = text.char_indices().nth(1).and_then(|(at, _)| turned::contrary(&text[at..])) {
        return contrary;
    }
    let rest = if lower.starts_with("是否") { None } else { text.strip_prefix('是').or_else(|| text.strip_prefix('否')) };
    rest.map_or(Obstacle::Words, |rest| {
        let words = rest.trim_matches([' ', ',', '、', ';', '。', ':']);
        Obstacle::Beside(if words.is_empty() { rest.trim() } else { words }.to_string())
    })
}

fn of_words(text: &str, wants: &Wants) -> Obstacle {
    let counts = matches!(wants, Wants::Number(_) | Wants::Rate | Wants::Percent);
    let never = matches!(wants, Wants::Number(_)) && turned::never(text);
    if counts && (never || NOTHING.contains(&text.trim_end_matches(['。', '.', '!']).to_lowercase().as_str())) {
        return Obstacle::Nothing(text.to_string());
    }
    let about = ABOUT
        .iter()
        .chain(&ABOUT_BEFORE)
        .find(|word| text.strip_prefix(**word).or_else(|| text.strip_suffix(**word)).is_some_and(|rest| is_numeral(rest.trim())));
    if let Some(word) = about {
        return Obstacle::Approximate(word.to_string());
    }
    let vague = VAGUE.iter().find(|word| text.strip_prefix(**word).is_some_and(|rest| rest.is_empty() || is_unit(rest)));
    let prompt = PROMPT.iter().filter(|_| counts).find(|word| text.starts_with(**word));
    match vague.or(prompt) {
        Some(word) => Obstacle::Approximate(word.to_string()),
        None if is_numeral(text) || text.split(['、', ',']).all(|part| is_numeral(part.trim())) => Obstacle::Numerals,
        None => Obstacle::Words,
    }
}

fn of_deductions(pieces: &Pieces) -> Option<Obstacle> {
    let after = &pieces.between[1..];
    let times = after.iter().find(|sign| ["x", "X", "*", "✕", "✖", "·"].contains(&sign.as_str()));
    if let Some(sign) = times {
        return Some(Obstacle::Times(sign.clone()));
    }
    missing(after, &["、", ",", "×"])
}

/// A separator at the end, or two of them.
fn missing(between: &[String], separators: &[&str]) -> Option<Obstacle> {
    let (last, inner) = between.split_last()?;
    let doubled = |sign: &&&str| inner.iter().any(|words| words.matches(**sign).count() > 1);
    let sign = separators.iter().find(|sign| last == *sign).or_else(|| separators.iter().find(doubled))?;
    Some(Obstacle::Missing(sign.to_string()))
}

fn other_slash(pieces: &Pieces, share: bool) -> Option<Obstacle> {
    let [one, two] = pieces.numbers.as_slice() else { return None };
    let [before, sign, after] = pieces.between.as_slice() else { return None };
    let alone = share && before.is_empty() && after.is_empty() && SLASHES.contains(&sign.as_str());
    alone.then(|| Obstacle::Slash(sign.clone(), format!("{one}/{two}")))
}

fn range(pieces: &Pieces) -> Option<Obstacle> {
    let dash = |words: &str| DASHES.contains(&words) || leading_unit(words).is_some_and(|(_, rest)| DASHES.contains(&rest));
    let at = (1..pieces.numbers.len()).find(|at| dash(&pieces.between[*at]))?;
    let percent = if pieces.between[at + 1].starts_with('%') { "%" } else { "" };
    Some(Obstacle::Range(format!("{}{}{}{percent}", pieces.numbers[at - 1], pieces.between[at], pieces.numbers[at])))
}

fn approximate(pieces: &Pieces) -> Option<Obstacle> {
    let anywhere = ABOUT.iter().find(|word| pieces.between.iter().any(|words| words.contains(**word)));
    let (after, before) = (&pieces.between[1..], &pieces.between[..pieces.numbers.len()]);
    let word = anywhere
        .or_else(|| ABOUT_BEFORE.iter().find(|word| before.iter().any(|words| words.to_lowercase().ends_with(**word))))
        .or_else(|| {
            // A sum is no estimate.
            ABOUT_AFTER.iter().find(|word| {
                after.iter().enumerate().any(|(at, words)| words.starts_with(**word) && (**word != "+" || at + 1 == after.len()))
            })
        })?;
    Some(Obstacle::Approximate(word.to_string()))
}

fn unit(pieces: &Pieces, wants: &Wants, share: bool) -> Option<Obstacle> {
    match pieces.between.as_slice() {
        [before, after] if before.is_empty() && is_unit(after) && *wants != Wants::Elements => Some(Obstacle::Unit(after.clone())),
        [before, sign, after] if share && before.is_empty() => {
            let (unit, sign) = leading_unit(sign).unwrap_or(("", sign));
            let told = if unit.is_empty() { after.as_str() } else { unit };
            (sign == "/" && is_unit(told) && (after.is_empty() || is_unit(after))).then(|| Obstacle::UnitInShare(told.to_string()))
        }
        _ => None,
    }
}

fn of_elements(pieces: &Pieces) -> Option<Obstacle> {
    let inner = &pieces.between[1..pieces.numbers.len()];
    if let Some(sign) = inner.iter().find(|sign| SEPARATORS.contains(&sign.as_str())) {
        return Some(Obstacle::Separator(sign.clone()));
    }
    missing(&pieces.between, &["、", ","]).or_else(|| {
        // A point within a number is a separator here.
        let point = pieces.numbers.iter().any(|number| number.contains('.'));
        let words = pieces.words();
        if point { Some(Obstacle::Separator(".".to_string())) } else { Some(Obstacle::Beside(words)) }
    })
}

fn of_numbers(pieces: &Pieces, wants: &Wants, share: bool) -> Option<Obstacle> {
    let takes_commas = matches!(wants, Wants::Number(_) | Wants::Percent);
    if !takes_commas && pieces.numbers.iter().any(|number| number.contains(',')) {
        return Some(Obstacle::Commas);
    }
    let inner = &pieces.between[1..pieces.numbers.len()];
    if !inner.is_empty() && inner.iter().all(|sign| sign == ",") {
        return Some(Obstacle::Commas);
    }
    match pieces.between.as_slice() {
        [before, after] => {
            let words = pieces.words();
            if share && (before == "/" || after == "/") {
                Some(Obstacle::Missing("/".to_string()))
            } else if words.is_empty() {
                (*wants == Wants::Level && pieces.numbers[0].contains('.')).then_some(Obstacle::Decimal)
            } else {
                Some(Obstacle::Beside(words))
            }
        }
        // A share and a word: `5/5*`.
        [before, sign, after] if share && sign == "/" && before.is_empty() != after.is_empty() => {
            Some(Obstacle::Beside(format!("{before}{after}")))
        }
        [before, sign, after] if before.is_empty() && after.is_empty() && ["/", "⁄", "∕", "÷"].contains(&sign.as_str()) => {
            Some(Obstacle::Fraction)
        }
        _ => Some(Obstacle::Several(pieces.numbers.clone())),
    }
}
