//! The same parts by department and by facet; each view adds up to the change.

use std::collections::HashMap;

use crate::analysis::change::{Change, ItemChange, Parts, Year, cause};
use crate::text::{Text, t};
use crate::tree::vocabulary::{FACETS, HAZARD, holds};
use crate::tree::{Item, Tree};

/// The key of the view by department.
pub const LEADS: &str = "lead";

/// The parts by the words of one facet, or by who is asked.
#[derive(Clone, Debug)]
pub struct View {
    /// The key of the facet, or [`LEADS`].
    pub key: &'static str,
    pub name: Text,
    /// Does an item with several words give each an equal part of its points?
    pub many: bool,
    pub rows: Vec<ViewRow>,
    /// All rows together: each item once, and the parts of the whole change.
    pub sum: ViewRow,
}

#[derive(Clone, Debug)]
pub struct ViewRow {
    pub name: Text,
    /// Items of either year.
    pub items: usize,
    pub parts: Parts,
}

/// By department first, then by each facet of the trees at hand.
pub fn views(change: &Change, before: Year<'_>, after: Year<'_>) -> Vec<View> {
    let mut all = vec![leads(change, before, after)];
    let items: Vec<Option<&Item>> = {
        let at = |tree: Option<&'_ Tree>| -> HashMap<String, usize> {
            tree.map(|tree| tree.items.iter().enumerate().map(|(index, item)| (item.id.clone(), index)).collect()).unwrap_or_default()
        };
        let (old, new) = (at(before.tree), at(after.tree));
        let found = |item: &ItemChange| {
            let later = item.pair.after.and_then(|index| after.tree?.items.get(*new.get(&after.results.items[index].id)?));
            later.or_else(|| item.pair.before.and_then(|index| before.tree?.items.get(*old.get(&before.results.items[index].id)?)))
        };
        change.items.iter().map(found).collect()
    };
    for (index, facet) in FACETS.iter().enumerate() {
        let words = |item: &Option<&Item>| item.map(|item| item.content.facets[index].clone()).unwrap_or_default();
        let tagged: Vec<Vec<usize>> = items.iter().map(words).collect();
        if tagged.iter().all(Vec::is_empty) {
            continue;
        }
        let mut rows: Vec<ViewRow> = (0..facet.vocabulary.words.len()).map(|word| ViewRow::empty(name_of(index, word))).collect();
        rows.push(ViewRow::empty(t("未标注", "not tagged")));
        let last = rows.len() - 1;
        for (item, words) in change.items.iter().zip(&tagged) {
            let words = if words.is_empty() { vec![last] } else { words.clone() };
            for word in &words {
                rows[*word].items += 1;
                rows[*word].parts.add(&item.parts.scaled(1.0 / words.len() as f64));
            }
        }
        rows.retain(|row| row.items > 0);
        all.push(View::of(facet.vocabulary.key, facet.vocabulary.name.clone(), facet.many, rows, change));
    }
    all
}

/// A word of a facet. A class of hazards holds here what names no kind of it, so that each item's points are shared out once; the
/// assessment report counts its kinds in.
fn name_of(facet: usize, word: usize) -> Text {
    let name = FACETS[facet].vocabulary.name_of(word);
    let is_class = facet == HAZARD && (0..FACETS[facet].vocabulary.words.len()).any(|other| other != word && holds(word, other));
    if is_class { t("{name}（未分灾种的题）", "{name} (items that name no kind)").with(&[("name", name)]) } else { name }
}

impl View {
    fn of(key: &'static str, name: Text, many: bool, rows: Vec<ViewRow>, change: &Change) -> Self {
        let parts = cause::sum(rows.iter().map(|row| &row.parts));
        View { key, name, many, rows, sum: ViewRow { name: Text::default(), items: change.items.len(), parts } }
    }
}

impl ViewRow {
    fn empty(name: Text) -> Self {
        ViewRow { name, items: 0, parts: Parts::default() }
    }
}

/// By who is asked, in the order of first appearance.
fn leads(change: &Change, before: Year<'_>, after: Year<'_>) -> View {
    let mut rows: Vec<ViewRow> = Vec::new();
    for item in &change.items {
        let name = asked(item, before, after);
        let at = rows.iter().position(|row| row.name == name).unwrap_or_else(|| {
            rows.push(ViewRow::empty(name));
            rows.len() - 1
        });
        rows[at].items += 1;
        rows[at].parts.add(&item.parts);
    }
    View::of(LEADS, t("牵头部门", "Lead department"), false, rows, change)
}

/// Who is asked an item, as the place calls it, in the later year where it has the item.
pub fn asked(item: &ItemChange, before: Year<'_>, after: Year<'_>) -> Text {
    let of = |year: Year<'_>, index: usize| {
        let result = &year.results.items[index];
        let reals = year.results.policy.local.iter().flat_map(|local| &local.departments);
        let moved = reals.clone().find(|real| real.moved.contains(&result.reference));
        if let Some(real) = moved {
            return real.name.clone().into();
        }
        let Some(lead) = &result.lead else { return t("未指定", "none") };
        let names: Vec<Text> = reals.filter(|real| real.leads.contains(lead)).map(|real| real.name.clone().into()).collect();
        if !names.is_empty() {
            return Text::join(&names, "、", ", ");
        }
        let known = [after.tree, before.tree].into_iter().flatten().flat_map(|tree| &tree.departments).find(|one| one.id == *lead);
        known.map_or_else(|| lead.clone().into(), |one| one.name.clone())
    };
    match (item.pair.after, item.pair.before) {
        (Some(index), _) => of(after, index),
        (None, Some(index)) => of(before, index),
        (None, None) => Text::default(),
    }
}
