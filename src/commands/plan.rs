//! `ecap plan`: the cheapest way to the next grade or the best use of a budget, what each step up is worth, and the ledger.

use std::path::{Path, PathBuf};

use crate::analysis::plan::{Answer, Costs, Measure};
use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::one::{self, One};
use crate::commands::own::{kind_of, last_ledger, own_workbooks, stated_costs};
use crate::commands::{
    BY_DEPARTMENT, Command, DATE, FORMAT, Flag, LANG, MERGE, MISSING, OUT, Operands, Outcome, PERIOD, PROFILE, SETTINGS, Session, TARGET,
    TREE, UNIT, messages, options,
};
use crate::costs;
use crate::error::Failure;
use crate::finding::any_error;
use crate::ledger::{self, Filled, Head, blank, progress};
use crate::number::Number;
use crate::report;
use crate::report::plan::{self, Ask, Facts, Request};
use crate::result::Results;
use crate::sheet::names::file_name;
use crate::sheet::replace::replace_all;
use crate::survey::layout::is;
use crate::text::{Lang, Text, t};
use crate::unit::{Date, date_text, parse_date};

pub static COMMAND: Command = Command {
    name: "plan",
    about: t(
        "整改方案：最省的办法到下一等级、各题再上一档的增分、整改台账",
        "plan: the cheapest way to the next grade, what each step up is worth, the rectification ledger",
    ),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t(
            "填好的工作簿或 results.json；一起放着的整改台账和措施费用表也读",
            "filled workbooks or results.json; a ledger and a table of costs beside them are read too",
        ),
        required: true,
    }),
    flags: &[
        &GRADE,
        &DAYS,
        &MONEY,
        &BY,
        &COSTS,
        &BY_DEPARTMENT,
        &OF_UNIT,
        &OF_PERIOD,
        &OUT,
        &TREE,
        &MERGE,
        &MISSING,
        &TARGET,
        &SETTINGS,
        &PROFILE,
        &FORMAT,
        &LANG,
        &START,
    ],
    run,
};

static GRADE: Flag = Flag {
    name: "grade",
    short: None,
    value: Some(t("等级", "GRADE")),
    help: t("要达到的等级，如 良好；默认下一等级", "the grade to reach, like Good; the next one by default"),
};
static DAYS: Flag = Flag {
    name: "days",
    short: None,
    value: Some(t("天数", "N")),
    help: t("只有这么多天的工作量，怎样用最好", "the best use of so many days of work"),
};
static MONEY: Flag = Flag {
    name: "money",
    short: None,
    value: Some(t("万元", "AMOUNT")),
    help: t("只有这么多万元，怎样用最好", "the best use of so much money, in 10,000 yuan"),
};
static BY: Flag = Flag {
    name: "by",
    short: None,
    value: Some(t("days|money", "days|money")),
    help: t("“最省”按天数还是费用算，默认天数", "what the cheapest way saves: days, which is the default, or money"),
};
static COSTS: Flag = Flag {
    name: "costs",
    short: None,
    value: Some(t("措施费用", "FILE")),
    help: t("填好的措施费用表；第一次运行会做一份空表", "the filled table of costs; the first run makes one to be filled in"),
};
static OF_UNIT: Flag = Flag {
    name: UNIT.name,
    short: None,
    value: Some(t("单位", "UNIT")),
    help: t(
        "做哪个单位的方案；读表时也同 score，补封面缺漏，或在封面被改过时定夺",
        "for which unit; when reading it also fills what a cover lacks, or decides where it was retyped, as for score",
    ),
};
static OF_PERIOD: Flag = Flag {
    name: PERIOD.name,
    short: None,
    value: Some(t("评估期", "PERIOD")),
    help: t("按哪个评估期的得分，如 2026；读表时同上", "by the scores of which period, like 2026; when reading as above"),
};
static START: Flag = Flag {
    name: DATE.name,
    short: None,
    value: Some(t("年-月-日", "YYYY-MM-DD")),
    help: t(
        "今天：整改从这天算起，台账逾期也对这天算；也写进文件属性；不写时从评估设置的基准日算起，没有基准日的按第几天写，都不判断逾期",
        "today: the plan starts on it and the ledger's time limits are held against it; written into files too; without it the plan starts on the reference date of the settings, else days are counted, and nothing is overdue",
    ),
};

