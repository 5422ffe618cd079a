//! The hazard profile of a filled settings workbook, and the rule that turns it into targets.

use crate::finding::{Finding, Kind, Severity};
use crate::settings::filled::{Reader, number};
use crate::settings::layout::{ABSENT, CEILING, CONSEQUENCE, CONSEQUENCES, GROUNDS, HAZARD, LIKELIHOOD, PHASE};
use crate::settings::tables::{Table, find};
use crate::survey::layout::is;
use crate::text::{Text, t};
use crate::tree::HazardProfile;
use crate::tree::hazards::{self, CLASSES, Level, NeedRule, Threat};
use crate::tree::vocabulary::{FACETS, PHASE as PHASE_FACET};

pub static UNKNOWN_HAZARD: Kind = Kind::error(
    "settings-hazard",
    t("“{text}”不是灾种，这一行没有采用。", "\"{text}\" is no hazard; the row is not used."),
    t("请从这些里选：{known}。", "Choose one of: {known}."),
);
pub static BAD_LEVEL: Kind = Kind::error(
    "settings-hazard-level",
    t("{hazard}的“{column}”是“{text}”，这一行没有采用。", "{column} of {hazard} is \"{text}\"; the row is not used."),
    t(
        "可能性、后果都填 1 到 5 的整数；本地没有这个灾种的，可能性填“无”。",
        "Likelihood and consequence are whole numbers from 1 to 5; where it does not occur here, write None under Likelihood.",
    ),
);
pub static NOT_JUDGED: Kind = Kind::new(
    "settings-hazard-blank",
    Severity::Warning,
    t(
        "这些灾种没有判断：{hazards}。只应对它们的题，目标不变。",
        "These hazards were not judged: {hazards}. Items that serve no other keep their targets.",
    ),
    t("请补填；本地没有的，可能性填“无”。", "Judge them too; write None under Likelihood where one does not occur."),
);
pub static BAD_NEED: Kind = Kind::error(
    "settings-need-rule",
    t("需求规则里的“{text}”{what}，用原来的数。", "\"{text}\" in the need rule {what}; the default is used."),
    t("目标是 0 到 100 的分数；阶段和可能性请保持原样。", "A target is a score from 0 to 100; leave phases and likelihoods as they are."),
);
pub static RULE_FALLS: Kind = Kind::new(
    "settings-need-falls",
    Severity::Warning,
    t(
        "需求规则中，{phase}在可能性 {likelihood}、后果 {consequence} 时的目标比更轻的情形还低。",
        "In the need rule, {phase} asks for less at likelihood {likelihood} and consequence {consequence} than where it is milder.",
    ),
    t("请核对这一格；确实要这样的，可以不改。", "Check that cell; leave it if it is meant."),
);
pub static KINDS: [&Kind; 5] = [&UNKNOWN_HAZARD, &BAD_LEVEL, &NOT_JUDGED, &BAD_NEED, &RULE_FALLS];

