//! The embedded tree with a sample survey: proved plans, and a budget one day short of them.

use super::*;
use crate::result::{OptionsUsed, Run, build};
use crate::sheet::Book;
use crate::survey::Given;

/// The sample survey of a district, scored on the embedded tree.
fn linjiang() -> (Tree, Results) {
    let mut findings = Vec::new();
    let tree = crate::tree::named("city", &mut findings).and_then(|loaded| loaded.tree).expect("the embedded tree");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/linjiang");
    let mut filled = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the samples") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let book = Book::open(std::fs::read(&path).expect("a file"), &name, &mut findings).expect("a workbook");
        filled.extend(crate::survey::read(&book, &name, &tree, &Given::default(), &mut findings));
    }
    let weighting = crate::weighting::of(&tree);
    let weights = (weighting.weigh)(&tree);
    let options = OptionsUsed::default();
    let run =
        Run { tree: &tree, weighting: weighting.name, weights: &weights, inputs: &[], assessment: None, unscored: &[], options: &options };
    let unit = &crate::answers::collect(&filled, &tree, &tree.policy)[0];
    let results = build(&run, unit, &crate::score::score(&tree, &unit.items, &weights, tree.policy.missing), Vec::new());
    (tree, results)
}

fn plan(outcome: Outcome) -> Plan {
    match outcome.answer {
        Answer::Plan(plan) => plan,
        other => panic!("{other:#?}"),
    }
}

#[test]
fn of_a_district_every_better_grade_is_solved_to_the_proof() {
    let (tree, results) = linjiang();
    let costs = Costs::default();
    for goal in [1, 0] {
        let found = plan(cheapest(&results, &tree, &costs, Measure::Days, Some(goal)));
        assert_eq!((found.after.grade, &found.proof), (goal, &Proof::Optimal));
        assert!(found.steps.len() > 50);
        let days: usize = found.steps.iter().filter_map(|step| step.days).sum();
        assert_eq!(found.cost, Number::ratio(days, 1));
        let shares: f64 = found.steps.iter().map(|step| results.items[step.item].share * (step.to - step.from)).sum();
        assert!((found.before.score + shares - found.after.score).abs() < 1e-9);
        assert_eq!(results.total.score, Some(found.before.score));
        let enough = plan(best_use(&results, &tree, &costs, Measure::Days, &found.cost));
        assert_eq!((enough.after.grade, &enough.cost, &enough.proof), (goal, &found.cost, &Proof::Optimal));
        let short = plan(best_use(&results, &tree, &costs, Measure::Days, &found.cost.minus(&Number::one())));
        assert_eq!((short.after.grade, &short.proof), (goal + 1, &Proof::Optimal));
        assert!(short.after.score > found.before.score);
    }
}
