//! The trainers' pack: needs and courses, quiz sheets to print, and what a class's answers came to.

mod classes;
mod courses;
mod departments;
mod exercise;
pub mod handbook;
pub mod marks;
mod needs;
pub mod players;
mod printed;
pub mod quiz;

use crate::analysis::training::{Drawn, Training};
use crate::bank::Bank;
use crate::number::fixed;
use crate::report::assessment;
use crate::report::document::{Block, Document, Section, Sheet};
use crate::result::Results;
use crate::text::{Lang, Text, t};
use crate::tree::{Item, Tree};

pub use printed::Printed;

/// What the pack draws on.
pub struct Pack<'a> {
    pub results: &'a Results,
    pub tree: &'a Tree,
    pub bank: &'a Bank,
    /// Digests of the results and of the bank.
    pub digest: &'a str,
    pub bank_digest: &'a str,
    pub training: Training,
    /// Its figures as they stand in tables and sentences.
    pub printed: Printed,
    pub drawn: Drawn,
    /// The class that the quiz is for, by its number; none: for all.
    pub class: Option<usize>,
}

/// `临江区-2026-培训`.
pub fn folder_name(unit: &str, period: &str, lang: Lang) -> String {
    format!("{unit}-{period}-{}", t("培训", "training").get(lang))
}

/// `试卷-班次3`: classes stand beside each other in a folder.
pub fn of_class(file: Text, class: Option<usize>) -> Text {
    match class {
        None => file,
        Some(number) => t("{file}-班次{number}", "{file}-class-{number}").with(&[("number", number.into()), ("file", file)]),
    }
}

