//! Results for a wider circle: names, file names, evidence, notes, and what the edition marks sensitive are taken out; totals stay.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::finding::Finding;
use crate::place::Place;
use crate::result::{ItemResult, Redacted, Results, to_json};
use crate::text::{Text, t};
use crate::tree::{Tree, hex};

/// What stands in place of a text.
const WITHHELD: Text = t("（内容不公开）", "(withheld)");

/// The same results without what not everybody may read, and with the digest of the whole.
///
/// Taken out are respondents' names, file and sheet names, evidence, notes, texts that could not be read, reasons and names in the
/// settings, the sentences of the findings; of sensitive items also the question, the answers and the score.
pub fn redact(results: &Results, tree: &Tree) -> Results {
    let mut redacted = results.clone();
    let sensitive: Vec<&str> = tree.items.iter().filter(|item| item.content.sensitive).map(|item| item.id.as_str()).collect();
    let names: HashMap<&str, String> =
        (1..).zip(&results.inputs).map(|(number, input)| (input.file.as_str(), format!("{number:03}.xlsx"))).collect();
    let file = |name: &str| names.get(name).cloned().unwrap_or_default();
    redacted.redacted = Some(Redacted {
        of_sha256: hex(&Sha256::digest(to_json(results).as_bytes())),
        sensitive: results.items.iter().filter(|item| sensitive.contains(&item.id.as_str())).map(|item| item.reference.clone()).collect(),
    });
    for input in &mut redacted.inputs {
        input.file = file(&input.file);
    }
    for item in &mut redacted.items {
        if sensitive.contains(&item.id.as_str()) {
            withhold(item);
        }
        for answer in &mut item.answers {
            answer.respondent.name.clear();
            answer.place.file = file(&answer.place.file);
            answer.place.sheet.clear();
            for text in [&mut answer.evidence, &mut answer.note, &mut answer.review_note] {
                text.clear();
            }
            // What could not be read may be anything.
            for (state, text) in answer
                .own
                .iter_mut()
                .map(|own| (&own.state, &mut own.text))
                .chain(answer.review.iter_mut().map(|review| (&review.state, &mut review.text)))
            {
                if state != "answered" {
                    text.clear();
                }
            }
        }
        item.answers.sort_by(|one, two| one.place.file.cmp(&two.place.file));
    }
    for finding in &mut redacted.findings {
        *finding = Finding {
            args: Default::default(),
            message: WITHHELD,
            place: Place { file: finding.place.file.as_deref().map(file), sheet: None, ..finding.place.clone() },
            ..finding.clone()
        };
    }
    if let Some(assessment) = &mut redacted.assessment {
        assessment.assessor = None;
    }
    for threat in redacted.hazards.iter_mut().flat_map(|hazards| &mut hazards.threats) {
        threat.grounds.clear();
    }
    redacted.returns.clear();
    if let Some(local) = &mut redacted.policy.local {
        local.departments.clear();
    }
    for left_out in redacted.policy.scope.iter_mut().flat_map(|scope| &mut scope.left_out) {
        left_out.reason.clear();
        left_out.approved_by.clear();
    }
    redacted
}

fn withhold(item: &mut ItemResult) {
    item.need = None;
    item.question = WITHHELD;
    item.answers.clear();
    item.by_selves.score = None;
    item.below_legal_floor = None;
    for number in [&mut item.score, &mut item.gap, &mut item.loss, &mut item.cumulative_loss] {
        *number = None;
    }
}
