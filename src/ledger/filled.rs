//! A filled ledger becomes its rows, checked; whatever does not hold is a finding at its cell.

use crate::finding::Finding;
use crate::ledger::blank::limit_shown;
use crate::ledger::layout::{Column, DAY, OPEN_END, State, digest};
use crate::ledger::store::{self, Stored};
use crate::ledger::texts::{
    BAD_DATE, BEFORE_START, CHANGED_ID, CLOSED_BY_ITSELF, LIMIT_CHANGED, NO_DATE, NO_EVIDENCE, NO_HEADER, NO_REVIEWER, NO_STATE,
    OTHER_DIGEST, OTHER_TREE, OTHER_UNIT, ROW_MISSING, TWICE, UNKNOWN_ID, UNKNOWN_STATE,
};
use crate::ledger::{Hand, Limit};
use crate::number::Number;
use crate::place::Place;
use crate::settings::tables::{Table, find};
use crate::sheet::{Book, Content};
use crate::survey::cover::Store;
use crate::survey::layout::is;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::{Date, date_text, days_between, normal, parse_date};

/// A ledger that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    pub file: String,
    pub period: String,
    pub issue: usize,
    pub start: Option<Date>,
    /// The start of the first issue that rows come from.
    pub since: Option<Date>,
    /// Of the `results.json` from which it was made.
    pub results_sha256: String,
    /// Has anybody worked on it since it was written?
    pub touched: bool,
    /// In the order of the sheet, then those that are gone, and last what earlier issues closed.
    pub rows: Vec<Row>,
}

/// One row as it counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub id: String,
    pub reference: String,
    pub question: String,
    pub problem: String,
    /// When the ledger was made.
    pub score: Option<f64>,
    pub target: Option<f64>,
    pub action: String,
    pub owner: String,
    pub limit: Limit,
    pub proof: String,
    pub hand: Hand,
    /// It stood there once and was deleted.
    pub gone: bool,
    /// An earlier issue closed it, and this one does not list it.
    pub earlier: bool,
    /// The time limit as it was written, where it was changed since.
    pub limit_was: Option<Limit>,
    /// The time limit of the first issue, where any issue changed it.
    pub first_limit: Option<Limit>,
    /// Who was responsible as it was written, where that was changed since.
    pub owner_was: Option<String>,
    /// The action in the tree's words.
    pub own_action: String,
    /// Is the action in other words than the tree's?
    pub rewritten: bool,
    /// Why it counts as to be reviewed though it was closed; empty where it was not.
    pub not_closed: Vec<NotClosed>,
}

/// What keeps a row from being closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotClosed {
    NoEvidence,
    NoReviewer,
    ByItself,
}

/// The columns asked for; the first five must be there.
const COLUMNS: [Column; 16] = [
    Column::Ref,
    Column::State,
    Column::Evidence,
    Column::Reviewer,
    Column::Done,
    Column::Id,
    Column::Indicator,
    Column::Problem,
    Column::Score,
    Column::Target,
    Column::Action,
    Column::Owner,
    Column::Limit,
    Column::Proof,
    Column::Progress,
    Column::Opinion,
];
const NEEDED: usize = 5;

struct Reader<'a> {
    table: Table<'a>,
    /// Rows as they were written.
    stored: Vec<Stored>,
    tree: &'a Tree,
    /// Nothing was done before it.
    since: Option<Date>,
}

