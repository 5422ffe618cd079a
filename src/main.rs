//! Runs one command and exits with its code.

use std::io::{BufWriter, stderr, stdout};
use std::process::exit;

fn main() {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    // A panic in a parser is caught and becomes a finding on its file; its own words are no help to anybody.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments = std::env::args_os().collect();
    exit(ecap::commands::run(arguments, &locale, &mut BufWriter::new(stdout().lock()), &mut stderr().lock()));
}
