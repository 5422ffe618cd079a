//! `ecap verify` on the sample of 临江区: untouched reports pass, one figure or one byte changed is named.

#![allow(clippy::unwrap_used)]

mod common;

use std::ffi::OsString;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use ecap::commands::Session;
use ecap::text::Lang;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The exit code, and all that is said.
fn ecap(arguments: &[&str]) -> (i32, String) {
    let (code, out, err) = common::ecap(arguments);
    (code, out + &err)
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/linjiang")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The sample's reports, and a copy of its inputs.
fn made(folder: &Path, more: &[&str]) -> (PathBuf, PathBuf) {
    let inputs = folder.join("inputs");
    fs::create_dir_all(&inputs).unwrap();
    for entry in fs::read_dir(sample()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, inputs.join(path.file_name().unwrap())).unwrap();
    }
    let (from, out) = (shown(&inputs), shown(&folder.join("out")));
    let words = [["score", from.as_str(), "-o", out.as_str()].as_slice(), more].concat();
    assert_eq!(ecap(&words).0, 0);
    let name = if more.contains(&"--redact") { "临江区-2026-脱敏" } else { "临江区-2026" };
    (folder.join("out").join(name), inputs)
}

fn verified(report: &Path, inputs: &Path) -> (i32, Vec<String>) {
    let (code, said) = ecap(&["verify", &shown(report), &shown(inputs)]);
    (code, said.lines().map(str::to_string).collect())
}

/// A package with one text of one part replaced once.
fn retyped(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == part {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(from), "{from} in {part}");
            content = text.replacen(from, to, 1).into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn untouched_reports_belong_to_their_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    for name in ["report.xlsx", "report.md", "report.docx", "results.json"] {
        let (code, said) = verified(&reports.join(name), &inputs);
        assert_eq!((code, said.len()), (0, 1), "{said:?}");
        assert!(said[0].starts_with("一致：") && said[0].contains("处内容与由这些表重算的完全相同。"), "{said:?}");
    }
    let english = folder.path().join("english");
    assert_eq!(ecap(&["score", &shown(&inputs), "-o", &shown(&english), "--lang", "en", "--merge", "min", "--target", "85"]).0, 0);
    for name in ["report.xlsx", "report.md", "report.docx", "results.json"] {
        let report = shown(&english.join("临江区-2026").join(name));
        let (code, said) = ecap(&["verify", &report, &shown(&inputs), "--lang", "en"]);
        assert_eq!(code, 0, "{said}");
        let found = said.contains("Nothing filled in by hand was found; ");
        assert_eq!(found, matches!(name, "report.md" | "report.docx"), "{said}");
        assert!(!said.contains(" \n"), "{said}");
    }
}

#[test]
fn one_figure_typed_over_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let cases = [
        ("report.md", "", "总分 64.9", "总分 74.9", "第 5 行：报告是“**总分 74.9，等级：合格**”，重算是“**总分 64.9，等级：合格**”"),
        (
            "report.md",
            "",
            "| 02 | 管理机构 | 86.7 | 良好 |",
            "| 02 | 管理机构 | 96.7 | 优秀 |",
            "第 224 行（“六、分项得分”中的表“一级指标得分”，“02 管理机构”行），“得分”列、“等级”列：报告是“96.7，优秀”，重算是“86.7，良好”",
        ),
        (
            "report.xlsx",
            "xl/worksheets/sheet5.xml",
            "<v>66.7</v>",
            "<v>96.7</v>",
            "评分明细 G5（“01.1.02 01.1 截至评估基准日，《突发…”行，“得分”列）：报告是“96.7”，重算是“66.7”",
        ),
        (
            "report.docx",
            "word/document.xml",
            ">66.7<",
            ">96.7<",
            "“六、分项得分”中的表“一级指标得分”，“04 专业队伍”行，“得分”列：报告是“96.7”，重算是“66.7”",
        ),
        (
            "report.docx",
            "word/document.xml",
            ">权重占比<",
            ">占比<",
            "“六、分项得分”中的表“一级指标得分”，表头，第 5 列：报告是“占比”，重算是“权重占比”",
        ),
        (
            "report.docx",
            "word/document.xml",
            "按分数为合格。",
            "按分数为优秀。",
            "“摘要”中的第 2 段：报告是“· 总分 64.9，按分数为优秀。”，重算是“· 总分 64.9，按分数为合格。”",
        ),
        (
            "results.json",
            "",
            "\"score\": 66.66666666666666",
            "\"score\": 96.66666666666666",
            "groups[12].score：报告是“96.66666666666666”，重算是“66.66666666666666”",
        ),
    ];
    for (name, part, from, to, said) in cases {
        let path = reports.join(name);
        let bytes = fs::read(&path).unwrap();
        let sound = bytes.clone();
        let forged = if part.is_empty() {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{from} in {name}");
            text.replacen(from, to, 1).into_bytes()
        } else {
            retyped(&bytes, part, from, to)
        };
        fs::write(&path, forged).unwrap();
        let (code, lines) = verified(&path, &inputs);
        fs::write(&path, sound).unwrap();
        assert_eq!((code, lines.len()), (1, 2), "{lines:?}");
        assert_eq!(lines[0], said);
        assert!(lines[1].contains("有 1 处与重算的不同，0 个文件或设定与写报告时不同。"), "{lines:?}");
    }
}

