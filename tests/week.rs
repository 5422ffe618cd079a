//! An office's whole week on the sample of 栖云区: by department, who has returned, draft and final, by menu and by dropping a folder.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use ecap::analysis::adjustments::adjustments;
use ecap::commands::Session;
use ecap::result::Results;
use ecap::sheet::Book;
use ecap::text::Lang;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use common::ecap;

/// As at a terminal whose user types these lines.
fn at_terminal(arguments: &[&str], typed: &str) -> (i32, String) {
    let words = std::iter::once("ecap").chain(arguments.iter().copied()).map(OsString::from).collect();
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), Cursor::new(typed.to_string()));
    let mut session = Session { lang: Lang::Zh, out: &mut out, err: &mut err, input: &mut input, terminal: true };
    let code = ecap::commands::run_at_terminal(words, "zh_CN.UTF-8", &mut session);
    out.extend(err);
    (code, String::from_utf8(out).unwrap())
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/qiyun").join(name)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn results(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("栖云区-2026/results.json")).unwrap()).unwrap()
}

/// The workbooks of a folder, by name.
fn workbooks(folder: &Path) -> BTreeMap<String, Book> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "xlsx"))
        .map(|path| {
            let mut findings = Vec::new();
            let book = Book::open(fs::read(&path).unwrap(), "it", &mut findings).unwrap();
            assert_eq!(findings, []);
            (path.file_name().unwrap().to_string_lossy().into_owned(), book)
        })
        .collect()
}

/// The ids in a survey's last column.
fn ids(book: &Book) -> Vec<String> {
    let sheets = book.sheets.iter().filter(|sheet| sheet.text(0, 9) == "id");
    sheets.flat_map(|sheet| sheet.rows.keys().skip(1).map(|row| sheet.text(*row, 9)).filter(|id| !id.is_empty())).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(from, to).unwrap();
}

/// All leads on twelve departments: twelve files and the assessors', every item in exactly one, the outsider's in theirs only.
#[test]
fn each_item_goes_to_exactly_one_of_thirteen_files() {
    let made = tempfile::tempdir().unwrap();
    let mut findings = Vec::new();
    let tree = ecap::tree::named("city", &mut findings).unwrap().tree.unwrap();
    let settings = made.path().join("评估设置.xlsx");
    let leads: Vec<&str> =
        tree.departments.iter().filter(|department| !department.outsider).map(|department| department.name.zh.as_ref()).collect();
    let mut workbook = Workbook::new();
    let unit = workbook.add_worksheet().set_name("单位与时限").unwrap();
    for (row, (label, value)) in (0u32..).zip([("被评估单位", "栖云区"), ("评估期", "2026")]) {
        unit.write(row, 0, label).unwrap().write(row, 1, value).unwrap();
    }
    let table = workbook.add_worksheet().set_name("部门对照").unwrap();
    table.write(0, 0, "牵头部门").unwrap().write(0, 2, "实际部门").unwrap();
    for (row, (number, lead)) in (1u32..).zip(leads.iter().enumerate()) {
        table.write(row, 0, *lead).unwrap().write(row, 2, format!("区{}局", number % 12 + 1)).unwrap();
    }
    fs::write(&settings, workbook.save_to_buffer().unwrap()).unwrap();
    let out = made.path().join("待发问卷");
    let (code, _, err) = ecap(&["survey", "--by-department", "--settings", &shown(&settings), "-o", &shown(&out)]);
    assert_eq!(code, 0, "{err}");
    let books = workbooks(&out);
    assert_eq!(books.len(), 13);
    let all: Vec<String> = books.values().flat_map(ids).collect();
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!((all.len(), once.len()), (405, 405));
    let outsiders: Vec<String> = tree.items.iter().filter(|item| tree.asks_outsider(item)).map(|item| item.id.clone()).collect();
    assert_eq!(ids(&books["13_评估组_2026_自评表.xlsx"]), outsiders);
}

