//! An answer that is not the one of a report: the cell the report took it from, what stands there now, and what counts instead.

use crate::analysis::steps::counting_cells;
use crate::place::{Place, inside_out};
use crate::report::assessment::shown;
use crate::result::{AnswerResult, CellResult, ItemResult, Results};
use crate::text::{Text, one_line, t};
use crate::tree::Tree;
use crate::verify::{self, Difference, Printed};

/// A difference in the answers as a reader can look it up: never a cell that the report did not use as if it had.
pub fn answered(one: &Difference, printed: &Printed, results: &Results, tree: &Tree) -> Text {
    let reference = one.key.rsplit(' ').next().unwrap_or_default();
    let (reported, recomputed) = one.what.texts();
    let Some(index) = results.items.iter().position(|item| item.reference == reference) else { return one.line() };
    let now = Now { item: &results.items[index], index, results, tree };
    let counting = now.counting();
    let then: Vec<String> = verify::sources(printed, reference).iter().map(|source| verify::as_read(source)).collect();
    let places = Text::join(&counting.iter().filter_map(Cell::place).collect::<Vec<_>>(), "、", " and ");
    let stays = !then.is_empty() && then.iter().eq(counting.iter().map(|cell| &cell.source));
    let was = if verify::is_blank(&reported) {
        t("{item}：报告里是空白", "{item}: blank in the report")
    } else if then.is_empty() || stays {
        t("{item}：报告所用的是“{reported}”", "{item}: the report used \"{reported}\"")
    } else {
        t("{item}：报告所用的是“{reported}”（{sources}）", "{item}: the report used \"{reported}\" ({sources})")
    };
    let is = match (counting.is_empty(), places.is_empty()) {
        (true, _) if now.said().any(|cell| !cell.is_blank()) => t("现在没有可以采用的答案", "now no answer counts"),
        (true, _) => t("现在没有人作答", "now nobody has answered"),
        (false, true) => t("现在用的是“{recomputed}”", "now \"{recomputed}\" counts"),
        (false, false) if stays => t("现在 {places} 填的是“{recomputed}”", "now {places} says \"{recomputed}\""),
        (false, false) => t("现在用的是 {places} 的“{recomputed}”", "now \"{recomputed}\" of {places} counts"),
    };
    let files: Vec<String> = printed.digests().into_iter().map(|(_, name)| name).collect();
    let sources: Vec<Text> = then.iter().map(|source| now.source(source, &files)).collect();
    Text::join(&[was, is], "，", ", ").with(&[
        ("item", reference.into()),
        ("reported", reported.into()),
        ("sources", Text::join(&sources, "；", "; ")),
        ("places", places),
        ("recomputed", recomputed.into()),
    ])
}

/// A filled or empty cell of an item, under the name a report gives it.
struct Cell<'a> {
    answer: &'a AnswerResult,
    cell: CellResult,
    source: String,
}

impl<'a> Cell<'a> {
    fn of(answer: &'a AnswerResult, cell: CellResult) -> Self {
        let source = verify::as_read(&one_line(&inside_out(&cell.cell, &answer.place.sheet, &answer.place.file)));
        Cell { answer, cell, source }
    }

    fn is_blank(&self) -> bool {
        self.cell.state == "blank"
    }

    /// Where it stands; a redacted report does not say.
    fn place(&self) -> Option<Text> {
        let place = &self.answer.place;
        (!place.file.is_empty()).then(|| Place { cell: Some(self.cell.cell.clone()), ..Place::sheet(&place.file, &place.sheet) }.show())
    }
}

/// An item as the surveys now answer it.
struct Now<'a> {
    item: &'a ItemResult,
    index: usize,
    results: &'a Results,
    tree: &'a Tree,
}

impl<'a> Now<'a> {
    /// The cells that a report would print as its sources.
    fn counting(&self) -> Vec<Cell<'a>> {
        counting_cells(self.item).into_iter().map(|(answer, cell)| Cell::of(answer, cell)).filter(|cell| !cell.is_blank()).collect()
    }

    /// Every cell for an answer to it.
    fn said(&self) -> impl Iterator<Item = Cell<'a>> {
        self.item.answers.iter().flat_map(|answer| {
            let review = answer.review.as_ref().map(|review| CellResult {
                text: review.text.clone(),
                state: review.state.clone(),
                score: review.score,
                cell: review.cell.clone(),
            });
            [answer.own.clone(), review].into_iter().flatten().map(move |cell| Cell::of(answer, cell))
        })
    }

    /// A source as the report prints it, and what has become of it.
    fn source(&self, source: &str, files: &[String]) -> Text {
        let known = |file: &&str| source.strip_suffix(*file).is_some_and(|rest| rest.ends_with(' '));
        let inputs: Vec<String> = self.results.inputs.iter().map(|input| verify::as_read(&one_line(&input.file))).collect();
        let Some(file) = files.iter().chain(&inputs).map(|file| file.trim()).filter(known).max_by_key(|file| file.len()) else {
            return source.into();
        };
        let (cell, sheet) = source[..source.len() - file.len()].trim_end().split_once(' ').unwrap_or_default();
        let place = Place { cell: Some(cell.to_string()), ..Place::sheet(file, sheet) }.show();
        let there = self.said().find(|cell| cell.source == source);
        let words = match &there {
            Some(cell) if cell.is_blank() => t("{place}：现在是空的", "{place}: now empty"),
            Some(cell) if self.counting().iter().any(|other| other.source == cell.source) => t("{place}", "{place}"),
            Some(_) => t("{place}：现在填的是“{text}”，没有采用", "{place}: now \"{text}\", which does not count"),
            None if inputs.iter().any(|input| input == file) => t("{place}：现在读不到这一题", "{place}: now without this item"),
            None => t("{place}：这份表现在没有给出", "{place}: this survey is not among those named"),
        };
        let text = there.map(|cell| shown(self.tree, self.index, &cell.cell.text, &cell.cell.state)).unwrap_or_default();
        words.with(&[("place", place), ("text", text)])
    }
}
