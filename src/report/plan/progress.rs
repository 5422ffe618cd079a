//! 台账进展: what became of the last ledger.

use crate::ledger::blank::limit_shown;
use crate::ledger::progress::{Followed, Progress};
use crate::ledger::{NotClosed, State};
use crate::report::assessment::question;
use crate::report::document::{Block, Kind, Table, Value, column, row};
use crate::report::plan::Facts;
use crate::text::{Text, t};
use crate::unit::date_text;

/// How things stand in sentences, and the rows: on pages those that need somebody, on the sheet all.
pub fn blocks(facts: &Facts<'_>, progress: &Progress<'_>, short: bool) -> Vec<Block> {
    let mut blocks = vec![Block::List(lines(progress))];
    let mut tables = vec![table(facts, progress, short)];
    if short {
        tables.push(closed(facts, progress));
    }
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    blocks
}

/// The sentences, for pages and the terminal.
pub fn lines(progress: &Progress<'_>) -> Vec<Text> {
    let ledger = progress.ledger;
    let mut lines = vec![
        t(
            "台账 {file}（第 {issue} 期，{period}）共 {all} 件：已销号 {closed}、待复核 {review}、整改中 {open}、未启动 {idle}。",
            "The ledger {file} (issue {issue}, {period}) has {all} rows: closed {closed}, to be reviewed {review}, under way {open}, not started {idle}.",
        )
        .with(&[
            ("file", ledger.file.clone().into()),
            ("issue", ledger.issue.into()),
            ("period", ledger.period.clone().into()),
            ("all", progress.listed().count().into()),
            ("closed", progress.count(State::Closed).into()),
            ("review", progress.count(State::ToReview).into()),
            ("open", progress.count(State::UnderWay).into()),
            ("idle", progress.count(State::NotStarted).into()),
        ]),
    ];
    let count = |wanted: &dyn Fn(&Followed<'_>) -> bool| progress.rows.iter().filter(|one| wanted(one)).count();
    match progress.date {
        None => lines.push(t(
            "没有写 --date，不知道今天几号，不判断逾期。",
            "Without --date nobody knows what day it is, so nothing is told overdue.",
        )),
        Some(date) => lines.push(
            t("到 {date} 逾期的 {count} 件。", "Overdue on {date}: {count}.")
                .with(&[("date", date_text(date).into()), ("count", count(&|one| one.overdue.is_some()).into())]),
        ),
    }
    if progress.rescored {
        let unraised = count(&|one| one.unraised);
        let reached = count(&|one| one.reached);
        if unraised > 0 {
            lines.push(
                t(
                    "已销号但得分没有提高的 {count} 件，又列入这一期台账。",
                    "Closed without a better score: {count}; they stand in the new ledger again.",
                )
                .with(&[("count", unraised.into())]),
            );
        }
        if reached > 0 {
            lines.push(
                t(
                    "得分已经到目标、台账还没有销号的 {count} 件，请复核销号。",
                    "At the target and not yet closed: {count}; have them reviewed and closed.",
                )
                .with(&[("count", reached.into())]),
            );
        }
    } else {
        lines.push(t(
            "得分还是立台账时的那次评估，销号的效果要等下次评估才看得出；方案仍按原来的得分算。",
            "The scores are still those from which the ledger was made: what closing brought shows with the next assessment, and the plan counts from the old scores.",
        ));
    }
    lines
}

/// What a row needs.
fn remark(progress: &Progress<'_>, one: &Followed<'_>) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    if let Some(days) = one.overdue {
        parts.push(t("逾期 {days} 天", "{days} days overdue").with(&[("days", days.to_string().into())]));
    }
    if let Some((date, late)) = one.done {
        let said = t("{date} 报称完成，等复核", "said to be done on {date}, to be reviewed").with(&[("date", date_text(date).into())]);
        parts.push(match late {
            Some(days) => {
                t("{said}，晚了 {days} 天", "{said}, {days} days late").with(&[("said", said), ("days", days.to_string().into())])
            }
            None => said,
        });
    }
    if !one.row.not_closed.is_empty() {
        let why: Vec<Text> = one.row.not_closed.iter().map(|why| not_closed(*why)).collect();
        let text = t("写了已销号，按待复核计：{why}", "closed by its row, counts as to be reviewed: {why}");
        parts.push(text.with(&[("why", Text::join(&why, "、", ", "))]));
    }
    if let Some(was) = one.row.limit_was {
        let text = t("时限改了：{old} → {new}", "time limit changed: {old} → {new}");
        parts.push(text.with(&[("old", limit_shown(was)), ("new", limit_shown(one.row.limit))]));
    }
    if let Some(was) = &one.row.owner_was {
        let text = t("责任单位改了：{old} → {new}", "responsible unit changed: {old} → {new}");
        parts.push(text.with(&[("old", was.clone().into()), ("new", one.row.owner.clone().into())]));
    }
    if one.unraised {
        parts.push(t("已销号但得分没有提高", "closed, and the score is no better"));
    }
    if one.reached {
        parts.push(t("得分已到目标，可以销号", "at its target, may be closed"));
    }
    if one.row.gone {
        parts.push(t("台账里这一行没有了", "the row is gone from the ledger"));
    }
    if one.item.is_none() {
        parts.push(t("现在的指标体系没有这一题", "the tree has this item no more"));
    } else if progress.rescored && one.now.is_none() {
        parts.push(t("这次没有得分", "no score this time"));
    }
    Text::join(&parts, "；", "; ")
}

