//! Which levels of administration can answer an item.

use crate::finding::Kind;
use crate::lint::{Rule, each, what};
use crate::text::t;
use crate::tree::vocabulary::LEVELS as VOCABULARY;

/// Words in a question that a level cannot answer: what stands above it, or a set of which it is one.
static CANNOT: [(&str, &[&str]); 3] = [
    ("区县", &["地方性法规", "通信管理局"]),
    ("乡镇街道", &["区级", "县级", "区县级", "各乡镇", "乡镇（街道）中", "人大常委会", "本级财政"]),
    ("社区村", &["区级", "县级", "区县级", "各乡镇", "乡镇（街道）中", "各村", "村（社区）中", "本级政府", "人大常委会", "本级预算"]),
];

pub const LEVELS: Rule = Rule {
    kind: &Kind::error(
        "lint-levels",
        t("{id} {what}。", "{id} {what}."),
        t(
            "levels 只列能就自己作答的层级；问法不同的另立一题，用 variant_of 相连。",
            "List only levels that can answer about themselves; another wording is another item, joined by variant_of.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let levels = &item.content.levels;
            if levels.is_empty() {
                return vec![what(t("没有写层级", "states no levels"))];
            }
            let word = |index: usize| VOCABULARY.words.get(index).map_or("", |word| word.word);
            let cannot = |level: usize| {
                let words = CANNOT.iter().find(|(name, _)| *name == word(level)).map_or(&[][..], |(_, words)| *words);
                let word = words.iter().find(|word| item.question.zh.contains(**word))?;
                Some(what(
                    t("问的是“{word}”，{level}答不了", "asks of \"{word}\", which {level} cannot answer")
                        .with(&[("word", (*word).into()), ("level", VOCABULARY.name_of(level))]),
                ))
            };
            levels.iter().filter_map(|level| cannot(*level)).collect()
        });
    },
};
