//! `checklist`: which of the elements are there; worth by how many.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::finding::Finding;
use crate::node::{Fields, Node};
use crate::number::Number;
use crate::scale::expression::{Comparison, Condition, Expression, Inputs, Variable};
use crate::scale::measure::step_line;
use crate::scale::words::{BAD_ELEMENTS, LAST_OR_ALL, NUMBER_ALONE, UNKNOWN_ELEMENT, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants, Way};
use crate::text::{Text, t};
use crate::unit::normal;

pub const ENTRY: Entry = Entry { name: "checklist", words: t("要素清单", "checklist"), from };

/// What a reading says where no element is there.
const NONE: &str = "无";

#[derive(Debug)]
struct Checklist {
    elements: Vec<(String, Text)>,
    cuts: Vec<usize>,
    /// Positions of elements without which the worth stays at the first cut.
    must: Vec<usize>,
}

fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    let elements_node = fields.need("elements", "elements: [{id: e1, zh: …, en: …}, …]", findings);
    let cuts_node = fields.need("cuts", "cuts: [3, 5, 6]", findings);
    let must_node = fields.get("must");
    let (elements_node, cuts_node) = (elements_node?, cuts_node?);
    let nodes = elements_node.list("elements", findings)?;
    let elements: Vec<(String, Text)> = nodes.iter().filter_map(|node| element(node, findings)).collect();
    if elements.len() != nodes.len() {
        return None;
    }
    let bad = |node: &Node, what: Text, findings: &mut Vec<Finding>| {
        findings.push(BAD_ELEMENTS.at(node.place.clone(), &[("what", what)]));
    };
    for (index, (id, _)) in elements.iter().enumerate() {
        if elements[..index].iter().any(|(earlier, _)| earlier == id) {
            bad(&nodes[index], t("要素编号 {id} 重复", "the element id {id} stands twice").with(&[("id", id.clone().into())]), findings);
            return None;
        }
    }
    let cut_nodes = cuts_node.list("cuts", findings)?;
    let cuts: Vec<usize> = cut_nodes.iter().filter_map(|node| node.whole("cuts", findings)).collect();
    if cuts.len() != cut_nodes.len() {
        return None;
    }
    let climbing = cuts.windows(2).all(|pair| pair[0] < pair[1]);
    if cuts.first().is_none_or(|first| *first == 0) || !climbing || cuts.last().is_none_or(|last| *last > elements.len()) {
        bad(
            cuts_node,
            t("cuts 应从 1 起逐档增加，不超过要素个数", "cuts rise from 1 or more and do not pass the number of elements"),
            findings,
        );
        return None;
    }
    let mut must = Vec::new();
    if let Some(node) = must_node {
        for id in node.texts("must", findings)? {
            match elements.iter().position(|(known, _)| *known == id) {
                Some(position) => must.push(position),
                None => bad(node, t("must 里的 {id} 不是要素", "{id} in must is no element").with(&[("id", id.into())]), findings),
            }
        }
        if !must.is_empty() && cuts.len() < 2 {
            bad(node, t("有 must 时 cuts 至少两档", "must needs two cuts or more"), findings);
            return None;
        }
    }
    Some(Box::new(Checklist { elements, cuts, must }))
}

fn element(node: &Node, findings: &mut Vec<Finding>) -> Option<(String, Text)> {
    let mut fields = Fields::of(node, "elements", findings)?;
    let id = fields.need("id", "id: e1", findings).and_then(|node| node.text("id", findings));
    let zh = fields.need("zh", "zh: …", findings).and_then(|node| node.text("zh", findings));
    let en = fields.need("en", "en: …", findings).and_then(|node| node.text("en", findings));
    fields.done(findings);
    Some((id?, Text::new(zh?, en?)))
}

/// Parts typed with `、`, `,` or spaces between them; none where a separator has nothing beside it.
pub fn parts(text: &str) -> Option<Vec<String>> {
    let separated: String = text.chars().map(|character| if character == '、' { ',' } else { character }).collect();
    let mut all = Vec::new();
    for group in separated.split(',') {
        let words: Vec<&str> = group.split_whitespace().collect();
        if words.is_empty() {
            return None;
        }
        all.extend(words.into_iter().map(str::to_string));
    }
    Some(all)
}

/// A whole number from 1, in plain digits.
pub fn ordinal(text: &str) -> Option<usize> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number| *number > 0)
}

impl Checklist {
    /// `1、3`: the elements that must be there.
    fn must_numbers(&self) -> Text {
        let numbers: Vec<Text> = self.must.iter().map(|position| (position + 1).into()).collect();
        Text::join(&numbers, "、", ", ")
    }

    fn worth(&self, there: &BTreeSet<usize>) -> Number {
        let reached = self.cuts.iter().filter(|cut| there.len() >= **cut).count();
        let all_must = self.must.iter().all(|position| there.contains(position));
        let reached = if all_must { reached } else { reached.min(1) };
        Number::ratio(reached, self.cuts.len())
    }

