//! Who is assessed, and when.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text::{Text, one_line, t};

/// The place assessed. Equal names are equal after trimming and NFKC.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unit {
    pub name: String,
    pub parent: Option<String>,
    pub class: Option<String>,
}

/// Ordinary classes of units, as settings and covers name them.
static CLASSES: [Text; 24] = [
    t("省", "province"),
    t("自治区", "autonomous region"),
    t("直辖市", "municipality directly under the central government"),
    t("副省级市", "sub-provincial city"),
    t("地级市", "prefecture-level city"),
    t("设区的市", "city with districts"),
    t("地区", "prefecture"),
    t("自治州", "autonomous prefecture"),
    t("盟", "league"),
    t("市辖区", "municipal district"),
    t("区", "district"),
    t("县级市", "county-level city"),
    t("县", "county"),
    t("自治县", "autonomous county"),
    t("旗", "banner"),
    t("自治旗", "autonomous banner"),
    t("林区", "forestry district"),
    t("特区", "special district"),
    t("开发区", "development zone"),
    t("新区", "new area"),
    t("街道", "subdistrict"),
    t("镇", "town"),
    t("乡", "township"),
    t("民族乡", "ethnic township"),
];

/// A class as a reader of either language knows it; one that is not among the ordinary ones stays as it was typed.
pub fn class_shown(class: &str) -> Text {
    let typed = normal(class);
    let known = CLASSES.iter().find(|known| known.zh == typed || known.en.eq_ignore_ascii_case(&typed));
    known.cloned().unwrap_or_else(|| Text::same(class.to_string()))
}

/// Text as the contract compares it: NFKC, outer white space off.
pub fn normal(text: &str) -> String {
    let text: String = text.nfkc().collect();
    text.trim().to_string()
}

/// Without width, ink and meaning at the ends of a text: joiners, marks of direction and of the look of the sign before.
pub fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}

/// The names in one cell, parted as people part them: `交通局、公路局`.
pub fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|name| !name.is_empty())
}

/// A name of somebody or something: the same, on one line and as every output shows it, so that what is printed reads back.
pub fn name(text: &str) -> String {
    one_line(&normal(text)).trim().to_string()
}

/// Words that fill a cell and say nothing.
const EMPTY_WORDS: [&str; 43] = [
    "无",
    "没有",
    "暂无",
    "空",
    "有",
    "是",
    "否",
    "不适用",
    "待定",
    "待补",
    "待补充",
    "同上",
    "同前",
    "如上",
    "见上",
    "见附件",
    "详见附件",
    "附件",
    "见附",
    "见佐证",
    "见佐证材料",
    "详见佐证",
    "详见佐证材料",
    "见材料",
    "详见材料",
    "见说明",
    "同上题",
    "同前题",
    "略",
    "n/a",
    "na",
    "none",
    "nil",
    "no",
    "yes",
    "x",
    "xx",
    "xxx",
    "tbd",
    "ditto",
    "as above",
    "see above",
    "see attached",
];

/// Does a cell say something? 无, — and 见附件 do not, nor several of them.
pub fn says_something(text: &str) -> bool {
    let text = normal(text).to_lowercase();
    let sign = |character: char| !character.is_alphanumeric();
    let is_empty = |words: &str| words.is_empty() || EMPTY_WORDS.contains(&words);
    !is_empty(text.trim_matches(sign)) && !text.split(sign).all(is_empty)
}

/// Does it give a reason? What says nothing does not, nor does a figure alone.
pub fn gives_reason(text: &str) -> bool {
    says_something(text) && normal(text).chars().any(char::is_alphabetic)
}

/// Year, month and day, as `--date` gives them.
pub type Date = (u16, u8, u8);

/// `2026-11-20`, `2026/11/20`, `2026.11.20`, `2026年11月20日` or `20261120`; none where it is no day of the calendar.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches('日');
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&text[..4], &text[4..6], &text[6..]]
    } else {
        text.split(['-', '/', '.', '年', '月']).map(str::trim).collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let date: Date = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let days = days_of(date.0, date.1)?;
    ((1900..=9999).contains(&date.0) && (1..=days).contains(&date.2)).then_some(date)
}

fn days_of(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

/// `2026-11-20`.
pub fn date_text((year, month, day): Date) -> String {
    format!("{year}-{month:02}-{day:02}")
}

/// Days from one date to another, negative where it is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    day_number(to) - day_number(from)
}

/// So many days later; the last day of 9999 at most.
pub fn days_after(date: Date, days: usize) -> Date {
    let last = day_number((9999, 12, 31));
    let number = day_number(date).saturating_add(i64::try_from(days).unwrap_or(i64::MAX)).min(last);
    let era = number.div_euclid(146_097);
    let day_of_era = number.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (u16::try_from(year).unwrap_or(9999), u8::try_from(month).unwrap_or(12), u8::try_from(day).unwrap_or(31))
}

/// Days since an arbitrary day, by the civil calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn day_number((year, month, day): Date) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_of_units_has_an_english_name() {
        assert_eq!(class_shown(" 市辖区"), t("市辖区", "municipal district"));
        assert_eq!(class_shown("County"), t("县", "county"));
        assert_eq!(class_shown("经开区"), Text::same("经开区"));
    }

    #[test]
    fn words_that_say_nothing_fill_no_cell() {
        let empty = [
            "",
            " ",
            "无",
            "无。",
            "/",
            "-",
            "—",
            "——",
            "待定",
            "（待定）",
            "同上",
            "暂无",
            "见附件",
            "Ｎ／Ａ",
            "N/A",
            "附件。",
            "…",
            "无/无",
            "有",
            "无，见附件",
            "×",
            "see attached",
        ];
        for text in empty {
            assert!(!says_something(text) && !gives_reason(text), "{text}");
        }
        for text in ["预案文本", "见附件3：会议纪要", "无锡市应急管理局", "发〔2027〕3号", "张三", "无此类设施", "本区不临海", "No river"]
        {
            assert!(says_something(text) && gives_reason(text), "{text}");
        }
        for text in ["3", "0", "2026-11-20"] {
            assert!(says_something(text) && !gives_reason(text), "{text}");
        }
    }

    #[test]
    fn a_date_is_read_as_offices_write_it() {
        for text in ["2026-11-20", "2026/11/20", " 2026.11.20 ", "2026年11月20日", "20261120"] {
            assert_eq!(parse_date(text), Some((2026, 11, 20)), "{text}");
        }
        for text in ["2026-02-29", "2026-13-01", "20日", "2026", "20261320", "202611020", "下周五"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(date_text((2026, 1, 5)), "2026-01-05");
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(days_between((2026, 11, 20), (2026, 11, 22)), 2);
        assert_eq!(days_between((2026, 11, 22), (2026, 11, 20)), -2);
        assert_eq!(days_between((2024, 2, 28), (2024, 3, 1)), 2);
        assert_eq!(days_between((2025, 12, 31), (2027, 1, 1)), 366);
    }

    #[test]
    fn a_day_so_many_days_later_is_so_many_days_away() {
        assert_eq!(days_after((2026, 11, 22), 9), (2026, 12, 1));
        assert_eq!(days_after((2028, 2, 28), 1), (2028, 2, 29));
        for days in 0..3000 {
            assert_eq!(days_between((2026, 1, 31), days_after((2026, 1, 31), days)), i64::try_from(days).expect("small"));
        }
        assert_eq!(days_after((2026, 1, 1), usize::MAX), (9999, 12, 31));
    }
}
