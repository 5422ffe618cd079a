//! What the office decided for itself, and who has returned.

use crate::number::Number;
use crate::report::Facts;
use crate::report::assessment::headline;
use crate::report::document::{Kind, Table, Value, column, row};
use crate::result::{Results, Return, ReturnState};
use crate::text::{Text, t};

/// Names that a sentence spells out.
const NAMED: usize = 6;

/// `草稿：还有 1 个部门未交（区司法局）`; none where all is in, or nobody said who was to return.
pub fn draft(results: &Results) -> Option<Text> {
    if !results.is_draft() {
        return None;
    }
    let of = |state: ReturnState| -> Option<Text> {
        let names: Vec<Text> =
            results.departments().filter(|one| one.state == state && !is_settled(one)).map(|one| one.department.clone().into()).collect();
        let named = Text::join(&names[..names.len().min(NAMED)], "、", ", ");
        let text = if names.len() > NAMED {
            t("{count} 个部门{state}（{names} 等）", "{count} departments {state} ({names} and others)")
        } else {
            t("{count} 个部门{state}（{names}）", "{count} [department|departments] {state} ({names})")
        };
        (!names.is_empty()).then(|| text.counted(names.len()).with(&[("state", state.words()), ("names", named)]))
    };
    let mut parts: Vec<Text> = [ReturnState::Missing, ReturnState::Incomplete, ReturnState::Errors].into_iter().filter_map(of).collect();
    if let Some((open, _)) = results.to_rate().filter(|(open, _)| *open > 0) {
        parts.push(t("评估组还有 {count} 题没有评定", "{count} [item is|items are] still for the assessors to rate").counted(open));
    }
    if parts.is_empty() {
        let open = results.counts.blank + results.counts.unreadable;
        parts.push(t("还有 {count} 题空白或读不出", "{count} [item is|items are] blank or unreadable").counted(open));
    }
    Some(t("草稿：{parts}。", "Draft: {parts}.").with(&[("parts", Text::join(&parts, "，", "; "))]))
}

/// Nothing came, but others answered all it was asked for.
fn is_settled(one: &Return) -> bool {
    one.state == ReturnState::Missing && one.blank.is_empty() && one.unreadable.is_empty()
}

/// The lines of page 1 that say what is local.
pub fn lines(results: &Results) -> Vec<Text> {
    let mut lines = Vec::new();
    let left_out = results.policy.scope.iter().flat_map(|scope| &scope.left_out);
    let named: Vec<Text> = left_out
        .map(|one| {
            let post = if one.approved_by.is_empty() {
                Text::default()
            } else {
                t("，批准：{post}", ", approved by: {post}").with(&[("post", one.approved_by.clone().into())])
            };
            // Redacted results hold no reasons.
            let text = if one.reason.is_empty() {
                t("{code}（{count} 题）", "{code} ({count} [item|items])")
            } else {
                t("{code}（{count} 题，{reason}{post}）", "{code} ({count} [item|items]: {reason}{post})")
            };
            text.counted(one.items).with(&[("code", one.code.clone().into()), ("reason", one.reason.clone().into()), ("post", post)])
        })
        .collect();
    if !named.is_empty() {
        lines.push(
            t("本地不评 {count} 处：{named}。", "Left out by local settings ({count}): {named}.")
                .with(&[("count", named.len().into()), ("named", Text::join(&named, "；", "; "))]),
        );
    }
    let Some(local) = &results.policy.local else { return lines };
    let moved: Vec<Text> = local
        .departments
        .iter()
        .filter(|one| !one.moved.is_empty())
        .map(|one| {
            t("{refs} 由{name}", "{refs} to {name}").with(&[("refs", one.moved.join("、").into()), ("name", one.name.clone().into())])
        })
        .collect();
    if !moved.is_empty() {
        lines.push(
            t("改由其他部门作答：{moved}。", "Moved to another department: {moved}.").with(&[("moved", Text::join(&moved, "；", "; "))]),
        );
    }
    if let Some(default) = &local.default_weights {
        let changed: Vec<Text> = local
            .weights
            .iter()
            .map(|one| {
                t("{code} {name} {default} → {local}", "{code} {name} {default} → {local}").with(&[
                    ("code", one.code.clone().into()),
                    ("name", one.name.clone()),
                    ("default", plain(one.default)),
                    ("local", plain(one.local)),
                ])
            })
            .collect();
        lines.push(
            t(
                "本地权重：{changed}。按默认权重，总分是 {score}（{grade}）。",
                "Local weights: {changed}. Under default weights the total is {score} ({grade}).",
            )
            .with(&[
                ("changed", Text::join(&changed, "，", "; ")),
                ("score", headline::score(results, default.rounded)),
                ("grade", results.band_name(default.grade.as_deref())),
            ]),
        );
    }
    if !local.targets.is_empty() {
        let named = |code: &str| results.groups.iter().find(|group| group.code == code).map(|group| group.name.clone()).unwrap_or_default();
        let targets: Vec<Text> = local
            .targets
            .iter()
            .map(|one| {
                let parts =
                    [one.code.clone().into(), named(&one.code), t("{target} 分", "{target}").with(&[("target", plain(one.target))])];
                Text::join(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>(), " ", " ")
            })
            .collect();
        lines.push(t("本地目标：{targets}。", "Local targets: {targets}.").with(&[("targets", Text::join(&targets, "，", "; "))]));
    }
    lines
}

