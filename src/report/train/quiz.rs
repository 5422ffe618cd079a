//! The quiz on paper: questions, key, sign-in sheet; and what the report says of it.

use crate::analysis::training::topics;
use crate::bank::LETTERS;
use crate::report::document::{Block, Column, Document, Kind, Row, Section, Table, Value, column, row};
use crate::report::train::{Pack, joined, of_class, part};
use crate::scale::SCALES;
use crate::text::{Text, t};

/// Where a letter is written; no line breaks in it.
const GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
/// Boxes in a row of the grid of letters.
const BOXES: usize = 10;
/// Lines of the sign-in sheet.
const SEATS: usize = 40;

fn titled(pack: &Pack<'_>, what: Text) -> Text {
    t("{unit} {period} 应急能力培训{what}", "{unit}, {period}: {what}").with(&[
        ("what", what),
        ("unit", pack.results.unit.name.clone().into()),
        ("period", pack.results.period.clone().into()),
    ])
}

/// Pages without cover and contents. A class stands below the title, which has no room for its name, and at the foot of every page.
pub fn sheet(pack: &Pack<'_>, file: Text, what: Text, mut blocks: Vec<Block>) -> Document {
    let seed = t("种子 {seed}，题库摘要 {bank}", "Seed {seed}, bank digest {bank}")
        .with(&[("bank", super::short(pack.bank_digest)), ("seed", pack.drawn.seed.clone().into())]);
    let class = pack.named_class(true);
    let footer = Text::join(&[class.clone(), Some(seed)].into_iter().flatten().collect::<Vec<Text>>(), "，", ", ");
    blocks.splice(0..0, class.map(Block::Text));
    Document {
        file: of_class(file, pack.class),
        title: titled(pack, what),
        footer,
        narrative: vec![Section::part(Text::default(), blocks)],
        ..Document::default()
    }
}

pub fn by_hand(id: &'static str, title: Text, columns: Vec<Column>, rows: usize) -> Table {
    let blank = || columns.iter().map(|_| Value::Text(Text::default())).collect();
    let rows = (0..rows).map(|_| Row { anchor: None, cells: blank() }).collect();
    Table { id, title, columns, rows }
}

/// 试卷.
pub fn paper(pack: &Pack<'_>) -> Document {
    let hand = |name: Text| column(name, Kind::Hand);
    let who = by_hand(
        "who",
        Text::default(),
        vec![
            hand(t("姓名或编号", "Name or number")),
            hand(t("单位", "Unit")),
            hand(t("训前/训后", "Before/after")),
            hand(t("日期", "Date")),
            hand(t("得分", "Marks")),
        ],
        1,
    );
    let note = t(
        "时间＿＿＿＿分钟　共 {count} 题，每题 1 分，满分 {count} 分。每题只有一个答案，请把字母填在题后的括号里，做完再抄进下面的方格：录入答题表看方格。",
        "Time: ______ minutes. {count} [question|questions], 1 point each, full marks {count}. Each has one right answer. Write its letter in the brackets and, when done, into the boxes below: they are what is typed into the answer workbook.",
    )
    .counted(pack.drawn.questions.len());
    let questions = pack.drawn.questions.iter().map(|question| {
        let mut lines = vec![t("{stem}（{gap}）", "{stem} ({gap})").with(&[("gap", GAP.into()), ("stem", question.stem.clone())])];
        let choices = LETTERS.iter().zip(&question.choices);
        lines.extend(choices.map(|(letter, choice)| {
            t("{letter}．{choice}", "{letter}. {choice}").with(&[("letter", (*letter).into()), ("choice", choice.clone())])
        }));
        Text::join(&lines, "\n", "\n")
    });
    let mut blocks = vec![Block::Table(who), Block::Text(note)];
    blocks.extend(boxes(pack.drawn.questions.len()).into_iter().map(Block::Table));
    blocks.push(Block::Numbered(questions.collect()));
    sheet(pack, t("试卷", "quiz"), t("测评试卷", "quiz"), blocks)
}

