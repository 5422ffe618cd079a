//! The tables of the report, each made once and used by pages and sheets alike.

use crate::analysis::adjustments::is_reviewed;
use crate::analysis::views::View;
use crate::analysis::{ranking, steps, unknowns};
use crate::number::snapped;
use crate::place::inside_out;
use crate::report::Facts;
use crate::report::assessment::derivations::{code, derivation_anchor, item_anchor, reference};
use crate::report::document::{Kind, Of, Row, Table, Value, Which, column, row};
use crate::result::{GroupResult, ItemResult};
use crate::text::{Lang, Text, t};
use crate::tree::Tree;
use crate::tree::vocabulary::{FACETS, HAZARD};

/// Below this part of its weight a group's score says little.
pub const THIN: f64 = 0.5;
/// Behind the grade of such a group.
pub const THIN_MARK: Text = t("（覆盖不足）", " (thin)");

/// Between a low and a high.
pub const BETWEEN: Text = t("～", " to ");

/// A group's anchor for links.
pub fn group_anchor(code: &str) -> String {
    format!("group {code}")
}

/// Level-1 groups in tree order; the radar is drawn over it.
pub fn top_groups(facts: &Facts<'_>) -> Table {
    groups(facts, "top", t("一级指标得分", "Level-1 scores"), |group| group.level == 1)
}

/// All deeper groups.
pub fn deeper_groups(facts: &Facts<'_>) -> Table {
    groups(facts, "deeper", t("二级指标得分", "Level-2 scores"), |group| group.level > 1)
}

fn groups(facts: &Facts<'_>, id: &'static str, title: Text, wanted: fn(&GroupResult) -> bool) -> Table {
    let results = facts.results;
    let shown = results.groups.iter().enumerate().filter(|(_, group)| wanted(group) && group.counts.in_scope() > 0);
    let rows = shown.map(|(index, group)| Row {
        anchor: Some(group_anchor(&group.code)),
        cells: vec![
            code(results, &group.code),
            Value::Text(group.name.clone()),
            Of::Group(index).figure(Which::Score, Value::of(group.rounded)),
            Of::Group(index).figure(Which::Grade, Value::Text(grade(facts, group))),
            Of::Group(index).figure(Which::Share, Value::Number(group.share)),
            Of::Group(index).figure(Which::Loss, Value::of(group.loss)),
            Of::Group(index).figure(Which::Items, Value::Number(group.counts.in_scope() as f64)),
            Of::Group(index).figure(Which::NotApplicable, Value::Number(group.counts.not_applicable as f64)),
            Of::Group(index)
                .figure(Which::Missing, Value::Number((group.counts.blank + group.counts.unreadable + group.counts.no_data) as f64)),
            Of::Group(index).figure(Which::Bounds, Value::Text(bounds(facts, group))),
        ],
    });
    Table {
        id,
        title,
        columns: vec![
            column(t("编号", "Code"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("等级", "Grade"), Kind::Short),
            column(t("权重占比", "Weight in total"), Kind::Percent),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("题数", "Items"), Kind::Count),
            column(t("不适用", "N/A"), Kind::Count),
            column(t("空白或缺资料", "Blank or no data"), Kind::Count),
            column(t("可能范围", "Possible range"), Kind::Short),
        ],
        rows: rows.collect(),
    }
}

fn grade(facts: &Facts<'_>, group: &GroupResult) -> Text {
    let name = facts.results.band_name(group.grade.as_deref());
    if group.coverage.is_some_and(|coverage| snapped(coverage) < snapped(THIN)) { Text::join(&[name, THIN_MARK], "", "") } else { name }
}

fn bounds(facts: &Facts<'_>, group: &GroupResult) -> Text {
    if group.low == group.high {
        return Text::default();
    }
    let score = |value| super::headline::score(facts.results, value);
    Text::join(&[score(group.low), score(group.high)], BETWEEN.get(Lang::Zh), BETWEEN.get(Lang::En))
}

