//! What to train: weak items by topic, by topic and audience as courses, and by department.
//!
//! The loss of an item is shared equally between its topics, and what a topic gets between its audiences there, so that courses add up
//! to their topic and topics to what the items with training lose. Only what is known counts: an item that nobody answered may be in
//! order.

pub mod classes;
pub mod clock;
mod courses;
mod departments;
mod draw;
pub mod marking;
pub mod pairing;

use std::cmp::Reverse;

use crate::analysis::weak_points::is_known;
use crate::bank::Bank;
use crate::number::snapped;
use crate::result::{ItemResult, Results};
use crate::tree::vocabulary::ACTIONS;
use crate::tree::{Item, Tree};

pub use classes::Class;
pub use courses::{Course, Why, actions, form};
pub use departments::DepartmentProfile;
pub use draw::{Drawn, draw};

/// Training needs of one unit, each list by falling loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Training {
    /// Points that the total loses in items whose state is known.
    pub known: f64,
    /// Of them, those of items for which the tree names no training.
    pub untaught: f64,
    /// Points lost in items that are blank or unreadable: no need is derived from them.
    pub unknown: f64,
    /// Items that lose points and are known.
    pub weak: usize,
    /// What has to be done next about the known loss.
    pub remedies: Remedies,
    pub topics: Vec<TopicNeed>,
    pub courses: Vec<Course>,
    pub classes: Vec<Class>,
    pub departments: Vec<DepartmentProfile>,
}

/// One topic and the items that teach it.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicNeed {
    /// Index into the tree's topics.
    pub topic: usize,
    /// Its items that did not leave and are needed here.
    pub items: usize,
    /// Share-weighted mean score of those that are known.
    pub score: Option<f64>,
    /// Its weak items, the largest part of loss first.
    pub weak: Vec<usize>,
    /// Its part of the known loss.
    pub loss: f64,
    pub remedies: Remedies,
    /// Audiences of its weak items, by falling loss; indices into the tree's.
    pub audiences: Vec<usize>,
}

/// Loss by what the next action on the item is: courses teach all of it, but lift the first by themselves only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Remedies {
    /// Training and exercises.
    pub trained: f64,
    /// Rules, posts, registers, agreements, supervision, notices: work that people go and do.
    pub managed: f64,
    /// Equipment, facilities, funds: no course brings them.
    pub bought: f64,
    /// The tree states no action.
    pub unsaid: f64,
}

/// What closes a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    Trained,
    Managed,
    Bought,
    Unsaid,
}

impl Remedies {
    pub fn add(&mut self, remedy: Remedy, loss: f64) {
        let slot = match remedy {
            Remedy::Trained => &mut self.trained,
            Remedy::Managed => &mut self.managed,
            Remedy::Bought => &mut self.bought,
            Remedy::Unsaid => &mut self.unsaid,
        };
        *slot += loss;
    }
}

/// The kind of an item's next action.
pub fn remedy(item: &Item, score: f64) -> Remedy {
    let word = item.content.action_from(score).map(|action| ACTIONS.words.get(action.kind).map_or("", |word| word.word));
    match word {
        None => Remedy::Unsaid,
        Some("培训" | "演练") => Remedy::Trained,
        Some("装备设施" | "资金") => Remedy::Bought,
        Some(_) => Remedy::Managed,
    }
}

/// The loss of an item that is known to lose; none of any other.
pub fn known_loss(item: &ItemResult) -> Option<f64> {
    item.loss.filter(|loss| is_known(item) && snapped(*loss) > 0)
}

/// The topics that teach an item, each once, in the order in which the tree names them.
pub fn topics(item: &Item) -> Vec<usize> {
    let mut topics: Vec<usize> = Vec::new();
    for one in &item.content.training {
        if !topics.contains(&one.topic) {
            topics.push(one.topic);
        }
    }
    topics
}

/// Is anything asked of the item? A hazard profile asks nothing of an item whose hazards do not occur.
pub fn is_needed(item: &ItemResult) -> bool {
    item.target > 0.0
}

