//! 参演人员须知: what those who play in an exercise may know before it, and nothing of what will happen or is waited for.

use crate::analysis::training::clock::{BRIEFING, LONGEST, REVIEW, WHOLE};
use crate::bank::{INJECTS, Scenario};
use crate::report::document::{Block, Document, Kind, Section, Table, Value, column, row};
use crate::report::train::Pack;
use crate::report::train::handbook::{AFTER, BEFORE, TOGETHER, played, roles};
use crate::report::train::quiz::{by_hand, sheet};
use crate::text::{Text, t};

/// None where no scenario is played.
pub fn players(pack: &Pack<'_>) -> Option<Document> {
    let scenarios: Vec<Section> = played(pack).map(|(number, scenario)| one(pack, number, scenario)).collect();
    if scenarios.is_empty() {
        return None;
    }
    let first = vec![
        Block::Heading(t("演练目的", "What it is for")),
        Block::Text(t(
            "看各岗位接到情况后，能不能按预案和职责、在时限内把该做的事做到，找出预案、流程和配合里要改的地方。评的是做法，不是个人；练出问题就是收获。",
            "To see whether each post, once told what has happened, does what plan and duty ask of it in time, and to find what has to change in plans, steps and cooperation. What is done is judged, not who does it; a fault that comes to light is a gain.",
        )),
        Block::Heading(t("怎样进行", "How it runs")),
        Block::Table(times()),
        Block::Numbered(rules()),
        Block::Heading(t("安全用语", "Words that everybody must know")),
        Block::Table(words()),
        Block::Heading(t("带什么来", "What to bring")),
        Block::List(bring()),
        Block::Table(where_to()),
    ];
    let mut document = sheet(pack, t("参演人员须知", "players"), Text::default(), first);
    document.title = t("{unit} {period} 应急演练参演人员须知", "{unit}, {period}: notes for exercise players")
        .with(&[("unit", pack.results.unit.name.clone().into()), ("period", pack.results.period.clone().into())]);
    document.narrative.extend(scenarios);
    Some(document)
}

fn times() -> Table {
    let line = |name: Text, minutes: usize, what: Text| row(vec![Value::Text(name), Value::Number(minutes as f64), Value::Text(what)]);
    Table {
        id: "players-times",
        title: t("半天，至多 {whole} 分钟", "Half a day, {whole} minutes at most").with(&[("whole", WHOLE.into())]),
        columns: vec![
            column(t("阶段", "Part"), Kind::Text),
            column(t("至多（分钟）", "At most (min)"), Kind::Count),
            column(t("你做什么", "What you do"), Kind::Text),
        ],
        rows: vec![
            line(BEFORE, BRIEFING, t("听规则，认角色，对表", "hear the rules, take your role, set your watch")),
            line(
                t("推演", "Play"),
                INJECTS * LONGEST,
                t("分 {count} 段听情况，按角色当场处置", "hear what happens in {count} steps and act in your role")
                    .with(&[("count", INJECTS.into())]),
            ),
            line(
                AFTER,
                REVIEW,
                t("听点评，说自己卡在哪里，认领要改的事", "hear the marks, say where you got stuck, take over what has to change"),
            ),
            line(TOGETHER, WHOLE, Text::default()),
        ],
    }
}

fn rules() -> Vec<Text> {
    vec![
        t(
            "情况由导调人员念出，念到哪里算到哪里；没有念出的不要猜，也不要替别人处置。要核实的，向该问的岗位问，由导调人员代答。",
            "The controller reads out what happens; nothing else has happened. Do not guess, and do not act for others. What you would check, ask the post that would know; the controller answers for it.",
        ),
        t(
            "按自己岗位的预案、处置卡和职责做：说清做什么、叫谁去做、几时做完；能写的当场写，能拨的当场拨。只说“加强”“做好”不算做到。",
            "Act by the plan, card and duties of your post: say what is done, by whom and by when; write what can be written and dial what can be dialled. To say that something will be strengthened is not to do it.",
        ),
        t(
            "演练钟比真实时间快：导调人员会宣布演练 1 分钟等于情景几分钟，时限从念完注入起算。",
            "The clock of the exercise is faster than real time: the controller announces how many minutes of the story pass in one; time runs from the end of reading the inject.",
        ),
        t(
            "电话、文电、对讲第一句先说“这是演练”；不真的调动队伍、发布预警、启用应急广播，方案另有安排并已报批的除外。",
            "Begin every call, message and radio talk with the words that this is an exercise. Do not really dispatch teams, issue warnings or use the emergency broadcast, unless the plan of the exercise provides for it and was approved.",
        ),
        t(
            "值班和真实警情优先：带班、备勤的人员不当主角，有真警立即离场，不用请假。",
            "Duty and real calls come first: nobody on duty plays a leading part; for a real call leave at once without asking.",
        ),
        t(
            "评估人员只看不答，不向其打听；内容不外传，现场不拍照发布。",
            "Evaluators watch and do not answer; do not ask them. Tell nobody outside, and post no pictures.",
        ),
    ]
}

