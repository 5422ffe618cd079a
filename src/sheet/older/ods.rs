//! The second look at an .ods: percentages, what numbers show, notes, what is struck, hidden, merged or laid over, in `content.xml`.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Looks, Mark, Seen};
use crate::sheet::limits::{Limit, Limits};
use crate::sheet::package::Package;
use crate::sheet::xlsx::display;
use crate::sheet::xlsx::strings::{Run, Runs};
use crate::sheet::xlsx::styles::{Look, Style};
use crate::sheet::xml::{attribute, referred};
use crate::sheet::{MAX_COLUMNS, MAX_ROWS, Sheet};

/// Does the list of its parts say how they are encrypted?
pub fn is_encrypted(bytes: &[u8], limits: &Limits) -> bool {
    let manifest = Package::open(bytes, limits).ok().and_then(|mut package| package.text("META-INF/manifest.xml").ok().flatten());
    manifest.is_some_and(|manifest| manifest.contains(":encryption-data"))
}

/// None where the XML is not whole.
pub fn looks(bytes: &[u8], limits: &Limits) -> Option<Looks> {
    let mut package = Package::open(bytes, limits).ok()?;
    let xml = package.text("content.xml").ok()??;
    let hides_zeros = package.text("settings.xml").ok().flatten().is_some_and(|settings| hides_zeros(&settings));
    let most = limits.get(Limit::Cells);
    let mut looks = Looks::new();
    let mut reader = Reader::from_str(&xml);
    let mut name = String::new();
    let mut seen = Seen::default();
    // Where the next row and cell stand, and how often the present ones repeat.
    let (mut row, mut rows, mut column) = (0u32, 1u32, 0u32);
    let (mut note, mut marked) = (None::<String>, 0usize);
    // Who wrote a note and when are elements of it too.
    let mut paragraphs = 0usize;
    let (mut style, mut unshown, mut runs) = (String::new(), BTreeSet::new(), BTreeMap::new());
    // A cell under way, and how the spans within it are set.
    let (mut within, mut spans) = (None::<Within>, Vec::new());
    let mut columns = 0u32;
    let mut open = 0usize;
    // What is drawn has words of its own, and a chart a picture of itself beside it.
    let (mut drawn, mut charted) = (0usize, false);
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Start(start) => (open, drawn) = (open + 1, drawn + usize::from(is_drawn(start.local_name().as_ref()))),
            Event::End(end) => {
                open = open.checked_sub(1)?;
                drawn = drawn.saturating_sub(usize::from(is_drawn(end.local_name().as_ref())));
            }
            _ => {}
        }
        if let Event::Start(start) | Event::Empty(start) = &event {
            match start.local_name().as_ref() {
                "style" => style = attribute(start, "name").unwrap_or_default(),
                "table-properties" if attribute(start, "display").as_deref() == Some("false") => {
                    unshown.insert(style.clone());
                }
                "text-properties" => {
                    let run = run(start);
                    if run != Run::default() {
                        runs.insert(style.clone(), run);
                    }
                }
                "table-column" => {
                    let count = repeated(start, "number-columns-repeated", MAX_COLUMNS);
                    if attribute(start, "visibility").is_some_and(|state| state != "visible") {
                        let last = columns.saturating_add(count - 1).min(MAX_COLUMNS - 1);
                        seen.sheet.hidden_columns.push((columns, last));
                    }
                    columns = columns.saturating_add(count);
                }
                _ => {}
            }
        }
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "table" => {
                    name = attribute(&start, "name")?;
                    let hidden = attribute(&start, "style-name").is_some_and(|own| unshown.contains(&own));
                    let sheet = Sheet { hidden, ..Sheet::default() };
                    (seen, row, rows, columns) = (Seen { sheet, hides_zeros, ..Seen::default() }, 0, 1, 0);
                }
                "table-row" => {
                    rows = repeated(&start, "number-rows-repeated", MAX_ROWS);
                    column = 0;
                    hide_rows(&start, &mut seen.sheet, row, rows, most)?;
                }
                "table-cell" | "covered-table-cell" => {
                    within = Some(Within::of(&start, column, &runs));
                    cell(&start, &mut seen.sheet, row, &mut column);
                }
                "span" => spans.push(attribute(&start, "style-name").and_then(|own| runs.get(&own).copied()).unwrap_or_default()),
                "annotation" => (note, paragraphs) = (Some(String::new()), 0),
                "object" => charted = true,
                "image" | "text-box" | "custom-shape" if !charted => {
                    seen.sheet.over.insert((row, column.saturating_sub(1)), String::new());
                }
                "p" => {
                    paragraphs += 1;
                    if let Some(cell) = within.as_mut().filter(|_| drawn == 0 && note.is_none()) {
                        cell.paragraph();
                    }
                }
                _ => {}
            },
            Event::Empty(start) => match start.local_name().as_ref() {
                "table-row" => row = row.saturating_add(repeated(&start, "number-rows-repeated", MAX_ROWS)),
                "table-cell" | "covered-table-cell" => {
                    Within::of(&start, column, &runs).keep(&mut seen, (row, rows), &mut marked, most)?;
                    cell(&start, &mut seen.sheet, row, &mut column);
                }
                "p" => {
                    if let Some(cell) = within.as_mut().filter(|_| drawn == 0 && note.is_none()) {
                        cell.paragraph();
                    }
                }
                // Several blanks, a tab, a new line.
                "s" | "tab" | "line-break" if paragraphs > 0 && drawn == 0 && note.is_none() => {
                    if let Some(cell) = &mut within {
                        cell.push(" ", &spans);
                    }
                }
                _ => {}
            },
            Event::Text(words) if paragraphs > 0 => match (&mut note, &mut within) {
                (Some(note), _) => note.push_str(&words),
                (None, Some(cell)) if drawn == 0 => cell.push(&words, &spans),
                (None, Some(cell)) => cell.drawn = true,
                _ => {}
            },
            Event::GeneralRef(reference) if paragraphs > 0 => {
                let text: String = referred(&reference).into_iter().collect();
                match (&mut note, &mut within) {
                    (Some(note), _) => note.push_str(&text),
                    (None, Some(cell)) if drawn == 0 => cell.push(&text, &spans),
                    _ => {}
                }
            }
            Event::End(end) => match end.local_name().as_ref() {
                "p" => paragraphs = paragraphs.saturating_sub(1),
                "span" => drop(spans.pop()),
                "frame" => charted = false,
                "table-cell" | "covered-table-cell" => {
                    if let Some(cell) = within.take() {
                        cell.keep(&mut seen, (row, rows), &mut marked, most)?;
                    }
                }
                "annotation" => {
                    if let Some(text) = note.take() {
                        // The cell was counted when it opened.
                        seen.sheet.notes.insert((row, column.saturating_sub(1)), text.trim().to_string());
                    }
                }
                "table-row" => row = row.saturating_add(rows),
                "table" => {
                    looks.insert(std::mem::take(&mut name), std::mem::take(&mut seen));
                }
                _ => {}
            },
            Event::Eof => return (open == 0).then_some(looks),
            _ => {}
        }
    }
}

