//! What an item carries besides its score: its time, levels, facets, proof, law, training, and what closes a gap.
//!
//! All of it is optional in a tree; `ecap tree check --strict` says what a complete item has.

use serde_json::{Map, Value as Json, json};

use crate::finding::{Finding, Kind};
use crate::node::{Fields, Node};
use crate::text::{Text, t};
use crate::tree::construct::choice;
use crate::tree::requires::{Requirement, requires};
use crate::tree::vocabulary::{ACTIONS, CHANGES, EVIDENCE, FACETS, LEVELS, STATUSES, Vocabulary};
use crate::tree::{Department, Tree};

/// The best score of an item on the scale on which legal floors and actions are written: 0 to 3.
pub const TOP: usize = 3;

pub static UNDECLARED: Kind = Kind::error(
    "tree-undeclared",
    t("{list} 里没有“{id}”。", "There is no \"{id}\" under {list}."),
    t("请用已列的，或在树文件中加上它。", "Use one that is listed, or add it to the tree file."),
);
pub static FLOOR: Kind = Kind::error(
    "tree-legal-floor",
    t("legal_floor 应为 1、2 或 3。", "legal_floor is 1, 2 or 3."),
    t(
        "它是 0 到 3 分中法律要求的那一档；没有法律要求的不写。",
        "It names the step, on 0 to 3, that the law asks for; leave it out where no law does.",
    ),
);
pub static STEP: Kind = Kind::error(
    "tree-action-step",
    t("措施不能从 {from} 到 {to}。", "An action cannot lead from {from} to {to}."),
    t("from 小于 to，都在 0 到 3 之间。", "from is below to, both from 0 to 3."),
);
pub static CITATION: Kind = Kind::error(
    "tree-citation",
    t("这条依据不成立：{what}。", "This citation does not hold: {what}."),
    t(
        "verified 要有 law、article、quote；unverified 要有 law；practice 只写 note。",
        "verified needs law, article and quote; unverified needs law; practice has a note only.",
    ),
);
pub static MONTHS: Kind = Kind::error(
    "tree-months",
    t("months 只能与 time: period 同用，且不小于 1。", "months stands with time: period only, and is 1 or more."),
    t("请改 time 或删去 months。", "Change time or delete months."),
);
pub static KINDS: [&Kind; 5] = [&UNDECLARED, &FLOOR, &STEP, &CITATION, &MONTHS];

/// Something declared once in the tree file and named by its id.
#[derive(Clone, Debug)]
pub struct Named {
    pub id: String,
    pub name: Text,
}

/// A law or document, and where its text was read.
#[derive(Clone, Debug)]
pub struct Law {
    pub id: String,
    pub name: Text,
    pub source: Option<String>,
    /// When the text was read: `2026-11-22`.
    pub read: Option<String>,
}

/// Which time an item asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// The state at the reference date.
    AsOf,
    /// What happened in so many months up to it.
    Period { months: usize },
}

#[derive(Clone, Debug)]
pub struct Evidence {
    /// Position in [`EVIDENCE`].
    pub kind: usize,
    pub what: Text,
}

/// What is drawn for a check, and how many.
#[derive(Clone, Debug)]
pub struct Sample {
    pub of: Text,
    /// Up to so many all are checked.
    pub all_up_to: Option<usize>,
    pub draw: usize,
}

