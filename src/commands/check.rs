//! `ecap check`: every problem in filled workbooks, at once.

use crate::answers;
use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::{
    CODES, Command, JSON, LANG, Operands, Outcome, PERIOD, PROFILE, Session, TREE, UNIT, all_kinds, inputs, messages, options,
};
use crate::error::Failure;
use crate::finding::{Finding, any_error};
use crate::survey::Filled;
use crate::text::t;

pub static COMMAND: Command = Command {
    name: "check",
    about: t("查出填好的自评表中的全部问题", "find every problem in filled workbooks"),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t("填好的工作簿，或装着它们的文件夹", "filled workbooks, or folders of them"),
        required: false,
    }),
    flags: &[&TREE, &UNIT, &PERIOD, &PROFILE, &JSON, &CODES, &LANG],
    run,
};

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    if parsed.is_set(&CODES) {
        for kind in all_kinds() {
            let line = format!("{}\t{}\t{}", kind.code, kind.severity.word().get(session.lang), kind.what.get(session.lang));
            session.print(&line)?;
        }
        return Ok(Outcome::Done);
    }
    let arguments = parsed.operands();
    if arguments.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let assessment = inputs::prepare(&arguments, parsed, session)?;
    let inputs = assessment.read(&options::given(parsed, assessment.settings.as_ref()))?;
    let tree = &assessment.tree;
    let files = inputs.files.len();
    let mut findings: Vec<Finding> = inputs.findings;
    let mut filled: Vec<Filled> = Vec::new();
    for file in inputs.files {
        findings.extend(file.findings);
        filled.extend(file.filled);
    }
    for unit in answers::collect(&filled, tree, &tree.policy) {
        findings.extend(unit.findings);
    }
    if parsed.is_set(&JSON) {
        session.print(&serde_json::json!({"findings": findings}).to_string())?;
    } else {
        // A file's findings together, so that its sender can be sent them; those of the whole unit last.
        findings.sort_by(|one, two| (one.place.file.is_none(), &one.place.file).cmp(&(two.place.file.is_none(), &two.place.file)));
        messages::findings(&findings, &[], session)?;
        session.say(
            &t("查了 {files} 个文件：{tally}。", "{files} files checked: {tally}.")
                .with(&[("files", files.into()), ("tally", messages::tally(&findings))]),
        )?;
    }
    Ok(if any_error(&findings) { Outcome::InputErrors } else { Outcome::Done })
}
