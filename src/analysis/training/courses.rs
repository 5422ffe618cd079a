//! Courses: one a topic and audience, with the items to lift, the form that suits them and the hazard to drill them in.

use std::cmp::Reverse;

use crate::analysis::steps::next_step;
use crate::analysis::training::{Remedies, falling, parts, remedy};
use crate::bank::{Bank, Expected, Form, Scenario};
use crate::number::snapped;
use crate::result::Results;
use crate::tree::content::Named;
use crate::tree::vocabulary::ACTIONS;
use crate::tree::{HazardProfile, Item, Tree, hazards};

/// Actions of a scenario that a course looks at.
const MOST_ACTIONS: usize = 6;

/// One course.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Index into the tree's topics.
    pub topic: usize,
    /// Index into the tree's audiences.
    pub audience: usize,
    /// Items it should lift, the largest part of loss first, each with that part.
    pub items: Vec<(usize, f64)>,
    /// Its part of the known loss.
    pub loss: f64,
    /// Points the total gains if each of its items takes its next step, other courses or none.
    pub gain: f64,
    pub remedies: Remedies,
    pub form: Form,
    /// The hazard of its scenario, a position in the hazard facet; none where the tree knows no hazards at all.
    pub hazard: Option<usize>,
    pub why: Why,
}

/// What chose the hazard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The most demanding of the profile's among those that its items name.
    Profile,
    /// The most demanding of the profile: its items name none that occurs here.
    ProfileAtAll,
    /// Most of its loss is in items that name it.
    Items,
    /// Its items name none: the hazard named by most of the unit's loss.
    Unit,
    /// The scenario of the hazard so chosen has no action of the course's audience or topic; this one has.
    Actions { instead_of: usize },
}

/// All courses, the largest loss that training can work on first, ties in the order of topics and audiences.
pub fn courses(results: &Results, tree: &Tree, bank: &Bank, lost: &[(usize, f64)]) -> Vec<Course> {
    let mut keys: Vec<(usize, usize)> =
        lost.iter().flat_map(|(index, _)| parts(&tree.items[*index])).map(|(topic, audience, _)| (topic, audience)).collect();
    keys.sort_unstable();
    keys.dedup();
    let of_unit = worst_named(tree, lost);
    let mut all: Vec<Course> =
        keys.into_iter().map(|(topic, audience)| course(results, tree, bank, lost, of_unit, (topic, audience))).collect();
    all.sort_by_key(|course| (Reverse(snapped(course.teachable())), Reverse(snapped(course.loss))));
    let candidates = candidates(tree, &all);
    for course in &mut all {
        let acts = |hazard: usize| bank.scenario(hazard).is_some_and(|scenario| !actions(tree, course, scenario).is_empty());
        if let Some(first) = course.hazard.filter(|hazard| !acts(*hazard))
            && let Some(other) = candidates.iter().copied().find(|hazard| acts(*hazard))
        {
            course.why = Why::Actions { instead_of: first };
            course.hazard = Some(other);
        }
    }
    all
}

/// Hazards whose scenario may stand in for one that has nothing for a course: those that courses use, the first course's first, then
/// those that occur, the most demanding first.
fn candidates(tree: &Tree, courses: &[Course]) -> Vec<usize> {
    let mut all: Vec<usize> = courses.iter().filter_map(|course| course.hazard).collect();
    if let Some(profile) = &tree.local.hazards {
        let mut left: Vec<usize> = profile.threats.iter().filter(|threat| threat.level.is_some()).map(|threat| threat.hazard).collect();
        while let Some(next) = most_demanding(profile, |hazard| left.contains(&hazard)) {
            left.retain(|hazard| *hazard != next);
            all.push(next);
        }
    }
    let mut seen = Vec::new();
    all.retain(|hazard| {
        let new = !seen.contains(hazard);
        seen.push(*hazard);
        new
    });
    all
}

/// What an exercise of a course looks at: the actions of its audience, then those of its topic by others, so many at most.
pub fn actions<'a>(tree: &Tree, course: &Course, scenario: &'a Scenario) -> Vec<&'a Expected> {
    let id = |list: &[Named], at: usize| list.get(at).map(|one| one.id.clone()).unwrap_or_default();
    let (topic, audience) = (id(&tree.topics, course.topic), id(&tree.audiences, course.audience));
    let (own, others): (Vec<&Expected>, Vec<&Expected>) = scenario.actions.iter().partition(|action| action.audience == audience);
    own.into_iter().chain(others.into_iter().filter(|action| action.topic == topic)).take(MOST_ACTIONS).collect()
}

