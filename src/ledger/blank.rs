//! The ledger as it is handed out: what is known filled in, what is wanted in coloured cells with drop-downs.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, ProtectionOptions, Worksheet, XlsxError,
};

use crate::error::Failure;
use crate::ledger::layout::{ABOUT, Column, DAY, OPEN_END, SHEET, State};
use crate::ledger::parts::is_of;
use crate::ledger::{Entry, Head, Limit, store};
use crate::number::rounded;
use crate::sheet::write::{self, row_height};
use crate::survey::layout::CoverLabel;
use crate::text::{Lang, Text, t};
use crate::unit::{Date, date_text, parse_date};

/// Where rows start: below the title and the header.
const FIRST: u32 = 2;

/// The ledger's bytes.
pub fn blank(head: &Head, entries: &[Entry], lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(head, entries, lang, date).map_err(write::failure)
}

/// A time limit as it is read.
pub fn limit_shown(limit: Limit) -> Text {
    match limit {
        Limit::Date(date) => date_text(date).into(),
        Limit::Day(day) => DAY.with(&[("day", day.into())]),
        Limit::Unknown => OPEN_END,
    }
}

fn build(head: &Head, entries: &[Entry], lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = t("{unit} {period} 整改台账（第 {issue} 期）", "{unit}, {period}: rectification ledger, issue {issue}").with(&[
        ("unit", head.unit.clone().into()),
        ("period", head.period.clone().into()),
        ("issue", head.issue.into()),
    ]);
    let title = if head.part.is_empty() {
        title
    } else {
        t("{title}：{part}", "{title}: {part}").with(&[("title", title), ("part", head.part.clone().into())])
    };
    let mut workbook = write::workbook(date, title.get(lang))?;
    let own: Vec<&Entry> = entries.iter().filter(|entry| is_of(entry.owner.get(lang), &head.part)).collect();
    about(workbook.add_worksheet(), head, own.len(), &title, lang)?;
    table(workbook.add_worksheet(), &own, &title, lang)?;
    store::write(workbook.add_worksheet(), head, entries, lang)?;
    write::finish(workbook)
}

fn about(sheet: &mut Worksheet, head: &Head, rows: usize, title: &Text, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(ABOUT.get(lang))?.set_column_width(0, 20.0)?.set_column_width(1, 70.0)?;
    sheet.merge_range(0, 0, 0, 1, title.get(lang), &write::title())?;
    sheet.set_row_height(0, row_height(&[(title.get(lang), 44.0)]).max(34.0))?;
    let start =
        head.start.map_or_else(|| t("未定，时限按第几天写", "not stated; limits are counted in days"), |date| date_text(date).into());
    let short: String = head.tree_sha256.chars().take(16).collect();
    let responsible = (Column::Owner.words(), head.part.clone().into());
    let lines: Vec<(Text, Text)> = [
        (CoverLabel::Unit.words(), head.unit.clone().into()),
        (CoverLabel::Period.words(), head.period.clone().into()),
        (t("整改开始", "Start"), start),
        (t("件数", "Rows"), rows.into()),
        (t("指标体系", "Tree"), head.tree.clone().into()),
        (t("指标体系摘要", "Tree digest"), short.into()),
    ]
    .into_iter()
    .chain(Some(responsible).filter(|_| !head.part.is_empty()))
    .collect();
    let mut row = 1;
    for (label, value) in &lines {
        sheet.write_string_with_format(row, 0, label.get(lang), &write::body())?;
        sheet.write_string_with_format(row, 1, write::cell_text(value.get(lang)), &write::body())?;
        sheet.set_row_height(row, row_height(&[(value.get(lang), 70.0)]).max(20.0))?;
        row += 1;
    }
    row += 1;
    sheet.merge_range(row, 0, row, 1, t("怎样填", "How to fill it in").get(lang), &write::heading())?;
    row += 1;
    for line in help() {
        sheet.merge_range(row, 0, row, 1, line.get(lang), &write::plain())?;
        sheet.set_row_height(row, row_height(&[(line.get(lang), 86.0)]))?;
        row += 1;
    }
    write::page(sheet, false, None, title.get(lang))
}

