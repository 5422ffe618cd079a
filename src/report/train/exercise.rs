//! Scenarios as exercises: what is read out, what has to be seen done, and the sheet on which it is marked.

use crate::bank::{Expected, Scenario, inject_names};
use crate::report::document::{Block, Column, Document, Kind, Row, Section, Table, Value, column, row};
use crate::report::train::quiz::{by_hand, sheet};
use crate::report::train::{Pack, courses, part};
use crate::text::{Text, t};
use crate::tree::content::Named;

/// Marks of one action, and lines to write on in a review.
const MOST: usize = 2;
const REVIEWED: usize = 6;

/// Scenarios of the courses that are told in full, the first course's first.
pub fn used<'a>(pack: &'a Pack<'_>) -> Vec<&'a Scenario> {
    let mut used: Vec<&Scenario> = Vec::new();
    for scenario in pack.training.courses.iter().take(courses::TOLD).filter_map(|course| courses::scenario(pack, course)) {
        if used.iter().all(|known| known.hazard != scenario.hazard) {
            used.push(scenario);
        }
    }
    used
}

/// `情景 1“强台风夜间登陆”`; none where it is not told.
pub fn named(pack: &Pack<'_>, scenario: &Scenario) -> Option<Text> {
    let at = used(pack).iter().position(|known| known.hazard == scenario.hazard)?;
    Some(
        t("情景 {number}“{title}”", "scenario {number}, \"{title}\"")
            .with(&[("number", (at + 1).into()), ("title", scenario.title.clone())]),
    )
}

fn by_id(list: &[Named], id: &str) -> Text {
    list.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default()
}

fn who(pack: &Pack<'_>, action: &Expected) -> Text {
    by_id(&pack.tree.audiences, &action.audience)
}

/// `第一小时，20 分钟内，通信保障人员：……`.
pub fn shown(pack: &Pack<'_>, action: &Expected) -> Text {
    t("{when}，{minutes} 分钟内，{who}：{what}。", "{when}, within {minutes} minutes, {who}: {what}.").with(&[
        ("when", inject_names()[action.inject].clone()),
        ("minutes", action.minutes.into()),
        ("who", who(pack, action)),
        ("what", action.what.clone()),
    ])
}

fn injects(scenario: &Scenario) -> Vec<Text> {
    let named =
        |(name, inject): (Text, &Text)| t("{name}：{inject}", "{name}: {inject}").with(&[("name", name), ("inject", inject.clone())]);
    inject_names().into_iter().zip(&scenario.injects).map(named).collect()
}

fn heading(pack: &Pack<'_>, number: usize, scenario: &Scenario) -> Block {
    let mut courses: Vec<Text> = Vec::new();
    for (at, course) in pack.training.courses.iter().enumerate().take(courses::TOLD) {
        if course.hazard == Some(scenario.hazard) {
            courses.push((at + 1).into());
        }
    }
    Block::Heading(
        t("情景 {number}：{title}（{hazard}，用于课程 {courses}）", "Scenario {number}: {title} ({hazard}; for courses {courses})").with(
            &[
                ("number", number.into()),
                ("title", scenario.title.clone()),
                ("hazard", scenario.hazard_name()),
                ("courses", Text::join(&courses, "、", ", ")),
            ],
        ),
    )
}

/// The scenarios, each once.
pub fn section(pack: &Pack<'_>) -> Option<Section> {
    let used = used(pack);
    if used.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(t(
        "情景都是虚构的。“演练手册.docx”把每个情景排成导调单和评估表：注入、谁应当在几分钟内做什么、打分和复盘，只发给导调和评估人员。",
        "The scenarios are made up. exercise-handbook.docx sets each out to be run and marked: injects, who has to do what within how many minutes, marks and review; for those who run and evaluate it only.",
    ))];
    for (number, scenario) in (1usize..).zip(used) {
        blocks.push(heading(pack, number, scenario));
        blocks.push(Block::Text(scenario.setting.clone()));
        blocks.push(Block::Numbered(injects(scenario)));
    }
    Some(part(t("五、演练情景", "5. Scenarios"), blocks))
}

/// 演练手册: for those who run and evaluate the exercise; none where no scenario says what it waits to see.
pub fn handbook(pack: &Pack<'_>) -> Option<Document> {
    let told: Vec<&Scenario> = used(pack).into_iter().filter(|scenario| !scenario.actions.is_empty()).collect();
    if told.is_empty() {
        return None;
    }
    let mut blocks = vec![
        Block::Text(t(
            "只供导调和评估人员使用，演练结束前不发给参演人员。",
            "For those who run and evaluate the exercise; not for players before it is over.",
        )),
        Block::Heading(t("怎样用", "How to use it")),
        Block::Numbered(how()),
    ];
    for (number, scenario) in (1usize..).zip(told) {
        blocks.push(heading(pack, number, scenario));
        blocks.push(Block::Text(scenario.setting.clone()));
        blocks.push(Block::Table(roles(pack, scenario)));
        let mut first = 1;
        for (at, text) in injects(scenario).into_iter().enumerate() {
            let actions: Vec<&Expected> = scenario.actions.iter().filter(|action| action.inject == at).collect();
            blocks.push(Block::Text(
                t("注入 {number} {inject}", "Inject {number}. {inject}").with(&[("number", (at + 1).into()), ("inject", text)]),
            ));
            if !actions.is_empty() {
                blocks.push(Block::Table(marked(pack, &actions, first)));
            }
            first += actions.len();
        }
        let most = t("满分 {most} 分；实得 ______ 分，得分率 ______ %。", "Out of {most}: ______ marks, ______ %.");
        blocks.push(Block::Text(most.with(&[("most", (MOST * scenario.actions.len()).into())])));
        blocks.push(Block::Text(t("评估人员：__________　日期：__________", "Evaluator: ______________  Date: __________")));
        blocks.push(Block::Table(review()));
    }
    Some(sheet(pack, t("演练手册", "exercise-handbook"), t("演练手册", "exercise handbook"), blocks))
}

