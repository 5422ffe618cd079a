//! A filled workbook becomes its cover and raw rows. Judges no answer; says what it could not place.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::{Cause, Typed};
use crate::sheet::{Book, Sheet};
use crate::survey::cover::{self, Cover, Given, NO_PERIOD, NO_UNIT, Store};
use crate::survey::header::{header, is_review_unread, is_unread, once_a_workbook};
use crate::survey::issued::{self, ISSUED};
use crate::survey::layout::{ASSESSOR, CoverLabel, STORE, is};
use crate::survey::marks::LIST;
use crate::survey::rows::Lookup;
use crate::survey::table::Table;
use crate::survey::tables::tables;
use crate::survey::twice::once_each;
use crate::survey::{dragged, grouped, guides, longer, misplaced, over, own, rows, unread};
use crate::text::t;
use crate::tree::Tree;

pub static NOT_A_SURVEY: FindingKind = FindingKind::new(
    "input-not-a-survey",
    Severity::Error,
    t("不是自评表：没有封面，也没有“编号”和“自评”的表头。", "It is no survey: it has neither a cover nor a header row with Ref and Self."),
    t("请核对是否放错了文件。", "Check whether it is the right file."),
);
pub static KINDS: [&FindingKind; 1] = [&NOT_A_SURVEY];

/// Places named of one list.
pub(super) const NAMED: usize = 8;

/// Whose workbook it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Survey,
    Review,
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
    /// Is there a sheet of it whose 自评 was not found?
    pub unread: bool,
    /// What spoilt a sheet as a whole, or of it the cell that is named.
    pub causes: Vec<(String, Option<String>, Cause)>,
    /// Items whose answer seems to stand in another column, which is told.
    pub elsewhere: Vec<usize>,
    pub rows: Vec<Row>,
}