/// Reads the ledger of a unit; none where it is another's or holds no table.
pub fn read(book: &Book, file: &str, tree: &Tree, unit: &str, findings: &mut Vec<Finding>) -> Option<Filled> {
    let store = Store::of(book);
    let (id, other, sha256) = (store.value("tree"), store.value("unit"), store.value("digest"));
    if !other.is_empty() && other != crate::unit::name(unit) {
        findings.push(OTHER_UNIT.at(Place::file(file), &[("other", other.into()), ("unit", unit.into())]));
        return None;
    }
    if !id.is_empty() && id != normal(&tree.id) {
        findings.push(OTHER_TREE.at(Place::file(file), &[("other", id.into()), ("tree", tree.id.clone().into())]));
        return None;
    }
    if !sha256.is_empty() && sha256 != tree.sha256 {
        findings.push(OTHER_DIGEST.at(Place::file(file), &[]));
    }
    let words = COLUMNS.map(Column::words);
    let Some(table) = find(book, file, &words[..NEEDED], &words[NEEDED..]) else {
        findings.push(NO_HEADER.at(Place::file(file), &[("headers", Text::join(&words[..NEEDED], "、", ", "))]));
        return None;
    };
    let start = parse_date(&store.value("start"));
    let since = parse_date(&store.value("since")).or(start);
    let reader = Reader { table, stored: store::rows(book), tree, since };
    let mut rows = reader.rows(findings);
    let touched = {
        let typed: Vec<(String, Hand)> = reader.typed();
        let agreed = rows.iter().any(|row| row.limit_was.is_some() || row.owner_was.is_some() || reader.retyped(row));
        agreed || digest(typed.iter().map(|(id, hand)| (id.as_str(), hand))) != store.value("content")
    };
    rows.extend(store::closed(book, tree));
    Some(Filled {
        file: file.to_string(),
        period: store.value("period"),
        issue: store.value("issue").parse().unwrap_or(1),
        start,
        since,
        results_sha256: store.value("results"),
        touched,
        rows,
    })
}

