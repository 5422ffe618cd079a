//! Made-up districts: thirteen departments that answer the city tree for two years, reviewed in part. A stated seed makes each.

use std::fs;

use ecap::place::Place;
use ecap::result::{Results, Run};
use ecap::scale::Typed;
use ecap::survey::{Filled, Kind, RawCell, Row};
use ecap::tree::Tree;
use serde_json::{Value, json};

pub const DEPARTMENTS: [&str; 13] = [
    "区应急管理局",
    "区政府办公室",
    "区消防救援大队",
    "区公安分局",
    "区卫生健康局",
    "区住房城乡建设局",
    "区财政局",
    "区民政局",
    "区水务局",
    "区自然资源局",
    "区大数据局",
    "区发展改革局",
    "区委组织部",
];

/// A generator of random numbers (SplitMix64, Steele, Lea and Flood 2014).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to 1.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub fn hits(&mut self, part: f64) -> bool {
        self.part() < part
    }

    /// About normal: twelve uniform numbers.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        mean + deviation * ((0..12).map(|_| self.part()).sum::<f64>() - 6.0)
    }

    /// So many of them, in order.
    pub fn some(&mut self, all: &[usize], count: usize) -> Vec<usize> {
        let mut left = all.to_vec();
        while left.len() > count {
            let at = self.below(left.len());
            left.remove(at);
        }
        left
    }
}

/// One answer of one year.
#[derive(Clone, Debug)]
pub struct Answer {
    pub item: usize,
    /// 0 to 3; what the honest generator aimed at.
    pub step: usize,
    pub text: String,
    pub evidence: String,
    pub note: String,
    pub review: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Department {
    pub name: String,
    pub now: Vec<Answer>,
    pub last: Vec<Answer>,
}

impl Department {
    pub fn answer(&mut self, item: usize) -> &mut Answer {
        self.now.iter_mut().find(|answer| answer.item == item).expect("an item of its own")
    }
}

pub struct District {
    pub departments: Vec<Department>,
}

/// How a district fills in its sheets.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Part of answers whose evidence is left out.
    pub bare: f64,
    /// Part of rates typed as a percentage.
    pub percent: f64,
    /// Part of evidence that names standing papers, the same every year.
    pub standing: f64,
    /// Spread of the departments' quality.
    pub spread: f64,
}

pub const HABITS: [Habits; 4] = [
    Habits { bare: 0.0, percent: 0.1, standing: 0.2, spread: 0.07 },
    Habits { bare: 0.04, percent: 0.3, standing: 0.4, spread: 0.08 },
    Habits { bare: 0.1, percent: 0.0, standing: 0.3, spread: 0.05 },
    Habits { bare: 0.02, percent: 0.6, standing: 0.1, spread: 0.08 },
];

