//! Review before self, lead before others, the rest averaged: `docs/formats.md` section 4.

mod beside;
mod blanks;
mod copies;
mod disagreement;
mod merged;
mod submissions;

use std::collections::BTreeMap;

use crate::answers::judge::{JudgedCell, JudgedRow, row};
use crate::answers::versions::{Outdated, outdated};
use crate::answers::{
    CellAnswer, ItemAnswers, MergedState, NAMELESS, REVIEW_WITHOUT_REASON, Response, SET_ASIDE, Spoke, UNKNOWN_VERIFICATION,
};
use crate::finding::Finding;
use crate::number::Number;
use crate::place::Place;
use crate::policy::Policy;
use crate::scale::State;
use crate::survey::layout::{ASSESSOR, Verification, is};
use crate::survey::{Filled, Kind, Row};
use crate::text::Text;
use crate::tree::{Item, Tree};
use crate::unit::Unit;

use blanks::say_blanks;
pub use copies::COPY_ALONE;
use disagreement::Why;
pub use disagreement::{TO_DO, is_settled};
use merged::Merged;
pub use merged::merged_worth;

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// 评估组, or whoever filled the unit's only, nameless workbook.
    Assessor,
    /// Index into the real departments that the settings name.
    Real(usize),
    /// Index into the tree's departments.
    Department(usize),
    /// Somebody the tree does not know.
    Other(String),
    /// Nobody is named; each such workbook is one of its own.
    Nameless(usize),
}

/// One workbook's row for an item, judged.
struct Entry<'a> {
    workbook: usize,
    row: &'a Row,
    judged: JudgedRow,
}

/// What one respondent says of an item, versions resolved.
struct Voice {
    who: Who,
    kind: Kind,
    own: Option<Said>,
    review: Option<Said>,
}

/// One column of one respondent: the state that speaks, and the entry it stands in (none where versions tore).
#[derive(Clone)]
struct Said {
    state: State,
    entry: Option<usize>,
}

/// The self-ratings that count where no review does, and those set aside.
#[derive(Default)]
struct Selves {
    chosen: Vec<Said>,
    /// Of an outsider's item, by anybody else.
    set_aside: Vec<(Who, Said)>,
    why: Why,
}

/// Merges the workbooks of one unit and period, which stand in the order of their files; beside the items the files that are outdated.
pub fn merge(
    workbooks: &[&Filled],
    unit: &Unit,
    tree: &Tree,
    policy: &Policy,
    findings: &mut Vec<Finding>,
) -> (Vec<ItemAnswers>, Vec<Outdated>) {
    let who = identify(workbooks, tree, findings);
    let mut rows: Vec<Vec<(usize, &Row)>> = tree.items.iter().map(|_| Vec::new()).collect();
    for (index, workbook) in workbooks.iter().enumerate() {
        for row in &workbook.rows {
            rows[row.item].push((index, row));
        }
    }
    let mut merger = Merger {
        workbooks,
        who: &who,
        tree,
        policy,
        findings,
        copies: vec![0; workbooks.len()],
        superseded: vec![(Vec::new(), 0); workbooks.len()],
        dropped: vec![Vec::new(); workbooks.len()],
        beside: vec![(Vec::new(), 0); workbooks.len()],
        renamed: vec![BTreeMap::new(); workbooks.len()],
        outside: vec![0; workbooks.len()],
        alone: vec![0; workbooks.len()],
    };
    let items: Vec<ItemAnswers> = rows.into_iter().enumerate().map(|(index, rows)| merger.item(index, rows)).collect();
    merger.say_versions();
    say_blanks(&items, workbooks, unit, tree, policy, findings);
    (items, outdated(workbooks, &who))
}

