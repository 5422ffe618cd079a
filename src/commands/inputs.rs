//! Filled workbooks read from the arguments, each with its digest and its findings.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::answers;
use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::result::InputRef;
use crate::sheet::{self, Book};
use crate::survey::Given;
use crate::survey::{self, Filled};
use crate::text::t;
use crate::tree::Tree;

pub static NOT_READ: Kind = Kind {
    code: "input-not-read",
    severity: Severity::Error,
    what: t("读不了：{reason}。", "It cannot be read: {reason}."),
    advice: t("请关闭正打开它的程序，或核对权限。", "Close the program that has it open, or check its permissions."),
};

/// One file of the run.
pub struct File {
    pub input: InputRef,
    /// None where it was not scored.
    pub filled: Option<Filled>,
    pub findings: Vec<Finding>,
}

/// All files of the run.
pub struct Inputs {
    /// By name's bytes, then digest.
    pub files: Vec<File>,
    /// On files that were passed over by name.
    pub findings: Vec<Finding>,
}

/// Reads every workbook that the arguments lead to; one bad file stops no other.
pub fn read(arguments: &[PathBuf], tree: &Tree, given: &Given) -> Result<Inputs, Failure> {
    let mut findings = Vec::new();
    let found = sheet::find(arguments, &mut findings)?;
    if found.is_empty() && findings.is_empty() {
        return Err(t("没有找到 .xlsx 工作簿。请核对路径。", "No .xlsx workbook was found. Please check the path.").into());
    }
    let mut files: Vec<File> = found.iter().map(|input| file(&input.name, &input.path, tree, given)).collect();
    files.sort_by(|one, two| one.input.cmp(&two.input));
    Ok(Inputs { files, findings })
}

fn file(name: &str, path: &PathBuf, tree: &Tree, given: &Given) -> File {
    let mut findings = Vec::new();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.push(NOT_READ.at(Place::file(name), &[("reason", io_reason(&error))]));
            return File { input: InputRef { file: name.to_string(), sha256: String::new() }, filled: None, findings };
        }
    };
    let input = InputRef { file: name.to_string(), sha256: crate::tree::hex(&Sha256::digest(&bytes)) };
    let filled = Book::open(bytes, name, &mut findings).and_then(|mut book| survey::read(&mut book, name, tree, given, &mut findings));
    let filled = filled.filter(|filled| {
        if !filled.scored {
            findings.extend(answers::remarks(filled, tree));
        }
        filled.scored
    });
    File { input, filled, findings }
}
