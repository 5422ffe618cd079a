//! The hidden store: whose the ledger is, its rows as they were written, and what earlier issues closed.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::ledger::alike::same_words;
use crate::ledger::layout::{Column, KIND, State, digest};
use crate::ledger::parts::is_of;
use crate::ledger::{Entry, Hand, Head, Limit, Row};
use crate::sheet::write::cell_text;
use crate::sheet::{Book, Sheet};
use crate::survey::layout::STORE;
use crate::text::Lang;
use crate::tree::Tree;
use crate::unit::{date_text, parse_date};

/// A row as it was written: what a person changes afterwards is seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    pub id: String,
    pub limit: Limit,
    /// Empty in ledgers that did not store it.
    pub owner: String,
    /// The action in the tree's words; empty in ledgers that did not store it.
    pub own_action: String,
    /// The time limit before anybody changed it, where somebody has.
    pub first_limit: Option<Limit>,
    /// The action as it was written.
    pub action: String,
    /// Who was responsible before anybody changed it, where somebody has.
    pub first_owner: Option<String>,
    pub score: Option<f64>,
    pub target: Option<f64>,
    /// What was filled in already when it was written.
    pub hand: Hand,
}

impl Stored {
    /// The row as it was written.
    pub fn row(&self) -> Row {
        Row {
            id: self.id.clone(),
            limit: self.limit,
            first_limit: self.first_limit,
            first_owner: self.first_owner.clone(),
            owner: self.owner.clone(),
            rewritten: !same_words(&self.own_action, &self.action),
            action: self.action.clone(),
            own_action: self.own_action.clone(),
            score: self.score,
            target: self.target,
            hand: self.hand.clone(),
            ..Row::default()
        }
    }

    /// What a column held when it was written; none where an older ledger does not say.
    pub fn text(&self, column: Column) -> Option<String> {
        let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        match column {
            Column::Action => known(&self.action),
            Column::Owner => known(&self.owner),
            Column::Limit => Some(limit_text(self.limit)),
            Column::Progress => Some(self.hand.progress.clone()),
            Column::Done => Some(self.hand.done.clone()),
            Column::Evidence => Some(self.hand.evidence.clone()),
            Column::Reviewer => Some(self.hand.reviewer.clone()),
            Column::Opinion => Some(self.hand.opinion.clone()),
            Column::State => Some(self.hand.state.words().zh.into_owned()),
            _ => None,
        }
    }
}

const ROW: &str = "row ";
const CLOSED: &str = "closed ";

pub fn limit_text(limit: Limit) -> String {
    match limit {
        Limit::Date(date) => date_text(date),
        Limit::Day(day) => day.to_string(),
        Limit::Unknown => String::new(),
    }
}

fn limit_of(text: &str) -> Limit {
    match (parse_date(text), text.parse().ok()) {
        (Some(date), _) => Limit::Date(date),
        (None, Some(day)) => Limit::Day(day),
        (None, None) => Limit::Unknown,
    }
}

pub fn write(sheet: &mut Worksheet, head: &Head, entries: &[Entry], lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(STORE)?.set_very_hidden(true);
    let own = entries.iter().filter(|entry| is_of(entry.owner.get(lang), &head.part));
    let content = digest(own.map(|entry| (entry.id.as_str(), &entry.hand)));
    let pairs = [
        ("kind", KIND.to_string()),
        ("tree", head.tree.clone()),
        ("digest", head.tree_sha256.clone()),
        ("unit", head.unit.clone()),
        ("period", head.period.clone()),
        ("issue", head.issue.to_string()),
        ("start", head.start.map(date_text).unwrap_or_default()),
        ("since", head.since.map(date_text).unwrap_or_default()),
        ("results", head.results_sha256.clone()),
        ("content", content),
    ];
    let part = Some(("part", head.part.clone())).filter(|(_, part)| !part.is_empty());
    let mut lines: Vec<Vec<String>> = pairs.into_iter().chain(part).map(|(key, value)| vec![key.to_string(), value]).collect();
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    lines.extend(entries.iter().map(|entry| {
        let hand = &entry.hand;
        vec![
            format!("{ROW}{}", entry.id),
            limit_text(entry.limit),
            entry.owner.get(lang).to_string(),
            entry.own_action.get(lang).to_string(),
            entry.first_limit.map(limit_text).unwrap_or_default(),
            if entry.action == entry.own_action { String::new() } else { entry.action.get(lang).to_string() },
            number(entry.score),
            number(entry.target),
            hand.state.words().get(lang).to_string(),
            hand.progress.clone(),
            hand.done.clone(),
            hand.evidence.clone(),
            hand.reviewer.clone(),
            hand.opinion.clone(),
            entry.first_owner.clone().unwrap_or_default(),
        ]
    }));
    lines.extend(head.closed.iter().map(|row| {
        let hand = &row.hand;
        let (score, target) = (number(row.score), number(row.target));
        let texts = [&row.owner, &score, &target, &hand.done, &hand.evidence, &hand.reviewer];
        [format!("{CLOSED}{}", row.id), limit_text(row.limit)].into_iter().chain(texts.into_iter().cloned()).collect()
    }));
    for (row, cells) in (0u32..).zip(&lines) {
        for (column, text) in (0u16..).zip(cells).filter(|(column, text)| *column < 2 || !text.is_empty()) {
            sheet.write_string(row, column, cell_text(text))?;
        }
    }
    Ok(())
}

fn store(book: &Book) -> Option<&Sheet> {
    book.sheets.iter().find(|sheet| sheet.name == STORE)
}

/// The rows as they were written.
pub fn rows(book: &Book) -> Vec<Stored> {
    let Some(sheet) = store(book) else { return Vec::new() };
    let row = |row: &u32| {
        let id = sheet.text(*row, 0).strip_prefix(ROW)?.to_string();
        let text = |column: u32| sheet.text(*row, column);
        let first_limit = Some(limit_of(&text(4))).filter(|limit| *limit != Limit::Unknown);
        let own_action = text(3);
        let action = Some(text(5)).filter(|action| !action.is_empty()).unwrap_or_else(|| own_action.clone());
        let state = State::named(&text(8)).unwrap_or_default();
        let hand = Hand { state, progress: text(9), done: text(10), evidence: text(11), reviewer: text(12), opinion: text(13) };
        let (score, target) = (text(6).parse().ok(), text(7).parse().ok());
        let first_owner = Some(text(14)).filter(|owner| !owner.is_empty());
        Some(Stored { id, limit: limit_of(&text(1)), owner: text(2), own_action, first_limit, action, score, target, hand, first_owner })
    };
    sheet.rows.keys().filter_map(row).collect()
}

/// What earlier issues closed, where nothing was scored since.
pub fn closed(book: &Book, tree: &Tree) -> Vec<Row> {
    let Some(sheet) = store(book) else { return Vec::new() };
    let row = |row: &u32| {
        let id = sheet.text(*row, 0).strip_prefix(CLOSED)?.to_string();
        let text = |column: u32| sheet.text(*row, column);
        let item = tree.items.iter().find(|item| item.id == id);
        Some(Row {
            reference: item.map_or_else(|| id.clone(), |item| item.reference.clone()),
            question: item.map(|item| item.question.zh.to_string()).unwrap_or_default(),
            limit: limit_of(&text(1)),
            owner: text(2),
            score: text(3).parse().ok(),
            target: text(4).parse().ok(),
            hand: Hand { done: text(5), evidence: text(6), reviewer: text(7), state: State::Closed, ..Hand::default() },
            id,
            earlier: true,
            ..Row::default()
        })
    };
    sheet.rows.keys().filter_map(row).collect()
}
