//! What `rate`, `count`, `quantity` and `duration` share: a number with an optional unit, worth by cuts or in proportion.

use serde_json::{Map, Value as Json};

use crate::finding::Finding;
use crate::node::Fields;
use crate::number::{Number, fixed, json};
use crate::scale::expression::{Comparison, Expression, Inputs, Typed};
use crate::scale::words::{BAD_DIRECTION, CUTS_NOT_CLIMBING, CUTS_OR_LINEAR, LINEAR_FLAT};
use crate::scale::{Reading, Step};
use crate::text::{Text, t};
use crate::unit::normal;

/// A value just short of a step lies within this part of the step.
const NEARLY: (usize, usize) = (5, 100);

/// Units in which time is counted.
pub const TIMES: [&str; 9] = ["秒", "分钟", "小时", "天", "日", "周", "月", "个月", "年"];

/// How a number becomes a worth.
#[derive(Debug)]
pub enum Measure {
    /// Worth = cuts reached / number of cuts; reached is `>=` for higher, `<=` for lower.
    Cuts { higher: bool, cuts: Vec<Number> },
    /// Worth = (x - zero) / (full - zero), clamped to 0..1.
    Linear { direction: Option<bool>, zero: Number, full: Number },
}

fn direction_word(higher: bool) -> &'static str {
    if higher { "higher" } else { "lower" }
}

impl Measure {
    pub fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Self> {
        let (cuts, linear) = (fields.get("cuts"), fields.get("linear"));
        let direction = match fields.get("direction") {
            None => None,
            Some(node) => match node.text("direction", findings)?.as_str() {
                "higher" => Some(true),
                "lower" => Some(false),
                _ => {
                    findings.push(BAD_DIRECTION.at(node.place.clone(), &[]));
                    return None;
                }
            },
        };
        match (cuts, linear) {
            (Some(node), None) => {
                let cuts: Vec<Number> = node.numbers("cuts", findings)?.into_iter().filter_map(Number::from_f64).collect();
                let Some(higher) = direction else {
                    findings.push(BAD_DIRECTION.at(fields.place(), &[]));
                    return None;
                };
                let climbing = cuts.windows(2).all(|pair| if higher { pair[0] < pair[1] } else { pair[0] > pair[1] });
                if cuts.is_empty() || !climbing {
                    findings.push(CUTS_NOT_CLIMBING.at(node.place.clone(), &[]));
                    return None;
                }
                Some(Measure::Cuts { higher, cuts })
            }
            (None, Some(node)) => {
                let mut inner = Fields::of(node, "linear", findings)?;
                let zero = inner.need("zero", "zero: 0", findings).and_then(|node| node.exact("zero", findings));
                let full = inner.need("full", "full: 20", findings).and_then(|node| node.exact("full", findings));
                inner.done(findings);
                let (zero, full) = (zero?, full?);
                if zero == full {
                    findings.push(LINEAR_FLAT.at(node.place.clone(), &[]));
                    return None;
                }
                Some(Measure::Linear { direction, zero, full })
            }
            _ => {
                findings.push(CUTS_OR_LINEAR.at(fields.place(), &[]));
                None
            }
        }
    }

    pub fn json(&self) -> Map<String, Json> {
        let mut map = Map::new();
        match self {
            Measure::Cuts { higher, cuts } => {
                map.insert("direction".into(), direction_word(*higher).into());
                map.insert("cuts".into(), cuts.iter().map(|cut| json(cut.to_f64())).collect());
            }
            Measure::Linear { direction, zero, full } => {
                if let Some(higher) = direction {
                    map.insert("direction".into(), direction_word(*higher).into());
                }
                map.insert("linear".into(), serde_json::json!({"zero": json(zero.to_f64()), "full": json(full.to_f64())}));
            }
        }
        map
    }

