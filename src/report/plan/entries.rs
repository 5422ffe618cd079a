//! The rows of the new ledger: what has to be mended, with what the last ledger says of it, and what that one left open.

use crate::analysis::plan::Rung;
use crate::analysis::rectification::{Due, Ground};
use crate::ledger::progress::Followed;
use crate::ledger::{Entry, Hand, Limit, Row, State};
use crate::report::assessment::{described, headline, question};
use crate::report::plan::tables::{each, owners};
use crate::report::plan::{Facts, follow, progress};
use crate::text::{Lang, Text, t};
use crate::tree::content::Evidence;
use crate::tree::vocabulary::{self, EVIDENCE, Proof};
use crate::unit::days_after;

/// The rows in order, those that the last ledger left open and nothing asks for any more at the end. What somebody typed stays in the
/// language it was typed in.
pub fn entries(facts: &Facts<'_>, lang: Lang) -> Vec<Entry> {
    let ids: Vec<&str> = facts.dues.iter().map(|due| facts.base.results.items[due.item].id.as_str()).collect();
    let mut entries: Vec<Entry> = facts.dues.iter().filter_map(|due| due_entry(facts, due, lang)).collect();
    if let Some(progress) = &facts.progress {
        let open = |one: &&Followed<'_>| one.row.hand.state != State::Closed && !ids.contains(&one.row.id.as_str());
        entries.extend(progress.rows.iter().filter(open).map(|one| carried(facts, one)));
    }
    entries
}

fn followed<'a>(facts: &'a Facts<'_>, id: &str) -> Option<&'a Followed<'a>> {
    facts.progress.as_ref()?.rows.iter().find(|one| one.row.id == id)
}

/// A row of what has to be mended; none where it was closed and no assessment has been since.
fn due_entry(facts: &Facts<'_>, due: &Due, lang: Lang) -> Option<Entry> {
    let (results, tree) = (facts.base.results, facts.base.tree);
    let result = &results.items[due.item];
    let before = followed(facts, &result.id);
    let closed = before.is_some_and(|one| one.row.hand.state == State::Closed);
    if closed && !facts.progress.as_ref().is_some_and(|progress| progress.rescored) {
        return None;
    }
    let next = facts.base.next_step(due.item);
    let nothing = due.rungs.is_empty();
    let action = match next.filter(|_| nothing) {
        Some(next) => headline::needed(&result.state, &next.step.what),
        None => actions(facts, due.item, &due.rungs),
    };
    let target = match due.rungs.last() {
        Some(rung) => Some(rung.score),
        None => next.map(|next| 100.0 * next.step.worth.to_f64()),
    };
    let own = match (due.end_day, facts.start) {
        (None, _) => Limit::Unknown,
        (Some(day), Some(start)) => Limit::Date(days_after(start, day)),
        (Some(day), None) => Limit::Day(day),
    };
    let open = before.filter(|_| !closed);
    // What was agreed on stays agreed on, the time limit and who is responsible.
    let limit = open.and_then(|one| follow::agreed(one.row.limit, facts.start)).unwrap_or(own);
    let first_limit = open.and_then(|one| one.row.first_limit).filter(|first| *first != limit);
    let own_action = action.clone();
    let action = open.filter(|one| one.row.rewritten).map_or(action, |one| one.row.action.clone().into());
    let hand = match before {
        Some(one) if one.unraised => Hand { progress: reopened(one.row, lang), ..Hand::default() },
        Some(one) if !closed => one.row.hand.clone(),
        _ => Hand::default(),
    };
    let agreed = open.map(|one| one.row.owner.clone()).filter(|owner| !owner.is_empty()).map(Text::same);
    let by_plan = || if nothing { Text::join(&tree.asked(due.item), "、", ", ") } else { owners(facts, due.item, &due.rungs) };
    let owner = agreed.unwrap_or_else(by_plan);
    let proof = proofs(facts, due.item, &due.rungs);
    let entry = Entry { target, action, own_action, owner, limit, first_limit, proof, hand, ..known(facts, due.item, Some(due.ground)) };
    Some(open.into_iter().fold(entry, |entry, one| Entry {
        first_owner: one.row.first_owner.clone(),
        overdue: one.overdue,
        check: progress::check(one),
        ..entry
    }))
}

fn reopened(row: &Row, lang: Lang) -> String {
    let text = t("上期已销号（{date}），得分没有提高", "closed before ({date}), and the score is no better");
    let date = if row.hand.done.is_empty() { t("没有写日期", "no date") } else { row.hand.done.clone().into() };
    text.with(&[("date", date)]).get(lang).to_string()
}

