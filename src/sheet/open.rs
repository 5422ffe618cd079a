//! A workbook's bytes to its sheets. One bad file is a finding on that file and stops nothing else.

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::sheet::limits::{self, Limit, Limits, MIB};
use crate::sheet::older::Older;
use crate::sheet::package::{DAMAGED, Package, Trouble};
use crate::sheet::sniff::{self, Form};
use crate::sheet::{Sheet, child, delimited, find, xlsx};
use crate::text::{Text, t};

pub static UNREADABLE: Kind = Kind::error(
    "input-unreadable",
    t("打不开：{reason}。", "It cannot be opened: {reason}."),
    t("请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。", "Open it in WPS or Excel, save it as .xlsx, and send that."),
);
pub static GARBLED: Kind = Kind::error(
    "input-garbled",
    t("文件里的文字是乱码（如“{text}”），没有读。", "The text in this file is garbled (such as \"{text}\"); it was not read."),
    t(
        "多半是用另一种文字编码打开后又存了盘。不要在乱码上改：请找到没有乱码的原件，用 WPS 或 Excel 打开，另存为 .xlsx 再交。",
        "As a rule it was opened in the wrong encoding and then saved. Do not mend the garbled text: find the file as it was before, open it in WPS or Excel, save it as .xlsx, and send that.",
    ),
);
pub static PROTECTED: Kind = Kind::error(
    "input-password",
    t("打不开：文件加了密码。", "It cannot be opened: it is protected by a password."),
    t(
        "请发件人用密码打开，去掉密码再交：Excel 在“文件→信息→保护工作簿→用密码进行加密”里把密码删空，保存；WPS 在“文件→文档加密→密码加密”里把密码删空，保存。只另存一份，密码还在。",
        "Ask the sender to open it and take the password off: in Excel empty the box under File, Info, Protect Workbook, Encrypt with Password and save; in WPS under File, Encryption. A copy saved under another name keeps the password.",
    ),
);
pub static INCOMPLETE: Kind = Kind::error(
    "input-incomplete",
    t("文件不完整：{reason}。", "The file is incomplete: {reason}."),
    t(
        "请发件人重新发一份：先压缩成 .zip 再发，收到后存到电脑上解压；不要从聊天软件的预览里另存。",
        "Ask the sender to send it again, compressed to a .zip first; save that to disk and unpack it, and do not save from the preview of a chat program.",
    ),
);
pub static OPEN_QUOTE: Kind = Kind::error(
    "input-open-quote",
    t(
        "第 {line} 行有一个英文双引号没有配对，后面的各行都会并进那一格，整个文件没有读。",
        "A quote in line {line} is never closed, and all lines behind it would go into one cell; the file was not read.",
    ),
    t(
        "请用记事本打开，在第 {line} 行删去多出的引号，或补上少的一个；不要用表格软件打开后再存，那样后面的各行就真的并了进去。",
        "Open it in a text editor and take the quote in line {line} out, or add the one that is missing; do not save it from a spreadsheet program, which would put these lines into the cell for good.",
    ),
);
pub static SHEET_UNREADABLE: Kind = Kind::error(
    "input-sheet-unreadable",
    t("工作表“{sheet}”读不出来：{reason}。", "The sheet \"{sheet}\" cannot be read: {reason}."),
    t("请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。", "Open it in WPS or Excel, save it as .xlsx, and send that."),
);
pub static CELL_TWICE: Kind = Kind::error(
    "input-cell-twice",
    t(
        "文件里这个单元格有两个值：“{one}”和“{other}”，不知道哪个算数。",
        "The file gives this cell two values, \"{one}\" and \"{other}\"; which counts nobody knows.",
    ),
    t(
        "请用 WPS 或 Excel 打开，改好这一格，另存为 .xlsx 后再交。",
        "Open it in WPS or Excel, mend the cell, save it as .xlsx, and send that.",
    ),
);
pub static KINDS: [&Kind; 11] = [
    &UNREADABLE,
    &GARBLED,
    &PROTECTED,
    &find::UNREAD,
    &INCOMPLETE,
    &OPEN_QUOTE,
    &SHEET_UNREADABLE,
    &CELL_TWICE,
    &limits::OVER_LIMIT,
    &find::ARCHIVE,
    &find::SKIPPED,
];

/// An opened workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Was it text in columns, which is one sheet and nothing beside it?
    pub csv: bool,
}

/// What a file turns out to be.
enum Opened<'a> {
    Xlsx(Package<'a>, String),
    Older(Older),
    Delimited,
}

impl Book {
    /// Reads every sheet of a workbook within the usual limits; `file` is the name used in findings.
    pub fn open(bytes: Vec<u8>, file: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        Self::open_within(&bytes, file, &Limits::default(), findings)
    }

