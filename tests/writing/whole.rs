//! A report is the old one or the new one, whatever stops the run.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::*;

const KILLS: usize = 40;
/// So many have to meet the writing.
const ENOUGH: usize = 5;
/// A half-written file is called so.
const UNFINISHED: &str = "/.ecap-";

/// A folder with two surveys of one unit whose reports differ, and what each of the reports is.
struct Two {
    folder: tempfile::TempDir,
    reports: [BTreeMap<String, String>; 2],
    /// How long a whole run takes.
    takes: Duration,
}

impl Two {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut two = Two { folder, reports: Default::default(), takes: Duration::ZERO };
        for which in 0..2 {
            let rows =
                ITEMS.map(|(_, _, answer)| [if which == 0 { answer } else { "" }.to_string(), format!("材料{which}"), String::new()]);
            let survey = Survey { unit: "甲区", period: "2026", respondent: "评估组", rows: rows.to_vec() };
            survey.save(&two.input(which));
            let started = Instant::now();
            said(&two.score(which).output().unwrap(), &[0, 1]);
            two.takes = started.elapsed();
            two.reports[which] = digests(&two.out());
        }
        let (one, other) = (&two.reports[0], &two.reports[1]);
        let parts: Vec<&str> = one.keys().map(String::as_str).collect();
        assert!(
            ["甲区-2026/report.xlsx", "甲区-2026/report.md", "甲区-2026/report.docx", "甲区-2026/results.json"]
                .iter()
                .all(|name| parts.contains(name))
        );
        assert!(one.keys().eq(other.keys()) && one.iter().all(|(name, digest)| other[name] != *digest), "each of {parts:?} differs");
        two
    }

    fn input(&self, which: usize) -> PathBuf {
        self.folder.path().join(format!("收回{which}/自评表.xlsx"))
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("报告")
    }

    fn score(&self, which: usize) -> std::process::Command {
        let mut command = program();
        command.arg("score").arg(self.input(which)).args(["--tree", &tree(), "-o"]).arg(self.out());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Is any file being written?
    fn is_writing(&self) -> bool {
        std::fs::read_dir(self.out().join("甲区-2026"))
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with(".ecap-"))
    }
}

/// Killed at 40 seeded moments, half of them anywhere in the run and half while it writes: every file is the old one or the new one, a
/// mixed report has a half-written file beside it, and the next run mends everything.
#[test]
fn a_killed_run_leaves_every_file_old_or_new() {
    let two = Two::new();
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    let (mut torn, mut mixed, mut ended) = (0, 0, 0);
    let mut round = 0;
    // A busy machine lets many runs end before the kill: then there are more, until enough met the writing.
    while round < KILLS || (torn < ENOUGH && round < 5 * KILLS) {
        // The report that stands there is the other one.
        let which = round % 2;
        let mut child = two.score(which).spawn().unwrap();
        let part = f64::from(random.next_u32()) / f64::from(u32::MAX);
        if round < KILLS && round % 4 < 2 {
            sleep(two.takes.mul_f64(part));
        } else {
            let started = Instant::now();
            while !two.is_writing() && child.try_wait().unwrap().is_none() && started.elapsed() < Duration::from_secs(60) {}
            sleep(Duration::from_millis(10).mul_f64(part));
        }
        // It may have ended by itself.
        let _ = child.kill();
        ended += usize::from(child.wait().unwrap().code().is_some_and(|code| code <= 1));
        let mut left = digests(&two.out());
        let count = left.len();
        left.retain(|name, _| !name.contains(UNFINISHED));
        let is_torn = left.len() < count;
        assert!(left.keys().eq(two.reports[0].keys()), "round {round}: {left:?}");
        let new = left.iter().filter(|(name, digest)| two.reports[which][*name] == **digest).count();
        let old = left.iter().filter(|(name, digest)| two.reports[1 - which][*name] == **digest).count();
        assert_eq!(new + old, left.len(), "round {round}: a file is neither old nor new");
        assert!(new == 0 || old == 0 || is_torn, "round {round}: {new} new and {old} old files, and nothing tells");
        torn += usize::from(is_torn);
        mixed += usize::from(new > 0 && old > 0);
        said(&two.score(which).output().unwrap(), &[0, 1]);
        assert_eq!(digests(&two.out()), two.reports[which], "round {round}: the next run");
        round += 1;
    }
    eprintln!("{round} kills: {torn} while writing, {mixed} of them between two renames; {ended} runs had ended");
    assert!(torn >= ENOUGH, "only {torn} of {round} kills met the writing");
}

