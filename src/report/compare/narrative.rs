//! The pages of a comparison, in words: the summary, then the causes of the change, what tests show, last year's gaps.

use crate::analysis::change::follow_up::{Became, FollowUp};
use crate::analysis::change::{Cause, Definition, ItemChange, Year, same_groups};
use crate::number::{fixed, rounded, snapped};
use crate::report::compare::summary::{arithmetic, headline, percent, signed, verdict};
use crate::report::compare::{Facts, by_view, chance, editions, items, last_year, tables, words};
use crate::report::document::{Block, Drawing, Picture, Section};
use crate::text::{Text, t};

/// Items that pages name at either end, and gaps of last year.
const MOVERS: usize = 15;
const GAPS: usize = 30;
const DIFFERING: usize = 40;

/// What the tests show and do not show.
pub fn test_lines(facts: &Facts<'_>) -> Vec<Text> {
    let Some((_, _, step)) = facts.last_step() else { return Vec::new() };
    let Some(paired) = &facts.paired else { return Vec::new() };
    let mut lines = vec![
        t(
            "两年都作答的同题 {items} 题，{rose} 题升、{fell} 题降，平均变化 {mean} 分（单题百分制），标准差 {deviation}。",
            "Items asked alike and answered in both years: {items}, of them {rose} rose, {fell} fell, the mean change is {mean} of an item's 100 points, standard deviation {deviation}.",
        )
        .with(&[
            ("items", paired.differences.count.into()),
            ("rose", paired.differences.rose.into()),
            ("fell", paired.differences.fell.into()),
            ("mean", signed(paired.differences.mean)),
            ("deviation", fixed(paired.differences.deviation, 1).into()),
        ]),
    ];
    lines.extend(under_one_rule(facts));
    if let Some((low, high)) = paired.interval {
        lines.push(
            t(
                "按权重平均，同题变化 {weighted} 分；以题为单位重抽 2000 次，95% 区间 {low} 到 {high} 分。",
                "By weight the same items changed by {weighted} points; 2000 bootstrap resamples over items give a 95% interval from {low} to {high}.",
            )
            .with(&[("weighted", signed(paired.weighted)), ("low", signed(low)), ("high", signed(high))]),
        );
    }
    if let Some(raters) = &paired.raters {
        lines.push(
            t(
                "有 {items} 题次由不止一方评过（几个部门，或自评加复核），同一事实两次评分的标准差约 {deviation} 分；每题只评一次，总分变化的标准误约 {error} 分。",
                "Items rated more than once in a year (by several, or by self-rating and review): {items}; one rating has a standard deviation of about {deviation} points, which gives the change of the total a standard error of about {error}.",
            )
            .with(&[
                ("items", raters.items.into()),
                ("deviation", fixed(raters.deviation, 1).into()),
                ("error", fixed(raters.error_of_change, 2).into()),
            ]),
        );
    }
    lines.push(verdict(paired, step.points()));
    lines.push(t(
        "检验把题看作从更多可能的问法中抽来的、彼此独立的；实际上题就是全部，同一部门的题一起升降，所以 p 多半偏小。p 小，说明升降不像掷硬币；不说明能力真的变了、也不说明原因，填报口径变松同样会使 p 变小。",
        "The tests take the items for independent draws from a wider set of questions. In truth they are all there are, and items of one department move together, so p is mostly too small. A small p says that rises and falls do not look like coin tosses; it does not say that the capability changed, nor why: laxer answering lowers p as well.",
    ));
    lines.push(chance::conclusion(paired, step.points()));
    lines
}

/// Whose score of last year is another under this year's thresholds, by which both years are compared.
fn under_one_rule(facts: &Facts<'_>) -> Option<Text> {
    let (before, after, step) = facts.last_step()?;
    let decimals = after.results.policy.decimals;
    let of = |item: &ItemChange| {
        let (old, new) = (&before.results.items[item.pair.before?], &after.results.items[item.pair.after?]);
        let (Definition::Reread(reread), Some(score)) = (item.pair.definition, old.score) else { return None };
        (old.state == "answered" && new.state == "answered" && snapped(reread.before) != snapped(score)).then(|| {
            t("{reference}（{score} → {anew}）", "{reference} ({score} to {anew})").with(&[
                ("reference", new.reference.clone().into()),
                ("score", fixed(score, decimals).into()),
                ("anew", fixed(reread.before, decimals).into()),
            ])
        })
    };
    let named: Vec<Text> = step.items.iter().filter_map(of).collect();
    (!named.is_empty()).then(|| {
        t(
            "改了档线的题，两年都按 {to} 的档线计分，以下各数和检验都是；{from} 的得分因此与当年报告不同的：{named}。",
            "Items with new thresholds are scored by those of {to} in both years, here and in the tests; scores of {from} that differ from that year's report for it: {named}.",
        )
        .with(&[
            ("from", before.results.period.clone().into()),
            ("to", after.results.period.clone().into()),
            ("named", Text::join(&named, "、", ", ")),
        ])
    })
}

