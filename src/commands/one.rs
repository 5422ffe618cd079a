//! The results of one unit and period, with the tree they were scored by: from workbooks, or from `results.json`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::inputs::{self, Assessment, Inputs, RESULTS};
use crate::commands::{
    Command, MERGE, MISSING, Outcome, PERIOD, PROFILE, SETTINGS, Session, TARGET, UNIT, assess, messages, options, score,
};
use crate::error::{Failure, io_reason};
use crate::finding::{Finding, any_error};
use crate::result::{self, Results};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::name;

/// One unit's results, with the tree as they were scored by it, and the digest of their file.
pub struct One {
    pub results: Results,
    pub tree: Tree,
    /// SHA-256 of the `results.json`.
    pub digest: String,
    pub outcome: Outcome,
}

/// The unit's results, from workbooks the way `score` goes, or from its `results.json`; `lost` is what cannot be done without any.
pub fn read(paths: &[PathBuf], command: &Command, lost: Text, parsed: &Parsed, session: &mut Session<'_>) -> Result<One, Failure> {
    let is_results = |path: &&PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    match paths.iter().filter(is_results).count() {
        0 => {}
        count if count == paths.len() => return stored(paths, command, parsed, session),
        _ => {
            return Err(t(
                "results.json 和工作簿不能一起给：前者是已经算好的结果。请只给一种。",
                "Name either results.json or workbooks, not both: the former is scored already.",
            )
            .into());
        }
    }
    let mut assessment = inputs::prepare(paths, parsed, session)?;
    options::apply_policy(parsed, &mut assessment.tree)?;
    let given = options::given(parsed, assessment.settings.as_ref());
    let inputs = match assessment.read(&given) {
        Ok(inputs) => inputs,
        // A folder that `score` wrote with --format json holds no workbook at all.
        Err(failure) => {
            let found = beside(paths);
            return if found.is_empty() { Err(failure) } else { stored(&found, command, parsed, session) };
        }
    };
    let found = beside(paths);
    if inputs.files.iter().all(|file| file.filled.is_none()) && !found.is_empty() {
        return stored(&found, command, parsed, session);
    }
    let only_by_flag = decided(&assessment, &inputs, parsed)?;
    let not_again = assessment.not_again(paths, &inputs);
    let mut assessed = assess::assess(&assessment, inputs, false);
    score::folders(&mut assessed.units);
    if assessed.units.is_empty() {
        // What a page of a report looks like to whoever reads surveys is nothing to tell.
        let is_page = |finding: &Finding| finding.place.file.as_deref().is_some_and(|name| inputs::is_page(Path::new(name)));
        assessed.findings.retain(|finding| not_again.is_none() || !is_page(finding));
        messages::findings(&assessed.findings, &[], session)?;
        if let Some(text) = not_again {
            return Err(text.into());
        }
        return Err(t("没有一份表能计分，{lost}。", "No workbook could be scored, {lost}.").with(&[("lost", lost)]).into());
    }
    let results = chosen(assessed.units, parsed)?;
    let outcome = if any_error(&results.findings) { Outcome::InputErrors } else { Outcome::Done };
    let own = |(_, unit, period): &(String, String, String)| *unit == results.unit.name && *period == results.period;
    let files: Vec<Text> = only_by_flag.into_iter().filter(own).map(|(file, ..)| file.into()).collect();
    if !files.is_empty() {
        session.say(
            &t(
                "因写了 --unit 或 --period 才计入的有：{files}。ecap score 不写它们时没有计入，得分会不同。",
                "Counted only because --unit or --period is given: {files}. Without them ecap score leaves these out, and its scores differ.",
            )
            .with(&[("files", Text::join(&files, "、", ", "))]),
        )?;
    }
    if outcome == Outcome::InputErrors {
        session.say(
            &t("收回的表中有 {tally}；ecap check 逐条列出。", "In the surveys: {tally}; ecap check lists them.")
                .with(&[("tally", messages::tally(&results.findings))]),
        )?;
    }
    let digest = sha256(result::to_json(&results).as_bytes());
    Ok(One { results, tree: assessment.tree, digest, outcome })
}

fn sha256(bytes: &[u8]) -> String {
    crate::tree::hex(&Sha256::digest(bytes))
}

/// Files, with unit and period, that are scored so only since `--unit` or `--period` decides.
fn decided(assessment: &Assessment, inputs: &Inputs, parsed: &Parsed) -> Result<Vec<(String, String, String)>, Failure> {
    if parsed.value(&UNIT).is_none() && parsed.value(&PERIOD).is_none() {
        return Ok(Vec::new());
    }
    let scored = |inputs: &Inputs| -> BTreeSet<(String, String, String)> {
        let filled = inputs.files.iter().filter_map(|file| file.filled.as_ref());
        filled.map(|filled| (filled.file.clone(), filled.unit.clone(), filled.period.clone())).collect()
    };
    let without = scored(&assessment.read(&options::given_by(None, None, assessment.settings.as_ref()))?);
    Ok(scored(inputs).difference(&without).cloned().collect())
}

