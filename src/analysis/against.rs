//! This year against last year's table of scores (`--baseline`): matched by name, compared at the finest level that both have.
//!
//! Of last year's rule nothing is known, so the change is not split: what the place did and what the rule did cannot be told apart.

use crate::baseline::{Baseline, BaselineRow};
use crate::finding::Finding;
use crate::result::Results;
use crate::tree::crosswalk::Crosswalk;
use crate::unit::normal;

/// Of a group's weight, the part its rows below must cover to be compared in its stead.
const WHOLE: f64 = 0.999;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Against {
    pub rows: Vec<AgainstRow>,
    /// Rows of the table that no group and no item answers to, or more than one.
    pub unmatched: Vec<BaselineRow>,
    /// Rows that were matched and are not compared, since finer ones below them are.
    pub coarser: Vec<BaselineRow>,
    /// Of them, those that the finer ones contradict.
    pub torn: Vec<Torn>,
    /// What stands above the table, the file's name and its SHA-256.
    pub title: String,
    pub file: String,
    pub sha256: String,
    /// What could not be used of the table.
    pub findings: Vec<Finding>,
    /// Part of this year's weight that the rows cover, 0 to 1.
    pub coverage: f64,
    /// Both years on the covered part, by this year's weights; none where nothing is covered.
    pub before: Option<f64>,
    pub after: Option<f64>,
    /// What the table itself says the total was.
    pub stated_total: Option<BaselineRow>,
    /// Is that the sum of the rows that are groups of the first level, so that rows which match nothing have no part in it?
    pub total_is_of_groups: bool,
}

/// A row of both years.
#[derive(Clone, Debug, PartialEq)]
pub struct AgainstRow {
    pub node: AgainstNode,
    /// What the table calls it, where only the crosswalk tells that it is the same.
    pub renamed_from: Option<String>,
    /// What stands in the table, and where.
    pub row: BaselineRow,
    /// Last year's score, 0 to 100.
    pub before: f64,
    /// This year's; none where it left.
    pub after: Option<f64>,
    pub share: f64,
    /// Points of the total, were the weights this year's.
    pub points: Option<f64>,
}

/// A row of the table that says another score than its rows below.
#[derive(Clone, Debug, PartialEq)]
pub struct Torn {
    pub row: BaselineRow,
    /// How many rows below it were compared in its stead.
    pub rows: usize,
    /// Their points as a part of their full marks, 0 to 100.
    pub below: f64,
    /// The same by this year's weights, as the comparison takes them, and their part of what is compared, 0 to 1.
    pub weighted: f64,
    pub share: f64,
    /// What last year is on the comparable part with the row itself instead.
    pub before: f64,
}

/// Marks are written to a few decimals.
const SAME_MARKS: f64 = 1e-6;
/// Scores out of 100 that lie closer than this are one score rounded twice.
const ROUNDED: f64 = 0.5;

impl Against {
    /// The one year that stands above the table, as `2025`; none where there is none, more than one, or this period's own.
    pub fn period(&self, this: &str) -> Option<&str> {
        let mut years: Vec<&str> = self
            .title
            .split(|character: char| !character.is_ascii_digit())
            .filter(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
            .collect();
        years.dedup();
        if let [year] = years.as_slice() { Some(*year).filter(|year| *year != this) } else { None }
    }
}

/// Index into the results' groups or items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgainstNode {
    Group(usize),
    Item(usize),
}

pub fn against(baseline: &Baseline, results: &Results, crosswalk: &Crosswalk) -> Against {
    let mut against = Against { stated_total: baseline.total.clone(), title: baseline.title.clone(), ..Against::default() };
    let mut matched: Vec<(AgainstNode, f64)> = Vec::new();
    let mut rows: Vec<(AgainstNode, BaselineRow)> = Vec::new();
    let mut renamed: Vec<(AgainstNode, String)> = Vec::new();
    for row in &baseline.rows {
        match find(row, results, crosswalk) {
            Some((node, by_crosswalk)) if matched.iter().all(|(known, _)| *known != node) => {
                matched.push((node, row.score));
                rows.push((node, row.clone()));
                renamed.extend(by_crosswalk.then(|| (node, row.name.clone())));
            }
            _ => against.unmatched.push(row.clone()),
        }
    }
    let last_year = |node: AgainstNode| matched.iter().find(|(known, _)| *known == node).map(|(_, score)| *score);
    let mut chosen = Vec::new();
    for (group, _) in results.groups.iter().enumerate().filter(|(_, group)| group.parent.is_none()) {
        finest(AgainstNode::Group(group), results, &last_year, &mut chosen);
    }
    for (item, _) in results.items.iter().enumerate().filter(|(_, item)| item.parent.is_none()) {
        finest(AgainstNode::Item(item), results, &last_year, &mut chosen);
    }
    let marks = |row: &BaselineRow| row.score * row.full / 100.0;
    let is_first = |node: AgainstNode| matches!(node, AgainstNode::Group(group) if results.groups[group].parent.is_none());
    let first: f64 = rows.iter().filter(|(node, _)| is_first(*node)).map(|(_, row)| marks(row)).sum();
    against.total_is_of_groups = baseline.total.as_ref().is_some_and(|total| (marks(total) - first).abs() < SAME_MARKS);
    let (compared, coarser): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(node, _)| chosen.contains(node));
    let (mut before, mut after) = (0.0, 0.0);
    for node in chosen {
        let (score, share) = of(node, results);
        let last = last_year(node).unwrap_or(0.0);
        if let Some(score) = score {
            against.coverage += share;
            before += share * last;
            after += share * score;
        }
        let renamed_from = renamed.iter().find(|(known, _)| *known == node).map(|(_, name)| name.clone());
        let points = score.map(|score| share * (score - last));
        let Some((_, row)) = compared.iter().find(|(known, _)| *known == node) else { continue };
        against.rows.push(AgainstRow { node, renamed_from, row: row.clone(), before: last, after: score, share, points });
    }
    if against.coverage > 0.0 {
        against.before = Some(before / against.coverage);
        against.after = Some(after / against.coverage);
        against.torn = coarser.iter().filter_map(|one| torn(one, &compared, results, before, against.coverage)).collect();
    }
    against.coarser = coarser.into_iter().map(|(_, row)| row).collect();
    against
}

