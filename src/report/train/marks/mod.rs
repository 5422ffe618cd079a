//! 培训测评: what a class's answers came to, question by question, and before against after.

mod asked;
mod tables;
mod unpaired;

use crate::analysis::change::paired::{Differences, Test};
use crate::analysis::training::marking::{Marking, Marks, Sheet};
use crate::analysis::training::pairing::Compared;
use crate::finding::Finding;
use crate::number::fixed;
use crate::report::assessment::findings_table;
use crate::report::document::{self as page, Block, Document, Section};
use crate::report::train::marks::asked::{fallen, lists, named, weak_questions};
use crate::report::train::{joined, of_class, part, short};
use crate::text::{Text, t};
use crate::tree::Tree;

/// What the report draws on.
pub struct Facts<'a> {
    pub unit: &'a str,
    pub period: &'a str,
    pub tree: &'a Tree,
    pub bank_digest: &'a str,
    pub sheets: &'a [Sheet<'a>],
    pub marking: &'a Marking,
    pub findings: &'a [Finding],
}

/// Below this right rate a question is taught again.
const WEAK_RATE: f64 = 0.6;
/// Questions named in the summary, and told one by one in a list.
const NAMED: usize = 3;
const TOLD: usize = 20;
/// Names in a line on a terminal.
const ON_SCREEN: usize = 8;
/// The level of the tests.
const LEVEL: f64 = 0.05;
/// With fewer pairs the signed ranks cannot reach that level however all of them rise: 2 / 2^5 is 0.0625.
const FEWEST: usize = 6;

pub fn document(facts: &Facts<'_>) -> Document {
    let of = class(facts).map_or_else(Text::default, |number| t("，班次 {number}", ", class {number}").with(&[("number", number.into())]));
    let title = t("{unit}应急能力培训测评（{period}{class}）", "Training quiz in emergency capability: {unit}, {period}{class}").with(&[
        ("unit", facts.unit.into()),
        ("period", facts.period.into()),
        ("class", of),
    ]);
    let sheet = |name: Text, widths: &[f64], blocks: Vec<Block>| page::Sheet {
        title: name.clone(),
        name,
        landscape: true,
        one_page: false,
        large: false,
        widths: widths.to_vec(),
        blocks,
    };
    let mut overview = vec![Block::Lead(lead(facts)), Block::List(summary_lines(facts))];
    if let Some(compared) = &facts.marking.compared {
        overview.push(Block::Heading(t("训前训后", "Before and after")));
        overview.push(Block::List(change(compared)));
        overview.push(Block::Table(tables::tests(&compared.differences)));
    }
    overview.push(Block::Heading(t("不说明什么", "What it does not say")));
    overview.push(Block::List(limits(facts)));
    let mut first = sheet(t("概览", "Overview"), &[22.0, 14.0, 14.0, 60.0], overview);
    first.title = title.clone();
    let mut sheets = vec![
        first,
        sheet(
            t("各题", "Questions"),
            &[14.0, 10.0, 46.0, 24.0, 9.0, 9.0, 9.0, 9.0, 40.0, 9.0, 40.0],
            vec![Block::Table(tables::questions(facts))],
        ),
        sheet(t("学员", "Trainees"), &[16.0, 22.0, 10.0, 9.0, 9.0, 9.0, 12.0, 10.0], vec![Block::Table(tables::trainees(facts))]),
    ];
    if let Some(compared) = &facts.marking.compared {
        sheets.push(sheet(t("前后对比", "Compared"), &[16.0, 22.0, 12.0, 10.0, 10.0, 12.0], vec![Block::Table(tables::pairs(compared))]));
    }
    sheets.push(sheet(t("数据问题", "Data problems"), &[9.0, 34.0, 16.0, 10.0, 84.0], vec![Block::Table(findings_table(facts.findings))]));
    Document {
        file: of_class(t("培训测评", "quiz-results"), class(facts)),
        footer: t("指标体系摘要 {tree}，题库摘要 {bank}，ecap {version}", "Tree digest {tree}, bank digest {bank}, ecap {version}").with(
            &[("tree", short(&facts.tree.sha256)), ("bank", short(facts.bank_digest)), ("version", env!("CARGO_PKG_VERSION").into())],
        ),
        cover: vec![
            (t("被评估单位", "Unit assessed"), facts.unit.to_string().into()),
            (t("评估期", "Period"), facts.period.to_string().into()),
            (t("测评日期", "Date of the quiz"), dates(facts)),
            (t("编制单位", "Written by"), Text::default()),
        ],
        narrative: narrative(facts),
        sheets,
        decimals: 1,
        title,
        ..Document::default()
    }
}

