//! What `ecap plan` reads beside surveys: ledgers and tables of costs, known by their hidden stores.

use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis::plan::Costs;
use crate::costs;
use crate::error::{Failure, io_reason};
use crate::finding::{Finding, any_error};
use crate::ledger::{self, Filled};
use crate::result::Results;
use crate::sheet::{self, Book};
use crate::survey::cover::Store;
use crate::survey::layout::{COVER, STORE, is};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::Date;

/// A workbook of the plan's own among the inputs.
pub struct Own {
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
    book: Book,
}

/// What a workbook of ecap says it is, where only `plan` reads it.
pub fn kind_of(path: &Path) -> Option<(String, Vec<u8>, Book)> {
    let names = sheet::sheet_names(path);
    // Surveys are not opened for this: they have a cover.
    if !names.iter().any(|name| name == STORE) || names.iter().any(|name| is(name, &COVER)) {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let book = Book::open(bytes.clone(), "", &mut Vec::new())?;
    let kind = Store::of(&book).value("kind");
    [costs::KIND, ledger::KIND].contains(&kind.as_str()).then_some((kind, bytes, book))
}

/// The workbooks of a kind that the arguments lead to; copies of one are one.
pub fn own_workbooks(arguments: &[PathBuf], kind: &str) -> Result<Vec<Own>, Failure> {
    let workbooks: Vec<PathBuf> = arguments.iter().filter(|path| !is_json(path)).cloned().collect();
    let mut all: Vec<Own> = Vec::new();
    for input in sheet::find(&workbooks, &mut Vec::new())? {
        let Some((own, bytes, book)) = kind_of(&input.path) else { continue };
        if own == kind && !all.iter().any(|known| known.bytes == bytes) {
            all.push(Own { name: input.name, path: input.path, bytes, book });
        }
    }
    Ok(all)
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// What `--costs`, or the one table of costs among the inputs, says.
pub fn stated_costs(found: Vec<Own>, named: Option<&str>, tree: &Tree, findings: &mut Vec<Finding>) -> Result<Costs, Failure> {
    let own = match named {
        Some(path) => {
            let wrong = |reason: Text| {
                t("{path}：{reason}。请核对 --costs。", "{path}: {reason}. Please check --costs.")
                    .with(&[("path", path.into()), ("reason", reason)])
            };
            fs::metadata(path).map_err(|error| wrong(io_reason(&error)))?;
            let table = kind_of(Path::new(path)).filter(|(kind, ..)| kind == costs::KIND);
            let (_, bytes, book) =
                table.ok_or_else(|| wrong(t("不是 ecap plan 做的措施费用表", "it is no table of costs that ecap plan made")))?;
            let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Some(Own { name, path: PathBuf::from(path), bytes, book })
        }
        None => chosen_table(found, tree)?,
    };
    Ok(own.and_then(|own| costs::read(&own.book, &own.name, tree, findings)).unwrap_or_default())
}

/// The latest ledger that somebody has worked on, its copies put together; none where nobody has.
pub fn last_ledger(
    found: Vec<Own>,
    results: &Results,
    tree: &Tree,
    today: Option<Date>,
    findings: &mut Vec<Finding>,
) -> Result<Option<Filled>, Failure> {
    let mut all: Vec<(Filled, Vec<Finding>)> = Vec::new();
    for own in found {
        let mut said = Vec::new();
        match ledger::read(&own.book, &own.name, tree, &results.unit.name, today, &mut said) {
            Some(filled) => all.push((filled, said)),
            None => findings.extend(said),
        }
    }
    let Some(latest) = all.iter().filter(|(filled, _)| filled.touched).map(|(filled, _)| filled.issue).max() else { return Ok(None) };
    all.retain(|(filled, _)| filled.issue == latest);
    let Some(first) = all.iter().find(|(filled, _)| filled.touched).map(|(filled, _)| filled.clone()) else { return Ok(None) };
    if let Some((other, _)) = all.iter().find(|(filled, _)| filled.touched && !ledger::is_copy(filled, &first)) {
        return Err(t(
            "有两份整改台账，都是第 {issue} 期，却不是同一次发出的，不能合并：{first} 和 {second}。请只留一次发出的。",
            "There are two ledgers of issue {issue} that were not handed out as one and cannot be put together: {first} and {second}. Keep those that were.",
        )
        .with(&[("issue", latest.into()), ("first", file_of(&first)), ("second", file_of(other))])
        .into());
    }
    all.retain(|(filled, _)| ledger::is_copy(filled, &first));
    findings.extend(all.iter().filter(|(filled, _)| filled.touched).flat_map(|(_, said)| said.iter().cloned()));
    let merged = ledger::merged(all.into_iter().map(|(filled, _)| filled).collect());
    findings.extend(merged.iter().flat_map(|filled| &filled.said).map(|said| said.finding.clone()));
    Ok(merged)
}

/// The one table of costs that somebody filled in; of those that nobody touched since this program wrote them, one that states something.
fn chosen_table(found: Vec<Own>, tree: &Tree) -> Result<Option<Own>, Failure> {
    struct Table {
        own: Own,
        /// What it says; none where not all of it could be read.
        digest: Option<String>,
        as_written: bool,
    }
    let mut tables: Vec<Table> = Vec::new();
    for own in found {
        let mut said = Vec::new();
        let read = costs::read(&own.book, &own.name, tree, &mut said);
        let is_read = !any_error(&said);
        // A table that was handed out and not filled in is none.
        if is_read && read.as_ref().is_some_and(|read| costs::says_nothing(read, tree)) {
            continue;
        }
        let digest = read.as_ref().filter(|_| is_read).map(costs::digest);
        // The same values are one table, whoever wrote them.
        if let Some(same) = tables.iter_mut().find(|table| digest.is_some() && table.digest == digest) {
            same.as_written &= read.is_some_and(|read| costs::is_as_written(&own.book, &read));
            continue;
        }
        let as_written = read.is_some_and(|read| costs::is_as_written(&own.book, &read));
        tables.push(Table { own, digest, as_written });
    }
    // What this program wrote from earlier values never stands against what somebody typed.
    if tables.iter().any(|table| !table.as_written) {
        tables.retain(|table| !table.as_written);
    }
    if let [first, second, ..] = tables.as_slice() {
        return Err(t(
            "有两份填得不同的措施费用表：{first} 和 {second}。请只留一份，或用 --costs 指明。",
            "There are two tables of costs that say different things: {first} and {second}. Keep one, or name it with --costs.",
        )
        .with(&[("first", first.own.path.display().to_string().into()), ("second", second.own.path.display().to_string().into())])
        .into());
    }
    Ok(tables.into_iter().next().map(|table| table.own))
}

fn file_of(ledger: &Filled) -> Text {
    ledger.files.first().cloned().unwrap_or_default().into()
}
