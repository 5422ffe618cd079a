//! One survey read whole (values, formulas, formats, notes, what is hidden and merged) against a bare pass of calamine over its values,
//! and against calamine's two passes that give values, formulas and formats. Prints the ratios of the medians of runs made in turn.
//!
//! `cargo bench --bench reading`; the figure to hold is 1.3.

use std::error::Error;
use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{DataRef, Reader, Xlsx};
use ecap::sheet::Book;

const RUNS: usize = 101;
const SURVEYS: [&str; 2] = ["samples/linjiang/临江区_2026_自评表.xlsx", "samples/wanghai"];

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join(SURVEYS[0])];
    let mut more: Vec<_> = std::fs::read_dir(root.join(SURVEYS[1]))?.flatten().map(|entry| entry.path()).collect();
    more.retain(|path| path.extension().is_some_and(|extension| extension == "xlsx"));
    more.sort();
    files.extend(more);
    for path in files {
        let bytes = std::fs::read(&path)?;
        let (mut ours, mut bare, mut twice) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            bare.push(timed(|| values(&bytes))?);
            ours.push(timed(|| Ok(Book::open(bytes.clone(), "", &mut Vec::new()).map_or(0, |book| book.sheets.len())))?);
            twice.push(timed(|| Ok(values(&bytes)? + styles(&bytes)?))?);
        }
        let (ours, bare, twice) = (median(ours), median(bare), median(twice));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let line = format!(
            "{name}: read whole {:.2} ms; bare values {:.2} ms, ratio {:.2} (to hold: 1.30); values and styles in two passes {:.2} ms, ratio {:.2}\n",
            ours * 1e3,
            bare * 1e3,
            ours / bare,
            twice * 1e3,
            ours / twice
        );
        std::io::stdout().write_all(line.as_bytes())?;
    }
    Ok(())
}

fn values(bytes: &[u8]) -> Outcome<usize> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let mut count = 0;
    for name in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&name)?;
        while let Some(cell) = cells.next_cell()? {
            count += usize::from(!matches!(black_box(cell.get_value()), DataRef::Empty));
        }
    }
    Ok(count)
}

fn styles(bytes: &[u8]) -> Outcome<usize> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let mut count = 0;
    for name in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&name)?;
        while let Some((_, _, style)) = cells.next_style_id()? {
            count += usize::from(black_box(style) > 0);
        }
    }
    Ok(count)
}

fn timed(work: impl FnOnce() -> Outcome<usize>) -> Outcome<Duration> {
    let start = Instant::now();
    black_box(work()?);
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
