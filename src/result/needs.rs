//! The hazard profile as results hold it, and what it asks of groups.

use crate::result::build::target;
use crate::result::{HazardsUsed, ItemNeed, PhaseNeeds, ThreatUsed};
use crate::score::{self, Scores};
use crate::tree::hazards::{self, Because, CLASSES, HazardProfile, Level, Need, NeedRule, Threat};
use crate::tree::vocabulary::{FACETS, HAZARD, PHASE};
use crate::tree::{Node, Tree};
use crate::weighting::Weights;

/// Needs of the total and of each group; none without a hazard profile.
#[derive(Default)]
pub struct GroupNeeds {
    pub total: Option<f64>,
    pub groups: Vec<Option<f64>>,
}

/// The items' targets climbed as their scores are: what left asks for nothing.
pub fn groups(tree: &Tree, weights: &Weights, scores: &Scores) -> GroupNeeds {
    if tree.local.hazards.is_none() {
        return GroupNeeds::default();
    }
    let targets: Vec<Option<f64>> = tree
        .items
        .iter()
        .zip(&scores.items)
        .enumerate()
        .map(|(index, (item, score))| {
            score.score?;
            Some(target(Node::Item(index), tree.need(item).map(|need| need.target), item.target, tree).0)
        })
        .collect();
    let (total, groups) = score::climbed(tree, weights, &targets);
    GroupNeeds { total, groups }
}

fn hazard(index: usize) -> String {
    FACETS[HAZARD].vocabulary.words.get(index).map(|word| word.word.to_string()).unwrap_or_default()
}

fn phase(index: usize) -> String {
    FACETS[PHASE].vocabulary.words.get(index).map(|word| word.word.to_string()).unwrap_or_default()
}

pub fn used(tree: &Tree, target: Option<f64>) -> Option<HazardsUsed> {
    let profile = tree.local.hazards.as_ref()?;
    let threats = profile.threats.iter().map(|threat| ThreatUsed {
        hazard: hazard(threat.hazard),
        name: hazards::name(threat.hazard),
        likelihood: threat.level.map(|level| level.likelihood),
        consequence: threat.level.map(|level| level.consequence),
        grounds: threat.grounds.clone(),
    });
    let rule = profile
        .rule
        .needs
        .iter()
        .enumerate()
        .map(|(index, needs)| PhaseNeeds { phase: phase(index), needs: needs.iter().map(|row| row.to_vec()).collect() });
    Some(HazardsUsed { threats: threats.collect(), ceiling: profile.rule.ceiling, rule: rule.collect(), target })
}

pub fn item(need: &Need) -> ItemNeed {
    let because = match need.because {
        Because::Hazard => "hazard",
        Because::Law => "law",
        Because::Critical => "critical",
    };
    ItemNeed {
        hazards: need.hazards.iter().map(|index| hazard(*index)).collect(),
        phase: phase(need.phase),
        asked: need.asked,
        because: because.to_string(),
    }
}

impl HazardsUsed {
    /// The profile back from what results hold; a hazard or phase that this program does not know is left out.
    pub fn profile(&self) -> HazardProfile {
        let used = self;
        let threats = used.threats.iter().filter_map(|threat| {
            let class = |class: Option<usize>| class.filter(|class| (1..=CLASSES).contains(class));
            Some(Threat {
                hazard: FACETS[HAZARD].vocabulary.index(&threat.hazard)?,
                level: class(threat.likelihood)
                    .zip(class(threat.consequence))
                    .map(|(likelihood, consequence)| Level { likelihood, consequence }),
                grounds: threat.grounds.clone(),
            })
        });
        let mut rule = NeedRule { ceiling: used.ceiling, ..NeedRule::default() };
        for one in &used.rule {
            let Some(phase) = FACETS[PHASE].vocabulary.index(&one.phase) else { continue };
            for (likelihood, row) in one.needs.iter().enumerate() {
                for (consequence, need) in row.iter().enumerate() {
                    if let Some(slot) = rule.needs.get_mut(phase).and_then(|table| table.get_mut(likelihood)?.get_mut(consequence)) {
                        *slot = *need;
                    }
                }
            }
        }
        HazardProfile { threats: threats.collect(), rule }
    }
}
