//! Everything becomes [`Results`]: target, gap and loss filled in. The plain middle of the program: scoring fills it, reports read it.

mod build;
mod json;
mod needs;
mod read;
mod redact;
mod returns;

use serde::{Deserialize, Serialize};

use crate::answers::Spoke;
use crate::finding::Finding;
use crate::number::{shortest, shortest_or_null, shortest_rows};
use crate::place::Place;
use crate::policy::{Band, Merge, Missing};
use crate::text::{Text, t};
use crate::unit::Unit;

pub use build::{Run, build};
pub use json::{SCHEMA, to_json};
pub use read::{from_json, restore};
pub use redact::{UNNAMED, WITHHELD, redact};
pub use returns::Unscored;

/// The schema id of `results.json`.
pub const SCHEMA_ID: &str = "ecap-results/1";

/// The results of one unit for one period, as `results.json` holds them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    pub schema: String,
    pub tree: TreeRef,
    pub unit: Unit,
    pub period: String,
    pub policy: PolicyUsed,
    pub tool: Tool,
    pub total: Total,
    pub counts: Counts,
    pub groups: Vec<GroupResult>,
    pub items: Vec<ItemResult>,
    pub inputs: Vec<InputRef>,
    pub findings: Vec<Finding>,
    /// Dates and bodies of the settings; none without them.
    pub assessment: Option<Assessment>,
    /// Who has returned, by real department; empty without settings that name them.
    pub returns: Vec<Return>,
    /// Of the weights used: [`crate::weighting::digest`].
    #[serde(default)]
    pub weights_sha256: String,
    /// Flags that decided what the inputs do not say.
    #[serde(default)]
    pub options: OptionsUsed,
    /// What was left out of these results; none where they are whole.
    #[serde(default)]
    pub redacted: Option<Redacted>,
    /// What the place is threatened by, as it states; none where it states nothing, and targets do not depend on it.
    #[serde(default)]
    pub hazards: Option<HazardsUsed>,
}

/// The hazard profile and the rule of its targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HazardsUsed {
    pub threats: Vec<ThreatUsed>,
    /// No hazard asks for more, 0 to 100.
    #[serde(serialize_with = "shortest")]
    pub ceiling: f64,
    /// One a phase of the law, in its order.
    pub rule: Vec<PhaseNeeds>,
    /// What the place needs as a whole, 0 to 100: the items' targets climbed as scores are.
    #[serde(serialize_with = "shortest_or_null")]
    pub target: Option<f64>,
}

/// One hazard as the place judges it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreatUsed {
    /// The word of the hazard facet.
    pub hazard: String,
    pub name: Text,
    /// 1 to 5; null where it does not occur.
    pub likelihood: Option<usize>,
    pub consequence: Option<usize>,
    pub grounds: String,
}

/// What hazards ask of the items of a phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhaseNeeds {
    /// The word of the phase facet.
    pub phase: String,
    /// Scores by likelihood, then consequence.
    #[serde(serialize_with = "shortest_rows")]
    pub needs: Vec<Vec<f64>>,
}

/// Why an item's target is what the hazard profile makes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemNeed {
    /// Words of the hazards that ask for most, of those that the item serves.
    pub hazards: Vec<String>,
    /// The word of the phase facet.
    pub phase: String,
    /// What they ask for; the target where nothing else asks for more.
    #[serde(serialize_with = "shortest")]
    pub asked: f64,
    /// What decided: `hazard`, `law`, or `critical` for a veto or key item.
    pub because: String,
}

/// Flags of the command line that a recomputation needs and that stand nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionsUsed {
    pub unit: Option<String>,
    pub period: Option<String>,
    pub profile: Option<String>,
}

/// Results that had names, evidence and sensitive items taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// SHA-256 of the whole results as `results.json` holds them.
    pub of_sha256: String,
    /// Refs of the items marked sensitive.
    pub sensitive: Vec<String>,
}

/// What the settings say of the assessment as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// `2026-10-31`.
    pub reference_date: Option<String>,
    pub deadline: Option<String>,
    /// Who assesses.
    pub assessor: Option<String>,
    /// Are departments or answers still missing?
    pub draft: bool,
}

/// What a real department sent back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Return {
    pub department: String,
    /// Is it the assessors, who rate what only an outsider can, mostly in the review workbook?
    pub assessor: bool,
    pub state: ReturnState,
    /// Its workbooks, by name.
    pub files: Vec<String>,
    /// Items that are its own to answer, in scope.
    pub items: usize,
    /// Of them, those that nobody answered yet, by ref.
    pub blank: Vec<String>,
    /// Of them, those filled with something unreadable, by ref.
    pub unreadable: Vec<String>,
    /// Error findings on its files.
    pub errors: usize,
    /// Effective weight in the total, 0 to 1, of what is still missing, blanks counted as scored.
    #[serde(serialize_with = "shortest")]
    pub missing_share: f64,
}

/// How far a department is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// Nothing came, or nothing but an empty form.
    Missing,
    /// Something came, and answers are missing.
    Incomplete,
    /// All is filled, and some of it is wrong.
    Errors,
    Complete,
}

