//! Files replaced whole or not at all: all of them written beside the old ones and synced, then renamed.
//!
//! The files of one call belong together. Until the last of them is whole on the disk no old one is touched; should a rename be
//! refused then, the message says which are new and which are old.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Failure, io_advice, io_reason};
use crate::sheet::disk::{Disk, RealDisk, sweep, unfinished};
use crate::text::{Text, t};

/// Puts `bytes` at `path`, making its folder.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace_all(&[(path.to_path_buf(), bytes)])
}

/// Puts each file at its path, making folders; none where not all of them can be written.
pub fn replace_all<B: AsRef<[u8]>>(files: &[(PathBuf, B)]) -> Result<(), Failure> {
    replace_on(&mut RealDisk, files).map_err(Failure::from)
}

/// A whole file beside the place it is for; open, so that no other run sweeps it away.
struct Staged {
    path: PathBuf,
    _held: File,
}

fn replace_on<B: AsRef<[u8]>>(disk: &mut dyn Disk, files: &[(PathBuf, B)]) -> Result<(), Text> {
    let mut made = Vec::new();
    let mut staged = Vec::new();
    for (path, bytes) in files {
        if let Err(error) = stage(disk, path, bytes.as_ref(), &mut made, &mut staged) {
            discard(staged, &made);
            return Err(unwritten(path, &error));
        }
    }
    let paths: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    let mut rest = staged.into_iter();
    for (index, path) in paths.iter().enumerate() {
        let Some(whole) = rest.next() else { break };
        if let Err(error) = disk.rename(&whole.path, path) {
            discard(std::iter::once(whole).chain(rest).collect(), &made);
            return Err(if index == 0 { unwritten(path, &error) } else { half_way(&paths, index, &error) });
        }
    }
    for folder in folders(&paths) {
        disk.sync_folder(folder).map_err(|error| unsure(folder, &error))?;
    }
    Ok(())
}

/// Writes one file beside its place; folders that had to be made are noted in `made`.
fn stage(disk: &mut dyn Disk, path: &Path, bytes: &[u8], made: &mut Vec<PathBuf>, staged: &mut Vec<Staged>) -> io::Result<()> {
    let folder = folder(path);
    if folder.is_dir() {
        sweep(folder);
    } else {
        made.extend(folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).map(Path::to_path_buf));
        disk.make_folder(folder)?;
    }
    disk.check_free(path)?;
    // A name that is taken belongs to a run of the same number that was killed, or runs on another machine.
    let mut number = staged.len();
    let (place, mut file) = loop {
        let place = folder.join(unfinished(number));
        match disk.create(&place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            created => break (place, created?),
        }
    };
    let written = disk.write(&mut file, bytes).and_then(|()| disk.sync(&file));
    staged.push(Staged { path: place, _held: file });
    written
}

/// Takes away what was written beside, and folders that are empty again.
fn discard(staged: Vec<Staged>, made: &[PathBuf]) {
    for one in staged {
        // What cannot be taken away now the next run sweeps away.
        let _ = fs::remove_file(&one.path);
    }
    for folder in made {
        let _ = fs::remove_dir(folder);
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Each folder once, in order.
fn folders<'a>(paths: &[&'a Path]) -> Vec<&'a Path> {
    let mut folders: Vec<&Path> = Vec::new();
    for path in paths {
        if !folders.contains(&folder(path)) {
            folders.push(folder(path));
        }
    }
    folders
}

fn shown(path: &Path) -> Text {
    path.display().to_string().into()
}

fn unwritten(path: &Path, error: &io::Error) -> Text {
    t("写不了 {path}：{reason}。这里的文件都没有改动。{advice}", "Cannot write {path}: {reason}. Nothing was changed there. {advice}")
        .with(&[("path", shown(path)), ("reason", io_reason(error)), ("advice", io_advice(error))])
}

/// A rename was refused after `index` others.
fn half_way(paths: &[&Path], index: usize, error: &io::Error) -> Text {
    let names = |paths: &[&Path]| {
        let names: Vec<Text> =
            paths.iter().map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default().into()).collect();
        Text::join(&names, "、", ", ")
    };
    t(
        "写不了 {path}：{reason}。新旧混在一起了：已换成这次的有 {new}；仍是原样的有 {old}。{advice}然后再运行一次，全部换成新的以后再用。",
        "Cannot write {path}: {reason}. Old and new now stand side by side: new are {new}; as before are {old}. {advice} Then run it again and use them when all are new.",
    )
    .with(&[
        ("path", shown(paths[index])),
        ("reason", io_reason(error)),
        ("new", names(&paths[..index])),
        ("old", names(&paths[index..])),
        ("advice", io_advice(error)),
    ])
}

/// All files are in place, and the disk would not say that they will stay.
fn unsure(folder: &Path, error: &io::Error) -> Text {
    t(
        "{folder} 里的文件都已写好，但磁盘没有确认存妥：{reason}。断电可能丢失；请检查磁盘，再运行一次。",
        "The files in {folder} are written, but the disk did not confirm that they will stay: {reason}. A power cut may lose them; check the disk and run it again.",
    )
    .with(&[("folder", shown(folder)), ("reason", io_reason(error))])
}

#[cfg(test)]
mod tests;
