//! Every text of the program stands in both languages: each call of `t("…", "…")` in `src/` is read here.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// English sides that show what is typed into a Chinese cell.
const SHOWS_CHINESE: [&str; 1] = ["points earned, like 7.5; or deductions"];
/// Chinese sides without a Chinese character: what is the same in any language.
const SAME_ANYWHERE: [&str; 7] =
    ["zh|en", "days|money", "mean|median|min|max", "zero|exclude", "check|show|schema", "xlsx、md", "s、min、h、d"];

struct Pair {
    file: PathBuf,
    zh: String,
    en: String,
}

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
}

/// A Rust string literal at the start of the text, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let body = text.trim_start().strip_prefix('"')?;
    let mut out = String::new();
    let mut characters = body.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((out, &body[at + 1..])),
            '\\' => match characters.next()?.1 {
                'n' => out.push('\n'),
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    None
}

fn pairs() -> Vec<Pair> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut all = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (at, _) in text.match_indices("t(") {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == '.' || before == ':' {
                continue;
            }
            let Some((zh, rest)) = literal(&text[at + 2..]) else { continue };
            let Some((en, _)) = rest.trim_start().strip_prefix(',').and_then(literal) else { continue };
            all.push(Pair { file: file.clone(), zh, en });
        }
    }
    all
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// What is left without the gaps.
fn words(text: &str) -> String {
    placeholders(text).into_iter().fold(text.to_string(), |text, name| text.replace(&format!("{{{name}}}"), ""))
}

fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_string()).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn every_text_has_both_sides_in_their_own_language() {
    let all = pairs();
    assert!(all.len() > 300, "only {} texts were found: the reader of this test is broken", all.len());
    for pair in &all {
        let place = pair.file.display();
        assert!(!pair.zh.trim().is_empty() && !pair.en.trim().is_empty(), "{place}: an empty side: {:?} / {:?}", pair.zh, pair.en);
        if !SAME_ANYWHERE.contains(&pair.zh.as_str()) && words(&pair.zh).chars().any(char::is_alphabetic) {
            assert!(pair.zh.chars().any(is_han), "{place}: no Chinese in {:?}", pair.zh);
        }
        if !SHOWS_CHINESE.iter().any(|known| pair.en.starts_with(known)) {
            assert!(
                !pair.en.chars().any(|character| is_han(character) || "，。：；？（）“”、".contains(character)),
                "{place}: Chinese in {:?}",
                pair.en
            );
        }
    }
}

#[test]
fn both_sides_have_the_same_gaps() {
    for pair in pairs() {
        // Examples in braces, as in {zh: …, en: …}, are no gaps.
        let gaps = |text: &str| -> Vec<String> {
            placeholders(text)
                .into_iter()
                .filter(|name| name.chars().all(|character| character.is_ascii_lowercase() || character == '_'))
                .collect()
        };
        assert_eq!(gaps(&pair.zh), gaps(&pair.en), "{}: {:?}", pair.file.display(), pair.zh);
    }
}

#[test]
fn chinese_is_punctuated_in_full_width() {
    for pair in pairs() {
        let characters: Vec<char> = pair.zh.chars().collect();
        for window in characters.windows(2) {
            let half = [',', ';', '?', '!', ':'].contains(&window[1]);
            assert!(!(is_han(window[0]) && half), "{}: half-width punctuation in {:?}", pair.file.display(), pair.zh);
        }
    }
}

#[test]
fn every_finding_has_its_own_code() {
    let mut codes: Vec<&str> = ecap::commands::all_kinds().iter().map(|kind| kind.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for kind in ecap::commands::all_kinds() {
        assert!(kind.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{}", kind.code);
        assert!(
            !kind.what.zh.is_empty() && !kind.what.en.is_empty() && !kind.advice.zh.is_empty() && !kind.advice.en.is_empty(),
            "{}",
            kind.code
        );
    }
}