/// Issued for its department, hidden too, with its own items only and a page to sign; what is left out is in no file.
#[test]
fn a_departments_file_is_its_own() {
    let made = tempfile::tempdir().unwrap();
    let (code, _, err) = ecap(&["survey", "--by-department", "--settings", &shown(&sample("评估设置.xlsx")), "-o", &shown(made.path())]);
    assert_eq!(code, 0, "{err}");
    let books = workbooks(made.path());
    let all: Vec<String> = books.values().flat_map(ids).collect();
    assert!(all.len() == 404 && !all.contains(&"eca-0197".to_string()));
    let finance = &books["11_区财政局_2026_自评表.xlsx"];
    let stored = finance.sheets.iter().find(|sheet| sheet.name == "_ecap").unwrap();
    assert_eq!([stored.text(0, 1), stored.text(1, 1), stored.text(2, 1)], ["栖云区", "2026", "区财政局"]);
    let signs = finance.sheets.iter().find(|sheet| sheet.name == "签字盖章").unwrap();
    let labels: Vec<String> = (2..8).map(|row| signs.text(row, 0)).collect();
    assert_eq!(labels, ["填报人", "审核人", "单位负责人", "公章", "电话", "日期"]);
}

/// Twelve sent, nine back, one of them half filled, one twice.
#[test]
fn who_has_returned_is_told_exactly_and_the_grade_is_provisional() {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path().join("评估");
    copy(&sample("评估设置.xlsx"), &folder.join("评估设置.xlsx"));
    for entry in fs::read_dir(sample("收回")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("10_") && !name.starts_with("11_") {
            copy(&path, &folder.join(name));
        }
    }
    let out = made.path().join("查");
    let (code, said, talk) = ecap(&["check", &shown(&folder), "-o", &shown(&out), "--date", "2026-11-21"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        talk.contains(
            "共 12 个部门：已齐 8 个；未填完 1 个（区住房城乡建设局）；未交 3 个（区委组织部、区财政局、区民政局）；交了不止一份的有区消防救援大队；评估组评定的 32 题均未评定。"
        ),
        "{talk}"
    );
    let book = &workbooks(&out)["回收情况.xlsx"];
    let table = &book.sheets[0];
    let line = |department: &str| -> Vec<String> {
        let row = table.rows.keys().find(|row| table.text(**row, 0) == department).unwrap();
        (2..10).map(|column| table.text(*row, column)).collect()
    };
    assert_eq!(line("区财政局")[..3], ["未交", "15", "0"]);
    assert_eq!(line("区住房城乡建设局")[..4], ["未填完", "18", "10", "8"]);
    assert_eq!(line("区消防救援大队"), ["已齐", "16", "16", "0", "0", "0", "0%", "2"]);
    let reminders = fs::read_to_string(out.join("催办.txt")).unwrap();
    let paragraphs: Vec<&str> = reminders.trim_start_matches('\u{feff}').trim().split("\n\n").collect();
    assert_eq!(paragraphs.len(), 4);
    let finance = paragraphs.iter().find(|text| text.starts_with("区财政局")).unwrap();
    assert_eq!(
        *finance,
        "区财政局（行政政法科 0871-6200303）：您好！栖云区 2026 应急能力评估，贵单位的自评表（15 题）还没有收到。报送截止日是 2026-11-20，已逾期 1 天，请尽快报送。——栖云区应急管理局"
    );
    assert!(paragraphs.iter().any(|text| text.contains("还有 8 题没有作答：04.2.06、05.3.03、")), "{reminders}");
    // Without a date nothing is overdue.
    ecap(&["check", &shown(&folder), "-o", &shown(&out)]);
    assert!(!fs::read_to_string(out.join("催办.txt")).unwrap().contains("逾期"));

    let report = made.path().join("报告");
    let (code, said, _) = ecap(&["score", &shown(&folder), "-o", &shown(&report)]);
    assert_eq!(code, 0);
    assert!(said.contains("暂不定级（不合格～合格）") && said.contains("草稿：3 个部门未交（区委组织部、区财政局、区民政局）"), "{said}");
    let found = results(&report);
    assert_eq!((found["assessment"]["draft"].as_bool(), found["total"]["grade_low"].as_str()), (Some(true), Some("unqualified")));
    assert_eq!(found["total"]["grade_high"], "qualified");
    let page = fs::read_to_string(report.join("栖云区-2026/report.md")).unwrap();
    assert!(page.contains("【草稿】") && page.contains("暂不定级"));
}

#[test]
fn the_final_report_is_no_draft_and_its_reviews_add_up() {
    let made = tempfile::tempdir().unwrap();
    let (code, said, _) = ecap(&["score", &shown(&sample("")), "-o", &shown(made.path()), "--format", "md"]);
    assert_eq!(code, 0);
    assert!(!said.contains("草稿") && said.contains("按默认权重，总分是"), "{said}");
    let found = results(made.path());
    assert_eq!(found["assessment"]["draft"], false);
    let results: Results = serde_json::from_value(found.clone()).unwrap();
    let mut findings = Vec::new();
    let tree = ecap::tree::named("city", &mut findings).unwrap().tree.unwrap();
    let moved = adjustments(&results, &tree);
    assert!(moved.moved.len() > 40);
    let sum: f64 = moved.moved.iter().map(|one| one.points.unwrap()).sum();
    let difference = results.total.score.unwrap() - moved.by_selves.unwrap();
    assert!((sum - difference).abs() < 1e-9 && (moved.points.all - difference).abs() < 1e-9, "{sum} {difference}");
    assert_eq!(moved.points.first.0, 32, "the assessors' own items are rated for the first time");
    let page = fs::read_to_string(made.path().join("栖云区-2026/report.md")).unwrap();
    for title in ["复核调整明细", "复核调整，按部门", "各核验方式所占的权重", "复核清单", "回收的自评表清单"]
    {
        assert!(page.contains(&format!("**{title}**")), "{title}");
    }
    let settings = found["inputs"].as_array().unwrap().iter().filter(|input| input["file"] == "评估设置.xlsx").count();
    assert_eq!(settings, 1);
}

/// A returned file and what lies beside it: lock files, archives, Apple's folders, our own reports.
#[test]
fn what_is_no_survey_is_skipped_by_name_with_a_word() {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path().join("评估");
    copy(&sample("评估设置.xlsx"), &folder.join("评估设置.xlsx"));
    copy(&sample("收回/11_区财政局_2026_自评表.xlsx"), &folder.join("收回/最终版-改(1).xlsx"));
    copy(&sample("收回/11_区财政局_2026_自评表.xlsx"), &folder.join("__MACOSX/._11.xlsx"));
    fs::write(folder.join("~$最终版.xlsx"), "锁").unwrap();
    fs::write(folder.join("各部门.zip"), "PK").unwrap();
    let (_, first, _) = ecap(&["check", &shown(&folder)]);
    assert!(first.contains("~$最终版.xlsx：是办公软件的临时文件，跳过。") && first.contains("各部门.zip：是压缩包，没有读。"), "{first}");
    assert!(!first.contains("MACOSX"));
    ecap(&["score", &shown(&folder), "-o", &shown(&folder.join("报告"))]);
    let before = fs::read(folder.join("报告/栖云区-2026/results.json")).unwrap();
    let (_, second, _) = ecap(&["check", &shown(&folder)]);
    assert!(second.contains("report.xlsx：是 ecap 做的报告，跳过。"), "{second}");
    ecap(&["score", &shown(&folder), "-o", &shown(&folder.join("报告"))]);
    assert!(before == fs::read(folder.join("报告/栖云区-2026/results.json")).unwrap(), "our own report is no input");
}

#[test]
fn the_menu_leads_from_the_start_to_the_report() {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path().join("栖云 (1)");
    let dragged = format!("\"{}\"", shown(&folder));
    let (code, said) = at_terminal(&[], &format!("1\n{dragged}\n栖云区\n2026\n0\n\n"));
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("运行：ecap init -o ") && said.ends_with("按回车键关闭。\n"), "{said}");
    assert!(folder.join("评估设置.xlsx").exists());
    // Filled in the office's own program.
    copy(&sample("评估设置.xlsx"), &folder.join("评估设置.xlsx"));
    let (code, said) = at_terminal(&[], &format!("2\n{dragged}\n0\n\n"));
    assert_eq!(code, 0, "{said}");
    assert_eq!(workbooks(&folder.join("待发问卷")).len(), 13);
    for entry in fs::read_dir(sample("收回")).unwrap() {
        let path = entry.unwrap().path();
        copy(&path, &folder.join("收回").join(path.file_name().unwrap()));
    }
    // The blank forms lie beside the returned ones, and nobody mistakes them for answers.
    let (code, said) = at_terminal(&[], &format!("3\n{dragged}\n2026-11-22\n4\n\n5\n\n0\n\n"));
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains(
            "栖云区 2026 共 12 个部门：已齐 10 个；未填完 1 个（区住房城乡建设局）；未交 1 个（区民政局）；交了不止一份的有区消防救援大队；评估组评定的 32 题均未评定。"
        ),
        "{said}"
    );
    assert!(folder.join("检查结果/催办.txt").exists() && folder.join("现场复核表.xlsx").exists());
    assert!(folder.join("报告/栖云区-2026/report.docx").exists());
    let record = fs::read_to_string(folder.join("运行记录.txt")).unwrap().trim_start_matches('\u{feff}').to_string();
    let commands: Vec<&str> =
        record.lines().filter_map(|line| line.strip_prefix("$ ecap ")).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(commands, ["init", "survey", "check", "survey", "score"]);
}

