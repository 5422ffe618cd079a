//! What a number shows under a number format, as far as it may be taken for another answer (ECMA-376 part 1, 18.8.31).

use crate::number::{Number, fixed};
use crate::sheet::{How, Shown};

/// What the number shows; none where it shows itself, or the format does more than is understood here (colours by condition, Chinese
/// numerals, several blocks of digits).
pub fn shown(code: &str, value: f64) -> Option<Shown> {
    let code = code.replace("G/通用格式", "General");
    if code.eq_ignore_ascii_case("general") || code == "@" || code.is_empty() {
        return None;
    }
    let sections = sections(&code);
    let section = match sections.as_slice() {
        // No answer is below 0, however it is shown.
        _ if value < 0.0 => return None,
        [_, _, zero, ..] if value == 0.0 => zero,
        [positive, ..] => positive,
        [] => return None,
    };
    let format = Format::of(section)?;
    let (text, how) = format.filled(value)?;
    let plain = plain(if format.percent { hundredfold(value)? } else { value })?;
    let itself = if format.percent { format!("{plain}%") } else { plain };
    (text != itself).then_some(Shown { text, how })
}

/// What the number shows where a file gives that as a text, as an .ods does; none where it shows itself.
pub fn printed(text: &str, value: f64, percent: bool) -> Option<Shown> {
    let text = text.trim();
    let itself = plain(if percent { hundredfold(value)? } else { value })?;
    let bare: String = text.chars().filter(|character| !is_money(*character) && ![',', '%'].contains(character)).collect();
    let how = if bare.chars().any(|character| !character.is_ascii_digit() && !"./ ".contains(character)) {
        How::Worded
    } else if bare.contains('/') {
        How::Fraction
    } else {
        How::Rounded
    };
    let sign = if percent { "%" } else { "" };
    let text = if how == How::Worded { text.to_string() } else { format!("{}{sign}", bare.trim()) };
    (!bare.is_empty() && value >= 0.0 && text != format!("{itself}{sign}")).then_some(Shown { text, how })
}

/// Signs of money and the blank beside them say nothing of the number.
fn is_money(character: char) -> bool {
    " ¥￥$€£()（）+-".contains(character)
}

fn plain(value: f64) -> Option<String> {
    Number::from_f64(value).map(|number| number.to_string())
}

/// Exactly: 7 of 0.07.
fn hundredfold(value: f64) -> Option<f64> {
    Some(Number::from_f64(value)?.times(&100.into()).to_f64())
}

/// Parted by `;` outside quotes.
fn sections(code: &str) -> Vec<String> {
    let (mut all, mut quoted, mut escaped) = (vec![String::new()], false, false);
    for character in code.chars() {
        if character == ';' && !quoted && !escaped {
            all.push(String::new());
            continue;
        }
        if let Some(last) = all.last_mut() {
            last.push(character);
        }
        quoted ^= character == '"' && !escaped;
        escaped = !escaped && !quoted && character == '\\';
    }
    all
}

/// Words before and behind one block of digits.
#[derive(Default)]
struct Format {
    before: String,
    behind: String,
    /// Placeholders, as `#,##0.00`; `General` for a number as it is.
    digits: String,
    percent: bool,
}

impl Format {
    fn of(section: &str) -> Option<Self> {
        let mut format = Format::default();
        let mut rest = section;
        if let Some((before, behind)) = section.split_once("General") {
            let (one, other) = (Format::of(before)?, Format::of(behind)?);
            let bare = one.digits.is_empty() && other.digits.is_empty();
            return bare.then(|| Format { before: one.before, behind: other.before, digits: "General".into(), percent: false });
        }
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            let literal = match character {
                '"' => {
                    let (words, after) = rest.split_once('"')?;
                    rest = after;
                    words.to_string()
                }
                '\\' | '!' => {
                    let next = rest.chars().next()?;
                    rest = &rest[next.len_utf8()..];
                    next.to_string()
                }
                '_' | '*' => {
                    let next = rest.chars().next()?;
                    rest = &rest[next.len_utf8()..];
                    continue;
                }
                '[' => {
                    let (inside, after) = rest.split_once(']')?;
                    rest = after;
                    if inside.starts_with(['<', '>', '=']) || inside.starts_with("DBNum") {
                        return None;
                    }
                    continue;
                }
                '%' => {
                    format.percent = true;
                    "%".to_string()
                }
                '0' | '#' | '?' | '.' | ',' if format.behind.is_empty() || format.is_fraction() => {
                    format.digits.push(character);
                    continue;
                }
                // A block of its own, as in 000-0000.
                '0' | '#' | '?' => return None,
                '/' | ' ' if !format.digits.is_empty() && format.behind.is_empty() && rest.contains(['?', '#', '0', '/']) => {
                    format.digits.push(character);
                    continue;
                }
                '1'..='9' if format.is_fraction() => {
                    format.digits.push(character);
                    continue;
                }
                'E' | 'e' | '@' => return None,
                other => other.to_string(),
            };
            if format.digits.is_empty() { format.before.push_str(&literal) } else { format.behind.push_str(&literal) }
        }
        Some(format)
    }

    fn is_fraction(&self) -> bool {
        self.digits.contains('/')
    }

    /// What a number that is not negative shows, and how it comes to be another than the number.
    fn filled(&self, value: f64) -> Option<(String, How)> {
        let is_word = |text: &str| text.chars().any(|character| character != '%' && !is_money(character));
        let worded = is_word(&self.before) || is_word(&self.behind);
        let how = if worded {
            How::Worded
        } else if self.is_fraction() {
            How::Fraction
        } else {
            How::Rounded
        };
        let value = if self.percent { hundredfold(value)? } else { value };
        let digits = match self.digits.as_str() {
            "" => return None,
            "General" => plain(value)?,
            _ if self.is_fraction() => self.fraction(value)?,
            digits => number(digits, value)?,
        };
        let keep = |text: &str| if worded { text.to_string() } else { text.chars().filter(|character| *character == '%').collect() };
        Some((format!("{}{digits}{}", keep(&self.before), keep(&self.behind)).trim().to_string(), how))
    }

    fn fraction(&self, value: f64) -> Option<String> {
        let (above, below) = self.digits.split_once('/')?;
        let whole = if above.trim().contains(' ') { value.floor() } else { 0.0 };
        let part = value - whole;
        let below = below.trim();
        let near = |denominator: u32| (part * f64::from(denominator)).round();
        let denominator = match below.parse::<u32>() {
            Ok(fixed) if fixed > 0 => fixed,
            _ => {
                let most = 10u32.pow(u32::try_from(below.len().clamp(1, 3)).ok()?) - 1;
                let off = |denominator: u32| (part - near(denominator) / f64::from(denominator)).abs();
                // The first of equals is in lowest terms.
                (1..=most).reduce(|best, next| if off(next) + 1e-12 < off(best) { next } else { best })?
            }
        };
        let numerator = near(denominator);
        Some(match (whole > 0.0, numerator > 0.0) {
            (true, false) => format!("{whole}"),
            (true, true) => format!("{whole} {numerator}/{denominator}"),
            (false, true) if denominator == 1 => format!("{numerator}"),
            (false, _) => format!("{numerator}/{denominator}"),
        })
    }
}

