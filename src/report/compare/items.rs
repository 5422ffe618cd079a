//! The tables of a comparison that list items: what each moved, and what last year's gaps became.

use crate::analysis::change::follow_up::{Became, FollowUp};
use crate::analysis::change::views::asked;
use crate::analysis::change::{Cause, Change, Definition, ItemChange, Year};
use crate::analysis::steps::counting_cells;
use crate::number::snapped;
use crate::report::assessment::{state, withheld};
use crate::report::compare::summary::signed;
use crate::report::compare::tables::SUM;
use crate::report::compare::{Facts, editions, words};
use crate::report::document::{Column, Kind, Row, Table, Value, column, row};
use crate::result::{AnswerResult, CellResult, ItemResult, Results};
use crate::text::{Text, t};

/// The causes that moved an item; of several, what each moved.
fn causes_of(item: &ItemChange) -> Text {
    let moved: Vec<Cause> = Cause::ALL.into_iter().map(|(cause, _)| cause).filter(|cause| snapped(item.parts[*cause]) != 0).collect();
    if let [cause] = moved.as_slice() {
        return words::cause(*cause);
    }
    let split: Vec<Text> = moved.into_iter().map(|cause| Text::join(&[words::cause(cause), signed(item.parts[cause])], " ", " ")).collect();
    Text::join(&split, "，", "; ")
}

fn of(results: &Results, item: Option<usize>) -> Option<&ItemResult> {
    item.and_then(|index| results.items.get(index))
}

/// Which items of last year an item was, or took the place of; of one that is gone, which took its place.
fn origin_of(item: &ItemChange, before: &Results, after: &Results) -> Text {
    let named = |items: &[usize], results: &Results| {
        let references: Vec<Text> = items.iter().map(|index| results.items[*index].reference.clone().into()).collect();
        // On lines of their own: LibreOffice breaks a number before the mark that follows it.
        Text::join(&references, "、\n", ",\n")
    };
    let pair = &item.pair;
    let args = |items: &[usize], results: &Results| [("period", results.period.clone().into()), ("references", named(items, results))];
    if !pair.into.is_empty() {
        return t("变为 {period} 的 {references}", "became {references} of {period}").with(&args(&pair.into, after));
    }
    // An item that is in both years is named where its number changed.
    let mut from = pair.from.clone();
    if let (Some(old), Some(new)) = (pair.before, pair.after)
        && before.items[old].reference != after.items[new].reference
        && !from.contains(&old)
    {
        from.insert(0, old);
    }
    if from.is_empty() { Text::default() } else { t("{period} 的 {references}", "{references} of {period}").with(&args(&from, before)) }
}

fn item_row(item: &ItemChange, before: Year<'_>, after: Year<'_>) -> Row {
    let (old, new) = (of(before.results, item.pair.before), of(after.results, item.pair.after));
    let said = |item: Option<&ItemResult>| item.map(|item| state(&item.state)).unwrap_or_default();
    let named = new.or(old);
    row(vec![
        named.map(|item| item.reference.clone()).unwrap_or_default().into(),
        Value::Text(editions::named(item, before.results, after.results)),
        Value::Text(asked(item, before, after)),
        Value::Text(words::definition(item)),
        Value::Text(origin_of(item, before.results, after.results)),
        Value::Text(said(old)),
        Value::Text(said(new)),
        Value::of(old.and_then(|old| old.score)),
        Value::of(new.and_then(|new| new.score)),
        Value::Number(item.parts.sum()),
        Value::Text(causes_of(item)),
        Value::Text(old.map(|old| answer(before, old)).unwrap_or_default()),
        Value::Text(new.map(|new| answer(after, new)).unwrap_or_default()),
    ])
}

