//! Shares that were read and may have been meant otherwise: a numerator alone, far above the whole, two units.

use crate::finding::{Kind, Severity};
use crate::number::{Number, trimmed};
use crate::scale::Unreadable;
use crate::scale::expression::Inputs;
use crate::scale::limit::as_day;
use crate::scale::pieces::Pieces;
use crate::text::{Text, t};
use crate::unit::normal;

pub static NUMERATOR_ALONE: Kind = Kind::new(
    "rate-numerator-alone",
    Severity::Warning,
    t(
        "填的是“{text}”，按 {text}% 读了；题里说的是 {of}，也可能只写了分子，指 {text}/{of}。",
        "It says \"{text}\" and was read as {text}%; the item speaks of {of}, so it may be the numerator alone, {text}/{of}.",
    ),
    t(
        "是个数的请写成“{text}/{of}”的样子；是百分数的请写“{text}%”。",
        "If it is a number, write it like {text}/{of}; if a percentage, {text}%.",
    ),
);
pub static FAR_ABOVE: Kind = Kind::new(
    "rate-far-above",
    Severity::Warning,
    t(
        "填的是“{text}”，合 {percent}%，超过 200%，照样读了。{date}",
        "It says \"{text}\", which is {percent}%, above 200%; it was read all the same.{date}",
    ),
    t(
        "请核对分子、分母有没有写反、漏掉数字；没有错的不用改。",
        "Check whether the two were exchanged or a digit was lost; if it is right, leave it.",
    ),
);
pub static FAR_BELOW: Kind = Kind::new(
    "rate-far-below",
    Severity::Warning,
    t(
        "填的是“{text}”，合 {percent}%，不到最低一档（{least}%）的千分之一，照样读了。",
        "It says \"{text}\", which is {percent}%, less than a thousandth of the lowest step, {least}%; it was read all the same.",
    ),
    t(
        "请核对分子、分母是不是同一个单位（如一个是万元，一个是元）；没有错的不用改。",
        "Check that both are in one unit, not thousands beside single ones; if it is right, leave it.",
    ),
);

pub static BELOW_ONE: Kind = Kind::new(
    "rate-below-one-percent",
    Severity::Warning,
    t(
        "填的是“{text}”，按 {percent}% 读了，远不到最低一档（{least}%）；也可能指 {hundredfold}%。",
        "It says \"{text}\" and was read as {percent}%, far below the lowest step, {least}%; it may mean {hundredfold}%.",
    ),
    t(
        "请看原件：是 {hundredfold}% 的请改填；没有错的不用改。",
        "See the original: if {hundredfold}% is meant, write that; if it is right, leave it.",
    ),
);

/// A lowest step of so many percent leaves no room for less than one.
const HIGH_STEP: i64 = 10;

/// Words after a number that makes no size of a sample: times, lengths, parts.
const NO_SIZE: [&str; 16] = ["个月", "月", "年", "日内", "日以", "日的", "天", "周", "小时", "时", "分", "秒", "%", "米", "平方", "兆帕"];
/// Smaller samples would name half of all small numbers.
const LEAST_SIZE: usize = 5;

/// A whole number that may be either: 28 where 30 were drawn, 128 where more than all may be met.
pub fn bare_number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|number| *number > 1 && *number != 100)
}

/// The size that question and denominator name and that the number may be a part of: no less than it, and less than double.
pub(super) fn numerator_alone(text: &str, question: &Text, denominator: &Text) -> Option<Unreadable> {
    let number = bare_number(text)?;
    let of = [question, denominator].into_iter().flat_map(|side| sizes(&side.zh)).find(|size| {
        // Of a hundred both meanings are the same.
        *size >= number && *size < 2 * number && *size != 100
    })?;
    Some(Unreadable::with(&NUMERATOR_ALONE, vec![("of", of.into())]))
}

/// Whole numbers of a text that may be the size of a sample.
fn sizes(text: &str) -> Vec<usize> {
    let pieces = Pieces::of(&normal(text));
    let named = pieces.numbers.iter().zip(pieces.between.windows(2));
    // `GB 18218` is a name.
    let is_size = |around: &[String]| {
        let named = around[0].ends_with(|character: char| character.is_ascii_alphanumeric());
        !named && !NO_SIZE.iter().any(|unit| around[1].starts_with(unit))
    };
    let sizes = named.filter(|(_, around)| is_size(around)).filter_map(|(number, _)| number.parse().ok());
    sizes.filter(|size| *size >= LEAST_SIZE).collect()
}