impl ReturnState {
    pub fn words(self) -> Text {
        match self {
            ReturnState::Missing => t("未交", "not returned"),
            ReturnState::Incomplete => t("未填完", "incomplete"),
            ReturnState::Errors => t("有错", "with errors"),
            ReturnState::Complete => t("已齐", "complete"),
        }
    }
}

/// Which tree was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeRef {
    pub id: String,
    pub edition: String,
    /// Of the bytes that `tree show --json` prints.
    pub sha256: String,
}

/// Every option that changed a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyUsed {
    pub merge: Merge,
    pub missing: Missing,
    /// `--target`, where given.
    #[serde(serialize_with = "shortest_or_null")]
    pub target: Option<f64>,
    pub bands: Vec<Band>,
    pub decimals: u32,
    /// Name of the weighting.
    pub weights: String,
    /// The part of the tree that was assessed; none where it was all of it.
    pub scope: Option<ScopeUsed>,
    /// What the settings changed; none where they changed nothing.
    pub local: Option<LocalUsed>,
}

/// What of the tree was assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeUsed {
    /// As `--profile` takes it; none where only the settings leave something out.
    pub profile: Option<String>,
    pub name: Text,
    /// Items assessed.
    pub items: usize,
    /// What the settings leave out (不评).
    pub left_out: Vec<LeftOutUsed>,
}

/// A group or an item that the settings leave out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutUsed {
    /// A group's code, or an item's ref.
    pub code: String,
    pub name: Text,
    /// Items that leave with it.
    pub items: usize,
    pub reason: String,
    /// The post that approved it; may be empty where no veto item leaves.
    pub approved_by: String,
}

/// Weights and targets of the settings, and what the total is without the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocalUsed {
    pub weights: Vec<LocalWeight>,
    pub targets: Vec<LocalTarget>,
    /// Who stands for which departments of the tree, and which items were moved to it.
    pub departments: Vec<LocalDepartment>,
    /// The total under the tree's own weights; none where the settings state no weight.
    pub default_weights: Option<DefaultTotal>,
}

/// A real department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalDepartment {
    pub name: String,
    /// Ids of the tree's departments.
    pub leads: Vec<String>,
    /// Refs of items.
    pub moved: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocalWeight {
    /// The group's code.
    pub code: String,
    pub name: Text,
    #[serde(serialize_with = "shortest")]
    pub default: f64,
    #[serde(serialize_with = "shortest")]
    pub local: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocalTarget {
    /// A group's code, or an item's ref.
    pub code: String,
    #[serde(serialize_with = "shortest")]
    pub target: f64,
}

/// The same answers under the tree's own weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefaultTotal {
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub rounded: Option<f64>,
    pub grade: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    pub name: String,
    pub version: String,
}

/// The unit's total, out of 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Unrounded; null where nothing has a score.
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    /// With every blank and unreadable item at 0.
    #[serde(serialize_with = "shortest_or_null")]
    pub low: Option<f64>,
    /// With every blank and unreadable item at 100.
    #[serde(serialize_with = "shortest_or_null")]
    pub high: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub rounded: Option<f64>,
    /// Band code.
    pub grade: Option<String>,
    pub grade_low: Option<String>,
    pub grade_high: Option<String>,
    pub grade_reasons: Vec<GradeReason>,
}

/// Why the grade is what it is: the rule, the items, and the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeReason {
    /// `band`, `rounding`, `veto` or `key`.
    pub rule: String,
    /// Ids of the items that set it off.
    pub items: Vec<String>,
    /// Band code that the rule caps the grade at, lowered by it or not.
    pub cap: Option<String>,
    pub message: Text,
}

/// How many items are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub items: usize,
    pub answered: usize,
    pub not_applicable: usize,
    pub no_data: usize,
    pub blank: usize,
    pub unreadable: usize,
    pub out_of_scope: usize,
}

impl Counts {
    /// Items that were assessed.
    pub fn in_scope(&self) -> usize {
        self.items - self.out_of_scope
    }
}

/// Where a target came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetFrom {
    Settings,
    Profile,
    Tree,
    Option,
    Default,
}

/// A group, in tree order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupResult {
    pub code: String,
    pub parent: Option<String>,
    pub level: usize,
    pub name: Text,
    #[serde(serialize_with = "shortest")]
    pub weight: f64,
    /// Effective weight in the total, 0 to 1.
    #[serde(serialize_with = "shortest")]
    pub share: f64,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub low: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub high: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub rounded: Option<f64>,
    pub grade: Option<String>,
    /// Part of the full shares of its items that did not leave, 0 to 1.
    #[serde(serialize_with = "shortest_or_null")]
    pub coverage: Option<f64>,
    #[serde(serialize_with = "shortest")]
    pub target: f64,
    pub target_from: TargetFrom,
    /// max(0, target - score).
    #[serde(serialize_with = "shortest_or_null")]
    pub gap: Option<f64>,
    /// share x gap: the points the total loses here.
    #[serde(serialize_with = "shortest_or_null")]
    pub loss: Option<f64>,
    pub counts: Counts,
}