/// One item's row, the first filled one where it stands twice.
#[derive(Clone, Debug)]
pub struct Row {
    /// Index into the tree's items.
    pub item: usize,
    /// Do its ref and its question name another item than its id?
    pub moved_id: bool,
    pub sheet: String,
    pub own: Option<RawCell>,
    pub review: Option<RawCell>,
    pub evidence: String,
    pub note: String,
    pub review_note: String,
    /// A review workbook's: how it was verified, and the copy of the self-ratings, as they stand.
    pub verification: String,
    pub verification_cell: Option<String>,
    pub others: String,
    /// None where the sheet has no such column.
    pub others_cell: Option<String>,
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
pub fn read(book: &Book, file: &str, tree: &Tree, given: &Given, findings: &mut Vec<Finding>) -> Option<Filled> {
    let store = Store::of(book);
    if let Some(own) = own::said(&store.value("kind"), file) {
        findings.push(own);
        return None;
    }
    let kind = if store.value("kind") == "review" { Kind::Review } else { Kind::Survey };
    let cover_index = cover::position(book);
    let mut rows = Vec::new();
    let (mut survey_sheets, mut without_rows, mut astray) = (0, Vec::new(), Vec::new());
    let (mut causes, mut elsewhere) = (Vec::new(), Vec::new());
    let before = findings.len();
    let lookup = Lookup::of(tree);
    let of_this_tree = guides::of_this_tree(book, cover_index, file, tree);
    let is_theirs = |(_, sheet): &(usize, &Sheet)| sheet.name != STORE && !is(&sheet.name, &LIST);
    let mut all = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate().filter(is_theirs) {
        all.extend(tables(sheet, file, findings).into_iter().map(|table| (index, table)));
    }
    for (index, sheet) in all {
        let mut header_findings = Vec::new();
        let found = header(&sheet, kind, file, &mut header_findings);
        if Some(index) != cover_index {
            findings.append(&mut header_findings);
        }
        let Some(header) = found else {
            without_rows.push(index);
            continue;
        };
        survey_sheets += 1;
        let (sheet, unread) = longer::cut(&sheet, &header, file, &lookup, findings);
        elsewhere.extend(unread);
        let found = rows::item_rows(&sheet, &header, kind, file, &lookup, findings);
        let told = Table::new(&sheet, &header, &found.rows, file, &lookup, of_this_tree).told(kind, &found.strays);
        findings.extend(told.findings);
        astray.extend(told.astray.then(|| sheet.name.clone()));
        causes.extend(told.causes.into_iter().map(|(cell, cause)| (sheet.name.clone(), cell, cause)));
        elsewhere.extend(told.elsewhere);
        rows.extend(found.rows.into_iter().map(|(_, row)| row));
    }
    once_a_workbook(findings, before);
    let unread = findings[before..].iter().any(is_unread);
    if cover_index.is_none() && survey_sheets == 0 {
        findings.push(NOT_A_SURVEY.at(Place::file(file), &[]));
        return None;
    }
    if kind == Kind::Survey {
        let is_told = |sheet: &Sheet, told: &[Finding]| told.iter().any(|told| told.place.sheet.as_ref() == Some(&sheet.name));
        for sheet in without_rows.iter().map(|index| &book.sheets[*index]) {
            let said = if is_told(sheet, &findings[before..]) { None } else { unread::items(sheet, file, &lookup, &rows) };
            findings.extend(said);
        }
    }
    findings.extend(cover::others(book, cover_index, &without_rows, file));
    let cover = Cover { sheet: cover_index.and_then(|index| book.sheets.get(index)), file, csv: book.csv };
    findings.extend(cover.gone(book));
    let ours = cover.belongs_to(tree, findings);
    cover.of_profile(&store.value("profile"), tree, findings);
    let unit = cover.decided(CoverLabel::Unit, &store.value("unit"), given.unit.as_ref(), "--unit", &NO_UNIT, findings);
    let period = cover.decided(CoverLabel::Period, &store.value("period"), given.period.as_ref(), "--period", &NO_PERIOD, findings);
    cover.stands_in(unit.as_deref(), period.as_deref(), findings);
    let respondent = cover.respondent(&store.value("respondent"), tree, findings);
    if kind == Kind::Survey {
        findings.extend(cover.named_otherwise(&respondent, tree));
    }
    let submission = cover.submission(findings);
    let rows = once_each(rows, file, tree, findings);
    if kind == Kind::Survey && !is(&respondent, &ASSESSOR) {
        findings.extend(misplaced::reviews_alone(&rows, file, tree));
    }
    let beside = |row: &Row| {
        let own = row.own.as_ref().map(|own| own.cell.as_str());
        causes.iter().any(|(sheet, cell, cause)| *cause == Cause::Beside && *sheet == row.sheet && cell.as_deref() == own)
    };
    findings.extend(dragged::bare_numbers(&rows, |row| astray.contains(&row.sheet) || beside(row), file, tree));
    if let Some((said, cells)) = grouped::grouped(&rows, file, tree) {
        findings.push(said);
        causes.extend(cells.into_iter().map(|(sheet, cell)| (sheet, Some(cell), Cause::Grouped)));
    }
    if let Some((said, cells)) = over::over(&rows, file, tree) {
        findings.push(said);
        causes.extend(cells.into_iter().map(|(sheet, cell)| (sheet, Some(cell), Cause::DigitsGone)));
    }
    // Rows of a sheet without 复核, or under the ids of other items, are not gone; that is said of the sheet.
    let ids_moved = causes.iter().any(|(.., cause)| *cause == Cause::IdsMoved);
    if !ids_moved && (kind == Kind::Survey || !findings[before..].iter().any(is_review_unread)) {
        findings.extend(issued::missing(&store.value(ISSUED), kind, submission, &rows, file, tree));
    }
    if kind == Kind::Survey {
        findings.extend(issued::beyond(&store.value(ISSUED), &rows, &respondent, file, tree));
    }
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
        unread,
        causes,
        elsewhere,
        rows,
    })
}

impl Filled {
    /// What spoilt a cell or else its sheet as a whole, the first thing said of it.
    pub fn cause(&self, sheet: &str, cell: &str) -> Option<Cause> {
        let of = |wanted: Option<&str>| self.causes.iter().find(|(name, cell, _)| name == sheet && cell.as_deref() == wanted);
        of(Some(cell)).or_else(|| of(None)).map(|(.., cause)| *cause)
    }

    /// Is nothing typed in any answer cell?
    pub fn is_blank(&self) -> bool {
        !self.rows.iter().any(Row::is_filled)
    }
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
