//! Entries and scenarios from the lists of a bank's files, each list of one or the other or both.

use std::collections::{HashMap, HashSet};

use crate::bank::{Bank, Entry, Expected, Form, INJECTS, Scenario, WRONG};
use crate::finding::{Finding, Kind, Severity};
use crate::node::{Fields, Node, Value};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::tree::hazards;
use crate::tree::vocabulary::{FACETS, HAZARD};

pub static UNKNOWN_ITEM: Kind = Kind::new(
    "bank-unknown-item",
    Severity::Warning,
    t("指标树里没有题号“{id}”，这道题用不上。", "The tree has no item \"{id}\"; this question is not used."),
    t("请核对题号，或用 --tree 指明题库所配的那棵树。", "Check the id, or name the tree of this bank with --tree."),
);
pub static ITEM_TWICE: Kind = Kind::error(
    "bank-item-twice",
    t("题库里“{id}”写了两次。", "\"{id}\" stands twice in the bank."),
    t("每题只留一条。", "Keep one entry an item."),
);
pub static WRONG_COUNT: Kind = Kind::error(
    "bank-wrong-count",
    t("“{id}”有 {count} 个错误选项，应为 3 个。", "\"{id}\" has {count} wrong answers; it takes 3."),
    t("请补足或删去，常见的错法写在第一个。", "Add or delete some; the common mistake stands first."),
);
pub static CHOICE_TWICE: Kind = Kind::error(
    "bank-choice-twice",
    t("“{id}”有两个选项相同：{choice}。", "Two choices of \"{id}\" are the same: {choice}"),
    t("四个选项要各不相同。", "The four choices must differ."),
);
pub static STEM_TWICE: Kind = Kind::error(
    "bank-stem-twice",
    t("“{id}”和“{other}”的题干相同。", "\"{id}\" and \"{other}\" have the same stem."),
    t("请改写其中一道。", "Rewrite one of them."),
);
pub static BAD_HAZARD: Kind = Kind::error(
    "bank-hazard",
    t("没有“{hazard}”这个灾种。", "There is no hazard \"{hazard}\"."),
    t("可用：{known}。", "There are: {known}."),
);
pub static SCENARIO_TWICE: Kind = Kind::error(
    "bank-scenario-twice",
    t("“{hazard}”有两个情景。", "There are two scenarios of \"{hazard}\"."),
    t("每个灾种只留一个。", "Keep one a hazard."),
);
pub static INJECT_COUNT: Kind = Kind::error(
    "bank-inject-count",
    t("“{hazard}”的情景有 {count} 条注入，应为 4 条。", "The scenario of \"{hazard}\" has {count} injects; it takes 4."),
    t("依次写预警、第一小时、事态扩大、善后。", "Write warning, first hour, widening, aftermath."),
);
pub static BAD_FORM: Kind =
    Kind::error("bank-form", t("没有“{form}”这种培训形式。", "There is no form \"{form}\"."), t("可用：{known}。", "There are: {known}."));
pub static ACTION_INJECT: Kind = Kind::error(
    "bank-action-inject",
    t("应有动作回应的注入写成了 {inject}，应为 1 至 4。", "An expected action answers inject {inject}; there are 1 to 4."),
    t("1 是预警，2 是第一小时，3 是事态扩大，4 是善后。", "1 is the warning, 2 the first hour, 3 the widening, 4 the aftermath."),
);
pub static ACTION_UNKNOWN: Kind = Kind::new(
    "bank-action-unknown",
    Severity::Warning,
    t("指标树里没有“{id}”这个{what}，这一条应有动作用不上。", "The tree has no {what} \"{id}\"; this expected action is not used."),
    t("请核对，或用 --tree 指明题库所配的那棵树。", "Check it, or name the tree of this bank with --tree."),
);
pub static KINDS: [&Kind; 11] = [
    &UNKNOWN_ITEM,
    &ITEM_TWICE,
    &WRONG_COUNT,
    &CHOICE_TWICE,
    &STEM_TWICE,
    &BAD_HAZARD,
    &SCENARIO_TWICE,
    &INJECT_COUNT,
    &BAD_FORM,
    &ACTION_INJECT,
    &ACTION_UNKNOWN,
];

