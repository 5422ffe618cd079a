//! The sheets as an Excel workbook: frozen headers, filters, colours by band that bold type repeats, native charts over visible tables.

mod breaks;
mod formula;
mod living;
mod looks;
mod plan;

use rust_xlsxwriter::{
    Chart as XlsxChart, ChartFont, ChartType, Color, ConditionalFormatBlank, ConditionalFormatCell, ConditionalFormatCellRule,
    ConditionalFormatDataBar, Format as Look, Formula, Worksheet, XlsxError,
};

use crate::error::Failure;
use crate::number::rounded;
use crate::report::document::{Block, Chart, ChartKind, Column, Document, Kind, LATE, Sheet, Table, Value};
use crate::report::{Format, Output};
use crate::sheet::write::{self, row_height};
use crate::text::Lang;
use crate::unit::Date;

use breaks::Rows;
use living::Context;
use living::grid::Content;
use looks::Looks;
use plan::{CHART_ROW_PIXELS, Plan, chart_rows, single_table_header};

pub const ENTRY: Format = Format { name: "xlsx", write };

/// Height of a row under charts, in points.
const CHART_ROW_POINTS: f64 = 15.0;
/// Pixels of a column of that many half-width characters.
const PIXELS_A_CHARACTER: f64 = 7.0;
const COLUMN_PADDING: f64 = 5.0;
const STORE: &str = "_ecap";
/// Height of a row that is written in by hand, at least.
const HAND_ROW_POINTS: f64 = 34.0;
/// A paper size as Excel numbers them.
const A3: u8 = 8;

fn write(document: &Document, lang: Lang, date: Date) -> Result<Vec<Output>, Failure> {
    let bytes = build(document, lang, date).map_err(write::failure)?;
    Ok(vec![Output { name: format!("{}.xlsx", document.file.get(lang)), bytes }])
}

fn build(document: &Document, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = write::workbook(date, document.title.get(lang))?;
    let plan = Plan::of(document, lang);
    let looks = Looks::new(document.decimals);
    let living = document.living.as_ref().map(|living| Context::new(living, lang, &plan.names));
    for (sheet, name) in document.sheets.iter().zip(&plan.names) {
        let worksheet = workbook.add_worksheet();
        // What a formula stores where its value is empty; the library would store 0.
        worksheet.set_name(name)?.set_formula_result_default("");
        let mut writer = Writer {
            sheet: worksheet,
            layout: sheet,
            document,
            plan: &plan,
            looks: &looks,
            living: living.as_ref(),
            lang,
            row: 0,
            rows: Rows::default(),
        };
        writer.all()?;
        let breaks = writer.rows.breaks(sheet);
        let header = single_table_header(sheet);
        write::page(worksheet, sheet.landscape, header.map(|row| (row, row)), document.footer.get(lang))?;
        if header.is_none() && !breaks.is_empty() {
            worksheet.set_page_breaks(&breaks)?;
        }
        if sheet.large {
            worksheet.set_paper_size(A3);
        }
        if sheet.one_page {
            worksheet.set_print_fit_to_pages(1, 1);
        }
    }
    if let Some(context) = &living {
        living::add(&mut workbook, document, context)?;
    }
    // Found again by `ecap` when a folder of surveys holds a report.
    let store = workbook.add_worksheet();
    store.set_name(STORE)?.set_very_hidden(true);
    store.write_string(0, 0, "kind")?.write_string(0, 1, "report")?;
    write::finish(workbook)
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    layout: &'a Sheet,
    document: &'a Document,
    plan: &'a Plan,
    looks: &'a Looks,
    /// Computes the figures of a living workbook.
    living: Option<&'a Context<'a>>,
    lang: Lang,
    row: u32,
    rows: Rows,
}

