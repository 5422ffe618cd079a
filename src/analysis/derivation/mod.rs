//! Where one score comes from (得分由来): an item down to its cells, a group or the total down to its children.
//!
//! Scores and shares are the results' own; what would change them is scored anew over the tree, other items as they are.

mod item;
mod mean;
mod verdict;

use serde::Serialize;

use crate::number::{shortest, shortest_or_null};
use crate::policy::Merge;
use crate::result::{Counts, GradeReason, ItemNeed, ItemResult, Results, TargetFrom};
use crate::text::{Text, t};
use crate::tree::{Node, Tree};
use crate::unit::normal;

pub use item::item;
pub use mean::mean;

/// What a derivation is of; indices into the tree's items and groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Total,
    Group(usize),
    Item(usize),
}

/// The words for the total.
pub const TOTAL: Text = t("总分", "total");

impl Subject {
    /// None for the total.
    pub fn node(self) -> Option<Node> {
        match self {
            Subject::Total => None,
            Subject::Group(group) => Some(Node::Group(group)),
            Subject::Item(item) => Some(Node::Item(item)),
        }
    }
}

impl From<Node> for Subject {
    fn from(node: Node) -> Self {
        match node {
            Node::Group(group) => Subject::Group(group),
            Node::Item(item) => Subject::Item(item),
        }
    }
}

/// The total by its word, else what the tree finds.
pub fn subjects(tree: &Tree, name: &str) -> Vec<Subject> {
    let asked = normal(name);
    if asked == TOTAL.zh || asked.to_lowercase() == TOTAL.en {
        return vec![Subject::Total];
    }
    tree.find(name).into_iter().map(Subject::from).collect()
}

/// A score as a derivation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "node", rename_all = "snake_case")]
pub enum Derivation {
    Item(ItemDerivation),
    /// A group, or the total.
    #[serde(rename = "group")]
    Mean(MeanDerivation),
}

pub fn derivation(results: &Results, tree: &Tree, subject: Subject) -> Derivation {
    match subject {
        Subject::Item(index) => Derivation::Item(item(results, tree, index)),
        Subject::Group(index) => Derivation::Mean(mean(results, tree, Some(index))),
        Subject::Total => Derivation::Mean(mean(results, tree, None)),
    }
}

/// One item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemDerivation {
    /// Index into the results' items.
    #[serde(skip)]
    pub item: usize,
    pub id: String,
    #[serde(rename = "ref")]
    pub reference: String,
    pub question: Text,
    pub state: String,
    /// 0 to 100, unrounded; none where it left.
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    /// Every cell on record, in the order of the results.
    pub cells: Vec<Cell>,
    pub merge: Merge,
    /// Why it left; none where it has a score.
    pub left: Option<Left>,
    /// The step that the score reaches; none below the first.
    pub reached: Option<Text>,
    /// Several answers were merged to a score between two steps.
    pub is_between: bool,
    /// The next step up; none at the top, and where there is no score.
    pub next: Option<Next>,
    pub criticality: String,
    /// The reasons of the grade that name the item.
    pub grade_reasons: Vec<GradeReason>,
    /// From the item up to the total.
    pub path: Vec<Level>,
    /// Effective weight in the total, 0 to 1.
    #[serde(serialize_with = "shortest")]
    pub share: f64,
    /// share x score: points of the total.
    #[serde(serialize_with = "shortest_or_null")]
    pub contribution: Option<f64>,
    pub target: Target,
    pub what_if: Vec<WhatIf>,
}

/// A group, or the total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeanDerivation {
    /// Index into the results' groups; none for the total.
    #[serde(skip)]
    pub group: Option<usize>,
    /// None for the total.
    pub code: Option<String>,
    pub name: Text,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub rounded: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub low: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub high: Option<f64>,
    /// Band code of the rounded score, before any cap.
    pub band: Option<String>,
    /// Band code.
    pub grade: Option<String>,
    /// The total's reasons; of a level-1 group those of key items at 0 under it.
    pub grade_reasons: Vec<GradeReason>,
    /// None for the total.
    #[serde(serialize_with = "shortest_or_null")]
    pub coverage: Option<f64>,
    pub counts: Counts,
    /// Children with a score; items, then groups, each in tree order.
    pub children: Vec<Child>,
    /// The sum of their weights.
    #[serde(serialize_with = "shortest")]
    pub weights: f64,
    /// Children without a score.
    pub gone: Vec<Gone>,
    /// From the group up to the total; empty for the total.
    pub path: Vec<Level>,
    #[serde(serialize_with = "shortest")]
    pub share: f64,
    /// share x score: points of the total.
    #[serde(serialize_with = "shortest_or_null")]
    pub contribution: Option<f64>,
    /// None for the total, which has no target of its own.
    pub target: Option<Target>,
}

/// One cell on record for an item, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    pub file: String,
    pub sheet: String,
    pub cell: String,
    /// The cover's text.
    pub respondent: String,
    pub submission: usize,
    /// Does it stand under 复核?
    pub review: bool,
    pub text: String,
    pub state: String,
    /// What was read, in its plainest form; none where nothing was.
    pub value: Option<String>,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    pub evidence: String,
    /// 说明 of a self-rating, 复核说明 of a review.
    pub note: String,
    pub verification: String,
    pub verdict: Verdict,
}

