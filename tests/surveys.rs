//! What an office did to its survey, and what `ecap check` answers: each file in `tests/cases/surveys/` is a workbook as tables,
//! and all that the screen says of it.
//!
//! `ECAP_ACCEPT=1 cargo test --test surveys` writes the answers anew.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::ecap;
use rust_xlsxwriter::{Format, FormatScript, Formula, Image, Shape, Workbook, Worksheet};

const FOLDER: &str = "tests/cases/surveys";
/// Before what the screen says.
const ANSWER: &str = "\n## ecap check\n";
/// Said in a case of a workbook without a cover.
const NO_COVER: &str = "（没有封面）";
/// Before the name of the file, where a case says one.
const FILE: &str = "文件名：";
/// The cover of a case that shows none.
const COVER: [(&str, &str); 5] =
    [("被评估单位", "试县"), ("评估期", "2026"), ("填报单位", "甲局"), ("第几次报送", "1"), ("指标体系", "try")];

/// In place of a number format: the sheet shows nothing where a 0 stands.
const NO_ZEROS: &str = "不显示零";
/// In a cell of a row that is nearly too low to be seen.
const FLAT: &str = "[矮行]";
/// Stand in cells that are merged with the one to their left, or above; what follows the latter is kept in the cell, under the merged one.
const LEFT: &str = "←";
const UP: &str = "↑";
/// One black point, as a PNG.
const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82";

fn cases() -> Vec<PathBuf> {
    let all = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    cases.sort();
    cases
}

/// The tables of a case: the heading above each, and its rows.
fn tables(case: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut tables: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for line in case.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            tables.push((name.to_string(), Vec::new()));
        } else if let Some(row) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            let row: Vec<String> = row.split('|').map(|cell| cell.trim().to_string()).collect();
            if !row.iter().all(|cell| cell.chars().all(|letter| letter == '-') && !cell.is_empty()) {
                tables.last_mut().expect("a heading").1.push(row);
            }
        }
    }
    tables
}

/// Writes what a case shows of a cell: `=1.5` a number, `=1.5 {0.0"小时"}` one with its number format, `=fx [1]a!A1 → 3` a formula and its
/// stored value, `=0 {不显示零}` a 0 on a sheet that shows none, `~~3~~76` a text of which the 3 is struck through, `1^^2^^` one of which the 2 is raised, `[框 附件]` a text box over the cell, `2 [框 3]` one over a text, `[图]` a picture, `2 [矮行]` a text in a row that is nearly too low to be seen, all else as text, `⏎` a line break in it.
fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    if let Some((under, text)) = cell.split_once(" [框 ") {
        put(sheet, row, column, under);
        put(sheet, row, column, &format!("[框 {text}"));
    } else if let Some((formula, stored)) = cell.strip_prefix("=fx ").and_then(|cell| cell.split_once(" → ")) {
        sheet.write_formula(row, column, Formula::new(formula).set_result(stored)).unwrap();
    } else if let Some(number) = cell.strip_prefix('=').filter(|rest| !rest.starts_with("DISPIMG")) {
        let (number, format) = number.split_once(" {").unwrap_or((number, ""));
        let format = format.strip_suffix('}').unwrap_or("General");
        if format == NO_ZEROS {
            sheet.set_hidden_zeroes(true);
        }
        let format = Format::new().set_num_format(if format == NO_ZEROS { "General" } else { format });
        sheet.write_number_with_format(row, column, number.parse::<f64>().unwrap(), &format).unwrap();
    } else if let Some((struck, rest)) = cell.strip_prefix("~~").and_then(|cell| cell.split_once("~~")) {
        let (line, plain) = (Format::new().set_font_strikethrough(), Format::new());
        if rest.is_empty() {
            sheet.write_string_with_format(row, column, struck, &line).unwrap();
        } else {
            sheet.write_rich_string(row, column, &[(&line, struck), (&plain, rest)]).unwrap();
        }
    } else if let [before, raised, behind] = cell.split("^^").collect::<Vec<_>>()[..] {
        let (up, plain) = (Format::new().set_font_script(FormatScript::Superscript), Format::new());
        let runs = [(&plain, before), (&up, raised), (&plain, behind)];
        sheet.write_rich_string(row, column, &runs[..2 + usize::from(!behind.is_empty())]).unwrap();
    } else if let Some(text) = cell.strip_prefix("[框 ").and_then(|cell| cell.strip_suffix(']')) {
        sheet.insert_shape(row, column, &Shape::textbox().set_text(text).set_width(50).set_height(18)).unwrap();
    } else if cell == "[图]" {
        sheet.insert_image(row, column, &Image::new_from_buffer(PICTURE).unwrap()).unwrap();
    } else {
        sheet.write_string(row, column, cell.replace('⏎', "\n")).unwrap();
    }
}

