//! Settings: who answers, what is left out, local weights and targets; and the review workbook.

use ecap::analysis::adjustments::{Proof, adjustments};
use ecap::finding::{Finding, Severity};
use ecap::settings::{self, Settings};
use ecap::sheet::Book;
use ecap::survey::Column;
use ecap::survey::layout::Verification;
use ecap::text::Lang;
use ecap::tree::Tree;
use rust_xlsxwriter::{Format, Workbook};

use crate::harness::{Case, LEVEL, POINT, YES, assert_near, case, case_of, group, item, list, review, survey};

/// A settings workbook: its sheets by name, each a table of texts; a text that is a number is written as one.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0u32..).zip(*rows) {
            for (column, text) in (0u16..).zip(*cells) {
                match text.parse::<f64>() {
                    Ok(number) if !text.starts_with('0') || *text == "0" => sheet.write_number(row, column, number).map(drop),
                    _ if text.is_empty() => Ok(()),
                    _ => sheet.write_string_with_format(row, column, *text, &Format::new().set_num_format("@")).map(drop),
                }
                .expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

pub fn read(tree: &Tree, sheets: &[(&str, &[&[&str]])]) -> (Settings, Vec<Finding>) {
    let mut findings = Vec::new();
    let book = Book::open(workbook(sheets), "评估设置.xlsx", &mut findings).expect("a workbook");
    let settings = settings::read(&book, "评估设置.xlsx", tree, None, &mut findings).expect("settings of this tree");
    (settings, findings)
}

/// A case under settings; they must be without findings.
pub fn under(mut case: Case, sheets: &[(&str, &[&[&str]])]) -> Case {
    let (settings, findings) = read(&case.tree, sheets);
    assert_eq!(findings, []);
    case.tree.local = settings.local;
    case
}

/// Code, cell and Chinese message of each finding.
pub fn said(findings: &[Finding]) -> Vec<(&str, &str, &str)> {
    findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.place.cell.as_deref().unwrap_or(""), finding.message.get(Lang::Zh)))
        .collect()
}

/// Two groups of two items; `a` and `b` are 甲局's, `c` 乙局's, `d` the outsider's; `b` is a veto item.
fn body() -> String {
    let one = [item("a", POINT, "lead: one"), item("b", POINT, "lead: one, criticality: veto, weight: 1")];
    let two = [item("c", POINT, "lead: two"), item("d", POINT, "lead: upper")];
    list("groups", &[group("01", "weight: 1", &one, &[]), group("02", "weight: 1", &two, &[])])
}

const DEPARTMENTS: &str = "部门对照";
const BOTH: &[&[&str]] = &[&["牵头部门", "实际部门", "联系人"], &["甲局", "东甲局、西甲局", "张、李"], &["乙局", "乙局"]];

#[test]
fn labels_and_values_are_found_wherever_they_stand() {
    let case = case_of(&body());
    let rows: &[&[&str]] = &[
        &["随便写的一行"],
        &["Period", "2026"],
        &["被评估单位", "试市"],
        &["上级单位", "大省（东）"],
        &["报送截止日", "2026年11月20日"],
        &["基准日", "2026-10-31"],
        &["评估单位", "市应急管理局"],
    ];
    let (settings, findings) = read(&case.tree, &[("改过名的表", rows)]);
    assert_eq!(findings, []);
    assert_eq!((settings.unit.as_deref(), settings.period.as_deref()), (Some("试市"), Some("2026")));
    assert_eq!((settings.deadline, settings.reference_date), (Some((2026, 11, 20)), Some((2026, 10, 31))));
    // Kept as typed: only comparing folds full-width letters.
    assert_eq!((settings.parent.as_deref(), settings.assessor.as_deref()), (Some("大省（东）"), Some("市应急管理局")));
}

#[test]
fn a_date_that_is_none_is_a_finding_at_its_cell() {
    let case = case_of(&body());
    let (settings, findings) = read(&case.tree, &[("单位与时限", &[&["报送截止日", "月底"]])]);
    assert_eq!(settings.deadline, None);
    assert_eq!(said(&findings), [("settings-date", "B1", "“报送截止日”是“月底”，不是日期，没有采用。请写成 2026-11-20 的样子。")]);
}

