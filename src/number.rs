//! Exact numbers and the one rounding of the program.
//!
//! A number is what its shortest decimal text says, kept exactly: 7/100 meets a cut of 7 %, which doubles would not promise.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact fraction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(BigRational);

/// One to ten in Chinese.
pub const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Longest decimal that is read; a spreadsheet's largest number has 309 digits.
const MAX_DIGITS: usize = 400;

impl Number {
    pub fn zero() -> Self {
        Number(BigRational::zero())
    }

    pub fn one() -> Self {
        Number::from(1)
    }

    /// Reads `12`, `-0.5`, `3.40`: an optional minus, digits, and at most one point with digits on both sides.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits.len() > MAX_DIGITS || !all_digits(whole) || !fraction.is_none_or(all_digits) {
            return None;
        }
        let fraction = fraction.unwrap_or("");
        let numerator: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let denominator = BigInt::from(10).pow(u32::try_from(fraction.len()).ok()?);
        let value = BigRational::new(numerator, denominator);
        Some(Number(if negative { -value } else { value }))
    }

    /// The shortest decimal text of a double, exactly; none for what is not a number.
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        Number::parse(&value.to_string())
    }

    pub fn fraction(numerator: &Number, denominator: &Number) -> Option<Self> {
        (!denominator.0.is_zero()).then(|| Number(&numerator.0 / &denominator.0))
    }

    /// `numerator / denominator`; a denominator of 0 counts as 1.
    pub fn ratio(numerator: usize, denominator: usize) -> Self {
        Number(BigRational::new(BigInt::from(numerator), BigInt::from(denominator.max(1))))
    }

    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(0.0)
    }

    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The whole number it is, if it is one that fits.
    pub fn to_usize(&self) -> Option<usize> {
        self.0.is_integer().then(|| self.0.to_integer().to_usize()).flatten()
    }

    pub fn plus(&self, other: &Number) -> Self {
        Number(&self.0 + &other.0)
    }

    pub fn minus(&self, other: &Number) -> Self {
        Number(&self.0 - &other.0)
    }

    pub fn times(&self, other: &Number) -> Self {
        Number(&self.0 * &other.0)
    }

    /// How often a unit fits into it; none where that is no whole number of 64 bits.
    pub fn whole_times(&self, unit: &Number) -> Option<u64> {
        Number::fraction(self, unit)?.0.floor().to_integer().to_u64()
    }

    /// The largest unit of which all of these are whole multiples; 1 where all are 0.
    pub fn common_unit(numbers: &[Number]) -> Self {
        let least = numbers.iter().fold(BigInt::one(), |least, number| {
            let other = number.0.denom();
            &least / greatest_divisor(least.clone(), other.clone()) * other
        });
        let whole = |number: &Number| (&number.0 * BigRational::from_integer(least.clone())).to_integer();
        let most = numbers.iter().fold(BigInt::zero(), |most, number| greatest_divisor(most, whole(number).abs()));
        if most.is_zero() { Number::one() } else { Number(BigRational::new(most, least.clone())) }
    }

    /// How many decimals end the number; none where none do. A reduced fraction ends if its denominator has only factors 2 and 5.
    fn decimal_places(&self) -> Option<u32> {
        let mut rest = self.0.denom().clone();
        let mut factors = |prime: u32| {
            let mut count = 0;
            while (&rest % prime).is_zero() {
                rest /= prime;
                count += 1;
            }
            count
        };
        let places = factors(2).max(factors(5));
        rest.is_one().then_some(places)
    }

    pub fn clamp01(&self) -> Self {
        self.clone().max(Number::zero()).min(Number::one())
    }
}

fn greatest_divisor(mut one: BigInt, mut two: BigInt) -> BigInt {
    while !two.is_zero() {
        (one, two) = (two.clone(), one % two);
    }
    one
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Number(BigRational::from_integer(BigInt::from(value)))
    }
}

