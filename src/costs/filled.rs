//! A filled table of costs becomes [`Costs`]; what could not be used as written is a finding at its cell.

use crate::analysis::plan::{Costs, NEAR, StepCost};
use crate::costs::{DAYS, FROM, ID, MONEY, REF, TO};
use crate::finding::{Finding, Kind, Severity};
use crate::number::Number;
use crate::place::Place;
use crate::settings::tables::{Table, find};
use crate::sheet::{Book, Cell, Content};
use crate::survey::cover::Store;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

pub static OTHER_TREE: Kind = Kind::error(
    "costs-other-tree",
    t(
        "这份措施费用表是为指标体系“{other}”做的，本次用的是“{tree}”，没有采用。",
        "This table of costs was made for the tree \"{other}\"; this run uses \"{tree}\", so it is not used.",
    ),
    t("请用 --tree 指明那个体系，或重做一份。", "Name that tree with --tree, or make a new table."),
);
pub static OTHER_DIGEST: Kind = Kind::new(
    "costs-other-digest",
    Severity::Warning,
    t(
        "做这份措施费用表之后指标体系改过（摘要不同），按题号对应。",
        "The tree has changed since this table of costs was made (another digest); rows are found by id.",
    ),
    t("请核对改过的措施。", "Check the actions that changed."),
);
pub static NO_HEADER: Kind = Kind::error(
    "costs-no-header",
    t("没有找到表头 {headers}，这份表没有读。", "There is no header {headers}; the table was not read."),
    t("请把表头改回原来的写法。", "Put the headers back as they were."),
);
pub static UNKNOWN_REF: Kind = Kind::error(
    "costs-unknown-ref",
    t(
        "编号“{ref}”、题号“{id}”对不上任何题目，这一行没有采用。",
        "Neither the ref \"{ref}\" nor the id \"{id}\" is an item's; the row is not used.",
    ),
    t("请从原表把编号和题号复制回来。", "Copy ref and id back from the original table."),
);
pub static REF_DIFFERS: Kind = Kind::error(
    "costs-ref-differs",
    t(
        "编号“{ref}”与题号 {id} 不符，{id} 的编号是 {own}；按题号计。",
        "The ref \"{ref}\" does not belong to {id}, whose ref is {own}; the id decides.",
    ),
    t("请核对这一行是不是张冠李戴。", "Check that the row is what it says."),
);
pub static UNKNOWN_STEP: Kind = Kind::error(
    "costs-unknown-step",
    t(
        "{ref} 没有从“{from}”到“{to}”这一档，这一行没有采用。它的各档是 {steps}。",
        "{ref} has no step from \"{from}\" to \"{to}\"; the row is not used. Its steps are {steps}.",
    ),
    t("请把“从”“到”改回原来的得分。", "Put From and To back to the scores that stood there."),
);
pub static NOT_A_NUMBER: Kind = Kind::error(
    "costs-not-a-number",
    t("{ref} 的“{column}”是“{text}”，不是数，没有采用。", "{column} of {ref} is \"{text}\", which is no number; it is not used."),
    t("请只填数，不带单位。", "Write a number without a unit."),
);
pub static READ: Kind = Kind::new(
    "costs-read",
    Severity::Note,
    t("{ref} 的“{column}”写的是“{text}”，按 {used} 计。", "{column} of {ref} is \"{text}\"; it counts as {used}."),
    t("不必处理。", "Nothing to do."),
);
pub static NEGATIVE: Kind = Kind::error(
    "costs-negative",
    t("{ref} 的“{column}”是“{text}”，小于 0，没有采用。", "{column} of {ref} is \"{text}\", below 0; it is not used."),
    t("请填 0 或更大的数。", "Write a number from 0."),
);
pub static NOT_WHOLE: Kind = Kind::error(
    "costs-not-whole",
    t("{ref} 的“{column}”是“{text}”，不是整天，没有采用。", "{column} of {ref} is \"{text}\", no whole number of days; it is not used."),
    t("请填整数。", "Write a whole number."),
);
pub static NOT_USABLE: Kind = Kind::error(
    "costs-not-usable",
    t(
        "{ref} 的“{column}”是“{text}”，位数太多或太大，没有采用。",
        "{column} of {ref} is \"{text}\", which has too many decimals or is too large; it is not used.",
    ),
    t("请填 10 亿以下、最多六位小数的数。", "Write a number below 1,000,000,000 with six decimals at most."),
);
pub static TWICE: Kind = Kind::error(
    "costs-twice",
    t("{ref} 的这一档写了不止一行，用的是第一行。", "This step of {ref} stands more than once; the first row is used."),
    t("请删去多余的一行。", "Delete the extra row."),
);

