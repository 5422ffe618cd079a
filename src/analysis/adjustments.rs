//! What the reviews moved (复核调整): item by item, by department, and how much of the weight was verified in which way.

use std::cmp::Ordering;

use crate::analysis::split::{Side, Structure, split};
use crate::analysis::steps::counting_cells;
use crate::number::snapped;
use crate::result::{AnswerResult, ItemResult, Results};
use crate::survey::layout::Verification;
use crate::tree::Tree;

/// Reviews against self-ratings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adjustments {
    /// The total by the self-ratings alone; none where they come to nothing.
    pub by_selves: Option<f64>,
    /// Points between the two totals; of them, those of items first rated, and those of self-ratings changed.
    pub points: Points,
    /// Items of which a review changed state or score, in tree order.
    pub moved: Vec<Moved>,
    /// The same by who is asked for the items, in the order of first appearance.
    pub departments: Vec<ByDepartment>,
    /// Weight by the strongest way in which its items were verified, the strongest first, what was not reviewed last.
    pub verified: Vec<Verified>,
}

/// How many items moved, and the points they moved.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points {
    pub all: f64,
    pub first: (usize, f64),
    pub changed: (usize, f64),
}

/// An item that a review put otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Index into the results' items.
    pub item: usize,
    /// Points of the total, its effect on other items' shares included; none where there is no total to move.
    pub points: Option<f64>,
    /// Nobody's self-rating counted: the assessors rated it for the first time.
    pub first: bool,
}

/// What was reviewed, changed or confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reviewed {
    pub items: usize,
    /// Part of the total's weight, 0 to 1.
    pub share: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ByDepartment {
    /// Those who are asked, by name; several where several answer together.
    pub names: Vec<crate::text::Text>,
    pub reviewed: usize,
    /// Of them, those that the assessors rated for the first time.
    pub first: usize,
    pub raised: usize,
    pub lowered: usize,
    /// Of those that had a self-rating: another state and no score to compare, or the same score.
    pub otherwise: usize,
    pub points: f64,
}

/// How an item came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Verified(Verification),
    /// Reviewed, or rated by the assessors themselves, and nobody wrote how.
    Reviewed,
    /// By self-rating only.
    SelfRated,
    /// Blank or unreadable.
    Nothing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub proof: Proof,
    pub items: usize,
    /// Part of the total's weight, 0 to 1.
    pub share: f64,
}

pub fn adjustments(results: &Results, tree: &Tree) -> Adjustments {
    let side = |scores: Vec<Option<f64>>| Side {
        group_weights: results.groups.iter().map(|group| group.weight).collect(),
        item_weights: results.items.iter().map(|item| item.weight).collect(),
        scores,
    };
    let before = side(results.items.iter().map(|item| item.by_selves.score).collect());
    let after = side(results.items.iter().map(|item| item.score).collect());
    let parts = split(&Structure::of(results), &before, &after);
    let moved: Vec<Moved> = results
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_changed(item))
        .map(|(index, item)| Moved { item: index, points: parts.as_ref().map(|parts| parts.items[index].points()), first: is_first(item) })
        .collect();
    let sum = |first: bool| {
        let mine = moved.iter().filter(|one| one.first == first);
        (mine.clone().count(), mine.filter_map(|one| one.points).sum::<f64>())
    };
    let (first, changed) = (sum(true), sum(false));
    Adjustments {
        points: Points { all: first.1 + changed.1, first, changed },
        by_selves: parts.map(|parts| parts.before),
        departments: departments(results, tree, &moved),
        verified: verified(results),
        moved,
    }
}

fn is_first(item: &ItemResult) -> bool {
    ["blank", "unreadable"].contains(&item.by_selves.state.as_str())
}

/// How much was reviewed.
pub fn reviewed(results: &Results) -> Reviewed {
    let mut all = Reviewed::default();
    for item in results.items.iter().filter(|item| is_reviewed(item)) {
        all.items += 1;
        all.share += item.share;
    }
    all
}

