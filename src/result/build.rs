//! Scores become results: targets, gaps, losses, the sentences of the grade.

use crate::answers::{CellAnswer, ItemAnswers, MergedState, Response, UnitAnswers, Who};
use crate::finding::Finding;
use crate::number::{fixed, rounded, snapped};
use crate::result::needs;
use crate::result::returns::{Unscored, returns};
use crate::result::{
    AnswerResult, Assessment, BySelves, CellResult, Counts, DefaultTotal, GradeReason, GroupResult, InputRef, ItemResult, LeftOutUsed,
    LocalDepartment, LocalTarget, LocalUsed, LocalWeight, OptionsUsed, PolicyUsed, Respondent, Results, ReturnState, ReviewResult,
    SCHEMA_ID, ScopeUsed, TargetFrom, Tool, Total, TreeRef,
};
use crate::score::{self, Reason, Scores};
use crate::text::{Text, t};
use crate::tree::{Item, Node, Tree};
use crate::weighting::{self, WEIGHTINGS, Weights};

/// What all units of a run share.
pub struct Run<'a> {
    pub tree: &'a Tree,
    /// Name of the weighting.
    pub weighting: &'a str,
    pub weights: &'a Weights,
    pub inputs: &'a [InputRef],
    /// What the settings say of the assessment, whether it is a draft aside.
    pub assessment: Option<&'a Assessment>,
    /// Workbooks that came back and were not scored.
    pub unscored: &'a [Unscored],
    pub options: &'a OptionsUsed,
}

/// Results of one unit; `findings` are those of its files, of its merging, and of files that were not scored.
pub fn build(run: &Run<'_>, unit: &UnitAnswers, scores: &Scores, findings: Vec<Finding>) -> Results {
    let tree = run.tree;
    let policy = &tree.policy;
    let items = items(tree, unit, scores);
    let group_needs = needs::groups(tree, run.weights, scores);
    let groups = groups(run, &unit.items, scores, &group_needs.groups);
    let counts = count(unit.items.iter());
    let returns = returns(tree, unit, run.weights, run.unscored, &findings);
    let open = counts.blank + counts.unreadable > 0;
    let draft = open || returns.iter().any(|one| !one.blank.is_empty() || one.state == ReturnState::Errors);
    let code = |band: Option<usize>| policy.band_code(band).map(str::to_string);
    let total = &scores.total;
    Results {
        schema: SCHEMA_ID.to_string(),
        tree: TreeRef { id: tree.id.clone(), edition: tree.edition.clone(), sha256: tree.sha256.clone() },
        unit: unit.unit.clone(),
        period: unit.period.clone(),
        policy: PolicyUsed {
            merge: policy.merge,
            missing: policy.missing,
            target: policy.target,
            bands: policy.bands.clone(),
            decimals: policy.decimals,
            weights: run.weighting.to_string(),
            scope: scope(tree),
            local: local(run, unit),
        },
        tool: Tool { name: env!("CARGO_PKG_NAME").to_string(), version: env!("CARGO_PKG_VERSION").to_string() },
        total: Total {
            score: total.score,
            low: total.low,
            high: total.high,
            rounded: scores.grade.rounded,
            grade: code(scores.grade.grade),
            grade_low: code(scores.grade.low),
            grade_high: code(scores.grade.high),
            grade_reasons: scores.grade.reasons.iter().map(|reason| sentence(reason, tree)).collect(),
        },
        counts,
        groups,
        items,
        inputs: run.inputs.to_vec(),
        findings,
        assessment: run.assessment.map(|assessment| Assessment { draft, ..assessment.clone() }),
        returns,
        weights_sha256: weighting::digest(tree, run.weights),
        options: run.options.clone(),
        redacted: None,
        hazards: needs::used(tree, group_needs.total),
    }
}

