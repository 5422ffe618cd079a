//! A class comes back: what a trainer mistypes, leaves out or mixes up in answer workbooks, and what is said of it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use ecap::bank::{self, Bank, LETTERS, Question};
use ecap::quiz::{self, Issue};
use ecap::sheet::{Book, Content};
use ecap::tree::Tree;
use rust_xlsxwriter::Workbook;

fn ecap(arguments: &[&str]) -> (i32, Vec<String>, String) {
    let words = std::iter::once("ecap").chain(arguments.iter().copied()).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = ecap::commands::run(words, "zh_CN.UTF-8", &mut out, &mut err);
    let said = String::from_utf8(out).unwrap();
    (code, said.lines().map(str::to_string).collect(), String::from_utf8(err).unwrap())
}

/// The tree and its questions, and where a test's files go.
struct Place {
    tree: Tree,
    bank: Bank,
    folder: tempfile::TempDir,
}

/// A blank answer workbook as cells, and its questions.
struct Paper {
    sheets: Vec<(String, Cells)>,
    questions: Vec<Question>,
}

type Cells = BTreeMap<(u32, u16), String>;
type Row<'a> = (&'a str, &'a str, Vec<String>);

impl Place {
    fn new() -> Self {
        let tree = ecap::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).unwrap();
        let bank = bank::load(None, &tree, &mut Vec::new()).unwrap();
        Place { tree, bank, folder: tempfile::tempdir().unwrap() }
    }

    /// `count` questions from the so many-th on.
    fn paper(&self, from: usize, count: usize, class: Option<usize>) -> Paper {
        let ids: Vec<String> = self.bank.entries.iter().skip(from).take(count).map(|entry| entry.id.clone()).collect();
        let questions = quiz::questions(&ids, "1", &self.tree, &self.bank).unwrap();
        let issue =
            Issue { unit: "某县", period: "2026", tree: &self.tree, bank: &self.bank.sha256(), class, seed: "1", questions: &questions };
        let bytes = quiz::blank(&issue, ecap::text::Lang::Zh, (2026, 1, 1)).unwrap();
        let book = Book::open(bytes, "", &mut Vec::new()).unwrap();
        let cells = |sheet: &ecap::sheet::Sheet| {
            let all = sheet.rows.iter().flat_map(|(row, cells)| cells.iter().map(|(column, cell)| (*row, *column, cell)));
            all.filter(|(.., cell)| !matches!(cell.content, Content::Number(_)))
                .map(|(row, column, cell)| ((row, u16::try_from(column).unwrap()), cell.text()))
                .collect()
        };
        Paper { sheets: book.sheets.iter().map(|sheet| (sheet.name.clone(), cells(sheet))).collect(), questions }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Marks files of the test: what is said but for the last line, which tells the folder.
    fn marked(&self, names: &[&str]) -> (i32, Vec<String>) {
        let paths: Vec<String> = names.iter().map(|name| self.shown(name)).collect();
        let out = self.shown("out");
        let words: Vec<&str> = ["train"].into_iter().chain(paths.iter().map(String::as_str)).chain(["-o", &out]).collect();
        let (code, mut said, err) = ecap(&words);
        assert_eq!(err, "", "{said:?}");
        assert!(said.pop().unwrap().starts_with("文件在 "));
        (code, said)
    }

    fn report(&self) -> String {
        fs::read_to_string(self.path("out/某县-2026-培训/培训测评.md")).unwrap()
    }
}

impl Paper {
    /// The first so many right, the common mistake in the others.
    fn knows(&self, right: usize) -> Vec<String> {
        let letter = |(at, one): (usize, &Question)| LETTERS[if at < right { one.right } else { one.mistake }].to_string();
        self.questions.iter().enumerate().map(letter).collect()
    }

    fn sheet(&mut self, name: &str) -> &mut Cells {
        &mut self.sheets.iter_mut().find(|(own, _)| own == name).unwrap().1
    }

