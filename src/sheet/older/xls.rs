//! The second look at an .xls: records of the stream that Excel 97 to 2003 and WPS write ([MS-XLS]).

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::linked::{Layout, Named};
use super::{Bytes, Looks, Seen};
use crate::sheet::xlsx::styles::Style;

/// Twips of height at which a row is as good as hidden.
const FLAT: u16 = 40;
const BOUNDSHEET: u16 = 0x0085;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const EOF: u16 = 0x000A;
const BOF: u16 = 0x0809;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MULRK: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
const LABEL: u16 = 0x0204;
const LABELSST: u16 = 0x00FD;
const RSTRING: u16 = 0x00D6;
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007D;
const NOTE: u16 = 0x001C;
const MERGED: u16 = 0x00E5;
const FILTERED: u16 = 0x009B;
const WINDOW: u16 = 0x023E;
const SUPBOOK: u16 = 0x01AE;
const EXTERNSHEET: u16 = 0x0017;
/// What stands for this workbook, and for one of functions, in place of a file's name.
const NO_FILES: [u16; 2] = [0x0401, 0x3A01];

pub fn looks(bytes: &[u8]) -> Option<Looks> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = Vec::new();
    file.open_stream("Workbook").ok()?.take(bytes.len() as u64).read_to_end(&mut stream).ok()?;
    let globals = globals(&stream)?;
    let mut looks = Looks::new();
    for (name, at, hidden) in &globals.sheets {
        let mut seen = sheet(&stream, usize::try_from(*at).ok()?, &globals)?;
        seen.sheet.hidden = *hidden;
        looks.insert(name.clone(), seen);
    }
    Some(looks)
}

/// Kind and content of each record from a place on, to the end of its substream.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = Bytes(stream.get(from..).unwrap_or_default());
    let mut depth = 0usize;
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let (kind, length) = (rest.u16()?, rest.u16()?);
        let content = rest.take(usize::from(length))?;
        // A chart within a sheet is a substream of its own.
        match kind {
            BOF => depth += 1,
            EOF => {
                depth = depth.saturating_sub(1);
                over = depth == 0;
            }
            _ => {}
        }
        Some((kind, content))
    })
}

struct Globals {
    /// Name, place of its substream, and whether it is hidden.
    sheets: Vec<(String, u32, bool)>,
    /// One a cell style.
    styles: Vec<Style>,
    named: Named,
}

fn globals(stream: &[u8]) -> Option<Globals> {
    let (mut sheets, mut styles) = (Vec::new(), Vec::new());
    let (mut codes, mut struck) = (Vec::<(u16, Arc<str>)>::new(), Vec::new());
    let mut named = Named::new(Layout::Xls);
    for (kind, content) in records(stream, 0) {
        let mut bytes = Bytes(content);
        match kind {
            BOUNDSHEET => {
                let (at, state, _) = (bytes.u32()?, bytes.u8()?, bytes.u8()?);
                let count = usize::from(bytes.u8()?);
                sheets.push((text(&mut bytes, count)?, at, state & 3 != 0));
            }
            FONT => {
                let (_, options) = (bytes.u16()?, bytes.u16()?);
                struck.push(options & 8 != 0);
            }
            FORMAT => {
                let (id, count) = (bytes.u16()?, usize::from(bytes.u16()?));
                codes.push((id, text(&mut bytes, count)?.into()));
            }
            XF => {
                let (font, id) = (usize::from(bytes.u16()?), bytes.u16()?);
                let stated = codes.iter().rev().find(|(own, _)| *own == id).map(|(_, code)| code.clone());
                // There is no font 4.
                let struck = struck.get(if font > 4 { font - 1 } else { font });
                styles.push(Style::of(stated, u32::from(id), struck.copied().unwrap_or(false)));
            }
            SUPBOOK => {
                let (_, name) = (bytes.u16()?, bytes.u16()?);
                named.book(!NO_FILES.contains(&name));
            }
            EXTERNSHEET => named.sheets(bytes),
            _ => {}
        }
    }
    Some(Globals { sheets, styles, named })
}

/// Characters of one byte or two, as the flag before them says.
fn text(bytes: &mut Bytes<'_>, count: usize) -> Option<String> {
    if bytes.u8()? & 1 == 1 { bytes.wide(count) } else { Some(bytes.take(count)?.iter().map(|byte| char::from(*byte)).collect()) }
}

fn sheet(stream: &[u8], from: usize, globals: &Globals) -> Option<Seen> {
    let mut seen = Seen::default();
    // None of a style that is not there.
    let style_of = |style: u16| globals.styles.get(usize::from(style));
    let mut depth = 0usize;
    for (kind, content) in records(stream, from) {
        let mut bytes = Bytes(content);
        match kind {
            BOF => depth += 1,
            EOF => depth = depth.saturating_sub(1),
            _ if depth != 1 => {}
            NUMBER | RK | FORMULA | LABEL | LABELSST | RSTRING => {
                let (row, column, style) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
                let at = (row.into(), column.into());
                seen.style(at, style_of(style)?);
                // The value, flags and a cache stand before the formula.
                if kind == FORMULA && bytes.take(14).is_some() && globals.named.is_linked(bytes) {
                    seen.linked(at);
                }
            }
            MULRK => {
                let (row, mut column) = (bytes.u16()?, bytes.u16()?);
                // Style and number of each, then the last column.
                while bytes.0.len() >= 8 {
                    let (style, _) = (bytes.u16()?, bytes.u32()?);
                    seen.style((row.into(), column.into()), style_of(style)?);
                    column = column.checked_add(1)?;
                }
            }
            ROW => {
                let row = bytes.u16()?;
                bytes.take(4)?;
                let height = bytes.u16()?;
                bytes.take(4)?;
                if bytes.u32()? & 0x20 != 0 || (1..=FLAT).contains(&height) {
                    seen.sheet.hidden_rows.insert(row.into());
                }
            }
            COLINFO => {
                let (first, last, width, _, options) = (bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?);
                if options & 1 != 0 || width == 0 {
                    seen.sheet.hidden_columns.push((first.into(), last.into()));
                }
            }
            NOTE => {
                let (row, column) = (bytes.u16()?, bytes.u16()?);
                // Its text stands in a drawing.
                seen.sheet.notes.insert((row.into(), column.into()), String::new());
            }
            MERGED => {
                for _ in 0..bytes.u16()? {
                    let (first, last, left, right) = (bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?);
                    seen.sheet.merged.push(((first.into(), left.into()), (last.into(), right.into())));
                }
            }
            FILTERED => seen.sheet.filtered = true,
            WINDOW => seen.hides_zeros = bytes.u16()? & 0x10 == 0,
            _ => {}
        }
    }
    Some(seen)
}
