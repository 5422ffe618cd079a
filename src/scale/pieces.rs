//! A text that is no answer, cut into its numbers and what stands between them.

/// Units that people write after a number.
const UNITS: [&str; 99] = [
    "人",
    "名",
    "位",
    "个",
    "个人",
    "人次",
    "人日",
    "万人",
    "万人次",
    "万户",
    "次",
    "件",
    "起",
    "处",
    "条",
    "份",
    "种",
    "类",
    "项",
    "辆",
    "台",
    "套",
    "支",
    "家",
    "户",
    "所",
    "座",
    "间",
    "场",
    "期",
    "届",
    "本",
    "册",
    "页",
    "张",
    "例",
    "班",
    "岗",
    "床",
    "宗",
    "架",
    "艘",
    "天",
    "日",
    "周",
    "星期",
    "个月",
    "月",
    "年",
    "岁",
    "小时",
    "个小时",
    "时",
    "点",
    "点钟",
    "分钟",
    "分",
    "秒",
    "秒钟",
    "刻",
    "刻钟",
    "季度",
    "个季度",
    "旬",
    // Minutes and seconds; NFKC makes two of one sign.
    "'",
    "\"",
    "′",
    "′′",
    "级",
    "档",
    "度",
    "公里",
    "千米",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "米",
    "厘米",
    "毫米",
    "海里",
    "吨",
    "公斤",
    "千克",
    "斤",
    "升",
    "元",
    "千元",
    "万元",
    "亿元",
    "万",
    "亿",
    "千",
    "成",
    "倍",
    "%",
    "‰",
    "°C",
    "个百分点",
];
/// Letters of an English unit at most.
const LONGEST_UNIT: usize = 12;

/// The numbers of a text, and what stands before, between and after them, one more than there are numbers.
pub struct Pieces {
    pub numbers: Vec<String>,
    pub between: Vec<String>,
}

impl Pieces {
    /// Of text as trimmed NFKC.
    pub fn of(text: &str) -> Self {
        let (mut numbers, mut between, mut rest) = (Vec::new(), Vec::new(), text);
        loop {
            let begin = rest.find(|character: char| character.is_ascii_digit()).unwrap_or(rest.len());
            between.push(rest[..begin].trim().to_string());
            rest = &rest[begin..];
            if rest.is_empty() {
                return Pieces { numbers, between };
            }
            let (number, after) = rest.split_at(length(rest));
            numbers.push(number.to_string());
            rest = after;
        }
    }

    /// The words around the numbers, `共…次`, without the signs between them where there are others.
    pub fn words(&self) -> String {
        let joined = |cut: &[char]| {
            let words = self.between.iter().map(|words| words.trim_matches(cut)).filter(|words| !words.is_empty());
            words.collect::<Vec<_>>().join("…")
        };
        let bare = joined(&[' ', ',', '、', ';', '。', ':']);
        if bare.is_empty() { joined(&[]) } else { bare }
    }
}

/// Bytes of the number that a text begins with: its digits, commas that part thousands, and a point between digits.
fn length(text: &str) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    if end <= 3 {
        while text[end..].starts_with(',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if text[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

/// Is it a unit and nothing else?
pub fn is_unit(text: &str) -> bool {
    let letters = text.len() <= LONGEST_UNIT && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    !text.is_empty() && (letters || UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(text)))
}

/// The longest unit that a text begins with, and what follows it.
pub fn leading_unit(text: &str) -> Option<(&str, &str)> {
    let cut = |unit: &&str| text.get(..unit.len()).is_some_and(|start| start.eq_ignore_ascii_case(unit));
    let unit = UNITS.iter().filter(|unit| cut(unit)).max_by_key(|unit| unit.len())?;
    let (unit, rest) = text.split_at(unit.len());
    Some((unit, rest.trim_start()))
}

/// Is it a number written in Chinese numerals, `十二次`, `百分之九十`, `五十分之四十五`, `第二级`, `贰`?
pub fn is_numeral(text: &str) -> bool {
    const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两俩半廿壹贰叁肆伍陆柒捌玖拾佰仟";
    if let Some((whole, part)) = text.split_once("分之") {
        return [whole, part].iter().all(|side| is_numeral(side));
    }
    let text = text.strip_prefix('第').unwrap_or(text);
    let end = text.find(|character: char| !NUMERALS.contains(character)).unwrap_or(text.len());
    let rest = text[end..].trim_start();
    end > 0 && (rest.is_empty() || is_unit(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_numbers() {
        for (text, numbers, between) in [
            ("12", "12", "|"),
            ("共 12 次", "12", "共|次"),
            ("1,234.5人", "1,234.5", "|人"),
            ("1,23", "1 23", "|,|"),
            ("1.2.3", "1.2 3", "|.|"),
            ("甲镇3，乙镇5", "3 5", "甲镇|，乙镇|"),
            ("3.", "3", "|."),
            ("见附件", "", "见附件"),
        ] {
            let pieces = Pieces::of(text);
            assert_eq!((pieces.numbers.join(" "), pieces.between.join("|")), (numbers.to_string(), between.to_string()), "{text}");
        }
    }

    #[test]
    fn units_and_numerals_are_known_as_wholes() {
        for text in ["人", "万人", "个月", "people", "KM", "°c"] {
            assert!(is_unit(text), "{text}");
        }
        for text in ["", "人左右", "次次", "at least"] {
            assert!(!is_unit(text), "{text}");
        }
        assert_eq!(leading_unit("人次/"), Some(("人次", "/")));
        for text in ["十二", "十二次", "百分之九十", "第二级", "两级", "半", "九成"] {
            assert!(is_numeral(text), "{text}");
        }
        for text in ["", "一般", "三令五申", "次"] {
            assert!(!is_numeral(text), "{text}");
        }
    }
}
