//! One item: the cells, how they were read, the rule, the weight, what would change it.

use crate::analysis::derivation::{Case, Cell, ItemDerivation, Verdict, WhatIf};
use crate::number::fixed;
use crate::place::Place;
use crate::policy::Missing;
use crate::report::assessment;
use crate::report::document::{Block, Section};
use crate::report::explain::{WITHHELD, change, groups, left, percent, points, score, section, target, weights};
use crate::result::Results;
use crate::survey::layout::{ASSESSOR, Verification, called, is};
use crate::text::{Text, t};
use crate::tree::{Criticality, Item, Tree};

pub fn sections(one: &ItemDerivation, results: &Results, tree: &Tree) -> Vec<Section> {
    let item = &tree.items[one.item];
    if is_withheld(one) {
        return vec![result(one, results, tree, item), weights(&one.path, one.share)];
    }
    let mut sections = vec![result(one, results, tree, item), answers(one, results, tree, item), rule(one, results, tree, item)];
    sections.push(weight(one));
    if !one.what_if.is_empty() {
        sections.push(otherwise(one, results, item));
    }
    sections
}

/// Is its score taken out of the results?
fn is_withheld(one: &ItemDerivation) -> bool {
    one.left.as_ref().is_some_and(|left| left.why == WITHHELD)
}

fn result(one: &ItemDerivation, results: &Results, tree: &Tree, item: &Item) -> Section {
    let lead = match (one.score, one.contribution) {
        (Some(value), Some(contribution)) => {
            t("得分 {score}；占总分的 {share}，计入总分 {points} 分", "Score {score}; share in the total {share}, contribution {points}")
                .with(&[("score", score(results, value)), ("share", percent(one.share)), ("points", points(contribution))])
        }
        _ => t("没有得分：{why}", "No score: {why}").with(&[("why", one.left.as_ref().map(|why| left(why, None)).unwrap_or_default())]),
    };
    let named = |name: Text, value: Text| t("{name}：{value}", "{name}: {value}").with(&[("name", name), ("value", value)]);
    let question = t("{mark}{question}（{id}，第 {rev} 版）", "{mark}{question} ({id}, revision {rev})").with(&[
        ("mark", item.criticality.mark().into()),
        ("id", item.id.clone().into()),
        ("rev", item.rev.into()),
        ("question", one.question.clone()),
    ]);
    let mut list = vec![named(t("指标", "Indicator"), question)];
    let above = groups(&one.path[1..], results);
    list.extend((!above.is_empty()).then(|| named(t("所属", "Group"), above)));
    let asked = Text::join(&tree.asked(one.item), "、", ", ");
    list.extend((!asked.is_empty()).then(|| named(t("由谁作答", "Asked of"), asked)));
    list.push(named(t("状态", "State"), assessment::state(&one.state)));
    list.extend(target(results, &one.target, one.share));
    section(t("结论", "Result"), vec![Block::Lead(lead), Block::List(list)])
}

fn answers(one: &ItemDerivation, results: &Results, tree: &Tree, item: &Item) -> Section {
    let (blank, filled): (Vec<&Cell>, Vec<&Cell>) = one.cells.iter().partition(|cell| cell.state == "blank");
    let mut blocks = Vec::new();
    if !filled.is_empty() {
        blocks.push(Block::Numbered(filled.into_iter().map(|cell| answer(cell, one, results, tree, item)).collect()));
    }
    if !blank.is_empty() {
        let places: Vec<Text> = blank.iter().map(|cell| place(cell)).collect();
        let text = t("{count} 份表里本题空白：{places}", "Blank in {count} [workbook|workbooks]: {places}");
        blocks.push(Block::Text(text.counted(blank.len()).with(&[("places", Text::join(&places, "；", "; "))])));
    }
    if blocks.is_empty() {
        blocks.push(Block::Text(t("收回的表中没有这道题的答案。", "No workbook that came back answers this item.")));
    }
    section(t("填了什么，用了哪个", "What was answered, and what counts"), blocks)
}

