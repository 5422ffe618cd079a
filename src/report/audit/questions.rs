//! 存疑核查: the questions by department, the items they concern, self-ratings against reviews, and what each kind measures.

use crate::analysis::suspicion::{Doubt, Needs, SUSPICIONS, respondents as respondents_with, suspicion, unmet};
use crate::report::assessment::digests_of;
use crate::report::audit::compared::{COMPARED, over_rating};
use crate::report::audit::{basis, items, kinds_of, named};
use crate::report::document::{Block, Column, Document, Kind, Row, Section, Sheet, Table, Value, column, row};
use crate::result::Results;
use crate::survey::layout::called;
use crate::text::{Text, t};
use crate::tree::Tree;

const ASKED: Text = t("所问题目", "The items asked about");
/// How the questions are meant, and what was not looked at.
fn how_to_read(results: &Results, last: Option<&Results>) -> Vec<Text> {
    let compared = last.map(|last| {
        t("与 {period} 的结果作了比较。", "Compared with the results of {period}.").with(&[("period", last.period.clone().into())])
    });
    let statistics = if respondents_with(results, 1) > 1 {
        t(
            "各条由统计得出：与同一单位的其他部门比较，少见到一定程度才列出。少见的事也会凑巧发生，每类都写了常见的正常原因。",
            "They come from statistics: what is rare among the departments of the same unit is listed. Rare things happen by chance too; each kind states the usual ordinary reasons.",
        )
    } else {
        t(
            "各条由统计得出：只有一份自评，没有别的部门可比，只看这一份答案里少见到一定程度的。少见的事也会凑巧发生，每类都写了常见的正常原因。",
            "They come from statistics: there is one self-rating only and no other department to compare it with, so what is listed is rare within it. Rare things happen by chance too; each kind states the usual ordinary reasons.",
        )
    };
    let fixed = vec![
        t(
            "下面每一条都是一个问题，不是结论，也不改变任何分数。问清楚之前，不作评价，不对外通报。",
            "Each line is a question and no verdict, and changes no score. Until it is answered, judge nobody and tell nobody else.",
        ),
        statistics,
        t(
            "先打电话问，再看材料，最后才到现场。问到的结果写在“答复”一栏；要改分的，由评估组在复核表中复核。",
            "Ask by telephone first, look at papers next, go there last. Enter the answer under Answer; a score is changed only by a review.",
        ),
        t(
            "没有列出的，不等于没有问题：有的情况统计看不出来，所以还要按抽查表到现场看。",
            "What is not listed is not thereby right: there is much that statistics do not show. Hence the checks on site.",
        ),
    ];
    fixed.into_iter().chain(compared).chain(not_looked_at(results, last)).collect()
}

/// Each thing that is missing, with the kinds that were not looked at for it.
fn not_looked_at(results: &Results, last: Option<&Results>) -> Vec<Text> {
    let mut missing: Vec<(Text, Vec<&str>)> = Vec::new();
    for suspicion in SUSPICIONS.iter().filter(|suspicion| unmet(suspicion.needs, results, last)) {
        let why = match suspicion.needs {
            Needs::Others { respondents: fewest, answers } if fewest > 2 => t(
                "作答 {answers} 题以上的部门有 {count} 个，不到 {fewest} 个",
                "Only {count} [department|departments] answered {answers} items or more, and {fewest} are needed",
            )
            .counted(respondents_with(results, answers))
            .with(&[("answers", answers.into()), ("fewest", fewest.into())]),
            Needs::Others { .. } => t("只有一份自评，没有别的部门可比", "There is one self-rating only and no other department"),
            Needs::Reviews => t("没有复核过的题", "No item was reviewed"),
            Needs::LastYear | Needs::Nothing => t("没有上年的结果可对", "There are no results of last year to compare with"),
        };
        match missing.iter_mut().find(|(known, _)| *known == why) {
            Some((_, codes)) => codes.push(suspicion.kind.code),
            None => missing.push((why, vec![suspicion.kind.code])),
        }
    }
    let said = |(why, codes): (Text, Vec<&str>)| {
        t("{why}，没有查的类别：{kinds}。", "{why}. Not looked at for that: {kinds}.").with(&[("why", why), ("kinds", kinds_of(&codes))])
    };
    missing.into_iter().map(said).collect()
}

