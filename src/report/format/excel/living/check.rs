//! 自检: every figure as ecap computed it, as the formulas do, and the difference; one line says whether all agree.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format as Look, Formula, Worksheet, XlsxError,
};

use crate::report::document::{Figure, Of, Which};
use crate::report::format::excel::formula::quoted;
use crate::report::format::excel::living::grid::{Cell, Content, FIRST, Grid, Shape, at, range};
use crate::report::format::excel::living::{Context, total};
use crate::sheet::write;
use crate::text::{Text, t};

const ECAP: usize = 2;
const COMPUTED: usize = 3;
const DIFFERENCE: usize = 4;
/// The row of the line that says it all.
const VERDICT: u32 = 1;
const ALL_AGREE: Text = t("全部一致", "All agree");
const DIFFER: Text = t(" 处不一致", " differ");

/// A figure: of what, which, what ecap computed, and where it is computed.
struct Checked {
    of: String,
    which: Text,
    ecap: Content,
    source: String,
}

pub fn check(context: &Context<'_>) -> Grid {
    let rows = all(context).into_iter().enumerate().map(|(line, checked)| {
        let (ecap, computed) = (at(ECAP, line), at(COMPUTED, line));
        let difference = format!(
            "IF(ISERROR({computed}),1,IF(AND(ISNUMBER({ecap}),ISNUMBER({computed})),ABS({ecap}-{computed}),IF({ecap}={computed},0,1)))"
        );
        let stated = match &checked.ecap {
            Content::Empty => Cell::Empty,
            Content::Text(text) => Cell::text(text.clone()),
            Content::Number(number) => Cell::Number(*number),
        };
        vec![
            Cell::text(checked.of),
            Cell::text(checked.which.get(context.lang)),
            stated,
            Cell::Formula(checked.source, checked.ecap),
            Cell::number(difference, 0.0),
        ]
    });
    let plain = |name: Text| Shape::Exact.column(name, 24.0);
    Grid {
        name: context.check.clone(),
        title: t("自检：ecap 的数与本工作簿算出的数", "Self-check: what ecap computed and what this workbook computes"),
        note: Text::default(),
        columns: vec![
            Shape::Short.column(t("对象", "Of"), 22.0),
            Shape::Short.column(t("项目", "Figure"), 20.0),
            plain(t("ecap 的数", "By ecap")),
            plain(t("算式的数", "By formula")),
            plain(t("差", "Difference")),
        ],
        rows: rows.collect(),
        frozen: 0,
        filter: true,
    }
}

/// The line that says whether all agree, green or red.
pub fn verdict(context: &Context<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let differences = range(DIFFERENCE, 0, all(context).len());
    let count = format!("SUMPRODUCT(({differences}>0.000000001)*1)");
    let (agree, differ) = (ALL_AGREE, DIFFER);
    let (agree, differ) = (agree.get(context.lang), differ.get(context.lang));
    let formula = Formula::new(format!("=IF({count}=0,{},{count}&{})", quoted(agree), quoted(differ))).set_result(agree);
    let look = Look::new().set_font_name("黑体").set_font_size(14).set_bold();
    sheet.write_formula_with_format(VERDICT, 0, formula, &look)?;
    sheet.set_row_height(VERDICT, 24.0)?;
    let note = t(
        "改过“答案”页后这里会变红：左列是改动之前 ecap 算的数。",
        "Red after a change on the sheet Answers: the column By ecap is what ecap computed before it.",
    );
    sheet.write_string_with_format(VERDICT, 2, note.get(context.lang), &write::plain().unset_text_wrap())?;
    let fill = |colour: u32, ink: u32| Look::new().set_background_color(Color::RGB(colour)).set_font_color(Color::RGB(ink));
    let agrees = format!("=$A${}={}", VERDICT + 1, quoted(agree));
    let green = ConditionalFormatFormula::new().set_rule(agrees.as_str()).set_format(fill(0xC6_EF_CE, 0x00_61_00));
    let differs = format!("=$A${}<>{}", VERDICT + 1, quoted(agree));
    let red = ConditionalFormatFormula::new().set_rule(differs.as_str()).set_format(fill(0xFF_C7_CE, 0x9C_00_06));
    sheet.add_conditional_format(VERDICT, 0, VERDICT, 1, &green)?;
    sheet.add_conditional_format(VERDICT, 0, VERDICT, 1, &red)?;
    let far = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(1e-9)).set_format(fill(0xFF_C7_CE, 0x9C_00_06));
    let column = u16::try_from(DIFFERENCE).unwrap_or(0);
    let last = FIRST + u32::try_from(all(context).len().saturating_sub(1)).unwrap_or(0);
    sheet.add_conditional_format(FIRST, column, last, column, &far)?;
    Ok(())
}

