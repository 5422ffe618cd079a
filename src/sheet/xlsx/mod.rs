//! Workbooks of the .xlsx kind: value, formula, number format, notes, drawings, merged, hidden and filtered cells of a sheet in one pass over it.
//!
//! calamine gives value and formula, or value and style, and no notes and nothing hidden; two passes of it over an ordinary survey took
//! half as long again as this one (`benches/reading.rs`).

mod cells;
pub mod display;
mod drawn;
mod formulas;
pub(super) mod strings;
pub mod styles;

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::place::Place;
use crate::sheet::limits::Limits;
use crate::sheet::open::{INCOMPLETE, SHEET_UNREADABLE};
use crate::sheet::package::{DAMAGED, Package, Trouble, target};
use crate::sheet::xml::{Tag, attribute, prefixed, walk};
use crate::sheet::{Budget, Sheet, place_of};
use crate::text::{Text, t};
use formulas::Formulas;
use strings::Strings;
use styles::Style;

/// What the sheets of a workbook share.
struct Shared {
    strings: Strings,
    styles: Vec<Style>,
    /// Days count from 1904.
    from_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

const SAME_PART: Text = t("它与前面一张表是同一个部件", "it is the same part as a sheet before it");
const ROOT: &str = "_rels/.rels";
const USUAL: &str = "xl/workbook.xml";

/// Where the workbook is; other programs than Excel may call it otherwise.
pub fn main_part(package: &mut Package<'_>) -> Result<Option<String>, Trouble> {
    if package.has(USUAL) {
        return Ok(Some(USUAL.to_string()));
    }
    let Some(xml) = package.text(ROOT)? else { return Ok(None) };
    let found = relations(&xml, "").unwrap_or_default().into_iter().find(|one| one.kind == "officeDocument").map(|one| one.target);
    // A document and a presentation name their main part the same way.
    let is_other = |path: &String| ["word/", "ppt/"].iter().any(|folder| path.starts_with(folder));
    Ok(found.filter(|path| package.has(path) && path.ends_with(".xml") && !is_other(path)))
}

/// Every sheet of a workbook; a sheet that cannot be read is a finding and costs the others nothing.
pub fn read(
    package: &mut Package<'_>,
    part: &str,
    file: &str,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Sheet>, Trouble> {
    let xml = package.text(part)?.ok_or_else(Trouble::damaged)?;
    let (listed, from_1904) = sheets(&xml).ok_or_else(Trouble::damaged)?;
    let related = relations_of(package, part)?;
    let beside = |kind: &str| related.iter().find(|one| one.kind == kind).map(|one| one.target.clone());
    let mut budget = Budget::new(limits);
    let strings = match beside("sharedStrings").map(|path| package.text(&path)).transpose()?.flatten() {
        Some(xml) => strings::shared(&xml, &mut budget)?,
        None => Strings::default(),
    };
    let styles = match beside("styles").map(|path| package.text(&path)).transpose()?.flatten() {
        Some(xml) => styles::styles(&xml).ok_or_else(Trouble::damaged)?,
        None => Vec::new(),
    };
    let shared = Shared { strings, styles, from_1904 };
    let (mut all, mut formulas, mut parts) = (Vec::new(), Vec::<Formulas>::new(), BTreeSet::new());
    for one in listed {
        let Some(relation) = related.iter().find(|relation| relation.id == one.relation) else {
            findings.push(unreadable(file, &one.name, DAMAGED));
            continue;
        };
        // Chart sheets and the like have no cells.
        if relation.kind != "worksheet" {
            all.push(Sheet { name: one.name, hidden: one.hidden, ..Sheet::default() });
            continue;
        }
        // No program writes one, and reading a large part again and again has no end.
        if !parts.insert(relation.target.clone()) {
            findings.push(unreadable(file, &one.name, SAME_PART));
            continue;
        }
        match one_sheet(package, &relation.target, &shared, &mut budget, file, &one.name, findings) {
            Ok((sheet, its)) => {
                // Those before without any had no cells.
                formulas.resize_with(all.len(), Formulas::default);
                formulas.push(its);
                all.push(Sheet { name: one.name, hidden: one.hidden, ..sheet });
            }
            Err(Trouble::Damaged(reason)) => findings.push(unreadable(file, &one.name, reason)),
            Err(Trouble::Incomplete(reason)) => findings.push(INCOMPLETE.at(Place::sheet(file, &one.name), &[("reason", reason)])),
            Err(over) => return Err(over),
        }
    }
    formulas::tell(&mut all, &formulas);
    Ok(all)
}

fn unreadable(file: &str, name: &str, reason: Text) -> Finding {
    SHEET_UNREADABLE.at(Place::sheet(file, name), &[("sheet", name.into()), ("reason", reason)])
}

fn one_sheet(
    package: &mut Package<'_>,
    path: &str,
    shared: &Shared,
    budget: &mut Budget,
    file: &str,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Result<(Sheet, Formulas), Trouble> {
    let mut formulas = Formulas::within(budget.formulas);
    let xml = package.text(path)?.ok_or_else(Trouble::damaged)?;
    let mut sheet = cells::read(&xml, shared, budget, file, name, findings, &mut formulas)?;
    budget.formulas = formulas.left();
    if cells::has_drawings(&xml) {
        let related = relations_of(package, path)?;
        let beside = |kind: &str| related.iter().find(|one| one.kind == kind).map(|one| one.target.as_str());
        if let Some(xml) = beside("comments").map(|path| package.text(path)).transpose()?.flatten() {
            strings::notes(&xml, &mut sheet, budget)?;
        }
        if let Some(xml) = beside("drawing").map(|path| package.text(path)).transpose()?.flatten() {
            drawn::over(&xml, &mut sheet, budget)?;
        }
    }
    Ok((sheet, formulas))
}

/// The names of the sheets, without reading any.
pub fn names(package: &mut Package<'_>, part: &str) -> Option<Vec<String>> {
    let xml = package.text(part).ok()??;
    Some(sheets(&xml)?.0.into_iter().map(|one| one.name).collect())
}

fn sheets(xml: &str) -> Option<(Vec<Listed>, bool)> {
    let (mut all, mut from_1904, mut within) = (Vec::new(), false, false);
    let whole = walk(xml, |tag| match tag {
        Tag::Open("sheets", _) => within = true,
        Tag::Close("sheets") => within = false,
        Tag::Open("sheet", tag) if within => all.push(Listed {
            name: attribute(tag, "name").unwrap_or_default(),
            relation: prefixed(tag, "id").unwrap_or_default(),
            hidden: attribute(tag, "state").is_some_and(|state| state != "visible"),
        }),
        // An extension has a tag of that name too, which says nothing of dates.
        Tag::Open("workbookPr", tag) => {
            from_1904 |= attribute(tag, "date1904").is_some_and(|value| ["1", "true"].contains(&value.as_str()));
        }
        _ => {}
    });
    (whole && !all.is_empty()).then_some((all, from_1904))
}

struct Relation {
    id: String,
    /// The last word of its type, the same in both editions of the format.
    kind: String,
    target: String,
}

fn relations_of(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Trouble> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}/_rels/{name}.rels");
    package.text(&path)?.map_or(Ok(Vec::new()), |xml| relations(&xml, part).ok_or_else(Trouble::damaged))
}

/// None where the part breaks off.
fn relations(xml: &str, from: &str) -> Option<Vec<Relation>> {
    let mut all = Vec::new();
    let whole = walk(xml, |tag| {
        if let Tag::Open("Relationship", tag) = tag {
            let kind = attribute(tag, "Type").unwrap_or_default();
            all.push(Relation {
                id: attribute(tag, "Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_string(),
                target: target(from, &attribute(tag, "Target").unwrap_or_default()),
            });
        }
    });
    whole.then_some(all)
}

/// A cell's address within what a sheet can hold.
fn address(text: &str) -> Result<(u32, u32), Trouble> {
    place_of(text).ok_or_else(|| {
        Trouble::Damaged(
            t("单元格地址“{address}”不成立", "\"{address}\" is no address of a cell").with(&[("address", shortened(text).into())]),
        )
    })
}

pub fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}
