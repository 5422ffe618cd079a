//! `rate`: a share in percent, typed as `45/50` or `90%`.

use serde_json::{Map, Value as Json};

use crate::finding::Finding;
use crate::node::Fields;
use crate::number::{Number, fixed, trimmed};
use crate::scale::expression::{Expression, Inputs, Typed};
use crate::scale::measure::Measure;
use crate::scale::plain_percent;
use crate::scale::share;
use crate::scale::words::{BAD_UNIT, DENOMINATOR, NEGATIVE, RATE_OVER, TWO_READINGS, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants};
use crate::text::{Text, t};
use crate::unit::normal;

pub const ENTRY: Entry = Entry { name: "rate", words: t("比率", "rate"), from };

pub(super) const PERCENT: Text = t("%", "%");

#[derive(Debug)]
struct Rate {
    measure: Measure,
    may_exceed_100: bool,
    numerator: Text,
    denominator: Text,
}

fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    if let Some(node) = fields.get("unit")
        && let Some(unit) = node.text("unit", findings)
        && unit != "%"
    {
        findings.push(BAD_UNIT.at(node.place.clone(), &[("unit", unit.into()), ("known", "%".into())]));
    }
    let measure = Measure::from(fields, findings);
    let may_exceed_100 = fields.get("may_exceed_100").map_or(Some(false), |node| node.bool("may_exceed_100", findings));
    let numerator = fields.need("numerator", "numerator: {zh: …, en: …}", findings).and_then(|node| node.pair("numerator", findings));
    let denominator =
        fields.need("denominator", "denominator: {zh: …, en: …}", findings).and_then(|node| node.pair("denominator", findings));
    Some(Box::new(Rate { measure: measure?, may_exceed_100: may_exceed_100?, numerator: numerator?, denominator: denominator? }))
}

