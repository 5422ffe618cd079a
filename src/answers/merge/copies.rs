//! A review workbook's copies of the answers, beside what the surveys say now.

use crate::answers::merge::{Merger, name};
use crate::answers::{COPY_DIFFERS, COPY_RENAMED, Response, self_ratings};
use crate::finding::{Kind as FindingKind, Severity};
use crate::place::Place;
use crate::survey::{Kind, Row};
use crate::text::{Text, t, visible};
use crate::tree::Item;
use crate::unit::normal;

pub static COPY_ALONE: FindingKind = FindingKind::new(
    "review-without-surveys",
    Severity::Warning,
    t(
        "这份现场复核表抄录了 {count} 题的自评，可是没有一份同一单位、同一评估期（{unit} {period}）的自评表，抄录的无从核对。",
        "This review workbook copies self-ratings, {count} in all, yet there is no survey of the same unit and period ({unit}, {period}) to compare them with.",
    ),
    t(
        "如是往年的复核表，请把它移走；如是本期的，请核对“填报说明”页的“被评估单位”和“评估期”，并把各部门的自评表放在一起检查。",
        "If it is of an earlier year, take it out; if it is of this period, check Unit and Period on the sheet Cover, and put the departments' surveys beside it.",
    ),
);
/// Items that are named.
const NAMED: usize = 8;

impl Merger<'_, '_> {
    /// Copies that are no longer what the surveys say.
    pub(super) fn compare_copies(&mut self, item: &Item, copies: &[(usize, &Row)], responses: &[Response]) {
        for (workbook, row) in copies.iter().filter(|(_, row)| row.others_cell.is_some()) {
            let now = self_ratings(responses);
            // What came after the workbook was made and was not reviewed needs no second look.
            if row.others.trim().is_empty() && !row.is_filled() {
                continue;
            }
            let copy = normal(&visible(&row.others));
            let sides = [&now.zh, &now.en].map(|side| normal(&visible(side)));
            if sides.contains(&copy) {
                continue;
            }
            if self.workbooks.iter().all(|workbook| workbook.kind == Kind::Review) {
                self.alone[*workbook] += 1;
                continue;
            }
            if let Some(names) = sides.iter().find_map(|now| renamed(&copy, now)) {
                self.renamed[*workbook].entry(names).or_default().push(name(item));
                continue;
            }
            let place = Place { cell: row.others_cell.clone(), ..Place::sheet(&self.workbooks[*workbook].file, &row.sheet) };
            let none = || t("（空）", "(empty)");
            let copy = if row.others.trim().is_empty() { none() } else { row.others.trim().into() };
            let now = if now.is_empty() { none() } else { now };
            self.findings.push(COPY_DIFFERS.at(place, &[("item", name(item)), ("copy", copy), ("now", now)]));
        }
    }

    /// One warning a workbook that came without any survey, as last year's among this year's does.
    pub(super) fn say_alone(&mut self, index: usize) {
        let (count, workbook) = (self.alone[index], self.workbooks[index]);
        if count > 0 {
            let args = [("count", count.into()), ("unit", workbook.unit.clone().into()), ("period", workbook.period.clone().into())];
            self.findings.push(COPY_ALONE.at(Place::file(&workbook.file), &args));
        }
    }

    /// One warning a workbook and name, however many copies bear it.
    pub(super) fn say_renamed(&mut self, index: usize) {
        for ((copy, now), items) in &self.renamed[index] {
            let args = [
                ("count", items.len().into()),
                ("items", Text::some(items, NAMED)),
                ("copy", copy.clone().into()),
                ("now", now.clone().into()),
            ];
            self.findings.push(COPY_RENAMED.at(Place::file(&self.workbooks[index].file), &args));
        }
    }
}

/// The respondents of a copy and of now, where all that they say is the same and one or more go by other names.
fn renamed(copy: &str, now: &str) -> Option<(String, String)> {
    // As trimmed NFKC: `甲局:45/50;乙局:90%`.
    let parts = |text: &str| -> Option<Vec<(String, String)>> {
        let said = text.split(';').map(|part| part.split_once(':').map(|(who, what)| (what.trim().to_string(), who.trim().to_string())));
        let mut said: Vec<(String, String)> = said.collect::<Option<_>>()?;
        said.sort();
        Some(said)
    };
    let (copied, said) = (parts(copy)?, parts(now)?);
    let same = copied.len() == said.len() && copied.iter().zip(&said).all(|((one, _), (other, _))| one == other);
    let only = |all: &[(String, String)], others: &[(String, String)]| {
        let names = all.iter().map(|(_, who)| who).filter(|who| others.iter().all(|(_, other)| other != *who));
        names.cloned().collect::<Vec<_>>().join("、")
    };
    let names = (only(&copied, &said), only(&said, &copied));
    (same && !names.0.is_empty() && !names.1.is_empty()).then_some(names)
}
