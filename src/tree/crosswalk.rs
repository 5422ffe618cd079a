//! What became of the items of another edition: a file beside the tree, or what the tree says of its retired ids.
//!
//! ```yaml
//! items:
//!   - {old: eca-0001, new: eca-0406, change: same}
//!   - {old: eca-0002, new: [eca-0407, eca-0408], change: split}
//!   - {old: [eca-0003, eca-0004], new: eca-0409, change: merged}
//! names:
//!   - {old: 应急队伍, new: 救援队伍建设}
//! ```

use std::collections::HashSet;
use std::path::Path;

use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind};
use crate::node::{Fields, Node, Value, close};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::tree::source::Files;

pub static BAD_CHANGE: Kind = Kind::error(
    "crosswalk-change",
    t("change 不能是“{change}”。", "change cannot be \"{change}\"."),
    t(
        "写 same（只换了题号）、split（一题变几题）、merged（几题并一题）或 redefined（改了内容）。",
        "Write same (only the id changed), split (one item became several), merged (several became one) or redefined.",
    ),
);
pub static BAD_MAPPING: Kind = Kind::error(
    "crosswalk-mapping",
    t("{change} 的 old 和 new 个数不对。", "old and new are too many or too few for {change}."),
    t(
        "same 和 redefined 是一对一，split 是一对多，merged 是多对一。",
        "same and redefined map one to one, split one to several, merged several to one.",
    ),
);
pub static TWICE: Kind = Kind::error(
    "crosswalk-twice",
    t("{id} 在对照表里写了两次。", "{id} stands twice in the crosswalk."),
    t("每题只写一行。", "Keep one line an item."),
);
pub static KINDS: [&Kind; 3] = [&BAD_CHANGE, &BAD_MAPPING, &TWICE];

/// How items of two editions go together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crosswalk {
    pub items: Vec<Mapping>,
    /// Earlier and later names of groups and items, for spreadsheets without ids.
    pub names: Vec<(String, String)>,
}

/// Ids of the earlier edition and those that took their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub old: Vec<String>,
    pub new: Vec<String>,
    pub change: Change,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same question under another id.
    Same,
    Split,
    Merged,
    Redefined,
}

impl Change {
    const ALL: [(Change, &str); 4] =
        [(Change::Same, "same"), (Change::Split, "split"), (Change::Merged, "merged"), (Change::Redefined, "redefined")];

    fn fits(self, old: usize, new: usize) -> bool {
        match self {
            Change::Same | Change::Redefined => old == 1 && new == 1,
            Change::Split => old == 1 && new > 1,
            Change::Merged => old > 1 && new == 1,
        }
    }
}

impl Mapping {
    pub fn is_same(&self) -> bool {
        self.change == Change::Same
    }
}

impl Crosswalk {
    /// What the later tree says of the ids it retired.
    pub fn of_tree(tree: &Tree) -> Self {
        let replaced = tree.retired.iter().filter(|one| !one.replaced_by.is_empty());
        let mapping = |one: &crate::tree::Retired| Mapping {
            old: vec![one.id.clone()],
            new: one.replaced_by.clone(),
            change: if one.replaced_by.len() > 1 { Change::Split } else { Change::Redefined },
        };
        Crosswalk { items: replaced.map(mapping).collect(), names: Vec::new() }
    }

    /// What the later tree says, where the file says nothing else of an id.
    #[must_use]
    pub fn over(mut self, tree: Crosswalk) -> Self {
        let known = |own: &Crosswalk, mapping: &Mapping| mapping.old.iter().any(|id| own.of_old(id).is_some());
        let more: Vec<Mapping> = tree.items.into_iter().filter(|mapping| !known(&self, mapping)).collect();
        self.items.extend(more);
        self
    }

    pub fn of_old(&self, id: &str) -> Option<&Mapping> {
        self.items.iter().find(|mapping| mapping.old.iter().any(|old| old == id))
    }

    pub fn of_new(&self, id: &str) -> Option<&Mapping> {
        self.items.iter().find(|mapping| mapping.new.iter().any(|new| new == id))
    }

