//! `ecap check --audit` and `--sample` as an auditor types them, on the sample of 栖云区.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use crate::common::ecap;

const SAMPLE: &str = "samples/qiyun";

fn json(arguments: &[&str]) -> (i32, Value) {
    let (code, out, err) = ecap(arguments);
    (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}")))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn doubts_stand_among_the_findings_and_change_neither_them_nor_the_exit_code() {
    let (plain_code, plain) = json(&["check", SAMPLE, "--json"]);
    let (code, audited) = json(&["check", SAMPLE, "--audit", "--last", SAMPLE, "--json"]);
    assert_eq!((plain_code, code), (0, 0));
    let (before, after) = (plain["findings"].as_array().unwrap(), audited["findings"].as_array().unwrap());
    assert_eq!(&after[..before.len()], &before[..]);
    assert_eq!(plain.get("samples"), None);
    // Last year is this year here, so every department of some size repeats itself, word for word.
    let doubts = &after[before.len()..];
    assert_eq!(doubts.len(), 12);
    for doubt in doubts {
        assert_eq!((doubt["code"].as_str(), doubt["severity"].as_str()), (Some("audit-copied-last-year"), Some("warning")));
        assert!(doubt["place"]["file"].as_str().unwrap().ends_with(".xlsx"));
    }
    let finance = doubts.iter().find(|doubt| doubt["args"]["respondent"] == "区财政局").unwrap();
    assert_eq!(finance["place"]["file"], "收回/11_区财政局_2026_自评表.xlsx");
    assert_eq!(finance["args"]["items"].as_str().unwrap().split('、').count(), 15);
}

#[test]
fn last_year_may_be_results_json_or_the_folder_that_holds_it() {
    let made = tempfile::tempdir().unwrap();
    let out = made.path().to_string_lossy().into_owned();
    assert_eq!(ecap(&["score", SAMPLE, "-o", &out, "--format", "md"]).0, 0);
    let count = |last: &str| {
        let (_, found) = json(&["check", SAMPLE, "--audit", "--last", last, "--json"]);
        let codes: Vec<String> = found["findings"].as_array().unwrap().iter().map(|one| one["code"].to_string()).collect();
        codes.iter().filter(|code| code.contains("audit-")).count()
    };
    assert_eq!(count(&format!("{out}/栖云区-2026/results.json")), 12);
    assert_eq!(count(&out), 12);
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let made = tempfile::tempdir().unwrap();
    let empty = made.path().to_string_lossy().into_owned();
    let torn = made.path().join("results.json");
    fs::write(&torn, "{}").unwrap();
    let torn = torn.to_string_lossy().into_owned();
    let nowhere = made.path().join("空");
    fs::create_dir(&nowhere).unwrap();
    let nowhere = nowhere.to_string_lossy().into_owned();
    for (arguments, wanted) in [
        (vec!["--sample", "5"], "--sample 要同时写 --seed：种子在答案收齐后当众确定，谁都能照样再抽一遍，如 --seed 20261120。".to_string()),
        (vec!["--sample", "0", "--seed", "1"], "--sample 不能是“0”，应为 大于 0 的整数。".to_string()),
        (vec!["--seed", "1"], "--seed 要与 --sample 同用。".to_string()),
        (vec!["--last", SAMPLE], "--last 要与 --audit 或 --sample 同用。".to_string()),
        (vec!["--audit", "--last", &torn], format!("{torn} 不是 ecap score 写的 results.json。请核对 --last。")),
        (
            vec!["--audit", "--last", &nowhere],
            format!(
                "--last {nowhere} 里没有上年的结果：没有能计分的表，也没有 results.json。请指明上年收回的表所在的文件夹，或上年的 results.json。"
            ),
        ),
    ] {
        let (code, _, err) = ecap(&[&["check", SAMPLE][..], &arguments].concat());
        assert_eq!((code, err.trim_end()), (2, wanted.as_str()), "{arguments:?}");
    }
    drop(empty);
}

#[test]
fn the_auditor_gets_questions_and_a_form_and_the_departments_problems_hold_neither() {
    let made = tempfile::tempdir().unwrap();
    let run = |folder: &str, more: &[&str]| {
        let out = made.path().join(folder);
        let shown = out.to_string_lossy().into_owned();
        let words =
            [&["check", SAMPLE, "--audit", "--last", SAMPLE, "--sample", "7", "--seed", "20261120", "-o", &shown][..], more].concat();
        assert_eq!(ecap(&words).0, 0);
        out
    };
    let (one, two) = (run("一", &[]), run("二", &[]));
    assert_eq!(names(&one), ["催办.txt", "回收情况.xlsx", "存疑核查.docx", "存疑核查.md", "存疑核查.xlsx", "抽查表.xlsx", "数据问题.xlsx"]);
    for name in names(&one) {
        assert!(fs::read(one.join(&name)).unwrap() == fs::read(two.join(&name)).unwrap(), "{name}");
    }
    let page = fs::read_to_string(one.join("存疑核查.md")).unwrap();
    for text in [
        "12 个部门，共 12 处值得问一问。",
        "下面每一条都是一个问题，不是结论",
        "### 区财政局",
        "| 与上年相同 | 区财政局：两年可比的 15 题中有 15 题",
        "工作稳定，所引的制度和文件多年有效",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let mut findings = Vec::new();
    let mut open = |name: &str| ecap::sheet::Book::open(fs::read(one.join(name)).unwrap(), name, &mut findings).unwrap();
    let form = open("抽查表.xlsx");
    let sheet = &form.sheets[0];
    let header: Vec<String> = (0..13).map(|column| sheet.text(6, column)).collect();
    let columns = [
        "编号",
        "指标",
        "部门",
        "填的答案",
        "答案的意思（评分标准）",
        "得分",
        "填表时写的佐证",
        "填在哪里",
        "看什么",
        "核查结果",
        "实际答案",
        "被查部门签字、日期",
        "核查人签字、日期",
    ];
    assert_eq!(header, columns);
    assert!(sheet.text(1, 0).contains("抽 7 题，种子 20261120"), "{}", sheet.text(1, 0));
    assert!((7..14).all(|row| sheet.text(row, 9).contains("部分属实") && !sheet.text(row, 8).is_empty() && sheet.text(row, 10).is_empty()));
    let problems = open("数据问题.xlsx");
    assert!(!problems.sheets[0].rows.keys().any(|row| sheet_row(&problems, *row).contains("上年逐字相同")));
    let english = run("三", &["--lang", "en"]);
    assert!(names(&english).contains(&"audit-questions.docx".to_string()) && names(&english).contains(&"sample-checks.xlsx".to_string()));
}

/// Every part of a package, one after another.
fn unpacked(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut text = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut text).unwrap();
        all += &String::from_utf8_lossy(&text);
    }
    all
}