#[test]
fn a_living_workbook_says_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &["--formulas"]);
    for name in ["report.xlsx", "report.md", "report.docx", "results.json"] {
        let (code, said) = verified(&reports.join(name), &inputs);
        assert_eq!((code, said.len()), (0, 1), "{name}: {said:?}");
    }
    let line = "复算选项：--merge mean --missing zero --lang zh --formulas（ecap verify 用这一行核对本报告）。";
    let path = reports.join("report.xlsx");
    let strings = |bytes: &[u8]| unpacked(bytes).contains(line);
    let living = fs::read(&path).unwrap();
    assert!(strings(&living) && !fs::read_to_string(reports.join("report.md")).unwrap().contains("--formulas"));
    // Without the flag in its line it is held to a plain one.
    fs::write(&path, retyped(&living, "xl/sharedStrings.xml", " --formulas（", "（")).unwrap();
    let (code, said) = verified(&path, &inputs);
    assert_eq!(code, 1);
    assert!(said[0].starts_with("总览 A3：报告有“总分（随“答案”页变动；") && said[0].ends_with("，重算没有"), "{said:?}");
    let (plain, _) = made(&folder.path().join("plain"), &[]);
    assert!(!unpacked(&fs::read(plain.join("report.xlsx")).unwrap()).contains("--formulas"));
}

#[test]
fn what_is_written_by_hand_is_told_from_what_was_put_in() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let path = reports.join("report.docx");
    let sound = fs::read(&path).unwrap();
    for (from, to, code, said) in [
        (
            "</w:body>",
            "<w:p><w:r><w:t>经复核，总分更正为 91.0。</w:t></w:r></w:p></w:body>",
            1,
            "报告有“经复核，总分更正为 91.0。”，重算没有",
        ),
        (
            "<w:t xml:space=\"preserve\"> </w:t>",
            "<w:t>张三</w:t>",
            0,
            "手工填写的不核对：“评估组签字页”中的表“评估组签字”，“评估组长”行，“姓名”列“张三”；页眉页脚、图片和字体也没有核对。",
        ),
    ] {
        fs::write(&path, retyped(&sound, "word/document.xml", from, to)).unwrap();
        let (got, lines) = verified(&path, &inputs);
        assert_eq!(got, code, "{lines:?}");
        assert!(lines.iter().any(|line| line.contains(said)), "{lines:?}");
    }
}

/// The bytes with one text of the text or of a part replaced once.
fn forged(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    if part.is_empty() {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1).into_bytes()
    } else {
        retyped(bytes, part, from, to)
    }
}

