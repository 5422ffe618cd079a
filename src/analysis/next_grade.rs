//! How far the next grade is, and what besides points stands in its way.

use crate::result::{GradeReason, Results};

/// The road to the next better grade.
#[derive(Clone, Debug, PartialEq)]
pub struct NextGrade<'a> {
    /// Band code of the next better grade.
    pub grade: &'a str,
    /// Points the rounded score lacks; 0 where only a cap stands in the way.
    pub points: f64,
    /// The rules that cap the grade below it.
    pub blockers: Vec<&'a GradeReason>,
}

/// None where the grade is the best or there is none.
pub fn next_grade(results: &Results) -> Option<NextGrade<'_>> {
    let bands = &results.policy.bands;
    let position = |code: &str| bands.iter().position(|band| band.code == code);
    let wanted = position(results.total.grade.as_deref()?)?.checked_sub(1)?;
    let next = bands.get(wanted)?;
    let blocks = |reason: &&GradeReason| reason.cap.as_deref().and_then(position).is_some_and(|cap| cap > wanted);
    Some(NextGrade {
        grade: &next.code,
        points: (next.from - results.total.rounded?).max(0.0),
        blockers: results.total.grade_reasons.iter().filter(blocks).collect(),
    })
}