/// What a change of weight does.
pub const WEIGHTS: Text = t(
    "得分没有变的组也会影响总分：低于平均的组加了权重，总分就降；高于平均的加了权重，总分就升。",
    "A group whose score stayed can move the total: more weight on a group below the mean lowers it, on one above the mean raises it.",
);

/// Where the points of an item stand that changed its place.
pub const MOVED: Text = t(
    "换了组的题，影响总分全部记在它换到的组（从原组退出的影响也在内）；所以一组的得分可能升而影响为负，或相反。",
    "The points of an item that moved between groups are booked whole in the group it moved to, what it did by leaving the old one included; so a group's score may rise while its points are negative, or the reverse.",
);

/// The groups of level 1, what their columns do not say, and those of another weight.
pub fn groups(facts: &Facts<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Table(tables::groups(facts, 1, "groups"))];
    if facts.last_step().is_some_and(|(_, _, step)| step.items.iter().any(|item| item.pair.moved)) {
        blocks.push(Block::Text(MOVED));
    }
    let weights = tables::weights(facts);
    if !weights.rows.is_empty() {
        blocks.extend([Block::Text(WEIGHTS), Block::Table(weights), Block::Table(tables::weight_figures(facts))]);
    }
    blocks
}

fn part(title: Text, blocks: Vec<Block>) -> Section {
    Section::part(title, blocks)
}

pub fn sections(facts: &Facts<'_>) -> Vec<Section> {
    let summary = vec![Block::List(headline(facts)), Block::Table(tables::periods(facts))];
    let mut all = vec![part(t("摘要", "Summary"), summary)];
    if let Some((before, after, step)) = facts.last_step() {
        all.push(part(t("一、变化从哪里来", "1. Where the change came from"), why(facts)));
        let mut views = groups(facts);
        views.extend(facts.views.iter().map(|view| Block::Table(by_view::view(view))));
        views.extend(editions::of_both_years(facts).map(Block::Text));
        all.push(part(t("二、变化在哪里", "2. Where it changed"), views));
        let movers = [true, false].map(|up| Block::Table(items::movers(step, before, after, up, MOVERS)));
        all.push(part(t("三、变化最大的题", "3. The items that moved most"), movers.into_iter().collect()));
        all.push(part(
            t("四、变化算不算数", "4. Does the change mean anything?"),
            vec![Block::List(test_lines(facts)), Block::Table(tables::tests(facts))],
        ));
        all.push(part(t("五、回头看：上年的短板", "5. Looking back: last year's gaps"), looking_back(facts)));
    }
    if facts.years.len() > 2 {
        all.push(part(
            t("六、历年走势", "6. The years"),
            vec![Block::Table(tables::trend(facts)), Block::Picture(trend(facts)), Block::Table(tables::steps(facts))],
        ));
    }
    if let Some(against) = &facts.against {
        // Its lines stand in the summary.
        all.push(part(t("与上年得分表的对比", "Against last year's table"), last_year::blocks(against, facts.newest())));
    }
    all.push(part(t("方法与来源", "Method and sources"), vec![Block::List(method(facts)), Block::Table(tables::sources(facts))]));
    all
}

fn why(facts: &Facts<'_>) -> Vec<Block> {
    let Some((_, _, step)) = facts.last_step() else { return Vec::new() };
    let parts = step.parts();
    let bars: Vec<(Text, f64)> = Cause::ALL
        .into_iter()
        .filter(|(cause, _)| step.items_of(*cause) > 0)
        .map(|(cause, _)| (words::cause(cause), parts[cause]))
        .collect();
    let mut blocks: Vec<Block> = tables::causes(facts).map(Block::Table).into_iter().collect();
    if !bars.is_empty() {
        let said: Vec<Text> = bars.iter().map(|(name, points)| Text::join(&[name.clone(), signed(*points)], " ", " ")).collect();
        blocks.push(Block::Picture(Picture {
            name: "causes",
            title: t("各原因影响总分多少", "Points of the total by cause"),
            alt: Text::join(&said, "；", "; "),
            drawing: Drawing::Changes { bars },
        }));
    }
    blocks.push(Block::List(arithmetic(facts)));
    if let Some((before, after, step)) = facts.last_step() {
        let differing = items::differing(step, before, after, DIFFERING);
        if !differing.rows.is_empty() {
            blocks.extend([Block::Table(differing), Block::Text(ALL_CAUSES)]);
        }
    }
    blocks
}

