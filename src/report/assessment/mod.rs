//! The assessment report of one unit: an overview to sign, tables to work with.

mod advice;
mod annex;
mod derivations;
mod gaps;
pub mod headline;
mod indices;
mod local;
mod narrative;
mod needs;
pub mod provenance;
mod reviews;
mod shortened;
mod tables;
mod workbook;

pub use annex::{Asked, findings as findings_table, findings_asked};
pub use local::{files_of, state_words};
pub use needs::{because, for_terminal as needs_for_terminal};
pub use tables::{ANSWER, BETWEEN, BETWEEN_SOURCES, SOURCE, THIN, THIN_MARK, answer, described, named, question, shown, state, view_title};

use sha2::{Digest, Sha256};

use crate::report::document::{Block, Document};
use crate::report::living::Living;
use crate::report::{Facts, Report};
use crate::result::{Results, WITHHELD, to_json};
use crate::text::{Text, t};
use crate::tree::{Tree, hex};

pub const ENTRY: Report = Report { name: "assessment", document };

fn document(facts: &Facts<'_>) -> Document {
    let results = facts.results;
    let scope = results.policy.scope.as_ref().filter(|scope| scope.profile.is_some());
    let scope = scope.map(|scope| t("，{name}范围", ", profile {name}").with(&[("name", scope.name.clone())])).unwrap_or_default();
    Document {
        file: "report".into(),
        title: t("{unit}应急能力评估报告（{period}{scope}）", "Emergency capability assessment: {unit}, {period}{scope}").with(&[
            ("scope", scope),
            ("unit", results.unit.name.clone().into()),
            ("period", results.period.clone().into()),
        ]),
        mark: mark(results),
        footer: digests(results, &facts.digest),
        cover: local::cover(results),
        front: narrative::front(),
        narrative: narrative::sections(facts),
        back: narrative::back(facts),
        sheets: workbook::sheets(facts),
        bands: results.policy.bounds(),
        decimals: results.policy.decimals,
        living: None,
    }
}

/// Makes the workbook compute its figures (`--formulas`); pages stay as they are.
pub fn enliven(document: &mut Document, facts: &Facts<'_>) {
    document.living = Some(Box::new(Living::of(facts)));
    if let Some(overview) = document.sheets.first_mut() {
        overview.blocks.insert(1.min(overview.blocks.len()), Block::Table(tables::total(facts)));
    }
    let plain = provenance::options(facts.results, false);
    for block in document.sheets.iter_mut().flat_map(|sheet| &mut sheet.blocks) {
        if let Block::List(lines) = block {
            lines.iter_mut().filter(|line| **line == plain).for_each(|line| *line = provenance::options(facts.results, true));
        }
    }
}

/// A report is a draft while departments or answers are missing; one for a wider circle says so too.
pub fn mark(results: &Results) -> Option<Text> {
    let draft = results.is_draft().then(|| t("草稿", "Draft"));
    let marks: Vec<Text> = draft.into_iter().chain(results.redacted.as_ref().map(|_| REDACTED)).collect();
    (!marks.is_empty()).then(|| Text::join(&marks, "，", ", "))
}

/// Stands on a report made with `--redact`.
const REDACTED: Text = t("脱敏版", "Redacted");

/// What stands for a text that redacted results do not hold.
pub fn withheld(results: &Results) -> Text {
    told(results, String::new())
}

/// A text of the results, or that redacted ones leave it out.
fn told(results: &Results, text: String) -> Text {
    if results.redacted.is_some() && text.is_empty() { WITHHELD } else { text.into() }
}

/// Whose an answer is, where no name stands: withheld, or never written.
pub fn nobody(results: &Results) -> Text {
    if results.redacted.is_some() { t("（填报单位不公开）", "(respondent withheld)") } else { t("（未署名）", "(unnamed)") }
}

/// Which results, of which tree, by which program.
pub fn digests(results: &Results, digest: &str) -> Text {
    t("结果摘要 {results}，指标体系摘要 {tree}，ecap {version}", "Results digest {results}, tree digest {tree}, ecap {version}").with(&[
        ("results", short(digest).into()),
        ("tree", short(&results.tree.sha256).into()),
        ("version", results.tool.version.clone().into()),
    ])
}

/// The same, of results whose digest is not at hand.
pub fn digests_of(results: &Results) -> Text {
    digests(results, &hex(&Sha256::digest(to_json(results).as_bytes())))
}

/// The same, where no results of one unit stand behind a document.
pub fn digest_of_tree(tree: &Tree) -> Text {
    t("指标体系摘要 {tree}，ecap {version}", "Tree digest {tree}, ecap {version}")
        .with(&[("tree", short(&tree.sha256).into()), ("version", env!("CARGO_PKG_VERSION").into())])
}

/// The first characters of a digest, enough to tell files apart.
fn short(digest: &str) -> String {
    digest.chars().take(16).collect()
}

/// Who is responsible for an item, as the place calls it.
fn lead_of(facts: &Facts<'_>, index: usize) -> Text {
    Text::join(&facts.tree.asked(index), "、", ", ")
}
