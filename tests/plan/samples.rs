//! The samples and the menu.

use std::fs;
use std::path::Path;

use crate::place::*;

#[test]
fn the_sample_yields_the_same_bytes_twice_and_a_proved_plan() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/linjiang").display().to_string();
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for name in ["one", "two"] {
        let out = folder.path().join(name).display().to_string();
        let (code, said, err) = ecap(&["plan", &sample, "-o", &out, "--date", "2026-11-22"]);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(said.contains("已经证明：按指标体系所列的天数算，达到“良好”不可能少于"), "{said}");
        all.push(files(&folder.path().join(name).join("临江区-2026-整改")));
    }
    assert!(all[0] == all[1]);
    let names: Vec<&str> = all[0].keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "gantt-1.svg",
            "gantt-2.svg",
            "gantt-3.svg",
            "gantt-4.svg",
            "措施费用.xlsx",
            "整改台账.xlsx",
            "整改方案.docx",
            "整改方案.md",
            "整改方案.xlsx"
        ]
    );
    // From the results alone the plan is the same, and what it wrote beside surveys troubles nobody.
    let scored = folder.path().join("scored").display().to_string();
    assert_eq!(ecap(&["score", &sample, "-o", &scored, "--format", "json"]).0, 0);
    let results = folder.path().join("scored/临江区-2026/results.json").display().to_string();
    let out = folder.path().join("three").display().to_string();
    let (code, _, err) = ecap(&["plan", &results, "-o", &out, "--date", "2026-11-22"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(files(&folder.path().join("three/临江区-2026-整改")) == all[0]);
    let plans = folder.path().join("one/临江区-2026-整改").display().to_string();
    let (code, said, _) = ecap(&["check", &sample, &plans]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_menu_makes_a_plan_and_finds_its_ledger_again() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("临江区2026");
    fs::create_dir(&inputs).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/linjiang");
    for entry in fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, inputs.join(path.file_name().unwrap())).unwrap();
    }
    let typed = format!("8\n{}\n2026-11-22\n0\n\n", inputs.display());
    let choose = || {
        let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), std::io::Cursor::new(typed.clone()));
        let mut session =
            ecap::commands::Session { lang: ecap::text::Lang::Zh, out: &mut out, err: &mut err, input: &mut input, terminal: true };
        let code = ecap::commands::run_at_terminal(vec!["ecap".into()], "zh_CN.UTF-8", &mut session);
        (code, String::from_utf8(out).unwrap())
    };
    let (code, said) = choose();
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("  8 整改方案：最省的办法到下一等级，各题再上一档的增分，整改台账"), "{said}");
    assert!(said.contains("已经证明：按指标体系所列的天数算，达到“良好”不可能少于"), "{said}");
    let plans = inputs.join("报告/临江区-2026-整改");
    let ledger = plans.join("整改台账.xlsx");
    refill(&ledger, &ledger, "整改台账", &[(2, "状态", "整改中")], None);
    let (code, said) = choose();
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("台账 报告/临江区-2026-整改/整改台账.xlsx（第 1 期，2026）共 "), "{said}");
    assert!(plans.join("整改台账-第2期.xlsx").exists());
}

/// What the samples show: an item raised for points though its hazards ask for no more, and a ledger that goes on to what the law asks.
#[test]
fn the_samples_say_what_is_met_and_where_the_ledger_goes_further() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let plan = |sample: &str, name: &str| {
        let (input, out) = (root.join(sample).display().to_string(), folder.path().display().to_string());
        let (code, said, err) = ecap(&["plan", &input, "-o", &out, "--date", "2026-11-22"]);
        assert_eq!((code, err.as_str()), (0, ""));
        let made = folder.path().join(name);
        (said, fs::read_to_string(made.join("整改方案.md")).unwrap(), made.join("整改台账.xlsx"))
    };
    let (_, page, _) = plan("samples/qingling", "青岭县-2026-整改");
    let met: Vec<Vec<String>> =
        table(&page, "整改的题，按办结先后").into_iter().filter(|row| row[6].contains("；本地目标已达到，")).collect();
    assert!(!met.is_empty() && met.len() < 20, "{met:#?}");
    // Below the law, outside the plan and closed: said to be closed, and not listed again.
    let inputs = ["samples/qingling", "samples/qingling-ledger"].map(|sample| root.join(sample).display().to_string());
    let out = folder.path().display().to_string();
    let (_, said, _) = ecap(&["plan", &inputs[0], &inputs[1], "-o", &out, "--date", "2027-02-25"]);
    assert!(said.contains("评估时未达法定要求、不在这个办法里的 16.2.02 台账已经销号，不再列入"), "{said}");
    assert!(!said.contains("未达法定要求的另有"), "{said}");
    let page = fs::read_to_string(folder.path().join("青岭县-2026-整改/整改方案.md")).unwrap();
    let first = table(&page, "最先要办而不在本办法里的（与进度表同时办，不排在里面）");
    assert_eq!(first.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["04.2.04", "05.1.06"], "what is closed is no next step");
    let second = folder.path().join("青岭县-2026-整改/整改台账-第2期.xlsx");
    assert!(!ledger_column(&second, "编号").contains(&"16.2.02".to_string()));
    let (said, page, ledger) = plan("samples/linjiang", "临江区-2026-整改");
    assert!(said.contains("14.1.04、16.2.06、05.1.02 共 3 题，法律或否决项要求的比这个办法的那一档高"), "{said}");
    let (refs, targets) = (ledger_column(&ledger, "编号"), ledger_column(&ledger, "目标得分"));
    let steps = table(&page, "整改的题，按办结先后");
    let higher: Vec<&str> = steps
        .iter()
        .filter(|row| {
            let at = refs.iter().position(|reference| *reference == row[1]).unwrap();
            let to: f64 = row[3].rsplit(' ').next().unwrap().parse().unwrap();
            targets[at].parse::<f64>().unwrap() > to
        })
        .map(|row| row[1].as_str())
        .collect();
    assert_eq!(higher, ["14.1.04", "16.2.06", "05.1.02"]);
}
