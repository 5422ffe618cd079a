//! What threatens a place, as the place states it, and what each item has to reach because of it.
//!
//! Likelihood and consequence are two of five classes each, as in the consequence/likelihood matrix of GB/T 27921-2023
//! (ISO/IEC 31010:2019, B.10.3). The rule that turns them into a target is this project's own and may be edited: `docs/method/needs.md`.

use crate::number::snapped;
use crate::text::Text;
use crate::tree::vocabulary::{ALL_HAZARDS, FACETS, HAZARD, PHASE, class_of, holds};
use crate::tree::{Criticality, Item, Tree};

/// Classes of likelihood and of consequence: 1 to this.
pub const CLASSES: usize = 5;
/// Phases of the law: prevention, warning, response, recovery.
pub const PHASES: usize = 4;

/// One hazard as the place judges it.
#[derive(Clone, Debug, PartialEq)]
pub struct Threat {
    /// A kind's position among the words of the hazard facet.
    pub hazard: usize,
    /// 1 to 5; none where it does not occur here.
    pub level: Option<Level>,
    /// What the judgement rests on.
    pub grounds: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// 1 to 5.
    pub likelihood: usize,
    /// 1 to 5.
    pub consequence: usize,
}

/// What an item must reach for a hazard of a likelihood and a consequence, by the phase that the item serves.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedRule {
    /// No hazard asks for more, 0 to 100; the law and the veto and key rules may.
    pub ceiling: f64,
    /// Scores 0 to 100: phase, likelihood from 1, consequence from 1.
    pub needs: [[[f64; CLASSES]; CLASSES]; PHASES],
}

impl Default for NeedRule {
    fn default() -> Self {
        let mut needs = [[[0.0; CLASSES]; CLASSES]; PHASES];
        for (phase, table) in needs.iter_mut().enumerate() {
            for (likelihood, row) in (1..).zip(table.iter_mut()) {
                for (consequence, need) in (1..).zip(row.iter_mut()) {
                    *need = default_need(phase, likelihood, consequence);
                }
            }
        }
        NeedRule { ceiling: 100.0, needs }
    }
}

/// Needs by class: on paper, in practice, well beyond, tested in full.
const NEEDS: [f64; 4] = [30.0, 60.0, 80.0, 100.0];
/// Phases from here on act when it has happened, however rarely that is.
const RESPONSE: usize = 2;

/// Prevention and warning follow the risk, likelihood times consequence; response and recovery follow the consequence alone,
/// one class lower where it hardly ever happens.
fn default_need(phase: usize, likelihood: usize, consequence: usize) -> f64 {
    let class = if phase < RESPONSE {
        match likelihood * consequence {
            0..=3 => 0,
            4..=8 => 1,
            9..=14 => 2,
            _ => 3,
        }
    } else {
        let class = (consequence - 1).min(NEEDS.len() - 1);
        if likelihood == 1 { class.saturating_sub(1) } else { class }
    };
    NEEDS[class]
}

impl NeedRule {
    /// What a hazard asks of items of a phase; nothing where it does not occur.
    pub fn need(&self, phase: usize, level: Option<Level>) -> f64 {
        let at = level.and_then(|level| self.needs.get(phase)?.get(level.likelihood - 1)?.get(level.consequence - 1));
        at.copied().unwrap_or(0.0).min(self.ceiling)
    }

    /// Where a hazard that is likelier or worse is asked less: phase, likelihood, consequence from 1.
    pub fn falls(&self) -> Option<(usize, usize, usize)> {
        let falls = |phase: &[[f64; CLASSES]; CLASSES], l: usize, c: usize| {
            (l > 0 && phase[l][c] < phase[l - 1][c]) || (c > 0 && phase[l][c] < phase[l][c - 1])
        };
        let cells = (0..PHASES).flat_map(|phase| (0..CLASSES).flat_map(move |l| (0..CLASSES).map(move |c| (phase, l, c))));
        cells.into_iter().find(|(phase, l, c)| falls(&self.needs[*phase], *l, *c)).map(|(phase, l, c)| (phase, l + 1, c + 1))
    }
}

/// The hazard profile of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HazardProfile {
    /// In the order of the hazard facet; hazards that nobody judged are not among them.
    pub threats: Vec<Threat>,
    pub rule: NeedRule,
}

/// What decided a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The hazards named.
    Hazard,
    /// The law asks for more than they do.
    Law,
    /// A veto item has to pass and a key item to be above 0, whatever the hazards ask.
    Critical,
}

/// What an item has to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// 0 to 100.
    pub target: f64,
    pub because: Because,
    /// The hazards that ask for most, of those the item serves; positions in the hazard facet.
    pub hazards: Vec<usize>,
    /// What they ask for.
    pub asked: f64,
    /// Position in the phase facet.
    pub phase: usize,
}