/// Does the document show nothing where a 0 stands? What breaks off says no: no value hangs on it.
fn hides_zeros(settings: &str) -> bool {
    let mut reader = Reader::from_str(settings);
    let mut named = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => named = attribute(&start, "name").as_deref() == Some("ShowZeroValues"),
            Event::Text(words) if named && words.trim() == "false" => return true,
            Event::End(_) => named = false,
            Event::Eof => break,
            _ => {}
        }
    }
    false
}

/// How a style sets the words of a span. LibreOffice names the type of a line only, others its style.
fn run(tag: &BytesStart<'_>) -> Run {
    let line = |name: &str| attribute(tag, name).is_some_and(|line| line != "none");
    let position = attribute(tag, "text-position").unwrap_or_default();
    // `super 58%`, `-33% 58%`, and `0% 100%` of what stands on the line.
    let first = position.split_whitespace().next().unwrap_or_default();
    let off = first.strip_suffix('%').and_then(|share| share.parse::<f64>().ok()).is_some_and(|share| share != 0.0);
    Run { struck: line("text-line-through-style") || line("text-line-through-type"), raised: off || ["super", "sub"].contains(&first) }
}

/// Is it an element that stands over cells, or over the words of one?
fn is_drawn(name: &str) -> bool {
    ["frame", "custom-shape", "ruby-text"].contains(&name)
}

