//! `points`: full marks less deductions, as official scoring tables have them.

use serde_json::{Map, Value as Json};

use crate::finding::Finding;
use crate::node::{Fields, Node};
use crate::number::{self, Number};
use crate::scale::checklist::{ordinal, parts};
use crate::scale::expression::{Condition, Expression, Inputs, Variable};
use crate::scale::words::{BAD_POINTS, LINE_TWICE, POINTS_RANGE, UNKNOWN_LINE, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants, Way};
use crate::text::{Text, t};

pub const ENTRY: Entry = Entry { name: "points", words: t("扣分", "points"), from };

#[derive(Debug)]
struct Points {
    full: Number,
    deductions: Vec<Deduction>,
}

/// A line of the table: `points` each time, `max` in all where stated.
#[derive(Debug)]
struct Deduction {
    id: String,
    text: Text,
    points: Number,
    max: Option<Number>,
}

fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    let full_node = fields.need("full", "full: 10", findings);
    let deductions_node = fields.get("deductions");
    let full_node = full_node?;
    let full = full_node.exact("full", findings)?;
    if full <= Number::zero() {
        findings.push(BAD_POINTS.at(full_node.place.clone(), &[("what", t("full 应大于 0", "full should be above 0"))]));
        return None;
    }
    let nodes = deductions_node.map_or(Some(&[][..]), |node| node.list("deductions", findings))?;
    let deductions: Vec<Deduction> = nodes.iter().filter_map(|node| deduction(node, findings)).collect();
    if deductions.len() != nodes.len() {
        return None;
    }
    for (index, line) in deductions.iter().enumerate() {
        if deductions[..index].iter().any(|earlier| earlier.id == line.id) {
            let what = t("扣分编号 {id} 重复", "the deduction id {id} stands twice").with(&[("id", line.id.clone().into())]);
            findings.push(BAD_POINTS.at(nodes[index].place.clone(), &[("what", what)]));
            return None;
        }
    }
    Some(Box::new(Points { full, deductions }))
}

fn deduction(node: &Node, findings: &mut Vec<Finding>) -> Option<Deduction> {
    let mut fields = Fields::of(node, "deductions", findings)?;
    let id = fields.need("id", "id: d1", findings).and_then(|node| node.text("id", findings));
    let zh = fields.need("zh", "zh: …", findings).and_then(|node| node.text("zh", findings));
    let en = fields.need("en", "en: …", findings).and_then(|node| node.text("en", findings));
    let points = fields.need("points", "points: 2", findings).and_then(|node| node.exact("points", findings));
    let max = fields.get("max").map(|node| node.exact("max", findings));
    let place = fields.place();
    fields.done(findings);
    let line = Deduction { id: id?, text: Text::new(zh?, en?), points: points?, max: max.map_or(Some(None), |max| max.map(Some))? };
    if line.points <= Number::zero() || line.max.as_ref().is_some_and(|max| *max <= Number::zero()) {
        findings.push(BAD_POINTS.at(place, &[("what", t("points 与 max 应大于 0", "points and max should be above 0"))]));
        return None;
    }
    Some(line)
}

impl Points {
    fn reading(&self, earned: &Number, inputs: Inputs) -> Reading {
        let worth = Number::fraction(&earned.clone().max(Number::zero()), &self.full).unwrap_or_else(Number::zero);
        Reading { worth, inputs, value: earned.to_string(), exact: None, short_by: None, normalised: false }
    }

    fn deducted(&self, lines: &str) -> Result<Reading, Unreadable> {
        let lines = lines.trim();
        let mut times = vec![0; self.deductions.len()];
        if lines == "无" {
            return Ok(self.reading(&self.full, Inputs::Times(times)));
        }
        // Spaces around × belong to the sign, not between lines.
        let joined: String = lines.split('×').map(str::trim).collect::<Vec<_>>().join("×");
        let mut earned = self.full.clone();
        for part in parts(&joined).ok_or_else(|| Unreadable::new(&WORDS))? {
            let (line, how_often) = part.split_once('×').unwrap_or((&part, "1"));
            if !line.bytes().all(|byte| byte.is_ascii_digit()) || line.is_empty() {
                return Err(Unreadable::new(&WORDS));
            }
            let how_often = ordinal(how_often).ok_or_else(|| Unreadable::new(&WORDS))?;
            let Some(number) = ordinal(line).filter(|number| *number <= self.deductions.len()) else {
                return Err(Unreadable::with(&UNKNOWN_LINE, vec![("number", line.into()), ("count", self.deductions.len().into())]));
            };
            if times[number - 1] > 0 {
                return Err(Unreadable::with(&LINE_TWICE, vec![("number", number.into())]));
            }
            times[number - 1] = how_often;
            let deduction = &self.deductions[number - 1];
            let lost = deduction.points.times(&Number::ratio(how_often, 1));
            earned = earned.minus(&deduction.max.as_ref().map_or(lost.clone(), |max| lost.min(max.clone())));
        }
        Ok(self.reading(&earned, Inputs::Times(times)))
    }
}