impl Course {
    /// What of its loss does not wait for equipment or money.
    pub fn teachable(&self) -> f64 {
        self.loss - self.remedies.bought
    }
}

fn course(
    results: &Results,
    tree: &Tree,
    bank: &Bank,
    lost: &[(usize, f64)],
    of_unit: Option<usize>,
    (topic, audience): (usize, usize),
) -> Course {
    let mine = |(index, loss): &(usize, f64)| {
        let part = parts(&tree.items[*index]).into_iter().find(|(own, whose, _)| (*own, *whose) == (topic, audience))?.2;
        Some((*index, loss * part))
    };
    let mut items: Vec<(usize, f64)> = lost.iter().filter_map(mine).collect();
    falling(&mut items);
    let score = |index: usize| results.items[index].score.unwrap_or(0.0);
    let mut remedies = Remedies::default();
    let mut forms = [(Form::Lecture, 0, 0.0), (Form::Desk, 0, 0.0), (Form::Drill, 0, 0.0)];
    for (index, loss) in &items {
        remedies.add(remedy(&tree.items[*index], score(*index)), *loss);
        let form = form(&tree.items[*index], score(*index), bank);
        for (own, count, sum) in &mut forms {
            if *own == form {
                *count += 1;
                *sum += loss;
            }
        }
    }
    // Most items, then most loss; of equals the later: what is practised is also told.
    let form = forms.into_iter().max_by_key(|(_, count, sum)| (*count, snapped(*sum))).map_or(Form::Desk, |(form, ..)| form);
    let (hazard, why) = hazard(tree, &items, of_unit);
    Course {
        topic,
        audience,
        loss: items.iter().map(|(_, loss)| loss).sum(),
        gain: items.iter().filter_map(|(index, _)| next_step(results, tree, *index)).map(|next| next.gain).sum(),
        remedies,
        form,
        hazard,
        why,
        items,
    }
}

/// As the bank says; else by what is still to be done up to the full score.
pub fn form(item: &Item, score: f64, bank: &Bank) -> Form {
    if let Some(form) = bank.entry(&item.id).and_then(|entry| entry.form) {
        return form;
    }
    let open = item.content.actions_to(score, crate::tree::content::TOP);
    let has = |kind: &str| open.iter().any(|action| ACTIONS.words.get(action.kind).is_some_and(|word| word.word == kind));
    if has("演练") {
        Form::Drill
    } else if has("培训") {
        Form::Lecture
    } else {
        Form::Desk
    }
}

/// The kind named by most of the loss; an item that names several counts for each.
fn worst_named(tree: &Tree, items: &[(usize, f64)]) -> Option<usize> {
    let mut named: Vec<(usize, f64)> = hazards::kinds()
        .into_iter()
        .map(|kind| (kind, items.iter().filter(|(index, _)| tree.items[*index].names(kind)).map(|(_, loss)| *loss).sum()))
        .collect();
    named.retain(|(_, loss)| snapped(*loss) > 0);
    falling(&mut named);
    named.first().map(|(kind, _)| *kind)
}

fn hazard(tree: &Tree, items: &[(usize, f64)], of_unit: Option<usize>) -> (Option<usize>, Why) {
    if let Some(profile) = &tree.local.hazards {
        let named = |kind: usize| items.iter().any(|(index, _)| tree.items[*index].names(kind));
        if let Some(kind) = most_demanding(profile, named) {
            return (Some(kind), Why::Profile);
        }
        if let Some(kind) = most_demanding(profile, |_| true) {
            return (Some(kind), Why::ProfileAtAll);
        }
    }
    match worst_named(tree, items) {
        Some(kind) => (Some(kind), Why::Items),
        None => (of_unit, Why::Unit),
    }
}

/// By likelihood times consequence, then consequence, then the order of the facet.
fn most_demanding(profile: &HazardProfile, wanted: impl Fn(usize) -> bool) -> Option<usize> {
    let occurring = profile.threats.iter().filter(|threat| wanted(threat.hazard)).filter_map(|threat| Some((threat.hazard, threat.level?)));
    occurring
        .min_by_key(|(hazard, level)| (Reverse(level.likelihood * level.consequence), Reverse(level.consequence), *hazard))
        .map(|(hazard, _)| hazard)
}
