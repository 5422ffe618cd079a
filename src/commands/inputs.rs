//! What a run starts from: the tree with the settings applied, the filled workbooks, each with its digest and its findings.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::answers;
use crate::commands::cli::Parsed;
use crate::commands::together::{count_once, other_periods, other_units};
use crate::commands::{SETTINGS, Session, options};
use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::quiz::{LOST_STORE, has_lost_store};
use crate::result::{InputRef, OptionsUsed, Unscored};
use crate::settings::{self, Settings};
use crate::sheet::garbled;
use crate::sheet::limits::Limits;
use crate::sheet::open::GARBLED;
use crate::sheet::{self, Book, Input};
use crate::survey::Given;
use crate::survey::own::{self, OWN_REPORT};
use crate::survey::{self, Filled};
use crate::text::{Text, t};
use crate::tree::{Profile, Tree};

pub static NOT_READ: Kind = Kind {
    code: "input-not-read",
    severity: Severity::Error,
    what: t("读不了：{reason}。", "It cannot be read: {reason}."),
    advice: t("请关闭正打开它的程序，或核对权限。", "Close the program that has it open, or check its permissions."),
};

pub static OTHER_UNIT: Kind = Kind::new(
    "settings-other-unit",
    Severity::Warning,
    t(
        "评估设置是“{own}”的，收到的表里有“{other}”的（{file}），也按这份设置计分。",
        "The settings are those of \"{own}\"; a survey of \"{other}\" was found ({file}) and is scored by them too.",
    ),
    t("如不是同一单位、同一评估期，请把它移出去。", "If it is another unit or period, take it out."),
);

/// What `score` writes for machines.
pub const RESULTS: &str = "results.json";

/// The tree as this run uses it, and what the arguments lead to.
pub struct Assessment {
    pub tree: Tree,
    pub settings: Option<Settings>,
    /// The settings workbook among the inputs.
    settings_input: Option<InputRef>,
    /// Every other workbook found.
    found: Vec<Input>,
    pub options: OptionsUsed,
    pub limits: Limits,
    /// On the settings, and on files that were passed over by name.
    pub findings: Vec<Finding>,
}

/// One file of the run.
pub struct File {
    pub input: InputRef,
    /// None where it was not scored.
    pub filled: Option<Filled>,
    /// Where it is a survey and was not scored.
    pub unscored: Option<Unscored>,
    pub findings: Vec<Finding>,
}

/// All files of the run.
pub struct Inputs {
    /// By name's bytes, then digest.
    pub files: Vec<File>,
    /// On the settings, and on files that were passed over by name.
    pub findings: Vec<Finding>,
    /// On reports, quizzes, ledgers and tables of costs of ours that lie among the surveys: said once, no part of what is assessed.
    pub reports: Vec<Finding>,
}

impl Inputs {
    /// The respondent of each file whose cover names one.
    pub fn respondents(&self) -> BTreeMap<String, String> {
        let scored = self.files.iter().filter_map(|file| file.filled.as_ref()).map(|filled| (&filled.file, &filled.respondent));
        let unscored = self.files.iter().filter_map(|file| file.unscored.as_ref()).map(|one| (&one.file, &one.respondent));
        scored.chain(unscored).map(|(file, respondent)| (file.clone(), respondent.clone())).collect()
    }
}

/// The tree, the settings of `--settings` or of the folder, and the workbooks found; nothing but the settings is read yet.
pub fn prepare(arguments: &[PathBuf], parsed: &Parsed, session: &mut Session<'_>) -> Result<Assessment, Failure> {
    let tree = options::tree(parsed, session)?;
    prepare_for(tree, arguments, parsed)
}

/// The same with a tree that was chosen otherwise.
pub fn prepare_for(tree: Tree, arguments: &[PathBuf], parsed: &Parsed) -> Result<Assessment, Failure> {
    let mut assessment = prepare_with(arguments, tree, parsed.value(&SETTINGS), options::profile(parsed)?)?;
    assessment.options = options::used(parsed);
    assessment.limits = options::limits(parsed)?;
    options::apply_scope(parsed, &mut assessment.tree)?;
    Ok(assessment)
}

