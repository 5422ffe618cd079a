//! What became of a ledger: this period's scores beside its rows.

use crate::ledger::{Filled, Limit, Row, State};
use crate::number::rounded;
use crate::result::Results;
use crate::unit::{Date, days_between, parse_date};

/// A row and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed<'a> {
    pub row: &'a Row,
    /// Index into the results' items; none where the tree has the item no more.
    pub item: Option<usize>,
    /// The score now.
    pub now: Option<f64>,
    /// Days past its time limit; none where it is closed or said to be done, not past, or nobody said what day it is.
    pub overdue: Option<i64>,
    /// When it was said to be done, where it waits to be reviewed, and by how many days that was late.
    pub done: Option<(Date, Option<i64>)>,
    /// Closed, and the score of a later assessment is no better.
    pub unraised: bool,
    /// Not closed, though the score of a later assessment is what was wanted.
    pub reached: bool,
}

/// A ledger beside the results of now.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress<'a> {
    pub ledger: &'a Filled,
    pub rows: Vec<Followed<'a>>,
    /// Are the results others than those from which the ledger was made?
    pub rescored: bool,
    /// The day on which overdue is told.
    pub date: Option<Date>,
}

impl Followed<'_> {
    /// Is it closed, or said to be done?
    pub fn is_said_done(&self) -> bool {
        matches!(self.row.hand.state, State::Closed | State::ToReview)
    }

    pub fn is_closed(&self) -> bool {
        self.row.hand.state == State::Closed
    }
}

impl<'a> Progress<'a> {
    /// Rows that the ledger itself lists.
    pub fn listed(&self) -> impl Iterator<Item = &Followed<'a>> {
        self.rows.iter().filter(|one| !one.row.earlier)
    }

    /// Rows of a state.
    pub fn count(&self, state: State) -> usize {
        self.listed().filter(|one| one.row.hand.state == state).count()
    }

    /// The row of an item, an index into the results' items.
    pub fn row_of(&self, item: usize) -> Option<&Followed<'a>> {
        self.rows.iter().find(|one| one.item == Some(item))
    }
}

/// `digest` is that of the results.
pub fn progress<'a>(ledger: &'a Filled, results: &Results, digest: &str, date: Option<Date>) -> Progress<'a> {
    let rescored = ledger.results_sha256 != digest;
    let rows = ledger.rows.iter().map(|row| {
        let item = results.items.iter().position(|item| item.id == row.id);
        let now = item.and_then(|index| results.items[index].score);
        let closed = row.hand.state == State::Closed;
        let done = parse_date(&row.hand.done).filter(|_| row.hand.state == State::ToReview);
        let open = !closed && done.is_none();
        let after = |limit: Date, date: Date| Some(days_between(limit, date)).filter(|days| *days > 0);
        // A ledger holds scores to one decimal.
        let shown = now.map(|now| rounded(now, 1));
        let compared = |with: Option<f64>, holds: fn(f64, f64) -> bool| shown.zip(with).is_some_and(|(now, with)| holds(now, with));
        Followed {
            row,
            item,
            now,
            overdue: if let Limit::Date(limit) = row.limit { date.filter(|_| open).and_then(|date| after(limit, date)) } else { None },
            done: done.map(|done| (done, if let Limit::Date(limit) = row.limit { after(limit, done) } else { None })),
            unraised: rescored && closed && compared(row.score, |now, before| now <= before),
            reached: rescored && !closed && compared(row.target, |now, target| now >= target),
        }
    });
    Progress { ledger, rows: rows.collect(), rescored, date }
}
