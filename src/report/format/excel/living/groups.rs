//! 计算_分组: sums over the children of each group, its score, bounds, share, loss, coverage and grade.

use crate::answers::MergedState;
use crate::report::format::excel::living::grid::{Cell, Grid, Shape, at, fine, on, part, range};
use crate::report::format::excel::living::{Context, items, total};
use crate::result::Counts;
use crate::text::{Text, t};
use crate::tree::Criticality;

const NUMBER: usize = 2;
const LEVEL: usize = 4;
pub const PARENT: usize = 3;
const WEIGHT: usize = 5;
const TARGET: usize = 6;
pub const SCORE: usize = 7;
pub const LOW: usize = 8;
pub const HIGH: usize = 9;
pub const ROUNDED: usize = 10;
const BAND: usize = 11;
pub const GRADE: usize = 12;
pub const SHARE: usize = 13;
const GAP: usize = 14;
pub const LOSS: usize = 15;
pub const COVERAGE: usize = 16;
pub const ITEMS: usize = 17;
pub const NOT_APPLICABLE: usize = 18;
pub const MISSING: usize = 19;
const KEYS_FAILED: usize = 20;
pub const COUNTED_SUM: usize = 21;
const WEIGHTED_SUM: usize = 22;
const BOUNDS_SUM: usize = 23;
const LOW_SUM: usize = 24;
const HIGH_SUM: usize = 25;
pub const WEIGHT_SUM: usize = 26;
pub const FULL: usize = 27;
const SCOPE: usize = 28;
const KEPT: usize = 29;
const COUNTED: usize = 30;
const WEIGHTED: usize = 31;
const BOUNDS_COUNTED: usize = 32;
const WEIGHTED_LOW: usize = 33;
const WEIGHTED_HIGH: usize = 34;
const ORDERED: usize = 35;
pub const RANK: usize = 36;

pub fn cell_of(context: &Context<'_>, column: usize, group: usize) -> String {
    on(&context.groups, &at(column, group))
}

/// What a node sums over its children: a column of items, the column of groups that goes with it.
#[derive(Clone, Copy)]
pub struct Summed {
    pub items: usize,
    pub groups: usize,
}

pub const COUNTED_OF: Summed = Summed { items: items::COUNTED, groups: COUNTED };
pub const WEIGHTED_OF: Summed = Summed { items: items::WEIGHTED, groups: WEIGHTED };
pub const BOUNDS_OF: Summed = Summed { items: items::BOUNDS_COUNTED, groups: BOUNDS_COUNTED };
pub const LOW_OF: Summed = Summed { items: items::WEIGHTED_LOW, groups: WEIGHTED_LOW };
pub const HIGH_OF: Summed = Summed { items: items::WEIGHTED_HIGH, groups: WEIGHTED_HIGH };
pub const WEIGHT_OF: Summed = Summed { items: items::WEIGHT, groups: WEIGHT };
const SCOPE_OF: Summed = Summed { items: items::SCOPE, groups: SCOPE };
const KEPT_OF: Summed = Summed { items: items::KEPT, groups: KEPT };

/// The sum over the children of a group, or of the total; groups stand behind their parents, so that no cell sums itself.
pub fn sum(context: &Context<'_>, parent: Option<usize>, summed: Summed) -> String {
    let number = parent.map_or(0, |parent| parent + 1);
    let of_items = children(context, parent).0.then(|| {
        let (numbers, values) = (items::column_of(context, items::PARENT), items::column_of(context, summed.items));
        format!("SUMIF({numbers},{number},{values})")
    });
    let parts: Vec<String> = of_items.into_iter().chain(sum_of_groups(context, parent, summed.groups)).collect();
    if parts.is_empty() { "0".to_string() } else { parts.join("+") }
}

/// Has the node items of its own; the groups from its first to its last.
fn children(context: &Context<'_>, parent: Option<usize>) -> (bool, Option<(usize, usize)>) {
    let living = context.living;
    let mut own = (0..living.groups.len()).filter(|index| living.groups[*index].parent == parent);
    let first = own.next();
    let groups = first.map(|first| (first, own.next_back().unwrap_or(first) + 1));
    (living.items.iter().any(|item| item.parent == parent), groups)
}

fn sum_of_groups(context: &Context<'_>, parent: Option<usize>, column: usize) -> Option<String> {
    let (first, end) = children(context, parent).1?;
    let number = parent.map_or(0, |parent| parent + 1);
    let reference = |column: usize| on(&context.groups, &range(column, first, end));
    Some(format!("SUMIF({},{number},{})", reference(PARENT), reference(column)))
}