/// `#,##0.0#`: commas between digits are left out, those behind them divide by a thousand each.
fn number(digits: &str, value: f64) -> Option<String> {
    let last = digits.rfind(['0', '#', '?'])?;
    let behind = &digits[last + 1..];
    let scaled = (0..behind.matches(',').count()).fold(value, |value, _| value / 1000.0);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if decimals.contains('.') {
        return None;
    }
    let count = |text: &str, signs: &[char]| text.chars().filter(|character| signs.contains(character)).count();
    let (most, least) = (count(decimals, &['0', '#', '?']), count(decimals, &['0', '?']));
    let mut text = fixed(scaled, u32::try_from(most.min(9)).ok()?);
    while count(text.split_once('.').map_or("", |(_, part)| part), &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) > least
        && text.ends_with('0')
    {
        text.pop();
    }
    let text = text.trim_end_matches('.').to_string();
    let width = count(whole, &['0']);
    let have = text.split('.').next().unwrap_or_default().len();
    Some(format!("{}{text}", "0".repeat(width.saturating_sub(have))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_prints_is_compared_with_the_number() {
        for (text, value, percent, shown, how) in [
            ("1.5小时", 1.5, false, "1.5小时", How::Worded),
            ("44/46", 44.0, false, "44/46", How::Fraction),
            ("95%", 0.9496, true, "95%", How::Rounded),
            ("5", 4.6, false, "5", How::Rounded),
            ("¥ 4.6", 4.56, false, "4.6", How::Rounded),
        ] {
            assert_eq!(printed(text, value, percent), Some(Shown { text: shown.to_string(), how }), "{text}");
        }
        for (text, value, percent) in
            [("4.6", 4.6, false), ("94.96%", 0.9496, true), ("1,234", 1234.0, false), ("¥4.56", 4.56, false), ("", 4.6, false)]
        {
            assert_eq!(printed(text, value, percent), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_shown_as_its_format_has_it() {
        for (code, value, text, how) in [
            ("0.0\"小时\"", 1.5, "1.5小时", How::Worded),
            ("0\"小时\"", 2.0, "2小时", How::Worded),
            ("0\"/46\"", 44.0, "44/46", How::Worded),
            ("0次", 12.0, "12次", How::Worded),
            ("General\"次\"", 12.5, "12.5次", How::Worded),
            ("\"约\"0", 12.0, "约12", How::Worded),
            ("0%", 0.9496, "95%", How::Rounded),
            ("0", 4.6, "5", How::Rounded),
            ("#,##0.0", 1234.56, "1234.6", How::Rounded),
            ("0.00", 5.0, "5.00", How::Rounded),
            ("0,", 1500.0, "2", How::Rounded),
            ("0!.0,\"万\"", 45000.0, "", How::Worded),
            ("# ?/?", 0.9, "8/9", How::Fraction),
            ("# ??/??", 0.9, "9/10", How::Fraction),
            ("?/10", 0.9, "9/10", How::Fraction),
            ("# ?/?", 1.5, "1 1/2", How::Fraction),
            ("0.0;-0.0", 1.25, "1.3", How::Rounded),
            ("0;-0;\"无\"0", 0.0, "无0", How::Worded),
            ("000", 45.0, "045", How::Rounded),
        ] {
            let found = shown(code, value);
            match text {
                "" => assert_eq!(found, None, "{code}"),
                _ => assert_eq!(found, Some(Shown { text: text.to_string(), how }), "{code}"),
            }
        }
        for (code, value) in [
            ("General", 4.6),
            ("@", 4.6),
            ("0.0", 4.6),
            ("0.00%", 0.9496),
            ("¥0.00", 4.56),
            ("[>10]0\"大\";0", 12.0),
            ("[DBNum1]0", 12.0),
            ("000-0000", 1_234_567.0),
            ("0.00E+00", 12.0),
            (";;;", 12.0),
            ("", 12.0),
            ("[Red]0", 12.0),
            ("0_);(0)", 12.0),
            ("0.0;-0.0", -1.25),
        ] {
            assert_eq!(shown(code, value), None, "{code}");
        }
    }
}
