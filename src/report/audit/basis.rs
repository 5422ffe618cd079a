//! What an audit rests on: the edition of the tree, and how well the answers could be read at all.

use crate::finding::Severity;
use crate::result::Results;
use crate::text::{Text, t};
use crate::tree::Tree;

/// The tree and its edition, as a person calls it.
pub fn edition(tree: &Tree) -> Text {
    t("{name}（{id} {edition}）", "{name} ({id} {edition})").with(&[
        ("name", tree.name.clone()),
        ("id", tree.id.clone().into()),
        ("edition", tree.edition.clone().into()),
    ])
}

fn count(results: &Results, severity: Severity) -> usize {
    results.findings.iter().filter(|finding| finding.severity == severity).count()
}

/// With which tree the answers were read, and what was wrong with them.
pub fn run(results: &Results, tree: &Tree) -> Text {
    let errors = t("{count} 处错误", "{count} [error|errors]").counted(count(results, Severity::Error));
    let warnings = t("{count} 处提醒", "{count} [warning|warnings]").counted(count(results, Severity::Warning));
    t(
        "按“{tree}”读答案：{errors}，{warnings}（逐条见“数据问题”工作簿）。",
        "The answers were read by the tree {tree}: {errors}, {warnings} (each stands in the workbook Data problems).",
    )
    .with(&[("tree", edition(tree)), ("errors", errors), ("warnings", warnings)])
}

/// Answers that could not be read are looked at by no kind of question.
pub fn first_mend(results: &Results) -> Option<Text> {
    let errors = count(results, Severity::Error);
    (errors > 0).then(|| {
        t(
            "先改答案：这次有 {count} 处错误，出错的答案没有计分，也没有查。请先对照数据问题改好（也核对指标体系的版次），再重新核查；下面的只供参考。",
            "Mend the answers first: {count} [error|errors] in this run, and what is in error was neither scored nor looked at. Mend them by the data problems (and check the edition of the tree), then run this again; what follows is provisional.",
        )
        .counted(errors)
    })
}

/// What is said where no question came up.
pub fn nothing(results: &Results) -> Text {
    if count(results, Severity::Error) > 0 {
        t(
            "读得出的答案里没有列出要问的；有错误的没有查，不能据此认为没有问题。",
            "Nothing was listed among the answers that could be read; those in error were not looked at, so this does not mean that all is well.",
        )
    } else {
        t("没有列出要问的；没有列出，不等于没有问题。", "No question was listed; that does not mean that all is well.")
    }
}
