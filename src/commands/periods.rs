//! Several periods of one unit, from workbooks or from `results.json`, each with the tree it was scored by.

use std::fs;
use std::path::{Path, PathBuf};

use crate::baseline;
use crate::commands::cli::Parsed;
use crate::commands::together::OTHER_PERIOD;
use crate::commands::{OLD_TREE, Session, TREE, UNIT, assess, inputs, options};
use crate::error::{Failure, io_reason};
use crate::finding::Finding;
use crate::result::{Results, from_json};
use crate::sheet::{self, Book};
use crate::survey::cover::OTHER_DIGEST;
use crate::survey::layout::{COVER, is};
use crate::text::{Text, t};
use crate::tree::{self, Tree};

/// A period: its results, where they came from, and the tree they were scored by where it is at hand.
pub struct Period {
    pub results: Results,
    /// The file or folder named.
    pub from: String,
    /// Index into [`Periods::trees`].
    pub tree: Option<usize>,
}

pub struct Periods {
    /// The tree of `--tree` first, then that of `--old-tree`.
    pub trees: Vec<Tree>,
    /// In the order of the periods.
    pub all: Vec<Period>,
    pub findings: Vec<Finding>,
}

impl Period {
    pub fn tree<'a>(&self, trees: &'a [Tree]) -> Option<&'a Tree> {
        self.tree.and_then(|index| trees.get(index))
    }
}

/// Depth to which a folder is searched for `results.json`.
const DEPTH: usize = 6;

/// What the arguments lead to: the periods of one unit, at least `least` of them.
pub fn read(arguments: &[PathBuf], least: usize, parsed: &Parsed, session: &mut Session<'_>) -> Result<Periods, Failure> {
    let mut names = vec![parsed.value(&TREE).unwrap_or(tree::NAMES[0]).to_string()];
    names.extend(parsed.value(&OLD_TREE).filter(|name| *name != names[0]).map(str::to_string));
    let mut trees = Vec::new();
    for name in &names {
        trees.push(options::tree_named(name, session)?);
    }
    let mut periods = Periods { trees, all: Vec::new(), findings: Vec::new() };
    for group in groups(arguments) {
        let mut found = Vec::new();
        // Surveys speak before results that may lie among them and be older.
        if !holds_surveys(&group) {
            for path in &group {
                results_files(path, DEPTH, &mut found)?;
            }
        }
        if found.is_empty() {
            let others: Vec<&PathBuf> = arguments.iter().filter(|path| !group.contains(path)).collect();
            periods.workbooks(&group, &others, parsed)?;
        } else {
            for path in found {
                periods.results(&path)?;
            }
        }
    }
    periods.one_unit(parsed)?;
    periods.in_order()?;
    if periods.all.len() < least {
        let found: Vec<Text> = periods.all.iter().map(|one| one.results.period.clone().into()).collect();
        return Err(t(
            "只找到 {count} 个评估期（{found}），对比至少要两个。请把上年和本年的文件夹或 results.json 都写上；上年只有分数表的，用 --baseline。",
            "Only {count} periods were found ({found}); a comparison needs two. Name last year's and this year's folders or results.json; use --baseline for a table of scores.",
        )
        .with(&[("count", periods.all.len().into()), ("found", Text::join(&found, "、", ", "))])
        .into());
    }
    Ok(periods)
}

/// Somebody's table of scores among workbooks of which none is a survey.
fn score_table(group: &[PathBuf]) -> Option<PathBuf> {
    let found = sheet::find(group, &mut Vec::new()).ok()?;
    let is_table = |path: &Path| {
        let book = fs::read(path).ok().and_then(|bytes| Book::open(bytes, "", &mut Vec::new()));
        book.is_some_and(|book| baseline::is_table(&book))
    };
    found.into_iter().map(|input| input.path).find(|path| is_table(path))
}

/// A table of last year's scores that was named as if it were a period.
fn a_table(path: &Path, others: &[&PathBuf]) -> Failure {
    let quoted = |path: &Path| {
        let shown = path.display().to_string();
        if shown.contains(' ') { format!("\"{shown}\"") } else { shown }
    };
    let this_year: Vec<String> = others.iter().map(|path| quoted(path)).collect();
    let this_year = if this_year.is_empty() { t("本年的文件夹", "THIS-YEAR") } else { this_year.join(" ").into() };
    t(
        "{path} 不是自评表，像是一张得分表。请写：ecap compare {others} --baseline {table}",
        "{path} is no survey and looks like a table of scores. Write: ecap compare {others} --baseline {table}",
    )
    .with(&[("path", path.display().to_string().into()), ("others", this_year), ("table", quoted(path).into())])
    .into()
}

