//! The same inputs give the same bytes: in whatever folder, time zone, locale, number of threads, order of arguments or of files.

use std::fs;

use super::*;

/// A machine and how the command is typed there.
struct Machine {
    zone: &'static str,
    locale: &'static str,
    threads: &'static str,
    /// Runs of a permutation of the operands.
    order: [usize; 4],
    /// Are the files made from the last to the first? A folder lists them as they were made, or by no order at all.
    reversed: bool,
    /// Are paths written from the root?
    absolute: bool,
}

const MACHINES: [Machine; 5] = [
    Machine { zone: "UTC", locale: "zh_CN.UTF-8", threads: "1", order: [0, 1, 2, 3], reversed: false, absolute: false },
    Machine { zone: "Asia/Shanghai", locale: "C", threads: "2", order: [3, 2, 1, 0], reversed: true, absolute: true },
    Machine { zone: "America/St_Johns", locale: "en_US.UTF-8", threads: "8", order: [1, 3, 0, 2], reversed: false, absolute: true },
    Machine { zone: "Pacific/Kiritimati", locale: "tr_TR.UTF-8", threads: "8", order: [2, 0, 3, 1], reversed: true, absolute: false },
    Machine { zone: "", locale: "", threads: "", order: [1, 0, 3, 2], reversed: false, absolute: false },
];

/// What is read: the returned surveys, those that came later, the settings, the review workbook.
const OPERANDS: [&str; 4] = ["收回", "补交", "评估设置.xlsx", "现场复核表.xlsx"];

/// Copies a folder or a file, its entries one way or the other round.
fn copy(from: &Path, to: &Path, reversed: bool) {
    if from.is_file() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
        return;
    }
    let mut names: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    if reversed {
        names.reverse();
    }
    names.iter().for_each(|name| copy(&from.join(name), &to.join(name), reversed));
}

/// Every output of every command that writes, on one machine.
fn outputs(machine: &Machine, depth: &str) -> BTreeMap<String, String> {
    let root = tempfile::tempdir().unwrap();
    let work = root.path().join(depth);
    copy(&sample("qiyun"), &work, machine.reversed);
    let path = |name: &str| if machine.absolute { shown(&work.join(name)) } else { name.to_string() };
    let inputs: Vec<String> = machine.order.iter().map(|at| path(OPERANDS[*at])).collect();
    let run = |before: &[&str], after: &[&str]| {
        let mut command = program();
        command.current_dir(&work).args(before).args(&inputs).args(after).args(["-o", &path("出")]);
        command.env("TZ", machine.zone).env("LC_ALL", machine.locale).env("LANG", machine.locale);
        command.env("RAYON_NUM_THREADS", machine.threads).env("OMP_NUM_THREADS", machine.threads);
        said(&command.output().unwrap(), &[0, 1]);
    };
    run(&["score", "--formulas"], &[]);
    run(&["score", "--lang", "en", "--redact"], &[]);
    run(&["check", "--audit", "--sample", "5", "--seed", "1"], &[]);
    run(&["train"], &[]);
    run(&["plan", "--days", "30"], &[]);
    run(&["survey", "--by-department"], &[]);
    digests(&work.join("出"))
}

#[test]
fn every_output_is_the_same_on_every_machine() {
    let mut first = None;
    for (machine, depth) in MACHINES.iter().zip(["a", "很深/的/一个 文件夹", "b/b/b", "c", "a/(1)"]) {
        let made = outputs(machine, depth);
        assert!(made.len() > 40, "{made:?}");
        let known = first.get_or_insert_with(|| made.clone());
        for (name, digest) in &made {
            assert_eq!(known.get(name), Some(digest), "{name}, {} {} {}", machine.zone, machine.locale, machine.threads);
        }
        assert!(made.keys().eq(known.keys()));
    }
}

/// On one processor as on all: where the system can tie a run to one.
#[cfg(target_os = "linux")]
#[test]
fn one_processor_writes_what_all_write() {
    let folder = tempfile::tempdir().unwrap();
    let score = |name: &str, program: &str, before: &[&str]| {
        let out = folder.path().join(name);
        let mut command = Command::new(program);
        command.args(before).args(["score", &shown(&sample("linjiang")), "-o", &shown(&out)]);
        command.output().map(|output| (output.status.code(), digests(&out)))
    };
    let all = score("all", env!("CARGO_BIN_EXE_ecap"), &[]).unwrap();
    assert_eq!(all.1.len(), 7, "{:?}", all.1);
    match score("one", "taskset", &["-c", "0", env!("CARGO_BIN_EXE_ecap")]) {
        Ok(one) => assert_eq!(one, all),
        Err(error) => eprintln!("no taskset here ({error}): only threads were varied, in the test above"),
    }
}
