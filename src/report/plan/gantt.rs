//! Who does what when: bars on pages, cells of a sheet, and how long each department is busy.

use crate::analysis::plan::schedule::Task;
use crate::report::assessment::question;
use crate::report::document::{Block, Drawing, GanttRow, Kind, LATE, Picture, Sheet, Table, Value, column, row};
use crate::report::plan::beside::{is_late, last_day};
use crate::report::plan::tables::{owners, reference};
use crate::report::plan::{Beside, Facts, follow, workload};
use crate::text::{Text, t};
use crate::unit::{date_text, days_after};

/// Rows of one picture; what is more goes to the next.
const PICTURE_ROWS: usize = 36;
/// Names of the pictures' files.
const PICTURES: [&str; 8] = ["gantt-1", "gantt-2", "gantt-3", "gantt-4", "gantt-5", "gantt-6", "gantt-7", "gantt-8"];
/// Columns of the sheet at most.
const MOST_COLUMNS: usize = 26;

/// A step with its tasks, or something due beside the plan.
struct Bar {
    /// Index into the plan's steps; what stands beside them comes after.
    step: usize,
    item: usize,
    owner: Text,
    stretches: Vec<(usize, usize)>,
    timed: bool,
    /// Overdue, or expected to end after its time limit.
    late: bool,
}

/// A day from the start, as a date where the start is known.
pub fn day(facts: &Facts<'_>, day: usize) -> Text {
    match facts.start {
        Some(start) => date_text(days_after(start, day)).into(),
        None => t("第 {day} 天", "day {day}").with(&[("day", day.into())]),
    }
}

fn span(facts: &Facts<'_>) -> usize {
    last_day(facts).max(facts.today().unwrap_or(0))
}

/// Who does what stands beside the plan.
pub fn beside_owner(facts: &Facts<'_>, one: &Beside) -> Text {
    follow::owner(facts, one.item).unwrap_or_else(|| owners(facts, one.item, &facts.dues[one.due].rungs))
}

pub fn owner(facts: &Facts<'_>, task: &Task) -> Text {
    let tree = facts.base.tree;
    let Some(plan) = facts.plan() else { return Text::default() };
    let step = &plan.steps[task.step];
    if let Some(owner) = follow::owner(facts, step.item) {
        return owner;
    }
    let action = step.rungs[task.rung].action.and_then(|action| tree.items[step.item].content.actions.get(action));
    match (action, task.owner) {
        (Some(action), _) => action.owner_shown(tree, step.item),
        (None, Some(_)) => Text::join(&tree.asked(step.item), "、", ", "),
        (None, None) => t("未定", "nobody named"),
    }
}

