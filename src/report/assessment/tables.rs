//! The tables of the report, each made once and used by pages and sheets alike.

use crate::analysis::views::View;
use crate::analysis::{ranking, steps, unknowns, weak_points};
use crate::finding::Severity;
use crate::report::Facts;
use crate::report::assessment::headline;
use crate::report::document::{Column, Kind, Row, Table, Value};
use crate::result::{GroupResult, ItemResult};
use crate::text::{Text, t};
use crate::tree::Criticality;
use crate::tree::vocabulary::{FACETS, HAZARD};

/// Below this part of its weight a group's score says little.
const THIN: f64 = 0.5;

fn column(name: Text, kind: Kind) -> Column {
    Column { name, kind }
}

fn row(cells: Vec<Value>) -> Row {
    Row { anchor: None, cells }
}

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
    let rows = results.groups.iter().filter(|group| wanted(group) && group.counts.in_scope() > 0).map(|group| Row {
        anchor: Some(group_anchor(&group.code)),
        cells: vec![
            group.code.clone().into(),
            Value::Text(group.name.clone()),
            Value::of(group.rounded),
            Value::Text(grade(facts, group)),
            Value::Number(group.share),
            Value::of(group.loss),
            Value::Number(group.counts.in_scope() as f64),
            Value::Number(group.counts.not_applicable as f64),
            Value::Number((group.counts.blank + group.counts.unreadable + group.counts.no_data) as f64),
            Value::Text(bounds(facts, group)),
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
    if group.coverage.is_some_and(|coverage| coverage < THIN) {
        t("{grade}（覆盖不足）", "{grade} (thin)").with(&[("grade", name)])
    } else {
        name
    }
}

fn bounds(facts: &Facts<'_>, group: &GroupResult) -> Text {
    if group.low == group.high {
        return Text::default();
    }
    let score = |value| super::headline::score(facts.results, value);
    t("{low}～{high}", "{low} to {high}").with(&[("low", score(group.low)), ("high", score(group.high))])
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
                    Value::Number(rank as f64),
                    Value::Link(named(group), group_anchor(&group.code)),
                    Value::of(group.rounded),
                    Value::Text(grade(facts, group)),
                    Value::of(group.loss),
                ])
            })
            .collect(),
    }
}

/// `16 演习`.
pub fn named(group: &GroupResult) -> Text {
    Text::join(&[group.code.clone().into(), group.name.clone()], " ", " ")
}

