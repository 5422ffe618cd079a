//! Texts that would like to be a formula, a link, mark-up, a command or a path stay texts, in every output of every command.

use std::fs;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options};
use ecap::sheet::Book;
use ecap::text::{is_shown, one_line, visible};
use quick_xml::events::Event;

use super::*;

/// What somebody may type, or paste without knowing. Those with the word xyzzy can be told from ours.
const HOSTILE: [&str; 36] = [
    "=cmd|' /C xyzzy'!A0",
    "+1",
    "-1",
    "+xyzzy+1",
    "-xyzzy",
    "@SUM(xyzzy)",
    "=HYPERLINK(\"http://xyzzy.cn\",\"点我\")",
    "http://xyzzy.cn/a?b=c&d=e",
    "https://xyzzy.cn",
    "www.xyzzy.cn",
    "mailto:xyzzy@xyzzy.cn",
    "file:///etc/xyzzy",
    "<script>xyzzy()</script>",
    "<a href=\"http://xyzzy.cn\">x</a>",
    "&lt;xyzzy&gt; &amp;",
    "甲|乙|xyzzy",
    "`xyzzy`` ```",
    "[xyzzy](http://xyzzy.cn)",
    "![xyzzy](http://xyzzy.cn/a.png)",
    "[xyzzy]: http://xyzzy.cn",
    "# xyzzy",
    "**xyzzy** _xyzzy_ ~~xyzzy~~ $xyzzy$",
    "- xyzzy",
    "1. xyzzy",
    "---",
    "\u{1b}[31mxyzzy\u{1b}]8;;http://xyzzy.cn\u{7}",
    "\u{9b}31mxyzzy\u{7f}",
    "甲\u{202e}xslx.xyzzy\u{2066}",
    "应\u{200b}急\u{feff}xyzzy",
    "_x0041_xyzzy_x001B_",
    "甲\0xyzzy",
    "甲\rxyzzy\r\n乙\n=xyzzy",
    "{unit} {0} %s xyzzy",
    "]]><!--xyzzy--><![CDATA[",
    "'; DROP TABLE xyzzy; --",
    "\"xyzzy\" 'xyzzy' \\xyzzy",
];

/// Names of units that would like to lead somewhere.
fn units() -> Vec<String> {
    let mut units: Vec<String> = [
        "../../etc/passwd",
        "CON",
        "a:b",
        "甲..",
        "..",
        "C:\\Windows\\xyzzy",
        "=cmd|' /C xyzzy'!A0",
        "甲\u{202e}xslx.xyzzy",
        "\u{1b}[2Jxyzzy",
        "<script>xyzzy()</script>&amp;",
        "[xyzzy](http://xyzzy.cn)",
        "2026&P 甲\nxyzzy",
        "nul.xyzzy",
        "_x0041_",
    ]
    .map(str::to_string)
    .to_vec();
    units.push("长".repeat(300));
    units
}

/// A folder with a way up: whatever leaves the output folder would be seen.
struct Place {
    root: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Place { root: tempfile::tempdir().unwrap() };
        fs::create_dir_all(place.work()).unwrap();
        place
    }

    fn work(&self) -> PathBuf {
        self.root.path().join("a/b/work")
    }

    /// Runs in the working folder. Nothing changes but below the folders named, and what is printed commands no terminal.
    fn run(&self, arguments: &[&str], writes: &[&str], codes: &[i32]) -> String {
        let before = digests(self.root.path());
        let output = program().current_dir(self.work()).args(arguments).output().unwrap();
        let text = said(&output, codes);
        let odd: Vec<char> = text.chars().filter(|character| !is_shown(*character) && !matches!(character, '\n' | '\t')).collect();
        assert!(odd.is_empty(), "{arguments:?} printed {odd:?}: {text}");
        let mut after = digests(self.root.path());
        after.retain(|name, digest| before.get(name) != Some(digest));
        for name in after.keys() {
            let inside =
                name.strip_prefix("a/b/work/").is_some_and(|name| writes.iter().any(|folder| name.starts_with(&format!("{folder}/"))));
            assert!(inside, "{arguments:?} wrote {name}");
        }
        text
    }
}

