//! Number formats, as far as they change what a number means.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use crate::sheet::xml::{Tag, attribute, walk};

/// What a cell's number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    Percent,
    Date,
    /// A length of time, which may pass a day.
    Elapsed,
}

/// A cell style, as far as it changes what a cell means.
#[derive(Clone, Debug, Default)]
pub struct Style {
    pub look: Look,
    /// Its number format; empty where that shows a number as it is.
    pub code: Arc<str>,
    pub struck: bool,
}

impl Style {
    /// Of a number format by its own code, or by the number that every program knows.
    pub fn of(own: Option<Arc<str>>, id: u32, struck: bool) -> Self {
        let look = own.as_deref().map_or_else(|| built_in(id), look);
        Style { look, code: own.unwrap_or_else(|| built_in_code(id).into()), struck }
    }
}

/// In the order of `cellXfs`; none where the part breaks off.
pub fn styles(xml: &str) -> Option<Vec<Style>> {
    let mut codes: BTreeMap<u32, Arc<str>> = BTreeMap::new();
    let mut styles = Vec::new();
    let (mut within, mut fonts, mut struck) = (false, false, Vec::new());
    let whole = walk(xml, |tag| match tag {
        Tag::Open(name, start) => match name {
            "numFmt" => {
                let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok());
                if let Some(id) = id {
                    codes.insert(id, attribute(start, "formatCode").unwrap_or_default().into());
                }
            }
            "fonts" => fonts = true,
            "font" if fonts => struck.push(false),
            "strike" if fonts => {
                if let Some(last) = struck.last_mut() {
                    *last = is_on(start);
                }
            }
            "cellXfs" => within = true,
            "xf" if within => {
                let number = |name: &str| attribute(start, name).and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
                let id = number("numFmtId");
                let font = usize::try_from(number("fontId")).unwrap_or(0);
                styles.push(Style::of(codes.get(&id).cloned(), id, struck.get(font).copied().unwrap_or(false)));
            }
            _ => {}
        },
        Tag::Close("fonts") => fonts = false,
        Tag::Close("cellXfs") => within = false,
        Tag::Close(_) => {}
    });
    whole.then_some(styles)
}

/// Does a tag as `strike` switch on?
pub fn is_on(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "val").is_none_or(|value| !["0", "false"].contains(&value.as_str()))
}

/// The codes of those that round or show a fraction or a dash.
fn built_in_code(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 5 | 6 | 37 | 38 => "#,##0",
        4 | 7 | 8 | 39 | 40 => "#,##0.00",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        9 => "0%",
        10 => "0.00%",
        12 => "# ?/?",
        13 => "# ??/??",
        _ => "",
    }
}

/// Formats that a file names by number only (ECMA-376 part 1, 18.8.30, with the dates of East Asian Excel).
fn built_in(id: u32) -> Look {
    match id {
        9 | 10 => Look::Percent,
        46 => Look::Elapsed,
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Look::Date,
        _ => Look::Plain,
    }
}

/// By the code: a `%`, or a letter of a date or time, that is neither quoted, escaped nor in brackets. Elapsed time stands in brackets:
/// `[h]:mm`.
fn look(code: &str) -> Look {
    if code.eq_ignore_ascii_case("general") {
        return Look::Plain;
    }
    let (mut quoted, mut bracket) = (false, None::<String>);
    let mut characters = code.chars();
    let (mut date, mut elapsed) = (false, false);
    while let Some(character) = characters.next() {
        if let Some(inside) = &mut bracket {
            if character == ']' {
                elapsed |= !inside.is_empty() && inside.chars().all(|letter| "hHmMsS".contains(letter));
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
    match (elapsed, date) {
        (true, _) => Look::Elapsed,
        (false, true) => Look::Date,
        (false, false) => Look::Plain,
    }
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
        for format in ["yyyy-mm-dd", "m\"月\"d\"日\"", "[$-804]yyyy\"年\"m\"月\"", "h:mm AM/PM", "mm:ss.0"] {
            assert_eq!(look(format), Look::Date, "{format}");
        }
        for format in ["[h]:mm", "[mm]", "[ss].00", "[Blue][h]:mm:ss"] {
            assert_eq!(look(format), Look::Elapsed, "{format}");
        }
    }
}
