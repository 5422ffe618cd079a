//! 计算_题目: from the lines of an item to its state, score, share and loss.

use crate::answers::MergedState;
use crate::policy::Merge;
use crate::report::format::excel::living::answers::{BELOW, WORTH, WORTH_STATE};
use crate::report::format::excel::living::grid::{Cell, Grid, Shape, at, fine, on, part, range};
use crate::report::format::excel::living::{Context, groups, total};
use crate::report::living::Item;
use crate::text::{Text, t};
use crate::tree::Criticality;

pub const PARENT: usize = 3;
pub const TOP: usize = 4;
pub const KIND: usize = 5;
pub const WEIGHT: usize = 6;
const TARGET: usize = 7;
pub const STATE: usize = 8;
const MERGED: usize = 9;
pub const SCORE: usize = 10;
pub const LOW: usize = 11;
pub const HIGH: usize = 12;
pub const SHARE: usize = 13;
const GAP: usize = 14;
pub const LOSS: usize = 15;
pub const CUMULATIVE_PART: usize = 16;
const CUMULATIVE: usize = 17;
pub const COUNTED: usize = 18;
pub const WEIGHTED: usize = 19;
pub const BOUNDS_COUNTED: usize = 20;
pub const WEIGHTED_LOW: usize = 21;
pub const WEIGHTED_HIGH: usize = 22;
const FULL: usize = 23;
pub const SCOPE: usize = 24;
pub const KEPT: usize = 25;
pub const FAILED: usize = 26;
pub const FAILED_AT_WORST: usize = 27;
const ORDERED: usize = 28;
pub const COUNTED_LOSS: usize = 29;
pub const SHARED_SCORE: usize = 30;

/// A column of all items, from another sheet.
pub fn column_of(context: &Context<'_>, column: usize) -> String {
    on(&context.items, &range(column, 0, context.living.items.len()))
}

pub fn cell_of(context: &Context<'_>, column: usize, item: usize) -> String {
    on(&context.items, &at(column, item))
}

/// The word under which an item's kind is counted.
pub fn kind(criticality: Criticality) -> Text {
    match criticality {
        Criticality::Normal => t("一般", "ordinary"),
        Criticality::Key => t("关键项", "key"),
        Criticality::Veto => t("否决项", "veto"),
    }
}

pub fn items(context: &Context<'_>) -> Grid {
    let rows = (0..context.living.items.len()).map(|index| cells(context, index)).collect();
    Grid {
        name: context.items.clone(),
        title: t("计算：每题的状态、得分、份额、失分", "Calculation: state, score, share and loss of each item"),
        note: t(
            "权重和目标是本次评估所用的数；序号是“计算_分组”页的序号，0 是总分。“计入”各列是求和所用的中间数。",
            "Weights and targets are those of this assessment; numbers of groups are those of the sheet Calc groups, 0 is the total. The columns from \"weight counted\" on are on the way to the sums.",
        ),
        columns: vec![
            Shape::Short.column(t("编号", "Ref"), 10.0),
            Shape::Text.column(t("指标", "Indicator"), 34.0),
            Shape::Short.column(t("所属", "Group"), 9.0),
            Shape::Whole.column(t("所属序号", "Group no."), 9.0),
            Shape::Whole.column(t("一级序号", "Level-1 no."), 9.0),
            Shape::Short.column(t("类别", "Kind"), 10.0),
            Shape::Plain.column(t("权重", "Weight"), 9.0),
            Shape::Plain.column(t("目标", "Target"), 9.0),
            Shape::Short.column(t("状态", "State"), 11.0),
            fine(t("合并得分率", "Merged worth")),
            fine(t("得分", "Score")),
            fine(t("最低", "Low")),
            fine(t("最高", "High")),
            part(t("权重占比", "Weight in total")),
            fine(t("差距", "Gap")),
            fine(t("失分", "Points lost")),
            part(t("累计占全部失分", "Cumulative share of loss")),
            fine(t("累计失分", "Cumulative loss")),
            fine(t("计入的权重", "Weight counted")),
            fine(t("权重×得分", "Weight × score")),
            fine(t("计入上下限的权重", "Weight in bounds")),
            fine(t("权重×最低", "Weight × low")),
            fine(t("权重×最高", "Weight × high")),
            part(t("无人退出时占比", "Full share")),
            part(t("其中在范围内", "Of it in scope")),
            part(t("其中计分", "Of it scored")),
            Shape::Whole.column(t("未达标", "Failed"), 8.0),
            Shape::Whole.column(t("未知的算未达标", "Failed, unknowns failed"), 9.0),
            fine(t("失分（排序用）", "Loss (for order)")),
            fine(t("失分（求和用）", "Loss (for sums)")),
            fine(t("占比×得分", "Share × score")),
        ],
        rows,
        frozen: 2,
        filter: true,
    }
}

