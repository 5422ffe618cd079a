//! Failures that stop a run. What is wrong *in* an input is a [`crate::finding::Finding`].

use crate::finding::Finding;
use crate::text::Text;

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

/// What went wrong with a file, in words of ours.
pub fn io_reason(error: &std::io::Error) -> Text {
    use std::io::ErrorKind;

    use crate::text::t;
    match error.kind() {
        ErrorKind::NotFound => t("找不到", "it does not exist"),
        ErrorKind::PermissionDenied => t("没有读写权限，或正被其他程序打开", "no permission, or another program has it open"),
        ErrorKind::StorageFull => t("磁盘已满", "the disk is full"),
        ErrorKind::IsADirectory => t("是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::NotADirectory => t("路径中有一段不是文件夹", "a part of the path is not a folder"),
        ErrorKind::ReadOnlyFilesystem => t("所在磁盘只读", "the disk is read-only"),
        ErrorKind::AlreadyExists => t("同名的文件已存在", "a file of that name exists"),
        ErrorKind::InvalidFilename => t("文件名不被系统允许", "the system does not allow that name"),
        _ => t("系统不允许读写", "the system refused to read or write it"),
    }
}