/// The class that all sheets are of.
fn class(facts: &Facts<'_>) -> Option<usize> {
    let first = facts.sheets.first()?.filled.class;
    first.filter(|_| facts.sheets.iter().all(|sheet| sheet.filled.class == first))
}

/// The dates on the covers, each once.
fn dates(facts: &Facts<'_>) -> Text {
    let mut all: Vec<Text> = Vec::new();
    for sheet in facts.sheets.iter().filter(|sheet| !sheet.filled.date.is_empty()) {
        let date = Text::from(sheet.filled.date.clone());
        if !all.contains(&date) {
            all.push(date);
        }
    }
    joined(all.into_iter())
}

fn narrative(facts: &Facts<'_>) -> Vec<Section> {
    let mut summary = vec![Block::Lead(lead(facts)), Block::List(summary_lines(facts))];
    if let Some(compared) = &facts.marking.compared {
        summary.push(Block::Text(verdict(&compared.differences)));
    }
    let mut all = vec![part(t("摘要", "Summary"), summary)];
    let mut weak = vec![Block::Table(tables::rates(facts))];
    weak.extend(lists(facts));
    all.push(part(t("一、各题", "1. Questions"), weak));
    all.push(part(t("二、学员", "2. Trainees"), vec![Block::Table(tables::trainees(facts))]));
    let mut compared = Vec::new();
    match &facts.marking.compared {
        None => compared.push(Block::Text(unpaired::reason(facts.marking))),
        Some(one) => {
            compared.push(Block::List(change(one)));
            compared.push(Block::Table(tables::tests(&one.differences)));
            compared.push(Block::Table(tables::pairs(one)));
        }
    }
    all.push(part(t("三、训前训后", "3. Before and after"), compared));
    let mut end = vec![Block::List(limits(facts))];
    if !facts.findings.is_empty() {
        end.push(Block::Table(findings_table(facts.findings)));
    }
    all.push(part(t("附：说明", "Annex: notes"), end));
    all
}

fn percent(value: f64) -> Text {
    fixed(100.0 * value, 1).into()
}

fn rate(marks: &Marks) -> Text {
    marks.rate().map_or_else(|| "—".into(), percent)
}

fn lead(facts: &Facts<'_>) -> Text {
    let marking = facts.marking;
    let sessions: Vec<Text> = marking
        .sessions
        .iter()
        .map(|(session, tally)| {
            t("{session} {count} 份，正确率 {rate}%", "{session} the course {count} [sheet|sheets], {rate}% right")
                .counted(tally.sheets)
                .with(&[("rate", rate(&tally.marks)), ("session", session.words())])
        })
        .collect();
    let parts = if sessions.is_empty() {
        let mut all = Marks::default();
        for one in &marking.questions {
            all.right += one.all.right;
            all.wrong += one.all.wrong;
            all.blank += one.all.blank;
            all.unreadable += one.all.unreadable;
        }
        t("正确率 {rate}%", "{rate}% right").with(&[("rate", rate(&all))])
    } else {
        Text::join(&sessions, "；", "; ")
    };
    t("共阅 {count} 份答卷：{parts}。", "{count} answer [sheet was|sheets were] marked: {parts}.")
        .counted(marking.trainees.len())
        .with(&[("parts", parts)])
}

