//! The closed vocabularies of an item's content: facets, levels of administration, kinds of evidence and of action.
//!
//! A word is written in the tree file in Chinese (`phase4` in English), as the field writes it; its name is what a reader sees.

use crate::text::{Text, t};

/// One word, as it stands in a tree file, and its name in both languages.
#[derive(Debug)]
pub struct Word {
    pub word: &'static str,
    pub name: Text,
}

/// A closed list of words.
#[derive(Debug)]
pub struct Vocabulary {
    /// The key in the tree file.
    pub key: &'static str,
    pub name: Text,
    pub words: &'static [Word],
}

impl Vocabulary {
    pub fn index(&self, word: &str) -> Option<usize> {
        self.words.iter().position(|known| known.word == word)
    }

    pub fn name_of(&self, index: usize) -> Text {
        self.words.get(index).map(|word| word.name.clone()).unwrap_or_default()
    }
}

/// A facet: a vocabulary by which items are grouped across the tree.
#[derive(Debug)]
pub struct Facet {
    pub vocabulary: Vocabulary,
    /// May an item carry several of its words?
    pub many: bool,
}

const fn word(word: &'static str, name: Text) -> Word {
    Word { word, name }
}

/// Position of the phase of the law in [`FACETS`].
pub const PHASE: usize = 0;
/// Position of the hazard facet in [`FACETS`].
pub const HAZARD: usize = 2;
/// Position of the capability factor in [`FACETS`].
pub const FACTOR: usize = 5;
/// The hazard word of a fact that serves all hazards.
pub const ALL_HAZARDS: &str = "通用";

/// All facets, in the order in which they are written and shown.
pub static FACETS: [Facet; 6] = [
    Facet {
        vocabulary: Vocabulary {
            key: "phase_zh",
            name: t("应对阶段", "Phase under the emergency response law"),
            words: &[
                word("预防与准备", t("预防与准备", "Prevention and preparation")),
                word("监测与预警", t("监测与预警", "Monitoring and warning")),
                word("处置与救援", t("处置与救援", "Response and rescue")),
                word("恢复与重建", t("恢复与重建", "Recovery and reconstruction")),
            ],
        },
        many: false,
    },
    Facet {
        vocabulary: Vocabulary {
            key: "phase4",
            name: t("国际四阶段", "Phase of the emergency cycle"),
            words: &[
                word("mitigation", t("减灾", "Mitigation")),
                word("preparedness", t("准备", "Preparedness")),
                word("response", t("响应", "Response")),
                word("recovery", t("恢复", "Recovery")),
            ],
        },
        many: false,
    },
    Facet {
        vocabulary: Vocabulary {
            key: "hazard",
            name: t("灾种", "Hazard"),
            words: &[
                word("自然灾害", t("自然灾害", "Natural disasters")),
                word("台风", t("台风", "Typhoon")),
                word("洪涝", t("洪涝", "Flood and waterlogging")),
                word("地质灾害", t("地质灾害", "Geological disaster")),
                word("地震", t("地震", "Earthquake")),
                word("森林火灾", t("森林火灾", "Forest fire")),
                word("事故灾难", t("事故灾难", "Accidents")),
                word("危化", t("危险化学品", "Hazardous chemicals")),
                word("矿山", t("矿山", "Mines")),
                word("火灾", t("火灾", "Fire")),
                word("交通", t("交通", "Transport")),
                word("公用事业", t("公用事业", "Utilities")),
                word("公共卫生", t("公共卫生", "Public health")),
                word("传染病", t("传染病", "Infectious disease")),
                word("社会安全", t("社会安全", "Public security")),
                word("群体事件", t("群体事件", "Mass incidents")),
                word(ALL_HAZARDS, t("通用", "All hazards")),
            ],
        },
        many: true,
    },
    Facet {
        vocabulary: Vocabulary {
            key: "yianSanzhi",
            name: t("一案三制", "Plan, institutions, mechanisms, law"),
            words: &[
                word("预案", t("预案", "Plans")),
                word("体制", t("体制", "Institutions")),
                word("机制", t("机制", "Mechanisms")),
                word("法制", t("法制", "Law")),
                word("保障", t("保障", "Support")),
            ],
        },
        many: true,
    },
    Facet {
        vocabulary: Vocabulary {
            key: "control",
            name: t("查证对象", "What is verified"),
            words: &[
                word("文件", t("文件", "Documents")),
                word("机构人员", t("机构人员", "Bodies and people")),
                word("装备设施", t("装备设施", "Equipment and facilities")),
                word("资金", t("资金", "Funding")),
                word("数据台账", t("数据台账", "Data and registers")),
                word("协议", t("协议", "Agreements")),
                word("能力实测", t("能力实测", "Tested capability")),
                word("结果", t("结果", "Outcomes")),
            ],
        },
        many: false,
    },
    Facet {
        vocabulary: Vocabulary {
            key: "factor",
            name: t("能力要素", "Capability factor"),
            words: &[
                word("人力", t("人力", "People")),
                word("组织", t("组织", "Organisation")),
                word("机构", t("机构", "Bodies")),
                word("手段", t("手段", "Means")),
                word("资源", t("资源", "Resources")),
            ],
        },
        many: false,
    },
];

