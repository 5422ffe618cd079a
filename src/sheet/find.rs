//! Which files the arguments lead to.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::sheet::open;
use crate::text::{Text, t};

/// A file to read, and the name it is known by: relative to the argument that led to it, with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    pub name: String,
    pub path: PathBuf,
}

pub static ARCHIVE: Kind = Kind {
    code: "input-archive",
    severity: Severity::Warning,
    what: t("是压缩包，没有读。", "It is an archive and was not read."),
    advice: t("请解压后把里面的文件放进文件夹。", "Unpack it and put its files into the folder."),
};
pub static SKIPPED: Kind = Kind {
    code: "input-skipped",
    severity: Severity::Note,
    what: t("是办公软件的临时文件，跳过。", "It is a lock file of an office program and was skipped."),
    advice: t("不必处理。", "Nothing to do."),
};
pub static UNREAD: Kind = Kind {
    code: "input-unread",
    severity: Severity::Warning,
    what: t(
        "{folder}有 {count} 个文件不是工作簿（{named}），没有读。",
        "Files that are no workbooks were not read: {count} {folder}({named}).",
    ),
    advice: t(
        "里面如有部门交的答案，请向它要 Excel 原件；只是佐证材料的，不必处理。",
        "If a department gave its answers in one of them, ask it for the workbook; if they are evidence, nothing need be done.",
    ),
};
/// Files of that kind that are named.
const NAMED: usize = 10;
/// What this program writes for people to read, beside its workbooks.
const OWN_TEXTS: [&str; 4] = ["催办.txt", "reminders.txt", "运行记录.txt", "record.txt"];
/// What holds no answers and is told to nobody.
const NO_ANSWERS: [&str; 14] = ["md", "json", "svg", "yaml", "yml", "toml", "ini", "db", "lnk", "url", "exe", "sha256", "py", "log"];
/// What programs leave behind: a copy of a workbook that somebody is working on is none that was sent.
const LEFT_BEHIND: [&str; 5] = ["tmp", "bak", "old", "part", "crdownload"];
const WORKBOOKS: [&str; 12] = ["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ett", "ods", "csv", "tsv"];
const ARCHIVES: [&str; 6] = ["zip", "rar", "7z", "gz", "tgz", "tar"];

/// The workbooks among the arguments, folders searched, each file once, in the order of their names.
pub fn find(arguments: &[PathBuf], findings: &mut Vec<Finding>) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    for argument in arguments {
        let reading = |error: &std::io::Error| {
            Failure::from(
                t("{path}：{reason}。请核对路径。", "{path}: {reason}. Please check the path.")
                    .with(&[("path", argument.display().to_string().into()), ("reason", io_reason(error))]),
            )
        };
        let kind = fs::metadata(argument).map_err(|error| reading(&error))?;
        if kind.is_dir() {
            search(argument, "", &mut inputs, findings).map_err(|error| reading(&error))?;
        } else {
            let name = argument.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            inputs.push(Input { name, path: argument.clone() });
        }
    }
    inputs.sort();
    let mut seen = Vec::new();
    inputs.retain(|input| {
        let real = fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone());
        let new = !seen.contains(&real);
        seen.push(real);
        new
    });
    Ok(inputs)
}

fn search(folder: &Path, prefix: &str, inputs: &mut Vec<Input>, findings: &mut Vec<Finding>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    // A folder is listed in no order of its own.
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut unread = Vec::new();
    for entry in entries {
        let file = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{prefix}{file}");
        let place = Place::file(&name);
        let extension = Path::new(&file).extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
        // What macOS keeps beside a file in an archive.
        if file.starts_with("._") {
            continue;
        }
        if file.starts_with("~$") || file.starts_with(".~lock") {
            findings.push(SKIPPED.at(place, &[]));
        } else if entry.path().is_dir() {
            if file != "__MACOSX" && !file.starts_with('.') {
                search(&entry.path(), &format!("{name}/"), inputs, findings)?;
            }
        } else if !entry.path().is_file() {
            // A pipe or a device would be waited for.
        } else if WORKBOOKS.contains(&extension.as_str()) {
            inputs.push(Input { name, path: entry.path() });
        } else if ARCHIVES.contains(&extension.as_str()) {
            findings.push(ARCHIVE.at(place, &[]));
        } else if !file.starts_with('.') && !is_aside(&file, &extension) {
            let path = entry.path();
            if !LEFT_BEHIND.contains(&extension.as_str()) && open::is_workbook(&path) {
                inputs.push(Input { name, path });
            } else if !(extension == "docx" && open::is_own_document(&path)) {
                unread.push(Text::from(file));
            }
        }
    }
    if !unread.is_empty() {
        let folder = prefix.trim_end_matches('/');
        let folder =
            if folder.is_empty() { Text::default() } else { t("“{folder}”里", "in {folder} ").with(&[("folder", folder.into())]) };
        let args = [
            ("folder", folder),
            ("count", unread.len().into()),
            ("named", Text::some(&unread, NAMED)),
            ("files", Text::join(&unread, "、", ", ")),
        ];
        findings.push(UNREAD.at(Place::default(), &args));
    }
    Ok(())
}

/// Is it known by its name to hold no answers?
fn is_aside(file: &str, extension: &str) -> bool {
    NO_ANSWERS.contains(&extension) || OWN_TEXTS.contains(&file) || ["ecap", "Thumbs.db"].contains(&file)
}
