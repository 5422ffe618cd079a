//! What is wrong or odd in an input: collected, never thrown.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::place::Place;
use crate::text::{Lang, Text, one_line, t};

/// What a column of severities is called.
pub const SEVERITY: Text = t("轻重", "Severity");

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Could not be read or used as written; exit code 1.
    Error,
    /// Used, but look.
    Warning,
    /// Normalised or ignored.
    Note,
}

impl Severity {
    pub fn word(self) -> Text {
        match self {
            Severity::Error => t("错误", "error"),
            Severity::Warning => t("提醒", "warning"),
            Severity::Note => t("说明", "note"),
        }
    }
}

/// A kind of finding: its stable code, what is wrong, and the way out. Each stage lists its own in a table `KINDS`.
#[derive(Debug)]
pub struct Kind {
    pub code: &'static str,
    pub severity: Severity,
    pub what: Text,
    /// What to do about it.
    pub advice: Text,
}

/// Bytes of one value that a message repeats; a stranger's may be as long as a file.
const MAX_VALUE: usize = 1_200;

fn clip(text: &str) -> String {
    if text.len() <= MAX_VALUE {
        return text.to_string();
    }
    let end = (0..=MAX_VALUE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…", &text[..end])
}

fn agreeing(text: &Text, args: &[(&str, Text)]) -> Text {
    text.agreeing(args.iter().any(|(name, value)| *name == "count" && value.en == "1"))
}

/// A character as a terminal may get it: one that steers it (ESC, a line break inside a name) becomes a sign of its own.
pub fn visible(character: char) -> char {
    let breaks = ['\u{2028}', '\u{2029}'].contains(&character);
    if breaks || (character.is_control() && character != '\t') { '␣' } else { character }
}

/// One thing wrong or odd, at one place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    pub severity: Severity,
    pub code: String,
    pub args: IndexMap<String, String>,
    /// What is wrong and what to do.
    pub message: Text,
    /// What to do, as it ends the message; files keep the message alone.
    #[serde(skip)]
    pub advice: Text,
    pub place: Place,
}

/// What a file does not keep is the end of the message.
impl PartialEq for Finding {
    fn eq(&self, other: &Finding) -> bool {
        let Finding { severity, code, args, message, advice: _, place } = self;
        (severity, code, args, message, place) == (&other.severity, &other.code, &other.args, &other.message, &other.place)
    }
}

impl Eq for Finding {}

impl Kind {
    pub const fn new(code: &'static str, severity: Severity, what: Text, advice: Text) -> Self {
        Kind { code, severity, what, advice }
    }

    /// What could not be read or used as written.
    pub const fn error(code: &'static str, what: Text, advice: Text) -> Self {
        Kind::new(code, Severity::Error, what, advice)
    }

    /// A finding of this kind; `args` fill `{name}` in both texts.
    pub fn at(&self, place: Place, args: &[(&str, Text)]) -> Finding {
        let clipped: Vec<(&str, Text)>;
        let args = if args.iter().any(|(_, value)| value.zh.len().max(value.en.len()) > MAX_VALUE) {
            clipped = args.iter().map(|(name, value)| (*name, Text::new(clip(&value.zh), clip(&value.en)))).collect();
            &clipped
        } else {
            args
        };
        debug_assert!(self.is_filled_by(args), "{}: a gap of its text is left open", self.code);
        let advice = self.advice(args);
        Finding {
            severity: self.severity,
            code: self.code.to_string(),
            args: args.iter().map(|(name, value)| (name.to_string(), value.zh.to_string())).collect(),
            message: Text::join(&[self.what(args), advice.clone()], "", " "),
            advice,
            place,
        }
    }

    /// What is wrong, filled; `[one|many]` on its English side goes with `count`.
    pub fn what(&self, args: &[(&str, Text)]) -> Text {
        agreeing(&self.what, args).with(args)
    }

    /// What to do about it, filled.
    pub fn advice(&self, args: &[(&str, Text)]) -> Text {
        agreeing(&self.advice, args).with(args)
    }

    /// Is there a value for every `{name}` of its texts?
    fn is_filled_by(&self, args: &[(&str, Text)]) -> bool {
        let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let gaps = |text: &str| -> Vec<String> {
            let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
            parts.map(|(name, _)| name.to_string()).filter(|name| is_name(name)).collect()
        };
        let sides = [&self.what.zh, &self.what.en, &self.advice.zh, &self.advice.en];
        sides.into_iter().flat_map(|side| gaps(side)).all(|gap| args.iter().any(|(name, _)| *name == gap))
    }

    /// The same kind at another severity: an error in a superseded version is only a note.
    pub fn softened(&self, severity: Severity, place: Place, args: &[(&str, Text)]) -> Finding {
        Finding { severity, ..self.at(place, args) }
    }
}

impl Finding {
    /// What is wrong, without what to do about it.
    pub fn what(&self) -> Text {
        let side = |lang: Lang| {
            let message = self.message.get(lang);
            message.strip_suffix(self.advice.get(lang)).unwrap_or(message).trim_end().to_string()
        };
        Text::new(side(Lang::Zh), side(Lang::En))
    }

    /// The same with another advice.
    pub fn advising(self, advice: Text) -> Finding {
        Finding { message: Text::join(&[self.what(), advice.clone()], "", " "), advice, ..self }
    }

    /// One line for a terminal.
    pub fn line(&self, lang: Lang) -> String {
        let place = self.place.show_in(lang);
        let (gap, colon) = match lang {
            Lang::Zh => ("", "："),
            Lang::En => ("", ": "),
        };
        let severity = self.severity.word();
        let severity = severity.get(lang);
        // A line break in somebody's text must not make a second line that looks like ours.
        one_line(&if place.is_empty() {
            format!("{severity}{gap}{colon}{}", self.message.get(lang))
        } else {
            format!("{severity}{colon}{place}{colon}{}", self.message.get(lang))
        })
    }
}

/// Are there errors among them?
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
