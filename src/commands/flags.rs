//! The flags that several commands take, each with its words in both languages.

use crate::commands::Flag;
use crate::text::t;

pub static UNIT: Flag = Flag {
    name: "unit",
    short: None,
    value: Some(t("单位", "UNIT")),
    help: t(
        "被评估单位；读表时只补封面缺漏，或在封面被改过时定夺，不改名、不筛选",
        "the unit assessed; when reading it fills what the cover lacks, or decides where the cover was retyped",
    ),
};
pub static PERIOD: Flag = Flag {
    name: "period",
    short: None,
    value: Some(t("评估期", "PERIOD")),
    help: t("评估期，如 2026；读表时同上", "the period, like 2026; when reading as above"),
};
pub static RESPONDENT: Flag = Flag {
    name: "respondent",
    short: None,
    value: Some(t("部门", "DEPARTMENT")),
    help: t("填报单位，写在封面上", "who fills it, for the cover"),
};
pub static TREE: Flag = Flag {
    name: "tree",
    short: None,
    value: Some(t("指标树", "TREE")),
    help: t(
        "指标树：文件、文件夹或内置名称；默认内置的 city",
        "the tree: a file, a folder or a built-in name; the built-in city by default",
    ),
};
pub static OUT: Flag = Flag { name: "out", short: Some('o'), value: Some(t("位置", "PLACE")), help: t("写到哪里", "where to write") };
pub static LANG: Flag = Flag {
    name: "lang",
    short: None,
    value: Some(t("zh|en", "zh|en")),
    help: t("语言：文件默认中文，屏幕随系统", "the language: files are Chinese by default, the terminal follows the system"),
};
pub static FORMAT: Flag = Flag {
    name: "format",
    short: None,
    value: Some(t("格式", "LIST")),
    help: t("报告格式，用逗号隔开，默认 xlsx,md,docx", "formats of the report, parted by commas, xlsx,md,docx by default"),
};
pub static FORMULAS: Flag = Flag {
    name: "formulas",
    short: None,
    value: None,
    help: t(
        "xlsx 报告的得分、份额、总分写成公式，改答案页的格就重算，附自检页",
        "a living workbook: scores, shares and totals of the xlsx report as formulas over its sheet of answers, with a self-check",
    ),
};
pub static JSON: Flag =
    Flag {
        name: "json", short: None, value: None, help: t("在标准输出给出供程序读的 JSON", "JSON for a program on standard output")
    };
pub static PROFILE: Flag = Flag {
    name: "profile",
    short: None,
    value: Some(t("范围", "PROFILE")),
    help: t(
        "只评一部分题：市、区县、乡镇街道、社区村所答的，或核心",
        "assess a part: what a city, district, township or community answers, or core",
    ),
};
pub static SETTINGS: Flag = Flag {
    name: "settings",
    short: None,
    value: Some(t("评估设置", "SETTINGS")),
    help: t(
        "评估设置，或它所在的文件夹；已在所给文件夹里的不用写",
        "the settings workbook or its folder; not needed where it lies in the folder named",
    ),
};
pub static LIMIT: Flag = Flag {
    name: "limit",
    short: None,
    value: Some(t("名称=数字", "NAME=NUMBER")),
    help: t(
        "放宽读文件的上限，如 cells=5000000，几项用逗号分开；名称见被拒文件的提示",
        "raises a limit of what a file may cost, as cells=5000000, several with commas; the message on a refused file names them",
    ),
};
pub static BY_DEPARTMENT: Flag = Flag {
    name: "by-department",
    short: None,
    value: None,
    help: t("每个实际部门做一份，只含它的题", "one file a real department, of its items only"),
};
pub static REVIEW: Flag = Flag {
    name: "review",
    short: None,
    value: None,
    help: t("用收回的表做现场复核表", "make the review workbook from the returned surveys"),
};
pub static STRICT: Flag = Flag {
    name: "strict",
    short: None,
    value: None,
    help: t("check 时连题目的写法一起查，并给出全树的数字", "with check: the wording of the items too, and the figures of the tree"),
};
pub static CODES: Flag =
    Flag { name: "codes", short: None, value: None, help: t("列出全部问题代码", "list all codes of findings") };