/// Everything below a folder holds texts as texts, and every name is one that any system takes.
fn check_outputs(folder: &Path) -> usize {
    let all = files(folder);
    for (name, bytes) in &all {
        for part in name.split('/') {
            let stem = part.split('.').next().unwrap().to_lowercase();
            assert!(!["con", "nul", "prn", "aux"].contains(&stem.as_str()), "{name}");
            assert!(part.chars().count() <= 80 && part.len() <= 255 && !part.starts_with('.') && !part.ends_with(['.', ' ']), "{name}");
            assert!(part.chars().all(|character| is_shown(character) && !"\\:*?\"<>|".contains(character)), "{name}");
        }
        match name.rsplit('.').next().unwrap() {
            "xlsx" => check_workbook(name, bytes),
            "docx" => drop(check_package(name, bytes)),
            "svg" => check_xml(name, std::str::from_utf8(bytes).unwrap()),
            "md" => check_markdown(name, std::str::from_utf8(bytes).unwrap()),
            "json" => {
                check_shown(name, std::str::from_utf8(bytes).unwrap());
                serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
            }
            "txt" => check_shown(name, std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}')),
            other => panic!("{name}: {other}"),
        }
    }
    all.len()
}

/// No character that a screen would obey or not show.
fn check_shown(name: &str, text: &str) {
    let odd = text.char_indices().find(|(_, character)| !is_shown(*character) && !matches!(character, '\n' | '\t'));
    if let Some((at, character)) = odd {
        let around: String = text[at..].chars().take(40).collect();
        panic!("{name}: {character:?} at {around:?}");
    }
}

/// Well-formed, nothing hidden in it, nothing of a stranger's in a place that is not text.
fn check_xml(name: &str, text: &str) {
    check_shown(name, &text.replace("\r\n", "\n"));
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) | Event::Empty(tag) if ["script", "a"].contains(&tag.name().as_ref()) => {
                panic!("{name}: {tag:?}")
            }
            Event::Start(tag) => {
                check_attributes(name, &tag);
                open.push(tag.name().as_ref().to_string());
            }
            Event::Empty(tag) => check_attributes(name, &tag),
            Event::End(_) => drop(open.pop()),
            Event::Text(inner) => {
                let within = open.last().map(String::as_str).unwrap_or_default();
                let formula = ["f", "formula", "formula1", "formula2", "definedName", "w:instrText", "c:f"].contains(&within);
                let inner = inner.to_string();
                assert!(!formula || !inner.contains("xyzzy"), "{name}: <{within}> {inner}");
            }
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => panic!("{name}: more than elements and text"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

/// No relation out of the file, and no link but to a place in it.
fn check_attributes(name: &str, tag: &quick_xml::events::BytesStart<'_>) {
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
        let (key, value) = (attribute.key.as_ref().to_string(), attribute.value.to_string());
        assert!(!(key == "TargetMode" && value == "External"), "{name}: a relation out of the file");
        assert!(!(key == "Type" && value.ends_with("/hyperlink")), "{name}: a link out of the file");
        assert!(
            !["Target", "href", "xlink:href", "location", "onload"].contains(&key.as_str()) || !value.contains("xyzzy"),
            "{name}: {key} {value}"
        );
    }
}

fn check_package(name: &str, bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let part = part.name().unwrap().to_string();
        check_xml(&format!("{name}!{part}"), &text);
        parts.insert(part, text);
    }
    parts
}

