//! `ecap check --fix-copy`: what goes out is what came in, marked, and comes back mended.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use ecap::finding::Severity;
use ecap::sheet::limits::Limits;
use ecap::sheet::{Book, Cell, Content, Sheet, place_of};
use ecap::survey::mend::{self, Source};
use ecap::survey::{self, Given, Mark};
use ecap::text::{Lang, Text};
use ecap::tree::Tree;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use common::{ecap, sample};

/// Code, sheet and cell of what is found in files.
fn found(path: &str) -> BTreeSet<(String, String, String)> {
    let (_, out, _) = ecap(&["check", path, "--json"]);
    let all: Value = serde_json::from_str(&out).unwrap();
    let all = all["findings"].as_array().unwrap().iter().filter(|finding| finding["place"]["file"].is_string());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    all.map(|finding| (text(&finding["code"]), text(&finding["place"]["sheet"]), text(&finding["place"]["cell"]))).collect()
}

fn open(path: &Path) -> Book {
    Book::open(fs::read(path).unwrap(), "file", &mut Vec::new()).unwrap()
}

fn tree() -> Tree {
    ecap::tree::load("city", &mut Vec::new()).unwrap().tree.unwrap()
}

fn only_file(folder: &Path) -> PathBuf {
    let files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

/// The workbook with texts replaced in place, as somebody mends cells without touching the rest.
fn retyped(path: &Path, changes: &[(&str, &str)]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let (name, mut bytes) = (part.name().unwrap().to_string(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/sharedStrings.xml" {
            let mut text = String::from_utf8(bytes).unwrap();
            for (old, new) in changes {
                let (old, new) = (format!("<t>{old}</t>"), format!("<t>{new}</t>"));
                assert_eq!(text.matches(&old).count(), 1, "{old}");
                text = text.replace(&old, &new);
            }
            bytes = text.into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn sheet<'a>(book: &'a mut Book, name: &str) -> &'a mut Sheet {
    book.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
}

/// Puts a text into a cell and gives what stood there.
fn put(book: &mut Book, name: &str, cell: &str, text: &str) -> String {
    let (row, column) = place_of(cell).unwrap();
    let sheet = sheet(book, name);
    let before = sheet.text(row, column);
    let content = Content::Text(text.to_string());
    sheet.rows.entry(row).or_default().insert(column, Cell::of(content));
    before
}

#[test]
fn a_copy_reads_as_the_file_did() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("退改");
    let (code, _, err) = ecap(&["check", &sample("broken"), "--fix-copy", &out.display().to_string()]);
    let copy = out.join("青山县_2026_自评表（待改）.xlsx");
    assert_eq!((code, only_file(&out)), (1, copy.clone()), "{err}");
    assert!(err.ends_with(&format!("已写好 {}\n", copy.display())), "{err}");

    // A date stands as a text in the copy, so that what is typed over it stays as typed; it is told as a date all the same.
    let expected = found(&sample("broken"));
    assert!(expected.contains(&("answer-date".to_string(), "03 应急中心".to_string(), "E21".to_string())));
    assert_eq!(found(&out.display().to_string()), expected);

    let original = PathBuf::from(sample("broken")).join("青山县_2026_自评表.xlsx");
    let tree = tree();
    let rows = |path: &Path| {
        let filled = survey::read(&open(path), "file", &tree, &Given::default(), &mut Vec::new()).unwrap();
        let raw = |cell: &Option<survey::RawCell>| cell.as_ref().map(|cell| (cell.typed.raw.clone(), cell.cell.clone()));
        let rows = filled.rows.iter().map(|row| {
            (row.item, row.sheet.clone(), raw(&row.own), raw(&row.review), row.evidence.clone(), row.note.clone(), row.anchor.clone())
        });
        (filled.unit.clone(), filled.period.clone(), filled.submission, rows.collect::<Vec<_>>())
    };
    assert_eq!(rows(&copy), rows(&original));

    // Every cell stands where it stood; the list and the digest are what is added.
    let (before, after) = (open(&original), open(&copy));
    assert_eq!(after.sheets[0].name, "要改的地方");
    assert_eq!(after.sheets.iter().filter(|sheet| sheet.name == "_ecap" && sheet.hidden).count(), 1);
    for sheet in before.sheets.iter().filter(|sheet| sheet.name != "_ecap") {
        let copied = after.sheets.iter().find(|other| other.name == sheet.name).unwrap();
        let texts = |sheet: &Sheet| -> Vec<(u32, u32, String)> {
            let cells = sheet.rows.iter().flat_map(|(row, cells)| cells.iter().map(|(column, cell)| (*row, *column, cell.text())));
            cells.filter(|(_, _, text)| !text.is_empty()).collect()
        };
        assert_eq!(texts(copied), texts(sheet), "{}", sheet.name);
        assert_eq!((&copied.merged, &copied.hidden_columns, copied.hidden), (&sheet.merged, &sheet.hidden_columns, sheet.hidden));
    }
    let note = &after.sheets.iter().find(|sheet| sheet.name == "01 法制基础").unwrap().notes[&(3, 4)];
    assert!(note.starts_with("【要改】\n错误：填的是“超过九成”，读不出答案：“超过”说的是大概的数。\n本题要填：分子/分母，如 45/50；或百分数，如 90%。请核实后填一个确切的数。\n"), "{note}");
}

#[test]
fn a_copy_that_was_mended_has_no_findings() {
    let folder = tempfile::tempdir().unwrap();
    let (tree, given, limits) = (tree(), Given::default(), Limits::default());
    let name = "临江区_2026_自评表.xlsx";
    let mut book = open(&PathBuf::from(sample("linjiang")).join(name));
    assert_eq!(found(&sample("linjiang")), BTreeSet::new());
    // Five mistakes, each with a text that stands nowhere else.
    let mistakes = [
        ("01 法制基础", "E3", "1、3、99"),
        ("01 法制基础", "E4", "超过九成"),
        ("01 法制基础", "A6", "99.9.99"),
        ("填报说明", "B5", "2031"),
        ("填报说明", "B7", "第二回"),
    ];
    let right: Vec<(&str, String)> = mistakes.iter().map(|(sheet, cell, text)| (*text, put(&mut book, sheet, cell, text))).collect();
    // Somebody's own note on an answer is neither lost nor taken for ours.
    sheet(&mut book, "01 法制基础").notes.insert((4, 4), "同上年".to_string());
    // What looks like a formula or a link stays a text.
    put(&mut book, "01 法制基础", "G5", "=HYPERLINK(\"http://example.invalid\",1)");
    let source = Source { book: &book, file: name, tree: &tree, given: &given, marks: &[] };
    let broken = folder.path().join("收回");
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join(name), mend::copy(&source, &limits, Lang::Zh, (2026, 11, 22)).unwrap()).unwrap();
    let before = found(&broken.display().to_string());
    let codes: Vec<&str> = before.iter().map(|(code, ..)| code.as_str()).collect();
    assert_eq!(
        codes,
        ["answer-unreadable", "cell-note", "checklist-unknown-element", "cover-retyped", "cover-submission", "row-ref-differs"]
    );

    let out = folder.path().join("退改");
    ecap(&["check", &broken.display().to_string(), "--fix-copy", &out.display().to_string()]);
    let copy = only_file(&out);
    assert_eq!(found(&out.display().to_string()), before);
    let mut xml = String::new();
    let mut archive = ZipArchive::new(Cursor::new(fs::read(&copy).unwrap())).unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        if part.name().unwrap().starts_with("xl/worksheets/") {
            part.read_to_string(&mut xml).unwrap();
        }
    }
    assert!(!xml.contains("<f>") && !xml.contains("TargetMode=\"External\""));

    let mut changes: Vec<(&str, &str)> = right.iter().map(|(wrong, right)| (*wrong, right.as_str())).collect();
    // Only once in the whole workbook, as the digest is of other letters.
    changes.retain(|(wrong, _)| *wrong != "2031");
    let mended = folder.path().join("改后");
    fs::create_dir(&mended).unwrap();
    let bytes = retyped(&copy, &[&changes[..], &[("2031", "2026")]].concat());
    fs::write(mended.join(copy.file_name().unwrap()), bytes).unwrap();
    let left: Vec<String> = found(&mended.display().to_string()).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(left, ["cell-note"], "the note is theirs to take away");

    // Checked again, a copy is called as before: it is a copy of the same file.
    let again = folder.path().join("再退");
    ecap(&["check", &mended.display().to_string(), "--fix-copy", &again.display().to_string()]);
    assert_eq!(only_file(&again).file_name(), copy.file_name());
    let sheets = open(&only_file(&again)).sheets;
    assert_eq!(sheets.iter().filter(|sheet| sheet.name.starts_with("要改的地方")).count(), 1);
    assert!(sheets[0].rows.len() < 8, "only what is left is listed");
}