/// 存疑核查: how to read it, the questions by department, and what each kind measures.
pub fn questions(results: &Results, last: Option<&Results>, doubts: &[Doubt], tree: &Tree) -> Document {
    let title = t("{unit} {period} 存疑核查", "{unit}, {period}: questions of the audit").with(&named(results));
    let respondents = respondents(doubts);
    let table = |respondent: &str| -> Table {
        let own = doubts.iter().filter(|doubt| doubt.respondent == respondent);
        Table {
            id: "questions",
            title: called(tree, respondent),
            columns: columns(false),
            rows: own.map(|doubt| line(doubt, results, tree, false)).collect(),
        }
    };
    let mut sorted: Vec<&Doubt> = doubts.iter().collect();
    sorted.sort_by_key(|doubt| respondents.iter().position(|name| *name == doubt.respondent));
    let all = Table {
        id: "questions",
        title: t("各部门要问的", "Questions by department"),
        columns: columns(true),
        rows: sorted.into_iter().map(|doubt| line(doubt, results, tree, true)).collect(),
    };
    let head = || -> Vec<Block> {
        let rest = [Block::Lead(summary(results, doubts, respondents.len())), Block::List(how_to_read(results, last))];
        basis::first_mend(results).map(Block::Lead).into_iter().chain([Block::Text(basis::run(results, tree))]).chain(rest).collect()
    };
    let mut narrative = vec![Section::part(t("怎样读", "How to read this"), head())];
    let mut by_department = Section::part(t("各部门要问的", "Questions by department"), Vec::new());
    if doubts.is_empty() {
        by_department.blocks.push(Block::Text(summary(results, doubts, 0)));
    }
    narrative.push(by_department);
    narrative.extend(respondents.iter().map(|respondent| Section {
        level: 2,
        title: called(tree, respondent),
        blocks: vec![Block::Table(table(respondent))],
        new_page: false,
    }));
    if let Some(blocks) = over_rating(results, tree) {
        narrative.push(Section::part(COMPARED, blocks.into()));
    }
    let concerned = items::by_weight(results, doubts, &respondents);
    if !doubts.is_empty() {
        let of = |respondent: &&str| {
            let own = concerned.iter().filter(|one| one.respondent == *respondent);
            Block::Table(items::table(called(tree, respondent), own, results, tree, false))
        };
        let blocks = items::how_to_read(doubts).into_iter().chain(respondents.iter().map(of)).collect();
        narrative.push(Section::part(ASKED, blocks));
    }
    narrative.push(Section::part(t("各类怎样量", "What each kind measures"), vec![Block::Table(kinds(doubts, results, last))]));
    let sheet = |name: Text, widths: &[f64], blocks: Vec<Block>| Sheet::landscape(name, title.clone(), widths, blocks);
    let mut sheets = vec![
        sheet(t("要问的", "Questions"), &[16.0, 16.0, 46.0, 34.0, 34.0, 26.0], head().into_iter().chain([Block::Table(all)]).collect()),
        sheet(
            t("所问题目", "Items"),
            &[18.0, 10.0, 60.0, 20.0, 26.0, 10.0, 10.0, 10.0],
            items::how_to_read(doubts)
                .into_iter()
                .chain([Block::Table(items::table(ASKED, concerned.iter(), results, tree, true))])
                .collect(),
        ),
        sheet(t("各类怎样量", "Measures"), &[22.0, 8.0, 80.0, 56.0], vec![Block::Table(kinds(doubts, results, last))]),
    ];
    if let Some(blocks) = over_rating(results, tree) {
        sheets.insert(1, sheet(t("自评与复核", "Self and review"), &[26.0, 12.0, 12.0, 12.0, 16.0, 40.0], blocks.into()));
    }
    let (bands, decimals) = (results.policy.bounds(), results.policy.decimals);
    Document {
        file: t("存疑核查", "audit-questions"),
        cover: cover(results, last, tree),
        footer: digests_of(results),
        title,
        narrative,
        sheets,
        bands,
        decimals,
        ..Document::default()
    }
}