/// What `verify` says of a report in which one text was replaced.
fn said_of(reports: &Path, inputs: &Path, name: &str, part: &str, from: &str, to: &str) -> (i32, Vec<String>) {
    let path = reports.join(name);
    let sound = fs::read(&path).unwrap();
    fs::write(&path, forged(&sound, part, from, to)).unwrap();
    let found = verified(&path, inputs);
    fs::write(&path, sound).unwrap();
    found
}

/// The first cell without text that follows a text of a Word report, and the same with a text.
fn filled(document: &str, after: &str, text: &str) -> (String, String) {
    let from = document.find(after).unwrap();
    let empty = "<w:pStyle w:val=\"TableCentre\"/></w:pPr></w:p>";
    let to = from + document[from..].find(empty).unwrap() + empty.len();
    let whole = document[from..to].to_string();
    let typed = format!("{}<w:r><w:t>{text}</w:t></w:r></w:p>", whole.strip_suffix("</w:p>").unwrap());
    (whole, typed)
}

#[test]
fn an_empty_cell_of_a_computed_table_is_no_room_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let mut document = String::new();
    let bytes = fs::read(reports.join("report.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    let (from, to) = filled(&document, ">管理机构<", "58.8～95.0");
    let (code, lines) = said_of(&reports, &inputs, "report.docx", "word/document.xml", &from, &to);
    assert_eq!((code, lines.len()), (1, 2), "{lines:?}");
    assert_eq!(lines[0], "“六、分项得分”中的表“一级指标得分”，“02 管理机构”行，“可能范围”列：报告是“58.8～95.0”，重算是“”");
    assert!(lines[1].ends_with("没有发现手工填写的内容；页眉页脚、图片和字体没有核对。"), "{lines:?}");
    // A line of the cover is filled in only where it was left empty.
    let cover = [("编制日期：________________", "编制日期：2026年7月1日", 0), ("评估期：2026", "评估期：2026（总分 91）", 1)];
    for (from, to, expected) in cover {
        let (code, lines) = said_of(&reports, &inputs, "report.docx", "word/document.xml", from, to);
        assert_eq!(code, expected, "{lines:?}");
    }
}

#[test]
fn forms_may_be_filled_in_markdown_too_and_are_not_counted_as_identical() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let count = |lines: &[String]| -> usize {
        lines.last().unwrap().split("印出的 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap()
    };
    let (_, before) = verified(&reports.join("report.md"), &inputs);
    let (code, lines) = said_of(&reports, &inputs, "report.md", "", "| 人口、面积 |   |", "| 人口、面积 | 31 万人 |");
    assert_eq!((code, lines.len()), (0, 1), "{lines:?}");
    assert!(
        lines[0].ends_with(
            "手工填写的不核对：第 169 行（“四、被评估地区基本情况”中的表“基本情况”，“人口、面积”行），“内容（由评估组填写）”列“31 万人”；图片也没有核对。"
        ),
        "{lines:?}"
    );
    assert_eq!(count(&lines), count(&before));
    let (code, lines) = said_of(&reports, &inputs, "report.md", "", "| 人口、面积 |   |", "| 人口 |   |");
    assert_eq!((code, lines.len()), (1, 2), "{lines:?}");
}

#[test]
fn what_a_workbook_shows_is_what_it_stores() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let sheet = "xl/worksheets/sheet3.xml";
    let cases = [
        (
            "xl/styles.xml",
            "<numFmt numFmtId=\"165\" formatCode=\"0.0\"/>",
            "<numFmt numFmtId=\"165\" formatCode=\"&quot;88.8&quot;\"/>",
            "：数字格式是 \"88.8\"，应为 0.0，显示的不一定是存的数",
        ),
        (
            sheet,
            "<c r=\"C7\" s=\"8\"><v>66.7</v></c>",
            "<c r=\"C7\" s=\"8\"><f>80+8.8</f><v>66.7</v></c>",
            "一级指标 C7（“04 专业队伍”行，“得分”列）：报告里是公式“80+8.8”，重算是“66.7”，不是公式",
        ),
        (
            sheet,
            "<c r=\"C7\" s=\"8\"><v>66.7</v></c>",
            "<c r=\"C7\" s=\"10\"><v>66.7</v></c>",
            "一级指标 C7（“04 专业队伍”行，“得分”列）：数字格式是 0.00，应为 0.0，显示的不一定是存的数",
        ),
    ];
    for (part, from, to, said) in cases {
        let (code, lines) = said_of(&reports, &inputs, "report.xlsx", part, from, to);
        assert_eq!(code, 1, "{lines:?}");
        assert!(lines[0].ends_with(said), "{lines:?}");
    }
    let (code, lines) = said_of(&reports, &inputs, "report.xlsx", sheet, "<row r=\"7\" ", "<row r=\"7\" hidden=\"1\" ");
    assert_eq!((code, lines.len()), (0, 2), "{lines:?}");
    assert_eq!(lines[0], "提醒：隐藏的行：一级指标 第 7 行");
    assert!(lines[1].ends_with("图表、字体颜色、链接和已有公式的写法没有核对。"), "{lines:?}");
}