impl Points {
    /// The lines by which points are lost.
    fn lost(&self, times: &[usize]) -> Text {
        let lost = self.deductions.iter().zip(times).filter(|(_, times)| **times > 0).map(|(line, times)| match times {
            1 => line.text.clone(),
            _ => t("{line}（{times} 次）", "{line} ({times} times)").with(&[("line", line.text.clone()), ("times", (*times).into())]),
        });
        Text::join(&lost.collect::<Vec<_>>(), "、", ", ")
    }
}

impl Scale for Points {
    fn json(&self) -> Map<String, Json> {
        let deductions: Vec<Json> = self
            .deductions
            .iter()
            .map(|line| {
                let mut map = Map::new();
                map.insert("id".into(), line.id.clone().into());
                map.insert("zh".into(), line.text.zh.clone().into());
                map.insert("en".into(), line.text.en.clone().into());
                map.insert("points".into(), number::json(line.points.to_f64()));
                if let Some(max) = &line.max {
                    map.insert("max".into(), number::json(max.to_f64()));
                }
                Json::Object(map)
            })
            .collect();
        Map::from_iter([("full".to_string(), number::json(self.full.to_f64())), ("deductions".to_string(), Json::Array(deductions))])
    }

    fn read(&self, text: &str, _question: &Text) -> Result<Reading, Unreadable> {
        if let Some(lines) = text.strip_prefix('扣') {
            return self.deducted(lines);
        }
        let earned = Number::parse(text).ok_or_else(|| Unreadable::new(&WORDS))?;
        if earned.is_negative() || earned > self.full {
            return Err(Unreadable::with(&POINTS_RANGE, vec![("full", self.full.to_string().into())]));
        }
        Ok(self.reading(&earned, Inputs::Value(earned.clone())))
    }

    fn wants(&self) -> Wants {
        Wants::Points
    }

    fn worth_expression(&self) -> Expression {
        let full = || Expression::Number(self.full.clone());
        let lost = |(index, line): (usize, &Deduction)| {
            let lost = Expression::Product(vec![Expression::Number(line.points.clone()), Expression::Variable(Variable::Times(index))]);
            line.max.as_ref().map_or(lost.clone(), |max| Expression::Least(vec![lost, Expression::Number(max.clone())]))
        };
        let lines: Vec<Expression> = self.deductions.iter().enumerate().map(lost).collect();
        let by_lines = Expression::Greatest(vec![Expression::whole(0), full().less(Expression::Sum(lines))]);
        Expression::when(Condition::Given(Variable::Value), Expression::Variable(Variable::Value), by_lines).over(full())
    }

    fn guide(&self) -> Text {
        let mut lines = vec![
            t("满分 {full} 分，按下列扣分，扣完为止", "full marks {full}, less the deductions below, not below 0")
                .with(&[("full", self.full.to_string().into())]),
        ];
        for (index, line) in self.deductions.iter().enumerate() {
            let text = match &line.max {
                Some(_) => {
                    t("{number}. {text}：每次扣 {points} 分，最多扣 {max} 分", "{number}. {text}: {points} each time, {max} at most")
                }
                None => t("{number}. {text}：每次扣 {points} 分", "{number}. {text}: {points} each time"),
            };
            lines.push(text.with(&[
                ("number", (index + 1).into()),
                ("text", line.text.clone()),
                ("points", line.points.to_string().into()),
                ("max", line.max.as_ref().map(ToString::to_string).unwrap_or_default().into()),
            ]));
        }
        Text::join(&lines, "\n", "\n")
    }

    fn hint(&self) -> Text {
        t(
            "得分，如 7.5；或扣分，如 扣1、3×2（第 1 条 1 次、第 3 条 2 次）；扣无为满分",
            "points earned, like 7.5; or deductions, like 扣1、3×2 (line 1 once, line 3 twice); 扣无 is full",
        )
    }

    fn steps(&self) -> Vec<Step> {
        vec![Step { worth: Number::one(), what: t("不再扣分", "no deductions") }]
    }

    fn described(&self, text: &str, question: &Text) -> Text {
        let shown = self.shown(text, question);
        let Ok(reading) = self.read(&crate::unit::normal(text), question) else { return shown };
        match &reading.inputs {
            Inputs::Times(times) if times.iter().any(|times| *times > 0) => {
                t("失分：{lost}", "points lost by: {lost}").with(&[("lost", self.lost(times))])
            }
            _ => shown,
        }
    }

    fn way(&self, text: &str, question: &Text, below: Option<&Number>, worth: &Number) -> Option<Way> {
        let reading = self.read(&crate::unit::normal(text), question).ok()?;
        let Inputs::Times(times) = &reading.inputs else {
            let to = Number::from_f64(worth.to_f64())?.times(&self.full);
            let from = if below.is_some() { Text::default() } else { format!("{} ", reading.value).into() };
            let rise = t("{from}→ {to} 分（满分 {full}）", "{from}→ {to} of {full} points");
            return Some(Way::Rise(rise.with(&[("from", from), ("to", to.to_string().into()), ("full", self.full.to_string().into())])));
        };
        let what = t("消除扣分：{lost}", "end what points are lost by: {lost}");
        let there = self.deductions.iter().zip(times).filter(|(_, times)| **times == 0).map(|(line, _)| line.text.clone()).collect();
        Some(Way::Named { what: what.with(&[("lost", self.lost(times))]), there })
    }

    fn text_cell(&self) -> bool {
        true
    }
}
