//! `ecap init`: the settings workbook of one assessment.

use std::path::{Path, PathBuf};

use crate::commands::cli::Parsed;
use crate::commands::{Command, DATE, LANG, OUT, Outcome, PERIOD, Session, TREE, UNIT, options};
use crate::error::Failure;
use crate::settings::{FILE_NAME, blank::blank};
use crate::sheet::replace::replace;
use crate::text::t;

pub static COMMAND: Command = Command {
    name: "init",
    about: t("新建一次评估：做一份评估设置", "start an assessment: write its settings workbook"),
    operands: None,
    flags: &[&UNIT, &PERIOD, &OUT, &TREE, &LANG, &DATE],
    run,
};

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = options::tree(parsed, session)?;
    let lang = options::file_lang(parsed)?;
    let text = |flag| parsed.value(flag).map(crate::unit::name).unwrap_or_default();
    let path = match parsed.value(&OUT).map(Path::new) {
        None => PathBuf::from(FILE_NAME.get(lang)),
        Some(out) if out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) => out.to_path_buf(),
        Some(out) => out.join(FILE_NAME.get(lang)),
    };
    // What an office filled in is never written over.
    if path.exists() {
        return Err(t(
            "{path} 已经有了，没有改动。要重做，请先把它改名或移走。",
            "{path} exists and was left alone. To start anew, rename it or move it away first.",
        )
        .with(&[("path", path.display().to_string().into())])
        .into());
    }
    replace(&path, &blank(&tree, &text(&UNIT), &text(&PERIOD), lang, options::date(parsed)?)?)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    session.say(
        &t(
            "已写好 {path}。请用 WPS 或 Excel 填好“单位与时限”和“部门对照”，再用 ecap survey --by-department {folder} 发放问卷。",
            "Wrote {path}. Fill in Unit and dates and Departments, then hand out surveys with ecap survey --by-department {folder}.",
        )
        .with(&[("path", path.display().to_string().into()), ("folder", folder.display().to_string().into())]),
    )?;
    Ok(Outcome::Done)
}