/// `训后正确率` where the course is over, else `正确率`.
fn rate_name(facts: &Facts<'_>) -> Text {
    if facts.marking.has_after() { t("训后正确率", "right rate after the course") } else { t("正确率", "right rate") }
}

fn summary_lines(facts: &Facts<'_>) -> Vec<Text> {
    let mut lines = Vec::new();
    let weak = weak_questions(facts).count();
    let stems: Vec<Text> = weak_questions(facts)
        .take(NAMED)
        .map(|one| t("{named}{rate}%", "{named} {rate}%").with(&[("rate", rate(one.judged())), ("named", named(facts, one))]))
        .collect();
    lines.push(if weak == 0 {
        t("没有{rate}低于 60% 的题。", "No question has a {rate} below 60%.").with(&[("rate", rate_name(facts))])
    } else {
        t(
            "{rate}低于 60% 的有 {count} 题，最低的是{stems}。",
            "{count} [question has|questions have] a {rate} below 60%; the lowest: {stems}.",
        )
        .counted(weak)
        .with(&[("rate", rate_name(facts)), ("stems", Text::join(&stems, "；", "; "))])
    });
    let worse = fallen(facts).count();
    if worse > 0 {
        lines.push(
            t(
                "训后正确率低于训前的有 {count} 题，另列在后。",
                "{count} [question has|questions have] a lower right rate after the course than before; [it is|they are] listed apart.",
            )
            .counted(worse),
        );
    }
    let (blank, unreadable) = facts.marking.questions.iter().fold((0, 0), |sum, one| (sum.0 + one.all.blank, sum.1 + one.all.unreadable));
    let lost = [
        (blank, t("没有作答 {count} 处", "{count} [answer is|answers are] blank")),
        (unreadable, t("读不出 {count} 处", "{count} cannot be read")),
    ];
    let lost: Vec<Text> = lost.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| text.counted(count)).collect();
    if !lost.is_empty() {
        let text = t("{lost}，按没有答对计。", "{lost}; counted as not right.");
        lines.push(text.with(&[("lost", Text::join(&lost, "，", ", "))]));
    }
    lines
}

fn is_clear(test: Option<Test>) -> bool {
    test.is_some_and(|test| test.p < LEVEL)
}

fn p(test: Option<Test>) -> Text {
    test.map_or_else(|| "—".into(), |test| if test.p < 0.001 { "<0.001".into() } else { fixed(test.p, 3).into() })
}

/// The same within a sentence.
fn p_said(test: Option<Test>) -> Text {
    match test {
        Some(test) if test.p < 0.001 => t("p 小于 0.001", "p below 0.001"),
        _ => t("p 为 {p}", "p {p}").with(&[("p", p(test))]),
    }
}

/// The sharpest round bound that a clear p keeps, in words.
fn below(test: Option<Test>) -> Text {
    match test {
        Some(test) if test.p < 0.001 => t("不到千分之一", "less than one in a thousand"),
        Some(test) if test.p < 0.01 => t("不到 1%", "less than 1%"),
        _ => t("不到 5%", "less than 5%"),
    }
}

