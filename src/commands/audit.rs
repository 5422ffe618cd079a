//! What `ecap check --audit` needs beside the answers: last year's results, the doubts, the sampling plan, the files for the auditor.

use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis::sampling::{self, Plan};
use crate::analysis::suspicion::{self, Doubt};
use crate::commands::cli::Parsed;
use crate::commands::inputs::{self, Assessment};
use crate::commands::{AUDIT, LAST, SAMPLE, SEED, Session, assess, options};
use crate::error::{Failure, io_reason};
use crate::finding::Finding;
use crate::number::fixed;
use crate::report::audit as pages;
use crate::report::{self, Output};
use crate::result::{self, Results};
use crate::sheet::names::Names;
use crate::text::{Lang, Text, t};
use crate::tree::Tree;
use crate::unit::{Date, normal};

/// A unit read with suspicion.
pub struct Audited<'a> {
    pub results: &'a Results,
    pub last: Option<&'a Results>,
    pub doubts: Vec<Doubt>,
    pub plan: Option<Plan>,
}

/// What was asked for.
pub struct Wanted {
    /// The doubts; without them a plan goes by weight and past error alone.
    pub questions: bool,
    /// How many items to draw, and the seed.
    pub sample: Option<(usize, String)>,
    last: Vec<Results>,
}

impl Wanted {
    /// Reads the flags, and last year's results where they are named.
    pub fn of(parsed: &Parsed, assessment: &Assessment, session: &mut Session<'_>) -> Result<Option<Self>, Failure> {
        let questions = parsed.is_set(&AUDIT);
        let sample = match (parsed.value(&SAMPLE), parsed.value(&SEED)) {
            (None, None) => None,
            (Some(text), seed) => {
                let count = text.parse::<usize>().ok().filter(|count| *count > 0);
                let count = count.ok_or_else(|| options::bad("--sample", text, t("大于 0 的整数", "a whole number above 0")))?;
                let seed = seed.map(str::trim).filter(|seed| !seed.is_empty()).ok_or_else(|| {
                    t(
                        "--sample 要同时写 --seed：种子在答案收齐后当众确定，谁都能照样再抽一遍，如 --seed 20261120。",
                        "--sample needs --seed: fixed in public when all answers are in, it lets anybody draw again, like --seed 20261120.",
                    )
                })?;
                Some((count, seed.to_string()))
            }
            (None, Some(_)) => {
                return Err(t("--seed 要与 --sample 同用。", "--seed goes with --sample.").into());
            }
        };
        if !questions && sample.is_none() {
            if parsed.value(&LAST).is_some() {
                return Err(t("--last 要与 --audit 或 --sample 同用。", "--last goes with --audit or --sample.").into());
            }
            return Ok(None);
        }
        let last = match parsed.value(&LAST) {
            None => Vec::new(),
            Some(path) => earlier(Path::new(path), parsed, assessment, session)?,
        };
        Ok(Some(Wanted { questions, sample, last }))
    }

    /// Every unit with its doubts and its plan.
    pub fn read<'a>(&'a self, units: &'a [Results], tree: &Tree, session: &mut Session<'_>) -> Result<Vec<Audited<'a>>, Failure> {
        let mut all = Vec::new();
        for results in units {
            let last = self.last_of(results, units.len() == 1);
            if last.is_none() && !self.last.is_empty() {
                session.say(
                    &t(
                        "--last 里没有“{unit}”，与上年比较的几类没有查。",
                        "--last has nothing of \"{unit}\"; nothing was compared with last year.",
                    )
                    .with(&[("unit", results.unit.name.clone().into())]),
                )?;
            }
            let doubts = if self.questions { suspicion::doubts(results, last, tree) } else { Vec::new() };
            let plan = self.sample.as_ref().map(|(count, seed)| sampling::plan(results, last, &doubts, *count, seed));
            all.push(Audited { results, last, doubts, plan });
        }
        Ok(all)
    }

    /// The same unit, of the latest period before this one; where only one stands on either side, that one.
    fn last_of(&self, results: &Results, alone: bool) -> Option<&Results> {
        let name = normal(&results.unit.name);
        let mut same: Vec<&Results> = self.last.iter().filter(|last| normal(&last.unit.name) == name).collect();
        same.sort_by(|one, two| one.period.cmp(&two.period));
        let before = same.iter().rfind(|last| last.period < results.period);
        let any = same.iter().rfind(|last| last.period != results.period).or(same.last());
        before.or(any).copied().or_else(|| self.last.first().filter(|_| alone && self.last.len() == 1))
    }
}

