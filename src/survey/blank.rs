//! A tree becomes the workbook that offices fill.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

use crate::error::Failure;
use crate::scale::{NO_DATA, NOT_APPLICABLE};
use crate::sheet::write::{self, distinct_names, row_height};
use crate::survey::layout::{ASSESSOR, COVER, Column, CoverLabel, NO_GROUP, STORE};
use crate::text::{Lang, Text, t};
use crate::tree::{Criticality, Item, Profile, Tree};
use crate::unit::Date;

/// What stands on the cover of a blank survey.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    pub unit: String,
    pub period: String,
    pub respondent: String,
}

/// A literal drop-down list longer than this makes a workbook invalid.
const MAX_LIST: usize = 255;
/// An item's row holds five lines at least.
const ITEM_POINTS: f64 = 80.5;
const LISTS: &str = "_lists";
const INPUT_TITLE_LIMIT: usize = 32;
const INPUT_LIMIT: usize = 255;

/// The blank workbook's bytes.
pub fn blank(tree: &Tree, cover: &Cover, lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(tree, cover, lang, date).map_err(write::failure)
}

fn build(tree: &Tree, cover: &Cover, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = t("{tree}自评表", "{tree}: survey").with(&[("tree", tree.name.clone())]);
    let mut workbook = write::workbook(date, title.get(lang))?;
    let sheets = sheets(tree, lang);
    cover_sheet(workbook.add_worksheet(), tree, cover, &sheets, lang)?;
    let looks = Looks::new();
    let mut lists = Lists::default();
    for sheet in &sheets {
        let footer = format!("{} {}", tree.name.get(lang), sheet.title);
        group_sheet(workbook.add_worksheet(), tree, sheet, &looks, &mut lists, &footer, lang)?;
    }
    store_sheet(workbook.add_worksheet(), cover, tree.profile)?;
    lists.write(&mut workbook)?;
    workbook.save_to_buffer()
}

/// One sheet of items: a level-1 group, or the items without one.
struct GroupSheet<'a> {
    name: String,
    title: String,
    items: Vec<&'a Item>,
}

fn sheets(tree: &Tree, lang: Lang) -> Vec<GroupSheet<'_>> {
    let mut sheets: Vec<GroupSheet<'_>> = Vec::new();
    let mut loose: Vec<&Item> = Vec::new();
    let mut by_top: Vec<Vec<&Item>> = vec![Vec::new(); tree.groups.len()];
    for item in tree.items.iter().filter(|item| tree.in_scope(item)) {
        match tree.top_of_item(item) {
            Some(top) => by_top[top].push(item),
            None => loose.push(item),
        }
    }
    if !loose.is_empty() {
        sheets.push(GroupSheet {
            name: NO_GROUP.to_string(),
            title: t("未分组题目", "Items without a group").get(lang).to_string(),
            items: loose,
        });
    }
    for (group, items) in tree.groups.iter().zip(by_top) {
        if !items.is_empty() {
            let title = format!("{} {}", group.code, group.name.get(lang));
            sheets.push(GroupSheet { name: title.clone(), title, items });
        }
    }
    // The names of the cover and of our hidden sheets are taken.
    let mut names = vec![COVER.get(lang).to_string(), STORE.to_string(), LISTS.to_string()];
    let taken = names.len();
    names.extend(sheets.iter().map(|sheet| sheet.name.clone()));
    for (sheet, name) in sheets.iter_mut().zip(distinct_names(&names).split_off(taken)) {
        sheet.name = name;
    }
    sheets
}

