//! `ecap train`: training needs, courses and a quiz from scores; marks of a quiz from filled answer workbooks.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis::training::marking::{self, Sheet};
use crate::analysis::training::{draw, training};
use crate::analysis::weak_points::is_known;
use crate::bank::{self, Bank, digest};
use crate::commands::cli::{Parsed, nothing_named};
use crate::commands::one::{self, One};
use crate::commands::{
    BANK, CLASS, Command, DATE, FORMAT, Flag, LANG, OUT, Operands, Outcome, PERIOD, PROFILE, QUESTIONS, SEED, SETTINGS, Session, TREE,
    UNIT, messages, options, score,
};
use crate::error::{Failure, io_reason};
use crate::finding::{Finding, Kind, any_error};
use crate::place::Place;
use crate::quiz::{self, Filled, Issue, is_quiz};
use crate::report::Format;
use crate::report::document::Document;
use crate::report::train::{self, Pack, marks};
use crate::sheet::names::file_name;
use crate::sheet::replace::replace_all;
use crate::sheet::{self, Book, Input};
use crate::survey::cover::Store;
use crate::text::{Lang, Text, t};
use crate::tree::Tree;
use crate::unit::Date;

pub static COMMAND: Command = Command {
    name: "train",
    about: t(
        "从短板排培训需求和课程，出测评试卷；收回的答题表也由它阅卷",
        "training needs and courses from weak items, a quiz to print; marks the answer workbooks that come back",
    ),
    operands: Some(Operands {
        name: t("文件或文件夹…", "FILES OR FOLDERS..."),
        help: t(
            "填好的工作簿、它们的文件夹，或 results.json；还有填好的答题表",
            "filled workbooks, folders of them, or results.json; and filled answer workbooks",
        ),
        required: true,
    }),
    flags: &[&OUT, &UNIT, &PERIOD, &TREE, &BANK, &CLASS, &QUESTIONS, &OF_QUIZ, &SETTINGS, &PROFILE, &FORMAT, &LANG, &DATE],
    run,
};

/// Not `check --sample`'s, which draws what is looked at.
static OF_QUIZ: Flag = Flag {
    name: SEED.name,
    short: None,
    value: Some(t("种子", "SEED")),
    help: t(
        "测评题先后和选项次序的种子，默认 1；同一种子同样的卷子，换种子只换次序，不换题",
        "the seed of the order of questions and choices, 1 by default; the same seed gives the same paper, another asks the same in another order",
    ),
};

pub static OTHER_QUESTIONS: Kind = Kind::error(
    "quiz-other-questions",
    t(
        "这份答题表的题目与手边的题库不符（当时的题库摘要 {then}，现在是 {now}），答案对不上，没有阅。",
        "The questions of this workbook are not those of the bank at hand (its bank: {then}, now: {now}); it was not marked.",
    ),
    t("请用 --tree、--bank 指明出题时用的那一版。", "Name the tree and the bank it was made from with --tree and --bank."),
);
pub static KINDS: [&Kind; 1] = [&OTHER_QUESTIONS];

const DEFAULT_OUT: &str = "reports";
const DEFAULT_QUESTIONS: usize = 30;
/// Enough for any paper, and few enough for the columns of a workbook.
const MOST_QUESTIONS: usize = 500;
const DEFAULT_SEED: &str = "1";

