//! From a cell to one state: the state words, then the item's scale.

use unicode_normalization::UnicodeNormalization;

use crate::finding::Kind;
use crate::scale::odd::{self, Said};
use crate::scale::words::{self, NA_NOT_ALLOWED, NA_ON_VETO, NA_WITHOUT_REASON, NO_DATA, NORMALISED, NOT_APPLICABLE};
use crate::scale::{Cause, Obstacle, Wants, dates, enclosed, limit, obstacle, turned};
use crate::scale::{Reading, Scale, Unreadable};
use crate::sheet::{Cell, Content, How, Odd, Shown};
use crate::text::{Text, t};
use crate::unit::{gives_reason, is_unseen, normal};

/// What stands in an answer cell: as typed, and as it is compared.
#[derive(Clone, Debug)]
pub struct Typed {
    /// As typed; a number as its shortest decimal, with `%` where the cell is formatted so.
    pub raw: String,
    /// Trimmed NFKC of it, without the unseen characters that pasting leaves around it.
    pub text: String,
    /// Set where the content can be no answer whatever it says.
    refused: Option<&'static Kind>,
    /// What the content does not tell.
    odd: Option<Box<Odd>>,
}

impl Typed {
    pub fn of(cell: Option<&Cell>) -> Self {
        let refused = match cell.map(|cell| &cell.content) {
            Some(Content::Truth(_)) => Some(&words::TRUTH),
            Some(Content::Date(text)) if text.contains(':') && !text.contains('-') => Some(&dates::CLOCK),
            Some(Content::Date(_)) => Some(&dates::DATE),
            Some(Content::Error(_)) => Some(&words::ERROR_CELL),
            Some(Content::NoValue) => Some(&words::NO_VALUE),
            _ => None,
        };
        let odd = cell.and_then(|cell| cell.odd.clone().or_else(|| tail(cell)));
        Typed { odd, ..Typed::new(cell.map(Cell::text).unwrap_or_default(), refused) }
    }

    /// Plain text, as a note holds it.
    pub fn text(text: &str) -> Self {
        Typed::new(text.to_string(), None)
    }

    fn new(raw: String, refused: Option<&'static Kind>) -> Self {
        let text = normal(raw.trim_matches(|character: char| character.is_whitespace() || is_unseen(character)));
        let refused = refused.or(runs_together(&raw).then_some(&words::WORDS));
        Typed { raw, text, refused, odd: None }
    }

    /// Does the cell show otherwise than what is read of it?
    pub fn is_odd(&self) -> bool {
        self.odd.is_some()
    }

    pub fn is_blank(&self) -> bool {
        self.refused.is_none() && self.text.is_empty()
    }
}

/// Digits of a number with decimals that a cell shows which asks for no number of them.
const SHOWN_DIGITS: usize = 10;

/// What a computed number shows whose last digits no cell shows: 45 of 45.00000000000008.
fn tail(cell: &Cell) -> Option<Box<Odd>> {
    let Content::Number(value) = cell.content else { return None };
    let digits = |text: &str| text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if value.fract() == 0.0 || digits(&cell.text()) <= SHOWN_DIGITS {
        return None;
    }
    let rounded = format!("{value:.*e}", SHOWN_DIGITS - 1).parse().ok()?;
    let text = Cell { content: Content::Number(rounded), percent: cell.percent, odd: None }.text();
    Some(Box::new(Odd { shown: Some(Shown { text, how: How::Rounded }), ..Odd::default() }))
}

/// Would NFKC make one number of two signs that are none: 32 of `3²`, 12 of `①②`?
fn runs_together(raw: &str) -> bool {
    let digit = |character: Option<char>, point: bool| character.is_some_and(|one| one.is_ascii_digit() || (point && one == '.'));
    !raw.is_ascii()
        && raw.chars().zip(raw.chars().skip(1)).any(|(one, next)| {
            !(enclosed::is_plain_digit(one) && enclosed::is_plain_digit(next))
                && digit(one.nfkc().last(), !one.is_ascii() && one != '．')
                && digit(next.nfkc().next(), false)
        })
}

/// The state that one cell gives its item.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Answered(Box<Reading>),
    NotApplicable,
    NoData,
    Blank,
    Unreadable,
}

