use std::io::ErrorKind;
use std::io::Write;

use super::*;

/// The computer's disk, whose `fail_at`th step (from 0) fails.
struct Faulty {
    fail_at: usize,
    kind: ErrorKind,
    /// The steps taken, by name.
    steps: Vec<&'static str>,
}

impl Faulty {
    fn at(fail_at: usize, kind: ErrorKind) -> Self {
        Faulty { fail_at, kind, steps: Vec::new() }
    }

    fn step(&mut self, name: &'static str) -> io::Result<()> {
        let fails = self.steps.len() == self.fail_at;
        self.steps.push(name);
        if fails { Err(self.kind.into()) } else { Ok(()) }
    }
}

impl Disk for Faulty {
    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        // A part of the way is made before it fails.
        if let Err(error) = self.step("folder") {
            let above = folder.parent().expect("a folder above");
            RealDisk.make_folder(above)?;
            return Err(error);
        }
        RealDisk.make_folder(folder)
    }

    fn check_free(&mut self, path: &Path) -> io::Result<()> {
        self.step("free").and_then(|()| RealDisk.check_free(path))
    }

    fn create(&mut self, path: &Path) -> io::Result<File> {
        self.step("create").and_then(|()| RealDisk.create(path))
    }

    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        // A full disk takes what still fits.
        file.write_all(&bytes[..bytes.len() / 2])?;
        self.step("write")?;
        RealDisk.write(file, &bytes[bytes.len() / 2..])
    }

    fn sync(&mut self, file: &File) -> io::Result<()> {
        self.step("sync").and_then(|()| RealDisk.sync(file))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename").and_then(|()| RealDisk.rename(from, to))
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.step("sync folder").and_then(|()| RealDisk.sync_folder(folder))
    }
}

const NAMES: [&str; 3] = ["report.xlsx", "report.md", "results.json"];

/// Three files in a folder, old ones if `old`, to be replaced; what a step's failure leaves there, and what it says.
fn replaced(old: bool, disk: &mut Faulty) -> (Vec<(String, String)>, Result<(), Text>) {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("甲区/2026");
    if old {
        fs::create_dir_all(&inner).expect("a folder");
        NAMES.iter().for_each(|name| fs::write(inner.join(name), format!("old {name}")).expect("an old file"));
    }
    let files: Vec<(PathBuf, Vec<u8>)> = NAMES.iter().map(|name| (inner.join(name), format!("new {name}").into_bytes())).collect();
    let said = replace_on(disk, &files);
    let said = said.map_err(|text| {
        let root = inner.display().to_string();
        Text::new(text.zh.replace(&root, "@"), text.en.replace(&root, "@"))
    });
    let mut left = Vec::new();
    walk(folder.path(), "", &mut left);
    (left, said)
}

/// Every file and every empty folder below.
fn walk(folder: &Path, prefix: &str, left: &mut Vec<(String, String)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    if paths.is_empty() && !prefix.is_empty() {
        left.push((prefix.to_string(), "an empty folder".to_string()));
    }
    for path in paths {
        let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            walk(&path, &format!("{name}/"), left);
        } else {
            left.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
}

/// What stands in the folder where the first `new` files were replaced.
fn standing(new: usize) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = NAMES
        .iter()
        .enumerate()
        .map(|(index, name)| (format!("甲区/2026/{name}"), format!("{} {name}", if index < new { "new" } else { "old" })))
        .collect();
    all.sort();
    all
}

/// What may go wrong, in words, and what to do then.
const FAULTS: [(ErrorKind, &str, &str, &str, &str); 9] = [
    (ErrorKind::StorageFull, "磁盘已满", "the disk is full", ROOM.0, ROOM.1),
    (ErrorKind::QuotaExceeded, "磁盘配额已用完", "the disk quota is used up", ROOM.0, ROOM.1),
    (ErrorKind::FileTooLarge, "文件大小超过系统允许的上限", "the file is larger than the system allows", ROOM.0, ROOM.1),
    (ErrorKind::PermissionDenied, "没有读写权限，或正被其他程序打开", "no permission, or another program has it open", CLOSE.0, CLOSE.1),
    (ErrorKind::ResourceBusy, "正被其他程序打开", "another program has it open", CLOSE.0, CLOSE.1),
    (ErrorKind::ReadOnlyFilesystem, "所在磁盘只读", "the disk is read-only", PLACE.0, PLACE.1),
    (ErrorKind::IsADirectory, "是文件夹，不是文件", "it is a folder, not a file", FOLDER.0, FOLDER.1),
    (ErrorKind::Interrupted, "读写中途被打断", "reading or writing was interrupted", "请稍候再试。", "Wait a moment and try again."),
    (ErrorKind::Other, "系统不允许读写", "the system refused to read or write it", CLOSE.0, CLOSE.1),
];
const ROOM: (&str, &str) = ("请腾出空间，或用 -o 换一个位置。", "Make room, or choose another place with -o.");
const CLOSE: (&str, &str) =
    ("请关闭正打开它的程序，或用 -o 换一个位置。", "Close the program that has it open, or choose another place with -o.");
const PLACE: (&str, &str) = ("请用 -o 换一个位置。", "Choose another place with -o.");
const FOLDER: (&str, &str) =
    ("请把那个文件夹改名或移走，或用 -o 换一个位置。", "Rename that folder or move it away, or choose another place with -o.");