/// `区财政局.xlsx，01 法制基础，E7`.
fn place(cell: &Cell) -> Text {
    let [file, sheet, at] = [&cell.file, &cell.sheet, &cell.cell].map(|part| Some(part.clone()));
    Place { file, sheet, cell: at, ..Place::default() }.show()
}

/// One cell in a sentence: does it count, whose it is, what it says, how it was read, where it stands.
fn answer(cell: &Cell, one: &ItemDerivation, results: &Results, tree: &Tree, item: &Item) -> Text {
    let who = if cell.respondent.is_empty() { assessment::nobody(results) } else { called(tree, &cell.respondent) };
    let column = if cell.review { t("复核", "review") } else { t("自评", "self-rating") };
    let mut parts = vec![
        t("【{verdict}】{who}，第 {number} 次报送，{column}", "[{verdict}] {who}, submission {number}, {column}").with(&[
            ("verdict", verdict(cell, &one.state, results.policy.missing)),
            ("number", cell.submission.into()),
            ("column", column),
            ("who", who),
        ]),
        said(cell, results, item),
    ];
    let way = Verification::ALL.iter().find(|(_, code, _)| *code == cell.verification).map(|(_, _, words)| words.clone());
    parts.extend(way.map(|way| t("核验方式：{way}", "verified by: {way}").with(&[("way", way)])));
    let written = [
        (&cell.evidence, t("佐证材料：{text}", "evidence: {text}")),
        (&cell.note, if cell.review { t("复核说明：{text}", "review note: {text}") } else { t("说明：{text}", "note: {text}") }),
    ];
    parts.extend(
        written.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, words)| words.with(&[("text", text.as_str().into())])),
    );
    parts.push(t("出处：{place}", "source: {place}").with(&[("place", place(cell))]));
    Text::join(&parts, "；", "; ")
}

/// `“45/50”，读作“90%”，得 66.7 分`.
fn said(cell: &Cell, results: &Results, item: &Item) -> Text {
    let is_withheld = results.redacted.is_some() && cell.text.is_empty();
    let text = if is_withheld { t("（所填内容不公开）", "(text withheld)") } else { t("“{text}”", "\"{text}\"") };
    let text = text.with(&[("text", cell.text.clone().into())]);
    match (cell.state.as_str(), cell.score) {
        ("blank", _) => t("空白", "blank"),
        ("answered", Some(value)) => {
            let read = read_as(cell, item);
            let read = if read.is_empty() { read } else { t("，读作“{read}”", ", read as \"{read}\"").with(&[("read", read)]) };
            t("{text}{read}，得 {score} 分", "{text}{read}, scores {score}").with(&[
                ("score", fixed(value, results.policy.decimals).into()),
                ("read", read),
                ("text", text),
            ])
        }
        (state, _) => {
            // What was typed is often the state's own word.
            let word = assessment::state(state);
            let and = |typed: bool, word: String| if typed { String::new() } else { word };
            let is_word = |word: &str| cell.text.eq_ignore_ascii_case(word);
            let (zh, en) = (and(is_word(&word.zh), format!("，{}", word.zh)), and(is_word(&word.en), format!(", {}", word.en)));
            Text::new(format!("{}{zh}", text.zh), format!("{}{en}", text.en))
        }
    }
}

/// What was read, where it is not what was typed: a reader's form of it, and the plain value where that says more.
pub fn read_as(cell: &Cell, item: &Item) -> Text {
    let Some(value) = cell.value.as_deref() else { return Text::default() };
    let shown = item.scaled.scale.shown(&cell.text, &item.question);
    let plain = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let typed = plain(&cell.text);
    // A fraction is shown as typed; its value is what the rule sees.
    let best = if plain(&shown.zh) == typed { Text::same(value) } else { shown };
    if plain(&best.zh) == typed { Text::default() } else { best }
}

