//! 回头看: what last year's gaps became.

use crate::analysis::change::{Change, Definition, ItemChange};
use crate::number::snapped;
use crate::result::Results;

/// What became of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    Closed,
    Smaller,
    Same,
    Larger,
    /// The answers did no worse: new thresholds or a higher target made it larger.
    LargerByRule,
    /// No longer scored: not applicable, out of scope.
    Left,
    /// The item is gone, or asks something else now.
    Changed,
    /// Met last year, a gap now.
    New,
    /// The same, though the answers did no worse.
    NewByRule,
}

impl Became {
    pub const ALL: [(Became, &str); 9] = [
        (Became::Closed, "closed"),
        (Became::Smaller, "smaller"),
        (Became::Same, "same"),
        (Became::Larger, "larger"),
        (Became::LargerByRule, "larger_by_rule"),
        (Became::Left, "left"),
        (Became::Changed, "changed"),
        (Became::New, "new"),
        (Became::NewByRule, "new_by_rule"),
    ];

    /// Was it no gap last year?
    pub fn is_new(self) -> bool {
        matches!(self, Became::New | Became::NewByRule)
    }
}

/// A gap of last year, or a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Index into the change's items.
    pub item: usize,
    pub became: Became,
    /// Points the total lost by it, then and now; none where it has no score.
    pub loss_before: Option<f64>,
    pub loss_after: Option<f64>,
}

/// Last year's gaps, largest loss first, then the new ones.
pub fn follow_up(change: &Change, before: &Results, after: &Results) -> Vec<FollowUp> {
    let gap = |gap: Option<f64>| gap.map(snapped).filter(|gap| *gap > 0);
    let one = |(index, item): (usize, &ItemChange)| {
        let old = item.pair.before.map(|item| &before.items[item]);
        let new = item.pair.after.map(|item| &after.items[item]);
        let (then, now) = (gap(old.and_then(|old| old.gap)), gap(new.and_then(|new| new.gap)));
        // Both years by this year's thresholds.
        let was = match item.pair.definition {
            Definition::Reread(reread) => Some(reread.before),
            _ => old.and_then(|old| old.score),
        };
        let no_worse = was.zip(new.and_then(|new| new.score)).is_some_and(|(was, is)| snapped(is) >= snapped(was));
        let became = match (then, now) {
            (None, None) => return None,
            // Asked for the first time is no gap that opened.
            (None, Some(_)) if !item.pair.is_same() || old.is_none_or(|old| old.score.is_none()) => return None,
            (None, Some(_)) if no_worse => Became::NewByRule,
            (None, Some(_)) => Became::New,
            (Some(_), _) if new.is_none() || !item.pair.is_same() => Became::Changed,
            (Some(_), None) => {
                if new.is_some_and(|new| new.score.is_none()) {
                    Became::Left
                } else {
                    Became::Closed
                }
            }
            (Some(then), Some(now)) if now < then => Became::Smaller,
            (Some(then), Some(now)) if now > then && no_worse => Became::LargerByRule,
            (Some(then), Some(now)) if now > then => Became::Larger,
            (Some(_), Some(_)) => Became::Same,
        };
        Some(FollowUp { item: index, became, loss_before: old.and_then(|old| old.loss), loss_after: new.and_then(|new| new.loss) })
    };
    let mut all: Vec<FollowUp> = change.items.iter().enumerate().filter_map(one).collect();
    all.sort_by_key(|one| {
        let loss = if one.became.is_new() { one.loss_after } else { one.loss_before };
        (one.became.is_new(), std::cmp::Reverse(loss.map(snapped)))
    });
    all
}
