//! What a fuzz target calls: one function a kind of input, on bytes from anywhere. That none of them panics is all they promise.

use crate::commands::snippets;
use crate::finding::Finding;
use crate::text::Lang;
use crate::tree::crosswalk;
use crate::{bank, tree};

/// Bytes as a tree, as a crosswalk and as a question bank, and whatever is said of them as a terminal prints it.
///
/// ```
/// ecap::fuzz::yaml(b"id: [[[[");
/// ```
pub fn yaml(bytes: &[u8]) {
    let mut findings = Vec::new();
    let loaded = tree::from_bytes(bytes.to_vec(), FILE, &mut findings);
    if let Some(tree) = &loaded.tree {
        tree::from_bytes(tree.to_json().into_bytes(), FILE, &mut findings);
    }
    crosswalk::from_bytes(bytes.to_vec(), FILE, &mut findings);
    bank::from_bytes(bytes.to_vec(), FILE, loaded.tree.as_ref(), &mut findings);
    show(&findings, &loaded.sources);
}

const FILE: &str = "a.yaml";

fn show(findings: &[Finding], sources: &[(String, String)]) {
    for finding in findings {
        _ = (finding.line(Lang::Zh), finding.line(Lang::En));
    }
    _ = snippets(findings, sources);
}
