//! The scoring rules of a tree file: decimals, bands, caps, what a blank does, how answers merge.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::node::{Fields, Node};
use crate::policy::{Band, KeyCaps, Merge, Missing, Policy, VetoCaps};
use crate::text::t;
use crate::tree::construct::{BANDS, CAPS, DECIMALS, choice};

pub(super) fn policy(node: &Node, findings: &mut Vec<Finding>) -> Option<Policy> {
    let default = Policy::default();
    let mut fields = Fields::of(node, "policy", findings)?;
    let decimals = fields.get("decimals").map_or(Some(default.decimals), |node| {
        let decimals = u32::try_from(node.whole("decimals", findings)?).ok().filter(|decimals| *decimals <= 9);
        if decimals.is_none() {
            findings.push(DECIMALS.at(node.place.clone(), &[]));
        }
        decimals
    });
    let bands = fields.get("bands").map_or(Some(default.bands), |node| bands(node, findings));
    let (sound, bands_known) = (decimals.is_some() && bands.is_some(), bands.is_some());
    let mut policy = Policy { decimals: decimals.unwrap_or(default.decimals), bands: bands.unwrap_or_default(), ..Policy::default() };
    let caps = |node: &Node, keys: &[&'static str], findings: &mut Vec<Finding>| -> Option<Vec<Option<usize>>> {
        let mut fields = Fields::of(node, "policy", findings)?;
        let before = findings.len();
        let mut caps = Vec::new();
        for key in keys {
            caps.push(match fields.get(key) {
                None => None,
                Some(node) => node.text(key, findings).and_then(|code| {
                    let found = policy.band_named(&code);
                    if found.is_none() && bands_known {
                        let known: Vec<&str> = policy.bands.iter().map(|band| band.code.as_str()).collect();
                        findings.push(choice(node, key, &code, &known));
                    }
                    found
                }),
            });
        }
        // No cap is the mildest; `None < Some`, and a later band is stricter.
        if findings.len() == before && caps.get(1) < caps.first() {
            findings.push(
                CAPS.at(
                    node.place.clone(),
                    &[(
                        "what",
                        t("“{more}”比“{fewer}”限得宽", "\"{more}\" is milder than \"{fewer}\"")
                            .with(&[("more", keys[1].into()), ("fewer", keys[0].into())]),
                    )],
                ),
            );
        }
        fields.done(findings);
        Some(caps)
    };
    // The default caps name the default bands; with bands of its own a tree states its caps.
    let own_bands = fields.order().any(|key| key == "bands");
    let clip = |cap: Option<usize>, bands: &[Band]| if own_bands { None } else { cap.filter(|cap| *cap < bands.len()) };
    let veto = match fields.get("veto") {
        Some(node) => caps(node, &["one", "two"], findings).map_or(default.veto, |caps| VetoCaps { one: caps[0], two: caps[1] }),
        None => VetoCaps { one: clip(default.veto.one, &policy.bands), two: clip(default.veto.two, &policy.bands) },
    };
    let key = match fields.get("key") {
        Some(node) => {
            let caps = caps(node, &["one", "three", "group"], findings);
            caps.map_or(default.key, |caps| KeyCaps { one: caps[0], three: caps[1], group: caps[2] })
        }
        None => KeyCaps {
            one: clip(default.key.one, &policy.bands),
            three: clip(default.key.three, &policy.bands),
            group: clip(default.key.group, &policy.bands),
        },
    };
    policy.veto = veto;
    policy.key = key;
    if let Some(node) = fields.get("missing") {
        let word = node.text("missing", findings);
        match word.as_deref().map(Missing::named) {
            Some(Some(missing)) => policy.missing = missing,
            Some(None) => findings.push(choice(node, "missing", &word.unwrap_or_default(), &["zero", "exclude"])),
            None => {}
        }
    }
    if let Some(node) = fields.get("merge") {
        let word = node.text("merge", findings);
        match word.as_deref().map(Merge::named) {
            Some(Some(merge)) => policy.merge = merge,
            Some(None) => findings.push(choice(node, "merge", &word.unwrap_or_default(), &["mean", "median", "min", "max"])),
            None => {}
        }
    }
    fields.done(findings);
    sound.then_some(policy)
}

fn bands(node: &Node, findings: &mut Vec<Finding>) -> Option<Vec<Band>> {
    let mut all: Vec<Band> = Vec::new();
    let nodes = node.list("bands", findings)?;
    for node in nodes {
        let Some(mut fields) = Fields::of(node, "bands", findings) else { continue };
        let code = fields.need("code", "code: good", findings).and_then(|node| node.text("code", findings));
        let name = fields.need("name", "name: {zh: …, en: …}", findings).and_then(|node| node.pair("name", findings));
        let from = fields.need("from", "from: 80", findings).and_then(|node| node.number("from", findings));
        fields.done(findings);
        if let (Some(code), Some(name), Some(from)) = (code, name, from) {
            all.push(Band { code, name, from });
        }
    }
    if all.len() < nodes.len() {
        return None;
    }
    let mut codes = HashSet::new();
    let bad = if all.is_empty() {
        Some(t("一级也没有", "there is none"))
    } else if all.windows(2).any(|pair| pair[0].from <= pair[1].from) {
        Some(t("分数线没有依次降低", "the scores do not fall from one to the next"))
    } else if all.last().is_some_and(|band| band.from != 0.0) {
        Some(t("最后一级不从 0 起", "the last is not from 0"))
    } else if !all.iter().map(|band| &band.code).all(|code| codes.insert(code)) {
        Some(t("编码重复", "a code stands twice"))
    } else {
        None
    };
    if let Some(what) = bad {
        findings.push(BANDS.at(node.place.clone(), &[("what", what)]));
        return None;
    }
    Some(all)
}