/// As a package, and each cell as it reads back.
fn check_workbook(name: &str, bytes: &[u8]) {
    let parts = check_package(name, bytes);
    // Excel reads `_x0041_` in a text as `A`, so it must stand there as `_x005F_x0041_`.
    let strings = parts.get("xl/sharedStrings.xml").map(String::as_str).unwrap_or_default();
    for (at, _) in strings.match_indices("_x00") {
        let escaped = strings[at..].starts_with("_x005F_") || strings[..at].ends_with("_x005F");
        assert!(escaped, "{name}: {:?}", strings[at..].chars().take(30).collect::<String>());
    }
    let mut findings = Vec::new();
    let book = Book::open(bytes.to_vec(), name, &mut findings).unwrap();
    assert_eq!(findings, []);
    for sheet in &book.sheets {
        for cells in sheet.rows.values() {
            cells.values().for_each(|cell| check_shown(&format!("{name}!{}", sheet.name), &cell.text()));
        }
    }
}

/// As GitHub reads it: no link, no picture but ours, no mark-up of HTML, no code, no formula.
fn check_markdown(name: &str, text: &str) {
    check_shown(name, text);
    let words = markdown(name, text);
    assert!(!words.is_empty());
}

/// The words a reader sees, without white space.
fn markdown(name: &str, text: &str) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    let mut words = String::new();
    for node in comrak::parse_document(&arena, text, &options).descendants() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Image(link) => assert!(link.url.ends_with(".svg") && !link.url.contains('/'), "{name}: {}", link.url),
            NodeValue::HtmlInline(html) => assert_eq!(html, "<!---->", "{name}"),
            NodeValue::Link(link) => panic!("{name}: a link to {}", link.url),
            odd @ (NodeValue::HtmlBlock(_)
            | NodeValue::Code(_)
            | NodeValue::CodeBlock(_)
            | NodeValue::Math(_)
            | NodeValue::Strikethrough
            | NodeValue::Emph
            | NodeValue::TaskItem(_)
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::BlockQuote) => panic!("{name}: {odd:?}"),
            _ => {}
        }
    }
    words.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The same of a workbook.
fn workbook_words(bytes: &[u8]) -> String {
    let book = Book::open(bytes.to_vec(), "it", &mut Vec::new()).unwrap();
    let cells = book.sheets.iter().flat_map(|sheet| sheet.rows.values().flat_map(|row| row.values().map(|cell| cell.text())));
    squeezed(&cells.collect::<Vec<_>>().join("\n"))
}

fn squeezed(text: &str) -> String {
    one_line(text).chars().filter(|character| !character.is_whitespace()).collect()
}

/// Each row's evidence and note hostile, some answers too. What departments say of an item that is not theirs is not printed, so the
/// texts of that row stand elsewhere too.
fn rows(shift: usize) -> Vec<[String; 3]> {
    let text = |index: usize| HOSTILE[(index + shift) % HOSTILE.len()].to_string();
    let row = |index: usize| {
        let own = if index % 5 == 4 { text(index + 7) } else { ITEMS[index].2.to_string() };
        [own, text(2 * index), text(2 * index + 1)]
    };
    let mut rows: Vec<[String; 3]> = (0..ITEMS.len()).map(row).collect();
    for column in [1, 2] {
        rows[0][column] = format!("{}\n{}", rows[0][column], rows[16][column]);
    }
    rows
}

/// A workbook again as text, with some cells changed.
fn refilled(path: &Path, to: &Path, change: impl Fn(&str, u32, u32, &str) -> Option<String>) {
    let book = Book::open(fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())), "it", &mut Vec::new()).unwrap();
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        let written = workbook.add_worksheet().set_name(&sheet.name).unwrap();
        for row in 0..=sheet.rows.keys().max().copied().unwrap_or(0) {
            for column in 0..30 {
                let text = sheet.text(row, column);
                let text = change(&sheet.name, row, column, &text).unwrap_or(text);
                if !text.is_empty() {
                    written.write_string(row, u16::try_from(column).unwrap(), &text).unwrap();
                }
            }
        }
    }
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, workbook.save_to_buffer().unwrap()).unwrap();
}

