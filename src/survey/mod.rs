//! The survey workbook: its layout, the blank one, the filled one. Judges no answer.

pub mod blank;
mod cells;
pub mod cover;
mod dragged;
pub mod filled;
pub mod front;
mod header;
mod issued;
pub mod layout;
mod letters;
mod marks;
pub mod mend;
mod misplaced;
pub mod own;
pub mod review;
mod rows;
mod scores;
mod sorted;
mod twice;
mod unseen;

pub use cover::{Decision, Given, KINDS as COVER_KINDS};
pub use dragged::KINDS as DRAGGED_KINDS;
pub use filled::{Filled, KINDS, Kind, RawCell, Row, read};
pub use front::Cover;
pub use header::KINDS as HEADER_KINDS;
pub use issued::KINDS as ISSUED_KINDS;
pub use layout::{Column, CoverLabel};
pub use letters::KINDS as LETTERS_KINDS;
pub use marks::Mark;
pub use misplaced::KINDS as MISPLACED_KINDS;
pub use own::KINDS as OWN_KINDS;
pub use rows::KINDS as ROW_KINDS;
pub use scores::KINDS as SCORES_KINDS;
pub use sorted::KINDS as SORTED_KINDS;
pub use twice::KINDS as TWICE_KINDS;
pub use unseen::KINDS as UNSEEN_KINDS;
