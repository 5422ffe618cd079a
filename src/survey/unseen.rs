//! What a cell's text alone does not say: notes on answers, answers nobody sees, pictures and boxes over answer cells, several answers merged into one.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::cell_name;
use crate::scale::Typed;
use crate::survey::filled::{NAMED, Row};
use crate::survey::layout::Column;
use crate::survey::marks;
use crate::survey::misplaced::state;
use crate::survey::table::Table;
use crate::survey::unread::corrected;
use crate::text::{Text, t};
use crate::tree::Item;

pub static NOTE_ON_ANSWER: FindingKind = FindingKind::new(
    "cell-note",
    Severity::Warning,
    t(
        "{item} 的答案格有批注{text}，批注不算答案，没有读。",
        "The answer to {item} carries a note{text}; notes are no answers and were not read.",
    ),
    t(
        "批注里如有答案、理由或佐证，请写进“自评”“说明”或“佐证材料”栏。",
        "If it holds an answer, a reason or evidence, put that into Self, Note or Evidence.",
    ),
);
pub static HIDDEN_ANSWERS: FindingKind = FindingKind::new(
    "sheet-hidden-answers",
    Severity::Warning,
    t(
        "有 {count} 个答案在隐藏或被筛选掉的行、列或工作表里（{cells}），照样读了。",
        "{count} [answer stands|answers stand] in rows, columns or sheets that are hidden or filtered out ({cells}), read all the same.",
    ),
    t("请取消隐藏和筛选，核对这些答案是不是要交的。", "Show everything and check that these answers are meant."),
);
pub static MERGED_ANSWERS: FindingKind = FindingKind::new(
    "cell-merged-answers",
    Severity::Error,
    t(
        "{range} 把 {count} 题（{items}）的答案格合并成了一格，{read}。",
        "{range} merges the answer cells of {count} items ({items}) into one; {read}.",
    ),
    t("请取消合并，每题各填各的。", "Split the cell and answer each item by itself."),
);

pub static COVERED_ANSWERS: FindingKind = FindingKind::new(
    "cell-covered",
    Severity::Warning,
    t(
        "有 {count} 个空着的答案格上放着图片或文本框（{cells}），里面的内容不算答案，没有读，按空白算。",
        "{count} blank answer [cell has a picture or text box|cells have pictures or text boxes] on top ({cells}); what [it shows|they show] was not read and counts as blank.",
    ),
    t("里面如有答案，请键入答案格。", "If an answer stands there, type it into the cell."),
);

pub static COVERED_OTHERWISE: FindingKind = FindingKind::new(
    "cell-covered-otherwise",
    Severity::Warning,
    t(
        "{item} 的答案格上放着文本框{boxed}，格子里填的是{text}，读的是格子里的。",
        "A text box{boxed} lies over the answer to {item}; the cell under it holds{text}, which was read.",
    ),
    t("请核对：以文本框为准的，把它键入答案格；再删掉文本框。", "If the box is right, type it into the cell; then delete the box."),
);

pub static KINDS: [&FindingKind; 5] = [&NOTE_ON_ANSWER, &HIDDEN_ANSWERS, &MERGED_ANSWERS, &COVERED_ANSWERS, &COVERED_OTHERWISE];

/// The beginning of a text in quotes; nothing of none.
fn quoted(text: &str) -> Text {
    let shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    if shown.is_empty() { Text::default() } else { t("“{text}”", " \"{text}\"").with(&[("text", shown.into())]) }
}

/// Would the text of a box, or what it says to put right, be read as another answer than the cell under it?
fn is_other(boxed: &str, typed: &Typed, item: &Item) -> bool {
    let boxed = state(&Typed::text(corrected(boxed).unwrap_or(boxed)), item);
    boxed.is_readable() && !boxed.same_as_read(&state(typed, item))
}

