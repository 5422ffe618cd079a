//! A quiz marked: by trainee, by question, and before against after for those who took both.

use std::collections::BTreeMap;

use crate::analysis::change::paired::Differences;
use crate::bank::Question;
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::quiz::{Filled, Given, Session};
use crate::text::t;

pub static NAME_TWICE: Kind = Kind::error(
    "quiz-name-twice",
    t(
        "“{name}”在{session}不止一份答卷（另一处：{other}），都阅卷，不做前后对比。",
        "\"{name}\" has more than one sheet {session} the course (the other: {other}); all are marked and none is compared.",
    ),
    t("同一人的删去多余的，同名的在名字后加编号。", "Delete what is too many of one person; tell people of one name apart by a number."),
);
pub static KINDS: [&Kind; 1] = [&NAME_TWICE];

/// A workbook and the questions it asks, in its order.
pub struct Sheet<'a> {
    pub filled: &'a Filled,
    pub questions: Vec<Question>,
}

/// Everything marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marking {
    /// In the order of files and rows.
    pub trainees: Vec<Trainee>,
    /// By right rate, after the course where there is such a sheet, the lowest first, ties in the order of the paper.
    pub questions: Vec<Asked>,
    /// One a session that was stated.
    pub sessions: Vec<(Session, Tally)>,
    pub compared: Option<Compared>,
    pub findings: Vec<Finding>,
}

/// One answer sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Trainee {
    pub name: String,
    pub unit: String,
    pub session: Option<Session>,
    pub place: Place,
    pub marks: Marks,
}

/// Answers counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub right: usize,
    pub wrong: usize,
    pub blank: usize,
    pub unreadable: usize,
}

impl Marking {
    /// Are there sheets from after the course? Then they say what to teach again.
    pub fn has_after(&self) -> bool {
        self.sessions.iter().any(|(session, _)| *session == Session::After)
    }
}

impl Marks {
    pub fn asked(&self) -> usize {
        self.right + self.wrong + self.blank + self.unreadable
    }

    /// 0 to 1; none where nothing was asked.
    pub fn rate(&self) -> Option<f64> {
        let asked = self.asked();
        (asked > 0).then(|| self.right as f64 / asked as f64)
    }

    fn add(&mut self, given: Given, right: usize) {
        let slot = match given {
            Given::Choice(choice) if choice == right => &mut self.right,
            Given::Choice(_) => &mut self.wrong,
            Given::Blank => &mut self.blank,
            Given::Unreadable => &mut self.unreadable,
        };
        *slot += 1;
    }
}

/// Sheets of a session together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub sheets: usize,
    pub marks: Marks,
}

/// One question over all sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub question: Question,
    pub all: Marks,
    pub before: Marks,
    pub after: Marks,
    /// How often each choice was taken, in the order of `question`: in all sheets, and in those from after the course.
    pub taken: [usize; 4],
    pub taken_after: [usize; 4],
}

impl Asked {
    /// What says whether it has to be taught again: sheets from after the course, and all where there are none.
    pub fn judged(&self) -> &Marks {
        if self.is_judged_after() { &self.after } else { &self.all }
    }

    pub fn is_judged_after(&self) -> bool {
        self.after.asked() > 0
    }

    /// Is the right rate after the course below that before it?
    pub fn fell(&self) -> bool {
        self.before.rate().zip(self.after.rate()).is_some_and(|(before, after)| after < before)
    }

