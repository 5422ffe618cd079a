//! A filled settings workbook becomes [`Settings`]; what could not be used as written is a finding at its cell.

use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::settings::Settings;
use crate::settings::layout::{
    ALL, APPROVED_BY, CONTACT, DEPARTMENT, LEAD, LOCAL_WEIGHT, Label, MOVED_TO, REASON, REF, SCOPE, TARGET,
};
use crate::settings::tables::{Table, find};
use crate::sheet::{Book, Content};
use crate::survey::cover::Store;
use crate::survey::layout::{ASSESSOR, is};
use crate::text::{Text, t};
use crate::tree::{Criticality, LeftOut, Local, Node, Profile, RealDepartment, Tree};
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
pub static UNMAPPED: Kind = Kind::error(
    "settings-unmapped-department",
    t("“{department}”有 {count} 题，没有写由哪个实际部门作答。", "{department} leads {count} items and no real department is named for it."),
    t("请在“实际部门”栏填写；几个部门合答的用顿号隔开。", "Fill in Department; several are parted by commas."),
);
pub static UNKNOWN_LEAD: Kind = Kind::error(
    "settings-unknown-lead",
    t("“{department}”不是本体系的牵头部门，这一行没有采用。", "\"{department}\" is no lead department of this tree; the row is not used."),
    t("请把名称改回原表的写法。", "Put the name back as it was."),
);
pub static OUTSIDER_MAPPED: Kind = Kind::error(
    "settings-outsider-mapped",
    t(
        "“{department}”的题只能由上级或评估组作答，不能交给被评单位的“{real}”；仍由评估组作答。",
        "Items of {department} are for higher authority or the assessors and cannot go to {real}; the assessors keep them.",
    ),
    t("请改为 评估组，或上级部门的名称。", "Write Assessor, or the higher authority's name."),
);
pub static OUTSIDER_MOVED: Kind = Kind::error(
    "settings-outsider-moved",
    t(
        "{item} 只能由上级或评估组作答，不能改由“{real}”；仍由评估组作答。",
        "{item} is for higher authority or the assessors and cannot move to {real}; the assessors keep it.",
    ),
    t("请删去这一行。", "Delete the row."),
);
pub static NOBODY: Kind = Kind::error(
    "settings-item-of-nobody",
    t("{items} 没有牵头部门，也没有改由谁作答。", "{items}: no lead department, and moved to nobody."),
    t("请在“编号、改由”表中逐题写明。", "Name who answers each, in the table of moved items."),
);
pub static NEW_DEPARTMENT: Kind = Kind::new(
    "settings-new-department",
    Severity::Note,
    t("“{real}”不在“实际部门”栏里，为它另做一份问卷。", "\"{real}\" stands nowhere under Department; it gets a survey of its own."),
    t("如是写错，请改成上面已有的名称。", "If it is mistyped, write a name used above."),
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
    t("{ref} 的本地权重“{text}”不是大于 0 的数，用默认权重。", "The local weight of {ref}, \"{text}\", is no number above 0; the default is used."),
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
            let given = Some(text.clone()).filter(|text| !text.is_empty());
            let mut date = || {
                let date = parse_date(&text);
                if date.is_none() && !text.is_empty() {
                    findings.push(BAD_DATE.at(place.clone(), &[("label", label.words()), ("text", text.clone().into())]));
                }
                date
            };
            match label {
                Label::Unit => {
                    settings.unit = given;
                    settings.unit_place = place;
                }
                Label::Parent => settings.parent = given,
                Label::Class => settings.class = given,
                Label::Period => settings.period = given,
                Label::ReferenceDate => settings.reference_date = date(),
                Label::Deadline => settings.deadline = date(),
                Label::Assessor => settings.assessor = given,
            }
        }
    }
}

