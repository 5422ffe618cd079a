//! What a number shows under a number format, as far as it may be taken for another answer (ECMA-376 part 1, 18.8.31).

use crate::number::{Number, fixed};
use crate::sheet::{How, Shown};

/// What the number shows; none where it shows itself, or the format does more than is understood here (Chinese numerals, exponents).
pub fn shown(code: &str, value: f64) -> Option<Shown> {
    let code = code.replace("G/通用格式", "General");
    if code.eq_ignore_ascii_case("general") || code == "@" || code.is_empty() {
        return None;
    }
    // No answer is below 0, however it is shown.
    let format = Format::of(section(&sections(&code), value).filter(|_| value >= 0.0)?)?;
    printed(&format.filled(value)?, value, format.percent)
}

/// What a cell shows of a number, given as a text, as an .ods has it; none where that is the number itself.
pub fn printed(text: &str, value: f64, percent: bool) -> Option<Shown> {
    if value < 0.0 {
        return None;
    }
    let text = text.trim();
    let bare: String = text.chars().filter(|character| !is_money(*character)).collect();
    let (digits, sign) = bare.trim().strip_suffix('%').map_or((bare.trim(), ""), |digits| (digits.trim(), "%"));
    let of = |signs: &str| !digits.is_empty() && digits.chars().all(|one| one.is_ascii_digit() || signs.contains(one));
    let itself = if percent { hundredfold(value)? } else { value };
    if let Some(number) = digits.replace(' ', "").parse::<f64>().ok().filter(|_| of(". ")) {
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let (off, unit) = ((number - itself).abs(), 0.1f64.powi(i32::try_from(decimals).ok()?));
        let how = if off <= unit * 0.500_001 { How::Rounded } else { How::Worded };
        // The last of seventeen digits may differ.
        let is_itself = off <= itself * 1e-14 && percent != sign.is_empty();
        return (!is_itself).then(|| Shown { text: format!("{digits}{sign}"), how });
    }
    // `44/46` of 44 is another number, however it came to be.
    let is_near = |(number, below): (f64, f64)| (number - itself).abs() * below <= 0.500_001;
    let how = if of("/ ") && part(digits).is_some_and(is_near) { How::Fraction } else { How::Worded };
    Some(Shown { text: if how == How::Fraction { digits } else { text }.to_string(), how })
}

/// `1 1/2` as a number, and what stands below its line.
fn part(text: &str) -> Option<(f64, f64)> {
    let (above, below) = text.split_once('/')?;
    let (whole, above) = above.trim().split_once(' ').unwrap_or(("0", above));
    let [whole, above, below] = [whole, above, below].map(|text| text.trim().parse::<f64>().ok());
    below.filter(|below| *below > 0.0).and_then(|below| Some((whole? + above? / below, below)))
}

/// Signs of money and commas say nothing of the number; a minus and brackets do.
fn is_money(character: char) -> bool {
    "¥￥$€£+,".contains(character)
}

/// The section of a format that shows a number: by its conditions, else by its sign. The one for text shows none.
fn section(sections: &[String], value: f64) -> Option<&str> {
    let sections = &sections[..sections.len() - usize::from(sections.len() > 3 || sections.last()?.contains('@'))];
    let last = sections.len().checked_sub(1)?;
    let is_meant = |(at, section): (usize, &String)| {
        condition(section, value).unwrap_or(match at {
            _ if at == last => true,
            0 if last > 1 => value > 0.0,
            0 => value >= 0.0,
            _ => value < 0.0,
        })
    };
    sections.iter().enumerate().find(|one| is_meant(*one)).map(|(_, section)| section.as_str())
}