/// Why a cell counts or does not.
fn verdict(cell: &Cell, item: &str, missing: Missing) -> Text {
    match cell.verdict {
        Verdict::Counts if cell.state == "no_data" => t("计入，按 0 分", "counts as 0"),
        Verdict::Counts => t("计入", "counts"),
        Verdict::Leaves => t("未计：不适用，本题因此退出计分", "not counted: N/A, by which the item leaves the score"),
        Verdict::Unreadable if missing == Missing::Zero => {
            t("未计：读不出，本题因此按空白计 0 分", "not counted: unreadable, so the item scores 0 as a blank does")
        }
        Verdict::Unreadable => t("未计：读不出，本题因此退出计分", "not counted: unreadable, so the item leaves the score"),
        Verdict::Blank => t("未计：空白", "not counted: blank"),
        Verdict::Outweighed => {
            let what = match item {
                "answered" => t("作了答的", "an answer"),
                state => t("填“{state}”的", "\"{state}\"").with(&[("state", assessment::state(state))]),
            };
            t("未计：{own}；另有{what}，以它为准", "not counted: {own}; {what} elsewhere comes first")
                .with(&[("what", what), ("own", assessment::state(&cell.state))])
        }
        Verdict::OutOfScope => t("未计：本题本次不评", "not counted: the item is not assessed"),
        Verdict::Copy => t(
            "未另计：与同一填报单位的另一份相同，只看那一份",
            "not counted again: equal to another file of the same respondent, which stands for both",
        ),
        Verdict::Superseded => t("未计：同一填报单位以最后一次报送为准", "not counted: a later submission of the same respondent counts"),
        Verdict::BlankBeside => t("未计：同一次报送的另一份里有答案", "not counted: another file of the same submission holds an answer"),
        Verdict::Torn => {
            t("未计：同一次报送的两份答案不同，无法取舍", "not counted: two files of the same submission differ, so neither is taken")
        }
        Verdict::Reviewed => t("未计：已有复核，只认复核", "not counted: only reviews count where there is one"),
        Verdict::Assessor => t("未计：评估组自己填了，以评估组的为准", "not counted: the assessors answered themselves"),
        Verdict::Lead => t("未计：牵头部门有答案，以牵头部门的为准", "not counted: the lead department's word comes first"),
        Verdict::SetAside => t(
            "未计：只能由上级或评估组作答，其他单位的自评不计",
            "not counted: only the higher authority or the assessors may answer this item",
        ),
        Verdict::Otherwise => {
            t("未计：按版本、复核、牵头的规则没有选用", "not counted: not chosen by the rules of versions, review and lead")
        }
    }
}

fn rule(one: &ItemDerivation, results: &Results, tree: &Tree, item: &Item) -> Section {
    let guide = item.scaled.guide();
    let english: Vec<&str> = guide.en.lines().collect();
    let lines = guide.zh.lines().enumerate();
    let guide: Vec<Text> = lines.map(|(at, zh)| Text::new(zh, english.get(at).copied().unwrap_or_default())).collect();
    let mut said = Vec::new();
    if one.state == "answered" {
        said.extend(without_lead(one, tree));
        said.extend(merged(one, results));
    } else if let Some(why) = without_answer(one, results) {
        said.push(why);
    }
    match (reached(one), one.score) {
        (Some(what), Some(value)) if one.is_between => said.push(
            t("合并后的 {score} 分不是哪一档的分：{what}", "The merged {score} is the score of no step: {what}")
                .with(&[("score", score(results, value)), ("what", what)]),
        ),
        (Some(what), _) => said.push(t("达到的一档：{what}", "Step reached: {what}").with(&[("what", what)])),
        // What nobody answered reaches no step, and none is known to be missed.
        (None, Some(0.0)) if one.state == "answered" => said.push(t("还没有达到 0 分以上的任何一档", "No step above 0 is reached")),
        // Where every value has its own score there is no step to name.
        (None, _) => {}
    }
    if let Some(next) = &one.next {
        said.push(t("上一档（{score} 分）：{what}", "Next step ({score}): {what}").with(&[
            ("score", fixed(next.score, results.policy.decimals).into()),
            ("what", assessment::headline::needed(&one.state, &next.what)),
        ]));
    }
    said.extend(criticality(one, item));
    said.extend(item.floor_shown().map(|floor| {
        let met = match results.items[one.item].below_legal_floor {
            Some(true) => t("未达到", "not met"),
            Some(false) => t("已达到", "met"),
            None => t("本次不判断", "not judged here"),
        };
        t("法律要求：{floor}（{met}）", "The law asks for: {floor} ({met})").with(&[("met", met), ("floor", floor)])
    }));
    section(t("怎样评的", "How it was scored"), vec![Block::Text(t("评分标准：", "Scoring guide:")), Block::List(guide), Block::List(said)])
}