fn help() -> [Text; 10] {
    [
        t(
            "1. 只填黄色的各栏；不增删行，不改编号，其余各格锁定（没有密码）。责任单位、时限是照方案排的，同各单位商定后可以改，改过的带到下一期；改了时限的，读回来时逐条列出，下一期多一栏“原时限”。",
            "1. Fill in the yellow columns only; add and delete no rows, change no refs; all other cells are locked, without a password. Responsible units and time limits are as the plan has them and may be changed once agreed; changes go into the next issue, and each changed time limit is listed when the ledger is read and stands beside the first one in the next issue.",
        ),
        t(
            "2. “状态”从下拉里选：未启动、整改中、待复核、已销号。",
            "2. Choose the state from the list: not started, under way, to be reviewed, closed.",
        ),
        t(
            "3. 整改好了，写完成日期和佐证材料（材料名称、文号），状态选“待复核”。",
            "3. When it is done, write the date and the evidence (the document and its number) and choose: to be reviewed.",
        ),
        t(
            "4. 责任单位以外的人复核，写明职务和意见，才能选“已销号”。没有佐证、没有复核人、自己给自己销号的，读回来都按待复核计。",
            "4. Somebody outside the responsible unit reviews it, writes post and opinion, and only then chooses: closed. Without evidence, without a reviewer, or closed by the responsible unit itself, a row counts as to be reviewed.",
        ),
        t(
            "5. 填好交回评估办（信息人员用 ecap 汇总）：逐条核对，列出逾期的、可以销号的、销了号得分没有提高的，没有办完的转到下一期台账。退回待复核的，“上期核对意见”写明为什么。",
            "5. Send it back to the assessment office, whose data staff read it with ecap: rows are checked, with a list of what is overdue, what can be closed and what was closed without a better score. What is still open goes to the next issue; where a row was set back to be reviewed, Check of the last issue says why.",
        ),
        t(
            "6. “状态”依次是：未启动（还没有动）、整改中（已经动手）、待复核（自己认为做完，佐证已填）、已销号（别的单位复核过）。得分按 0 到 100 分，各题分几档，33.3、66.7、100.0 即第 1、2、3 档。",
            "6. States in order: not started; under way; to be reviewed (done in its own eyes, evidence stated); closed (reviewed by somebody else). Scores run from 0 to 100 in the steps of each item: 33.3, 66.7 and 100.0 are its first, second and third.",
        ),
        t("7. 销号不改得分；得分只在下次评估时重新算。", "7. Closing a row changes no score; scores come from the next assessment."),
        t(
            "8. 措施先写缺什么、从多少到多少，“做法参考”是指标体系的通用写法，请按本地实际改写；改过的带到下一期。",
            "8. Actions begin with what is missing, or from where to where; the way to do it is in the general words of the indicator system: rewrite it as it fits the place. What was rewritten goes into the next issue.",
        ),
        t(
            "9. 否决项、0 分的关键项、未达法定要求的题和“最先要办的事”，方案没有选的也列在台账里：与进度表同时办，不排在里面，时限各算各的。",
            "9. Failed vetoes, key items at 0, items below the law and the first things to do stand here even where the plan passes over them: they run beside the schedule and not in it, each with its own time limit.",
        ),
        t(
            "10. “问题”一栏“说明：”后面是作答单位的原话。",
            "10. What follows note: in the column Problem is in the respondents' own words, and in their language.",
        ),
    ]
}

struct Looks {
    body: Format,
    centre: Format,
    number: Format,
    input: Format,
    input_date: Format,
}

/// The columns that this ledger has: what only later issues can say stands there where it is said.
struct Columns(Vec<(Column, Text, f64)>);

impl Columns {
    fn of(entries: &[&Entry]) -> Self {
        let has = |column: Column| match column {
            Column::FirstLimit => entries.iter().any(|entry| entry.first_limit.is_some()),
            Column::FirstOwner => entries.iter().any(|entry| entry.first_owner.is_some()),
            Column::Overdue => entries.iter().any(|entry| entry.overdue.is_some()),
            Column::Check => entries.iter().any(|entry| !entry.check.is_empty()),
            _ => true,
        };
        Columns(Column::ALL.into_iter().filter(|(column, ..)| has(*column)).collect())
    }

    fn at(&self, column: Column) -> u16 {
        u16::try_from(self.0.iter().position(|(one, ..)| *one == column).unwrap_or(0)).unwrap_or(0)
    }
}

