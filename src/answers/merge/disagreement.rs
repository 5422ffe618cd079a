//! What is said where respondents differ: who answered what and in which cell, and what was made of it.

use crate::answers::judge::JudgedCell;
use crate::answers::merge::merged::Merged;
use crate::answers::merge::{Entry, Merger, Said, Voice, Who, differ, in_force, name};
use crate::answers::{DISAGREEMENT, MergedState, NA_BESIDE_ANSWER};
use crate::finding::Finding;
use crate::number::fixed;
use crate::place::Place;
use crate::policy::Policy;
use crate::scale::State;
use crate::survey::layout::ASSESSOR;
use crate::text::{Text, t};
use crate::tree::Item;

const REVIEWED: Text = t("已由评估组复核，不必再处理。", "The assessors have reviewed it; nothing more to do.");
const ASSESSED: Text = t("以评估组所测为准，不必再处理。", "The assessors' own answer stands; nothing more to do.");
const LED: Text = t(
    "没有疑问的不必处理；有疑问的请核实，必要时由评估组复核。",
    "Nothing need be done unless you doubt it; then check it, and a review by the assessors settles it.",
);
const CHECK: Text = t("请核实，必要时由评估组复核。", "Check it; a review by the assessors settles it.");
/// What is to be done where answers differ: words of ours, which name nobody.
pub const TO_DO: [Text; 4] = [REVIEWED, ASSESSED, LED, CHECK];

/// Is it of answers that differ where a rule has settled which of them stands?
pub fn is_settled(finding: &Finding) -> bool {
    let is = |words: &Text| finding.args.get("todo").is_some_and(|todo| *todo == words.zh);
    finding.code == DISAGREEMENT.code && [REVIEWED, ASSESSED, LED].iter().any(is)
}

