//! 评估设置: one workbook for what an office decides about one assessment. Written blank, read filled.

pub mod blank;
mod blank_hazards;
mod departments;
mod filled;
mod hazards;
mod layout;
pub mod tables;

use crate::place::Place;
use crate::tree::Local;
use crate::unit::Date;

pub use filled::{KINDS, read};
pub use layout::{FILE_NAME, KIND, is_settings};

/// What a filled settings workbook says.
#[derive(Debug, Default)]
pub struct Settings {
    pub file: String,
    /// Of the unit assessed; none where the cell is empty.
    pub unit: Option<String>,
    pub parent: Option<String>,
    pub class: Option<String>,
    pub period: Option<String>,
    pub reference_date: Option<Date>,
    pub deadline: Option<Date>,
    /// Who assesses.
    pub assessor: Option<String>,
    pub local: Local,
    /// The cell of the unit.
    pub unit_place: Place,
}
