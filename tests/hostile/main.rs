//! Files of strangers: what is read of each and everything that is said of it, in `tests/hostile/expected.txt`. `ECAP_ACCEPT=1` writes it
//! anew. `ECAP_HOSTILE=FOLDER` leaves the files there, for a fuzzer to start from. `small`, `hidden`, `shown`, `pictures`,
//! `chart` and `linked`, .xls and .ods, were written by LibreOffice.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod child;
mod made;
mod public;
mod stores;
mod texts;
mod zips;

use std::fmt::Write;
use std::fs;

use ecap::sheet::Book;
use ecap::sheet::limits::Limits;
use ecap::survey::{self, Given};
use ecap::text::Lang;
use ecap::tree::Tree;

/// A file, its bytes, and limits that are not the usual ones.
pub struct Case {
    what: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    limits: &'static [&'static str],
}

pub fn case(what: &'static str, bytes: Vec<u8>) -> Case {
    Case { what, file: "试.xlsx", bytes, limits: &[] }
}

impl Case {
    fn file(self, file: &'static str) -> Self {
        Case { file, ..self }
    }

    fn limits(self, limits: &'static [&'static str]) -> Self {
        Case { limits, ..self }
    }
}

/// The answers as they were typed, and what is said of the file.
pub fn read(bytes: &[u8], file: &str, limits: &Limits, tree: &Tree) -> (Vec<String>, Vec<String>) {
    let mut findings = Vec::new();
    let book = Book::open_within(bytes, file, limits, &mut findings);
    let filled = book.and_then(|book| survey::read(&book, file, tree, &Given::default(), &mut findings));
    let mut answers = Vec::new();
    if let Some(filled) = &filled {
        findings.extend(ecap::answers::remarks(filled, tree));
        for row in &filled.rows {
            let raw = row.own.as_ref().map_or("", |cell| cell.typed.raw.as_str());
            answers.push(format!("{}={raw}", tree.items[row.item].id));
        }
    }
    (answers, findings.iter().map(|finding| finding.line(Lang::Zh)).collect())
}

#[test]
fn what_is_read_of_every_hostile_file() {
    let tree = made::tree();
    let mut out = String::new();
    let folder = std::env::var_os("ECAP_HOSTILE").map(std::path::PathBuf::from);
    for case in [zips::cases(&tree), stores::cases(&tree), texts::cases(&tree)].into_iter().flatten() {
        let mut limits = Limits::default();
        assert!(case.limits.iter().all(|limit| limits.set(limit)));
        let (answers, findings) = read(&case.bytes, case.file, &limits, &tree);
        if let Some(folder) = &folder {
            fs::write(folder.join(case.what.replace('/', " ")), &case.bytes).unwrap();
        }
        writeln!(out, "{}", case.what).unwrap();
        writeln!(out, "  {}", if answers.is_empty() { "-".to_string() } else { answers.join(" ") }).unwrap();
        for finding in findings {
            writeln!(out, "  {finding}").unwrap();
        }
    }
    let path = "tests/hostile/expected.txt";
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        fs::write(path, &out).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    for (line, (found, wanted)) in (1..).zip(out.lines().zip(expected.lines())) {
        assert_eq!(found, wanted, "line {line}");
    }
    assert_eq!(out.lines().count(), expected.lines().count());
}

/// A broken copy of a good survey gives its answers or a finding, and never another answer without one.
#[test]
fn no_cut_and_no_flipped_byte_changes_an_answer_in_silence() {
    let tree = made::tree();
    let good = made::Made::good(&tree).bytes();
    let limits = Limits::default();
    let (answers, none) = read(&good, "试.xlsx", &limits, &tree);
    assert_eq!(answers, ["a=2", "b=3", "c=45/50", "d=105%"]);
    assert_eq!(none, Vec::<String>::new());
    for part in 0..50 {
        let (_, findings) = read(&good[..good.len() * part / 50], "试.xlsx", &limits, &tree);
        assert!(!findings.is_empty(), "cut at {part} of 50");
    }
    // Xorshift: the same flips every time.
    let mut state = 20_260_305u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for round in 0..1_000 {
        let mut broken = good.clone();
        let (at, bit) = (random(broken.len()), random(8));
        broken[at] ^= 1 << bit;
        let (found, findings) = read(&broken, "试.xlsx", &limits, &tree);
        assert!(found == answers || !findings.is_empty(), "round {round}, byte {at}, bit {bit}: {found:?}");
    }
    // Nothing guards the bytes of the others against a change, but none of them may stop the program.
    for (file, good) in [("试.xls", include_bytes!("small.xls").as_slice()), ("试.ods", include_bytes!("small.ods").as_slice())] {
        for part in 0..50 {
            let (found, findings) = read(&good[..good.len() * part / 50], file, &limits, &tree);
            assert!(found.len() == 4 || !findings.is_empty(), "{file} cut at {part} of 50");
        }
    }
}
