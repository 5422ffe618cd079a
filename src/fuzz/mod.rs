//! What a fuzz target calls: one function a kind of input, on bytes from anywhere, which goes wherever real reading would go with them.
//!
//! None of them panics, whatever the bytes. Each returns what it read, so that who calls it can tell how deep the bytes went.

mod part;

use std::sync::OnceLock;

use crate::answers;
use crate::commands::{mark, snippets};
use crate::finding::Finding;
use crate::place::Place;
use crate::scale::{Asked, Judged, State, Typed, judge};
use crate::sheet::limits::Limits;
use crate::sheet::{Book, Cell, Content, Sheet, delimited, older, open};
use crate::survey::mend::{self, Source};
use crate::survey::{self, Given};
use crate::text::{Lang, Text};
use crate::tree::{Criticality, Tree, crosswalk};
use crate::{bank, baseline, costs, ledger, quiz, settings, tree};

/// An item's id and what its answer cell holds, as it is compared.
pub type Answer = (String, String);

/// Bytes as a tree, as a crosswalk and as a question bank, and whatever is said of them as a terminal prints it.
///
/// ```
/// assert!(ecap::fuzz::yaml(b"id: [[[[").is_none());
/// ```
pub fn yaml(bytes: &[u8]) -> Option<Tree> {
    let mut findings = Vec::new();
    let loaded = tree::from_bytes(bytes.to_vec(), FILE, &mut findings);
    if let Some(tree) = &loaded.tree {
        tree::from_bytes(tree.to_json().into_bytes(), FILE, &mut findings);
    }
    crosswalk::from_bytes(bytes.to_vec(), FILE, &mut findings);
    bank::from_bytes(bytes.to_vec(), FILE, loaded.tree.as_ref(), &mut findings);
    show(&findings, &loaded.sources);
    loaded.tree
}

/// Bytes as a workbook of any kind, as its name says nothing. Kinds that are read in a process of their own are only looked through, as
/// their parsers are known to take memory without end: their process is what holds them. The others then as every workbook that ecap reads: a survey, its answers and its copy to mend, settings, scores of last year, a quiz, a ledger
/// and a table of costs.
pub fn workbook(bytes: &[u8]) -> Vec<Answer> {
    if let Some(kind) = open::older_kind(bytes, &small()) {
        _ = older::looks(kind, bytes, &small());
        return Vec::new();
    }
    let mut findings = Vec::new();
    let book = Book::open_within(bytes, BOOK, &small(), &mut findings);
    let read = book.map(|book| survey_of(&book, bytes.len(), &mut findings)).unwrap_or_default();
    show(&findings, &[]);
    read
}

/// Bytes as the XML inside an .xlsx, in the place of the part that its first tag names, or of each in turn.
pub fn sheet_xml(bytes: &[u8]) -> Vec<Answer> {
    part::packages(bytes).iter().flat_map(|package| workbook(package)).collect()
}

/// Bytes as text in columns, whatever they begin with, of any encoding; then as [`workbook`]. The same text as UTF-16 reads the same.
pub fn csv(bytes: &[u8]) -> Vec<Answer> {
    let mut findings = Vec::new();
    let Some(sheet) = columns(bytes) else { return Vec::new() };
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains(['\0', '\u{feff}'])
    {
        let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(columns(&wide).as_ref(), Some(&sheet), "UTF-8 and UTF-16 differ");
    }
    let read = survey_of(&Book { sheets: vec![sheet], csv: false }, bytes.len(), &mut findings);
    show(&findings, &[]);
    read
}

/// Bytes as what stands in an answer cell, by every item of a tree that has all scales. The first line is the cell, the others are the
/// reason beside it; `n`, `p`, `d`, `e` before a colon make it a number, a percentage, a date or an error, `b:` TRUE, `v:` a formula
/// without a value, `x:` a number by its 8 bytes.
pub fn cell(bytes: &[u8]) -> Vec<State> {
    let (first, reason) = match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) if !bytes.starts_with(b"x:") => bytes.split_at(end),
        _ => (bytes, b"".as_slice()),
    };
    let cell = cell_of(first);
    let (typed, reason) = (Typed::of(cell.as_ref()), String::from_utf8_lossy(reason));
    let mut states = Vec::new();
    for item in &tree().items {
        let (scale, question) = (item.scaled.scale.as_ref(), &item.question);
        let asked = Asked {
            question,
            na: item.na.as_ref(),
            veto: item.criticality == Criticality::Veto,
            reason_column: Text::default(),
            review: false,
            cause: None,
        };
        let Judged { state, remarks } = judge(&typed, &reason, &asked, scale);
        for remark in remarks {
            let finding = remark.kind.at(Place::file(BOOK), &remark.args);
            _ = (finding.line(Lang::Zh), finding.line(Lang::En));
        }
        _ = (scale.shown(&typed.raw, question), scale.described(&typed.raw, question), scale.meaning(&typed.raw, question));
        assert_eq!(typed.is_blank(), state == State::Blank);
        if let State::Answered(reading) = &state {
            assert_eq!(scale.worth_expression().value(&reading.inputs).as_ref(), Some(&reading.worth), "{}: {typed:?}", item.id);
            assert_eq!(reading.worth.clamp01(), reading.worth, "{}: {typed:?}", item.id);
            _ = scale.next(reading.worth.to_f64());
        }
        _ = (state.shown(), state.score());
        states.push(state);
    }
    states
}

