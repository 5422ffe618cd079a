//! Whether an approver is the respondent itself: by its name in full, without its place, in short, or by words such as 本局.
//!
//! 市民政局 is another body than 区民政局: a place before the name that is not the respondent's own makes it so.

use crate::analysis::suspicion::voices::folded;
use crate::tree::Tree;

/// A respondent as an approver may be called.
pub struct OwnName {
    /// Names without a place, longest known form first.
    names: Vec<String>,
    /// What a department of the tree does: 水利 of 水利部门, whose bureau may have any ending.
    stems: Vec<String>,
    /// The assessed unit: 栖云区.
    unit: String,
    /// Levels of its own: the 区 of 栖云区 and of 区水务局.
    levels: Vec<char>,
}

/// Last characters of a place's name.
const PLACES: [char; 9] = ['省', '市', '州', '盟', '区', '县', '旗', '镇', '乡'];
const ABOVE: [&str; 5] = ["上级", "国家", "中央", "市级", "省级"];
/// What a body is called at its end; of several that fit the longest.
const BODIES: [&str; 24] = [
    "办公室",
    "委员会",
    "联合会",
    "单位",
    "机关",
    "中心",
    "大队",
    "支队",
    "总队",
    "中队",
    "分局",
    "局",
    "部",
    "委",
    "办",
    "厅",
    "院",
    "所",
    "站",
    "会",
    "队",
    "处",
    "科",
    "联",
];
/// Other words for the same duty.
const SYNONYMS: [(&str, &str); 3] = [("水利", "水务"), ("自然资源", "资规"), ("自然资源", "自规")];
/// What may follow 局 or 大队 where the respondent's own is meant: 局领导班子, 大队教导员.
const POSTS_OF: [&str; 14] =
    ["长", "副", "领导", "党组", "党委", "党总支", "主要", "分管", "负责", "主任", "教导员", "政委", "务会", "班子"];
/// A post without its body is one of the respondent's own.
const POSTS: [&str; 8] = ["局长", "科长", "处长", "股长", "队长", "大队长", "站长", "所长"];
/// The respondent of itself, besides 本 or 我 before a body.
const SELF: [&str; 7] = ["自行", "局党组", "局长办公会", "局务会", "ourselves", "thisdepartment", "ourown"];

impl OwnName {
    pub fn new(name: &str, unit: &str, tree: &Tree) -> Self {
        let (full, unit) = (folded(name), folded(unit));
        let within = full.strip_prefix(&unit).filter(|rest| !rest.is_empty()).unwrap_or(&full);
        let mut levels: Vec<char> = unit.chars().last().filter(|last| PLACES.contains(last)).into_iter().collect();
        // 市场监督管理局 begins with no place.
        let level = within.chars().next().filter(|first| PLACES.contains(first) && !within.starts_with("市场"));
        levels.extend(level);
        let bare = level.map_or(within, |level| &within[level.len_utf8()..]).to_string();
        let mut own = OwnName { names: vec![bare], stems: Vec::new(), unit, levels };
        // In the tree's own words too, where nobody else stands for them; the cover may use either language.
        let alone = |department: &usize| tree.local.respondents.iter().filter(|real| real.departments.contains(department)).count() == 1;
        let real = tree.real_named(name).map(|real| &tree.local.respondents[real]);
        let of_tree: Vec<usize> = match real {
            Some(real) => real.departments.iter().copied().filter(alone).collect(),
            None => tree.department_named(name).into_iter().collect(),
        };
        for department in of_tree {
            let name = &tree.departments[department].name;
            own.names.extend([folded(&name.zh), folded(&name.en)]);
        }
        own.names.extend(real.map(|real| folded(&real.name).trim_start_matches(PLACES).to_string()));
        for (one, two) in SYNONYMS {
            let more: Vec<String> = own.names.iter().flat_map(|name| [name.replace(one, two), name.replace(two, one)]).collect();
            own.names.extend(more);
        }
        let stem = |name: &String| ["部门", "机构"].iter().find_map(|end| name.strip_suffix(end)).map(str::to_string);
        own.stems = own.names.iter().filter_map(stem).filter(|stem| stem.chars().count() >= 2).collect();
        own.names.retain(|name| name.chars().count() >= 3);
        // A name of two characters only with its place.
        own.names.extend(Some(full).filter(|full| full.chars().count() >= 2 && (level.is_none() || own.names.is_empty())));
        own.stems.dedup();
        own.names.dedup();
        own
    }