fn identify(workbooks: &[&Filled], tree: &Tree, findings: &mut Vec<Finding>) -> Vec<Who> {
    // A review workbook beside it does not make a whole unit's survey one of several.
    let alone = workbooks.iter().filter(|workbook| workbook.kind == Kind::Survey).count() == 1;
    workbooks
        .iter()
        .enumerate()
        .map(|(index, workbook)| {
            let name = workbook.respondent.as_str();
            if is(name, &ASSESSOR) || (name.is_empty() && (workbooks.len() == 1 || (alone && workbook.kind == Kind::Survey))) {
                return Who::Assessor;
            }
            if name.is_empty() {
                findings.push(NAMELESS.at(workbook.respondent_place.clone(), &[]));
                return Who::Nameless(index);
            }
            match tree.real_named(name) {
                Some(real) if is(&tree.local.respondents[real].name, &ASSESSOR) => Who::Assessor,
                Some(real) => Who::Real(real),
                None => tree.department_named(name).map_or_else(|| Who::Other(name.to_string()), Who::Department),
            }
        })
        .collect()
}

struct Merger<'a, 'f> {
    workbooks: &'a [&'a Filled],
    who: &'a [Who],
    tree: &'a Tree,
    policy: &'a Policy,
    findings: &'f mut Vec<Finding>,
    /// Answers of each workbook that are copies of another's.
    copies: Vec<usize>,
    /// Answers of each workbook that a later submission replaced, each with what it became, and the number of that submission.
    superseded: Vec<(Vec<Text>, usize)>,
    /// Answers that each workbook, a later submission, leaves blank.
    dropped: Vec<Vec<Text>>,
    /// Reviews beside a self-rating in each department's survey: their items, and how many differ without a reason.
    beside: Vec<(Vec<Text>, usize)>,
    /// Of each review workbook the copies that differ by the respondents' names alone: these names, as copied and now, and the items.
    renamed: Vec<BTreeMap<(String, String), Vec<Text>>>,
    /// Answers of each workbook to items that are not assessed.
    outside: Vec<usize>,
    /// Copies of each review workbook that no survey is there for.
    alone: Vec<usize>,
}

impl Merger<'_, '_> {
    fn item(&mut self, index: usize, rows: Vec<(usize, &Row)>) -> ItemAnswers {
        let tree = self.tree;
        let item = &tree.items[index];
        if !tree.in_scope(item) {
            return self.outside(item, rows);
        }
        let entries: Vec<Entry<'_>> = rows
            .into_iter()
            .map(|(workbook, found)| Entry { workbook, row: found, judged: row(self.workbooks[workbook], found, item) })
            .collect();
        let voices = self.voices(item, &entries);
        let selves = self.selves(index, &voices);
        let reviews = reviews(&voices);
        if !reviews.is_empty() {
            self.review_remarks(item, &reviews, &selves, &entries);
        } else {
            self.say_set_aside(item, &selves, &entries);
        }
        let (chosen, half) = if reviews.is_empty() { (&selves.chosen, Spoke::Own) } else { (&reviews, Spoke::Review) };
        let why = if reviews.is_empty() { selves.why } else { Why::Review };
        if !self.reviewed_twice(item, &voices, &entries) {
            self.disagreement(item, &voices, chosen, why, &entries);
        }
        let merged = Merged::of(chosen, self.policy.merge);
        let by_selves = Merged::of(&selves.chosen, self.policy.merge);
        let below_veto = chosen.iter().filter_map(|said| worth(&said.state)).any(|worth| worth.times(&100.into()) <= item.fails_at);
        let counting: Vec<usize> = chosen.iter().filter_map(|said| said.entry).collect();
        let surveys = voices.iter().filter(|voice| voice.kind == Kind::Survey);
        let speaking: Vec<usize> = surveys.filter_map(|voice| voice.own.as_ref()?.entry).collect();
        let reviewing = |entry: &&Entry<'_>| self.workbooks[entry.workbook].kind == Kind::Review;
        let latest = entries.iter().filter(reviewing).map(|entry| self.workbooks[entry.workbook].submission).max();
        let review_copies: Vec<(usize, &Row)> = entries
            .iter()
            .filter(|entry| reviewing(entry) && Some(self.workbooks[entry.workbook].submission) == latest)
            .map(|entry| (entry.workbook, entry.row))
            .collect();
        let responses = self.responses(entries, &counting, half, &speaking);
        self.compare_copies(item, &review_copies, &responses);
        ItemAnswers { state: merged.state, worth: merged.worth, by_selves: (by_selves.state, by_selves.worth), below_veto, responses }
    }

