//! Joins the stages, one file a subcommand; never a formula, a cell or a format.

mod answered;
mod assess;
mod audit;
mod check;
mod cli;
mod compare;
mod explain;
mod fix;
mod flags;
mod init;
mod inputs;
mod menu;
mod messages;
mod nodes;
mod one;
mod options;
mod own;
mod periods;
mod plan;
mod score;
mod survey;
mod together;
mod train;
mod tree;
mod verify;

use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::error::{Failure, io_reason};
use crate::finding::Kind;
use crate::text::{Lang, Text, t, visible, visible_json};

use cli::Parsed;
pub use cli::{build as command_line, manual};
pub(crate) use fix::mark;
pub use flags::*;
pub use messages::snippets;

/// A subcommand: what it is called, what it says of itself, what it takes, what it does.
pub struct Command {
    pub name: &'static str,
    pub about: Text,
    /// What stands after the flags, and whether it must.
    pub operands: Option<Operands>,
    pub flags: &'static [&'static Flag],
    pub run: fn(&Parsed, &mut Session<'_>) -> Result<Outcome, Failure>,
}

pub struct Operands {
    pub name: Text,
    pub help: Text,
    pub required: bool,
}

/// A flag; the same one serves every command that lists it.
pub struct Flag {
    pub name: &'static str,
    pub short: Option<char>,
    /// What follows it; none for a switch.
    pub value: Option<Text>,
    pub help: Text,
}

/// Every command there is, in the order of the help.
pub static COMMANDS: [&Command; 10] = [
    &init::COMMAND,
    &survey::COMMAND,
    &check::COMMAND,
    &score::COMMAND,
    &compare::COMMAND,
    &train::COMMAND,
    &plan::COMMAND,
    &explain::COMMAND,
    &verify::COMMAND,
    &tree::COMMAND,
];

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Done, but the input has errors.
    InputErrors,
}

/// Where a command speaks, and in which language.
pub struct Session<'a> {
    pub lang: Lang,
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    /// Where a person answers.
    pub input: &'a mut dyn BufRead,
    /// Does a person sit there?
    pub terminal: bool,
}

impl Session<'_> {
    /// A line of result.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{}", visible(text)).map_err(closed)
    }

    /// JSON on a line.
    pub fn print_json(&mut self, json: &str) -> Result<(), Failure> {
        writeln!(self.out, "{}", visible_json(json)).map_err(closed)
    }

    /// Bytes that stand for themselves.
    pub fn print_exactly(&mut self, text: &str) -> Result<(), Failure> {
        write!(self.out, "{text}").map_err(closed)
    }

    /// A question that waits on its line for an answer.
    pub fn prompt(&mut self, text: &str) -> Result<(), Failure> {
        write!(self.out, "{}", visible(text)).map_err(closed)?;
        self.flush()
    }

    pub fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(closed)
    }

    /// A line of talk.
    pub fn say(&mut self, text: &Text) -> Result<(), Failure> {
        writeln!(self.err, "{}", visible(text.get(self.lang))).map_err(closed)
    }
}

/// Nobody reads any more, which is no failure; or what reads cannot take it, a file on a full disk.
fn closed(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::ClosedPipe;
    }
    t(
        "结果输出不了：{reason}。输出不完整，请腾出空间或换一个位置，再运行一次。",
        "The output cannot be written: {reason}. It is not complete; make room or choose another place and run it again.",
    )
    .with(&[("reason", io_reason(&error))])
    .into()
}

/// A panic that reached the top is a mistake of ours, and says so.
const OUR_FAULT: Text = t(
    "ecap 自己出了错，没有做完。这不是您的文件的问题；请把命令和文件一起报告给维护者。",
    "ecap itself went wrong and did not finish. Your files are not to blame; please report the command and the files to its maintainers.",
);

