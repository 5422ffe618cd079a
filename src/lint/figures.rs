//! What a tree is made of, in figures: for whoever writes one, and for the report that cites it.

use crate::lint::law::practice_only;
use crate::lint::spread::has_active_check;
use crate::score::plain;
use crate::tree::vocabulary::{FACETS, STATUSES};
use crate::tree::{Item, Tree};
use crate::weighting::Weights;

/// Items of one kind, and those of them with an active check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub items: usize,
    pub active: usize,
}

impl Count {
    fn of<'a>(items: impl Iterator<Item = &'a Item>) -> Self {
        items.fold(Count::default(), |count, item| Count {
            items: count.items + 1,
            active: count.active + usize::from(has_active_check(item)),
        })
    }
}

#[derive(Debug)]
pub struct Figures {
    pub all: Count,
    /// By the scale's name, in the order of the tree.
    pub scales: Vec<(&'static str, Count)>,
    /// A list a facet, one count a word; an item may stand under several words.
    pub facets: Vec<Vec<Count>>,
    /// One a department.
    pub leads: Vec<Count>,
    /// Citations by status, in the order of `STATUSES`.
    pub citations: Vec<usize>,
    /// Items by the best status they have, in the order of `STATUSES`.
    pub best: Vec<usize>,
    pub practice_only: usize,
    /// Items with a legal floor.
    pub floors: usize,
    /// Item indices and effective shares, 0 to 1, heaviest first.
    pub shares: Vec<(usize, f64)>,
    /// The total of a place exactly at the legal floor everywhere, items without one at 0.
    pub at_floor_low: Option<f64>,
    /// The same with items without a legal floor at full score.
    pub at_floor_high: Option<f64>,
}

pub fn figures(tree: &Tree, weights: &Weights) -> Figures {
    let items = &tree.items;
    let mut scales: Vec<(&'static str, Count)> = Vec::new();
    for item in items {
        if !scales.iter().any(|(name, _)| *name == item.scaled.name) {
            let count = Count::of(items.iter().filter(|other| other.scaled.name == item.scaled.name));
            scales.push((item.scaled.name, count));
        }
    }
    let facets = FACETS
        .iter()
        .enumerate()
        .map(|(facet, words)| {
            let with = |word: usize| Count::of(items.iter().filter(|item| item.content.facets[facet].contains(&word)));
            (0..words.vocabulary.words.len()).map(with).collect()
        })
        .collect();
    let leads = (0..tree.departments.len()).map(|lead| Count::of(items.iter().filter(|item| item.lead == Some(lead)))).collect();
    let citations = items.iter().flat_map(|item| &item.content.basis);
    let statuses = 0..STATUSES.words.len();
    let best = |item: &Item| item.content.basis.iter().map(|one| one.status).min();
    let total = |bare: f64| {
        let scores: Vec<Option<f64>> = items.iter().map(|item| Some(floor(item).unwrap_or(bare))).collect();
        plain(tree, weights, &scores).0
    };
    let full: Vec<Option<f64>> = vec![Some(100.0); items.len()];
    let mut shares: Vec<(usize, f64)> = plain(tree, weights, &full).1.into_iter().enumerate().collect();
    shares.sort_by(|one, two| two.1.total_cmp(&one.1));
    Figures {
        all: Count::of(items.iter()),
        scales,
        facets,
        leads,
        citations: statuses.clone().map(|status| citations.clone().filter(|one| one.status == status).count()).collect(),
        best: statuses.map(|status| items.iter().filter(|item| best(item) == Some(status)).count()).collect(),
        practice_only: items.iter().filter(|item| practice_only(item)).count(),
        floors: items.iter().filter(|item| item.content.legal_floor.is_some()).count(),
        shares,
        at_floor_low: total(0.0),
        at_floor_high: total(100.0),
    }
}

/// The lowest score of the item that meets its legal floor, 0 to 100.
fn floor(item: &Item) -> Option<f64> {
    let floor = item.content.floor_score()?;
    let steps = item.scaled.scale.steps();
    let reached = steps.iter().map(|step| 100.0 * step.worth.to_f64()).filter(|score| *score > floor - 1e-9);
    Some(reached.fold(None, |least: Option<f64>, score| Some(least.map_or(score, |least| least.min(score)))).unwrap_or(floor))
}
