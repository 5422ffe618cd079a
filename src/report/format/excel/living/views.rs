//! 计算_分面: which items stand under which word, and what they come to.

use crate::answers::MergedState;
use crate::report::format::excel::formula::quoted;
use crate::report::format::excel::living::grid::{Cell, Grid, Shape, at, on, range};
use crate::report::format::excel::living::{Context, items};
use crate::text::{Text, t};

/// Lines above the items.
pub const ITEMS: usize = 0;
pub const SCORED: usize = 1;
pub const SCORE: usize = 2;
pub const SHARE: usize = 3;
pub const LOSS: usize = 4;
const WEIGHTED: usize = 5;
const FIRST_ITEM: usize = 6;
/// Columns before the words.
const BEFORE: usize = 2;

pub fn cell_of(context: &Context<'_>, line: usize, view: usize) -> String {
    on(&context.views, &at(BEFORE + view, line))
}

pub fn views(context: &Context<'_>) -> Grid {
    let living = context.living;
    let end = FIRST_ITEM + living.items.len();
    let out = quoted(&format!("<>{}", context.word(MergedState::OutOfScope)));
    let names = [
        t("题数", "Items"),
        t("计分题数", "Scored"),
        t("加权平均得分", "Weighted mean score"),
        t("权重占比", "Weight in total"),
        t("失分", "Points lost"),
        t("Σ占比×得分", "Σ share × score"),
    ];
    let mut rows: Vec<Vec<Cell>> = names.into_iter().map(|name| vec![Cell::Empty, Cell::text(name.get(context.lang))]).collect();
    rows.extend(
        living.items.iter().map(|item| vec![Cell::text(item.result.reference.clone()), Cell::text(item.question.get(context.lang))]),
    );
    for (index, view) in living.views.iter().enumerate() {
        let column = BEFORE + index;
        let mask = range(column, FIRST_ITEM, end);
        let sum = |of: usize| format!("SUMIF({mask},1,{})", items::column_of(context, of));
        let row = &view.row;
        let weighted: f64 =
            row.members.iter().map(|item| &living.items[*item].result).filter_map(|item| item.score.map(|score| item.share * score)).sum();
        let (share, sum_of_scores) = (at(column, SHARE), at(column, WEIGHTED));
        let cells = [
            Cell::count(format!("COUNTIFS({mask},1,{},{out})", items::column_of(context, items::STATE)), row.items),
            Cell::count(format!("COUNTIFS({mask},1,{},\">0\")", items::column_of(context, items::COUNTED)), row.scored),
            Cell::maybe(format!("IF({share}>0,{sum_of_scores}/{share},\"\")"), row.score),
            Cell::number(sum(items::SHARE), row.share),
            Cell::number(sum(items::COUNTED_LOSS), row.loss),
            Cell::number(sum(items::SHARED_SCORE), weighted),
        ];
        let members =
            (0..living.items.len()).map(|item| if row.members.binary_search(&item).is_ok() { Cell::Number(1.0) } else { Cell::Empty });
        for (row, cell) in rows.iter_mut().zip(cells.into_iter().chain(members)) {
            row.push(cell);
        }
    }
    let mut columns = vec![Shape::Short.column(t("编号", "Ref"), 10.0), Shape::Text.column(t("指标", "Indicator"), 34.0)];
    let names = living.views.iter().map(|view| Text::join(&[view.view.clone(), view.row.name.clone()], "：", ": "));
    columns.extend(names.map(|name| Shape::Plain.column(name, 13.0)));
    Grid {
        name: context.views.clone(),
        title: t("计算：分面视图", "Calculation: views"),
        note: t("1 表示这题在这一面；上面几行按此求和。", "1 says that the item stands under the word; the lines on top sum by it."),
        columns,
        rows,
        frozen: 2,
        filter: false,
    }
}
