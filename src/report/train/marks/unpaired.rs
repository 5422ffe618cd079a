//! Who is not in the comparison, and why there is none.

use crate::analysis::training::marking::Marking;
use crate::analysis::training::pairing::Compared;
use crate::quiz::some_names;
use crate::text::{Text, t};

/// Those who took one quiz only, so many of them by name.
pub fn lines(compared: &Compared, most: usize) -> Vec<Text> {
    let both = [
        (&compared.only_before, t("只有训前答卷的 {count} 人：{names}。", "Before the course only, {count}: {names}.")),
        (&compared.only_after, t("只有训后答卷的 {count} 人：{names}。", "After the course only, {count}: {names}.")),
    ];
    let told = both.into_iter().filter(|(names, _)| !names.is_empty());
    let line = |(names, text): (&Vec<String>, Text)| {
        text.with(&[("count", names.len().into()), ("names", some_names(names.iter().map(String::as_str), most))])
    };
    told.map(line).collect()
}

/// Why nothing is compared.
pub fn reason(marking: &Marking) -> Text {
    if marking.unlike > 0 {
        return t(
            "两次都答的 {count} 人，训前训后的卷子相同的题太少，不做前后对比，也不能从两次的正确率看出变化。",
            "The papers of the {count} who took both have too few questions in common; nothing is compared, and the two right rates say nothing of a change.",
        )
        .with(&[("count", marking.unlike.into())]);
    }
    t(
        "没有同时收到训前和训后的答题表，不做前后对比。",
        "Answers from before and from after the course are not both here; nothing is compared.",
    )
}
