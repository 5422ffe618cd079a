//! What is wrong with the content of a tree that is otherwise valid: `ecap tree check --strict`.
//!
//! One file a theme; [`RULES`] is the table of all rules. A new rule is a function and its line in the table.

mod actions;
mod anchors;
mod complete;
mod facets;
pub mod figures;
mod law;
mod levels;
mod repeats;
mod spread;
mod twins;
mod wording;

use serde_json::Value as Json;

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

pub use twins::Pair;

/// A rule: its kind of finding, and what finds it.
pub struct Rule {
    pub kind: &'static Kind,
    pub check: fn(&Tree, &mut Vec<Found>),
}

impl Rule {
    /// Its name in `lint_ok`.
    pub fn name(&self) -> &'static str {
        self.kind.code.trim_start_matches("lint-")
    }
}

/// A breach of a rule: by an item, or by the tree as a whole.
pub struct Found {
    pub item: Option<usize>,
    pub args: Vec<(&'static str, Text)>,
}

impl Found {
    pub fn item(item: usize, args: Vec<(&'static str, Text)>) -> Self {
        Found { item: Some(item), args }
    }

    pub fn tree(args: Vec<(&'static str, Text)>) -> Self {
        Found { item: None, args }
    }
}

/// All rules, in the order of `indicators/GUIDE.md`.
pub static RULES: [Rule; 27] = [
    complete::FACT,
    complete::TIME,
    wording::TWO_FACTS,
    wording::QUESTION,
    wording::ADJECTIVE,
    wording::ENGLISH,
    anchors::CLIMB,
    anchors::ADJECTIVE_STEP,
    twins::TWINS,
    complete::EVIDENCE,
    complete::SAMPLE,
    spread::ACTIVE,
    law::BASIS,
    law::QUOTE,
    law::FLOOR,
    law::PRACTICE,
    complete::LEAD,
    spread::LEAD,
    levels::LEVELS,
    facets::FACETS,
    facets::HAZARDS,
    complete::CORE,
    complete::TRAINING,
    actions::LADDER,
    actions::CLOSING,
    repeats::REPEATS,
    complete::REVISION,
];

/// How many exceptions a tree may make.
pub const MOST_EXCEPTIONS: usize = 15;

pub static EXCEPTION: Kind = Kind::error(
    "lint-exception",
    t("例外不成立：{what}。", "The exception does not hold: {what}."),
    t("lint_ok 一题一条，写明规则名和理由；全树最多 15 条。", "lint_ok names one rule and the reason, one an item; a tree has at most 15."),
);

/// An exception that was made, for the list.
#[derive(Debug)]
pub struct Excepted {
    pub id: String,
    pub rule: &'static str,
    pub reason: Text,
}

/// What a strict check found.
#[derive(Debug)]
pub struct Lint {
    pub findings: Vec<Finding>,
    pub exceptions: Vec<Excepted>,
    /// Pairs of items that are alike, below the mark of twins.
    pub near: Vec<Pair>,
}

/// The kinds of all rules.
pub fn kinds() -> Vec<&'static Kind> {
    RULES.iter().map(|rule| rule.kind).chain([&EXCEPTION]).collect()
}

/// Runs every rule over a valid tree.
pub fn lint(tree: &Tree) -> Lint {
    let mut findings = Vec::new();
    let mut exceptions = Vec::new();
    let mut excepted = vec![false; tree.items.len()];
    for rule in &RULES {
        let mut found = Vec::new();
        (rule.check)(tree, &mut found);
        for one in found {
            let item = one.item.map(|item| &tree.items[item]);
            if let (Some(index), Some(exception)) = (one.item, item.and_then(|item| item.content.lint_ok.as_ref()))
                && exception.rule == rule.name()
            {
                if !std::mem::replace(&mut excepted[index], true) {
                    let id = tree.items[index].id.clone();
                    exceptions.push(Excepted { id, rule: rule.name(), reason: exception.reason.clone() });
                }
                continue;
            }
            findings.push(rule.kind.at(item.map_or_else(Place::default, |item| item.place.clone()), &with_id(item, one.args)));
        }
    }
    exceptions_hold(tree, &excepted, &mut findings);
    findings.sort_by(|one, two| one.place.cmp(&two.place));
    Lint { findings, exceptions, near: twins::near(tree) }
}

fn with_id(item: Option<&Item>, mut args: Vec<(&'static str, Text)>) -> Vec<(&'static str, Text)> {
    args.extend(item.map(|item| ("id", item.id.clone().into())));
    args
}

/// An exception names a rule there is, and one that its item breaks; and there are not too many.
fn exceptions_hold(tree: &Tree, used: &[bool], findings: &mut Vec<Finding>) {
    let mut count = 0;
    for (item, used) in tree.items.iter().zip(used) {
        let Some(exception) = &item.content.lint_ok else { continue };
        count += 1;
        let what = if !RULES.iter().any(|rule| rule.name() == exception.rule) {
            t("{id} 写的规则“{rule}”不存在", "{id} names the rule \"{rule}\", which does not exist")
        } else if !used {
            t("{id} 没有违反“{rule}”，不需要例外", "{id} does not break \"{rule}\" and needs no exception")
        } else {
            continue;
        };
        let what = what.with(&[("id", item.id.clone().into()), ("rule", exception.rule.clone().into())]);
        findings.push(EXCEPTION.at(item.place.clone(), &[("what", what)]));
    }
    if count > MOST_EXCEPTIONS {
        let what = t("全树共 {count} 条，超过 {most} 条", "there are {count}, more than {most}")
            .with(&[("count", count.into()), ("most", MOST_EXCEPTIONS.into())]);
        findings.push(EXCEPTION.at(Place::default(), &[("what", what)]));
    }
}

/// Every text of an item, with the key under which it stands.
pub(crate) fn texts(item: &Item) -> Vec<(&'static str, Text)> {
    let mut all = vec![("question", item.question.clone())];
    all.extend(scale_texts(item).into_iter().map(|text| ("scale", text)));
    all.extend(item.na.iter().map(|text| ("na", text.clone())));
    let content = &item.content;
    all.extend(content.evidence.iter().map(|one| ("evidence", one.what.clone())));
    all.extend(content.sample.iter().map(|one| ("sample", one.of.clone())));
    all.extend(content.basis.iter().filter_map(|one| one.note.clone()).map(|note| ("basis", note)));
    all.extend(content.actions.iter().map(|one| ("actions", one.what.clone())));
    all
}

/// The texts of an item's scale, as it prints them: anchors, elements, numerator and denominator.
pub(crate) fn scale_texts(item: &Item) -> Vec<Text> {
    let mut all = Vec::new();
    collect(&item.scaled.json(), &mut all);
    all
}

fn collect(json: &Json, all: &mut Vec<Text>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect(item, all)),
        Json::Object(map) => {
            if let (Some(zh), Some(en)) = (map.get("zh").and_then(Json::as_str), map.get("en").and_then(Json::as_str)) {
                all.push(Text::new(zh, en));
            }
            map.values().for_each(|value| collect(value, all));
        }
        _ => {}
    }
}

/// The anchors of a level scale, worst first; empty for another scale.
pub(crate) fn anchors(item: &Item) -> Vec<Text> {
    let mut all = Vec::new();
    if let Some(anchors) = item.scaled.json().get("anchors") {
        collect(anchors, &mut all);
    }
    all
}

/// Runs a check on each item.
pub(crate) fn each(tree: &Tree, found: &mut Vec<Found>, check: impl Fn(&Item) -> Vec<Vec<(&'static str, Text)>>) {
    for (index, item) in tree.items.iter().enumerate() {
        found.extend(check(item).into_iter().map(|args| Found::item(index, args)));
    }
}

/// A finding whose only argument is what is wrong.
pub(crate) fn what(text: Text) -> Vec<(&'static str, Text)> {
    vec![("what", text)]
}
