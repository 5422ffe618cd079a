//! The second look at an .xlsb: number formats of its cells and what is struck ([MS-XLSB]); notes and filters of this rare format are not looked for.

use std::sync::Arc;

use super::linked::{Layout, Named};
use super::{Bytes, Looks, Seen};
use crate::sheet::limits::Limits;
use crate::sheet::package::{Package, target};
use crate::sheet::xlsx::styles::Style;
use crate::sheet::xml::{Tag, attribute, walk};

const ROW: u32 = 0;
/// `BrtCellRk` to `BrtFmlaError`.
const CELLS: std::ops::RangeInclusive<u32> = 1..=11;
const FORMULA_TEXT: u32 = 8;
const FORMULA_NUMBER: u32 = 9;
const FORMULA_TRUTH: u32 = 10;
const FORMULA_ERROR: u32 = 11;
const FONT: u32 = 43;
const FORMAT: u32 = 44;
const XF: u32 = 47;
const CELL_STYLES: u32 = 617;
const CELL_STYLES_END: u32 = 618;
const SHEET: u32 = 156;
/// Another workbook that formulas name, and what stands for this one and for one of functions.
const BOOK: u32 = 355;
const NO_FILES: [u32; 3] = [357, 358, 667];
const NAMED_SHEETS: u32 = 362;
const WORKBOOK: &str = "xl/workbook.bin";

pub fn looks(bytes: &[u8], limits: &Limits) -> Option<Looks> {
    let mut package = Package::open(bytes, limits).ok()?;
    let styles = match package.bytes("xl/styles.bin").ok()? {
        Some(part) => styles(&part)?,
        None => Vec::new(),
    };
    let mut targets = Vec::new();
    if let Some(xml) = package.text("xl/_rels/workbook.bin.rels").ok()? {
        walk(&xml, |tag| {
            if let Tag::Open("Relationship", tag) = tag {
                targets.push((attribute(tag, "Id").unwrap_or_default(), target(WORKBOOK, &attribute(tag, "Target").unwrap_or_default())));
            }
        });
    }
    let mut looks = Looks::new();
    let workbook = package.bytes(WORKBOOK).ok()??;
    let named = named(&workbook);
    for (name, relation, hidden) in sheets(&workbook)? {
        let Some((_, path)) = targets.iter().find(|(id, _)| *id == relation) else { continue };
        let Some(part) = package.bytes(path).ok()? else { continue };
        let mut seen = sheet(&part, &styles, &named)?;
        seen.sheet.hidden = hidden;
        looks.insert(name, seen);
    }
    Some(looks)
}

/// Kind and content of each record; both numbers before it are of seven bits a byte.
fn records(part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = Bytes(part);
    std::iter::from_fn(move || {
        let kind = seven_bits(&mut rest, 2)?;
        let length = seven_bits(&mut rest, 4)?;
        Some((kind, rest.take(usize::try_from(length).ok()?)?))
    })
}

fn seven_bits(bytes: &mut Bytes<'_>, most: u32) -> Option<u32> {
    let mut number = 0;
    for place in 0..most {
        let byte = bytes.u8()?;
        number |= u32::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    Some(number)
}

fn text(bytes: &mut Bytes<'_>) -> Option<String> {
    let count = usize::try_from(bytes.u32()?).ok()?;
    bytes.wide(count)
}

/// Name, relation and whether it is hidden.
fn sheets(part: &[u8]) -> Option<Vec<(String, String, bool)>> {
    let mut all = Vec::new();
    for (_, content) in records(part).filter(|(kind, _)| *kind == SHEET) {
        let mut bytes = Bytes(content);
        let (state, _) = (bytes.u32()?, bytes.u32()?);
        let relation = text(&mut bytes)?;
        all.push((text(&mut bytes)?, relation, state != 0));
    }
    Some(all)
}

/// The sheets that formulas name.
fn named(part: &[u8]) -> Named {
    let mut named = Named::new(Layout::Xlsb);
    for (kind, content) in records(part) {
        match kind {
            BOOK => named.book(true),
            NAMED_SHEETS => named.sheets(Bytes(content)),
            kind if NO_FILES.contains(&kind) => named.book(false),
            _ => {}
        }
    }
    named
}

fn styles(part: &[u8]) -> Option<Vec<Style>> {
    let (mut codes, mut struck) = (Vec::<(u16, Arc<str>)>::new(), Vec::new());
    let (mut styles, mut within) = (Vec::new(), false);
    for (kind, content) in records(part) {
        let mut bytes = Bytes(content);
        match kind {
            FONT => {
                let (_, options) = (bytes.u16()?, bytes.u16()?);
                struck.push(options & 8 != 0);
            }
            FORMAT => {
                let id = bytes.u16()?;
                codes.push((id, text(&mut bytes)?.into()));
            }
            CELL_STYLES => within = true,
            CELL_STYLES_END => within = false,
            XF if within => {
                let (_, id, font) = (bytes.u16()?, bytes.u16()?, usize::from(bytes.u16()?));
                let stated = codes.iter().find(|(own, _)| *own == id).map(|(_, code)| code.clone());
                styles.push(Style::of(stated, u32::from(id), struck.get(font).copied().unwrap_or(false)));
            }
            _ => {}
        }
    }
    Some(styles)
}

fn sheet(part: &[u8], styles: &[Style], named: &Named) -> Option<Seen> {
    let mut seen = Seen::default();
    let mut row = 0;
    for (kind, content) in records(part) {
        let mut bytes = Bytes(content);
        if kind == ROW {
            row = bytes.u32()?;
        } else if CELLS.contains(&kind) {
            let (column, style) = (bytes.u32()?, bytes.u32()? & 0x00FF_FFFF);
            if let Some(style) = styles.get(usize::try_from(style).ok()?) {
                seen.style((row, column), style);
            }
            // The value and flags stand before the formula.
            let value = match kind {
                FORMULA_TEXT => text(&mut bytes).map(|_| 0),
                FORMULA_NUMBER => Some(8),
                FORMULA_TRUTH | FORMULA_ERROR => Some(1),
                _ => None,
            };
            if value.is_some_and(|value| bytes.take(value + 2).is_some()) && named.is_linked(bytes) {
                seen.linked((row, column));
            }
        }
    }
    Some(seen)
}
