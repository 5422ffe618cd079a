//! Tables of marks: by question, by trainee, in pairs, and the tests.

use crate::analysis::change::paired::{Differences, Test};
use crate::analysis::training;
use crate::analysis::training::marking::Marks;
use crate::analysis::training::pairing::Compared;
use crate::number::fixed;
use crate::quiz::Session;
use crate::report::document::{Kind, Table, Value, column, row};
use crate::report::train::marks::asked::{choice, number, placed};
use crate::report::train::marks::{Facts, p, rate_name};
use crate::report::train::{joined, quoted};
use crate::text::{Text, t};

fn of(marks: &Marks) -> Value {
    Value::of(marks.rate())
}

/// The topics that teach an item, each in quotes.
pub fn topics(facts: &Facts<'_>, item: usize) -> Text {
    let own = facts.tree.items.get(item).map(training::topics).unwrap_or_default();
    joined(own.into_iter().filter_map(|topic| facts.tree.topics.get(topic)).map(|topic| quoted(topic.name.clone())))
}

/// The mistake is of the sheets that the order follows.
fn mistake_name(facts: &Facts<'_>) -> Text {
    if facts.marking.has_after() {
        t("训后最多的错选", "Most common mistake after the course")
    } else {
        t("最多的错选", "Most common mistake")
    }
}

