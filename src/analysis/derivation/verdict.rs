//! Why a cell counts or does not: the rules of versions, review and lead (`docs/formats.md` section 6) followed again over what the
//! results hold. Which cell spoke, the results say themselves, and that has the last word.

use std::collections::BTreeMap;

use crate::analysis::derivation::Verdict;
use crate::answers::versions::{Fate, Version, fates};
use crate::answers::{Spoke, Who};
use crate::result::{AnswerResult, ItemResult};
use crate::scale::{State, Typed};
use crate::survey::layout::{ASSESSOR, is};
use crate::tree::{Item, Tree};

/// What became of the two cells of a row.
#[derive(Clone, Copy)]
pub struct RowVerdict {
    pub own: Verdict,
    pub review: Verdict,
}

/// One column of an item's rows.
struct Column {
    /// One a row; none where the row has no such cell.
    states: Vec<Option<State>>,
    fates: Vec<Option<Fate>>,
}

impl Column {
    /// Does the row's cell speak for its respondent?
    fn speaks(&self, row: usize) -> bool {
        self.fates[row] == Some(Fate::Used)
    }

    fn is_readable(&self, row: usize) -> bool {
        self.states[row].as_ref().is_some_and(State::is_readable)
    }

    fn is_blank(&self, row: usize) -> bool {
        self.states[row].as_ref().is_none_or(|state| *state == State::Blank)
    }
}

/// One a row of the item, in the results' order.
pub fn verdicts(result: &ItemResult, index: usize, tree: &Tree) -> Vec<RowVerdict> {
    let answers = &result.answers;
    if result.state == "out_of_scope" {
        return vec![RowVerdict { own: Verdict::OutOfScope, review: Verdict::OutOfScope }; answers.len()];
    }
    let item = &tree.items[index];
    let who: Vec<Who> = answers.iter().enumerate().map(|(at, answer)| speaker(answer, at, tree)).collect();
    let own = column(answers, &who, |answer| answer.own.as_ref().map(|own| state(&own.state, &own.text, item)));
    let review = column(answers, &who, |answer| answer.review.as_ref().map(|review| state(&review.state, &review.text, item)));
    let rows = 0..answers.len();
    let in_force = |row: &usize| !review.is_blank(*row) && matches!(review.fates[*row], Some(Fate::Used | Fate::Torn));
    let reviewed = rows.clone().any(|row| in_force(&row));
    let rule = Rule::of(&own, &who, index, tree);
    rows.map(|row| {
        let verdict = if reviewed {
            let replaced = if own.is_blank(row) { Verdict::Reviewed } else { aged(own.fates[row]).unwrap_or(Verdict::Reviewed) };
            RowVerdict { own: replaced, review: fate(review.fates[row], Verdict::Counts) }
        } else {
            RowVerdict { own: fate(own.fates[row], rule.says(row, &own, &who[row])), review: fate(review.fates[row], Verdict::Otherwise) }
        };
        settled(verdict, &answers[row], result)
    })
    .collect()
}

/// The results say which cell spoke; a verdict that contradicts them gives way.
fn settled(verdict: RowVerdict, answer: &AnswerResult, item: &ItemResult) -> RowVerdict {
    let one = |half: Spoke, verdict: Verdict, state: Option<&str>| match (answer.spoke == Some(half), verdict) {
        (true, _) => brought(state.unwrap_or("blank"), &item.state),
        (false, Verdict::Counts) => Verdict::Otherwise,
        (false, verdict) => verdict,
    };
    RowVerdict {
        own: one(Spoke::Own, verdict.own, answer.own.as_ref().map(|own| own.state.as_str())),
        review: one(Spoke::Review, verdict.review, answer.review.as_ref().map(|review| review.state.as_str())),
    }
}

/// What a cell that was chosen does for its item: only what the item came to by it counts.
fn brought(state: &str, item: &str) -> Verdict {
    if state != item {
        return Verdict::Outweighed;
    }
    match state {
        "answered" | "no_data" => Verdict::Counts,
        "not_applicable" => Verdict::Leaves,
        "blank" => Verdict::Blank,
        _ => Verdict::Unreadable,
    }
}

/// Which self-ratings count where no review does.
enum Rule {
    Assessor,
    /// Of the rows that are the lead's and readable.
    Lead(Vec<usize>),
    All {
        outsider: bool,
    },
}

