//! What the assessors' reviews moved, and how the answers were verified.

use crate::analysis::adjustments::{Proof, is_reviewed};
use crate::number::{self, fixed};
use crate::report::Facts;
use crate::report::assessment::derivations::reference;
use crate::report::assessment::tables::{question, said, shown};
use crate::report::document::{Block, Kind, Of, Row, Table, Value, Which, column, row};
use crate::result::{AnswerResult, ItemResult};
use crate::survey::layout::Verification;
use crate::text::{Text, t};

/// Was anything reviewed?
pub fn any(facts: &Facts<'_>) -> bool {
    facts.results.items.iter().any(is_reviewed)
}

/// 复核调整: sentence, by department, by way of verification, item by item.
pub fn blocks(facts: &Facts<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Text(sentence(facts)), Block::Table(departments(facts)), Block::Table(verified(facts))];
    if facts.adjustments.moved.is_empty() {
        blocks.push(Block::Text(t("复核没有改变任何一题的得分或状态。", "No review changed the score or state of an item.")));
    } else {
        blocks.push(Block::Table(moved(facts)));
    }
    blocks
}

/// `自评总分 71.2，复核后 66.4，复核调整 −4.80 分`.
pub fn sentence(facts: &Facts<'_>) -> Text {
    let reviewed = facts.results.items.iter().filter(|item| is_reviewed(item)).count();
    let (Some(before), Some(after)) = (facts.adjustments.by_selves, facts.results.total.score) else {
        return t(
            "复核了 {count} 题；只按自评没有总分，不能比较。",
            "{count} [item was|items were] reviewed; by self-ratings alone there is no total to compare.",
        )
        .counted(reviewed);
    };
    let decimals = facts.results.policy.decimals;
    let points = facts.adjustments.points;
    let ((rated, rated_points), (changed, changed_points)) = (points.first, points.changed);
    let first = if rated > 0 {
        t(
            "评估组首次评定了没有自评的 {count} 题，{rated_points} 分；",
            "The assessors rated {count} [item|items] that had no self-rating: {rated_points} points. ",
        )
        .counted(rated)
        .with(&[("rated_points", signed(rated_points).into())])
    } else {
        Text::default()
    };
    t(
        "复核了 {count} 题。{first}改变了 {changed} 题的自评，{changed_points} 分。只按“自评”一栏（含评估组自己填的，空着的按空白计）的总分是 {before}，复核后是 {after}，合计 {points} 分。一题的调整分值含它退出或加入计分时对其他题权重的影响，各题之和等于总的调整（表中各自四舍五入，明细的工作表中保留了未取舍的数）。",
        "{count} [item was|items were] reviewed. {first}Self-ratings changed: {changed}, {changed_points} points. The total by the column Self alone (the assessors' own entries in it included, empty ones as blank) is {before}, after review {after}: {points} points in all. The points of an item include what its leaving or joining does to the weight of others; they add up to the whole change (rounded one by one here, unrounded in the workbook).",
    )
    .counted(reviewed)
    .with(&[
        ("first", first),
        ("changed", changed.into()),
        ("changed_points", signed(changed_points).into()),
        ("before", fixed(before, decimals).into()),
        ("after", fixed(after, decimals).into()),
        ("points", signed(points.all).into()),
    ])
}

/// With its sign, two decimals.
fn signed(points: f64) -> String {
    number::signed(points, 2)
}

pub fn departments(facts: &Facts<'_>) -> Table {
    let rows = facts.adjustments.departments.iter().map(|one| {
        row(vec![
            Value::Text(Text::join(&one.names, "、", ", ")),
            Value::Number(one.reviewed as f64),
            Value::Number(one.first as f64),
            Value::Number(one.raised as f64),
            Value::Number(one.lowered as f64),
            Value::Number(one.otherwise as f64),
            Value::Number(one.points),
        ])
    });
    Table {
        id: "review-departments",
        title: t("复核调整，按部门", "Points moved by review, by department"),
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("复核题数", "Reviewed"), Kind::Count),
            column(t("首次评定", "First rated"), Kind::Count),
            column(t("调高", "Raised"), Kind::Count),
            column(t("调低", "Lowered"), Kind::Count),
            column(t("只改状态", "State alone"), Kind::Count),
            column(t("调整分值", "Points moved"), Kind::Moved),
        ],
        rows: rows.collect(),
    }
}

/// The share of weight backed by each way of verification.
pub fn verified(facts: &Facts<'_>) -> Table {
    let rows = facts.adjustments.verified.iter().map(|one| {
        let name = match one.proof {
            Proof::Verified(way) => way_words(way.code()),
            Proof::Reviewed => t("评估组复核或评定，没有写核验方式", "Reviewed or rated by the assessors, verification not stated"),
            Proof::SelfRated => t("没有复核，只凭自评", "Not reviewed, by self-rating only"),
            Proof::Nothing => t("空白或读不出", "Blank or unreadable"),
        };
        row(vec![Value::Text(name), Value::Number(one.items as f64), Value::Number(one.share)])
    });
    Table {
        id: "verified",
        title: t("各核验方式所占的权重", "Weight by way of verification"),
        columns: vec![
            column(t("核验方式", "Verification"), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("权重占比", "Weight in total"), Kind::Percent),
        ],
        rows: rows.collect(),
    }
}

