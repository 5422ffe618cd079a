//! A zip of parts, opened without trusting it: how many parts it has and how large they become is checked before anything is unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::finding::Finding;
use crate::place::Place;
use crate::sheet::limits::{FREE_GROWTH, Limit, Limits, MIB};
use crate::text::{Text, t};

/// Why something cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// A limit and how much there is.
    Over(Limit, usize),
    /// A part of the bytes is gone or changed: only the sender has the whole.
    Incomplete(Text),
    Damaged(Text),
    /// The line, from 1, of text in columns in which a quote begins that never ends.
    OpenQuote(usize),
}

/// What is known of damage that has no better name.
pub const DAMAGED: Text = t("文件内容损坏", "its content is damaged");
/// The bytes end before the file does.
pub const CUT_OFF: Text =
    t("后面的部分缺失，多半没有传完或没有下载完", "its end is missing; it was probably not sent or not downloaded whole");
const SPOILT: Text = t(
    "里面有数据缺失或与校验码不符，多半在传送中损坏",
    "some of its data are missing or do not match their checksum; it was probably damaged on the way",
);
const TWICE: Text = t("里面有两个同名的部件", "two of its parts have one name");
const TOO_MUCH: Text = t("一个部件解压后太大，名字又不像表格的部件", "a part becomes too large and is not named as one of a workbook");
const LONGER: Text = t("部件比所写的长，可能被改动过", "a part is longer than it says; it may have been tampered with");

impl Trouble {
    pub fn damaged() -> Self {
        Trouble::Damaged(DAMAGED)
    }

    /// As a finding on a file.
    pub fn finding(self, limits: &Limits, place: Place) -> Finding {
        match self {
            Trouble::Over(limit, size) => limits.refusal(limit, size, place),
            Trouble::Incomplete(reason) => super::open::INCOMPLETE.at(place, &[("reason", reason)]),
            Trouble::Damaged(reason) if reason.zh == super::sniff::PASSWORD.zh => super::open::PROTECTED.at(place, &[]),
            Trouble::OpenQuote(line) => super::open::OPEN_QUOTE.at(place, &[("line", line.into())]),
            Trouble::Damaged(reason) => super::open::UNREADABLE.at(place, &[("reason", reason)]),
        }
    }
}

/// An opened zip whose parts are within the limits.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Positions by names in lower case with `/`.
    parts: BTreeMap<String, usize>,
    /// Bytes that parts of no data may still unpack to, should one be named as a sheet.
    left: u64,
}

/// The end record of a zip: its length, and the longest comment behind it.
const END: usize = 22;
const MAX_COMMENT: usize = 65_535;

/// Parts that the end of the zip promises; none where there is no end.
fn promised(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(END + MAX_COMMENT);
    let at = (from..=bytes.len().checked_sub(END)?).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let count = usize::from(u16::from_le_bytes([bytes[at + 10], bytes[at + 11]]));
    // More than 65,535 are told by a record of 64 bits, which no workbook has.
    Some(if count == usize::from(u16::MAX) { usize::MAX } else { count })
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Trouble> {
        let promised = promised(bytes).ok_or(Trouble::Incomplete(CUT_OFF))?;
        if promised > limits.get(Limit::Parts) {
            return Err(Trouble::Over(Limit::Parts, promised.min(bytes.len() / END)));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(spoilt)?;
        if archive.len() > limits.get(Limit::Parts) {
            return Err(Trouble::Over(Limit::Parts, archive.len()));
        }
        let (mut parts, mut unpacked) = (BTreeMap::new(), 0u64);
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(spoilt)?;
            if part.is_dir() {
                continue;
            }
            let name = plain(&part.name().map_err(|_| Trouble::damaged())?);
            if holds_data(&name) {
                unpacked = unpacked.saturating_add(part.size());
            }
            if parts.insert(name, index).is_some() {
                return Err(Trouble::Damaged(TWICE));
            }
        }
        // The central directory names a part once even where it stands twice in the file.
        if archive.len() != promised {
            return Err(Trouble::Damaged(TWICE));
        }
        let unpacked = usize::try_from(unpacked).unwrap_or(usize::MAX);
        if unpacked > limits.bytes(Limit::Unpacked) {
            return Err(Trouble::Over(Limit::Unpacked, unpacked / MIB));
        }
        let growth = unpacked / bytes.len().max(1);
        if unpacked > FREE_GROWTH && growth > limits.get(Limit::Growth) {
            return Err(Trouble::Over(Limit::Growth, growth));
        }
        // Beyond the free part growth counts from the first byte.
        let by_growth = bytes.len().saturating_mul(limits.get(Limit::Growth)).max(FREE_GROWTH);
        let left = limits.bytes(Limit::Unpacked).min(by_growth).saturating_sub(unpacked);
        Ok(Package { archive, parts, left: left as u64 })
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&plain(name))
    }

    pub fn names(&self) -> Vec<&str> {
        self.parts.keys().map(String::as_str).collect()
    }

    /// A part's bytes; none where there is no such part. Never more than it declares.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let Some(index) = self.parts.get(&plain(name)).copied() else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(spoilt)?;
        let declared = part.size();
        // It was not counted when the package was opened.
        if !holds_data(&plain(name)) {
            self.left = self.left.checked_sub(declared).ok_or(Trouble::Damaged(TOO_MUCH))?;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
        part.take(declared.saturating_add(1)).read_to_end(&mut bytes).map_err(spoilt)?;
        if bytes.len() as u64 > declared {
            return Err(Trouble::Damaged(LONGER));
        }
        Ok(Some(bytes))
    }

    /// A part as text: UTF-8, or UTF-16 with its mark.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
            String::from_utf16(&units).map_err(|_| Trouble::damaged())
        };
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes)?,
            [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes)?,
            _ => {
                let mut text = String::from_utf8(bytes).map_err(|_| Trouble::damaged())?;
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                text
            }
        };
        Ok(Some(text))
    }
}

fn spoilt<E>(_: E) -> Trouble {
    Trouble::Incomplete(SPOILT)
}

/// Is it unpacked for reading? Pictures and the like are not.
fn holds_data(name: &str) -> bool {
    [".xml", ".rels", ".bin", ".vml"].iter().any(|ending| name.ends_with(ending))
}

/// Names as programs write them: some with `\`, some in other letter case, some with a `/` before.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// `../comments1.xml` seen from `xl/worksheets/sheet1.xml`.
pub fn target(from: &str, path: &str) -> String {
    if path.starts_with('/') {
        return plain(path);
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in path.split(['/', '\\']) {
        match step {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            other => folders.push(other),
        }
    }
    plain(&folders.join("/"))
}