#[test]
fn a_row_or_line_taken_out_or_put_in_is_one_difference() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let page = fs::read_to_string(reports.join("report.md")).unwrap();
    let row = page.lines().find(|line| line.starts_with("| 01.1.03 |")).unwrap();
    let bullet = page.lines().find(|line| line.starts_with("- ")).unwrap();
    let (code, lines) = said_of(&reports, &inputs, "report.md", "", &format!("{row}\n"), "");
    assert_eq!((code, lines.len()), (1, 2), "{lines:?}");
    let at = page.lines().position(|line| line == row).unwrap() + 1;
    assert!(lines[0].starts_with(&format!("少了一行：第 {at} 行（“九、附件”中的表“评分明细”，“01.1.03 ★")), "{lines:?}");
    let (code, lines) = said_of(&reports, &inputs, "report.md", "", bullet, &format!("- 总分应为 91.0\n{bullet}"));
    assert_eq!((code, lines.len()), (1, 2), "{lines:?}");
    assert_eq!(lines[0], "第 7 行：报告有“- 总分应为 91.0”，重算没有");
    // A sheet that is gone.
    let (code, lines) =
        said_of(&reports, &inputs, "report.xlsx", "xl/workbook.xml", "<sheet name=\"临界项\" sheetId=\"8\" r:id=\"rId8\"/>", "");
    assert_eq!((code, lines.len()), (1, 2), "{lines:?}");
    assert_eq!(lines[0], "少了一页：“临界项”");
}

#[test]
fn an_answer_that_is_another_is_said_first() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let survey = inputs.join("临江区_2026_自评表.xlsx");
    let (from, to) = ("<c r=\"E5\" s=\"15\" t=\"n\"><v>0</v></c>", "<c r=\"E5\" s=\"15\" t=\"n\"><v>1</v></c>");
    let changed = retyped(&fs::read(&survey).unwrap(), "xl/worksheets/sheet2.xml", from, to);
    fs::write(&survey, changed).unwrap();
    for name in ["report.xlsx", "report.md", "report.docx"] {
        let (code, lines) = verified(&reports.join(name), &inputs);
        assert_eq!(code, 1);
        assert_eq!(lines[0], "临江区_2026_自评表.xlsx 与写报告时的不同：有改动。");
        // Only a workbook prints the cell that it used.
        let now = if name == "report.xlsx" {
            "现在 临江区_2026_自评表.xlsx，01 法制基础，E5 填的是“1 起”"
        } else {
            "现在用的是 临江区_2026_自评表.xlsx，01 法制基础，E5 的“1 起”"
        };
        assert_eq!(lines[1], format!("01.1.03：报告所用的是“0 起”，{now}"));
        assert_eq!(lines.len(), 1 + 20 + 2, "{lines:?}");
        let more: usize = lines[21].trim_matches(|character: char| !character.is_ascii_digit()).split(' ').next().unwrap().parse().unwrap();
        assert_eq!(lines[21], format!("……另有 {more} 处不同，用 --all 全部列出。"));
        let (_, all) = ecap(&["verify", &shown(&reports.join(name)), &shown(&inputs), "--all"]);
        assert_eq!(all.lines().count(), 1 + 20 + more + 1);
    }
}

