//! The rows of a sheet, each found by its id, else by its ref.

use std::collections::HashMap;

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::sheet::Sheet;
use crate::survey::filled::{Kind, NAMED, RawCell, Row};
use crate::survey::header::Header;
use crate::survey::layout::Column;
use crate::text::{Text, t};
use crate::tree::{Item, Tree};
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
    t("这一行没有编号和题号，填的“{text}”没有读。", "This row has neither ref nor id, so the \"{text}\" typed in it was not read."),
    t(
        "是答案的，请移到它那一题的行里，并看看上下几题的答案是不是也错了行；不是答案的，不必处理。",
        "If it is an answer, move it to its item's row, and see whether the answers above and below have slipped too; if not, nothing need be done.",
    ),
);

pub static KINDS: [&FindingKind; 5] = [&REF_DIFFERS, &IDS_MOVED, &UNKNOWN_ID, &UNKNOWN_ROW, &ROW_IGNORED];

/// Items by id and by ref, as trimmed NFKC.
pub(super) struct Lookup<'a> {
    ids: HashMap<String, usize>,
    refs: HashMap<String, usize>,
    tree: &'a Tree,
}

impl<'a> Lookup<'a> {
    pub fn of(tree: &'a Tree) -> Self {
        let by = |name: fn(&Item) -> &str| tree.items.iter().enumerate().map(|(index, item)| (normal(name(item)), index)).collect();
        Lookup { ids: by(|item| &item.id), refs: by(|item| &item.reference), tree }
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
    pub strays: Vec<RawCell>,
}

/// Down to which row the merged cell of ref or id reaches that begins in a row.
fn reaches(sheet: &Sheet, header: &Header) -> HashMap<u32, u32> {
    let columns = [Column::Ref, Column::Id].map(|column| header.columns.get(&column).copied());
    let mut reaches = HashMap::new();
    for ((top, left), (bottom, right)) in &sheet.merged {
        if bottom > top && columns.iter().flatten().any(|column| (left..=right).contains(&column)) {
            let known = reaches.entry(*top).or_insert(*bottom);
            *known = (*known).max(*bottom);
        }
    }
    reaches
}

pub(super) fn item_rows(sheet: &Sheet, header: &Header, kind: Kind, file: &str, lookup: &Lookup<'_>, findings: &mut Vec<Finding>) -> Found {
    let mut found = Found { rows: Vec::new(), strays: Vec::new() };
    let mut moved: Vec<(Place, Text)> = Vec::new();
    let reaches = reaches(sheet, header);
    // The last row of the item above, where its ref is merged with rows below.
    let mut down_to = 0;
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
                None => found.strays.extend(filled.cloned()),
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
        down_to = reaches.get(&row).copied().unwrap_or(0);
        let question = header.text(sheet, row, Column::Indicator);
        let torn = by_id.is_some() && !reference.is_empty() && by_ref != by_id;
        let moved_id = torn && by_ref.is_some_and(|by_ref| lookup.asks(by_ref, &question) && !lookup.asks(item, &question));
        if moved_id {
            moved.push((at(Column::Ref), Text::same(reference.clone())));
        } else if torn {
            let own = Text::same(lookup.tree.items[item].reference.clone());
            findings.push(REF_DIFFERS.at(at(Column::Ref), &[&named[..], &[("own", own)]].concat()));
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
    found
}

/// An answer in a row without ref and id.
pub(super) fn stray(stray: &RawCell, file: &str, sheet: &Sheet) -> Finding {
    let place = Place { cell: Some(stray.cell.clone()), ..Place::sheet(file, &sheet.name) };
    ROW_IGNORED.at(place, &[("text", stray.typed.raw.trim().into())])
}