impl Rule {
    fn of(own: &Column, who: &[Who], index: usize, tree: &Tree) -> Self {
        let item = &tree.items[index];
        let answerers = tree.answerers(index);
        let is_lead = |who: &Who| match who {
            Who::Real(real) => answerers.contains(real),
            Who::Department(department) => item.lead == Some(*department) && !tree.is_moved(index),
            _ => false,
        };
        let speaking = |wanted: &dyn Fn(&Who) -> bool| -> Vec<usize> {
            (0..who.len()).filter(|row| own.speaks(*row) && own.is_readable(*row) && wanted(&who[*row])).collect()
        };
        if !speaking(&|who| *who == Who::Assessor).is_empty() {
            return Rule::Assessor;
        }
        let leads = speaking(&is_lead);
        if leads.is_empty() { Rule::All { outsider: tree.asks_outsider(item) } } else { Rule::Lead(leads) }
    }

    fn says(&self, row: usize, own: &Column, who: &Who) -> Verdict {
        match self {
            Rule::Assessor if *who == Who::Assessor => Verdict::Counts,
            Rule::Assessor => Verdict::Assessor,
            Rule::Lead(rows) if rows.contains(&row) => Verdict::Counts,
            Rule::Lead(_) => Verdict::Lead,
            Rule::All { outsider: true } if own.is_readable(row) => Verdict::SetAside,
            Rule::All { .. } => Verdict::Counts,
        }
    }
}

/// Who filled the row's workbook, as merging tells them apart.
fn speaker(answer: &AnswerResult, at: usize, tree: &Tree) -> Who {
    let name = answer.respondent.name.as_str();
    if answer.respondent.id.as_deref() == Some("assessor") {
        return Who::Assessor;
    }
    if name.is_empty() {
        return Who::Nameless(at);
    }
    match tree.real_named(name) {
        Some(real) if is(&tree.local.respondents[real].name, &ASSESSOR) => Who::Assessor,
        Some(real) => Who::Real(real),
        None => tree.department_named(name).map_or_else(|| Who::Other(name.to_string()), Who::Department),
    }
}

/// A cell's state as it was judged; what was answered is read again for its value.
fn state(code: &str, text: &str, item: &Item) -> State {
    match code {
        "answered" => {
            let reading = item.scaled.scale.read(&Typed::text(text).text, &item.question);
            reading.map_or(State::Unreadable, |reading| State::Answered(Box::new(reading)))
        }
        "not_applicable" => State::NotApplicable,
        "no_data" => State::NoData,
        "blank" => State::Blank,
        _ => State::Unreadable,
    }
}

/// The versions of each respondent told apart; a review workbook, which has no column 自评, is a version of review workbooks only.
fn column(answers: &[AnswerResult], who: &[Who], cell: impl Fn(&AnswerResult) -> Option<State>) -> Column {
    let states: Vec<Option<State>> = answers.iter().map(cell).collect();
    let mut voices: BTreeMap<(bool, &Who), Vec<usize>> = BTreeMap::new();
    for (row, answer) in answers.iter().enumerate() {
        voices.entry((answer.own.is_none(), &who[row])).or_default().push(row);
    }
    let mut all = vec![None; answers.len()];
    for mut rows in voices.into_values() {
        rows.sort_by(|one, two| answers[*one].place.file.cmp(&answers[*two].place.file));
        let versions: Vec<(usize, Version<'_>)> = rows
            .iter()
            .filter_map(|row| Some((*row, Version { submission: answers[*row].submission, state: states[*row].as_ref()? })))
            .collect();
        let judged = fates(&versions.iter().map(|(_, version)| version.clone()).collect::<Vec<_>>());
        for ((row, _), fate) in versions.iter().zip(judged) {
            all[*row] = Some(fate);
        }
    }
    Column { states, fates: all }
}

/// What became of a version that does not speak; none for the one that does, and for versions that tore.
fn aged(fate: Option<Fate>) -> Option<Verdict> {
    match fate? {
        Fate::Copy => Some(Verdict::Copy),
        Fate::Superseded => Some(Verdict::Superseded),
        Fate::BlankBeside => Some(Verdict::BlankBeside),
        Fate::Used | Fate::Torn => None,
    }
}

fn fate(fate: Option<Fate>, used: Verdict) -> Verdict {
    if fate == Some(Fate::Torn) { Verdict::Torn } else { aged(fate).unwrap_or(used) }
}
