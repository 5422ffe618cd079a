//! Figures of the needs as they are printed: where parts stand beside their total, they add up to it at the printed precision.

use crate::analysis::training::{Remedies, Training};
use crate::number::{apportioned, apportioned_to, rounded};

/// Decimals of points and of percents.
const POINTS: u32 = 2;
const PERCENT: u32 = 1;

/// In the order of the training's own lists.
pub struct Printed {
    /// Of all known loss.
    pub remedies: Remedies,
    pub topics: Vec<TopicFigures>,
    pub courses: Vec<Split>,
    pub classes: Vec<Split>,
}

pub struct TopicFigures {
    pub loss: f64,
    /// Of the known loss, 0 to 100.
    pub percent: f64,
    pub remedies: Remedies,
}

/// A loss, and what of it training can work on and what it cannot.
#[derive(Clone, Copy)]
pub struct Split {
    pub loss: f64,
    pub teachable: f64,
    pub bought: f64,
}

impl Printed {
    /// Topics, with what no topic teaches, add up to the known loss and to 100 %; courses to their topic; classes to all topics.
    pub fn of(training: &Training) -> Self {
        let lost: Vec<f64> = training.topics.iter().map(|topic| topic.loss).chain([training.untaught]).collect();
        let losses = apportioned_to(training.known, &lost, POINTS);
        let part = |loss: &f64| if training.known > 0.0 { 100.0 * loss / training.known } else { 0.0 };
        let percents = apportioned(&lost.iter().map(part).collect::<Vec<f64>>(), PERCENT);
        let topics = training.topics.iter().zip(&losses).zip(percents);
        let mut topics: Vec<TopicFigures> = topics
            .map(|((topic, loss), percent)| TopicFigures { loss: *loss, percent, remedies: remedies(&topic.remedies, *loss) })
            .collect();
        let all = remedies(&training.remedies, rounded(training.known, POINTS));
        // What no topic teaches has remedies of its own, which stand in no column.
        if training.untaught <= 0.0 {
            balance(&mut topics, training, &all);
        }
        let mut courses = vec![Split { loss: 0.0, teachable: 0.0, bought: 0.0 }; training.courses.len()];
        for (topic, figures) in training.topics.iter().zip(&topics) {
            let own: Vec<usize> = (0..courses.len()).filter(|index| training.courses[*index].topic == topic.topic).collect();
            let parts: Vec<f64> = own.iter().map(|index| training.courses[*index].loss).collect();
            for (index, loss) in own.iter().zip(apportioned_to(figures.loss, &parts, POINTS)) {
                courses[*index] = split(loss, training.courses[*index].teachable(), training.courses[*index].remedies.bought);
            }
        }
        let taught: f64 = topics.iter().map(|topic| topic.loss).sum();
        let parts: Vec<f64> = training.classes.iter().map(|class| class.loss).collect();
        let classes = training.classes.iter().zip(apportioned_to(taught, &parts, POINTS));
        Printed {
            remedies: all,
            classes: classes.map(|(class, loss)| split(loss, class.teachable, class.loss - class.teachable)).collect(),
            topics,
            courses,
        }
    }
}

const fn columns(of: &Remedies) -> [f64; 4] {
    [of.trained, of.managed, of.bought, of.unsaid]
}

/// Moves hundredths within topics, from columns that add up to more than the summary says to those that add up to less, each where it
/// leaves the figures nearest to what they are: rows and columns then both add up.
fn balance(topics: &mut [TopicFigures], training: &Training, all: &Remedies) {
    let units = |value: f64| (100.0 * value).round() as i64;
    let exact: Vec<[f64; 4]> = training.topics.iter().map(|topic| columns(&topic.remedies)).collect();
    let mut printed: Vec<[i64; 4]> = topics.iter().map(|topic| columns(&topic.remedies).map(units)).collect();
    let wanted = columns(all).map(units);
    let over = |printed: &[[i64; 4]], column: usize| printed.iter().map(|row| row[column]).sum::<i64>() - wanted[column];
    loop {
        let mut best: Option<(f64, usize, usize, usize)> = None;
        let (from, to): (Vec<usize>, Vec<usize>) =
            (0..4).filter(|column| over(&printed, *column) != 0).partition(|column| over(&printed, *column) > 0);
        for (row, own) in printed.iter().enumerate() {
            // How far a cell stands above what it is.
            let above = |column: usize| own[column] as f64 / 100.0 - exact[row][column];
            for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))) {
                let gain = above(from) - above(to);
                if own[from] > 0 && exact[row][to] > 0.0 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, row, from, to));
                }
            }
        }
        let Some((_, row, from, to)) = best else { break };
        printed[row][from] -= 1;
        printed[row][to] += 1;
    }
    for (topic, [trained, managed, bought, unsaid]) in
        topics.iter_mut().zip(printed.iter().map(|row| row.map(|units| units as f64 / 100.0)))
    {
        topic.remedies = Remedies { trained, managed, bought, unsaid };
    }
}

fn remedies(of: &Remedies, loss: f64) -> Remedies {
    match apportioned_to(loss, &[of.trained, of.managed, of.bought, of.unsaid], POINTS).as_slice() {
        [trained, managed, bought, unsaid] => Remedies { trained: *trained, managed: *managed, bought: *bought, unsaid: *unsaid },
        _ => *of,
    }
}

fn split(loss: f64, teachable: f64, bought: f64) -> Split {
    match apportioned_to(loss, &[teachable, bought], POINTS).as_slice() {
        [teachable, bought] => Split { loss, teachable: *teachable, bought: *bought },
        _ => Split { loss, teachable, bought },
    }
}
