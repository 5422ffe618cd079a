//! Rows that ask for an item again: a row that was copied, or a whole sheet.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::finding::{Finding, Kind, Severity};
use crate::number::Number;
use crate::place::Place;
use crate::scale::State;
use crate::scale::expression::Inputs;
use crate::sheet::{At, place_of};
use crate::survey::filled::{NAMED, RawCell, Row};
use crate::survey::misplaced::state;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};

static ITEM_TWICE: Kind = Kind::new(
    "row-item-twice",
    Severity::Error,
    t(
        "{item} 在本工作簿中有 {count} 行（{rows}），只用了 {used}{same}，其余没有用。{sum}",
        "{item} stands in {count} rows of this workbook ({rows}); only {used} is used{same}, the others are not.{sum}",
    ),
    t(
        "请先看原件：原件上只有一个答案的，把它填进 {used}，再删去其余的行；是几个单位、几处分开填的，才把各行（连 {used} 在内）合成一个答案，填进 {used}（比率把分子、分母各自相加），再删去其余的行；{how}。",
        "See the original first: where it has one answer only, type that into {used}, then delete the other rows; only where several places were answered apart work out one answer for all rows, {used} included (of a rate add up numerators and denominators), type it into {used}, then delete the other rows; {how}.",
    ),
);
static SHEET_TWICE: Kind = Kind::new(
    "sheet-twice",
    Severity::Error,
    t(
        "工作表“{sheet}”与“{other}”有 {count} 题重复，像是复制出来的：{same}{differ}。每题按先出现、填了答案的一行计。",
        "The sheet \"{sheet}\" repeats {count} [item|items] of \"{other}\", as a copy of it would: {same}{differ}. Of each item the first row with an answer counts.",
    ),
    t("请只留一张，把另一张删去。{first}", "Keep one of the two sheets and delete the other.{first}"),
);

pub static KINDS: [&Kind; 2] = [&ITEM_TWICE, &SHEET_TWICE];

/// The scale whose answers add up, as those of lengths of time do not.
const COUNT: &str = "count";
/// Characters shown of an answer.
const SHOWN: usize = 20;
/// Items on two sheets that make one of them a copy; fewer are rows that were copied.
const COPIED: usize = 2;

/// Each item once: its first filled row, the first of all where none is filled.
pub fn once_each(rows: Vec<Row>, file: &str, tree: &Tree, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut sheets: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Row> = Vec::new();
    let mut position: HashMap<usize, usize> = HashMap::new();
    let mut extra: Vec<Extra> = Vec::new();
    for mut row in rows {
        if !sheets.contains_key(&row.sheet) {
            sheets.insert(row.sheet.clone(), sheets.len());
        }
        let Some(at) = position.get(&row.item).copied() else {
            position.insert(row.item, kept.len());
            kept.push(row);
            continue;
        };
        let replaces = !kept[at].is_filled() && row.is_filled();
        if replaces {
            std::mem::swap(&mut kept[at], &mut row);
        }
        extra.push(Extra { at, row, is_first: replaces });
    }
    // By the later of its two sheets.
    let mut copies: BTreeMap<usize, Vec<&Extra>> = BTreeMap::new();
    let order = |sheet: &str| sheets.get(sheet).copied().unwrap_or(0);
    let copy_of = |one: &Extra| (one.row.sheet != kept[one.at].sheet).then(|| order(&one.row.sheet).max(order(&kept[one.at].sheet)));
    for one in &extra {
        copies.entry(copy_of(one).unwrap_or(usize::MAX)).or_default().push(one);
    }
    copies.retain(|sheet, items| *sheet != usize::MAX && items.len() >= COPIED);
    let moved: HashSet<&String> =
        kept.iter().chain(extra.iter().map(|one| &one.row)).filter(|row| row.moved_id).map(|row| &row.sheet).collect();
    let mut again: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for one in &extra {
        match copy_of(one).and_then(|sheet| copies.get(&sheet)) {
            Some(all) if std::ptr::eq(all[0], one) => findings.push(copied(all, &kept, file, tree)),
            Some(_) => {}
            // That an id is another item's is said of its sheet.
            None if moved.contains(&kept[one.at].sheet) || moved.contains(&one.row.sheet) => {}
            None => again.entry(one.at).or_default().push(&one.row),
        }
    }
    findings.extend(again.iter().map(|(at, rows)| repeated(&kept[*at], rows, file, tree)));
    kept
}