#[test]
fn an_answer_is_looked_for_where_the_report_took_it_from() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("inputs");
    fs::create_dir_all(&inputs).unwrap();
    for name in ["财政部门", "应急管理部门", "住房城乡建设部门"] {
        let name = format!("{name}_2026_自评表.xlsx");
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/wanghai").join(&name), inputs.join(&name)).unwrap();
    }
    assert_eq!(ecap(&["score", &shown(&inputs), "-o", &shown(folder.path())]).0, 0);
    let reports = folder.path().join("望海区-2026");
    let of = |lines: &[String], item: &str| lines.iter().find(|line| line.starts_with(&format!("{item}："))).cloned().unwrap();
    let survey = inputs.join("财政部门_2026_自评表.xlsx");
    let whole = fs::read(&survey).unwrap();
    // An answer of its own is wiped: no other department's empty cell has to do with it.
    let (from, to) = ("<c r=\"E3\" s=\"15\" t=\"inlineStr\"><is><t>&#26159;</t></is></c>", "<c r=\"E3\" s=\"15\" t=\"n\"></c>");
    fs::write(&survey, retyped(&whole, "xl/worksheets/sheet15.xml", from, to)).unwrap();
    let (_, lines) = verified(&reports.join("report.xlsx"), &inputs);
    let used = "14.1.01：报告所用的是“是”（财政部门_2026_自评表.xlsx，14 资金支持，E3：现在是空的），现在没有人作答";
    assert_eq!(of(&lines, "14.1.01"), used);
    // The whole survey is gone: another's answer counts, or nobody's.
    fs::remove_file(&survey).unwrap();
    let (_, lines) = verified(&reports.join("report.xlsx"), &inputs);
    let gone = |item: &str, answer: &str, cell: &str| {
        format!("{item}：报告所用的是“{answer}”（财政部门_2026_自评表.xlsx，14 资金支持，{cell}：这份表现在没有给出），")
    };
    let counts = "现在用的是 应急管理部门_2026_自评表.xlsx，14 资金支持，E5 的“6 天”";
    assert_eq!(of(&lines, "14.1.03"), gone("14.1.03", "9 天", "E5") + counts);
    assert_eq!(of(&lines, "14.1.01"), gone("14.1.01", "是", "E3") + "现在没有人作答");
    let (_, lines) = verified(&reports.join("report.docx"), &inputs);
    assert_eq!(of(&lines, "14.1.03"), format!("14.1.03：报告所用的是“9 天”，{counts}"));
    assert_eq!(of(&lines, "14.1.01"), "14.1.01：报告所用的是“是”，现在没有人作答");
    // What was not answered then is now.
    assert_eq!(ecap(&["score", &shown(&inputs), "-o", &shown(folder.path())]).0, 0);
    fs::write(&survey, &whole).unwrap();
    let (_, lines) = verified(&reports.join("report.xlsx"), &inputs);
    assert_eq!(of(&lines, "14.1.01"), "14.1.01：报告里是空白，现在用的是 财政部门_2026_自评表.xlsx，14 资金支持，E3 的“是”");
}

