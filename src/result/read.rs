//! `results.json` read back, and what it says that its run decided about the tree.

use crate::answers::Spoke;
use crate::result::{HazardsUsed, ItemResult, LocalUsed, Results, ReviewResult, SCHEMA_ID, ScopeUsed};
use crate::text::{Text, t};
use crate::tree::{LeftOut, Node, Profile, RealDepartment, Tree};

/// No score, share or loss lies beyond this; weights are on any scale.
const LARGEST: f64 = 1e6;

/// The results of a file's text; what is wrong with it in one sentence where it holds none.
pub fn from_json(text: &str) -> Result<Results, Text> {
    let mut results: Results = serde_json::from_str(text).map_err(|_| {
        t("不是 ecap score 写出的 results.json，或已经损坏", "it is no results.json written by ecap score, or it is damaged")
    })?;
    if results.schema != SCHEMA_ID {
        return Err(t("格式是“{schema}”，本程序读的是“{own}”", "its schema is \"{schema}\"; this program reads \"{own}\"")
            .with(&[("own", SCHEMA_ID.into()), ("schema", results.schema.clone().into())]));
    }
    let mut weights = results.groups.iter().map(|group| group.weight).chain(results.items.iter().map(|item| item.weight));
    if !numbers(&results).all(|number| (0.0..LARGEST).contains(&number)) || !weights.all(|weight| weight.is_finite() && weight > 0.0) {
        return Err(t("里面有不可能的数", "it holds impossible numbers"));
    }
    results.items.iter_mut().for_each(recall);
    Ok(results)
}

/// Which cells spoke, in results written before that stood in them: the reviews, unless only the self-rating comes to the item's state
/// and score, for then a later blank review superseded this one.
fn recall(item: &mut ItemResult) {
    let alone = item.answers.iter().filter(|answer| answer.counts).count() == 1;
    let is_items = |state: &str, score: Option<f64>| state == item.state && (state != "answered" || score == item.score);
    for answer in item.answers.iter_mut().filter(|answer| answer.counts && answer.spoke.is_none()) {
        let review = answer.review.as_ref().filter(|review| review.state != "blank");
        let by_own = answer.own.as_ref().is_some_and(|own| is_items(&own.state, own.score));
        let superseded = |review: &ReviewResult| alone && by_own && !is_items(&review.state, review.score);
        answer.spoke = Some(if review.is_some_and(|review| !superseded(review)) { Spoke::Review } else { Spoke::Own });
    }
}

/// The numbers that derivations compute with.
fn numbers(results: &Results) -> impl Iterator<Item = f64> + '_ {
    let total = &results.total;
    let cells = |item: &ItemResult| {
        let both = item
            .answers
            .iter()
            .flat_map(|answer| [answer.own.as_ref().and_then(|own| own.score), answer.review.as_ref().and_then(|review| review.score)]);
        both.flatten().collect::<Vec<f64>>()
    };
    let items = results.items.iter().flat_map(move |item| {
        let known = [item.score, item.gap, item.loss, item.cumulative_loss, item.by_selves.score];
        [item.share, item.target].into_iter().chain(known.into_iter().flatten()).chain(cells(item))
    });
    let groups = results.groups.iter().flat_map(|group| {
        let known = [group.score, group.low, group.high, group.rounded, group.coverage, group.gap, group.loss];
        [group.share, group.target].into_iter().chain(known.into_iter().flatten())
    });
    [total.score, total.low, total.high, total.rounded].into_iter().flatten().chain(groups).chain(items)
}

/// Puts back into the tree what the results say that their run decided: policy, profile, what was left out, weights, targets,
/// departments (without contacts, which results do not hold). Said in one sentence where the results are of another tree.
pub fn restore(results: &Results, tree: &mut Tree) -> Result<(), Text> {
    let same_items = tree.items.iter().map(|item| &item.id).eq(results.items.iter().map(|item| &item.id));
    let same_groups = tree.groups.iter().map(|group| &group.code).eq(results.groups.iter().map(|group| &group.code));
    if tree.sha256 != results.tree.sha256 || !same_items || !same_groups {
        let named = |id: &str, edition: &str, digest: &str| {
            let digest: String = digest.chars().take(16).collect();
            t("{id}，{edition} 版，摘要 {digest}", "{id}, edition {edition}, digest {digest}").with(&[
                ("digest", digest.into()),
                ("edition", edition.into()),
                ("id", id.into()),
            ])
        };
        let own = &results.tree;
        return Err(t(
            "它是按另一棵指标树（{theirs}）算的，这次用的是 {ours}。请用 --tree 指明那棵树",
            "it was scored by another tree ({theirs}); this run uses {ours}. Name that tree with --tree",
        )
        .with(&[("ours", named(&tree.id, &tree.edition, &tree.sha256)), ("theirs", named(&own.id, &own.edition, &own.sha256))]));
    }
    let policy = &results.policy;
    (tree.policy.merge, tree.policy.missing, tree.policy.target) = (policy.merge, policy.missing, policy.target);
    if let Some(scope) = &policy.scope {
        restore_scope(scope, tree);
    }
    if let Some(local) = &policy.local {
        restore_local(local, tree);
    }
    tree.local.hazards = results.hazards.as_ref().map(HazardsUsed::profile);
    Ok(())
}

fn node(code: &str, tree: &Tree) -> Option<Node> {
    let group = tree.groups.iter().position(|group| group.code == code).map(Node::Group);
    group.or_else(|| tree.items.iter().position(|item| item.reference == code).map(Node::Item))
}

fn restore_scope(scope: &ScopeUsed, tree: &mut Tree) {
    tree.local.profile = scope.profile.as_deref().and_then(Profile::named);
    let left_out = scope
        .left_out
        .iter()
        .filter_map(|one| Some(LeftOut { node: node(&one.code, tree)?, reason: one.reason.clone(), approved_by: one.approved_by.clone() }));
    let left_out: Vec<LeftOut> = left_out.collect();
    let out = left_out.iter().flat_map(|one| tree.items_of(one.node)).map(|item| tree.items[item].id.clone());
    tree.local.out_ids = out.collect();
    tree.local.left_out = left_out;
}

fn restore_local(local: &LocalUsed, tree: &mut Tree) {
    let group = |code: &str| tree.groups.iter().position(|group| group.code == code);
    let weights = local.weights.iter().filter_map(|one| Some((group(&one.code)?, one.local))).collect();
    let targets = local.targets.iter().filter_map(|one| Some((node(&one.code, tree)?, one.target))).collect();
    let department = |id: &String| tree.departments.iter().position(|department| department.id == *id);
    let item = |reference: &String| tree.items.iter().position(|item| item.reference == *reference);
    let respondents = local.departments.iter().map(|one| RealDepartment {
        name: one.name.clone(),
        contact: String::new(),
        departments: one.leads.iter().filter_map(department).collect(),
        moved: one.moved.iter().filter_map(item).collect(),
    });
    let respondents = respondents.collect();
    (tree.local.weights, tree.local.targets, tree.local.respondents) = (weights, targets, respondents);
}
