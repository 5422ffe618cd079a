//! Where a page of a sheet with several tables ends: before a table that would be parted, for only one header a sheet can be repeated.

use crate::report::document::Sheet;
use crate::report::format::excel::{COLUMN_PADDING, PIXELS_A_CHARACTER};

/// Points of a pixel.
const POINTS_A_PIXEL: f64 = 0.75;
/// What can be printed of A4 between the margins, and of A3, in points: the short and the long side.
const A4_PRINTED: (f64, f64) = (509.0, 755.0);
const A3_PRINTED: (f64, f64) = (756.0, 1104.0);
/// A part of the page that is left free: programs measure columns and rows a little differently.
const FREE: f64 = 0.02;
/// Height of a row that nobody set.
const ROW_POINTS: f64 = 15.0;

/// Heights of the rows of a sheet, and where its tables stand.
#[derive(Default)]
pub struct Rows {
    heights: Vec<f64>,
    /// First row, title included, and the row after the last.
    tables: Vec<(u32, u32)>,
}

impl Rows {
    pub fn set(&mut self, row: u32, height: f64) {
        let row = row as usize;
        if self.heights.len() <= row {
            self.heights.resize(row + 1, ROW_POINTS);
        }
        self.heights[row] = height;
    }

    pub fn table(&mut self, first: u32, end: u32) {
        self.tables.push((first, end));
    }

    fn height(&self, first: u32, end: u32) -> f64 {
        (first..end).map(|row| self.heights.get(row as usize).copied().unwrap_or(ROW_POINTS)).sum()
    }

    /// Rows before which a page ends by our will; none where the one header is repeated or all stands on one page.
    pub fn breaks(&self, sheet: &Sheet) -> Vec<u32> {
        if self.tables.len() < 2 || sheet.one_page {
            return Vec::new();
        }
        let page = page(sheet);
        // The page under way begins at this row, behind so many full ones.
        let mut start = 0;
        let mut breaks = Vec::new();
        for (first, end) in &self.tables {
            let own = self.height(*first, *end);
            let before = self.height(start, *first);
            // A long table runs on; what is printed behind it begins somewhere on a page.
            let left = page - before.rem_euclid(page);
            if own > left && own <= page && *first > start {
                breaks.push(*first);
                start = *first;
            }
        }
        breaks
    }
}

/// Height of a page in points of the sheet, which is made to fit its width.
fn page(sheet: &Sheet) -> f64 {
    let (short, long) = if sheet.large { A3_PRINTED } else { A4_PRINTED };
    let (across, down) = if sheet.landscape { (long, short) } else { (short, long) };
    let width: f64 = sheet.widths.iter().map(|width| (width * PIXELS_A_CHARACTER + COLUMN_PADDING) * POINTS_A_PIXEL).sum();
    down * (width / across).max(1.0) * (1.0 - FREE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::t;

    #[test]
    fn a_table_that_would_be_parted_begins_a_page_where_it_fits_on_one() {
        let sheet = Sheet::landscape(t("页", "Sheet"), t("题", "Title"), &[60.0, 60.0], Vec::new());
        let page = page(&sheet);
        let rows = |tables: &[f64]| {
            let mut rows = Rows::default();
            let mut at = 1;
            for part in tables {
                // Ten rows a table.
                (at..at + 10).for_each(|row| rows.set(row, part * page / 10.0));
                rows.table(at, at + 10);
                at += 11;
            }
            rows.breaks(&sheet)
        };
        assert_eq!(rows(&[0.5, 0.3]), Vec::<u32>::new());
        assert_eq!(rows(&[0.5, 0.6, 0.3]), [12]);
        assert_eq!(rows(&[0.5, 0.6, 0.6]), [12, 23]);
        // One that is longer than a page cannot be helped.
        assert_eq!(rows(&[0.2, 1.5, 0.6]), [23]);
        assert_eq!(rows(&[3.0]), Vec::<u32>::new());
    }
}
