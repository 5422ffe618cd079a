//! `ecap` by double click: a short menu for whoever does not type commands, and what a dropped folder gets.
//!
//! It only asks, says the command line it runs, and runs it; everything done here can be done by that line.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::commands::verify::is_report;
use crate::commands::{Session, run_command};
use crate::error::{Failure, io_reason};
use crate::settings::{FILE_NAME, is_settings};
use crate::sheet::replace::replace;
use crate::sheet::{self, sheet_names};
use crate::text::{Text, t};

/// The record of what was run, in the folder of the assessment.
const RECORD: Text = t("运行记录.txt", "record.txt");
const SURVEYS: Text = t("待发问卷", "surveys");
const CHECKED: Text = t("检查结果", "check");
const REPORTS: Text = t("报告", "reports");
const REVIEW: Text = t("现场复核表.xlsx", "review.xlsx");

/// One line of the menu: what it is called, what it is for, what it does in a folder.
struct Choice {
    name: Text,
    about: Text,
    run: fn(&mut Menu<'_, '_>, &Path) -> Result<(), Failure>,
    /// May the folder be new?
    makes_folder: bool,
    /// Can nothing be done without settings?
    needs_settings: bool,
}

static CHOICES: [Choice; 8] = [
    Choice {
        name: t("新建评估", "Start an assessment"),
        about: t("做一份评估设置，填单位、时限和部门", "make the settings workbook"),
        run: start,
        makes_folder: true,
        needs_settings: false,
    },
    Choice {
        name: t("发放问卷", "Hand out surveys"),
        about: t("每个部门一份自评表", "one survey a department"),
        run: hand_out,
        makes_folder: false,
        needs_settings: true,
    },
    Choice {
        name: t("检查回收", "Check what returned"),
        about: t("谁没交、谁没填完、哪里填错，写好催办的话", "who is missing, what is blank or wrong, reminders"),
        run: check,
        makes_folder: false,
        needs_settings: false,
    },
    Choice {
        name: t("生成复核表", "Make the review workbook"),
        about: t("各部门的答案并排，带去现场核", "all answers side by side, for the site visit"),
        run: review,
        makes_folder: false,
        needs_settings: false,
    },
    Choice {
        name: t("评分出报告", "Score and report"),
        about: t("Excel、Word 报告和明细", "reports in Excel and Word"),
        run: score,
        makes_folder: false,
        needs_settings: false,
    },
    Choice {
        name: t("和上年比较", "Compare with last year"),
        about: t("变了多少、为什么，上年的短板怎样了", "what changed and why, what last year's gaps became"),
        run: compare,
        makes_folder: false,
        needs_settings: false,
    },
    Choice {
        name: t("安排培训", "Plan training"),
        about: t(
            "从短板排课程、出试卷；填好的答题表放进来就阅卷",
            "courses and a quiz from weak items; marks the answers put into the folder",
        ),
        run: train,
        makes_folder: false,
        needs_settings: false,
    },
    Choice {
        name: t("整改方案", "Plan what to mend"),
        about: t("最省的办法到下一等级，各题再上一档的增分，整改台账", "the cheapest way to the next grade, the ledger"),
        run: plan,
        makes_folder: false,
        needs_settings: false,
    },
];

/// The menu, until its user leaves; the worst exit code of what was run.
pub fn menu(session: &mut Session<'_>) -> Result<i32, Failure> {
    let mut menu = Menu { session, folder: None, worst: 0 };
    menu.say(&t("ecap 应急能力评估", "ecap, emergency capability assessment"))?;
    loop {
        menu.say(&Text::default())?;
        for (number, choice) in (1usize..).zip(&CHOICES) {
            let line = t("  {number} {name}：{about}", "  {number} {name}: {about}");
            menu.say(&line.with(&[("number", number.into()), ("name", choice.name.clone()), ("about", choice.about.clone())]))?;
        }
        menu.say(&t("  0 退出", "  0 Leave"))?;
        let Some(answer) = menu.ask(&t("请输入数字，按回车：", "Type a number and press Enter: "))? else { break };
        let number = crate::unit::normal(&answer);
        if number == "0" {
            break;
        }
        let chosen = number.parse::<usize>().ok().and_then(|number| CHOICES.get(number.checked_sub(1)?));
        let Some(choice) = chosen else {
            menu.say(
                &t("没有这一项，请输入 0 到 {last} 的数字。", "There is no such line; type a number from 0 to {last}.")
                    .with(&[("last", CHOICES.len().into())]),
            )?;
            continue;
        };
        if let Some(folder) = menu.folder(choice)? {
            (choice.run)(&mut menu, &folder)?;
        }
    }
    let worst = menu.worst;
    goodbye(session)?;
    Ok(worst)
}