impl Writer<'_> {
    fn all(&mut self) -> Result<(), XlsxError> {
        for (column, width) in (0u16..).zip(&self.layout.widths) {
            self.sheet.set_column_width(column, *width)?;
        }
        let mark = self.document.marked().get(self.lang).to_string();
        let title = format!("{mark}{}", self.layout.title.get(self.lang));
        self.wide(&title, &self.looks.title.clone(), 0.5)?;
        for block in &self.layout.blocks {
            self.block(block)?;
        }
        if let Some(header) = single_table_header(self.layout) {
            self.sheet.set_freeze_panes(header + 1, 0)?;
        }
        Ok(())
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.layout.widths.len().saturating_sub(1)).unwrap_or(0)
    }

    fn total_width(&self) -> f64 {
        self.layout.widths.iter().sum()
    }

    /// A text over the whole width; `scale` is the body size as a part of its own.
    fn wide(&mut self, text: &str, look: &Look, scale: f64) -> Result<(), XlsxError> {
        let text = write::cell_text(text);
        if self.last_column() == 0 {
            self.sheet.write_string_with_format(self.row, 0, &text, look)?;
        } else {
            self.sheet.merge_range(self.row, 0, self.row, self.last_column(), &text, look)?;
        }
        let height = row_height(&[(&text, self.total_width() * scale)]) / scale.max(0.6);
        self.height(self.row, height.min(409.0))?;
        self.row += 1;
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Lead(text) => self.wide(text.get(self.lang), &self.looks.lead.clone(), 0.7),
            Block::Heading(text) => self.wide(text.get(self.lang), &self.looks.heading.clone(), 0.85),
            Block::Text(text) => self.wide(text.get(self.lang), &self.looks.plain.clone(), 0.95),
            Block::List(items) => {
                items.iter().try_for_each(|item| self.wide(&format!("· {}", item.get(self.lang)), &self.looks.plain.clone(), 0.95))
            }
            Block::Numbered(items) => (1..)
                .zip(items)
                .try_for_each(|(number, item)| self.wide(&format!("{number}. {}", item.get(self.lang)), &self.looks.plain.clone(), 0.95)),
            Block::Table(table) => self.table(table),
            Block::Charts(charts) => self.charts(charts),
            Block::Picture(_) => Ok(()),
        }
    }

    fn height(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.rows.set(row, points);
        self.sheet.set_row_height(row, points)?;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let top = self.row;
        self.wide(table.title.get(self.lang), &self.looks.heading.clone(), 0.85)?;
        let header = self.row;
        let mut heights: Vec<(&str, f64)> = Vec::new();
        for (index, column) in (0u16..).zip(&table.columns) {
            let name = column.name.get(self.lang);
            self.sheet.write_string_with_format(header, index, name, &self.looks.header)?;
            heights.push((name, self.width(index)));
        }
        self.height(header, row_height(&heights).max(22.0))?;
        self.row += 1;
        if table.rows.is_empty() {
            let none = crate::text::t("（无）", "(none)");
            self.sheet.write_string_with_format(self.row, 0, none.get(self.lang), &self.looks.short)?;
            self.row += 2;
            return Ok(());
        }
        let first = self.row;
        let least = if table.columns.iter().any(|column| column.kind.is_by_hand()) { HAND_ROW_POINTS } else { 0.0 };
        for row in &table.rows {
            let mut heights: Vec<(String, f64)> = Vec::new();
            for ((index, column), value) in (0u16..).zip(&table.columns).zip(&row.cells) {
                heights.push((self.cell(index, column, value)?, self.width(index)));
            }
            let heights: Vec<(&str, f64)> = heights.iter().map(|(text, width)| (text.as_str(), *width)).collect();
            self.height(self.row, row_height(&heights).max(least))?;
            self.row += 1;
        }
        let last = self.row - 1;
        self.rows.table(top, self.row);
        for (index, column) in (0u16..).zip(&table.columns) {
            self.colour(first, last, index, column.kind)?;
        }
        if single_table_header(self.layout) == Some(header) {
            self.sheet.autofilter(header, 0, last, u16::try_from(table.columns.len() - 1).unwrap_or(0))?;
        }
        self.row += 1;
        Ok(())
    }

    fn width(&self, column: u16) -> f64 {
        self.layout.widths.get(usize::from(column)).copied().unwrap_or(10.0)
    }

    /// Writes a cell; the text whose height it needs.
    fn cell(&mut self, index: u16, column: &Column, value: &Value) -> Result<String, XlsxError> {
        let look = self.looks.of(column.kind);
        match value {
            Value::Figure(plain, _) => match self.living.and_then(|living| living.formula(value, column.kind, self.document.decimals)) {
                Some(formula) => self.figure(index, column, &formula, plain.plain()),
                None => self.cell(index, column, plain.plain()),
            },
            Value::Empty => {
                let look = if column.kind == Kind::Mark { &self.looks.text } else { look };
                self.sheet.write_blank(self.row, index, look)?;
                Ok(String::new())
            }
            Value::Number(number) => {
                let number = self.rounded(*number, column.kind);
                self.sheet.write_number_with_format(self.row, index, number, look)?;
                Ok(String::new())
            }
            Value::Text(text) => {
                let text = write::cell_text(text.get(self.lang));
                let look = if column.kind == Kind::Mark && text == LATE { &self.looks.late_mark } else { look };
                if let Some(look) = self.looks.severity(column.kind, &text, self.lang) {
                    self.sheet.write_string_with_format(self.row, index, &text, &look)?;
                } else {
                    self.sheet.write_string_with_format(self.row, index, &text, look)?;
                }
                Ok(text)
            }
            Value::Link(text, anchor) => {
                let text = text.get(self.lang).to_string();
                match self.plan.anchors.get(anchor) {
                    Some((sheet, row)) => {
                        let target = format!("internal:'{}'!A{}", self.plan.names[*sheet].replace('\'', "''"), row + 1);
                        self.sheet.write_url_with_options(self.row, index, target.as_str(), &text, "", Some(&self.looks.link))?;
                    }
                    None => {
                        self.sheet.write_string_with_format(self.row, index, &text, &self.looks.short)?;
                    }
                }
                Ok(text)
            }
        }
    }

    /// A number as its column keeps it.
    fn rounded(&self, number: f64, kind: Kind) -> f64 {
        // A sum of shares that cancel out is 0, whatever hair is left of it.
        if matches!(kind, Kind::Moved | Kind::Unrounded) && number.abs() < 1e-12 {
            0.0
        } else if matches!(kind, Kind::Moved | Kind::Unrounded | Kind::Exact) {
            number
        } else {
            rounded(number, kind.decimals(self.document.decimals))
        }
    }

    /// Writes a formula with what ecap computed beside it; the text whose height it needs.
    fn figure(&mut self, index: u16, column: &Column, formula: &str, value: &Value) -> Result<String, XlsxError> {
        let content = match value {
            Value::Number(number) => Content::Number(self.rounded(*number, column.kind)),
            Value::Text(text) | Value::Link(text, _) => Content::Text(text.get(self.lang).to_string()),
            Value::Empty | Value::Figure(..) => Content::Empty,
        };
        let written = Formula::new(format!("={formula}")).set_result(content.stored());
        self.sheet.write_formula_with_format(self.row, index, written, self.looks.of(column.kind))?;
        Ok(if let Content::Text(text) = content { text } else { String::new() })
    }

    /// Scores by band, losses with bars.
    fn colour(&mut self, first: u32, last: u32, column: u16, kind: Kind) -> Result<(), XlsxError> {
        match kind {
            Kind::Score => {
                // An empty cell counts as 0, which is the worst band.
                let blank = ConditionalFormatBlank::new().set_stop_if_true(true);
                self.sheet.add_conditional_format(first, column, last, column, &blank)?;
                let bands = &self.document.bands;
                for (index, from) in bands.iter().enumerate() {
                    let above = index.checked_sub(1).map(|above| bands[above]);
                    let rule = match above {
                        None => ConditionalFormatCellRule::GreaterThanOrEqualTo(*from),
                        // Just below the next band: scores are rounded, so nothing lies between.
                        Some(above) => ConditionalFormatCellRule::Between(*from, above - 1e-9),
                    };
                    let format = ConditionalFormatCell::new().set_rule(rule).set_format(self.looks.band(index, bands.len()));
                    self.sheet.add_conditional_format(first, column, last, column, &format)?;
                }
            }
            Kind::Points => {
                let bar = ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0xB4_C7_E7)).set_solid_fill(true);
                self.sheet.add_conditional_format(first, column, last, column, &bar)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn charts(&mut self, charts: &[Chart]) -> Result<(), XlsxError> {
        let rows = chart_rows(self.document, charts);
        for offset in 0..rows {
            self.height(self.row + offset, CHART_ROW_POINTS)?;
        }
        let pixels: f64 = self.layout.widths.iter().map(|width| width * PIXELS_A_CHARACTER + COLUMN_PADDING).sum();
        let height = rows * CHART_ROW_PIXELS - 8;
        let each = (pixels / charts.len().max(1) as f64) as u32;
        for (position, chart) in (0u32..).zip(charts) {
            let Some((sheet, first, count)) = self.plan.tables.get(chart.table).copied().filter(|(_, _, count)| *count > 0) else {
                continue;
            };
            let name = self.plan.names[sheet].as_str();
            let mut built = XlsxChart::new(match chart.kind {
                ChartKind::Radar => ChartType::RadarWithMarkers,
                ChartKind::Bars => ChartType::Bar,
            });
            let small = ChartFont::new().set_size(8).clone();
            let column = |index: usize| u16::try_from(index).unwrap_or(0);
            let range = |index: usize| (name, first, column(index), first + count - 1, column(index));
            let title = chart.title.get(self.lang);
            let series = built.add_series().set_name(title).set_categories(range(chart.label)).set_values(range(chart.value));
            if chart.kind == ChartKind::Bars {
                series.set_gap(40).set_data_label(rust_xlsxwriter::ChartDataLabel::new().show_value());
                // In a bar chart the names run down the side, the first on top.
                built.y_axis().set_reverse().set_font(&small).set_label_interval(1);
                built.x_axis().set_major_gridlines(false).set_min(0).set_max(100);
            } else {
                built.x_axis().set_font(&small);
                built.y_axis().set_min(0).set_max(100);
            }
            built.title().set_name(title);
            built.legend().set_hidden();
            built.set_width(each.saturating_sub(8)).set_height(height);
            self.sheet.insert_chart_with_offset(self.row, 0, &built, position * each + 4, 4)?;
        }
        self.row += rows + 1;
        Ok(())
    }
}
