//! From a tree's text and filled workbooks to results, in memory, the way the program goes.

use std::fs;

use ecap::finding::{Finding, Severity};
use ecap::policy::{Merge, Missing};
use ecap::result::{GroupResult, ItemResult, OptionsUsed, Results, Run, Total};
use ecap::sheet::Book;
use ecap::survey::{Column, CoverLabel, Given};
use ecap::tree::Tree;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

pub const YES: &str = r#"{type: yes_no, pass: "yes"}"#;
/// Top 3: worth 0, 1/3, 2/3, 1.
pub const LEVEL: &str = "{type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}";
/// The answer is the score.
pub const POINT: &str = "{type: quantity, unit: {zh: 分, en: points}, linear: {zero: 0, full: 100}}";

const HEAD: &str = r#"id: try
edition: "1"
name: {zh: 试, en: Try}
departments:
  - {id: one, name: {zh: 甲局, en: Bureau A}}
  - {id: two, name: {zh: 乙局, en: Bureau B}}
  - {id: three, name: {zh: 丙局, en: Bureau C}}
  - {id: upper, name: {zh: 上级部门, en: Upper Department}, outsider: true}
"#;

/// What a tree's text loads to, findings beside it.
pub fn load(text: &str) -> (Option<Tree>, Vec<Finding>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, text).expect("a tree file");
    let mut findings = Vec::new();
    let loaded = ecap::tree::load(&path.to_string_lossy(), &mut findings).expect("a tree file that can be read");
    (loaded.tree, findings)
}

/// A valid tree from its whole text.
pub fn whole_tree(text: &str) -> Tree {
    let (tree, findings) = load(text);
    tree.unwrap_or_else(|| panic!("{findings:#?}\n{text}"))
}

/// A valid tree from what follows the head: policy, groups, items.
pub fn tree(body: &str) -> Tree {
    whole_tree(&format!("{HEAD}{body}"))
}

/// An item in flow style; `rest` is what follows its scale, `criticality: veto`.
pub fn item(id: &str, scale: &str, rest: &str) -> String {
    let rest = if rest.is_empty() { String::new() } else { format!(", {rest}") };
    format!("{{id: {id}, question: {{zh: 是否有{id}, en: Ask {id}}}, scale: {scale}{rest}}}")
}

/// `items:` or `groups:` with these in flow style.
pub fn list(key: &str, nodes: &[String]) -> String {
    format!("{key}: [{}]\n", nodes.join(", "))
}

/// A group in flow style.
pub fn group(code: &str, rest: &str, items: &[String], groups: &[String]) -> String {
    let rest = if rest.is_empty() { String::new() } else { format!(", {rest}") };
    let part = |key: &str, nodes: &[String]| if nodes.is_empty() { String::new() } else { format!(", {key}: [{}]", nodes.join(", ")) };
    format!("{{code: \"{code}\", name: {{zh: 组{code}, en: Group {code}}}{rest}{}{}}}", part("items", items), part("groups", groups))
}

/// What is put into a cell.
#[derive(Clone, Debug)]
pub enum Put {
    Text(String),
    Number(f64),
    /// A number with its number format.
    Formatted(f64, &'static str),
    /// A formula, and the result that the file holds of it.
    Formula(&'static str),
    Truth(bool),
    Date,
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        Put::Text(text.to_string())
    }
}

impl From<f64> for Put {
    fn from(number: f64) -> Self {
        Put::Number(number)
    }
}

/// A filled workbook.
#[derive(Clone)]
pub struct Survey {
    pub file: String,
    review: bool,
    cover: Vec<(CoverLabel, Put)>,
    rows: Vec<(String, Vec<(Column, Put)>)>,
}

/// A survey workbook of a respondent; empty: nobody is named.
pub fn survey(respondent: &str) -> Survey {
    let cover = [(CoverLabel::Unit, "试市"), (CoverLabel::Period, "2026"), (CoverLabel::Submission, "1"), (CoverLabel::Tree, "try")];
    let cover = cover.into_iter().map(|(label, value)| (label, value.into())).collect();
    Survey { file: format!("{respondent}.xlsx"), review: false, cover, rows: Vec::new() }.cover(CoverLabel::Respondent, respondent)
}

/// A review workbook.
pub fn review(respondent: &str) -> Survey {
    Survey { file: format!("{respondent}-review.xlsx"), review: true, ..survey(respondent) }
}

impl Survey {
    pub fn file(mut self, file: &str) -> Self {
        self.file = file.to_string();
        self
    }

    pub fn cover(mut self, label: CoverLabel, value: impl Into<Put>) -> Self {
        self.cover.retain(|(known, _)| *known != label);
        self.cover.push((label, value.into()));
        self
    }