    /// The numbers that it names.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> {
        let (cuts, ends) = match self {
            Measure::Cuts { cuts, .. } => (cuts.as_slice(), [None, None]),
            Measure::Linear { zero, full, .. } => (&[][..], [Some(zero), Some(full)]),
        };
        cuts.iter().chain(ends.into_iter().flatten())
    }

    pub fn worth(&self, value: &Number) -> Number {
        match self {
            Measure::Cuts { higher, cuts } => {
                let reached = cuts.iter().filter(|cut| if *higher { value >= *cut } else { value <= *cut }).count();
                Number::ratio(reached, cuts.len())
            }
            Measure::Linear { zero, full, .. } => {
                Number::fraction(&value.minus(zero), &full.minus(zero)).map_or_else(Number::zero, |worth| worth.clamp01())
            }
        }
    }

    /// The worth as arithmetic over a number typed as such or as a share.
    pub fn worth_expression(&self, typed: Typed) -> Expression {
        match self {
            Measure::Cuts { higher, cuts } => {
                let reached = if *higher { Comparison::AtLeast } else { Comparison::AtMost };
                Expression::part_of(cuts.iter().map(|cut| typed.compared(reached, cut)).collect())
            }
            Measure::Linear { zero, full, .. } => {
                let above = typed.expression().less(Expression::Number(zero.clone()));
                above.over(Expression::Number(full.minus(zero))).clamped()
            }
        }
    }

    /// What each step takes, as `{value}{unit}`.
    pub fn steps(&self, unit: &Text) -> Vec<Step> {
        match self {
            Measure::Cuts { higher, cuts } => cuts
                .iter()
                .enumerate()
                .map(|(index, cut)| Step {
                    worth: Number::ratio(index + 1, cuts.len()),
                    what: reach(*higher, cut).with(&[("value", quantity(cut, unit))]),
                })
                .collect(),
            Measure::Linear { zero, full, .. } => {
                vec![Step { worth: Number::one(), what: reach(full > zero, full).with(&[("value", quantity(full, unit))]) }]
            }
        }
    }

    pub fn guide(&self, unit: &Text) -> Text {
        let mut lines = Vec::new();
        match self {
            Measure::Cuts { higher, cuts } => {
                let below =
                    if *higher { t("低于 {value}：0 分", "below {value}: 0") } else { t("超过 {value}：0 分", "above {value}: 0") };
                lines.extend(cuts.first().map(|cut| below.with(&[("value", quantity(cut, unit))])));
                lines.extend(self.steps(unit).iter().map(step_line));
            }
            Measure::Linear { zero, full, .. } => lines.push(
                t("{zero} 得 0 分，{full} 得 100 分，其间按比例", "{zero} scores 0, {full} scores 100, in proportion between")
                    .with(&[("zero", quantity(zero, unit)), ("full", quantity(full, unit))]),
            ),
        }
        Text::join(&lines, "；", "; ")
    }

    /// The reading of a value: its worth, and whether it is just short of a step.
    pub fn reading(&self, value: Number, inputs: Inputs, unit: &Text, counted: bool, normalised: bool) -> Reading {
        Reading {
            inputs,
            worth: self.worth(&value),
            short_by: self.short_by(&value, unit, counted),
            value: if *unit == super::rate::PERCENT { format!("{value}%") } else { value.to_string() },
            exact: Some(value),
            normalised,
        }
    }

    /// Short of the next cut by at most 5 % of it, or by 1 where things are counted.
    fn short_by(&self, value: &Number, unit: &Text, counted: bool) -> Option<Text> {
        let Measure::Cuts { higher, cuts } = self else { return None };
        let next = cuts.iter().find(|cut| if *higher { value < *cut } else { value > *cut })?;
        let away = if *higher { next.minus(value) } else { value.minus(next) };
        let margin = next.times(&Number::ratio(NEARLY.0, NEARLY.1));
        let near = away <= margin || (counted && away <= Number::one());
        near.then(|| {
            let unit = if unit.zh == "%" { &PERCENTAGE_POINTS } else { unit };
            t("{amount}{unit}", "{amount}{unit}").with(&[("amount", fixed_short(&away).into()), ("unit", spaced(unit, &away))])
        })
    }
}

fn fixed_short(value: &Number) -> String {
    let text = value.to_string();
    if text.len() <= 6 { text } else { fixed(value.to_f64(), 2) }
}

/// Nothing goes below 0: at most 0 is 0.
fn reach(higher: bool, cut: &Number) -> Text {
    match (higher, cut.is_zero()) {
        (true, _) => t("达到 {value}", "at least {value}"),
        (false, true) => t("为 {value}", "{value}"),
        (false, false) => t("不超过 {value}", "at most {value}"),
    }
}

/// `达到 60%：33.3 分`.
pub fn step_line(step: &Step) -> Text {
    t("{what}：{score} 分", "{what}: {score}").with(&[("what", step.what.clone()), ("score", score_of(&step.worth).into())])
}

/// A worth as a score for people.
pub fn score_of(worth: &Number) -> String {
    let text = fixed(100.0 * worth.to_f64(), 1);
    text.strip_suffix(".0").map(str::to_string).unwrap_or(text)
}

const PERCENTAGE_POINTS: Text = t("个百分点", "percentage points");

/// A unit as it stands behind a number; of one thing the English word is a singular.
fn spaced(unit: &Text, value: &Number) -> Text {
    if unit.zh == "%" {
        return unit.clone();
    }
    let en = if *value == Number::one() { singular(&unit.en) } else { unit.en.to_string() };
    Text::new(format!(" {}", unit.zh), format!(" {en}"))
}

/// A number with its unit, for people.
pub fn quantity(value: &Number, unit: &Text) -> Text {
    Text::join(&[value.to_string().into(), spaced(unit, value)], "", "")
}

