//! Facets: all there, and not all the same.

use crate::finding::Kind;
use crate::lint::{Found, Rule, each, what};
use crate::text::t;
use crate::tree::Item;
use crate::tree::vocabulary::{ALL_HAZARDS, FACETS as ALL, HAZARD, HAZARD_CLASSES, class_of};

use super::law::percent;

/// Largest part of the items that may serve all hazards.
const MOST_GENERAL: f64 = 0.60;
/// Items that each kind of hazard has at least.
const FEWEST_OF_A_KIND: usize = 6;

pub const FACETS: Rule = Rule {
    kind: &Kind::error(
        "lint-facets",
        t("{id} 的 facets {what}。", "The facets of {id}: {what}."),
        t("六个切面都要写；灾种写到种，“通用”单独用。", "All six are stated; hazards by kind, and the word for all hazards alone."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let mut all = Vec::new();
            for (facet, words) in ALL.iter().zip(&item.content.facets) {
                if words.is_empty() {
                    all.push(what(t("缺{name}", "{name} is missing").with(&[("name", facet.vocabulary.name.clone())])));
                }
            }
            let hazards = hazards(item);
            if hazards.len() > 1 && hazards.contains(&ALL_HAZARDS) {
                all.push(what(t("的“通用”又带了别的灾种", "the word for all hazards stands beside others")));
            }
            if hazards.iter().any(|kind| class_of(kind).is_some_and(|class| hazards.contains(&class))) {
                all.push(what(t("既写了大类又写了其中的一种", "a class stands beside one of its kinds")));
            }
            all
        });
    },
};

pub const HAZARDS: Rule = Rule {
    kind: &Kind::error(
        "lint-hazards",
        t("灾种分布：{what}。", "Hazards: {what}."),
        t("只服务一部分灾种的题写明是哪些。", "An item that serves some hazards says which."),
    ),
    check: |tree, found| {
        let general = tree.items.iter().filter(|item| hazards(item).contains(&ALL_HAZARDS)).count();
        let part = general as f64 / tree.items.len().max(1) as f64;
        if part > MOST_GENERAL {
            let text = t("{part} 的题写通用，超过 {most}", "{part} of the items serve all, more than {most}");
            found.push(Found::tree(what(text.with(&[("part", percent(part)), ("most", percent(MOST_GENERAL))]))));
        }
        for kind in HAZARD_CLASSES.iter().flat_map(|(_, kinds)| *kinds) {
            let count = tree.items.iter().filter(|item| hazards(item).contains(kind)).count();
            if count < FEWEST_OF_A_KIND {
                let name = ALL[HAZARD].vocabulary.index(kind).map(|index| ALL[HAZARD].vocabulary.name_of(index)).unwrap_or_default();
                let text = t("{name}只有 {count} 题，至少要 {fewest} 题", "{name} has {count} items, at least {fewest} are wanted");
                let args = [("name", name), ("count", count.into()), ("fewest", FEWEST_OF_A_KIND.into())];
                found.push(Found::tree(what(text.with(&args))));
            }
        }
    },
};

fn hazards(item: &Item) -> Vec<&'static str> {
    item.content.facets[HAZARD].iter().filter_map(|index| ALL[HAZARD].vocabulary.words.get(*index)).map(|word| word.word).collect()
}
