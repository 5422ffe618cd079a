//! Answers of a sheet that look as if the fill handle had made them, and numbers beside which a percent sign or a denominator may be
//! missing.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::scale::{Wants, bare_number};
use crate::survey::filled::{NAMED, RawCell, Row};
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::Tree;

pub static DRAGGED: FindingKind = FindingKind::new(
    "answers-dragged",
    Severity::Warning,
    t(
        "{cells}这 {count} 个答案{how}（{answers}），像是拖动填充柄带出来的；没有改动，照填的读。",
        "The {count} answers {cells} {how} ({answers}), as when the fill handle is dragged; they stand as they were typed.",
    ),
    t(
        "请逐题核对，带出来的请按各题的实际情况重填；本来就是这样的不用改。",
        "Check them one by one and answer anew what was filled in that way; if they are right, leave them.",
    ),
);
pub static BARE_NUMBERS: FindingKind = FindingKind::new(
    "rates-bare",
    Severity::Warning,
    t(
        "有 {count} 个比率只写了整数，没有“%”也没有分母，按百分数读了：{answers}。",
        "Rates that are whole numbers without a percent sign or a denominator were read as percentages: {count} in all, {answers}.",
    ),
    t(
        "请核对：是个数（只写了分子）的，改成“分子/分母”；都是百分数的不用改。",
        "Check them: where it is a number, the numerator alone, write numerator/denominator; if all are percentages, leave them.",
    ),
);

pub static KINDS: [&FindingKind; 2] = [&DRAGGED, &BARE_NUMBERS];

/// So many in a row are no chance.
const LEAST: usize = 4;
/// So many numbers that climb, where other answers stand between them.
const LEAST_APART: usize = 5;

/// What the fill handle goes on from.
#[derive(Clone, Copy)]
enum Shape {
    Number(usize),
    Share(usize, usize),
    Other,
}

impl Shape {
    fn of(text: &str) -> Self {
        let number =
            |text: &str| text.trim().parse::<usize>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '));
        match text.split_once('/') {
            Some((one, two)) => number(one).zip(number(two)).map_or(Shape::Other, |(one, two)| Shape::Share(one, two)),
            None => number(text).map_or(Shape::Other, Shape::Number),
        }
    }

    fn climbs_to(self, next: Shape) -> bool {
        match (self, next) {
            (Shape::Number(one), Shape::Number(two)) => two == one + 1,
            (Shape::Share(one, of), Shape::Share(two, next_of)) => one == two && next_of == of + 1,
            _ => false,
        }
    }

    /// 0/1 is what a question says to write where there is nothing, and 1/1 says no more than yes.
    fn stays(self, next: Shape) -> bool {
        matches!((self, next), (Shape::Share(one, of), Shape::Share(two, next_of)) if one == two && of == next_of && of > 1)
    }
}

/// One answer cell, its place among the rows of items, and its item.
struct Answer<'a> {
    at: usize,
    cell: &'a RawCell,
    shape: Shape,
    counts: bool,
}

/// Says which answers of a sheet, its rows in order, look dragged.
pub(super) fn dragged(table: &Table<'_>) -> Vec<Finding> {
    let mut all: Vec<Answer<'_>> = Vec::new();
    for (at, (_, row)) in table.rows.iter().enumerate() {
        let Some(cell) = row.own.as_ref().or(row.review.as_ref()).filter(|cell| !cell.typed.is_blank()) else { continue };
        let counts = matches!(table.item(row).scaled.scale.wants(), Wants::Number(_));
        all.push(Answer { at, cell, shape: Shape::of(&cell.typed.text), counts });
    }
    let mut findings = Vec::new();
    let of = |wanted: fn(&Shape) -> bool| all.iter().filter(|answer| wanted(&answer.shape)).collect::<Vec<_>>();
    for run in runs(&of(|shape| matches!(shape, Shape::Number(_))), |one, next| one.shape.climbs_to(next.shape)) {
        // Levels climb by chance; what is counted seldom does.
        let counted = 2 * run.iter().filter(|answer| answer.counts).count() >= run.len();
        if counted && (run.len() >= LEAST_APART || stand_together(&run)) {
            findings.push((run, t("一个比一个大 1", "climb by 1")));
        }
    }
    for run in runs(&of(|shape| matches!(shape, Shape::Share(..))), |one, next| one.shape.climbs_to(next.shape)) {
        findings.push((run, t("分子相同，分母一个比一个大 1", "have one numerator and denominators that climb by 1")));
    }
    for run in runs(&all.iter().collect::<Vec<_>>(), |one, next| one.shape.stays(next.shape) && next.at == one.at + 1) {
        findings.push((run, t("一模一样", "are the same")));
    }
    findings.sort_by_key(|(run, _)| run.first().map(|answer| answer.at));
    let said = findings.into_iter().filter_map(|(run, how)| {
        let cells: Vec<Text> = run.iter().map(|answer| answer.cell.cell.clone().into()).collect();
        let mut answers: Vec<Text> = run.iter().map(|answer| answer.cell.typed.text.clone().into()).collect();
        answers.dedup();
        let cells = if stand_together(&run) {
            t("{first} 到 {last} ", "{first} to {last}").with(&[("first", cells.first()?.clone()), ("last", cells.last()?.clone())])
        } else {
            Text::join(&cells, "、", ", ")
        };
        let args = [("cells", cells), ("count", run.len().into()), ("answers", Text::some(&answers, NAMED)), ("how", how)];
        Some(DRAGGED.at(table.place_of(run.first()?.cell), &args))
    });
    said.collect()
}

fn stand_together(run: &[&Answer<'_>]) -> bool {
    run.windows(2).all(|pair| pair[1].at == pair[0].at + 1)
}

/// Stretches of which each goes on from the one before, long enough to be told.
fn runs<'a>(answers: &[&'a Answer<'a>], goes_on: fn(&Answer<'_>, &Answer<'_>) -> bool) -> Vec<Vec<&'a Answer<'a>>> {
    let stretches = answers.chunk_by(|one, next| goes_on(one, next));
    stretches.filter(|run| run.len() >= LEAST).map(<[_]>::to_vec).collect()
}

/// Says once a workbook which rates are plain whole numbers, those apart of which the item itself tells the meaning in doubt.
/// Of those left out more is told, or they need not be the answers of their items.
pub(super) fn bare_numbers(rows: &[Row], left_out: impl Fn(&Row) -> bool, file: &str, tree: &Tree) -> Option<Finding> {
    let bare = |row: &&Row| {
        let item = &tree.items[row.item];
        let scale = &item.scaled.scale;
        let cell = row.own.as_ref().or(row.review.as_ref());
        scale.wants() == Wants::Rate
            && !left_out(row)
            && cell.filter(|cell| !cell.typed.is_odd()).is_some_and(|cell| {
                let text = &cell.typed.text;
                let read = bare_number(text).and_then(|_| scale.read(text, &item.question).ok());
                read.is_some_and(|reading| scale.doubt(text, &reading, &item.question).is_none())
            })
    };
    let answers: Vec<Text> = rows
        .iter()
        .filter(bare)
        .filter_map(|row| {
            let text = &row.own.as_ref().or(row.review.as_ref())?.typed.text;
            let item = tree.items[row.item].reference.clone();
            Some(t("{item}（{text}）", "{item} ({text})").with(&[("item", item.into()), ("text", text.clone().into())]))
        })
        .collect();
    let args = [("count", answers.len().into()), ("answers", Text::some(&answers, NAMED))];
    (!answers.is_empty()).then(|| BARE_NUMBERS.at(Place::file(file), &args))
}
