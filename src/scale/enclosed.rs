//! Numbers that are one character: ①, ⑴, Ⅲ, ². NFKC makes digits of them, which run together with those beside.

use crate::scale::obstacle::Obstacle;
use crate::unit::normal;

/// `①`, `⑴`, `⒈`, `㈠`, `❶`, `Ⅲ`: numbers that are one character.
fn is_enclosed(character: char) -> bool {
    matches!(u32::from(character), 0x2160..=0x217F | 0x2460..=0x249B | 0x24EA..=0x24FF | 0x2776..=0x2793 | 0x3220..=0x3229 | 0x3280..=0x3289)
}

/// `①②③` where at least two stand together: as one text they make another number.
pub fn run_together(raw: &str) -> Option<Obstacle> {
    let characters: Vec<char> = raw.chars().collect();
    characters.windows(2).any(|pair| pair.iter().all(|character| is_enclosed(*character))).then(|| enclosed(raw)).flatten()
}

/// Such signs in a text, and what they are one by one.
pub fn enclosed(raw: &str) -> Option<Obstacle> {
    let signs: String = raw.chars().filter(|character| is_enclosed(*character)).collect();
    (!signs.is_empty()).then(|| Obstacle::Enclosed(signs, plainly(raw)))
}

/// All numbers of the text one by one; empty where it holds more than numbers and what parts them, for then they may mean something else.
fn plainly(raw: &str) -> String {
    let (mut numbers, mut within) = (Vec::<String>::new(), false);
    for character in raw.chars() {
        let digit = normal(&character.to_string());
        if is_enclosed(character) {
            numbers.push(value(character));
            within = false;
        } else if digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()) {
            match numbers.last_mut().filter(|_| within) {
                Some(number) => number.push_str(&digit),
                None => numbers.push(digit),
            }
            within = true;
        } else if character.is_whitespace() || "、，,；;".contains(character) {
            within = false;
        } else {
            return String::new();
        }
    }
    numbers.join("、")
}

/// `8²`, `3½`: a sign that NFKC would make a part of the number beside it.
pub fn raised(raw: &str) -> Option<Obstacle> {
    if let Some(obstacle) = enclosed(raw) {
        return Some(obstacle);
    }
    let special = |character: &char| {
        let plain = normal(&character.to_string());
        !is_plain_digit(*character) && plain.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    };
    let signs: String = raw.chars().filter(special).collect();
    (!signs.is_empty()).then(|| Obstacle::Enclosed(signs, String::new()))
}

/// A digit that at most looks otherwise, full-width or in another font.
pub fn is_plain_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９' | '\u{1d7ce}'..='\u{1d7ff}' | '\u{1fbf0}'..='\u{1fbf9}')
}

fn value(character: char) -> String {
    match u32::from(character) {
        code @ 0x2160..=0x216B => (code - 0x215F).to_string(),
        code @ 0x2170..=0x217B => (code - 0x216F).to_string(),
        // The black ones have no plain form in Unicode.
        code @ 0x2776..=0x2793 => ((code - 0x2776) % 10 + 1).to_string(),
        _ => normal(&character.to_string()).trim_matches(['(', ')', '.']).to_string(),
    }
}
