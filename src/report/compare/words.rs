//! Words of a comparison: causes, origins, what became of gaps.

use crate::analysis::change::follow_up::Became;
use crate::analysis::change::{Cause, Definition, ItemChange, Origin};
use crate::result::Results;
use crate::text::{Text, t};

pub fn cause(cause: Cause) -> Text {
    match cause {
        Cause::Rose => t("答案变好", "Better answers"),
        Cause::Fell => t("答案变差", "Worse answers"),
        Cause::NoData => t("查无资料的增减", "More or fewer items without data"),
        Cause::Blank => t("空白与读不出的增减", "More or fewer blanks"),
        Cause::NotApplicable => t("不适用的增减", "More or fewer items not applicable"),
        Cause::Weights => t("权重与归组调整", "Weights and grouping"),
        Cause::Added => t("新增题目", "Items added"),
        Cause::Removed => t("删去题目", "Items removed"),
        Cause::Redefined => t("题目改档线、改版、拆分、合并", "Items with new thresholds, redefined, split or merged"),
        Cause::Scope => t("评估范围的增减（不评）", "Wider or narrower scope"),
        Cause::Options => t("计分选项不同（合并办法、空白的处理）", "Different options (merging, blanks)"),
    }
}

pub fn origin(origin: Origin) -> Text {
    match origin {
        Origin::Place => t("本地的变化", "Local change"),
        Origin::Knowledge => t("资料与适用", "Data and applicability"),
        Origin::Rule => t("规则的变化", "Rule change"),
    }
}

pub fn became(became: Became) -> Text {
    match became {
        Became::Closed => t("已补齐", "closed"),
        Became::Smaller => t("缩小", "smaller"),
        Became::Same => t("没有变", "unchanged"),
        Became::Larger => t("扩大", "larger"),
        Became::LargerByRule => t("因改档线或提高目标而扩大", "larger by new thresholds or target"),
        Became::Left => t("不再计分", "no longer scored"),
        Became::Changed => t("题目已改版、拆并或删去", "item redefined, split, merged or gone"),
        Became::New => t("新出现", "new"),
        Became::NewByRule => t("因改档线或提高目标新出现", "new by new thresholds or target"),
    }
}

/// What the colours behind scores mean: the bands of the newest year, of the score as shown.
pub fn colours(results: &Results) -> Text {
    const COLOURS: [Text; 4] = [t("绿", "green"), t("浅绿", "light green"), t("黄", "yellow"), t("红", "red")];
    let bands = &results.policy.bands;
    let named: Vec<Text> = (bands.iter().enumerate())
        .map(|(index, band)| {
            let colour = if index + 1 == bands.len() { COLOURS[3].clone() } else { COLOURS[index.min(2)].clone() };
            t("{colour}为{name}（{from} 起）", "{colour} is {name} (from {from})").with(&[
                ("colour", colour),
                ("name", band.name.clone()),
                ("from", Text::same(band.from.to_string())),
            ])
        })
        .collect();
    t(
        "Word 和 Excel 里得分的底色按显示的得分（取舍后）定：{named}。",
        "In Word and Excel the colour behind a score goes by the score as shown, rounded: {named}.",
    )
    .with(&[("named", Text::join(&named, "，", ", "))])
}

/// How an item of one year goes with the other's.
pub fn definition(item: &ItemChange) -> Text {
    if item.pair.moved {
        return t("移到别组", "moved");
    }
    match item.pair.definition {
        Definition::Same => t("同题", "same"),
        Definition::Reread(_) => t("改了档线", "new thresholds"),
        Definition::Redefined => t("改版", "redefined"),
        Definition::Replaced => t("拆并", "split or merged"),
        Definition::Added => t("新增", "added"),
        Definition::Removed => t("删去", "removed"),
    }
}