/// The city tree, a few items presupposing others.
pub fn tree() -> Tree {
    let mut findings = Vec::new();
    let city = ecap::tree::named("city", &mut findings).expect("the city tree").tree.expect("a valid tree");
    let mut json: Value = serde_json::from_str(&city.to_json()).expect("json");
    let ids: Vec<String> = city.items.iter().map(|item| item.id.clone()).collect();
    for (at, item) in json["items"].as_array_mut().expect("items").iter_mut().enumerate() {
        if let Some(map) = item.as_object_mut()
            && at % 9 == 4
            && [at, at - 3].iter().all(|item| city.items[*item].scaled.name != "range")
        {
            map.insert("requires".into(), json!([ids[at - 3]]));
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.json");
    fs::write(&path, json.to_string()).expect("a tree file");
    ecap::tree::load(&path.to_string_lossy(), &mut findings).expect("a file").tree.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// A small tree of mostly levels, about twenty items a department.
pub fn level_tree() -> Tree {
    let departments: Vec<String> = (0..13).map(|at| format!("{{id: d{at}, name: {{zh: 部{at}, en: D{at}}}}}")).collect();
    let items: Vec<String> = (0..13 * 18)
        .map(|at| {
            let scale = match at / 13 {
                0..11 => "{type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}",
                11..16 => "{type: rate, direction: higher, cuts: [60, 80, 95], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}",
                _ => r#"{type: yes_no, pass: "yes"}"#,
            };
            let na = if at / 13 % 3 == 0 { ", na: {zh: 没有, en: none}" } else { "" };
            let requires = if at % 9 == 4 { format!(", requires: [i{:03}]", at - 3) } else { String::new() };
            let question = format!("{{zh: 截至基准日第{at}项应急准备工作完成了多少, en: Ask {at}}}");
            format!("{{id: i{at:03}, question: {question}, lead: d{}, scale: {scale}{na}{requires}}}", at % 13)
        })
        .collect();
    let text = format!(
        "id: levels\nedition: \"1\"\nname: {{zh: 试, en: Try}}\ndepartments: [{}]\ngroups:\n  - {{code: \"01\", name: {{zh: 组, en: G}}, items: [{}]}}\n",
        departments.join(", "),
        items.join(", ")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, text).expect("a tree file");
    let mut findings = Vec::new();
    ecap::tree::load(&path.to_string_lossy(), &mut findings).expect("a file").tree.unwrap_or_else(|| panic!("{findings:#?}"))
}

pub fn scale(tree: &Tree, item: usize) -> Value {
    tree.items[item].scaled.json()
}

/// An answer that is worth about so many steps of three.
pub fn answer_text(tree: &Tree, item: usize, step: usize, habits: &Habits, chance: &mut Chance) -> String {
    let scale = scale(tree, item);
    let numbers =
        |key: &str| -> Vec<f64> { scale[key].as_array().map(|all| all.iter().filter_map(Value::as_f64).collect()).unwrap_or_default() };
    match scale["type"].as_str().expect("a type") {
        "level" => {
            let top = scale["top"].as_u64().expect("a top") as usize;
            (step * top).div_euclid(3).to_string()
        }
        "yes_no" => {
            let pass = scale["pass"] == "yes";
            if (step >= 2) == pass { "是".into() } else { "否".into() }
        }
        "checklist" => {
            let all: Vec<usize> = (1..=scale["elements"].as_array().expect("elements").len()).collect();
            let cuts = numbers("cuts");
            let reached = (step * cuts.len()).div_euclid(3);
            let least = if reached == 0 { 0.0 } else { cuts[reached - 1] };
            let most = cuts.get(reached).map_or(all.len() as f64, |next| next - 1.0);
            let count = chance.between(least as usize, most as usize);
            if count == all.len() {
                return "全部".into();
            }
            if count == 0 {
                return "无".into();
            }
            let some = chance.some(&all, count);
            some.iter().map(usize::to_string).collect::<Vec<_>>().join("、")
        }
        "rate" => rate(&scale, tree, item, step, habits, chance),
        "range" => "2%".into(),
        _ => {
            let cuts = numbers("cuts");
            if cuts.is_empty() {
                let (zero, full) = (scale["linear"]["zero"].as_f64().unwrap_or(0.0), scale["linear"]["full"].as_f64().unwrap_or(1.0));
                return format!("{}", (zero + (full - zero) * step as f64 / 3.0 + chance.part()).max(0.0).round());
            }
            let (low, high) = bounds(&cuts, step, scale["direction"] == "higher", 1e9);
            let (low, high) = (low.max(0.0).ceil(), high.min(low.max(1.0) * 2.0 + 3.0).floor().max(low.ceil()));
            format!("{}", (low + (high - low) * chance.part()).round())
        }
    }
}

/// Values from and to of a step, the best end open.
fn bounds(cuts: &[f64], step: usize, higher: bool, end: f64) -> (f64, f64) {
    let reached = (step * cuts.len()).div_euclid(3);
    let at = |index: usize| cuts.get(index).copied();
    if higher {
        let low = if reached == 0 { 0.0 } else { at(reached - 1).unwrap_or(0.0) };
        (low, at(reached).map_or(end, |next| next - 1e-6))
    } else {
        let high = if reached == 0 { cuts[0] * 2.0 + 1.0 } else { at(reached - 1).unwrap_or(0.0) };
        (at(reached).map_or(0.0, |next| next + 1e-6), high)
    }
}

fn rate(scale: &Value, tree: &Tree, item: usize, step: usize, habits: &Habits, chance: &mut Chance) -> String {
    let cuts: Vec<f64> = scale["cuts"].as_array().map(|all| all.iter().filter_map(Value::as_f64).collect()).unwrap_or_default();
    if cuts.is_empty() {
        return format!("{}%", 30 * step);
    }
    let (low, high) = bounds(&cuts, step, scale["direction"] == "higher", 100.0);
    let high = high.min(100.0);
    let drawn = tree.items[item].content.sample.as_ref().map(|sample| sample.draw).filter(|_| chance.hits(0.5));
    for _ in 0..60 {
        let under = drawn.unwrap_or_else(|| chance.between(7, 120));
        let wanted = low + (high - low) * chance.part();
        let over = (wanted * under as f64 / 100.0).round();
        let value = 100.0 * over / under as f64;
        if value >= low && value <= high {
            if chance.hits(habits.percent) {
                return format!("{}%", (value * 10.0).round().clamp(low * 10.0, 1000.0).ceil() / 10.0);
            }
            return format!("{over}/{under}");
        }
    }
    format!("{}%", ((low + high) / 2.0 * 10.0).round() / 10.0)
}

const PAPERS: [&str; 12] =
    ["台账", "登记表", "工作总结", "会议纪要", "检查记录", "验收单", "签到表", "统计表", "名册", "实施方案", "测试记录", "抽查照片册"];

/// Evidence in an office's own words, of this year.
pub fn evidence(tree: &Tree, item: usize, name: &str, year: usize, chance: &mut Chance) -> String {
    let what = tree.items[item].question.zh.chars().skip(chance.between(6, 12)).take(chance.between(4, 9)).collect::<String>();
    match chance.below(4) {
        0 => format!(
            "《{what}{}》（{}〔{year}〕{}号）",
            chance.of(&PAPERS),
            &name.chars().skip(1).take(2).collect::<String>(),
            chance.between(1, 90)
        ),
        1 => format!("{name}{what}{}（{year}年{}月）", chance.of(&PAPERS), chance.between(1, 10)),
        2 => format!(
            "{what}{}{}份（{year}年{}月{}日）",
            chance.of(&PAPERS),
            chance.between(2, 40),
            chance.between(1, 10),
            chance.between(1, 28)
        ),
        _ => format!("{year}年{what}{}", chance.of(&PAPERS)),
    }
}

fn step_of(quality: f64, chance: &mut Chance) -> usize {
    chance.normal(quality * 3.0, 0.8).round().clamp(0.0, 3.0) as usize
}

/// A clean district with its innocent look-alikes: two departments with nothing but full marks, a steady office.
pub fn clean(tree: &Tree, seed: u64) -> District {
    let habits = HABITS[(seed % 4) as usize];
    let mut chance = Chance::new(seed.wrapping_mul(1_000_003));
    let leads: Vec<Option<usize>> = tree.items.iter().map(|item| item.lead).collect();
    let needed = tree.requirements();
    let mut departments = Vec::new();
    for (at, name) in DEPARTMENTS.iter().enumerate() {
        let quality = if at == 4 || at == 6 { 2.0 } else { chance.normal(0.7, habits.spread).clamp(0.4, 0.95) };
        let mine = |item: usize| leads[item].is_some_and(|lead| !tree.departments[lead].outsider && share(lead, item) == at);
        let mut department = Department { name: name.to_string(), now: Vec::new(), last: Vec::new() };
        for item in (0..tree.items.len()).filter(|item| mine(*item)) {
            let step = step_of(quality, &mut chance);
            let before = if chance.hits(0.75) { step } else { (step + 4 - chance.below(3) - 1).saturating_sub(1).clamp(0, 3) };
            let text = answer_text(tree, item, step, &habits, &mut chance);
            let last_text = answer_text(tree, item, before, &habits, &mut chance);
            let standing = chance.hits(habits.standing);
            let mut own = evidence(tree, item, name, 2026, &mut chance);
            let last = if standing { own.clone() } else { evidence(tree, item, name, 2025, &mut chance) };
            if chance.hits(habits.bare) && at != 4 && at != 6 {
                own = String::new();
            }
            let note = if step < 3 && chance.hits(0.5) { format!("{}处还没有完成", chance.between(1, 9)) } else { String::new() };
            let mut answer = Answer { item, step, text, evidence: own, note: note.clone(), review: None };
            let mut earlier = Answer { item, step: before, text: last_text, evidence: last, note, review: None };
            if tree.items[item].na.is_some() && chance.hits(0.07) {
                answer.text = "不适用".into();
                answer.note = format!("辖区没有这类情况。批准：{}", chance.of(&["区政府分管副区长", "区应急委办公室", "评估组组长"]));
                answer.step = 3;
                if chance.hits(0.8) {
                    (earlier.text, earlier.note) = (answer.text.clone(), answer.note.clone());
                }
            } else if chance.hits(0.3) {
                let reviewed = match chance.below(100) {
                    0..15 => step.saturating_sub(1),
                    15..19 => (step + 1).min(3),
                    _ => step,
                };
                answer.review =
                    Some(if reviewed == step { answer.text.clone() } else { answer_text(tree, item, reviewed, &habits, &mut chance) });
            }
            department.now.push(answer);
            department.last.push(earlier);
        }
        if at == 7 {
            // Every step stays; counts and papers are this year's.
            for (now, last) in department.now.iter().zip(&mut department.last) {
                let counts = ["rate", "count", "duration", "quantity"].contains(&tree.items[now.item].scaled.name) && now.text != "不适用";
                last.text = if counts { answer_text(tree, now.item, now.step, &habits, &mut chance) } else { now.text.clone() };
                last.note = now.note.clone();
                last.evidence = evidence(tree, now.item, name, 2025, &mut chance);
            }
        }
        departments.push(department);
    }
    let mut district = District { departments };
    // Whoever has no plan claims no drill.
    for (item, needed) in needed.iter().enumerate() {
        for other in needed {
            if district.worth(tree, *other) == Some(0.0) && district.worth(tree, item).is_some() {
                let text = answer_text(tree, item, 0, &habits, &mut chance);
                let answer = district.answer(item);
                (answer.text, answer.step, answer.review) = (text, 0, None);
            }
        }
    }
    district
}

/// Which of the thirteen answers for a lead; the largest leads share their items.
fn share(lead: usize, item: usize) -> usize {
    match lead {
        0 => [1, 11, 12][item % 3],
        1 => [0, 0, 10, 9][item % 4],
        2..=12 => lead,
        _ => 4 + lead % 9,
    }
}

impl District {
    pub fn owner(&self, item: usize) -> Option<usize> {
        self.departments.iter().position(|department| department.now.iter().any(|answer| answer.item == item))
    }

    pub fn answer(&mut self, item: usize) -> &mut Answer {
        let owner = self.owner(item).expect("an owner");
        self.departments[owner].answer(item)
    }

    /// What its answer is worth, 0 to 1.
    pub fn worth(&self, tree: &Tree, item: usize) -> Option<f64> {
        let owner = self.owner(item)?;
        let answer = self.departments[owner].now.iter().find(|answer| answer.item == item)?;
        let item = &tree.items[item];
        item.scaled.scale.read(&answer.text, &item.question).ok().map(|reading| reading.worth.to_f64())
    }

    /// Results of this year, or of the last.
    pub fn results(&self, tree: &Tree, last: bool) -> Results {
        let mut filled: Vec<Filled> = self
            .departments
            .iter()
            .enumerate()
            .map(|(at, department)| {
                let answers = if last { &department.last } else { &department.now };
                workbook(tree, &format!("{:02}_{}.xlsx", at + 1, department.name), &department.name, Kind::Survey, answers, last)
            })
            .collect();
        let reviewed: Vec<Answer> = self
            .departments
            .iter()
            .flat_map(|department| if last { &department.last } else { &department.now })
            .filter(|answer| answer.review.is_some())
            .cloned()
            .collect();
        if !reviewed.is_empty() {
            filled.push(workbook(tree, "复核.xlsx", "评估组", Kind::Review, &reviewed, last));
        }
        let weighting = ecap::weighting::of(tree);
        let weights = (weighting.weigh)(tree);
        let run = Run {
            tree,
            weighting: weighting.name,
            weights: &weights,
            inputs: &[],
            assessment: None,
            unscored: &[],
            options: &ecap::result::OptionsUsed::default(),
        };
        let units = ecap::answers::collect(&filled, tree, &tree.policy);
        let scores = ecap::score::score(tree, &units[0].items, &weights, tree.policy.missing);
        ecap::result::build(&run, &units[0], &scores, Vec::new())
    }
}

fn workbook(tree: &Tree, file: &str, respondent: &str, kind: Kind, answers: &[Answer], last: bool) -> Filled {
    let cell = |text: &str, letter: &str, row: usize| Some(RawCell { typed: Typed::text(text), cell: format!("{letter}{row}") });
    let rows = answers.iter().enumerate().map(|(row, answer)| {
        let item = &tree.items[answer.item];
        let top = tree.top_of_item(item).expect("a group");
        let group = &tree.groups[top];
        let review = kind == Kind::Review;
        Row {
            item: answer.item,
            moved_id: false,
            sheet: format!("{} {}", group.code, group.name.zh),
            own: if review { None } else { cell(&answer.text, "E", row + 2) },
            review: if review { cell(answer.review.as_deref().unwrap_or_default(), "F", row + 2) } else { None },
            evidence: if review { String::new() } else { answer.evidence.clone() },
            note: if review { String::new() } else { answer.note.clone() },
            review_note: if review { "现场核对".into() } else { String::new() },
            verification: String::new(),
            verification_cell: None,
            others: String::new(),
            others_cell: None,
            anchor: format!("A{}", row + 2),
        }
    });
    Filled {
        file: file.to_string(),
        scored: true,
        kind,
        unit: "试区".into(),
        parent: None,
        class: None,
        period: if last { "2025".into() } else { "2026".into() },
        respondent: respondent.to_string(),
        respondent_place: Place::default(),
        submission: 1,
        unread: false,
        causes: Vec::new(),
        elsewhere: Vec::new(),
        rows: rows.collect(),
    }
}