    /// Is the approver that is named here the respondent itself?
    pub fn is(&self, approver: &str) -> bool {
        let post = ["主要", "分管", "副"].iter().fold(approver, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        let says_own = BODIES.iter().chain(&["部门"]).any(|body| ["本", "我"].iter().any(|own| approver.contains(&format!("{own}{body}"))));
        POSTS.contains(&post)
            || says_own
            || SELF.iter().any(|word| approver.contains(word))
            || self.names.iter().any(|name| approver.match_indices(name.as_str()).any(|(at, _)| self.is_here(&approver[..at], name)))
            || self.is_post_of_body(approver)
            || self.is_short(approver)
    }

    /// Is it the respondent's name, with this before it? 委办公室 alone is that of 区委, and not the end of 应急委办公室.
    fn is_here(&self, before: &str, name: &str) -> bool {
        let is_cut = name.starts_with('委') && !before.is_empty() && !before.ends_with(&self.levels[..]);
        !is_cut && !self.is_elsewhere(before.trim_end_matches("人民"))
    }

    /// Is what stands before a name another place, so that another body is meant?
    fn is_elsewhere(&self, before: &str) -> bool {
        if before.is_empty() || (!self.unit.is_empty() && before.ends_with(&self.unit)) {
            return false;
        }
        let place = before.chars().last().filter(|last| PLACES.contains(last));
        let is_own = |place: char| self.levels.contains(&place) && before.chars().count() == 1;
        ABOVE.iter().any(|word| before.ends_with(word)) || (!self.levels.is_empty() && place.is_some_and(|place| !is_own(place)))
    }

    /// 大队教导员 of 区消防救援大队: its own kind of body, and a post.
    fn is_post_of_body(&self, approver: &str) -> bool {
        self.names.iter().any(|name| {
            let body = BODIES.iter().find(|body| name.ends_with(**body));
            let post = body.and_then(|body| approver.strip_prefix(body));
            post.is_some_and(|post| POSTS_OF.iter().any(|word| post.starts_with(word)))
        })
    }

    /// 消防大队 of 消防救援大队, 区府办 of 政府办公室, 区水务局 of 水利部门: the characters of one name in order, from its beginning to its end.
    fn is_short(&self, approver: &str) -> bool {
        let rest = approver.strip_prefix(&self.unit).unwrap_or(approver);
        let first = rest.chars().next().filter(|first| self.levels.contains(first));
        let rest = first.map_or(rest, |first| &rest[first.len_utf8()..]);
        let chars: Vec<char> = rest.chars().collect();
        (2..=chars.len()).any(|length| {
            let called = &chars[..length];
            let ends_body = BODIES.iter().any(|body| body.ends_with(called[length - 1]));
            ends_body && (self.names.iter().any(|name| shortens(called, name)) || self.stems.iter().any(|stem| self.does(called, stem)))
        })
    }

    /// Does a body of this name do what the stem says: 公安分局 公安, 大数据管理局 数据管理, 司法局 司法行政?
    fn does(&self, called: &[char], stem: &str) -> bool {
        let stem: Vec<char> = stem.chars().collect();
        let begins = called.iter().position(|one| *one == stem[0]).filter(|at| *at <= 1);
        let Some(at) = begins else { return false };
        let before: String = called[..at].iter().collect();
        let duty = &called[at..called.len() - 1];
        let within = is_within(&stem, duty) || (duty.len() >= 2 && stem.starts_with(duty));
        within && !self.is_elsewhere(&before)
    }
}

/// Is it a short form: characters of the name in order, the first among its first two, the last at its end?
fn shortens(called: &[char], name: &str) -> bool {
    let full: Vec<char> = name.chars().collect();
    let body = BODIES.iter().find(|body| name.ends_with(**body)).copied().unwrap_or_default();
    let ends = called.last().is_some_and(|last| body.contains(*last));
    ends && full.iter().take(2).any(|one| *one == called[0]) && is_within(called, &full)
}

/// Are the characters found in the other in the same order?
fn is_within(few: &[char], many: &[char]) -> bool {
    let mut left = many.iter();
    few.iter().all(|one| left.any(|other| other == one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str) -> OwnName {
        let mut findings = Vec::new();
        let tree = crate::tree::load("city", &mut findings).expect("the tree").tree.expect("no errors");
        OwnName::new(name, "栖云区", &tree)
    }

    #[test]
    fn a_department_is_known_by_its_own_names() {
        for (name, approvers) in [
            (
                "区消防救援大队",
                vec!["区消防救援大队大队长", "消防大队教导员", "大队教导员", "本大队大队长", "栖云区消防救援大队", "大队长"],
            ),
            ("区委宣传部", vec!["宣传部部长", "我部副部长", "本部部长", "区委宣传部副部长", "部领导班子"]),
            ("区政府办公室", vec!["区府办主任", "政府办主任", "本办主任", "办公室主任", "区人民政府办公室"]),
            ("区委办公室", vec!["区委办公室主任", "委办主任"]),
            ("区住房和城乡建设局", vec!["住建局局长", "区住建局分管副局长", "云州市栖云区住房和城乡建设局"]),
            ("区自然资源局", vec!["资规局局长", "局党组"]),
            ("区市场监督管理局", vec!["市场监管局局长", "区市场监督管理局"]),
            ("水利部门", vec!["区水务局主要负责人", "水利局局长", "水利部门分管负责人"]),
            ("公安部门", vec!["区公安分局分管负责人", "公安局局长"]),
            ("数据管理部门", vec!["区大数据管理局分管负责人"]),
            ("区残疾人联合会", vec!["区残联理事长", "本单位主要负责人", "我单位"]),
        ] {
            for approver in approvers {
                assert!(own(name).is(&folded(approver)), "{name}: {approver}");
            }
        }
    }

    #[test]
    fn a_body_of_another_place_or_duty_is_another() {
        for (name, approvers) in [
            (
                "区消防救援大队",
                vec!["市消防救援大队分管领导", "市消防救援支队", "云州市消防救援大队", "区应急管理局局长", "白沙区消防救援大队"],
            ),
            ("区委宣传部", vec!["市委宣传部分管领导", "区委常委、常务副区长", "区委主要领导", "省委宣传部"]),
            (
                "区政府办公室",
                vec!["区政府分管副区长", "市政府办公室", "区应急委办公室主任", "市人民政府办公室", "区委办公室主任", "区政府"],
            ),
            ("区委办公室", vec!["区应急委办公室主任", "区政府办公室主任", "市委办公室"]),
            ("区应急管理局", vec!["区应急委办公室主任", "省应急管理厅", "评估组组长", "区长"]),
            ("区市场监督管理局", vec!["市市场监督管理局", "云州市市场监管局"]),
            ("公安部门", vec!["市公安局", "市级主管部门分管领导", "区应急管理局局长", "分管副区长"]),
            ("区残疾人联合会", vec!["市残疾人联合会分管领导", "区民政局局长"]),
        ] {
            for approver in approvers {
                assert!(!own(name).is(&folded(approver)), "{name}: {approver}");
            }
        }
    }
}
