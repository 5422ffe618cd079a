//! One district, workbook to all reports, against the bare cost of the same work: reading that workbook with calamine and writing
//! as many cells with rust_xlsxwriter, process start and tree included. Prints the ratio of the medians of runs made in turn.
//!
//! `cargo bench --bench district`; the figure to hold is 2.

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

const RUNS: usize = 21;
const BARE: &str = "--bare";
const SURVEY: &str = "samples/linjiang/临江区_2026_自评表.xlsx";
/// Sheets and columns of the report, so that the bare workbook has its shape.
const SHEETS: usize = 10;
const COLUMNS: usize = 10;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().collect();
    let survey = Path::new(env!("CARGO_MANIFEST_DIR")).join(SURVEY);
    if let Some(at) = arguments.iter().position(|argument| argument == BARE) {
        return bare(&survey, arguments[at + 1].parse()?, arguments[at + 2].parse()?, Path::new(&arguments[at + 3]));
    }
    let out = tempfile::tempdir()?;
    let ecap = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecap"));
        command.args(["score", "--format", "xlsx,md", "-o"]).arg(out.path()).arg(&survey);
        command
    };
    timed(ecap())?;
    let report = read(&out.path().join("临江区-2026/report.xlsx"))?;
    let numbers = report.iter().filter(|cell| matches!(cell, Held::Number)).count();
    let texts = report.len() - numbers;
    let floor_command = || -> Outcome<Command> {
        let mut command = Command::new(env::current_exe()?);
        command.arg(BARE).arg(texts.to_string()).arg(numbers.to_string()).arg(out.path().join("bare.xlsx"));
        Ok(command)
    };
    let (mut whole, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        floor.push(timed(floor_command()?)?);
        whole.push(timed(ecap())?);
    }
    let (whole, floor) = (median(whole), median(floor));
    let line = format!(
        "{texts} texts and {numbers} numbers; district to xlsx,md: {:.1} ms; bare read and write: {:.1} ms; ratio {:.2} (to hold: 2.00)\n",
        milliseconds(whole),
        milliseconds(floor),
        milliseconds(whole) / milliseconds(floor)
    );
    std::io::stdout().write_all(line.as_bytes())?;
    Ok(())
}

/// Reads the survey and the tree and writes that many cells, without looks.
fn bare(survey: &Path, texts: usize, numbers: usize, target: &Path) -> Outcome<()> {
    let mut findings = Vec::new();
    ecap::tree::named("city", &mut findings).and_then(|loaded| loaded.tree).ok_or("the embedded tree")?;
    let words: Vec<String> =
        read(survey)?.into_iter().filter_map(|cell| if let Held::Text(text) = cell { Some(text) } else { None }).collect();
    let mut workbook = Workbook::new();
    let total = texts + numbers;
    let each = total.div_ceil(SHEETS);
    let mut written = 0;
    while written < total {
        let sheet = workbook.add_worksheet();
        for position in 0..each.min(total - written) {
            let (row, column) = (u32::try_from(position / COLUMNS)?, u16::try_from(position % COLUMNS)?);
            if written < texts {
                sheet.write_string(row, column, &words[written % words.len()])?;
            } else {
                sheet.write_number(row, column, written as f64 / 7.0)?;
            }
            written += 1;
        }
    }
    workbook.save(target)?;
    Ok(())
}

enum Held {
    Text(String),
    Number,
}

/// Every cell of a workbook.
fn read(path: &Path) -> Outcome<Vec<Held>> {
    let mut workbook = Xlsx::new(BufReader::new(File::open(path)?))?;
    let mut cells = Vec::new();
    for name in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&name)?;
        while let Some(cell) = reader.next_cell()? {
            match cell.get_value() {
                DataRef::Empty => {}
                DataRef::Float(_) => cells.push(Held::Number),
                DataRef::SharedString(text) => cells.push(Held::Text((*text).to_string())),
                DataRef::String(text) => cells.push(Held::Text(text.clone())),
                _ => {}
            }
        }
    }
    Ok(cells)
}

fn timed(mut command: Command) -> Outcome<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let took = start.elapsed();
    if status.code().is_none_or(|code| code > 1) {
        return Err(format!("{command:?} failed").into());
    }
    Ok(took)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
