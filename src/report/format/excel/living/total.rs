//! 计算_总分: the total, its bounds, the caps of failed vetoes and key items, the grade; bands and vetoes beside them.

use crate::report::format::excel::formula::quoted;
use crate::report::format::excel::living::grid::{Cell, Content, Grid, Shape, at, on, range};
use crate::report::format::excel::living::{Context, groups, items};
use crate::text::{Text, t};
use crate::tree::Criticality;

/// Lines of the first table; its values stand in column B.
pub const SCORE: usize = 0;
pub const LOW: usize = 1;
pub const HIGH: usize = 2;
pub const ROUNDED: usize = 3;
pub const GRADE: usize = 4;
pub const GRADE_LOW: usize = 5;
pub const GRADE_HIGH: usize = 6;
pub const SHARE: usize = 7;
pub const LOSS: usize = 8;
pub const COUNTED_SUM: usize = 9;
const WEIGHTED_SUM: usize = 10;
const BOUNDS_SUM: usize = 11;
const LOW_SUM: usize = 12;
const HIGH_SUM: usize = 13;
pub const WEIGHT_SUM: usize = 14;
const ROUNDED_LOW: usize = 15;
const ROUNDED_HIGH: usize = 16;
const VETOES: usize = 17;
const VETOES_AT_WORST: usize = 18;
const KEYS: usize = 19;
const KEYS_AT_WORST: usize = 20;
const VETO_CAP: usize = 21;
const VETO_CAP_AT_WORST: usize = 22;
const KEY_CAP: usize = 23;
const KEY_CAP_AT_WORST: usize = 24;
const BAND: usize = 25;
pub const BAND_LOW: usize = 26;
pub const BAND_HIGH: usize = 27;
const VALUE: usize = 1;

/// The tables beside it: bands (name, from), vetoes (name, failed, failed at worst).
const BAND_NAME: usize = 3;
const BAND_FROM: usize = 4;
const VETO_KNOWN: usize = 7;
const VETO_WORST: usize = 8;

fn own(line: usize) -> String {
    at(VALUE, line)
}

/// A value of the first table, from another sheet.
pub fn cell_of(context: &Context<'_>, line: usize) -> String {
    on(&context.total, &own(line))
}

/// The number of the band of a rounded score, from 1: one more than the bounds above it.
pub fn band_formula(context: &Context<'_>, rounded: &str) -> String {
    let bands = context.living.policy.bands.len();
    let from = on(&context.total, &range(BAND_FROM, 0, bands));
    format!("MIN({bands},1+SUMPRODUCT(({from}>{rounded})*1))")
}

/// The name of a band by its number; empty without one.
pub fn band_name_formula(context: &Context<'_>, number: &str) -> String {
    let names = on(&context.total, &range(BAND_NAME, 0, context.living.policy.bands.len()));
    format!("IF({number}=\"\",\"\",INDEX({names},{number}))")
}

