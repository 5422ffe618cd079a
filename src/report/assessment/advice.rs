//! Recommendations: what to mend first, what lies near, what to build up.

use crate::analysis::weak_points;
use crate::number::fixed;
use crate::report::Facts;
use crate::report::assessment::{gaps, headline};
use crate::report::document::{Block, Section};
use crate::text::{Text, t};

/// Items just short of a step that the recommendations name.
const NEAREST: usize = 10;

pub fn advice(facts: &Facts<'_>) -> Section {
    let results = facts.results;
    let mut blocks = Vec::new();
    let things = |wanted: &dyn Fn(usize) -> bool, most: usize| -> Vec<Text> {
        facts.first.iter().copied().filter(|index| wanted(*index)).take(most).map(|index| headline_thing(facts, index)).collect()
    };
    let item = |index: usize| &results.items[index];
    let critical = |index: usize| weak_points::is_critical_failure(results, item(index)) || item(index).below_legal_floor == Some(true);
    let near: Vec<usize> = facts.near.iter().map(|near| near.next.item).filter(|index| !critical(*index)).collect();
    let open = results.items.iter().filter(|item| !weak_points::is_known(item)).count();
    let nearest: Vec<Text> = near.iter().take(NEAREST).map(|index| headline_thing(facts, *index)).collect();
    let groups = [
        (
            t(
                "（一）优先整改：未达标的否决项、0 分的关键项、未达法定要求的题",
                "First: failed veto items, key items at 0, and items below what the law asks for",
            ),
            things(&critical, usize::MAX),
        ),
        (
            t(
                "（二）限期整改：接近上一档的题，增分多的在前（其余见“临界项”）",
                "Second: items just short of the next step, those that gain most first",
            ),
            nearest,
        ),
        (
            t("（三）持续建设：其余失分最多的题", "Third: of the other items, those that lose most"),
            things(&|index| !critical(index) && !near.contains(&index), 10),
        ),
    ];
    for (title, list) in groups {
        blocks.push(Block::Heading(title));
        if list.is_empty() {
            blocks.push(Block::Text(t("无。", "None.")));
        } else {
            blocks.push(Block::Numbered(list));
        }
    }
    if open > 0 {
        blocks.push(Block::Text(
            t(
                "另有 {count} 题空白或读不出，是否需要整改尚不知道，请先作答；见“不适用与缺数据”。",
                "{count} more [item is|items are] blank or unreadable; whether [it needs|they need] mending is not known until answered.",
            )
            .counted(open),
        ));
    }
    blocks.push(Block::Text(t(
        "编号后是牵头部门；措施和它后面的责任部门、天数、办结凭据是指标体系给的建议，由评估组与责任单位商定。责任部门与牵头部门不同的，是这项措施要由它来办（如经费由财政部门安排），牵头部门督促并报送结果。牵头是上级或评估组的题由其测评，措施后面的责任部门由评估组确认或另行指定。",
        "The department behind each number is the lead; measures, with owner, days and proof, are what the indicator tree suggests, to be agreed by the assessors and whoever is responsible. Where the owner is another than the lead, the measure is for it to take (funds, say, for the finance department), and the lead sees to it and reports the outcome. Where the lead is the higher authority or the assessors, who measured the fact, the assessors confirm the owner given with the measure or name another.",
    )));
    Section::part(t("八、整改建议", "8. Recommendations"), blocks)
}

fn headline_thing(facts: &Facts<'_>, index: usize) -> Text {
    let item = &facts.results.items[index];
    let args = [("ref", Text::from(item.reference.clone())), ("lead", super::lead_of(facts, index))];
    match facts.next_step(index) {
        Some(next) => {
            // What the law asks for takes every step up to it.
            let below = item.below_legal_floor == Some(true);
            let action = gaps::actions_to_floor(facts, index).filter(|_| below).or_else(|| gaps::action(facts, index));
            let done = action.map(|action| t("措施：{action}。", " Action: {action}.").with(&[("action", action)]));
            t(
                "{ref}（{lead}）{question}下一步：{what}，可增 {gain} 分。{done}",
                "{ref} ({lead}) {question} Next step: {what} (+{gain} points).{done}",
            )
            .with(
                &[
                    args.to_vec(),
                    vec![
                        ("question", item.question.clone()),
                        ("what", headline::next_needed(facts, index, next)),
                        ("gain", fixed(next.gain, 2).into()),
                        ("done", done.unwrap_or_default()),
                    ],
                ]
                .concat(),
            )
        }
        None => t("{ref}（{lead}）{question}", "{ref} ({lead}) {question}")
            .with(&[args.to_vec(), vec![("question", item.question.clone())]].concat()),
    }
}
