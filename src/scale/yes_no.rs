//! `yes_no`: worth 1 for the answer that passes.

use serde_json::{Map, Value as Json};

use crate::finding::Finding;
use crate::node::Fields;
use crate::number::Number;
use crate::scale::expression::{Comparison, Condition, Expression, Inputs, Variable};
use crate::scale::words::{BAD_PASS, WORDS};
use crate::scale::{Entry, Reading, Scale, Step, Unreadable, Wants, Way};
use crate::text::{Text, t};
use crate::unit::normal;

pub const ENTRY: Entry = Entry { name: "yes_no", words: t("是否", "yes or no"), from };

const YES: Text = t("是", "Yes");
const NO: Text = t("否", "No");
/// 有, 无, √ and × answer only a question that asks 是否有: elsewhere √ may mean "done" or "correct".
const ASKS_WHETHER_THERE_IS: &str = "是否有";

#[derive(Debug)]
struct YesNo {
    pass: bool,
}

fn from(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Option<Box<dyn Scale>> {
    let node = fields.need("pass", "pass: \"yes\"", findings)?;
    let pass = match node.text("pass", findings)?.as_str() {
        "yes" => true,
        "no" => false,
        _ => {
            findings.push(BAD_PASS.at(node.place.clone(), &[]));
            return None;
        }
    };
    Some(Box::new(YesNo { pass }))
}

impl Scale for YesNo {
    fn json(&self) -> Map<String, Json> {
        Map::from_iter([("pass".to_string(), Json::from(if self.pass { "yes" } else { "no" }))])
    }

    fn read(&self, text: &str, question: &Text) -> Result<Reading, Unreadable> {
        let asks_have = question.zh.contains(ASKS_WHETHER_THERE_IS);
        let yes = match text.to_lowercase().as_str() {
            "是" | "yes" | "y" => true,
            "否" | "no" | "n" => false,
            "有" | "√" if asks_have => true,
            "无" | "×" if asks_have => false,
            _ => return Err(Unreadable::new(&WORDS)),
        };
        let worth = if yes == self.pass { Number::one() } else { Number::zero() };
        let value = if yes { YES.zh } else { NO.zh };
        let inputs = Inputs::Value(i64::from(yes).into());
        Ok(Reading { worth, inputs, value: value.to_string(), exact: None, short_by: None, normalised: false })
    }

    fn wants(&self) -> Wants {
        Wants::YesNo
    }

    fn worth_expression(&self) -> Expression {
        let yes = Condition::Compared(Expression::Variable(Variable::Value), Comparison::AtLeast, Expression::whole(1));
        Expression::when(yes, Expression::whole(usize::from(self.pass)), Expression::whole(usize::from(!self.pass)))
    }

    fn guide(&self) -> Text {
        let (pass, fail) = if self.pass { (YES, NO) } else { (NO, YES) };
        t("{pass}：100 分\n{fail}：0 分", "{pass}: 100\n{fail}: 0").with(&[("pass", pass), ("fail", fail)])
    }

    fn hint(&self) -> Text {
        t("是 或 否", "Yes or No")
    }

    /// The question itself says it.
    fn way(&self, _text: &str, _question: &Text, _below: Option<&Number>, _worth: &Number) -> Option<Way> {
        None
    }

    fn steps(&self) -> Vec<Step> {
        let what = if self.pass {
            t("做到题中所问（答“是”）", "meet what is asked (answer Yes)")
        } else {
            t("消除题中所问的情形（答“否”）", "end what is asked about (answer No)")
        };
        vec![Step { worth: Number::one(), what }]
    }

    fn shown(&self, text: &str, question: &Text) -> Text {
        match self.read(&normal(text), question) {
            Ok(reading) if reading.value == YES.zh => YES,
            Ok(_) => NO,
            Err(_) => Text::same(text),
        }
    }

    fn choices(&self) -> Vec<Text> {
        vec![YES, NO]
    }
}
