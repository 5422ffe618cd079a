//! ecap: a place's emergency capability, from survey to report.
//!
//! ```text
//! indicator tree (YAML) ─► survey workbooks out ─► filled workbooks in ─► answers ─► scores ─► results ─► analyses ─► reports
//! ```
//!
//! The modules below stand in the order of the flow; each uses only those before it, and `commands` joins them.

/// Texts in both languages.
pub mod text;

/// Exact numbers and the one rounding.
pub mod number;

/// Where something stands.
pub mod place;

/// What is wrong in an input.
pub mod finding;

/// What stops a run.
pub mod error;

/// Who is assessed.
pub mod unit;

/// Options that change a number.
pub mod policy;

/// Values with their places.
pub mod node;

/// A stranger's file to cells, cells to a file.
pub mod sheet;

/// A cell to an answer, an answer to a worth.
pub mod scale;

/// YAML to a valid tree.
pub mod tree;

/// Questions and scenarios for training, beside a tree.
pub mod bank;

/// Layout of survey workbooks, out and in.
pub mod survey;

/// The workbook that a class answers a quiz in, out and in.
pub mod quiz;

/// What an office decides about one assessment, out and in.
pub mod settings;

/// Last year's scores as anybody's spreadsheet.
pub mod baseline;

/// Raw rows to one state an item.
pub mod answers;

/// Tree to weights.
pub mod weighting;

/// Tree, answers and weights to scores.
pub mod score;

/// What is wrong with the content of a valid tree, and what it is made of.
pub mod lint;

/// Everything to results.
pub mod result;

/// Results to one struct an analysis.
pub mod analysis;

/// What each step up takes, as the place states it; out and in.
pub mod costs;

/// The rectification ledger, out and in, and what became of it.
pub mod ledger;

/// Results to documents, documents to bytes.
pub mod report;

/// What a report prints, read back and compared.
pub mod verify;

/// One file a subcommand; joins the stages.
pub mod commands;

/// What a fuzz target calls.
pub mod fuzz;
