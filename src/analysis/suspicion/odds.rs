//! How likely a count is by chance: exact tails by sums, medians, spreads. Nothing here but arithmetic.

/// Cases that a usual share is worth before anybody was counted.
const PRIOR: f64 = 10.0;

/// P(X >= k) of a binomial with n trials and chance p, by the sum of its terms; each term comes from the one before.
pub fn at_least(k: usize, n: usize, p: f64) -> f64 {
    if k == 0 || p >= 1.0 {
        return 1.0;
    }
    if k > n || p <= 0.0 {
        return 0.0;
    }
    // The term of k itself, as a product that never leaves the range of doubles for the counts of a survey.
    let mut term = 1.0;
    for step in 0..k {
        term *= (n - step) as f64 / (k - step) as f64 * p;
    }
    for _ in k..n {
        term *= 1.0 - p;
    }
    let odds = p / (1.0 - p);
    let mut sum = 0.0;
    for at in k..=n {
        sum += term;
        term *= (n - at) as f64 / (at + 1) as f64 * odds;
    }
    sum.min(1.0)
}

/// A share estimated from k of n, kept off 0 and 1 by half a case on either side (Jeffreys).
pub fn share(k: usize, n: usize) -> f64 {
    (k as f64 + 0.5) / (n as f64 + 1.0)
}

/// The middle of the values; the mean of the middle two where their number is even.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    Some(if sorted.len().is_multiple_of(2) { (sorted[half - 1] + upper) / 2.0 } else { upper })
}

/// A standard deviation that a few strange values do not stretch: the root mean square of the nearest three quarters of the distances
/// from the median, times 1.65, which makes it that of a normal distribution.
pub fn robust_deviation(values: &[f64]) -> Option<f64> {
    let middle = median(values)?;
    let mut away: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    away.sort_by(f64::total_cmp);
    let nearest = away.len() * 3 / 4;
    let squares: f64 = away.iter().take(nearest).map(|away| away * away).sum();
    (nearest > 0).then(|| 1.65 * (squares / nearest as f64).sqrt())
}

/// Counts of several and what is usual among the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub hits: usize,
    pub of: usize,
}

impl Tally {
    pub fn add(&mut self, hit: bool) {
        self.of += 1;
        self.hits += usize::from(hit);
    }

    pub fn plus(self, other: Tally) -> Tally {
        Tally { hits: self.hits + other.hits, of: self.of + other.of }
    }

    pub fn part(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.hits as f64 / self.of as f64 }
    }

    /// Are there so many hits, and so large a part of all?
    pub fn reaches(self, fewest: usize, part: f64) -> bool {
        self.hits >= fewest && self.part() >= part
    }

    /// The part that is usual, where ten cases at `prior` say what it is before anybody was counted.
    pub fn usual(self, prior: f64) -> f64 {
        (self.hits as f64 + PRIOR * prior) / (self.of as f64 + PRIOR)
    }

    /// How likely so many hits are, if each comes with this chance.
    pub fn tail(self, chance: f64) -> f64 {
        at_least(self.hits, self.of, chance)
    }
}

impl FromIterator<bool> for Tally {
    fn from_iter<I: IntoIterator<Item = bool>>(hits: I) -> Self {
        let mut tally = Tally::default();
        hits.into_iter().for_each(|hit| tally.add(hit));
        tally
    }
}

/// All tallies but one, summed.
pub fn others(tallies: &[Tally], but: usize) -> Tally {
    tallies.iter().enumerate().filter(|(index, _)| *index != but).fold(Tally::default(), |sum, (_, one)| sum.plus(*one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_is_the_sum_of_its_terms() {
        // From tables of the binomial distribution.
        for (k, n, p, wanted) in
            [(3, 3, 0.5, 0.125), (8, 10, 0.5, 0.0546875), (1, 20, 0.05, 0.641_514_077_6), (5, 20, 0.1, 0.043_174_495_3), (0, 5, 0.3, 1.0)]
        {
            assert!((at_least(k, n, p) - wanted).abs() < 1e-9, "{k} of {n}: {}", at_least(k, n, p));
        }
        assert_eq!((at_least(4, 3, 0.5), at_least(2, 3, 0.0), at_least(2, 3, 1.0)), (0.0, 0.0, 1.0));
        // Both tails of a long survey make one.
        let upper = at_least(130, 405, 0.3);
        let lower = at_least(405 - 129, 405, 0.7);
        assert!((upper + lower - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_few_strange_values_do_not_stretch_the_spread() {
        let values = [60.0, 62.0, 64.0, 66.0, 68.0, 0.0];
        assert_eq!(median(&values), Some(63.0));
        assert!(robust_deviation(&values).is_some_and(|spread| spread < 6.0));
        // Of the distances 1, 1, 3, 3, 5, 63 the nearest four count: the root of (1 + 1 + 9 + 9) / 4.
        assert!(robust_deviation(&values).is_some_and(|spread| (spread - 1.65 * 5f64.sqrt()).abs() < 1e-9));
        assert_eq!(median(&[]), None);
    }
}
