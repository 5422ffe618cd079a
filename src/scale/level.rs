//! `level`: described steps, worst first; worth k / top, or as stated.

use serde_json::{Map, Value as Json};

use crate::finding::Finding;
use crate::node::Fields;
use crate::number::{NUMERALS, Number, json};
use crate::scale::expression::{Comparison, Condition, Expression, Inputs, Variable};
use crate::scale::measure::score_of;
use crate::scale::words::{BAD_TOP, BAD_WORTH, LEVEL_OVER, NEGATIVE, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants, Way};
use crate::text::{Text, t};
use crate::unit::normal;

pub const ENTRY: Entry = Entry { name: "level", words: t("等级", "level"), from };

/// Characters of a level's words that stand beside its number.
const SHORT: usize = 40;

#[derive(Debug)]
struct Level {
    anchors: Vec<Text>,
    worth: Option<Vec<Number>>,
}

fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    let stated_top = fields.get("top").map(|node| node.whole("top", findings));
    let worth_node = fields.get("worth");
    let node = fields.need("anchors", "anchors: [{zh: …, en: …}, …]", findings)?;
    let nodes = node.list("anchors", findings)?;
    let anchors: Vec<Text> = nodes.iter().filter_map(|node| node.pair("anchors", findings)).collect();
    if anchors.len() != nodes.len() {
        return None;
    }
    let top_agrees = stated_top.flatten().is_none_or(|top| top == anchors.len().saturating_sub(1));
    if !(2..=11).contains(&anchors.len()) || !top_agrees {
        findings.push(BAD_TOP.at(node.place.clone(), &[]));
        return None;
    }
    let worth = match worth_node {
        None => None,
        Some(node) => {
            let worth: Vec<Number> = node.numbers("worth", findings)?.into_iter().filter_map(Number::from_f64).collect();
            let climbs = worth.windows(2).all(|pair| pair[0] < pair[1]);
            if worth.len() != anchors.len() || !climbs || worth.first() != Some(&Number::zero()) || worth.last() != Some(&Number::one()) {
                findings.push(BAD_WORTH.at(node.place.clone(), &[]));
                return None;
            }
            Some(worth)
        }
    };
    Some(Box::new(Level { anchors, worth }))
}

impl Level {
    fn top(&self) -> usize {
        self.anchors.len() - 1
    }

    fn worth(&self, level: usize) -> Number {
        match &self.worth {
            Some(worth) => worth.get(level).cloned().unwrap_or_else(Number::zero),
            None => Number::ratio(level, self.top()),
        }
    }
}

impl Scale for Level {
    fn json(&self) -> Map<String, Json> {
        let mut map = Map::new();
        map.insert("top".into(), self.top().into());
        map.insert("anchors".into(), self.anchors.iter().map(|anchor| serde_json::json!(anchor)).collect());
        if let Some(worth) = &self.worth {
            map.insert("worth".into(), worth.iter().map(|worth| json(worth.to_f64())).collect());
        }
        map
    }

    fn read(&self, text: &str, _question: &Text) -> Result<Reading, Unreadable> {
        let named = text.strip_suffix('级').map(str::trim_end).and_then(|word| NUMERALS.iter().position(|numeral| *numeral == word));
        let digits = text.strip_suffix('级').or_else(|| text.strip_suffix('分')).unwrap_or(text).trim_end();
        let number = match named {
            Some(index) => Number::ratio(index + 1, 1),
            None => Number::parse(digits).ok_or_else(|| Unreadable::new(&WORDS))?,
        };
        if number.is_negative() {
            return Err(Unreadable::new(&NEGATIVE));
        }
        if !number.is_whole() {
            return Err(Unreadable::new(&WORDS));
        }
        match number.to_usize().filter(|level| *level <= self.top()) {
            Some(level) => Ok(Reading {
                worth: self.worth(level),
                inputs: Inputs::Value(number),
                value: level.to_string(),
                exact: None,
                short_by: None,
                normalised: false,
            }),
            None => Err(Unreadable::with(&LEVEL_OVER, vec![("top", self.top().into())])),
        }
    }

    fn wants(&self) -> Wants {
        Wants::Level
    }

    fn worth_expression(&self) -> Expression {
        let level = || Expression::Variable(Variable::Value);
        let Some(worth) = &self.worth else { return level().over(Expression::whole(self.top())) };
        let steps = worth.iter().enumerate().skip(1);
        steps.fold(Expression::whole(0), |below, (step, worth)| {
            let reached = Condition::Compared(level(), Comparison::AtLeast, Expression::whole(step));
            Expression::when(reached, Expression::Number(worth.clone()), below)
        })
    }

    fn guide(&self) -> Text {
        let lines: Vec<Text> = self
            .anchors
            .iter()
            .enumerate()
            .map(|(level, anchor)| {
                t("{level} 级（{score} 分）：{anchor}", "{level} ({score}): {anchor}").with(&[
                    ("level", level.into()),
                    ("score", score_of(&self.worth(level)).into()),
                    ("anchor", anchor.clone()),
                ])
            })
            .collect();
        Text::join(&lines, "\n", "\n")
    }

    fn hint(&self) -> Text {
        t("0 到 {top} 的等级数字", "a level from 0 to {top}").with(&[("top", self.top().into())])
    }

    fn steps(&self) -> Vec<Step> {
        (1..=self.top())
            .map(|level| Step {
                worth: self.worth(level),
                what: t("{level} 级：{anchor}", "level {level}: {anchor}")
                    .with(&[("level", level.into()), ("anchor", self.anchors[level].clone())]),
            })
            .collect()
    }

    fn shown(&self, text: &str, question: &Text) -> Text {
        match self.read(&normal(text), question) {
            Ok(reading) => t("{level} 级", "level {level}").with(&[("level", reading.value.into())]),
            Err(_) => Text::same(text),
        }
    }

    fn described(&self, text: &str, question: &Text) -> Text {
        let (shown, meaning) = (self.shown(text, question), self.meaning(text, question));
        if meaning.is_empty() || meaning.zh.chars().count() > SHORT {
            return shown;
        }
        t("{meaning}（{shown}，最高 {top} 级）", "{meaning} ({shown} of {top})").with(&[
            ("meaning", meaning),
            ("shown", shown),
            ("top", self.top().into()),
        ])
    }

    fn way(&self, text: &str, question: &Text, below: Option<&Number>, worth: &Number) -> Option<Way> {
        self.read(&normal(text), question).ok()?;
        let level = (0..=self.top()).find(|level| self.worth(*level) == *worth)?;
        let anchor = &self.anchors[level];
        let to = if anchor.zh.chars().count() > SHORT {
            t("{level} 级", "level {level}")
        } else {
            t("{level} 级（{anchor}）", "level {level} ({anchor})")
        };
        let to = to.with(&[("level", level.into()), ("anchor", anchor.clone())]);
        Some(Way::Rise(match below {
            Some(_) => to,
            None => t("{from} → {to}", "{from} → {to}").with(&[("from", self.shown(text, question)), ("to", to)]),
        }))
    }

    fn anchors(&self) -> &[Text] {
        &self.anchors
    }

    fn meaning(&self, text: &str, question: &Text) -> Text {
        let level = self.read(&normal(text), question).ok().and_then(|reading| reading.value.parse::<usize>().ok());
        level.and_then(|level| self.anchors.get(level)).cloned().unwrap_or_default()
    }

    fn choices(&self) -> Vec<Text> {
        (0..=self.top()).map(Text::from).collect()
    }
}
