//! Every option that changes a number.

use serde::{Deserialize, Serialize};

use crate::text::{Text, t};

/// How the answers of several respondents become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Merge {
    #[default]
    Mean,
    Median,
    Min,
    Max,
}

/// What a blank or unreadable answer does to the score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It scores 0.
    #[default]
    Zero,
    /// It leaves the tree.
    Exclude,
}

impl Merge {
    pub const ALL: [(Merge, &str, Text); 4] = [
        (Merge::Mean, "mean", t("取平均值", "the mean")),
        (Merge::Median, "median", t("取中位数", "the median")),
        (Merge::Min, "min", t("取最低", "the lowest")),
        (Merge::Max, "max", t("取最高", "the highest")),
    ];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code, _)| *code == name).map(|(merge, _, _)| *merge)
    }

    pub fn words(self) -> Text {
        Self::ALL.iter().find(|(merge, _, _)| *merge == self).map(|(_, _, words)| words.clone()).unwrap_or_default()
    }
}

impl Missing {
    pub const ALL: [(Missing, &str, Text); 2] =
        [(Missing::Zero, "zero", t("按 0 分计", "score 0")), (Missing::Exclude, "exclude", t("退出计分", "leave the score"))];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code, _)| *code == name).map(|(missing, _, _)| *missing)
    }

    pub fn words(self) -> Text {
        Self::ALL.iter().find(|(missing, _, _)| *missing == self).map(|(_, _, words)| words.clone()).unwrap_or_default()
    }
}

/// A grade and the rounded score from which it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    pub code: String,
    pub name: Text,
    #[serde(serialize_with = "crate::number::shortest")]
    pub from: f64,
}

/// The grade a failed veto caps the total at; band indices, best first. `None` caps nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VetoCaps {
    pub one: Option<usize>,
    pub two: Option<usize>,
}

/// The grades that key items at 0 cap: the total for one, for three, and their level-1 group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyCaps {
    pub one: Option<usize>,
    pub three: Option<usize>,
    pub group: Option<usize>,
}

/// The scoring rules of a tree, options of the run applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Decimals of a printed score, 0 to 9.
    pub decimals: u32,
    /// Best first; the last from 0.
    pub bands: Vec<Band>,
    pub veto: VetoCaps,
    pub key: KeyCaps,
    pub missing: Missing,
    pub merge: Merge,
    /// `--target`: the target where no node has its own.
    pub target: Option<f64>,
}

impl Default for Policy {
    fn default() -> Self {
        let band = |code: &str, name: Text, from: f64| Band { code: code.to_string(), name, from };
        Policy {
            decimals: 1,
            bands: vec![
                band("excellent", t("优秀", "Excellent"), 90.0),
                band("good", t("良好", "Good"), 80.0),
                band("qualified", t("合格", "Qualified"), 60.0),
                band("unqualified", t("不合格", "Unqualified"), 0.0),
            ],
            veto: VetoCaps { one: Some(2), two: Some(3) },
            key: KeyCaps { one: Some(1), three: Some(2), group: Some(1) },
            missing: Missing::default(),
            merge: Merge::default(),
            target: None,
        }
    }
}

impl Policy {
    pub fn band_code(&self, index: Option<usize>) -> Option<&str> {
        index.and_then(|index| self.bands.get(index)).map(|band| band.code.as_str())
    }

    pub fn band_named(&self, code: &str) -> Option<usize> {
        self.bands.iter().position(|band| band.code == code)
    }
}
