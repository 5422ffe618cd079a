//! A ledger for each responsible unit, of its rows alone. Each stores all rows, so that what comes back is put together.

use crate::ledger::Entry;
use crate::text::Lang;
use crate::unit::named;

/// Does a row of this owner stand in the ledger of this unit? Every row stands in the ledger of all, whose part is empty.
pub fn is_of(owner: &str, part: &str) -> bool {
    part.is_empty() || named(owner).any(|name| name == part)
}

/// The responsible units, in the order of their first rows.
pub fn parts(entries: &[Entry], lang: Lang) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for entry in entries {
        for name in named(entry.owner.get(lang)) {
            if !parts.iter().any(|part| part == name) {
                parts.push(name.to_string());
            }
        }
    }
    parts
}
