//! Tables of costs that lie beside the program's own, and amounts as people type them.

use std::fs;

use crate::place::*;

const MONEY: &str = "费用（万元）";

/// The plan written into the folder of the inputs, as the menu does.
fn plan_inside(place: &Place, more: &[&str]) -> (i32, String, String) {
    let (tree, input) = (place.path("tree.yaml"), place.path("in"));
    let (tree, input, out) = (tree.display().to_string(), input.display().to_string(), input.join("报告").display().to_string());
    ecap(&[&["plan", &input, "--tree", &tree, "-o", &out], more].concat())
}

#[test]
fn a_table_of_costs_that_the_program_wrote_never_stands_against_the_users() {
    let place = district();
    assert_eq!(place.plan(&[]).0, 0);
    let (blank, filled) = (place.written("措施费用.xlsx"), place.path("in/费用.xlsx"));
    let amounts = [(3, MONEY, "1.5"), (4, MONEY, "2"), (5, MONEY, "20"), (6, MONEY, "3"), (6, "天数", "150")];
    refill(&blank, &filled, "措施费用", &amounts, None);
    for _ in 0..2 {
        let (code, said, err) = plan_inside(&place, &["--by", "money"]);
        assert_eq!((code, err.as_str()), (0, ""), "{said}");
        assert!(said.contains("改 3 题，共 6.5 万元"), "{said}");
    }
    assert!(place.path("in/报告/试市-2026-整改/措施费用.xlsx").exists());
    // Changed since: the user's counts, the program's copy of the old values does not.
    refill(&blank, &filled, "措施费用", &[&amounts[..3], &[(6, MONEY, "3.25")]].concat(), None);
    let (code, said, err) = plan_inside(&place, &["--by", "money"]);
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    assert!(said.contains("改 3 题，共 6.75 万元"), "{said}");
    // Two of the user's that say the same are one, two that do not stop the run.
    refill(&filled, &place.path("in/又一份.xlsx"), "措施费用", &[(3, MONEY, "1.50")], None);
    assert_eq!(plan_inside(&place, &["--by", "money"]).0, 0);
    refill(&filled, &place.path("in/又一份.xlsx"), "措施费用", &[(3, MONEY, "1.6")], None);
    let (code, _, err) = plan_inside(&place, &["--by", "money"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("有两份填得不同的措施费用表：") && err.contains("in/又一份.xlsx 和 ") && err.contains("in/费用.xlsx"), "{err}");
}

#[test]
fn amounts_with_a_unit_or_commas_are_read_with_a_note() {
    let place = district();
    assert_eq!(place.plan(&[]).0, 0);
    let (blank, filled) = (place.written("措施费用.xlsx"), place.path("in/费用.xlsx"));
    let edits =
        [(3, MONEY, "1.5万元"), (4, MONEY, "2 万"), (5, MONEY, "1，200"), (6, MONEY, "3"), (3, "天数", "45天"), (4, "天数", "60 天")];
    refill(&blank, &filled, "措施费用", &edits, None);
    let (code, said, _) = place.plan(&["--by", "money"]);
    assert_eq!(code, 0, "{said}");
    let notes: Vec<&str> = said.lines().take_while(|line| line.contains("费用.xlsx，")).collect();
    assert_eq!(
        notes,
        [
            "说明：费用.xlsx，措施费用，G4：00.01 的“天数”写的是“45天”，按 45 计。不必处理。",
            "说明：费用.xlsx，措施费用，H4：00.01 的“费用（万元）”写的是“1.5万元”，按 1.5 计。不必处理。",
            "说明：费用.xlsx，措施费用，G5：00.02 的“天数”写的是“60 天”，按 60 计。不必处理。",
            "说明：费用.xlsx，措施费用，H5：00.02 的“费用（万元）”写的是“2 万”，按 2 计。不必处理。",
            "说明：费用.xlsx，措施费用，H6：00.03 的“费用（万元）”写的是“1,200”，按 1200 计。不必处理。",
        ],
        "{said}"
    );
    assert!(said.contains("改 3 题，共 6.5 万元"), "{said}");
    refill(&blank, &filled, "措施费用", &[(3, MONEY, "30000元")], None);
    let (code, said, _) = place.plan(&[]);
    assert_eq!(code, 1);
    assert!(said.contains("00.01 的“费用（万元）”是“30000元”，不是数，没有采用。"), "{said}");
}

/// Of what is stated in part, only that part takes part in plans by money, and that is said.
#[test]
fn a_plan_by_money_says_how_many_measures_have_costs() {
    let place = district();
    assert_eq!(place.plan(&[]).0, 0);
    refill(&place.written("措施费用.xlsx"), &place.path("in/费用.xlsx"), "措施费用", &[(3, MONEY, "1.5")], None);
    let (code, said, _) = place.plan(&["--by", "money"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("达不到“合格”："), "{said}");
    let wanted = "4 项措施只有 1 项填了费用，没有填的 3 项没有参加按费用算的方案";
    assert!(said.contains(wanted), "{said}");
    // By days all take part.
    let (_, said, _) = place.plan(&[]);
    assert!(!said.contains("没有参加按费用算的方案"), "{said}");
}

/// Whatever the grade, the first things to do stand in the ledger.
#[test]
fn the_first_things_to_do_are_in_the_ledger_where_there_is_no_plan() {
    let place = district();
    let all = ["00.03", "00.02", "00.05"];
    let (code, said, _) = place.plan(&["--grade", "不合格", "--date", "2026-11-22"]);
    assert_eq!(code, 0);
    assert!(said.contains("已经是“不合格”，没有要争取的等级。"), "{said}");
    assert_eq!(ledger_column(&place.written("整改台账.xlsx"), "编号"), all);
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert!(page.contains("评估报告“最先要办的事”3 题（00.03、00.02、00.05）见下表，都列入台账、各有时限，不为等级也要办。"), "{page}");
    assert_eq!(table(&page, "最先要办的事（列入台账，各有时限）").len(), 3);
    let stuck = Place::new(&drill().replace("criticality: veto", "criticality: veto, fails_at: 99"));
    stuck.answer("试市", "2026", &[("plan", "否"), ("drill", "否"), ("veto", ""), ("done", "是"), ("dear", "否")]);
    let (_, said, _) = stuck.plan(&["--grade", "优秀"]);
    assert!(said.contains("达不到“优秀”"), "{said}");
    let page = fs::read_to_string(stuck.written("整改方案.md")).unwrap();
    let first: Vec<String> = table(&page, "最先要办的事（列入台账，各有时限）").into_iter().map(|row| row[1].clone()).collect();
    let refs = ledger_column(&stuck.written("整改台账.xlsx"), "编号");
    assert!(first.len() == 3 && first.iter().all(|one| refs.contains(one)), "{first:?} {refs:?}");
}
