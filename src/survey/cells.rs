//! What blank surveys and review workbooks share: sheets of items, looks, drop-downs, the hidden copy of the cover.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

use crate::scale::{NO_DATA, NOT_APPLICABLE};
use crate::sheet::write::{self, distinct_names};
use crate::survey::layout::{COVER, NO_GROUP, SIGN_OFF, STORE};
use crate::text::{Lang, Text, t};
use crate::tree::{Item, Tree};

/// A literal drop-down list longer than this makes a workbook invalid.
const MAX_LIST: usize = 255;
/// The hidden sheet of lists too long for a validation.
pub const LISTS: &str = "_lists";
const INPUT_TITLE_LIMIT: usize = 32;
const INPUT_LIMIT: usize = 255;

/// One sheet of items: a level-1 group, or the items without one.
pub struct GroupSheet<'a> {
    pub name: String,
    pub title: String,
    /// Indices into the tree's items.
    pub items: Vec<usize>,
    tree: &'a Tree,
}

/// The sheets that hold these items of the tree.
pub fn sheets<'a>(tree: &'a Tree, items: &[usize], lang: Lang) -> Vec<GroupSheet<'a>> {
    let mut sheets: Vec<GroupSheet<'_>> = Vec::new();
    let mut loose: Vec<usize> = Vec::new();
    let mut by_top: Vec<Vec<usize>> = vec![Vec::new(); tree.groups.len()];
    for index in items {
        match tree.top_of_item(&tree.items[*index]) {
            Some(top) => by_top[top].push(*index),
            None => loose.push(*index),
        }
    }
    if !loose.is_empty() {
        sheets.push(GroupSheet {
            name: NO_GROUP.to_string(),
            title: t("未分组题目", "Items without a group").get(lang).to_string(),
            items: loose,
            tree,
        });
    }
    for (group, items) in tree.groups.iter().zip(by_top) {
        if !items.is_empty() {
            let title = format!("{} {}", group.code, group.name.get(lang));
            sheets.push(GroupSheet { name: title.clone(), title, items, tree });
        }
    }
    // The names of the cover, of the sign-off page and of our hidden sheets are taken.
    let mut names: Vec<String> = [COVER.get(lang), SIGN_OFF.get(lang), STORE, LISTS].map(str::to_string).to_vec();
    let taken = names.len();
    names.extend(sheets.iter().map(|sheet| sheet.name.clone()));
    for (sheet, name) in sheets.iter_mut().zip(distinct_names(&names).split_off(taken)) {
        sheet.name = name;
    }
    sheets
}

impl GroupSheet<'_> {
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().map(|index| &self.tree.items[*index])
    }
}

/// The looks of an item's row.
pub struct Looks {
    pub header: Format,
    pub body: Format,
    pub centre: Format,
    pub input: Format,
    pub text_input: Format,
    pub text_review: Format,
    pub review: Format,
    pub section: Format,
}

impl Looks {
    pub fn new() -> Self {
        let body = write::body();
        let input = body
            .clone()
            .set_background_color(Color::RGB(write::INPUT))
            .set_align(FormatAlign::Center)
            .set_border(FormatBorder::Medium)
            .set_border_color(Color::RGB(0xC0_90_30));
        Looks {
            header: write::header(),
            centre: body.clone().set_align(FormatAlign::Center),
            text_input: input.clone().set_num_format("@"),
            text_review: body.clone().set_background_color(Color::RGB(0xF2_F2_F2)).set_num_format("@"),
            review: body.clone().set_background_color(Color::RGB(0xF2_F2_F2)),
            section: body.clone().set_font_name("黑体").set_bold().set_background_color(Color::RGB(write::TINT)),
            input,
            body,
        }
    }
}

/// What a cell says when it is clicked, and the list it offers.
pub fn validation(item: &Item, lists: &mut Lists, lang: Lang) -> Result<DataValidation, XlsxError> {
    let scale = item.scaled.scale.as_ref();
    let mut hint = vec![t("填{hint}。", "Type {hint}.").with(&[("hint", scale.hint())])];
    hint.push(match &item.na {
        Some(condition) => t(
            "{condition}的填“不适用”，在说明中写理由；找不到材料的填“查无资料”。",
            "N/A, with the reason in Note, where {condition}; No data where no record is found.",
        )
        .with(&[("condition", condition.clone())]),
        None => t("找不到材料的填“查无资料”；本题不设“不适用”。", "No data is taken too; N/A is not, for this item."),
    });
    let hint = Text::join(&hint, "", " ");
    let message: String = hint.get(lang).chars().take(INPUT_LIMIT).collect();
    let choices = scale.choices();
    if choices.is_empty() {
        return prompt(item, &message);
    }
    let words: Vec<String> = choices.iter().chain([&NOT_APPLICABLE, &NO_DATA]).map(|choice| choice.get(lang).to_string()).collect();
    let short = words.join(",").chars().count() <= MAX_LIST && words.iter().all(|word| !word.contains(','));
    let rule = if short {
        DataValidation::new().allow_list_strings(&words)?
    } else {
        DataValidation::new().allow_list_formula(lists.range(words))
    };
    let rule = rule.set_error_title(t("不在可填范围内", "Not in the list").get(lang))?.set_error_message(&message)?;
    rule.ignore_blank(true).set_input_title(title(item))?.set_input_message(message)
}

/// A cell that takes anything and says what is wanted when it is clicked.
pub fn prompt(item: &Item, message: &str) -> Result<DataValidation, XlsxError> {
    let message: String = message.chars().take(INPUT_LIMIT).collect();
    DataValidation::new().allow_any_value().ignore_blank(true).set_input_title(title(item))?.set_input_message(message)
}

/// Over an input message: the item's ref.
fn title(item: &Item) -> String {
    item.reference.chars().take(INPUT_TITLE_LIMIT).collect()
}

/// Lists too long to stand in a validation, on a hidden sheet of their own.
#[derive(Default)]
pub struct Lists {
    columns: Vec<Vec<String>>,
}

impl Lists {
    fn range(&mut self, words: Vec<String>) -> Formula {
        let index = self.columns.iter().position(|column| *column == words).unwrap_or_else(|| {
            self.columns.push(words.clone());
            self.columns.len() - 1
        });
        let letters = crate::place::column_name(u32::try_from(index).unwrap_or(0));
        Formula::new(format!("={LISTS}!${letters}$1:${letters}${}", words.len()))
    }

    pub fn write(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let sheet = workbook.add_worksheet();
        sheet.set_name(LISTS)?.set_hidden(true);
        for (column, words) in (0u16..).zip(&self.columns) {
            for (row, word) in (0u32..).zip(words) {
                sheet.write_string(row, column, word)?;
            }
        }
        Ok(())
    }
}

/// The hidden copy of the cover: key and value a row.
pub fn store_sheet(sheet: &mut Worksheet, pairs: &[(&str, &str)]) -> Result<(), XlsxError> {
    sheet.set_name(STORE)?.set_very_hidden(true);
    for (row, (key, value)) in (0u32..).zip(pairs) {
        sheet.write_string(row, 0, *key)?.write_string(row, 1, *value)?;
    }
    Ok(())
}
