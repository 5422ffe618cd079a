//! Texts that stand apart from the cells: shared strings and notes.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::styles::is_on;
use crate::sheet::package::Trouble;
use crate::sheet::xml::{attribute, referred};
use crate::sheet::{Budget, Raised, Sheet};

/// The shared strings in order, and what is struck through or raised in those where something is.
#[derive(Debug, Default, PartialEq)]
pub struct Strings {
    pub texts: Vec<String>,
    pub runs: BTreeMap<usize, Runs>,
}

/// How characters of a text are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub struck: bool,
    /// Above or below the line.
    pub raised: bool,
}

impl Run {
    /// Goes by a tag of a rich text; a run begins as nothing of this.
    pub fn tag(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "r" => *self = Run::default(),
            "strike" => self.struck = is_on(tag),
            "vertAlign" => self.raised = attribute(tag, "val").is_some_and(|place| place != "baseline"),
            _ => {}
        }
    }
}

/// What of a text is struck through, and what is raised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    pub struck: String,
    raised: Option<Raised>,
}

impl Runs {
    /// Takes more words of a text, and the text before them.
    pub fn push(&mut self, run: Run, words: &str, before: &str) {
        if run.struck {
            self.struck.push_str(words);
        }
        match &mut self.raised {
            Some(raised) if run.raised => raised.characters.push_str(words),
            Some(raised) => raised.rest.push_str(words),
            None if run.raised => self.raised = Some(Raised { characters: words.to_string(), rest: before.to_string() }),
            None => {}
        }
    }

    /// What is raised, where other characters stand beside it.
    pub fn raised(&self) -> Option<Raised> {
        let trimmed = |text: &String| unescaped(text.clone()).trim().to_string();
        let raised = self.raised.as_ref().map(|raised| Raised { characters: trimmed(&raised.characters), rest: trimmed(&raised.rest) });
        raised.filter(|raised| !raised.characters.is_empty() && !raised.rest.is_empty())
    }

    fn bytes(&self) -> usize {
        self.struck.len() + self.raised.as_ref().map_or(0, |raised| raised.characters.len() + raised.rest.len())
    }
}

/// Of a rich text its runs joined, without the readings above the characters (`rPh`).
pub fn shared(xml: &str, budget: &mut Budget) -> Result<Strings, Trouble> {
    let mut all = Strings::default();
    texts(xml, "si", |_, text, runs| {
        budget.text(text.len() + runs.bytes())?;
        if runs != Runs::default() {
            all.runs.insert(all.texts.len(), runs);
        }
        all.texts.push(unescaped(text));
        Ok(())
    })?;
    Ok(all)
}

/// The notes of a sheet by their cells.
pub fn notes(xml: &str, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), Trouble> {
    texts(xml, "comment", |reference, text, _| {
        budget.text(text.len())?;
        sheet.notes.insert(super::address(reference)?, unescaped(text).trim().to_string());
        Ok(())
    })
}

/// Calls with every element of a name: its `ref`, the text of its `t`, and what of that is struck through or raised.
fn texts(xml: &str, element: &str, mut each: impl FnMut(&str, String, Runs) -> Result<(), Trouble>) -> Result<(), Trouble> {
    let mut reader = Reader::from_str(xml);
    let (mut within, mut taken, mut reading) = (false, false, 0usize);
    let (mut reference, mut text, mut run, mut runs) = (String::new(), String::new(), Run::default(), Runs::default());
    loop {
        let event = reader.read_event().map_err(|_| Trouble::damaged())?;
        if let Event::Start(start) | Event::Empty(start) = &event {
            run.tag(start);
        }
        let before = text.len();
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                name if name == element => {
                    within = true;
                    reference = attribute(&start, "ref").unwrap_or_default();
                    text.clear();
                    (run, runs) = (Run::default(), Runs::default());
                }
                "rPh" => reading += 1,
                "t" => taken = within && reading == 0,
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == element => {
                each(&attribute(&start, "ref").unwrap_or_default(), String::new(), Runs::default())?
            }
            Event::End(end) => match end.local_name().as_ref() {
                name if name == element => {
                    within = false;
                    each(&reference, std::mem::take(&mut text), std::mem::take(&mut runs))?;
                }
                "rPh" => reading = reading.saturating_sub(1),
                "t" => taken = false,
                _ => {}
            },
            Event::Text(words) if taken => text.push_str(&words),
            Event::CData(words) if taken => text.push_str(&words),
            Event::GeneralRef(reference) if taken => text.push(referred(&reference).ok_or_else(Trouble::damaged)?),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if let Some((before, words)) = text.split_at_checked(before).filter(|(_, words)| !words.is_empty()) {
            runs.push(run, words, before);
        }
    }
}

/// `_x000D_` as the character it stands for (ECMA-376 part 1, 22.9.2.19); `_x005F_` is the underscore that keeps one from being read so.
pub fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let character = code
            .filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match character {
            Some(character) => {
                out.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::limits::Limits;

    #[test]
    fn a_rich_text_is_its_runs_without_readings() {
        let xml = "<x:sst xmlns:x=\"m\"><x:si><x:r><x:t>应急</x:t></x:r><x:r><x:t xml:space=\"preserve\"> &amp;管理&#x4e2d;</x:t></x:r><x:rPh><x:t>yj</x:t></x:rPh></x:si><x:si/><x:si><x:t>a_x000D_b_x005F_x000D_ _xZZ</x:t></x:si></x:sst>";
        let read = shared(xml, &mut Budget::new(&Limits::default()));
        let texts = vec!["应急 &管理中".to_string(), String::new(), "a\rb_x000D_ _xZZ".to_string()];
        assert_eq!(read, Ok(Strings { texts, runs: BTreeMap::new() }));
    }

    #[test]
    fn struck_runs_are_told_apart() {
        let xml = "<sst><si><r><rPr><strike/></rPr><t>3</t></r><r><rPr><strike val=\"0\"/></rPr><t>7</t></r><r><t>6</t></r></si></sst>";
        let read = shared(xml, &mut Budget::new(&Limits::default()));
        let runs = Runs { struck: "3".to_string(), raised: None };
        assert_eq!(read, Ok(Strings { texts: vec!["376".to_string()], runs: BTreeMap::from([(0, runs)]) }));
    }

    #[test]
    fn raised_runs_are_told_with_what_stands_beside_them() {
        let raised = |xml: &str| {
            let read = shared(&format!("<sst><si>{xml}</si></sst>"), &mut Budget::new(&Limits::default())).expect("whole");
            read.runs.get(&0).and_then(Runs::raised)
        };
        let run = |place: &str, text: &str| format!("<r><rPr><vertAlign val=\"{place}\"/></rPr><t>{text}</t></r>");
        let beside = |characters: &str, rest: &str| Some(Raised { characters: characters.into(), rest: rest.into() });
        assert_eq!(raised(&format!("<r><t>1</t></r>{}", run("superscript", "2"))), beside("2", "1"));
        assert_eq!(raised(&format!("<r><t>1</t></r>{}<r><t>、3</t></r>", run("subscript", " 2"))), beside("2", "1、3"));
        assert_eq!(raised(&run("superscript", "2")), None);
        assert_eq!(raised(&format!("<r><t>1</t></r>{}", run("baseline", "2"))), None);
    }
}
