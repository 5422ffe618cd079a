//! `ecap verify`: does this report belong to these inputs?

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::answered::answered;
use crate::commands::cli::{self, Parsed};
use crate::commands::{Command, Flag, LANG, Operands, Outcome, SETTINGS, Session, TREE, score};
use crate::error::{Failure, io_reason};
use crate::report::assessment::provenance::{self, recorded};
use crate::report::format_named;
use crate::result::{InputRef, Results, to_json};
use crate::text::{Lang, Text, one_line, t};
use crate::tree::Tree;
use crate::verify::{self, Compared, Form, Printed, Room};

pub static COMMAND: Command = Command {
    name: "verify",
    about: t("核对报告是不是由这些表算出来的", "check whether a report belongs to these inputs"),
    operands: Some(Operands {
        name: t("报告 文件或文件夹…", "REPORT FILES OR FOLDERS..."),
        help: t(
            "报告（report.xlsx、report.md、report.docx 或 results.json），再写收回的表或它们的文件夹",
            "the report (report.xlsx, report.md, report.docx or results.json), then the returned surveys or their folder",
        ),
        required: true,
    }),
    flags: &[&TREE, &SETTINGS, &ALL, &LANG],
    run,
};

static ALL: Flag = Flag {
    name: "all",
    short: None,
    value: None,
    help: t("列出全部不同之处，不只前 20 处", "list every difference, not only the first 20"),
};

/// Differences that are listed one by one.
const LISTED: usize = 20;

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let mut operands = parsed.operands();
    let report = operands.remove(0);
    let shown = report.display().to_string();
    if report.is_dir() {
        return Err(t(
            "{path} 是文件夹。先写报告（report.xlsx、report.md、report.docx 或 results.json），再写收回的表所在的文件夹。",
            "{path} is a folder. Name the report first (report.xlsx, report.md, report.docx or results.json), then the folder of the surveys.",
        )
        .with(&[("path", shown.into())])
        .into());
    }
    let bytes = fs::read(&report).map_err(|error| {
        t("{path}：{reason}。请核对路径。", "{path}: {reason}. Please check the path.")
            .with(&[("path", shown.clone().into()), ("reason", io_reason(&error))])
    })?;
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let own: Option<Results> = if is_json { serde_json::from_slice(&bytes).ok() } else { None };
    let printed = verify::read(bytes, &shown).ok_or_else(|| not_a_report(&shown))?;
    let flags = match (&own, printed.texts().find_map(recorded)) {
        (Some(results), _) => flags_of(results),
        (None, Some(flags)) => flags,
        (None, None) if printed.texts().any(|text| text.contains("各年结果摘要") || text.contains("Results digests")) => {
            return Err(t(
                "{path} 是年度对比，没有可重算的选项。请分别核对各年的报告，再用 ecap compare 重做一份，逐字比较两份。",
                "{path} is a comparison, which holds no options to recompute. Verify each year's report, make the comparison again, and compare the two word for word.",
            )
            .with(&[("path", shown.into())])
            .into());
        }
        (None, None) => return Err(not_a_report(&shown).into()),
    };
    if operands.is_empty() {
        session.print(
            t(
                "{report}：没有给出填好的表，不能排除报告或表被改过。请把收回的表所在的文件夹写在后面（或一起拖进来）。",
                "{report}: without the returned surveys a change cannot be excluded. Name their folder after the report (or drop both).",
            )
            .with(&[("report", shown.into())])
            .get(session.lang),
        )?;
        return Ok(Outcome::InputErrors);
    }
    let made = again(&operands, &flags, parsed, session)?;
    let Some(Chosen { results, expected, room }) = choose(&made, &report, own.as_ref(), &printed, &flags)? else {
        session.print(other_unit(&made, own.as_ref(), &printed, &shown).get(session.lang))?;
        return Ok(Outcome::InputErrors);
    };
    let changed = changed_inputs(&printed, results, &made.tree);
    let Compared { differences, by_hand, hidden } = verify::compare(&printed, &expected, &room);
    for line in &changed {
        session.print(line.get(session.lang))?;
    }
    // Where an input is another one, what was answered otherwise is said before all that follows from it.
    let is_answer = |one: &&verify::Difference| !changed.is_empty() && verify::is_answer(&one.header);
    let mut lines: Vec<Text> = differences.iter().filter(is_answer).map(|one| answered(one, &printed, results, &made.tree)).collect();
    lines.extend(differences.iter().filter(|one| !is_answer(one)).map(verify::Difference::line));
    let listed = if parsed.is_set(&ALL) { lines.len() } else { LISTED };
    for line in lines.iter().take(listed) {
        session.print(line.get(session.lang))?;
    }
    if lines.len() > listed {
        let more = lines.len() - listed;
        session.print(
            t("……另有 {more} 处不同，用 --all 全部列出。", "... and {more} more differences; --all lists them.")
                .with(&[("more", more.into())])
                .get(session.lang),
        )?;
    }
    for line in &hidden {
        session.print(t("提醒：{line}", "Note: {line}").with(&[("line", line.clone())]).get(session.lang))?;
    }
    let same = changed.is_empty() && differences.is_empty();
    let verdict = if same {
        t(
            "一致：{report} 印出的 {count} 处内容与由这些表重算的完全相同。",
            "Identical: all {count} entries printed in {report} are what these surveys give.",
        )
    } else {
        t(
            "不一致：{report} 有 {entries}与重算的不同，{files}与写报告时不同。",
            "Not identical: in {report} {entries} from the recomputation, {files} from those it was made with.",
        )
    };
    let said: Vec<Text> = [verdict, unchecked(&printed, &by_hand)].into_iter().filter(|text| !text.is_empty()).collect();
    session.print(
        Text::join(&said, "", " ")
            .with(&[
                ("report", shown.into()),
                ("count", (printed.cells().filter(|cell| !cell.shown.text().is_empty()).count() - by_hand.len()).into()),
                ("entries", t("{count} 处", "{count} [entry differs|entries differ]").counted(differences.len())),
                ("files", t("{count} 个文件或设定", "{count} [file or setting|files or settings]").counted(changed.len())),
            ])
            .get(session.lang),
    )?;
    Ok(if same { Outcome::Done } else { Outcome::InputErrors })
}

