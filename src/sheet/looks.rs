//! What a workbook does to the numbers it holds: formulas, number formats, and what it hides.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Text taken from one part of a workbook at most.
const MAX_PART: u64 = 256 * 1024 * 1024;

/// Of one sheet; rows and columns from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looks {
    /// The formula of a cell; empty where it shares the one of another cell.
    pub formulas: BTreeMap<(u32, u32), String>,
    /// Number formats as their codes.
    pub formats: BTreeMap<(u32, u32), String>,
    pub hidden_rows: BTreeSet<u32>,
    /// First and last of columns that are hidden.
    pub hidden_columns: Vec<(u32, u32)>,
    pub hidden: bool,
}

/// By the names of sheets, and the number formats of conditional formats, which belong to no sheet.
pub fn looks(bytes: &[u8]) -> Option<(BTreeMap<String, Looks>, Vec<String>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        archive.by_name(name).ok()?.take(MAX_PART).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let (formats, conditional) = part("xl/styles.xml").map(|xml| styles(&xml)).unwrap_or_default();
    let targets = targets(&part("xl/_rels/workbook.xml.rels")?);
    let mut found = BTreeMap::new();
    for (name, relation, hidden) in sheets(&part("xl/workbook.xml")?) {
        let Some(target) = targets.get(&relation) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_string);
        let mut sheet = part(&path).map(|xml| sheet(&xml, &formats)).unwrap_or_default();
        sheet.hidden = hidden;
        found.insert(name, sheet);
    }
    Some((found, conditional))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let value = tag.try_get_attribute(name).ok().flatten().map(|found| found.value.to_string()).unwrap_or_default();
    ["&quot;\"", "&apos;'", "&lt;<", "&gt;>", "&amp;&"].iter().fold(value, |text, pair| {
        let (name, character) = pair.split_at(pair.len() - 1);
        text.replace(name, character)
    })
}

fn is_set(tag: &BytesStart<'_>, name: &str) -> bool {
    matches!(attribute(tag, name).as_str(), "1" | "true")
}

/// Calls with every tag that opens, and with every text under the name of the tag it stands in.
fn walk(xml: &str, mut tag: impl FnMut(&BytesStart<'_>), mut text: impl FnMut(&str, &str)) {
    let mut reader = Reader::from_str(xml);
    let mut name = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                name = start.local_name().as_ref().to_string();
                tag(&start);
            }
            Ok(Event::Empty(start)) => tag(&start),
            Ok(Event::Text(words)) => text(&name, &words),
            Ok(Event::End(_)) => name.clear(),
            Ok(Event::Eof) | Err(_) => return,
            _ => {}
        }
    }
}

/// Name, relation, and whether it is hidden.
fn sheets(xml: &str) -> Vec<(String, String, bool)> {
    let mut all = Vec::new();
    let one = |tag: &BytesStart<'_>| {
        if tag.local_name().as_ref() == "sheet" {
            let state = attribute(tag, "state");
            all.push((attribute(tag, "name"), attribute(tag, "r:id"), !state.is_empty() && state != "visible"));
        }
    };
    walk(xml, one, |_, _| {});
    all
}

fn targets(xml: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    walk(
        xml,
        |tag| {
            if tag.local_name().as_ref() == "Relationship" {
                all.insert(attribute(tag, "Id"), attribute(tag, "Target"));
            }
        },
        |_, _| {},
    );
    all
}

/// The code of each cell format, and the codes of conditional formats.
fn styles(xml: &str) -> (Vec<String>, Vec<String>) {
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    let (mut formats, mut conditional) = (Vec::new(), Vec::new());
    let mut part = String::new();
    walk(
        xml,
        |tag| match tag.local_name().as_ref() {
            "numFmt" if part == "dxfs" => conditional.push(attribute(tag, "formatCode")),
            "numFmt" => {
                codes.insert(attribute(tag, "numFmtId"), attribute(tag, "formatCode"));
            }
            "xf" if part == "cellXfs" => {
                let id = attribute(tag, "numFmtId");
                formats.push(codes.get(&id).cloned().unwrap_or_else(|| built_in(&id)));
            }
            name @ ("cellXfs" | "cellStyleXfs" | "dxfs" | "cellStyles") => part = name.to_string(),
            _ => {}
        },
        |_, _| {},
    );
    (formats, conditional)
}

