//! From `--bank` to a bank: a file, a folder of them, or what comes with the program.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::bank::{Bank, Entry, read};
use crate::error::{Failure, io_reason};
use crate::finding::Finding;
use crate::node::{Node, close};
use crate::place::Place;
use crate::text::t;
use crate::tree::Tree;
use crate::tree::source::Files;

const EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/bank.json"));
/// The tree whose items the embedded questions are of.
const ITS_TREE: &str = "cn-eca-405";

/// The bank for a tree: the one named, else the embedded questions where it is their tree, else questions from its scales.
/// Scenarios that a named bank does not bring are the embedded ones.
pub fn load(named: Option<&str>, tree: &Tree, findings: &mut Vec<Finding>) -> Result<Bank, Failure> {
    let ours = embedded(Some(tree), &mut Vec::new());
    let mut bank = match named {
        Some(name) => named_bank(name, tree, findings)?,
        None if tree.id == ITS_TREE => Bank { entries: ours.entries, ..Bank::default() },
        None => Bank::default(),
    };
    for scenario in ours.scenarios {
        if bank.scenario(scenario.hazard).is_none() {
            bank.scenarios.push(scenario);
        }
    }
    if bank.entries.is_empty() {
        bank.entries = tree.items.iter().filter_map(Entry::of_scale).collect();
    }
    Ok(bank)
}

/// The bank that comes with the program; with a tree only what is of its items.
pub(super) fn embedded(tree: Option<&Tree>, findings: &mut Vec<Finding>) -> Bank {
    let mut bank = Bank::default();
    let files: Json = serde_json::from_str(EMBEDDED).unwrap_or_default();
    for (file, json) in files.as_object().into_iter().flatten() {
        read::list(&Node::of_json(json, &Place::file(&format!("bank/{file}"))), &mut bank, tree, findings);
    }
    bank
}

fn named_bank(name: &str, tree: &Tree, findings: &mut Vec<Finding>) -> Result<Bank, Failure> {
    let (mut bank, mut files) = (Bank::default(), Files::default());
    for path in paths(Path::new(name))? {
        let shown = path.display().to_string();
        if let Some(node) = files.read(&path, &shown, findings).map_err(|error| unreadable(&path, &error))? {
            read::list(&node, &mut bank, Some(tree), findings);
        }
    }
    close(findings);
    Ok(bank)
}

/// A bank whose one file has these bytes; with a tree only what is of its items.
pub fn from_bytes(bytes: Vec<u8>, file: &str, tree: Option<&Tree>, findings: &mut Vec<Finding>) -> Bank {
    let mut bank = Bank::default();
    if let Some(node) = Files::default().parse(bytes, file, findings) {
        read::list(&node, &mut bank, tree, findings);
    }
    close(findings);
    bank
}