/// The same with a tree, settings named or none, and a profile or none.
pub fn prepare_with(arguments: &[PathBuf], tree: Tree, named: Option<&str>, profile: Option<Profile>) -> Result<Assessment, Failure> {
    let mut findings = Vec::new();
    let found = sheet::find(arguments, &mut findings)?;
    let (mut candidates, found): (Vec<Input>, Vec<Input>) = found.into_iter().partition(|input| is_settings(&input.path));
    if let Some(named) = named {
        candidates = sheet::find(&[PathBuf::from(named)], &mut Vec::new())?;
        candidates.retain(|input| is_settings(&input.path));
        if candidates.is_empty() {
            return Err(t(
                "{path} 不是评估设置。请指明 ecap init 做的那份工作簿，或它所在的文件夹。",
                "{path} is no settings workbook. Name the one that ecap init made, or its folder.",
            )
            .with(&[("path", named.into())])
            .into());
        }
    }
    // Scoring without settings that are there would give other numbers than the office decided on.
    if candidates.is_empty()
        && let Some(unread) = found.iter().find(|input| named_settings(&input.name))
    {
        return Err(t(
            "{name} 打不开，或不是评估设置。请关闭正打开它的程序，或用 WPS、Excel 另存为 .xlsx；不用它的，请把它移走。",
            "{name} cannot be opened, or is no settings workbook. Close the program that has it open, or save it as .xlsx; if it is not to be used, move it away.",
        )
        .with(&[("name", unread.name.clone().into())])
        .into());
    }
    let mut assessment = Assessment {
        tree,
        settings: None,
        settings_input: None,
        found,
        options: OptionsUsed::default(),
        limits: Limits::default(),
        findings,
    };
    if let Some((input, bytes)) = only(candidates)? {
        let sha256 = crate::tree::hex(&Sha256::digest(&bytes));
        let book = Book::open(bytes, &input.name, &mut assessment.findings);
        let read = book.and_then(|book| settings::read(&book, &input.name, &assessment.tree, profile, &mut assessment.findings));
        let Some(settings) = read else { return Err(Failure::Findings(assessment.findings)) };
        assessment.tree.local = settings.local.clone();
        assessment.settings = Some(settings);
        assessment.settings_input = Some(InputRef { file: input.name, sha256 });
    }
    Ok(assessment)
}

/// Is the file called like a settings workbook?
fn named_settings(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    [settings::FILE_NAME.zh, settings::FILE_NAME.en].iter().any(|own| file.eq_ignore_ascii_case(own))
}

fn is_settings(path: &Path) -> bool {
    settings::is_settings(&sheet::sheet_names(path))
}

/// The one settings workbook and its bytes; copies of one are one, two different ones stop the run.
fn only(candidates: Vec<Input>) -> Result<Option<(Input, Vec<u8>)>, Failure> {
    let mut kept: Option<(Input, Vec<u8>)> = None;
    let shown = |input: &Input| Text::from(input.path.display().to_string());
    for input in candidates {
        let bytes = fs::read(&input.path).map_err(|error| unreadable(&input.path, &error))?;
        match &kept {
            None => kept = Some((input, bytes)),
            Some((_, first)) if *first == bytes => {}
            Some((first, _)) => {
                return Err(t(
                    "有两份不同的评估设置：{first} 和 {second}。一次只做一个单位：几个单位的文件夹请一个一个做；同一单位的请只留一份，或用 --settings 指明。",
                    "There are two different settings workbooks: {first} and {second}. One unit at a time: run the folders of several units one by one; of one unit keep one, or name it with --settings.",
                )
                .with(&[("first", shown(first)), ("second", shown(&input))])
                .into());
            }
        }
    }
    Ok(kept)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    t("{path}：{reason}。请核对路径。", "{path}: {reason}. Please check the path.")
        .with(&[("path", path.display().to_string().into()), ("reason", io_reason(error))])
        .into()
}

impl Assessment {
    /// The files that findings call so; two where the arguments lead to two of one name.
    pub fn paths<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Path> {
        self.found.iter().filter(move |input| input.name == name).map(|input| input.path.as_path())
    }

    /// Reads every workbook that was found; one bad file stops no other.
    pub fn read(&self, given: &Given) -> Result<Inputs, Failure> {
        if self.found.is_empty() && self.findings.is_empty() && self.settings.is_none() {
            return Err(t("没有找到工作簿。请核对路径。", "No workbook was found. Please check the path.").into());
        }
        let files = self.found.iter().map(|input| file(&input.name, &input.path, &self.tree, given, &self.limits));
        let is_report = |file: &File| file.findings.iter().any(own::is_said);
        let (reports, mut files): (Vec<File>, Vec<File>) = files.partition(is_report);
        let reports = reports.into_iter().flat_map(|file| file.findings).collect();
        if let Some(input) = &self.settings_input {
            files.push(File { input: input.clone(), filled: None, unscored: None, findings: Vec::new() });
        }
        files.sort_by(|one, two| one.input.cmp(&two.input));
        count_once(&mut files);
        let mut findings = self.findings.clone();
        match &self.settings {
            Some(settings) => findings.extend(other_unit(settings, files.iter().filter_map(|file| file.filled.as_ref()))),
            None => {
                let filled: Vec<&Filled> = files.iter().filter_map(|file| file.filled.as_ref()).collect();
                findings.extend(other_periods(&filled));
                findings.extend(other_units(&filled));
            }
        }
        Ok(Inputs { files, findings, reports })
    }
}

