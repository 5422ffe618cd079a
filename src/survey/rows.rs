//! The rows of a sheet, each found by its id, else by its ref.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::{Place, cell_name};
use crate::sheet::{At, Sheet, place_of};
use crate::survey::filled::{Kind, NAMED, RawCell, Row};
use crate::survey::header::Header;
use crate::survey::layout::{Column, PARTS, is};
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::tree::{Criticality, Item, Tree};
use crate::unit::normal;

pub static REF_DIFFERS: FindingKind = FindingKind::new(
    "row-ref-differs",
    Severity::Error,
    t(
        "编号“{ref}”与题号 {id} 不符，{id} 的编号是 {own}；按题号计。",
        "The ref \"{ref}\" does not belong to {id}, whose ref is {own}; the id decides.",
    ),
    t("请核对这一行是不是张冠李戴。", "Check that the row is what it says."),
);
pub static IDS_MOVED: FindingKind = FindingKind::new(
    "rows-ids-moved",
    Severity::Error,
    t(
        "有 {count} 行（{refs}）的编号和指标相符，隐藏的题号却是别的题的，像是排序、粘贴时没有带上隐藏的 id 栏；按题号计，这些答案都记到了别的题上。",
        "In {count} [row|rows] ({refs}) ref and question agree while the hidden id is another item's, as when rows are sorted or pasted without the hidden id column; the ids decide, so these answers went to other items.",
    ),
    t(
        "编号和指标没有错的，把最后面隐藏的 id 栏整栏删去再交，就按编号读；请勿删行。",
        "If refs and questions are right, delete the whole hidden id column at the end, and the refs decide; do not delete rows.",
    ),
);
pub static REFS_DATES: FindingKind = FindingKind::new(
    "rows-refs-dates",
    Severity::Warning,
    t(
        "有 {count} 行的编号被表格软件变成了日期，这一行的 {own} 成了“{ref}”；题号没有变，按题号计。",
        "In {count} [row|rows] a spreadsheet has turned the ref into a date, {own} of this row into \"{ref}\"; the ids are whole and decide.",
    ),
    t(
        "请核对各行的答案对不对得上题目；要改，先把“编号”一栏设成文本格式，再从原表复制回来。",
        "Check that the answers meet their questions; to mend it, format the Ref column as text and copy it back from the original survey.",
    ),
);
pub static UNKNOWN_ID: FindingKind = FindingKind::new(
    "row-unknown-id",
    Severity::Error,
    t("题号“{id}”不在本体系中，按编号 {ref} 计。", "There is no item \"{id}\"; the ref {ref} decides."),
    t("请从原表把这一行的题号复制回来。", "Copy the id of the row back from the original survey."),
);
pub static UNKNOWN_ROW: FindingKind = FindingKind::new(
    "row-unknown",
    Severity::Error,
    t(
        "这一行填了答案，但编号“{ref}”、题号“{id}”都对不上任何题目，没有计分。",
        "This row is filled, but neither its ref \"{ref}\" nor its id \"{id}\" is an item's; it was not scored.",
    ),
    t("请从原表把编号和题号复制回来。", "Copy ref and id back from the original survey."),
);
pub static ROW_IGNORED: FindingKind = FindingKind::new(
    "row-ignored",
    Severity::Warning,
    t(
        "这一行没有编号和题号，填的“{text}”没有读。{run}",
        "This row has neither ref nor id, so the \"{text}\" typed in it was not read.{run}",
    ),
    t(
        "是答案的，请移到它那一题的行里，并把整栏同原件逐题对照，看上下几题的答案是不是也错了行；不是答案的，不必处理。",
        "If it is an answer, move it to its item's row, and compare the whole column with the original, as the answers above and below may have slipped too; if not, nothing need be done.",
    ),
);
pub static SECOND_LINE: FindingKind = FindingKind::new(
    "row-second-line",
    Severity::Warning,
    t(
        "这一行没有编号和题号，填的“{text}”没有读；它紧接在 {item} 下面，可能是同一题分几行填的。{run}",
        "This row has neither ref nor id, so the \"{text}\" typed in it was not read; it stands right below {item} and may be a second line of its answer.{run}",
    ),
    t(
        "是的话，请合成一个答案填在 {item} 那一行；是别的题的答案，请移到那一题的行里，并把整栏同原件逐题对照，看上下几题的答案是不是也错了行；都不是的，不必处理。",
        "If so, put one answer for both into the row of {item}; if it answers another item, move it to that item's row, and compare the whole column with the original, as the answers above and below may have slipped too; if neither, nothing need be done.",
    ),
);
pub static REF_COVERED: FindingKind = FindingKind::new(
    "row-ref-covered",
    Severity::Warning,
    t(
        "合并的单元格 {range} 盖住了这一行的编号，看起来是 {shown} 的又一行；{read}。",
        "The merged cell {range} covers the ref of this row, which looks like one more row of {shown}; {read}.",
    ),
    t(
        "请取消合并 {range}，补上盖掉的编号，核对这一行是哪一题；一题分了几行填的，请合成一个答案填在那一题的行里。",
        "Unmerge {range}, put back the ref that it covered and check which item this row is; where one item was answered in several rows, put one answer into its own row.",
    ),
);

