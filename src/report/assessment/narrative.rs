//! The nine parts of an official assessment report, in their usual order, with a summary before them.

use crate::analysis::ranking;
use crate::number::fixed;
use crate::policy::{Merge, Missing};
use crate::report::Facts;
use crate::report::assessment::{advice, annex, gaps, headline, indices, local, needs, provenance, reviews, tables};
use crate::report::document::{Block, Drawing, Kind, Picture, Section, Table, Value, column, row};
use crate::text::{Text, t};
use crate::unit::class_shown;

/// Items in the table of losses, and bars in the picture of losses.
const WEAK_ROWS: usize = 20;
const EXTREMES: usize = 3;
const STRENGTHS: usize = 5;

pub fn sections(facts: &Facts<'_>) -> Vec<Section> {
    let mut all = vec![summary(facts), overview(facts), basis(facts), method(facts), place(), conclusion(facts), scores(facts)];
    all.extend(weaknesses(facts));
    all.extend([advice::advice(facts), annex(facts)]);
    all
}

fn part(title: Text, blocks: Vec<Block>) -> Section {
    Section::part(title, blocks)
}

fn summary(facts: &Facts<'_>) -> Section {
    let results = facts.results;
    let mut blocks = vec![Block::Lead(headline::lead(results)), Block::List(headline::reasons(results))];
    blocks.extend(headline::to_next_grade(results).map(Block::Text));
    blocks.extend(needs::lead(facts).map(Block::Text));
    blocks.extend(headline::below_the_law(facts).map(Block::Text));
    blocks.push(Block::Heading(t("得分最低的一级指标（从最低起）", "The weakest level-1 indicators, the weakest first")));
    blocks.push(Block::Numbered(headline::worst_groups(results, EXTREMES)));
    blocks.push(Block::Heading(t("最先要办的事", "First priorities")));
    blocks.push(Block::Numbered(headline::first_things(facts)));
    blocks.push(Block::Heading(t("尚不清楚的", "What is not known")));
    blocks.push(Block::List(headline::unknown(results)));
    part(t("摘要", "Summary"), blocks)
}

