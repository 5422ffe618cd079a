//! What a person sees in a cell and its content does not tell: struck or raised characters, a number shown otherwise, a value of another workbook.

use crate::finding::{Kind, Severity};
use crate::number::Number;
use crate::scale::cell::is_word;
use crate::scale::measure::TIMES;
use crate::scale::{Asked, NO_DATA, NOT_APPLICABLE, Obstacle, Reading, Scale, Typed, Unreadable, Wants, obstacle};
use crate::sheet::{How, Odd, Raised, Shown, Source};
use crate::text::{Text, t};
use crate::unit::normal;

pub static STRUCK: Kind = Kind::error(
    "answer-struck",
    t(
        "这一格里有划掉的字（“{struck}”），整格是“{text}”{rest}，不知道划掉的算不算。",
        "Characters of this cell are struck through (\"{struck}\" of \"{text}\"{rest}); whether they count nobody knows.",
    ),
    t(
        "请看原件：划掉的作废的，把划掉的字删掉，只留答案；不要只取消删除线，那样又成了整格的数。本题要填：{hint}。",
        "See the original: where what is struck is void, delete it and leave the answer; do not just take the strikethrough off, which would make the whole of it the answer. What is read here: {hint}.",
    ),
);
pub static RAISED: Kind = Kind::error(
    "answer-raised",
    t(
        "这一格里有上标或下标的字（“{raised}”），整格是“{text}”，其余是“{rest}”，像是注号，不知道算不算。",
        "Characters of this cell are set above or below the line (\"{raised}\" of \"{text}\", which leaves \"{rest}\"); they look like the mark of a note, and whether they count nobody knows.",
    ),
    t("请删掉注号，只留答案：{hint}。", "Delete the mark and leave the answer: {hint}."),
);
pub static SHOWN_OTHERWISE: Kind = Kind::new(
    "answer-shown-otherwise",
    Severity::Warning,
    t(
        "这一格{seen}，里面存的数是 {text}，按存的读了，可能不是想填的数。",
        "The cell {seen} and holds the number {text}, which was read and may not be what is meant.",
    ),
    t("请把单元格格式设为“文本”，再填：{hint}。", "Set the format of the cell to text, then fill in: {hint}."),
);
/// Of a number that cannot be read as it is stored, or shows another unit.
pub static SHOWN_UNREADABLE: Kind = Kind::error(
    "answer-shown-unreadable",
    t(
        "这一格{seen}，里面存的数是 {text}，不知道以哪个为准，没有读。",
        "The cell {seen} and holds the number {text}; which of them is meant nobody knows, and neither was read.",
    ),
    t("请看原件，把单元格格式设为“文本”，再填：{hint}。", "See the original, set the format of the cell to text, then fill in: {hint}."),
);
pub static SHOWN_ROUNDED: Kind = Kind::new(
    "answer-shown-rounded",
    Severity::Warning,
    t(
        "这一格显示“{shown}”，存的是 {text}，按存的计，差一档。",
        "The cell shows \"{shown}\" and holds {text}; what it holds counts, which is another step.",
    ),
    t("要以显示的为准，请直接填显示的数。", "If what it shows is meant, type that."),
);
pub static LINKED: Kind = Kind::new(
    "answer-linked",
    Severity::Warning,
    t(
        "这一格是公式，数取自另一个工作簿，读的是文件里存着的结果“{text}”，可能是旧的。",
        "The cell is a formula on another workbook; the result stored in the file, \"{text}\", was read and may be old.",
    ),
    t("请核对后直接填数，不用公式。", "Check it and type the value in place of the formula."),
);

pub static LINKED_EMPTY: Kind = Kind::error(
    "answer-linked-empty",
    t(
        "这一格是公式，数取自另一个工作簿，存着的结果是 0：源格空着也会是 0，分不清，没有读。",
        "The cell is a formula on another workbook and holds 0, which an empty cell there yields too; nobody can tell, and it was not read.",
    ),
    t(
        "请查原件或那个工作簿，不要照着填 0；查明了，用答案换掉公式：{hint}。",
        "See the records or that workbook, do not just type 0, and put the answer in place of the formula: {hint}.",
    ),
);

