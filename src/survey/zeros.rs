//! Fractions many times above 1, as when the digit 0 was replaced by nothing: 28/3 of 28/30.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::Wants;
use crate::survey::filled::{NAMED, Row};
use crate::text::{Text, t};
use crate::tree::Tree;

pub static ZEROS_GONE: FindingKind = FindingKind::new(
    "answers-zeros-gone",
    Severity::Warning,
    t(
        "这份表有 {count} 个分数的分子是分母的好几倍（{answers}），像是查找替换时把数里的“0”也换没了；若是这样，10 会成了 1，20/20 会成了 2/2，0 会成了空白，这些读得出，看不出错。",
        "In {count} fractions of this file the numerator is several times the denominator ({answers}), as when the digit 0 was replaced by nothing; then 10 has become 1, 20/20 has become 2/2 and 0 is blank, and these are read and do not look wrong.",
    ),
    t(
        "请拿原件把整份表的数核对一遍，不要只改这几个。",
        "Check every number of this file against the original, and do not just mend these.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&ZEROS_GONE];

/// One or two are slips of a hand.
const LEAST: usize = 3;
/// Numerators written for denominators seldom make as much of a share.
const TIMES: u64 = 4;

/// Says where digits seem to be gone from the numbers of a workbook, by the shares that cannot be.
pub(super) fn gone(rows: &[Row], file: &str, tree: &Tree) -> Option<Finding> {
    let mut over = 0;
    let mut answers: Vec<Text> = Vec::new();
    for row in rows {
        let item = &tree.items[row.item];
        let Some(text) = row.own.as_ref().map(|own| own.typed.text.as_str()).filter(|_| item.scaled.scale.wants() == Wants::Rate) else {
            continue;
        };
        let Some((one, two)) = text.split_once('/').and_then(|(one, two)| number(one).zip(number(two))) else { continue };
        over += usize::from(one > two);
        if two > 0 && one > two.saturating_mul(TIMES) {
            let args = [("item", item.reference.clone().into()), ("text", text.into())];
            answers.push(t("{item}（{text}）", "{item} ({text})").with(&args));
        }
    }
    let args = [("count", answers.len().into()), ("answers", Text::some(&answers, NAMED))];
    (answers.len() >= LEAST && 2 * answers.len() >= over).then(|| ZEROS_GONE.at(Place::file(file), &args))
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}