/// A row a step, those of a department together, the first to start first.
fn bars(facts: &Facts<'_>) -> Vec<Bar> {
    let Some(plan) = facts.plan() else { return Vec::new() };
    let mut bars: Vec<(usize, usize, Bar)> = Vec::new();
    for (at, step) in plan.steps.iter().enumerate() {
        let tasks: Vec<&Task> = facts.tasks.iter().filter(|task| task.step == at).collect();
        let Some(first) = tasks.first() else { continue };
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for task in &tasks {
            match stretches.last_mut() {
                Some(last) if last.1 == task.start_day => last.1 = task.end_day,
                _ => stretches.push((task.start_day, task.end_day)),
            }
        }
        let mut owners: Vec<Text> = Vec::new();
        for name in tasks.iter().map(|task| owner(facts, task)) {
            if !owners.contains(&name) {
                owners.push(name);
            }
        }
        let bar = Bar {
            step: at,
            item: step.item,
            owner: Text::join(&owners, "、", ", "),
            stretches,
            timed: tasks.iter().all(|task| task.timed),
            late: is_late(facts, step.item, tasks.iter().map(|task| task.end_day).max()),
        };
        bars.push((first.owner.unwrap_or(usize::MAX), first.start_day, bar));
    }
    for (at, one) in facts.beside.iter().enumerate() {
        let action = facts.dues[one.due].rungs.first().and_then(|rung| rung.action);
        let action = action.and_then(|action| facts.base.tree.items[one.item].content.actions.get(action));
        let bar = Bar {
            step: plan.steps.len() + at,
            item: one.item,
            owner: beside_owner(facts, one),
            stretches: vec![(one.start_day, one.end_day)],
            timed: true,
            late: is_late(facts, one.item, Some(one.end_day)),
        };
        bars.push((action.map_or(usize::MAX, |action| action.owner), one.start_day, bar));
    }
    // A real department may stand for several of the tree: its rows stay together.
    let first_of = |name: &Text, bars: &[(usize, usize, Bar)]| bars.iter().filter(|one| one.2.owner == *name).map(|one| one.0).min();
    let ranks: Vec<Option<usize>> = bars.iter().map(|one| first_of(&one.2.owner, &bars)).collect();
    let mut bars: Vec<(Option<usize>, usize, Bar)> =
        bars.into_iter().zip(ranks).map(|((_, start, bar), rank)| (rank, start, bar)).collect();
    bars.sort_by(|one, two| (one.0, &one.2.owner.zh, one.1, one.2.step).cmp(&(two.0, &two.2.owner.zh, two.1, two.2.step)));
    bars.into_iter().map(|(.., bar)| bar).collect()
}

/// For pages: what each department does, and pictures of all of it.
pub fn blocks(facts: &Facts<'_>) -> Vec<Block> {
    let bars = bars(facts);
    let days = span(facts);
    let results = facts.base.results;
    let how = if facts.binding().is_some() && facts.today().is_none() {
        t(
            "台账里的题照台账的责任单位和时限排，到时限为止往前倒排天数；本期新列的排在各单位手头的事后面。已销号和报称完成的不在内。",
            "What stands in the ledger has its owner and time limit, its days counted back from that; what is new comes behind what its department has to do already. What is closed or said to be done is left out.",
        )
    } else if facts.binding().is_some() {
        t(
            "没有到期、赶得上时限的，到时限为止往前倒排天数；已经逾期的从截止日期起重新排，本单位排在后面、赶不上时限的跟着推迟，本期新列的排在各单位手头的事后面，都按全部天数算。已销号和报称完成的不在内。图中红色的是逾期或预计晚于时限的。",
            "What is not due yet and can be done in time ends at its time limit, its days counted back. What is overdue starts anew on the day of this issue; what its department cannot reach in time behind it is put off, and what is new comes last, each with all its days. What is closed or said to be done is left out. Red stands for overdue or expected after its limit.",
        )
    } else {
        t(
            "各单位同时做，一个单位一件一件做；要先有另一题的，等那一题做完才开始。不在本办法里、另外要办的也在图表里，不排队，与本单位其他事同时办。",
            "All departments work at once, each doing one thing after another; what presupposes another item starts when that is done. What has to be done outside this plan is in the table and the chart too: it does not queue and runs beside the department's other work.",
        )
    };
    let mut blocks = vec![Block::Text(how)];
    blocks.extend(workload::blocks(facts));
    let pictures = bars.len().div_ceil(PICTURE_ROWS).clamp(1, PICTURES.len());
    let each = bars.len().div_ceil(pictures);
    for (number, (name, part)) in (1usize..).zip(PICTURES.iter().zip(bars.chunks(each.max(1)))) {
        let rows = part.iter().map(|bar| {
            let reference = &results.items[bar.item].reference;
            let label = |side: &str| format!("{reference} {side}");
            GanttRow { label: Text::new(label(&bar.owner.zh), label(&bar.owner.en)), stretches: bar.stretches.clone(), late: bar.late }
        });
        let title = if pictures > 1 {
            t("甘特图（{number}/{count}）", "Gantt chart ({number}/{count})").with(&[("number", number.into()), ("count", pictures.into())])
        } else {
            t("甘特图", "Gantt chart")
        };
        let alt = t(
            "{count} 题各在什么时候整改；全部题最晚的，{last}办完。",
            "When [the item is|each of {count} items is] mended; the last of all is done on {last}.",
        )
        .counted(part.len())
        .with(&[("last", day(facts, last_day(facts)))]);
        blocks.push(Block::Picture(Picture {
            name,
            title,
            alt,
            drawing: Drawing::Gantt { rows: rows.collect(), days, start: facts.start, today: facts.today() },
        }));
    }
    blocks
}

