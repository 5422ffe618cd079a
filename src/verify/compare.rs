//! Two readings of one report: what stands in the file, and what stands in one made again from the inputs.

use std::collections::HashMap;

use crate::text::{Text, t};
use crate::verify::{Entry, Printed, Shown, names};

/// Two numbers this near are one: a program that saves a workbook again may write another last digit.
const NEAR: f64 = 1e-9;

/// One place where the two differ; none where one of them has nothing there.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub at: Text,
    pub reported: Option<String>,
    pub recomputed: Option<String>,
}

/// What differs, in the order of the report.
pub fn differences(reported: &Printed, recomputed: &Printed) -> Vec<Difference> {
    let part = |printed: &Printed, fixed: bool| -> Vec<Entry> {
        printed.entries.iter().filter(|entry| entry.address.is_some() == fixed).cloned().collect()
    };
    let near = if reported.exact { 0.0 } else { NEAR };
    let mut all = in_order(&part(reported, false), &part(recomputed, false), near);
    all.extend(by_place(&part(reported, true), &part(recomputed, true), near));
    all
}

fn same(one: &Shown, two: &Shown, near: f64) -> bool {
    match (one, two) {
        (Shown::Number(one), Shown::Number(two)) => (one - two).abs() <= near * one.abs().max(two.abs()).max(1.0),
        (Shown::Text(one), Shown::Text(two)) => plain(one) == plain(two),
        _ => false,
    }
}

/// Text without what saving it again may change: kinds and runs of white space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn by_place(reported: &[Entry], recomputed: &[Entry], near: f64) -> Vec<Difference> {
    let addressed = |entries: &'_ [Entry]| -> HashMap<String, Shown> {
        entries.iter().filter_map(|entry| Some((entry.address.clone()?, entry.shown.clone()))).collect()
    };
    let (expected, there) = (addressed(recomputed), addressed(reported));
    let of = |known: &HashMap<String, Shown>, entry: &Entry| entry.address.as_ref().and_then(|address| known.get(address)).cloned();
    let mut all: Vec<Difference> = reported
        .iter()
        .map(|entry| (entry, of(&expected, entry)))
        .filter(|(entry, expected)| expected.as_ref().is_none_or(|shown| !same(&entry.shown, shown, near)))
        .map(|(entry, expected)| Difference {
            at: entry.at.clone(),
            reported: Some(entry.shown.text()),
            recomputed: expected.map(|shown| shown.text()),
        })
        .collect();
    all.extend(recomputed.iter().filter(|entry| of(&there, entry).is_none()).map(|entry| Difference {
        at: entry.at.clone(),
        reported: None,
        recomputed: Some(entry.shown.text()),
    }));
    all
}

/// Side by side; where their lengths differ, what lies between the parts that agree from the front and from the back.
fn in_order(reported: &[Entry], recomputed: &[Entry], near: f64) -> Vec<Difference> {
    let front = reported.iter().zip(recomputed).take_while(|(one, two)| same(&one.shown, &two.shown, near)).count();
    let most = reported.len().min(recomputed.len()) - front;
    let back =
        reported.iter().rev().zip(recomputed.iter().rev()).take(most).take_while(|(one, two)| same(&one.shown, &two.shown, near)).count();
    let (own, other) = (&reported[front..reported.len() - back], &recomputed[front..recomputed.len() - back]);
    let paired = (0..own.len().max(other.len())).map(|index| (own.get(index), other.get(index)));
    paired
        .filter(|pair| !matches!(pair, (Some(one), Some(two)) if same(&one.shown, &two.shown, near)))
        .map(|(one, two)| {
            let at = one.or(two).map(|entry| entry.at.clone()).unwrap_or_default();
            let texts = (one.map(|entry| entry.shown.text()), two.map(|entry| entry.shown.text()));
            let headers = one.or(two).and_then(|entry| entry.headers.clone()).unwrap_or_default();
            match &texts {
                (Some(own), Some(other)) => narrowed(at.clone(), own, other, &headers),
                _ => None,
            }
            .unwrap_or(Difference { at, reported: texts.0, recomputed: texts.1 })
        })
        .collect()
}

/// Of two lines of a table only the cells that differ, each under its header.
fn narrowed(at: Text, own: &str, other: &str, headers: &[String]) -> Option<Difference> {
    let cells = |text: &str| text.starts_with('|').then(|| text.split(" | ").map(str::to_string).collect::<Vec<_>>());
    let (own, other) = (cells(own)?, cells(other)?);
    let differ: Vec<usize> = (0..own.len()).filter(|index| other.get(*index) != own.get(*index)).collect();
    if own.len() != other.len() || differ.is_empty() {
        return None;
    }
    let pick = |all: &[String]| differ.iter().map(|index| all[*index].trim_matches(['|', ' ']).to_string()).collect::<Vec<_>>().join("，");
    let columns: Vec<Text> = differ.iter().map(|index| names::column(headers.get(*index).map_or("", String::as_str), index + 1)).collect();
    let at = names::within(&[at, Text::join(&columns, "、", ", ")]);
    Some(Difference { at, reported: Some(pick(&own)), recomputed: Some(pick(&other)) })
}

impl Difference {
    /// Was something put where a report leaves room to write by hand: into an empty cell, or behind a label?
    pub fn is_by_hand(&self) -> bool {
        let (Some(reported), Some(recomputed)) = (&self.reported, &self.recomputed) else { return false };
        let room = recomputed.trim_end_matches(|character: char| character == '_' || character.is_whitespace());
        recomputed.is_empty() || (room.len() < recomputed.len() && reported.starts_with(room))
    }

    /// `评分明细 G12：报告是 66.7，重算是 33.3`.
    pub fn line(&self) -> Text {
        let args = |reported: &str, recomputed: &str| {
            [("at", self.at.clone()), ("reported", shortened(reported).into()), ("recomputed", shortened(recomputed).into())]
        };
        match (&self.reported, &self.recomputed) {
            (Some(one), Some(two)) => t(
                "{at}：报告是“{reported}”，重算是“{recomputed}”",
                "{at}: the report says \"{reported}\", recomputed it is \"{recomputed}\"",
            )
            .with(&args(one, two)),
            (Some(one), None) => {
                t("{at}：报告有“{reported}”，重算没有", "{at}: the report says \"{reported}\", recomputed there is nothing")
                    .with(&args(one, ""))
            }
            (None, two) => t("{at}：报告没有，重算是“{recomputed}”", "{at}: the report says nothing, recomputed it is \"{recomputed}\"")
                .with(&args("", two.as_deref().unwrap_or_default())),
        }
    }
}

/// Enough of a text to know it by.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST { text.to_string() } else { text.chars().take(MOST).chain(['…']).collect() }
}
