//! Classes (班次): the courses of one audience joined, in the order of topics, to what can be held at one time.

use std::cmp::Reverse;

use crate::analysis::training::clock::whole;
use crate::analysis::training::{Course, Remedy, form, remedy};
use crate::bank::{Bank, Form};
use crate::number::snapped;
use crate::result::Results;
use crate::tree::Tree;

/// Items of a class at most.
pub const MOST: usize = 12;
/// Minutes of an item by its form, of the quiz, and the step to which parts of a class are rounded up.
const LECTURE: usize = 20;
const DESK: usize = 30;
const DRILL: usize = 45;
const QUIZ: usize = 30;
const STEP: usize = 30;
/// Those who run a government or an office cannot leave it for days: what is taught to them at one time, with the quiz, is half a day.
const LEADING: [&str; 2] = ["leaders", "command-members"];
pub const HALF_DAY: usize = 180;

/// One class.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Index into the tree's audiences.
    pub audience: usize,
    /// Courses that have an item here: indices into the courses; one of more items than fit is in several classes.
    pub courses: Vec<usize>,
    /// Each once, by topic, with the loss of all parts that it takes here.
    pub items: Vec<(usize, f64)>,
    /// How many items are practised in each form, in the order of [`Form::ALL`].
    pub forms: [usize; 3],
    pub loss: f64,
    /// What of it does not wait for equipment or money.
    pub teachable: f64,
    pub minutes: Minutes,
    /// The hazard of its scenario: that of the course that brings most of its items, ties in their order.
    pub hazard: Option<usize>,
}

/// How long a class lasts, each part in half hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minutes {
    /// Lectures, desk work and drills.
    pub teaching: usize,
    /// Before and after together.
    pub quiz: usize,
    /// The scenario, where a class has drills to do in it; several classes may hold it together.
    pub exercise: usize,
}

impl Minutes {
    pub fn all(self) -> usize {
        self.teaching + self.quiz + self.exercise
    }
}

/// An item and the loss of its parts.
type Lost = (usize, f64);

/// What a course gives to a class.
struct Part {
    course: usize,
    items: Vec<Lost>,
}

/// All classes, the largest loss that training can work on first, ties in the order of audiences and topics.
pub fn classes(results: &Results, tree: &Tree, bank: &Bank, courses: &[Course]) -> Vec<Class> {
    let mut all = Vec::new();
    for audience in 0..tree.audiences.len() {
        let forms = |items: &[(usize, f64)]| forms(results, tree, bank, items);
        let fits =
            |items: &[(usize, f64)]| items.len() <= MOST && (!is_leading(tree, audience) || teaching(forms(items)) + QUIZ <= HALF_DAY);
        for parts in joined(audience, courses, &fits) {
            all.push(class(results, tree, bank, courses, audience, &parts));
        }
    }
    all.sort_by_key(|class: &Class| (Reverse(snapped(class.teachable)), Reverse(snapped(class.loss))));
    all
}

/// The classes that a course's items are in, by number from 1.
pub fn of_course(classes: &[Class], course: usize) -> Vec<usize> {
    (1..).zip(classes).filter(|(_, class)| class.courses.contains(&course)).map(|(number, _)| number).collect()
}

/// Are they people who come for half a day only?
pub fn is_leading(tree: &Tree, audience: usize) -> bool {
    tree.audiences.get(audience).is_some_and(|audience| LEADING.contains(&audience.id.as_str()))
}

/// How many items are practised in each form.
fn forms(results: &Results, tree: &Tree, bank: &Bank, items: &[(usize, f64)]) -> [usize; 3] {
    let mut forms = [0; 3];
    for (item, _) in items {
        let own = form(&tree.items[*item], results.items[*item].score.unwrap_or(0.0), bank);
        forms.iter_mut().zip(Form::ALL).filter(|(_, (form, _))| *form == own).for_each(|(count, _)| *count += 1);
    }
    forms
}

