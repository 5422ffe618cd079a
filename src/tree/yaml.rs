//! YAML text to a node tree with a place on every key and value.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::finding::{Finding, Kind};
use crate::node::{Key, Node, Value, full};
use crate::place::{Lines, Place};
use crate::text::{Text, t};
use crate::tree::source::is_control;
use crate::tree::syntax;

pub static TOO_DEEP: Kind = Kind::error(
    "tree-too-deep",
    t("嵌套超过 {limit} 层，本文件后面没有再读。", "It nests deeper than {limit} levels; the rest of the file was not read."),
    t("更深的树请用 ecap tree show --json 那样的平铺写法。", "Write a deeper tree flat, as ecap tree show --json prints it."),
);
pub static TOO_MUCH: Kind = Kind::error(
    "tree-too-much",
    t("{what}超过 {limit}，本文件后面没有再读。", "{what} is more than {limit}; the rest of the file was not read."),
    t("请核对是不是多写了；真有这么多，分成几个文件。", "Check that it is meant; if it is, split it into several files."),
);
pub static TOO_LONG: Kind = Kind::error(
    "tree-text-too-long",
    t("这段文字有 {count} 字，超过 {limit} 字。", "This text has {count} characters, more than {limit}."),
    t(
        "表格的一格装不下，请缩短；如不是有意的，看看引号是否成对。",
        "No cell of a workbook holds it; shorten it, or see whether a quote is missing.",
    ),
);
pub static ALIAS: Kind = Kind::error(
    "tree-alias",
    t("ecap 的文件不使用 YAML 的锚点与引用（& 和 *）。", "Files of ecap do not use YAML anchors and aliases (& and *)."),
    t("请把内容原样写出；文字以 & 或 * 开头时加引号。", "Write the content out; put text that starts with & or * in quotes."),
);
pub static TAG: Kind = Kind::error(
    "tree-tag",
    t("ecap 的文件不使用 YAML 的类型标记（!）。", "Files of ecap do not use YAML tags (!)."),
    t("请删去它；文字以 ! 开头时加引号。", "Delete it; put text that starts with ! in quotes."),
);
pub static KEY: Kind = Kind::error(
    "tree-key",
    t("键应为文字，这里是{found}。", "A key is text; here it is {found}."),
    t("请核对这一行的问号、冒号和括号。", "Check the question marks, colons and brackets of this line."),
);
pub static EMPTY: Kind = Kind::error(
    "tree-empty",
    t("文件里没有内容。", "The file holds nothing."),
    t("请核对是不是存错了文件。", "Check that it is the file you meant to save."),
);
pub static SECOND: Kind = Kind::error(
    "tree-second-document",
    t("从这里起是另一份文档，没有读。", "From here on it is another document; it was not read."),
    t(
        "一个文件只写一份：请删去前面的“---”或“...”，或另存一个文件。",
        "Keep one document a file: delete the `---` or `...` before it, or save it as a file of its own.",
    ),
);
pub static HIDDEN: Kind = Kind::error(
    "tree-escaped-character",
    t("这段文字里有控制字符（{code}）。", "This text holds a control character ({code})."),
    t("请删去反斜杠写出的那个字符。", "Delete the character that is written with a backslash."),
);
pub static KINDS: [&Kind; 9] = [&TOO_DEEP, &TOO_MUCH, &TOO_LONG, &ALIAS, &TAG, &KEY, &EMPTY, &SECOND, &HIDDEN];

pub(super) const MAX_DEPTH: usize = 64;
/// What one cell of a workbook holds.
const MAX_TEXT: usize = 32_767;
const MAX_ELEMENTS: usize = 50_000;
/// No map of ours has more than some thirty keys.
const MAX_KEYS: usize = 1_000;

/// The one document of a YAML (or JSON) text; a syntax error ends this file only. `nodes_left` counts down over several files.
pub fn parse(text: &str, file: &str, nodes_left: &mut usize, findings: &mut Vec<Finding>) -> Option<Node> {
    let parser = Parser::new_from_str(text);
    let mut reader = Reader { file, lines: Lines::of(text), parser, findings, nodes_left, open: Vec::new(), aliases: false };
    // What an alias stood for is missing, so the rest would be found wrong for it.
    reader.document().filter(|_| !reader.aliases)
}

struct Reader<'a, 'f> {
    file: &'a str,
    lines: Lines<'a>,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    findings: &'f mut Vec<Finding>,
    nodes_left: &'f mut usize,
    /// Where the lists and maps begin that are not yet ended; line and column from 1.
    open: Vec<(usize, usize)>,
    aliases: bool,
}

