//! A table of a sheet, its header and rows found, and all that is said of it as a whole.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::finding::Finding;
use crate::place::Place;
use crate::scale::{Cause, State, Typed};
use crate::sheet::Sheet;
use crate::survey::filled::{Kind, RawCell, Row};
use crate::survey::header::Header;
use crate::survey::layout::Column;
use crate::survey::misplaced::state;
use crate::survey::rows::{Lookup, Stray};
use crate::survey::{beside, dragged, guides, letters, misplaced, nothing, questions, rows, scores, sorted, ticks, units, unseen};
use crate::tree::{Item, Tree};

pub(super) struct Table<'a> {
    pub sheet: &'a Sheet,
    pub header: &'a Header,
    /// With the number of each row, from 0, in their order.
    pub rows: &'a [(u32, Row)],
    pub file: &'a str,
    pub lookup: &'a Lookup<'a>,
    pub tree: &'a Tree,
    /// Was the workbook issued from this very tree? None where it does not say.
    pub of_this_tree: Option<bool>,
    states: OnceCell<Vec<State>>,
    column: OnceCell<Vec<(u32, Typed)>>,
}

/// What is said of a table, and what of it spoils which cells.
#[derive(Default)]
pub(super) struct Told {
    pub findings: Vec<Finding>,
    /// With the cell, or of the sheet as a whole.
    pub causes: Vec<(Option<String>, Cause)>,
    /// Items whose answer seems to stand in another column.
    pub elsewhere: Vec<usize>,
    /// Need its answers not be those of their items?
    pub astray: bool,
}

impl<'a> Table<'a> {
    pub fn new(
        sheet: &'a Sheet,
        header: &'a Header,
        rows: &'a [(u32, Row)],
        file: &'a str,
        lookup: &'a Lookup<'a>,
        of_this_tree: Option<bool>,
    ) -> Self {
        Table { sheet, header, rows, file, lookup, tree: lookup.tree, of_this_tree, states: OnceCell::new(), column: OnceCell::new() }
    }

    pub fn item(&self, row: &Row) -> &'a Item {
        &self.tree.items[row.item]
    }

    pub fn place(&self) -> Place {
        Place::sheet(self.file, &self.sheet.name)
    }

    pub fn at(&self, row: u32, column: u32) -> Place {
        Place::cell(self.file, &self.sheet.name, row, column)
    }

    pub fn place_of(&self, cell: &RawCell) -> Place {
        Place { cell: Some(cell.cell.clone()), ..self.place() }
    }

    /// What the self-rating of each row is read as, whatever reason it needs.
    pub fn states(&self) -> &[State] {
        let read = |(_, row): &(u32, Row)| row.own.as_ref().map_or(State::Blank, |own| state(&own.typed, self.item(row)));
        self.states.get_or_init(|| self.rows.iter().map(read).collect())
    }

    /// The self-ratings that are not blank, with their items and as what they are read.
    pub fn answered(&self) -> impl Iterator<Item = (&'a RawCell, &'a Item, &State)> {
        let own = |((_, row), state): (&'a (u32, Row), _)| Some((row.own.as_ref()?, self.item(row), state));
        self.rows.iter().zip(self.states()).filter_map(own).filter(|(own, ..)| !own.typed.is_blank())
    }

    /// All that is filled under 自评, in rows of no item too.
    pub fn column(&self) -> &[(u32, Typed)] {
        self.column.get_or_init(|| {
            let Some(column) = self.header.columns.get(&Column::Own) else { return Vec::new() };
            let below = self.sheet.rows.range(self.header.row + 1..).map(|(row, cells)| (*row, Typed::of(cells.get(column))));
            below.filter(|(_, typed)| !typed.is_blank()).collect()
        })
    }

    /// All that its header and rows show together.
    pub fn told(&self, kind: Kind, strays: &[Stray]) -> Told {
        let mut told = Told::default();
        let mut doubts = self.header.doubts(self.sheet, kind, self.file);
        doubts.extend(beside::respondents(self));
        let (said, cells) = units::units(self);
        doubts.extend(said);
        told.causes.extend(cells.into_iter().map(|cell| (Some(cell), Cause::Beside)));
        if kind == Kind::Survey {
            told.findings.extend(beside::other_answers(self, |place| doubts.iter().any(|doubt| doubt.place == *place)));
        }
        told.findings.append(&mut doubts);
        self.misplaced(strays, &mut told);
        let (scored, like_scores) = scores::scores(self);
        for (cause, said) in [(Cause::Scores, scored), (Cause::Misread, letters::letters(self))] {
            told.spoilt(cause, said);
        }
        told.findings.extend(like_scores);
        told.findings.extend(dragged::dragged(self));
        told.findings.extend(nothing::none_or_all(self));
        let (ticked, blank) = ticks::in_guide(self);
        told.findings.extend(ticked);
        told.elsewhere.extend(blank);
        told.findings.extend(guides::edited(self));
        let merged = unseen::look(self, &mut told.findings);
        told.causes.extend(merged.into_iter().map(|cell| (Some(cell), Cause::Merged)));
        told
    }

    /// Answers at other items than theirs. Those that moved with their questions are put right with them, not by themselves.
    fn misplaced(&self, strays: &[Stray], told: &mut Told) {
        let moved = questions::moved(self);
        let most_moved = moved.as_ref().is_some_and(|(_, most)| *most);
        let (slipped, astray) = if most_moved { None } else { misplaced::slipped(self) }.unzip();
        // Seldom needed, and it reads the column again.
        let runs = if strays.is_empty() { HashMap::new() } else { misplaced::runs(self) };
        let strays = strays.iter().filter(|stray| !astray.as_ref().is_some_and(|rows| stray.is_in(rows)));
        told.findings.extend(strays.map(|stray| rows::stray(stray, &runs, self)));
        let sorted = if slipped.is_none() && moved.is_none() { sorted::sorted(self) } else { None };
        told.astray = slipped.is_some() || sorted.is_some() || most_moved;
        told.causes.extend(self.rows.iter().any(|(_, row)| row.moved_id).then_some((None, Cause::IdsMoved)));
        told.findings.extend(moved.map(|(said, _)| said));
        told.spoilt(Cause::Slipped, slipped);
        told.findings.extend(sorted);
    }
}

impl Told {
    fn spoilt(&mut self, cause: Cause, said: Option<Finding>) {
        self.causes.extend(said.is_some().then_some((None, cause)));
        self.findings.extend(said);
    }
}