/// Where and how files are written.
struct Out {
    root: PathBuf,
    formats: Vec<&'static Format>,
    lang: Lang,
    date: Date,
}

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let asked = Asked { class: class(parsed)?, questions: wanted(parsed)?, seed: parsed.value(&SEED).unwrap_or(DEFAULT_SEED) };
    let out = Out {
        root: PathBuf::from(parsed.value(&OUT).unwrap_or(DEFAULT_OUT)),
        formats: options::formats(parsed)?,
        lang: options::file_lang(parsed)?,
        date: options::date(parsed)?,
    };
    let (quizzes, others) = sorted(&parsed.operands())?;
    if quizzes.is_empty() && others.is_empty() {
        return Err(nothing_named(&COMMAND).into());
    }
    let (mut outcome, mut scored, mut failed) = (Outcome::Done, None, None);
    if !others.is_empty() {
        match planned(&others, &asked, &out, parsed, session) {
            Ok((made, tree, bank)) => {
                outcome = made;
                scored = Some((tree, bank));
            }
            // What cannot be planned keeps no class from its marks.
            Err(Failure::Message(text)) if !quizzes.is_empty() => failed = Some(text),
            Err(failure) => return Err(failure),
        }
    }
    if !quizzes.is_empty() {
        let alone = others.is_empty();
        let (tree, bank) = match scored {
            Some(both) => both,
            None => {
                let tree = options::tree(parsed, session)?;
                let bank = named_bank(parsed, &tree, session)?;
                (tree, bank)
            }
        };
        match (mark(&quizzes, &tree, &bank, alone, &out, session)?, failed) {
            (None, Some(text)) => return Err(text.into()),
            (Some(_), Some(text)) => {
                session.say(&text)?;
                outcome = Outcome::InputErrors;
            }
            (Some(Outcome::InputErrors), None) => outcome = Outcome::InputErrors,
            _ => {}
        }
    }
    Ok(outcome)
}

/// The pack of what the arguments hold to score, and what the answer workbooks beside it are marked by.
fn planned(
    others: &[PathBuf],
    asked: &Asked<'_>,
    out: &Out,
    parsed: &Parsed,
    session: &mut Session<'_>,
) -> Result<(Outcome, Tree, Bank), Failure> {
    let made = one::read(others, &COMMAND, t("排不了培训", "so no training can be planned"), parsed, session)?;
    if !made.results.items.iter().any(|item| is_known(item) && item.state != "out_of_scope") {
        return Err(nothing_answered(&made).into());
    }
    let bank = named_bank(parsed, &made.tree, session)?;
    pack(&made, &bank, asked, out, session)?;
    Ok((made.outcome, made.tree, bank))
}

/// Of what nobody answered nobody knows that it needs no training.
fn nothing_answered(made: &One) -> Text {
    t(
        "{unit} {period} 收到的表里没有一题有答案，排不了培训。请核对交来的是不是填好的自评表。",
        "{unit}, {period}: no item is answered in the surveys that came, so no training can be planned. Check that they are filled in.",
    )
    .with(&[("period", made.results.period.clone().into()), ("unit", made.results.unit.name.clone().into())])
}

/// What quiz is wanted.
struct Asked<'a> {
    /// Of one class, by its number in the report.
    class: Option<usize>,
    /// None: all of a class's, or as many as usual.
    questions: Option<usize>,
    seed: &'a str,
}

fn wanted(parsed: &Parsed) -> Result<Option<usize>, Failure> {
    let Some(text) = parsed.value(&QUESTIONS) else { return Ok(None) };
    let count = text.parse::<usize>().ok().filter(|count| (1..=MOST_QUESTIONS).contains(count));
    count.map(Some).ok_or_else(|| options::bad("--questions", text, t("1 到 500 的整数", "a whole number from 1 to 500")))
}

fn class(parsed: &Parsed) -> Result<Option<usize>, Failure> {
    let Some(text) = parsed.value(&CLASS) else { return Ok(None) };
    let number = text.parse::<usize>().ok().filter(|number| *number > 0);
    number.map(Some).ok_or_else(|| options::bad("--class", text, t("1 起的班次序号", "the number of a class, from 1")))
}

/// Answer workbooks, and the arguments that hold anything else to score.
fn sorted(arguments: &[PathBuf]) -> Result<(Vec<Input>, Vec<PathBuf>), Failure> {
    let mut quizzes = Vec::new();
    let mut others = Vec::new();
    for argument in arguments {
        let is_json = argument.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if is_json && argument.is_file() {
            others.push(argument.clone());
            continue;
        }
        let found = sheet::find(std::slice::from_ref(argument), &mut Vec::new())?;
        let (own, rest): (Vec<Input>, Vec<Input>) = found.into_iter().partition(|input| is_quiz(&input.path));
        // A folder of answer workbooks and nothing else, or a pack with answers in it, is only marked.
        let is_read = |input: &Input| !is_report(&input.path);
        if own.is_empty() || rest.iter().any(is_read) || !one::beside(std::slice::from_ref(argument)).is_empty() {
            others.push(argument.clone());
        }
        quizzes.extend(own);
    }
    let mut seen = BTreeSet::new();
    quizzes.retain(|input| seen.insert(fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone())));
    Ok((quizzes, others))
}

