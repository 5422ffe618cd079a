//! File names that every system takes.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_shown;

/// Longest file name that ecap makes, in characters, and in bytes of UTF-8: systems count either, to 255.
const MAX_NAME: usize = 80;
const MAX_BYTES: usize = 240;
/// What Windows keeps for devices, whatever ending follows; COM1 to COM9 and LPT1 to LPT9 too.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name every system takes: NFC, no `/ \ : * ? " < > |` and nothing invisible, no dot or space at the end, no dot or `~` at the
/// start, which hide a file, none of Windows' devices, 80 characters and 240 bytes at most.
pub fn file_name(text: &str) -> String {
    file_name_ending(text, "")
}

/// The same with an ending that is kept whole within the length.
pub fn file_name_ending(text: &str, ending: &str) -> String {
    let mut name = String::new();
    let plain = text.nfc().map(|character| if !is_shown(character) || "/\\:*?\"<>|".contains(character) { '_' } else { character });
    for character in plain.take(MAX_NAME - ending.chars().count()) {
        if name.len() + character.len_utf8() + ending.len() > MAX_BYTES {
            break;
        }
        name.push(character);
    }
    if name.starts_with(['.', '~']) {
        name.replace_range(..1, "_");
    }
    let kept = name.trim_end_matches(['.', ' ']).len();
    let cut = name.split_off(kept).len();
    name.push_str(&"_".repeat(cut));
    if is_device(&name) {
        // One more letter at most: a device's name is short, unless its own ending fills the rest.
        name.insert(0, '_');
        if name.chars().count() + ending.chars().count() > MAX_NAME {
            name.pop();
        }
    }
    format!("{name}{ending}")
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |kind: &str| stem.strip_prefix(kind).is_some_and(|rest| rest.chars().count() == 1 && "123456789¹²³".contains(rest));
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// File names of one run, made distinct: a clash gets `~2`.
#[derive(Debug, Default)]
pub struct Names {
    taken: Vec<String>,
}

impl Names {
    /// A name that every system takes and that was not given before, letter case not counting.
    pub fn distinct(&mut self, text: &str, ending: &str) -> String {
        let mut name = file_name_ending(text, ending);
        let mut number = 2;
        while self.taken.contains(&name.to_lowercase()) {
            name = file_name_ending(text, &format!("~{number}{ending}"));
            number += 1;
        }
        self.taken.push(name.to_lowercase());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_every_system_takes() {
        assert_eq!(file_name("临江区/2026:上半年?"), "临江区_2026_上半年_");
        assert_eq!(file_name("a. "), "a__");
        assert_eq!(file_name("e\u{301}"), "\u{e9}");
        assert_eq!(file_name(&"区".repeat(100)).chars().count(), 80);
        assert_eq!(file_name_ending(&"区".repeat(100), ".xlsx").chars().count(), 80);
    }

    #[test]
    fn a_name_hides_nothing_and_is_no_device() {
        assert_eq!(file_name("../../etc/passwd"), "_._.._etc_passwd");
        assert_eq!(file_name(".."), "__");
        assert_eq!(file_name("~$甲"), "_$甲");
        assert_eq!(file_name("甲\u{202e}xslx.exe\u{0}\u{200b}"), "甲_xslx.exe__");
        assert_eq!(file_name("CON"), "_CON");
        assert_eq!(file_name("com1 .2026"), "_com1 .2026");
        assert_eq!(file_name("CON-2026"), "CON-2026");
        assert_eq!(file_name_ending("nul", ".xlsx"), "_nul.xlsx");
        assert_eq!(file_name("con."), "con_");
        assert_eq!(file_name(&format!("con.{}", "x".repeat(90))).chars().count(), 80);
        // Four bytes a character.
        let rare = file_name_ending(&"𠮷".repeat(100), ".xlsx");
        assert!(rare.len() <= 240 && rare.ends_with("𠮷.xlsx"));
    }
}