/// What of the tree was assessed; none where all of it was.
fn scope(tree: &Tree) -> Option<ScopeUsed> {
    let local = &tree.local;
    if local.profile.is_none() && local.left_out.is_empty() {
        return None;
    }
    let left_out = local.left_out.iter().map(|one| LeftOutUsed {
        code: tree.code_of(one.node).to_string(),
        name: tree.name_of(one.node).clone(),
        items: tree
            .items_of(one.node)
            .into_iter()
            .filter(|index| tree.local.profile.is_none_or(|profile| profile.keeps(&tree.items[*index])))
            .count(),
        reason: one.reason.clone(),
        approved_by: one.approved_by.clone(),
    });
    Some(ScopeUsed {
        profile: local.profile.map(|profile| profile.word().to_string()),
        name: tree.scope_name(),
        items: tree.scope(),
        left_out: left_out.collect(),
    })
}

/// Weights and targets of the settings, with the total under the tree's own weights.
fn local(run: &Run<'_>, unit: &UnitAnswers) -> Option<LocalUsed> {
    let tree = run.tree;
    let local = &tree.local;
    if local.weights.is_empty() && local.targets.is_empty() && local.respondents.is_empty() {
        return None;
    }
    let weights = local.weights.iter().map(|(index, weight)| {
        let group = &tree.groups[*index];
        LocalWeight { code: group.code.clone(), name: group.name.clone(), default: group.weight, local: *weight }
    });
    let targets = local.targets.iter().map(|(node, target)| LocalTarget { code: tree.code_of(*node).to_string(), target: *target });
    let default_weights = (!local.weights.is_empty()).then(|| {
        let scores = score::score(tree, &unit.items, &(WEIGHTINGS[0].weigh)(tree), tree.policy.missing);
        DefaultTotal {
            score: scores.total.score,
            rounded: scores.grade.rounded,
            grade: tree.policy.band_code(scores.grade.grade).map(str::to_string),
        }
    });
    let departments = local.respondents.iter().map(|real| LocalDepartment {
        name: real.name.clone(),
        leads: real.departments.iter().map(|department| tree.departments[*department].id.clone()).collect(),
        moved: real.moved.iter().map(|item| tree.items[*item].reference.clone()).collect(),
    });
    Some(LocalUsed { weights: weights.collect(), targets: targets.collect(), departments: departments.collect(), default_weights })
}

fn count<'a>(items: impl Iterator<Item = &'a ItemAnswers>) -> Counts {
    let mut counts = Counts::default();
    for item in items {
        counts.items += 1;
        match item.state {
            MergedState::Answered => counts.answered += 1,
            MergedState::NotApplicable => counts.not_applicable += 1,
            MergedState::NoData => counts.no_data += 1,
            MergedState::Blank => counts.blank += 1,
            MergedState::Unreadable => counts.unreadable += 1,
            MergedState::OutOfScope => counts.out_of_scope += 1,
        }
    }
    counts
}

/// The settings' target of a node, else the hazard profile's, else its own in the tree, else `--target`, else 100.
pub(super) fn target(node: Node, profile: Option<f64>, own: Option<f64>, tree: &Tree) -> (f64, TargetFrom) {
    let settings = tree.local.targets.iter().find(|(known, _)| *known == node).map(|(_, target)| *target);
    let stated = [
        (settings, TargetFrom::Settings),
        (profile, TargetFrom::Profile),
        (own, TargetFrom::Tree),
        (tree.policy.target, TargetFrom::Option),
    ];
    stated.into_iter().find_map(|(target, from)| Some((target?, from))).unwrap_or((100.0, TargetFrom::Default))
}

fn gap(target: f64, score: Option<f64>) -> Option<f64> {
    score.map(|score| (target - score).max(0.0))
}

