//! What an item presupposes: a score above 0 here needs a score above 0 there. No plan, no drill score.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Kind};
use crate::node::{Fields, full};
use crate::place::Place;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

pub static REQUIRES: Kind = Kind::error(
    "tree-requires",
    t("{id} 的 requires 不成立：{what}。", "requires of {id} does not hold: {what}."),
    t(
        "requires 写别的题的题号：那些题得 0 分，这题就不该有分；不能绕成一圈。",
        "requires names ids of other items, without which this one cannot have a score; they never lead back to it.",
    ),
);
pub static KINDS: [&Kind; 1] = [&REQUIRES];

/// An item that another presupposes, and where that is written.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub id: String,
    pub place: Place,
}

/// Reads `requires: [eca-0001]`.
pub fn requires(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Vec<Requirement> {
    let nodes = fields.get("requires").and_then(|node| node.list("requires", findings)).unwrap_or_default();
    let one = |node: &crate::node::Node, findings: &mut Vec<Finding>| {
        Some(Requirement { id: node.text("requires", findings)?, place: node.place.clone() })
    };
    nodes.iter().filter_map(|node| one(node, findings)).collect()
}

/// Unknown ids (told only where all of the tree could be read), an item's own id, an id twice, circles.
pub(super) fn check(items: &[Item], complete: bool, findings: &mut Vec<Finding>) {
    let index: HashMap<&str, usize> = items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
    let before = findings.len();
    for item in items {
        let mut seen = HashSet::new();
        for one in &item.content.requires {
            if full(findings) {
                return;
            }
            let again = !seen.insert(one.id.as_str());
            let what = if one.id == item.id {
                Some(t("要求的是它自己", "it names itself"))
            } else if again {
                Some(t("“{other}”写了两次", "\"{other}\" stands twice").with(&[("other", one.id.clone().into())]))
            } else if complete && !index.contains_key(one.id.as_str()) {
                Some(t("树里没有题号“{other}”", "the tree has no item \"{other}\"").with(&[("other", one.id.clone().into())]))
            } else {
                None
            };
            findings.extend(what.map(|what| finding(item, what, &one.place)));
        }
    }
    if findings.len() == before {
        circles(items, &index, findings);
    }
}

fn finding(item: &Item, what: Text, place: &Place) -> Finding {
    REQUIRES.at(place.clone(), &[("id", item.id.clone().into()), ("what", what)])
}

/// One finding a circle, at the line that closes it in tree order. Walks with its own stack: a chain may be as long as the tree.
fn circles(items: &[Item], index: &HashMap<&str, usize>, findings: &mut Vec<Finding>) {
    let mut done = vec![false; items.len()];
    for start in 0..items.len() {
        // Each step: the item, and which of its requirements comes next.
        let mut path: Vec<(usize, usize)> = if done[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((at, next)) = path.last_mut() {
            let Some(one) = items[*at].content.requires.get(*next) else {
                done[*at] = true;
                path.pop();
                continue;
            };
            *next += 1;
            let (from, to) = (*at, index.get(one.id.as_str()).copied());
            let Some(to) = to.filter(|to| !done[*to]) else { continue };
            if let Some(first) = path.iter().position(|(item, _)| *item == to) {
                let mut round: Vec<Text> = path[first..].iter().map(|(item, _)| items[*item].id.clone().into()).collect();
                round.push(items[to].id.clone().into());
                let what =
                    t("绕成一圈（{round}）", "they lead round in a circle ({round})").with(&[("round", Text::join(&round, " → ", " → "))]);
                findings.push(finding(&items[from], what, &one.place));
            } else {
                path.push((to, 0));
            }
        }
    }
}

impl Tree {
    /// What each item presupposes; indices, in tree order.
    pub fn requirements(&self) -> Vec<Vec<usize>> {
        let index: HashMap<&str, usize> = self.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
        let of = |item: &Item| item.content.requires.iter().filter_map(|one| index.get(one.id.as_str()).copied()).collect();
        self.items.iter().map(of).collect()
    }
}
