//! 演练手册: scenarios set out to be run and marked against a clock, for those who run and evaluate the exercise.

use crate::analysis::training::clock::{BRIEFING, LEAST, LONGEST, REVIEW, Turn, WHOLE, turns};
use crate::bank::{Expected, INJECTS, Scenario, inject_names};
use crate::report::document::{Block, Column, Document, Kind, Section, Table, Value, column, row};
use crate::report::train::exercise::{by_id, injects, or_none, used, used_for, weak_of, who};
use crate::report::train::quiz::{by_hand, sheet};
use crate::report::train::{Pack, marked as question};
use crate::text::{Text, t};

/// Marks of one action, and lines to write on in a review.
const MOST: usize = 2;
const REVIEWED: usize = 6;
/// Rates in percent from which a scenario is mastered, and from which weak points are practised again and not all of it.
const MASTERED: usize = 85;
const PASSED: usize = 60;

/// Weak items named of a topic.
const NAMED: usize = 2;

/// Scenarios that say what they wait to see, by the numbers under which the report tells them.
pub fn played<'a>(pack: &'a Pack<'_>) -> impl Iterator<Item = (usize, &'a Scenario)> {
    (1usize..).zip(used(pack)).filter(|(_, scenario)| !scenario.actions.is_empty())
}

/// None where there is none of them.
pub fn handbook(pack: &Pack<'_>) -> Option<Document> {
    let scenarios: Vec<Section> = played(pack).flat_map(|(number, scenario)| one(pack, number, scenario)).collect();
    if scenarios.is_empty() {
        return None;
    }
    let first = vec![
        Block::Text(t(
            "只供导调和评估人员使用，演练结束前不发给参演人员；参演人员拿“参演人员须知”。",
            "For those who run and evaluate the exercise; not for players before it is over, whose paper is players.docx.",
        )),
        Block::Heading(t("怎样用", "How to use it")),
        Block::Numbered(how()),
    ];
    let mut document = sheet(pack, t("演练手册", "exercise-handbook"), t("演练手册", "exercise handbook"), first);
    document.narrative.extend(scenarios);
    Some(document)
}

fn how() -> Vec<Text> {
    let rules = [
        t(
            "一个情景练半天，至多 {whole} 分钟，起止时刻各情景另列。分钟按演练钟计。每条注入的倍数由导调人员念出注入时宣布，如“演练 1 分钟等于情景 5 分钟”；表里的倍数按这条注入最长的时限定，使它在 {longest} 分钟之内练完，可以改，改了就按新倍数折算。“演练时限”已经折算，进到整分钟，不到 {least} 分钟的给 {least} 分钟；动作后面括号里是情景时限。",
            "A scenario takes half a day, {whole} minutes at most, each at its own times. Minutes are those of the exercise clock. The controller announces the factor with each inject, such as one minute of exercise is 5 minutes of the story. The factors below bring the longest limit of the inject within {longest} minutes; others may be announced, and limits then follow them. The limits on the clock are reckoned so already, in whole minutes and never below {least}; the limit in the story stands in brackets behind the action.",
        ),
        t(
            "导调人员逐条念出注入，到点就念下一条；参演人员按角色回应，地名、数字换成本地的更好。",
            "The controller reads out one inject after another, each at its time; players answer in their roles. Put in local places and figures where you can.",
        ),
        t(
            "评估人员看到或听到才打分，每个动作满分 2 分：在演练时限内 1 分，内容做全 1 分。又及时又做全得 2 分，超时但做全、及时但不全各得 1 分，又超时又不全和没有做的都是 0 分。“实际用时”和时限一样从念完注入起算，看到什么写进“现场记录”；没有轮到的动作划掉，满分相应减少。",
            "The evaluator marks what is seen or heard only, out of 2: 1 for being within the limit on the clock, 1 for being complete. In time and complete 2; late but complete, or in time but in part, 1; late and in part, or not at all, 0. The time taken counts, like the limit, from the end of reading the inject; what was seen goes into the notes. Strike out an action whose turn did not come, and deduct it from the full marks.",
        ),
        t(
            "得分率 = 实得分 ÷ 满分：{mastered}% 及以上，能独立应对；{passed}% 及以上、不到 {mastered}%，补练得 0 分和 1 分的动作；不到 {passed}%，整场重练。这是本项目自定的尺度，不是国家标准。",
            "Rate = marks ÷ full marks: from {mastered}%, can cope alone; from {passed} to below {mastered}%, practise again what got 0 or 1; below {passed}%, do the whole again. This is the project's own scale and no national standard.",
        ),
        t(
            "结束后当场复盘，要改的写进“复盘记录”，写上责任单位和时限，再列入整改台账；“动作和弱项”表里是同主题的弱项，只供参考，与要改的事相符的才把编号抄进“对应的题”，没有相符的由复盘人填。",
            "Review it on the spot: write down what has to change, who is responsible and by when; then put it into the ledger. The table of actions and weak items has weak items of the same topic, for reference: copy a ref only where the item fits what has to change; where none fits, the reviewer fills it in.",
        ),
        t(
            "应有动作是本项目自拟的，供训练用，不代替预案；与本地预案不一致的，以预案为准，并改写这一条。",
            "The expected actions are this project's own, for training, and replace no plan: where the local plan says otherwise, follow it and rewrite the line.",
        ),
    ];
    let args = [
        ("whole", WHOLE.into()),
        ("longest", LONGEST.into()),
        ("least", LEAST.into()),
        ("mastered", MASTERED.into()),
        ("passed", PASSED.into()),
    ];
    rules.map(|rule| rule.with(&args)).to_vec()
}

