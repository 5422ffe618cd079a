//! What can be wrong with a ledger that comes back.

use crate::finding::{Kind, Severity};
use crate::text::t;

pub static OTHER_UNIT: Kind = Kind::error(
    "ledger-other-unit",
    t(
        "这份整改台账是“{other}”的，本次是“{unit}”，没有采用。",
        "This ledger is that of \"{other}\"; this run is of \"{unit}\", so it is not used.",
    ),
    t("请把它移到那个单位的文件夹。", "Move it to the folder of that unit."),
);
pub static OTHER_TREE: Kind = Kind::error(
    "ledger-other-tree",
    t(
        "这份整改台账是为指标体系“{other}”做的，本次用的是“{tree}”，没有采用。",
        "This ledger was made for the tree \"{other}\"; this run uses \"{tree}\", so it is not used.",
    ),
    t("请用 --tree 指明那个体系。", "Name that tree with --tree."),
);
pub static OTHER_DIGEST: Kind = Kind::new(
    "ledger-other-digest",
    Severity::Warning,
    t(
        "立台账之后指标体系改过（摘要不同），按题号对应。",
        "The tree has changed since this ledger was made (another digest); rows are found by id.",
    ),
    t("请核对改过的题。", "Check the items that changed."),
);
pub static NO_HEADER: Kind = Kind::error(
    "ledger-no-header",
    t("没有找到表头 {headers}，这份整改台账没有读。", "There is no header {headers}; the ledger was not read."),
    t("请把表头改回原来的写法。", "Put the headers back as they were."),
);
pub static UNKNOWN_ID: Kind = Kind::error(
    "ledger-unknown-id",
    t(
        "题号“{id}”不是立台账时的题号，编号“{ref}”也对不上，这一行没有采用。",
        "The id \"{id}\" is none of this ledger's, nor is its ref \"{ref}\"; the row is not used.",
    ),
    t("请从原台账把编号和题号复制回来。", "Copy ref and id back from the original ledger."),
);
pub static CHANGED_ID: Kind = Kind::error(
    "ledger-changed-id",
    t("编号“{ref}”与题号“{id}”不符，按{used}计。", "The ref \"{ref}\" and the id \"{id}\" do not belong together; {used} decides."),
    t("请核对这一行是不是张冠李戴。", "Check that the row is what it says."),
);
pub static TWICE: Kind = Kind::error(
    "ledger-twice",
    t("{ref} 在台账里不止一行，用的是第一行。", "{ref} stands more than once in the ledger; the first row is used."),
    t("请删去多余的一行。", "Delete the extra row."),
);
pub static ROW_MISSING: Kind = Kind::error(
    "ledger-row-missing",
    t(
        "立台账时有 {ref}，现在这一行没有了，按没有销号计。",
        "{ref} stood in this ledger when it was made and is gone; it counts as not closed.",
    ),
    t(
        "请从原台账把这一行复制回来；不再整改的，写明理由，由复核人销号。",
        "Copy the row back; what is not to be mended any more is closed by a reviewer, with the reason.",
    ),
);
pub static NOT_RETURNED: Kind = Kind::new(
    "ledger-not-returned",
    Severity::Warning,
    t(
        "{owner}的 {count} 件（{refs}）还没有交回填好的台账，按发出时的计。",
        "{owner} has sent back no filled ledger; its rows count as they were handed out: {count} ({refs}).",
    ),
    t("请催办。", "Remind them."),
);
pub static UNKNOWN_STATE: Kind = Kind::error(
    "ledger-state",
    t("{ref} 的状态“{text}”认不出，按整改中计。", "The state \"{text}\" of {ref} is not known; it counts as under way."),
    t("{guess}请选 {known}。", "{guess}Choose one of: {known}."),
);
pub static OTHER_WORD: Kind = Kind::new(
    "ledger-state-read",
    Severity::Note,
    t("{ref} 的状态“{text}”按{used}计。", "The state \"{text}\" of {ref} counts as: {used}."),
    t("不必处理。", "Nothing to do."),
);
pub static NO_STATE: Kind = Kind::new(
    "ledger-no-state",
    Severity::Warning,
    t("{ref} 没有写状态，按{used}计。", "{ref} has no state; it counts as: {used}."),
    t("请选 {known}。", "Choose one of: {known}."),
);
pub static NO_EVIDENCE: Kind = Kind::error(
    "ledger-closed-without-evidence",
    t("{ref} 写了已销号，没有写佐证材料，按待复核计。", "{ref} is closed without evidence; it counts as to be reviewed."),
    t("请在“佐证材料”栏写明材料名称和文号，要求是：{proof}。", "Name the document and its number under Evidence; required: {proof}."),
);
pub static NO_REVIEWER: Kind = Kind::error(
    "ledger-closed-without-reviewer",
    t("{ref} 写了已销号，没有写复核人，按待复核计。", "{ref} is closed without a reviewer; it counts as to be reviewed."),
    t("请在“复核人（职务）”栏写明谁复核的。", "Write who reviewed it under Reviewer."),
);
pub static CLOSED_BY_ITSELF: Kind = Kind::error(
    "ledger-closed-by-itself",
    t(
        "{ref} 的复核人“{reviewer}”就是责任单位（{owner}），自己不能给自己销号，按待复核计。",
        "The reviewer of {ref}, \"{reviewer}\", is the responsible unit ({owner}) itself; nobody closes their own, so it counts as to be reviewed.",
    ),
    t("请由责任单位以外的人复核。", "Have somebody else review it."),
);
pub static NO_DATE: Kind = Kind::new(
    "ledger-closed-without-date",
    Severity::Warning,
    t("{ref} 已销号，没有写完成日期。", "{ref} is closed without the date on which it was done."),
    t("请写成 2026-11-20 的样子。", "Write it like 2026-11-20."),
);
pub static BAD_DATE: Kind = Kind::error(
    "ledger-date",
    t("{ref} 的“{column}”是“{text}”，不是日期，没有采用。", "{column} of {ref} is \"{text}\", which is no date; it is not used."),
    t("请写成 2026-11-20 的样子。", "Write it like 2026-11-20."),
);
pub static BEFORE_START: Kind = Kind::error(
    "ledger-done-before-start",
    t("{ref} 的完成日期 {date} 早于整改开始的 {start}。", "{ref} was done on {date}, before the start on {start}."),
    t("请核对是不是写错了年份。", "Check the year."),
);
pub static CLOSED_BAD_DATE: Kind = Kind::error(
    "ledger-closed-date",
    t(
        "{ref} 写了已销号，完成日期“{text}”不是日期，按待复核计。",
        "{ref} is closed, and \"{text}\" under Done on is no date; it counts as to be reviewed.",
    ),
    t("请写成 2026-11-20 的样子。", "Write it like 2026-11-20."),
);
pub static CLOSED_BEFORE_START: Kind = Kind::error(
    "ledger-closed-before-start",
    t(
        "{ref} 写了已销号，完成日期 {date} 早于整改开始的 {start}，按待复核计。",
        "{ref} is closed as done on {date}, before the start on {start}; it counts as to be reviewed.",
    ),
    t("请核对是不是写错了年份。", "Check the year."),
);
pub static FUTURE_DATE: Kind = Kind::error(
    "ledger-done-in-future",
    t(
        "{ref} 的完成日期 {date} 在今天（{today}）以后，没有采用；写了已销号的按待复核计。",
        "{ref} was done on {date}, which is after today, {today}; the date is not used, and a closed row counts as to be reviewed.",
    ),
    t("请写真正办完的日期；还没有办完的，状态选“整改中”。", "Write the day on which it was done; what is not done is under way."),
);
pub static EMPTY_WORD: Kind = Kind::error(
    "ledger-closed-empty-word",
    t(
        "{ref} 写了已销号，“{column}”只写了“{text}”，等于没有写，按待复核计。",
        "{ref} is closed, and {column} says \"{text}\" only, which is as good as nothing; it counts as to be reviewed.",
    ),
    t("请写明材料名称和文号，或复核人的单位和职务。", "Name the document and its number, or the reviewer's office and post."),
);
pub static LIMIT_CHANGED: Kind = Kind::new(
    "ledger-limit-changed",
    Severity::Warning,
    t(
        "{ref} 的时限由“{stored}”改成了“{text}”，按改后的计。",
        "The time limit of {ref} was changed from \"{stored}\" to \"{text}\"; the new one counts.",
    ),
    t("请核对是谁同意的。", "Check who agreed to it."),
);