impl State {
    /// As spelled in every file.
    pub fn code(&self) -> &'static str {
        match self {
            State::Answered(_) => "answered",
            State::NotApplicable => "not_applicable",
            State::NoData => "no_data",
            State::Blank => "blank",
            State::Unreadable => "unreadable",
        }
    }

    /// Does it say something: an answer or a state word?
    pub fn is_readable(&self) -> bool {
        matches!(self, State::Answered(_) | State::NotApplicable | State::NoData)
    }

    /// For people: the value read, or the state word.
    pub fn shown(&self) -> Text {
        match self {
            State::Answered(reading) => Text::same(reading.value.clone()),
            State::NotApplicable => NOT_APPLICABLE,
            State::NoData => NO_DATA,
            State::Blank => t("空白", "blank"),
            State::Unreadable => t("读不出", "unreadable"),
        }
    }

    /// 0 to 100; none where there is no answer.
    pub fn score(&self) -> Option<f64> {
        match self {
            State::Answered(reading) => Some(100.0 * reading.worth.to_f64()),
            _ => None,
        }
    }

    /// Equal as read: the same state and the same value. Two unreadable cells are equal.
    pub fn same_as_read(&self, other: &State) -> bool {
        match (self, other) {
            (State::Answered(one), State::Answered(two)) => (&one.value, &one.exact) == (&two.value, &two.exact),
            _ => self.code() == other.code(),
        }
    }
}

/// A state and what is to be said of it.
#[derive(Clone, Debug)]
pub struct Judged {
    pub state: State,
    pub remarks: Vec<Unreadable>,
}

/// What a cell is judged by beside its scale.
pub struct Asked<'a> {
    pub question: &'a Text,
    /// The condition for 不适用; none where it is not allowed.
    pub na: Option<&'a Text>,
    pub veto: bool,
    /// The header of the column where the reason belongs.
    pub reason_column: Text,
    /// Is it a review of another's answer?
    pub review: bool,
    /// What spoilt its whole sheet, where that is known.
    pub cause: Option<Cause>,
}

/// An answer and a remark below it are two.
const SEVERAL_LINES: usize = 3;

/// Judges one cell: blank, a state word, or what the scale reads.
pub fn judge(typed: &Typed, reason: &str, asked: &Asked<'_>, scale: &dyn Scale) -> Judged {
    let unreadable = |remark: Unreadable| {
        let lines = typed.raw.lines().filter(|line| !line.trim().is_empty()).count();
        let cause = asked.cause.or((lines >= SEVERAL_LINES).then_some(Cause::Merged));
        let mut remark = remark;
        remark.args.push(("text", Text::same(typed.raw.trim())));
        remark.args.push(("hint", scale.hint()));
        remark.advice = cause.map(|cause| Box::new(cause.way_out(&scale.hint()))).or(remark.advice);
        Judged { state: State::Unreadable, remarks: vec![remark] }
    };
    if let Some(kind) = typed.refused {
        return unreadable(if std::ptr::eq(kind, &dates::DATE) {
            dates::cell(&typed.text)
        } else if std::ptr::eq(kind, &dates::CLOCK) {
            dates::clock(&typed.text, &scale.wants())
        } else if std::ptr::eq(kind, &words::WORDS) {
            explained(Unreadable::new(kind), typed, asked, scale)
        } else {
            Unreadable::new(kind)
        });
    }
    if typed.text.is_empty() {
        return Judged { state: State::Blank, remarks: Vec::new() };
    }
    let mut remarks = Vec::new();
    if let Some(odd) = &typed.odd {
        match odd::said(odd, typed, asked, scale) {
            Said::Refused(why) => return unreadable(why),
            Said::Remarks(said) => remarks.extend(said),
        }
    }
    if typed.raw != typed.text {
        remarks.push(Unreadable::with(&NORMALISED, vec![("raw", Text::same(typed.raw.trim())), ("text", Text::same(typed.text.clone()))]));
    }
    if is_word(&typed.text, &NO_DATA) {
        return Judged { state: State::NoData, remarks };
    }
    if is_word(&typed.text, &NOT_APPLICABLE) {
        let Some(condition) = asked.na else {
            return unreadable(Unreadable::new(&NA_NOT_ALLOWED));
        };
        let reason = normal(reason);
        let column = asked.reason_column.clone();
        if !says_why(&reason) {
            let said = if reason.is_empty() {
                Text::default()
            } else {
                t("（只写了“{reason}”）", " (there is only \"{reason}\")").with(&[("reason", reason.into())])
            };
            let args = vec![("condition", condition.clone()), ("column", column), ("said", said)];
            return unreadable(Unreadable::with(&NA_WITHOUT_REASON, args));
        }
        if asked.veto && !names_approver(&reason) {
            remarks.push(Unreadable::with(&NA_ON_VETO, vec![("column", column)]));
        }
        return Judged { state: State::NotApplicable, remarks };
    }
    if ["/", "-", "—", "－", "——", "--"].contains(&typed.text.as_str()) {
        return unreadable(Unreadable::new(&words::DASH));
    }
    if let Some(clock) = dates::clock_serial(&typed.text, &scale.wants()) {
        return unreadable(clock);
    }
    match scale.read(&typed.text, asked.question) {
        Ok(reading) => {
            if reading.normalised && typed.raw == typed.text {
                remarks.push(Unreadable::with(
                    &NORMALISED,
                    vec![("raw", Text::same(typed.raw.trim())), ("text", Text::same(reading.value.clone()))],
                ));
            }
            let doubt = || scale.doubt(&typed.text, &reading, asked.question).or_else(|| limit::far_out(&reading, asked.question, scale));
            if let Some(remark) = if asked.cause == Some(Cause::Beside) { None } else { doubt() } {
                remarks.push(Unreadable { args: [remark.args, vec![("text", Text::same(typed.raw.trim()))]].concat(), ..remark });
            }
            Judged { state: State::Answered(Box::new(reading)), remarks }
        }
        Err(why) => {
            let dated = dates::text(&typed.text).or_else(|| dates::serial(&typed.text));
            unreadable(dated.unwrap_or_else(|| explained(why, typed, asked, scale)))
        }
    }
}