/// Is the file a report of `ecap score`, by what it holds?
pub fn is_report(path: &Path) -> bool {
    let named = |extensions: &[&str]| {
        path.extension().is_some_and(|extension| extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)))
    };
    if !path.is_file() || !named(&["xlsx", "md", "docx", "json"]) {
        return false;
    }
    let Ok(bytes) = fs::read(path) else { return false };
    let Some(printed) = verify::read(bytes, "") else { return false };
    printed.texts().any(|text| recorded(text).is_some())
        || (named(&["json"]) && printed.texts().any(|text| text == crate::result::SCHEMA_ID))
}

fn not_a_report(shown: &str) -> Text {
    t(
        "{path} 不是 ecap score 写的报告，或“复算选项”一行被删去了。可核对的有 report.xlsx、report.md、report.docx 和 results.json。",
        "{path} is no report of ecap score, or its line of options was taken out. Those that can be checked are report.xlsx, report.md, report.docx and results.json.",
    )
    .with(&[("path", shown.into())])
}

/// The flags of `score` that results say they were made with.
fn flags_of(results: &Results) -> Vec<String> {
    provenance::flags(results, "zh")
}

/// Scores the inputs again as the report was.
fn again(inputs: &[PathBuf], flags: &[String], parsed: &Parsed, session: &mut Session<'_>) -> Result<score::Made, Failure> {
    let mut words: Vec<OsString> = vec!["ecap".into(), "score".into()];
    words.extend(inputs.iter().map(|path| path.clone().into_os_string()));
    words.extend(flags.iter().map(OsString::from));
    for flag in [&TREE, &SETTINGS] {
        if let Some(value) = parsed.value(flag) {
            words.extend([format!("--{}", flag.name).into(), value.into()]);
        }
    }
    let Some((_, parsed)) = cli::parse(words, session)? else { return Err(not_a_report("").into()) };
    score::make(&parsed, session)
}