#[test]
fn a_copy_that_somebody_worked_on_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let check = || ecap(&["check", &sample("broken"), "--fix-copy", &out]).2;
    check();
    let copy = only_file(folder.path());
    let first = fs::read(&copy).unwrap();
    check();
    assert!(only_file(folder.path()) == copy && fs::read(&copy).unwrap() == first, "written anew, byte for byte");

    let worked = retyped(&copy, &[("超过九成", "90%")]);
    fs::write(&copy, &worked).unwrap();
    let err = check();
    let beside = folder.path().join("青山县_2026_自评表（待改）~2.xlsx");
    let said = format!("{} 有人改过并保存了，没有改动；这次的副本写在 {}。\n", copy.display(), beside.display());
    assert!(err.contains(&said), "{err}");
    assert!(fs::read(&copy).unwrap() == worked && fs::read(&beside).unwrap() == first);
}

#[test]
fn copies_do_not_lie_among_the_surveys() {
    let inside = format!("{}/退改", sample("broken"));
    let (code, out, err) = ecap(&["check", &sample("broken"), "--fix-copy", &inside]);
    let said = format!("{inside} 在要检查的文件夹里，下次检查会把副本也当作交来的表。请用 --fix-copy 换一个位置。\n");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.ends_with(&said), "{err}");
    assert!(!Path::new(&inside).exists());
}

