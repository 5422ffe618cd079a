//! What a review workbook copies of the answers, and which items are to be looked at first.

use crate::answers::{ItemAnswers, MergedState, UnitAnswers, disputed, self_ratings, speaking};
use crate::scale::State;
use crate::survey::review::Copied;
use crate::text::{Text, t};
use crate::tree::{Criticality, Item, Tree};

/// One an item, in tree order.
pub fn copies(tree: &Tree, unit: &UnitAnswers) -> Vec<Copied> {
    tree.items.iter().zip(&unit.items).map(|(item, answers)| copy(tree, item, answers)).collect()
}

fn copy(tree: &Tree, item: &Item, answers: &ItemAnswers) -> Copied {
    let mut evidence: Vec<&str> = Vec::new();
    for (response, _) in speaking(&answers.responses) {
        for text in [response.evidence.as_str(), response.note.as_str()] {
            if !text.is_empty() && !evidence.contains(&text) {
                evidence.push(text);
            }
        }
    }
    let reasons: Vec<Text> = [
        (item.criticality == Criticality::Veto, t("否决项", "veto item")),
        (item.criticality == Criticality::Key, t("关键项", "key item")),
        (disputed(&answers.responses), t("各方答案不一", "answers disagree")),
        (answers.by_selves.0 == MergedState::Unreadable, t("自评读不出或两份不一", "self-rating unreadable or torn")),
        (speaking(&answers.responses).any(|(_, own)| own.state == State::NotApplicable), t("填了不适用", "N/A")),
        (tree.asks_outsider(item), t("只能由上级或评估组评定", "for the higher authority or the assessors only")),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, reason)| reason)
    .collect();
    Copied {
        others: self_ratings(&answers.responses),
        evidence: evidence.join("；"),
        first: (!reasons.is_empty()).then(|| Text::join(&reasons, "、", ", ")),
    }
}
