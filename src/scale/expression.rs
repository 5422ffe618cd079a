//! Worth as arithmetic over what an answer gives: neutral, so that a spreadsheet or a database can print it in its own words.

use crate::number::Number;

/// What an answer gives: the numbers that its worth is computed from.
#[derive(Clone, Debug, PartialEq)]
pub enum Inputs {
    /// A number in the unit of the scale: a level, a percentage, an amount, points earned; of yes and no, 1 and 0.
    Value(Number),
    /// A share as typed, `45/50`.
    Ratio { numerator: Number, denominator: Number },
    /// Is each element there? In the scale's order.
    Elements(Vec<bool>),
    /// How often each line was deducted, in the scale's order.
    Times(Vec<usize>),
}

/// A place for one of the [`Inputs`]; elements and lines count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variable {
    Value,
    Numerator,
    Denominator,
    /// 1 where the element is there, else 0.
    Element(usize),
    Times(usize),
}

/// A number computed from the inputs. Numbers in it are decimals that end; parts are quotients.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    Number(Number),
    Variable(Variable),
    Sum(Vec<Expression>),
    Difference(Box<Expression>, Box<Expression>),
    Product(Vec<Expression>),
    Quotient(Box<Expression>, Box<Expression>),
    Least(Vec<Expression>),
    Greatest(Vec<Expression>),
    If(Box<Condition>, Box<Expression>, Box<Expression>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    Compared(Expression, Comparison, Expression),
    /// Was it typed at all?
    Given(Variable),
    All(Vec<Condition>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Inputs {
    pub fn get(&self, variable: Variable) -> Option<Number> {
        match (self, variable) {
            (Inputs::Value(value), Variable::Value) => Some(value.clone()),
            (Inputs::Ratio { numerator, .. }, Variable::Numerator) => Some(numerator.clone()),
            (Inputs::Ratio { denominator, .. }, Variable::Denominator) => Some(denominator.clone()),
            (Inputs::Elements(there), Variable::Element(index)) => there.get(index).map(|there| Number::from(i64::from(*there))),
            (Inputs::Times(times), Variable::Times(index)) => times.get(index).map(|times| Number::ratio(*times, 1)),
            _ => None,
        }
    }
}

impl Comparison {
    fn holds(self, left: &Number, right: &Number) -> bool {
        match self {
            Comparison::AtLeast => left >= right,
            Comparison::AtMost => left <= right,
            Comparison::Above => left > right,
            Comparison::Below => left < right,
        }
    }
}

impl Expression {
    pub fn whole(number: usize) -> Self {
        Expression::Number(Number::ratio(number, 1))
    }

    pub fn over(self, divisor: Expression) -> Self {
        Expression::Quotient(Box::new(self), Box::new(divisor))
    }

    pub fn less(self, other: Expression) -> Self {
        Expression::Difference(Box::new(self), Box::new(other))
    }

    pub fn when(condition: Condition, then: Expression, otherwise: Expression) -> Self {
        Expression::If(Box::new(condition), Box::new(then), Box::new(otherwise))
    }

    /// Not below 0, not above 1.
    pub fn clamped(self) -> Self {
        Expression::Greatest(vec![Expression::whole(0), Expression::Least(vec![Expression::whole(1), self])])
    }

    /// How many of the conditions hold, as a part of all.
    pub fn part_of(conditions: Vec<Condition>) -> Self {
        let all = conditions.len();
        let counted = conditions.into_iter().map(|one| Expression::when(one, Expression::whole(1), Expression::whole(0)));
        Expression::Sum(counted.collect()).over(Expression::whole(all))
    }

    /// Does it look at this input?
    pub fn uses(&self, wanted: Variable) -> bool {
        let any = |parts: &[Expression]| parts.iter().any(|part| part.uses(wanted));
        match self {
            Expression::Number(_) => false,
            Expression::Variable(variable) => *variable == wanted,
            Expression::Sum(parts) | Expression::Product(parts) | Expression::Least(parts) | Expression::Greatest(parts) => any(parts),
            Expression::Difference(left, right) | Expression::Quotient(left, right) => left.uses(wanted) || right.uses(wanted),
            Expression::If(condition, then, otherwise) => condition.uses(wanted) || then.uses(wanted) || otherwise.uses(wanted),
        }
    }

    /// How many elements or lines it looks at: one more than the last.
    pub fn places(&self) -> usize {
        let most = |parts: &[Expression]| parts.iter().map(Expression::places).max().unwrap_or(0);
        match self {
            Expression::Variable(Variable::Element(index) | Variable::Times(index)) => index + 1,
            Expression::Number(_) | Expression::Variable(_) => 0,
            Expression::Sum(parts) | Expression::Product(parts) | Expression::Least(parts) | Expression::Greatest(parts) => most(parts),
            Expression::Difference(left, right) | Expression::Quotient(left, right) => left.places().max(right.places()),
            Expression::If(condition, then, otherwise) => condition.places().max(then.places()).max(otherwise.places()),
        }
    }

    /// Exactly; none where an input it needs is not given, or it divides by 0.
    pub fn value(&self, inputs: &Inputs) -> Option<Number> {
        let all = |parts: &[Expression]| parts.iter().map(|part| part.value(inputs)).collect::<Option<Vec<Number>>>();
        match self {
            Expression::Number(number) => Some(number.clone()),
            Expression::Variable(variable) => inputs.get(*variable),
            Expression::Sum(parts) => Some(all(parts)?.iter().fold(Number::zero(), |sum, part| sum.plus(part))),
            Expression::Difference(left, right) => Some(left.value(inputs)?.minus(&right.value(inputs)?)),
            Expression::Product(parts) => Some(all(parts)?.iter().fold(Number::one(), |product, part| product.times(part))),
            Expression::Quotient(left, right) => Number::fraction(&left.value(inputs)?, &right.value(inputs)?),
            Expression::Least(parts) => all(parts)?.into_iter().min(),
            Expression::Greatest(parts) => all(parts)?.into_iter().max(),
            Expression::If(condition, then, otherwise) => {
                if condition.holds(inputs)? {
                    then.value(inputs)
                } else {
                    otherwise.value(inputs)
                }
            }
        }
    }
}

impl Condition {
    fn uses(&self, wanted: Variable) -> bool {
        match self {
            Condition::Compared(left, _, right) => left.uses(wanted) || right.uses(wanted),
            Condition::Given(variable) => *variable == wanted,
            Condition::All(parts) => parts.iter().any(|part| part.uses(wanted)),
        }
    }

    fn places(&self) -> usize {
        match self {
            Condition::Compared(left, _, right) => left.places().max(right.places()),
            Condition::Given(variable) => Expression::Variable(*variable).places(),
            Condition::All(parts) => parts.iter().map(Condition::places).max().unwrap_or(0),
        }
    }

    pub fn holds(&self, inputs: &Inputs) -> Option<bool> {
        match self {
            Condition::Compared(left, comparison, right) => Some(comparison.holds(&left.value(inputs)?, &right.value(inputs)?)),
            Condition::Given(variable) => Some(inputs.get(*variable).is_some()),
            Condition::All(parts) => {
                Some(parts.iter().map(|part| part.holds(inputs)).collect::<Option<Vec<bool>>>()?.into_iter().all(|one| one))
            }
        }
    }
}

/// A number that was typed as such, or as a share in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Number,
    Share,
}

impl Typed {
    /// The number itself.
    pub fn expression(self) -> Expression {
        match self {
            Typed::Number => Expression::Variable(Variable::Value),
            Typed::Share => Expression::Product(vec![Expression::whole(100), Expression::Variable(Variable::Numerator)])
                .over(Expression::Variable(Variable::Denominator)),
        }
    }

    /// Compared with a bound. A share is compared without dividing, over whole multiples of what was typed: counts stay whole.
    pub fn compared(self, comparison: Comparison, bound: &Number) -> Condition {
        let Typed::Share = self else {
            return Condition::Compared(self.expression(), comparison, Expression::Number(bound.clone()));
        };
        let mut scale = Number::one();
        while !bound.times(&scale).is_whole() && scale < Number::from(1_000_000_000_000) {
            scale = scale.times(&10.into());
        }
        let times = |factor: Number, variable| Expression::Product(vec![Expression::Number(factor), Expression::Variable(variable)]);
        let (hundred, bound) = (scale.times(&100.into()), bound.times(&scale));
        Condition::Compared(times(hundred, Variable::Numerator), comparison, times(bound, Variable::Denominator))
    }

    /// What holds for a share where a denominator is given, else what holds for a number.
    pub fn either(make: impl Fn(Typed) -> Expression) -> Expression {
        Expression::when(Condition::Given(Variable::Denominator), make(Typed::Share), make(Typed::Number))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;
    use crate::tree::{self, Tree};

    fn trees() -> Vec<Tree> {
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/living/tree.json");
        ["city", &small.display().to_string()]
            .into_iter()
            .map(|name| {
                let mut findings = Vec::new();
                let loaded = tree::load(name, &mut findings);
                assert_eq!(findings, []);
                loaded.ok().and_then(|loaded| loaded.tree).expect(name)
            })
            .collect()
    }

    /// A written generator (Knuth's constants), so that every run tries the same.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap_or(0) % end
        }

        fn answer(&mut self, bounds: &[f64]) -> String {
            let bound = bounds.get(self.below(bounds.len().max(1))).copied().unwrap_or(50.0);
            let whole = self.below(130);
            let list =
                |chance: &mut Self| -> Vec<String> { (1..=10).filter(|_| chance.below(2) == 0).map(|at: usize| at.to_string()).collect() };
            match self.below(12) {
                0 => whole.to_string(),
                1 => format!("{}.{}", self.below(12), self.below(1000)),
                2 => bound.to_string(),
                3 => (bound + [0.1, -0.1, 1.0, -1.0, 1e-7, -1e-7][self.below(6)]).to_string(),
                4 => format!("{bound}%"),
                5 => format!("{}/{}", self.below(60), 1 + self.below(60)),
                // A share that meets a bound exactly, or misses it by one.
                6 => format!("{}/1000", (bound * 10.0) as i64 + [0, 0, 1, -1][self.below(4)]),
                7 => list(self).into_iter().filter(|number| number.len() == 1).collect::<Vec<_>>().join("、"),
                8 => ["全部", "无", "扣无", "是", "否", "0", "1", "2", "3"][self.below(9)].to_string(),
                9 => format!("扣{}×{}", 1 + self.below(4), 1 + self.below(5)),
                10 => format!("扣1、2×{}、3", 1 + self.below(6)),
                _ => (bound / 2.0).to_string(),
            }
        }
    }

    /// Every number in a scale's parameters.
    fn numbers(json: &serde_json::Value, all: &mut Vec<f64>) {
        match json {
            serde_json::Value::Number(number) => all.extend(number.as_f64()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| numbers(item, all)),
            serde_json::Value::Object(map) => map.values().for_each(|value| numbers(value, all)),
            _ => {}
        }
    }

    #[test]
    fn every_expression_gives_the_worth_of_every_answer() {
        let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
        for tree in trees() {
            for item in &tree.items {
                let expression = item.scaled.scale.worth_expression();
                let mut bounds = Vec::new();
                numbers(&item.scaled.json(), &mut bounds);
                let mut chance = Chance(item.reference.bytes().map(u64::from).sum());
                for _ in 0..200 {
                    let text = chance.answer(&bounds);
                    let Ok(reading) = item.scaled.scale.read(&text, &item.question) else { continue };
                    let value = expression.value(&reading.inputs);
                    assert_eq!(value.as_ref(), Some(&reading.worth), "{} {} {text}: {expression:?}", item.reference, item.scaled.name);
                    *tried.entry(item.scaled.name).or_default() += 1;
                }
            }
        }
        for scale in &crate::scale::SCALES {
            assert!(tried.get(scale.name).is_some_and(|tried| *tried >= 100), "{}: {tried:?}", scale.name);
        }
    }

    #[test]
    fn a_share_meets_a_bound_without_dividing() {
        let bound = Number::parse("33.3").expect("a decimal");
        let condition = Typed::Share.compared(Comparison::AtLeast, &bound);
        let share = |numerator: i64, denominator: i64| Inputs::Ratio { numerator: numerator.into(), denominator: denominator.into() };
        assert_eq!(condition.holds(&share(333, 1000)), Some(true));
        assert_eq!(condition.holds(&share(332, 1000)), Some(false));
        let Condition::Compared(Expression::Product(left), _, Expression::Product(right)) = condition else {
            panic!("two products are compared")
        };
        assert_eq!((left[0].clone(), right[0].clone()), (Expression::whole(1000), Expression::whole(333)));
    }
}
