//! Answers that contradict each other: a score here that presupposes one there, where the self-ratings say 0.

use crate::analysis::suspicion::{Doubt, Scene};
use crate::result::ItemResult;

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let items = &scene.results.items;
    let mut doubts = Vec::new();
    for (index, needed) in scene.tree.requirements().into_iter().enumerate().filter(|(_, needed)| !needed.is_empty()) {
        let Some(score) = items.get(index).and_then(own_score).filter(|score| *score > 0.0) else { continue };
        let missing: Vec<usize> = needed.into_iter().filter(|other| own_score(&items[*other]) == Some(0.0)).collect();
        // Whoever claims the score is asked.
        let claims = |voice: &usize| {
            let said = scene.voices[*voice].said.iter().find(|said| said.item == index);
            said.is_some_and(|said| said.score().is_some_and(|score| score > 0.0))
        };
        let is_other = |voice: &usize| {
            let said = scene.voices[*voice].said.iter().find(|said| said.item == index);
            said.is_none_or(|said| said.answer.respondent.id != items[index].lead)
        };
        let mut claiming: Vec<usize> = (0..scene.voices.len()).filter(claims).collect();
        claiming.sort_by_key(is_other);
        let Some(voice) = claiming.first().filter(|_| !missing.is_empty()) else { continue };
        let mut doubt = scene.doubt(*voice, std::iter::once(index).chain(missing.iter().copied()).collect());
        doubt.count = missing.len();
        doubt.of = missing.len();
        doubt.measure = score;
        let refs: Vec<crate::text::Text> = missing.iter().map(|other| items[*other].reference.clone().into()).collect();
        doubt.other = crate::text::Text::join(&refs, "、", ", ");
        doubts.push(doubt);
    }
    doubts
}

/// By the self-ratings: answered, or no data, which scores 0. A blank is not known.
fn own_score(item: &ItemResult) -> Option<f64> {
    item.by_selves.score.filter(|_| ["answered", "no_data"].contains(&item.by_selves.state.as_str()))
}
