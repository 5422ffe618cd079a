//! `range`: inside a band full worth; outside, by how far away.

use serde_json::{Map, Value as Json, json};

use crate::finding::Finding;
use crate::node::{Fields, Node, Value};
use crate::number::{self, Number};
use crate::scale::expression::{Comparison, Expression, Inputs, Typed};
use crate::scale::limit;
use crate::scale::measure::{amount, quantity, score_of};
use crate::scale::rate::{percent_of, percent_sign};
use crate::scale::words::{BAD_BAND, BAD_STEPS, NEGATIVE, PERCENT_OR_PART, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants};
use crate::scale::{plain, plain_percent};
use crate::text::{Text, t};

pub const ENTRY: Entry = Entry { name: "range", words: t("区间", "range"), from };

/// Scores of the steps outside run from 0 to this.
const FULL: usize = 3;

#[derive(Debug)]
struct Range {
    unit: Text,
    percent: bool,
    low: Number,
    high: Number,
    outside: Vec<Outside>,
    /// The largest answer there is.
    max: Option<Number>,
}

/// A step outside the band: beyond `edge`, on the side `below` or above, worth score / 3.
#[derive(Debug)]
struct Outside {
    below: bool,
    edge: Number,
    score: usize,
}

fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    let unit_node = fields.need("unit", "unit: \"%\"", findings);
    let band_node = fields.need("band", "band: [1.0, 3.0]", findings);
    let outside_node = fields.get("outside");
    let max_node = fields.get("max");
    let (unit_node, band_node) = (unit_node?, band_node?);
    let unit = match &unit_node.value {
        Value::Text(unit) => Text::same(unit.clone()),
        _ => unit_node.pair("unit", findings)?,
    };
    let percent = unit.zh == "%";
    let band: Vec<Number> = band_node.numbers("band", findings)?.into_iter().filter_map(Number::from_f64).collect();
    let [low, high] = <[Number; 2]>::try_from(band).ok().filter(|[low, high]| low <= high).or_else(|| {
        findings.push(BAD_BAND.at(band_node.place.clone(), &[]));
        None
    })?;
    let mut outside = Vec::new();
    for node in outside_node.map_or(Some(&[][..]), |node| node.list("outside", findings))? {
        outside.push(step(node, findings)?);
    }
    let named = [&low, &high].into_iter().chain(outside.iter().map(|step| &step.edge));
    let max = limit::from(max_node, named, findings)?;
    let range = Range { unit, percent, low, high, outside, max };
    if let Some(what) = range.hole() {
        findings.push(BAD_STEPS.at(outside_node.unwrap_or(band_node).place.clone(), &[("what", what)]));
        return None;
    }
    Some(Box::new(range))
}

fn step(node: &Node, findings: &mut Vec<Finding>) -> Option<Outside> {
    let mut fields = Fields::of(node, "outside", findings)?;
    let below = fields.get("below").and_then(|node| node.exact("below", findings));
    let above = fields.get("above").and_then(|node| node.exact("above", findings));
    let score_node = fields.need("score", "score: 1", findings);
    let place = fields.place();
    fields.done(findings);
    let score_node = score_node?;
    let score = score_node.whole("score", findings)?;
    if score > FULL {
        findings.push(BAD_STEPS.at(score_node.place.clone(), &[("what", t("score 最大为 3", "score is 3 at most"))]));
        return None;
    }
    match (below, above) {
        (Some(edge), None) => Some(Outside { below: true, edge, score }),
        (None, Some(edge)) => Some(Outside { below: false, edge, score }),
        _ => {
            findings.push(BAD_STEPS.at(place, &[("what", t("每一步写 below 或 above 之一", "each step has either below or above"))]));
            None
        }
    }
}

impl Range {
    /// The steps of one side, nearest to the band first.
    fn side(&self, below: bool) -> Vec<&Outside> {
        let mut steps: Vec<&Outside> = self.outside.iter().filter(|step| step.below == below).collect();
        steps.sort_by(|one, two| if below { two.edge.cmp(&one.edge) } else { one.edge.cmp(&two.edge) });
        steps
    }

    /// Can a value lie on that side at all? In percent nothing is below 0.
    fn reachable(&self, below: bool) -> bool {
        !(below && self.percent && self.low <= Number::zero())
    }

    /// What is wrong with the steps: a value without worth, or worth that rises with distance.
    fn hole(&self) -> Option<Text> {
        for below in [true, false] {
            let steps = self.side(below);
            let band_edge = if below { &self.low } else { &self.high };
            let side = if below { t("低于区间一侧", "below the band") } else { t("高于区间一侧", "above the band") };
            let Some(first) = steps.first() else {
                if self.reachable(below) {
                    return Some(t("{side}没有得分", "no score {side}").with(&[("side", side)]));
                }
                continue;
            };
            let covers = if below { first.edge >= *band_edge } else { first.edge <= *band_edge };
            if !covers && self.reachable(below) {
                return Some(t("{side}，紧挨区间处没有得分", "no score next to the band, {side}").with(&[("side", side)]));
            }
            for pair in steps.windows(2) {
                if pair[0].edge == pair[1].edge || pair[1].score > pair[0].score {
                    return Some(
                        t("{side}，离得更远反而分高或重复", "{side}, further away scores more or stands twice").with(&[("side", side)]),
                    );
                }
            }
        }
        None
    }

