//! What is planted into a clean district, each kind in several ways, and who is to be asked about it.

use ecap::tree::Tree;

use crate::district::{Answer, Chance, District, HABITS, answer_text, evidence, scale};

pub type Plant = fn(&mut District, &Tree, &mut Chance) -> Vec<String>;

pub const PLANTS: [(&str, Plant); 11] = [
    ("audit-straight-line", straight_line),
    ("audit-copied", copied),
    ("audit-copied-last-year", copied_last_year),
    ("audit-top-without-evidence", top_without_evidence),
    ("audit-contradiction", contradiction),
    ("audit-over-rating", over_rating),
    ("audit-outlier", outlier),
    ("audit-digits", digits),
    ("audit-jump", jump),
    ("audit-na-share", na_share),
    ("audit-na-self-granted", na_self_granted),
];

/// A department that is none of the look-alikes.
fn ordinary(district: &District, chance: &mut Chance, least: usize) -> usize {
    loop {
        let at = chance.below(district.departments.len());
        if ![4, 6, 7].contains(&at) && district.departments[at].now.len() >= least {
            return at;
        }
    }
}

fn set(answer: &mut Answer, text: String) {
    answer.text = text;
    answer.note = String::new();
    answer.review = None;
}

fn straight_line(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let at = ordinary(district, chance, 10);
    let way = chance.below(4);
    if way == 3 {
        return straight_sheet(district, tree, chance);
    }
    let step = if way == 2 { 3 } else { chance.between(1, 2) };
    let rate = *chance.of(&["80%", "45/50", "90%"]);
    for answer in &mut district.departments[at].now {
        let kind = scale(tree, answer.item)["type"].as_str().unwrap_or_default().to_string();
        let text = match kind.as_str() {
            "rate" if way != 0 => rate.to_string(),
            _ => answer_text(tree, answer.item, step, &HABITS[0], chance),
        };
        set(answer, text);
        if way == 2 {
            answer.evidence = if step == 3 { "见附件".into() } else { String::new() };
        }
    }
    vec![district.departments[at].name.clone()]
}

/// One sheet of one department: one step, one paper.
fn straight_sheet(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    loop {
        let at = ordinary(district, chance, 10);
        let top = |answer: &Answer| tree.top_of_item(&tree.items[answer.item]);
        let sheet = top(chance.of(&district.departments[at].now));
        let of_sheet = |answer: &&mut Answer| top(answer) == sheet && scale(tree, answer.item)["type"] != "yes_no";
        let step = chance.between(1, 3);
        let department = &mut district.departments[at];
        if department.now.iter_mut().filter(of_sheet).count() < 6 {
            continue;
        }
        for answer in department.now.iter_mut().filter(of_sheet) {
            set(answer, answer_text(tree, answer.item, step, &HABITS[0], chance));
            answer.evidence = "见工作台账".into();
        }
        return vec![department.name.clone()];
    }
}

fn copied(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let (from, to) = loop {
        let (one, two) = (ordinary(district, chance, 12), ordinary(district, chance, 12));
        if one != two {
            break (one, two);
        }
    };
    let source = district.departments[from].now.clone();
    match chance.below(4) {
        // The same items, answered by both.
        0 => {
            district.departments[to].now = source.into_iter().map(|answer| Answer { review: None, ..answer }).collect();
        }
        // The same items, the evidence in its own words.
        1 => {
            let name = district.departments[to].name.clone();
            let own = |answer: Answer, chance: &mut Chance| Answer {
                evidence: evidence(tree, answer.item, &name, 2026, chance),
                note: String::new(),
                review: None,
                ..answer
            };
            district.departments[to].now = source.into_iter().map(|answer| own(answer, chance)).collect();
        }
        // Down the column of answers to other items, whatever they ask.
        2 => {
            for (own, other) in district.departments[to].now.iter_mut().zip(&source) {
                set(own, other.text.clone());
            }
        }
        // Down the evidence column of other items.
        _ => {
            for (own, other) in district.departments[to].now.iter_mut().zip(&source) {
                own.evidence.clone_from(&other.evidence);
            }
        }
    }
    [from, to].map(|at| district.departments[at].name.clone()).to_vec()
}

fn copied_last_year(district: &mut District, _: &Tree, chance: &mut Chance) -> Vec<String> {
    let at = ordinary(district, chance, 8);
    let keep = *chance.of(&[1.0, 0.9]);
    let department = &mut district.departments[at];
    for (now, last) in department.now.iter_mut().zip(&department.last) {
        if chance.hits(keep) {
            *now = Answer { review: None, ..last.clone() };
        }
    }
    vec![department.name.clone()]
}

fn top_without_evidence(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let at = ordinary(district, chance, 10);
    let all: Vec<usize> = district.departments[at].now.iter().map(|answer| answer.item).collect();
    let count = chance.between(4, all.len().min(12));
    for item in chance.some(&all, count) {
        let text = answer_text(tree, item, 3, &HABITS[0], chance);
        let answer = district.departments[at].answer(item);
        set(answer, text);
        answer.evidence = String::new();
    }
    vec![district.departments[at].name.clone()]
}

