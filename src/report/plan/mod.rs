//! 整改方案: the cheapest way to a grade or the best use of a budget, what it rests on, what each step up is worth, who does what when.

mod beside;
mod entries;
mod first;
mod follow;
mod gantt;
mod lasting;
mod left_out;
mod progress;
mod tables;
mod words;
mod workload;

use crate::analysis::plan::schedule::{Bottleneck, Task, bottleneck, schedule};
use crate::analysis::plan::{Answer, Costs, Measure, Outcome, Plan, best_use, cheapest, cheapest_with_margin};
use crate::analysis::rectification::{self, Due, Marginal, Scheduled};
use crate::ledger::Head;
use crate::ledger::progress::Progress;
use crate::number::NUMERALS;
use crate::number::Number;
use crate::report::assessment;
use crate::report::assessment::headline::FIRST_THINGS;
use crate::report::document::{Block, Document, Section, Sheet};
use crate::text::{Lang, Text, t};
use crate::unit::{Date, date_text};

pub use beside::Beside;
pub use entries::entries;
pub use progress::lines as progress_lines;
pub use words::for_terminal;

/// What was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub measure: Measure,
    pub ask: Ask,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// The cheapest way to a grade, a band index; none: the next better one.
    Cheapest(Option<usize>),
    /// The same with [`MARGIN_POINTS`] to spare, so that one item lost in a review does not undo it.
    Spared(Option<usize>),
    /// The best use of so many days or so much money.
    Budget(Number),
}

/// Another way beside the one asked for.
pub struct Other {
    pub request: Request,
    pub outcome: Outcome,
}

/// What the report draws on.
pub struct Facts<'a> {
    pub base: &'a crate::report::Facts<'a>,
    pub costs: &'a Costs,
    pub request: Request,
    pub outcome: Outcome,
    /// The plan's tasks; empty without a plan.
    pub tasks: Vec<Task>,
    /// The total after each step.
    pub reached: Vec<f64>,
    pub marginal: Vec<Marginal>,
    pub dues: Vec<Due>,
    /// What of it stands outside the plan.
    pub beside: Vec<Beside>,
    /// Who holds the schedule up; none where a ledger binds.
    pub bottleneck: Option<Bottleneck>,
    pub others: Vec<Other>,
    pub progress: Option<Progress<'a>>,
    /// From which day days are counted: today, or the start of a ledger that binds.
    pub start: Option<Date>,
}

/// Points that a safe way has above its grade.
pub const MARGIN_POINTS: usize = 1;
/// Items in the table of marginal gains of the pages.
const PAGE_ROWS: usize = 20;

impl<'a> Facts<'a> {
    pub fn new(
        base: &'a crate::report::Facts<'a>,
        costs: &'a Costs,
        request: Request,
        progress: Option<Progress<'a>>,
        start: Option<Date>,
    ) -> Self {
        let (results, tree) = (base.results, base.tree);
        let solve = |request: &Request| {
            let mut outcome = match &request.ask {
                Ask::Cheapest(goal) => cheapest(results, tree, costs, request.measure, *goal),
                Ask::Spared(goal) => cheapest_with_margin(results, tree, costs, request.measure, *goal, MARGIN_POINTS),
                Ask::Budget(budget) => best_use(results, tree, costs, request.measure, budget),
            };
            if let Answer::Plan(plan) = &mut outcome.answer {
                *plan = rectification::in_order(results, tree, &base.legal, plan);
            }
            outcome
        };
        let mut outcome = solve(&request);
        let bound = follow::binding(progress.as_ref());
        let (start, elapsed) = follow::start(progress.as_ref(), start);
        let tasks = match (&mut outcome.answer, bound) {
            (Answer::Plan(plan), Some(progress)) => follow::tasks(results, tree, plan, progress, (start, elapsed)),
            (Answer::Plan(plan), None) => rectification::by_end(plan, schedule(results, tree, &plan.steps)),
            _ => Vec::new(),
        };
        let plan = plan_of(&outcome);
        let reached = plan.map(rectification::reached).unwrap_or_default();
        let steps = plan.map(|plan| plan.steps.as_slice()).unwrap_or_default();
        let first = &base.first[..FIRST_THINGS.min(base.first.len())];
        let set = Scheduled { steps, tasks: &tasks, today: elapsed };
        let dues = rectification::dues(results, tree, costs, &base.legal, first, &set);
        let knows_money = costs.steps.iter().any(|step| step.money.is_some());
        let mut more = Vec::new();
        if let Ask::Cheapest(goal) = &request.ask {
            let from = |plan: &Plan| results.policy.bands.get(plan.goal).map_or(0.0, |band| band.from);
            if plan.is_some_and(|plan| plan.after.rounded < from(plan) + MARGIN_POINTS as f64) {
                more.push(Request { measure: request.measure, ask: Ask::Spared(*goal) });
            }
            let other = if request.measure == Measure::Days { Measure::Money } else { Measure::Days };
            if plan.is_some() && (other == Measure::Days || knows_money) {
                more.push(Request { measure: other, ask: Ask::Cheapest(*goal) });
            }
            let above = plan.and_then(|plan| plan.after.grade.min(plan.goal).checked_sub(1));
            more.extend(above.map(|goal| Request { measure: request.measure, ask: Ask::Cheapest(Some(goal)) }));
        } else {
            more.push(Request { measure: request.measure, ask: Ask::Cheapest(None) });
        }
        let others = more.into_iter().map(|request| Other { outcome: solve(&request), request }).collect();
        let marginal = rectification::marginal(results, tree, costs);
        let bottleneck = plan_of(&outcome).filter(|_| bound.is_none()).and_then(|plan| bottleneck(results, tree, &plan.steps, &tasks));
        let mut facts = Facts {
            base,
            costs,
            request,
            outcome,
            tasks,
            reached,
            marginal,
            dues,
            beside: Vec::new(),
            bottleneck,
            others,
            progress,
            start,
        };
        facts.beside = beside::beside(&facts);
        facts
    }

