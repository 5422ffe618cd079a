//! 得分由来: one score as a derivation, for pages and the terminal.

mod item;
mod mean;

use crate::analysis::derivation::{Derivation, Left, Level, TOTAL, Target};
use crate::number::fixed;
use crate::report::assessment;
use crate::report::assessment::because;
use crate::report::document::{Block, Document, Kind, Section, Table, Value, column, row};
use crate::result::{Counts, Results, TargetFrom};
use crate::sheet::names::file_name;
use crate::text::{Text, t};
use crate::tree::Tree;

pub use item::{reached, read_as};

/// Why no score stands here though it counts: redacted results.
const WITHHELD: &str = "withheld";

/// Decimals of points and scores that are added up.
const DECIMALS: u32 = 4;

/// The derivation as pages; `digest` is the SHA-256 of the results.
pub fn document(derivation: &Derivation, results: &Results, tree: &Tree, digest: &str) -> Document {
    let (code, narrative) = match derivation {
        Derivation::Item(one) => (one.reference.clone().into(), item::sections(one, results, tree)),
        Derivation::Mean(one) => (one.code.clone().map_or(TOTAL, Text::from), mean::sections(one, results, tree)),
    };
    let named = [("code", code), ("period", results.period.clone().into()), ("unit", results.unit.name.clone().into())];
    let file = t("得分由来_{unit}_{period}_{code}", "derivation_{unit}_{period}_{code}").with(&named);
    Document {
        file: Text::new(file_name(&file.zh), file_name(&file.en)),
        title: match derivation {
            Derivation::Mean(one) if one.code.is_none() => {
                t("得分由来：总分（{unit} {period}）", "Where the total comes from ({unit}, {period})")
            }
            _ => t("得分由来：{code}（{unit} {period}）", "Where the score of {code} comes from ({unit}, {period})"),
        }
        .with(&named),
        mark: assessment::mark(results),
        footer: assessment::digests(results, digest),
        narrative,
        bands: results.policy.bands.iter().map(|band| band.from).collect(),
        decimals: results.policy.decimals,
        ..Document::default()
    }
}

fn section(title: Text, blocks: Vec<Block>) -> Section {
    Section::part(title, blocks)
}

/// Points or a score with the digits that are added up.
pub fn points(value: f64) -> Text {
    fixed(value, DECIMALS).into()
}

/// With its sign.
pub fn change(value: f64) -> String {
    crate::number::signed(value, DECIMALS)
}

/// A part of the whole, in percent.
fn percent(part: f64) -> Text {
    format!("{}%", fixed(100.0 * part, DECIMALS)).into()
}

/// A weight in its shortest form, without the last bits of a sum.
pub fn weight(value: f64) -> String {
    let text = if value.abs() < 1e12 { fixed(value, 6) } else { value.to_string() };
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text.as_str() };
    // On a scale too large or too small for six decimals it stands as it is.
    let is_near = short.parse::<f64>().is_ok_and(|short| (short - value).abs() <= 1e-9 * value.abs());
    if is_near { short.to_string() } else { value.to_string() }
}

/// A score as the report prints it, the digits before rounding beside it where they differ.
fn score(results: &Results, value: f64) -> Text {
    let (rounded, exact) = (fixed(value, results.policy.decimals), fixed(value, DECIMALS));
    if exact.trim_end_matches('0').trim_end_matches('.') == rounded.trim_end_matches('0').trim_end_matches('.') {
        return rounded.into();
    }
    t("{rounded}（取舍前 {exact}）", "{rounded} ({exact} before rounding)").with(&[("rounded", rounded.into()), ("exact", exact.into())])
}

