//! `ecap score`: the assessment report and `results.json` of every unit.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::answers;
use crate::commands::cli::Parsed;
use crate::commands::inputs::{self, Inputs};
use crate::commands::{
    Command, DATE, FORMAT, JSON, LANG, MERGE, MISSING, OUT, Operands, Outcome, PERIOD, PROFILE, Session, TARGET, TREE, UNIT, messages,
    options,
};
use crate::error::Failure;
use crate::finding::{Finding, Kind, Severity, any_error};
use crate::place::Place;
use crate::report::{self, Facts, Format, REPORTS};
use crate::result::{self, InputRef, Results, Run};
use crate::score;
use crate::sheet::replace::{file_name, replace};
use crate::survey::Filled;
use crate::survey::cover::OTHER_PROFILE;
use crate::text::t;
use crate::tree::Tree;
use crate::weighting::WEIGHTINGS;

pub static COMMAND: Command = Command {
    name: "score",
    about: t("计分，写出评估报告和 results.json", "score, and write the assessment report and results.json"),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t("填好的工作簿，或装着它们的文件夹", "filled workbooks, or folders of them"),
        required: true,
    }),
    flags: &[&OUT, &TREE, &UNIT, &PERIOD, &MERGE, &MISSING, &TARGET, &PROFILE, &FORMAT, &JSON, &LANG, &DATE],
    run,
};

pub static NAME_CLASH: Kind = Kind {
    code: "output-name-clash",
    severity: Severity::Warning,
    what: t("两个单位的结果文件夹同名，“{unit}”的写在 {folder}。", "Two units would share a folder; the one of \"{unit}\" is {folder}."),
    advice: t("如是同一单位，请把封面写成一样。", "If they are one unit, write it the same way on the covers."),
};
pub static NOTHING_SCORED: Kind = Kind {
    code: "nothing-scored",
    severity: Severity::Error,
    what: t("没有一份表能计分。", "No workbook could be scored."),
    advice: t("请先改正上面的错误。", "Mend the errors above first."),
};
pub static NOTHING_TO_SCORE: Kind = Kind {
    code: "nothing-to-score",
    severity: Severity::Error,
    what: t("没有找到填好的自评表。", "No filled survey was found."),
    advice: t(
        "请指明收回的表所在的文件夹；ecap 自己的报告不算。",
        "Name the folder of the returned surveys; ecap's own reports do not count.",
    ),
};
pub static KINDS: [&Kind; 4] = [&NAME_CLASH, &NOTHING_SCORED, &NOTHING_TO_SCORE, &inputs::NOT_READ];

const DEFAULT_OUT: &str = "reports";

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let mut tree = options::scoped_tree(parsed, session)?;
    options::apply_policy(parsed, &mut tree)?;
    let lang = options::file_lang(parsed)?;
    let date = options::date(parsed)?;
    let formats = formats(parsed)?;
    let inputs = inputs::read(&parsed.operands(), &tree, &options::given(parsed))?;
    let mut assessed = assess(&tree, inputs);
    let out = PathBuf::from(parsed.value(&OUT).unwrap_or(DEFAULT_OUT));
    let folders = folders(&mut assessed.units);
    let mut written = Vec::new();
    for (results, folder) in assessed.units.iter().zip(folders) {
        let folder = out.join(folder);
        let json = result::to_json(results);
        if !formats.is_empty() {
            let facts = Facts::new(results, &tree, crate::tree::hex(&Sha256::digest(json.as_bytes())));
            let document = (REPORTS[0].document)(&facts);
            for format in &formats {
                for output in (format.write)(&document, lang, date)? {
                    replace(&folder.join(output.name), &output.bytes)?;
                }
            }
        }
        replace(&folder.join("results.json"), json.as_bytes())?;
        written.push(folder);
    }
    if assessed.units.is_empty() {
        let kind = if any_error(&assessed.findings) { &NOTHING_SCORED } else { &NOTHING_TO_SCORE };
        assessed.findings.push(kind.at(Place::default(), &[]));
    }
    if parsed.is_set(&JSON) {
        for results in &assessed.units {
            session.print(&serde_json::to_string(results).unwrap_or_default())?;
        }
    } else {
        // What is wrong first, the result last: a long list must not push it off the screen.
        // A survey of another profile is scored as asked, and nearly always by mistake.
        let told = |finding: &&Finding| finding.severity == Severity::Error || finding.code == OTHER_PROFILE.code;
        let told: Vec<Finding> = assessed.findings.iter().filter(told).cloned().collect();
        messages::findings(&told, &[], session)?;
        session.say(
            &t("共 {tally}；ecap check 逐条列出。", "In all {tally}; ecap check lists them.")
                .with(&[("tally", messages::tally(&assessed.findings))]),
        )?;
        for (results, folder) in assessed.units.iter().zip(&written) {
            summary(results, folder, session)?;
        }
    }
    Ok(if any_error(&assessed.findings) { Outcome::InputErrors } else { Outcome::Done })
}

