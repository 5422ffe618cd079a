//! The review workbook (现场复核表): every answer of every department side by side, and empty cells for what the assessors find.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use crate::error::Failure;
use crate::sheet::write::{self, row_height};
use crate::survey::cells::{GroupSheet, Lists, Looks, sheets, store_sheet, validation};
use crate::survey::front::{self, Cover};
use crate::survey::issued::{self, ISSUED};
use crate::survey::layout::{Column, Verification};
use crate::text::{Lang, Text, t};
use crate::tree::{Item, Tree};
use crate::unit::Date;

/// What is copied for one item, and why it should be looked at first.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    /// The self-ratings in force.
    pub others: Text,
    pub evidence: String,
    /// Why it is reviewed before the others; none where it is not.
    pub first: Option<Text>,
}

/// A row holds four lines at least.
const ITEM_POINTS: f64 = 65.2;

/// The workbook's bytes; one of `copied` an item of the tree.
pub fn review(tree: &Tree, cover: &Cover, copied: &[Copied], lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(tree, cover, copied, lang, date).map_err(write::failure)
}

fn build(tree: &Tree, cover: &Cover, copied: &[Copied], lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = t("{tree} 现场复核表", "{tree}: review workbook").with(&[("tree", tree.name.clone())]);
    let mut workbook = write::workbook(date, title.get(lang))?;
    // What is to be looked at first stands first on its sheet; sorting keeps the order of the tree within both parts.
    let mut items: Vec<usize> = (0..tree.items.len()).filter(|index| tree.in_scope(&tree.items[*index])).collect();
    items.sort_by_key(|index| copied[*index].first.is_none());
    let sheets = sheets(tree, &items, lang);
    front::cover_sheet(workbook.add_worksheet(), tree, cover, &title, &guidance(copied), &sheets, lang)?;
    let looks = Looks::new();
    let mut lists = Lists::default();
    for sheet in &sheets {
        let footer = format!("{} {}", title.get(lang), sheet.title);
        let mut page = Page { tree, copied, looks: &looks, lists: &mut lists, lang };
        page.write(workbook.add_worksheet(), sheet, &footer)?;
    }
    front::sign_off_sheet(workbook.add_worksheet(), &cover.respondent, &front::review_signs(), title.get(lang), lang)?;
    let mut pairs = cover.stored("review");
    items.sort_unstable();
    let issued = issued::stored(tree, &items);
    pairs.extend(issued.as_deref().map(|ids| (ISSUED, ids)));
    store_sheet(workbook.add_worksheet(), &pairs)?;
    lists.write(&mut workbook)?;
    write::finish(workbook)
}

fn guidance(copied: &[Copied]) -> Vec<Text> {
    let first = copied.iter().filter(|one| one.first.is_some()).count();
    vec![
        t("1. 只填“复核”“核验方式”“复核说明”三栏。“复核”的填法与自评相同，点中单元格会显示；复核后以复核为准，不填的以自评为准。", "1. Fill in Review, Verification and Review note only. Review takes what a self-rating takes, as the cell shows when clicked; it replaces the self-rating, and an empty one leaves it."),
        t("2. 每页前面是先要核的题（否决项、关键项、各方答案不一的、填不适用的、只能由上级或评估组评定的），共 {count} 题，指标下面写明原因；其余按抽查安排。", "2. Each sheet begins with the items to look at first (veto and key items, answers that disagree, N/A, those only an outsider can rate), {count} in all, each with its reason; the others are sampled.")
            .with(&[("count", first.into())]),
        t("3. “核验方式”填 查文件、抽查、实测 之一。复核与自评不同的，在“复核说明”写明查到了什么。", "3. Verification is one of Documents, Spot check, Test. Where the review differs from the self-rating, Review note says what was found."),
        t("4. “各方自评”“佐证材料”是抄录的，改了也不计分；改动或自评后来有变的，检查时会提醒。", "4. Self-ratings and Evidence are copies and never scored; where one was changed, or the surveys changed since, the check says so."),
        t("5. 填好后放回评估文件夹，与各部门的自评表一起计分。", "5. Put the filled workbook back into the folder of the assessment; it is scored with the surveys."),
    ]
}

