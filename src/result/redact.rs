//! Results for a wider circle: names, file names, evidence, notes, and what the edition marks sensitive are taken out; totals stay.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use crate::answers::TO_DO;
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::policy::Missing;
use crate::result::{AnswerResult, GradeReason, ItemResult, PlaceRef, Redacted, Results, to_json};
use crate::text::{Lang, Text, t};
use crate::tree::{Tree, hex};

/// What stands in place of a text, and of a name or a number in a sentence.
pub const WITHHELD: Text = t("（脱敏略去）", "(withheld)");
/// Stands behind a sentence after which others said nothing that everybody may read.
const REST_WITHHELD: Text = t("（其余脱敏略去）", " (the rest is withheld)");
/// What stands in place of an item that a reason of the grade would name.
pub const UNNAMED: Text = t("敏感题", "a sensitive item");

/// The same results without what not everybody may read, and with the digest of the whole.
///
/// Taken out are respondents' names, file and sheet names, evidence, notes, texts that could not be read, reasons and names in the
/// settings, what the findings quote; of sensitive items also the question, the answers, the score and the findings. `kinds` say
/// what a finding is about in general.
pub fn redact(results: &Results, tree: &Tree, kinds: &[&Kind]) -> Results {
    let mut redacted = results.clone();
    let sensitive: HashSet<&str> = tree.items.iter().filter(|item| item.content.sensitive).map(|item| item.id.as_str()).collect();
    let names = file_names(results, &sensitive);
    let file = |name: &str| names.get(name).cloned().unwrap_or_default();
    redacted.redacted = Some(Redacted {
        of_sha256: hex(&Sha256::digest(to_json(results).as_bytes())),
        sensitive: withheld(results, &sensitive).map(|item| item.reference.clone()).collect(),
    });
    for input in &mut redacted.inputs {
        input.file = file(&input.file);
    }
    redacted.inputs.sort();
    for item in &mut redacted.items {
        if sensitive.contains(item.id.as_str()) {
            withhold(item);
        }
        for answer in &mut item.answers {
            answer.respondent.name.clear();
            answer.place.file = file(&answer.place.file);
            answer.place.sheet.clear();
            for text in [&mut answer.evidence, &mut answer.note, &mut answer.review_note] {
                text.clear();
            }
            // What could not be read may be anything.
            for (state, text) in answer
                .own
                .iter_mut()
                .map(|own| (&own.state, &mut own.text))
                .chain(answer.review.iter_mut().map(|review| (&review.state, &mut review.text)))
            {
                if state != "answered" {
                    text.clear();
                }
            }
        }
        item.answers.sort_by(|one, two| one.place.file.cmp(&two.place.file));
    }
    let rows: HashSet<Row> = withheld(results, &sensitive).flat_map(|item| &item.answers).filter_map(|one| row_of(&one.place)).collect();
    let refs: HashSet<&str> = withheld(results, &sensitive).map(|item| item.reference.as_str()).collect();
    redacted.findings.retain(|finding| {
        !row_of(&PlaceRef::from(&finding.place)).is_some_and(|row| rows.contains(&row))
            && !finding.args.get("item").is_some_and(|item| refs.contains(item.as_str()))
    });
    let public = Public::of(results, tree);
    for finding in &mut redacted.findings {
        *finding = public.finding(finding, kinds, &file);
    }
    // Of several files the order of the findings is that of their names.
    redacted.findings.sort_by(|one, two| one.place.file.is_none().cmp(&two.place.file.is_none()).then(one.place.file.cmp(&two.place.file)));
    for reason in &mut redacted.total.grade_reasons {
        unname(reason, results, &sensitive);
    }
    if let Some(assessment) = &mut redacted.assessment {
        assessment.assessor = None;
    }
    for threat in redacted.hazards.iter_mut().flat_map(|hazards| &mut hazards.threats) {
        threat.grounds.clear();
    }
    redacted.returns.clear();
    if let Some(local) = &mut redacted.policy.local {
        local.departments.clear();
    }
    for left_out in redacted.policy.scope.iter_mut().flat_map(|scope| &mut scope.left_out) {
        left_out.reason.clear();
        left_out.approved_by.clear();
    }
    redacted
}

fn withheld<'a>(results: &'a Results, sensitive: &'a HashSet<&str>) -> impl Iterator<Item = &'a ItemResult> {
    results.items.iter().filter(|item| sensitive.contains(item.id.as_str()))
}