#[derive(Clone, Debug)]
pub struct Citation {
    /// Index into the tree's laws; none for the project's own practice.
    pub law: Option<usize>,
    pub article: Option<String>,
    /// Position in [`STATUSES`].
    pub status: usize,
    /// Verbatim.
    pub quote: Option<String>,
    pub note: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Training {
    /// Index into the tree's topics.
    pub topic: usize,
    /// Index into the tree's audiences.
    pub audience: usize,
}

/// What leads from one score to the next, on 0 to 3.
#[derive(Clone, Debug)]
pub struct Action {
    pub from: usize,
    pub to: usize,
    /// Position in [`ACTIONS`].
    pub kind: usize,
    pub what: Text,
    /// Index into the tree's departments.
    pub owner: usize,
    pub days: usize,
    /// Position in [`EVIDENCE`].
    pub closes_with: usize,
}

/// One rule of `tree check --strict` that does not hold for this item, and why that is right.
#[derive(Clone, Debug)]
pub struct Exception {
    pub rule: String,
    pub reason: Text,
}

/// Everything beside the score.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub fact: Option<String>,
    pub core: bool,
    /// Left out of redacted results.
    pub sensitive: bool,
    pub time: Option<Time>,
    /// Positions in [`LEVELS`].
    pub levels: Vec<usize>,
    /// One list of positions a facet, in the order of [`FACETS`].
    pub facets: [Vec<usize>; FACETS.len()],
    pub evidence: Vec<Evidence>,
    pub sample: Option<Sample>,
    /// 1 to 3: the score at which the law is met.
    pub legal_floor: Option<usize>,
    pub basis: Vec<Citation>,
    pub training: Vec<Training>,
    pub actions: Vec<Action>,
    /// The id of the item of which this is a variant for another level.
    pub variant_of: Option<String>,
    /// Position in [`CHANGES`]: what this `rev` changed.
    pub change: Option<usize>,
    /// Ids this item was split or merged from, each with the relation.
    pub lineage: Vec<(String, String)>,
    pub lint_ok: Option<Exception>,
    /// What a score above 0 presupposes, each itself with a score above 0.
    pub requires: Vec<Requirement>,
}

/// What the tree declares for its items.
pub struct Declared<'a> {
    pub departments: &'a [Department],
    pub laws: &'a [Law],
    pub topics: &'a [Named],
    pub audiences: &'a [Named],
}

impl Content {
    /// The score, 0 to 100, at which the law is met.
    pub fn floor_score(&self) -> Option<f64> {
        self.legal_floor.map(|floor| 100.0 * floor as f64 / TOP as f64)
    }

    /// Reads the content keys of an item.
    pub fn from_fields(fields: &mut Fields<'_>, declared: &Declared<'_>, findings: &mut Vec<Finding>) -> Self {
        let mut content = Content {
            fact: fields.get("fact").and_then(|node| node.text("fact", findings)),
            core: fields.get("core").and_then(|node| node.bool("core", findings)).unwrap_or(false),
            sensitive: fields.get("sensitive").and_then(|node| node.bool("sensitive", findings)).unwrap_or(false),
            ..Content::default()
        };
        content.time = time(fields, findings);
        content.levels = fields.get("levels").map(|node| words(node, &LEVELS, findings)).unwrap_or_default();
        if let Some(node) = fields.get("facets")
            && let Some(mut facets) = Fields::of(node, "facets", findings)
        {
            for (facet, slot) in FACETS.iter().zip(&mut content.facets) {
                let vocabulary = &facet.vocabulary;
                *slot = match facets.get(vocabulary.key) {
                    None => Vec::new(),
                    Some(node) if facet.many => words(node, vocabulary, findings),
                    Some(node) => word(node, vocabulary.key, vocabulary, findings).into_iter().collect(),
                };
            }
            facets.done(findings);
        }
        content.evidence = each(fields, "evidence", findings, |fields, findings| {
            let kind = fields.need("kind", "kind: 台账", findings).and_then(|node| word(node, "kind", &EVIDENCE, findings));
            let what = side_by_side(fields, findings);
            Some(Evidence { kind: kind?, what: what? })
        });
        content.sample = fields.get("sample").and_then(|node| sample(node, findings));
        content.legal_floor = fields.get("legal_floor").and_then(|node| {
            let floor = node.whole("legal_floor", findings)?;
            if (1..=TOP).contains(&floor) {
                return Some(floor);
            }
            findings.push(FLOOR.at(node.place.clone(), &[]));
            None
        });
        content.basis = each(fields, "basis", findings, |fields, findings| citation(fields, declared, findings));
        content.training = each(fields, "training", findings, |fields, findings| {
            let topic = fields
                .need("topic", "topic: TR01", findings)
                .and_then(|node| listed(node, "topics", declared.topics.iter().map(|topic| &topic.id), findings));
            let audience = fields
                .need("audience", "audience: leaders", findings)
                .and_then(|node| listed(node, "audiences", declared.audiences.iter().map(|audience| &audience.id), findings));
            Some(Training { topic: topic?, audience: audience? })
        });
        content.actions = each(fields, "actions", findings, |fields, findings| action(fields, declared, findings));
        content.variant_of = fields.get("variant_of").and_then(|node| node.text("variant_of", findings));
        content.change = fields.get("change").and_then(|node| word(node, "change", &CHANGES, findings));
        content.lineage = each(fields, "lineage", findings, |fields, findings| {
            let from = fields.need("from", "from: eca-0129", findings).and_then(|node| node.text("from", findings));
            let relation = fields.need("relation", "relation: split", findings).and_then(|node| node.text("relation", findings));
            Some((from?, relation?))
        });
        content.lint_ok = fields.get("lint_ok").and_then(|node| {
            let mut fields = Fields::of(node, "lint_ok", findings)?;
            let rule = fields.need("rule", "rule: two-facts", findings).and_then(|node| node.text("rule", findings));
            let reason = fields.need("reason", "reason: {zh: …, en: …}", findings).and_then(|node| node.pair("reason", findings));
            fields.done(findings);
            Some(Exception { rule: rule?, reason: reason? })
        });
        content.requires = requires(fields, findings);
        content
    }

