//! What each committed case of broken YAML takes from file to findings, slowest first.
//!
//! `cargo bench --bench yaml`; the figure to hold is 100 ms each.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

const CASES: &str = "tests/cases/yaml";
const RUNS: usize = 5;
const MOST: f64 = 100.0;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(CASES);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let mut times: Vec<(f64, String)> = paths.iter().map(|path| (fastest(path), path.display().to_string())).collect();
    times.sort_by(|one, other| other.0.total_cmp(&one.0));
    let slow = times.iter().filter(|(time, _)| *time > MOST).count();
    let mut lines: Vec<String> = times.iter().map(|(time, name)| format!("{time:8.2} ms  {name}")).collect();
    lines.push(format!("{} cases, {slow} above {MOST} ms\n", times.len()));
    std::io::stdout().write_all(lines.join("\n").as_bytes())?;
    Ok(())
}

/// Milliseconds of the fastest of a few runs.
fn fastest(path: &Path) -> f64 {
    let run = |_| {
        let arguments = ["ecap", "tree", "check", "--tree"].into_iter().map(Into::into).chain([path.as_os_str().to_os_string()]).collect();
        let start = Instant::now();
        ecap::commands::run(arguments, "zh_CN.UTF-8", &mut Vec::new(), &mut Vec::new());
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..RUNS).map(run).fold(f64::INFINITY, f64::min)
}