/// Level-1 groups from best to worst; the bars are drawn over it.
pub fn ranking(facts: &Facts<'_>) -> Table {
    let results = facts.results;
    let order = ranking::by_score(results, 1);
    Table {
        id: "ranking",
        title: t("一级指标得分高低排序", "Level-1 indicators from best to worst"),
        columns: vec![
            column(t("名次", "Rank"), Kind::Count),
            column(t("一级指标", "Level-1 indicator"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("等级", "Grade"), Kind::Short),
            column(t("失分", "Points lost"), Kind::Points),
        ],
        rows: (1usize..)
            .zip(order)
            .map(|(rank, index)| {
                let group = &results.groups[index];
                row(vec![
                    Of::Group(index).figure(Which::Rank, Value::Number(rank as f64)),
                    Value::Link(named(group), group_anchor(&group.code)),
                    Of::Group(index).figure(Which::Score, Value::of(group.rounded)),
                    Of::Group(index).figure(Which::Grade, Value::Text(grade(facts, group))),
                    Of::Group(index).figure(Which::Loss, Value::of(group.loss)),
                ])
            })
            .collect(),
    }
}

/// `16 演习`.
pub fn named(group: &GroupResult) -> Text {
    Text::join(&[group.code.clone().into(), group.name.clone()], " ", " ")
}

/// The header over what was answered.
pub const ANSWER: Text = t("答案", "Answer");

/// The header over the cells that count.
pub const SOURCE: Text = t("出处", "Source");

/// Every item.
pub fn details(facts: &Facts<'_>) -> Table {
    let rows = facts.results.items.iter().enumerate().filter(|(_, item)| item.state != "out_of_scope").map(|(index, item)| {
        let group = match &item.parent {
            Some(code) => Value::Link(code.clone().into(), group_anchor(code)),
            None => Value::Empty,
        };
        let cells = vec![
            Value::Link(item.reference.clone().into(), derivation_anchor(&item.id)),
            group,
            Value::Text(question(facts, index)),
            Value::Text(super::lead_of(facts, index)),
            Value::Text(answer(facts, index)),
            Of::Item(index).figure(Which::State, Value::Text(state(&item.state))),
            Of::Item(index).figure(Which::Score, Value::of(item.score)),
            Of::Item(index).figure(Which::Share, Value::Number(item.share)),
            Of::Item(index).figure(Which::Loss, Value::of(item.loss)),
            evidence(item).into(),
            note(item).into(),
            sources(item).into(),
        ];
        Row { anchor: Some(item_anchor(&item.id)), cells }
    });
    Table {
        id: "details",
        title: t("评分明细", "All items"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("所属", "Group"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(ANSWER, Kind::Text),
            column(t("状态", "State"), Kind::Short),
            column(t("得分", "Score"), Kind::Score),
            column(t("权重占比", "Weight in total"), Kind::Percent),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("佐证材料", "Evidence"), Kind::Text),
            column(t("说明", "Note"), Kind::Text),
            column(SOURCE, Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The details as pages carry them: without shares, evidence and notes.
pub fn details_short(facts: &Facts<'_>) -> Table {
    let all = details(facts);
    let keep = [0, 2, 4, 5, 6, 8];
    Table {
        id: "details-short",
        title: all.title,
        columns: all.columns.into_iter().enumerate().filter(|(index, _)| keep.contains(index)).map(|(_, column)| column).collect(),
        rows: all
            .rows
            .into_iter()
            .map(|row| Row {
                anchor: None,
                cells: row.cells.into_iter().enumerate().filter(|(index, _)| keep.contains(index)).map(|(_, cell)| cell).collect(),
            })
            .collect(),
    }
}

/// The question with its mark.
pub fn question(facts: &Facts<'_>, index: usize) -> Text {
    let mark = facts.tree.items.get(index).map_or("", |item| item.criticality.mark());
    let question = &facts.results.items[index].question;
    Text::new(format!("{mark}{}", question.zh), format!("{mark}{}", question.en))
}

/// What was answered, by whom where several count.
pub fn answer(facts: &Facts<'_>, index: usize) -> Text {
    answer_as(facts, index, &|text, code| shown(facts.tree, index, text, code))
}

/// What was answered, what that stands for or lacks, and the note beside it.
pub fn described(facts: &Facts<'_>, index: usize) -> Text {
    let answer = answer_as(facts, index, &|text, code| match (code, facts.tree.items.get(index)) {
        ("answered", Some(item)) => item.scaled.scale.described(text, &item.question),
        _ => shown(facts.tree, index, text, code),
    });
    let note = note(&facts.results.items[index]);
    if note.is_empty() {
        return answer;
    }
    t("{answer}；说明：{note}", "{answer}; note: {note}").with(&[("answer", answer), ("note", note.into())])
}

fn answer_as(facts: &Facts<'_>, index: usize, shown: &dyn Fn(&str, &str) -> Text) -> Text {
    let item = &facts.results.items[index];
    let cells: Vec<_> = steps::counting_cells(item).into_iter().filter(|(_, cell)| cell.state != "blank").collect();
    match cells.as_slice() {
        [] => state(&item.state),
        [(_, cell)] => shown(&cell.text, &cell.state),
        several => {
            let parts: Vec<Text> =
                several.iter().map(|(answer, cell)| said(&answer.respondent.name, shown(&cell.text, &cell.state))).collect();
            Text::join(&parts, "；", "; ")
        }
    }
}

/// One cell as a reader understands it away from its item.
pub fn shown(tree: &Tree, index: usize, text: &str, code: &str) -> Text {
    match (code, tree.items.get(index)) {
        ("answered", Some(item)) => item.scaled.scale.shown(text, &item.question),
        ("unreadable", _) => Text::same(text.to_string()),
        _ => state(code),
    }
}

/// `财政部门：45/50`.
pub(super) fn said(who: &str, what: Text) -> Text {
    if who.is_empty() { what } else { Text::join(&[who.into(), what], "：", ": ") }
}

/// A state code for people.
pub fn state(code: &str) -> Text {
    match code {
        "answered" => t("已答", "answered"),
        "not_applicable" => t("不适用", "N/A"),
        "no_data" => t("查无资料", "no data"),
        "blank" => t("空白", "blank"),
        "unreadable" => t("读不出", "unreadable"),
        _ => t("不评", "out of scope"),
    }
}

fn joined(parts: Vec<&str>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !kept.contains(&part) {
            kept.push(part);
        }
    }
    kept.join("；")
}

/// Between the cells of an item.
pub const BETWEEN_SOURCES: &str = "；";

/// The cells that count: cell, sheet and file.
fn sources(item: &ItemResult) -> String {
    let cells: Vec<String> = steps::counting_cells(item)
        .iter()
        .filter(|(_, cell)| cell.state != "blank")
        .map(|(answer, cell)| inside_out(&cell.cell, &answer.place.sheet, &answer.place.file))
        .collect();
    cells.join(BETWEEN_SOURCES)
}

fn evidence(item: &ItemResult) -> String {
    // What is reviewed rests on the evidence of those who rated themselves.
    let reviewed = is_reviewed(item);
    joined(item.answers.iter().filter(|answer| answer.counts || reviewed).map(|answer| answer.evidence.as_str()).collect())
}

/// The notes of the answers that count, the reviewer's where the review counts.
fn note(item: &ItemResult) -> String {
    let notes = item.answers.iter().filter(|answer| answer.counts).flat_map(|answer| {
        let reviewed = answer.speaking_review().is_some();
        [answer.note.as_str(), if reviewed { answer.review_note.as_str() } else { "" }]
    });
    joined(notes.collect())
}

/// Items not answered in full: not applicable, no data, blank, unreadable, with what was written.
pub fn unknowns(facts: &Facts<'_>) -> Table {
    let unknowns = unknowns::unknowns(facts.results);
    let all = [&unknowns.blank, &unknowns.unreadable, &unknowns.no_data, &unknowns.not_applicable];
    let rows = all.into_iter().flatten().map(|index| {
        let item = &facts.results.items[*index];
        row(vec![
            reference(item),
            Value::Text(question(facts, *index)),
            Value::Text(super::lead_of(facts, *index)),
            Of::Item(*index).figure(Which::State, Value::Text(state(&item.state))),
            Value::Text(written(facts, *index)),
            Value::Text(if item.state == "blank" { reasons(item).into() } else { super::told(facts.results, reasons(item)) }),
        ])
    });
    Table {
        id: "unknown",
        title: t("不适用与缺数据", "Not applicable and missing"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("状态", "State"), Kind::Short),
            column(t("所填内容", "Answer as entered"), Kind::Text),
            column(t("理由或说明", "Reason or note"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

fn written(facts: &Facts<'_>, index: usize) -> Text {
    let item = &facts.results.items[index];
    if item.state == "blank" {
        return Text::default();
    }
    let written = if item.answers.is_empty() { Text::default() } else { answer(facts, index) };
    if written.is_empty() { super::told(facts.results, String::new()) } else { written }
}

/// Every note beside an item that was not answered, whoever wrote it.
fn reasons(item: &ItemResult) -> String {
    joined(item.answers.iter().flat_map(|answer| [answer.note.as_str(), answer.review_note.as_str()]).collect())
}

/// The total, to be seen moving where a workbook is living.
pub fn total(facts: &Facts<'_>) -> Table {
    let total = &facts.results.total;
    let cells = vec![
        Of::Total.figure(Which::Score, Value::of(total.rounded)),
        Of::Total.figure(Which::Grade, Value::Text(super::headline::grade(facts.results))),
        Of::Total.figure(Which::Low, Value::of(total.low)),
        Of::Total.figure(Which::High, Value::of(total.high)),
        Of::Total.figure(Which::Score, Value::of(total.score)),
    ];
    Table {
        id: "total",
        title: t(
            "总分（随“答案”页变动；上下的句子和名单是出表时的，不变）",
            "Total (moves with the sheet Answers; sentences and lists around it stay as they were written)",
        ),
        columns: vec![
            column(t("总分", "Total"), Kind::Score),
            column(t("等级", "Grade"), Kind::Short),
            column(t("最低", "Low"), Kind::Score),
            column(t("最高", "High"), Kind::Score),
            column(t("未取舍", "Unrounded"), Kind::Unrounded),
        ],
        rows: vec![row(cells)],
    }
}

/// One table a view.
pub fn views(facts: &Facts<'_>) -> Vec<Table> {
    let mut first = 0;
    let tables = facts.views.iter().map(|one| {
        let table = view(one, first);
        first += one.rows.len();
        table
    });
    tables.collect()
}

/// Above a table by departments or by the words of a facet: its name, and in brackets how items of several words count.
pub fn view_title(name: &Text, rule: Text) -> Text {
    let lower = Text::new(name.zh.to_string(), name.en.to_lowercase());
    t("按{name}{rule}", "By {name}{rule}").with(&[("name", lower), ("rule", rule)])
}

/// The same answers by the words of one view; `first` is the number of its first row among those of all views.
pub fn view(view: &View, first: usize) -> Table {
    let rows = (first..).zip(&view.rows).map(|(index, one)| {
        row(vec![
            Value::Text(one.name.clone()),
            Of::View(index).figure(Which::Items, Value::Number(one.items as f64)),
            Of::View(index).figure(Which::Scored, Value::Number(one.scored as f64)),
            Of::View(index).figure(Which::Score, Value::of(one.score)),
            Of::View(index).figure(Which::Share, Value::Number(one.share)),
            Of::View(index).figure(Which::Loss, Value::Number(one.loss)),
            Value::Number(one.below_legal_floor as f64),
        ])
    });
    let rule = if view.key == FACETS[HAZARD].vocabulary.key {
        t("（一题可在几行，大类含其下各种）", " (an item may stand in several rows; a class holds its kinds)")
    } else if view.many {
        t("（一题可在几行）", " (an item may stand in several rows)")
    } else {
        Text::default()
    };
    Table {
        id: view.key,
        title: view_title(&view.name, rule),
        columns: vec![
            column(view.name.clone(), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("计分题数", "Scored"), Kind::Count),
            column(t("加权平均得分", "Weighted mean score"), Kind::Score),
            column(t("权重占比", "Weight in total"), Kind::Percent),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("未达法定要求", "Below the law"), Kind::Count),
        ],
        rows: rows.collect(),
    }
}
