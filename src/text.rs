//! Texts in both languages. Chinese leads; English says the same.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The language a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Zh,
    En,
}

impl Lang {
    /// The code used in file names and `--lang`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

/// One text, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

/// A fixed pair. `tests/texts.rs` reads every call of this function in `src/` and refuses an empty or foreign side.
pub const fn t(zh: &'static str, en: &'static str) -> Text {
    Text { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
}

impl Text {
    /// A pair known only at run time.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Text { zh: Cow::Owned(zh.into()), en: Cow::Owned(en.into()) }
    }

    /// The same words in both languages: names, codes, numbers.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Text { zh: Cow::Owned(text.clone()), en: Cow::Owned(text) }
    }

    /// The side for one reader.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// Fills `{name}` on both sides.
    pub fn with(&self, args: &[(&str, Text)]) -> Text {
        let fill = |side: &str, lang: Lang| {
            args.iter().fold(side.to_string(), |out, (name, value)| out.replace(&format!("{{{name}}}"), value.get(lang)))
        };
        Text::new(fill(&self.zh, Lang::Zh), fill(&self.en, Lang::En))
    }

    /// Fills `{count}`, and of each `[one|many]` on the English side keeps what goes with the number; Chinese has no plural.
    pub fn counted(&self, count: usize) -> Text {
        Text { zh: self.zh.clone(), en: Cow::Owned(agreeing(&self.en, count == 1)) }.with(&[("count", count.into())])
    }

    /// Joins texts, each side with its own separator.
    pub fn join(parts: &[Text], zh: &str, en: &str) -> Text {
        let side = |lang: Lang, separator: &str| parts.iter().map(|part| part.get(lang).to_string()).collect::<Vec<_>>().join(separator);
        Text::new(side(Lang::Zh, zh), side(Lang::En, en))
    }
}

/// A text of which each `[one|many]` has become one of its sides; other brackets stay.
fn agreeing(text: &str, one: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let choice = after.split_once(']').and_then(|(inside, rest)| Some((inside.split_once('|')?, rest)));
        match choice {
            Some(((single, many), left)) => {
                out.push_str(if one { single } else { many });
                rest = left;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::same(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::same(text)
    }
}

impl From<usize> for Text {
    fn from(number: usize) -> Self {
        Text::same(number.to_string())
    }
}

/// How wide a text stands on a page: Chinese and full-width characters count 2, others 1.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Width of one character in half-width columns.
pub fn char_width(character: char) -> usize {
    let code = character as u32;
    let wide = matches!(code,
        0x1100..=0x115F | 0x2014..=0x2015 | 0x2018..=0x201D | 0x2026 | 0x2460..=0x24FF | 0x2500..=0x25FF | 0x2600..=0x27BF
        | 0x2E80..=0x303E | 0x3041..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA000..=0xA4CF
        | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD);
    if wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_gets_its_own_words() {
        let text = t("共 {n} 项：{names}", "{n} in all: {names}").with(&[("n", 2.into()), ("names", Text::new("甲、乙", "A, B"))]);
        assert_eq!(text.get(Lang::Zh), "共 2 项：甲、乙");
        assert_eq!(text.get(Lang::En), "2 in all: A, B");
    }

    #[test]
    fn english_agrees_with_its_number() {
        let text = t("有 {count} 题", "[Draft] {count} [item is|items are] below [its|their] target[|s]");
        let said = |count: usize| text.counted(count);
        assert_eq!(said(1), t("有 1 题", "[Draft] 1 item is below its target"));
        assert_eq!(said(2).en, "[Draft] 2 items are below their targets");
        assert_eq!(t("开", "open [ and a|b").counted(1).en, "open [ and a|b");
    }

    #[test]
    fn chinese_is_twice_as_wide() {
        assert_eq!(width("a应b"), 4);
        assert_eq!(width("（）"), 4);
    }
}
