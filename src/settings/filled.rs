//! A filled settings workbook becomes [`Settings`]; what could not be used as written is a finding at its cell.

use crate::finding::{Finding, Kind, Severity};
use crate::number::Number;
use crate::place::Place;
use crate::settings::departments::{NEW_DEPARTMENT, NOBODY, OUTSIDER_MAPPED, OUTSIDER_MOVED, UNKNOWN_LEAD, UNMAPPED};
use crate::settings::layout::{
    ALL, APPROVED_BY, CONSEQUENCE, DEPARTMENT, DEPARTMENTS_SHEET, HAZARD, HAZARDS_SHEET, LEAD, LIKELIHOOD, LOCAL_WEIGHT, Label, PHASE,
    REASON, REF, RULE_SHEET, SCOPE, SCOPE_SHEET, TARGET, TARGETS_SHEET, WEIGHTS_SHEET,
};
use crate::settings::tables::{Table, find};
use crate::settings::{Settings, hazards};
use crate::sheet::{Book, Cell, Content};
use crate::survey::cover::Store;
use crate::survey::layout::is;
use crate::text::{Text, t};
use crate::tree::{Criticality, LeftOut, Local, Node, Profile, Tree};
use crate::unit::{name, normal, parse_date};

pub static OTHER_TREE: Kind = Kind::error(
    "settings-other-tree",
    t(
        "这份评估设置是为指标体系“{other}”做的，本次用的是“{tree}”。",
        "These settings were made for the tree \"{other}\"; this run uses \"{tree}\".",
    ),
    t("请用 --tree 指明那个体系，或用 ecap init 重做一份设置。", "Name that tree with --tree, or make new settings with ecap init."),
);
pub static OTHER_DIGEST: Kind = Kind::new(
    "settings-other-digest",
    Severity::Warning,
    t(
        "做这份评估设置之后指标体系改过（摘要不同），编号按现在的体系对应。",
        "The tree has changed since these settings were made (another digest); refs are those of the tree as it is.",
    ),
    t("请核对不评、权重、目标和改由的编号。", "Check the refs of what is left out, weighted, targeted and moved."),
);
pub static NO_HEADER: Kind = Kind::error(
    "settings-no-header",
    t("“{sheet}”页没有找到表头 {headers}，这一页没有读。", "The sheet {sheet} has no header {headers}; it was not read."),
    t("请把表头改回原来的写法。", "Put the headers back as they were."),
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

pub static KINDS: [&Kind; 22] = [
    &OTHER_TREE,
    &OTHER_DIGEST,
    &NO_HEADER,
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
    hazards::KINDS[0],
    hazards::KINDS[1],
    hazards::KINDS[2],
    hazards::KINDS[3],
    hazards::KINDS[4],
];

/// Reads the workbook; none where it belongs to another tree.
/// `profile` is that of `--profile`, which comes before the sheet's.
pub fn read(book: &Book, file: &str, tree: &Tree, profile: Option<Profile>, findings: &mut Vec<Finding>) -> Option<Settings> {
    let id = Store::of(book).value("tree");
    if !id.is_empty() && id != normal(&tree.id) {
        findings.push(OTHER_TREE.at(Place::file(file), &[("other", id.into()), ("tree", tree.id.clone().into())]));
        return None;
    }
    let digest = Store::of(book).value("digest");
    if !digest.is_empty() && digest != tree.sha256 {
        findings.push(OTHER_DIGEST.at(Place::file(file), &[]));
    }
    missing_headers(book, file, findings);
    let mut settings = Settings { file: file.to_string(), unit_place: Place::file(file), ..Settings::default() };
    labels(book, file, &mut settings, findings);
    let reader = Reader { book, file, tree };
    let stated = reader.profile(findings);
    let mut local = Local { profile: profile.or(stated), ..Local::default() };
    reader.left_out(&mut local, findings);
    local.weights = reader.weights(findings);
    local.targets = reader.targets(findings);
    local.hazards = reader.hazards(findings);
    reader.departments(&mut local, findings);
    settings.local = local;
    Some(settings)
}

/// A sheet that is there, and none of its tables is: nothing of it would be read.
fn missing_headers(book: &Book, file: &str, findings: &mut Vec<Finding>) {
    let wanted: [(Text, &[Text]); 6] = [
        (DEPARTMENTS_SHEET, &[LEAD, DEPARTMENT]),
        (SCOPE_SHEET, &[REF, REASON]),
        (WEIGHTS_SHEET, &[REF, LOCAL_WEIGHT]),
        (TARGETS_SHEET, &[REF, TARGET]),
        (HAZARDS_SHEET, &[HAZARD, LIKELIHOOD, CONSEQUENCE]),
        (RULE_SHEET, &[PHASE, LIKELIHOOD]),
    ];
    for (name, headers) in wanted {
        let Some(sheet) = book.sheets.iter().find(|sheet| is(&sheet.name, &name)) else { continue };
        if !sheet.rows.is_empty() && find(book, file, headers, &[]).is_none() {
            let args = [("sheet", name), ("headers", Text::join(headers, "、", ", "))];
            findings.push(NO_HEADER.at(Place::sheet(file, &sheet.name), &args));
        }
    }
}

/// Label in A, value in B.
fn labels(book: &Book, file: &str, settings: &mut Settings, findings: &mut Vec<Finding>) {
    let mut seen = Vec::new();
    for sheet in &book.sheets {
        for row in sheet.rows.keys().copied() {
            let Some(label) = Label::named(&sheet.text(row, 0)).filter(|label| !seen.contains(label)) else { continue };
            seen.push(label);
            let text = name(&sheet.text(row, 1));
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
            let label = sheet.rows.iter().find_map(|(row, cells)| {
                let column = cells.iter().find(|(_, cell)| matches!(&cell.content, Content::Text(text) if is(text, &SCOPE)))?.0;
                Some((*row, *column))
            });
            let Some((row, column)) = label else { continue };
            let text = normal(&sheet.text(row, column + 1));
            if text.is_empty() || is(&text, &ALL) {
                return None;
            }
            let profile = Profile::named(&text).or_else(|| Profile::all().into_iter().find(|profile| is(&text, &profile.name())));
            if profile.is_none() {
                let place = Place::cell(self.file, &sheet.name, row, column + 1);
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
        // A formula without a result is no empty cell.
        let stated = |row: u32| table.cell(row, 1).is_some_and(|cell| cell.content != Content::Text(String::new()));
        let mut weights = Vec::new();
        for (row, node) in self.nodes(&table, &stated, t("分组", "group"), findings) {
            let code = Text::from(self.tree.code_of(node).to_string());
            let Node::Group(group) = node else {
                findings.push(UNKNOWN_REF.at(table.place(row, 0), &[("ref", code), ("what", t("分组", "group"))]));
                continue;
            };
            match number(table.cell(row, 1)).filter(|weight| WEIGHTS.contains(weight)) {
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
            match number(table.cell(row, 1)).filter(|target| (0.0..=100.0).contains(target)) {
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
            match self.node(&text, table.cell(row, 0)) {
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
    fn node(&self, text: &str, cell: Option<&Cell>) -> Option<Node> {
        let groups = &self.tree.groups;
        let number = cell.and_then(|cell| if let Content::Number(number) = cell.content { Some(number) } else { None });
        if number.is_some_and(|number| number.fract() != 0.0) {
            return None;
        }
        let same = |known: &str| normal(known).eq_ignore_ascii_case(text);
        if let Some(group) = groups.iter().position(|group| same(&group.code)) {
            return Some(Node::Group(group));
        }
        if let Some(item) = self.tree.items.iter().position(|item| same(&item.reference) || same(&item.id)) {
            return Some(Node::Item(item));
        }
        let group = groups.iter().position(|group| number.is_some() && group.code.trim_start_matches('0') == text);
        group.map(Node::Group)
    }
}

/// Weights beyond these are slips of the finger, and sums of them no numbers.
const WEIGHTS: std::ops::RangeInclusive<f64> = 1e-6..=1e6;

/// A numeric cell, in percent where it is formatted so, or a text that is a plain number.
pub(super) fn number(cell: Option<&Cell>) -> Option<f64> {
    let cell = cell?;
    match &cell.content {
        Content::Number(number) if cell.percent => Number::from_f64(*number).map(|number| number.times(&100.into()).to_f64()),
        Content::Number(number) => Some(*number),
        Content::Text(text) => Number::parse(&normal(text)).map(|number| number.to_f64()),
        _ => None,
    }
    .filter(|number| number.is_finite())
}
