//! Results become documents, documents bytes. Chooses and orders; computes no score.

pub mod assessment;
pub mod audit;
pub mod compare;
pub mod document;
pub mod explain;
pub mod format;
pub mod item;
pub mod living;
pub mod plan;
pub mod returns;
pub mod strict;
pub mod train;

use crate::analysis::adjustments::{self, Adjustments};
use crate::analysis::indices::{self, Indices};
use crate::analysis::legal::{self, Legal};
use crate::analysis::needs::{self, HazardNeeds};
use crate::analysis::steps::{self, NearStep, NextStep};
use crate::analysis::views::{self, View};
use crate::analysis::weak_points::{self, WeakPoint};
use crate::error::Failure;
use crate::number::snapped;
use crate::result::Results;
use crate::text::{Lang, Text};
use crate::tree::Tree;
use crate::unit::Date;

use document::Document;

/// A report: what it is called and how it is laid out.
pub struct Report {
    pub name: &'static str,
    pub document: fn(&Facts<'_>) -> Document,
}

/// All reports.
pub static REPORTS: [Report; 1] = [assessment::ENTRY];

/// What a report draws on: numbers from the results, texts and scale parameters from the tree.
pub struct Facts<'a> {
    pub results: &'a Results,
    pub tree: &'a Tree,
    /// SHA-256 of the `results.json` beside the report.
    pub digest: String,
    /// The analyses, each made once.
    pub weak: Vec<WeakPoint>,
    /// What to mend first: indices into the results' items.
    pub first: Vec<usize>,
    /// Items just short of a step, those that gain most first.
    pub near: Vec<NearStep>,
    /// Items below what the law asks for.
    pub legal: Legal,
    /// What the reviews moved.
    pub adjustments: Adjustments,
    /// The answers by facet, level and lead.
    pub views: Vec<View>,
    /// Completeness, coordination, strength.
    pub indices: Indices,
    /// Need and capability of each hazard stated.
    pub needs: Vec<HazardNeeds<'a>>,
    /// One an item, in the results' order.
    pub next: Vec<Option<NextStep>>,
}

impl<'a> Facts<'a> {
    pub fn new(results: &'a Results, tree: &'a Tree, digest: String) -> Self {
        let mut near = steps::near_steps(results, tree);
        let views = views::views(results, tree);
        near.sort_by_key(|near| std::cmp::Reverse(snapped(near.next.gain)));
        Facts {
            digest,
            weak: weak_points::weak_points(results),
            first: weak_points::first_things(results),
            near,
            legal: legal::legal(results),
            adjustments: adjustments::adjustments(results, tree),
            indices: indices::indices(results, tree, &views),
            views,
            next: (0..results.items.len()).map(|index| steps::next_step(results, tree, index)).collect(),
            needs: needs::needs(results, tree),
            results,
            tree,
        }
    }

    /// The next step of an item, where it has one.
    pub fn next_step(&self, item: usize) -> Option<&NextStep> {
        self.next.get(item)?.as_ref()
    }
}

/// A file of a report.
pub struct Output {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A document, the reader's language and the date in file properties become files.
pub type WriteDocument = fn(&Document, Lang, Date) -> Result<Vec<Output>, Failure>;

/// A file format: its name in `--format` and how it turns a document into files.
pub struct Format {
    pub name: &'static str,
    pub write: WriteDocument,
}

pub use format::{PARTED, is_untouched, lines};

pub fn format_named(name: &str) -> Option<&'static Format> {
    format::FORMATS.iter().find(|format| format.name == name)
}

/// The names that `--format` takes.
pub fn format_names() -> Text {
    let names: Vec<Text> = format::FORMATS.iter().map(|format| format.name.into()).chain(["json".into()]).collect();
    Text::join(&names, "、", ", ")
}

/// A document's sheets as a workbook.
pub fn workbook(document: &Document, lang: Lang, date: Date) -> Result<Vec<Output>, Failure> {
    (format::FORMATS[0].write)(document, lang, date)
}
