//! `ecap plan`: plans whose answer is known by hand, costs and the ledger out, filled in and back.

#![allow(clippy::unwrap_used)]

mod bound;
#[path = "../common/mod.rs"]
mod common;
mod contents;
mod copies;
mod costs;
mod ledger;
mod place;
mod rows;
mod samples;
mod ways;