    pub fn without(mut self, label: CoverLabel) -> Self {
        self.cover.retain(|(known, _)| *known != label);
        self
    }

    pub fn submission(self, text: &str) -> Self {
        self.cover(CoverLabel::Submission, text)
    }

    /// An empty row of an item.
    pub fn row(mut self, id: &str) -> Self {
        self.rows.push((id.to_string(), Vec::new()));
        self
    }

    /// A cell in the last row of an item, which is added where there is none.
    pub fn put(mut self, id: &str, column: Column, value: impl Into<Put>) -> Self {
        if !self.rows.iter().any(|(known, _)| known == id) {
            self = self.row(id);
        }
        let row = self.rows.iter_mut().rfind(|(known, _)| known == id).expect("the row");
        row.1.push((column, value.into()));
        self
    }

    pub fn own(self, id: &str, value: impl Into<Put>) -> Self {
        self.put(id, Column::Own, value)
    }

    pub fn note(self, id: &str, value: &str) -> Self {
        self.put(id, Column::Note, value)
    }

    pub fn review(self, id: &str, value: impl Into<Put>) -> Self {
        self.put(id, Column::Review, value)
    }

    pub fn review_note(self, id: &str, value: &str) -> Self {
        self.put(id, Column::ReviewNote, value)
    }

    pub fn bytes(&self, tree: &Tree) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let cover = workbook.add_worksheet().set_name("填报说明").expect("a name");
        let digest = [(CoverLabel::Digest, Put::from(tree.sha256.as_str()))];
        for (row, (label, value)) in (0u32..).zip(self.cover.iter().chain(&digest)) {
            cover.write(row, 0, label.words().zh.as_ref()).expect("a label");
            write(cover, row, 1, value);
        }
        let sheet = workbook.add_worksheet().set_name("01").expect("a name");
        let columns: Vec<Column> = if self.review {
            use Column::{Evidence, Id, Indicator, Lead, Others, Ref, Review, ReviewNote, Verification};
            vec![Ref, Indicator, Lead, Others, Evidence, Review, Verification, ReviewNote, Id]
        } else {
            Column::SURVEY.iter().map(|(column, _)| *column).collect()
        };
        for (at, column) in (0u16..).zip(&columns) {
            sheet.write(0, at, column.words().zh.as_ref()).expect("a header");
        }
        for (row, (id, cells)) in (1u32..).zip(&self.rows) {
            let at = |wanted: Column| (0u16..).zip(&columns).find(|(_, column)| **column == wanted).map(|(at, _)| at).expect("a column");
            sheet.write(row, at(Column::Id), id).expect("an id");
            for (column, value) in cells {
                write(sheet, row, at(*column), value);
            }
        }
        if self.review {
            let store = workbook.add_worksheet().set_name("_ecap").expect("a name");
            store.write(0, 0, "kind").expect("a key");
            store.write(0, 1, "review").expect("a value");
        }
        workbook.save_to_buffer().expect("a workbook")
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, value: &Put) {
    let written = match value {
        Put::Text(text) => sheet.write_string(row, column, text).map(drop),
        Put::Number(number) => sheet.write_number(row, column, *number).map(drop),
        Put::Formatted(number, format) => {
            sheet.write_number_with_format(row, column, *number, &Format::new().set_num_format(*format)).map(drop)
        }
        Put::Formula(result) => sheet.write_formula(row, column, Formula::new("=1+1").set_result(*result)).map(drop),
        Put::Truth(truth) => sheet.write_boolean(row, column, *truth).map(drop),
        Put::Date => {
            let date = ExcelDateTime::from_ymd(2026, 3, 5).expect("a date");
            sheet.write_datetime_with_format(row, column, &date, &Format::new().set_num_format("yyyy-mm-dd")).map(drop)
        }
    };
    written.expect("a cell");
}

/// A tree and the workbooks that came back.
pub struct Case {
    pub tree: Tree,
    surveys: Vec<Survey>,
}

/// A tree of one item `a` on this scale.
pub fn case(scale: &str) -> Case {
    case_of(&list("items", &[item("a", scale, "")]))
}

/// A tree from what follows its head.
pub fn case_of(body: &str) -> Case {
    Case { tree: tree(body), surveys: Vec::new() }
}

impl Case {
    pub fn survey(mut self, survey: Survey) -> Self {
        self.surveys.push(survey);
        self
    }

    /// One workbook of the assessor's: an answer an item, in tree order; empty is blank.
    pub fn answers(self, answers: &[&str]) -> Scored {
        assert_eq!(answers.len(), self.tree.items.len());
        let ids: Vec<String> = self.tree.items.iter().map(|item| item.id.clone()).collect();
        let filled =
            ids.iter().zip(answers).fold(survey("评估组"), |survey, (id, answer)| survey.own(id, *answer).note(id, "没有这种情况"));
        self.survey(filled).score()
    }

