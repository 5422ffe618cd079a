//! Jumps without new evidence: two steps up since last year, with no evidence or last year's.

use crate::analysis::suspicion::odds::{Tally, others, share};
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};

/// Points that are a jump on any scale; on one of many steps two of them are fewer.
const POINTS: f64 = 60.0;
const STEPS: f64 = 2.0;
const FEWEST: usize = 2;
const CHANCE: f64 = 1e-3;
/// So many items of others without one such jump make a single one stand out.
const ALL_OTHERS: usize = 50;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let mut tallies = Vec::new();
    let mut items: Vec<Vec<usize>> = Vec::new();
    for (voice, last) in scene.voices.iter().zip(&scene.last) {
        let mut tally = Tally::default();
        let mut jumped = Vec::new();
        for said in &voice.said {
            let Some(earlier) = last.as_ref().and_then(|last| last.get(&said.item)) else { continue };
            let (Some(now), Some(then)) = (said.score(), earlier.score()) else { continue };
            let jump = now - then > least(scene, said) - 1e-6 && !is_new(said, earlier);
            tally.add(jump);
            if jump {
                jumped.push(said.item);
            }
        }
        tallies.push(tally);
        items.push(jumped);
    }
    let mut doubts = Vec::new();
    for (voice, items) in items.into_iter().enumerate() {
        let (own, rest) = (tallies[voice], others(&tallies, voice));
        let alone = own.hits > 0 && rest.hits == 0 && rest.of >= ALL_OTHERS;
        if alone || (own.hits >= FEWEST && own.tail(share(rest.hits, rest.of)) <= CHANCE) {
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

/// Two steps of the item's scale, or 60 points where that is less.
fn least(scene: &Scene<'_>, said: &Said<'_>) -> f64 {
    let steps = scene.tree.items[said.item].scaled.scale.steps().len();
    if steps >= 3 { POINTS.min(100.0 * STEPS / steps as f64) } else { POINTS }
}

/// Is there evidence that was not there last year? A note that names a document may hold it.
fn is_new(now: &Said<'_>, last: &Said<'_>) -> bool {
    if now.evidence.is_empty() { now.has_evidence() && now.note != last.note } else { now.evidence != last.evidence }
}
