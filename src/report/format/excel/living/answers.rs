//! 答案: what was read, and no worth; and the sheet that computes the worth of each line of it.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

use crate::answers::MergedState;
use crate::report::format::excel::formula::print;
use crate::report::format::excel::living::Context;
use crate::report::format::excel::living::grid::{Cell, Content, Grid, Shape, at, on, row};
use crate::report::living::{Item, Line};
use crate::scale::expression::Variable;
use crate::text::{Text, t};
use crate::tree::Criticality;

const YES_NO: &str = "yes_no";

/// Columns of the sheet of answers.
const TEXT_COLUMNS: usize = 6;
const STATE: usize = 6;
const VALUE: usize = 7;
const NUMERATOR: usize = 8;
const DENOMINATOR: usize = 9;
const ELEMENTS: usize = 10;

/// Columns of the sheet that computes them.
pub const WORTH_STATE: usize = 3;
pub const WORTH: usize = 4;
pub const BELOW: usize = 5;

fn column(variable: Variable) -> usize {
    match variable {
        Variable::Value => VALUE,
        Variable::Numerator => NUMERATOR,
        Variable::Denominator => DENOMINATOR,
        Variable::Element(index) | Variable::Times(index) => ELEMENTS + index,
    }
}

pub fn answers(context: &Context<'_>) -> Grid {
    let living = context.living;
    let mut columns = vec![
        Shape::Short.column(t("编号", "Ref"), 10.0),
        Shape::Text.column(t("指标", "Indicator"), 38.0),
        Shape::Text.column(t("填报单位", "Respondent"), 15.0),
        Shape::Text.column(t("出处", "Read from"), 44.0),
        Shape::Text.column(t("所填内容", "Answer as entered"), 18.0),
        Shape::Text.column(t("填法", "What may be entered"), 30.0),
        Shape::Short.column(t("状态", "State"), 11.0),
        Shape::Plain.column(t("数值", "Number"), 11.0),
        Shape::Plain.column(t("分子", "Numerator"), 11.0),
        Shape::Plain.column(t("分母", "Denominator"), 12.0),
    ];
    columns.extend((1..=living.elements()).map(|index| Shape::Plain.column(t("第 {n} 项", "No. {n}").with(&[("n", index.into())]), 8.0)));
    let rows = living.lines.iter().map(|line| line_cells(context, line)).collect();
    Grid {
        name: context.answers.clone(),
        title: t("答案：从自评表和复核表读到的", "Answers: what was read in surveys and reviews"),
        note: t(
            "改黄色的格，全部得分、份额、失分、等级随之变动；句子、名单和“得分由来”里的文字不变，要新的报告请改问卷后重新评分。比率填数值（百分数）或分子、分母；有分母的按分子、分母。是为 1，否为 0；要素有为 1，无为 0；扣分填每条的次数。",
            "Change a yellow cell and every score, share, loss and grade moves; sentences, lists and the texts of Derivations do not: for a new report change the surveys and score again. A rate is a number (in percent) or numerator and denominator, which rule where there is a denominator. Yes is 1, no is 0; an element there is 1, else 0; of deductions enter how often each line.",
        ),
        columns,
        rows,
        frozen: 2,
        filter: true,
    }
}

fn line_cells(context: &Context<'_>, line: &Line) -> Vec<Cell> {
    let living = context.living;
    let item = &living.items[line.item];
    let mut cells = vec![
        Cell::text(item.result.reference.clone()),
        Cell::text(item.question.get(context.lang)),
        Cell::text(line.respondent.clone()),
        Cell::text(line.place.get(context.lang)),
        Cell::text(line.text.clone()),
        Cell::text(how(item).get(context.lang)),
        Cell::Input(Content::Text(context.word(line.state).to_string())),
    ];
    debug_assert_eq!(cells.len(), TEXT_COLUMNS + 1);
    let variables = [Variable::Value, Variable::Numerator, Variable::Denominator].into_iter();
    let places = (0..living.elements())
        .map(|index| if takes(item, Variable::Times(index)) { Variable::Times(index) } else { Variable::Element(index) });
    cells.extend(variables.chain(places).map(|variable| {
        if !takes(item, variable) {
            return Cell::Off;
        }
        let given = line.inputs.as_ref().and_then(|inputs| inputs.get(variable));
        Cell::Input(Content::of(given.map(|number| number.to_f64())))
    }));
    cells
}

/// Does the item's worth look at this place?
fn takes(item: &Item, variable: Variable) -> bool {
    item.expression.uses(variable)
}

/// What may be entered on the sheet of answers.
fn how(item: &Item) -> Text {
    let all = [("count", item.elements.into()), ("hint", item.hint.clone())];
    if takes(item, Variable::Element(0)) {
        return t("第 1 至 {count} 项：有 1，无 0", "No. 1 to {count}: 1 there, 0 not").with(&all);
    }
    if takes(item, Variable::Times(0)) {
        return t("得分；或第 1 至 {count} 条扣分的次数", "points earned; or how often lines 1 to {count} were deducted").with(&all);
    }
    if takes(item, Variable::Denominator) {
        return t("百分数；或分子、分母", "percent; or numerator and denominator");
    }
    if item.scale_name == YES_NO {
        return t("是 1，否 0", "yes 1, no 0");
    }
    item.hint.clone()
}

