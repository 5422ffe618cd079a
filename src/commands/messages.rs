//! Findings and summaries as a terminal shows them.

use crate::commands::Session;
use crate::error::Failure;
use crate::finding::{Finding, Severity};
use crate::text::{Text, char_width, t};

/// All findings on standard output, a line each, tree findings with their source line.
pub fn findings(findings: &[Finding], sources: &[(String, String)], session: &mut Session<'_>) -> Result<(), Failure> {
    for finding in findings {
        let line = finding.line(session.lang);
        session.print(&line)?;
        if let Some(snippet) = snippet(finding, sources) {
            session.print(&snippet)?;
        }
    }
    Ok(())
}

/// The source line with a mark under the place.
fn snippet(finding: &Finding, sources: &[(String, String)]) -> Option<String> {
    let (line, column) = (finding.place.line?, finding.place.column?);
    let (_, text) = sources.iter().find(|(file, _)| Some(file) == finding.place.file.as_ref())?;
    let source = text.lines().nth(line - 1)?;
    let before: usize = source.chars().take(column - 1).map(char_width).sum();
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    Some(format!("{gutter} |\n{number} | {source}\n{gutter} | {}^", " ".repeat(before)))
}

/// `3 处错误、2 处提醒、1 处说明`.
pub fn tally(findings: &[Finding]) -> Text {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    t("{errors} 处错误、{warnings} 处提醒、{notes} 处说明", "{errors} errors, {warnings} warnings, {notes} notes").with(&[
        ("errors", count(Severity::Error).into()),
        ("warnings", count(Severity::Warning).into()),
        ("notes", count(Severity::Note).into()),
    ])
}
