//! From `--tree` to a tree: a name, a file, or a folder with `tree.yaml`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind, Severity};
use crate::node::{Node, Value};
use crate::text::t;
use crate::tree::construct::compose;
use crate::tree::{Loaded, embedded, yaml};

pub static NO_FILE: Kind = Kind {
    code: "tree-file",
    severity: Severity::Error,
    what: t("读不了树文件“{name}”：{reason}。", "The tree file \"{name}\" cannot be read: {reason}."),
    advice: t("请核对 files 里的文件名。", "Check the names under files."),
};
pub const NOT_UTF8: Kind = Kind {
    code: "tree-encoding",
    severity: Severity::Error,
    what: t("文件不是 UTF-8 编码。", "The file is not UTF-8."),
    advice: t("请用编辑器另存为 UTF-8。", "Save it as UTF-8 in your editor."),
};
pub static KINDS: [&Kind; 6] = [&NO_FILE, &NOT_UTF8, &yaml::SYNTAX, &yaml::TOO_DEEP, &yaml::TOO_LARGE, &yaml::ALIAS];

/// Reads the tree that `--tree` names; content errors are findings, a missing file is a failure.
pub fn load(name: &str, findings: &mut Vec<Finding>) -> Result<Loaded, Failure> {
    let path = Path::new(name);
    if !path.exists()
        && let Some(loaded) = embedded::named(name, findings)
    {
        return Ok(loaded);
    }
    let main = if path.is_dir() { path.join("tree.yaml") } else { path.to_path_buf() };
    let folder = main.parent().map(Path::to_path_buf).unwrap_or_default();
    let bytes = fs::read(&main).map_err(|error| {
        t("读不了指标树 {path}：{reason}。请核对 --tree。", "Cannot read the tree {path}: {reason}. Please check --tree.")
            .with(&[("path", main.display().to_string().into()), ("reason", io_reason(&error))])
    })?;
    let mut sources = Vec::new();
    let shown = main.display().to_string();
    let Some(node) = parse(bytes, &shown, &mut sources, findings) else {
        return Ok(Loaded { tree: None, sources });
    };
    let mut read = |file: &str, findings: &mut Vec<Finding>| part(&folder, file, &node, &mut sources, findings);
    let tree = compose(&node, &mut read, findings);
    Ok(Loaded { tree, sources })
}

fn parse(bytes: Vec<u8>, file: &str, sources: &mut Vec<(String, String)>, findings: &mut Vec<Finding>) -> Option<Node> {
    let Ok(text) = String::from_utf8(bytes) else {
        findings.push(NOT_UTF8.at(crate::place::Place::file(file), &[]));
        return None;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_string();
    let node = yaml::parse(&text, file, findings);
    sources.push((file.to_string(), text));
    node
}

/// A file named under `files`, beside the tree file.
fn part(folder: &Path, file: &str, main: &Node, sources: &mut Vec<(String, String)>, findings: &mut Vec<Finding>) -> Option<Node> {
    let path: PathBuf = folder.join(file);
    match fs::read(&path) {
        Ok(bytes) => parse(bytes, &path.display().to_string(), sources, findings),
        Err(error) => {
            let place = place_of_file(main, file);
            findings.push(NO_FILE.at(place, &[("name", file.into()), ("reason", io_reason(&error))]));
            None
        }
    }
}

fn place_of_file(main: &Node, file: &str) -> crate::place::Place {
    let Value::Map(entries) = &main.value else { return main.place.clone() };
    let files = entries.iter().find(|(key, _)| key.name == "files").map(|(_, node)| node);
    let Some(Node { value: Value::List(names), place }) = files else { return main.place.clone() };
    names.iter().find(|node| node.value == Value::Text(file.to_string())).map_or(place.clone(), |node| node.place.clone())
}
