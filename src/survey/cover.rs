//! The cover of a filled workbook: whose it is, for when, and from which tree.

mod again;
mod file_name;
mod gone;
mod submission;

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::sheet::{Book, Sheet};
use crate::survey::layout::{ASSESSOR, COVER, CoverLabel, STORE, is};
use crate::text::{Text, t};
use crate::tree::{Profile, Tree};
use crate::unit::{name, normal};

use again::COVER_TWICE;
pub(super) use again::others;
use file_name::FILE_NAMED;
use gone::COVER_GONE;
use submission::{LARGE, SUBMISSION};

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
    Severity::Warning,
    t(
        "封面的“{label}”是“{cover}”，发卷时是“{stored}”，按 {flag} 用“{used}”。",
        "{label} on the cover is \"{cover}\", issued for \"{stored}\"; \"{used}\" is used as {flag} says.",
    ),
    t("{how}", "{how}"),
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
        "The respondent \"{name}\" leads none of the indicators, so its answers come first nowhere.",
    ),
    t("如系牵头部门，请写成{known}。", "If it is one, write {known}."),
);
pub static OTHER_TREE: FindingKind = FindingKind::new(
    "cover-other-tree",
    Severity::Error,
    t(
        "这份表属于指标体系“{other}”，本次用的是“{tree}”，不计分。",
        "This survey belongs to the indicators \"{other}\"; this run uses \"{tree}\", so it is not scored.",
    ),
    t("请用 --tree 指明那个体系，或换成本体系的自评表。", "Name those indicators with --tree, or use a survey of these."),
);
pub static NO_TREE: FindingKind = FindingKind::new(
    "cover-no-tree",
    Severity::Warning,
    t("封面没有“{label}”，当作本体系的自评表。", "The cover has no {label}; it is taken for a survey of these indicators."),
    t("请核实这份表是否用本体系发出。", "Check that it was issued from these indicators."),
);
pub static OTHER_DIGEST: FindingKind = FindingKind::new(
    "cover-other-digest",
    Severity::Warning,
    t(
        "这份表发出之后指标体系改过（摘要不同），按题号对应。",
        "The indicators have changed since this survey was issued (another digest); rows are found by id.",
    ),
    t("请核对改过的题目是否需要重填。", "Check whether changed items must be answered again."),
);

pub static OTHER_PROFILE: FindingKind = FindingKind::new(
    "cover-other-profile",
    Severity::Warning,
    t("这份表按“{stored}”范围发出，本次按“{used}”计分。", "This survey was issued for the profile {stored}; this run scores {used}."),
    t("如应按发出时的范围计分，请加 --profile {flag}。", "To score what was issued, add --profile {flag}."),
);

pub static CSV_NO_COVER: FindingKind = FindingKind::new(
    "csv-no-cover",
    Severity::Error,
    t(
        "csv 只有一张表，没有封面，不知道是{missing}；在此之前这份表不计分。",
        "A csv is one sheet and has no cover: nothing says {missing}; until then the file is not scored.",
    ),
    t(
        "请任选一种办法：用 {flags} 指明（几个单位的 csv 分次算）；把评估设置放进同一文件夹；或在 csv 表头上面加三行，第一列写“被评估单位”“评估期”“填报单位”，第二列写内容。",
        "Do one of these: give {flags} (csv files of several units in runs of their own); put the settings workbook into the folder; or add three lines above the header row of the csv, with Unit, Period and Respondent in the first column and what they are in the second.",
    ),
);
pub static CSV_GIVEN: FindingKind = FindingKind::new(
    "csv-cover-given",
    Severity::Note,
    t(
        "csv 没有封面，按单位“{unit}”、评估期“{period}”、第 1 次报送读，没有填报单位。",
        "A csv has no cover; it was read for the unit \"{unit}\", the period \"{period}\", as the first submission, without a respondent.",
    ),
    t(
        "要写明填报单位的，在表头上面加两行，第一列写“评估期”“填报单位”，第二列写内容。",
        "To name the respondent, add two lines above the header row, with Period and Respondent in the first column and what they are in the second.",
    ),
);

pub static KINDS: [&FindingKind; 17] = [
    &COVER_TWICE,
    &FILE_NAMED,
    &NO_UNIT,
    &NO_PERIOD,
    &RETYPED,
    &RETYPED_DECIDED,
    &RESPONDENT_DIFFERS,
    &UNKNOWN_RESPONDENT,
    &SUBMISSION,
    &LARGE,
    &COVER_GONE,
    &OTHER_TREE,
    &NO_TREE,
    &OTHER_DIGEST,
    &OTHER_PROFILE,
    &CSV_NO_COVER,
    &CSV_GIVEN,
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

/// One name for all by which a respondent goes: the real department's, else that of the tree's.
fn identity(name: &str, tree: &Tree) -> String {
    let real = tree.real_named(name).map(|real| tree.local.respondents[real].name.clone());
    let own = real.unwrap_or_else(|| match tree.department_named(name) {
        Some(department) => tree.departments[department].name.zh.to_string(),
        None => name.to_string(),
    });
    if is(&own, &ASSESSOR) { ASSESSOR.zh.to_string() } else { own }
}

/// The sheet named as a cover, else the first with the label 评估期 in A.
pub fn position(book: &Book) -> Option<usize> {
    let named = book.sheets.iter().position(|sheet| is(&sheet.name, &COVER));
    let labelled = |sheet: &Sheet| sheet.rows.keys().any(|row| CoverLabel::named(&sheet.text(*row, 0)) == Some(CoverLabel::Period));
    named.or_else(|| book.sheets.iter().position(labelled))
}

/// The cover of a filled workbook, where it has one.
pub struct Cover<'a> {
    pub sheet: Option<&'a Sheet>,
    pub file: &'a str,
    /// Is it a csv, which has no room for one but above its rows?
    pub csv: bool,
}

