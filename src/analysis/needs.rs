//! What a place needs beside what it has, hazard by hazard and phase by phase.

use crate::result::{ItemResult, Results, ThreatUsed};
use crate::tree::Tree;
use crate::tree::hazards::PHASES;
use crate::tree::vocabulary::{FACETS, HAZARD};

/// Need and capability of the items that serve one hazard.
#[derive(Clone, Debug, PartialEq)]
pub struct HazardNeeds<'a> {
    pub threat: &'a ThreatUsed,
    /// One a phase of the law.
    pub phases: Vec<Balance>,
    /// All phases together.
    pub all: Balance,
    /// Items that serve it by name or by class and lose points, the largest loss first.
    pub weakest: Vec<usize>,
    /// Items of the tree's hazard analysis that serve it by name or by class.
    pub evidence: Vec<usize>,
}

/// Means over items that did not leave, weighted by their shares; a hazard's items are those of its own name and class, and the items
/// for all hazards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    pub items: usize,
    /// Effective weight in the total, 0 to 1.
    pub share: f64,
    /// What is needed, 0 to 100.
    pub need: Option<f64>,
    /// What there is, 0 to 100.
    pub score: Option<f64>,
    /// Points the total loses against the targets.
    pub loss: f64,
}

impl Balance {
    fn of<'a>(items: impl Iterator<Item = &'a ItemResult>) -> Self {
        let (mut balance, mut need, mut have) = (Balance::default(), 0.0, 0.0);
        for item in items {
            let Some(score) = item.score else { continue };
            balance.items += 1;
            balance.share += item.share;
            balance.loss += item.loss.unwrap_or(0.0);
            need += item.share * item.target;
            have += item.share * score;
        }
        let mean = |sum: f64| (balance.share > 0.0).then(|| sum / balance.share);
        Balance { need: mean(need), score: mean(have), ..balance }
    }
}

/// One a hazard that the place judged, in the order of its profile; empty without a profile.
pub fn needs<'a>(results: &'a Results, tree: &Tree) -> Vec<HazardNeeds<'a>> {
    let threats = results.hazards.iter().flat_map(|hazards| &hazards.threats);
    threats
        .filter_map(|threat| {
            let hazard = FACETS[HAZARD].vocabulary.index(&threat.hazard)?;
            let served: Vec<usize> = (0..tree.items.len()).filter(|index| tree.items[*index].serves(hazard)).collect();
            let named: Vec<usize> = served.iter().copied().filter(|index| tree.items[*index].names(hazard)).collect();
            let result = |index: &usize| &results.items[*index];
            let phases = (0..PHASES)
                .map(|phase| Balance::of(served.iter().filter(|index| tree.items[**index].phase() == Some(phase)).map(result)))
                .collect();
            let mut weakest: Vec<usize> = named.iter().copied().filter(|index| result(index).loss.is_some_and(|loss| loss > 0.0)).collect();
            weakest.sort_by_key(|index| std::cmp::Reverse(crate::number::snapped(result(index).loss.unwrap_or(0.0))));
            let analysis = tree.hazard_analysis.map(|group| tree.items_of(crate::tree::Node::Group(group))).unwrap_or_default();
            Some(HazardNeeds {
                threat,
                phases,
                all: Balance::of(served.iter().map(result)),
                weakest,
                evidence: named.into_iter().filter(|index| analysis.contains(index)).collect(),
            })
        })
        .collect()
}

/// Items whose target the hazard profile set, those that lose most first, then the others in tree order.
pub fn targets(results: &Results) -> Vec<usize> {
    let mut set: Vec<usize> = (0..results.items.len()).filter(|index| results.items[*index].need.is_some()).collect();
    set.sort_by_key(|index| std::cmp::Reverse(crate::number::snapped(results.items[*index].loss.unwrap_or(0.0))));
    set
}
