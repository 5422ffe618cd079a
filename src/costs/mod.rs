//! 措施费用: what each step up takes in days and money, as the place states it. Written with what is known, read back.

mod blank;
mod filled;

use sha2::{Digest, Sha256};

use crate::analysis::plan::{Costs, ladder};
use crate::number::fixed;
use crate::sheet::Book;
use crate::survey::cover::Store;
use crate::text::{Text, t};
use crate::tree::Tree;

pub use blank::blank;
pub use filled::{KINDS, read};

/// Does a table say nothing that the tree does not say: handed out, and not filled in?
pub fn says_nothing(costs: &Costs, tree: &Tree) -> bool {
    tree.items.iter().all(|item| ladder(item, 0.0, costs) == ladder(item, 0.0, &Costs::default()))
}

/// Of what a table states, whatever the order of its rows.
pub fn digest(costs: &Costs) -> String {
    let line = |step: &crate::analysis::plan::StepCost| {
        let days = step.days.map(|days| days.to_string()).unwrap_or_default();
        let money = step.money.as_ref().map(|money| money.to_f64().to_string()).unwrap_or_default();
        format!("{} {} {days} {money}\n", step.item, fixed(step.to, 1))
    };
    let mut lines: Vec<String> = costs.steps.iter().map(line).collect();
    lines.sort();
    crate::tree::hex(&Sha256::digest(lines.concat().as_bytes()))
}

/// Does a table that this program wrote still say what was written?
pub fn is_as_written(book: &Book, costs: &Costs) -> bool {
    Store::of(book).value(CONTENT) == digest(costs)
}

/// The file that `ecap plan` writes.
pub const FILE_NAME: Text = t("措施费用.xlsx", "costs.xlsx");
/// What the hidden store calls it.
pub const KIND: &str = "costs";

const CONTENT: &str = "content";
const SHEET: Text = t("措施费用", "Costs");
const REF: Text = t("编号", "Ref");
const INDICATOR: Text = t("指标", "Indicator");
const FROM: Text = t("从", "From");
const TO: Text = t("到", "To");
const ACTION: Text = t("措施", "Action");
const OWNER: Text = t("责任单位", "Responsible");
const DAYS: Text = t("天数", "Days");
const MONEY: Text = t("费用（万元）", "Money (10,000 yuan)");
const ID: &str = "id";
