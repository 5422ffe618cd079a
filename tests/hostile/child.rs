//! Files that are read in a process of their own, through the program itself.

use std::fs;
use std::process::Command;

use crate::made::{Made, TREE, tree};
use crate::texts::{circle, ods};

/// Exit code, standard output and standard error of `ecap check` over these files.
fn check(files: &[(&str, Vec<u8>)], more: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tree.yaml");
    fs::write(&path, TREE).unwrap();
    let surveys = folder.path().join("收回");
    fs::create_dir(&surveys).unwrap();
    for (name, bytes) in files {
        fs::write(surveys.join(name), bytes).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecap"));
    command.env("LC_ALL", "zh_CN.UTF-8").arg("check").arg(&surveys).arg("--tree").arg(&path).args(more);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// An .xls that declares more rows than there are: its reader takes memory for all of them. Fuzzing found it.
fn vast() -> Vec<u8> {
    let mut bytes = include_bytes!("small.xls").to_vec();
    let dimensions = b"\x00\x02\x0e\x00";
    for at in 0..bytes.len() - 12 {
        if bytes[at..].starts_with(dimensions) {
            bytes[at + 8..at + 12].fill(0xff);
        }
    }
    bytes
}

#[test]
fn one_that_costs_its_reader_the_process_costs_the_others_nothing() {
    let cells = |rows: u32, columns: u32| {
        format!(
            "<table:table table:name=\"00\"><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"{columns}\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>"
        )
    };
    let files = [
        ("1.ods", ods(&cells(1, 99_999_999))),
        // 16 million cells, of which each takes 24 bytes or more.
        ("2.ods", ods(&cells(1_000, 16_384))),
        ("3.xls", circle()),
        ("4.xls", include_bytes!("small.xls").to_vec()),
        ("6.xls", vast()),
        ("5.xlsx", Made::good(&tree()).bytes()),
    ];
    let (code, out, err) = check(&files, &["--limit", "memory=64"]);
    let wanted = "错误：1.ods：不是自评表：没有封面，也没有“编号”和“自评”的表头。请核对是否放错了文件。
错误：2.ods：打不开：读它的程序中途停了，可能要的内存太多。请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。
错误：3.xls：打不开：文件内容损坏。请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。
提醒：4.xls，00，C2：00.01 的答案格有批注，批注不算答案，没有读。批注里如有答案、理由或佐证，请写进“自评”“说明”或“佐证材料”栏。
提醒：4.xls，00：有 1 个答案在隐藏或被筛选掉的行、列或工作表里（C3），照样读了。请取消隐藏和筛选，核对这些答案是不是要交的。
提醒：4.xls，填报说明：封面没有“摘要”，当作本体系的自评表。请核实这份表是否用本体系发出。
说明：5.xlsx：与同一填报单位的另一份有 4 题相同，只计一次。不必处理。
错误：6.xls：打不开：读它的程序中途停了，可能要的内存太多。请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。
";
    let count = "查了 6 个文件：4 处错误、3 处提醒、1 处说明。
";
    assert_eq!((code, out.as_str(), err.as_str()), (1, wanted, count));
}