    /// The session on the cover, and a row a trainee.
    fn fill(mut self, session: &str, class: &[Row<'_>]) -> Self {
        let cover = self.sheet("测评说明");
        let row = cover.iter().find(|(_, text)| *text == "场次").unwrap().0.0;
        cover.insert((row, 1), session.to_string());
        let answers = self.sheet("答题");
        for (row, (name, unit, letters)) in (1u32..).zip(class) {
            answers.insert((row, 1), (*name).to_string());
            answers.insert((row, 2), (*unit).to_string());
            answers.extend((3u16..).zip(letters).map(|(column, letter)| ((row, column), letter.clone())));
        }
        self
    }

    fn save(&self, to: &Path) {
        let mut workbook = Workbook::new();
        for (name, cells) in &self.sheets {
            let page = workbook.add_worksheet();
            page.set_name(name).unwrap();
            for ((row, column), text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
                page.write_string(*row, *column, text).unwrap();
            }
        }
        workbook.save(to).unwrap();
    }
}

const PEOPLE: [&str; 8] = ["王芳", "李娜", "张伟", "刘洋", "陈静", "杨帆", "赵磊", "周敏"];

/// Of the class `PEOPLE` in one office, with so many right answers each.
fn class<'a>(paper: &Paper, right: &[usize]) -> Vec<Row<'a>> {
    PEOPLE.iter().zip(right).map(|(name, right)| (*name, "应急局", paper.knows(*right))).collect()
}

#[test]
fn who_wrote_nothing_was_absent() {
    let place = Place::new();
    let paper = || place.paper(0, 10, None);
    let before = class(&paper(), &[3, 4, 5, 6]);
    paper().fill("训前", &before).save(&place.path("a.xlsx"));
    let mut after = class(&paper(), &[6, 0, 7, 8]);
    // One is listed and was not there, one handed in a blank paper; a total stands below.
    after[1].2 = vec![String::new(); 10];
    after[3].2 = [vec!["".to_string(), "—".to_string()], vec![String::new(); 8]].concat();
    after.push(("孙强", "应急局", Vec::new()));
    after.push(("合计", "", vec!["3".to_string(); 10]));
    paper().fill("训后", &after).save(&place.path("b.xlsx"));
    let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(code, 0);
    assert_eq!(
        said,
        [
            "说明：b.xlsx，答题，B7：“合计”一行不是学员，不计入。不必处理。",
            "说明：b.xlsx，答题，B3：2 人有姓名没有答案，按缺考，不计入：李娜、孙强。确实交了白卷的，任填一格“-”。",
            "共阅 7 份答卷：训前 4 份，正确率 45.0%；训后 3 份，正确率 43.3%。",
            "两次都答的只有 3 人，平均变了 3.3 个百分点；不到 6 人时检验得不出结论，只看个人。",
            "只有训前答卷的 1 人：李娜。",
        ]
    );
    let report = place.report();
    assert!(report.contains("| 刘洋 | 应急局 | 训后 | 0 | 0 | 10 | 0 | 0.0% |"), "{report}");
    assert!(!report.contains("合计 |") && !report.contains("| 孙强"));
}

/// A roster typed before the class is somebody's work: the blank one does not take its place.
#[test]
fn a_roster_without_answers_is_no_blank_workbook() {
    let place = Place::new();
    let blank = place.paper(0, 10, None);
    blank.save(&place.path("a.xlsx"));
    let read = |name: &str| {
        let book = Book::open(fs::read(place.path(name)).unwrap(), name, &mut Vec::new()).unwrap();
        quiz::read(&book, name, &mut Vec::new()).unwrap()
    };
    assert!(read("a.xlsx").is_blank());
    blank.fill("", &[("王芳", "应急局", Vec::new())]).save(&place.path("a.xlsx"));
    assert!(!read("a.xlsx").is_blank());
    let (code, said, err) = ecap(&["train", &place.shown("a.xlsx"), "-o", &place.shown("out")]);
    assert_eq!((code, err.as_str()), (0, "没有一份答卷可阅。\n"));
    assert_eq!(said, ["说明：a.xlsx，答题，B2：1 人有姓名没有答案，按缺考，不计入：王芳。确实交了白卷的，任填一格“-”。"]);
}

/// The questions of a class before and a general paper after have two in common.
#[test]
fn different_papers_are_not_compared() {
    let place = Place::new();
    let (small, large) = (place.paper(0, 12, Some(1)), place.paper(10, 30, None));
    let (before, after) = (class(&small, &[2; 8]), class(&large, &[29; 8]));
    small.fill("训前", &before).save(&place.path("a.xlsx"));
    large.fill("训后", &after).save(&place.path("b.xlsx"));
    let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(code, 1);
    assert_eq!(
        said,
        [
            "错误：b.xlsx，测评说明，B4：训前的 a.xlsx（班次 1，12 题）和训后的 b.xlsx（不分班次，30 题）只有 2 题相同，8 人两次都答，不做前后对比。前后要用同一份空白答题表；请核对是不是拿错了文件。",
            "共阅 16 份答卷：训前 8 份，正确率 16.7%；训后 8 份，正确率 96.7%。",
            "两次都答的 8 人，训前训后的卷子相同的题太少，不做前后对比，也不能从两次的正确率看出变化。",
        ]
    );
    let report = place.report();
    assert!(!report.contains("答得更好") && !report.contains("威尔科克森") && !report.contains("只用两次都问到的题"), "{report}");
    // Half of the shorter paper is enough, one less is not.
    for (from, common) in [(6, Some(6)), (7, None)] {
        let large = place.paper(from, 30, None);
        let after = class(&large, &[29; 8]);
        large.fill("训后", &after).save(&place.path("b.xlsx"));
        let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
        assert_eq!(code, i32::from(common.is_none()), "{said:?}");
        assert_eq!(place.report().contains("| 王芳 | 应急局 | 6 | "), common.is_some());
    }
}

#[test]
fn a_short_paper_gives_no_conclusion() {
    let place = Place::new();
    for (count, session) in [(4, "训前"), (4, "训后"), (5, "训前"), (5, "训后")] {
        let paper = place.paper(0, count, None);
        let rows = class(&paper, &[count - 1; 8]);
        paper.fill(session, &rows).save(&place.path(&format!("{session}{count}.xlsx")));
    }
    let (code, said) = place.marked(&["训前4.xlsx", "训后4.xlsx"]);
    assert_eq!(code, 0);
    assert_eq!(
        said[0],
        "说明：训后4.xlsx，测评说明，B4：训前4.xlsx 和 训后4.xlsx 共同的题只有 4 题，太少，8 人两次都答，不做前后对比。前后对比至少要 5 题，不少于题少一份的一半。"
    );
    assert_eq!(said.len(), 3);
    let (code, said) = place.marked(&["训前5.xlsx", "训后5.xlsx"]);
    assert_eq!((code, said.len()), (0, 2));
    assert!(said[1].starts_with("两次都答的 8 人，"), "{said:?}");
}

#[test]
fn two_workbooks_of_one_session_are_asked_about() {
    let place = Place::new();
    let paper = || place.paper(0, 10, None);
    let (before, after) = (class(&paper(), &[3; 8]), class(&paper(), &[9; 8]));
    paper().fill("训前", &before).save(&place.path("a.xlsx"));
    paper().fill("训前", &after).save(&place.path("b.xlsx"));
    let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(code, 1);
    assert_eq!(
        said,
        [
            "错误：b.xlsx，测评说明，B4：a.xlsx 和 b.xlsx 都是“训前”，8 人两份都有，不做前后对比；b.xlsx 是不是“训后”的？请改“场次”；是同一份的，删去一份。",
            "共阅 16 份答卷：训前 16 份，正确率 60.0%。",
        ]
    );
    // The name of a file says which of the two it is.
    fs::rename(place.path("a.xlsx"), place.path("x_训前.xlsx")).unwrap();
    fs::rename(place.path("b.xlsx"), place.path("a_训后.xlsx")).unwrap();
    let (_, said) = place.marked(&["x_训前.xlsx", "a_训后.xlsx"]);
    assert!(said[0].contains("；a_训后.xlsx 是不是“训后”的？"), "{said:?}");
    // A large class in two workbooks with one person in both is not that.
    let mut other: Vec<Row<'_>> = ["吴刚", "郑洁", "冯涛", "褚健"].map(|name| (name, "应急局", paper().knows(5))).to_vec();
    other.push(("王芳", "应急局", paper().knows(5)));
    paper().fill("训前", &other).save(&place.path("c.xlsx"));
    let (code, said) = place.marked(&["x_训前.xlsx", "c.xlsx"]);
    assert_eq!(code, 1);
    assert!(said[0].contains("“王芳”在训前不止一份答卷（另一处："), "{said:?}");
    assert_eq!(said.len(), 2);
}

/// A column that is gone is nobody's answer: the question counts in no rate of this workbook and on neither side.
#[test]
fn a_question_without_a_column_is_left_out() {
    let place = Place::new();
    let paper = || place.paper(0, 10, None);
    let before = class(&paper(), &[5; 8]);
    let after = class(&paper(), &[8; 8]);
    paper().fill("训前", &before).save(&place.path("a.xlsx"));
    let mut spoilt = paper().fill("训后", &after);
    spoilt.sheet("答题").retain(|(_, column), _| *column != 5);
    spoilt.save(&place.path("b.xlsx"));
    let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(code, 1);
    assert_eq!(
        said[..2],
        [
            "错误：b.xlsx，答题，A1：没有“第3题”一栏，这题不计入正确率，前后对比两边都不算它。请从空白答题表把这一栏的表头复制回来，补上答案。",
            // 7 of 9.
            "共阅 16 份答卷：训前 8 份，正确率 50.0%；训后 8 份，正确率 77.8%。",
        ]
    );
    let report = place.report();
    // 4 of 9 before, 7 of 9 after.
    assert!(report.contains("| 王芳 | 应急局 | 9 | 44.4% | 77.8% | +33.3 |"), "{report}");
    assert!(report.contains("| 王芳 | 应急局 | 训后 | 7 | 2 | 0 | 0 | 77.8% |"));
}

#[test]
fn names_are_paired_without_their_spaces_and_near_ones_asked_about() {
    let place = Place::new();
    let paper = || place.paper(0, 10, None);
    let letters = |right: usize| paper().knows(right);
    let before = [
        ("王芳", "应急局", letters(3)),
        ("李\u{a0}娜", "应急局", letters(3)),
        ("刘洋", "应急局", letters(3)),
        ("陈静", "消防队", letters(3)),
        ("学员01", "应急局", letters(3)),
    ];
    let after = [
        ("王 芳", "应急局", letters(6)),
        ("李\u{3000}娜", "应急局", letters(6)),
        ("刘阳", "应急局", letters(6)),
        ("陈婧", "应急局", letters(6)),
        ("学员02", "应急局", letters(6)),
    ];
    paper().fill("训前", &before).save(&place.path("a.xlsx"));
    paper().fill("训后", &after).save(&place.path("b.xlsx"));
    let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(code, 0);
    assert_eq!(
        said,
        [
            "提醒：b.xlsx，答题，B4：只有训后答卷的“刘阳”和只有训前答卷的“刘洋”（a.xlsx，答题，B4）只差一个字，是不是同一人？是同一人的，把名字改得一样。",
            "共阅 10 份答卷：训前 5 份，正确率 30.0%；训后 5 份，正确率 60.0%。",
            "两次都答的只有 2 人，平均变了 30.0 个百分点；不到 6 人时检验得不出结论，只看个人。",
            "只有训前答卷的 3 人：刘洋、学员01、陈静。",
            "只有训后答卷的 3 人：刘阳、学员02、陈婧。",
        ]
    );
    // Eight are named on the screen, all of them in the report.
    let many: Vec<String> = (1..=11).map(|number| format!("组员{number:02}")).collect();
    let rows: Vec<Row<'_>> = many.iter().map(|name| (name.as_str(), "", letters(6))).collect();
    paper().fill("训后", &rows).save(&place.path("b.xlsx"));
    let (_, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(said.last().unwrap(), "只有训后答卷的 11 人：组员01、组员02、组员03、组员04、组员05、组员06、组员07、组员08等。");
    assert!(place.report().contains("组员09、组员10、组员11"));
}

#[test]
fn sessions_and_answers_are_read_as_people_write_them() {
    let place = Place::new();
    let paper = || place.paper(0, 10, None);
    let mut before = class(&paper(), &[10, 10]);
    let own = paper().knows(10);
    before[0].2[0] = format!("{}.", own[0]);
    before[1].2[1] = format!("（{}）", own[1].to_lowercase());
    before[1].2[2] = format!("选{}", own[2]);
    before[1].2[3] = "③".to_string();
    paper().fill("培训前", &before).save(&place.path("a.xlsx"));
    paper().fill("后测", &class(&paper(), &[10, 10])).save(&place.path("b.xlsx"));
    let (code, said) = place.marked(&["a.xlsx", "b.xlsx"]);
    assert_eq!(code, 1);
    assert_eq!(
        said[..5],
        [
            "错误：a.xlsx，答题，G3：“李娜”第 4 题填的是“③”，按没有答对计。只填 A、B、C、D 中的一个，没有作答的留空。".to_string(),
            format!(
                "说明：a.xlsx，答题，D2：3 处答案的字母旁多了标点或字，按字母读，如 D2 的“{0}.”读作 {0}。不必处理；读得不对的，只留一个字母。",
                own[0]
            ),
            "说明：a.xlsx，测评说明，B4：封面的“场次”填的是“培训前”，按“训前”读。不必处理。".to_string(),
            "说明：b.xlsx，测评说明，B4：封面的“场次”填的是“后测”，按“训后”读。不必处理。".to_string(),
            "共阅 4 份答卷：训前 2 份，正确率 95.0%；训后 2 份，正确率 100.0%。".to_string(),
        ]
    );
}

/// A paper whose sheets were copied to a new file: nothing is scored, and nobody hears that there is no need.
#[test]
fn a_workbook_without_its_hidden_sheet_is_known() {
    let place = Place::new();
    let paper = || place.paper(0, 10, None);
    let mut lost = paper().fill("训前", &class(&paper(), &[5; 8]));
    let answers = lost.sheet("答题").clone();
    lost.sheets.retain(|(name, _)| name != "_ecap");
    lost.save(&place.path("a.xlsx"));
    let told = "错误：a.xlsx：像是答题表，但隐藏的标记页没有了，没有阅卷。请从空白答题表另存一份，把“答题”页复制进去。";
    let (code, said, err) = ecap(&["train", &place.shown("a.xlsx"), "-o", &place.shown("out")]);
    assert_eq!((code, said, err.as_str()), (1, vec![told.to_string()], "没有一份答卷可阅。\n"));
    assert!(!place.path("out").exists());
    let (code, said, err) = ecap(&["check", &place.shown("a.xlsx")]);
    assert_eq!((code, said, err.as_str()), (1, vec![told.to_string()], "查了 1 个文件：1 处错误、0 处提醒、0 处说明。\n"));
    // Its sheets have other names too.
    for (name, own) in lost.sheets.iter_mut().zip(["一", "二", "三"]) {
        name.0 = own.to_string();
    }
    lost.save(&place.path("a.xlsx"));
    let (code, said, err) = ecap(&["train", &place.shown("a.xlsx"), "-o", &place.shown("out")]);
    assert_eq!((code, said, err.as_str()), (2, vec![told.to_string()], "没有一份表能计分，排不了培训。\n"));
    // As the message says: the sheet copied into a blank workbook, behind the empty one.
    let mut mended = paper().fill("训前", &[]);
    mended.sheets.push(("答题 (2)".to_string(), answers));
    mended.save(&place.path("a.xlsx"));
    assert_eq!(place.marked(&["a.xlsx"]), (0, vec!["共阅 8 份答卷：训前 8 份，正确率 50.0%。".to_string()]));
}

#[test]
fn a_survey_without_answers_says_nothing_of_needs() {
    let place = Place::new();
    let path = place.shown("a.xlsx");
    let (code, ..) = ecap(&["survey", "--unit", "某县", "--period", "2026", "-o", &path]);
    assert_eq!(code, 0);
    let (code, said, err) = ecap(&["train", &path, "-o", &place.shown("out")]);
    assert_eq!(code, 2, "{said:?}");
    assert!(err.ends_with("某县 2026 收到的表里没有一题有答案，排不了培训。请核对交来的是不是填好的自评表。\n"), "{err}");
    assert!(!place.path("out").exists());
}

#[test]
fn a_report_given_back_is_told_from_a_survey() {
    let place = Place::new();
    let sample = format!("{}/samples/linjiang", env!("CARGO_MANIFEST_DIR"));
    let out = place.shown("out");
    assert_ne!(ecap(&["score", &sample, "-o", &out, "--format", "xlsx,md,docx"]).0, 2);
    let own = place.path("out/临江区-2026");
    let after = "是 ecap 写的报告，不能再读；请用同一文件夹里的 results.json。\n";
    for name in ["report.xlsx", "report.docx", "report.md"] {
        let path = own.join(name).display().to_string();
        for words in [vec!["train", &path], vec!["plan", &path], vec!["explain", &path, "总分"], vec!["compare", &path, &sample]] {
            let (code, said, err) = ecap(&[words.clone(), vec!["-o", &out]].concat());
            assert_eq!((code, err), (2, format!("{name} {after}")), "{words:?} {said:?}");
        }
    }
    assert_ne!(ecap(&["train", &own.display().to_string(), "-o", &out, "--format", "xlsx"]).0, 2);
    let path = place.path("out/临江区-2026-培训/培训需求报告.xlsx").display().to_string();
    let (code, said, err) = ecap(&["train", &path, "-o", &out]);
    let wanted = "培训需求报告.xlsx 是 ecap 写的报告，不能再读；请用 ecap score 写的 results.json，或填好的自评表。\n";
    assert_eq!((code, err.as_str()), (2, wanted), "{said:?}");
    // A document of anybody's is a document, not a broken workbook.
    fs::copy(own.join("report.docx"), place.path("通知.docx")).unwrap();
    let (_, said, _) = ecap(&["train", &place.shown("通知.docx"), "-o", &out]);
    assert_eq!(said, ["错误：通知.docx：打不开：是 Word 文档，不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。"]);
}

/// Answers put into the folder of the pack, or beside a survey that nobody filled, are marked all the same.
#[test]
fn what_cannot_be_planned_keeps_no_class_from_its_marks() {
    let place = Place::new();
    let sample = format!("{}/samples/linjiang", env!("CARGO_MANIFEST_DIR"));
    let out = place.shown("out");
    assert_ne!(ecap(&["train", &sample, "-o", &out, "--format", "xlsx", "--questions", "5"]).0, 2);
    let pack = place.path("out/临江区-2026-培训");
    fs::remove_file(pack.join("答题表.xlsx")).unwrap();
    let paper = place.paper(0, 10, None);
    let rows = class(&paper, &[5; 8]);
    paper.fill("训前", &rows).save(&pack.join("答题表.xlsx"));
    let marks = "共阅 8 份答卷：训前 8 份，正确率 50.0%。";
    let (code, said, err) = ecap(&["train", &pack.display().to_string(), "-o", &out]);
    assert_eq!((code, said[0].as_str(), err.as_str()), (0, marks, ""));
    fs::remove_file(pack.join("培训需求报告.xlsx")).unwrap();
    ecap(&["survey", "--unit", "某县", "--period", "2026", "-o", &pack.join("自评表.xlsx").display().to_string()]);
    let (code, said, err) = ecap(&["train", &pack.display().to_string(), "-o", &out]);
    assert_eq!(code, 1);
    assert!(said.contains(&marks.to_string()), "{said:?}");
    assert!(err.ends_with("没有一题有答案，排不了培训。请核对交来的是不是填好的自评表。\n"), "{err}");
}

/// The class to hold first is named where a trainer looks first.
#[test]
fn the_first_class_is_named_with_its_command() {
    let place = Place::new();
    let sample = format!("{}/samples/biwan", env!("CARGO_MANIFEST_DIR"));
    let (_, said, _) = ecap(&["train", &sample, "-o", &place.shown("out"), "--format", "md,xlsx"]);
    let line = said.iter().find(|line| line.starts_with("先办班次 1：")).unwrap();
    assert!(line.contains(" 小时（教学 ") && line.ends_with("）；它的试卷、签到表和答题表用 ecap train … --class 1 出。"), "{line}");
    let report = fs::read_to_string(place.path("out/碧湾区-2026-培训/培训需求报告.md")).unwrap();
    let (_, after) = report.split_once("先办的班次（序号就是班次号）").unwrap();
    let audience = line.trim_start_matches("先办班次 1：").split('，').next().unwrap();
    assert!(after.trim_start().starts_with(&format!("1. {audience}：")), "{after}");
    assert!(report.contains("| 可增分（各课重复计） |"));
    let (_, said, _) = ecap(&["train", &sample, "--class", "1", "-o", &place.shown("out")]);
    assert!(!said.iter().any(|line| line.starts_with("先办班次")) && said[1].contains(&format!("（班次 1：{audience}）")), "{said:?}");
}

#[test]
fn the_seed_of_a_quiz_is_told_for_what_it_does() {
    let (_, said, _) = ecap(&["train", "--help"]);
    let help = said.join("\n");
    assert!(help.contains("同一种子同样的卷子") && !help.contains("当众"), "{help}");
}
