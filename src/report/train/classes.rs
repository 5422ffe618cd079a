//! Classes that can be held: who, what, how long, in which scenario, and how it is assessed.

use crate::analysis::training::Class;
use crate::analysis::training::classes::{HALF_DAY, MOST, Minutes, is_leading};
use crate::bank::{Form, Scenario};
use crate::number::fixed;
use crate::report::document::{Block, Kind, Row, Table, Value, column, row};
use crate::report::train::{Pack, courses, exercise, joined};
use crate::text::{Text, t};

/// Classes in the table on pages.
const LISTED: usize = 12;

/// How classes are made, and the first of them.
pub fn blocks(pack: &Pack<'_>) -> Vec<Block> {
    let classes = &pack.training.classes;
    if classes.is_empty() {
        return Vec::new();
    }
    let which = if classes.len() > LISTED {
        t(
            "下表列前 {listed} 个，全部见 Excel 的“班次”页。",
            "The table has the first {listed}; all stand on sheet Classes of the workbook.",
        )
        .with(&[("listed", LISTED.into())])
    } else {
        Text::default()
    };
    let rule = t(
        "办班按班次排：同一对象的课程按主题先后并班，一班至多 {most} 题，同一对象的各班里，一题只上一次，共 {count} 个班次，学时合计 {hours} 小时（情景演练每个班次都计），培训管得到的失分多的在前。建议学时分三块相加：教学按讲授 20、案头 30、实操 45 分钟一题，进到半小时；测评训前训后共 30 分钟；有实操的班次另加情景演练，按演练手册排的全程，进到半小时，几个班次可以合练一场。这是本项目自定的算法，合计超过 6 小时的分两天。题少的班次可以和相近对象的合办。考核各班一样：训前训后各测一次；案头作业当堂批改；实操掐表点评，再放进情景打分。课程的情景和班次的不同的，上课用班次的。{leading}",
        "Courses are held as classes: those of one audience joined by topic, at most {most} items each, each item once for an audience; {count} [class|classes] of {hours} h in all (the exercise counted in each class that has one), most loss within reach of training first. Hours are the sum of three parts: teaching, 20 minutes an item for a lecture, 30 for desk work and 45 for a drill, rounded up to half hours; the quiz, 30 minutes before and after together; and, of a class with drills, the scenario as the handbook times it, rounded up likewise, which several classes may hold together. This is this project's own rule. What takes more than 6 hours takes two days. A class of few items may be held with one of a related audience. All are assessed alike: a quiz before and after; desk work looked through in class; drills timed, then marked within the scenario. Where a course and its class differ in the scenario, the class has its own.{leading}",
    )
    .counted(classes.len())
    .with(&[("most", MOST.into()), ("hours", hours_shown(classes.iter().map(|class| class.minutes.all()).sum())), ("leading", leading(pack))]);
    let text = if which.is_empty() { rule } else { Text::join(&[rule, which], "", " ") };
    vec![Block::Text(text), Block::Table(table(pack, LISTED, false))]
}

/// Who comes for half a day only.
fn leading(pack: &Pack<'_>) -> Text {
    let mut audiences: Vec<usize> =
        pack.training.classes.iter().map(|class| class.audience).filter(|audience| is_leading(pack.tree, *audience)).collect();
    audiences.sort_unstable();
    audiences.dedup();
    let audiences: Vec<Text> = audiences.into_iter().map(|audience| pack.audience(audience)).collect();
    if audiences.is_empty() {
        return Text::default();
    }
    t(
        "{who}脱不开身，教学连同测评一次不超过 {hours} 小时，情景演练另择半天。",
        " For {who}, who cannot stay away long, teaching and quiz take {hours} hours at most, and the exercise another half day.",
    )
    .with(&[("who", Text::join(&audiences, "、", " and ")), ("hours", (HALF_DAY / 60).into())])
}

fn forms(class: &Class) -> Text {
    let named = Form::ALL.iter().zip(class.forms).filter(|(_, count)| *count > 0).map(|((form, _), count)| {
        t("{form} {count} 题", "{form} {count}").with(&[("count", count.into()), ("form", courses::form(*form))])
    });
    joined(named)
}

fn hours(minutes: usize) -> Value {
    Value::Number(minutes as f64 / 60.0)
}

/// `2.5` of minutes.
fn hours_shown(minutes: usize) -> Text {
    fixed(minutes as f64 / 60.0, u32::from(!minutes.is_multiple_of(60))).into()
}

