//! Sentences that stand in many items say little of any of them.

use indexmap::IndexMap;

use crate::finding::Kind;
use crate::lint::{Found, Rule};
use crate::text::{Text, t};

/// Items in which one sentence may stand.
const MOST: usize = 6;

pub const REPEATS: Rule = Rule {
    kind: &Kind::error(
        "lint-repeats",
        t("同一句{what}出现在 {count} 题里：{text}（{items}）。", "The same {what} stands in {count} items: {text} ({items})."),
        t("按各题自己的事实来写。", "Write each for its own fact."),
    ),
    check: |tree, found| {
        let mut sentences: IndexMap<(Text, &str), Vec<&str>> = IndexMap::new();
        for item in &tree.items {
            let content = &item.content;
            let own = (content.evidence.iter().map(|one| (t("佐证", "evidence"), &one.what)))
                .chain(content.actions.iter().map(|one| (t("措施", "action"), &one.what)))
                .chain(item.na.iter().map(|condition| (t("不适用条件", "condition for N/A"), condition)));
            for (what, text) in own {
                let ids = sentences.entry((what, text.zh.as_ref())).or_default();
                if ids.last() != Some(&item.id.as_str()) {
                    ids.push(&item.id);
                }
            }
        }
        for ((what, text), ids) in sentences.into_iter().filter(|(_, ids)| ids.len() > MOST) {
            let items: Vec<Text> = ids.iter().map(|id| Text::same(*id)).collect();
            let args =
                vec![("what", what), ("count", ids.len().into()), ("text", Text::same(text)), ("items", Text::join(&items, "、", ", "))];
            found.push(Found::tree(args));
        }
    },
};
