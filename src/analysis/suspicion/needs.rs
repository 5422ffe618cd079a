//! What a measure cannot do without: where it is not there, nothing was looked at, which is not the same as nothing found.

use crate::analysis::adjustments::is_reviewed;
use crate::analysis::suspicion::voices::voices;
use crate::result::Results;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    LastYear,
    /// So many respondents with so many scored answers each.
    Others {
        respondents: usize,
        answers: usize,
    },
    /// An item with a review.
    Reviews,
}

/// Respondents with at least so many scored self-ratings.
pub fn respondents(results: &Results, answers: usize) -> usize {
    let scored = |said: &&super::Said<'_>| said.score().is_some();
    voices(results, &Some).iter().filter(|voice| voice.said.iter().filter(scored).count() >= answers).count()
}

/// Is it missing?
pub fn unmet(needs: Needs, results: &Results, last: Option<&Results>) -> bool {
    match needs {
        Needs::Nothing => false,
        Needs::LastYear => last.is_none(),
        Needs::Others { respondents: fewest, answers } => respondents(results, answers) < fewest,
        Needs::Reviews => !results.items.iter().any(is_reviewed),
    }
}
