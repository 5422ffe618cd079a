//! What a place needs beside what it has, hazard by hazard and phase by phase.

use std::cmp::Reverse;

use crate::number::snapped;
use crate::result::{Results, ThreatUsed};
use crate::tree::hazards::{PHASES, kinds};
use crate::tree::vocabulary::{FACETS, HAZARD};
use crate::tree::{HazardProfile, Node, Tree};

/// Need and capability of the items that serve one hazard, measured against what this hazard alone asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct HazardNeeds<'a> {
    pub threat: &'a ThreatUsed,
    /// One a phase of the law.
    pub phases: Vec<Balance>,
    /// All phases together.
    pub all: Balance,
    /// Only the items of its own name or class, without those for all hazards.
    pub own: Balance,
    /// Items of its own that fall short of it, those by which the total loses most first.
    pub weakest: Vec<usize>,
    /// Items of the tree's hazard analysis that serve it by name or by class.
    pub evidence: Balance,
    /// Of them, the lowest scores first.
    pub lowest: Vec<usize>,
}

/// Means over items that did not leave, weighted by their shares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    pub items: usize,
    /// Effective weight in the total, 0 to 1.
    pub share: f64,
    /// What the hazard asks for, 0 to 100.
    pub need: Option<f64>,
    /// What there is, 0 to 100.
    pub score: Option<f64>,
    /// share x max(0, need - score), summed over the items.
    pub loss: f64,
}

/// The items of one hazard and what it asks of each.
struct Asked<'a> {
    results: &'a Results,
    tree: &'a Tree,
    hazard: usize,
    profile: &'a HazardProfile,
}

impl Asked<'_> {
    fn need(&self, index: usize) -> Option<f64> {
        let phase = self.tree.items[index].phase()?;
        let threat = self.profile.threats.iter().find(|threat| threat.hazard == self.hazard)?;
        Some(self.profile.rule.need(phase, threat.level))
    }

    fn loss(&self, index: usize) -> f64 {
        let item = &self.results.items[index];
        let gap = self.need(index).zip(item.score).map_or(0.0, |(need, score)| (need - score).max(0.0));
        item.share * gap
    }

    fn balance(&self, items: &[usize]) -> Balance {
        let (mut balance, mut needed, mut there) = (Balance::default(), 0.0, 0.0);
        for index in items {
            let item = &self.results.items[*index];
            let Some((score, need)) = item.score.zip(self.need(*index)) else { continue };
            balance.items += 1;
            balance.share += item.share;
            balance.loss += self.loss(*index);
            needed += item.share * need;
            there += item.share * score;
        }
        let mean = |sum: f64| (balance.share > 0.0).then(|| sum / balance.share);
        Balance { need: mean(needed), score: mean(there), ..balance }
    }
}

/// One a hazard that the place judged, in the order of its profile; empty without a profile.
pub fn needs<'a>(results: &'a Results, tree: &Tree) -> Vec<HazardNeeds<'a>> {
    let Some(used) = &results.hazards else { return Vec::new() };
    let analysis = tree.hazard_analysis.map(|group| tree.items_of(Node::Group(group))).unwrap_or_default();
    let profile = used.profile();
    let all = used.threats.iter().filter_map(|threat| {
        let hazard = FACETS[HAZARD].vocabulary.index(&threat.hazard)?;
        let asked = Asked { results, tree, hazard, profile: &profile };
        let served: Vec<usize> = (0..tree.items.len()).filter(|index| tree.items[*index].serves(hazard)).collect();
        let own: Vec<usize> = served.iter().copied().filter(|index| tree.items[*index].names(hazard)).collect();
        let phases = (0..PHASES).map(|phase| {
            let of: Vec<usize> = served.iter().copied().filter(|index| tree.items[*index].phase() == Some(phase)).collect();
            asked.balance(&of)
        });
        let mut weakest: Vec<usize> = own.iter().copied().filter(|index| snapped(asked.loss(*index)) > 0).collect();
        weakest.sort_by_key(|index| Reverse(snapped(asked.loss(*index))));
        let evidence: Vec<usize> = own.iter().copied().filter(|index| analysis.contains(index)).collect();
        let mut lowest: Vec<usize> = evidence.iter().copied().filter(|index| results.items[*index].score.is_some()).collect();
        lowest.sort_by_key(|index| snapped(results.items[*index].score.unwrap_or(0.0)));
        Some(HazardNeeds {
            threat,
            phases: phases.collect(),
            all: asked.balance(&served),
            own: asked.balance(&own),
            weakest,
            evidence: asked.balance(&evidence),
            lowest,
        })
    });
    all.collect()
}

/// Items that serve only hazards that do not occur here by the profile, and were answered all the same; tree order.
pub fn of_no_hazard(results: &Results, tree: &Tree) -> Vec<usize> {
    let Some(used) = &results.hazards else { return Vec::new() };
    let absent: Vec<usize> = used.profile().threats.iter().filter(|threat| threat.level.is_none()).map(|threat| threat.hazard).collect();
    let serves_none = |index: usize| {
        let mut served = kinds().into_iter().filter(|kind| tree.items[index].serves(*kind)).peekable();
        served.peek().is_some() && served.all(|kind| absent.contains(&kind))
    };
    let answered = |index: usize| ["answered", "no_data"].contains(&results.items[index].state.as_str());
    (0..results.items.len()).filter(|index| results.items[*index].score.is_some() && answered(*index) && serves_none(*index)).collect()
}

/// Items whose target the hazard profile set, those that lose most first, then the others in tree order.
pub fn targets(results: &Results) -> Vec<usize> {
    let mut set: Vec<usize> = (0..results.items.len()).filter(|index| results.items[*index].need.is_some()).collect();
    set.sort_by_key(|index| Reverse(snapped(results.items[*index].loss.unwrap_or(0.0))));
    set
}
