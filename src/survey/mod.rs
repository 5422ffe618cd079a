//! The survey workbook: its layout, the blank one, the filled one. Judges no answer.

pub mod blank;
mod cells;
pub mod cover;
pub mod filled;
pub mod front;
pub mod layout;
mod marks;
pub mod mend;
pub mod review;

pub use cover::{Decision, Given, KINDS as COVER_KINDS};
pub use filled::{Filled, KINDS, Kind, RawCell, Row, read};
pub use front::Cover;
pub use layout::{Column, CoverLabel};
pub use marks::Mark;