/// The exact decimal where it ends, else six places.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_integer() {
            return write!(out, "{}", self.0.to_integer());
        }
        if let Some(places) = self.decimal_places() {
            let scaled = self.0.numer().abs() * BigInt::from(10).pow(places) / self.0.denom();
            let places = usize::try_from(places).unwrap_or(0);
            let digits = format!("{:0>width$}", scaled.to_string(), width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            let sign = if self.0.is_negative() { "-" } else { "" };
            return write!(out, "{sign}{whole}.{fraction}");
        }
        let text = format!("{:.6}", self.to_f64());
        write!(out, "{}", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// From here on doubles are no sums of billionths that 64 bits hold.
const LARGEST: f64 = 9e9;

/// A score rounded once, last: the integer nearest to score x 1e9, then half away from zero to `decimals`.
pub fn rounded(score: f64, decimals: u32) -> f64 {
    let decimals = decimals.min(9);
    // No double of this size has such a decimal; what is not a number stays so.
    if score.is_nan() || score.abs() >= LARGEST {
        return score;
    }
    let units = rounded_units(score, decimals);
    // Dividing two exact doubles gives the double nearest to the decimal, which prints as that decimal.
    units as f64 / 10f64.powi(i32::try_from(decimals).unwrap_or(0))
}

/// Parts rounded so that they add up to their rounded sum: of what is left over, those that lost most in rounding down get one unit of
/// the last decimal each, the first of equals first. For parts of a total that is printed beside them, and for nothing else.
pub fn apportioned(parts: &[f64], decimals: u32) -> Vec<f64> {
    apportioned_to(parts.iter().sum(), parts, decimals)
}

/// The same where the total is printed as something that was itself apportioned; parts and total agree but for that.
pub fn apportioned_to(total: f64, parts: &[f64], decimals: u32) -> Vec<f64> {
    let decimals = decimals.min(9);
    let step = 10i128.pow(9 - decimals);
    let nano: Vec<i128> = parts.iter().map(|part| snapped(*part)).collect();
    let mut units: Vec<i128> = nano.iter().map(|nano| nano.div_euclid(step)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(nano[*index].rem_euclid(step)));
    let left = i128::from(rounded_units(total, decimals)) - units.iter().sum::<i128>();
    // Whole rounds only where a total was printed that the parts do not have.
    for index in order.iter().cycle().take(usize::try_from(left).unwrap_or(0)) {
        units[*index] += 1;
    }
    let mut over = usize::try_from(-left).unwrap_or(0);
    for index in order.iter().rev() {
        if over > 0 && units[*index] > 0 {
            units[*index] -= 1;
            over -= 1;
        }
    }
    let scale = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    units.into_iter().map(|units| units as f64 / scale).collect()
}

/// The rounded score in units of its last decimal.
fn rounded_units(score: f64, decimals: u32) -> i64 {
    let nano = (score * 1e9).round() as i128;
    let step = 10i128.pow(9 - decimals.min(9));
    let half = step / 2;
    let units = if nano >= 0 { nano.saturating_add(half) / step } else { -(nano.saturating_neg().saturating_add(half) / step) };
    i64::try_from(units).unwrap_or(0)
}

/// A number for people, with a fixed count of decimals.
pub fn fixed(value: f64, decimals: u32) -> String {
    let text = format!("{:.*}", usize::try_from(decimals).unwrap_or(0), rounded(value, decimals));
    if text.trim_start_matches('-').bytes().all(|byte| byte == b'0' || byte == b'.') {
        text.trim_start_matches('-').to_string()
    } else {
        text
    }
}

/// The same without noughts at its end.
pub fn trimmed(value: f64, decimals: u32) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

/// A number for pages: the minus is one that stays with its figure where a line breaks.
pub fn printed(value: f64, decimals: u32) -> String {
    fixed(value, decimals).replace('-', MINUS)
}

/// The same with its sign; nothing has none.
pub fn signed(value: f64, decimals: u32) -> String {
    let plus = if rounded(value, decimals) > 0.0 { "+" } else { "" };
    format!("{plus}{}", printed(value, decimals))
}

/// The minus of a printed page, U+2212: a hyphen may stand at the end of a line.
pub const MINUS: &str = "\u{2212}";

/// A value snapped to 1e-9, for comparing sums that took different roads.
pub fn snapped(value: f64) -> i128 {
    (value * 1e9).round() as i128
}

/// A JSON number in its shortest form: `60`, not `60.0`.
pub fn json(value: f64) -> serde_json::Value {
    if value == value.trunc() && value.abs() < 1e16 {
        serde_json::Value::from(value as i64)
    } else {
        serde_json::Number::from_f64(value).map_or(serde_json::Value::Null, serde_json::Value::Number)
    }
}

/// For `#[serde(serialize_with)]`: the shortest form of a double.
pub fn shortest<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if *value == value.trunc() && value.abs() < 1e16 { serializer.serialize_i64(*value as i64) } else { serializer.serialize_f64(*value) }
}

/// The same for a number that may be absent; what is not a number is absent.
pub fn shortest_or_null<S: serde::Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(number) if number.is_finite() => shortest(number, serializer),
        _ => serializer.serialize_none(),
    }
}