/// Is there more than rounding between a row and the rows compared in its stead, by the table's own full marks?
fn torn(
    (node, row): &(AgainstNode, BaselineRow),
    compared: &[(AgainstNode, BaselineRow)],
    results: &Results,
    before: f64,
    coverage: f64,
) -> Option<Torn> {
    let below: Vec<&(AgainstNode, BaselineRow)> = compared.iter().filter(|(other, _)| is_under(*other, *node, results)).collect();
    let full: f64 = below.iter().map(|(_, row)| row.full).sum();
    let rate = below.iter().map(|(_, row)| row.score * row.full).sum::<f64>() / full;
    if below.is_empty() || (rate - row.score).abs() < ROUNDED {
        return None;
    }
    // What left this year is compared by neither.
    let scored = || below.iter().filter(|(node, _)| of(*node, results).0.is_some()).map(|(node, last)| (of(*node, results).1, last.score));
    let share: f64 = scored().map(|(share, _)| share).sum();
    if share <= 0.0 {
        return None;
    }
    let points: f64 = scored().map(|(share, score)| share * score).sum();
    let before = (before + share * row.score - points) / coverage;
    Some(Torn { row: row.clone(), rows: below.len(), below: rate, weighted: points / share, share: share / coverage, before })
}

fn is_under(node: AgainstNode, above: AgainstNode, results: &Results) -> bool {
    children(above, results).into_iter().any(|child| child == node || is_under(node, child, results))
}

fn of(node: AgainstNode, results: &Results) -> (Option<f64>, f64) {
    match node {
        AgainstNode::Group(group) => (results.groups[group].score, results.groups[group].share),
        AgainstNode::Item(item) => (results.items[item].score, results.items[item].share),
    }
}

fn children(node: AgainstNode, results: &Results) -> Vec<AgainstNode> {
    let AgainstNode::Group(group) = node else { return Vec::new() };
    let code = Some(results.groups[group].code.as_str());
    let groups = results.groups.iter().enumerate().filter(|(_, one)| one.parent.as_deref() == code).map(|(at, _)| AgainstNode::Group(at));
    let items = results.items.iter().enumerate().filter(|(_, one)| one.parent.as_deref() == code).map(|(at, _)| AgainstNode::Item(at));
    groups.chain(items).collect()
}

/// Adds the finest rows under a node; the part of the total's weight they cover.
fn finest(node: AgainstNode, results: &Results, last_year: &impl Fn(AgainstNode) -> Option<f64>, out: &mut Vec<AgainstNode>) -> f64 {
    let mut below = Vec::new();
    let covered: f64 = children(node, results).into_iter().map(|child| finest(child, results, last_year, &mut below)).sum();
    let own = of(node, results).1;
    if last_year(node).is_some() && (below.is_empty() || covered < WHOLE * own) {
        out.push(node);
        return own;
    }
    out.extend(below);
    covered
}

/// The one node of a row's name, in this year's words or by the crosswalk, its code telling namesakes apart; without a name, of its code.
/// Beside it, whether it took the crosswalk to find it.
fn find(row: &BaselineRow, results: &Results, crosswalk: &Crosswalk) -> Option<(AgainstNode, bool)> {
    let groups = results.groups.iter().enumerate();
    let items = results.items.iter().enumerate();
    let by_code = |code: &str| -> Vec<AgainstNode> {
        let groups = groups.clone().filter(|(_, group)| group.code == code).map(|(at, _)| AgainstNode::Group(at));
        groups
            .chain(items.clone().filter(|(_, item)| item.reference == code || item.id == code).map(|(at, _)| AgainstNode::Item(at)))
            .collect()
    };
    let by_name = |name: &str| -> Vec<AgainstNode> {
        let same = |text: &crate::text::Text| normal(&text.zh) == name || normal(&text.en) == name;
        let groups = groups.clone().filter(|(_, group)| same(&group.name)).map(|(at, _)| AgainstNode::Group(at));
        groups.chain(items.clone().filter(|(_, item)| same(&item.question)).map(|(at, _)| AgainstNode::Item(at))).collect()
    };
    let only = |all: &[AgainstNode]| if let [one] = all { Some(*one) } else { None };
    if row.name.is_empty() {
        return only(&by_code(&row.code)).map(|node| (node, false));
    }
    let mut named = by_name(&row.name);
    let mut by_crosswalk = false;
    if named.is_empty() {
        named = by_name(&normal(crosswalk.later_name(&row.name)));
        by_crosswalk = !named.is_empty();
    }
    // `01 法制基础` in one cell.
    if named.is_empty()
        && let Some((code, name)) = row.name.split_once(' ')
    {
        let coded = by_code(code);
        named = by_name(name.trim()).into_iter().filter(|node| coded.contains(node)).collect();
    }
    let found = only(&named).or_else(|| {
        let coded = by_code(&row.code);
        only(&named.into_iter().filter(|node| coded.contains(node)).collect::<Vec<_>>())
    });
    found.map(|node| (node, by_crosswalk))
}