/// An item, in tree order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemResult {
    pub id: String,
    pub rev: usize,
    #[serde(rename = "ref")]
    pub reference: String,
    pub parent: Option<String>,
    pub question: Text,
    /// Department id.
    pub lead: Option<String>,
    pub state: String,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    #[serde(serialize_with = "shortest")]
    pub weight: f64,
    /// Effective weight in the total, 0 to 1.
    #[serde(serialize_with = "shortest")]
    pub share: f64,
    pub criticality: String,
    #[serde(serialize_with = "shortest")]
    pub target: f64,
    pub target_from: TargetFrom,
    #[serde(serialize_with = "shortest_or_null")]
    pub gap: Option<f64>,
    #[serde(serialize_with = "shortest_or_null")]
    pub loss: Option<f64>,
    /// Losses summed from the largest down to this one.
    #[serde(serialize_with = "shortest_or_null")]
    pub cumulative_loss: Option<f64>,
    pub answers: Vec<AnswerResult>,
    /// The score, on 0 to 3, at which the law is met; null where no law asks.
    pub legal_floor: Option<usize>,
    /// Null without a legal floor, and where the item has no answer or left.
    pub below_legal_floor: Option<bool>,
    /// The same item by the self-ratings alone, as if nobody had reviewed.
    pub by_selves: BySelves,
    /// Why the target is what it is; none where the hazard profile did not set it.
    #[serde(default)]
    pub need: Option<ItemNeed>,
}

/// An item without its reviews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BySelves {
    pub state: String,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
}

/// One workbook's row for an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerResult {
    pub respondent: Respondent,
    pub submission: usize,
    /// Chosen by versions, review and lead, whatever its state.
    pub counts: bool,
    #[serde(rename = "self")]
    pub own: Option<CellResult>,
    pub review: Option<ReviewResult>,
    pub evidence: String,
    pub note: String,
    pub review_note: String,
    pub place: PlaceRef,
    /// The cell that speaks; none where the row does not count.
    #[serde(default)]
    pub spoke: Option<Spoke>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Respondent {
    /// The department's, `assessor`, or null.
    pub id: Option<String>,
    /// The cover's text.
    pub name: String,
}

impl Respondent {
    pub fn is_assessor(&self) -> bool {
        self.id.as_deref() == Some("assessor")
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellResult {
    /// As it stands in the cell.
    pub text: String,
    pub state: String,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    pub cell: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewResult {
    pub text: String,
    pub state: String,
    #[serde(serialize_with = "shortest_or_null")]
    pub score: Option<f64>,
    pub cell: String,
    pub verification: String,
}

/// Where an answer's row stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRef {
    pub file: String,
    pub sheet: String,
    pub cell: String,
}

impl AnswerResult {
    /// The review, where it is what speaks.
    pub fn speaking_review(&self) -> Option<&ReviewResult> {
        self.review.as_ref().filter(|_| self.spoke == Some(Spoke::Review))
    }

    /// The cell that speaks.
    pub fn speaking_cell(&self) -> Option<CellResult> {
        match self.spoke? {
            Spoke::Own => self.own.clone(),
            Spoke::Review => self.review.as_ref().map(|review| CellResult {
                text: review.text.clone(),
                state: review.state.clone(),
                score: review.score,
                cell: review.cell.clone(),
            }),
        }
    }
}

impl From<&Place> for PlaceRef {
    fn from(place: &Place) -> Self {
        PlaceRef {
            file: place.file.clone().unwrap_or_default(),
            sheet: place.sheet.clone().unwrap_or_default(),
            cell: place.cell.clone().unwrap_or_default(),
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputRef {
    /// Relative to the argument that led to it, with `/`.
    pub file: String,
    pub sha256: String,
}

impl PolicyUsed {
    /// Lower bounds of the bands, best first.
    pub fn bounds(&self) -> Vec<f64> {
        self.bands.iter().map(|band| band.from).collect()
    }
}

impl Results {
    /// The band name of a code.
    pub fn band_name(&self, code: Option<&str>) -> Text {
        let band = code.and_then(|code| self.policy.bands.iter().find(|band| band.code == code));
        band.map(|band| band.name.clone()).unwrap_or_default()
    }

    /// Groups of level 1, in tree order.
    pub fn top_groups(&self) -> impl Iterator<Item = &GroupResult> {
        self.groups.iter().filter(|group| group.level == 1)
    }

    /// Is there something unknown that could change the grade?
    pub fn is_provisional(&self) -> bool {
        self.total.grade_low != self.total.grade_high
    }

    /// The departments asked, the assessors not among them.
    pub fn departments(&self) -> impl Iterator<Item = &Return> {
        self.returns.iter().filter(|one| !one.assessor)
    }

    /// Items of the assessors that are still to be rated, and how many there are; none where nobody named them.
    pub fn to_rate(&self) -> Option<(usize, usize)> {
        let assessors = self.returns.iter().find(|one| one.assessor)?;
        Some((assessors.blank.len() + assessors.unreadable.len(), assessors.items))
    }

    /// Is the report a draft, since departments or answers are still missing?
    pub fn is_draft(&self) -> bool {
        self.assessment.as_ref().is_some_and(|assessment| assessment.draft)
    }
}
