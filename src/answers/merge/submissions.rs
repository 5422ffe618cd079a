//! What several submissions of one respondent say: which of them speaks, and what became of the others.

use indexmap::IndexSet;

use crate::answers::judge::{JudgedCell, JudgedRow};
use crate::answers::merge::{Entry, Merger, Said, name};
use crate::answers::versions::{Fate, Version, fates};
use crate::answers::{BLANK_FORM, OUT_OF_SCOPE, VERSION_BLANK, VERSION_DROPS, VERSION_EQUAL, VERSION_SUPERSEDED, VERSION_TORN};
use crate::place::Place;
use crate::scale::State;
use crate::text::{Text, t};
use crate::tree::Item;

/// Superseded answers that a note names.
const NAMED: usize = 20;

impl Merger<'_, '_> {
    /// What one column of one respondent says, its versions resolved; every remark on a cell is said, softened where it is superseded.
    pub(super) fn column(
        &mut self,
        item: &Item,
        entries: &[Entry<'_>],
        members: &[usize],
        cell: fn(&JudgedRow) -> Option<&JudgedCell>,
    ) -> Option<Said> {
        let versions: Vec<(usize, &JudgedCell)> =
            members.iter().filter_map(|index| cell(&entries[*index].judged).map(|cell| (*index, cell))).collect();
        let submission = |index: usize| self.workbooks[entries[index].workbook].submission;
        let fates = fates(
            &versions.iter().map(|(index, cell)| Version { submission: submission(*index), state: &cell.answer.state }).collect::<Vec<_>>(),
        );
        let highest = versions.iter().map(|(index, _)| submission(*index)).max().unwrap_or(1);
        let torn: Vec<&JudgedCell> =
            versions.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Torn).map(|((_, cell), _)| *cell).collect();
        let torn_answers: IndexSet<&str> = torn.iter().map(|cell| cell.answer.text.as_str()).collect();
        let used = versions.iter().zip(&fates).find(|(_, fate)| **fate == Fate::Used);
        let speaking = used.map(|((_, cell), _)| cell.answer.text.trim().to_string());
        let blank_in = used.filter(|((_, cell), _)| cell.answer.state == State::Blank).map(|((index, _), _)| entries[*index].workbook);
        let mut said = None;
        for ((index, judged), fate) in versions.iter().zip(&fates) {
            let workbook = entries[*index].workbook;
            let blank = judged.answer.state == State::Blank;
            let place = Place {
                cell: Some(judged.answer.cell.clone()),
                ..Place::sheet(&self.workbooks[workbook].file, &entries[*index].row.sheet)
            };
            match fate {
                Fate::Used => said = Some(Said { state: judged.answer.state.clone(), entry: Some(*index) }),
                Fate::Copy => self.copies[workbook] += usize::from(!blank),
                Fate::Superseded => {
                    if let Some(later) = blank_in.filter(|_| !blank) {
                        self.dropped[later].push(dropped(item, judged));
                    } else if !blank {
                        self.superseded[workbook].0.push(became(item, judged, speaking.as_deref()));
                    }
                    self.superseded[workbook].1 = highest;
                }
                // An empty form lies beside most filled ones; it is said once, in the end.
                Fate::BlankBeside if self.workbooks[workbook].is_blank() => {}
                Fate::BlankBeside => self.findings.push(VERSION_BLANK.at(place, &[("item", name(item))])),
                Fate::Torn => {
                    said = Some(Said { state: State::Unreadable, entry: None });
                    let answers: Vec<Text> = torn_answers.iter().map(|answer| Text::same(answer.to_string())).collect();
                    // Several numbers of elements are one answer.
                    let answers = Text::join(&answers, "；", "; ");
                    let args = [("item", name(item)), ("count", torn.len().into()), ("answers", answers)];
                    self.findings.push(VERSION_TORN.at(place, &args));
                }
            }
            self.findings.extend(judged.findings(matches!(fate, Fate::Copy | Fate::Superseded)));
        }
        said
    }

    /// One note a workbook, however many of its answers are copies or superseded.
    pub(super) fn say_versions(&mut self) {
        for (index, workbook) in self.workbooks.iter().enumerate() {
            let place = Place::file(&workbook.file);
            if workbook.is_blank() && self.workbooks.len() > 1 {
                self.findings.push(BLANK_FORM.at(place.clone(), &[]));
            }
            if self.copies[index] > 0 {
                self.findings.push(VERSION_EQUAL.at(place.clone(), &[("count", self.copies[index].into())]));
            }
            let dropped = &self.dropped[index];
            if !dropped.is_empty() {
                let args =
                    [("count", dropped.len().into()), ("number", workbook.submission.into()), ("answers", Text::some(dropped, NAMED))];
                self.findings.push(VERSION_DROPS.at(place.clone(), &args));
            }
            self.say_beside(index);
            self.say_renamed(index);
            self.say_alone(index);
            let (answers, number) = &self.superseded[index];
            if !answers.is_empty() {
                let args = [("count", answers.len().into()), ("number", (*number).into()), ("answers", Text::some(answers, NAMED))];
                self.findings.push(VERSION_SUPERSEDED.at(place.clone(), &args));
            }
            if self.outside[index] > 0 {
                self.findings.push(OUT_OF_SCOPE.at(place, &[("count", self.outside[index].into())]));
            }
        }
    }
}

/// `01.1.02（2 → 3）`.
fn became(item: &Item, old: &JudgedCell, new: Option<&str>) -> Text {
    let shown = |text: &str| if text.is_empty() { t("空白", "blank") } else { text.into() };
    let new = new.map_or_else(|| t("读不出", "unreadable"), shown);
    t("{item}（{old} → {new}）", "{item} ({old} → {new})").with(&[
        ("item", name(item)),
        ("old", shown(old.answer.text.trim())),
        ("new", new),
    ])
}

/// `01.1.02（2）`.
fn dropped(item: &Item, old: &JudgedCell) -> Text {
    t("{item}（{old}）", "{item} ({old})").with(&[("item", name(item)), ("old", old.answer.text.trim().into())])
}
