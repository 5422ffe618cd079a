//! Shipped YAML, spoilt at random from stated seeds: whatever comes of it is a valid tree or a finding, never both and never a panic.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use ecap::finding::{Finding, any_error};
use ecap::{bank, tree};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What people and machines put where it does not belong.
const WORDS: [&str; 44] = [
    ":",
    ": ",
    "- ",
    "-",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "#",
    " #",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "|\n",
    ">-\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "<<: ",
    "~",
    "null",
    "true",
    ".nan",
    "1e999",
    "-1",
    "99999999999999999999",
    "0x1F",
    "：",
    "，",
    "“",
    "　",
    "\u{feff}",
    "\0",
    "\u{1b}[31m",
];

struct Spoiler(ChaCha8Rng);

impl Spoiler {
    fn new(seed: u64) -> Self {
        Spoiler(ChaCha8Rng::seed_from_u64(seed))
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u64() % end.max(1) as u64).unwrap_or(0)
    }

    /// One slip, sometimes three.
    fn spoil(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let slips = if self.below(4) == 0 { 3 } else { 1 };
        for _ in 0..slips {
            let (at, length) = (self.below(bytes.len()), 1 + self.below(40));
            let end = (at + length).min(bytes.len());
            match self.below(8) {
                0 if !bytes.is_empty() => bytes[at] = u8::try_from(self.below(256)).unwrap_or(0),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, again);
                }
                3 => bytes.truncate(at),
                4 => self.swap_lines(&mut bytes),
                5 => {
                    // A line moved to the left or right.
                    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                    let spaces = bytes[start..].iter().take_while(|byte| **byte == b' ').count();
                    let taken = self.below(spaces + 1);
                    bytes.splice(start..start + taken, vec![b' '; self.below(4)]);
                }
                _ => {
                    let word = WORDS[self.below(WORDS.len())];
                    bytes.splice(at..at, word.bytes());
                }
            }
        }
        bytes
    }

    fn swap_lines(&mut self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let (one, two) = (self.below(lines.len()), self.below(lines.len()));
        lines.swap(one, two);
        *bytes = lines.join(&b'\n');
    }
}

/// Is every finding at a place of the file, and none of them without words?
fn are_placed(findings: &[Finding], bytes: &[u8]) -> bool {
    let lines = 1 + bytes.iter().filter(|byte| b"\n\r".contains(byte)).count();
    findings.iter().all(|finding| {
        let (line, column) = (finding.place.line.unwrap_or(1), finding.place.column.unwrap_or(1));
        (1..=lines + 1).contains(&line) && (1..=bytes.len() + 2).contains(&column) && !finding.message.is_empty()
    })
}

fn tree_holds(bytes: Vec<u8>, name: &str) -> bool {
    let mut findings = Vec::new();
    let loaded = tree::from_bytes(bytes.clone(), "tree.yaml", &mut findings);
    let told = loaded.tree.is_some() != any_error(&findings) && are_placed(&findings, &bytes);
    assert!(told, "{name}: {findings:#?}\n{}", String::from_utf8_lossy(&bytes));
    let Some(tree) = loaded.tree else { return false };
    // What was read prints as JSON that is read as the same tree.
    let again = tree::from_bytes(tree.to_json().into_bytes(), "tree.json", &mut findings).tree;
    assert_eq!(again.map(|again| again.sha256), Some(tree.sha256), "{name}: {}", String::from_utf8_lossy(&bytes));
    true
}