fn cover_sheet(sheet: &mut Worksheet, tree: &Tree, cover: &Cover, sheets: &[GroupSheet<'_>], lang: Lang) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 4] = [16.0, 46.0, 10.0, 24.0];
    sheet.set_name(COVER.get(lang))?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let total: f64 = WIDTHS.iter().sum();
    let profile = tree.profile.map(|profile| t("（{name}）", " ({name})").with(&[("name", profile.name())])).unwrap_or_default();
    let title = t("{tree} 自评表{profile}", "{tree}: survey{profile}").with(&[("tree", tree.name.clone()), ("profile", profile)]);
    sheet.merge_range(0, 0, 0, 3, title.get(lang), &write::title())?;
    sheet.set_row_height(0, row_height(&[(title.get(lang), total * 0.55)]).max(34.0))?;

    let label = write::body().set_font_name("黑体").set_background_color(Color::RGB(write::TINT));
    let given = write::body().set_num_format("@");
    let typed = given.clone().set_background_color(Color::RGB(write::INPUT));
    let values = [
        (CoverLabel::Unit, cover.unit.as_str(), true),
        (CoverLabel::Parent, "", true),
        (CoverLabel::Class, "", true),
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
        sheet.write_string_with_format(row, 1, value, if fill { &typed } else { &given })?;
        sheet.set_row_height(row, row_height(&[(value, WIDTHS[1])]).max(20.0))?;
        row += 1;
    }
    row += 1;
    sheet.merge_range(row, 0, row, 3, t("怎样填", "How to fill it in").get(lang), &write::heading())?;
    row += 1;
    for line in guidance(tree) {
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

/// What a person must know before filling a cell.
fn guidance(tree: &Tree) -> Vec<Text> {
    let mut lines = vec![
        t("1. 每题只在“自评”栏作答，怎样填见“评分标准”栏；点中单元格会显示可填的内容。请按实际情况填，没有的不要空着。", "1. Answer each item under Self only; the scoring guide says how, and clicking the cell shows what may be typed. Answer as things are; leave nothing blank."),
        t("2. 等级题填等级数字；是否题填“是”“否”；比率题填“分子/分母”（如 45/50）或百分数（如 90%）；个数、数量、时长填数字；要素题填已具备的要素序号（如 1、3、5），也可填“全部”“无”。", "2. Levels take the level's number; yes-or-no items Yes or No; rates numerator/denominator (45/50) or a percentage (90%); counts, quantities and durations a number; checklists the numbers of the elements in place (1, 3, 5), or All, None."),
        t("3. 本题所问的事在本地不可能有的，填“不适用”，并在“说明”栏写理由；只有评分标准写明可不适用条件的题可以这样填。否决项（★）还要写明批准人职务，如“批准：评估组长”。", "3. Where the thing asked cannot exist here, write N/A with the reason under Note; only items whose guide states a condition allow it. A veto item (★) also names the post that approved it, as in \"Approved by: lead assessor\"."),
        t("4. 应当有而查不到材料的，填“查无资料”，按 0 分计。空着的题也按 0 分计，并在报告中列出。", "4. Where a record should exist and none was found, write No data; it scores 0. A blank also scores 0 and is listed in the report."),
        t("5. “佐证材料”栏写文件名称、文号或台账名称；“复核”“复核说明”两栏由评估组填写。", "5. Under Evidence give titles, document numbers or registers. Review and Review note are the assessors'."),
        t("6. ★为否决项，☆为关键项。牵头部门为“上级或评估组”的题不用自评，由评估组填写。", "6. ★ is a veto item, ☆ a key item. Items led by higher authority or assessors are not for self-assessment; the assessors fill them."),
        t("7. 整个单位只填一份的，“填报单位”写“{assessor}”；分部门填的，写部门名称。同一份表再次报送，请把“第几次报送”加 1。", "7. If one workbook serves the whole unit, write \"{assessor}\" under Respondent; else the department's name. When you send it again, raise Submission by 1.").with(&[("assessor", ASSESSOR)]),
        t("8. 可以增加行列、改工作表名，请勿改表头和隐藏的 id 栏。", "8. Rows and columns may be added and sheets renamed; please leave the headers and the hidden id column."),
    ];
    if tree.items.iter().any(|item| item.content.time.is_some()) {
        lines.push(t("9. 评估基准日是评估期的最后一天，另有规定的从其规定；“评估期内”指评估基准日前 12 个月，“近 36 个月”等都从评估基准日往前算。上级单位、类别可以不填。", "9. The reference date is the last day of the period unless set otherwise; \"in the period\" is the 12 months before it, and \"the last 36 months\" and the like count back from it. Parent unit and class may be left empty."));
    }
    if let Some(profile) = tree.profile {
        lines.push(
            t(
                "本表只含“{profile}”范围的 {count} 题；其余的题不在范围内，不用填，也不必写“不适用”。",
                "This workbook holds the {count} items of the profile {profile} only; the others are out of scope and need no N/A.",
            )
            .with(&[("profile", profile.name()), ("count", tree.scope().into())]),
        );
    }
    if tree.id == "cn-eca-405" {
        lines.push(t("结构（18 个一级、67 个二级指标）据来源文献所述中国安科院体系；405 项三级指标为本项目自拟，不是官方标准。", "The structure (18 level-1 and 67 level-2 indicators) follows the system of a Chinese research institute as a source document describes it; the 405 level-3 items are this project's own and no official standard."));
    }
    lines
}

struct Looks {
    header: Format,
    body: Format,
    centre: Format,
    input: Format,
    text_input: Format,
    text_review: Format,
    review: Format,
    section: Format,
}

impl Looks {
    fn new() -> Self {
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

fn group_sheet(
    sheet: &mut Worksheet,
    tree: &Tree,
    group: &GroupSheet<'_>,
    looks: &Looks,
    lists: &mut Lists,
    footer: &str,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(&group.name)?;
    let columns = Column::SURVEY;
    for (index, (column, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(index, width)?;
        sheet.write_string_with_format(0, index, column.words().get(lang), &looks.header)?;
    }
    sheet.set_row_height(0, 24)?;
    let last = u16::try_from(columns.len() - 1).unwrap_or(9);
    sheet.set_column_hidden(last)?;
    sheet.set_freeze_panes(1, 2)?;
    let mut row = 1;
    let mut within = None;
    for item in &group.items {
        // A line names each group below level 1 as its items begin; it holds no ref and no id, so it is ignored when read.
        if item.parent != within
            && let Some(parent) = item.parent.filter(|parent| tree.groups[*parent].level > 1)
        {
            let parent = &tree.groups[parent];
            let text = format!("{} {}", parent.code, parent.name.get(lang));
            for column in 0..last {
                sheet.write_blank(row, column, &looks.section)?;
            }
            sheet.write_string_with_format(row, 1, &text, &looks.section)?;
            sheet.set_row_height(row, row_height(&[(&text, columns[1].1)]).max(20.0))?;
            row += 1;
        }
        within = item.parent;
        item_row(sheet, row, tree, item, looks, lists, lang)?;
        row += 1;
    }
    write::page(sheet, true, Some((0, 0)), footer)?;
    sheet.set_print_area(0, 0, row.saturating_sub(1), last - 1)?;
    Ok(())
}

fn item_row(
    sheet: &mut Worksheet,
    row: u32,
    tree: &Tree,
    item: &Item,
    looks: &Looks,
    lists: &mut Lists,
    lang: Lang,
) -> Result<(), XlsxError> {
    let scale = item.scaled.scale.as_ref();
    let question = format!("{}{}", item.criticality.mark(), item.question.get(lang));
    let mut guide = vec![scale.guide()];
    if let Some(condition) = &item.na {
        guide.push(t("可不适用：{condition}", "N/A where: {condition}").with(&[("condition", condition.clone())]));
    }
    if item.criticality == Criticality::Veto {
        guide.push(t("否决项：不达标的，总评等级受限", "veto: failing it caps the grade"));
    }
    guide.extend(proof(tree, item));
    let guide = Text::join(&guide, "\n", "\n");
    let lead = tree.lead_name(item);
    let mut height: Vec<(&str, f64)> = Vec::new();
    for (index, (column, width)) in (0u16..).zip(Column::SURVEY) {
        let (text, look) = match column {
            Column::Ref => (item.reference.as_str(), &looks.centre),
            Column::Indicator => (question.as_str(), &looks.body),
            Column::Guide => (guide.get(lang), &looks.body),
            Column::Lead => (lead.get(lang), &looks.centre),
            Column::Own => ("", if scale.text_cell() { &looks.text_input } else { &looks.input }),
            Column::Review => ("", if scale.text_cell() { &looks.text_review } else { &looks.review }),
            Column::ReviewNote => ("", &looks.review),
            Column::Id => (item.id.as_str(), &looks.body),
            _ => ("", &looks.body),
        };
        height.push((text, width));
        if text.is_empty() {
            sheet.write_blank(row, index, look)?
        } else {
            sheet.write_string_with_format(row, index, write::cell_text(text), look)?
        };
        if matches!(column, Column::Own | Column::Review) {
            sheet.add_data_validation(row, index, row, index, &validation(item, lists, lang)?)?;
        }
        if column == Column::Evidence && !item.content.evidence.is_empty() {
            let wanted = t("应附：{evidence}", "attach: {evidence}").with(&[("evidence", item.content.evidence_shown())]);
            sheet.add_data_validation(row, index, row, index, &prompt(item, wanted.get(lang))?)?;
        }
    }
    // Room for what will be typed beside the question: a fixed row does not grow.
    sheet.set_row_height(row, row_height(&height).max(ITEM_POINTS))?;
    Ok(())
}

/// What to attach, what is drawn for the check, and what the law asks for.
fn proof(tree: &Tree, item: &Item) -> Vec<Text> {
    let content = &item.content;
    let mut lines = Vec::new();
    if !content.evidence.is_empty() {
        lines.push(t("应附：{evidence}", "attach: {evidence}").with(&[("evidence", content.evidence_shown())]));
    }
    lines.extend(content.sample.iter().map(|sample| t("抽样：{sample}", "sample: {sample}").with(&[("sample", sample.shown())])));
    let laws = content.laws_shown(tree);
    if let Some(floor) = item.floor_shown().filter(|_| tree.judges_floors()) {
        lines.push(t("法定底线：{floor}（{laws}）", "the law asks for: {floor} ({laws})").with(&[("floor", floor), ("laws", laws)]));
    }
    lines
}

/// What a cell says when it is clicked, and the list it offers.
fn validation(item: &Item, lists: &mut Lists, lang: Lang) -> Result<DataValidation, XlsxError> {
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
fn prompt(item: &Item, message: &str) -> Result<DataValidation, XlsxError> {
    let message: String = message.chars().take(INPUT_LIMIT).collect();
    DataValidation::new().allow_any_value().ignore_blank(true).set_input_title(title(item))?.set_input_message(message)
}

/// Over an input message: the item's ref.
fn title(item: &Item) -> String {
    item.reference.chars().take(INPUT_TITLE_LIMIT).collect()
}

/// Lists too long to stand in a validation, on a hidden sheet of their own.
#[derive(Default)]
struct Lists {
    columns: Vec<Vec<String>>,
}

impl Lists {
    fn range(&mut self, words: Vec<String>) -> Formula {
        let index = self.columns.iter().position(|column| *column == words).unwrap_or_else(|| {
            self.columns.push(words.clone());
            self.columns.len() - 1
        });
        let column = crate::place::cell_name(0, u32::try_from(index).unwrap_or(0));
        let letters = column.trim_end_matches('1');
        Formula::new(format!("={LISTS}!${letters}$1:${letters}${}", words.len()))
    }

    fn write(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
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

fn store_sheet(sheet: &mut Worksheet, cover: &Cover, profile: Option<Profile>) -> Result<(), XlsxError> {
    sheet.set_name(STORE)?.set_very_hidden(true);
    let mut pairs = vec![("unit", cover.unit.as_str()), ("period", &cover.period), ("respondent", &cover.respondent), ("kind", "survey")];
    pairs.extend(profile.map(|profile| ("profile", profile.word())));
    for (row, (key, value)) in (0u32..).zip(pairs) {
        sheet.write_string(row, 0, key)?;
        sheet.write_string(row, 1, value)?;
    }
    Ok(())
}