    /// The keys that are stated, in the order of the tree file.
    pub fn put(&self, tree: &Tree, map: &mut Map<String, Json>) {
        let mut put = |key: &str, value: Json| map.insert(key.to_string(), value);
        if let Some(fact) = &self.fact {
            put("fact", json!(fact));
        }
        if self.core {
            put("core", json!(true));
        }
        if self.sensitive {
            put("sensitive", json!(true));
        }
        match self.time {
            None => {}
            Some(Time::AsOf) => {
                put("time", json!("as_of"));
            }
            Some(Time::Period { months }) => {
                put("time", json!("period"));
                put("months", json!(months));
            }
        }
        let spelled = |vocabulary: &Vocabulary, words: &[usize]| -> Vec<&'static str> {
            words.iter().filter_map(|index| vocabulary.words.get(*index)).map(|word| word.word).collect()
        };
        if !self.levels.is_empty() {
            put("levels", json!(spelled(&LEVELS, &self.levels)));
        }
        if self.facets.iter().any(|words| !words.is_empty()) {
            let mut facets = Map::new();
            for (facet, words) in FACETS.iter().zip(&self.facets).filter(|(_, words)| !words.is_empty()) {
                let words = spelled(&facet.vocabulary, words);
                facets.insert(facet.vocabulary.key.to_string(), if facet.many { json!(words) } else { json!(words.first()) });
            }
            put("facets", Json::Object(facets));
        }
        if !self.evidence.is_empty() {
            let all = self.evidence.iter().map(|one| json!({"kind": EVIDENCE.words[one.kind].word, "zh": one.what.zh, "en": one.what.en}));
            put("evidence", all.collect());
        }
        if let Some(sample) = &self.sample {
            let mut one = Map::new();
            one.insert("of".into(), json!(sample.of));
            if let Some(all) = sample.all_up_to {
                one.insert("all_up_to".into(), json!(all));
            }
            one.insert("draw".into(), json!(sample.draw));
            put("sample", Json::Object(one));
        }
        if let Some(floor) = self.legal_floor {
            put("legal_floor", json!(floor));
        }
        if !self.basis.is_empty() {
            put("basis", self.basis.iter().map(|citation| citation.json(tree)).collect());
        }
        if !self.training.is_empty() {
            let all =
                self.training.iter().map(|one| json!({"topic": tree.topics[one.topic].id, "audience": tree.audiences[one.audience].id}));
            put("training", all.collect());
        }
        if !self.actions.is_empty() {
            let all = self.actions.iter().map(|one| {
                json!({
                    "from": one.from, "to": one.to, "kind": ACTIONS.words[one.kind].word, "zh": one.what.zh, "en": one.what.en,
                    "owner": tree.departments[one.owner].id, "days": one.days, "closes_with": EVIDENCE.words[one.closes_with].word,
                })
            });
            put("actions", all.collect());
        }
        if let Some(id) = &self.variant_of {
            put("variant_of", json!(id));
        }
        if let Some(change) = self.change {
            put("change", json!(CHANGES.words[change].word));
        }
        if !self.lineage.is_empty() {
            put("lineage", self.lineage.iter().map(|(from, relation)| json!({"from": from, "relation": relation})).collect());
        }
        if let Some(exception) = &self.lint_ok {
            put("lint_ok", json!({"rule": exception.rule, "reason": exception.reason}));
        }
        if !self.requires.is_empty() {
            put("requires", self.requires.iter().map(|one| one.id.clone()).collect());
        }
    }
}