/// How many of the items under a group, however deep, meet the criteria on their state.
fn count(context: &Context<'_>, group: usize, column: usize, criteria: &[String]) -> String {
    let numbers = items::column_of(context, items::PARENT);
    let states = items::column_of(context, items::STATE);
    let own = criteria.iter().map(|one| format!("COUNTIFS({numbers},{},{states},{one})", at(NUMBER, group)));
    let own = own.filter(|_| children(context, Some(group)).0);
    let parts: Vec<String> = own.chain(sum_of_groups(context, Some(group), column)).collect();
    if parts.is_empty() { "0".to_string() } else { parts.join("+") }
}

pub fn groups(context: &Context<'_>) -> Grid {
    let whole = |name: Text| Shape::Whole.column(name, 9.0);
    let short = |name: Text| Shape::Short.column(name, 10.0);
    let plain = |name: Text| Shape::Plain.column(name, 9.0);
    Grid {
        name: context.groups.clone(),
        title: t("计算：每组的得分、上下限、份额、等级", "Calculation: score, bounds, share and grade of each group"),
        note: t(
            "得分是下级（题和分组）的加权平均：Σ权重×得分 / Σ计入的权重。等级从取舍后的得分读出；一级指标下有关键项得 0 分的封顶。",
            "A score is the weighted mean of the children (items and groups): sum of weight × score over sum of weight counted. The grade is read from the rounded score; a level-1 group with a key item at 0 is capped.",
        ),
        columns: vec![
            short(t("编号", "Code")),
            Shape::Text.column(t("名称", "Name"), 26.0),
            whole(t("序号", "No.")),
            whole(t("上级序号", "Parent no.")),
            whole(t("级", "Level")),
            plain(t("权重", "Weight")),
            plain(t("目标", "Target")),
            fine(t("得分", "Score")),
            fine(t("最低", "Low")),
            fine(t("最高", "High")),
            plain(t("取舍后", "Rounded")),
            whole(t("第几档", "Band")),
            short(t("等级", "Grade")),
            part(t("权重占比", "Weight in total")),
            fine(t("差距", "Gap")),
            fine(t("失分", "Points lost")),
            part(t("覆盖率", "Coverage")),
            whole(t("题数", "Items")),
            whole(t("不适用", "N/A")),
            whole(t("空白或缺资料", "Blank or no data")),
            whole(t("关键项 0 分", "Key items at 0")),
            fine(t("Σ计入的权重", "Σ weight counted")),
            fine(t("Σ权重×得分", "Σ weight × score")),
            fine(t("Σ上下限权重", "Σ weight in bounds")),
            fine(t("Σ权重×最低", "Σ weight × low")),
            fine(t("Σ权重×最高", "Σ weight × high")),
            fine(t("Σ权重", "Σ weight")),
            part(t("无人退出时占比", "Full share")),
            part(t("其中在范围内", "Of it in scope")),
            part(t("其中计分", "Of it scored")),
            fine(t("计入的权重", "Weight counted")),
            fine(t("权重×得分", "Weight × score")),
            fine(t("计入上下限的权重", "Weight in bounds")),
            fine(t("权重×最低", "Weight × low")),
            fine(t("权重×最高", "Weight × high")),
            fine(t("得分（排序用）", "Score (for order)")),
            whole(t("同级名次", "Rank in level")),
        ],
        rows: (0..context.living.groups.len()).map(|index| cells(context, index)).collect(),
        frozen: 2,
        filter: true,
    }
}

