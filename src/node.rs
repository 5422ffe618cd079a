//! A neutral tree of values, each with its place: what YAML and JSON are turned into before anything reads them.

use crate::finding::{Finding, Kind, Severity};
use crate::number::Number;
use crate::place::Place;
use crate::text::{Text, t};

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
pub static KINDS: [&Kind; 4] = [&UNKNOWN_KEY, &DOUBLE_KEY, &MISSING_KEY, &WRONG_TYPE];

const MAP: Text = t("键值表", "a map of keys and values");
const LIST: Text = t("列表", "a list");
const STRING: Text = t("文字", "text");
const NUMBER: Text = t("数", "a number");
const WHOLE: Text = t("不小于 0 的整数", "a whole number of 0 or more");
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
        let Value::Map(entries) = &node.value else {
            findings.push(wrong(node, name, MAP));
            return None;
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            if entries[..index].iter().any(|(earlier, _)| earlier.name == key.name) {
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
        if found.is_none() {
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
            if !self.known.contains(&key.name.as_str()) {
                let allowed: Vec<Text> = self.known.iter().map(|name| Text::same(*name)).collect();
                findings.push(
                    UNKNOWN_KEY.at(key.place.clone(), &[("key", key.name.as_str().into()), ("allowed", Text::join(&allowed, "、", ", "))]),
                );
            }
        }
    }
}

fn wrong(node: &Node, name: &str, wanted: Text) -> Finding {
    WRONG_TYPE.at(node.place.clone(), &[("key", name.into()), ("wanted", wanted)])
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
            Value::Text(text) | Value::Number(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => {
                findings.push(wrong(self, name, STRING));
                None
            }
        }
    }

    /// A finite number, as the shortest decimal of its double.
    pub fn number(&self, name: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        let found = match &self.value {
            Value::Number(text) => text.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        if found.is_none() {
            findings.push(wrong(self, name, NUMBER));
        }
        found
    }

    pub fn exact(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Number> {
        self.number(name, findings).and_then(Number::from_f64)
    }

    pub fn whole(&self, name: &str, findings: &mut Vec<Finding>) -> Option<usize> {
        let found = match &self.value {
            Value::Number(text) => text.parse::<usize>().ok(),
            _ => None,
        };
        if found.is_none() {
            findings.push(wrong(self, name, WHOLE));
        }
        found
    }

    pub fn bool(&self, name: &str, findings: &mut Vec<Finding>) -> Option<bool> {
        if let Value::Bool(value) = self.value {
            return Some(value);
        }
        findings.push(wrong(self, name, BOOL));
        None
    }

    pub fn list(&self, name: &str, findings: &mut Vec<Finding>) -> Option<&[Node]> {
        if let Value::List(items) = &self.value {
            return Some(items);
        }
        findings.push(wrong(self, name, LIST));
        None
    }

    /// A pair `{zh, en}`, both sides filled.
    pub fn pair(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Text> {
        let Value::Map(_) = &self.value else {
            findings.push(wrong(self, name, PAIR));
            return None;
        };
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
