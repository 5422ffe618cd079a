//! Fractions above 1 of one cause: the digit 0 was replaced by nothing (28/3 of 28/30), or they were turned round (30/28).

use crate::finding::{Finding, Kind as FindingKind};
use crate::number::Number;
use crate::place::Place;
use crate::scale::{RATE_OVER, Wants, is_torn, percent_of};
use crate::survey::filled::{NAMED, RawCell, Row};
use crate::survey::misplaced::judged;
use crate::text::{Text, t};
use crate::tree::Tree;

pub static ZEROS_GONE: FindingKind = FindingKind::error(
    "answers-zeros-gone",
    t(
        "这份表有 {count} 个分数的分子是分母的好几倍（{answers}），像是查找替换时把数里的“0”也换没了；若是这样，10 会成了 1，20/20 会成了 2/2，0 会成了空白，这些读得出，看不出错。",
        "In {count} fractions of this file the numerator is several times the denominator ({answers}), as when the digit 0 was replaced by nothing; then 10 has become 1, 20/20 has become 2/2 and 0 is blank, and these are read and do not look wrong.",
    ),
    t(
        "请拿原件把整份表的数核对一遍，不要只改这几个。",
        "Check every number of this file against the original, and do not just mend these.",
    ),
);

pub static TURNED_ROUND: FindingKind = FindingKind::error(
    "answers-turned-round",
    t(
        "这份表有 {count} 个分数超过 100%（{answers}），像是分子、分母写反了；同一张表里可以超过 100% 的题若也写反了，看不出来。",
        "{count} fractions of this file are above 100% ({answers}), as if numerator and denominator were written the other way round; of items on the same sheets that may exceed 100% it cannot be seen.",
    ),
    t(
        "请拿原件把这几张表（{sheets}）的分数都核对一遍，写反了的换过来；没有写反的不要动。",
        "Check all fractions of these sheets ({sheets}) against the original and turn round those that are written so, and no others.",
    ),
);

pub static KINDS: [&FindingKind; 2] = [&ZEROS_GONE, &TURNED_ROUND];

/// One or two are slips of a hand.
const LEAST: usize = 3;

/// Says where fractions above 1 have one cause: digits that are gone from all numbers, or numerators and denominators written the other
/// way round. The cells beside, where turning them round would be wrong.
pub(super) fn over(rows: &[Row], file: &str, tree: &Tree) -> Option<(Finding, Vec<(String, String)>)> {
    let (mut over, mut far) = (Vec::new(), Vec::new());
    for row in rows {
        let item = &tree.items[row.item];
        let Some(own) = row.own.as_ref().filter(|_| item.scaled.scale.wants() == Wants::Rate) else { continue };
        let text = own.typed.text.as_str();
        let Some(Ok((percent, _))) = percent_of(text) else { continue };
        if percent <= Number::from(100) || judged(&own.typed, item).remarks.first().is_none_or(|why| !std::ptr::eq(why.kind, &RATE_OVER)) {
            continue;
        }
        let args = [("item", item.reference.clone().into()), ("text", text.into())];
        let answer = (row, own, t("{item}（{text}）", "{item} ({text})").with(&args));
        if is_torn(text, &percent) {
            far.push(answer.clone());
        }
        over.push(answer);
    }
    let said = |kind: &FindingKind, answers: &[(&Row, &RawCell, Text)]| {
        let named: Vec<Text> = answers.iter().map(|(.., answer)| answer.clone()).collect();
        let mut sheets: Vec<Text> = answers.iter().map(|(row, ..)| Text::same(row.sheet.clone())).collect();
        sheets.dedup();
        let args = [("count", named.len().into()), ("answers", Text::some(&named, NAMED)), ("sheets", Text::join(&sheets, "、", ", "))];
        kind.at(Place::file(file), &args)
    };
    if over.len() >= LEAST && 2 * far.len() >= over.len() {
        let cells = over.iter().map(|(row, own, _)| (row.sheet.clone(), own.cell.clone())).collect();
        return Some((said(&ZEROS_GONE, &far), cells));
    }
    (over.len() >= LEAST).then(|| (said(&TURNED_ROUND, &over), Vec::new()))
}