#[test]
fn every_file_of_a_check_says_which_results_it_rests_on() {
    let made = tempfile::tempdir().unwrap();
    let at = |folder: &str| made.path().join(folder).to_string_lossy().into_owned();
    assert_eq!(ecap(&["check", SAMPLE, "--audit", "--sample", "3", "--seed", "1", "-o", &at("核查")]).0, 0);
    assert_eq!(ecap(&["score", SAMPLE, "-o", &at("报告"), "--format", "md"]).0, 0);
    let report = fs::read_to_string(made.path().join("报告/栖云区-2026/report.md")).unwrap();
    let footer = report.lines().last().unwrap();
    assert!(footer.starts_with("结果摘要 ") && footer.contains("，指标体系摘要 ") && footer.contains("，ecap "), "{footer}");
    let file = |name: &str| made.path().join("核查").join(name);
    assert_eq!(fs::read_to_string(file("存疑核查.md")).unwrap().lines().last(), Some(footer));
    for name in ["存疑核查.docx", "存疑核查.xlsx", "抽查表.xlsx", "数据问题.xlsx", "回收情况.xlsx"] {
        assert!(unpacked(&file(name)).contains(footer), "{name}");
    }
    assert!(unpacked(&file("数据问题.xlsx")).contains("栖云区 2026 数据问题"));
    // Of several units the problems name each; no results of one stand behind them.
    assert_eq!(ecap(&["check", SAMPLE, "samples/wanghai", "-o", &at("两家")]).0, 0);
    let both = unpacked(&made.path().join("两家/数据问题.xlsx"));
    let tree = footer.split_once('，').unwrap().1;
    assert!(both.contains("单位和评估期：望海区 2026、栖云区 2026。") && both.contains(tree) && !both.contains("结果摘要"), "{tree}");
}

fn sheet_row(book: &ecap::sheet::Book, row: u32) -> String {
    (0..8).map(|column| book.sheets[0].text(row, column)).collect()
}

#[test]
fn a_plan_alone_needs_no_audit_and_says_how_it_was_drawn() {
    let (code, found) = json(&["check", SAMPLE, "--sample", "4", "--seed", "7", "--json"]);
    assert_eq!(code, 0);
    let plan = &found["samples"][0];
    assert_eq!(
        (plan["unit"].as_str(), plan["seed"].as_str(), plan["items"].as_array().map(Vec::len)),
        (Some("栖云区"), Some("7"), Some(4))
    );
    for item in plan["items"].as_array().unwrap() {
        assert_eq!(item["number"].as_f64(), Some(ecap::analysis::sampling::number("7", "栖云区", "2026", item["id"].as_str().unwrap())));
        assert!(item["chance"].as_f64().is_some_and(|chance| chance > 0.0 && chance <= 1.0));
    }
    let (_, out, _) = ecap(&["check", SAMPLE, "--sample", "4", "--seed", "7"]);
    assert!(out.contains("栖云区 2026 现场抽查 4 题（从 ") && !out.contains("值得问一问"), "{out}");
}

#[test]
fn english_papers_name_departments_as_the_tree_does() {
    let folder = tempfile::tempdir().unwrap();
    let survey = format!("{}/samples/wanghai", env!("CARGO_MANIFEST_DIR"));
    let out = folder.path().display().to_string();
    let (code, _, _) = ecap(&["check", &survey, "--audit", "--lang", "en", "-o", &out]);
    assert_eq!(code, 0);
    let page = fs::read_to_string(folder.path().join("audit-questions.md")).unwrap();
    assert!(page.contains("## Finance\n") || page.contains("### Finance\n"), "{page}");
    assert!(page.contains("Finance: its 15 items average") && page.contains("| Emergency Management | 4 |"), "{page}");
    assert!(!page.contains("财政部门") && !page.contains("应急管理部门"), "{page}");
    // A paper of few pages has no contents, and the last line of its long cover stands on the cover.
    let word = unpacked(&folder.path().join("audit-questions.docx"));
    assert!(!word.contains("ContentsHeading\"/></w:pPr>"));
    let cover = &word[..word.find("How to read this").unwrap()];
    assert!(cover.matches("<w:pStyle w:val=\"CoverLine\"/></w:pPr></w:p>").count() < 10);
}
