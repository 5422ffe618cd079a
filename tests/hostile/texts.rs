//! Files that are no .xlsx, whatever they are called.

use std::fs;
use std::io::{Cursor, Write};

use ecap::sheet::Book;
use ecap::survey::{self, Decision, Given};
use ecap::text::Lang;
use ecap::tree::Tree;
use encoding_rs::{BIG5, GBK};

use crate::common::ecap;
use crate::made::{self, Made, replaced};
use crate::{Case, case};

/// A survey as one sheet with its cover above.
const CSV: &str = "被评估单位,试市\r\n评估期,2026\r\n填报单位,评估组\r\n第几次报送,1\r\n指标体系,try\r\n\r\n编号,指标,自评,说明,id\r\n00.01,是否有甲,2,已经现场核对,a\r\n00.02,是否有乙,3,,b\r\n00.03,丙率,45/50,,c\r\n00.04,丁率,105%,,d\r\n";

/// The same in traditional characters where the words are free.
fn traditional() -> String {
    let more = "現行的應急預案是否經過評審並且對外公佈，區政府辦公室關於印發突發事件總體應急預案的通知，已經組織專家評審";
    format!(
        "Unit,試市\r\nPeriod,2026\r\nRespondent,評估組\r\nSubmission,1\r\nTree,try\r\n\r\nRef,Indicator,Self,Note,id\r\n00.01,{more},2,,a\r\n00.02,是否有乙,3,,b\r\n00.03,丙率,45/50,,c\r\n00.04,丁率,105%,,d\r\n"
    )
}

/// Only its header row and the rows below.
fn bare() -> String {
    CSV[CSV.find("编号").unwrap()..].to_string()
}

/// What is said of a csv without a cover where these are given.
fn said_of_bare(unit: Option<&str>, period: Option<&str>) -> (bool, Vec<[String; 2]>) {
    let decision = |value: &str| Decision { value: value.to_string(), by: "--unit".into() };
    let given = Given { unit: unit.map(decision), period: period.map(decision) };
    let mut findings = Vec::new();
    let book = Book::open(bare().into(), "试.csv", &mut findings).unwrap();
    let filled = survey::read(&book, "试.csv", &made::tree(), &given, &mut findings).unwrap();
    assert_eq!(filled.submission, 1);
    (filled.scored, findings.iter().map(|finding| [Lang::Zh, Lang::En].map(|lang| finding.line(lang))).collect())
}

#[test]
fn a_csv_without_a_cover_is_told_once() {
    let zh_end = "；在此之前这份表不计分。请任选一种办法：用 ";
    let zh_rest = " 指明（几个单位的 csv 分次算）；把评估设置放进同一文件夹；或在 csv 表头上面加三行，第一列写“被评估单位”“评估期”“填报单位”，第二列写内容。";
    let en_rest = " (csv files of several units in runs of their own); put the settings workbook into the folder; or add three lines above the header row of the csv, with Unit, Period and Respondent in the first column and what they are in the second.";
    let error = |missing: [&str; 2], flags: [&str; 2]| {
        let zh = format!("错误：试.csv：csv 只有一张表，没有封面，不知道是{}{zh_end}{}{zh_rest}", missing[0], flags[0]);
        let en = format!(
            "error: 试.csv: A csv is one sheet and has no cover: nothing says {}; until then the file is not scored. Do one of these: give {}{en_rest}",
            missing[1], flags[1]
        );
        (false, vec![[zh, en]])
    };
    assert_eq!(
        said_of_bare(None, None),
        error(
            ["哪个单位、哪个评估期的", "which unit and which period it is for"],
            ["--unit 单位 --period 评估期", "--unit UNIT --period PERIOD"]
        )
    );
    assert_eq!(said_of_bare(Some("试市"), None), error(["哪个评估期的", "which period it is for"], ["--period 评估期", "--period PERIOD"]));
    assert_eq!(said_of_bare(None, Some("2026")), error(["哪个单位的", "which unit it is for"], ["--unit 单位", "--unit UNIT"]));
    let note = [
        "说明：试.csv：csv 没有封面，按单位“试市”、评估期“2026”、第 1 次报送读，没有填报单位。要写明填报单位的，在表头上面加两行，第一列写“评估期”“填报单位”，第二列写内容。",
        "note: 试.csv: A csv has no cover; it was read for the unit \"试市\", the period \"2026\", as the first submission, without a respondent. To name the respondent, add two lines above the header row, with Period and Respondent in the first column and what they are in the second.",
    ];
    assert_eq!(said_of_bare(Some("试市"), Some("2026")), (true, vec![note.map(str::to_string)]));
}

fn compound(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(&[1; 5000]).unwrap();
    file.into_inner().into_inner()
}

