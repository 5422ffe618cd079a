//! A filled ledger becomes its rows, checked; whatever does not hold is a finding at its cell.

use crate::finding::Finding;
use crate::ledger::alike::{is_changed, same_words};
use crate::ledger::blank::limit_shown;
use crate::ledger::closing::Closing;
use crate::ledger::layout::{Column, DAY, OPEN_END, State, digest};
use crate::ledger::parts::is_of;
use crate::ledger::store::{self, Stored};
use crate::ledger::texts::{
    BAD_DATE, CHANGED_ID, LIMIT_CHANGED, NO_HEADER, NO_STATE, OTHER_DIGEST, OTHER_TREE, OTHER_UNIT, OTHER_WORD, ROW_MISSING, TWICE,
    UNKNOWN_ID, UNKNOWN_STATE,
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
use crate::unit::{Date, date_text, normal, parse_date};

/// A ledger that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The files that it was read from; several where departments filled in their rows of one issue.
    pub files: Vec<String>,
    pub period: String,
    pub issue: usize,
    /// The responsible unit whose rows alone it lists; empty where it lists all.
    pub part: String,
    pub start: Option<Date>,
    /// The start of the first issue that rows come from.
    pub since: Option<Date>,
    /// Of the `results.json` from which it was made.
    pub results_sha256: String,
    /// Has anybody worked on it since it was written?
    pub touched: bool,
    /// In the order of the sheet, then those that are gone, and last what earlier issues closed.
    pub rows: Vec<Row>,
    /// What is wrong in it, in the order of the sheet.
    pub said: Vec<Said>,
    /// Rows as they were written.
    pub(super) stored: Vec<Stored>,
}

/// What is wrong in a ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The row's item; none where a row belongs to none.
    pub id: Option<String>,
    pub finding: Finding,
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
    /// It stands in the ledgers of other responsible units.
    pub elsewhere: bool,
    /// An earlier issue closed it, and this one does not list it.
    pub earlier: bool,
    /// The time limit as it was written, where it was changed since.
    pub limit_was: Option<Limit>,
    /// The time limit of the first issue, where any issue changed it.
    pub first_limit: Option<Limit>,
    /// Who was responsible in the first issue, where any issue changed it.
    pub first_owner: Option<String>,
    /// Who was responsible as it was written, where that was changed since.
    pub owner_was: Option<String>,
    /// The action in the tree's words.
    pub own_action: String,
    /// Is the action in other words than the tree's?
    pub rewritten: bool,
    /// Why it counts as to be reviewed though it was closed; empty where it was not.
    pub not_closed: Vec<NotClosed>,
    /// What stood under State, where it is no state.
    pub unread_state: Option<String>,
    /// Several copies fill it in differently; it stands as it was written.
    pub disputed: bool,
    /// What may be filled in, as it was.
    pub(super) cells: Vec<Filling>,
}

/// One cell that is filled in by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Filling {
    pub(super) column: Column,
    /// As it compares with other copies: dates and states in one way of writing.
    pub(super) text: String,
    pub(super) place: Place,
}

/// What keeps a row from being closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotClosed {
    NoEvidence,
    NoReviewer,
    ByItself,
    BadDate,
    FutureDate,
    EarlyDate,
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
    part: String,
    tree: &'a Tree,
    /// Nothing was done before it.
    since: Option<Date>,
    today: Option<Date>,
}

