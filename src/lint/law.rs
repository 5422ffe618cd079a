//! What an item rests on.

use crate::finding::Kind;
use crate::lint::{Found, Rule, each, what};
use crate::number::fixed;
use crate::scale::Step;
use crate::text::{Text, t};
use crate::tree::Item;
use crate::tree::content::TOP;
use crate::tree::vocabulary::STATUSES;

/// Characters a quotation may have.
const LONGEST_QUOTE: usize = 30;
/// Largest part of the items that may rest on practice alone.
const MOST_PRACTICE: f64 = 0.40;

/// Does the item rest on the project's own practice alone?
pub(super) fn practice_only(item: &Item) -> bool {
    !item.content.basis.is_empty() && item.content.basis.iter().all(|one| one.law.is_none())
}

pub const BASIS: Rule = Rule {
    kind: &Kind::error(
        "lint-basis",
        t("{id} {what}。", "{id} {what}."),
        t(
            "引法写到条；写不出条的写明原因；本项目自定的写 practice 和理由。",
            "Cite the article, or say why there is none; what is ours is practice, with its reason.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let basis = &item.content.basis;
            let mut all = Vec::new();
            if basis.is_empty() {
                all.push(what(t("没有依据", "rests on nothing")));
            }
            for one in basis {
                if one.law.is_none() && one.note.is_none() {
                    all.push(what(t("的自定依据没有写理由", "rests on practice without a reason")));
                } else if one.law.is_some() && one.article.is_none() && one.note.is_none() {
                    all.push(what(t("引了法，没有条号，也没有原因", "cites a law without an article or a reason")));
                }
            }
            all
        });
    },
};

pub const QUOTE: Rule = Rule {
    kind: &Kind::error(
        "lint-quote",
        t("{id} 的引文“{quote}”{what}。", "The quotation of {id}, \"{quote}\", {what}."),
        t(
            "引文照录原文，不超过 30 个字，只跟 verified 用。",
            "A quotation is verbatim, at most 30 characters, and stands with verified only.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let wrong = |quote: &str, status: &str| {
                let length = quote.chars().count();
                if length > LONGEST_QUOTE {
                    Some(t("有 {length} 个字", "has {length} characters").with(&[("length", length.into())]))
                } else if status != "verified" {
                    Some(t("没有标为已核对", "is not marked verified"))
                } else {
                    None
                }
            };
            let status = |index: usize| STATUSES.words.get(index).map_or("", |word| word.word);
            item.content
                .basis
                .iter()
                .filter_map(|one| {
                    let quote = one.quote.as_deref()?;
                    Some(vec![("quote", Text::same(quote)), ("what", wrong(quote, status(one.status))?)])
                })
                .collect()
        });
    },
};

pub const FLOOR: Rule = Rule {
    kind: &Kind::error(
        "lint-legal-floor",
        t("{id} 的 legal_floor {what}。", "The `legal_floor` of {id} {what}."),
        t("它是法律要求的那一档，须是本题能得到的分。", "It is the step the law asks for, and one that the item can reach."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let Some(floor) = item.content.legal_floor else { return Vec::new() };
            let steps = item.scaled.scale.steps();
            let wrong = if practice_only(item) {
                Some(t("没有法律依据", "rests on no law"))
            } else if !steps.is_empty() && !steps.iter().any(|step| is_step(step, floor)) {
                Some(t("不是本题的一档", "is no step of its scale"))
            } else {
                None
            };
            wrong.map(what).into_iter().collect()
        });
    },
};

fn is_step(step: &Step, floor: usize) -> bool {
    (step.worth.to_f64() * TOP as f64 - floor as f64).abs() < 1e-9
}

pub const PRACTICE: Rule = Rule {
    kind: &Kind::error(
        "lint-practice",
        t("{part} 的题只凭本项目自定，超过 {most}。", "{part} of the items rest on practice alone, more than {most}."),
        t("给能找到条文的题补上依据。", "Cite the law where there is one."),
    ),
    check: |tree, found| {
        let alone = tree.items.iter().filter(|item| practice_only(item)).count();
        let part = alone as f64 / tree.items.len().max(1) as f64;
        if part > MOST_PRACTICE {
            found.push(Found::tree(vec![("part", percent(part)), ("most", percent(MOST_PRACTICE))]));
        }
    },
};

/// `0.4` is `40%`.
pub(super) fn percent(part: f64) -> Text {
    let number = fixed(100.0 * part, 0);
    Text::new(format!("{number}%"), format!("{number}%"))
}
