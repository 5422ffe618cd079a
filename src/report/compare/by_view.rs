//! The parts by department and by facet.

use std::cmp::Reverse;

use crate::analysis::change::views::{LEADS, View, ViewRow};
use crate::analysis::change::{Cause, Origin, Parts};
use crate::number::snapped;
use crate::report::assessment::view_title;
use crate::report::compare::tables::SUM;
use crate::report::compare::words;
use crate::report::document::{Column, Kind, Row, Table, Value, column, row};
use crate::text::{Text, t};

/// The parts by department or by a facet.
pub fn view(view: &View) -> Table {
    let rule = if view.many {
        t(
            "（一题涉及几种的，影响总分平均分给各种，题数各计一次）",
            " (an item in several rows counts in each; its points are shared equally between them)",
        )
    } else {
        Text::default()
    };
    Table { id: view.key, title: view_title(&view.name, rule), columns: columns(view.name.clone()), rows: rows(view) }
}

/// All facets in one table, for a sheet.
pub fn facets(views: &[&View]) -> Table {
    let mut all = Vec::new();
    for view in views {
        for mut one in rows(view) {
            one.cells.insert(0, Value::Text(view.name.clone()));
            all.push(one);
        }
    }
    let mut columns = columns(t("类", "Class"));
    columns.insert(0, column(t("分面", "Facet"), Kind::Text));
    let title = t(
        "按分面（一题涉及几类的，影响总分平均分给各类，题数各计一次）",
        "By facet (an item in several classes counts in each; its points are shared equally between them)",
    );
    Table { id: "facets", title, columns, rows: all }
}

fn columns(first: Text) -> Vec<Column> {
    vec![
        column(first, Kind::Text),
        column(t("题数", "Items"), Kind::Count),
        column(t("影响总分", "Points of the total"), Kind::Moved),
        column(t("变好", "Better"), Kind::Moved),
        column(t("变差", "Worse"), Kind::Moved),
        column(words::origin(Origin::Knowledge), Kind::Moved),
        column(words::origin(Origin::Rule), Kind::Moved),
    ]
}

fn rows(view: &View) -> Vec<Row> {
    let shown = |(name, one): (Text, &ViewRow)| {
        let parts = &one.parts;
        row(vec![
            Value::Text(name),
            Value::Number(one.items as f64),
            Value::Number(parts.sum()),
            Value::Number(parts[Cause::Rose]),
            Value::Number(parts[Cause::Fell]),
            Value::Number(parts.of(Origin::Knowledge)),
            Value::Number(parts.of(Origin::Rule)),
        ])
    };
    // The words of a facet keep their order; of departments there are many, and most of them moved nothing.
    let departments = view.key == LEADS;
    let (mut moved, still): (Vec<&ViewRow>, Vec<&ViewRow>) = view.rows.iter().partition(|one| !departments || moved_anything(one));
    if departments {
        moved.sort_by_key(|one| Reverse(snapped(one.parts.sum()).abs()));
    }
    let mut rows: Vec<Row> = moved.into_iter().map(|one| shown((one.name.clone(), one))).collect();
    if !still.is_empty() {
        let name = t("另有 {count} 个部门没有变化", "{count} more [department|departments] without a change").counted(still.len());
        let items = still.iter().map(|one| one.items).sum();
        rows.push(shown((name.clone(), &ViewRow { name, items, parts: Parts::default() })));
    }
    rows.push(shown((SUM, &view.sum)));
    rows
}

/// Does any cause have points in it, even where they cancel out?
fn moved_anything(one: &ViewRow) -> bool {
    Cause::ALL.into_iter().any(|(cause, _)| snapped(one.parts[cause]) != 0)
}