impl<'a> Reader<'a, '_> {
    fn document(&mut self) -> Option<Node> {
        let root = loop {
            match self.event()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => {
                    self.findings.push(EMPTY.at(Place::source(self.file, 1, 1), &[]));
                    return None;
                }
                (event, span) => break self.node(event, &span, 0)?,
            }
        };
        // The parser is asked to the end: what it stumbles over after the document would else be lost without a word.
        loop {
            match self.event()? {
                (Event::StreamEnd, _) => break,
                (Event::DocumentStart(_), span) => {
                    self.findings.push(SECOND.at(self.place(&span), &[]));
                    return Some(root);
                }
                _ => {}
            }
        }
        if root.value == Value::Null {
            self.findings.push(EMPTY.at(Place::source(self.file, 1, 1), &[]));
            return None;
        }
        Some(root)
    }

    /// The next event; a syntax error is a finding and the end.
    fn event(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next_event()? {
            Ok(event) => Some(event),
            Err(error) => {
                self.findings.push(syntax::finding(&error, self.file, &self.lines, &self.open));
                None
            }
        }
    }

    fn place(&self, span: &Span) -> Place {
        Place::source(self.file, span.start.line().max(1), span.start.col() + 1)
    }

    /// The parser puts a value that is not there at the next one that is, maybe lines below.
    fn place_of_nothing(&self, span: &Span) -> Place {
        let (line, column) = self.lines.end_of_content_before(span.start.line(), span.start.col());
        Place::source(self.file, line, column + 1)
    }

    fn stop<T>(&mut self, kind: &Kind, place: Place, args: &[(&str, Text)]) -> Option<T> {
        self.findings.push(kind.at(place, args));
        None
    }

    fn node(&mut self, event: Event<'a>, span: &Span, depth: usize) -> Option<Node> {
        let place = self.place(span);
        if depth > MAX_DEPTH {
            return self.stop(&TOO_DEEP, place, &[("limit", MAX_DEPTH.into())]);
        }
        *self.nodes_left = match self.nodes_left.checked_sub(1) {
            Some(left) if !full(self.findings) => left,
            Some(_) => return None,
            None => {
                return self.too_much(
                    place,
                    t("文件里的键和值", "What the file holds"),
                    t("50 万个（几个文件一共 100 万个）", "500,000 keys and values (1,000,000 in all files together)"),
                );
            }
        };
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        if anchor > 0 {
            self.findings.push(ALIAS.at(self.before(span, '&'), &[]));
        }
        if tag {
            self.findings.push(TAG.at(self.before(span, '!'), &[]));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                if style == ScalarStyle::Plain && text.is_empty() {
                    return Some(Node { value: Value::Null, place: self.place_of_nothing(span) });
                }
                self.check(&text, &place);
                Some(Node { value: scalar(&text, style), place })
            }
            Event::SequenceStart(..) => {
                self.open.push((span.start.line(), span.start.col() + 1));
                let value = Value::List(self.list(&place, depth)?);
                self.open.pop();
                Some(Node { value, place })
            }
            Event::MappingStart(..) => {
                self.open.push((span.start.line(), span.start.col() + 1));
                let value = Value::Map(self.map(&place, depth)?);
                self.open.pop();
                Some(Node { value, place })
            }
            Event::Alias(_) => {
                self.findings.push(ALIAS.at(place.clone(), &[]));
                self.aliases = true;
                Some(Node { value: Value::Null, place })
            }
            _ => Some(Node { value: Value::Null, place }),
        }
    }

    fn list(&mut self, place: &Place, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.event()?;
            if event == Event::SequenceEnd {
                return Some(items);
            }
            if items.len() == MAX_ELEMENTS {
                return self.too_much(
                    place.clone(),
                    t("这个列表", "This list"),
                    t("{n} 项", "{n} elements").with(&[("n", MAX_ELEMENTS.into())]),
                );
            }
            items.push(self.node(event, &span, depth + 1)?);
        }
    }

    fn map(&mut self, place: &Place, depth: usize) -> Option<Vec<(Key, Node)>> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = self.event()?;
            if event == Event::MappingEnd {
                return Some(entries);
            }
            if entries.len() == MAX_KEYS {
                return self.too_much(
                    place.clone(),
                    t("这个键值表", "This map"),
                    t("{n} 个键", "{n} keys").with(&[("n", MAX_KEYS.into())]),
                );
            }
            let mut key = self.node(event, &span, depth + 1)?;
            // A colon without a key stands where the parser says; a question mark without one above.
            let own = self.place(&span);
            if key.value == Value::Null && key.place != own && self.sign_at(&span) == Some(':') {
                key.place = own;
            }
            let (event, span) = self.event()?;
            let value = self.node(event, &span, depth + 1)?;
            let found = match key.value {
                Value::Text(name) | Value::Number(name) => Ok(name),
                Value::Bool(truth) => Ok(truth.to_string()),
                Value::Null => Err(t("空值", "nothing")),
                Value::List(_) => Err(t("列表", "a list")),
                Value::Map(_) => Err(t("键值表", "a map")),
            };
            match found {
                Ok(name) => entries.push((Key { name, place: key.place }, value)),
                // An alias as a key has been told already.
                Err(_) if self.aliases => {}
                Err(found) => self.findings.push(KEY.at(key.place, &[("found", found)])),
            }
        }
    }

    fn too_much<T>(&mut self, place: Place, what: Text, limit: Text) -> Option<T> {
        self.stop(&TOO_MUCH, place, &[("what", what), ("limit", limit)])
    }

    fn sign_at(&self, span: &Span) -> Option<char> {
        self.lines.get(span.start.line())?.chars().nth(span.start.col())
    }

    /// Text that no cell holds, and control characters that stand in the file as `\x1b`.
    fn check(&mut self, text: &str, place: &Place) {
        if text.len() > MAX_TEXT {
            let count = text.chars().count();
            if count > MAX_TEXT {
                self.findings.push(TOO_LONG.at(place.clone(), &[("count", count.into()), ("limit", MAX_TEXT.into())]));
            }
        }
        if let Some(bad) = text.chars().find(|character| is_control(*character) && !matches!(character, '\t' | '\n' | '\r')) {
            self.findings.push(HIDDEN.at(place.clone(), &[("code", format!("U+{:04X}", u32::from(bad)).into())]));
        }
    }

    /// The sign that stands before a value on its line; the parser's place may be the sign's or the value's own.
    fn before(&self, span: &Span, sign: char) -> Place {
        let (line, column) = (span.start.line(), span.start.col());
        // Looking back takes as long as the line has characters; only a machine writes longer ones.
        let text = if column < 2_000 { self.lines.get(line).unwrap_or_default() } else { "" };
        let at = text.chars().take(column + 1).collect::<Vec<char>>().iter().rposition(|own| *own == sign);
        Place::source(self.file, line, at.unwrap_or(column) + 1)
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