fn is_report(path: &Path) -> bool {
    let book = fs::read(path).ok().and_then(|bytes| Book::open(bytes, "", &mut Vec::new()));
    book.is_some_and(|book| Store::of(&book).value("kind") == "report")
}

/// The bank of `--bank`, its findings printed; one with errors stops the run.
fn named_bank(parsed: &Parsed, tree: &Tree, session: &mut Session<'_>) -> Result<Bank, Failure> {
    let mut findings = Vec::new();
    let bank = bank::load(parsed.value(&BANK), tree, &mut findings)?;
    if any_error(&findings) {
        return Err(Failure::Findings(findings));
    }
    messages::findings(&findings, &[], session)?;
    Ok(bank)
}

/// Writes the trainers' report, the quiz on paper and the workbook to answer it in; of a class what it is asked and nothing else.
fn pack(made: &One, bank: &Bank, asked: &Asked<'_>, out: &Out, session: &mut Session<'_>) -> Result<(), Failure> {
    let One { results, tree, digest, .. } = made;
    let bank_digest = bank.sha256();
    let training = training(results, tree, bank);
    let class = match asked.class {
        None => None,
        Some(number) => Some(training.classes.get(number - 1).ok_or_else(|| no_class(number, training.classes.len()))?),
    };
    let within = class.map(|class| class.items.as_slice());
    let questions = asked.questions.unwrap_or_else(|| within.map_or(DEFAULT_QUESTIONS, <[_]>::len));
    let drawn = draw(results, tree, bank, within, questions, asked.seed);
    let printed = train::Printed::of(&training);
    let pack = Pack { results, tree, bank, digest, bank_digest: &bank_digest, training, printed, drawn, class: asked.class };
    let folder = out.root.join(file_name(&train::folder_name(&results.unit.name, &results.period, out.lang)));
    let mut files = match pack.class {
        None => out.files(&train::document(&pack), &folder, None, session)?,
        Some(_) => Vec::new(),
    };
    if !pack.drawn.questions.is_empty() {
        for document in [train::quiz::paper(&pack), train::quiz::key(&pack), train::quiz::sign_in(&pack)] {
            files.extend(out.files(&document, &folder, Some("docx"), session)?);
        }
        let exercise = [train::handbook::handbook(&pack), train::players::players(&pack)];
        for document in exercise.iter().flatten().filter(|_| pack.class.is_none()) {
            files.extend(out.files(document, &folder, Some("docx"), session)?);
        }
        if out.formats.iter().any(|format| format.name == "xlsx") {
            let issue = Issue {
                unit: &results.unit.name,
                period: &results.period,
                tree,
                bank: &bank_digest,
                class: pack.class,
                seed: asked.seed,
                questions: &pack.drawn.questions,
            };
            let bytes = quiz::blank(&issue, out.lang, out.date)?;
            let name = train::of_class(t("答题表", "answers"), pack.class);
            files.push((unfilled(&folder, name.get(out.lang), session)?, bytes));
        }
    }
    replace_all(&files)?;
    if let Some(number) = pack.class.filter(|_| pack.drawn.questions.is_empty()) {
        let text = t(
            "题库里没有班次 {number} 各题的测评题，没有出试卷。",
            "The bank has no question on the items of class {number}; no quiz was made.",
        );
        return session.say(&text.with(&[("number", number.into())]));
    }
    for line in train::headline(&pack) {
        session.print(line.get(session.lang))?;
    }
    told(&folder, session)
}

fn no_class(number: usize, count: usize) -> Failure {
    t(
        "没有班次 {number}：共有 {count} 个班次，见培训需求报告的“班次”页。",
        "There is no class {number}: there are {count}; see sheet Classes of the training needs report.",
    )
    .with(&[("number", number.into()), ("count", count.into())])
    .into()
}