/// Below items whose causes stand elsewhere.
const ALL_CAUSES: Text = t(
    "表里的“影响总分”是一题各种原因合计的，加起来不等于“总分变化从哪里来”里的某一行；逐题的原因见 compare.xlsx 的“题目变化”。",
    "\"Points of the total\" are those of an item by all its causes and do not add up to one line of the causes; each item's causes stand in compare.xlsx, sheet Items.",
);

fn looking_back(facts: &Facts<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Text(gaps(facts)), Block::Table(items::follow_up_counts(facts))];
    blocks.extend(rest_of_losses(facts).map(Block::Text));
    blocks.extend(by_weight_alone(facts).map(Block::Text));
    blocks.push(Block::Table(items::follow_up(facts, GAPS)));
    blocks
}

/// Where an item's loss grew or shrank though its score stayed, the one of which most did: why that is not its points of the total.
fn by_weight_alone(facts: &Facts<'_>) -> Option<Text> {
    let (before, after, step) = facts.last_step()?;
    let of = |one: &FollowUp| {
        let item = &step.items[one.item];
        let (old, new) = (&before.results.items[item.pair.before?], &after.results.items[item.pair.after?]);
        let (then, now) = one.loss_before.zip(one.loss_after)?;
        let stayed = old.score.zip(new.score).is_some_and(|(old, new)| snapped(old) == snapped(new));
        (stayed && rounded(then, 2) != rounded(now, 2)).then_some((item, old, new, then, now))
    };
    let all = facts.follow_up.iter().filter_map(of);
    let (item, old, new, then, now) = all.max_by_key(|(.., then, now)| snapped((now - then).abs()))?;
    Some(
        t(
            "失分与影响总分不是一回事。例：{reference} 两年都是 {score} 分，占总分由 {share_then} 变为 {share_now}，失分（占比 ×（100 − 得分））由 {then} 变为 {now}；它的影响总分是 {points}，因为它占得多了、别的题就占得少了，反之亦然，别的题因此少失或多失的分一并算在内。",
            "Points lost are not points of the total. Example: {reference} has {score} in both years, its share of the total went from {share_then} to {share_now}, its loss (share × (100 − score)) from {then} to {now}; its points of the total are {points}, for as it takes more of the total the others take less, and the other way round, and what they lose less or more by that is counted in.",
        )
        .with(&[
            ("reference", new.reference.clone().into()),
            ("score", fixed(new.score.unwrap_or_default(), after.results.policy.decimals).into()),
            ("share_then", format!("{}%", percent(old.share).zh).into()),
            ("share_now", format!("{}%", percent(new.share).zh).into()),
            ("then", fixed(then, 2).into()),
            ("now", fixed(now, 2).into()),
            ("points", signed(item.parts.sum())),
        ]),
    )
}

/// How many of last year's gaps became what.
fn gaps(facts: &Facts<'_>) -> Text {
    let count = |became: Became| facts.follow_up.iter().filter(|one| one.became == became).count();
    let new = count(Became::New) + count(Became::NewByRule);
    let args = [
        ("gaps", (facts.follow_up.len() - new).into()),
        ("closed", count(Became::Closed).into()),
        ("smaller", count(Became::Smaller).into()),
        ("same", count(Became::Same).into()),
        ("larger", count(Became::Larger).into()),
        ("stricter", count(Became::LargerByRule).into()),
        ("left", count(Became::Left).into()),
        ("changed", count(Became::Changed).into()),
        ("new", new.into()),
        ("rule", count(Became::NewByRule).into()),
    ];
    t(
        "上年有短板（没有达到目标）的 {gaps} 题：已补齐 {closed}，缩小 {smaller}，没有变 {same}，扩大 {larger}，因改档线或提高目标而扩大（本地没有变差）{stricter}，不再计分 {left}，题目已改版、拆并或删去 {changed}；今年新出现 {new} 题，其中因改档线或提高目标的 {rule} 题。按得分与目标的差看；失分还随权重变。",
        "Items that missed their target last year: {gaps}, of them {closed} closed, {smaller} smaller, {same} unchanged, {larger} larger, {stricter} larger by new thresholds or a higher target (the place did no worse), {left} no longer scored, {changed} redefined, split, merged or gone; {new} are new this year, {rule} of them by new thresholds or a higher target. Judged by score against target; points lost move with the weights too.",
    )
    .with(&args)
}