fn groups(run: &Run<'_>, answers: &[ItemAnswers], scores: &Scores, needs: &[Option<f64>]) -> Vec<GroupResult> {
    let tree = run.tree;
    // Items below each group, however deep.
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); tree.groups.len()];
    for (index, item) in tree.items.iter().enumerate() {
        let mut at = item.parent;
        while let Some(group) = at {
            below[group].push(index);
            at = tree.groups[group].parent;
        }
    }
    let all = tree.groups.iter().zip(&scores.groups).zip(&scores.group_grades).zip(below);
    all.enumerate()
        .map(|(index, (((group, node), grade), below))| {
            let (target, target_from) = target(Node::Group(index), needs.get(index).copied().flatten(), group.target, tree);
            let gap = gap(target, node.score);
            GroupResult {
                code: group.code.clone(),
                parent: group.parent.map(|parent| tree.groups[parent].code.clone()),
                level: group.level,
                name: group.name.clone(),
                weight: run.weights.groups[index],
                share: node.share,
                score: node.score,
                low: node.low,
                high: node.high,
                rounded: node.score.map(|score| rounded(score, tree.policy.decimals)),
                grade: tree.policy.band_code(*grade).map(str::to_string),
                coverage: node.coverage,
                target,
                target_from,
                gap,
                loss: gap.map(|gap| node.share * gap),
                counts: count(below.iter().map(|index| &answers[*index])),
            }
        })
        .collect()
}

fn items(tree: &Tree, unit: &UnitAnswers, scores: &Scores) -> Vec<ItemResult> {
    let mut items: Vec<ItemResult> = tree
        .items
        .iter()
        .zip(&unit.items)
        .zip(&scores.items)
        .enumerate()
        .map(|(index, ((item, answers), score))| {
            let need = tree.need(item);
            let (target, target_from) = target(Node::Item(index), need.as_ref().map(|need| need.target), item.target, tree);
            let gap = gap(target, score.score);
            ItemResult {
                id: item.id.clone(),
                rev: item.rev,
                reference: item.reference.clone(),
                parent: item.parent.map(|parent| tree.groups[parent].code.clone()),
                question: item.question.clone(),
                lead: item.lead.map(|lead| tree.departments[lead].id.clone()),
                state: answers.state.code().to_string(),
                score: score.score,
                weight: item.weight,
                share: score.share,
                criticality: item.criticality.code().to_string(),
                target,
                target_from,
                gap,
                loss: gap.map(|gap| score.share * gap),
                cumulative_loss: None,
                answers: answers.responses.iter().map(|response| answer(response, item, tree)).collect(),
                legal_floor: item.content.legal_floor,
                below_legal_floor: below_floor(item, answers.state, score.score).filter(|_| tree.judges_floors()),
                by_selves: by_selves(answers, tree),
                need: need.filter(|_| target_from == TargetFrom::Profile).map(|need| needs::item(&need)),
            }
        })
        .collect();
    // Falling loss, snapped so that equal losses tie; ties stay in tree order.
    let mut order: Vec<(usize, f64)> = items.iter().enumerate().filter_map(|(index, item)| item.loss.map(|loss| (index, loss))).collect();
    order.sort_by_key(|(_, loss)| std::cmp::Reverse(snapped(*loss)));
    let mut sum = 0.0;
    for (index, loss) in order {
        sum += loss;
        items[index].cumulative_loss = Some(sum);
    }
    items
}

fn by_selves(answers: &ItemAnswers, tree: &Tree) -> BySelves {
    let (state, worth) = answers.by_selves;
    BySelves { state: state.code().to_string(), score: score::item_score(state, worth, tree.policy.missing) }
}

/// Is a known score below what the law asks for? A blank is not known.
fn below_floor(item: &Item, state: MergedState, score: Option<f64>) -> Option<bool> {
    let (floor, score) = (item.content.floor_score()?, score?);
    match state {
        MergedState::Answered | MergedState::NoData => Some(snapped(score) < snapped(floor)),
        _ => None,
    }
}

