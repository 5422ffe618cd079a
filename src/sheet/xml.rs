//! XML of strangers, walked tag by tag: no entities but the five of XML and characters by number, no names but local ones.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A tag that opens or closes; one that is both does both.
pub enum Tag<'a, 'b> {
    Open(&'a str, &'a BytesStart<'b>),
    Close(&'a str),
}

/// Calls with every tag; false where the XML breaks off or is none.
pub fn walk(xml: &str, mut each: impl FnMut(Tag<'_, '_>)) -> bool {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0usize;
    let mut any = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                each(Tag::Open(start.local_name().as_ref(), &start));
            }
            Ok(Event::Empty(start)) => {
                any = true;
                each(Tag::Open(start.local_name().as_ref(), &start));
                each(Tag::Close(start.local_name().as_ref()));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                any = true;
                each(Tag::Close(end.local_name().as_ref()));
            }
            // To the reader a text that breaks off between two tags is whole.
            Ok(Event::Eof) => return any && depth == 0,
            Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// An attribute by its local name, its references resolved.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(resolved(&found.value))
}

/// An attribute with a prefix, as `r:id`, by its local name.
pub fn prefixed(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let wanted = |key: &str| key.split_once(':').is_some_and(|(_, local)| local == name);
    let found = tag.attributes().with_checks(false).flatten().find(|found| wanted(found.key.as_ref()))?;
    Some(resolved(&found.value))
}

pub fn is_set(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| ["1", "true"].contains(&value.as_str()))
}

/// Text with its references resolved; an unknown one stands as it is.
fn resolved(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').and_then(|(name, behind)| Some((named(name)?, behind))) {
            Some((character, behind)) => {
                out.push(character);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `amp`, `#20013`, `#x4e2d`.
fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// A reference in a text.
pub fn referred(reference: &BytesRef<'_>) -> Option<char> {
    named(reference)
}
