//! Straight-lined sheets: one answer all the way down, where the items differ.
//!
//! Two readings: the same typed answer within a kind of scale, and the same step (0 to 3) over all graded scales. The first answer
//! sets the line; how likely it is that the others fall on it by chance follows from how often the other respondents give it.

use std::collections::BTreeMap;

use crate::analysis::suspicion::odds::{Tally, at_least};
use crate::analysis::suspicion::voices::{Said, Voice, counts};
use crate::analysis::suspicion::{Doubt, Scene};
use crate::text::t;

/// Answers on the line, of those that could be.
const PART: f64 = 0.8;
const FEWEST: usize = 6;
/// Chance of the line for a whole workbook, for a kind of scale in it, and for one of its many sheets.
const CHANCE_ALL: f64 = 1e-3;
const CHANCE: f64 = 1e-4;
const CHANCE_SHEET: f64 = 1e-5;
/// What the answers alone must come to, where missing or repeated evidence adds to it.
const CHANCE_LINE: f64 = 0.1;
/// A line of full marks is innocent unless so much of its evidence is missing or one text repeated, and the others' is not.
const IDLE: f64 = 0.6;
const IDLE_USUAL: f64 = 0.4;
/// A text that stands so often is no evidence of each item.
const REPEATED: usize = 3;
/// How often evidence is missing or repeated before anybody was counted.
const IDLE_PRIOR: f64 = 0.3;

/// How an answer is compared: its kind of scale and what it says there.
type Token = (&'static str, String);

struct Line {
    /// Is it the step, and not what was typed, that is the same?
    by_step: bool,
    /// Positions in what the respondent said.
    on: Vec<usize>,
    of: usize,
    chance: f64,
}

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let tokens: Vec<[Vec<Option<Token>>; 2]> = scene.voices.iter().map(|voice| [typed(scene, voice), steps(scene, voice)]).collect();
    let idle: Vec<Vec<bool>> = scene.voices.iter().map(idle).collect();
    (0..scene.voices.len()).filter_map(|voice| of_voice(scene, voice, &tokens, &idle)).collect()
}

fn of_voice(scene: &Scene<'_>, at: usize, tokens: &[[Vec<Option<Token>>; 2]], idle: &[Vec<bool>]) -> Option<Doubt> {
    let voice = &scene.voices[at];
    let mut best: Option<Line> = None;
    for reading in 0..2 {
        let own = &tokens[at][reading];
        let usual = usual(tokens, at, reading);
        for (scope, chance) in scopes(voice, own) {
            let found = line(own, &scope, &usual).filter(|line| line.chance <= CHANCE_LINE);
            let Some(line) = found.filter(|line| line.chance * idle_chance(line, at, idle) <= chance) else { continue };
            if is_good(scene, at, &line, idle) {
                continue;
            }
            if best.as_ref().is_none_or(|best| line.on.len() > best.on.len()) {
                best = Some(Line { by_step: reading == 1, ..line });
            }
        }
    }
    let line = best?;
    let items = line.on.iter().map(|said| voice.said[*said].item).collect();
    let first = &voice.said[*line.on.first()?];
    let other = if line.by_step {
        let points = first.score().unwrap_or_default();
        t("得分同在 {points} 分一档", "the same step, about {points} points").with(&[("points", super::plain(points).into())])
    } else {
        t("如“{text}”", "like \"{text}\"").with(&[("text", first.cell.text.trim().into())])
    };
    Some(Doubt { other, ..scene.counted(at, items, Tally { hits: line.on.len(), of: line.of }) })
}

/// The typed answer within its kind of scale; a rate as its value, so that 8/10 and 80% are one.
fn typed(scene: &Scene<'_>, voice: &Voice<'_>) -> Vec<Option<Token>> {
    let one = |said: &Said<'_>| {
        let item = &scene.tree.items[said.item];
        let value = said.reading(scene.tree)?.value;
        Some((item.scaled.name, value))
    };
    voice.said.iter().map(one).collect()
}

/// The step on 0 to 3, for scales that have more than two.
fn steps(scene: &Scene<'_>, voice: &Voice<'_>) -> Vec<Option<Token>> {
    let one = |said: &Said<'_>| {
        let graded = said.is_answered() && scene.tree.items[said.item].scaled.scale.steps().len() >= 2;
        let score = said.score().filter(|_| graded)?;
        Some(("step", format!("{:.0}", (score * 0.03).round())))
    };
    voice.said.iter().map(one).collect()
}

