//! What a stranger's file may cost: each limit with its name in `--limit`, its unit and what it guards.

use std::path::Path;

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::text::{Text, t};

/// A limit and how far it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// MiB of a file as it lies there.
    File,
    /// Parts of the zip that a workbook is.
    Parts,
    /// MiB of all its parts unpacked.
    Unpacked,
    /// How many times a file may grow when unpacked, above 64 MiB.
    Growth,
    /// Cells of a file.
    Cells,
    /// MiB of text in its cells.
    Text,
    /// Seconds for a file that is read in a process of its own.
    Seconds,
    /// MiB of memory of that process.
    Memory,
}

const COUNT: usize = 8;

/// Name, unit, what it bounds, and the value that holds unless `--limit` says otherwise.
static TABLE: [(Limit, &str, Text, Text, usize); COUNT] = [
    (Limit::File, "file", t("兆字节", "MiB"), t("文件大小", "the size of a file"), 50),
    (Limit::Parts, "parts", t("个", "parts"), t("文件内部件数", "the parts in a workbook"), 10_000),
    (Limit::Unpacked, "unpacked", t("兆字节", "MiB"), t("解压后的大小", "its size unpacked"), 512),
    (Limit::Growth, "growth", t("倍", "times"), t("解压后胀大的倍数", "how many times it grows when unpacked"), 200),
    (Limit::Cells, "cells", t("个", "cells"), t("单元格数", "its cells"), 2_000_000),
    (Limit::Text, "text", t("兆字节", "MiB"), t("单元格文字的总量", "the text in its cells"), 256),
    (Limit::Seconds, "seconds", t("秒", "seconds"), t("读一个文件的时间", "the time to read a file"), 30),
    (Limit::Memory, "memory", t("兆字节", "MiB"), t("读一个文件用的内存", "the memory to read a file"), 1024),
];

pub static OVER_LIMIT: Kind = Kind::error(
    "input-over-limit",
    t(
        "{what}有 {size} {unit}，超过上限 {limit} {unit}，没有读。",
        "{what}: {size} {unit}, above the limit of {limit} {unit}; it was not read.",
    ),
    t(
        "问卷不会这么大：请删去图片和无关的工作表，另存为 .xlsx 后再交；确实要读的，用 --limit {name}=数字 放宽。",
        "A survey is never like that: take out pictures and other sheets, save it as .xlsx and send it again; if it is meant, raise the limit with --limit {name}=NUMBER.",
    ),
);

/// The limits of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    values: [usize; COUNT],
}

impl Default for Limits {
    fn default() -> Self {
        Limits { values: TABLE.each_ref().map(|(.., value)| *value) }
    }
}

pub const MIB: usize = 1024 * 1024;
/// Below this size a file may grow as it likes.
pub const FREE_GROWTH: usize = 64 * MIB;

impl Limits {
    fn index(limit: Limit) -> usize {
        TABLE.iter().position(|(own, ..)| *own == limit).unwrap_or(0)
    }

    pub fn get(&self, limit: Limit) -> usize {
        self.values[Self::index(limit)]
    }

    /// In bytes, of a limit in MiB.
    pub fn bytes(&self, limit: Limit) -> usize {
        self.get(limit).saturating_mul(MIB)
    }

    /// `cells=5000000`; false where it is no limit.
    pub fn set(&mut self, text: &str) -> bool {
        let Some((name, value)) = text.split_once('=') else { return false };
        let index = TABLE.iter().position(|(_, own, ..)| *own == name.trim());
        match (index, value.trim().parse::<usize>()) {
            (Some(index), Ok(value)) if value > 0 => {
                self.values[index] = value;
                true
            }
            _ => false,
        }
    }

    /// The name of one in `--limit`.
    pub fn name(limit: Limit) -> &'static str {
        TABLE[Self::index(limit)].1
    }

    pub fn named(name: &str) -> Option<Limit> {
        TABLE.iter().find(|(_, own, ..)| *own == name).map(|(limit, ..)| *limit)
    }

    /// As arguments of another process of this program.
    pub fn arguments(&self) -> Vec<String> {
        TABLE.iter().zip(&self.values).map(|((_, name, ..), value)| format!("{name}={value}")).collect()
    }

    /// The refusal of a file by its size alone, before it is read.
    pub fn too_large(&self, path: &Path, name: &str) -> Option<Finding> {
        let size = usize::try_from(std::fs::metadata(path).ok()?.len()).unwrap_or(usize::MAX);
        (size > self.bytes(Limit::File)).then(|| self.refusal(Limit::File, size.div_ceil(MIB), Place::file(name)))
    }

    /// The refusal of a file that goes beyond one: the limit, the figure, and how to raise it.
    pub fn refusal(&self, limit: Limit, size: usize, place: Place) -> Finding {
        let (_, name, unit, what, _) = &TABLE[Self::index(limit)];
        OVER_LIMIT.at(
            place,
            &[
                ("what", what.clone()),
                ("size", size.into()),
                ("unit", unit.clone()),
                ("limit", self.get(limit).into()),
                ("name", (*name).into()),
            ],
        )
    }
}

/// For help: `file=50、parts=10000……`.
pub fn listed() -> Text {
    let all: Vec<Text> = TABLE
        .iter()
        .map(|(_, name, unit, what, value)| {
            t("{name}={value}（{what}，{unit}）", "{name}={value} ({what}, {unit})").with(&[
                ("what", what.clone()),
                ("unit", unit.clone()),
                ("value", (*value).into()),
                ("name", (*name).into()),
            ])
        })
        .collect();
    Text::join(&all, "、", ", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_refusal_names_the_limit_the_figure_and_the_option_that_raises_it() {
        let mut limits = Limits::default();
        assert!(limits.set("cells=10"));
        assert!(!limits.set("cells") && !limits.set("cells=0") && !limits.set("cells=-1") && !limits.set("rows=3"));
        let finding = limits.refusal(Limit::Cells, 11, Place::file("甲.xlsx"));
        assert_eq!(
            finding.line(Lang::Zh),
            "错误：甲.xlsx：单元格数有 11 个，超过上限 10 个，没有读。问卷不会这么大：请删去图片和无关的工作表，另存为 .xlsx 后再交；确实要读的，用 --limit cells=数字 放宽。"
        );
        assert_eq!(
            finding.line(Lang::En),
            "error: 甲.xlsx: its cells: 11 cells, above the limit of 10 cells; it was not read. A survey is never like that: take out pictures and other sheets, save it as .xlsx and send it again; if it is meant, raise the limit with --limit cells=NUMBER."
        );
        let mut copy = Limits::default();
        assert!(limits.arguments().iter().all(|argument| copy.set(argument)));
        assert_eq!(copy, limits);
    }
}
