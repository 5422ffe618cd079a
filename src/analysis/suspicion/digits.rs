//! Digit patterns in rates: figures that look made up rather than counted.
//!
//! Benford's law does not apply: counts of a survey span less than two orders of magnitude, and rates are bounded. What made-up
//! figures show instead are round values, values exactly on a step, round denominators, and one digit again and again (Mosimann,
//! Wiseman and Edelman 1995, "Data Fabrication: Can People Generate Random Digits?", Accountability in Research 4).

use std::collections::BTreeMap;

use crate::analysis::suspicion::odds::{Tally, others};
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};
use crate::number::Number;
use crate::text::{Text, t};

const FEWEST: usize = 5;
const PART: f64 = 0.75;
/// Of each pattern; there are six.
const CHANCE: f64 = 5e-4;

/// A rate as it was typed.
struct Rate {
    item: usize,
    percent: Number,
    over: Option<(u64, u64)>,
    /// Is the denominator what the item's own rule of sampling draws?
    drawn: bool,
    /// Is it exactly one of the item's steps?
    on_step: bool,
}

struct Pattern {
    name: Text,
    /// How common it is among counted figures.
    usual: f64,
    /// Does a rate show it; none where it could not.
    shows: fn(&Rate) -> Option<bool>,
}

static PATTERNS: [Pattern; 4] = [
    Pattern {
        name: t("百分数恰为 5 的倍数", "a percentage that is a multiple of 5"),
        usual: 0.2,
        shows: |rate| inside(rate).filter(|_| !rate.drawn).map(|percent| percent.times(&Number::ratio(1, 5)).is_whole()),
    },
    Pattern {
        name: t("恰好压在评分的档上", "a value exactly on a step of the scale"),
        usual: 0.1,
        shows: |rate| inside(rate).filter(|_| !rate.drawn).map(|_| rate.on_step),
    },
    Pattern {
        name: t("分母是整十数", "a denominator that is a multiple of 10"),
        usual: 0.15,
        shows: |rate| rate.over.filter(|(_, under)| !rate.drawn && *under >= 10).map(|(_, under)| under % 10 == 0),
    },
    Pattern {
        name: t("分子的两位数字相同", "a numerator of two equal digits"),
        usual: 0.1,
        shows: |rate| rate.over.map(|(over, _)| over).filter(|over| (10..100).contains(over)).map(|over| over % 11 == 0),
    },
];
/// What one respondent repeats, whatever it is.
struct Repeated {
    name: Text,
    usual: f64,
    /// What may be the same from rate to rate; none where it could not.
    value: fn(&Rate) -> Option<u64>,
}

static REPEATED: [Repeated; 2] = [
    Repeated {
        name: t("末位数字都是 {value}", "the last digit {value}"),
        usual: 0.1,
        value: |rate| {
            inside(rate)?;
            let text = rate.over.map_or_else(|| rate.percent.to_string(), |(over, _)| over.to_string());
            text.chars().last().and_then(|digit| digit.to_digit(10)).map(u64::from)
        },
    },
    Repeated {
        name: t("分母都是 {value}", "the denominator {value}"),
        usual: 0.2,
        value: |rate| rate.over.map(|(_, under)| under).filter(|under| !rate.drawn && *under >= 10),
    },
];

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let rates: Vec<Vec<Rate>> = scene.voices.iter().map(|voice| voice.said.iter().filter_map(|said| rate(scene, said)).collect()).collect();
    let tallies: Vec<Vec<Tally>> =
        PATTERNS.iter().map(|pattern| rates.iter().map(|rates| rates.iter().filter_map(pattern.shows).collect()).collect()).collect();
    let mut doubts = Vec::new();
    for (voice, own) in rates.iter().enumerate() {
        let mut found: Vec<(f64, Tally, Tally, Text, Vec<usize>)> = Vec::new();
        for (pattern, tallies) in PATTERNS.iter().zip(&tallies) {
            let (mine, rest) = (tallies[voice], others(tallies, voice));
            let usual = rest.usual(pattern.usual).max(pattern.usual);
            let items = own.iter().filter(|rate| (pattern.shows)(rate) == Some(true)).map(|rate| rate.item).collect();
            found.push((mine.tail(usual), mine, rest, pattern.name.clone(), items));
        }
        found.extend(REPEATED.iter().filter_map(|repeated| commonest(&rates, voice, repeated)));
        let least = found.into_iter().filter(|(chance, tally, ..)| tally.reaches(FEWEST, PART) && *chance <= CHANCE);
        let Some((_, tally, rest, name, items)) = least.min_by(|one, two| one.0.total_cmp(&two.0)) else { continue };
        doubts.push(Doubt { other: name, ..scene.compared(voice, items, tally, rest) });
    }
    doubts
}

fn rate(scene: &Scene<'_>, said: &Said<'_>) -> Option<Rate> {
    let item = &scene.tree.items[said.item];
    if item.scaled.name != "rate" {
        return None;
    }
    let percent = said.reading(scene.tree)?.exact?;
    let over = said.fraction();
    let sample = item.content.sample.as_ref();
    let drawn = over.is_some_and(|(_, under)| {
        let drawn = |number: usize| u64::try_from(number) == Ok(under);
        sample.is_some_and(|sample| drawn(sample.draw) || sample.all_up_to.is_some_and(drawn))
    });
    let cuts = item.scaled.scale.json().get("cuts").and_then(|cuts| cuts.as_array().cloned()).unwrap_or_default();
    let on_step = cuts.iter().filter_map(|cut| cut.as_f64().and_then(Number::from_f64)).any(|cut| cut == percent);
    Some(Rate { item: said.item, percent, over, drawn, on_step })
}

/// The value where it is neither 0 nor 100 %, which are honest ends of a scale.
fn inside(rate: &Rate) -> Option<&Number> {
    Some(&rate.percent).filter(|percent| !percent.is_zero() && **percent != Number::from(100))
}

/// The commonest value of a respondent, and how common it is among the others.
fn commonest(rates: &[Vec<Rate>], voice: usize, repeated: &Repeated) -> Option<(f64, Tally, Tally, Text, Vec<usize>)> {
    let value = repeated.value;
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    rates[voice].iter().filter_map(value).for_each(|value| *counts.entry(value).or_default() += 1);
    let of: usize = counts.values().sum();
    let (common, hits) = counts.into_iter().max_by_key(|(value, count)| (*count, std::cmp::Reverse(*value)))?;
    let others = rates.iter().enumerate().filter(|(at, _)| *at != voice).flat_map(|(_, other)| other);
    let rest: Tally = others.filter_map(value).map(|value| value == common).collect();
    let usual = rest.usual(repeated.usual).max(repeated.usual);
    // The first sets the value.
    let chance = Tally { hits: hits - 1, of: of - 1 }.tail(usual);
    let items = rates[voice].iter().filter(|rate| value(rate) == Some(common)).map(|rate| rate.item).collect();
    Some((chance, Tally { hits, of }, rest, repeated.name.with(&[("value", common.to_string().into())]), items))
}
