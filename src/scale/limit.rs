//! The most that a question lets be answered, and numbers far from all that a scale tells apart.

use crate::finding::{Finding, Kind, Severity};
use crate::node::Node;
use crate::number::Number;
use crate::scale::measure::{TIMES, quantity};
use crate::scale::pieces::Pieces;
use crate::scale::{Reading, Scale, Unreadable, dates};
use crate::text::{Text, t};
use crate::unit::normal;

pub static OVER_MAX: Kind = Kind::error(
    "answer-over-max",
    t("填的是“{text}”，本题最多只能是 {max}。", "It says \"{text}\"; the most here is {max}."),
    t("请按题目问的范围核对。请填：{hint}。", "Check it against what the question asks for. Fill in: {hint}."),
);
pub static FAR_OUT: Kind = Kind::new(
    "answer-far-out",
    Severity::Warning,
    t(
        "填的是“{text}”，远远大于评分标准里最大的数 {most}。{date}",
        "It says \"{text}\", far above the largest number of the scoring guide, {most}.{date}",
    ),
    t(
        "请核对单位和小数点，是不是把总数填在了平均数的位置；没有错的不用改。",
        "Check the unit and the decimal point, and whether a total stands where an average is asked; if it is right, leave it.",
    ),
);
pub static YEAR: Kind = Kind::new(
    "answer-year",
    Severity::Warning,
    t("填的是“{text}”，像是年份；按 {value} 读了。", "It says \"{text}\", which looks like a year; it was read as {value}."),
    t("是年份的，请改填题目问的数；数没有错的不用改。", "If it is a year, give the number that is asked for; if it is right, leave it."),
);
pub static STAND_IN: Kind = Kind::new(
    "answer-stand-in",
    Severity::Warning,
    t(
        "填的是“{text}”，像是用来表示没有或不详的数；按 {value} 读了。",
        "It says \"{text}\", which looks like a number that stands for nothing or not known; it was read as {value}.",
    ),
    t(
        "没有的请按题目的要求填，找不到材料的填“查无资料”；数没有错的不用改。",
        "Where there is none, write what the question says; where no record was found, No data; if it is right, leave it.",
    ),
);
pub static BAD_MAX: Kind = Kind::error(
    "tree-max",
    t("max 小于本尺度里的 {number}。", "max is below {number}, which the scale names."),
    t("max 是能填的最大的数，不得小于任何一档。", "max is the largest answer there is, no less than any step."),
);

/// An answer above so many times the largest number of a scale, or that many where this is below 1, is told.
const FAR: i64 = 20;

/// Reads `max` beside the numbers that a scale names; none, with a finding, where one of these is above it.
pub fn from<'n>(node: Option<&Node>, mut named: impl Iterator<Item = &'n Number>, findings: &mut Vec<Finding>) -> Option<Option<Number>> {
    let Some(node) = node else { return Some(None) };
    let max = node.exact("max", findings)?;
    if let Some(above) = named.find(|number| **number > max) {
        findings.push(BAD_MAX.at(node.place.clone(), &[("number", above.to_string().into())]));
        return None;
    }
    Some(Some(max))
}

/// Refuses what is above the most there is.
pub fn check(value: &Number, max: Option<&Number>, unit: &Text) -> Result<(), Unreadable> {
    match max.filter(|max| value > *max) {
        Some(max) => Err(Unreadable::with(&OVER_MAX, vec![("max", quantity(max, unit))])),
        None => Ok(()),
    }
}

/// What may be typed, with the most there is.
pub fn hint(hint: Text, max: Option<&Number>, unit: &Text) -> Text {
    match max {
        Some(max) => t("{hint}，最大 {max}", "{hint}, {max} at most").with(&[("hint", hint), ("max", quantity(max, unit))]),
        None => hint,
    }
}

/// Does the question itself name the number, as `没有的填 9999`?
fn names(question: &Text, value: &Number) -> bool {
    let asked = Pieces::of(&normal(&question.zh)).numbers;
    asked.iter().any(|number| Number::parse(&number.replace(',', "")).as_ref() == Some(value))
}

/// Numbers by which questions say that there is none; the first is an ordinary number too.
const STAND_INS: [usize; 4] = [99, 999, 9_999, 99_999];

/// What is asked of a number that looks like a year where time is counted, or like one that stands for nothing known; none where the
/// question names it, or where it lies within what the scale tells apart and the question has no stand-in of its own.
pub fn stand_in(value: &Number, largest: &Number, unit: &Text, question: &Text) -> Option<Unreadable> {
    let whole = value.to_usize()?;
    let is_stand_in = STAND_INS.contains(&whole);
    // That of another question: 99 where this one says 999.
    let of_another = || STAND_INS.into_iter().any(|other| names(question, &Number::ratio(other, 1)));
    let beyond = value > largest;
    let far = *value > largest.clone().max(Number::one()).times(&FAR.into());
    let kind = match whole {
        1990..=2099 if beyond && (far || TIMES.contains(&unit.zh.as_ref())) => &YEAR,
        _ if is_stand_in && ((beyond && (far || whole > STAND_INS[0])) || of_another()) => &STAND_IN,
        _ => return None,
    };
    (!names(question, value)).then(|| Unreadable::with(kind, vec![("value", quantity(value, unit))]))
}

/// What is said of a number that was read and lies far out. The question itself may name one (没有的填 999), which never does.
pub fn far_out(reading: &Reading, question: &Text, scale: &dyn Scale) -> Option<Unreadable> {
    let (value, most) = (reading.exact.as_ref()?, scale.largest()?);
    if *value <= most.clone().max(Number::one()).times(&FAR.into()) {
        return None;
    }
    if names(question, value) {
        return None;
    }
    Some(Unreadable::with(&FAR_OUT, vec![("most", most.to_string().into()), ("date", as_day(value))]))
}

/// The day that the number may store; empty where it stores none.
pub(super) fn as_day(value: &Number) -> Text {
    dates::serial_day(&value.to_string()).map_or_else(Text::default, |day| {
        t("它也可能是日期 {day} 在表格软件里的序号。", " It may also be the number by which spreadsheets store the day {day}.")
            .with(&[("day", day.into())])
    })
}
