//! Self against review: the index of over-rating, self minus review in points, as a mean over a department's reviewed items.

use crate::analysis::adjustments::is_reviewed;
use crate::analysis::suspicion::odds::{Tally, others, share};
use crate::analysis::suspicion::{Doubt, Scene};
use crate::number::snapped;

/// Points.
const INDEX: f64 = 15.0;
const FEWEST: usize = 4;
const CHANCE: f64 = 1e-3;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let mut tallies = Vec::new();
    let mut found: Vec<(Vec<usize>, f64)> = Vec::new();
    for voice in &scene.voices {
        let mut tally = Tally::default();
        let mut items = Vec::new();
        let mut sum = 0.0;
        for said in &voice.said {
            let item = &scene.results.items[said.item];
            let known = ["answered", "no_data"].contains(&item.state.as_str()) && is_reviewed(item);
            let (Some(own), Some(review)) = (said.score(), item.score.filter(|_| known)) else { continue };
            let lowered = snapped(own) > snapped(review);
            tally.add(lowered);
            sum += own - review;
            if lowered {
                items.push(said.item);
            }
        }
        let index = if tally.of > 0 { sum / tally.of as f64 } else { 0.0 };
        tallies.push(tally);
        found.push((items, index));
    }
    let mut doubts = Vec::new();
    for (voice, (items, index)) in found.into_iter().enumerate() {
        let (own, rest) = (tallies[voice], others(&tallies, voice));
        if own.hits >= FEWEST && index >= INDEX && own.tail(share(rest.hits, rest.of)) <= CHANCE {
            let mut doubt = scene.doubt(voice, items);
            doubt.count = own.hits;
            doubt.of = own.of;
            doubt.measure = index;
            doubt.usual = 100.0 * rest.part();
            doubts.push(doubt);
        }
    }
    doubts
}
