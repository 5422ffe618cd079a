//! The cover of a filled workbook: whose it is, for when, and from which tree.

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::sheet::{Book, Sheet};
use crate::survey::layout::{ASSESSOR, COVER, CoverLabel, STORE, is};
use crate::text::{Text, t};
use crate::tree::{Profile, Tree};
use crate::unit::{name, normal};

pub static NO_UNIT: FindingKind = FindingKind::new(
    "cover-no-unit",
    Severity::Error,
    t("封面没有“被评估单位”。", "The cover has no Unit."),
    t("请在封面填写，或用 --unit 指明；在此之前这份表不计分。", "Fill it in, or give it with --unit; until then the file is not scored."),
);
pub static NO_PERIOD: FindingKind = FindingKind::new(
    "cover-no-period",
    Severity::Error,
    t("封面没有“评估期”。", "The cover has no Period."),
    t(
        "请在封面填写，或用 --period 指明；在此之前这份表不计分。",
        "Fill it in, or give it with --period; until then the file is not scored.",
    ),
);
pub static RETYPED: FindingKind = FindingKind::new(
    "cover-retyped",
    Severity::Error,
    t("封面的“{label}”是“{cover}”，发卷时是“{stored}”。", "{label} on the cover is \"{cover}\"; the survey was issued for \"{stored}\"."),
    t(
        "请核实后改回，或用 {flag} 指明；在此之前这份表不计分。",
        "Check and put it right, or decide with {flag}; until then the file is not scored.",
    ),
);
pub static RETYPED_DECIDED: FindingKind = FindingKind::new(
    "cover-retyped-decided",
    Severity::Note,
    t(
        "封面的“{label}”是“{cover}”，发卷时是“{stored}”，按 {flag} 用“{used}”。",
        "{label} on the cover is \"{cover}\", issued for \"{stored}\"; \"{used}\" is used as {flag} says.",
    ),
    t("不必处理。", "Nothing to do."),
);
pub static RESPONDENT_DIFFERS: FindingKind = FindingKind::new(
    "cover-respondent-differs",
    Severity::Warning,
    t(
        "封面的“填报单位”是“{cover}”，发卷时是“{stored}”，按封面计。",
        "Respondent on the cover is \"{cover}\", issued to \"{stored}\"; the cover's counts.",
    ),
    t("请核实是否填错或用错了表。", "Check whether it was mistyped or the wrong file was used."),
);
pub static UNKNOWN_RESPONDENT: FindingKind = FindingKind::new(
    "cover-unknown-respondent",
    Severity::Note,
    t(
        "填报单位“{name}”不是本体系的牵头部门，不享有牵头部门优先。",
        "The respondent \"{name}\" is no lead department of this tree, so its word does not come first anywhere.",
    ),
    t("如系牵头部门，请写成{known}。", "If it is one, write {known}."),
);
pub static SUBMISSION: FindingKind = FindingKind::new(
    "cover-submission",
    Severity::Warning,
    t("“第几次报送”是“{text}”，按第 1 次计。", "Submission is \"{text}\"; it counts as the first."),
    t("请填从 1 起的整数，如 2 或 第2次。", "Write a whole number from 1, like 2."),
);
pub static OTHER_TREE: FindingKind = FindingKind::new(
    "cover-other-tree",
    Severity::Error,
    t(
        "这份表属于指标体系“{other}”，本次用的是“{tree}”，不计分。",
        "This survey belongs to the tree \"{other}\"; this run uses \"{tree}\", so it is not scored.",
    ),
    t("请用 --tree 指明那个体系，或换成本体系的自评表。", "Name that tree with --tree, or use a survey of this one."),
);
pub static NO_TREE: FindingKind = FindingKind::new(
    "cover-no-tree",
    Severity::Warning,
    t("封面没有“{label}”，当作本体系的自评表。", "The cover has no {label}; it is taken for a survey of this tree."),
    t("请核实这份表是否用本体系发出。", "Check that it was issued from this tree."),
);
pub static OTHER_DIGEST: FindingKind = FindingKind::new(
    "cover-other-digest",
    Severity::Warning,
    t(
        "这份表发出之后指标体系改过（摘要不同），按题号对应。",
        "The tree has changed since this survey was issued (another digest); rows are found by id.",
    ),
    t("请核对改过的题目是否需要重填。", "Check whether changed items must be answered again."),
);

