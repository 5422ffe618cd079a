//! A stranger's YAML file to text: how much is read, in which encoding, and which characters no file of ours holds.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::place::Place;
use crate::text::t;
use crate::tree::yaml;

pub static NOT_UTF8: Kind = Kind::error(
    "tree-encoding",
    t("文件不是 UTF-8 编码：这里起读不出文字。", "The file is not UTF-8: from here on it is no text."),
    t("请用编辑器另存为 UTF-8（ANSI、GBK 都不是）。", "Save it as UTF-8 in your editor; ANSI and GBK are something else."),
);
pub static UTF16: Kind = Kind::error(
    "tree-utf-16",
    t("文件是 UTF-16 编码，没有读。", "The file is UTF-16 and was not read."),
    t("请用编辑器另存为 UTF-8（“Unicode”不是）。", "Save it as UTF-8 in your editor; what it calls Unicode is something else."),
);
pub static CHARACTER: Kind = Kind::error(
    "tree-character",
    t(
        "这里有一个看不见的控制字符（{code}），全文共 {count} 个；文件没有读。",
        "Here is an invisible control character ({code}), {count} in all; the file was not read.",
    ),
    t("请删去它，多半是从别处复制时带来的。", "Delete it; it probably came along when text was pasted."),
);
pub static TOO_LARGE: Kind = Kind::error(
    "tree-too-large",
    t("{what}超过 {limit}，没有读。", "{what} is larger than {limit} and was not read."),
    t("请把内容分成几个文件。", "Split it into several files."),
);
pub static KINDS: [&Kind; 4] = [&NOT_UTF8, &UTF16, &CHARACTER, &TOO_LARGE];

const MIB: usize = 1024 * 1024;
/// Of one file; a complete tree of 405 items printed by `tree show --json` takes 1.3 MiB.
const MAX_FILE: usize = 8 * MIB;
/// Of all files of one tree, bank or crosswalk.
const MAX_ALL: usize = 32 * MIB;
/// Keys and values of one file; the 405 items of the city tree printed in one take 125,000.
const MAX_FILE_NODES: usize = 500_000;
const MAX_ALL_NODES: usize = 1_000_000;

/// The files of one tree, bank or crosswalk: what they hold is limited together, so that many small ones make no bomb either.
pub struct Files {
    bytes_left: usize,
    nodes_left: usize,
    /// Name and text of each file that is text.
    pub sources: Vec<(String, String)>,
}

impl Default for Files {
    fn default() -> Self {
        Files { bytes_left: MAX_ALL, nodes_left: MAX_ALL_NODES, sources: Vec::new() }
    }
}

impl Files {
    /// Reads a file, under the name by which findings call it. Never more than the limit is read, whatever the file says of its size.
    pub fn read(&mut self, path: &Path, shown: &str, findings: &mut Vec<Finding>) -> io::Result<Option<Node>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes)?;
        Ok(self.parse(bytes, shown, findings))
    }

    /// The same with the bytes of a file; none, with findings, where they are no YAML that ecap reads.
    pub fn parse(&mut self, bytes: Vec<u8>, shown: &str, findings: &mut Vec<Finding>) -> Option<Node> {
        let limits = [(MAX_FILE, MAX_FILE, t("文件", "The file")), (self.bytes_left, MAX_ALL, t("几个文件加起来", "All files together"))];
        if let Some((_, limit, what)) = limits.into_iter().find(|(left, ..)| bytes.len() > *left) {
            findings.push(TOO_LARGE.at(Place::file(shown), &[("what", what), ("limit", format!("{} MiB", limit / MIB).into())]));
            return None;
        }
        self.bytes_left -= bytes.len();
        let text = decoded(bytes, shown, findings)?;
        let sound = characters(&text, shown, findings);
        let before = self.nodes_left.min(MAX_FILE_NODES);
        let mut left = before;
        let node = if sound { yaml::parse(&text, shown, &mut left, findings) } else { None };
        self.nodes_left -= before - left;
        self.sources.push((shown.to_string(), text));
        node
    }
}

/// The text without its byte order mark.
fn decoded(bytes: Vec<u8>, file: &str, findings: &mut Vec<Finding>) -> Option<String> {
    if is_utf16(&bytes) {
        findings.push(UTF16.at(Place::source(file, 1, 1), &[]));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Some(text)
        }
        Err(error) => {
            let sound = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..sound]).into_owned();
            findings.push(NOT_UTF8.at(end_of(before.strip_prefix('\u{feff}').unwrap_or(&before), file), &[]));
            None
        }
    }
}

/// By its mark, or because every other byte of its beginning is 0, as in Latin letters of UTF-16.
fn is_utf16(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(256)];
    let zeros = |parity: usize| beginning.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || zeros(0).max(zeros(1)) * 4 > beginning.len()
}

/// Where the first character after a text stands. Lines end as in YAML: LF, CR LF or CR.
fn end_of(text: &str, file: &str) -> Place {
    let (mut line, mut column, mut last) = (1, 1, ' ');
    for character in text.chars() {
        match character {
            '\n' if last == '\r' => {}
            '\n' | '\r' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
        last = character;
    }
    Place::source(file, line, column)
}

/// Control characters end texts early (NUL), steer terminals (ESC) or make two ids look alike (a byte order mark inside); no text needs them.
fn characters(text: &str, file: &str, findings: &mut Vec<Finding>) -> bool {
    let mut bad = text.char_indices().filter(|(_, character)| is_control(*character) && !matches!(character, '\t' | '\n' | '\r'));
    let Some((at, character)) = bad.next() else { return true };
    let count = 1 + bad.count();
    let code = format!("U+{:04X}", u32::from(character));
    findings.push(CHARACTER.at(end_of(&text[..at], file), &[("code", code.into()), ("count", count.into())]));
    false
}

pub(super) fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> Vec<String> {
        let mut findings = Vec::new();
        Files::default().parse(bytes.to_vec(), "a.yaml", &mut findings);
        findings.iter().map(|finding| format!("{} {}", finding.place.show().zh, finding.code)).collect()
    }

    #[test]
    fn what_is_no_text_is_refused_where_it_stops_being_text() {
        assert_eq!(said("a: 1\r\n应：\u{7}".as_bytes()), ["a.yaml:2:3 tree-character"]);
        assert_eq!(said(b"a: 1\rb: \xbc\xb1"), ["a.yaml:2:4 tree-encoding"]);
        assert_eq!(said(b"a\0:\0 \x001\0"), ["a.yaml:1:1 tree-utf-16"]);
        assert_eq!(said("\u{feff}a: 1\n".as_bytes()), [""; 0]);
        assert_eq!(said("\u{feff}\u{feff}a: 1\n".as_bytes()), ["a.yaml:1:1 tree-character"]);
    }

    #[test]
    fn many_files_are_limited_together() {
        let (mut files, mut findings) = (Files::default(), Vec::new());
        let comment = vec![b'#'; MAX_FILE];
        for _ in 0..4 {
            files.parse(comment.clone(), "a.yaml", &mut findings);
        }
        assert!(findings.iter().all(|finding| finding.code == yaml::EMPTY.code), "{findings:?}");
        files.parse(b"a: 1".to_vec(), "b.yaml", &mut findings);
        assert_eq!(
            findings.last().map(|finding| finding.message.zh.as_ref()),
            Some("几个文件加起来超过 32 MiB，没有读。请把内容分成几个文件。")
        );
    }
}
