//! Reading the answers with suspicion: what an auditor wants to ask about, each with its measure and its innocent explanations.
//!
//! No doubt changes a score. A doubt is a question; whoever is asked may have a good answer. Each measure compares a respondent with
//! the others of its unit, so that what is usual in a place is no doubt there. `docs/method/suspicion.md` has the formulas.

mod asked;
mod contradiction;
mod copied;
mod digits;
mod evidence;
mod jump;
mod last_year;
mod na_granted;
mod na_share;
pub mod odds;
mod outlier;
mod over_rating;
mod own_name;
mod straight_line;
mod texts;
mod voices;

use std::collections::HashMap;

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::result::Results;
use crate::survey::layout::called;
use crate::text::Text;
use crate::tree::Tree;

pub use asked::{Asked, asked};
use odds::{Tally, others};
pub use over_rating::{FEWEST as FEWEST_HIGHER, FEWEST_COMPARED, INDEX as LEAST_INDEX, Index, Unmet, indices};
pub use texts::{KINDS, SUSPICIONS};
use voices::{Said, Voice, matched, voices};

/// Refs that a sentence names before it says how many there are.
const NAMED: usize = 12;

/// A kind of doubt: its name, its measure, why it may be innocent, and the question.
pub struct Suspicion {
    pub name: Text,
    /// What is measured, with its threshold.
    pub measure: Text,
    /// How it comes about innocently.
    pub innocent: Text,
    /// What to ask or look at; its code is that of the finding.
    pub kind: &'static Kind,
    find: fn(&Scene<'_>) -> Vec<Doubt>,
}

/// A doubt about one respondent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubt {
    /// Code of its kind.
    pub code: &'static str,
    /// As on the cover.
    pub respondent: String,
    pub file: Option<String>,
    /// Indices into the results' items.
    pub items: Vec<usize>,
    /// So many hits among so many.
    pub count: usize,
    pub of: usize,
    /// In the unit of its kind: a percentage, points, or multiples of a spread.
    pub measure: f64,
    /// The same among the others, where they are compared.
    pub usual: f64,
    /// Somebody or something else that is named: the other respondent, a pattern's text.
    pub other: Text,
}

/// What the measures look at.
struct Scene<'a> {
    results: &'a Results,
    tree: &'a Tree,
    voices: Vec<Voice<'a>>,
    /// One a voice: the same respondent last year, by item.
    last: Vec<Option<HashMap<usize, &'a Said<'a>>>>,
}

impl Scene<'_> {
    /// A doubt about a voice.
    fn doubt(&self, voice: usize, items: Vec<usize>) -> Doubt {
        let voice = &self.voices[voice];
        Doubt { respondent: voice.name.to_string(), file: Some(voice.file.to_string()), items, ..Doubt::default() }
    }

    /// The same, of so many hits among so many, in percent.
    fn counted(&self, voice: usize, items: Vec<usize>, own: Tally) -> Doubt {
        Doubt { count: own.hits, of: own.of, measure: 100.0 * own.part(), ..self.doubt(voice, items) }
    }

    /// The same against the others.
    fn compared(&self, voice: usize, items: Vec<usize>, own: Tally, rest: Tally) -> Doubt {
        Doubt { usual: 100.0 * rest.part(), ..self.counted(voice, items, own) }
    }

    /// Doubts about those whose hits are too many for what the others show; `is_hit` is none for what is not looked at.
    fn too_many(&self, is_hit: impl Fn(usize, &Said<'_>) -> Option<bool>, is_strange: impl Fn(Tally, Tally) -> bool) -> Vec<Doubt> {
        let mut tallies = vec![Tally::default(); self.voices.len()];
        let mut items: Vec<Vec<usize>> = vec![Vec::new(); self.voices.len()];
        for (at, voice) in self.voices.iter().enumerate() {
            for (said, hit) in voice.said.iter().filter_map(|said| Some((said, is_hit(at, said)?))) {
                tallies[at].add(hit);
                items[at].extend(hit.then_some(said.item));
            }
        }
        let judged = items.into_iter().enumerate().map(|(at, items)| (at, items, tallies[at], others(&tallies, at)));
        let strange = judged.filter(|(.., own, rest)| is_strange(*own, *rest));
        strange.map(|(at, items, own, rest)| self.compared(at, items, own, rest)).collect()
    }
}

/// Every doubt about a unit, kind by kind, respondents by file; `last` are the results of the year before.
pub fn doubts(results: &Results, last: Option<&Results>, tree: &Tree) -> Vec<Doubt> {
    let index: HashMap<(&str, usize), usize> =
        results.items.iter().enumerate().map(|(index, item)| ((item.id.as_str(), item.rev), index)).collect();
    let earlier = last.map(|last| {
        let place = |at: usize| last.items.get(at).and_then(|item| index.get(&(item.id.as_str(), item.rev)).copied());
        voices(last, &place)
    });
    let now = voices(results, &Some);
    let last = match &earlier {
        Some(earlier) => matched(&now, earlier),
        None => now.iter().map(|_| None).collect(),
    };
    let scene = Scene { results, tree, voices: now, last };
    let mut all = Vec::new();
    for suspicion in &SUSPICIONS {
        all.extend((suspicion.find)(&scene).into_iter().map(|doubt| Doubt { code: suspicion.kind.code, ..doubt }));
    }
    all
}

/// The kind of a code.
pub fn suspicion(code: &str) -> Option<&'static Suspicion> {
    SUSPICIONS.iter().find(|suspicion| suspicion.kind.code == code)
}

impl Doubt {
    /// What fills the sentences of its kind.
    pub fn args(&self, results: &Results, tree: &Tree) -> Vec<(&'static str, Text)> {
        let refs: Vec<Text> = self.items.iter().map(|index| results.items[*index].reference.clone().into()).collect();
        let named = Text::join(&refs[..refs.len().min(NAMED)], "、", ", ");
        let named = if refs.len() > NAMED {
            crate::text::t("{refs} 等 {count} 题", "{refs} and others, {count} in all")
                .with(&[("refs", named), ("count", refs.len().into())])
        } else {
            named
        };
        vec![
            ("respondent", called(tree, &self.respondent)),
            ("items", Text::join(&refs, "、", "、")),
            ("named", named),
            ("first", refs.first().cloned().unwrap_or_default()),
            ("count", self.count.into()),
            ("of", self.of.into()),
            ("measure", plain(self.measure).into()),
            ("usual", plain(self.usual).into()),
            ("other", self.other.clone()),
        ]
    }

    /// How it may have come about innocently.
    pub fn innocent(&self) -> Text {
        if self.code == outlier::CODE {
            return outlier::innocent(self);
        }
        suspicion(self.code).map(|suspicion| suspicion.innocent.clone()).unwrap_or_default()
    }

    /// Does it rest on all its items together, so that none of them is odd by itself?
    pub fn is_of_a_mean(&self) -> bool {
        self.code == outlier::CODE
    }

    /// The doubt as a finding: a warning, which changes nothing.
    pub fn finding(&self, results: &Results, tree: &Tree) -> Option<Finding> {
        let kind = suspicion(self.code)?.kind;
        let place = self.file.as_deref().map(Place::file).unwrap_or_default();
        Some(kind.at(place, &self.args(results, tree)))
    }
}

/// One decimal, none where it is 0.
fn plain(value: f64) -> String {
    let text = crate::number::fixed(value, 1);
    text.strip_suffix(".0").map(str::to_string).unwrap_or(text)
}