/// `times` as it is said of one: `time`. What stands behind `per` stays, and so does a word that has no plural.
pub fn singular(unit: &str) -> String {
    const ALONE: [(&str, &str); 2] = [("people", "person"), ("series", "series")];
    let (counted, per) = unit.split_once(" per ").map_or((unit, String::new()), |(counted, per)| (counted, format!(" per {per}")));
    // `evaluators on site` is counted by its first word, `square metres` and `percentage points` by their last.
    let at = match counted.split_once([' ', '(']) {
        Some((first, _)) if first.ends_with('s') => first.len(),
        _ => counted.len(),
    };
    let (head, rest) = counted.split_at(at);
    let (before, noun) = head.rsplit_once(' ').map_or((String::new(), head), |(before, noun)| (format!("{before} "), noun));
    let one = match ALONE.iter().find(|(many, _)| *many == noun) {
        Some((_, one)) => (*one).to_string(),
        None if noun.ends_with("ies") => format!("{}y", noun.trim_end_matches("ies")),
        None if ["sses", "xes", "ches", "shes"].iter().any(|end| noun.ends_with(end)) => noun.trim_end_matches("es").to_string(),
        None if noun.len() > 2 && noun.ends_with('s') && !noun.ends_with("ss") => noun.trim_end_matches('s').to_string(),
        None => noun.to_string(),
    };
    format!("{before}{one}{rest}{per}")
}

/// A typed number: thousands commas read, the item's own unit after it let pass.
pub struct Amount {
    pub value: Number,
    pub normalised: bool,
}

/// Reads `12`, `1,234`, `12次`, `12 times`; `units` are the words that may follow.
pub fn amount(text: &str, units: &[&str]) -> Option<Amount> {
    let lower = text.to_lowercase();
    let bare = units
        .iter()
        .map(|unit| normal(unit).to_lowercase())
        .filter(|unit| !unit.is_empty())
        .filter_map(|unit| lower.strip_suffix(unit.as_str()).map(|rest| rest.trim_end().to_string()))
        .min_by_key(String::len)
        .unwrap_or(lower);
    let bare = bare.strip_prefix('-').map(|rest| format!("-{}", rest.trim_start())).unwrap_or(bare);
    let plain = without_thousands(&bare)?;
    Some(Amount { value: Number::parse(&plain)?, normalised: plain != bare })
}

/// `1,234,567.8` without its commas; none where they do not part thousands.
fn without_thousands(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_string());
    }
    let whole = text.split('.').next().unwrap_or(text).trim_start_matches('-');
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let good = (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3)
        && !text.split_once('.').is_some_and(|(_, fraction)| fraction.contains(','));
    good.then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_thousands_or_are_refused() {
        for (text, value) in [
            ("1,234", "1234"),
            ("12,345,678.5", "12345678.5"),
            ("-1,000", "-1000"),
            ("7 次", "7"),
            ("7次", "7"),
            ("7 TIMES", "7"),
            ("- 7", "-7"),
        ] {
            assert_eq!(amount(text, &["次", "times"]).map(|amount| amount.value.to_string()).as_deref(), Some(value), "{text}");
        }
        for text in ["1,23", "1234,567", ",123", "1,2345", "1.2,345", "次", "7人"] {
            assert!(amount(text, &["次", "times"]).is_none(), "{text}");
        }
    }

    #[test]
    fn one_of_a_unit_is_singular_in_english() {
        for (unit, one) in [
            ("times", "time"),
            ("people", "person"),
            ("people per 100,000", "person per 100,000"),
            ("square metres per person", "square metre per person"),
            ("evaluators per site", "evaluator per site"),
            ("policies", "policy"),
            ("classes", "class"),
            ("percentage points", "percentage point"),
            ("min", "min"),
            ("s", "s"),
        ] {
            assert_eq!(singular(unit), one);
        }
        let times = t("次", "times");
        let shown = |value: i64| quantity(&value.into(), &times).en.to_string();
        assert_eq!([0, 1, 2].map(shown), ["0 times", "1 time", "2 times"]);
        assert_eq!(quantity(&1.into(), &times).zh, "1 次");
    }

    #[test]
    fn a_cut_is_met_exactly() {
        let seven = Measure::Cuts { higher: true, cuts: vec![7.into()] };
        let hundred = Number::from(100);
        assert_eq!(Number::fraction(&7.into(), &hundred).map(|rate| seven.worth(&rate.times(&hundred))), Some(Number::one()));
        let lower = Measure::Cuts { higher: false, cuts: vec![180.into(), 120.into(), 60.into()] };
        assert_eq!(lower.worth(&120.into()), Number::ratio(2, 3));
        assert_eq!(lower.worth(&181.into()), Number::zero());
    }
}
