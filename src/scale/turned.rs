//! Texts of which no part may be kept as it stands: words that turn the answer round, two answers, a letter for a digit, two units.

use crate::number::Number;
use crate::scale::obstacle::{Obstacle, Wants};
use crate::scale::pieces::{Pieces, is_unit, leading_unit};
use crate::scale::rate::{percent_of, percent_sign};
use crate::scale::words::{NO_DATA, NOT_APPLICABLE};
use crate::unit::is_unseen;

/// Words by which what stands beside them says less than it seems, or the opposite.
const CONTRARY: [&str; 26] = [
    "除", "否", "缺", "未", "不", "没", "无", "非", "尚", "欠", "但", "部分", "其中", "基本", "大致", "拟", "计划", "正在", "即将", "暂",
    "待", "×", "✗", "✘", "☒", "not",
];
/// Said of a period, not of the whole time asked about.
const PER: [&str; 8] = ["每", "平均", "年均", "月均", "日均", "人均", "户均", "次均"];
/// Ends of units that multiply: of two numbers only one of which carries such a unit nobody knows the other's.
const MULTIPLES: [&str; 5] = ["万", "亿", "千", "百", "吨"];
/// Said of something that never came about.
const NEVER: [&str; 11] = ["未发生", "没有发生", "没发生", "未出现", "没有出现", "从未", "从无", "无此类", "未有过", "没有过", "没有此类"];
/// Words for what cannot apply, other than the one that is read.
const LIKE_NA: [&str; 14] = [
    "不涉及",
    "未涉及",
    "无此项",
    "无此情况",
    "无此类情况",
    "无此业务",
    "不存在",
    "不需要",
    "无需",
    "不适应",
    "不实用",
    "na",
    "n.a.",
    "n / a",
];
/// Words by which a reviewer agrees instead of answering.
const AGREED: [&str; 12] = ["同意", "属实", "一致", "无异议", "没有异议", "同左", "同自评", "认可", "确认", "情况真实", "通过", "agree"];

pub fn unseen(text: &str) -> Option<Obstacle> {
    text.chars().any(is_unseen).then_some(Obstacle::Unseen)
}

/// What WPS leaves for other programs of a picture put into a cell.
pub fn picture(text: &str) -> Option<Obstacle> {
    text.trim_start_matches("=_xlfn.").trim_start_matches('=').starts_with("DISPIMG(").then_some(Obstacle::Picture)
}

/// `II级`, `Ⅲ` by its letters, `Ⅱ、Ⅲ`: no `V` or `X` alone, which are marks.
pub fn roman(text: &str) -> Option<Obstacle> {
    let letters = text.trim_end_matches('级').trim_end();
    let of_numeral = |character: char| "IVX、,".contains(character);
    let named = letters.contains('I') || (letters.len() < text.len() && !letters.is_empty());
    (named && letters.chars().all(of_numeral)).then(|| Obstacle::Roman(letters.to_string()))
}

/// A word after which the rest says something else than it does alone.
pub fn contrary(text: &str) -> Option<Obstacle> {
    let lower = text.to_lowercase();
    let word = CONTRARY.iter().filter_map(|word| lower.find(word).map(|at| (at, *word))).min()?.1;
    Some(Obstacle::Contrary(word.to_string()))
}

/// `6项`, `共5项`, `6项齐全`: so many elements, or the one of that number.
pub fn amount(pieces: &Pieces) -> Option<Obstacle> {
    let at = pieces.between[1..].iter().position(|words| ["项", "个", "条", "点", "齐"].iter().any(|unit| words.starts_with(unit)))?;
    let before = pieces.between[at].trim_end();
    (!before.ends_with('第')).then(|| Obstacle::Amount(pieces.numbers[at].clone()))
}

/// Both answers, or the boxes of a form of which one is ticked.
pub fn both(text: &str) -> bool {
    let rest = text.replace("是否", "");
    let boxes = ["□", "☐", "☑", "☒", "■", "( )", "()", "(√)", "[ ]"].iter().any(|sign| rest.contains(sign));
    (rest.contains('是') && rest.contains('否')) || (rest.contains('有') && rest.contains('无')) || (boxes && rest.contains(['是', '否']))
}