    pub fn missing(mut self, missing: Missing) -> Self {
        self.tree.policy.missing = missing;
        self
    }

    pub fn merge(mut self, merge: Merge) -> Self {
        self.tree.policy.merge = merge;
        self
    }

    pub fn target(mut self, target: f64) -> Self {
        self.tree.policy.target = Some(target);
        self
    }

    /// Read, collected, scored: the results of the one unit and period.
    pub fn score(self) -> Scored {
        let mut units = self.score_all();
        assert_eq!(units.len(), 1);
        units.remove(0)
    }

    /// Results of every unit and period.
    pub fn score_all(self) -> Vec<Scored> {
        let files: Vec<(String, Vec<u8>)> = self.surveys.iter().map(|survey| (survey.file.clone(), survey.bytes(&self.tree))).collect();
        score_bytes(&self.tree, files)
    }
}

/// Results of workbooks as bytes; findings on files stand in all of them.
pub fn score_bytes(tree: &Tree, files: Vec<(String, Vec<u8>)>) -> Vec<Scored> {
    let mut findings = Vec::new();
    let mut filled = Vec::new();
    for (file, bytes) in files {
        let book = Book::open(bytes, &file, &mut findings).expect("a workbook");
        filled.extend(ecap::survey::read(&book, &file, tree, &Given::default(), &mut findings));
    }
    let weighting = ecap::weighting::of(tree);
    let weights = (weighting.weigh)(tree);
    let run = Run {
        tree,
        weighting: weighting.name,
        weights: &weights,
        inputs: &[],
        assessment: None,
        unscored: &[],
        options: &OptionsUsed::default(),
    };
    ecap::answers::collect(&filled, tree, &tree.policy)
        .iter()
        .map(|unit| {
            let scores = ecap::score::score(tree, &unit.items, &weights, tree.policy.missing);
            let findings = findings.iter().chain(&unit.findings).cloned().collect();
            Scored { results: ecap::result::build(&run, unit, &scores, findings) }
        })
        .collect()
}

/// Results, and short questions to them.
pub struct Scored {
    pub results: Results,
}

impl Scored {
    pub fn item(&self, id: &str) -> &ItemResult {
        self.results.items.iter().find(|item| item.id == id).expect("the item")
    }

    pub fn group(&self, code: &str) -> &GroupResult {
        self.results.groups.iter().find(|group| group.code == code).expect("the group")
    }

    pub fn total(&self) -> &Total {
        &self.results.total
    }

    pub fn state(&self, id: &str) -> &str {
        &self.item(id).state
    }

    /// Of the total.
    pub fn grade(&self) -> &str {
        self.total().grade.as_deref().unwrap_or("none")
    }

    /// `low..high` of the grade.
    pub fn grades(&self) -> (&str, &str) {
        (self.total().grade_low.as_deref().unwrap_or("none"), self.total().grade_high.as_deref().unwrap_or("none"))
    }

    /// The rules of the grade's reasons, in order.
    pub fn rules(&self) -> Vec<&str> {
        self.total().grade_reasons.iter().map(|reason| reason.rule.as_str()).collect()
    }

    /// Asserts the total.
    pub fn score_is(&self, score: f64) -> &Self {
        assert_near(self.total().score, score);
        self
    }

    /// Asserts an item's score.
    pub fn item_is(&self, id: &str, score: f64) -> &Self {
        assert_near(self.item(id).score, score);
        self
    }

    /// Codes of findings, sorted.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.results.findings.iter().map(|finding| finding.code.as_str()).collect();
        codes.sort_unstable();
        codes
    }

    pub fn found(&self, code: &str) -> Vec<&Finding> {
        self.results.findings.iter().filter(|finding| finding.code == code).collect()
    }

    /// The one finding of a code: its severity, its file and cell.
    pub fn one(&self, code: &str) -> (Severity, &str, &str) {
        let found = self.found(code);
        let [finding] = found.as_slice() else { panic!("one {code}, not {found:#?} in {:?}", self.codes()) };
        (finding.severity, finding.place.file.as_deref().unwrap_or(""), finding.place.cell.as_deref().unwrap_or(""))
    }

    /// Severity, file and cell of each error.
    pub fn errors(&self) -> Vec<(&str, &str, &str)> {
        let errors = self.results.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors
            .map(|finding| {
                (finding.code.as_str(), finding.place.file.as_deref().unwrap_or(""), finding.place.cell.as_deref().unwrap_or(""))
            })
            .collect()
    }
}

pub fn assert_near(found: Option<f64>, wanted: f64) {
    assert!(found.is_some_and(|found| (found - wanted).abs() < 1e-9), "{found:?}, not {wanted}");
}