fn cells(context: &Context<'_>, index: usize) -> Vec<Cell> {
    let living = context.living;
    let item = &living.items[index];
    let result = &item.result;
    let own = |column: usize| at(column, index);
    let [answered, na, no_data, blank, unreadable, out] = [
        MergedState::Answered,
        MergedState::NotApplicable,
        MergedState::NoData,
        MergedState::Blank,
        MergedState::Unreadable,
        MergedState::OutOfScope,
    ]
    .map(|state| context.quoted(state));
    let (state, score, low, high) = (own(STATE), own(SCORE), own(LOW), own(HIGH));
    let is_answered = format!("{state}={answered}");
    let unknown = format!("OR({state}={blank},{state}={unreadable})");
    let scored = if living.exclude_missing() {
        format!("IF({is_answered},100*{},IF({state}={no_data},0,\"\"))", own(MERGED))
    } else {
        format!("IF({is_answered},100*{},IF(OR({state}={na},{state}={out}),\"\",0))", own(MERGED))
    };
    // What left has no score: an empty text.
    let unless_left = |of: &str, otherwise: &str, then: String| format!("IF({of}=\"\",{otherwise},{then})");
    let (share, counted, full) = match item.parent {
        Some(parent) => (
            groups::cell_of(context, groups::SHARE, parent),
            groups::cell_of(context, groups::COUNTED_SUM, parent),
            format!(
                "{}*{}/{}",
                groups::cell_of(context, groups::FULL, parent),
                own(WEIGHT),
                groups::cell_of(context, groups::WEIGHT_SUM, parent)
            ),
        ),
        None => (
            total::cell_of(context, total::SHARE),
            total::cell_of(context, total::COUNTED_SUM),
            format!("{}/{}", own(WEIGHT), total::cell_of(context, total::WEIGHT_SUM)),
        ),
    };
    let end = living.items.len();
    let ordered = range(ORDERED, 0, end);
    let losses = range(COUNTED_LOSS, 0, end);
    let cumulative = format!(
        "SUMPRODUCT(({ordered}>{own_order})*{losses})+SUMPRODUCT(({before}={own_order})*{losses_before})",
        own_order = own(ORDERED),
        before = range(ORDERED, 0, index + 1),
        losses_before = range(COUNTED_LOSS, 0, index + 1),
    );
    let all_loss = total::cell_of(context, total::LOSS);
    let when = |condition: bool, value: f64| if condition { value } else { 0.0 };
    let (weight, in_bounds) = (result.weight, item.low.is_some());
    let (low_value, high_value) = (item.low.unwrap_or(0.0), item.high.unwrap_or(0.0));
    let score_value = result.score.unwrap_or(0.0);
    let is_scored = result.score.is_some();
    let loss_sum = living.loss();
    let part = result.cumulative_loss.map(|loss| if loss_sum > 0.0 { loss / loss_sum } else { 0.0 });
    let number_of = |group: Option<usize>| Cell::Number(group.map_or(0.0, |group| (group + 1) as f64));
    let (failed, failed_at_worst) = failed(context, item, index, &unknown);
    vec![
        Cell::text(result.reference.clone()),
        Cell::text(item.question.get(context.lang)),
        Cell::text(result.parent.clone().unwrap_or_default()),
        number_of(item.parent),
        number_of(item.top),
        Cell::text(kind(item.criticality).get(context.lang)),
        Cell::Number(weight),
        Cell::Number(result.target),
        Cell::word(state_formula(context, item), context.word(item.state)),
        Cell::maybe(format!("IF({is_answered},{},\"\")", merge_formula(context, item)), item.worth),
        Cell::maybe(scored, result.score),
        Cell::maybe(format!("IF({unknown},0,{score})"), item.low),
        Cell::maybe(format!("IF({unknown},100,{score})"), item.high),
        Cell::number(unless_left(&score, "0", format!("{share}*{}/{counted}", own(WEIGHT))), result.share),
        Cell::maybe(unless_left(&score, "\"\"", format!("MAX(0,{}-{score})", own(TARGET))), result.gap),
        Cell::maybe(unless_left(&score, "\"\"", format!("{}*{}", own(SHARE), own(GAP))), result.loss),
        Cell::maybe(unless_left(&score, "\"\"", format!("IF({all_loss}>0,{}/{all_loss},0)", own(CUMULATIVE))), part),
        Cell::maybe(unless_left(&score, "\"\"", cumulative), result.cumulative_loss),
        Cell::number(unless_left(&score, "0", own(WEIGHT)), when(is_scored, weight)),
        Cell::number(unless_left(&score, "0", format!("{}*{score}", own(WEIGHT))), weight * score_value),
        Cell::number(unless_left(&low, "0", own(WEIGHT)), when(in_bounds, weight)),
        Cell::number(unless_left(&low, "0", format!("{}*{low}", own(WEIGHT))), weight * low_value),
        Cell::number(unless_left(&high, "0", format!("{}*{high}", own(WEIGHT))), weight * high_value),
        Cell::number(full, item.full_share),
        Cell::number(format!("IF({state}={out},0,{})", own(FULL)), when(item.state != MergedState::OutOfScope, item.full_share)),
        Cell::number(unless_left(&score, "0", own(FULL)), when(is_scored, item.full_share)),
        failed,
        failed_at_worst,
        Cell::number(unless_left(&score, "-1", format!("ROUND({},9)", own(LOSS))), item.ordered_loss()),
        Cell::number(unless_left(&score, "0", own(LOSS)), result.loss.unwrap_or(0.0)),
        Cell::number(unless_left(&score, "0", format!("{}*{score}", own(SHARE))), result.share * score_value),
    ]
}