/// 甘特图: cells filled with colour, a column a stretch of days.
pub fn sheet(facts: &Facts<'_>) -> Sheet {
    let days = span(facts);
    let each = [7, 14, 30, 60, 90, 180, 360].into_iter().find(|each| days.div_ceil(*each) <= MOST_COLUMNS).unwrap_or(720);
    let count = days.div_ceil(each).clamp(1, MOST_COLUMNS);
    let mut columns = vec![
        column(t("责任单位", "Responsible"), Kind::Text),
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("开始", "From"), Kind::Short),
        column(if facts.binding().is_some() { t("预计办结", "Expected end") } else { t("办结", "To") }, Kind::Short),
    ];
    let first_of = |number: usize| match facts.start {
        Some(start) => {
            let (_, month, day) = days_after(start, number * each);
            // The stretch in which today lies.
            let mark = if facts.today().is_some_and(|today| today / each == number) { "▼" } else { "" };
            format!("{mark}{month:02}-{day:02}").into()
        }
        None => (number * each + 1).into(),
    };
    columns.extend((0..count).map(|number| column(first_of(number), Kind::Mark)));
    let mark = |late: bool| Value::Text(if late { LATE.into() } else { "■".into() });
    let rows = bars(facts).into_iter().map(|bar| {
        let start = bar.stretches.first().map_or(0, |stretch| stretch.0);
        let end = bar.stretches.last().map_or(0, |stretch| stretch.1);
        let mut cells = vec![
            Value::Text(bar.owner.clone()),
            reference(facts, bar.item),
            Value::Text(question(facts.base, bar.item)),
            Value::Text(day(facts, start)),
            if bar.timed { Value::Text(day(facts, end)) } else { Value::Empty },
        ];
        cells.extend((0..count).map(|at| {
            let (from, to) = (at * each, (at + 1) * each);
            let busy = |(start, end): &(usize, usize)| *start < to && (*end).max(start + 1) > from;
            if bar.stretches.iter().any(busy) { mark(bar.late) } else { Value::Empty }
        }));
        row(cells)
    });
    let rows = rows.collect();
    let title = match facts.start {
        Some(start) => t(
            "每格 {each} 天，从 {start} 起，格上方是那一格第一天的月和日",
            "Each cell is {each} days from {start}; above it stand month and day of its first",
        )
        .with(&[("each", each.into()), ("start", date_text(start).into())]),
        None => t("每格 {each} 天，格上方是那一格的第一天", "Each cell is {each} days; above it stands its first day")
            .with(&[("each", each.into())]),
    };
    let title = match facts.today().zip(facts.start) {
        Some((today, start)) => t(
            "{title}；▼ 是截止日期 {today} 所在的一格，红色带“!”的是逾期或预计晚于时限的",
            "{title}; ▼ is the cell of this issue's day, {today}; red with ! is overdue or expected after its limit",
        )
        .with(&[("title", title), ("today", date_text(days_after(start, today)).into())]),
        None => title,
    };
    let table = Block::Table(Table { id: "gantt", title, columns, rows });
    let widths: Vec<f64> = [20.0, 10.0, 44.0, 12.0, 12.0].into_iter().chain((0..count).map(|_| 6.4)).collect();
    Sheet::landscape(t("甘特图", "Gantt chart"), t("甘特图", "Gantt chart"), &widths, vec![table])
}