struct Page<'a> {
    tree: &'a Tree,
    copied: &'a [Copied],
    looks: &'a Looks,
    lists: &'a mut Lists,
    lang: Lang,
}

impl Page<'_> {
    fn write(&mut self, sheet: &mut Worksheet, group: &GroupSheet<'_>, footer: &str) -> Result<(), XlsxError> {
        sheet.set_name(&group.name)?;
        let columns = Column::REVIEW;
        for (index, (column, width)) in (0u16..).zip(columns) {
            sheet.set_column_width(index, width)?;
            sheet.write_string_with_format(0, index, column.words().get(self.lang), &self.looks.header)?;
        }
        sheet.set_row_height(0, 24)?;
        let last = u16::try_from(columns.len() - 1).unwrap_or(8);
        sheet.set_column_hidden(last)?;
        sheet.set_freeze_panes(1, 2)?;
        let mut row = 1;
        let mut part = None;
        for index in &group.items {
            let first = self.copied[*index].first.is_some();
            if part != Some(first) {
                part = Some(first);
                let text = if first { t("先核的题", "To be looked at first") } else { t("其余的题", "The others") };
                for column in 0..last {
                    sheet.write_blank(row, column, &self.looks.section)?;
                }
                sheet.write_string_with_format(row, 1, text.get(self.lang), &self.looks.section)?;
                sheet.set_row_height(row, 20)?;
                row += 1;
            }
            self.item(sheet, row, &self.tree.items[*index], &self.copied[*index])?;
            row += 1;
        }
        write::page(sheet, true, Some((0, 0)), footer)?;
        sheet.set_print_area(0, 0, row.saturating_sub(1), last - 1)?;
        Ok(())
    }

    fn item(&mut self, sheet: &mut Worksheet, row: u32, item: &Item, copied: &Copied) -> Result<(), XlsxError> {
        let scale = item.scaled.scale.as_ref();
        let guide = scale.guide();
        let why = copied.first.iter().map(|why| t("【{why}】", "[{why}]").with(&[("why", why.clone())]));
        let question = Text::new(
            format!("{}{}", item.criticality.mark(), item.question.zh),
            format!("{}{}", item.criticality.mark(), item.question.en),
        );
        let question = Text::join(&std::iter::once(question).chain([guide]).chain(why).collect::<Vec<_>>(), "\n", "\n");
        let lead = self.tree.lead_name(item);
        let mut height: Vec<(String, f64)> = Vec::new();
        for (index, (column, width)) in (0u16..).zip(Column::REVIEW) {
            let (text, look) = match column {
                Column::Ref => (item.reference.as_str(), &self.looks.centre),
                Column::Indicator => (question.get(self.lang), &self.looks.body),
                Column::Lead => (lead.get(self.lang), &self.looks.centre),
                Column::Others => (copied.others.get(self.lang), &self.looks.body),
                Column::Evidence => (copied.evidence.as_str(), &self.looks.body),
                Column::Review if scale.text_cell() => ("", &self.looks.text_input),
                Column::Review => ("", &self.looks.input),
                Column::Verification | Column::ReviewNote => ("", &self.looks.text_input),
                Column::Id => (item.id.as_str(), &self.looks.body),
                _ => ("", &self.looks.body),
            };
            let text = write::cell_text(text);
            if text.is_empty() {
                sheet.write_blank(row, index, look)?;
            } else {
                sheet.write_string_with_format(row, index, &text, look)?;
            }
            match column {
                Column::Review => {
                    sheet.add_data_validation(row, index, row, index, &validation(item, self.lists, self.lang)?)?;
                }
                Column::Verification => {
                    let ways = Verification::ALL.map(|(_, _, words)| words.get(self.lang).to_string());
                    let list = DataValidation::new().allow_list_strings(&ways)?.ignore_blank(true);
                    sheet.add_data_validation(row, index, row, index, &list)?;
                }
                _ => {}
            }
            height.push((text, width));
        }
        let height: Vec<(&str, f64)> = height.iter().map(|(text, width)| (text.as_str(), *width)).collect();
        sheet.set_row_height(row, row_height(&height).max(ITEM_POINTS))?;
        Ok(())
    }
}
