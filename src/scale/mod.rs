//! A cell becomes an answer, an answer a worth from 0 to 1.
//!
//! One file a scale; [`SCALES`] is the table of all of them. A new scale is one file here and its line in the table.

mod cause;
mod cell;
mod checklist;
mod dates;
mod enclosed;
pub mod expression;
mod level;
mod limit;
pub mod measure;
mod number;
mod obstacle;
mod odd;
mod pieces;
mod points;
mod range;
mod rate;
mod share;
mod small;
mod turned;
mod way_out;
mod words;
mod yes_no;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json};

use crate::finding::{Finding, Kind, Severity};
use crate::node::{Fields, Node};
use crate::number::Number;
use crate::place::Place;
use crate::scale::expression::{Expression, Inputs};
use crate::text::{Text, t};

pub use cause::Cause;
pub use cell::{Asked, Judged, State, Typed, judge};
pub use obstacle::{Obstacle, Wants};
pub use rate::{is_torn, percent_of};
pub use share::bare_number;
pub use turned::has_letter_for_digit;
pub use words::{ANSWER_IN_NOTE, KINDS, NO_DATA, NOT_APPLICABLE, RATE_OVER};

/// What a scale read in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// 0 to 1, exact.
    pub worth: Number,
    /// The numbers that the worth is computed from.
    pub inputs: Inputs,
    /// What was read, in its plainest form.
    pub value: String,
    /// The number read, exactly: its text may be cut where its decimals never end.
    pub exact: Option<Number>,
    /// Set where the value is just short of the next step: by how much.
    pub short_by: Option<Text>,
    /// What was dropped or rewritten on the way, for a note.
    pub normalised: bool,
}

/// Why a cell is unreadable: the kind of finding and what fills it.
#[derive(Clone, Debug)]
pub struct Unreadable {
    pub kind: &'static Kind,
    pub args: Vec<(&'static str, Text)>,
    /// What is in the way of reading the text, where that is all that is known.
    pub obstacle: Option<Obstacle>,
    /// What to do in place of the kind's own advice, as where the whole sheet is spoilt.
    pub advice: Option<Box<Text>>,
}

impl Unreadable {
    pub fn new(kind: &'static Kind) -> Self {
        Unreadable::with(kind, Vec::new())
    }

    pub fn with(kind: &'static Kind, args: Vec<(&'static str, Text)>) -> Self {
        Unreadable { kind, args, obstacle: None, advice: None }
    }

    /// The same with another advice.
    pub fn advising(self, advice: Text) -> Self {
        Unreadable { advice: Some(Box::new(advice)), ..self }
    }

    /// As said of its cell.
    pub fn at(&self, severity: Severity, place: Place) -> Finding {
        let finding = self.kind.softened(severity, place, &self.args);
        match &self.advice {
            Some(advice) => finding.advising(Text::clone(advice)),
            None => finding,
        }
    }
}

/// A step up: what it is worth, and what it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// 0 to 1.
    pub worth: Number,
    pub what: Text,
}

/// What leads from an answer up to a worth, said from the answer itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// What is missing or has to cease, by name; and what is there already, of which no advice need speak.
    Named { what: Text, there: Vec<Text> },
    /// From where to where.
    Rise(Text),
}

/// What may be answered to an item.
pub trait Scale: fmt::Debug + Send + Sync {
    /// The parameters as `tree show --json` prints them, without `type`.
    fn json(&self) -> Map<String, Json>;
    /// Reads text that is trimmed NFKC and no state word.
    fn read(&self, text: &str, question: &Text) -> Result<Reading, Unreadable>;
    /// The largest number that it names; none where answers have a limit of their own.
    fn largest(&self) -> Option<Number> {
        None
    }
    /// What is asked of an answer that was read, where something else may have been meant.
    fn doubt(&self, _text: &str, _reading: &Reading, _question: &Text) -> Option<Unreadable> {
        None
    }
    /// What it reads, for whoever says why it did not.
    fn wants(&self) -> Wants;
    /// The worth of an answer, 0 to 1, as arithmetic over its inputs.
    fn worth_expression(&self) -> Expression;
    /// How it is scored, a line a step.
    fn guide(&self) -> Text;
    /// What may be typed, in one phrase.
    fn hint(&self) -> Text;
    /// The steps from worst to best, as far as they are countable.
    fn steps(&self) -> Vec<Step>;
    /// The entries of a drop-down; empty where the cell is free.
    fn choices(&self) -> Vec<Text> {
        Vec::new()
    }
    /// Described steps from worst to best; empty where the scale describes none.
    fn anchors(&self) -> &[Text] {
        &[]
    }
    /// Would a spreadsheet spoil what is typed here (`3/5` to a date, `1,3` to 13) if the cell were not text?
    fn text_cell(&self) -> bool {
        false
    }

