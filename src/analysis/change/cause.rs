//! Why a total changed, and points by cause.

use std::ops::{Index, IndexMut};

/// A cause of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An answer of the same item scores more.
    Rose,
    /// An answer of the same item scores less.
    Fell,
    /// An answer took the place of 查无资料, or the reverse.
    NoData,
    /// An answer took the place of a blank or unreadable cell, or the reverse.
    Blank,
    /// An item became 不适用, or is so no longer.
    NotApplicable,
    /// Weights of items and groups, and items that stand in another group.
    Weights,
    Added,
    Removed,
    /// Another revision of an item, items split and merged.
    Redefined,
    /// An item was taken out of what is assessed, or into it.
    Scope,
    /// Another merge of answers or treatment of blanks.
    Options,
}

/// Whether a cause lies in the place, in what is known of it, or in the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Place,
    Knowledge,
    Rule,
}

impl Origin {
    pub const ALL: [(Origin, &str); 3] = [(Origin::Place, "place"), (Origin::Knowledge, "knowledge"), (Origin::Rule, "rule")];
}

impl Cause {
    /// All causes with their codes, in the order in which they are shown.
    pub const ALL: [(Cause, &str); 11] = [
        (Cause::Rose, "rose"),
        (Cause::Fell, "fell"),
        (Cause::NoData, "no_data"),
        (Cause::Blank, "blank"),
        (Cause::NotApplicable, "not_applicable"),
        (Cause::Weights, "weights"),
        (Cause::Added, "added"),
        (Cause::Removed, "removed"),
        (Cause::Redefined, "redefined"),
        (Cause::Scope, "scope"),
        (Cause::Options, "options"),
    ];

    pub fn origin(self) -> Origin {
        match self {
            Cause::Rose | Cause::Fell => Origin::Place,
            Cause::NoData | Cause::Blank | Cause::NotApplicable => Origin::Knowledge,
            Cause::Weights | Cause::Added | Cause::Removed | Cause::Redefined | Cause::Scope | Cause::Options => Origin::Rule,
        }
    }

    /// The same cause with the years swapped.
    pub fn swapped(self) -> Self {
        match self {
            Cause::Rose => Cause::Fell,
            Cause::Fell => Cause::Rose,
            Cause::Added => Cause::Removed,
            Cause::Removed => Cause::Added,
            same => same,
        }
    }
}

/// Points of the total by cause.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts([f64; Cause::ALL.len()]);

impl Index<Cause> for Parts {
    type Output = f64;

    fn index(&self, cause: Cause) -> &f64 {
        &self.0[cause as usize]
    }
}

impl IndexMut<Cause> for Parts {
    fn index_mut(&mut self, cause: Cause) -> &mut f64 {
        &mut self.0[cause as usize]
    }
}

impl Parts {
    pub fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    pub fn of(&self, origin: Origin) -> f64 {
        Cause::ALL.iter().filter(|(cause, _)| cause.origin() == origin).map(|(cause, _)| self[*cause]).sum()
    }

    pub fn add(&mut self, other: &Parts) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }

    /// The parts times a factor.
    pub fn scaled(&self, factor: f64) -> Self {
        Parts(self.0.map(|points| factor * points))
    }
}

/// Parts summed.
pub fn sum<'a>(all: impl Iterator<Item = &'a Parts>) -> Parts {
    let mut sum = Parts::default();
    for parts in all {
        sum.add(parts);
    }
    sum
}
