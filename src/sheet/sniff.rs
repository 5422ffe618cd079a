//! What a file is, by its bytes and not by its name.

use crate::sheet::package::CUT_OFF;
use crate::text::{Text, t};

/// What can be told from the bytes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A zip: a workbook of some kind, or anything else that is one.
    Zip,
    /// The compound file of Excel 97 and of WPS (.xls, .et).
    Xls,
    /// Text in columns.
    Delimited,
    /// A part of it is not there.
    Incomplete(&'static Text),
    Refused(&'static Text),
}

static EMPTY: Text = t("里面什么也没有", "there is nothing in it");
static ALL_ZERO: Text = t("里面全是零，下载多半没有完成", "there are only zeros in it; the download was probably never finished");
static CUT: Text = CUT_OFF;
pub static PASSWORD: Text = t("文件加了密码", "it is protected by a password");
static OLDEST: Text = t("是 Excel 5 或更早的格式", "it is in the format of Excel 5 or older");
static WORD: Text = t("是 Word 文档，不是工作簿", "it is a Word document and no workbook");
static SLIDES: Text = t("是演示文稿，不是工作簿", "it is a presentation and no workbook");
static COMPOUND: Text = t("是旧式办公文件，里面没有工作簿", "it is an old office file without a workbook");
static HTML: Text = t("其实是网页（HTML），只是名字像工作簿", "it is a web page (HTML) under the name of a workbook");
static XML_TABLE: Text = t("其实是 XML 表格，只是名字像工作簿", "it is an XML table under the name of a workbook");
static WEB_ARCHIVE: Text = t("其实是网页存档（MHT）", "it is a web archive (MHT)");
static SYLK: Text = t("是 SYLK 表格", "it is a SYLK table");
static RTF: Text = t("是 RTF 文档", "it is an RTF document");
static PDF: Text = t("是 PDF，不是工作簿", "it is a PDF and no workbook");
static PICTURE: Text = t("是图片，不是工作簿", "it is a picture and no workbook");
static ARCHIVE: Text = t("是压缩包，请解压", "it is an archive; unpack it");
static UNKNOWN: Text = t("不是认得的表格文件，或者已经损坏", "it is no table file known here, or it is damaged");

/// Bytes at the start of files that are no table.
static HEADS: [(&[u8], &Text); 16] = [
    (b"%PDF", &PDF),
    (b"\x89PNG", &PICTURE),
    (b"\xff\xd8\xff", &PICTURE),
    (b"GIF8", &PICTURE),
    (b"BM", &PICTURE),
    (b"II*\0", &PICTURE),
    (b"MM\0*", &PICTURE),
    (b"Rar!", &ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", &ARCHIVE),
    (b"\x1f\x8b", &ARCHIVE),
    (b"BZh", &ARCHIVE),
    (b"{\\rtf", &RTF),
    (b"\x09\x00\x04\x00", &OLDEST),
    (b"\x09\x02\x06\x00", &OLDEST),
    (b"\x09\x04\x06\x00", &OLDEST),
    (b"\x09\x08", &OLDEST),
];

/// Bytes of an entry in the directory of a compound file; entries begin at multiples of it.
const DIRECTORY_ENTRY: usize = 128;
/// Bytes looked at where a text has to be told from other bytes.
const LOOKED_AT: usize = 64 * 1024;

pub fn form(bytes: &[u8]) -> Form {
    if bytes.is_empty() {
        return Form::Incomplete(&EMPTY);
    }
    // What a program that loads a file puts down before the bytes come.
    if bytes.iter().all(|byte| *byte == 0) {
        return Form::Incomplete(&ALL_ZERO);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Form::Zip;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    // Two letters begin texts too.
    let text = is_text(bytes);
    let head = HEADS.iter().find(|(head, _)| bytes.starts_with(head) && (head.len() > 2 || !text));
    if let Some((_, what)) = head {
        return Form::Refused(what);
    }
    if !text {
        return Form::Refused(&UNKNOWN);
    }
    markup(bytes)
}

/// A compound file by the names of its streams, which stand in it as UTF-16.
fn compound(bytes: &[u8]) -> Form {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        (0..bytes.len()).step_by(DIRECTORY_ENTRY).any(|at| bytes[at..].starts_with(&wide))
    };
    if is_cut(bytes) {
        Form::Incomplete(&CUT)
    } else if holds("EncryptedPackage") {
        Form::Refused(&PASSWORD)
    } else if holds("Workbook") {
        Form::Xls
    } else if holds("Book") {
        Form::Refused(&OLDEST)
    } else if holds("WordDocument") {
        Form::Refused(&WORD)
    } else if holds("PowerPoint Document") {
        Form::Refused(&SLIDES)
    } else {
        Form::Refused(&COMPOUND)
    }
}

/// Does a compound file end before the last sector that its table of sectors says is in use? ([MS-CFB] 2.2 and 2.3)
fn is_cut(bytes: &[u8]) -> bool {
    const LISTED_IN_HEADER: usize = 109;
    const FREE: u32 = 0xFFFF_FFFF;
    let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let size = match bytes.get(30) {
        Some(9) => 512,
        Some(12) => 4096,
        _ => return false,
    };
    let begin = |sector: u32| usize::try_from(sector).unwrap_or(usize::MAX).saturating_add(1).saturating_mul(size);
    let tables = number(44).and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(LISTED_IN_HEADER);
    let mut last = None;
    for (table, first) in (0..tables).map(|table| (table, number(76 + 4 * table).map(begin))) {
        let Some(first) = first.filter(|first| first.saturating_add(size) <= bytes.len()) else { return true };
        for entry in 0..size / 4 {
            if number(first + 4 * entry).is_some_and(|next| next != FREE) {
                last = Some(table * (size / 4) + entry);
            }
        }
    }
    // Some programs leave the last sector short.
    last.is_some_and(|last| (last + 1).saturating_mul(size) >= bytes.len())
}

/// UTF-16 has a mark or every other byte 0 in its separators; any other text has no control characters but white space.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    if zeros > 0 {
        // Chinese in UTF-16 has few zeros, but line ends and separators have them all on one side.
        let even = head.iter().step_by(2).filter(|byte| **byte == 0).count();
        let one_sided = even == 0 || even == zeros;
        return one_sided && head.len() >= 4 && bytes.len().is_multiple_of(2);
    }
    head.iter().all(|byte| *byte >= 0x20 || b"\t\r\n\x0c\x1a".contains(byte))
}