/// What the totals lost beyond the items of the table.
fn rest_of_losses(facts: &Facts<'_>) -> Option<Text> {
    let (before, after, _) = facts.last_step()?;
    let lost = |year: Year<'_>| year.results.total.score.map(|score| 100.0 - score);
    let (then, now) = (lost(before)?, lost(after)?);
    let listed = |loss: fn(&FollowUp) -> Option<f64>| facts.follow_up.iter().filter_map(loss).sum::<f64>();
    let points = |value: f64| Text::from(fixed(value, 2));
    Some(
        t(
            "{from} 总失分 {then}，合计之外 {then_more}；{to} 总失分 {now}，合计之外 {now_more}。合计之外的是达到目标但没有满分的题，和不能与上年比的题（新增、改版、上年没有计分）。",
            "The total lost {then} points in {from}, {then_more} of them beyond the sum, and {now} in {to}, {now_more} of them beyond the sum. Beyond it are items that met their target without full marks, and items not to be compared with last year (added, redefined, not scored then).",
        )
        .with(&[
            ("from", before.results.period.clone().into()),
            ("to", after.results.period.clone().into()),
            ("then", points(then)),
            ("now", points(now)),
            ("then_more", points(then - listed(|one| one.loss_before))),
            ("now_more", points(now - listed(|one| one.loss_after))),
        ]),
    )
}

/// A small picture a level-1 group, and one of the total.
fn trend(facts: &Facts<'_>) -> Picture {
    let newest = facts.newest();
    let periods: Vec<Text> = facts.years.iter().map(|year| year.results.period.clone().into()).collect();
    let mut panels = vec![(t("总分", "Total"), facts.years.iter().map(|year| year.results.total.score).collect::<Vec<_>>())];
    let same: Vec<Vec<Option<usize>>> = facts.years.iter().map(|year| same_groups(year.results, newest)).collect();
    for (index, group) in newest.groups.iter().enumerate().filter(|(_, group)| group.level == 1) {
        let scores = facts.years.iter().zip(&same).map(|(year, same)| same[index].and_then(|old| year.results.groups[old].score));
        panels.push((Text::join(&[group.code.clone().into(), group.name.clone()], " ", " "), scores.collect()));
    }
    Picture {
        name: "trend",
        title: t("历年得分走势", "Scores over the years"),
        alt: t("数字见上表。", "The numbers stand in the table above."),
        drawing: Drawing::Panels { periods, panels },
    }
}

/// The rule in short.
pub fn method(facts: &Facts<'_>) -> Vec<Text> {
    if facts.steps.is_empty() {
        return vec![
            t(
                "上年得分表的一行，按名称（两种语言之一，或对照表给的新名）对上本年的一组或一题；同名的看编号，没有名称的只看编号。每一支用能覆盖它的最细的行，得分都化为满分的百分比，按本年的权重相加。规则全文见随程序附带的 docs/method/year-change.md 第 5 节。",
                "A row of last year's table belongs to the group or item of its name (in either language, or by the crosswalk), its code telling namesakes apart or serving alone. In each branch the finest rows that cover it are used, scores as parts of the full marks, added by this year's weights. The whole rule stands in docs/method/year-change.md, section 5, which comes with the program.",
            ),
            words::colours(facts.newest()),
        ];
    }
    vec![
        t(
            "总分变化按 Bennet（1920）对称分解逐题拆开：得分变化乘两年平均的权重占比，权重变化乘得分相对全组的高低；与题目的先后次序无关，两年对调则各部分只变正负号，各部分之和就是总变化，没有“其他”一项。",
            "The change of the total is split item by item by the symmetric rule of Bennet (1920): change of score times mean share, change of weight times how far the score lies from its group. It knows no order of items, swapped years only flip the signs, the parts sum to the change, and there is no \"other\".",
        ),
        t(
            "题目按永久题号和版本号配对，改号、拆分、合并按对照表；版本号变了的题，只改了档线的用两年的原始答案在两种档线下各计一次分，分开答案的升降和档线的影响，其余的整题归入“题目改档线、改版、拆分、合并”。",
            "Items are matched by permanent id and revision, and by the crosswalk where they were renamed, split or merged. Of items of another revision those with new thresholds only are scored by both years' answers under both rules, which tells the answers from the thresholds; the others count as redefined whole.",
        ),
        t(
            "表中的分按未取舍的数相加，取两位小数后可能差 0.01。规则全文、来源和算例见随程序附带的 docs/method/year-change.md。",
            "Points add up unrounded; shown to two decimals they may miss by 0.01. The whole rule, its source and a worked example stand in docs/method/year-change.md, which comes with the program.",
        ),
        words::colours(facts.newest()),
    ]
}
