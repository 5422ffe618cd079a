//! Sheets from one process of this program to another: JSON of rows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::sheet::{At, Cell, Content, How, Odd, Raised, Sheet, Shown};

const HOWS: [How; 3] = [How::Rounded, How::Fraction, How::Worded];

/// One JSON text.
pub fn written(sheets: &[Sheet]) -> String {
    Value::Array(sheets.iter().map(sheet).collect()).to_string()
}

fn sheet(sheet: &Sheet) -> Value {
    let cells: Vec<Value> = sheet
        .rows
        .iter()
        .flat_map(|(row, cells)| cells.iter().map(move |(column, cell)| (row, column, cell)))
        .map(|(row, column, cell)| {
            let (kind, value) = match &cell.content {
                Content::Text(text) => ("t", json!(text)),
                Content::Number(number) => ("n", json!(number)),
                Content::Truth(truth) => ("b", json!(truth)),
                Content::Date(text) => ("d", json!(text)),
                Content::Error(text) => ("e", json!(text)),
                Content::NoValue => ("f", Value::Null),
            };
            json!([row, column, kind, value, cell.percent, cell.odd.as_deref().map(odd)])
        })
        .collect();
    let told =
        |texts: &BTreeMap<At, String>| -> Vec<Value> { texts.iter().map(|((row, column), text)| json!([row, column, text])).collect() };
    json!({
        "name": sheet.name, "cells": cells, "notes": told(&sheet.notes), "over": told(&sheet.over), "hidden_rows": sheet.hidden_rows, "hidden_columns": sheet.hidden_columns,
        "filtered": sheet.filtered, "merged": sheet.merged, "hidden": sheet.hidden,
    })
}

fn odd(odd: &Odd) -> Value {
    let shown = odd.shown.as_ref().map(|shown| json!([shown.text, HOWS.iter().position(|how| *how == shown.how)]));
    let raised = odd.raised.as_ref().map(|raised| json!([raised.characters, raised.rest]));
    json!([shown, odd.struck, odd.linked, raised])
}

fn odd_of(value: &Value) -> Option<Odd> {
    let shown = match value.get(0)?.as_array() {
        Some(shown) => {
            let how = shown.get(1)?.as_u64().and_then(|at| HOWS.get(usize::try_from(at).ok()?))?;
            Some(Shown { text: shown.first()?.as_str()?.to_string(), how: *how })
        }
        None => None,
    };
    let raised = match value.get(3)?.as_array() {
        Some(raised) => {
            let text = |at: usize| raised.get(at)?.as_str().map(str::to_string);
            Some(Raised { characters: text(0)?, rest: text(1)? })
        }
        None => None,
    };
    Some(Odd { shown, struck: value.get(1)?.as_str().map(str::to_string), raised, linked: value.get(2)?.as_bool()?, source: None })
}

/// What [`written`] wrote; none for anything else.
pub fn read(text: &str) -> Option<Vec<Sheet>> {
    serde_json::from_str::<Value>(text).ok()?.as_array()?.iter().map(one).collect()
}

fn one(json: &Value) -> Option<Sheet> {
    let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
    let pair = |value: &Value| -> Option<At> { Some((number(value.get(0)?)?, number(value.get(1)?)?)) };
    let list = |key: &str| json.get(key)?.as_array();
    let mut sheet = Sheet {
        name: json.get("name")?.as_str()?.to_string(),
        filtered: json.get("filtered")?.as_bool()?,
        hidden: json.get("hidden")?.as_bool()?,
        hidden_rows: list("hidden_rows")?.iter().filter_map(number).collect(),
        hidden_columns: list("hidden_columns")?.iter().filter_map(pair).collect(),
        merged: list("merged")?.iter().filter_map(|one| Some((pair(one.get(0)?)?, pair(one.get(1)?)?))).collect(),
        ..Sheet::default()
    };
    for (key, texts) in [("notes", &mut sheet.notes), ("over", &mut sheet.over)] {
        for one in list(key)? {
            texts.insert(pair(one)?, one.get(2)?.as_str()?.to_string());
        }
    }
    for cell in list("cells")? {
        let (row, column) = pair(cell)?;
        let (kind, value) = (cell.get(2)?.as_str()?, cell.get(3)?);
        let text = || value.as_str().map(str::to_string);
        let content = match kind {
            "t" => Content::Text(text()?),
            "n" => Content::Number(value.as_f64()?),
            "b" => Content::Truth(value.as_bool()?),
            "d" => Content::Date(text()?),
            "e" => Content::Error(text()?),
            _ => Content::NoValue,
        };
        let odd = match cell.get(5)? {
            Value::Null => None,
            odd => Some(Box::new(odd_of(odd)?)),
        };
        sheet.rows.entry(row).or_default().insert(column, Cell { content, percent: cell.get(4)?.as_bool()?, odd });
    }
    Some(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_come_back_as_they_were_sent() {
        let mut sheet = Sheet { name: "表".into(), filtered: true, hidden: true, ..Sheet::default() };
        let contents = [
            Content::Text("=1 \"\n".into()),
            Content::Number(0.1 + 0.2),
            Content::Truth(true),
            Content::Date("2026-03-05".into()),
            Content::Error("#SPILL!".into()),
            Content::NoValue,
        ];
        for (row, content) in (0u32..).zip(contents) {
            sheet.rows.entry(row).or_default().insert(1_000, Cell { percent: row == 1, ..Cell::of(content) });
        }
        let shown = Some(Shown { text: "1.5小时".into(), how: How::Worded });
        let raised = Some(Raised { characters: "2".into(), rest: "1".into() });
        let odds = [Odd { shown, raised, ..Odd::default() }, Odd { struck: Some("3".into()), linked: true, ..Odd::default() }];
        for (row, odd) in (10u32..).zip(odds) {
            let cell = Cell { odd: Some(Box::new(odd)), ..Cell::of(Content::Number(1.5)) };
            sheet.rows.entry(row).or_default().insert(1, cell);
        }
        sheet.notes.insert((1, 2), "批注".into());
        sheet.over.insert((2, 2), "框".into());
        sheet.hidden_rows.insert(7);
        sheet.hidden_columns.push((1, 3));
        sheet.merged.push(((0, 0), (1, 1)));
        let sheets = vec![sheet, Sheet::default()];
        assert_eq!(read(&written(&sheets)), Some(sheets));
        assert_eq!(read("[1]"), None);
    }
}
