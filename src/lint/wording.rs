//! How a question and its anchors are worded.

use crate::finding::Kind;
use crate::lint::{Rule, each, scale_texts, texts, what};
use crate::text::{Text, t};

/// Characters a question may have.
const LONGEST_QUESTION: usize = 60;

/// Words that join two facts.
const JOINS: [&str; 7] = ["以及", "并且", "且", "并", "和", "与", "及"];
/// Words and turns in which a joining character joins nothing.
const NOT_JOINS: [&str; 27] = [
    "合并",
    "并网",
    "并行",
    "并列",
    "并发",
    "和平",
    "饱和",
    "缓和",
    "总和",
    "中和",
    "共和",
    "参与",
    "与会",
    "赠与",
    "授与",
    "与否",
    "普及",
    "涉及",
    "危及",
    "波及",
    "触及",
    "顾及",
    "提及",
    "及时",
    "及以上",
    "及以下",
    "及其",
];

/// Words of praise that say nothing an assessor could check.
const EMPTY: [&str; 15] =
    ["较好", "基本", "比较", "完善", "健全", "到位", "有效", "良好", "一定", "适当", "及时", "充分", "必要", "相关", "定期"];
/// Terms in which they are no praise.
const TERMS: [&str; 21] = [
    "有效期",
    "现行有效",
    "有效证",
    "有效合同",
    "有效身份",
    "无效",
    "失效",
    "基本信息",
    "基本生活",
    "基本农田",
    "基本情况",
    "基本医疗",
    "基本公共",
    "基本烈度",
    "基本建设",
    "必要岗位",
    "到位率",
    "资金到位",
    "一定比例",
    "基本草原",
    "基本养老",
];

pub const TWO_FACTS: Rule = Rule {
    kind: &Kind::error(
        "lint-two-facts",
        t("{id} 的题目用“{word}”连起了两件事。", "The question of {id} joins two things with \"{word}\"."),
        t("一题只问一件事；是同一件事的，用 lint_ok 说明。", "Ask one fact; where it is one, say so in lint_ok."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let question = without(&item.question.zh, &NOT_JOINS);
            let joined = JOINS.iter().find(|word| outside(&question, '《', '》').contains(*word));
            joined.map(|word| vec![("word", Text::same(*word))]).into_iter().collect()
        });
    },
};

pub const QUESTION: Rule = Rule {
    kind: &Kind::error(
        "lint-question",
        t("{id} 的题目{what}。", "The question of {id} {what}."),
        t(
            "题目不超过 60 个字，以“？”结尾，全树不重复。",
            "A question has at most 60 characters, ends in a question mark and stands once in the tree.",
        ),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let mut all = Vec::new();
            let length = item.question.zh.chars().count();
            if length > LONGEST_QUESTION {
                all.push(what(t("有 {length} 个字", "has {length} characters").with(&[("length", length.into())])));
            }
            if !item.question.zh.ends_with('？') || !item.question.en.ends_with('?') {
                all.push(what(t("不是问句", "is not a question")));
            }
            if tree.items.iter().take_while(|other| other.id != item.id).any(|other| other.question.zh == item.question.zh) {
                all.push(what(t("与前面的一题相同", "stands before already")));
            }
            all
        });
    },
};

pub const ADJECTIVE: Rule = Rule {
    kind: &Kind::error(
        "lint-adjective",
        t("{id} 用了空泛的“{word}”，见“{text}”。", "{id} uses the empty word \"{word}\" in \"{text}\"."),
        t("写明有什么、给多少、多久一次、何时试过。", "Say what exists, for how many, how often, tested when."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let judged = [vec![item.question.clone()], scale_texts(item)].concat();
            let empty = |text: &Text| {
                // A word in quotation marks is talked about, not used.
                let plain = outside(&without(&text.zh, &TERMS), '“', '”');
                let word = EMPTY.iter().find(|word| plain.contains(*word) && !(**word == "及时" && has_digit(&plain)))?;
                Some(vec![("word", Text::same(*word)), ("text", text.clone())])
            };
            judged.iter().filter_map(empty).collect()
        });
    },
};

pub const ENGLISH: Rule = Rule {
    kind: &Kind::error(
        "lint-english",
        t("{id} 的 {key} 中英文不成对：“{text}”。", "{id}: the two sides of {key} do not match: \"{text}\"."),
        t("中文写中文，英文写英文，说同一件事。", "Chinese on one side, English on the other, the same fact on both."),
    ),
    check: |tree, found| {
        each(tree, found, |item| {
            let wrong = |text: &Text| text.en.chars().any(is_chinese) || !text.zh.chars().any(is_chinese) || !has_english(&text.en);
            texts(item)
                .into_iter()
                .filter(|(_, text)| wrong(text))
                .map(|(key, text)| vec![("key", Text::same(key)), ("text", text)])
                .collect()
        });
    },
};

/// The text with some words taken out.
fn without(text: &str, words: &[&str]) -> String {
    words.iter().fold(text.to_string(), |text, word| text.replace(word, "　"))
}

/// The text without what stands between two marks: a title in 《》 may join what it likes.
fn outside(text: &str, open: char, close: char) -> String {
    let mut depth = 0;
    let mut kept = String::new();
    for character in text.chars() {
        if character == open {
            depth += 1;
        } else if character == close {
            depth -= 1;
        } else if depth == 0 {
            kept.push(character);
        }
    }
    kept
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|character| character.is_ascii_digit())
}

/// Ideographs and full-width punctuation.
pub(super) fn is_chinese(character: char) -> bool {
    matches!(u32::from(character), 0x3000..=0x303F | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

/// Does anything of an English side stand there: a letter, a digit or a percent sign?
fn has_english(text: &str) -> bool {
    text.chars().any(|character| character.is_ascii_alphanumeric() || character == '%')
}