    fn reading(&self, there: &BTreeSet<usize>, repeated: bool) -> Reading {
        let value = if there.is_empty() {
            NONE.to_string()
        } else {
            there.iter().map(|position| (position + 1).to_string()).collect::<Vec<_>>().join("、")
        };
        let worth = self.worth(there);
        let one_more = |position: usize| {
            let mut more = there.clone();
            more.insert(position);
            self.worth(&more) > worth
        };
        let short = (0..self.elements.len()).any(one_more);
        let short_by = short.then(|| t("1 项要素", "one element"));
        let inputs = Inputs::Elements((0..self.elements.len()).map(|position| there.contains(&position)).collect());
        Reading { worth, inputs, value, exact: None, short_by, normalised: repeated }
    }
}

impl Scale for Checklist {
    fn json(&self) -> Map<String, Json> {
        let elements: Vec<Json> = self.elements.iter().map(|(id, text)| json!({"id": id, "zh": text.zh, "en": text.en})).collect();
        let mut map = Map::from_iter([("elements".to_string(), Json::Array(elements)), ("cuts".to_string(), json!(self.cuts))]);
        if !self.must.is_empty() {
            map.insert("must".into(), self.must.iter().map(|position| Json::from(self.elements[*position].0.clone())).collect());
        }
        map
    }