/// Of whom and when, and what this paper is and is not.
fn cover(results: &Results, last: Option<&Results>, tree: &Tree) -> Vec<(Text, Text)> {
    let reference = results.assessment.as_ref().and_then(|assessment| assessment.reference_date.clone());
    let last = last.map_or_else(|| t("没有比较", "none compared"), |last| last.period.clone().into());
    vec![
        (t("被评估单位", "Unit assessed"), results.unit.name.clone().into()),
        (t("评估期", "Period"), results.period.clone().into()),
        // Nobody stated it: room to write it.
        (t("评估基准日", "Reference date"), reference.map(Text::from).unwrap_or_default()),
        (t("指标体系", "Indicator tree"), basis::edition(tree)),
        (t("比较的上年结果", "Results of last year compared"), last),
        (t("编制人", "Prepared by"), Text::default()),
        (t("审核人", "Checked by"), Text::default()),
        (t("日期", "Date"), Text::default()),
        (
            t("本件性质", "What this is"),
            t(
                "评估组内部的提问清单，不是结论，不改变分数，不对外发布",
                "questions for the assessors' own use: no verdict, no change of score, not for publication",
            ),
        ),
    ]
}

fn summary(results: &Results, doubts: &[Doubt], respondents: usize) -> Text {
    if doubts.is_empty() {
        return basis::nothing(results);
    }
    let departments = t("{count} 个部门", "{count} [department|departments]").counted(respondents);
    t("{departments}，共 {count} 处值得问一问。", "{count} [question|questions] to {departments}.")
        .counted(doubts.len())
        .with(&[("departments", departments)])
}

/// Respondents in the order of their first doubt's file.
fn respondents(doubts: &[Doubt]) -> Vec<&str> {
    let mut all: Vec<(&Option<String>, &str)> = doubts.iter().map(|doubt| (&doubt.file, doubt.respondent.as_str())).collect();
    all.sort_unstable();
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in all {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn columns(with_respondent: bool) -> Vec<Column> {
    let mut columns = vec![
        column(t("类别", "Kind"), Kind::Text),
        column(t("看到的", "What was seen"), Kind::Text),
        column(t("可能的正常原因", "Possible ordinary reasons"), Kind::Text),
        column(t("问什么、看什么", "What to ask or look at"), Kind::Text),
        column(t("答复（手填）", "Answer (by hand)"), Kind::LongHand),
    ];
    if with_respondent {
        columns.insert(0, column(t("部门", "Department"), Kind::Text));
    }
    columns
}

fn line(doubt: &Doubt, results: &Results, tree: &Tree, with_respondent: bool) -> Row {
    let Some(suspicion) = suspicion(doubt.code) else { return Row::default() };
    let args = doubt.args(results, tree);
    let mut cells = vec![
        Value::Text(suspicion.name.clone()),
        Value::Text(suspicion.kind.what(&args)),
        Value::Text(doubt.innocent()),
        Value::Text(suspicion.kind.advice(&args)),
        Value::Empty,
    ];
    if with_respondent {
        cells.insert(0, Value::Text(called(tree, &doubt.respondent)));
    }
    row(cells)
}

fn kinds(doubts: &[Doubt], results: &Results, last: Option<&Results>) -> Table {
    let rows = SUSPICIONS.iter().map(|suspicion| {
        let count = doubts.iter().filter(|doubt| doubt.code == suspicion.kind.code).count();
        row(vec![
            Value::Text(suspicion.name.clone()),
            if unmet(suspicion.needs, results, last) { Value::Text(t("未查", "not looked at")) } else { Value::Number(count as f64) },
            Value::Text(suspicion.measure.clone()),
            Value::Text(suspicion.innocent.clone()),
        ])
    });
    Table {
        id: "kinds",
        title: t("各类怎样量", "What each kind measures"),
        columns: vec![
            column(t("类别", "Kind"), Kind::Text),
            column(t("处数", "Found"), Kind::Count),
            column(t("量什么，门槛", "Measure and threshold"), Kind::Text),
            column(t("可能的正常原因", "Possible ordinary reasons"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}
