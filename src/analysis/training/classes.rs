//! Classes (班次): the courses of one audience joined, in the order of topics, to what can be held at one time.

use std::cmp::Reverse;

use crate::analysis::training::{Course, Remedy, form, remedy};
use crate::bank::{Bank, Form};
use crate::number::snapped;
use crate::result::Results;
use crate::tree::Tree;

/// Items of a class at most.
pub const MOST: usize = 12;
/// Minutes of an item by its form, of the quiz, and the step to which the items' are rounded up.
const LECTURE: usize = 20;
const DESK: usize = 30;
const DRILL: usize = 45;
const QUIZ: usize = 30;
const STEP: usize = 30;

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
    /// With the quiz.
    pub minutes: usize,
    /// The hazard of its scenario: that of the course that brings most of its items, ties in their order.
    pub hazard: Option<usize>,
}

/// What a course gives to a class.
struct Part {
    course: usize,
    items: Vec<(usize, f64)>,
}

/// All classes, the largest loss that training can work on first, ties in the order of audiences and topics.
pub fn classes(results: &Results, tree: &Tree, bank: &Bank, courses: &[Course]) -> Vec<Class> {
    let mut all = Vec::new();
    for audience in 0..tree.audiences.len() {
        for parts in joined(audience, courses) {
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

/// An audience's courses by topic, each with the first class that has room for it; one of more items than a class is parted evenly. An
/// item of two of them is taken with the first.
fn joined(audience: usize, courses: &[Course]) -> Vec<Vec<Part>> {
    let mut own: Vec<usize> = (0..courses.len()).filter(|index| courses[*index].audience == audience).collect();
    own.sort_by_key(|index| courses[*index].topic);
    let mut classes: Vec<Vec<Part>> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    let size = |class: &[Part]| class.iter().map(|part| part.items.len()).sum::<usize>();
    for index in own {
        let items: Vec<(usize, f64)> = courses[index].items.iter().filter(|(item, _)| !taken.contains(item)).copied().collect();
        taken.extend(items.iter().map(|(item, _)| *item));
        if items.is_empty() {
            continue;
        }
        let parts = items.len().div_ceil(MOST);
        for items in items.chunks(items.len().div_ceil(parts)) {
            let part = Part { course: index, items: items.to_vec() };
            match classes.iter_mut().find(|class| size(class) + items.len() <= MOST) {
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
    let mut forms = [0; 3];
    for (item, _) in &items {
        let own = form(&tree.items[*item], score(*item), bank);
        forms.iter_mut().zip(Form::ALL).filter(|(_, (form, _))| *form == own).for_each(|(count, _)| *count += 1);
    }
    let bought = |item: &&(usize, f64)| remedy(&tree.items[item.0], score(item.0)) == Remedy::Bought;
    let loss: f64 = items.iter().map(|(_, loss)| loss).sum();
    let main = parts.iter().enumerate().min_by_key(|(at, part)| (Reverse(part.items.len()), *at)).map(|(_, part)| part.course);
    Class {
        audience,
        courses: (0..courses.len()).filter(|index| courses[*index].audience == audience && has_any(&courses[*index])).collect(),
        forms,
        loss,
        teachable: loss - items.iter().filter(bought).map(|(_, loss)| loss).sum::<f64>(),
        minutes: minutes(forms),
        hazard: main.and_then(|course| courses[course].hazard),
        items,
    }
}

/// Each item by its form, rounded up to half hours, and the quiz before and after.
fn minutes(forms: [usize; 3]) -> usize {
    let items: usize = forms.iter().zip([LECTURE, DESK, DRILL]).map(|(count, minutes)| count * minutes).sum();
    items.next_multiple_of(STEP) + QUIZ
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_lasts_half_hours_and_a_quiz() {
        assert_eq!(minutes([1, 0, 0]), 60);
        assert_eq!(minutes([0, 1, 0]), 60);
        assert_eq!(minutes([0, 0, 1]), 90);
        // 20 + 60 + 135 = 215, and 240 with the rest of the half hour.
        assert_eq!(minutes([1, 2, 3]), 270);
    }
}