#[test]
fn a_respondent_is_whom_the_settings_map_and_each_of_several_is_the_lead() {
    let case = under(case_of(&body()), &[(DEPARTMENTS, BOTH)]);
    let scored =
        case.survey(survey("东甲局").own("a", "40")).survey(survey("西甲局").own("a", "80")).survey(survey("乙局").own("a", "100")).score();
    // Both stand for the lead, so both count and the third does not.
    scored.item_is("a", 60.0);
    let ids: Vec<Option<&str>> = scored.item("a").answers.iter().map(|answer| answer.respondent.id.as_deref()).collect();
    assert_eq!(ids, [Some("one"), Some("two"), Some("one")], "by the departments that they stand for, in the order of names");
    assert_eq!(scored.found("cover-unknown-respondent").len(), 0);
}

#[test]
fn the_name_in_the_tree_and_the_real_name_are_one_respondent() {
    let rows: &[&[&str]] = &[&["牵头部门", "实际部门"], &["甲局", "市甲局"], &["乙局", "市乙局"]];
    let case = under(case_of(&body()), &[(DEPARTMENTS, rows)]);
    let scored = case.survey(survey("甲局").file("1.xlsx").own("a", "40")).survey(survey("市甲局").file("2.xlsx").own("a", "60")).score();
    assert_eq!(scored.state("a"), "unreadable", "two versions of one submission tear");
    assert_eq!(scored.found("version-torn").len(), 2);
}

#[test]
fn a_moved_item_is_led_by_whom_it_was_moved_to() {
    let rows: &[&[&str]] =
        &[&["牵头部门", "实际部门", "", "编号", "改由"], &["甲局", "甲局", "", "01.1", "乙局"], &["乙局", "乙局", "", "", ""]];
    let case = case_of(&body());
    let reference = case.tree.items[0].reference.clone();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(|text| if *text == "01.1" { reference.as_str() } else { text }).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let case = under(case, &[(DEPARTMENTS, &rows)]);
    let scored = case.survey(survey("甲局").own("a", "40")).survey(survey("乙局").own("a", "80")).score();
    scored.item_is("a", 80.0);
}

#[test]
fn who_answers_nothing_and_what_nobody_answers_are_findings_at_their_cell() {
    let case = case_of(&body());
    let rows: &[&[&str]] = &[&["牵头部门", "实际部门"], &["甲局", "市甲局"], &["乙局", ""], &["丁局", "市丁局"], &["上级部门", "市甲局"]];
    let (settings, findings) = read(&case.tree, &[(DEPARTMENTS, rows)]);
    assert_eq!(
        said(&findings),
        [
            ("settings-unknown-lead", "A4", "“丁局”不是本体系的牵头部门，这一行没有采用。请把名称改回原表的写法。"),
            (
                "settings-outsider-mapped",
                "B5",
                "“上级部门”的题只能由上级或评估组作答，不能交给被评单位的“市甲局”；仍由评估组作答。请改为 评估组，或上级部门的名称。"
            ),
            (
                "settings-unmapped-department",
                "B3",
                "“乙局”有 1 题，没有写由哪个实际部门作答。请在“实际部门”栏填写；几个部门合答的用顿号隔开。"
            ),
        ]
    );
    let names: Vec<&str> = settings.local.respondents.iter().map(|real| real.name.as_str()).collect();
    assert_eq!(names, ["市甲局", "评估组"]);
    let mut tree = case.tree;
    tree.local = settings.local;
    let outsider = tree.items.iter().position(|item| item.id == "d").unwrap();
    assert_eq!(tree.answerers(outsider), [1], "an outsider's item stays with the assessors");
}

