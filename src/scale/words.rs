//! The state words, and every reason for which a cell cannot be read.

use crate::finding::{Kind, Severity};
use crate::scale::{dates, limit, odd, share, small};
use crate::text::{Text, t};

/// The state word for what cannot apply here.
pub const NOT_APPLICABLE: Text = t("不适用", "N/A");
/// The state word for what was looked for and not found on record.
pub const NO_DATA: Text = t("查无资料", "No data");

const FILL: Text = t("请填：{hint}。", "Fill in: {hint}.");

/// `why` and `how` are what is in the way and the way past it, where that has a name.
pub static WORDS: Kind = Kind::error(
    "answer-unreadable",
    t("填的是“{text}”，读不出答案{why}。", "It says \"{text}\", which is no answer here{why}."),
    t("本题要填：{hint}。{how}", "What is read here: {hint}.{how}"),
);
pub static LEVEL_OVER: Kind =
    Kind::error("level-over-top", t("填的是“{text}”，最高只有 {top} 级。", "It says \"{text}\"; the top level is {top}."), FILL);
pub static TWO_READINGS: Kind = Kind::error(
    "rate-two-readings",
    t("填的是“{text}”，{as}可能指 {percent}%，也可能指 {part}%。", "It says \"{text}\"{as}: it may mean {percent}% or {part}%."),
    t("请看原件，写成 45/50 的样子，或写明百分号{how}。", "See the original and write it like 45/50, or with the percent sign{how}."),
);
pub static PERCENT_OR_PART: Kind = Kind::new(
    "range-two-readings",
    Severity::Warning,
    t("填的是“{text}”，按 {text}% 读了，也可能指 {percent}%。", "It says \"{text}\" and was read as {text}%; it may mean {percent}%."),
    t("请写明百分号。", "Please write the percent sign."),
);
pub static LAST_OR_ALL: Kind = Kind::new(
    "checklist-last-or-all",
    Severity::Warning,
    t(
        "只填了“{text}”，按只具备第 {text} 项读了；本题共 {count} 项要素。",
        "It says only \"{text}\" and was read as element {text} alone; there are {count} elements in all.",
    ),
    t("{count} 项齐全的请改填“全部”；确实只具备这一项的不用改。", "If all {count} are in place, write All; if only that one is, leave it."),
);
pub static NUMBER_ALONE: Kind = Kind::new(
    "checklist-number-alone",
    Severity::Warning,
    t(
        "只填了“{text}”，按只具备第 {number} 项读了；本题共 {count} 项要素，也可能指具备 {number} 项。",
        "It says only \"{text}\" and was read as element {number} alone, of {count}; it may mean that {number} are in place.",
    ),
    t(
        "具备 {number} 项的，请把这几项的序号逐个写出，用“、”隔开；确实只具备第 {number} 项的不用改。",
        "If {number} are in place, write their numbers one by one, with commas between them; if only that one is, leave it.",
    ),
);
pub static RATE_OVER: Kind = Kind::error(
    "rate-over-100",
    t("填的是“{text}”，超过 100%。", "It says \"{text}\", above 100%."),
    t(
        "请看原件核对：分子、分母写反了的换过来，只写了分子的补上分母，少了一位的补上；本题不能超过 100%，但不要就改成 100%。",
        "See the original: turn numerator and denominator round, add a denominator where only the numerator stands, or a digit that is missing; 100% is the most here, but do not just write that.",
    ),
);
pub static DENOMINATOR: Kind = Kind::error(
    "rate-denominator",
    t("填的是“{text}”，分母不大于 0。", "It says \"{text}\"; the denominator is not above 0."),
    t("请核对分母；确无对象的按“不适用”的条件办。", "Check the denominator; if there is nothing to count, see the condition for N/A."),
);
pub static NEGATIVE: Kind = Kind::error("answer-negative", t("填的是“{text}”，小于 0。", "It says \"{text}\", below 0."), FILL);
pub static FRACTION: Kind =
    Kind::error("count-fraction", t("填的是“{text}”，个数不能有小数。", "It says \"{text}\"; a count is a whole number."), FILL);