pub static FORMULA_EMPTY: Kind = Kind::new(
    "answer-formula-empty",
    Severity::Warning,
    t(
        "这一格是公式，引用的格全都空着，得出的是 {text}；照 {text} 读了，可能只是还没有填。",
        "The cell is a formula on cells that are all empty, which yields {text}; it was read as {text} and may just not be filled in yet.",
    ),
    t(
        "请看原件：公式引用错了、源格没有填的，用答案换掉公式：{hint}；确实是 {text} 的，直接填 {text}。",
        "See the original: where the formula points to the wrong cell or that cell was not filled, put the answer in its place: {hint}; if it is {text}, type that.",
    ),
);
pub static FORMULA_ITSELF: Kind = Kind::new(
    "answer-formula-itself",
    Severity::Warning,
    t(
        "这一格的公式引用了它自己，得出的是 {text}；照 {text} 读了，不会是想填的数。",
        "The formula of this cell names the cell itself and yields {text}; it was read as {text}, which can hardly be meant.",
    ),
    t("请看原件，用答案换掉公式：{hint}。", "See the original, and put the answer in place of the formula: {hint}."),
);
pub static FORMULA_CHANGES: Kind = Kind::new(
    "answer-formula-changes",
    Severity::Warning,
    t(
        "这一格的公式里有 TODAY、NOW 或随机数，结果随打开的日期变；读的是文件里存着的“{text}”。",
        "The formula of this cell has TODAY, NOW or chance in it, so its result changes; the one stored in the file, \"{text}\", was read.",
    ),
    t("请按评估基准日核对后直接填数，不用公式。", "Check it as of the reference date and type the value in place of the formula."),
);

/// What is said of an odd cell.
pub(super) enum Said {
    Refused(Unreadable),
    Remarks(Vec<Unreadable>),
}

pub(super) fn said(odd: &Odd, typed: &Typed, asked: &Asked<'_>, scale: &dyn Scale) -> Said {
    let refused = struck(odd, typed, scale).or_else(|| raised(odd, typed, asked, scale)).or_else(|| linked_empty(odd, typed));
    if let Some(why) = refused {
        return Said::Refused(why);
    }
    let mut remarks = Vec::new();
    if let Some(shown) = &odd.shown {
        match apart(shown, typed, asked, scale) {
            Apart::No => {}
            Apart::Rounded => {
                remarks.push(Unreadable::with(&SHOWN_ROUNDED, vec![("shown", Text::same(shown.text.clone())), ("text", raw(typed))]))
            }
            Apart::Otherwise => remarks.push(otherwise(shown, typed, scale)),
            Apart::Unreadable => return Said::Refused(unreadable(shown, typed, scale)),
        }
    }
    if odd.linked {
        remarks.push(Unreadable::with(&LINKED, vec![("text", raw(typed))]));
    }
    let source = odd.source.map(|source| match source {
        Source::Empty => &FORMULA_EMPTY,
        Source::Itself => &FORMULA_ITSELF,
        Source::Changing => &FORMULA_CHANGES,
    });
    remarks.extend(source.map(|kind| Unreadable::with(kind, vec![("text", raw(typed)), ("hint", scale.hint())])));
    Said::Remarks(remarks)
}

fn raw(typed: &Typed) -> Text {
    Text::same(typed.raw.trim())
}

fn struck(odd: &Odd, typed: &Typed, scale: &dyn Scale) -> Option<Unreadable> {
    let struck = odd.struck.as_ref()?;
    let raw = typed.raw.trim();
    let rest = raw.strip_prefix(struck.as_str()).or_else(|| raw.strip_suffix(struck.as_str())).unwrap_or_default().trim();
    let rest = if rest.is_empty() {
        Text::default()
    } else {
        t("，没有划掉的是“{rest}”", ", which leaves \"{rest}\"").with(&[("rest", rest.into())])
    };
    let why = Unreadable::with(&STRUCK, vec![("struck", struck.clone().into()), ("rest", rest)]);
    if struck.trim() != raw {
        return Some(why);
    }
    // Taken off, the line makes an answer only of a cell that is struck as a whole.
    let advice = t(
        "请看原件：作废了的，清空这一格，照原件填：{hint}；没有作废的，取消删除线即可。",
        "See the original: if it is void, clear the cell and fill in what is right: {hint}; if not, take the strikethrough off.",
    );
    Some(why.advising(advice.with(&[("hint", scale.hint())])))
}

fn raised(odd: &Odd, typed: &Typed, asked: &Asked<'_>, scale: &dyn Scale) -> Option<Unreadable> {
    let raised = odd.raised.as_ref().filter(|raised| is_beside(raised, typed, asked, scale))?;
    let args = vec![("raised", Text::same(raised.characters.clone())), ("rest", Text::same(raised.rest.clone()))];
    Some(Unreadable::with(&RAISED, args))
}

fn linked_empty(odd: &Odd, typed: &Typed) -> Option<Unreadable> {
    let empty = typed.text == "0" || odd.shown.as_ref().is_some_and(|shown| shown.text.is_empty());
    (odd.linked && empty).then(|| Unreadable::new(&LINKED_EMPTY))
}

/// `显示的是“44/46”`.
fn seen(shown: &Shown) -> Text {
    if shown.text.is_empty() {
        return t("什么也不显示", "shows nothing");
    }
    t("显示的是“{shown}”", "shows \"{shown}\"").with(&[("shown", Text::same(shown.text.clone()))])
}