/// Is one the other with more about it, `2026年` or `云州市栖云区`?
fn alike(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|side| side.split_whitespace().collect::<String>());
    one.contains(&other) || other.contains(&one)
}

impl Cover<'_> {
    /// A csv without the lines of a cover: what is missing there is told once.
    fn is_bare(&self) -> bool {
        self.csv && self.sheet.is_none()
    }

    /// Is there none but the hidden copy?
    fn is_gone(&self) -> bool {
        !self.csv && self.sheet.is_none_or(|sheet| sheet.name == STORE)
    }

    /// What a csv without a cover is read for, or what is to be done.
    pub fn stands_in(&self, unit: Option<&str>, period: Option<&str>, findings: &mut Vec<Finding>) {
        if !self.is_bare() {
            return;
        }
        let place = Place::file(self.file);
        if let (Some(unit), Some(period)) = (unit, period) {
            findings.push(CSV_GIVEN.at(place, &[("unit", unit.into()), ("period", period.into())]));
            return;
        }
        let (missing, flags) = match (unit, period) {
            (None, None) => (
                t("哪个单位、哪个评估期的", "which unit and which period it is for"),
                t("--unit 单位 --period 评估期", "--unit UNIT --period PERIOD"),
            ),
            (None, _) => (t("哪个单位的", "which unit it is for"), t("--unit 单位", "--unit UNIT")),
            _ => (t("哪个评估期的", "which period it is for"), t("--period 评估期", "--period PERIOD")),
        };
        findings.push(CSV_NO_COVER.at(place, &[("missing", missing), ("flags", flags)]));
    }

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
            // Nobody finds the hidden copy.
            _ if self.is_gone() => Place::file(self.file),
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
            if given.is_none() && !self.is_bare() {
                findings.push(missing.at(self.place(label), &[]));
            }
            return given;
        }
        if stored.is_empty() || stored == value {
            return Some(value);
        }
        let mut args = vec![("label", label.words()), ("cover", value.clone().into()), ("stored", stored.into()), ("flag", by)];
        match &given {
            Some(used) => {
                let (severity, how) = if alike(&value, used) {
                    (Severity::Note, t("不必处理。", "Nothing to do."))
                } else {
                    let how = t(
                        "请确认这份表确是{used}的，再改正封面；不是的，请移出去。",
                        "Make sure that the file is of {used} and put its cover right; if it is not, take it out.",
                    );
                    (Severity::Warning, how.with(&[("used", used.clone().into())]))
                };
                args.extend([("used", used.clone().into()), ("how", how)]);
                findings.push(RETYPED_DECIDED.softened(severity, self.place(label), &args));
            }
            None => findings.push(RETYPED.at(self.place(label), &args)),
        }
        given
    }

    pub fn respondent(&self, stored: &str, tree: &Tree, findings: &mut Vec<Finding>) -> String {
        let value = self.value(CoverLabel::Respondent);
        let place = self.place(CoverLabel::Respondent);
        if !value.is_empty() && !stored.is_empty() && identity(&value, tree) != identity(stored, tree) {
            findings.push(RESPONDENT_DIFFERS.at(place.clone(), &[("cover", value.clone().into()), ("stored", stored.into())]));
        }
        if !value.is_empty() && !is_respondent(&value, tree) {
            let known: Vec<Text> = tree.local.respondents.iter().map(crate::tree::RealDepartment::shown).collect();
            let known = if known.is_empty() {
                t("体系中的部门名称", "the department's name as the survey's Lead column has it")
            } else {
                t("“部门对照”中的实际部门：{names}", "a real department of the settings: {names}")
                    .with(&[("names", Text::join(&known, "、", ", "))])
            };
            findings.push(UNKNOWN_RESPONDENT.at(place, &[("name", value.clone().into()), ("known", known)]));
        }
        value
    }

    /// Was the survey issued from this tree? Another edition is read with a warning.
    pub fn belongs_to(&self, tree: &Tree, findings: &mut Vec<Finding>) -> bool {
        let id = self.value(CoverLabel::Tree);
        if !id.is_empty() && id != normal(&tree.id) {
            findings.push(OTHER_TREE.at(self.place(CoverLabel::Tree), &[("other", id.into()), ("tree", tree.id.clone().into())]));
            return false;
        }
        let digest = self.value(CoverLabel::Digest);
        if self.is_bare() || self.is_gone() {
            return true;
        }
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
