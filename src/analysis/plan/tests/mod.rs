//! The program's plans beside every plan there is, tried out by scoring it.

mod city;
mod made;
mod rules;

use made::{Made, Noise, move_band, random};

use super::*;
use crate::number::snapped;

/// Hundredths of a measure, exactly.
fn hundredths(cost: &Number) -> i64 {
    let parts = cost.times(&Number::from(100));
    assert!(parts.is_whole(), "{cost}");
    i64::try_from(parts.to_usize().expect("not negative")).expect("small")
}

struct Best {
    cost: i64,
    points: f64,
    items: usize,
}

/// Of the plans that cost least and reach the goal: the most points, and the fewest items for them.
fn cheapest_of_all(made: &Made, measure: Measure, goal: usize) -> Option<Best> {
    let mut best: Option<Best> = None;
    for (cost, plan) in made.plans(measure) {
        if best.as_ref().is_some_and(|best| cost > best.cost) {
            break;
        }
        let scores = made.scores(&plan);
        let (Some(grade), Some(points)) = (scores.grade.grade, scores.total.score) else { continue };
        let items = plan.iter().filter(|option| **option > 0).count();
        if grade <= goal
            && best.as_ref().is_none_or(|best| points > best.points + 1e-13 || (points > best.points - 1e-13 && items < best.items))
        {
            best = Some(Best { cost, points, items });
        }
    }
    best
}

/// The plan is one the test knows, and scores what it says.
fn assert_true(made: &Made, plan: &Plan, measure: Measure) {
    let options = made.plan(plan);
    assert!(made.may(&options), "{plan:#?}");
    let scores = made.scores(&options);
    assert_eq!(scores.grade.grade, Some(plan.after.grade));
    assert_eq!(scores.grade.rounded, Some(plan.after.rounded));
    let score = scores.total.score.expect("a total");
    assert!((score - plan.after.score).abs() < 1e-10);
    assert_eq!(made.scores(&vec![0; made.items.len()]).grade.grade, Some(plan.before.grade));
    let known = made.plans(measure).into_iter().find(|(_, known)| *known == options);
    let known = known.unwrap_or_else(|| panic!("{plan:#?}\n{:#?}\n{:#?}", made.items, made.costs));
    assert_eq!(known.0, hundredths(&plan.cost));
    let gain: f64 = plan.steps.iter().map(|step| step.gain).sum();
    assert!((plan.before.score + gain - plan.after.score).abs() < 1e-9);
    for (index, step) in plan.steps.iter().enumerate() {
        let later = |item: &usize| plan.steps[index..].iter().any(|other| other.item == *item);
        assert!(!made.items[step.item].requires.iter().any(|item| later(item) && made.items[*item].worths == [0.0]), "{plan:#?}");
    }
}

fn goal(noise: &mut Noise, before: usize) -> Option<usize> {
    if before > 0 && noise.one_in(2) { Some(noise.next(before)) } else { None }
}

#[test]
fn the_cheapest_way_is_that_of_trying_every_plan() {
    let mut noise = Noise(11);
    let (mut plans, mut unreachable, mut rounding, mut waited, mut vetoes, mut keys) = (0, 0, 0, 0, 0, 0);
    for round in 0..500 {
        let mut made = random(&mut noise);
        let measure = if round % 2 == 0 { Measure::Days } else { Measure::Money };
        let now = |made: &Made| made.scores(&vec![0; made.items.len()]).grade.grade;
        // A third of them so that the best plan just reaches the next grade, or just misses it.
        if let Some(next) = now(&made).and_then(|now| now.checked_sub(1)).filter(|_| round % 3 == 0)
            && let Some(best) = cheapest_of_all(&made, measure, next)
        {
            move_band(&mut noise, &mut made, next, best.points);
        }
        let results = made.results();
        let now = now(&made);
        let goal = goal(&mut noise, now.unwrap_or(0));
        let outcome = cheapest(&results, &made.tree, &made.costs, measure, goal);
        match outcome.answer {
            Answer::NoTotal => assert_eq!(now, None),
            Answer::Reached(_) => assert_eq!(now, Some(0)),
            Answer::Unreachable(answer) => {
                assert!(cheapest_of_all(&made, measure, answer.goal).is_none(), "round {round}: {answer:#?}");
                unreachable += 1;
            }
            Answer::Plan(plan) => {
                assert_eq!(plan.goal, goal.unwrap_or(now.expect("a grade") - 1));
                assert_eq!(plan.proof, Proof::Optimal, "round {round}");
                assert_true(&made, &plan, measure);
                assert!(plan.after.grade <= plan.goal);
                let best = cheapest_of_all(&made, measure, plan.goal).expect("a plan");
                assert_eq!(hundredths(&plan.cost), best.cost, "round {round}: {plan:#?}");
                assert!(plan.after.score > best.points - 1e-9, "round {round}: {} points, not {}", plan.after.score, best.points);
                if plan.after.score > best.points - 1e-13 {
                    assert!(plan.steps.len() <= best.items, "round {round}: {plan:#?}");
                }
                plans += 1;
                let from = made.tree.policy.bands[plan.goal].from;
                rounding += usize::from(plan.after.score < from);
                let said = |wanted: fn(&Reason) -> bool| usize::from(plan.steps.iter().any(|step| wanted(&step.reason)));
                waited += said(|reason| matches!(reason, Reason::PrerequisiteOf(_)));
                vetoes += said(|reason| *reason == Reason::Veto);
                keys += said(|reason| *reason == Reason::Key);
            }
        }
    }
    let counts = [plans, unreachable, rounding, waited, vetoes, keys];
    assert!(counts.iter().zip([200, 50, 10, 50, 50, 50]).all(|(count, least)| *count > least), "{counts:?}");
}