/// One unit's surveys of two departments and of two years, hostile from the file's name to the notes.
fn surveys(place: &Place) {
    let name = |name: &str| if cfg!(windows) { ecap::sheet::names::file_name(name) } else { name.replace(['/', '\0'], "_") };
    for (year, folder) in [("2025", "去年"), ("2026", "收回")] {
        for (index, respondent) in ["应急管理部门", "=HYPERLINK(\"http://xyzzy.cn\")\u{202e}"].into_iter().enumerate() {
            let file = name(&format!("{}{index}.xlsx", HOSTILE[25 + index * 2]));
            let survey = Survey { unit: "=甲|<b>xyzzy", period: year, respondent, rows: rows(index * 18 + year.len()) };
            survey.save(&place.work().join(folder).join(file));
        }
    }
}

#[test]
fn a_report_holds_every_text_as_text() {
    let place = Place::new();
    surveys(&place);
    let tree = tree();
    for (lang, out) in [("zh", "报告"), ("en", "reports")] {
        place.run(&["score", "收回", "--tree", &tree, "--formulas", "--lang", lang, "-o", out], &[out], &[1]);
        assert_eq!(check_outputs(&place.work().join(out)), 7);
    }
    let folder = fs::read_dir(place.work().join("报告")).unwrap().next().unwrap().unwrap().path();
    let results: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("results.json")).unwrap()).unwrap();
    let kept = results.to_string();
    let workbook = workbook_words(&fs::read(folder.join("report.xlsx")).unwrap());
    let page = markdown("report.md", &fs::read_to_string(folder.join("report.md")).unwrap());
    let mut missing = Vec::new();
    for hostile in HOSTILE {
        // What was typed is kept as it is, but for the white space around it.
        let typed = serde_json::to_string(hostile.trim()).unwrap();
        assert!(kept.contains(typed.trim_matches('"')), "results.json lacks {typed}");
        if !workbook.contains(&squeezed(hostile)) {
            missing.push(hostile);
        }
    }
    assert!(missing.is_empty(), "report.xlsx lacks {missing:?}");
    for title in ["=甲|<b>xyzzy", "=HYPERLINK(\"http://xyzzy.cn\")[U+202E]"] {
        assert!(page.contains(&squeezed(title)), "report.md lacks {title}");
    }
    // Printed for people and for programs, and read back.
    place.run(&["score", "收回", "--tree", &tree, "--json", "-o", "报告"], &["报告"], &[1]);
    let inner = format!("报告/{}", folder.file_name().unwrap().to_string_lossy());
    place.run(&["verify", &format!("{inner}/report.md"), "收回", "--tree", &tree], &[], &[0]);
    place.run(&["verify", &format!("{inner}/report.docx"), "收回", "--tree", &tree], &[], &[0]);
    place.run(&["explain", "收回", "总分", "--tree", &tree, "-o", "由来"], &["由来"], &[0, 1]);
    for item in ["01.01", "01.1.1.01", "02.01", "l-13"] {
        place.run(&["explain", "收回", item, "--tree", &tree], &[], &[0, 1]);
        place.run(&["explain", "收回", item, "--tree", &tree, "--json"], &[], &[0, 1]);
    }
    check_outputs(&place.work().join("由来"));
    place.run(&["compare", "去年", "收回", "--tree", &tree, "-o", "对比"], &["对比"], &[0, 1]);
    assert!(check_outputs(&place.work().join("对比")) >= 3);
}

