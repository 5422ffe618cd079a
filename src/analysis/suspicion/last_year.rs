//! Columns copied from last year: answer and evidence word for word as they were, over nearly all items.

use crate::analysis::suspicion::odds::{Tally, others};
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};

const FEWEST: usize = 5;
const PART: f64 = 0.7;
const CHANCE: f64 = 1e-4;
/// Whoever repeats so much does not say what is usual.
const COPIER: f64 = 0.9;
/// What is usual where nobody else says.
const ALONE: f64 = 0.3;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let mut tallies = Vec::new();
    let mut items: Vec<Vec<usize>> = Vec::new();
    for (voice, last) in scene.voices.iter().zip(&scene.last) {
        let mut tally = Tally::default();
        let mut same = Vec::new();
        for said in &voice.said {
            let Some(repeated) = last.as_ref().and_then(|last| last.get(&said.item)).and_then(|earlier| repeats(said, earlier)) else {
                continue;
            };
            tally.add(repeated);
            if repeated {
                same.push(said.item);
            }
        }
        tallies.push(tally);
        items.push(same);
    }
    let honest: Vec<Tally> = tallies.iter().map(|tally| if tally.part() < COPIER { *tally } else { Tally::default() }).collect();
    let mut doubts = Vec::new();
    for (voice, items) in items.into_iter().enumerate() {
        let (own, rest) = (tallies[voice], others(&honest, voice));
        let usual = (rest.hits as f64 + ALONE) / (rest.of as f64 + 1.0);
        if own.hits >= FEWEST && own.part() >= PART && own.tail(usual) <= CHANCE {
            let mut doubt = scene.doubt(voice, items);
            doubt.count = own.hits;
            doubt.of = own.of;
            doubt.measure = 100.0 * own.part();
            doubt.usual = 100.0 * rest.part();
            doubts.push(doubt);
        }
    }
    doubts
}

/// Is the answer the same, evidence and figures included? None where nothing in it could have moved with the year.
fn repeats(now: &Said<'_>, last: &Said<'_>) -> Option<bool> {
    let same = now.text == last.text;
    if now.evidence.is_empty() && last.evidence.is_empty() {
        return (now.is_figure() || last.is_figure()).then_some(same);
    }
    Some(same && now.evidence == last.evidence)
}
