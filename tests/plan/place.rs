//! A folder to plan in, and what is read from what it yields.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ecap::sheet::{Book, Content};
use rust_xlsxwriter::Workbook;

pub use crate::common::ecap;

/// A folder with a tree and a survey, and where plans go.
pub struct Place {
    folder: tempfile::TempDir,
}

pub const HEAD: &str = r#"id: try
edition: "1"
name: {zh: 试, en: Try}
departments:
  - {id: one, name: {zh: 甲局, en: Bureau A}}
  - {id: two, name: {zh: 乙局, en: Bureau B}}
items:
"#;

/// An item that is answered yes or no: its weight, who raises it in how many days, and what else stands in it.
pub fn yes_no(id: &str, weight: f64, owner: &str, days: usize, rest: &str) -> String {
    let action = format!("{{from: 0, to: 3, kind: 制度文件, zh: 办{id}, en: do {id}, owner: {owner}, days: {days}, closes_with: 文件}}");
    format!(
        "  - {{id: {id}, question: {{zh: 是否有{id}, en: Ask {id}}}, lead: {owner}, weight: {weight}, scale: {{type: yes_no, pass: \"yes\"}}, actions: [{action}]{rest}}}\n"
    )
}

/// A drill needs its plan; a veto; something dear; something done.
pub fn drill() -> String {
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
    pub fn new(tree: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tree.yaml"), tree).unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        Place { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A survey of these answers.
    pub fn answer(&self, unit: &str, period: &str, answers: &[(&str, &str)]) {
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
    pub fn plan(&self, more: &[&str]) -> (i32, String, String) {
        let (tree, input, out) = (self.path("tree.yaml"), self.path("in"), self.path("out"));
        let shown = |path: &Path| path.display().to_string();
        let (tree, input, out) = (shown(&tree), shown(&input), shown(&out));
        let (code, said, err) = ecap(&[&["plan", &input, "--tree", &tree, "-o", &out], more].concat());
        let hide = |text: String| text.replace(&format!("{}/", self.folder.path().display()), "@");
        (code, hide(said), hide(err))
    }

    pub fn written(&self, name: &str) -> PathBuf {
        self.path("out/试市-2026-整改").join(name)
    }

    /// The rows of the plan's table: ref, days, gain and total, as the pages print them.
    pub fn steps(&self) -> Vec<Vec<String>> {
        table(&fs::read_to_string(self.written("整改方案.md")).unwrap(), "整改的题，按办结先后")
    }
}

/// The cells of a table of the pages by its title.
pub fn table(page: &str, title: &str) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(&format!("**{title}**")).unwrap_or_else(|| panic!("no table {title}"));
    let lines = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

pub fn open(path: &Path) -> Book {
    let mut findings = Vec::new();
    let book = Book::open(fs::read(path).unwrap(), "it", &mut findings).unwrap();
    assert_eq!(findings, []);
    book
}

/// Writes a workbook again with some cells changed: sheet, cell, text; an empty text empties the cell. `gone` is a row of that sheet.
pub fn refill(path: &Path, to: &Path, sheet: &str, edits: &[(u32, &str, &str)], gone: Option<u32>) {
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
pub fn ledger(path: &Path) -> Vec<[String; 4]> {
    let columns = ["编号", "时限", "进展情况", "状态"].map(|header| ledger_column(path, header));
    (0..columns[0].len()).map(|row| columns.each_ref().map(|column| column[row].clone())).collect()
}

/// A ledger of four rows: the veto item, what is to be done first though the plan passes over it, and the rest of the plan.
pub fn with_ledger() -> Place {
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

/// The cells of a column of the ledger, row by row, by the header.
pub fn ledger_column(path: &Path, header: &str) -> Vec<String> {
    let book = open(path);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "整改台账").unwrap();
    let column = sheet.rows[&1].iter().find(|(_, cell)| cell.text() == header).map(|(column, _)| *column);
    let column = column.unwrap_or_else(|| panic!("no column {header}"));
    sheet.rows.keys().filter(|row| **row > 1).map(|row| sheet.text(*row, column)).collect()
}

pub fn picked<const N: usize>(rows: &[Vec<String>], columns: [usize; N]) -> Vec<[&str; N]> {
    rows.iter().map(|row| columns.map(|column| row[column].as_str())).collect()
}

pub fn district() -> Place {
    let place = Place::new(&drill());
    place.answer("试市", "2026", &[("plan", "否"), ("drill", "否"), ("veto", "否"), ("done", "是"), ("dear", "否")]);
    place
}