    fn read(&self, text: &str, _question: &Text) -> Result<Reading, Unreadable> {
        match text.to_lowercase().as_str() {
            "全部" | "all" => return Ok(self.reading(&(0..self.elements.len()).collect(), false)),
            "无" | "none" => return Ok(self.reading(&BTreeSet::new(), false)),
            _ => {}
        }
        let mut there = BTreeSet::new();
        let mut repeated = false;
        for part in parts(text).ok_or_else(|| Unreadable::new(&WORDS))? {
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Unreadable::new(&WORDS));
            }
            match ordinal(&part).filter(|number| *number <= self.elements.len()) {
                Some(number) => repeated |= !there.insert(number - 1),
                None => {
                    let how = if part.bytes().all(|digit| digit == b'0') {
                        t("一项都不具备的填“无”", "where none is in place, write None")
                    } else {
                        t("各序号之间要用“、”隔开", "numbers are parted by commas")
                    };
                    let args = vec![("number", part.into()), ("count", self.elements.len().into()), ("how", how)];
                    return Err(Unreadable::with(&UNKNOWN_ELEMENT, args));
                }
            }
        }
        Ok(self.reading(&there, repeated))
    }

    /// 6 alone: the sixth, or six of them?
    fn doubt(&self, text: &str, _reading: &Reading, _question: &Text) -> Option<Unreadable> {
        let number = ordinal(text).filter(|number| *number > 1)?;
        let count = self.elements.len();
        let kind = if number == count { &LAST_OR_ALL } else { &NUMBER_ALONE };
        Some(Unreadable::with(kind, vec![("number", number.into()), ("count", count.into())]))
    }

    fn wants(&self) -> Wants {
        Wants::Elements
    }

    fn worth_expression(&self) -> Expression {
        let element = |position: usize| Expression::Variable(Variable::Element(position));
        let there = || Expression::Sum((0..self.elements.len()).map(element).collect());
        let reached = |cut: &usize| Condition::Compared(there(), Comparison::AtLeast, Expression::whole(*cut));
        let by_count = Expression::part_of(self.cuts.iter().map(reached).collect());
        if self.must.is_empty() {
            return by_count;
        }
        let is_there = |position: &usize| Condition::Compared(element(*position), Comparison::AtLeast, Expression::whole(1));
        let first_cut = Expression::whole(1).over(Expression::whole(self.cuts.len()));
        let all_must = Condition::All(self.must.iter().map(is_there).collect());
        Expression::when(all_must, by_count.clone(), Expression::Least(vec![first_cut, by_count]))
    }

    fn guide(&self) -> Text {
        let mut lines: Vec<Text> = self
            .elements
            .iter()
            .enumerate()
            .map(|(index, (_, text))| {
                t("{number}. {text}", "{number}. {text}").with(&[("number", (index + 1).into()), ("text", text.clone())])
            })
            .collect();
        lines.extend(self.steps().iter().map(step_line));
        if !self.must.is_empty() {
            let text = if self.must.len() == 1 {
                t("缺第 {numbers} 项的，最多按第一档计", "without element {numbers} no more than the first step")
            } else {
                t("第 {numbers} 项缺任何一项，最多按第一档计", "with any of the elements {numbers} missing, no more than the first step")
            };
            lines.push(text.with(&[("numbers", self.must_numbers())]));
        }
        Text::join(&lines, "\n", "\n")
    }

    fn hint(&self) -> Text {
        t("已具备的要素序号，如 1、3、5；或 全部、无", "numbers of the elements in place, like 1, 3, 5; or All, None")
    }

    fn steps(&self) -> Vec<Step> {
        let count = self.cuts.len();
        self.cuts
            .iter()
            .enumerate()
            .map(|(index, cut)| {
                let what = if *cut == self.elements.len() {
                    t("{cut} 项要素齐全", "have all {cut} elements in place")
                } else if index > 0 && !self.must.is_empty() {
                    t("具备 {cut} 项要素，含第 {must} 项", "have {cut} elements in place, number {must} included")
                } else {
                    t("具备 {cut} 项要素", "have {cut} elements in place")
                };
                Step { worth: Number::ratio(index + 1, count), what: what.with(&[("cut", (*cut).into()), ("must", self.must_numbers())]) }
            })
            .collect()
    }

    fn shown(&self, text: &str, question: &Text) -> Text {
        let Ok(reading) = self.read(&normal(text), question) else { return Text::same(text) };
        let numbers: Vec<Text> = reading.value.split('、').map(Text::from).collect();
        let args = [("numbers", Text::join(&numbers, "、", ", ")), ("count", numbers.len().into()), ("all", self.elements.len().into())];
        if reading.value == NONE {
            return t("要素均无（0/{all}）", "no element (0 of {all})").with(&args);
        }
        t("要素 {numbers}（{count}/{all}）", "elements {numbers} ({count} of {all})").with(&args)
    }

    fn described(&self, text: &str, question: &Text) -> Text {
        let shown = self.shown(text, question);
        let Ok(reading) = self.read(&normal(text), question) else { return shown };
        let Inputs::Elements(there) = &reading.inputs else { return shown };
        let missing: Vec<Text> = self.elements.iter().zip(there).filter(|(_, there)| !**there).map(|((_, text), _)| text.clone()).collect();
        if missing.is_empty() {
            return shown;
        }
        t("缺：{missing}（{all} 项要素有 {count} 项）", "missing: {missing} ({count} of {all} elements in place)").with(&[
            ("missing", Text::join(&missing, "、", ", ")),
            ("all", self.elements.len().into()),
            ("count", (self.elements.len() - missing.len()).into()),
        ])
    }

    fn meaning(&self, text: &str, question: &Text) -> Text {
        let Ok(reading) = self.read(&normal(text), question) else { return Text::default() };
        let there: Vec<&str> = reading.value.split('、').collect();
        let named = |wanted: bool| -> Vec<Text> {
            let all = (1usize..).zip(&self.elements).filter(|(number, _)| there.contains(&number.to_string().as_str()) == wanted);
            all.map(|(number, (_, text))| {
                t("{number}. {text}", "{number}. {text}").with(&[("number", number.into()), ("text", text.clone())])
            })
            .collect()
        };
        let parts = [(t("有：{named}", "in place: {named}"), named(true)), (t("无：{named}", "missing: {named}"), named(false))];
        let said = parts.into_iter().filter(|(_, named)| !named.is_empty());
        let said: Vec<Text> = said.map(|(text, named)| text.with(&[("named", Text::join(&named, "；", "; "))])).collect();
        Text::join(&said, "\n", "\n")
    }

    fn way(&self, text: &str, question: &Text, below: Option<&Number>, worth: &Number) -> Option<Way> {
        let reading = self.read(&normal(text), question).ok()?;
        let Inputs::Elements(in_place) = &reading.inputs else { return None };
        let named = |wanted: bool| -> Vec<Text> {
            self.elements.iter().zip(in_place).filter(|(_, there)| **there == wanted).map(|((_, text), _)| text.clone()).collect()
        };
        let (missing, there) = (named(false), named(true));
        let cut_of = |worth: &Number| self.cuts.iter().enumerate().find(|(at, _)| Number::ratio(at + 1, self.cuts.len()) == *worth);
        let (step, cut) = cut_of(worth)?;
        let needed = match below.and_then(cut_of) {
            Some((_, below)) => cut - below,
            None => cut.saturating_sub(there.len()),
        };
        let must: Vec<Text> = if step == 0 {
            Vec::new()
        } else {
            self.must.iter().filter(|position| !in_place[**position]).map(|position| self.elements[*position].1.clone()).collect()
        };
        let needed = needed.max(must.len());
        let text = match below {
            Some(_) if *cut == self.elements.len() => t("把其余 {needed} 项补齐", "put the other {needed} in place"),
            Some(_) => t("再补 {needed} 项", "put {needed} more in place"),
            None if needed >= missing.len() => t("补齐：{missing}", "put in place: {missing}"),
            None if must.is_empty() => t("下列各项补上 {needed} 项：{missing}", "put {needed} of these in place: {missing}"),
            None => t("下列各项补上 {needed} 项，须含 {must}：{missing}", "put {needed} of these in place, {must} among them: {missing}"),
        };
        let what =
            text.with(&[("needed", needed.into()), ("must", Text::join(&must, "、", ", ")), ("missing", Text::join(&missing, "、", ", "))]);
        Some(Way::Named { what, there })
    }

    fn text_cell(&self) -> bool {
        true
    }
}
