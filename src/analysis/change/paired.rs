//! Is the change more than chance and the raters' spread? Paired tests over the items asked alike and answered in both years.
//!
//! They treat the items as draws from a wider set of questions one might have asked, and as independent of each other. Both are
//! approximations: the items are the whole tree, and items of one group move together, so p is rather too small than too large.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::analysis::change::{Change, Definition};
use crate::number::snapped;
use crate::result::{ItemResult, Results};

/// Items drawn with replacement so many times, from a generator started here.
const RESAMPLES: usize = 2000;
const SEED: u64 = 2026;
/// Up to so many differences without ties the distribution of the signed ranks is counted out.
const EXACT_UP_TO: usize = 50;

/// What the paired items show.
#[derive(Clone, Debug, PartialEq)]
pub struct Paired {
    /// Of the items asked alike and answered in both years, in points of an item's score.
    pub differences: Differences,
    /// Share-weighted mean difference: points of the total over these items alone.
    pub weighted: f64,
    /// 95 % percentile interval of the same by bootstrap over items (Efron 1979).
    pub interval: Option<(f64, f64)>,
    pub raters: Option<Raters>,
}

/// A statistic and its two-sided p.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    pub statistic: f64,
    pub p: f64,
}

/// How far two ratings of the same fact lie apart, and what that does to the difference of two totals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raters {
    /// Items rated more than once in a year: by several, or by self-rating and review.
    pub items: usize,
    /// Standard deviation of one rating, in points of an item's score, pooled over these items.
    pub deviation: f64,
    /// Standard error of the change of the total, were every item rated once a year with that spread.
    pub error_of_change: f64,
}

pub fn paired(change: &Change, before: &Results, after: &Results) -> Paired {
    let answered = |item: &ItemResult| item.state == "answered";
    // Shares of the later year; a difference, and its weight.
    let pairs: Vec<(f64, f64)> = change
        .items
        .iter()
        .filter(|item| item.pair.is_same())
        .filter_map(|item| {
            let (old, new) = (&before.items[item.pair.before?], &after.items[item.pair.after?]);
            let was = match item.pair.definition {
                Definition::Reread(reread) => reread.before,
                _ => old.score?,
            };
            (answered(old) && answered(new)).then_some((new.score? - was, new.share))
        })
        .collect();
    Paired {
        differences: Differences::of(&pairs.iter().map(|(difference, _)| *difference).collect::<Vec<f64>>()),
        weighted: weighted(&pairs),
        interval: bootstrap(&pairs),
        raters: raters(before, after),
    }
}

/// What the differences of pairs show, whatever they are of.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    pub count: usize,
    pub rose: usize,
    pub fell: usize,
    pub mean: f64,
    pub deviation: f64,
    /// Two-sided p, six decimals; none where there is nothing to test.
    pub t: Option<Test>,
    pub wilcoxon: Option<Test>,
    pub sign: Option<Test>,
    /// Mean over standard deviation (Cohen's d_z).
    pub d_z: Option<f64>,
    /// Rank-biserial correlation of the pairs (Kerby 2014), -1 to 1.
    pub rank_biserial: Option<f64>,
}

impl Differences {
    pub fn of(differences: &[f64]) -> Self {
        let n = differences.len() as f64;
        let mean = if n > 0.0 { differences.iter().sum::<f64>() / n } else { 0.0 };
        let squares: f64 = differences.iter().map(|one| (one - mean) * (one - mean)).sum();
        let deviation = if n > 1.0 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        let count = |wanted: fn(i128) -> bool| differences.iter().filter(|one| wanted(snapped(**one))).count();
        let (rose, fell) = (count(|one| one > 0), count(|one| one < 0));
        let ranks = Ranks::of(differences);
        Differences {
            count: differences.len(),
            rose,
            fell,
            mean,
            deviation,
            t: t_test(mean, deviation, differences.len()),
            wilcoxon: ranks.test(),
            sign: sign_test(rose, fell),
            d_z: (deviation > 0.0).then(|| mean / deviation),
            rank_biserial: ranks.biserial(),
        }
    }
}

