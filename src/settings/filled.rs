//! A filled settings workbook becomes [`Settings`]; what could not be used as written is a finding at its cell.

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::settings::Settings;
use crate::settings::departments::{NEW_DEPARTMENT, NOBODY, OUTSIDER_MAPPED, OUTSIDER_MOVED, UNKNOWN_LEAD, UNMAPPED};
use crate::settings::layout::{ALL, APPROVED_BY, LOCAL_WEIGHT, Label, REASON, REF, SCOPE, TARGET};
use crate::settings::tables::{Table, find};
use crate::sheet::{Book, Content};
use crate::survey::cover::Store;
use crate::survey::layout::is;
use crate::text::{Text, t};
use crate::tree::{Criticality, LeftOut, Local, Node, Profile, Tree};
use crate::unit::{normal, parse_date};

pub static OTHER_TREE: Kind = Kind::error(
    "settings-other-tree",
    t(
        "这份评估设置是为指标体系“{other}”做的，本次用的是“{tree}”。",
        "These settings were made for the tree \"{other}\"; this run uses \"{tree}\".",
    ),
    t("请用 --tree 指明那个体系，或用 ecap init 重做一份设置。", "Name that tree with --tree, or make new settings with ecap init."),
);
pub static BAD_DATE: Kind = Kind::error(
    "settings-date",
    t("“{label}”是“{text}”，不是日期，没有采用。", "{label} is \"{text}\", which is no date; it is not used."),
    t("请写成 2026-11-20 的样子。", "Write it like 2026-11-20."),
);
pub static UNKNOWN_REF: Kind = Kind::error(
    "settings-unknown-ref",
    t("编号“{ref}”对不上任何{what}，这一行没有采用。", "\"{ref}\" is no {what}; the row is not used."),
    t("请写成 01、01.1 或 01.1.01 的样子。", "Write it like 01, 01.1 or 01.1.01."),
);
pub static TWICE: Kind = Kind::error(
    "settings-twice",
    t("{ref} 在这张表里写了不止一次，用的是第一次。", "{ref} stands more than once in this table; the first is used."),
    t("请删去多余的一行。", "Delete the extra row."),
);
pub static BAD_SCOPE: Kind = Kind::error(
    "settings-scope",
    t("“范围”是“{text}”，认不出，按全部评。", "Scope is \"{text}\", which is not known; all is assessed."),
    t("请填 全部、{known}。", "Write All or one of: {known}."),
);
pub static NO_REASON: Kind = Kind::error(
    "settings-no-reason",
    t("{ref} 列为不评，没有写理由，仍然要评。", "{ref} is left out without a reason; it is assessed all the same."),
    t("请在“不评理由”栏写明。", "Give the reason."),
);
pub static VETO_UNAPPROVED: Kind = Kind::error(
    "settings-veto-unapproved",
    t(
        "{ref} 列为不评，其中有否决项（{items}），没有写批准人职务，仍然要评。",
        "{ref} is left out and holds veto items ({items}) without the post that approved it; it is assessed all the same.",
    ),
    t("请在“批准人”栏写明职务，如 评估组长。", "Write the post under Approved by, as in lead assessor."),
);
pub static BAD_WEIGHT: Kind = Kind::error(
    "settings-weight",
    t(
        "{ref} 的本地权重“{text}”不是大于 0 的数，用默认权重。",
        "The local weight of {ref}, \"{text}\", is no number above 0; the default is used.",
    ),
    t("请填大于 0 的数；不评的写到“范围”页。", "Write a number above 0; what is not assessed goes to the sheet Scope."),
);
pub static BAD_TARGET: Kind = Kind::error(
    "settings-target",
    t("{ref} 的目标“{text}”不是 0 到 100 的数，没有采用。", "The target of {ref}, \"{text}\", is no number from 0 to 100; it is not used."),
    t("请填 0 到 100 的分数。", "Write a score from 0 to 100."),
);

pub static KINDS: [&Kind; 15] = [
    &OTHER_TREE,
    &BAD_DATE,
    &UNMAPPED,
    &UNKNOWN_LEAD,
    &OUTSIDER_MAPPED,
    &OUTSIDER_MOVED,
    &NOBODY,
    &NEW_DEPARTMENT,
    &UNKNOWN_REF,
    &TWICE,
    &BAD_SCOPE,
    &NO_REASON,
    &VETO_UNAPPROVED,
    &BAD_WEIGHT,
    &BAD_TARGET,
];

