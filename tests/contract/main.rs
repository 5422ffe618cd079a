//! The contract, sentence by sentence: `tests/contract.md` says which test holds which sentence.

#![allow(clippy::unwrap_used)]

mod cells;
#[path = "../common/mod.rs"]
mod common;
mod explain;
mod harness;
mod indices;
mod local;
mod looks;
mod needs;
mod numbers;
mod obstacles;
mod pages;
mod profile;
mod report;
mod states;
mod total;
mod tree;
mod twice;
mod typed;
mod years;

use std::fs;

#[test]
fn every_test_that_the_list_names_exists() {
    let list = fs::read_to_string("tests/contract.md").expect("the list");
    let sources: String = ["numbers", "tree", "typed", "states", "total", "report", "profile", "local", "years", "explain", "needs"]
        .iter()
        .map(|module| fs::read_to_string(format!("tests/contract/{module}.rs")).expect("a module"))
        .collect();
    let names = list
        .split('`')
        .filter(|word| word.contains('_') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit()));
    let missing: Vec<&str> = names.filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
