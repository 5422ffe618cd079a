//! Reviews in a department's own survey: the assessors may write them into a returned file, and so may the department.

use crate::answers::merge::{Entry, Merger, Said, Voice, Who, differ};
use crate::answers::{REVIEW_BESIDE_SELF, REVIEWS_DIFFER};
use crate::place::Place;
use crate::scale::State;
use crate::survey::Kind;
use crate::text::Text;
use crate::tree::Item;

use super::name;

/// Items that are named.
const NAMED: usize = 8;

impl Merger<'_, '_> {
    /// Is it a department's survey, with the self-rating filled too?
    pub(super) fn is_beside_self(&self, entry: &Entry<'_>) -> bool {
        let own = entry.judged.own.as_ref().is_some_and(|own| own.answer.state != State::Blank);
        own && self.workbooks[entry.workbook].kind == Kind::Survey && self.who[entry.workbook] != Who::Assessor
    }

    /// One warning a workbook, at the first of them.
    pub(super) fn say_beside(&mut self, index: usize) {
        let (items, silent) = &self.beside[index];
        if items.is_empty() {
            return;
        }
        let workbook = self.workbooks[index];
        let args = [
            ("respondent", self.name_of(&self.who[index])),
            ("count", items.len().into()),
            ("items", Text::some(items, NAMED)),
            ("silent", (*silent).into()),
        ];
        self.findings.push(REVIEW_BESIDE_SELF.at(Place::file(&workbook.file), &args));
    }

    /// Says where the assessors' review and one in a department's survey differ; then nothing is settled by either.
    pub(super) fn reviewed_twice(&mut self, item: &Item, voices: &[Voice], entries: &[Entry<'_>]) -> bool {
        let is_theirs = |voice: &&Voice| voice.kind == Kind::Review || voice.who == Who::Assessor;
        let of = |theirs: bool| {
            voices.iter().filter(move |voice| is_theirs(voice) == theirs).filter_map(|voice| Some((voice, voice.reviewed()?)))
        };
        let Some((_, one)) = of(true).next() else { return false };
        let others: Vec<(&Voice, &Said)> = of(false).filter(|(_, said)| differ(&said.state, &one.state)).collect();
        for (voice, other) in &others {
            let placed = |said: &Said| self.review_place(said, entries).unwrap_or_default();
            let (one_place, other_place) = (placed(one), placed(other));
            let args = [
                ("item", name(item)),
                ("one", one.state.shown()),
                ("one_place", one_place.show()),
                ("respondent", self.name_of(&voice.who)),
                ("other", other.state.shown()),
                ("other_place", other_place.show()),
            ];
            self.findings.push(REVIEWS_DIFFER.at(other_place, &args));
        }
        !others.is_empty()
    }

    fn review_place(&self, said: &Said, entries: &[Entry<'_>]) -> Option<Place> {
        let entry = entries.get(said.entry?)?;
        let cell = entry.row.review.as_ref().map(|review| review.cell.clone());
        Some(Place { cell, ..Place::sheet(&self.workbooks[entry.workbook].file, &entry.row.sheet) })
    }
}