pub const BEFORE: Text = t("说明和分角色", "Briefing");
pub const AFTER: Text = t("打分和复盘", "Marks and review");
pub const TOGETHER: Text = t("合计", "Together");

/// A scenario on pages of its own, and each inject with them: one is read out and marked while the others wait.
fn one(pack: &Pack<'_>, number: usize, scenario: &Scenario) -> Vec<Section> {
    let turns = turns(scenario);
    let blocks = vec![Block::Text(scenario.setting.clone()), Block::Table(times(&turns)), Block::Table(roles(pack, scenario, true))];
    let title = t("情景 {number}：{title}（{hazard}）", "Scenario {number}: {title} ({hazard})").with(&[
        ("number", number.into()),
        ("title", scenario.title.clone()),
        ("hazard", scenario.hazard_name()),
    ]);
    let mut sections = vec![Section { level: 2, title, blocks, new_page: true }];
    let mut first = 1;
    for ((at, text), turn) in injects(scenario).into_iter().enumerate().zip(&turns) {
        let actions: Vec<&Expected> = scenario.actions.iter().filter(|action| action.inject == at).collect();
        let args =
            [("number", (at + 1).into()), ("start", clock(turn.start)), ("factor", turn.factor.into()), ("minutes", turn.minutes.into())];
        let title = t(
            "注入 {number}（演练钟 {start}，{minutes} 分钟，演练 1 分钟 = 情景 {factor} 分钟）",
            "Inject {number} (clock {start}, {minutes} min, 1 min of exercise = {factor} min of the story)",
        );
        let mut blocks = vec![Block::Text(text)];
        if !actions.is_empty() {
            blocks.push(Block::Table(marked(pack, &actions, turn, first)));
        }
        first += actions.len();
        sections.push(Section { level: 2, title: title.with(&args), blocks, new_page: true });
    }
    if let Some(last) = sections.last_mut() {
        last.blocks.extend([total(scenario), review()].map(Block::Table));
        last.blocks.push(Block::Text(used_for(pack, scenario)));
        last.blocks.push(Block::Table(practised(pack, scenario)));
    }
    sections
}

/// `0:40`.
fn clock(minutes: usize) -> Text {
    Text::same(format!("{}:{:02}", minutes / 60, minutes % 60))
}

/// From when to when, and how fast the story goes.
fn times(turns: &[Turn; INJECTS]) -> Table {
    let line = |name: Text, start: usize, minutes: usize, factor: Option<usize>| {
        let span = Text::join(&[clock(start), clock(start + minutes)], "～", " to ");
        row(vec![Value::Text(name), Value::Text(span), Value::Number(minutes as f64), Value::of(factor.map(|factor| factor as f64))])
    };
    let mut rows = vec![line(BEFORE, 0, BRIEFING, None)];
    for ((number, name), turn) in (1usize..).zip(inject_names()).zip(turns) {
        let name = t("注入 {number} {name}", "Inject {number}: {name}").with(&[("number", number.into()), ("name", name)]);
        rows.push(line(name, turn.start, turn.minutes, Some(turn.factor)));
    }
    let end = turns.last().map_or(BRIEFING, |turn| turn.start + turn.minutes);
    rows.push(line(AFTER, end, REVIEW, None));
    rows.push(line(TOGETHER, 0, end + REVIEW, None));
    Table {
        id: "times",
        title: t("时间安排", "Times"),
        columns: vec![
            column(t("阶段", "Part"), Kind::Text),
            column(t("演练钟", "Clock"), Kind::Short),
            column(t("用时（分钟）", "Minutes"), Kind::Count),
            column(t("情景倍数", "Factor"), Kind::Count),
        ],
        rows,
    }
}

