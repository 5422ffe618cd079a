//! `ecap score`: the assessment report and `results.json` of every unit.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::commands::assess::Assessed;
use crate::commands::cli::Parsed;
use crate::commands::inputs;
use crate::commands::{
    Command, DATE, FORMAT, FORMULAS, JSON, LANG, LIMIT, MERGE, MISSING, OUT, Operands, Outcome, PERIOD, PROFILE, REDACT, SETTINGS, Session,
    TARGET, TREE, UNIT, all_kinds, assess, messages, options,
};
use crate::error::Failure;
use crate::finding::{Finding, Kind, Severity, any_error};
use crate::place::Place;
use crate::report::document::Document;
use crate::report::{self, Facts, REPORTS};
use crate::result::{self, Results};
use crate::sheet::names::{Names, file_name};
use crate::sheet::replace::replace_all;
use crate::survey::cover::OTHER_PROFILE;
use crate::text::t;
use crate::tree::Tree;

pub static COMMAND: Command = Command {
    name: "score",
    about: t("计分，写出评估报告和 results.json", "score, and write the assessment report and results.json"),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t("填好的工作簿，或装着它们的文件夹", "filled workbooks, or folders of them"),
        required: true,
    }),
    flags: &[
        &OUT, &TREE, &UNIT, &PERIOD, &MERGE, &MISSING, &TARGET, &SETTINGS, &PROFILE, &FORMAT, &FORMULAS, &REDACT, &LIMIT, &JSON, &LANG,
        &DATE,
    ],
    run,
};

pub static NAME_CLASH: Kind = Kind {
    code: "output-name-clash",
    severity: Severity::Warning,
    what: t("两个单位的结果文件夹同名，“{unit}”的写在 {folder}。", "Two units would share a folder; the one of \"{unit}\" is {folder}."),
    advice: t("如是同一单位，请把“填报说明”页写成一样。", "If they are one unit, write it the same way on the sheets Cover."),
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
pub static KINDS: [&Kind; 5] = [&NAME_CLASH, &NOTHING_SCORED, &NOTHING_TO_SCORE, &inputs::NOT_READ, &inputs::OTHER_UNIT];

const DEFAULT_OUT: &str = "reports";

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let lang = options::file_lang(parsed)?;
    let date = options::date(parsed)?;
    let formats = options::formats(parsed)?;
    if parsed.is_set(&FORMULAS) && !formats.iter().any(|format| format.name == "xlsx") {
        return Err(t(
            "--formulas 只用于 xlsx 报告，--format 里要有 xlsx。",
            "--formulas is for the xlsx report; --format must name xlsx.",
        )
        .into());
    }
    let Made { tree, mut assessed } = make(parsed, session)?;
    let out = PathBuf::from(parsed.value(&OUT).unwrap_or(DEFAULT_OUT));
    let folders = folders(&mut assessed.units);
    let mut written = Vec::new();
    for (results, folder) in assessed.units.iter().zip(folders) {
        // The whole report and the one for a wider circle may stand side by side.
        let ending = if results.redacted.is_some() { t("-脱敏", "-redacted").get(lang).to_string() } else { String::new() };
        let folder = out.join(format!("{folder}{ending}"));
        let json = result::to_json(results);
        let mut files = Vec::new();
        if !formats.is_empty() {
            let document = document(results, &tree, &json, parsed.is_set(&FORMULAS));
            for format in &formats {
                for output in (format.write)(&document, lang, date)? {
                    files.push((free(folder.join(output.name), session)?, output.bytes));
                }
            }
        }
        files.push((folder.join("results.json"), json.into_bytes()));
        if let Err(failure) = replace_all(&files) {
            already(&written, session)?;
            return Err(failure);
        }
        written.push(folder);
    }
    if assessed.units.is_empty() {
        let kind = if any_error(&assessed.findings) { &NOTHING_SCORED } else { &NOTHING_TO_SCORE };
        assessed.findings.push(kind.at(Place::default(), &[]));
    }
    if parsed.is_set(&JSON) {
        for results in &assessed.units {
            session.print_json(&serde_json::to_string(results).unwrap_or_default())?;
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
            summary(results, &tree, folder, session)?;
        }
    }
    Ok(if any_error(&assessed.findings) { Outcome::InputErrors } else { Outcome::Done })
}