/// What people wrote where a report leaves room, and what else of it was not looked at.
fn unchecked(printed: &Printed, by_hand: &[(Text, String)]) -> Text {
    let said: Vec<Text> = by_hand
        .iter()
        .map(|(at, text)| t("{at}“{text}”", "{at} \"{text}\"").with(&[("at", at.clone()), ("text", text.as_str().into())]))
        .collect();
    let listed = Text::join(&said, "，", "; ");
    let words = match (printed.form, said.is_empty()) {
        (Form::Word, true) => t(
            "没有发现手工填写的内容；页眉页脚、图片和字体没有核对。",
            "Nothing filled in by hand was found; headers and footers, pictures and fonts were not checked.",
        ),
        (Form::Word, false) => t(
            "手工填写的不核对：{listed}；页眉页脚、图片和字体也没有核对。",
            "What was filled in by hand was not checked: {listed}; nor were headers and footers, pictures and fonts.",
        ),
        (Form::Markdown, true) => {
            t("没有发现手工填写的内容；图片没有核对。", "Nothing filled in by hand was found; pictures were not checked.")
        }
        (Form::Markdown, false) => {
            t("手工填写的不核对：{listed}；图片也没有核对。", "What was filled in by hand was not checked: {listed}; nor were pictures.")
        }
        (Form::Workbook, _) => t(
            "图表、字体颜色、链接和已有公式的写法没有核对。",
            "Charts, fonts and colours, links, and how formulas that belong there are written were not checked.",
        ),
        (Form::Json, _) => Text::default(),
    };
    words.with(&[("listed", listed)])
}

/// What a report is to be compared with.
struct Chosen<'a> {
    results: &'a Results,
    expected: Printed,
    room: Room,
}

/// The unit and period that the report is of, and what its file should print.
fn choose<'a>(
    made: &'a score::Made,
    report: &Path,
    own: Option<&Results>,
    printed: &Printed,
    flags: &[String],
) -> Result<Option<Chosen<'a>>, Failure> {
    let lang = if flags.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en") { Lang::En } else { Lang::Zh };
    let formulas = flags.iter().any(|flag| flag == provenance::FORMULAS);
    let unread = || Failure::from(not_a_report(&report.display().to_string()));
    for results in &made.assessed.units {
        let json = to_json(results);
        if let Some(own) = own {
            if own.unit.name == results.unit.name && own.period == results.period {
                let expected = verify::read(json.into_bytes(), "").ok_or_else(unread)?;
                return Ok(Some(Chosen { results, expected, room: Room::default() }));
            }
            continue;
        }
        let document = score::document(results, &made.tree, &json, formulas);
        let titles = [Some(&document.title), document.sheets.first().map(|sheet| &sheet.title)];
        let titles: Vec<String> = titles.iter().flatten().map(|title| verify::as_read(&one_line(title.get(lang)))).collect();
        if !printed.texts().any(|text| titles.iter().any(|title| verify::as_read(text).contains(title))) {
            continue;
        }
        let extension = report.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
        let format = format_named(&extension).ok_or_else(unread)?;
        let main = (format.write)(&document, lang, (2000, 1, 1))?.into_iter().next().ok_or_else(unread)?;
        let expected = verify::read(main.bytes, "").ok_or_else(unread)?;
        return Ok(Some(Chosen { results, expected, room: Room::of(&document, lang) }));
    }
    Ok(None)
}

