//! `ecap survey`: blank surveys, one for the unit or one a department, and the review workbook.

use std::path::{Path, PathBuf};

use crate::answers;
use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::inputs::{self, Assessment};
use crate::commands::{
    BY_DEPARTMENT, Command, DATE, LANG, OUT, Operands, Outcome, PERIOD, PROFILE, RESPONDENT, REVIEW, SETTINGS, Session, TREE, UNIT,
    messages, options,
};
use crate::error::Failure;
use crate::finding::any_error;
use crate::sheet::Book;
use crate::sheet::names::{Names, file_name_ending};
use crate::sheet::replace::{replace, replace_all};
use crate::survey::blank::blank;
use crate::survey::cover::is_respondent;
use crate::survey::front::Cover;
use crate::survey::layout::{ASSESSOR, is};
use crate::survey::review::review;
use crate::survey::{self, Given};
use crate::text::{Text, t};
use crate::tree::{Profile, Tree};
use crate::unit::date_text;

pub static COMMAND: Command = Command {
    name: "survey",
    about: t("做空白自评表，或现场复核表", "write blank surveys, or the review workbook"),
    operands: Some(Operands {
        name: t("评估文件夹…", "FOLDERS..."),
        help: t("放着评估设置的文件夹；加 --review 时是收回的表", "the folder of the settings; with --review the returned surveys"),
        required: false,
    }),
    flags: &[&BY_DEPARTMENT, &REVIEW, &UNIT, &PERIOD, &RESPONDENT, &SETTINGS, &PROFILE, &OUT, &TREE, &LANG, &DATE],
    run,
};

/// Where the surveys of all departments are written without `-o`.
const OUT_FOLDER: Text = t("待发问卷", "surveys");

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let arguments = parsed.operands();
    if parsed.is_set(&REVIEW) && arguments.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let assessment = inputs::prepare(&arguments, parsed, session)?;
    if parsed.is_set(&REVIEW) {
        return review_workbook(parsed, &assessment, session);
    }
    if parsed.is_set(&BY_DEPARTMENT) {
        return by_department(parsed, &assessment, session);
    }
    let tree = &assessment.tree;
    let lang = options::file_lang(parsed)?;
    let cover = cover(parsed, &assessment, parsed.value(&RESPONDENT).map(crate::unit::name).unwrap_or_default());
    if !cover.respondent.is_empty() && !is_respondent(&cover.respondent, tree) {
        let names: Vec<Text> = tree.departments.iter().map(|department| department.name.clone()).chain([ASSESSOR]).collect();
        session.say(
            &t(
                "提醒：“{name}”不是指标体系中的部门，收回后不当作牵头部门。体系中的部门有：{names}。",
                "Note: \"{name}\" is no department of this tree and will not count as a lead. It has: {names}.",
            )
            .with(&[("name", cover.respondent.clone().into()), ("names", Text::join(&names, "、", ", "))]),
        )?;
    }
    let bytes = blank(tree, &cover, None, lang, options::date(parsed)?)?;
    let profile = tree.local.profile.map(Profile::name).unwrap_or_default();
    let kind = SURVEY;
    let parts = [cover.unit.as_str(), &cover.respondent, &cover.period, profile.get(lang), kind.get(lang)];
    let path = path(parsed, &parts);
    replace(&path, &bytes)?;
    wrote(&path, tree.scope(), session)?;
    Ok(Outcome::Done)
}

const SURVEY: Text = t("自评表", "survey");

/// The file named by `-o`; in a folder, or without `-o`, it is named by these parts.
fn path(parsed: &Parsed, parts: &[&str]) -> PathBuf {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let name = file_name_ending(&parts.join("_"), ".xlsx");
    match parsed.value(&OUT).map(Path::new) {
        None => PathBuf::from(name),
        Some(out) if out.is_dir() || out.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) => out.join(name),
        Some(out) => out.to_path_buf(),
    }
}

fn wrote(path: &Path, items: usize, session: &mut Session<'_>) -> Result<(), Failure> {
    session.say(
        &t("已写好 {path}：{count} 题。", "Wrote {path}: {count} [item|items].")
            .counted(items)
            .with(&[("path", path.display().to_string().into())]),
    )
}

