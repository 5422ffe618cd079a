//! Formulas whose stored result says nothing: those on empty cells of the workbook, on themselves, and those that change by the day.

use std::collections::BTreeMap;

use crate::sheet::{At, Content, MAX_COLUMNS, MAX_ROWS, Sheet, Source, place_of};

/// Longer formulas compute something.
const LONGEST: usize = 200;
/// Areas that each may name, and sheets, rows and cells looked through for all of them.
const MOST_AREAS: usize = 8;
const MOST_LOOKS: usize = 1_000_000;
const CHANGING: [&str; 4] = ["TODAY", "NOW", "RAND", "RANDBETWEEN"];

/// The formulas of one sheet, as far as they are short.
#[derive(Default)]
pub struct Formulas {
    /// How many are looked at, the first.
    most: usize,
    own: Vec<(At, Formula)>,
    /// Those that other cells share, and where they stand.
    shared: BTreeMap<String, (At, Formula)>,
}

/// What a formula names.
#[derive(Clone, Debug, PartialEq)]
enum Formula {
    Changing,
    /// Areas: the sheet, if another, and its corners.
    Areas(Vec<(Option<String>, Corner, Corner)>),
}

/// A cell, and whether its row and its column stay where the formula is filled down.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Corner {
    at: At,
    fixed: (bool, bool),
}

impl Formulas {
    /// None yet, of so many that are looked at.
    pub fn within(most: usize) -> Self {
        Formulas { most, ..Formulas::default() }
    }

    /// How many more could have been.
    pub fn left(&self) -> usize {
        self.most.saturating_sub(self.own.len())
    }

    /// The formula of a cell; the index where others share it.
    pub fn add(&mut self, at: At, formula: &str, index: Option<&String>) {
        if formula.len() > LONGEST || self.left() == 0 {
            return;
        }
        let Some(formula) = Formula::of(formula) else { return };
        if let Some(index) = index {
            self.shared.insert(index.clone(), (at, formula.clone()));
        }
        self.own.push((at, formula));
    }

    /// A cell with the formula of that index.
    pub fn again(&mut self, at: At, index: Option<&String>) {
        let Some((from, formula)) = index.and_then(|index| self.shared.get(index)) else { return };
        if self.left() > 0 {
            let moved = formula.moved(*from, at);
            self.own.extend(moved.map(|formula| (at, formula)));
        }
    }
}

impl Formula {
    /// None where it names what is no cell, or nothing.
    fn of(text: &str) -> Option<Self> {
        let mut areas: Vec<(Option<String>, Corner, Corner)> = Vec::new();
        let (mut sheet, mut range, mut changing) = (None, false, false);
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            let quoted = matches!(sign, '"' | '\'');
            let end = if quoted { closed(rest, sign)? } else { rest.find(|sign| !is_word(sign)).unwrap_or(rest.len()) };
            let (word, behind) = rest.split_at(end.max(if is_word(sign) || quoted { 0 } else { sign.len_utf8() }));
            rest = behind;
            match sign {
                '"' => {}
                '[' | '{' | '#' => return None,
                _ if behind.starts_with('!') && (quoted || is_word(sign)) => {
                    sheet = Some(if quoted { word[1..word.len() - 1].replace("''", "'") } else { word.to_string() });
                    rest = &behind[1..];
                }
                '\'' => return None,
                ':' => range = true,
                _ if !is_word(sign) || word.parse::<f64>().is_ok() || ["TRUE", "FALSE"].contains(&word) => {}
                _ if behind.trim_start().starts_with('(') => changing |= CHANGING.contains(&word.to_uppercase().as_str()),
                _ => {
                    let corner = Corner::of(word)?;
                    match areas.last_mut().filter(|_| range) {
                        Some(area) => area.2 = corner,
                        None => areas.push((sheet.take(), corner, corner)),
                    }
                    range = false;
                }
            }
        }
        if changing {
            return Some(Formula::Changing);
        }
        (1..=MOST_AREAS).contains(&areas.len()).then_some(Formula::Areas(areas))
    }

    /// As it stands where it is filled from one cell to another.
    fn moved(&self, from: At, to: At) -> Option<Self> {
        let Formula::Areas(areas) = self else { return Some(self.clone()) };
        let moved = areas.iter().map(|(sheet, first, last)| Some((sheet.clone(), first.moved(from, to)?, last.moved(from, to)?)));
        Some(Formula::Areas(moved.collect::<Option<_>>()?))
    }
}

impl Corner {
    fn of(word: &str) -> Option<Self> {
        let at = place_of(word)?;
        Some(Corner { at, fixed: (word.chars().skip(1).any(|sign| sign == '$'), word.starts_with('$')) })
    }

    fn moved(self, from: At, to: At) -> Option<Self> {
        let by = |fixed: bool, at: u32, from: u32, to: u32, most: u32| {
            if fixed { Some(at) } else { (at + to).checked_sub(from).filter(|moved| *moved < most) }
        };
        let row = by(self.fixed.0, self.at.0, from.0, to.0, MAX_ROWS)?;
        Some(Corner { at: (row, by(self.fixed.1, self.at.1, from.1, to.1, MAX_COLUMNS)?), ..self })
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || ['$', '_', '.', '\\'].contains(&sign)
}

/// Where a text in quotes ends, two of which stand for one.
fn closed(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == quote && signs.next_if(|(_, next)| *next == quote).is_none() {
            return Some(at + 1);
        }
    }
    None
}

