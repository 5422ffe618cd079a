//! A group or the total: its children, what each brings, and what left.

use crate::analysis::derivation::{Child, Gone, Left, MeanDerivation, TOTAL, Target, climb, item, weights_under};
use crate::result::{GradeReason, GroupResult, ItemResult, Results};
use crate::text::Text;
use crate::tree::Tree;

/// The derivation of a group by its place in the results; of the total without one.
pub fn mean(results: &Results, tree: &Tree, group: Option<usize>) -> MeanDerivation {
    let own = group.map(|index| &results.groups[index]);
    let code = own.map(|own| own.code.as_str());
    let total = &results.total;
    let (score, rounded) = own.map_or((total.score, total.rounded), |own| (own.score, own.rounded));
    let share = own.map_or(if total.score.is_some() { 1.0 } else { 0.0 }, |own| own.share);
    let (children, gone) = children(results, code);
    MeanDerivation {
        group,
        code: code.map(str::to_string),
        name: own.map_or(TOTAL, |own| own.name.clone()),
        score,
        rounded,
        low: own.map_or(total.low, |own| own.low),
        high: own.map_or(total.high, |own| own.high),
        band: rounded.and_then(|rounded| band(results, rounded)),
        grade: own.map_or(total.grade.clone(), |own| own.grade.clone()),
        grade_reasons: group.map_or_else(|| total.grade_reasons.clone(), |index| reasons(results, tree, index)),
        coverage: own.and_then(|own| own.coverage),
        counts: own.map_or(results.counts, |own| own.counts),
        children,
        weights: weights_under(results, code),
        gone,
        path: climb(results, code),
        share,
        contribution: score.map(|score| share * score),
        target: own.map(|own| Target { target: own.target, from: own.target_from, gap: own.gap, loss: own.loss, need: None }),
    }
}

/// Band code of a rounded score, lower bounds included.
fn band(results: &Results, rounded: f64) -> Option<String> {
    let bands = &results.policy.bands;
    bands.iter().find(|band| rounded >= band.from).or(bands.last()).map(|band| band.code.clone())
}

/// The reason of key items at 0 as far as it touches a level-1 group: those under it.
fn reasons(results: &Results, tree: &Tree, group: usize) -> Vec<GradeReason> {
    let under = |id: &String| tree.items.iter().find(|item| item.id == *id).and_then(|item| tree.top_of_item(item)) == Some(group);
    let keys = results.total.grade_reasons.iter().filter(|reason| reason.rule == "key");
    keys.filter_map(|reason| {
        let items: Vec<String> = reason.items.iter().filter(|id| under(id)).cloned().collect();
        let cap = tree.policy.band_code(tree.policy.key.group).map(str::to_string);
        (!items.is_empty()).then(|| GradeReason { rule: reason.rule.clone(), items, cap, message: Text::default() })
    })
    .collect()
}

/// Either kind of child, in tree order.
enum Either<'a> {
    Group(&'a GroupResult),
    Item(usize, &'a ItemResult),
}

/// Children with a score, and those without; items, then groups, each in tree order.
fn children(results: &Results, parent: Option<&str>) -> (Vec<Child>, Vec<Gone>) {
    let items = results.items.iter().enumerate().filter(|(_, item)| item.parent.as_deref() == parent);
    let items = items.map(|(index, item)| Either::Item(index, item));
    let groups = results.groups.iter().filter(|group| group.parent.as_deref() == parent).map(Either::Group);
    let weights = weights_under(results, parent);
    let (mut children, mut gone) = (Vec::new(), Vec::new());
    for one in items.chain(groups) {
        let (code, id, name, weight, score, share) = match &one {
            Either::Item(_, item) => (&item.reference, Some(item.id.clone()), &item.question, item.weight, item.score, item.share),
            Either::Group(group) => (&group.code, None, &group.name, group.weight, group.score, group.share),
        };
        let state = if let Either::Item(_, item) = &one { Some(item.state.clone()) } else { None };
        match score {
            Some(score) => {
                let part = if weights > 0.0 { weight / weights } else { 0.0 };
                children.push(Child {
                    code: code.clone(),
                    id,
                    name: name.clone(),
                    state,
                    weight,
                    part,
                    score,
                    into: part * score,
                    share,
                    contribution: share * score,
                });
            }
            None => {
                let (counts, left) = match &one {
                    Either::Item(index, _) => (None, item::left(results, *index)),
                    Either::Group(group) => (Some(group.counts), None),
                };
                let all_left = || Left { why: "children".to_string(), reasons: Vec::new(), approved_by: String::new(), profile: None };
                gone.push(Gone { code: code.clone(), id, name: name.clone(), weight, counts, left: left.unwrap_or_else(all_left) });
            }
        }
    }
    (children, gone)
}
