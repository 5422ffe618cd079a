//! Who does what when: bars on pages, cells of a sheet, and how long each department is busy.

use crate::analysis::plan::schedule::Task;
use crate::report::assessment::question;
use crate::report::document::{Block, Drawing, GanttRow, Kind, Picture, Sheet, Table, Value, column, row};
use crate::report::plan::tables::reference;
use crate::report::plan::{Facts, follow};
use crate::text::{Text, t};
use crate::unit::{date_text, days_after};

/// Rows of one picture; what is more goes to the next.
const PICTURE_ROWS: usize = 36;
/// Names of the pictures' files.
const PICTURES: [&str; 8] = ["gantt-1", "gantt-2", "gantt-3", "gantt-4", "gantt-5", "gantt-6", "gantt-7", "gantt-8"];
/// Columns of the sheet at most.
const MOST_COLUMNS: usize = 26;

/// A step with its tasks.
struct Bar {
    /// Index into the plan's steps.
    step: usize,
    item: usize,
    owner: Text,
    stretches: Vec<(usize, usize)>,
    timed: bool,
}

/// A day from the start, as a date where the start is known.
pub fn day(facts: &Facts<'_>, day: usize) -> Text {
    match facts.start {
        Some(start) => date_text(days_after(start, day)).into(),
        None => t("第 {day} 天", "day {day}").with(&[("day", day.into())]),
    }
}

fn span(facts: &Facts<'_>) -> usize {
    facts.tasks.iter().map(|task| task.end_day).max().unwrap_or(0)
}

fn owner(facts: &Facts<'_>, task: &Task) -> Text {
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
        };
        bars.push((first.owner.unwrap_or(usize::MAX), first.start_day, bar));
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
    let how = if facts.binding().is_some() {
        t(
            "台账里的题照台账的责任单位和时限排，到时限为止往前倒排天数，可能早已开始；本期新列的从今天起排在各单位手头的事后面。已销号和报称完成的不在内。",
            "What stands in the ledger has its owner and time limit, its days counted back from that; what is new in this issue starts today behind what its department has to do already. What is closed or said to be done is left out.",
        )
    } else {
        t(
            "各单位同时做，一个单位一件一件做；要先有另一题的，等那一题做完才开始。",
            "All departments work at once, each doing one thing after another; what presupposes another item starts when that is done.",
        )
    };
    let mut blocks = vec![Block::Text(how), Block::Table(departments(facts))];
    let pictures = bars.len().div_ceil(PICTURE_ROWS).clamp(1, PICTURES.len());
    let each = bars.len().div_ceil(pictures);
    for (number, (name, part)) in (1usize..).zip(PICTURES.iter().zip(bars.chunks(each.max(1)))) {
        let rows = part.iter().map(|bar| {
            let reference = &results.items[bar.item].reference;
            let label = |side: &str| format!("{reference} {side}");
            GanttRow { label: Text::new(label(&bar.owner.zh), label(&bar.owner.en)), stretches: bar.stretches.clone() }
        });
        let title = if pictures > 1 {
            t("甘特图（{number}/{count}）", "Gantt chart ({number}/{count})").with(&[("number", number.into()), ("count", pictures.into())])
        } else {
            t("甘特图", "Gantt chart")
        };
        let alt = t(
            "{count} 题各在什么时候整改；全部题最晚的，{last}做完。",
            "When each of {count} items is mended; the last of all is done on {last}.",
        )
        .with(&[("count", part.len().into()), ("last", day(facts, days))]);
        blocks.push(Block::Picture(Picture {
            name,
            title,
            alt,
            drawing: Drawing::Gantt { rows: rows.collect(), days, start: facts.start },
        }));
    }
    blocks
}

/// How much each department has to do, and when it is done.
fn departments(facts: &Facts<'_>) -> Table {
    let mut names: Vec<Text> = Vec::new();
    for task in &facts.tasks {
        let name = owner(facts, task);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut rows: Vec<(usize, Vec<Value>)> = names
        .into_iter()
        .map(|name| {
            let own: Vec<&Task> = facts.tasks.iter().filter(|task| owner(facts, task) == name).collect();
            let mut steps: Vec<usize> = own.iter().map(|task| task.step).collect();
            steps.dedup();
            let work: usize = own.iter().map(|task| task.end_day - task.start_day).sum();
            let end = own.iter().map(|task| task.end_day).max().unwrap_or(0);
            let cells = vec![
                Value::Text(name),
                Value::Number(steps.len() as f64),
                Value::Number(own.len() as f64),
                Value::Number(work as f64),
                Value::Text(day(facts, end)),
            ];
            (end, cells)
        })
        .collect();
    rows.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
    Table {
        id: "busy",
        title: t("各单位的工作量，最晚做完的在前", "What each department has to do, the last to finish first"),
        columns: vec![
            column(t("责任单位", "Responsible"), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("措施", "Actions"), Kind::Count),
            column(t("天数", "Days"), Kind::Count),
            column(t("做完", "Done by"), Kind::Short),
        ],
        rows: rows.into_iter().map(|(_, cells)| row(cells)).collect(),
    }
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
        column(t("办结", "To"), Kind::Short),
    ];
    let first_of = |number: usize| match facts.start {
        Some(start) => {
            let (_, month, day) = days_after(start, number * each);
            format!("{month:02}-{day:02}").into()
        }
        None => (number * each + 1).into(),
    };
    columns.extend((0..count).map(|number| column(first_of(number), Kind::Mark)));
    let mark = || Value::Text("■".into());
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
            if bar.stretches.iter().any(busy) { mark() } else { Value::Empty }
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
    let table = Block::Table(Table { id: "gantt", title, columns, rows });
    let widths: Vec<f64> = [20.0, 10.0, 44.0, 12.0, 12.0].into_iter().chain((0..count).map(|_| 6.4)).collect();
    Sheet::landscape(t("甘特图", "Gantt chart"), t("甘特图", "Gantt chart"), &widths, vec![table])
}