#[test]
fn lists_of_problems_reminders_and_review_workbooks_hold_text() {
    let place = Place::new();
    surveys(&place);
    let tree = tree();
    let mut workbook = Workbook::new();
    let unit = workbook.add_worksheet().set_name("单位与时限").unwrap();
    let labels =
        [("被评估单位", "=甲|<b>xyzzy"), ("评估期", "2026"), ("上级单位", HOSTILE[0]), ("类别", HOSTILE[25]), ("评估单位", HOSTILE[27])];
    for (row, (label, value)) in (0u32..).zip(labels) {
        unit.write_string(row, 0, label).unwrap().write_string(row, 1, value).unwrap();
    }
    let table = workbook.add_worksheet().set_name("部门对照").unwrap();
    for (column, name) in [(0, "牵头部门"), (2, "实际部门"), (3, "联系人")] {
        table.write_string(0, column, name).unwrap();
    }
    let real = [
        ("应急管理部门", "=HYPERLINK(\"http://xyzzy.cn\")\u{202e}", "\u{1b}[31mxyzzy"),
        ("消防救援机构", "../../xyzzy\u{7}", "mailto:xyzzy@xyzzy.cn"),
    ];
    for (row, (lead, name, contact)) in (1u32..).zip(real) {
        table.write_string(row, 0, lead).unwrap().write_string(row, 2, name).unwrap().write_string(row, 3, contact).unwrap();
    }
    fs::write(place.work().join("收回/评估设置.xlsx"), workbook.save_to_buffer().unwrap()).unwrap();
    for lang in ["zh", "en"] {
        let out = format!("检查-{lang}");
        place.run(
            &["check", "收回", "--tree", &tree, "--audit", "--sample", "3", "--seed", HOSTILE[0], "--lang", lang, "-o", &out],
            &[&out],
            &[1],
        );
        assert!(check_outputs(&place.work().join(&out)) >= 3);
    }
    place.run(&["check", "收回", "--tree", &tree, "--json"], &[], &[1]);
    place.run(&["survey", "--by-department", "收回", "--tree", &tree, "-o", "待发"], &["待发"], &[0, 1]);
    assert!(check_outputs(&place.work().join("待发")) >= 2);
    place.run(&["survey", "--review", "收回", "--tree", &tree, "-o", "复核/表.xlsx"], &["复核"], &[0, 1]);
    assert_eq!(check_outputs(&place.work().join("复核")), 1);
    // The surveys that were handed out come back as they went.
    let said = place.run(&["check", "待发", "--tree", &tree], &[], &[0, 1]);
    assert!(!said.contains("发卷时是"), "{said}");
}

#[test]
fn quizzes_and_plans_hold_text() {
    let place = Place::new();
    surveys(&place);
    let tree = tree();
    place.run(&["train", "收回", "--tree", &tree, "--seed", HOSTILE[0], "-o", "培训"], &["培训"], &[1]);
    assert!(check_outputs(&place.work().join("培训")) >= 4);
    let training = fs::read_dir(place.work().join("培训")).unwrap().next().unwrap().unwrap().path();
    refilled(&training.join("答题表.xlsx"), &place.work().join("班/答题表.xlsx"), |sheet, row, column, _| {
        let text = HOSTILE[(3 * row + column) as usize % HOSTILE.len()];
        match (sheet, column) {
            ("答题", 1 | 2) if (1..=20).contains(&row) => Some(text.to_string()),
            ("答题", 3) if (1..=20).contains(&row) => Some(if row % 2 == 0 { "A".to_string() } else { text.to_string() }),
            _ => None,
        }
    });
    place.run(&["train", "班", "--tree", &tree, "-o", "阅卷"], &["阅卷"], &[1]);
    assert!(check_outputs(&place.work().join("阅卷")) >= 3);
    place.run(&["plan", "收回", "--tree", &tree, "--days", "60", "-o", "整改"], &["整改"], &[1]);
    assert!(check_outputs(&place.work().join("整改")) >= 3);
}