pub fn total(context: &Context<'_>) -> Grid {
    let living = context.living;
    let lines = lines(context);
    let bands = living.policy.bands.iter().map(|band| [Cell::text(band.name.get(context.lang)), Cell::Number(band.from)]);
    let vetoes = living.vetoes.iter().map(|veto| {
        let sum = |column: usize| {
            let cells: Vec<String> = veto.items.iter().map(|item| items::cell_of(context, column, *item)).collect();
            format!("IF({}>0,1,0)", cells.join("+"))
        };
        let any = |failed: bool| usize::from(failed);
        [
            Cell::text(veto.name.get(context.lang)),
            Cell::count(sum(items::FAILED), any(veto.items.iter().any(|item| living.items[*item].failed))),
            Cell::count(sum(items::FAILED_AT_WORST), any(veto.items.iter().any(|item| living.items[*item].failed_at_worst))),
        ]
    });
    let (mut lines, mut bands, mut vetoes) = (lines.into_iter(), bands, vetoes);
    let mut rows = Vec::new();
    loop {
        let (line, band, veto) = (lines.next(), bands.next(), vetoes.next());
        if line.is_none() && band.is_none() && veto.is_none() {
            break;
        }
        let mut cells: Vec<Cell> = match line {
            Some((name, cell)) => vec![Cell::text(name.get(context.lang)), cell],
            None => vec![Cell::Empty, Cell::Empty],
        };
        cells.push(Cell::Empty);
        cells.extend(band.unwrap_or([Cell::Empty, Cell::Empty]));
        cells.push(Cell::Empty);
        cells.extend(veto.unwrap_or([Cell::Empty, Cell::Empty, Cell::Empty]));
        rows.push(cells);
    }
    let gap = || Shape::Text.column(Text::default(), 3.0);
    Grid {
        name: context.total.clone(),
        title: t("计算：总分与等级", "Calculation: total and grade"),
        note: t(
            "取舍一次，最后做：先到小数第九位，再四舍五入。等级从取舍后的总分读出，未达标的否决项和 0 分的关键项封顶；档次从 1 起，1 最好。",
            "Rounded once, last: to the ninth decimal, then half away from zero. The grade is read from the rounded total and capped by failed vetoes and key items at 0; bands count from 1, the best.",
        ),
        columns: vec![
            Shape::Text.column(t("总分", "Total"), 46.0),
            Shape::Plain.column(t("数", "Value"), 18.0),
            gap(),
            Shape::Short.column(t("等级", "Grade"), 16.0),
            Shape::Plain.column(t("下限", "From"), 10.0),
            gap(),
            Shape::Text.column(t("否决项（同组计一项）", "Vetoes (a group counts as one)"), 40.0),
            Shape::Whole.column(t("未达标", "Failed"), 10.0),
            Shape::Whole.column(t("未知的算未达标", "Failed, unknowns failed"), 14.0),
        ],
        rows,
        frozen: 0,
        filter: false,
    }
}

