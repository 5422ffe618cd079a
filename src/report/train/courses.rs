//! Courses: what each is for, the items it should lift, objectives, points and a scenario.

use std::cmp::Reverse;

use crate::analysis::steps::next_step;
use crate::analysis::training::classes::of_course as classes_of;
use crate::analysis::training::{Course, Remedy, Why, actions, form as form_of, remedy};
use crate::bank::{Entry, Form, Scenario, inject_names};
use crate::number::fixed;
use crate::report::assessment::headline;
use crate::report::document::{Block, Kind, Row, Section, Table, Value, column, row};
use crate::report::train::{Pack, classes, exercise, joined, marked, part, points};
use crate::text::{Text, t};
use crate::tree::hazards;

/// Courses in the list on pages, courses told in full, and items told of each.
const LISTED: usize = 30;
pub const TOLD: usize = 12;
const ITEMS: usize = 8;

pub fn form(form: Form) -> Text {
    match form {
        Form::Lecture => t("集中授课", "lecture"),
        Form::Desk => t("案头作业", "desk work"),
        Form::Drill => t("实操演练", "drill"),
    }
}

fn form_in_full(form: Form) -> Text {
    match form {
        Form::Lecture => t("集中授课，讲完当堂测评", "lecture, with a quiz at the end"),
        Form::Desk => t(
            "案头作业，学员带本单位的文件、台账来，当堂对照修改",
            "desk work: participants bring their own papers and registers and amend them in class",
        ),
        Form::Drill => {
            t("实操演练，上手做、掐表、点评，再放进情景里练", "drill: done for real, timed and discussed, then within the scenario")
        }
    }
}

/// The forms of its items, its own first, then by how many items have it.
fn forms(pack: &Pack<'_>, course: &Course) -> Vec<(Form, usize)> {
    let own = |index: usize| form_of(&pack.tree.items[index], score(pack, index), pack.bank);
    let mut all: Vec<(Form, usize)> = Form::ALL
        .iter()
        .rev()
        .map(|(form, _)| (*form, course.items.iter().filter(|(index, _)| own(*index) == *form).count()))
        .filter(|(_, count)| *count > 0)
        .collect();
    all.sort_by_key(|(form, count)| (*form != course.form, Reverse(*count)));
    all
}

/// `实操演练 3 题（上手做……）；案头作业 2 题（……）`.
fn forms_told(pack: &Pack<'_>, course: &Course) -> Text {
    let told = forms(pack, course).into_iter().map(|(form, count)| {
        t("{form}（{count} 题）", "{form} ({count} [item|items])").counted(count).with(&[("form", form_in_full(form))])
    });
    Text::join(&told.collect::<Vec<_>>(), "；", "; ")
}

fn remedy_words(remedy: Remedy) -> Text {
    match remedy {
        Remedy::Trained => t("培训演练", "training"),
        Remedy::Managed => t("工作落实", "work"),
        Remedy::Bought => t("装备经费", "kit or money"),
        Remedy::Unsaid => t("未写明", "not stated"),
    }
}

pub fn scenario<'a>(pack: &'a Pack<'_>, course: &Course) -> Option<&'a Scenario> {
    pack.bank.scenario(course.hazard?)
}

