//! YAML from strangers: what is refused, where it is said to be wrong, and how much work it may make.
//!
//! `tests/cases/yaml` holds the files that a person can read, what is said of each beside it (`ECAP_ACCEPT=1` accepts). What is too large
//! to keep is made here.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/cases/yaml";
const HEAD: &str = "id: try\nedition: \"1\"\nname: {zh: 试, en: Try}\n";

/// What a user reads, the folder taken off.
fn check(path: &Path) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["ecap", "tree", "check", "--tree"].into_iter().map(Into::into).chain([path.as_os_str().to_os_string()]).collect();
    let code = ecap::commands::run(arguments, "zh_CN.UTF-8", &mut out, &mut err);
    let said = String::from_utf8([out, err].concat()).expect("UTF-8");
    let folder = path.parent().map(|folder| format!("{}/", folder.display())).unwrap_or_default();
    format!("{said}exit {code}\n").replace(&folder, "")
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(FOLDER).expect("the cases").map(|entry| entry.expect("a case").path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    cases.sort();
    cases
}

#[test]
fn each_broken_file_is_told_what_is_wrong_where_and_what_to_do() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() > 140);
    for case in cases {
        let said = check(&case);
        let expected = case.with_extension("txt");
        if std::env::var_os("ECAP_ACCEPT").is_some() {
            fs::write(&expected, &said).expect("a writable case");
        }
        if said != fs::read_to_string(&expected).unwrap_or_default() {
            wrong.push(format!("== {}\n{said}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Only these are sound; every other case is refused with a line and a column.
const SOUND: [&str; 4] = ["bom", "directive", "directive-unknown", "number-for-text"];

#[test]
fn no_broken_file_passes_and_none_is_without_a_place() {
    for case in cases() {
        let name = case.file_stem().expect("a name").to_string_lossy().into_owned();
        let said = fs::read_to_string(case.with_extension("txt")).expect("what is said");
        let what = name.split_once('-').map_or("", |(_, what)| what);
        assert_eq!(said.contains("没有错误"), SOUND.contains(&what), "{name}");
        let place = format!("错误：{name}.yaml:");
        assert_eq!(said.contains(&place), !SOUND.contains(&what), "{name}");
    }
}

/// A file too large to keep: its name, its bytes, how one of its findings begins, and how many lines are said at most.
type Large = (&'static str, Vec<u8>, String, usize);

fn item(id: &str, rest: &str) -> String {
    format!("  - {{id: {id}, question: {{zh: 问, en: Ask}}, scale: {{type: yes_no, pass: \"yes\"}}{rest}}}\n")
}

fn tree(items: impl Iterator<Item = String>) -> Vec<u8> {
    format!("{HEAD}items:\n{}", items.collect::<String>()).into_bytes()
}

fn large() -> Vec<Large> {
    let one = |name, text: String, expected: &str| -> Large { (name, text.into_bytes(), expected.to_string(), 24) };
    let many = |name, bytes, expected: &str| -> Large { (name, bytes, expected.to_string(), 5_000) };
    let deep = |line: usize, column: usize| format!("错误：tree.yaml:{line}:{column}：嵌套超过 64 层，");
    let bomb = {
        let letters: Vec<char> = ('a'..='z').collect();
        let pairs =
            letters.windows(2).map(|pair| format!("{}: &{} [{}]\n", pair[1], pair[1], vec![format!("*{}", pair[0]); 20].join(", ")));
        format!("a: &a [{}]\n{}", vec!["lol"; 20].join(", "), pairs.collect::<String>())
    };
    let block = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<String>();
    let keys = (0..100_000).map(|key| format!("k{key}: 1\n")).collect::<String>();
    let flat = (0..40_000).map(|level| {
        let parent = if level == 0 { "null".to_string() } else { format!("\"{}\"", level - 1) };
        format!("{{code: \"{level}\", parent: {parent}, name: {{zh: 组, en: G}}}}, ")
    });
    vec![
        one("flow-10000", format!("id: {}", "[".repeat(10_000)), &deep(1, 69)),
        one("flow-maps-10000", format!("id: {}", "{a: ".repeat(10_000)), &deep(1, 258)),
        one("flow-lines-10000", format!("id:\n{}", " [\n".repeat(10_000)), &deep(66, 2)),
        one("dashes-100000", "- ".repeat(100_000), &deep(1, 131)),
        one("questions-100000", "? ".repeat(100_000), &deep(1, 131)),
        one("block-2000", block, &deep(65, 65)),
        one("brackets-200-KiB", "[".repeat(200 * 1024), &deep(1, 66)),
        many("laughs", bomb.into_bytes(), "错误：tree.yaml:1:4：ecap 的文件不使用 YAML 的锚点与引用"),
        many("aliases-500000", format!("a: &a b\nc: [{}]", "*a,".repeat(500_000)).into_bytes(), "错误：tree.yaml:1:4：ecap 的文件不使用"),
        one("list-1000000", format!("id: [{}]", "1,".repeat(1_000_000)), "错误：tree.yaml:1:5：这个列表超过 50000 项，"),
        one("nulls-1000000", format!("id: [{}]", "~,".repeat(1_000_000)), "错误：tree.yaml:1:5：这个列表超过 50000 项，"),
        one("lists-of-lists", format!("id: [{}]", format!("[{}],", "[],".repeat(2_000)).repeat(600)), "错误：tree.yaml:1:1499995：文件里的键和值超过 50 万个（几个文件一共 100 万个），"),
        one("keys-100000", keys, "错误：tree.yaml:1:1：这个键值表超过 1000 个键，"),
        one("same-keys-100000", "a: 1\n".repeat(100_000), "错误：tree.yaml:1:1：这个键值表超过 1000 个键，"),
        one("text-30-MiB", format!("id: \"{}\"", "x".repeat(30 << 20)), "错误：tree.yaml：文件超过 8 MiB，没有读。"),
        one("text-7-MiB", format!("id: {}", "应急 ".repeat(1 << 20)), "错误：tree.yaml:1:5：这段文字有 3145727 字，超过 32767 字。"),
        one("literal-7-MiB", format!("id: |\n{}", "  ab cd\n".repeat(900_000)), "错误：tree.yaml:2:3：这段文字有 5400000 字，"),
        one("quote-open-7-MiB", format!("id: \"{}", "  ab cd\n".repeat(900_000)), "错误：tree.yaml:1:5：这个引号没有配对，"),
        one("key-1-MiB", format!("{}: 1\n", "k".repeat(1 << 20)), "错误：tree.yaml:1:1：这段文字有 1048576 字，超过 32767 字。"),
        one("comment-8-MiB", format!("#{}", " 注".repeat(2_000_000)), "错误：tree.yaml:1:1：文件里没有内容。"),
        one("newlines-8-MiB", "\n".repeat(8 << 20), "错误：tree.yaml:1:1：文件里没有内容。"),
        one("spaces-8-MiB", " ".repeat(8 << 20), "错误：tree.yaml:1:1：文件里没有内容。"),
        one("nul-8-MiB", format!("id: {}\0", "x".repeat(8_000_000)), "错误：tree.yaml:1:8000005：这里有一个看不见的控制字符（U+0000），全文共 1 个；"),
        (
            "gbk-at-the-end",
            [format!("#{}", "\n".repeat(1_000_000)).as_bytes(), b"a: \xd3\xa6\xbc\xb1"].concat(),
            "错误：tree.yaml:1000001:5：文件不是 UTF-8 编码".into(),
            6,
        ),
        one("documents-500000", format!("{HEAD}{}", "---\na\n".repeat(500_000)), "错误：tree.yaml:1:1：树里一道题也没有。"),
        many("wrong-items-40000", tree((0..40_000).map(|_| "  - 1\n".to_string())), "错误：tree.yaml:5:5：“items”应为键值表。"),
        many("same-ids-20000", tree((0..20_000).map(|_| item("a", ""))), "错误：tree.yaml:6:10：题号 a 与前面的重复。"),
        many(
            "wrong-on-one-line",
            format!("{HEAD}items: [{}]", "1, ".repeat(40_000)).into_bytes(),
            "错误：tree.yaml:4:9：“items”应为键值表。",
        ),
        many(
            "unknown-requirements",
            tree(std::iter::once(item("a", &format!(", requires: [{}]", (0..40_000).map(|n| format!("x{n}, ")).collect::<String>())))),
            "错误：tree.yaml:5:",
        ),
        many(
            "chain-of-groups",
            format!("{HEAD}groups: [{}]\nitems: [{{id: a, parent: \"39999\", question: {{zh: 问, en: Ask}}, scale: {{type: yes_no, pass: \"yes\"}}}}]", flat.collect::<String>())
                .into_bytes(),
            "试（try，1 版）：1 / 1 / 1 / 1",
        ),
        many("sound-10000", tree((0..10_000).map(|n| item(&format!("a{n}"), ""))), "试（try，1 版）：10000。没有错误。"),
    ]
}

/// What a case may say does not grow with its size, and neither does a line of it.
#[test]
fn large_files_are_refused_in_a_few_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    for (name, bytes, expected, lines) in large() {
        let path = folder.path().join("tree.yaml");
        fs::write(&path, bytes).expect("a file");
        let said = check(&path);
        let begins: String = said.chars().take(400).collect();
        if !said.contains(&expected) {
            wrong.push(format!("{name}: {begins}"));
        }
        let (count, longest) = (said.lines().count(), said.lines().map(|line| line.chars().count()).max().unwrap_or(0));
        if count > lines || (longest > 500 && name != "chain-of-groups") {
            wrong.push(format!("{name}: {count} lines, one of {longest} characters"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_with_too_many_problems_says_so_and_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    fs::write(&path, tree((0..5_000).map(|_| "  - 1\n".to_string()))).expect("a file");
    let said = check(&path);
    assert_eq!(said.lines().filter(|line| line.starts_with("错误：")).count(), 1_001);
    assert!(said.contains("\n错误：tree.yaml：问题超过 1000 处，其余没有再读。请先改好上面这些。\n"), "{said}");
}

/// Files of one tree count together: 40 of 1 MiB each are too much though none of them is.
#[test]
fn many_files_make_no_bomb_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = (0..40).map(|n| format!("{n}.yaml")).collect();
    fs::write(folder.path().join("tree.yaml"), format!("{HEAD}files: [{}]\n", names.join(", "))).expect("a file");
    for name in &names {
        fs::write(folder.path().join(name), format!("code: \"1\"\n#{}", "x".repeat(1 << 20))).expect("a file");
    }
    let said = check(&folder.path().join("tree.yaml"));
    assert_eq!(said.matches("几个文件加起来超过 32 MiB，没有读。").count(), 9, "{said}");
}