/// Which reports are new where the next one cannot be written.
pub(super) fn already<P: AsRef<Path>>(written: &[P], session: &mut Session<'_>) -> Result<(), Failure> {
    written.iter().try_for_each(|folder| {
        session.say(
            &t("{folder} 已全部换成这次的。", "{folder} is all new.").with(&[("folder", folder.as_ref().display().to_string().into())]),
        )
    })
}

/// What a command line of `score` comes to before anything is written.
pub struct Made {
    pub tree: Tree,
    /// Redacted where that was asked for.
    pub assessed: Assessed,
}

/// Reads and scores as a command line says.
pub fn make(parsed: &Parsed, session: &mut Session<'_>) -> Result<Made, Failure> {
    let mut assessment = inputs::prepare(&parsed.operands(), parsed, session)?;
    options::apply_policy(parsed, &mut assessment.tree)?;
    let inputs = assessment.read(&options::given(parsed, assessment.settings.as_ref()))?;
    let mut assessed = assess::assess(&assessment, inputs, false);
    let mut tree = assessment.tree;
    if parsed.is_set(&REDACT) {
        let kinds = all_kinds();
        assessed.units = assessed.units.iter().map(|results| result::redact(results, &tree, &kinds)).collect();
        // Reports call departments as the place does.
        tree.local.respondents.clear();
    }
    Ok(Made { tree, assessed })
}

/// The report of a unit, with formulas where they are wanted; `json` is its `results.json`.
pub fn document(results: &Results, tree: &Tree, json: &str, formulas: bool) -> Document {
    let facts = Facts::new(results, tree, crate::tree::hex(&Sha256::digest(json.as_bytes())));
    let mut document = (REPORTS[0].document)(&facts);
    if formulas {
        report::assessment::enliven(&mut document, &facts);
    }
    document
}

/// Where an output goes: a Word report that somebody filled in and saved is kept, and ours stands beside it.
pub(super) fn free(path: PathBuf, session: &mut Session<'_>) -> Result<PathBuf, Failure> {
    let is_word = path.extension().is_some_and(|extension| extension == "docx");
    let edited = is_word && fs::read(&path).is_ok_and(|bytes| !report::is_untouched(&bytes));
    if !edited {
        return Ok(path);
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!("{stem}~2.docx"));
    session.say(
        &t(
            "{path} 有人改过并保存了，没有改动；这次的 Word 报告写在 {beside}。",
            "{path} was edited and saved by somebody and was left alone; this Word report is {beside}.",
        )
        .with(&[("path", path.display().to_string().into()), ("beside", beside.display().to_string().into())]),
    )?;
    Ok(beside)
}

/// A folder a unit and period; a clash of names gets `~2` and a warning.
pub(super) fn folders(units: &mut [Results]) -> Vec<String> {
    let mut names = Names::default();
    let mut folders = Vec::new();
    for results in units {
        let wanted = format!("{}-{}", results.unit.name, results.period);
        let folder = names.distinct(&wanted, "");
        if folder != file_name(&wanted) {
            results
                .findings
                .push(NAME_CLASH.at(Place::default(), &[("unit", results.unit.name.clone().into()), ("folder", folder.clone().into())]));
        }
        folders.push(folder);
    }
    folders
}

/// What a person wants to see at once.
fn summary(results: &Results, tree: &Tree, folder: &Path, session: &mut Session<'_>) -> Result<(), Failure> {
    for line in report::assessment::headline::for_terminal(results) {
        session.print(line.get(session.lang))?;
    }
    if let Some(line) = report::assessment::needs_for_terminal(results, tree) {
        session.print(&format!("  {}", line.get(session.lang)))?;
    }
    session
        .print(t("报告在 {folder}", "The report is in {folder}").with(&[("folder", folder.display().to_string().into())]).get(session.lang))
}
