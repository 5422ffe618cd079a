//! Several workbooks of one respondent are versions of one; which of them speaks for an item.

use std::collections::BTreeSet;

use crate::answers::Who;
use crate::scale::State;
use crate::survey::Filled;

/// What became of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its cell is the one used.
    Used,
    /// Equal as read to the one used.
    Copy,
    /// A later submission says something else.
    Superseded,
    /// Blank beside a filled one of the same submission.
    BlankBeside,
    /// Filled otherwise than another of the same submission.
    Torn,
}

/// One version of an item's cell.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    pub submission: usize,
    pub state: &'a State,
}

/// The fates of versions that stand in the order of their files, and whether they tore.
pub fn fates(versions: &[Version<'_>]) -> Vec<Fate> {
    let Some(first) = versions.first() else { return Vec::new() };
    if versions.iter().all(|version| version.state.same_as_read(first.state)) {
        return (0..versions.len()).map(|index| if index == 0 { Fate::Used } else { Fate::Copy }).collect();
    }
    let highest = versions.iter().map(|version| version.submission).max().unwrap_or(1);
    let latest = || versions.iter().enumerate().filter(|(_, version)| version.submission == highest);
    let filled = || latest().filter(|(_, version)| *version.state != State::Blank);
    let (used, speaks) = filled().next().or_else(|| latest().next()).map_or((0, first.state), |(index, version)| (index, version.state));
    let torn = filled().any(|(_, version)| !version.state.same_as_read(speaks));
    versions
        .iter()
        .enumerate()
        .map(|(index, version)| {
            let is_latest = version.submission == highest;
            if torn {
                return match (is_latest, version.state == &State::Blank) {
                    (true, false) => Fate::Torn,
                    (true, true) => Fate::BlankBeside,
                    (false, _) => Fate::Superseded,
                };
            }
            if index == used {
                Fate::Used
            } else if version.state.same_as_read(speaks) {
                Fate::Copy
            } else if is_latest {
                Fate::BlankBeside
            } else {
                Fate::Superseded
            }
        })
        .collect()
}

/// A file of which nothing counts any more, and the one that was sent in its place.
#[derive(Clone, Debug)]
pub struct Outdated {
    pub file: String,
    pub by: String,
}

/// The files of which nothing counts any more: a later submission of their respondent answers, or leaves blank, every item they have.
/// Where a sheet was not read nobody knows what it had.
pub fn outdated(workbooks: &[&Filled], who: &[Who]) -> Vec<Outdated> {
    let items = |workbook: &Filled| workbook.rows.iter().map(|row| row.item).collect::<BTreeSet<_>>();
    let mut outdated = Vec::new();
    for (one, own) in workbooks.iter().zip(who).filter(|(one, _)| !one.unread && !one.rows.is_empty()) {
        let later = |(other, theirs): &(&&Filled, &Who)| *theirs == own && other.submission > one.submission && other.kind == one.kind;
        let whole = workbooks.iter().zip(who).filter(later).filter(|(other, _)| items(other).is_superset(&items(one)));
        if let Some((last, _)) = whole.max_by_key(|(other, _)| other.submission) {
            outdated.push(Outdated { file: one.file.clone(), by: last.file.clone() });
        }
    }
    outdated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Number;
    use crate::scale::Reading;
    use crate::scale::expression::Inputs;

    fn answered(value: &str) -> State {
        State::Answered(Box::new(Reading {
            worth: Number::one(),
            inputs: Inputs::Value(Number::one()),
            value: value.to_string(),
            exact: None,
            short_by: None,
            normalised: false,
        }))
    }

    fn of(versions: &[(usize, State)]) -> Vec<Fate> {
        fates(&versions.iter().map(|(submission, state)| Version { submission: *submission, state }).collect::<Vec<_>>())
    }

    #[test]
    fn equal_versions_count_once_the_first_by_file() {
        assert_eq!(of(&[(2, answered("3")), (1, answered("3"))]), [Fate::Used, Fate::Copy]);
        assert_eq!(of(&[(1, State::Unreadable), (1, State::Unreadable)]), [Fate::Used, Fate::Copy]);
    }

    #[test]
    fn the_highest_submission_counts_even_where_it_is_blank() {
        assert_eq!(of(&[(1, answered("3")), (2, answered("2"))]), [Fate::Superseded, Fate::Used]);
        assert_eq!(of(&[(1, answered("3")), (2, State::Blank)]), [Fate::Superseded, Fate::Used]);
        assert_eq!(of(&[(1, answered("3")), (2, answered("2")), (3, answered("3"))]), [Fate::Copy, Fate::Superseded, Fate::Used]);
    }

    #[test]
    fn at_one_submission_a_filled_cell_beats_a_blank_and_two_filled_ones_tear() {
        assert_eq!(of(&[(1, State::Blank), (1, answered("3"))]), [Fate::BlankBeside, Fate::Used]);
        assert_eq!(of(&[(1, answered("2")), (1, answered("3"))]), [Fate::Torn, Fate::Torn]);
        assert_eq!(of(&[(1, answered("2")), (1, answered("3")), (1, State::Blank)]), [Fate::Torn, Fate::Torn, Fate::BlankBeside]);
        assert_eq!(of(&[(1, answered("9")), (2, answered("2")), (2, State::Unreadable)]), [Fate::Superseded, Fate::Torn, Fate::Torn]);
    }
}
