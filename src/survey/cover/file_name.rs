//! A file that is named for another department than its cover, as when one fills in the form of another.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::survey::cover::{Cover, identity, is_respondent};
use crate::survey::layout::{ASSESSOR, CoverLabel, is};
use crate::text::{Text, t};
use crate::tree::{RealDepartment, Tree};
use crate::unit::normal;

pub static FILE_NAMED: FindingKind = FindingKind::new(
    "cover-file-name",
    Severity::Warning,
    t(
        "文件名写的是“{named}”，封面的“填报单位”却是“{cover}”；按封面计，答案都算“{cover}”的。",
        "The file is named for \"{named}\" while Respondent on its cover is \"{cover}\"; the cover's counts, and all answers go by it.",
    ),
    t(
        "请核实是哪个部门填的：封面错了的，改正封面；封面没有错的，不必处理。",
        "Find out which department filled it in: if the cover is wrong, put it right; if not, nothing need be done.",
    ),
);

impl Cover<'_> {
    /// Says where the file's name has a department of the tree and the cover another. Assessors name files for whom they review.
    pub fn named_otherwise(&self, respondent: &str, tree: &Tree) -> Option<Finding> {
        let file = self.file.rsplit('/').next().map(|name| normal(name).to_lowercase())?;
        let reviews = is(respondent, &ASSESSOR) && ["评估", "复核", "assess", "review"].iter().any(|word| file.contains(word));
        if reviews || !is_respondent(respondent, tree) {
            return None;
        }
        let departments = tree.departments.iter().map(|department| &department.name);
        let reals: Vec<Text> = tree.local.respondents.iter().map(RealDepartment::shown).collect();
        let names: Vec<&str> = departments.chain(&reals).flat_map(|name| [name.zh.as_ref(), name.en.as_ref()]).collect();
        let mut found: Vec<&str> = names.into_iter().filter(|name| holds(&file, &normal(name).to_lowercase())).collect();
        // 财政部门 within 市财政部门 names nobody else.
        found.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let named = *found.first()?;
        if holds(&file, &normal(respondent).to_lowercase()) || found.iter().any(|name| identity(name, tree) == identity(respondent, tree)) {
            return None;
        }
        Some(FILE_NAMED.at(self.place(CoverLabel::Respondent), &[("named", named.into()), ("cover", respondent.into())]))
    }
}

/// Latin letters within a word name nobody.
fn holds(file: &str, name: &str) -> bool {
    let words = |text: &str| format!(" {} ", text.split(|character: char| !character.is_alphanumeric()).collect::<Vec<_>>().join(" "));
    if name.is_ascii() { words(file).contains(&words(name)) } else { file.contains(name) }
}
