//! Questions in words: which they are, what to teach again, and what got worse.

use crate::analysis::training::marking::Asked;
use crate::quiz::Session;
use crate::report::document::Block;
use crate::report::train::marks::{Facts, TOLD, WEAK_RATE, rate, rate_name, tables};
use crate::text::{Text, t};

/// What to teach again, and what got worse.
pub fn lists(facts: &Facts<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut list = |title: Text, all: Vec<Text>| {
        if all.is_empty() {
            return;
        }
        let more = if all.len() > TOLD {
            t("，共 {all} 题，只列前 {told} 题", ", {all} in all, the first {told} of them")
                .with(&[("all", all.len().into()), ("told", TOLD.into())])
        } else {
            Text::default()
        };
        blocks.push(Block::Heading(title.with(&[("more", more)])));
        blocks.push(Block::Numbered(all.into_iter().take(TOLD).collect()));
    };
    let title = t("要再讲的（{rate}不到 60%{more}）", "To be taught again ({rate} below 60%{more})").with(&[("rate", rate_name(facts))]);
    list(title, weak_questions(facts).map(|one| again(facts, one)).collect());
    let title = t("训后退步的题（训后正确率低于训前{more}）", "Questions that got worse (fewer right after the course than before{more})");
    list(title, fallen(facts).map(|one| worse(facts, one)).collect());
    blocks
}

/// A choice with what it says.
pub fn choice(asked: &Asked, index: usize) -> Text {
    asked.question.choices[index].clone()
}

/// A question by its number on the sheets, by topic and by its words.
pub fn named(facts: &Facts<'_>, asked: &Asked) -> Text {
    t("{placed}“{stem}”", "{placed}: \"{stem}\"")
        .with(&[("placed", placed(facts, asked.question.item)), ("stem", asked.question.stem.clone())])
}

/// `第 3 题（“预警发布与叫应”）`.
pub fn placed(facts: &Facts<'_>, item: usize) -> Text {
    let topics = tables::topics(facts, item);
    if topics.is_empty() {
        return number(facts, item);
    }
    t("{number}（{topics}）", "{number} ({topics})").with(&[("number", number(facts, item)), ("topics", topics)])
}

/// `第 3 题`; of a paper in another order after the course than before it `训前第 3 题、训后第 9 题`; of more orders than that only what it is.
pub fn number(facts: &Facts<'_>, item: usize) -> Text {
    let at = |session: Option<Session>| -> Vec<usize> {
        let own = facts.sheets.iter().filter(|sheet| session.is_none() || sheet.filled.session == session);
        let mut numbers: Vec<usize> =
            own.filter_map(|sheet| Some(sheet.questions.iter().position(|question| question.item == item)? + 1)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let said = |number: usize| t("第 {number} 题", "question {number}").with(&[("number", number.into())]);
    match (at(None).as_slice(), at(Some(Session::Before)).as_slice(), at(Some(Session::After)).as_slice()) {
        ([number], ..) => said(*number),
        ([_, _], [before], [after]) => {
            t("训前{before}、训后{after}", "{before} before, {after} after").with(&[("before", said(*before)), ("after", said(*after))])
        }
        _ => t("试题", "question"),
    }
}

/// What was asked, what most took for right, and the point to make.
fn again(facts: &Facts<'_>, asked: &Asked) -> Text {
    let args = [("rate", rate(asked.judged())), ("right", choice(asked, asked.question.right)), ("point", asked.question.point.clone())];
    let mistake = asked.common_mistake().map_or_else(Text::default, |(index, count)| {
        t("；{count} 人错选“{choice}”", "; {count} chose \"{choice}\"").with(&[("count", count.into()), ("choice", choice(asked, index))])
    });
    t("{named}正确率 {rate}%{mistake}。应为“{right}”。{point}", "{named} {rate}% right{mistake}. Right: \"{right}\". {point}")
        .with(&[args.to_vec(), vec![("mistake", mistake), ("named", named(facts, asked))]].concat())
}

/// How far it fell; what to say of it stands above where it has to be taught again.
fn worse(facts: &Facts<'_>, asked: &Asked) -> Text {
    let mistake = asked.common_mistake().map_or_else(Text::default, |(index, count)| {
        t("；训后 {count} 人错选“{choice}”", "; after it {count} chose \"{choice}\"")
            .with(&[("count", count.into()), ("choice", choice(asked, index))])
    });
    let is_told = weak_questions(facts).take(TOLD).any(|one| one.question.item == asked.question.item);
    let point = if is_told { t("见上。", "See above.") } else { asked.question.point.clone() };
    t(
        "{named}训前 {before}%，训后 {after}%{mistake}。应为“{right}”。{point}",
        "{named} {before}% right before, {after}% after{mistake}. Right: \"{right}\". {point}",
    )
    .with(&[
        ("before", rate(&asked.before)),
        ("after", rate(&asked.after)),
        ("mistake", mistake),
        ("right", choice(asked, asked.question.right)),
        ("named", named(facts, asked)),
        ("point", point),
    ])
}

pub fn weak_questions<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Asked> {
    facts.marking.questions.iter().filter(|one| is_weak(one))
}

fn is_weak(asked: &Asked) -> bool {
    asked.judged().rate().is_some_and(|rate| rate < WEAK_RATE)
}

/// Questions that fewer know after the course than before it, in the order of the others.
pub fn fallen<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Asked> {
    facts.marking.questions.iter().filter(|one| one.fell())
}
