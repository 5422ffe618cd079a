//! The workbook that a class answers a quiz in (答题表), out and in. The key is never in it: it follows from the bank, the seed and the items.

mod blank;
mod filled;

use crate::bank::{Bank, Question};
use crate::text::{Text, t};
use crate::tree::Tree;

pub use blank::blank;
pub use filled::{Filled, Given, KINDS, Row, is_quiz, read};

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
