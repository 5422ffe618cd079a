//! A filled workbook becomes its cover and raw rows. Judges no answer; says what it could not place.

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::Typed;
use crate::sheet::{Book, Content, Sheet};
use crate::survey::layout::{ASSESSOR, COVER, Column, CoverLabel, STORE, is};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

const fn kind(code: &'static str, severity: Severity, what: Text, advice: Text) -> FindingKind {
    FindingKind { code, severity, what, advice }
}

pub static NO_UNIT: FindingKind = kind(
    "cover-no-unit",
    Severity::Error,
    t("封面没有“被评估单位”。", "The cover has no Unit."),
    t("请在封面填写，或用 --unit 指明；在此之前这份表不计分。", "Fill it in, or give it with --unit; until then the file is not scored."),
);
pub static NO_PERIOD: FindingKind = kind(
    "cover-no-period",
    Severity::Error,
    t("封面没有“评估期”。", "The cover has no Period."),
    t(
        "请在封面填写，或用 --period 指明；在此之前这份表不计分。",
        "Fill it in, or give it with --period; until then the file is not scored.",
    ),
);
pub static NOT_A_SURVEY: FindingKind = kind(
    "input-not-a-survey",
    Severity::Error,
    t("不是自评表：没有封面，也没有“编号”和“自评”的表头。", "It is no survey: it has neither a cover nor a header row with Ref and Self."),
    t("请核对是否放错了文件。", "Check whether it is the right file."),
);
pub static OWN_REPORT: FindingKind = kind(
    "input-own-report",
    Severity::Note,
    t("是 ecap 做的报告，跳过。", "It is a report made by ecap and was skipped."),
    t("不必处理。", "Nothing to do."),
);
pub static RETYPED: FindingKind = kind(
    "cover-retyped",
    Severity::Error,
    t("封面的“{label}”是“{cover}”，发卷时是“{stored}”。", "{label} on the cover is \"{cover}\"; the survey was issued for \"{stored}\"."),
    t(
        "请核实后改回，或用 {flag} 指明；在此之前这份表不计分。",
        "Check and put it right, or decide with {flag}; until then the file is not scored.",
    ),
);
pub static RETYPED_DECIDED: FindingKind = kind(
    "cover-retyped-decided",
    Severity::Note,
    t(
        "封面的“{label}”是“{cover}”，发卷时是“{stored}”，按 {flag} 用“{used}”。",
        "{label} on the cover is \"{cover}\", issued for \"{stored}\"; \"{used}\" is used as {flag} says.",
    ),
    t("不必处理。", "Nothing to do."),
);
pub static RESPONDENT_DIFFERS: FindingKind = kind(
    "cover-respondent-differs",
    Severity::Warning,
    t(
        "封面的“填报单位”是“{cover}”，发卷时是“{stored}”，按封面计。",
        "Respondent on the cover is \"{cover}\", issued to \"{stored}\"; the cover's counts.",
    ),
    t("请核实是否填错或用错了表。", "Check whether it was mistyped or the wrong file was used."),
);
pub static UNKNOWN_RESPONDENT: FindingKind = kind(
    "cover-unknown-respondent",
    Severity::Note,
    t(
        "填报单位“{name}”不是本体系的牵头部门，不享有牵头部门优先。",
        "The respondent \"{name}\" is no lead department of this tree, so its word does not come first anywhere.",
    ),
    t("如系牵头部门，请写成体系中的部门名称。", "If it is one, write the department's name as the tree has it."),
);
pub static SUBMISSION: FindingKind = kind(
    "cover-submission",
    Severity::Warning,
    t("“第几次报送”是“{text}”，按第 1 次计。", "Submission is \"{text}\"; it counts as the first."),
    t("请填从 1 起的整数，如 2 或 第2次。", "Write a whole number from 1, like 2."),
);
pub static OTHER_TREE: FindingKind = kind(
    "cover-other-tree",
    Severity::Error,
    t(
        "这份表属于指标体系“{other}”，本次用的是“{tree}”，不计分。",
        "This survey belongs to the tree \"{other}\"; this run uses \"{tree}\", so it is not scored.",
    ),
    t("请用 --tree 指明那个体系，或换成本体系的自评表。", "Name that tree with --tree, or use a survey of this one."),
);
pub static NO_TREE: FindingKind = kind(
    "cover-no-tree",
    Severity::Warning,
    t("封面没有“{label}”，当作本体系的自评表。", "The cover has no {label}; it is taken for a survey of this tree."),
    t("请核实这份表是否用本体系发出。", "Check that it was issued from this tree."),
);
pub static OTHER_DIGEST: FindingKind = kind(
    "cover-other-digest",
    Severity::Warning,
    t(
        "这份表发出之后指标体系改过（摘要不同），按题号对应。",
        "The tree has changed since this survey was issued (another digest); rows are found by id.",
    ),
    t("请核对改过的题目是否需要重填。", "Check whether changed items must be answered again."),
);
pub static NO_ANSWER_COLUMN: FindingKind = kind(
    "sheet-no-answer-column",
    Severity::Error,
    t("这张表有“编号”，却没有“自评”或“复核”一栏，没有读。", "This sheet has Ref but neither Self nor Review; it was not read."),
    t("请把表头改回“自评”。", "Put the header back to Self."),
);
pub static NO_OWN_COLUMN: FindingKind = kind(
    "sheet-no-self-column",
    Severity::Warning,
    t("这张表没有“自评”一栏，自评都没有读到。", "This sheet has no Self column, so no self-rating was read."),
    t("请把表头改回“自评”。", "Put the header back to Self."),
);
pub static ITEM_TWICE: FindingKind = kind(
    "row-item-twice",
    Severity::Error,
    t("{item} 在本工作簿中出现不止一次，用的是 {used}。", "{item} stands more than once in this workbook; {used} is used."),
    t("请删去多余的一行。", "Delete the extra row."),
);
pub static REF_DIFFERS: FindingKind = kind(
    "row-ref-differs",
    Severity::Error,
    t(
        "编号“{ref}”与题号 {id} 不符，{id} 的编号是 {own}；按题号计。",
        "The ref \"{ref}\" does not belong to {id}, whose ref is {own}; the id decides.",
    ),
    t("请核对这一行是不是张冠李戴。", "Check that the row is what it says."),
);
pub static UNKNOWN_ID: FindingKind = kind(
    "row-unknown-id",
    Severity::Error,
    t("题号“{id}”不在本体系中，按编号 {ref} 计。", "There is no item \"{id}\"; the ref {ref} decides."),
    t("请从原表把这一行的题号复制回来。", "Copy the id of the row back from the original survey."),
);
pub static UNKNOWN_ROW: FindingKind = kind(
    "row-unknown",
    Severity::Error,
    t(
        "这一行填了答案，但编号“{ref}”、题号“{id}”都对不上任何题目，没有计分。",
        "This row is filled, but neither its ref \"{ref}\" nor its id \"{id}\" is an item's; it was not scored.",
    ),
    t("请从原表把编号和题号复制回来。", "Copy ref and id back from the original survey."),
);
pub static ROW_IGNORED: FindingKind = kind(
    "row-ignored",
    Severity::Note,
    t("这一行填了内容，但没有编号和题号，没有读。", "This row is filled but has neither ref nor id; it was not read."),
    t("如是答案，请补上编号。", "If it is an answer, add its ref."),
);