/// The answers that count, in the words of the scale where the year's tree is at hand; redacted results do not tell.
fn answer(year: Year<'_>, item: &ItemResult) -> Text {
    let tree_item = year.tree.and_then(|tree| tree.items.iter().find(|one| one.id == item.id && one.rev == item.rev));
    let said = |cell: &CellResult| match (cell.state.as_str(), tree_item) {
        ("answered", _) if cell.text.is_empty() => withheld(year.results),
        ("answered", Some(one)) => one.scaled.scale.shown(&cell.text, &item.question),
        ("answered" | "unreadable", _) => cell.text.clone().into(),
        (code, _) => state(code),
    };
    let cells: Vec<_> = counting_cells(item).into_iter().filter(|(_, cell)| cell.state != "blank").collect();
    match cells.as_slice() {
        [] if year.results.redacted.is_some() && item.state == "answered" => withheld(year.results),
        [] => state(&item.state),
        [(_, cell)] => said(cell),
        several => {
            let by_whom = |(answer, cell): &(&AnswerResult, CellResult)| {
                let name = answer.respondent.name.as_str();
                if name.is_empty() { said(cell) } else { Text::join(&[name.into(), said(cell)], "：", ": ") }
            };
            Text::join(&several.iter().map(by_whom).collect::<Vec<_>>(), "；", "; ")
        }
    }
}

fn item_columns(before: Year<'_>, after: Year<'_>) -> Vec<Column> {
    let year = |year: Year<'_>, what: Text| what.with(&[("year", year.results.period.clone().into())]);
    vec![
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("牵头部门", "Lead"), Kind::Short),
        column(t("题目变动", "Change of the item"), Kind::Short),
        column(t("对应的题", "Counterpart"), Kind::Text),
        column(year(before, t("{year} 状态", "State {year}")), Kind::Short),
        column(year(after, t("{year} 状态", "State {year}")), Kind::Short),
        column(year(before, t("{year}", "{year}")), Kind::Score),
        column(year(after, t("{year}", "{year}")), Kind::Score),
        column(t("影响总分", "Points of the total"), Kind::Moved),
        column(t("原因", "Cause"), Kind::Text),
        column(year(before, t("{year} 答案", "Answer {year}")), Kind::Text),
        column(year(after, t("{year} 答案", "Answer {year}")), Kind::Text),
    ]
}

/// Items that are not the same question in both years, for pages.
pub fn differing(step: &Change, before: Year<'_>, after: Year<'_>, count: usize) -> Table {
    let differ: Vec<&ItemChange> = step.items.iter().filter(|item| item.pair.definition != Definition::Same || item.pair.moved).collect();
    let title = if differ.len() > count {
        t(
            "两版之间不同的题（前 {count} 题，其余见 compare.xlsx）",
            "Items that differ between the editions (the first {count}; all in compare.xlsx)",
        )
        .with(&[("count", count.into())])
    } else {
        t("两版之间不同的题", "Items that differ between the editions")
    };
    let keep = [0, 1, 3, 4, 7, 8, 9];
    let rows = differ.into_iter().take(count).map(|item| row(kept(item_row(item, before, after).cells, &keep)));
    Table { id: "differing", title, columns: kept(item_columns(before, after), &keep), rows: rows.collect() }
}

/// Those at these places.
fn kept<T>(all: Vec<T>, keep: &[usize]) -> Vec<T> {
    all.into_iter().enumerate().filter(|(index, _)| keep.contains(index)).map(|(_, one)| one).collect()
}

/// Every item that moved the total, or is not the same question in both years; tree order.
pub fn items(step: &Change, before: Year<'_>, after: Year<'_>) -> Table {
    let shown = step.items.iter().filter(|item| {
        snapped(item.parts.sum()) != 0 || item.pair.definition != Definition::Same || item.pair.moved || !item.pair.from.is_empty()
    });
    Table {
        id: "items",
        title: t("动了总分的题，和两年问法、题号不同的题", "Items that moved the total, were asked differently or renumbered"),
        columns: item_columns(before, after),
        rows: shown.map(|item| item_row(item, before, after)).collect(),
    }
}

