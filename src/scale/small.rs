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
        "填的是“{text}”，读作 {value}，比评分标准里最小的一档（{least}）还小得多，又带小数，可能是以{larger}计的。",
        "It says \"{text}\" and was read as {value}, a fraction no more than a tenth of the smallest step, {least}; it may be in {larger}.",
    ),
    t(
        "请照原件填：原件上就是以{unit}计的，填原件的数；原件只有{larger}数的，换算成{unit}再填；原件就是 {value}的，写成“{text}{unit}”。",
        "Go by the original: if it gives {unit}, type its number; if it gives {larger} only, convert them to {unit}; if it says {value}, write {text} {unit}.",
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
