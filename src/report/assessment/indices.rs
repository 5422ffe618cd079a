//! 完备性、协调性、综合实力: three indices beside the total, and by name what pulls each down.

use crate::analysis::indices::completeness::Elements;
use crate::analysis::indices::coordination::{CLASSES, Coordination, Cut, DECIMALS, Degree};
use crate::analysis::indices::losing;
use crate::number::{fixed, snapped};
use crate::report::Facts;
use crate::report::assessment::headline;
use crate::report::assessment::shortened::short;
use crate::report::assessment::tables::{group_anchor, named};
use crate::report::document::{Block, Kind, Of, Row, Table, Value, Which, column, row};
use crate::text::{Text, t};
use crate::tree::Node;
use crate::tree::vocabulary::{FACETS, FACTOR, PHASE};

/// Items or groups named in a line.
const NAMED: usize = 5;

const TITLE: Text = t("完备性、协调性与综合实力", "Completeness, coordination and strength");

/// The ten classes, the worst first.
const CLASS: [Text; CLASSES] = [
    t("极度失调", "extreme imbalance"),
    t("严重失调", "severe imbalance"),
    t("中度失调", "moderate imbalance"),
    t("轻度失调", "slight imbalance"),
    t("濒临失调", "near imbalance"),
    t("勉强协调", "bare coordination"),
    t("初级协调", "primary coordination"),
    t("中级协调", "intermediate coordination"),
    t("良好协调", "good coordination"),
    t("优质协调", "superior coordination"),
];

const LIMITS: Text = t(
    "完备性看需要的题有几成达到下限，协调性看各部分齐不齐（水平也算在内），综合实力就是总分，三者不相加。协调度是各部分得分几何平均的平方根：有一部分弱就低；各部分一律 36 分也有 0.6，所以等次偏高，只宜用来比较，不是合格标准。定义、出处和算例见随程序附带的 docs/method/indices.md。",
    "Completeness is the part of the items needed that reach their floor, coordination how even the parts are (their level counts too), strength the total; they are not to be added. The degree of coordination is the square root of the geometric mean of the parts: one weak part pulls it down, and 36 points everywhere already make 0.6, so its classes flatter; they serve comparison and are no standard. Definitions, sources and examples: docs/method/indices.md, which comes with the program.",
);

const HOW: Text = t(
    "完备性：需要的题中，得分达到下限的题数所占的比例；下限是法律要求的那一档，法律没有要求的是合格线，目标更低的按目标。空白和读不出的题不算具备。协调性：把全部题按能力要素、应对阶段、一级指标各分一次，看各部分的得分是否相近；各部分不论大小同等看待；“弱项补齐后 D”是最弱的部分升到其余的平均时的协调度。拉低完备性的题按权重从大到小列出，其余各处按失分从大到小，每处至多 5 题。",
    "Completeness: of the items needed, the part whose score reaches its floor: the step that the law asks for, else the pass mark, or the target where that is lower. Blank and unreadable items are not in place. Coordination: all items are sorted by capability factor, by phase and by level-1 indicator, and the scores of the parts are compared, each part weighing the same; D if raised is the degree, were the weakest part as high as the others are on average. What pulls an index down is named, at most 5 items a line: for completeness the largest weight first, elsewhere the largest loss.",
);

fn class(degree: &Degree) -> Text {
    CLASS.get(degree.class()).cloned().unwrap_or_default()
}

fn percent(part: Option<f64>) -> Text {
    part.map_or_else(|| t("无", "none"), |part| format!("{}%", fixed(100.0 * part, 1)).into())
}

fn degree(value: f64) -> Text {
    fixed(value, DECIMALS).into()
}

fn factor(elements: &Elements) -> Text {
    elements.factor.map_or_else(|| t("未分要素", "no factor"), |factor| FACETS[FACTOR].vocabulary.name_of(factor))
}

fn cut(cut: Cut) -> Text {
    match cut {
        Cut::Factors => FACETS[FACTOR].vocabulary.name.clone(),
        Cut::Phases => FACETS[PHASE].vocabulary.name.clone(),
        Cut::Groups => t("一级指标", "Level-1 indicator"),
    }
}

