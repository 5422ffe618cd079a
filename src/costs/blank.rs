//! The table of costs as it is handed out: one row a step up, days as the tree says, money to be filled in.

use rust_xlsxwriter::{Color, DataValidation, DataValidationRule, FormatAlign, Workbook, XlsxError};

use crate::analysis::plan::{Costs, Rung, StepCost, ladder};
use crate::analysis::weak_points::is_known;
use crate::costs::{ACTION, CONTENT, DAYS, FROM, ID, INDICATOR, KIND, MONEY, OWNER, REF, SHEET, TO, digest};
use crate::error::Failure;
use crate::number::{rounded, snapped};
use crate::result::Results;
use crate::sheet::write::{self, row_height};
use crate::survey::layout::STORE;
use crate::text::{Lang, Text, t};
use crate::tree::{Item, Tree};
use crate::unit::Date;

const WIDTHS: [f64; 9] = [10.0, 44.0, 9.0, 9.0, 52.0, 22.0, 9.0, 14.0, 10.0];

/// The workbook's bytes: every step above what each known item scores, with what was stated before.
pub fn blank(results: &Results, tree: &Tree, costs: &Costs, lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(results, tree, costs, lang, date).map_err(write::failure)
}

/// What a rung takes, in words: the tree's action, else the step of the scale.
pub(super) fn what(item: &Item, rung: &Rung) -> Text {
    let action = rung.action.and_then(|action| item.content.actions.get(action)).map(|action| action.what.clone());
    let step = || item.scaled.scale.steps().into_iter().find(|step| step.worth == rung.worth).map(|step| step.what);
    action.or_else(step).unwrap_or_default()
}

fn build(results: &Results, tree: &Tree, costs: &Costs, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = t("{unit} {period} 措施费用", "{unit}, {period}: costs of the actions")
        .with(&[("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]);
    let mut workbook = write::workbook(date, title.get(lang))?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET.get(lang))?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(8)?;
    sheet.merge_range(0, 0, 0, 7, title.get(lang), &write::title())?;
    sheet.set_row_height(0, 34.0)?;
    let help = t(
        "只填黄色的两栏。“天数”已按指标体系填好，不合本地实际的请改；“费用”不知道的留空，留空的措施不参加按费用算的方案。填好后交回评估办（信息人员放进评估文件夹，用 ecap 汇总）。",
        "Fill in the two yellow columns only. Days are the tree's; change what does not fit the place. Leave Money empty where it is not known: such actions take no part in plans by money. Then send it back to the assessment office, whose data staff put it into the folder of the assessment and run ecap.",
    );
    sheet.merge_range(1, 0, 1, 7, help.get(lang), &write::plain())?;
    sheet.set_row_height(1, row_height(&[(help.get(lang), 160.0)]))?;
    let headers = [REF, INDICATOR, FROM, TO, ACTION, OWNER, DAYS, MONEY, ID.into()];
    for (column, header) in (0u16..).zip(&headers) {
        sheet.write_string_with_format(2, column, header.get(lang), &write::header())?;
    }
    sheet.set_row_height(2, 24.0)?;
    let body = write::body();
    let centre = body.clone().set_align(FormatAlign::Center);
    let score = body.clone().set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0");
    let input = body.clone().set_align(FormatAlign::Right).set_indent(1).set_background_color(Color::RGB(write::INPUT));
    let mut row = 3;
    let mut stated = Costs::default();
    for (index, (result, item)) in results.items.iter().zip(&tree.items).enumerate() {
        let Some(from) = result.score.filter(|score| is_known(result) && snapped(*score) < snapped(100.0)) else { continue };
        let mut reached = from;
        for rung in ladder(item, from, costs) {
            let question = format!("{}{}", item.criticality.mark(), item.question.get(lang));
            let action = rung.action.and_then(|action| item.content.actions.get(action));
            let owner = action.map_or_else(|| Text::join(&tree.asked(index), "、", ", "), |action| action.owner_shown(tree, index));
            let (what, owner) = (what(item, &rung).get(lang).to_string(), owner.get(lang).to_string());
            sheet.write_string_with_format(row, 0, &item.reference, &centre)?;
            sheet.write_string_with_format(row, 1, write::cell_text(&question), &body)?;
            // An action that begins lower than the item stands is taken from where it stands.
            sheet.write_number_with_format(row, 2, rounded(rung.below.max(reached), 1), &score)?;
            sheet.write_number_with_format(row, 3, rounded(rung.score, 1), &score)?;
            reached = rung.score;
            sheet.write_string_with_format(row, 4, write::cell_text(&what), &body)?;
            sheet.write_string_with_format(row, 5, write::cell_text(&owner), &body)?;
            match rung.days {
                Some(days) => sheet.write_number_with_format(row, 6, days as f64, &input)?,
                None => sheet.write_blank(row, 6, &input)?,
            };
            match &rung.money {
                Some(money) => sheet.write_number_with_format(row, 7, money.to_f64(), &input)?,
                None => sheet.write_blank(row, 7, &input)?,
            };
            sheet.write_string_with_format(row, 8, &item.id, &body)?;
            sheet.set_row_height(row, row_height(&[(&question, WIDTHS[1]), (&what, WIDTHS[4]), (&owner, WIDTHS[5])]))?;
            stated.steps.push(StepCost {
                item: item.id.clone(),
                from: None,
                to: rounded(rung.score, 1),
                days: rung.days,
                money: rung.money.clone(),
            });
            row += 1;
        }
    }
    let from_zero = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)).ignore_blank(true);
    let from_zero = from_zero.set_error_message(t("请填 0 或更大的数。", "Write a number from 0.").get(lang))?;
    sheet.add_data_validation(3, 6, row.max(4) - 1, 7, &from_zero)?;
    sheet.set_freeze_panes(3, 2)?;
    write::page(sheet, true, Some((2, 2)), title.get(lang))?;
    store(&mut workbook, tree, &digest(&stated))?;
    write::finish(workbook)
}

fn store(workbook: &mut Workbook, tree: &Tree, content: &str) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(STORE)?.set_very_hidden(true);
    let pairs = [("kind", KIND), ("tree", tree.id.as_str()), ("digest", tree.sha256.as_str()), (CONTENT, content)];
    for (row, (key, value)) in (0u32..).zip(pairs) {
        sheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
    }
    Ok(())
}
