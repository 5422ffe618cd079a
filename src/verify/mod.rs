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

use crate::report::assessment::{ANSWER, BETWEEN_SOURCES, SOURCE, state};
use crate::text::{Lang, Text};

/// Is this the header of the column of answers in the details of a report?
pub fn is_answer(header: &str) -> bool {
    says(&ANSWER, header)
}

/// Is this what the details print for an item that nobody answered?
pub fn is_blank(answer: &str) -> bool {
    says(&state("blank"), answer)
}

/// The cells that a report names as the sources of an item's answer: only a workbook prints them, and no redacted one.
pub fn sources(printed: &Printed, reference: &str) -> Vec<String> {
    let lines = printed.parts.iter().flat_map(|part| &part.lines);
    let of_item =
        lines.filter(|line| line.key.rsplit(' ').next() == Some(reference) && line.cells.iter().any(|cell| is_answer(&cell.header)));
    let cells = of_item.flat_map(|line| &line.cells).filter(|cell| says(&SOURCE, &cell.header));
    let texts: Vec<String> = cells.map(|cell| cell.shown.text()).collect();
    texts.iter().flat_map(|text| text.split(BETWEEN_SOURCES)).map(str::to_string).collect()
}

fn says(text: &Text, shown: &str) -> bool {
    [Lang::Zh, Lang::En].into_iter().any(|lang| text.get(lang) == shown)
}