pub static KINDS: [&FindingKind; 8] =
    [&REF_DIFFERS, &IDS_MOVED, &REFS_DATES, &UNKNOWN_ID, &UNKNOWN_ROW, &ROW_IGNORED, &SECOND_LINE, &REF_COVERED];

/// Items by id and by ref, as trimmed NFKC.
pub(super) struct Lookup<'a> {
    ids: HashMap<String, usize>,
    refs: HashMap<String, usize>,
    /// By the question in either language; items may share one.
    questions: HashMap<String, Vec<usize>>,
    pub tree: &'a Tree,
}

impl<'a> Lookup<'a> {
    pub fn of(tree: &'a Tree) -> Self {
        let by = |name: fn(&Item) -> &str| tree.items.iter().enumerate().map(|(index, item)| (normal(name(item)), index)).collect();
        let mut questions: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, item) in tree.items.iter().enumerate() {
            for side in [&item.question.zh, &item.question.en] {
                questions.entry(normal(side)).or_default().push(index);
            }
        }
        questions.remove("");
        Lookup { ids: by(|item| &item.id), refs: by(|item| &item.reference), questions, tree }
    }

    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.ids.get(&normal(id)).copied()
    }

    pub fn by_ref(&self, reference: &str) -> Option<usize> {
        self.refs.get(&normal(reference)).copied()
    }

    /// The first item whose question the text is, any mark apart, where it is not this item's too.
    pub fn other_asking(&self, item: usize, text: &str) -> Option<usize> {
        let text = normal(text);
        let marks = [Criticality::Normal, Criticality::Key, Criticality::Veto].map(Criticality::mark);
        let asking: Vec<usize> = marks.iter().filter_map(|mark| self.questions.get(text.strip_prefix(mark)?)).flatten().copied().collect();
        asking.first().copied().filter(|_| !asking.contains(&item))
    }

    /// Is the text, its mark apart, the item's question in either language?
    fn asks(&self, item: usize, text: &str) -> bool {
        let item = &self.tree.items[item];
        let text = normal(text);
        let text = text.strip_prefix(item.criticality.mark()).unwrap_or(&text);
        [&item.question.zh, &item.question.en].iter().any(|question| normal(question) == text)
    }
}

/// What a sheet holds below its header.
pub(super) struct Found {
    /// With the number of each row, from 0.
    pub rows: Vec<(u32, Row)>,
    /// Answers in rows without ref and id.
    pub strays: Vec<Stray>,
}

/// An answer in a row without ref and id.
pub(super) struct Stray {
    cell: RawCell,
    row: u32,
    /// The item with an answer that it stands right below, maybe with others between.
    below: Option<usize>,
}

impl Stray {
    pub fn is_in(&self, rows: &RangeInclusive<u32>) -> bool {
        rows.contains(&self.row)
    }
}

/// The merged cells over ref or id that begin in a row and reach below it.
#[derive(Clone, Copy, Default)]
struct Reach {
    /// Their last row.
    down_to: u32,
    /// Of those over the column that shows which item it is, the longest.
    shown: Option<(At, At)>,
}

