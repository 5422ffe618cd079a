//! What the score does not know: blanks, unreadable answers, no data, and what left as not applicable.

use crate::analysis::adjustments::is_reviewed;
use crate::result::{ItemResult, Results};

/// Items by what is unknown about them, in tree order; indices into the results' items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unknowns {
    pub blank: Vec<usize>,
    pub unreadable: Vec<usize>,
    pub no_data: Vec<usize>,
    pub not_applicable: Vec<usize>,
    /// Points between low and high.
    pub spread: f64,
}

pub fn unknowns(results: &Results) -> Unknowns {
    let of = |state: &str| -> Vec<usize> {
        results.items.iter().enumerate().filter(|(_, item)| item.state == state).map(|(index, _)| index).collect()
    };
    let spread = match (results.total.low, results.total.high) {
        (Some(low), Some(high)) => high - low,
        _ => 0.0,
    };
    Unknowns { blank: of("blank"), unreadable: of("unreadable"), no_data: of("no_data"), not_applicable: of("not_applicable"), spread }
}

/// Of the answers above 0, the part that names evidence, 0 to 1; none without such answers.
pub fn evidence_part(results: &Results) -> Option<f64> {
    let above: Vec<&ItemResult> =
        results.items.iter().filter(|item| item.state == "answered" && item.score.is_some_and(|score| score > 0.0)).collect();
    let with = above
        .iter()
        .filter(|item| {
            let reviewed = is_reviewed(item);
            item.answers.iter().any(|answer| (answer.counts || reviewed) && !answer.evidence.is_empty())
        })
        .count();
    (!above.is_empty()).then(|| with as f64 / above.len() as f64)
}