/// `16.2.01 演练评估报告…`, as many as a line names, and how many more there are.
fn items(facts: &Facts<'_>, items: &[usize]) -> Text {
    let one = |index: &usize| {
        let item = &facts.results.items[*index];
        Text::join(&[item.reference.clone().into(), short(&item.question)], " ", " ")
    };
    let list = Text::join(&items.iter().take(NAMED).map(one).collect::<Vec<_>>(), "；", "; ");
    if items.len() > NAMED {
        t("{list}；等 {count} 题", "{list}; {count} in all").with(&[("list", list), ("count", items.len().into())])
    } else {
        list
    }
}

/// How many are in place, and the factor where the fewest are.
fn completeness_said(facts: &Facts<'_>) -> Text {
    let completeness = &facts.indices.completeness;
    let all = &completeness.all;
    if all.needed() == 0 {
        return t(
            "没有需要的题（全部不适用、不评或不作要求），不计。",
            "No item is needed (all not applicable, out of scope or not asked for); not counted.",
        );
    }
    let named = completeness.factors.iter().filter(|elements| elements.factor.is_some());
    let low = |elements: &&Elements| snapped(elements.low().unwrap_or(1.0));
    let lowest = named.min_by_key(low).filter(|lowest| lowest.in_place < lowest.needed()).map(|lowest| {
        t("；能力要素中最低的是“{factor}”，{part}", "; the lowest capability factor is {factor} with {part}")
            .with(&[("factor", factor(lowest)), ("part", percent(lowest.low()))])
    });
    t(
        "需要的 {needed} 题中，{there} 题达到下限，{missing} 题未达，{unknown} 题空白或读不出{lowest}。",
        "Of {needed} items needed, {there} reach their floor, {missing} do not, {unknown} are blank or unreadable{lowest}.",
    )
    .with(&[
        ("needed", all.needed().into()),
        ("there", all.in_place.into()),
        ("missing", all.missing.len().into()),
        ("unknown", all.unknown.len().into()),
        ("lowest", lowest.unwrap_or_default()),
    ])
}

/// `能力要素 0.7746（中级协调）`.
fn cut_said(coordination: &Coordination) -> Option<Text> {
    let found = coordination.degree?;
    Some(t("{cut} {degree}（{class}）", "{cut} {degree} ({class})").with(&[
        ("cut", cut(coordination.cut)),
        ("degree", degree(found.degree)),
        ("class", class(&found)),
    ]))
}

/// `能力要素中的“组织”（40.0 分）`.
fn weakest_said(facts: &Facts<'_>, coordination: &Coordination) -> Option<Text> {
    let part = coordination.parts.get(coordination.weakest?.part)?;
    let points = fixed(100.0 * part.level, facts.results.policy.decimals);
    Some(t("{cut}中的“{part}”（{points} 分）", "{part} ({points}) by {cut}").with(&[
        ("cut", lower(cut(coordination.cut))),
        ("part", part.name.clone()),
        ("points", points.into()),
    ]))
}

fn lower(text: Text) -> Text {
    Text::new(text.zh.to_string(), text.en.to_lowercase())
}

fn coordination_said(facts: &Facts<'_>) -> Text {
    let cuts = &facts.indices.coordination;
    if cuts.iter().all(|one| one.degree.is_none()) {
        return t("按哪种分法都不足两个部分有得分，不计。", "No cut has two parts with a score; not counted.");
    }
    let weakest: Vec<Text> = cuts.iter().filter_map(|one| weakest_said(facts, one)).collect();
    if weakest.is_empty() {
        return t("各部分得分相同，没有弱项。", "All parts score the same; there is no weakest.");
    }
    t("最弱的环节：{weakest}。", "The weakest links: {weakest}.").with(&[("weakest", Text::join(&weakest, "、", "; "))])
}

fn strength_said(facts: &Facts<'_>) -> Text {
    let results = facts.results;
    if results.total.score.is_none() {
        return t("没有计分的题，无总分。", "No item is scored; there is no total.");
    }
    let one = |index: &usize| {
        let group = &results.groups[*index];
        t("{group}（{loss} 分）", "{group} ({loss})").with(&[("group", named(group)), ("loss", fixed(group.loss.unwrap_or(0.0), 2).into())])
    };
    let groups: Vec<Text> = facts.indices.losing.iter().take(NAMED).map(one).collect();
    if groups.is_empty() {
        return t("按权重逐级汇总的总分。", "The weighted total.");
    }
    t("按权重逐级汇总的总分；失分最多的一级指标：{groups}。", "The weighted total; level-1 indicators that lose most: {groups}.")
        .with(&[("groups", Text::join(&groups, "、", ", "))])
}