/// What keeps a row from being closed.
fn not_closed(why: NotClosed) -> Text {
    match why {
        NotClosed::NoEvidence => t("没有佐证材料", "no evidence"),
        NotClosed::NoReviewer => t("没有复核人", "no reviewer"),
        NotClosed::ByItself => t("本单位自行复核，不算", "reviewed by the responsible unit itself, which does not count"),
    }
}

/// A row's item as it is called now.
fn named(facts: &Facts<'_>, one: &Followed<'_>) -> Text {
    one.item.map_or_else(|| Text::same(one.row.question.clone()), |item| question(facts.base, item))
}

/// What was closed, on which evidence and by whom.
fn closed(facts: &Facts<'_>, progress: &Progress<'_>) -> Table {
    let rows = progress.rows.iter().filter(|one| one.is_closed()).map(|one| {
        let hand = &one.row.hand;
        row(vec![
            Value::Text(one.row.reference.clone().into()),
            Value::Text(named(facts, one)),
            Value::Text(one.row.owner.clone().into()),
            typed(&hand.done),
            typed(&hand.evidence),
            typed(&hand.reviewer),
        ])
    });
    Table {
        id: "closed",
        title: t("已经销号的", "Rows that are closed"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("责任单位", "Responsible"), Kind::Text),
            column(t("完成日期", "Done on"), Kind::Short),
            column(t("佐证材料", "Evidence"), Kind::Text),
            column(t("复核人（职务）", "Reviewer (post)"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

fn typed(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(Text::same(text)) }
}

fn table(facts: &Facts<'_>, progress: &Progress<'_>, short: bool) -> Table {
    let needs = |one: &&Followed<'_>| !short || !remark(progress, one).is_empty() || one.row.hand.state == State::ToReview;
    let rows = progress.rows.iter().filter(needs).map(|one| {
        let mut cells = vec![
            Value::Text(one.row.reference.clone().into()),
            Value::Text(named(facts, one)),
            Value::Text(one.row.owner.clone().into()),
            Value::Text(limit_shown(one.row.limit)),
            Value::Text(one.row.hand.state.words()),
            Value::of(one.row.score),
            Value::of(one.row.target),
            if progress.rescored { Value::of(one.now) } else { Value::Empty },
            Value::Text(remark(progress, one)),
        ];
        if !short {
            let hand = &one.row.hand;
            cells.extend([typed(&hand.done), typed(&hand.evidence), typed(&hand.reviewer)]);
        }
        row(cells)
    });
    let rows = rows.collect();
    let mut columns = vec![
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("责任单位", "Responsible"), Kind::Text),
        column(t("时限", "Time limit"), Kind::Short),
        column(t("状态", "State"), Kind::Short),
        column(t("立账时得分", "Score then"), Kind::Need),
        column(t("目标得分", "Target score"), Kind::Need),
        column(t("现得分", "Score now"), Kind::Need),
        column(t("要注意的", "Remark"), Kind::Text),
    ];
    if !short {
        columns.extend([
            column(t("完成日期", "Done on"), Kind::Short),
            column(t("佐证材料", "Evidence"), Kind::Text),
            column(t("复核人（职务）", "Reviewer (post)"), Kind::Text),
        ]);
    }
    Table {
        id: "progress", title: if short { t("需要处理的", "Rows that need somebody") } else { t("逐件", "Row by row") }, columns, rows
    }
}