fn cells(context: &Context<'_>, index: usize) -> Vec<Cell> {
    let living = context.living;
    let group = &living.groups[index];
    let result = &group.result;
    let own = |column: usize| at(column, index);
    let (score, low, high) = (own(SCORE), own(LOW), own(HIGH));
    let unless_left = |of: &str, otherwise: &str, then: String| format!("IF({of}=\"\",{otherwise},{then})");
    let mean = |sum: usize, weights: usize| format!("IF({w}>0,{}/{w},\"\")", own(sum), w = own(weights));
    let (share, counted, full) = match group.parent {
        Some(parent) => {
            (at(SHARE, parent), at(COUNTED_SUM, parent), format!("{}*{}/{}", at(FULL, parent), own(WEIGHT), at(WEIGHT_SUM, parent)))
        }
        None => (
            total::cell_of(context, total::SHARE),
            total::cell_of(context, total::COUNTED_SUM),
            format!("{}/{}", own(WEIGHT), total::cell_of(context, total::WEIGHT_SUM)),
        ),
    };
    let caps = living.policy.key.group.filter(|_| result.level == 1);
    let natural = total::band_formula(context, &own(ROUNDED));
    let band = match caps {
        Some(cap) => format!("MAX({natural},IF({}>0,{},1))", own(KEYS_FAILED), cap + 1),
        None => natural,
    };
    let band_number = living.band_of(result.grade.as_deref());
    let keys_failed = (result.level == 1).then(|| {
        let column = |column: usize| items::column_of(context, column);
        let word = super::super::formula::quoted(items::kind(Criticality::Key).get(context.lang));
        format!("SUMIFS({},{},{},{},{word})", column(items::FAILED), column(items::TOP), own(NUMBER), column(items::KIND))
    });
    let out = context.word(MergedState::OutOfScope);
    let words = |states: &[MergedState]| states.iter().map(|state| context.quoted(*state)).collect::<Vec<String>>();
    let Counts { not_applicable, blank, unreadable, no_data, .. } = result.counts;
    let sums = group.sums;
    let when = |value: Option<f64>, weight: f64| if value.is_some() { weight } else { 0.0 };
    let times = |value: Option<f64>| result.weight * value.unwrap_or(0.0);
    // Those above it, and those before it that are level with it.
    let end = living.groups.len();
    let rank = format!(
        "SUMPRODUCT(({levels}={level})*({scores}>{ordered}))+SUMPRODUCT(({levels_before}={level})*({scores_before}={ordered}))",
        levels = range(LEVEL, 0, end),
        level = own(LEVEL),
        scores = range(ORDERED, 0, end),
        ordered = own(ORDERED),
        levels_before = range(LEVEL, 0, index + 1),
        scores_before = range(ORDERED, 0, index + 1),
    );
    vec![
        Cell::text(result.code.clone()),
        Cell::text(result.name.get(context.lang)),
        Cell::Number((index + 1) as f64),
        Cell::Number(group.parent.map_or(0.0, |parent| (parent + 1) as f64)),
        Cell::Number(result.level as f64),
        Cell::Number(result.weight),
        Cell::Number(result.target),
        Cell::maybe(mean(WEIGHTED_SUM, COUNTED_SUM), result.score),
        Cell::maybe(mean(LOW_SUM, BOUNDS_SUM), result.low),
        Cell::maybe(mean(HIGH_SUM, BOUNDS_SUM), result.high),
        Cell::maybe(unless_left(&score, "\"\"", Context::rounding(&score, living.policy.decimals)), result.rounded),
        Cell::maybe(unless_left(&score, "\"\"", band), band_number.map(|number| number as f64)),
        Cell::Formula(total::band_name_formula(context, &own(BAND)), context.band_name(band_number)),
        Cell::number(unless_left(&score, "0", format!("{share}*{}/{counted}", own(WEIGHT))), result.share),
        Cell::maybe(unless_left(&score, "\"\"", format!("MAX(0,{}-{score})", own(TARGET))), result.gap),
        Cell::maybe(unless_left(&score, "\"\"", format!("{}*{}", own(SHARE), own(GAP))), result.loss),
        Cell::maybe(format!("IF({s}>0,{}/{s},\"\")", own(KEPT), s = own(SCOPE)), result.coverage),
        Cell::count(count(context, index, ITEMS, &[super::super::formula::quoted(&format!("<>{out}"))]), result.counts.in_scope()),
        Cell::count(count(context, index, NOT_APPLICABLE, &words(&[MergedState::NotApplicable])), not_applicable),
        Cell::count(
            count(context, index, MISSING, &words(&[MergedState::Blank, MergedState::Unreadable, MergedState::NoData])),
            blank + unreadable + no_data,
        ),
        keys_failed.map_or(Cell::Off, |formula| Cell::count(formula, group.keys_failed)),
        Cell::number(sum(context, Some(index), COUNTED_OF), sums.weight),
        Cell::number(sum(context, Some(index), WEIGHTED_OF), sums.score),
        Cell::number(sum(context, Some(index), BOUNDS_OF), sums.bounds_weight),
        Cell::number(sum(context, Some(index), LOW_OF), sums.low),
        Cell::number(sum(context, Some(index), HIGH_OF), sums.high),
        Cell::number(sum(context, Some(index), WEIGHT_OF), sums.full_weight),
        Cell::number(full, group.full_share),
        Cell::number(sum(context, Some(index), SCOPE_OF), group.scope),
        Cell::number(sum(context, Some(index), KEPT_OF), group.kept),
        Cell::number(unless_left(&score, "0", own(WEIGHT)), when(result.score, result.weight)),
        Cell::number(unless_left(&score, "0", format!("{}*{score}", own(WEIGHT))), times(result.score)),
        Cell::number(unless_left(&low, "0", own(WEIGHT)), when(result.low, result.weight)),
        Cell::number(unless_left(&low, "0", format!("{}*{low}", own(WEIGHT))), times(result.low)),
        Cell::number(unless_left(&high, "0", format!("{}*{high}", own(WEIGHT))), times(result.high)),
        Cell::number(unless_left(&score, "-1", format!("ROUND({score},9)")), group.ordered_score()),
        Cell::maybe(unless_left(&score, "\"\"", rank), group.rank.map(|rank| rank as f64)),
    ]
}
