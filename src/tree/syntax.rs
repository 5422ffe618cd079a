//! What the YAML parser stumbles over, said as the slip that it most likely is, at the place of the slip.
//!
//! The parser tells where it could not go on. That is often the line below: a key without its colon is noticed at the next key.

use saphyr_parser::ScanError;

use crate::finding::{Finding, Kind};
use crate::place::{Lines, Place};
use crate::text::{Text, t};
use crate::tree::yaml;

pub static SYNTAX: Kind = Kind::error(
    "tree-syntax",
    t("这里不符合 YAML 的写法，本文件后面没有再读。", "This is not valid YAML; the rest of the file was not read."),
    t(
        "请看这一行和上一行：缩进只用空格，冒号后留空格，引号、括号成对，带冒号的文字加引号。",
        "Look at this line and the one above: indent with spaces only, a space after a colon, quotes and brackets in pairs, text with a colon in quotes.",
    ),
);
pub static INDENT: Kind = Kind::error(
    "tree-indent",
    t("这一行的缩进和上面对不齐，本文件后面没有再读。", "This line is not indented like those above; the rest of the file was not read."),
    t("同一级的行，前面的空格一样多。", "Lines of one level begin with the same number of spaces."),
);
pub static TAB: Kind = Kind::error(
    "tree-tab",
    t("这里用了制表符（Tab），本文件后面没有再读。", "Here stands a tab; the rest of the file was not read."),
    t("缩进只用空格。", "Indent with spaces only."),
);
pub static SPACE: Kind = Kind::error(
    "tree-space",
    t("“{sign}”后面没有空格，本文件后面没有再读。", "No space follows `{sign}`; the rest of the file was not read."),
    t("冒号后、列表的短横后各留一个空格。", "Put a space after a colon, and after the dash of a list."),
);
pub static NO_COLON: Kind = Kind::error(
    "tree-no-colon",
    t(
        "这一行没有冒号，不成键和值，本文件后面没有再读。",
        "This line has no colon and is no `key: value`; the rest of the file was not read.",
    ),
    t("请补上冒号和空格；多行的文字要加引号。", "Add a colon and a space; put text of several lines in quotes."),
);
pub static COLON: Kind = Kind::error(
    "tree-colon",
    t("这里不该有冒号，本文件后面没有再读。", "No colon is expected here; the rest of the file was not read."),
    t(
        "带冒号的文字整段加引号；两个键之间用逗号或换行隔开。",
        "Put text with a colon in quotes as a whole; part two keys by a comma or a new line.",
    ),
);
pub static FULL_WIDTH: Kind = Kind::error(
    "tree-full-width",
    t("“{sign}”是全角的，本文件后面没有再读。", "`{sign}` is full-width; the rest of the file was not read."),
    t(
        "YAML 的冒号、逗号、括号、引号都用半角；它若是文字，整段文字加半角引号。",
        "YAML takes half-width colons, commas, brackets and quotes; where it is text, put the whole text in half-width quotes.",
    ),
);
pub static QUOTE: Kind = Kind::error(
    "tree-quote",
    t("这个引号没有配对，本文件后面没有再读。", "This quote has no partner; the rest of the file was not read."),
    t("请补上另一半；文字里的引号用中文引号。", "Add the other one; inside a text use other quotes."),
);
pub static BRACKET: Kind = Kind::error(
    "tree-bracket",
    t("这个括号没有配对，本文件后面没有再读。", "This bracket has no partner; the rest of the file was not read."),
    t("请补上另一半，或删去它。", "Add the other one, or delete it."),
);
pub static ESCAPE: Kind = Kind::error(
    "tree-escape",
    t(
        "双引号里的“{sign}”没有意义，本文件后面没有再读。",
        "`{sign}` means nothing inside double quotes; the rest of the file was not read.",
    ),
    t("反斜杠写两个，或改用单引号。", "Write the backslash twice, or use single quotes."),
);
pub static SIGN: Kind = Kind::error(
    "tree-sign",
    t("文字不能以“{sign}”开头，本文件后面没有再读。", "Text cannot begin with `{sign}`; the rest of the file was not read."),
    t("给这段文字加引号。", "Put this text in quotes."),
);
pub static KINDS: [&Kind; 11] = [&SYNTAX, &INDENT, &TAB, &SPACE, &NO_COLON, &COLON, &FULL_WIDTH, &QUOTE, &BRACKET, &ESCAPE, &SIGN];