fn contradiction(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let all: Vec<(usize, usize)> = tree
        .requirements()
        .iter()
        .enumerate()
        .filter_map(|(item, needed)| Some((item, *needed.first()?)))
        .filter(|(item, other)| district.owner(*item).is_some() && district.owner(*other).is_some())
        .collect();
    let (item, other) = *chance.of(&all);
    for (at, step) in [(item, chance.between(2, 3)), (other, 0)] {
        let text = answer_text(tree, at, step, &HABITS[0], chance);
        set(district.answer(at), text);
    }
    vec![district.departments[district.owner(item).expect("an owner")].name.clone()]
}

fn over_rating(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let at = ordinary(district, chance, 12);
    let lowered = *chance.of(&[1, 2]);
    for answer in &mut district.departments[at].now {
        answer.review = None;
        if answer.text != "不适用" && chance.hits(0.6) {
            answer.text = answer_text(tree, answer.item, 3, &HABITS[0], chance);
            let review = if chance.hits(0.8) { 3 - lowered } else { 3 };
            answer.review = Some(answer_text(tree, answer.item, review, &HABITS[0], chance));
        }
    }
    vec![district.departments[at].name.clone()]
}

fn outlier(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let at = ordinary(district, chance, 8);
    for answer in &mut district.departments[at].now {
        let step = *chance.of(&[0, 0, 0, 1, 1]);
        let text = answer_text(tree, answer.item, step, &HABITS[0], chance);
        set(answer, text);
    }
    vec![district.departments[at].name.clone()]
}

fn digits(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    loop {
        let at = ordinary(district, chance, 8);
        let way = chance.below(4);
        let rates: Vec<usize> =
            district.departments[at].now.iter().map(|answer| answer.item).filter(|item| scale(tree, *item)["type"] == "rate").collect();
        if rates.len() < 7 {
            continue;
        }
        for item in rates {
            let cuts: Vec<f64> =
                scale(tree, item)["cuts"].as_array().map(|all| all.iter().filter_map(|cut| cut.as_f64()).collect()).unwrap_or_default();
            let text = match way {
                0 => format!("{}%", chance.of(&[75, 80, 85, 90, 95])),
                1 => format!("{}%", chance.of(&cuts)),
                2 => format!("{}/{}", chance.between(60, 99), 100),
                _ => format!("{}%", chance.of(&[78, 88, 98, 68])),
            };
            set(district.departments[at].answer(item), text);
        }
        return vec![district.departments[at].name.clone()];
    }
}

fn jump(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    let at = ordinary(district, chance, 8);
    let all: Vec<usize> = district.departments[at].now.iter().map(|answer| answer.item).collect();
    let count = chance.between(2, 6);
    let bare = chance.hits(0.3);
    for item in chance.some(&all, count) {
        let (high, low) = (answer_text(tree, item, 3, &HABITS[0], chance), answer_text(tree, item, chance.below(2), &HABITS[0], chance));
        let department = &mut district.departments[at];
        let last = department.last.iter_mut().find(|answer| answer.item == item).expect("last year");
        set(last, low);
        let before = last.evidence.clone();
        let now = department.answer(item);
        set(now, high);
        now.evidence = if bare { String::new() } else { before };
    }
    vec![district.departments[at].name.clone()]
}

fn na_share(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    loop {
        let at = ordinary(district, chance, 8);
        let allowed: Vec<usize> =
            district.departments[at].now.iter().map(|answer| answer.item).filter(|item| tree.items[*item].na.is_some()).collect();
        if allowed.len() < 5 {
            continue;
        }
        let count = (allowed.len() * 6).div_ceil(10);
        for item in chance.some(&allowed, count) {
            let answer = district.departments[at].answer(item);
            set(answer, "不适用".into());
            answer.note = "辖区没有这类情况".into();
        }
        return vec![district.departments[at].name.clone()];
    }
}

fn na_self_granted(district: &mut District, tree: &Tree, chance: &mut Chance) -> Vec<String> {
    loop {
        let at = ordinary(district, chance, 8);
        let name = district.departments[at].name.clone();
        let allowed: Vec<usize> =
            district.departments[at].now.iter().map(|answer| answer.item).filter(|item| tree.items[*item].na.is_some()).collect();
        if allowed.is_empty() {
            continue;
        }
        let by = match chance.below(5) {
            0 => format!("批准：{name}局长"),
            1 => "批准：本局局长办公会".to_string(),
            2 => format!("经{}研究同意", &name[3..]),
            3 => "批准：本单位主要负责人".to_string(),
            _ => "经本部门研究，不涉及".to_string(),
        };
        let count = chance.between(1, 3);
        for item in chance.some(&allowed, count) {
            let answer = district.departments[at].answer(item);
            set(answer, "不适用".into());
            answer.note = format!("没有这项工作。{by}");
        }
        return vec![name];
    }
}