pub static KINDS: [&FindingKind; 19] = [
    &NO_UNIT,
    &NO_PERIOD,
    &NOT_A_SURVEY,
    &OWN_REPORT,
    &RETYPED,
    &RETYPED_DECIDED,
    &RESPONDENT_DIFFERS,
    &UNKNOWN_RESPONDENT,
    &SUBMISSION,
    &OTHER_TREE,
    &NO_TREE,
    &OTHER_DIGEST,
    &NO_ANSWER_COLUMN,
    &NO_OWN_COLUMN,
    &ITEM_TWICE,
    &REF_DIFFERS,
    &UNKNOWN_ID,
    &UNKNOWN_ROW,
    &ROW_IGNORED,
];

/// Whose workbook it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Survey,
    Review,
}

/// What `--unit` and `--period` say: they fill what is missing or torn, never rename or filter.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub unit: Option<String>,
    pub period: Option<String>,
}

/// A filled workbook, read but not judged.
#[derive(Debug)]
pub struct Filled {
    pub file: String,
    /// False where unit or period is missing or torn: its cells are judged, but count for nobody.
    pub scored: bool,
    pub kind: Kind,
    pub unit: String,
    pub parent: Option<String>,
    pub class: Option<String>,
    pub period: String,
    /// As on the cover; empty where it says nothing.
    pub respondent: String,
    /// The cover cell of the respondent.
    pub respondent_place: Place,
    pub submission: usize,
    pub rows: Vec<Row>,
}

/// One item's row, the first filled one where it stands twice.
#[derive(Debug)]
pub struct Row {
    /// Index into the tree's items.
    pub item: usize,
    pub sheet: String,
    pub own: Option<RawCell>,
    pub review: Option<RawCell>,
    pub evidence: String,
    pub note: String,
    pub review_note: String,
    pub verification: String,
    /// Where a missing cell would stand: the row's ref.
    pub anchor: String,
}