/// Files or folders dropped on the program: checked and, where it can be, scored.
pub fn dropped(paths: &[PathBuf], session: &mut Session<'_>) -> Result<i32, Failure> {
    // A report among what was dropped: does it belong to the rest?
    let (mut reports, inputs): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| is_report(path));
    let report = if reports.len() == 1 { reports.pop() } else { None };
    let paths = if report.is_some() && !inputs.is_empty() { inputs.as_slice() } else { paths };
    let first = paths.first().cloned().unwrap_or_default();
    let folder = if first.is_dir() { first } else { first.parent().map(Path::to_path_buf).unwrap_or_default() };
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    let mut menu = Menu { session, folder: None, worst: 0 };
    // A folder of returns belongs to the assessment whose settings lie above it; without them other numbers would come out.
    let above = std::path::absolute(&folder).ok().and_then(|folder| folder.parent().map(Path::to_path_buf));
    let has_own = paths.iter().any(|path| path.is_dir() && holds_settings(path)) || holds_settings(&folder);
    let above = above.filter(|above| !has_own && holds_settings(above));
    let (paths, folder) = match above {
        Some(above) => {
            menu.say(
                &t(
                    "评估设置在上一级文件夹，按整个评估文件夹办：{path}",
                    "The settings lie in the folder above; the whole assessment is taken: {path}",
                )
                .with(&[("path", above.display().to_string().into())]),
            )?;
            (vec![above.clone()], above)
        }
        None => (paths.to_vec(), folder),
    };
    if let Some(report) = report {
        let words = ["verify".into(), report.into_os_string()];
        let inputs = if inputs.is_empty() { Vec::new() } else { paths };
        menu.run(&folder, words.into_iter().chain(inputs.into_iter().map(PathBuf::into_os_string)).collect())?;
        let worst = menu.worst;
        goodbye(session)?;
        return Ok(worst);
    }
    let lang = menu.session.lang;
    let words = |command: &str, out: &Text| -> Vec<OsString> {
        let paths = paths.iter().map(|path| path.clone().into_os_string());
        [command.into()].into_iter().chain(paths).chain(["-o".into(), folder.join(out.get(lang)).into_os_string()]).collect()
    };
    let code = menu.run(&folder, words("check", &CHECKED))?;
    // 2: nothing could be read, and the sentence above says why.
    if code != 2 {
        menu.run(&folder, words("score", &REPORTS))?;
    }
    let worst = menu.worst;
    goodbye(session)?;
    Ok(worst)
}

fn goodbye(session: &mut Session<'_>) -> Result<(), Failure> {
    if session.terminal {
        session.print(t("按回车键关闭。", "Press Enter to close.").get(session.lang))?;
        session.flush()?;
        let mut line = String::new();
        // Whether a line or the end came, the window closes.
        let _ = session.input.read_line(&mut line);
    }
    Ok(())
}

struct Menu<'m, 's> {
    session: &'m mut Session<'s>,
    /// The folder used last.
    folder: Option<PathBuf>,
    worst: i32,
}

impl Menu<'_, '_> {
    fn say(&mut self, text: &Text) -> Result<(), Failure> {
        let lang = self.session.lang;
        self.session.print(text.get(lang))
    }

    /// A line typed after a question; none at the end of input.
    fn ask(&mut self, question: &Text) -> Result<Option<String>, Failure> {
        let lang = self.session.lang;
        self.session.prompt(question.get(lang))?;
        let mut line = String::new();
        match self.session.input.read_line(&mut line) {
            Ok(0) | Err(_) => Ok(None),
            Ok(_) => Ok(Some(line.trim().to_string())),
        }
    }

    /// The folder of an assessment, asked until it is one; none where its user gives up.
    fn folder(&mut self, choice: &Choice) -> Result<Option<PathBuf>, Failure> {
        loop {
            let question = match &self.folder {
                Some(folder) => t(
                    "评估文件夹（拖进来或写路径；直接回车用 {folder}；0 返回）：",
                    "Folder of the assessment (drag it here or type it; Enter for {folder}; 0 to go back): ",
                )
                .with(&[("folder", folder.display().to_string().into())]),
                None if choice.makes_folder => t(
                    "放在哪个文件夹（没有的会新建，如 临江区2026；0 返回）：",
                    "In which folder (it is made if missing, like district-2026; 0 to go back): ",
                ),
                None => t("评估文件夹（拖进来或写路径；0 返回）：", "Folder of the assessment (drag it here or type it; 0 to go back): "),
            };
            let Some(answer) = self.ask(&question)? else { return Ok(None) };
            let answer = unquoted(&answer);
            let folder = match (answer.as_str(), &self.folder) {
                ("0", _) => return Ok(None),
                ("", Some(folder)) => folder.clone(),
                ("", None) => continue,
                _ => PathBuf::from(&answer),
            };
            if let Some(trouble) = trouble(&folder, choice) {
                self.say(&trouble)?;
                continue;
            }
            self.folder = Some(folder.clone());
            return Ok(Some(folder));
        }
    }

