//! What a spreadsheet makes of `3/5`: a day, which is stored as a number and shown in one of several ways.

use crate::finding::Kind;
use crate::number::{Number, trimmed};
use crate::scale::{Unreadable, Wants};
use crate::text::{Text, t};
use crate::unit::{Date, date_text, days_after, days_between, parse_date};

const AS_TEXT: Text =
    t("请先把单元格格式设为“文本”，再重新填：{hint}。", "Set the format of the cell to text first, then type it again: {hint}.");

pub static DATE: Kind = Kind::error(
    "answer-date",
    t(
        "读到的是日期“{text}”，多半是表格软件把{typed}变成了日期。",
        "It is a date, \"{text}\": the spreadsheet has probably turned {typed} into one.",
    ),
    AS_TEXT,
);
pub static CLOCK: Kind =
    Kind::error("answer-clock", t("读到的是钟点或时长“{text}”{as}。", "It is a time of day or a length of time, \"{text}\"{as}."), AS_TEXT);
pub static CLOCK_SERIAL: Kind = Kind::error(
    "answer-clock-serial",
    t(
        "填的是“{text}”，是钟点或时长 {clock} 在表格软件里存的数{as}。",
        "It says \"{text}\", the number by which spreadsheets store the time {clock}{as}.",
    ),
    AS_TEXT,
);
pub static SERIAL: Kind = Kind::error(
    "answer-date-serial",
    t(
        "填的是“{text}”，读不出答案；它是日期 {date} 在表格软件里的序号，多半是表格软件把{typed}变成了日期。",
        "It says \"{text}\", which is no answer here; it is the number by which spreadsheets store the day {date}, and {typed} was probably turned into that.",
    ),
    AS_TEXT,
);

/// Days are numbered from here ([ECMA-376] 18.17.4.1, after February 1900).
const DAY_ZERO: Date = (1899, 12, 30);
/// Days that `3/5` or `3/50` become: two digits of a year are taken for one from 1930 to 2029, and a day is one of the year it was typed in.
const FIRST: Date = (1930, 1, 1);
const LAST: Date = (2049, 12, 31);

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date cell, by what it shows: `2026-03-05`, `2026-03-05 14:30`, `14:30`.
pub fn cell(shown: &str) -> Unreadable {
    let day = parse_date(shown.split(' ').next().unwrap_or(shown));
    Unreadable::with(&DATE, vec![("typed", day.map_or(TYPED, typed))])
}

/// A clock cell, by what it shows: `01:15`, `00:00:55`, `30:00`.
pub fn clock(shown: &str, wants: &Wants) -> Unreadable {
    let mut parts = shown.split(':').map(|part| part.parse::<f64>().unwrap_or(0.0));
    let mut next = || parts.next().unwrap_or(0.0);
    let seconds = next() * 3600.0 + next() * 60.0 + next();
    Unreadable::with(&CLOCK, vec![("as", lasting(seconds, wants))])
}

/// Decimals that nobody types.
const DECIMALS: usize = 8;

/// Where a length of time is asked, a part of a day to its last decimal: what is left of a clock whose format was taken off.
pub fn clock_serial(text: &str, wants: &Wants) -> Option<Unreadable> {
    let Wants::Number(unit) = wants else { return None };
    seconds_of(unit)?;
    let (_, decimals) = text.split_once('.')?;
    let days = text.parse::<f64>().ok().filter(|days| (0.0..1.0).contains(days))?;
    let seconds = days * DAY;
    if decimals.len() < DECIMALS || (seconds - seconds.round()).abs() > 0.01 {
        return None;
    }
    let whole = seconds.round();
    let clock = format!("{:02}:{:02}:{:02}", (whole / 3600.0).floor(), (whole % 3600.0 / 60.0).floor(), whole % 60.0);
    Some(Unreadable::with(&CLOCK_SERIAL, vec![("clock", clock.into()), ("as", lasting(whole, wants))]))
}

/// Seconds in a day.
const DAY: f64 = 86_400.0;

/// Seconds in a unit of time; none for others.
fn seconds_of(unit: &Text) -> Option<f64> {
    [("秒", 1.0), ("分钟", 60.0), ("小时", 3600.0), ("天", DAY)].into_iter().find(|(name, _)| unit.zh == *name).map(|(_, seconds)| seconds)
}

/// `；是时长的，合 75 分钟`; nothing where no time is asked.
fn lasting(seconds: f64, wants: &Wants) -> Text {
    let Wants::Number(unit) = wants else { return Text::default() };
    let Some(each) = seconds_of(unit) else { return Text::default() };
    t("；是时长的，合 {number} {unit}", "; as a length of time it is {number} {unit}")
        .with(&[("number", trimmed(seconds / each, 2).into()), ("unit", unit.clone())])
}

