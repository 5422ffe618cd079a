//! `ecap check`: every problem in filled workbooks, at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::score::already;
use crate::commands::{
    AUDIT, CODES, Command, DATE, FIX_COPY, JSON, LANG, LAST, LIMIT, OUT, Operands, Outcome, PERIOD, PROFILE, SAMPLE, SEED, SETTINGS,
    Session, TREE, UNIT, all_kinds, assess, audit, fix, inputs, messages, options,
};
use crate::error::Failure;
use crate::finding::{Finding, any_error};
use crate::report::assessment::Asked;
use crate::report::document::Document;
use crate::report::{self, returns};
use crate::result::Results;
use crate::sheet::names::Names;
use crate::sheet::replace::replace_all;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::Date;

pub static COMMAND: Command = Command {
    name: "check",
    about: t("查出填好的自评表中的全部问题", "find every problem in filled workbooks"),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t("填好的工作簿，或装着它们的文件夹", "filled workbooks, or folders of them"),
        required: false,
    }),
    flags: &[
        &OUT, &FIX_COPY, &AUDIT, &LAST, &SAMPLE, &SEED, &SETTINGS, &TREE, &UNIT, &PERIOD, &PROFILE, &LIMIT, &DATE, &JSON, &CODES, &LANG,
    ],
    run,
};

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    if parsed.is_set(&CODES) {
        for kind in all_kinds() {
            let line =
                format!("{}\t{}\t{}", kind.code, kind.severity.word().get(session.lang), kind.what.agreeing(false).get(session.lang));
            session.print(&line)?;
        }
        return Ok(Outcome::Done);
    }
    let arguments = parsed.operands();
    if arguments.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let date = parsed.value(&DATE).map(|_| options::date(parsed)).transpose()?;
    let assessment = inputs::prepare(&arguments, parsed, session)?;
    let copies = parsed.value(&FIX_COPY).map(Path::new);
    copies.map(|out| fix::outside(out, &arguments)).transpose()?;
    let wanted = audit::Wanted::of(parsed, &assessment, session)?;
    let inputs = assessment.read(&options::given(parsed, assessment.settings.as_ref()))?;
    let files = inputs.files.len() - usize::from(assessment.settings.is_some());
    let reports = inputs.reports.clone();
    let senders = inputs.respondents();
    let assessed = assess::assess(&assessment, inputs, true);
    let (mut findings, outdated) = (assessed.findings, assessed.outdated);
    findings.extend(reports);
    let audited = wanted.as_ref().map(|wanted| wanted.read(&assessed.units, &assessment.tree, session)).transpose()?.unwrap_or_default();
    let asked = audit::findings(&audited, &assessment.tree);
    if parsed.is_set(&JSON) {
        let all: Vec<&Finding> = findings.iter().chain(&asked).collect();
        let mut printed = serde_json::json!({"findings": all});
        if wanted.as_ref().is_some_and(|wanted| wanted.sample.is_some()) {
            printed["samples"] = audit::json(&audited);
        }
        session.print_json(&printed.to_string())?;
    } else {
        // A file's findings together, so that its sender can be sent them; those of the whole unit last.
        findings.sort_by(|one, two| (one.place.file.is_none(), &one.place.file).cmp(&(two.place.file.is_none(), &two.place.file)));
        messages::findings(&findings, &[], session)?;
        session.say(
            &t("查了 {count} 个文件：{tally}。", "{count} [file|files] checked: {tally}.")
                .counted(files)
                .with(&[("tally", messages::tally(&findings))]),
        )?;
        for results in assessed.units.iter().filter(|results| !results.returns.is_empty()) {
            session.say(&returns::summary(results))?;
        }
        told(&asked, wanted.as_ref().is_some_and(|wanted| wanted.questions), &audit::lines(&audited), session)?;
    }
    if let Some(out) = parsed.value(&OUT) {
        let mut files = files_of(Path::new(out), &assessed.units, &assessment.tree, (&findings, &senders), date, parsed)?;
        if let Some(wanted) = &wanted {
            let (lang, stamp) = (options::file_lang(parsed)?, options::date(parsed)?);
            files.extend(audit::files(&audited, wanted, &assessment.tree, Path::new(out), lang, stamp)?);
        }
        put(&files, session)?;
    }
    if let Some(out) = copies {
        fix::write(out, &findings, &outdated, &assessment, parsed, session)?;
    }
    Ok(if any_error(&findings) { Outcome::InputErrors } else { Outcome::Done })
}

/// 数据问题, and where departments are named 回收情况 and 催办; several units get a folder each.
fn files_of(
    out: &Path,
    units: &[Results],
    tree: &Tree,
    (findings, senders): (&[Finding], &Asked),
    date: Option<Date>,
    parsed: &Parsed,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let lang = options::file_lang(parsed)?;
    let stamp = options::date(parsed)?;
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut add = |folder: &Path, document: &Document| -> Result<(), Failure> {
        for output in report::workbook(document, lang, stamp)? {
            files.push((folder.join(output.name), output.bytes));
        }
        Ok(())
    };
    add(out, &returns::problems(findings, senders, units, tree))?;
    let asked: Vec<&Results> = units.iter().filter(|results| !results.returns.is_empty()).collect();
    let mut names = Names::default();
    let mut texts = Vec::new();
    for results in &asked {
        let own = names.distinct(&format!("{}-{}", results.unit.name, results.period), "");
        let folder = if asked.len() == 1 { out.to_path_buf() } else { out.join(own) };
        add(&folder, &returns::document(results, tree, date))?;
        let reminders = returns::reminders_file(results, tree, date, lang);
        texts.push((folder.join(t("催办.txt", "reminders.txt").get(lang)), reminders.into_bytes()));
    }
    files.extend(texts);
    Ok(files)
}

/// Questions and plan, after what is wrong: they are for the auditor, and no part of what is counted as wrong.
fn told(asked: &[Finding], questions: bool, plan: &[Text], session: &mut Session<'_>) -> Result<(), Failure> {
    if questions {
        let title = if asked.is_empty() {
            t("没有列出值得问一问的；没有列出，不等于没有问题。", "No question is listed; that does not mean that all is well.")
        } else {
            t("值得问一问的 {count} 处，不改分：", "Worth a question: {count}; no score changes.").with(&[("count", asked.len().into())])
        };
        session.print(title.get(session.lang))?;
        messages::findings(asked, &[], session)?;
    }
    for line in plan {
        session.print(line.get(session.lang))?;
    }
    Ok(())
}

fn put(files: &[(PathBuf, Vec<u8>)], session: &mut Session<'_>) -> Result<(), Failure> {
    // A folder is one report; several units have one each.
    let mut folders: BTreeMap<&Path, Vec<(PathBuf, &[u8])>> = BTreeMap::new();
    for (path, bytes) in files {
        folders.entry(path.parent().unwrap_or(path)).or_default().push((path.clone(), bytes));
    }
    let mut written = Vec::new();
    for (folder, files) in folders {
        if let Err(failure) = replace_all(&files) {
            already(&written, session)?;
            return Err(failure);
        }
        written.push(folder);
    }
    for (path, _) in files {
        session.say(&t("已写好 {path}", "Wrote {path}").with(&[("path", path.display().to_string().into())]))?;
    }
    Ok(())
}
