//! Options that several commands read the same way.

use crate::commands::cli::Parsed;
use crate::commands::{DATE, FORMAT, Flag, LANG, LIMIT, MERGE, MISSING, PERIOD, PROFILE, Session, TARGET, TREE, UNIT, messages};
use crate::error::Failure;
use crate::policy::{Merge, Missing};
use crate::report::{self, Format};
use crate::result::OptionsUsed;
use crate::settings::Settings;
use crate::sheet::limits::{self, Limits};
use crate::survey::{Decision, Given};
use crate::text::{Lang, Text, t};
use crate::tree::{self, Loaded, Profile, Tree};
use crate::unit::{Date, parse_date};

/// The tree of `--tree`, findings printed; a tree with errors stops the run.
pub fn tree(parsed: &Parsed, session: &mut Session<'_>) -> Result<Tree, Failure> {
    tree_named(parsed.value(&TREE).unwrap_or(tree::NAMES[0]), session)
}

/// A tree by name, file or folder; with errors it stops the run.
pub fn tree_named(name: &str, session: &mut Session<'_>) -> Result<Tree, Failure> {
    let mut findings = Vec::new();
    let loaded = tree::load(name, &mut findings)?;
    if let Some(tree) = loaded.tree {
        return Ok(tree);
    }
    messages::findings(&findings, &loaded.sources, session)?;
    Err(t("指标树有错，先改好再来：{tally}。", "The tree has errors; mend it first: {tally}.")
        .with(&[("tally", messages::tally(&findings))])
        .into())
}

pub fn load(parsed: &Parsed, findings: &mut Vec<crate::finding::Finding>) -> Result<Loaded, Failure> {
    tree::load(parsed.value(&TREE).unwrap_or(tree::NAMES[0]), findings)
}

/// The language of files: Chinese unless `--lang` says otherwise.
pub fn file_lang(parsed: &Parsed) -> Result<Lang, Failure> {
    match parsed.value(&LANG) {
        None | Some("zh") => Ok(Lang::Zh),
        Some("en") => Ok(Lang::En),
        Some(other) => Err(bad("--lang", other, t("zh 或 en", "zh or en"))),
    }
}

/// `--unit` and `--period`, else what the settings say.
pub fn given(parsed: &Parsed, settings: Option<&Settings>) -> Given {
    let typed = |flag: &Flag| parsed.value(flag).map(|value| Decision { value: value.to_string(), by: format!("--{}", flag.name).into() });
    given_by(typed(&UNIT), typed(&PERIOD), settings)
}

/// The same with what was typed named apart.
pub fn given_by(unit: Option<Decision>, period: Option<Decision>, settings: Option<&Settings>) -> Given {
    let decision = |typed: Option<Decision>, own: Option<&String>| {
        typed.or_else(|| own.map(|value| Decision { value: value.clone(), by: t("评估设置", "the settings") }))
    };
    Given {
        unit: decision(unit, settings.and_then(|settings| settings.unit.as_ref())),
        period: decision(period, settings.and_then(|settings| settings.period.as_ref())),
    }
}

/// What the command line decides that the inputs do not say.
pub fn used(parsed: &Parsed) -> OptionsUsed {
    let own = |flag: &Flag| parsed.value(flag).map(str::to_string);
    OptionsUsed { unit: own(&UNIT), period: own(&PERIOD), profile: own(&PROFILE) }
}

/// `--profile`, where given.
pub fn profile(parsed: &Parsed) -> Result<Option<Profile>, Failure> {
    let named = |name: &str| Profile::named(name).ok_or_else(|| bad("--profile", name, Profile::known()));
    parsed.value(&PROFILE).map(named).transpose()
}

/// `--profile` over what the settings say; a tree of which nothing is left stops the run.
pub fn apply_scope(parsed: &Parsed, tree: &mut Tree) -> Result<(), Failure> {
    if let Some(profile) = profile(parsed)? {
        tree.local.profile = Some(profile);
    }
    if tree.scope() > 0 {
        return Ok(());
    }
    let args = [("name", tree.scope_name())];
    Err(if tree.local.left_out.is_empty() {
        t("这套指标体系没有“{name}”范围的题。", "This tree has no items of the profile \"{name}\".").with(&args)
    } else {
        t("按评估设置，没有一题要评；请改“范围”页。", "By the settings nothing is assessed; change the sheet Scope.")
    }
    .into())
}

/// `--merge`, `--missing` and `--target` put into the tree's policy.
pub fn apply_policy(parsed: &Parsed, tree: &mut Tree) -> Result<(), Failure> {
    if let Some(name) = parsed.value(&MERGE) {
        tree.policy.merge =
            Merge::named(name).ok_or_else(|| bad("--merge", name, t("mean、median、min 或 max", "mean, median, min or max")))?;
    }
    if let Some(name) = parsed.value(&MISSING) {
        tree.policy.missing = Missing::named(name).ok_or_else(|| bad("--missing", name, t("zero 或 exclude", "zero or exclude")))?;
    }
    if let Some(text) = parsed.value(&TARGET) {
        let target = text.parse::<f64>().ok().filter(|target| (0.0..=100.0).contains(target));
        tree.policy.target = Some(target.ok_or_else(|| bad("--target", text, t("0 到 100 的分数", "a score from 0 to 100")))?);
    }
    Ok(())
}

/// `--limit`: the usual limits with those changed.
pub fn limits(parsed: &Parsed) -> Result<Limits, Failure> {
    let mut limits = Limits::default();
    for one in parsed.value(&LIMIT).unwrap_or_default().split(',').filter(|one| !one.trim().is_empty()) {
        if !limits.set(one) {
            return Err(bad("--limit", one, limits::listed()));
        }
    }
    Ok(limits)
}

/// `--date` as year, month, day; 2000-01-01 without it.
pub fn date(parsed: &Parsed) -> Result<Date, Failure> {
    let Some(text) = parsed.value(&DATE) else { return Ok((2000, 1, 1)) };
    parse_date(text).ok_or_else(|| bad("--date", text, t("2026-11-22 这样的日期", "a date like 2026-11-22")))
}

/// The formats of `--format`; `json` alone writes `results.json` only.
pub fn formats(parsed: &Parsed) -> Result<Vec<&'static Format>, Failure> {
    let list = parsed.value(&FORMAT).unwrap_or("xlsx,md,docx");
    let mut formats = Vec::new();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "json") {
        formats.push(report::format_named(name).ok_or_else(|| bad("--format", name, report::format_names()))?);
    }
    Ok(formats)
}

pub fn bad(flag: &str, value: &str, wanted: Text) -> Failure {
    t("{flag} 不能是“{value}”，应为 {wanted}。", "{flag} cannot be \"{value}\"; it takes {wanted}.")
        .with(&[("flag", flag.into()), ("value", value.into()), ("wanted", wanted)])
        .into()
}
