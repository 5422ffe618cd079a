//! Files replaced whole or not at all: written beside the old one, synced, then renamed.

use std::fs;
use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Failure, io_reason};
use crate::text::t;

/// Longest file name that ecap makes, in characters.
const MAX_NAME: usize = 80;

/// Puts `bytes` at `path`, making its folder.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes).map_err(|error| {
        t(
            "写不了 {path}：{reason}。请关闭正打开它的程序，或用 -o 换一个位置。",
            "Cannot write {path}: {reason}. Close the program that has it open, or choose another place with -o.",
        )
        .with(&[("path", path.display().to_string().into()), ("reason", io_reason(&error))])
        .into()
    })
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    allow_others_to_read(&file)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file is private; a report is not.
#[cfg(unix)]
fn allow_others_to_read(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn allow_others_to_read(_file: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

/// A name every system takes: NFC, no `/ \ : * ? " < > |` and no control characters, no dot or space at the end, 80 characters at most.
pub fn file_name(text: &str) -> String {
    file_name_ending(text, "")
}

/// The same with an ending that is kept whole within the 80 characters.
pub fn file_name_ending(text: &str, ending: &str) -> String {
    let name: String = text
        .nfc()
        .map(|character| if character.is_control() || "/\\:*?\"<>|".contains(character) { '_' } else { character })
        .take(MAX_NAME - ending.chars().count())
        .collect();
    let kept = name.trim_end_matches(['.', ' ']);
    let cut = name.chars().count() - kept.chars().count();
    format!("{kept}{}{ending}", "_".repeat(cut))
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
    fn the_old_file_stands_until_the_new_one_is_whole() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("甲/report.md");
        assert!(replace(&path, b"one").is_ok());
        assert!(replace(&path, b"two").is_ok());
        assert_eq!(fs::read(&path)?, b"two");
        assert_eq!(fs::read_dir(folder.path().join("甲"))?.count(), 1);
        assert!(replace(&path.join("below a file"), b"no").is_err());
        assert_eq!(fs::read(&path)?, b"two");
        Ok(())
    }
}