/// Every item.
pub fn details(facts: &Facts<'_>) -> Table {
    let rows = facts.results.items.iter().enumerate().filter(|(_, item)| item.state != "out_of_scope").map(|(index, item)| {
        let group = match &item.parent {
            Some(code) => Value::Link(code.clone().into(), group_anchor(code)),
            None => Value::Empty,
        };
        row(vec![
            item.reference.clone().into(),
            group,
            Value::Text(question(facts, index)),
            Value::Text(super::lead_of(facts, index)),
            Value::Text(answer(facts, index)),
            Value::Text(state(&item.state)),
            Value::of(item.score),
            Value::Number(item.share),
            Value::of(item.loss),
            evidence(item).into(),
            note(item).into(),
            sources(item).into(),
        ])
    });
    Table {
        id: "details",
        title: t("评分明细", "All items"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("所属", "Group"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("答案", "Answer"), Kind::Text),
            column(t("状态", "State"), Kind::Short),
            column(t("得分", "Score"), Kind::Score),
            column(t("权重占比", "Weight in total"), Kind::Percent),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("佐证材料", "Evidence"), Kind::Text),
            column(t("说明", "Note"), Kind::Text),
            column(t("出处", "Source"), Kind::Text),
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
    let item = &facts.results.items[index];
    let cells: Vec<_> = steps::counting_cells(item).into_iter().filter(|(_, cell)| cell.state != "blank").collect();
    match cells.as_slice() {
        [] => state(&item.state),
        [(_, cell)] => shown(facts, index, &cell.text, &cell.state),
        several => {
            let parts: Vec<Text> =
                several.iter().map(|(answer, cell)| said(&answer.respondent.name, shown(facts, index, &cell.text, &cell.state))).collect();
            Text::join(&parts, "；", "; ")
        }
    }
}

/// One cell as a reader understands it away from its item.
fn shown(facts: &Facts<'_>, index: usize, text: &str, code: &str) -> Text {
    match (code, facts.tree.items.get(index)) {
        ("answered", Some(item)) => item.scaled.scale.shown(text, &item.question),
        ("unreadable", _) => Text::same(text.to_string()),
        _ => state(code),
    }
}

/// `财政部门：45/50`.
fn said(who: &str, what: Text) -> Text {
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

/// The cells that count: cell, sheet and file.
fn sources(item: &ItemResult) -> String {
    let cells: Vec<String> = steps::counting_cells(item)
        .iter()
        .filter(|(_, cell)| cell.state != "blank")
        .map(|(answer, cell)| format!("{} {} {}", cell.cell, answer.place.sheet, answer.place.file))
        .collect();
    cells.join("；")
}

fn evidence(item: &ItemResult) -> String {
    joined(item.answers.iter().filter(|answer| answer.counts).map(|answer| answer.evidence.as_str()).collect())
}

/// The notes of the answers that count, the reviewer's where the review counts.
fn note(item: &ItemResult) -> String {
    let notes = item.answers.iter().filter(|answer| answer.counts).flat_map(|answer| {
        let reviewed = answer.review.as_ref().is_some_and(|review| review.state != "blank");
        [answer.note.as_str(), if reviewed { answer.review_note.as_str() } else { "" }]
    });
    joined(notes.collect())
}

/// Does the tree say what closes gaps?
pub fn has_actions(facts: &Facts<'_>) -> bool {
    facts.tree.items.iter().any(|item| !item.content.actions.is_empty())
}

/// Column 7 of the weak points, left out where the tree states no actions.
const ACTION: usize = 7;

/// Items that lose points, the largest loss first.
pub fn weak_points(facts: &Facts<'_>, most: usize) -> Table {
    let results = facts.results;
    let rows = (1usize..).zip(facts.weak.iter().take(most)).map(|(rank, point)| {
        let item = &results.items[point.item];
        let next = facts.next_step(point.item);
        row(vec![
            Value::Number(rank as f64),
            item.reference.clone().into(),
            Value::Text(question(facts, point.item)),
            Value::Text(super::lead_of(facts, point.item)),
            Value::Text(answer(facts, point.item)),
            Value::of(item.score),
            next.as_ref().map_or(Value::Empty, |next| Value::Text(headline::needed(&item.state, &next.step.what))),
            action(facts, point.item).map_or(Value::Empty, Value::Text),
            next.as_ref().map_or(Value::Empty, |next| Value::Number(next.gain)),
            Value::Number(point.loss),
            Value::Number(point.cumulative_part),
        ])
    });
    let mut table = Table {
        id: "weak",
        title: t("失分最多的题", "Items that lose most"),
        columns: vec![
            column(t("序号", "No."), Kind::Count),
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("上一档要做到", "Needed for the next step"), Kind::Text),
            column(t("措施（责任部门、天数、办结凭据）", "Action (owner, days, proof)"), Kind::Text),
            column(t("可增分", "Gain"), Kind::Points),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("累计占全部失分", "Cumulative share of loss"), Kind::Percent),
        ],
        rows: rows.collect(),
    };
    if !has_actions(facts) {
        table.columns.remove(ACTION);
        table.rows.iter_mut().for_each(|row| {
            row.cells.remove(ACTION);
        });
    }
    table
}

/// 临界项: one small effort short of a step.
pub fn near_steps(facts: &Facts<'_>) -> Table {
    let rows = facts.near.iter().map(|near| {
        let index = near.next.item;
        let item = &facts.results.items[index];
        row(vec![
            item.reference.clone().into(),
            Value::Text(question(facts, index)),
            Value::Text(super::lead_of(facts, index)),
            Value::Text(answer(facts, index)),
            Value::Text(near.next.step.what.clone()),
            Value::Text(near.short_by.clone()),
            Value::Number(near.next.gain),
        ])
    });
    Table {
        id: "near",
        title: t(
            "临界项：差一点就上一档（与下一档相差不超过该档的 5%，计数的相差 1）",
            "Just short of the next step (by at most 5 % of the step, or by 1 where things are counted)",
        ),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("上一档要做到", "Needed for the next step"), Kind::Text),
            column(t("还差", "Short by"), Kind::Short),
            column(t("可增分", "Gain"), Kind::Points),
        ],
        rows: rows.collect(),
    }
}