/// Web pages and XML under the names of workbooks, as web systems hand them out.
fn markup(bytes: &[u8]) -> Form {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Without the zeros UTF-16 reads like ASCII, as far as tags go.
    let start: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0 && *byte < 0x80).take(4096).collect();
    let start = String::from_utf8_lossy(&start).to_lowercase();
    let start = start.trim_start();
    let begins = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && begins(&["<?xml", "<workbook", "<ss:workbook"]) {
        Form::Refused(&XML_TABLE)
    } else if begins(&["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<script", "<style", "<div"]) {
        Form::Refused(&HTML)
    } else if begins(&["<?xml"]) {
        Form::Refused(if start.contains("<html") { &HTML } else { &XML_TABLE })
    } else if begins(&["mime-version:"]) {
        Form::Refused(&WEB_ARCHIVE)
    } else if begins(&["id;p"]) {
        Form::Refused(&SYLK)
    } else {
        Form::Delimited
    }
}

/// What a zip without a workbook is.
pub fn other_zip(names: &[&str]) -> &'static Text {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("word/") {
        &WORD
    } else if has("ppt/") {
        &SLIDES
    } else {
        &ARCHIVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn what(bytes: &[u8]) -> String {
        match form(bytes) {
            Form::Refused(text) => text.get(Lang::Zh).to_string(),
            Form::Incomplete(text) => format!("不完整：{}", text.get(Lang::Zh)),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_bytes_decide() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 504], &utf16(name), &[0; 4]].concat();
        assert_eq!(what(b""), "不完整：里面什么也没有");
        assert_eq!(what(&[0; 700]), "不完整：里面全是零，下载多半没有完成");
        assert_eq!(what(b"PK\x03\x04rest"), "Zip");
        assert_eq!(what(&compound("Workbook")), "Xls");
        assert_eq!(what(&compound("EncryptedPackage")), "文件加了密码");
        assert_eq!(what(&compound("WordDocument")), "是 Word 文档，不是工作簿");
        assert_eq!(what(b"\x09\x08\x08\x00\x00\x05"), "是 Excel 5 或更早的格式");
        assert_eq!(what("编号,自评\n01.1.01,是\n".as_bytes()), "Delimited");
        assert_eq!(what(b"\xb1\xe0\xba\xc5,\xd7\xd4\xc6\xc0\n01.1.01,\xca\xc7\n"), "Delimited");
        assert_eq!(what(&utf16("编号\t自评\n01.1.01\t是\n")), "Delimited");
        assert_eq!(what(b"BMI,1\n"), "Delimited");
        assert_eq!(what(b"BM\x00\x01\x02\x03\x00"), "是图片，不是工作簿");
        assert_eq!(what(b"\xef\xbb\xbf  <HTML><body><table>"), "其实是网页（HTML），只是名字像工作簿");
        assert_eq!(what(&utf16("<html><table>")), "其实是网页（HTML），只是名字像工作簿");
        assert_eq!(
            what(b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
            "其实是 XML 表格，只是名字像工作簿"
        );
        assert_eq!(what(b"MIME-Version: 1.0\n"), "其实是网页存档（MHT）");
        assert_eq!(what(b"%PDF-1.7"), "是 PDF，不是工作簿");
        assert_eq!(what(b"\x00\x01\x02\x03\x04"), "不是认得的表格文件，或者已经损坏");
    }
}