/// By the rows in which they begin.
fn reaches(sheet: &Sheet, header: &Header) -> HashMap<u32, Reach> {
    let columns = [Column::Ref, Column::Id].map(|column| header.columns.get(&column).copied());
    let shows = columns.into_iter().flatten().next();
    let mut reaches: HashMap<u32, Reach> = HashMap::new();
    for (first @ (top, left), last @ (bottom, right)) in &sheet.merged {
        let over = |column: u32| (*left..=*right).contains(&column);
        if bottom > top && columns.iter().flatten().any(|column| over(*column)) {
            let known = reaches.entry(*top).or_default();
            known.down_to = known.down_to.max(*bottom);
            if shows.is_some_and(over) && known.shown.is_none_or(|(_, known)| known.0 < *bottom) {
                known.shown = Some((*first, *last));
            }
        }
    }
    reaches
}

pub(super) fn item_rows(sheet: &Sheet, header: &Header, kind: Kind, file: &str, lookup: &Lookup<'_>, findings: &mut Vec<Finding>) -> Found {
    let mut found = Found { rows: Vec::new(), strays: Vec::new() };
    let mut moved: Vec<(Place, Text)> = Vec::new();
    let mut dates: Vec<(Place, Vec<(&str, Text)>)> = Vec::new();
    let reaches = reaches(sheet, header);
    // The last row of the item above, where its ref is merged with rows below.
    let mut down_to = 0;
    // The cell merged over the refs of this row and those above, and the item that it shows.
    let mut shown: Option<((At, At), usize)> = None;
    for row in sheet.rows.keys().copied().filter(|row| *row > header.row) {
        let id = normal(&header.text(sheet, row, Column::Id));
        let reference = normal(&header.text(sheet, row, Column::Ref));
        let own = if kind == Kind::Review { None } else { header.raw(sheet, row, Column::Own) };
        let review = header.raw(sheet, row, Column::Review);
        let filled = [&own, &review].into_iter().flatten().find(|cell| !cell.typed.is_blank());
        let at = |column: Column| {
            let column =
                header.columns.get(&column).or_else(|| header.columns.get(&Column::Ref)).or_else(|| header.columns.get(&Column::Id));
            Place::cell(file, &sheet.name, row, column.copied().unwrap_or(0))
        };
        if id.is_empty() && reference.is_empty() {
            let above = found.rows.last().filter(|_| filled.is_some() && row <= down_to).map(|(_, above)| above.clone());
            match above {
                // The same item again.
                Some(above) => {
                    let anchor = at(Column::Ref).cell.unwrap_or_default();
                    found.rows.push((row, Row { own, review, anchor, ..above }));
                }
                None => {
                    let below = found.below(row);
                    // Left of a header that was split.
                    let filled = filled.filter(|cell| row != header.row + 1 || !PARTS.iter().any(|part| is(&cell.typed.text, part)));
                    found.strays.extend(filled.cloned().map(|cell| Stray { cell, row, below }));
                }
            }
            continue;
        }
        let (by_id, by_ref) = (lookup.ids.get(&id).copied(), lookup.refs.get(&reference).copied());
        let named = [("ref", Text::same(reference.clone())), ("id", Text::same(id.clone()))];
        let Some(item) = by_id.or(by_ref) else {
            // The header again, as on the pages of a printed table.
            if Column::named(&reference) == Some(Column::Ref) {
                continue;
            }
            if filled.is_some() {
                findings.push(UNKNOWN_ROW.at(at(Column::Ref), &named));
            }
            continue;
        };
        let reach = reaches.get(&row).copied().unwrap_or_default();
        down_to = reach.down_to;
        shown = shown.filter(|((_, last), _)| row <= last.0);
        if let Some((range, above)) = shown.filter(|(_, above)| *above != item) {
            findings.extend(covered(range, above, item, filled.or(own.as_ref()).or(review.as_ref()), &at(Column::Own), lookup.tree));
        }
        shown = reach.shown.map(|range| (range, item)).or(shown);
        let question = header.text(sheet, row, Column::Indicator);
        let torn = by_id.is_some() && !reference.is_empty() && by_ref != by_id;
        let moved_id = torn && by_ref.is_some_and(|by_ref| lookup.asks(by_ref, &question) && !lookup.asks(item, &question));
        if moved_id {
            moved.push((at(Column::Ref), Text::same(reference.clone())));
        } else if torn {
            let own = &lookup.tree.items[item].reference;
            let args = [&named[..], &[("own", Text::same(own.clone()))]].concat();
            if is_date_of(&reference, own) {
                dates.push((at(Column::Ref), args));
            } else {
                findings.push(REF_DIFFERS.at(at(Column::Ref), &args));
            }
        } else if by_id.is_none() && !id.is_empty() {
            findings.push(UNKNOWN_ID.at(at(Column::Id), &named));
        }
        found.rows.push((
            row,
            Row {
                item,
                moved_id,
                sheet: sheet.name.clone(),
                anchor: at(Column::Ref).cell.unwrap_or_default(),
                // A review workbook's are copies.
                evidence: if kind == Kind::Review { String::new() } else { header.text(sheet, row, Column::Evidence) },
                note: if kind == Kind::Review { String::new() } else { header.text(sheet, row, Column::Note) },
                review_note: header.text(sheet, row, Column::ReviewNote),
                verification: header.text(sheet, row, Column::Verification),
                verification_cell: header.cell(row, Column::Verification),
                others: header.text(sheet, row, Column::Others),
                others_cell: header.cell(row, Column::Others),
                own,
                review,
            },
        ));
    }
    if let Some((place, _)) = moved.first() {
        let refs: Vec<Text> = moved.iter().map(|(_, reference)| reference.clone()).collect();
        findings.push(IDS_MOVED.at(place.clone(), &[("count", refs.len().into()), ("refs", Text::some(&refs, NAMED))]));
    }
    if let Some((place, args)) = dates.first() {
        findings.push(REFS_DATES.at(place.clone(), &[&args[..], &[("count", dates.len().into())]].concat()));
    }
    found
}

