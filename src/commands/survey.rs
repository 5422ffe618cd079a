//! `ecap survey`: the blank workbook.

use std::path::{Path, PathBuf};

use crate::commands::cli::Parsed;
use crate::commands::{Command, DATE, LANG, OUT, Outcome, PERIOD, PROFILE, RESPONDENT, Session, TREE, UNIT, options};
use crate::error::Failure;
use crate::sheet::replace::{file_name_ending, replace};
use crate::survey::blank::{Cover, blank};
use crate::survey::cover::is_respondent;
use crate::survey::layout::ASSESSOR;
use crate::text::{Lang, Text, t};
use crate::tree::Profile;

pub static COMMAND: Command = Command {
    name: "survey",
    about: t("做一份空白自评表", "write a blank survey workbook"),
    operands: None,
    flags: &[&UNIT, &PERIOD, &RESPONDENT, &PROFILE, &OUT, &TREE, &LANG, &DATE],
    run,
};

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = options::scoped_tree(parsed, session)?;
    let lang = options::file_lang(parsed)?;
    let text = |flag| parsed.value(flag).map(crate::unit::normal).unwrap_or_default();
    let cover = Cover { unit: text(&UNIT), period: text(&PERIOD), respondent: text(&RESPONDENT) };
    if !cover.respondent.is_empty() && !is_respondent(&cover.respondent, &tree) {
        let names: Vec<Text> = tree.departments.iter().map(|department| department.name.clone()).chain([ASSESSOR]).collect();
        session.say(
            &t(
                "提醒：“{name}”不是指标体系中的部门，收回后不当作牵头部门。体系中的部门有：{names}。",
                "Note: \"{name}\" is no department of this tree and will not count as a lead. It has: {names}.",
            )
            .with(&[("name", cover.respondent.clone().into()), ("names", Text::join(&names, "、", ", "))]),
        )?;
    }
    let bytes = blank(&tree, &cover, lang, options::date(parsed)?)?;
    let path = path(parsed, &cover, tree.profile, lang);
    replace(&path, &bytes)?;
    session.say(
        &t("已写好 {path}：{count} 题。", "Wrote {path}: {count} items.")
            .with(&[("path", path.display().to_string().into()), ("count", tree.scope().into())]),
    )?;
    Ok(Outcome::Done)
}

/// The file named by `-o`; in a folder, or without `-o`, it is named after the cover.
fn path(parsed: &Parsed, cover: &Cover, profile: Option<Profile>, lang: Lang) -> PathBuf {
    let kind = t("自评表", "survey");
    let profile = profile.map(Profile::name).unwrap_or_default();
    let parts: Vec<&str> = [cover.unit.as_str(), &cover.respondent, &cover.period, profile.get(lang), kind.get(lang)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let name = file_name_ending(&parts.join("_"), ".xlsx");
    match parsed.value(&OUT).map(Path::new) {
        None => PathBuf::from(name),
        Some(out) if out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/') => out.join(name),
        Some(out) => out.to_path_buf(),
    }
}
