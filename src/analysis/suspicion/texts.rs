//! The table of all kinds of doubt, with their words: what is measured, why it may be innocent, what to ask. Never an accusation.

use crate::analysis::suspicion::needs::Needs;
use crate::analysis::suspicion::{
    Suspicion, contradiction, copied, digits, evidence, jump, last_year, na_granted, na_share, outlier, over_rating, straight_line,
};
use crate::finding::{Kind, Severity};
use crate::text::t;

static STRAIGHT_LINE: Kind = Kind::new(
    "audit-straight-line",
    Severity::Warning,
    t(
        "{respondent}：可比的 {of} 题中有 {count} 题答得一样（{other}）：{named}。",
        "{respondent}: {count} of {of} comparable items have the same answer ({other}): {named}.",
    ),
    t("请问这几题各按什么材料填的？抽两三题当面看原件。", "What was each of them filled in from? Look at the originals of two or three."),
);
static COPIED: Kind = Kind::new(
    "audit-copied",
    Severity::Warning,
    t(
        "{respondent}与{other}：可比的 {of} 处中有 {count} 处逐字相同：{named}。",
        "{respondent} and {other}: {count} of {of} comparable entries are the same word for word: {named}.",
    ),
    t("请问两家是怎样分头填的？材料是否确为两家共有？", "How did the two fill them in? Do the papers belong to both?"),
);
static COPIED_LAST_YEAR: Kind = Kind::new(
    "audit-copied-last-year",
    Severity::Warning,
    t(
        "{respondent}：两年可比的 {of} 题中有 {count} 题的{other}与上年逐字相同：{named}。",
        "{respondent}: in {count} of {of} items found in both years, {other} last year's word for word: {named}.",
    ),
    t("请问今年是否重新核过？请出示今年的材料。", "Were they checked again this year? Ask for this year's papers."),
);
static TOP_WITHOUT_EVIDENCE: Kind = Kind::new(
    "audit-top-without-evidence",
    Severity::Warning,
    t(
        "{respondent}：{of} 道满分题中有 {count} 题没有写明佐证：{named}。",
        "{respondent}: of {of} items at full marks {count} name no evidence: {named}.",
    ),
    t("请问佐证存在哪里？请补写，或当面出示。", "Where is the evidence kept? Ask for it to be entered or shown."),
);
static CONTRADICTION: Kind = Kind::new(
    "audit-contradiction",
    Severity::Warning,
    t(
        "{respondent}：{first} 有得分，作为它前提的 {other} 却是 0 分。",
        "{respondent}: {first} has a score, while {other}, which it presupposes, has none.",
    ),
    t("请问哪一题填得准？两题的材料放在一起看。", "Which of them is right? Look at the papers of both together."),
);
static OVER_RATING: Kind = Kind::new(
    "audit-over-rating",
    Severity::Warning,
    t(
        "{respondent}：复核过的 {of} 题中有 {count} 题自评高于复核，平均每题高 {measure} 分：{named}。",
        "{respondent}: of {of} reviewed items {count} were rated higher by itself than by the review, by {measure} points an item on average: {named}.",
    ),
    t(
        "请问评分标准是怎样理解的？没有复核到的题也请按复核的口径再看一遍。",
        "How was the scoring guide understood? Ask for the items not yet reviewed to be looked at again in the reviewers' sense.",
    ),
);
static OUTLIER: Kind = Kind::new(
    outlier::CODE,
    Severity::Warning,
    t(
        "{respondent}：{count} 题自评平均 {measure} 分，其他部门的中位数是 {usual} 分，明显偏{other}。",
        "{respondent}: its {count} items average {measure} points by self-rating; the median of the others is {usual}: clearly {other}.",
    ),
    t(
        "请问与别的部门相比，情况确实如此，还是口径不同？抽几题对照评分标准看。",
        "Do things stand so, compared with the others, or was the scoring guide understood differently? Check a few items against it.",
    ),
);
static DIGITS: Kind = Kind::new(
    "audit-digits",
    Severity::Warning,
    t(
        "{respondent}：{of} 道比率题中有 {count} 题是同一种样子（{other}），其他部门为 {usual}%：{named}。",
        "{respondent}: of {of} rates {count} look alike ({other}), against {usual}% among the others: {named}.",
    ),
    t("请问分子、分母是从哪份台账数出来的？请当面数一两题。", "From which register were they counted? Count one or two together."),
);
static JUMP: Kind = Kind::new(
    "audit-jump",
    Severity::Warning,
    t(
        "{respondent}：{count} 题比上年高出两档或更多，佐证没有更新：{named}。",
        "{respondent}: {count} [item|items] rose by two steps or more since last year, without new evidence: {named}.",
    ),
    t("请问这一年做了什么？请出示今年的材料。", "What was done in this year? Ask for this year's papers."),
);
static NA_SHARE: Kind = Kind::new(
    "audit-na-share",
    Severity::Warning,
    t(
        "{respondent}：{of} 题中填了 {count} 题不适用（{measure}%），其他部门为 {usual}%：{named}。",
        "{respondent}: N/A on {count} of {of} items ({measure}%), against {usual}% among the others: {named}.",
    ),
    t(
        "请问辖区是否确实没有这些情况？逐题对照不适用的条件看。",
        "Is there really nothing of the kind in the district? Hold each against its condition for N/A.",
    ),
);
static NA_SELF_GRANTED: Kind = Kind::new(
    "audit-na-self-granted",
    Severity::Warning,
    t(
        "{respondent}：{count} 题不适用写的批准人是本部门自己（{other}）：{named}。",
        "{respondent}: {count} [item is|items are] N/A with the department itself named as approving ({other}): {named}.",
    ),
    t(
        "请问评估组或上级是否同意？请由他们写明批准人。",
        "Do the assessors or the higher authority agree? They should be named as approving.",
    ),
);

