//! Each department's capability by topic, and the courses that concern it.

use std::cmp::Reverse;

use crate::analysis::training::{Course, falling, is_needed, known_loss, topic_part};
use crate::analysis::views;
use crate::analysis::weak_points::is_known;
use crate::number::snapped;
use crate::result::{ItemResult, Results};
use crate::text::Text;
use crate::tree::Tree;

/// What a department can do and what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct DepartmentProfile {
    pub name: Text,
    /// Its items that did not leave and are needed here, and of them those that are known.
    pub items: usize,
    pub known: usize,
    /// Its items that did not leave and whose target is 0: their scores say nothing of what it lacks.
    pub unneeded: usize,
    /// Share-weighted means of the known ones: score, and what is asked for.
    pub score: Option<f64>,
    pub target: Option<f64>,
    /// Points that the total loses in them.
    pub loss: f64,
    /// Topics of its weak items, each with its part of the loss, the largest first.
    pub topics: Vec<(usize, f64)>,
    /// Its weak items, the largest loss first.
    pub weak: Vec<usize>,
    /// Courses that would lift one of its items: indices, in their order.
    pub courses: Vec<usize>,
}

/// Every department that answers for items, the largest loss first; the assessors, who only measure, are not among them.
pub fn profiles(results: &Results, tree: &Tree, courses: &[Course]) -> Vec<DepartmentProfile> {
    let assessed = |index: &usize| !tree.asks_outsider(&tree.items[*index]);
    let mut all: Vec<DepartmentProfile> = views::leads(results, tree)
        .rows
        .into_iter()
        .filter(|row| row.members.iter().any(assessed))
        .map(|row| profile(results, tree, courses, row.name, &row.members))
        .collect();
    all.sort_by_key(|one| Reverse(snapped(one.loss)));
    all
}

fn profile(results: &Results, tree: &Tree, courses: &[Course], name: Text, members: &[usize]) -> DepartmentProfile {
    let there = members.iter().copied().filter(|index| results.items[*index].score.is_some());
    let (scored, unneeded): (Vec<usize>, Vec<usize>) = there.partition(|index| is_needed(&results.items[*index]));
    let known: Vec<usize> = scored.iter().copied().filter(|index| is_known(&results.items[*index])).collect();
    let share: f64 = known.iter().map(|index| results.items[*index].share).sum();
    let mean = |value: &dyn Fn(&ItemResult) -> f64| {
        let sum: f64 = known.iter().map(|index| &results.items[*index]).map(|item| item.share * value(item)).sum();
        (share > 0.0).then(|| sum / share)
    };
    let mut weak: Vec<(usize, f64)> = known.iter().filter_map(|index| Some((*index, known_loss(&results.items[*index])?))).collect();
    falling(&mut weak);
    let mut topics: Vec<(usize, f64)> = (0..tree.topics.len())
        .map(|topic| (topic, weak.iter().map(|(index, loss)| loss * topic_part(&tree.items[*index], topic)).sum()))
        .collect();
    topics.retain(|(_, loss)| snapped(*loss) > 0);
    falling(&mut topics);
    let concerned = |course: &Course| course.items.iter().any(|(index, _)| weak.iter().any(|(own, _)| own == index));
    DepartmentProfile {
        name,
        items: scored.len(),
        known: known.len(),
        unneeded: unneeded.len(),
        score: mean(&|item| item.score.unwrap_or(0.0)),
        target: mean(&|item| item.target),
        loss: weak.iter().map(|(_, loss)| loss).sum(),
        topics,
        courses: (0..courses.len()).filter(|index| concerned(&courses[*index])).collect(),
        weak: weak.into_iter().map(|(index, _)| index).collect(),
    }
}
