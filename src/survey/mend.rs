//! A filled workbook written afresh from what was read, with everything to mend marked in its cell.
//!
//! Never the bytes that came: no macro, formula, link or hidden part of a stranger's file goes out again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};
use sha2::{Digest, Sha256};

use crate::error::Failure;
use crate::sheet::limits::Limits;
use crate::sheet::write::{self, distinct_names, row_height};
use crate::sheet::{At, Book, Cell, Content, Sheet, place_of};
use crate::survey::blank::ITEM_POINTS;
use crate::survey::cells::{LISTS, Lists, Looks, store_sheet, validation};
use crate::survey::cover::{self, Given, Store};
use crate::survey::filled::{self, Kind};
use crate::survey::header::{Header, header};
use crate::survey::layout::{Column, CoverLabel, SIGN_OFF, STORE, is};
use crate::survey::marks::{self, LIST, Mark};
use crate::text::{Lang, t};
use crate::tree::{Item, Tree};
use crate::unit::Date;

/// The key of the hidden store that holds the digest of what was written.
const COPY: &str = "copy";
/// Merged cells of a workbook at most; each of them is written.
const MAX_MERGED: u64 = 1_000_000;
/// A blank line where somebody is to sign.
const SIGN_POINTS: f64 = 48.0;

/// What a copy is made from.
pub struct Source<'a> {
    pub book: &'a Book,
    /// As the findings name it.
    pub file: &'a str,
    pub tree: &'a Tree,
    pub given: &'a Given,
    pub marks: &'a [Mark],
}

/// The copy's bytes.
pub fn copy(source: &Source<'_>, limits: &Limits, lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    let made = |digest: &str| build(source, digest, lang, date).map_err(write::failure);
    // What is read back is what a later run compares, so it is that which is summed.
    let digest = contents(&made("")?, limits).map(|(_, digest)| digest).unwrap_or_default();
    made(&digest)
}

/// Did nobody change a copy of ours since it was written?
pub fn is_untouched(bytes: &[u8], limits: &Limits) -> bool {
    contents(bytes, limits).is_some_and(|(stored, digest)| stored == digest)
}

/// The stored digest of a workbook, and that of what it holds.
fn contents(bytes: &[u8], limits: &Limits) -> Option<(String, String)> {
    let book = Book::open_within(bytes, "", limits, &mut Vec::new())?;
    let mut sum = Sha256::new();
    for sheet in book.sheets.iter().filter(|sheet| sheet.name != STORE) {
        sum.update(format!("{:?}\n", sheet.name));
        for (row, cells) in &sheet.rows {
            cells.iter().for_each(|(column, cell)| sum.update(format!("{row} {column} {cell:?}\n")));
        }
        sum.update(format!("{:?}\n", sheet.notes));
    }
    Some((Store::of(&book).value(COPY), crate::tree::hex(&sum.finalize())))
}

