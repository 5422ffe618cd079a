//! Who is assessed, and when.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The place assessed. Equal names are equal after trimming and NFKC.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unit {
    pub name: String,
    pub parent: Option<String>,
    pub class: Option<String>,
}

/// Text as the contract compares it: NFKC, outer white space off.
pub fn normal(text: &str) -> String {
    let text: String = text.nfkc().collect();
    text.trim().to_string()
}

/// Year, month and day, as `--date` gives them.
pub type Date = (u16, u8, u8);