#[test]
fn items_left_out_leave_and_are_counted_apart_from_not_applicable() {
    let rows: &[&[&str]] = &[&["范围", "全部"], &[], &["编号", "不评理由", "批准人"], &["02", "由省里统一评，不下达", ""]];
    let scored = under(case_of(&body()), &[("范围", rows)]).answers(&["40", "80", "0", "0"]);
    let counts = scored.results.counts;
    assert_eq!((counts.answered, counts.not_applicable, counts.out_of_scope), (2, 0, 2));
    scored.score_is(60.0);
    assert_eq!((scored.state("c"), scored.group("02").coverage), ("out_of_scope", None));
    let scope = scored.results.policy.scope.as_ref().unwrap();
    assert_eq!((scope.profile.as_deref(), scope.items), (None, 2));
    let left: Vec<(&str, usize, &str)> = scope.left_out.iter().map(|one| (one.code.as_str(), one.items, one.reason.as_str())).collect();
    assert_eq!(left, [("02", 2, "由省里统一评，不下达")]);
}

#[test]
fn without_a_reason_or_a_veto_without_its_approver_an_item_is_assessed_all_the_same() {
    let case = case_of(&body());
    let rows: &[&[&str]] =
        &[&["编号", "不评理由", "批准人"], &["01", "不归本地管", ""], &["02", "", "组长"], &["99", "没有", ""], &["02", "又一次", ""]];
    let (settings, findings) = read(&case.tree, &[("范围", rows)]);
    assert!(settings.local.left_out.is_empty() && settings.local.out_ids.is_empty());
    let found: Vec<(&str, &str)> = findings.iter().map(|one| (one.code.as_str(), one.place.cell.as_deref().unwrap_or(""))).collect();
    assert_eq!(
        found,
        [("settings-unknown-ref", "A4"), ("settings-twice", "A5"), ("settings-veto-unapproved", "C2"), ("settings-no-reason", "B3")]
    );
    let veto = &case.tree.items[1].reference;
    assert!(findings[2].message.zh.contains(&format!("其中有否决项（{veto}）")), "{}", findings[2].message.zh);
    let approved: &[&[&str]] = &[&["编号", "不评理由", "批准人"], &["01", "不归本地管", "评估组长"]];
    let (settings, findings) = read(&case.tree, &[("范围", approved)]);
    assert_eq!(findings, []);
    assert_eq!(settings.local.out_ids.len(), 2);
}

#[test]
fn a_local_weight_counts_among_its_siblings_and_the_default_total_stands_beside() {
    let rows: &[&[&str]] = &[&["编号", "名称", "默认权重", "本地权重"], &["01", "组01", "1", "3"], &["02", "组02", "1", ""]];
    let scored = under(case_of(&body()), &[("权重", rows)]).answers(&["40", "80", "100", "100"]);
    // 3 : 1 of 60 and 100, by default 1 : 1.
    scored.score_is(70.0);
    assert_eq!(scored.results.policy.weights, "settings");
    assert_near(Some(scored.group("01").weight), 3.0);
    let local = scored.results.policy.local.as_ref().unwrap();
    assert_eq!((local.weights[0].code.as_str(), local.weights[0].default, local.weights[0].local), ("01", 1.0, 3.0));
    let default = local.default_weights.as_ref().unwrap();
    assert_near(default.score, 80.0);
    assert_eq!(default.grade.as_deref(), Some("good"));
}

#[test]
fn a_weight_that_is_not_positive_and_a_target_off_the_scale_are_findings() {
    let case = case_of(&body());
    let weights: &[&[&str]] = &[&["编号", "本地权重"], &["01", "0"], &["02", "两倍"]];
    let targets: &[&[&str]] = &[&["编号", "目标"], &["01", "101"], &["2", "70"]];
    let (settings, findings) = read(&case.tree, &[("权重", weights), ("目标", targets)]);
    assert_eq!(
        said(&findings),
        [
            ("settings-weight", "B2", "01 的本地权重“0”不是大于 0 的数，用默认权重。请填大于 0 的数；不评的写到“范围”页。"),
            ("settings-weight", "B3", "02 的本地权重“两倍”不是大于 0 的数，用默认权重。请填大于 0 的数；不评的写到“范围”页。"),
            ("settings-target", "B2", "01 的目标“101”不是 0 到 100 的数，没有采用。请填 0 到 100 的分数。"),
        ]
    );
    assert!(settings.local.weights.is_empty());
    assert_eq!(settings.local.targets.len(), 1, "a spreadsheet wrote 02 as 2");
}

