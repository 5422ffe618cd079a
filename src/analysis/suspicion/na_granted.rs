//! 不适用 granted by the assessed department to itself: the reason, or the settings, name the department as the one who approved.

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
/// A post without its body is one of the respondent's own.
const POSTS: [&str; 8] = ["局长", "科长", "处长", "股长", "队长", "大队长", "站长", "所长"];
/// The respondent of itself.
const SELF: [&str; 22] = [
    "本局",
    "本单位",
    "本部门",
    "本办",
    "本委",
    "本队",
    "本中心",
    "本机关",
    "我局",
    "我单位",
    "我部门",
    "我办",
    "我委",
    "我队",
    "我中心",
    "自行",
    "局党组",
    "局长办公会",
    "局务会",
    "ourselves",
    "thisdepartment",
    "ourown",
];

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (at, voice) in scene.voices.iter().enumerate() {
        let names = names(voice.name, scene);
        let granted: Vec<(usize, String)> = voice
            .said
            .iter()
            .filter(|said| said.is_na())
            .filter_map(|said| Some((said.item, approver(&said.note).into_iter().find(|approver| is_self(approver, &names))?)))
            .collect();
        let left_out = left_out(scene, at, &names);
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
fn left_out(scene: &Scene<'_>, voice: usize, names: &[String]) -> Vec<(usize, String)> {
    let Some(scope) = &scene.results.policy.scope else { return Vec::new() };
    let asked = |item: usize| {
        let own = folded(scene.voices[voice].name);
        scene.tree.asked(item).iter().any(|name| [&name.zh, &name.en].iter().any(|side| folded(side) == own))
    };
    let mut found = Vec::new();
    for one in scope.left_out.iter().filter(|one| is_self(&folded(&one.approved_by), names)) {
        let within = |reference: &str| reference == one.code || reference.starts_with(&format!("{}.", one.code));
        let items = scene.results.items.iter().enumerate().filter(|(_, item)| within(&item.reference));
        found.extend(items.map(|(item, _)| item).filter(|item| asked(*item)).map(|item| (item, one.approved_by.clone())));
    }
    found
}

/// The name, in full and without the place before it: 栖云区水务局, 区水务局, 水务局.
fn names(name: &str, scene: &Scene<'_>) -> Vec<String> {
    let full = folded(name);
    let unit = folded(&scene.results.unit.name);
    let bare = full.strip_prefix(&unit).unwrap_or(&full);
    let bare = bare.trim_start_matches(['省', '市', '区', '县', '州', '旗']).to_string();
    // 应急管理局 is called 应急局.
    let short: Vec<char> = bare.chars().collect();
    let short = short
        .last()
        .filter(|last| short.len() > 3 && ['局', '委', '办'].contains(last))
        .map(|last| format!("{}{}{last}", short[0], short[1]));
    // 水利部门 calls itself 水利局.
    let bureau = bare.strip_suffix("部门").map(|stem| format!("{stem}局"));
    let mut names = vec![bare];
    names.extend(short);
    names.extend(bureau);
    // In the tree's own words too: the cover may use either language.
    if let Some(department) = scene.tree.department_named(name) {
        let own = &scene.tree.departments[department].name;
        names.extend([folded(&own.zh), folded(&own.en)]);
    }
    names.retain(|name| name.chars().count() >= 3);
    names.extend(Some(full).filter(|full| full.chars().count() >= 2));
    names
}

fn is_self(approver: &str, names: &[String]) -> bool {
    let post = ["主要", "分管", "副"].iter().fold(approver, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    POSTS.contains(&post) || SELF.iter().any(|word| approver.contains(word)) || names.iter().any(|name| approver.contains(name.as_str()))
}

/// Whoever a reason says approved: 批准：X; 经X批准; 本局报X批准 is X.
fn approver(reason: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in reason.split(['，', ',', '。', '；', ';', '（', '）', '(', ')']) {
        let judged = |text: &str| JUDGED.iter().any(|word| text.contains(word));
        let judging = JUDGING.iter().enumerate().filter(|(at, _)| judged(if *at < WHOLE { reason } else { part })).map(|(_, word)| word);
        let words = APPROVING.iter().chain(judging);
        let Some((at, word)) = words.filter_map(|word| part.find(word).map(|at| (at, word))).min() else { continue };
        let (before, behind) = (&part[..at], &part[at + word.len()..]);
        let named = behind.split_once(':').filter(|(gap, _)| gap.chars().count() <= TO_COLON).map(|(_, named)| named);
        if let Some(named) = named {
            found.push(named.to_string());
            continue;
        }
        // Whoever was asked stands after 报, 请 or 经; with none of them it is the subject.
        let asked = ["报", "呈", "请", "经", "由"].iter();
        let from = asked.filter_map(|word| before.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
        found.extend([&before[from..], before, behind].into_iter().find(|text| !text.is_empty()).map(str::to_string));
    }
    found
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