/// An answer cell as it stands.
#[derive(Clone, Debug)]
pub struct RawCell {
    pub typed: Typed,
    /// `E7`.
    pub cell: String,
}

/// Reads a workbook; none where it is no survey of this tree.
pub fn read(book: &mut Book, file: &str, tree: &Tree, given: &Given, findings: &mut Vec<Finding>) -> Option<Filled> {
    let store = Store::of(book);
    if store.value("kind") == "report" {
        findings.push(OWN_REPORT.at(Place::file(file), &[]));
        return None;
    }
    let kind = if store.value("kind") == "review" { Kind::Review } else { Kind::Survey };
    let cover_index = cover(book);
    let mut rows = Vec::new();
    let mut survey_sheets = 0;
    let lookup = Lookup::of(tree);
    for index in 0..book.sheets.len() {
        if book.sheets[index].name == STORE {
            continue;
        }
        let mut header_findings = Vec::new();
        let found = header(&book.sheets[index], file, &mut header_findings);
        if Some(index) != cover_index {
            findings.append(&mut header_findings);
        }
        let Some(header) = found else { continue };
        survey_sheets += 1;
        if kind == Kind::Survey && !header.columns.contains_key(&Column::Own) {
            findings.push(NO_OWN_COLUMN.at(Place::cell(file, &book.sheets[index].name, header.row, 0), &[]));
        }
        if header.has_numbers(&book.sheets[index]) {
            book.read_percents(index);
        }
        rows.extend(item_rows(&book.sheets[index], &header, kind, file, &lookup, findings));
    }
    if cover_index.is_none() && survey_sheets == 0 {
        findings.push(NOT_A_SURVEY.at(Place::file(file), &[]));
        return None;
    }
    let cover = Cover { sheet: cover_index.and_then(|index| book.sheets.get(index)), file };
    let ours = cover.belongs_to(tree, findings);
    let unit = cover.decided(CoverLabel::Unit, &store.value("unit"), given.unit.as_deref(), "--unit", &NO_UNIT, findings);
    let period = cover.decided(CoverLabel::Period, &store.value("period"), given.period.as_deref(), "--period", &NO_PERIOD, findings);
    let respondent = cover.respondent(&store.value("respondent"), tree, findings);
    let submission = cover.submission(findings);
    let rows = once_each(rows, file, tree, findings);
    if !ours {
        return None;
    }
    let optional = |label: CoverLabel| Some(cover.value(label)).filter(|value| !value.is_empty());
    Some(Filled {
        file: file.to_string(),
        scored: unit.is_some() && period.is_some(),
        kind,
        unit: unit.unwrap_or_default(),
        parent: optional(CoverLabel::Parent),
        class: optional(CoverLabel::Class),
        period: period.unwrap_or_default(),
        respondent_place: cover.place(CoverLabel::Respondent),
        respondent,
        submission,
        rows,
    })
}

/// The hidden copy of the cover.
struct Store(HashMap<String, String>);

impl Store {
    fn of(book: &Book) -> Self {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == STORE);
        let pairs = sheet.map(|sheet| sheet.rows.keys().map(|row| (normal(&sheet.text(*row, 0)), normal(&sheet.text(*row, 1)))).collect());
        Store(pairs.unwrap_or_default())
    }

    fn value(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_default()
    }
}

fn cover(book: &Book) -> Option<usize> {
    let named = book.sheets.iter().position(|sheet| is(&sheet.name, &COVER));
    let labelled = |sheet: &Sheet| sheet.rows.keys().any(|row| is(&sheet.text(*row, 0), &CoverLabel::Period.words()));
    named.or_else(|| book.sheets.iter().position(labelled))
}

struct Cover<'a> {
    sheet: Option<&'a Sheet>,
    file: &'a str,
}