impl Citation {
    /// Where the quotation was read stands with it, so that it can be checked from the item alone.
    fn json(&self, tree: &Tree) -> Json {
        let law = self.law.and_then(|law| tree.laws.get(law));
        let mut map = Map::new();
        let mut put = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                map.insert(key.to_string(), json!(value));
            }
        };
        put("law", law.map(|law| law.id.as_str()));
        put("article", self.article.as_deref());
        put("status", STATUSES.words.get(self.status).map(|word| word.word));
        if self.quote.is_some() {
            put("quote", self.quote.as_deref());
            put("source", law.and_then(|law| law.source.as_deref()));
            put("date", law.and_then(|law| law.read.as_deref()));
        }
        if let Some(note) = &self.note {
            map.insert("note".to_string(), json!(note));
        }
        Json::Object(map)
    }
}

/// A list of maps, each read by `read`; whatever it does not ask for is unknown.
pub fn each<T>(
    fields: &mut Fields<'_>,
    key: &'static str,
    findings: &mut Vec<Finding>,
    mut read: impl FnMut(&mut Fields<'_>, &mut Vec<Finding>) -> Option<T>,
) -> Vec<T> {
    let nodes = fields.get(key).and_then(|node| node.list(key, findings)).unwrap_or_default();
    let mut all = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(mut fields) = Fields::of(node, key, findings) else { continue };
        all.extend(read(&mut fields, findings));
        fields.done(findings);
    }
    all
}