/// Tells each cell whose formula has a result of no meaning; `formulas` one a sheet.
pub fn tell(sheets: &mut [Sheet], formulas: &[Formulas]) {
    let mut left = MOST_LOOKS;
    let mut told: Vec<(usize, At, Source)> = Vec::new();
    for (own, formulas) in formulas.iter().enumerate() {
        for (at, formula) in &formulas.own {
            let content = sheets.get(own).and_then(|sheet| sheet.cell(at.0, at.1)).map(|cell| &cell.content);
            let source = match (formula, content) {
                (Formula::Changing, Some(Content::Number(_))) => Some(Source::Changing),
                (Formula::Areas(areas), Some(Content::Number(0.0))) => of_areas(areas, own, *at, sheets, &mut left),
                _ => None,
            };
            told.extend(source.map(|source| (own, *at, source)));
        }
    }
    for (own, (row, column), source) in told {
        let cell = sheets.get_mut(own).and_then(|sheet| sheet.rows.get_mut(&row)?.get_mut(&column));
        if let Some(cell) = cell {
            cell.odd.get_or_insert_default().source = Some(source);
        }
    }
}

fn of_areas(areas: &[(Option<String>, Corner, Corner)], own: usize, at: At, sheets: &[Sheet], left: &mut usize) -> Option<Source> {
    for (name, one, other) in areas {
        let named = |name: &String| sheets.iter().position(|sheet| sheet.name.eq_ignore_ascii_case(name));
        *left = left.checked_sub(if name.is_some() { sheets.len() } else { 0 })?;
        let index = name.as_ref().map_or(Some(own), named)?;
        let (top, bottom) = (one.at.0.min(other.at.0), one.at.0.max(other.at.0));
        let (first, last) = (one.at.1.min(other.at.1), one.at.1.max(other.at.1));
        if index == own && (top..=bottom).contains(&at.0) && (first..=last).contains(&at.1) {
            return Some(Source::Itself);
        }
        for (_, cells) in sheets.get(index)?.rows.range(top..=bottom) {
            *left = left.checked_sub(1)?;
            let blank = |content: &Content| match content {
                Content::NoValue => true,
                Content::Text(text) => text.trim().is_empty(),
                _ => false,
            };
            for (_, cell) in cells.range(first..=last) {
                *left = left.checked_sub(1)?;
                if !blank(&cell.content) {
                    return None;
                }
            }
        }
    }
    Some(Source::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Cell;

    /// What is said of a 0 in B2 of `甲` that comes from the formula, beside a 5 in A1 and B9 of `乙 表`.
    fn told(formula: &str) -> Option<Source> {
        let of = |name: &str, cells: &[(At, f64)]| {
            let mut sheet = Sheet { name: name.into(), ..Sheet::default() };
            for ((row, column), value) in cells {
                sheet.rows.entry(*row).or_default().insert(*column, Cell::of(Content::Number(*value)));
            }
            sheet
        };
        let mut sheets = [of("甲", &[((0, 0), 5.0), ((1, 1), 0.0)]), of("乙 表", &[((8, 1), 5.0)])];
        let mut formulas = Formulas::within(1);
        formulas.add((1, 1), formula, None);
        tell(&mut sheets, &[formulas, Formulas::default()]);
        sheets[0].rows[&1][&1].odd.as_ref().and_then(|odd| odd.source)
    }

    #[test]
    fn a_0_of_empty_cells_is_told() {
        for formula in ["D4", "$D$4", "+D4*2", "'乙 表'!B8", "甲!D4", "SUM(D4:F9)", "IF(D4=\"是\",1,0)", "SUM('乙 表'!A1:B8)+0.5*D9"]
        {
            assert_eq!(told(formula), Some(Source::Empty), "{formula}");
        }
        for formula in ["A1", "A1*D4", "'乙 表'!B9", "0", "1-1", "丙!A1", "[1]a!A1", "合计", "表[列]", "SUM(D:D)", "PI()", "'", "\"", ""]
        {
            assert_eq!(told(formula), None, "{formula}");
        }
    }

    #[test]
    fn a_formula_on_itself_or_on_the_day_is_told() {
        for formula in ["B2", "SUM(B1:B9)", "甲!B2+1"] {
            assert_eq!(told(formula), Some(Source::Itself), "{formula}");
        }
        for formula in ["TODAY()-A1", "YEAR(NOW())-2020", "DATEDIF(A1,today(),\"d\")"] {
            assert_eq!(told(formula), Some(Source::Changing), "{formula}");
        }
    }

    #[test]
    fn no_more_is_looked_at_than_a_survey_has() {
        let mut formulas = Formulas::within(1);
        formulas.add((0, 0), "D4", None);
        formulas.add((1, 0), "D5", None);
        assert_eq!((formulas.own.len(), formulas.left()), (1, 0));
        assert!(Formula::of("A1+A2+A3+A4+A5+A6+A7+A8").is_some());
        assert_eq!(Formula::of("A1+A2+A3+A4+A5+A6+A7+A8+A9"), None);
    }

    #[test]
    fn a_shared_formula_moves_with_its_cell() {
        let formula = Formula::of("A1+$A$1+B$2:$C3");
        let moved = formula.and_then(|formula| formula.moved((0, 2), (3, 3)));
        assert_eq!(moved, Formula::of("B4+$A$1+C$2:$C6"));
        assert_eq!(Formula::of("A1").and_then(|formula| formula.moved((5, 5), (4, 4))), None);
    }
}