#[test]
fn surveys_of_another_period_are_named_beside_the_report() {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/zh/临江区-2026");
    let other = shown(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/linjiang-2027"));
    for (name, own) in [
        ("report.xlsx", "临江区应急能力评估（2026）"),
        ("report.md", "临江区应急能力评估报告（2026）"),
        ("report.docx", "临江区应急能力评估报告（2026）"),
        ("results.json", "临江区 2026"),
    ] {
        let report = shown(&reports.join(name));
        let (code, said) = ecap(&["verify", &report, &other]);
        assert_eq!(code, 1);
        assert_eq!(said, format!("{report}：报告是“{own}”，这些表是“临江区 2027”，不是同一个单位和评估期。\n"));
    }
}

#[test]
fn one_byte_of_an_input_or_the_tree_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let survey = inputs.join("临江区_2026_自评表.xlsx");
    let whole = fs::read(&survey).unwrap();
    // A byte that no program shows: the version that made the first entry of the archive's list.
    let mut changed = whole.clone();
    let at = changed.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    changed[at + 4] ^= 1;
    fs::write(&survey, &changed).unwrap();
    for name in ["report.xlsx", "report.md", "report.docx", "results.json"] {
        let (code, said) = verified(&reports.join(name), &inputs);
        assert_eq!(code, 1);
        assert_eq!(said[0], "临江区_2026_自评表.xlsx 与写报告时的不同：有改动。");
    }
    fs::write(&survey, &whole).unwrap();
    fs::copy(&survey, inputs.join("又一份.xlsx")).unwrap();
    let (code, said) = verified(&reports.join("report.md"), &inputs);
    assert_eq!((code, said[0].as_str()), (1, "又一份.xlsx：内容与写报告时读过的一份相同，名字不同，或多了一份。"));
    fs::remove_file(inputs.join("又一份.xlsx")).unwrap();
    fs::rename(&survey, inputs.join("改了名.xlsx")).unwrap();
    let (code, said) = verified(&reports.join("report.docx"), &inputs);
    assert_eq!(code, 1, "{said:?}");
    fs::rename(inputs.join("改了名.xlsx"), &survey).unwrap();
    // A tree of which one cut was changed.
    let (_, tree) = ecap(&["tree", "show", "--json"]);
    assert!(tree.contains("\"cuts\":[60,80,95]"));
    let other = folder.path().join("tree.json");
    fs::write(&other, tree.replacen("\"cuts\":[60,80,95]", "\"cuts\":[60,80,96]", 1)).unwrap();
    let (code, said) = ecap(&["verify", &shown(&reports.join("report.xlsx")), &shown(&inputs), "--tree", &shown(&other)]);
    assert_eq!(code, 1);
    assert!(said.starts_with("指标体系与报告所用的不是同一份（现在是 "), "{said}");
    assert!(said.contains("用的是别的版本，请用 --tree 指明。"), "{said}");
}

#[test]
fn without_inputs_a_change_cannot_be_excluded() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let report = shown(&reports.join("report.xlsx"));
    let (code, said) = ecap(&["verify", &report]);
    assert_eq!(code, 1);
    assert_eq!(said, format!("{report}：没有给出填好的表，不能排除报告或表被改过。请把收回的表所在的文件夹写在后面（或一起拖进来）。\n"));
    let survey = shown(&inputs.join("临江区_2026_自评表.xlsx"));
    let (code, said) = ecap(&["verify", &survey, &report]);
    assert_eq!(code, 2);
    assert!(said.contains("不是 ecap score 写的报告，或“复算选项”一行被删去了"), "{said}");
}