/// The step reached; of several answers merged to the score of no step, the two that it lies between.
pub fn reached(one: &ItemDerivation) -> Option<Text> {
    let low = one.reached.clone();
    match &one.next {
        Some(next) if one.is_between => Some(match low {
            Some(low) => {
                t("在“{low}”与“{high}”两档之间", "between \"{low}\" and \"{high}\"").with(&[("low", low), ("high", next.what.clone())])
            }
            None => t("在最低档与“{high}”之间", "between the lowest step and \"{high}\"").with(&[("high", next.what.clone())]),
        }),
        _ => low,
    }
}

/// Others' answers count where the lead department, whose word would come first, gave none.
fn without_lead(one: &ItemDerivation, tree: &Tree) -> Option<Text> {
    let asked = tree.asked(one.item);
    let counted: Vec<&Cell> = one.cells.iter().filter(|cell| cell.verdict == Verdict::Counts).collect();
    let is_lead = |cell: &Cell| {
        let department = tree.department_named(&cell.respondent);
        asked.iter().any(|name| is(&cell.respondent, name)) || (department.is_some() && department == tree.items[one.item].lead)
    };
    let is_other = |cell: &&Cell| !cell.review && !cell.respondent.is_empty() && !is(&cell.respondent, &ASSESSOR) && !is_lead(cell);
    let lead_spoke = one.cells.iter().any(|cell| is_lead(cell) && cell.state != "blank");
    if asked.is_empty() || counted.is_empty() || lead_spoke || !counted.iter().all(is_other) {
        return None;
    }
    let text = match counted.as_slice() {
        [only] => t("牵头的{lead}没有作答，用的是{who}的答案", "The lead, {lead}, gave no answer; that of {who} counts")
            .with(&[("who", called(tree, &only.respondent))]),
        _ => t("牵头的{lead}没有作答，其余各方的答案{merge}", "The lead, {lead}, gave no answer; of the others {merge} counts")
            .with(&[("merge", one.merge.words())]),
    };
    Some(text.with(&[("lead", Text::join(&asked, "、", ", "))]))
}

/// The scores that were merged, where there are several.
fn merged(one: &ItemDerivation, results: &Results) -> Option<Text> {
    let scores: Vec<Text> =
        one.cells.iter().filter(|cell| cell.verdict == Verdict::Counts).filter_map(|cell| cell.score).map(points).collect();
    let parts = [
        ("merge", one.merge.words()),
        ("count", scores.len().into()),
        ("scores", Text::join(&scores, "、", ", ")),
        ("score", one.score.map_or_else(Text::default, |value| score(results, value))),
    ];
    (scores.len() > 1).then(|| {
        t(
            "{count} 份计入的得分合并，{merge}：{scores}，得 {score}",
            "{count} scores that count are merged, {merge}: {scores}, which gives {score}",
        )
        .with(&parts)
    })
}

/// What a state without an answer scores.
fn without_answer(one: &ItemDerivation, results: &Results) -> Option<Text> {
    Some(match (one.state.as_str(), results.policy.missing) {
        ("no_data", _) => t("查无资料，按 0 分计", "No data scores 0"),
        ("blank", Missing::Zero) => t("空白，按 0 分计", "Blank scores 0"),
        ("unreadable", Missing::Zero) => t("读不出，按空白计 0 分", "Unreadable scores 0, as a blank does"),
        _ => return None,
    })
}