fn repeated(tag: &BytesStart<'_>, name: &str, most: u32) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, most)
}

fn hide_rows(tag: &BytesStart<'_>, sheet: &mut Sheet, row: u32, rows: u32, most: usize) -> Option<()> {
    let visibility = attribute(tag, "visibility");
    sheet.filtered |= visibility.as_deref() == Some("filter");
    // The empty rows below a sheet are hidden by the million.
    if visibility.is_some_and(|state| state != "visible") && rows < MAX_ROWS / 2 {
        (sheet.hidden_rows.len() + rows as usize <= most).then_some(())?;
        sheet.hidden_rows.extend(row..row.saturating_add(rows).min(MAX_ROWS));
    }
    Some(())
}

/// A cell under way: what it prints and how.
struct Within {
    column: u32,
    columns: u32,
    mark: Mark,
    number: Option<f64>,
    text: String,
    /// Does the file say what it shows, be it nothing?
    printed: bool,
    /// Are there words of a shape or a reading in it, which calamine takes for its own?
    drawn: bool,
}

impl Within {
    fn of(tag: &BytesStart<'_>, column: u32, runs: &BTreeMap<String, Run>) -> Self {
        let kind = attribute(tag, "value-type").unwrap_or_default();
        let percent = kind == "percentage";
        let style = Style {
            look: if percent { Look::Percent } else { Look::Plain },
            struck: attribute(tag, "style-name").and_then(|own| runs.get(&own)).is_some_and(|run| run.struck),
            ..Style::default()
        };
        // ['file:///C:/汇总.ods'#$表.C5]
        let linked = attribute(tag, "formula").is_some_and(|formula| formula.contains("'#$"));
        Within {
            column,
            columns: repeated(tag, "number-columns-repeated", MAX_COLUMNS),
            mark: Mark { style, linked, ..Mark::default() },
            number: attribute(tag, "value").filter(|_| percent || kind == "float").and_then(|value| value.parse().ok()),
            text: String::new(),
            printed: false,
            drawn: false,
        }
    }

    fn paragraph(&mut self) {
        self.printed = true;
        if !self.text.is_empty() {
            self.push("\n", &[]);
        }
    }

    /// What stands in spans within one another is struck or raised where one of them is.
    fn push(&mut self, text: &str, spans: &[Run]) {
        let run = Run { struck: spans.iter().any(|span| span.struck), raised: spans.iter().any(|span| span.raised) };
        self.mark.runs.push(run, text, &self.text);
        self.text.push_str(text);
    }

    /// Keeps what is to be told, once for each cell that it stands for; none where that is more than a file may hold.
    fn keep(self, seen: &mut Seen, (row, rows): (u32, u32), marked: &mut usize, most: usize) -> Option<()> {
        let Within { column, columns, mut mark, number, text, printed, drawn } = self;
        let percent = mark.style.look == Look::Percent;
        mark.shown = number.filter(|_| printed).and_then(|number| display::printed(&text, number, percent));
        mark.text = drawn.then_some(text);
        if mark.shown.is_none() && mark.text.is_none() && !percent && !mark.style.struck && mark.runs == Runs::default() && !mark.linked {
            return Some(());
        }
        *marked = marked.checked_add(rows as usize * columns as usize)?;
        (*marked <= most).then_some(())?;
        for row in row..row.saturating_add(rows).min(MAX_ROWS) {
            for column in column..column.saturating_add(columns).min(MAX_COLUMNS) {
                seen.marks.insert((row, column), mark.clone());
            }
        }
        Some(())
    }
}

fn cell(tag: &BytesStart<'_>, sheet: &mut Sheet, row: u32, column: &mut u32) {
    let columns = repeated(tag, "number-columns-repeated", MAX_COLUMNS);
    let spanned = |name: &str| repeated(tag, name, MAX_ROWS);
    let (down, across) = (spanned("number-rows-spanned"), spanned("number-columns-spanned"));
    if down > 1 || across > 1 {
        sheet.merged.push(((row, *column), (row.saturating_add(down - 1), column.saturating_add(across - 1))));
    }
    *column = column.saturating_add(columns);
}
