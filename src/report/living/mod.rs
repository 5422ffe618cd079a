//! What a living workbook computes from, and what ecap computed: answers as read, and every number between them and the grade.
//!
//! Neutral: knows neither a cell nor a formula. What stands here beside the results are sums on the way to them.

mod lines;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::analysis::ranking;
use crate::answers::MergedState;
use crate::number::{Number, rounded, snapped};
use crate::policy::{Missing, Policy};
use crate::report::Facts;
use crate::report::assessment::headline;
use crate::result::{GroupResult, ItemResult, Total};
use crate::scale::SCALES;
use crate::scale::expression::Expression;
use crate::text::Text;
use crate::tree::{Criticality, Item as TreeItem};

pub use lines::Line;
use lines::{lines_of, merged};

/// One unit's answers and all that follows from them.
#[derive(Debug)]
pub struct Living {
    pub policy: Policy,
    pub lines: Vec<Line>,
    /// In tree order, as are the groups.
    pub items: Vec<Item>,
    pub groups: Vec<Group>,
    pub total: Total,
    /// The total's grade as the report says it.
    pub grade: Text,
    pub root: Sums,
    /// Veto items that count as one.
    pub vetoes: Vec<Veto>,
    /// Items by the words of each view.
    pub views: Vec<ViewColumn>,
}

#[derive(Debug)]
pub struct Item {
    pub result: ItemResult,
    pub question: Text,
    /// Indices of groups; none for the total.
    pub parent: Option<usize>,
    pub top: Option<usize>,
    pub criticality: Criticality,
    pub fails_at: Number,
    pub scale: Text,
    pub hint: Text,
    pub expression: Expression,
    /// How many elements or lines its scale has.
    pub elements: usize,
    /// Its highest level, where it has levels.
    pub top_level: Option<usize>,
    /// Its scale as the tree names it.
    pub scale_name: &'static str,
    /// Its lines.
    pub lines: Range<usize>,
    pub state: MergedState,
    /// Merged.
    pub worth: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Share in the total if nothing had left.
    pub full_share: f64,
    /// A veto that failed or a key item at 0, with unknowns passed, and with unknowns failed.
    pub failed: bool,
    pub failed_at_worst: bool,
}

#[derive(Debug)]
pub struct Group {
    pub result: GroupResult,
    pub parent: Option<usize>,
    pub sums: Sums,
    pub full_share: f64,
    /// Full shares of its items in scope, and of those that did not leave.
    pub scope: f64,
    pub kept: f64,
    /// Among the groups of its level, from 1; none without a score.
    pub rank: Option<usize>,
    /// Key items at 0 under a level-1 group.
    pub keys_failed: usize,
}

/// Of a node's children.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    pub weight: f64,
    pub score: f64,
    pub bounds_weight: f64,
    pub low: f64,
    pub high: f64,
    pub full_weight: f64,
}

impl Sums {
    fn add(&mut self, weight: f64, score: Option<f64>, low: Option<f64>, high: Option<f64>) {
        self.full_weight += weight;
        if let Some(score) = score {
            self.weight += weight;
            self.score += weight * score;
        }
        if let (Some(low), Some(high)) = (low, high) {
            self.bounds_weight += weight;
            self.low += weight * low;
            self.high += weight * high;
        }
    }
}

#[derive(Debug)]
pub struct Veto {
    pub name: Text,
    pub items: Vec<usize>,
}

/// The items of one word of a view.
#[derive(Debug)]
pub struct ViewColumn {
    pub view: Text,
    pub row: crate::analysis::views::ViewRow,
}