fn overview(facts: &Facts<'_>) -> Section {
    let results = facts.results;
    let tree = facts.tree;
    let blank = t("（未填）", "(not stated)");
    let stated = |text: &Option<String>| text.clone().map_or_else(|| blank.clone(), Text::from);
    let levels: Vec<Text> = (1..=tree.groups.iter().map(|group| group.level).max().unwrap_or(0))
        .map(|level| tree.groups.iter().filter(|group| group.level == level).count().into())
        .chain([tree.items.len().into()])
        .collect();
    let lines = vec![
        t(
            "被评估单位：{unit}；上级单位：{parent}；类别：{class}；评估期：{period}。",
            "Unit: {unit}; parent unit: {parent}; class: {class}; period: {period}.",
        )
        .with(&[
            ("unit", results.unit.name.clone().into()),
            ("parent", stated(&results.unit.parent)),
            ("class", results.unit.class.as_deref().map_or_else(|| blank.clone(), class_shown)),
            ("period", results.period.clone().into()),
        ]),
        t(
            "指标体系：{name}（{id}，{edition} 版），各级 {levels}。",
            "Indicator tree: {name} ({id}, edition {edition}), {levels} by level.",
        )
        .with(&[
            ("name", tree.name.clone()),
            ("id", tree.id.clone().into()),
            ("edition", tree.edition.clone().into()),
            ("levels", Text::join(&levels, " / ", " / ")),
        ]),
        t(
            "共 {items} 题：已答 {answered}，不适用 {na}，查无资料 {no_data}，空白 {blank}，读不出 {unreadable}。",
            "{items} items: {answered} answered, {na} not applicable, {no_data} no data, {blank} blank, {unreadable} unreadable.",
        )
        .with(&[
            ("items", results.counts.in_scope().into()),
            ("answered", results.counts.answered.into()),
            ("na", results.counts.not_applicable.into()),
            ("no_data", results.counts.no_data.into()),
            ("blank", results.counts.blank.into()),
            ("unreadable", results.counts.unreadable.into()),
        ]),
    ];
    let mut lines = lines;
    lines.extend(local::dates(results));
    let dated = results.assessment.as_ref().and_then(|assessment| assessment.reference_date.clone());
    let date = if dated.is_some() { None } else { Some(t("评估基准日", "Reference date")) };
    let wanted: Vec<Text> = [
        Some(t("任务来源、评估目的", "Mandate and purpose")),
        Some(t("组织方式（自评、上级评估、第三方）", "Mode (self, higher authority, third party)")),
        date,
        Some(t("资料审查、现场核查、访谈、抽测的时间与范围", "Dates and scope of document review, site visits, interviews, tests")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let form = annex::form("form-overview", t("评估组织", "Organisation of the assessment"), &wanted, annex::ASSESSORS);
    part(t("一、评估概况", "1. Overview"), vec![Block::List(lines), Block::Table(annex::respondents(facts)), Block::Table(form)])
}

fn basis(facts: &Facts<'_>) -> Section {
    let mut lines = vec![
        t(
            "评分依据为本次使用的指标体系（摘要 {digest}）；每题的评分标准见自评表。",
            "Scores follow the indicator tree used (digest {digest}); the scoring guide of each item stands in the survey.",
        )
        .with(&[("digest", facts.results.tree.sha256.clone().into())]),
    ];
    if facts.tree.id == "cn-eca-405" {
        lines.push(t(
            "结构（18 个一级、67 个二级指标）据来源文献所述中国安科院体系；405 项三级指标为本项目自拟，不是官方标准。",
            "The structure (18 level-1, 67 level-2 indicators) follows the system of a Chinese research institute as a source document describes it; the 405 level-3 items are this project's own and no official standard.",
        ));
    }
    let laws = laws(facts);
    lines.push(if laws.rows.is_empty() {
        t(
            "本版指标体系没有逐题列出法律依据；适用的法律、法规、标准由评估组在此补列。",
            "This edition of the tree cites no law item by item; the assessors list here the laws, regulations and standards that apply.",
        )
    } else {
        t(
            "引文是否核对过原文，逐题见指标体系（ecap tree show 题号）；档线多为本项目自定，不是法定标准。",
            "Whether a citation was verified against the text stands with each item (ecap tree show ID); most thresholds are this project's own and no legal standard.",
        )
    });
    let mut blocks = vec![Block::List(lines)];
    if !laws.rows.is_empty() {
        blocks.push(Block::Table(laws));
    }
    part(t("二、评估依据", "2. Basis"), blocks)
}

/// The laws that the assessed items cite, those cited most first.
fn laws(facts: &Facts<'_>) -> Table {
    let tree = facts.tree;
    let cited = |law: usize| {
        tree.items.iter().filter(|item| tree.in_scope(item) && item.content.basis.iter().any(|one| one.law == Some(law))).count()
    };
    let mut laws: Vec<(usize, usize)> = (0..tree.laws.len()).map(|law| (law, cited(law))).filter(|(_, count)| *count > 0).collect();
    laws.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Table {
        id: "laws",
        title: t("各题引用的法律、法规和文件", "Laws, regulations and documents that items cite"),
        columns: vec![column(t("名称", "Name"), Kind::Text), column(t("引用的题数", "Items citing it"), Kind::Count)],
        rows: laws
            .into_iter()
            .map(|(law, count)| row(vec![Value::Text(tree.laws[law].name.clone()), Value::Number(count as f64)]))
            .collect(),
    }
}

fn method(facts: &Facts<'_>) -> Section {
    part(t("三、评估方法", "3. Method"), vec![Block::List(method_lines(facts))])
}

/// The rules as they were applied.
pub fn method_lines(facts: &Facts<'_>) -> Vec<Text> {
    let results = facts.results;
    let policy = &results.policy;
    let bands: Vec<Text> = policy
        .bands
        .iter()
        .enumerate()
        .map(|(index, band)| {
            let above = index.checked_sub(1).and_then(|above| policy.bands.get(above)).filter(|_| index + 1 == policy.bands.len());
            match above {
                Some(above) => t("{name} {from} 分以下", "{name} below {from}")
                    .with(&[("name", band.name.clone()), ("from", fixed(above.from, policy.decimals).into())]),
                None => t("{name} {from} 分及以上", "{name} from {from}")
                    .with(&[("name", band.name.clone()), ("from", fixed(band.from, policy.decimals).into())]),
            }
        })
        .collect();
    let caps = &facts.tree.policy;
    let cap =
        |index: Option<usize>| index.and_then(|index| caps.bands.get(index)).map_or_else(|| t("不限", "no cap"), |band| band.name.clone());
    let mut weights = results.top_groups().map(|group| group.weight);
    let first = weights.next();
    let equal = if first.is_some() && weights.all(|weight| Some(weight) == first) {
        t("各一级指标权重相同。", " All level-1 indicators weigh the same.")
    } else {
        Text::default()
    };
    let mut lines = vec![
        t("每题按评分标准折成 0 到 100 分；上级指标是下级得分的加权平均，逐级汇总到总分。", "Each item scores 0 to 100 by its guide; a group is the weighted mean of its children, up to the total."),
        t("同级权重：普通题 1，关键项（☆）2，否决项（★）3，分组等于下级之和；体系写明权重的从其规定。权重占比是一题或一组在总分中的实际分量。{equal}", "Weights among siblings: an ordinary item 1, a key item (☆) 2, a veto item (★) 3, a group what its children weigh together, unless the tree states a weight. Weight in total is what one item or group finally counts for.{equal}")
            .with(&[("equal", equal)]),
        t("不适用的题退出计分，权重归同级；查无资料按 0 分计；空白和读不出的题{missing}，并列出总分的可能范围。", "Items not applicable are excluded and their weight goes to their siblings; no data scores 0; blank and unreadable items {missing}, and the bounds of the total are stated.")
            .with(&[("missing", Missing::words(policy.missing))]),
        t("多个部门作答时：同一部门先取最后一次报送；有复核的只认复核；其次评估组，再次牵头部门，否则{merge}。", "Where several respond, each one's latest submission is used. A review overrides all self-ratings; without one the assessors' answer counts, else the lead department's, else {merge} of all.")
            .with(&[("merge", Merge::words(policy.merge))]),
        t("等级：{bands}；按四舍五入到 {decimals} 位小数的总分定级。", "Grades: {bands}; the total is rounded first (decimal places: {decimals}).")
            .with(&[("bands", Text::join(&bands, "，", ", ")), ("decimals", usize::try_from(policy.decimals).unwrap_or(0).into())]),
        t(
            "否决项 1 项未达标，总评最高{one}，2 项及以上最高{two}；关键项 1 项得 0 分，总评最高{key_one}，3 项及以上最高{key_three}，其一级指标最高{group}。等级受限，分数不变。",
            "One failed veto caps the grade at {one}, two or more at {two}; one key item at 0 caps it at {key_one}, three or more at {key_three}, and its level-1 indicator at {group}. Caps change grades, never scores.",
        )
        .with(&[
            ("one", cap(caps.veto.one)),
            ("two", cap(caps.veto.two)),
            ("key_one", cap(caps.key.one)),
            ("key_three", cap(caps.key.three)),
            ("group", cap(caps.key.group)),
        ]),
        t("失分 = 权重占比 ×（目标 − 得分），即这一题使总分少了多少；目标为 100 时各题失分之和等于 100 减总分。表中数字各自四舍五入，合计可能有尾差。", "Loss = share × (target − score): the points the total lacks because of the item; with targets of 100 the losses add up to 100 minus the total. Figures are rounded one by one, so sums may differ in the last digit."),
    ];
    let own_targets = results.items.iter().any(|item| item.target != 100.0) || results.groups.iter().any(|group| group.target != 100.0);
    if own_targets {
        lines.push(t(
            "本次有目标不是 100 分的题或分组，其失分是对目标而言的，一组的失分因此可能不等于其下各题失分之和。",
            "Some targets are not 100: losses are against the targets, so the loss of a group may differ from the sum below it.",
        ));
    }
    lines.push(needs::method(facts));
    lines.extend(provenance::lines(facts));
    if let Some(target) = policy.target {
        lines.push(
            t("没有自己目标的题和分组，目标为 {target} 分。", "The target of whatever has none of its own is {target}.")
                .with(&[("target", fixed(target, policy.decimals).into())]),
        );
    }
    lines
}

fn place() -> Section {
    let form = annex::form(
        "form-place",
        t("基本情况", "The place"),
        &[t("人口、面积", "Population, area"), t("行政区划", "Administrative divisions"), t("主要风险", "Main risks")],
        annex::ASSESSORS,
    );
    part(t("四、被评估地区基本情况", "4. The place assessed"), vec![Block::Table(form)])
}

fn conclusion(facts: &Facts<'_>) -> Section {
    let results = facts.results;
    let mut blocks = vec![Block::Lead(headline::lead(results)), Block::List(headline::reasons(results))];
    blocks.extend(headline::to_next_grade(results).map(Block::Text));
    blocks.extend(needs::lead(facts).map(Block::Text));
    blocks.extend(headline::below_the_law(facts).map(Block::Text));
    blocks.extend(indices::summary(facts));
    blocks.push(Block::Heading(t("得分较高的一级指标", "The strongest level-1 indicators")));
    blocks.push(Block::Numbered(headline::best_groups(results, STRENGTHS)));
    blocks.push(Block::Heading(t("否决项与关键项", "Veto and key items")));
    let critical = gaps::critical(facts);
    if critical.rows.is_empty() {
        let whole = results.redacted.as_ref().is_none_or(|redacted| redacted.sensitive.is_empty());
        blocks.push(Block::Text(if whole {
            t(
                "已知答案中没有未达标的否决项，也没有 0 分的关键项。",
                "Among the answers known, no veto item failed and no key item is at 0.",
            )
        } else {
            t(
                "公开的答案中没有未达标的否决项，也没有 0 分的关键项。",
                "Among the answers shown, no veto item failed and no key item is at 0.",
            )
        }));
    } else {
        blocks.push(Block::Table(critical));
    }
    blocks.push(Block::Text(t(
        "与上期比较：本报告只用了一个评估期的数据，没有比较。",
        "Comparison with an earlier period: none is made; this report uses one period only.",
    )));
    part(t("五、总体结论", "5. Conclusion"), blocks)
}

fn scores(facts: &Facts<'_>) -> Section {
    let results = facts.results;
    let order = ranking::by_score(results, 1);
    let mut blocks = vec![Block::Table(tables::top_groups(facts))];
    if !order.is_empty() {
        let title = t("一级指标得分雷达图", "Level-1 scores, radar");
        let spokes: Vec<(Text, Option<f64>)> = results.top_groups().map(|group| (tables::named(group), group.score)).collect();
        if spokes.len() >= 3 {
            let alt = t("一级指标得分雷达图，数字见上表", "Radar of the level-1 scores; the numbers stand in the table above");
            blocks.push(Block::Picture(Picture { name: "radar", title, alt, drawing: Drawing::Radar { spokes } }));
        }
        let bars = order
            .iter()
            .map(|index| &results.groups[*index])
            .filter_map(|group| group.score.map(|score| (tables::named(group), score)))
            .collect();
        let lines = results.policy.bounds();
        blocks.push(Block::Picture(Picture {
            name: "bars",
            title: t("一级指标得分从高到低", "Level-1 scores from best to worst"),
            alt: t(
                "一级指标得分从高到低的条形图，虚线为等级线，低于 60 分的带斜纹",
                "Bars of the level-1 scores from best to worst; dashed lines are the grades, hatched bars are below 60",
            ),
            drawing: Drawing::Bars { bars, lines },
        }));
    }
    let deeper = tables::deeper_groups(facts);
    if !deeper.rows.is_empty() {
        blocks.push(Block::Table(deeper));
    }
    blocks.extend(needs::blocks(facts));
    blocks.extend(indices::blocks(facts));
    if reviews::any(facts) {
        blocks.push(Block::Heading(t("复核调整", "Changed by review")));
        blocks.extend(reviews::blocks(facts));
    }
    let told = facts.views.iter().filter(|view| view.rows.len() > 1);
    blocks.push(Block::Heading(t("按切面看同一批答案", "The same answers by facet")));
    blocks.extend(told.map(|view| Block::Table(tables::view(view, 0))));
    part(t("六、分项得分", "6. Scores"), blocks)
}

fn weaknesses(facts: &Facts<'_>) -> Vec<Section> {
    let mut blocks = Vec::new();
    let law = &facts.legal;
    if facts.tree.judges_floors() && law.met + law.below.len() + law.unknown.len() > 0 {
        blocks.push(Block::Heading(t("未达法定要求", "Below what the law asks for")));
        let args = [("below", law.below.len().into()), ("met", law.met.into()), ("unknown", law.unknown.len().into())];
        blocks.push(Block::Text(
            t(
                "法律法规有明确要求的题中，{below} 题未达到，{met} 题达到，{unknown} 题空白或读不出、不能判断。法定要求与得分分开看：得分不低的题也可能未达法定要求。",
                "Items for which the law sets a floor: {below} below it, {met} meeting it, {unknown} blank or unreadable and so not known. The floor stands apart from the score: an item with a fair score may still be below the law.",
            )
            .with(&args),
        ));
        if !law.below.is_empty() {
            blocks.push(Block::Table(gaps::below_the_law(facts)));
        }
        blocks.push(Block::Heading(t("失分最多的题", "Items that lose most")));
    }
    let all = &facts.weak;
    let shown = all.len().min(WEAK_ROWS);
    blocks.push(Block::Text(
        t("共 {count} 题失分；下表是失分最多的 {shown} 题，占全部失分的 {part}%，其余见 report.xlsx 的“短板与差距”。", "{count} [item loses|items lose] points; the {shown} losing most [makes|make] up {part}% of all loss. The others stand in report.xlsx under Weak points.").counted(all.len()).with(&[
            ("shown", shown.into()),
            ("part", fixed(100.0 * all.get(shown.saturating_sub(1)).map_or(0.0, |point| point.cumulative_part), 1).into()),
        ]),
    ));
    blocks.push(Block::Table(gaps::weak_points(facts, WEAK_ROWS)));
    blocks.extend(pareto(facts).map(Block::Picture));
    let near = gaps::near_steps(facts);
    if near.rows.is_empty() {
        blocks.push(Block::Text(t("没有差一点就上一档的题。", "No item is just short of its next step.")));
    } else {
        blocks.push(Block::Table(near));
    }
    vec![part(t("七、短板弱项", "7. Weak points"), blocks)]
}

/// Losses of the groups that hold items, largest first.
fn pareto(facts: &Facts<'_>) -> Option<Picture> {
    let results = facts.results;
    let mut losses: Vec<(Text, f64)> = results
        .groups
        .iter()
        .filter_map(|group| {
            let own: f64 =
                results.items.iter().filter(|item| item.parent.as_deref() == Some(&group.code)).filter_map(|item| item.loss).sum();
            (own > 0.0).then(|| (tables::named(group), own))
        })
        .collect();
    let all: f64 = losses.iter().map(|(_, loss)| loss).sum();
    if all <= 0.0 {
        return None;
    }
    losses.sort_by_key(|(_, loss)| std::cmp::Reverse(crate::number::snapped(*loss)));
    let mut sum = 0.0;
    let bars = losses
        .into_iter()
        .take(WEAK_ROWS)
        .map(|(name, loss)| {
            sum += loss;
            (name, loss, sum / all)
        })
        .collect();
    Some(Picture {
        name: "pareto",
        title: t("失分最多的分组", "Groups that lose most"),
        alt: t(
            "失分最多的分组，条为失分，线为累计占全部失分的比例",
            "Groups that lose most: bars are points lost, the line is the part of all loss so far",
        ),
        drawing: Drawing::Pareto { bars },
    })
}

fn annex(facts: &Facts<'_>) -> Section {
    let (errors, warnings) = annex::finding_counts(facts);
    let mut blocks = vec![Block::Table(tables::unknowns(facts))];
    if reviews::any(facts) {
        blocks.push(Block::Table(reviews::list(facts)));
    }
    if !facts.results.returns.is_empty() {
        blocks.push(Block::Table(local::returns(facts)));
    }
    blocks.push(Block::Text(
        t(
            "数据问题：{errors} 处错误、{warnings} 处提醒，逐条见 report.xlsx 的“数据问题”。",
            "Data problems: errors {errors}, warnings {warnings}, listed in report.xlsx under Data problems.",
        )
        .with(&[("errors", errors.into()), ("warnings", warnings.into())]),
    ));
    blocks.push(Block::Table(annex::inputs(facts)));
    blocks.push(Block::Table(tables::details_short(facts)));
    part(t("九、附件", "9. Annexes"), blocks)
}

/// The page behind the cover that the assessors sign.
pub fn front() -> Vec<Section> {
    vec![part(t("评估组签字页", "Signatures"), vec![Block::Table(annex::signatures())])]
}

/// The page for the unit's opinion.
pub fn back(facts: &Facts<'_>) -> Vec<Section> {
    let form = annex::form(
        "form-opinion",
        t("被评估单位意见", "Opinion of the unit assessed"),
        &[t("意见", "Opinion"), t("负责人签字", "Signature"), t("盖章", "Seal"), t("日期", "Date")],
        facts.results.unit.name.clone().into(),
    );
    vec![part(t("被评估单位意见页", "Opinion of the unit assessed"), vec![Block::Table(form)])]
}