/// A compound file whose first chain of sectors comes back to itself.
pub fn circle() -> Vec<u8> {
    let good = include_bytes!("small.xls").to_vec();
    let sector = |bytes: &[u8], at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let first_table = 512 * (1 + sector(&good, 76) as usize);
    let mut bytes = good;
    // Every sector that has a next one points at sector 0.
    for at in (first_table..first_table + 512).step_by(4) {
        if sector(&bytes, at) < 0xFFFF_FFF0 {
            bytes[at..at + 4].copy_from_slice(&0u32.to_le_bytes());
        }
    }
    bytes
}

pub fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    let parts = [("mimetype", mimetype.to_string()), ("META-INF/manifest.xml", manifest.to_string()), ("content.xml", content)];
    Made(parts.into_iter().map(|(name, text)| (name.to_string(), text.into_bytes())).collect()).bytes()
}

/// A survey as an .ods, one answer repeated into the next column.
fn plain() -> String {
    let cells = |line: &str| {
        line.split(',')
            .map(|text| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"))
            .collect::<String>()
    };
    let rows: String = CSV.lines().map(|line| format!("<table:table-row>{}</table:table-row>", cells(line))).collect();
    let percent = "<table:table-cell office:value-type=\"percentage\" office:value=\"1.05\"><text:p>105%</text:p></table:table-cell>";
    let rows = rows.replace("<table:table-cell office:value-type=\"string\"><text:p>105%</text:p></table:table-cell>", percent);
    format!("<table:table table:name=\"00\">{rows}</table:table>")
}

pub fn cases(_: &Tree) -> Vec<Case> {
    let wide = |mark: &[u8], of: fn(u16) -> [u8; 2]| [mark.to_vec(), CSV.encode_utf16().flat_map(of).collect()].concat();
    let repeated = "<table:table table:name=\"00\"><table:table-row table:number-rows-repeated=\"99999999\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"99999999\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>";
    let percents = "<table:table table:name=\"00\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"percentage\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    let ruby = "<text:p><text:ruby><text:ruby-base>2</text:ruby-base><text:ruby-text>1</text:ruby-text></text:ruby><";
    let xls = include_bytes!("small.xls");
    let slid = CSV.replace(",id", ",id,,").replace(",3,,b", ",3,5,,b");
    let without_ids =
        ["id", "a", "b", "c", "d"].iter().fold(CSV.replace(",3,,b", ",3,5,,b"), |csv, id| csv.replace(&format!(",{id}\r"), "\r"));
    vec![
        case("xls", xls.to_vec()).file("试.xls"),
        case("et", xls.to_vec()).file("试.et"),
        case("xls under the name of an xlsx", xls.to_vec()),
        case("xls with hidden answers", include_bytes!("hidden.xls").to_vec()).file("试.xls"),
        case("xls with sectors in a circle", circle()).file("试.xls"),
        case("xls without its number formats", replaced(xls, b"\xe0\x00\x14\x00", b"\xe0\xff\x14\x00")).file("试.xls"),
        case("half an xls", xls[..xls.len() / 2].to_vec()).file("试.xls"),
        case("an xls without its last sector", xls[..xls.len() - 512].to_vec()).file("试.xls"),
        case("half an ods", include_bytes!("small.ods")[..include_bytes!("small.ods").len() / 2].to_vec()).file("试.ods"),
        case("ods", include_bytes!("small.ods").to_vec()).file("试.ods"),
        case("ods with hidden answers", include_bytes!("hidden.ods").to_vec()).file("试.ods"),
        case("ods with a picture over a blank answer", include_bytes!("pictures.ods").to_vec()).file("试.ods"),
        case("ods with shapes behind a chart", include_bytes!("chart.ods").to_vec()).file("试.ods"),
        case("xls with formulas on another workbook", include_bytes!("linked.xls").to_vec()).file("试.xls"),
        case("xls whose cells show otherwise", include_bytes!("shown.xls").to_vec()).file("试.xls"),
        case("xls that shows words and no zeros", include_bytes!("zeros.xls").to_vec()).file("试.xls"),
        case("ods that shows words and no zeros", include_bytes!("zeros.ods").to_vec()).file("试.ods"),
        case("ods whose cells show otherwise", include_bytes!("shown.ods").to_vec()).file("试.ods"),
        case("ods with struck and raised characters and cells that show no number", include_bytes!("runs.ods").to_vec()).file("试.ods"),
        case("ods with a reading above an answer", ods(&plain().replace("<text:p>2<", ruby))).file("试.ods"),
        case("ods of hand-written XML", ods(&plain())).file("试.ods"),
        case("ods with repeated cells", ods(repeated)).file("试.ods").limits(&["cells=1000"]),
        case("ods with repeated percents", ods(percents)).file("试.ods").limits(&["cells=1000"]),
        // The parser of .ods waits for the end of a table for ever.
        case("ods with a table left open", ods(plain().trim_end_matches("</table:table>"))).file("试.ods"),
        case("encrypted", compound("EncryptedPackage")),
        case("an old Word file", compound("WordDocument")).file("试.xls"),
        case("an old office file of any kind", compound("Something")).file("试.xls"),
        case("Excel 5", compound("Book")).file("试.xls"),
        case("a PDF", b"%PDF-1.7\n".to_vec()),
        case("a web page", "<html><body><table><tr><td>编号</td></tr></table></body></html>".into()).file("试.xls"),
        case("an XML table", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>".into())
            .file("试.xls"),
        case("a web archive", b"MIME-Version: 1.0\nX-Document-Type: Workbook\n".to_vec()).file("试.xls"),
        case("an empty file", Vec::new()),
        case("zeros", vec![0; 3000]),
        case("csv in UTF-8", CSV.into()).file("试.csv"),
        case("csv in UTF-8 with its mark", format!("\u{feff}{CSV}").into()).file("试.csv"),
        case("csv in GBK", GBK.encode(CSV).0.into_owned()).file("试.csv"),
        case("csv in UTF-16, marked", wide(b"\xff\xfe", u16::to_le_bytes)).file("试.csv"),
        case("csv in UTF-16, bare", wide(b"", u16::to_le_bytes)).file("试.csv"),
        case("csv in UTF-16, high byte first", wide(b"", u16::to_be_bytes)).file("试.csv"),
        case("csv in Big5", BIG5.encode(&traditional()).0.into_owned()).file("试.csv"),
        case("csv without a cover", bare().into()).file("试.csv"),
        case("csv with a period only", bare().replacen("编号", "评估期,2026\n编号", 1).into()).file("试.csv"),
        case("csv without a submission number", CSV.replace("第几次报送,1\r\n", "").into()).file("试.csv"),
        case("csv with a wrong submission number", CSV.replace("第几次报送,1", "第几次报送,一").into()).file("试.csv"),
        case("csv with tabs", CSV.replace(',', "\t").into()).file("试.xls"),
        case("csv with an open quote", CSV.replace(",45/50,", ",\"45/50,").into()).file("试.csv"),
        case("csv with a comma in an answer", CSV.replace(",3,,b", ",3,5,,b").into()).file("试.csv"),
        case("csv with commas in an answer, and reviews", CSV.replace("说明", "复核").replace(",45/50,,", ",4,5,6,,").into())
            .file("试.csv"),
        case("csv with a comma in a question, known by ids", CSV.replace("00.02,是否有乙", "00.02,是否,有乙").replace("00.0", "0.").into())
            .file("试.csv"),
        case("csv with a comma in an answer, without ids", without_ids.into()).file("试.csv"),
        case("csv with remarks behind the last column", CSV.replace(",,b", ",,b,已报").replace(",,c", ",,c,,").into()).file("试.csv"),
        case("csv with a header that ends in empty cells", CSV.replace(",id", ",id,,").replace(",,b", ",,b,已报,").into()).file("试.csv"),
        case("csv with a comma in an answer below a header that ends in empty cells", slid.into()).file("试.csv"),
        case("csv with a heading of more cells", CSV.replace("00.03", ",甲,,,,,,\r\n00.03").into()).file("试.csv"),
        case("csv in half a character", [GBK.encode(CSV).0.into_owned(), vec![0x81]].concat()).file("试.csv"),
    ]
}

/// A text that was opened in the wrong encoding and saved so has no header to be mended.
#[test]
fn garbled_text_is_to_be_saved_again() {
    let text = "编号,指标,自评,佐证材料,说明\r\n01.1.01,预案编到了哪一步？,2,市政府办公室文件,专家评审\r\n01.1.02,报备的预案占多少？,45/50,应急预案,\r\n";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let garbled = [
        encoding_rs::GBK.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(&gbk).0.into_owned(),
        String::from_utf8_lossy(&gbk).into_owned(),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (number, text) in (1..).zip(&garbled) {
        fs::write(folder.path().join(format!("{number}.csv")), text).unwrap();
    }
    fs::write(folder.path().join("5.csv"), &gbk).unwrap();
    let place = folder.path().display().to_string();
    let (_, out, err) = ecap(&["check", &place, "--tree", "tests/cases/surveys/tree.yaml", "--unit", "试县", "--period", "2026"]);
    let said = out + &err;
    for number in 1..5 {
        let lines: Vec<&str> = said.lines().filter(|line| line.contains(&format!("：{number}.csv"))).collect();
        assert_eq!(lines.len(), 1, "{said}");
        let start = format!("错误：{number}.csv：文件里的文字是乱码（如“");
        assert!(lines[0].starts_with(&start) && lines[0].ends_with("，另存为 .xlsx 再交。"), "{said}");
    }
    assert!(!said.contains("错误：5.csv"), "{said}");
}
