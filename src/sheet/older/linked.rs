//! Does a formula of an .xls or .xlsb take a value from another workbook? Told by its tokens ([MS-XLS] 2.5.198.25, [MS-XLSB] 2.5.97.16).

use super::Bytes;

/// The two formats differ in how long an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Xls,
    Xlsb,
}

/// The sheets that formulas name by a number: which of them are another workbook's.
#[derive(Debug)]
pub struct Named {
    layout: Layout,
    /// One a workbook that is named, this one among them: is it another?
    books: Vec<bool>,
    others: Vec<bool>,
}

impl Named {
    pub fn new(layout: Layout) -> Self {
        Named { layout, books: Vec::new(), others: Vec::new() }
    }

    pub fn book(&mut self, is_other: bool) {
        self.books.push(is_other);
    }

    /// The record of the sheets, after the workbooks; what it lacks names no other.
    pub fn sheets(&mut self, mut bytes: Bytes<'_>) {
        let count = match self.layout {
            Layout::Xls => bytes.u16().map(u32::from),
            Layout::Xlsb => bytes.u32(),
        };
        for _ in 0..count.unwrap_or(0) {
            // The workbook, then its first and last sheet.
            let book = match self.layout {
                Layout::Xls => bytes.u16().zip(bytes.u32()).map(|(book, _)| u32::from(book)),
                Layout::Xlsb => bytes.u32().zip(bytes.take(8)).map(|(book, _)| book),
            };
            let Some(book) = book else { return };
            let is_other = usize::try_from(book).ok().and_then(|book| self.books.get(book));
            self.others.push(is_other.copied().unwrap_or(false));
        }
    }

    /// Does a formula, its length before it, name another workbook? No where it cannot be told.
    pub fn is_linked(&self, mut formula: Bytes<'_>) -> bool {
        if !self.others.contains(&true) {
            return false;
        }
        let length = match self.layout {
            Layout::Xls => formula.u16().map(u32::from),
            Layout::Xlsb => formula.u32(),
        };
        let length = length.and_then(|length| usize::try_from(length).ok());
        let Some(tokens) = length.and_then(|length| formula.take(length)) else { return false };
        let mut tokens = Bytes(tokens);
        loop {
            match self.next(&mut tokens) {
                Some(false) => {}
                Some(true) => return true,
                None => return false,
            }
        }
    }

    /// Goes over a token: does it name another workbook? None at the end, and at one that is not known.
    fn next(&self, tokens: &mut Bytes<'_>) -> Option<bool> {
        let token = tokens.u8()?;
        // Operands come in three classes.
        let token = if token < 0x20 { token } else { token & 0x1F | 0x20 };
        // Rows are of two bytes or of four.
        let of = |short: usize, long: usize| if self.layout == Layout::Xls { short } else { long };
        let mut is_other = false;
        let length = match token {
            // A name, a cell or an area of another sheet, whole or lost.
            0x39..=0x3D => {
                let sheet = usize::from(tokens.u16()?);
                is_other = self.others.get(sheet).copied().unwrap_or(false);
                match token {
                    0x39 => 4,
                    0x3A | 0x3C => of(4, 6),
                    _ => of(8, 12),
                }
            }
            // A text.
            0x17 if self.layout == Layout::Xls => {
                let (count, options) = (usize::from(tokens.u8()?), tokens.u8()?);
                count << (options & 1)
            }
            0x17 => usize::from(tokens.u16()?) * 2,
            // Jumps of a function that chooses, and blanks.
            0x19 => {
                let (options, count) = (tokens.u8()?, usize::from(tokens.u16()?));
                if options & 4 == 0 { 0 } else { (count + 1) * 2 }
            }
            0x03..=0x16 => 0,
            0x1C | 0x1D => 1,
            0x1E | 0x21 | 0x29 => 2,
            0x22 => 3,
            0x01 | 0x02 | 0x23 => 4,
            0x24 | 0x2A | 0x2C => of(4, 6),
            0x26..=0x28 => 6,
            0x20 => of(7, 14),
            0x1F => 8,
            0x25 | 0x2B | 0x2D => of(8, 12),
            _ => return None,
        };
        tokens.take(length)?;
        Some(is_other)
    }
}
