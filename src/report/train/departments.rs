//! A capability profile for each department.

use crate::analysis::training::DepartmentProfile;
use crate::number::fixed;
use crate::report::document::{Block, Drawing, Kind, Picture, Section, Table, Value, column, row};
use crate::report::train::{Pack, courses, joined, marked, part, points};
use crate::text::{Text, t};

/// Topics, items and courses named of each department.
const NAMED: usize = 3;

/// Departments in the picture, which stands on the page of its heading and the sentences before it.
const BARS: usize = 16;

fn topics(pack: &Pack<'_>, one: &DepartmentProfile) -> Text {
    let named = one.topics.iter().take(NAMED).map(|(topic, loss)| {
        t("{topic}（失 {loss} 分）", "{topic} ({loss} lost)").with(&[("loss", points(*loss)), ("topic", pack.quoted(*topic))])
    });
    joined(named)
}

fn weakest(pack: &Pack<'_>, one: &DepartmentProfile) -> Vec<Text> {
    let named = one.weak.iter().take(NAMED).map(|index| {
        let item = &pack.tree.items[*index];
        let score = pack.results.items[*index].score.unwrap_or(0.0);
        t("{ref} {question}（{score} 分，上一档可增 {gain} 分）", "{ref} {question} ({score}; next step +{gain})").with(&[
            ("ref", item.reference.clone().into()),
            ("score", fixed(score, pack.results.policy.decimals).into()),
            ("gain", courses::gain(pack, *index)),
            ("question", marked(item)),
        ])
    });
    named.collect()
}

fn its_courses(pack: &Pack<'_>, one: &DepartmentProfile) -> Text {
    joined(one.courses.iter().take(NAMED).map(|index| {
        t("课程 {number} {course}", "{number} {course}").with(&[("number", (index + 1).into()), ("course", pack.course(*index))])
    }))
}

/// All departments in one table.
pub fn table(pack: &Pack<'_>) -> Table {
    let rows = pack.training.departments.iter().map(|one| {
        row(vec![
            Value::Text(one.name.clone()),
            Value::Number(one.items as f64),
            Value::Number(one.weak.len() as f64),
            Value::of(one.score),
            Value::of(one.target),
            Value::Number(one.loss),
            Value::Text(topics(pack, one)),
            Value::Text(Text::join(&weakest(pack, one), "\n", "\n")),
            Value::Text(its_courses(pack, one)),
        ])
    });
    Table {
        id: "departments",
        title: t("各部门能力画像（失分多的在前）", "Capability profile of each department (largest loss first)"),
        columns: vec![
            column(t("部门", "Department"), Kind::Text),
            column(t("题数", "Items"), Kind::Count),
            column(t("弱项", "Weak items"), Kind::Count),
            column(t("得分", "Score"), Kind::Score),
            column(t("目标", "Target"), Kind::Ungraded),
            column(t("失分", "Points lost"), Kind::Points),
            column(t("薄弱主题", "Weak topics"), Kind::Text),
            column(t("最弱的题", "Weakest items"), Kind::Text),
            column(t("相关课程", "Courses"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// The same without the texts, for pages.
fn scores(pack: &Pack<'_>) -> Table {
    let mut table = table(pack);
    table.columns.truncate(6);
    table.rows.iter_mut().for_each(|row| row.cells.truncate(6));
    table
}

pub fn section(pack: &Pack<'_>) -> Section {
    let mut blocks = vec![Block::Text(t(
        "得分是该部门作答的已知各题按权重的平均，目标是同样这些题的目标按权重的平均，失分是这些题各自不到目标的部分合计；几个部门同答一题的，每个部门都计。牵头为上级或评估组、本级只是被测评的题不在内。",
        "The score is the weighted mean of the known items that the department answers, the target that of their targets, and the loss what each of them lacks of its own target; an item that several answer counts for each. Items that only the higher authority or the assessors measure are not among them.",
    ))];
    if pack.training.departments.iter().any(|one| one.unneeded > 0) {
        blocks.push(Block::Text(t(
            "目标为 0 的题（如本地没有对应的灾种，不作要求）得多少分都不算短板，不计入题数、得分和目标；题都是这样的部门，得分写“—”。",
            "Items of target 0 (such as those whose hazards do not occur here: nothing is asked) are no weakness whatever their scores, and count in neither items, score nor target; a department with no others has no score.",
        )));
    }
    let scored = pack.training.departments.iter().filter_map(|one| Some((one.name.clone(), one.score?)));
    let mut bars: Vec<(Text, f64)> = scored.collect();
    bars.sort_by(|one, other| other.1.total_cmp(&one.1));
    // A bar for each would fill a page and drop every other name; all scores stand in the table.
    let left_out = bars.len().saturating_sub(BARS);
    bars.drain(..left_out);
    if bars.len() > 1 {
        let args = [("count", bars.len().into())];
        let (title, alt) = if left_out == 0 {
            (
                t("各部门得分从高到低", "Scores of the departments from best to worst"),
                t(
                    "各部门得分从高到低的条形图，数字见下表",
                    "Bars of the departments' scores from best to worst; the numbers stand in the table below",
                ),
            )
        } else {
            (
                t(
                    "得分最低的 {count} 个部门（由高到低排，最低的在最后）",
                    "The {count} departments with the lowest scores (from higher to lower, the lowest last)",
                ),
                t(
                    "得分最低的 {count} 个部门的条形图，由高到低排，最低的在最后，全部数字见下表",
                    "Bars of the {count} lowest scores of departments from higher to lower, the lowest last; all numbers stand in the table below",
                ),
            )
        };
        blocks.push(Block::Picture(Picture {
            name: "departments",
            title: title.with(&args),
            alt: alt.with(&args),
            drawing: Drawing::Bars { bars, lines: pack.results.policy.bands.iter().map(|band| band.from).collect() },
        }));
    }
    blocks.push(Block::Table(scores(pack)));
    for one in &pack.training.departments {
        blocks.push(Block::Heading(one.name.clone()));
        if one.weak.is_empty() {
            blocks.push(Block::Text(if one.items == 0 && one.unneeded > 0 {
                t("它的题目标都是 0，本地不作要求。", "All its items have a target of 0; nothing is asked of it here.")
            } else {
                t("已知的题没有失分。", "None of its known items loses points.")
            }));
            continue;
        }
        let mut lines = vec![t("薄弱主题：{topics}。", "Weak topics: {topics}.").with(&[("topics", topics(pack, one))])];
        if !one.courses.is_empty() {
            lines.push(t("相关课程：{courses}{more}。", "Courses: {courses}{more}.").with(&[
                ("courses", its_courses(pack, one)),
                (
                    "more",
                    match one.courses.len() {
                        count if count > NAMED => t("等 {count} 门", ", {count} in all").with(&[("count", count.into())]),
                        _ => Text::default(),
                    },
                ),
            ]));
        }
        lines.push(t("失分最多的题：", "Items that lose most:"));
        blocks.push(Block::List(lines));
        blocks.push(Block::Numbered(weakest(pack, one)));
    }
    part(t("三、部门能力画像", "3. Departments"), blocks)
}