/// More than double the whole, and more than any step asks for.
pub(super) fn far_above(value: &Number, largest: &Number) -> Option<Unreadable> {
    let far = *value > 200.into() && value > largest;
    far.then(|| Unreadable::with(&FAR_ABOVE, vec![("percent", trimmed(value.to_f64(), 1).into()), ("date", as_day(value))]))
}

/// Two numbers whose share is next to nothing where the steps begin far higher.
pub(super) fn far_below<'n>(value: &Number, inputs: &Inputs, steps: impl Iterator<Item = &'n Number>) -> Option<Unreadable> {
    let is_share = matches!(inputs, Inputs::Ratio { .. });
    let least = steps.filter(|step| **step > Number::zero()).min()?;
    let far = is_share && *value > Number::zero() && value.times(&1000.into()) < *least;
    far.then(|| Unreadable::with(&FAR_BELOW, vec![("percent", trimmed(value.to_f64(), 6).into()), ("least", least.to_string().into())]))
}

/// `0.93%`, which may be a part of one that was given the sign: below 1 % where the steps begin far higher.
pub(super) fn below_one<'n>(value: &Number, inputs: &Inputs, steps: impl Iterator<Item = &'n Number>) -> Option<Unreadable> {
    let is_percent = matches!(inputs, Inputs::Value(_)) && *value > Number::zero() && *value < Number::one();
    let least = steps.filter(|step| **step > Number::zero()).min()?;
    let asked = is_percent && *least >= HIGH_STEP.into();
    asked.then(|| {
        let args = vec![
            ("percent", value.to_string().into()),
            ("least", least.to_string().into()),
            ("hundredfold", trimmed(value.times(&100.into()).to_f64(), 4).into()),
        ];
        Unreadable::with(&BELOW_ONE, args)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numerator_is_told_where_the_item_names_the_whole() {
        let of = |text: &str, question: &'static str, denominator: &'static str| {
            let said = numerator_alone(text, &t(question, ""), &t(denominator, ""))?;
            said.args.first().map(|(_, of)| of.zh.to_string())
        };
        let drawn = "随机抽取的30个应急值班日中，记录齐全的占多少？";
        assert_eq!(of("28", drawn, "").as_deref(), Some("30"));
        assert_eq!(of("30", drawn, "").as_deref(), Some("30"));
        assert_eq!(of("18", "设备中能用的占多少？", "随机抽出的台数（抽20台，不足20台的全查）").as_deref(), Some("20"));
        // More than the whole, less than half of it, or no whole number: a percentage.
        for text in ["95", "12", "100", "28.5", "28%", "28/30"] {
            assert_eq!(of(text, drawn, ""), None, "{text}");
        }
        // Times are no samples, and of a hundred both are the same.
        assert_eq!(of("28", "近36个月内、满30日的命令中，30分钟内到场的占多少？", ""), None);
        assert_eq!(of("45", "按GB 50判定的占多少？", ""), None);
        assert_eq!(of("95", "抽查的居民中，知道的占多少？", "随机访问的居民数，不少于100人"), None);
    }

    #[test]
    fn a_bare_number_is_a_whole_one_that_may_be_a_numerator() {
        assert_eq!(["2", "99", "128"].map(bare_number), [Some(2), Some(99), Some(128)]);
        assert_eq!(["0", "1", "100", "128%", "128.0", "-5", ""].map(bare_number), [None; 7]);
    }

    #[test]
    fn shares_far_out_are_told() {
        assert!(far_above(&Number::from(201), &Number::from(100)).is_some());
        assert!(far_above(&Number::from(200), &Number::from(100)).is_none());
        assert!(far_above(&Number::from(201), &Number::from(300)).is_none());
        let cuts = [Number::from(60), Number::from(95)];
        let ratio = |numerator: i64, denominator: i64| {
            let (numerator, denominator) = (Number::from(numerator), Number::from(denominator));
            let value = Number::fraction(&numerator, &denominator).unwrap_or_else(Number::zero).times(&100.into());
            far_below(&value, &Inputs::Ratio { numerator, denominator }, cuts.iter()).is_some()
        };
        assert!(ratio(3_150, 5_820_000_000));
        assert!(!ratio(3, 4_000) && !ratio(0, 1));
        let percent = |tenths: i64, steps: &[Number]| {
            let value = Number::fraction(&Number::from(tenths), &Number::from(10)).unwrap_or_else(Number::zero);
            below_one(&value, &Inputs::Value(value.clone()), steps.iter()).is_some()
        };
        assert!(percent(9, &cuts) && percent(9, &[Number::zero(), Number::from(10)]));
        assert!(!percent(9, &[Number::from(5), Number::from(95)]) && !percent(10, &cuts) && !percent(0, &cuts));
    }
}
