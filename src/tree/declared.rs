//! What a tree file declares for its items: departments, laws, topics, audiences, retired ids.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::node::{Fields, Node};
use crate::place::Place;
use crate::text::{Text, t};
use crate::tree::construct::DOUBLE_ID;
use crate::tree::content::{Law, Named, each};
use crate::tree::{Department, Retired};

pub(super) fn departments(node: &Node, findings: &mut Vec<Finding>) -> Vec<Department> {
    let mut all: Vec<Department> = Vec::new();
    let mut seen: [HashSet<String>; 3] = Default::default();
    for node in node.list("departments", findings).unwrap_or_default() {
        let Some(mut fields) = Fields::of(node, "departments", findings) else { continue };
        let id = fields.need("id", "id: finance", findings).and_then(|node| node.text("id", findings));
        let name = fields.need("name", "name: {zh: …, en: …}", findings).and_then(|node| node.pair("name", findings));
        let outsider = fields.get("outsider").map_or(Some(false), |node| node.bool("outsider", findings)).unwrap_or(false);
        fields.done(findings);
        let (Some(id), Some(name)) = (id, name) else { continue };
        let own = [id.as_str(), &name.zh, &name.en];
        if seen.iter().zip(own).any(|(seen, own)| seen.contains(own)) {
            findings.push(DOUBLE_ID.at(node.place.clone(), &[("what", t("部门", "department")), ("id", id.into())]));
            continue;
        }
        seen.iter_mut().zip(own).for_each(|(seen, own)| _ = seen.insert(own.to_string()));
        all.push(Department { id, name, outsider });
    }
    all
}

pub(super) fn laws(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Vec<Law> {
    let all = each(fields, "laws", findings, |fields, findings| {
        let Named { id, name } = one_named(fields, findings)?;
        let source = fields.get("source").and_then(|node| node.text("source", findings));
        let read = fields.get("read").and_then(|node| node.text("read", findings));
        Some((Law { id, name, source, read }, fields.place()))
    });
    unique(all, t("法规", "law"), |law| &law.id, findings)
}

pub(super) fn named(fields: &mut Fields<'_>, key: &'static str, findings: &mut Vec<Finding>) -> Vec<Named> {
    let all = each(fields, key, findings, |fields, findings| Some((one_named(fields, findings)?, fields.place())));
    unique(all, key.into(), |named| &named.id, findings)
}

fn one_named(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Named> {
    let id = fields.need("id", "id: my-id", findings).and_then(|node| node.text("id", findings));
    let name = fields.need("name", "name: {zh: …, en: …}", findings).and_then(|node| node.pair("name", findings));
    Some(Named { id: id?, name: name? })
}

pub(super) fn retired(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Vec<Retired> {
    let all = each(fields, "retired", findings, |fields, findings| {
        let id = fields.need("id", "id: eca-0129", findings).and_then(|node| node.text("id", findings));
        let edition = fields.need("edition", "edition: \"2027.1\"", findings).and_then(|node| node.text("edition", findings));
        let replaced_by = fields.get("replaced_by").and_then(|node| node.texts("replaced_by", findings)).unwrap_or_default();
        Some((Retired { id: id?, edition: edition?, replaced_by }, fields.place()))
    });
    unique(all, t("停用的题号", "retired id"), |retired| &retired.id, findings)
}

/// The first of each id; the others are findings.
fn unique<T>(all: Vec<(T, Place)>, what: Text, id: fn(&T) -> &String, findings: &mut Vec<Finding>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    let mut ids = HashSet::new();
    for (one, place) in all {
        if !ids.insert(id(&one).clone()) {
            findings.push(DOUBLE_ID.at(place, &[("what", what.clone()), ("id", id(&one).clone().into())]));
        } else {
            kept.push(one);
        }
    }
    kept
}
