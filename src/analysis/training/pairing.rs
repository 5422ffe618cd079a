//! Who took a quiz before a course and again after it: sheets set side by side by name, over the questions asked both times.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::change::paired::Differences;
use crate::analysis::training::marking::{Marks, Sheet};
use crate::finding::{Finding, Kind, Severity};
use crate::quiz::{Given, Row, Session};
use crate::text::{Text, t};
use crate::unit::is_unseen;

pub static NAME_TWICE: Kind = Kind::error(
    "quiz-name-twice",
    t(
        "“{name}”在{session}不止一份答卷（另一处：{other}），都阅卷，不做前后对比。",
        "\"{name}\" has more than one sheet {session} the course (the other: {other}); all are marked and none is compared.",
    ),
    t("同一人的删去多余的，同名的在名字后加编号。", "Delete what is too many of one person; tell people of one name apart by a number."),
);
pub static SESSION_TWICE: Kind = Kind::error(
    "quiz-session-twice",
    t(
        "{other} 和 {file} 都是“{session}”，{count} 人两份都有，不做前后对比；{file} 是不是“{opposite}”的？",
        "{other} and {file} are both \"{session}\", and {count} people are in both; they are not compared. Is {file} \"{opposite}\"?",
    ),
    t("请改“场次”；是同一份的，删去一份。", "Correct the session; of two copies delete one."),
);
pub static OTHER_PAPER: Kind = Kind::error(
    "quiz-other-paper",
    t(
        "训前的 {file}（{paper}）和训后的 {other}（{other_paper}）只有 {common} 题相同，{people} 人两次都答，不做前后对比。",
        "{file}, before the course ({paper}), and {other}, after it ({other_paper}), have only {common} questions in common; the {people} who took both are not compared.",
    ),
    t(
        "前后要用同一份空白答题表；请核对是不是拿错了文件。",
        "Use the same blank workbook before and after; check whether it is the right file.",
    ),
);
pub static TOO_SHORT: Kind = Kind::new(
    "quiz-too-short",
    Severity::Note,
    t(
        "{file} 和 {other} 共同的题只有 {common} 题，太少，{people} 人两次都答，不做前后对比。",
        "{file} and {other} have {common} questions in common, which is too few; the {people} who took both are not compared.",
    ),
    t("前后对比至少要 5 题，不少于题少一份的一半。", "A comparison wants 5 questions, and half of the shorter paper."),
);
pub static SAME_PERSON: Kind = Kind::new(
    "quiz-same-person",
    Severity::Warning,
    t(
        "只有训后答卷的“{name}”和只有训前答卷的“{other}”（{place}）只差一个字，是不是同一人？",
        "\"{name}\", after the course only, and \"{other}\", before it only ({place}), differ in one character: are they one person?",
    ),
    t("是同一人的，把名字改得一样。", "If they are, write the name alike."),
);
pub static KINDS: [&Kind; 5] = [&NAME_TWICE, &SESSION_TWICE, &OTHER_PAPER, &TOO_SHORT, &SAME_PERSON];

/// Fewer common questions than these, or than half of the shorter paper, tell nothing of a change.
const FEWEST: usize = 5;

/// Before and after of those who took both, over the questions asked both times.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// By name.
    pub pairs: Vec<Pair>,
    /// Names that are in one session only.
    pub only_before: Vec<String>,
    pub only_after: Vec<String>,
    /// Of the differences of rates, in percentage points.
    pub differences: Differences,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub name: String,
    pub unit: String,
    /// Questions asked both times.
    pub questions: usize,
    /// Rates over them, 0 to 1.
    pub before: f64,
    pub after: f64,
}

/// A person's answer sheet: the index of its workbook, and its row.
type Own<'a> = (usize, &'a Row);

/// A name as it is compared: letter case does not count, nor does white space in a Chinese one.
fn key(name: &str) -> String {
    let name = name.to_lowercase();
    let is_chinese = name.chars().any(is_han);
    let words: Vec<&str> = name.split(|one: char| one.is_whitespace() || is_unseen(one)).filter(|word| !word.is_empty()).collect();
    words.join(if is_chinese { "" } else { " " })
}

