//! Words of the ledger, found again in either language.

use sha2::{Digest, Sha256};

use crate::ledger::Hand;
use crate::survey::layout::is;
use crate::text::{Lang, Text, t, visible};
use crate::unit::normal;

/// What the hidden store calls it.
pub const KIND: &str = "ledger";
pub const SHEET: Text = t("整改台账", "Ledger");
pub const ABOUT: Text = t("台账说明", "About");
/// A time limit in days where no start is known.
pub const DAY: Text = t("第 {day} 天", "day {day}");
/// A time limit that nobody knows.
pub const OPEN_END: Text = t("未定", "open");

/// `整改台账.xlsx`, `整改台账-第2期.xlsx`.
pub fn file_name(issue: usize, lang: Lang) -> String {
    let first = t("整改台账", "ledger");
    let later = t("整改台账-第{issue}期", "ledger-{issue}").with(&[("issue", issue.into())]);
    format!("{}.xlsx", if issue > 1 { later.get(lang) } else { first.get(lang) })
}

/// Where the ledgers of the responsible units stand.
pub fn part_folder(issue: usize, lang: Lang) -> String {
    let first = t("台账分发", "ledgers");
    let later = t("台账分发-第{issue}期", "ledgers-{issue}").with(&[("issue", issue.into())]);
    if issue > 1 { later.get(lang).to_string() } else { first.get(lang).to_string() }
}

/// `整改台账-区水务局.xlsx`, `整改台账-第2期-区水务局.xlsx`.
pub fn part_name(issue: usize, part: &str, lang: Lang) -> String {
    file_name(issue, lang).replace(".xlsx", &format!("-{part}.xlsx"))
}

/// How far a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    #[default]
    NotStarted,
    UnderWay,
    ToReview,
    Closed,
}

impl State {
    pub const ALL: [(State, Text); 4] = [
        (State::NotStarted, t("未启动", "Not started")),
        (State::UnderWay, t("整改中", "Under way")),
        (State::ToReview, t("待复核", "To be reviewed")),
        (State::Closed, t("已销号", "Closed")),
    ];

    pub fn words(self) -> Text {
        Self::ALL.iter().find(|(state, _)| *state == self).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, words)| is(text, words)).map(|(state, _)| *state)
    }

    /// Other words for a state that can mean only that one. 完成 is none: it may wait for its review.
    pub fn meant(text: &str) -> Option<Self> {
        const WORDS: [(State, &[&str]); 4] = [
            (State::NotStarted, &["未开始", "尚未启动", "没有启动"]),
            (State::UnderWay, &["进行中", "正在整改", "正在办理"]),
            (State::ToReview, &["等待复核", "等复核", "报请复核"]),
            (State::Closed, &["销号", "已经销号"]),
        ];
        let text = normal(text);
        WORDS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(state, _)| *state)
    }

    /// The state that is written all but one character like this text: 己销号.
    pub fn like(text: &str) -> Option<Self> {
        let typed: Vec<char> = normal(text).chars().collect();
        let near = |words: &str| {
            let known: Vec<char> = words.chars().collect();
            typed.len() == known.len() && typed.iter().zip(&known).filter(|(one, two)| one != two).count() == 1
        };
        Self::ALL.iter().find(|(_, words)| near(&words.zh)).map(|(state, _)| *state)
    }
}

/// Columns of the ledger, in order; `FirstOwner`, `FirstLimit`, `Overdue` and `Check` stand only where a row has something there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    Ref,
    Indicator,
    Problem,
    Basis,
    Score,
    Target,
    Action,
    Owner,
    FirstOwner,
    Limit,
    FirstLimit,
    Overdue,
    Proof,
    Progress,
    Done,
    Evidence,
    Reviewer,
    Opinion,
    State,
    Check,
    Id,
}

impl Column {
    /// Headers, and widths in half-width characters.
    pub const ALL: [(Column, Text, f64); 22] = [
        (Column::Number, t("序号", "No."), 6.0),
        (Column::Ref, t("编号", "Ref"), 10.0),
        (Column::Indicator, t("指标", "Indicator"), 30.0),
        (Column::Problem, t("问题（现状）", "Problem (as it is)"), 26.0),
        (Column::Basis, t("依据", "Basis"), 26.0),
        (Column::Score, t("现得分", "Score"), 8.0),
        (Column::Target, t("目标得分", "Target score"), 8.0),
        (Column::Action, t("措施", "Action"), 40.0),
        (Column::Owner, t("责任单位", "Responsible"), 16.0),
        (Column::FirstOwner, t("原责任单位", "First responsible"), 14.0),
        (Column::Limit, t("时限", "Time limit"), 12.0),
        (Column::FirstLimit, t("原时限", "First time limit"), 12.0),
        (Column::Overdue, t("逾期天数", "Days overdue"), 8.0),
        (Column::Proof, t("销号佐证（要求）", "Proof (required)"), 30.0),
        (Column::Progress, t("进展情况", "Progress"), 24.0),
        (Column::Done, t("完成日期", "Done on"), 12.0),
        (Column::Evidence, t("佐证材料", "Evidence"), 24.0),
        (Column::Reviewer, t("复核人（职务）", "Reviewer (post)"), 16.0),
        (Column::Opinion, t("复核意见", "Review opinion"), 18.0),
        (Column::State, t("状态", "State"), 12.0),
        (Column::Check, t("上期核对意见", "Check of the last issue"), 20.0),
        (Column::Id, Text { zh: std::borrow::Cow::Borrowed("id"), en: std::borrow::Cow::Borrowed("id") }, 10.0),
    ];

    /// What is filled in by hand, or may be changed.
    pub const OPEN: [Column; 9] = [
        Column::Action,
        Column::Owner,
        Column::Limit,
        Column::Progress,
        Column::Done,
        Column::Evidence,
        Column::Reviewer,
        Column::Opinion,
        Column::State,
    ];

    /// Position among the columns.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|(column, ..)| *column == self).unwrap_or(0)
    }

    pub fn words(self) -> Text {
        Self::ALL[self.index()].1.clone()
    }
}

/// Of what is filled in by hand, row by row: tells whether anybody has worked on a ledger since it was written.
pub fn digest<'a>(rows: impl Iterator<Item = (&'a str, &'a Hand)>) -> String {
    let mut hash = Sha256::new();
    for (id, hand) in rows {
        let state = hand.state.words();
        for text in [id, &hand.progress, &hand.done, &hand.evidence, &hand.reviewer, &hand.opinion, state.get(Lang::Zh)] {
            // As it reads back from the cell.
            hash.update(normal(&visible(text)).as_bytes());
            hash.update([0]);
        }
    }
    crate::tree::hex(&hash.finalize())
}
