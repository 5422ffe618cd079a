//! A node tree becomes a valid [`Tree`], or a list of everything that is wrong with it.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use crate::finding::{Finding, Kind, any_error};
use crate::node::{Fields, Node};
use crate::number::Number;
use crate::place::Place;
use crate::policy::Policy;
use crate::scale::Scaled;
use crate::text::{Text, t};
use crate::tree::content::{Content, Declared, UNDECLARED};
use crate::tree::declared::{departments, laws, named, retired};
use crate::tree::requires;
use crate::tree::rules::policy;
use crate::tree::vocabulary::LEVELS;
use crate::tree::{Criticality, Group, Item, Local, Retired, Tree};

pub static DOUBLE_ID: Kind = Kind::error(
    "tree-double-id",
    t("{what} {id} 与前面的重复。", "The {what} {id} stands twice."),
    t("每个只能用一次；已用过的编号不再发给别的题。", "Each is used once; an id once given is never given again."),
);
pub static UNKNOWN_DEPARTMENT: Kind = Kind::error(
    "tree-unknown-department",
    t("departments 里没有“{id}”。", "There is no \"{id}\" under departments."),
    t("请用已列的部门，或在树文件中加上它。", "Use a department that is listed, or add it to the tree file."),
);
pub static UNKNOWN_PARENT: Kind = Kind::error(
    "tree-unknown-parent",
    t("上级“{code}”不在前面的分组中。", "The parent \"{code}\" is none of the groups before."),
    t("上级要写在下级之前。", "A parent stands before its children."),
);
pub static WEIGHT: Kind = Kind::error(
    "tree-weight",
    t("权重 {weight} 不大于 0。", "The weight {weight} is not above 0."),
    t("请写正数；不参与计分的题请删去。", "Write a positive number; delete what should not count."),
);
pub static WEIGHT_RANGE: Kind = Kind::error(
    "tree-weight-range",
    t("权重 {weight} 不在 {least} 到 {most} 之间。", "The weight {weight} is not between {least} and {most}."),
    t("权重只看同级之间的比例，请换算成小一些的数。", "Weights count in proportion to their siblings; write smaller numbers."),
);
pub static TARGET: Kind = Kind::error(
    "tree-target",
    t("目标 {target} 不在 0 到 100 之间。", "The target {target} is not between 0 and 100."),
    t("目标是得分，满分 100。", "A target is a score out of 100."),
);
pub static EMPTY_GROUP: Kind = Kind::error(
    "tree-empty-group",
    t("分组 {code} 下面没有题目。", "The group {code} holds no item."),
    t("请补题目或删去分组。", "Add an item or delete the group."),
);
pub static NO_ITEMS: Kind = Kind::error(
    "tree-no-items",
    t("树里一道题也没有。", "The tree holds no item."),
    t("请在 items 或 files 中写题目。", "Write items under items or files."),
);
pub static PROFILE: Kind = Kind::error(
    "tree-profile",
    t("{what}应有 {wanted}，实有 {found}。", "{what}: {wanted} wanted, {found} found."),
    t("请改题目，或改 profile 中的数。", "Change the items, or the number under profile."),
);
pub static LEVEL: Kind = Kind::error(
    "tree-level",
    t(
        "分组 {code} 写的是第 {stated} 级，按上级应为第 {level} 级。",
        "The group {code} says level {stated}; by its parent it is level {level}.",
    ),
    t("请改 level 或 parent。", "Change level or parent."),
);
pub static CHOICE: Kind =
    Kind::error("tree-choice", t("“{key}”不能是“{value}”。", "`{key}` cannot be \"{value}\"."), t("可用：{known}。", "Allowed: {known}."));
pub static BANDS: Kind = Kind::error(
    "tree-bands",
    t("等级表不成立：{what}。", "The bands do not hold: {what}."),
    t("从最好的写起，分数线依次降低，最后一级从 0 起。", "Best first, each from a lower score, the last from 0."),
);
pub static CAPS: Kind = Kind::error(
    "tree-caps",
    t("等级上限不成立：{what}。", "The caps do not hold: {what}."),
    t("限得多的不能比限得少的宽。", "The cap for more must not be milder than the one for fewer."),
);
pub static RETIRED: Kind = Kind::error(
    "tree-retired",
    t("题号 {id} 在 {edition} 版已停用。", "The id {id} was retired in edition {edition}."),
    t("停用的题号不再使用，请另取新号。", "A retired id is never used again; take a new one."),
);
pub static DECIMALS: Kind =
    Kind::error("tree-decimals", t("decimals 应为 0 到 9。", "decimals runs from 0 to 9."), t("常用 1。", "Usually 1."));
