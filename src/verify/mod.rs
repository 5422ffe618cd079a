//! What a report prints, read back from its file and set against what the inputs give.

mod compare;
mod names;
mod printed;
mod word;

pub use compare::{Difference, differences};
pub use printed::{Entry, Printed, Shown, read};
