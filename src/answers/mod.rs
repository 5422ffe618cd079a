//! Raw rows become one state an item, with every cell that led to it.

mod alike;
mod judge;
mod merge;
mod review;
pub mod versions;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::Place;
use crate::policy::Policy;
use crate::scale::State;
use crate::survey::Filled;
use crate::survey::layout::Verification;
use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::Unit;

use merge::COPY_ALONE;
pub use merge::{TO_DO, Who, is_settled, merged_worth};
pub use review::copies;
pub use versions::Outdated;

pub static NAMELESS: FindingKind = FindingKind::new(
    "cover-no-respondent",
    Severity::Warning,
    t("封面没有“填报单位”，当作另外一个填报单位。", "The cover has no Respondent; the file counts as one of its own."),
    t("请填写部门名称。", "Write the department's name."),
);
pub static VERSION_EQUAL: FindingKind = FindingKind::new(
    "version-equal",
    Severity::Note,
    t(
        "与同一填报单位的另一份有 {count} 题相同，只计一次。",
        "{count} [answer is|answers are] the same as in another file of this respondent and [counts|count] once.",
    ),
    t("不必处理。", "Nothing to do."),
);
pub static VERSION_SUPERSEDED: FindingKind = FindingKind::new(
    "version-superseded",
    Severity::Note,
    t("有 {count} 题已被第 {number} 次报送取代：{answers}。", "Superseded by submission {number}: {count} in all, {answers}."),
    t("不必处理。", "Nothing to do."),
);
pub static VERSION_DROPS: FindingKind = FindingKind::new(
    "version-drops-answers",
    Severity::Warning,
    t(
        "这是第 {number} 次报送，里面空着的 {count} 题前面报送时有答案，已按空白计：{answers}。",
        "In this submission, number {number}, answers given before are blank and count as blank: {count} in all, {answers}.",
    ),
    t(
        "请发件人把没有变的答案也填进这一份再交；确要撤回的，不必处理。",
        "Ask the sender to put the unchanged answers into this file too and send it again; if they are withdrawn, nothing need be done.",
    ),
);
pub static VERSION_BLANK: FindingKind = FindingKind::new(
    "version-blank",
    Severity::Warning,
    t(
        "{item} 在同一次报送的几份表里有的有答案、有的空白，用有答案的。",
        "{item} is answered in one and blank in another file of the same submission; the answer is used.",
    ),
    t("请确认哪一份是准的。", "Check which file is right."),
);
pub static VERSION_TORN: FindingKind = FindingKind::new(
    "version-torn",
    Severity::Error,
    t(
        "{item} 在同一次报送的 {count} 份表里答案不同（{answers}），无法取舍。",
        "{item} differs between {count} files of the same submission ({answers}), so none is taken.",
    ),
    t(
        "请把准的一份“填报说明”页的“第几次报送”加 1 后重交，只写数字，如 2。",
        "Raise Submission on the sheet Cover of the right one by 1, as a plain number like 2, and send it again.",
    ),
);
pub static SET_ASIDE: FindingKind = FindingKind::new(
    "outsider-self-rating",
    Severity::Warning,
    t(
        "{item} 只能由{lead}作答，{respondent}的自评不计。",
        "{item} is only for its lead ({lead}) to answer; the self-rating of {respondent} is set aside.",
    ),
    t("请由评估组填写“复核”。", "The assessors should fill in Review."),
);
pub static DISAGREEMENT: FindingKind = FindingKind::new(
    "answers-disagree",
    Severity::Warning,
    t("{item} 各方答案不一。{answers}。{used}。", "{item} is answered differently. {answers}. {used}."),
    t("{todo}", "{todo}"),
);
pub static NA_BESIDE_ANSWER: FindingKind = FindingKind::new(
    "na-beside-answer",
    Severity::Warning,
    t("{item} 有的填“不适用”，有的作了答。{answers}。{used}。", "{item} is N/A for some and answered by others. {answers}. {used}."),
    t("请核实究竟适不适用。", "Find out which is right."),
);
pub static OUT_OF_SCOPE: FindingKind = FindingKind::new(
    "answers-out-of-scope",
    Severity::Note,
    t(
        "有 {count} 题不在本次评估的范围内，没有计分。",
        "{count} [answer is|answers are] outside what is assessed and [was|were] not scored.",
    ),
    t("不必处理。", "Nothing to do."),
);
pub static BLANK_FORM: FindingKind = FindingKind::new(
    "form-blank",
    Severity::Note,
    t("是空白表，一题也没有填。", "It is an empty form; nothing is filled in."),
    t("如是部门交回的，请退回填写。", "If a department sent it, send it back to be filled in."),
);
pub static REVIEW_WITHOUT_REASON: FindingKind = FindingKind::new(
    "review-without-reason",
    Severity::Warning,
    t(
        "{item} 的复核（{review}）与自评（{own}）不同，没有写理由。",
        "The review of {item} ({review}) differs from the self-rating ({own}) and gives no reason.",
    ),
    t("请在“复核说明”写明查到了什么。", "Write under Review note what was found."),
);
pub static REVIEW_BESIDE_SELF: FindingKind = FindingKind::new(
    "review-beside-self",
    Severity::Warning,
    t(
        "填报单位是{respondent}，有 {count} 题（{items}）“自评”旁边的“复核”也填了，已照复核计，取代各方的自评；其中 {silent} 题与自评不同而没有写理由。",
        "The respondent is {respondent}, and Review is filled beside Self: {count} in all, {items}. [This counts as a review and replaces|These count as reviews and replace] every self-rating; of them, {silent} without a reason though it differs from the self-rating.",
    ),
    t(
        "请问清是谁填的：是评估组填的，请在“复核说明”补上理由；是填报单位自己填的，请清空“复核”和“复核说明”两栏。",
        "Ask who filled them in: if the assessors, let them add the reasons under Review note; if the respondent, clear Review and Review note.",
    ),
);
pub static REVIEWS_DIFFER: FindingKind = FindingKind::new(
    "review-in-two-places",
    Severity::Error,
    t(
        "{item} 有两个不同的复核：评估组的是“{one}”（{one_place}），{respondent}的表里是“{other}”（{other_place}）；两个合并计了。",
        "{item} is reviewed twice and differently: \"{one}\" by the assessors ({one_place}), \"{other}\" in the file of {respondent} ({other_place}); the two were merged.",
    ),
    t(
        "以评估组的为准的，请清空{respondent}那份表里的“复核”；要改的，请在评估组的表里改。",
        "If the assessors' stands, clear Review in the file of {respondent}; if it is to change, change it in the assessors' file.",
    ),
);
pub static UNKNOWN_VERIFICATION: FindingKind = FindingKind::new(
    "review-verification",
    Severity::Warning,
    t("核验方式“{text}”认不出，当作没有写。", "The verification \"{text}\" is not known and counts as none."),
    t("请填 {known}。", "Write one of: {known}."),
);
pub static COPY_DIFFERS: FindingKind = FindingKind::new(
    "review-copy-differs",
    Severity::Warning,
    t(
        "{item} 复核表中抄录的自评是“{copy}”，收到的自评是“{now}”；抄录的不计分。",
        "The review workbook copies the self-rating of {item} as \"{copy}\"; the surveys say \"{now}\". Copies are never scored.",
    ),
    t(
        "抄录被改过，或生成复核表之后又收到了新表；请核实复核是否仍然成立。",
        "The copy was edited, or a newer survey came after the review workbook was made; check that the review still holds.",
    ),
);
pub static COPY_RENAMED: FindingKind = FindingKind::new(
    "review-copy-renamed",
    Severity::Warning,
    t(
        "复核表中抄录的自评有 {count} 题（{items}）同收到的一样，只是填报单位抄录时是“{copy}”，收到的表上是“{now}”。",
        "Self-ratings that the review workbook copies are those of the surveys, but for the respondent, \"{copy}\" then and \"{now}\" now: {count} in all, {items}.",
    ),
    t(
        "请核对“{now}”的表：“填报说明”页的“填报单位”写错了的请改正，粘进了别的单位的答案的请删去；答案没有变，不必逐题核对。",
        "Look at the file of \"{now}\": put Respondent on its sheet Cover right, or delete the answers of others pasted into it; the answers are the same and need no second look.",
    ),
);
pub static ALIKE: FindingKind = FindingKind::new(
    "cells-alike",
    Severity::Warning,
    t(
        "这个文件有 {count} 格是同样的问题（{cells}），多半是同一个原因，比如整栏替换过字符、改过单元格格式、粘贴错了位置。",
        "{count} cells of this file have the same fault ({cells}), as a rule for one reason: a character replaced everywhere, another format, a paste in the wrong place.",
    ),
    t(
        "请先看头几格，找出原因，再照各格说的改；没有点名的格也可能受了影响，一并核对。",
        "Look at the first few and find the reason, then mend the cells as is said of each; check the cells not named too, which may have suffered.",
    ),
);
pub static BLANK: FindingKind = FindingKind::new(
    "items-blank",
    Severity::Warning,
    t("{unit} {group}有 {count} 题没有人作答：{items}。", "{unit}, {group}: {count} [item|items] nobody answered: {items}."),
    t("请向{leads}催填；空白题{missing}。", "Whom to ask: {leads}. Blanks {missing}."),
);
/// The same where answers came that were not read: nobody is to be asked for them.
pub static BLANK_UNREAD: FindingKind = FindingKind::new(
    "items-blank-unread",
    Severity::Warning,
    t("{unit} {group}有 {count} 题没有读到答案：{items}。", "{unit}, {group}: no answer was read to {count} items: {items}."),
    t(
        "有的表没有读到“自评”，请先照那里说的改好，再看还缺哪些题；空白题{missing}。",
        "Some sheets came without a Self column; mend those first, then see what is still missing; blanks {missing}.",
    ),
);
pub static KINDS: [&FindingKind; 21] = [
    &NAMELESS,
    &VERSION_EQUAL,
    &VERSION_SUPERSEDED,
    &VERSION_DROPS,
    &VERSION_BLANK,
    &VERSION_TORN,
    &SET_ASIDE,
    &DISAGREEMENT,
    &NA_BESIDE_ANSWER,
    &OUT_OF_SCOPE,
    &BLANK_FORM,
    &REVIEW_WITHOUT_REASON,
    &REVIEW_BESIDE_SELF,
    &REVIEWS_DIFFER,
    &UNKNOWN_VERIFICATION,
    &COPY_DIFFERS,
    &COPY_ALONE,
    &COPY_RENAMED,
    &ALIKE,
    &BLANK,
    &BLANK_UNREAD,
];

