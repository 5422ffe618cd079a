//! 整改台账: what is to be mended, by whom and by when. Written from a plan, filled in by hand, read back and checked.

mod alike;
pub mod blank;
mod closing;
mod filled;
mod layout;
mod merge;
mod parts;
pub mod progress;
mod store;
mod texts;

use crate::text::Text;
use crate::unit::Date;

pub use filled::{Filled, NotClosed, Row, Said, read};
pub use layout::{KIND, State, file_name, part_folder, part_name};
pub use merge::{is_copy, merged};
pub use parts::parts;
pub use texts::KINDS;

/// When something has to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limit {
    Date(Date),
    /// So many days from a start that nobody stated.
    Day(usize),
    #[default]
    Unknown,
}

/// What is filled in by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    pub progress: String,
    /// A date as it stands.
    pub done: String,
    pub evidence: String,
    pub reviewer: String,
    pub opinion: String,
    pub state: State,
}

/// One row as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: String,
    pub reference: String,
    pub question: Text,
    /// What is wrong now.
    pub problem: Text,
    /// What it is asked by.
    pub basis: Text,
    pub score: Option<f64>,
    pub target: Option<f64>,
    pub action: Text,
    /// The action in the tree's words; the same where nobody rewrote it.
    pub own_action: Text,
    pub owner: Text,
    pub limit: Limit,
    /// The time limit before anybody changed it, where somebody has.
    pub first_limit: Option<Limit>,
    /// Who was responsible before anybody changed it, where somebody has.
    pub first_owner: Option<String>,
    /// Days past its time limit on the day of this issue.
    pub overdue: Option<i64>,
    /// What was found of it in the last issue: why it counts as to be reviewed though it was closed.
    pub check: Text,
    /// What shows that it is done.
    pub proof: Text,
    pub hand: Hand,
}

/// Whose ledger it is, and which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    pub unit: String,
    pub period: String,
    /// 1 for the first, one more for each that follows a filled one.
    pub issue: usize,
    /// The responsible unit whose rows alone it lists; empty where it lists all.
    pub part: String,
    pub start: Option<Date>,
    /// The start of the first issue that rows come from; nothing was done before it.
    pub since: Option<Date>,
    /// What this issue leaves out because it is closed and nothing was scored since.
    pub closed: Vec<Row>,
    pub tree: String,
    pub tree_sha256: String,
    /// Of the `results.json` from which it was made.
    pub results_sha256: String,
}