#[test]
fn a_wrong_an_empty_and_a_read_only_folder_each_get_a_sentence_that_helps() {
    let made = tempfile::tempdir().unwrap();
    let empty = made.path().join("空");
    fs::create_dir_all(&empty).unwrap();
    let file = made.path().join("单.txt");
    fs::write(&file, "不是文件夹").unwrap();
    let typed = format!("99\n2\n没有的文件夹\n{}\n{}\n0\n0\n\n", shown(&file), shown(&empty));
    let (code, said) = at_terminal(&[], &typed);
    assert_eq!(code, 0);
    for sentence in [
        "没有这一项，请输入 0 到 8 的数字。",
        "没有这个文件夹：没有的文件夹。请核对，或把文件夹拖进窗口。",
        "单.txt 是文件，不是文件夹。请指明放表的文件夹。",
        "空 里没有评估设置。请先选 1 新建评估，或指明放着评估设置的文件夹。",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    // A file stands where a folder would have to be made: nobody can write there, whoever runs the test.
    let (code, said) = at_terminal(&[], &format!("1\n{}\n试市\n2026\n0\n\n", shown(&file.join("下面"))));
    assert_eq!(code, 2);
    assert!(said.contains("写不了") && said.contains("路径中有一段不是文件夹"), "{said}");
    let (code, said) = at_terminal(&[], "");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_dropped_folder_is_checked_and_scored() {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path().join("收回的表");
    copy(&sample("评估设置.xlsx"), &folder.join("评估设置.xlsx"));
    copy(&sample("收回/11_区财政局_2026_自评表.xlsx"), &folder.join("11_区财政局_2026_自评表.xlsx"));
    let (code, said) = at_terminal(&[&shown(&folder)], "\n");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("运行：ecap check ") && said.contains("运行：ecap score ") && said.contains("未交 11 个"), "{said}");
    assert!(folder.join("报告/栖云区-2026/report.docx").exists() && folder.join("检查结果/回收情况.xlsx").exists());
    let nothing = made.path().join("空文件夹");
    fs::create_dir_all(&nothing).unwrap();
    let (code, said) = at_terminal(&[&shown(&nothing)], "\n");
    assert_eq!(code, 2);
    assert!(said.contains("没有找到工作簿。请核对路径。") && !said.contains("ecap score"), "{said}");
}

/// Returns below an assessment are taken with its settings and reviews: without them other numbers would come out.
#[test]
fn a_dropped_folder_of_returns_belongs_to_the_settings_above_it() {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path().join("评估");
    copy(&sample("评估设置.xlsx"), &folder.join("评估设置.xlsx"));
    copy(&sample("收回/11_区财政局_2026_自评表.xlsx"), &folder.join("收回/11_区财政局_2026_自评表.xlsx"));
    let (code, said) = at_terminal(&[&shown(&folder.join("收回"))], "\n");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("评估设置在上一级文件夹，按整个评估文件夹办：") && said.contains("草稿："), "{said}");
    assert!(folder.join("报告/栖云区-2026/report.xlsx").exists() && !folder.join("收回/报告").exists());
}