/// Does a cell count, and if not, why?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Its score is the item's, or one of those merged; no data counts as 0.
    Counts,
    /// Chosen, not applicable: by it the item leaves.
    Leaves,
    /// Chosen, and cannot be read: the item has no answer.
    Unreadable,
    /// Chosen, and empty: the item has no answer.
    Blank,
    /// Chosen, but what another cell says comes first: an answer, then no data, then not applicable, then what is unreadable.
    Outweighed,
    /// The item is not assessed.
    OutOfScope,
    /// Equal as read to the version that counts.
    Copy,
    /// A later submission says something else.
    Superseded,
    /// Blank beside a filled one of the same submission.
    BlankBeside,
    /// Filled otherwise than another of the same submission.
    Torn,
    /// A review replaces every self-rating.
    Reviewed,
    /// The assessors' own workbook answers.
    Assessor,
    /// The lead department answers.
    Lead,
    /// An outsider's item, rated by somebody else.
    SetAside,
    /// Not chosen, for a reason that the results do not show.
    Otherwise,
}

impl Verdict {
    /// Did the item come to its state by such a cell?
    pub fn decides(self) -> bool {
        matches!(self, Verdict::Counts | Verdict::Leaves | Verdict::Unreadable | Verdict::Blank)
    }
}

/// Why a node has no score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Left {
    /// A state, `children` of a group: all of its own left; `withheld` of a sensitive item of redacted results, which did not leave.
    pub why: String,
    /// What was written: of not applicable each respondent's reason, of out of scope the settings'.
    pub reasons: Vec<String>,
    /// The post that approved it, of out of scope.
    pub approved_by: String,
    /// The profile that does not ask it, of out of scope.
    pub profile: Option<Text>,
}

/// The next step up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// The item's score there.
    #[serde(serialize_with = "shortest")]
    pub score: f64,
    pub what: Text,
    /// Points the total gains.
    #[serde(serialize_with = "shortest")]
    pub gain: f64,
}

/// One level of the way up: a node among its siblings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Level {
    /// A ref or a code.
    pub code: String,
    /// Code of the group it stands in; none for the total.
    pub parent: Option<String>,
    #[serde(serialize_with = "shortest")]
    pub weight: f64,
    /// The weights of all siblings with a score, its own among them.
    #[serde(serialize_with = "shortest")]
    pub weights: f64,
    /// weight / weights; none where the node left.
    #[serde(serialize_with = "shortest_or_null")]
    pub part: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    #[serde(serialize_with = "shortest")]
    pub target: f64,
    pub from: TargetFrom,
    #[serde(serialize_with = "shortest_or_null")]
    pub gap: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub loss: Option<f64>,
    /// Of an item, where the hazard profile set it: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<ItemNeed>,
}

/// The total if one item were otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    pub case: Case,
    #[serde(serialize_with = "shortest_or_null")]
    pub total: Option<f64>,
    /// Points against the total as it is; none where either is missing.
    #[serde(serialize_with = "shortest_or_null")]
    pub change: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    NextStep,
    /// The best answer, 100.
    Best,
    /// The worst answer, 0.
    Worst,
    /// It left as not applicable.
    NotApplicable,
}

/// A child with a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Child {
    /// A ref or a code.
    pub code: String,
    /// The item's id; none for a group.
    pub id: Option<String>,
    pub name: Text,
    pub state: Option<String>,
    #[serde(serialize_with = "shortest")]
    pub weight: f64,
    /// Of the children with a score, 0 to 1.
    #[serde(serialize_with = "shortest")]
    pub part: f64,
    #[serde(serialize_with = "shortest")]
    pub score: f64,
    /// part x score: points of the group's score.
    #[serde(serialize_with = "shortest")]
    pub into: f64,
    #[serde(serialize_with = "shortest")]
    pub share: f64,
    /// share x score: points of the total.
    #[serde(serialize_with = "shortest")]
    pub contribution: f64,
}

/// A child without a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gone {
    /// A ref or a code.
    pub code: String,
    pub id: Option<String>,
    pub name: Text,
    #[serde(serialize_with = "shortest")]
    pub weight: f64,
    /// Of a group: its items by state.
    pub counts: Option<Counts>,
    pub left: Left,
}

/// Does an item count? In redacted results the score of a sensitive one is withheld, its share is not.
fn has_share(item: &ItemResult) -> bool {
    item.score.is_some() || item.share > 0.0
}

/// Weights of the siblings with a score under a parent, the root where there is none.
fn weights_under(results: &Results, parent: Option<&str>) -> f64 {
    let items = results.items.iter().filter(|item| item.parent.as_deref() == parent && has_share(item)).map(|item| item.weight);
    let groups = results.groups.iter().filter(|group| group.parent.as_deref() == parent && group.score.is_some()).map(|group| group.weight);
    items.sum::<f64>() + groups.sum::<f64>()
}

/// A node among its siblings.
fn level(results: &Results, code: &str, parent: Option<&str>, weight: f64, score: Option<f64>) -> Level {
    let weights = weights_under(results, parent);
    let part = score.filter(|_| weights > 0.0).map(|_| weight / weights);
    Level { code: code.to_string(), parent: parent.map(str::to_string), weight, weights, part }
}

/// The groups from one up to the total, each among its siblings.
fn climb(results: &Results, from: Option<&str>) -> Vec<Level> {
    let mut levels = Vec::new();
    let mut at = from;
    // Groups stand in tree order, so a chain of parents is shorter than all of them.
    while let Some(group) =
        at.and_then(|code| results.groups.iter().find(|group| group.code == code)).filter(|_| levels.len() < results.groups.len())
    {
        levels.push(level(results, &group.code, group.parent.as_deref(), group.weight, group.score));
        at = group.parent.as_deref();
    }
    levels
}
