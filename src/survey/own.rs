//! Workbooks of ours that are no surveys, known by their hidden store.

use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::text::{Text, t};

pub static OWN_REPORT: Kind = Kind::new(
    "input-own-report",
    Severity::Note,
    t("是 ecap 做的报告，跳过。", "It is a report made by ecap and was skipped."),
    t("不必处理。", "Nothing to do."),
);
static OWN_QUIZ: Kind = Kind::new(
    "input-own-quiz",
    Severity::Note,
    t("是培训测评的答题表，跳过。", "It holds answers to a quiz and was skipped."),
    t("阅卷用 ecap train。", "ecap train marks it."),
);
static OWN_WORKBOOK: Kind = Kind::new(
    "input-own-workbook",
    Severity::Note,
    t("是{what}，这里不核对，跳过。", "It is a {what}, which is not checked here; it was skipped."),
    t(
        "由 ecap plan 核对：把它同收回的表放在一起，运行 ecap plan 文件夹 --date 今天的日期。",
        "ecap plan checks it: put it beside the surveys and run ecap plan FOLDER --date TODAY.",
    ),
);

pub static KINDS: [&Kind; 3] = [&OWN_REPORT, &OWN_QUIZ, &OWN_WORKBOOK];

/// What the store calls each, what is said of it, and its name where several are said the same of.
static OWN: [(&str, &Kind, Text); 4] = [
    ("report", &OWN_REPORT, t("报告", "report")),
    ("quiz", &OWN_QUIZ, t("答题表", "answer workbook")),
    ("ledger", &OWN_WORKBOOK, t("整改台账", "rectification ledger")),
    ("costs", &OWN_WORKBOOK, t("措施费用表", "table of costs")),
];

/// Why a workbook of this kind is passed over; none where it is a survey.
pub fn said(kind: &str, file: &str) -> Option<Finding> {
    let (_, said, what) = OWN.iter().find(|(own, ..)| *own == kind)?;
    Some(said.at(Place::file(file), &[("what", what.clone())]))
}

/// Does a finding say that a workbook of ours was passed over?
pub fn is_said(finding: &Finding) -> bool {
    KINDS.iter().any(|kind| finding.code == kind.code)
}