/// The answers of one unit for one period.
#[derive(Debug)]
pub struct UnitAnswers {
    pub unit: Unit,
    pub period: String,
    /// One an item, in tree order.
    pub items: Vec<ItemAnswers>,
    /// What merging found, in tree order.
    pub findings: Vec<Finding>,
    /// Files of which nothing counts any more.
    pub outdated: Vec<Outdated>,
}

/// What an item came to, and from which cells.
#[derive(Debug)]
pub struct ItemAnswers {
    pub state: MergedState,
    /// Merged worth, 0 to 1, of an answered item.
    pub worth: Option<f64>,
    /// State and worth by the self-ratings alone, as if nobody had reviewed.
    pub by_selves: (MergedState, Option<f64>),
    /// Is any answer that counts at or below the item's `fails_at`?
    pub below_veto: bool,
    /// By respondent's name, then file.
    pub responses: Vec<Response>,
}

/// The state of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergedState {
    Answered,
    NotApplicable,
    NoData,
    Blank,
    Unreadable,
    /// Outside what the run assesses; never typed in a cell.
    OutOfScope,
}

impl MergedState {
    /// As spelled in every file.
    pub fn code(self) -> &'static str {
        match self {
            MergedState::Answered => "answered",
            MergedState::NotApplicable => "not_applicable",
            MergedState::NoData => "no_data",
            MergedState::Blank => "blank",
            MergedState::Unreadable => "unreadable",
            MergedState::OutOfScope => "out_of_scope",
        }
    }

    pub fn of(state: &State) -> Self {
        match state {
            State::Answered(_) => MergedState::Answered,
            State::NotApplicable => MergedState::NotApplicable,
            State::NoData => MergedState::NoData,
            State::Blank => MergedState::Blank,
            State::Unreadable => MergedState::Unreadable,
        }
    }
}

