//! What several answers come to: their state, and their worth.

use crate::answers::MergedState;
use crate::answers::merge::{Said, worth};
use crate::number::Number;
use crate::policy::Merge;
use crate::scale::State;

/// What the answers that count come to.
pub(super) struct Merged {
    pub state: MergedState,
    pub worth: Option<f64>,
}

impl Merged {
    pub fn of<'s>(chosen: impl IntoIterator<Item = &'s Said>, merge: Merge) -> Self {
        let states: Vec<&State> = chosen.into_iter().map(|said| &said.state).collect();
        let worths: Vec<f64> = states.iter().filter_map(|state| worth(state)).map(Number::to_f64).collect();
        Merged { state: merged_state(&states), worth: merged_worth(&worths, merge) }
    }
}

/// Answered if anybody answered, else no data, not applicable, unreadable, blank, in this order.
fn merged_state(states: &[&State]) -> MergedState {
    let order = [MergedState::Answered, MergedState::NoData, MergedState::NotApplicable, MergedState::Unreadable];
    order.into_iter().find(|wanted| states.iter().any(|state| MergedState::of(state) == *wanted)).unwrap_or(MergedState::Blank)
}

/// Worths are merged, never raw values; the median of an even number is the mean of the middle two.
pub fn merged_worth(worths: &[f64], merge: Merge) -> Option<f64> {
    if worths.is_empty() {
        return None;
    }
    let mut sorted = worths.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let merged = match merge {
        Merge::Mean => sorted.iter().sum::<f64>() / sorted.len() as f64,
        Merge::Median if sorted.len().is_multiple_of(2) => f64::midpoint(sorted[middle - 1], sorted[middle]),
        Merge::Median => sorted[middle],
        Merge::Min => sorted[0],
        Merge::Max => sorted[sorted.len() - 1],
    };
    Some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worths_merge_four_ways() {
        let worths = [1.0, 0.0, 0.5, 0.9];
        assert_eq!(merged_worth(&worths, Merge::Mean), Some(0.6));
        assert_eq!(merged_worth(&worths, Merge::Median), Some(0.7));
        assert_eq!(merged_worth(&worths, Merge::Min), Some(0.0));
        assert_eq!(merged_worth(&worths, Merge::Max), Some(1.0));
        assert_eq!(merged_worth(&worths[..3], Merge::Median), Some(0.5));
        assert_eq!(merged_worth(&[], Merge::Mean), None);
    }
}