/// The `results.json` in the folders named, or one folder below, as `score` writes them.
pub fn beside(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| path.is_dir()) {
        let below = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
        let mut folders: Vec<PathBuf> = below.collect();
        folders.sort();
        folders.insert(0, path.clone());
        found.extend(folders.into_iter().map(|folder| folder.join(RESULTS)).filter(|file| file.is_file()));
    }
    found
}

/// The same from `results.json`: scored already, so nothing can change a number any more.
fn stored(paths: &[PathBuf], command: &Command, parsed: &Parsed, session: &mut Session<'_>) -> Result<One, Failure> {
    for flag in [&MERGE, &MISSING, &TARGET, &SETTINGS, &PROFILE] {
        if parsed.value(flag).is_some() {
            return Err(t(
                "results.json 是已经算好的结果，--{flag} 改不了它。要改，请给出工作簿。",
                "results.json is scored already and --{flag} cannot change it. Name the workbooks instead.",
            )
            .with(&[("flag", flag.name.into())])
            .into());
        }
    }
    let mut tree = options::tree(parsed, session)?;
    let mut all: Vec<(Results, String, &PathBuf)> = Vec::new();
    for path in paths {
        let wrong = |reason: Text| {
            t("{path}：{reason}。", "{path}: {reason}.").with(&[("path", path.display().to_string().into()), ("reason", reason)])
        };
        let bytes = fs::read(path).map_err(|error| wrong(io_reason(&error)))?;
        let results = result::from_json(&String::from_utf8_lossy(&bytes)).map_err(wrong)?;
        let digest = sha256(&bytes);
        if all.iter().any(|(_, known, _)| *known == digest) {
            continue;
        }
        all.push((results, digest, path));
    }
    let results = chosen(distinct(&all)?, parsed)?;
    let is_own = |one: &&(Results, String, &PathBuf)| key(&one.0) == key(&results);
    let Some((_, digest, path)) = all.iter().find(is_own) else { return Err(nothing_named(command).into()) };
    result::restore(&results, &mut tree).map_err(|reason| {
        t("{path}：{reason}。", "{path}: {reason}.").with(&[("path", path.display().to_string().into()), ("reason", reason)])
    })?;
    Ok(One { results, tree, digest: digest.clone(), outcome: Outcome::Done })
}

fn key(results: &Results) -> (&str, &str) {
    (&results.unit.name, &results.period)
}

/// The results, if no two different ones are of one unit and period: no flag could choose between them.
fn distinct(all: &[(Results, String, &PathBuf)]) -> Result<Vec<Results>, Failure> {
    for (at, (results, _, path)) in all.iter().enumerate() {
        if let Some((_, _, other)) = all[..at].iter().find(|(other, ..)| key(other) == key(results)) {
            return Err(t(
                "{unit} {period} 有两份不同的结果：{one} 和 {two}。请只指明一份。",
                "There are two different results of {unit} {period}: {one} and {two}. Name one of them.",
            )
            .with(&[
                ("one", other.display().to_string().into()),
                ("two", path.display().to_string().into()),
                ("period", results.period.clone().into()),
                ("unit", results.unit.name.clone().into()),
            ])
            .into());
        }
    }
    Ok(all.iter().map(|(results, ..)| results.clone()).collect())
}

/// The one unit and period meant.
fn chosen(units: Vec<Results>, parsed: &Parsed) -> Result<Results, Failure> {
    let named: Vec<Text> =
        units.iter().map(|results| Text::join(&[results.unit.name.clone().into(), results.period.clone().into()], " ", " ")).collect();
    let found = || Text::join(&named, "、", ", ");
    let wanted = |flag, own: &str| parsed.value(flag).is_none_or(|value| name(value) == own);
    let meant = |results: &Results| wanted(&UNIT, &results.unit.name) && wanted(&PERIOD, &results.period);
    let mut fitting: Vec<Results> = units.into_iter().filter(meant).collect();
    match fitting.len() {
        1 => Ok(fitting.remove(0)),
        0 => {
            let asked: Vec<Text> = [&UNIT, &PERIOD].iter().filter_map(|flag| parsed.value(flag)).map(Text::from).collect();
            Err(t("没有“{asked}”的结果。读到的是：{found}。", "There is nothing of \"{asked}\". Found: {found}.")
                .with(&[("found", found()), ("asked", Text::join(&asked, " ", " "))])
                .into())
        }
        _ => {
            let fit: Vec<Text> = fitting
                .iter()
                .map(|results| Text::join(&[results.unit.name.clone().into(), results.period.clone().into()], " ", " "))
                .collect();
            Err(t(
                "读到 {count} 个单位或评估期：{found}。请用 --unit 或 --period 选一个。",
                "There are {count} units or periods: {found}. Choose one with --unit or --period.",
            )
            .with(&[("count", fit.len().into()), ("found", Text::join(&fit, "、", ", "))])
            .into())
        }
    }
}
