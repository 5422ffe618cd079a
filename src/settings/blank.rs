//! The settings workbook as `ecap init` hands it out: what is known filled in, what is wanted in coloured cells.

use rust_xlsxwriter::{Color, DataValidation, DataValidationRule, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::error::Failure;
use crate::settings::blank_hazards;
use crate::settings::layout::{
    ALL, APPROVED_BY, CONTACT, DEFAULT_WEIGHT, DEPARTMENT, DEPARTMENTS_SHEET, ITEMS, KIND, LABEL, LEAD, LOCAL_WEIGHT, Label, MOVED_TO,
    NAME, REASON, REF, SCOPE, SCOPE_SHEET, TARGET, TARGETS_SHEET, UNIT_SHEET, VALUE, WEIGHTS_SHEET,
};
use crate::sheet::write::{self, row_height};
use crate::survey::layout::{ASSESSOR, STORE};
use crate::text::{Lang, Text, t};
use crate::tree::{Profile, Tree};
use crate::unit::Date;

/// Empty rows for what an office adds.
const SPARE_ROWS: u32 = 30;

/// The blank workbook's bytes; unit and period as far as they are known.
pub fn blank(tree: &Tree, unit: &str, period: &str, lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(tree, unit, period, lang, date).map_err(write::failure)
}

fn build(tree: &Tree, unit: &str, period: &str, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = t("{tree}评估设置", "{tree}: settings").with(&[("tree", tree.name.clone())]);
    let mut workbook = write::workbook(date, title.get(lang))?;
    let looks = Looks::new();
    let pages = Pages { tree, looks: &looks, lang, footer: title.get(lang) };
    pages.unit(workbook.add_worksheet(), &title, unit, period)?;
    pages.departments(workbook.add_worksheet())?;
    pages.scope(workbook.add_worksheet())?;
    pages.weights(workbook.add_worksheet())?;
    pages.targets(workbook.add_worksheet())?;
    blank_hazards::hazards(&pages, workbook.add_worksheet())?;
    blank_hazards::rule(&pages, workbook.add_worksheet())?;
    store(&mut workbook, tree)?;
    write::finish(workbook)
}

pub(super) struct Looks {
    pub header: Format,
    pub body: Format,
    pub centre: Format,
    pub number: Format,
    pub input: Format,
    pub text_input: Format,
}

impl Looks {
    fn new() -> Self {
        let body = write::body();
        let input = body.clone().set_background_color(Color::RGB(write::INPUT));
        Looks {
            header: write::header(),
            centre: body.clone().set_align(FormatAlign::Center),
            number: body.clone().set_align(FormatAlign::Right).set_num_format("0.###"),
            text_input: input.clone().set_num_format("@"),
            input,
            body,
        }
    }
}

pub(super) struct Pages<'a> {
    pub tree: &'a Tree,
    pub looks: &'a Looks,
    pub lang: Lang,
    pub footer: &'a str,
}

