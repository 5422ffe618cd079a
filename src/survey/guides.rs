//! Scoring guides that were edited: elements deleted, crossed or struck, beside an answer that the tree's own guide scores.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::cell_name;
use crate::scale::State;
use crate::scale::expression::Inputs;
use crate::sheet::Book;
use crate::survey::cover::Cover;
use crate::survey::filled::NAMED;
use crate::survey::layout::{Column, CoverLabel};
use crate::survey::table::Table;
use crate::survey::ticks::TICKS;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};
use crate::unit::{is_unseen, normal};

pub static GUIDE_EDITED: FindingKind = FindingKind::new(
    "guide-edited",
    Severity::Warning,
    t(
        "有 {count} 题的“评分标准”被改过（{cells}）；计分照发出时的评分标准，改的不算，填的“全部”和序号也按原来的要素算。",
        "The scoring guide of {count} [item|items] was edited ({cells}); scores go by the guide as issued whatever stands here, and so do All and the numbers of elements.",
    ),
    t(
        "请看原件，照发出的空白表上的评分标准核对：去掉、划掉的要素不具备的，把“全部”改成具备的各项的序号；只改“评分标准”不算改好。答案没有错的不用改。",
        "See the original and check them against the guide of the survey as issued: where elements that were taken out or struck are not in place, change All to the numbers of those that are; to mend the guide alone is not enough. Right answers need no change.",
    ),
);

pub static KINDS: [&FindingKind; 1] = [&GUIDE_EDITED];

/// What is struck out beside a tick.
const CROSSES: [char; 4] = ['×', '✗', '✘', '☐'];
/// Programs cut long cells, seldom shorter than this.
const CUT_OFF: usize = 200;

/// Was the workbook issued from this very tree? None where it does not say.
pub(super) fn of_this_tree(book: &Book, cover: Option<usize>, file: &str, tree: &Tree) -> Option<bool> {
    let sheet = cover.and_then(|index| book.sheets.get(index));
    let digest = Cover { sheet, file, csv: book.csv }.value(CoverLabel::Digest);
    (!digest.is_empty()).then(|| digest == tree.sha256)
}

/// How a guide stands to the tree's own.
enum Kept {
    Whole,
    Edited(Text),
    /// Blank, cut off by a program, or in words of its own.
    Unknown,
}

/// Says which answered items of a sheet have a guide with struck or other lines than the tree's. Of a survey from another tree, and of one
/// of nobody knows which where most guides are other ones, only what is struck is told.
pub(super) fn edited(table: &Table<'_>) -> Option<Finding> {
    let column = *table.header.columns.get(&Column::Guide)?;
    let (mut struck, mut changed, mut whole) = (Vec::new(), Vec::new(), 0usize);
    for ((at, row), state) in table.rows.iter().zip(table.states()) {
        let item = table.item(row);
        let Some(cell) = table.sheet.cell(*at, column) else { continue };
        let is_answered = matches!(state, State::Answered(_));
        let said = |how: Text| {
            let args = [("item", item.reference.clone().into()), ("cell", cell_name(*at, column).into()), ("how", how)];
            (*at, t("{cell}（{item}）{how}", "{cell} ({item}) {how}").with(&args))
        };
        if let Some(line) = cell.odd.as_ref().and_then(|odd| odd.struck.as_deref()) {
            let how = t("划掉了“{line}”", "has \"{line}\" struck through").with(&[("line", shortened(line).into())]);
            struck.extend((is_answered && counts_on(state, &[line])).then(|| said(how)));
            continue;
        }
        // Of another tree nothing else is told, and of this one nothing of what was not answered.
        if table.of_this_tree.is_some_and(|ours| !(ours && is_answered)) {
            continue;
        }
        match kept(&cell.text(), item, state) {
            Kept::Whole => whole += 1,
            Kept::Edited(how) => changed.extend(is_answered.then(|| said(how))),
            Kept::Unknown => {}
        }
    }
    let told = table.of_this_tree.unwrap_or(whole >= changed.len());
    let mut all = [struck, if told { changed } else { Vec::new() }].concat();
    all.sort_by_key(|(at, _)| *at);
    let (first, _) = all.first()?;
    let cells: Vec<Text> = all.iter().map(|(_, said)| said.clone()).collect();
    Some(GUIDE_EDITED.at(table.at(*first, column), &[("count", cells.len().into()), ("cells", Text::some(&cells, NAMED))]))
}