/// The tables of findings of every stage.
pub fn all_kinds() -> Vec<&'static Kind> {
    let tables: &[&[&'static Kind]] = &[
        &crate::node::KINDS,
        &crate::sheet::KINDS,
        &crate::scale::KINDS,
        &crate::tree::CONSTRUCT_KINDS,
        &crate::tree::CONTENT_KINDS,
        &crate::tree::REQUIRES_KINDS,
        &crate::tree::LOAD_KINDS,
        &crate::tree::SOURCE_KINDS,
        &crate::tree::YAML_KINDS,
        &crate::tree::SYNTAX_KINDS,
        &crate::tree::crosswalk::KINDS,
        &crate::bank::KINDS,
        &crate::baseline::KINDS,
        &crate::survey::COVER_KINDS,
        &crate::survey::KINDS,
        &crate::survey::OWN_KINDS,
        &crate::survey::TWICE_KINDS,
        &crate::survey::HEADER_KINDS,
        &crate::survey::ROW_KINDS,
        &crate::survey::LONGER_KINDS,
        &crate::survey::QUESTION_KINDS,
        &crate::survey::MISPLACED_KINDS,
        &crate::survey::TICKS_KINDS,
        &crate::survey::GUIDES_KINDS,
        &crate::survey::BESIDE_KINDS,
        &crate::survey::PARTED_KINDS,
        &crate::survey::UNITS_KINDS,
        &crate::survey::NOTHING_KINDS,
        &crate::survey::SCORES_KINDS,
        &crate::survey::LETTERS_KINDS,
        &crate::survey::SORTED_KINDS,
        &crate::survey::TABLES_KINDS,
        &crate::survey::DRAGGED_KINDS,
        &crate::survey::GROUPED_KINDS,
        &crate::survey::ISSUED_KINDS,
        &crate::survey::UNREAD_KINDS,
        &crate::survey::UNSEEN_KINDS,
        &crate::survey::OVER_KINDS,
        &crate::quiz::KINDS,
        &crate::settings::KINDS,
        &crate::answers::KINDS,
        &score::KINDS,
        &together::KINDS,
        &train::KINDS,
        &crate::analysis::suspicion::KINDS,
        &crate::analysis::training::pairing::KINDS,
        &crate::costs::KINDS,
        &crate::ledger::KINDS,
    ];
    let mut all = tables.concat();
    all.extend(crate::lint::kinds());
    all
}

/// Runs one command line that asks nothing; the exit code.
pub fn run(arguments: Vec<OsString>, locale: &str, out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let lang = cli::terminal_lang(&arguments, locale);
    run_in(arguments, &mut Session { lang, out, err, input: &mut io::empty(), terminal: false })
}

/// The same where a person may sit at a terminal: without a command a menu, with files or folders what they yield.
pub fn run_at_terminal(arguments: Vec<OsString>, locale: &str, session: &mut Session<'_>) -> i32 {
    session.lang = cli::terminal_lang(&arguments, locale);
    let words = &arguments[arguments.len().min(1)..];
    let paths: Vec<PathBuf> = words.iter().map(PathBuf::from).collect();
    let is_command = |path: &Path| COMMANDS.iter().any(|command| Path::new(command.name) == path);
    let dropped = !paths.is_empty() && paths.iter().all(|path| path.exists()) && !paths.first().is_some_and(|path| is_command(path));
    if (words.is_empty() && session.terminal) || dropped {
        let guided = if dropped { menu::dropped(&paths, session) } else { menu::menu(session) };
        return match guided.and_then(|code| session.flush().map(|()| code)) {
            Ok(code) => code,
            Err(failure) => finish(Err(failure), session),
        };
    }
    run_in(arguments, session)
}

/// Runs a command line in the middle of a menu; what it prints and says goes to one place.
fn run_command(arguments: Vec<OsString>, lang: Lang, heard: &mut Vec<u8>) -> i32 {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run_in(arguments, &mut Session { lang, out: &mut out, err: &mut err, input: &mut io::empty(), terminal: false });
    heard.extend(out);
    heard.extend(err);
    code
}

fn run_in(arguments: Vec<OsString>, session: &mut Session<'_>) -> i32 {
    let ran = catch_unwind(AssertUnwindSafe(|| {
        cli::parse(arguments, session).and_then(|parsed| match parsed {
            None => Ok(Outcome::Done),
            Some((command, parsed)) => (command.run)(&parsed, session),
        })
    }));
    finish(ran.unwrap_or_else(|_| Err(OUR_FAULT.into())), session)
}

/// The exit code of what a command came to, what stopped it said.
fn finish(result: Result<Outcome, Failure>, session: &mut Session<'_>) -> i32 {
    match result.and_then(|outcome| session.flush().map(|()| outcome)) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::InputErrors) => 1,
        Err(Failure::ClosedPipe) => 0,
        Err(Failure::Message(text)) => {
            // Nobody may be listening; the exit code still says it.
            let _ = session.out.flush();
            let _ = session.say(&text);
            2
        }
        Err(Failure::Findings(findings)) => {
            let _ = messages::findings(&findings, &[], session);
            let _ = session.out.flush();
            2
        }
    }
}