pub static UNKNOWN_ELEMENT: Kind = Kind::error(
    "checklist-unknown-element",
    t(
        "填的是“{text}”，没有第 {number} 项要素，只有 1 到 {count}；{how}。",
        "It says \"{text}\"; there is no element {number}, only 1 to {count}; {how}.",
    ),
    FILL,
);
pub static UNKNOWN_LINE: Kind = Kind::error(
    "points-unknown-line",
    t(
        "填的是“{text}”，没有第 {number} 条扣分，只有 1 到 {count}。",
        "It says \"{text}\"; there is no deduction {number}, only 1 to {count}.",
    ),
    FILL,
);
pub static LINE_TWICE: Kind = Kind::error(
    "points-line-twice",
    t("填的是“{text}”，第 {number} 条扣分写了两次。", "It says \"{text}\"; deduction {number} stands twice."),
    t("请合成一处，如 {number}×2。", "Write it once, like {number}×2."),
);
pub static POINTS_RANGE: Kind = Kind::error(
    "points-out-of-range",
    t("填的是“{text}”，得分应在 0 到 {full} 之间。", "It says \"{text}\"; points run from 0 to {full}."),
    FILL,
);
pub static DASH: Kind = Kind::error(
    "answer-dash",
    t("只填了“{text}”：是“不适用”还是“查无资料”？", "It says only \"{text}\": is it N/A or No data?"),
    t(
        "本就不该有的填“不适用”并写理由；该有而找不到的填“查无资料”。",
        "Write N/A with the reason where it cannot apply, No data where it should exist and was not found.",
    ),
);
pub static TRUTH: Kind = Kind::error("answer-truth-value", t("读到的是逻辑值“{text}”。", "It is a truth value, \"{text}\"."), FILL);
pub static ERROR_CELL: Kind = Kind::error("answer-error-cell", t("单元格显示错误“{text}”。", "The cell shows the error \"{text}\"."), FILL);
pub static NO_VALUE: Kind = Kind::error(
    "answer-formula-without-value",
    t("单元格是公式，文件里没有它的结果。", "The cell is a formula and the file holds no result of it."),
    t("请在表格软件中打开、保存一次，或直接填入结果。", "Open and save it in a spreadsheet program, or type the result."),
);
pub static NA_NOT_ALLOWED: Kind = Kind::error(
    "na-not-allowed",
    t("本题不设“不适用”。", "N/A is not allowed for this item."),
    t("没有的按实际情况作答；找不到材料的填“查无资料”。", "Answer as things are; write No data where no record was found."),
);
pub static NA_WITHOUT_REASON: Kind = Kind::error(
    "na-without-reason",
    t("填了“不适用”，没有写理由{said}。", "N/A stands without a reason{said}."),
    t(
        "请在“{column}”栏写明理由；本题可不适用的条件：{condition}。",
        "Write the reason under \"{column}\"; the condition here: {condition}.",
    ),
);
pub static NA_ON_VETO: Kind = Kind {
    code: "na-on-veto",
    severity: Severity::Warning,
    what: t("否决项填了“不适用”，没有写明谁批准。", "A veto item says N/A without naming who approved it."),
    advice: t("请在“{column}”栏写“批准：职务”。", "Write \"Approved by: post\" under \"{column}\"."),
};
pub static NORMALISED: Kind = Kind {
    code: "answer-normalised",
    severity: Severity::Note,
    what: t("“{raw}”按“{text}”读。", "\"{raw}\" was read as \"{text}\"."),
    advice: t("读得不对请改写。", "Rewrite it if that is wrong."),
};

pub static ANSWER_IN_NOTE: Kind = Kind {
    code: "answer-in-note",
    severity: Severity::Warning,
    what: t(
        "自评是空的，“{column}”里却写着“{text}”，像是一个答案。",
        "Self is blank while {column} says \"{text}\", which looks like an answer.",
    ),
    advice: t("是答案的请填到“自评”栏。", "If it is the answer, put it under Self."),
};