#[test]
fn the_best_use_of_a_budget_is_that_of_trying_every_plan() {
    let mut noise = Noise(12);
    let (mut better, mut same) = (0, 0);
    for round in 0..200 {
        let made = random(&mut noise);
        let measure = if round % 2 == 0 { Measure::Days } else { Measure::Money };
        let results = made.results();
        if results.total.score.is_none() {
            continue;
        }
        let plans = made.plans(measure);
        let dearest = plans.iter().map(|(cost, _)| *cost).max().unwrap_or(0);
        let budget = dearest * i64::try_from(noise.next(110)).expect("few") / 100;
        let answer =
            best_use(&results, &made.tree, &made.costs, measure, &Number::fraction(&budget.into(), &100.into()).expect("a number"));
        let Answer::Plan(plan) = answer.answer else { panic!("round {round}: no plan") };
        assert_eq!(plan.proof, Proof::Optimal, "round {round}");
        assert_true(&made, &plan, measure);
        assert!(hundredths(&plan.cost) <= budget);
        let within = plans.iter().filter(|(cost, _)| *cost <= budget);
        let tried: Vec<(usize, i128, i64)> = within
            .map(|(cost, plan)| {
                let scores = made.scores(plan);
                (scores.grade.grade.expect("a grade"), -snapped(scores.total.score.expect("a total")), *cost)
            })
            .collect();
        let (grade, points, _) = *tried.iter().min().expect("the empty plan");
        assert_eq!(plan.after.grade, grade, "round {round}: {plan:#?}");
        assert!((snapped(plan.after.score) + points).abs() <= 1, "round {round}: {plan:#?}");
        if plan.after.grade < plan.before.grade { better += 1 } else { same += 1 }
    }
    assert!(better > 50 && same > 20, "{better} {same}");
}

/// Beside the whole search, which the tests above hold to every plan there is.
#[test]
fn where_a_search_would_take_too_long_the_bound_is_true() {
    let mut noise = Noise(13);
    let (mut exact, mut bounded, mut tight) = (0, 0, 0);
    for round in 0..800 {
        let made = random(&mut noise);
        let results = made.results();
        let steps = noise.of(&[5, 60, 250, 500, 1_000_000, 1_000_000]);
        let limits = Limits { steps, kept: noise.of(&[20, 1_000_000]), modes: noise.of(&[2, 2, 4, 4096]) };
        let (tree, costs, measure) = (&made.tree, &made.costs, Measure::Days);
        let mut budget = Number::from(50);
        let pair = (
            cheapest_within(&results, tree, costs, measure, (None, 0), limits).answer,
            cheapest_within(&results, tree, costs, measure, (None, 0), LIMITS).answer,
        );
        if let (Answer::Plan(plan), Answer::Plan(best)) = &pair {
            assert!(plan.after.grade <= plan.goal && made.may(&made.plan(plan)));
            match &plan.proof {
                Proof::Optimal => {
                    assert_eq!(plan.cost, best.cost, "round {round}");
                    exact += 1;
                }
                Proof::Cost { bound, distance } => {
                    assert!(*bound <= best.cost && best.cost <= plan.cost, "round {round}: {plan:#?}");
                    assert!((distance - (1.0 - bound.to_f64() / plan.cost.to_f64())).abs() < 1e-9);
                    bounded += 1;
                    tight += usize::from(*distance < 0.1);
                }
                Proof::Points { .. } => panic!("round {round}"),
            }
            budget = best.cost.plus(&Number::from(i64::try_from(noise.next(9)).expect("few") - 4));
        }
        let pair = (
            best_use_within(&results, tree, costs, measure, &budget, limits).answer,
            best_use_within(&results, tree, costs, measure, &budget, LIMITS).answer,
        );
        let (Answer::Plan(plan), Answer::Plan(best)) = &pair else { continue };
        assert!(plan.cost <= budget.clone().max(Number::zero()) && made.may(&made.plan(plan)));
        let (points, most) = (snapped(plan.after.score), snapped(best.after.score));
        match &plan.proof {
            Proof::Points { grade, score, distance } => {
                assert!(*grade <= best.after.grade && best.after.grade <= plan.after.grade, "round {round}: {plan:#?}");
                assert!(best.after.grade < plan.after.grade || snapped(*score) >= most - 1, "round {round}: {plan:#?}");
                bounded += 1;
                tight += usize::from(*distance < 0.1);
            }
            _ => assert!(plan.after.grade == best.after.grade && (points - most).abs() <= 1, "round {round}: {plan:#?}"),
        }
    }
    assert!(exact > 100 && bounded > 80 && tight > 5, "{exact} {bounded} {tight}");
}