/// What files are called: numbered as they first answer in tree order, earlier submissions first, then by digest.
///
/// All of that stands in the redacted results, so that the numbers say nothing of the names.
fn file_names<'a>(results: &'a Results, sensitive: &HashSet<&str>) -> HashMap<&'a str, String> {
    let mut first: HashMap<&str, (usize, usize)> = HashMap::new();
    for (index, item) in results.items.iter().enumerate().filter(|(_, item)| !sensitive.contains(item.id.as_str())) {
        for answer in item.answers.iter().filter(|answer| is_filled(answer)) {
            first.entry(&answer.place.file).or_insert((index, answer.submission));
        }
    }
    let nowhere = (usize::MAX, usize::MAX);
    let mut files: Vec<(&str, &str)> = results.inputs.iter().map(|input| (input.file.as_str(), input.sha256.as_str())).collect();
    files.sort_by_key(|(file, digest)| (first.get(file).copied().unwrap_or(nowhere), *digest));
    let mut names: HashMap<&str, String> = HashMap::new();
    for (file, _) in files {
        let number = names.len() + 1;
        names.entry(file).or_insert_with(|| format!("{number:03}.xlsx"));
    }
    names
}

fn is_filled(answer: &AnswerResult) -> bool {
    let states = [answer.own.as_ref().map(|own| &own.state), answer.review.as_ref().map(|review| &review.state)];
    states.into_iter().flatten().any(|state| state != "blank")
}

/// File, sheet and number of a row.
type Row = (String, String, String);

fn row_of(place: &PlaceRef) -> Option<Row> {
    let number = place.cell.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    (!number.is_empty()).then(|| (place.file.clone(), place.sheet.clone(), number.to_string()))
}

/// Values in findings that everybody may read, by what they say.
struct Public {
    /// References of items, names of groups and of the tree's departments, the unit.
    names: HashMap<String, Text>,
}

impl Public {
    fn of(results: &Results, tree: &Tree) -> Self {
        let refs = results.items.iter().map(|item| Text::same(item.reference.clone()));
        let groups = results.groups.iter().map(|group| Text::join(&[group.code.clone().into(), group.name.clone()], " ", " "));
        let departments = tree.departments.iter().map(|department| department.name.clone());
        let unit = Text::same(results.unit.name.clone());
        let all = refs.chain(groups).chain(departments).chain([unit]);
        Public { names: all.map(|text| (text.zh.to_string(), text)).collect() }
    }

    /// A value that names something of the tree or counts; none for whatever a person may have typed.
    fn value(&self, name: &str, value: &str) -> Option<Text> {
        match name {
            "item" | "items" | "ref" | "group" | "lead" | "leads" | "unit" => {
                let parts: Vec<Text> = value.split('、').map(|part| self.names.get(part).cloned()).collect::<Option<_>>()?;
                Some(Text::join(&parts, "、", ", "))
            }
            "count" | "number" | "limit" => value.parse::<usize>().ok().map(Text::from),
            "missing" => Missing::ALL.iter().map(|(.., words)| words).find(|words| words.zh == value).cloned(),
            "todo" => TO_DO.iter().find(|words| words.zh == value).cloned(),
            _ => None,
        }
    }

    /// What a finding says in general, where it stands, and how bad it is.
    fn finding(&self, finding: &Finding, kinds: &[&Kind], file: &dyn Fn(&str) -> String) -> Finding {
        let kept: Vec<(&str, Text)> =
            finding.args.iter().filter_map(|(name, value)| Some((name.as_str(), self.value(name, value)?))).collect();
        let message = kinds.iter().find(|kind| kind.code == finding.code).map_or(WITHHELD, |kind| {
            let said: Vec<Text> =
                [&kind.what, &kind.advice].map(|text| gapped(&text.with(&kept))).into_iter().filter(|text| !text.is_empty()).collect();
            Text::join(&said, "", " ")
        });
        Finding {
            args: kept.iter().map(|(name, value)| (name.to_string(), value.zh.to_string())).collect::<IndexMap<_, _>>(),
            message,
            advice: Text::default(),
            place: Place { file: finding.place.file.as_deref().map(file), sheet: None, ..finding.place.clone() },
            ..finding.clone()
        }
    }
}

