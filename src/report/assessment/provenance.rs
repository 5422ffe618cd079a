//! What a report rests on, so that it can be made again and compared: digests, and the options of the run.

use crate::number::Number;
use crate::report::Facts;
use crate::result::Results;
use crate::text::{Text, t};

/// How the line with the options begins; `ecap verify` finds it by this.
pub const RECOMPUTE: Text = t("复算选项：", "Options to recompute: ");

/// Stands among the options of a living workbook.
pub const FORMULAS: &str = "--formulas";

/// Digests, and the options that make the report again from its inputs.
pub fn lines(facts: &Facts<'_>) -> Vec<Text> {
    let results = facts.results;
    let mut lines = Vec::new();
    if let Some(redacted) = &results.redacted {
        let sensitive = if redacted.sensitive.is_empty() {
            t("敏感题 0 题", "sensitive items: 0")
        } else {
            let refs = Text::join(&redacted.sensitive.iter().map(|one| one.clone().into()).collect::<Vec<_>>(), "、", ", ");
            t(
                "敏感题 {count} 题（{refs}），题目、答案和得分略去，复核调整、分面和各清单都不含这些题",
                "sensitive items: {count} ({refs}), whose questions, answers and scores are left out, and without which reviews, views and lists are made",
            )
            .counted(redacted.sensitive.len())
            .with(&[("refs", refs)])
        };
        lines.push(
            t(
                "本报告已脱敏，略去：填报人、文件和工作表的名称，佐证材料，填写和复核的说明（不适用的理由在内），读不出的原文，灾种的判断依据，不评的理由和批准人，评估单位，本地部门名称和回收清单；{sensitive}。略去的地方印“（脱敏略去）”，或空着，不说原来有没有内容；分数照旧。未脱敏结果的摘要：{digest}。",
                "This report is redacted. Left out: names of respondents, files and sheets, evidence, notes of answers and reviews (reasons for N/A among them), what could not be read, the grounds of hazards, reasons and approvers of what is left out, the assessing body, local departments and what they returned; {sensitive}. In their places stands (withheld), or nothing, whether or not anything stood there; scores are as they were. Digest of the whole results: {digest}.",
            )
            .with(&[("sensitive", sensitive), ("digest", redacted.of_sha256.clone().into())]),
        );
    }
    lines.push(
        t(
            "摘要（SHA-256）：结果 {results}；指标体系 {tree}；权重 {weights}；读入的每个文件见附表。",
            "Digests (SHA-256): results {results}; tree {tree}; weights {weights}; each file read stands in the annex.",
        )
        .with(&[
            ("results", facts.digest.clone().into()),
            ("tree", results.tree.sha256.clone().into()),
            ("weights", results.weights_sha256.clone().into()),
        ]),
    );
    lines.push(options(results, false));
    lines
}

/// The line with the options; a living workbook says that it is one, pages and results are the same with it and without.
pub fn options(results: &Results, formulas: bool) -> Text {
    let line = |lang: &str| line(results, lang, formulas);
    t("{head}{flags}（ecap verify 用这一行核对本报告）。", "{head}{flags} (ecap verify checks this report by them).")
        .with(&[("head", RECOMPUTE), ("flags", Text::new(line("zh"), line("en")))])
}

/// The flags as one types them.
fn line(results: &Results, lang: &str, formulas: bool) -> String {
    let mut words = flags(results, lang);
    words.extend(formulas.then(|| FORMULAS.to_string()));
    words.iter().map(|word| if word.starts_with("--") { word.clone() } else { quoted(word) }).collect::<Vec<_>>().join(" ")
}

/// The flags of `ecap score` that give these results again.
pub fn flags(results: &Results, lang: &str) -> Vec<String> {
    let policy = &results.policy;
    let mut words = Vec::new();
    let mut flag = |name: &str, value: &str| words.extend([format!("--{name}"), value.to_string()]);
    flag("merge", crate::policy::Merge::ALL.iter().find(|(merge, ..)| *merge == policy.merge).map_or("mean", |(_, code, _)| code));
    flag(
        "missing",
        crate::policy::Missing::ALL.iter().find(|(missing, ..)| *missing == policy.missing).map_or("zero", |(_, code, _)| code),
    );
    if let Some(target) = policy.target.and_then(Number::from_f64) {
        flag("target", &target.to_string());
    }
    for (name, value) in [("unit", &results.options.unit), ("period", &results.options.period), ("profile", &results.options.profile)] {
        if let Some(value) = value {
            flag(name, value);
        }
    }
    flag("lang", lang);
    if results.redacted.is_some() {
        words.push("--redact".to_string());
    }
    words
}

/// A value as a shell reads it back.
fn quoted(value: &str) -> String {
    let plain = !value.is_empty() && value.chars().all(|character| character.is_alphanumeric() || "-_.".contains(character));
    if plain { value.to_string() } else { format!("\"{}\"", value.replace('"', "”")) }
}

/// The flags of a line that begins with [`RECOMPUTE`], as arguments; none where the text is no such line.
pub fn recorded(text: &str) -> Option<Vec<String>> {
    let rest = [&RECOMPUTE.zh, &RECOMPUTE.en].into_iter().find_map(|head| text.split_once(head.trim_end()).map(|(_, rest)| rest))?;
    let mut words = Vec::new();
    let mut word = String::new();
    let mut inside = false;
    // Markdown escapes what it might take for mark-up.
    for character in rest.replace('\\', "").trim_start().chars() {
        match character {
            '"' => inside = !inside,
            '（' | '(' if !inside => break,
            ' ' if !inside => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_is_read_back() {
        let text = "· 复算选项：--merge mean --unit \"栖云区 (新)\" --redact（ecap verify 用这一行核对本报告）。";
        let words = recorded(text).expect("the line");
        assert_eq!(words, ["--merge", "mean", "--unit", "栖云区 (新)", "--redact"]);
        assert_eq!(recorded("别的话"), None);
        assert_eq!(quoted("2026"), "2026");
        assert_eq!(quoted("a b"), "\"a b\"");
    }
}
