//! `reports/` is exactly what `samples/` yield, byte for byte, in any order and as often as they are made.
//!
//! `ECAP_ACCEPT=1 cargo test --test samples` writes `reports/` anew.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{ecap, sample};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Everything the samples yield, made in a folder.
fn make(folder: &Path) {
    let out = |name: &str| folder.join(name).display().to_string();
    for (sample_name, lang) in [("linjiang", "zh"), ("linjiang", "en"), ("wanghai", "zh")] {
        let (code, _, err) = ecap(&["score", &sample(sample_name), "-o", &out(lang), "--lang", lang]);
        assert_eq!(code, 0, "{err}");
    }
    // The same answers in two places with other hazards.
    for name in ["biwan", "qingling"] {
        assert_eq!(ecap(&["score", &sample(name), "-o", &out("zh")]).0, 0);
        assert_eq!(ecap(&["plan", &sample(name), "-o", &out("zh"), "--date", "2026-11-22"]).0, 0);
    }
    // 青岭县's ledger comes back three months later, with two rows that cannot be closed.
    let (ledger, later) = (sample("qingling-ledger"), out("zh/三个月后"));
    assert_eq!(ecap(&["plan", &sample("qingling"), &ledger, "-o", &later, "--date", "2027-02-25"]).0, 1);
    // A class before and after its course.
    assert_eq!(ecap(&["train", &sample("biwan"), "-o", &out("zh")]).0, 0);
    assert_eq!(ecap(&["train", &sample("biwan-class"), "-o", &out("zh")]).0, 0);
    // What to teach and what to mend, from the report's results alone in English.
    let results = folder.join("en").read_dir().unwrap().map(|entry| entry.unwrap().path().join("results.json")).find(|path| path.is_file());
    let results = results.unwrap().display().to_string();
    for command in ["train", "plan"] {
        assert_eq!(ecap(&[command, &results, "-o", &out("en"), "--lang", "en"]).0, 0);
    }
    // 栖云区's week: what had come by the deadline, the draft of that day, and the report after everything came and was reviewed.
    let (settings, first) = (sample("qiyun/评估设置.xlsx"), sample("qiyun/收回"));
    let checked = out("zh/检查结果");
    assert_eq!(ecap(&["check", &first, "--settings", &settings, "-o", &checked, "--date", "2026-11-22"]).0, 0);
    assert_eq!(ecap(&["score", &first, "--settings", &settings, "-o", &out("zh/草稿")]).0, 0);
    assert_eq!(ecap(&["score", &sample("qiyun"), "-o", &out("zh")]).0, 0);
    // 望海区 read with suspicion, and what to look at on site.
    let audit = ["--audit", "--sample", "12", "--seed", "2026", "-o", &out("zh/存疑核查")].map(str::to_string);
    let words: Vec<String> = ["check".to_string(), sample("wanghai")].into_iter().chain(audit).collect();
    assert_eq!(ecap(&words.iter().map(String::as_str).collect::<Vec<_>>()).0, 0);
    // The same as a living workbook.
    let living = out("zh/公式");
    assert_eq!(ecap(&["score", &sample("wanghai"), "-o", &living, "--formulas", "--format", "xlsx"]).0, 0);
    fs::remove_file(folder.join("zh/公式/望海区-2026/results.json")).unwrap();
    // 临江区 a year later under another edition, and both years compared; 望海区 against last year's table of scores.
    let tree = sample("linjiang-2027/指标体系-2027.json");
    assert_eq!(ecap(&["score", &sample("linjiang-2027"), "--tree", &tree, "-o", &out("zh")]).0, 0);
    for lang in ["zh", "en"] {
        let (crosswalk, folder) = (sample("linjiang-2027/对照.yaml"), out(lang));
        let years = [sample("linjiang"), sample("linjiang-2027")];
        let editions = ["--tree", &tree, "--old-tree", "city", "--crosswalk", &crosswalk];
        let words = [["compare", &years[0], &years[1], "-o", &folder, "--lang", lang].as_slice(), &editions].concat();
        assert_eq!(ecap(&words).0, 0);
    }
    let wanghai = sample("wanghai");
    let (table, names, beside) = (sample("wanghai-2025/上年得分.xlsx"), sample("wanghai-2025/对照.yaml"), out("zh"));
    let words = ["compare", &wanghai, "--baseline", &table, "--crosswalk", &names, "-o", &beside];
    assert_eq!(ecap(&words).0, 0);
    let (code, found, _) = ecap(&["check", &sample("broken"), "--lang", "zh"]);
    assert_eq!(code, 1);
    fs::write(folder.join("zh/青山县-问题.txt"), found).unwrap();
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    all
}

