//! 部门对照: which real department answers for which lead, and which items were moved.

use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::settings::filled::{Reader, TWICE, UNKNOWN_REF};
use crate::settings::layout::{CONTACT, DEPARTMENT, LEAD, MOVED_TO, REF};
use crate::settings::tables::{Table, find};
use crate::survey::layout::{ASSESSOR, is};
use crate::text::{Text, t};
use crate::tree::{Local, Node, RealDepartment};
use crate::unit::{named, normal};

pub(super) static UNMAPPED: Kind = Kind::error(
    "settings-unmapped-department",
    t(
        "“{department}”有 {count} 题，没有写由哪个实际部门作答。",
        "{department} leads {count} [item|items] and no real department is named for it.",
    ),
    t("请在“实际部门”栏填写；几个部门合答的用顿号隔开。", "Fill in Department; several are parted by commas."),
);
pub(super) static UNKNOWN_LEAD: Kind = Kind::error(
    "settings-unknown-lead",
    t("“{department}”不是本体系的牵头部门，这一行没有采用。", "\"{department}\" is no lead department of this tree; the row is not used."),
    t("请把名称改回原表的写法。", "Put the name back as it was."),
);
pub(super) static OUTSIDER_MAPPED: Kind = Kind::error(
    "settings-outsider-mapped",
    t(
        "“{department}”的题只能由上级或评估组作答，不能交给被评单位的“{real}”；仍由评估组作答。",
        "Items of {department} are for the higher authority or the assessors and cannot go to {real}; the assessors keep them.",
    ),
    t("请改为 评估组，或上级部门的名称。", "Write Assessor, or the higher authority's name."),
);
pub(super) static OUTSIDER_MOVED: Kind = Kind::error(
    "settings-outsider-moved",
    t(
        "{item} 只能由上级或评估组作答，不能改由“{real}”；仍由评估组作答。",
        "{item} is for the higher authority or the assessors and cannot move to {real}; the assessors keep it.",
    ),
    t("请删去这一行。", "Delete the row."),
);
pub(super) static NOBODY: Kind = Kind::error(
    "settings-item-of-nobody",
    t("{items} 没有牵头部门，也没有改由谁作答。", "{items}: no lead department, and moved to nobody."),
    t("请在“编号、改由”表中逐题写明。", "Name who answers each, in the table of moved items."),
);
pub(super) static NEW_DEPARTMENT: Kind = Kind::new(
    "settings-new-department",
    Severity::Note,
    t("“{real}”不在“实际部门”栏里，为它另做一份问卷。", "\"{real}\" stands nowhere under Department; it gets a survey of its own."),
    t("如是写错，请改成上面已有的名称。", "If it is mistyped, write a name used above."),
);

/// A lead department and who answers for it, each with a contact.
struct Mapped {
    department: usize,
    row: u32,
    names: Vec<(String, String)>,
}

impl Reader<'_> {
    pub fn departments(&self, local: &mut Local, findings: &mut Vec<Finding>) {
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
        let mapped: Vec<Mapped> = rows
            .iter()
            .map(|(department, row)| Mapped {
                department: *department,
                row: *row,
                names: names(&table.typed(*row, 1), &table.typed(*row, 2)),
            })
            .collect();
        let of_the_place =
            mapped.iter().filter(|one| !outsider(one.department)).flat_map(|one| &one.names).filter(|(name, _)| !is(name, &ASSESSOR));
        let of_the_place: Vec<&str> = of_the_place.map(|(name, _)| name.as_str()).collect();
        for one in &mapped {
            for (name, contact) in &one.names {
                if outsider(one.department) && of_the_place.iter().any(|other| same(other, name)) {
                    let args = [("department", self.tree.departments[one.department].name.clone()), ("real", name.clone().into())];
                    findings.push(OUTSIDER_MAPPED.at(table.place(one.row, 1), &args));
                } else {
                    let real = real(local, name, contact);
                    local.respondents[real].departments.push(one.department);
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
        let (assessors, departments): (Vec<_>, Vec<_>) = std::mem::take(&mut local.respondents)
            .into_iter()
            .partition(|real| is(&real.name, &ASSESSOR) || (real.departments.iter().all(|one| outsider(*one)) && real.moved.is_empty()));
        local.respondents = departments.into_iter().chain(assessors).collect();
    }

    fn moves(&self, table: &Table<'_>, local: &mut Local, findings: &mut Vec<Finding>) {
        let named = local.respondents.len();
        for (row, node) in self.nodes(table, &|_| true, t("题目", "item"), findings) {
            let name = table.typed(row, 1);
            let Node::Item(item) = node else {
                findings.push(UNKNOWN_REF.at(table.place(row, 0), &[("ref", table.text(row, 0).into()), ("what", t("题目", "item"))]));
                continue;
            };
            let reference = Text::from(self.tree.items[item].reference.clone());
            if name.is_empty() {
                findings.push(NOBODY.at(table.place(row, 1), &[("items", reference)]));
                continue;
            }
            let known = local.respondents.iter().position(|real| same(&real.name, &name));
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
        let in_scope =
            |item: &crate::tree::Item| local.profile.is_none_or(|profile| profile.keeps(item)) && !local.out_ids.contains(&item.id);
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

/// Are two names the same, compared as trimmed NFKC?
fn same(one: &str, two: &str) -> bool {
    normal(one).to_lowercase() == normal(two).to_lowercase()
}

/// The real department of this name, added where it is new.
fn real(local: &mut Local, name: &str, contact: &str) -> usize {
    let all = &mut local.respondents;
    let name = &crate::text::one_line(name);
    let at = all.iter().position(|real| same(&real.name, name)).unwrap_or_else(|| {
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
    let names: Vec<&str> = named(names).collect();
    // A comma stands inside a contact, between name and number.
    let single: Vec<&str> = contacts.split(['、', ';', '；', '\n']).map(str::trim).filter(|contact| !contact.is_empty()).collect();
    let each = single.len() == names.len();
    let contact = |index: usize| if each { single[index].to_string() } else { contacts.to_string() };
    let mut all: Vec<(String, String)> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let name = if is(name, &ASSESSOR) { ASSESSOR.zh.to_string() } else { (*name).to_string() };
        if !all.iter().any(|(known, _)| same(known, &name)) {
            all.push((name, contact(index)));
        }
    }
    all
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