/// Drop-downs of states, and what numbers may be entered.
pub fn choices(context: &Context<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let living = context.living;
    if living.lines.is_empty() {
        return Ok(());
    }
    let last = row(living.lines.len() - 1);
    let words: Vec<&str> = context.words.iter().map(|(_, word)| word.as_str()).collect();
    let states = DataValidation::new().allow_list_strings(&words)?;
    let index = |column: usize| u16::try_from(column).unwrap_or(0);
    sheet.add_data_validation(row(0), index(STATE), last, index(STATE), &states)?;
    for (line, answer) in living.lines.iter().enumerate() {
        for (variable, rule) in limits(&living.items[answer.item]) {
            let (first, last) = (index(column(variable)), index(column(last_of(&living.items[answer.item], variable))));
            sheet.add_data_validation(row(line), first, row(line), last, &rule)?;
        }
    }
    Ok(())
}

/// The last place of a kind: elements and lines stand side by side.
fn last_of(item: &Item, variable: Variable) -> Variable {
    match variable {
        Variable::Element(_) | Variable::Times(_) => Variable::Element(item.elements.saturating_sub(1)),
        other => other,
    }
}

/// What a spreadsheet refuses to take; what else a survey would refuse is not held here.
fn limits(item: &Item) -> Vec<(Variable, DataValidation)> {
    let whole = |rule| DataValidation::new().allow_whole_number(rule);
    let not_negative = || DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
    let mut limits = match item.scale_name {
        YES_NO => vec![(Variable::Value, whole(DataValidationRule::Between(0, 1)))],
        "count" => vec![(Variable::Value, whole(DataValidationRule::GreaterThanOrEqualTo(0)))],
        "rate" | "quantity" | "duration" | "points" => vec![(Variable::Value, not_negative())],
        _ => Vec::new(),
    };
    if let Some(top) = item.top_level {
        limits.push((Variable::Value, whole(DataValidationRule::Between(0, i32::try_from(top).unwrap_or(i32::MAX)))));
    }
    if takes(item, Variable::Denominator) {
        limits.push((Variable::Numerator, not_negative()));
        limits.push((Variable::Denominator, DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThan(0.0))));
    }
    if takes(item, Variable::Element(0)) {
        limits.push((Variable::Element(0), whole(DataValidationRule::Between(0, 1))));
    }
    if takes(item, Variable::Times(0)) {
        limits.push((Variable::Times(0), whole(DataValidationRule::GreaterThanOrEqualTo(0))));
    }
    limits
}

pub fn worths(context: &Context<'_>) -> Grid {
    let living = context.living;
    let answered = context.quoted(MergedState::Answered);
    let blank = context.quoted(MergedState::Blank);
    let rows = living.lines.iter().enumerate().map(|(index, line)| {
        let item = &living.items[line.item];
        let here = |column: usize| on(&context.answers, &at(column, index));
        let last = ELEMENTS + living.elements() - 1;
        let inputs = on(&context.answers, &format!("{}:{}", at(VALUE, index), at(last.max(DENOMINATOR), index)));
        let state = here(STATE);
        // Answered without a number is no answer.
        let effective = format!("IF({state}=\"\",{blank},IF(AND({state}={answered},COUNT({inputs})=0),{blank},{state}))");
        let worth = print(&item.expression, &|variable| here(column(variable)));
        let own = |column: usize| at(column, index);
        let is_answered = format!("{}={answered}", own(WORTH_STATE));
        vec![
            Cell::text(item.result.reference.clone()),
            Cell::text(line.respondent.clone()),
            Cell::text(item.scale.get(context.lang)),
            Cell::word(effective, context.word(line.state)),
            Cell::maybe(format!("IF({is_answered},{worth},\"\")"), line.worth),
            if item.criticality == Criticality::Veto {
                let below = format!("IF({is_answered},IF(ROUND(100*{}-{},9)<=0,1,0),0)", own(WORTH), item.fails_at);
                Cell::count(below, usize::from(line.below && line.is_answered()))
            } else {
                Cell::Off
            },
        ]
    });
    Grid {
        name: context.worths.clone(),
        title: t("计算：每个答案的得分率", "Calculation: the worth of each answer"),
        note: t(
            "每行对应“答案”页的同一行。得分率从 0 到 1，乘 100 是得分；写了“已答”而没有数的，当作空白。",
            "Each line belongs to the same line of the sheet Answers. Worth runs from 0 to 1, times 100 it is the score; answered without a number counts as blank.",
        ),
        columns: vec![
            Shape::Short.column(t("编号", "Ref"), 10.0),
            Shape::Text.column(t("填报单位", "Respondent"), 20.0),
            Shape::Short.column(t("评分尺度", "Scale"), 14.0),
            Shape::Short.column(t("状态", "State"), 12.0),
            Shape::Fine.column(t("得分率", "Worth"), 12.0),
            Shape::Whole.column(t("否决（1 为未达标）", "Veto failed (1)"), 14.0),
        ],
        rows: rows.collect(),
        frozen: 1,
        filter: true,
    }
}