impl Cover<'_> {
    fn row(&self, label: CoverLabel) -> Option<(u32, &Sheet)> {
        let sheet = self.sheet?;
        sheet.rows.keys().find(|row| CoverLabel::named(&sheet.text(**row, 0)) == Some(label)).map(|row| (*row, sheet))
    }

    /// The value beside a label, as trimmed NFKC.
    fn value(&self, label: CoverLabel) -> String {
        self.row(label).map(|(row, sheet)| normal(&sheet.text(row, 1))).unwrap_or_default()
    }

    /// The value's cell; the cover, or the file, where there is none.
    fn place(&self, label: CoverLabel) -> Place {
        match (self.row(label), self.sheet) {
            (Some((row, sheet)), _) => Place::cell(self.file, &sheet.name, row, 1),
            (None, Some(sheet)) => Place::sheet(self.file, &sheet.name),
            (None, None) => Place::file(self.file),
        }
    }

    /// Unit or period: the cover's, unless it is missing or differs from what was stored.
    fn decided(
        &self,
        label: CoverLabel,
        stored: &str,
        given: Option<&str>,
        flag: &str,
        missing: &FindingKind,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        let value = self.value(label);
        let given = given.map(normal).filter(|given| !given.is_empty());
        if value.is_empty() {
            if given.is_none() {
                findings.push(missing.at(self.place(label), &[]));
            }
            return given;
        }
        if stored.is_empty() || stored == value {
            return Some(value);
        }
        let mut args = vec![("label", label.words()), ("cover", value.into()), ("stored", stored.into()), ("flag", flag.into())];
        match &given {
            Some(used) => {
                args.push(("used", used.clone().into()));
                findings.push(RETYPED_DECIDED.at(self.place(label), &args));
            }
            None => findings.push(RETYPED.at(self.place(label), &args)),
        }
        given
    }

    fn respondent(&self, stored: &str, tree: &Tree, findings: &mut Vec<Finding>) -> String {
        let value = self.value(CoverLabel::Respondent);
        let place = self.place(CoverLabel::Respondent);
        let identity =
            |name: &str| (tree.department_named(name), if is(name, &ASSESSOR) { ASSESSOR.zh.to_string() } else { name.to_string() });
        let agree = |one: &str, two: &str| match (identity(one), identity(two)) {
            ((Some(one), _), (Some(two), _)) => one == two,
            ((_, one), (_, two)) => one == two,
        };
        if !value.is_empty() && !stored.is_empty() && !agree(&value, stored) {
            findings.push(RESPONDENT_DIFFERS.at(place.clone(), &[("cover", value.clone().into()), ("stored", stored.into())]));
        }
        if !value.is_empty() && tree.department_named(&value).is_none() && !is(&value, &ASSESSOR) {
            findings.push(UNKNOWN_RESPONDENT.at(place, &[("name", value.clone().into())]));
        }
        value
    }

    fn submission(&self, findings: &mut Vec<Finding>) -> usize {
        let text = self.value(CoverLabel::Submission);
        let digits = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('次')).unwrap_or(&text).trim();
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<usize>().ok()).flatten();
        number.filter(|number| *number > 0).unwrap_or_else(|| {
            findings.push(SUBMISSION.at(self.place(CoverLabel::Submission), &[("text", text.clone().into())]));
            1
        })
    }

    /// Was the survey issued from this tree? Another edition is read with a warning.
    fn belongs_to(&self, tree: &Tree, findings: &mut Vec<Finding>) -> bool {
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
}

/// Where the header row stands and which column is which.
struct Header {
    row: u32,
    columns: HashMap<Column, u32>,
}

/// Longest text that may be a header.
const MAX_HEADER: usize = 40;

fn header(sheet: &Sheet, file: &str, findings: &mut Vec<Finding>) -> Option<Header> {
    let mut nearly = None;
    for (row, cells) in &sheet.rows {
        let mut columns = HashMap::new();
        for (column, cell) in cells {
            if let Content::Text(text) = &cell.content
                && text.len() <= MAX_HEADER
                && let Some(named) = Column::named(text)
            {
                columns.entry(named).or_insert(*column);
            }
        }
        let has = |wanted: [Column; 2]| wanted.iter().any(|column| columns.contains_key(column));
        if has([Column::Ref, Column::Id]) {
            if has([Column::Own, Column::Review]) {
                return Some(Header { row: *row, columns });
            }
            nearly.get_or_insert(*row);
        }
    }
    if let Some(row) = nearly {
        findings.push(NO_ANSWER_COLUMN.at(Place::cell(file, &sheet.name, row, 0), &[]));
    }
    None
}

impl Header {
    fn text(&self, sheet: &Sheet, row: u32, column: Column) -> String {
        self.columns.get(&column).map(|column| sheet.text(row, *column)).unwrap_or_default()
    }

    fn raw(&self, sheet: &Sheet, row: u32, column: Column) -> Option<RawCell> {
        let at = *self.columns.get(&column)?;
        Some(RawCell { typed: Typed::of(sheet.cell(row, at)), cell: crate::place::cell_name(row, at) })
    }

    /// Is a bare number among the answers, whose number format therefore matters?
    fn has_numbers(&self, sheet: &Sheet) -> bool {
        let answers: Vec<u32> = [Column::Own, Column::Review].iter().filter_map(|column| self.columns.get(column).copied()).collect();
        sheet.rows.iter().any(|(row, _)| {
            *row > self.row
                && answers.iter().any(|column| matches!(sheet.cell(*row, *column).map(|cell| &cell.content), Some(Content::Number(_))))
        })
    }
}

