//! What the screen says of the samples where a first reader went wrong.

#![allow(clippy::unwrap_used)]

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use ecap::sheet::Book;
use rust_xlsxwriter::Workbook;

fn ecap(arguments: &[&str]) -> (i32, String, String) {
    let words = std::iter::once("ecap").chain(arguments.iter().copied()).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = ecap::commands::run(words, "zh_CN.UTF-8", &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).display().to_string()
}

/// A copy of a district's folder, some likelihoods of its settings written anew.
fn district(sample_name: &str, to: &Path, edits: &[(&str, &str)]) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(sample(sample_name)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
    let settings = to.join("评估设置.xlsx");
    let book = Book::open(fs::read(&settings).unwrap(), "it", &mut Vec::new()).unwrap();
    let mut workbook = Workbook::new();
    for old in &book.sheets {
        let new = workbook.add_worksheet().set_name(&old.name).unwrap();
        for (row, cells) in &old.rows {
            for (column, cell) in cells {
                let edit = edits.iter().find(|(hazard, _)| old.name == "灾种" && *column == 1 && old.text(*row, 0) == *hazard);
                let text = edit.map_or_else(|| cell.text(), |(_, text)| (*text).to_string());
                new.write(*row, u16::try_from(*column).unwrap(), text).unwrap();
            }
        }
    }
    fs::write(settings, workbook.save_to_buffer().unwrap()).unwrap();
}

#[test]
fn hazards_that_were_not_judged_are_said_beside_the_need() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out").display().to_string());
    district("qingling", &input, &[("洪涝", "高"), ("地质灾害", "6")]);
    let (code, said, _) = ecap(&["score", &input.display().to_string(), "-o", &out]);
    assert_eq!(code, 1, "{said}");
    let line = said.lines().find(|line| line.starts_with("  按灾种需要 ")).unwrap_or_else(|| panic!("{said}"));
    let sentence = "种灾种中有 2 种没有判断或填错，没有算进来：洪涝、地质灾害；需要可能偏低。";
    assert!(line.contains("，差得最多的是") && line.contains(sentence), "{line}");
    let page = fs::read_to_string(folder.path().join("out/青岭县-2026/report.md")).unwrap();
    assert_eq!(page.lines().filter(|line| line.starts_with("按本地灾种判断，总体需要 ") && line.contains(sentence)).count(), 3);
    // All judged: nothing is said of any left out.
    let (_, said, _) = ecap(&["score", &sample("qingling"), "-o", &out]);
    assert!(said.contains("  按灾种需要 ") && !said.contains("没有判断或填错"), "{said}");
    let (_, said, _) = ecap(&["score", &sample("linjiang"), "-o", &out]);
    assert!(!said.contains("按灾种需要"), "{said}");
}

#[test]
fn two_districts_at_once_are_told_apart_by_their_paths() {
    let (one, two) = (sample("qingling"), sample("biwan"));
    for command in ["train", "plan", "score"] {
        let (code, _, err) = ecap(&[command, &one, &two]);
        let wanted = format!(
            "有两份不同的评估设置：{two}/评估设置.xlsx 和 {one}/评估设置.xlsx。一次只做一个单位：几个单位的文件夹请一个一个做；同一单位的请只留一份，或用 --settings 指明。\n"
        );
        let other = wanted.replace(&two, "@").replace(&one, &two).replace('@', &one);
        assert!(code == 2 && (err == wanted || err == other), "{command}: {err}");
    }
}

#[test]
fn a_table_of_scores_named_as_a_year_is_known_for_what_it_is() {
    let (this, last) = (sample("wanghai"), sample("wanghai-2025"));
    let (code, said, err) = ecap(&["compare", &last, &this]);
    assert_eq!((code, said.as_str()), (2, ""));
    let table = format!("{last}/上年得分.xlsx");
    assert_eq!(err, format!("{table} 不是自评表，像是一张得分表。请写：ecap compare {this} --baseline {table}\n"));
    let out = tempfile::tempdir().unwrap();
    let (_, said, _) = ecap(&["compare", &this, "--baseline", &table, "-o", &out.path().display().to_string()]);
    let (_, hint) = said
        .split_once("对照表用 --crosswalk 给出，是一个文本文件，如 对照.yaml，一行一个改过的名称：\n")
        .unwrap_or_else(|| panic!("{said}"));
    let lines: Vec<&str> = hint.lines().take(2).collect();
    assert!(lines[0] == "names:" && lines[1].starts_with("  - {old: \"") && lines[1].ends_with("\", new: \"本年的名称\"}"), "{said}");
    // What it prints can be read back.
    let crosswalk = out.path().join("对照.yaml");
    fs::write(&crosswalk, lines.join("\n")).unwrap();
    let arguments =
        ["compare", &this, "--baseline", &table, "--crosswalk", &crosswalk.display().to_string(), "-o", &out.path().display().to_string()];
    let (code, said, err) = ecap(&arguments);
    assert!(code < 2, "{said}{err}");
}

/// Whose word would come first, where others count because it gave none.
#[test]
fn explain_says_that_the_lead_gave_no_answer() {
    let (code, said, err) = ecap(&["explain", &sample("wanghai"), "eca-0002"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(said.contains("  · 牵头的机构编制部门没有作答，用的是应急管理部门的答案\n"), "{said}");
    let (code, said, err) = ecap(&["explain", &sample("wanghai"), "eca-0023"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(said.contains("  · 牵头的机构编制部门没有作答，其余各方的答案取平均值\n"), "{said}");
    // Where the lead answered, nothing is said of it.
    let (_, said, _) = ecap(&["explain", &sample("linjiang"), "eca-0001"]);
    assert!(said.contains("填了什么，用了哪个") && !said.contains("没有作答"), "{said}");
}

/// What is made from redacted results stands beside what is not.
#[test]
fn a_plan_from_redacted_results_is_marked_by_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    assert_eq!(ecap(&["score", &sample("qingling"), "-o", &out, "--redact", "--format", "json"]).0, 0);
    let results = folder.path().join("青岭县-2026-脱敏/results.json").display().to_string();
    let (code, said, err) = ecap(&["plan", &results, "-o", &out]);
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    assert!(said.contains("青岭县-2026-整改-脱敏"), "{said}");
    assert!(said.contains("没有写 --date，"), "{said}");
    assert!(folder.path().join("青岭县-2026-整改-脱敏/整改方案.md").exists() && !folder.path().join("青岭县-2026-整改").exists());
}