pub static DISPUTED: Kind = Kind::error(
    "ledger-disputed",
    t(
        "{ref} 在几份台账里填得不一样（{columns}）：{first} 填的是“{one}”，{second} 填的是“{two}”；都没有采用，这一行仍按发出时的计。",
        "{ref} is filled in differently ({columns}): {first} says \"{one}\", {second} says \"{two}\"; neither is used, and the row stands as it was handed out.",
    ),
    t("请两家商定，只在一份里填。", "Settle it, and fill it in one copy only."),
);

pub static KINDS: [&Kind; 24] = [
    &NOT_RETURNED,
    &DISPUTED,
    &OTHER_UNIT,
    &OTHER_TREE,
    &OTHER_DIGEST,
    &NO_HEADER,
    &UNKNOWN_ID,
    &CHANGED_ID,
    &TWICE,
    &ROW_MISSING,
    &UNKNOWN_STATE,
    &OTHER_WORD,
    &NO_STATE,
    &NO_EVIDENCE,
    &NO_REVIEWER,
    &CLOSED_BY_ITSELF,
    &NO_DATE,
    &BAD_DATE,
    &BEFORE_START,
    &CLOSED_BAD_DATE,
    &CLOSED_BEFORE_START,
    &FUTURE_DATE,
    &EMPTY_WORD,
    &LIMIT_CHANGED,
];
