//! Text in columns (CSV) of any encoding that Chinese offices use, as one sheet.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ReaderBuilder, StringRecord, Trim};
use encoding_rs::{BIG5, Encoding, UTF_16BE, UTF_16LE};

use crate::sheet::limits::Limits;
use crate::sheet::package::Trouble;
use crate::sheet::{Budget, Cell, Content, MAX_COLUMNS, MAX_ROWS, Sheet};
use crate::text::t;

/// Bytes from which an encoding is guessed.
const LOOKED_AT: usize = 1024 * 1024;

/// One sheet under the name of the file; none where the bytes are no text in the encoding found.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Sheet, Trouble> {
    let text = decoded(bytes)?.replace("\r\n", "\n");
    let mut budget = Budget::new(limits);
    let mut sheet = Sheet { name: name.to_string(), ..Sheet::default() };
    let (text, stated) = stated_separator(&text);
    let separator = stated.unwrap_or_else(|| separator(text));
    if let Some(line) = open_quote(text, separator) {
        return Err(Trouble::OpenQuote(line));
    }
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::None).delimiter(separator).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut row = 0u32;
    while reader.read_record(&mut record).map_err(|_| Trouble::damaged())? {
        // The reader skips empty lines, which are rows all the same.
        let from = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        let empty = text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
        row = row.saturating_add(u32::try_from(empty).unwrap_or(u32::MAX));
        for (column, text) in (0u32..).zip(record.iter()) {
            if text.is_empty() {
                continue;
            }
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                return Err(Trouble::Damaged(t("行列太多，超出一张表", "it has more rows or columns than a sheet")));
            }
            budget.cells(1)?;
            budget.text(text.len())?;
            sheet.rows.entry(row).or_default().insert(column, Cell::of(Content::Text(text.to_string())));
        }
        if sheet.rows.contains_key(&row) {
            sheet.fields.insert(row, u32::try_from(record.len()).unwrap_or(u32::MAX));
        }
        row = row.saturating_add(1);
    }
    Ok(sheet)
}

/// By its mark, else strictly UTF-8, else UTF-16 by where its zeros stand, else guessed among the encodings of Chinese.
fn decoded(bytes: &[u8]) -> Result<String, Trouble> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(text.to_string());
    }
    if bytes.contains(&0) {
        // The zero of a separator or line end is its upper byte.
        let low = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        let high = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
        return strictly(if high > low { UTF_16LE } else { UTF_16BE }, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(LOOKED_AT)], true);
    let text = strictly(detector.guess(Some(b"cn"), Utf8Detection::Deny), bytes)?;
    // Traditional characters read as GBK give characters that belong to nobody.
    match strictly(BIG5, bytes) {
        Ok(traditional) if text.contains(is_private) && !traditional.contains(is_private) => Ok(traditional),
        _ => Ok(text),
    }
}

fn is_private(character: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&character)
}

/// Without a single character that had to be made up.
fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Trouble> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| Trouble::Damaged(t("文字编码认不出来", "the encoding of its text is not known")))
}

/// `sep=;` in the first line, as Excel takes it.
fn stated_separator(text: &str) -> (&str, Option<u8>) {
    let stated = text.strip_prefix("sep=").and_then(|rest| {
        let (line, rest) = rest.split_once('\n')?;
        let &[separator] = line.as_bytes() else { return None };
        Some((rest, separator))
    });
    stated.map_or((text, None), |(rest, separator)| (rest, Some(separator)))
}

/// The line, from 1, of a quote that is never closed: the reader takes all behind it for one cell.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let (mut line, mut opened, mut begins) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        line += usize::from(byte == b'\n');
        if opened.is_some() {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                opened = None;
            }
        } else if begins && byte == b'"' {
            opened = Some(line);
        }
        begins = opened.is_none() && (byte == separator || byte == b'\n');
    }
    opened
}

/// The one that stands most often outside quotes in the first lines that have any.
fn separator(text: &str) -> u8 {
    const KNOWN: [u8; 4] = [b',', b'\t', b';', b'|'];
    let count = |line: &str, separator: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == separator
            })
            .count()
    };
    for line in text.lines().take(50) {
        let best = KNOWN.iter().copied().rev().max_by_key(|separator| count(line, *separator));
        if let Some(best) = best.filter(|best| count(line, *best) > 0) {
            return best;
        }
    }
    b','
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GB18030, GBK};

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = read(bytes, "表", &Limits::default()).unwrap_or_default();
        sheet.rows.values().map(|row| row.values().map(Cell::text).collect()).collect()
    }

    #[test]
    fn every_encoding_of_an_office_reads_the_same() {
        let text = "编号,自评,佐证材料\r\n01.1.01,是,\"区政府文件，2026年\n第3号\"\r\n\r\n01.1.02,45/50,应急预案\r\n";
        let wanted = texts(text.as_bytes());
        assert_eq!(wanted.len(), 3);
        // As Excel numbers them: the empty line is row 3.
        let rows: Vec<u32> = read(text.as_bytes(), "表", &Limits::default()).unwrap_or_default().rows.into_keys().collect();
        assert_eq!(rows, [0, 1, 3]);
        assert_eq!(wanted[1][2], "区政府文件，2026年\n第3号");
        let wide = |of: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(of).collect::<Vec<u8>>();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        assert_eq!(texts(&marked(b"\xef\xbb\xbf", text.as_bytes().to_vec())), wanted);
        assert_eq!(texts(&GBK.encode(text).0), wanted);
        assert_eq!(texts(&GB18030.encode(text).0), wanted);
        assert_eq!(texts(&wide(u16::to_le_bytes)), wanted);
        assert_eq!(texts(&wide(u16::to_be_bytes)), wanted);
        assert_eq!(texts(&marked(b"\xff\xfe", wide(u16::to_le_bytes))), wanted);
        assert_eq!(texts(&marked(b"\xfe\xff", wide(u16::to_be_bytes))), wanted);
        // Of a few characters nobody can tell Big5; a survey has many.
        let traditional = "編號,指標,自評,佐證材料,說明\r\n01.1.01,現行的應急預案是否經過評審並且對外公佈,是,區政府辦公室關於印發突發事件總體應急預案的通知,已經組織專家評審\r\n";
        assert_eq!(texts(&BIG5.encode(traditional).0), texts(traditional.as_bytes()));
    }

    #[test]
    fn a_quote_that_never_ends_is_told_by_its_line() {
        let trouble = |text: &str| read(text.as_bytes(), "表", &Limits::default()).err();
        assert_eq!(trouble("a,b\r\n1,\"2\r\n3,4\r\n"), Some(Trouble::OpenQuote(2)));
        assert_eq!(trouble("a,b\n\"1\n2\",\"3\n"), Some(Trouble::OpenQuote(3)));
        for text in ["a,\"b\"\"c\"\n", "a,5\" 管\n", "\"a\nb\",c\n", "\"\",\"\"\n", "\"\"\"a\"\n"] {
            assert_eq!(trouble(text), None, "{text}");
        }
    }

    #[test]
    fn separators_are_found_or_stated() {
        for text in ["a,b\n1,2\n", "a\tb\n1\t2\n", "a;b\n1;2\n", "a|b\n1|2\n", "sep=|\r\na|b\n1|2\n", "\"x,y;z\"\nsep\n"] {
            assert!(texts(text.as_bytes()).len() == 2, "{text}");
        }
        assert_eq!(texts(b"sep=|\r\na|b\n")[0], ["a", "b"]);
        assert_eq!(texts(b"\"x,y\";z\n")[0], ["x,y", "z"]);
    }
}