/// Points rounded so that they add up to the rounded sum: each is cut, and what then lacks goes to the largest remainders, ties to
/// the first. As they are where they are not parts of this sum.
fn apportioned(values: &[f64], sum: f64) -> Vec<f64> {
    let scale = 10f64.powi(4);
    // Through billionths first, as a score is rounded.
    let units = |value: f64| ((value * 1e9).round() / 1e5, (value * 1e9).round());
    let cut: Vec<f64> = values.iter().map(|value| units(*value).0.floor()).collect();
    let wanted = (crate::number::rounded(sum, DECIMALS) * scale).round();
    let lacking = wanted - cut.iter().sum::<f64>();
    if lacking < 0.0 || lacking > values.len() as f64 {
        return values.to_vec();
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    let remainder = |index: &usize| units(values[*index]).1 - cut[*index] * 1e5;
    order.sort_by(|one, two| remainder(two).total_cmp(&remainder(one)));
    let mut shown = cut;
    for index in order.into_iter().take(lacking as usize) {
        shown[index] += 1.0;
    }
    shown.into_iter().map(|units| units / scale).collect()
}

/// Did apportioning change a last digit?
fn moved(shown: &[f64], values: &[f64]) -> bool {
    shown.iter().zip(values).any(|(shown, value)| fixed(*shown, DECIMALS) != fixed(*value, DECIMALS))
}

/// `01 法制基础 › 01.1 …`, from the top.
fn groups(path: &[Level], results: &Results) -> Text {
    let named = path.iter().rev().filter_map(|level| results.groups.iter().find(|group| group.code == level.code));
    Text::join(&named.map(assessment::named).collect::<Vec<_>>(), " › ", " › ")
}

/// From the node up to the total, and the product.
fn weights(path: &[Level], share: f64) -> Section {
    let rows = path.iter().map(|level| {
        row(vec![
            level.code.clone().into(),
            level.parent.clone().map_or(TOTAL, Text::from).into(),
            weight(level.weight).into(),
            weight(level.weights).into(),
            level.part.map_or_else(|| t("已离开", "left"), percent).into(),
        ])
    });
    let table = Table {
        id: "path",
        title: Text::default(),
        columns: vec![
            column(t("编号", "Code"), Kind::Short),
            column(t("在", "In"), Kind::Short),
            column(t("权重", "Weight"), Kind::Short),
            column(t("同级计分的权重之和", "Weights of all scored siblings"), Kind::Short),
            column(t("占同级", "Part"), Kind::Short),
        ],
        rows: rows.collect(),
    };
    let mut blocks = vec![Block::Table(table)];
    if path.iter().all(|level| level.part.is_some()) {
        let factors: Vec<Text> = path.iter().map(|level| format!("{}/{}", weight(level.weight), weight(level.weights)).into()).collect();
        blocks.push(Block::Text(
            t("占总分的比例 = {factors} = {share}", "Share in the total = {factors} = {share}")
                .with(&[("factors", Text::join(&factors, " × ", " × ")), ("share", percent(share))]),
        ));
    }
    section(t("权重", "Weight"), blocks)
}

/// The target, the gap and the points lost.
fn target(results: &Results, target: &Target, share: f64) -> Option<Text> {
    let (gap, loss) = (target.gap?, target.loss?);
    let from = match target.from {
        TargetFrom::Profile if target.need.is_some() => target.need.as_ref().map(because).unwrap_or_default(),
        TargetFrom::Settings => t("评估设置", "the settings"),
        TargetFrom::Profile => t("按各题目标合成", "from the targets of its items"),
        TargetFrom::Tree => t("指标体系", "the tree"),
        TargetFrom::Option => t("--target 选项", "--target"),
        TargetFrom::Default => t("默认", "the default"),
    };
    if crate::number::snapped(gap) == 0 {
        let met = t("目标 {target}（{from}），已达到", "Target {target} ({from}), reached");
        return Some(met.with(&[("target", fixed(target.target, results.policy.decimals).into()), ("from", from)]));
    }
    Some(
        t(
            "目标 {target}（{from}），差 {gap} 分；失分 = {share} × {gap} = {loss}",
            "Target {target} ({from}), short by {gap}; points lost = {share} × {gap} = {loss}",
        )
        .with(&[
            ("target", fixed(target.target, results.policy.decimals).into()),
            ("from", from),
            ("gap", points(gap)),
            ("share", percent(share)),
            ("loss", points(loss)),
        ]),
    )
}

/// `共 12 题：已答 9、不适用 1、…`, states without items left out.
fn counts(counts: &Counts) -> Text {
    let all = [
        ("answered", counts.answered),
        ("no_data", counts.no_data),
        ("blank", counts.blank),
        ("unreadable", counts.unreadable),
        ("not_applicable", counts.not_applicable),
        ("out_of_scope", counts.out_of_scope),
    ];
    let named = all.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<Text> = named.map(|(code, count)| Text::join(&[assessment::state(code), count.into()], " ", " ")).collect();
    t("共 {items} 题：{parts}", "{items} items: {parts}").with(&[("items", counts.items.into()), ("parts", Text::join(&parts, "、", ", "))])
}

/// Why a node has no score.
fn left(left: &Left, of: Option<&Counts>) -> Text {
    let why = match left.why.as_str() {
        "children" => {
            of.map_or_else(Text::default, |of| t("其下都已离开，{counts}", "all under it left, {counts}").with(&[("counts", counts(of))]))
        }
        WITHHELD => t("敏感题，答案和得分不公开", "a sensitive item, whose answers and score are withheld"),
        "not_applicable" => t("不适用，退出计分", "not applicable, it leaves the score"),
        "out_of_scope" => t("本次不评", "not assessed in this run"),
        state => t(
            "{state}；按本次的规则，空白和读不出的退出计分",
            "{state}; by the rules of this run what is blank or unreadable leaves the score",
        )
        .with(&[("state", assessment::state(state))]),
    };
    let profile =
        left.profile.as_ref().map(|profile| t("不在“{name}”范围内", "outside the profile {name}").with(&[("name", profile.clone())]));
    let approved =
        (!left.approved_by.is_empty()).then(|| t("批准：{post}", "approved by: {post}").with(&[("post", left.approved_by.clone().into())]));
    let reasons = (!left.reasons.is_empty()).then(|| {
        let reasons: Vec<Text> = left.reasons.iter().map(|reason| reason.clone().into()).collect();
        t("理由：{reasons}", "reason: {reasons}").with(&[("reasons", Text::join(&reasons, "；", "; "))])
    });
    let parts: Vec<Text> = [Some(why), profile, reasons, approved].into_iter().flatten().collect();
    Text::join(&parts, "；", "; ")
}

/// A number of a table as text that is aligned like one.
fn exact(value: f64) -> Value {
    Value::Number(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_short_on_any_scale() {
        let sum = 0.1 + 0.2;
        assert_eq!([3.0, 10.0, sum, 1e-8, 2e13, 1e300].map(weight)[..5], ["3", "10", "0.3", "0.00000001", "20000000000000"]);
        assert_eq!(weight(0.0), "0");
    }

    #[test]
    fn apportioned_points_add_up_and_lie_within_one_last_digit() {
        let thirds = [100.0 / 3.0, 100.0 / 3.0, 100.0 / 3.0];
        assert_eq!(apportioned(&thirds, 100.0), [33.3334, 33.3333, 33.3333]);
        assert_eq!(apportioned(&[12.5, 0.0, 37.5], 50.0), [12.5, 0.0, 37.5]);
        assert_eq!(apportioned(&[1.0, 2.0], 90.0), [1.0, 2.0], "no parts of that sum");
        assert_eq!(apportioned(&[], 0.0), Vec::<f64>::new());
        assert!(moved(&apportioned(&thirds, 100.0), &thirds));
    }
}
