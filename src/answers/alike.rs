//! Many cells of a file with one fault: one cause, said first.

use std::collections::HashMap;

use crate::answers::ALIKE;
use crate::finding::{Finding, Severity};
use crate::place::Place;
use crate::scale;
use crate::text::Text;

/// So many are told one by one without more.
const FEW: usize = 8;
/// Cells that are named.
const NAMED: usize = 3;

/// Told of its sheet before its cells.
const LETTER: &str = "letter";

/// A fault: the file, the kind and what is in the way.
type Fault = (Option<String>, String, Option<String>);

fn fault(finding: &Finding) -> Option<Fault> {
    let of_scale = scale::KINDS.iter().any(|kind| kind.code == finding.code);
    let is_cell = of_scale && finding.place.cell.is_some() && finding.severity != Severity::Note;
    is_cell.then(|| (finding.place.file.clone(), finding.code.clone(), finding.args.get("obstacle").cloned()))
}

/// The findings, with a summary before the first of each fault that more than a few cells of a sheet have.
pub(super) fn summed(findings: Vec<Finding>) -> Vec<Finding> {
    let mut places: HashMap<Fault, Vec<Place>> = HashMap::new();
    for finding in &findings {
        if let Some(fault) = fault(finding) {
            places.entry(fault).or_default().push(finding.place.clone());
        }
    }
    places.retain(|fault, places| {
        let mut sheets: HashMap<&Option<String>, usize> = HashMap::new();
        places.iter().for_each(|place| *sheets.entry(&place.sheet).or_default() += 1);
        let told = fault.2.as_deref() == Some(LETTER);
        !told && sheets.into_values().any(|cells| cells > FEW)
    });
    let mut all = Vec::with_capacity(findings.len());
    for finding in findings {
        let fault = fault(&finding);
        if let Some(places) = fault.as_ref().and_then(|fault| places.remove(fault)) {
            let cells: Vec<Text> = places.iter().map(|place| Place { file: None, ..place.clone() }.show()).collect();
            let args = [("count", cells.len().into()), ("cells", Text::some_by(&cells, NAMED, "；", "; "))];
            let file = Place { file: finding.place.file.clone(), ..Place::default() };
            all.push(ALIKE.softened(finding.severity, file, &args));
        }
        all.push(finding);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::KINDS;

    #[test]
    fn many_of_one_fault_are_summed_up_before_the_first() {
        let Some(dash) = KINDS.iter().find(|kind| kind.code == "answer-dash") else { unreachable!("a kind of every scale") };
        let cell = |row: u32, sheet: &str| dash.at(Place::cell("甲.xlsx", sheet, row, 4), &[("text", "/".into())]);
        let codes = |count: u32, sheet: &str| -> Vec<String> {
            summed((0..count).map(|row| cell(row, sheet)).collect()).into_iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes(8, "01"), vec!["answer-dash"; 8]);
        let many = codes(9, "01");
        assert_eq!((many.len(), many[0].as_str(), many[1].as_str()), (10, "cells-alike", "answer-dash"));
        let sheets: Vec<Finding> = (0..9).map(|row| cell(row, if row < 5 { "01" } else { "02" })).collect();
        assert_eq!(summed(sheets).len(), 9, "few on each of two sheets");
    }
}