impl Reader<'_> {
    /// None where no hazard was judged.
    pub(super) fn hazards(&self, findings: &mut Vec<Finding>) -> Option<HazardProfile> {
        let table = find(self.book, self.file, &[HAZARD, LIKELIHOOD, CONSEQUENCE], &[GROUNDS])?;
        let kinds = hazards::kinds();
        let mut threats: Vec<Threat> = Vec::new();
        let mut seen = Vec::new();
        for row in table.rows() {
            let text = table.text(row, 0);
            let Some(hazard) = kinds.iter().copied().find(|kind| is(&text, &hazards::name(*kind)) || is(&text, &spelled(*kind))) else {
                let known: Vec<Text> = kinds.iter().map(|kind| hazards::name(*kind)).collect();
                findings.push(UNKNOWN_HAZARD.at(table.place(row, 0), &[("text", text.into()), ("known", Text::join(&known, "、", ", "))]));
                continue;
            };
            if seen.contains(&hazard) {
                findings.push(super::filled::TWICE.at(table.place(row, 0), &[("ref", hazards::name(hazard))]));
                continue;
            }
            seen.push(hazard);
            let absent = is(&table.text(row, 1), &ABSENT);
            if !absent && table.text(row, 1).is_empty() && table.text(row, 2).is_empty() {
                seen.pop();
                continue;
            }
            let level = if absent { None } else { level(&table, row, hazard, findings) };
            if absent || level.is_some() {
                threats.push(Threat { hazard, level, grounds: table.typed(row, 3) });
            }
        }
        if threats.is_empty() {
            return None;
        }
        threats.sort_by_key(|threat| threat.hazard);
        let blank: Vec<Text> = kinds.iter().filter(|kind| !seen.contains(kind)).map(|kind| hazards::name(*kind)).collect();
        if !blank.is_empty() {
            findings.push(NOT_JUDGED.at(table.place(table.header(), 0), &[("hazards", Text::join(&blank, "、", ", "))]));
        }
        Some(HazardProfile { threats, rule: self.rule(findings) })
    }

    fn rule(&self, findings: &mut Vec<Finding>) -> NeedRule {
        let mut rule = NeedRule::default();
        let bad = |place, text: String, what: Text| BAD_NEED.at(place, &[("text", text.into()), ("what", what)]);
        let score = t("不是 0 到 100 的数", "is no number from 0 to 100");
        let words: Vec<Text> = [PHASE, LIKELIHOOD].into_iter().chain(CONSEQUENCES).collect();
        if let Some(table) = find(self.book, self.file, &words, &[]) {
            for row in table.rows() {
                let text = table.text(row, 0);
                if is(&text, &CEILING) || text.is_empty() {
                    continue;
                }
                let phases = &FACETS[PHASE_FACET].vocabulary;
                let phase = (0..phases.words.len()).find(|index| is(&text, &phases.name_of(*index)));
                let likelihood = class(&table, row, 1);
                let (Some(phase), Some(likelihood)) = (phase, likelihood) else {
                    let text = if phase.is_none() { text } else { table.text(row, 1) };
                    findings.push(bad(table.place(row, 0), text, t("认不出", "is not known")));
                    continue;
                };
                for consequence in 0..CLASSES {
                    let column = consequence + 2;
                    if table.text(row, column).is_empty() {
                        continue;
                    }
                    match number(table.cell(row, column)).filter(|need| (0.0..=100.0).contains(need)) {
                        Some(need) => rule.needs[phase][likelihood - 1][consequence] = need,
                        None => findings.push(bad(table.place(row, column), table.text(row, column), score.clone())),
                    }
                }
            }
            if let Some((phase, likelihood, consequence)) = rule.falls() {
                let args = [
                    ("phase", FACETS[PHASE_FACET].vocabulary.name_of(phase)),
                    ("likelihood", likelihood.into()),
                    ("consequence", consequence.into()),
                ];
                findings.push(RULE_FALLS.at(table.place(table.header(), 0), &args));
            }
        }
        for sheet in &self.book.sheets {
            for row in sheet.rows.keys().copied().filter(|row| is(&sheet.text(*row, 0), &CEILING)) {
                let text = sheet.text(row, 1);
                let place = crate::place::Place::cell(self.file, &sheet.name, row, 1);
                match number(sheet.cell(row, 1)).filter(|ceiling| (0.0..=100.0).contains(ceiling)) {
                    Some(ceiling) => rule.ceiling = ceiling,
                    None if text.trim().is_empty() => {}
                    None => findings.push(bad(place, text, score.clone())),
                }
            }
        }
        rule
    }
}

/// A hazard as trees write it.
fn spelled(hazard: usize) -> Text {
    Text::same(FACETS[crate::tree::vocabulary::HAZARD].vocabulary.words[hazard].word)
}

/// A whole number from 1 to 5.
fn class(table: &Table<'_>, row: u32, column: usize) -> Option<usize> {
    let number = number(table.cell(row, column))?;
    (1..=CLASSES).find(|class| *class as f64 == number)
}

fn level(table: &Table<'_>, row: u32, hazard: usize, findings: &mut Vec<Finding>) -> Option<Level> {
    let mut stated = |column: usize, name: Text| {
        let class = class(table, row, column);
        if class.is_none() {
            let text = table.text(row, column);
            let text = if text.is_empty() { t("空白", "blank") } else { text.into() };
            let args = [("hazard", hazards::name(hazard)), ("column", name), ("text", text)];
            findings.push(BAD_LEVEL.at(table.place(row, column), &args));
        }
        class
    };
    let (likelihood, consequence) = (stated(1, LIKELIHOOD), stated(2, CONSEQUENCE));
    Some(Level { likelihood: likelihood?, consequence: consequence? })
}