impl Living {
    pub fn of(facts: &Facts<'_>) -> Self {
        let (results, tree) = (facts.results, facts.tree);
        let place = |code: &Option<String>| code.as_ref().and_then(|code| results.groups.iter().position(|group| group.code == *code));
        let mut lines = Vec::new();
        let mut items: Vec<Item> = Vec::new();
        for (index, (result, item)) in results.items.iter().zip(&tree.items).enumerate() {
            let first = lines.len();
            lines.extend(lines_of(index, result, item));
            let state = state(&result.state);
            let mine = &lines[first..];
            let worth = merged(mine, tree.policy.merge).filter(|_| state == MergedState::Answered);
            let unknown = matches!(state, MergedState::Blank | MergedState::Unreadable);
            let failed = match (item.criticality, state) {
                (Criticality::Normal, _) => false,
                (_, MergedState::NoData) => true,
                (Criticality::Veto, MergedState::Answered) => mine.iter().any(|line| line.below),
                (Criticality::Key, MergedState::Answered) => worth == Some(0.0),
                _ => false,
            };
            items.push(Item {
                question: Text::join(&[item.criticality.mark().into(), result.question.clone()], "", ""),
                parent: item.parent,
                top: tree.top_of_item(item),
                criticality: item.criticality,
                fails_at: item.fails_at.clone(),
                scale: SCALES.iter().find(|entry| entry.name == item.scaled.name).map(|entry| entry.words.clone()).unwrap_or_default(),
                hint: item.scaled.scale.hint(),
                expression: item.scaled.scale.worth_expression(),
                elements: item.scaled.scale.worth_expression().places(),
                top_level: (item.scaled.name == "level").then(|| item.scaled.scale.choices().len().saturating_sub(1)),
                scale_name: item.scaled.name,
                lines: first..lines.len(),
                low: if unknown { Some(0.0) } else { result.score },
                high: if unknown { Some(100.0) } else { result.score },
                failed,
                failed_at_worst: failed || (unknown && item.criticality != Criticality::Normal),
                full_share: 0.0,
                result: result.clone(),
                state,
                worth,
            });
        }
        let groups = results.groups.iter().map(|group| Group {
            parent: place(&group.parent),
            result: group.clone(),
            sums: Sums::default(),
            full_share: 0.0,
            scope: 0.0,
            kept: 0.0,
            rank: None,
            keys_failed: 0,
        });
        let mut living = Living {
            policy: tree.policy.clone(),
            groups: groups.collect(),
            total: results.total.clone(),
            grade: headline::grade(results),
            root: Sums::default(),
            vetoes: vetoes(&tree.items),
            views: facts
                .views
                .iter()
                .flat_map(|view| view.rows.iter().map(|row| ViewColumn { view: view.name.clone(), row: row.clone() }))
                .collect(),
            lines,
            items,
        };
        living.sum();
        for level in 1..=results.groups.iter().map(|group| group.level).max().unwrap_or(0) {
            for (rank, index) in (1..).zip(ranking::by_score(results, level)) {
                living.groups[index].rank = Some(rank);
            }
        }
        living
    }

    /// What the climb passes on its way (`score/climb.rs`); the scores themselves are the results'.
    fn sum(&mut self) {
        for item in &self.items {
            let sums = item.parent.map_or(&mut self.root, |parent| &mut self.groups[parent].sums);
            sums.add(item.result.weight, item.result.score, item.low, item.high);
        }
        for index in (0..self.groups.len()).rev() {
            let GroupResult { weight, score, low, high, .. } = self.groups[index].result;
            let sums = self.groups[index].parent.map_or(&mut self.root, |parent| &mut self.groups[parent].sums);
            sums.add(weight, score, low, high);
        }
        let part = |living: &Living, weight: f64, parent: Option<usize>| match parent {
            Some(parent) => living.groups[parent].full_share * weight / living.groups[parent].sums.full_weight,
            None => weight / living.root.full_weight,
        };
        for index in 0..self.groups.len() {
            self.groups[index].full_share = part(self, self.groups[index].result.weight, self.groups[index].parent);
        }
        for index in 0..self.items.len() {
            let full = part(self, self.items[index].result.weight, self.items[index].parent);
            self.items[index].full_share = full;
            let item = &self.items[index];
            if let Some(parent) = item.parent {
                self.groups[parent].scope += if item.state == MergedState::OutOfScope { 0.0 } else { full };
                self.groups[parent].kept += if item.result.score.is_some() { full } else { 0.0 };
            }
            if let Some(top) = item.top.filter(|_| item.criticality == Criticality::Key && item.failed) {
                self.groups[top].keys_failed += 1;
            }
        }
        for index in (0..self.groups.len()).rev() {
            let (scope, kept) = (self.groups[index].scope, self.groups[index].kept);
            if let Some(parent) = self.groups[index].parent {
                self.groups[parent].scope += scope;
                self.groups[parent].kept += kept;
            }
        }
    }

