//! Items that nobody answered.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::merge::name;
use crate::answers::{BLANK, BLANK_UNREAD, ItemAnswers, MergedState};
use crate::finding::Finding;
use crate::place::Place;
use crate::policy::Policy;
use crate::survey::Filled;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::Unit;

/// Blank items, a warning a level-1 group. Who sent a sheet that was not read is not to be asked for its answers, nor anybody for
/// those that stand elsewhere, of which an error tells.
pub(super) fn say_blanks(
    items: &[ItemAnswers],
    workbooks: &[&Filled],
    unit: &Unit,
    tree: &Tree,
    policy: &Policy,
    findings: &mut Vec<Finding>,
) {
    let unread: Vec<&str> = workbooks.iter().filter(|workbook| workbook.unread).map(|workbook| workbook.respondent.as_str()).collect();
    let elsewhere: BTreeSet<usize> = workbooks.iter().flat_map(|workbook| workbook.elsewhere.iter().copied()).collect();
    let mut by_group: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, (item, answers)) in tree.items.iter().zip(items).enumerate() {
        if answers.state == MergedState::Blank && !elsewhere.contains(&index) {
            by_group.entry(tree.top_of_item(item)).or_default().push(index);
        }
    }
    for (group, blank) in by_group {
        let refs: Vec<Text> = blank.iter().map(|index| name(&tree.items[*index])).collect();
        let mut leads: Vec<Text> = Vec::new();
        for lead in blank.iter().flat_map(|index| tree.asked(*index)) {
            if !leads.contains(&lead) {
                leads.push(lead);
            }
        }
        if leads.is_empty() {
            leads.push(t("填报单位", "the respondents"));
        }
        let group = group
            .map(|group| &tree.groups[group])
            .map(|group| Text::join(&[group.code.clone().into(), group.name.clone()], " ", " "))
            .unwrap_or_default();
        let args = [
            ("unit", unit.name.clone().into()),
            ("group", group),
            ("count", refs.len().into()),
            ("items", Text::join(&refs, "、", ", ")),
            ("leads", Text::join(&leads, "、", ", ")),
            ("missing", policy.missing.words()),
        ];
        let sent = |name: &&str| {
            let known = tree.real_named(name).is_some() || tree.department_named(name).is_some();
            !known || leads.iter().any(|lead| lead.zh == **name || lead.en == **name)
        };
        let kind = if unread.iter().any(sent) { &BLANK_UNREAD } else { &BLANK };
        findings.push(kind.at(Place::default(), &args));
    }
}
