//! Copies of surveys with findings, each marked in its cell, to send back to those who filled them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::answers::{self, Outdated};
use crate::commands::cli::Parsed;
use crate::commands::inputs::Assessment;
use crate::commands::{Session, options};
use crate::error::Failure;
use crate::finding::{Finding, Severity};
use crate::scale;
use crate::sheet::names::Names;
use crate::sheet::open::SHEET_UNREADABLE;
use crate::sheet::replace::replace;
use crate::sheet::{Book, place_of};
use crate::survey::Mark;
use crate::survey::mend::{self, Source};
use crate::text::{Text, t};

/// What a copy is called after the file it was made from.
const ENDING: Text = t("（待改）", " (to mend)");

/// Among the surveys the copies would be read as surveys the next time.
pub fn outside(out: &Path, arguments: &[PathBuf]) -> Result<(), Failure> {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_path_buf());
    let real = absolute.ancestors().find_map(|folder| {
        let rest = absolute.strip_prefix(folder).ok()?;
        Some(fs::canonicalize(folder).ok()?.join(rest))
    });
    let inside = |folder: &PathBuf| fs::canonicalize(folder).is_ok_and(|folder| real.as_ref().is_some_and(|out| out.starts_with(folder)));
    if arguments.iter().any(inside) {
        return Err(t(
            "{out} 在要检查的文件夹里，下次检查会把副本也当作交来的表。请用 --fix-copy 换一个位置。",
            "{out} lies in a folder that is checked; the next check would take the copies for surveys. Choose another place with --fix-copy.",
        )
        .with(&[("out", out.display().to_string().into())])
        .into());
    }
    Ok(())
}

/// A copy of each file with an error or a warning that can be opened; one that somebody worked on is kept. Of a file that was sent again
/// none: who mended it would send old answers as his newest.
pub fn write(
    out: &Path,
    findings: &[Finding],
    outdated: &[Outdated],
    assessment: &Assessment,
    parsed: &Parsed,
    session: &mut Session<'_>,
) -> Result<(), Failure> {
    let told: Vec<Finding> = findings.iter().map(|finding| as_of_last(finding, outdated)).collect();
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &told {
        if let Some(file) = &finding.place.file {
            by_file.entry(file).or_default().push(finding);
        }
    }
    by_file.retain(|_, findings| findings.iter().any(|finding| finding.severity != Severity::Note));
    let lang = options::file_lang(parsed)?;
    let (given, date) = (options::given(parsed, assessment.settings.as_ref()), options::date(parsed)?);
    let mut names: BTreeMap<PathBuf, Names> = BTreeMap::new();
    let mut written = 0;
    for (file, findings) in by_file {
        let paths: Vec<&Path> = assessment.paths(file).collect();
        let mut skip = |why: Text| {
            session.say(
                &t("{file} 没有做待改副本：{why}。", "No copy of {file} was made: {why}.").with(&[("file", file.into()), ("why", why)]),
            )
        };
        if let Some(last) = outdated.iter().find(|outdated| outdated.file == file) {
            skip(t("后来又报送了{by}", "it was sent again as {by}").with(&[("by", last.by.as_str().into())]))?;
            continue;
        }
        let path = match paths[..] {
            // A settings workbook is not sent back, nor what was passed over by its name.
            [] => continue,
            [path] => path,
            _ => {
                skip(t("有两份同名的文件，请分开检查", "there are two files of that name; check them one by one"))?;
                continue;
            }
        };
        if findings.iter().any(|finding| finding.code == SHEET_UNREADABLE.code) {
            skip(t("有一张工作表读不出来，副本会少这一张", "one of its sheets cannot be read and would be missing"))?;
            continue;
        }
        let book = match assessment.limits.too_large(path, file) {
            Some(_) => None,
            None => fs::read(path).ok().and_then(|bytes| Book::open_within(&bytes, file, &assessment.limits, &mut Vec::new())),
        };
        let Some(book) = book else {
            skip(t("文件没有读出来，请照上面说的办", "it was not read; see what is said of it above"))?;
            continue;
        };
        let mut marks: Vec<Mark> = findings.iter().map(|finding| mark(finding)).collect();
        mend::sort(&mut marks, &book);
        let source = Source { book: &book, file, tree: &assessment.tree, given: &given, marks: &marks };
        let bytes = mend::copy(&source, &assessment.limits, lang, date)?;
        let (folder, stem) = parts(file);
        let name = names.entry(folder.clone()).or_default().distinct(&stem, &format!("{}.xlsx", ENDING.get(lang)));
        let path = free(out.join(folder).join(name), assessment, session)?;
        replace(&path, &bytes)?;
        written += 1;
        session.say(&t("已写好 {path}", "Wrote {path}").with(&[("path", path.display().to_string().into())]))?;
    }
    if written == 0 {
        session.say(&t("没有写出待改副本。", "No copy was written."))?;
    }
    Ok(())
}

/// What is wrong in two submissions alike is told of the first file only: in the copy of the last it is no less wrong.
fn as_of_last(finding: &Finding, outdated: &[Outdated]) -> Finding {
    let last = outdated.iter().any(|outdated| finding.place.file.as_ref() == Some(&outdated.by));
    let severity = scale::KINDS.iter().find(|kind| last && kind.code == finding.code).map(|kind| kind.severity);
    Finding { severity: severity.unwrap_or(finding.severity), ..finding.clone() }
}

/// The folder of a file below the argument, and its name without ending; a copy of a copy is called like the first.
fn parts(file: &str) -> (PathBuf, String) {
    let path = Path::new(file);
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let first = match stem.rsplit_once('~') {
        Some((first, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => first,
        _ => &stem,
    };
    let own = [&ENDING.zh, &ENDING.en].into_iter().find_map(|ending| first.strip_suffix(ending.as_ref()));
    (path.parent().map(Path::to_path_buf).unwrap_or_default(), own.unwrap_or(&stem).to_string())
}

/// Where a copy goes: one that somebody worked on is kept, and ours stands beside it.
fn free(path: PathBuf, assessment: &Assessment, session: &mut Session<'_>) -> Result<PathBuf, Failure> {
    let worked_on = |path: &Path| {
        path.exists()
            && !(assessment.limits.too_large(path, "").is_none()
                && fs::read(path).is_ok_and(|bytes| mend::is_untouched(&bytes, &assessment.limits)))
    };
    if !worked_on(&path) {
        return Ok(path);
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut number = 2;
    let beside = loop {
        let beside = path.with_file_name(format!("{stem}~{number}.xlsx"));
        if !worked_on(&beside) {
            break beside;
        }
        number += 1;
    };
    session.say(
        &t(
            "{path} 有人改过并保存了，没有改动；这次的副本写在 {beside}。",
            "{path} was edited and saved by somebody and was left alone; this copy is {beside}.",
        )
        .with(&[("path", path.display().to_string().into()), ("beside", beside.display().to_string().into())]),
    )?;
    Ok(beside)
}

/// A finding as it stands in a copy.
pub fn mark(finding: &Finding) -> Mark {
    Mark {
        severity: finding.severity,
        of_answer: scale::KINDS.iter().any(|kind| kind.code == finding.code),
        settled: answers::is_settled(finding),
        sheet: finding.place.sheet.clone(),
        at: finding.place.cell.as_deref().and_then(place_of),
        what: finding.what(),
        advice: finding.advice.clone(),
    }
}
