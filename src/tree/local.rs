//! What one assessment decides for itself about a tree: its profile, what is left out, local weights and targets, who answers.
//!
//! None of it touches the tree's digest.

use std::collections::HashSet;

use crate::text::{Text, t};
use crate::tree::{HazardProfile, Item, Profile, Tree};
use crate::unit::normal;

/// Decisions of one assessment; the default decides nothing.
#[derive(Clone, Debug, Default)]
pub struct Local {
    pub profile: Option<Profile>,
    /// Groups and items that are not assessed, each with its reason.
    pub left_out: Vec<LeftOut>,
    /// Ids of the items under [`Local::left_out`].
    pub out_ids: HashSet<String>,
    /// Weights of groups that differ from the tree's: group index, weight.
    pub weights: Vec<(usize, f64)>,
    pub targets: Vec<(Node, f64)>,
    /// What threatens the place; none where it was not stated.
    pub hazards: Option<HazardProfile>,
    /// The real departments that answer, in the order of the settings; empty where nobody is named.
    pub respondents: Vec<RealDepartment>,
}

/// A group or an item of the tree, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    Group(usize),
    Item(usize),
}

/// A group or an item that is not assessed (不评).
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    pub node: Node,
    pub reason: String,
    /// The post that approved it; asked for where a veto item leaves.
    pub approved_by: String,
}

/// A department as it is called in the place assessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RealDepartment {
    pub name: String,
    pub contact: String,
    /// Departments of the tree that it stands for; indices.
    pub departments: Vec<usize>,
    /// Items moved to it; indices.
    pub moved: Vec<usize>,
}

impl RealDepartment {
    /// Its name; the assessors' in both languages.
    pub fn shown(&self) -> Text {
        let assessor = t("评估组", "Assessor");
        if self.name == assessor.zh { assessor } else { self.name.clone().into() }
    }
}

impl Tree {
    /// A group's code or an item's ref.
    pub fn code_of(&self, node: Node) -> &str {
        match node {
            Node::Group(group) => &self.groups[group].code,
            Node::Item(item) => &self.items[item].reference,
        }
    }

    /// A group's name or an item's question.
    pub fn name_of(&self, node: Node) -> &Text {
        match node {
            Node::Group(group) => &self.groups[group].name,
            Node::Item(item) => &self.items[item].question,
        }
    }

    /// Items of a group, however deep, or the item itself; indices.
    pub fn items_of(&self, node: Node) -> Vec<usize> {
        match node {
            Node::Item(item) => vec![item],
            Node::Group(group) => {
                let within = |item: &Item| item.parent.is_some_and(|parent| self.is_within(parent, group));
                (0..self.items.len()).filter(|index| within(&self.items[*index])).collect()
            }
        }
    }

    /// Is a group another one, or does it stand under it?
    pub fn is_within(&self, group: usize, above: usize) -> bool {
        std::iter::successors(Some(group), |at| self.groups[*at].parent).any(|at| at == above)
    }

    /// Is the item assessed in this run?
    pub fn in_scope(&self, item: &Item) -> bool {
        self.local.profile.is_none_or(|profile| profile.keeps(item)) && !self.local.out_ids.contains(&item.id)
    }

    /// How many items are assessed.
    pub fn scope(&self) -> usize {
        self.items.iter().filter(|item| self.in_scope(item)).count()
    }

    /// What is assessed, by name: the profile, or all of the tree.
    pub fn scope_name(&self) -> Text {
        self.local.profile.map_or_else(|| t("全部", "all items"), Profile::name)
    }

    /// The real departments that answer an item: the one it was moved to, else those that stand for its lead; indices.
    pub fn answerers(&self, item: usize) -> Vec<usize> {
        let all = &self.local.respondents;
        if let Some(moved) = all.iter().position(|real| real.moved.contains(&item)) {
            return vec![moved];
        }
        let Some(lead) = self.items[item].lead else { return Vec::new() };
        (0..all.len()).filter(|index| all[*index].departments.contains(&lead)).collect()
    }

    /// Was the item moved to somebody by the settings?
    pub fn is_moved(&self, item: usize) -> bool {
        self.local.respondents.iter().any(|real| real.moved.contains(&item))
    }

    /// The real department of this name, compared as trimmed NFKC, or the one that stands for the tree's department of this name.
    pub fn real_named(&self, name: &str) -> Option<usize> {
        let all = &self.local.respondents;
        let wanted = normal(name).to_lowercase();
        let named = all.iter().position(|real| normal(&real.name).to_lowercase() == wanted);
        named.or_else(|| {
            let department = self.department_named(name)?;
            let mut standing = (0..all.len()).filter(|index| all[*index].departments.contains(&department));
            let first = standing.next();
            if standing.next().is_none() { first } else { None }
        })
    }

    /// The tree's department that a real one is for an item: the item's lead, else the first it stands for.
    pub fn department_id(&self, real: usize, item: &Item) -> Option<String> {
        let departments = &self.local.respondents[real].departments;
        let lead = item.lead.filter(|lead| departments.contains(lead));
        lead.or(departments.first().copied()).map(|department| self.departments[department].id.clone())
    }

    /// A department of the tree as the place calls it: the real departments that stand for it, else its own name.
    pub fn department_shown(&self, department: usize) -> Text {
        let reals = self.local.respondents.iter().filter(|real| real.departments.contains(&department));
        let names: Vec<Text> = reals.map(RealDepartment::shown).collect();
        if names.is_empty() { self.departments[department].name.clone() } else { Text::join(&names, "、", ", ") }
    }

    /// Who is asked an item, by name: the real departments, else its lead.
    pub fn asked(&self, item: usize) -> Vec<Text> {
        let reals = self.answerers(item);
        if reals.is_empty() {
            let lead = self.lead_name(&self.items[item]);
            return if lead.is_empty() { Vec::new() } else { vec![lead] };
        }
        reals.into_iter().map(|real| self.local.respondents[real].shown()).collect()
    }
}
