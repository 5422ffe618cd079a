//! Ways found by hand, budgets, rounding.

use std::fs;

use crate::place::*;

/// Weights 1, 2, 3, 4, 2 of 12, 4 of them scored. 合格 asks for 7.194 of 12 (59.95 rounds to 60.0): the veto item and the plan, 120 days.
#[test]
fn the_cheapest_way_is_the_one_found_by_hand() {
    let place = district();
    let (code, said, err) = place.plan(&[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        said,
        "试市 2026：总分 33.3，等级：不合格
  要到“合格”，改 2 题，共 120 天，总分从 33.3 到 66.7。
  已经证明：按指标体系所列的天数算，达到“合格”不可能少于 120 天；同样花费或天数的办法里，这个增分最多。
  费用尚未填报，本方案不能据以安排经费；费用填在措施费用表里。
  天数是各项措施的天数加起来的。各单位同时做、每个单位一件一件做，连同另外要办的，全部办完要 200 天，见“进度”；一个单位能同时做几件的，会更早。不在这个办法里、另外要办的 2 题（否决项、0 分的关键项、未达法定要求的、最先要办的）不排队，与本单位其他事同时办。
  这个办法的题里有否决项 1 题。
没有写 --date，时限按第几天写；写 --date 今天的日期，就写成日期。
整改台账 4 件：@out/试市-2026-整改/整改台账.xlsx
整改方案在 @out/试市-2026-整改
"
    );
    assert_eq!(
        place.steps(),
        [
            ["1", "00.03", "★是否有veto", "0.0 → 100.0", "办veto", "甲局", "否决项过线", "90", "25.00", "58.33", "第 90 天"],
            ["2", "00.01", "是否有plan", "0.0 → 100.0", "办plan", "甲局", "每 30 天增 8.33 分", "30", "8.33", "66.67", "第 120 天"],
        ]
    );
}

/// 良好 asks for 9.594 of 12 and for the veto: plan, drill and veto, 180 days; dear instead of plan and drill would cost 290 and is short.
#[test]
fn a_drill_comes_with_its_plan_and_after_it() {
    let place = district();
    let (code, said, _) = place.plan(&["--grade", "良好", "--date", "2026-11-22"]);
    assert_eq!(code, 0);
    assert!(said.contains("要到“良好”，改 3 题，共 180 天，总分从 33.3 到 83.3。"), "{said}");
    let steps = place.steps();
    let shown: Vec<[&str; 4]> = steps.iter().map(|row| [row[1].as_str(), row[6].as_str(), row[9].as_str(), row[10].as_str()]).collect();
    assert_eq!(
        shown,
        [
            ["00.03", "否决项过线", "58.33", "2027-02-20"],
            ["00.01", "00.02 的前提", "66.67", "2027-03-22"],
            ["00.02", "每 30 天增 8.33 分", "83.33", "2027-05-21"]
        ],
        "甲局: veto 90 days, then plan 30; 乙局's drill waits for the plan, then takes 60"
    );
    let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
    assert_eq!(
        table(&page, "几种办法"),
        [
            ["用最少的天数达到“良好”", "良好", "83.3", "3", "180", "—", "已经证明最好"],
            ["用最少的天数达到“优秀”", "优秀", "100.0", "4", "380", "—", "已经证明最好"]
        ]
    );
    let gains = table(&page, "各题升档的增分");
    let shown: Vec<[&str; 5]> = gains.iter().map(|row| [&row[0], &row[5], &row[6], &row[7], &row[8]].map(String::as_str)).collect();
    assert_eq!(
        shown,
        [
            ["00.03", "25.00", "90", "8.33", "—"],
            ["00.02", "16.67", "60", "8.33", "00.01"],
            ["00.01", "8.33", "30", "8.33", "—"],
            ["00.05", "16.67", "200", "2.50", "—"]
        ]
    );
}

/// Within 119 days: the veto item alone brings 25 points, plan and drill the same for the same 90 days; what leads to no better grade is
/// decided by points, and 30 days are left for the plan only beside the veto item, which is 120.
#[test]
fn a_budget_is_put_to_its_best_use() {
    let place = district();
    let (code, said, _) = place.plan(&["--days", "119"]);
    assert_eq!(code, 0);
    assert!(said.contains("119 天之内最好的用法：改 "), "{said}");
    assert!(
        said.contains("用 90 天，总分从 33.3 到 58.3，等级：不合格。")
            && said.contains("已经证明：按指标体系所列的天数算，119 天之内没有更好的用法。"),
        "{said}"
    );
    let (_, said, _) = place.plan(&["--days", "29"]);
    assert!(said.contains("29 天之内一题也上不了一档。"), "{said}");
    let (_, said, _) = place.plan(&["--days", "120"]);
    assert!(said.contains("120 天之内最好的用法：改 2 题，用 120 天，总分从 33.3 到 66.7，等级：合格。"), "{said}");
}

/// 59.96 is 60.0 and 合格; 59.94 is 59.9 and is not.
#[test]
fn rounding_decides_and_is_said() {
    for (weight, days) in [(96.0, 10), (94.0, 1000)] {
        let tree = [
            HEAD,
            &yes_no("done", 5900.0, "one", 5, ""),
            &yes_no("small", weight, "one", 10, ""),
            &yes_no("large", 4100.0 - weight, "two", 1000, ""),
        ]
        .concat();
        let place = Place::new(&tree);
        place.answer("试市", "2026", &[("done", "是"), ("small", "否"), ("large", "否")]);
        let (_, said, _) = place.plan(&[]);
        assert!(said.contains(&format!("要到“合格”，改 1 题，共 {days} 天")), "{weight}: {said}");
        assert_eq!(said.contains("总分四舍五入前是 59.9600，四舍五入后正好够线"), days == 10, "{said}");
        // A way that only just reaches the grade has one with a point to spare beside it.
        let page = fs::read_to_string(place.written("整改方案.md")).unwrap();
        let expected = [["用最少的天数达到“合格”，另留 1 分余量", "优秀", "99.0", "1", "1000", "—", "已经证明最好"]];
        if days == 10 {
            let ways = table(&page, "几种办法");
            assert_eq!(ways.into_iter().filter(|row| row[0].contains("余量")).collect::<Vec<_>>(), expected);
        } else {
            assert!(!page.contains("余量"), "{page}");
        }
    }
}

#[test]
fn nothing_to_do_and_out_of_reach_are_said() {
    let place = district();
    let (code, said, _) = place.plan(&["--grade", "不合格"]);
    assert_eq!(code, 0);
    assert!(
        said.contains(
            "  已经是“不合格”，没有要争取的等级。\n没有写 --date，时限按第几天写；写 --date 今天的日期，就写成日期。\n整改台账 3 件："
        ),
        "the veto and the first things to do: {said}"
    );
    let whole = Place::new(&[HEAD, &yes_no("done", 1.0, "one", 5, "")].concat());
    whole.answer("试市", "2026", &[("done", "是")]);
    let (code, said, _) = whole.plan(&[]);
    assert_eq!(code, 0);
    assert!(said.contains("已经是“优秀”，没有要争取的等级。\n没有要整改的题，没有做台账。"), "{said}");
    let stuck =
        Place::new(&drill().replace("办veto, en: do veto", "办, en: do").replace("criticality: veto", "criticality: veto, fails_at: 99"));
    stuck.answer("试市", "2026", &[("plan", "否"), ("drill", "否"), ("veto", ""), ("done", "是"), ("dear", "否")]);
    let (_, said, _) = stuck.plan(&["--grade", "优秀"]);
    assert!(said.contains("达不到“优秀”：知道怎样改的都改到头，总分 75.0，等级：合格。"), "{said}");
    assert!(said.contains("有 1 题空白或读不出，占总分 25.0%"), "{said}");
}