/// The workbook that a case shows.
fn workbook(case: &str, digest: &str) -> Vec<u8> {
    let mut tables = tables(case);
    if !case.contains(NO_COVER) && tables.iter().all(|(name, _)| !name.starts_with("填报说明")) {
        let cover = COVER.iter().map(|(label, value)| vec![label.to_string(), value.to_string()]);
        tables.insert(0, ("填报说明".to_string(), cover.collect()));
    }
    for (name, rows) in &mut tables {
        if name.starts_with("填报说明") {
            rows.push(vec!["摘要".to_string(), digest.to_string()]);
        }
    }
    let mut workbook = Workbook::new();
    for (name, rows) in tables {
        let sheet = workbook.add_worksheet().set_name(&name).unwrap();
        for (row, cells) in (0u32..).zip(&rows) {
            for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty() && ![LEFT, UP].contains(&cell.as_str())) {
                if let Some(under) = cell.strip_prefix(UP) {
                    put(sheet, row, column, under);
                    continue;
                }
                let (below, beside) = (&rows[row as usize + 1..], &cells[usize::from(column) + 1..]);
                let down = below.iter().take_while(|cells| cells.get(usize::from(column)).is_some_and(|cell| cell.starts_with(UP))).count();
                let across = beside.iter().take_while(|cell| *cell == LEFT).count();
                if down + across > 0 {
                    let (last_row, last_column) = (row + u32::try_from(down).unwrap(), column + u16::try_from(across).unwrap());
                    sheet.merge_range(row, column, last_row, last_column, "", &Format::new()).unwrap();
                }
                if let Some(text) = cell.strip_suffix(FLAT) {
                    sheet.set_row_height(row, 0.75).unwrap();
                    put(sheet, row, column, text.trim());
                    continue;
                }
                put(sheet, row, column, cell);
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The tree of the cases, and its digest.
fn tree() -> (String, String) {
    let tree = format!("{FOLDER}/tree.yaml");
    let digest = ecap::tree::load(&tree, &mut Vec::new()).unwrap().tree.unwrap().sha256;
    (tree, digest)
}

/// What the screen says of the case, in both languages.
fn answer(case: &str) -> String {
    let (tree, digest) = tree();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(case.lines().find_map(|line| line.strip_prefix(FILE)).unwrap_or("甲局.xlsx"));
    fs::write(&file, workbook(case, &digest)).unwrap();
    let check = |lang| {
        let (code, out, err) = ecap(&["check", &file.display().to_string(), "--tree", &tree, "--lang", lang]);
        let said = (out + &err).replace(&format!("{}/", folder.path().display()), "");
        format!("\n```text\n{said}exit {code}\n```\n")
    };
    format!("{}{}", check("zh"), check("en"))
}

#[test]
fn every_case_is_answered_as_it_says() {
    let cases = cases();
    assert!(cases.len() >= 8, "{cases:?}");
    let mut wrong = Vec::new();
    for path in cases {
        let text = fs::read_to_string(&path).unwrap();
        let (case, said) = text.split_once(ANSWER).unwrap_or((text.trim_end(), ""));
        let found = answer(case);
        if std::env::var_os("ECAP_ACCEPT").is_some() {
            fs::write(&path, format!("{}\n{ANSWER}{found}", case.trim_end())).unwrap();
        } else if said != found {
            wrong.push(format!("{}:{found}", Path::new(&path).display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A case without a fault, the tree it was issued from, and its digest.
fn untouched() -> (String, String, String) {
    let case = fs::read_to_string(format!("{FOLDER}/untouched.md")).unwrap();
    let (tree, digest) = tree();
    (case, tree, digest)
}

/// The lines of a cover.
fn cover(period: &str, who: &str) -> String {
    format!("## 填报说明\n| 被评估单位 | 试县 |\n| 评估期 | {period} |\n| 填报单位 | {who} |\n| 第几次报送 | 1 |\n| 指标体系 | try |\n")
}

/// A sheet of nothing but refs beside a long text is looked through once, not once a ref.
#[test]
fn a_sheet_full_of_refs_takes_no_longer_than_another() {
    let (tree, digest) = tree();
    let row = format!("|{} {} |\n", " 01.1.01 |".repeat(4_000), "改".repeat(30_000));
    let case = fs::read_to_string(format!("{FOLDER}/untouched.md")).unwrap();
    let case = format!("{}\n## 别的\n{}| 01.1.01 | 3 |\n", case.split(ANSWER).next().unwrap(), row.repeat(20));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("甲局.xlsx");
    fs::write(&file, workbook(&case, &digest)).unwrap();
    let (_, out, err) = ecap(&["check", &file.display().to_string(), "--tree", &tree]);
    let said = out + &err;
    let wanted = "别的，A21：这张表没有“编号”和“自评”的表头，没有读；从这一格起提到了 1 题：01.1.01（这里写着“3”，自评“2”）。";
    assert!(said.contains(wanted) && said.contains("查了 1 个文件：0 处错误、1 处提醒、0 处说明。"), "{said}");
}

/// Last year's survey among this year's: said of its file, and silent where years are compared.
#[test]
fn a_survey_of_another_period_is_named() {
    let (case, tree, digest) = untouched();
    let folder = tempfile::tempdir().unwrap();
    for (who, period) in [("甲局", "2026"), ("乙局", "2026"), ("丙局", "2025")] {
        let cover = cover(period, who);
        fs::write(folder.path().join(format!("{who}.xlsx")), workbook(&format!("{cover}{case}"), &digest)).unwrap();
    }
    let place = folder.path().display().to_string();
    let (_, said, _) = ecap(&["check", &place, "--tree", &tree]);
    let wanted = "提醒：丙局.xlsx：试县的表写的评估期不一样：这一份是“2025”，另有 2 份是“2026”；各期分开计分。如是放错了上年的表，请把它移走；如是本期的，请改“填报说明”页的“评估期”；本来就要分期的，不必处理。\n";
    assert!(said.contains(wanted), "{said}");
    let out = folder.path().join("对比").display().to_string();
    let (code, said, err) = ecap(&["compare", &place, "--tree", &tree, "-o", &out]);
    assert!(code == 0 && !(said.clone() + &err).contains("评估期不一样"), "{said}{err}");
}

/// What was not read is named once a folder, a workbook is known by its bytes, and nobody is told that nothing came who sent a scan.
#[test]
fn files_that_are_no_workbooks_are_named() {
    let (case, tree, digest) = untouched();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("甲局.xlsx(1)"), workbook(&case, &digest)).unwrap();
    let others = [
        "02_乙局_盖章.pdf",
        "微信图片.jpg",
        "自评表.wps",
        "甲局.xlsx.bak",
        "._甲局.xlsx",
        "report.md",
        "results.json",
        "催办.txt",
        ".DS_Store",
    ];
    for other in others {
        fs::write(folder.path().join(other), "%PDF-1.7").unwrap();
    }
    let place = folder.path().display().to_string();
    let (_, out, err) = ecap(&["check", &place, "--tree", &tree]);
    let said = out + &err;
    let wanted = "提醒：有 4 个文件不是工作簿（02_乙局_盖章.pdf、微信图片.jpg、甲局.xlsx.bak、自评表.wps），没有读。";
    assert!(said.contains(wanted) && said.contains("查了 1 个文件"), "{said}");
    assert!(!said.contains("._") && !said.contains("DS_Store"), "{said}");
}

/// A file that its respondent sent again is wrong no more; one with rows that were not sent again still is.
#[test]
fn what_was_wrong_in_a_file_sent_again_is_a_note() {
    let case = |name: &str| fs::read_to_string(format!("{FOLDER}/{name}.md")).unwrap();
    let (tree, digest) = tree();
    let cover = |number: u8| {
        format!(
            "## 填报说明\n| 被评估单位 | 试县 |\n| 评估期 | 2026 |\n| 填报单位 | 甲局 |\n| 第几次报送 | {number} |\n| 指标体系 | try |\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let check = |second: &str| {
        let bad = case("one-item-many-rows");
        fs::write(folder.path().join("甲局.xlsx"), workbook(&format!("{}{bad}", cover(1)), &digest)).unwrap();
        fs::write(folder.path().join("甲局（补正）.xlsx"), workbook(&format!("{}{second}", cover(2)), &digest)).unwrap();
        let (code, out, err) = ecap(&["check", &folder.path().display().to_string(), "--tree", &tree]);
        (code, out + &err)
    };
    let whole = case("untouched");
    let (code, said) = check(&whole);
    assert!(code == 0 && said.contains("说明：甲局.xlsx，01 预案，C5：01.1.02 在本工作簿中有 3 行"), "{said}");
    let part = whole.split("\n## 02 队伍").next().unwrap();
    let (code, said) = check(part);
    assert!(code == 1 && said.contains("错误：甲局.xlsx，01 预案，C5：01.1.02 在本工作簿中有 3 行"), "{said}");
}

/// The copy that goes back is made of the last submission, whichever file an answer was unreadable in first.
#[test]
fn what_goes_back_to_be_mended_is_the_last_submission() {
    let (tree, digest) = tree();
    let whole = fs::read_to_string(format!("{FOLDER}/untouched.md")).unwrap();
    let with = |changes: &[(&str, &str)], number: &str| {
        let cover = format!(
            "## 填报说明\n| 被评估单位 | 试县 |\n| 评估期 | 2026 |\n| 填报单位 | 甲局 |\n| 第几次报送 | {number} |\n| 指标体系 | try |\n"
        );
        let case = changes.iter().fold(whole.clone(), |case, (old, new)| {
            assert!(case.contains(old), "{old}");
            case.replace(old, new)
        });
        workbook(&format!("{cover}{case}"), &digest)
    };
    let folder = tempfile::tempdir().unwrap();
    let (place, out) = (folder.path().join("收回"), folder.path().join("退改"));
    fs::create_dir(&place).unwrap();
    let first = [("了几次？ | 2 |", "了几次？ | 约10 |"), ("多少？ | 80% |", "多少？ | 八成 |")];
    fs::write(place.join("甲局.xlsx"), with(&first, "1")).unwrap();
    fs::write(place.join("甲局（补正）.xlsx"), with(&first[..1], "2")).unwrap();
    let (_, said, err) = ecap(&["check", &place.display().to_string(), "--tree", &tree, "--fix-copy", &out.display().to_string()]);
    let copies: Vec<String> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(copies, ["甲局（补正）（待改）.xlsx"], "{said}{err}");
    assert!((said.clone() + &err).contains("甲局.xlsx 没有做待改副本：后来又报送了甲局（补正）.xlsx。"), "{said}{err}");
    let (code, said, err) = ecap(&["check", &out.display().to_string(), "--tree", &tree]);
    let said = said + &err;
    assert!(code == 1 && said.contains("填的是“约10”") && said.contains("1 处错误"), "{said}");
    // A date in the place of the number is asked about, and so is one in words.
    for (number, wanted) in [("20261118", "“第几次报送”是 20261118，像是日期或年份"), ("第三次", "“第几次报送”是“第三次”，按第 1 次计")]
    {
        fs::write(place.join("甲局（再）.xlsx"), with(&[], number)).unwrap();
        let (_, said, err) = ecap(&["check", &place.display().to_string(), "--tree", &tree]);
        assert!((said.clone() + &err).contains(&format!("提醒：甲局（再）.xlsx，填报说明，B4：{wanted}")), "{said}{err}");
    }
}

/// Checks a folder of `untouched`, each file with its unit and respondent.
fn folder_of(files: &[(&str, &str, &str)]) -> (tempfile::TempDir, String) {
    let (case, tree, digest) = untouched();
    let folder = tempfile::tempdir().unwrap();
    for (name, unit, who) in files {
        let cover = format!(
            "## 填报说明\n| 被评估单位 | {unit} |\n| 上级单位 | 云州市 |\n| 评估期 | 2026 |\n| 填报单位 | {who} |\n| 第几次报送 | 1 |\n| 指标体系 | try |\n"
        );
        fs::write(folder.path().join(name), workbook(&format!("{cover}{case}"), &digest)).unwrap();
    }
    let (_, out, err) = ecap(&["check", &folder.path().display().to_string(), "--tree", &tree]);
    (folder, out + &err)
}

/// A unit that one file of its surveys names a little otherwise would be scored by itself in silence.
#[test]
fn a_unit_named_almost_alike_is_told() {
    let told = |odd: &str, usual: &str| folder_of(&[("1.xlsx", odd, "甲局"), ("2.xlsx", usual, "乙局"), ("3.xlsx", usual, "丙局")]).1;
    let said = told("栖云 区", "栖云区");
    let wanted = "提醒：1.xlsx：这一份写的被评估单位是“栖云 区”，另有 2 份是“栖云区”，去掉空格是一样的；当作两个单位，各自计分。如是同一个地方，请把“填报说明”页的“被评估单位”改成一样；确是两个地方的，不必处理。\n";
    assert!(said.contains(wanted), "{said}");
    for (odd, how) in [("栖云县", "只差一个字"), ("云州市栖云区", "一个名称含着另一个"), ("栖云", "一个名称含着另一个")]
    {
        let said = told(odd, "栖云区");
        assert!(said.contains(&format!("提醒：1.xlsx：这一份写的被评估单位是“{odd}”，另有 2 份是“栖云区”，{how}；")), "{said}");
    }
    // What it is part of, and places of their own.
    for (other, usual) in [("云州市", "云州市栖云区"), ("临江区", "栖云区"), ("城区", "东城区")] {
        let said = told(other, usual);
        assert!(!said.contains("当作两个单位"), "{other} {usual}: {said}");
    }
    // Neighbours, a file each, or several of the same hand.
    let neighbours = [("1.xlsx", "东城区", "评估组"), ("2.xlsx", "西城区", "评估组"), ("3.xlsx", "西城区", "评估组")];
    for count in [2, 3] {
        let said = folder_of(&neighbours[..count]).1;
        assert!(!said.contains("当作两个单位"), "{said}");
    }
}

/// The same bytes under two names count once where they name nobody; those of a department are versions.
#[test]
fn a_file_that_lies_there_twice_counts_once() {
    for (who, once) in [("", true), ("甲局", false)] {
        let (_, said) = folder_of(&[("甲 副本.xlsx", "试县", who), ("甲.xlsx", "试县", who)]);
        let wanted =
            "说明：甲.xlsx：与 甲 副本.xlsx 是同一个文件，只计一次，这一份没有读。不必处理；本来该是另一个部门的表的，请换成那一份。\n";
        assert_eq!(said.contains(wanted), once, "{said}");
        assert!(!said.contains("封面没有“填报单位”"), "{said}");
        assert_eq!(said.contains("9 题相同，只计一次"), !once, "{said}");
    }
}

/// Last year's review workbook among this year's surveys: said once, not for every item it copies.
#[test]
fn a_review_workbook_without_its_surveys_is_told_once() {
    let (case, tree, digest) = untouched();
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("去年"), folder.path().join("今年"));
    for (place, period) in [(&old, "2025"), (&new, "2026")] {
        fs::create_dir(place).unwrap();
        let cover = cover(period, "甲局");
        fs::write(place.join("甲局.xlsx"), workbook(&format!("{cover}{case}"), &digest)).unwrap();
    }
    let review = new.join("去年的复核表.xlsx");
    let args = ["survey", "--review", &old.display().to_string(), "--tree", &tree, "-o", &review.display().to_string()];
    assert_eq!(ecap(&args).0, 0);
    let (_, out, err) = ecap(&["check", &new.display().to_string(), "--tree", &tree]);
    let said = out + &err;
    let once =
        "提醒：去年的复核表.xlsx：这份现场复核表抄录了 9 题的自评，可是没有一份同一单位、同一评估期（试县 2025）的自评表，抄录的无从核对。";
    assert_eq!(said.matches(once).count(), 1, "{said}");
    assert!(!said.contains("收到的自评是"), "{said}");
}

/// Where a rule has settled what stands, the line is still a warning and stands behind all that has to be looked at.
#[test]
fn what_is_settled_stands_last_and_everybody_is_named() {
    let (case, tree, digest) = untouched();
    let folder = tempfile::tempdir().unwrap();
    let other = case.replacen("| 2 |", "| 很好 |", 1).replace("| 30 |", "| 50 |").replace("| 3 |", "| ３ |");
    for (who, case) in [("评估组", &case), ("乙局", &other)] {
        let cover = cover("2026", who);
        fs::write(folder.path().join(format!("{who}.xlsx")), workbook(&format!("{cover}{case}"), &digest)).unwrap();
    }
    let out = tempfile::tempdir().unwrap();
    let place = out.path().display().to_string();
    ecap(&["check", &folder.path().display().to_string(), "--tree", &tree, "-o", &place]);
    let book = ecap::sheet::Book::open(fs::read(out.path().join("数据问题.xlsx")).unwrap(), "file", &mut Vec::new()).unwrap();
    let sheet = &book.sheets[0];
    let rows: Vec<Vec<String>> = sheet.rows.keys().map(|row| (0..6).map(|column| sheet.text(*row, column)).collect()).collect();
    let head = rows.iter().position(|row| row[0] == "轻重").unwrap();
    assert_eq!(rows[head], ["轻重", "找谁", "文件", "工作表", "单元格", "问题与办法"]);
    let lines: Vec<&Vec<String>> = rows[head + 1..].iter().filter(|row| !row[5].is_empty()).collect();
    assert_eq!((lines[0][0].as_str(), lines[0][1].as_str()), ("错误", "乙局"), "{lines:?}");
    let last = lines.last().unwrap();
    assert!(last[0] == "提醒" && last[1] == "评估组" && last[5].contains("各方答案不一"), "{lines:?}");
    assert!(lines.iter().any(|line| line[0] == "说明"), "{lines:?}");
}
