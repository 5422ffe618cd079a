//! When two cells say the same: time limits, words, and who is who.

use crate::ledger::Limit;
use crate::unit::{named, normal};

/// Was a time limit changed? A date where none could be stated before is no change of mind.
pub fn is_changed(stored: Limit, limit: Limit) -> bool {
    limit != stored && !matches!((stored, limit), (Limit::Day(_) | Limit::Unknown, Limit::Date(_)))
}

/// The same but for spaces and line ends.
pub fn same_words(one: &str, two: &str) -> bool {
    let plain = |text: &str| normal(text).split_whitespace().collect::<String>();
    plain(one) == plain(two)
}

/// Is the reviewer of the responsible unit, or one of several?
pub fn same_body(reviewer: &str, owner: &str) -> bool {
    let reviewer = normal(reviewer).to_lowercase();
    let bodies = named(owner).map(|body| normal(body).to_lowercase());
    bodies.filter(|body| !body.is_empty()).any(|body| {
        // A short form, as 应急管理局 of 区应急管理局, is one too; a person's name is not.
        reviewer.contains(&body) || (reviewer.chars().count() > 3 && body.contains(&reviewer))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reviews_their_own() {
        assert!(same_body("区财政局副局长", "区应急管理局、区财政局"));
        assert!(same_body("应急管理局", "区应急管理局"));
        assert!(!same_body("区政府办公室主任", "区应急管理局"));
        assert!(!same_body("张三", "张三丰工作室"));
    }
}
