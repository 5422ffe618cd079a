//! 协调性: the coupling coordination degree of the parts of a whole. A weak part pulls it down however strong the others are.

use crate::analysis::indices::losing;
use crate::analysis::views::View;
use crate::number::{rounded, snapped};
use crate::result::Results;
use crate::text::Text;
use crate::tree::vocabulary::{FACETS, FACTOR, PHASE};
use crate::tree::{Node, Tree};

/// Decimals of a degree as printed, by which it is classed.
pub const DECIMALS: u32 = 4;
/// Classes of the degree, a tenth each.
pub const CLASSES: usize = 10;

/// How the whole is cut into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    Factors,
    Phases,
    Groups,
}

/// One cut: its parts, and how even they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Coordination {
    pub cut: Cut,
    /// Parts that hold a scored item, in the order of the facet or the tree.
    pub parts: Vec<Part>,
    /// None with fewer than two parts: nothing to be even with.
    pub degree: Option<Degree>,
    /// None where all parts are equal, or fewer than two.
    pub weakest: Option<Weakest>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: Text,
    /// Weighted mean score / 100.
    pub level: f64,
    /// Its items that lose points, the largest loss first.
    pub losing: Vec<usize>,
}

/// Coupling, level and degree, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degree {
    /// C: geometric by arithmetic mean of the levels; none where all are 0.
    pub coupling: Option<f64>,
    /// T: arithmetic mean of the levels, all weighing the same.
    pub mean: f64,
    /// D: the root of C x T, which is the root of the geometric mean.
    pub degree: f64,
}

impl Degree {
    /// 0 for the worst of the ten classes, 9 for the best; a bound belongs to the better class.
    pub fn class(&self) -> usize {
        let tenths = (rounded(self.degree, DECIMALS) * CLASSES as f64 + 1e-9).floor();
        (tenths.max(0.0) as usize).min(CLASSES - 1)
    }
}

/// The part with the lowest level; of several the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weakest {
    /// Index into the parts.
    pub part: usize,
    /// Mean level of the others.
    pub others: f64,
    /// The degree, were it as high as the others are on average.
    pub lifted: Degree,
}

/// Of levels from 0 to 1; none for fewer than two.
pub fn degree(levels: &[f64]) -> Option<Degree> {
    if levels.len() < 2 {
        return None;
    }
    // Sorted, so that the order of the parts changes no last digit.
    let mut levels: Vec<f64> = levels.iter().map(|level| level.clamp(0.0, 1.0)).collect();
    levels.sort_by(f64::total_cmp);
    let count = levels.len() as f64;
    let mean = levels.iter().sum::<f64>() / count;
    // By libm, and not std: its logarithms differ from platform to platform.
    let geometric = if levels[0] > 0.0 { libm::exp(levels.iter().map(|level| libm::log(*level)).sum::<f64>() / count) } else { 0.0 };
    let geometric = geometric.min(mean);
    Some(Degree { coupling: (mean > 0.0).then(|| geometric / mean), mean, degree: geometric.sqrt() })
}

fn weakest(levels: &[f64]) -> Option<Weakest> {
    let (part, lowest) = levels.iter().enumerate().min_by_key(|(_, level)| snapped(**level))?;
    if levels.iter().all(|level| snapped(*level) == snapped(*lowest)) {
        return None;
    }
    let others: Vec<f64> = levels.iter().enumerate().filter(|(index, _)| *index != part).map(|(_, level)| *level).collect();
    let mean = others.iter().sum::<f64>() / others.len() as f64;
    let lifted = degree(&[others, vec![mean]].concat())?;
    Some(Weakest { part, others: mean, lifted })
}