fn build(source: &Source<'_>, digest: &str, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let book = source.book;
    let filled = filled::read(book, source.file, source.tree, source.given, &mut Vec::new());
    let (mut items, mut numbers) = (HashMap::new(), HashMap::new());
    for row in filled.iter().flat_map(|filled| &filled.rows) {
        let (sheet, item) = (row.sheet.as_str(), &source.tree.items[row.item]);
        let answers = [&row.own, &row.review].into_iter().flatten().filter_map(|cell| place_of(&cell.cell));
        items.extend(answers.map(|at| ((sheet, at), item)));
        numbers.extend(row.place(source.file).cell.and_then(|cell| place_of(&cell)).map(|at| ((sheet, at.0), item.reference.as_str())));
    }
    let kind = if Store::of(book).value("kind") == "review" { Kind::Review } else { Kind::Survey };
    // The list and our hidden sheets are made anew.
    let ours = |sheet: &Sheet| sheet.name == STORE || is(&sheet.name, &LIST) || (sheet.hidden && sheet.name == LISTS);
    let kept: Vec<(usize, &Sheet)> = book.sheets.iter().enumerate().filter(|(_, sheet)| !ours(sheet)).collect();
    let mut names: Vec<String> = [LIST.get(lang), STORE, LISTS].map(str::to_string).to_vec();
    let taken = names.len();
    names.extend(kept.iter().map(|(_, sheet)| sheet.name.clone()));
    let names = distinct_names(&names).split_off(taken);
    let pairs: Vec<(String, String)> = kept.iter().map(|(_, sheet)| sheet.name.clone()).zip(names.iter().cloned()).collect();

    let shown = source.file.rsplit('/').next().unwrap_or_default();
    let mut workbook = write::workbook(date, shown)?;
    let cover = cover::position(book);
    let counted = cover.filter(|_| kind == Kind::Survey).and_then(|cover| book.sheets.get(cover));
    let counted = counted.and_then(|cover| pairs.iter().find(|(own, _)| *own == cover.name)).map(|(_, name)| name.as_str());
    let refs = source.marks.iter().map(|mark| marks::number_of(mark, book, &numbers, source.tree)).collect();
    marks::Page { file: shown, marks: source.marks, refs, sheets: &pairs, cover: counted }.write(&mut workbook, lang)?;
    let looks = Looks::new();
    let mut lists = Lists::default();
    let mut merged = 0;
    for ((index, sheet), name) in kept.into_iter().zip(&names) {
        let page = match header(sheet, kind, source.file, &mut Vec::new()) {
            Some(header) => Page::Items(header),
            None if cover == Some(index) => Page::Cover,
            None if is(&sheet.name, &SIGN_OFF) => Page::SignOff,
            None => Page::Other,
        };
        let mut marked: BTreeMap<At, Vec<&Mark>> = BTreeMap::new();
        for mark in source.marks.iter().filter(|mark| mark.sheet.as_ref() == Some(&sheet.name)) {
            if let Some(at) = mark.at.filter(|_| marks::colour(mark.severity).is_some()) {
                marked.entry(at).or_default().push(mark);
            }
        }
        let widths = page.widths(sheet, kind);
        let joined = sheet.merged.iter().filter(|(first, last)| first.1 == 0 && last.1 >= 3).map(|(first, _)| first.0).collect();
        let one = One { sheet, page, kind, looks: &looks, items: &items, marked, widths, joined, lang };
        let out = workbook.add_worksheet();
        out.set_name(name)?;
        one.write(out, &mut lists, &mut merged, shown)?;
    }
    let stored = book.sheets.iter().find(|sheet| sheet.name == STORE);
    let stored = stored.into_iter().flat_map(|sheet| sheet.rows.keys().map(|row| (sheet.text(*row, 0), sheet.text(*row, 1))));
    let mut stored: Vec<(String, String)> = stored.filter(|(key, _)| key != COPY).collect();
    stored.push((COPY.to_string(), digest.to_string()));
    let stored: Vec<(&str, &str)> = stored.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    store_sheet(workbook.add_worksheet(), &stored)?;
    lists.write(&mut workbook)?;
    write::finish(workbook)
}

/// What a sheet of the workbook is.
enum Page {
    Items(Header),
    Cover,
    SignOff,
    Other,
}

