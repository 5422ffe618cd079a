//! A quiz marked: by trainee and by question.

use crate::analysis::training::pairing::{self, Compared};
use crate::bank::Question;
use crate::finding::Finding;
use crate::place::Place;
use crate::quiz::{Filled, Given, Session};

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
    /// People who took both on papers with too little in common.
    pub unlike: usize,
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

    pub(super) fn add(&mut self, given: Given, right: usize) {
        let slot = match given {
            Given::Choice(choice) if choice == right => &mut self.right,
            Given::Choice(_) => &mut self.wrong,
            Given::Blank => &mut self.blank,
            Given::Unreadable => &mut self.unreadable,
            Given::Unasked => return,
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

/// Marks all sheets together.
pub fn mark(sheets: &[Sheet<'_>]) -> Marking {
    let mut marking = Marking::default();
    for sheet in sheets {
        for row in &sheet.filled.rows {
            let mut marks = Marks::default();
            for (question, given) in sheet.questions.iter().zip(&row.answers).filter(|(_, given)| **given != Given::Unasked) {
                marks.add(*given, question.right);
                asked(&mut marking.questions, question).add(*given, question, sheet.filled.session);
            }
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
    (marking.compared, marking.unlike) = pairing::pair(sheets, &mut marking.findings);
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
