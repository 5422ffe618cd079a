//! What leads an item up from its score, rung by rung, and what each rung takes.

use crate::number::{Number, snapped};
use crate::scale::Step;
use crate::tree::Item;
use crate::tree::content::TOP;

/// A score in a table of costs names a rung this near: 33.3 names a third.
pub const NEAR: f64 = 0.05;

/// What one rung takes, as a user states it; what is not stated is as the tree says.
#[derive(Clone, Debug, PartialEq)]
pub struct StepCost {
    /// The item's id.
    pub item: String,
    /// The score, 0 to 100, from which it leads, anywhere from the rung below up to its own; none: from the rung below.
    pub from: Option<f64>,
    /// The score, 0 to 100, to which it leads.
    pub to: f64,
    pub days: Option<usize>,
    /// In any one unit; not negative, at most [`DECIMALS`] decimals, below [`MOST`].
    pub money: Option<Number>,
}

/// Decimals of an amount of money.
pub const DECIMALS: u32 = 6;
/// An amount of money is below this.
pub const MOST: i64 = 1_000_000_000;

/// What a user states of costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    pub steps: Vec<StepCost>,
}

impl Costs {
    /// Can the program count with this amount of money?
    pub fn is_usable(money: &Number) -> bool {
        let parts = money.times(&Number::from(10i64.pow(DECIMALS)));
        !money.is_negative() && *money < Number::from(MOST) && parts.is_whole()
    }

    /// Entries that name no item of the tree, or no rung of their item; indices.
    pub fn unmatched(&self, items: &[Item]) -> Vec<usize> {
        let known = |entry: &StepCost| {
            let item = items.iter().find(|item| item.id == entry.item)?;
            full_ladder(item).iter().find(|rung| entry.names(item, rung)).map(|_| ())
        };
        (0..self.steps.len()).filter(|index| known(&self.steps[*index]).is_none()).collect()
    }
}

impl StepCost {
    fn names(&self, item: &Item, rung: &Rung) -> bool {
        let near = |stated: f64, score: f64| (stated - score).abs() <= NEAR + 1e-9;
        // An action may begin below where the item stands now.
        let inside = |from: f64| near(from, rung.below) || (rung.below < from && from < rung.score - NEAR);
        self.item == item.id && near(self.to, rung.score) && self.from.is_none_or(inside)
    }
}

/// One rung: an action of the tree, or a step of the scale where the tree has no action.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// The score, 0 to 100, of the rung or floor below.
    pub below: f64,
    /// The score, 0 to 100, that it gives.
    pub score: f64,
    /// The same as a worth, exactly.
    pub worth: Number,
    /// Index into the item's actions.
    pub action: Option<usize>,
    pub days: Option<usize>,
    pub money: Option<Number>,
}

/// The rungs above a score, lowest first. An item with actions is led up by them, each the first whose `to` is above; another by its
/// scale, with what the costs say.
pub fn ladder(item: &Item, score: f64, costs: &Costs) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = if item.content.actions.is_empty() { by_scale(item, score / 100.0) } else { by_actions(item, score) };
    for rung in &mut rungs {
        for entry in &costs.steps {
            if !entry.names(item, rung) {
                continue;
            }
            rung.days = entry.days.or(rung.days);
            rung.money = entry.money.clone().filter(Costs::is_usable).or(rung.money.take());
        }
    }
    rungs
}

fn full_ladder(item: &Item) -> Vec<Rung> {
    ladder(item, 0.0, &Costs::default())
}

fn by_actions(item: &Item, score: f64) -> Vec<Rung> {
    let mut at = score * TOP as f64 / 100.0;
    let mut reached = score;
    let mut rungs = Vec::new();
    while let Some((index, action)) = item.content.actions.iter().enumerate().find(|(_, action)| action.to as f64 > at + 1e-9) {
        at = action.to as f64;
        let worth = worth_at(item, action.to);
        let score = 100.0 * worth.to_f64();
        // Two rungs of 0 to 3 may fall on one step of a coarse scale.
        if snapped(score) > snapped(reached) {
            reached = score;
            let below = 100.0 * worth_at(item, action.from).to_f64();
            rungs.push(Rung { below, score, worth, action: Some(index), days: Some(action.days), money: None });
        }
    }
    rungs
}

fn by_scale(item: &Item, worth: f64) -> Vec<Rung> {
    let mut rungs = Vec::new();
    let mut below = Number::zero();
    for Step { worth: step, .. } in item.scaled.scale.steps() {
        let under = 100.0 * below.to_f64();
        below = step.clone();
        if step.to_f64() > worth + 1e-9 {
            rungs.push(Rung { below: under, score: 100.0 * step.to_f64(), worth: step, action: None, days: None, money: None });
        }
    }
    rungs
}

/// What a rung of 0 to 3 is worth: the item's first step at or above it, as for a legal floor; where the scale has worths between
/// its steps, the rung itself.
fn worth_at(item: &Item, rung: usize) -> Number {
    let worth = Number::ratio(rung, TOP);
    if rung == 0 || rung >= TOP || between(item) {
        return worth;
    }
    let steps = item.scaled.scale.steps();
    steps.into_iter().map(|step| step.worth).find(|step| step.to_f64() > worth.to_f64() - 1e-9).unwrap_or(worth)
}

/// Has the scale worths that none of its steps gives?
fn between(item: &Item) -> bool {
    ["range", "points"].contains(&item.scaled.name) || item.scaled.json().get("linear").is_some()
}
