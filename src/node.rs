//! A neutral tree of values, each with its place: what YAML and JSON are turned into before anything reads them.

use std::collections::HashSet;

use crate::finding::{Finding, Kind, Severity};
use crate::number::Number;
use crate::place::Place;
use crate::text::{Text, t};
use crate::unit;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    pub place: Place,
}

/// A scalar keeps its text, so that `edition: 2026.10` is not shortened.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// A plain scalar that reads as a number.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map and where it stands.
#[derive(Clone, Debug)]
pub struct Key {
    pub name: String,
    pub place: Place,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

pub static UNKNOWN_KEY: Kind = Kind {
    code: "tree-unknown-key",
    severity: Severity::Error,
    what: t("不认识的键“{key}”。", "Unknown key `{key}`."),
    advice: t("此处可用：{allowed}。", "Allowed here: {allowed}."),
};
pub static DOUBLE_KEY: Kind = Kind {
    code: "tree-double-key",
    severity: Severity::Error,
    what: t("键“{key}”写了两次。", "The key `{key}` stands twice."),
    advice: t("留下一处，删去另一处。", "Keep one, delete the other."),
};
pub static NEAR_KEY: Kind = Kind::error(
    "tree-misspelt-key",
    t("不认识的键“{key}”，是不是“{near}”？", "Unknown key `{key}`; is it `{near}`?"),
    t("此处可用：{allowed}。", "Allowed here: {allowed}."),
);
pub static FULL_WIDTH_KEY: Kind = Kind::error(
    "tree-full-width-key",
    t("键“{key}”里有全角的符号或空格。", "The key `{key}` holds full-width signs or spaces."),
    t(
        "键和冒号、逗号、括号、引号、空格都用半角；文字里有逗号的，整段加半角引号。",
        "Keys, colons, commas, brackets, quotes and spaces are half-width; put text with commas in half-width quotes.",
    ),
);
pub static NO_SPACE_KEY: Kind = Kind::error(
    "tree-no-space",
    t("“{key}”的冒号后面没有空格。", "In `{key}` no space follows the colon."),
    t("冒号后留一个空格：{near}: …。", "Put a space after the colon: {near}: ...."),
);
pub static TOO_MANY: Kind = Kind::error(
    "tree-too-many",
    t("问题超过 {limit} 处，其余没有再读。", "There are more than {limit} problems; the rest was not read."),
    t("请先改好上面这些。", "Mend those above first."),
);
pub static MISSING_KEY: Kind = Kind {
    code: "tree-missing-key",
    severity: Severity::Error,
    what: t("缺少“{key}”。", "`{key}` is missing."),
    advice: t("请补上：{example}。", "Add it: {example}."),
};
pub static WRONG_TYPE: Kind = Kind {
    code: "tree-wrong-type",
    severity: Severity::Error,
    what: t("“{key}”应为{wanted}。", "`{key}` should be {wanted}."),
    advice: t("请改写。", "Please rewrite it."),
};
pub static KINDS: [&Kind; 8] = [&UNKNOWN_KEY, &NEAR_KEY, &FULL_WIDTH_KEY, &NO_SPACE_KEY, &DOUBLE_KEY, &MISSING_KEY, &WRONG_TYPE, &TOO_MANY];

/// A file with more problems than this is read no further: a list of a million of them helps nobody and fills the memory.
const MAX_FINDINGS: usize = 1_000;
/// Days, months, draws: what is larger is a slip, and sums of it would leave the calendar.
const MAX_WHOLE: usize = 1_000_000;
/// Longer keys are not compared with those known.
const MAX_COMPARED: usize = 40;

/// Are there so many findings that reading ends? Every reader below then finds nothing, without a word.
pub fn full(findings: &[Finding]) -> bool {
    findings.len() >= MAX_FINDINGS
}

/// Says that reading ended, where it did.
pub fn close(findings: &mut Vec<Finding>) {
    if full(findings) && findings.iter().all(|finding| finding.code != TOO_MANY.code) {
        let file = findings.last().and_then(|finding| finding.place.file.clone()).unwrap_or_default();
        findings.truncate(MAX_FINDINGS);
        findings.push(TOO_MANY.at(Place::file(&file), &[("limit", MAX_FINDINGS.into())]));
    }
}

const MAP: Text = t("键值表", "a map of keys and values");
const LIST: Text = t("列表", "a list");
const STRING: Text = t("文字", "text");
const NUMBER: Text = t("数", "a number");
const WHOLE: Text = t("从 0 到 1000000 的整数", "a whole number from 0 to 1000000");
const BOOL: Text = t("true 或 false", "true or false");
const PAIR: Text = t("中英文一对 {zh: …, en: …}", "a pair {zh: ..., en: ...}");

/// A map being read: every key asked for is known, the rest are findings when [`Fields::done`] is called.
pub struct Fields<'a> {
    node: &'a Node,
    entries: &'a [(Key, Node)],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// None, with a finding, where the node is no map. A key twice is a finding, and the first counts.
    pub fn of(node: &'a Node, name: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let Value::Map(entries) = &node.value else { return wrong(node, name, MAP, findings) };
        if full(findings) {
            return None;
        }
        let mut seen = HashSet::new();
        for (key, _) in entries {
            if !seen.insert(key.name.as_str()) && !full(findings) {
                findings.push(DOUBLE_KEY.at(key.place.clone(), &[("key", key.name.as_str().into())]));
            }
        }
        Some(Fields { node, entries, known: Vec::new() })
    }