/// Signs of a Chinese keyboard that YAML would take half-width.
const WIDE: [char; 8] = ['：', '，', '｛', '｝', '［', '］', '＂', '＇'];
/// A longer line was written by a machine, whose slips are not those of a keyboard.
const MAX_LINE: usize = 20_000;

/// How many lines above a place are searched for the bracket that was left open.
const BACK: usize = 50;
/// Brackets that the parser itself takes inside each other.
const PARSER_DEPTH: usize = 256;

/// Words of the parser's messages, and what they mean. They change only with the library, and then the cases of `tests/cases/yaml` fail.
enum Trouble {
    Tab,
    Quote,
    Escape,
    NoColon,
    Colon,
    Flow,
    CloseBracket,
    Depth,
    Indent,
    Anchor,
    Tag,
    Sign,
    Other,
}

fn trouble(words: &str) -> Trouble {
    let table = [
        ("tab", Trouble::Tab),
        ("unknown escape", Trouble::Escape),
        ("hexadecimal", Trouble::Escape),
        ("escape code", Trouble::Escape),
        ("quoted scalar", Trouble::Quote),
        ("simple key", Trouble::NoColon),
        ("mapping values", Trouble::Colon),
        ("placement of ':'", Trouble::Colon),
        ("misplaced bracket", Trouble::CloseBracket),
        ("recursion limit", Trouble::Depth),
        ("flow", Trouble::Flow),
        ("only valid inside a block", Trouble::Flow),
        ("unexpected eof", Trouble::Flow),
        ("node content", Trouble::Flow),
        ("indent", Trouble::Indent),
        ("expected key", Trouble::Indent),
        ("'-' indicator", Trouble::Indent),
        ("anchor", Trouble::Anchor),
        ("TAG", Trouble::Tag),
        ("unexpected character", Trouble::Sign),
    ];
    let is_tag = words.contains("a tag") || words.contains("global tag") || words.contains("verbatim tag");
    if is_tag {
        return Trouble::Tag;
    }
    table.into_iter().find(|(part, _)| words.contains(part)).map_or(Trouble::Other, |(_, trouble)| trouble)
}

/// What an error of the parser means; `open` are the places of the lists and maps not yet ended, outermost first.
pub(super) fn finding(error: &ScanError, file: &str, lines: &Lines<'_>, open: &[(usize, usize)]) -> Finding {
    let marker = error.marker();
    // At the end of the text the parser may stand one line below the last.
    let at = Spot { line: marker.line().max(1), column: marker.col(), lines };
    let (kind, line, column, sign) = at.slip(trouble(error.info()), open);
    let limit = yaml::MAX_DEPTH;
    kind.at(Place::source(file, line, column + 1), &[("sign", Text::same(sign)), ("limit", limit.into())])
}

/// Where the parser stopped: line from 1, column from 0.
struct Spot<'a> {
    line: usize,
    column: usize,
    lines: &'a Lines<'a>,
}