    pub fn plan(&self) -> Option<&Plan> {
        plan_of(&self.outcome)
    }

    /// The name of a grade.
    pub fn grade(&self, band: usize) -> Text {
        self.base.results.policy.bands.get(band).map(|band| band.name.clone()).unwrap_or_default()
    }

    /// Does anybody know what anything costs?
    pub fn knows_money(&self) -> bool {
        self.costs.steps.iter().any(|step| step.money.is_some())
    }

    /// Whose ledger this run makes, and which.
    pub fn head(&self, issue: usize) -> Head {
        let results = self.base.results;
        Head {
            unit: results.unit.name.clone(),
            period: results.period.clone(),
            issue,
            part: String::new(),
            start: self.start,
            since: match (self.progress.as_ref().and_then(|progress| progress.ledger.since), self.start) {
                (Some(since), Some(start)) => Some(since.min(start)),
                (since, start) => since.or(start),
            },
            closed: self.closed_rows().into_iter().cloned().collect(),
            tree: results.tree.id.clone(),
            tree_sha256: results.tree.sha256.clone(),
            results_sha256: self.base.digest.clone(),
        }
    }
}

fn plan_of(outcome: &Outcome) -> Option<&Plan> {
    if let Answer::Plan(plan) = &outcome.answer { Some(plan) } else { None }
}

/// `临江区-2026-整改`, `临江区-2026-整改-脱敏`: what was made from redacted results may stand beside what was not.
pub fn folder_name(facts: &Facts<'_>, lang: Lang) -> String {
    let results = facts.base.results;
    let plan = if results.redacted.is_some() { t("整改-脱敏", "plan-redacted") } else { t("整改", "plan") };
    format!("{}-{}-{}", results.unit.name, results.period, plan.get(lang))
}

pub fn document(facts: &Facts<'_>) -> Document {
    let results = facts.base.results;
    Document {
        file: t("整改方案", "plan"),
        title: document_title(facts),
        mark: assessment::mark(results),
        footer: assessment::digests(results, &facts.base.digest),
        cover: cover(facts),
        narrative: sections(facts),
        sheets: sheets(facts),
        bands: results.policy.bounds(),
        decimals: results.policy.decimals,
        ..Document::default()
    }
}

fn cover(facts: &Facts<'_>) -> Vec<(Text, Text)> {
    let results = facts.base.results;
    let mut cover = vec![(t("单位", "Unit"), results.unit.name.clone().into()), (t("评估期", "Period"), results.period.clone().into())];
    if facts.progress.is_some() {
        cover.push((t("期次", "Issue"), issue(facts)));
    }
    if let Some(date) = facts.progress.as_ref().and_then(|progress| progress.date) {
        cover.push((t("截止日期", "As of"), date_text(date).into()));
    }
    cover.extend([
        (t("目标", "Aim"), words::aim(facts)),
        (t("整改开始", "Start"), facts.start.map(|date| date_text(date).into()).unwrap_or_default()),
        (t("编制单位", "Prepared by"), Text::default()),
        (t("批准", "Approved by"), Text::default()),
    ]);
    cover
}

fn sections(facts: &Facts<'_>) -> Vec<Section> {
    let mut parts: Vec<(Text, Vec<Block>)> = vec![(t("现状与目标", "Where it stands"), standing(facts))];
    parts.push((t("建议的办法", "The way recommended"), recommended(facts)));
    if !facts.others.is_empty() {
        parts.push((t("其他方案", "Other ways"), vec![Block::Table(tables::ways(facts))]));
    }
    if !facts.tasks.is_empty() || !facts.beside.is_empty() {
        parts.push((t("进度", "Schedule"), gantt::blocks(facts)));
    }
    let marginal = tables::marginal(facts, PAGE_ROWS);
    parts.push((t("各题升档的增分", "What raising each item is worth"), vec![Block::Text(words::MARGINAL), Block::Table(marginal)]));
    if let Some(progress) = &facts.progress {
        parts.push((t("台账进展", "The last ledger"), progress::blocks(facts, progress, true)));
    }
    parts.push((t("没有计入的", "What is not counted"), left_out::blocks(facts, false)));
    parts.push((t("方法与局限", "Method and limits"), vec![Block::List(words::method())]));
    let numbered = (1usize..).zip(NUMERALS).zip(parts).map(|((number, numeral), (title, blocks))| {
        Section::part(Text::new(format!("{numeral}、{}", title.zh), format!("{number}. {}", title.en)), blocks)
    });
    numbered.collect()
}