struct Reader<'a> {
    book: &'a Book,
    file: &'a str,
    tree: &'a Tree,
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
            let (reason, approved_by) = (table.text(row, 1), table.text(row, 2));
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
    fn nodes(&self, table: &Table<'_>, wanted: &dyn Fn(u32) -> bool, what: Text, findings: &mut Vec<Finding>) -> Vec<(u32, Node)> {
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

    fn departments(&self, local: &mut Local, findings: &mut Vec<Finding>) {
        let Some(table) = find(self.book, self.file, &[LEAD, DEPARTMENT], &[CONTACT]) else { return };
        let mut rows: Vec<(usize, u32)> = Vec::new();
        for row in table.rows() {
            let lead = table.text(row, 0);
            match self.tree.department_named(&lead) {
                Some(department) if rows.iter().any(|(known, _)| *known == department) => {
                    findings.push(TWICE.at(table.place(row, 0), &[("ref", lead.into())]));
                }
                Some(department) => rows.push((department, row)),
                None if lead.is_empty() && table.text(row, 1).is_empty() => {}
                None => findings.push(UNKNOWN_LEAD.at(table.place(row, 0), &[("department", lead.into())])),
            }
        }
        let outsider = |department: usize| self.tree.departments[department].outsider;
        // Nobody is named but the assessors: the unit answers as a whole.
        let moves = find(self.book, self.file, &[REF, MOVED_TO], &[]);
        let moved = moves.as_ref().is_some_and(|table| !table.rows().is_empty());
        if !moved && rows.iter().all(|(department, row)| outsider(*department) || table.text(*row, 1).is_empty()) {
            return;
        }
        let names: Vec<(usize, u32, Vec<(String, String)>)> =
            rows.iter().map(|(department, row)| (*department, *row, names(&table.text(*row, 1), &table.text(*row, 2)))).collect();
        let of_the_place: Vec<String> =
            names.iter().filter(|(department, ..)| !outsider(*department)).flat_map(|(.., names)| names.iter().map(|(name, _)| name.clone())).collect();
        for (department, row, named) in &names {
            for (name, contact) in named {
                if outsider(*department) && of_the_place.contains(name) {
                    let args = [("department", self.tree.departments[*department].name.clone()), ("real", name.clone().into())];
                    findings.push(OUTSIDER_MAPPED.at(table.place(*row, 1), &args));
                } else {
                    let real = real(local, name, contact);
                    local.respondents[real].departments.push(*department);
                }
            }
        }
        if let Some(moves) = &moves {
            self.moves(moves, local, findings);
        }
        self.unanswered(&table, &rows, local, findings);
        // The outsider's items fall to the assessors where nobody else is named; they stand last.
        let outsiders: Vec<usize> = (0..self.tree.departments.len()).filter(|department| outsider(*department)).collect();
        for department in outsiders {
            if !local.respondents.iter().any(|real| real.departments.contains(&department)) {
                let real = real(local, &ASSESSOR.zh, "");
                local.respondents[real].departments.push(department);
            }
        }
        let (assessors, departments): (Vec<_>, Vec<_>) =
            std::mem::take(&mut local.respondents).into_iter().partition(|real| real.departments.iter().all(|one| outsider(*one)) && real.moved.is_empty());
        local.respondents = departments.into_iter().chain(assessors).collect();
    }

    fn moves(&self, table: &Table<'_>, local: &mut Local, findings: &mut Vec<Finding>) {
        let named = local.respondents.len();
        for (row, node) in self.nodes(table, &|_| true, t("题目", "item"), findings) {
            let name = table.text(row, 1);
            let Node::Item(item) = node else {
                findings.push(UNKNOWN_REF.at(table.place(row, 0), &[("ref", table.text(row, 0).into()), ("what", t("题目", "item"))]));
                continue;
            };
            let reference = Text::from(self.tree.items[item].reference.clone());
            if name.is_empty() {
                findings.push(NOBODY.at(table.place(row, 1), &[("items", reference)]));
                continue;
            }
            let known = local.respondents.iter().position(|real| real.name == name);
            let outside = is(&name, &ASSESSOR)
                || known.is_some_and(|real| local.respondents[real].departments.iter().any(|one| self.tree.departments[*one].outsider));
            if self.tree.asks_outsider(&self.tree.items[item]) && !outside {
                findings.push(OUTSIDER_MOVED.at(table.place(row, 1), &[("item", reference), ("real", name.into())]));
                continue;
            }
            // A department of the tree is moved to under its real name, where it has one.
            let standing = self.tree.department_named(&name).and_then(|department| {
                let mut all = (0..local.respondents.len()).filter(|real| local.respondents[*real].departments.contains(&department));
                all.next().filter(|_| all.next().is_none())
            });
            let at = known.or(standing).unwrap_or_else(|| real(local, &name, ""));
            if at >= named && local.respondents[at].moved.is_empty() && !is(&name, &ASSESSOR) {
                findings.push(NEW_DEPARTMENT.at(table.place(row, 1), &[("real", name.into())]));
            }
            local.respondents[at].moved.push(item);
        }
    }

    /// Departments with items in scope that nobody stands for, and items that nobody leads.
    fn unanswered(&self, table: &Table<'_>, rows: &[(usize, u32)], local: &Local, findings: &mut Vec<Finding>) {
        let in_scope = |item: &crate::tree::Item| {
            local.profile.is_none_or(|profile| profile.keeps(item)) && !local.out_ids.contains(&item.id)
        };
        let moved = |index: usize| local.respondents.iter().any(|real| real.moved.contains(&index));
        let asked: Vec<usize> = (0..self.tree.items.len()).filter(|index| in_scope(&self.tree.items[*index]) && !moved(*index)).collect();
        for (department, known) in self.tree.departments.iter().enumerate().filter(|(_, department)| !department.outsider) {
            let count = asked.iter().filter(|index| self.tree.items[**index].lead == Some(department)).count();
            let named = local.respondents.iter().any(|real| real.departments.contains(&department));
            if count > 0 && !named {
                let row = rows.iter().find(|(one, _)| *one == department).map(|(_, row)| *row);
                let place = row.map_or_else(|| Place::sheet(self.file, &table.sheet.name), |row| table.place(row, 1));
                findings.push(UNMAPPED.at(place, &[("department", known.name.clone()), ("count", count.into())]));
            }
        }
        let nobody: Vec<Text> = asked
            .iter()
            .map(|index| &self.tree.items[*index])
            .filter(|item| item.lead.is_none())
            .map(|item| item.reference.clone().into())
            .collect();
        if !nobody.is_empty() {
            let place = Place::sheet(self.file, &table.sheet.name);
            findings.push(NOBODY.at(place, &[("items", Text::join(&nobody, "、", ", "))]));
        }
    }
}

