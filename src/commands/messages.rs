//! Findings and summaries as a terminal shows them.

use crate::commands::Session;
use crate::error::Failure;
use crate::finding::{Finding, Severity, visible};
use crate::place::Lines;
use crate::text::{Text, char_width, t};

/// What of a long source line is shown on either side of a place, in characters.
const WINDOW: usize = 80;
/// A line up to so many characters is shown whole.
const WHOLE: usize = 240;

/// All findings on standard output, a line each, tree findings with their source line.
pub fn findings(findings: &[Finding], sources: &[(String, String)], session: &mut Session<'_>) -> Result<(), Failure> {
    let mut snippets = Snippets { sources, current: None };
    for finding in findings {
        let line = finding.line(session.lang);
        session.print(&line)?;
        if let Some(snippet) = snippets.of(finding) {
            session.print(&snippet)?;
        }
    }
    Ok(())
}

/// What stands under the lines of the findings, where a source is known.
pub fn snippets(findings: &[Finding], sources: &[(String, String)]) -> Vec<String> {
    let mut snippets = Snippets { sources, current: None };
    findings.iter().filter_map(|finding| snippets.of(finding)).collect()
}

/// Source lines with a mark under the place. A source is cut into lines once, and a long line is gone through once: findings are sorted.
struct Snippets<'a> {
    sources: &'a [(String, String)],
    current: Option<Current<'a>>,
}

struct Current<'a> {
    file: &'a str,
    lines: Lines<'a>,
    /// A line, a column in it from 0, and the byte at which that column begins.
    at: (usize, usize, usize),
}

impl<'a> Snippets<'a> {
    fn of(&mut self, finding: &Finding) -> Option<String> {
        let (line, column) = (finding.place.line?, finding.place.column?);
        let file = finding.place.file.as_deref()?;
        if self.current.as_ref().is_none_or(|current| current.file != file) {
            let (file, text) = self.sources.iter().find(|(own, _)| own == file)?;
            self.current = Some(Current { file, lines: Lines::of(text), at: (0, 0, 0) });
        }
        self.current.as_mut()?.snippet(line, column)
    }
}

impl Current<'_> {
    fn snippet(&mut self, line: usize, column: usize) -> Option<String> {
        let source = self.lines.get(line).filter(|source| !source.is_empty())?;
        let whole = source.len() <= 4 * WHOLE && source.chars().count() <= WHOLE;
        let (first, most) = if whole { (0, WHOLE) } else { (column.saturating_sub(WINDOW + 1), 2 * WINDOW) };
        if self.at.0 != line || self.at.1 > first {
            self.at = (line, 0, 0);
        }
        let (_, known, byte) = self.at;
        let rest = &source[byte..];
        let start = byte + rest.char_indices().nth(first - known).map_or(rest.len(), |(at, _)| at);
        self.at = (line, first, start);
        let shown: Vec<char> = source[start..].chars().take(most).collect();
        let before: String = shown.iter().take(column - 1 - first).map(|character| blank(*character)).collect();
        let end = if source[start..].chars().nth(most).is_some() { "…" } else { "" };
        let (begin, gap) = if first > 0 { ("…", "  ") } else { ("", "") };
        let shown: String = shown.into_iter().map(visible).collect();
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        Some(format!("{gutter} |\n{number} | {begin}{shown}{end}\n{gutter} | {gap}{before}^"))
    }
}

/// As wide as a character: a tab under a tab.
fn blank(character: char) -> String {
    if character == '\t' { "\t".to_string() } else { " ".repeat(char_width(visible(character))) }
}

/// `3 处错误、2 处提醒、1 处说明`.
pub fn tally(findings: &[Finding]) -> Text {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let all = [
        t("{count} 处错误", "{count} [error|errors]").counted(count(Severity::Error)),
        t("{count} 处提醒", "{count} [warning|warnings]").counted(count(Severity::Warning)),
        t("{count} 处说明", "{count} [note|notes]").counted(count(Severity::Note)),
    ];
    Text::join(&all, "、", ", ")
}