pub static OTHER_PROFILE: FindingKind = FindingKind::new(
    "cover-other-profile",
    Severity::Warning,
    t("这份表按“{stored}”范围发出，本次按“{used}”计分。", "This survey was issued for the profile {stored}; this run scores {used}."),
    t("如应按发出时的范围计分，请加 --profile {flag}。", "To score what was issued, add --profile {flag}."),
);

pub static KINDS: [&FindingKind; 11] = [
    &NO_UNIT,
    &NO_PERIOD,
    &RETYPED,
    &RETYPED_DECIDED,
    &RESPONDENT_DIFFERS,
    &UNKNOWN_RESPONDENT,
    &SUBMISSION,
    &OTHER_TREE,
    &NO_TREE,
    &OTHER_DIGEST,
    &OTHER_PROFILE,
];

/// What `--unit` and `--period`, or the settings, say: they fill what is missing or torn, never rename or filter.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub unit: Option<Decision>,
    pub period: Option<Decision>,
}

/// A value given from outside the survey, and what gave it.
#[derive(Clone, Debug)]
pub struct Decision {
    pub value: String,
    /// `--unit`, or the settings workbook.
    pub by: Text,
}

/// The hidden copy of the cover.
pub struct Store(HashMap<String, String>);

impl Store {
    pub fn of(book: &Book) -> Self {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == STORE);
        let pairs = sheet.map(|sheet| sheet.rows.keys().map(|row| (normal(&sheet.text(*row, 0)), name(&sheet.text(*row, 1)))).collect());
        Store(pairs.unwrap_or_default())
    }

    pub fn value(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_default()
    }
}

/// Is the name a department of the tree, or the assessors'?
pub fn is_respondent(name: &str, tree: &Tree) -> bool {
    tree.department_named(name).is_some() || is(name, &ASSESSOR) || tree.real_named(name).is_some()
}

/// The sheet named as a cover, else the first with the label 评估期 in A.
pub fn position(book: &Book) -> Option<usize> {
    let named = book.sheets.iter().position(|sheet| is(&sheet.name, &COVER));
    let labelled = |sheet: &Sheet| sheet.rows.keys().any(|row| is(&sheet.text(*row, 0), &CoverLabel::Period.words()));
    named.or_else(|| book.sheets.iter().position(labelled))
}

/// The cover of a filled workbook, where it has one.
pub struct Cover<'a> {
    pub sheet: Option<&'a Sheet>,
    pub file: &'a str,
}