/// All courses, or the first so many.
pub fn table(pack: &Pack<'_>, most: usize) -> Table {
    let rows = pack.training.courses.iter().enumerate().take(most).map(|(index, course)| {
        row(vec![
            Value::Number((index + 1) as f64),
            Value::Text(pack.topic(course.topic)),
            Value::Text(pack.audience(course.audience)),
            Value::Number(course.items.len() as f64),
            Value::Number(pack.printed.courses[index].loss),
            Value::Number(pack.printed.courses[index].teachable),
            Value::Number(course.gain),
            Value::Text(form(course.form)),
            Value::Text(joined(classes_of(&pack.training.classes, index).into_iter().map(Text::from))),
            scenario(pack, course).map_or(Value::Empty, |scenario| Value::Text(exercise::hinted(pack, scenario))),
        ])
    });
    Table {
        id: "courses",
        title: t("课程（培训管得到的失分多的在前）", "Courses (most loss within reach of training first)"),
        columns: vec![
            column(t("课程", "No."), Kind::Count),
            column(t("主题", "Topic"), Kind::Text),
            column(t("对象", "Audience"), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("培训管得到", "Within reach"), Kind::Points),
            column(t("可增分（各课重复计）", "Gain (counted in each)"), Kind::Points),
            column(t("建议形式", "Form"), Kind::Short),
            column(t("班次", "Classes"), Kind::Short),
            column(t("情景灾种", "Scenario's hazard"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

fn score(pack: &Pack<'_>, index: usize) -> f64 {
    pack.results.items[index].score.unwrap_or(0.0)
}

fn next(pack: &Pack<'_>, index: usize) -> (Value, Value) {
    match next_step(pack.results, pack.tree, index) {
        Some(next) => {
            let what = headline::needed(&pack.results.items[index].state, &next.step.what);
            (Value::Text(what), Value::Number(next.gain))
        }
        None => (Value::Empty, Value::Empty),
    }
}

fn item_row(pack: &Pack<'_>, index: usize) -> Vec<Value> {
    let (what, gain) = next(pack, index);
    let item = &pack.tree.items[index];
    vec![
        item.reference.clone().into(),
        Value::Text(marked(item)),
        Value::of(pack.results.items[index].score),
        what,
        Value::Text(remedy_words(remedy(item, score(pack, index)))),
        gain,
    ]
}

fn items_table(pack: &Pack<'_>, course: &Course) -> Table {
    let rows: Vec<Row> = course.items.iter().take(ITEMS).map(|(index, _)| row(item_row(pack, *index))).collect();
    let title = if course.items.len() > rows.len() {
        t("应提升的题（共 {all} 题，列失分最多的 {shown} 题）", "Items to lift ({all} in all, the {shown} that lose most)")
    } else {
        t("应提升的题", "Items to lift")
    };
    Table {
        id: "course-items-short",
        title: title.with(&[("all", course.items.len().into()), ("shown", rows.len().into())]),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("上一档要做到", "Next step"), Kind::Text),
            column(t("下一步靠", "By"), Kind::Short),
            column(t("可增分", "Gain"), Kind::Points),
        ],
        rows,
    }
}

/// Every item of every course, with its objective and point.
pub fn all_items(pack: &Pack<'_>) -> Table {
    let mut rows = Vec::new();
    for (number, course) in (1usize..).zip(&pack.training.courses) {
        for (index, part) in &course.items {
            let (what, gain) = next(pack, *index);
            let item = &pack.tree.items[*index];
            let entry = pack.bank.entry(&item.id);
            rows.push(row(vec![
                Value::Number(number as f64),
                Value::Text(pack.topic(course.topic)),
                Value::Text(pack.audience(course.audience)),
                item.reference.clone().into(),
                Value::Text(marked(item)),
                Value::of(pack.results.items[*index].score),
                Value::Number(*part),
                what,
                Value::Text(remedy_words(remedy(item, score(pack, *index)))),
                gain,
                entry.map_or(Value::Empty, |entry| Value::Text(entry.objective.clone())),
                entry.map_or(Value::Empty, |entry| Value::Text(entry.point.clone())),
            ]));
        }
    }
    Table {
        id: "course-items",
        title: t("各课程的题目、目标和要点", "Items, objectives and points of each course"),
        columns: vec![
            column(t("课程", "No."), Kind::Count),
            column(t("主题", "Topic"), Kind::Text),
            column(t("对象", "Audience"), Kind::Text),
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("本课程失分", "Points lost here"), Kind::Points),
            column(t("上一档要做到", "Next step"), Kind::Text),
            column(t("下一步靠", "By"), Kind::Short),
            column(t("可增分", "Gain"), Kind::Points),
            column(t("培训目标", "Objective"), Kind::Text),
            column(t("讲义要点", "Point"), Kind::Text),
        ],
        rows,
    }
}

/// The scenarios that courses use.
pub fn scenarios(pack: &Pack<'_>) -> Table {
    let used = |scenario: &&Scenario| pack.training.courses.iter().any(|course| course.hazard == Some(scenario.hazard));
    let rows = pack.bank.scenarios.iter().filter(used).map(|scenario| {
        let mut cells =
            vec![Value::Text(scenario.hazard_name()), Value::Text(scenario.title.clone()), Value::Text(scenario.setting.clone())];
        cells.extend(scenario.injects.iter().map(|inject| Value::Text(inject.clone())));
        row(cells)
    });
    let mut columns =
        vec![column(t("灾种", "Hazard"), Kind::Short), column(t("情景", "Scenario"), Kind::Text), column(t("背景", "Setting"), Kind::Text)];
    columns.extend(inject_names().into_iter().map(|name| column(name, Kind::Text)));
    Table {
        id: "scenarios", title: t("情景与注入（均为虚构）", "Scenarios and injects (all made up)"), columns, rows: rows.collect()
    }
}

/// The tables, and each course told in full as a part of its own: it reads better upright.
pub fn sections(pack: &Pack<'_>) -> Vec<Section> {
    let all = pack.training.courses.len();
    let mut blocks = vec![Block::Text(
        t(
            "共 {all} 门课程，下表列培训管得到的失分最多的 {listed} 门，其中前 {told} 门在后面逐门写明；全部课程和题目见 Excel 的“课程”“课程与题目”页。“情景灾种”一列写明情景序号的，演练手册已经排好；只有灾种的，注入和应有动作见 Excel 的“情景”“应有动作”页。",
            "{all} courses in all; the table lists the {listed} with most loss within reach of training, of which the first {told} are told below. All courses and items stand in the workbook, sheets Courses and Course items. Where the scenario's hazard has a number, the exercise handbook sets it out; where it has none, injects and expected actions stand on sheets Scenarios and Expected actions.",
        )
        .with(&[("all", all.into()), ("listed", all.min(LISTED).into()), ("told", all.min(TOLD).into())]),
    )];
    blocks.push(Block::Table(table(pack, LISTED)));
    blocks.extend(classes::blocks(pack));
    let mut sections = vec![part(t("二、课程和班次", "2. Courses and classes"), blocks)];
    let mut seen = Vec::new();
    for (index, course) in pack.training.courses.iter().enumerate().take(TOLD) {
        sections.push(one(pack, index, course, &mut seen));
    }
    sections
}

/// One course; `seen` are the items told before, each with its course.
fn one(pack: &Pack<'_>, index: usize, course: &Course, seen: &mut Vec<(usize, usize)>) -> Section {
    let title =
        t("课程 {number}：{course}", "Course {number}: {course}").with(&[("number", (index + 1).into()), ("course", pack.course(index))]);
    let held: Vec<Text> = classes_of(&pack.training.classes, index).into_iter().map(Text::from).collect();
    let args = [("audience", pack.audience(course.audience)), ("classes", Text::join(&held, "、", ", "))];
    let figures = pack.printed.courses[index];
    let mut lines = vec![
        t("培训对象：{audience}；列入班次 {classes}。", "Audience: {audience}; held in [class|classes] {classes}.").counted(held.len()).with(&args),
        t(
            "{count} 题共失 {loss} 分，占已知失分的 {part}%，其中培训管得到 {teachable} 分；各题上一档，总分可增 {gain} 分（一题在几门课程里的，各课重复计）。",
            "{count} [item loses|items lose] {loss} points, {part}% of the known loss, {teachable} of them within reach of training; the total gains {gain} if each takes its next step (an item of several courses counts in each).",
        )
        .counted(course.items.len())
        .with(&[
            ("loss", points(figures.loss)),
            ("teachable", points(figures.teachable)),
            ("part", pack.percent(course.loss)),
            ("gain", points(course.gain)),
        ]),
        t("建议形式：{form}。", "Form: {form}.").with(&[("form", forms_told(pack, course))]),
    ];
    if figures.bought > 0.0 {
        lines.push(
            t(
                "培训解决不了的：其中 {bought} 分的题下一步要添装备设施或安排经费，请另行报批。",
                "Beyond training: {bought} points of it wait for equipment, facilities or money, to be applied for apart.",
            )
            .with(&[("bought", points(figures.bought))]),
        );
    }
    let mut blocks = vec![Block::List(lines), Block::Table(items_table(pack, course))];
    let told: Vec<usize> = course.items.iter().take(ITEMS).map(|(index, _)| *index).collect();
    let (new, before): (Vec<usize>, Vec<usize>) = told.iter().partition(|index| seen.iter().all(|(known, _)| known != *index));
    blocks.extend(taught(pack, &new));
    if !before.is_empty() {
        let named = before.iter().filter_map(|index| {
            let (_, course) = seen.iter().find(|(known, _)| known == index)?;
            let reference = pack.tree.items[*index].reference.clone();
            Some(t("{ref} 见课程 {course}", "{ref}: course {course}").with(&[("ref", reference.into()), ("course", (*course).into())]))
        });
        let named = Text::join(&named.collect::<Vec<_>>(), "，", ", ");
        let text = t("目标和要点已在前面写过的：{named}。", "Objectives and points told above: {named}.");
        blocks.push(Block::Text(text.with(&[("named", named)])));
    }
    seen.extend(new.iter().map(|item| (*item, index + 1)));
    let without = told.iter().filter(|item| pack.bank.entry(&pack.tree.items[**item].id).is_none()).count();
    if without > 0 {
        blocks.push(Block::Text(
            t(
                "其中 {count} 题题库里没有，目标和要点由培训组织人员补写。",
                "The bank has nothing on {count} of these items; [its|their] objectives and points are for the organiser to write.",
            )
            .counted(without),
        ));
    }
    blocks.extend(drilled(pack, course));
    Section { level: 2, title, blocks, new_page: false }
}

/// Objectives by how they are practised, and the points to teach, of items told for the first time.
fn taught(pack: &Pack<'_>, items: &[usize]) -> Vec<Block> {
    let entries: Vec<(usize, &Entry)> =
        items.iter().filter_map(|index| Some((*index, pack.bank.entry(&pack.tree.items[*index].id)?))).collect();
    let with_ref = |index: usize, text: &Text| {
        let reference = pack.tree.items[index].reference.clone();
        t("{text}（{ref}）", "{text} ({ref})").with(&[("ref", reference.into()), ("text", text.clone())])
    };
    let mut blocks = Vec::new();
    for (kind, _) in Form::ALL.iter().rev() {
        let own = entries.iter().filter(|(index, entry)| {
            !entry.objective.is_empty() && form_of(&pack.tree.items[*index], score(pack, *index), pack.bank) == *kind
        });
        let objectives: Vec<Text> = own.map(|(index, entry)| with_ref(*index, &entry.objective)).collect();
        if !objectives.is_empty() {
            blocks.push(Block::Text(
                t(
                    "培训目标，{form}（学员训后，括号内为对应的题）：",
                    "Objectives, {form} (after the course a participant; the item in brackets):",
                )
                .with(&[("form", form(*kind))]),
            ));
            blocks.push(Block::Numbered(objectives));
        }
    }
    if !entries.is_empty() {
        blocks.push(Block::Text(t("讲义要点：", "Points to teach:")));
        blocks.push(Block::Numbered(entries.iter().map(|(index, entry)| with_ref(*index, &entry.point)).collect()));
    }
    blocks
}

/// Where its scenario stands, and what of it this course looks at.
fn drilled(pack: &Pack<'_>, course: &Course) -> Vec<Block> {
    let Some(scenario) = scenario(pack, course) else { return Vec::new() };
    let Some(named) = exercise::numbered(pack, scenario) else { return Vec::new() };
    let args = [("named", named), ("why", why(pack, course))];
    // By their numbers in the handbook: what is waited for is not told to everybody.
    let chosen = actions(pack.tree, course, scenario);
    let numbered = (1usize..).zip(&scenario.actions).filter(|(_, action)| chosen.iter().any(|one| std::ptr::eq(*one, *action)));
    let looked_at: Vec<Text> = numbered.map(|(number, _)| number.into()).collect();
    if looked_at.is_empty() {
        return vec![Block::Text(
            t(
                "演练情景：{named}（{why}），背景见“五、演练情景”；情景里没有单练这个对象或主题的动作，放在整场里练。",
                "Scenario: {named} ({why}); section 5 says how it begins. None of its actions is for this audience or topic: it is practised in the whole.",
            )
            .with(&args),
        )];
    }
    let all = [args.to_vec(), vec![("numbers", Text::join(&looked_at, "、", ", "))]].concat();
    vec![Block::Text(
        t(
            "演练情景：{named}（{why}），背景见“五、演练情景”。本课程在其中看演练手册里的动作 {numbers}。",
            "Scenario: {named} ({why}); section 5 says how it begins. This course looks at [action|actions] {numbers} of the handbook.",
        )
        .counted(looked_at.len())
        .with(&all),
    )]
}

/// Why this hazard.
fn why(pack: &Pack<'_>, course: &Course) -> Text {
    let Some(hazard) = course.hazard else { return Text::default() };
    let level = pack.tree.local.hazards.as_ref().and_then(|profile| profile.threats.iter().find(|threat| threat.hazard == hazard)?.level);
    let named = level.map_or_else(Text::default, |level| {
        let args = [("l", level.likelihood.into()), ("c", level.consequence.into())];
        t("，可能性 {l}、后果 {c}", ", likelihood {l}, consequence {c}").with(&args)
    });
    let text = match course.why {
        Why::Profile => t("本课程涉及的灾种中要求最高的：{hazard}{level}", "the most demanding hazard of this course: {hazard}{level}"),
        Why::ProfileAtAll => {
            t("各题不分灾种，取本地要求最高的：{hazard}{level}", "its items serve all hazards; the place's most demanding: {hazard}{level}")
        }
        Why::Items => t("本课程失分最多的灾种：{hazard}", "the hazard most of this course's loss names: {hazard}"),
        Why::Actions { instead_of } => t(
            "{first}情景里没有这个对象或主题的动作，改用有的：{hazard}{level}",
            "nothing in the scenario of {first} is for this audience or topic; this one has something: {hazard}{level}",
        )
        .with(&[("first", hazards::name(instead_of))]),
        Why::Unit => {
            t("各题不分灾种，取全单位失分最多的：{hazard}", "its items serve all hazards; the one most of the unit's loss names: {hazard}")
        }
    };
    text.with(&[("level", named), ("hazard", hazards::name(hazard))])
}

/// A gain as sentences say it.
pub fn gain(pack: &Pack<'_>, index: usize) -> Text {
    next_step(pack.results, pack.tree, index).map_or_else(Text::default, |next| fixed(next.gain, 2).into())
}
