//! Several copies of one issue: each department fills in its own rows, and sends its own copy.

use crate::finding::Finding;
use crate::ledger::alike::same_words;
use crate::ledger::filled::{Filled, Filling, Row, Said};
use crate::ledger::layout::Column;
use crate::ledger::store::Stored;
use crate::ledger::texts::{DISPUTED, NOT_RETURNED, ROW_MISSING};
use crate::place::Place;
use crate::text::{Text, t};

/// Were two ledgers one when they were handed out?
pub fn is_copy(one: &Filled, other: &Filled) -> bool {
    one.issue == other.issue && one.results_sha256 == other.results_sha256 && one.start == other.start && one.stored == other.stored
}

/// Copies as one ledger: of each row what was filled in, wherever it was; what was filled in differently stands as it was written.
/// Copies on which nobody worked lend the rows that others left out.
pub fn merged(mut copies: Vec<Filled>) -> Option<Filled> {
    copies.sort_by(|one, two| one.files.cmp(&two.files));
    let worked_on: Vec<&Filled> = copies.iter().filter(|copy| copy.touched).collect();
    let first = *worked_on.first()?;
    if copies.len() == 1 && first.part.is_empty() {
        return copies.into_iter().next();
    }
    let (mut rows, mut said) = (Vec::new(), Vec::new());
    for stored in &first.stored {
        let (row, findings) = one_row(stored, &copies, &worked_on);
        rows.extend(row);
        said.extend(findings.into_iter().map(|finding| Said { id: Some(stored.id.clone()), finding }));
    }
    if worked_on.iter().any(|copy| !copy.part.is_empty()) {
        said.extend(not_returned(first, &worked_on));
    }
    // Rows that belong to no item of the ledger.
    let strays = worked_on.iter().flat_map(|copy| copy.said.iter().filter(|said| said.id.is_none()).cloned());
    said.extend(strays);
    rows.extend(first.rows.iter().filter(|row| row.earlier).cloned());
    let files = worked_on.iter().flat_map(|copy| copy.files.clone()).collect();
    Some(Filled { files, rows, said, ..first.clone() })
}

/// One row of all copies, and what is said of it.
fn one_row(stored: &Stored, copies: &[Filled], worked_on: &[&Filled]) -> (Option<Row>, Vec<Finding>) {
    let of = |copy: &Filled| -> Vec<Finding> {
        let own = |said: &&Said| said.id.as_deref() == Some(stored.id.as_str()) && said.finding.code != ROW_MISSING.code;
        copy.said.iter().filter(own).map(|said| said.finding.clone()).collect()
    };
    let there: Vec<(&Filled, &Row)> = copies.iter().filter_map(|copy| Some((copy, row_of(copy, &stored.id)?))).collect();
    let filled: Vec<(&Filled, &Row)> = there.iter().copied().filter(|(_, row)| is_changed(row, stored)).collect();
    let Some((copy, row)) = filled.first().or(there.first()).copied() else {
        // It is gone from all of them, or in the ledger of one that has not come back.
        let rows = || worked_on.iter().flat_map(|copy| &copy.rows).filter(|row| row.id == stored.id);
        let row = rows().find(|row| row.gone).or(rows().next()).cloned();
        let missing = |said: &&Said| said.id.as_deref() == Some(stored.id.as_str());
        let said = worked_on.iter().find_map(|copy| copy.said.iter().find(missing)).map(|said| said.finding.clone());
        return (row, said.into_iter().collect());
    };
    let Some((other, columns)) = filled.iter().find_map(|(_, other)| Some((*other, differing(row, other)?))) else {
        return (Some(row.clone()), of(copy));
    };
    let cells = |row: &Row| {
        let places = row.cells.iter().filter(|cell| columns.contains(&cell.column)).map(|cell| cell.place.show());
        Text::join(&places.collect::<Vec<Text>>(), "、", "; ")
    };
    let texts = |row: &Row| {
        let said = |cell: &Filling| if cell.text.is_empty() { t("空着", "empty") } else { cell.text.clone().into() };
        let texts = row.cells.iter().filter(|cell| columns.contains(&cell.column)).map(said);
        Text::join(&texts.collect::<Vec<Text>>(), "、", ", ")
    };
    let names: Vec<Text> = columns.iter().map(|column| column.words()).collect();
    let place = row.cells.iter().find(|cell| columns.first() == Some(&cell.column)).map(|cell| cell.place.clone()).unwrap_or_default();
    let finding = DISPUTED.at(
        place,
        &[
            ("ref", row.reference.clone().into()),
            ("columns", Text::join(&names, "、", ", ")),
            ("first", cells(row)),
            ("one", texts(row)),
            ("second", cells(other)),
            ("two", texts(other)),
        ],
    );
    let as_written = Row {
        reference: row.reference.clone(),
        question: row.question.clone(),
        problem: row.problem.clone(),
        proof: row.proof.clone(),
        score: row.score,
        target: row.target,
        disputed: true,
        ..stored.row()
    };
    (Some(as_written), vec![finding])
}

fn row_of<'a>(copy: &'a Filled, id: &str) -> Option<&'a Row> {
    copy.rows.iter().find(|row| row.id == id && !row.gone && !row.elsewhere && !row.earlier)
}

/// Whose rows nobody has filled in, where each responsible unit was sent its own.
fn not_returned(first: &Filled, worked_on: &[&Filled]) -> Vec<Said> {
    let mut owners: Vec<(&str, Vec<Text>)> = Vec::new();
    for stored in first.stored.iter().filter(|stored| worked_on.iter().all(|copy| is_elsewhere(copy, &stored.id))) {
        let reference = first.rows.iter().find(|row| row.id == stored.id).map(|row| row.reference.clone()).unwrap_or_default();
        match owners.iter_mut().find(|(owner, _)| *owner == stored.owner) {
            Some((_, refs)) => refs.push(reference.into()),
            None => owners.push((&stored.owner, vec![reference.into()])),
        }
    }
    let finding = |(owner, refs): (&str, Vec<Text>)| {
        let args = [("owner", owner.to_string().into()), ("count", refs.len().into()), ("refs", Text::some(&refs, 10))];
        Said { id: None, finding: NOT_RETURNED.at(Place::default(), &args) }
    };
    owners.into_iter().map(finding).collect()
}

fn is_elsewhere(copy: &Filled, id: &str) -> bool {
    copy.rows.iter().any(|row| row.id == id && row.elsewhere)
}

/// Was anything filled in since the row was written?
fn is_changed(row: &Row, stored: &Stored) -> bool {
    row.cells.iter().any(|cell| stored.text(cell.column).is_some_and(|written| !same_words(&written, &cell.text)))
}

/// The columns in which two rows differ; none where they say the same.
fn differing(one: &Row, two: &Row) -> Option<Vec<Column>> {
    let same = |cell: &&Filling| two.cells.iter().any(|other| other.column == cell.column && same_words(&other.text, &cell.text));
    let columns: Vec<_> = one.cells.iter().filter(|cell| !same(cell)).map(|cell| cell.column).collect();
    (!columns.is_empty()).then_some(columns)
}
