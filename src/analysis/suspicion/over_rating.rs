//! Self against review: the index of over-rating, self minus review in points, as a mean over a department's reviewed items.

use crate::analysis::adjustments::is_reviewed;
use crate::analysis::suspicion::odds::{Tally, others, share};
use crate::analysis::suspicion::voices::{Voice, voices};
use crate::analysis::suspicion::{Doubt, Scene};
use crate::number::snapped;
use crate::result::Results;

/// Points.
pub const INDEX: f64 = 10.0;
/// Items rated higher by the respondent than by the review.
pub const FEWEST: usize = 4;
const CHANCE: f64 = 2e-3;

/// Fewest reviewed items of an index that is set beside others: of fewer, one item lowered by one step of three moves it by 8 points
/// or more, nearly what raises a question.
pub const FEWEST_COMPARED: usize = 5;

/// A respondent's self-ratings against the reviews.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// As on the cover.
    pub respondent: String,
    /// Items with a self-rating and a review, each with a score.
    pub reviewed: usize,
    /// Items that it rated higher, and lower, than the review did; indices.
    pub higher: Vec<usize>,
    pub lower: Vec<usize>,
    /// Mean of self minus review, in points.
    pub points: f64,
    /// Why nothing is asked of it; none where it is asked.
    pub unmet: Option<Unmet>,
}

/// A condition of the question that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// Less than `INDEX` points.
    Points,
    /// Fewer than `FEWEST` items rated higher.
    Items,
    /// By the others' share of lowered items so many come by chance too.
    Chance,
}

impl Index {
    /// Are enough items reviewed to set it beside others?
    pub fn is_comparable(&self) -> bool {
        self.reviewed >= FEWEST_COMPARED
    }

    fn tally(&self) -> Tally {
        Tally { hits: self.higher.len(), of: self.reviewed }
    }
}

/// One a respondent with reviewed items, respondents by file.
pub fn indices(results: &Results) -> Vec<Index> {
    judged(results, &voices(results, &Some)).into_iter().filter(|index| index.reviewed > 0).collect()
}

/// One a voice, each held against the others.
fn judged(results: &Results, voices: &[Voice<'_>]) -> Vec<Index> {
    let mut indices: Vec<Index> = voices.iter().map(|voice| index(results, voice)).collect();
    let tallies: Vec<Tally> = indices.iter().map(Index::tally).collect();
    for (at, index) in indices.iter_mut().enumerate() {
        let rest = others(&tallies, at);
        index.unmet = if index.points < INDEX {
            Some(Unmet::Points)
        } else if index.higher.len() < FEWEST {
            Some(Unmet::Items)
        } else {
            (tallies[at].tail(share(rest.hits, rest.of)) > CHANCE).then_some(Unmet::Chance)
        };
    }
    indices
}

fn index(results: &Results, voice: &Voice<'_>) -> Index {
    let mut index =
        Index { respondent: voice.name.to_string(), reviewed: 0, higher: Vec::new(), lower: Vec::new(), points: 0.0, unmet: None };
    let mut sum = 0.0;
    for said in &voice.said {
        let item = &results.items[said.item];
        let known = ["answered", "no_data"].contains(&item.state.as_str()) && is_reviewed(item);
        let (Some(own), Some(review)) = (said.score(), item.score.filter(|_| known)) else { continue };
        index.reviewed += 1;
        sum += own - review;
        match snapped(own).cmp(&snapped(review)) {
            std::cmp::Ordering::Greater => index.higher.push(said.item),
            std::cmp::Ordering::Less => index.lower.push(said.item),
            std::cmp::Ordering::Equal => {}
        }
    }
    index.points = if index.reviewed > 0 { sum / index.reviewed as f64 } else { 0.0 };
    index
}

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let indices = judged(scene.results, &scene.voices);
    let tallies: Vec<Tally> = indices.iter().map(Index::tally).collect();
    let asked = indices.into_iter().enumerate().filter(|(_, index)| index.unmet.is_none());
    asked
        .map(|(voice, index)| {
            let (own, rest) = (tallies[voice], others(&tallies, voice));
            Doubt { measure: index.points, ..scene.compared(voice, index.higher, own, rest) }
        })
        .collect()
}