pub static KINDS: [&Kind; 12] = [
    &OTHER_TREE,
    &OTHER_DIGEST,
    &NO_HEADER,
    &UNKNOWN_REF,
    &REF_DIFFERS,
    &UNKNOWN_STEP,
    &NOT_A_NUMBER,
    &READ,
    &NEGATIVE,
    &NOT_WHOLE,
    &NOT_USABLE,
    &TWICE,
];

/// Days beyond this are a slip of the finger.
const MOST_DAYS: usize = 100_000;

/// Columns asked for, in this order.
const COLUMNS: [(usize, Text); 5] = [(0, REF), (1, FROM), (2, TO), (3, DAYS), (4, MONEY)];
const ID_COLUMN: usize = 5;

/// Reads the workbook; none where it belongs to another tree or holds no table.
pub fn read(book: &Book, file: &str, tree: &Tree, findings: &mut Vec<Finding>) -> Option<Costs> {
    let store = Store::of(book);
    let id = store.value("tree");
    if !id.is_empty() && id != normal(&tree.id) {
        findings.push(OTHER_TREE.at(Place::file(file), &[("other", id.into()), ("tree", tree.id.clone().into())]));
        return None;
    }
    let digest = store.value("digest");
    if !digest.is_empty() && digest != tree.sha256 {
        findings.push(OTHER_DIGEST.at(Place::file(file), &[]));
    }
    let needed = COLUMNS.map(|(_, words)| words);
    let Some(table) = find(book, file, &needed, &[ID.into()]) else {
        findings.push(NO_HEADER.at(Place::file(file), &[("headers", Text::join(&needed, "、", ", "))]));
        return None;
    };
    let mut costs = Costs::default();
    for row in table.rows() {
        // A line below the table that belongs to none of its columns.
        if [0, ID_COLUMN].iter().all(|column| table.text(row, *column).is_empty()) && table.text(row, 2).is_empty() {
            continue;
        }
        let Some(entry) = entry(&table, row, tree, findings) else { continue };
        // A score that a step leads to is that of one step, wherever it is said to begin.
        let same = |one: &StepCost| one.item == entry.item && (one.to - entry.to).abs() <= NEAR;
        if costs.steps.iter().any(same) {
            let reference = tree.items.iter().find(|item| item.id == entry.item).map(|item| item.reference.clone());
            findings.push(TWICE.at(table.place(row, 0), &[("ref", reference.unwrap_or_default().into())]));
            continue;
        }
        costs.steps.push(entry);
    }
    Some(costs)
}

