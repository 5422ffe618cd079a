//! Documents to bytes, one file a format; [`FORMATS`] is the table of all of them.

mod excel;
mod markdown;
mod svg;

use crate::number::fixed;
use crate::report::Format;
use crate::report::document::Kind;

/// All formats.
pub static FORMATS: [Format; 2] = [excel::ENTRY, markdown::ENTRY];

/// A number as every page prints it.
pub fn number(value: f64, kind: Kind, decimals: u32) -> String {
    let decimals = kind.decimals(decimals);
    match kind {
        Kind::Percent => format!("{}%", fixed(100.0 * value, decimals - 2)),
        _ => fixed(value, decimals),
    }
}
