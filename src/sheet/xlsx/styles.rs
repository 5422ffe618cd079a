//! Number formats, as far as they change what a number means.

use std::collections::BTreeMap;

use crate::sheet::xml::{Tag, attribute, walk};

/// What a cell's number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    Percent,
    Date,
}

/// One a cell style, in the order of `cellXfs`; none where the part breaks off.
pub fn looks(xml: &str) -> Option<Vec<Look>> {
    let mut codes: BTreeMap<u32, Look> = BTreeMap::new();
    let mut looks = Vec::new();
    let mut within = false;
    let whole = walk(xml, |tag| match tag {
        Tag::Open(name, start) => match name {
            "numFmt" => {
                let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok());
                if let Some(id) = id {
                    codes.insert(id, look(&attribute(start, "formatCode").unwrap_or_default()));
                }
            }
            "cellXfs" => within = true,
            "xf" if within => {
                let id: u32 = attribute(start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                looks.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            _ => {}
        },
        Tag::Close("cellXfs") => within = false,
        Tag::Close(_) => {}
    });
    whole.then_some(looks)
}

/// Formats that a file names by number only (ECMA-376 part 1, 18.8.30, with the dates of East Asian Excel).
pub fn built_in(id: u32) -> Look {
    match id {
        9 | 10 => Look::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Look::Date,
        _ => Look::Plain,
    }
}

/// By the code: a `%`, or a letter of a date or time, that is neither quoted, escaped nor in brackets. Elapsed time stands in brackets:
/// `[h]:mm`.
pub fn look(code: &str) -> Look {
    if code.eq_ignore_ascii_case("general") {
        return Look::Plain;
    }
    let (mut quoted, mut bracket) = (false, None::<String>);
    let mut characters = code.chars();
    let mut date = false;
    while let Some(character) = characters.next() {
        if let Some(inside) = &mut bracket {
            if character == ']' {
                let elapsed = !inside.is_empty() && inside.chars().all(|letter| "hHmMsS".contains(letter));
                date |= elapsed;
                bracket = None;
            } else {
                inside.push(character);
            }
            continue;
        }
        match character {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => bracket = Some(String::new()),
            '%' => return Look::Percent,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => date = true,
            _ => {}
        }
    }
    if date { Look::Date } else { Look::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_format_shows_a_percent_sign() {
        for format in ["0%", "0.00%", "0.0%;[Red]-0.0%", "\"约\"0%", "# ?/?\" \"%"] {
            assert_eq!(look(format), Look::Percent, "{format}");
        }
        for format in ["General", "0.00", "0\"%\"", "0\\%", "@", "[Red]0", "#,##0_);(#,##0)", "0.00E+00", "[$¥-804]0.00", "\"分\"0"] {
            assert_eq!(look(format), Look::Plain, "{format}");
        }
        for format in ["yyyy-mm-dd", "m\"月\"d\"日\"", "[h]:mm", "[$-804]yyyy\"年\"m\"月\"", "h:mm AM/PM", "mm:ss.0"] {
            assert_eq!(look(format), Look::Date, "{format}");
        }
    }
}