const DEFAULT_OUT: &str = "reports";
const CONFLICT: Text = t("{one} 和 {two} 不能同时写。", "{one} and {two} cannot stand together.");

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let lang = options::file_lang(parsed)?;
    let stamp = options::date(parsed)?;
    let formats = options::formats(parsed)?;
    let today = parsed.value(&START).map(|_| stamp);
    let asked = Asked::of(parsed)?;
    let arguments = parsed.operands();
    let (costs, ledgers) = (own_workbooks(&arguments, costs::KIND)?, own_workbooks(&arguments, ledger::KIND)?);
    let rest: Vec<PathBuf> = arguments.into_iter().filter(|path| path.is_dir() || kind_of(path).is_none()).collect();
    if rest.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let one = one::read(&rest, &COMMAND, t("做不了方案", "so there is nothing to plan"), parsed, session)?;
    let One { results, tree, digest, outcome } = &one;
    let mut findings = Vec::new();
    let costs = stated_costs(costs, parsed.value(&COSTS), tree, &mut findings)?;
    let last = last_ledger(ledgers, results, tree, today, &mut findings)?;
    messages::findings(&findings, &[], session)?;
    let request = asked.request(results, &costs)?;
    let reference_date = results.assessment.as_ref().and_then(|said| said.reference_date.as_deref()).and_then(parse_date);
    let base = report::Facts::new(results, tree, digest.clone());
    let followed = last.as_ref().map(|ledger| progress::progress(ledger, results, digest, today));
    let facts = Facts::new(&base, &costs, request, followed, today.or(reference_date));
    if facts.outcome.answer == Answer::NoTotal {
        return Err(t("没有一题计分，做不了方案。", "Nothing is scored, so there is nothing to plan.").into());
    }
    let folder = PathBuf::from(parsed.value(&OUT).unwrap_or(DEFAULT_OUT)).join(file_name(&plan::folder_name(&facts, lang)));
    let document = plan::document(&facts);
    let mut files = Vec::new();
    for format in &formats {
        files.extend((format.write)(&document, lang, stamp)?.into_iter().map(|output| (folder.join(output.name), output.bytes)));
    }
    files.extend(costs_file(&folder, &facts, lang, stamp)?);
    let ledgers = ledger_files(&folder, &facts, last.as_ref(), parsed.is_set(&BY_DEPARTMENT), lang, stamp)?;
    files.extend(ledgers.iter().map(|ledger| (ledger.path.clone(), ledger.bytes.clone())));
    replace_all(&files)?;
    for line in plan::for_terminal(&facts) {
        session.print(line.get(session.lang))?;
    }
    if today.is_none() && facts.progress.is_none() && !ledgers.is_empty() {
        session.print(without_date(reference_date).get(session.lang))?;
    }
    told(&facts, &ledgers, session)?;
    let shown = folder.display().to_string();
    session.print(t("整改方案在 {folder}", "The plan is in {folder}").with(&[("folder", shown.into())]).get(session.lang))?;
    Ok(if any_error(&findings) { Outcome::InputErrors } else { *outcome })
}

/// From which day a first ledger counts where nobody said what day it is.
fn without_date(reference_date: Option<Date>) -> Text {
    match reference_date {
        Some(start) => t(
            "没有写 --date，整改从评估设置的基准日 {date} 算起；从今天算起的，写 --date 今天的日期 再做一次。",
            "Without --date the plan starts on the reference date of the settings, {date}; to start today, name the day with --date.",
        )
        .with(&[("date", date_text(start).into())]),
        None => t(
            "没有写 --date，时限按第几天写；写 --date 今天的日期，就写成日期。",
            "Without --date time limits are counted in days; name the day with --date to have dates.",
        ),
    }
}