/// Single workbooks go together, as in `2025/*.xlsx`, by their folder; a folder and a `results.json` each stand alone.
fn groups(arguments: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    let mut groups: Vec<(Option<PathBuf>, Vec<PathBuf>)> = Vec::new();
    for argument in arguments {
        let single = argument.is_file() && !is_json(argument);
        let home = single.then(|| argument.parent().map(Path::to_path_buf).unwrap_or_default());
        match groups.iter_mut().find(|(own, _)| own.is_some() && *own == home) {
            Some((_, group)) => group.push(argument.clone()),
            None => groups.push((home, vec![argument.clone()])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Is there a survey among the workbooks, by the names of its sheets?
fn holds_surveys(group: &[PathBuf]) -> bool {
    let workbooks: Vec<PathBuf> = group.iter().filter(|path| !is_json(path)).cloned().collect();
    let found = sheet::find(&workbooks, &mut Vec::new()).unwrap_or_default();
    found.iter().any(|input| sheet::sheet_names(&input.path).iter().any(|name| is(name, &COVER)))
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn results_files(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| -> Failure {
        t("{path}：{reason}。请核对路径。", "{path}: {reason}. Please check the path.")
            .with(&[("path", path.display().to_string().into()), ("reason", io_reason(&error))])
            .into()
    };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        if is_json(path) {
            found.push(path.to_path_buf());
        }
        return Ok(());
    }
    let own = path.join("results.json");
    if own.is_file() {
        found.push(own);
        return Ok(());
    }
    if depth == 0 {
        return Ok(());
    }
    let mut below: Vec<PathBuf> = fs::read_dir(path).map_err(unreadable)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    below.sort();
    for folder in below.into_iter().filter(|path| path.is_dir()) {
        results_files(&folder, depth - 1, found)?;
    }
    Ok(())
}

/// Reads a `results.json`.
pub fn results(path: &Path) -> Result<Results, Failure> {
    let shown = || Text::from(path.display().to_string());
    let text = fs::read_to_string(path).map_err(|error| {
        t("{path}：{reason}。请核对路径。", "{path}: {reason}. Please check the path.")
            .with(&[("path", shown()), ("reason", io_reason(&error))])
    })?;
    from_json(&text).map_err(|reason| {
        t(
            "{path}：{reason}。请用原来的文件，或直接给出填好的表。",
            "{path}: {reason}. Use the original file, or name the filled workbooks.",
        )
        .with(&[("path", shown()), ("reason", reason)])
        .into()
    })
}

impl Periods {
    fn results(&mut self, path: &Path) -> Result<(), Failure> {
        let results = results(path)?;
        let tree = self.trees.iter().position(|tree| tree.sha256 == results.tree.sha256);
        self.all.push(Period { results, from: path.display().to_string(), tree });
        Ok(())
    }

    /// Scores workbooks by the tree they were issued for, where one of those at hand is it.
    fn workbooks(&mut self, group: &[PathBuf], others: &[&PathBuf], parsed: &Parsed) -> Result<(), Failure> {
        let mut kept = None;
        for (index, tree) in self.trees.iter().enumerate() {
            // A copy, since settings, profile and options change what is assessed.
            let mut assessment = inputs::prepare_for(tree.clone(), group, parsed)?;
            options::apply_policy(parsed, &mut assessment.tree)?;
            let inputs = assessment.read(&options::given(parsed, assessment.settings.as_ref()))?;
            let not_again = assessment.not_again(group, &inputs);
            let assessed = assess::assess(&assessment, inputs, false);
            if let Some(text) = not_again.filter(|_| assessed.units.is_empty()) {
                return Err(text.into());
            }
            let other = assessed.findings.iter().any(|finding| finding.code == OTHER_DIGEST.code);
            if kept.is_none() || !other {
                kept = Some((index, assessed));
            }
            if !other {
                break;
            }
        }
        let from = group.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("、");
        if let Some((index, assessed)) = kept {
            // Scored by another edition than they were issued for, the year would come out as another.
            if assessed.findings.iter().any(|finding| finding.code == OTHER_DIGEST.code) {
                return Err(t(
                    "{from} 里有的表是按另一版指标体系发的，手边的指标树都不是那一版。本年的用 --tree 指明，上年的用 --old-tree（内置的写 city）；一个文件夹里混有两版的，请分开放。",
                    "Surveys in {from} were issued for another edition than the trees at hand. Name this year's with --tree and last year's with --old-tree (the built-in one is city); part a folder that mixes two editions.",
                )
                .with(&[("from", from.into())])
                .into());
            }
            if assessed.units.is_empty() {
                if let Some(table) = score_table(group) {
                    return Err(a_table(&table, others));
                }
                self.findings.extend(assessed.findings);
                return Err(Failure::Findings(std::mem::take(&mut self.findings)));
            }
            // Several periods are what is asked for here.
            self.findings.extend(assessed.findings.into_iter().filter(|finding| finding.code != OTHER_PERIOD.code));
            self.all.extend(assessed.units.into_iter().map(|results| Period { results, from: from.clone(), tree: Some(index) }));
        }
        Ok(())
    }

    /// The periods of one unit: of `--unit` where several are there.
    fn one_unit(&mut self, parsed: &Parsed) -> Result<(), Failure> {
        let mut units: Vec<&str> = self.all.iter().map(|one| one.results.unit.name.as_str()).collect();
        units.sort_unstable();
        units.dedup();
        let wanted = parsed.value(&UNIT).map(crate::unit::normal);
        let unit = match (&wanted, units.as_slice()) {
            (Some(wanted), [only]) if *wanted == *only => wanted.clone(),
            (None, [only]) => (*only).to_string(),
            (Some(wanted), known) if known.contains(&wanted.as_str()) => wanted.clone(),
            (_, known) => {
                let known: Vec<Text> = known.iter().map(|name| Text::same(name.to_string())).collect();
                return Err(t(
                    "所给文件里的单位有：{known}。请用 --unit 指明比哪一个。",
                    "The files hold these units: {known}. Name the one to compare with --unit.",
                )
                .with(&[("known", Text::join(&known, "、", ", "))])
                .into());
            }
        };
        self.all.retain(|one| one.results.unit.name == unit);
        Ok(())
    }

    fn in_order(&mut self) -> Result<(), Failure> {
        self.all.sort_by(|one, two| one.results.period.cmp(&two.results.period));
        for pair in self.all.windows(2) {
            if pair[0].results.period == pair[1].results.period {
                return Err(t(
                    "{period} 有两份结果：{first} 和 {second}。请只留一份。",
                    "There are two results for {period}: {first} and {second}. Keep one.",
                )
                .with(&[
                    ("period", pair[0].results.period.clone().into()),
                    ("first", pair[0].from.clone().into()),
                    ("second", pair[1].from.clone().into()),
                ])
                .into());
            }
        }
        Ok(())
    }
}