fn standing(facts: &Facts<'_>) -> Vec<Block> {
    let results = facts.base.results;
    // How the work stands comes first.
    let mut lines = facts.progress.as_ref().map(progress::lines).unwrap_or_default();
    lines.extend(assessment::headline::reasons(results));
    lines.extend(assessment::headline::to_next_grade(results));
    vec![Block::Lead(assessment::headline::lead(results)), Block::List(lines)]
}

fn recommended(facts: &Facts<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Lead(words::lead(facts))];
    blocks.push(Block::List(words::findings(facts).into_iter().chain(first::line(facts)).collect()));
    if facts.plan().is_some_and(|plan| !plan.steps.is_empty()) {
        blocks.push(Block::Table(tables::steps(facts)));
    }
    blocks.extend(first::table(facts).map(Block::Table));
    blocks
}

fn sheets(facts: &Facts<'_>) -> Vec<Sheet> {
    let sheet = |name: Text, widths: &[f64], blocks: Vec<Block>| Sheet::landscape(name.clone(), name, widths, blocks);
    let mut lines = words::findings(facts);
    lines.extend(first::line(facts));
    lines.extend(words::method());
    let mut first = vec![Block::Lead(assessment::headline::lead(facts.base.results)), Block::Lead(words::lead(facts)), Block::List(lines)];
    if !facts.others.is_empty() {
        first.push(Block::Table(tables::ways(facts)));
    }
    let mut all = vec![sheet(t("总览", "Overview"), &[44.0, 12.0, 12.0, 10.0, 12.0, 14.0, 40.0], first)];
    if let Some(title) = all.first_mut() {
        title.title = document_title(facts);
    }
    if facts.plan().is_some_and(|plan| !plan.steps.is_empty()) {
        let blocks = [tables::steps(facts)].into_iter().chain(first::table(facts)).map(Block::Table).collect();
        let widths = if facts.binding().is_some() { &tables::BOUND_WIDTHS } else { &tables::STEP_WIDTHS };
        all.push(sheet(t("整改办法", "The way"), widths, blocks));
    }
    if !facts.tasks.is_empty() || !facts.beside.is_empty() {
        all.push(gantt::sheet(facts));
    }
    for (number, other) in (1usize..).zip(&facts.others) {
        if let Some(plan) = plan_of(&other.outcome) {
            let name = t("其他方案 {number}", "Other way {number}").with(&[("number", number.into())]);
            let table = tables::steps_of(facts, plan, &rectification::reached(plan), "other", words::way(facts, &other.request));
            all.push(Sheet::landscape(name, words::way(facts, &other.request), &tables::STEP_WIDTHS, vec![Block::Table(table)]));
        }
    }
    let table = tables::marginal(facts, usize::MAX);
    all.push(sheet(t("边际增分", "Marginal gains"), &tables::MARGINAL_WIDTHS, vec![Block::Text(words::MARGINAL), Block::Table(table)]));
    if let Some(progress) = &facts.progress {
        let widths = [10.0, 44.0, 22.0, 12.0, 12.0, 10.0, 10.0, 10.0, 44.0, 12.0, 30.0, 22.0];
        all.push(sheet(t("台账进展", "The last ledger"), &widths, progress::blocks(facts, progress, false)));
    }
    all.push(sheet(t("未计入", "Not counted"), &[10.0, 60.0, 22.0, 60.0], left_out::blocks(facts, true)));
    all
}

fn document_title(facts: &Facts<'_>) -> Text {
    let results = facts.base.results;
    let title = if facts.progress.is_some() {
        t("{unit}应急能力整改方案（{period}，{issue}）", "Plan to raise emergency capability: {unit}, {period}, {issue}")
    } else {
        t("{unit}应急能力整改方案（{period}）", "Plan to raise emergency capability: {unit}, {period}")
    };
    title.with(&[("unit", results.unit.name.clone().into()), ("period", results.period.clone().into()), ("issue", issue(facts))])
}

/// `第 2 期`; the first issue goes without.
fn issue(facts: &Facts<'_>) -> Text {
    match facts.issue() {
        1 => Text::default(),
        issue => t("第 {issue} 期", "issue {issue}").with(&[("issue", issue.into())]),
    }
}
