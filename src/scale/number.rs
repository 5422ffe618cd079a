//! `count`, `quantity`, `duration`: a number in the unit shown.

use serde_json::{Map, Value as Json};

use crate::finding::Finding;
use crate::node::Fields;
use crate::number::{Number, json};
use crate::scale::expression::{Expression, Inputs, Typed};
use crate::scale::limit;
use crate::scale::measure::{Measure, amount, quantity as amount_shown, singular};
use crate::scale::small;
use crate::scale::words::{BAD_UNIT, FRACTION, NEGATIVE, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants};
use crate::text::{Text, t};
use crate::unit::normal;

pub const COUNT: Entry = Entry { name: "count", words: t("个数", "count"), from: count };
pub const QUANTITY: Entry = Entry { name: "quantity", words: t("数量", "quantity"), from: quantity };
pub const DURATION: Entry = Entry { name: "duration", words: t("时长", "duration"), from: duration };

/// The units of time a duration may be in, by their code.
static TIME_UNITS: [(&str, Text); 4] = [("s", t("秒", "s")), ("min", t("分钟", "min")), ("h", t("小时", "h")), ("d", t("天", "d"))];

#[derive(Debug)]
struct Counted {
    measure: Measure,
    unit: Text,
    /// The code under which the unit is printed, where it is a unit of time.
    unit_code: Option<&'static str>,
    /// Whole numbers only.
    whole: bool,
    /// The largest answer there is.
    max: Option<Number>,
}

fn count(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    counted(fields, findings, true)
}

fn quantity(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    counted(fields, findings, false)
}

fn counted(fields: &mut Fields<'_>, findings: &mut Vec<Finding>, whole: bool) -> Option<Box<dyn Scale>> {
    let unit = fields.need("unit", "unit: {zh: 次, en: times}", findings).and_then(|node| node.pair("unit", findings));
    let (measure, max) = measured(fields, findings)?;
    Some(Box::new(Counted { measure, unit: unit?, unit_code: None, whole, max }))
}

/// A measure, and the largest answer there is.
fn measured(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<(Measure, Option<Number>)> {
    let max = fields.get("max");
    let measure = Measure::from(fields, findings);
    let max = limit::from(max, measure.iter().flat_map(Measure::numbers), findings);
    Some((measure?, max?))
}

fn duration(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    let node = fields.need("unit", "unit: min", findings);
    let measured = measured(fields, findings);
    let node = node?;
    let code = node.text("unit", findings)?;
    let Some((code, unit)) = TIME_UNITS.iter().find(|(known, _)| *known == code) else {
        findings.push(BAD_UNIT.at(node.place.clone(), &[("unit", code.into()), ("known", t("s、min、h、d", "s, min, h, d"))]));
        return None;
    };
    let (measure, max) = measured?;
    Some(Box::new(Counted { measure, unit: unit.clone(), unit_code: Some(code), whole: false, max }))
}

impl Scale for Counted {
    fn json(&self) -> Map<String, Json> {
        let unit = match self.unit_code {
            Some(code) => Json::from(code),
            None => serde_json::json!(self.unit),
        };
        let mut map = Map::from_iter([("unit".to_string(), unit)]);
        map.extend(self.measure.json());
        if let Some(max) = &self.max {
            map.insert("max".into(), json(max.to_f64()));
        }
        map
    }

    fn read(&self, text: &str, _question: &Text) -> Result<Reading, Unreadable> {
        let read = amount(text, &[&self.unit.zh, &self.unit.en, &singular(&self.unit.en)]).ok_or_else(|| Unreadable::new(&WORDS))?;
        if read.value.is_negative() {
            return Err(Unreadable::new(&NEGATIVE));
        }
        if self.whole && !read.value.is_whole() {
            return Err(Unreadable::new(&FRACTION));
        }
        limit::check(&read.value, self.max.as_ref(), &self.unit)?;
        Ok(self.measure.reading(read.value.clone(), Inputs::Value(read.value), &self.unit, self.whole, read.normalised))
    }

    fn largest(&self) -> Option<Number> {
        if self.max.is_some() { None } else { self.measure.numbers().max().cloned() }
    }

    fn doubt(&self, text: &str, reading: &Reading, question: &Text) -> Option<Unreadable> {
        let value = reading.exact.as_ref()?;
        limit::stand_in(value, self.measure.numbers().max()?, &self.unit, question)
            .or_else(|| small::fraction(text, value, &self.measure, &self.unit))
    }

    fn wants(&self) -> Wants {
        Wants::Number(self.unit.clone())
    }

    fn worth_expression(&self) -> Expression {
        self.measure.worth_expression(Typed::Number)
    }

    fn guide(&self) -> Text {
        self.measure.guide(&self.unit)
    }

    fn hint(&self) -> Text {
        let hint = if self.whole {
            t("整数，单位：{unit}", "a whole number, in {unit}")
        } else {
            t("数字，单位：{unit}", "a number, in {unit}")
        };
        limit::hint(hint.with(&[("unit", self.unit.clone())]), self.max.as_ref(), &self.unit)
    }

    fn steps(&self) -> Vec<Step> {
        self.measure.steps(&self.unit)
    }

    fn shown(&self, text: &str, question: &Text) -> Text {
        let value = self.read(&normal(text), question).ok().and_then(|reading| reading.exact);
        value.map_or_else(|| Text::same(text), |value| amount_shown(&value, &self.unit))
    }
}
