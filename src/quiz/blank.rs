//! The blank workbook: a cover, a row a trainee, and the questions to read.

use rust_xlsxwriter::{Color, DataValidation, FormatAlign, Worksheet, XlsxError};

use crate::bank::{LETTERS, digest};
use crate::error::Failure;
use crate::quiz::{ANSWERS, COVER, DATE, Issue, KIND, NAME, NOT_ANSWERED, NUMBER, QUESTIONS, SESSION, Session, UNIT, question_header};
use crate::sheet::write::{self, row_height};
use crate::survey::layout::STORE;
use crate::text::{Lang, Text, t};
use crate::unit::Date;

/// Rows for trainees.
const ROWS: u32 = 60;
const COVER_WIDTHS: [f64; 2] = [18.0, 70.0];
const QUESTION_WIDTHS: [f64; 6] = [6.0, 52.0, 30.0, 30.0, 30.0, 30.0];

/// The workbook's bytes.
pub fn blank(issue: &Issue<'_>, lang: Lang, date: Date) -> Result<Vec<u8>, Failure> {
    build(issue, lang, date).map_err(write::failure)
}

fn build(issue: &Issue<'_>, lang: Lang, date: Date) -> Result<Vec<u8>, XlsxError> {
    let title = title(issue);
    let title = title.get(lang);
    let mut workbook = write::workbook(date, title)?;
    cover(workbook.add_worksheet(), issue, title, lang)?;
    answers(workbook.add_worksheet(), issue, title, lang)?;
    questions(workbook.add_worksheet(), issue, title, lang)?;
    store(workbook.add_worksheet(), issue)?;
    write::finish(workbook)
}

fn title(issue: &Issue<'_>) -> Text {
    let class =
        issue.class.map_or_else(Text::default, |number| t("（班次 {number}）", ", class {number}").with(&[("number", number.into())]));
    t("{unit} {period} 应急能力培训测评答题表{class}", "{unit}, {period}: quiz answers{class}").with(&[
        ("unit", issue.unit.to_string().into()),
        ("period", issue.period.to_string().into()),
        ("class", class),
    ])
}