    /// An answer as a reader understands it away from its item.
    fn shown(&self, text: &str, _question: &Text) -> Text {
        Text::same(plain(text))
    }

    /// The same with what it stands for or lacks, as long as that is short.
    fn described(&self, text: &str, question: &Text) -> Text {
        self.shown(text, question)
    }

    /// What an answer says in the words of the scoring guide; empty where it has none, and where it cannot be read.
    fn meaning(&self, text: &str, question: &Text) -> Text {
        let Ok(reading) = self.read(&crate::unit::normal(text), question) else { return Text::default() };
        let reached = self.steps().into_iter().rfind(|step| step.worth <= reading.worth);
        match reached {
            Some(step) => step.what,
            // What lies between its steps has no words of its own.
            None if reading.worth > Number::zero() => Text::default(),
            None => t("没有达到第一档", "below the first step"),
        }
    }

    /// What leads from an answer to one of the steps, on from `below` where that step has been reached on the way; none where the scale
    /// has no words for it.
    fn way(&self, text: &str, question: &Text, below: Option<&Number>, worth: &Number) -> Option<Way> {
        self.read(&crate::unit::normal(text), question).ok()?;
        let to = self.steps().into_iter().find(|step| step.worth == *worth)?.what;
        Some(Way::Rise(match below {
            Some(_) => to,
            None => t("{from} → {to}", "{from} → {to}").with(&[("from", self.shown(text, question)), ("to", to)]),
        }))
    }

    /// The next step above a worth.
    fn next(&self, worth: f64) -> Option<Step> {
        self.steps().into_iter().find(|step| step.worth.to_f64() > worth + 1e-9)
    }
}

/// An answer without full-width digits and stray spaces.
fn plain(text: &str) -> String {
    crate::unit::normal(text).replace(" / ", "/")
}

/// A percentage with its sign, which may have been left out.
fn plain_percent(text: &str) -> String {
    let plain = plain(text);
    if Number::parse(&plain).is_some() { format!("{plain}%") } else { plain }
}

/// How a scale reads its own keys; none, with findings, where they are wrong.
pub type FromFields = fn(&mut Fields<'_>, &mut Vec<Finding>) -> Option<Box<dyn Scale>>;

/// A scale's name in the tree and how it reads its own keys.
pub struct Entry {
    pub name: &'static str,
    pub words: Text,
    pub from: FromFields,
}

/// All scales. The schema, the check "unknown scale" and the documents come from here.
pub static SCALES: [Entry; 9] = [
    level::ENTRY,
    yes_no::ENTRY,
    rate::ENTRY,
    number::COUNT,
    number::QUANTITY,
    number::DURATION,
    range::ENTRY,
    checklist::ENTRY,
    points::ENTRY,
];

/// An item's scale: its name in the table and its parameters.
#[derive(Clone, Debug)]
pub struct Scaled {
    pub name: &'static str,
    /// Shared by the copies of a tree.
    pub scale: Arc<dyn Scale>,
    guide: Arc<OnceLock<Text>>,
}

impl Scaled {
    /// Reads `{type: …, …}`.
    pub fn from_node(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut fields = Fields::of(node, "scale", findings)?;
        let kind = fields.need("type", "type: level", findings)?;
        let name = kind.text("type", findings)?;
        let Some(entry) = SCALES.iter().find(|entry| entry.name == name) else {
            let known: Vec<Text> = SCALES.iter().map(|entry| entry.name.into()).collect();
            findings.push(words::UNKNOWN_SCALE.at(kind.place.clone(), &[("name", name.into()), ("known", Text::join(&known, "、", ", "))]));
            return None;
        };
        let scale = (entry.from)(&mut fields, findings);
        fields.done(findings);
        Some(Scaled { name: entry.name, scale: scale?.into(), guide: Arc::default() })
    }

    /// The scale's guide, put together once: each survey of a run is compared with it.
    pub fn guide(&self) -> &Text {
        self.guide.get_or_init(|| self.scale.guide())
    }

    pub fn json(&self) -> Json {
        let mut map = Map::new();
        map.insert("type".into(), self.name.into());
        map.extend(self.scale.json());
        Json::Object(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_scales_share_a_name_and_each_has_words() {
        for (index, entry) in SCALES.iter().enumerate() {
            assert!(SCALES[..index].iter().all(|other| other.name != entry.name), "{}", entry.name);
            assert!(!entry.words.zh.is_empty() && !entry.words.en.is_empty());
        }
    }
}