/// What the command line asks for, before the bands are known.
struct Asked {
    grade: Option<String>,
    budget: Option<Number>,
    measure: Measure,
}

impl Asked {
    fn of(parsed: &Parsed) -> Result<Self, Failure> {
        let shown = |flag: &Flag| Text::from(format!("--{}", flag.name));
        for (one, two) in [(&DAYS, &MONEY), (&GRADE, &DAYS), (&GRADE, &MONEY), (&BY, &DAYS), (&BY, &MONEY)] {
            if parsed.value(one).is_some() && parsed.value(two).is_some() {
                return Err(CONFLICT.with(&[("one", shown(one)), ("two", shown(two))]).into());
            }
        }
        let by = match parsed.value(&BY) {
            None | Some("days") => Measure::Days,
            Some("money") => Measure::Money,
            Some(other) => return Err(options::bad("--by", other, t("days（天数）或 money（费用）", "days or money"))),
        };
        let typed = |flag: &Flag| parsed.value(flag).map(|text| (text, Number::parse(&crate::unit::normal(text))));
        let (budget, measure) = match (typed(&DAYS), typed(&MONEY)) {
            (Some((text, days)), _) => {
                let days = days.filter(|days| !days.is_negative() && days.is_whole());
                let wanted = t("0 或更大的整数，如 90", "a whole number from 0, like 90");
                (Some(days.ok_or_else(|| options::bad("--days", text, wanted))?), Measure::Days)
            }
            (None, Some((text, money))) => {
                let wanted = t("0 或更大的数，单位万元，如 50", "a number from 0 in 10,000 yuan, like 50");
                (Some(money.filter(Costs::is_usable).ok_or_else(|| options::bad("--money", text, wanted))?), Measure::Money)
            }
            (None, None) => (None, by),
        };
        Ok(Asked { grade: parsed.value(&GRADE).map(str::to_string), budget, measure })
    }

    fn request(&self, results: &Results, costs: &Costs) -> Result<Request, Failure> {
        if self.measure == Measure::Money && costs.steps.iter().all(|step| step.money.is_none()) {
            return Err(t(
                "没有填费用，不能按费用算。先不写 --money、--by 运行一次，在做出来的 {file} 里填“费用”，再用 --costs 指明它。",
                "No costs are stated, so nothing can be reckoned by money. Run it once without --money and --by, fill in Money in the {file} it makes, and name that with --costs.",
            )
            .with(&[("file", costs::FILE_NAME)])
            .into());
        }
        if let Some(budget) = &self.budget {
            return Ok(Request { measure: self.measure, ask: Ask::Budget(budget.clone()) });
        }
        let bands = &results.policy.bands;
        let goal = self.grade.as_ref().map(|name| {
            let found = bands.iter().position(|band| is(name, &band.name) || *name == band.code);
            let names: Vec<Text> = bands.iter().map(|band| band.name.clone()).collect();
            found.ok_or_else(|| options::bad("--grade", name, Text::join(&names, "、", ", ")))
        });
        Ok(Request { measure: self.measure, ask: Ask::Cheapest(goal.transpose()?) })
    }
}

/// The table of costs, with what was stated; one that lies there is left alone, for an office may be filling it in.
fn costs_file(folder: &Path, facts: &Facts<'_>, lang: Lang, date: Date) -> Result<Option<(PathBuf, Vec<u8>)>, Failure> {
    let path = folder.join(costs::FILE_NAME.get(lang));
    if path.exists() {
        return Ok(None);
    }
    Ok(Some((path, costs::blank(facts.base.results, facts.base.tree, facts.costs, lang, date)?)))
}

/// A ledger to write.
struct NewLedger {
    /// Where it would stand if nobody had worked on the one there.
    wanted: PathBuf,
    path: PathBuf,
    bytes: Vec<u8>,
    rows: usize,
}

