//! Jumps without new evidence: two steps up since last year, with no evidence, last year's, or none dated in this period.

use crate::analysis::suspicion::odds::{Tally, share};
use crate::analysis::suspicion::voices::{Said, is_hollow, years};
use crate::analysis::suspicion::{Doubt, Scene};

/// Points that are a jump on any scale; on one of many steps two of them are fewer.
const POINTS: f64 = 60.0;
const STEPS: f64 = 2.0;
const FEWEST: usize = 2;
const CHANCE: f64 = 1e-3;
/// So many characters added to last year's text make it no other text.
const TOUCHED: usize = 8;
/// So many items of others without one such jump make a single one stand out.
const ALL_OTHERS: usize = 50;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    // The last year that the period names: 2026, 2026年上半年.
    let year = years(&scene.results.period).into_iter().max();
    let jumped = |voice: usize, said: &Said<'_>| {
        let earlier = scene.last[voice].as_ref()?.get(&said.item)?;
        let rise = said.score()? - earlier.score()?;
        Some(rise > least(scene, said) - 1e-6 && !is_new(said, earlier, year))
    };
    let is_strange = |own: Tally, rest: Tally| {
        let alone = own.hits > 0 && rest.hits == 0 && rest.of >= ALL_OTHERS;
        alone || (own.hits >= FEWEST && own.tail(share(rest.hits, rest.of)) <= CHANCE)
    };
    scene.too_many(jumped, is_strange)
}

/// Two steps of the item's scale, or 60 points where that is less.
fn least(scene: &Scene<'_>, said: &Said<'_>) -> f64 {
    let steps = scene.tree.items[said.item].scaled.scale.steps().len();
    if steps >= 3 { POINTS.min(100.0 * STEPS / steps as f64) } else { POINTS }
}

/// Is there evidence that was not there last year? A note that names a document may hold it.
fn is_new(now: &Said<'_>, last: &Said<'_>, year: Option<u32>) -> bool {
    if is_hollow(&now.evidence) {
        return now.notes_document() && now.note != last.note;
    }
    let added = added(&now.evidence, &last.evidence);
    // A word more, （已补充）, is nothing new; a number more is.
    let is_touched_up = added.chars().count() <= TOUCHED && !added.chars().any(char::is_numeric) && added != now.evidence;
    // All of its dates lie before this period: what it shows was so last year.
    let latest = years(&added).into_iter().max();
    let is_old = year.zip(latest).is_some_and(|(year, latest)| latest < year);
    !is_touched_up && !is_old
}

/// What this year's text has more than last year's; all of it where it is another text.
fn added(now: &str, last: &str) -> String {
    let (new, old): (Vec<char>, Vec<char>) = (now.chars().collect(), last.chars().collect());
    let same_start = new.iter().zip(&old).take_while(|(one, two)| one == two).count();
    let rest = old.len() - same_start;
    if old.is_empty() || new.len() < old.len() || !new.ends_with(&old[same_start..]) {
        return now.to_string();
    }
    new[same_start..new.len() - rest].iter().collect()
}