/// Adds what a file's list holds.
pub fn list(node: &Node, bank: &mut Bank, tree: Option<&Tree>, findings: &mut Vec<Finding>) {
    let mut known = Known::default();
    bank.entries.iter().enumerate().for_each(|(index, entry)| known.note(index, entry));
    let items: HashSet<&str> = tree.iter().flat_map(|tree| &tree.items).map(|item| item.id.as_str()).collect();
    for node in node.list("bank", findings).unwrap_or_default() {
        if is_scenario(node) {
            bank.scenarios.extend(scenario(node, bank, tree, findings));
        } else if let Some(entry) = entry(node, bank, &known, tree.map(|_| &items), findings) {
            known.note(bank.entries.len(), &entry);
            bank.entries.push(entry);
        }
    }
}

/// What the entries so far are called and ask; each stem with the first entry that asks it.
#[derive(Default)]
struct Known {
    ids: HashSet<String>,
    zh: HashMap<String, usize>,
    en: HashMap<String, usize>,
}

impl Known {
    fn note(&mut self, index: usize, entry: &Entry) {
        self.ids.insert(entry.id.clone());
        self.zh.entry(entry.stem.zh.trim().to_string()).or_insert(index);
        self.en.entry(entry.stem.en.trim().to_string()).or_insert(index);
    }

    /// The first entry with the same stem in either language.
    fn with_stem(&self, stem: &Text) -> Option<usize> {
        [self.zh.get(stem.zh.trim()), self.en.get(stem.en.trim())].into_iter().flatten().min().copied()
    }
}

fn is_scenario(node: &Node) -> bool {
    matches!(&node.value, Value::Map(entries) if entries.iter().any(|(key, _)| key.name == "hazard"))
}

fn entry(node: &Node, bank: &Bank, known: &Known, items: Option<&HashSet<&str>>, findings: &mut Vec<Finding>) -> Option<Entry> {
    let mut fields = Fields::of(node, "bank", findings)?;
    let id = fields.need("id", "id: eca-0001", findings).and_then(|node| node.text("id", findings));
    let mut pair = |key: &'static str, findings: &mut Vec<Finding>| {
        fields.need(key, "{zh: …, en: …}", findings).and_then(|node| node.pair(key, findings))
    };
    let (objective, point) = (pair("objective", findings), pair("point", findings));
    let (stem, right) = (pair("stem", findings), pair("right", findings));
    let wrong = fields.need("wrong", "wrong: [{zh: …, en: …}, …]", findings).and_then(|node| node.list("wrong", findings));
    let form = fields.get("form").and_then(|node| form(node, findings));
    fields.done(findings);
    let (id, wrong) = (id?, wrong?);
    if known.ids.contains(&id) {
        findings.push(ITEM_TWICE.at(node.place.clone(), &[("id", id.into())]));
        return None;
    }
    if items.is_some_and(|items| !items.contains(id.as_str())) {
        findings.push(UNKNOWN_ITEM.at(node.place.clone(), &[("id", id.into())]));
        return None;
    }
    let count = wrong.len();
    let texts: Vec<Text> = wrong.iter().filter_map(|node| node.pair("wrong", findings)).collect();
    let (objective, point, stem, right) = (objective?, point?, stem?, right?);
    if count != WRONG {
        findings.push(WRONG_COUNT.at(node.place.clone(), &[("id", id.into()), ("count", count.into())]));
        return None;
    }
    let wrong: [Text; WRONG] = texts.try_into().ok()?;
    let choices: Vec<&Text> = std::iter::once(&right).chain(&wrong).collect();
    if let Some(choice) = repeated(&choices) {
        findings.push(CHOICE_TWICE.at(node.place.clone(), &[("id", id.into()), ("choice", choice.clone())]));
        return None;
    }
    if let Some(other) = known.with_stem(&stem).and_then(|index| bank.entries.get(index)) {
        findings.push(STEM_TWICE.at(node.place.clone(), &[("id", id.into()), ("other", other.id.clone().into())]));
        return None;
    }
    Some(Entry { id, objective, form, point, stem, right, wrong })
}

fn form(node: &Node, findings: &mut Vec<Finding>) -> Option<Form> {
    let word = node.text("form", findings)?;
    let form = Form::named(&word);
    if form.is_none() {
        let known: Vec<Text> = Form::ALL.iter().map(|(_, word)| Text::same(*word)).collect();
        findings.push(BAD_FORM.at(node.place.clone(), &[("form", word.into()), ("known", Text::join(&known, "、", ", "))]));
    }
    form
}

