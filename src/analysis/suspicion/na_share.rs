//! 不适用 above its usual share: among the items that allow it, or among all, against the others and the respondent's own last year.

use crate::analysis::suspicion::odds::{Tally, others, share};
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};

const FEWEST: usize = 3;
const CHANCE: f64 = 5e-3;
/// A part of what was asked below which nobody is asked; how often the usual share, and how often last year's own.
const PART: f64 = 0.25;
const TIMES: f64 = 2.0;
const TIMES_LAST: f64 = 1.5;

/// Is the item one of those whose N/A are counted?
type Asked = fn(&Scene<'_>, &Said<'_>) -> bool;

/// Those that allow it; else all, for whoever types it where it is not allowed.
static SCOPES: [Asked; 2] = [|scene, said| scene.tree.items[said.item].na.is_some(), |_, _| true];

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let tallies: Vec<Vec<Tally>> =
        SCOPES.iter().map(|asked| scene.voices.iter().map(|voice| tally(scene, voice.said.iter(), *asked)).collect()).collect();
    let of_voice = |voice: usize| {
        SCOPES.iter().zip(&tallies).find_map(|(asked, tallies)| {
            let (own, rest) = (tallies[voice], others(tallies, voice));
            let before = scene.last[voice].as_ref().map_or(0.0, |last| tally(scene, last.values().copied(), *asked).part());
            let usual = share(rest.hits, rest.of);
            let more = own.part() >= PART && own.part() >= TIMES * usual && own.part() >= TIMES_LAST * before;
            if own.hits < FEWEST || !more || own.tail(usual) > CHANCE {
                return None;
            }
            let said = scene.voices[voice].said.iter();
            let items = said.filter(|said| said.is_na() && asked(scene, said)).map(|said| said.item).collect();
            Some(scene.compared(voice, items, own, rest))
        })
    };
    (0..scene.voices.len()).filter_map(of_voice).collect()
}

fn tally<'s, 'a: 's>(scene: &Scene<'_>, said: impl Iterator<Item = &'s Said<'a>>, asked: Asked) -> Tally {
    said.filter(|said| asked(scene, said) && (said.is_na() || said.score().is_some())).map(Said::is_na).collect()
}
