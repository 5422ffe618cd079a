//! The question bank (题库): what a course teaches about an item and asks of it, and a scenario for each kind of hazard.
//!
//! It stands beside a tree and is no part of it: a tree's digest does not change when a question does, and the bank has one of its own.

mod load;
mod question;
mod read;

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::text::{Text, t};
use crate::tree::hazards;
use crate::tree::vocabulary::{FACETS, HAZARD};

pub use load::{from_bytes, load};
pub use question::{LETTERS, Question, digest, shuffled};
pub use read::KINDS;

/// Wrong answers of a question.
pub const WRONG: usize = 3;
/// Injects of a scenario.
pub const INJECTS: usize = 4;

/// Questions and scenarios.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bank {
    pub entries: Vec<Entry>,
    pub scenarios: Vec<Scenario>,
}

/// One item's question and what has to be known to answer it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The item.
    pub id: String,
    /// What somebody can do after the course; empty where the question was made from the scale.
    pub objective: Text,
    /// How that is practised; none where the bank does not say.
    pub form: Option<Form>,
    /// What the course teaches.
    pub point: Text,
    pub stem: Text,
    pub right: Text,
    /// The common mistake first.
    pub wrong: [Text; WRONG],
}

/// A made-up emergency to drill in.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// A kind's position among the words of the hazard facet.
    pub hazard: usize,
    pub title: Text,
    pub setting: Text,
    /// One a step of [`inject_names`].
    pub injects: [Text; INJECTS],
    /// What an exercise waits to see, in the order of the injects.
    pub actions: Vec<Expected>,
}

/// One expected action of an exercise (应有动作).
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Position of the inject that it answers.
    pub inject: usize,
    /// Topic and audience by their ids in the tree whose bank it is.
    pub topic: String,
    pub audience: String,
    /// Minutes from the inject within which it has to be done.
    pub minutes: usize,
    pub what: Text,
}

/// How something is practised, least by doing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Lecture,
    /// With papers, registers and figures at a table.
    Desk,
    /// With one's hands or on the spot, timed or played.
    Drill,
}

impl Form {
    /// Each with the word that a bank writes.
    pub const ALL: [(Form, &str); 3] = [(Form::Lecture, "讲授"), (Form::Desk, "案头"), (Form::Drill, "实操")];

    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).map_or("", |(_, word)| word)
    }

    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(form, _)| *form)
    }
}

/// What each inject of a scenario is about.
pub fn inject_names() -> [Text; INJECTS] {
    [t("预警", "Warning"), t("第一小时", "First hour"), t("事态扩大", "Widening"), t("善后", "Aftermath")]
}

impl Bank {
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    pub fn scenario(&self, hazard: usize) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.hazard == hazard)
    }

    /// SHA-256 of what the bank says, however its files are laid out.
    pub fn sha256(&self) -> String {
        let entries: Vec<_> = self.entries.iter().map(Entry::json).collect();
        let scenarios: Vec<_> = self.scenarios.iter().map(Scenario::json).collect();
        crate::tree::hex(&Sha256::digest(json!({"entries": entries, "scenarios": scenarios}).to_string().as_bytes()))
    }
}

impl Entry {
    fn json(&self) -> serde_json::Value {
        json!({
            "id": self.id, "objective": self.objective, "form": self.form.map(Form::word), "point": self.point, "stem": self.stem, "right": self.right, "wrong": self.wrong,
        })
    }
}

impl Expected {
    fn json(&self) -> serde_json::Value {
        json!({"inject": self.inject + 1, "topic": self.topic, "audience": self.audience, "minutes": self.minutes, "what": self.what})
    }
}

impl Scenario {
    fn json(&self) -> serde_json::Value {
        let hazard = FACETS[HAZARD].vocabulary.words.get(self.hazard).map_or("", |word| word.word);
        json!({"hazard": hazard, "title": self.title, "setting": self.setting, "injects": self.injects,
            "actions": self.actions.iter().map(Expected::json).collect::<Vec<_>>()})
    }

    pub fn hazard_name(&self) -> Text {
        hazards::name(self.hazard)
    }
}
