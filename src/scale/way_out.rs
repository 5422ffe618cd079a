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
            Obstacle::Enclosed(..) | Obstacle::Roman(_) => "enclosed",
            Obstacle::Slash(..) => "slash",
            Obstacle::Range(_) => "range",
            Obstacle::Approximate(_) => "approximate",
            Obstacle::Unit(_) | Obstacle::UnitInShare(_) => "unit",
            Obstacle::Nothing(_) => "nothing",
            Obstacle::Commas => "commas",
            Obstacle::Scientific => "scientific",
            Obstacle::Gap(_) => "gap",
            Obstacle::Point(_) => "point",
            Obstacle::RaisedPoint(..) => "raised-point",
            Obstacle::Fraction => "fraction",
            Obstacle::Several(_) => "several",
            Obstacle::Numerals => "numerals",
            Obstacle::Decimal => "decimal",
            Obstacle::Separator(_) => "separator",
            Obstacle::Missing(_) => "missing",
            Obstacle::Times(_) => "times",
            Obstacle::Tick => "tick",
            Obstacle::Beside(_) => "beside",
            Obstacle::Contrary(_) => "contrary",
            Obstacle::Amount(_) => "amount",
            Obstacle::Both => "both",
            Obstacle::Letter(..) => "letter",
            Obstacle::UnitsApart(..) => "units",
            Obstacle::Per(_) => "per",
            Obstacle::Clock => "clock",
            Obstacle::Unseen => "unseen",
            Obstacle::Picture => "picture",
            Obstacle::Signs(..) => "signs",
            Obstacle::BesideState(_) | Obstacle::LikeNa | Obstacle::SpoiltState => "state",
            Obstacle::Agreed => "agreed",
            Obstacle::Words => "words",
        }
    }

    /// What it is.
    pub fn what(&self, wants: &Wants) -> Text {
        match self {
            Obstacle::Enclosed(signs, _) => {
                t("“{signs}”是带圈或特殊的数字", "\"{signs}\" is not written in plain digits").with(&of("signs", signs))
            }
            Obstacle::Roman(numerals) => t("“{numerals}”是罗马数字", "\"{numerals}\" is a Roman numeral").with(&of("numerals", numerals)),
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
            Obstacle::Scientific => t("写成了科学记数法", "it is in scientific notation"),
            Obstacle::Gap(_) => t("数中间有空格", "there is a blank within the number"),
            Obstacle::Point(_) => t("小数点前面没有数", "there is nothing before the decimal point"),
            Obstacle::RaisedPoint(sign, _) => {
                t("数中间的“{sign}”像是认错的小数点", "\"{sign}\" within the number looks like a misread decimal point")
                    .with(&[("sign", sign.to_string().into())])
            }
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
            Obstacle::Contrary(word) => {
                t("“{word}”会让答案变成另一个意思", "\"{word}\" makes the answer mean something else").with(&of("word", word))
            }
            Obstacle::Amount(number) => {
                t("看不出是共有 {number} 项，还是第 {number} 项", "it may mean {number} elements or element number {number}")
                    .with(&of("number", number))
            }
            Obstacle::Both => t("“是”和“否”都写了", "both Yes and No stand there"),
            Obstacle::Letter(letter, digit) => {
                t("里面的“{letter}”是字母，不是数字 {digit}", "\"{letter}\" in it is a letter and not the digit {digit}")
                    .with(&[("letter", letter.to_string().into()), ("digit", digit.to_string().into())])
            }
            Obstacle::UnitsApart(one, other) if one.is_empty() || other.is_empty() => {
                t("只有一个数写了单位“{unit}”", "only one of the numbers has a unit, \"{unit}\"")
                    .with(&of("unit", &format!("{one}{other}")))
            }
            Obstacle::UnitsApart(one, other) => {
                t("分子的单位是“{one}”，分母的是“{other}”", "the numerator is in \"{one}\", the denominator in \"{other}\"")
                    .with(&[("one", one.clone().into()), ("other", other.clone().into())])
            }
            Obstacle::Per(word) => t("“{word}”说的不是总数", "\"{word}\" does not give the whole number").with(&of("word", word)),
            Obstacle::Clock => t("写成了钟点或时长", "it is a time of day or a length of time"),
            Obstacle::Unseen => t("里面有看不见的字符", "there are characters in it that cannot be seen"),
            Obstacle::Picture => t("这一格里放的是图片", "there is a picture in the cell"),
            Obstacle::Signs(signs, _) => t("答案旁边多了“{signs}”", "\"{signs}\" stands beside the answer").with(&of("signs", signs)),
            Obstacle::BesideState(word) => t("“{word}”旁边还写了别的", "there is more beside \"{word}\"").with(&[("word", word.clone())]),
            Obstacle::LikeNa => t("像是“不适用”的意思", "it seems to mean N/A"),
            Obstacle::SpoiltState => t("像是“查无资料”写错了", "it looks like No data, misspelt"),
            Obstacle::Agreed => t("写的是对自评的意见，不是答案", "it agrees with the self-rating and is no answer itself"),
            Obstacle::Words => match wants {
                Wants::YesNo => t("既不是“是”，也不是“否”", "it is neither Yes nor No"),
                Wants::Elements => t("写的是文字，没有序号", "there are words and no numbers of elements"),
                _ => t("写的是文字，没有数", "there are words and no number"),
            },
        }
    }

    /// What to do; `column` is where an explanation belongs, `na` the condition for N/A.
    pub fn way_out(&self, wants: &Wants, column: &Text, na: Option<&Text>) -> Text {
        match self {
            Obstacle::Enclosed(_, plain) => match wants {
                Wants::Elements if plain.is_empty() => {
                    t("请改用普通数字，用“、”隔开，如 1、3、5。", "Use plain numbers with commas between them, like 1, 3, 5.")
                }
                Wants::Elements => t("请改用普通数字，用“、”隔开：{plain}。", "Use plain numbers with commas between them: {plain}.")
                    .with(&[("plain", Text::new(plain.clone(), plain.replace('、', ", ")))]),
                Wants::Level | Wants::Number(_) => t("请改用普通数字，只填一个。", "Use one plain number."),
                Wants::YesNo => Text::default(),
                _ => t("请改用普通数字。", "Use plain digits."),
            },
            Obstacle::Roman(_) => t(
                "罗马数字的级有从高排的，也有从低排的，“{column}”栏写了哪一级最高的照它看；请看佐证材料，逐题对照评分标准填，0 级最低，不要整栏照换，也不要整栏倒换。",
                "Roman numerals may count from the highest level or from the lowest; {column} may say which. See the records and answer each item by the scoring guide, where 0 is the lowest level, and do not turn them all one way or the other.",
            )
            .with(&[("column", column.clone())]),
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
            Obstacle::Approximate(_) => t("请核实后填一个确切的数。", "Find out and give one exact number."),
            Obstacle::Unit(unit) => match wants {
                Wants::Number(own) => t("请按“{own}”填，要换算的先换算，只写数。", "Give it in {own}, converted where needed, the number only.").with(&[("own", own.clone())]),
                Wants::Rate | Wants::Percent => {
                    t("请写成分子/分母，或换算成百分数。", "Write numerator/denominator, or convert it to a percentage.")
                }
                Wants::Level => A_LEVEL,
                _ if unit == "分" => t("请去掉“{unit}”。", "Take \"{unit}\" off.").with(&of("unit", unit)),
                _ => t("本题填的是得分，请换算。", "Points are asked here; convert it."),
            },
            Obstacle::UnitInShare(unit) => t("请去掉“{unit}”。", "Take \"{unit}\" off.").with(&of("unit", unit)),
            Obstacle::Nothing(_) => match na {
                Some(condition) => t(
                    "没有发生、数是 0 的填 0；符合“{condition}”的填“不适用”，并在“{column}”栏写理由；找不到材料的填“查无资料”。",
                    "Write 0 if it never happened or the number is 0, N/A with the reason under {column} if the condition holds ({condition}), No data if no record was found.",
                )
                .with(&[("condition", condition.clone()), ("column", column.clone())]),
                None => t(
                    "没有发生、数是 0 的填 0；找不到材料的填“查无资料”。",
                    "Write 0 if it never happened or the number is 0, No data if no record was found.",
                ),
            },
            Obstacle::Commas => {
                t(
                    "请核对：逗号是小数点的改成“.”，隔开千位的去掉；写了几个数的，合成一个。",
                    "Check it: where a comma is a decimal point write \".\", where it parts thousands take it off; several numbers make one.",
                )
            }
            Obstacle::Scientific => t("请写出完整的数。", "Write the number out in full."),
            Obstacle::Gap(plain) => {
                let two = match wants {
                    Wants::Number(_) => t("是几个数的，请核实后只填一个", "if several, find out and give one"),
                    _ => t("是分子和分母的，中间写“/”", "if they are numerator and denominator, put \"/\" between them"),
                };
                t("请对照原件：是一个数的写成“{plain}”；{two}。", "See the original: if it is one number, write {plain}; {two}.")
                    .with(&[("plain", plain.clone().into()), ("two", two)])
            }
            Obstacle::Point(plain) => t("请核对后写全，如“{plain}”。", "Check it and write it out, like {plain}.").with(&of("plain", plain)),
            Obstacle::RaisedPoint(_, plain) => t(
                "请看原件：是小数点的，写成“{plain}”；不是的，照原件重新填。",
                "See the original: if it is a decimal point, write {plain}; if not, type the answer again.",
            )
            .with(&of("plain", plain)),
            Obstacle::Fraction if *wants == Wants::Level => A_LEVEL,
            Obstacle::Fraction => t(
                "请看原件：是两个数的（如去年和今年的），只留题目问的那一个，不要相除；真是一个分数的，写成小数。",
                "See the original: of two numbers, such as last year's and this year's, keep the one that the question asks for and do not divide them; write what is one fraction as a decimal.",
            ),
            Obstacle::Several(_) => match wants {
                Wants::Level => t("请只填一个等级。", "Give one level."),
                Wants::Points => t("请只填得分，或在扣分的序号前写“扣”。", "Give the points earned only, or deductions as shown below."),
                Wants::Rate | Wants::Percent => t(
                    "请只留题目问的那一个分数或百分数，别的写到“{column}”栏。",
                    "Leave the one fraction or percentage that the question asks for and put the rest under {column}.",
                )
                .with(&[("column", column.clone())]),
                _ => t(
                    "请看原件，只填题目问的那一个数：去年和今年的都写了的，只留评估期的，不要相加；几部分分开写的才相加。怎么算的写到“{column}”栏。",
                    "See the original and give the one number that the question asks for: of several years keep the assessment period's and do not add them up; add up parts only. Say under {column} how.",
                )
                    .with(&[("column", column.clone())]),
            },
            Obstacle::Numerals => t("请改用阿拉伯数字。", "Use digits."),
            Obstacle::Decimal => t("请填整数。", "Give a whole number."),
            Obstacle::Separator(_) => t("请改用“、”隔开。", "Write commas between them."),
            // Without its sign half a share would be a percentage.
            Obstacle::Missing(sign) if sign == "/" => t("请看原件，补上另一个数。", "See the original and add the other number."),
            Obstacle::Missing(sign) => t("请看原件：少了数的补上，没有少的删去“{sign}”。", "See the original: add the number if one is missing, take \"{sign}\" off if none is.").with(&of("sign", sign)),
            Obstacle::Times(_) => t("请改用“×”。", "Write ×."),
            Obstacle::Tick if *wants == Wants::YesNo => t(
                "题目问的做到了、发生了填“是”，没有的填“否”。",
                "Write Yes if what is asked is so or has happened, No if not.",
            ),
            Obstacle::Tick => Text::default(),
            Obstacle::Beside(_) => {
                t("请只留答案，别的写到“{column}”栏。", "Keep only the answer in this cell and move the rest to {column}.")
                    .with(&[("column", column.clone())])
            }
            Obstacle::Contrary(_) => contrary(wants),
            Obstacle::Amount(_) => t(
                "请把已具备的序号逐个写出，用“、”隔开；齐全的填“全部”。",
                "Write the numbers of the elements in place one by one, with commas between them; write All if all are.",
            ),
            Obstacle::Both => t("请按实际情况重新填，只填一个。", "Answer anew, with one of them."),
            Obstacle::Letter(..) => t("请看原件，用数字重新填。", "See the original and type it again in digits."),
            Obstacle::UnitsApart(..) => t(
                "请先把分子、分母换算成同一个单位，再只写数。",
                "Convert numerator and denominator to one unit first, then write the numbers only.",
            ),
            Obstacle::Per(_) => t(
                "请按题目问的期间算出总数，只写数。",
                "Work out the number for the time that the question asks about and write only that.",
            ),
            Obstacle::Clock => match wants {
                Wants::Number(own) => t("请换算成“{own}”，只写数。", "Convert it to {own} and write the number only.").with(&[("own", own.clone())]),
                _ => Text::default(),
            },
            Obstacle::Unseen => t("请清空这一格，重新键入。", "Clear the cell and type it again."),
            Obstacle::Picture => {
                t("请删掉图片，把答案键入这一格；图片另外附上。", "Delete the picture, type the answer into the cell, and send the picture beside it.")
            }
            Obstacle::Signs(_, bare) => t("请只填“{bare}”。", "Write only \"{bare}\".").with(&of("bare", bare)),
            Obstacle::BesideState(word) => t("这一格只填“{word}”，别的写到“{column}”栏。", "Write only \"{word}\" here and the rest under {column}.")
                .with(&[("word", word.clone()), ("column", column.clone())]),
            Obstacle::LikeNa => t(
                "符合“{condition}”的填“不适用”，并在“{column}”栏写理由；不符合的按实际情况作答。",
                "If the condition holds ({condition}), write N/A and the reason under {column}; if not, answer as things are.",
            )
            .with(&[("condition", na.cloned().unwrap_or_default()), ("column", column.clone())]),
            Obstacle::SpoiltState => t("是的请重新填“查无资料”；不是的请填答案。", "If so write No data again; if not, give the answer."),
            Obstacle::Agreed => t(
                "与自评相同的，“复核”空着不填，或把自评的答案抄过来；意见写到“{column}”栏。",
                "Where the self-rating stands, leave Review blank or repeat its answer there; put the opinion under {column}.",
            )
            .with(&[("column", column.clone())]),
            Obstacle::Words if matches!(wants, Wants::Number(_)) => t(
                "没有发生、数是 0 的填 0；说明的话写到“{column}”栏；找不到材料的填“查无资料”。",
                "Write 0 if it never happened or the number is 0; put explanations under {column}; write No data where no record was found.",
            )
            .with(&[("column", column.clone())]),
            Obstacle::Words => t(
                "说明的话写到“{column}”栏；找不到材料的填“查无资料”。",
                "Put explanations under {column}; write No data where no record was found.",
            )
            .with(&[("column", column.clone())]),
        }
    }
}

