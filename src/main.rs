//! Runs one command and exits with its code.

use std::alloc::System;
use std::io::{BufWriter, IsTerminal, stderr, stdin, stdout};
use std::process::exit;

use cap::Cap;
use ecap::commands::{Session, run_at_terminal};
use ecap::sheet::child;
use ecap::text::Lang;

/// Without a limit, except where this process reads a stranger's file for another one.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() {
    if std::env::args().nth(1).is_some_and(|first| first == child::ARGUMENT) {
        exit(read_for_another());
    }
    if let Ok(program) = std::env::current_exe() {
        child::is_called(program);
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    // A panic in a parser is caught and becomes a finding on its file; its own words are no help to anybody.
    std::panic::set_hook(Box::new(|_| {}));
    let terminal = stdin().is_terminal() && stdout().is_terminal();
    let (mut out, mut err, mut input) = (BufWriter::new(stdout().lock()), stderr().lock(), stdin().lock());
    let mut session = Session { lang: Lang::Zh, out: &mut out, err: &mut err, input: &mut input, terminal };
    exit(run_at_terminal(std::env::args_os().collect(), &locale, &mut session));
}

fn read_for_another() -> i32 {
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    // Beyond it an allocation fails, which ends this process and no other.
    if MEMORY.set_limit(child::memory_bytes(&arguments)).is_err() {
        return 3;
    }
    child::serve(&arguments, &mut stdin().lock(), &mut stdout().lock())
}