/// Reads the workbook; none where it belongs to another tree.
pub fn read(book: &Book, file: &str, tree: &Tree, findings: &mut Vec<Finding>) -> Option<Settings> {
    let id = Store::of(book).value("tree");
    if !id.is_empty() && id != normal(&tree.id) {
        findings.push(OTHER_TREE.at(Place::file(file), &[("other", id.into()), ("tree", tree.id.clone().into())]));
        return None;
    }
    let mut settings = Settings { file: file.to_string(), unit_place: Place::file(file), ..Settings::default() };
    labels(book, file, &mut settings, findings);
    let reader = Reader { book, file, tree };
    let mut local = Local { profile: reader.profile(findings), ..Local::default() };
    reader.left_out(&mut local, findings);
    local.weights = reader.weights(findings);
    local.targets = reader.targets(findings);
    reader.departments(&mut local, findings);
    settings.local = local;
    Some(settings)
}

/// Label in A, value in B.
fn labels(book: &Book, file: &str, settings: &mut Settings, findings: &mut Vec<Finding>) {
    let mut seen = Vec::new();
    for sheet in &book.sheets {
        for row in sheet.rows.keys().copied() {
            let Some(label) = Label::named(&sheet.text(row, 0)).filter(|label| !seen.contains(label)) else { continue };
            seen.push(label);
            let text = normal(&sheet.text(row, 1));
            let place = Place::cell(file, &sheet.name, row, 1);
            let typed = sheet.text(row, 1).trim().to_string();
            let given = Some(typed).filter(|text| !text.is_empty());
            let mut date = || {
                let date = parse_date(&text);
                if date.is_none() && !text.is_empty() {
                    findings.push(BAD_DATE.at(place.clone(), &[("label", label.words()), ("text", text.clone().into())]));
                }
                date
            };
            match label {
                Label::Unit => {
                    settings.unit = Some(text).filter(|text| !text.is_empty());
                    settings.unit_place = place;
                }
                Label::Parent => settings.parent = given,
                Label::Class => settings.class = given,
                Label::Period => settings.period = Some(text).filter(|text| !text.is_empty()),
                Label::ReferenceDate => settings.reference_date = date(),
                Label::Deadline => settings.deadline = date(),
                Label::Assessor => settings.assessor = given,
            }
        }
    }
}

pub(super) struct Reader<'a> {
    pub book: &'a Book,
    pub file: &'a str,
    pub tree: &'a Tree,
}