/// Not what is left without the word: that would be another answer.
fn contrary(wants: &Wants) -> Text {
    match wants {
        Wants::Elements => t(
            "请把已具备的序号逐个写出，用“、”隔开；没有的不写。不要只删去几个字。",
            "Write the numbers of the elements in place one by one, with commas between them, and no others. Do not just delete words.",
        ),
        Wants::YesNo => t(
            "请核实后重新填“是”或“否”，没有完全做到的不能算做到；不要只删去几个字。",
            "Find out and answer Yes or No anew; what is not wholly done is not done. Do not just delete words.",
        ),
        Wants::Level => t(
            "请对照评分标准，填已经完全达到的等级；不要只删去几个字。",
            "See the scoring guide and give the level wholly reached. Do not just delete words.",
        ),
        Wants::Rate => t(
            "请核实后重新填分子和分母；不要只删去几个字。",
            "Find out numerator and denominator and write them anew. Do not just delete words.",
        ),
        _ => t("请核实后重新填一个确切的数；不要只删去几个字。", "Find out and give one exact number. Do not just delete words."),
    }
}

fn of<'a>(name: &'a str, text: &str) -> [(&'a str, Text); 1] {
    let shown: String = text.chars().take(SHOWN).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    [(name, format!("{shown}{more}").into())]
}