/// A number as it was typed.
fn plain(value: f64) -> Text {
    Number::from_f64(value).map(|number| number.to_string()).unwrap_or_default().into()
}

/// Dates and bodies that the settings state.
pub fn dates(results: &Results) -> Option<Text> {
    let assessment = results.assessment.as_ref()?;
    let stated = [
        (t("评估单位", "Assessing body"), &assessment.assessor),
        (t("评估基准日", "Reference date"), &assessment.reference_date),
        (t("报送截止日", "Deadline"), &assessment.deadline),
    ];
    let parts: Vec<Text> =
        stated.into_iter().filter_map(|(label, value)| Some(Text::join(&[label, value.clone()?.into()], "：", ": "))).collect();
    (!parts.is_empty()).then(|| t("{parts}。", "{parts}.").with(&[("parts", Text::join(&parts, "；", "; "))]))
}

/// How far a department is; the assessors rate, they do not return.
pub fn state_words(one: &Return) -> Text {
    match (one.assessor, one.state) {
        (true, ReturnState::Missing) => t("待评定", "to be rated"),
        (true, ReturnState::Incomplete) => t("未评完", "partly rated"),
        (_, state) => state.words(),
    }
}

/// The files it sent, by name.
pub fn files_of(one: &Return) -> Text {
    let names: Vec<Text> = one.files.iter().cloned().map(Text::from).collect();
    Text::join(&names, "；", "; ")
}

/// Who has returned what: an attachment.
pub fn returns(facts: &Facts<'_>) -> Table {
    let rows = facts.results.returns.iter().map(|one| {
        row(vec![
            Value::Text(one.department.clone().into()),
            Value::Text(state_words(one)),
            Value::Number(one.items as f64),
            Value::Number((one.items - one.blank.len() - one.unreadable.len()) as f64),
            Value::Number(one.blank.len() as f64),
            Value::Number(one.errors as f64),
            Value::Number(one.missing_share),
            Value::Text(files_of(one)),
        ])
    });
    Table {
        id: "returns",
        title: t("回收的自评表清单", "Surveys returned"),
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("回收情况", "State"), Kind::Short),
            column(t("题数", "Items"), Kind::Count),
            column(t("已答", "Answered"), Kind::Count),
            column(t("空白", "Blank"), Kind::Count),
            column(t("错误", "Errors"), Kind::Count),
            column(t("所缺占总分", "Missing, of the total"), Kind::Percent),
            column(t("文件", "Files"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The cover of the report: label and value, empty ones to be written by hand.
pub fn cover(results: &Results) -> Vec<(Text, Text)> {
    let assessment = results.assessment.as_ref();
    let said = |value: Option<&String>| value.map(|value| Text::from(value.clone())).unwrap_or_default();
    vec![
        (t("被评估单位", "Unit assessed"), results.unit.name.clone().into()),
        (t("上级单位", "Parent unit"), said(results.unit.parent.as_ref())),
        (t("评估期", "Period"), results.period.clone().into()),
        (t("评估基准日", "Reference date"), said(assessment.and_then(|one| one.reference_date.as_ref()))),
        (t("评估单位", "Assessing body"), said(assessment.and_then(|one| one.assessor.as_ref()))),
        (t("编制日期", "Date of the report"), Text::default()),
        (t("公开属性", "Classification"), Text::default()),
    ]
}
