//! Which parts are laid across the page.

use crate::report::document::{Block, Section};
use crate::report::format::word::Page;
use crate::text::{Text, width};

/// A part of so many lines or fewer does not turn the page for itself; half-width letters of a line.
const SHORT_LINES: usize = 26;
const LINE_LETTERS: usize = 74;

impl Page<'_> {
    /// Which parts stand across: those with a wide table, and short ones before, between and behind them, since turning the page for a
    /// few lines leaves the rest of it white.
    pub(super) fn turned(&self, sections: &[&Section]) -> Vec<bool> {
        let wide: Vec<bool> = sections.iter().map(|section| self.has_wide(section)).collect();
        let short: Vec<bool> = sections.iter().map(|section| self.lines(section) <= SHORT_LINES).collect();
        let mut across: Vec<bool> = Vec::new();
        for at in 0..sections.len() {
            // What the next part that decides for itself does; none: nothing turns the page back.
            let next = (at + 1..sections.len()).find(|later| wide[*later] || !short[*later]).map(|later| wide[later]);
            let goes_along = match at.checked_sub(1) {
                Some(before) => across[before] && next != Some(false),
                None => next == Some(true),
            };
            across.push(wide[at] || (short[at] && goes_along));
        }
        across
    }

    /// About how many lines a part takes on an upright page; a picture takes one.
    pub(super) fn lines(&self, section: &Section) -> usize {
        let text = |text: &Text| 1 + width(text.get(self.lang)) / LINE_LETTERS;
        let lines = section.blocks.iter().map(|block| match block {
            Block::Lead(one) | Block::Text(one) => text(one),
            Block::Heading(one) => 1 + text(one),
            Block::List(all) | Block::Numbered(all) => all.iter().map(text).sum(),
            Block::Table(table) => 3 + 2 * table.rows.len(),
            Block::Picture(_) => SHORT_LINES,
            Block::Charts(_) => 0,
        });
        2 + lines.sum::<usize>()
    }
}
