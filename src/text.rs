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

    /// Fills `{name}` on both sides. An argument that is a fixed text is filled too; what somebody typed never is.
    pub fn with(&self, args: &[(&str, Text)]) -> Text {
        Text::new(filled(&self.zh, Lang::Zh, args, true), filled(&self.en, Lang::En, args, true))
    }

    /// Fills `{count}`, and of each `[one|many]` on the English side keeps what goes with the number; Chinese has no plural.
    pub fn counted(&self, count: usize) -> Text {
        self.agreeing(count == 1).with(&[("count", count.into())])
    }

    /// The same text of one thing, or of several.
    pub fn agreeing(&self, one: bool) -> Text {
        Text { zh: self.zh.clone(), en: Cow::Owned(agreeing(&self.en, one)) }
    }

    /// As it begins a sentence.
    pub fn capital(&self) -> Text {
        let mut rest = self.en.chars();
        let en = rest.next().map(|first| first.to_uppercase().chain(rest).collect::<String>());
        Text::new(self.zh.to_string(), en.unwrap_or_default())
    }

    /// Joins texts, each side with its own separator.
    pub fn join(parts: &[Text], zh: &str, en: &str) -> Text {
        let side = |lang: Lang, separator: &str| parts.iter().map(|part| part.get(lang).to_string()).collect::<Vec<_>>().join(separator);
        Text::new(side(Lang::Zh, zh), side(Lang::En, en))
    }

    /// The first few of a list, and whether there are more.
    pub fn some(parts: &[Text], few: usize) -> Text {
        Text::some_by(parts, few, "、", ", ")
    }

    /// The same, each side with its own separator.
    pub fn some_by(parts: &[Text], few: usize, zh: &str, en: &str) -> Text {
        let first = Text::join(&parts[..few.min(parts.len())], zh, en);
        if parts.len() > few { t("{first} 等", "{first} and others").with(&[("first", first)]) } else { first }
    }
}

/// A side with each `{name}` of an argument filled.
fn filled(side: &str, lang: Lang, args: &[(&str, Text)], deeper: bool) -> String {
    let mut out = String::with_capacity(side.len());
    let mut rest = side;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| Some((args.iter().find(|(known, _)| *known == name)?, after)));
        let Some(((_, value), after)) = named else {
            out.push('{');
            rest = after;
            continue;
        };
        let value = match lang {
            Lang::Zh => &value.zh,
            Lang::En => &value.en,
        };
        match value {
            Cow::Borrowed(fixed) if deeper => out.push_str(&filled(fixed, lang, args, false)),
            value => out.push_str(value),
        }
        rest = after;
    }
    out + rest
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

/// How a character that is not shown as itself appears in what we write.
enum Shown {
    Itself,
    /// White space of another kind.
    As(char),
    /// Invisible, and nothing is lost without it.
    Dropped,
    /// It would command a terminal, or turn the text around it: its number stands there.
    Marked,
}

fn shown(character: char) -> Shown {
    match character {
        '\n' | '\t' => Shown::Itself,
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Shown::As('\n'),
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Shown::Dropped,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => Shown::Marked,
        '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}' => Shown::Marked,
        control if control.is_control() => Shown::Marked,
        _ => Shown::Itself,
    }
}

/// Is it shown as itself, on its line?
pub fn is_shown(character: char) -> bool {
    !matches!(character, '\n' | '\t') && matches!(shown(character), Shown::Itself)
}

/// Text as every output shows it: a control character or one that turns text around stands as `[U+001B]`, invisible ones are left out,
/// line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| matches!(shown(character), Shown::Itself)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match shown(character) {
            Shown::Itself => out.push(character),
            Shown::As(other) => out.push(other),
            Shown::Dropped => {}
            Shown::Marked => out.push_str(&format!("[U+{:04X}]", u32::from(character))),
        }
    }
    Cow::Owned(out)
}

/// The same on one line.
pub fn one_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// JSON that says the same, in which characters not shown as themselves are escaped.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if json.chars().all(|character| matches!(shown(character), Shown::Itself)) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(shown(character), Shown::Itself) {
            out.push(character);
        } else {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    Cow::Owned(out)
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
    fn what_somebody_typed_is_not_filled() {
        let text =
            t("填的是“{text}”，请填：{hint}。", "It says \"{text}\": {hint}.").with(&[("text", "{hint}{".into()), ("hint", "1".into())]);
        assert_eq!(text.get(Lang::Zh), "填的是“{hint}{”，请填：1。");
        assert_eq!(text.get(Lang::En), "It says \"{hint}{\": 1.");
        let fixed = t("{more}", "{more}").with(&[("more", t("（到 {n}）", " (until {n})")), ("n", 2.into())]);
        assert_eq!(fixed.get(Lang::Zh), "（到 2）");
        assert_eq!(t("{未知}{n", "{").with(&[("n", 2.into())]).get(Lang::Zh), "{未知}{n");
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
    fn what_commands_or_misleads_is_shown_by_its_number() {
        assert_eq!(visible("一\n二"), "一\n二");
        assert_eq!(visible("\u{1b}[31m红\u{7}\0\u{9b}\u{7f}"), "[U+001B][31m红[U+0007][U+0000][U+009B][U+007F]");
        assert_eq!(visible("a\u{202e}xslx\u{2066}"), "a[U+202E]xslx[U+2066]");
        assert_eq!(visible("应\u{200b}急\u{feff}\u{ad}"), "应急");
        assert_eq!(visible("一\r\n二\r三\u{2028}四\t五"), "一\n二\n三\n四\t五");
        assert_eq!(visible("葛\u{e0100}👨👩"), "葛\u{e0100}👨👩", "a variant of a character is its own");
        assert_eq!(one_line("一\r\n二\t三"), "一 二 三");
    }

    #[test]
    fn json_says_the_same_in_characters_that_are_shown() -> Result<(), serde_json::Error> {
        let text = "应\u{200b}急\u{202e}\u{9b}\u{7f}\u{e0041}\n\"";
        let json = serde_json::to_string(text)?;
        let shown = visible_json(&json);
        assert_eq!(shown, "\"应\\u200b急\\u202e\\u009b\\u007f\\udb40\\udc41\\n\\\"\"");
        assert_eq!(serde_json::from_str::<String>(&shown)?, text);
        Ok(())
    }

    #[test]
    fn chinese_is_twice_as_wide() {
        assert_eq!(width("a应b"), 4);
        assert_eq!(width("（）"), 4);
    }
}
