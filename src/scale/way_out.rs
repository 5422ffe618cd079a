//! What each obstacle is called, and the way past it.

use crate::scale::obstacle::{Obstacle, Wants};
use crate::text::{Text, t};

/// Numbers named at most.
const NAMED: usize = 6;

/// Characters shown of what stands in the way.
const SHOWN: usize = 40;

const A_LEVEL: Text = t("本题填的是等级，请对照评分标准。", "A level is asked here; see the scoring guide.");

impl Obstacle {
    /// As spelled in every file.
    pub fn code(&self) -> &'static str {
        match self {
            Obstacle::Enclosed(..) => "enclosed",
            Obstacle::Slash(..) => "slash",
            Obstacle::Range(_) => "range",
            Obstacle::Approximate(_) => "approximate",
            Obstacle::Unit(_) | Obstacle::UnitInShare(_) => "unit",
            Obstacle::Nothing(_) => "nothing",
            Obstacle::Commas => "commas",
            Obstacle::Fraction => "fraction",
            Obstacle::Several(_) => "several",
            Obstacle::Numerals => "numerals",
            Obstacle::Decimal => "decimal",
            Obstacle::Separator(_) => "separator",
            Obstacle::Missing(_) => "missing",
            Obstacle::Times(_) => "times",
            Obstacle::Tick => "tick",
            Obstacle::Beside(_) => "beside",
            Obstacle::Words => "words",
        }
    }

    /// What it is.
    pub fn what(&self, wants: &Wants) -> Text {
        match self {
            Obstacle::Enclosed(signs, _) => {
                t("“{signs}”是带圈或特殊的数字", "\"{signs}\" is not written in plain digits").with(&of("signs", signs))
            }
            Obstacle::Slash(sign, _) => {
                t("两个数之间写的是“{sign}”，不是“/”", "\"{sign}\" stands between two numbers where \"/\" is read").with(&of("sign", sign))
            }
            Obstacle::Range(range) => t("写了范围“{range}”", "it is a range, \"{range}\"").with(&of("range", range)),
            Obstacle::Approximate(word) => t("“{word}”说的是大概的数", "\"{word}\" makes it an estimate").with(&of("word", word)),
            Obstacle::Unit(unit) => match wants {
                Wants::Number(own) => t("数后面写了“{unit}”，本题的单位是“{own}”", "\"{unit}\" follows the number; the unit here is {own}")
                    .with(&[("unit", unit.clone().into()), ("own", own.clone())]),
                _ => t("数后面写了“{unit}”", "\"{unit}\" follows the number").with(&of("unit", unit)),
            },
            Obstacle::UnitInShare(unit) => t("数后面写了“{unit}”", "\"{unit}\" follows a number").with(&of("unit", unit)),
            Obstacle::Nothing(word) => {
                t("“{word}”可能指 0，也可能指没有资料", "\"{word}\" may mean 0 or that nothing is known").with(&of("word", word))
            }
            Obstacle::Commas => match wants {
                Wants::Number(_) | Wants::Percent => t("数里的逗号没有隔开千位", "the commas do not part thousands"),
                _ => t("数里有逗号", "there are commas among the digits"),
            },
            Obstacle::Fraction => t("写成了分数", "it is a fraction"),
            Obstacle::Several(numbers) => {
                let mut named: Vec<Text> = numbers.iter().take(NAMED).map(|number| number.clone().into()).collect();
                if numbers.len() > NAMED {
                    named.push("…".into());
                }
                t("写了 {count} 个数（{numbers}）", "there are {count} numbers ({numbers})")
                    .with(&[("count", numbers.len().into()), ("numbers", Text::join(&named, "、", ", "))])
            }
            Obstacle::Numerals => t("数是用汉字写的", "the number is in Chinese numerals"),
            Obstacle::Decimal => t("等级没有小数", "there is no level between two levels"),
            Obstacle::Separator(sign) => t("序号之间写的是“{sign}”", "\"{sign}\" stands between the numbers").with(&of("sign", sign)),
            Obstacle::Missing(sign) => t("“{sign}”旁边少了一个数", "a number is missing beside \"{sign}\"").with(&of("sign", sign)),
            Obstacle::Times(sign) => t("乘号写成了“{sign}”", "\"{sign}\" stands where × is read").with(&of("sign", sign)),
            Obstacle::Tick => t("看不出是“是”还是“否”", "it does not say whether Yes or No is meant"),
            Obstacle::Beside(words) => t("答案旁边还写了“{words}”", "\"{words}\" stands beside the answer").with(&of("words", words)),
            Obstacle::Words => match wants {
                Wants::YesNo => t("既不是“是”，也不是“否”", "it is neither Yes nor No"),
                Wants::Elements => t("写的是文字，没有序号", "there are words and no numbers of elements"),
                _ => t("写的是文字，没有数", "there are words and no number"),
            },
        }
    }

    /// What to do; `column` is where an explanation belongs.
    pub fn way_out(&self, wants: &Wants, column: &Text) -> Text {
        match self {
            Obstacle::Enclosed(_, plain) => match wants {
                Wants::Elements if plain.is_empty() => {
                    t("请改用普通数字，用“、”隔开，如 1、3、5。", "Use plain numbers with commas between them, like 1, 3, 5.")
                }
                Wants::Elements => t("请改用普通数字，用“、”隔开：{plain}。", "Use plain numbers with commas between them: {plain}.")
                    .with(&[("plain", Text::new(plain.clone(), plain.replace('、', ", ")))]),
                Wants::Level | Wants::Number(_) => t("请改用普通数字，只填一个。", "Use one plain number."),
                _ => t("请改用普通数字。", "Use plain digits."),
            },
            Obstacle::Slash(_, plain) => {
                t("是分子和分母的，请写成 {plain}。", "If they are numerator and denominator, write {plain}.").with(&of("plain", plain))
            }
            Obstacle::Range(_) => match wants {
                Wants::Elements => t("请把序号逐个写出，用“、”隔开。", "Write the numbers one by one, with commas between them."),
                Wants::Rate => t(
                    "请填一个确切的数；是分子和分母的，用“/”隔开。",
                    "Give one exact number; between numerator and denominator write \"/\".",
                ),
                _ => t("请填一个确切的数。", "Give one exact number."),
            },
            Obstacle::Approximate(_) => t("请去掉它，填一个确切的数。", "Take it off and give one exact number."),
            Obstacle::Unit(unit) => match wants {
                Wants::Number(own) => t("请按“{own}”填，只写数。", "Give it in {own}, the number only.").with(&[("own", own.clone())]),
                Wants::Rate | Wants::Percent => {
                    t("请写成分子/分母，或换算成百分数。", "Write numerator/denominator, or convert it to a percentage.")
                }
                Wants::Level => A_LEVEL,
                _ if unit == "分" => t("请去掉“{unit}”。", "Take \"{unit}\" off.").with(&of("unit", unit)),
                _ => t("本题填的是得分，请换算。", "Points are asked here; convert it."),
            },
            Obstacle::UnitInShare(unit) => t("请去掉“{unit}”。", "Take \"{unit}\" off.").with(&of("unit", unit)),
            Obstacle::Nothing(_) => {
                t("数是 0 的填 0；找不到材料的填“查无资料”。", "Write 0 if the number is 0, No data if no record was found.")
            }
            Obstacle::Commas => {
                t("请去掉逗号；写了几个数的，合成一个。", "Take the commas off; if they are several numbers, make them one.")
            }
            Obstacle::Fraction if *wants == Wants::Level => A_LEVEL,
            Obstacle::Fraction => t("请算出结果，只填一个数。", "Work it out and give one number."),
            Obstacle::Several(_) => match wants {
                Wants::Level => t("请只填一个等级。", "Give one level."),
                Wants::Points => t("请只填得分，或在扣分的序号前写“扣”。", "Give the points earned only, or deductions as shown below."),
                Wants::Rate | Wants::Percent => t(
                    "请只留一个分数或一个百分数，别的写到“{column}”栏。",
                    "Leave one fraction or one percentage and put the rest under {column}.",
                )
                .with(&[("column", column.clone())]),
                _ => t("请合成一个数，怎么算的写到“{column}”栏。", "Make them one number and say under {column} how.")
                    .with(&[("column", column.clone())]),
            },
            Obstacle::Numerals => t("请改用阿拉伯数字。", "Use digits."),
            Obstacle::Decimal => t("请填整数。", "Give a whole number."),
            Obstacle::Separator(_) => t("请改用“、”隔开。", "Write commas between them."),
            // Without its sign half a share would be a percentage.
            Obstacle::Missing(sign) if sign == "/" => t("请补上另一个数。", "Add the other number."),
            Obstacle::Missing(sign) => t("请补上，或删去“{sign}”。", "Add it, or take \"{sign}\" off.").with(&of("sign", sign)),
            Obstacle::Times(_) => t("请改用“×”。", "Write ×."),
            Obstacle::Tick => Text::default(),
            Obstacle::Beside(_) => t("请只留答案，别的写到“{column}”栏。", "Leave the answer alone and put the rest under {column}.")
                .with(&[("column", column.clone())]),
            Obstacle::Words => t(
                "说明的话写到“{column}”栏；找不到材料的填“查无资料”。",
                "Put explanations under {column}; write No data where no record was found.",
            )
            .with(&[("column", column.clone())]),
        }
    }
}

fn of<'a>(name: &'a str, text: &str) -> [(&'a str, Text); 1] {
    let shown: String = text.chars().take(SHOWN).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    [(name, format!("{shown}{more}").into())]
}
