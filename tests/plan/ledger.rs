//! The ledger out, filled in and back.

use std::fs;

use crate::place::*;

#[test]
fn a_ledger_filled_rightly_is_followed_into_the_next_one() {
    let place = with_ledger();
    let filled = place.path("in/整改台账.xlsx");
    let edits = [
        (2, "状态", "已销号"),
        (2, "完成日期", "2027年1月20日"),
        (2, "佐证材料", "发〔2027〕3号"),
        (2, "复核人（职务）", "政府督查室主任"),
        (4, "状态", "整改中"),
        (4, "进展情况", "正在起草"),
    ];
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &edits, None);
    // Nobody scored since: what is closed is closed, its score is not judged, the rest is carried over.
    let (code, said, err) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    assert!(
        said.contains(
            "台账 整改台账.xlsx（第 1 期，2026）共 4 件：已销号 1、待复核 0、整改中 1、未启动 2。
到 2027-04-01 逾期的 1 件。
得分还是立台账时的那次评估，销号的效果要等下次评估才看得出；方案仍按原来的得分算。
整改台账 3 件：@out/试市-2026-整改/整改台账-第2期.xlsx"
        ),
        "{said}"
    );
    let rows = ledger(&place.written("整改台账-第2期.xlsx"));
    assert_eq!(
        rows,
        [["00.05", "2027-06-10", "", "未启动"], ["00.01", "2027-03-22", "正在起草", "整改中"], ["00.02", "2027-05-21", "", "未启动"]]
            .map(|row| row.map(String::from))
    );
    // Without a date nothing is overdue, and that is said.
    let (_, said, _) = place.plan(&["--grade", "良好"]);
    assert!(said.contains("没有写 --date，不知道今天几号，不判断逾期。") && !said.contains("逾期的"), "{said}");
    // The next assessment: the plan is there, the veto item that was closed is not.
    place.answer("试市", "2027", &[("plan", "是"), ("drill", "否"), ("veto", "否"), ("done", "是"), ("dear", "否")]);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-06-01"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("到 2027-06-01 逾期的 2 件。\n已销号但得分没有提高的 1 件，又列入这一期台账。\n得分已经到目标、台账还没有销号的 1 件，请复核销号。"),
        "{said}"
    );
    let page = fs::read_to_string(place.path("out/试市-2027-整改/整改方案.md")).unwrap();
    let shown: Vec<(String, String)> = table(&page, "需要处理的").into_iter().map(|row| (row[0].clone(), row[8].clone())).collect();
    let expected = [("00.03", "已销号但得分没有提高"), ("00.01", "逾期 71 天；得分已到目标，可以销号"), ("00.02", "逾期 11 天")];
    assert_eq!(shown, expected.map(|(one, two)| (one.to_string(), two.to_string())));
    let rows = ledger(&place.path("out/试市-2027-整改/整改台账-第2期.xlsx"));
    assert_eq!(
        rows,
        [
            ["00.03", "2027-08-30", "上期已销号（2027-01-20），得分没有提高", "未启动"],
            ["00.05", "2027-06-10", "", "未启动"],
            ["00.02", "2027-05-21", "", "未启动"],
            ["00.01", "2027-03-22", "正在起草", "整改中"],
        ]
        .map(|row| row.map(String::from)),
        "what was closed in vain starts anew; agreed time limits stay; what nothing asks for any more stays until somebody closes it"
    );
}

