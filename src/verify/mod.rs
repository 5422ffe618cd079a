//! What a report prints, read back from its file and set against what the inputs give.

mod align;
mod compare;
mod names;
mod printed;
mod room;
mod word;

pub use compare::{Compared, Difference, What, compare};
pub use printed::{Cell, Form, Line, Look, Part, PartKind, Printed, Shown, as_read, read};
pub use room::Room;

/// Is this the header of the column of answers in the details of a report?
pub fn is_answer(header: &str) -> bool {
    let answer = crate::report::assessment::ANSWER;
    [crate::text::Lang::Zh, crate::text::Lang::En].into_iter().any(|lang| answer.get(lang) == header)
}
