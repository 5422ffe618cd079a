//! An item's content in words, as the survey, the report and `tree show ID` print it.

use crate::text::{Text, t};
use crate::tree::content::{Action, Citation, Content, Evidence, Sample, Time};
use crate::tree::vocabulary::{ACTIONS, EVIDENCE, FACETS, HAZARD, LEVELS, Proof, STATUSES, proof};
use crate::tree::{Item, Tree};

impl Evidence {
    /// The paper alone; a check with its kind before it.
    pub fn shown(&self) -> Text {
        if proof(self.kind) == Proof::Documentary {
            return self.what.clone();
        }
        t("【{kind}】{what}", "[{kind}] {what}").with(&[("kind", EVIDENCE.name_of(self.kind)), ("what", self.what.clone())])
    }
}

impl Sample {
    pub fn shown(&self) -> Text {
        let args = [("of", self.of.clone()), ("all", self.all_up_to.unwrap_or(self.draw).into()), ("draw", self.draw.into())];
        match self.all_up_to {
            Some(all) if all > self.draw => {
                t("{of}：不超过 {all} 的全查，超过的随机抽 {draw}", "{of}: all if at most {all}, else {draw} at random").with(&args)
            }
            _ => t("{of}：随机抽 {draw}，不足的全查", "{of}: {draw} at random, all if there are fewer").with(&args),
        }
    }
}

impl Citation {
    /// `突发事件应对法（2024年修订）第40条`.
    pub fn law_shown(&self, tree: &Tree) -> Option<Text> {
        let law = tree.laws.get(self.law?)?;
        let article = self.article.as_deref().map(article).unwrap_or_default();
        Some(Text::new(format!("{}{}", law.name.zh, article.zh), format!("{}{}", law.name.en, article.en)))
    }

    /// With what is known of it: the words quoted, the note, and whether it was verified.
    pub fn shown(&self, tree: &Tree) -> Text {
        let status = STATUSES.name_of(self.status);
        let law = self.law_shown(tree);
        let quote = self.quote.as_ref().map(|quote| t("“{quote}”", "\"{quote}\"").with(&[("quote", quote.clone().into())]));
        let parts: Vec<Text> = [law, quote, self.note.clone()].into_iter().flatten().collect();
        t("{what}（{status}）", "{what} ({status})").with(&[("what", Text::join(&parts, "，", ", ")), ("status", status)])
    }
}

/// `40` is 第40条, `16(2)` 第16条第2款, `64,65` 第64、65条; anything else stands as it is.
fn article(text: &str) -> Text {
    let plain = |text: &str| !text.is_empty() && text.chars().all(|one| one.is_ascii_digit());
    let parts: Vec<&str> = text.split([',', '、', '，']).map(str::trim).collect();
    if parts.iter().all(|part| plain(part)) {
        let zh = format!("第{}条", parts.join("、"));
        let en = if parts.len() == 1 { format!(", Article {}", parts[0]) } else { format!(", Articles {}", parts.join(", ")) };
        return Text::new(zh, en);
    }
    if let Some((number, rest)) = text.split_once('(')
        && let Some(paragraph) = rest.strip_suffix(')')
        && plain(number)
        && plain(paragraph)
    {
        return Text::new(format!("第{number}条第{paragraph}款"), format!(", Article {number}({paragraph})"));
    }
    Text::new(format!("（{text}）"), format!(" ({text})"))
}

impl Action {
    /// `把队员意外险列入预算（应急管理部门，60 天，凭单据办结）`.
    /// With its owner, days and proof; the owner of `item` is whoever is asked for it.
    pub fn shown(&self, tree: &Tree, item: usize) -> Text {
        t("{what}（{owner}，{days} 天，凭{proof}办结）", "{what} ({owner}, {days} days, closed by: {proof})").with(&[
            ("what", self.what.clone()),
            ("owner", self.owner_shown(tree, item)),
            ("days", self.days.into()),
            ("proof", self.proof_shown()),
        ])
    }

    /// Who does it, as the place calls them; the owner of `item` is whoever is asked for it.
    pub fn owner_shown(&self, tree: &Tree, item: usize) -> Text {
        let of_its_lead = tree.items.get(item).is_some_and(|item| item.lead == Some(self.owner));
        if of_its_lead { Text::join(&tree.asked(item), "、", ", ") } else { tree.department_shown(self.owner) }
    }

    /// What shows that it is done.
    pub fn proof_shown(&self) -> Text {
        EVIDENCE.name_of(self.closes_with)
    }

    pub fn kind_shown(&self) -> Text {
        ACTIONS.name_of(self.kind)
    }
}

impl Content {
    pub fn time_shown(&self) -> Option<Text> {
        Some(match self.time? {
            Time::AsOf => t("截至评估基准日", "at the reference date"),
            Time::Period { months: 12 } => t("评估期内", "in the period"),
            Time::Period { months } => {
                t("评估基准日前 {months} 个月", "the {months} months before the reference date").with(&[("months", months.into())])
            }
        })
    }

    pub fn levels_shown(&self) -> Text {
        Text::join(&self.levels.iter().map(|level| LEVELS.name_of(*level)).collect::<Vec<_>>(), "、", ", ")
    }

    /// The words of one facet.
    pub fn facet_shown(&self, facet: usize) -> Text {
        let words = self.facets.get(facet).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<Text> = words.iter().map(|word| FACETS[facet].vocabulary.name_of(*word)).collect();
        Text::join(&names, "、", ", ")
    }

    pub fn hazards_shown(&self) -> Text {
        self.facet_shown(HAZARD)
    }

    pub fn evidence_shown(&self) -> Text {
        Text::join(&self.evidence.iter().map(Evidence::shown).collect::<Vec<_>>(), "；", "; ")
    }

    /// The laws cited, each article once, without the project's own practice.
    pub fn laws_shown(&self, tree: &Tree) -> Text {
        let mut laws: Vec<Text> = Vec::new();
        for law in self.basis.iter().filter_map(|one| one.law_shown(tree)) {
            if !laws.contains(&law) {
                laws.push(law);
            }
        }
        Text::join(&laws, "；", "; ")
    }

    /// What leads from a score, 0 to 100, up to a step on 0 to [`super::content::TOP`], in order.
    pub fn actions_to(&self, score: f64, step: usize) -> Vec<&Action> {
        let at = score * super::content::TOP as f64 / 100.0;
        self.actions.iter().filter(|action| action.to as f64 > at + 1e-9 && action.to <= step).collect()
    }

    /// What leads on from a score, 0 to 100.
    pub fn action_from(&self, score: f64) -> Option<&Action> {
        let at = score * super::content::TOP as f64 / 100.0;
        self.actions.iter().find(|action| action.to as f64 > at + 1e-9)
    }
}

impl Item {
    /// What the law asks for, in the words of the item's own step.
    pub fn floor_shown(&self) -> Option<Text> {
        let floor = self.content.floor_score()?;
        let steps = self.scaled.scale.steps();
        let step = steps.into_iter().find(|step| 100.0 * step.worth.to_f64() > floor - 1e-9);
        Some(step.map_or_else(|| t("得满分", "full score"), |step| step.what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_written_as_laws_are_cited() {
        for (written, zh, en) in [
            ("40", "第40条", ", Article 40"),
            ("64,65", "第64、65条", ", Articles 64, 65"),
            ("16(2)", "第16条第2款", ", Article 16(2)"),
            ("附件1", "（附件1）", " (附件1)"),
        ] {
            assert_eq!(article(written), Text::new(zh, en));
        }
    }
}