/// Items by id and by ref, as trimmed NFKC.
struct Lookup {
    ids: HashMap<String, usize>,
    refs: HashMap<String, usize>,
    names: Vec<(String, String)>,
}

impl Lookup {
    fn of(tree: &Tree) -> Self {
        let by =
            |name: fn(&crate::tree::Item) -> &str| tree.items.iter().enumerate().map(|(index, item)| (normal(name(item)), index)).collect();
        Lookup {
            ids: by(|item| &item.id),
            refs: by(|item| &item.reference),
            names: tree.items.iter().map(|item| (item.id.clone(), item.reference.clone())).collect(),
        }
    }
}

fn item_rows(sheet: &Sheet, header: &Header, kind: Kind, file: &str, lookup: &Lookup, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut rows = Vec::new();
    for row in sheet.rows.keys().copied().filter(|row| *row > header.row) {
        let id = normal(&header.text(sheet, row, Column::Id));
        let reference = normal(&header.text(sheet, row, Column::Ref));
        let own = if kind == Kind::Review { None } else { header.raw(sheet, row, Column::Own) };
        let review = header.raw(sheet, row, Column::Review);
        let filled = [&own, &review].into_iter().flatten().any(|cell| !cell.typed.is_blank());
        let at = |column: Column| {
            let column =
                header.columns.get(&column).or_else(|| header.columns.get(&Column::Ref)).or_else(|| header.columns.get(&Column::Id));
            Place::cell(file, &sheet.name, row, column.copied().unwrap_or(0))
        };
        if id.is_empty() && reference.is_empty() {
            if filled {
                findings.push(ROW_IGNORED.at(at(Column::Ref), &[]));
            }
            continue;
        }
        let by_ref = lookup.refs.get(&reference).copied();
        let item = match lookup.ids.get(&id).copied() {
            Some(item) => {
                let own_ref = &lookup.names[item].1;
                if !reference.is_empty() && by_ref != Some(item) {
                    findings.push(
                        REF_DIFFERS.at(at(Column::Ref), &[("ref", reference.into()), ("id", id.into()), ("own", own_ref.clone().into())]),
                    );
                }
                item
            }
            None => match by_ref {
                Some(item) => {
                    if !id.is_empty() {
                        findings.push(UNKNOWN_ID.at(at(Column::Id), &[("id", id.into()), ("ref", reference.into())]));
                    }
                    item
                }
                None => {
                    if filled {
                        findings.push(UNKNOWN_ROW.at(at(Column::Ref), &[("ref", reference.into()), ("id", id.into())]));
                    }
                    continue;
                }
            },
        };
        rows.push(Row {
            item,
            sheet: sheet.name.clone(),
            anchor: at(Column::Ref).cell.unwrap_or_default(),
            evidence: header.text(sheet, row, Column::Evidence),
            note: header.text(sheet, row, Column::Note),
            review_note: header.text(sheet, row, Column::ReviewNote),
            verification: header.text(sheet, row, Column::Verification),
            own,
            review,
        });
    }
    rows
}

impl Row {
    pub fn is_filled(&self) -> bool {
        [&self.own, &self.review].into_iter().flatten().any(|cell| !cell.typed.is_blank())
    }

    pub fn place(&self, file: &str) -> Place {
        let cell = self.own.as_ref().or(self.review.as_ref()).map_or(self.anchor.clone(), |cell| cell.cell.clone());
        Place { cell: Some(cell), ..Place::sheet(file, &self.sheet) }
    }
}

/// Each item once: its first filled row, the first of all where none is filled.
fn once_each(rows: Vec<Row>, file: &str, tree: &Tree, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::new();
    let mut position: HashMap<usize, usize> = HashMap::new();
    let mut extra: Vec<(usize, Place)> = Vec::new();
    for row in rows {
        let Some(at) = position.get(&row.item).copied() else {
            position.insert(row.item, kept.len());
            kept.push(row);
            continue;
        };
        if !kept[at].is_filled() && row.is_filled() {
            extra.push((at, kept[at].place(file)));
            kept[at] = row;
        } else {
            extra.push((at, row.place(file)));
        }
    }
    for (at, place) in extra {
        let used = &kept[at];
        let where_used = Text::join(&[used.sheet.clone().into(), used.place(file).cell.unwrap_or_default().into()], "，", ", ");
        findings.push(ITEM_TWICE.at(place, &[("item", tree.items[used.item].reference.clone().into()), ("used", where_used)]));
    }
    kept
}