// Faults of a scale in a tree file.
pub static UNKNOWN_SCALE: Kind = Kind::error(
    "tree-unknown-scale",
    t("没有“{name}”这种评分尺度。", "There is no scale \"{name}\"."),
    t("可用：{known}。", "There are: {known}."),
);
pub static CUTS_NOT_CLIMBING: Kind = Kind::error(
    "tree-cuts-not-climbing",
    t("分档不是一档比一档好。", "The cuts do not climb towards better."),
    t(
        "direction 为 higher 时从小到大，为 lower 时从大到小，不得相等。",
        "With direction higher they rise, with lower they fall, none equal.",
    ),
);
pub static CUTS_OR_LINEAR: Kind = Kind::error(
    "tree-cuts-or-linear",
    t("cuts 与 linear 应有且只有一个。", "Exactly one of cuts and linear is needed."),
    t("按档计分写 cuts，按比例计分写 linear。", "Write cuts for steps, linear for proportion."),
);
pub static LINEAR_FLAT: Kind = Kind::error(
    "tree-linear-flat",
    t("linear 的 zero 与 full 相等。", "zero and full of linear are equal."),
    t("请写成两个不同的数。", "Write two different numbers."),
);
pub static BAD_DIRECTION: Kind = Kind::error(
    "tree-direction",
    t("direction 只能是 higher 或 lower。", "direction is either higher or lower."),
    t("越多越好写 higher，越少越好写 lower。", "Write higher where more is better, lower where less is."),
);
pub static BAD_WORTH: Kind = Kind::error(
    "tree-level-worth",
    t("worth 应每级一个，从 0 逐级升到 1。", "worth needs one number a level, climbing from 0 to 1."),
    t("如 [0, 0.4, 0.8, 1]。", "As in [0, 0.4, 0.8, 1]."),
);
pub static BAD_TOP: Kind = Kind::error(
    "tree-level-top",
    t("等级应有 2 到 11 级描述，个数比 top 多 1。", "A level scale needs 2 to 11 anchors, one more than top."),
    t("从最差写到最好。", "Write them from worst to best."),
);
pub static BAD_PASS: Kind = Kind::error(
    "tree-pass",
    t("pass 只能是 \"yes\" 或 \"no\"。", "pass is either \"yes\" or \"no\"."),
    t("请加引号写。", "Write it in quotes."),
);
pub static BAD_UNIT: Kind = Kind::error(
    "tree-unit",
    t("单位“{unit}”不能用在这里。", "The unit \"{unit}\" cannot be used here."),
    t("可用：{known}。", "Allowed: {known}."),
);
pub static BAD_BAND: Kind = Kind::error(
    "tree-range-band",
    t("band 应为两个数，前小后大。", "band is two numbers, the smaller first."),
    t("如 [1.0, 3.0]。", "As in [1.0, 3.0]."),
);
pub static BAD_STEPS: Kind = Kind::error(
    "tree-range-steps",
    t("outside 有漏洞：{what}。", "outside has a hole: {what}."),
    t("每侧从区间边缘写起，离得越远分越低。", "On each side start at the edge of the band; further away is worth no more."),
);
pub static BAD_ELEMENTS: Kind =
    Kind::error("tree-checklist", t("要素清单不成立：{what}。", "The checklist does not hold: {what}."), t("请改正。", "Please mend it."));
pub static BAD_POINTS: Kind =
    Kind::error("tree-points", t("扣分表不成立：{what}。", "The deductions do not hold: {what}."), t("请改正。", "Please mend it."));

pub static KINDS: [&Kind; 60] = [
    &WORDS,
    &LEVEL_OVER,
    &TWO_READINGS,
    &RATE_OVER,
    &DENOMINATOR,
    &NEGATIVE,
    &FRACTION,
    &UNKNOWN_ELEMENT,
    &UNKNOWN_LINE,
    &LINE_TWICE,
    &POINTS_RANGE,
    &DASH,
    &dates::DATE,
    &dates::CLOCK,
    &dates::CLOCK_SERIAL,
    &dates::SERIAL,
    &odd::LINKED_EMPTY,
    &odd::STRUCK,
    &odd::RAISED,
    &odd::SHOWN_OTHERWISE,
    &odd::SHOWN_UNREADABLE,
    &odd::SHOWN_ROUNDED,
    &odd::LINKED,
    &odd::FORMULA_EMPTY,
    &odd::FORMULA_ITSELF,
    &odd::FORMULA_CHANGES,
    &TRUTH,
    &ERROR_CELL,
    &NO_VALUE,
    &NA_NOT_ALLOWED,
    &NA_WITHOUT_REASON,
    &NA_ON_VETO,
    &limit::OVER_MAX,
    &limit::FAR_OUT,
    &limit::YEAR,
    &limit::STAND_IN,
    &small::SMALL_FRACTION,
    &PERCENT_OR_PART,
    &LAST_OR_ALL,
    &NUMBER_ALONE,
    &share::NUMERATOR_ALONE,
    &share::FAR_ABOVE,
    &share::FAR_BELOW,
    &share::BELOW_ONE,
    &NORMALISED,
    &UNKNOWN_SCALE,
    &CUTS_NOT_CLIMBING,
    &CUTS_OR_LINEAR,
    &LINEAR_FLAT,
    &BAD_DIRECTION,
    &BAD_WORTH,
    &BAD_TOP,
    &BAD_PASS,
    &BAD_UNIT,
    &BAD_BAND,
    &BAD_STEPS,
    &BAD_ELEMENTS,
    &BAD_POINTS,
    &limit::BAD_MAX,
    &ANSWER_IN_NOTE,
];