/// The classes of hazards and the kinds below them; 通用 is a class of its own.
pub static HAZARD_CLASSES: [(&str, &[&str]); 4] = [
    ("自然灾害", &["台风", "洪涝", "地质灾害", "地震", "森林火灾"]),
    ("事故灾难", &["危化", "矿山", "火灾", "交通", "公用事业"]),
    ("公共卫生", &["传染病"]),
    ("社会安全", &["群体事件"]),
];

/// Does a word of the hazard facet stand for a kind? A class holds its kinds.
pub fn holds(word: usize, kind: usize) -> bool {
    let spelled = |index: usize| FACETS[HAZARD].vocabulary.words.get(index).map_or("", |word| word.word);
    word == kind || class_of(spelled(kind)).is_some_and(|class| class == spelled(word))
}

/// The class of a kind of hazard; none for a class and for 通用.
pub fn class_of(kind: &str) -> Option<&'static str> {
    HAZARD_CLASSES.iter().find(|(_, kinds)| kinds.contains(&kind)).map(|(class, _)| *class)
}

/// Levels of administration that answer an item.
pub static LEVELS: Vocabulary = Vocabulary {
    key: "levels",
    name: t("行政层级", "Level of administration"),
    words: &[
        word("市", t("市", "City")),
        word("区县", t("区县", "District or county")),
        word("乡镇街道", t("乡镇街道", "Township or subdistrict")),
        word("社区村", t("社区村", "Community or village")),
    ],
};

/// What kind of proof a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A paper or record that exists.
    Documentary,
    /// Two sources set side by side.
    Comparison,
    /// Something is called, shown, counted, asked or switched.
    Active,
}

/// Kinds of evidence.
pub static EVIDENCE: Vocabulary = Vocabulary {
    key: "evidence",
    name: t("佐证", "Evidence"),
    words: &[
        word("文件", t("文件", "Document")),
        word("台账", t("台账", "Register")),
        word("单据", t("单据", "Voucher")),
        word("图件", t("图件", "Map or drawing")),
        word("数据", t("数据", "Data export")),
        word("影像", t("影像", "Photo or recording")),
        word("比对", t("比对", "Comparison")),
        word("抽查", t("抽查", "Spot check")),
        word("演示", t("演示", "Demonstration")),
        word("清点", t("清点", "Count on site")),
        word("问卷", t("问卷", "Questionnaire")),
        word("测试", t("测试", "Test")),
    ],
};

/// Which proof a kind of evidence gives; `kind` is a position in [`EVIDENCE`].
pub fn proof(kind: usize) -> Proof {
    match kind {
        0..=5 => Proof::Documentary,
        6 => Proof::Comparison,
        _ => Proof::Active,
    }
}

/// Positions in [`EVIDENCE`] that need a sample: a spot check and a questionnaire.
pub fn needs_sample(kind: usize) -> bool {
    ["抽查", "问卷"].contains(&EVIDENCE.words.get(kind).map_or("", |word| word.word))
}

/// Kinds of action.
pub static ACTIONS: Vocabulary = Vocabulary {
    key: "actions",
    name: t("措施", "Action"),
    words: &[
        word("制度文件", t("制度文件", "Rules and documents")),
        word("机构人员", t("机构人员", "Bodies and people")),
        word("装备设施", t("装备设施", "Equipment and facilities")),
        word("资金", t("资金", "Funding")),
        word("台账数据", t("台账数据", "Registers and data")),
        word("协议", t("协议", "Agreements")),
        word("培训", t("培训", "Training")),
        word("演练", t("演练", "Exercise")),
        word("监督整改", t("监督整改", "Supervision and correction")),
        word("公开告知", t("公开告知", "Public notice")),
    ],
};

/// How sure a citation is.
pub static STATUSES: Vocabulary = Vocabulary {
    key: "status",
    name: t("依据状态", "State of the citation"),
    words: &[
        word("verified", t("已核对原文", "verified against the text")),
        word("unverified", t("未核对原文", "not verified")),
        word("practice", t("本项目自定", "this project's own")),
    ],
};

/// What a new `rev` changed. A change of meaning takes a new id instead.
pub static CHANGES: Vocabulary = Vocabulary {
    key: "change",
    name: t("修订性质", "Kind of change"),
    words: &[
        word("editorial", t("文字", "wording")),
        word("threshold", t("档线", "threshold")),
        word("scope", t("范围", "scope")),
        word("meaning", t("含义", "meaning")),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_class_is_a_word_of_the_hazard_facet() {
        let hazards = &FACETS[HAZARD].vocabulary;
        for (class, kinds) in HAZARD_CLASSES {
            assert!(hazards.index(class).is_some(), "{class}");
            for kind in kinds {
                assert!(hazards.index(kind).is_some(), "{kind}");
                assert_eq!(class_of(kind), Some(class));
            }
            assert_eq!(class_of(class), None);
        }
        assert_eq!(FACETS[FACTOR].vocabulary.key, "factor");
    }

    #[test]
    fn proofs_are_told_apart() {
        let of = |word: &str| proof(EVIDENCE.index(word).unwrap_or(99));
        assert_eq!(of("影像"), Proof::Documentary);
        assert_eq!(of("比对"), Proof::Comparison);
        assert_eq!(of("抽查"), Proof::Active);
        assert_eq!(of("测试"), Proof::Active);
    }
}