    /// The earlier ids that became a later one.
    pub fn olds_of<'a>(&'a self, new: &'a str) -> impl Iterator<Item = &'a str> {
        let mine = self.items.iter().filter(move |mapping| mapping.new.iter().any(|id| id == new));
        mine.flat_map(|mapping| &mapping.old).map(String::as_str)
    }

    /// The later ids that an earlier one became.
    pub fn news_of<'a>(&'a self, old: &'a str) -> impl Iterator<Item = &'a str> {
        self.of_old(old).into_iter().flat_map(|mapping| &mapping.new).map(String::as_str)
    }

    /// The later name of an earlier one.
    pub fn later_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new)
    }
}

/// Reads a crosswalk file; what is wrong in it are findings, a missing file is a failure.
pub fn read(path: &str, findings: &mut Vec<Finding>) -> Result<Crosswalk, Failure> {
    let node = Files::default().read(Path::new(path), path, findings).map_err(|error| {
        t("读不了对照表 {path}：{reason}。请核对 --crosswalk。", "Cannot read the crosswalk {path}: {reason}. Please check --crosswalk.")
            .with(&[("path", path.into()), ("reason", io_reason(&error))])
    })?;
    Ok(composed(node, findings))
}

/// The same with the bytes of a file.
pub fn from_bytes(bytes: Vec<u8>, file: &str, findings: &mut Vec<Finding>) -> Crosswalk {
    let node = Files::default().parse(bytes, file, findings);
    composed(node, findings)
}

fn composed(node: Option<Node>, findings: &mut Vec<Finding>) -> Crosswalk {
    let crosswalk = node.and_then(|node| from_node(&node, findings)).unwrap_or_default();
    close(findings);
    crosswalk
}

fn from_node(node: &Node, findings: &mut Vec<Finding>) -> Option<Crosswalk> {
    let mut fields = Fields::of(node, "crosswalk", findings)?;
    let (items, names) = (fields.get("items"), fields.get("names"));
    fields.done(findings);
    let mut crosswalk = Crosswalk::default();
    let mut olds = HashSet::new();
    for node in items.and_then(|node| node.list("items", findings)).unwrap_or_default() {
        if let Some(mapping) = mapping(node, findings) {
            for id in &mapping.old {
                if !olds.insert(id.clone()) {
                    findings.push(TWICE.at(node.place.clone(), &[("id", id.clone().into())]));
                }
            }
            crosswalk.items.push(mapping);
        }
    }
    for node in names.and_then(|node| node.list("names", findings)).unwrap_or_default() {
        let Some(mut fields) = Fields::of(node, "names", findings) else { continue };
        let mut name = |key: &'static str, findings: &mut Vec<Finding>| {
            let example = if key == "old" { "old: 应急队伍" } else { "new: 救援队伍建设" };
            fields.need(key, example, findings).and_then(|node| node.text(key, findings))
        };
        let (old, new) = (name("old", findings), name("new", findings));
        fields.done(findings);
        crosswalk.names.extend(old.zip(new));
    }
    Some(crosswalk)
}

fn mapping(node: &Node, findings: &mut Vec<Finding>) -> Option<Mapping> {
    let mut fields = Fields::of(node, "items", findings)?;
    let old = fields.need("old", "old: eca-0001", findings);
    let new = fields.need("new", "new: eca-0406", findings);
    let change = fields.need("change", "change: same", findings);
    fields.done(findings);
    let (old, new) = (ids(old?, "old", findings)?, ids(new?, "new", findings)?);
    let change_node = change?;
    let word = change_node.text("change", findings)?;
    let Some((change, _)) = Change::ALL.iter().find(|(_, code)| *code == word) else {
        findings.push(BAD_CHANGE.at(change_node.place.clone(), &[("change", word.into())]));
        return None;
    };
    if !change.fits(old.len(), new.len()) {
        findings.push(BAD_MAPPING.at(node.place.clone(), &[("change", Text::from(word))]));
        return None;
    }
    Some(Mapping { old, new, change: *change })
}

/// One id, or a list of them.
fn ids(node: &Node, name: &'static str, findings: &mut Vec<Finding>) -> Option<Vec<String>> {
    if let Value::List(_) = node.value { node.texts(name, findings) } else { node.text(name, findings).map(|id| vec![id]) }
}