/// One workbook's row for an item.
#[derive(Clone, Debug)]
pub struct Response {
    pub who: Who,
    /// The cover's text.
    pub name: String,
    pub submission: usize,
    /// The cell that versions, review and lead chose, whatever its state; none where the row does not count.
    pub spoke: Option<Spoke>,
    /// Is its self-rating the one in force among its respondent's versions?
    pub speaks: bool,
    pub own: Option<CellAnswer>,
    pub review: Option<CellAnswer>,
    pub verification: Option<Verification>,
    pub evidence: String,
    pub note: String,
    pub review_note: String,
    pub place: Place,
}

/// Which cell of a row spoke for its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spoke {
    /// 自评.
    #[serde(rename = "self")]
    Own,
    /// 复核.
    #[serde(rename = "review")]
    Review,
}

/// One answer cell as judged.
#[derive(Clone, Debug)]
pub struct CellAnswer {
    pub text: String,
    pub state: State,
    /// `E7`.
    pub cell: String,
}

/// `区财政局：45/50；区公安局：不适用`: the self-ratings in force, as a review workbook copies them.
pub fn self_ratings(responses: &[Response]) -> Text {
    let said: Vec<Text> = speaking(responses)
        .map(|(response, own)| {
            t("{who}：{answer}", "{who}: {answer}").with(&[("who", response.name.clone().into()), ("answer", own.text.clone().into())])
        })
        .collect();
    Text::join(&said, "；", "; ")
}