impl Reader<'_> {
    fn profile(&self, findings: &mut Vec<Finding>) -> Option<Profile> {
        for sheet in &self.book.sheets {
            let row = sheet.rows.keys().copied().find(|row| is(&sheet.text(*row, 0), &SCOPE));
            let Some(row) = row else { continue };
            let text = normal(&sheet.text(row, 1));
            if text.is_empty() || is(&text, &ALL) {
                return None;
            }
            let profile = Profile::named(&text).or_else(|| Profile::all().into_iter().find(|profile| is(&text, &profile.name())));
            if profile.is_none() {
                let place = Place::cell(self.file, &sheet.name, row, 1);
                findings.push(BAD_SCOPE.at(place, &[("text", text.into()), ("known", Profile::known())]));
            }
            return profile;
        }
        None
    }

    fn left_out(&self, local: &mut Local, findings: &mut Vec<Finding>) {
        let Some(table) = find(self.book, self.file, &[REF, REASON], &[APPROVED_BY]) else { return };
        for (row, node) in self.nodes(&table, &|_| true, t("题目或分组", "item or group"), findings) {
            let code: Text = self.tree.code_of(node).to_string().into();
            let (reason, approved_by) = (table.typed(row, 1), table.typed(row, 2));
            if reason.is_empty() {
                findings.push(NO_REASON.at(table.place(row, 1), &[("ref", code)]));
                continue;
            }
            let items = self.tree.items_of(node);
            let vetoes: Vec<Text> = items
                .iter()
                .map(|index| &self.tree.items[*index])
                .filter(|item| item.criticality == Criticality::Veto)
                .map(|item| item.reference.clone().into())
                .collect();
            if approved_by.is_empty() && !vetoes.is_empty() {
                findings.push(VETO_UNAPPROVED.at(table.place(row, 2), &[("ref", code), ("items", Text::join(&vetoes, "、", ", "))]));
                continue;
            }
            local.out_ids.extend(items.iter().map(|index| self.tree.items[*index].id.clone()));
            local.left_out.push(LeftOut { node, reason, approved_by });
        }
    }

    fn weights(&self, findings: &mut Vec<Finding>) -> Vec<(usize, f64)> {
        let Some(table) = find(self.book, self.file, &[REF, LOCAL_WEIGHT], &[]) else { return Vec::new() };
        let stated = |row: u32| !table.text(row, 1).is_empty();
        let mut weights = Vec::new();
        for (row, node) in self.nodes(&table, &stated, t("分组", "group"), findings) {
            let code = Text::from(self.tree.code_of(node).to_string());
            let Node::Group(group) = node else {
                findings.push(UNKNOWN_REF.at(table.place(row, 0), &[("ref", code), ("what", t("分组", "group"))]));
                continue;
            };
            match number(table.content(row, 1)).filter(|weight| *weight > 0.0) {
                Some(weight) if weight == self.tree.groups[group].weight => {}
                Some(weight) => weights.push((group, weight)),
                None => findings.push(BAD_WEIGHT.at(table.place(row, 1), &[("ref", code), ("text", table.text(row, 1).into())])),
            }
        }
        weights
    }

    fn targets(&self, findings: &mut Vec<Finding>) -> Vec<(Node, f64)> {
        let Some(table) = find(self.book, self.file, &[REF, TARGET], &[]) else { return Vec::new() };
        let mut targets = Vec::new();
        for (row, node) in self.nodes(&table, &|_| true, t("题目或分组", "item or group"), findings) {
            match number(table.content(row, 1)).filter(|target| (0.0..=100.0).contains(target)) {
                Some(target) => targets.push((node, target)),
                None => {
                    let args = [("ref", self.tree.code_of(node).to_string().into()), ("text", table.text(row, 1).into())];
                    findings.push(BAD_TARGET.at(table.place(row, 1), &args));
                }
            }
        }
        targets
    }

    /// The rows of a table that name a node in their first column, each node once.
    pub fn nodes(&self, table: &Table<'_>, wanted: &dyn Fn(u32) -> bool, what: Text, findings: &mut Vec<Finding>) -> Vec<(u32, Node)> {
        let mut nodes: Vec<(u32, Node)> = Vec::new();
        for row in table.rows().into_iter().filter(|row| wanted(*row)) {
            let text = table.text(row, 0);
            let place = table.place(row, 0);
            match self.node(&text, table.content(row, 0)) {
                None => findings.push(UNKNOWN_REF.at(place, &[("ref", text.into()), ("what", what.clone())])),
                Some(node) if nodes.iter().any(|(_, known)| *known == node) => {
                    findings.push(TWICE.at(place, &[("ref", self.tree.code_of(node).to_string().into())]));
                }
                Some(node) => nodes.push((row, node)),
            }
        }
        nodes
    }

    /// A group by its code, an item by its ref or id. A whole number is a code whose zeros a spreadsheet dropped; 1.1 might be 01.1 or 01.10.
    fn node(&self, text: &str, content: Option<&Content>) -> Option<Node> {
        let groups = &self.tree.groups;
        let same = |known: &str| normal(known).eq_ignore_ascii_case(text);
        if let Some(group) = groups.iter().position(|group| same(&group.code)) {
            return Some(Node::Group(group));
        }
        if let Some(item) = self.tree.items.iter().position(|item| same(&item.reference) || same(&item.id)) {
            return Some(Node::Item(item));
        }
        let whole = matches!(content, Some(Content::Number(number)) if number.fract() == 0.0);
        let group = groups.iter().position(|group| whole && group.code.trim_start_matches('0') == text);
        group.map(Node::Group)
    }
}

/// A numeric cell, or a text that is a plain number.
fn number(content: Option<&Content>) -> Option<f64> {
    match content? {
        Content::Number(number) => Some(*number),
        Content::Text(text) => normal(text).parse::<f64>().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}
