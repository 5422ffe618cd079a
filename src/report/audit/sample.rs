//! 抽查表: the sampling plan with the form to fill.

use crate::analysis::sampling::{Drawn, Plan, is_claim};
use crate::analysis::steps::counting_cells;
use crate::place::Place;
use crate::report::assessment::digests_of;
use crate::report::audit::draw::{self, Looked};
use crate::report::audit::{answers, basis, by_whom, name, named, shown};
use crate::report::document::{Block, Document, Kind, Row, Sheet, Table, Value, column, row};
use crate::result::{AnswerResult, Results};
use crate::survey::layout::ASSESSOR;
use crate::text::{Text, t};
use crate::tree::Tree;

/// The plan and the form to fill; `looked` says what was read beside the answers.
pub fn sample(results: &Results, plan: &Plan, tree: &Tree, looked: Looked) -> Document {
    let title = t("{unit} {period} 现场抽查表", "{unit}, {period}: checks on site").with(&named(results));
    let numbers = [("eligible", plan.eligible.into()), ("count", plan.drawn.len().into()), ("seed", plan.seed.clone().into())];
    let mut rule: Vec<Text> = basis::first_mend(results).into_iter().collect();
    rule.extend([
        t(
            "抽样范围 {eligible} 题：{whom}已作答或填不适用，且复核没有写明“抽查”“实测”；从中抽 {count} 题，种子 {seed}。“核验方式”空着的题也在其中，哪怕复核说明写了到过现场。",
            "{count} [item|items], drawn from {eligible}: those that {whom} answered (or marked N/A) and that no review marks as spot-checked or tested; seed {seed}. Items whose review tells of a visit without naming the verification are among them.",
        )
        .counted(plan.drawn.len())
        .with(&numbers)
        .with(&[("whom", if plan.by_departments { t("部门", "a department") } else { t("评估组", "the assessors") })]),
        t(
            "怎样抽的：一题占总分越多、存疑的类别越多、上年自评与复核差得越多，入选机会越大，机会到 100% 的必查；其余按种子 {seed}、单位和评估期算出的随机数抽签。种子要在答案收齐之后当众确定。谁照样抽都是这些题；种子是怎样定的，写在“种子记录”里，记录填全了，才能说题不由人挑选。",
            "How it was drawn: the more an item weighs in the total, the more kinds of doubt there are about it, and the further its self-rating was from last year's review, the likelier it is drawn; one whose chance reaches 100% is drawn for certain. The others are drawn by random numbers computed from the seed {seed}, the unit and the period. The seed is to be fixed in public after all answers are in. Whoever draws again gets the same items; how the seed was fixed is written under Seed, and only where that is filled in can it be said that nobody chose them.",
        )
        .with(&numbers),
        t(
            "到现场按“看什么”核对原件或实物，在“核查结果”中勾一项；不属实、部分属实的写明实际情况。被查部门在场人签字。★为否决项，☆为关键项。",
            "On site hold the originals or the things themselves against What to look at and tick one under Found; where it is not or only partly true, enter what is. Whoever is present for the department signs. ★ is a veto item, ☆ a key item.",
        ),
        basis::run(results, tree),
    ]);
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
            column(t("填表时写的佐证", "Evidence named"), Kind::Text),
            column(t("填在哪里", "Where it stands"), Kind::Text),
            column(t("看什么", "What to look at"), Kind::Text),
            column(t("核查结果", "Found"), Kind::Text),
            column(t("实际答案", "True answer"), Kind::Hand),
            column(t("被查部门签字、日期", "For the department: signature, date"), Kind::Hand),
            column(t("核查人签字、日期", "Checker: signature, date"), Kind::Hand),
        ],
        rows: plan.drawn.iter().map(|one| form(results, tree, one)).collect(),
    };
    let widths = [8.5, 26.0, 11.0, 13.0, 24.0, 7.5, 20.0, 15.0, 26.0, 11.0, 14.0, 16.0, 16.0];
    let of_draw = [9.0, 56.0, 10.0, 34.0, 16.0, 12.0, 12.0, 10.0];
    let of_all = [9.0, 11.0, 54.0, 10.0, 30.0, 16.0, 12.0, 12.0, 10.0, 8.0];
    let sheet = |name: Text, widths: &[f64], blocks: Vec<Block>| Sheet::landscape(name, title.clone(), widths, blocks);
    let how = draw::how(plan).into_iter().chain(draw::numbers(results, plan)).collect();
    let sheets = vec![
        // Filled in and signed: letters of a size to read on site.
        Sheet { large: true, ..sheet(t("抽查表", "Checks"), &widths, vec![Block::List(rule), Block::Table(table)]) },
        sheet(t("种子记录", "Seed"), &[46.0, 84.0], vec![Block::Table(draw::record(plan))]),
        sheet(t("抽样依据", "The draw"), &of_draw, vec![Block::List(how), Block::Table(draw::table(results, plan, looked))]),
        sheet(t("全部题目", "All items"), &of_all, vec![Block::Table(draw::all(results, plan, looked))]),
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
    let given = given(results, tree, one.item, &alone);
    row(vec![
        item.reference.clone().into(),
        Value::Text(Text::new(format!("{mark}{}", item.question.zh), format!("{mark}{}", item.question.en))),
        Value::Text(who),
        Value::Text(given),
        Value::Text(meaning(results, tree, one.item)),
        Value::of(item.score),
        Value::Text(evidence(results, tree, one.item)),
        Value::Text(places(results, tree, one.item)),
        Value::Text(Text::join(&look, "。", "; ")),
        t("□ 属实\n□ 不属实\n□ 部分属实", "□ true\n□ not true\n□ partly true").into(),
        Value::Empty,
        Value::Empty,
        Value::Empty,
    ])
}

