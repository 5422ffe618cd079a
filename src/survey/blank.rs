//! A tree becomes the workbook that offices fill.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::error::Failure;
use crate::sheet::write::{self, row_height};
use crate::survey::cells::{GroupSheet, Lists, Looks, prompt, sheets, store_sheet, validation};
use crate::survey::front::{self, Cover};
use crate::survey::issued::{self, ISSUED};
use crate::survey::layout::{ASSESSOR, Column, is};
use crate::text::{Lang, Text, t};
use crate::tree::{Criticality, Item, Tree};
use crate::unit::Date;

/// An item's row holds five lines at least.
pub const ITEM_POINTS: f64 = 80.5;

/// The blank workbook's bytes; with `items` only those, which the respondent answers, else all in scope.
pub fn blank(tree: &Tree, cover: &Cover, items: Option<&[usize]>, lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(tree, cover, items, lang, date).map_err(write::failure)
}

fn build(tree: &Tree, cover: &Cover, items: Option<&[usize]>, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = t("{tree}自评表", "{tree}: survey").with(&[("tree", tree.name.clone())]);
    let mut workbook = write::workbook(date, title.get(lang))?;
    let all: Vec<usize> = (0..tree.items.len()).filter(|index| tree.in_scope(&tree.items[*index])).collect();
    let issued = items.unwrap_or(&all);
    let sheets = sheets(tree, issued, lang);
    let profile = tree.local.profile.map(|profile| t("（{name}）", " ({name})").with(&[("name", profile.name())])).unwrap_or_default();
    let heading = t("{tree} 自评表{profile}", "{tree}: survey{profile}").with(&[("tree", tree.name.clone()), ("profile", profile)]);
    let guidance = guidance(tree, cover, items);
    front::cover_sheet(workbook.add_worksheet(), tree, cover, &heading, &guidance, &sheets, lang)?;
    let looks = Looks::new();
    let mut lists = Lists::default();
    for sheet in &sheets {
        let footer = Text::join(&[tree.name.clone(), cover.respondent.clone().into(), sheet.title.clone().into()], " ", " ");
        group_sheet(workbook.add_worksheet(), tree, sheet, &looks, &mut lists, footer.get(lang), lang)?;
    }
    front::sign_off_sheet(workbook.add_worksheet(), &cover.respondent, &front::department_signs(), tree.name.get(lang), lang)?;
    let mut pairs = cover.stored("survey");
    pairs.extend(tree.local.profile.map(|profile| ("profile", profile.word())));
    let issued = issued::stored(tree, issued);
    pairs.extend(issued.as_deref().map(|ids| (ISSUED, ids)));
    store_sheet(workbook.add_worksheet(), &pairs)?;
    lists.write(&mut workbook)?;
    write::finish(workbook)
}

/// What a person must know before filling a cell.
fn guidance(tree: &Tree, cover: &Cover, items: Option<&[usize]>) -> Vec<Text> {
    let mut lines = vec![
        t("1. 每题只在“自评”栏作答，怎样填见“评分标准”栏；点中单元格会显示可填的内容。请按实际情况填，没有的不要空着。", "1. Answer each item under Self only; the scoring guide says how, and clicking the cell shows what may be typed. Answer as things are; leave nothing blank."),
        t("2. 等级题填等级数字；是否题填“是”“否”；比率题填“分子/分母”（如 45/50）或百分数（如 90%）；个数、数量、时长填数字；要素题填已具备的要素序号（如 1、3、5），也可填“全部”“无”。", "2. Levels take the level's number; yes-or-no items Yes or No; rates numerator/denominator (45/50) or a percentage (90%); counts, quantities and durations a number; checklists the numbers of the elements in place (1, 3, 5), or All, None."),
        t("3. 本题所问的事在本地不可能有的，填“不适用”，并在“说明”栏写理由；只有评分标准写明可不适用条件的题可以这样填。否决项（★）还要写明批准人职务，如“批准：评估组长”。", "3. Where the thing asked cannot exist here, write N/A with the reason under Note; only items whose guide states a condition allow it. A veto item (★) also names the post that approved it, as in \"Approved by: lead assessor\"."),
        t("4. 应当有而查不到材料的，填“查无资料”，按 0 分计。空着的题也按 0 分计，并在报告中列出。", "4. Where a record should exist and none was found, write No data; it scores 0. A blank also scores 0 and is listed in the report."),
        t("5. “佐证材料”栏写文件名称、文号或台账名称；“复核”“复核说明”两栏由评估组填写。", "5. Under Evidence give titles, document numbers or registers. Review and Review note are the assessors'."),
        t("6. ★为否决项，☆为关键项。牵头部门为“上级或评估组”的题不用自评，由评估组填写。", "6. ★ is a veto item, ☆ a key item. Items led by the higher authority or the assessors are not for self-assessment; the assessors fill them."),
        t("7. 整个单位只填一份的，“填报单位”写“{assessor}”；分部门填的，写部门名称。同一份表再次报送，请把“第几次报送”加 1。", "7. If one workbook serves the whole unit, write \"{assessor}\" under Respondent; else the department's name. When you send it again, raise Submission by 1.").with(&[("assessor", ASSESSOR)]),
        t("8. 可以增加行列、改工作表名，请勿改表头和隐藏的 id 栏。", "8. Rows and columns may be added and sheets renamed; please leave the headers and the hidden id column."),
    ];
    if tree.items.iter().any(|item| item.content.time.is_some()) {
        let date = if cover.reference_date.is_empty() {
            t("评估期的最后一天，另有规定的从其规定", "the last day of the period unless set otherwise")
        } else {
            cover.reference_date.clone().into()
        };
        lines.push(t("9. 评估基准日是{date}；“评估期内”指评估基准日前 12 个月，“近 36 个月”等都从评估基准日往前算。上级单位、类别可以不填。", "9. The reference date is {date}; \"in the period\" is the 12 months before it, and \"the last 36 months\" and the like count back from it. Parent unit and class may be left empty.").with(&[("date", date)]));
    }
    if !cover.deadline.is_empty() {
        let text = if cover.assessor.is_empty() {
            t("请在 {deadline} 前交回。", "Please return it by {deadline}.")
        } else {
            t("请在 {deadline} 前交回{assessor}。", "Please return it to {assessor} by {deadline}.")
        };
        lines.push(text.with(&[("deadline", cover.deadline.clone().into()), ("assessor", cover.assessor.clone().into())]));
    }
    if let Some(items) = items {
        let text = if is(&cover.respondent, &ASSESSOR) {
            t(
                "本表只含由上级或评估组评定的 {count} 题，由评估组填写；也可以留到现场复核表中填。",
                "This workbook holds the {count} items for the higher authority or the assessors; they may be left for the review workbook.",
            )
        } else {
            t(
                "本表只含由{respondent}作答的 {count} 题，题号不连续是正常的；填好后请在最后一页签字盖章，连同电子表一并交回。",
                "This workbook holds the {count} items that {respondent} answers, so refs are not consecutive; sign and seal the last page and return it with the file.",
            )
        };
        lines.push(text.with(&[("count", items.len().into()), ("respondent", cover.respondent.clone().into())]));
    } else if let Some(profile) = tree.local.profile {
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
    for item in group.items() {
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
