//! Scenarios: which are used, what is read out, what has to be seen done, and the weak items it belongs to.

use crate::bank::{Expected, Scenario, inject_names};
use crate::report::document::{Block, Kind, Row, Section, Table, Value, column, row};
use crate::report::train::{Pack, courses, part};
use crate::text::{Text, t};
use crate::tree::content::Named;
use crate::tree::vocabulary::HAZARD;

/// Weak items named of an action.
const NAMED: usize = 3;

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

/// `情景 1`; none where it is not told. Its name tells what happens and stands only where players do not read.
pub fn numbered(pack: &Pack<'_>, scenario: &Scenario) -> Option<Text> {
    let at = used(pack).iter().position(|known| known.hazard == scenario.hazard)?;
    Some(t("情景 {number}", "scenario {number}").with(&[("number", (at + 1).into())]))
}

/// `台风（情景 1）`, or the hazard alone.
pub fn hinted(pack: &Pack<'_>, scenario: &Scenario) -> Text {
    let hazard = scenario.hazard_name();
    match numbered(pack, scenario) {
        Some(numbered) => t("{hazard}（{numbered}）", "{hazard} ({numbered})").with(&[("numbered", numbered), ("hazard", hazard)]),
        None => hazard,
    }
}

pub fn by_id(list: &[Named], id: &str) -> Text {
    list.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default()
}

pub fn who(pack: &Pack<'_>, action: &Expected) -> Text {
    by_id(&pack.tree.audiences, &action.audience)
}

pub fn injects(scenario: &Scenario) -> Vec<Text> {
    let named =
        |(name, inject): (Text, &Text)| t("{name}：{inject}", "{name}: {inject}").with(&[("name", name), ("inject", inject.clone())]);
    inject_names().into_iter().zip(&scenario.injects).map(named).collect()
}

/// Who practises it.
pub fn used_for(pack: &Pack<'_>, scenario: &Scenario) -> Text {
    let all = (1usize..).zip(&pack.training.courses).filter(|(_, course)| course.hazard == Some(scenario.hazard));
    let (told, others): (Vec<usize>, Vec<usize>) = all.map(|(number, _)| number).partition(|number| *number <= courses::TOLD);
    let text = if others.is_empty() {
        t("用于课程 {courses}。", "For [course|courses] {courses}.")
    } else {
        t(
            "用于课程 {courses}（前 {told} 门中的；另有 {others} 门，见培训需求报告.xlsx 的“课程”页）。",
            "For [course|courses] {courses} of the first {told}, and {others} more (training-needs.xlsx, sheet Courses).",
        )
    };
    let named: Vec<Text> = told.iter().map(|number| (*number).into()).collect();
    text.counted(told.len()).with(&[
        ("courses", Text::join(&named, "、", ", ")),
        ("told", courses::TOLD.into()),
        ("others", others.len().into()),
    ])
}

/// Weak items of a topic that a scenario's hazard concerns, the largest loss first; what names no hazard at all concerns each.
pub fn weak_of(pack: &Pack<'_>, scenario: &Scenario, topic: &str) -> Vec<usize> {
    let need = pack.training.topics.iter().find(|need| pack.tree.topics.get(need.topic).is_some_and(|one| one.id == topic));
    let concerned = |item: &usize| {
        let item = &pack.tree.items[*item];
        item.content.facets[HAZARD].is_empty() || item.serves(scenario.hazard)
    };
    need.map(|need| need.weak.iter().copied().filter(concerned).collect()).unwrap_or_default()
}

/// A line each, or that there is none.
pub fn or_none(lines: Vec<Text>) -> Text {
    if lines.is_empty() {
        return t("没有直接对应的题，由复盘人填", "none fits; the reviewer fills it in");
    }
    Text::join(&lines, "\n", "\n")
}

/// Refs of the weak items of an action's topic, those for its audience first.
pub fn items(pack: &Pack<'_>, scenario: &Scenario, action: &Expected) -> Value {
    let position = |list: &[Named], id: &str| list.iter().position(|one| one.id == id);
    let topic = position(&pack.tree.topics, &action.topic);
    let audience = position(&pack.tree.audiences, &action.audience);
    let mut weak = weak_of(pack, scenario, &action.topic);
    let is_own = |item: usize| {
        let mut all = pack.tree.items[item].content.training.iter();
        all.any(|one| Some(one.topic) == topic && Some(one.audience) == audience)
    };
    weak.sort_by_key(|item| !is_own(*item));
    weak.truncate(NAMED);
    // A line each: a ref must not be broken.
    let refs: Vec<Text> = weak.into_iter().map(|item| pack.tree.items[item].reference.clone().into()).collect();
    Value::Text(or_none(refs))
}

/// The scenarios, each once.
pub fn section(pack: &Pack<'_>) -> Option<Section> {
    let used = used(pack);
    if used.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(t(
        "情景都是虚构的，这里只写灾种和起始情况：情景名称、注入和应有动作在“演练手册.docx”里，它把每个情景排成半天的导调单和评估表，只发给导调和评估人员；“参演人员须知.docx”发给参演人员。",
        "The scenarios are made up. Only the hazard and the opening of each stand here; names, injects and expected actions are in exercise-handbook.docx (for controllers and evaluators only), which sets each out to be run and marked in half a day. players.docx is for those who play.",
    ))];
    for (number, scenario) in (1usize..).zip(used) {
        blocks.push(Block::Heading(
            t("情景 {number}（{hazard}）", "Scenario {number} ({hazard})")
                .with(&[("number", number.into()), ("hazard", scenario.hazard_name())]),
        ));
        blocks.push(Block::Text(Text::join(&[used_for(pack, scenario), scenario.setting.clone()], "", " ")));
    }
    Some(part(t("五、演练情景", "5. Scenarios"), blocks))
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
                items(pack, scenario, action),
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
            column(t("同主题的弱项（供参考）", "Weak items of the topic (for reference)"), Kind::Text),
        ],
        rows,
    }
}