impl Pages<'_> {
    /// Name, widths and the lines above the first table; the next row.
    pub fn head(&self, sheet: &mut Worksheet, name: &Text, widths: &[f64], lines: &[Text]) -> Result<u32, XlsxError> {
        sheet.set_name(name.get(self.lang))?;
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        let last = u16::try_from(widths.len() - 1).unwrap_or(0);
        let total: f64 = widths.iter().sum();
        let mut row = 0;
        for line in lines {
            let text = line.get(self.lang);
            sheet.merge_range(row, 0, row, last, text, &write::plain())?;
            sheet.set_row_height(row, row_height(&[(text, total * 0.95)]))?;
            row += 1;
        }
        Ok(row)
    }

    pub fn header(&self, sheet: &mut Worksheet, row: u32, first: u16, words: &[Text]) -> Result<(), XlsxError> {
        for (column, word) in (first..).zip(words) {
            sheet.write_string_with_format(row, column, word.get(self.lang), &self.looks.header)?;
        }
        sheet.set_row_height(row, 24)?;
        Ok(())
    }

    fn spare(&self, sheet: &mut Worksheet, first_row: u32, columns: std::ops::Range<u16>) -> Result<(), XlsxError> {
        for row in first_row..first_row + SPARE_ROWS {
            for column in columns.clone() {
                sheet.write_blank(row, column, &self.looks.text_input)?;
            }
        }
        Ok(())
    }

    fn unit(&self, sheet: &mut Worksheet, title: &Text, unit: &str, period: &str) -> Result<(), XlsxError> {
        const WIDTHS: [f64; 3] = [16.0, 40.0, 46.0];
        sheet.set_name(UNIT_SHEET.get(self.lang))?;
        for (column, width) in (0u16..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        sheet.merge_range(0, 0, 0, 2, title.get(self.lang), &write::title())?;
        sheet.set_row_height(0, row_height(&[(title.get(self.lang), 56.0)]).max(34.0))?;
        self.header(sheet, 1, 0, &[LABEL, VALUE, t("怎样填", "How to fill it in")])?;
        let mut row = 2;
        for label in Label::ALL {
            let value = match label {
                Label::Unit => unit,
                Label::Period => period,
                _ => "",
            };
            sheet.write_string_with_format(row, 0, label.words().get(self.lang), &self.looks.body)?;
            sheet.write_string_with_format(row, 1, value, &self.looks.text_input)?;
            let help = label.help();
            sheet.write_string_with_format(row, 2, help.get(self.lang), &self.looks.body)?;
            sheet.set_row_height(row, row_height(&[(help.get(self.lang), WIDTHS[2]), (value, WIDTHS[1])]).max(22.0))?;
            row += 1;
        }
        row += 1;
        sheet.merge_range(row, 0, row, 2, t("这份设置怎样用", "How these settings are used").get(self.lang), &write::heading())?;
        row += 1;
        for line in steps() {
            let text = line.get(self.lang);
            sheet.merge_range(row, 0, row, 2, text, &write::plain())?;
            sheet.set_row_height(row, row_height(&[(text, 97.0)]))?;
            row += 1;
        }
        write::page(sheet, false, None, self.footer)
    }

    fn departments(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lines = [
            t(
                "左表：每个牵头部门的题由哪个实际部门作答。几个部门合答的用顿号隔开，如 区交通局、区公路局；一个部门可以出现在几行。联系人只用于催办。",
                "Left: which real department answers for each lead; several are parted by commas, and one may stand in several rows. Contacts are used for reminders only.",
            ),
            t(
                "右表：个别题改由别的部门作答的，写题目编号和部门名称。“上级或评估组”的题由评估组现场评定，不交给被评单位的部门。",
                "Right: single items moved to another department. Items of the higher authority or the assessors are rated by the assessors and go to no department of the unit assessed.",
            ),
        ];
        let header = self.head(sheet, &DEPARTMENTS_SHEET, &[24.0, 8.0, 34.0, 24.0, 4.0, 12.0, 26.0], &lines)?;
        self.header(sheet, header, 0, &[LEAD, ITEMS, DEPARTMENT, CONTACT])?;
        self.header(sheet, header, 5, &[REF, MOVED_TO])?;
        let mut row = header + 1;
        for (index, department) in self.tree.departments.iter().enumerate() {
            let count = self.tree.items.iter().filter(|item| item.lead == Some(index)).count();
            if count == 0 {
                continue;
            }
            let name = department.name.get(self.lang);
            let real = if department.outsider { ASSESSOR.get(self.lang).to_string() } else { String::new() };
            sheet.write_string_with_format(row, 0, name, &self.looks.body)?;
            sheet.write_number_with_format(row, 1, count as f64, &self.looks.centre)?;
            sheet.write_string_with_format(row, 2, &real, &self.looks.text_input)?;
            sheet.write_string_with_format(row, 3, "", &self.looks.text_input)?;
            sheet.set_row_height(row, row_height(&[(name, 24.0)]).max(20.0))?;
            row += 1;
        }
        self.spare(sheet, header + 1, 5..7)?;
        sheet.set_freeze_panes(header + 1, 1)?;
        write::page(sheet, true, Some((header, header)), self.footer)
    }

    fn scope(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lines = [
            t(
                "“范围”填“全部”，或只评其中一部分。下表写不评的题或分组（编号写 01、01.1 或 01.1.01）和理由；不评的退出计分，单独计数，与“不适用”分开。",
                "Scope: All, or a part. Below, items or groups that are not assessed (01, 01.1 or 01.1.01), each with its reason; they leave the score and are counted apart from N/A.",
            ),
            t(
                "不评的题中有否决项（★）的，还要写批准人职务，如 评估组长。",
                "Where a veto item (★) is left out, the post that approved it stands beside it.",
            ),
        ];
        let row = self.head(sheet, &SCOPE_SHEET, &[16.0, 60.0, 26.0], &lines)?;
        sheet.write_string_with_format(row, 0, SCOPE.get(self.lang), &self.looks.header)?;
        sheet.write_string_with_format(row, 1, ALL.get(self.lang), &self.looks.text_input)?;
        let offered = Profile::all().into_iter().map(|profile| profile.name().get(self.lang).to_string());
        let choices: Vec<String> = std::iter::once(ALL.get(self.lang).to_string()).chain(offered).collect();
        sheet.add_data_validation(row, 1, row, 1, &DataValidation::new().allow_list_strings(&choices)?)?;
        let header = row + 2;
        self.header(sheet, header, 0, &[REF, REASON, APPROVED_BY])?;
        self.spare(sheet, header + 1, 0..3)?;
        write::page(sheet, false, None, self.footer)
    }

    fn weights(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lines = [t(
            "本地要改权重的，在“本地权重”填大于 0 的数，空着的用默认权重；只与同一上级下的各组相比。报告首页会写明改了哪些，并列出按默认权重的总分。",
            "To change a weight write a number above 0 under Local weight; empty cells keep the default. A weight counts among groups of the same parent only. The first page of the report names what was changed and states the total under default weights.",
        )];
        let header = self.head(sheet, &WEIGHTS_SHEET, &[10.0, 44.0, 14.0, 14.0], &lines)?;
        self.header(sheet, header, 0, &[REF, NAME, DEFAULT_WEIGHT, LOCAL_WEIGHT])?;
        let mut row = header + 1;
        for group in &self.tree.groups {
            let name = group.name.get(self.lang);
            sheet.write_string_with_format(row, 0, &group.code, &self.looks.body.clone().set_num_format("@"))?;
            sheet.write_string_with_format(row, 1, name, &self.looks.body)?;
            sheet.write_number_with_format(row, 2, group.weight, &self.looks.number)?;
            sheet.write_blank(row, 3, &self.looks.input)?;
            sheet.set_row_height(row, row_height(&[(name, 44.0)]))?;
            row += 1;
        }
        let above = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThan(0.0)).ignore_blank(true);
        let above = above.set_error_message(t("请填大于 0 的数。", "Write a number above 0.").get(self.lang))?;
        sheet.add_data_validation(header + 1, 3, row.saturating_sub(1).max(header + 1), 3, &above)?;
        sheet.set_freeze_panes(header + 1, 0)?;
        write::page(sheet, false, Some((header, header)), self.footer)
    }

    fn targets(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lines = [t(
            "要达到的分数（0 到 100），编号写 01、01.1 或 01.1.01；没有写的按指标体系，体系也没有的按 100 分。",
            "Scores to be reached (0 to 100), for 01, 01.1 or 01.1.01; what is not named keeps the tree's target, or 100.",
        )];
        let header = self.head(sheet, &TARGETS_SHEET, &[16.0, 16.0, 60.0], &lines)?;
        self.header(sheet, header, 0, &[REF, TARGET])?;
        self.spare(sheet, header + 1, 0..1)?;
        for row in header + 1..=header + SPARE_ROWS {
            sheet.write_blank(row, 1, &self.looks.input)?;
        }
        let range = DataValidation::new().allow_decimal_number(DataValidationRule::Between(0.0, 100.0)).ignore_blank(true);
        let range = range.set_error_message(t("请填 0 到 100 的分数。", "Write a score from 0 to 100.").get(self.lang))?;
        sheet.add_data_validation(header + 1, 1, header + SPARE_ROWS, 1, &range)?;
        write::page(sheet, false, Some((header, header)), self.footer)
    }
}

