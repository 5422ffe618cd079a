//! The same content as sheets to work with.

use crate::report::Facts;
use crate::report::assessment::{annex, derivations, gaps, headline, indices, local, narrative, needs, reviews, tables};
use crate::report::document::{Block, Chart, ChartKind, Sheet};
use crate::text::{Text, t};

const EXTREMES: usize = 3;

pub fn sheets(facts: &Facts<'_>) -> Vec<Sheet> {
    let mut all = vec![overview(facts)];
    let plain = |name: Text, landscape: bool, widths: &[f64], blocks: Vec<Block>| Sheet {
        landscape,
        ..Sheet::landscape(name.clone(), name, widths, blocks)
    };
    if !facts.legal.below.is_empty() {
        all.push(plain(
            t("未达法定要求", "Below what the law asks for"),
            true,
            &[9.0, 38.0, 13.0, 16.0, 9.0, 26.0, 36.0, 40.0],
            vec![Block::Table(gaps::below_the_law(facts))],
        ));
    }
    let groups = [8.0, 34.0, 9.0, 14.0, 10.0, 10.0, 8.0, 8.0, 8.0, 14.0];
    all.push(plain(t("一级指标", "Level 1"), true, &groups, vec![Block::Table(tables::top_groups(facts))]));
    let deeper = tables::deeper_groups(facts);
    if !deeper.rows.is_empty() {
        all.push(plain(t("二级指标", "Level 2"), true, &groups, vec![Block::Table(deeper)]));
    }
    all.push(plain(
        t("评分明细", "All items"),
        true,
        &[9.5, 9.0, 36.0, 12.0, 13.0, 10.0, 8.0, 9.0, 8.0, 23.0, 23.0, 20.0],
        vec![Block::Table(tables::details(facts))],
    ));
    all.push(plain(
        t("得分由来", "Derivations"),
        true,
        &[9.5, 36.0, 24.0, 15.0, 18.0, 28.0, 17.0, 10.0, 10.0, 10.0, 12.5, 34.0],
        vec![Block::Text(derivations::HOW), Block::Table(derivations::table(facts))],
    ));
    let weak: &[f64] = if gaps::has_actions(facts) {
        &[7.0, 9.0, 34.0, 13.0, 16.0, 9.0, 34.0, 40.0, 9.0, 9.0, 11.0]
    } else {
        &[7.0, 9.0, 36.0, 13.0, 16.0, 9.0, 38.0, 9.0, 9.0, 11.0]
    };
    all.push(plain(t("短板与差距", "Weak points"), true, weak, vec![Block::Table(gaps::weak_points(facts, usize::MAX))]));
    if needs::any(facts) {
        let widths = [12.0, 34.0, 26.0, 30.0, 24.0, 12.0, 12.0, 26.0, 11.0, 11.0, 11.0, 11.0];
        all.push(plain(t("需求与能力", "Need and capability"), true, &widths, needs::sheet(facts)));
    }
    all.push(plain(
        t("临界项", "Just short of the next step"),
        true,
        &[9.0, 40.0, 14.0, 16.0, 40.0, 15.0, 9.0],
        vec![Block::Table(gaps::near_steps(facts))],
    ));
    let views = tables::views(facts).into_iter().map(Block::Table).collect();
    all.push(plain(t("分面视图", "Views"), false, &[36.0, 9.0, 10.0, 13.0, 10.0, 10.0, 10.0], views));
    let widths = [46.0, 24.0, 20.0, 70.0, 12.0, 10.0, 10.0, 10.0];
    all.push(plain(t("完备协调实力", "Indices"), true, &widths, indices::sheet(facts)));
    all.push(plain(
        t("不适用与缺数据", "N-A and missing"),
        true,
        &[9.0, 44.0, 14.0, 11.0, 20.0, 44.0],
        vec![Block::Table(tables::unknowns(facts))],
    ));
    if reviews::any(facts) {
        let mut blocks = vec![Block::Text(reviews::sentence(facts)), Block::Table(reviews::departments(facts))];
        blocks.push(Block::Table(reviews::verified(facts)));
        all.push(plain(t("复核概况", "Review"), false, &[48.0, 12.0, 12.0, 12.0, 12.0, 12.0, 14.0], blocks));
        if !facts.adjustments.moved.is_empty() {
            let widths = [9.0, 40.0, 16.0, 22.0, 10.0, 20.0, 10.0, 10.0, 11.0, 44.0];
            all.push(plain(t("复核调整明细", "Changed by review"), true, &widths, vec![Block::Table(reviews::moved(facts))]));
        }
        let widths = [9.0, 46.0, 30.0, 24.0, 11.0, 50.0];
        all.push(plain(t("复核清单", "Reviews"), true, &widths, vec![Block::Table(reviews::list(facts))]));
    }
    if !facts.results.returns.is_empty() {
        let widths = [30.0, 10.0, 8.0, 8.0, 8.0, 8.0, 12.0, 60.0];
        all.push(plain(t("回收情况", "Returned"), true, &widths, vec![Block::Table(local::returns(facts))]));
    }
    all.push(plain(
        t("数据问题", "Data problems"),
        true,
        &[9.0, 30.0, 22.0, 10.0, 80.0],
        vec![Block::Table(annex::findings(&facts.results.findings))],
    ));
    all.push(plain(
        t("方法与依据", "Method and basis"),
        false,
        &[40.0, 66.0, 9.0, 9.0],
        vec![
            Block::List(narrative::method_lines(facts)),
            Block::Heading(Text::default()),
            Block::Table(annex::respondents(facts)),
            Block::Table(annex::inputs(facts)),
        ],
    ));
    all
}

/// What the leadership sees first: one page.
fn overview(facts: &Facts<'_>) -> Sheet {
    let results = facts.results;
    let mut blocks = vec![Block::Lead(headline::lead(results)), Block::List(headline::reasons(results))];
    blocks.extend(headline::to_next_grade(results).map(Block::Text));
    blocks.extend(needs::lead(facts).map(Block::Text));
    blocks.extend(headline::below_the_law(facts).map(Block::Text));
    let mut charts =
        vec![Chart { kind: ChartKind::Bars, title: t("得分从高到低", "From best to worst"), table: "ranking", label: 1, value: 2 }];
    if results.top_groups().count() >= 3 {
        charts.insert(0, Chart { kind: ChartKind::Radar, title: t("一级指标雷达图", "Level-1 radar"), table: "top", label: 0, value: 2 });
    }
    blocks.push(Block::Charts(charts));
    blocks.push(Block::Heading(t("得分最低的一级指标（从最低起）", "The weakest level-1 indicators, the weakest first")));
    blocks.push(Block::Numbered(headline::worst_groups(results, EXTREMES)));
    blocks.push(Block::Heading(t("最先要办的事", "First priorities")));
    blocks.push(Block::Numbered(headline::first_things(facts)));
    blocks.push(Block::Heading(t("尚不清楚的", "What is not known")));
    blocks.push(Block::List(headline::unknown(results)));
    blocks.push(Block::Heading(Text::default()));
    blocks.push(Block::Table(tables::ranking(facts)));
    let title = t("{unit}应急能力评估（{period}）", "Emergency capability assessment: {unit}, {period}")
        .with(&[("unit", results.unit.name.clone().into()), ("period", results.period.clone().into())]);
    Sheet {
        name: t("总览", "Overview"),
        title,
        landscape: false,
        one_page: true,
        large: false,
        widths: vec![8.0, 44.0, 14.0, 20.0, 16.0],
        blocks,
    }
}