fn time(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Time> {
    let node = fields.get("time");
    let months = fields.get("months").and_then(|node| Some((node, node.whole("months", findings)?)));
    let word = node.and_then(|node| node.text("time", findings));
    let time = match (node, word.as_deref()) {
        (_, Some("as_of")) => Some(Time::AsOf),
        (_, Some("period")) => Some(Time::Period { months: months.map_or(12, |(_, months)| months) }),
        (Some(node), Some(other)) => {
            findings.push(choice(node, "time", other, &["as_of", "period"]));
            None
        }
        _ => None,
    };
    if let Some((node, months)) = months
        && (months == 0 || !matches!(time, Some(Time::Period { .. })))
    {
        findings.push(MONTHS.at(node.place.clone(), &[]));
    }
    time
}

fn word(node: &Node, key: &str, vocabulary: &Vocabulary, findings: &mut Vec<Finding>) -> Option<usize> {
    let text = node.text(key, findings)?;
    let found = vocabulary.index(&text);
    if found.is_none() {
        let known: Vec<&str> = vocabulary.words.iter().map(|word| word.word).collect();
        findings.push(choice(node, key, &text, &known));
    }
    found
}

fn words(node: &Node, vocabulary: &Vocabulary, findings: &mut Vec<Finding>) -> Vec<usize> {
    let nodes = node.list(vocabulary.key, findings).unwrap_or_default();
    nodes.iter().filter_map(|node| word(node, vocabulary.key, vocabulary, findings)).collect()
}

/// The two sides written beside other keys.
fn side_by_side(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Text> {
    let zh = fields.need("zh", "zh: …", findings).and_then(|node| node.text("zh", findings));
    let en = fields.need("en", "en: …", findings).and_then(|node| node.text("en", findings));
    Some(Text::new(zh?, en?))
}

fn listed<'a>(node: &Node, list: &str, mut ids: impl Iterator<Item = &'a String>, findings: &mut Vec<Finding>) -> Option<usize> {
    let id = node.text(list, findings)?;
    let found = ids.position(|known| *known == id);
    if found.is_none() {
        findings.push(UNDECLARED.at(node.place.clone(), &[("list", list.into()), ("id", id.into())]));
    }
    found
}

fn sample(node: &Node, findings: &mut Vec<Finding>) -> Option<Sample> {
    let mut fields = Fields::of(node, "sample", findings)?;
    let of = fields.need("of", "of: {zh: …, en: …}", findings).and_then(|node| node.pair("of", findings));
    let all_up_to = fields.get("all_up_to").and_then(|node| node.whole("all_up_to", findings));
    let draw = fields.need("draw", "draw: 20", findings).and_then(|node| node.whole("draw", findings));
    fields.done(findings);
    Some(Sample { of: of?, all_up_to, draw: draw? })
}

fn citation(fields: &mut Fields<'_>, declared: &Declared<'_>, findings: &mut Vec<Finding>) -> Option<Citation> {
    let law = fields.get("law").map(|node| listed(node, "laws", declared.laws.iter().map(|law| &law.id), findings));
    let article = fields.get("article").and_then(|node| node.text("article", findings));
    let status = fields.need("status", "status: unverified", findings).and_then(|node| word(node, "status", &STATUSES, findings));
    let quote = fields.get("quote").and_then(|node| node.text("quote", findings));
    let note = fields.get("note").and_then(|node| node.pair("note", findings));
    // As printed by `tree show --json`; the law says both.
    fields.get("source");
    fields.get("date");
    let status = status?;
    let law_read = match law {
        None => None,
        Some(found) => Some(found?),
    };
    let law_at = law_read.and_then(|law| declared.laws.get(law));
    let wrong = match STATUSES.words.get(status).map(|word| word.word) {
        Some("verified") if law_at.is_none() || article.is_none() || quote.is_none() => {
            Some(t("verified 缺 law、article 或 quote", "verified lacks law, article or quote"))
        }
        Some("verified") if law_at.is_some_and(|law| law.source.is_none() || law.read.is_none()) => {
            Some(t("所引的法没有写 source 和 read", "the law cited has no source and read"))
        }
        Some("unverified") if law_read.is_none() => Some(t("unverified 缺 law", "unverified lacks law")),
        Some("practice") if law_read.is_some() || article.is_some() || quote.is_some() => {
            Some(t("practice 不引法", "practice cites no law"))
        }
        _ => None,
    };
    if let Some(what) = wrong {
        findings.push(CITATION.at(fields.place(), &[("what", what)]));
        return None;
    }
    Some(Citation { law: law_read, article, status, quote, note })
}

fn action(fields: &mut Fields<'_>, declared: &Declared<'_>, findings: &mut Vec<Finding>) -> Option<Action> {
    let from = fields.need("from", "from: 0", findings).and_then(|node| node.whole("from", findings));
    let to = fields.need("to", "to: 1", findings).and_then(|node| node.whole("to", findings));
    let kind = fields.need("kind", "kind: 制度文件", findings).and_then(|node| word(node, "kind", &ACTIONS, findings));
    let what = side_by_side(fields, findings);
    let owner = fields
        .need("owner", "owner: emergency", findings)
        .and_then(|node| listed(node, "departments", declared.departments.iter().map(|department| &department.id), findings));
    let days = fields.need("days", "days: 30", findings).and_then(|node| node.whole("days", findings));
    let closes_with =
        fields.need("closes_with", "closes_with: 台账", findings).and_then(|node| word(node, "closes_with", &EVIDENCE, findings));
    let (from, to) = (from?, to?);
    if from >= to || to > TOP {
        findings.push(STEP.at(fields.place(), &[("from", from.into()), ("to", to.into())]));
        return None;
    }
    Some(Action { from, to, kind: kind?, what: what?, owner: owner?, days: days?, closes_with: closes_with? })
}