/// What a cell's text alone does not say: notes on answers, answers nobody sees or that lie under a picture, several merged into one;
/// these cells beside.
pub(super) fn look(table: &Table<'_>, findings: &mut Vec<Finding>) -> Vec<String> {
    let Table { sheet, header, rows, .. } = *table;
    let mut merged = Vec::new();
    let columns: Vec<u32> = [Column::Own, Column::Review].iter().filter_map(|column| header.columns.get(column).copied()).collect();
    let named = |row: &Row| Text::from(table.item(row).reference.clone());
    let (mut unseen, mut covered) = (Vec::<Text>::new(), Vec::<Text>::new());
    for (at, row) in rows {
        for column in &columns {
            let typed = Typed::of(sheet.cell(*at, *column));
            let answered = !typed.is_blank();
            match sheet.over.get(&(*at, *column)) {
                Some(text) if !answered => covered.push(Text::join(&[cell_name(*at, *column).into(), quoted(text)], "", "")),
                Some(text) if is_other(text, &typed, table.item(row)) => {
                    let args = [("boxed", quoted(text)), ("text", quoted(&typed.raw)), ("item", named(row))];
                    findings.push(COVERED_OTHERWISE.at(table.at(*at, *column), &args));
                }
                _ => {}
            }
            if let Some(note) = sheet.notes.get(&(*at, *column)).and_then(|note| marks::theirs(note)) {
                let text = quoted(&note);
                findings.push(NOTE_ON_ANSWER.at(table.at(*at, *column), &[("text", text), ("item", named(row))]));
            }
            if answered && (sheet.hidden || sheet.hides(*at, *column)) {
                unseen.push(cell_name(*at, *column).into());
            }
        }
    }
    if !unseen.is_empty() {
        let cells = Text::some(&unseen, NAMED);
        findings.push(HIDDEN_ANSWERS.at(table.place(), &[("count", unseen.len().into()), ("cells", cells)]));
    }
    if !covered.is_empty() {
        let cells = Text::some(&covered, NAMED);
        findings.push(COVERED_ANSWERS.at(table.place(), &[("count", covered.len().into()), ("cells", cells)]));
    }
    // Cells merged as programs merge them do not overlap, so there are never more.
    let mut left_to_say = rows.len() * columns.len();
    for ((top, left), (bottom, right)) in &sheet.merged {
        let over = columns.iter().any(|column| (left..=right).contains(&column));
        // In the order of their rows.
        let inside = &rows[rows.partition_point(|(at, _)| at < top)..rows.partition_point(|(at, _)| at <= bottom)];
        if !over || inside.len() < 2 {
            continue;
        }
        let Some(fewer) = left_to_say.checked_sub(1) else { break };
        left_to_say = fewer;
        let items: Vec<Text> = inside.iter().take(NAMED).map(|(_, row)| named(row)).collect();
        let (first, last) = (cell_name(*top, *left), cell_name(*bottom, *right));
        let valued = |at: u32| columns.iter().any(|column| sheet.cell(at, *column).is_some_and(|cell| !Typed::of(Some(cell)).is_blank()));
        let below: Vec<Text> = inside.iter().filter(|(at, _)| at != top && valued(*at)).take(NAMED).map(|(_, row)| named(row)).collect();
        let read = if below.is_empty() {
            t("只有 {first} 读到了值，其余按空白", "only {first} has a value, the others are blank")
                .with(&[("first", first.clone().into())])
        } else {
            t("{below}在下面另有看不见的值，照样读了", "{below} have values below that nobody sees; they were read all the same")
                .with(&[("below", Text::join(&below, "、", ", "))])
        };
        // An answer a line, as programs merge contents.
        let lines = columns.iter().filter_map(|column| sheet.cell(*top, *column)).map(|cell| cell.text().trim().lines().count()).max();
        let lines = lines.filter(|lines| *lines > 1 && *lines != inside.len()).map_or_else(Text::default, |lines| {
            t("，里面写了 {lines} 行，和题数不一样", ", with {lines} lines in it, which is not the number of items")
                .with(&[("lines", lines.into())])
        });
        let read = Text::join(&[read, lines], "", "");
        let args = [
            ("range", format!("{first}:{last}").into()),
            ("count", inside.len().into()),
            ("items", Text::join(&items, "、", ", ")),
            ("read", read),
        ];
        findings.push(MERGED_ANSWERS.at(table.at(*top, *left), &args));
        merged.push(first);
    }
    merged
}