#[test]
fn what_cannot_be_opened_has_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("收回"), folder.path().join("退改"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("甲.xlsx"), "PK\u{3}\u{4}").unwrap();
    let (_, _, err) = ecap(&["check", &input.display().to_string(), "--fix-copy", &out.display().to_string(), "--lang", "en"]);
    assert!(err.contains("No copy of 甲.xlsx was made: it was not read; see what is said of it above.\nNo copy was written.\n"), "{err}");
    assert!(!out.exists());
}

/// The list of a copy as its clerk sees it: each line's cells under the names of their columns.
fn listed(copy: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let list = &open(copy).sheets[0];
    let texts = |row: &u32| (0..7).map(|column| list.text(*row, column)).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = list.rows.keys().map(texts).collect();
    let head = rows.iter().position(|row| !row[6].is_empty()).unwrap();
    (rows[1..head].iter().map(|row| row[0].clone()).collect(), rows[head..].to_vec())
}

#[test]
fn the_list_says_which_item_and_what_to_do_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("退改");
    ecap(&["check", &sample("broken"), "--fix-copy", &out.display().to_string()]);
    let (guidance, lines) = listed(&only_file(&out));
    assert_eq!(lines[0], ["序号", "轻重", "工作表", "单元格", "编号", "什么问题", "怎么改"]);
    let line = |cell: &str| lines.iter().find(|line| line[2] == "01 法制基础" && line[3] == cell).unwrap();
    assert_eq!(line("E4")[4], "01.1.02");
    // What is said of the cover is said of no item.
    assert!(lines.iter().any(|line| line[2] == "填报说明" && line[4].is_empty()));
    // The sheet is called as it is called, and what is wrong has to be changed.
    assert_eq!(guidance.len(), 2);
    assert!(guidance[1].starts_with("2. 改好后把“填报说明”页的“第几次报送”加 1，"), "{}", guidance[1]);

    // A survey with nothing but a thing to check: what to do where it is right as it is.
    let (tree, given, limits) = (tree(), Given::default(), Limits::default());
    let name = "临江区_2026_自评表.xlsx";
    let mut book = open(&PathBuf::from(sample("linjiang")).join(name));
    put(&mut book, "填报说明", "B7", "2026");
    sheet(&mut book, "填报说明").name = "首页".to_string();
    let source = Source { book: &book, file: name, tree: &tree, given: &given, marks: &[] };
    let input = folder.path().join("收回");
    fs::create_dir(&input).unwrap();
    fs::write(input.join(name), mend::copy(&source, &limits, Lang::Zh, (2026, 11, 22)).unwrap()).unwrap();
    for (lang, raised, nothing) in [
        ("zh", "2. 改好后把“首页”页的“第几次报送”加 1，", "核对后什么也没有改的，不用交回这个文件，“第几次报送”也不用动："),
        ("en", "raise Submission on the sheet 首页 by 1,", "do not send this file back and leave Submission alone:"),
    ] {
        let out = folder.path().join(lang);
        ecap(&["check", &input.display().to_string(), "--fix-copy", &out.display().to_string(), "--lang", lang]);
        let (guidance, lines) = listed(&only_file(&out));
        assert!(lines[1..].iter().all(|line| ["提醒", "warning", "说明", "note"].contains(&line[1].as_str())), "{lines:?}");
        assert!(guidance[1].contains(raised) && guidance[2].contains(nothing), "{guidance:?}");
    }
}