#[test]
fn reports_are_what_the_samples_yield() {
    let made = tempfile::tempdir().unwrap();
    make(made.path());
    let committed = root().join("reports");
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        let _ = fs::remove_dir_all(&committed);
        for (name, bytes) in files(made.path()) {
            let path = committed.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let (made, committed) = (files(made.path()), files(&committed));
    assert_eq!(made.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>(), "other files than in reports/");
    for (name, bytes) in &made {
        assert!(committed[name] == *bytes, "reports/{} is stale; see the head of tests/samples.rs", name.display());
    }
}

#[test]
fn the_order_of_the_arguments_changes_nothing() {
    let made = tempfile::tempdir().unwrap();
    let mut workbooks: Vec<String> =
        fs::read_dir(root().join("samples/wanghai")).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
    workbooks.sort();
    let mut digests = Vec::new();
    for turn in ["one", "two"] {
        let out = made.path().join(turn).display().to_string();
        let mut arguments = vec!["score", "-o", &out];
        arguments.extend(workbooks.iter().map(String::as_str));
        assert_eq!(ecap(&arguments).0, 0);
        digests.push(files(&made.path().join(turn)));
        workbooks.reverse();
    }
    assert!(digests[0] == digests[1]);
}

#[test]
fn the_worst_five_groups_are_those_of_the_story() {
    let made = tempfile::tempdir().unwrap();
    for (name, folder) in [("linjiang", "临江区-2026"), ("wanghai", "望海区-2026")] {
        let out = made.path().display().to_string();
        assert_eq!(ecap(&["score", &sample(name), "-o", &out, "--format", "json"]).0, 0);
        let json = fs::read_to_string(made.path().join(folder).join("results.json")).unwrap();
        let results: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut groups: Vec<(f64, String)> = results["groups"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|group| group["level"] == 1)
            .map(|group| (group["score"].as_f64().unwrap(), group["code"].as_str().unwrap().to_string()))
            .collect();
        groups.sort_by(|one, two| one.0.total_cmp(&two.0));
        let mut worst: Vec<&str> = groups.iter().take(5).map(|(_, code)| code.as_str()).collect();
        worst.sort_unstable();
        assert_eq!(worst, ["05", "14", "15", "16", "17"], "{name}");
    }
}

/// Every fault that the broken sample was made with, each at its sheet and cell.
#[test]
fn the_broken_sample_yields_every_one_of_its_faults_at_once() {
    let (code, out, _) = ecap(&["check", &sample("broken"), "--json"]);
    assert_eq!(code, 1);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    let found: Vec<(String, String, String)> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_string();
            (text(&finding["code"]), text(&finding["place"]["sheet"]), text(&finding["place"]["cell"]))
        })
        .collect();
    let expected = [
        ("answer-unreadable", "01 法制基础", "E4"),
        ("rate-two-readings", "01 法制基础", "E6"),
        ("rate-over-100", "01 法制基础", "E8"),
        ("level-over-top", "01 法制基础", "E11"),
        ("checklist-unknown-element", "01 法制基础", "E3"),
        ("count-fraction", "01 法制基础", "E18"),
        ("na-without-reason", "01 法制基础", "E14"),
        ("na-not-allowed", "01 法制基础", "E16"),
        ("answer-in-note", "01 法制基础", "E19"),
        ("sheet-no-self-column", "02 管理机构", "A1"),
        ("row-unknown", "03 应急中心", "A6"),
        ("row-item-twice", "03 应急中心", "E24"),
        ("answer-date", "03 应急中心", "E21"),
        ("answer-negative", "03 应急中心", "E8"),
        ("cover-retyped", "填报说明", "B5"),
        // The row that lost its ref and id was issued as an item's.
        ("rows-missing", "", ""),
    ];
    for (code, sheet, cell) in expected {
        assert!(found.contains(&(code.to_string(), sheet.to_string(), cell.to_string())), "{code} {sheet} {cell} in {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}

/// A torn period is decided by `--period`, and what can be scored is.
#[test]
fn a_retyped_period_is_decided_by_the_option() {
    let made = tempfile::tempdir().unwrap();
    let out = made.path().display().to_string();
    let (code, printed, _) = ecap(&["score", &sample("broken"), "-o", &out, "--period", "2026", "--format", "json"]);
    assert_eq!(code, 1);
    assert!(printed.contains("青山县 2026"), "{printed}");
    let (code, _, err) = ecap(&["score", &sample("broken"), "-o", &out, "--format", "json"]);
    assert_eq!(code, 1);
    assert!(err.contains("ecap check"), "{err}");
}

/// Of the answers that score, two thirds name evidence; those below full say why; no text is a refrain.
#[test]
fn sample_answers_read_like_an_office_wrote_them() {
    let made = tempfile::tempdir().unwrap();
    for (name, folder) in [("linjiang", "临江区-2026"), ("wanghai", "望海区-2026")] {
        let out = made.path().display().to_string();
        ecap(&["score", &sample(name), "-o", &out, "--format", "json"]);
        let results: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(made.path().join(folder).join("results.json")).unwrap()).unwrap();
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let (mut above, mut evidence, mut below, mut noted) = (0, 0, 0, 0);
        for item in results["items"].as_array().unwrap() {
            for answer in item["answers"].as_array().unwrap().iter().filter(|answer| answer["counts"] == true) {
                let Some(score) = answer["self"]["score"].as_f64() else { continue };
                let text = |key: &str| answer[key].as_str().unwrap().to_string();
                for key in ["evidence", "note"] {
                    if !text(key).is_empty() {
                        *times.entry(text(key)).or_default() += 1;
                    }
                }
                above += usize::from(score > 0.0);
                evidence += usize::from(score > 0.0 && !text("evidence").is_empty());
                below += usize::from(score < 100.0);
                noted += usize::from(score < 100.0 && !text("note").is_empty());
            }
        }
        let part = evidence as f64 / above as f64;
        assert!((0.6..0.75).contains(&part), "{name}: {evidence} of {above} name evidence");
        assert_eq!(noted, below, "{name}: answers below full without a note");
        assert!(times.values().all(|times| *times <= 3), "{name}: a text stands more than three times");
    }
}

/// Two districts with the same answers: their targets and first priorities differ, and only where their hazards do.
#[test]
fn the_two_districts_differ_where_and_only_where_their_hazards_do() {
    let read = |unit: &str| -> ecap::result::Results {
        let text = fs::read_to_string(root().join(format!("reports/zh/{unit}-2026/results.json"))).unwrap();
        ecap::result::from_json(&text).unwrap()
    };
    let (coast, inland) = (read("碧湾区"), read("青岭县"));
    let tree = ecap::tree::named("city", &mut Vec::new()).unwrap().tree.unwrap();
    let level = |results: &ecap::result::Results, kind: usize| {
        let word = ecap::tree::vocabulary::FACETS[ecap::tree::vocabulary::HAZARD].vocabulary.words[kind].word;
        let threat = results.hazards.as_ref().unwrap().threats.iter().find(|threat| threat.hazard == word).unwrap().clone();
        (threat.likelihood, threat.consequence)
    };
    let other: Vec<usize> = ecap::tree::hazards::kinds().into_iter().filter(|kind| level(&coast, *kind) != level(&inland, *kind)).collect();
    let mut differing = 0;
    for (index, (one, two)) in coast.items.iter().zip(&inland.items).enumerate() {
        assert_eq!((&one.id, &one.score), (&two.id, &two.score));
        let serves_other = other.iter().any(|kind| tree.items[index].serves(*kind));
        if one.target != two.target {
            differing += 1;
            assert!(serves_other, "{}: no hazard of it differs", one.reference);
        }
        if !serves_other {
            assert_eq!((one.target, &one.need), (two.target, &two.need), "{}", one.reference);
        }
        for item in [one, two] {
            assert!(item.need.as_ref().is_some_and(|need| !need.hazards.is_empty()), "{}: its target names no hazard", item.reference);
        }
    }
    assert!(differing >= 40, "{differing} targets differ");
    let by_loss = |results: &ecap::result::Results| -> Vec<usize> {
        ecap::analysis::weak_points::weak_points(results).iter().map(|point| point.item).collect()
    };
    for first in [by_loss, ecap::analysis::weak_points::first_things] {
        let named = |results: &ecap::result::Results| -> Vec<String> {
            first(results).into_iter().take(10).map(|index| results.items[index].reference.clone()).collect()
        };
        let (one, two) = (named(&coast), named(&inland));
        let only = one.iter().filter(|reference| !two.contains(reference)).count();
        assert!(only >= 5, "{one:?} {two:?}");
    }
}