    /// The wrong choice taken most often in the sheets it is judged by, and how often.
    pub fn common_mistake(&self) -> Option<(usize, usize)> {
        let taken = if self.is_judged_after() { &self.taken_after } else { &self.taken };
        let wrong = (0..taken.len()).filter(|choice| *choice != self.question.right && taken[*choice] > 0);
        // The first of equals.
        wrong.map(|choice| (choice, taken[choice])).reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// Before and after of those who took both, over the questions asked both times.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// By name.
    pub pairs: Vec<Pair>,
    /// Names that are in one session only.
    pub only_before: Vec<String>,
    pub only_after: Vec<String>,
    /// Of the differences of rates, in percentage points.
    pub differences: Differences,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub name: String,
    pub unit: String,
    /// Questions asked both times.
    pub questions: usize,
    /// Rates over them, 0 to 1.
    pub before: f64,
    pub after: f64,
}

/// Marks all sheets together.
pub fn mark(sheets: &[Sheet<'_>]) -> Marking {
    let mut marking = Marking::default();
    let mut papers: Vec<(&Sheet<'_>, usize)> = Vec::new();
    for sheet in sheets {
        for (at, row) in sheet.filled.rows.iter().enumerate() {
            let mut marks = Marks::default();
            for (question, given) in sheet.questions.iter().zip(&row.answers) {
                marks.add(*given, question.right);
                asked(&mut marking.questions, question).add(*given, question, sheet.filled.session);
            }
            papers.push((sheet, at));
            let (name, unit) = (row.name.clone(), row.unit.clone());
            marking.trainees.push(Trainee { name, unit, session: sheet.filled.session, place: row.place.clone(), marks });
        }
    }
    marking.questions.sort_by(|one, other| rate(one).total_cmp(&rate(other)));
    for session in Session::ALL {
        let mut tally = Tally::default();
        for trainee in marking.trainees.iter().filter(|trainee| trainee.session == Some(session)) {
            tally.sheets += 1;
            tally.marks.right += trainee.marks.right;
            tally.marks.wrong += trainee.marks.wrong;
            tally.marks.blank += trainee.marks.blank;
            tally.marks.unreadable += trainee.marks.unreadable;
        }
        if tally.sheets > 0 {
            marking.sessions.push((session, tally));
        }
    }
    if marking.sessions.len() == Session::ALL.len() {
        marking.compared = Some(compare(&papers, &mut marking.findings));
    }
    marking
}

fn rate(asked: &Asked) -> f64 {
    asked.judged().rate().unwrap_or(0.0)
}

fn asked<'a>(all: &'a mut Vec<Asked>, question: &Question) -> &'a mut Asked {
    let at = all.iter().position(|one| one.question.item == question.item).unwrap_or_else(|| {
        let none = Marks::default();
        all.push(Asked { question: question.clone(), all: none, before: none, after: none, taken: [0; 4], taken_after: [0; 4] });
        all.len() - 1
    });
    &mut all[at]
}

impl Asked {
    /// Papers of another seed have the choices in another order: they are told by what they say.
    fn add(&mut self, given: Given, question: &Question, session: Option<Session>) {
        self.all.add(given, question.right);
        match session {
            Some(Session::Before) => self.before.add(given, question.right),
            Some(Session::After) => self.after.add(given, question.right),
            None => {}
        }
        if let Given::Choice(choice) = given
            && let Some(own) = self.question.choices.iter().position(|own| Some(own) == question.choices.get(choice))
        {
            self.taken[own] += 1;
            self.taken_after[own] += usize::from(session == Some(Session::After));
        }
    }
}

/// The sheets of each name in each session; a name twice in a session is a finding and is not compared.
fn compare(papers: &[(&Sheet<'_>, usize)], findings: &mut Vec<Finding>) -> Compared {
    let mut by_name: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
    for (index, (sheet, at)) in papers.iter().enumerate() {
        let row = &sheet.filled.rows[*at];
        let Some(session) = sheet.filled.session.filter(|_| !row.name.is_empty()) else { continue };
        by_name.entry(row.name.to_lowercase()).or_default()[usize::from(session == Session::After)].push(index);
    }
    let row = |index: usize| &papers[index].0.filled.rows[papers[index].1];
    let mut compared = Compared { pairs: Vec::new(), only_before: Vec::new(), only_after: Vec::new(), differences: Differences::of(&[]) };
    for sessions in by_name.values() {
        for (session, indices) in Session::ALL.into_iter().zip(sessions) {
            for again in indices.iter().skip(1) {
                let first = row(indices[0]);
                let args = [("name", first.name.clone().into()), ("session", session.words()), ("other", first.place.show())];
                findings.push(NAME_TWICE.at(row(*again).place.clone(), &args));
            }
        }
        match (sessions[0].as_slice(), sessions[1].as_slice()) {
            ([before], [after]) => compared.pairs.extend(pair(papers, *before, *after)),
            ([one, ..], []) => compared.only_before.push(row(*one).name.clone()),
            ([], [one, ..]) => compared.only_after.push(row(*one).name.clone()),
            _ => {}
        }
    }
    let points: Vec<f64> = compared.pairs.iter().map(|pair| 100.0 * (pair.after - pair.before)).collect();
    compared.differences = Differences::of(&points);
    compared
}

/// Both sheets of one person over the questions they share; none where they share none.
fn pair(papers: &[(&Sheet<'_>, usize)], before: usize, after: usize) -> Option<Pair> {
    let ((old, old_row), (new, new_row)) = (papers[before], papers[after]);
    let shared = |question: &Question, other: &Sheet<'_>| other.questions.iter().any(|one| one.item == question.item);
    let marks = |sheet: &Sheet<'_>, row: usize, other: &Sheet<'_>| {
        let mut marks = Marks::default();
        for (question, given) in sheet.questions.iter().zip(&sheet.filled.rows[row].answers) {
            if shared(question, other) {
                marks.add(*given, question.right);
            }
        }
        marks
    };
    let (was, is) = (marks(old, old_row, new), marks(new, new_row, old));
    let row = &new.filled.rows[new_row];
    Some(Pair { name: row.name.clone(), unit: row.unit.clone(), questions: was.asked(), before: was.rate()?, after: is.rate()? })
}
