//! What spoilt a whole sheet, as far as it changes the way past a single cell of it.

use crate::text::{Text, t};

/// Said of a sheet before its cells; advice on one of them alone would lead to another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Scores stand where answers belong.
    Scores,
    /// Characters were misread, as by a scan.
    Misread,
    /// It holds the answers to several items, or is merged over them.
    Merged,
    /// The digit 0 is gone from the numbers of its file.
    DigitsGone,
    /// Answers stand a row too low or too high.
    Slipped,
    /// It was typed while several sheets were selected, over what stood on this one.
    Grouped,
    /// A column beside it says what its number is in, and of that is told.
    Beside,
    /// Rows were moved without their ids: answers stand beside their questions and count for others.
    IdsMoved,
}

impl Cause {
    /// What to do about a cell in error; `hint` is what its item asks for.
    pub fn way_out(self, hint: &Text) -> Text {
        let said = match self {
            Cause::Scores => t(
                "请照原件重填，不要从得分倒推，这张表别的得分也一起改。本题要填：{hint}。",
                "Answer it from the records and do not work back from the score; mend all other scores on this sheet too. What is read here: {hint}.",
            ),
            Cause::Misread => t(
                "请拿原件核对后重填，不要只删改几个字。本题要填：{hint}。",
                "Check it against the original and type it again; do not just delete characters. What is read here: {hint}.",
            ),
            // The item that the cell was judged by is another than the one it answers.
            Cause::IdsMoved => t(
                "这一格多半没有填错，是隐藏的题号错了位：请只照前面对题号说的改，不要改这一格，也不要删行。",
                "Probably nothing is wrong here but the hidden id: do only what is said of the ids above; do not change this cell, nor delete its row.",
            ),
            Cause::DigitsGone => t(
                "多半是数里的 0 换没了：请看原件重填，不要把分子、分母调换。本题要填：{hint}。",
                "Probably a 0 is gone from it: see the original and type it again, and do not turn numerator and denominator round. What is read here: {hint}.",
            ),
            Cause::Merged => t(
                "里面像是几题的答案：合并了的先取消合并，再照题目的顺序分到各题的格里，不要只留一个。",
                "It seems to hold the answers to several items: unmerge it where it is merged, then put each into its item's cell, in their order, and do not keep one alone.",
            ),
            Cause::Grouped => t(
                "这一格像是几张表一起填时被盖掉的：请照原件重填，原件上是“不适用”“查无资料”的照填，不要照现在填的改。本题要填：{hint}。",
                "It seems to have been overwritten while several sheets were filled in together: answer it from the original, N/A or No data where that says so, and do not work from what stands here. What is read here: {hint}.",
            ),
            Cause::Beside => t("本题要填：{hint}。", "What is read here: {hint}."),
            Cause::Slipped => t(
                "请先照前面那一条把整栏对准；这一格里的答案多半是别题的，跟着移到它那一题，不要清掉。",
                "First move the column as said above; the answer in this cell is probably another item's and moves with it, so do not clear it.",
            ),
        };
        said.with(&[("hint", hint.clone())])
    }
}