fn way_words(code: &str) -> Text {
    Verification::ALL.into_iter().find(|(_, known, _)| *known == code).map(|(_, _, words)| words).unwrap_or_default()
}

/// 复核调整明细: the items that a review put otherwise, in tree order, and their sum.
pub fn moved(facts: &Facts<'_>) -> Table {
    let results = facts.results;
    let mut rows: Vec<Row> = facts
        .adjustments
        .moved
        .iter()
        .map(|moved| {
            let item = &results.items[moved.item];
            row(vec![
                reference(item),
                Value::Text(question(facts, moved.item)),
                Value::Text(Text::join(&facts.tree.asked(moved.item), "、", ", ")),
                Value::Text(selves(facts, moved.item)),
                if moved.first { Value::Empty } else { Value::of(item.by_selves.score) },
                Value::Text(reviews(facts, moved.item)),
                Of::Item(moved.item).figure(Which::Score, Value::of(item.score)),
                Value::of(moved.points),
                Value::Text(ways(item)),
                Value::Text(super::told(results, notes(item))),
            ])
        })
        .collect();
    let sum = facts.adjustments.by_selves.map(|_| facts.adjustments.points.all);
    rows.push(Row {
        anchor: None,
        cells: vec![
            Value::Empty,
            Value::Text(t("合计", "Total")),
            Value::Empty,
            Value::Empty,
            Value::of(facts.adjustments.by_selves),
            Value::Empty,
            Of::Total.figure(Which::Score, Value::of(results.total.score)),
            Value::of(sum),
            Value::Empty,
            Value::Empty,
        ],
    });
    Table {
        id: "moved",
        title: t("复核调整明细", "Items changed by review"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("部门", "Department"), Kind::Short),
            column(t("自评", "Self-ratings"), Kind::Text),
            column(t("自评得分", "Score by selves"), Kind::Score),
            column(t("复核", "Review"), Kind::Text),
            column(t("复核得分", "Score by review"), Kind::Score),
            column(t("调整分值", "Points moved"), Kind::Moved),
            column(t("核验方式", "Verification"), Kind::Short),
            column(t("理由", "Reason"), Kind::Text),
        ],
        rows,
    }
}

/// Every review that counts, changed or confirmed: an attachment.
pub fn list(facts: &Facts<'_>) -> Table {
    let all = facts.results.items.iter().enumerate().filter(|(_, item)| is_reviewed(item));
    let rows = all.map(|(index, item)| {
        row(vec![
            reference(item),
            Value::Text(question(facts, index)),
            Value::Text(selves(facts, index)),
            Value::Text(reviews(facts, index)),
            Value::Text(ways(item)),
            Value::Text(super::told(facts.results, notes(item))),
        ])
    });
    Table {
        id: "reviews",
        title: t("复核清单", "List of reviews"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("自评", "Self-ratings"), Kind::Text),
            column(t("复核", "Review"), Kind::Text),
            column(t("核验方式", "Verification"), Kind::Short),
            column(t("复核说明", "Review note"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The self-ratings that were typed, each with its respondent.
fn selves(facts: &Facts<'_>, index: usize) -> Text {
    let answers = &facts.results.items[index].answers;
    // Of a respondent's versions the last one speaks.
    let last = |one: &&AnswerResult| {
        let own = answers.iter().filter(|other| other.respondent == one.respondent && other.own.is_some());
        own.map(|other| other.submission).max() == Some(one.submission)
    };
    let typed =
        answers.iter().filter(last).filter_map(|answer| Some((answer, answer.own.as_ref()?))).filter(|(_, own)| own.state != "blank");
    let mut all: Vec<Text> =
        typed.map(|(answer, own)| said(&answer.respondent.name, shown(facts.tree, index, &own.text, &own.state))).collect();
    // Versions of one respondent often say the same.
    all.dedup();
    if all.is_empty() { t("（无）", "(none)") } else { Text::join(&all, "；", "; ") }
}

fn reviews(facts: &Facts<'_>, index: usize) -> Text {
    let counting = counting(&facts.results.items[index]).filter_map(AnswerResult::speaking_review);
    let all: Vec<Text> = counting.map(|review| shown(facts.tree, index, &review.text, &review.state)).collect();
    Text::join(&all, "；", "; ")
}

fn counting(item: &ItemResult) -> impl Iterator<Item = &AnswerResult> {
    item.answers.iter().filter(|answer| answer.speaking_review().is_some())
}

fn ways(item: &ItemResult) -> Text {
    let codes = counting(item).filter_map(AnswerResult::speaking_review).map(|review| way_words(&review.verification));
    let mut all: Vec<Text> = codes.filter(|words| !words.is_empty()).collect();
    all.dedup();
    Text::join(&all, "、", ", ")
}

fn notes(item: &ItemResult) -> String {
    let mut all: Vec<&str> = counting(item).map(|answer| answer.review_note.as_str()).filter(|note| !note.is_empty()).collect();
    all.dedup();
    all.join("；")
}
