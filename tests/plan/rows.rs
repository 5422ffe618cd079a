//! What stands in the rows of the ledger.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;

use crate::place::*;

/// The report names three things; those that the plan passes over stand in a table and in the ledger, after the end of what they need.
#[test]
fn what_the_report_names_first_is_in_the_ledger_whatever_the_plan_takes() {
    let place = district();
    assert_eq!(place.plan(&["--date", "2026-11-22"]).0, 0);
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert!(page.contains("评估报告“最先要办的事”3 题，这个办法选了 00.03，没有选 00.02、00.05："), "{page}");
    let outside = table(&page, "最先要办而不在本办法里的（与进度表同时办，不排在里面）");
    assert_eq!(
        outside,
        [
            ["1", "00.02", "是否有drill", "16.67", "办drill", "乙局", "60", "2027-05-21"],
            ["2", "00.05", "是否有dear", "16.67", "办dear", "乙局", "200", "2027-06-10"]
        ]
    );
    let written = place.written("整改台账.xlsx");
    let columns = ["编号", "问题（现状）", "责任单位", "时限"].map(|header| ledger_column(&written, header));
    let rows: Vec<[&str; 4]> = (0..4).map(|row| columns.each_ref().map(|column| column[row].as_str())).collect();
    assert_eq!(
        rows,
        [
            ["00.03", "否决项未达标；否", "甲局", "2027-02-20"],
            ["00.02", "最先要办的事之一；否", "乙局", "2027-05-21"],
            ["00.05", "最先要办的事之一；否", "乙局", "2027-06-10"],
            ["00.01", "否", "甲局", "2027-03-22"],
        ],
        "the drill takes 60 days after its plan, which the plan ends on day 120"
    );
    let (tree, input, out) = (place.path("tree.yaml"), place.path("in"), place.path("scored"));
    let shown = |path: &Path| path.display().to_string();
    assert_eq!(ecap(&["score", &shown(&input), "--tree", &shown(&tree), "-o", &shown(&out)]).0, 0);
    let report = fs::read_to_string(out.join("试市-2026/report.md")).unwrap();
    let (_, first) = report.split_once("最先要办的事").unwrap();
    let named: Vec<&str> =
        first.lines().filter(|line| line.contains("牵头：")).take_while(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
    let refs = ["00.03", "00.02", "00.05"];
    assert!(named.len() >= 3 && named.iter().zip(refs).all(|(line, reference)| line.contains(reference)), "{named:#?}");
    assert!(!named.iter().skip(3).any(|line| line.starts_with("4.")), "{named:#?}");
}

/// A row says what is missing, not only a number.
#[test]
fn a_problem_is_told_in_words() {
    let anchors = "anchors: [{zh: 没有, en: none}, {zh: 写了一半, en: half}, {zh: 字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字, en: long}, {zh: 齐全, en: all}]";
    let elements = "elements: [{id: a, zh: 班次, en: classes}, {id: b, zh: 考核方式, en: how it is examined}], cuts: [1, 2]";
    let lines = "full: 10, deductions: [{id: d, zh: 没有签字, en: no signature, points: 2}, {id: e, zh: 没有日期, en: no date, points: 1}]";
    let item = |id: &str, scale: &str, what: &str| {
        let action = format!("{{from: 0, to: 3, kind: 制度文件, zh: {what}, en: do, owner: one, days: 30, closes_with: 文件}}");
        format!("  - {{id: {id}, question: {{zh: 题{id}, en: {id}}}, lead: one, scale: {scale}, actions: [{action}]}}\n")
    };
    let level = format!("{{type: level, {anchors}}}");
    let list = format!("{{type: checklist, {elements}}}");
    let points = format!("{{type: points, {lines}}}");
    let rate = "{type: rate, direction: higher, cuts: [50, 100], numerator: {zh: 练过的（签到为准）份数, en: drilled}, denominator: {zh: 预案数, en: plans}}";
    let items = [
        item("short", &level, "写全"),
        item("long", &level, "写全"),
        item("list", &list, "给每个班次重印"),
        item("other", &list, "补写考核方式"),
        item("lines", &points, "催办"),
        item("rate", rate, "各练一次"),
    ];
    let place = Place::new(&[HEAD.to_string(), items.concat()].concat());
    let answers = [("short", "1"), ("long", "2"), ("list", "1"), ("other", "1"), ("lines", "扣1×2"), ("rate", "2/3")];
    place.answer("试市", "2026", &answers);
    // The same survey with notes.
    let survey = place.path("in/表.xlsx");
    let book = open(&survey);
    let mut workbook = Workbook::new();
    for old in &book.sheets {
        let new = workbook.add_worksheet().set_name(&old.name).unwrap();
        for (row, cells) in &old.rows {
            for (column, cell) in cells {
                new.write(*row, u16::try_from(*column).unwrap(), cell.text()).unwrap();
            }
        }
        if old.name == "00" {
            for (row, text) in [(0, "说明"), (1, "还有两个处室没有写"), (3, "八个班次都没有")] {
                new.write(row, 3, text).unwrap();
            }
        }
    }
    fs::write(&survey, workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(place.plan(&["--days", "1000"]).0, 0);
    let ledger = place.written("整改台账.xlsx");
    let told: Vec<[String; 2]> = ledger_column(&ledger, "编号")
        .into_iter()
        .zip(ledger_column(&ledger, "问题（现状）").into_iter().zip(ledger_column(&ledger, "措施")))
        .map(|(_, (problem, action))| [problem, action])
        .collect();
    // What is missing decides; advice that speaks of what is there already is left out.
    for expected in [
        ["写了一半（1 级，最高 3 级）；说明：还有两个处室没有写", "1 级 → 3 级（齐全）：写全（30 天）"],
        ["2 级", "2 级 → 3 级（齐全）：写全（30 天）"],
        ["缺：考核方式（2 项要素有 1 项）；说明：八个班次都没有", "补齐：考核方式（30 天）"],
        ["缺：考核方式（2 项要素有 1 项）", "补齐：考核方式（做法参考：补写考核方式）（30 天）"],
        ["失分：没有签字（2 次）", "消除扣分：没有签字（2 次）（做法参考：催办）（30 天）"],
        ["预案数 3，练过的份数 2（66.7%）", "2/3 → 达到 100%：各练一次（30 天）"],
    ] {
        assert!(told.contains(&expected.map(str::to_string)), "{expected:?} {told:#?}");
    }
}

/// Everything but the yellow cells is locked, without a password; filter, sort, widths and heights stay free.
#[test]
fn a_ledger_is_protected_but_for_what_is_to_be_filled_in() {
    use std::io::Read;
    let place = with_ledger();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(fs::read(place.written("整改台账.xlsx")).unwrap())).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (sheet, styles) = (text("xl/worksheets/sheet2.xml"), text("xl/styles.xml"));
    let protection = sheet.split("<sheetProtection").nth(1).unwrap().split('>').next().unwrap();
    assert!(!protection.contains("password") && !protection.contains("hash"), "{protection}");
    for free in ["autoFilter=\"0\"", "sort=\"0\"", "formatColumns=\"0\"", "formatRows=\"0\""] {
        assert!(protection.contains(free), "{free}: {protection}");
    }
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap().split("<xf ").skip(1).collect();
    let is_open = |cell: &str| {
        let cell = sheet.split(&format!("<c r=\"{cell}\"")).nth(1).unwrap_or_else(|| panic!("no cell {cell}"));
        let style: usize = cell.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        formats[style].contains("locked=\"0\"")
    };
    for column in ["H", "I", "J", "L", "M", "N", "O", "P", "Q"] {
        assert!(is_open(&format!("{column}3")), "{column}");
    }
    for column in ["A", "B", "C", "D", "E", "F", "G", "K", "R"] {
        assert!(!is_open(&format!("{column}3")), "{column}");
    }
    assert!(sheet.contains("type=\"date\"") && sheet.contains("sqref=\"J3\""), "a time limit that is a date stays one");
}
