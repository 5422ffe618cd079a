//! The table of costs out, filled in and back.

use std::fs;

use crate::place::*;

#[test]
fn costs_go_out_come_back_and_decide() {
    let place = district();
    assert_eq!(place.plan(&[]).0, 0);
    let blank = place.written("措施费用.xlsx");
    let filled = place.path("in/费用.xlsx");
    // As it was written it says nothing new.
    fs::copy(&blank, &filled).unwrap();
    let (code, said, err) = place.plan(&["--by", "money"]);
    assert_eq!((code, said.as_str()), (2, ""));
    assert_eq!(
        err,
        "没有填费用，不能按费用算。先不写 --money、--by 运行一次，在做出来的 措施费用.xlsx 里填“费用”，再用 --costs 指明它。\n"
    );
    // Rows: plan, drill, veto, dear. By money 合格 takes dear and drill with its plan, 2 + 2 + 1 of 12 for 6.5, not the veto for 20.
    let money = "费用（万元）";
    let edits = [(3, money, "1.5"), (4, money, "2"), (5, money, "20"), (6, money, "3"), (6, "天数", "150")];
    refill(&blank, &filled, "措施费用", &edits, None);
    let (code, said, _) = place.plan(&["--by", "money"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("要到“合格”，改 3 题，共 6.5 万元，总分从 33.3 到 75.0。"), "{said}");
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert_eq!(
        table(&page, "几种办法"),
        [
            ["用最少的费用达到“合格”", "合格", "75.0", "3", "240", "6.50", "已经证明最好"],
            ["用最少的天数达到“合格”", "合格", "66.7", "2", "120", "21.50", "已经证明最好"],
            ["用最少的费用达到“良好”", "良好", "83.3", "3", "180", "23.50", "已经证明最好"],
        ]
    );
    let (_, said, _) = place.plan(&["--money", "6.4"]);
    assert!(said.contains("6.4 万元之内最好的用法：改 "), "{said}");
    // Wrong in every way.
    let edits = [
        (3, money, "很多"),
        (3, "天数", "2.5"),
        (4, money, "-2"),
        (4, "天数", "-1"),
        (5, "到", "50"),
        (6, "id", "nothing"),
        (6, "编号", "88"),
        (7, "编号", "00.03"),
        (7, "从", "0"),
        (7, "到", "100"),
        (7, money, "0.1234567"),
        (8, "编号", "00.03"),
        (8, "从", "0"),
        (8, "到", "100"),
        (9, "编号", "00.01"),
        (9, "id", "dear"),
        (9, "到", "100"),
        (9, money, "3"),
    ];
    refill(&blank, &filled, "措施费用", &edits, None);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    let findings: Vec<&str> = said.lines().take_while(|line| line.contains("费用.xlsx，")).collect();
    assert_eq!(
        findings,
        [
            "错误：费用.xlsx，措施费用，G4：00.01 的“天数”是“2.5”，不是整天，没有采用。请填整数。",
            "错误：费用.xlsx，措施费用，H4：00.01 的“费用（万元）”是“很多”，不是数，没有采用。请只填数，不带单位。",
            "错误：费用.xlsx，措施费用，G5：00.02 的“天数”是“-1”，小于 0，没有采用。请填 0 或更大的数。",
            "错误：费用.xlsx，措施费用，H5：00.02 的“费用（万元）”是“-2”，小于 0，没有采用。请填 0 或更大的数。",
            "错误：费用.xlsx，措施费用，D6：00.03 没有从“0”到“50”这一档，这一行没有采用。它的各档是 0.0→100.0。请把“从”“到”改回原来的得分。",
            "错误：费用.xlsx，措施费用，A7：编号“88”、题号“nothing”对不上任何题目，这一行没有采用。请从原表把编号和题号复制回来。",
            "错误：费用.xlsx，措施费用，H8：00.03 的“费用（万元）”是“0.1234567”，位数太多或太大，没有采用。请填 10 亿以下、最多六位小数的数。",
            "错误：费用.xlsx，措施费用，A9：00.03 的这一档写了不止一行，用的是第一行。请删去多余的一行。",
            "错误：费用.xlsx，措施费用，A10：编号“00.01”与题号 dear 不符，dear 的编号是 00.05；按题号计。请核对这一行是不是张冠李戴。",
        ],
        "{said}"
    );
    // One that was never filled in does not count; one that was does.
    fs::copy(&blank, place.path("in/另一份.xlsx")).unwrap();
    assert_eq!(place.plan(&[]).0, 1);
    refill(&blank, &place.path("in/另一份.xlsx"), "措施费用", &[(3, money, "1")], None);
    let (code, _, err) = place.plan(&[]);
    let told = "有两份填得不同的措施费用表：@in/另一份.xlsx 和 @in/费用.xlsx。请只留一份，或用 --costs 指明。\n";
    assert_eq!((code, err.as_str()), (2, told));
    let named = blank.display().to_string();
    assert_eq!(place.plan(&["--costs", &named]).0, 0);
}

/// An item with one action from a third up that stands at two thirds: its costs are asked from where it stands, and what is filled in
/// there comes back to the step; a table that still says a third does too.
#[test]
fn costs_are_asked_from_where_an_item_stands() {
    let anchors = "anchors: [{zh: 一, en: a}, {zh: 二, en: b}, {zh: 三, en: c}, {zh: 四, en: d}]";
    let action = "{from: 1, to: 3, kind: 制度文件, zh: 办, en: do, owner: one, days: 30, closes_with: 文件}";
    let tree = [
        HEAD,
        &format!("  - {{id: high, question: {{zh: 高, en: High}}, lead: one, scale: {{type: level, {anchors}}}, actions: [{action}]}}\n"),
    ]
    .concat();
    let place = Place::new(&tree);
    place.answer("试市", "2026", &[("high", "2")]);
    assert_eq!(place.plan(&[]).0, 0);
    let blank = place.written("措施费用.xlsx");
    let book = open(&blank);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "措施费用").unwrap();
    assert_eq!([2, 3].map(|column| sheet.text(3, column)), ["66.7", "100"]);
    for from in ["66.7", "33.33", "33.3", ""] {
        refill(&blank, &place.path("in/费用.xlsx"), "措施费用", &[(3, "从", from), (3, "费用（万元）", "2.5")], None);
        let (code, said, _) = place.plan(&["--by", "money"]);
        assert_eq!(code, 0, "{from}: {said}");
        assert!(said.contains("改 1 题，共 2.5 万元，总分从 66.7 到 100.0"), "{from}: {said}");
    }
    refill(&blank, &place.path("in/费用.xlsx"), "措施费用", &[(3, "从", "20"), (3, "费用（万元）", "2.5")], None);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    assert!(said.contains("没有从“20”到“100”这一档"), "{said}");
}