/// Rows of numbers, each written so.
pub fn shortest_rows<S: serde::Serializer>(rows: &[Vec<f64>], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(serde::Serialize)]
    struct Shortest(#[serde(serialize_with = "shortest")] f64);
    serializer.collect_seq(rows.iter().map(|row| row.iter().map(|value| Shortest(*value)).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_kept_exactly() {
        for text in ["0", "12", "-0.5", "3.4", "0.07", "0.001953125", "1000000000000000000000.5"] {
            assert_eq!(Number::parse(text).map(|number| number.to_string()).as_deref(), Some(text));
        }
        for text in ["", ".5", "5.", "+5", "1e3", "1,000", "--1", "1.2.3", "NaN"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_double_is_its_shortest_text() {
        assert_eq!(Number::from_f64(0.07).map(|number| number.times(&100.into())), Some(Number::from(7)));
        assert_eq!(Number::from_f64(1e300).map(|number| number.to_f64()), Some(1e300));
        assert_eq!(Number::from_f64(5e-324).map(|number| number.to_f64()), Some(5e-324));
        assert_eq!(Number::from_f64(f64::NAN), None);
    }

    #[test]
    fn rounds_half_away_from_zero_on_the_decimal_that_a_reader_sees() {
        for (score, decimals, expected) in [
            (89.95, 1, 90.0),
            (89.949_999_999_9, 1, 90.0),
            (89.949_999_99, 1, 89.9),
            (33.333_333, 2, 33.33),
            (0.5, 0, 1.0),
            (-0.25, 1, -0.3),
            (2.5, 0, 3.0),
        ] {
            assert_eq!(rounded(score, decimals), expected, "{score}");
        }
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(fixed(4e12, 1), "4000000000000.0");
        assert_eq!([1e300, f64::MAX, -f64::MAX, f64::INFINITY].map(|huge| rounded(huge, 2)), [1e300, f64::MAX, -f64::MAX, f64::INFINITY]);
    }

    #[test]
    fn rounded_parts_add_up_to_their_rounded_sum() {
        for (parts, decimals, expected) in [
            (vec![1.0 / 3.0; 3], 2, vec![0.34, 0.33, 0.33]),
            (vec![33.333, 33.333, 33.334], 1, vec![33.3, 33.3, 33.4]),
            (vec![0.125, 0.125, 0.75], 2, vec![0.13, 0.12, 0.75]),
            // 0.014 is printed as 0.01.
            (vec![0.004, 0.006, 0.004], 2, vec![0.0, 0.01, 0.0]),
            (vec![2.5, 2.5, 0.0], 0, vec![3.0, 2.0, 0.0]),
            (vec![], 2, vec![]),
        ] {
            assert_eq!(apportioned(&parts, decimals), expected, "{parts:?}");
        }
        assert_eq!(apportioned_to(0.57, &[0.552, 0.012], 2), [0.56, 0.01]);
        assert_eq!(apportioned_to(0.56, &[0.551, 0.014], 2), [0.55, 0.01]);
        // The total was rounded down to less than the parts have in whole units.
        assert_eq!(apportioned_to(0.01, &[0.01, 0.01], 2), [0.01, 0.0]);
    }

    #[test]
    fn a_printed_minus_stays_with_its_figure() {
        assert_eq!([0.114, 0.004, 0.0, -0.004, -0.114].map(|value| signed(value, 2)), ["+0.11", "0.00", "0.00", "0.00", "\u{2212}0.11"]);
        assert_eq!(printed(-3.0, 1), "\u{2212}3.0");
    }

    #[test]
    fn numbers_share_a_largest_unit() {
        let unit = |texts: &[&str]| {
            let numbers: Vec<Number> = texts.iter().filter_map(|text| Number::parse(text)).collect();
            let unit = Number::common_unit(&numbers);
            (unit.to_string(), numbers.iter().filter_map(|number| number.whole_times(&unit)).collect::<Vec<_>>())
        };
        assert_eq!(unit(&["30", "45", "0"]), ("15".to_string(), vec![2, 3, 0]));
        assert_eq!(unit(&["1.5", "0.25", "3"]), ("0.25".to_string(), vec![6, 1, 12]));
        assert_eq!(unit(&["0", "0"]), ("1".to_string(), vec![0, 0]));
        assert_eq!(unit(&["7"]), ("7".to_string(), vec![1]));
        assert_eq!(Number::from(7).whole_times(&Number::from(2)), Some(3));
        assert_eq!(Number::from(-1).whole_times(&Number::one()), None);
    }

    #[test]
    fn json_numbers_are_the_shortest() {
        assert_eq!(json(60.0).to_string(), "60");
        assert_eq!(json(0.1).to_string(), "0.1");
        assert_eq!(json(f64::NAN).to_string(), "null");
    }
}