/// Text that shows a date as spreadsheets do; none where it shows none.
pub fn text(text: &str) -> Option<Unreadable> {
    let typed = shown(text)?;
    Some(Unreadable::with(&DATE, vec![("typed", typed)]))
}

/// A bare number that stands for a day; none where it stands for none of those that `3/5` becomes.
pub fn serial(text: &str) -> Option<Unreadable> {
    let day = day_of(text)?;
    Some(Unreadable::with(&SERIAL, vec![("date", date_text(day).into()), ("typed", typed(day))]))
}

/// That day, for people.
pub fn serial_day(text: &str) -> Option<String> {
    day_of(text).map(date_text)
}

fn day_of(text: &str) -> Option<Date> {
    let days = Number::parse(text)?.to_usize()?;
    let day = days_after(DAY_ZERO, days);
    (days_between(FIRST, day) >= 0 && days_between(day, LAST) >= 0).then_some(day)
}

const TYPED: Text = t("所填的内容", "what was typed");

/// `“3/5”`; the first of a month may have been typed with a year, `3/50`.
fn typed((year, month, day): Date) -> Text {
    // Nobody's 3/15: a number under the format of a date.
    if year <= 1900 {
        let number = days_between(DAY_ZERO, (year, month, day));
        return t("数“{number}”", "the number {number}").with(&[("number", number.to_string().into())]);
    }
    let text = if day == 1 { t("“{month}/1”或“{month}/{year}”", "\"{month}/1\" or \"{month}/{year}\"") } else { MONTH_AND_DAY };
    let year = format!("{:02}", year % 100);
    text.with(&[("month", usize::from(month).into()), ("day", usize::from(day).into()), ("year", year.into())])
}

const MONTH_AND_DAY: Text = t("“{month}/{day}”", "\"{month}/{day}\"");

/// What was typed, by how it is shown: `3月5日`, `2026年3月5日`, `2026/3/5`, `2026-03-05`, `5-Mar`, `Mar-50`.
fn shown(text: &str) -> Option<Text> {
    if let Some(day) = parse_date(text) {
        return Some(typed(day));
    }
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|_| text.trim().len() <= 2);
    let within = |number: usize, most: usize| (1..=most).contains(&number).then_some(number);
    let (month, other) = if let Some((month, day)) = text.strip_suffix('日').and_then(|rest| rest.split_once('月')) {
        (number(month)?, within(number(day)?, 31)?)
    } else {
        let (one, two) = text.split_once('-')?;
        let named = |text: &str| MONTHS.iter().position(|month| text.eq_ignore_ascii_case(month)).map(|index| index + 1);
        match (named(one), named(two)) {
            (Some(month), None) => (month, number(two)?),
            (None, Some(month)) => (month, within(number(one)?, 31)?),
            _ => return None,
        }
    };
    Some(MONTH_AND_DAY.with(&[("month", within(month, 12)?.into()), ("day", other.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_shown_in_any_way_is_what_was_typed() {
        for (text, typed) in [
            ("3月5日", "“3/5”"),
            ("3 月 5 日", "“3/5”"),
            ("12月31日", "“12/31”"),
            ("2026年3月5日", "“3/5”"),
            ("2026/3/5", "“3/5”"),
            ("2026-03-05", "“3/5”"),
            ("1950-03-01", "“3/1”或“3/50”"),
            ("5-Mar", "“3/5”"),
            ("mar-50", "“3/50”"),
            // 75 under the format of a date; days before March 1900 are counted with one that never was.
            ("1900-03-15", "数“75”"),
            ("1900-12-31", "数“366”"),
        ] {
            assert_eq!(shown(text).map(|text| text.zh.into_owned()).as_deref(), Some(typed), "{text}");
        }
        for text in ["3-5", "3月", "13月5日", "3月32日", "3月5", "三月五日", "45/50", "Mar-Mar", "5-5-5", "100-Mar", ""] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_that_stores_a_day_is_known() {
        assert_eq!(day_of("46242"), Some((2026, 8, 8)));
        assert_eq!(day_of("18323"), Some((1950, 3, 1)));
        assert_eq!((day_of("10959"), day_of("10958")), (Some((1930, 1, 1)), None));
        assert_eq!((day_of("54788"), day_of("54789")), (Some((2049, 12, 31)), None));
        for text in ["46242.5", "-46242", "46,242", "99999999999999999999"] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
