//! Where everything of a workbook will stand.

use std::collections::HashMap;

use crate::report::document::{Block, Chart, ChartKind, Document, Sheet};
use crate::sheet::write::distinct_names;
use crate::text::Lang;

/// Rows kept free under charts, at least.
const CHART_ROWS: u32 = 21;
/// Pixels of such a row, of a bar whose name has room beside it, and of title and axis.
pub const CHART_ROW_PIXELS: u32 = 20;
const BAR_PIXELS: u32 = 18;
const AROUND_BARS: u32 = 90;

/// Rows under charts that stand beside each other: with fewer, programs leave out every second name.
pub fn chart_rows(document: &Document, charts: &[Chart]) -> u32 {
    let tables = document.sheets.iter().flat_map(|sheet| &sheet.blocks).filter_map(|block| match block {
        Block::Table(table) => Some((table.id, count(table.rows.len()))),
        _ => None,
    });
    let bars = tables.filter(|(id, _)| charts.iter().any(|chart| chart.kind == ChartKind::Bars && chart.table == *id));
    let most = bars.map(|(_, rows)| rows).max().unwrap_or(0);
    (most.saturating_mul(BAR_PIXELS) + AROUND_BARS).div_ceil(CHART_ROW_PIXELS).max(CHART_ROWS)
}

/// Where everything will stand, known before anything is written: links and charts point ahead.
pub struct Plan {
    pub names: Vec<String>,
    /// Sheet and row of each anchor.
    pub anchors: HashMap<String, (usize, u32)>,
    /// Sheet, first data row and number of rows of each table.
    pub tables: HashMap<&'static str, (usize, u32, u32)>,
}

impl Plan {
    pub fn of(document: &Document, lang: Lang) -> Self {
        let names: Vec<String> = document.sheets.iter().map(|sheet| sheet.name.get(lang).to_string()).collect();
        let mut plan = Plan { names: distinct_names(&names), anchors: HashMap::new(), tables: HashMap::new() };
        for (index, sheet) in document.sheets.iter().enumerate() {
            let mut row = TITLE_ROWS;
            for block in &sheet.blocks {
                if let Block::Table(table) = block {
                    let first = row + 2;
                    plan.tables.insert(table.id, (index, first, count(table.rows.len())));
                    for (offset, line) in (0u32..).zip(&table.rows) {
                        if let Some(anchor) = &line.anchor {
                            plan.anchors.insert(anchor.clone(), (index, first + offset));
                        }
                    }
                }
                row += match block {
                    Block::Charts(charts) => chart_rows(document, charts) + 1,
                    block => rows_of(block),
                };
            }
        }
        plan
    }
}

/// The title.
const TITLE_ROWS: u32 = 1;

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(0)
}

fn rows_of(block: &Block) -> u32 {
    match block {
        Block::Lead(_) | Block::Heading(_) | Block::Text(_) => 1,
        Block::List(items) | Block::Numbered(items) => count(items.len()),
        // Title, header, rows (or one line saying there are none), an empty row.
        Block::Table(table) => 2 + count(table.rows.len().max(1)) + 1,
        // At least; it is no matter how much deeper a header then stands.
        Block::Charts(_) => CHART_ROWS + 1,
        Block::Picture(_) => 0,
    }
}

/// Below this row a frozen header would leave no room to scroll.
const DEEPEST_FROZEN: u32 = 12;

/// The header row of a sheet whose only table it is, near its top; it is frozen and repeated on every page.
pub fn single_table_header(sheet: &Sheet) -> Option<u32> {
    let mut row = TITLE_ROWS;
    let mut headers = Vec::new();
    for (at, block) in sheet.blocks.iter().enumerate() {
        if matches!(block, Block::Table(_)) {
            headers.push(row + 1);
            // Over what is told below under a heading of its own the header would be wrong.
            if matches!(sheet.blocks.get(at + 1), Some(Block::Heading(_))) {
                return None;
            }
        }
        row += rows_of(block);
    }
    if headers.len() == 1 { headers.first().copied().filter(|header| *header <= DEEPEST_FROZEN) } else { None }
}