/// Letters for digits, as typed or as read from paper by a machine; the last two are Cyrillic.
const LETTERS: [(char, char); 10] =
    [('O', '0'), ('o', '0'), ('l', '1'), ('I', '1'), ('S', '5'), ('Z', '2'), ('B', '8'), ('A', '4'), ('О', '0'), ('З', '3')];

/// `1O`, `45/5O`, `l0`, `S6`: a letter among digits that looks like one. Behind digits S, B and A are units.
pub fn letter(text: &str) -> Option<Obstacle> {
    let characters: Vec<char> = text.chars().filter(|character| *character != ' ').collect();
    let known = |character: &char| {
        character.is_ascii_digit() || ",./%、∕⁄:".contains(*character) || LETTERS.iter().any(|(letter, _)| letter == character)
    };
    if !characters.iter().all(known) || !characters.iter().any(char::is_ascii_digit) {
        return None;
    }
    let digit_at = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let unit = |at: usize| "SBA".contains(characters[at]) && digit_at(at.checked_sub(1)) && !digit_at(Some(at + 1));
    let (at, _) = characters.iter().enumerate().find(|(at, character)| character.is_alphabetic() && !unit(*at))?;
    LETTERS.iter().find(|(letter, _)| *letter == characters[at]).map(|(letter, digit)| Obstacle::Letter(*letter, *digit))
}

/// `82. 8%`, `2 2`: one number with a blank in it, or two of them.
pub fn gap(text: &str) -> Option<Obstacle> {
    let inner = |character: char| character.is_ascii_digit() || character == '.';
    let torn =
        text.split_whitespace().zip(text.split_whitespace().skip(1)).any(|(one, next)| one.ends_with(inner) && next.starts_with(inner));
    let plain: String = text.split_whitespace().collect();
    (torn && is_number(&plain)).then_some(Obstacle::Gap(plain))
}

/// `−3`, `–90%`: no sign that is read, and another number without it.
pub fn minus(text: &str) -> Option<Obstacle> {
    let sign = text.chars().next().filter(|sign| "−–—‐‑‒﹣".contains(*sign))?;
    let rest = text[sign.len_utf8()..].trim_start();
    is_number(rest).then(|| Obstacle::Contrary(sign.to_string()))
}

/// `1E+05`, `2e3`.
pub fn scientific(pieces: &Pieces) -> Option<Obstacle> {
    let [before, sign, after] = pieces.between.as_slice() else { return None };
    let power = ["e", "e+", "e-"].contains(&sign.to_lowercase().as_str());
    (before.is_empty() && after.is_empty() && power).then_some(Obstacle::Scientific)
}

/// `.93`, `.5%`.
pub fn point(text: &str) -> Option<Obstacle> {
    let plain = format!("0{text}");
    (text.starts_with('.') && is_number(&plain)).then_some(Obstacle::Point(plain))
}

/// Points that stand in the middle of the line; NFKC has made one of their half-width forms.
const RAISED_POINTS: [char; 6] = ['·', '・', '‧', '•', '∙', '⋅'];

/// `3·4`, `99·93%`: a decimal point misread, with a digit on both its sides and no second one in the number.
pub fn raised_point(text: &str) -> Option<Obstacle> {
    let mut sign = None;
    let mut plain = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let digit = |side: Option<char>| side.is_some_and(|one| one.is_ascii_digit());
        let between = digit(text[..at].chars().next_back()) && digit(text[at..].chars().nth(1));
        let raised = between && RAISED_POINTS.contains(&character);
        sign = sign.or(raised.then_some(character));
        plain.push(if raised { '.' } else { character });
    }
    let one_each = plain.split(|character: char| !character.is_ascii_digit() && character != '.').all(|run| run.matches('.').count() < 2);
    sign.filter(|_| one_each).map(|sign| Obstacle::RaisedPoint(sign, plain))
}

/// Is it one number, a percentage or a share?
fn is_number(text: &str) -> bool {
    Number::parse(text).is_some() || percent_sign(text).is_some() || matches!(percent_of(text), Some(Ok(_)))
}

/// Is there a letter among the digits of a text, trimmed NFKC, that looks like one?
pub fn has_letter_for_digit(text: &str) -> bool {
    letter(text).is_some()
}

