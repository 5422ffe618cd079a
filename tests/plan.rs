//! `ecap plan`: plans whose answer is known by hand, costs and the ledger out, filled in and back.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use ecap::sheet::{Book, Content};
use rust_xlsxwriter::Workbook;

fn ecap(arguments: &[&str]) -> (i32, String, String) {
    let words = std::iter::once("ecap").chain(arguments.iter().copied()).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = ecap::commands::run(words, "zh_CN.UTF-8", &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// A folder with a tree and a survey, and where plans go.
struct Place {
    folder: tempfile::TempDir,
}

const HEAD: &str = r#"id: try
edition: "1"
name: {zh: 试, en: Try}
departments:
  - {id: one, name: {zh: 甲局, en: Bureau A}}
  - {id: two, name: {zh: 乙局, en: Bureau B}}
items:
"#;

/// An item that is answered yes or no: its weight, who raises it in how many days, and what else stands in it.
fn yes_no(id: &str, weight: f64, owner: &str, days: usize, rest: &str) -> String {
    let action = format!("{{from: 0, to: 3, kind: 制度文件, zh: 办{id}, en: do {id}, owner: {owner}, days: {days}, closes_with: 文件}}");
    format!(
        "  - {{id: {id}, question: {{zh: 是否有{id}, en: Ask {id}}}, lead: {owner}, weight: {weight}, scale: {{type: yes_no, pass: \"yes\"}}, actions: [{action}]{rest}}}\n"
    )
}

/// A drill needs its plan; a veto; something dear; something done.
fn drill() -> String {
    [
        HEAD,
        &yes_no("plan", 1.0, "one", 30, ""),
        &yes_no("drill", 2.0, "two", 60, ", requires: [plan]"),
        &yes_no("veto", 3.0, "one", 90, ", criticality: veto"),
        &yes_no("done", 4.0, "two", 10, ""),
        &yes_no("dear", 2.0, "two", 200, ""),
    ]
    .concat()
}

impl Place {
    fn new(tree: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tree.yaml"), tree).unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        Place { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A survey of these answers.
    fn answer(&self, unit: &str, period: &str, answers: &[(&str, &str)]) {
        let digest = {
            let mut findings = Vec::new();
            let tree = ecap::tree::load(&self.path("tree.yaml").display().to_string(), &mut findings).unwrap().tree;
            tree.unwrap_or_else(|| panic!("{findings:#?}")).sha256
        };
        let mut workbook = Workbook::new();
        let cover = workbook.add_worksheet().set_name("填报说明").unwrap();
        let lines = [("被评估单位", unit), ("评估期", period), ("填报单位", "评估组"), ("指标体系", "try"), ("摘要", &digest)];
        for (row, (label, value)) in (0u32..).zip(lines) {
            cover.write(row, 0, label).unwrap().write(row, 1, value).unwrap();
        }
        let sheet = workbook.add_worksheet().set_name("00").unwrap();
        for (column, header) in (0u16..).zip(["编号", "自评", "id"]) {
            sheet.write(0, column, header).unwrap();
        }
        for (row, (id, answer)) in (1u32..).zip(answers) {
            sheet.write(row, 1, *answer).unwrap().write(row, 2, *id).unwrap();
        }
        fs::write(self.path("in/表.xlsx"), workbook.save_to_buffer().unwrap()).unwrap();
    }

    /// Runs the plan over the folder of inputs.
    fn plan(&self, more: &[&str]) -> (i32, String, String) {
        let (tree, input, out) = (self.path("tree.yaml"), self.path("in"), self.path("out"));
        let shown = |path: &Path| path.display().to_string();
        let (tree, input, out) = (shown(&tree), shown(&input), shown(&out));
        let (code, said, err) = ecap(&[&["plan", &input, "--tree", &tree, "-o", &out], more].concat());
        let hide = |text: String| text.replace(&format!("{}/", self.folder.path().display()), "@");
        (code, hide(said), hide(err))
    }

    fn written(&self, name: &str) -> PathBuf {
        self.path("out/试市-2026-整改").join(name)
    }

    /// The rows of the plan's table: ref, days, gain and total, as the pages print them.
    fn steps(&self) -> Vec<Vec<String>> {
        table(&fs::read_to_string(self.written("整改方案.md")).unwrap(), "整改的题，按办结先后")
    }
}

/// The cells of a table of the pages by its title.
fn table(page: &str, title: &str) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(&format!("**{title}**")).unwrap_or_else(|| panic!("no table {title}"));
    let lines = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

fn district() -> Place {
    let place = Place::new(&drill());
    place.answer("试市", "2026", &[("plan", "否"), ("drill", "否"), ("veto", "否"), ("done", "是"), ("dear", "否")]);
    place
}

/// Weights 1, 2, 3, 4, 2 of 12, 4 of them scored. 合格 asks for 7.194 of 12 (59.95 rounds to 60.0): the veto item and the plan, 120 days.
#[test]
fn the_cheapest_way_is_the_one_found_by_hand() {
    let place = district();
    let (code, said, err) = place.plan(&[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        said,
        "试市 2026：总分 33.3，等级：不合格
  要到“合格”，改 2 题，共 120 天，总分从 33.3 到 66.7。
  已经证明：按指标体系所列的天数算，达到“合格”不可能少于 120 天；同样花费或天数的办法里，这个增分最多。
  费用尚未填报，本方案不能据以安排经费；费用填在措施费用表里。
  天数是各项措施的天数加起来的。各单位同时做、每个单位一件一件做，全部做完要 120 天，见“进度”；一个单位能同时做几件的，会更早。不在这个办法里、另外要办的 2 题（否决项、0 分的关键项、未达法定要求的、最先要办的）与进度表同时办，不排在里面。
  其中：否决项 1 题。
整改台账 4 件：@out/试市-2026-整改/整改台账.xlsx
整改方案在 @out/试市-2026-整改
"
    );
    assert_eq!(
        place.steps(),
        [
            ["1", "00.03", "★是否有veto", "0.0 → 100.0", "办veto", "甲局", "否决项过线", "90", "25.00", "58.33", "第 90 天"],
            ["2", "00.01", "是否有plan", "0.0 → 100.0", "办plan", "甲局", "每 30 天增 8.33 分", "30", "8.33", "66.67", "第 120 天"],
        ]
    );
}

/// 良好 asks for 9.594 of 12 and for the veto: plan, drill and veto, 180 days; dear instead of plan and drill would cost 290 and is short.
#[test]
fn a_drill_comes_with_its_plan_and_after_it() {
    let place = district();
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2026-11-22"]);
    assert_eq!(code, 0);
    assert!(said.contains("要到“良好”，改 3 题，共 180 天，总分从 33.3 到 83.3。"), "{said}");
    let steps = place.steps();
    let shown: Vec<[&str; 4]> = steps.iter().map(|row| [row[1].as_str(), row[6].as_str(), row[9].as_str(), row[10].as_str()]).collect();
    assert_eq!(
        shown,
        [
            ["00.03", "否决项过线", "58.33", "2027-02-20"],
            ["00.01", "00.02 的前提", "66.67", "2027-03-22"],
            ["00.02", "每 30 天增 8.33 分", "83.33", "2027-05-21"]
        ],
        "甲局: veto 90 days, then plan 30; 乙局's drill waits for the plan, then takes 60"
    );
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert_eq!(
        table(&page, "几种办法"),
        [
            ["用最少的天数达到“良好”", "良好", "83.3", "3", "180", "—", "已经证明最好"],
            ["用最少的天数达到“优秀”", "优秀", "100.0", "4", "380", "—", "已经证明最好"]
        ]
    );
    let gains = table(&page, "各题再上一档的增分");
    let shown: Vec<[&str; 5]> = gains.iter().map(|row| [&row[0], &row[5], &row[6], &row[7], &row[8]].map(String::as_str)).collect();
    assert_eq!(
        shown,
        [
            ["00.03", "25.00", "90", "8.33", "—"],
            ["00.02", "16.67", "60", "8.33", "00.01"],
            ["00.01", "8.33", "30", "8.33", "—"],
            ["00.05", "16.67", "200", "2.50", "—"]
        ]
    );
}

/// Within 119 days: the veto item alone brings 25 points, plan and drill the same for the same 90 days; what leads to no better grade is
/// decided by points, and 30 days are left for the plan only beside the veto item, which is 120.
#[test]
fn a_budget_is_put_to_its_best_use() {
    let place = district();
    let (code, said, _) = place.plan(&["--days", "119"]);
    assert_eq!(code, 0);
    assert!(said.contains("119 天之内最好的用法：改 "), "{said}");
    assert!(
        said.contains("用 90 天，总分从 33.3 到 58.3，等级：不合格。")
            && said.contains("已经证明：按指标体系所列的天数算，119 天之内没有更好的用法。"),
        "{said}"
    );
    let (_, said, _) = place.plan(&["--days", "29"]);
    assert!(said.contains("29 天之内一题也上不了一档。"), "{said}");
    let (_, said, _) = place.plan(&["--days", "120"]);
    assert!(said.contains("120 天之内最好的用法：改 2 题，用 120 天，总分从 33.3 到 66.7，等级：合格。"), "{said}");
}

/// 59.96 is 60.0 and 合格; 59.94 is 59.9 and is not.
#[test]
fn rounding_decides_and_is_said() {
    for (weight, days) in [(96.0, 10), (94.0, 1000)] {
        let tree = [
            HEAD,
            &yes_no("done", 5900.0, "one", 5, ""),
            &yes_no("small", weight, "one", 10, ""),
            &yes_no("large", 4100.0 - weight, "two", 1000, ""),
        ]
        .concat();
        let place = Place::new(&tree);
        place.answer("试市", "2026", &[("done", "是"), ("small", "否"), ("large", "否")]);
        let (_, said, _) = place.plan(&[]);
        assert!(said.contains(&format!("要到“合格”，改 1 题，共 {days} 天")), "{weight}: {said}");
        assert_eq!(said.contains("总分四舍五入前是 59.9600，四舍五入后正好够线"), days == 10, "{said}");
    }
}

#[test]
fn nothing_to_do_and_out_of_reach_are_said() {
    let place = district();
    let (code, said, _) = place.plan(&["--grade", "不合格"]);
    assert_eq!(code, 0);
    assert!(said.contains("  已经是“不合格”，没有要争取的等级。\n整改台账 1 件："), "the failed veto stays in the ledger: {said}");
    let whole = Place::new(&[HEAD, &yes_no("done", 1.0, "one", 5, "")].concat());
    whole.answer("试市", "2026", &[("done", "是")]);
    let (code, said, _) = whole.plan(&[]);
    assert_eq!(code, 0);
    assert!(said.contains("已经是“优秀”，没有要争取的等级。\n没有要整改的题，没有做台账。"), "{said}");
    let stuck =
        Place::new(&drill().replace("办veto, en: do veto", "办, en: do").replace("criticality: veto", "criticality: veto, fails_at: 99"));
    stuck.answer("试市", "2026", &[("plan", "否"), ("drill", "否"), ("veto", ""), ("done", "是"), ("dear", "否")]);
    let (_, said, _) = stuck.plan(&["--grade", "优秀"]);
    assert!(said.contains("达不到“优秀”：知道怎样改的都改到头，总分 75.0，等级：合格。"), "{said}");
    assert!(said.contains("有 1 题空白或读不出，占总分 25.0%"), "{said}");
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

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
        ["gantt-1.svg", "gantt-2.svg", "gantt-3.svg", "措施费用.xlsx", "整改台账.xlsx", "整改方案.docx", "整改方案.md", "整改方案.xlsx"]
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

// What comes back.

fn open(path: &Path) -> Book {
    let mut findings = Vec::new();
    let book = Book::open(fs::read(path).unwrap(), "it", &mut findings).unwrap();
    assert_eq!(findings, []);
    book
}

/// Writes a workbook again with some cells changed: sheet, cell, text; an empty text empties the cell. `gone` is a row of that sheet.
fn refill(path: &Path, to: &Path, sheet: &str, edits: &[(u32, &str, &str)], gone: Option<u32>) {
    let book = open(path);
    let mut workbook = Workbook::new();
    for old in &book.sheets {
        let new = workbook.add_worksheet().set_name(&old.name).unwrap();
        let mut cells: BTreeMap<(u32, u32), Content> = BTreeMap::new();
        for (row, columns) in old.rows.iter().filter(|(row, _)| old.name != sheet || Some(**row) != gone) {
            cells.extend(columns.iter().map(|(column, cell)| ((*row, *column), cell.content.clone())));
        }
        if old.name == sheet {
            let header = old.rows.iter().find(|(_, cells)| cells.len() > 5).map(|(row, _)| *row).unwrap();
            for (row, name, text) in edits {
                let column = *old.rows[&header].iter().find(|(_, cell)| cell.text() == *name).unwrap_or_else(|| panic!("{name}")).0;
                cells.insert((*row, column), Content::Text((*text).to_string()));
            }
        }
        for ((row, column), content) in cells {
            let column = u16::try_from(column).unwrap();
            match content {
                Content::Number(number) => new.write(row, column, number).unwrap(),
                Content::Text(text) | Content::Date(text) => new.write(row, column, text).unwrap(),
                other => panic!("{other:?}"),
            };
        }
    }
    fs::write(to, workbook.save_to_buffer().unwrap()).unwrap();
}

/// The rows of a ledger: ref, time limit, progress, state.
fn ledger(path: &Path) -> Vec<[String; 4]> {
    let book = open(path);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "整改台账").unwrap();
    sheet.rows.keys().filter(|row| **row > 1).map(|row| [1, 9, 11, 16].map(|column| sheet.text(*row, column))).collect()
}

/// A ledger of four rows: the veto item, what is to be done first though the plan passes over it, and the rest of the plan.
fn with_ledger() -> Place {
    let place = district();
    assert_eq!(place.plan(&["--grade", "良好", "--date", "2026-11-22"]).0, 0);
    let rows = ledger(&place.written("整改台账.xlsx"));
    let shown: Vec<[&str; 4]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    assert_eq!(
        shown,
        [
            ["00.03", "2027-02-20", "", "未启动"],
            ["00.05", "2027-06-10", "", "未启动"],
            ["00.01", "2027-03-22", "", "未启动"],
            ["00.02", "2027-05-21", "", "未启动"]
        ]
    );
    place
}

#[test]
fn a_ledger_filled_rightly_is_followed_into_the_next_one() {
    let place = with_ledger();
    let filled = place.path("in/整改台账.xlsx");
    let edits = [
        (2, "状态", "已销号"),
        (2, "完成日期", "2027年1月20日"),
        (2, "佐证材料", "发〔2027〕3号"),
        (2, "复核人（职务）", "政府督查室主任"),
        (4, "状态", "整改中"),
        (4, "进展情况", "正在起草"),
    ];
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &edits, None);
    // Nobody scored since: what is closed is closed, its score is not judged, the rest is carried over.
    let (code, said, err) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    assert!(
        said.contains(
            "台账 整改台账.xlsx（第 1 期，2026）共 4 件：已销号 1、待复核 0、整改中 1、未启动 2。
到 2027-04-01 逾期的 1 件。
得分还是立台账时的那次评估，销号的效果要等下次评估才看得出；方案仍按原来的得分算。
整改台账 3 件：@out/试市-2026-整改/整改台账-第2期.xlsx"
        ),
        "{said}"
    );
    let rows = ledger(&place.written("整改台账-第2期.xlsx"));
    assert_eq!(
        rows,
        [["00.05", "2027-06-10", "", "未启动"], ["00.01", "2027-03-22", "正在起草", "整改中"], ["00.02", "2027-05-21", "", "未启动"]]
            .map(|row| row.map(String::from))
    );
    // Without a date nothing is overdue, and that is said.
    let (_, said, _) = place.plan(&["--grade", "良好"]);
    assert!(said.contains("没有写 --date，不知道今天几号，不判断逾期。") && !said.contains("逾期的"), "{said}");
    // The next assessment: the plan is there, the veto item that was closed is not.
    place.answer("试市", "2027", &[("plan", "是"), ("drill", "否"), ("veto", "否"), ("done", "是"), ("dear", "否")]);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-06-01"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("到 2027-06-01 逾期的 2 件。\n已销号但得分没有提高的 1 件，又列入这一期台账。\n得分已经到目标、台账还没有销号的 1 件，请复核销号。"),
        "{said}"
    );
    let page = fs::read_to_string(place.path("out/试市-2027-整改/整改方案.md")).unwrap();
    let shown: Vec<(String, String)> = table(&page, "需要处理的").into_iter().map(|row| (row[0].clone(), row[8].clone())).collect();
    let expected = [("00.03", "已销号但得分没有提高"), ("00.01", "逾期 71 天；得分已到目标，可以销号"), ("00.02", "逾期 11 天")];
    assert_eq!(shown, expected.map(|(one, two)| (one.to_string(), two.to_string())));
    let rows = ledger(&place.path("out/试市-2027-整改/整改台账-第2期.xlsx"));
    assert_eq!(
        rows,
        [
            ["00.03", "2027-08-30", "上期已销号（2027-01-20），得分没有提高", "未启动"],
            ["00.05", "2027-06-10", "", "未启动"],
            ["00.02", "2027-05-21", "", "未启动"],
            ["00.01", "2027-03-22", "正在起草", "整改中"],
        ]
        .map(|row| row.map(String::from)),
        "what was closed in vain starts anew; agreed time limits stay; what nothing asks for any more stays until somebody closes it"
    );
}

#[test]
fn a_ledger_filled_wrongly_is_told_cell_by_cell() {
    let place = with_ledger();
    let filled = place.path("in/整改台账.xlsx");
    let edits = [
        (2, "状态", "已销号"),
        (2, "完成日期", "2025-01-20"),
        (2, "复核人（职务）", "甲局副局长"),
        (4, "状态", "完成"),
        (4, "完成日期", "下周"),
        (4, "时限", "2027-09-30"),
        (5, "id", "nothing"),
        (5, "编号", "99"),
    ];
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &edits, None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert_eq!(code, 1);
    let findings: Vec<&str> = said.lines().take_while(|line| line.contains("整改台账.xlsx，")).collect();
    assert_eq!(
        findings,
        [
            "错误：整改台账.xlsx，整改台账，M3：00.03 的完成日期 2025-01-20 早于整改开始的 2026-11-22。请核对是不是写错了年份。",
            "错误：整改台账.xlsx，整改台账，N3：00.03 写了已销号，没有写佐证材料，按待复核计。请在“佐证材料”栏写明材料名称和文号，要求是：文件。",
            "错误：整改台账.xlsx，整改台账，O3：00.03 的复核人“甲局副局长”就是责任单位（甲局），自己不能给自己销号，按待复核计。请由责任单位以外的人复核。",
            "错误：整改台账.xlsx，整改台账，Q5：00.01 的状态“完成”认不出，按整改中计。请选 未启动、整改中、待复核、已销号。",
            "错误：整改台账.xlsx，整改台账，M5：00.01 的“完成日期”是“下周”，不是日期，没有采用。请写成 2026-11-20 的样子。",
            "提醒：整改台账.xlsx，整改台账，J5：00.01 的时限由“2027-03-22”改成了“2027-09-30”，按改后的计。请核对是谁同意的。",
            "错误：整改台账.xlsx，整改台账，B6：题号“nothing”不是立台账时的题号，编号“99”也对不上，这一行没有采用。请从原台账把编号和题号复制回来。",
            "错误：整改台账.xlsx，整改台账：立台账时有 00.02，现在这一行没有了，按没有销号计。请从原台账把这一行复制回来；不再整改的，写明理由，由复核人销号。",
        ],
        "{said}"
    );
    assert!(said.contains("共 4 件：已销号 0、待复核 1、整改中 1、未启动 2。"), "{said}");
    // A row deleted, closed without a reviewer and a date, a state emptied, a row that stands twice under another's id.
    let edits = [(2, "状态", "已销号"), (2, "佐证材料", "有"), (4, "状态", ""), (5, "编号", "00.01")];
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &edits, None);
    let (code, said, _) = place.plan(&["--grade", "良好"]);
    assert_eq!(code, 1);
    let findings: Vec<&str> = said.lines().take_while(|line| line.contains("整改台账.xlsx，")).collect();
    assert_eq!(
        findings,
        [
            "错误：整改台账.xlsx，整改台账，O3：00.03 写了已销号，没有写复核人，按待复核计。请在“复核人（职务）”栏写明谁复核的。",
            "提醒：整改台账.xlsx，整改台账，M3：00.03 已销号，没有写完成日期。请写成 2026-11-20 的样子。",
            "提醒：整改台账.xlsx，整改台账，Q5：00.01 没有写状态，按未启动计。请选 未启动、整改中、待复核、已销号。",
            "错误：整改台账.xlsx，整改台账，B6：编号“00.01”与题号“drill”不符，按题号计。请核对这一行是不是张冠李戴。",
        ],
        "{said}"
    );
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &[(4, "id", "veto")], Some(2));
    let (_, said, _) = place.plan(&["--grade", "良好"]);
    assert!(said.contains("错误：整改台账.xlsx，整改台账，B5：编号“00.01”与题号“veto”不符，按题号计。"), "{said}");
    assert!(said.contains("立台账时有 00.01，现在这一行没有了"), "{said}");
}

