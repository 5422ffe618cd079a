//! The workbook that a class answers a quiz in (答题表), out and in. The key is never in it: it follows from the bank, the seed and the items.

mod answer;
mod blank;
mod filled;

use crate::bank::{Bank, Question};
use crate::survey::layout::is;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

pub use blank::blank;
pub use filled::{Filled, Given, KINDS, LOST_STORE, Row, has_lost_store, is_quiz, read, some_names};

/// What `_ecap` says that the workbook is.
pub const KIND: &str = "quiz";
/// The sheets.
const COVER: Text = t("测评说明", "Cover");
const ANSWERS: Text = t("答题", "Answers");
const QUESTIONS: Text = t("题目", "Questions");
/// Headers of the sheet of answers.
const NUMBER: Text = t("序号", "No.");
const NAME: Text = t("姓名或编号", "Name or number");
const UNIT: Text = t("单位", "Unit");
const QUESTION: Text = t("第{number}题", "Q{number}");
/// In a cell of somebody who handed in a paper and did not answer here.
const NOT_ANSWERED: &str = "-";
/// Labels of the cover.
const SESSION: Text = t("场次", "Session");
const DATE: Text = t("测评日期", "Date of the quiz");

/// A quiz is taken before a course and again after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Session {
    Before,
    After,
}

impl Session {
    pub const ALL: [Session; 2] = [Session::Before, Session::After];

    pub fn words(self) -> Text {
        match self {
            Session::Before => t("训前", "before"),
            Session::After => t("训后", "after"),
        }
    }

    /// What a cover says, and whether in our own word: `培训前`, `前测` and `课前测试` mean one thing each.
    fn said(text: &str) -> Option<(Session, bool)> {
        let exact = Session::ALL.into_iter().find(|session| is(text, &session.words()));
        exact.map(|session| (session, true)).or_else(|| Some((Session::named(text)?, false)))
    }

    fn named(text: &str) -> Option<Session> {
        const QUIZZES: [&str; 9] = ["测评", "测试", "测验", "考试", "考核", "测", "test", "quiz", "course"];
        let text: String = normal(text).to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect();
        let stem = QUIZZES.iter().find_map(|quiz| text.strip_suffix(quiz)).unwrap_or(&text);
        match stem {
            "训前" | "培训前" | "训练前" | "课前" | "前" | "pre" | "before" | "beforethe" => Some(Session::Before),
            "训后" | "培训后" | "训练后" | "课后" | "后" | "post" | "after" | "afterthe" => Some(Session::After),
            _ => None,
        }
    }
}

/// What goes out: whose class it is and what it is asked.
pub struct Issue<'a> {
    pub unit: &'a str,
    pub period: &'a str,
    /// Digests of the tree and of the bank.
    pub tree: &'a Tree,
    pub bank: &'a str,
    /// The class of the training needs report whose items are asked; none: of all.
    pub class: Option<usize>,
    pub seed: &'a str,
    /// In the order of the paper.
    pub questions: &'a [Question],
}

/// The questions of ids in their order, as a seed lays them out; none where the bank lacks one of them.
pub fn questions(ids: &[String], seed: &str, tree: &Tree, bank: &Bank) -> Option<Vec<Question>> {
    let question = |id: &String| {
        let item = tree.items.iter().position(|item| item.id == *id)?;
        Some(Question::new(bank.entry(id)?, item, seed))
    };
    ids.iter().map(question).collect()
}

/// A header of the sheet of answers: `第3题`.
fn question_header(number: usize) -> Text {
    QUESTION.with(&[("number", number.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_known_by_words_of_one_meaning() {
        for (text, said) in [
            ("训前", Some((Session::Before, true))),
            ("After", Some((Session::After, true))),
            ("培训前", Some((Session::Before, false))),
            ("训练前", Some((Session::Before, false))),
            ("前测", Some((Session::Before, false))),
            ("课前测试", Some((Session::Before, false))),
            ("pre-test", Some((Session::Before, false))),
            ("培训后", Some((Session::After, false))),
            ("（后 测）", Some((Session::After, false))),
            ("训后考试", Some((Session::After, false))),
            ("after the course", Some((Session::After, false))),
            ("下午", None),
            ("训中", None),
            ("测试", None),
            ("训前训后", None),
            ("", None),
        ] {
            assert_eq!(Session::said(text), said, "{text}");
        }
    }
}
