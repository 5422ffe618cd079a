//! What the terminal says, in full: each file in `tests/cases/cli/` is a command line and everything it prints.
//!
//! `ECAP_ACCEPT=1 cargo test --test cli` writes the answers anew.

#![allow(clippy::unwrap_used)]

mod common;

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The command line, word by word.
fn ecap(arguments: &[String]) -> (i32, String, String) {
    common::ecap(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The command line of a case and what it printed: output, talk, exit code.
fn transcript(command: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let arguments: Vec<String> = command.split_whitespace().skip(1).map(|word| word.replace("@", &format!("{root}/"))).collect();
    let (code, out, err) = ecap(&arguments);
    let mut text = format!("$ {command}\n");
    write!(text, "{out}").unwrap();
    if !err.is_empty() {
        write!(text, "--- 标准错误 standard error\n{err}").unwrap();
    }
    writeln!(text, "--- 退出码 exit code {code}").unwrap();
    text.replace(&format!("{root}/"), "@")
}

#[test]
fn every_command_line_says_what_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/cli");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 15);
    for case in cases {
        let expected = fs::read_to_string(&case).unwrap();
        let command = expected.lines().next().unwrap().strip_prefix("$ ").unwrap().to_string();
        let said = transcript(&command);
        if std::env::var_os("ECAP_ACCEPT").is_some() {
            fs::write(&case, &said).unwrap();
        }
        let expected = fs::read_to_string(&case).unwrap();
        assert!(said == expected, "{}:\n{said}", case.display());
    }
}

/// In Chinese output no library speaks: no English sentence stands in it.
#[test]
fn no_library_speaks_to_a_reader() {
    for words in ["score --unit", "score --nope x", "score a b c --unit x --unit y", "tree", "check --json=1 x", "score -z"] {
        let arguments: Vec<String> = words.split_whitespace().map(str::to_string).collect();
        let (code, out, err) = ecap(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{words}");
        for sentence in ["error:", "Usage", "argument", "tip:", "subcommand", "expected"] {
            assert!(!err.contains(sentence), "{words}: {err}");
        }
    }
}
