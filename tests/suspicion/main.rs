//! Suspicions: what each finds and what it lets pass, on made-up districts and on small trees beside their innocent look-alikes.

#![allow(clippy::unwrap_used)]

mod command;
#[path = "../common/mod.rs"]
mod common;
mod district;
mod kinds;
mod pages;
mod plants;
mod sampling;

use std::collections::BTreeMap;

use district::{Chance, clean, level_tree, tree};
use ecap::analysis::suspicion::doubts;
use ecap::tree::Tree;
use plants::PLANTS;

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// `DISTRICTS=60 PLANTS=50 cargo test --test suspicion` is the long run, `FROM=1000` one on districts nobody has seen; one false alarm a kind in twenty districts is let pass.
fn clean_districts(tree: &Tree) {
    let districts = number("DISTRICTS", 20);
    let mut alarms: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let from = number("FROM", 0);
    for seed in from..from + districts {
        let district = clean(tree, seed);
        let (now, last) = (district.results(tree, false), district.results(tree, true));
        for doubt in doubts(&now, Some(&last), tree) {
            alarms.entry(doubt.code).or_default().push(format!("{seed}: {}", doubt.finding(&now, tree).unwrap().message.zh));
        }
    }
    let worst = alarms.values().map(Vec::len).max().unwrap_or(0) as u64;
    assert!(worst * 20 <= districts, "{}: {alarms:#?}", tree.id);
}

/// Nine of ten of each kind, each in a district of its own.
fn planted_districts(tree: &Tree) {
    let count = number("PLANTS", 10);
    let from = number("FROM", 0) + 100;
    let mut missed: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (code, plant) in PLANTS {
        for seed in from..from + count {
            let mut district = clean(tree, seed);
            let mut chance = Chance::new(seed * 7919);
            let named = plant(&mut district, tree, &mut chance);
            let now = district.results(tree, false);
            let compares = ["audit-copied-last-year", "audit-jump", "audit-na-share"].contains(&code);
            let last = compares.then(|| district.results(tree, true));
            let found = doubts(&now, last.as_ref(), tree);
            if !found.iter().any(|doubt| doubt.code == code && named.contains(&doubt.respondent)) {
                missed.entry(code).or_default().push(seed);
            }
        }
    }
    assert!(missed.values().all(|seeds| seeds.len() as u64 * 10 <= count), "{}: {missed:?}", tree.id);
}

#[test]
fn clean_districts_of_the_city_tree_raise_one_false_alarm_a_kind_at_most() {
    clean_districts(&tree());
}

#[test]
fn clean_districts_of_a_tree_of_levels_raise_one_false_alarm_a_kind_at_most() {
    clean_districts(&level_tree());
}

#[test]
fn nine_of_ten_plants_in_the_city_tree_are_found() {
    planted_districts(&tree());
}

#[test]
fn nine_of_ten_plants_in_a_tree_of_levels_are_found() {
    planted_districts(&level_tree());
}
