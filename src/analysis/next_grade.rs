//! How far the next grade is, and what besides points stands in its way.

use crate::result::Results;

/// The road to the next better grade.
#[derive(Clone, Debug, PartialEq)]
pub struct NextGrade {
    /// Band code of the next better grade.
    pub grade: String,
    /// Points the rounded score lacks; 0 where only a cap stands in the way.
    pub points: f64,
    /// Does a failed veto or a key item at 0 cap the grade below it?
    pub capped: bool,
}

/// None where the grade is the best or there is none.
pub fn next_grade(results: &Results) -> Option<NextGrade> {
    let bands = &results.policy.bands;
    let grade = results.total.grade.as_deref()?;
    let at = bands.iter().position(|band| band.code == grade)?;
    let next = bands.get(at.checked_sub(1)?)?;
    let capped = results.total.grade_reasons.iter().any(|reason| {
        let cap = reason.cap.as_deref().and_then(|cap| bands.iter().position(|band| band.code == cap));
        cap.is_some_and(|cap| cap >= at)
    });
    Some(NextGrade { grade: next.code.clone(), points: (next.from - results.total.rounded?).max(0.0), capped })
}