fn criticality(one: &ItemDerivation, item: &Item) -> Option<Text> {
    let rule = match item.criticality {
        Criticality::Normal => return None,
        Criticality::Key => t("关键项：得 0 分就限制等级", "Key item: at 0 it caps the grade"),
        Criticality::Veto => t(
            "否决项：计入的答案中有一个得分不高于 {score} 就是未达标",
            "Veto item: it fails where any answer that counts is at or below {score}",
        )
        .with(&[("score", item.fails_at.to_string().into())]),
    };
    let outcome = match (one.state.as_str(), one.grade_reasons.as_slice()) {
        ("blank" | "unreadable", []) => t("没有答案，不算达标也不算未达标", "without an answer it counts as neither met nor failed"),
        ("not_applicable" | "out_of_scope", []) => t("已离开，不判断", "it left and is not judged"),
        (_, []) => t("本次达标", "met here"),
        (_, reasons) => Text::join(&reasons.iter().map(|reason| reason.message.clone()).collect::<Vec<_>>(), "；", "; "),
    };
    Some(t("{rule}；{outcome}", "{rule}; {outcome}").with(&[("rule", rule), ("outcome", outcome)]))
}

fn weight(one: &ItemDerivation) -> Section {
    let mut section = weights(&one.path, one.share);
    if let (Some(value), Some(contribution)) = (one.score, one.contribution) {
        section.blocks.push(Block::Text(
            t("计入总分 = {share} × 得分 {score} = {points}", "Contribution = {share} × score {score} = {points}").with(&[
                ("share", percent(one.share)),
                ("score", points(value)),
                ("points", points(contribution)),
            ]),
        ));
    } else {
        section.blocks.push(Block::Text(t(
            "没有得分，不占权重；它的权重由同级其余有得分的分担，同级都没有得分的，整组离开。",
            "Without a score it has no share; its weight goes to the siblings that have one, and where none has, the whole group leaves.",
        )));
    }
    section
}

fn otherwise(one: &ItemDerivation, results: &Results, item: &Item) -> Section {
    let lines = one.what_if.iter().map(|case| what_if(case, one, item)).collect();
    let now = results.total.score.map_or_else(
        || t("现在没有总分。", "There is no total now."),
        |total| {
            t(
                "现在的总分 {total}；下面只改这一题，其余不变，只看分数，等级另看否决项和关键项。",
                "The total now is {total}. Below only this item changes; grades depend on veto and key items too.",
            )
            .with(&[("total", points(total))])
        },
    );
    section(t("怎样会变", "What would change it"), vec![Block::Text(now), Block::List(lines)])
}

/// `最好（100 分）：总分 71.3412，+0.0231`.
fn what_if(case: &WhatIf, one: &ItemDerivation, item: &Item) -> Text {
    let name = match case.case {
        Case::NextStep => {
            t("上一档：{what}", "Next step: {what}").with(&[("what", one.next.as_ref().map(|next| next.what.clone()).unwrap_or_default())])
        }
        Case::Best => t("最好的答案（100 分）", "The best answer (100)"),
        Case::Worst => t("最差的答案（0 分）", "The worst answer (0)"),
        Case::NotApplicable if item.na.is_some() => t("不适用", "Not applicable"),
        Case::NotApplicable => {
            t("不计此题（本题不允许填不适用，仅供比较）", "Without the item (it does not take N/A; for comparison only)")
        }
    };
    let total =
        case.total.map_or_else(|| t("没有总分", "no total"), |total| t("总分 {total}", "total {total}").with(&[("total", points(total))]));
    let moved = case.change.map(|points| t("，{change}", ", {change}").with(&[("change", change(points).into())])).unwrap_or_default();
    t("{name}：{total}{moved}", "{name}: {total}{moved}").with(&[("total", total), ("moved", moved), ("name", name)])
}