/// The items that moved the total most, up or down.
pub fn movers(step: &Change, before: Year<'_>, after: Year<'_>, up: bool, count: usize) -> Table {
    let mut movers: Vec<&ItemChange> =
        step.items.iter().filter(|item| if up { snapped(item.parts.sum()) > 0 } else { snapped(item.parts.sum()) < 0 }).collect();
    movers.sort_by_key(|item| std::cmp::Reverse(snapped(item.parts.sum()).abs()));
    let keep = [0, 1, 2, 7, 8, 9, 10];
    Table {
        id: if up { "risers" } else { "fallers" },
        title: if up {
            t(
                "拉高总分最多的题（最多 {count} 题，全部见 compare.xlsx）",
                "Items that raised the total most ({count} at most; all in compare.xlsx)",
            )
            .with(&[("count", count.into())])
        } else {
            t(
                "拉低总分最多的题（最多 {count} 题，全部见 compare.xlsx）",
                "Items that lowered the total most ({count} at most; all in compare.xlsx)",
            )
            .with(&[("count", count.into())])
        },
        columns: kept(item_columns(before, after), &keep),
        rows: movers.into_iter().take(count).map(|item| row(kept(item_row(item, before, after).cells, &keep))).collect(),
    }
}

/// 回头看: last year's gaps, largest first.
pub fn follow_up(facts: &Facts<'_>, count: usize) -> Table {
    let mut rows = Vec::new();
    if let Some((before, after, step)) = facts.last_step() {
        for one in facts.follow_up.iter().take(count) {
            let item = &step.items[one.item];
            let (old, new) = (of(before.results, item.pair.before), of(after.results, item.pair.after));
            let named = new.or(old);
            rows.push(row(vec![
                named.map(|item| item.reference.clone()).unwrap_or_default().into(),
                Value::Text(editions::named(item, before.results, after.results)),
                Value::Text(asked(item, before, after)),
                Value::Text(words::became(one.became)),
                Value::of(old.and_then(|old| old.score)),
                Value::of(new.and_then(|new| new.score)),
                Value::of(one.loss_before),
                Value::of(one.loss_after),
            ]));
        }
    }
    // Of all of them: a part would not add up to what is said of the gaps.
    if (1..=count).contains(&facts.follow_up.len()) {
        let sum = |loss: fn(&FollowUp) -> Option<f64>| Value::Number(facts.follow_up.iter().filter_map(loss).sum());
        let (then, now) = (sum(|one| one.loss_before), sum(|one| one.loss_after));
        rows.push(row(vec![Value::Empty, Value::Text(SUM), Value::Empty, Value::Empty, Value::Empty, Value::Empty, then, now]));
    }
    Table {
        id: "follow-up",
        title: if facts.follow_up.len() > count {
            t(
                "上年的短板，今年怎样了（失分最多的 {count} 题，其余见 compare.xlsx）",
                "Last year's gaps, and what became of them (the {count} that lost most; all in compare.xlsx)",
            )
            .with(&[("count", count.into())])
        } else {
            t("上年的短板，今年怎样了", "Last year's gaps, and what became of them")
        },
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("今年", "Now"), Kind::Short),
            column(t("上年得分", "Score then"), Kind::Score),
            column(t("本年得分", "Score now"), Kind::Score),
            column(t("上年失分", "Lost then"), Kind::Unrounded),
            column(t("本年失分", "Lost now"), Kind::Unrounded),
        ],
        rows,
    }
}

/// How many gaps became what, and the points they stood for.
pub fn follow_up_counts(facts: &Facts<'_>) -> Table {
    let line = |name: Text, mine: &mut dyn Iterator<Item = &FollowUp>| {
        let (count, then, now) = mine.fold((0usize, 0.0, 0.0), |(count, then, now), one| {
            (count + 1, then + one.loss_before.unwrap_or(0.0), now + one.loss_after.unwrap_or(0.0))
        });
        (count > 0).then(|| row(vec![Value::Text(name), Value::Number(count as f64), Value::Number(then), Value::Number(now)]))
    };
    let of = |became: Became| line(words::became(became), &mut facts.follow_up.iter().filter(|one| one.became == became));
    let rows = Became::ALL.into_iter().filter_map(|(became, _)| of(became)).chain(line(SUM, &mut facts.follow_up.iter()));
    Table {
        id: "follow-up-counts",
        title: t("上年短板的去向", "What became of last year's gaps"),
        columns: vec![
            column(t("今年", "Now"), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("上年失分", "Lost then"), Kind::Unrounded),
            column(t("本年失分", "Lost now"), Kind::Unrounded),
        ],
        rows: rows.collect(),
    }
}
