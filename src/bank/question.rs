//! A question as a trainee sees it: four choices in an order that the seed and the item decide.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use crate::bank::{Entry, WRONG};
use crate::text::{Text, t};
use crate::tree::Item;

/// Before the choices, in order.
pub const LETTERS: [&str; WRONG + 1] = ["A", "B", "C", "D"];

/// The step that a question made from a scale asks for, and the steps that scale must describe for it.
const ASKED: usize = 2;
const STEPS: usize = WRONG + 1;

/// One question of a quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Index into the tree's items.
    pub item: usize,
    pub objective: Text,
    pub point: Text,
    pub stem: Text,
    pub choices: [Text; WRONG + 1],
    /// Positions among the choices.
    pub right: usize,
    /// The common mistake.
    pub mistake: usize,
}

impl Question {
    /// The same seed and item give the same order on every machine, whatever else is asked.
    pub fn new(entry: &Entry, item: usize, seed: &str) -> Self {
        let order = shuffled(WRONG + 1, seed, &entry.id);
        let [first, second, third] = &entry.wrong;
        let stated = [&entry.right, first, second, third];
        let choice = |at: usize| stated[order[at]].clone();
        let position = |stated: usize| order.iter().position(|at| *at == stated).unwrap_or(0);
        Question {
            item,
            objective: entry.objective.clone(),
            point: entry.point.clone(),
            stem: entry.stem.clone(),
            choices: [choice(0), choice(1), choice(2), choice(3)],
            right: position(0),
            mistake: position(1),
        }
    }
}

impl Entry {
    /// A question from the scale of an item of which nothing else is known: only where the scale describes four steps in words,
    /// for which the others are the wrong answers.
    pub fn of_scale(item: &Item) -> Option<Entry> {
        let anchors = item.scaled.scale.anchors();
        let distinct = (1..anchors.len()).all(|at| !anchors[..at].contains(&anchors[at]));
        if anchors.len() != STEPS || !distinct {
            return None;
        }
        Some(Entry {
            id: item.id.clone(),
            objective: Text::default(),
            form: None,
            point: item.scaled.guide().clone(),
            stem: t(
                "{question}评分标准从低到高分 0 至 3 级，下列哪一种情况正好到 {step} 级？",
                "{question} The scoring guide has levels 0 to 3, from worst to best. Which of these is level {step}?",
            )
            .with(&[("step", ASKED.into()), ("question", item.question.clone())]),
            right: anchors[ASKED].clone(),
            wrong: [anchors[ASKED - 1].clone(), anchors[ASKED + 1].clone(), anchors[0].clone()],
        })
    }
}

/// The numbers from 0 in an order that depends on the seed and the name only (Fisher and Yates; ChaCha8 keyed by SHA-256 of both).
pub fn shuffled(count: usize, seed: &str, name: &str) -> Vec<usize> {
    let key = Sha256::digest(format!("{seed}\n{name}").as_bytes());
    let mut random = ChaCha8Rng::from_seed(key.into());
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        let other = usize::try_from(random.next_u64() % (at as u64 + 1)).unwrap_or(0);
        order.swap(at, other);
    }
    order
}

/// SHA-256 of the questions as they are asked: an answer sheet belongs to these and no others.
pub fn digest(questions: &[Question]) -> String {
    let all: Vec<_> = questions.iter().map(|question| (&question.stem, &question.choices)).collect();
    crate::tree::hex(&Sha256::digest(serde_json::to_string(&all).unwrap_or_default().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_name_decide_the_order_alone() {
        assert_eq!(shuffled(4, "1", "eca-0001"), shuffled(4, "1", "eca-0001"));
        let mut sorted = shuffled(30, "1", "quiz");
        assert_ne!(sorted, shuffled(30, "2", "quiz"));
        sorted.sort_unstable();
        assert_eq!(sorted, (0..30).collect::<Vec<_>>());
    }

    #[test]
    fn the_right_choice_is_followed_through_the_shuffle() {
        let text = |word: &str| Text::same(word);
        let entry = Entry {
            id: "i".into(),
            objective: text("o"),
            form: None,
            point: text("p"),
            stem: text("s"),
            right: text("right"),
            wrong: [text("common"), text("w2"), text("w3")],
        };
        let mut seen = [0; 4];
        for seed in 0..400 {
            let question = Question::new(&entry, 0, &seed.to_string());
            assert_eq!(question.choices[question.right].zh, "right");
            assert_eq!(question.choices[question.mistake].zh, "common");
            seen[question.right] += 1;
        }
        // Each letter about a hundred times in 400; five standard deviations of a fair draw are 43.
        assert!(seen.iter().all(|count| (57..=143).contains(count)), "{seen:?}");
    }
}