/// Before anything has come all are asked; afterwards an empty form beside it is nobody's return.
#[test]
fn before_anything_has_come_every_department_is_missing() {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path().join("评估");
    copy(&sample("评估设置.xlsx"), &folder.join("评估设置.xlsx"));
    let out = made.path().join("查");
    let (_, _, talk) = ecap(&["check", &shown(&folder), "-o", &shown(&out)]);
    assert!(talk.contains("栖云区 2026 共 12 个部门：未交 12 个（"), "{talk}");
    assert_eq!(fs::read_to_string(out.join("催办.txt")).unwrap().trim().split("\n\n").count(), 12);
    ecap(&["survey", "--by-department", &shown(&folder), "-o", &shown(&folder.join("待发问卷"))]);
    let (_, _, talk) = ecap(&["check", &shown(&folder), "-o", &shown(&out)]);
    assert!(talk.contains("未交 12 个（") && !talk.contains("不止一份"), "{talk}");
}

#[test]
fn what_an_office_filled_in_is_not_written_over_by_handing_out_or_scoring_again() {
    let made = tempfile::tempdir().unwrap();
    let (settings, out) = (shown(&sample("评估设置.xlsx")), made.path().join("待发问卷"));
    ecap(&["survey", "--by-department", "--settings", &settings, "-o", &shown(&out)]);
    let returned = out.join("11_区财政局_2026_自评表.xlsx");
    copy(&sample("收回/11_区财政局_2026_自评表.xlsx"), &returned);
    let before = fs::read(&returned).unwrap();
    let (code, _, talk) = ecap(&["survey", "--by-department", "--settings", &settings, "-o", &shown(&out)]);
    assert_eq!(code, 1);
    assert!(talk.contains("11_区财政局_2026_自评表.xlsx 里已有填写的内容，没有改动。") && talk.contains("共 12 个文件"), "{talk}");
    assert!(before == fs::read(&returned).unwrap());
    // A Word report that somebody saved from another program says so.
    let report = made.path().join("报告");
    let score = || ecap(&["score", &shown(&sample("收回")), "--settings", &settings, "-o", &shown(&report), "--format", "docx"]);
    score();
    let word = report.join("栖云区-2026/report.docx");
    assert!(!score().2.contains("有人改过"));
    fs::write(&word, "别的程序存的").unwrap();
    assert!(score().2.contains("有人改过并保存了，没有改动"));
    assert_eq!(fs::read_to_string(&word).unwrap(), "别的程序存的");
    assert!(report.join("栖云区-2026/report~2.docx").exists());
}

