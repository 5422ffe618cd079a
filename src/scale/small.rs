//! Times that look as if they were counted in a larger unit: 1.5 where steps are 30 minutes apart.

use crate::finding::{Kind, Severity};
use crate::number::Number;
use crate::scale::Unreadable;
use crate::scale::measure::{Measure, quantity};
use crate::text::{Text, t};

pub static SMALL_FRACTION: Kind = Kind::new(
    "answer-small-fraction",
    Severity::Warning,
    t(
        "填的是“{text}”，按 {value} 读了，不超过评分标准里最小的一档（{least}）的十分之一，又带小数，可能是以{larger}计的。",
        "It says \"{text}\" and was read as {value}, a fraction no more than a tenth of the smallest step, {least}; it may be in {larger}.",
    ),
    t(
        "请看原件核对单位：是以{larger}计的，换算成{unit}再填；没有错的，写成“{text}{unit}”就不再问。",
        "See the original for the unit: if it is in {larger}, convert it to {unit}; if it is right, write {text} {unit}, and it is not asked about again.",
    ),
);

/// Units asked for, and the larger ones that people count such times in. A part of an hour or of a second is what people say.
static LARGER: [(&str, Text); 3] =
    [("分钟", t("小时", "hours")), ("天", t("月、年", "months or years")), ("日", t("月、年", "months or years"))];

/// No more than one in so many of the smallest step.
const FAR: i64 = 10;

/// What is asked of a number with decimals, typed without a unit, that lies far below all steps.
pub fn fraction(text: &str, value: &Number, measure: &Measure, unit: &Text) -> Option<Unreadable> {
    let (_, larger) = LARGER.iter().find(|(asked, _)| *asked == unit.zh)?;
    // In proportion there is no smallest step.
    let Measure::Cuts { cuts, .. } = measure else { return None };
    let least = cuts.iter().filter(|cut| **cut > Number::zero()).min()?;
    let is_such = !value.is_whole() && Number::parse(text).is_some() && value.times(&FAR.into()) <= *least;
    is_such.then(|| {
        let args =
            vec![("value", quantity(value, unit)), ("least", quantity(least, unit)), ("larger", larger.clone()), ("unit", unit.clone())];
        Unreadable::with(&SMALL_FRACTION, args)
    })
}