/// The built-in tree has actions, so its plans have a ledger: filled in by a stranger, and carried over.
#[test]
fn a_ledger_is_carried_over_as_text() {
    let place = Place::new();
    let own = fs::read_dir(sample("linjiang")).unwrap().next().unwrap().unwrap().path();
    refilled(&own, &place.work().join("收回/自评表.xlsx"), |sheet, row, column, text| match column {
        _ if text == "临江区" => Some("=甲|<b>xyzzy".to_string()),
        5 | 6 if row > 0 && sheet != "_ecap" && !text.is_empty() => Some(HOSTILE[(5 * row + column) as usize % HOSTILE.len()].to_string()),
        _ => None,
    });
    let plan = |out: &str| {
        place.run(&["plan", "收回", "--days", "60", "-o", out], &[out], &[0, 1]);
        check_outputs(&place.work().join(out))
    };
    assert_eq!(plan("整改"), 6);
    let folder = fs::read_dir(place.work().join("整改")).unwrap().next().unwrap().unwrap().path();
    refilled(&folder.join("整改台账.xlsx"), &place.work().join("收回/整改台账.xlsx"), |sheet, row, column, _| {
        let text = HOSTILE[(5 * row + column) as usize % HOSTILE.len()].to_string();
        (sheet == "整改台账" && row >= 2 && [8, 11, 12, 13, 14, 15].contains(&column)).then_some(text)
    });
    let before = HOSTILE.iter().filter(|text| text.contains("xyzzy")).count();
    assert_eq!(plan("下一期"), 6);
    let next = fs::read_dir(place.work().join("下一期")).unwrap().next().unwrap().unwrap().path().join("整改台账-第2期.xlsx");
    let words = workbook_words(&fs::read(next).unwrap());
    let carried = HOSTILE.iter().filter(|text| text.contains("xyzzy") && words.contains(&squeezed(text))).count();
    assert!(carried * 2 > before, "{carried} of {before}");
}

#[test]
fn a_units_name_is_no_path() {
    let place = Place::new();
    let tree = tree();
    let answers = || ITEMS.map(|(_, _, answer)| [answer.to_string(), String::new(), String::new()]).to_vec();
    let units = units();
    for (index, unit) in units.iter().enumerate() {
        let survey = Survey { unit, period: HOSTILE[index], respondent: "评估组", rows: answers() };
        survey.save(&place.work().join(format!("各区/{index}.xlsx")));
    }
    let said = place.run(&["score", "各区", "--tree", &tree, "-o", "报告"], &["报告"], &[0, 1]);
    assert_eq!(fs::read_dir(place.work().join("报告")).unwrap().count(), units.len(), "{said}");
    check_outputs(&place.work().join("报告"));
    for (index, unit) in units.iter().enumerate() {
        let input = format!("各区/{index}.xlsx");
        let (period, respondent) = (format!("--period={}", HOSTILE[index]), format!("--respondent={}", HOSTILE[index + 1]));
        place.run(&["survey", "--unit", unit, &period, &respondent, "--tree", &tree, "-o", "问卷/"], &["问卷"], &[0]);
        if index % 3 == 0 {
            place.run(&["init", "--unit", unit, &period, "--tree", &tree, "-o", &format!("设置{index}")], &[&format!("设置{index}")], &[0]);
            place.run(&["train", &input, "--tree", &tree, "--format", "md,docx", "-o", "培训"], &["培训"], &[0, 1]);
            place.run(&["plan", &input, "--tree", &tree, "--format", "md", "-o", "整改"], &["整改"], &[0, 1]);
            check_outputs(&place.work().join(format!("设置{index}")));
        }
    }
    for folder in ["问卷", "培训", "整改"] {
        assert!(check_outputs(&place.work().join(folder)) >= 5, "{folder}");
    }
}

/// What the checks above stand on.
#[test]
fn the_checks_see_what_they_should() {
    let caught = |check: &dyn Fn()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err();
    for text in ["http://xyzzy.cn", "a@xyzzy.cn", "[x](y)", "`x`", "<b>x</b>", "$x$", "~~x~~", "> x", "www.xyzzy.cn", "*x*"] {
        assert!(caught(&|| drop(markdown("it", text))), "{text}");
    }
    for xml in ["<a/>", "<f>xyzzy</f>", "<x><y></x>", "<x TargetMode=\"External\"/>", "<x>\u{202e}</x>", "<x><!-- y --></x>"] {
        assert!(caught(&|| check_xml("it", xml)), "{xml}");
    }
    assert!(HOSTILE.iter().filter(|text| visible(text) != **text).count() >= 5);
}