/// `10 小时（教学 7、测评 0.5、情景演练 2.5）`.
pub fn hours_told(minutes: Minutes) -> Text {
    let args = [
        ("teaching", hours_shown(minutes.teaching)),
        ("quiz", hours_shown(minutes.quiz)),
        ("exercise", hours_shown(minutes.exercise)),
        ("all", hours_shown(minutes.all())),
    ];
    let text = if minutes.exercise > 0 {
        t(
            "{all} 小时（教学 {teaching}、测评 {quiz}、情景演练 {exercise}）",
            "{all} h (teaching {teaching}, quiz {quiz}, exercise {exercise})",
        )
    } else {
        t("{all} 小时（教学 {teaching}、测评 {quiz}）", "{all} h (teaching {teaching}, quiz {quiz})")
    };
    text.with(&args)
}

pub fn topics(pack: &Pack<'_>, class: &Class) -> Text {
    let mut all: Vec<usize> = class.courses.iter().map(|course| pack.training.courses[*course].topic).collect();
    all.sort_unstable();
    all.dedup();
    joined(all.into_iter().map(|topic| pack.quoted(topic)))
}

fn scenario<'a>(pack: &'a Pack<'_>, class: &Class) -> Option<&'a Scenario> {
    pack.bank.scenario(class.hazard?)
}

fn assessed(pack: &Pack<'_>, class: &Class) -> Text {
    let asked = class.items.iter().filter(|(item, _)| pack.bank.entry(&pack.tree.items[*item].id).is_some()).count();
    let [_, desk, drill] = class.forms;
    let ways = [
        (asked, t("训前训后测评 {count} 题", "a quiz of {count} before and after")),
        (desk, t("案头作业当堂批改", "desk work looked through in class")),
        (drill, t("实操掐表点评，再放进情景按{sheet}打分", "drills timed, then marked within the scenario by {sheet}")),
    ];
    let is_told = scenario(pack, class).is_some_and(|own| exercise::used(pack).iter().any(|one| one.hazard == own.hazard));
    let sheet = if is_told {
        t("演练手册", "the exercise handbook")
    } else {
        t("“应有动作”页", "sheet Expected actions of the workbook")
    };
    let args = |count: usize| [("sheet", sheet.clone()), ("count", count.into())];
    let ways = ways.into_iter().filter(|(count, _)| *count > 0);
    let ways: Vec<Text> = ways.map(|(count, text)| text.with(&args(count))).collect();
    Text::join(&ways, "；", "; ")
}

/// The first so many, or all; in full with the courses, items and points of each.
pub fn table(pack: &Pack<'_>, most: usize, full: bool) -> Table {
    let rows = (1usize..).zip(&pack.training.classes).take(most).map(|(number, class)| cells(pack, number, class, full));
    let mut columns = vec![
        column(t("班次", "Class"), Kind::Count),
        column(t("对象", "Audience"), Kind::Text),
        column(t("主题", "Topics"), Kind::Text),
        column(t("题数", "Items"), Kind::Count),
    ];
    if full {
        columns.push(column(t("题（编号）", "Items (refs)"), Kind::Text));
        columns.push(column(t("课程", "Courses"), Kind::Text));
        columns.push(column(t("失分", "Points lost"), Kind::Points));
        columns.push(column(t("培训管得到", "Within reach"), Kind::Points));
    }
    columns.extend([
        column(t("形式", "Forms"), Kind::Text),
        column(t("教学（小时）", "Teaching (h)"), Kind::Hours),
        column(t("测评（小时）", "Quiz (h)"), Kind::Hours),
        column(t("情景演练（小时）", "Exercise (h)"), Kind::Hours),
        column(t("学时合计", "Hours in all"), Kind::Hours),
        column(t("情景灾种", "Scenario's hazard"), Kind::Text),
    ]);
    if full {
        columns.push(column(t("怎样考核", "How it is assessed"), Kind::Text));
    }
    Table {
        id: "classes",
        title: t("班次（培训管得到的失分多的在前）", "Classes (most loss within reach of training first)"),
        columns,
        rows: rows.collect(),
    }
}

fn cells(pack: &Pack<'_>, number: usize, class: &Class, full: bool) -> Row {
    let mut cells = vec![
        Value::Number(number as f64),
        Value::Text(pack.audience(class.audience)),
        Value::Text(topics(pack, class)),
        Value::Number(class.items.len() as f64),
    ];
    if full {
        let refs = class.items.iter().map(|(item, _)| pack.tree.items[*item].reference.clone().into());
        cells.push(Value::Text(joined(refs)));
        cells.push(Value::Text(joined(class.courses.iter().map(|course| (course + 1).into()))));
        cells.push(Value::Number(pack.printed.classes[number - 1].loss));
        cells.push(Value::Number(pack.printed.classes[number - 1].teachable));
    }
    cells.extend([
        Value::Text(forms(class)),
        hours(class.minutes.teaching),
        hours(class.minutes.quiz),
        hours(class.minutes.exercise),
        hours(class.minutes.all()),
        scenario(pack, class).map_or(Value::Empty, |scenario| Value::Text(exercise::hinted(pack, scenario))),
    ]);
    if full {
        cells.push(Value::Text(assessed(pack, class)));
    }
    row(cells)
}