#[test]
fn settings_and_reviews_are_never_written_over() {
    let made = tempfile::tempdir().unwrap();
    let folder = shown(made.path());
    assert_eq!(ecap(&["init", "-o", &folder]).0, 0);
    let (code, _, err) = ecap(&["init", "-o", &folder]);
    assert_eq!(code, 2);
    assert!(err.contains("已经有了，没有改动"), "{err}");
    let review = shown(&made.path().join("复核.xlsx"));
    assert_eq!(ecap(&["survey", "--review", &shown(&sample("")), "-o", &review]).0, 0);
    let (code, _, err) = ecap(&["survey", "--review", &shown(&sample("")), "-o", &review]);
    assert_eq!(code, 2);
    assert!(err.contains("可能已填了复核"), "{err}");
}

/// Veto, key, disputed, not applicable and outsider's items stand first on each sheet, each with its reason.
#[test]
fn a_review_workbook_begins_with_what_to_look_at_first() {
    let made = tempfile::tempdir().unwrap();
    let path = made.path().join("复核.xlsx");
    let (code, _, talk) =
        ecap(&["survey", "--review", &shown(&sample("收回")), "--settings", &shown(&sample("评估设置.xlsx")), "-o", &shown(&path)]);
    assert_eq!(code, 0, "{talk}");
    let mut findings = Vec::new();
    let book = Book::open(fs::read(&path).unwrap(), "复核.xlsx", &mut findings).unwrap();
    let sheet = book.sheets.iter().find(|sheet| sheet.name.starts_with("01 ")).unwrap();
    let header: Vec<String> = (0..9).map(|column| sheet.text(0, column)).collect();
    assert_eq!(header, ["编号", "指标", "牵头部门", "各方自评", "佐证材料", "复核", "核验方式", "复核说明", "id"]);
    assert_eq!(sheet.text(1, 1), "先核的题");
    let marked: Vec<bool> =
        sheet.rows.keys().filter(|row| !sheet.text(**row, 8).is_empty()).skip(1).map(|row| sheet.text(*row, 1).contains('【')).collect();
    let first = marked.iter().take_while(|marked| **marked).count();
    assert!(first > 0 && marked[first..].iter().all(|marked| !marked), "{marked:?}");
    let all: Vec<String> = book.sheets.iter().flat_map(|sheet| sheet.rows.keys().map(|row| sheet.text(*row, 3))).collect();
    assert!(all.iter().any(|text| text.starts_with("区财政局：")));
}