/// One finding for all rows of an item that are not used.
fn repeated(used: &Row, others: &[&Row], file: &str, tree: &Tree) -> Finding {
    let mut rows: Vec<&Row> = [used].into_iter().chain(others.iter().copied()).collect();
    // The one that is used is not the first where that is blank.
    rows.sort_by_key(|row| (row.sheet != used.sheet, place_of(&cell(row))));
    let same = others.iter().all(|row| difference(used, row, tree).is_none());
    let repeats = |row: &&&Row| difference(used, row, tree).is_none() && row.note == used.note && row.evidence == used.evidence;
    let answered: Vec<&&Row> = others.iter().filter(|row| row.is_filled()).collect();
    let item = &tree.items[used.item];
    let summed = !answered.iter().all(repeats) && is_sum(used, &answered, item);
    let how = if same {
        t(
            "这些行的说明、佐证材料不一样，不像是重复，不要只删行",
            "their notes or evidence differ, so they hardly repeat it: do not just delete rows",
        )
    } else {
        t("这些行的答案不一样，不要只删行", "these answers differ, so do not just delete rows")
    };
    let sum = together(&rows, item).filter(|_| !answered.iter().all(repeats)).map(|sum| {
        let said = if summed {
            t(
                "{used} 填的不比其余各行合起来的小，像是已经合好了。",
                " {used} is no less than the others together, as if it were their sum already.",
            )
        } else {
            t("照现在填的，合起来是 {sum}。", " As they stand, they add up to {sum}.")
        };
        said.with(&[("sum", sum.into()), ("used", named(used, &rows))])
    });
    let args = [
        ("item", tree.items[used.item].reference.clone().into()),
        ("count", rows.len().into()),
        ("rows", listed(&rows)),
        ("used", named(used, &rows)),
        ("how", how),
        ("same", if same { t("（答案都一样）", " (the answers are the same)") } else { Text::default() }),
        ("sum", sum.unwrap_or_default()),
    ];
    let said = ITEM_TWICE.at(others[0].place(file), &args);
    if answered.iter().all(repeats) {
        let advice = t(
            "其余的行是空的，或只是重复：请留下 {used}，删去其余的行。",
            "The other rows are blank or only repeat it: keep {used} and delete them.",
        );
        return said.advising(advice.with(&[("used", named(used, &rows))]));
    }
    if !summed {
        return said;
    }
    let advice = t(
        "请看原件：{used} 已经是合好的，不要再加，只删其余的行；还没有合好的，先把各行（连 {used} 在内）合成一个答案填进 {used}，再删。",
        "See the original: where {used} holds them together already, add nothing and only delete the other rows; where it does not, first work out one answer for all rows, {used} included, type it there, then delete them.",
    );
    said.advising(advice.with(&[("used", named(used, &rows))]))
}

fn cell(row: &Row) -> String {
    row.place("").cell.unwrap_or_default()
}

/// The sheet goes without saying where all rows stand on it.
fn named(row: &Row, rows: &[&Row]) -> Text {
    if rows.iter().all(|other| other.sheet == row.sheet) {
        return cell(row).into();
    }
    Text::join(&[row.sheet.clone().into(), cell(row).into()], "，", ", ")
}

/// All rows, as a range where they stand one below the other.
fn listed(rows: &[&Row]) -> Text {
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    let alone = rows.iter().all(|row| row.sheet == first.sheet);
    let places: Vec<_> = rows.iter().map(|row| place_of(&cell(row))).collect();
    let below = |pair: &[Option<At>]| matches!(pair, [Some((above, left)), Some((row, column))] if above + 1 == *row && left == column);
    if alone && rows.len() > 2 && places.windows(2).all(below) {
        return t("{first} 到 {last}", "{first} to {last}").with(&[("first", cell(first).into()), ("last", cell(last).into())]);
    }
    let told: Vec<Text> = rows.iter().map(|row| named(row, rows)).collect();
    if alone { Text::join(&told, "、", ", ") } else { Text::join(&told, "；", "; ") }
}

/// What the self-ratings of all filled rows add up to, where all are counts or all are shares typed as two numbers.
fn together(rows: &[&Row], item: &Item) -> Option<String> {
    let answers = rows.iter().filter(|row| row.is_filled()).map(|row| match state(&row.own.as_ref()?.typed, item) {
        State::Answered(reading) if row.review.as_ref().is_none_or(|review| review.typed.is_blank()) => Some(reading),
        _ => None,
    });
    let answers: Vec<_> = answers.collect::<Option<_>>()?;
    let total = |numbers: Vec<&Number>| numbers.into_iter().fold(Number::zero(), |sum, number| sum.plus(number)).to_string();
    let shares: Option<(Vec<&Number>, Vec<&Number>)> = answers
        .iter()
        .map(|reading| match &reading.inputs {
            Inputs::Ratio { numerator, denominator } => Some((numerator, denominator)),
            _ => None,
        })
        .collect();
    if let Some((numerators, denominators)) = shares {
        return Some(format!("{}/{}", total(numerators), total(denominators)));
    }
    let counts: Option<Vec<&Number>> = answers.iter().map(|reading| reading.exact.as_ref()).collect();
    counts.filter(|_| item.scaled.name == COUNT).map(total)
}