impl Page {
    /// Of the columns from A, in half-width characters.
    fn widths(&self, sheet: &Sheet, kind: Kind) -> Vec<f64> {
        let last = sheet.rows.values().filter_map(|cells| cells.keys().next_back().copied()).max().unwrap_or(0);
        let own: &[(Column, f64)] = if kind == Kind::Review { &Column::REVIEW } else { &Column::SURVEY };
        let mut widest: BTreeMap<u32, usize> = BTreeMap::new();
        for (column, cell) in sheet.rows.values().flatten() {
            let width = widest.entry(*column).or_default();
            *width = (*width).max(marks::width(&cell.text()));
        }
        let by_content = |column: u32| (widest.get(&column).copied().unwrap_or(0) as f64 + 2.0).clamp(8.0, 40.0);
        let width = |column: u32| match (self, column) {
            (Page::Items(header), _) => {
                let named = own.iter().chain(&Column::SURVEY).find(|(named, _)| header.columns.get(named) == Some(&column));
                named.map_or_else(|| by_content(column).min(24.0), |(_, width)| *width)
            }
            (Page::Cover, 0) => 16.0,
            (Page::Cover, 1) => 46.0,
            (Page::Cover, 2) => 10.0,
            (Page::Cover, 3) => 24.0,
            (Page::SignOff, 0) => 26.0,
            (Page::SignOff, 1) => 66.0,
            _ => by_content(column),
        };
        let least = match self {
            Page::Cover => 3,
            Page::SignOff => 1,
            Page::Items(_) | Page::Other => 0,
        };
        (0..=last.max(least)).map(width).collect()
    }
}

/// One sheet on its way out.
struct One<'a> {
    sheet: &'a Sheet,
    page: Page,
    kind: Kind,
    looks: &'a Looks,
    /// By the sheet and the cell of an answer.
    items: &'a HashMap<(&'a str, At), &'a Item>,
    marked: BTreeMap<At, Vec<&'a Mark>>,
    widths: Vec<f64>,
    /// Rows that are one merged cell from A to D at least.
    joined: BTreeSet<u32>,
    lang: Lang,
}