/// Name, value and what it says.
fn three(facts: &Facts<'_>) -> [[Text; 3]; 3] {
    let indices = &facts.indices;
    let all = &indices.completeness.all;
    let complete = if all.unknown.is_empty() {
        percent(all.low())
    } else {
        t("{low}（空白全补上最高 {high}）", "{low} (at most {high}, were all blanks in place)")
            .with(&[("low", percent(all.low())), ("high", percent(all.high()))])
    };
    let cuts: Vec<Text> = indices.coordination.iter().filter_map(cut_said).collect();
    let even = if cuts.is_empty() { t("无", "none") } else { Text::join(&cuts, "；", "; ") };
    let strength = if facts.results.total.score.is_some() { headline::lead(facts.results) } else { t("无", "none") };
    [
        [t("完备性", "Completeness"), complete, completeness_said(facts)],
        [t("协调性", "Coordination"), even, coordination_said(facts)],
        [t("综合实力", "Strength"), strength, strength_said(facts)],
    ]
}

fn overview(facts: &Facts<'_>) -> Table {
    Table {
        id: "indices",
        title: t("三个指数", "Three indices"),
        columns: vec![
            column(t("指数", "Index"), Kind::Short),
            column(t("数值", "Value"), Kind::Text),
            column(t("说明", "What it says"), Kind::Text),
        ],
        rows: three(facts).into_iter().map(|cells| row(cells.into_iter().map(Value::Text).collect())).collect(),
    }
}

/// By capability factor: what is needed, what is there, what is missing.
fn completeness(facts: &Facts<'_>) -> Table {
    let completeness = &facts.indices.completeness;
    let line = |name: Text, elements: &Elements| {
        row(vec![
            Value::Text(name),
            Value::of(elements.low()),
            Value::of(elements.high()),
            Value::Text(items(facts, &elements.missing)),
            Value::Number(elements.needed() as f64),
            Value::Number(elements.in_place as f64),
            Value::Number(elements.missing.len() as f64),
            Value::Number(elements.unknown.len() as f64),
        ])
    };
    let mut rows: Vec<Row> = completeness.factors.iter().map(|elements| line(factor(elements), elements)).collect();
    rows.push(line(t("合计", "All"), &completeness.all));
    Table {
        id: "completeness",
        title: t("完备性：按能力要素", "Completeness, by capability factor"),
        columns: vec![
            column(t("能力要素", "Capability factor"), Kind::Short),
            column(t("完备性", "Completeness"), Kind::Percent),
            column(t("最高可能", "At most"), Kind::Percent),
            column(t("未达下限的题（权重大的在前）", "Items below their floor (largest weight first)"), Kind::Text),
            column(t("需要", "Needed"), Kind::Count),
            column(t("具备", "In place"), Kind::Count),
            column(t("未达", "Below floor"), Kind::Count),
            column(t("空白", "Blank"), Kind::Count),
        ],
        rows,
    }
}

