//! Workbooks that others made and published, .xlsb and encrypted ones among them: what is read stands in `public/read.txt`.

use std::fmt::Write;
use std::fs;
use std::io::{Cursor, Read};

use ecap::sheet::Book;
use ecap::sheet::limits::Limits;
use ecap::text::Lang;
use zip::ZipArchive;

use crate::made::{Made, tree};
use crate::read;

const FOLDER: &str = "tests/hostile/public";

#[test]
fn what_is_read_of_workbooks_of_others() {
    let mut names: Vec<String> = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.ends_with(".md") && !name.ends_with(".txt"));
    names.sort();
    assert!(names.iter().filter(|name| name.ends_with(".xlsb")).count() >= 3, "{names:?}");
    let mut out = String::new();
    for name in names {
        let mut findings = Vec::new();
        let book = Book::open_within(&fs::read(format!("{FOLDER}/{name}")).unwrap(), &name, &Limits::default(), &mut findings);
        writeln!(out, "{name}").unwrap();
        for sheet in book.iter().flat_map(|book| &book.sheets) {
            writeln!(out, "  {}{}", sheet.name, if sheet.hidden { " (hidden)" } else { "" }).unwrap();
            for (row, cells) in &sheet.rows {
                let cells: Vec<String> = cells.values().map(|cell| format!("{:?}", cell.content)).collect();
                writeln!(out, "    {} {}", row + 1, cells.join(" ")).unwrap();
            }
        }
        for finding in findings {
            writeln!(out, "  {}", finding.line(Lang::Zh)).unwrap();
        }
    }
    let path = format!("{FOLDER}/read.txt");
    if std::env::var_os("ECAP_ACCEPT").is_some() {
        fs::write(&path, &out).unwrap();
    }
    assert_eq!(out, fs::read_to_string(path).unwrap());
}

/// A survey in the package of a public .xlsb, whose first two sheets become the cover and the items.
#[test]
fn a_survey_saved_as_xlsb_is_read_like_any_other() {
    let tree = tree();
    let cover = [
        ["被评估单位", "试市"],
        ["评估期", "2026"],
        ["填报单位", "评估组"],
        ["第几次报送", "1"],
        ["指标体系", "try"],
        ["摘要", &tree.sha256],
    ];
    let items = [["编号", "自评", "id"], ["00.01", "2", "a"], ["00.02", "#3", "b"], ["00.03", "45/50", "c"], ["00.04", "105%", "d"]];
    let (answers, findings) = read(&saved(records(&cover), records(&items), None), "试.xlsb", &Limits::default(), &tree);
    assert_eq!(answers, ["a=2", "b=3", "c=45/50", "d=105%"]);
    assert_eq!(findings, Vec::<String>::new());
    // a is ='[汇总.xlsx]1'!A1, b a formula on the cover.
    let items = [["编号", "自评", "id"], ["00.01", "=0:2", "a"], ["00.02", "=1:3", "b"], ["00.03", "45/50", "c"], ["00.04", "105%", "d"]];
    let (answers, findings) = read(&saved(records(&cover), records(&items), Some(links())), "试.xlsb", &Limits::default(), &tree);
    assert_eq!(answers, ["a=2", "b=3", "c=45/50", "d=105%"]);
    assert!(findings.len() == 1 && findings[0].starts_with("提醒：试.xlsb，Sheet2，B2：这一格是公式，数取自另一个工作簿"), "{findings:?}");
}

/// The package of a public .xlsb with these two sheets, and records before the end of its workbook.
fn saved(cover: Vec<u8>, items: Vec<u8>, links: Option<Vec<u8>>) -> Vec<u8> {
    let mut parts = vec![("xl/worksheets/sheet1.bin", cover), ("xl/worksheets/sheet2.bin", items)];
    let mut archive = ZipArchive::new(Cursor::new(include_bytes!("public/base.xlsb"))).unwrap();
    let mut made = Made(Vec::new());
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if let (Some(links), "xl/workbook.bin") = (&links, name.as_str()) {
            // The record of its end is of three bytes.
            let end = bytes.len() - 3;
            bytes.splice(end..end, links.iter().copied());
        }
        let ours = parts.iter().position(|(own, _)| *own == name).map(|at| parts.swap_remove(at).1);
        made.0.push((name, ours.unwrap_or(bytes)));
    }
    made.bytes()
}

/// Another workbook, this one, and the first sheet of each, as formulas name them ([MS-XLSB] 2.1.7.62, EXTERNALS).
fn links() -> Vec<u8> {
    let mut part = Vec::new();
    record(&mut part, 353, &[]);
    record(&mut part, 355, &[&4u32.to_le_bytes()[..], &"rId9".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat());
    record(&mut part, 357, &[]);
    record(&mut part, 362, &[2u32, 0, 0, 0, 1, 0, 0].map(u32::to_le_bytes).concat());
    record(&mut part, 354, &[]);
    part
}

/// A sheet's records ([MS-XLSB] 2.1.7.62): its size, then rows of texts, of numbers where `#` stands before them, and of formulas that are
/// 1 times cell A1 of a sheet in the list of `links`, `=0:2`, with their value.
fn records<const N: usize>(rows: &[[&str; N]]) -> Vec<u8> {
    let mut part = Vec::new();
    record(&mut part, 129, &[]);
    let last = [rows.len() - 1, N - 1].map(|last| u32::try_from(last).unwrap());
    record(&mut part, 148, &[0, last[0], 0, last[1]].map(u32::to_le_bytes).concat());
    record(&mut part, 145, &[]);
    for (row, cells) in (0u32..).zip(rows) {
        // Style, height, flags and no spans follow the row's number.
        record(&mut part, 0, &[&row.to_le_bytes()[..], &[0; 13]].concat());
        for (column, text) in (0u32..).zip(cells) {
            let head = [column.to_le_bytes(), [0; 4]].concat();
            if let Some((sheet, value)) = text.strip_prefix('=').and_then(|formula| formula.split_once(':')) {
                let (sheet, value) = (sheet.parse::<u16>().unwrap().to_le_bytes(), value.parse::<f64>().unwrap().to_le_bytes());
                let tokens = [&[0x1E, 1, 0, 0x5A][..], &sheet, &[0; 4], &[0, 0xC0, 0x05]].concat();
                let length = u32::try_from(tokens.len()).unwrap().to_le_bytes();
                // No flags stand before the formula, and nothing behind it.
                record(&mut part, 9, &[&head[..], &value, &[0; 2], &length, &tokens, &[0; 4]].concat());
                continue;
            }
            match text.strip_prefix('#') {
                Some(number) => record(&mut part, 5, &[head, number.parse::<f64>().unwrap().to_le_bytes().to_vec()].concat()),
                None => {
                    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                    let count = u32::try_from(wide.len() / 2).unwrap().to_le_bytes().to_vec();
                    record(&mut part, 6, &[head, count, wide].concat());
                }
            }
        }
    }
    record(&mut part, 146, &[]);
    record(&mut part, 130, &[]);
    part
}

/// Kind and length go before the content, seven bits a byte.
fn record(part: &mut Vec<u8>, kind: u32, content: &[u8]) {
    for mut number in [kind, u32::try_from(content.len()).unwrap()] {
        while number >= 0x80 {
            part.push(u8::try_from(number & 0x7F).unwrap() | 0x80);
            number >>= 7;
        }
        part.push(u8::try_from(number).unwrap());
    }
    part.extend(content);
}