/// Options over settings.
fn cover(parsed: &Parsed, assessment: &Assessment, respondent: String) -> Cover {
    let settings = assessment.settings.as_ref();
    let given = options::given(parsed, settings);
    let own = |value: Option<&String>| value.cloned().unwrap_or_default();
    Cover {
        unit: given.unit.map(|decision| crate::unit::name(&decision.value)).unwrap_or_default(),
        period: given.period.map(|decision| crate::unit::name(&decision.value)).unwrap_or_default(),
        parent: own(settings.and_then(|settings| settings.parent.as_ref())),
        class: own(settings.and_then(|settings| settings.class.as_ref())),
        reference_date: settings.and_then(|settings| settings.reference_date).map(date_text).unwrap_or_default(),
        deadline: settings.and_then(|settings| settings.deadline).map(date_text).unwrap_or_default(),
        assessor: own(settings.and_then(|settings| settings.assessor.as_ref())),
        respondent,
    }
}

/// One file a real department that has items in scope, numbered in the order of the settings.
fn by_department(parsed: &Parsed, assessment: &Assessment, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = &assessment.tree;
    let lang = options::file_lang(parsed)?;
    let date = options::date(parsed)?;
    if let Some(settings) = &assessment.settings {
        let given = options::given(parsed, Some(settings));
        if given.unit.is_none() || given.period.is_none() {
            messages::findings(&assessment.findings, &[], session)?;
            return Err(t(
                "评估设置还没有填“被评估单位”或“评估期”，请先在“单位与时限”页填好，再发放问卷。",
                "The settings name no unit or no period yet. Fill in the sheet Unit and dates first.",
            )
            .into());
        }
        if tree.local.respondents.is_empty() {
            messages::findings(&assessment.findings, &[], session)?;
            return Err(t(
                "评估设置的“部门对照”页还没有填实际部门。请填好再发放；全单位合填一份的，用 ecap survey --respondent 评估组。",
                "The sheet Departments of the settings names no real department yet. Fill it in first; for one workbook for the whole unit use ecap survey --respondent Assessor.",
            )
            .into());
        }
    }
    if tree.local.respondents.is_empty() {
        messages::findings(&assessment.findings, &[], session)?;
        return Err(t(
            "分部门发卷要有评估设置，并在“部门对照”页写明实际部门。先用 ecap init 做一份，填好后指明它所在的文件夹。",
            "Surveys by department need settings that name the real departments. Make them with ecap init, fill them in, and name their folder.",
        )
        .into());
    }
    let folder = parsed.value(&OUT).map_or_else(|| PathBuf::from(OUT_FOLDER.get(lang)), PathBuf::from);
    let mut names = Names::default();
    let (mut number, mut kept) = (0, 0);
    let (mut files, mut counts) = (Vec::new(), Vec::new());
    for (real, department) in tree.local.respondents.iter().enumerate() {
        let items: Vec<usize> =
            (0..tree.items.len()).filter(|index| tree.in_scope(&tree.items[*index]) && tree.answerers(*index).contains(&real)).collect();
        if items.is_empty() {
            continue;
        }
        number += 1;
        let respondent = if is(&department.name, &ASSESSOR) { ASSESSOR.get(lang).to_string() } else { department.name.clone() };
        let cover = cover(parsed, assessment, respondent);
        let parts = [format!("{number:02}"), cover.respondent.clone(), cover.period.clone(), SURVEY.get(lang).to_string()];
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let path = folder.join(names.distinct(&parts.join("_"), ".xlsx"));
        if is_filled(&path, tree) {
            kept += 1;
            session.say(
                &t(
                    "{path} 里已有填写的内容，没有改动。要重新发放，请先把它移走。",
                    "{path} has been filled in and was left alone. To hand it out anew, move it away first.",
                )
                .with(&[("path", path.display().to_string().into())]),
            )?;
            continue;
        }
        counts.push(items.len());
        files.push((path, blank(tree, &cover, Some(&items), lang, date)?));
    }
    replace_all(&files)?;
    for ((path, _), count) in files.iter().zip(counts) {
        wrote(path, count, session)?;
    }
    messages::findings(&assessment.findings, &[], session)?;
    let args = [
        ("files", (number - kept).into()),
        ("folder", folder.display().to_string().into()),
        ("tally", messages::tally(&assessment.findings)),
    ];
    let wrong = any_error(&assessment.findings);
    let text = if wrong {
        t(
            "写了 {files} 个文件，在 {folder}。评估设置有问题（{tally}），见上；改好以后重新发放，之前先不要发。",
            "Wrote {files} files in {folder}. The settings have problems ({tally}), see above; mend them and hand out anew before sending anything.",
        )
    } else {
        t("共 {files} 个文件，在 {folder}。", "{files} files in {folder}.")
    };
    session.say(&text.with(&args))?;
    Ok(if wrong || kept > 0 { Outcome::InputErrors } else { Outcome::Done })
}