/// That the surveys are of others than the report, naming both.
fn other_unit(made: &score::Made, own: Option<&Results>, printed: &Printed, shown: &str) -> Text {
    let of = |results: &Results| Text::from(one_line(&format!("{} {}", results.unit.name, results.period)));
    // Every report begins with its title, which names them.
    let title = || printed.texts().find(|text| !text.trim().is_empty()).map(|text| verify::as_read(text.trim_start_matches(['#', ' '])));
    let reported = own.map(of).or_else(|| title().map(Text::from)).unwrap_or_default();
    let units: Vec<Text> = made.assessed.units.iter().map(of).collect();
    let words = if units.is_empty() {
        t(
            "{report}：报告是“{reported}”；这些表里没有算得出结果的单位。",
            "{report}: the report is of \"{reported}\"; these surveys give no unit a result.",
        )
    } else {
        t(
            "{report}：报告是“{reported}”，这些表是“{units}”，不是同一个单位和评估期。",
            "{report}: the report is of \"{reported}\", these surveys are of \"{units}\": not the same unit and period.",
        )
    };
    words.with(&[("report", shown.into()), ("reported", reported), ("units", Text::some(&units, 5))])
}

/// A file's name as a report prints it and it is read there.
fn printed_name(file: &str) -> String {
    verify::as_read(&one_line(file))
}

/// Which inputs, tree and weights are not those whose digests the report prints.
fn changed_inputs(printed: &Printed, results: &Results, tree: &Tree) -> Vec<Text> {
    let stated = printed.digests();
    let is_stated = |digest: &str| stated.iter().any(|(own, _)| own == digest);
    let texts: Vec<&str> = printed.texts().collect();
    let named = |file: &str| {
        let file = printed_name(file);
        texts.iter().any(|text| verify::as_read(text).contains(&file))
    };
    let mut lines = Vec::new();
    if !is_stated(&tree.sha256) {
        lines.push(
            t(
                "指标体系与报告所用的不是同一份（现在是 {digest}…）。用的是别的版本，请用 --tree 指明。",
                "The tree is not the one of the report (now {digest}...). If it was another edition, name it with --tree.",
            )
            .with(&[("digest", tree.sha256.chars().take(16).collect::<String>().into())]),
        );
    }
    let mut explained: Vec<String> = Vec::new();
    let is_whole = |input: &InputRef| {
        stated.iter().any(|(own, name)| *own == input.sha256 && verify::as_read(name).trim() == printed_name(&input.file).trim())
    };
    for input in results.inputs.iter().filter(|input| !is_whole(input)) {
        let text = if is_stated(&input.sha256) {
            t(
                "{file}：内容与写报告时读过的一份相同，名字不同，或多了一份。",
                "{file}: what it holds was read for the report under another name, or there is a copy more.",
            )
        } else if named(&input.file) {
            explained.push(input.file.clone());
            t("{file} 与写报告时的不同：有改动。", "{file} is not what it was when the report was written: it was changed.")
        } else {
            t("{file}：写报告时没有读过这份文件。", "{file}: this file was not read for the report.")
        };
        lines.push(text.with(&[("file", input.file.clone().into())]));
    }
    if !is_stated(&results.weights_sha256) {
        lines.push(t("权重与报告所用的不同。", "The weights are not those of the report."));
    }
    let known = |digest: &str| {
        digest == tree.sha256
            || digest == results.weights_sha256
            || results.inputs.iter().any(|input| input.sha256 == digest)
            || results.redacted.as_ref().is_some_and(|redacted| redacted.of_sha256 == digest)
    };
    let row = |name: &str| name.contains(".xls") && !explained.iter().any(|file| verify::as_read(name).contains(&printed_name(file)));
    for (_, name) in stated.iter().filter(|(digest, name)| !known(digest) && row(name)) {
        lines.push(
            t("{file}：报告读过这份文件，现在没有给出。", "{file}: the report was made from this file, which is not among those named.")
                .with(&[("file", verify::as_read(name).into())]),
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_found_with_the_file_before_it() {
        let digest = "a".repeat(64);
        let printed = verify::read(format!("甲.xlsx\n{digest}\n| 乙.xlsx | {digest} |").into_bytes(), "").expect("Markdown");
        let names: Vec<String> = printed.digests().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["甲.xlsx", "乙.xlsx"]);
    }
}
