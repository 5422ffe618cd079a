//! 不适用 granted by the assessed department to itself: the reason, or the settings, name the department as the one who approved.

use crate::analysis::suspicion::own_name::OwnName;
use crate::analysis::suspicion::voices::folded;
use crate::analysis::suspicion::{Doubt, Scene};

/// Words of approving: the approver follows a colon soon after, else stands before the word, else behind it.
const APPROVING: [&str; 10] = ["批准", "审批", "核准", "核定", "同意", "审定", "审核", "approvedby", "grantedby", "approvalby"];
/// Words of judging: they approve only where the clause, or for the first three the whole reason, says what was judged.
const JUDGING: [&str; 6] = ["研究", "认为", "决定", "认定", "确定", "确认"];
const WHOLE: usize = 3;
const JUDGED: [&str; 6] = ["不适用", "不涉及", "不评", "免评", "不参评", "无需"];
/// Characters between the word and its colon: 批准人：, 批准单位：.
const TO_COLON: usize = 4;
pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (at, voice) in scene.voices.iter().enumerate() {
        let own = OwnName::new(voice.name, &scene.results.unit.name, scene.tree);
        let granted: Vec<(usize, String)> = voice
            .said
            .iter()
            .filter(|said| said.is_na())
            .filter_map(|said| Some((said.item, approver(&said.note).into_iter().find(|approver| own.is(approver))?)))
            .collect();
        let left_out = left_out(scene, at, &own);
        let Some((_, by)) = granted.first().or(left_out.first()) else { continue };
        let by = by.clone();
        let mut items: Vec<usize> = granted.iter().chain(&left_out).map(|(item, _)| *item).collect();
        items.sort_unstable();
        items.dedup();
        let mut doubt = scene.doubt(at, items);
        doubt.count = doubt.items.len();
        doubt.of = voice.said.iter().filter(|said| said.is_na()).count() + left_out.len();
        doubt.measure = doubt.count as f64;
        doubt.other = by.into();
        doubts.push(doubt);
    }
    doubts
}

/// What the settings leave out (不评) by the word of the department that would have to answer.
fn left_out(scene: &Scene<'_>, voice: usize, own: &OwnName) -> Vec<(usize, String)> {
    let Some(scope) = &scene.results.policy.scope else { return Vec::new() };
    let asked = |item: usize| {
        let own = folded(scene.voices[voice].name);
        scene.tree.asked(item).iter().any(|name| [&name.zh, &name.en].iter().any(|side| folded(side) == own))
    };
    let mut found = Vec::new();
    for one in scope.left_out.iter().filter(|one| own.is(&folded(&one.approved_by))) {
        let within = |reference: &str| reference == one.code || reference.starts_with(&format!("{}.", one.code));
        let items = scene.results.items.iter().enumerate().filter(|(_, item)| within(&item.reference));
        found.extend(items.map(|(item, _)| item).filter(|item| asked(*item)).map(|item| (item, one.approved_by.clone())));
    }
    found
}

/// Whoever a reason says approved: 批准：X; 经X批准; 本局报X批准 is X.
fn approver(reason: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut parts = reason.split_inclusive(['，', ',', '。', '；', ';', '（', '）', '(', ')']).peekable();
    while let Some(part) = parts.next() {
        let opens = part.ends_with(['（', '(']);
        let part = part.trim_end_matches(['，', ',', '。', '；', ';', '（', '）', '(', ')']);
        let judged = |text: &str| JUDGED.iter().any(|word| text.contains(word));
        let judging = JUDGING.iter().enumerate().filter(|(at, _)| judged(if *at < WHOLE { reason } else { part })).map(|(_, word)| word);
        let words = APPROVING.iter().chain(judging);
        let Some((at, word)) = words.filter_map(|word| part.find(word).map(|at| (at, word))).min() else { continue };
        let (before, behind) = (&part[..at], &part[at + word.len()..]);
        let named = behind.split_once(':').filter(|(gap, _)| gap.chars().count() <= TO_COLON).map(|(_, named)| named);
        if let Some(named) = named {
            // 李建国（区民政局副局长）: the brackets say who the person is.
            let post = parts.peek().filter(|_| opens && is_person(named)).map(|post| post.trim_end_matches([')', '）']));
            found.push(post.unwrap_or(named).to_string());
            continue;
        }
        // Whoever was asked stands after 报, 请 or 经; with none of them it is the subject.
        let asked = ["报", "呈", "请", "经", "由"].iter();
        let from = asked.filter_map(|word| before.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
        found.extend([&before[from..], before, behind].into_iter().find(|text| !text.is_empty()).map(str::to_string));
    }
    found
}

/// A person's name: two to four characters, none of which makes a body or a post.
fn is_person(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && !text.contains(['局', '部', '委', '办', '府', '厅', '院', '队', '会', '组', '长', '任'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(reason: &str) -> Vec<String> {
        approver(&folded(reason))
    }

    #[test]
    fn the_approver_is_whom_the_reason_names_and_not_whoever_writes() {
        for (reason, wanted) in [
            ("辖区无海岸线。批准：区政府分管副区长", vec!["区政府分管副区长"]),
            ("批准：本局局长", vec!["本局局长"]),
            ("经本局研究，不适用", vec!["本局"]),
            ("本局无此职能，已报区政府批准", vec!["区政府"]),
            ("不涉及。批准人：李建国（区民政局副局长）", vec!["区民政局副局长"]),
            ("没有（批准：区政府（本局报））", vec!["区政府"]),
            ("批准单位：区水务局", vec!["区水务局"]),
            ("本局认为不涉及", vec!["本局"]),
            ("批准人：分管副局长", vec!["分管副局长"]),
            ("本局报区政府同意", vec!["区政府"]),
            ("由区水务局局长办公会审定", vec!["区水务局局长办公会"]),
            ("区水务局同意不评", vec!["区水务局"]),
            ("本局没有这项业务", vec![]),
            ("民政局、红十字会书面确认没有接收捐赠", vec![]),
            ("本局认定本题不适用", vec!["本局"]),
            ("Approved by: Head of Bureau A", vec!["headofbureaua"]),
        ] {
            assert_eq!(of(reason), wanted, "{reason}");
        }
    }
}
