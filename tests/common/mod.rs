//! What several test programs do: run the program in this process, and name its samples.

#![allow(dead_code, clippy::unwrap_used)]

use std::ffi::OsString;
use std::path::Path;

/// Exit code, standard output and standard error of `ecap ARGUMENTS`, on a Chinese system.
pub fn ecap(arguments: &[&str]) -> (i32, String, String) {
    let words = std::iter::once("ecap").chain(arguments.iter().copied()).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = ecap::commands::run(words, "zh_CN.UTF-8", &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// The folder of a sample.
pub fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).display().to_string()
}