impl Reader<'_> {
    fn column(&self, column: Column) -> usize {
        COLUMNS.iter().position(|one| *one == column).unwrap_or(0)
    }

    fn text(&self, row: u32, column: Column) -> String {
        self.table.typed(row, self.column(column))
    }

    fn place(&self, row: u32, column: Column) -> Place {
        self.table.place(row, self.column(column))
    }

    /// Rows of the table with a ref or an id.
    fn lines(&self) -> Vec<u32> {
        let named = |row: &u32| !self.text(*row, Column::Ref).is_empty() || !self.text(*row, Column::Id).is_empty();
        self.table.rows().into_iter().filter(named).collect()
    }

    fn hand(&self, row: u32) -> Hand {
        Hand {
            progress: self.text(row, Column::Progress),
            done: self.text(row, Column::Done),
            evidence: self.text(row, Column::Evidence),
            reviewer: self.text(row, Column::Reviewer),
            opinion: self.text(row, Column::Opinion),
            state: State::named(&self.text(row, Column::State)).unwrap_or_default(),
        }
    }

    /// What was typed, row by row, as it is compared with what was written. A state that is none shows in what is checked.
    fn typed(&self) -> Vec<(String, Hand)> {
        let typed = |row: u32| {
            let mut hand = self.hand(row);
            if State::named(&self.text(row, Column::State)).is_none() {
                hand.opinion.push_str("\u{0}?");
            }
            (self.text(row, Column::Id), hand)
        };
        self.lines().into_iter().map(typed).collect()
    }

    fn stored(&self, id: &str) -> Option<&Stored> {
        self.stored.iter().find(|stored| stored.id == id)
    }

    /// Does the action of a row read otherwise than it was written?
    fn retyped(&self, row: &Row) -> bool {
        let written = self.stored(&row.id).map(|stored| stored.action.as_str()).unwrap_or_default();
        !row.gone && !written.is_empty() && !same_words(written, &row.action)
    }

    fn reference(&self, id: &str) -> String {
        self.tree.items.iter().find(|item| item.id == id).map_or_else(|| id.to_string(), |item| item.reference.clone())
    }

    fn rows(&self, findings: &mut Vec<Finding>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for row in self.lines() {
            let Some(id) = self.id(row, findings) else { continue };
            if rows.iter().any(|known| known.id == id) {
                findings.push(TWICE.at(self.place(row, Column::Ref), &[("ref", self.reference(&id).into())]));
                continue;
            }
            rows.push(self.row(row, id, findings));
        }
        for Stored { id, limit, owner, action, own_action, .. } in &self.stored {
            if !rows.iter().any(|row| row.id == *id) {
                let reference = self.reference(id);
                findings.push(ROW_MISSING.at(Place::sheet(self.table.file, &self.table.sheet.name), &[("ref", reference.clone().into())]));
                let (owner, action, own_action) = (owner.clone(), action.clone(), own_action.clone());
                rows.push(Row { id: id.clone(), reference, limit: *limit, owner, action, own_action, gone: true, ..Row::default() });
            }
        }
        rows
    }

    /// The id of a row among those that were written; the ref decides where the id is unknown.
    fn id(&self, row: u32, findings: &mut Vec<Finding>) -> Option<String> {
        let (reference, id) = (self.text(row, Column::Ref), self.text(row, Column::Id));
        let known = |id: &str| self.stored(id).is_some();
        let by_ref = self.tree.items.iter().find(|item| item.reference == reference && known(&item.id)).map(|item| item.id.clone());
        let place = self.place(row, Column::Ref);
        let args = |used: Text| [("ref", Text::from(reference.clone())), ("id", id.clone().into()), ("used", used)];
        if known(&id) {
            // Refs move between editions; a ref of this one that is another item's tells of a row that was mixed up.
            if by_ref.as_ref().is_some_and(|other| *other != id) {
                findings.push(CHANGED_ID.at(place, &args(t("题号", "the id"))));
            }
            return Some(id);
        }
        match by_ref {
            Some(other) => {
                findings.push(CHANGED_ID.at(place, &args(t("编号", "the ref"))));
                Some(other)
            }
            None => {
                findings.push(UNKNOWN_ID.at(place, &args(Text::default())));
                None
            }
        }
    }

    fn row(&self, row: u32, id: String, findings: &mut Vec<Finding>) -> Row {
        let reference = self.reference(&id);
        let named: Text = reference.clone().into();
        let known: Vec<Text> = State::ALL.iter().map(|(_, words)| words.clone()).collect();
        let known = Text::join(&known, "、", ", ");
        let mut hand = self.hand(row);
        let state = self.text(row, Column::State);
        let place = self.place(row, Column::State);
        let nothing = Hand { state: hand.state, ..Hand::default() };
        match State::named(&state) {
            Some(_) => {}
            None if state.is_empty() => {
                hand.state = if hand == nothing { State::NotStarted } else { State::UnderWay };
                findings.push(NO_STATE.at(place.clone(), &[("ref", named.clone()), ("used", hand.state.words()), ("known", known)]));
            }
            None => {
                hand.state = State::UnderWay;
                findings.push(UNKNOWN_STATE.at(place.clone(), &[("ref", named.clone()), ("text", state.into()), ("known", known)]));
            }
        }
        let done = parse_date(&hand.done);
        if done.is_none() && !hand.done.is_empty() {
            let args = [("ref", named.clone()), ("column", Column::Done.words()), ("text", hand.done.clone().into())];
            findings.push(BAD_DATE.at(self.place(row, Column::Done), &args));
            hand.done.clear();
        }
        if let Some(done) = done {
            hand.done = date_text(done);
        }
        if let (Some(done), Some(start)) = (done, self.since)
            && days_between(start, done) < 0
        {
            let args = [("ref", named.clone()), ("date", date_text(done).into()), ("start", date_text(start).into())];
            findings.push(BEFORE_START.at(self.place(row, Column::Done), &args));
        }
        let owner = self.text(row, Column::Owner);
        let proof = self.text(row, Column::Proof);
        let mut not_closed = Vec::new();
        if hand.state == State::Closed {
            if hand.evidence.is_empty() {
                let proof = if proof.is_empty() {
                    t("能证明已经办结的材料", "whatever shows that it is done")
                } else {
                    proof.clone().into()
                };
                findings.push(NO_EVIDENCE.at(self.place(row, Column::Evidence), &[("ref", named.clone()), ("proof", proof)]));
                not_closed.push(NotClosed::NoEvidence);
            }
            if hand.reviewer.is_empty() {
                findings.push(NO_REVIEWER.at(self.place(row, Column::Reviewer), &[("ref", named.clone())]));
                not_closed.push(NotClosed::NoReviewer);
            } else if same_body(&hand.reviewer, &owner) {
                let args = [("ref", named.clone()), ("reviewer", hand.reviewer.clone().into()), ("owner", owner.clone().into())];
                findings.push(CLOSED_BY_ITSELF.at(self.place(row, Column::Reviewer), &args));
                not_closed.push(NotClosed::ByItself);
            }
            if hand.done.is_empty() && done.is_none() {
                findings.push(NO_DATE.at(self.place(row, Column::Done), &[("ref", named.clone())]));
            }
            if !not_closed.is_empty() {
                hand.state = State::ToReview;
            }
        }
        let score = |column: Column| match self.table.cell(row, self.column(column)).map(|cell| &cell.content) {
            Some(Content::Number(number)) => Some(*number),
            Some(Content::Text(text)) => Number::parse(&normal(text)).map(|number| number.to_f64()),
            _ => None,
        };
        let stored = self.stored(&id).cloned().unwrap_or_default();
        let limit = self.limit(row, stored.limit, &named, findings);
        let action = self.text(row, Column::Action);
        let own_action = if stored.own_action.is_empty() { action.clone() } else { stored.own_action };
        Row {
            limit_was: Some(stored.limit).filter(|was| is_changed(*was, limit)),
            first_limit: Some(stored.first_limit.unwrap_or(stored.limit)).filter(|first| is_changed(*first, limit)),
            owner_was: Some(stored.owner).filter(|was| !was.is_empty() && !same_words(was, &owner)),
            rewritten: !action.is_empty() && !same_words(&own_action, &action),
            limit,
            question: self.text(row, Column::Indicator),
            problem: self.text(row, Column::Problem),
            score: score(Column::Score),
            target: score(Column::Target),
            action,
            own_action,
            id,
            reference,
            owner,
            proof,
            hand,
            not_closed,
            gone: false,
            earlier: false,
        }
    }

    /// The time limit as it stands now; one that was changed is told.
    fn limit(&self, row: u32, stored: Limit, named: &Text, findings: &mut Vec<Finding>) -> Limit {
        let text = normal(&self.text(row, Column::Limit));
        let day = [&DAY.zh, &DAY.en].iter().find_map(|words| {
            let (before, after) = words.split_once("{day}")?;
            text.strip_prefix(before.trim())?.strip_suffix(after.trim())?.trim().parse().ok()
        });
        let place = self.place(row, Column::Limit);
        let limit = match (parse_date(&text), day) {
            (Some(date), _) => Limit::Date(date),
            (None, Some(day)) => Limit::Day(day),
            (None, None) if text.is_empty() || is(&text, &OPEN_END) => Limit::Unknown,
            (None, None) => {
                let args = [("ref", named.clone()), ("column", Column::Limit.words()), ("text", text.into())];
                findings.push(BAD_DATE.at(place, &args));
                return stored;
            }
        };
        if is_changed(stored, limit) {
            let args = [("ref", named.clone()), ("stored", limit_shown(stored)), ("text", limit_shown(limit))];
            findings.push(LIMIT_CHANGED.at(place, &args));
        }
        limit
    }
}

/// Was a time limit changed? A date where none could be stated before is no change of mind.
fn is_changed(stored: Limit, limit: Limit) -> bool {
    limit != stored && !matches!((stored, limit), (Limit::Day(_) | Limit::Unknown, Limit::Date(_)))
}

/// The same but for spaces and line ends.
fn same_words(one: &str, two: &str) -> bool {
    let plain = |text: &str| normal(text).split_whitespace().collect::<String>();
    plain(one) == plain(two)
}

/// Is the reviewer of the responsible unit, or one of several?
fn same_body(reviewer: &str, owner: &str) -> bool {
    let reviewer = normal(reviewer).to_lowercase();
    let bodies = owner.split(['、', ',', '，', ';', '；', '\n']).map(|body| normal(body).to_lowercase());
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
