//! `ecap explain`: where one score comes from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::analysis::derivation::{self, Derivation};
use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::inputs::{self, Assessment, Inputs};
use crate::commands::{
    Command, Flag, JSON, LANG, MERGE, MISSING, OUT, Operands, Outcome, PERIOD, PROFILE, SETTINGS, Session, TARGET, TREE, UNIT, assess,
    messages, nodes, options, score,
};
use crate::error::{Failure, io_reason};
use crate::finding::any_error;
use crate::report::document::Document;
use crate::report::{self, explain};
use crate::result::{self, Results};
use crate::sheet::replace::replace;
use crate::text::{Text, t};
use crate::tree::{Node, Tree};
use crate::unit::normal;

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

const RESULTS: &str = "results.json";

/// One unit's results, with the tree as they were scored by it, and the digest of their file.
pub(super) struct Explained {
    pub results: Results,
    pub tree: Tree,
    pub digest: String,
    pub outcome: Outcome,
}

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let mut paths = parsed.operands();
    let name = paths.pop().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if paths.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let lang = options::file_lang(parsed)?;
    let date = options::date(parsed)?;
    let explained = explained(&paths, parsed, session)?;
    let Explained { results, tree, digest, outcome } = &explained;
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
        session.print(&json(&derived, results, digest))?;
        return Ok(*outcome);
    }
    let document = explain::document(&derived, results, tree, digest);
    match parsed.value(&OUT) {
        Some(out) => {
            let format = report::format_named("md").map(|format| (format.write)(&document, lang, date));
            for output in format.transpose()?.unwrap_or_default() {
                let path = place(out, &output.name);
                replace(&path, &output.bytes)?;
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

/// The unit's results, from workbooks the way `score` goes, or from its `results.json`.
pub(super) fn explained(paths: &[PathBuf], parsed: &Parsed, session: &mut Session<'_>) -> Result<Explained, Failure> {
    let is_results = |path: &&PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    match paths.iter().filter(is_results).count() {
        0 => {}
        count if count == paths.len() => return stored(paths, parsed, session),
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
            return if found.is_empty() { Err(failure) } else { stored(&found, parsed, session) };
        }
    };
    let found = beside(paths);
    if inputs.files.iter().all(|file| file.filled.is_none()) && !found.is_empty() {
        return stored(&found, parsed, session);
    }
    let only_by_flag = decided(&assessment, &inputs, parsed)?;
    let mut assessed = assess::assess(&assessment, inputs, false);
    score::folders(&mut assessed.units);
    if assessed.units.is_empty() {
        messages::findings(&assessed.findings, &[], session)?;
        return Err(t("没有一份表能计分，也就没有得分可用。", "No workbook could be scored, so there are no scores.").into());
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
    Ok(Explained { results, tree: assessment.tree, digest, outcome })
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
fn beside(paths: &[PathBuf]) -> Vec<PathBuf> {
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
fn stored(paths: &[PathBuf], parsed: &Parsed, session: &mut Session<'_>) -> Result<Explained, Failure> {
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
    let Some((_, digest, path)) = all.iter().find(is_own) else { return Err(nothing_named(&COMMAND).into()) };
    result::restore(&results, &mut tree).map_err(|reason| {
        t("{path}：{reason}。", "{path}: {reason}.").with(&[("path", path.display().to_string().into()), ("reason", reason)])
    })?;
    Ok(Explained { results, tree, digest: digest.clone(), outcome: Outcome::Done })
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
    let wanted = |flag, own: &str| parsed.value(flag).is_none_or(|value| normal(value) == own);
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