#[test]
fn redacted_results_show_both_digests_and_verify_confirms_them() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, inputs) = made(&folder.path().join("whole"), &[]);
    let (redacted, _) = made(&folder.path().join("redacted"), &["--redact"]);
    let read = |path: &Path| fs::read_to_string(path.join("results.json")).unwrap();
    let digest: String = Sha256::digest(read(&whole).as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let json: Value = serde_json::from_str(&read(&redacted)).unwrap();
    assert_eq!(json["redacted"]["of_sha256"], digest.as_str());
    let page = fs::read_to_string(redacted.join("report.md")).unwrap();
    let own: String = Sha256::digest(read(&redacted).as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(page.contains(&format!("未脱敏结果的摘要：{digest}。")) && page.contains(&format!("结果 {own}；")));
    // The first item's evidence, as the survey has it, and the file's name are nowhere.
    let unredacted: Value = serde_json::from_str(&read(&whole)).unwrap();
    let evidence = unredacted["items"][0]["answers"][0]["evidence"].as_str().unwrap();
    assert!(evidence.len() > 20);
    for name in ["report.xlsx", "report.md", "report.docx", "results.json"] {
        let path = redacted.join(name);
        let bytes = fs::read(&path).unwrap();
        let text = if bytes.starts_with(b"PK") { unpacked(&bytes) } else { String::from_utf8(bytes).unwrap() };
        assert!(!text.contains(evidence) && !text.contains("临江区_2026_自评表"), "{name}");
        let (code, said) = verified(&path, &inputs);
        assert_eq!(code, 0, "{said:?}");
    }
    // Totals are as they were.
    assert_eq!(json["total"]["score"], unredacted["total"]["score"]);
    // It says what it is before anything else, and whose answers are is withheld, not unwritten.
    let total = unredacted["total"]["rounded"].as_f64().unwrap();
    assert!(page.starts_with("# 临江区应急能力评估报告（2026）\n\n**【脱敏版】**\n"), "{page}");
    assert!(page.contains(&format!("【脱敏版】总分 {total:.1}，等级：")) && page.contains("（填报单位不公开）"), "{page}");
    assert!(!page.contains("未署名"));
}

#[test]
fn a_redacted_report_overwrites_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (from, out) = (shown(&sample()), shown(folder.path()));
    for more in [&[][..], &["--redact"], &["--redact", "--lang", "en"]] {
        assert_eq!(ecap(&[&["score", from.as_str(), "-o", out.as_str(), "--format", "md"], more].concat()).0, 0);
    }
    let mut names: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["临江区-2026", "临江区-2026-redacted", "临江区-2026-脱敏"]);
    assert!(!fs::read_to_string(folder.path().join("临江区-2026/report.md")).unwrap().contains("【脱敏版】"));
}

#[test]
fn numbers_of_redacted_files_say_nothing_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let wanghai = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/wanghai");
    let mut files: Vec<PathBuf> = fs::read_dir(wanghai).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut read = Vec::new();
    for renamed in [false, true] {
        let inputs = folder.path().join(format!("{renamed}"));
        fs::create_dir_all(&inputs).unwrap();
        for (letter, path) in ('a'..='z').rev().zip(&files) {
            let name = path.file_name().unwrap().to_str().unwrap();
            // Of equal versions the first by file counts: these two keep their order.
            let letter = if name.contains("消防") { 'm' } else { letter };
            fs::copy(path, inputs.join(if renamed { format!("{letter}-{name}") } else { name.to_string() })).unwrap();
        }
        let out = folder.path().join(format!("{renamed}-out"));
        assert_eq!(ecap(&["score", &shown(&inputs), "-o", &shown(&out), "--redact", "--format", "xlsx"]).0, 0);
        let json = fs::read_to_string(out.join("望海区-2026-脱敏/results.json")).unwrap();
        let mut json: Value = serde_json::from_str(&json).unwrap();
        json["redacted"]["of_sha256"] = Value::Null;
        read.push(json);
        let text = unpacked(&fs::read(out.join("望海区-2026-脱敏/report.xlsx")).unwrap());
        assert!(text.contains("<t>01.1.06 各方答案不一（其余脱敏略去）。没有疑问的不必处理；有疑问的请核实，必要时由评估组复核。</t>"));
        assert!(text.contains("<t>望海区 12 决策支持有 1 题没有人作答：12.2.03。请向科学技术部门催填；空白题按 0 分计。</t>"));
        assert!(text.contains("<t>E3 001.xlsx</t>") && !text.contains("  00"), "a place without its sheet");
    }
    assert!(read[0] == read[1]);
    let names: Vec<&str> = read[0]["inputs"].as_array().unwrap().iter().map(|input| input["file"].as_str().unwrap()).collect();
    assert_eq!(names, (1..=9).map(|number| format!("{number:03}.xlsx")).collect::<Vec<_>>());
    // They are numbered as they first answer.
    let items = read[0]["items"].as_array().unwrap();
    let filled = items.iter().flat_map(|item| item["answers"].as_array().unwrap()).filter(|one| one["self"]["state"] != "blank");
    let mut order: Vec<&str> = Vec::new();
    for file in filled.map(|one| one["place"]["file"].as_str().unwrap()) {
        if !order.contains(&file) {
            order.push(file);
        }
    }
    assert_eq!(order, names);
}