/// Six decimals, so that no platform's last digit shows.
fn p(value: f64) -> f64 {
    (value.clamp(0.0, 1.0) * 1e6).round() / 1e6
}

/// Student's paired t test.
pub fn t_test(mean: f64, deviation: f64, count: usize) -> Option<Test> {
    if count < 2 || deviation <= 0.0 {
        return None;
    }
    let statistic = mean / (deviation / (count as f64).sqrt());
    let distribution = StudentsT::new(0.0, 1.0, count as f64 - 1.0).ok()?;
    Some(Test { statistic, p: p(2.0 * distribution.cdf(-statistic.abs())) })
}

/// The sign test: the smaller number of signs under a fair coin, ties dropped.
pub fn sign_test(rose: usize, fell: usize) -> Option<Test> {
    let n = rose + fell;
    if n == 0 {
        return None;
    }
    // Sums of binomial terms, each from the one before; scaled, since 0.5^n underflows late only.
    let smaller = rose.min(fell);
    let mut term = 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    let mut tail = term;
    for k in 1..=smaller {
        term *= (n - k + 1) as f64 / k as f64;
        tail += term;
    }
    Some(Test { statistic: smaller as f64, p: p(2.0 * tail) })
}

/// Signed ranks of the differences that are not 0 (Wilcoxon 1945), ties at their mean rank.
struct Ranks {
    count: usize,
    plus: f64,
    minus: f64,
    /// Sum over ties of t³ - t.
    ties: f64,
}

impl Ranks {
    fn of(differences: &[f64]) -> Self {
        let mut sizes: Vec<(i128, bool)> =
            differences.iter().map(|one| snapped(*one)).filter(|one| *one != 0).map(|one| (one.abs(), one > 0)).collect();
        sizes.sort_unstable();
        let mut ranks = Ranks { count: sizes.len(), plus: 0.0, minus: 0.0, ties: 0.0 };
        let mut start = 0;
        while start < sizes.len() {
            let end = start + sizes[start..].iter().take_while(|one| one.0 == sizes[start].0).count();
            let rank = (start + 1 + end) as f64 / 2.0;
            let tied = (end - start) as f64;
            ranks.ties += tied * tied * tied - tied;
            for (_, positive) in &sizes[start..end] {
                if *positive { ranks.plus += rank } else { ranks.minus += rank }
            }
            start = end;
        }
        ranks
    }

    /// Exact for few differences without ties, else the normal approximation with ties and continuity corrected.
    fn test(&self) -> Option<Test> {
        if self.count == 0 {
            return None;
        }
        let statistic = self.plus.min(self.minus);
        if self.count <= EXACT_UP_TO && self.ties == 0.0 {
            return Some(Test { statistic, p: p(2.0 * self.exact_tail(statistic)) });
        }
        let n = self.count as f64;
        let mean = n * (n + 1.0) / 4.0;
        let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - self.ties / 48.0;
        if variance <= 0.0 {
            return None;
        }
        let z = (statistic - mean + 0.5).min(0.0) / variance.sqrt();
        Some(Test { statistic, p: p(2.0 * Normal::standard().cdf(z)) })
    }

    /// Part of all sign patterns whose sum of ranks is at most `sum`.
    fn exact_tail(&self, sum: f64) -> f64 {
        let most = self.count * (self.count + 1) / 2;
        let mut patterns = vec![0.0_f64; most + 1];
        patterns[0] = 1.0;
        for rank in 1..=self.count {
            for at in (rank..=most).rev() {
                patterns[at] += patterns[at - rank];
            }
        }
        let all: f64 = patterns.iter().sum();
        patterns.iter().take(sum as usize + 1).sum::<f64>() / all
    }

