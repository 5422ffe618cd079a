//! A survey that came back without its cover.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::sheet::Book;
use crate::survey::cover::Cover;
use crate::survey::layout::{STORE, is};
use crate::survey::marks::LIST;
use crate::text::{Text, t};

/// In place of all that a cover would have told.
pub static COVER_GONE: FindingKind = FindingKind::new(
    "cover-gone",
    Severity::Warning,
    t(
        "没有封面（“填报说明”页），只有{sheets}；{read}，当作本体系的自评表，按第 1 次报送计。",
        "There is no cover sheet, only {sheets}; {read}. It is taken for the first submission of a survey of these indicators.",
    ),
    t(
        "多半是封面被删了，或只交回了其中几张表：请把答案填在发出的原表里，整个文件交回。",
        "As a rule the cover was deleted, or some of the sheets were saved by themselves: put the answers into the survey as issued and send the whole file.",
    ),
);

/// Sheets that are named.
const SHOWN: usize = 3;

impl Cover<'_> {
    /// Says once that there is none, with the sheets that there are.
    pub fn gone(&self, book: &Book) -> Option<Finding> {
        if !self.is_gone() {
            return None;
        }
        let sheets: Vec<Text> = book
            .sheets
            .iter()
            .filter(|sheet| sheet.name != STORE && !is(&sheet.name, &LIST))
            .map(|sheet| t("“{name}”", "\"{name}\"").with(&[("name", sheet.name.clone().into())]))
            .collect();
        let read = if self.sheet.is_some() {
            t("单位、评估期、填报单位照发出时存在表里的读", "unit, period and respondent are those stored when it was issued")
        } else {
            t("读不到单位、评估期和填报单位", "nothing says unit, period and respondent")
        };
        Some(COVER_GONE.at(Place::file(self.file), &[("sheets", Text::some(&sheets, SHOWN)), ("read", read)]))
    }
}