/// How much was rated by the assessors themselves and not reviewed, and how much rests on self-ratings alone.
pub fn unreviewed(results: &Results) -> (Reviewed, Reviewed) {
    let reviewed = reviewed(results);
    let of = |proofs: fn(&Proof) -> bool| {
        let mine = verified(results).into_iter().filter(|one| proofs(&one.proof));
        mine.fold(Reviewed::default(), |all, one| Reviewed { items: all.items + one.items, share: all.share + one.share })
    };
    let seen = of(|proof| matches!(proof, Proof::Verified(_) | Proof::Reviewed));
    let rated = Reviewed { items: seen.items.saturating_sub(reviewed.items), share: (seen.share - reviewed.share).max(0.0) };
    (rated, of(|proof| *proof == Proof::SelfRated))
}

/// Does a review count for the item?
pub fn is_reviewed(item: &ItemResult) -> bool {
    // Of reviews that tear none counts, and yet they replaced the self-ratings.
    item.answers.iter().any(|answer| answer.speaking_review().is_some()) || is_changed(item)
}

fn is_changed(item: &ItemResult) -> bool {
    item.by_selves.state != item.state || item.by_selves.score.map(snapped) != item.score.map(snapped)
}

fn departments(results: &Results, tree: &Tree, moved: &[Moved]) -> Vec<ByDepartment> {
    let mut all: Vec<ByDepartment> = Vec::new();
    for (index, item) in results.items.iter().enumerate().filter(|(_, item)| is_reviewed(item)) {
        let names = tree.asked(index);
        let at = all.iter().position(|one| one.names == names).unwrap_or_else(|| {
            all.push(ByDepartment { names, reviewed: 0, first: 0, raised: 0, lowered: 0, otherwise: 0, points: 0.0 });
            all.len() - 1
        });
        let own = &mut all[at];
        own.reviewed += 1;
        own.points += moved.iter().find(|one| one.item == index).and_then(|one| one.points).unwrap_or(0.0);
        if is_first(item) {
            own.first += 1;
        } else if is_changed(item) {
            match item.by_selves.score.zip(item.score).map(|(before, after)| snapped(after).cmp(&snapped(before))) {
                Some(Ordering::Greater) => own.raised += 1,
                Some(Ordering::Less) => own.lowered += 1,
                Some(Ordering::Equal) | None => own.otherwise += 1,
            }
        }
    }
    all
}

fn verified(results: &Results) -> Vec<Verified> {
    let proof = |item: &ItemResult| {
        if ["blank", "unreadable"].contains(&item.state.as_str()) {
            return Proof::Nothing;
        }
        // A row that the assessors left blank rates nothing.
        let rates = |answer: &AnswerResult| answer.speaking_cell().is_some_and(|cell| cell.state != "blank");
        let by_assessors = item.answers.iter().any(|answer| answer.respondent.is_assessor() && rates(answer));
        if !is_reviewed(item) && !by_assessors {
            return Proof::SelfRated;
        }
        let ways = counting_cells(item).into_iter().filter_map(|(answer, _)| {
            let review = answer.speaking_review()?;
            Verification::ALL.iter().find(|(_, code, _)| *code == review.verification).map(|(way, ..)| *way)
        });
        ways.max().map_or(Proof::Reviewed, Proof::Verified)
    };
    let known: Vec<(Proof, f64)> = results.items.iter().filter(|item| item.score.is_some()).map(|item| (proof(item), item.share)).collect();
    let ways = Verification::ALL.into_iter().rev().map(|(way, ..)| Proof::Verified(way));
    ways.chain([Proof::Reviewed, Proof::SelfRated, Proof::Nothing])
        .map(|proof| {
            let mine = known.iter().filter(|(one, _)| *one == proof);
            Verified { proof, items: mine.clone().count(), share: mine.map(|(_, share)| share).sum() }
        })
        .filter(|one| one.items > 0)
        .collect()
}