/// Formats that a file names by number only (ECMA-376 part 1, 18.8.30), as far as reports use them.
fn built_in(id: &str) -> String {
    match id {
        "" | "0" => "General".to_string(),
        "1" => "0".to_string(),
        "2" => "0.00".to_string(),
        "9" => "0%".to_string(),
        "10" => "0.00%".to_string(),
        "49" => "@".to_string(),
        other => format!("#{other}"),
    }
}

fn sheet(xml: &str, formats: &[String]) -> Looks {
    let looks = std::cell::RefCell::new(Looks::default());
    let open = std::cell::Cell::new((0u32, 0u32));
    walk(
        xml,
        |tag| {
            let looks = &mut *looks.borrow_mut();
            match tag.local_name().as_ref() {
                "col" if is_set(tag, "hidden") || attribute(tag, "width") == "0" => {
                    let at = |name: &str| attribute(tag, name).parse::<u32>().unwrap_or(1).saturating_sub(1);
                    looks.hidden_columns.push((at("min"), at("max")));
                }
                "row" if is_set(tag, "hidden") || attribute(tag, "ht") == "0" => {
                    looks.hidden_rows.insert(attribute(tag, "r").parse::<u32>().unwrap_or(1).saturating_sub(1));
                }
                "c" => {
                    open.set(place(&attribute(tag, "r")));
                    let style = attribute(tag, "s").parse::<usize>().unwrap_or(0);
                    looks.formats.insert(open.get(), formats.get(style).cloned().unwrap_or_else(|| built_in("0")));
                }
                "f" => {
                    looks.formulas.insert(open.get(), String::new());
                }
                _ => {}
            }
        },
        |name, text| {
            if name == "f"
                && let Some(formula) = looks.borrow_mut().formulas.get_mut(&open.get())
            {
                formula.push_str(text);
            }
        },
    );
    looks.into_inner()
}

/// `C7` as row 6, column 2.
fn place(name: &str) -> (u32, u32) {
    let letters = name.chars().take_while(char::is_ascii_alphabetic);
    let column = letters
        .fold(0u32, |column, letter| column.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase()).saturating_sub(64)));
    let row: u32 = name.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().unwrap_or(1);
    (row.saturating_sub(1), column.saturating_sub(1))
}

/// A number format as what it does: without the marks that programs set differently.
pub fn plain_format(code: &str) -> String {
    let marked = |code: String, sign: &str| code.replace(&format!("\"{sign}\""), sign).replace(&format!("\\{sign}"), sign);
    let code = ["+", "-", crate::number::MINUS].into_iter().fold(code.to_string(), marked);
    if code.eq_ignore_ascii_case("general") { "General".to_string() } else { code }
}

/// Does a number format print digits or words of its own?
pub fn prints_its_own(code: &str) -> bool {
    let mut quoted = false;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        let literal = match character {
            '"' => {
                quoted = !quoted;
                None
            }
            '\\' if !quoted => characters.next(),
            _ if quoted => Some(character),
            '1'..='9' => Some(character),
            _ => None,
        };
        if literal.is_some_and(char::is_alphanumeric) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_that_prints_its_own_digits_is_known() {
        for code in ["\"88.8\"", "\\8\\8", "0.0;\"优秀\"", "88.8"] {
            assert!(prints_its_own(code), "{code}");
        }
        for code in ["General", "0.0", "+0.0;-0.0;0.0", "\\+0.0;\\-0.0;0.0", "0.0%", "@"] {
            assert!(!prints_its_own(code), "{code}");
        }
    }

    #[test]
    fn cells_are_read_by_name() {
        assert_eq!(place("A1"), (0, 0));
        assert_eq!(place("C7"), (6, 2));
        assert_eq!(place("AA10"), (9, 26));
    }

    #[test]
    fn a_sheet_says_what_it_hides_and_computes() {
        let xml = r#"<worksheet><cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData><row r="2" hidden="1">
            <c r="A2" s="1"><f>80+8.8</f><v>1</v></c><c r="B2"><v>2</v></c></row></sheetData></worksheet>"#;
        let read = sheet(xml, &["General".to_string(), "0.0".to_string()]);
        assert_eq!(read.formulas.get(&(1, 0)).map(String::as_str), Some("80+8.8"));
        assert_eq!(read.formats.get(&(1, 0)).map(String::as_str), Some("0.0"));
        assert_eq!((read.hidden_rows.contains(&1), read.hidden_columns), (true, vec![(1, 2)]));
    }
}
