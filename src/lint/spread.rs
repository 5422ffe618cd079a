//! Shares over the whole tree.

use crate::finding::Kind;
use crate::lint::{Found, Rule};
use crate::text::t;
use crate::tree::Item;
use crate::tree::vocabulary::{Proof, proof};

use super::law::percent;

/// Smallest part of the items with an active check.
const FEWEST_ACTIVE: f64 = 0.30;
/// Largest part of the items that one department leads.
const MOST_LED: f64 = 0.35;

/// Is anything called, shown, counted, asked or switched for this item?
pub(super) fn has_active_check(item: &Item) -> bool {
    item.content.evidence.iter().any(|one| proof(one.kind) == Proof::Active)
}

pub const ACTIVE: Rule = Rule {
    kind: &Kind::error(
        "lint-active-checks",
        t("有现场查验的题只占 {part}，少于 {fewest}。", "Only {part} of the items have an active check, fewer than {fewest}."),
        t("能抽查、演示、清点、问、试的，就写上。", "Where something can be called, shown, counted, asked or tried, say so."),
    ),
    check: |tree, found| {
        let active = tree.items.iter().filter(|item| has_active_check(item)).count();
        let part = active as f64 / tree.items.len().max(1) as f64;
        if part < FEWEST_ACTIVE {
            found.push(Found::tree(vec![("part", percent(part)), ("fewest", percent(FEWEST_ACTIVE))]));
        }
    },
};

pub const LEAD: Rule = Rule {
    kind: &Kind::error(
        "lint-one-lead",
        t("{name}牵头 {part} 的题，超过 {most}。", "{name} leads {part} of the items, more than {most}."),
        t("由掌握事实的部门牵头，不要由一家自己评自己。", "Let whoever holds the fact lead; none should grade itself."),
    ),
    check: |tree, found| {
        for (index, department) in tree.departments.iter().enumerate() {
            let led = tree.items.iter().filter(|item| item.lead == Some(index)).count();
            let part = led as f64 / tree.items.len().max(1) as f64;
            if part > MOST_LED {
                let args = vec![("name", department.name.clone()), ("part", percent(part)), ("most", percent(MOST_LED))];
                found.push(Found::tree(args));
            }
        }
    },
};
