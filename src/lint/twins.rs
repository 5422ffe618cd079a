//! Two items that ask the same: Jaccard similarity of character triples (Broder 1997, shingles) over question and scale texts.

use std::collections::BTreeSet;

use crate::finding::Kind;
use crate::lint::{Found, Rule, scale_texts};
use crate::number::fixed;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

/// From here on two items are twins, an error.
pub const TWIN: f64 = 0.50;
/// From here on they are listed.
pub const NEAR: f64 = 0.33;
/// Characters in a shingle.
const SHINGLE: usize = 3;

/// What many questions begin with says nothing of what they ask.
const FRAMES: [&str; 8] = ["截至评估基准日", "评估期内", "近36个月内", "近24个月内", "近12个月内", "最近一次", "占多少", "（无则用演练）"];

/// Two items that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Indices into the tree's items.
    pub one: usize,
    pub two: usize,
    /// 0 to 1.
    pub similarity: f64,
}

pub const TWINS: Rule = Rule {
    kind: &Kind::error(
        "lint-twins",
        t("{id} 与 {other} 问的像是同一件事（相似度 {similarity}）。", "{id} and {other} seem to ask the same (similarity {similarity})."),
        t("改问另一件事，或删去一题。", "Ask another fact, or delete one."),
    ),
    check: |tree, found| {
        for pair in pairs(tree, TWIN) {
            let args = vec![("other", Text::same(tree.items[pair.one].id.clone())), ("similarity", fixed(pair.similarity, 2).into())];
            found.push(Found::item(pair.two, args));
        }
    },
};

/// Pairs below the mark of twins, the most alike first.
pub fn near(tree: &Tree) -> Vec<Pair> {
    let mut near: Vec<Pair> = pairs(tree, NEAR).into_iter().filter(|pair| pair.similarity < TWIN).collect();
    near.sort_by(|one, two| two.similarity.total_cmp(&one.similarity));
    near
}

fn pairs(tree: &Tree, from: f64) -> Vec<Pair> {
    let shingles: Vec<BTreeSet<String>> = tree.items.iter().map(shingles).collect();
    let mut pairs = Vec::new();
    for (one, mine) in shingles.iter().enumerate() {
        for (two, theirs) in shingles.iter().enumerate().skip(one + 1) {
            // The smaller over the larger bounds the similarity from above.
            let (small, large) = (mine.len().min(theirs.len()), mine.len().max(theirs.len()));
            if large == 0 || (small as f64) < from * large as f64 {
                continue;
            }
            let both = mine.intersection(theirs).count();
            let similarity = both as f64 / (mine.len() + theirs.len() - both) as f64;
            if similarity >= from {
                pairs.push(Pair { one, two, similarity });
            }
        }
    }
    pairs
}

fn shingles(item: &Item) -> BTreeSet<String> {
    let texts = [vec![item.question.clone()], scale_texts(item)].concat();
    let mut all = BTreeSet::new();
    for text in texts {
        let plain = FRAMES.iter().fold(text.zh.to_string(), |text, frame| text.replace(frame, "，"));
        let characters: Vec<char> = plain.chars().filter(|one| one.is_alphanumeric()).collect();
        all.extend(characters.windows(SHINGLE).map(|window| window.iter().collect::<String>()));
    }
    all
}
