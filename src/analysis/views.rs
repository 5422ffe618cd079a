//! The same answers by facet, by level of administration and by lead department.

use crate::result::{ItemResult, Results};
use crate::text::{Text, t};
use crate::tree::vocabulary::{FACETS, HAZARD, LEVELS, holds};
use crate::tree::{Item, Tree};

/// One way of sorting the items: its words in order.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The key of the facet, `levels` or `lead`.
    pub key: &'static str,
    pub name: Text,
    /// May an item stand in several rows?
    pub many: bool,
    /// Rows that hold an item in scope.
    pub rows: Vec<ViewRow>,
}

/// The items of one word.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewRow {
    pub name: Text,
    /// Indices of its items in scope.
    pub members: Vec<usize>,
    /// Items in scope.
    pub items: usize,
    /// Of them, those that did not leave.
    pub scored: usize,
    /// Effective weight of its items in the total, 0 to 1.
    pub share: f64,
    /// Share-weighted mean score of its items, 0 to 100; none where all left.
    pub score: Option<f64>,
    /// Points the total loses in its items.
    pub loss: f64,
    /// Items below what the law asks for.
    pub below_legal_floor: usize,
}

/// Every view that has a row: facets, levels, lead departments.
pub fn views(results: &Results, tree: &Tree) -> Vec<View> {
    let mut all = Vec::new();
    for (index, facet) in FACETS.iter().enumerate() {
        let words = (0..facet.vocabulary.words.len()).map(|word| {
            let name = facet.vocabulary.name_of(word);
            row(results, tree, name, |item| item.content.facets[index].iter().any(|own| within(index, word, *own)))
        });
        all.push(View {
            key: facet.vocabulary.key,
            name: facet.vocabulary.name.clone(),
            many: facet.many,
            rows: words.flatten().collect(),
        });
    }
    let levels =
        (0..LEVELS.words.len()).map(|level| row(results, tree, LEVELS.name_of(level), |item| item.content.levels.contains(&level)));
    all.push(View { key: LEVELS.key, name: LEVELS.name.clone(), many: true, rows: levels.flatten().collect() });
    all.push(leads(results, tree));
    all.retain(|view| !view.rows.is_empty());
    all
}

/// By lead department, or where real ones are named by who answers.
pub fn leads(results: &Results, tree: &Tree) -> View {
    let real = &tree.local.respondents;
    if real.is_empty() {
        let leads = (0..tree.departments.len()).map(Some).chain([None]).map(|lead| {
            let name = lead.map_or_else(|| t("未指定", "none"), |lead| tree.departments[lead].name.clone());
            row(results, tree, name, |item| item.lead == lead)
        });
        return View { key: "lead", name: t("牵头部门", "Lead department"), many: false, rows: leads.flatten().collect() };
    }
    let answered: Vec<Vec<usize>> = (0..tree.items.len()).map(|index| tree.answerers(index)).collect();
    let place: std::collections::HashMap<&str, usize> =
        tree.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
    let rows = real.iter().enumerate().map(|(index, one)| {
        row(results, tree, one.name.clone().into(), |item| place.get(item.id.as_str()).is_some_and(|at| answered[*at].contains(&index)))
    });
    let many = answered.iter().any(|answerers| answerers.len() > 1);
    View { key: "lead", name: t("作答部门", "Responding department"), many, rows: rows.flatten().collect() }
}

/// Does an item's own word stand under this one? A class of hazards holds its kinds.
fn within(facet: usize, word: usize, own: usize) -> bool {
    own == word || (facet == HAZARD && holds(word, own))
}

fn row(results: &Results, tree: &Tree, name: Text, wanted: impl Fn(&Item) -> bool) -> Option<ViewRow> {
    let all = tree.items.iter().zip(&results.items).enumerate();
    let (members, mine): (Vec<usize>, Vec<&ItemResult>) = all
        .filter(|(_, (item, result))| result.state != "out_of_scope" && wanted(item))
        .map(|(index, (_, result))| (index, result))
        .unzip();
    if mine.is_empty() {
        return None;
    }
    let share: f64 = mine.iter().filter(|item| item.score.is_some()).map(|item| item.share).sum();
    let weighted: f64 = mine.iter().filter_map(|item| item.score.map(|score| item.share * score)).sum();
    Some(ViewRow {
        name,
        members,
        items: mine.len(),
        scored: mine.iter().filter(|item| item.score.is_some()).count(),
        share,
        score: (share > 0.0).then(|| weighted / share),
        loss: mine.iter().filter_map(|item| item.loss).sum(),
        below_legal_floor: mine.iter().filter(|item| item.below_legal_floor == Some(true)).count(),
    })
}
