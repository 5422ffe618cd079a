//! Summary, needs by topic, and what the report does not say.

use crate::analysis::training::{Class, Remedies};
use crate::number::fixed;
use crate::report::document::{Block, Chart, ChartKind, Drawing, Kind, Picture, Section, Sheet, Table, Value, column, row};
use crate::report::train::printed::Split;
use crate::report::train::{Pack, classes, joined, part, points};
use crate::text::{Text, t};

/// Topics named in the lead and the summary, audiences of each, courses named there.
const LEAD: usize = 3;
const AUDIENCES: usize = 2;
const NAMED: usize = 5;

/// The one sentence to see first.
pub fn lead(pack: &Pack<'_>) -> Text {
    let training = &pack.training;
    if training.topics.iter().all(|topic| topic.loss <= 0.0) {
        return t("已知的题没有失分，没有培训需求。", "No known item loses points; nothing needs training.");
    }
    t(
        "{unit} {period} 已知的 {count} 题共失 {known} 分；失分最多的培训主题是{topics}。",
        "{unit}, {period}: {count} known [item loses|items lose] {known} points; most is lost in {topics}.",
    )
    .counted(training.weak)
    .with(&[
        ("known", points(training.known)),
        ("topics", joined(training.topics.iter().take(LEAD).filter(|one| one.loss > 0.0).map(|one| pack.quoted(one.topic)))),
        ("period", pack.results.period.clone().into()),
        ("unit", pack.results.unit.name.clone().into()),
    ])
}

fn most(pack: &Pack<'_>) -> Vec<Text> {
    let figures = pack.training.topics.iter().zip(&pack.printed.topics);
    let lines = figures.filter(|(one, _)| one.loss > 0.0).take(NAMED).map(|(one, figures)| {
        t(
            "{topic}：失 {loss} 分，占 {part}%，{count} 题有失分（共 {all} 题）；对象{audiences}。",
            "{topic}: {loss} points lost ({part}%), {count} weak [item|items] of {all}; for {audiences}.",
        )
        .counted(one.weak.len())
        .with(&[
            ("all", one.items.into()),
            ("loss", points(figures.loss)),
            ("part", fixed(figures.percent, 1).into()),
            ("audiences", joined(one.audiences.iter().take(AUDIENCES).map(|audience| pack.audience(*audience)))),
            ("topic", pack.topic(one.topic)),
        ])
    });
    lines.collect()
}

fn first_courses(pack: &Pack<'_>) -> Vec<Text> {
    let line = |index: usize| {
        let figures = pack.printed.courses[index];
        t(
            "{course}：失 {loss} 分，培训管得到 {teachable} 分，{count} 题。",
            "{course}: {loss} points lost, {teachable} within reach of training, {count} [item|items].",
        )
        .counted(pack.training.courses[index].items.len())
        .with(&[("loss", points(figures.loss)), ("teachable", points(figures.teachable)), ("course", pack.course(index))])
    };
    (0..pack.training.courses.len().min(NAMED)).map(line).collect()
}

/// The number of a class is its place here: classes stand in the order in which they are held.
fn first_classes(pack: &Pack<'_>) -> Vec<Text> {
    let line = |(class, figures): (&Class, &Split)| {
        t(
            "{audience}：{topics}，{count} 题，{hours}，培训管得到 {teachable} 分。",
            "For {audience}: {topics}, {count} [item|items], {hours}; {teachable} points within reach of training.",
        )
        .counted(class.items.len())
        .with(&[
            ("topics", classes::topics(pack, class)),
            ("hours", classes::hours_told(class.minutes)),
            ("teachable", points(figures.teachable)),
            ("audience", pack.audience(class.audience)),
        ])
    };
    pack.training.classes.iter().zip(&pack.printed.classes).take(LEAD).map(line).collect()
}

/// What a course lifts and what it does not.
fn limits(remedies: &Remedies, pack: &Pack<'_>) -> Text {
    let args = [
        ("trained", points(remedies.trained)),
        ("managed", points(remedies.managed)),
        ("bought", points(remedies.bought)),
        ("part", pack.percent(remedies.bought)),
        ("unsaid", if remedies.unsaid > 0.0 { points(remedies.unsaid) } else { Text::default() }),
    ];
    let text = t(
        "已知失分中，{trained} 分的下一步就是培训或演练；{managed} 分的下一步是建制度、理台账、签协议等工作，培训教怎样做，还要有人去做；{bought} 分（{part}%）的下一步要添装备设施或安排经费，培训解决不了。除了这一部分，都是本报告说的“培训管得到”的失分。",
        "Of the known loss, {trained} points wait for training or an exercise as their next step; {managed} wait for rules, registers, agreements and the like, which a course teaches and somebody then has to do; {bought} ({part}%) wait for equipment, facilities or money, which no course brings. All but these is what this report calls within reach of training.",
    )
    .with(&args);
    if remedies.unsaid > 0.0 {
        let more = t("另有 {unsaid} 分没有写明措施。", "For {unsaid} points no action is stated.").with(&args);
        return Text::join(&[text, more], "", " ");
    }
    text
}