    /// Runs a command line, says it, and keeps it with what it said in the record; the exit code.
    fn run(&mut self, folder: &Path, words: Vec<OsString>) -> Result<i32, Failure> {
        let line = std::iter::once("ecap".to_string()).chain(words.iter().map(quoted)).collect::<Vec<_>>().join(" ");
        self.say(&t("运行：{line}", "Running: {line}").with(&[("line", line.clone().into())]))?;
        self.session.flush()?;
        let arguments = std::iter::once(OsString::from("ecap")).chain(words).collect();
        let (code, said) = {
            let mut heard = Vec::new();
            let code = run_command(arguments, self.session.lang, &mut heard);
            (code, String::from_utf8_lossy(&heard).into_owned())
        };
        self.say(&Text::same(said.trim_end()))?;
        let lang = self.session.lang;
        let record = folder.join(RECORD.get(lang));
        if let Err(Failure::Message(text)) = keep(&record, &format!("$ {line}\n{}\n\n", said.trim_end())) {
            self.say(&text)?;
        }
        self.worst = self.worst.max(code);
        Ok(code)
    }

    /// A path in the folder, in the reader's words.
    fn within(&self, folder: &Path, name: &Text) -> OsString {
        folder.join(name.get(self.session.lang)).into_os_string()
    }
}

/// Adds an entry to the record, which is replaced whole as any other file.
fn keep(record: &Path, entry: &str) -> Result<(), Failure> {
    let mut kept = match std::fs::read(record) {
        Ok(kept) => kept,
        // Windows editors know UTF-8 by its mark.
        Err(error) if error.kind() == ErrorKind::NotFound => "\u{feff}".into(),
        Err(error) => {
            return Err(t("写不了 {path}：{reason}。", "Cannot write {path}: {reason}.")
                .with(&[("path", record.display().to_string().into()), ("reason", io_reason(&error))])
                .into());
        }
    };
    kept.extend(entry.as_bytes());
    replace(record, &kept)
}

/// Why a folder will not do; none where it will.
fn trouble(folder: &Path, choice: &Choice) -> Option<Text> {
    let args = [("path", Text::from(folder.display().to_string()))];
    if folder.is_file() {
        return Some(
            t("{path} 是文件，不是文件夹。请指明放表的文件夹。", "{path} is a file. Name the folder that holds the workbooks.").with(&args),
        );
    }
    if choice.makes_folder {
        return None;
    }
    let needed = choice.needs_settings;
    if !folder.exists() {
        return Some(
            t(
                "没有这个文件夹：{path}。请核对，或把文件夹拖进窗口。",
                "There is no folder {path}. Check it, or drag the folder into this window.",
            )
            .with(&args),
        );
    }
    match std::fs::read_dir(folder).map(|_| holds_settings(folder)) {
        Ok(true) => None,
        // One workbook for the whole unit needs no settings.
        Ok(false) if !needed && holds_workbooks(folder) => None,
        Ok(false) => Some(
            t(
                "{path} 里没有评估设置。请先选 1 新建评估，或指明放着评估设置的文件夹。",
                "{path} holds no settings workbook. Start an assessment with 1, or name the folder that holds one.",
            )
            .with(&args),
        ),
        Err(error) => Some(
            t("{path}：{reason}。请换一个文件夹。", "{path}: {reason}. Choose another folder.")
                .with(&[args[0].clone(), ("reason", io_reason(&error))]),
        ),
    }
}

/// Does a workbook lie in the folder or below?
fn holds_workbooks(folder: &Path) -> bool {
    sheet::find(&[folder.to_path_buf()], &mut Vec::new()).is_ok_and(|found| !found.is_empty())
}

/// Does a settings workbook lie in the folder itself?
fn holds_settings(folder: &Path) -> bool {
    let visible = |entry: &std::fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(visible).any(|entry| is_settings(&sheet_names(&entry.path())))
}