/// A box a question, so many in a row; the last row is as wide as the others.
fn boxes(questions: usize) -> Vec<Table> {
    let row_of = |first: usize| {
        let mut columns = vec![column(t("题号", "No."), Kind::Short)];
        columns.extend((first..first + BOXES).map(|number| {
            let name = if number <= questions { number.into() } else { Text::default() };
            column(name, Kind::ShortHand)
        }));
        let mut table = by_hand("boxes", Text::default(), columns, 1);
        table.rows[0].cells[0] = Value::Text(t("答案", "Answer"));
        table
    };
    (1..=questions).step_by(BOXES).map(row_of).collect()
}

/// 答案: for the trainer only.
pub fn key(pack: &Pack<'_>) -> Document {
    let letters: Vec<Text> = (1usize..)
        .zip(&pack.drawn.questions)
        .map(|(number, question)| Text::same(format!("{number}\u{a0}{}", LETTERS[question.right])))
        .collect();
    let rows = (1usize..).zip(&pack.drawn.questions).map(|(number, question)| {
        let item = &pack.tree.items[question.item];
        // Two columns of texts and not four, which leave the longest a few letters a line.
        let answers = t("{right}\n常见的错法：{letter}．{wrong}", "{right}\nCommon mistake: {letter}. {wrong}").with(&[
            ("letter", LETTERS[question.mistake].into()),
            ("right", question.choices[question.right].clone()),
            ("wrong", question.choices[question.mistake].clone()),
        ]);
        let point = t("{point}\n{ref}（{topics}）", "{point}\n{ref} ({topics})").with(&[
            ("ref", item.reference.clone().into()),
            ("topics", joined(topics(item).into_iter().map(|topic| pack.quoted(topic)))),
            ("point", question.point.clone()),
        ]);
        row(vec![Value::Number(number as f64), LETTERS[question.right].into(), Value::Text(answers), Value::Text(point)])
    });
    let table = Table {
        id: "key",
        title: t("答案与讲解", "Key and points"),
        columns: vec![
            column(t("题号", "No."), Kind::Count),
            column(t("答案", "Key"), Kind::Short),
            column(t("正确选项、常见的错法", "Right answer, common mistake"), Kind::Text),
            column(t("讲解要点，对应的题（主题）", "Point, and its item (topic)"), Kind::Text),
        ],
        rows: rows.collect(),
    };
    let blocks = vec![
        Block::Text(t(
            "只供培训组织人员使用，测评结束前不发给学员。",
            "For the organiser only; not to be handed out before the quiz is over.",
        )),
        Block::Text(Text::join(&letters, "；", "; ")),
        Block::Table(table),
    ];
    sheet(pack, t("答案", "key"), t("测评答案", "key to the quiz"), blocks)
}

/// 签到表.
pub fn sign_in(pack: &Pack<'_>) -> Document {
    let names = [t("姓名", "Name"), t("单位", "Unit"), t("职务", "Post"), t("签到时间", "Time in"), t("签退时间", "Time out")];
    let mut columns = vec![column(t("序号", "No."), Kind::Count)];
    columns.extend(names.into_iter().map(|name| column(name, Kind::Hand)));
    let mut table = by_hand("sign-in", Text::default(), columns, SEATS);
    for (number, row) in (1usize..).zip(&mut table.rows) {
        row.cells[0] = Value::Number(number as f64);
    }
    let (when, what) = (
        t("训前/训后：______", "Before/after: ______"),
        t("班次：____　课程：____________________", "Class: ____  Course: ____________________"),
    );
    let place = t("日期：__________　地点：________________", "Date: __________  Place: ________________");
    // A class stands below the title already, and its courses with it.
    let first = if pack.class.is_some() { when } else { Text::join(&[what, when], "　", "  ") };
    let blocks = vec![Block::Text(first), Block::Text(place), Block::Table(table)];
    sheet(pack, t("签到表", "sign-in"), t("签到表", "sign-in sheet"), blocks)
}

