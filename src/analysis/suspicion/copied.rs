//! Columns copied from another respondent: the same evidence, the same figures, or the same uneven answers, item by item or in order.
//!
//! Marks alone do not count: where both give nothing but 3, agreement is certain (as in Cohen's kappa, whose chance agreement is then
//! 1), and says nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::suspicion::odds::{Tally, others};
use crate::analysis::suspicion::voices::{Said, Voice, counts, is_specific};
use crate::analysis::suspicion::{Doubt, Scene};
use crate::survey::layout::called;

/// Fewest evidence texts, figures and marks that say anything, and the part of them that must agree.
const TEXTS: usize = 4;
const TEXTS_PART: f64 = 0.6;
const FIGURES: usize = 5;
const FIGURES_PART: f64 = 0.9;
const MARKS: usize = 10;
const MARKS_PART: f64 = 0.95;
/// Chance of so much agreement, by what is usual between the other pairs.
const CHANCE: f64 = 1e-4;
const CHANCE_MARKS: f64 = 1e-6;
/// Texts and figures found again in order on other items.
const ELSEWHERE_TEXTS: usize = 5;
const ELSEWHERE_TEXTS_PART: f64 = 0.5;
const ELSEWHERE_FIGURES: usize = 6;
const ELSEWHERE_FIGURES_PART: f64 = 0.7;
/// Rows with the same answer, of other items.
const IN_STEP: usize = 12;

/// Scales of the two items compared.
type Scales = (&'static str, &'static str);

/// How two respondents agree on the items that both answered.
#[derive(Default)]
struct Pair {
    texts: Tally,
    figures: Tally,
    marks: Tally,
    /// Chance agreement of the marks, by how often each of the two gives each mark.
    by_chance: f64,
    /// Items on which they agree in a text or a figure; on marks too where these count.
    items: Vec<usize>,
    same_marks: Vec<usize>,
}

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let count = scene.voices.len();
    let order: Vec<(usize, usize)> = (0..count).flat_map(|one| (one + 1..count).map(move |two| (one, two))).collect();
    let pairs: Vec<Pair> = order.iter().map(|(one, two)| pair(scene, &scene.voices[*one], &scene.voices[*two])).collect();
    let tallies = |of: fn(&Pair) -> Tally| -> Vec<Tally> { pairs.iter().map(of).collect() };
    let (texts, figures, marks) = (tallies(|pair| pair.texts), tallies(|pair| pair.figures), tallies(|pair| pair.marks));
    let mut doubts = Vec::new();
    for (at, ((one, two), pair)) in order.iter().zip(&pairs).enumerate() {
        // What the other pairs share, or a twentieth where there are none to compare.
        let usual = |all: &[Tally], prior: f64| others(all, at).usual(prior);
        let texts_agree = pair.texts.reaches(TEXTS, TEXTS_PART) && pair.texts.tail(usual(&texts, 0.05)) <= CHANCE;
        let figures_agree = pair.figures.reaches(FIGURES, FIGURES_PART) && pair.figures.tail(usual(&figures, 0.1)) <= CHANCE;
        // Marks and figures together: either alone may be too few.
        let both = pair.marks.plus(pair.figures);
        let by_chance = pair.marks.tail(pair.by_chance.max(usual(&marks, pair.by_chance))) * pair.figures.tail(usual(&figures, 0.1));
        let marks_agree = both.reaches(MARKS, MARKS_PART) && by_chance <= CHANCE_MARKS;
        let (items, tally) = if texts_agree || figures_agree {
            (pair.items.clone(), if texts_agree { pair.texts } else { pair.figures })
        } else if marks_agree {
            (pair.items.iter().chain(&pair.same_marks).copied().collect(), both)
        } else if let Some(found) = elsewhere(scene, &scene.voices[*one], &scene.voices[*two]) {
            found
        } else {
            continue;
        };
        // Who copied from whom cannot be seen: both are asked.
        for (own, other) in [(one, two), (two, one)] {
            let mut items = items.clone();
            items.sort_unstable();
            items.dedup();
            doubts.push(Doubt { other: called(scene.tree, scene.voices[*other].name), ..scene.counted(*own, items, tally) });
        }
    }
    doubts.sort_by(|one, two| (&one.file, &one.other.zh).cmp(&(&two.file, &two.other.zh)));
    doubts
}

fn pair(scene: &Scene<'_>, one: &Voice<'_>, two: &Voice<'_>) -> Pair {
    let mut pair = Pair::default();
    let mut seen_texts = BTreeSet::new();
    let mut marks: Vec<(Scales, &str, &str)> = Vec::new();
    let theirs: BTreeMap<usize, &Said<'_>> = two.said.iter().map(|said| (said.item, said)).collect();
    for own in &one.said {
        let Some(other) = theirs.get(&own.item) else { continue };
        let mut agrees = false;
        for (own_text, other_text) in [(&own.evidence, &other.evidence), (&own.note, &other.note)] {
            let specific = |text: &str| is_specific(text, own.item, scene.tree);
            if specific(own_text) && specific(other_text) {
                // A document that both cite for many items is one document.
                let same = own_text == other_text;
                if !same || seen_texts.insert(own_text.clone()) {
                    pair.texts.add(same);
                    agrees |= same;
                }
            }
        }
        if own.is_figure() || other.is_figure() {
            pair.figures.add(own.text == other.text);
            agrees |= own.text == other.text;
        } else if own.is_answered() && other.is_answered() {
            pair.marks.add(own.text == other.text);
            if own.text == other.text {
                pair.same_marks.push(own.item);
            }
            let scale = scene.tree.items[own.item].scaled.name;
            marks.push(((scale, scale), &own.text, &other.text));
        }
        if agrees {
            pair.items.push(own.item);
        }
    }
    pair.by_chance = agreement(&marks);
    pair
}