/// `[>=10]0`: is it met? None where there is none.
fn condition(section: &str, value: f64) -> Option<bool> {
    let inside = section.split('[').skip(1).filter_map(|part| part.split_once(']')).map(|(inside, _)| inside);
    inside.filter(|inside| inside.starts_with(['<', '>', '='])).find_map(|inside| {
        let number = inside.trim_start_matches(['<', '>', '=']);
        let limit = number.trim().parse::<f64>().ok()?;
        match inside.strip_suffix(number)? {
            "=" => Some(value == limit),
            "<>" => Some(value != limit),
            "<" => Some(value < limit),
            "<=" => Some(value <= limit),
            ">" => Some(value > limit),
            ">=" => Some(value >= limit),
            _ => None,
        }
    })
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

/// Words before and behind the digits, and among them.
#[derive(Default)]
struct Format {
    before: String,
    behind: String,
    /// The words among the digits, and how many placeholders stand before each.
    among: Vec<(usize, String)>,
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
            return bare.then(|| Format { before: one.before, behind: other.before, digits: "General".into(), ..Format::default() });
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
                // A blank as wide as a character, and a character that fills the cell.
                '_' | '*' => {
                    let next = rest.chars().next()?;
                    rest = &rest[next.len_utf8()..];
                    if character == '_' || next == ' ' {
                        continue;
                    }
                    next.to_string()
                }
                '[' => {
                    let (inside, after) = rest.split_once(']')?;
                    rest = after;
                    if inside.starts_with("DBNum") {
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
                // Another block, as in 000-0000.
                '0' | '#' | '?' => {
                    format.among.push((format.digits.len(), std::mem::take(&mut format.behind)));
                    format.digits.push(character);
                    continue;
                }
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

    /// What a number that is not negative shows.
    fn filled(&self, value: f64) -> Option<String> {
        let value = if self.percent { hundredfold(value)? } else { value };
        let digits = match self.digits.as_str() {
            "" => String::new(),
            "General" => plain(value)?,
            _ if self.is_fraction() => self.fraction(value)?,
            digits => self.parted(number(digits, value)?),
        };
        Some(format!("{}{digits}{}", self.before, self.behind))
    }

    /// With the words among the digits, each where its placeholders stand: before the point counted from there.
    fn parted(&self, number: String) -> String {
        let point = |text: &str| text.find('.').unwrap_or(text.len());
        let places = |text: &str| text.replace(',', "");
        let mut out = number.clone();
        for (at, words) in self.among.iter().rev() {
            let before = places(&self.digits[..*at]).len();
            let place = (point(&number) + before).saturating_sub(point(&places(&self.digits)));
            out.insert_str(place.min(number.len()), words);
        }
        out
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
    // Without a 0 among its placeholders a nought before the point is not shown.
    let text = if width == 0 { text.strip_prefix('0').unwrap_or(&text).to_string() } else { text };
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
            ("44/46", 44.0, false, "44/46", How::Worded),
            ("1 1/2", 1.5, false, "1 1/2", How::Fraction),
            ("95%", 0.9496, true, "95%", How::Rounded),
            ("5", 4.6, false, "5", How::Rounded),
            ("¥4.6", 4.56, false, "4.6", How::Rounded),
            ("20%", 20.0, false, "20%", How::Rounded),
            ("52.5", 525.0, false, "52.5", How::Worded),
            ("(5)", 5.0, false, "(5)", How::Worded),
            (" - ", 0.0, false, "-", How::Worded),
            ("", 4.6, false, "", How::Worded),
        ] {
            assert_eq!(printed(text, value, percent), Some(Shown { text: shown.to_string(), how }), "{text}");
        }
        for (text, value, percent) in [
            ("4.6", 4.6, false),
            ("5.00", 5.0, false),
            ("94.96%", 0.9496, true),
            ("1,234", 1234.0, false),
            ("¥4.56", 4.56, false),
            ("0.333333333333333", 1.0 / 3.0, false),
            ("0", 0.0, false),
            ("-5", -5.0, false),
        ] {
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
            ("0\"%\"", 20.0, "20%", How::Rounded),
            ("0", 4.6, "5", How::Rounded),
            ("#,##0.0", 1234.56, "1234.6", How::Rounded),
            ("0,", 1500.0, "2", How::Worded),
            ("0!.0,\"万\"", 45000.0, "4.5万", How::Worded),
            ("0!.0", 525.0, "52.5", How::Worded),
            ("0!.0000", 20.0, "0.0020", How::Worded),
            ("0.0\"_\"0", 1.25, "1.2_5", How::Worded),
            ("000-0000", 1_234_567.0, "123-4567", How::Worded),
            ("# ?/?", 0.9, "8/9", How::Fraction),
            ("# ??/??", 0.9, "9/10", How::Fraction),
            ("?/10", 0.9, "9/10", How::Fraction),
            ("# ?/?", 1.5, "1 1/2", How::Fraction),
            ("0.0;-0.0", 1.25, "1.3", How::Rounded),
            ("0;-0;\"无\"0", 0.0, "无0", How::Worded),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", 0.0, "-", How::Worded),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 0.0, "-", How::Worded),
            ("0;-0;;@", 0.0, "", How::Worded),
            ("#,###", 0.0, "", How::Worded),
            ("0;-0;\"查无资料\"", 0.0, "查无资料", How::Worded),
            (";;;", 12.0, "", How::Worded),
            ("\"—\"", 12.0, "—", How::Worded),
            ("**", 12.0, "*", How::Worded),
            ("(0)", 5.0, "(5)", How::Worded),
            ("\"-\"0", 5.0, "-5", How::Worded),
            ("[=2]\"3\";0", 2.0, "3", How::Worded),
            ("[>10]0\"大\";0", 12.0, "12大", How::Worded),
            ("[<1]0;[<=5]\"中\";0", 5.0, "中", How::Worded),
        ] {
            assert_eq!(shown(code, value), Some(Shown { text: text.to_string(), how }), "{code}");
        }
        for (code, value) in [
            ("General", 4.6),
            ("@", 4.6),
            ("0.0", 4.6),
            ("0.00", 5.0),
            ("000", 45.0),
            ("0.00%", 0.9496),
            ("¥0.00", 4.56),
            ("[$¥-804]#,##0.00", 4.56),
            ("[>10]0\"大\";0", 9.0),
            ("[=2]\"3\";0", 3.0),
            ("[DBNum1]0", 12.0),
            ("0.00E+00", 12.0),
            ("", 12.0),
            ("[Red]0", 12.0),
            ("0_);(0)", 12.0),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", 1234.0),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 0.5),
            ("#,###", 12.0),
            ("0;-0;0;@", 0.0),
            ("0.0;-0.0", -1.25),
        ] {
            assert_eq!(shown(code, value), None, "{code}");
        }
    }
}
