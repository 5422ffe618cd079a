//! What files of a run say beside one another: of which period and unit they are, and which of them are the same file.

use std::collections::{BTreeMap, BTreeSet};

use crate::commands::inputs::File;
use crate::finding::{Finding, Kind, Severity};
use crate::place::Place;
use crate::survey::Filled;
use crate::text::{Text, t};
use crate::unit::{is_unseen, normal};

pub static OTHER_PERIOD: Kind = Kind::new(
    "input-other-period",
    Severity::Warning,
    t(
        "{unit}的表写的评估期不一样：这一份是“{period}”，另有 {count} 份是“{most}”；各期分开计分。",
        "The surveys of {unit} name different periods: this one \"{period}\", {count} [other|others] \"{most}\"; each period is scored by itself.",
    ),
    t(
        "如是放错了上年的表，请把它移走；如是本期的，请改“填报说明”页的“评估期”；本来就要分期的，不必处理。",
        "If last year's survey got in by mistake, take it out; if it is this period's, correct Period on its sheet Cover; if both periods are meant, nothing need be done.",
    ),
);

pub static OTHER_NAME: Kind = Kind::new(
    "input-other-unit",
    Severity::Warning,
    t(
        "这一份写的被评估单位是“{unit}”，另有 {count} 份是“{most}”，{how}；当作两个单位，各自计分。",
        "This one names the unit \"{unit}\", {count} [other|others] \"{most}\", {how}; they count as two units, each scored by itself.",
    ),
    t(
        "如是同一个地方，请把“填报说明”页的“被评估单位”改成一样；确是两个地方的，不必处理。",
        "If it is the same place, make Unit the same on their sheets Cover; if they are two places, nothing need be done.",
    ),
);

pub static SAME_FILE: Kind = Kind::new(
    "input-same-file",
    Severity::Note,
    t("与 {other} 是同一个文件，只计一次，这一份没有读。", "It is the same file as {other} and counts once; this one was not read."),
    t(
        "不必处理；本来该是另一个部门的表的，请换成那一份。",
        "Nothing to do; if another department's survey was meant to be here, put that one in its place.",
    ),
);

pub static KINDS: [&Kind; 3] = [&OTHER_PERIOD, &OTHER_NAME, &SAME_FILE];

/// Of each unit the surveys of another period than most of its surveys name; none where no period has more than another.
pub fn other_periods(filled: &[&Filled]) -> Vec<Finding> {
    let mut units: BTreeMap<&str, BTreeMap<&str, Vec<&Filled>>> = BTreeMap::new();
    for one in filled.iter().copied() {
        units.entry(&one.unit).or_default().entry(&one.period).or_default().push(one);
    }
    let mut findings = Vec::new();
    for (unit, periods) in &units {
        let Some((most, files)) = periods.iter().max_by_key(|(_, files)| files.len()) else { continue };
        for other in periods.values().flatten().filter(|other| other.period != **most && periods[other.period.as_str()].len() < files.len())
        {
            let args = [
                ("unit", Text::same(*unit)),
                ("period", Text::same(other.period.clone())),
                ("count", files.len().into()),
                ("most", Text::same(*most)),
            ];
            findings.push(OTHER_PERIOD.at(Place::file(&other.file), &args));
        }
    }
    findings
}

/// Of each period the surveys whose unit is named almost as more of its surveys name theirs.
pub fn other_units(filled: &[&Filled]) -> Vec<Finding> {
    let mut periods: BTreeMap<&str, BTreeMap<&str, Vec<&Filled>>> = BTreeMap::new();
    for one in filled.iter().copied() {
        periods.entry(&one.period).or_default().entry(&one.unit).or_default().push(one);
    }
    let mut findings = Vec::new();
    for units in periods.values() {
        for (unit, files) in units {
            // Where they are as many, the longer name is the odd one.
            let rank = |name: &str, files: &[&Filled]| (files.len(), usize::MAX - name.chars().count());
            let more = units.iter().filter(|(most, others)| rank(most, others) > rank(unit, files));
            let akin = more.filter_map(|(most, others)| Some((most, others, akin((*unit, files.as_slice()), (*most, others.as_slice()))?)));
            let Some((most, others, how)) = akin.max_by_key(|(_, others, _)| others.len()) else { continue };
            for other in files {
                let args = [("unit", Text::same(*unit)), ("count", others.len().into()), ("most", Text::same(*most)), ("how", how.clone())];
                findings.push(OTHER_NAME.at(Place::file(&other.file), &args));
            }
        }
    }
    findings
}

/// What the names of places end in that others are part of.
const WITHIN: [char; 7] = ['省', '市', '州', '盟', '区', '县', '旗'];

/// How a name that few files have is almost the one that more have; none where they may well be two places.
fn akin((unit, files): (&str, &[&Filled]), (most, others): (&str, &[&Filled])) -> Option<Text> {
    let is_parent = |parent: &str, of: &[&Filled]| of.iter().any(|one| one.parent.as_deref() == Some(parent));
    if is_parent(unit, others) || is_parent(most, files) {
        return None;
    }
    let close = |name: &str| name.chars().filter(|one| !one.is_whitespace() && !is_unseen(*one)).collect::<Vec<char>>();
    let (one, two) = (close(unit), close(most));
    if one == two {
        return Some(t("去掉空格是一样的", "the same but for blanks"));
    }
    let (long, short) = if one.len() > two.len() { (&one, &two) } else { (&two, &one) };
    // In front of its name stands what a place is part of: 云州市 is not 云州市栖云区, but 栖云 is 栖云区; and 城区 is not 东城区.
    let behind =
        long.strip_suffix(short.as_slice()).filter(|before| short.len() > 2 || before.last().is_some_and(|last| WITHIN.contains(last)));
    let without_class = short.len() > 1 && long.starts_with(short) && long.len() == short.len() + 1;
    if !short.is_empty() && (behind.is_some() || without_class) {
        return Some(t("一个名称含着另一个", "one name within the other"));
    }
    // Neighbours are named so too, 东城区 and 西城区: what one file says among those of several departments is as a rule a slip.
    let departments: BTreeSet<String> = others.iter().map(|other| normal(&other.respondent)).collect();
    let apart = one.iter().zip(&two).filter(|(one, two)| one != two).count();
    let slip = one.len() == two.len() && one.len() >= 3 && apart == 1 && files.len() == 1 && departments.len() > 1;
    slip.then(|| t("只差一个字", "one character apart"))
}

/// Files that name nobody and are the same count once, as those of one respondent do.
pub fn count_once(files: &mut [File]) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        if !file.filled.as_ref().is_some_and(|filled| filled.respondent.is_empty()) {
            continue;
        }
        let Some(other) = first.get(&file.input.sha256) else {
            first.insert(file.input.sha256.clone(), file.input.file.clone());
            continue;
        };
        file.findings = vec![SAME_FILE.at(Place::file(&file.input.file), &[("other", other.clone().into())])];
        file.filled = None;
        file.unscored = None;
    }
}