    /// The most elements or lines that a scale has.
    pub fn elements(&self) -> usize {
        self.items.iter().map(|item| item.elements).max().unwrap_or(0)
    }

    /// Rounded once, last.
    pub fn round(&self, score: f64) -> f64 {
        rounded(score, self.policy.decimals)
    }

    /// The band of a rounded score, from 1, best first.
    pub fn band(&self, rounded: f64) -> usize {
        self.policy.bands.iter().filter(|band| band.from > rounded).count().min(self.policy.bands.len() - 1) + 1
    }

    /// A band of the results, from 1.
    pub fn band_of(&self, code: Option<&str>) -> Option<usize> {
        self.policy.band_named(code?).map(|index| index + 1)
    }

    pub fn exclude_missing(&self) -> bool {
        self.policy.missing == Missing::Exclude
    }

    /// Points that all items lose.
    pub fn loss(&self) -> f64 {
        self.items.iter().filter_map(|item| item.result.loss).sum()
    }
}

impl Group {
    /// Score as it is ordered: snapped, and -1 for what left.
    pub fn ordered_score(&self) -> f64 {
        self.result.score.map_or(-1.0, |score| snapped(score) as f64 / 1e9)
    }
}

impl Item {
    /// Loss as it is ordered: snapped, and -1 for what left.
    pub fn ordered_loss(&self) -> f64 {
        self.result.loss.map_or(-1.0, |loss| snapped(loss) as f64 / 1e9)
    }
}

/// A state by its code.
fn state(code: &str) -> MergedState {
    let all = [MergedState::Answered, MergedState::NotApplicable, MergedState::NoData, MergedState::Unreadable, MergedState::OutOfScope];
    all.into_iter().find(|state| state.code() == code).unwrap_or(MergedState::Blank)
}

/// Vetoes by group, in the order of first appearance.
fn vetoes(items: &[TreeItem]) -> Vec<Veto> {
    let mut vetoes: Vec<Veto> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.criticality == Criticality::Veto) {
        let at = item.veto_group.as_deref().and_then(|group| places.get(group).copied());
        match at {
            Some(at) => vetoes[at].items.push(index),
            None => {
                if let Some(group) = item.veto_group.as_deref() {
                    places.insert(group, vetoes.len());
                }
                vetoes.push(Veto { name: Text::default(), items: vec![index] });
            }
        }
    }
    for veto in &mut vetoes {
        let refs: Vec<Text> = veto.items.iter().map(|index| items[*index].reference.clone().into()).collect();
        veto.name = Text::join(&refs, "、", ", ");
    }
    vetoes
}

/// The states that a line may be in, for people.
pub fn states() -> Vec<(MergedState, Text)> {
    [
        MergedState::Answered,
        MergedState::NotApplicable,
        MergedState::NoData,
        MergedState::Blank,
        MergedState::Unreadable,
        MergedState::OutOfScope,
    ]
    .into_iter()
    .map(|state| (state, crate::report::assessment::state(state.code())))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_own_code_and_word() {
        for (one, word) in states() {
            assert_eq!(state(one.code()), one);
            assert_eq!(states().iter().filter(|(_, other)| *other == word).count(), 1, "{word:?}");
        }
    }
}