fn unknown(pack: &Pack<'_>) -> Option<Text> {
    (pack.training.unknown > 0.0).then(|| {
        t(
            "另有 {unknown} 分失在空白或读不出的题上，情况不明，不据此安排培训；请先补答。",
            "Another {unknown} points are lost in blank or unreadable items; what is wrong there is not known, and no training is derived from them. Have them answered first.",
        )
        .with(&[("unknown", points(pack.training.unknown))])
    })
}

/// What stands first, on pages and in the workbook, where the page has no room for courses.
fn first(pack: &Pack<'_>, courses: bool) -> Vec<Block> {
    let mut blocks = vec![Block::Lead(lead(pack))];
    blocks.push(Block::Heading(t("最需要培训的主题", "Topics that need training most")));
    blocks.push(Block::Numbered(most(pack)));
    if courses {
        blocks.push(Block::Heading(t("先开的课程", "Courses to hold first")));
        blocks.push(Block::Numbered(first_courses(pack)));
    }
    blocks.push(Block::Heading(t("先办的班次（序号就是班次号）", "Classes to hold first (by their numbers)")));
    blocks.push(Block::Numbered(first_classes(pack)));
    blocks.push(Block::Heading(t("培训能解决什么", "What training can do")));
    blocks.push(Block::Text(limits(&pack.printed.remedies, pack)));
    blocks.extend(unknown(pack).map(Block::Text));
    blocks
}

pub fn summary(pack: &Pack<'_>) -> Section {
    part(t("摘要", "Summary"), first(pack, true))
}

pub fn overview(pack: &Pack<'_>) -> Sheet {
    // Courses have a sheet of their own, in the same order.
    let mut blocks = first(pack, false);
    let chart = Chart {
        kind: ChartKind::Bars,
        title: t("各主题得分（失分多的在前）", "Scores by topic (largest loss first)"),
        table: TOPICS,
        label: 1,
        value: 4,
    };
    // On the first page whole, whatever is said below it.
    blocks.insert(1, Block::Charts(vec![chart]));
    blocks.push(Block::Heading(t("方法与限度", "Method and limits")));
    blocks.push(Block::List(how(pack)));
    Sheet {
        name: t("概览", "Overview"),
        title: Text::default(),
        landscape: false,
        one_page: false,
        large: false,
        widths: vec![7.0, 26.0, 26.0, 14.0, 12.0, 12.0],
        blocks,
    }
}

const TOPICS: &str = "topics";