pub static FIX_COPY: Flag = Flag {
    name: "fix-copy",
    short: None,
    value: Some(t("文件夹", "FOLDER")),
    help: t(
        "给每份有问题的表另做一份“（待改）”副本，问题标在单元格里，发回去改",
        "write a copy of each survey with findings, each marked in its cell, to send back",
    ),
};
pub static AUDIT: Flag = Flag {
    name: "audit",
    short: None,
    value: None,
    help: t("再读一遍，列出值得问一问的地方；不改分", "read again and list what is worth a question; no score changes"),
};
pub static LAST: Flag = Flag {
    name: "last",
    short: None,
    value: Some(t("上年", "LAST YEAR")),
    help: t("上年收回的表所在的文件夹，或上年的 results.json", "the folder of last year's surveys, or last year's results.json"),
};
pub static SAMPLE: Flag = Flag {
    name: "sample",
    short: None,
    value: Some(t("题数", "N")),
    help: t("抽这么多题现场核查，要同时写 --seed", "draw so many items to check on site; needs --seed"),
};
pub static SEED: Flag = Flag {
    name: "seed",
    short: None,
    value: Some(t("种子", "SEED")),
    help: t("抽题的种子，答案收齐后当众确定；同一种子抽出同样的题", "the seed of the draw, fixed in public when all answers are in"),
};
pub static BANK: Flag = Flag {
    name: "bank",
    short: None,
    value: Some(t("题库", "BANK")),
    help: t(
        "题库：文件或文件夹；默认用内置 405 题的，别的指标树只从等级题的评分标准出题",
        "the question bank, a file or a folder; by default that of the built-in tree, for other trees questions from level scales only",
    ),
};
pub static QUESTIONS: Flag = Flag {
    name: "questions",
    short: None,
    value: Some(t("题数", "N")),
    help: t("测评出多少题，默认 30；一个班次的默认全部", "how many questions the quiz has, 30 by default; of a class all by default"),
};
pub static CLASS: Flag = Flag {
    name: "class",
    short: None,
    value: Some(t("班次", "N")),
    help: t(
        "只出这个班次的试卷、答案、签到表和答题表，文件名带班次；班次见培训需求报告",
        "the quiz, key, sign-in and answer sheets of this class only, its number in their names; the training needs report has the classes",
    ),
};
pub static MERGE: Flag = Flag {
    name: "merge",
    short: None,
    value: Some(t("mean|median|min|max", "mean|median|min|max")),
    help: t("多方答案怎样合并", "how the answers of several become one"),
};
pub static MISSING: Flag = Flag {
    name: "missing",
    short: None,
    value: Some(t("zero|exclude", "zero|exclude")),
    help: t("空白与读不出的题：按 0 分计，或退出计分", "blank and unreadable items: score 0, or leave"),
};
pub static TARGET: Flag = Flag {
    name: "target",
    short: None,
    value: Some(t("分数", "SCORE")),
    help: t("没有自己目标的题目和分组的目标，0 到 100", "the target of whatever has none of its own, 0 to 100"),
};
pub static REDACT: Flag = Flag {
    name: "redact",
    short: None,
    value: None,
    help: t("脱敏：略去填报人、文件名、佐证、说明和敏感题", "leave out names, file names, evidence, notes and sensitive items"),
};
pub static BASELINE: Flag = Flag {
    name: "baseline",
    short: None,
    value: Some(t("上年得分", "SCORES")),
    help: t(
        "上年只有一张分数表时：名称（或编号）、得分、满分的工作簿",
        "where last year is a table of scores only: a workbook of Name (or Code), Score, Full",
    ),
};
pub static CROSSWALK: Flag = Flag {
    name: "crosswalk",
    short: None,
    value: Some(t("对照表", "FILE")),
    help: t("两版指标的对照（YAML）：改号、拆分、合并、改名", "what became of items between editions (YAML): renamed, split, merged"),
};
pub static OLD_TREE: Flag = Flag {
    name: "old-tree",
    short: None,
    value: Some(t("指标树", "TREE")),
    help: t("上年用的指标树，与本年不是同一版时写", "last year's tree, where it was another edition"),
};
pub static DATE: Flag = Flag {
    name: "date",
    short: None,
    value: Some(t("年-月-日", "YYYY-MM-DD")),
    help: t("写进文件属性的日期，默认 2000-01-01", "the date written into files, 2000-01-01 by default"),
};