impl One<'_> {
    fn write(&self, out: &mut Worksheet, lists: &mut Lists, merged: &mut u64, footer: &str) -> Result<(), XlsxError> {
        for (column, width) in (0u16..).zip(&self.widths) {
            out.set_column_width(column, *width)?;
        }
        let mut spans: BTreeMap<At, f64> = BTreeMap::new();
        let mut covered: HashSet<At> = HashSet::new();
        for (first, last) in &self.sheet.merged {
            let size = u64::from(last.0.saturating_sub(first.0) + 1) * u64::from(last.1.saturating_sub(first.1) + 1);
            if size < 2 || *merged + size > MAX_MERGED {
                continue;
            }
            *merged += size;
            // Ranges that overlap are a stranger's mistake; the first is kept. The writer panics at one that meets another it refused.
            let cells = || (first.0..=last.0).flat_map(|row| (first.1..=last.1).map(move |column| (row, column)));
            if cells().any(|at| covered.contains(&at)) {
                continue;
            }
            covered.extend(cells());
            let look = self.look(first.0, first.1);
            if out.merge_range(first.0, column(first.1), last.0, column(last.1), "", &look).is_ok() {
                spans.insert(*first, (first.1..=last.1).map(|column| self.width(column)).sum());
            }
        }
        let rows: BTreeSet<u32> = self.sheet.rows.keys().copied().chain(self.marked.keys().map(|(row, _)| *row)).collect();
        for row in rows {
            self.row(out, row, &spans, lists)?;
        }
        let notes: BTreeSet<&At> = self.sheet.notes.keys().chain(self.marked.keys()).collect();
        for at in notes {
            let unread = t("（原有批注，内容请看原件）", "(There was a note; see the file itself for it)");
            let theirs = self.sheet.notes.get(at).and_then(|note| marks::theirs(note));
            let theirs = theirs.map(|note| if note.is_empty() { unread.get(self.lang).to_string() } else { note });
            let marked = self.marked.get(at).map(Vec::as_slice).unwrap_or_default();
            if theirs.is_some() || !marked.is_empty() {
                out.insert_note(at.0, column(at.1), &marks::note(theirs.as_deref(), marked, self.lang))?;
            }
        }
        for row in &self.sheet.hidden_rows {
            out.set_row_hidden(*row)?;
        }
        for (first, last) in &self.sheet.hidden_columns {
            out.set_column_range_hidden(column(*first), column(*last))?;
        }
        out.set_hidden(self.sheet.hidden);
        let Page::Items(header) = &self.page else { return write::page(out, false, None, footer) };
        // Under a header far down a frozen pane would leave no room to scroll.
        if header.row < 8 {
            out.set_freeze_panes(header.row + 1, 2)?;
        }
        write::page(out, true, Some((header.row, header.row)), footer)?;
        let last = self.last_header(header);
        let last = if header.columns.get(&Column::Id) == Some(&last) { last.saturating_sub(1) } else { last };
        let bottom = self.sheet.rows.keys().next_back().copied().unwrap_or(0);
        out.set_print_area(0, 0, bottom, column(last))?;
        Ok(())
    }

    fn row(&self, out: &mut Worksheet, row: u32, spans: &BTreeMap<At, f64>, lists: &mut Lists) -> Result<(), XlsxError> {
        let mut columns: BTreeSet<u32> = self.sheet.rows.get(&row).into_iter().flatten().map(|(column, _)| *column).collect();
        columns.extend(self.marked.range((row, 0)..=(row, u32::MAX)).map(|((_, column), _)| *column));
        match &self.page {
            Page::Items(header) if row >= header.row => columns.extend(0..=self.last_header(header)),
            Page::Cover if self.label(row).is_some() => columns.extend([1]),
            Page::SignOff if row > 1 => columns.extend([1]),
            _ => {}
        }
        let mut texts: Vec<(String, f64)> = Vec::new();
        let mut has_item = false;
        for at in columns {
            let cell = self.sheet.cell(row, at);
            let mut look = self.look(row, at);
            if let Some(worst) = self.marked.get(&(row, at)).and_then(|marks| marks.iter().map(|mark| mark.severity).min()) {
                look = marks::colour(worst).map_or(look.clone(), |colour| look.set_background_color(colour).set_font_color(Color::Black));
            }
            let text = self.put(out, row, at, cell, look)?;
            texts.push((text, spans.get(&(row, at)).copied().unwrap_or_else(|| self.width(at))));
            if let Some(item) = self.items.get(&(self.sheet.name.as_str(), (row, at))) {
                has_item = true;
                out.add_data_validation(row, column(at), row, column(at), &validation(item, lists, self.lang)?)?;
            }
        }
        let texts: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (text.as_str(), *width)).collect();
        let least = match &self.page {
            Page::Items(header) if row == header.row => 24.0,
            Page::Items(_) if has_item => ITEM_POINTS,
            Page::SignOff if row > 1 => SIGN_POINTS,
            Page::Cover | Page::SignOff if row == 0 => return out.set_row_height(row, title_height(&texts)).map(|_| ()),
            _ => 20.0,
        };
        out.set_row_height(row, row_height(&texts).max(least))?;
        Ok(())
    }

    /// Writes what the cell holds, a text always as a text, and says what a reader sees.
    fn put(&self, out: &mut Worksheet, row: u32, at: u32, cell: Option<&Cell>, look: Format) -> Result<String, XlsxError> {
        let column_at = column(at);
        let text = match cell.map(|cell| &cell.content) {
            Some(Content::Number(value)) if value.is_finite() => {
                let percent = cell.is_some_and(|cell| cell.percent);
                let whole = (value * 100.0 - (value * 100.0).round()).abs() < 1e-9;
                let look = if percent { look.set_num_format(if whole { "0%" } else { "0.00%" }) } else { look };
                out.write_number_with_format(row, column_at, *value, &look)?;
                return Ok(cell.map(Cell::text).unwrap_or_default());
            }
            Some(Content::Truth(value)) => {
                out.write_boolean_with_format(row, column_at, *value, &look)?;
                return Ok(String::new());
            }
            // Left empty it would be no answer instead of a wrong one.
            Some(Content::NoValue) if self.is_answer(row, at) => t("公式没有结果", "formula without a result").get(self.lang).to_string(),
            _ => write::cell_text(&cell.map(Cell::text).unwrap_or_default()),
        };
        if text.is_empty() {
            out.write_blank(row, column_at, &look)?;
        } else {
            out.write_string_with_format(row, column_at, &text, &look)?;
        }
        Ok(text)
    }

    fn is_answer(&self, row: u32, at: u32) -> bool {
        match &self.page {
            Page::Items(header) => {
                row > header.row && [Column::Own, Column::Review].iter().any(|column| header.columns.get(column) == Some(&at))
            }
            _ => false,
        }
    }

    fn label(&self, row: u32) -> Option<CoverLabel> {
        CoverLabel::named(&self.sheet.text(row, 0))
    }

    fn width(&self, column: u32) -> f64 {
        self.widths.get(column as usize).copied().unwrap_or(8.0)
    }

    fn last_header(&self, header: &Header) -> u32 {
        header.columns.values().copied().max().unwrap_or(0)
    }

    fn look(&self, row: u32, at: u32) -> Format {
        let looks = self.looks;
        let label = || write::body().set_font_name("黑体").set_background_color(Color::RGB(write::TINT));
        match &self.page {
            Page::Items(header) if row < header.row => write::plain(),
            Page::Items(header) if row == header.row => looks.header.clone(),
            Page::Items(header) => {
                let holds = |column: Column| !header.text(self.sheet, row, column).trim().is_empty();
                if !holds(Column::Ref) && !holds(Column::Id) {
                    let section = holds(Column::Indicator) && !holds(Column::Own) && !holds(Column::Review);
                    return if section { looks.section.clone() } else { looks.body.clone() };
                }
                let named = |column: Column| header.columns.get(&column) == Some(&at);
                let item = self.items.get(&(self.sheet.name.as_str(), (row, at)));
                let text = item.is_some_and(|item| item.scaled.scale.text_cell());
                let asked = if self.kind == Kind::Review { Column::Review } else { Column::Own };
                match () {
                    () if named(asked) => if text { &looks.text_input } else { &looks.input }.clone(),
                    () if named(Column::Review) => if text { &looks.text_review } else { &looks.review }.clone(),
                    () if named(Column::ReviewNote) && self.kind == Kind::Survey => looks.review.clone(),
                    () if named(Column::Ref) || named(Column::Lead) => looks.centre.clone(),
                    () => looks.body.clone(),
                }
            }
            Page::Cover | Page::SignOff if row == 0 => write::title(),
            Page::Cover => match (self.label(row), at) {
                (Some(_), 0) => label(),
                (Some(CoverLabel::Tree | CoverLabel::Edition | CoverLabel::Digest), 1) => write::body().set_num_format("@"),
                (Some(_), 1) => write::body().set_num_format("@").set_background_color(Color::RGB(write::INPUT)),
                // A heading over what follows is short and no sentence.
                _ if at == 0 && self.is_heading(row) => write::heading(),
                _ if self.joined.contains(&row) => write::plain(),
                _ => write::body(),
            },
            Page::SignOff if row == 1 => write::plain(),
            Page::SignOff if at == 0 => label(),
            Page::SignOff | Page::Other => write::body(),
        }
    }

    fn is_heading(&self, row: u32) -> bool {
        let text = self.sheet.text(row, 0);
        self.joined.contains(&row) && marks::width(&text) <= 24 && !text.ends_with(['。', '.'])
    }
}

/// Of a row in the size of a title.
fn title_height(texts: &[(&str, f64)]) -> f64 {
    let texts: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (*text, width * 0.55)).collect();
    row_height(&texts).max(34.0)
}

/// A sheet has no more columns than that.
fn column(at: u32) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// Marks as they are listed: what is said of more than one answer, as its cells may come right with it; what must be mended; then as
/// the workbook has them. What a rule has settled comes last.
pub fn sort(marks: &mut [Mark], book: &Book) {
    marks.sort_by_key(|mark| {
        (
            mark.settled,
            mark.of_answer,
            mark.severity,
            book.sheets.iter().position(|sheet| Some(&sheet.name) == mark.sheet.as_ref()),
            mark.at,
        )
    });
}
