//! Years side by side: what is comparable first, then what changed and why, then what last year's gaps became.

mod by_view;
mod chance;
mod editions;
mod items;
mod last_year;
mod narrative;
mod summary;
mod tables;
mod words;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::analysis::against::Against;
use crate::analysis::change::follow_up::{FollowUp, follow_up};
use crate::analysis::change::paired::{Paired, paired};
use crate::analysis::change::views::{LEADS, View, views};
use crate::analysis::change::{self, Cause, Change, Parts, Year};
use crate::error::Failure;
use crate::report::document::{Block, Document, Sheet};
use crate::result::{Results, to_json};
use crate::text::{Lang, Text, t};
use crate::tree::crosswalk::Crosswalk;

pub use summary::headline;

/// What a comparison draws on, each analysis made once.
pub struct Facts<'a> {
    /// At least one, in the order of the periods.
    pub years: Vec<Year<'a>>,
    /// SHA-256 of each year's `results.json`.
    pub digests: Vec<String>,
    /// From each year to the next.
    pub steps: Vec<Change>,
    /// Of the last step.
    pub views: Vec<View>,
    pub paired: Option<Paired>,
    pub follow_up: Vec<FollowUp>,
    /// Last year as a table of scores.
    pub against: Option<Against>,
}

impl<'a> Facts<'a> {
    pub fn new(years: Vec<Year<'a>>, crosswalk: &Crosswalk, against: Option<Against>) -> Result<Self, Failure> {
        let mut steps = Vec::new();
        for pair in years.windows(2) {
            steps.push(change::change(pair[0], pair[1], crosswalk).ok_or_else(|| no_total(&years))?);
        }
        let digests = years.iter().map(|year| crate::tree::hex(&Sha256::digest(to_json(year.results).as_bytes()))).collect();
        let mut facts = Facts { digests, steps, views: Vec::new(), paired: None, follow_up: Vec::new(), against, years };
        if let (Some(step), [.., before, after]) = (facts.steps.last(), facts.years.as_slice()) {
            facts.views = views(step, *before, *after);
            facts.paired = Some(paired(step, before.results, after.results));
            facts.follow_up = follow_up(step, before.results, after.results);
        }
        Ok(facts)
    }

    pub fn newest(&self) -> &'a Results {
        self.years[self.years.len() - 1].results
    }

    /// The last two years and the change between them.
    pub fn last_step(&self) -> Option<(Year<'a>, Year<'a>, &Change)> {
        match (self.years.as_slice(), self.steps.last()) {
            ([.., before, after], Some(step)) => Some((*before, *after, step)),
            _ => None,
        }
    }
}

