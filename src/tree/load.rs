//! From `--tree` to a tree: a name, a file, or a folder with `tree.yaml`.

use std::path::{Component, Path};

use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind, any_error};
use crate::node::{Node, Value, close};
use crate::place::Place;
use crate::text::{Text, t};
use crate::tree::construct::compose;
use crate::tree::source::Files;
use crate::tree::{Loaded, Tree, embedded};

pub static NO_FILE: Kind = Kind::error(
    "tree-file",
    t("读不了树文件“{name}”：{reason}。", "The tree file \"{name}\" cannot be read: {reason}."),
    t("请核对 files 里的文件名。", "Check the names under files."),
);
pub static KINDS: [&Kind; 1] = [&NO_FILE];

/// Reads the tree that `--tree` names; content errors are findings, a missing file is a failure.
pub fn load(name: &str, findings: &mut Vec<Finding>) -> Result<Loaded, Failure> {
    let path = Path::new(name);
    if !path.exists()
        && let Some(loaded) = embedded::named(name, findings)
    {
        return Ok(loaded);
    }
    let main = if path.is_dir() { path.join("tree.yaml") } else { path.to_path_buf() };
    let folder = main.parent().unwrap_or(Path::new(""));
    let shown = main.display().to_string();
    let before = findings.len();
    let mut files = Files::default();
    let node = files.read(&main, &shown, findings).map_err(|error| {
        t("读不了指标树 {path}：{reason}。请核对 --tree。", "Cannot read the tree {path}: {reason}. Please check --tree.")
            .with(&[("path", shown.clone().into()), ("reason", io_reason(&error))])
    })?;
    let tree = node.and_then(|node| {
        let mut read = |file: &str, findings: &mut Vec<Finding>| part(folder, file, &node, &mut files, findings);
        compose(&node, &mut read, findings)
    });
    Ok(loaded(tree, files, before, findings))
}

/// A tree whose one file has these bytes; it can name no other files.
pub fn from_bytes(bytes: Vec<u8>, file: &str, findings: &mut Vec<Finding>) -> Loaded {
    let (before, mut files) = (findings.len(), Files::default());
    let node = files.parse(bytes, file, findings);
    let tree = node.and_then(|node| {
        let mut read = |file: &str, findings: &mut Vec<Finding>| {
            findings.push(no_file(&node, file, t("这里只有一个文件", "there is one file only")));
            None
        };
        compose(&node, &mut read, findings)
    });
    loaded(tree, files, before, findings)
}

/// A tree is valid where reading its files gave no error either: what the YAML reader refuses is not in the nodes.
fn loaded(tree: Option<Tree>, files: Files, before: usize, findings: &mut Vec<Finding>) -> Loaded {
    findings[before..].sort_by(|one, two| one.place.cmp(&two.place));
    close(findings);
    Loaded { tree: tree.filter(|_| !any_error(&findings[before..])), sources: files.sources }
}

/// A file named under `files`: one beside the tree file or below it, so that a stranger's tree reads nothing else of this machine.
fn part(folder: &Path, file: &str, main: &Node, files: &mut Files, findings: &mut Vec<Finding>) -> Option<Node> {
    let beside = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(file);
    let read = match std::fs::metadata(&path) {
        _ if !beside => Err(t("不在树文件旁边", "it does not stand beside the tree file")),
        Ok(data) if data.is_file() => files.read(&path, &path.display().to_string(), findings).map_err(|error| io_reason(&error)),
        Ok(data) if data.is_dir() => Err(t("是文件夹，不是文件", "it is a folder, not a file")),
        Ok(_) => Err(t("不是普通文件", "it is no ordinary file")),
        Err(error) => Err(io_reason(&error)),
    };
    read.unwrap_or_else(|reason| {
        findings.push(no_file(main, file, reason));
        None
    })
}

fn no_file(main: &Node, file: &str, reason: Text) -> Finding {
    NO_FILE.at(place_of_file(main, file), &[("name", file.into()), ("reason", reason)])
}

fn place_of_file(main: &Node, file: &str) -> Place {
    let Value::Map(entries) = &main.value else { return main.place.clone() };
    let files = entries.iter().find(|(key, _)| key.name == "files").map(|(_, node)| node);
    let Some(Node { value: Value::List(names), place }) = files else { return main.place.clone() };
    names.iter().find(|node| node.value == Value::Text(file.to_string())).map_or(place.clone(), |node| node.place.clone())
}
