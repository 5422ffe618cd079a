//! What closes a gap: a ladder from 0 to 3, each rung closed by evidence the item asks for.

use crate::finding::Kind;
use crate::lint::{Rule, each, what};
use crate::text::t;
use crate::tree::Item;
use crate::tree::content::TOP;
use crate::tree::vocabulary::EVIDENCE;

pub const LADDER: Rule = Rule {
    kind: &Kind::error(
        "lint-actions",
        t("{id} 的措施{what}。", "The actions of {id} {what}."),
        t("从 0 到 3 首尾相接；等级题一档一条，是非题一条。", "They join from 0 to 3; a level has one a step, yes or no has one."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let mut at = 0;
            for action in &item.content.actions {
                if action.from != at {
                    return vec![what(t("在 {at} 处断开", "break off at {at}").with(&[("at", at.into())]))];
                }
                at = action.to;
            }
            let steps = rungs(item);
            let wrong = if at != TOP {
                Some(t("只到 {at}", "end at {at}").with(&[("at", at.into())]))
            } else {
                let stray = item.content.actions.iter().find(|action| !steps.contains(&action.to));
                match stray {
                    Some(action) => Some(
                        t("到 {to} 分，本题没有这一档", "lead to {to}, which is no step of the item").with(&[("to", action.to.into())]),
                    ),
                    None if item.scaled.name == "level" && item.content.actions.len() != steps.len() => {
                        Some(t("不是一档一条", "are not one a step"))
                    }
                    None => None,
                }
            };
            wrong.map(what).into_iter().collect()
        });
    },
};

/// The scores above 0, on 0 to 3, that the item's steps give; any where they are not countable, and on a range, which has steps on both sides.
fn rungs(item: &Item) -> Vec<usize> {
    let steps = item.scaled.scale.steps();
    if steps.is_empty() || item.scaled.name == "range" {
        return (1..=TOP).collect();
    }
    (1..=TOP).filter(|rung| steps.iter().any(|step| (step.worth.to_f64() * TOP as f64 - *rung as f64).abs() < 1e-9)).collect()
}

pub const CLOSING: Rule = Rule {
    kind: &Kind::error(
        "lint-closing",
        t("{id} 的措施{what}。", "An action of {id} {what}."),
        t(
            "责任部门是能办这件事的部门，办结凭本题要的佐证，天数大于 0。",
            "Its owner can do it, it closes with evidence the item asks for, and takes a day or more.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let asked = |kind: usize| item.content.evidence.iter().any(|one| one.kind == kind);
            let mut all = Vec::new();
            for action in &item.content.actions {
                if !asked(action.closes_with) {
                    let text = t("凭“{kind}”办结，佐证里没有", "closes with a kind of evidence the item does not ask for: {kind}");
                    all.push(what(text.with(&[("kind", EVIDENCE.name_of(action.closes_with))])));
                }
                if tree.departments.get(action.owner).is_some_and(|owner| owner.outsider) {
                    all.push(what(t("由外部单位负责", "is owned by an outsider")));
                }
                if action.days == 0 {
                    all.push(what(t("没有天数", "takes no days")));
                }
            }
            all
        });
    },
};
