//! What the place needs beside what it has: by hazard and phase, and item by item why a target is what it is.

use crate::analysis::needs::{self, Balance, HazardNeeds};
use crate::number::{fixed, rounded};
use crate::report::Facts;
use crate::report::assessment::derivations::reference;
use crate::report::assessment::headline;
use crate::report::assessment::tables::{answer, question};
use crate::report::document::{Block, Drawing, Kind, Of, Picture, Table, Value, Which, column, row};
use crate::result::{HazardsUsed, ItemNeed, Results, ThreatUsed};
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::tree::hazards::{self, NeedRule, kinds};
use crate::tree::vocabulary::{FACETS, HAZARD, PHASE, Vocabulary};

/// Items named beside a hazard.
const WEAKEST: usize = 3;
/// Items in the table of the pages.
const PAGE_ROWS: usize = 20;

/// Did the place state its hazards?
pub fn any(facts: &Facts<'_>) -> bool {
    facts.results.hazards.is_some()
}

fn words(vocabulary: &Vocabulary, word: &str) -> Text {
    vocabulary.index(word).map_or_else(|| word.to_string().into(), |index| vocabulary.name_of(index))
}

/// The hazards by name, as many as decide together.
pub fn hazards(need: &ItemNeed) -> Text {
    let names: Vec<Text> = need.hazards.iter().map(|hazard| words(&FACETS[HAZARD].vocabulary, hazard)).collect();
    Text::join(&names, "、", ", ")
}

/// `台风、洪涝 · 处置与救援`, and what else decided.
pub fn because(need: &ItemNeed) -> Text {
    let phase = words(&FACETS[PHASE].vocabulary, &need.phase);
    let args = [("hazards", hazards(need)), ("phase", phase), ("asked", fixed(need.asked, 0).into())];
    let text = match need.because.as_str() {
        "law" => t("法律要求（{hazards}在{phase}只要求 {asked} 分）", "the law ({hazards} ask for {asked} in {phase} only)"),
        "critical" => t(
            "否决项、关键项须过线（{hazards}在{phase}只要求 {asked} 分）",
            "veto and key items must pass ({hazards} ask for {asked} in {phase} only)",
        ),
        _ if need.asked == 0.0 => t("{hazards}：本地没有，不作要求", "{hazards}: does not occur here, nothing is asked"),
        _ => t("{hazards}，{phase}：要求 {asked} 分", "{hazards}, {phase}: {asked} asked"),
    };
    text.with(&args)
}

fn level(threat: &ThreatUsed) -> Text {
    match threat.likelihood.zip(threat.consequence) {
        Some((likelihood, consequence)) => {
            t("可能性 {likelihood}、后果 {consequence}", "likelihood {likelihood}, consequence {consequence}")
                .with(&[("likelihood", likelihood.into()), ("consequence", consequence.into())])
        }
        None => t("本地没有", "does not occur here"),
    }
}

