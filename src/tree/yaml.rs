//! YAML text to a node tree with a place on every key and value.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::finding::{Finding, Kind, Severity};
use crate::node::{Key, Node, Value};
use crate::place::Place;
use crate::text::t;

pub static SYNTAX: Kind = Kind {
    code: "tree-syntax",
    severity: Severity::Error,
    what: t("这里不符合 YAML 的写法，本文件后面没有再读。", "This is not valid YAML; the rest of the file was not read."),
    advice: t(
        "请看这一行和上一行：缩进只用空格，冒号后留空格，引号、括号成对，带冒号的文字加引号。",
        "Look at this line and the one above: indent with spaces only, a space after a colon, quotes and brackets in pairs, text with a colon in quotes.",
    ),
};
pub static TOO_DEEP: Kind = Kind {
    code: "tree-too-deep",
    severity: Severity::Error,
    what: t("嵌套超过 {limit} 层，本文件后面没有再读。", "It nests deeper than {limit} levels; the rest of the file was not read."),
    advice: t("更深的树请用 ecap tree show --json 那样的平铺写法。", "Write a deeper tree flat, as ecap tree show --json prints it."),
};
pub static TOO_LARGE: Kind = Kind {
    code: "tree-too-large",
    severity: Severity::Error,
    what: t("文件超过 {limit}，没有读。", "The file is larger than {limit} and was not read."),
    advice: t("请把树分成几个文件。", "Split the tree into several files."),
};
pub static ALIAS: Kind = Kind {
    code: "tree-alias",
    severity: Severity::Error,
    what: t("指标树不使用 YAML 的锚点与引用（& 和 *）。", "A tree does not use YAML anchors and aliases (& and *)."),
    advice: t("请把内容原样写出；文字以 & 或 * 开头时加引号。", "Write the content out; put text that starts with & or * in quotes."),
};

const MAX_DEPTH: usize = 64;
const MAX_BYTES: usize = 32 * 1024 * 1024;
const MAX_NODES: usize = 4_000_000;

/// The first document of a YAML (or JSON) text; a syntax error ends this file only.
pub fn parse(text: &str, file: &str, findings: &mut Vec<Finding>) -> Option<Node> {
    if text.len() > MAX_BYTES {
        findings.push(TOO_LARGE.at(Place::file(file), &[("limit", "32 MiB".into())]));
        return None;
    }
    let mut reader = Reader { file, parser: Parser::new_from_str(text), findings, nodes: 0, aliases: false };
    // What an alias stood for is missing, so the rest would be found wrong for it.
    reader.document().filter(|_| !reader.aliases)
}

struct Reader<'a, 'f> {
    file: &'a str,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    findings: &'f mut Vec<Finding>,
    nodes: usize,
    aliases: bool,
}

impl<'a> Reader<'a, '_> {
    fn document(&mut self) -> Option<Node> {
        loop {
            match self.event()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, span) => return Some(Node { value: Value::Null, place: self.place(&span) }),
                (event, span) => return self.node(event, &span, 0),
            }
        }
    }

    /// The next event; a syntax error is a finding and the end.
    fn event(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next_event()? {
            Ok(event) => Some(event),
            Err(error) => {
                let marker = error.marker();
                self.findings.push(SYNTAX.at(Place::source(self.file, marker.line().max(1), marker.col() + 1), &[]));
                None
            }
        }
    }

    fn place(&self, span: &Span) -> Place {
        Place::source(self.file, span.start.line(), span.start.col() + 1)
    }

    fn node(&mut self, event: Event<'a>, span: &Span, depth: usize) -> Option<Node> {
        let place = self.place(span);
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let finding = if depth > MAX_DEPTH {
                TOO_DEEP.at(place, &[("limit", MAX_DEPTH.into())])
            } else {
                TOO_LARGE.at(place, &[("limit", MAX_NODES.into())])
            };
            self.findings.push(finding);
            return None;
        }
        let value = match event {
            Event::Scalar(text, style, _, _) => scalar(&text, style),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.event()? {
                        (Event::SequenceEnd, _) => break Value::List(items),
                        (event, span) => items.push(self.node(event, &span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                loop {
                    let (event, span) = self.event()?;
                    if event == Event::MappingEnd {
                        break Value::Map(entries);
                    }
                    let key = self.node(event, &span, depth + 1)?;
                    let (event, span) = self.event()?;
                    let value = self.node(event, &span, depth + 1)?;
                    let name = match key.value {
                        Value::Text(text) | Value::Number(text) => text,
                        Value::Bool(truth) => truth.to_string(),
                        _ => String::new(),
                    };
                    entries.push((Key { name, place: key.place }, value));
                }
            }
            Event::Alias(_) => {
                self.findings.push(ALIAS.at(place.clone(), &[]));
                self.aliases = true;
                Value::Null
            }
            _ => Value::Null,
        };
        Some(Node { value, place })
    }
}

/// A scalar of the YAML 1.2 core schema: `NO` is text, `.nan` is text, `0x10` is text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_string());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_string()),
        _ => Value::Text(text.to_string()),
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}