    /// What the reviews lack: a reason where they differ from a self-rating, a known way of verification.
    fn review_remarks(&mut self, item: &Item, reviews: &[Said], selves: &Selves, entries: &[Entry<'_>]) {
        for said in reviews {
            let Some(entry) = said.entry.and_then(|entry| entries.get(entry)) else { continue };
            let file = &self.workbooks[entry.workbook].file;
            let cell = |cell: &Option<String>| Place { cell: cell.clone(), ..Place::sheet(file, &entry.row.sheet) };
            let changed = selves.chosen.iter().find(|own| own.state.is_readable() && differ(&own.state, &said.state));
            let changed = changed.filter(|_| said.state.is_readable() && entry.row.review_note.trim().is_empty());
            if self.is_beside_self(entry) {
                self.beside[entry.workbook].0.push(name(item));
                self.beside[entry.workbook].1 += usize::from(changed.is_some());
            } else if let Some(own) = changed {
                let at = cell(&entry.row.review.as_ref().map(|review| review.cell.clone()));
                let args = [("item", name(item)), ("own", own.state.shown()), ("review", said.state.shown())];
                self.findings.push(REVIEW_WITHOUT_REASON.at(at, &args));
            }
            let way = entry.row.verification.trim();
            if !way.is_empty() && Verification::named(way).is_none() {
                let known: Vec<Text> = Verification::ALL.iter().map(|(_, _, words)| words.clone()).collect();
                let args = [("text", way.into()), ("known", Text::join(&known, "、", ", "))];
                self.findings.push(UNKNOWN_VERIFICATION.at(cell(&entry.row.verification_cell), &args));
            }
        }
    }

    /// An item that is not assessed: what was typed is kept, and nothing of it counts.
    fn outside(&mut self, item: &Item, rows: Vec<(usize, &Row)>) -> ItemAnswers {
        let mut entries = Vec::with_capacity(rows.len());
        for (workbook, found) in rows {
            let judged = row(self.workbooks[workbook], found, item);
            let filled = [&judged.own, &judged.review].into_iter().flatten().any(|cell| cell.answer.state != State::Blank);
            self.outside[workbook] += usize::from(filled);
            entries.push(Entry { workbook, row: found, judged });
        }
        let responses = self.responses(entries, &[], Spoke::Own, &[]);
        let state = MergedState::OutOfScope;
        ItemAnswers { state, worth: None, by_selves: (state, None), below_veto: false, responses }
    }

    /// Versions resolved, 自评 and 复核 apart; every remark on a cell said, softened where the cell is superseded.
    fn voices(&mut self, item: &Item, entries: &[Entry<'_>]) -> Vec<Voice> {
        let mut by_voice: BTreeMap<(Kind, &Who), Vec<usize>> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            by_voice.entry((self.workbooks[entry.workbook].kind, &self.who[entry.workbook])).or_default().push(index);
        }
        by_voice
            .into_iter()
            .map(|((kind, who), members)| {
                let own = self.column(item, entries, &members, |row| row.own.as_ref());
                let review = self.column(item, entries, &members, |row| row.review.as_ref());
                Voice { who: who.clone(), kind, own, review }
            })
            .collect()
    }

    /// Which of the self-ratings count, by assessor, lead, all, and which are set aside.
    fn selves(&self, index: usize, voices: &[Voice]) -> Selves {
        let item = &self.tree.items[index];
        let own = |wanted: &dyn Fn(&Who) -> bool| -> Vec<Said> {
            let voices = voices.iter().filter(|voice| voice.kind == Kind::Survey && wanted(&voice.who));
            voices.filter_map(|voice| voice.own.clone()).filter(|said| said.state.is_readable()).collect()
        };
        let answerers = self.tree.answerers(index);
        let is_lead = |who: &Who| match who {
            Who::Real(real) => answerers.contains(real),
            Who::Department(department) => item.lead == Some(*department) && !self.tree.is_moved(index),
            _ => false,
        };
        for (chosen, why) in [(own(&|who| *who == Who::Assessor), Why::Assessor), (own(&is_lead), Why::Lead)] {
            if !chosen.is_empty() {
                return Selves { chosen, set_aside: Vec::new(), why };
            }
        }
        let mut selves = Selves::default();
        for voice in voices.iter().filter(|voice| voice.kind == Kind::Survey) {
            let Some(said) = &voice.own else { continue };
            if self.tree.asks_outsider(item) && said.state.is_readable() {
                selves.set_aside.push((voice.who.clone(), said.clone()));
            } else {
                selves.chosen.push(said.clone());
            }
        }
        selves
    }

    fn say_set_aside(&mut self, item: &Item, selves: &Selves, entries: &[Entry<'_>]) {
        for (who, said) in &selves.set_aside {
            let place = self.place(std::slice::from_ref(said), entries);
            let args = [("item", name(item)), ("lead", self.tree.lead_name(item)), ("respondent", self.name_of(who))];
            self.findings.push(SET_ASIDE.at(place, &args));
        }
    }

    fn place(&self, said: &[Said], entries: &[Entry<'_>]) -> Place {
        let entry = said.iter().find_map(|said| said.entry).and_then(|index| entries.get(index));
        entry.map(|entry| entry.row.place(&self.workbooks[entry.workbook].file)).unwrap_or_default()
    }

    fn responses(&self, entries: Vec<Entry<'_>>, counting: &[usize], half: Spoke, speaking: &[usize]) -> Vec<Response> {
        let mut responses: Vec<Response> = entries
            .into_iter()
            .enumerate()
            .map(|(index, entry)| {
                let workbook = self.workbooks[entry.workbook];
                let answer = |cell: Option<JudgedCell>| -> Option<CellAnswer> { cell.map(|cell| cell.answer) };
                Response {
                    who: self.who[entry.workbook].clone(),
                    name: workbook.respondent.clone(),
                    submission: workbook.submission,
                    spoke: counting.contains(&index).then_some(half),
                    speaks: speaking.contains(&index),
                    place: entry.row.place(&workbook.file),
                    own: answer(entry.judged.own),
                    review: answer(entry.judged.review),
                    verification: Verification::named(&entry.row.verification),
                    evidence: entry.row.evidence.trim().to_string(),
                    note: entry.row.note.trim().to_string(),
                    review_note: entry.row.review_note.trim().to_string(),
                }
            })
            .collect();
        responses.sort_by(|one, two| (&one.name, &one.place.file).cmp(&(&two.name, &two.place.file)));
        responses
    }
}

impl Voice {
    fn reviewed(&self) -> Option<&Said> {
        self.review.as_ref().filter(|said| said.state != State::Blank)
    }

    /// A review replaces the self-rating unless it is empty.
    fn in_force(&self) -> Option<&Said> {
        self.reviewed().or(self.own.as_ref())
    }
}

/// Readable answers in force; a respondent's self-rating is not, where its review workbook holds a review.
fn in_force(voices: &[Voice]) -> Vec<(&Voice, &Said)> {
    let reviewed = |who: &Who| voices.iter().any(|voice| voice.who == *who && voice.reviewed().is_some());
    voices
        .iter()
        .filter(|voice| voice.reviewed().is_some() || !reviewed(&voice.who))
        .filter_map(|voice| voice.in_force().map(|said| (voice, said)))
        .filter(|(_, said)| said.state.is_readable())
        .collect()
}

fn name(item: &Item) -> Text {
    Text::same(item.reference.clone())
}

/// The voices whose review is not empty.
fn reviews(voices: &[Voice]) -> Vec<Said> {
    voices.iter().filter_map(|voice| voice.reviewed().cloned()).collect()
}

/// Do two readable answers differ in state or worth?
pub(super) fn differ(one: &State, two: &State) -> bool {
    match (one, two) {
        (State::Answered(one), State::Answered(two)) => one.worth != two.worth,
        (one, two) => one.code() != two.code(),
    }
}

fn worth(state: &State) -> Option<&Number> {
    if let State::Answered(reading) = state { Some(&reading.worth) } else { None }
}