#[test]
fn sensitive_items_stand_nowhere_in_redacted_reports() {
    let folder = tempfile::tempdir().unwrap();
    let mut tree: Value = serde_json::from_str(&ecap(&["tree", "show", "--json"]).1).unwrap();
    let mut questions = Vec::new();
    for item in tree["items"].as_array_mut().unwrap() {
        if ["16.2.01", "17.1.03", "01.1.01"].contains(&item["ref"].as_str().unwrap()) {
            item["sensitive"] = true.into();
            questions.push(item["question"]["zh"].as_str().unwrap().to_string());
        }
    }
    let path = shown(&folder.path().join("tree.json"));
    fs::write(&path, tree.to_string()).unwrap();
    let (reports, inputs) = made(folder.path(), &["--redact", "--tree", &path]);
    for name in ["report.xlsx", "report.md", "report.docx", "results.json"] {
        let bytes = fs::read(reports.join(name)).unwrap();
        let text = if bytes.starts_with(b"PK") { unpacked(&bytes) } else { String::from_utf8(bytes).unwrap() };
        assert!(questions.iter().all(|question| !text.contains(question)), "{name}");
        for said in ["否决项 敏感题 未达标（按 1 项计），等级最高为合格，本次未因此降低", "关键项 敏感题 得 0 分（1 项）"]
        {
            assert!(text.contains(said), "{name}: {said}");
        }
        let (code, said) = ecap(&["verify", &shown(&reports.join(name)), &shown(&inputs), "--tree", &path]);
        assert_eq!(code, 0, "{said}");
    }
    let page = fs::read_to_string(reports.join("report.md")).unwrap();
    assert!(
        page.contains("且 敏感题 须达标。")
            && page.contains("敏感题 3 题（01.1.01、16.2.01、17.1.03），题目、答案和得分略去，复核调整、分面和各清单都不含这些题。")
    );
    assert!(page.contains("公开的答案中没有未达标的否决项，也没有 0 分的关键项。"));
}

/// As at a terminal whose user types these lines.
fn at_terminal(arguments: &[&str], typed: &str) -> (i32, String) {
    let words = std::iter::once("ecap").chain(arguments.iter().copied()).map(OsString::from).collect();
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), Cursor::new(typed.to_string()));
    let mut session = Session { lang: Lang::Zh, out: &mut out, err: &mut err, input: &mut input, terminal: true };
    let code = ecap::commands::run_at_terminal(words, "zh_CN.UTF-8", &mut session);
    out.extend(err);
    (code, String::from_utf8(out).unwrap())
}

#[test]
fn a_report_dropped_with_its_inputs_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, inputs) = made(folder.path(), &[]);
    let (report, from) = (shown(&reports.join("report.docx")), shown(&inputs));
    let (code, said) = at_terminal(&[&from, &report], "\n");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains(&format!("运行：ecap verify {report} {from}")) && said.contains("一致："), "{said}");
    let (code, said) = at_terminal(&[&report], "\n");
    assert_eq!(code, 1);
    assert!(said.contains("没有给出填好的表，不能排除报告或表被改过。"), "{said}");
}

#[test]
fn two_years_are_compared_by_menu() {
    let folder = tempfile::tempdir().unwrap();
    let (_, inputs) = made(folder.path(), &[]);
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/wanghai-2025/上年得分.xlsx");
    let typed = format!("6\n{}\n没有的文件.xlsx\n{}\n0\n\n", shown(&inputs), shown(&table));
    let (code, said) = at_terminal(&[], &typed);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("没有这个文件或文件夹：没有的文件.xlsx。"), "{said}");
    assert!(said.contains("上年得分表可比范围：对上 19 行，占本年权重的 94.4%；对不上 2 行。"), "{said}");
    assert!(inputs.join("reports/临江区-2026-对比/compare.docx").is_file() || inputs.join("报告/临江区-2026-对比/compare.docx").is_file());
}

/// All texts of a package.
fn unpacked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut content = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        all.push_str(&String::from_utf8_lossy(&content));
    }
    all
}