/// 培训需求报告.
pub fn document(pack: &Pack<'_>) -> Document {
    let results = pack.results;
    let title = t("{unit}应急能力培训需求报告（{period}）", "Training needs in emergency capability: {unit}, {period}")
        .with(&[("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]);
    Document {
        file: t("培训需求报告", "training-needs"),
        mark: assessment::mark(results),
        footer: pack.footer(),
        cover: vec![
            (t("被评估单位", "Unit assessed"), results.unit.name.clone().into()),
            (t("评估期", "Period"), results.period.clone().into()),
            (t("编制单位", "Written by"), Text::default()),
            (t("编制日期", "Date"), Text::default()),
        ],
        narrative: [needs::summary(pack), needs::section(pack)]
            .into_iter()
            .chain(courses::sections(pack))
            .chain([departments::section(pack), quiz::section(pack)])
            .chain(exercise::section(pack))
            .chain([needs::method(pack)])
            .collect(),
        sheets: sheets(pack, &title),
        title,
        bands: results.policy.bands.iter().map(|band| band.from).collect(),
        decimals: results.policy.decimals,
        ..Document::default()
    }
}

fn sheets(pack: &Pack<'_>, title: &Text) -> Vec<Sheet> {
    let mut overview = needs::overview(pack);
    overview.title = title.clone();
    let mut all = vec![overview];
    all.push(sheet(
        t("按主题", "Topics"),
        &[7.0, 30.0, 9.0, 9.0, 9.0, 10.0, 10.0, 11.0, 11.0, 11.0, 40.0],
        Block::Table(needs::table(pack)),
    ));
    all.push(sheet(
        t("课程", "Courses"),
        &[7.0, 28.0, 26.0, 8.0, 10.0, 10.0, 11.0, 14.0, 9.0, 24.0],
        Block::Table(courses::table(pack, usize::MAX)),
    ));
    all.push(sheet(
        t("班次", "Classes"),
        &[7.0, 22.0, 34.0, 8.0, 40.0, 14.0, 9.0, 11.0, 28.0, 10.0, 10.0, 12.0, 10.0, 22.0, 44.0],
        Block::Table(classes::table(pack, usize::MAX, true)),
    ));
    all.push(sheet(
        t("课程与题目", "Course items"),
        &[7.0, 24.0, 22.0, 9.5, 40.0, 9.0, 9.0, 36.0, 13.0, 9.0, 38.0, 56.0],
        Block::Table(courses::all_items(pack)),
    ));
    all.push(sheet(
        t("部门画像", "Departments"),
        &[22.0, 8.0, 9.0, 9.0, 9.0, 9.0, 34.0, 52.0, 52.0],
        Block::Table(departments::table(pack)),
    ));
    let mut scenarios = sheet(t("情景", "Scenarios"), &[12.0, 24.0, 50.0, 44.0, 44.0, 44.0, 44.0], Block::Table(courses::scenarios(pack)));
    scenarios.blocks.insert(0, Block::Text(UNSEEN));
    all.push(scenarios);
    let mut expected =
        sheet(t("应有动作", "Expected actions"), &[24.0, 7.0, 11.0, 60.0, 26.0, 9.0, 28.0, 24.0], Block::Table(exercise::table(pack)));
    expected.blocks.insert(0, Block::Text(UNSEEN));
    all.push(expected);
    all
}

/// Above what players must not read.
const UNSEEN: Text = t(
    "只供导调和评估人员使用：把这本工作簿发给别人之前，请删去“情景”“应有动作”两页。",
    "For those who run and evaluate the exercise only: delete the sheets Scenarios and Expected actions before you pass the workbook on.",
);

fn sheet(name: Text, widths: &[f64], block: Block) -> Sheet {
    Sheet { title: name.clone(), name, landscape: true, one_page: false, large: false, widths: widths.to_vec(), blocks: vec![block] }
}

fn part(title: Text, blocks: Vec<Block>) -> Section {
    Section::part(title, blocks)
}

/// Points of the total as sentences say them.
fn points(value: f64) -> Text {
    fixed(value, 2).into()
}

/// The first characters of a digest, enough to tell files apart.
fn short(digest: &str) -> Text {
    digest.chars().take(16).collect::<String>().into()
}

fn joined(names: impl Iterator<Item = Text>) -> Text {
    Text::join(&names.collect::<Vec<_>>(), "、", ", ")
}

fn quoted(name: Text) -> Text {
    t("“{name}”", "\"{name}\"").with(&[("name", name)])
}

/// A question with its mark: ★ of a veto, ☆ of a key item.
fn marked(item: &Item) -> Text {
    let mark = item.criticality.mark();
    Text::new(format!("{mark}{}", item.question.zh), format!("{mark}{}", item.question.en))
}

impl Pack<'_> {
    fn footer(&self) -> Text {
        t(
            "结果摘要 {results}，指标体系摘要 {tree}，题库摘要 {bank}，ecap {version}",
            "Results digest {results}, tree digest {tree}, bank digest {bank}, ecap {version}",
        )
        .with(&[
            ("results", short(self.digest)),
            ("tree", short(&self.tree.sha256)),
            ("bank", short(self.bank_digest)),
            ("version", env!("CARGO_PKG_VERSION").into()),
        ])
    }

    /// `班次 3：值班人员` of a quiz for a class, on a line of its own or within a sentence.
    fn named_class(&self, begins: bool) -> Option<Text> {
        let (number, class) = self.class.and_then(|number| Some((number, self.training.classes.get(number.checked_sub(1)?)?)))?;
        let named = if begins {
            t("班次 {number}：{audience}", "Class {number}: {audience}")
        } else {
            t("班次 {number}：{audience}", "class {number}: {audience}")
        };
        Some(named.with(&[("number", number.into()), ("audience", self.audience(class.audience))]))
    }

    fn topic(&self, topic: usize) -> Text {
        self.tree.topics.get(topic).map(|topic| topic.name.clone()).unwrap_or_default()
    }

    fn audience(&self, audience: usize) -> Text {
        self.tree.audiences.get(audience).map(|audience| audience.name.clone()).unwrap_or_default()
    }

    /// A topic's name where several stand together: some names hold commas.
    fn quoted(&self, topic: usize) -> Text {
        quoted(self.topic(topic))
    }

    /// `“预警发布与叫应”（值班人员）`.
    fn course(&self, index: usize) -> Text {
        let course = &self.training.courses[index];
        t("{topic}（{audience}）", "{topic} ({audience})")
            .with(&[("topic", self.quoted(course.topic)), ("audience", self.audience(course.audience))])
    }

    /// A part of the known loss, in percent.
    fn percent(&self, loss: f64) -> Text {
        if self.training.known > 0.0 { fixed(100.0 * loss / self.training.known, 1).into() } else { "0".into() }
    }
}

/// What to say on a terminal.
pub fn headline(pack: &Pack<'_>) -> Vec<Text> {
    let first = needs::lead(pack);
    let of_class = pack.named_class(false).map_or_else(Text::default, |class| t("（{class}）", " ({class})").with(&[("class", class)]));
    let quiz = t(
        "测评题{class} {count} 道，种子 {seed}；可出题的弱项 {candidates} 题。",
        "{count} quiz [question|questions]{class}, seed {seed}; weak items that have one: {candidates}.",
    )
    .counted(pack.drawn.questions.len())
    .with(&[("class", of_class), ("candidates", pack.drawn.candidates.into()), ("seed", pack.drawn.seed.clone().into())]);
    let class = pack.training.classes.first().filter(|_| pack.class.is_none()).map(|class| {
        t(
            "先办班次 1：{audience}，{count} 题，{hours}；它的试卷、签到表和答题表用 ecap train … --class 1 出。",
            "Hold class 1 first: {audience}, {count} [item|items], {hours}; ecap train ... --class 1 makes its quiz, sign-in and answer sheets.",
        )
        .counted(class.items.len())
        .with(&[
            ("hours", classes::hours_told(class.minutes)),
            ("audience", pack.audience(class.audience)),
        ])
    });
    [Some(first), class, Some(quiz)].into_iter().flatten().collect()
}
