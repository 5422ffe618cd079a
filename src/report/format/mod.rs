//! Documents to bytes, one file a format; [`FORMATS`] is the table of all of them.

mod excel;
mod markdown;
mod svg;
mod terminal;
mod word;
mod xml;

use crate::number::{MINUS, printed, signed};
use crate::report::Format;
use crate::report::document::Kind;

/// All formats.
pub static FORMATS: [Format; 3] = [excel::ENTRY, markdown::ENTRY, word::ENTRY];

pub use markdown::PARTED;
pub use terminal::lines;
pub use word::is_untouched;

/// The number format of a change: with its sign, the minus that of every page; nothing has none.
fn signed_format(plain: &str) -> String {
    format!("+{plain};\\{MINUS}{plain};{plain}")
}

/// A number as every page prints it.
pub fn number(value: f64, kind: Kind, decimals: u32) -> String {
    let decimals = kind.decimals(decimals);
    match kind {
        Kind::Change | Kind::Moved => signed(value, decimals),
        Kind::Percent => format!("{}%", printed(100.0 * value, decimals - 2)),
        // Whole amounts stand without decimals.
        Kind::Amount if crate::number::rounded(value, 2).fract() == 0.0 => printed(value, 0),
        _ => printed(value, decimals),
    }
}