/// The change in one sentence, as strong as it is and no stronger.
fn verdict(differences: &Differences) -> Text {
    let args = [
        ("mean", fixed(differences.mean.abs(), 1).into()),
        ("p", p_said(differences.wilcoxon)),
        ("below", below(differences.wilcoxon)),
        ("fewest", FEWEST.into()),
    ];
    let text = if differences.count == 0 {
        t("没有人两次都作答，说不出变化。", "Nobody took both; there is no change to tell.")
    } else if differences.count < FEWEST {
        t(
            "两次都答的只有 {count} 人，平均变了 {mean} 个百分点；不到 {fewest} 人时检验得不出结论，只看个人。",
            "Only {count} took both, with a mean change of {mean} percentage points; below {fewest} no test can decide. Look at each alone.",
        )
    } else if is_clear(differences.wilcoxon) && differences.mean > 0.0 {
        t(
            "两次都答的 {count} 人，正确率平均升 {mean} 个百分点；假如培训前后其实一样，偶然出现这么大差别的可能性{below}（{p}），可以说训后答得更好。",
            "The {count} who took both gained {mean} percentage points on average; were there no change, a difference like this would come by chance in {below} of cases ({p}): they answer better after the course.",
        )
    } else if is_clear(differences.wilcoxon) {
        t(
            "两次都答的 {count} 人，正确率平均降 {mean} 个百分点，不像是偶然（{p}），请查训后测评是否认真做了。",
            "The {count} who took both lost {mean} percentage points on average, which is hardly chance ({p}); check whether the second quiz was taken seriously.",
        )
    } else {
        t(
            "两次都答的 {count} 人，正确率平均变了 {mean} 个百分点；这样的差别偶然也常出现（{p}，不小于 0.05），不能说有变化。",
            "The {count} who took both changed by {mean} percentage points on average; such a difference is common by chance ({p}, not below 0.05), and no change can be claimed.",
        )
    };
    text.counted(differences.count).with(&args)
}

fn change(compared: &Compared) -> Vec<Text> {
    let differences = &compared.differences;
    let mut lines = vec![verdict(differences)];
    if differences.count > 0 {
        lines.push(t("上升 {rose} 人，下降 {fell} 人，不变 {same} 人。", "{rose} rose, {fell} fell, {same} stayed.").with(&[
            ("rose", differences.rose.into()),
            ("fell", differences.fell.into()),
            ("same", (differences.count - differences.rose - differences.fell).into()),
        ]));
    }
    lines.extend(unpaired::lines(compared, usize::MAX));
    lines
}

fn limits(facts: &Facts<'_>) -> Vec<Text> {
    let mut lines = vec![
        t(
            "没有对照组：升了不一定是培训的功劳，第二次做同样的题，记住了题也会升。",
            "There is no control group: a rise need not be the course's doing, since people also remember the questions.",
        ),
        t(
            "答对说明知道，不说明做得到；做不做得到看演练和下次评估。",
            "A right answer shows knowledge, not that it is done; exercises and the next assessment show that.",
        ),
        t(
            "未答和读不出的按没有答对计；成绩用于改进教学，不作个人考核的依据。",
            "Blank and unreadable answers count as not right. Marks are for better teaching and no ground for judging a person.",
        ),
    ];
    let papers = facts.sheets.iter().map(|sheet| {
        let mut items: Vec<usize> = sheet.questions.iter().map(|question| question.item).collect();
        items.sort_unstable();
        items
    });
    let mut papers: Vec<Vec<usize>> = papers.collect();
    papers.sort();
    papers.dedup();
    if papers.len() > 1 {
        let text = if facts.marking.compared.is_some() {
            t(
                "收到的答题表出自 {count} 套不同的题，前后对比只用两次都问到的题。",
                "The workbooks are of {count} different quizzes; the comparison uses only what both sessions were asked.",
            )
        } else {
            t("收到的答题表出自 {count} 套不同的题。", "The workbooks are of {count} different quizzes.")
        };
        lines.push(text.with(&[("count", papers.len().into())]));
    }
    lines
}

/// What to say on a terminal.
pub fn headline(facts: &Facts<'_>) -> Vec<Text> {
    let mut lines = vec![lead(facts)];
    match &facts.marking.compared {
        Some(compared) => {
            lines.push(verdict(&compared.differences));
            lines.extend(unpaired::lines(compared, ON_SCREEN));
        }
        None if facts.marking.unlike > 0 => lines.push(unpaired::reason(facts.marking)),
        None => {}
    }
    lines
}