/// An audience's courses by topic, each with the first class that has room for it; one of more items than a class holds is parted evenly.
/// An item of two of them is taken with the first.
fn joined(audience: usize, courses: &[Course], fits: &dyn Fn(&[Lost]) -> bool) -> Vec<Vec<Part>> {
    let mut own: Vec<usize> = (0..courses.len()).filter(|index| courses[*index].audience == audience).collect();
    own.sort_by_key(|index| courses[*index].topic);
    let mut classes: Vec<Vec<Part>> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    let both = |class: &[Part], items: &[(usize, f64)]| -> Vec<(usize, f64)> {
        class.iter().flat_map(|part| &part.items).chain(items).copied().collect()
    };
    for index in own {
        let items: Vec<(usize, f64)> = courses[index].items.iter().filter(|(item, _)| !taken.contains(item)).copied().collect();
        taken.extend(items.iter().map(|(item, _)| *item));
        if items.is_empty() {
            continue;
        }
        let sizes = (1..=items.len()).map(|parts| items.len().div_ceil(parts));
        let size = sizes.into_iter().find(|size| items.chunks(*size).all(fits)).unwrap_or(1);
        for items in items.chunks(size) {
            let part = Part { course: index, items: items.to_vec() };
            match classes.iter_mut().find(|class| fits(&both(class, items))) {
                Some(class) => class.push(part),
                None => classes.push(vec![part]),
            }
        }
    }
    classes
}

fn class(results: &Results, tree: &Tree, bank: &Bank, courses: &[Course], audience: usize, parts: &[Part]) -> Class {
    let score = |index: usize| results.items[index].score.unwrap_or(0.0);
    // The part of another topic's course comes with the item: whoever teaches it teaches all of it.
    let lost = |item: usize| -> f64 {
        let own = courses.iter().filter(|course| course.audience == audience);
        own.flat_map(|course| &course.items).filter(|(other, _)| *other == item).map(|(_, loss)| loss).sum()
    };
    let items: Vec<(usize, f64)> = parts.iter().flat_map(|part| &part.items).map(|(item, _)| (*item, lost(*item))).collect();
    let has_any = |course: &Course| course.items.iter().any(|(item, _)| items.iter().any(|(own, _)| own == item));
    let forms = forms(results, tree, bank, &items);
    let bought = |item: &&(usize, f64)| remedy(&tree.items[item.0], score(item.0)) == Remedy::Bought;
    let loss: f64 = items.iter().map(|(_, loss)| loss).sum();
    let main = parts.iter().enumerate().min_by_key(|(at, part)| (Reverse(part.items.len()), *at)).map(|(_, part)| part.course);
    let hazard = main.and_then(|course| courses[course].hazard);
    Class {
        audience,
        courses: (0..courses.len()).filter(|index| courses[*index].audience == audience && has_any(&courses[*index])).collect(),
        forms,
        loss,
        teachable: loss - items.iter().filter(bought).map(|(_, loss)| loss).sum::<f64>(),
        minutes: Minutes { teaching: teaching(forms), quiz: QUIZ, exercise: exercise(bank, forms, hazard) },
        hazard,
        items,
    }
}

/// Each item by its form, rounded up to half hours.
fn teaching(forms: [usize; 3]) -> usize {
    let items: usize = forms.iter().zip([LECTURE, DESK, DRILL]).map(|(count, minutes)| count * minutes).sum();
    items.next_multiple_of(STEP)
}

/// The scenario from the briefing to the review, for whoever has drills to do in it.
fn exercise(bank: &Bank, [_, _, drills]: [usize; 3], hazard: Option<usize>) -> usize {
    let scenario = hazard.filter(|_| drills > 0).and_then(|hazard| bank.scenario(hazard)).filter(|one| !one.actions.is_empty());
    scenario.map_or(0, |scenario| whole(scenario).next_multiple_of(STEP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teaching_lasts_half_hours() {
        assert_eq!(teaching([1, 0, 0]), 30);
        assert_eq!(teaching([0, 1, 0]), 30);
        assert_eq!(teaching([0, 0, 1]), 60);
        // 20 + 60 + 135 = 215, and 240 with the rest of the half hour.
        assert_eq!(teaching([1, 2, 3]), 240);
    }
}