/// Does the answer of a row hold as much as those of several others together?
fn is_sum(used: &Row, others: &[&&Row], item: &Item) -> bool {
    let size = |row: &Row| match state(&row.own.as_ref()?.typed, item) {
        State::Answered(reading) => match reading.inputs {
            Inputs::Ratio { denominator, .. } => Some(denominator),
            _ => reading.exact,
        },
        _ => None,
    };
    let rest: Option<Vec<Number>> = others.iter().map(|row| size(row)).collect();
    let rest = rest.map(|sizes| sizes.iter().fold(Number::zero(), |sum, size| sum.plus(size)));
    others.len() > 1 && size(used).zip(rest).is_some_and(|(used, rest)| used >= rest)
}

/// A row that is not used, and the kept one of its item.
struct Extra {
    at: usize,
    row: Row,
    /// Does it stand before the kept one, which has an answer and it has none?
    is_first: bool,
}

impl Extra {
    /// The row that stands first, then the other.
    fn in_order<'a>(&'a self, kept: &'a [Row]) -> (&'a Row, &'a Row) {
        if self.is_first { (&self.row, &kept[self.at]) } else { (&kept[self.at], &self.row) }
    }
}

/// One finding for all items that a sheet repeats.
fn copied(all: &[&Extra], kept: &[Row], file: &str, tree: &Tree) -> Finding {
    let pairs: Vec<(&Row, &Row)> = all.iter().map(|one| one.in_order(kept)).collect();
    let sheet = pairs[0].1.sheet.clone();
    let mut others: Vec<Text> = Vec::new();
    for (first, _) in &pairs {
        let name = Text::from(first.sheet.clone());
        if !others.contains(&name) {
            others.push(name);
        }
    }
    let differ: Vec<Text> = pairs.iter().filter_map(|(first, second)| difference(first, second, tree)).collect();
    let count = differ.len();
    let listed = Text::some_by(&differ, NAMED, "；", "; ");
    let same = match pairs.len() - count {
        0 => Text::default(),
        same if count == 0 => t("{same} 题答案都一样", "all {same} answers are the same").with(&[("same", same.into())]),
        same => t("{same} 题答案一样，", "{same} answers are the same, ").with(&[("same", same.into())]),
    };
    let told = if count == 0 {
        Text::default()
    } else {
        t("{count} 题不一样：{listed}", "{count} differ: {listed}").with(&[("count", count.into()), ("listed", listed)])
    };
    let first = if count == 0 {
        Text::default()
    } else {
        t(
            "删之前先核对不一样的题，把对的答案填进要留的一张。",
            " Before that check the answers that differ, and put the right ones on the sheet that stays.",
        )
    };
    let args = [
        ("sheet", sheet.clone().into()),
        ("other", Text::join(&others, "”“", "\", \"")),
        ("count", pairs.len().into()),
        ("same", same),
        ("differ", told),
        ("first", first),
    ];
    SHEET_TWICE.at(Place::sheet(file, &sheet), &args)
}

/// `01.1.02（“1”E6 是“2”，“1 (2)”E6 是“3”）`, where own or reviewed answer differ.
fn difference(first: &Row, second: &Row, tree: &Tree) -> Option<Text> {
    let typed = |cell: &Option<RawCell>| cell.as_ref().map(|cell| cell.typed.text.clone()).unwrap_or_default();
    let (one, two) =
        [(&first.own, &second.own), (&first.review, &second.review)].into_iter().find(|(one, two)| typed(one) != typed(two))?;
    let shown = |row: &Row, cell: &Option<RawCell>| {
        let text: String = typed(cell).chars().take(SHOWN).collect();
        let name = cell.as_ref().map_or_else(|| row.anchor.clone(), |cell| cell.cell.clone());
        let told = if text.is_empty() {
            t("“{sheet}”{cell} 空白", "\"{sheet}\" {cell} is blank")
        } else {
            t("“{sheet}”{cell} 是“{text}”", "\"{sheet}\" {cell} says \"{text}\"")
        };
        told.with(&[("sheet", row.sheet.clone().into()), ("cell", name.into()), ("text", text.into())])
    };
    let both = Text::join(&[shown(first, one), shown(second, two)], "，", ", ");
    Some(t("{item}（{both}）", "{item} ({both})").with(&[("item", tree.items[first.item].reference.clone().into()), ("both", both)]))
}
