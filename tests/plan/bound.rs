//! A ledger that binds.

use std::fs;
use std::path::Path;

use crate::place::*;

/// Nothing was scored since: owners, limits and actions that were agreed on stand, what is done is no new work, and what one issue
/// closed stays closed in those after it.
#[test]
fn a_ledger_binds_until_the_next_assessment() {
    let place = with_ledger();
    let edits = [
        (2, "状态", "已销号"),
        (2, "完成日期", "2027-01-20"),
        (2, "佐证材料", "发〔2027〕3号"),
        (2, "复核人（职务）", "政府督查室主任"),
        (3, "状态", "整改中"),
        (3, "责任单位", "乙局、丙局"),
        (4, "状态", "已销号"),
        (4, "完成日期", "2027-03-01"),
        (4, "佐证材料", "预案文本"),
        (4, "复核人（职务）", "甲局科长"),
        (5, "时限", "2027-09-30"),
        (5, "措施", "办一次桌面推演"),
    ];
    refill(&place.written("整改台账.xlsx"), &place.path("in/整改台账.xlsx"), "整改台账", &edits, None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert_eq!(code, 1, "甲局 closed its own row: {said}");
    let lead = "要到“良好”，改 3 题，共 180 天，总分从 33.3 到 83.3。其中台账已销号 1 题、报称完成待复核 1 题，余下 1 题，60 天。";
    assert!(said.contains(lead), "{said}");
    assert!(said.contains("预计最晚 2027-09-30 办完，见“进度”"), "{said}");
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert!(page.starts_with("# 试市应急能力整改方案（2026，第 2 期）\n"), "{page}");
    let steps = table(&page, "整改的题，按时限先后；台账里的，责任单位和时限照台账");
    assert_eq!(
        picked(&steps, [1, 4, 5, 8, 9, 10]),
        [
            ["00.03", "办veto", "甲局", "2027-02-20", "—", "已销号（2027-01-20）"],
            ["00.01", "办plan", "甲局", "2027-03-22", "—", "待复核（2027-03-01 报称完成）"],
            ["00.02", "办一次桌面推演", "乙局", "2027-09-30", "2027-09-30", "未启动"],
        ]
    );
    assert_eq!(
        table(&page, "最先要办而不在本办法里的（与进度表同时办，不排在里面）"),
        [["1", "00.05", "是否有dear", "16.67", "办dear", "乙局、丙局", "200", "2027-06-10", "2027-06-10", "整改中"]]
    );
    assert_eq!(
        table(&page, "各单位的工作量，最晚办完的在前"),
        [["乙局", "1", "0", "1", "60", "2027-09-30"], ["乙局、丙局", "1", "1", "1", "200", "2027-06-10"]]
    );
    assert_eq!(
        picked(&table(&page, "需要处理的"), [0, 7]),
        [
            ["00.05", "责任单位改了：乙局 → 乙局、丙局"],
            ["00.01", "2027-03-01 报称完成，等复核；写了已销号，按待复核计：本单位自行复核，不算"],
            ["00.02", "时限改了：2027-05-21 → 2027-09-30"],
        ]
    );
    let closed = [["00.03", "★是否有veto", "甲局", "2027-01-20", "发〔2027〕3号", "政府督查室主任"]];
    assert_eq!(table(&page, "已经销号的"), closed);
    let second = place.written("整改台账-第2期.xlsx");
    let shown = |path: &Path| {
        let columns = ["编号", "措施", "责任单位", "时限", "原时限"].map(|header| ledger_column(path, header));
        (0..columns[0].len()).map(|row| columns.each_ref().map(|column| column[row].clone())).collect::<Vec<_>>()
    };
    let rows = [
        ["00.05", "办dear（200 天）", "乙局、丙局", "2027-06-10", ""],
        ["00.01", "办plan（30 天）", "甲局", "2027-03-22", ""],
        ["00.02", "办一次桌面推演", "乙局", "2027-09-30", "2027-05-21"],
    ];
    assert_eq!(shown(&second), rows);
    // The third issue: the first one's closed row is neither forgotten nor new work, and a date before this day is no slip.
    refill(&second, &place.path("in/整改台账-第2期.xlsx"), "整改台账", &[(2, "进展情况", "已招标")], None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-10"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("（第 2 期，2026）共 3 件：已销号 0、待复核 1、整改中 1、未启动 1。"), "{said}");
    assert!(said.contains("其中台账已销号 1 题、报称完成待复核 1 题，余下 1 题，60 天。"), "{said}");
    assert_eq!(shown(&place.written("整改台账-第3期.xlsx")), rows);
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert_eq!(table(&page, "已经销号的"), closed);
    // An assessment that finds the closed item as it was.
    place.answer("试市", "2027", &[("plan", "是"), ("drill", "否"), ("veto", "否"), ("done", "是"), ("dear", "否")]);
    let (_, said, _) = place.plan(&["--grade", "良好", "--date", "2027-06-01"]);
    assert!(said.contains("已销号但得分没有提高的 1 件，又列入这一期台账。"), "{said}");
    assert!(said.contains("00.02 上一期台账没有办结，责任单位和时限仍以台账为准；下表的办结日是从今天重新排的。"), "{said}");
    assert!(!said.contains("其中台账已销号"), "{said}");
}

/// What is past its time limit is no work done: it starts today, is marked, and the next issue says how late each row is, who had it
/// first and why a closed one came back; so does the issue after that.
#[test]
fn what_is_overdue_starts_today_and_is_told() {
    let place = with_ledger();
    let edits = [(2, "责任单位", "丙局"), (3, "状态", "整改中"), (4, "状态", "已销号"), (4, "完成日期", "2027-03-01")];
    refill(&place.written("整改台账.xlsx"), &place.path("in/整改台账.xlsx"), "整改台账", &edits, None);
    let (_, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert!(said.contains("预计最晚 2027-06-30 办完"), "{said}");
    assert!(said.contains("其中 2 题已经逾期或预计晚于时限，时限要重新商定。"), "{said}");
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert!(page.contains("- 到 2027-04-01 逾期的 1 件。\n") && page.find("逾期的 1 件") < page.find("## 二、"), "{page}");
    let steps = table(&page, "整改的题，按时限先后；台账里的，责任单位和时限照台账");
    assert_eq!(
        picked(&steps, [1, 5, 8, 9, 10]),
        [
            ["00.03", "丙局", "2027-02-20", "2027-06-30", "未启动，逾期 40 天"],
            ["00.01", "甲局", "2027-03-22", "—", "待复核（2027-03-01 报称完成）"],
            ["00.02", "乙局", "2027-05-21", "2027-05-31", "未启动"],
        ]
    );
    let picture = fs::read_to_string(place.written("gantt-1.svg")).unwrap();
    assert!(picture.contains(">截止 2027-04-01</text>"), "{picture}");
    assert_eq!(picture.matches("url(#weak)").count(), 2, "{picture}");
    let told = |path: &Path| {
        let columns = ["编号", "责任单位", "原责任单位", "逾期天数", "上期核对意见"].map(|header| ledger_column(path, header));
        (0..columns[0].len()).map(|row| columns.each_ref().map(|column| column[row].clone())).collect::<Vec<_>>()
    };
    let why = "写了已销号，按待复核计：没有佐证材料、没有复核人";
    let second = place.written("整改台账-第2期.xlsx");
    let rows =
        [["00.03", "丙局", "甲局", "40", ""], ["00.05", "乙局", "", "", ""], ["00.01", "甲局", "", "", why], ["00.02", "乙局", "", "", ""]];
    assert_eq!(told(&second), rows);
    refill(&second, &place.path("in/整改台账-第2期.xlsx"), "整改台账", &[(2, "进展情况", "已招标")], None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-02"]);
    assert_eq!(code, 0, "{said}");
    let third = place.written("整改台账-第3期.xlsx");
    let late = ["原责任单位", "逾期天数"].map(|header| ledger_column(&third, header)[0].clone());
    assert_eq!(late, ["甲局", "41"]);
}

/// An owner, a time limit or an action that was agreed on is work on the ledger as a state is.
#[test]
fn a_ledger_in_which_only_something_agreed_was_changed_counts() {
    for (header, text) in [("责任单位", "丙局"), ("时限", "2027-12-31"), ("措施", "另一种办法")] {
        let place = with_ledger();
        refill(&place.written("整改台账.xlsx"), &place.path("in/整改台账.xlsx"), "整改台账", &[(5, header, text)], None);
        let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2026-12-01"]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(ledger_column(&place.written("整改台账-第2期.xlsx"), header).last().unwrap(), text, "{said}");
    }
}
