//! What a complete item has.

use std::collections::HashMap;

use crate::finding::Kind;
use crate::lint::{Found, Rule, each, what};
use crate::text::t;
use crate::tree::Criticality;
use crate::tree::content::Time;
use crate::tree::vocabulary::{CHANGES, EVIDENCE as VOCABULARY, Proof, needs_sample, proof};

pub const FACT: Rule = Rule {
    kind: &Kind::error(
        "lint-fact",
        t("{id} 的 fact {what}。", "The `fact` of {id} {what}."),
        t(
            "用英文小写和连字符给所问的一件事起名，全树唯一。",
            "Name the one fact asked in lower-case English with hyphens, once in the tree.",
        ),
    ),
    check: |tree, found| {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for (index, item) in tree.items.iter().enumerate() {
            let what = match item.content.fact.as_deref() {
                None => t("没有写", "is missing"),
                Some(fact) if !fact.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-') => {
                    t("不是小写英文和连字符", "is not lower-case English with hyphens")
                }
                Some(fact) => match seen.insert(fact, &item.id) {
                    Some(other) => t("与 {other} 相同", "is that of {other}").with(&[("other", other.into())]),
                    None => continue,
                },
            };
            found.push(Found::item(index, vec![("what", what)]));
        }
    },
};

pub const TIME: Rule = Rule {
    kind: &Kind::error(
        "lint-time",
        t("{id} 的时间{what}。", "The time of {id} {what}."),
        t(
            "问现状写 as_of，问发生过的写 period，月数与题目一致。",
            "as_of for a state, period for what happened, with the months of the question.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let question = &item.question.zh;
            let wrong = match item.content.time {
                None => Some(t("没有写", "is missing")),
                Some(Time::AsOf) if question.contains("评估期内") => {
                    Some(t("写的是基准日，题目问的是评估期", "is the reference date, and the question asks of the period"))
                }
                Some(Time::Period { months }) => match months_in(question) {
                    Some(asked) if asked != months => Some(
                        t("写的是 {months} 个月，题目是 {asked} 个月", "is {months} months, and the question says {asked}")
                            .with(&[("months", months.into()), ("asked", asked.into())]),
                    ),
                    _ => None,
                },
                _ => None,
            };
            wrong.map(what).into_iter().collect()
        });
    },
};

/// `近36个月` is 36.
fn months_in(question: &str) -> Option<usize> {
    let (_, rest) = question.split_once('近')?;
    let (digits, _) = rest.split_once("个月")?;
    digits.parse().ok()
}

pub const EVIDENCE: Rule = Rule {
    kind: &Kind::error(
        "lint-evidence",
        t("{id} 没有书面佐证。", "{id} has no documentary evidence."),
        t(
            "写出能证明这件事的文件、台账、单据、图件、数据或影像。",
            "Name the document, register, voucher, map, data or picture that proves it.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let documented = item.content.evidence.iter().any(|one| proof(one.kind) == Proof::Documentary);
            if documented { Vec::new() } else { vec![Vec::new()] }
        });
    },
};

pub const SAMPLE: Rule = Rule {
    kind: &Kind::error(
        "lint-sample",
        t("{id} {what}。", "{id} {what}."),
        t("写 sample：抽什么、多少以内全查、超过的抽多少。", "Write a sample: of what, all up to how many, beyond it how many are drawn."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let content = &item.content;
            let wrong = match &content.sample {
                None if item.scaled.name == "rate" => Some(t("问比率，没有写抽样", "asks a rate and states no sample")),
                None => content.evidence.iter().find(|one| needs_sample(one.kind)).map(|one| {
                    t("要{check}，没有写抽样", "needs a sample for its check: {check}").with(&[("check", VOCABULARY.name_of(one.kind))])
                }),
                Some(sample) if sample.draw == 0 || sample.all_up_to.is_some_and(|all| all < sample.draw) => {
                    Some(t("的抽样数不成立", "states a sample that cannot be drawn"))
                }
                Some(_) => None,
            };
            wrong.map(what).into_iter().collect()
        });
    },
};

pub const LEAD: Rule = Rule {
    kind: &Kind::error(
        "lint-lead",
        t("{id} {what}。", "{id} {what}."),
        t("牵头的是掌握事实的部门，会核的是另一个部门。", "The lead holds the fact; whoever confirms it is another."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let wrong = match item.lead {
                None => Some(t("没有牵头部门", "has no lead")),
                Some(lead) if item.confirm.contains(&lead) => Some(t("的牵头部门又是会核部门", "is confirmed by its own lead")),
                Some(_) => None,
            };
            wrong.map(what).into_iter().collect()
        });
    },
};

pub const CORE: Rule = Rule {
    kind: &Kind::error(
        "lint-core",
        t("{code} {what}。", "{code} {what}."),
        t("每个最下层分组一道核心题，有否决项的就是否决项。", "Each lowest group has one core item, its veto item where it has one."),
    ),
    check: |tree, found| {
        for (index, group) in tree.groups.iter().enumerate() {
            let items: Vec<_> = tree.items.iter().filter(|item| item.parent == Some(index)).collect();
            if items.is_empty() {
                continue;
            }
            let core: Vec<_> = items.iter().filter(|item| item.content.core).collect();
            let has_veto = items.iter().any(|item| item.criticality == Criticality::Veto);
            let wrong = if core.len() != 1 {
                t("有 {count} 道核心题", "has {count} core items").with(&[("count", core.len().into())])
            } else if has_veto && core[0].criticality != Criticality::Veto {
                t("的核心题不是它的否决项", "has a veto item that is not its core item")
            } else {
                continue;
            };
            found.push(Found::tree(vec![("code", group.code.clone().into()), ("what", wrong)]));
        }
    },
};

pub const TRAINING: Rule = Rule {
    kind: &Kind::error(
        "lint-training",
        t("{id} 没有培训主题。", "{id} names no training."),
        t("写 training：主题和对象。", "Write training: topic and audience."),
    ),
    check: |tree, found| {
        each(tree, found, |item| if item.content.training.is_empty() { vec![Vec::new()] } else { Vec::new() });
    },
};

pub const REVISION: Rule = Rule {
    kind: &Kind::error(
        "lint-revision",
        t("{id} {what}。", "{id} {what}."),
        t(
            "rev 大于 1 要写 change；含义变了的用新题号，旧号停用。",
            "A rev above 1 states its change; a new meaning takes a new id, and the old one is retired.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let content = &item.content;
            let changed = content.change.and_then(|change| CHANGES.words.get(change)).map(|word| word.word);
            let mut all = Vec::new();
            if item.rev > 1 && changed.is_none() {
                all.push(what(t("的 rev 大于 1，没有写改了什么", "has a rev above 1 and does not say what changed")));
            }
            if changed == Some("meaning") {
                all.push(what(t("改了含义，却没有换题号", "changed its meaning and kept its id")));
            }
            if content.variant_of.as_ref().is_some_and(|id| !tree.items.iter().any(|other| other.id == *id)) {
                all.push(what(t("的 variant_of 不是树中的题", "is a variant of no item of the tree")));
            }
            all
        });
    },
};
