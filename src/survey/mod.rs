//! The survey workbook: its layout, the blank one, the filled one. Judges no answer.

pub mod blank;
pub mod cover;
pub mod filled;
pub mod layout;

pub use cover::{Given, KINDS as COVER_KINDS};
pub use filled::{Filled, KINDS, Kind, RawCell, Row, read};
pub use layout::{Column, CoverLabel};
