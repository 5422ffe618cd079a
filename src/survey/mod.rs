//! The survey workbook: its layout, the blank one, the filled one. Judges no answer.

pub mod blank;
pub mod filled;
pub mod layout;

pub use filled::{Filled, Given, KINDS, Kind, RawCell, Row, read};
pub use layout::{Column, CoverLabel};