    pub fn place(&self) -> Place {
        self.node.place.clone()
    }

    /// The value of a key, null counting as absent.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.entries.iter().find(|(name, _)| name.name == key).map(|(_, node)| node).filter(|node| node.value != Value::Null)
    }

    /// The same, a finding where it is absent.
    pub fn need(&mut self, key: &'static str, example: &str, findings: &mut Vec<Finding>) -> Option<&'a Node> {
        let found = self.get(key);
        if found.is_none() && !full(findings) {
            findings.push(MISSING_KEY.at(self.place(), &[("key", key.into()), ("example", example.into())]));
        }
        found
    }

    /// Keys in the order of the file.
    pub fn order(&self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().map(|(key, _)| key.name.as_str())
    }

    /// Call last: whatever was not asked for is unknown.
    pub fn done(self, findings: &mut Vec<Finding>) {
        for (key, _) in self.entries {
            if !self.known.contains(&key.name.as_str()) && !full(findings) {
                findings.push(unknown(key, &self.known));
            }
        }
    }
}

/// A key that nobody asked for: a slip of the pen where it is close to one that stands here, of the keyboard where it is full-width.
fn unknown(key: &Key, known: &[&str]) -> Finding {
    let allowed: Vec<Text> = known.iter().map(|name| Text::same(*name)).collect();
    let at = |kind: &Kind, near: &str| {
        kind.at(
            key.place.clone(),
            &[("key", key.name.as_str().into()), ("near", near.into()), ("allowed", Text::join(&allowed, "、", ", "))],
        )
    };
    let narrow = unit::normal(&key.name);
    let odd = |sign: char| "“”‘’".contains(sign) || (sign.is_whitespace() && !sign.is_ascii());
    let is_known = || narrow != key.name && narrow.split(':').next().is_some_and(|name| known.contains(&name.trim()));
    if key.name.contains(odd) || is_known() {
        return at(&FULL_WIDTH_KEY, "");
    }
    if let Some((name, _)) = key.name.split_once(':')
        && known.contains(&name.trim())
    {
        return at(&NO_SPACE_KEY, name.trim());
    }
    match near(&narrow, known) {
        Some(near) => at(&NEAR_KEY, near),
        None => at(&UNKNOWN_KEY, ""),
    }
}