fn no_total(years: &[Year<'_>]) -> Failure {
    let without: Vec<Text> =
        years.iter().filter(|year| year.results.total.score.is_none()).map(|year| year.results.period.clone().into()).collect();
    t("{periods} 没有一题计分，无法比较。", "Nothing is scored in {periods}; there is nothing to compare.")
        .with(&[("periods", Text::join(&without, "、", ", "))])
        .into()
}

/// `栖云区-2025-2026-对比`.
pub fn folder_name(facts: &Facts<'_>, lang: Lang) -> String {
    let newest = facts.newest();
    let first = facts.years.first().map(|year| year.results.period.as_str()).filter(|period| *period != newest.period);
    let periods: Vec<&str> = first.into_iter().chain([newest.period.as_str()]).collect();
    let word = t("对比", "compared");
    format!("{}-{}-{}", newest.unit.name, periods.join("-"), word.get(lang))
}

pub fn document(facts: &Facts<'_>) -> Document {
    let newest = facts.newest();
    let first = facts.years.first().map(|year| year.results.period.clone()).unwrap_or_default();
    // Last year's table may say of which year it is.
    let stated = facts.against.as_ref().and_then(|against| against.period(&newest.period));
    let args = [("first", first.into()), ("last", newest.period.clone().into()), ("stated", stated.unwrap_or_default().into())];
    let periods = match stated {
        _ if facts.years.len() > 1 => t("{first}—{last}", "{first} to {last}"),
        Some(_) => t("{last} 与 {stated}", "{last} and {stated}"),
        None => t("{last} 与上年", "{last} and the year before"),
    }
    .with(&args);
    let title = t("{unit}应急能力年度对比（{periods}）", "Emergency capability of {unit} compared, {periods}")
        .with(&[("unit", newest.unit.name.clone().into()), ("periods", periods)]);
    let short = |digest: &String| digest.chars().take(16).collect::<String>();
    let digests: Vec<Text> = facts.digests.iter().map(|digest| short(digest).into()).collect();
    let footer = t("各年结果摘要 {digests}，ecap {version}", "Results digests {digests}, ecap {version}")
        .with(&[("digests", Text::join(&digests, "、", ", ")), ("version", env!("CARGO_PKG_VERSION").into())]);
    let mut sheets = sheets(facts);
    if let Some(first) = sheets.first_mut() {
        first.title = title.clone();
    }
    Document {
        file: "compare".into(),
        cover: vec![
            (t("被评估单位", "Unit assessed"), newest.unit.name.clone().into()),
            (t("比较的评估期", "Periods compared"), {
                let years = facts.years.iter().map(|year| year.results.period.as_str());
                // Beside several years the table is one of them, or none that it says.
                let stated = stated.filter(|stated| facts.years.iter().all(|year| year.results.period != *stated));
                let all: Vec<Text> = stated.into_iter().chain(years).map(Text::from).collect();
                Text::join(&all, "、", ", ")
            }),
            (t("编制人", "Prepared by"), Text::default()),
            (t("审核人", "Checked by"), Text::default()),
            (t("编制日期", "Date of the report"), Text::default()),
        ],
        title,
        footer,
        narrative: narrative::sections(facts),
        sheets,
        bands: newest.policy.bands.iter().map(|band| band.from).collect(),
        decimals: newest.policy.decimals,
        ..Document::default()
    }
}

fn sheets(facts: &Facts<'_>) -> Vec<Sheet> {
    let sheet = |name: Text, landscape: bool, widths: &[f64], blocks: Vec<Block>| Sheet {
        landscape,
        ..Sheet::landscape(name.clone(), name, widths, blocks)
    };
    // A few short tables, whose titles would be parted from them at the foot of a page.
    let one_page = |sheet: Sheet| Sheet { one_page: true, ..sheet };
    let mut first = vec![Block::List(headline(facts)), Block::Table(tables::periods(facts))];
    first.extend(tables::causes(facts).map(Block::Table));
    if facts.last_step().is_some() {
        first.push(Block::List(summary::arithmetic(facts)));
    }
    let widths = [40.0, 26.0, 12.0, 20.0, 26.0, 10.0, 10.0, 10.0, 10.0];
    let mut all = vec![one_page(sheet(t("总览", "Overview"), true, &widths, first))];
    if let Some((before, after, step)) = facts.last_step() {
        let groups = [8.0, 34.0, 10.0, 10.0, 10.0, 11.0, 11.0, 11.0, 11.0];
        let top = narrative::groups(facts);
        all.push(one_page(sheet(t("一级指标", "Level 1"), true, &groups, top)));
        let deeper = tables::groups(facts, 2, "deeper");
        if !deeper.rows.is_empty() {
            all.push(sheet(t("二级指标", "Level 2"), true, &groups, vec![Block::Table(deeper)]));
        }
        // One table a sheet: its header stands on every page.
        let (leads, facets): (Vec<&View>, Vec<&View>) = facts.views.iter().partition(|view| view.key == LEADS);
        let note = || editions::of_both_years(facts).map(Block::Text);
        for view in leads {
            let blocks = note().into_iter().chain([Block::Table(by_view::view(view))]).collect();
            all.push(sheet(t("按部门", "By department"), true, &[36.0, 9.0, 11.0, 11.0, 11.0, 12.0, 12.0], blocks));
        }
        if !facets.is_empty() {
            let blocks = note().into_iter().chain([Block::Table(by_view::facets(&facets))]).collect();
            all.push(sheet(t("按分面", "By facet"), true, &[26.0, 36.0, 9.0, 11.0, 11.0, 11.0, 12.0, 12.0], blocks));
        }
        let widths = [10.0, 40.0, 16.0, 12.0, 18.0, 12.0, 12.0, 9.0, 9.0, 11.0, 24.0, 18.0, 18.0];
        all.push(sheet(t("题目变化", "Items"), true, &widths, vec![Block::Table(items::items(step, before, after))]));
        let widths = [10.0, 52.0, 18.0, 16.0, 9.0, 9.0, 10.0, 10.0];
        all.push(sheet(t("回头看", "Last year's gaps"), true, &widths, vec![Block::Table(items::follow_up(facts, usize::MAX))]));
        let blocks = vec![Block::List(narrative::test_lines(facts)), Block::Table(tables::tests(facts))];
        all.push(sheet(t("统计检验", "Tests"), false, &[46.0, 16.0, 14.0, 30.0], blocks));
    }
    if facts.years.len() > 1 {
        let widths: Vec<f64> = [40.0].into_iter().chain((0..facts.years.len().max(4)).map(|_| 12.0)).collect();
        let mut blocks = vec![Block::Table(tables::trend(facts))];
        if facts.steps.len() > 1 {
            blocks.push(Block::Table(tables::steps(facts)));
        }
        all.push(sheet(t("历年得分", "Scores by year"), true, &widths, blocks));
    }
    if let Some(against) = &facts.against {
        let widths = [10.0, 46.0, 12.0, 9.0, 12.0, 12.0, 12.0, 12.0, 14.0];
        let blocks = vec![Block::Text(last_year::ROUNDED), Block::Table(last_year::table(against, facts.newest()))];
        all.push(sheet(t("与上年得分表", "Against last year's table"), true, &widths, blocks));
        let blocks = last_year::not_used(against);
        all.push(sheet(t("上年表未用的行", "Rows not used"), true, &[14.0, 60.0, 12.0, 14.0, 16.0], blocks));
    }
    let method = vec![Block::List(narrative::method(facts)), Block::Table(tables::sources(facts))];
    all.push(sheet(t("方法与来源", "Method and sources"), true, &[16.0, 20.0, 70.0, 70.0], method));
    all
}

fn parts_json(parts: &Parts) -> Json {
    Json::Object(Cause::ALL.iter().map(|(cause, code)| ((*code).to_string(), crate::number::json(parts[*cause]))).collect())
}

/// One object: the periods, and each step with its parts by group and item.
pub fn json(facts: &Facts<'_>) -> Json {
    let periods = facts.years.iter().zip(&facts.digests).map(|(year, digest)| {
        let results = year.results;
        json!({"period": results.period, "score": results.total.score, "rounded": results.total.rounded, "grade": results.total.grade,
            "tree": results.tree, "results_sha256": digest})
    });
    let code_of = |results: &Results, group: Option<usize>| group.map(|index| results.groups[index].code.clone());
    let steps = facts.steps.iter().zip(facts.years.windows(2)).map(|(step, years)| {
        let (before, after) = (years[0].results, years[1].results);
        let id = |item: &change::ItemChange| {
            let later = item.pair.after.map(|index| &after.items[index].id);
            later.or_else(|| item.pair.before.map(|index| &before.items[index].id)).cloned()
        };
        let from = |item: &change::ItemChange| item.pair.from.iter().map(|index| before.items[*index].id.clone()).collect::<Vec<_>>();
        let code = |group: &change::GroupChange| {
            let later = group.after.map(|index| &after.groups[index].code);
            later.or_else(|| group.before.map(|index| &before.groups[index].code)).cloned()
        };
        let comparable = &step.comparable;
        json!({
            "from": before.period, "to": after.period, "points": crate::number::json(step.points()),
            "comparable": {"items": comparable.items, "reread": comparable.reread, "share_before": comparable.share_before,
                "share_after": comparable.share_after, "total_before": comparable.total_before, "total_after": comparable.total_after},
            "parts": parts_json(&step.parts()),
            "groups": step.groups.iter().map(|group| json!({"code": code(group), "before": code_of(before, group.before), "after": code_of(after, group.after), "parts": parts_json(&group.parts)})).collect::<Vec<_>>(),
            "items": step.items.iter().map(|item| json!({"id": id(item), "from": from(item), "parts": parts_json(&item.parts)})).collect::<Vec<_>>(),
        })
    });
    json!({"unit": facts.newest().unit, "periods": periods.collect::<Vec<_>>(), "steps": steps.collect::<Vec<_>>()})
}