/// Is it a file that a report is read in and no workbook?
pub fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "docx" || extension == "md")
}

impl Assessment {
    /// Why reports that were given can be read by nothing, and what can be instead; none where no report was.
    pub fn not_again(&self, arguments: &[PathBuf], inputs: &Inputs) -> Option<Text> {
        let own = inputs.reports.iter().filter(|finding| finding.code == OWN_REPORT.code);
        let workbooks = own.filter_map(|finding| self.paths(finding.place.file.as_deref()?).next());
        let beside = |path: &Path| path.with_file_name(RESULTS).is_file();
        let pages = arguments.iter().map(PathBuf::as_path).filter(|path| is_page(path) && beside(path));
        let path = workbooks.chain(pages).next()?;
        let text = if beside(path) {
            t(
                "{file} 是 ecap 写的报告，不能再读；请用同一文件夹里的 results.json。",
                "{file} is a report made by ecap and cannot be read again; use results.json in the same folder.",
            )
        } else {
            t(
                "{file} 是 ecap 写的报告，不能再读；请用 ecap score 写的 results.json，或填好的自评表。",
                "{file} is a report made by ecap and cannot be read again; use the results.json that ecap score wrote, or the filled surveys.",
            )
        };
        Some(text.with(&[("file", path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default().into())]))
    }
}

/// A survey of another unit or period than the settings were made for.
fn other_unit<'a>(settings: &Settings, mut filled: impl Iterator<Item = &'a Filled>) -> Option<Finding> {
    let differs = |own: &Option<String>, value: &str| own.as_ref().is_some_and(|own| own != value);
    let other = filled.find(|filled| differs(&settings.unit, &filled.unit) || differs(&settings.period, &filled.period))?;
    let named = |unit: &str, period: &str| Text::join(&[unit.into(), period.into()], " ", " ");
    let own = named(settings.unit.as_deref().unwrap_or(&other.unit), settings.period.as_deref().unwrap_or(&other.period));
    let args = [("own", own), ("other", named(&other.unit, &other.period)), ("file", other.file.clone().into())];
    Some(OTHER_UNIT.at(settings.unit_place.clone(), &args))
}

fn file(name: &str, path: &PathBuf, tree: &Tree, given: &Given, limits: &Limits) -> File {
    let mut findings = Vec::new();
    // Before a file of any size is taken in.
    if let Some(refused) = limits.too_large(path, name) {
        findings.push(refused);
        return File { input: InputRef { file: name.to_string(), sha256: String::new() }, filled: None, unscored: None, findings };
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.push(NOT_READ.at(Place::file(name), &[("reason", io_reason(&error))]));
            return File { input: InputRef { file: name.to_string(), sha256: String::new() }, filled: None, unscored: None, findings };
        }
    };
    let input = InputRef { file: name.to_string(), sha256: crate::tree::hex(&Sha256::digest(&bytes)) };
    let book = Book::open_within(&bytes, name, limits, &mut findings);
    // Its cover has labels of a survey's.
    let lost = book.as_ref().is_some_and(has_lost_store).then(|| LOST_STORE.at(Place::file(name), &[]));
    let filled = book.as_ref().filter(|_| lost.is_none()).and_then(|book| survey::read(book, name, tree, given, &mut findings));
    findings.extend(lost);
    // Of garbled words nobody can find a header; to mend that would help nobody.
    let without_rows = filled.as_ref().is_none_or(|filled| filled.rows.is_empty());
    if let Some(text) = book.as_ref().filter(|_| without_rows).and_then(garbled::example) {
        let findings = vec![GARBLED.at(Place::file(name), &[("text", text.into())])];
        return File { input, filled: None, unscored: None, findings };
    }
    let mut unscored = None;
    let filled = filled.filter(|filled| {
        if !filled.scored {
            findings.extend(answers::remarks(filled, tree));
            unscored = Some(Unscored { file: filled.file.clone(), respondent: filled.respondent.clone() });
        }
        // It came, though nothing of it could be read.
        if filled.rows.is_empty() {
            unscored = Some(Unscored { file: filled.file.clone(), respondent: filled.respondent.clone() });
        }
        filled.scored
    });
    File { input, filled, unscored, findings }
}