/// Each role once, two in a row; with the numbers of its actions, or without them for those who play.
pub fn roles(pack: &Pack<'_>, scenario: &Scenario, numbered: bool) -> Table {
    let mut roles: Vec<(&str, Vec<Text>)> = Vec::new();
    for (number, action) in (1usize..).zip(&scenario.actions) {
        match roles.iter_mut().find(|(id, _)| *id == action.audience) {
            Some((_, numbers)) => numbers.push(number.into()),
            None => roles.push((&action.audience, vec![number.into()])),
        }
    }
    let rows = roles.chunks(2).map(|pair| {
        let cells = |role: Option<&(&str, Vec<Text>)>| {
            let role = role.map_or_else(Text::default, |(id, numbers)| {
                let name = by_id(&pack.tree.audiences, id);
                let of_actions = [("numbers", Text::join(numbers, "、", ", ")), ("name", name.clone())];
                if numbered { t("{name}（{numbers}）", "{name} ({numbers})").with(&of_actions) } else { name }
            });
            [Value::Text(role), Value::Text(Text::default())]
        };
        row([cells(pair.first()), cells(pair.get(1))].concat())
    });
    let role = if numbered { t("角色（动作）", "Role (actions)") } else { t("角色", "Role") };
    let columns = || [column(role.clone(), Kind::Text), column(t("扮演人（姓名、单位）", "Played by (name, unit)"), Kind::Hand)];
    Table { id: "roles", title: t("角色", "Roles"), columns: columns().into_iter().chain(columns()).collect(), rows: rows.collect() }
}

fn marked(pack: &Pack<'_>, actions: &[&Expected], turn: &Turn, first: usize) -> Table {
    let rows = (first..).zip(actions).map(|(number, action)| {
        // One above the other: side by side they leave too few letters for what is done, and the page for notes.
        let what = t("{who}\n{what}（{minutes} 分钟）", "{who}\n{what} ({minutes} min)").with(&[
            ("minutes", action.minutes.into()),
            ("who", who(pack, action)),
            ("what", action.what.clone()),
        ]);
        let mut cells = vec![Value::Number(number as f64), Value::Text(what), Value::Number(turn.limit(action) as f64)];
        cells.extend([(); 3].map(|()| Value::Text(Text::default())));
        row(cells)
    });
    Table {
        id: "expected",
        title: Text::default(),
        columns: vec![
            column(t("序号", "No."), Kind::Count),
            column(t("谁做、应有动作（情景时限）", "Who, and the expected action (limit in the story)"), Kind::Text),
            column(t("演练时限（分钟）", "Limit (min)"), Kind::Count),
            column(t("现场记录", "Notes"), Kind::LongHand),
            column(t("用时", "Taken"), Kind::ShortHand),
            column(t("得分", "Marks"), Kind::ShortHand),
        ],
        rows: rows.collect(),
    }
}

/// Weak items that may lie behind what goes wrong in each topic's actions: those of the topic that the hazard concerns.
fn practised(pack: &Pack<'_>, scenario: &Scenario) -> Table {
    let mut topics: Vec<(&str, Vec<Text>)> = Vec::new();
    for (number, action) in (1usize..).zip(&scenario.actions) {
        match topics.iter_mut().find(|(id, _)| *id == action.topic) {
            Some((_, numbers)) => numbers.push(number.into()),
            None => topics.push((&action.topic, vec![number.into()])),
        }
    }
    let rows = topics.into_iter().map(|(id, numbers)| {
        let weak = weak_of(pack, scenario, id).into_iter().take(NAMED).map(|index| {
            let item = &pack.tree.items[index];
            t("{ref} {question}", "{ref} {question}").with(&[("ref", item.reference.clone().into()), ("question", question(item))])
        });
        let weak = or_none(weak.collect());
        row(vec![Value::Text(by_id(&pack.tree.topics, id)), Value::Text(Text::join(&numbers, "、", ", ")), Value::Text(weak)])
    });
    Table {
        id: "practised",
        title: t(
            "动作和弱项（同主题的弱项，供参考，相符才抄）",
            "Actions and weak items (of the same topic, for reference: copy a ref only where it fits)",
        ),
        columns: vec![
            column(t("练的主题", "Topic"), Kind::Text),
            column(t("动作", "Actions"), Kind::Text),
            column(t("同主题的弱项（失分多的在前）", "Weak items of the same topic (largest loss first)"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The sum and who answers for it, in one row that no page break parts.
fn total(scenario: &Scenario) -> Table {
    let hand = |name: Text| column(name, Kind::Hand);
    let columns = vec![
        column(t("满分", "Full marks"), Kind::Count),
        column(t("实得分", "Marks"), Kind::ShortHand),
        column(t("得分率（%）", "Rate (%)"), Kind::ShortHand),
        hand(t("结论（独立应对、补练、重练）", "Verdict (copes, practise, again)")),
        hand(t("评估人员（签字）", "Evaluator (signature)")),
        hand(t("日期", "Date")),
    ];
    let mut table = by_hand("total", t("本情景成绩", "Result of the scenario"), columns, 1);
    table.rows[0].cells[0] = Value::Number((MOST * scenario.actions.len()) as f64);
    table
}

fn review() -> Table {
    let long = |name: Text| column(name, Kind::LongHand);
    let hand = |name: Text| column(name, Kind::Hand);
    let columns: Vec<Column> = vec![
        long(t("做得好的", "Done well")),
        long(t("要改的", "To be changed")),
        hand(t("对应的题", "Item")),
        hand(t("责任单位", "Responsible")),
        hand(t("时限", "By")),
    ];
    by_hand("review", t("复盘记录", "Review"), columns, REVIEWED)
}
