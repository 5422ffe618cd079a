//! Sheets, labels and headers of the settings workbook, found again in either language.

use crate::survey::layout::{CoverLabel, is};
use crate::text::{Text, t};

/// The file that `ecap init` writes.
pub const FILE_NAME: Text = t("评估设置.xlsx", "settings.xlsx");
/// What the hidden store calls it.
pub const KIND: &str = "settings";

pub const UNIT_SHEET: Text = t("单位与时限", "Unit and dates");
pub const DEPARTMENTS_SHEET: Text = t("部门对照", "Departments");
pub const SCOPE_SHEET: Text = t("范围", "Scope");
pub const WEIGHTS_SHEET: Text = t("权重", "Weights");
pub const TARGETS_SHEET: Text = t("目标", "Targets");

pub const LABEL: Text = t("项目", "Label");
pub const VALUE: Text = t("内容", "Value");
pub const LEAD: Text = t("牵头部门", "Lead");
pub const ITEMS: Text = t("题数", "Items");
pub const DEPARTMENT: Text = t("实际部门", "Department");
pub const CONTACT: Text = t("联系人", "Contact");
pub const REF: Text = t("编号", "Ref");
pub const MOVED_TO: Text = t("改由", "Moved to");
pub const SCOPE: Text = t("范围", "Scope");
pub const REASON: Text = t("不评理由", "Reason");
pub const APPROVED_BY: Text = t("批准人", "Approved by");
pub const NAME: Text = t("名称", "Name");
pub const DEFAULT_WEIGHT: Text = t("默认权重", "Default weight");
pub const LOCAL_WEIGHT: Text = t("本地权重", "Local weight");
pub const TARGET: Text = t("目标", "Target");

pub const HAZARDS_SHEET: Text = t("灾种", "Hazards");
pub const HAZARD: Text = t("灾种", "Hazard");
pub const LIKELIHOOD: Text = t("可能性", "Likelihood");
pub const CONSEQUENCE: Text = t("后果", "Consequence");
pub const GROUNDS: Text = t("判断依据", "Grounds");
/// A hazard that does not occur in the place.
pub const ABSENT: Text = t("无", "None");
pub const RULE_SHEET: Text = t("需求规则", "Need rule");
pub const PHASE: Text = t("阶段", "Phase");
pub const CONSEQUENCES: [Text; 5] = [
    t("后果 1", "Consequence 1"),
    t("后果 2", "Consequence 2"),
    t("后果 3", "Consequence 3"),
    t("后果 4", "Consequence 4"),
    t("后果 5", "Consequence 5"),
];
pub const CEILING: Text = t("目标上限", "Ceiling");

/// All of the tree, as the scope cell says it.
pub const ALL: Text = t("全部", "All");

/// Labels of the first sheet, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Unit,
    Parent,
    Class,
    Period,
    ReferenceDate,
    Deadline,
    Assessor,
}

impl Label {
    pub const ALL: [Label; 7] =
        [Label::Unit, Label::Parent, Label::Class, Label::Period, Label::ReferenceDate, Label::Deadline, Label::Assessor];

    /// The first four are the survey cover's words.
    pub fn words(self) -> Text {
        match self {
            Label::Unit => CoverLabel::Unit.words(),
            Label::Parent => CoverLabel::Parent.words(),
            Label::Class => CoverLabel::Class.words(),
            Label::Period => CoverLabel::Period.words(),
            Label::ReferenceDate => t("基准日", "Reference date"),
            Label::Deadline => t("报送截止日", "Deadline"),
            Label::Assessor => t("评估单位", "Assessing body"),
        }
    }

    /// How to fill it in.
    pub fn help(self) -> Text {
        match self {
            Label::Unit => t("被评估的市、区县或乡镇，如 临江区", "The place assessed"),
            Label::Parent => t("可不填，如 江州市", "May be empty"),
            Label::Class => t("可不填，如 市辖区、县级市", "May be empty"),
            Label::Period => t("如 2026；问卷、报告都用它", "Like 2026; on surveys and reports"),
            Label::ReferenceDate => {
                t("评估基准日，如 2026-10-31；不填则为评估期的最后一天", "Like 2026-10-31; the last day of the period if empty")
            }
            Label::Deadline => t("各部门交表的最后一天，如 2026-11-20", "The last day for returning surveys, like 2026-11-20"),
            Label::Assessor => t("谁来评，如 区应急管理局、某评估中心", "Who assesses"),
        }
    }

    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| is(text, &label.words()))
    }
}

/// Are these the sheets of a settings workbook?
pub fn is_settings(sheets: &[String]) -> bool {
    [UNIT_SHEET, DEPARTMENTS_SHEET].iter().all(|words| sheets.iter().any(|name| is(name, words)))
}