/// The same texts or figures down the column, though the items are others: the items of the first, and how many of how many.
fn elsewhere(scene: &Scene<'_>, one: &Voice<'_>, two: &Voice<'_>) -> Option<(Vec<usize>, Tally)> {
    let texts = |voice: &Voice<'_>| -> BTreeSet<String> {
        let said = voice.said.iter().filter(|said| is_specific(&said.evidence, said.item, scene.tree));
        said.map(|said| said.evidence.clone()).collect()
    };
    let (own, other) = (texts(one), texts(two));
    // What a third respondent cites too is a document of the whole place.
    let third = |text: &String| {
        let name = |voice: &Voice<'_>| [one.name, two.name].contains(&voice.name);
        scene.voices.iter().filter(|voice| !name(voice)).any(|voice| voice.said.iter().any(|said| said.evidence == *text))
    };
    let shared: BTreeSet<&String> = own.intersection(&other).filter(|text| !third(text)).collect();
    let tally = Tally { hits: shared.len(), of: own.len().min(other.len()) };
    if tally.reaches(ELSEWHERE_TEXTS, ELSEWHERE_TEXTS_PART) {
        let items = one.said.iter().filter(|said| shared.contains(&said.evidence)).map(|said| said.item).collect();
        return Some((items, tally));
    }
    let figures = |voice: &Voice<'_>| -> Vec<(usize, String)> {
        voice.said.iter().filter(|said| said.is_figure()).map(|said| (said.item, said.text.clone())).collect()
    };
    let (own, other) = (figures(one), figures(two));
    let found = in_order(&own, &other);
    let tally = Tally { hits: found.len(), of: own.len().min(other.len()) };
    if tally.reaches(ELSEWHERE_FIGURES, ELSEWHERE_FIGURES_PART) {
        return Some((found, tally));
    }
    in_step(scene, one, two)
}

/// The same answers row by row, though the rows ask other things: beyond chance agreement, by pairs of scales.
fn in_step(scene: &Scene<'_>, one: &Voice<'_>, two: &Voice<'_>) -> Option<(Vec<usize>, Tally)> {
    let name = |said: &Said<'_>| scene.tree.items[said.item].scaled.name;
    let rows: Vec<(&Said<'_>, &Said<'_>)> = one.said.iter().zip(&two.said).collect();
    if rows.iter().any(|(own, other)| own.item == other.item) {
        return None;
    }
    let tally: Tally = rows.iter().map(|(own, other)| own.text == other.text).collect();
    let items = rows.iter().filter(|(own, other)| own.text == other.text).map(|(own, _)| own.item).collect();
    let texts: Vec<(Scales, &str, &str)> =
        rows.iter().map(|(own, other)| ((name(own), name(other)), own.text.as_str(), other.text.as_str())).collect();
    let by_chance = agreement(&texts);
    (tally.reaches(IN_STEP, MARKS_PART) && tally.tail(by_chance) <= CHANCE_MARKS).then_some((items, tally))
}

/// Chance agreement by how often each side gives each answer of a scale; 1 where there is nothing to compare.
fn agreement(rows: &[(Scales, &str, &str)]) -> f64 {
    let own = counts(rows.iter().map(|(scales, own, _)| (scales, own)));
    let other = counts(rows.iter().map(|(scales, _, other)| (scales, other)));
    let (mut expected, mut all) = (0.0, 0);
    for (own, other) in own.values().zip(other.values()) {
        let of: usize = own.values().sum();
        all += of;
        expected += own.iter().map(|(text, count)| *count as f64 * other.get(text).copied().unwrap_or(0) as f64 / of as f64).sum::<f64>();
    }
    if all > 0 { expected / all as f64 } else { 1.0 }
}

/// The longest run of figures that both have in the same order, gaps allowed: the items of the first.
fn in_order(own: &[(usize, String)], other: &[(usize, String)]) -> Vec<usize> {
    let mut longest = vec![vec![0usize; other.len() + 1]; own.len() + 1];
    for (row, (_, mine)) in own.iter().enumerate().rev() {
        for (column, (_, theirs)) in other.iter().enumerate().rev() {
            longest[row][column] =
                if mine == theirs { longest[row + 1][column + 1] + 1 } else { longest[row + 1][column].max(longest[row][column + 1]) };
        }
    }
    let (mut row, mut column, mut items) = (0, 0, Vec::new());
    while row < own.len() && column < other.len() {
        if own[row].1 == other[column].1 {
            items.push(own[row].0);
            (row, column) = (row + 1, column + 1);
        } else if longest[row + 1][column] >= longest[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    items
}