fn table(sheet: &mut Worksheet, entries: &[&Entry], title: &Text, lang: Lang) -> Result<(), XlsxError> {
    let body = write::body();
    let input = body.clone().set_background_color(Color::RGB(write::INPUT)).set_unlocked();
    let looks = Looks {
        centre: body.clone().set_align(FormatAlign::Center),
        number: body.clone().set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0"),
        input_date: input.clone().set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
        input,
        body,
    };
    sheet.set_name(SHEET.get(lang))?;
    let columns = Columns::of(entries);
    for (index, (column, words, width)) in (0u16..).zip(&columns.0) {
        sheet.set_column_width(index, *width)?;
        sheet.write_string_with_format(1, index, words.get(lang), &write::header())?;
        if *column == Column::Id {
            sheet.set_column_hidden(index)?;
        }
    }
    let state = columns.at(Column::State);
    let end = columns.at(Column::Id).saturating_sub(1);
    sheet.merge_range(0, 0, 0, end, title.get(lang), &write::title())?;
    sheet.set_row_height(0, 34.0)?.set_row_height(1, 36.0)?;
    for (row, entry) in (FIRST..).zip(entries) {
        line(sheet, row, entry, &columns, &looks, lang)?;
    }
    let last = FIRST + u32::try_from(entries.len().max(1) - 1).unwrap_or(0);
    let states: Vec<String> = State::ALL.iter().map(|(_, words)| words.get(lang).to_string()).collect();
    sheet.add_data_validation(FIRST, state, last, state, &DataValidation::new().allow_list_strings(&states)?)?;
    let day = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2000, 1, 1)?))
        .ignore_blank(true)
        .set_error_message(t("请填日期，如 2026-11-20。", "Write a date like 2026-11-20.").get(lang))?;
    let done = columns.at(Column::Done);
    sheet.add_data_validation(FIRST, done, last, done, &day)?;
    // A time limit that is no date yet may stay one.
    let limit = columns.at(Column::Limit);
    for (row, entry) in (FIRST..).zip(entries) {
        if matches!(entry.limit, Limit::Date(_)) {
            sheet.add_data_validation(row, limit, row, limit, &day)?;
        }
    }
    sheet.set_freeze_panes(FIRST, 3)?;
    if !entries.is_empty() {
        sheet.autofilter(1, 0, last, end)?;
    }
    // Against slips, not against people: no password.
    sheet.protect_with_options(&ProtectionOptions {
        use_autofilter: true,
        sort: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    write::page(sheet, true, Some((1, 1)), title.get(lang))?;
    // Eighteen columns on A4 would be too small to write on.
    sheet.set_paper_size(8);
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, entry: &Entry, columns: &Columns, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    let mut heights: Vec<(String, f64)> = Vec::new();
    for (column_at, (column, _, width)) in (0u16..).zip(&columns.0) {
        let hand = &entry.hand;
        let (text, look): (String, &Format) = match column {
            Column::Number => ((row - FIRST + 1).to_string(), &looks.centre),
            Column::Ref => (entry.reference.clone(), &looks.centre),
            Column::Indicator => (entry.question.get(lang).to_string(), &looks.body),
            Column::Problem => (entry.problem.get(lang).to_string(), &looks.body),
            Column::Basis => (entry.basis.get(lang).to_string(), &looks.body),
            Column::Score | Column::Target => (String::new(), &looks.number),
            Column::Action => (entry.action.get(lang).to_string(), &looks.input),
            Column::Owner => (entry.owner.get(lang).to_string(), &looks.input),
            Column::Limit => (limit_shown(entry.limit).get(lang).to_string(), &looks.input_date),
            Column::Overdue => (String::new(), &looks.centre),
            Column::FirstOwner => (entry.first_owner.clone().unwrap_or_default(), &looks.body),
            Column::Check => (entry.check.get(lang).to_string(), &looks.body),
            Column::FirstLimit => {
                (entry.first_limit.map(|limit| limit_shown(limit).get(lang).to_string()).unwrap_or_default(), &looks.centre)
            }
            Column::Proof => (entry.proof.get(lang).to_string(), &looks.body),
            Column::Progress => (hand.progress.clone(), &looks.input),
            Column::Done => (hand.done.clone(), &looks.input_date),
            Column::Evidence => (hand.evidence.clone(), &looks.input),
            Column::Reviewer => (hand.reviewer.clone(), &looks.input),
            Column::Opinion => (hand.opinion.clone(), &looks.input),
            Column::State => (hand.state.words().get(lang).to_string(), &looks.input),
            Column::Id => (entry.id.clone(), &looks.body),
        };
        let text = write::cell_text(&text);
        let date = match column {
            Column::Limit => {
                if let Limit::Date(date) = entry.limit {
                    Some(date)
                } else {
                    None
                }
            }
            Column::Done => parse_date(&text),
            _ => None,
        };
        let score = match column {
            Column::Number => Some(f64::from(row - FIRST + 1)),
            Column::Overdue => entry.overdue.map(|days| days as f64),
            Column::Score => entry.score.map(|score| rounded(score, 1)),
            Column::Target => entry.target.map(|score| rounded(score, 1)),
            _ => None,
        };
        if let Some((year, month, day)) = date {
            sheet.write_datetime_with_format(row, column_at, &ExcelDateTime::from_ymd(year, month, day)?, look)?;
        } else if let Some(score) = score {
            sheet.write_number_with_format(row, column_at, score, look)?;
        } else if text.is_empty() {
            sheet.write_blank(row, column_at, look)?;
        } else {
            sheet.write_string_with_format(row, column_at, write::cell_text(&text), look)?;
        }
        heights.push((text, *width));
    }
    let heights: Vec<(&str, f64)> = heights.iter().map(|(text, width)| (text.as_str(), *width)).collect();
    sheet.set_row_height(row, row_height(&heights).max(36.0))?;
    Ok(())
}