/// A survey came under a name that is no department's: whoever is told that nothing came is asked whether it is his.
#[test]
fn a_reminder_names_what_came_under_another_name() {
    let (tree, given, limits) = (tree(), Given::default(), Limits::default());
    let folder = tempfile::tempdir().unwrap();
    let (qiyun, input) = (PathBuf::from(sample("qiyun")), folder.path().join("收回"));
    fs::create_dir(&input).unwrap();
    fs::copy(qiyun.join("评估设置.xlsx"), input.join("评估设置.xlsx")).unwrap();
    let name = "11_区财政局_2026_自评表.xlsx";
    let mut book = open(&qiyun.join("收回").join(name));
    let cover = sheet(&mut book, "填报说明");
    let row = *cover.rows.keys().find(|row| cover.text(**row, 0) == "填报单位").unwrap();
    put(&mut book, "填报说明", &format!("B{}", row + 1), "财政局行政政法科");
    let source = Source { book: &book, file: name, tree: &tree, given: &given, marks: &[] };
    fs::write(input.join(name), mend::copy(&source, &limits, Lang::Zh, (2026, 11, 22)).unwrap()).unwrap();
    let reminded = |lang: &str, file: &str| {
        let out = folder.path().join(lang);
        ecap(&["check", &input.display().to_string(), "-o", &out.display().to_string(), "--lang", lang]);
        fs::read_to_string(out.join(file)).unwrap()
    };
    let said = reminded("zh", "催办.txt");
    let wanted = "还没有收到。如已报送，请核对“填报说明”页的“填报单位”写的是不是“区财政局”：收到的表里有填报单位对不上部门的，写的是“财政局行政政法科”（11_区财政局_2026_自评表.xlsx）；其中如有贵单位的，请改正后再发回。";
    assert!(said.split("\n\n").any(|text| text.contains("区财政局（") && text.contains(wanted)), "{said}");
    let said = reminded("en", "reminders.txt");
    let wanted = "none of the departments asked: \"财政局行政政法科\" (11_区财政局_2026_自评表.xlsx). If one of them is yours, correct the name and send it again.";
    assert!(said.contains(wanted), "{said}");
}