/// What is called out, by whom, and what then happens.
fn words() -> Table {
    let line = |word: Text, who: Text, what: Text| row([word, who, what].map(Value::Text).to_vec());
    let anybody = || t("任何人", "anybody");
    let controller = || t("导调负责人", "head controller");
    Table {
        id: "words",
        title: Text::default(),
        columns: vec![
            column(t("用语", "Words"), Kind::Text),
            column(t("谁说", "Who"), Kind::Text),
            column(t("怎么办", "What then"), Kind::Text),
        ],
        rows: vec![
            line(
                t("“这是演练”", "\"This is an exercise\""),
                t("每个参演人员", "every player"),
                t("每次通话、每份文电的第一句", "first words of every call and message"),
            ),
            line(
                t("“真实情况，停止演练”", "\"Real emergency, stop the exercise\""),
                anybody(),
                t(
                    "有人受伤、发病或来了真警：全体停下，先处置真事，听导调负责人安排",
                    "somebody is hurt or ill, or a real call came: all stop, see to it first, and follow the head controller",
                ),
            ),
            line(
                t("“暂停”", "\"Pause\""),
                t("导调负责人；要暂停的举手报告", "head controller; whoever needs one raises a hand"),
                t("停钟，原位不动，不继续处置", "the clock stops; stay where you are and do nothing more"),
            ),
            line(
                t("“恢复演练”", "\"Resume\""),
                controller(),
                t("从停下的地方接着做，钟接着走", "go on where you stopped; the clock runs again"),
            ),
            line(
                t("“演练结束”", "\"End of exercise\""),
                controller(),
                t("放下手上的事，交回演练文电，到复盘地点", "leave what you are doing, hand in papers of the exercise, go to the review"),
            ),
        ],
    }
}

fn bring() -> Vec<Text> {
    vec![
        t("本岗位的预案、处置卡、职责分工，值班电话本", "plan, response card and duties of your post, and its telephone list"),
        t(
            "本单位的队伍、物资、装备、场所台账（现数，不是年初数）",
            "registers of your unit's teams, supplies, equipment and places, as they stand today",
        ),
        t("辖区地图或能打开地图的电脑", "a map of the area, or a computer that shows one"),
        t("纸、笔、手表，充好电的手机；配有对讲机的带对讲机", "paper, pen, watch and a charged telephone; a radio where you have one"),
    ]
}

fn where_to() -> Table {
    let hand = |name: Text| column(name, Kind::Hand);
    let columns = vec![
        hand(t("日期", "Date")),
        hand(t("报到时间", "Be there at")),
        hand(t("地点", "Place")),
        hand(t("导调负责人", "Head controller")),
        hand(t("联系电话", "Telephone")),
    ];
    by_hand("where", t("时间和地点（组织单位填写）", "When and where (filled in by the organiser)"), columns, 1)
}

/// A scenario on a page of its own, without its name, which tells too much.
fn one(pack: &Pack<'_>, number: usize, scenario: &Scenario) -> Section {
    let title = t("情景 {number}（{hazard}）：起始情况和角色", "Scenario {number} ({hazard}): how it begins, and roles")
        .with(&[("number", number.into()), ("hazard", scenario.hazard_name())]);
    let blocks = vec![
        Block::Text(scenario.setting.clone()),
        Block::Text(t(
            "地名、数字是虚构的，以导调人员宣布的本地地名和数字为准。每人只担任一个角色；没有列出的岗位要用到时，向导调人员提出。",
            "Places and figures are made up; those that the controller announces take their place. Everybody plays one role. If you need a post that is not listed, tell the controller.",
        )),
        Block::Table(roles(pack, scenario, false)),
    ];
    Section { level: 2, title, blocks, new_page: true }
}