/// What a killed run left is no input, whatever it holds.
#[test]
fn a_half_written_file_is_no_input() {
    let two = Two::new();
    let folder = two.input(0).parent().unwrap().to_path_buf();
    std::fs::copy(two.input(1), folder.join(".ecap-1-0.tmp")).unwrap();
    let mut command = two.score(0);
    let score = command.output().unwrap();
    said(&score, &[0, 1]);
    assert_eq!(digests(&two.out()), two.reports[0]);
    let check = said(&ecap(&["check", &shown(&folder), "--tree", &tree()]), &[0, 1]);
    assert!(check.contains("查了 1 个文件"), "{check}");
}

/// A file may become no larger than this: what a full disk does, in earnest.
#[cfg(unix)]
fn limited(ignored: bool, arguments: &[&str]) -> Output {
    // Without the trap the system kills a process that goes past the limit.
    let script = if ignored { "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"" } else { "ulimit -c 0; ulimit -f 8; exec \"$0\" \"$@\"" };
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_ecap")]).args(arguments).env("LC_ALL", "zh_CN.UTF-8");
    command.output().unwrap()
}

/// On other systems the tests of `sheet::replace` let every step fail instead.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_report() {
    let two = Two::new();
    let (input, out) = (shown(&two.input(0)), shown(&two.out()));
    for lang in ["zh", "en"] {
        let arguments = ["score", &input, "--tree", &tree(), "-o", &out, "--lang", lang];
        let refused = limited(true, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        let path = shown(&two.out().join("甲区-2026/report.xlsx"));
        let wanted = match lang {
            "zh" => format!("写不了 {path}：文件大小超过系统允许的上限。这里的文件都没有改动。请腾出空间，或用 -o 换一个位置。\n"),
            _ => format!(
                "Cannot write {path}: the file is larger than the system allows. Nothing was changed there. Make room, or choose another place with -o.\n"
            ),
        };
        assert_eq!(String::from_utf8(refused.stderr).unwrap(), wanted);
        assert_eq!(digests(&two.out()), two.reports[1]);
    }
    let killed = limited(false, &["score", &input, "--tree", &tree(), "-o", &out]);
    assert_eq!(killed.status.code(), None, "the system ended it");
    let mut left = digests(&two.out());
    left.retain(|name, _| !name.contains(UNFINISHED));
    assert_eq!(left, two.reports[1]);
    said(&two.score(0).output().unwrap(), &[0, 1]);
    assert_eq!(digests(&two.out()), two.reports[0]);
}

/// A target that cannot be replaced, here a folder of its name, is named before anything changes.
#[test]
fn a_target_that_cannot_be_replaced_leaves_the_old_report() {
    let two = Two::new();
    let blocked = two.out().join("甲区-2026/report.docx");
    std::fs::remove_file(&blocked).unwrap();
    std::fs::create_dir(&blocked).unwrap();
    let before = digests(&two.out());
    let refused = ecap(&["score", &shown(&two.input(0)), "--tree", &tree(), "-o", &shown(&two.out())]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(refused.stderr).unwrap(),
        format!("写不了 {}：是文件夹，不是文件。这里的文件都没有改动。请把那个文件夹改名或移走，或用 -o 换一个位置。\n", shown(&blocked))
    );
    assert_eq!(digests(&two.out()), before);
}

/// Of several units the reports before the one that failed are said to be new.
#[test]
fn of_several_units_those_written_are_named() {
    let two = Two::new();
    let rows = || ITEMS.map(|(_, _, answer)| [answer.to_string(), String::new(), String::new()]).to_vec();
    for unit in ["乙区", "丙区"] {
        let path = two.folder.path().join(format!("各区/{unit}.xlsx"));
        Survey { unit, period: "2026", respondent: "评估组", rows: rows() }.save(&path);
    }
    let out = two.folder.path().join("各区报告");
    let arguments = ["score", &shown(&two.folder.path().join("各区")), "--tree", &tree(), "-o", &shown(&out)];
    said(&ecap(&arguments), &[0, 1]);
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort_by_key(|folder| std::fs::metadata(folder.join("results.json")).unwrap().modified().unwrap());
    let blocked = folders[1].join("results.json");
    std::fs::remove_file(&blocked).unwrap();
    std::fs::create_dir(&blocked).unwrap();
    let refused = ecap(&arguments);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(refused.stderr).unwrap(),
        format!(
            "{} 已全部换成这次的。\n写不了 {}：是文件夹，不是文件。这里的文件都没有改动。请把那个文件夹改名或移走，或用 -o 换一个位置。\n",
            shown(&folders[0]),
            shown(&blocked)
        )
    );
}

/// A file on a full disk behind standard output is no closed pipe.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_taken_is_said() {
    let two = Two::new();
    let full = std::fs::OpenOptions::new().write(true).open(Path::new("/dev/full")).unwrap();
    let run = program().args(["check", &shown(&two.input(1)), "--json", "--tree", &tree()]).stdout(full).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    let wanted = "结果输出不了：磁盘已满。输出不完整，请腾出空间或换一个位置，再运行一次。\n";
    assert_eq!(String::from_utf8(run.stderr).unwrap(), wanted);
}