/// Coupling, level and degree of the three cuts.
fn coordination(facts: &Facts<'_>) -> Table {
    let rows = facts.indices.coordination.iter().map(|one| {
        let part = one.weakest.and_then(|weakest| one.parts.get(weakest.part));
        let weakest = match (one.degree, part) {
            (None, _) => t("不足两个部分有得分，不计", "fewer than two parts with a score; not counted"),
            (_, None) => t("各部分相同", "all equal"),
            (_, Some(part)) => part.name.clone(),
        };
        row(vec![
            Value::Text(cut(one.cut)),
            Value::of(one.degree.map(|found| found.degree)),
            one.degree.map_or(Value::Empty, |found| Value::Text(class(&found))),
            Value::Text(weakest),
            Value::of(one.weakest.map(|weakest| weakest.lifted.degree)),
            Value::of(one.degree.and_then(|found| found.coupling)),
            Value::of(one.degree.map(|found| found.mean)),
            Value::Number(one.parts.len() as f64),
        ])
    });
    Table {
        id: "coordination",
        title: t("协调性：三种分法", "Coordination, seen in three ways"),
        columns: vec![
            column(t("分法", "Cut"), Kind::Short),
            column(t("协调度 D", "Degree D"), Kind::Exact),
            column(t("等次", "Class"), Kind::Short),
            column(t("最弱的部分", "Weakest part"), Kind::Text),
            column(t("弱项补齐后 D", "D if raised"), Kind::Exact),
            column(t("耦合度 C", "Coupling C"), Kind::Exact),
            column(t("平均水平 T", "Level T"), Kind::Exact),
            column(t("部分数", "Parts"), Kind::Count),
        ],
        rows: rows.collect(),
    }
}

/// Every part of these cuts with what pulls it down.
fn parts(facts: &Facts<'_>, cuts: &[Coordination]) -> Table {
    let rows = cuts.iter().flat_map(|one| {
        one.parts.iter().map(|part| {
            row(vec![
                Value::Text(cut(one.cut)),
                Value::Text(part.name.clone()),
                Value::Number(100.0 * part.level),
                Value::Text(items(facts, &part.losing)),
            ])
        })
    });
    Table {
        id: "parts",
        title: t("各部分的得分，和拉低它的题", "Score of each part, and what pulls it down"),
        columns: vec![
            column(t("分法", "Cut"), Kind::Short),
            column(t("部分", "Part"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("失分最多的题", "Items that lose most"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// Level-1 groups by loss, with the items behind it.
fn strength(facts: &Facts<'_>, most: usize) -> Table {
    let results = facts.results;
    let rows = facts.indices.losing.iter().take(most).map(|index| {
        let group = &results.groups[*index];
        row(vec![
            Value::Link(named(group), group_anchor(&group.code)),
            Of::Group(*index).figure(Which::Score, Value::of(group.rounded)),
            Of::Group(*index).figure(Which::Loss, Value::of(group.loss)),
            Value::Text(items(facts, &losing(results, &facts.tree.items_of(Node::Group(*index))))),
        ])
    });
    Table {
        id: "strength",
        title: t("综合实力：失分最多的一级指标，和拉低它的题", "Strength: level-1 indicators that lose most, and what pulls them down"),
        columns: vec![
            column(t("一级指标", "Level-1 indicator"), Kind::Text),
            column(t("得分", "Score"), Kind::Score),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("失分最多的题", "Items that lose most"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// For the conclusion: a line each, and what they do not say.
pub fn summary(facts: &Facts<'_>) -> Vec<Block> {
    vec![Block::Heading(TITLE), Block::Table(overview(facts)), Block::Text(LIMITS)]
}

/// For pages, under the scores: what pulls each down. Level-1 groups stand in the tables above and in the last.
pub fn blocks(facts: &Facts<'_>) -> Vec<Block> {
    let facets = &facts.indices.coordination[..2];
    let mut blocks = vec![Block::Heading(TITLE), Block::Text(HOW), Block::Table(completeness(facts)), Block::Table(coordination(facts))];
    if facets.iter().any(|one| !one.parts.is_empty()) {
        blocks.push(Block::Table(parts(facts, facets)));
    }
    if !facts.indices.losing.is_empty() {
        blocks.push(Block::Table(strength(facts, NAMED)));
    }
    blocks
}

/// For the workbook: a sheet of its own. Lines in place of the first table: its texts would not fit the columns of the others.
pub fn sheet(facts: &Facts<'_>) -> Vec<Block> {
    let line = |[name, value, said]: [Text; 3]| {
        t("{name}：{value}。{said}", "{name}: {value}. {said}").with(&[("name", name), ("value", value), ("said", said)])
    };
    vec![
        Block::List(three(facts).map(line).to_vec()),
        Block::Text(LIMITS),
        Block::Text(HOW),
        Block::Table(completeness(facts)),
        Block::Table(coordination(facts)),
        Block::Table(parts(facts, &facts.indices.coordination)),
        Block::Table(strength(facts, usize::MAX)),
    ]
}
