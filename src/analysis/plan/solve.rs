//! The best plan with its proof: searched exactly, and where that takes too many steps, on coarser costs with a bound.

use crate::analysis::plan::blocks::{Block, Surplus, blocks};
use crate::analysis::plan::field::{Field, Terms};
use crate::analysis::plan::greedy;
use crate::analysis::plan::search::{Aim, Allowed, Found, Limits, linear, search};

/// With coarser costs a plan of so many steps is at most this part of its cost away from the best: 1 in 400.
const FINENESS: u64 = 400;
/// Parts of a point that an item is worth less than none, so that of plans that gain the same the one with fewer items is found:
/// 1e-12 points, and less where there are many items, so that all together stay below 1e-9, to which scores are compared.
const EACH: i64 = 10;
const TOGETHER: i64 = 4000;

/// The cheapest plan found, and what every plan costs at least; they are the same where it is proved the best.
#[derive(Clone, Debug)]
pub struct Cheapest {
    pub plan: Vec<usize>,
    pub cost: u64,
    pub bound: u64,
}

/// The plan found that gains most, and what no plan gains more than.
#[derive(Clone, Debug)]
pub struct Most {
    pub plan: Vec<usize>,
    pub gain: i64,
    pub bound: i64,
}

struct Sides {
    /// Every plan in these holds.
    narrow: Vec<Block>,
    /// Every plan that holds is in these; none: the same.
    wide: Option<Vec<Block>>,
    allowed: Allowed,
}

fn sides(field: &Field<'_>, terms: &Terms, limits: Limits) -> Sides {
    let (narrow, complete) = blocks(field, terms, Surplus::Together, limits.modes);
    let wide = (!complete).then(|| blocks(field, terms, Surplus::Free, limits.modes).0);
    Sides { narrow, wide, allowed: Allowed { vetoes: terms.vetoes, keys: terms.keys } }
}

/// None where no plan holds the terms.
pub fn cheapest(field: &Field<'_>, terms: &Terms, limits: Limits) -> Option<Cheapest> {
    let sides = sides(field, terms, limits);
    let count = field.candidates.len();
    let mut plan = greedy::cheap(field, terms)?;
    let mut cost = field.worth(&plan).cost;
    let steps = plan.iter().filter(|option| **option > 0).count() as u64;
    let mut bound = 0;
    let mut unit = 1;
    loop {
        let run = |blocks: &[Block]| {
            let aim = Aim::Cheapest { need: terms.need, at_most: cost / unit };
            search(blocks, count, sides.allowed, aim, &|cost| cost / unit, limits)
        };
        let narrow = run(&sides.narrow);
        let wide = sides.wide.as_ref().map(|wide| run(wide));
        if let Ok(Some(found)) = &narrow {
            let worth = field.worth(&found.plan);
            if worth.cost < cost || (unit == 1 && worth.cost == cost) {
                (plan, cost) = (found.plan.clone(), worth.cost);
            }
        }
        if let Ok(found) = wide.unwrap_or(narrow) {
            // A search that finds nothing cheaper than its start proves the start.
            let proved = found.map_or(cost, |found| found.cost.saturating_mul(unit));
            bound = proved.min(cost);
            break;
        }
        if unit > cost {
            break;
        }
        unit = if unit == 1 { (cost / (FINENESS * steps.max(1))).max(2) } else { unit.saturating_mul(4) };
    }
    let all = sides.wide.as_ref().unwrap_or(&sides.narrow);
    let line = linear(all, Aim::Cheapest { need: terms.need, at_most: cost }, &|cost| cost);
    Some(Cheapest { plan, cost, bound: bound.max(line.map_or(0, |line| line.cost)) })
}

/// The most within a capacity that a plan which holds the terms keeps to.
pub fn most(field: &Field<'_>, terms: &Terms, capacity: u64, start: &[usize], limits: Limits) -> Most {
    let sides = sides(field, terms, limits);
    let count = field.candidates.len();
    let mut plan = greedy::more(field, start.to_vec(), capacity);
    let mut each = (TOGETHER / i64::try_from(count.max(1)).unwrap_or(i64::MAX)).min(EACH);
    let raised = plan.iter().filter(|option| **option > 0).count() as i64;
    let mut value = field.worth(&plan).gain - each * raised;
    // Fewer items may be worth more than the last hair of gain, never the grade.
    let holds = |found: &Found| terms.hold(&field.worth(&found.plan)) && field.worth(&found.plan).cost <= capacity;
    let mut unit = 1;
    let mut bound = i64::MAX;
    loop {
        let run = |blocks: &[Block], up: bool, at_least: i64| {
            let aim = Aim::Most { capacity: capacity / unit, at_least, each };
            search(blocks, count, sides.allowed, aim, &|cost| if up { cost.div_ceil(unit) } else { cost / unit }, limits)
        };
        let narrow = run(&sides.narrow, true, value);
        let wide =
            if unit > 1 || sides.wide.is_some() { Some(run(sides.wide.as_ref().unwrap_or(&sides.narrow), false, value)) } else { None };
        if let Ok(Some(found)) = &narrow
            && found.gain >= value
        {
            if !holds(found) && each > 0 {
                each = 0;
                value = field.worth(&plan).gain;
                continue;
            }
            (plan, value) = (found.plan.clone(), found.gain);
        }
        let exact = wide.is_none();
        if let Ok(found) = wide.unwrap_or(narrow) {
            bound = if exact { field.worth(&plan).gain } else { found.map_or(value, |found| found.gain) + each * count as i64 };
            break;
        }
        if unit > capacity {
            break;
        }
        unit = if unit == 1 { (capacity / (FINENESS * count.max(1) as u64)).max(2) } else { unit.saturating_mul(4) };
    }
    let gain = field.worth(&plan).gain;
    let all = sides.wide.as_ref().unwrap_or(&sides.narrow);
    if let Some(line) = linear(all, Aim::Most { capacity, at_least: 0, each: 0 }, &|cost| cost) {
        bound = bound.min(line.gain);
    }
    Most { plan, gain, bound: bound.max(gain) }
}