#[test]
fn whatever_step_fails_the_old_files_stand_or_the_message_says_which_are_new() {
    let mut smooth = Faulty::at(usize::MAX, ErrorKind::Other);
    assert_eq!(replaced(true, &mut smooth), (standing(3), Ok(())));
    let each = ["free", "create", "write", "sync"];
    assert_eq!(smooth.steps, [&each[..], &each, &each, &["rename", "rename", "rename", "sync folder"]].concat());
    for fail_at in 0..smooth.steps.len() {
        for (kind, reason_zh, reason_en, advice_zh, advice_en) in FAULTS {
            let (left, said) = replaced(true, &mut Faulty::at(fail_at, kind));
            let said = said.expect_err("a failure");
            let (new, zh, en) = match fail_at {
                0..=12 => {
                    let name = NAMES[if fail_at == 12 { 0 } else { fail_at / 4 }];
                    (
                        0,
                        format!("写不了 @/{name}：{reason_zh}。这里的文件都没有改动。{advice_zh}"),
                        format!("Cannot write @/{name}: {reason_en}. Nothing was changed there. {advice_en}"),
                    )
                }
                13 => (
                    1,
                    format!(
                        "写不了 @/report.md：{reason_zh}。新旧混在一起了：已换成这次的有 report.xlsx；仍是原样的有 report.md、results.json。{advice_zh}然后再运行一次，全部换成新的以后再用。"
                    ),
                    format!(
                        "Cannot write @/report.md: {reason_en}. Old and new now stand side by side: new are report.xlsx; as before are report.md, results.json. {advice_en} Then run it again and use them when all are new."
                    ),
                ),
                14 => (
                    2,
                    format!(
                        "写不了 @/results.json：{reason_zh}。新旧混在一起了：已换成这次的有 report.xlsx、report.md；仍是原样的有 results.json。{advice_zh}然后再运行一次，全部换成新的以后再用。"
                    ),
                    format!(
                        "Cannot write @/results.json: {reason_en}. Old and new now stand side by side: new are report.xlsx, report.md; as before are results.json. {advice_en} Then run it again and use them when all are new."
                    ),
                ),
                _ => (
                    3,
                    format!("@ 里的文件都已写好，但磁盘没有确认存妥：{reason_zh}。断电可能丢失；请检查磁盘，再运行一次。"),
                    format!(
                        "The files in @ are written, but the disk did not confirm that they will stay: {reason_en}. A power cut may lose them; check the disk and run it again."
                    ),
                ),
            };
            assert_eq!((said.zh.as_ref(), said.en.as_ref()), (zh.as_str(), en.as_str()), "step {fail_at}, {kind:?}");
            assert_eq!(left, standing(new), "step {fail_at}, {kind:?}");
        }
    }
}

#[test]
fn a_failure_in_a_new_folder_leaves_no_folder() {
    let mut smooth = Faulty::at(usize::MAX, ErrorKind::Other);
    assert_eq!(replaced(false, &mut smooth), (standing(3), Ok(())));
    let renames = smooth.steps.iter().position(|step| *step == "rename").expect("a rename");
    for fail_at in 0..=renames {
        let (left, said) = replaced(false, &mut Faulty::at(fail_at, ErrorKind::StorageFull));
        assert!(said.is_err());
        assert_eq!(left, [], "step {fail_at}");
    }
}

#[test]
fn what_a_killed_run_left_is_swept_and_what_another_run_writes_is_not() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let there = |name: &str| folder.path().join(name);
    fs::write(there(".ecap-1-0.tmp"), "half of")?;
    fs::write(there("甲.tmp"), "somebody's")?;
    fs::write(there(".ecap-notes.txt"), "somebody's")?;
    fs::create_dir(there(".ecap-1-1.tmp"))?;
    let live = RealDisk.create(&there(".ecap-2-0.tmp"))?;
    // The names of this very run may be taken by one of another machine.
    let same = RealDisk.create(&there(&unfinished(0)))?;
    assert!(replace(&there("report.md"), b"one").is_ok());
    let mut left: Vec<String> =
        fs::read_dir(folder.path())?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<_>>()?;
    left.sort();
    let mut wanted = [".ecap-1-1.tmp", ".ecap-2-0.tmp", &unfinished(0), ".ecap-notes.txt", "report.md", "甲.tmp"].map(str::to_string);
    wanted.sort();
    assert_eq!(left, wanted);
    drop((live, same));
    assert!(replace(&there("report.md"), b"two").is_ok());
    assert!(!there(".ecap-2-0.tmp").exists() && !there(&unfinished(0)).exists());
    assert_eq!(fs::read(there("report.md"))?, b"two");
    Ok(())
}

#[test]
fn a_folder_in_the_place_of_a_file_is_named_before_anything_is_written() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let place = |name: &str| folder.path().join(name);
    fs::write(place("report.md"), "old")?;
    fs::create_dir(place("results.json"))?;
    let failure = replace_all(&[(place("report.md"), "new"), (place("results.json"), "new")]);
    let Err(Failure::Message(text)) = failure else { return Err("it was written".into()) };
    assert_eq!(
        text.zh.replace(&folder.path().display().to_string(), "@"),
        "写不了 @/results.json：是文件夹，不是文件。这里的文件都没有改动。请把那个文件夹改名或移走，或用 -o 换一个位置。"
    );
    assert_eq!(fs::read(place("report.md"))?, b"old");
    assert_eq!(fs::read_dir(folder.path())?.count(), 2);
    assert!(replace(&place("report.md").join("below a file"), b"no").is_err());
    Ok(())
}
