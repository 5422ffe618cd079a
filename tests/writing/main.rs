//! What is written: whole or not at all, nothing but text from anybody's text, the same bytes everywhere.

#![allow(clippy::unwrap_used)]
// What was met by chance, and what a machine lacks, is said beside the result.
#![allow(clippy::print_stderr)]

mod literal;
mod same;
mod whole;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;
use sha2::{Digest, Sha256};

/// The program itself, as a user starts it.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecap"));
    command.env("LC_ALL", "zh_CN.UTF-8");
    command
}

fn ecap(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// What a run printed and said; it must have ended with one of these codes.
fn said(output: &Output, codes: &[i32]) -> String {
    let text = format!("{}{}", String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap());
    assert!(output.status.code().is_some_and(|code| codes.contains(&code)), "{:?}: {text}", output.status);
    text
}

/// A tree of every scale, and its items: id, ref, an answer to it.
fn tree() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/living/tree.json").display().to_string()
}

const ITEMS: [(&str, &str, &str); 18] = [
    ("l-00", "00.01", "30"),
    ("l-01", "01.01", "2"),
    ("l-02", "01.1.01", "3"),
    ("l-03", "01.1.1.01", "45/50"),
    ("l-04", "01.1.1.02", "110%"),
    ("l-05", "01.1.1.03", "3%"),
    ("l-06", "01.1.02", "是"),
    ("l-07", "01.10.01", "2"),
    ("l-08", "01.10.02", "甲、乙、丁"),
    ("l-09", "01.02", "400"),
    ("l-10", "02.01", "缺勤×2"),
    ("l-11", "02.02", "7.5"),
    ("l-12", "02.1.01", "2%"),
    ("l-13", "02.1.02", "20"),
    ("l-14", "02.1.03", "20"),
    ("l-15", "03.01", "1"),
    ("l-16", "03.02", "否"),
    ("l-17", "03.03", "甲、乙"),
];

/// A filled survey: who, and self-rating, evidence and note of each item.
struct Survey<'a> {
    unit: &'a str,
    period: &'a str,
    respondent: &'a str,
    rows: Vec<[String; 3]>,
}

impl Survey<'_> {
    fn save(&self, path: &Path) {
        let mut workbook = Workbook::new();
        let cover = workbook.add_worksheet().set_name("填报说明").unwrap();
        let labels = [
            ("被评估单位", self.unit),
            ("评估期", self.period),
            ("填报单位", self.respondent),
            ("第几次报送", "1"),
            ("指标体系", "living"),
        ];
        for (row, (label, value)) in (0u32..).zip(labels) {
            cover.write_string(row, 0, label).unwrap().write_string(row, 1, value).unwrap();
        }
        let sheet = workbook.add_worksheet().set_name("01").unwrap();
        let head = ["编号", "指标", "评分标准", "牵头部门", "自评", "佐证材料", "说明", "复核", "复核说明", "id"];
        for (column, name) in (0u16..).zip(head) {
            sheet.write_string(0, column, name).unwrap();
        }
        for ((row, (id, reference, _)), cells) in (1u32..).zip(ITEMS).zip(&self.rows) {
            sheet.write_string(row, 0, reference).unwrap().write_string(row, 9, id).unwrap();
            for (column, text) in (4u16..).zip(cells) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, workbook.save_to_buffer().unwrap()).unwrap();
    }
}

/// Every file below a folder, half-written ones too, by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(&one).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                all.insert(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"), bytes);
            }
        }
    }
    all
}

/// SHA-256 of every file below a folder.
fn digests(folder: &Path) -> BTreeMap<String, String> {
    files(folder).into_iter().map(|(name, bytes)| (name, hex(&bytes))).collect()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}