/// What the last ledger left open.
fn carried(facts: &Facts<'_>, one: &Followed<'_>) -> Entry {
    let row = one.row;
    let old = Entry {
        id: row.id.clone(),
        reference: row.reference.clone(),
        question: row.question.clone().into(),
        problem: row.problem.clone().into(),
        score: row.score,
        ..empty()
    };
    let base = one.item.map_or(old, |item| known(facts, item, None));
    Entry {
        target: row.target,
        action: row.action.clone().into(),
        own_action: row.own_action.clone().into(),
        owner: row.owner.clone().into(),
        limit: row.limit,
        first_limit: row.first_limit,
        first_owner: row.first_owner.clone(),
        overdue: one.overdue,
        check: progress::check(one),
        proof: row.proof.clone().into(),
        hand: row.hand.clone(),
        ..base
    }
}

fn empty() -> Entry {
    Entry {
        id: String::new(),
        reference: String::new(),
        question: Text::default(),
        problem: Text::default(),
        basis: Text::default(),
        score: None,
        target: None,
        action: Text::default(),
        own_action: Text::default(),
        owner: Text::default(),
        limit: Limit::Unknown,
        first_limit: None,
        first_owner: None,
        overdue: None,
        check: Text::default(),
        proof: Text::default(),
        hand: Hand::default(),
    }
}

/// What the results say of an item.
fn known(facts: &Facts<'_>, item: usize, ground: Option<Ground>) -> Entry {
    let (result, in_tree) = (&facts.base.results.items[item], &facts.base.tree.items[item]);
    let now = described(facts.base, item);
    let problem = match ground {
        Some(Ground::Veto) => t("否决项未达标；{answer}", "a failed veto; {answer}"),
        Some(Ground::Key) => t("关键项 0 分；{answer}", "a key item at 0; {answer}"),
        Some(Ground::Law) => t("未达法定要求；{answer}", "below what the law asks for; {answer}"),
        Some(Ground::First) => t("最先要办的事之一；{answer}", "one of the first priorities; {answer}"),
        Some(Ground::Plan) | None => now.clone(),
    };
    let laws = in_tree.content.laws_shown(facts.base.tree);
    Entry {
        id: result.id.clone(),
        reference: result.reference.clone(),
        question: question(facts.base, item),
        problem: problem.with(&[("answer", now)]),
        basis: if laws.is_empty() { facts.base.tree.name.clone() } else { laws },
        score: result.score,
        ..empty()
    }
}

/// What is to be done, each with its days; numbered where there is more than one.
fn actions(facts: &Facts<'_>, item: usize, rungs: &[Rung]) -> Text {
    let state = &facts.base.results.items[item].state;
    let one = |(rung, text): (&Rung, Text)| {
        let text = headline::needed(state, &text);
        match rung.days {
            Some(days) => t("{what}（{count} 天）", "{what} ({count} [day|days])").counted(days).with(&[("what", text)]),
            None => text,
        }
    };
    let texts: Vec<Text> = rungs.iter().zip(each(facts, item, rungs)).map(one).collect();
    if texts.len() < 2 {
        return texts.into_iter().next().unwrap_or_default();
    }
    let numbered: Vec<Text> =
        (1..).zip(texts).map(|(number, text)| Text::new(format!("{number}. {}", text.zh), format!("{number}. {}", text.en))).collect();
    Text::join(&numbered, "\n", "\n")
}

/// What shows that it is done: what is to be handed in, and how it will be checked; where the tree lists no evidence, the kinds that its
/// actions close with, each once.
fn proofs(facts: &Facts<'_>, item: usize, rungs: &[Rung]) -> Text {
    let in_tree = &facts.base.tree.items[item];
    let (papers, checks): (Vec<&Evidence>, Vec<&Evidence>) =
        in_tree.content.evidence.iter().partition(|evidence| vocabulary::proof(evidence.kind) == Proof::Documentary);
    if !in_tree.content.evidence.is_empty() {
        let papers: Vec<Text> = papers.into_iter().map(|evidence| evidence.what.clone()).collect();
        let checks: Vec<Text> = checks
            .into_iter()
            .map(|evidence| {
                t("评估组将{kind}：{what}", "to be checked ({kind}): {what}")
                    .with(&[("kind", EVIDENCE.name_of(evidence.kind)), ("what", evidence.what.clone())])
            })
            .collect();
        let papers =
            (!papers.is_empty()).then(|| t("交：{papers}", "hand in: {papers}").with(&[("papers", Text::join(&papers, "、", ", "))]));
        return Text::join(&papers.into_iter().chain(checks).collect::<Vec<_>>(), "；", "; ");
    }
    let mut kinds: Vec<Text> = Vec::new();
    for action in rungs.iter().filter_map(|rung| rung.action).filter_map(|action| in_tree.content.actions.get(action)) {
        let kind = action.proof_shown();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    Text::join(&kinds, "、", ", ")
}