fn kept(text: &str, item: &Item, state: &State) -> Kept {
    let guide = item.scaled.guide();
    // As issued, which nearly all are: to compare otherwise takes longer than reading the sheet.
    if [&guide.zh, &guide.en].iter().any(|side| text.contains(side.as_ref())) {
        return Kept::Whole;
    }
    // Ticks and the crosses beside them are told of by themselves.
    let marks: &[char] = if text.contains(TICKS) { &CROSSES } else { &[] };
    let bare = |text: &str| text.replace(|sign| TICKS.contains(&sign) || marks.contains(&sign), "");
    let found = close(&bare(text));
    let sides = [&guide.zh, &guide.en].map(|side| (bare(side), close(&bare(side))));
    if found.is_empty() || sides.iter().any(|(_, side)| side.starts_with(&found) && text.chars().count() >= CUT_OFF) {
        return Kept::Unknown;
    }
    if sides.iter().any(|(_, side)| found.contains(side.as_str())) {
        return Kept::Whole;
    }
    for (side, _) in &sides {
        let lines: Vec<(&str, String)> = parts(side).collect();
        let gone: Vec<&str> = lines.iter().filter(|(_, line)| !found.contains(line.as_str())).map(|(line, _)| *line).collect();
        // Of words of one's own, or another item's guide, next to nothing stands there.
        if gone.len() * 2 > lines.len() {
            continue;
        }
        if !gone.is_empty() && !counts_on(state, &gone) {
            return Kept::Whole;
        }
        if !gone.is_empty() {
            let gone: Vec<Text> = gone.iter().map(|line| t("“{line}”", "\"{line}\"").with(&[("line", shortened(line).into())])).collect();
            return Kept::Edited(t("没有{lines}", "lacks {lines}").with(&[("lines", Text::join(&gone, "、", ", "))]));
        }
        let new = parts(text).find(|(_, line)| !lines.iter().any(|(_, known)| known == line));
        return Kept::Edited(match new {
            Some((line, _)) => t("写着“{line}”", "says \"{line}\"").with(&[("line", shortened(line).into())]),
            None => t("次序变了", "has its lines in another order"),
        });
    }
    Kept::Unknown
}

/// May the answer rest on one of these lines? A list of elements does on those that it names.
fn counts_on(state: &State, lines: &[&str]) -> bool {
    let State::Answered(reading) = state else { return false };
    let Inputs::Elements(there) = &reading.inputs else { return true };
    let number = |line: &&str| {
        let words = line.trim_start_matches(|character: char| character.is_ascii_digit());
        let number = line.len() - words.len();
        line[..number].parse::<usize>().ok().filter(|_| words.starts_with(['.', '、']))
    };
    let named = |number: usize| number.checked_sub(1).and_then(|at| there.get(at)).copied().unwrap_or(true);
    lines.iter().any(|line| number(line).is_none_or(named))
}

/// The lines of a guide, as they stand and as they are compared.
fn parts(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split(['\n', '；', ';']).map(|line| (line.trim(), close(line))).filter(|(_, line)| !line.is_empty())
}

/// Without white space and signs nobody sees, and of one width.
fn close(text: &str) -> String {
    normal(text).to_lowercase().chars().filter(|character| !character.is_whitespace() && !is_unseen(*character)).collect()
}

/// The beginning of a line.
fn shortened(line: &str) -> String {
    const MOST: usize = 30;
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST { line } else { line.chars().take(MOST).chain(['…']).collect() }
}