/// The week, in the order of its days.
fn steps() -> Vec<Text> {
    vec![
        t(
            "1. 填好本页和“部门对照”。“范围”“权重”“目标”不改的不用填。",
            "1. Fill in this sheet and Departments; the others only where something is to change.",
        ),
        t(
            "2. 发放问卷：每个部门一个文件，另有一个给评估组。命令 ecap survey --by-department 本文件夹。",
            "2. Hand out: a file a department and one for the assessors. ecap survey --by-department FOLDER",
        ),
        t(
            "3. 收回的表放进本文件夹（可以建子文件夹），检查回收：谁没交、谁没填完、哪里填错，并写好催办的话。命令 ecap check 本文件夹 -o 检查结果。",
            "3. Put what returns into this folder and check: who is missing, what is blank or wrong, and reminders to paste. ecap check FOLDER -o RESULTS",
        ),
        t(
            "4. 交齐后生成现场复核表，评估组带去现场，填“复核”“核验方式”“复核说明”，放回本文件夹。命令 ecap survey --review 本文件夹。",
            "4. When all is in, make the review workbook; the assessors fill it on site and put it back. ecap survey --review FOLDER",
        ),
        t(
            "5. 评分出报告。没有交齐之前报告都标“草稿”。命令 ecap score 本文件夹 -o 报告。",
            "5. Score. Until all is in, every report is marked as a draft. ecap score FOLDER -o REPORTS",
        ),
        t("不会用命令的，直接双击 ecap，按提示选择。", "Whoever does not like commands double-clicks ecap and follows the questions."),
    ]
}

fn store(workbook: &mut Workbook, tree: &Tree) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(STORE)?.set_very_hidden(true);
    for (row, (key, value)) in (0u32..).zip([("kind", KIND), ("tree", tree.id.as_str()), ("digest", tree.sha256.as_str())]) {
        sheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
    }
    Ok(())
}
