//! Full marks without evidence, or with words that name none, more often than is usual among the others.

use crate::analysis::suspicion::odds::share;
use crate::analysis::suspicion::voices::Said;
use crate::analysis::suspicion::{Doubt, Scene};
use crate::number::Number;

const FEWEST: usize = 2;
const CHANCE: f64 = 1e-3;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    // Nothing happened, so nothing is on file: a count of 0 that is the best answer.
    let asks = |said: &Said<'_>| {
        let zero = said.reading(scene.tree).and_then(|reading| reading.exact).is_some_and(|value: Number| value.is_zero());
        said.is_top() && !zero
    };
    scene.too_many(
        |_, said| asks(said).then(|| !said.has_evidence()),
        |own, rest| own.hits >= FEWEST && own.tail(share(rest.hits, rest.of)) <= CHANCE,
    )
}