impl Merger<'_, '_> {
    /// One warning an item where readable answers in force, one a respondent, differ in state or worth; of those that count 不适用
    /// beside an answer has its own advice.
    pub(super) fn disagreement(&mut self, item: &Item, voices: &[Voice], chosen: &[Said], why: Why, entries: &[Entry<'_>]) {
        let in_force = in_force(voices);
        let Some((_, first)) = in_force.first() else { return };
        if !in_force.iter().any(|(_, said)| differ(&said.state, &first.state)) {
            return;
        }
        let readable: Vec<&Said> = chosen.iter().filter(|said| said.state.is_readable()).collect();
        // The cell of whoever is used, else of the first that answered.
        let place = readable.iter().copied().chain(in_force.iter().map(|(_, said)| *said)).find_map(|said| self.cell_of(said, entries));
        let place = place.unwrap_or_default();
        let mut args = vec![
            ("item", name(item)),
            ("answers", self.listed(&in_force, &place, entries)),
            ("used", used(&readable, why, self.policy, entries)),
        ];
        let is = |state: MergedState| readable.iter().any(|said| MergedState::of(&said.state) == state);
        if is(MergedState::Answered) && is(MergedState::NotApplicable) {
            self.findings.push(NA_BESIDE_ANSWER.at(place, &args));
            return;
        }
        args.push((
            "todo",
            match why {
                Why::Review => REVIEWED,
                // It goes to the assessors: their own answer is no question to them.
                Why::Assessor => ASSESSED,
                // Several leads that differ are merged, which nobody decided.
                Why::Lead if readable.iter().all(|said| !differ(&said.state, &readable[0].state)) => LED,
                Why::Lead | Why::All => CHECK,
            },
        ));
        self.findings.push(DISAGREEMENT.at(place, &args));
    }

    /// `公安部门：2（公安部门.xlsx，E7）；应急管理部门：3（应急.xlsx，E7）`; a sheet is named where it is not that of the finding.
    fn listed(&self, in_force: &[(&Voice, &Said)], at: &Place, entries: &[Entry<'_>]) -> Text {
        let one = |(voice, said): &(&Voice, &Said)| {
            let place =
                self.cell_of(said, entries).map(|place| Place { sheet: place.sheet.clone().filter(|_| place.sheet != at.sheet), ..place });
            let place = place.map(|place| t("（{place}）", " ({place})").with(&[("place", place.show())])).unwrap_or_default();
            t("{who}：{answer}{place}", "{who}: {answer}{place}").with(&[
                ("who", self.name_of(&voice.who)),
                ("answer", typed(said, entries)),
                ("place", place),
            ])
        };
        Text::join(&in_force.iter().map(one).collect::<Vec<_>>(), "；", "; ")
    }

    pub(super) fn name_of(&self, who: &Who) -> Text {
        match who {
            Who::Assessor => ASSESSOR,
            Who::Real(index) => self.tree.local.respondents[*index].name.clone().into(),
            Who::Department(index) => self.tree.departments[*index].name.clone(),
            Who::Other(name) => name.clone().into(),
            Who::Nameless(index) => self.workbooks[*index].file.clone().into(),
        }
    }

    /// The cell that was said; what versions tore has none.
    fn cell_of(&self, said: &Said, entries: &[Entry<'_>]) -> Option<Place> {
        let (entry, cell) = cell(said, entries)?;
        Some(Place { cell: Some(cell.answer.cell.clone()), ..Place::sheet(&self.workbooks[entry.workbook].file, &entry.row.sheet) })
    }
}

/// Which answers come first, and so why these count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Why {
    Review,
    Assessor,
    Lead,
    #[default]
    All,
}

impl Why {
    /// `several` where more than one of them was merged.
    fn words(self, several: bool) -> Text {
        match (self, several) {
            (Why::Review, false) => t("以复核为准", "the review stands"),
            (Why::Review, true) => t("几份复核合并", "several reviews merged"),
            (Why::Assessor, false) => t("评估组的答案优先", "the assessors' answer comes first"),
            (Why::Assessor, true) => t("评估组的几份答案合并", "several answers of the assessors merged"),
            (Why::Lead, false) => t("牵头部门的答案优先", "the lead department's answer comes first"),
            (Why::Lead, true) => t("牵头的几个部门合并", "several lead departments merged"),
            (Why::All, false) => t("没有牵头部门的答案，别的部门的算数", "no answer of the lead department, so others count"),
            (Why::All, true) => t("没有牵头部门的答案，几个部门合并", "no answer of the lead department, so the others are merged"),
        }
    }
}

/// What was made of the readable answers that count: the only one, or how several were merged, and which states did not come in.
fn used(readable: &[&Said], why: Why, policy: &Policy, entries: &[Entry<'_>]) -> Text {
    if readable.is_empty() {
        return t("都没有采用", "None is used");
    }
    let merged = Merged::of(readable.iter().copied(), policy.merge);
    let (counted, passed): (Vec<&Said>, Vec<&Said>) = readable.iter().partition(|said| MergedState::of(&said.state) == merged.state);
    let one = |all: &[&Said]| -> Text {
        let mut once: Vec<Text> = Vec::new();
        for said in all {
            let said = t("“{answer}”", "\"{answer}\"").with(&[("answer", typed(said, entries))]);
            if !once.contains(&said) {
                once.push(said);
            }
        }
        Text::join(&once, "、", ", ")
    };
    let alike = counted.iter().all(|said| !differ(&said.state, &counted[0].state));
    let taken = match merged.worth.filter(|_| !alike) {
        Some(worth) => t("{merge}：{score} 分（{why}）", "{merge} is used: {score} points ({why})").with(&[
            ("merge", policy.merge.words().capital()),
            ("score", fixed(100.0 * worth, policy.decimals).into()),
            ("why", why.words(true)),
        ]),
        None => t("用的是{answer}（{why}）", "Used: {answer} ({why})").with(&[("answer", one(&counted)), ("why", why.words(false))]),
    };
    if passed.is_empty() {
        return taken;
    }
    t("{taken}；{states}未采用", "{taken}; not used: {states}").with(&[("taken", taken), ("states", one(&passed))])
}

/// The row and the cell that were said.
fn cell<'e, 'a>(said: &Said, entries: &'e [Entry<'a>]) -> Option<(&'e Entry<'a>, &'e JudgedCell)> {
    let entry = said.entry.and_then(|entry| entries.get(entry))?;
    let cells = [&entry.judged.own, &entry.judged.review].into_iter().flatten();
    cells.filter(|cell| cell.answer.state == said.state).map(|cell| (entry, cell)).next()
}

/// An answer as it stands in its cell, a state in our words.
fn typed(said: &Said, entries: &[Entry<'_>]) -> Text {
    let cell = cell(said, entries).filter(|_| matches!(said.state, State::Answered(_)));
    cell.map_or_else(|| said.state.shown(), |(_, cell)| Text::same(cell.answer.text.clone()))
}