/// The length of an input is a multiple of it where its copy to mend is made too: that takes longer than all else.
const COPIED: usize = 8;

/// What each stage that reads makes of a workbook's cells; the answers of its survey.
fn survey_of(book: &Book, length: usize, findings: &mut Vec<Finding>) -> Vec<Answer> {
    for sheet in &book.sheets {
        _ = sheet.rows.values().flat_map(|cells| cells.values()).map(|cell| cell.text().len()).sum::<usize>();
    }
    let (tree, given) = (tree(), Given::default());
    settings::read(book, BOOK, tree, None, findings);
    baseline::read(book, BOOK, findings);
    quiz::read(book, BOOK, findings);
    ledger::read(book, BOOK, tree, "", Some((2027, 2, 22)), findings);
    costs::read(book, BOOK, tree, findings);
    let Some(filled) = survey::read(book, BOOK, tree, &given, findings) else { return Vec::new() };
    findings.extend(answers::remarks(&filled, tree));
    let read = filled.rows.iter().filter_map(|row| Some((tree.items[row.item].id.clone(), row.own.as_ref()?.typed.text.clone()))).collect();
    for unit in answers::collect(&[filled], tree, &tree.policy) {
        findings.extend(unit.findings);
    }
    if length.is_multiple_of(COPIED) {
        let mut marks: Vec<_> = findings.iter().map(mark).collect();
        mend::sort(&mut marks, book);
        _ = mend::copy(&Source { book, file: BOOK, tree, given: &given, marks: &marks }, &small(), Lang::Zh, (2026, 3, 5));
    }
    read
}

fn columns(bytes: &[u8]) -> Option<Sheet> {
    delimited::read(bytes, "a", &small()).ok()
}

fn cell_of(bytes: &[u8]) -> Option<Cell> {
    let text = String::from_utf8_lossy(bytes);
    let content = |content| Some(Cell::of(content));
    let (kind, rest) = text.split_once(':').unwrap_or_default();
    match (kind, rest.parse::<f64>()) {
        _ if bytes.is_empty() => None,
        ("n", Ok(number)) => content(Content::Number(number)),
        ("p", Ok(number)) => Some(Cell { percent: true, ..Cell::of(Content::Number(number)) }),
        ("x", _) => {
            content(Content::Number(f64::from_bits(bytes.iter().skip(2).take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))))
        }
        ("d", _) => content(Content::Date(rest.to_string())),
        ("e", _) => content(Content::Error(rest.to_string())),
        ("b", _) => content(Content::Truth(rest.is_empty())),
        ("v", _) => content(Content::NoValue),
        _ => content(Content::Text(text.into_owned())),
    }
}

/// Limits that a fuzzer reaches without its input growing.
fn small() -> Limits {
    let mut limits = Limits::default();
    for one in ["cells=20000", "text=4", "unpacked=16", "parts=100"] {
        limits.set(one);
    }
    limits
}

/// An item of each scale.
fn tree() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| tree::from_bytes(include_bytes!("tree.yaml").to_vec(), FILE, &mut Vec::new()).tree.expect("a sound tree"))
}

const FILE: &str = "a.yaml";
const BOOK: &str = "a.xlsx";

fn show(findings: &[Finding], sources: &[(String, String)]) {
    for finding in findings {
        _ = (finding.line(Lang::Zh), finding.line(Lang::En));
    }
    _ = snippets(findings, sources);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fuzzed answer must meet every scale there is.
    #[test]
    fn the_tree_has_an_item_of_each_scale() {
        for entry in &crate::scale::SCALES {
            assert!(tree().items.iter().any(|item| item.scaled.name == entry.name), "{}", entry.name);
        }
    }

    #[test]
    fn a_cell_is_what_its_bytes_say() {
        let shown = |bytes: &[u8]| cell_of(bytes).map(|cell| (cell.text(), Typed::of(Some(&cell)).text));
        let same = |text: &str| Some((text.to_string(), text.to_string()));
        assert_eq!(shown(b""), None);
        assert_eq!(shown(b"45/50"), same("45/50"));
        assert_eq!(shown(b"n:0.5"), same("0.5"));
        assert_eq!(shown(b"p:0.5"), same("50%"));
        assert_eq!(shown(b"d:2026-03-05"), same("2026-03-05"));
        assert_eq!(shown(b"b:"), same("TRUE"));
        assert_eq!(shown(b"x:\x3f\xf0\0\0\0\0\0\0"), same("1"));
        // A cell formatted as percent is an answer to a rate, a plain fraction is none.
        let read = |bytes: &[u8]| cell(bytes)[2].shown().zh.into_owned();
        assert_eq!((read(b"p:0.5"), read(b"n:0.5")), ("50%".into(), "读不出".into()));
        // With the reason that an item asks for.
        assert_eq!(cell("不适用\n没有乙".as_bytes())[1], State::NotApplicable);
    }

    #[test]
    fn a_csv_is_read_down_to_its_answers() {
        let text = "编号,自评,id\r\n00.01,２级,a\r\n00.06,7次,f\r\n";
        let wanted = [("a", "2级"), ("f", "7次")].map(|(id, text)| (id.to_string(), text.to_string()));
        assert_eq!(csv(text.as_bytes()), wanted);
        assert_eq!(csv(&encoding_rs::GBK.encode(text).0), wanted);
    }
}