/// Right rates, the lowest first.
pub fn rates(facts: &Facts<'_>) -> Table {
    let rows = facts.marking.questions.iter().map(|one| {
        row(vec![
            Value::Text(placed(facts, one.question.item)),
            Value::Text(one.question.stem.clone()),
            of(&one.all),
            of(&one.before),
            of(&one.after),
            one.common_mistake().map_or(Value::Empty, |(index, count)| {
                Value::Text(
                    t("{choice}（{count} 人）", "{choice} ({count})").with(&[("count", count.into()), ("choice", choice(one, index))]),
                )
            }),
        ])
    });
    Table {
        id: "rates",
        title: t("各题（{rate}低的在前）", "Questions (lowest {rate} first)").with(&[("rate", rate_name(facts))]),
        columns: vec![
            column(t("试卷题号（主题）", "On the paper (topic)"), Kind::Text),
            column(t("题目", "Question"), Kind::Text),
            column(t("合计正确率", "Right in all"), Kind::Percent),
            column(t("训前", "Before"), Kind::Percent),
            column(t("训后", "After"), Kind::Percent),
            column(mistake_name(facts), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

pub fn questions(facts: &Facts<'_>) -> Table {
    let rows = facts.marking.questions.iter().map(|one| {
        let reference = facts.tree.items.get(one.question.item).map(|item| item.reference.clone()).unwrap_or_default();
        row(vec![
            Value::Text(number(facts, one.question.item)),
            reference.into(),
            Value::Text(one.question.stem.clone()),
            Value::Text(topics(facts, one.question.item)),
            Value::Number(one.all.asked() as f64),
            of(&one.all),
            of(&one.before),
            of(&one.after),
            one.common_mistake().map_or(Value::Empty, |(index, _)| Value::Text(choice(one, index))),
            one.common_mistake().map_or(Value::Empty, |(_, count)| Value::Number(count as f64)),
            Value::Text(choice(one, one.question.right)),
        ])
    });
    Table {
        id: "questions",
        title: t("各题（{rate}低的在前）", "Questions (lowest {rate} first)").with(&[("rate", rate_name(facts))]),
        columns: vec![
            column(t("试卷题号", "On the paper"), Kind::Text),
            column(t("指标编号", "Item"), Kind::Short),
            column(t("题目", "Question"), Kind::Text),
            column(t("主题", "Topic"), Kind::Text),
            column(t("答卷", "Sheets"), Kind::Count),
            column(t("合计正确率", "Right in all"), Kind::Percent),
            column(t("训前", "Before"), Kind::Percent),
            column(t("训后", "After"), Kind::Percent),
            column(mistake_name(facts), Kind::Text),
            column(t("错选人数", "Chosen by"), Kind::Count),
            column(t("正确选项", "Right answer"), Kind::Text),
        ],
        rows: rows.collect(),
    }
}

fn session(session: Option<Session>) -> Text {
    session.map_or_else(|| t("未写明", "not stated"), Session::words)
}

pub fn trainees(facts: &Facts<'_>) -> Table {
    let rows = facts.marking.trainees.iter().map(|one| {
        let name = if one.name.is_empty() { t("（未写）", "(not named)") } else { one.name.clone().into() };
        row(vec![
            Value::Text(name),
            one.unit.clone().into(),
            Value::Text(session(one.session)),
            Value::Number(one.marks.right as f64),
            Value::Number(one.marks.wrong as f64),
            Value::Number(one.marks.blank as f64),
            Value::Number(one.marks.unreadable as f64),
            of(&one.marks),
        ])
    });
    Table {
        id: "trainees",
        title: t("各人成绩", "Marks of each trainee"),
        columns: vec![
            column(t("姓名或编号", "Name or number"), Kind::Text),
            column(t("单位", "Unit"), Kind::Text),
            column(t("场次", "Session"), Kind::Short),
            column(t("答对", "Right"), Kind::Count),
            column(t("答错", "Wrong"), Kind::Count),
            column(t("未答", "Blank"), Kind::Count),
            column(t("读不出", "Unreadable"), Kind::Count),
            column(t("正确率", "Right rate"), Kind::Percent),
        ],
        rows: rows.collect(),
    }
}

pub fn pairs(compared: &Compared) -> Table {
    let rows = compared.pairs.iter().map(|pair| {
        row(vec![
            pair.name.clone().into(),
            pair.unit.clone().into(),
            Value::Number(pair.questions as f64),
            Value::Number(pair.before),
            Value::Number(pair.after),
            Value::Number(100.0 * (pair.after - pair.before)),
        ])
    });
    Table {
        id: "pairs",
        title: t("两次都答的学员", "Those who took both"),
        columns: vec![
            column(t("姓名或编号", "Name or number"), Kind::Text),
            column(t("单位", "Unit"), Kind::Text),
            column(t("共同题数", "Questions"), Kind::Count),
            column(t("训前", "Before"), Kind::Percent),
            column(t("训后", "After"), Kind::Percent),
            column(t("变化（百分点）", "Change (points)"), Kind::Change),
        ],
        rows: rows.collect(),
    }
}

/// The tests, each with what it looks at.
pub fn tests(differences: &Differences) -> Table {
    let line = |name: Text, statistic: Option<f64>, test: Option<Test>, what: Text| {
        row(vec![Value::Text(name), statistic.map_or("—".into(), |one| fixed(one, 3).into()), Value::Text(p(test)), Value::Text(what)])
    };
    let none = || Text::same("—");
    let effect = |name: Text, value: Option<f64>, what: Text| {
        row(vec![Value::Text(name), value.map_or("—".into(), |one| fixed(one, 2).into()), Value::Text(none()), Value::Text(what)])
    };
    let statistic = |test: Option<Test>| test.map(|test| test.statistic);
    Table {
        id: "tests",
        title: t("配对检验（双侧）", "Paired tests (two-sided)"),
        columns: vec![
            column(t("检验或效应", "Test or effect"), Kind::Text),
            column(t("统计量", "Statistic"), Kind::Short),
            column("p".into(), Kind::Short),
            column(t("看什么", "What it looks at"), Kind::Text),
        ],
        rows: vec![
            line(
                t("威尔科克森符号秩", "Wilcoxon signed ranks"),
                statistic(differences.wilcoxon),
                differences.wilcoxon,
                t(
                    "变化的方向和大小的名次，统计量是升、降两边名次和里小的；结论以它为准",
                    "direction and rank of the changes, the smaller of the two sums of ranks; the verdict follows it",
                ),
            ),
            line(
                t("配对 t", "Paired t"),
                statistic(differences.t),
                differences.t,
                t(
                    "平均变化对其离散；人少时要求变化近似正态",
                    "the mean change against its spread; with few people it wants changes near normal",
                ),
            ),
            line(
                t("符号检验", "Sign test"),
                statistic(differences.sign),
                differences.sign,
                t("只看升降人数，不看大小，统计量是其中少的", "how many rose and fell, not how far: the smaller number"),
            ),
            effect(
                t("效应量 d", "Effect size d"),
                differences.d_z,
                t(
                    "平均变化除以变化的标准差；0.2 小、0.5 中、0.8 大是通行的说法",
                    "mean change over its standard deviation; 0.2 small, 0.5 medium, 0.8 large by convention",
                ),
            ),
            effect(
                t("秩相关效应", "Rank-biserial effect"),
                differences.rank_biserial,
                t("−1 全降，0 升降相抵，1 全升", "−1 all fell, 0 in balance, 1 all rose"),
            ),
        ],
    }
}