/// What strangers' workbooks hold: each kind of content, ranges that overlap, texts of any kind, sheets named as ours.
#[test]
fn anything_read_can_be_written() {
    let (tree, given, limits) = (tree(), Given::default(), Limits::default());
    let contents = [
        Content::Text("=1+1".to_string()),
        Content::Text("http://example.invalid".to_string()),
        Content::Number(0.9),
        Content::Number(f64::NAN),
        Content::Truth(true),
        Content::Date("2026-03-05 14:30".to_string()),
        Content::Error("#DIV/0!".to_string()),
        Content::NoValue,
        Content::Text("很".repeat(20_000)),
    ];
    let text = |text: &str| Cell::of(Content::Text(text.to_string()));
    let mut one = Sheet { name: "甲/乙:".repeat(12), ..Sheet::default() };
    one.rows.entry(2).or_default().extend([(0, text("编号")), (1, text("自评"))]);
    for (row, content) in (3..).zip(contents) {
        one.rows.entry(row).or_default().extend([(0, text("01.1.01")), (1, Cell { percent: row == 5, ..Cell::of(content) })]);
    }
    one.rows.entry(19_999).or_default().insert(16_383, text("末"));
    one.merged = vec![((3, 1), (4, 1)), ((4, 1), (5, 1)), ((7, 7), (7, 7)), ((20, 0), (19_999, 16_383))];
    // The second meets the first behind a cell that is free, and the third that cell: the writer's own check panics at it.
    one.merged.extend([((7, 1), (8, 1)), ((6, 1), (7, 1)), ((5, 1), (6, 1))]);
    one.hidden_columns = vec![(4, 16_383)];
    one.hidden_rows = BTreeSet::from([4]);
    one.notes.insert((5, 1), String::new());
    one.hidden = true;
    let two = Sheet { name: "_lists".to_string(), ..Sheet::default() };
    let book = Book { sheets: vec![one, two.clone(), Sheet { name: "_LISTS".to_string(), ..two }], csv: false };
    let place = |cell: &str| (Some(book.sheets[0].name.clone()), place_of(cell));
    let marks: Vec<Mark> = [place("B6"), place("XFD20000"), (Some("无此表".to_string()), place_of("A1")), (None, None)]
        .into_iter()
        .map(|(sheet, at)| Mark {
            severity: Severity::Error,
            sheet,
            at,
            of_answer: true,
            settled: false,
            what: "=错".into(),
            advice: Text::default(),
        })
        .collect();
    let source = Source { book: &book, file: "子/甲.xlsx", tree: &tree, given: &given, marks: &marks };
    let bytes = mend::copy(&source, &limits, Lang::Zh, (2026, 11, 22)).unwrap();
    assert!(bytes == mend::copy(&source, &limits, Lang::Zh, (2026, 11, 22)).unwrap());
    assert!(mend::is_untouched(&bytes, &limits));
    let back = Book::open(bytes, "file", &mut Vec::new()).unwrap();
    let names: Vec<&str> = back.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!((names[0], &names[2..]), ("要改的地方", &["_lists~2", "_LISTS~3", "_ecap"][..]));
    assert_eq!(back.sheets[0].text(0, 0), "甲.xlsx：要改的地方");
    let sheet = &back.sheets[1];
    let texts: Vec<String> = (3..11).map(|row| sheet.text(row, 1)).collect();
    assert_eq!(texts, ["=1+1", "http://example.invalid", "90%", "NaN", "TRUE", "2026-03-05 14:30", "#DIV/0!", "公式没有结果"]);
    assert!(matches!(sheet.cell(7, 1).unwrap().content, Content::Truth(true)) && sheet.hidden && sheet.hides(4, 1));
    assert_eq!(sheet.text(19_999, 16_383), "末");
    assert!(sheet.notes[&(5, 1)].starts_with("（原有批注，内容请看原件）"), "{:?}", sheet.notes);
    let mut merged = sheet.merged.clone();
    merged.sort_unstable();
    assert_eq!(merged, [((3, 1), (4, 1)), ((5, 1), (6, 1)), ((7, 1), (8, 1))]);
}
