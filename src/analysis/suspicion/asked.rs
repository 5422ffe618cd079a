//! The items that doubts concern, as whoever is asked about them answered: what was typed, and the score that it claims.

use std::collections::BTreeMap;

use crate::analysis::suspicion::Doubt;
use crate::analysis::suspicion::voices::voices;
use crate::result::Results;

/// An item that a respondent is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// As on the cover.
    pub respondent: String,
    /// Index into the results' items.
    pub item: usize,
    /// Codes of the kinds of doubt, in their order.
    pub codes: Vec<&'static str>,
    /// What it typed; none where others answered the item.
    pub typed: Option<String>,
    /// The score of what it typed, 0 to 100.
    pub score: Option<f64>,
}

/// Every item that a doubt concerns, once for each respondent asked about it: respondents by file, items in tree order.
pub fn asked(results: &Results, doubts: &[Doubt]) -> Vec<Asked> {
    let mut all = Vec::new();
    for voice in voices(results, &Some) {
        let mut codes: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
        for doubt in doubts.iter().filter(|doubt| doubt.respondent == voice.name && doubt.file.as_deref() == Some(voice.file)) {
            for item in &doubt.items {
                let codes = codes.entry(*item).or_default();
                if !codes.contains(&doubt.code) {
                    codes.push(doubt.code);
                }
            }
        }
        all.extend(codes.into_iter().map(|(item, codes)| {
            let said = voice.said.iter().find(|said| said.item == item);
            Asked {
                respondent: voice.name.to_string(),
                item,
                codes,
                typed: said.map(|said| said.cell.text.trim().to_string()),
                score: said.and_then(|said| said.score()),
            }
        }));
    }
    all
}
