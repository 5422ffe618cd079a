//! `ecap compare`: several periods of one unit side by side, and where the change of the total came from.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::analysis::against::{Against, against};
use crate::analysis::change::Year;
use crate::baseline;
use crate::commands::cli::Parsed;
use crate::commands::{
    BASELINE, CROSSWALK, Command, DATE, FORMAT, JSON, LANG, MERGE, MISSING, OLD_TREE, OUT, Operands, Outcome, PERIOD, PROFILE, SETTINGS,
    Session, TARGET, TREE, UNIT, messages, options, periods,
};
use crate::error::Failure;
use crate::finding::{Finding, any_error};
use crate::place::Place;
use crate::report::compare::{self, Facts};
use crate::sheet::Book;
use crate::sheet::names::file_name;
use crate::sheet::replace::replace_all;
use crate::text::{Text, t};
use crate::tree::crosswalk::{self, Crosswalk};

pub static COMMAND: Command = Command {
    name: "compare",
    about: t("比较同一单位的几个评估期，说清变化从哪里来", "compare periods of one unit and tell where the change came from"),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t("各年收回的表的文件夹，或各年的 results.json", "each year's folder of returned surveys, or its results.json"),
        required: true,
    }),
    flags: &[
        &OUT, &BASELINE, &CROSSWALK, &OLD_TREE, &TREE, &UNIT, &PERIOD, &MERGE, &MISSING, &TARGET, &SETTINGS, &PROFILE, &FORMAT, &JSON,
        &LANG, &DATE,
    ],
    run,
};

const DEFAULT_OUT: &str = "reports";

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let lang = options::file_lang(parsed)?;
    let date = options::date(parsed)?;
    let formats = options::formats(parsed)?;
    let baseline = parsed.value(&BASELINE);
    let periods = periods::read(&parsed.operands(), if baseline.is_some() { 1 } else { 2 }, parsed, session)?;
    let mut findings = periods.findings.clone();
    let newest = periods.all.len() - 1;
    let Some(tree) = periods.all[newest].tree(&periods.trees) else {
        return Err(t(
            "{period} 的结果所用的指标体系（摘要 {digest}…）不在手边。请用 --tree 指明那一版。",
            "The tree of the results for {period} (digest {digest}...) is not at hand. Name that edition with --tree.",
        )
        .with(&[
            ("period", periods.all[newest].results.period.clone().into()),
            ("digest", periods.all[newest].results.tree.sha256.chars().take(16).collect::<String>().into()),
        ])
        .into());
    };
    let mut own = Vec::new();
    let stated = parsed.value(&CROSSWALK).map(|path| crosswalk::read(path, &mut own)).transpose()?;
    if any_error(&own) {
        return Err(Failure::Findings(own));
    }
    let crosswalk = stated.unwrap_or_default().over(Crosswalk::of_tree(tree));
    let against = baseline.map(|path| last_year(path, &periods.all[newest].results, &crosswalk, &mut findings)).transpose()?;
    let years = periods.all.iter().map(|period| Year { results: &period.results, tree: period.tree(&periods.trees) }).collect();
    let facts = Facts::new(years, &crosswalk, against)?;
    if parsed.is_set(&JSON) {
        session.print_json(&compare::json(&facts).to_string())?;
        return Ok(outcome(&findings));
    }
    let out = PathBuf::from(parsed.value(&OUT).unwrap_or(DEFAULT_OUT));
    let folder = out.join(file_name(&compare::folder_name(&facts, lang)));
    let document = compare::document(&facts);
    let mut files = Vec::new();
    for format in &formats {
        files.extend((format.write)(&document, lang, date)?.into_iter().map(|output| (folder.join(output.name), output.bytes)));
    }
    replace_all(&files)?;
    let baseline_codes = baseline::KINDS.map(|kind| kind.code);
    let told = |finding: &&Finding| finding.severity == crate::finding::Severity::Error || baseline_codes.contains(&finding.code.as_str());
    let errors: Vec<Finding> = findings.iter().filter(told).cloned().collect();
    messages::findings(&errors, &[], session)?;
    for line in compare::headline(&facts) {
        session.print(line.get(session.lang))?;
    }
    for line in hints(&facts) {
        session.print(line.get(session.lang))?;
    }
    let shown = folder.display().to_string();
    session.print(t("报告在 {folder}", "The report is in {folder}").with(&[("folder", shown.into())]).get(session.lang))?;
    Ok(outcome(&findings))
}

/// Options that would let more be compared; a report names none.
fn hints(facts: &Facts<'_>) -> Vec<Text> {
    let mut hints = Vec::new();
    if let Some(first) = facts.against.as_ref().and_then(|against| against.unmatched.first()) {
        let old = if first.name.is_empty() { &first.code } else { &first.name };
        hints.push(t(
            "对照表用 --crosswalk 给出，是一个文本文件，如 对照.yaml，一行一个改过的名称：",
            "The crosswalk is given by --crosswalk, a text file like crosswalk.yaml with a line for each name that changed:",
        ));
        hints.push("names:".into());
        let old = serde_json::Value::from(old.as_str()).to_string();
        let new = t("本年的名称", "this year's name");
        let line = |new: &str| format!("  - {{old: {old}, new: \"{new}\"}}");
        hints.push(Text::new(line(&new.zh), line(&new.en)));
    }
    if facts.last_step().is_some_and(|(before, _, _)| before.tree.is_none()) {
        hints.push(t("上年的指标体系用 --old-tree 给出。", "Last year's tree is given by --old-tree."));
    }
    hints
}

fn outcome(findings: &[Finding]) -> Outcome {
    if any_error(findings) { Outcome::InputErrors } else { Outcome::Done }
}

/// Reads last year's table and sets this year beside it.
fn last_year(path: &str, results: &crate::result::Results, crosswalk: &Crosswalk, findings: &mut Vec<Finding>) -> Result<Against, Failure> {
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(path).map_err(|error| {
        t(
            "读不了上年得分 {path}：{reason}。请核对 --baseline。",
            "Cannot read last year's scores {path}: {reason}. Please check --baseline.",
        )
        .with(&[("path", path.into()), ("reason", crate::error::io_reason(&error))])
    })?;
    let sha256 = crate::tree::hex(&Sha256::digest(&bytes));
    let mut own = Vec::new();
    let read = Book::open(bytes, &name, &mut own).and_then(|book| baseline::read(&book, &name, &mut own));
    let Some(read) = read else { return Err(Failure::Findings(own)) };
    if read.rows.is_empty() && own.is_empty() {
        own.push(baseline::NO_TABLE.at(Place::file(&name), &[]));
        return Err(Failure::Findings(own));
    }
    findings.extend(own.iter().cloned());
    let mut there = against(&read, results, crosswalk);
    if there.rows.is_empty() {
        return Err(t(
            "{file} 里没有一行的名称或编号与本年的指标对得上。请核对是不是这个单位的表；名称改过的，用 --crosswalk 写明。",
            "No row of {file} has the name or code of one of this year's indicators. Check that it is this unit's table; where names changed, say so with --crosswalk.",
        )
        .with(&[("file", name.into())])
        .into());
    }
    there.file = name;
    there.sha256 = sha256;
    there.findings = own;
    Ok(there)
}