/// The lines of an item on the sheet of worths.
fn lines(context: &Context<'_>, item: &Item, column: usize) -> String {
    let reference = if item.lines.len() == 1 { at(column, item.lines.start) } else { range(column, item.lines.start, item.lines.end) };
    on(&context.worths, &reference)
}

/// Answered if anybody answered, else no data, not applicable, unreadable, blank.
fn state_formula(context: &Context<'_>, item: &Item) -> String {
    let states = lines(context, item, WORTH_STATE);
    if item.lines.len() == 1 {
        return states;
    }
    let order = [MergedState::OutOfScope, MergedState::Answered, MergedState::NoData, MergedState::NotApplicable, MergedState::Unreadable];
    order.iter().rev().fold(context.quoted(MergedState::Blank), |otherwise, state| {
        let word = context.quoted(*state);
        format!("IF(COUNTIF({states},{word})>0,{word},{otherwise})")
    })
}

fn merge_formula(context: &Context<'_>, item: &Item) -> String {
    let worths = lines(context, item, WORTH);
    if item.lines.len() == 1 {
        return worths;
    }
    let function = match context.living.policy.merge {
        Merge::Mean => "AVERAGE",
        Merge::Median => "MEDIAN",
        Merge::Min => "MIN",
        Merge::Max => "MAX",
    };
    format!("{function}({worths})")
}

/// A veto that failed, a key item at 0; with the unknowns passed, and failed.
fn failed(context: &Context<'_>, item: &Item, index: usize, unknown: &str) -> (Cell, Cell) {
    let met = match item.criticality {
        Criticality::Normal => return (Cell::Off, Cell::Off),
        Criticality::Veto => format!("SUM({})>0", lines(context, item, BELOW)),
        Criticality::Key => format!("{}=0", at(MERGED, index)),
    };
    let state = at(STATE, index);
    let (answered, no_data) = (context.quoted(MergedState::Answered), context.quoted(MergedState::NoData));
    let known = format!("IF({state}={answered},IF({met},1,0),IF({state}={no_data},1,0))");
    let worst = format!("IF({unknown},1,{})", at(FAILED, index));
    (Cell::count(known, usize::from(item.failed)), Cell::count(worst, usize::from(item.failed_at_worst)))
}