/// The next ledger of all rows and, where they are asked for, those of the responsible units; none where nothing has to be mended.
fn ledger_files(
    folder: &Path,
    facts: &Facts<'_>,
    last: Option<&Filled>,
    by_department: bool,
    lang: Lang,
    date: Date,
) -> Result<Vec<NewLedger>, Failure> {
    let issue = last.map_or(1, |ledger| ledger.issue + 1);
    let entries = plan::entries(facts, lang);
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let whole = (folder.join(ledger::file_name(issue, lang)), String::new());
    let parts = if by_department { ledger::parts(&entries, lang) } else { Vec::new() };
    let part_folder = folder.join(ledger::part_folder(issue, lang));
    let own = parts.into_iter().map(|part| (part_folder.join(file_name(&ledger::part_name(issue, &part, lang))), part));
    [whole]
        .into_iter()
        .chain(own)
        .map(|(wanted, part)| {
            let bytes = blank::blank(&Head { part, ..facts.head(issue) }, &entries, lang, date)?;
            let path = beside(&wanted, &bytes, facts);
            Ok(NewLedger { wanted, path, bytes, rows: entries.len() })
        })
        .collect()
}

/// Where a ledger can be written; one that somebody has worked on is never written over.
fn beside(wanted: &Path, bytes: &[u8], facts: &Facts<'_>) -> PathBuf {
    let name = wanted.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let worked_on = |path: &Path| {
        let Some((kind, old, book)) = kind_of(path) else { return path.exists() };
        let head = facts.base.results.unit.name.as_str();
        let read = ledger::read(&book, &name, facts.base.tree, head, None, &mut Vec::new());
        old != bytes && (kind != ledger::KIND || read.is_none_or(|ledger| ledger.touched))
    };
    let numbered = (2..100).map(|number| wanted.with_file_name(name.replace(".xlsx", &format!("~{number}.xlsx"))));
    let mut last = wanted.to_path_buf();
    for path in [wanted.to_path_buf()].into_iter().chain(numbered) {
        last = path;
        if !worked_on(&last) {
            break;
        }
    }
    last
}

/// What became of the last ledger, and where the next one is.
fn told(facts: &Facts<'_>, ledgers: &[NewLedger], session: &mut Session<'_>) -> Result<(), Failure> {
    for line in facts.progress.iter().flat_map(plan::progress_lines) {
        session.print(line.get(session.lang))?;
    }
    let [NewLedger { path, rows, .. }, own @ ..] = ledgers else {
        return session.print(t("没有要整改的题，没有做台账。", "Nothing has to be mended; no ledger was made.").get(session.lang));
    };
    for NewLedger { wanted, path, .. } in ledgers.iter().filter(|ledger| ledger.path != ledger.wanted) {
        session.say(
            &t(
                "{path} 有人填过，没有改动；这次的台账写在 {beside}。填过的台账要一起交给 ecap plan，没有办完的才会转过来。",
                "{path} was filled in and was left alone; this ledger is {beside}. Name the filled ledger among the inputs, so that what is open is carried over.",
            )
            .with(&[("path", wanted.display().to_string().into()), ("beside", path.display().to_string().into())]),
        )?;
    }
    session.print(
        t("整改台账 {count} 件：{path}", "The ledger, {count} [row|rows]: {path}")
            .counted(*rows)
            .with(&[("path", path.display().to_string().into())])
            .get(session.lang),
    )?;
    let Some(folder) = own.first().and_then(|one| one.wanted.parent()) else { return Ok(()) };
    session.print(
        t(
            "每个责任单位一份，共 {count} 份：{folder}。收回后同总台账放在一起交给 ecap plan，自动合并。",
            "One for each responsible unit, {count} [file|files]: {folder}. Give what comes back to ecap plan together with the whole ledger; they are put together.",
        )
        .counted(own.len())
        .with(&[("folder", folder.display().to_string().into())])
        .get(session.lang),
    )
}
