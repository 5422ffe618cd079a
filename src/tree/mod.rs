//! The indicator tree: groups with children, items as leaves. Past this folder no one knows that YAML exists.

mod advice;
mod construct;
pub mod content;
pub mod crosswalk;
mod declared;
mod embedded;
mod find;
pub mod hazards;
mod json;
mod load;
mod local;
mod profile;
mod requires;
mod rules;
mod schema;
mod shown;
pub(crate) mod source;
mod syntax;
pub mod vocabulary;
mod yaml;

use crate::number::Number;
use crate::place::Place;
use crate::policy::Policy;
use crate::scale::Scaled;
use crate::text::Text;

pub use construct::{KINDS as CONSTRUCT_KINDS, hex};
pub use content::KINDS as CONTENT_KINDS;
use content::{Content, Law, Named};
pub use embedded::{NAMES, named};
pub use find::holds;
pub use hazards::HazardProfile;
pub use load::{KINDS as LOAD_KINDS, from_bytes, load};
pub use local::{LeftOut, Local, Node, RealDepartment};
pub use profile::Profile;
pub use requires::{KINDS as REQUIRES_KINDS, Requirement};
pub use schema::schema;
pub use source::KINDS as SOURCE_KINDS;
pub use syntax::KINDS as SYNTAX_KINDS;
pub use yaml::KINDS as YAML_KINDS;

/// A tree read, and the source texts that its findings point into.
#[derive(Debug)]
pub struct Loaded {
    /// None where the findings hold an error.
    pub tree: Option<Tree>,
    /// File name and text.
    pub sources: Vec<(String, String)>,
}

/// An indicator system, valid once built.
#[derive(Clone, Debug)]
pub struct Tree {
    pub id: String,
    pub edition: String,
    pub name: Text,
    pub departments: Vec<Department>,
    /// Laws and documents that items cite.
    pub laws: Vec<Law>,
    /// Topics of training.
    pub topics: Vec<Named>,
    pub audiences: Vec<Named>,
    /// Ids of earlier editions that are never used again.
    pub retired: Vec<Retired>,
    /// The group that asks how the place analyses its hazards: evidence beside a hazard profile, never turned into one.
    pub hazard_analysis: Option<usize>,
    pub policy: Policy,
    /// Depth-first; a parent stands before its children.
    pub groups: Vec<Group>,
    /// Depth-first.
    pub items: Vec<Item>,
    /// What this run decides for itself; no part of the digest.
    pub local: Local,
    /// Of the bytes that `tree show --json` prints.
    pub sha256: String,
}

#[derive(Clone, Debug)]
pub struct Department {
    pub id: String,
    pub name: Text,
    /// 上级或评估组: its facts are not asked of the assessed.
    pub outsider: bool,
}

/// An item of an earlier edition.
#[derive(Clone, Debug)]
pub struct Retired {
    pub id: String,
    /// The edition that dropped it.
    pub edition: String,
    /// Ids that took its place.
    pub replaced_by: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub code: String,
    /// Index into `groups`.
    pub parent: Option<usize>,
    /// 1 for a group without a parent.
    pub level: usize,
    pub name: Text,
    pub weight: f64,
    pub target: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criticality {
    Normal,
    Key,
    Veto,
}

impl Criticality {
    pub const ALL: [(Criticality, &str); 3] = [(Criticality::Normal, "normal"), (Criticality::Key, "key"), (Criticality::Veto, "veto")];

    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(criticality, _)| *criticality == self).map_or("normal", |(_, code)| code)
    }

    /// Weight of an item that states none.
    pub fn weight(self) -> f64 {
        match self {
            Criticality::Normal => 1.0,
            Criticality::Key => 2.0,
            Criticality::Veto => 3.0,
        }
    }

    /// The mark before a question; empty for a normal item.
    pub fn mark(self) -> &'static str {
        match self {
            Criticality::Normal => "",
            Criticality::Key => "☆",
            Criticality::Veto => "★",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Item {
    /// Permanent; carries no position.
    pub id: String,
    pub rev: usize,
    /// Display number; the position in this edition.
    pub reference: String,
    /// Index into `groups`.
    pub parent: Option<usize>,
    pub question: Text,
    pub weight: f64,
    pub criticality: Criticality,
    /// Score at or below which a veto has failed.
    pub fails_at: Number,
    /// Vetoes that share one count as one.
    pub veto_group: Option<String>,
    pub target: Option<f64>,
    /// The condition for 不适用; none: it is not allowed.
    pub na: Option<Text>,
    /// Index into `departments`.
    pub lead: Option<usize>,
    pub confirm: Vec<usize>,
    pub content: Content,
    /// Where its id stands in the tree file.
    pub place: Place,
    pub scaled: Scaled,
}

impl Tree {
    /// The group at the top above a group.
    pub fn top_of(&self, group: usize) -> usize {
        let mut at = group;
        while let Some(parent) = self.groups.get(at).and_then(|group| group.parent) {
            at = parent;
        }
        at
    }

    /// The level-1 group of an item.
    pub fn top_of_item(&self, item: &Item) -> Option<usize> {
        item.parent.map(|group| self.top_of(group))
    }

    /// Is the item's fact one that only an outsider can give?
    pub fn asks_outsider(&self, item: &Item) -> bool {
        item.lead.and_then(|lead| self.departments.get(lead)).is_some_and(|department| department.outsider)
    }

    pub fn lead_name(&self, item: &Item) -> Text {
        item.lead.and_then(|lead| self.departments.get(lead)).map(|department| department.name.clone()).unwrap_or_default()
    }

    /// The department whose name in either language this is, compared as trimmed NFKC.
    pub fn department_named(&self, name: &str) -> Option<usize> {
        let name = crate::unit::normal(name).to_lowercase();
        self.departments.iter().position(|department| {
            [&department.name.zh, &department.name.en].iter().any(|side| crate::unit::normal(side).to_lowercase() == name)
        })
    }
}