/// How the questions were drawn, and what they cover.
pub fn section(pack: &Pack<'_>) -> Section {
    let drawn = &pack.drawn;
    let count = |wanted: &dyn Fn(usize) -> bool| drawn.questions.iter().filter(|question| wanted(question.item)).count();
    let mut lines = vec![
        t(
            "抽 {count} 题，出自弱项：每种评分尺度先取失分最多的一题，其余每次在所属主题抽得最少的题中取失分最多的。题目不随种子变；种子（{seed}）只定题目和选项的先后：邻座可用不同种子的试卷，问的还是同样的题。",
            "{count} [question|questions], all of weak items: of each scale the item that loses most, then again and again the item that loses most among those whose topics were drawn least. The seed ({seed}) decides the order of questions and choices only, so papers of different seeds ask the same.",
        )
        .counted(drawn.questions.len())
        .with(&[("seed", drawn.seed.clone().into())]),
    ];
    if drawn.questions.len() < drawn.wanted {
        lines.push(
            t(
                "要 {wanted} 题，有题可出的弱项只有 {count} 题。",
                "{wanted} were asked for; only {count} weak [item has|items have] a question.",
            )
            .counted(drawn.candidates)
            .with(&[("wanted", drawn.wanted.into())]),
        );
    }
    if drawn.without > 0 {
        lines.push(
            t("另有 {count} 道弱项题库里没有测评题。", "The bank has no question on another {count} weak [item|items].")
                .counted(drawn.without),
        );
    }
    lines.push(t(
        "测评用训前训后同一套题：训前发试卷或答题表，训后再做一次，填好的答题表交信息人员用本程序阅卷、对比（ecap train）。",
        "The same quiz is taken before and after the course. Hand the filled answer workbooks to whoever runs this program, which marks and compares them (ecap train).",
    ));
    lines.push(t(
        "这套题跨各主题抽。只办一两个班次的，可请信息人员按班次出题（ecap train 的 --class 加班次的序号），只出那个班次所教的题，试卷、答案、签到表和答题表的文件名都带班次。",
        "This quiz is drawn over all topics. Where one class or two are held, whoever runs this program can make the quiz of what a class teaches (ecap train with --class and its number); paper, key, sign-in and answer sheets bear the number in their names.",
    ));
    lines.push(t(
        "同一文件夹里有：试卷、答案（只给组织人员）、签到表、演练手册（只给导调和评估人员）、参演人员须知，都是 Word 文件；答题表.xlsx 由学员填写；培训需求报告.xlsx 有全部课程、班次、题目、情景和应有动作。",
        "Beside this report: quiz, key (for the organiser), sign-in sheet, exercise handbook (for those who run and evaluate it) and players (for those who play) in Word; answers.xlsx for the class to fill in; training-needs.xlsx with all courses, classes, items, scenarios and expected actions.",
    ));
    let scales = SCALES.iter().map(|scale| (scale.words.clone(), count(&|item| pack.tree.items[item].scaled.name == scale.name)));
    let by_topic =
        (0..pack.tree.topics.len()).map(|topic| (pack.topic(topic), count(&|item| topics(&pack.tree.items[item]).contains(&topic))));
    let rows = |all: Vec<(Text, usize)>, kind: Text| -> Vec<Row> {
        let there = all.into_iter().filter(|(_, count)| *count > 0);
        there.map(|(name, count)| row(vec![Value::Text(kind.clone()), Value::Text(name), Value::Number(count as f64)])).collect()
    };
    let mut all = rows(scales.collect(), t("评分尺度", "Scale"));
    all.extend(rows(by_topic.collect(), t("主题", "Topic")));
    let table = Table {
        id: "covered",
        title: t("测评题的分布（一题有几个主题的都计）", "What the questions cover (an item of several topics counts in each)"),
        columns: vec![
            column(t("按", "By"), Kind::Short),
            column(t("名称", "Name"), Kind::Text),
            column(t("题数", "Questions"), Kind::Count),
        ],
        rows: all,
    };
    part(t("四、测评", "4. The quiz"), vec![Block::List(lines), Block::Table(table), Block::Table(points(pack))])
}

/// What has to be taught before the quiz is fair, in the order of the tree and not of the paper.
fn points(pack: &Pack<'_>) -> Table {
    let mut asked: Vec<_> = pack.drawn.questions.iter().collect();
    asked.sort_by_key(|question| question.item);
    let rows = asked.into_iter().map(|question| {
        let own = topics(&pack.tree.items[question.item]).into_iter().map(|topic| pack.quoted(topic));
        row(vec![Value::Text(joined(own)), Value::Text(question.point.clone())])
    });
    Table {
        id: "points",
        title: t("测评所涉的讲义要点（训后测评之前都要讲到）", "Points that the quiz is about (to be taught before it is taken again)"),
        columns: vec![column(t("主题", "Topic"), Kind::Text), column(t("讲义要点", "Point"), Kind::Text)],
        rows: rows.collect(),
    }
}
