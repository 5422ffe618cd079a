//! Plans that hold, quickly: what an exact search starts from, and what is left where one would take too long.

use std::cmp::Ordering;

use crate::analysis::plan::field::{Field, Terms, Worth};

/// A plan that holds the terms, each time taking what brings most for its cost; none where no plan holds them.
pub fn cheap(field: &Field<'_>, terms: &Terms) -> Option<Vec<usize>> {
    if !terms.hold(&field.worth(&field.all())) {
        return None;
    }
    let mut plan = vec![0; field.candidates.len()];
    mend(field, terms, &mut plan);
    loop {
        let worth = field.worth(&plan);
        if worth.gain >= terms.need {
            break;
        }
        let lacking = terms.need - worth.gain;
        let Some(better) = best_move(field, &plan, &worth, Some(lacking), None) else { return Some(field.all()) };
        plan = better;
    }
    trim(field, terms, &mut plan);
    Some(plan)
}

/// The same plan with all that the rest of a budget buys, what brings most for its cost first.
pub fn more(field: &Field<'_>, mut plan: Vec<usize>, capacity: u64) -> Vec<usize> {
    while let Some(better) = best_move(field, &plan, &field.worth(&plan), None, Some(capacity)) {
        plan = better;
    }
    plan
}

/// Raises to an option, and to its first what that waits for.
fn raised(field: &Field<'_>, plan: &[usize], candidate: usize, option: usize) -> Vec<usize> {
    let mut plan = plan.to_vec();
    plan[candidate] = option;
    let mut open = vec![candidate];
    while let Some(at) = open.pop() {
        for other in &field.candidates[at].requires {
            if plan[*other] == 0 {
                plan[*other] = 1;
                open.push(*other);
            }
        }
    }
    plan
}

/// Mends the cheapest failures until so many are left as may be.
fn mend(field: &Field<'_>, terms: &Terms, plan: &mut Vec<usize>) {
    loop {
        let worth = field.worth(plan);
        let mut ways: Vec<Vec<usize>> = Vec::new();
        if terms.vetoes.is_some_and(|most| worth.vetoes > most) {
            ways.extend(field.vetoes.iter().map(|members| {
                members.iter().fold(plan.clone(), |plan, at| {
                    let choices = &field.candidates[*at].choices;
                    let passing = (1..=choices.len()).find(|option| choices[option - 1].passes).unwrap_or(0);
                    raised(field, &plan, *at, plan[*at].max(passing))
                })
            }));
        } else if terms.keys.is_some_and(|most| worth.keys > most) {
            let keys = (0..plan.len()).filter(|at| field.candidates[*at].key && plan[*at] == 0);
            ways.extend(keys.map(|at| raised(field, plan, at, 1)));
        }
        let Some(next) = ways.into_iter().filter(|way| way != plan).min_by_key(|way| field.worth(way).cost) else { break };
        *plan = next;
    }
}

/// The one raise, with what it waits for, that brings most for its cost; of the gain only what is lacking counts.
fn best_move(field: &Field<'_>, plan: &[usize], now: &Worth, lacking: Option<i64>, capacity: Option<u64>) -> Option<Vec<usize>> {
    let mut best: Option<((u64, i64), (usize, usize))> = None;
    for (at, candidate) in field.candidates.iter().enumerate() {
        let own = plan[at].checked_sub(1).map_or((0, 0), |index| (candidate.choices[index].cost, candidate.choices[index].gain));
        let waits = candidate.requires.iter().any(|other| plan[*other] == 0);
        for option in plan[at] + 1..=candidate.choices.len() {
            let choice = candidate.choices[option - 1];
            let (mut cost, mut gain) = (choice.cost.saturating_sub(own.0), choice.gain - own.1);
            if waits {
                let worth = field.worth(&raised(field, plan, at, option));
                (cost, gain) = (worth.cost.saturating_sub(now.cost), worth.gain - now.gain);
            }
            gain = lacking.map_or(gain, |lacking| gain.min(lacking));
            if gain <= 0 || capacity.is_some_and(|capacity| now.cost.saturating_add(cost) > capacity) {
                continue;
            }
            let better = |other: &((u64, i64), (usize, usize))| compare((cost, gain), other.0) == Ordering::Greater;
            if best.as_ref().is_none_or(better) {
                best = Some(((cost, gain), (at, option)));
            }
        }
    }
    best.map(|(_, (at, option))| raised(field, plan, at, option))
}

fn compare(one: (u64, i64), two: (u64, i64)) -> Ordering {
    (i128::from(one.1) * i128::from(two.0)).cmp(&(i128::from(two.1) * i128::from(one.0))).then(one.1.cmp(&two.1))
}

/// Takes back what is not needed, the dearest first.
fn trim(field: &Field<'_>, terms: &Terms, plan: &mut [usize]) {
    let cost = |at: usize, option: usize| option.checked_sub(1).map_or(0, |index: usize| field.candidates[at].choices[index].cost);
    let mut order: Vec<usize> = (0..plan.len()).filter(|at| plan[*at] > 0).collect();
    order.sort_by_key(|at| std::cmp::Reverse(cost(*at, plan[*at])));
    for at in order {
        let full = plan[at];
        let waited_for = field.candidates.iter().zip(plan.iter()).any(|(other, option)| *option > 0 && other.requires.contains(&at));
        for option in usize::from(waited_for)..=full {
            plan[at] = option;
            if option == full || (cost(at, option) < cost(at, full) && terms.hold(&field.worth(plan))) {
                break;
            }
        }
    }
}
