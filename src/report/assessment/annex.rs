//! Tables of the annex: data problems, files read, who answered, forms to fill by hand.

use std::collections::BTreeMap;

use crate::answers;
use crate::finding::{Finding, SEVERITY, Severity};
use crate::report::Facts;
use crate::report::assessment::nobody;
use crate::report::document::{Kind, Table, Value, column, row};
use crate::text::{Text, t};

/// The respondent of each file, where its cover names one.
pub type Asked = BTreeMap<String, String>;

/// Findings, errors first, and last those that a rule has settled.
pub fn findings(all: &[Finding]) -> Table {
    table(all, None)
}

/// The same, each with whom to ask about it.
pub fn findings_asked(all: &[Finding], asked: &Asked) -> Table {
    table(all, Some(asked))
}

fn table(all: &[Finding], asked: Option<&Asked>) -> Table {
    let mut all: Vec<&Finding> = all.iter().collect();
    all.sort_by_key(|finding| (answers::is_settled(finding), finding.severity));
    let rows = all.into_iter().map(|finding| {
        let place = &finding.place;
        let who = asked.map(|asked| place.file.as_ref().and_then(|file| asked.get(file)).cloned().unwrap_or_default());
        let mut cells = vec![
            Value::Text(finding.severity.word()),
            place.file.clone().unwrap_or_default().into(),
            place.sheet.clone().unwrap_or_default().into(),
            place.cell.clone().unwrap_or_default().into(),
            Value::Text(finding.message.clone()),
        ];
        if let Some(who) = who {
            cells.insert(1, who.into());
        }
        row(cells)
    });
    let mut columns = vec![
        column(SEVERITY, Kind::Severity),
        column(t("文件", "File"), Kind::Text),
        column(t("工作表", "Sheet"), Kind::Text),
        column(t("单元格", "Cell"), Kind::Short),
        column(t("问题与办法", "What, and what to do"), Kind::Text),
    ];
    if asked.is_some() {
        columns.insert(1, column(t("找谁", "Whom to ask"), Kind::Text));
    }
    Table { id: "findings", title: t("数据问题", "Data problems"), columns, rows: rows.collect() }
}

/// How many findings are errors and how many warnings.
pub fn finding_counts(facts: &Facts<'_>) -> (usize, usize) {
    let count = |severity| facts.results.findings.iter().filter(|finding| finding.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning))
}

/// The files read, with their digests.
pub fn inputs(facts: &Facts<'_>) -> Table {
    Table {
        id: "inputs",
        title: t("读入的文件", "Files read"),
        columns: vec![column(t("文件", "File"), Kind::Text), column(t("SHA-256 摘要", "SHA-256"), Kind::Text)],
        rows: facts.results.inputs.iter().map(|input| row(vec![input.file.clone().into(), input.sha256.clone().into()])).collect(),
    }
}

/// Who answered, from which file.
pub fn respondents(facts: &Facts<'_>) -> Table {
    let mut seen: Vec<(String, String, usize, usize)> = Vec::new();
    for item in &facts.results.items {
        for answer in &item.answers {
            let filled = [answer.own.as_ref().map(|own| own.state.as_str()), answer.review.as_ref().map(|review| review.state.as_str())];
            let filled = usize::from(filled.into_iter().flatten().any(|state| state != "blank"));
            let counted = usize::from(answer.counts && filled == 1);
            match seen.iter_mut().find(|(name, file, _, _)| *name == answer.respondent.name && *file == answer.place.file) {
                Some((_, _, answers, counts)) => {
                    *answers += filled;
                    *counts += counted;
                }
                None => seen.push((answer.respondent.name.clone(), answer.place.file.clone(), filled, counted)),
            }
        }
    }
    Table {
        id: "respondents",
        title: t("填报情况", "Who answered"),
        columns: vec![
            column(t("填报单位", "Respondent"), Kind::Text),
            column(t("文件", "File"), Kind::Text),
            column(t("填了", "Items filled"), Kind::Count),
            column(t("采用", "Items used"), Kind::Count),
        ],
        rows: seen
            .into_iter()
            .map(|(name, file, answers, counts)| {
                let name = if name.is_empty() { nobody(facts.results) } else { name.into() };
                row(vec![Value::Text(name), file.into(), Value::Number(answers as f64), Value::Number(counts as f64)])
            })
            .collect(),
    }
}

/// A form that people fill by hand: its lines, and who writes.
pub fn form(id: &'static str, title: Text, lines: &[Text], writer: Text) -> Table {
    Table {
        id,
        title,
        columns: vec![
            column(t("事项", "Subject"), Kind::Text),
            column(t("内容（由{writer}填写）", "To be filled in by {writer}").with(&[("writer", writer)]), Kind::Hand),
        ],
        rows: lines.iter().map(|line| row(vec![Value::Text(line.clone()), Value::Text(Text::same(" "))])).collect(),
    }
}

/// Who fills most forms.
pub const ASSESSORS: Text = t("评估组", "the assessors");

/// The page that the assessors sign.
pub fn signatures() -> Table {
    let lines = [
        t("评估组长", "Lead assessor"),
        t("评估组成员", "Assessor"),
        t("评估组成员", "Assessor"),
        t("评估组成员", "Assessor"),
        t("报告审核人", "Report checked by"),
    ];
    let blank = || Value::Text(Text::same(" "));
    Table {
        id: "form-sign",
        title: t("评估组签字", "Signatures of the assessors"),
        columns: vec![
            column(t("职责", "Role"), Kind::Short),
            column(t("姓名", "Name"), Kind::Hand),
            column(t("单位与职务", "Body and post"), Kind::Hand),
            column(t("签字", "Signature"), Kind::Hand),
            column(t("日期", "Date"), Kind::Hand),
        ],
        rows: lines.into_iter().map(|line| row(vec![Value::Text(line), blank(), blank(), blank(), blank()])).collect(),
    }
}