/// What the answers in force say in the words of the scoring guide.
fn meaning(results: &Results, tree: &Tree, index: usize) -> Text {
    let item = &results.items[index];
    let answered = counting_cells(item).into_iter().filter(|(_, cell)| cell.state == "answered");
    each(
        answered.map(|(answer, cell)| (name(tree, &answer.respondent), tree.items[index].scaled.scale.meaning(&cell.text, &item.question))),
    )
}

/// The departments' answers in force among their submissions, one a department: what is used first. Where no department answered,
/// what the assessors entered themselves.
fn claims<'a>(results: &'a Results, tree: &Tree, index: usize) -> Vec<(Text, &'a AnswerResult)> {
    let answers = &results.items[index].answers;
    let claimed = answers.iter().any(is_claim);
    let is_own = |answer: &&AnswerResult| answer.own.as_ref().is_some_and(|own| own.state != "blank");
    let mut all: Vec<&AnswerResult> = answers.iter().filter(|answer| if claimed { is_claim(answer) } else { is_own(answer) }).collect();
    all.sort_by_key(|answer| (!answer.counts, std::cmp::Reverse(answer.submission)));
    let mut once: Vec<(Text, &AnswerResult)> = Vec::new();
    for answer in all {
        let name = name(tree, &answer.respondent);
        if once.iter().all(|(other, _)| *other != name) {
            once.push((name, answer));
        }
    }
    once
}

/// The answers in force, then those of other departments, each with whose it is where there are several. The column before names
/// whoever `alone` is.
fn given(results: &Results, tree: &Tree, index: usize, alone: &Text) -> Text {
    let mut all = answers(results, tree, index);
    let item = &results.items[index];
    for (who, claim) in claims(results, tree, index) {
        let Some(own) = claim.own.as_ref().filter(|_| all.iter().all(|(other, _)| *other != who)) else { continue };
        let said = shown(tree, index, own, &item.question);
        all.push((who, t("{answer}（未采用）", "{answer} (not used)").with(&[("answer", said)])));
    }
    if all.len() == 1 && all[0].0 == *alone { all.remove(0).1 } else { by_whom(all) }
}

/// What the departments name as evidence; of 不适用 the reason.
fn evidence(results: &Results, tree: &Tree, index: usize) -> Text {
    let none = || t("（没有写）", "(none named)");
    let named = claims(results, tree, index).into_iter().map(|(who, answer)| {
        let text: Text = if answer.evidence.is_empty() { &answer.note } else { &answer.evidence }.clone().into();
        (who, if text.is_empty() { none() } else { text })
    });
    let named = each(named);
    if named.is_empty() { none() } else { named }
}

/// The cells of what the departments typed.
fn places(results: &Results, tree: &Tree, index: usize) -> Text {
    each(claims(results, tree, index).into_iter().filter_map(|(who, answer)| {
        let cell = answer.own.as_ref()?.cell.clone();
        let [file, sheet] = [&answer.place.file, &answer.place.sheet].map(|part| Some(part.clone()));
        Some((who, Place { file, sheet, cell: Some(cell), ..Place::default() }.show()))
    }))
}

/// One below the other, each with whose it is where there are several.
fn each(all: impl Iterator<Item = (Text, Text)>) -> Text {
    let mut all: Vec<(Text, Text)> = all.filter(|(_, text)| !text.is_empty()).collect();
    if all.len() == 1 {
        return all.remove(0).1;
    }
    let said = |(who, text)| t("{who}：{text}", "{who}: {text}").with(&[("who", who), ("text", text)]);
    Text::join(&all.into_iter().map(said).collect::<Vec<Text>>(), "\n", "\n")
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
        (t("{asked}（评估组填）", "{asked} (entered by the assessors)").with(&[("asked", asked)]), ASSESSOR)
    } else {
        (t("{asked}（未报送）", "{asked} (returned nothing)").with(&[("asked", asked)]), Text::default())
    }
}
