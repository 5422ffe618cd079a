//! Neutral arithmetic in the words of a spreadsheet: only functions that Excel 2010, WPS and LibreOffice share.

use crate::scale::expression::{Comparison, Condition, Expression, Variable};

/// Prints an expression; `cell` says where a variable stands.
pub fn print(expression: &Expression, cell: &dyn Fn(Variable) -> String) -> String {
    let list = |parts: &[Expression], separator: &str| parts.iter().map(|part| operand(part, cell)).collect::<Vec<_>>().join(separator);
    let arguments = |parts: &[Expression]| parts.iter().map(|part| print(part, cell)).collect::<Vec<_>>().join(",");
    match expression {
        Expression::Number(number) => number.to_string(),
        Expression::Variable(variable) => cell(*variable),
        Expression::Sum(parts) if parts.is_empty() => "0".to_string(),
        Expression::Sum(parts) => list(parts, "+"),
        Expression::Product(parts) if parts.is_empty() => "1".to_string(),
        Expression::Product(parts) => list(parts, "*"),
        Expression::Difference(left, right) => format!("{}-{}", operand(left, cell), operand(right, cell)),
        Expression::Quotient(left, right) => format!("{}/{}", operand(left, cell), operand(right, cell)),
        Expression::Least(parts) => format!("MIN({})", arguments(parts)),
        Expression::Greatest(parts) => format!("MAX({})", arguments(parts)),
        Expression::If(condition, then, otherwise) => {
            format!("IF({},{},{})", holds(condition, cell), print(then, cell), print(otherwise, cell))
        }
    }
}

/// In brackets where it is more than one thing.
fn operand(expression: &Expression, cell: &dyn Fn(Variable) -> String) -> String {
    let text = print(expression, cell);
    let simple = match expression {
        Expression::Number(number) => !number.is_negative(),
        Expression::Sum(parts) | Expression::Product(parts) => parts.is_empty(),
        Expression::Difference(..) | Expression::Quotient(..) => false,
        _ => true,
    };
    if simple { text } else { format!("({text})") }
}

fn holds(condition: &Condition, cell: &dyn Fn(Variable) -> String) -> String {
    match condition {
        Condition::Given(variable) => format!("ISNUMBER({})", cell(*variable)),
        Condition::All(parts) => format!("AND({})", parts.iter().map(|part| holds(part, cell)).collect::<Vec<_>>().join(",")),
        Condition::Compared(left, comparison, right) => {
            let sign = match comparison {
                Comparison::AtLeast => ">=",
                Comparison::AtMost => "<=",
                Comparison::Above => ">",
                Comparison::Below => "<",
            };
            if is_exact(left) && is_exact(right) {
                return format!("{}{sign}{}", operand(left, cell), operand(right, cell));
            }
            // ecap compares exactly; what doubles add to a product is below 1e-9 and is rounded away.
            format!("ROUND({}-{},9){sign}0", operand(left, cell), operand(right, cell))
        }
    }
}

/// Is a double exactly what the expression says? A typed number is, and so is a count.
fn is_exact(expression: &Expression) -> bool {
    match expression {
        Expression::Number(_) | Expression::Variable(_) => true,
        Expression::Sum(parts) => parts.iter().all(|part| matches!(part, Expression::Variable(Variable::Element(_) | Variable::Times(_)))),
        _ => false,
    }
}

/// Text in quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Number;
    use crate::scale::expression::Typed;

    fn cell(variable: Variable) -> String {
        match variable {
            Variable::Value => "H4".to_string(),
            Variable::Numerator => "I4".to_string(),
            Variable::Denominator => "J4".to_string(),
            Variable::Element(index) | Variable::Times(index) => format!("E{index}"),
        }
    }

    #[test]
    fn a_share_is_compared_without_dividing() {
        let cuts = ["60", "99.5"].map(|cut| Number::parse(cut).expect("a decimal"));
        let worth = Typed::either(|typed| Expression::part_of(cuts.iter().map(|cut| typed.compared(Comparison::AtLeast, cut)).collect()));
        assert_eq!(
            print(&worth, &cell),
            "IF(ISNUMBER(J4),(IF(ROUND((100*I4)-(60*J4),9)>=0,1,0)+IF(ROUND((1000*I4)-(995*J4),9)>=0,1,0))/2,\
             (IF(H4>=60,1,0)+IF(H4>=99.5,1,0))/2)"
        );
    }

    #[test]
    fn what_is_more_than_one_thing_stands_in_brackets() {
        let minus = Expression::Number(Number::from(-5));
        let line = Expression::Variable(Variable::Value).less(minus).over(Expression::whole(30)).clamped();
        assert_eq!(print(&line, &cell), "MAX(0,MIN(1,(H4-(-5))/30))");
        assert_eq!(quoted("说\"好\""), "\"说\"\"好\"\"\"");
    }
}