fn how() -> Vec<Text> {
    vec![
        t(
            "导调人员逐条念出注入，每条之间按要练的动作留够时间；参演人员按角色回应，地名、数字换成本地的更好。",
            "The one who runs it reads out one inject after another and leaves time for what is practised; players answer in their roles. Put in local places and figures where you can.",
        ),
        t(
            "评估人员看到或听到才打分：在时限内做到 2 分，做到但超时或不全 1 分，没有做到 0 分；“实际用时”从念出注入算起。",
            "The evaluator marks what is seen or heard only: done in time 2, done late or in part 1, not done 0. The time taken counts from the reading of the inject.",
        ),
        t(
            "结束后当场复盘，要改的写进“复盘记录”，对应的题见各课程的“应提升的题”，写上责任单位和时限，再列入整改台账。",
            "Review it on the spot: write down what has to change, the item it belongs to (see the items of the courses), who is responsible and by when; then put it into the ledger.",
        ),
        t(
            "应有动作是本项目自拟的，供训练用，不代替预案；与本地预案不一致的，以预案为准，并改写这一条。",
            "The expected actions are this project's own, for training, and replace no plan: where the local plan says otherwise, follow it and rewrite the line.",
        ),
    ]
}

/// Each role once, with the numbers of its actions.
fn roles(pack: &Pack<'_>, scenario: &Scenario) -> Table {
    let mut roles: Vec<(&str, Vec<Text>)> = Vec::new();
    for (number, action) in (1usize..).zip(&scenario.actions) {
        match roles.iter_mut().find(|(id, _)| *id == action.audience) {
            Some((_, numbers)) => numbers.push(number.into()),
            None => roles.push((&action.audience, vec![number.into()])),
        }
    }
    let rows = roles.into_iter().map(|(id, numbers)| {
        row(vec![Value::Text(by_id(&pack.tree.audiences, id)), Value::Text(Text::join(&numbers, "、", ", ")), Value::Text(Text::default())])
    });
    Table {
        id: "roles",
        title: t("角色", "Roles"),
        columns: vec![
            column(t("角色", "Role"), Kind::Text),
            column(t("应有动作的序号", "Actions"), Kind::Text),
            column(t("扮演人（姓名、单位）", "Played by (name, unit)"), Kind::Hand),
        ],
        rows: rows.collect(),
    }
}

fn marked(pack: &Pack<'_>, actions: &[&Expected], first: usize) -> Table {
    let rows = (first..).zip(actions).map(|(number, action)| {
        row(vec![
            Value::Number(number as f64),
            Value::Text(action.what.clone()),
            Value::Text(who(pack, action)),
            Value::Number(action.minutes as f64),
            Value::Text(by_id(&pack.tree.topics, &action.topic)),
            Value::Text(Text::default()),
            Value::Text(Text::default()),
        ])
    });
    Table {
        id: "expected",
        title: Text::default(),
        columns: vec![
            column(t("序号", "No."), Kind::Count),
            column(t("应有动作", "Expected action"), Kind::Text),
            column(t("谁做", "Who"), Kind::Text),
            column(t("时限（分钟）", "Limit (min)"), Kind::Count),
            column(t("练的主题", "Topic"), Kind::Text),
            column(t("实际用时", "Taken"), Kind::Hand),
            column(t("得分", "Marks"), Kind::Hand),
        ],
        rows: rows.collect(),
    }
}

fn review() -> Table {
    let names =
        [t("做得好的", "Done well"), t("要改的", "To be changed"), t("对应的题", "Item"), t("责任单位", "Responsible"), t("时限", "By")];
    let columns: Vec<Column> = names.into_iter().map(|name| column(name, Kind::Hand)).collect();
    by_hand("review", t("复盘记录", "Review"), columns, REVIEWED)
}

/// All actions of the scenarios that courses use, for the workbook.
pub fn table(pack: &Pack<'_>) -> Table {
    let in_use = |scenario: &&Scenario| pack.training.courses.iter().any(|course| course.hazard == Some(scenario.hazard));
    let mut rows: Vec<Row> = Vec::new();
    for scenario in pack.bank.scenarios.iter().filter(in_use) {
        for (number, action) in (1usize..).zip(&scenario.actions) {
            rows.push(row(vec![
                Value::Text(scenario.title.clone()),
                Value::Number(number as f64),
                Value::Text(inject_names()[action.inject].clone()),
                Value::Text(action.what.clone()),
                Value::Text(who(pack, action)),
                Value::Number(action.minutes as f64),
                Value::Text(by_id(&pack.tree.topics, &action.topic)),
            ]));
        }
    }
    Table {
        id: "expected-all",
        title: t("各情景的应有动作", "Expected actions of each scenario"),
        columns: vec![
            column(t("情景", "Scenario"), Kind::Text),
            column(t("序号", "No."), Kind::Count),
            column(t("注入", "Inject"), Kind::Short),
            column(t("应有动作", "Expected action"), Kind::Text),
            column(t("谁做", "Who"), Kind::Text),
            column(t("时限（分钟）", "Limit (min)"), Kind::Count),
            column(t("练的主题", "Topic"), Kind::Text),
        ],
        rows,
    }
}