fn otherwise(shown: &Shown, typed: &Typed, scale: &dyn Scale) -> Unreadable {
    let remark = Unreadable::with(&SHOWN_OTHERWISE, vec![("seen", seen(shown)), ("text", raw(typed)), ("hint", scale.hint())]);
    if !shown.text.is_empty() {
        return remark;
    }
    let advice = t(
        "请看原件：本该空着的，清空这一格；不是的，把单元格格式设为“文本”，再填：{hint}。",
        "See the original: clear the cell where it should be blank; else set its format to text and fill in: {hint}.",
    );
    remark.advising(advice.with(&[("hint", scale.hint())]))
}

fn unreadable(shown: &Shown, typed: &Typed, scale: &dyn Scale) -> Unreadable {
    let why = Unreadable::with(&SHOWN_UNREADABLE, vec![("seen", seen(shown))]);
    let advice = match shown.how {
        How::Fraction => t(
            "显示的分数是取近的，不要照抄：请看原件，把单元格格式设为“文本”，再填：{hint}。",
            "The fraction is only near it, so do not copy it: see the original, set the format of the cell to text, then fill in: {hint}.",
        ),
        _ if has_other_unit(&shown.text, &scale.wants()) => t(
            "请先换算成本题的单位，不要照填 {text}；把单元格格式设为“文本”，再填：{hint}。",
            "Convert it to the unit of this item and do not just type {text}: set the format of the cell to text, then fill in: {hint}.",
        ),
        _ => return why,
    };
    why.advising(advice.with(&[("text", raw(typed)), ("hint", scale.hint())]))
}

/// Do raised characters stand beside an answer that they turn into another? Those of `20 m²` are part of it.
fn is_beside(raised: &Raised, typed: &Typed, asked: &Asked<'_>, scale: &dyn Scale) -> bool {
    let read = |text: &str| scale.read(&normal(text), asked.question).ok();
    let same = |one: &Reading, other: &Reading| (&one.value, &one.exact) == (&other.value, &other.exact);
    read(&raised.rest).is_some_and(|rest| !read(&typed.text).is_some_and(|whole| same(&rest, &whole)))
}

/// `3.2万`, `5‰`.
const MULTIPLES: [char; 6] = ['百', '千', '万', '亿', '%', '‰'];

/// May one be the other with fewer decimals? 20 is none of `20/46`.
fn near(one: &Reading, other: &Reading) -> bool {
    let value = |reading: &Reading| reading.exact.as_ref().map(Number::to_f64);
    match (value(one), value(other)) {
        (Some(one), Some(other)) => (one - other).abs() <= one.abs() / 20.0,
        _ => one.value == other.value,
    }
}

fn is_state(text: &str) -> bool {
    [&NO_DATA, &NOT_APPLICABLE].into_iter().any(|word| is_word(&normal(text), word))
}

/// Does a number stand in the text with a unit that makes another number of it than the item's? `个` for `次` does not.
fn has_other_unit(text: &str, wants: &Wants) -> bool {
    let found = matches!(wants, Wants::Number(_)).then(|| obstacle::find(text, &normal(text), wants)).flatten();
    let Some(Obstacle::Unit(unit)) = found else { return false };
    TIMES.contains(&unit.as_str()) || unit.starts_with(MULTIPLES)
}

/// Does what is shown answer otherwise than what is stored?
enum Apart {
    No,
    Rounded,
    Otherwise,
    Unreadable,
}

fn apart(shown: &Shown, typed: &Typed, asked: &Asked<'_>, scale: &dyn Scale) -> Apart {
    let read = |text: &str| scale.read(&normal(text), asked.question).ok();
    let (stored, seen) = (read(&typed.text), read(&shown.text));
    // Steps reached: in proportion every digit is worth something, and none is told.
    let step = |reading: &Option<Reading>| {
        let steps = scale.steps();
        reading.as_ref().map(|reading| steps.iter().filter(|step| step.worth <= reading.worth).count())
    };
    let both = stored.as_ref().zip(seen.as_ref());
    let same = both.is_some_and(|(stored, seen)| stored.worth == seen.worth);
    match shown.how {
        How::Worded if same && both.is_some_and(|(stored, seen)| near(stored, seen)) => Apart::No,
        // What is stored is the number, by the rules; what it shows is asked about.
        How::Worded | How::Fraction if stored.is_none() && seen.is_some() => Apart::Unreadable,
        // Typed out it would be another answer, or as `45秒` none in minutes.
        How::Worded if seen.is_some() || is_state(&shown.text) || has_other_unit(&shown.text, &scale.wants()) => Apart::Unreadable,
        How::Worded if stored.is_some() => Apart::Otherwise,
        // `20%` of a count.
        How::Rounded if stored.is_some() && seen.is_none() && shown.text.ends_with('%') => Apart::Otherwise,
        _ if same => Apart::No,
        How::Fraction if seen.is_some() => Apart::Otherwise,
        How::Rounded if stored.is_some() && seen.is_some() && step(&stored) != step(&seen) => Apart::Rounded,
        How::Worded | How::Fraction | How::Rounded => Apart::No,
    }
}
