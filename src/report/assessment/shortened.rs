//! A question cut down to a name, for lines that name several items.

use crate::text::{Lang, Text};

/// Characters of a question that name its item, Chinese and English.
const SHORT: (usize, usize) = (20, 75);
/// A clause up to here before the first comma says when, and is left out of the name.
const OPENING: (usize, usize) = (8, 24);

/// Without what stands in round brackets.
fn unbracketed(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for character in text.chars() {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            other if depth == 0 => kept.push(other),
            _ => {}
        }
    }
    kept.replace("  ", " ").replace(" ,", ",")
}

/// A question as a name: without the clause that says when and what stands in brackets, cut where it is long.
pub fn short(question: &Text) -> Text {
    let cut = |side: &str, comma: &str, opening: usize, most: usize| {
        let side = unbracketed(side);
        let rest = side.split_once(comma).filter(|(when, rest)| when.chars().count() <= opening && !rest.is_empty());
        let whole = rest.map_or(side.as_str(), |(_, rest)| rest).trim().trim_end_matches(['？', '?']).trim_end();
        if whole.chars().count() <= most {
            return whole.to_string();
        }
        let kept: String = whole.chars().take(most).collect();
        // English is cut between words.
        let kept = if comma.is_ascii() { kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words) } else { kept.as_str() };
        format!("{}…", kept.trim_end_matches(['，', '、', ',', ' ']))
    };
    let english = cut(question.get(Lang::En), ", ", OPENING.1, SHORT.1);
    let mut letters = english.chars();
    let english = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(english.clone());
    Text::new(cut(question.get(Lang::Zh), "，", OPENING.0, SHORT.0), english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_cut_to_a_name() {
        let zh = |text: &str| short(&text.to_string().into()).zh.to_string();
        let en = |text: &str| short(&Text::new("", text)).en.to_string();
        assert_eq!(zh("截至评估基准日，总指挥不能履职时的指挥权转移做到了哪一步？"), "总指挥不能履职时的指挥权转移做到了哪一步");
        assert_eq!(zh("评估期内，抽查（不足20名全查）的志愿者中，有证的占多少？"), "抽查的志愿者中，有证的占多少");
        assert_eq!(zh("现行总体应急预案所列成员单位中，已按要求备案的占多少"), "现行总体应急预案所列成员单位中，已按要求…");
        assert_eq!(zh("是否有a"), "是否有a");
        assert_eq!(zh("短，"), "短，");
        assert_eq!(en("At the reference date, is there a plan (in force)?"), "Is there a plan");
        let long = "Of the units given tasks by the current public health emergency plan, what share have their own?";
        assert_eq!(en(long), "Of the units given tasks by the current public health emergency plan, what…");
        assert_eq!(en(""), "");
    }
}