    fn biserial(&self) -> Option<f64> {
        let all = self.plus + self.minus;
        (all > 0.0).then(|| (self.plus - self.minus) / all)
    }
}

fn weighted(pairs: &[(f64, f64)]) -> f64 {
    let weight: f64 = pairs.iter().map(|(_, share)| share).sum();
    if weight > 0.0 { pairs.iter().map(|(difference, share)| difference * share).sum::<f64>() / weight } else { 0.0 }
}

/// The 2.5th and 97.5th percentile of the weighted mean difference over resampled items.
fn bootstrap(pairs: &[(f64, f64)]) -> Option<(f64, f64)> {
    if pairs.len() < 2 {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let count = pairs.len() as u64;
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let drawn: Vec<(f64, f64)> = pairs.iter().map(|_| pairs[usize::try_from(random.next_u64() % count).unwrap_or(0)]).collect();
            weighted(&drawn)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |part: usize| means[RESAMPLES * part / 1000];
    Some((at(25), at(975)))
}

fn raters(before: &Results, after: &Results) -> Option<Raters> {
    let mut squares = 0.0;
    let mut freedom = 0.0;
    let mut items = 0;
    for item in before.items.iter().chain(&after.items) {
        let cells = item
            .answers
            .iter()
            .flat_map(|answer| [answer.own.as_ref().and_then(|own| own.score), answer.review.as_ref().and_then(|review| review.score)]);
        let scores: Vec<f64> = cells.flatten().collect();
        if scores.len() < 2 {
            continue;
        }
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        squares += scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f64>();
        freedom += scores.len() as f64 - 1.0;
        items += 1;
    }
    if freedom == 0.0 {
        return None;
    }
    let deviation = (squares / freedom).sqrt();
    let scored = before.items.iter().chain(&after.items).filter(|item| item.state == "answered");
    let shares: f64 = scored.map(|item| item.share * item.share).sum();
    Some(Raters { items, deviation, error_of_change: deviation * shares.sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paired differences of Darwin's maize (Fisher 1935, "The Design of Experiments", table 3), eighths of an inch.
    const DARWIN: [f64; 15] = [49.0, -67.0, 8.0, 16.0, 6.0, 23.0, 28.0, 41.0, 14.0, 29.0, 56.0, 24.0, 75.0, 60.0, -48.0];

    fn mean_and_deviation(all: &[f64]) -> (f64, f64) {
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        (mean, (all.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / (n - 1.0)).sqrt())
    }

    #[test]
    fn the_t_test_gives_fishers_figure_for_darwins_maize() {
        let (mean, deviation) = mean_and_deviation(&DARWIN);
        let test = t_test(mean, deviation, DARWIN.len()).expect("a test");
        // Fisher: t = 2.148 on 14 degrees of freedom, P = 4.970 %.
        assert!((test.statistic - 2.148).abs() < 5e-4, "{test:?}");
        assert!((test.p - 0.0497).abs() < 5e-5, "{test:?}");
    }

    #[test]
    fn the_signed_ranks_of_darwins_maize_are_counted_out() {
        let ranks = Ranks::of(&DARWIN);
        // Of sizes 6 to 75 the two negative ones, 48 and 67, have ranks 10 and 14.
        assert_eq!((ranks.minus, ranks.plus + ranks.minus), (24.0, 120.0));
        let test = ranks.test().expect("a test");
        assert!((test.p - 0.041_260).abs() < 1e-6, "{test:?}");
    }

    #[test]
    fn the_sign_test_is_the_binomial_tail() {
        // 13 of 15: 2 (1 + 15 + 105) / 32768.
        let test = sign_test(13, 2).expect("a test");
        assert!((test.p - 0.007_385).abs() < 1e-9, "{test:?}");
        assert_eq!(sign_test(0, 0), None);
        assert_eq!(sign_test(5, 5).map(|test| test.p), Some(1.0));
    }
}