#[test]
fn the_settings_target_comes_before_the_trees_and_the_options() {
    let items = [item("a", POINT, "target: 90"), item("b", POINT, "target: 90"), item("c", POINT, "")];
    let case = case_of(&list("items", &items)).target(70.0);
    let reference = case.tree.items[0].reference.clone();
    let rows: &[&[&str]] = &[&["编号", "目标"], &[&reference, "95"]];
    let scored = under(case, &[("目标", rows)]).answers(&["50", "50", "50"]);
    let targets: Vec<(f64, String)> =
        scored.results.items.iter().map(|item| (item.target, serde_json::to_value(item.target_from).unwrap().to_string())).collect();
    assert_eq!(targets, [(95.0, "\"settings\"".to_string()), (90.0, "\"tree\"".to_string()), (70.0, "\"option\"".to_string())]);
    assert_near(scored.item("a").gap, 45.0);
}

#[test]
fn settings_of_another_tree_are_not_used() {
    let case = case_of(&body());
    let mut findings = Vec::new();
    let bytes = workbook(&[("单位与时限", &[&["被评估单位", "试市"]]), ("_ecap", &[&["tree", "other"]])]);
    let book = Book::open(bytes, "评估设置.xlsx", &mut findings).unwrap();
    assert!(settings::read(&book, "评估设置.xlsx", &case.tree, None, &mut findings).is_none());
    assert_eq!(said(&findings)[0].0, "settings-other-tree");
}

#[test]
fn a_sheet_whose_headers_were_changed_is_said_to_be_unread() {
    let case = case_of(&body());
    let weights: &[&[&str]] = &[&["编号", "本地 权重"], &["01", "5"]];
    let (settings, findings) = read(&case.tree, &[("权重", weights)]);
    assert!(settings.local.weights.is_empty());
    assert_eq!(
        said(&findings),
        [("settings-no-header", "", "“权重”页没有找到表头 编号、本地权重，这一页没有读。请把表头改回原来的写法。")]
    );
}

#[test]
fn the_scope_is_found_beside_its_label_wherever_that_stands() {
    let core = "core: true";
    let case = case_of(&list("items", &[item("a", POINT, core), item("b", POINT, "")]));
    let rows: &[&[&str]] = &[&["", "范围", "核心"], &["编号", "不评理由", "批准人"]];
    let scored = under(case, &[("范围", rows)]).answers(&["40", "80"]);
    assert_eq!((scored.state("a"), scored.state("b")), ("answered", "out_of_scope"));
}

#[test]
fn a_target_in_percent_is_that_many_points_and_a_number_with_a_point_is_no_code() {
    let case = case_of(&body());
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("目标").unwrap();
    sheet.write(0, 0, "编号").unwrap().write(0, 1, "目标").unwrap();
    sheet.write(1, 0, "01").unwrap().write_with_format(1, 1, 0.8, &Format::new().set_num_format("0%")).unwrap();
    sheet.write(2, 0, 1.1).unwrap().write(2, 1, 50).unwrap();
    let mut findings = Vec::new();
    let book = Book::open(workbook.save_to_buffer().unwrap(), "评估设置.xlsx", &mut findings).unwrap();
    let settings = settings::read(&book, "评估设置.xlsx", &case.tree, None, &mut findings).unwrap();
    assert_eq!(settings.local.targets.iter().map(|(_, target)| *target).collect::<Vec<_>>(), [80.0]);
    assert_eq!(said(&findings).iter().map(|(code, cell, _)| (*code, *cell)).collect::<Vec<_>>(), [("settings-unknown-ref", "A3")]);
}

