//! Section 3: what may be typed in an answer cell. [`TABLE`] is the golden table of what is read and what is refused.

use ecap::finding::Severity;
use ecap::survey::Column;

use crate::harness::{Case, LEVEL, Put, Scored, YES, case, case_of, item, list, score_bytes, survey};

/// What becomes of a cell.
#[derive(Clone, Copy, Debug)]
enum Is {
    /// Read, worth this score, nothing said.
    Read(f64),
    /// Read, worth this score, with the note that it was normalised.
    Noted(f64),
    /// Read, worth this score, with a warning of this code.
    Asked(f64, &'static str),
    /// An error of this code.
    Refused(&'static str),
    Blank,
    NoData,
    NotApplicable,
}

use Is::{Asked, Blank, NoData, NotApplicable, Noted, Read, Refused};

/// Top 10, so that `十级` is there; worth 0.1 a level.
const LEVEL10: &str = "{type: level, anchors: [{zh: 〇, en: a}, {zh: 一, en: b}, {zh: 二, en: c}, {zh: 三, en: d}, {zh: 四, en: e}, {zh: 五, en: f}, {zh: 六, en: g}, {zh: 七, en: h}, {zh: 八, en: i}, {zh: 九, en: j}, {zh: 十, en: k}]}";
/// The rate in percent is the score.
const RATE: &str = "{type: rate, linear: {zero: 0, full: 100}, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}";
/// Half the rate in percent is the score.
const RATE200: &str =
    "{type: rate, linear: {zero: 0, full: 200}, may_exceed_100: true, numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}";
/// A hundredth of the number is the score, for all three.
const COUNT: &str = "{type: count, unit: {zh: 次, en: times}, linear: {zero: 0, full: 10000}}";
const QUANTITY: &str = "{type: quantity, unit: {zh: 人, en: people}, linear: {zero: 0, full: 10000}}";
const MINUTES: &str = "{type: duration, unit: min, linear: {zero: 0, full: 10000}}";
const SECONDS: &str = "{type: duration, unit: s, linear: {zero: 0, full: 10000}}";
const HOURS: &str = "{type: duration, unit: h, linear: {zero: 0, full: 10000}}";
const DAYS: &str = "{type: duration, unit: d, linear: {zero: 0, full: 10000}}";
/// 100 from 1 to 3, 200/3 above, 100/3 below, 0 below 0.5.
const PERCENT_RANGE: &str =
    "{type: range, unit: \"%\", band: [1, 3], outside: [{below: 1, score: 1}, {below: 0.5, score: 0}, {above: 3, score: 2}]}";
const DEGREES: &str = "{type: range, unit: {zh: 度, en: degrees}, band: [-5, 5], outside: [{below: -5, score: 1}, {above: 5, score: 2}]}";
const MONTHS: &str = "{type: count, unit: {zh: 个月, en: months}, direction: higher, cuts: [4, 8, 12], max: 12}";
const HUNDRED_AT_MOST: &str = "{type: range, unit: \"%\", band: [1, 3], outside: [{below: 1, score: 1}, {above: 3, score: 2}], max: 100}";
const FEW: &str = "{type: count, unit: {zh: 起, en: cases}, direction: lower, cuts: [3, 1, 0]}";
const THOUSANDS: &str =
    "{type: range, unit: {zh: 米, en: m}, band: [1000, 2000], outside: [{below: 1000, score: 0}, {above: 2000, score: 0}]}";
/// Six elements: 3 are a third, 5 two thirds, 6 full; without element 1 at most a third.
const CHECKLIST: &str = "{type: checklist, elements: [{id: e1, zh: 甲, en: a}, {id: e2, zh: 乙, en: b}, {id: e3, zh: 丙, en: c}, {id: e4, zh: 丁, en: d}, {id: e5, zh: 戊, en: e}, {id: e6, zh: 己, en: f}], cuts: [3, 5, 6], must: [e1]}";
/// Out of 10: line 1 takes 2, line 2 takes 1.5, line 3 takes 2 a time and 5 at most.
const POINTS: &str = "{type: points, full: 10, deductions: [{id: d1, zh: 甲, en: a, points: 2}, {id: d2, zh: 乙, en: b, points: 1.5}, {id: d3, zh: 丙, en: c, points: 2, max: 5}]}";

const THIRD: f64 = 100.0 / 3.0;
const TWO_THIRDS: f64 = 200.0 / 3.0;

/// `yes_no` stands for a question that asks 是否有, `done` for one that does not.
const TABLE: &[(&str, &str, Is)] = &[
    ("level", "0", Read(0.0)),
    ("level", "2", Read(20.0)),
    ("level", "2分", Read(20.0)),
    ("level", "2级", Read(20.0)),
    ("level", "2 级", Read(20.0)),
    ("level", "2 分", Read(20.0)),
    ("level", " 2 ", Noted(20.0)),
    ("level", "10", Read(100.0)),
    ("level", "10级", Read(100.0)),
    ("level", "一级", Read(10.0)),
    ("level", "二级", Read(20.0)),
    ("level", "三级", Read(30.0)),
    ("level", "四级", Read(40.0)),
    ("level", "五级", Read(50.0)),
    ("level", "六级", Read(60.0)),
    ("level", "七级", Read(70.0)),
    ("level", "八级", Read(80.0)),
    ("level", "九级", Read(90.0)),
    ("level", "十级", Read(100.0)),
    ("level", "二 级", Read(20.0)),
    ("level", "２", Noted(20.0)),
    ("level", "２级", Noted(20.0)),
    ("level", "②", Noted(20.0)),
    ("level", "11", Refused("level-over-top")),
    ("level", "99级", Refused("level-over-top")),
    ("level", "-1", Refused("answer-negative")),
    ("level", "1.5", Refused("answer-unreadable")),
    ("level", "零级", Refused("answer-unreadable")),
    ("level", "〇级", Refused("answer-unreadable")),
    ("level", "两级", Refused("answer-unreadable")),
    ("level", "十一级", Refused("answer-unreadable")),
    ("level", "二", Refused("answer-unreadable")),
    ("level", "二分", Refused("answer-unreadable")),
    ("level", "第二级", Refused("answer-unreadable")),
    ("level", "2级分", Refused("answer-unreadable")),
    ("level", "2级左右", Refused("answer-unreadable")),
    ("level", "2%", Refused("answer-unreadable")),
    ("level", "2/3", Refused("answer-unreadable")),
    ("level", "+2", Refused("answer-unreadable")),
    ("level", "1e1", Refused("answer-unreadable")),
    ("level", "是", Refused("answer-unreadable")),
    ("level", "优秀", Refused("answer-unreadable")),
    ("level", "全部", Refused("answer-unreadable")),
    ("level", "不评", Refused("answer-unreadable")),
    ("yes_no", "是", Read(100.0)),
    ("yes_no", "否", Read(0.0)),
    ("yes_no", "Yes", Read(100.0)),
    ("yes_no", "No", Read(0.0)),
    ("yes_no", "Y", Read(100.0)),
    ("yes_no", "N", Read(0.0)),
    ("yes_no", "yes", Read(100.0)),
    ("yes_no", "NO", Read(0.0)),
    ("yes_no", "y", Read(100.0)),
    ("yes_no", "n", Read(0.0)),
    ("yes_no", "Ｙ", Noted(100.0)),
    ("yes_no", "有", Read(100.0)),
    ("yes_no", "无", Read(0.0)),
    ("yes_no", "√", Read(100.0)),
    ("yes_no", "×", Read(0.0)),
    ("yes_no", "✓", Refused("answer-unreadable")),
    ("yes_no", "✔", Refused("answer-unreadable")),
    ("yes_no", "x", Refused("answer-unreadable")),
    ("yes_no", "X", Refused("answer-unreadable")),
    ("yes_no", "✗", Refused("answer-unreadable")),
    ("yes_no", "1", Refused("answer-unreadable")),
    ("yes_no", "0", Refused("answer-unreadable")),
    ("yes_no", "true", Refused("answer-unreadable")),
    ("yes_no", "是的", Refused("answer-unreadable")),
    ("yes_no", "没有", Refused("answer-unreadable")),
    ("yes_no", "对", Refused("answer-unreadable")),
    ("yes_no", "是否", Refused("answer-unreadable")),
    ("done", "是", Read(100.0)),
    ("done", "N", Read(0.0)),
    ("done", "有", Refused("answer-unreadable")),
    ("done", "无", Refused("answer-unreadable")),
    ("done", "√", Refused("answer-unreadable")),
    ("done", "×", Refused("answer-unreadable")),
    ("pass_no", "是", Read(0.0)),
    ("pass_no", "否", Read(100.0)),
    ("pass_no", "无", Read(100.0)),
    ("rate", "45/50", Read(90.0)),
    ("rate", "45 / 50", Read(90.0)),
    ("rate", "4.5/5", Read(90.0)),
    ("rate", "0/50", Read(0.0)),
    ("rate", "50/50", Read(100.0)),
    ("rate", "45／50", Noted(90.0)),
    ("rate", "1/200", Read(0.5)),
    ("rate", "90%", Read(90.0)),
    ("rate", "90 %", Read(90.0)),
    ("rate", "90％", Noted(90.0)),
    ("rate", "９０％", Noted(90.0)),
    ("rate", "92.5%", Read(92.5)),
    ("rate", "1%", Read(1.0)),
    ("rate", "0.5%", Read(0.5)),
    ("rate", "0%", Read(0.0)),
    ("rate", "100%", Read(100.0)),
    ("rate", "90", Read(90.0)),
    ("rate", "1.5", Read(1.5)),
    ("rate", "1.0001", Read(1.0001)),
    ("rate", "100", Read(100.0)),
    ("rate", "0", Read(0.0)),
    ("rate", "0.0", Read(0.0)),
    ("rate", "1", Refused("rate-two-readings")),
    ("rate", "0.9", Refused("rate-two-readings")),
    ("rate", "0.0001", Refused("rate-two-readings")),
    ("rate", "１", Refused("rate-two-readings")),
    ("rate", "100.1", Refused("rate-over-100")),
    ("rate", "101%", Refused("rate-over-100")),
    ("rate", "51/50", Refused("rate-over-100")),
    ("rate", "-1", Refused("answer-negative")),
    ("rate", "-1%", Refused("answer-negative")),
    ("rate", "-1/50", Refused("answer-negative")),
    ("rate", "45/0", Refused("rate-denominator")),
    ("rate", "0/0", Refused("rate-denominator")),
    ("rate", "45/-50", Refused("rate-denominator")),
    ("rate", "-45/-50", Refused("rate-denominator")),
    ("rate", "45/50/2", Refused("answer-unreadable")),
    ("rate", "45/", Refused("answer-unreadable")),
    ("rate", "/50", Refused("answer-unreadable")),
    ("rate", "45:50", Refused("answer-unreadable")),
    ("rate", "45÷50", Refused("answer-unreadable")),
    ("rate", "½", Refused("answer-unreadable")),
    ("rate", "1,234/2,000", Refused("answer-unreadable")),
    ("rate", "45人/50人", Refused("answer-unreadable")),
    ("rate", "45/50%", Refused("answer-unreadable")),
    ("rate", "百分之九十", Refused("answer-unreadable")),
    ("rate", "九成", Refused("answer-unreadable")),
    ("rate", "约90%", Refused("answer-unreadable")),
    ("rate", "90%以上", Refused("answer-unreadable")),
    ("rate", "90-95%", Refused("answer-unreadable")),
    ("rate", "9‰", Refused("answer-unreadable")),
    ("rate", "全部", Refused("answer-unreadable")),
    ("rate200", "120", Read(60.0)),
    ("rate200", "120%", Read(60.0)),
    ("rate200", "60/50", Read(60.0)),
    ("rate200", "1", Refused("rate-two-readings")),
    ("rate200", "0.9", Refused("rate-two-readings")),
    ("rate200", "-1%", Refused("answer-negative")),
    ("count", "12", Read(0.12)),
    ("count", "0", Read(0.0)),
    ("count", "12次", Read(0.12)),
    ("count", "12 次", Read(0.12)),
    ("count", "12 times", Read(0.12)),
    ("count", "12TIMES", Read(0.12)),
    ("count", "１２", Noted(0.12)),
    ("count", "１２次", Noted(0.12)),
    ("count", "1,234", Noted(12.34)),
    ("count", "1，234次", Noted(12.34)),
    ("count", "-1", Refused("answer-negative")),
    ("count", "1.5", Refused("count-fraction")),
    ("count", "12人", Refused("answer-unreadable")),
    ("count", "次", Refused("answer-unreadable")),
    ("count", "12次次", Refused("answer-unreadable")),
    ("count", "次12", Refused("answer-unreadable")),
    ("count", "1,23", Refused("answer-unreadable")),
    ("count", "1234,567", Refused("answer-unreadable")),
    ("count", "1、234", Refused("answer-unreadable")),
    ("count", "1 234", Refused("answer-unreadable")),
    ("count", "十二", Refused("answer-unreadable")),
    ("count", "12%", Refused("answer-unreadable")),
    ("count", "1/2", Refused("answer-unreadable")),
    ("count", "1e3", Refused("answer-unreadable")),
    ("count", "约12", Refused("answer-unreadable")),
    ("count", "12+3", Refused("answer-unreadable")),
    ("count", "多次", Refused("answer-unreadable")),
    ("count", "无", Refused("answer-unreadable")),
    ("quantity", "12.5", Read(0.125)),
    ("quantity", "12人", Read(0.12)),
    ("quantity", "12 People", Read(0.12)),
    ("quantity", "1,234.5人", Noted(12.345)),
    ("quantity", "123,456", Noted(100.0)),
    ("quantity", "-0.5", Refused("answer-negative")),
    ("quantity", "1.234,5", Refused("answer-unreadable")),
    ("quantity", "12万人", Refused("answer-unreadable")),
    ("quantity", "12次", Refused("answer-unreadable")),
    ("quantity", "12~15", Refused("answer-unreadable")),
    ("minutes", "180", Read(1.8)),
    ("minutes", "180分钟", Read(1.8)),
    ("minutes", "180 min", Read(1.8)),
    ("minutes", "180MIN", Read(1.8)),
    ("minutes", "7.5", Read(0.075)),
    ("minutes", "-1", Refused("answer-negative")),
    ("minutes", "3小时", Refused("answer-unreadable")),
    ("minutes", "3h", Refused("answer-unreadable")),
    ("minutes", "180秒", Refused("answer-unreadable")),
    ("minutes", "1:30", Refused("answer-unreadable")),
    ("minutes", "半小时", Refused("answer-unreadable")),
    ("seconds", "30秒", Read(0.3)),
    ("seconds", "30 s", Read(0.3)),
    ("seconds", "30分钟", Refused("answer-unreadable")),
    ("hours", "3小时", Read(0.03)),
    ("hours", "3 h", Read(0.03)),
    ("hours", "3天", Refused("answer-unreadable")),
    ("days", "3天", Read(0.03)),
    ("days", "3 d", Read(0.03)),
    ("days", "3小时", Refused("answer-unreadable")),
    ("percent_range", "2", Read(100.0)),
    ("percent_range", "2%", Read(100.0)),
    ("percent_range", "2 %", Read(100.0)),
    ("percent_range", "2％", Noted(100.0)),
    ("percent_range", "2/100", Read(100.0)),
    ("percent_range", "2 / 100", Read(100.0)),
    ("percent_range", "1", Read(100.0)),
    ("percent_range", "0.7", Asked(THIRD, "range-two-readings")),
    ("percent_range", "1", Read(100.0)),
    ("percent_range", "0", Read(0.0)),
    ("percent_range", "150%", Read(TWO_THIRDS)),
    ("percent_range", "1,000%", Noted(TWO_THIRDS)),
    ("percent_range", "-1%", Refused("answer-negative")),
    ("percent_range", "-1", Refused("answer-negative")),
    ("percent_range", "2/0", Refused("rate-denominator")),
    ("percent_range", "2人", Refused("answer-unreadable")),
    ("percent_range", "2‰", Refused("answer-unreadable")),
    ("degrees", "-6", Read(THIRD)),
    ("degrees", "-5度", Read(100.0)),
    ("degrees", "- 6", Read(THIRD)),
    ("degrees", "－6", Noted(THIRD)),
    ("degrees", "6 degrees", Read(TWO_THIRDS)),
    ("degrees", "2%", Refused("answer-unreadable")),
    ("degrees", "2/100", Refused("answer-unreadable")),
    ("thousands", "1,500", Noted(100.0)),
    ("thousands", "1500米", Read(100.0)),
    ("months", "12", Read(100.0)),
    ("months", "12个月", Read(100.0)),
    ("months", "13", Refused("answer-over-max")),
    ("months", "46242", Refused("answer-date-serial")),
    ("hundred_at_most", "100%", Read(TWO_THIRDS)),
    ("hundred_at_most", "101%", Refused("answer-over-max")),
    ("hundred_at_most", "3/2", Refused("answer-over-max")),
    ("checklist", "1", Read(0.0)),
    ("checklist", "1、3、5", Read(THIRD)),
    ("checklist", "1,3,5", Read(THIRD)),
    ("checklist", "1 3 5", Read(THIRD)),
    ("checklist", "1, 3、5", Read(THIRD)),
    ("checklist", "1 、 3 、 5", Read(THIRD)),
    ("checklist", "1，3，5", Noted(THIRD)),
    ("checklist", "１、３、５", Noted(THIRD)),
    ("checklist", "5、3、1", Read(THIRD)),
    ("checklist", "1、2、3、4、5", Read(TWO_THIRDS)),
    ("checklist", "2、3、4、5、6", Read(THIRD)),
    ("checklist", "1、1、3、5", Noted(THIRD)),
    ("checklist", "1、1、1", Noted(0.0)),
    ("checklist", "全部", Read(100.0)),
    ("checklist", "all", Read(100.0)),
    ("checklist", "ALL", Read(100.0)),
    ("checklist", "无", Read(0.0)),
    ("checklist", "none", Read(0.0)),
    ("checklist", "None", Read(0.0)),
    ("checklist", "7", Refused("checklist-unknown-element")),
    ("checklist", "1、7", Refused("checklist-unknown-element")),
    ("checklist", "0", Refused("checklist-unknown-element")),
    ("checklist", "135", Refused("checklist-unknown-element")),
    ("checklist", "-1", Refused("answer-unreadable")),
    ("checklist", "1.3", Refused("answer-unreadable")),
    ("checklist", "1-3", Refused("answer-unreadable")),
    ("checklist", "1、、3", Refused("answer-unreadable")),
    ("checklist", "1、3、", Refused("answer-unreadable")),
    ("checklist", "1;3", Refused("answer-unreadable")),
    ("checklist", "1/3", Refused("answer-unreadable")),
    ("checklist", "第1项", Refused("answer-unreadable")),
    ("checklist", "e1", Refused("answer-unreadable")),
    ("checklist", "一、三", Refused("answer-unreadable")),
    ("checklist", "全部、1", Refused("answer-unreadable")),
    ("checklist", "全有", Refused("answer-unreadable")),
    ("points", "7.5", Read(75.0)),
    ("points", "0", Read(0.0)),
    ("points", "10", Read(100.0)),
    ("points", "７.５", Noted(75.0)),
    ("points", "扣1", Read(80.0)),
    ("points", "扣1、3×2", Read(40.0)),
    ("points", "扣 1、3 × 2", Read(40.0)),
    ("points", "扣1,3×2", Read(40.0)),
    ("points", "扣1 3×2", Read(40.0)),
    ("points", "扣1，3×2", Noted(40.0)),
    ("points", "扣2", Read(85.0)),
    ("points", "扣3×2", Read(60.0)),
    ("points", "扣3×3", Read(50.0)),
    ("points", "扣3×9", Read(50.0)),
    ("points", "扣1×9", Read(0.0)),
    ("points", "扣无", Read(100.0)),
    ("points", "扣 无", Read(100.0)),
    ("points", "-1", Refused("points-out-of-range")),
    ("points", "10.5", Refused("points-out-of-range")),
    ("points", "扣4", Refused("points-unknown-line")),
    ("points", "扣0", Refused("points-unknown-line")),
    ("points", "扣1、1", Refused("points-line-twice")),
    ("points", "扣1、1×2", Refused("points-line-twice")),
    ("points", "扣3×0", Refused("answer-unreadable")),
    ("points", "扣3×1.5", Refused("answer-unreadable")),
    ("points", "扣3×-1", Refused("answer-unreadable")),
    ("points", "扣3x2", Refused("answer-unreadable")),
    ("points", "扣3*2", Refused("answer-unreadable")),
    ("points", "扣3×", Refused("answer-unreadable")),
    ("points", "扣", Refused("answer-unreadable")),
    ("points", "扣1、", Refused("answer-unreadable")),
    ("points", "扣一", Refused("answer-unreadable")),
    ("points", "1、3×2", Refused("answer-unreadable")),
    ("points", "7.5分", Refused("answer-unreadable")),
    ("points", "无", Refused("answer-unreadable")),
    ("points", "满分", Refused("answer-unreadable")),
    ("points", "75%", Refused("answer-unreadable")),
];

/// Read the same on every scale.
const EVERYWHERE: &[(&str, Is)] = &[
    ("", Blank),
    ("   ", Blank),
    ("\t\n", Blank),
    ("\u{3000}\u{a0}", Blank),
    ("查无资料", NoData),
    ("No data", NoData),
    ("NO DATA", NoData),
    ("不适用", NotApplicable),
    ("N/A", NotApplicable),
    ("n/a", NotApplicable),
    ("/", Refused("answer-dash")),
    ("—", Refused("answer-dash")),
    ("－", Refused("answer-dash")),
    ("／", Refused("answer-dash")),
    ("NA", Refused("answer-unreadable")),
    ("查无", Refused("answer-unreadable")),
    ("无资料", Refused("answer-unreadable")),
    ("不适用。", Refused("answer-unreadable")),
    ("out_of_scope", Refused("answer-unreadable")),
    ("不评", Refused("answer-unreadable")),
    ("?", Refused("answer-unreadable")),
    ("很好", Refused("answer-unreadable")),
    ("见附件", Refused("answer-unreadable")),
];

const SCALES: [(&str, &str); 19] = [
    ("level", LEVEL10),
    ("yes_no", YES),
    ("done", YES),
    ("pass_no", "{type: yes_no, pass: \"no\"}"),
    ("rate", RATE),
    ("rate200", RATE200),
    ("count", COUNT),
    ("quantity", QUANTITY),
    ("minutes", MINUTES),
    ("seconds", SECONDS),
    ("hours", HOURS),
    ("days", DAYS),
    ("percent_range", PERCENT_RANGE),
    ("degrees", DEGREES),
    ("thousands", THOUSANDS),
    ("months", MONTHS),
    ("hundred_at_most", HUNDRED_AT_MOST),
    ("few", FEW),
    ("checklist", CHECKLIST),
];

/// An item on the scale of that name, where 不适用 is allowed.
pub fn item_on(id: &str, name: &str) -> String {
    let scale = if name == "points" { POINTS } else { SCALES.iter().find(|(known, _)| *known == name).expect("a scale").1 };
    let text = item(id, scale, "na: {zh: 没有河流, en: no river}");
    if name == "done" { text.replace("是否有", "是否完成") } else { text }
}

fn on(name: &str) -> Case {
    case_of(&list("items", &[item_on("a", name)]))
}

fn fill(name: &str, value: impl Into<Put>) -> Scored {
    on(name).survey(survey("评估组").own("a", value).note("a", "没有这种情况")).score()
}

/// State, score, and what was said of the cell.
type Outcome = (String, Option<f64>, Vec<(Severity, String)>);

/// Of the item whose 自评 stands in row `row`.
fn outcome(scored: &Scored, row: usize) -> Outcome {
    let own = scored.results.items[row - 2].answers[0].own.clone().expect("the cell");
    let here = format!("E{row}");
    let said = scored.results.findings.iter().filter(|finding| finding.place.cell.as_deref() == Some(here.as_str()));
    (own.state, own.score, said.map(|finding| (finding.severity, finding.code.clone())).collect())
}

/// What differs from the expected, if anything.
fn differs(found: Outcome, wanted: Is) -> Option<String> {
    let one = |severity: Severity, code: &str| vec![(severity, code.to_string())];
    let (state, score, said) = match wanted {
        Read(score) => ("answered", Some(score), vec![]),
        Noted(score) => ("answered", Some(score), one(Severity::Note, "answer-normalised")),
        Asked(score, code) => ("answered", Some(score), one(Severity::Warning, code)),
        Refused(code) => ("unreadable", None, one(Severity::Error, code)),
        Blank => ("blank", None, vec![]),
        NoData => ("no_data", None, vec![]),
        NotApplicable => ("not_applicable", None, vec![]),
    };
    let near = match (found.1, score) {
        (Some(found), Some(score)) => (found - score).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    };
    (found.0 != state || !near || found.2 != said).then(|| format!("{wanted:?}, not {found:?}"))
}

/// Every line in one workbook, an item each; what differs from the expected.
fn wrong(lines: &[(&str, &str, Is)]) -> String {
    let id = |index: usize| format!("i{index}");
    let nodes: Vec<String> = lines.iter().enumerate().map(|(index, (scale, ..))| item_on(&id(index), scale)).collect();
    let filled = lines
        .iter()
        .enumerate()
        .fold(survey("评估组"), |survey, (index, (_, typed, _))| survey.own(&id(index), *typed).note(&id(index), "没有这种情况"));
    let scored = case_of(&list("items", &nodes)).survey(filled).score();
    let differing = lines.iter().enumerate().filter_map(|(index, (scale, typed, wanted))| {
        differs(outcome(&scored, index + 2), *wanted).map(|what| format!("{scale} | {typed} | {what}"))
    });
    differing.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_table_of_what_is_read() {
    assert_eq!(wrong(TABLE), "");
}

#[test]
fn the_words_of_every_scale() {
    let scales = SCALES.iter().map(|(name, _)| *name).chain(["points"]);
    let lines: Vec<(&str, &str, Is)> =
        scales.flat_map(|scale| EVERYWHERE.iter().map(move |(typed, wanted)| (scale, *typed, *wanted))).collect();
    assert_eq!(wrong(&lines), "");
}

#[test]
fn numeric_cells_count_as_their_shortest_decimal() {
    for (scale, stored, wanted) in [
        ("level", 2.0, Read(20.0)),
        ("level", 2.5, Refused("answer-unreadable")),
        ("rate", 90.0, Read(90.0)),
        ("rate", 0.9, Refused("rate-two-readings")),
        ("rate", 1.0, Refused("rate-two-readings")),
        ("rate", 0.0, Read(0.0)),
        ("count", 12.0, Read(0.12)),
        ("count", 1.5, Refused("count-fraction")),
        ("count", -3.0, Refused("answer-negative")),
        ("quantity", 1e5, Read(100.0)),
        ("minutes", 7.5, Read(0.075)),
        ("degrees", -6.0, Read(THIRD)),
        ("checklist", 3.0, Asked(0.0, "checklist-number-alone")),
        ("checklist", 13.0, Refused("checklist-unknown-element")),
        ("points", 7.5, Read(75.0)),
        ("yes_no", 1.0, Refused("answer-unreadable")),
    ] {
        assert_eq!(differs(outcome(&fill(scale, stored), 2), wanted), None, "{scale} {stored}");
    }
}

#[test]
fn a_cell_formatted_as_percent_is_a_hundred_times_its_value() {
    for (scale, stored, format, wanted) in [
        ("rate", 0.9, "0%", Read(90.0)),
        ("rate", 0.9, "0.00%", Read(90.0)),
        ("rate", 0.9, "\"约\"0%", Asked(90.0, "answer-shown-otherwise")),
        ("rate", 0.01, "0%", Read(1.0)),
        ("rate", 1.0, "0%", Read(100.0)),
        ("rate", 0.0, "0%", Read(0.0)),
        ("rate", 0.005, "0%", Read(0.5)),
        ("rate", 1.01, "0%", Refused("rate-over-100")),
        ("rate", -0.01, "0%", Refused("answer-negative")),
        ("rate", 0.9, "0\"%\"", Refused("rate-two-readings")),
        ("rate", 45.0, "0\"/50\"", Refused("answer-shown-unreadable")),
        ("rate", 90.0, "0\"%\"", Read(90.0)),
        ("rate", 0.9, "0.00", Refused("rate-two-readings")),
        ("rate200", 1.2, "0%", Read(60.0)),
        ("percent_range", 0.02, "0%", Read(100.0)),
        ("percent_range", 0.02, "0.00", Asked(0.0, "range-two-readings")),
    ] {
        assert_eq!(differs(outcome(&fill(scale, Put::Formatted(stored, format)), 2), wanted), None, "{scale} {stored} {format}");
    }
}

#[test]
fn a_formula_is_its_stored_value() {
    for (scale, stored, wanted) in [
        ("level", "2", Read(20.0)),
        ("yes_no", "是", Read(100.0)),
        ("rate", "0.9", Refused("rate-two-readings")),
        ("level", "TRUE", Refused("answer-truth-value")),
        ("level", "#DIV/0!", Refused("answer-error-cell")),
    ] {
        assert_eq!(differs(outcome(&fill(scale, Put::Formula(stored)), 2), wanted), None, "{scale} {stored:?}");
    }
}

#[test]
fn a_formula_without_a_stored_value_is_unreadable_and_one_of_empty_text_blank() {
    for (cell, wanted) in [
        ("<c r=\"E2\"><f>1+1</f></c>", Refused("answer-formula-without-value")),
        ("<c r=\"E2\"><f>1+1</f><v/></c>", Refused("answer-formula-without-value")),
        ("<c r=\"E2\"><f>1+1</f><v>2</v></c>", Read(20.0)),
        ("<c r=\"E2\" t=\"str\"><f>\"\"</f><v></v></c>", Blank),
        ("<c r=\"E2\" t=\"str\"><f>\"\"</f><v/></c>", Blank),
    ] {
        let case = on("level");
        let scored = score_bytes(&case.tree, vec![("raw.xlsx".to_string(), raw::workbook(&case.tree.sha256, cell))]);
        assert_eq!(differs(outcome(&scored[0], 2), wanted), None, "{cell}");
    }
}

#[test]
fn truth_values_and_dates_are_unreadable() {
    for (put, code) in [(Put::Truth(true), "answer-truth-value"), (Put::Truth(false), "answer-truth-value"), (Put::Date, "answer-date")] {
        for scale in ["yes_no", "checklist", "rate", "quantity"] {
            assert_eq!(differs(outcome(&fill(scale, put.clone()), 2), Refused(code)), None, "{scale} {put:?}");
        }
    }
}

#[test]
fn a_dash_is_answered_with_both_its_meanings() {
    let scored = fill("level", "—");
    let message = &scored.found("answer-dash")[0].message;
    assert!(message.zh.contains("不适用") && message.zh.contains("查无资料"), "{message:?}");
    assert!(message.en.contains("N/A") && message.en.contains("No data"), "{message:?}");
}

#[test]
fn two_readings_are_both_named() {
    let scored = fill("rate", "0.9");
    let message = &scored.found("rate-two-readings")[0].message.zh;
    assert!(message.contains("90%") && message.contains("0.9%"), "{message}");
}

#[test]
fn not_applicable_needs_its_reason_in_the_column_beside() {
    let own = |note: &str| on("level").survey(survey("评估组").own("a", "不适用").note("a", note)).score();
    assert_eq!(own("没有河流").state("a"), "not_applicable");
    for real in ["无此类设施", "本区不临海", "批准：应急局局长"] {
        assert_eq!(own(real).state("a"), "not_applicable", "{real}");
    }
    for blank in ["", "  ", "\u{3000}", "无", "/", "-", "见附件", "同上", "0", "。", "略", "有", "无；见附件", "批准：", "批准：无"]
    {
        let scored = own(blank);
        assert_eq!(scored.state("a"), "unreadable");
        assert_eq!(scored.errors(), [("na-without-reason", "评估组.xlsx", "E2")]);
    }
    let in_the_wrong_column = on("level").survey(survey("评估组").own("a", "不适用").review_note("a", "没有河流")).score();
    assert_eq!(in_the_wrong_column.state("a"), "unreadable");
    let reviewed = |column: Column| on("level").survey(survey("评估组").review("a", "不适用").put("a", column, "没有河流")).score();
    assert_eq!(reviewed(Column::ReviewNote).state("a"), "not_applicable");
    assert_eq!(reviewed(Column::Note).errors(), [("na-without-reason", "评估组.xlsx", "H2")]);
}

#[test]
fn not_applicable_is_unreadable_where_na_is_null() {
    let scored = case(LEVEL).survey(survey("评估组").own("a", "不适用").note("a", "没有河流")).score();
    assert_eq!(scored.errors(), [("na-not-allowed", "评估组.xlsx", "E2")]);
    assert_eq!(scored.state("a"), "unreadable");
}

#[test]
fn not_applicable_on_a_veto_wants_the_approver_named() {
    let veto = |note: &str| {
        let body = list("items", &[item("a", LEVEL, "criticality: veto, na: {zh: 没有, en: none}")]);
        case_of(&body).survey(survey("评估组").own("a", "不适用").note("a", note)).score()
    };
    for note in ["没有河流。批准：应急局局长", "批准:局长", "no river; approved by: the director", "Approved by： mayor"]
    {
        assert_eq!(veto(note).codes(), Vec::<&str>::new(), "{note}");
    }
    for note in ["没有河流", "没有河流。批准：", "没有河流；批准： ", "没有河流，批准：无", "局长批准", "No river. Approved by:"]
    {
        let scored = veto(note);
        assert_eq!(scored.state("a"), "not_applicable", "{note}");
        assert_eq!(scored.one("na-on-veto"), (Severity::Warning, "评估组.xlsx", "E2"), "{note}");
    }
}

#[test]
fn no_data_needs_no_reason() {
    let scored = on("level").survey(survey("评估组").own("a", "查无资料")).score();
    assert_eq!((scored.state("a"), scored.codes()), ("no_data", vec![]));
}

#[test]
fn what_was_normalised_is_a_note() {
    for (typed, state) in [(" 查无资料 ", "no_data"), ("ｎｏ ｄａｔａ", "no_data"), ("　2", "answered"), ("Ｎ／Ａ", "not_applicable")]
    {
        let scored = fill("level", typed);
        assert_eq!((scored.state("a"), scored.one("answer-normalised")), (state, (Severity::Note, "评估组.xlsx", "E2")), "{typed}");
    }
}

/// A workbook written by hand, for cells that no library writes.
mod raw {
    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="填报说明" sheetId="1" r:id="rId1"/><sheet name="01" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
    const WORKBOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;

    /// A survey of one item `a`, whose 自评 cell, E2, is this XML.
    pub fn workbook(digest: &str, cell: &str) -> Vec<u8> {
        let text = |name: &str, text: &str| format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let cover = [
            ("被评估单位", "试市"),
            ("评估期", "2026"),
            ("填报单位", "评估组"),
            ("第几次报送", "1"),
            ("指标体系", "try"),
            ("摘要", digest),
        ];
        let cover: String = (1..)
            .zip(cover)
            .map(|(row, (label, value))| {
                format!("<row r=\"{row}\">{}{}</row>", text(&format!("A{row}"), label), text(&format!("B{row}"), value))
            })
            .collect();
        let head = format!("<row r=\"1\">{}{}{}</row>", text("A1", "编号"), text("E1", "自评"), text("J1", "id"));
        let sheet = |rows: &str| {
            format!(
                r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
            )
        };
        zip(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELS),
            ("xl/workbook.xml", WORKBOOK),
            ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS),
            ("xl/worksheets/sheet1.xml", &sheet(&cover)),
            ("xl/worksheets/sheet2.xml", &sheet(&format!("{head}<row r=\"2\">{cell}{}</row>", text("J2", "a")))),
        ])
    }

    /// Files stored uncompressed.
    fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let offset = u32::try_from(out.len()).expect("a small file");
            let length = u32::try_from(text.len()).expect("a small file").to_le_bytes();
            let mut fields = Vec::new();
            fields.extend([20u8, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
            fields.extend(checksum(text.as_bytes()).to_le_bytes());
            fields.extend(length);
            fields.extend(length);
            fields.extend(u16::try_from(name.len()).expect("a short name").to_le_bytes());
            fields.extend([0, 0]);
            out.extend(b"PK\x03\x04");
            out.extend(&fields);
            out.extend(name.as_bytes());
            out.extend(text.as_bytes());
            directory.extend(b"PK\x01\x02\x14\x00");
            directory.extend(&fields);
            directory.extend([0; 10]);
            directory.extend(offset.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let count = u16::try_from(files.len()).expect("few files").to_le_bytes();
        let start = u32::try_from(out.len()).expect("a small file").to_le_bytes();
        let size = u32::try_from(directory.len()).expect("a small file").to_le_bytes();
        out.extend(directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend(count);
        out.extend(count);
        out.extend(size);
        out.extend(start);
        out.extend([0, 0]);
        out
    }

    /// CRC-32, as every zip has it.
    fn checksum(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
        })
    }
}