/// How often the others give an answer: by kind of scale how many answers, and of each how many.
fn usual(tokens: &[[Vec<Option<Token>>; 2]], but: usize, reading: usize) -> BTreeMap<&'static str, BTreeMap<String, usize>> {
    let others = tokens.iter().enumerate().filter(|(index, _)| *index != but);
    counts(others.flat_map(|(_, other)| other[reading].iter().flatten().cloned()))
}

/// The whole workbook, each kind of scale in it, each sheet: positions, and the chance asked for.
fn scopes(voice: &Voice<'_>, own: &[Option<Token>]) -> Vec<(Vec<usize>, f64)> {
    let read = || own.iter().enumerate().filter_map(|(at, token)| Some((at, token.as_ref()?)));
    let mut scopes = vec![(read().map(|(at, _)| at).collect(), CHANCE_ALL)];
    let mut classes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut sheets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (class, _)) in read() {
        classes.entry(class).or_default().push(at);
        sheets.entry(&voice.said[at].answer.place.sheet).or_default().push(at);
    }
    if classes.len() > 1 {
        scopes.extend(classes.into_values().map(|scope| (scope, CHANCE)));
    }
    if sheets.len() > 1 {
        scopes.extend(sheets.into_values().map(|scope| (scope, CHANCE_SHEET)));
    }
    scopes
}

/// The commonest answer of each kind of scale; none where it is too short or too crooked.
fn line(own: &[Option<Token>], scope: &[usize], usual: &BTreeMap<&'static str, BTreeMap<String, usize>>) -> Option<Line> {
    let mut classes: BTreeMap<&'static str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for at in scope {
        let (class, value) = own[*at].as_ref()?;
        classes.entry(class).or_default().entry(value).or_default().push(*at);
    }
    let mut line = Line { by_step: false, on: Vec::new(), of: 0, chance: 1.0 };
    for (class, values) in classes {
        let of: usize = values.values().map(Vec::len).sum();
        let (value, on) = values.into_iter().max_by_key(|(value, on)| (on.len(), std::cmp::Reverse(*value)))?;
        if of < 2 {
            continue;
        }
        let usual = usual
            .get(class)
            .map_or_else(Tally::default, |counts| Tally { hits: counts.get(value).copied().unwrap_or(0), of: counts.values().sum() });
        line.chance *= at_least(on.len() - 1, of - 1, usual.usual(prior(class)));
        line.of += of;
        line.on.extend(on);
    }
    line.on.sort_unstable();
    Tally { hits: line.on.len(), of: line.of }.reaches(FEWEST, PART).then_some(line)
}

/// How common an answer is before anybody was counted.
fn prior(class: &str) -> f64 {
    match class {
        "yes_no" => 0.8,
        "step" | "level" => 0.4,
        _ => 0.2,
    }
}

/// How likely so much missing or repeated evidence is on the line, as the others, or the respondent itself off the line, write theirs.
fn idle_chance(line: &Line, at: usize, idle: &[Vec<bool>]) -> f64 {
    let own: Tally = idle[at].iter().enumerate().filter(|(said, _)| !line.on.contains(said)).map(|(_, idle)| *idle).collect();
    let usual = of_others(idle, at).usual(IDLE_PRIOR).max(own.usual(IDLE_PRIOR));
    on_line(line, &idle[at]).tail(usual)
}

/// What is idle among the others' answers, and among those on the line.
fn of_others(idle: &[Vec<bool>], but: usize) -> Tally {
    idle.iter().enumerate().filter(|(index, _)| *index != but).flat_map(|(_, one)| one.iter().copied()).collect()
}

fn on_line(line: &Line, idle: &[bool]) -> Tally {
    line.on.iter().map(|said| idle[*said]).collect()
}

/// Full marks all the way, each with evidence of its own: a good department.
fn is_good(scene: &Scene<'_>, at: usize, line: &Line, idle: &[Vec<bool>]) -> bool {
    let voice = &scene.voices[at];
    let top = line.on.iter().filter(|said| voice.said[**said].is_top()).count();
    if (top as f64) < PART * line.on.len() as f64 {
        return false;
    }
    on_line(line, &idle[at]).part() < IDLE || of_others(idle, at).part() > IDLE_USUAL
}

/// Is there no evidence, or the same text as for many other items?
fn idle(voice: &Voice<'_>) -> Vec<bool> {
    let times = |text: &str| voice.said.iter().filter(|said| said.evidence == text).count();
    voice.said.iter().map(|said| !said.has_evidence() || (!said.evidence.is_empty() && times(&said.evidence) >= REPEATED)).collect()
}