type Slip = (&'static Kind, usize, usize, String);

impl<'a> Spot<'a> {
    fn here(&self, kind: &'static Kind) -> Slip {
        (kind, self.line, self.column, String::new())
    }

    fn text(&self, line: usize) -> Vec<char> {
        let text = self.lines.get(line).unwrap_or_default();
        if text.len() > MAX_LINE { Vec::new() } else { text.chars().collect() }
    }

    fn slip(&self, trouble: Trouble, open: &[(usize, usize)]) -> Slip {
        let text = self.text(self.line);
        match trouble {
            Trouble::Tab => self.tab(),
            Trouble::Quote => self.here(&QUOTE),
            Trouble::Escape => self.escape(),
            Trouble::Depth => self.depth(open),
            Trouble::Anchor => self.here(&yaml::ALIAS),
            Trouble::Tag => self.here(&yaml::TAG),
            Trouble::Sign => {
                let sign = text.get(self.column).copied().unwrap_or(' ');
                (&SIGN, self.line, self.column, sign.to_string())
            }
            Trouble::NoColon => self.above().unwrap_or_else(|| self.here(&NO_COLON)),
            Trouble::Colon => self.colon(&text, self.innermost(open).is_some()),
            Trouble::Flow | Trouble::CloseBracket => self.flow(&text, matches!(trouble, Trouble::CloseBracket), open),
            Trouble::Indent if self.column == indent(&text) => self.indent(),
            _ => {
                let tab = text.iter().take(self.column).rposition(|character| *character == '\t');
                let tab = tab.map(|column| (&TAB, self.line, column, String::new()));
                let stepped_back = self.lines.content_above(self.line).is_some_and(|(line, _)| indent(&self.text(line)) > self.column);
                let here = if stepped_back { &INDENT } else { &SYNTAX };
                tab.or_else(|| self.directive()).unwrap_or_else(|| self.here(here))
            }
        }
    }

    /// A line out of step; where blank lines with more spaces stand above, they are what set the step.
    fn indent(&self) -> Slip {
        let blank = |line: &usize| self.lines.get(*line).is_some_and(|text| text.trim().is_empty());
        let above = (1..self.line).rev().take_while(blank).find(|line| self.text(*line).len() > self.column);
        above.map_or_else(|| self.here(&INDENT), |line| (&INDENT, line, self.text(line).len(), String::new()))
    }

    /// The first bracket that nests too deep; the parser has counted on.
    fn depth(&self, open: &[(usize, usize)]) -> Slip {
        let brackets = self.brackets(PARSER_DEPTH);
        let blocks = open.iter().filter(|place| !self.is_bracket(place)).count();
        match brackets.get((yaml::MAX_DEPTH + 1).saturating_sub(blocks)) {
            Some((line, column)) => (&yaml::TOO_DEEP, *line, *column, String::new()),
            None => self.here(&yaml::TOO_DEEP),
        }
    }

    /// The first tab from here on: the parser may stand at the text before it.
    fn tab(&self) -> Slip {
        for line in self.line..self.line + 4 {
            let text = self.text(line);
            let from = if line == self.line { self.column.min(text.len()) } else { 0 };
            let leading = text.iter().take_while(|character| character.is_whitespace()).position(|character| *character == '\t');
            let after = text[from..].iter().position(|character| *character == '\t').map(|at| at + from);
            if let Some(column) = leading.or(after) {
                return (&TAB, line, column, String::new());
            }
        }
        let before = self.text(self.line).iter().take(self.column).rposition(|character| *character == '\t');
        before.map_or_else(|| self.here(&TAB), |column| (&TAB, self.line, column, String::new()))
    }

    /// The first backslash of a quoted text that means nothing.
    fn escape(&self) -> Slip {
        let digits = |sign: char| match sign {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let mut quoted = self.lines.rest(self.line).chars().skip(self.column).peekable();
        let (mut line, mut column) = (self.line, self.column);
        while let Some(character) = quoted.next() {
            match character {
                '\\' => {
                    let Some(sign) = quoted.next() else { break };
                    let wanted = digits(sign);
                    let number: String = quoted.clone().take(wanted).collect();
                    let code = u32::from_str_radix(&number, 16).ok().filter(|_| number.len() == wanted);
                    if !"0abtnvfre \"/\\N_LPxuU\t\r\n".contains(sign) || (wanted > 0 && code.and_then(char::from_u32).is_none()) {
                        return (&ESCAPE, line, column, format!("\\{sign}"));
                    }
                    if sign == '\n' {
                        (line, column) = (line + 1, 0);
                    } else {
                        column += 2;
                    }
                }
                '\n' => (line, column) = (line + 1, 0),
                '\r' if quoted.peek() != Some(&'\n') => (line, column) = (line + 1, 0),
                _ => column += 1,
            }
        }
        self.here(&SYNTAX)
    }

    /// The slip in the line above, where a key or its colon is missing.
    fn above(&self) -> Option<Slip> {
        let (line, _) = self.lines.content_above(self.line)?;
        let text = self.text(line);
        let start = indent(&text);
        if let Some(slip) = wide(&text, line, text.len()) {
            return Some(slip);
        }
        if text.get(start) == Some(&'-') && text.get(start + 1).is_some_and(|next| !next.is_whitespace()) && !is_mark(&text) {
            return Some((&SPACE, line, start, "-".into()));
        }
        if let Some(colon) = tight_colon(&text) {
            return Some((&SPACE, line, colon, ":".into()));
        }
        let quoted = text.get(start).is_some_and(|first| ['"', '\''].contains(first));
        (!text.is_empty() && !quoted && !text.contains(&':')).then(|| (&NO_COLON, line, start, String::new()))
    }

    /// A colon where none may stand: of a second key, of a text, or of a key that is indented too far.
    fn colon(&self, text: &[char], in_flow: bool) -> Slip {
        let before = &text[..self.column.min(text.len())];
        let start = indent(text);
        if in_flow {
            return wide(before, self.line, before.len()).unwrap_or_else(|| self.here(&COLON));
        }
        if let Some(slip) = wide_brackets(before, self.line) {
            return slip;
        }
        if before.windows(2).any(|pair| pair[0] == ':' && pair[1].is_whitespace()) {
            return self.here(&COLON);
        }
        match self.above() {
            Some(slip) => slip,
            None if start < before.len() => (&INDENT, self.line, start, String::new()),
            None => self.here(&COLON),
        }
    }

    /// Between brackets: one that is missing, one too many, or a comma that is not there.
    fn flow(&self, text: &[char], closing: bool, open: &[(usize, usize)]) -> Slip {
        let here = text.get(self.column);
        let Some((line, column)) = self.innermost(open) else {
            let is_bracket = here.is_some_and(|sign| "]}".contains(*sign));
            return self.here(if closing || is_bracket { &BRACKET } else { &SYNTAX });
        };
        if line < self.line || here.is_none() {
            return (&BRACKET, line, column, String::new());
        }
        if here.is_some_and(|sign| "]}".contains(*sign)) {
            return self.here(&BRACKET);
        }
        let kind = if here == Some(&':') { &COLON } else { &SYNTAX };
        wide(text, self.line, self.column).unwrap_or_else(|| self.here(kind))
    }

    /// The innermost bracket that is open: as the parser knows it, or, where it was reading ahead, as the text has it.
    fn innermost(&self, open: &[(usize, usize)]) -> Option<(usize, usize)> {
        self.open_bracket(open).or_else(|| self.brackets(BACK).last().copied())
    }

    /// Brackets that are not closed before this place, outermost first; line from 1, column from 0. Looks at the last lines only.
    fn brackets(&self, lines: usize) -> Vec<(usize, usize)> {
        let (mut open, mut quote, mut most) = (Vec::new(), None, MAX_LINE);
        for line in self.line.saturating_sub(lines).max(1)..=self.line {
            let end = if line == self.line { self.column } else { usize::MAX };
            let mut before = ' ';
            for (column, sign) in self.lines.get(line).unwrap_or_default().chars().enumerate().take(end) {
                most = most.saturating_sub(1);
                if most == 0 {
                    return open;
                }
                let begins = before.is_whitespace() || "[{,:".contains(before);
                match sign {
                    _ if quote.is_some() => quote = quote.filter(|own| *own != sign || before == '\\'),
                    '"' | '\'' if begins => quote = Some(sign),
                    '#' if before.is_whitespace() => break,
                    '[' | '{' if begins => open.push((line, column)),
                    ']' | '}' => _ = open.pop(),
                    _ => {}
                }
                before = sign;
            }
        }
        open
    }

    /// The innermost bracket that the parser knows to be open; line from 1, column from 0.
    fn open_bracket(&self, open: &[(usize, usize)]) -> Option<(usize, usize)> {
        open.iter().rev().find(|place| self.is_bracket(place)).map(|(line, column)| (*line, column - 1))
    }

    fn is_bracket(&self, (line, column): &(usize, usize)) -> bool {
        let text = self.lines.get(*line).filter(|text| text.len() <= MAX_LINE);
        text.and_then(|text| text.chars().nth(column - 1)).is_some_and(|sign| "[{".contains(sign))
    }

    /// A line that begins with `%` at the top: no directive, or one that no `---` follows.
    fn directive(&self) -> Option<Slip> {
        let line = (1..=self.line.min(100)).find(|line| self.lines.get(*line).is_some_and(|text| text.starts_with('%')))?;
        Some((&SIGN, line, 0, "%".into()))
    }
}

fn indent(text: &[char]) -> usize {
    text.iter().take_while(|character| **character == ' ').count()
}

/// `---` or `...`.
fn is_mark(text: &[char]) -> bool {
    text.starts_with(&['-', '-', '-'])
}

/// The last full-width sign of YAML before a column.
fn wide(text: &[char], line: usize, column: usize) -> Option<Slip> {
    let at = text[..column.min(text.len())].iter().rposition(|sign| WIDE.contains(sign))?;
    Some((&FULL_WIDTH, line, at, text[at].to_string()))
}

fn wide_brackets(text: &[char], line: usize) -> Option<Slip> {
    let at = text.iter().position(|sign| "｛［".contains(*sign))?;
    Some((&FULL_WIDTH, line, at, text[at].to_string()))
}

/// The colon of `key:value`.
fn tight_colon(text: &[char]) -> Option<usize> {
    let colon = text.iter().position(|sign| *sign == ':')?;
    text.get(colon + 1).is_some_and(|next| !next.is_whitespace()).then_some(colon)
}