/// The hazard that is met least; none where all are met.
fn worst<'n, 'a>(all: &'n [HazardNeeds<'a>]) -> Option<&'n HazardNeeds<'a>> {
    let short = |one: &HazardNeeds<'_>| Some(one.all.need? - one.all.score?);
    let mut worst: Option<(&HazardNeeds<'_>, f64)> = None;
    for one in all {
        if let Some(gap) = short(one).filter(|gap| worst.as_ref().is_none_or(|(_, known)| *gap > *known)) {
            worst = Some((one, gap));
        }
    }
    worst.filter(|(_, gap)| *gap > 0.0).map(|(one, _)| one)
}

/// The need of all, the hazard that is met least, and what was not judged.
pub fn lead(facts: &Facts<'_>) -> Option<Text> {
    let used = facts.results.hazards.as_ref()?;
    let parts: Vec<Text> = [needed(facts, used), unjudged(used)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Text::join(&parts, "", " "))
}

fn needed(facts: &Facts<'_>, used: &HazardsUsed) -> Option<Text> {
    let decimals = facts.results.policy.decimals;
    let worst = worst(&facts.needs)?;
    Some(
        t(
            "按本地灾种判断，总体需要 {need} 分（各题的目标按占比合成），现有 {score} 分；差得最多的是{hazard}（{level}）：需要 {hazard_need} 分，现有 {hazard_score} 分。{losses}",
            "By the hazards stated, the place needs {need} in all (the items' targets put together by their shares) and has {score}; it falls short most for {hazard} ({level}): {hazard_need} needed, {hazard_score} there.{losses}",
        )
        .with(&[
            ("losses", losses(facts, used)),
            ("need", used.target.map_or_else(Text::default, |need| fixed(need, decimals).into())),
            ("score", facts.results.total.score.map_or_else(Text::default, |score| fixed(score, decimals).into())),
            ("hazard", worst.threat.name.clone()),
            ("level", level(worst.threat)),
            ("hazard_need", worst.all.need.map_or_else(Text::default, |need| fixed(need, decimals).into())),
            ("hazard_score", worst.all.score.map_or_else(Text::default, |score| fixed(score, decimals).into())),
        ]),
    )
}

/// Why losses add up to more than what the total lacks; empty where they do not.
fn losses(facts: &Facts<'_>, used: &HazardsUsed) -> Text {
    let decimals = facts.results.policy.decimals;
    let sum: f64 = facts.results.items.iter().filter_map(|item| item.loss).sum();
    let lacking = used.target.zip(facts.results.total.score).map(|(need, score)| need - score);
    if lacking.is_none_or(|lacking| rounded(sum, decimals) <= rounded(lacking, decimals)) {
        return Text::default();
    }
    t(
        "各题失分相加是 {sum} 分，多于总体需要与现有之差：超过目标的题，多出的部分不抵别的题。",
        " The items' losses add up to {sum}, more than the place lacks in all: what an item has beyond its target does not make up for another.",
    )
    .with(&[("sum", fixed(sum, 2).into())])
}

/// Hazards that nobody judged, or whose row was filled in wrongly: what they would ask for is missing.
fn unjudged(used: &HazardsUsed) -> Option<Text> {
    let kinds = kinds();
    let judged: Vec<usize> = used.profile().threats.iter().map(|threat| threat.hazard).collect();
    let left: Vec<Text> = kinds.iter().filter(|kind| !judged.contains(kind)).map(|kind| hazards::name(*kind)).collect();
    (!left.is_empty()).then(|| {
        t(
            "{all} 种灾种中有 {count} 种没有判断或填错，没有算进来：{names}；需要可能偏低。",
            "Of {all} hazards {count} were not judged, or filled in wrongly, and are not counted: {names}. The need may be higher.",
        )
        .with(&[("all", kinds.len().into()), ("count", left.len().into()), ("names", Text::join(&left, "、", ", "))])
    })
}

/// Need against capability in one line, for a terminal.
pub fn for_terminal(results: &Results, tree: &Tree) -> Option<Text> {
    let used = results.hazards.as_ref()?;
    let decimals = results.policy.decimals;
    let shown = |score: Option<f64>| score.map_or_else(|| t("—", "—"), |score| fixed(score, decimals).into());
    let needs = needs::needs(results, tree);
    let text = t("按灾种需要 {need}，现有 {score}", "The hazards ask for {need}, there is {score}")
        .with(&[("need", shown(used.target)), ("score", shown(results.total.score))]);
    let text = match worst(&needs) {
        Some(worst) => t("{text}，差得最多的是{hazard}。", "{text}; it falls short most for {hazard}.")
            .with(&[("text", text), ("hazard", worst.threat.name.clone())]),
        None => t("{text}。", "{text}.").with(&[("text", text)]),
    };
    let parts: Vec<Text> = [Some(text), unjudged(used)].into_iter().flatten().collect();
    Some(Text::join(&parts, "", " "))
}

/// Whether targets depend on hazards, for the method.
pub fn method(facts: &Facts<'_>) -> Text {
    if any(facts) {
        t(
            "目标按评估设置“灾种”页的判断和“需求规则”确定：一题应对几个灾种的，取要求最高的；法律要求更高的按法律；否决项、关键项总要过线。可能性和后果由本单位判断，不从答案推算。{rule}",
            "Targets follow the sheet Hazards of the settings and the need rule: of several hazards that an item serves the most demanding decides; where the law asks for more the law decides; veto and key items must pass. Likelihood and consequence are the unit's own judgement and are never derived from answers. {rule}",
        )
        .with(&[("rule", rule(facts))])
    } else {
        t("评估设置没有填写灾种，目标不随灾种变化。", "The settings state no hazards; targets do not depend on them.")
    }
}

/// The table of needs in words, where it is the default.
fn rule(facts: &Facts<'_>) -> Text {
    let default = NeedRule::default();
    if facts.results.hazards.as_ref().is_some_and(|used| used.profile().rule == default) {
        t(
            "规则是本项目自定的：预防与准备、监测与预警看可能性×后果（3 以下要求 30 分，4～8 为 60 分，9～14 为 80 分，15 以上 100 分）；处置与救援、恢复与重建只看后果（1 至 5 依次 30、60、80、100、100 分），可能性为 1 的降一档；本地没有的不作要求。",
            "The rule is this project's own: prevention and warning follow likelihood times consequence (up to 3: 30 asked; 4 to 8: 60; 9 to 14: 80; 15 and more: 100); response and recovery follow the consequence alone (1 to 5: 30, 60, 80, 100, 100), one step lower at likelihood 1; a hazard that does not occur asks for nothing.",
        )
    } else {
        t(
            "规则表由本单位在“需求规则”页改过，以那一页为准。",
            "The unit edited the table of the rule; see the sheet Need rule of its settings.",
        )
    }
}

fn points(balance: &Balance) -> [Value; 2] {
    [Value::of(balance.need), Value::of(balance.score)]
}

/// One row a hazard: what the place says of it, need and capability in all and by phase.
pub fn matrix(facts: &Facts<'_>) -> Table {
    let rows = facts.needs.iter().map(|one| {
        let mut cells = vec![Value::Text(one.threat.name.clone()), Value::Text(level(one.threat))];
        cells.extend(points(&one.all));
        cells.push(Value::of(one.own.score));
        cells.extend(one.phases.iter().flat_map(points));
        row(cells)
    });
    let mut columns = vec![
        column(t("灾种", "Hazard"), Kind::Short),
        column(t("本地判断", "Judged"), Kind::Short),
        column(t("总需求", "Need"), Kind::Ungraded),
        column(t("总能力", "Has"), Kind::Score),
        column(t("专项能力", "Of its own"), Kind::Score),
    ];
    for word in FACETS[PHASE].vocabulary.words {
        let short = phase_short(word.word);
        let named = |text: Text| text.with(&[("phase", short.clone())]);
        columns.push(column(named(t("{phase}需求", "{phase}: need")), Kind::Ungraded));
        columns.push(column(named(t("{phase}能力", "{phase}: has")), Kind::Score));
    }
    Table {
        id: "needs", title: t("需求与能力：按灾种和阶段", "Need and capability, by hazard and phase"), columns, rows: rows.collect()
    }
}

/// Two characters of a phase, for narrow columns.
fn phase_short(word: &str) -> Text {
    match word {
        "预防与准备" => t("准备", "Prepare"),
        "监测与预警" => t("预警", "Warn"),
        "处置与救援" => t("处置", "Respond"),
        _ => t("恢复", "Recover"),
    }
}

/// What each judgement rests on, the answers that stand beside it, and what is weakest.
pub fn threats(facts: &Facts<'_>) -> Table {
    let named = |items: &[usize], most: usize| {
        let one = |index: &usize| {
            let item = &facts.results.items[*index];
            let score = item.score.map_or_else(|| t("退出", "left"), |score| fixed(score, 0).into());
            t("{ref}（{score} 分）", "{ref} ({score})").with(&[("ref", item.reference.clone().into()), ("score", score)])
        };
        Text::join(&items.iter().take(most).map(one).collect::<Vec<_>>(), "、", ", ")
    };
    let rows = facts.needs.iter().map(|one| {
        row(vec![
            Value::Text(one.threat.name.clone()),
            Value::of(one.threat.likelihood.map(|class| class as f64)),
            Value::of(one.threat.consequence.map(|class| class as f64)),
            Value::Text(super::told(facts.results, one.threat.grounds.clone())),
            one.evidence.score.map_or(Value::Empty, |mean| {
                let args = [("mean", fixed(mean, 0).into()), ("lowest", named(&one.lowest, WEAKEST))];
                Value::Text(
                    t("{count} 题，平均 {mean} 分；最低的是 {lowest}", "{count} [item|items], mean {mean}; lowest: {lowest}")
                        .counted(one.evidence.items)
                        .with(&args),
                )
            }),
            Value::Number(one.all.items as f64),
            Value::Number(one.all.loss),
            Value::Text(named(&one.weakest, WEAKEST)),
        ])
    });
    let analysis = facts.tree.hazard_analysis.map(|group| facts.tree.groups[group].name.clone()).unwrap_or_default();
    Table {
        id: "threats",
        title: t("灾种判断及其旁证", "Hazards as judged, and the evidence beside them"),
        columns: vec![
            column(t("灾种", "Hazard"), Kind::Short),
            column(t("可能性", "Likelihood"), Kind::Count),
            column(t("后果", "Consequence"), Kind::Count),
            column(t("判断依据", "Grounds"), Kind::Text),
            column(t("旁证：{group}的题", "Evidence: items on {group}").with(&[("group", analysis)]), Kind::Text),
            column(t("应对它的题", "Items that serve it"), Kind::Count),
            column(t("按它的要求失分", "Points lost against it"), Kind::Points),
            column(t("专项题中最弱的", "Weakest items of its own"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// Each item whose target the hazards set, the largest loss first.
pub fn targets(facts: &Facts<'_>, most: usize) -> Table {
    let rows = needs::targets(facts.results).into_iter().take(most).filter_map(|index| {
        let item = &facts.results.items[index];
        let need = item.need.as_ref()?;
        Some(row(vec![
            reference(item),
            Value::Text(question(facts, index)),
            Value::Text(because(need)),
            Value::Number(item.target),
            Value::Text(answer(facts, index)),
            Of::Item(index).figure(Which::Score, Value::of(item.score)),
            Of::Item(index).figure(Which::Loss, Value::of(item.loss)),
        ]))
    });
    Table {
        id: "targets",
        title: t("按灾种定的目标（失分大的在前）", "Targets set by hazards (largest loss first)"),
        columns: vec![
            column(t("编号", "Ref"), Kind::Short),
            column(t("指标", "Indicator"), Kind::Text),
            column(t("目标由什么定", "What sets the target"), Kind::Text),
            column(t("目标", "Target"), Kind::Ungraded),
            column(t("现状（答案）", "Current answer"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("失分", "Points lost"), Kind::Points),
        ],
        rows: rows.collect(),
    }
}

/// Need against capability of each hazard that occurs, those that fall short most first.
fn picture(facts: &Facts<'_>) -> Option<Picture> {
    let occurs = facts.needs.iter().filter(|one| one.threat.likelihood.is_some());
    let rows: Vec<(Text, f64, f64)> = occurs.filter_map(|one| Some((one.threat.name.clone(), one.all.need?, one.all.score?))).collect();
    (!rows.is_empty()).then(|| Picture {
        name: "needs",
        title: t("各灾种的需求与能力", "Need and capability, hazard by hazard"),
        alt: t(
            "各灾种的能力条形图，竖线是需求，达不到需求的带斜纹；数字见上表",
            "Bars of the capability for each hazard with a mark at the need; hatched where it falls short; the numbers stand in the table above",
        ),
        drawing: Drawing::Against { rows },
    })
}

const HOW: Text = t(
    "每行只看一个灾种：需求是它对各题的要求，能力是应对它的各题（专项题和通用题）的得分，都按权重平均；专项能力不算通用题。一题的目标取各灾种要求中最高的，所以各行的失分不能相加。目标只定差距、失分和先后，不改得分和总分；本地没有的灾种，有关的题应填“不适用”。",
    "Each row looks at one hazard alone: need is what it asks of the items, capability the scores of the items that serve it, its own and those for all hazards, as weighted means; the column Of its own leaves the general items out. An item's target is the highest that any hazard asks, so losses of the rows do not add up. Targets decide gaps, losses and priorities, never a score or the total; items about a hazard that does not occur here should be answered as not applicable.",
);

/// Answered items that serve only hazards that do not occur here: they count, and perhaps should not.
fn of_no_hazard(facts: &Facts<'_>) -> Option<Text> {
    let items = needs::of_no_hazard(facts.results, facts.tree);
    let refs: Vec<Text> = items.iter().map(|index| facts.results.items[*index].reference.clone().into()).collect();
    (!items.is_empty()).then(|| {
        t(
            "有 {count} 题只应对评估设置写明“本地没有”的灾种，却作了答，照答案计入总分：{refs}。确实不涉及的，应改填“不适用”，退出计分；本地有的，请改正灾种判断。",
            "{count} [item serves|items serve] only hazards that do not occur here by the settings, yet [was|were] answered and [counts|count] in the total as answered: {refs}. Where they do not concern the place, they should be answered as not applicable and leave the score; where the hazard does occur, correct the settings.",
        )
        .counted(items.len())
        .with(&[("refs", Text::join(&refs, "、", ", "))])
    })
}

/// Why the same hazard shows several scores, by the first that occurs.
fn three_scores(facts: &Facts<'_>) -> Option<Text> {
    let one = facts.needs.iter().find(|one| one.threat.likelihood.is_some() && one.own.items > 0)?;
    let decimals = facts.results.policy.decimals;
    let score = |score: Option<f64>| headline::score(facts.results, score.map(|score| rounded(score, decimals)));
    let view = facts.views.iter().find(|view| view.key == FACETS[HAZARD].vocabulary.key);
    let named = view.and_then(|view| view.rows.iter().find(|row| row.name == one.threat.name)).map(|row| {
        t(
            "，“按灾种”的表只算写明它本身的 {items} 题（计分 {scored} 题），{score} 分",
            "; the table by hazard takes only the {items} items of its own name ({scored} scored), {score}",
        )
        .with(&[("items", row.items.into()), ("scored", row.scored.into()), ("score", score(row.score))])
    });
    Some(
        t(
            "同一灾种的几个得分，所含的题不同。以{hazard}为例：总能力算写明它、写明它那一大类的题和通用题，计分的共 {all} 题，{all_score} 分；专项能力不算通用题，{own} 题，{own_score} 分{named}。",
            "The scores of one hazard differ by the items they include. For {hazard}: Has takes the items of its name, of its class and those for all hazards, {all} scored, {all_score}; Of its own leaves out those for all hazards, {own}, {own_score}{named}.",
        )
        .with(&[
            ("hazard", one.threat.name.clone()),
            ("all", one.all.items.into()),
            ("all_score", score(one.all.score)),
            ("own", one.own.items.into()),
            ("own_score", score(one.own.score)),
            ("named", named.unwrap_or_default()),
        ]),
    )
}

/// For pages: under the scores by indicator.
pub fn blocks(facts: &Facts<'_>) -> Vec<Block> {
    if !any(facts) {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(t("需求与能力", "Need and capability"))];
    blocks.extend(lead(facts).map(Block::Text));
    blocks.push(Block::Text(HOW));
    blocks.extend(three_scores(facts).map(Block::Text));
    blocks.push(Block::Table(matrix(facts)));
    blocks.extend(picture(facts).map(Block::Picture));
    blocks.push(Block::Table(threats(facts)));
    blocks.extend(of_no_hazard(facts).map(Block::Text));
    let all = needs::targets(facts.results).len();
    let shown = targets(facts, PAGE_ROWS);
    if all > shown.rows.len() {
        blocks.push(Block::Text(
            t("由灾种定目标的有 {all} 题，下表是失分最多的 {shown} 题，其余见 report.xlsx 的“需求与能力”。", "Hazards set the targets of {all} items; the table shows the {shown} that lose most, the others stand in report.xlsx under Need and capability.")
                .with(&[("all", all.into()), ("shown", shown.rows.len().into())]),
        ));
    }
    blocks.push(Block::Table(shown));
    blocks
}

/// For the workbook: a sheet of its own.
pub fn sheet(facts: &Facts<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = lead(facts).into_iter().map(Block::Text).collect();
    blocks.push(Block::Text(HOW));
    blocks.extend(three_scores(facts).map(Block::Text));
    blocks.extend([Block::Table(matrix(facts)), Block::Table(threats(facts))]);
    blocks.extend(of_no_hazard(facts).map(Block::Text));
    blocks.push(Block::Table(targets(facts, usize::MAX)));
    blocks
}