fn expected(node: &Node, tree: Option<&Tree>, findings: &mut Vec<Finding>) -> Option<Expected> {
    let mut fields = Fields::of(node, "bank", findings)?;
    let inject = fields.need("inject", "inject: 1", findings).and_then(|node| node.whole("inject", findings));
    let topic = fields.need("topic", "topic: TR09", findings).and_then(|node| node.text("topic", findings));
    let audience = fields.need("audience", "audience: duty-officers", findings).and_then(|node| node.text("audience", findings));
    let minutes = fields.need("minutes", "minutes: 10", findings).and_then(|node| node.whole("minutes", findings));
    let what = fields.need("what", "what: {zh: …, en: …}", findings).and_then(|node| node.pair("what", findings));
    fields.done(findings);
    let (inject, topic, audience, minutes, what) = (inject?, topic?, audience?, minutes?, what?);
    if !(1..=INJECTS).contains(&inject) {
        findings.push(ACTION_INJECT.at(node.place.clone(), &[("inject", inject.into())]));
        return None;
    }
    if let Some(tree) = tree {
        let unknown = if tree.topics.iter().all(|known| known.id != topic) {
            Some((t("主题", "topic"), topic.clone()))
        } else if tree.audiences.iter().all(|known| known.id != audience) {
            Some((t("培训对象", "audience"), audience.clone()))
        } else {
            None
        };
        if let Some((what, id)) = unknown {
            findings.push(ACTION_UNKNOWN.at(node.place.clone(), &[("what", what), ("id", id.into())]));
            return None;
        }
    }
    Some(Expected { inject: inject - 1, topic, audience, minutes, what })
}

fn same(one: &Text, other: &Text) -> bool {
    one.zh.trim() == other.zh.trim() || one.en.trim() == other.en.trim()
}

fn repeated<'a>(choices: &[&'a Text]) -> Option<&'a Text> {
    (1..choices.len()).find(|at| choices[..*at].iter().any(|other| same(other, choices[*at]))).map(|at| choices[at])
}

fn scenario(node: &Node, bank: &Bank, tree: Option<&Tree>, findings: &mut Vec<Finding>) -> Option<Scenario> {
    let mut fields = Fields::of(node, "bank", findings)?;
    let hazard = fields.need("hazard", "hazard: 台风", findings);
    let mut pair = |key: &'static str, findings: &mut Vec<Finding>| {
        fields.need(key, "{zh: …, en: …}", findings).and_then(|node| node.pair(key, findings))
    };
    let (title, setting) = (pair("title", findings), pair("setting", findings));
    let injects = fields.need("injects", "injects: [{zh: …, en: …}, …]", findings).and_then(|node| node.list("injects", findings));
    let actions = fields.get("actions").and_then(|node| node.list("actions", findings)).unwrap_or_default();
    fields.done(findings);
    let (hazard_node, injects) = (hazard?, injects?);
    let word = hazard_node.text("hazard", findings)?;
    let words = &FACETS[HAZARD].vocabulary;
    let Some(hazard) = words.index(&word).filter(|index| hazards::kinds().contains(index)) else {
        let known: Vec<Text> = hazards::kinds().into_iter().map(|kind| Text::same(words.words[kind].word)).collect();
        findings.push(BAD_HAZARD.at(hazard_node.place.clone(), &[("hazard", word.into()), ("known", Text::join(&known, "、", ", "))]));
        return None;
    };
    if bank.scenario(hazard).is_some() {
        findings.push(SCENARIO_TWICE.at(node.place.clone(), &[("hazard", word.into())]));
        return None;
    }
    let count = injects.len();
    let texts: Vec<Text> = injects.iter().filter_map(|node| node.pair("injects", findings)).collect();
    if count != INJECTS {
        findings.push(INJECT_COUNT.at(node.place.clone(), &[("hazard", word.into()), ("count", count.into())]));
        return None;
    }
    let mut actions: Vec<Expected> = actions.iter().filter_map(|node| expected(node, tree, findings)).collect();
    actions.sort_by_key(|action| action.inject);
    Some(Scenario { hazard, title: title?, setting: setting?, injects: texts.try_into().ok()?, actions })
}