fn is_han(one: char) -> bool {
    matches!(one, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Do two Chinese names of two characters and more differ in one of them, or by one? Numbers differ by one by nature.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (key(one).chars().collect(), key(other).chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let start = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    let rest = |from: usize| short.get(from..).zip(long.get(start + 1..)).is_some_and(|(one, other)| one == other);
    let differs = match long.len() - short.len() {
        0 => short.len() > 1 && start < short.len() && rest(start + 1) && is_han(short[start]),
        1 => short.len() > 1 && rest(start),
        _ => false,
    };
    differs && long.get(start).copied().is_some_and(is_han)
}

/// The comparison, where there are sheets of both sessions, and how many took both on papers too different to be compared. It is none
/// where nobody else took both.
pub fn pair(sheets: &[Sheet<'_>], findings: &mut Vec<Finding>) -> (Option<Compared>, usize) {
    let mut by_name: BTreeMap<String, [Vec<Own<'_>>; 2]> = BTreeMap::new();
    let mut seen = [false; 2];
    for (index, sheet) in sheets.iter().enumerate() {
        let Some(session) = sheet.filled.session else { continue };
        let at = usize::from(session == Session::After);
        seen[at] |= !sheet.filled.rows.is_empty();
        for row in sheet.filled.rows.iter().filter(|row| !row.name.is_empty()) {
            by_name.entry(key(&row.name)).or_default()[at].push((index, row));
        }
    }
    twice(sheets, &by_name, findings);
    if seen != [true; 2] {
        return (None, 0);
    }
    let mut compared = Compared { pairs: Vec::new(), only_before: Vec::new(), only_after: Vec::new(), differences: Differences::of(&[]) };
    let (mut only_before, mut only_after): (Vec<&Row>, Vec<&Row>) = (Vec::new(), Vec::new());
    let mut unlike: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for sessions in by_name.values() {
        match (sessions[0].as_slice(), sessions[1].as_slice()) {
            ([before], [after]) => match side_by_side(sheets, *before, *after) {
                Some(pair) => compared.pairs.push(pair),
                None => *unlike.entry((before.0, after.0)).or_default() += 1,
            },
            ([(_, one), ..], []) => only_before.push(one),
            ([], [(_, one), ..]) => only_after.push(one),
            _ => {}
        }
    }
    findings.extend(unlike.iter().map(|((before, after), people)| unlike_papers(&sheets[*before], &sheets[*after], *people)));
    for after in &only_after {
        for before in only_before.iter().filter(|before| before.unit == after.unit && is_near(&before.name, &after.name)) {
            let args = [("name", after.name.clone().into()), ("place", before.place.show()), ("other", before.name.clone().into())];
            findings.push(SAME_PERSON.at(after.place.clone(), &args));
        }
    }
    let names = |rows: &[&Row]| rows.iter().map(|row| row.name.clone()).collect();
    (compared.only_before, compared.only_after) = (names(&only_before), names(&only_after));
    let points: Vec<f64> = compared.pairs.iter().map(|pair| 100.0 * (pair.after - pair.before)).collect();
    compared.differences = Differences::of(&points);
    let unlike: usize = unlike.values().sum();
    let told = unlike == 0 || !compared.pairs.is_empty();
    (told.then_some(compared), unlike)
}

/// Names twice in a session: of two workbooks with the same people the one is of the other session; any other is told by itself.
fn twice(sheets: &[Sheet<'_>], by_name: &BTreeMap<String, [Vec<Own<'_>>; 2]>, findings: &mut Vec<Finding>) {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (at, session) in Session::ALL.into_iter().enumerate() {
        let names = |index: usize| -> BTreeSet<&str> {
            let is_in = |sessions: &[Vec<Own<'_>>; 2]| sessions[at].iter().any(|(own, _)| *own == index);
            by_name.iter().filter(|(_, sessions)| is_in(sessions)).map(|(name, _)| name.as_str()).collect()
        };
        let own: Vec<(usize, BTreeSet<&str>)> =
            (0..sheets.len()).filter(|index| sheets[*index].filled.session == Some(session)).map(|index| (index, names(index))).collect();
        for (place, (index, people)) in own.iter().enumerate() {
            let first = own[..place].iter().map(|(other, theirs)| (*other, people.intersection(theirs).count(), theirs.len()));
            let first = first.into_iter().find(|(_, common, count)| *common > 1 && 2 * common >= people.len().min(*count));
            let Some((other, common, _)) = first else { continue };
            told.insert(*index);
            let opposite = if session == Session::Before { Session::After } else { Session::Before };
            // The name of a file may say better which of the two it is.
            let says = |index: usize| opposite.words().zh.chars().last().is_some_and(|one| sheets[index].filled.file.contains(one));
            let (suspect, other) = if says(other) && !says(*index) { (other, *index) } else { (*index, other) };
            let args = [
                ("count", common.into()),
                ("session", session.words()),
                ("opposite", opposite.words()),
                ("other", sheets[other].filled.file.clone().into()),
                ("file", sheets[suspect].filled.file.clone().into()),
            ];
            findings.push(SESSION_TWICE.at(sheets[suspect].filled.session_place.clone(), &args));
        }
        for own in by_name.values().map(|sessions| &sessions[at]) {
            let Some(((sheet, first), more)) = own.split_first() else { continue };
            for (_, again) in more.iter().filter(|(index, _)| index == sheet || !told.contains(index)) {
                let args = [("name", first.name.clone().into()), ("session", session.words()), ("other", first.place.show())];
                findings.push(NAME_TWICE.at(again.place.clone(), &args));
            }
        }
    }
}

/// Items that a sheet has a column for.
fn asked<'a>(sheet: &'a Sheet<'_>, row: &'a Row) -> impl Iterator<Item = (usize, Given, usize)> + 'a {
    let all = sheet.questions.iter().zip(&row.answers).filter(|(_, given)| **given != Given::Unasked);
    all.map(|(question, given)| (question.item, *given, question.right))
}

/// Both sheets of one person over the questions they share; none where they share too few.
fn side_by_side(sheets: &[Sheet<'_>], before: Own<'_>, after: Own<'_>) -> Option<Pair> {
    let ((old, old_row), (new, new_row)) = ((&sheets[before.0], before.1), (&sheets[after.0], after.1));
    let items = |sheet: &Sheet<'_>, row: &Row| -> BTreeSet<usize> { asked(sheet, row).map(|(item, ..)| item).collect() };
    let (was, is) = (items(old, old_row), items(new, new_row));
    let common: BTreeSet<usize> = was.intersection(&is).copied().collect();
    if common.len() < FEWEST || 2 * common.len() < was.len().min(is.len()) {
        return None;
    }
    let rate = |sheet: &Sheet<'_>, row: &Row| {
        let mut marks = Marks::default();
        asked(sheet, row).filter(|(item, ..)| common.contains(item)).for_each(|(_, given, right)| marks.add(given, right));
        marks.rate()
    };
    Some(Pair {
        name: new_row.name.clone(),
        unit: new_row.unit.clone(),
        questions: common.len(),
        before: rate(old, old_row)?,
        after: rate(new, new_row)?,
    })
}

/// Two papers that have too little in common: of other questions, or short ones.
fn unlike_papers(before: &Sheet<'_>, after: &Sheet<'_>, people: usize) -> Finding {
    let issued = |sheet: &Sheet<'_>| -> BTreeSet<usize> { sheet.questions.iter().map(|question| question.item).collect() };
    let columns = |sheet: &Sheet<'_>| -> BTreeSet<usize> {
        sheet.filled.rows.iter().flat_map(|row| asked(sheet, row)).map(|(item, ..)| item).collect()
    };
    let paper = |sheet: &Sheet<'_>| {
        let text = match sheet.filled.class {
            Some(_) => t("班次 {class}，{count} 题", "class {class}, {count} [question|questions]"),
            None => t("不分班次，{count} 题", "of no class, {count} [question|questions]"),
        };
        text.counted(sheet.questions.len()).with(&[("class", sheet.filled.class.map_or_else(Text::default, Text::from))])
    };
    let kind = if issued(before) == issued(after) { &TOO_SHORT } else { &OTHER_PAPER };
    let args = [
        ("common", columns(before).intersection(&columns(after)).count().into()),
        ("people", people.into()),
        ("paper", paper(before)),
        ("other_paper", paper(after)),
        ("other", after.filled.file.clone().into()),
        ("file", before.filled.file.clone().into()),
    ];
    kind.at(after.filled.session_place.clone(), &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_name_has_no_spaces() {
        for name in ["王芳", "王 芳", "王\u{3000}芳", " 王\u{a0}芳 ", "王\u{200b}芳"] {
            assert_eq!(key(name), "王芳", "{name}");
        }
        assert_eq!(key("Li  Na"), "li na");
        assert_ne!(key("A1"), key("A 1"));
    }

    #[test]
    fn one_character_makes_names_near() {
        for (one, other) in [("刘洋", "刘阳"), ("王芳", "王芳芳"), ("欧阳明", "欧阳朋"), ("张 伟", "张玮"), ("李晓红", "李红")]
        {
            assert!(is_near(one, other) && is_near(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("刘洋", "刘洋"),
            ("甲", "乙"),
            ("学员01", "学员02"),
            ("张伟1", "张伟2"),
            ("王芳", "王芳1"),
            ("李红", "王芳"),
            ("A01", "A02"),
            ("", "王"),
        ] {
            assert!(!is_near(one, other) && !is_near(other, one), "{one} {other}");
        }
    }
}