fn all(context: &Context<'_>) -> Vec<Checked> {
    let living = context.living;
    let number = Content::of;
    let mut all = Vec::new();
    let mut add = |of: &str, node: Of, which: Which, ecap: Content| {
        let figure = Figure { of: node, which };
        all.push(Checked { of: of.to_string(), which: name(which), ecap, source: context.source(figure) });
    };
    let result = &living.total;
    let of_total = t("总分", "Total");
    let of_total = of_total.get(context.lang);
    add(of_total, Of::Total, Which::Score, number(result.score));
    add(of_total, Of::Total, Which::Low, number(result.low));
    add(of_total, Of::Total, Which::High, number(result.high));
    add(of_total, Of::Total, Which::Grade, Content::Text(living.grade.get(context.lang).to_string()));
    add(of_total, Of::Total, Which::Loss, number(Some(living.loss())));
    for (index, group) in living.groups.iter().enumerate() {
        let result = &group.result;
        for (which, ecap) in [
            (Which::Score, result.score),
            (Which::Low, result.low),
            (Which::High, result.high),
            (Which::Share, Some(result.share)),
            (Which::Loss, result.loss),
        ] {
            add(&result.code, Of::Group(index), which, number(ecap));
        }
    }
    for (index, item) in living.items.iter().enumerate() {
        let result = &item.result;
        add(&result.reference, Of::Item(index), Which::State, Content::Text(context.word(item.state).to_string()));
        for (which, ecap) in [(Which::Score, result.score), (Which::Share, Some(result.share)), (Which::Loss, result.loss)] {
            add(&result.reference, Of::Item(index), which, number(ecap));
        }
    }
    for (index, view) in living.views.iter().enumerate() {
        let row = &view.row;
        for (which, ecap) in [(Which::Score, row.score), (Which::Share, Some(row.share)), (Which::Loss, Some(row.loss))] {
            add(row.name.get(context.lang), Of::View(index), which, number(ecap));
        }
    }
    // Figures of the total and of groups that no table of the report shows.
    for (which, line, ecap) in [
        (t("总分（取舍后）", "Total (rounded)"), total::ROUNDED, number(result.rounded)),
        (t("最差等级", "Worst grade"), total::GRADE_LOW, total::word(context, result.grade_low.as_deref())),
        (t("最好等级", "Best grade"), total::GRADE_HIGH, total::word(context, result.grade_high.as_deref())),
    ] {
        all.push(Checked { of: of_total.to_string(), which, ecap, source: total::cell_of(context, line) });
    }
    for (index, group) in living.groups.iter().enumerate() {
        let code = &group.result.code;
        for (which, column, ecap) in [
            (t("取舍后", "Rounded"), super::groups::ROUNDED, number(group.result.rounded)),
            (t("等级", "Grade"), super::groups::GRADE, total::word(context, group.result.grade.as_deref())),
            (t("覆盖率", "Coverage"), super::groups::COVERAGE, number(group.result.coverage)),
        ] {
            all.push(Checked { of: code.clone(), which, ecap, source: super::groups::cell_of(context, column, index) });
        }
    }
    all
}

fn name(which: Which) -> Text {
    match which {
        Which::Low => t("最低", "Low"),
        Which::High => t("最高", "High"),
        Which::Grade => t("等级", "Grade"),
        Which::Share => t("权重占比", "Weight in total"),
        Which::Loss => t("失分", "Points lost"),
        Which::State => t("状态", "State"),
        _ => t("得分", "Score"),
    }
}
