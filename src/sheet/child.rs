//! Formats whose readers take memory before they know how much they need are read in a process of their own: a file that kills it
//! costs itself only.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::sheet::limits::{Limit, Limits};
use crate::sheet::older::{self, Older};
use crate::sheet::package::Trouble;
use crate::sheet::{Sheet, wire};
use crate::text::{Text, t};

/// The first argument of such a process; the limits follow.
pub const ARGUMENT: &str = "__read";

const KILLED: Text = t("读它的程序中途停了，可能要的内存太多", "the program reading it stopped; it may want too much memory");
const CANNOT_START: Text = t("没能另起一个进程来读它", "no process of its own could be started to read it");

/// This program, as it is called again.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says that this process can be called again as `program`. Without it, as where the library is used by another program, such files are
/// read in the same process.
pub fn is_called(program: PathBuf) {
    // The first word holds.
    let _ = PROGRAM.set(program);
}

/// Bytes that such a process may take, by its arguments behind [`ARGUMENT`].
pub fn memory_bytes(arguments: &[String]) -> usize {
    limits(arguments).bytes(Limit::Memory)
}

fn limits(arguments: &[String]) -> Limits {
    let mut limits = Limits::default();
    for argument in arguments {
        limits.set(argument);
    }
    limits
}

/// What such a process does: a kind and a file in, sheets or a reason out. Returns its exit code.
pub fn serve(arguments: &[String], input: &mut dyn Read, output: &mut dyn Write) -> i32 {
    let limits = limits(arguments);
    let mut bytes = Vec::new();
    if input.take((limits.bytes(Limit::File) as u64).saturating_add(2)).read_to_end(&mut bytes).is_err() {
        return 3;
    }
    let Some((kind, bytes)) = bytes.split_first() else { return 3 };
    let Some(kind) = Older::of_byte(*kind) else { return 3 };
    let answer = match older::read(kind, bytes, &limits) {
        Ok(sheets) => wire::written(&sheets),
        Err(trouble) => told(&trouble),
    };
    match output.write_all(answer.as_bytes()).and_then(|()| output.flush()) {
        Ok(()) => 0,
        Err(_) => 3,
    }
}

fn told(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Over(limit, size) => format!("over {} {size}", Limits::name(*limit)),
        Trouble::Incomplete(reason) => format!("incomplete {}\n{}", reason.zh, reason.en),
        Trouble::Damaged(reason) => format!("damaged {}\n{}", reason.zh, reason.en),
        Trouble::OpenQuote(line) => format!("quote {line}"),
    }
}

fn understood(answer: &str) -> Result<Vec<Sheet>, Trouble> {
    if let Some(rest) = answer.strip_prefix("over ") {
        let (name, size) = rest.split_once(' ').unwrap_or((rest, "0"));
        return Err(Limits::named(name).map_or_else(Trouble::damaged, |limit| Trouble::Over(limit, size.parse().unwrap_or(0))));
    }
    if let Some(line) = answer.strip_prefix("quote ") {
        return Err(line.parse().map_or_else(|_| Trouble::damaged(), Trouble::OpenQuote));
    }
    let reason = |start: &str| answer.strip_prefix(start)?.split_once('\n').map(|(zh, en)| Text::new(zh.to_string(), en.to_string()));
    if let Some(reason) = reason("incomplete ") {
        return Err(Trouble::Incomplete(reason));
    }
    if let Some(reason) = reason("damaged ") {
        return Err(Trouble::Damaged(reason));
    }
    wire::read(answer).ok_or_else(Trouble::damaged)
}

/// Reads a file, in a process of its own where this program can be called again.
pub fn read(kind: Older, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Trouble> {
    match PROGRAM.get() {
        Some(program) => apart(Command::new(program), kind, bytes, limits),
        None => older::read(kind, bytes, limits),
    }
}

fn apart(mut command: Command, kind: Older, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Trouble> {
    let cannot = |_| Trouble::Damaged(CANNOT_START);
    command.arg(ARGUMENT).args(limits.arguments());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(cannot)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Err(Trouble::Damaged(CANNOT_START)) };
    let (send, received) = channel();
    let most = (limits.bytes(Limit::Memory) as u64).saturating_mul(2);
    let answer = thread::scope(|scope| {
        // A child that stops reading or writing must not stop this process.
        scope.spawn(move || input.write_all(&[kind.byte()]).and_then(|()| input.write_all(bytes)));
        scope.spawn(move || {
            let mut answer = String::new();
            let whole = output.take(most).read_to_string(&mut answer).is_ok();
            let _ = send.send(whole.then_some(answer));
        });
        let answer = received.recv_timeout(Duration::from_secs(limits.get(Limit::Seconds) as u64));
        // Also ends the two threads: their pipes are gone.
        let _ = child.kill();
        answer
    });
    let ended = child.wait();
    match answer {
        Err(RecvTimeoutError::Timeout) => Err(Trouble::Over(Limit::Seconds, limits.get(Limit::Seconds))),
        Ok(Some(answer)) if !answer.is_empty() => understood(&answer),
        _ if ended.is_ok() => Err(Trouble::Damaged(KILLED)),
        _ => Err(Trouble::Damaged(CANNOT_START)),
    }
}
