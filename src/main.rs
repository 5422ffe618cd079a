//! Runs one command and exits with its code.

use std::io::{BufWriter, IsTerminal, stderr, stdin, stdout};
use std::process::exit;

use ecap::commands::{Session, run_at_terminal};
use ecap::text::Lang;

fn main() {
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
