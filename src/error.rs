//! Failures that stop a run. What is wrong *in* an input is a [`crate::finding::Finding`].

use crate::finding::Finding;
use crate::text::{Text, t};

/// Why a command could not run; exit code 2.
#[derive(Debug)]
pub enum Failure {
    /// Said in one sentence: what, where, what to do.
    Message(Text),
    /// The tree or the command's own inputs are wrong; each finding says where.
    Findings(Vec<Finding>),
    /// Nobody reads the output any more; the program ends quietly.
    ClosedPipe,
}

impl From<Text> for Failure {
    fn from(text: Text) -> Self {
        Failure::Message(text)
    }
}

/// Another program has the file open; Windows says so in numbers that have no name here.
fn is_held(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::ResourceBusy || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

/// What went wrong with a file, in words of ours.
pub fn io_reason(error: &std::io::Error) -> Text {
    use std::io::ErrorKind;
    match error.kind() {
        _ if is_held(error) => t("正被其他程序打开", "another program has it open"),
        ErrorKind::NotFound => t("找不到", "it does not exist"),
        ErrorKind::PermissionDenied => t("没有读写权限，或正被其他程序打开", "no permission, or another program has it open"),
        ErrorKind::StorageFull => t("磁盘已满", "the disk is full"),
        ErrorKind::QuotaExceeded => t("磁盘配额已用完", "the disk quota is used up"),
        ErrorKind::FileTooLarge => t("文件大小超过系统允许的上限", "the file is larger than the system allows"),
        ErrorKind::IsADirectory => t("是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::NotADirectory => t("路径中有一段不是文件夹", "a part of the path is not a folder"),
        ErrorKind::ReadOnlyFilesystem => t("所在磁盘只读", "the disk is read-only"),
        ErrorKind::AlreadyExists => t("同名的文件已存在", "a file of that name exists"),
        ErrorKind::InvalidFilename => t("文件名不被系统允许", "the system does not allow that name"),
        ErrorKind::Interrupted => t("读写中途被打断", "reading or writing was interrupted"),
        _ => t("系统不允许读写", "the system refused to read or write it"),
    }
}

/// What to do where a file could not be written.
pub fn io_advice(error: &std::io::Error) -> Text {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            t("请腾出空间，或用 -o 换一个位置。", "Make room, or choose another place with -o.")
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => {
            t("请用 -o 换一个位置。", "Choose another place with -o.")
        }
        ErrorKind::IsADirectory => {
            t("请把那个文件夹改名或移走，或用 -o 换一个位置。", "Rename that folder or move it away, or choose another place with -o.")
        }
        ErrorKind::Interrupted => t("请稍候再试。", "Wait a moment and try again."),
        _ => t("请关闭正打开它的程序，或用 -o 换一个位置。", "Close the program that has it open, or choose another place with -o."),
    }
}
