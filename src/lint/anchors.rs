//! The steps of a level: each more than the one below, by a fact and not by an adjective.

use crate::finding::Kind;
use crate::lint::{Rule, anchors, each};
use crate::text::{Text, t};

/// Words of degree: a step made of them alone is no step.
const DEGREE: [&str; 34] = [
    "非常",
    "比较",
    "基本",
    "全面",
    "充分",
    "完全",
    "大部分",
    "大多数",
    "多数",
    "少数",
    "部分",
    "个别",
    "一定",
    "明显",
    "显著",
    "良好",
    "优秀",
    "较好",
    "较差",
    "一般",
    "健全",
    "完善",
    "到位",
    "有效",
    "适当",
    "及时",
    "较为",
    "较",
    "很",
    "更",
    "十分",
    "尚",
    "不够",
    "不太",
];

pub const CLIMB: Rule = Rule {
    kind: &Kind::error(
        "lint-anchors-climb",
        t("{id} 的各档不是逐档升高：{text}。", "The anchors of {id} do not climb: {text}."),
        t("上一档要包含下一档的全部内容；同一单位的数逐档同向变化。", "Each holds all of the one below; numbers of one unit move one way."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let anchors = anchors(item);
            let mut all = Vec::new();
            for pair in anchors.windows(2).filter(|pair| pair[0].zh == pair[1].zh || pair[0].en == pair[1].en) {
                all.push(vec![("text", pair[1].clone())]);
            }
            for unit in units(&anchors) {
                let numbers: Vec<f64> = anchors.iter().filter_map(|anchor| number_of(&anchor.zh, &unit)).collect();
                let climbs = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
                let falls = numbers.windows(2).all(|pair| pair[0] >= pair[1]);
                if !climbs && !falls {
                    let shown: Vec<Text> = numbers.iter().map(|number| Text::same(format!("{number}{unit}"))).collect();
                    all.push(vec![("text", Text::join(&shown, "、", ", "))]);
                }
            }
            all
        });
    },
};

pub const ADJECTIVE_STEP: Rule = Rule {
    kind: &Kind::error(
        "lint-adjective-step",
        t("{id} 的相邻两档只差一个形容词：{text}。", "Two neighbouring anchors of {id} differ by an adjective only: {text}."),
        t("写出多了什么事实。", "Say which fact is added."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let plain = |text: &Text| DEGREE.iter().fold(text.zh.to_string(), |text, word| text.replace(word, ""));
            let anchors = anchors(item);
            let same = anchors.windows(2).filter(|pair| pair[0].zh != pair[1].zh && plain(&pair[0]) == plain(&pair[1]));
            same.map(|pair| vec![("text", pair[1].clone())]).collect()
        });
    },
};

/// The units after numbers in the anchors: the character that follows the digits.
fn units(anchors: &[Text]) -> Vec<char> {
    let mut units: Vec<char> = anchors.iter().flat_map(|anchor| numbers(&anchor.zh)).map(|(_, unit)| unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// The number of that unit, where the text has exactly one.
fn number_of(text: &str, unit: &char) -> Option<f64> {
    let mut own = numbers(text).into_iter().filter(|(_, other)| other == unit);
    let number = own.next()?.0;
    if own.next().is_some() { None } else { Some(number) }
}

/// Numbers with the character after each.
fn numbers(text: &str) -> Vec<(f64, char)> {
    let mut all = Vec::new();
    let mut digits = String::new();
    for character in text.chars().chain(['。']) {
        if character.is_ascii_digit() || (character == '.' && !digits.is_empty()) {
            digits.push(character);
        } else if let Ok(number) = std::mem::take(&mut digits).parse() {
            all.push((number, character));
        }
    }
    all
}
