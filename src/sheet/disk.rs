//! What writing asks of a disk, and the disk itself. What differs by system stands here.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The steps of writing, one by one, so that a test can let any of them fail.
pub trait Disk {
    fn make_folder(&mut self, folder: &Path) -> io::Result<()>;
    /// Fails where a file could never take this place: it is a folder, or another program holds it.
    fn check_free(&mut self, path: &Path) -> io::Result<()>;
    /// A new file, held against [`sweep`] as long as it is open.
    fn create(&mut self, path: &Path) -> io::Result<File>;
    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    fn sync(&mut self, file: &File) -> io::Result<()>;
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The computer's own.
pub struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn check_free(&mut self, path: &Path) -> io::Result<()> {
        if path.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { unheld(path) }
    }

    fn create(&mut self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        // A network folder may know no locks: then nobody sweeps there either.
        let _ = file.try_lock();
        Ok(file)
    }

    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&mut self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        sync_names(folder)
    }
}

/// A program that has the file open lets nobody else write to it.
#[cfg(windows)]
fn unheld(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// An open file may be replaced.
#[cfg(not(windows))]
fn unheld(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// The new names reach the disk too: after a power cut a renamed file could otherwise be gone under both.
#[cfg(unix)]
fn sync_names(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    match synced {
        // Some network folders cannot, and one may be writable that cannot be read.
        Err(error) if matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Windows writes names with the file and opens no folder for this.
#[cfg(not(unix))]
fn sync_names(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Half-written files are called so: hidden from listings, no workbook to any program.
const START: &str = ".ecap-";
const END: &str = ".tmp";

/// The name of the `number`th half-written file of this run.
pub fn unfinished(number: usize) -> String {
    format!("{START}{}-{number}{END}", std::process::id())
}

/// Takes away what a killed run left half-written in a folder; what another run is writing is locked and stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && name.starts_with(START) && name.ends_with(END) {
            let orphan = OpenOptions::new().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
            if orphan {
                // Where it cannot be taken away it does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