/// The three cuts. Level-1 groups are in it with the score that the report prints.
pub fn coordination(results: &Results, tree: &Tree, views: &[View]) -> [Coordination; 3] {
    let by_facet = |facet: usize| -> Vec<Part> {
        let rows = views.iter().filter(|view| view.key == FACETS[facet].vocabulary.key).flat_map(|view| &view.rows);
        let parts =
            rows.filter_map(|row| Some(Part { name: row.name.clone(), level: row.score? / 100.0, losing: losing(results, &row.members) }));
        parts.collect()
    };
    let groups = results.groups.iter().enumerate().filter(|(_, group)| group.level == 1).filter_map(|(index, group)| {
        let name = Text::join(&[group.code.clone().into(), group.name.clone()], " ", " ");
        Some(Part { name, level: group.score? / 100.0, losing: losing(results, &tree.items_of(Node::Group(index))) })
    });
    let of = |cut: Cut, parts: Vec<Part>| {
        let levels: Vec<f64> = parts.iter().map(|part| part.level).collect();
        Coordination { cut, degree: degree(&levels), weakest: weakest(&levels), parts }
    };
    [of(Cut::Factors, by_facet(FACTOR)), of(Cut::Phases, by_facet(PHASE)), of(Cut::Groups, groups.collect())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deterministic noise: a linear congruential generator's high bits.
    struct Noise(u64);

    impl Noise {
        fn next(&mut self, below: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % below
        }
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-12
    }

    fn of(levels: &[f64]) -> Degree {
        degree(levels).expect("two levels or more")
    }

    #[test]
    fn the_edges() {
        assert_eq!(degree(&[]), None);
        assert_eq!(degree(&[0.5]), None, "one part is even with nothing");
        assert_eq!(of(&[0.0, 0.0]), Degree { coupling: None, mean: 0.0, degree: 0.0 });
        assert_eq!(of(&[0.0, 1.0, 1.0]), Degree { coupling: Some(0.0), mean: 2.0 / 3.0, degree: 0.0 });
        assert_eq!(of(&[1.0; 18]), Degree { coupling: Some(1.0), mean: 1.0, degree: 1.0 });
        assert!(near(of(&[0.36; 5]).degree, 0.6) && near(of(&[0.36; 5]).coupling.expect("a coupling"), 1.0));
        assert_eq!(weakest(&[0.7, 0.7]), None);
        assert_eq!(weakest(&[0.7]), None);
        assert_eq!(weakest(&[]), None);
        let two = weakest(&[0.0, 0.8, 0.0]).expect("a weakest part");
        assert_eq!((two.part, two.lifted.degree), (0, 0.0), "the other 0 holds it down");
        // So many small parts that their product has no double.
        assert!(near(of(&[0.001; 200]).degree, 0.001_f64.sqrt()));
    }

    #[test]
    fn a_bound_belongs_to_the_better_class_and_the_printed_degree_decides() {
        let class = |degree: f64| Degree { coupling: None, mean: 0.0, degree }.class();
        let bounds = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
        assert_eq!(bounds.map(class), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(bounds.map(|bound| class(bound + 0.0999)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!([class(0.599_94), class(0.599_96), class(1.0)], [5, 6, 9]);
    }

    /// On random levels: all within 0 to 1, no order, the even case, against the definition by products, and lifting never lowers.
    #[test]
    fn what_holds_of_any_levels() {
        let mut noise = Noise(2026);
        for _ in 0..2000 {
            let count = 2 + usize::try_from(noise.next(17)).expect("small");
            let levels: Vec<f64> = (0..count).map(|_| noise.next(1001) as f64 / 1000.0).collect();
            let found = of(&levels);
            let coupling = found.coupling.unwrap_or(0.0);
            assert!((0.0..=1.0).contains(&found.degree) && (0.0..=1.0).contains(&coupling), "{levels:?} {found:?}");
            let mut turned = levels.clone();
            turned.reverse();
            turned.rotate_left(count / 3);
            assert_eq!(of(&turned), found);
            let root = levels.iter().product::<f64>().powf(1.0 / count as f64);
            assert!((coupling - root / found.mean).abs() < 1e-9, "{levels:?}");
            assert!((found.degree - (coupling * found.mean).sqrt()).abs() < 1e-9, "{levels:?}");
            let even = of(&vec![levels[0]; count]);
            assert!(levels[0] == 0.0 || near(even.coupling.expect("above 0"), 1.0));
            if let Some(weakest) = weakest(&levels) {
                assert!(levels.iter().all(|level| *level >= levels[weakest.part]));
                assert!(weakest.lifted.degree >= found.degree, "{levels:?}");
            }
        }
    }
}