fn answer(response: &Response, item: &Item, tree: &Tree) -> AnswerResult {
    let id = match &response.who {
        Who::Assessor => Some("assessor".to_string()),
        Who::Real(index) => tree.department_id(*index, item),
        Who::Department(index) => Some(tree.departments[*index].id.clone()),
        Who::Other(_) | Who::Nameless(_) => None,
    };
    let own = |cell: &CellAnswer| CellResult {
        text: cell.text.clone(),
        state: cell.state.code().to_string(),
        score: cell.state.score(),
        cell: cell.cell.clone(),
    };
    let review = |cell: &CellAnswer| ReviewResult {
        text: cell.text.clone(),
        state: cell.state.code().to_string(),
        score: cell.state.score(),
        cell: cell.cell.clone(),
        verification: response.verification.map(|way| way.code().to_string()).unwrap_or_default(),
    };
    AnswerResult {
        respondent: Respondent { id, name: response.name.clone() },
        submission: response.submission,
        counts: response.spoke.is_some(),
        own: response.own.as_ref().map(own),
        review: response.review.as_ref().map(review),
        evidence: response.evidence.clone(),
        note: response.note.clone(),
        review_note: response.review_note.clone(),
        place: (&response.place).into(),
        spoke: response.spoke,
    }
}

/// The rule, the items and the words of one reason.
fn sentence(reason: &Reason, tree: &Tree) -> GradeReason {
    let policy = &tree.policy;
    let band = |index: usize| policy.bands.get(index).map(|band| band.name.clone()).unwrap_or_default();
    let score = |score: f64| Text::same(fixed(score, policy.decimals));
    let named = |items: &[usize]| {
        let names: Vec<Text> = items.iter().map(|index| tree.items[*index].reference.clone().into()).collect();
        Text::join(&names, "、", ", ")
    };
    let ids = |items: &[usize]| items.iter().map(|index| tree.items[*index].id.clone()).collect();
    let capped = |cap: &Option<usize>, lowered: bool| match cap {
        Some(cap) if lowered => t("，等级降为{band}", "; this lowers the grade to {band}").with(&[("band", band(*cap))]),
        Some(cap) => t("，等级最高为{band}，本次未因此降低", "; this caps the grade at {band} and has no effect at this score")
            .with(&[("band", band(*cap))]),
        None => t("，按本体系的规则不影响等级", "; by the rules of this tree the grade is not touched"),
    };
    let cap_code = |cap: &Option<usize>| policy.band_code(*cap).map(str::to_string);
    match reason {
        Reason::Band { rounded, band: index } => GradeReason {
            rule: "band".to_string(),
            items: Vec::new(),
            cap: None,
            message: t("总分 {score}，按分数为{band}", "A total of {score} falls in the band {band}")
                .with(&[("score", score(*rounded)), ("band", band(*index))]),
        },
        Reason::Rounding { score: unrounded, rounded, unrounded_band } => GradeReason {
            rule: "rounding".to_string(),
            items: Vec::new(),
            cap: None,
            message: t(
                "未取舍前为 {unrounded}（{band}），四舍五入为 {score} 后定级",
                "Unrounded it is {unrounded} ({band}); the grade is read from the rounded {score}",
            )
            .with(&[("unrounded", fixed(*unrounded, 6).into()), ("band", band(*unrounded_band)), ("score", score(*rounded))]),
        },
        Reason::Veto { items, count, cap, lowered } => GradeReason {
            rule: "veto".to_string(),
            items: ids(items),
            cap: cap_code(cap),
            message: Text::join(
                &[
                    t("否决项 {items} 未达标（按 {count} 项计）", "Veto items failed: {items} (counted as {count})")
                        .with(&[("items", named(items)), ("count", (*count).into())]),
                    capped(cap, *lowered),
                ],
                "",
                "",
            ),
        },
        Reason::Key { items, cap, lowered } => GradeReason {
            rule: "key".to_string(),
            items: ids(items),
            cap: cap_code(cap),
            message: Text::join(
                &[
                    t("关键项 {items} 得 0 分（{count} 项）", "Key items at 0: {items} ({count})")
                        .with(&[("items", named(items)), ("count", items.len().into())]),
                    capped(cap, *lowered),
                ],
                "",
                "",
            ),
        },
    }
}