/// The file, or the YAML files of the folder by name.
fn paths(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !fs::metadata(path).map_err(|error| unreadable(path, &error))?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("yaml")));
    files.sort();
    if files.is_empty() {
        return Err(t(
            "{path} 里没有 .yaml 文件，不是题库。请核对 --bank。",
            "{path} holds no .yaml file and is no question bank. Please check --bank.",
        )
        .with(&[("path", path.display().to_string().into())])
        .into());
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    t("读不了题库 {path}：{reason}。请核对 --bank。", "Cannot read the question bank {path}: {reason}. Please check --bank.")
        .with(&[("path", path.display().to_string().into()), ("reason", io_reason(error))])
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::WRONG;

    fn city() -> Tree {
        crate::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).expect("the embedded tree")
    }

    #[test]
    fn every_embedded_question_is_sound_and_of_an_item() {
        let (tree, mut findings) = (city(), Vec::new());
        let bank = embedded(Some(&tree), &mut findings);
        assert_eq!(findings, []);
        assert!(bank.entries.len() > 300, "{}", bank.entries.len());
        assert_eq!(bank.scenarios.len(), crate::tree::hazards::kinds().len());
        assert_eq!(bank.entries[0].wrong.len(), WRONG);
        assert_eq!(embedded(None, &mut Vec::new()).sha256(), bank.sha256());
    }

    /// Pairs of neighbouring characters, sorted.
    fn pairs(text: &str) -> Vec<(char, char)> {
        let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
        pairs.sort_unstable();
        pairs
    }

    /// Dice's coefficient of two sorted lists: 1 for the same text, near 0 for texts that share nothing.
    fn likeness(one: &[(char, char)], other: &[(char, char)]) -> f64 {
        let (mut left, mut right, mut shared) = (0, 0, 0);
        while left < one.len() && right < other.len() {
            match one[left].cmp(&other[right]) {
                std::cmp::Ordering::Less => left += 1,
                std::cmp::Ordering::Greater => right += 1,
                std::cmp::Ordering::Equal => (left, right, shared) = (left + 1, right + 1, shared + 1),
            }
        }
        2.0 * f64::from(shared) / (one.len() + other.len()) as f64
    }

    #[test]
    fn no_stem_and_no_objective_is_another_with_its_noun_changed() {
        let with_another_noun = likeness(&pairs("能说出应急预案的三档标准"), &pairs("能说出应急队伍的三档标准"));
        assert!(with_another_noun > 0.6, "{with_another_noun}");
        let bank = embedded(None, &mut Vec::new());
        let sides: [fn(&Entry) -> &str; 2] = [|entry| &entry.stem.zh, |entry| &entry.objective.zh];
        for side in sides {
            let all: Vec<(&str, Vec<(char, char)>)> = bank.entries.iter().map(|entry| (entry.id.as_str(), pairs(side(entry)))).collect();
            for (at, (id, own)) in all.iter().enumerate() {
                let twin = all[..at].iter().find(|(_, other)| likeness(own, other) > 0.6);
                assert!(twin.is_none(), "{id} reads like {:?}", twin.map(|(id, _)| id));
            }
        }
    }

    /// Each of the embedded scenarios says what an exercise waits to see, each action its own.
    #[test]
    fn every_embedded_scenario_can_be_run_and_marked() {
        let bank = embedded(Some(&city()), &mut Vec::new());
        assert!(bank.entries.iter().all(|entry| entry.form.is_some()));
        let mut all: Vec<(&str, Vec<(char, char)>)> = Vec::new();
        for scenario in &bank.scenarios {
            let own = &scenario.actions;
            let distinct = |of: fn(&crate::bank::Expected) -> &str| {
                let mut ids: Vec<&str> = own.iter().map(of).collect();
                ids.sort_unstable();
                ids.dedup();
                ids.len()
            };
            assert!((18..=24).contains(&own.len()), "{}", scenario.title.zh);
            assert!((0..4).all(|inject| own.iter().filter(|action| action.inject == inject).count() >= 4), "{}", scenario.title.zh);
            assert!(distinct(|action| &action.topic) >= 13 && distinct(|action| &action.audience) >= 12, "{}", scenario.title.zh);
            for action in own {
                assert!((5..=480).contains(&action.minutes), "{}", action.what.zh);
                let own = pairs(&action.what.zh);
                let twin = all.iter().find(|(_, other)| likeness(&own, other) > 0.6);
                assert!(twin.is_none(), "{} reads like {:?}", action.what.zh, twin.map(|(text, _)| text));
                all.push((&action.what.zh, own));
            }
        }
    }

    #[test]
    fn what_is_wrong_in_a_bank_is_said_with_its_place() {
        let entry = |id: &str, stem: &str, wrong: &[&str]| {
            let wrong: Vec<String> = wrong.iter().map(|one| format!("{{zh: {one}, en: {one}}}")).collect();
            format!(
                "- id: {id}\n  objective: {{zh: 甲, en: a}}\n  point: {{zh: 乙, en: b}}\n  stem: {{zh: {stem}, en: {stem}}}\n  right: {{zh: 对, en: right}}\n  wrong: [{}]\n",
                wrong.join(", ")
            )
        };
        let text = [
            entry("eca-0001", "问一", &["w1", "w2", "w3"]),
            entry("eca-9999", "问二", &["w1", "w2", "w3"]),
            entry("eca-0002", "问一", &["w1", "w2", "w3"]),
            entry("eca-0003", "问三", &["w1", "w2"]),
            entry("eca-0004", "问四", &["w1", "对", "w3"]),
            entry("eca-0001", "问五", &["w1", "w2", "w3"]),
            "- {id: eca-0005, objective: {zh: 甲}, point: {zh: 乙, en: b}, stem: {zh: 丙, en: c}, right: {zh: 丁, en: d}, wrong: []}\n"
                .into(),
            "- {hazard: 通用, title: {zh: 甲, en: a}, setting: {zh: 乙, en: b}, injects: []}\n".into(),
            "- {hazard: 台风, title: {zh: 甲, en: a}, setting: {zh: 乙, en: b}, injects: [{zh: 一, en: one}]}\n".into(),
            "- {hazard: 洪涝, title: {zh: 甲, en: a}, setting: {zh: 乙, en: b}, injects: [{zh: 一, en: a}, {zh: 二, en: b}, {zh: 三, en: c}, {zh: 四, en: d}], actions: [{inject: 5, topic: TR01, audience: leaders, minutes: 5, what: {zh: 做, en: do}}, {inject: 1, topic: TR99, audience: leaders, minutes: 5, what: {zh: 做, en: do}}, {inject: 1, topic: TR01, audience: nobody, minutes: 5, what: {zh: 做, en: do}}, {inject: 4, topic: TR01, audience: leaders, minutes: 5, what: {zh: 做, en: do}}]}\n".into(),
            entry("eca-0006", "问六", &["w1", "w2", "w3"]).replace("  objective", "  form: 自习\n  objective"),
        ]
        .concat();
        let (mut bank, mut findings) = (Bank::default(), Vec::new());
        let node = Files::default().parse(text.into_bytes(), "bank.yaml", &mut findings).expect("YAML");
        read::list(&node, &mut bank, Some(&city()), &mut findings);
        assert_eq!(
            bank.entries.iter().map(|entry| (entry.id.as_str(), entry.form)).collect::<Vec<_>>(),
            [("eca-0001", None), ("eca-0006", None)]
        );
        assert_eq!(bank.scenarios[0].actions.iter().map(|action| action.inject).collect::<Vec<_>>(), [3]);
        let lines: Vec<String> = findings.iter().map(|finding| finding.line(crate::text::Lang::Zh)).collect();
        assert_eq!(
            lines,
            [
                "提醒：bank.yaml:7:3：指标树里没有题号“eca-9999”，这道题用不上。请核对题号，或用 --tree 指明题库所配的那棵树。",
                "错误：bank.yaml:13:3：“eca-0002”和“eca-0001”的题干相同。请改写其中一道。",
                "错误：bank.yaml:19:3：“eca-0003”有 2 个错误选项，应为 3 个。请补足或删去，常见的错法写在第一个。",
                "错误：bank.yaml:25:3：“eca-0004”有两个选项相同：对。四个选项要各不相同。",
                "错误：bank.yaml:31:3：题库里“eca-0001”写了两次。每题只留一条。",
                "错误：bank.yaml:37:29：缺少“en”。请补上：en: …。",
                "错误：bank.yaml:38:12：没有“通用”这个灾种。可用：台风、洪涝、地质灾害、地震、森林火灾、危化、矿山、火灾、交通、公用事业、传染病、群体事件。",
                "错误：bank.yaml:39:3：“台风”的情景有 1 条注入，应为 4 条。依次写预警、第一小时、事态扩大、善后。",
                "错误：bank.yaml:40:149：应有动作回应的注入写成了 5，应为 1 至 4。1 是预警，2 是第一小时，3 是事态扩大，4 是善后。",
                "提醒：bank.yaml:40:229：指标树里没有“TR99”这个主题，这一条应有动作用不上。请核对，或用 --tree 指明题库所配的那棵树。",
                "提醒：bank.yaml:40:309：指标树里没有“nobody”这个培训对象，这一条应有动作用不上。请核对，或用 --tree 指明题库所配的那棵树。",
                "错误：bank.yaml:42:9：没有“自习”这种培训形式。可用：讲授、案头、实操。",
            ]
        );
    }
}
