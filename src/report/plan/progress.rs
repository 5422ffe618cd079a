//! 台账进展: what became of the last ledger.

use crate::finding::Severity;
use crate::ledger::blank::limit_shown;
use crate::ledger::progress::{Followed, Progress};
use crate::ledger::{NotClosed, Said, State};
use crate::report::assessment::question;
use crate::report::document::{Block, Kind, Table, Value, column, row};
use crate::report::plan::Facts;
use crate::text::{Text, t};
use crate::unit::date_text;

/// How things stand in sentences, and the rows: on pages those that need somebody, on the sheet all.
pub fn blocks(facts: &Facts<'_>, progress: &Progress<'_>, short: bool) -> Vec<Block> {
    let mut tables = vec![problems(progress), table(facts, progress, short)];
    if short {
        tables.push(closed(facts, progress));
    }
    let mut blocks: Vec<Block> = tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table).collect();
    // On pages the sentences stand in the first part.
    if !short || blocks.is_empty() {
        blocks.insert(0, Block::List(lines(progress)));
    }
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
            ("file", files(&ledger.files)),
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

/// The copies that were put together, the first few by name.
fn files(files: &[String]) -> Text {
    const NAMED: usize = 3;
    let names: Vec<Text> = files.iter().take(NAMED).map(|file| file.clone().into()).collect();
    let names = Text::join(&names, "、", ", ");
    match files.len() {
        0 | 1 => names,
        count if count <= NAMED => {
            t("{names}（{count} 份合起来）", "{names} ({count} put together)").with(&[("names", names), ("count", count.into())])
        }
        count => t("{names} 等（{count} 份合起来）", "{names} and others ({count} put together)")
            .with(&[("names", names), ("count", count.into())]),
    }
}

/// What a row needs.
fn remark(progress: &Progress<'_>, one: &Followed<'_>) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    if let Some(days) = one.overdue {
        parts.push(t("逾期 {count} 天", "{count} [day|days] overdue").counted(usize::try_from(days).unwrap_or(0)));
    }
    if let Some((date, late)) = one.done {
        let said = t("{date} 报称完成，等复核", "said to be done on {date}, to be reviewed").with(&[("date", date_text(date).into())]);
        parts.push(match late {
            Some(days) => t("{said}，晚了 {count} 天", "{said}, {count} [day|days] late")
                .counted(usize::try_from(days).unwrap_or(0))
                .with(&[("said", said)]),
            None => said,
        });
    }
    if !one.row.not_closed.is_empty() {
        parts.push(check(one));
    }
    if let Some(text) = &one.row.unread_state {
        let said = t("状态“{text}”认不出，按整改中计", "the state \"{text}\" is not known, counts as under way");
        parts.push(said.with(&[("text", text.clone().into())]));
    }
    if one.row.disputed {
        parts.push(t("几份台账填得不一样，按发出时的计", "filled in differently in several copies, stands as it was handed out"));
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

/// Why a row that was closed counts as to be reviewed; empty where it was not.
pub fn check(one: &Followed<'_>) -> Text {
    if one.row.not_closed.is_empty() {
        return Text::default();
    }
    let why: Vec<Text> = one.row.not_closed.iter().map(|why| not_closed(*why)).collect();
    let text = t("写了已销号，按待复核计：{why}", "closed by its row, counts as to be reviewed: {why}");
    text.with(&[("why", Text::join(&why, "、", ", "))])
}

/// What keeps a row from being closed.
fn not_closed(why: NotClosed) -> Text {
    match why {
        NotClosed::NoEvidence => t("没有佐证材料", "no evidence"),
        NotClosed::NoReviewer => t("没有复核人", "no reviewer"),
        NotClosed::ByItself => t("本单位自行复核，不算", "reviewed by the responsible unit itself, which does not count"),
        NotClosed::BadDate => t("完成日期不是日期", "no date under Done on"),
        NotClosed::FutureDate => t("完成日期还没有到", "the date lies ahead"),
        NotClosed::EarlyDate => t("完成日期早于整改开始", "the date is before the start"),
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

/// What is wrong in the ledger, by who is responsible: so that each can be told.
fn problems(progress: &Progress<'_>) -> Table {
    let mut owners: Vec<&str> = Vec::new();
    let row_of = |said: &Said| progress.rows.iter().map(|one| one.row).find(|row| Some(&row.id) == said.id.as_ref() && !row.earlier);
    let owner = |said: &Said| row_of(said).map(|row| row.owner.as_str()).unwrap_or_default();
    let mut all: Vec<&Said> = progress.ledger.said.iter().filter(|said| said.finding.severity != Severity::Note).collect();
    for said in &all {
        if !owners.contains(&owner(said)) {
            owners.push(owner(said));
        }
    }
    all.sort_by_key(|said| owners.iter().position(|known| *known == owner(said)));
    let rows = all.into_iter().map(|said| {
        row(vec![
            row_of(said).map_or(Value::Empty, |row| Value::Text(row.reference.clone().into())),
            Value::Text(said.finding.message.clone()),
            typed(owner(said)),
            Value::Text(said.finding.place.show()),
        ])
    });
    Table {
        id: "ledger-problems",
        title: t("台账的问题，按责任单位", "What is wrong in the ledger, by who is responsible"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("问题和怎样改", "What is wrong, and what to do"), Kind::Text),
            column(t("责任单位", "Responsible"), Kind::Text),
            column(t("在哪里", "Where"), Kind::Text),
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
        ];
        if progress.rescored {
            cells.push(Value::of(one.now));
        }
        cells.push(Value::Text(remark(progress, one)));
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
        column(t("立账时得分", "Score then"), Kind::Ungraded),
        column(t("目标得分", "Target score"), Kind::Ungraded),
    ];
    if progress.rescored {
        columns.push(column(t("现得分", "Score now"), Kind::Ungraded));
    }
    columns.push(column(t("要注意的", "Remark"), Kind::Text));
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
