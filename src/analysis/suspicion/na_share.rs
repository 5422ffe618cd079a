//! 不适用 above its usual share: among the items that allow it, against the others and the respondent's own last year.

use crate::analysis::suspicion::odds::{Tally, others, share};
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};

const FEWEST: usize = 3;
const CHANCE: f64 = 5e-3;
/// A part of what was allowed below which nobody is asked; how often the usual share, and how often last year's own.
const PART: f64 = 0.25;
const TIMES: f64 = 2.0;
const TIMES_LAST: f64 = 1.5;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let allowed = |said: &Said<'_>| scene.tree.items[said.item].na.is_some() && (said.is_na() || said.score().is_some());
    let tally = |said: &mut dyn Iterator<Item = bool>| {
        let mut tally = Tally::default();
        said.for_each(|na| tally.add(na));
        tally
    };
    let tallies: Vec<Tally> =
        scene.voices.iter().map(|voice| tally(&mut voice.said.iter().filter(|said| allowed(said)).map(Said::is_na))).collect();
    let mut doubts = Vec::new();
    for (voice, own) in tallies.iter().enumerate() {
        let rest = others(&tallies, voice);
        let before = scene.last[voice].as_ref().map(|last| tally(&mut last.values().filter(|said| allowed(said)).map(|said| said.is_na())));
        let before = before.map_or(0.0, Tally::part);
        let usual = share(rest.hits, rest.of);
        let more = own.part() >= PART && own.part() >= TIMES * usual && own.part() >= TIMES_LAST * before;
        if own.hits >= FEWEST && more && own.tail(usual) <= CHANCE {
            let items = scene.voices[voice].said.iter().filter(|said| allowed(said) && said.is_na()).map(|said| said.item).collect();
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
