//! One year's raw answers scored by the other year's rule, where that is sound.

use serde_json::{Map, Value as Json};

use crate::analysis::change::pairing::Reread;
use crate::analysis::steps::counting_cells;
use crate::answers::merged_worth;
use crate::policy::Merge;
use crate::result::{ItemResult, Results};
use crate::scale::Typed;
use crate::tree::{Item, Tree};

/// Keys of a scale that say what an answer is worth, not what is measured.
const WORTH_KEYS: [&str; 8] = ["cuts", "linear", "direction", "worth", "pass", "band", "outside", "must"];

/// Both years' answers by the other year's rule: sound where both revisions measure the same, and only its worth was changed.
pub fn reread(before: (&Results, &Tree, usize), after: (&Results, &Tree, usize)) -> Option<Reread> {
    let item = |(results, tree, index): (&Results, &Tree, usize)| -> Option<(ItemResult, usize)> {
        let result = results.items.get(index)?;
        let at = tree.items.iter().position(|item| item.id == result.id)?;
        Some((result.clone(), at))
    };
    let ((old, old_at), (new, new_at)) = (item(before)?, item(after)?);
    let (old_rule, new_rule) = (&before.1.items[old_at], &after.1.items[new_at]);
    if !measures_the_same(old_rule, new_rule) {
        return None;
    }
    // What is no answer scores the same by any scale.
    let by = |item: &ItemResult, rule: &Item, merge: Merge| {
        if item.state == "answered" { score(item, rule, merge) } else { Some(item.score.unwrap_or(0.0)) }
    };
    Some(Reread { before: by(&old, new_rule, after.0.policy.merge)?, after: by(&new, old_rule, before.0.policy.merge)? })
}

fn measures_the_same(old: &Item, new: &Item) -> bool {
    let measured = |item: &Item| -> Map<String, Json> {
        let mut map = match item.scaled.json() {
            Json::Object(map) => map,
            _ => Map::new(),
        };
        map.retain(|key, _| !WORTH_KEYS.contains(&key.as_str()));
        map
    };
    old.question.zh == new.question.zh && measured(old) == measured(new)
}

/// The score of the answers that count by another scale; none unless all of them are answers it can read.
fn score(item: &ItemResult, rule: &Item, merge: Merge) -> Option<f64> {
    let mut worths = Vec::new();
    for (_, cell) in counting_cells(item).into_iter().filter(|(_, cell)| cell.state == "answered") {
        let reading = rule.scaled.scale.read(&Typed::text(&cell.text).text, &rule.question).ok()?;
        worths.push(reading.worth.to_f64());
    }
    merged_worth(&worths, merge).map(|worth| 100.0 * worth)
}

/// Scores of an item under the other year's way of merging; none where both merge alike, or nobody's answers differ.
pub fn remerged(before: (&Results, &ItemResult), after: (&Results, &ItemResult)) -> Option<(f64, f64)> {
    let ((old, one), (new, two)) = (before, after);
    if old.policy.merge == new.policy.merge || one.state != "answered" || two.state != "answered" {
        return None;
    }
    Some((merged_by(one, new.policy.merge)?, merged_by(two, old.policy.merge)?))
}

/// The score of an answered item by another way of merging.
pub fn merged_by(item: &ItemResult, merge: Merge) -> Option<f64> {
    let worths: Vec<f64> = counting_cells(item).iter().filter_map(|(_, cell)| cell.score.map(|score| score / 100.0)).collect();
    merged_worth(&worths, merge).map(|worth| 100.0 * worth)
}
