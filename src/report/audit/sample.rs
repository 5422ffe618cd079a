//! 抽查表: the sampling plan with the form to fill.

use crate::analysis::sampling::{Drawn, Plan, is_claim};
use crate::analysis::steps::counting_cells;
use crate::number::fixed;
use crate::place::Place;
use crate::report::assessment::digests_of;
use crate::report::audit::{answers, by_whom, kinds_of, name, named};
use crate::report::document::{Block, Document, Kind, Row, Sheet, Table, Value, column, row};
use crate::result::Results;
use crate::survey::layout::ASSESSOR;
use crate::text::{Text, t};
use crate::tree::Tree;

/// The plan and the form to fill.
pub fn sample(results: &Results, plan: &Plan, tree: &Tree) -> Document {
    let title = t("{unit} {period} 现场抽查表", "{unit}, {period}: checks on site").with(&named(results));
    let numbers = [("eligible", plan.eligible.into()), ("count", plan.drawn.len().into()), ("seed", plan.seed.clone().into())];
    let rule = vec![
        t(
            "从部门答了、复核没有注明抽查或实测的 {eligible} 题中抽 {count} 题，种子 {seed}。复核说明里写过到现场看、核验方式没有选的，也在其中。",
            "{count} items drawn of {eligible} that departments answered and no review states to be verified by spot check or test; seed {seed}. Items whose review tells of a visit without naming the verification are among them.",
        )
        .with(&numbers),
        t(
            "怎样抽的：一题占总分越多、存疑的类别越多、上年自评与复核差得越多，入选机会越大，机会到 100% 的必查；再由种子 {seed}、单位和评估期定出的随机数抽签。种子要在答案收齐之后当众确定。谁照样抽都是这些题，不由人挑选。",
            "How it was drawn: the more an item weighs in the total, the more kinds of doubt there are about it, and the further its self-rating was from last year's review, the likelier it is drawn, and at 100 % for certain; random numbers that follow from the seed {seed}, the unit and the period then draw. The seed is to be fixed in public after all answers are in. Whoever draws again gets the same items; nobody chooses them.",
        )
        .with(&numbers),
        t(
            "到现场按“看什么”核对原件或实物，在“核查结果”中勾一项；不属实、部分属实的写明实际情况。被查部门在场人签字。★为否决项，☆为关键项。",
            "On site hold the originals or the things themselves against What to look at and tick one under Found; where it is not or only partly true, enter what is. Whoever is present for the department signs. ★ is a veto item, ☆ a key item.",
        ),
    ];
    let table = Table {
        id: "sample",
        title: t("抽查的题", "Items to check"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("部门", "Department"), Kind::Text),
            column(t("填的答案", "Answer given"), Kind::Text),
            column(t("答案的意思（评分标准）", "What it says (scoring guide)"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("部门写的佐证", "Evidence named"), Kind::Text),
            column(t("填在哪里", "Where it stands"), Kind::Text),
            column(t("看什么", "What to look at"), Kind::Text),
            column(t("核查结果", "Found"), Kind::Text),
            column(t("实际答案", "True answer"), Kind::Hand),
            column(t("签字、日期", "Signature, date"), Kind::Hand),
        ],
        rows: plan.drawn.iter().map(|one| form(results, tree, one)).collect(),
    };
    let widths = [8.5, 28.0, 11.0, 14.0, 28.0, 7.5, 24.0, 16.0, 30.0, 11.0, 14.0, 12.0];
    let sheets = vec![
        Sheet::landscape(t("抽查表", "Checks"), title.clone(), &widths, vec![Block::List(rule), Block::Table(table)]),
        Sheet::landscape(
            t("抽样依据", "The draw"),
            title.clone(),
            &[9.0, 60.0, 12.0, 44.0, 14.0, 22.0],
            vec![Block::Table(draw(results, plan))],
        ),
    ];
    let (bands, decimals) = (results.policy.bounds(), results.policy.decimals);
    Document { file: t("抽查表", "sample-checks"), footer: digests_of(results), title, sheets, bands, decimals, ..Document::default() }
}

fn form(results: &Results, tree: &Tree, one: &Drawn) -> Row {
    let item = &results.items[one.item];
    let content = &tree.items[one.item].content;
    let mark = tree.items[one.item].criticality.mark();
    let mut look = vec![content.evidence_shown(), content.sample.as_ref().map(|sample| sample.shown()).unwrap_or_default()];
    look.retain(|text| !text.is_empty());
    if look.is_empty() {
        look.push(t("答案所依据的材料原件", "the original papers behind the answer"));
    }
    let (who, alone) = who(results, tree, one.item);
    let given = match answers(results, tree, one.item) {
        // The column before says whose it is.
        answers if answers.len() == 1 && answers[0].0 == alone => answers[0].1.clone(),
        answers => by_whom(answers),
    };
    row(vec![
        item.reference.clone().into(),
        Value::Text(Text::new(format!("{mark}{}", item.question.zh), format!("{mark}{}", item.question.en))),
        Value::Text(who),
        Value::Text(given),
        Value::Text(meaning(results, tree, one.item)),
        Value::of(item.score),
        Value::Text(evidence(results, one.item)),
        Value::Text(places(results, one.item)),
        Value::Text(Text::join(&look, "。", "; ")),
        t("□ 属实\n□ 不属实\n□ 部分属实", "□ true\n□ not true\n□ partly true").into(),
        Value::Empty,
        Value::Empty,
    ])
}