/// Is it the day that a spreadsheet makes of a ref, `2002-01-01` or `2002/1/1` of `02.1.01`?
fn is_date_of(text: &str, reference: &str) -> bool {
    let numbers = |text: &str, between: &[char]| -> Option<Vec<u32>> { text.split(between).map(|part| part.parse().ok()).collect() };
    let (Some(day), Some(parts)) = (numbers(text, &['-', '/']), numbers(reference, &['.'])) else { return false };
    day.len() == 3 && day[0] >= 1900 && parts == [day[0] % 100, day[1], day[2]]
}

/// What is said of an item's row whose ref lies under a cell that shows another item's.
fn covered(range: (At, At), shown: usize, item: usize, cell: Option<&RawCell>, row: &Place, tree: &Tree) -> Option<Finding> {
    let cell = cell?;
    // That the answers are merged too is said of them.
    let ((_, left), (_, right)) = range;
    let column = place_of(&cell.cell).map(|(_, column)| column)?;
    if (left..=right).contains(&column) {
        return None;
    }
    let named = |item: usize| Text::from(tree.items[item].reference.clone());
    let read = if cell.typed.is_blank() {
        t("这里空着，{item} 按空白计", "the cell is empty, so {item} is blank")
    } else {
        t("填的“{text}”读作 {item} 的答案", "the \"{text}\" typed here was read as the answer to {item}")
    };
    let read = read.with(&[("item", named(item)), ("text", cell.typed.raw.trim().into())]);
    let range = format!("{}:{}", cell_name(range.0.0, range.0.1), cell_name(range.1.0, range.1.1));
    let place = Place { cell: Some(cell.cell.clone()), ..row.clone() };
    Some(REF_COVERED.at(place, &[("range", range.into()), ("shown", named(shown)), ("read", read)]))
}

impl Found {
    /// The item with an answer right above a row, or above strays that stand right above it.
    fn below(&self, row: u32) -> Option<usize> {
        let above = row.checked_sub(1)?;
        let item = self.rows.last().filter(|(at, row)| *at == above && row.is_filled()).map(|(_, row)| row.item);
        item.or_else(|| self.strays.last().filter(|stray| stray.row == above)?.below)
    }
}

/// What is said of an answer in a row without ref and id.
pub(super) fn stray(stray: &Stray, runs: &HashMap<u32, Text>, table: &Table<'_>) -> Finding {
    let place = table.place_of(&stray.cell);
    let text = ("text", stray.cell.typed.raw.trim().into());
    let run = ("run", runs.get(&stray.row).cloned().unwrap_or_default());
    match stray.below {
        Some(item) => SECOND_LINE.at(place, &[text, run, ("item", table.tree.items[item].reference.clone().into())]),
        None => ROW_IGNORED.at(place, &[text, run]),
    }
}
