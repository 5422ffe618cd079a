//! Outlying departments: the mean self-rating far from the others', by their median and a spread that strange ones do not stretch.

use crate::analysis::suspicion::needs::Needs;
use crate::analysis::suspicion::odds::{median, robust_deviation};
use crate::analysis::suspicion::{Doubt, Scene};
use crate::number::fixed;
use crate::text::{Text, t};

pub const CODE: &str = "audit-outlier";
/// Answers of a respondent, and respondents, that it takes.
const FEWEST: usize = 5;
const RESPONDENTS: usize = 5;
pub const NEEDS: Needs = Needs::Others { respondents: RESPONDENTS, answers: FEWEST };
/// Multiples of the spread, and points.
const TIMES: f64 = 2.0;
const POINTS: f64 = 32.0;
/// Departments differ by so many points anyway, whatever a few of them happen to show.
const LEAST_SPREAD: f64 = 6.0;
/// Whoever has another near by on the same side does not stand alone; there is less room above than below.
const ALONE_HIGH: f64 = 8.0;
const ALONE_LOW: f64 = 16.0;
/// Spread of single answers around their department's mean, for respondents of few items.
const OF_ANSWERS: f64 = 35.0;
/// A mean of fewer answers is said to rest on few.
const FEW: usize = 10;

/// How this one may have come about innocently: reasons for its direction alone, and few items only where they are few.
pub fn innocent(doubt: &Doubt) -> Text {
    let mut reasons = if doubt.measure < doubt.usual {
        vec![
            t("这个部门的工作确实有差距", "Its performance may really be lower"),
            t("它的题本来就难", "its items are harder"),
            t("它填得比别的部门严", "it rates itself more strictly than the others"),
        ]
    } else {
        vec![
            t("这个部门的工作确实好", "Its performance may really be higher"),
            t("它的题本来就容易", "its items are easier"),
            t("它把评分标准理解得宽", "it read the guide more generously"),
        ]
    };
    if doubt.count < FEW {
        let few = t("它只有 {count} 题，一两题就能拉动平均分", "it has {count} items only, of which one or two move the mean");
        reasons.push(few.with(&[("count", doubt.count.into())]));
    }
    t("{reasons}。", "{reasons}.").with(&[("reasons", Text::join(&reasons, "；", "; "))])
}

/// The direction, with how many it is compared, how far the nearest of them is, and from where on it is asked about.
fn beside(high: bool, departments: usize, nearest: f64, threshold: f64) -> Text {
    let text = if high {
        t(
            "高（与 {count} 个部门比，其中最高的 {nearest} 分；达到 {threshold} 分才列问）",
            "higher (compared with {count} [department|departments], of which the highest has {nearest}; listed at {threshold} or above)",
        )
    } else {
        t(
            "低（与 {count} 个部门比，其中最低的 {nearest} 分；不高于 {threshold} 分才列问）",
            "lower (compared with {count} [department|departments], of which the lowest has {nearest}; listed at {threshold} or below)",
        )
    };
    text.counted(departments).with(&[("nearest", fixed(nearest, 1).into()), ("threshold", fixed(threshold, 1).into())])
}

pub fn find(scene: &Scene<'_>) -> Vec<Doubt> {
    let means: Vec<Option<(f64, usize)>> = scene
        .voices
        .iter()
        .map(|voice| {
            let scores: Vec<f64> = voice.said.iter().filter_map(|said| said.score()).collect();
            (scores.len() >= FEWEST).then(|| (scores.iter().sum::<f64>() / scores.len() as f64, scores.len()))
        })
        .collect();
    let mut doubts = Vec::new();
    for (voice, own) in means.iter().enumerate() {
        let Some((mean, answers)) = own else { continue };
        let rest: Vec<(f64, usize)> = means.iter().enumerate().filter(|(at, _)| *at != voice).filter_map(|(_, one)| *one).collect();
        let values: Vec<f64> = rest.iter().map(|(mean, _)| *mean).collect();
        let numbers: Vec<f64> = rest.iter().map(|(_, answers)| *answers as f64).collect();
        let (Some(middle), Some(spread), Some(usual)) = (median(&values), robust_deviation(&values), median(&numbers)) else { continue };
        if rest.len() + 1 < RESPONDENTS {
            continue;
        }
        // The others' spread holds the chance of as many answers as they gave; fewer answers swing wider.
        let fewer = (1.0 / *answers as f64 - 1.0 / usual).max(0.0);
        let spread = (spread.max(LEAST_SPREAD).powi(2) + OF_ANSWERS.powi(2) * fewer).sqrt();
        let away = mean - middle;
        let highest = values.iter().copied().fold(f64::MIN, f64::max);
        let lowest = values.iter().copied().fold(f64::MAX, f64::min);
        let alone = if away > 0.0 { mean - highest >= ALONE_HIGH } else { lowest - mean >= ALONE_LOW };
        let far = POINTS.max(TIMES * spread);
        if !alone || away.abs() < far {
            continue;
        }
        let items = scene.voices[voice].said.iter().filter(|said| said.score().is_some()).map(|said| said.item).collect();
        let mut doubt = scene.doubt(voice, items);
        doubt.measure = *mean;
        doubt.usual = middle;
        doubt.count = *answers;
        doubt.of = *answers;
        let beside = if away > 0.0 {
            beside(true, rest.len(), highest, (middle + far).max(highest + ALONE_HIGH))
        } else {
            beside(false, rest.len(), lowest, (middle - far).min(lowest - ALONE_LOW))
        };
        doubt.other = beside;
        doubts.push(doubt);
    }
    doubts
}