/// The formats of `--format`; `json` alone writes `results.json` only.
fn formats(parsed: &Parsed) -> Result<Vec<&'static Format>, Failure> {
    let list = parsed.value(&FORMAT).unwrap_or("xlsx,md");
    let mut formats = Vec::new();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "json") {
        formats.push(report::format_named(name).ok_or_else(|| options::bad("--format", name, report::format_names()))?);
    }
    Ok(formats)
}

/// Everything scored in a run.
struct Assessed {
    units: Vec<Results>,
    /// Of the whole run.
    findings: Vec<Finding>,
}

/// From files to results: the flow in one place.
fn assess(tree: &Tree, inputs: Inputs) -> Assessed {
    let weighting = &WEIGHTINGS[0];
    let weights = (weighting.weigh)(tree);
    let mut all: Vec<Finding> = inputs.findings.clone();
    all.extend(inputs.files.iter().flat_map(|file| file.findings.iter().cloned()));
    let mut units = Vec::new();
    // Which unit each file belongs to; none for files that were not scored, which every unit's results name.
    let owners: Vec<Option<(String, String)>> =
        inputs.files.iter().map(|file| file.filled.as_ref().map(|filled| (filled.unit.clone(), filled.period.clone()))).collect();
    let mut files: Vec<(InputRef, Vec<Finding>)> = Vec::new();
    let mut filled: Vec<Filled> = Vec::new();
    for file in inputs.files {
        files.push((file.input, file.findings));
        filled.extend(file.filled);
    }
    for answers in answers::collect(&filled, tree, &tree.policy) {
        let key = Some((answers.unit.name.clone(), answers.period.clone()));
        let mine: Vec<&(InputRef, Vec<Finding>)> =
            files.iter().zip(&owners).filter(|(_, owner)| owner.is_none() || **owner == key).map(|(file, _)| file).collect();
        let refs: Vec<InputRef> = mine.iter().map(|(input, _)| input.clone()).collect();
        let mut findings = inputs.findings.clone();
        findings.extend(mine.iter().flat_map(|(_, findings)| findings.iter().cloned()));
        findings.extend(answers.findings.iter().cloned());
        all.extend(answers.findings.iter().cloned());
        let scores = score::score(tree, &answers.items, &weights, tree.policy.missing);
        units.push(result::build(&Run { tree, weighting: weighting.name, inputs: &refs }, &answers, &scores, findings));
    }
    Assessed { units, findings: all }
}

/// A folder a unit and period; a clash of names gets `~2` and a warning.
fn folders(units: &mut [Results]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut folders = Vec::new();
    for results in units {
        let name = file_name(&format!("{}-{}", results.unit.name, results.period));
        let mut folder = name.clone();
        let mut number = 2;
        while taken.contains(&folder.to_lowercase()) {
            let suffix = format!("~{number}");
            let stem: String = name.chars().take(80 - suffix.len()).collect();
            folder = format!("{stem}{suffix}");
            number += 1;
        }
        if folder != name {
            results
                .findings
                .push(NAME_CLASH.at(Place::default(), &[("unit", results.unit.name.clone().into()), ("folder", folder.clone().into())]));
        }
        taken.push(folder.to_lowercase());
        folders.push(folder);
    }
    folders
}

/// What a person wants to see at once.
fn summary(results: &Results, folder: &Path, session: &mut Session<'_>) -> Result<(), Failure> {
    for line in report::assessment::headline::for_terminal(results) {
        session.print(line.get(session.lang))?;
    }
    session
        .print(t("报告在 {folder}", "The report is in {folder}").with(&[("folder", folder.display().to_string().into())]).get(session.lang))
}