/// What is counted, without what its brackets explain.
fn bare(what: &Text) -> Text {
    let outside = |text: &str, (open, close): (char, char)| {
        let mut depth = 0usize;
        let mut out = String::new();
        for character in text.chars() {
            match character {
                bracket if bracket == open => depth += 1,
                bracket if bracket == close => depth = depth.saturating_sub(1),
                _ if depth == 0 => out.push(character),
                _ => {}
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Text::new(outside(&what.zh, ('（', '）')), outside(&what.en, ('(', ')')))
}

/// Said where a digit may be gone from the numbers.
const TORN_ADVICE: Text = t(
    "分子是分母的两倍以上，可能是数里少了一位（如把 0 换没了），也可能是写反了：请看原件把两个数都核对后重填，不要只把分子、分母调换，也不要就改成 100%。",
    "The numerator is at least twice the denominator: a digit may be gone (as when the digit 0 was replaced by nothing), or the numbers are turned round. Check both against the original and type them again; do not just turn them round, nor write 100%.",
);

/// `28/3`, which may have been 28/30: twice as much and more, and no 0 in it. `percent` is what it makes.
pub fn is_torn(text: &str, percent: &Number) -> bool {
    text.contains('/') && !text.contains('0') && *percent >= 200.into()
}

/// Nobody types so many characters: a spreadsheet has divided.
const COMPUTED: usize = 12;

/// Where such a number comes from, and how the share is typed instead.
fn computed() -> (Text, Text) {
    (
        t("像是公式（如 =45/50）或分数格式算出来的，", ", as a formula like =45/50 or a format for fractions yields"),
        t(
            "：先把单元格格式设为“文本”，再重新键入，前面不写等号",
            ": set the format of the cell to text first, then type it again without an equals sign",
        ),
    )
}

/// Reads `45/50` as 90, with what was typed; none where it is no fraction of two plain decimals.
pub fn percent_of(text: &str) -> Option<Result<(Number, Inputs), Unreadable>> {
    let (numerator, denominator) = text.split_once('/')?;
    let numerator = Number::parse(numerator.trim_end())?;
    let denominator = Number::parse(denominator.trim_start())?;
    if denominator <= Number::zero() {
        return Some(Err(Unreadable::new(&DENOMINATOR)));
    }
    let rate = Number::fraction(&numerator, &denominator)?;
    Some(Ok((rate.times(&100.into()), Inputs::Ratio { numerator, denominator })))
}

/// Reads `90%` as 90.
pub fn percent_sign(text: &str) -> Option<Number> {
    Number::parse(text.strip_suffix('%')?.trim_end())
}

impl Scale for Rate {
    fn json(&self) -> Map<String, Json> {
        let mut map = Map::from_iter([("unit".to_string(), Json::from("%"))]);
        map.extend(self.measure.json());
        map.insert("may_exceed_100".into(), self.may_exceed_100.into());
        map.insert("numerator".into(), serde_json::json!(self.numerator));
        map.insert("denominator".into(), serde_json::json!(self.denominator));
        map
    }

    fn read(&self, text: &str, _question: &Text) -> Result<Reading, Unreadable> {
        let given = |value: Number| (value.clone(), Inputs::Value(value));
        let (value, inputs) = if let Some(fraction) = percent_of(text) {
            fraction?
        } else if let Some(percent) = percent_sign(text) {
            given(percent)
        } else {
            let number = Number::parse(text).ok_or_else(|| Unreadable::new(&WORDS))?;
            if number > Number::zero() && number <= Number::one() {
                let (source, how) = if text.len() >= COMPUTED { computed() } else { Default::default() };
                return Err(Unreadable::with(
                    &TWO_READINGS,
                    vec![
                        ("percent", trimmed(number.times(&100.into()).to_f64(), 4).into()),
                        ("part", trimmed(number.to_f64(), 6).into()),
                        ("as", source),
                        ("how", how),
                    ],
                ));
            }
            given(number)
        };
        if value.is_negative() {
            return Err(Unreadable::new(&NEGATIVE));
        }
        if value > 100.into() && !self.may_exceed_100 {
            let over = Unreadable::new(&RATE_OVER);
            return Err(if is_torn(text, &value) { over.advising(TORN_ADVICE) } else { over });
        }
        Ok(self.measure.reading(value, inputs, &PERCENT, false, false))
    }

    fn doubt(&self, text: &str, reading: &Reading, question: &Text) -> Option<Unreadable> {
        let value = reading.exact.as_ref()?;
        let more_is_better = self.measure.worth(&100.into()) > self.measure.worth(&Number::zero());
        share::numerator_alone(text, question, &self.denominator)
            .or_else(|| share::far_above(value, self.measure.numbers().max()?))
            .or_else(|| if more_is_better { share::far_below(value, &reading.inputs, self.measure.numbers()) } else { None })
            .or_else(|| match &self.measure {
                Measure::Cuts { higher: true, cuts } => share::below_one(value, &reading.inputs, cuts.iter()),
                _ => None,
            })
    }

    fn wants(&self) -> Wants {
        Wants::Rate
    }

    fn worth_expression(&self) -> Expression {
        Typed::either(|typed| self.measure.worth_expression(typed))
    }

    fn guide(&self) -> Text {
        let counted = t("分子：{numerator}\n分母：{denominator}", "numerator: {numerator}\ndenominator: {denominator}")
            .with(&[("numerator", self.numerator.clone()), ("denominator", self.denominator.clone())]);
        Text::join(&[self.measure.guide(&PERCENT), counted], "\n", "\n")
    }

    fn hint(&self) -> Text {
        t("分子/分母，如 45/50；或百分数，如 90%", "numerator/denominator, like 45/50; or a percentage, like 90%")
    }

    fn steps(&self) -> Vec<Step> {
        self.measure.steps(&PERCENT)
    }

    fn text_cell(&self) -> bool {
        true
    }

    /// With what was counted, where that was typed.
    fn described(&self, text: &str, question: &Text) -> Text {
        let shown = self.shown(text, question);
        let Ok(reading) = self.read(&normal(text), question) else { return shown };
        let (Inputs::Ratio { numerator, denominator }, Some(rate)) = (&reading.inputs, &reading.exact) else { return shown };
        t("{of} {all}，{what} {part}（{rate}%）", "{of}: {all}; {what}: {part} ({rate}%)").with(&[
            ("of", bare(&self.denominator)),
            ("all", denominator.to_string().into()),
            ("what", bare(&self.numerator)),
            ("part", numerator.to_string().into()),
            ("rate", fixed(rate.to_f64(), 1).into()),
        ])
    }

    fn shown(&self, text: &str, _question: &Text) -> Text {
        Text::same(plain_percent(text))
    }
}
