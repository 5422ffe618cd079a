//! Full marks without evidence, or with words that name none, more often than is usual among the others.

use crate::analysis::suspicion::odds::{Tally, others, share};
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};
use crate::number::Number;

const FEWEST: usize = 2;
const CHANCE: f64 = 1e-3;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    // Nothing happened, so nothing is on file: a count of 0 that is the best answer.
    let asks = |said: &&Said<'_>| {
        let zero = said.reading(scene.tree).and_then(|reading| reading.exact).is_some_and(|value: Number| value.is_zero());
        said.is_top() && !zero
    };
    let mut tallies = Vec::new();
    let mut items: Vec<Vec<usize>> = Vec::new();
    for voice in &scene.voices {
        let mut tally = Tally::default();
        let mut bare = Vec::new();
        for said in voice.said.iter().filter(asks) {
            tally.add(!said.has_evidence());
            if !said.has_evidence() {
                bare.push(said.item);
            }
        }
        tallies.push(tally);
        items.push(bare);
    }
    let mut doubts = Vec::new();
    for (voice, items) in items.into_iter().enumerate() {
        let (own, rest) = (tallies[voice], others(&tallies, voice));
        if own.hits >= FEWEST && own.tail(share(rest.hits, rest.of)) <= CHANCE {
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