/// A text with what is left to fill withheld, still in whole sentences; those that say nothing else go.
fn gapped(text: &Text) -> Text {
    Text::new(gapped_side(text, Lang::Zh, "。"), gapped_side(text, Lang::En, ". "))
}

fn gapped_side(text: &Text, lang: Lang, end: &str) -> String {
    let (gap, rest) = (WITHHELD, REST_WITHHELD);
    let (gap, rest, stop) = (gap.get(lang), rest.get(lang), end.trim_end());
    let mut out = String::new();
    let mut is_told = false;
    for sentence in text.get(lang).split_inclusive(end) {
        let mut parts = sentence.split('{');
        let first = parts.next().unwrap_or_default();
        let after: Vec<&str> = parts.map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
        if first.chars().chain(after.iter().flat_map(|part| part.chars())).any(char::is_alphanumeric) {
            let filled = after.iter().fold(first.to_string(), |said, part| said + gap + part);
            out.push_str(&filled.replace(&format!("（{gap}）"), gap).replace(&format!("({gap})"), gap));
            is_told = !after.is_empty();
        } else if !is_told && !out.is_empty() {
            // Behind the last word of the sentence before.
            let words = out.trim_end().strip_suffix(stop).unwrap_or(&out).len();
            out.insert_str(words, rest);
            is_told = true;
        }
    }
    out.trim_end().to_string()
}

/// A reason without the items that may not be named.
fn unname(reason: &mut GradeReason, results: &Results, sensitive: &HashSet<&str>) {
    if !reason.items.iter().any(|id| sensitive.contains(id.as_str())) {
        return;
    }
    let of = |id: &str| results.items.iter().find(|item| item.id == id).map(|item| Text::same(item.reference.clone())).unwrap_or_default();
    let before: Vec<Text> = reason.items.iter().map(|id| of(id)).collect();
    let after: Vec<Text> = reason.items.iter().map(|id| if sensitive.contains(id.as_str()) { UNNAMED } else { of(id) }).collect();
    let [before, after] = [before, after].map(|names| Text::join(&names, "、", ", "));
    let message = &reason.message;
    reason.message =
        Text::new(message.zh.replacen(before.zh.as_ref(), &after.zh, 1), message.en.replacen(before.en.as_ref(), &after.en, 1));
    reason.items.retain(|id| !sensitive.contains(id.as_str()));
}

fn withhold(item: &mut ItemResult) {
    item.need = None;
    item.question = WITHHELD;
    item.answers.clear();
    item.by_selves.score = None;
    item.below_legal_floor = None;
    for number in [&mut item.score, &mut item.gap, &mut item.loss, &mut item.cumulative_loss] {
        *number = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_withheld_leaves_sentences() {
        let said = |what: Text, args: &[(&str, Text)]| gapped(&what.with(args));
        let text = t("{item} 答“{text}”，共 {count} 题", "{item} says \"{text}\", {count} items");
        assert_eq!(
            said(text, &[("count", 2.into())]),
            t("（脱敏略去） 答“（脱敏略去）”，共 2 题", "(withheld) says \"(withheld)\", 2 items")
        );
        let item: (&str, Text) = ("item", "03.2.02".into());
        assert_eq!(
            said(crate::answers::DISAGREEMENT.what.clone(), std::slice::from_ref(&item)),
            t("03.2.02 各方答案不一（其余脱敏略去）。", "03.2.02 is answered differently (the rest is withheld).")
        );
        assert_eq!(
            said(t("有 2 题（{refs}）答得一样：{answers}。{why}。请看。", "2 ({refs}) are alike: {answers}. {why}. Look."), &[]),
            t("有 2 题（脱敏略去）答得一样：（脱敏略去）。请看。", "2 (withheld) are alike: (withheld). Look.")
        );
        assert_eq!(said(t("{todo}", "{todo}"), &[]), Text::default());
        assert_eq!(said(t("不必处理。", "Nothing to do."), &[]), t("不必处理。", "Nothing to do."));
    }

    #[test]
    fn words_of_the_program_are_not_withheld() {
        let public = Public { names: HashMap::new() };
        assert_eq!(public.value("missing", "按 0 分计"), Some(t("按 0 分计", "score 0")));
        assert_eq!(public.value("todo", &TO_DO[3].zh), Some(TO_DO[3].clone()));
        assert_eq!(public.value("todo", "请找张三。"), None);
        assert_eq!(public.value("respondent", "财政部门"), None);
    }
}