fn start(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let Some(unit) = menu.ask(&t("被评估单位，如 临江区：", "Unit assessed: "))? else { return Ok(()) };
    let Some(period) = menu.ask(&t("评估期，如 2026：", "Period, like 2026: "))? else { return Ok(()) };
    let mut words: Vec<OsString> = vec!["init".into(), "-o".into(), folder.into()];
    for (flag, value) in [("--unit", unit), ("--period", period)] {
        if !value.is_empty() {
            words.extend([flag.into(), value.into()]);
        }
    }
    let code = menu.run(folder, words)?;
    if code == 0 {
        let name = FILE_NAME;
        let lang = menu.session.lang;
        menu.say(
            &t("请打开 {path}，填好保存，再选 2 发放问卷。", "Open {path}, fill it in, save it, then choose 2.")
                .with(&[("path", folder.join(name.get(lang)).display().to_string().into())]),
        )?;
    }
    Ok(())
}

fn hand_out(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let out = menu.within(folder, &SURVEYS);
    menu.run(folder, vec!["survey".into(), "--by-department".into(), folder.into(), "-o".into(), out]).map(drop)
}

fn check(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let question = t("今天的日期，用来算逾期，如 2026-11-22（直接回车不算）：", "Today's date, to tell what is overdue (Enter to skip): ");
    let date = menu.ask(&question)?.unwrap_or_default();
    let out = menu.within(folder, &CHECKED);
    let mut words: Vec<OsString> = vec!["check".into(), folder.into(), "-o".into(), out];
    if !date.is_empty() {
        words.extend(["--date".into(), date.into()]);
    }
    menu.run(folder, words).map(drop)
}

fn review(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let out = menu.within(folder, &REVIEW);
    menu.run(folder, vec!["survey".into(), "--review".into(), folder.into(), "-o".into(), out]).map(drop)
}

fn score(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let out = menu.within(folder, &REPORTS);
    menu.run(folder, vec!["score".into(), folder.into(), "-o".into(), out]).map(drop)
}

fn train(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let out = menu.within(folder, &REPORTS);
    menu.run(folder, vec!["train".into(), folder.into(), "-o".into(), out]).map(drop)
}

fn compare(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let question = t(
        "上年的文件夹、results.json，或只有一张得分表的那个工作簿（拖进来或写路径；0 返回）：",
        "Last year's folder or results.json, or a workbook of scores (drag it here or type it; 0 to go back): ",
    );
    let last = loop {
        let Some(answer) = menu.ask(&question)? else { return Ok(()) };
        let answer = unquoted(&answer);
        if answer == "0" {
            return Ok(());
        }
        let path = PathBuf::from(&answer);
        if !answer.is_empty() && path.exists() {
            break path;
        }
        menu.say(&t("没有这个文件或文件夹：{path}。", "There is no file or folder {path}.").with(&[("path", answer.into())]))?;
    };
    let table = last.is_file() && last.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let first: [OsString; 2] = if table { ["--baseline".into(), last.into()] } else { [last.into(), folder.into()] };
    let mut words: Vec<OsString> = vec!["compare".into()];
    words.extend(first);
    if table {
        words.push(folder.into());
    }
    words.extend(["-o".into(), menu.within(folder, &REPORTS)]);
    menu.run(folder, words).map(drop)
}

fn plan(menu: &mut Menu<'_, '_>, folder: &Path) -> Result<(), Failure> {
    let question = t(
        "今天的日期，整改从这天算起，如 2026-11-22（直接回车不写日期）：",
        "Today's date, on which the plan starts, like 2026-11-22 (Enter for none): ",
    );
    let date = menu.ask(&question)?.unwrap_or_default();
    let out = menu.within(folder, &REPORTS);
    let mut words: Vec<OsString> = vec!["plan".into(), folder.into(), "-o".into(), out];
    if !date.is_empty() {
        words.extend(["--date".into(), date.into()]);
    }
    menu.run(folder, words).map(drop)
}

/// A path as terminals paste it when it is dragged in: in quotes, or with escaped blanks.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.to_string();
        }
    }
    // A backslash parts folders on Windows.
    if std::path::MAIN_SEPARATOR == '\\' { text.to_string() } else { text.replace("\\ ", " ").replace("\\(", "(").replace("\\)", ")") }
}

/// A word of a command line as it would be typed.
fn quoted(word: &OsString) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains([' ', '(', ')', '&', ';', '\'']) { format!("\"{word}\"") } else { word.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dragged_path_is_read_without_its_quotes() {
        assert_eq!(unquoted("\"D:\\评估 (1)\" "), "D:\\评估 (1)");
        assert_eq!(unquoted("'/home/a b'"), "/home/a b");
        assert_eq!(unquoted("临江区2026"), "临江区2026");
        assert_eq!(quoted(&OsString::from("评估 (1)")), "\"评估 (1)\"");
    }
}