/// Whoever is asked is asked, though somebody else answered; and what only a review tore is none of the department's.
#[test]
fn a_department_is_complete_by_its_own_answers() {
    let rows: &[&[&str]] = &[&["牵头部门", "实际部门"], &["甲局", "市甲局"], &["乙局", "市乙局"]];
    let case = || under(case_of(&body()), &[(DEPARTMENTS, rows)]);
    let returns = |case: Case| -> Vec<(String, String, usize, usize)> {
        let results = case.score().results;
        let one =
            |one: &ecap::result::Return| (one.department.clone(), one.state.words().zh.to_string(), one.blank.len(), one.unreadable.len());
        results.returns.iter().map(one).collect()
    };
    let others = case().survey(survey("市乙局").own("a", "40").own("b", "50").own("c", "60"));
    assert_eq!(returns(others)[0], ("市甲局".to_string(), "未交".to_string(), 2, 0));
    let own = || survey("市甲局").own("a", "40").own("b", "50");
    let reviewed = case().survey(own()).survey(review("评估组").review("a", "九十"));
    assert_eq!(returns(reviewed)[0], ("市甲局".to_string(), "已齐".to_string(), 0, 0));
    let mended = case().survey(own().file("1.xlsx").own("没有的题", "1")).survey(own().file("2.xlsx").submission("2"));
    assert_eq!(returns(mended)[0], ("市甲局".to_string(), "已齐".to_string(), 0, 0));
    let form = case().survey(survey("市甲局").own("a", "").own("b", "")).survey(survey("市乙局").own("c", "60"));
    assert_eq!(returns(form)[0].1, "未交", "an empty form is no return");
    let first = survey("市乙局").file("1.xlsx").own("a", "40").review("a", "50");
    let withdrawn = case().survey(first).survey(survey("市乙局").file("2.xlsx").submission("2").own("a", "40").review("a", ""));
    assert_eq!(returns(withdrawn)[0].2, 2, "a review that a later submission withdrew settles nothing");
}

#[test]
fn copies_in_a_review_workbook_are_never_answers_and_an_edited_one_is_a_warning() {
    let own = || survey("甲局").own("a", "40").own("b", "50");
    let copied = |text: &str| {
        let review = review("评估组").put("a", Column::Others, text).review("b", "60").review_note("b", "现场看到的").put(
            "b",
            Column::Others,
            "甲局：50",
        );
        case_of(&list("items", &[item("a", POINT, ""), item("b", POINT, "")])).survey(own()).survey(review).score()
    };
    let kept = copied("甲局：40");
    kept.item_is("a", 40.0).item_is("b", 60.0);
    assert!(kept.found("review-copy-differs").is_empty());
    let edited = copied("甲局：90");
    edited.item_is("a", 40.0);
    assert_eq!(edited.one("review-copy-differs"), (Severity::Warning, "评估组-review.xlsx", "D2"));
    let renamed = copied("甲大局：40");
    renamed.item_is("a", 40.0);
    assert!(renamed.found("review-copy-differs").is_empty());
    let said = renamed.found("review-copy-renamed");
    assert_eq!((said.len(), said[0].args["copy"].as_str(), said[0].args["now"].as_str()), (1, "甲大局", "甲局"));
}

#[test]
fn a_review_that_differs_from_self_without_a_reason_is_a_finding() {
    let case = |note: &str, answer: &str| {
        let review = review("评估组").put("a", Column::Others, "甲局：40").review("a", answer).review_note("a", note);
        case(POINT).survey(survey("甲局").own("a", "40")).survey(review).score()
    };
    let silent = case("", "20");
    assert_eq!(silent.one("review-without-reason"), (Severity::Warning, "评估组-review.xlsx", "F2"));
    silent.item_is("a", 20.0);
    assert!(case("抽查的 10 处只有 2 处", "20").found("review-without-reason").is_empty());
    assert!(case("", "40").found("review-without-reason").is_empty(), "a review that agrees needs none");
}

#[test]
fn ways_of_verification_are_codes_and_an_unknown_one_is_a_warning() {
    let case = |way: &str| {
        let review = review("评估组").put("a", Column::Others, "甲局：40").review("a", "40").put("a", Column::Verification, way);
        case(POINT).survey(survey("甲局").own("a", "40")).survey(review).score()
    };
    for (word, code) in [("查文件", "documents"), ("Spot check", "spot_check"), ("实测", "test")] {
        let scored = case(word);
        let review = scored.item("a").answers.iter().filter(|answer| answer.counts).find_map(|answer| answer.review.as_ref()).unwrap();
        assert_eq!(review.verification, code);
        assert!(scored.found("review-verification").is_empty());
    }
    assert_eq!(case("听说的").one("review-verification").2, "G2");
}