    pub fn open_within(bytes: &[u8], file: &str, limits: &Limits, findings: &mut Vec<Finding>) -> Option<Self> {
        // The parser meets bytes of strangers; a panic in it costs this file only.
        let read = catch_unwind(AssertUnwindSafe(|| sheets(bytes, file, limits, findings)));
        match read.unwrap_or(Err(Trouble::Damaged(DAMAGED))) {
            Ok((sheets, csv)) => Some(Book { sheets, csv }),
            Err(trouble) => {
                findings.push(trouble.finding(limits, Place::file(file)));
                None
            }
        }
    }
}

/// The kind of a file that is read in a process of its own; none for the others.
pub(crate) fn older_kind(bytes: &[u8], limits: &Limits) -> Option<Older> {
    match opened(bytes, limits) {
        Ok(Opened::Older(kind)) => Some(kind),
        _ => None,
    }
}

/// And whether they came as text in columns.
fn sheets(bytes: &[u8], file: &str, limits: &Limits, findings: &mut Vec<Finding>) -> Result<(Vec<Sheet>, bool), Trouble> {
    match opened(bytes, limits)? {
        Opened::Xlsx(mut package, part) => Ok((xlsx::read(&mut package, &part, file, limits, findings)?, false)),
        Opened::Older(kind) => Ok((child::read(kind, bytes, limits)?, false)),
        Opened::Delimited => {
            let name = Path::new(file).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((vec![delimited::read(bytes, &name, limits)?], true))
        }
    }
}

fn opened<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Opened<'a>, Trouble> {
    if bytes.len() > limits.bytes(Limit::File) {
        return Err(Trouble::Over(Limit::File, bytes.len().div_ceil(MIB)));
    }
    match sniff::form(bytes) {
        Form::Incomplete(reason) => Err(Trouble::Incomplete(reason.clone())),
        Form::Refused(reason) => Err(Trouble::Damaged(reason.clone())),
        Form::Xls => Ok(Opened::Older(Older::Xls)),
        Form::Delimited => Ok(Opened::Delimited),
        Form::Zip => {
            let mut package = Package::open(bytes, limits)?;
            if let Some(part) = xlsx::main_part(&mut package)? {
                return Ok(Opened::Xlsx(package, part));
            }
            if package.has("xl/workbook.bin") {
                Ok(Opened::Older(Older::Xlsb))
            } else if package.has("content.xml") && package.has("mimetype") {
                Ok(Opened::Older(Older::Ods))
            } else {
                Err(Trouble::Damaged(other(&package)))
            }
        }
    }
}

fn other(package: &Package<'_>) -> Text {
    sniff::other_zip(&package.names()).clone()
}

/// Is it a workbook by its bytes, whatever its name? Nothing more than the first of them is read of what cannot be one.
pub fn is_workbook(path: &Path) -> bool {
    let limits = Limits::default();
    let is_one = |bytes: &[u8]| matches!(opened(bytes, &limits), Ok(Opened::Xlsx(..) | Opened::Older(_)));
    packed(path, &limits).is_some_and(|bytes| catch_unwind(AssertUnwindSafe(|| is_one(&bytes))).unwrap_or(false))
}

/// Is it a Word document that this program made?
pub fn is_own_document(path: &Path) -> bool {
    let limits = Limits::default();
    let made = |bytes: &[u8]| -> Option<bool> {
        let about = Package::open(bytes, &limits).ok()?.text("docProps/app.xml").ok()??;
        Some(about.contains("<Application>ecap</Application>"))
    };
    packed(path, &limits).is_some_and(|bytes| catch_unwind(AssertUnwindSafe(|| made(&bytes))).ok().flatten() == Some(true))
}

/// The bytes of a zip or a compound file; none of anything else, and of what is too large.
fn packed(path: &Path, limits: &Limits) -> Option<Vec<u8>> {
    let mut head = [0; 4];
    fs::File::open(path).ok()?.read_exact(&mut head).ok()?;
    let packed = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"].contains(&&head);
    let small = fs::metadata(path).is_ok_and(|file| file.len() <= limits.bytes(Limit::File) as u64);
    if packed && small { fs::read(path).ok() } else { None }
}

/// The names of a workbook's sheets, of an .xlsx without reading any of them; empty where it is no workbook.
pub fn sheet_names(path: &Path) -> Vec<String> {
    let limits = Limits::default();
    if fs::metadata(path).is_ok_and(|file| file.len() > limits.bytes(Limit::File) as u64) {
        return Vec::new();
    }
    let Ok(bytes) = fs::read(path) else { return Vec::new() };
    let names = || -> Option<Vec<String>> {
        match opened(&bytes, &limits).ok()? {
            Opened::Xlsx(mut package, part) => xlsx::names(&mut package, &part),
            Opened::Older(kind) => Some(child::read(kind, &bytes, &limits).ok()?.into_iter().map(|sheet| sheet.name).collect()),
            Opened::Delimited => None,
        }
    };
    catch_unwind(AssertUnwindSafe(names)).ok().flatten().unwrap_or_default()
}