/// Where the blank answer workbook goes: one that a class has filled is kept, and ours stands beside it.
fn unfilled(folder: &Path, name: &str, session: &mut Session<'_>) -> Result<PathBuf, Failure> {
    let path = folder.join(format!("{name}.xlsx"));
    let book = fs::read(&path).ok().and_then(|bytes| Book::open(bytes, name, &mut Vec::new()));
    let filled = book.and_then(|book| quiz::read(&book, name, &mut Vec::new())).is_some_and(|filled| !filled.is_blank());
    if !filled {
        return Ok(path);
    }
    let beside = folder.join(format!("{name}~2.xlsx"));
    session.say(
        &t(
            "{path} 已经有人作答，没有改动；空白的写在 {beside}。",
            "{path} has answers in it and was left alone; the blank one is {beside}.",
        )
        .with(&[("path", path.display().to_string().into()), ("beside", beside.display().to_string().into())]),
    )?;
    Ok(beside)
}

fn told(folder: &Path, session: &mut Session<'_>) -> Result<(), Failure> {
    session
        .print(t("文件在 {folder}", "The files are in {folder}").with(&[("folder", folder.display().to_string().into())]).get(session.lang))
}

impl Out {
    /// A document in the formats wanted, or in one of them only.
    fn files(
        &self,
        document: &Document,
        folder: &Path,
        only: Option<&str>,
        session: &mut Session<'_>,
    ) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
        let mut files = Vec::new();
        for format in self.formats.iter().filter(|format| only.is_none_or(|only| format.name == only)) {
            for output in (format.write)(document, self.lang, self.date)? {
                files.push((score::free(folder.join(output.name), session)?, output.bytes));
            }
        }
        Ok(files)
    }
}

/// Marks answer workbooks together and writes the report on them; none where those found beside surveys are all blank, which is nothing
/// to tell.
fn mark(
    quizzes: &[Input],
    tree: &Tree,
    bank: &Bank,
    alone: bool,
    out: &Out,
    session: &mut Session<'_>,
) -> Result<Option<Outcome>, Failure> {
    let mut findings = Vec::new();
    let mut filled: Vec<Filled> = Vec::new();
    for input in quizzes {
        let bytes = fs::read(&input.path).map_err(|error| {
            t("{path}：{reason}。请核对路径。", "{path}: {reason}. Please check the path.")
                .with(&[("path", input.path.display().to_string().into()), ("reason", io_reason(&error))])
        })?;
        let book = Book::open(bytes, &input.name, &mut findings);
        filled.extend(book.and_then(|book| quiz::read(&book, &input.name, &mut findings)));
    }
    if !alone && !any_error(&findings) && filled.iter().all(|one| one.rows.is_empty()) {
        return Ok(None);
    }
    let mut sheets = Vec::new();
    for one in filled.iter().filter(|one| !one.rows.is_empty()) {
        match quiz::questions(&one.items, &one.seed, tree, bank).filter(|questions| digest(questions) == one.questions) {
            Some(questions) => sheets.push(Sheet { filled: one, questions }),
            None => findings.push(other_questions(one, bank)),
        }
    }
    let marking = marking::mark(&sheets);
    findings.extend(marking.findings.iter().cloned());
    messages::findings(&findings, &[], session)?;
    let outcome = if any_error(&findings) { Outcome::InputErrors } else { Outcome::Done };
    if marking.trainees.is_empty() {
        session.say(&t("没有一份答卷可阅。", "There is no answer sheet to mark."))?;
        return Ok(Some(outcome));
    }
    let (unit, period) = sheets.first().map(|sheet| (sheet.filled.unit.clone(), sheet.filled.period.clone())).unwrap_or_default();
    let facts = marks::Facts {
        unit: &unit,
        period: &period,
        tree,
        bank_digest: &bank.sha256(),
        sheets: &sheets,
        marking: &marking,
        findings: &findings,
    };
    let folder = out.root.join(file_name(&train::folder_name(&unit, &period, out.lang)));
    replace_all(&out.files(&marks::document(&facts), &folder, None, session)?)?;
    for line in marks::headline(&facts) {
        session.print(line.get(session.lang))?;
    }
    told(&folder, session)?;
    Ok(Some(outcome))
}

fn other_questions(filled: &Filled, bank: &Bank) -> Finding {
    let short = |digest: &str| Text::from(digest.chars().take(16).collect::<String>());
    OTHER_QUESTIONS.at(Place::file(&filled.file), &[("then", short(&filled.bank)), ("now", short(&bank.sha256()))])
}