    fn worth(&self, value: &Number) -> Number {
        if *value >= self.low && *value <= self.high {
            return Number::one();
        }
        let below = *value < self.low;
        let holding = self.side(below).into_iter().rfind(|step| if below { *value < step.edge } else { *value > step.edge });
        holding.map_or_else(Number::zero, |step| Number::ratio(step.score, FULL))
    }
}

impl Range {
    /// Below the band the farthest step that holds, above it the same, else 1.
    fn expression(&self, typed: Typed) -> Expression {
        let side = |below: bool| {
            let beyond = if below { Comparison::Below } else { Comparison::Above };
            self.side(below).into_iter().fold(Expression::whole(0), |nearer, step| {
                let score = Expression::whole(step.score).over(Expression::whole(FULL));
                Expression::when(typed.compared(beyond, &step.edge), score, nearer)
            })
        };
        let above = Expression::when(typed.compared(Comparison::Above, &self.high), side(false), Expression::whole(1));
        Expression::when(typed.compared(Comparison::Below, &self.low), side(true), above)
    }
}

impl Scale for Range {
    fn json(&self) -> Map<String, Json> {
        let unit = if self.unit.zh == self.unit.en { Json::from(self.unit.zh.to_string()) } else { json!(self.unit) };
        let outside: Vec<Json> = self
            .outside
            .iter()
            .map(|step| {
                let side = if step.below { "below" } else { "above" };
                let mut map = Map::new();
                map.insert(side.into(), number::json(step.edge.to_f64()));
                map.insert("score".into(), step.score.into());
                Json::Object(map)
            })
            .collect();
        let mut map = Map::from_iter([
            ("unit".to_string(), unit),
            ("band".to_string(), json!([number::json(self.low.to_f64()), number::json(self.high.to_f64())])),
            ("outside".to_string(), Json::Array(outside)),
        ]);
        if let Some(max) = &self.max {
            map.insert("max".into(), number::json(max.to_f64()));
        }
        map
    }

    fn read(&self, text: &str, _question: &Text) -> Result<Reading, Unreadable> {
        let fraction = if self.percent { percent_of(text) } else { None };
        let given = |value: Number| (value.clone(), Inputs::Value(value));
        let ((value, inputs), normalised) = match fraction {
            Some(value) => (value?, false),
            None => match self.percent.then(|| percent_sign(text)).flatten() {
                Some(value) => (given(value), false),
                None => {
                    let read = amount(text, &[&self.unit.zh, &self.unit.en]).ok_or_else(|| Unreadable::new(&WORDS))?;
                    // A bare 0.02 may have been meant as 2 %: what it was read as is told.
                    let doubtful = self.percent
                        && read.value > Number::zero()
                        && read.value < Number::one()
                        && self.worth(&read.value) == Number::one();
                    (given(read.value), read.normalised || doubtful)
                }
            },
        };
        if self.percent && value.is_negative() {
            return Err(Unreadable::new(&NEGATIVE));
        }
        limit::check(&value, self.max.as_ref(), &self.unit)?;
        let sign = if self.percent { "%" } else { "" };
        let worth = self.worth(&value);
        Ok(Reading { worth, inputs, value: format!("{value}{sign}"), exact: Some(value), short_by: None, normalised })
    }

    /// 0.02 is 2 % to a spreadsheet, and 1 is 100 %.
    fn doubt(&self, text: &str, reading: &Reading, _question: &Text) -> Option<Unreadable> {
        let bare = Number::parse(text).filter(|value| self.percent && *value > Number::zero() && *value <= Number::one())?;
        let percent = bare.times(&100.into()).to_string();
        (reading.worth < Number::one()).then(|| Unreadable::with(&PERCENT_OR_PART, vec![("percent", percent.into())]))
    }

    fn wants(&self) -> Wants {
        if self.percent { Wants::Percent } else { Wants::Number(self.unit.clone()) }
    }

    fn worth_expression(&self) -> Expression {
        if self.percent { Typed::either(|typed| self.expression(typed)) } else { self.expression(Typed::Number) }
    }

    fn guide(&self) -> Text {
        let mut lines = vec![
            t("{low} 至 {high}：100 分", "{low} to {high}: 100")
                .with(&[("low", quantity(&self.low, &self.unit)), ("high", quantity(&self.high, &self.unit))]),
        ];
        for step in self.side(true).into_iter().chain(self.side(false)) {
            let line = if step.below {
                t("低于 {edge}：{score} 分", "below {edge}: {score}")
            } else {
                t("高于 {edge}：{score} 分", "above {edge}: {score}")
            };
            lines.push(
                line.with(&[("edge", quantity(&step.edge, &self.unit)), ("score", score_of(&Number::ratio(step.score, FULL)).into())]),
            );
        }
        Text::join(&lines, "；", "; ")
    }

    fn hint(&self) -> Text {
        let hint = if self.percent {
            t("百分数，如 2%；或分数，如 2/100", "a percentage, like 2%; or a fraction, like 2/100")
        } else {
            t("数字，单位：{unit}", "a number, in {unit}").with(&[("unit", self.unit.clone())])
        };
        limit::hint(hint, self.max.as_ref(), &self.unit)
    }

    fn steps(&self) -> Vec<Step> {
        let what = t("落在 {low} 至 {high} 之间", "lie between {low} and {high}")
            .with(&[("low", quantity(&self.low, &self.unit)), ("high", quantity(&self.high, &self.unit))]);
        vec![Step { worth: Number::one(), what }]
    }

    fn text_cell(&self) -> bool {
        self.percent
    }

    fn shown(&self, text: &str, _question: &Text) -> Text {
        Text::same(if self.percent { plain_percent(text) } else { plain(text) })
    }
}