/// All topics with items, the largest loss first.
pub fn table(pack: &Pack<'_>) -> Table {
    let rows = (1usize..).zip(pack.training.topics.iter().zip(&pack.printed.topics)).map(|(rank, (one, figures))| {
        row(vec![
            Value::Number(rank as f64),
            Value::Text(pack.topic(one.topic)),
            Value::Number(one.items as f64),
            Value::Number(one.weak.len() as f64),
            Value::of(one.score),
            Value::Number(figures.loss),
            Value::of((pack.training.known > 0.0).then(|| figures.percent / 100.0)),
            Value::Number(figures.remedies.trained),
            Value::Number(figures.remedies.managed),
            Value::Number(figures.remedies.bought),
            Value::Text(joined(one.audiences.iter().map(|audience| pack.audience(*audience)))),
        ])
    });
    Table {
        id: TOPICS,
        title: t("各主题的培训需求（失分多的在前）", "Training needs by topic (largest loss first)"),
        columns: vec![
            column(t("序号", "No."), Kind::Count),
            column(t("主题", "Topic"), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("弱项", "Weak items"), Kind::Count),
            column(t("得分", "Score"), Kind::Score),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("占已知失分", "Part of known loss"), Kind::Percent),
            column(t("靠培训演练", "By training"), Kind::Points),
            column(t("靠工作落实", "By work"), Kind::Points),
            column(t("靠装备经费", "By kit or money"), Kind::Points),
            column(t("培训对象", "Audiences"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// Topics in the picture.
const BARS: usize = 12;

pub fn section(pack: &Pack<'_>) -> Section {
    let mut blocks = vec![Block::Text(t(
        "一道题有几个主题的，失分平均分给各主题；同一主题有几类对象的，再平均分给各类对象。这样各课程相加等于主题，各主题相加等于已知失分。题数和弱项不这样分：一题有几个主题的，每个主题都计，相加多于全部的题。",
        "The loss of an item with several topics is shared equally between them, and within a topic between its audiences; so courses add up to topics, and topics to the known loss. Numbers of items are not shared: an item counts in each of its topics, so they add up to more than there are.",
    ))];
    if pack.training.untaught > 0.0 {
        blocks.push(Block::Text(
            t(
                "指标体系没有写培训主题的题失 {loss} 分，不在各主题之内。",
                "Items without a topic lose {loss} points, which stand in no topic.",
            )
            .with(&[("loss", points(pack.training.untaught))]),
        ));
    }
    let mut sum = 0.0;
    let figures = pack.training.topics.iter().zip(&pack.printed.topics);
    let bars = figures.filter(|(one, _)| one.loss > 0.0).take(BARS).map(|(one, figures)| {
        sum += figures.percent;
        (pack.topic(one.topic), figures.loss, sum / 100.0)
    });
    let bars: Vec<(Text, f64, f64)> = bars.collect();
    if !bars.is_empty() {
        blocks.push(Block::Picture(Picture {
            name: "topics",
            title: t("失分最多的主题", "Topics that lose most"),
            alt: t(
                "失分最多的培训主题，条为失分，线为累计占已知失分的比例，数字见下表",
                "Topics that lose most: bars are points lost, the line is the part of the known loss so far; the numbers stand in the table below",
            ),
            drawing: Drawing::Pareto { bars },
        }));
    }
    blocks.push(Block::Table(table(pack)));
    part(t("一、培训需求", "1. Training needs"), blocks)
}

fn how(pack: &Pack<'_>) -> Vec<Text> {
    let mut lines = vec![
        t(
            "弱项是状态已知而失分大于 0 的题；失分 = 权重占比 ×（目标 − 得分），与评估报告相同。空白和读不出的题不算弱项。目标为 0 的题不计入主题和部门的题数、得分。",
            "A weak item is one whose state is known and that loses points: share × (target − score), as in the assessment report. Blank and unreadable items are no weak items. Items of target 0 count in no number of items and no score of a topic or department.",
        ),
        t(
            "一门课程对应一个主题、一类对象；“可增分”是它的各题各上一档时总分增加多少，一题在几门课程里的重复计，不能相加。",
            "A course is a topic and an audience. Gain is what the total gains if each of its items takes its next step; an item of several courses counts in each, so gains do not add up.",
        ),
        t(
            "课程按“培训管得到”的失分排：失分减去下一步要靠装备经费的部分。建议形式逐题看题库里培训目标要学员做什么（题库没有写的看还没有做的措施），一门课程以题数最多的形式为主，题数相同的看失分。",
            "Courses are ranked by the loss within reach of training: what does not wait for equipment or money. The form is, item by item, what its objective in the bank has participants do (without one, what its open actions are); a course is mainly of the form of most of its items, of equal numbers that of more loss.",
        ),
        t(
            "情景按灾种选：评估设置填了灾种的，取课程各题点名的灾种中可能性乘后果最大的；没有填的，取课程失分最多的那个灾种；各题都不分灾种的，取全单位的。选中的情景里没有这门课程的对象和主题的动作的，改用别的课程在用的或本地有的灾种的情景。",
            "The scenario follows hazards: with a hazard profile, of those that the course's items name the one of the largest likelihood times consequence; without, the one most of the course's loss names; where they name none, the unit's. Where its scenario has no action of the course's audience or topic, another scenario in use, or of a hazard that occurs, takes its place.",
        ),
        t(
            "目标、讲义要点和测评题出自题库，是本项目自拟的，不是官方教材；档线多为本指标体系自定，讲课时请说明。",
            "Objectives, points and questions are from the question bank, this project's own and no official teaching material; most thresholds are this tree's own, which a trainer should say.",
        ),
        t(
            "得分低不等于某个人不会：评的是单位，不是个人。测评题答对也不等于现场做得到，请结合演练和复评。",
            "A low score does not say that a person lacks a skill: units are assessed, not people. Nor does a right answer show that it is done on the day; hold exercises and assess again.",
        ),
    ];
    if pack.results.hazards.is_none() {
        lines.push(t("本次评估设置没有填写灾种。", "The settings of this assessment state no hazards."));
    }
    lines
}

pub fn method(pack: &Pack<'_>) -> Section {
    part(t("附：方法与限度", "Annex: method and limits"), vec![Block::List(how(pack))])
}
