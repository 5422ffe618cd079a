//! 第几次报送.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::number::NUMERALS;
use crate::survey::cover::Cover;
use crate::survey::layout::CoverLabel;
use crate::text::t;

pub static SUBMISSION: FindingKind = FindingKind::new(
    "cover-submission",
    Severity::Warning,
    t("“第几次报送”是“{text}”，按第 1 次计。", "Submission is \"{text}\"; it counts as the first."),
    t("{how}", "{how}"),
);

/// Nobody sends a survey so often.
pub static LARGE: FindingKind = FindingKind::new(
    "cover-submission-large",
    Severity::Warning,
    t(
        "“第几次报送”是 {number}，像是日期或年份；照这个数计，比它小的报送都被这一份取代。",
        "Submission is {number}, which looks like a date or a year; as such it replaces all submissions of a lower number.",
    ),
    t("请改成第几次，只写数，如 2。", "Write which submission it is, as a plain number like 2."),
);
/// Submissions with more than so many before them are asked about.
const MOST: usize = 99;

/// The number that a text under 第几次报送 seems to mean: `第二次`, `2（补报）`.
fn meant(text: &str) -> Option<usize> {
    let text = text.trim_start_matches('第');
    let after = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let (number, after) = match text.len() - after.len() {
        0 => {
            let at = NUMERALS.iter().position(|numeral| text.starts_with(numeral))?;
            (at + 1, text.strip_prefix(NUMERALS[at])?)
        }
        length => (text[..length].parse().ok()?, after),
    };
    let ends = after.trim_start();
    let more = ends.is_empty() || ["次", "回", "(", "稿"].iter().any(|word| ends.starts_with(word));
    (more && (1..100).contains(&number)).then_some(number)
}

impl Cover<'_> {
    pub fn submission(&self, findings: &mut Vec<Finding>) -> usize {
        if (self.csv && self.row(CoverLabel::Submission).is_none()) || self.is_gone() {
            return 1;
        }
        let text = self.value(CoverLabel::Submission);
        let digits = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('次')).unwrap_or(&text).trim();
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<usize>().ok()).flatten();
        if let Some(number) = number.filter(|number| *number > MOST) {
            findings.push(LARGE.at(self.place(CoverLabel::Submission), &[("number", number.into())]));
        }
        number.filter(|number| *number > 0).unwrap_or_else(|| {
            let how = match meant(&text) {
                Some(number) => t("像是第 {number} 次：请只写“{number}”。", "It seems to mean {number}: write only {number}.")
                    .with(&[("number", number.into())]),
                None => t("请填从 1 起的整数，如 2 或 第2次。", "Write a whole number from 1, like 2."),
            };
            findings.push(SUBMISSION.at(self.place(CoverLabel::Submission), &[("text", text.clone().into()), ("how", how)]));
            1
        })
    }
}
