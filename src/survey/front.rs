//! The first and the last page of a workbook that offices fill: its cover, and where they sign.

use rust_xlsxwriter::{Color, Worksheet, XlsxError};

use crate::sheet::write::{self, row_height};
use crate::survey::cells::GroupSheet;
use crate::survey::layout::{COVER, CoverLabel, SIGN_OFF};
use crate::text::{Lang, Text, t};
use crate::tree::Tree;

/// What stands on the cover of a blank workbook.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    pub unit: String,
    pub parent: String,
    pub class: String,
    pub period: String,
    pub respondent: String,
    /// `2026-10-31`; empty where the settings do not say.
    pub reference_date: String,
    /// By when, and to whom it goes back; empty where the settings do not say.
    pub deadline: String,
    pub assessor: String,
}

impl Cover {
    /// What is stored again on the hidden sheet.
    pub fn stored<'a>(&'a self, kind: &'a str) -> Vec<(&'static str, &'a str)> {
        vec![("unit", &self.unit), ("period", &self.period), ("respondent", &self.respondent), ("kind", kind)]
    }
}

/// The cover: labels and values, what a person must know, links to the sheets.
pub fn cover_sheet(
    sheet: &mut Worksheet,
    tree: &Tree,
    cover: &Cover,
    title: &Text,
    guidance: &[Text],
    sheets: &[GroupSheet<'_>],
    lang: Lang,
) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 4] = [16.0, 46.0, 10.0, 24.0];
    sheet.set_name(COVER.get(lang))?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let total: f64 = WIDTHS.iter().sum();
    sheet.merge_range(0, 0, 0, 3, title.get(lang), &write::title())?;
    sheet.set_row_height(0, row_height(&[(title.get(lang), total * 0.55)]).max(34.0))?;

    let label = write::body().set_font_name("黑体").set_background_color(Color::RGB(write::TINT));
    let given = write::body().set_num_format("@");
    let typed = given.clone().set_background_color(Color::RGB(write::INPUT));
    let values = [
        (CoverLabel::Unit, cover.unit.as_str(), true),
        (CoverLabel::Parent, cover.parent.as_str(), true),
        (CoverLabel::Class, cover.class.as_str(), true),
        (CoverLabel::Period, cover.period.as_str(), true),
        (CoverLabel::Respondent, cover.respondent.as_str(), true),
        (CoverLabel::Submission, "1", true),
        (CoverLabel::Tree, tree.id.as_str(), false),
        (CoverLabel::Edition, tree.edition.as_str(), false),
        (CoverLabel::Digest, tree.sha256.as_str(), false),
    ];
    let mut row = 1;
    for (name, value, fill) in values {
        sheet.write_string_with_format(row, 0, name.words().get(lang), &label)?;
        sheet.write_string_with_format(row, 1, write::cell_text(value), if fill { &typed } else { &given })?;
        sheet.set_row_height(row, row_height(&[(value, WIDTHS[1])]).max(20.0))?;
        row += 1;
    }
    row += 1;
    sheet.merge_range(row, 0, row, 3, t("怎样填", "How to fill it in").get(lang), &write::heading())?;
    row += 1;
    for line in guidance {
        let text = line.get(lang);
        sheet.merge_range(row, 0, row, 3, text, &write::plain())?;
        sheet.set_row_height(row, row_height(&[(text, total * 0.95)]))?;
        row += 1;
    }
    row += 1;
    sheet.merge_range(row, 0, row, 3, t("各页", "Sheets").get(lang), &write::heading())?;
    row += 1;
    let link = write::body().set_font_color(Color::RGB(write::INK)).set_underline(rust_xlsxwriter::FormatUnderline::Single);
    for group in sheets {
        sheet.merge_range(row, 0, row, 1, "", &link)?;
        let target = format!("internal:'{}'!A1", group.name.replace('\'', "''"));
        sheet.write_url_with_options(row, 0, target.as_str(), &group.title, "", Some(&link))?;
        let count = t("{count} 题", "{count} items").with(&[("count", group.items.len().into())]);
        sheet.write_string_with_format(row, 2, count.get(lang), &write::body())?;
        sheet.set_row_height(row, row_height(&[(&group.title, WIDTHS[0] + WIDTHS[1])]))?;
        row += 1;
    }
    write::page(sheet, false, None, tree.name.get(lang))?;
    Ok(())
}

/// Who signs a department's survey.
pub fn department_signs() -> [Text; 6] {
    [
        t("填报人", "Filled in by"),
        t("审核人", "Checked by"),
        t("单位负责人", "Head of the department"),
        t("公章", "Official seal"),
        t("电话", "Telephone"),
        t("日期", "Date"),
    ]
}

/// Who signs a review workbook.
pub fn review_signs() -> [Text; 4] {
    [t("复核人", "Reviewed by"), t("评估组长", "Lead assessor"), t("被复核部门陪同人", "Accompanied by"), t("日期", "Date")]
}

/// The last page, signed on paper; nothing on it is ever read.
pub fn sign_off_sheet(sheet: &mut Worksheet, respondent: &str, signs: &[Text], footer: &str, lang: Lang) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 2] = [26.0, 66.0];
    const LINE_POINTS: f64 = 48.0;
    sheet.set_name(SIGN_OFF.get(lang))?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.merge_range(0, 0, 0, 1, SIGN_OFF.get(lang), &write::title())?;
    sheet.set_row_height(0, 34)?;
    let who = if respondent.is_empty() { t("本单位", "this department") } else { respondent.into() };
    let statement = t(
        "{who}对所填内容的真实性负责。本页打印后签字盖章，随表交回；本页内容不影响计分。",
        "{who} certifies that the entries are true. Print this page, sign and seal it, and return it with the file; nothing on it affects a score.",
    )
    .with(&[("who", who)]);
    sheet.merge_range(1, 0, 1, 1, statement.get(lang), &write::plain())?;
    sheet.set_row_height(1, row_height(&[(statement.get(lang), 87.0)]).max(40.0))?;
    let label = write::body().set_font_name("黑体").set_background_color(Color::RGB(write::TINT));
    for (row, sign) in (2..).zip(signs) {
        sheet.write_string_with_format(row, 0, sign.get(lang), &label)?;
        sheet.write_blank(row, 1, &write::body())?;
        sheet.set_row_height(row, LINE_POINTS)?;
    }
    write::page(sheet, false, None, footer)
}