/// The parts of an item's loss that its topics and their audiences get; they add up to 1 where it names any.
pub fn parts(item: &Item) -> Vec<(usize, usize, f64)> {
    let all = &item.content.training;
    let mut topics = topics(item);
    topics.sort_unstable();
    let mut parts = Vec::new();
    for topic in &topics {
        let mut audiences: Vec<usize> = all.iter().filter(|one| one.topic == *topic).map(|one| one.audience).collect();
        audiences.sort_unstable();
        audiences.dedup();
        let part = 1.0 / (topics.len() * audiences.len()) as f64;
        parts.extend(audiences.into_iter().map(|audience| (*topic, audience, part)));
    }
    parts
}

/// The part of an item's loss that one topic gets.
fn topic_part(item: &Item, topic: usize) -> f64 {
    parts(item).into_iter().filter(|(own, ..)| *own == topic).map(|(.., part)| part).sum()
}

/// Largest first, ties as they stood.
fn falling(items: &mut [(usize, f64)]) {
    items.sort_by_key(|(_, loss)| Reverse(snapped(*loss)));
}

/// The needs of one unit.
pub fn training(results: &Results, tree: &Tree, bank: &Bank) -> Training {
    let lost: Vec<(usize, f64)> = results.items.iter().enumerate().filter_map(|(index, item)| Some((index, known_loss(item)?))).collect();
    let mut remedies = Remedies::default();
    for (index, loss) in &lost {
        remedies.add(remedy(&tree.items[*index], results.items[*index].score.unwrap_or(0.0)), *loss);
    }
    let unknown = results.items.iter().filter(|item| !is_known(item)).filter_map(|item| item.loss).sum();
    let untaught = lost.iter().filter(|(index, _)| tree.items[*index].content.training.is_empty()).map(|(_, loss)| loss).sum();
    let mut topics: Vec<TopicNeed> =
        (0..tree.topics.len()).map(|topic| need(results, tree, &lost, topic)).filter(|need| need.items > 0).collect();
    topics.sort_by_key(|need| Reverse(snapped(need.loss)));
    let courses = courses::courses(results, tree, bank, &lost);
    let classes = classes::classes(results, tree, bank, &courses);
    let departments = departments::profiles(results, tree, &courses);
    Training {
        known: lost.iter().map(|(_, loss)| loss).sum(),
        untaught,
        unknown,
        weak: lost.len(),
        remedies,
        topics,
        courses,
        classes,
        departments,
    }
}

fn need(results: &Results, tree: &Tree, lost: &[(usize, f64)], topic: usize) -> TopicNeed {
    let mine = |index: &usize| tree.items[*index].content.training.iter().any(|one| one.topic == topic);
    let there: Vec<usize> = (0..tree.items.len())
        .filter(mine)
        .filter(|index| results.items[*index].score.is_some() && is_needed(&results.items[*index]))
        .collect();
    let known: Vec<&ItemResult> = there.iter().map(|index| &results.items[*index]).filter(|item| is_known(item)).collect();
    let share: f64 = known.iter().map(|item| item.share).sum();
    let weighted: f64 = known.iter().filter_map(|item| item.score.map(|score| item.share * score)).sum();
    let mut weak: Vec<(usize, f64)> =
        lost.iter().filter(|(index, _)| mine(index)).map(|(index, loss)| (*index, loss * topic_part(&tree.items[*index], topic))).collect();
    falling(&mut weak);
    let mut remedies = Remedies::default();
    let mut audiences: Vec<(usize, f64)> = Vec::new();
    for (index, loss) in &weak {
        remedies.add(remedy(&tree.items[*index], results.items[*index].score.unwrap_or(0.0)), *loss);
        for (own, audience, part) in parts(&tree.items[*index]) {
            if own != topic {
                continue;
            }
            let loss = part * results.items[*index].loss.unwrap_or(0.0);
            match audiences.iter_mut().find(|(known, _)| *known == audience) {
                Some((_, sum)) => *sum += loss,
                None => audiences.push((audience, loss)),
            }
        }
    }
    falling(&mut audiences);
    TopicNeed {
        topic,
        items: there.len(),
        score: (share > 0.0).then(|| weighted / share),
        loss: weak.iter().map(|(_, loss)| loss).sum(),
        weak: weak.into_iter().map(|(index, _)| index).collect(),
        remedies,
        audiences: audiences.into_iter().map(|(audience, _)| audience).collect(),
    }
}
