//! What a row needs before it counts as closed: evidence, a reviewer from elsewhere, and no impossible date.

use crate::finding::Finding;
use crate::ledger::alike::same_body;
use crate::ledger::filled::NotClosed;
use crate::ledger::layout::Column;
use crate::ledger::texts::{
    BAD_DATE, BEFORE_START, CLOSED_BAD_DATE, CLOSED_BEFORE_START, CLOSED_BY_ITSELF, EMPTY_WORD, FUTURE_DATE, NO_DATE, NO_EVIDENCE,
    NO_REVIEWER,
};
use crate::ledger::{Hand, State};
use crate::place::Place;
use crate::text::{Text, t};
use crate::unit::{Date, date_text, days_between, normal, parse_date, says_something};

/// A row as it is judged.
pub struct Closing<'a> {
    pub named: &'a Text,
    pub owner: &'a str,
    /// What is asked for as evidence.
    pub proof: &'a str,
    /// Nothing was done before it.
    pub since: Option<Date>,
    pub today: Option<Date>,
    pub place: &'a dyn Fn(Column) -> Place,
}

impl Closing<'_> {
    /// Reads the date of completion, and takes a row that may not be closed for one that waits to be reviewed; the reasons.
    pub fn judge(&self, hand: &mut Hand, findings: &mut Vec<Finding>) -> Vec<NotClosed> {
        let closed = hand.state == State::Closed;
        let mut not_closed: Vec<NotClosed> = Vec::new();
        let no_date = hand.done.is_empty();
        not_closed.extend(self.date(hand, closed, findings).filter(|_| closed));
        if !closed {
            return Vec::new();
        }
        let order = not_closed.len();
        not_closed.extend(self.evidence(hand, findings));
        not_closed.extend(self.reviewer(hand, findings));
        // Of several reasons the date is told last.
        not_closed.rotate_left(order);
        if no_date {
            findings.push(NO_DATE.at((self.place)(Column::Done), &[("ref", self.named.clone())]));
        }
        if !not_closed.is_empty() {
            hand.state = State::ToReview;
        }
        not_closed
    }

    fn date(&self, hand: &mut Hand, closed: bool, findings: &mut Vec<Finding>) -> Option<NotClosed> {
        if hand.done.is_empty() {
            return None;
        }
        let place = (self.place)(Column::Done);
        let Some(done) = parse_date(&normal(&hand.done)) else {
            let args = [("ref", self.named.clone()), ("column", Column::Done.words()), ("text", hand.done.clone().into())];
            findings.push(if closed { &CLOSED_BAD_DATE } else { &BAD_DATE }.at(place, &args));
            hand.done.clear();
            return Some(NotClosed::BadDate);
        };
        hand.done = date_text(done);
        let shown: Text = date_text(done).into();
        if let Some(today) = self.today.filter(|today| days_between(*today, done) > 0) {
            findings.push(FUTURE_DATE.at(place, &[("ref", self.named.clone()), ("date", shown), ("today", date_text(today).into())]));
            hand.done.clear();
            return Some(NotClosed::FutureDate);
        }
        let start = self.since.filter(|start| days_between(*start, done) < 0)?;
        let kind = if closed { &CLOSED_BEFORE_START } else { &BEFORE_START };
        findings.push(kind.at(place, &[("ref", self.named.clone()), ("date", shown), ("start", date_text(start).into())]));
        Some(NotClosed::EarlyDate)
    }

    fn empty_word(&self, column: Column, text: &str) -> Finding {
        EMPTY_WORD.at((self.place)(column), &[("ref", self.named.clone()), ("column", column.words()), ("text", text.to_string().into())])
    }

    fn evidence(&self, hand: &Hand, findings: &mut Vec<Finding>) -> Option<NotClosed> {
        if says_something(&hand.evidence) {
            return None;
        }
        findings.push(if hand.evidence.is_empty() {
            let proof = if self.proof.is_empty() {
                t("能证明已经办结的材料", "whatever shows that it is done")
            } else {
                self.proof.to_string().into()
            };
            NO_EVIDENCE.at((self.place)(Column::Evidence), &[("ref", self.named.clone()), ("proof", proof)])
        } else {
            self.empty_word(Column::Evidence, &hand.evidence)
        });
        Some(NotClosed::NoEvidence)
    }

    fn reviewer(&self, hand: &Hand, findings: &mut Vec<Finding>) -> Option<NotClosed> {
        let place = (self.place)(Column::Reviewer);
        if !says_something(&hand.reviewer) {
            findings.push(if hand.reviewer.is_empty() {
                NO_REVIEWER.at(place, &[("ref", self.named.clone())])
            } else {
                self.empty_word(Column::Reviewer, &hand.reviewer)
            });
            return Some(NotClosed::NoReviewer);
        }
        same_body(&hand.reviewer, self.owner).then(|| {
            let args = [("ref", self.named.clone()), ("reviewer", hand.reviewer.clone().into()), ("owner", self.owner.to_string().into())];
            findings.push(CLOSED_BY_ITSELF.at(place, &args));
            NotClosed::ByItself
        })
    }
}
