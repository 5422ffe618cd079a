//! Every fuzz target over what was saved for it in `tests/corpus/`: inputs that reach far, and whatever a fuzzer once found. How to fuzz
//! for longer: `just fuzz`.

#![allow(clippy::unwrap_used)]

mod panics;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ecap::fuzz;
use panics::panics;

/// One target over its folder: the inputs of which anything was read.
fn read(target: &str, bytes: &[u8]) -> bool {
    match target {
        "yaml" => fuzz::yaml(bytes).is_some(),
        "workbook" => !fuzz::workbook(bytes).is_empty(),
        "sheet_xml" => !fuzz::sheet_xml(bytes).is_empty(),
        "csv" => !fuzz::csv(bytes).is_empty(),
        "cell" => fuzz::cell(bytes).iter().any(ecap::scale::State::is_readable),
        _ => panic!("no target {target}"),
    }
}

#[test]
fn nothing_saved_makes_a_target_panic() {
    let mut all = Vec::new();
    let folders: BTreeSet<String> =
        fs::read_dir("tests/corpus").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let targets: BTreeSet<String> = fs::read_dir("fuzz/fuzz_targets")
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_string())
        .collect();
    assert_eq!(folders, targets, "each fuzz target has a corpus");
    for target in &targets {
        let (mut count, mut reached) = (0, 0);
        for entry in fs::read_dir(Path::new("tests/corpus").join(target)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let mut deep = false;
            all.extend(panics(|| deep = read(target, &bytes)).into_iter().map(|said| format!("{}: {said}", path.display())));
            count += 1;
            reached += usize::from(deep);
        }
        // A corpus of refusals would show nothing.
        assert!(count >= 5 && reached >= 3, "{target}: {count} files, {reached} of them read");
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// What is fuzzed is what is shipped.
#[test]
fn the_fuzz_crate_uses_the_same_versions() {
    let packages = |file: &str| -> BTreeSet<(String, String)> {
        let text = fs::read_to_string(file).unwrap();
        let value = |block: &str, key: &str| {
            block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"').map(str::to_string))
        };
        text.split("[[package]]").filter_map(|block| Some((value(block, "name")?, value(block, "version")?))).collect()
    };
    const OWN: [&str; 7] = ["ecap-fuzz", "libfuzzer-sys", "arbitrary", "cc", "find-msvc-tools", "jobserver", "shlex"];
    let (shipped, fuzzed) = (packages("Cargo.lock"), packages("fuzz/Cargo.lock"));
    let other: Vec<_> = fuzzed.difference(&shipped).filter(|(name, _)| !OWN.contains(&name.as_str())).collect();
    assert!(fuzzed.len() > 50 && other.is_empty(), "{other:?}: copy Cargo.lock to fuzz/ and run cargo metadata there");
}