/// What to mend at once: failed vetoes and key items at 0.
pub fn critical(facts: &Facts<'_>) -> Table {
    let results = facts.results;
    let all = facts.first.iter().copied().filter(|index| weak_points::is_critical_failure(results, &results.items[*index]));
    let rows = all.map(|index| {
        let item = &results.items[index];
        let kind = if facts.tree.items[index].criticality == Criticality::Veto { t("否决项", "veto") } else { t("关键项", "key") };
        let next = facts.next_step(index);
        row(vec![
            item.reference.clone().into(),
            Value::Text(kind),
            Value::Text(question(facts, index)),
            Value::Text(super::lead_of(facts, index)),
            Value::Text(answer(facts, index)),
            next.map_or(Value::Empty, |next| Value::Text(headline::needed(&item.state, &next.step.what))),
        ])
    });
    Table {
        id: "critical",
        title: t("未达标的否决项和 0 分的关键项", "Failed veto items and key items at 0"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("类别", "Kind"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("须做到", "Needed"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// Items not answered in full: not applicable, no data, blank, unreadable, with what was written.
pub fn unknowns(facts: &Facts<'_>) -> Table {
    let unknowns = unknowns::unknowns(facts.results);
    let all = [&unknowns.blank, &unknowns.unreadable, &unknowns.no_data, &unknowns.not_applicable];
    let rows = all.into_iter().flatten().map(|index| {
        let item = &facts.results.items[*index];
        row(vec![
            item.reference.clone().into(),
            Value::Text(question(facts, *index)),
            Value::Text(super::lead_of(facts, *index)),
            Value::Text(state(&item.state)),
            Value::Text(written(facts, *index)),
            reasons(item).into(),
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
    if item.state == "blank" || item.answers.is_empty() { Text::default() } else { answer(facts, index) }
}

/// Every note beside an item that was not answered, whoever wrote it.
fn reasons(item: &ItemResult) -> String {
    joined(item.answers.iter().flat_map(|answer| [answer.note.as_str(), answer.review_note.as_str()]).collect())
}

/// Items that the assessors' review put otherwise than a self-rating.
pub fn reviewed(facts: &Facts<'_>) -> Table {
    let rows = facts.results.items.iter().enumerate().filter_map(|(index, item)| {
        let reviews: Vec<_> =
            item.answers.iter().filter(|answer| answer.counts).filter_map(|answer| Some((answer, answer.review.as_ref()?))).collect();
        let reviews: Vec<_> = reviews.into_iter().filter(|(_, review)| review.state != "blank").collect();
        let (first, _) = reviews.first()?;
        let selves: Vec<_> =
            item.answers.iter().filter_map(|answer| Some((answer, answer.own.as_ref()?))).filter(|(_, own)| own.state != "blank").collect();
        let same = |one: &str, two: &str| shown(facts, index, one, "answered") == shown(facts, index, two, "answered");
        let agreed =
            reviews.iter().all(|(_, review)| selves.iter().all(|(_, own)| own.state == review.state && same(&own.text, &review.text)));
        let mut own: Vec<Text> =
            selves.iter().map(|(answer, own)| said(&answer.respondent.name, shown(facts, index, &own.text, &own.state))).collect();
        // Versions of one respondent often say the same.
        own.dedup();
        let review: Vec<Text> = reviews.iter().map(|(_, review)| shown(facts, index, &review.text, &review.state)).collect();
        (!agreed && !selves.is_empty()).then(|| {
            row(vec![
                item.reference.clone().into(),
                Value::Text(question(facts, index)),
                Value::Text(Text::join(&own, "；", "; ")),
                Value::Text(Text::join(&review, "；", "; ")),
                first.review_note.clone().into(),
            ])
        })
    });
    Table {
        id: "reviewed",
        title: t("复核改动", "Changed by review"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("各方自评", "Self-ratings"), Kind::Text),
            column(t("复核", "Review"), Kind::Text),
            column(t("复核说明", "Review note"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The same answers by the words of one view.
pub fn view(view: &View) -> Table {
    let rows = view.rows.iter().map(|one| {
        row(vec![
            Value::Text(one.name.clone()),
            Value::Number(one.items as f64),
            Value::Number(one.scored as f64),
            Value::of(one.score),
            Value::Number(one.share),
            Value::Number(one.loss),
            Value::Number(one.below_legal_floor as f64),
        ])
    });
    let title = if view.key == FACETS[HAZARD].vocabulary.key {
        t("按{name}（一题可在几行，大类含其下各种）", "By {name} (an item may stand in several rows; a class holds its kinds)")
    } else if view.many {
        t("按{name}（一题可在几行）", "By {name} (an item may stand in several rows)")
    } else {
        t("按{name}", "By {name}")
    };
    let lower = Text::new(view.name.zh.to_string(), view.name.en.to_lowercase());
    Table {
        id: view.key,
        title: title.with(&[("name", lower)]),
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

/// 未达法定要求: what the law asks for and is not met, whatever the score.
pub fn below_the_law(facts: &Facts<'_>) -> Table {
    let rows = facts.legal.below.iter().map(|index| {
        let result = &facts.results.items[*index];
        let item = &facts.tree.items[*index];
        row(vec![
            result.reference.clone().into(),
            Value::Text(question(facts, *index)),
            Value::Text(super::lead_of(facts, *index)),
            Value::Text(answer(facts, *index)),
            Value::of(result.score),
            item.floor_shown().map_or(Value::Empty, Value::Text),
            Value::Text(item.content.laws_shown(facts.tree)),
            action(facts, *index).map_or(Value::Empty, Value::Text),
        ])
    });
    Table {
        id: "law",
        title: t("未达法定要求的题", "Items below what the law asks for"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("牵头部门", "Lead"), Kind::Short),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("法律要求", "The law asks for"), Kind::Text),
            column(t("依据", "Basis"), Kind::Text),
            column(t("措施（责任部门、天数、办结凭据）", "Action (owner, days, proof)"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// What leads on from the item's score, with its owner, days and proof; none where the tree states no action or the item has its full score.
pub fn action(facts: &Facts<'_>, index: usize) -> Option<Text> {
    let score = facts.results.items.get(index)?.score?;
    facts.tree.items.get(index)?.content.action_from(score).map(|action| action.shown(facts.tree))
}

/// Findings, errors first.
pub fn findings(facts: &Facts<'_>) -> Table {
    let mut all: Vec<_> = facts.results.findings.iter().collect();
    all.sort_by_key(|finding| finding.severity);
    let rows = all.into_iter().map(|finding| {
        let place = &finding.place;
        row(vec![
            Value::Text(finding.severity.word()),
            place.file.clone().unwrap_or_default().into(),
            place.sheet.clone().unwrap_or_default().into(),
            place.cell.clone().unwrap_or_default().into(),
            Value::Text(finding.message.clone()),
        ])
    });
    Table {
        id: "findings",
        title: t("数据问题", "Data problems"),
        columns: vec![
            column(t("程度", "Severity"), Kind::Short),
            column(t("文件", "File"), Kind::Text),
            column(t("工作表", "Sheet"), Kind::Text),
            column(t("单元格", "Cell"), Kind::Short),
            column(t("问题与办法", "What, and what to do"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// How many findings are errors and how many warnings.
pub fn finding_counts(facts: &Facts<'_>) -> (usize, usize) {
    let count = |severity| facts.results.findings.iter().filter(|finding| finding.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning))
}

/// The files read, with their digests.
pub fn inputs(facts: &Facts<'_>) -> Table {
    Table {
        id: "inputs",
        title: t("读入的文件", "Files read"),
        columns: vec![column(t("文件", "File"), Kind::Text), column(t("SHA-256 摘要", "SHA-256"), Kind::Text)],
        rows: facts.results.inputs.iter().map(|input| row(vec![input.file.clone().into(), input.sha256.clone().into()])).collect(),
    }
}

/// Who answered, from which file.
pub fn respondents(facts: &Facts<'_>) -> Table {
    let mut seen: Vec<(String, String, usize, usize)> = Vec::new();
    for item in &facts.results.items {
        for answer in &item.answers {
            let filled = [answer.own.as_ref().map(|own| own.state.as_str()), answer.review.as_ref().map(|review| review.state.as_str())];
            let filled = usize::from(filled.into_iter().flatten().any(|state| state != "blank"));
            let counted = usize::from(answer.counts && filled == 1);
            match seen.iter_mut().find(|(name, file, _, _)| *name == answer.respondent.name && *file == answer.place.file) {
                Some((_, _, answers, counts)) => {
                    *answers += filled;
                    *counts += counted;
                }
                None => seen.push((answer.respondent.name.clone(), answer.place.file.clone(), filled, counted)),
            }
        }
    }
    Table {
        id: "respondents",
        title: t("填报情况", "Who answered"),
        columns: vec![
            column(t("填报单位", "Respondent"), Kind::Text),
            column(t("文件", "File"), Kind::Text),
            column(t("填了", "Items filled"), Kind::Count),
            column(t("采用", "Items used"), Kind::Count),
        ],
        rows: seen
            .into_iter()
            .map(|(name, file, answers, counts)| {
                let name = if name.is_empty() { t("（未署名）", "(unnamed)") } else { name.into() };
                row(vec![Value::Text(name), file.into(), Value::Number(answers as f64), Value::Number(counts as f64)])
            })
            .collect(),
    }
}

/// A form that people fill by hand.
pub fn form(id: &'static str, title: Text, lines: &[Text]) -> Table {
    Table {
        id,
        title,
        columns: vec![
            column(t("事项", "Subject"), Kind::Text),
            column(t("内容（由评估组填写）", "To be filled in by the assessors"), Kind::Text),
        ],
        rows: lines.iter().map(|line| row(vec![Value::Text(line.clone()), Value::Text(Text::same(" "))])).collect(),
    }
}