/// The real department of this name, added where it is new.
fn real(local: &mut Local, name: &str, contact: &str) -> usize {
    let all = &mut local.respondents;
    let at = all.iter().position(|real| real.name == name).unwrap_or_else(|| {
        all.push(RealDepartment { name: name.to_string(), ..RealDepartment::default() });
        all.len() - 1
    });
    if all[at].contact.is_empty() {
        all[at].contact = contact.to_string();
    }
    at
}

/// `交通局、公路局` with `张、李`: each name with its contact; with fewer contacts than names all share what is written.
fn names(names: &str, contacts: &str) -> Vec<(String, String)> {
    let parts = |text: &str| -> Vec<String> {
        text.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
    };
    let (names, single) = (parts(names), parts(contacts));
    let each = single.len() == names.len();
    let contact = |index: usize| if each { single[index].clone() } else { contacts.to_string() };
    let mut all: Vec<(String, String)> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let name = if is(name, &ASSESSOR) { ASSESSOR.zh.to_string() } else { name.clone() };
        if !all.iter().any(|(known, _)| *known == name) {
            all.push((name, contact(index)));
        }
    }
    all
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_departments_share_or_part_their_contacts() {
        let pair = |name: &str, contact: &str| (name.to_string(), contact.to_string());
        assert_eq!(names("交通局、公路局", "张工、李工"), [pair("交通局", "张工"), pair("公路局", "李工")]);
        assert_eq!(names("交通局,公路局", "张工 13900000000"), [pair("交通局", "张工 13900000000"), pair("公路局", "张工 13900000000")]);
        assert_eq!(names(" 财政局 、财政局", ""), [pair("财政局", "")]);
        assert_eq!(names("assessor", ""), [pair("评估组", "")]);
    }
}
