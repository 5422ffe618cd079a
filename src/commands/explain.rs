//! `ecap explain`: where one score comes from.

use std::path::{Path, PathBuf};

use crate::analysis::derivation::{self, Derivation};
use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::one::{self, One};
use crate::commands::{
    Command, Flag, JSON, LANG, MERGE, MISSING, OUT, Operands, Outcome, PERIOD, PROFILE, SETTINGS, Session, TARGET, TREE, UNIT, nodes,
    options,
};
use crate::error::Failure;
use crate::report::document::Document;
use crate::report::{self, explain};
use crate::result::Results;
use crate::sheet::replace::replace_all;
use crate::text::t;
use crate::tree::{Node, Tree};

pub static COMMAND: Command = Command {
    name: "explain",
    about: t("说明一个得分是怎样来的：一题、一组或总分", "say where one score comes from: an item, a group or the total"),
    operands: Some(Operands {
        name: t("文件或文件夹… 题号|编号|名称|总分", "FILES OR FOLDERS... ID|REF|CODE|NAME|total"),
        help: t(
            "填好的工作簿或 results.json，最后写哪一题（eca-0001、01.1.01）、哪一组（01、01.1）、名称或题目里的几个字，或 总分；编号里的 0 可以省；有几个单位的用 --unit、--period 选一个",
            "filled workbooks or results.json, and last an item (eca-0001, 01.1.01), a group (01, 01.1), words of a name or question, or total; zeros of a number may be left out; of several units --unit and --period choose one",
        ),
        required: true,
    }),
    flags: &[&OF_UNIT, &OF_PERIOD, &OUT, &TREE, &MERGE, &MISSING, &TARGET, &SETTINGS, &PROFILE, &JSON, &LANG],
    run,
};

/// As `score` takes them, and more: here they also choose.
static OF_UNIT: Flag = Flag {
    name: UNIT.name,
    short: None,
    value: Some(t("单位", "UNIT")),
    help: t(
        "说明哪个单位的得分；读表时也同 score，补封面缺漏，或在封面被改过时定夺",
        "of which unit; when reading it also fills what a cover lacks, or decides where it was retyped, as for score",
    ),
};
static OF_PERIOD: Flag = Flag {
    name: PERIOD.name,
    short: None,
    value: Some(t("评估期", "PERIOD")),
    help: t("说明哪个评估期的得分，如 2026；读表时同上", "of which period, like 2026; when reading as above"),
};

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let mut paths = parsed.operands();
    let name = paths.pop().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if paths.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let lang = options::file_lang(parsed)?;
    let date = options::date(parsed)?;
    let one = one::read(&paths, &COMMAND, t("说明不了得分", "so no score can be explained"), parsed, session)?;
    let One { results, tree, digest, outcome } = &one;
    let subject = match derivation::subjects(tree, &name).as_slice() {
        [] => return Err(unknown(&name, tree)),
        [one] => *one,
        several => {
            let nodes: Vec<Node> = several.iter().filter_map(|subject| subject.node()).collect();
            nodes::list(&name, &nodes, tree, parsed.is_set(&JSON), session)?;
            return Ok(*outcome);
        }
    };
    let derived = derivation::derivation(results, tree, subject);
    if parsed.is_set(&JSON) {
        session.print_json(&json(&derived, results, digest))?;
        return Ok(*outcome);
    }
    let document = explain::document(&derived, results, tree, digest);
    match parsed.value(&OUT) {
        Some(out) => {
            let format = report::format_named("md").map(|format| (format.write)(&document, lang, date));
            let outputs = format.transpose()?.unwrap_or_default();
            let files: Vec<(PathBuf, Vec<u8>)> = outputs.into_iter().map(|output| (place(out, &output.name), output.bytes)).collect();
            replace_all(&files)?;
            for (path, _) in &files {
                session.say(&t("已写好 {path}", "Wrote {path}").with(&[("path", path.display().to_string().into())]))?;
            }
        }
        None => print(&document, session)?,
    }
    Ok(*outcome)
}

fn print(document: &Document, session: &mut Session<'_>) -> Result<(), Failure> {
    let lines = report::lines(document, session.lang);
    lines.iter().try_for_each(|line| session.print(line))
}

/// A name that ends in `.md` is the file, anything else its folder.
fn place(out: &str, name: &str) -> PathBuf {
    let out = Path::new(out);
    let is_file = out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) && !out.is_dir();
    if is_file { out.to_path_buf() } else { out.join(name) }
}

/// One object: what it is of, and the derivation.
fn json(derived: &Derivation, results: &Results, digest: &str) -> String {
    let object = serde_json::json!({
        "tree": results.tree,
        "unit": results.unit,
        "period": results.period,
        "results_sha256": digest,
        "total": results.total.score,
        "derivation": derived,
    });
    object.to_string()
}

fn unknown(name: &str, tree: &Tree) -> Failure {
    let (item, group) = (tree.items.first(), tree.groups.iter().find(|group| group.level > 1).or(tree.groups.first()));
    let asked_path = Path::new(name).exists();
    let text = if asked_path {
        t(
            "最后一个要写哪一题、哪一组或 总分，“{name}”是文件或文件夹。例如 {id}、{ref}、{code}、总分；ecap tree show 列出全部编号。",
            "The last word must be an item, a group or total; \"{name}\" is a file or a folder. For example {id}, {ref}, {code}, total; ecap tree show lists them all.",
        )
    } else {
        t(
            "指标树里没有“{name}”。请写题号（如 {id}）、编号（如 {ref}）、分组编号（如 {code}）、名称里的几个字或 总分；ecap tree show 列出全部编号。",
            "The tree has no \"{name}\". Give an id like {id}, a ref like {ref}, a group's code like {code}, words of a name, or total; ecap tree show lists them all.",
        )
    };
    text.with(&[
        ("id", item.map(|item| item.id.clone()).unwrap_or_default().into()),
        ("ref", item.map(|item| item.reference.clone()).unwrap_or_default().into()),
        ("code", group.map(|group| group.code.clone()).unwrap_or_default().into()),
        ("name", name.into()),
    ])
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::derivation::Subject;

    #[test]
    fn a_name_that_ends_in_md_is_a_file() {
        assert_eq!(place("a/b.md", "x.md"), PathBuf::from("a/b.md"));
        assert_eq!(place("a/b", "x.md"), PathBuf::from("a/b/x.md"));
    }

    #[test]
    fn a_node_is_named_by_id_ref_code_name_or_the_word_for_the_total() {
        let tree = crate::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).expect("the embedded tree");
        assert_eq!(derivation::subjects(&tree, "eca-0001"), [Subject::Item(0)]);
        assert_eq!(derivation::subjects(&tree, " ０1.1.01"), [Subject::Item(0)]);
        assert_eq!(derivation::subjects(&tree, "1.1.1"), [Subject::Item(0)]);
        assert_eq!(derivation::subjects(&tree, "01"), [Subject::Group(0)]);
        assert_eq!(derivation::subjects(&tree, "总分"), [Subject::Total]);
        assert_eq!(derivation::subjects(&tree, "Total"), [Subject::Total]);
        assert_eq!(derivation::subjects(&tree, "法制基础"), [Subject::Group(0)]);
        assert_eq!(derivation::subjects(&tree, "99"), []);
    }
}