fn entry(table: &Table<'_>, row: u32, tree: &Tree, findings: &mut Vec<Finding>) -> Option<StepCost> {
    let (reference, id) = (table.text(row, 0), table.text(row, ID_COLUMN));
    let by_id = tree.items.iter().find(|item| item.id == id);
    let Some(item) = by_id.or_else(|| tree.items.iter().find(|item| item.reference == reference)) else {
        findings.push(UNKNOWN_REF.at(table.place(row, 0), &[("ref", reference.into()), ("id", id.into())]));
        return None;
    };
    let own: Text = item.reference.clone().into();
    if by_id.is_some() && !reference.is_empty() && reference != item.reference {
        findings.push(REF_DIFFERS.at(table.place(row, 0), &[("ref", reference.into()), ("id", id.into()), ("own", own.clone())]));
    }
    let score = |column: usize| number(table.cell(row, column)).map(|number| number.to_f64());
    let (from, to) = (score(1), score(2));
    let from_is_read = from.is_some() || table.text(row, 1).is_empty();
    let step = to.filter(|_| from_is_read).map(|to| StepCost { item: item.id.clone(), from, to, days: None, money: None });
    let known = step.filter(|step| Costs { steps: vec![step.clone()] }.unmatched(&tree.items).is_empty());
    let Some(mut step) = known else {
        let ladder = crate::analysis::plan::ladder(item, 0.0, &Costs::default());
        let score = |score: f64| crate::number::fixed(score, 1);
        let steps: Vec<Text> = ladder.iter().map(|rung| format!("{}→{}", score(rung.below), score(rung.score)).into()).collect();
        let args = [
            ("ref", own),
            ("from", table.text(row, 1).into()),
            ("to", table.text(row, 2).into()),
            ("steps", Text::join(&steps, "、", ", ")),
        ];
        findings.push(UNKNOWN_STEP.at(table.place(row, 2), &args));
        return None;
    };
    let mut amount = |column: usize, units: &[&str], usable: &dyn Fn(&Number) -> Option<&'static Kind>| {
        let text = table.text(row, column);
        if text.is_empty() {
            return None;
        }
        let plain = number(table.cell(row, column));
        let meant = if plain.is_none() { plain_number(&text, units) } else { None };
        let read = plain.or_else(|| meant.clone());
        let wrong = match &read {
            None => Some(&NOT_A_NUMBER),
            Some(number) if number.is_negative() => Some(&NEGATIVE),
            Some(number) => usable(number),
        };
        if let Some(kind) = wrong {
            let name = COLUMNS[column].1.clone();
            findings.push(kind.at(table.place(row, column), &[("ref", own.clone()), ("column", name), ("text", text.into())]));
            return None;
        }
        if let Some(meant) = meant {
            let args =
                [("ref", own.clone()), ("column", COLUMNS[column].1.clone()), ("text", text.into()), ("used", meant.to_string().into())];
            findings.push(READ.at(table.place(row, column), &args));
        }
        read
    };
    let whole = |number: &Number| match number.to_usize() {
        None => Some(&NOT_WHOLE),
        Some(days) => (days > MOST_DAYS).then_some(&NOT_USABLE),
    };
    step.days = amount(3, &["天", "days", "day"], &whole).and_then(|days| days.to_usize());
    step.money = amount(4, &["万元", "万"], &|money| (!Costs::is_usable(money)).then_some(&NOT_USABLE));
    Some(step)
}

/// A numeric cell, or a text that is a plain number.
fn number(cell: Option<&Cell>) -> Option<Number> {
    match &cell?.content {
        Content::Number(number) => Number::from_f64(*number),
        Content::Text(text) => Number::parse(&normal(text)),
        _ => None,
    }
}

/// `1,200`, `30 天`, `3万元`: a number with commas between thousands, with the unit of its column or without.
fn plain_number(text: &str, units: &[&str]) -> Option<Number> {
    let text = text.to_lowercase();
    let bare = units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text).trim();
    let (whole, rest) = bare.split_once('.').map_or((bare, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole.split(',').collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.first().filter(|_| groups.len() > 1);
    let in_thousands = first.is_none_or(|first| first.len() <= 3) && groups.iter().skip(1).all(|group| group.len() == 3);
    let whole = groups.concat();
    if !in_thousands || !digits(&whole) || !rest.is_none_or(digits) {
        return None;
    }
    Number::parse(&rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_with_the_unit_of_its_column_is_read() {
        let read = |text: &str, units: &[&str]| plain_number(&normal(text), units).map(|number| number.to_string());
        let money = ["万元", "万"];
        for (text, wanted) in [("3万元", "3"), ("1,200", "1200"), ("1，200.5 万", "1200.5"), ("２．５万元", "2.5")] {
            assert_eq!(read(text, &money).as_deref(), Some(wanted), "{text}");
        }
        for text in ["3元", "30000元", "1,20", "12,34,567", "1000,200", "万元", "约3万元", "3-5", "-3万元", "3.万"] {
            assert_eq!(read(text, &money), None, "{text}");
        }
        assert_eq!(read("30 天", &["天"]).as_deref(), Some("30"));
        assert_eq!(read("3万元", &["天"]), None);
    }
}
