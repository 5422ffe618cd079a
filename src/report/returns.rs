//! Who has returned and what is wrong, for the person who chases the departments: 回收情况, 催办, 数据问题.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::report::assessment::{Asked, digest_of_tree, digests_of, files_of, findings_asked, state_words};
use crate::report::document::{Block, Document, Kind, Sheet, Table, Value, column, row};
use crate::result::{Results, Return, ReturnState};
use crate::sheet::find::UNREAD;
use crate::text::{Lang, Text, t, visible};
use crate::tree::Tree;
use crate::unit::{Date, date_text, days_between, parse_date};

/// Refs and errors that a reminder names.
const NAMED_REFS: usize = 20;
const NAMED_ERRORS: usize = 5;
/// Files of an unknown respondent that a reminder names.
const NAMED_FILES: usize = 3;

/// 数据问题: every finding of a run with whom to ask about it, and of which units and periods they are where any could be told.
pub fn problems(findings: &[Finding], asked: &Asked, units: &[Results], tree: &Tree) -> Document {
    let name = t("数据问题", "Data problems");
    let named = |results: &Results| -> [(&'static str, Text); 2] {
        [("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]
    };
    let mut blocks = vec![Block::Table(findings_asked(findings, asked))];
    let (title, footer) = match units {
        [results] => (t("{unit} {period} 数据问题", "{unit}, {period}: data problems").with(&named(results)), digests_of(results)),
        [] => (name.clone(), digest_of_tree(tree)),
        several => {
            let all: Vec<Text> = several.iter().map(|results| t("{unit} {period}", "{unit} {period}").with(&named(results))).collect();
            let all = t("单位和评估期：{all}。", "Units and periods: {all}.").with(&[("all", Text::join(&all, "、", ", "))]);
            blocks.insert(0, Block::Text(all));
            (name.clone(), digest_of_tree(tree))
        }
    };
    Document {
        file: name.clone(),
        title: title.clone(),
        footer,
        sheets: vec![Sheet::landscape(name, title, &[9.0, 16.0, 30.0, 20.0, 10.0, 80.0], blocks)],
        ..Document::default()
    }
}

/// 回收情况: each department's state, and each item still missing.
pub fn document(results: &Results, tree: &Tree, date: Option<Date>) -> Document {
    let title = t("{unit} {period} 自评表回收情况", "{unit}, {period}: surveys returned")
        .with(&[("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]);
    let sheet = |name: Text, widths: &[f64], blocks: Vec<Block>| Sheet::landscape(name, title.clone(), widths, blocks);
    let mut lines = vec![summary(results)];
    lines.extend(due(results, date));
    let blocks = vec![Block::List(lines), Block::Table(departments(results, tree))];
    let mut sheets = vec![sheet(t("回收情况", "Returned"), &[28.0, 26.0, 10.0, 8.0, 8.0, 8.0, 8.0, 8.0, 12.0, 8.0, 52.0], blocks)];
    let missing = missing(results, tree);
    if !missing.rows.is_empty() {
        sheets.push(sheet(t("所缺题目", "Missing items"), &[28.0, 10.0, 84.0, 12.0], vec![Block::Table(missing)]));
    }
    Document { file: t("回收情况", "returned"), footer: digests_of(results), title, sheets, ..Document::default() }
}

/// `12 个部门：已齐 9 个；未填完 1 个（…）；未交 2 个（…）`.
pub fn summary(results: &Results) -> Text {
    let states = [ReturnState::Complete, ReturnState::Incomplete, ReturnState::Errors, ReturnState::Missing];
    let parts: Vec<Text> = states
        .into_iter()
        .filter_map(|state| {
            let names: Vec<Text> =
                results.departments().filter(|one| one.state == state).map(|one| one.department.clone().into()).collect();
            let args = [("state", state.words()), ("count", names.len().into()), ("names", Text::join(&names, "、", ", "))];
            match (names.is_empty(), state) {
                (true, _) => None,
                (false, ReturnState::Complete) => Some(t("{state} {count} 个", "{count} {state}").with(&args)),
                _ => Some(t("{state} {count} 个（{names}）", "{count} {state} ({names})").with(&args)),
            }
        })
        .collect();
    let twice: Vec<Text> = results.departments().filter(|one| one.files.len() > 1).map(|one| one.department.clone().into()).collect();
    let again = if twice.is_empty() {
        Text::default()
    } else {
        t("；交了不止一份的有{names}", "; more than one file came from {names}").with(&[("names", Text::join(&twice, "、", ", "))])
    };
    let rated = match results.to_rate() {
        None => Text::default(),
        Some((0, all)) => t("；评估组评定的 {all} 题已评完", "; the assessors' {all} items are rated").with(&[("all", all.into())]),
        Some((open, all)) if open == all => t(
            "；评估组评定的 {count} 题均未评定",
            "; [the assessors' {count} item is not|none of the assessors' {count} items is] rated yet",
        )
        .counted(all),
        Some((open, all)) => t("；评估组评定的 {all} 题还有 {open} 题未评", "; of the assessors' {all} items {open} are to be rated")
            .with(&[("all", all.into()), ("open", open.into())]),
    };
    t("{unit} {period} 共 {all} 个部门：{parts}{again}{rated}。", "{unit}, {period}, departments: {all} in all, {parts}{again}{rated}.")
        .with(&[
            ("unit", results.unit.name.clone().into()),
            ("period", results.period.clone().into()),
            ("rated", rated),
            ("all", results.departments().count().into()),
            ("parts", Text::join(&parts, "；", "; ")),
            ("again", again),
        ])
}

/// The deadline, and by how many days it has passed on the date given.
fn due(results: &Results, date: Option<Date>) -> Option<Text> {
    let deadline = results.assessment.as_ref()?.deadline.clone()?;
    let base = t("报送截止日 {deadline}", "Deadline {deadline}").with(&[("deadline", deadline.into())]);
    let passed = overdue(results, date).map(|(date, days)| {
        t("，到 {date} 已过 {days} 天", ", {days} days past on {date}")
            .with(&[("date", date_text(date).into()), ("days", Text::same(days.to_string()))])
    });
    Some(Text::join(&[base, passed.unwrap_or_default(), t("。", ".")], "", ""))
}

/// Days past the deadline on the date given; none where it is not past, or no date is given.
fn overdue(results: &Results, date: Option<Date>) -> Option<(Date, i64)> {
    let deadline = parse_date(results.assessment.as_ref()?.deadline.as_deref()?)?;
    let days = days_between(deadline, date?);
    (days > 0).then_some((date?, days))
}

fn contact(one: &Return, tree: &Tree) -> String {
    let real = tree.local.respondents.iter().find(|real| real.name == one.department);
    real.map(|real| real.contact.clone()).unwrap_or_default()
}

fn departments(results: &Results, tree: &Tree) -> Table {
    let rows = results.returns.iter().map(|one| {
        row(vec![
            one.department.clone().into(),
            contact(one, tree).into(),
            Value::Text(state_words(one)),
            Value::Number(one.items as f64),
            Value::Number((one.items - one.blank.len() - one.unreadable.len()) as f64),
            Value::Number(one.blank.len() as f64),
            Value::Number(one.unreadable.len() as f64),
            Value::Number(one.errors as f64),
            Value::Number(one.missing_share),
            Value::Number(one.files.len() as f64),
            Value::Text(files_of(one)),
        ])
    });
    Table {
        id: "returns",
        title: t("各部门回收情况", "By department"),
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("联系人", "Contact"), Kind::Text),
            column(t("回收情况", "State"), Kind::Short),
            column(t("题数", "Items"), Kind::Count),
            column(t("已答", "Answered"), Kind::Count),
            column(t("空白", "Blank"), Kind::Count),
            column(t("读不出", "Unreadable"), Kind::Count),
            column(t("错误", "Errors"), Kind::Count),
            column(t("所缺占总分", "Missing, of the total"), Kind::Percent),
            column(t("份数", "Files"), Kind::Count),
            column(t("文件", "File names"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

fn missing(results: &Results, tree: &Tree) -> Table {
    let question = |reference: &str| {
        let item = tree.items.iter().find(|item| item.reference == reference);
        item.map(|item| item.question.clone()).unwrap_or_default()
    };
    let rows = results.returns.iter().flat_map(|one| {
        let blank = one.blank.iter().map(|reference| (reference, t("空白", "blank")));
        let unreadable = one.unreadable.iter().map(|reference| (reference, t("读不出", "unreadable")));
        blank.chain(unreadable).map(|(reference, state)| {
            row(vec![one.department.clone().into(), reference.clone().into(), Value::Text(question(reference)), Value::Text(state)])
        })
    });
    Table {
        id: "missing",
        title: t("还没有答案的题", "Items without an answer"),
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("状态", "State"), Kind::Short),
        ],
        rows: rows.collect(),
    }
}

/// 催办: a paragraph a department that is not complete, ready to paste into a chat; empty where all are.
pub fn reminders(results: &Results, tree: &Tree, date: Option<Date>) -> Vec<Text> {
    results.departments().filter(|one| one.state != ReturnState::Complete).map(|one| reminder(results, one, tree, date)).collect()
}

fn reminder(results: &Results, one: &Return, tree: &Tree, date: Option<Date>) -> Text {
    let contact = contact(one, tree);
    let contact =
        if contact.is_empty() { Text::default() } else { t("（{contact}）", " ({contact})").with(&[("contact", contact.into())]) };
    let refs: Vec<Text> = one.blank.iter().map(|reference| reference.clone().into()).collect();
    let args = [
        ("items", one.items.into()),
        ("count", one.blank.len().into()),
        ("refs", Text::some(&refs, NAMED_REFS)),
        ("unread", unread_of(results, &one.department).unwrap_or_default().into()),
    ];
    let mut parts = vec![
        match one.state {
            ReturnState::Missing if unread_of(results, &one.department).is_some() => t(
                "贵单位的自评表（{items} 题）还没有读到：收到的文件里有“{unread}”，不是工作簿，读不出答案，请发 Excel 原件；如那不是自评表，请补交。",
                "Your survey ({items} items) could not be read: among the files received is \"{unread}\", which is no workbook. Please send the workbook; if that was not your survey, please send it.",
            ),
            ReturnState::Missing if one.blank.is_empty() => t(
                "贵单位的自评表（{items} 题）还没有收到，所涉各题已由评估组评定，请补交存档。",
                "Your survey ({items} items) has not been received; its items were settled by the assessors. Please send it for the file.",
            ),
            ReturnState::Missing => t("贵单位的自评表（{items} 题）还没有收到。", "Your survey ({items} items) has not been received."),
            ReturnState::Incomplete => t(
                "贵单位的自评表已收到，共 {items} 题，还有 {count} 题没有作答：{refs}。",
                "Your survey was received; of its {items} items {count} are blank: {refs}.",
            ),
            _ => t(
                "贵单位的自评表已收到，{items} 题都填了，还有要改正的地方。",
                "Your survey was received, all {items} items filled; some of it needs correction.",
            ),
        }
        .with(&args),
    ];
    if one.state == ReturnState::Missing {
        parts.extend(under_other_names(results, &one.department, tree));
    }
    let errors = results.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<&Finding> = errors.filter(|finding| finding.place.file.as_ref().is_some_and(|file| one.files.contains(file))).collect();
    if !errors.is_empty() {
        let named: Vec<Text> = errors
            .iter()
            .take(NAMED_ERRORS)
            .enumerate()
            .map(|(index, finding)| {
                let place = [finding.place.sheet.clone(), finding.place.cell.clone()];
                let place: Vec<Text> = place.into_iter().flatten().map(Text::from).collect();
                t("（{number}）{place}：{message}", "({number}) {place}: {message}").with(&[
                    ("number", (index + 1).into()),
                    ("place", Text::join(&place, " ", " ")),
                    ("message", finding.message.clone()),
                ])
            })
            .collect();
        let rest = if errors.len() > NAMED_ERRORS {
            t("其余 {count} 处见“数据问题.xlsx”。", " The other {count} stand in the workbook of problems.")
                .with(&[("count", (errors.len() - NAMED_ERRORS).into())])
        } else {
            Text::default()
        };
        parts.push(t("有 {count} 处填写错误：{named}{rest}", "{count} errors: {named}{rest}").with(&[
            ("count", errors.len().into()),
            ("named", Text::join(&named, "", " ")),
            ("rest", rest),
        ]));
    }
    let deadline = results.assessment.as_ref().and_then(|assessment| assessment.deadline.clone());
    if let Some(deadline) = deadline {
        parts.push(match overdue(results, date) {
            Some((_, days)) => t(
                "报送截止日是 {deadline}，已逾期 {days} 天，请尽快报送。",
                "The deadline was {deadline}, {days} days ago; please send it as soon as possible.",
            )
            .with(&[("deadline", deadline.into()), ("days", Text::same(days.to_string()))]),
            None => t("报送截止日是 {deadline}，请按时报送。", "The deadline is {deadline}.").with(&[("deadline", deadline.into())]),
        });
    }
    if one.state != ReturnState::Missing {
        parts.push(t(
            "补填或改正后，请把“填报说明”页的“第几次报送”加 1 再发回。",
            "Please correct or complete it, raise Submission on the sheet Cover by 1, and send it again.",
        ));
    }
    let sender = results.assessment.as_ref().and_then(|assessment| assessment.assessor.clone());
    let sender = sender.map(|sender| t("——{sender}", " {sender}").with(&[("sender", sender.into())])).unwrap_or_default();
    t(
        "{department}{contact}：您好！{unit} {period} 应急能力评估，{text}{sender}",
        "{department}{contact}: emergency capability assessment of {unit}, {period}. {text}{sender}",
    )
    .with(&[
        ("sender", sender),
        ("department", one.department.clone().into()),
        ("contact", contact),
        ("unit", results.unit.name.clone().into()),
        ("period", results.period.clone().into()),
        ("text", Text::join(&parts, "", " ")),
    ])
}

/// Filled surveys whose respondent is none of the departments: one of them may be what this one sent.
fn under_other_names(results: &Results, department: &str, tree: &Tree) -> Option<Text> {
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for answer in results.items.iter().flat_map(|item| &item.answers) {
        let known = answer.respondent.is_assessor() || tree.real_named(&answer.respondent.name).is_some();
        if !known && answer.own.as_ref().is_some_and(|own| own.state != "blank") {
            files.insert(&answer.place.file, &answer.respondent.name);
        }
    }
    let named = files.into_iter().map(|(file, name)| match name {
        "" => t("没有填写（{file}）", "none ({file})").with(&[("file", file.into())]),
        _ => t("“{name}”（{file}）", "\"{name}\" ({file})").with(&[("name", name.into()), ("file", file.into())]),
    });
    let named: Vec<Text> = named.collect();
    let said = t(
        "如已报送，请核对“填报说明”页的“填报单位”写的是不是“{department}”：收到的表里有填报单位对不上部门的，写的是{named}；其中如有贵单位的，请改正后再发回。",
        "If you have sent it, check that Respondent on its sheet Cover says \"{department}\": surveys came in whose respondent is none of the departments asked: {named}. If one of them is yours, correct the name and send it again.",
    );
    (!named.is_empty()).then(|| said.with(&[("department", department.into()), ("named", Text::some(&named, NAMED_FILES))]))
}

/// A file that was not read and bears the department's name.
fn unread_of(results: &Results, department: &str) -> Option<String> {
    let unread = results.findings.iter().filter(|finding| finding.code == UNREAD.code);
    let mut files = unread.filter_map(|finding| finding.args.get("files")).flat_map(|files| files.split('、'));
    files.find(|file| file.contains(department)).map(str::to_string)
}

/// The reminders as a file that Windows editors know for UTF-8, by its mark.
pub fn reminders_file(results: &Results, tree: &Tree, date: Option<Date>, lang: Lang) -> String {
    let reminders: Vec<String> = reminders(results, tree, date).iter().map(|text| text.get(lang).to_string()).collect();
    let nobody = t("都已交齐，不用催办。", "All have returned; nobody needs a reminder.");
    let text = if reminders.is_empty() { nobody.get(lang).to_string() } else { reminders.join("\n\n") };
    format!("\u{feff}{}\n", visible(&text))
}