#[test]
fn the_ledger_of_another_unit_is_not_used_and_a_filled_one_never_written_over() {
    let place = with_ledger();
    let written = place.written("整改台账.xlsx");
    refill(&written, &written, "整改台账", &[(2, "状态", "整改中")], None);
    let before = fs::read(&written).unwrap();
    let (code, said, err) = place.plan(&["--grade", "良好", "--date", "2026-11-22"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        err.contains("@out/试市-2026-整改/整改台账.xlsx 有人填过，没有改动；这次的台账写在 @out/试市-2026-整改/整改台账~2.xlsx。"),
        "{err}"
    );
    assert!(fs::read(&written).unwrap() == before);
    // Two that were worked on, of one issue.
    fs::copy(&written, place.path("in/一.xlsx")).unwrap();
    refill(&written, &place.path("in/二.xlsx"), "整改台账", &[(3, "状态", "整改中")], None);
    let (code, _, err) = place.plan(&[]);
    assert_eq!((code, err.as_str()), (2, "有两份不同的整改台账，都是第 1 期：一.xlsx 和 二.xlsx。请只留一份。\n"));
    fs::remove_file(place.path("in/二.xlsx")).unwrap();
    place.answer("别市", "2026", &[("plan", "否"), ("done", "是")]);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    assert!(said.starts_with("错误：一.xlsx：这份整改台账是“试市”的，本次是“别市”，没有采用。请把它移到那个单位的文件夹。\n"), "{said}");
    assert!(!said.contains("台账 一.xlsx"), "{said}");
}

#[test]
fn costs_go_out_come_back_and_decide() {
    let place = district();
    assert_eq!(place.plan(&[]).0, 0);
    let blank = place.written("措施费用.xlsx");
    let filled = place.path("in/费用.xlsx");
    // As it was written it says nothing new.
    fs::copy(&blank, &filled).unwrap();
    let (code, said, err) = place.plan(&["--by", "money"]);
    assert_eq!((code, said.as_str()), (2, ""));
    assert_eq!(
        err,
        "没有填费用，不能按费用算。先不写 --money、--by 运行一次，在做出来的 措施费用.xlsx 里填“费用”，再用 --costs 指明它。\n"
    );
    // Rows: plan, drill, veto, dear. By money 合格 takes dear and drill with its plan, 2 + 2 + 1 of 12 for 6.5, not the veto for 20.
    let money = "费用（万元）";
    let edits = [(3, money, "1.5"), (4, money, "2"), (5, money, "20"), (6, money, "3"), (6, "天数", "150")];
    refill(&blank, &filled, "措施费用", &edits, None);
    let (code, said, _) = place.plan(&["--by", "money"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("要到“合格”，改 3 题，共 6.5 万元，总分从 33.3 到 75.0。"), "{said}");
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert_eq!(
        table(&page, "几种办法"),
        [
            ["用最少的费用达到“合格”", "合格", "75.0", "3", "240", "6.50", "已经证明最好"],
            ["用最少的天数达到“合格”", "合格", "66.7", "2", "120", "21.50", "已经证明最好"],
            ["用最少的费用达到“良好”", "良好", "83.3", "3", "180", "23.50", "已经证明最好"],
        ]
    );
    let (_, said, _) = place.plan(&["--money", "6.4"]);
    assert!(said.contains("6.4 万元之内最好的用法：改 "), "{said}");
    // Wrong in every way.
    let edits = [
        (3, money, "很多"),
        (3, "天数", "2.5"),
        (4, money, "-2"),
        (4, "天数", "-1"),
        (5, "到", "50"),
        (6, "id", "nothing"),
        (6, "编号", "88"),
        (7, "编号", "00.03"),
        (7, "从", "0"),
        (7, "到", "100"),
        (7, money, "0.1234567"),
        (8, "编号", "00.03"),
        (8, "从", "0"),
        (8, "到", "100"),
        (9, "编号", "00.01"),
        (9, "id", "dear"),
        (9, "到", "100"),
        (9, money, "3"),
    ];
    refill(&blank, &filled, "措施费用", &edits, None);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    let findings: Vec<&str> = said.lines().take_while(|line| line.contains("费用.xlsx，")).collect();
    assert_eq!(
        findings,
        [
            "错误：费用.xlsx，措施费用，G4：00.01 的“天数”是“2.5”，不是整天，没有采用。请填整数。",
            "错误：费用.xlsx，措施费用，H4：00.01 的“费用（万元）”是“很多”，不是数，没有采用。请只填数，不带单位。",
            "错误：费用.xlsx，措施费用，G5：00.02 的“天数”是“-1”，小于 0，没有采用。请填 0 或更大的数。",
            "错误：费用.xlsx，措施费用，H5：00.02 的“费用（万元）”是“-2”，小于 0，没有采用。请填 0 或更大的数。",
            "错误：费用.xlsx，措施费用，D6：00.03 没有从“0”到“50”这一档，这一行没有采用。它的各档是 0.0→100.0。请把“从”“到”改回原来的得分。",
            "错误：费用.xlsx，措施费用，A7：编号“88”、题号“nothing”对不上任何题目，这一行没有采用。请从原表把编号和题号复制回来。",
            "错误：费用.xlsx，措施费用，H8：00.03 的“费用（万元）”是“0.1234567”，位数太多或太大，没有采用。请填 10 亿以下、最多六位小数的数。",
            "错误：费用.xlsx，措施费用，A9：00.03 的这一档写了不止一行，用的是第一行。请删去多余的一行。",
            "错误：费用.xlsx，措施费用，A10：编号“00.01”与题号 dear 不符，dear 的编号是 00.05；按题号计。请核对这一行是不是张冠李戴。",
        ],
        "{said}"
    );
    // One that was never filled in does not count; one that was does.
    fs::copy(&blank, place.path("in/另一份.xlsx")).unwrap();
    assert_eq!(place.plan(&[]).0, 1);
    refill(&blank, &place.path("in/另一份.xlsx"), "措施费用", &[(3, money, "1")], None);
    let (code, _, err) = place.plan(&[]);
    assert_eq!((code, err.as_str()), (2, "有两份不同的措施费用表：另一份.xlsx 和 费用.xlsx。请只留一份，或用 --costs 指明。\n"));
    let named = blank.display().to_string();
    assert_eq!(place.plan(&["--costs", &named]).0, 0);
}

/// Without a date limits are counted in days; in English the words are others and mean the same.
#[test]
fn a_ledger_without_a_date_and_one_in_english_come_back_as_they_went() {
    for (lang, sheet, name, header, state, limit) in
        [("zh", "整改台账", "整改台账.xlsx", "状态", "整改中", "第 90 天"), ("en", "Ledger", "ledger.xlsx", "State", "under way", "day 90")]
    {
        let place = district();
        assert_eq!(place.plan(&["--grade", "良好", "--lang", lang]).0, 0);
        let folder = place.path(if lang == "zh" { "out/试市-2026-整改" } else { "out/试市-2026-plan" });
        let book = open(&folder.join(name));
        let rows = book.sheets.iter().find(|one| one.name == sheet).unwrap();
        assert_eq!(rows.text(2, 9), limit);
        refill(&folder.join(name), &place.path("in/台账.xlsx"), sheet, &[(2, header, state)], None);
        let costs = if lang == "zh" { "措施费用.xlsx" } else { "costs.xlsx" };
        fs::copy(folder.join(costs), place.path("in/费用.xlsx")).unwrap();
        let (code, said, err) = place.plan(&["--grade", "Good", "--lang", lang]);
        assert_eq!((code, err.as_str()), (0, ""), "{said}");
        let counts = if lang == "zh" { "整改中 1、未启动 3" } else { "under way 1, not started 3" };
        assert!(said.contains(counts) && !said.contains("错误") && !said.contains("error"), "{said}");
    }
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

/// An item with one action from a third up that stands at two thirds: its costs are asked from where it stands, and what is filled in
/// there comes back to the step; a table that still says a third does too.
#[test]
fn costs_are_asked_from_where_an_item_stands() {
    let anchors = "anchors: [{zh: 一, en: a}, {zh: 二, en: b}, {zh: 三, en: c}, {zh: 四, en: d}]";
    let action = "{from: 1, to: 3, kind: 制度文件, zh: 办, en: do, owner: one, days: 30, closes_with: 文件}";
    let tree = [
        HEAD,
        &format!("  - {{id: high, question: {{zh: 高, en: High}}, lead: one, scale: {{type: level, {anchors}}}, actions: [{action}]}}\n"),
    ]
    .concat();
    let place = Place::new(&tree);
    place.answer("试市", "2026", &[("high", "2")]);
    assert_eq!(place.plan(&[]).0, 0);
    let blank = place.written("措施费用.xlsx");
    let book = open(&blank);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "措施费用").unwrap();
    assert_eq!([2, 3].map(|column| sheet.text(3, column)), ["66.7", "100"]);
    for from in ["66.7", "33.33", "33.3", ""] {
        refill(&blank, &place.path("in/费用.xlsx"), "措施费用", &[(3, "从", from), (3, "费用（万元）", "2.5")], None);
        let (code, said, _) = place.plan(&["--by", "money"]);
        assert_eq!(code, 0, "{from}: {said}");
        assert!(said.contains("改 1 题，共 2.5 万元，总分从 66.7 到 100.0"), "{from}: {said}");
    }
    refill(&blank, &place.path("in/费用.xlsx"), "措施费用", &[(3, "从", "20"), (3, "费用（万元）", "2.5")], None);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    assert!(said.contains("没有从“20”到“100”这一档"), "{said}");
}

/// The cells of a column of the ledger, row by row, by the header.
fn ledger_column(path: &Path, header: &str) -> Vec<String> {
    let book = open(path);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "整改台账").unwrap();
    let column = sheet.rows[&1].iter().find(|(_, cell)| cell.text() == header).map(|(column, _)| *column);
    let column = column.unwrap_or_else(|| panic!("no column {header}"));
    sheet.rows.keys().filter(|row| **row > 1).map(|row| sheet.text(*row, column)).collect()
}

fn picked<const N: usize>(rows: &[Vec<String>], columns: [usize; N]) -> Vec<[&str; N]> {
    rows.iter().map(|row| columns.map(|column| row[column].as_str())).collect()
}

/// Nothing was scored since: owners, limits and actions that were agreed on stand, what is done is no new work, and what one issue
/// closed stays closed in those after it.
#[test]
fn a_ledger_binds_until_the_next_assessment() {
    let place = with_ledger();
    let edits = [
        (2, "状态", "已销号"),
        (2, "完成日期", "2027-01-20"),
        (2, "佐证材料", "发〔2027〕3号"),
        (2, "复核人（职务）", "政府督查室主任"),
        (3, "状态", "整改中"),
        (3, "责任单位", "乙局、丙局"),
        (4, "状态", "已销号"),
        (4, "完成日期", "2027-03-01"),
        (4, "佐证材料", "预案文本"),
        (4, "复核人（职务）", "甲局科长"),
        (5, "时限", "2027-09-30"),
        (5, "措施", "办一次桌面推演"),
    ];
    refill(&place.written("整改台账.xlsx"), &place.path("in/整改台账.xlsx"), "整改台账", &edits, None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert_eq!(code, 1, "甲局 closed its own row: {said}");
    let lead = "要到“良好”，改 3 题，共 180 天，总分从 33.3 到 83.3。其中台账已销号 1 题、报称完成待复核 1 题，余下 1 题，60 天。";
    assert!(said.contains(lead), "{said}");
    assert!(said.contains("台账里的题时限照台账，本期新列的从今天排起，最晚 2027-09-30 做完"), "{said}");
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert!(page.starts_with("# 试市应急能力整改方案（2026，第 2 期）\n"), "{page}");
    let steps = table(&page, "整改的题，按时限先后；台账里的，责任单位和时限照台账");
    assert_eq!(
        picked(&steps, [1, 4, 5, 9, 10, 11]),
        [
            ["00.03", "办veto", "甲局", "58.33", "2027-02-20", "已销号（2027-01-20）"],
            ["00.01", "办plan", "甲局", "66.67", "2027-03-22", "待复核（2027-03-01 报称完成）"],
            ["00.02", "办一次桌面推演", "乙局", "83.33", "2027-09-30", "未启动"],
        ]
    );
    assert_eq!(
        table(&page, "最先要办而不在本办法里的（与进度表同时办，不排在里面）"),
        [["1", "00.05", "是否有dear", "16.67", "办dear", "乙局、丙局", "200", "整改中"]]
    );
    assert_eq!(table(&page, "各单位的工作量，最晚做完的在前"), [["乙局", "1", "1", "60", "2027-09-30"]]);
    assert_eq!(
        picked(&table(&page, "需要处理的"), [0, 8]),
        [
            ["00.05", "责任单位改了：乙局 → 乙局、丙局"],
            ["00.01", "2027-03-01 报称完成，等复核；写了已销号，按待复核计：本单位自行复核，不算"],
            ["00.02", "时限改了：2027-05-21 → 2027-09-30"],
        ]
    );
    let closed = [["00.03", "★是否有veto", "甲局", "2027-01-20", "发〔2027〕3号", "政府督查室主任"]];
    assert_eq!(table(&page, "已经销号的"), closed);
    let second = place.written("整改台账-第2期.xlsx");
    let shown = |path: &Path| {
        let columns = ["编号", "措施", "责任单位", "时限", "原时限"].map(|header| ledger_column(path, header));
        (0..columns[0].len()).map(|row| columns.each_ref().map(|column| column[row].clone())).collect::<Vec<_>>()
    };
    let rows = [
        ["00.05", "办dear（200 天）", "乙局、丙局", "2027-06-10", ""],
        ["00.01", "办plan（30 天）", "甲局", "2027-03-22", ""],
        ["00.02", "办一次桌面推演", "乙局", "2027-09-30", "2027-05-21"],
    ];
    assert_eq!(shown(&second), rows);
    // The third issue: the first one's closed row is neither forgotten nor new work, and a date before this issue's day is no slip.
    refill(&second, &place.path("in/整改台账-第2期.xlsx"), "整改台账", &[(2, "进展情况", "已招标")], None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-10"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("（第 2 期，2026）共 3 件：已销号 0、待复核 1、整改中 1、未启动 1。"), "{said}");
    assert!(said.contains("其中台账已销号 1 题、报称完成待复核 1 题，余下 1 题，60 天。"), "{said}");
    assert_eq!(shown(&place.written("整改台账-第3期.xlsx")), rows);
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert_eq!(table(&page, "已经销号的"), closed);
    // An assessment that finds the closed item as it was.
    place.answer("试市", "2027", &[("plan", "是"), ("drill", "否"), ("veto", "否"), ("done", "是"), ("dear", "否")]);
    let (_, said, _) = place.plan(&["--grade", "良好", "--date", "2027-06-01"]);
    assert!(said.contains("已销号但得分没有提高的 1 件，又列入这一期台账。"), "{said}");
    assert!(said.contains("00.02 上一期台账没有办结，责任单位和时限仍以台账为准；下表的办结日是从今天重新排的。"), "{said}");
    assert!(!said.contains("其中台账已销号"), "{said}");
}

/// An owner, a time limit or an action that was agreed on is work on the ledger as a state is.
#[test]
fn a_ledger_in_which_only_something_agreed_was_changed_counts() {
    for (header, text) in [("责任单位", "丙局"), ("时限", "2027-12-31"), ("措施", "另一种办法")] {
        let place = with_ledger();
        refill(&place.written("整改台账.xlsx"), &place.path("in/整改台账.xlsx"), "整改台账", &[(5, header, text)], None);
        let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2026-12-01"]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(ledger_column(&place.written("整改台账-第2期.xlsx"), header).last().unwrap(), text, "{said}");
    }
}

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
        [["1", "00.02", "是否有drill", "16.67", "办drill", "乙局", "60"], ["2", "00.05", "是否有dear", "16.67", "办dear", "乙局", "200"]]
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
    let item = |id: &str, scale: &str| {
        let action = "{from: 0, to: 3, kind: 制度文件, zh: 办, en: do, owner: one, days: 30, closes_with: 文件}";
        format!("  - {{id: {id}, question: {{zh: 题{id}, en: {id}}}, lead: one, scale: {scale}, actions: [{action}]}}\n")
    };
    let level = format!("{{type: level, {anchors}}}");
    let list = format!("{{type: checklist, {elements}}}");
    let place = Place::new(&[HEAD, &item("short", &level), &item("long", &level), &item("list", &list)].concat());
    place.answer("试市", "2026", &[("short", "1"), ("long", "2"), ("list", "1")]);
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
    assert_eq!(place.plan(&["--grade", "优秀"]).0, 0);
    let mut problems = ledger_column(&place.written("整改台账.xlsx"), "问题（现状）");
    problems.sort();
    assert_eq!(problems, ["1 级：写了一半；说明：还有两个处室没有写", "2 级", "要素 1（1/2），缺：考核方式；说明：八个班次都没有",]);
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
        table(&page, "整改的题，按办结先后").into_iter().filter(|row| row[6].ends_with("；本地目标已达到")).collect();
    assert!(!met.is_empty() && met.len() < 20, "{met:#?}");
    // Below the law, outside the plan and closed: said to be closed, and not listed again.
    let inputs = ["samples/qingling", "samples/qingling-ledger"].map(|sample| root.join(sample).display().to_string());
    let out = folder.path().display().to_string();
    let (_, said, _) = ecap(&["plan", &inputs[0], &inputs[1], "-o", &out, "--date", "2027-02-25"]);
    assert!(said.contains("评估时未达法定要求、不在这个办法里的 16.2.02 台账已经销号，不再列入"), "{said}");
    assert!(!said.contains("未达法定要求的另有"), "{said}");
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
