//! `results.json`: the same in every language, keys in the order of the contract.

use crate::result::Results;
use crate::text::visible_json;

/// JSON Schema of `results.json`, shipped in `docs/`.
pub const SCHEMA: &str = include_str!("../../docs/results.schema.json");

/// The file's text: indented for people, a newline at the end; what no screen shows as itself is escaped.
pub fn to_json(results: &Results) -> String {
    let mut text = visible_json(&serde_json::to_string_pretty(results).unwrap_or_default()).into_owned();
    text.push('\n');
    text
}