/// Why each item was drawn: what anybody needs to draw again.
fn draw(results: &Results, plan: &Plan) -> Table {
    let rows = plan.drawn.iter().map(|one| {
        let item = &results.items[one.item];
        row(vec![
            item.reference.clone().into(),
            Value::Text(item.question.clone()),
            Value::Number(one.weight),
            Value::Text(raised_by(one)),
            if one.chance >= 1.0 { t("必查", "certain").into() } else { format!("{}%", fixed(100.0 * one.chance, 1)).into() },
            fixed(one.number, 9).into(),
        ])
    });
    Table {
        id: "draw",
        title: t("抽样依据", "The draw"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("占总分", "Share of the total"), Kind::Percent),
            column(t("存疑、上年差错", "Doubts, last year's error"), Kind::Text),
            column(t("入选机会", "Chance of being drawn"), Kind::Short),
            column(t("随机数", "Random number"), Kind::Short),
        ],
        rows: rows.collect(),
    }
}

/// What the answers in force say in the words of the scoring guide.
fn meaning(results: &Results, tree: &Tree, index: usize) -> Text {
    let item = &results.items[index];
    let answered = counting_cells(item).into_iter().filter(|(_, cell)| cell.state == "answered");
    distinct(answered.map(|(_, cell)| tree.items[index].scaled.scale.meaning(&cell.text, &item.question)))
}

/// What the departments name as evidence; of 不适用 the reason.
fn evidence(results: &Results, index: usize) -> Text {
    let claims = results.items[index].answers.iter().filter(|answer| is_claim(answer));
    let named = distinct(claims.map(|answer| if answer.evidence.is_empty() { &answer.note } else { &answer.evidence }.clone().into()));
    if named.is_empty() { t("（没有写）", "(none named)") } else { named }
}

/// The cells of what the departments typed.
fn places(results: &Results, index: usize) -> Text {
    let claims = results.items[index].answers.iter().filter(|answer| is_claim(answer));
    distinct(claims.filter_map(|answer| {
        let cell = answer.own.as_ref()?.cell.clone();
        let [file, sheet] = [&answer.place.file, &answer.place.sheet].map(|part| Some(part.clone()));
        Some(Place { file, sheet, cell: Some(cell), ..Place::default() }.show())
    }))
}

/// One below the other, each once.
fn distinct(all: impl Iterator<Item = Text>) -> Text {
    let mut once: Vec<Text> = Vec::new();
    for text in all.filter(|text| !text.is_empty()) {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    Text::join(&once, "\n", "\n")
}

/// Whoever answered, those alone whose answers are in force where there are any; where no department did, those who should have, with a
/// mark. Beside it the name under which a single answer needs no name.
fn who(results: &Results, tree: &Tree, index: usize) -> (Text, Text) {
    let item = &results.items[index];
    let claims = |in_force: bool| item.answers.iter().filter(move |answer| is_claim(answer) && (answer.counts || !in_force));
    let in_force = claims(true).next().is_some();
    let mut names: Vec<Text> = Vec::new();
    for answer in claims(in_force) {
        let name = name(tree, &answer.respondent);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let asked = Text::join(&tree.asked(index), "、", ", ");
    let by_assessors = item.answers.iter().any(|answer| answer.own.as_ref().is_some_and(|own| own.state != "blank"));
    if !names.is_empty() {
        let names = Text::join(&names, "、", ", ");
        (names.clone(), names)
    } else if asked.is_empty() || asked == ASSESSOR {
        (ASSESSOR, ASSESSOR)
    } else if by_assessors {
        (t("{asked}（评估组填）", "{asked} (by the assessors)").with(&[("asked", asked)]), ASSESSOR)
    } else {
        (t("{asked}（未报送）", "{asked} (returned nothing)").with(&[("asked", asked)]), Text::default())
    }
}

/// What raised its chance beyond its part of the total.
fn raised_by(one: &Drawn) -> Text {
    let kinds = Some(kinds_of(&one.doubts)).filter(|kinds| !kinds.is_empty());
    let past = one.past.filter(|past| *past > 0.0).map(|past| {
        t("上年自评与复核差 {points} 分", "{points} points off the review last year").with(&[("points", fixed(100.0 * past, 0).into())])
    });
    let parts: Vec<Text> = kinds.into_iter().chain(past).collect();
    if parts.is_empty() { t("无", "none") } else { Text::join(&parts, "；", "; ") }
}