fn lines(context: &Context<'_>) -> Vec<(Text, Cell)> {
    let living = context.living;
    let (result, root, policy) = (&living.total, &living.root, &living.policy);
    let mean =
        |sum: usize, weights: usize, value: Option<f64>| Cell::maybe(format!("IF({w}>0,{}/{w},\"\")", own(sum), w = own(weights)), value);
    let round = |line: usize, value: Option<f64>| {
        let formula = format!("IF({of}=\"\",\"\",{})", Context::rounding(&own(line), policy.decimals), of = own(line));
        Cell::maybe(formula, value.map(|value| living.round(value)))
    };
    let sum = |summed, value: f64| Cell::number(groups::sum(context, None, summed), value);
    let count = |criticality: Criticality, worst: bool| {
        let failed = living.items.iter().filter(|item| item.criticality == criticality);
        failed.filter(|item| if worst { item.failed_at_worst } else { item.failed }).count()
    };
    let vetoes = |worst: bool| {
        let failed = |item: &usize| if worst { living.items[*item].failed_at_worst } else { living.items[*item].failed };
        living.vetoes.iter().filter(|veto| veto.items.iter().any(failed)).count()
    };
    let veto_count = |column: usize, worst: bool| {
        let formula = if living.vetoes.is_empty() { "0".to_string() } else { format!("SUM({})", range(column, 0, living.vetoes.len())) };
        Cell::count(formula, vetoes(worst))
    };
    let key_count = |column: usize, worst: bool| {
        let word = quoted(items::kind(Criticality::Key).get(context.lang));
        let formula = format!("SUMIF({},{word},{})", items::column_of(context, items::KIND), items::column_of(context, column));
        Cell::count(formula, count(Criticality::Key, worst))
    };
    // No cap is band 1, above which there is nothing.
    let number = |cap: Option<usize>| cap.map_or(1, |cap| cap + 1);
    let pick = |failed: usize, more_from: usize, one: Option<usize>, more: Option<usize>| match failed {
        0 => 1,
        few if few < more_from => number(one),
        _ => number(more),
    };
    let cap = |line: usize, failed: usize, more_from: usize, one: Option<usize>, more: Option<usize>| {
        let formula = format!("IF({of}=0,1,IF({of}<{more_from},{},{}))", number(one), number(more), of = own(line));
        Cell::count(formula, pick(failed, more_from, one, more))
    };
    let (veto, key) = (policy.veto, policy.key);
    let band = |of: usize, rounded: usize, caps: [usize; 2], value: Option<usize>| {
        let natural = band_formula(context, &own(rounded));
        let formula = format!("IF({}=\"\",\"\",MAX({natural},{},{}))", own(of), own(caps[0]), own(caps[1]));
        Cell::maybe(formula, value.map(|value| value as f64))
    };
    let grade = |line: usize, number: Option<usize>| Cell::Formula(band_name_formula(context, &own(line)), context.band_name(number));
    let [best, worst] = [false, true];
    let bands = [&result.grade, &result.grade_low, &result.grade_high].map(|code| living.band_of(code.as_deref()));
    let share = if result.score.is_some() { 1.0 } else { 0.0 };
    vec![
        (t("总分（未取舍）", "Total (unrounded)"), mean(WEIGHTED_SUM, COUNTED_SUM, result.score)),
        (t("最低：空白和读不出的算 0 分", "Low: blank and unreadable items at 0"), mean(LOW_SUM, BOUNDS_SUM, result.low)),
        (t("最高：空白和读不出的算 100 分", "High: blank and unreadable items at 100"), mean(HIGH_SUM, BOUNDS_SUM, result.high)),
        (t("总分（取舍后）", "Total (rounded)"), round(SCORE, result.score)),
        (t("等级（不计未知）", "Grade (unknowns aside)"), grade(BAND, bands[0])),
        (t("最差可能的等级", "Worst possible grade"), grade(BAND_LOW, bands[1])),
        (t("最好可能的等级", "Best possible grade"), grade(BAND_HIGH, bands[2])),
        (t("份额", "Share"), Cell::number(format!("IF({}=\"\",0,1)", own(SCORE)), share)),
        (
            t("各题失分之和", "Points lost in all items"),
            Cell::number(format!("SUM({})", items::column_of(context, items::COUNTED_LOSS)), living.loss()),
        ),
        (t("Σ计入的权重", "Σ weight counted"), sum(groups::COUNTED_OF, root.weight)),
        (t("Σ权重×得分", "Σ weight × score"), sum(groups::WEIGHTED_OF, root.score)),
        (t("Σ计入上下限的权重", "Σ weight in bounds"), sum(groups::BOUNDS_OF, root.bounds_weight)),
        (t("Σ权重×最低", "Σ weight × low"), sum(groups::LOW_OF, root.low)),
        (t("Σ权重×最高", "Σ weight × high"), sum(groups::HIGH_OF, root.high)),
        (t("Σ权重", "Σ weight"), sum(groups::WEIGHT_OF, root.full_weight)),
        (t("最低（取舍后）", "Low (rounded)"), round(LOW, result.low)),
        (t("最高（取舍后）", "High (rounded)"), round(HIGH, result.high)),
        (t("未达标的否决项", "Vetoes failed"), veto_count(VETO_KNOWN, best)),
        (t("未达标的否决项，未知的算未达标", "Vetoes failed, unknowns failed"), veto_count(VETO_WORST, worst)),
        (t("0 分的关键项", "Key items at 0"), key_count(items::FAILED, best)),
        (t("0 分的关键项，未知的算 0 分", "Key items at 0, unknowns at 0"), key_count(items::FAILED_AT_WORST, worst)),
        (t("否决项封顶在第几档", "Band that vetoes cap at"), cap(VETOES, vetoes(best), 2, veto.one, veto.two)),
        (
            t("否决项封顶在第几档，未知的算未达标", "Band that vetoes cap at, unknowns failed"),
            cap(VETOES_AT_WORST, vetoes(worst), 2, veto.one, veto.two),
        ),
        (t("关键项封顶在第几档", "Band that key items cap at"), cap(KEYS, count(Criticality::Key, best), 3, key.one, key.three)),
        (
            t("关键项封顶在第几档，未知的算 0 分", "Band that key items cap at, unknowns at 0"),
            cap(KEYS_AT_WORST, count(Criticality::Key, worst), 3, key.one, key.three),
        ),
        (t("总分的档次", "Band of the total"), band(SCORE, ROUNDED, [VETO_CAP, KEY_CAP], bands[0])),
        (t("最差可能的档次", "Worst possible band"), band(LOW, ROUNDED_LOW, [VETO_CAP_AT_WORST, KEY_CAP_AT_WORST], bands[1])),
        (t("最好可能的档次", "Best possible band"), band(HIGH, ROUNDED_HIGH, [VETO_CAP, KEY_CAP], bands[2])),
    ]
}

/// The value of a word that may be missing.
pub fn word(context: &Context<'_>, code: Option<&str>) -> Content {
    context.band_name(context.living.band_of(code))
}