impl Cover<'_> {
    fn row(&self, label: CoverLabel) -> Option<(u32, &Sheet)> {
        let sheet = self.sheet?;
        sheet.rows.keys().find(|row| CoverLabel::named(&sheet.text(**row, 0)) == Some(label)).map(|row| (*row, sheet))
    }

    /// The value beside a label, as trimmed NFKC on one line.
    pub fn value(&self, label: CoverLabel) -> String {
        self.row(label).map(|(row, sheet)| name(&sheet.text(row, 1))).unwrap_or_default()
    }

    /// The value's cell; the cover, or the file, where there is none.
    pub fn place(&self, label: CoverLabel) -> Place {
        match (self.row(label), self.sheet) {
            (Some((row, sheet)), _) => Place::cell(self.file, &sheet.name, row, 1),
            (None, Some(sheet)) => Place::sheet(self.file, &sheet.name),
            (None, None) => Place::file(self.file),
        }
    }

    /// Unit or period: the cover's, unless it is missing or differs from what was stored.
    pub fn decided(
        &self,
        label: CoverLabel,
        stored: &str,
        given: Option<&Decision>,
        flag: &str,
        missing: &FindingKind,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        let value = self.value(label);
        let by = given.map_or_else(|| flag.into(), |given| given.by.clone());
        let given = given.map(|given| name(&given.value)).filter(|given| !given.is_empty());
        if value.is_empty() {
            if given.is_none() {
                findings.push(missing.at(self.place(label), &[]));
            }
            return given;
        }
        if stored.is_empty() || stored == value {
            return Some(value);
        }
        let mut args = vec![("label", label.words()), ("cover", value.into()), ("stored", stored.into()), ("flag", by)];
        match &given {
            Some(used) => {
                args.push(("used", used.clone().into()));
                findings.push(RETYPED_DECIDED.at(self.place(label), &args));
            }
            None => findings.push(RETYPED.at(self.place(label), &args)),
        }
        given
    }

    pub fn respondent(&self, stored: &str, tree: &Tree, findings: &mut Vec<Finding>) -> String {
        let value = self.value(CoverLabel::Respondent);
        let place = self.place(CoverLabel::Respondent);
        let identity = |name: &str| -> String {
            let real = tree.real_named(name).map(|real| tree.local.respondents[real].name.clone());
            let own = real.unwrap_or_else(|| match tree.department_named(name) {
                Some(department) => tree.departments[department].name.zh.to_string(),
                None => name.to_string(),
            });
            if is(&own, &ASSESSOR) { ASSESSOR.zh.to_string() } else { own }
        };
        let agree = |one: &str, two: &str| identity(one) == identity(two);
        if !value.is_empty() && !stored.is_empty() && !agree(&value, stored) {
            findings.push(RESPONDENT_DIFFERS.at(place.clone(), &[("cover", value.clone().into()), ("stored", stored.into())]));
        }
        if !value.is_empty() && !is_respondent(&value, tree) {
            let known: Vec<Text> = tree.local.respondents.iter().map(crate::tree::RealDepartment::shown).collect();
            let known = if known.is_empty() {
                t("体系中的部门名称", "the department's name as the tree has it")
            } else {
                t("“部门对照”中的实际部门：{names}", "a real department of the settings: {names}")
                    .with(&[("names", Text::join(&known, "、", ", "))])
            };
            findings.push(UNKNOWN_RESPONDENT.at(place, &[("name", value.clone().into()), ("known", known)]));
        }
        value
    }

    pub fn submission(&self, findings: &mut Vec<Finding>) -> usize {
        let text = self.value(CoverLabel::Submission);
        let digits = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('次')).unwrap_or(&text).trim();
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<usize>().ok()).flatten();
        number.filter(|number| *number > 0).unwrap_or_else(|| {
            findings.push(SUBMISSION.at(self.place(CoverLabel::Submission), &[("text", text.clone().into())]));
            1
        })
    }

    /// Was the survey issued from this tree? Another edition is read with a warning.
    pub fn belongs_to(&self, tree: &Tree, findings: &mut Vec<Finding>) -> bool {
        let id = self.value(CoverLabel::Tree);
        if !id.is_empty() && id != normal(&tree.id) {
            findings.push(OTHER_TREE.at(self.place(CoverLabel::Tree), &[("other", id.into()), ("tree", tree.id.clone().into())]));
            return false;
        }
        let digest = self.value(CoverLabel::Digest);
        let missing = if id.is_empty() { Some(CoverLabel::Tree) } else { digest.is_empty().then_some(CoverLabel::Digest) };
        if let Some(label) = missing {
            findings.push(NO_TREE.at(self.place(label), &[("label", label.words())]));
        }
        if !digest.is_empty() && digest != tree.sha256 {
            findings.push(OTHER_DIGEST.at(self.place(CoverLabel::Digest), &[]));
        }
        true
    }

    /// Was the survey issued for the part of the tree that this run scores?
    pub fn of_profile(&self, stored: &str, tree: &Tree, findings: &mut Vec<Finding>) {
        let all = t("全部", "all items");
        let issued = Profile::named(stored);
        if issued.is_some() && issued != tree.local.profile {
            let name = |profile: Option<Profile>| profile.map_or_else(|| all.clone(), Profile::name);
            let args = [("stored", name(issued)), ("used", name(tree.local.profile)), ("flag", stored.into())];
            findings.push(OTHER_PROFILE.at(self.place(CoverLabel::Digest), &args));
        }
    }
}