pub static KINDS: [&Kind; 15] = [
    &DOUBLE_ID,
    &UNKNOWN_DEPARTMENT,
    &UNKNOWN_PARENT,
    &WEIGHT,
    &WEIGHT_RANGE,
    &TARGET,
    &EMPTY_GROUP,
    &NO_ITEMS,
    &PROFILE,
    &LEVEL,
    &CHOICE,
    &BANDS,
    &CAPS,
    &DECIMALS,
    &RETIRED,
];

/// Any scale that a person would choose; beyond it sums and shares of weights leave the doubles.
const WEIGHTS: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// How a file named under `files` becomes a node.
pub type ReadFile<'a> = dyn FnMut(&str, &mut Vec<Finding>) -> Option<Node> + 'a;

/// The tree of a main node and the files it names; none where anything in them is an error.
pub fn compose(main: &Node, read: &mut ReadFile<'_>, findings: &mut Vec<Finding>) -> Option<Tree> {
    let before = findings.len();
    let tree = tree(main, read, findings);
    findings[before..].sort_by(|one, two| one.place.cmp(&two.place));
    if any_error(&findings[before..]) { None } else { tree }
}

/// Reads a whole tree; `read` gives the files named under `files`.
fn tree(main: &Node, read: &mut ReadFile<'_>, findings: &mut Vec<Finding>) -> Option<Tree> {
    let mut fields = Fields::of(main, "tree", findings)?;
    let id = fields.need("id", "id: my-tree", findings).and_then(|node| node.text("id", findings));
    let edition = fields.need("edition", "edition: \"2026.1\"", findings).and_then(|node| node.text("edition", findings));
    let name = fields.need("name", "name: {zh: …, en: …}", findings).and_then(|node| node.pair("name", findings));
    let departments = fields.get("departments").map(|node| departments(node, findings)).unwrap_or_default();
    let laws = laws(&mut fields, findings);
    let topics = named(&mut fields, "topics", findings);
    let audiences = named(&mut fields, "audiences", findings);
    let retired = retired(&mut fields, findings);
    let analysis = fields.get("hazard_analysis").and_then(|node| Some((node.text("hazard_analysis", findings)?, node.place.clone())));
    let policy = fields.get("policy").map_or_else(|| Some(Policy::default()), |node| policy(node, findings));
    let mut builder = Builder {
        declared: Declared { departments: &departments, laws: &laws, topics: &topics, audiences: &audiences },
        retired: retired.iter().map(|retired| (retired.id.as_str(), retired)).collect(),
        departments: departments.iter().enumerate().map(|(index, department)| (department.id.as_str(), index)).collect(),
        groups: Vec::new(),
        items: Vec::new(),
        unread: Vec::new(),
        codes: HashMap::new(),
        ids: HashMap::new(),
        positions: HashMap::new(),
        findings,
    };
    let profile = fields.get("profile");
    builder.children(&mut fields);
    if let Some(files) = fields.get("files") {
        let mut named = HashSet::new();
        for node in files.list("files", builder.findings).unwrap_or_default() {
            let Some(file) = node.text("files", builder.findings) else {
                builder.miss(None);
                continue;
            };
            if !named.insert(file.clone()) {
                builder.findings.push(DOUBLE_ID.at(node.place.clone(), &[("what", t("文件", "file")), ("id", file.into())]));
                continue;
            }
            let group = read(&file, builder.findings);
            match group {
                Some(group) => builder.group(&group, None),
                None => builder.miss(None),
            }
        }
    }
    let Builder { groups, items, unread, .. } = builder;
    fields.done(findings);
    let (groups, items) = finish(groups, items, &unread, main, findings)?;
    requires::check(&items, unread.is_empty(), findings);
    let hazard_analysis = analysis.and_then(|(code, place)| {
        let group = groups.iter().position(|group| group.code == code);
        if group.is_none() && unread.is_empty() {
            findings.push(UNDECLARED.at(place, &[("list", t("分组", "the groups")), ("id", code.into())]));
        }
        group
    });
    if let Some(node) = profile {
        check_profile(node, &groups, &items, unread.is_empty(), findings);
    }
    let mut tree = Tree {
        id: id?,
        edition: edition?,
        name: name?,
        departments,
        laws,
        topics,
        audiences,
        retired,
        hazard_analysis,
        policy: policy?,
        groups,
        items,
        local: Local::default(),
        sha256: String::new(),
    };
    tree.sha256 = hex(&Sha256::digest(tree.to_json().as_bytes()));
    Some(tree)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A group or item before weights are filled in.
struct Raw<T> {
    value: T,
    weight: Option<f64>,
    place: Place,
}

struct Builder<'a, 'f> {
    declared: Declared<'a>,
    retired: HashMap<&'a str, &'a Retired>,
    departments: HashMap<&'a str, usize>,
    groups: Vec<Raw<Group>>,
    items: Vec<Raw<Item>>,
    /// Parents of what stands in the file and could not be read: it is neither absent nor counted.
    unread: Vec<Option<usize>>,
    codes: HashMap<String, usize>,
    ids: HashMap<String, Place>,
    /// How many items of a group have been met, readable or not.
    positions: HashMap<Option<usize>, usize>,
    findings: &'f mut Vec<Finding>,
}

impl Builder<'_, '_> {
    /// `groups` and `items` of the tree itself: nested, or flat as `tree show --json` prints them.
    fn children(&mut self, fields: &mut Fields<'_>) {
        for key in order(fields) {
            if let Some(node) = fields.get(key) {
                self.listed(node, key, None);
            }
        }
    }

    fn listed(&mut self, node: &Node, key: &str, parent: Option<usize>) {
        let Some(children) = node.list(key, self.findings) else { return self.miss(parent) };
        for child in children {
            if key == "groups" { self.group(child, parent) } else { self.item(child, parent) }
        }
    }

    fn group(&mut self, node: &Node, parent: Option<usize>) {
        let Some(mut fields) = Fields::of(node, "groups", self.findings) else { return self.miss(parent) };
        let code_node = fields.need("code", "code: \"01\"", self.findings);
        let code = code_node.and_then(|node| node.text("code", self.findings)).unwrap_or_default();
        let name = fields
            .need("name", "name: {zh: …, en: …}", self.findings)
            .and_then(|node| node.pair("name", self.findings))
            .unwrap_or_default();
        let weight = fields.get("weight").and_then(|node| self.weight(node));
        let target = fields.get("target").and_then(|node| self.target(node));
        let stated_parent = fields.get("parent");
        let stated_level = fields.get("level");
        let parent = match stated_parent {
            Some(node) => self.parent(node),
            None => parent,
        };
        let level = parent.map_or(1, |parent| self.groups[parent].value.level + 1);
        let unknown_parent = stated_parent.is_some() && parent.is_none();
        if let Some(stated) = stated_level.and_then(|node| node.whole("level", self.findings))
            && stated != level
            && !unknown_parent
        {
            self.findings
                .push(LEVEL.at(fields.place(), &[("code", code.clone().into()), ("stated", stated.into()), ("level", level.into())]));
        }
        let index = self.groups.len();
        if self.codes.insert(code.clone(), index).is_some() && !code.is_empty() {
            let place = code_node.map_or(node.place.clone(), |node| node.place.clone());
            self.findings.push(DOUBLE_ID.at(place, &[("what", t("分组", "group")), ("id", code.clone().into())]));
        }
        let value = Group { code, parent, level, name, weight: 0.0, target };
        self.groups.push(Raw { value, weight, place: node.place.clone() });
        for key in order(&fields) {
            if let Some(children) = fields.get(key) {
                self.listed(children, key, Some(index));
            }
        }
        fields.done(self.findings);
    }

    fn item(&mut self, node: &Node, parent: Option<usize>) {
        let Some(mut fields) = Fields::of(node, "items", self.findings) else { return self.miss(parent) };
        let id_node = fields.need("id", "id: eca-0001", self.findings);
        let id = id_node.and_then(|node| node.text("id", self.findings)).unwrap_or_default();
        let rev = fields.get("rev").map_or(Some(1), |node| node.whole("rev", self.findings)).unwrap_or(1);
        let stated_parent = fields.get("parent");
        let parent = match stated_parent {
            Some(node) => self.parent(node),
            None => parent,
        };
        let reference = fields.get("ref").and_then(|node| node.text("ref", self.findings)).unwrap_or_else(|| self.position(parent));
        let question =
            fields.need("question", "question: {zh: …, en: …}", self.findings).and_then(|node| node.pair("question", self.findings));
        let scaled = fields.need("scale", "scale: {type: …}", self.findings).and_then(|node| Scaled::from_node(node, self.findings));
        let criticality =
            fields.get("criticality").map_or(Some(Criticality::Normal), |node| self.criticality(node)).unwrap_or(Criticality::Normal);
        let weight = fields.get("weight").and_then(|node| self.weight(node));
        let fails_at = fields.get("fails_at").and_then(|node| node.exact("fails_at", self.findings)).unwrap_or_else(Number::zero);
        let veto_group = fields.get("veto_group").and_then(|node| node.text("veto_group", self.findings));
        let target = fields.get("target").and_then(|node| self.target(node));
        let na = fields.get("na").and_then(|node| node.pair("na", self.findings));
        let lead = fields.get("lead").and_then(|node| self.department(node, "lead"));
        let confirm = fields
            .get("confirm")
            .and_then(|node| node.list("confirm", self.findings))
            .map(|nodes| nodes.iter().filter_map(|node| self.department(node, "confirm")).collect())
            .unwrap_or_default();
        let content = Content::from_fields(&mut fields, &self.declared, self.findings);
        fields.done(self.findings);
        let place = id_node.map_or(node.place.clone(), |node| node.place.clone());
        for (what, name) in [(t("题号", "id"), &id), (t("编号", "ref"), &reference)] {
            let key = format!("{} {name}", what.en);
            if !name.is_empty() && self.ids.insert(key, place.clone()).is_some() {
                self.findings.push(DOUBLE_ID.at(place.clone(), &[("what", what), ("id", name.clone().into())]));
            }
        }
        if let Some(retired) = self.retired.get(id.as_str()) {
            self.findings.push(RETIRED.at(place.clone(), &[("id", id.clone().into()), ("edition", retired.edition.clone().into())]));
        }
        let (Some(question), Some(scaled)) = (question, scaled) else { return self.miss(parent) };
        let value = Item {
            id,
            rev,
            reference,
            parent,
            question,
            weight: 0.0,
            criticality,
            fails_at,
            veto_group,
            target,
            na,
            lead,
            confirm,
            content,
            place,
            scaled,
        };
        *self.positions.entry(parent).or_default() += 1;
        self.items.push(Raw { value, weight, place: node.place.clone() });
    }

    /// Something under a parent could not be read.
    fn miss(&mut self, parent: Option<usize>) {
        *self.positions.entry(parent).or_default() += 1;
        self.unread.push(parent);
    }

    /// The display number of the next item of a group: `01.1.01`.
    fn position(&self, parent: Option<usize>) -> String {
        let position = self.positions.get(&parent).copied().unwrap_or(0) + 1;
        let code = parent.map_or("00", |parent| self.groups[parent].value.code.as_str());
        format!("{code}.{position:02}")
    }

    fn parent(&mut self, node: &Node) -> Option<usize> {
        let code = node.text("parent", self.findings)?;
        let found = self.codes.get(&code).copied();
        if found.is_none() {
            self.findings.push(UNKNOWN_PARENT.at(node.place.clone(), &[("code", code.into())]));
        }
        found
    }

    fn department(&mut self, node: &Node, key: &str) -> Option<usize> {
        let id = node.text(key, self.findings)?;
        let found = self.departments.get(id.as_str()).copied();
        if found.is_none() {
            self.findings.push(UNKNOWN_DEPARTMENT.at(node.place.clone(), &[("id", id.into())]));
        }
        found
    }

    fn criticality(&mut self, node: &Node) -> Option<Criticality> {
        let word = node.text("criticality", self.findings)?;
        let found = Criticality::ALL.iter().find(|(_, code)| *code == word).map(|(criticality, _)| *criticality);
        if found.is_none() {
            self.findings.push(choice(node, "criticality", &word, &["normal", "key", "veto"]));
        }
        found
    }

    fn weight(&mut self, node: &Node) -> Option<f64> {
        let weight = node.number("weight", self.findings)?;
        if WEIGHTS.contains(&weight) {
            return Some(weight);
        }
        if weight > 0.0 {
            let number = |value: f64| Text::from(format!("{value:e}"));
            let args = [("weight", number(weight)), ("least", number(*WEIGHTS.start())), ("most", number(*WEIGHTS.end()))];
            self.findings.push(WEIGHT_RANGE.at(node.place.clone(), &args));
            return None;
        }
        self.findings.push(WEIGHT.at(node.place.clone(), &[("weight", weight.to_string().into())]));
        None
    }

    fn target(&mut self, node: &Node) -> Option<f64> {
        let target = node.number("target", self.findings)?;
        if (0.0..=100.0).contains(&target) {
            return Some(target);
        }
        self.findings.push(TARGET.at(node.place.clone(), &[("target", target.to_string().into())]));
        None
    }
}

/// `groups` and `items` in the order in which the file has them.
fn order(fields: &Fields<'_>) -> [&'static str; 2] {
    let mut names = fields.order();
    if names.find(|name| ["groups", "items"].contains(name)) == Some("items") { ["items", "groups"] } else { ["groups", "items"] }
}

pub(super) fn choice(node: &Node, key: &str, value: &str, known: &[&str]) -> Finding {
    let known: Vec<Text> = known.iter().map(|word| (*word).into()).collect();
    CHOICE.at(node.place.clone(), &[("key", key.into()), ("value", value.into()), ("known", Text::join(&known, "、", ", "))])
}

/// Fills in the weights nobody stated and refuses groups without items.
fn finish(
    groups: Vec<Raw<Group>>,
    items: Vec<Raw<Item>>,
    unread: &[Option<usize>],
    main: &Node,
    findings: &mut Vec<Finding>,
) -> Option<(Vec<Group>, Vec<Item>)> {
    let mut filled: Vec<Item> = Vec::with_capacity(items.len());
    let mut below = vec![0.0; groups.len()];
    for parent in unread.iter().flatten() {
        below[*parent] += 1.0;
    }
    for raw in items {
        let weight = raw.weight.unwrap_or_else(|| raw.value.criticality.weight());
        if let Some(parent) = raw.value.parent {
            below[parent] += weight;
        }
        filled.push(Item { weight, ..raw.value });
    }
    // Children stand after their parents, so the last come first here.
    let mut weights = vec![0.0; groups.len()];
    for index in (0..groups.len()).rev() {
        weights[index] = groups[index].weight.unwrap_or(below[index]);
        if below[index] == 0.0 {
            findings.push(EMPTY_GROUP.at(groups[index].place.clone(), &[("code", groups[index].value.code.clone().into())]));
        }
        if let Some(parent) = groups[index].value.parent {
            below[parent] += weights[index];
        }
    }
    if filled.is_empty() && groups.is_empty() && unread.is_empty() {
        findings.push(NO_ITEMS.at(main.place.clone(), &[]));
        return None;
    }
    let groups = groups.into_iter().zip(weights).map(|(raw, weight)| Group { weight, ..raw.value }).collect();
    Some((groups, filled))
}

/// The counts a tree says it holds, against those it holds; meaningless where not all of it was read.
fn check_profile(node: &Node, groups: &[Group], items: &[Item], complete: bool, findings: &mut Vec<Finding>) {
    let Some(mut fields) = Fields::of(node, "profile", findings) else { return };
    let mut check = |node: &Node, what: Text, wanted: usize, found: usize| {
        if complete && wanted != found {
            findings.push(PROFILE.at(node.place.clone(), &[("what", what), ("wanted", wanted.into()), ("found", found.into())]));
        }
    };
    let mut scratch = Vec::new();
    if let Some(node) = fields.get("levels") {
        let mut by_level: HashMap<usize, usize> = HashMap::new();
        groups.iter().for_each(|group| *by_level.entry(group.level).or_default() += 1);
        for (index, level) in node.list("levels", &mut scratch).unwrap_or_default().iter().enumerate() {
            let found = by_level.get(&(index + 1)).copied().unwrap_or(0);
            if let Some(wanted) = level.whole("levels", &mut scratch) {
                check(level, t("第 {level} 级分组", "groups of level {level}").with(&[("level", (index + 1).into())]), wanted, found);
            }
        }
    }
    let answered_by = |word: &str| {
        let level = LEVELS.index(word);
        items.iter().filter(|item| item.content.levels.iter().any(|answering| Some(*answering) == level)).count()
    };
    let counts = [
        ("items", t("题目", "items"), items.len()),
        ("veto", t("否决项", "veto items"), items.iter().filter(|item| item.criticality == Criticality::Veto).count()),
        ("key", t("关键项", "key items"), items.iter().filter(|item| item.criticality == Criticality::Key).count()),
        ("core", t("核心题", "core items"), items.iter().filter(|item| item.content.core).count()),
        ("township", t("乡镇街道作答的题", "items for townships and subdistricts"), answered_by("乡镇街道")),
        ("community", t("社区村作答的题", "items for communities and villages"), answered_by("社区村")),
    ];
    for (key, what, found) in counts {
        if let Some(node) = fields.get(key)
            && let Some(wanted) = node.whole(key, &mut scratch)
        {
            check(node, what, wanted, found);
        }
    }
    fields.done(&mut scratch);
    findings.append(&mut scratch);
}