/// Last year's results: of a results.json, or of the workbooks in a folder, else of the results.json in it.
fn earlier(path: &Path, parsed: &Parsed, assessment: &Assessment, session: &mut Session<'_>) -> Result<Vec<Results>, Failure> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return Ok(vec![from_json(path)?]);
    }
    let mut before = inputs::prepare_with(&[path.to_path_buf()], options::tree(parsed, session)?, None, None)?;
    if before.settings.is_none() {
        before.tree.local = assessment.tree.local.clone();
    }
    let given = options::given_by(None, None, before.settings.as_ref());
    let read = before.read(&given);
    let mut units = match read {
        Ok(read) => assess::assess(&before, read, false).units,
        Err(_) => Vec::new(),
    };
    if units.is_empty() {
        for found in results_files(path) {
            units.push(from_json(&found)?);
        }
    }
    if units.is_empty() {
        return Err(t(
            "--last {path} 里没有上年的结果：没有能计分的表，也没有 results.json。请指明上年收回的表所在的文件夹，或上年的 results.json。",
            "--last {path} holds no results of last year: no workbook that could be scored, and no results.json. Name the folder of last year's returned surveys, or last year's results.json.",
        )
        .with(&[("path", path.display().to_string().into())])
        .into());
    }
    Ok(units)
}

/// `results.json` in a folder or in the folders in it, by name.
fn results_files(folder: &Path) -> Vec<PathBuf> {
    let here = folder.join("results.json");
    if here.is_file() {
        return vec![here];
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path().join("results.json")).filter(|path| path.is_file()).collect();
    found.sort();
    found
}

fn from_json(path: &Path) -> Result<Results, Failure> {
    let shown = || Text::same(path.display().to_string());
    let bytes = fs::read(path).map_err(|error| {
        t("读不了 {path}：{reason}。请核对 --last。", "Cannot read {path}: {reason}. Please check --last.")
            .with(&[("path", shown()), ("reason", io_reason(&error))])
    })?;
    result::from_json(&String::from_utf8_lossy(&bytes)).map_err(|_| {
        t(
            "{path} 不是 ecap score 写的 results.json。请核对 --last。",
            "{path} is no results.json written by ecap score. Please check --last.",
        )
        .with(&[("path", shown())])
        .into()
    })
}

/// The doubts of all units as findings.
pub fn findings(audited: &[Audited<'_>], tree: &Tree) -> Vec<Finding> {
    audited.iter().flat_map(|unit| unit.doubts.iter().filter_map(|doubt| doubt.finding(unit.results, tree))).collect()
}

/// The plans for a program: one a unit.
pub fn json(audited: &[Audited<'_>]) -> serde_json::Value {
    let plans = audited.iter().filter_map(|unit| {
        let plan = unit.plan.as_ref()?;
        let items = plan.drawn.iter().map(|one| {
            let item = &unit.results.items[one.item];
            serde_json::json!({
                "id": item.id, "ref": item.reference, "weight": one.weight, "doubts": one.doubts, "past": one.past,
                "chance": one.chance, "number": one.number,
            })
        });
        let items: Vec<serde_json::Value> = items.collect();
        Some(serde_json::json!({
            "unit": unit.results.unit.name, "period": unit.results.period, "seed": plan.seed, "eligible": plan.eligible, "items": items,
        }))
    });
    plans.collect()
}

/// The plan in lines, for a terminal.
pub fn lines(audited: &[Audited<'_>]) -> Vec<Text> {
    let mut lines = Vec::new();
    for unit in audited {
        let Some(plan) = &unit.plan else { continue };
        lines.push(
            t(
                "{unit} {period} 现场抽查 {count} 题（从 {eligible} 题中抽，种子 {seed}）：",
                "{unit}, {period}: {count} items to check on site (of {eligible}, seed {seed}):",
            )
            .with(&[
                ("unit", unit.results.unit.name.clone().into()),
                ("period", unit.results.period.clone().into()),
                ("count", plan.drawn.len().into()),
                ("eligible", plan.eligible.into()),
                ("seed", plan.seed.clone().into()),
            ]),
        );
        lines.extend(plan.drawn.iter().map(|one| {
            let item = &unit.results.items[one.item];
            t("  {ref} {question}（占总分 {weight}%）", "  {ref} {question} ({weight}% of the total)").with(&[
                ("ref", item.reference.clone().into()),
                ("question", item.question.clone()),
                ("weight", fixed(100.0 * one.weight, 2).into()),
            ])
        }));
    }
    lines
}

/// 存疑核查 and 抽查表 of each unit; several units get a folder each.
pub fn files(
    audited: &[Audited<'_>],
    wanted: &Wanted,
    tree: &Tree,
    out: &Path,
    lang: Lang,
    date: Date,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let mut names = Names::default();
    let mut files = Vec::new();
    for unit in audited {
        let own = names.distinct(&format!("{}-{}", unit.results.unit.name, unit.results.period), "");
        let folder = if audited.len() == 1 { out.to_path_buf() } else { out.join(own) };
        let mut add = |outputs: Vec<Output>| files.extend(outputs.into_iter().map(|output| (folder.join(output.name), output.bytes)));
        if wanted.questions {
            let document = pages::questions(unit.results, unit.last, &unit.doubts, tree);
            for format in ["xlsx", "md", "docx"].into_iter().filter_map(report::format_named) {
                add((format.write)(&document, lang, date)?);
            }
        }
        if let Some(plan) = &unit.plan {
            let looked = pages::Looked { doubts: wanted.questions, last: unit.last.is_some() };
            add(report::workbook(&pages::sample(unit.results, plan, tree, looked), lang, date)?);
        }
    }
    Ok(files)
}