/// Reads the ledger of a unit; none where it is another's or holds no table. What is wrong with the whole of it goes to `findings`.
pub fn read(book: &Book, file: &str, tree: &Tree, unit: &str, today: Option<Date>, findings: &mut Vec<Finding>) -> Option<Filled> {
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
    let part = store.value("part");
    let reader = Reader { table, stored: store::rows(book), part, tree, since, today };
    let mut said = Vec::new();
    let mut rows = reader.rows(&mut said);
    let touched = {
        let typed: Vec<(String, Hand)> = reader.typed();
        let agreed = rows.iter().any(|row| row.limit_was.is_some() || row.owner_was.is_some() || reader.retyped(row));
        agreed || digest(typed.iter().map(|(id, hand)| (id.as_str(), hand))) != store.value("content")
    };
    rows.extend(store::closed(book, tree));
    Some(Filled {
        files: vec![file.to_string()],
        period: store.value("period"),
        issue: store.value("issue").parse().unwrap_or(1),
        start,
        since,
        results_sha256: store.value("results"),
        touched,
        rows,
        said,
        part: reader.part,
        stored: reader.stored,
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
            state: self.state(row).unwrap_or_default(),
        }
    }

    fn state(&self, row: u32) -> Option<State> {
        let text = self.text(row, Column::State);
        State::named(&text).or_else(|| State::meant(&text))
    }

    /// What was typed, row by row, as it is compared with what was written. A state that is none shows in what is checked.
    fn typed(&self) -> Vec<(String, Hand)> {
        let typed = |row: u32| {
            let mut hand = self.hand(row);
            if self.state(row).is_none() {
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
        !row.gone && !row.elsewhere && !written.is_empty() && !same_words(written, &row.action)
    }

    fn reference(&self, id: &str) -> String {
        self.tree.items.iter().find(|item| item.id == id).map_or_else(|| id.to_string(), |item| item.reference.clone())
    }

    fn rows(&self, said: &mut Vec<Said>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for row in self.lines() {
            let mut findings = Vec::new();
            let id = self.id(row, &mut findings);
            match &id {
                Some(id) if rows.iter().any(|known| known.id == *id) => {
                    findings.push(TWICE.at(self.place(row, Column::Ref), &[("ref", self.reference(id).into())]));
                }
                Some(id) => rows.push(self.row(row, id.clone(), &mut findings)),
                None => {}
            }
            said.extend(findings.into_iter().map(|finding| Said { id: id.clone(), finding }));
        }
        for stored in &self.stored {
            let reference = self.reference(&stored.id);
            if rows.iter().any(|row| row.id == stored.id) {
                continue;
            }
            if is_of(&stored.owner, &self.part) {
                let place = Place::sheet(self.table.file, &self.table.sheet.name);
                said.push(Said { id: Some(stored.id.clone()), finding: ROW_MISSING.at(place, &[("ref", reference.clone().into())]) });
                rows.push(Row { reference, gone: true, ..stored.row() });
            } else {
                let item = self.tree.items.iter().find(|item| item.id == stored.id);
                let question = item.map(|item| item.question.zh.to_string()).unwrap_or_default();
                rows.push(Row { reference, question, elsewhere: true, ..stored.row() });
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
        let mut hand = self.hand(row);
        let unread_state = self.read_state(row, &named, &mut hand, findings);
        let owner = self.text(row, Column::Owner);
        let proof = self.text(row, Column::Proof);
        let (since, today) = (self.since, self.today);
        let closing = Closing { named: &named, owner: &owner, proof: &proof, since, today, place: &|column| self.place(row, column) };
        let not_closed = closing.judge(&mut hand, findings);
        let score = |column: Column| match self.table.cell(row, self.column(column)).map(|cell| &cell.content) {
            Some(Content::Number(number)) => Some(*number),
            Some(Content::Text(text)) => Number::parse(&normal(text)).map(|number| number.to_f64()),
            _ => None,
        };
        let stored = self.stored(&id).cloned().unwrap_or_default();
        let limit = self.limit(row, stored.limit, &named, findings);
        let action = self.text(row, Column::Action);
        let own_action = if stored.own_action.is_empty() { action.clone() } else { stored.own_action };
        let cells = self.cells(row, limit);
        Row {
            limit_was: Some(stored.limit).filter(|was| is_changed(*was, limit)),
            first_limit: Some(stored.first_limit.unwrap_or(stored.limit)).filter(|first| is_changed(*first, limit)),
            first_owner: stored
                .first_owner
                .or_else(|| Some(stored.owner.clone()))
                .filter(|first| !first.is_empty() && !same_words(first, &owner)),
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
            unread_state,
            cells,
            gone: false,
            elsewhere: false,
            earlier: false,
            disputed: false,
        }
    }

    /// Takes other words for a state, and tells what is none; that text.
    fn read_state(&self, row: u32, named: &Text, hand: &mut Hand, findings: &mut Vec<Finding>) -> Option<String> {
        let known: Vec<Text> = State::ALL.iter().map(|(_, words)| words.clone()).collect();
        let known = Text::join(&known, "、", ", ");
        let text = self.text(row, Column::State);
        let place = self.place(row, Column::State);
        let nothing = Hand { state: hand.state, ..Hand::default() };
        if State::named(&text).is_some() {
            return None;
        }
        let args = [("ref", named.clone()), ("text", text.clone().into())];
        if let Some(state) = State::meant(&text) {
            let used = [("used", state.words())];
            findings.push(OTHER_WORD.at(place, &args.into_iter().chain(used).collect::<Vec<_>>()));
            return None;
        }
        if text.is_empty() {
            hand.state = if *hand == nothing { State::NotStarted } else { State::UnderWay };
            findings.push(NO_STATE.at(place, &[("ref", named.clone()), ("used", hand.state.words()), ("known", known)]));
            return None;
        }
        hand.state = State::UnderWay;
        let guess = match State::like(&text) {
            Some(state) => t("是不是“{state}”？", "Is it \"{state}\"? ").with(&[("state", state.words())]),
            None if ["完成", "已完成", "办结", "已办结", "done"].contains(&normal(&text).to_lowercase().as_str()) => t(
                "自己认为做完的选“待复核”，别的单位复核过的选“已销号”。",
                "What is done in its own eyes is to be reviewed; what somebody else has reviewed is closed. ",
            ),
            None => Text::default(),
        };
        findings.push(UNKNOWN_STATE.at(place, &args.into_iter().chain([("known", known), ("guess", guess)]).collect::<Vec<_>>()));
        Some(text)
    }

    /// What may be filled in, as it compares with other copies.
    fn cells(&self, row: u32, limit: Limit) -> Vec<Filling> {
        let cell = |column: Column| {
            let text = self.text(row, column);
            let text = match column {
                Column::Limit => store::limit_text(limit),
                Column::Done => parse_date(&normal(&text)).map_or(text, date_text),
                Column::State => self.state(row).map_or(text, |state| state.words().zh.into_owned()),
                _ => text,
            };
            Filling { column, text, place: self.place(row, column) }
        };
        Column::OPEN.map(cell).to_vec()
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
