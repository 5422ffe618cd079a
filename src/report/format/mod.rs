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
    match kind {
        Kind::Score => fixed(value, decimals),
        Kind::Points => fixed(value, 2),
        Kind::Percent => format!("{}%", fixed(100.0 * value, 1)),
        Kind::Count | Kind::Text | Kind::Short => fixed(value, 0),
    }
}
