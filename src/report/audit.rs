//! For the auditor: 存疑核查, the questions by department, and 抽查表, the sampling plan with the form to fill.

use crate::analysis::sampling::{Drawn, Plan};
use crate::analysis::steps::counting_cells;
use crate::analysis::suspicion::{Doubt, SUSPICIONS, indices, suspicion};
use crate::number::{fixed, snapped};
use crate::report::document::{Block, Column, Document, Kind, Row, Section, Sheet, Table, Value, column, row};
use crate::result::Results;
use crate::text::{Text, t};
use crate::tree::Tree;

fn named(results: &Results) -> [(&'static str, Text); 2] {
    [("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]
}

/// How the questions are meant.
fn how_to_read(last: Option<&Results>) -> Vec<Text> {
    let compared = match last {
        Some(last) => {
            t("与 {period} 的结果作了比较。", "Compared with the results of {period}.").with(&[("period", last.period.clone().into())])
        }
        None => t(
            "没有指明上年的结果（--last），“与上年相同”和“跃升没有新佐证”两类没有查。",
            "No results of last year were named (--last); what compares with last year was not looked at.",
        ),
    };
    vec![
        t(
            "下面每一条都是一个问题，不是结论，也不改变任何分数。问清楚之前，不作评价，不对外通报。",
            "Each line is a question and no verdict, and changes no score. Until it is answered, judge nobody and tell nobody else.",
        ),
        t(
            "各条由统计得出：与同一单位的其他部门比较，少见到一定程度才列出。少见的事也会凑巧发生，每类都写了常见的正常原因。",
            "They come from statistics: what is rare among the departments of the same unit is listed. Rare things happen by chance too; each kind states the usual innocent reasons.",
        ),
        t(
            "先打电话问，再看材料，最后才到现场。问到的结果写在“答复”一栏；要改分的，由评估组在复核表中复核。",
            "Ask by telephone first, look at papers next, go there last. Enter the answer under Answer; a score is changed only by a review.",
        ),
        t(
            "没有列出的，不等于没有问题：几家商量好、数字编得像真的，统计看不出来。所以还要按抽查表到现场看。",
            "What is not listed is not thereby right: figures agreed upon or made up well escape statistics. Hence the checks on site.",
        ),
        compared,
    ]
}

/// 存疑核查: how to read it, the questions by department, and what each kind measures.
pub fn questions(results: &Results, last: Option<&Results>, doubts: &[Doubt], tree: &Tree) -> Document {
    let title = t("{unit} {period} 存疑核查", "{unit}, {period}: questions of the audit").with(&named(results));
    let respondents = respondents(doubts);
    let table = |respondent: &str| -> Table {
        let own = doubts.iter().filter(|doubt| doubt.respondent == respondent);
        Table {
            id: "questions",
            title: respondent.into(),
            columns: columns(false),
            rows: own.map(|doubt| line(doubt, results, false)).collect(),
        }
    };
    let mut sorted: Vec<&Doubt> = doubts.iter().collect();
    sorted.sort_by_key(|doubt| respondents.iter().position(|name| *name == doubt.respondent));
    let all = Table {
        id: "questions",
        title: t("各部门要问的", "Questions by department"),
        columns: columns(true),
        rows: sorted.into_iter().map(|doubt| line(doubt, results, true)).collect(),
    };
    let nothing = || Block::Text(t("没有要问的。", "There is nothing to ask."));
    let mut narrative = vec![Section {
        level: 1,
        title: t("怎样读", "How to read this"),
        blocks: vec![Block::Lead(summary(doubts, respondents.len())), Block::List(how_to_read(last))],
    }];
    let mut by_department = Section { level: 1, title: t("各部门要问的", "Questions by department"), blocks: Vec::new() };
    if doubts.is_empty() {
        by_department.blocks.push(nothing());
    }
    narrative.push(by_department);
    narrative.extend(respondents.iter().map(|respondent| Section {
        level: 2,
        title: (*respondent).into(),
        blocks: vec![Block::Table(table(respondent))],
    }));
    let compared = over_rating(results);
    if !compared.rows.is_empty() {
        narrative.push(Section { level: 1, title: compared.title.clone(), blocks: vec![Block::Table(compared)] });
    }
    narrative.push(Section {
        level: 1,
        title: t("所问题目", "The items asked about"),
        blocks: vec![Block::Table(items(doubts, results, tree))],
    });
    narrative.push(Section { level: 1, title: t("各类怎样量", "What each kind measures"), blocks: vec![Block::Table(kinds(doubts))] });
    let sheet = |name: Text, widths: &[f64], blocks: Vec<Block>| Sheet::landscape(name, title.clone(), widths, blocks);
    let mut sheets = vec![
        sheet(
            t("要问的", "Questions"),
            &[16.0, 16.0, 46.0, 34.0, 34.0, 26.0],
            vec![Block::Lead(summary(doubts, respondents.len())), Block::List(how_to_read(last)), Block::Table(all)],
        ),
        sheet(t("所问题目", "Items"), &[10.0, 70.0, 26.0, 50.0], vec![Block::Table(items(doubts, results, tree))]),
        sheet(t("各类怎样量", "Measures"), &[22.0, 8.0, 80.0, 56.0], vec![Block::Table(kinds(doubts))]),
    ];
    let compared = over_rating(results);
    if !compared.rows.is_empty() {
        sheets.insert(1, sheet(t("自评与复核", "Self and review"), &[26.0, 12.0, 12.0, 12.0, 16.0], vec![Block::Table(compared)]));
    }
    Document { file: t("存疑核查", "audit-questions"), footer: title.clone(), title, narrative, sheets, ..Document::default() }
}

fn summary(doubts: &[Doubt], respondents: usize) -> Text {
    if doubts.is_empty() {
        return t("没有要问的。", "There is nothing to ask.");
    }
    t("{respondents} 个部门，共 {count} 处值得问一问。", "{count} questions to {respondents} departments.")
        .with(&[("respondents", respondents.into()), ("count", doubts.len().into())])
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
        column(t("可能的正常原因", "It may be innocent"), Kind::Text),
        column(t("问什么、看什么", "What to ask or look at"), Kind::Text),
        column(t("答复（手填）", "Answer (by hand)"), Kind::Hand),
    ];
    if with_respondent {
        columns.insert(0, column(t("部门", "Department"), Kind::Text));
    }
    columns
}

fn line(doubt: &Doubt, results: &Results, with_respondent: bool) -> Row {
    let Some(suspicion) = suspicion(doubt.code) else { return Row::default() };
    let args = doubt.args(results);
    let mut cells = vec![
        Value::Text(suspicion.name.clone()),
        Value::Text(suspicion.kind.what.with(&args)),
        Value::Text(suspicion.innocent.clone()),
        Value::Text(suspicion.kind.advice.with(&args)),
        Value::Empty,
    ];
    if with_respondent {
        cells.insert(0, doubt.respondent.clone().into());
    }
    row(cells)
}

/// Every item a question concerns, once.
fn items(doubts: &[Doubt], results: &Results, tree: &Tree) -> Table {
    let mut concerned: Vec<usize> = doubts.iter().flat_map(|doubt| doubt.items.iter().copied()).collect();
    concerned.sort_unstable();
    concerned.dedup();
    let rows = concerned.into_iter().map(|index| {
        let kinds: Vec<Text> = kinds_of(doubts.iter().filter(|doubt| doubt.items.contains(&index)).map(|doubt| doubt.code));
        row(vec![
            results.items[index].reference.clone().into(),
            Value::Text(results.items[index].question.clone()),
            Value::Text(Text::join(&kinds, "、", ", ")),
            Value::Text(given(results, tree, index)),
        ])
    });
    Table {
        id: "asked-items",
        title: t("所问题目", "The items asked about"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("类别", "Kind"), Kind::Text),
            column(t("填的答案", "Answer given"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The index of over-rating of every respondent, the highest first.
fn over_rating(results: &Results) -> Table {
    let mut all = indices(results);
    all.sort_by_key(|index| std::cmp::Reverse(snapped(index.points)));
    let rows = all.into_iter().map(|index| {
        row(vec![
            index.respondent.into(),
            Value::Number(index.reviewed as f64),
            Value::Number(index.higher.len() as f64),
            Value::Number(index.lower.len() as f64),
            Value::Number(index.points),
        ])
    });
    Table {
        id: "over-rating",
        title: t("自评与复核，按部门", "Self-rating and review, by department"),
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("复核题数", "Reviewed"), Kind::Count),
            column(t("自评高", "Self higher"), Kind::Count),
            column(t("自评低", "Self lower"), Kind::Count),
            column(t("偏高指数（分）", "Index (points)"), Kind::Points),
        ],
        rows: rows.collect(),
    }
}

fn kinds_of<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<Text> {
    let mut seen: Vec<&str> = codes.collect();
    seen.dedup();
    seen.into_iter().filter_map(suspicion).map(|suspicion| suspicion.name.clone()).collect()
}

/// `区财政局：45/50`, of those whose answers count.
fn given(results: &Results, tree: &Tree, index: usize) -> Text {
    let scale = &tree.items[index].scaled.scale;
    let said: Vec<Text> = counting_cells(&results.items[index])
        .into_iter()
        .filter(|(_, cell)| cell.state != "blank")
        .map(|(answer, cell)| {
            let shown = if cell.state == "answered" { scale.shown(&cell.text, &results.items[index].question) } else { cell.text.into() };
            t("{who}：{answer}", "{who}: {answer}").with(&[("who", answer.respondent.name.clone().into()), ("answer", shown)])
        })
        .collect();
    Text::join(&said, "；", "; ")
}

fn kinds(doubts: &[Doubt]) -> Table {
    let rows = SUSPICIONS.iter().map(|suspicion| {
        let count = doubts.iter().filter(|doubt| doubt.code == suspicion.kind.code).count();
        row(vec![
            Value::Text(suspicion.name.clone()),
            Value::Number(count as f64),
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
            column(t("可能的正常原因", "It may be innocent"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// 抽查表: the plan and the form to fill.
pub fn sample(results: &Results, plan: &Plan, tree: &Tree) -> Document {
    let title = t("{unit} {period} 现场抽查表", "{unit}, {period}: checks on site").with(&named(results));
    let said = t(
        "从部门答了、还没有到现场看过的 {eligible} 题中抽 {count} 题，种子 {seed}。",
        "{count} items drawn of {eligible} that departments answered and nobody has yet seen on site; seed {seed}.",
    )
    .with(&[("eligible", plan.eligible.into()), ("count", plan.drawn.len().into()), ("seed", plan.seed.clone().into())]);
    let rule = vec![
        said,
        t(
            "抽中的机会与“权重 ×（1 + 存疑类数，最多 3）×（1 + 上年差错）”成正比；机会到 1 的必查。同一种子、同样的答案，谁抽都是这些题。",
            "The chance goes by weight x (1 + kinds of doubt, 3 at most) x (1 + last year's error); what reaches 1 is taken for certain. The same seed and the same answers draw the same items, whoever draws.",
        ),
        t(
            "到现场按“看什么”核对原件或实物，在“核查结果”中勾一项；不属实、部分属实的写明实际情况。被查部门在场人签字。",
            "On site hold the originals or the things themselves against What to look at and tick one under Found; where it is not or only partly true, enter what is. Whoever is present for the department signs.",
        ),
    ];
    let table = Table {
        id: "sample",
        title: t("抽查的题", "Items to check"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("部门", "Department"), Kind::Text),
            column(t("为什么抽到", "Why drawn"), Kind::Text),
            column(t("权重", "Weight"), Kind::Percent),
            column(t("存疑", "Doubt"), Kind::Text),
            column(t("填的答案", "Answer given"), Kind::Text),
            column(t("看什么", "What to look at"), Kind::Text),
            column(t("核查结果", "Found"), Kind::Text),
            column(t("实际答案", "True answer"), Kind::Hand),
            column(t("签字、日期", "Signature, date"), Kind::Hand),
        ],
        rows: plan.drawn.iter().map(|one| form(results, tree, one)).collect(),
    };
    let widths = [9.0, 34.0, 12.0, 18.0, 8.0, 12.0, 20.0, 40.0, 12.0, 16.0, 13.0];
    let sheet = Sheet::landscape(t("抽查表", "Checks"), title.clone(), &widths, vec![Block::List(rule), Block::Table(table)]);
    Document { file: t("抽查表", "sample-checks"), footer: title.clone(), title, sheets: vec![sheet], ..Document::default() }
}

fn form(results: &Results, tree: &Tree, one: &Drawn) -> Row {
    let item = &results.items[one.item];
    let content = &tree.items[one.item].content;
    let mut look = vec![content.evidence_shown(), content.sample.as_ref().map(|sample| sample.shown()).unwrap_or_default()];
    look.retain(|text| !text.is_empty());
    if look.is_empty() {
        look.push(t("答案所依据的材料原件", "the original papers behind the answer"));
    }
    let kinds = kinds_of(one.doubts.iter().copied());
    row(vec![
        item.reference.clone().into(),
        Value::Text(item.question.clone()),
        Value::Text(Text::join(&tree.asked(one.item), "、", ", ")),
        Value::Text(why(one, &item.criticality)),
        Value::Number(one.weight),
        if kinds.is_empty() { t("无", "none").into() } else { Value::Text(Text::join(&kinds, "、", ", ")) },
        Value::Text(given(results, tree, one.item)),
        Value::Text(Text::join(&look, "。", ". ")),
        t("□ 属实\n□ 不属实\n□ 部分属实", "□ true\n□ not true\n□ partly true").into(),
        Value::Empty,
        Value::Empty,
    ])
}

fn why(one: &Drawn, criticality: &str) -> Text {
    let mut parts = vec![if one.chance >= 1.0 {
        t("必查", "for certain")
    } else {
        t("机会 {chance}%", "chance {chance} %").with(&[("chance", fixed(100.0 * one.chance, 1).into())])
    }];
    match criticality {
        "veto" => parts.push(t("否决项", "veto item")),
        "key" => parts.push(t("关键项", "key item")),
        _ => {}
    }
    if !one.doubts.is_empty() {
        parts.push(t("存疑 {count} 类", "kinds of doubt: {count}").with(&[("count", one.doubts.len().into())]));
    }
    if let Some(past) = one.past.filter(|past| *past > 0.0) {
        parts.push(t("上年差 {points} 分", "off by {points} points last year").with(&[("points", fixed(100.0 * past, 0).into())]));
    }
    Text::join(&parts, "，", ", ")
}