/// Do the self-ratings in force differ?
pub fn disputed(responses: &[Response]) -> bool {
    let mut states = speaking(responses).map(|(_, own)| &own.state).filter(|state| state.is_readable());
    let Some(first) = states.next() else { return false };
    states.any(|state| merge::differ(state, first))
}

/// Self-ratings in force that are not blank.
pub fn speaking(responses: &[Response]) -> impl Iterator<Item = (&Response, &CellAnswer)> {
    let all = responses.iter().filter(|response| response.speaks).filter_map(|response| Some((response, response.own.as_ref()?)));
    all.filter(|(_, own)| own.state != State::Blank)
}

/// What is wrong in the cells of a workbook that cannot be scored, so that its sender learns all at once.
pub fn remarks(workbook: &Filled, tree: &Tree) -> Vec<Finding> {
    let judged = workbook.rows.iter().map(|row| judge::row(workbook, row, &tree.items[row.item]));
    judged.flat_map(|row| [row.own, row.review]).flatten().flat_map(|cell| cell.findings(false).collect::<Vec<_>>()).collect()
}

/// A unit of which nothing has come.
pub fn unanswered(name: &str, period: &str, tree: &Tree, policy: &Policy) -> UnitAnswers {
    let unit = Unit { name: name.to_string(), ..Unit::default() };
    let mut findings = Vec::new();
    let (items, outdated) = merge::merge(&[], &unit, tree, policy, &mut findings);
    UnitAnswers { unit, period: period.to_string(), items, findings, outdated }
}

/// Groups workbooks by unit and period and merges each, in the order of unit and period.
pub fn collect(filled: &[Filled], tree: &Tree, policy: &Policy) -> Vec<UnitAnswers> {
    let mut by_unit: BTreeMap<(&str, &str), Vec<&Filled>> = BTreeMap::new();
    for workbook in filled {
        by_unit.entry((&workbook.unit, &workbook.period)).or_default().push(workbook);
    }
    by_unit
        .into_iter()
        .map(|((name, period), mut workbooks)| {
            workbooks.sort_by(|one, two| one.file.cmp(&two.file));
            let first = |value: fn(&Filled) -> &Option<String>| workbooks.iter().find_map(|workbook| value(workbook).clone());
            let unit =
                Unit { name: name.to_string(), parent: first(|workbook| &workbook.parent), class: first(|workbook| &workbook.class) };
            let mut findings = Vec::new();
            let (items, outdated) = merge::merge(&workbooks, &unit, tree, policy, &mut findings);
            UnitAnswers { unit, period: period.to_string(), items, findings: alike::summed(findings), outdated }
        })
        .collect()
}