fn cover(sheet: &mut Worksheet, issue: &Issue<'_>, title: &str, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(COVER.get(lang))?;
    for (column, width) in (0..).zip(COVER_WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let total: f64 = COVER_WIDTHS.iter().sum();
    sheet.merge_range(0, 0, 0, 1, title, &write::title())?;
    sheet.set_row_height(0, row_height(&[(title, total * 0.55)]).max(34.0))?;
    let label = write::body().set_font_name("黑体").set_background_color(Color::RGB(write::TINT));
    let given = write::body().set_num_format("@");
    let typed = given.clone().set_background_color(Color::RGB(write::INPUT));
    let count = issue.questions.len().to_string();
    let values = [
        (t("被评估单位", "Unit"), issue.unit, false),
        (t("评估期", "Period"), issue.period, false),
        (SESSION, "", true),
        (DATE, "", true),
        (t("题数", "Questions"), count.as_str(), false),
    ];
    for (row, (name, value, fill)) in (1..).zip(&values) {
        sheet.write_string_with_format(row, 0, name.get(lang), &label)?;
        sheet.write_string_with_format(row, 1, write::cell_text(value), if *fill { &typed } else { &given })?;
        sheet.set_row_height(row, 22)?;
        if *name == SESSION {
            let words = Session::ALL.map(|session| session.words().get(lang).to_string());
            sheet.add_data_validation(row, 1, row, 1, &DataValidation::new().allow_list_strings(&words)?)?;
        }
    }
    let mut row = 7;
    sheet.merge_range(row, 0, row, 1, t("怎样填", "How to fill it in").get(lang), &write::heading())?;
    for line in guidance() {
        row += 1;
        let text = line.get(lang);
        sheet.merge_range(row, 0, row, 1, text, &write::plain())?;
        sheet.set_row_height(row, row_height(&[(text, total * 0.95)]))?;
    }
    write::page(sheet, false, None, title)
}

fn guidance() -> Vec<Text> {
    vec![
        t(
            "1. 先选“场次”：培训前做选“训前”，培训后做选“训后”。两次各用一份空白答题表。",
            "1. Choose the session first: before or after the course. Use a blank workbook for each.",
        ),
        t(
            "2. “答题”页一人一行，每题只填一个字母，没有作答的留空；整行没有答案的按缺考，交了白卷的任填一格“-”。用纸质试卷的，由培训组织人员照试卷录入。",
            "2. Sheet Answers: a row a trainee, one letter a question; leave empty what was not answered. A row without any answer is somebody absent; for a paper handed in blank type \"-\" into any one cell. Answers on paper are typed in by the organiser.",
        ),
        t(
            "3. “姓名或编号”训前训后要写得一样，前后对比靠它；同名的在后面加编号。不想留名的用固定编号。",
            "3. Write the name or number alike before and after: the comparison rests on it. Tell people of one name apart by a number; use fixed numbers where nobody is to be named.",
        ),
        t(
            "4. 人多的分成几份，交给一处，一起阅卷。不要改“题目”页，也不要增删题目的列。",
            "4. A large class may use several workbooks; they are marked together. Do not change sheet Questions, nor add or remove columns of questions.",
        ),
        t(
            "5. 答案不在本工作簿里；阅卷用 ecap train 加上这份表。",
            "5. The key is not in this workbook; ecap train with this workbook marks it.",
        ),
    ]
}

fn answers(sheet: &mut Worksheet, issue: &Issue<'_>, title: &str, lang: Lang) -> Result<(), XlsxError> {
    const FIRST: u16 = 3;
    sheet.set_name(ANSWERS.get(lang))?;
    for (column, (name, width)) in (0u16..).zip([(NUMBER, 6.0), (NAME, 16.0), (UNIT, 20.0)]) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name.get(lang), &write::header())?;
    }
    let last = FIRST + u16::try_from(issue.questions.len()).unwrap_or(0);
    for (number, column) in (1usize..).zip(FIRST..last) {
        sheet.set_column_width(column, 6.5)?;
        sheet.write_string_with_format(0, column, question_header(number).get(lang), &write::header())?;
    }
    sheet.set_row_height(0, 36)?;
    let typed = write::body().set_background_color(Color::RGB(write::INPUT)).set_num_format("@");
    let letter = typed.clone().set_align(FormatAlign::Center);
    let centre = write::body().set_align(FormatAlign::Center);
    for row in 1..=ROWS {
        sheet.write_number_with_format(row, 0, row, &centre)?;
        for column in 1..FIRST {
            sheet.write_blank(row, column, &typed)?;
        }
        for column in FIRST..last {
            sheet.write_blank(row, column, &letter)?;
        }
        sheet.set_row_height(row, 20)?;
    }
    if last > FIRST {
        let typed_in = [LETTERS.as_slice(), &[NOT_ANSWERED]].concat();
        let only = DataValidation::new()
            .allow_list_strings(&typed_in)?
            .set_error_title(t("只填一个字母", "One letter only").get(lang))?
            .set_error_message(
                t(
                    "请填 A、B、C、D 中的一个，没有作答的留空；交了白卷的任填一格“-”。",
                    "Type A, B, C or D; leave empty what was not answered. For a paper handed in blank type \"-\" into one cell.",
                )
                .get(lang),
            )?;
        sheet.add_data_validation(1, FIRST, ROWS, last - 1, &only)?;
    }
    sheet.set_freeze_panes(1, FIRST)?;
    write::page(sheet, true, Some((0, 0)), title)
}

fn questions(sheet: &mut Worksheet, issue: &Issue<'_>, title: &str, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(QUESTIONS.get(lang))?;
    let names = [NUMBER, t("题目", "Question")].into_iter().chain(LETTERS.map(Text::from));
    for ((column, name), width) in (0u16..).zip(names).zip(QUESTION_WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name.get(lang), &write::header())?;
    }
    sheet.set_row_height(0, 22)?;
    let body = write::body();
    for (row, question) in (1u32..).zip(issue.questions) {
        sheet.write_number_with_format(row, 0, row, &body.clone().set_align(FormatAlign::Center))?;
        let texts: Vec<&str> = std::iter::once(&question.stem).chain(&question.choices).map(|text| text.get(lang)).collect();
        for (column, text) in (1u16..).zip(&texts) {
            sheet.write_string_with_format(row, column, write::cell_text(text), &body)?;
        }
        let heights: Vec<(&str, f64)> = texts.into_iter().zip(QUESTION_WIDTHS.into_iter().skip(1)).collect();
        sheet.set_row_height(row, row_height(&heights))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    write::page(sheet, true, Some((0, 0)), title)
}

fn store(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(STORE)?.set_very_hidden(true);
    let ids: Vec<&str> = issue.questions.iter().filter_map(|one| issue.tree.items.get(one.item)).map(|item| item.id.as_str()).collect();
    let (questions, ids) = (digest(issue.questions), ids.join(" "));
    let pairs = [
        ("kind", KIND),
        ("unit", issue.unit),
        ("period", issue.period),
        ("tree", issue.tree.sha256.as_str()),
        ("bank", issue.bank),
        ("seed", issue.seed),
        ("questions", questions.as_str()),
        ("items", ids.as_str()),
    ];
    let class = issue.class.map(|number| number.to_string());
    let pairs = pairs.into_iter().chain(class.iter().map(|number| ("class", number.as_str())));
    for (row, (key, value)) in (0u32..).zip(pairs) {
        sheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
    }
    Ok(())
}