/// `3.4㎡`: a unit that holds a digit.
pub fn squared(text: &str) -> Option<Obstacle> {
    let lower = text.to_lowercase();
    let unit = ["km2", "cm2", "mm2", "m2", "km3", "cm3", "m3"].into_iter().find(|unit| lower.ends_with(unit))?;
    let number = lower[..lower.len() - unit.len()].trim_end();
    let plain = number.ends_with(|character: char| character.is_ascii_digit()) && Pieces::of(number).numbers.len() == 1;
    plain.then(|| Obstacle::Unit(unit.to_string()))
}

/// `每月1次`, `12次/年`.
pub fn per(pieces: &Pieces, wants: &Wants) -> Option<Obstacle> {
    let Wants::Number(own) = wants else { return None };
    let said = PER.iter().find(|word| pieces.between.iter().any(|words| words.contains(**word)));
    if let Some(word) = said.filter(|word| !own.zh.contains(**word)) {
        return Some(Obstacle::Per(word.to_string()));
    }
    let (unit, period) = pieces.between.get(1)?.split_once('/')?;
    let whole = pieces.numbers.len() == 1 && is_unit(unit.trim()) && is_unit(period.trim());
    whole.then(|| Obstacle::Per(format!("/{}", period.trim())))
}

/// `3.15亿元/582000万元`, `3150万元/5820000`: to take the units off would make another share of them.
pub fn units_apart(pieces: &Pieces) -> Option<Obstacle> {
    let [before, sign, after] = pieces.between.as_slice() else { return None };
    let (one, sign) = leading_unit(sign).unwrap_or(("", sign));
    let other = after.as_str();
    let known = before.is_empty() && sign == "/" && (other.is_empty() || is_unit(other)) && other != "%";
    let multiple = |unit: &str| MULTIPLES.iter().any(|word| unit.contains(word));
    let apart = if one.is_empty() || other.is_empty() { multiple(one) || multiple(other) } else { one != other };
    (known && apart).then(|| Obstacle::UnitsApart(one.to_string(), other.to_string()))
}

/// `未发生`: 0, as a rule, where a number is asked.
pub fn never(text: &str) -> bool {
    NEVER.iter().any(|word| text.contains(word)) || ["零起", "零次", "零件", "零例", "零宗"].contains(&text)
}

/// `查0资料`, `查无贫料`: a state word that was spoilt, as by replacing a character everywhere, or misread.
pub fn spoilt_no_data(text: &str) -> bool {
    (text.starts_with('查') && text.ends_with("资料") && text.chars().count() <= 6) || misread(text, &NO_DATA.zh)
}

/// All characters of a word but one.
fn misread(text: &str, word: &str) -> bool {
    let apart = text.chars().zip(word.chars()).filter(|(one, other)| one != other).count();
    apart == 1 && text.chars().count() == word.chars().count()
}

pub fn like_na(text: &str) -> bool {
    if misread(text, &NOT_APPLICABLE.zh) {
        return true;
    }
    let lower = text.to_lowercase();
    LIKE_NA.iter().any(|word| lower == *word || (!word.is_ascii() && lower.starts_with(word)))
}

pub fn agreed(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["√", "✓", "✔", "ok"].contains(&lower.as_str()) || AGREED.iter().any(|word| lower.contains(word))
}

/// What is left of a text without the signs around it, where it has any that mean nothing.
pub fn without_signs(text: &str) -> Option<(String, &str)> {
    // Minutes and seconds are no signs around a number.
    if text.starts_with(|first: char| first.is_ascii_digit()) && text.ends_with(['\'', '"']) {
        return None;
    }
    const SIGNS: [char; 16] = ['=', '。', ';', ':', '.', '“', '”', '‘', '’', '"', '\'', '`', '!', '「', '」', '·'];
    let bare = text.trim_matches(|character: char| SIGNS.contains(&character) || character == ' ');
    // `.93` is not 93 with a sign before it.
    if text.split_once(bare).is_some_and(|(before, _)| before.ends_with('.')) && bare.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let signs: String = text.chars().filter(|character| SIGNS.contains(character)).collect();
    (!bare.is_empty() && bare.len() < text.len()).then_some((signs, bare))
}