/// The known key that one typed wrongly is: one slip in short ones, two in longer ones.
fn near<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase();
    if name.len() > MAX_COMPARED {
        return None;
    }
    let distance = |other: &str| strsim::osa_distance(&name, other);
    known
        .iter()
        .copied()
        .filter(|other| distance(other) <= other.len() / 4 + usize::from(other.len() == 3))
        .min_by_key(|other| distance(other))
}

fn wrong<T>(node: &Node, name: &str, wanted: Text, findings: &mut Vec<Finding>) -> Option<T> {
    if !full(findings) {
        findings.push(WRONG_TYPE.at(node.place.clone(), &[("key", name.into()), ("wanted", wanted)]));
    }
    None
}

impl Node {
    /// What a JSON value holds, all of it at one place: files that are prepared while building keep no lines.
    pub fn of_json(json: &serde_json::Value, place: &Place) -> Self {
        use serde_json::Value as Json;
        let value = match json {
            Json::Null => Value::Null,
            Json::Bool(truth) => Value::Bool(*truth),
            Json::Number(number) => Value::Number(number.to_string()),
            Json::String(text) => Value::Text(text.clone()),
            Json::Array(items) => Value::List(items.iter().map(|item| Node::of_json(item, place)).collect()),
            Json::Object(entries) => {
                let entry =
                    |(name, value): (&String, &Json)| (Key { name: name.clone(), place: place.clone() }, Node::of_json(value, place));
                Value::Map(entries.iter().map(entry).collect())
            }
        };
        Node { value, place: place.clone() }
    }

    /// Text, or the text of a plain number: `edition: 2026`.
    pub fn text(&self, name: &str, findings: &mut Vec<Finding>) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Number(text) if !text.trim().is_empty() && !full(findings) => Some(text.clone()),
            _ => wrong(self, name, STRING, findings),
        }
    }

    /// A finite number, as the shortest decimal of its double.
    pub fn number(&self, name: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        let found = match &self.value {
            Value::Number(text) => text.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        found.or_else(|| wrong(self, name, NUMBER, findings))
    }

    pub fn exact(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Number> {
        self.number(name, findings).and_then(Number::from_f64)
    }

    pub fn whole(&self, name: &str, findings: &mut Vec<Finding>) -> Option<usize> {
        let found = match &self.value {
            Value::Number(text) => text.parse::<usize>().ok().filter(|value| *value <= MAX_WHOLE),
            _ => None,
        };
        found.or_else(|| wrong(self, name, WHOLE, findings))
    }

    pub fn bool(&self, name: &str, findings: &mut Vec<Finding>) -> Option<bool> {
        if let Value::Bool(value) = self.value {
            return Some(value);
        }
        wrong(self, name, BOOL, findings)
    }

    pub fn list(&self, name: &str, findings: &mut Vec<Finding>) -> Option<&[Node]> {
        if let Value::List(items) = &self.value {
            return Some(items);
        }
        wrong(self, name, LIST, findings)
    }

    /// A pair `{zh, en}`, both sides filled.
    pub fn pair(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Text> {
        let Value::Map(_) = &self.value else { return wrong(self, name, PAIR, findings) };
        let mut fields = Fields::of(self, name, findings)?;
        let zh = fields.need("zh", "zh: …", findings).and_then(|node| node.text("zh", findings));
        let en = fields.need("en", "en: …", findings).and_then(|node| node.text("en", findings));
        fields.done(findings);
        Some(Text::new(zh?, en?))
    }

    pub fn texts(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Vec<String>> {
        Some(self.list(name, findings)?.iter().filter_map(|node| node.text(name, findings)).collect())
    }

    pub fn numbers(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Vec<f64>> {
        let nodes = self.list(name, findings)?;
        let numbers: Vec<f64> = nodes.iter().filter_map(|node| node.number(name, findings)).collect();
        (numbers.len() == nodes.len()).then_some(numbers)
    }
}