pub static KINDS: [&Kind; 11] = [
    &STRAIGHT_LINE,
    &COPIED,
    &COPIED_LAST_YEAR,
    &TOP_WITHOUT_EVIDENCE,
    &CONTRADICTION,
    &OVER_RATING,
    &OUTLIER,
    &DIGITS,
    &JUMP,
    &NA_SHARE,
    &NA_SELF_GRANTED,
];

/// All kinds of doubt, in the order in which they are reported.
pub static SUSPICIONS: [Suspicion; 11] = [
    Suspicion {
        name: t("多题答案相同", "One answer to many items"),
        measure: t(
            "整份、一类题或一张表中，八成以上（至少 6 题）是同一个答案或同一档，按其他部门的答法，偶然这样的机会不到千分之一（一类题万分之一，一张表十万分之一）。全是满分的，还要六成以上没有佐证或佐证雷同。",
            "In a whole workbook, one kind of scale or one sheet, 80% or more (6 items at least) have one answer or one step; by the others' answers the chance of it is below 1 in 1,000 (1 in 10,000 for a kind of scale, 1 in 100,000 for a sheet). Where all are full marks, 60% or more must also lack evidence or repeat it.",
        ),
        innocent: t(
            "题目相近，情况确实一样；小部门各项工作由一人统管；同一份材料回答了多题。",
            "The items are alike and so are the facts; one person keeps everything in a small office; one paper answers many items.",
        ),
        kind: &STRAIGHT_LINE,
        needs: Needs::Nothing,
        find: straight_line::find,
    },
    Suspicion {
        name: t("与另一部门相同", "The same as another respondent"),
        measure: t(
            "两家都答的题中，佐证或说明六成以上（至少 4 种）逐字相同，或数字九成以上（至少 5 个）相同，或高低不一的答案连同数字几乎全同（至少 10 题，扣除偶然相同）；题目不同的，佐证有 5 种以上，或数字有 6 个以上依次相同。两家都是满分，不算相同。",
            "On items that both answered: 60% or more of evidence or notes (4 texts at least) the same word for word, or 90% or more of the figures (5 at least), or nearly all of uneven answers and figures together (10 at least, beyond chance agreement). On different items: 5 texts or more, or 6 figures or more in the same order. Full marks on both sides are no agreement.",
        ),
        innocent: t(
            "两家联合办文、共用一本台账；同一事实由两家各报一次；一人代填两家。",
            "The two issue papers jointly or keep one register; one fact is reported by both; one person filled in for both.",
        ),
        kind: &COPIED,
        needs: Needs::Others { respondents: 2, answers: 1 },
        find: copied::find,
    },
    Suspicion {
        name: t("与上年相同", "The same as last year"),
        measure: t(
            "两年可比的题中，七成以上（至少 5 题）的答案连同佐证（没有佐证的看数字）逐字相同，或佐证只改了年份而文号、日期未变，并明显多于其他部门；或者不论佐证怎样写，九成以上的数字（至少 5 个，其中大数、细数至少 3 个）与上年相同，偶然这样的机会不到千分之一。档次不变而数字有变的，不算相同。",
            "Of the items found in both years, 70% or more (5 at least) have the same answer with the same evidence (figures where there is none) word for word, or with its years alone changed while its numbers and days stay, and clearly more than among the others; or, whatever the evidence says, 90% or more of the numbers (5 at least, 3 of them large or uneven) are last year's, with a chance below 1 in 1,000. Levels that stay while counts move are not the same.",
        ),
        innocent: t(
            "工作稳定，所引的制度和文件多年有效；评估间隔短，台账还没有更新。",
            "The work is steady and the papers cited stay in force for years; the two assessments are close together.",
        ),
        kind: &COPIED_LAST_YEAR,
        needs: Needs::LastYear,
        find: last_year::find,
    },
    Suspicion {
        name: t("满分题未写明佐证", "Full marks, no evidence named"),
        measure: t(
            "满分题中没有写佐证，或只写“已落实”“资料齐全”之类、没有指明哪份材料的，至少 2 题，按其他部门的通常比例，偶然这样的机会不到千分之一。“没有发生”而得满分的不算，说明里写了文件的不算。",
            "2 items or more at full marks have no evidence, or only words such as \"done\" or \"on file\" that name none, and by the others' usual share the chance of it is below 1 in 1,000. Full marks because nothing happened do not count, nor where the note names a paper.",
        ),
        innocent: t(
            "材料另附；涉密不便写明；填表人漏填一栏。",
            "The papers are attached elsewhere; they are classified; the column was overlooked.",
        ),
        kind: &TOP_WITHOUT_EVIDENCE,
        needs: Needs::Nothing,
        find: evidence::find,
    },
    Suspicion {
        name: t("与前提题不一致", "At odds with what it presupposes"),
        measure: t(
            "指标树写明的前提题自评是 0 分（含查无资料），以它为前提的题自评却有得分。空白和不适用的前提不算。",
            "An item that the tree names as presupposed has 0 by self-rating (no data included), and the item that presupposes it has a score. Blank and N/A do not count.",
        ),
        innocent: t(
            "两题由两个部门填，各自只知道一半；两题问的时间不同；前提题填错了。",
            "The two are filled in by two departments that each know half; they ask about different times; the presupposed item was mistyped.",
        ),
        kind: &CONTRADICTION,
        needs: Needs::Nothing,
        find: contradiction::find,
    },
    Suspicion {
        name: t("自评高于复核", "Self-rating above the review"),
        measure: t(
            "自评偏高指数：复核过的题自评减复核的平均分差，10 分以上；自评高于复核的至少 4 题，按其他部门被调低的比例，偶然这样的机会不到千分之二。",
            "Index of over-rating: self minus review, the mean over the reviewed items, 10 points or more; 4 items or more above the review, and by the others' share of lowered items the chance of it is below 2 in 1,000.",
        ),
        innocent: t(
            "评分标准理解不同；复核只挑了有问题的题；复核时材料没有带齐。",
            "The scoring guide was understood differently; the reviewers picked doubtful items; the papers were not at hand.",
        ),
        kind: &OVER_RATING,
        needs: Needs::Reviews,
        find: over_rating::find,
    },
    Suspicion {
        name: t("明显偏离其他部门", "Far from the other departments"),
        measure: t(
            "自评平均分（至少 5 题）与其他部门的中位数相差 32 分以上，且在其他部门彼此差距的 2 倍以上（差距：各部门离中位数有多远，去掉最远的四分之一，其余取平均，再放大到相当于全体；按 6 分起算，题少的部门放宽；算法见 docs/method/suspicion.md），而且独自偏离：比其他最低的还低 16 分，或比其他最高的还高 8 分。",
            "The mean self-rating (5 items at least) is 32 points or more from the median of the others, and 2 times or more how far the others are apart (how far each is from the median, the farthest quarter left out, the rest averaged and scaled up to stand for all; 6 points at least, more for those of few items; docs/method/suspicion.md has the formula); and it stands alone: 16 points below the next, or 8 above.",
        ),
        innocent: t(
            "偏高的：工作确实好，它的题本来就容易；偏低的：工作确实有差距，它的题本来就难，填得比别的部门严；题少的，一两题就能拉动平均分。",
            "Higher: its performance may really be higher, or its items are easier. Lower: its performance may really be lower, its items are harder, or it rates itself more strictly. Of few items one or two move the mean.",
        ),
        kind: &OUTLIER,
        needs: outlier::NEEDS,
        find: outlier::find,
    },
    Suspicion {
        name: t("数字有规律", "Patterns in figures"),
        measure: t(
            "比率题中至少 5 题、四分之三以上是同一种样子：百分数恰为 5 的倍数，恰好压在评分的档上，分母是整十数，分子的两位数字相同，末位数字相同，或分母相同；按其他部门的通常比例，偶然这样的机会不到万分之五。0 和 100% 不看；按抽查数作分母的不看整数。",
            "5 rates or more, and three quarters of them, look alike: a multiple of 5%, a value exactly on a step, a denominator that is a multiple of 10, a numerator of two equal digits, one last digit, or one denominator; by the others' usual share the chance of it is below 5 in 10,000. 0 and 100% are passed over; so are round values over a drawn sample.",
        ),
        innocent: t(
            "总数本来就是整数，如 20 个乡镇；按抽查的份数统计；只有估计数，已在说明中写明。",
            "The total is a round number, like 20 townships; a sample was counted; only an estimate exists, and the note says so.",
        ),
        kind: &DIGITS,
        needs: Needs::Nothing,
        find: digits::find,
    },
    Suspicion {
        name: t("升幅大而佐证未更新", "A large rise on the evidence of before"),
        measure: t(
            "自评比上年高两档或 60 分以上，佐证空着、没有指明材料、与上年相同（至多添几个字）或日期都在本评估期之前：至少 2 题，按其他部门的通常比例，偶然这样的机会不到千分之一；别的部门一题也没有时，1 题也算。",
            "The self-rating rose by two steps, or 60 points, or more since last year, with evidence that is missing, names nothing, is last year's (a few characters more at most), or has only dates before this period: 2 items or more, and by the others' usual share the chance of it is below 1 in 1,000; one counts alone where the others have none.",
        ),
        innocent: t(
            "上年填低了，今年更正；新做的工作已有材料，只是没有写进表里；材料是上年评估之后才印发的。",
            "Last year's answer was too low and is corrected; there are new papers that were not entered; the paper was issued last year, after that assessment.",
        ),
        kind: &JUMP,
        needs: Needs::LastYear,
        find: jump::find,
    },
    Suspicion {
        name: t("不适用偏多", "More N/A than usual"),
        measure: t(
            "可以填不适用的题（或全部题）中，填了至少 3 题、四分之一以上，是其他部门比例的 2 倍以上、本部门上年比例的 1.5 倍以上，偶然这样的机会不到千分之五。",
            "Of the items that allow N/A (or of all), 3 or more, a quarter or more, twice the others' share and 1.5 times the department's own last year are N/A, and the chance of it is below 5 in 1,000.",
        ),
        innocent: t(
            "辖区确实没有海岸、矿山、地铁之类；机构改革后职能已划走。",
            "The district has no coast, mine or metro; the duty has moved to another body.",
        ),
        kind: &NA_SHARE,
        needs: Needs::Nothing,
        find: na_share::find,
    },
    Suspicion {
        name: t("不适用由本部门认定", "N/A decided by the department itself"),
        measure: t(
            "不适用的理由，或评估设置中不评的批准人，写的是被评部门自己：本局、本单位、本部门的职务，或它自己的全称、简称。冠以别的地名或“上级”的，是另一个单位。",
            "The reason for N/A, or the approver of an item left out in the settings, names the assessed department itself, in full, in short, or as \"this office\". With another place before the name it is another body.",
        ),
        innocent: t(
            "把“谁提出”写成了“谁批准”；上级确已同意，只是没有写明。",
            "Who proposed it was written as who approved it; the higher authority did agree and is not named.",
        ),
        kind: &NA_SELF_GRANTED,
        needs: Needs::Nothing,
        find: na_granted::find,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_asks_and_accuses_nobody() {
        for (suspicion, kind) in SUSPICIONS.iter().zip(KINDS) {
            assert_eq!(suspicion.kind.code, kind.code);
            assert!(kind.advice.zh.starts_with("请问") && kind.advice.zh.contains('？') && kind.advice.en.contains('?'), "{}", kind.code);
            assert_eq!(kind.severity, Severity::Warning);
            for text in [&kind.what, &kind.advice, &suspicion.name, &suspicion.measure, &suspicion.innocent] {
                for word in [
                    "造假",
                    "作假",
                    "弄虚",
                    "虚报",
                    "瞒报",
                    "抄袭",
                    "照抄",
                    "编造",
                    "违规",
                    "矛盾",
                    "到底",
                    "自己批准",
                    "cheat",
                    "fake",
                    "fraud",
                    "false",
                    "lie ",
                    "contradict",
                    "granted to itself",
                ] {
                    assert!(!text.zh.contains(word) && !text.en.to_lowercase().contains(word), "{}: {word}", kind.code);
                }
            }
        }
    }
}