/// With what is in the way, where the scale says no more than that it cannot be read.
fn explained(why: Unreadable, typed: &Typed, asked: &Asked<'_>, scale: &dyn Scale) -> Unreadable {
    if asked.na.is_none() && typed.text.starts_with(NOT_APPLICABLE.zh.as_ref()) {
        return Unreadable::new(&NA_NOT_ALLOWED);
    }
    let wants = scale.wants();
    let is_plain = std::ptr::eq(why.kind, &words::WORDS);
    let found = match (is_plain, typed.refused) {
        (true, None) => obstacle::find(&typed.raw, &typed.text, &wants),
        (true, Some(_)) => enclosed::raised(&typed.raw).or_else(|| obstacle::find(&typed.raw, &typed.text, &wants)),
        (false, _) => enclosed::run_together(&typed.raw),
    };
    let found = beside_answer(typed, asked, scale).or(found);
    let after = |how: Text| if how.is_empty() { how } else { Text::join(&[Text::default(), how], "", " ") };
    let Some(found) = found else {
        let none = if is_plain { vec![("why", Text::default()), ("how", Text::default())] } else { Vec::new() };
        return Unreadable { args: [why.args, none].concat(), ..why };
    };
    let args = vec![
        ("obstacle", found.code().into()),
        ("why", Text::join(&[Text::default(), found.what(&wants)], "：", ": ")),
        ("how", after(found.way_out(&wants, &asked.reason_column, asked.na))),
    ];
    Unreadable { obstacle: Some(found), ..Unreadable::with(&words::WORDS, args) }
}

/// An answer or a state word with something beside it, told from the item and not from the text alone.
fn beside_answer(typed: &Typed, asked: &Asked<'_>, scale: &dyn Scale) -> Option<Obstacle> {
    let text = typed.text.as_str();
    for word in [&NO_DATA, &NOT_APPLICABLE] {
        let more = [&word.zh, &word.en].iter().any(|side| text.to_lowercase().starts_with(&side.to_lowercase()));
        if more && (word.zh == NO_DATA.zh || asked.na.is_some()) {
            return Some(Obstacle::BesideState(word.clone()));
        }
    }
    if asked.review && turned::agreed(text) {
        return Some(Obstacle::Agreed);
    }
    if turned::spoilt_no_data(text) {
        return Some(Obstacle::SpoiltState);
    }
    let may_be_zero = matches!(scale.wants(), Wants::Number(_)) && turned::never(text);
    if asked.na.is_some() && turned::like_na(text) && !may_be_zero {
        return Some(Obstacle::LikeNa);
    }
    let (signs, bare) = turned::without_signs(text)?;
    (typed.refused.is_none() && scale.read(bare, asked.question).is_ok()).then(|| Obstacle::Signs(signs, bare.to_string()))
}

pub(super) fn is_word(text: &str, word: &Text) -> bool {
    let text = text.to_lowercase();
    text == word.zh.to_lowercase() || text == word.en.to_lowercase()
}

/// What stands before an approver.
const APPROVED: [&str; 2] = ["批准:", "approved by:"];

/// Is there a reason, or at least somebody who approved?
fn says_why(reason: &str) -> bool {
    let lower = reason.to_lowercase();
    APPROVED.iter().fold(lower, |rest, mark| rest.replace(mark, ";")).split(';').any(gives_reason)
}

/// `批准：…` or `Approved by: …`, the post one that says something.
fn names_approver(reason: &str) -> bool {
    let lower = reason.to_lowercase();
    let post = APPROVED.iter().find_map(|mark| lower.split_once(mark)).map(|(_, post)| post.trim_start());
    post.and_then(|post| post.split([';', ',', '。', '\n']).next()).is_some_and(gives_reason)
}
