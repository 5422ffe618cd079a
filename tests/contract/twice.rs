//! Sections 4.1 and 6.4: a copied sheet is told once, with the answers that differ.

use ecap::sheet::{Book, Cell, Content, Sheet};
use ecap::survey::{self, Filled, Given};
use ecap::text::Lang;

use crate::harness::{LEVEL, item, list, tree};

/// A sheet of items, their 自评 and 复核.
fn sheet(name: &str, rows: &[(&str, &str, &str)]) -> Sheet {
    let mut sheet = Sheet { name: name.to_string(), ..Sheet::default() };
    let mut put = |row: u32, texts: [&str; 3]| {
        let filled = (0u32..).zip(texts).filter(|(_, text)| !text.is_empty());
        let cells = filled.map(|(column, text)| (column, Cell::of(Content::Text(text.to_string()))));
        sheet.rows.insert(row, cells.collect());
    };
    put(0, ["id", "自评", "复核"]);
    for (row, (id, own, review)) in (1u32..).zip(rows) {
        put(row, [id, own, review]);
    }
    sheet
}

fn read(sheets: Vec<Sheet>) -> (Filled, Vec<(String, [String; 2])>) {
    let items: Vec<String> = ('a'..='l').map(|id| item(&id.to_string(), LEVEL, "")).collect();
    let tree = tree(&list("items", &items));
    let mut findings = Vec::new();
    let book = Book { sheets, csv: false };
    let filled = survey::read(&book, "甲局.xlsx", &tree, &Given::default(), &mut findings).expect("a survey");
    findings.retain(|finding| finding.code.ends_with("-twice"));
    let lines = findings.iter().map(|finding| (finding.code.clone(), [Lang::Zh, Lang::En].map(|lang| finding.line(lang))));
    (filled, lines.collect())
}

#[test]
fn a_copied_sheet_with_the_same_answers_is_one_finding() {
    let rows = [("a", "1", ""), ("b", "2", ""), ("c", "", "3")];
    let (filled, said) = read(vec![sheet("01", &rows), sheet("01 (2)", &rows)]);
    assert_eq!(filled.rows.len(), 3);
    let wanted = [
        "错误：甲局.xlsx，01 (2)：工作表“01 (2)”与“01”有 3 题重复，像是复制出来的：3 题答案都一样。每题按先出现、填了答案的一行计。请只留一张，把另一张删去。",
        "error: 甲局.xlsx, 01 (2): The sheet \"01 (2)\" repeats 3 items of \"01\", as a copy of it would: all 3 answers are the same. Of each item the first row with an answer counts. Keep one of the two sheets and delete the other.",
    ];
    assert_eq!(said, [("sheet-twice".to_string(), wanted.map(str::to_string))]);
}

#[test]
fn the_answers_that_differ_are_named_with_both_cells() {
    let one = [("a", "1", ""), ("b", "2", ""), ("c", "", ""), ("d", "1", "2"), ("e", "1", "")];
    let two = [("a", "1", ""), ("b", "3", ""), ("c", "2", ""), ("d", "1", "3"), ("f", "1", "")];
    let (filled, said) = read(vec![sheet("01", &one), sheet("01 (2)", &two)]);
    let own = |at: usize| (filled.rows[at].sheet.as_str(), filled.rows[at].own.as_ref().expect("a cell").typed.raw.as_str());
    assert_eq!([own(0), own(1), own(2)], [("01", "1"), ("01", "2"), ("01 (2)", "2")]);
    let wanted = [
        "错误：甲局.xlsx，01 (2)：工作表“01 (2)”与“01”有 4 题重复，像是复制出来的：1 题答案一样，3 题不一样：00.02（“01”B3 是“2”，“01 (2)”B3 是“3”）；00.03（“01”B4 空白，“01 (2)”B4 是“2”）；00.04（“01”C5 是“2”，“01 (2)”C5 是“3”）。每题按先出现、填了答案的一行计。请只留一张，把另一张删去。删之前先核对不一样的题，把对的答案填进要留的一张。",
        "error: 甲局.xlsx, 01 (2): The sheet \"01 (2)\" repeats 4 items of \"01\", as a copy of it would: 1 answers are the same, 3 differ: 00.02 (\"01\" B3 says \"2\", \"01 (2)\" B3 says \"3\"); 00.03 (\"01\" B4 is blank, \"01 (2)\" B4 says \"2\"); 00.04 (\"01\" C5 says \"2\", \"01 (2)\" C5 says \"3\"). Of each item the first row with an answer counts. Keep one of the two sheets and delete the other. Before that check the answers that differ, and put the right ones on the sheet that stays.",
    ];
    assert_eq!(said, [("sheet-twice".to_string(), wanted.map(str::to_string))]);
}

#[test]
fn of_many_that_differ_eight_are_named() {
    let rows = |answer: &'static str| -> Vec<(&str, &str, &str)> {
        "abcdefghijkl".split("").filter(|id| !id.is_empty()).map(|id| (id, answer, "")).collect()
    };
    let (_, said) = read(vec![sheet("01", &rows("1")), sheet("副本", &rows("2")), sheet("再副本", &rows("1"))]);
    assert_eq!(said.len(), 2);
    let zh = &said[0].1[0];
    assert!(zh.contains("有 12 题重复，像是复制出来的：12 题不一样：00.01（“01”B2 是“1”，“副本”B2 是“2”）；"), "{zh}");
    assert!(zh.contains("00.08（“01”B9 是“1”，“副本”B9 是“2”） 等。每题") && !zh.contains("00.09"), "{zh}");
    assert!(said[1].1[0].contains("工作表“再副本”与“01”有 12 题重复，像是复制出来的：12 题答案都一样。"), "{:?}", said[1]);
}

#[test]
fn a_single_row_that_was_copied_is_told_at_its_row() {
    let (_, said) = read(vec![sheet("01", &[("a", "1", ""), ("b", "", "")]), sheet("02", &[("c", "1", ""), ("a", "2", "")])]);
    let wanted = [
        "错误：甲局.xlsx，02，B3：00.01 在本工作簿中有 2 行（01，B2；02，B3），只用了 01，B2，其余没有用。请先看原件：原件上只有一个答案的，把它填进 01，B2，再删去其余的行；是几个单位、几处分开填的，才把各行（连 01，B2 在内）合成一个答案，填进 01，B2（比率把分子、分母各自相加），再删去其余的行；这些行的答案不一样，不要只删行。",
        "error: 甲局.xlsx, 02, B3: 00.01 stands in 2 rows of this workbook (01, B2; 02, B3); only 01, B2 is used, the others are not. See the original first: where it has one answer only, type that into 01, B2, then delete the other rows; only where several places were answered apart work out one answer for all rows, 01, B2 included (of a rate add up numerators and denominators), type it into 01, B2, then delete the other rows; these answers differ, so do not just delete rows.",
    ];
    assert_eq!(said, [("row-item-twice".to_string(), wanted.map(str::to_string))]);
}