/// A tree of the city's declarations and the first item of one of its files.
fn excerpt(part: &Path) -> String {
    let main = fs::read_to_string("indicators/city/tree.yaml").expect("the tree");
    let left_out = ["profile:", "hazard_analysis:", "files:"];
    let mut kept = true;
    let mut text = String::new();
    for line in main.lines() {
        if !line.starts_with([' ', '#', '-']) {
            kept = !left_out.iter().any(|key| line.starts_with(key));
        }
        // Of laws only the few that a first item may cite would do; all of them make the test slow and nothing else.
        if kept {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str("groups:\n");
    let part = fs::read_to_string(part).expect("a part");
    let second = part.match_indices("      - id:").nth(1).map_or(part.len(), |(at, _)| at);
    for (index, line) in part[..second].lines().enumerate() {
        text.push_str(if index == 0 { "  - " } else { "    " });
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[test]
fn a_spoilt_tree_is_a_valid_tree_or_has_findings() {
    let (mut all, mut sound) = (0, 0);
    let mut cases: Vec<_> = fs::read_dir("tests/cases/tree").expect("the cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    for (index, case) in cases.iter().enumerate() {
        let name = case.display().to_string();
        let bytes = fs::read(case.join("tree.yaml")).expect("a case");
        // More of the sound ones: what is refused already is refused again by most slips.
        let rounds = if tree_holds(bytes.clone(), &name) { 600 } else { 40 };
        let mut spoiler = Spoiler::new(100 + index as u64);
        sound += (0..rounds).filter(|_| tree_holds(spoiler.spoil(&bytes), &name)).count();
        all += rounds;
    }
    // A test in which every tree is refused would say nothing of those that pass.
    assert!(all > 3_000 && (100..all / 2).contains(&sound), "{sound} of {all}");
}

#[test]
fn a_spoilt_item_of_the_city_is_a_valid_tree_or_has_findings() {
    let mut parts: Vec<_> = fs::read_dir("indicators/city").expect("the tree").map(|entry| entry.expect("a file").path()).collect();
    parts.retain(|path| !path.ends_with("tree.yaml") && path.extension().is_some_and(|extension| extension == "yaml"));
    parts.sort();
    let mut whole = 0;
    for (index, part) in parts.iter().enumerate() {
        let text = excerpt(part);
        let name = part.display().to_string();
        whole += usize::from(tree_holds(text.clone().into_bytes(), &name));
        // Slips in the item; the declarations before it stay.
        let at = text.find("\ngroups:").unwrap_or(0);
        let mut spoiler = Spoiler::new(200 + index as u64);
        for _ in 0..8 {
            let spoilt = spoiler.spoil(&text.as_bytes()[at..]);
            tree_holds([&text.as_bytes()[..at], &spoilt].concat(), &name);
        }
    }
    assert!(whole >= 10, "{whole} of {} excerpts are whole", parts.len());
}

#[test]
fn a_spoilt_bank_and_a_spoilt_crosswalk_are_read_or_have_findings() {
    let text = fs::read_to_string("indicators/bank/01.yaml").expect("the bank");
    let end = text.match_indices("\n- id:").nth(3).map_or(text.len(), |(at, _)| at + 1);
    let scenarios = fs::read_to_string("indicators/bank/scenarios.yaml").expect("the scenarios");
    let second = scenarios.match_indices("\n- hazard:").nth(1).map_or(scenarios.len(), |(at, _)| at + 1);
    let crosswalk =
        "items:\n  - {old: a, new: b, change: same}\n  - {old: c, new: [d, e], change: split}\nnames:\n  - {old: 甲, new: 乙}\n";
    let mut spoiler = Spoiler::new(300);
    for (text, rounds) in [(&text[..end], 300), (&scenarios[..second], 100), (crosswalk, 600)] {
        for _ in 0..rounds {
            let bytes = spoiler.spoil(text.as_bytes());
            let mut findings = Vec::new();
            let bank = bank::from_bytes(bytes.clone(), "bank.yaml", None, &mut findings);
            assert!(are_placed(&findings, &bytes), "{findings:#?}\n{}", String::from_utf8_lossy(&bytes));
            assert!(!bank.entries.is_empty() || !bank.scenarios.is_empty() || any_error(&findings) || bytes.len() < 200);
            let mut findings = Vec::new();
            tree::crosswalk::from_bytes(bytes.clone(), "crosswalk.yaml", &mut findings);
            assert!(are_placed(&findings, &bytes), "{findings:#?}\n{}", String::from_utf8_lossy(&bytes));
        }
    }
}

/// The cases that a person can read; what a fuzzer found is in `tests/corpus.rs`.
#[test]
fn the_cases_make_nothing_panic() {
    let mut count = 0;
    for entry in fs::read_dir("tests/cases/yaml").expect("the cases") {
        ecap::fuzz::yaml(&fs::read(entry.expect("a file").path()).expect("bytes"));
        count += 1;
    }
    assert!(count > 280, "{count}");
}
