//! The cover of a paper: its title and whose it is, on one page.

use crate::report::format::word::widths::{WIDE, letters};
use crate::report::format::word::{PORTRAIT_WIDTH, Page, parts};
use crate::report::format::xml::escape;
use crate::text::t;

/// A half-width letter and the height of a line of the title and of the other lines, their indent, what an upright page holds beside
/// the end of the section, and the empty lines above and below the title; all but those in twips.
const COVER_TITLE: (usize, usize) = (240, 720);
/// A half-width letter of a smaller title, and its size in half-points.
const SMALL_TITLE: (usize, usize) = (190, 34);
const COVER_LINE: (usize, usize) = (160, 560);
const COVER_INDENT: usize = 1400;
const COVER_HEIGHT: usize = 12000;
const COVER_BLANKS: (usize, usize) = (4, 6);

impl Page<'_> {
    pub(super) fn cover(&mut self) {
        let document = self.document;
        let (above, between) = self.cover_blanks();
        (0..above).for_each(|_| self.paragraph("CoverLine", ""));
        let title = self.cover_title();
        self.body.push_str(&title);
        if document.mark.is_some() {
            self.paragraph("CoverMark", document.marked().get(self.lang).trim());
        }
        (0..between).for_each(|_| self.paragraph("CoverLine", ""));
        for line in self.cover_lines() {
            self.paragraph("CoverLine", &line);
        }
        // The cover is a section of its own, without header and footer.
        self.body.push_str(&format!("<w:p><w:pPr>{}</w:pPr></w:p>", parts::section_end(false, true)));
    }

    /// A title of Chinese that is a little too long for its line is set smaller: broken, it would part its year.
    fn cover_title(&self) -> String {
        let title = self.document.title.get(self.lang);
        let fits = |letter: usize| letters(title, WIDE) * letter as f64 <= PORTRAIT_WIDTH as f64;
        let small = if !fits(COVER_TITLE.0) && fits(SMALL_TITLE.0) {
            format!("<w:rPr><w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr>", SMALL_TITLE.1)
        } else {
            String::new()
        };
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r>{small}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escape(title)
        )
    }

    fn cover_lines(&self) -> Vec<String> {
        let lines = self.document.cover.iter().map(|(label, value)| {
            let value = value.get(self.lang);
            let value = if value.is_empty() { "________________" } else { value };
            let colon = t("：", ": ");
            format!("{}{}{value}", label.get(self.lang), colon.get(self.lang))
        });
        lines.collect()
    }

    /// Empty lines above and below the title: fewer where title and lines are long, so that the cover stays on its page.
    fn cover_blanks(&self) -> (usize, usize) {
        let lines = |text: &str, letter: usize, room: usize| (letters(text, WIDE) * letter as f64 / room as f64).ceil().max(1.0) as usize;
        let title = lines(self.document.title.get(self.lang), COVER_TITLE.0, PORTRAIT_WIDTH) * COVER_TITLE.1;
        let mark = if self.document.mark.is_some() { COVER_TITLE.1 } else { 0 };
        let own: usize = self.cover_lines().iter().map(|line| lines(line, COVER_LINE.0, PORTRAIT_WIDTH - COVER_INDENT)).sum();
        let left = COVER_HEIGHT.saturating_sub(title + mark + own * COVER_LINE.1) / COVER_LINE.1;
        let (above, between) = COVER_BLANKS;
        let all = left.min(above + between);
        (all * above / (above + between), all - all * above / (above + between))
    }
}
