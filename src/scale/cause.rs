//! What spoilt a whole sheet, as far as it changes the way past a single cell of it.

use crate::text::{Text, t};

/// Said of a sheet before its cells; advice on one of them alone would lead to another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Scores stand where answers belong.
    Scores,
    /// Characters were misread, as by a scan.
    Misread,
    /// Answers stand a row too low or too high.
    Slipped,
    /// Rows were moved without their ids: answers stand beside their questions and count for others.
    IdsMoved,
}

impl Cause {
    /// What to do about a cell that cannot be read.
    pub fn way_out(self) -> Text {
        match self {
            Cause::Scores => {
                t("请照评分标准重填，这张表别的得分也一起改。", "Answer it by the scoring guide, with all other scores on this sheet.")
            }
            Cause::Misread => t(
                "请拿原件核对后重填，不要只删改几个字。",
                "Check it against the original and type it again; do not just delete characters.",
            ),
            Cause::IdsMoved => t(
                "这一格多半没有填错，是隐藏的题号错了位：请先照前面对题号说的改，再检查；现在不要改这一格，也不要删行。",
                "Probably nothing is wrong here but the hidden id: first do what is said of the ids above and check again; do not change this cell now, nor delete its row.",
            ),
            Cause::Slipped => {
                t("请先照前面那一条把整栏对准，再看这一格。", "First move the column as said above, then look at this cell again.")
            }
        }
    }
}