#[test]
fn a_ledger_filled_wrongly_is_told_cell_by_cell() {
    let place = with_ledger();
    let filled = place.path("in/整改台账.xlsx");
    let edits = [
        (2, "状态", "已销号"),
        (2, "完成日期", "2025-01-20"),
        (2, "复核人（职务）", "甲局副局长"),
        (4, "状态", "完成"),
        (4, "完成日期", "下周"),
        (4, "时限", "2027-09-30"),
        (5, "id", "nothing"),
        (5, "编号", "99"),
    ];
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &edits, None);
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2027-04-01"]);
    assert_eq!(code, 1);
    let findings: Vec<&str> = said.lines().take_while(|line| line.contains("整改台账.xlsx，")).collect();
    assert_eq!(
        findings,
        [
            "错误：整改台账.xlsx，整改台账，M3：00.03 写了已销号，完成日期 2025-01-20 早于整改开始的 2026-11-22，按待复核计。请核对是不是写错了年份。",
            "错误：整改台账.xlsx，整改台账，N3：00.03 写了已销号，没有写佐证材料，按待复核计。请在“佐证材料”栏写明材料名称和文号，要求是：文件。",
            "错误：整改台账.xlsx，整改台账，O3：00.03 的复核人“甲局副局长”就是责任单位（甲局），自己不能给自己销号，按待复核计。请由责任单位以外的人复核。",
            "错误：整改台账.xlsx，整改台账，Q5：00.01 的状态“完成”认不出，按整改中计。自己认为做完的选“待复核”，别的单位复核过的选“已销号”。请选 未启动、整改中、待复核、已销号。",
            "错误：整改台账.xlsx，整改台账，M5：00.01 的“完成日期”是“下周”，不是日期，没有采用。请写成 2026-11-20 的样子。",
            "提醒：整改台账.xlsx，整改台账，J5：00.01 的时限由“2027-03-22”改成了“2027-09-30”，按改后的计。请核对是谁同意的。",
            "错误：整改台账.xlsx，整改台账，B6：题号“nothing”不是立台账时的题号，编号“99”也对不上，这一行没有采用。请从原台账把编号和题号复制回来。",
            "错误：整改台账.xlsx，整改台账：立台账时有 00.02，现在这一行没有了，按没有销号计。请从原台账把这一行复制回来；不再整改的，写明理由，由复核人销号。",
        ],
        "{said}"
    );
    assert!(said.contains("共 4 件：已销号 0、待复核 1、整改中 1、未启动 2。"), "{said}");
    // A row deleted, closed with a word for its proof, without a reviewer and a date, a state emptied, a row that stands twice under another's id.
    let edits = [(2, "状态", "已销号"), (2, "佐证材料", "有"), (4, "状态", ""), (5, "编号", "00.01")];
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &edits, None);
    let (code, said, _) = place.plan(&["--grade", "良好"]);
    assert_eq!(code, 1);
    let findings: Vec<&str> = said.lines().take_while(|line| line.contains("整改台账.xlsx，")).collect();
    assert_eq!(
        findings,
        [
            "错误：整改台账.xlsx，整改台账，N3：00.03 写了已销号，“佐证材料”只写了“有”，等于没有写，按待复核计。请写明材料名称和文号，或复核人的单位和职务。",
            "错误：整改台账.xlsx，整改台账，O3：00.03 写了已销号，没有写复核人，按待复核计。请在“复核人（职务）”栏写明谁复核的。",
            "提醒：整改台账.xlsx，整改台账，M3：00.03 已销号，没有写完成日期。请写成 2026-11-20 的样子。",
            "提醒：整改台账.xlsx，整改台账，Q5：00.01 没有写状态，按未启动计。请选 未启动、整改中、待复核、已销号。",
            "错误：整改台账.xlsx，整改台账，B6：编号“00.01”与题号“drill”不符，按题号计。请核对这一行是不是张冠李戴。",
        ],
        "{said}"
    );
    refill(&place.written("整改台账.xlsx"), &filled, "整改台账", &[(4, "id", "veto")], Some(2));
    let (_, said, _) = place.plan(&["--grade", "良好"]);
    assert!(said.contains("错误：整改台账.xlsx，整改台账，B5：编号“00.01”与题号“veto”不符，按题号计。"), "{said}");
    assert!(said.contains("立台账时有 00.01，现在这一行没有了"), "{said}");
}

#[test]
fn the_ledger_of_another_unit_is_not_used_and_a_filled_one_never_written_over() {
    let place = with_ledger();
    let written = place.written("整改台账.xlsx");
    refill(&written, &written, "整改台账", &[(2, "状态", "整改中")], None);
    let before = fs::read(&written).unwrap();
    let (code, said, err) = place.plan(&["--grade", "良好", "--date", "2026-11-22"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        err.contains("@out/试市-2026-整改/整改台账.xlsx 有人填过，没有改动；这次的台账写在 @out/试市-2026-整改/整改台账~2.xlsx。"),
        "{err}"
    );
    assert!(fs::read(&written).unwrap() == before);
    // Two that were worked on, of one issue, are put together.
    fs::copy(&written, place.path("in/一.xlsx")).unwrap();
    refill(&written, &place.path("in/二.xlsx"), "整改台账", &[(3, "状态", "整改中")], None);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("共 4 件：已销号 0、待复核 0、整改中 2、未启动 2。"), "{said}");
    fs::remove_file(place.path("in/二.xlsx")).unwrap();
    place.answer("别市", "2026", &[("plan", "否"), ("done", "是")]);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    assert!(said.starts_with("错误：一.xlsx：这份整改台账是“试市”的，本次是“别市”，没有采用。请把它移到那个单位的文件夹。\n"), "{said}");
    assert!(!said.contains("台账 一.xlsx"), "{said}");
}

/// Without a date limits are counted in days; in English the words are others and mean the same.
#[test]
fn a_ledger_without_a_date_and_one_in_english_come_back_as_they_went() {
    for (lang, sheet, name, header, state, limit) in
        [("zh", "整改台账", "整改台账.xlsx", "状态", "整改中", "第 90 天"), ("en", "Ledger", "ledger.xlsx", "State", "under way", "day 90")]
    {
        let place = district();
        assert_eq!(place.plan(&["--grade", "良好", "--lang", lang]).0, 0);
        let folder = place.path(if lang == "zh" { "out/试市-2026-整改" } else { "out/试市-2026-plan" });
        let book = open(&folder.join(name));
        let rows = book.sheets.iter().find(|one| one.name == sheet).unwrap();
        assert_eq!(rows.text(2, 9), limit);
        refill(&folder.join(name), &place.path("in/台账.xlsx"), sheet, &[(2, header, state)], None);
        let costs = if lang == "zh" { "措施费用.xlsx" } else { "costs.xlsx" };
        fs::copy(folder.join(costs), place.path("in/费用.xlsx")).unwrap();
        let (code, said, err) = place.plan(&["--grade", "Good", "--lang", lang]);
        assert_eq!((code, err.as_str()), (0, ""), "{said}");
        let counts = if lang == "zh" { "整改中 1、未启动 3" } else { "under way 1, not started 3" };
        assert!(said.contains(counts) && !said.contains("错误") && !said.contains("error"), "{said}");
    }
}
