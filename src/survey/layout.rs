//! The words of the survey workbook, found again when it comes back, in either language.

use crate::text::{Text, t};
use crate::tree::Tree;
use crate::unit::normal;

/// The cover sheet.
pub const COVER: Text = t("填报说明", "Cover");
/// The last page, signed on paper.
pub const SIGN_OFF: Text = t("签字盖章", "Sign-off");
/// The very hidden sheet that stores the cover's values again.
pub const STORE: &str = "_ecap";
/// The sheet of items that stand in no group.
pub const NO_GROUP: &str = "00";
/// Who fills the survey for the whole unit.
pub const ASSESSOR: Text = t("评估组", "Assessor");

/// Labels in column A of the cover, their values in B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverLabel {
    Unit,
    Parent,
    Class,
    Period,
    Respondent,
    Submission,
    Tree,
    Edition,
    Digest,
}

impl CoverLabel {
    pub const ALL: [(CoverLabel, Text); 9] = [
        (CoverLabel::Unit, t("被评估单位", "Unit")),
        (CoverLabel::Parent, t("上级单位", "Parent unit")),
        (CoverLabel::Class, t("类别", "Class")),
        (CoverLabel::Period, t("评估期", "Period")),
        (CoverLabel::Respondent, t("填报单位", "Respondent")),
        (CoverLabel::Submission, t("第几次报送", "Submission")),
        (CoverLabel::Tree, t("指标体系", "Tree")),
        (CoverLabel::Edition, t("版本", "Edition")),
        (CoverLabel::Digest, t("摘要", "Digest")),
    ];

    pub fn words(self) -> Text {
        Self::ALL.iter().find(|(label, _)| *label == self).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// The label that a cell's text is, in either language.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim_end().trim_end_matches([':', '：']);
        Self::ALL.iter().find(|(_, words)| is(text, words)).map(|(label, _)| *label)
    }
}

/// What offices write below a header that they split for rates.
pub const PARTS: [Text; 2] = [t("分子", "numerator"), t("分母", "denominator")];

/// Columns of a survey or review sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Ref,
    Indicator,
    Guide,
    Lead,
    Own,
    Evidence,
    Note,
    Review,
    ReviewNote,
    Id,
    Others,
    Verification,
}

impl Column {
    /// Headers as they are read in either language.
    pub const ALL: [(Column, Text); 12] = [
        (Column::Ref, t("编号", "Ref")),
        (Column::Indicator, t("指标", "Indicator")),
        (Column::Guide, t("评分标准", "Scoring guide")),
        (Column::Lead, t("牵头部门", "Lead")),
        (Column::Own, t("自评", "Self")),
        (Column::Evidence, t("佐证材料", "Evidence")),
        (Column::Note, t("说明", "Note")),
        (Column::Review, t("复核", "Review")),
        (Column::ReviewNote, t("复核说明", "Review note")),
        (Column::Id, Text { zh: std::borrow::Cow::Borrowed("id"), en: std::borrow::Cow::Borrowed("id") }),
        (Column::Others, t("各方自评", "Self-ratings")),
        (Column::Verification, t("核验方式", "Verification")),
    ];

    /// The columns of a survey sheet, in order, with their widths in half-width characters.
    pub const SURVEY: [(Column, f64); 10] = [
        (Column::Ref, 9.0),
        (Column::Indicator, 33.0),
        (Column::Guide, 62.0),
        (Column::Lead, 12.0),
        (Column::Own, 13.0),
        (Column::Evidence, 24.0),
        (Column::Note, 20.0),
        (Column::Review, 11.0),
        (Column::ReviewNote, 16.0),
        (Column::Id, 10.0),
    ];

    /// The columns of a review sheet, in order, with their widths in half-width characters.
    pub const REVIEW: [(Column, f64); 9] = [
        (Column::Ref, 9.0),
        (Column::Indicator, 50.0),
        (Column::Lead, 14.0),
        (Column::Others, 34.0),
        (Column::Evidence, 36.0),
        (Column::Review, 12.0),
        (Column::Verification, 11.0),
        (Column::ReviewNote, 30.0),
        (Column::Id, 10.0),
    ];

    pub fn words(self) -> Text {
        Self::ALL.iter().find(|(column, _)| *column == self).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// Chinese headers may be spaced out, as `自 评`.
    pub fn named(text: &str) -> Option<Self> {
        let spaced = text.contains(char::is_whitespace) && !text.chars().any(|character| character.is_ascii_alphabetic());
        let close = if spaced { text.split_whitespace().collect::<String>() } else { String::new() };
        Self::ALL.iter().find(|(_, words)| is(text, words) || (spaced && is(&close, words))).map(|(column, _)| *column)
    }
}

/// How a reviewer came to know, the weakest proof first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verification {
    Documents,
    SpotCheck,
    Test,
}

impl Verification {
    /// Code in `results.json`, words in the review workbook.
    pub const ALL: [(Verification, &str, Text); 3] = [
        (Verification::Documents, "documents", t("查文件", "Documents")),
        (Verification::SpotCheck, "spot_check", t("抽查", "Spot check")),
        (Verification::Test, "test", t("实测", "Test")),
    ];

    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, _, words)| is(text, words)).map(|(way, _, _)| *way)
    }

    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(way, _, _)| *way == self).map_or("", |(_, code, _)| code)
    }
}

/// A respondent as the tree calls it, where it is one of its departments or the assessor in either language; else as written.
pub fn called(tree: &Tree, name: &str) -> Text {
    match tree.department_named(name) {
        Some(department) => tree.departments[department].name.clone(),
        None if is(name, &ASSESSOR) => ASSESSOR,
        None => name.to_string().into(),
    }
}

/// Bytes of the longest text that may be a word of a layout, so that a cell of thousands is not normalised for each.
const LONGEST: usize = 512;

/// Is the text one of the two sides, compared as trimmed NFKC, letter case not counting?
pub fn is(text: &str, words: &Text) -> bool {
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    let text = normal(text).to_lowercase();
    // Most words are normal as they stand; full-width brackets are not.
    let same = |side: &str| side.to_lowercase() == text || (side.contains('（') && normal(side).to_lowercase() == text);
    [&words.zh, &words.en].iter().any(|side| same(side))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages() {
        for (column, words) in Column::ALL {
            assert_eq!(Column::named(&words.zh), Some(column));
            assert_eq!(Column::named(&format!(" {} ", words.en.to_uppercase())), Some(column));
        }
        for (label, words) in CoverLabel::ALL {
            assert_eq!(CoverLabel::named(&words.zh), Some(label));
        }
        assert_eq!(Column::named("自评分"), None);
        for (text, column) in [("自 评", Column::Own), ("编　号", Column::Ref), ("复\n核", Column::Review)] {
            assert_eq!(Column::named(text), Some(column), "{text}");
        }
    }
}