/// Kinds of hazard, in the order of the facet.
pub fn kinds() -> Vec<usize> {
    let words = FACETS[HAZARD].vocabulary.words;
    (0..words.len()).filter(|index| class_of(words[*index].word).is_some()).collect()
}

/// A hazard's name.
pub fn name(hazard: usize) -> Text {
    FACETS[HAZARD].vocabulary.name_of(hazard)
}

impl Item {
    /// Does the item serve a kind of hazard?
    pub fn serves(&self, kind: usize) -> bool {
        let all = FACETS[HAZARD].vocabulary.index(ALL_HAZARDS);
        self.names(kind) || self.content.facets[HAZARD].iter().any(|word| Some(*word) == all)
    }

    /// Does it serve the hazard by its name or its class, not merely as all hazards?
    pub fn names(&self, kind: usize) -> bool {
        self.content.facets[HAZARD].iter().any(|word| holds(*word, kind))
    }

    /// Its phase; none where the tree states none.
    pub fn phase(&self) -> Option<usize> {
        self.content.facets[PHASE].first().copied()
    }

    /// The least score that no rule of veto and key lets fall through.
    fn critical_floor(&self) -> Option<f64> {
        let above = match self.criticality {
            Criticality::Veto => self.fails_at.to_f64(),
            Criticality::Key => 0.0,
            Criticality::Normal => return None,
        };
        let scores = self.scaled.scale.steps().into_iter().map(|step| 100.0 * step.worth.to_f64());
        Some(scores.into_iter().find(|score| snapped(*score) > snapped(above)).unwrap_or(100.0))
    }
}

impl Tree {
    /// What an item has to reach by the hazard profile of this run; none without one, and where no hazard that it serves was judged.
    pub fn need(&self, item: &Item) -> Option<Need> {
        let profile = self.local.hazards.as_ref()?;
        let phase = item.phase()?;
        let served: Vec<(usize, f64)> = profile
            .threats
            .iter()
            .filter(|threat| item.serves(threat.hazard))
            .map(|threat| (threat.hazard, profile.rule.need(phase, threat.level)))
            .collect();
        let asked = served.iter().map(|(_, need)| *need).reduce(f64::max)?;
        let mut need = Need {
            target: asked,
            because: Because::Hazard,
            hazards: served.iter().filter(|(_, need)| *need == asked).map(|(hazard, _)| *hazard).collect(),
            asked,
            phase,
        };
        let law = item.content.floor_score().filter(|_| self.judges_floors());
        for (floor, because) in [(law, Because::Law), (item.critical_floor(), Because::Critical)] {
            if let Some(floor) = floor.filter(|floor| snapped(*floor) > snapped(need.target)) {
                (need.target, need.because) = (floor, because);
            }
        }
        Some(need)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(likelihood: usize, consequence: usize) -> Option<Level> {
        Some(Level { likelihood, consequence })
    }

    #[test]
    fn the_default_rule_is_the_table_of_the_page() {
        let rule = NeedRule::default();
        for phase in [0, 1] {
            for (likelihood, consequence, need) in
                [(1, 3, 30.0), (3, 1, 30.0), (2, 2, 60.0), (2, 4, 60.0), (3, 3, 80.0), (2, 5, 80.0), (3, 5, 100.0), (5, 5, 100.0)]
            {
                assert_eq!(rule.need(phase, level(likelihood, consequence)), need, "{likelihood} {consequence}");
            }
        }
        for phase in [2, 3] {
            for likelihood in 2..=5 {
                let needs: Vec<f64> = (1..=5).map(|consequence| rule.need(phase, level(likelihood, consequence))).collect();
                assert_eq!(needs, [30.0, 60.0, 80.0, 100.0, 100.0]);
            }
            let rare: Vec<f64> = (1..=5).map(|consequence| rule.need(phase, level(1, consequence))).collect();
            assert_eq!(rare, [30.0, 30.0, 60.0, 80.0, 80.0]);
        }
        assert_eq!(rule.need(0, None), 0.0);
        assert_eq!(rule.falls(), None);
    }

    #[test]
    fn a_ceiling_caps_what_hazards_ask() {
        let rule = NeedRule { ceiling: 85.0, ..NeedRule::default() };
        assert_eq!(rule.need(0, level(5, 5)), 85.0);
        assert_eq!(rule.need(0, level(2, 2)), 60.0);
    }

    #[test]
    fn a_rule_that_asks_less_of_the_worse_is_noticed() {
        let mut rule = NeedRule::default();
        rule.needs[1][2][3] = 10.0;
        assert_eq!(rule.falls(), Some((1, 3, 4)));
    }
}