/// Does a survey stand there in which something is typed?
fn is_filled(path: &Path, tree: &Tree) -> bool {
    let book = std::fs::read(path).ok().and_then(|bytes| Book::open(bytes, "", &mut Vec::new()));
    let survey = book.and_then(|book| survey::read(&book, "", tree, &Given::default(), &mut Vec::new()));
    survey.is_some_and(|survey| !survey.is_blank())
}

/// 现场复核表: the answers of one unit side by side.
fn review_workbook(parsed: &Parsed, assessment: &Assessment, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = &assessment.tree;
    let lang = options::file_lang(parsed)?;
    let inputs = assessment.read(&options::given(parsed, assessment.settings.as_ref()))?;
    let mut findings = inputs.findings;
    let mut filled = Vec::new();
    for file in inputs.files {
        findings.extend(file.findings);
        filled.extend(file.filled);
    }
    let units = answers::collect(&filled, tree, &tree.policy);
    let [unit] = units.as_slice() else {
        messages::findings(&findings, &[], session)?;
        let names: Vec<Text> =
            units.iter().map(|unit| Text::join(&[unit.unit.name.clone().into(), unit.period.clone().into()], " ", " ")).collect();
        return Err(if names.is_empty() {
            t("没有一份收回的表能用，做不了复核表。", "No returned survey can be used, so there is nothing to review.")
        } else {
            t(
                "收回的表分属 {names}；请一次只指明一个单位、一个评估期的。",
                "The surveys are of {names}; name those of one unit and period.",
            )
            .with(&[("names", Text::join(&names, "、", ", "))])
        }
        .into());
    };
    let cover = Cover {
        unit: unit.unit.name.clone(),
        parent: unit.unit.parent.clone().unwrap_or_default(),
        class: unit.unit.class.clone().unwrap_or_default(),
        period: unit.period.clone(),
        respondent: ASSESSOR.get(lang).to_string(),
        ..Cover::default()
    };
    let copied = answers::copies(tree, unit);
    let bytes = review(tree, &cover, &copied, lang, options::date(parsed)?)?;
    let path = path(parsed, &[t("现场复核表", "review").get(lang), &cover.unit, &cover.period]);
    if path.exists() {
        return Err(t(
            "{path} 已经有了，可能已填了复核，没有改动。请先把它移走，或用 -o 换一个名称。",
            "{path} exists and may hold reviews; it was left alone. Move it away, or choose another name with -o.",
        )
        .with(&[("path", path.display().to_string().into())])
        .into());
    }
    replace(&path, &bytes)?;
    wrote(&path, tree.scope(), session)?;
    let first = copied.iter().filter(|one| one.first.is_some()).count();
    session.say(&t("其中先核 {count} 题。", "{count} of them to be looked at first.").with(&[("count", first.into())]))?;
    findings.extend(unit.findings.iter().cloned());
    session.say(
        &t("收回的表中有 {tally}；ecap check 逐条列出。", "In the surveys: {tally}; ecap check lists them.")
            .with(&[("tally", messages::tally(&findings))]),
    )?;
    Ok(if any_error(&findings) { Outcome::InputErrors } else { Outcome::Done })
}