/// Three self-ratings of 3 and a review of 1 on a scale of 3; and what the reviews moved adds up to the difference.
#[test]
fn three_selves_of_three_and_a_review_of_one_give_a_third() {
    let scored = case(LEVEL)
        .survey(survey("甲局").own("a", "3"))
        .survey(survey("乙局").own("a", "3"))
        .survey(survey("丙局").own("a", "3"))
        .survey(
            review("评估组").put("a", Column::Others, "丙局：3；乙局：3；甲局：3").review("a", "1").review_note("a", "预案三年没有修订"),
        )
        .score();
    scored.score_is(100.0 / 3.0);
    assert_eq!(scored.total().rounded, Some(33.3));
    assert_near(scored.item("a").by_selves.score, 100.0);
}

#[test]
fn what_the_reviews_moved_adds_up_to_the_difference_of_the_totals() {
    let na = "na: {zh: 无, en: none}";
    let one = [item("a", POINT, "lead: one"), item("b", POINT, &format!("lead: one, {na}")), item("c", POINT, "lead: two")];
    let two = [item("d", POINT, "lead: two"), item("e", POINT, &format!("lead: two, {na}"))];
    let three = [item("f", YES, "lead: upper"), item("g", POINT, &format!("lead: one, {na}"))];
    let body =
        list("groups", &[group("01", "weight: 2", &one, &[]), group("02", "weight: 1", &two, &[]), group("03", "weight: 5", &three, &[])]);
    let reviews = review("评估组")
        .review("a", "35")
        .review_note("a", "查")
        .put("a", Column::Verification, "查文件")
        .review("b", "不适用")
        .review_note("b", "确无此类设施")
        .put("b", Column::Verification, "抽查")
        .review("e", "60")
        .review_note("e", "有一处")
        .put("e", Column::Verification, "实测")
        .review("f", "是")
        .review("g", "不适用")
        .review_note("g", "确无");
    let scored = case_of(&body)
        .survey(survey("甲局").own("a", "80").own("b", "20").own("g", "10"))
        .survey(survey("乙局").own("c", "50").own("d", "70").own("e", "不适用").note("e", "确无"))
        .survey(reviews)
        .score();
    let found = case_of(&body);
    let moved = adjustments(&scored.results, &found.tree);
    let before = moved.by_selves.unwrap();
    let sum: f64 = moved.moved.iter().map(|one| one.points.unwrap()).sum();
    assert!((sum - (scored.total().score.unwrap() - before)).abs() < 1e-9, "{moved:?}");
    let refs: Vec<&str> = moved.moved.iter().map(|one| scored.results.items[one.item].id.as_str()).collect();
    assert_eq!(refs, ["a", "b", "e", "f", "g"]);
    let by_department: f64 = moved.departments.iter().map(|one| one.points).sum();
    assert!((by_department - sum).abs() < 1e-9);
    // Of those changed a went down; b and g left and e joined, so that nothing is to be compared; f had no self-rating.
    let counted = moved
        .departments
        .iter()
        .fold([0; 4], |all, one| [all[0] + one.raised, all[1] + one.lowered, all[2] + one.otherwise, all[3] + one.first]);
    assert_eq!(counted, [0, 1, 3, 1]);
    assert_eq!(moved.points.changed.0, 4);
    // The strongest way first; what left weighs nothing.
    let proofs: Vec<Proof> = moved.verified.iter().map(|one| one.proof).collect();
    assert_eq!(proofs, [Proof::Verified(Verification::Test), Proof::Verified(Verification::Documents), Proof::Reviewed, Proof::SelfRated]);
    assert_near(Some(moved.verified.iter().map(|one| one.share).sum()), 1.0);
}
