//! Each kind on a small tree of six departments: what it says in full, and its innocent look-alike beside it, which stays silent.

use std::fs;

use ecap::analysis::suspicion::{Doubt, doubts};
use ecap::finding::Finding;
use ecap::tree::Tree;

use crate::district::{Answer, Department, District};

const NAMES: [&str; 6] = ["甲局", "乙局", "丙局", "丁局", "戊局", "己局"];
/// Items of a department: eight levels, six rates, two yes or no.
const EACH: usize = 16;

fn small_tree() -> Tree {
    let mut items = Vec::new();
    for at in 0..NAMES.len() * EACH {
        let scale = match at % EACH {
            0..8 => "{type: level, anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]}",
            8..14 => "{type: rate, direction: higher, cuts: [60, 80, 95], numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}}",
            _ => r#"{type: yes_no, pass: "yes"}"#,
        };
        let requires = if at % EACH == 1 { format!(", requires: [i{:02}]", at - 1) } else { String::new() };
        items.push(format!(
            "{{id: i{at:02}, question: {{zh: 问{at}, en: Ask {at}}}, na: {{zh: 没有, en: none}}, scale: {scale}{requires}}}"
        ));
    }
    let text = format!(
        "id: try\nedition: \"1\"\nname: {{zh: 试, en: Try}}\ngroups:\n  - {{code: \"01\", name: {{zh: 组, en: G}}, items: [{}]}}\n",
        items.join(", ")
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tree.yaml");
    fs::write(&path, text).unwrap();
    let mut findings = Vec::new();
    ecap::tree::load(&path.to_string_lossy(), &mut findings).unwrap().tree.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// What an honest department says: levels of its own, counted rates, papers of the year.
fn honest(department: usize, at: usize, year: usize) -> Answer {
    let item = department * EACH + at;
    let turned = (at * 5 + department * 3 + department * at) % 8;
    let step = [2, 3, 1, 3, 2, 3, 1, 2][turned];
    let shift = year - 2025;
    let text = match at {
        0..8 => step.to_string(),
        8..14 => {
            let under = 31 + 7 * department + 9 * at + 4 * shift;
            format!("{}/{under}", under - 2 - (at * 3 + department * 5 + shift) % 13)
        }
        _ => "是".to_string(),
    };
    let evidence = format!("《{}第{at}项工作记录》（{year}年）", NAMES[department]);
    Answer { item, step, text, evidence, note: String::new(), review: None }
}

fn district() -> District {
    let year = |department: usize, year: usize| (0..EACH).map(|at| honest(department, at, year)).collect();
    let one = |(at, name): (usize, &&str)| Department { name: name.to_string(), now: year(at, 2026), last: year(at, 2025) };
    District { departments: NAMES.iter().enumerate().map(one).collect() }
}

pub struct Case {
    pub tree: Tree,
    pub district: District,
}

pub fn case() -> Case {
    Case { tree: small_tree(), district: district() }
}

impl Case {
    /// The answers of a department this year.
    pub fn now(&mut self, department: usize) -> &mut [Answer] {
        &mut self.district.departments[department].now
    }

    fn last(&mut self, department: usize) -> &mut [Answer] {
        &mut self.district.departments[department].last
    }

    fn doubts(&self, code: &str) -> Vec<(Doubt, Finding)> {
        let (now, last) = (self.district.results(&self.tree, false), self.district.results(&self.tree, true));
        let all = doubts(&now, Some(&last), &self.tree);
        all.into_iter().filter(|doubt| doubt.code == code).map(|doubt| (doubt.clone(), doubt.finding(&now, &self.tree).unwrap())).collect()
    }

    /// The messages of a kind, in both languages.
    fn said(&self, code: &str) -> Vec<(String, String)> {
        let finding = |(_, finding): (Doubt, Finding)| (finding.message.zh.to_string(), finding.message.en.to_string());
        self.doubts(code).into_iter().map(finding).collect()
    }

    fn says(&self, code: &str, zh: &str, en: &str) {
        let said = self.said(code);
        assert_eq!(said.len(), 1, "{code}: {said:#?}");
        assert_eq!((said[0].0.as_str(), said[0].1.as_str()), (zh, en));
    }

    fn is_silent(&self, code: &str) {
        assert_eq!(self.said(code), [], "{code}");
    }
}

#[test]
fn honest_departments_are_asked_nothing() {
    let case = case();
    let (now, last) = (case.district.results(&case.tree, false), case.district.results(&case.tree, true));
    assert_eq!(doubts(&now, Some(&last), &case.tree), []);
    assert_eq!(doubts(&now, None, &case.tree), []);
}

#[test]
fn one_answer_all_the_way_down() {
    let mut line = case();
    for answer in line.now(0) {
        answer.text = ["2", "80%", "是"][usize::from(answer.item >= 8) + usize::from(answer.item >= 14)].to_string();
    }
    line.says("audit-straight-line", "甲局：可比的 16 题中有 16 题答得一样（如“2”）：01.01、01.02、01.03、01.04、01.05、01.06、01.07、01.08、01.09、01.10、01.11、01.12 等 16 题。请问这几题各按什么材料填的？抽两三题当面看原件。", "甲局: 16 of 16 comparable items have the same answer (like \"2\"): 01.01, 01.02, 01.03, 01.04, 01.05, 01.06, 01.07, 01.08, 01.09, 01.10, 01.11, 01.12 and others, 16 in all. What was each of them filled in from? Look at the originals of two or three.");
    // Two good departments, all 3, each with papers of its own.
    let mut good = case();
    for department in [1, 2] {
        for (at, answer) in good.now(department).iter_mut().enumerate() {
            answer.text = ["3".to_string(), format!("{0}/{0}", 17 + 3 * at + department), "是".to_string()]
                [usize::from(at >= 8) + usize::from(at >= 14)]
            .clone();
        }
    }
    good.is_silent("audit-straight-line");
    good.is_silent("audit-copied");
    good.is_silent("audit-outlier");
    // Full marks without any papers of its own.
    for answer in good.now(1) {
        answer.evidence = "见附件".to_string();
    }
    assert_eq!(good.doubts("audit-straight-line")[0].0.respondent, "乙局");
}

#[test]
fn the_same_as_another_respondent() {
    let mut copied = case();
    copied.district.departments[3].now = copied.district.departments[1].now.clone();
    let said = copied.said("audit-copied");
    assert_eq!(said.len(), 2, "both are asked: {said:#?}");
    assert_eq!(said[0], ("乙局与丁局：可比的 16 处中有 16 处逐字相同：01.17、01.18、01.19、01.20、01.21、01.22、01.23、01.24、01.25、01.26、01.27、01.28 等 16 题。请问两家是怎样分头填的？材料是否确为两家共有？".to_string(), "乙局 and 丁局: 16 of 16 comparable entries are the same word for word: 01.17, 01.18, 01.19, 01.20, 01.21, 01.22, 01.23, 01.24, 01.25, 01.26, 01.27, 01.28 and others, 16 in all. How did the two fill them in? Do the papers belong to both?".to_string()));
    // The same items by two departments, both all 3, papers and counts their own.
    let mut alike = case();
    for department in [1, 3] {
        alike.district.departments[department].now = (0..EACH)
            .map(|at| Answer {
                item: EACH + at,
                text: if at < 8 {
                    "3".to_string()
                } else if at < 14 {
                    format!("{0}/{0}", 20 + at + department)
                } else {
                    "是".to_string()
                },
                ..honest(department, at, 2026)
            })
            .collect();
    }
    alike.is_silent("audit-copied");
}

#[test]
fn the_same_as_last_year() {
    let mut copied = case();
    copied.district.departments[2].now = copied.district.departments[2].last.clone();
    copied.says("audit-copied-last-year", "丙局：两年可比的 16 题中有 16 题的答案和佐证与上年逐字相同：01.33、01.34、01.35、01.36、01.37、01.38、01.39、01.40、01.41、01.42、01.43、01.44 等 16 题。请问今年是否重新核过？请出示今年的材料。", "丙局: in 16 of 16 items found in both years, answer and evidence are last year's word for word: 01.33, 01.34, 01.35, 01.36, 01.37, 01.38, 01.39, 01.40, 01.41, 01.42, 01.43, 01.44 and others, 16 in all. Were they checked again this year? Ask for this year's papers.");
    // A steady office: the same levels, this year's papers and counts.
    let mut steady = case();
    for at in (0..8).chain(14..EACH) {
        let text = steady.last(2)[at].text.clone();
        steady.now(2)[at].text = text;
    }
    steady.is_silent("audit-copied-last-year");
    // Every figure stays too, whatever the papers say.
    let mut figures = case();
    for at in 8..14 {
        let text = figures.last(2)[at].text.clone();
        figures.now(2)[at].text = text;
    }
    figures.says("audit-copied-last-year", "丙局：两年可比的 6 题中有 6 题的数字与上年逐字相同：01.41、01.42、01.43、01.44、01.45、01.46。请问今年是否重新核过？请出示今年的材料。", "丙局: in 6 of 6 items found in both years, the figure is last year's word for word: 01.41, 01.42, 01.43, 01.44, 01.45, 01.46. Were they checked again this year? Ask for this year's papers.");
    // A small office: 3/3 as last year.
    for at in 8..14 {
        figures.last(2)[at].text = "3/3".to_string();
        figures.now(2)[at].text = "3/3".to_string();
    }
    figures.is_silent("audit-copied-last-year");
    // Last year's papers with another year: the document's number and day stay.
    for at in 0..8 {
        let text = steady.last(2)[at].text.clone();
        steady.now(2)[at].text = text;
        steady.last(2)[at].evidence = format!("丙发〔2025〕{}号，2025年{}月{}日", 11 + at, 1 + at, 9 + at);
        steady.now(2)[at].evidence = format!("丙发〔2026〕{}号，2026年{}月{}日", 11 + at, 1 + at, 9 + at);
    }
    for at in 8..12 {
        let last = steady.last(2)[at].clone();
        steady.now(2)[at] = last;
    }
    assert_eq!(steady.doubts("audit-copied-last-year")[0].0.count, 12);
    // A report of its own every December.
    for at in 0..8 {
        steady.last(2)[at].evidence = format!("2025年12月第{at}次总结");
        steady.now(2)[at].evidence = format!("2026年12月第{}次总结", at + 1);
    }
    steady.is_silent("audit-copied-last-year");
    // The same papers, figures of this year.
    let mut standing = case();
    for at in 0..EACH {
        let evidence = standing.last(2)[at].evidence.clone();
        standing.now(2)[at].evidence = evidence;
    }
    standing.is_silent("audit-copied-last-year");
}

#[test]
fn full_marks_without_evidence() {
    let mut bare = case();
    for answer in bare.now(4).iter_mut().take(6) {
        answer.text = "3".to_string();
        answer.evidence = "无".to_string();
    }
    bare.says("audit-top-without-evidence", "戊局：11 道满分题中有 6 题没有写明佐证：01.65、01.66、01.67、01.68、01.69、01.70。请问佐证存在哪里？请补写，或当面出示。", "戊局: of 11 items at full marks 6 name no evidence: 01.65, 01.66, 01.67, 01.68, 01.69, 01.70. Where is the evidence kept? Ask for it to be entered or shown.");
    // The paper is named in the note; where nobody writes evidence its absence says nothing.
    for answer in bare.now(4).iter_mut().take(6) {
        answer.note = "见《演练总结》".to_string();
    }
    bare.is_silent("audit-top-without-evidence");
    // Words that name nothing; short names of records.
    let mut hollow = case();
    for (answer, words) in hollow.now(4).iter_mut().zip(["已落实", "符合要求", "资料齐全，备查", "有", "按要求开展，有记录", "见附件"])
    {
        answer.text = "3".to_string();
        answer.evidence = words.to_string();
    }
    assert_eq!(hollow.doubts("audit-top-without-evidence")[0].0.count, 6);
    for (answer, words) in hollow.now(4).iter_mut().zip(["应急预案", "值班日志", "见附件2", "区应急指挥中心大屏", "演练照片", "《办法》"])
    {
        answer.evidence = words.to_string();
    }
    hollow.is_silent("audit-top-without-evidence");
    let mut nobody = case();
    for department in 0..NAMES.len() {
        for answer in nobody.now(department) {
            answer.evidence = String::new();
        }
    }
    nobody.is_silent("audit-top-without-evidence");
}

#[test]
fn answers_that_contradict_each_other() {
    let mut torn = case();
    torn.now(0)[0].text = "0".to_string();
    torn.now(0)[1].text = "2".to_string();
    torn.says("audit-contradiction", "甲局：01.02 有得分，作为它前提的 01.01 却是 0 分。请问哪一题填得准？两题的材料放在一起看。", "甲局: 01.02 has a score, while 01.01, which it presupposes, has none. Which of them is right? Look at the papers of both together.");
    torn.now(0)[0].text = "查无资料".to_string();
    assert_eq!(torn.said("audit-contradiction").len(), 1);
    // Neither plan nor drill; not applicable; not yet answered.
    torn.now(0)[1].text = "0".to_string();
    torn.is_silent("audit-contradiction");
    torn.now(0)[1].text = "2".to_string();
    torn.now(0)[0].text = "不适用".to_string();
    torn.now(0)[0].note = "没有。批准：县政府".to_string();
    torn.is_silent("audit-contradiction");
    torn.now(0)[0].text = String::new();
    torn.is_silent("audit-contradiction");
}

#[test]
fn rated_higher_by_itself_than_by_the_review() {
    let mut high = case();
    for department in 0..NAMES.len() {
        for answer in high.now(department).iter_mut().take(8) {
            answer.text = "3".to_string();
            answer.review = Some(if department == 5 { "1" } else { "3" }.to_string());
        }
    }
    high.says("audit-over-rating", "己局：复核过的 8 题中有 8 题自评高于复核，平均每题高 66.7 分：01.81、01.82、01.83、01.84、01.85、01.86、01.87、01.88。请问评分标准是怎样理解的？没有复核到的题也请按复核的口径再看一遍。", "己局: of 8 reviewed items 8 were rated higher by itself than by the review, by 66.7 points an item on average: 01.81, 01.82, 01.83, 01.84, 01.85, 01.86, 01.87, 01.88. How was the scoring guide understood? Ask for the items not yet reviewed to be looked at again in the reviewers' sense.");
    // Reviewers who lower everybody alike say nothing of one department.
    for department in 0..NAMES.len() {
        for answer in high.now(department).iter_mut().take(8) {
            answer.review = Some("2".to_string());
        }
    }
    high.is_silent("audit-over-rating");
}

#[test]
fn far_from_the_other_departments() {
    let mut low = case();
    for (at, answer) in low.now(3).iter_mut().enumerate() {
        answer.text = [(at % 2).to_string(), format!("{}/{}", 11 + at, 41 + 3 * at), "否".to_string()]
            [usize::from(at >= 8) + usize::from(at >= 14)]
        .clone();
    }
    low.says("audit-outlier", "丁局：16 题自评平均 8.3 分，其他部门的中位数是 77.1 分，明显偏低（与 5 个部门比，其中最低的 77.1 分；不高于 45.1 分才列问）。请问与别的部门相比，情况确实如此，还是口径不同？抽几题对照评分标准看。", "丁局: its 16 items average 8.3 points by self-rating; the median of the others is 77.1: clearly lower (compared with 5 departments, of which the lowest has 77.1; listed at 45.1 or below). Do things stand so, compared with the others, or was the scoring guide understood differently? Check a few items against it.");
    let mut middling = case();
    for answer in middling.now(3).iter_mut().take(8) {
        answer.text = "1".to_string();
    }
    middling.is_silent("audit-outlier");
}

#[test]
fn patterns_in_figures() {
    let mut round = case();
    for (answer, percent) in round.now(1).iter_mut().skip(8).zip([85, 90, 75, 95, 80, 85]) {
        answer.text = format!("{percent}%");
    }
    round.says("audit-digits", "乙局：6 道比率题中有 6 题是同一种样子（百分数恰为 5 的倍数），其他部门为 0%：01.25、01.26、01.27、01.28、01.29、01.30。请问分子、分母是从哪份台账数出来的？请当面数一两题。", "乙局: of 6 rates 6 look alike (a percentage that is a multiple of 5), against 0% among the others: 01.25, 01.26, 01.27, 01.28, 01.29, 01.30. From which register were they counted? Count one or two together.");
    // Everything is done, out of round numbers of things.
    let mut done = case();
    for (at, answer) in done.now(1).iter_mut().enumerate().skip(8).take(6) {
        answer.text = format!("{0}/{0}", 20 + 3 * at);
    }
    done.is_silent("audit-digits");
}

#[test]
fn a_jump_without_new_evidence() {
    let mut jump = case();
    for at in [2, 4] {
        jump.last(0)[at].text = "0".to_string();
        jump.now(0)[at].text = "3".to_string();
        let before = jump.last(0)[at].evidence.clone();
        jump.now(0)[at].evidence = before;
    }
    jump.says("audit-jump", "甲局：2 题比上年高出两档或更多，佐证没有更新：01.03、01.05。请问这一年做了什么？请出示今年的材料。", "甲局: 2 items rose by two steps or more since last year, without new evidence: 01.03, 01.05. What was done in this year? Ask for this year's papers.");
    for at in [2, 4] {
        jump.now(0)[at].evidence = format!("2026年新建成第{at}处站点验收单");
    }
    jump.is_silent("audit-jump");
    // Last year's text with a word more, another paper of last year, words that name nothing; a new number or no date at all is new.
    for (evidence, asks) in [
        ("《站点台账》（2025年3月），已完善", true),
        ("《站点台账》（2025年3月）（已补充）", true),
        ("《站点验收报告》（2025年11月）", true),
        ("已落实", true),
        ("《站点台账》（2025年3月），新增12处", false),
        ("《站点验收报告》（2025年11月至2026年2月）", false),
        ("新建站点的验收报告", false),
    ] {
        for at in [2, 4] {
            jump.last(0)[at].evidence = "《站点台账》（2025年3月）".to_string();
            jump.now(0)[at].evidence = evidence.to_string();
        }
        assert_eq!(!jump.doubts("audit-jump").is_empty(), asks, "{evidence}");
    }
}

#[test]
fn more_not_applicable_than_usual() {
    let mut many = case();
    let na = |answers: &mut [Answer], count: usize| {
        for answer in answers.iter_mut().skip(3).take(count) {
            answer.text = "不适用".to_string();
            answer.note = "辖区没有。批准：县政府办公室".to_string();
        }
    };
    na(many.now(2), 7);
    many.says("audit-na-share", "丙局：16 题中填了 7 题不适用（43.8%），其他部门为 0%：01.36、01.37、01.38、01.39、01.40、01.41、01.42。请问辖区是否确实没有这些情况？逐题对照不适用的条件看。", "丙局: N/A on 7 of 16 items (43.8%), against 0% among the others: 01.36, 01.37, 01.38, 01.39, 01.40, 01.41, 01.42. Is there really nothing of the kind in the district? Hold each against its condition for N/A.");
    // As many as last year, for the same reason.
    na(many.last(2), 7);
    many.is_silent("audit-na-share");
    many.is_silent("audit-na-self-granted");
    let mut few = case();
    na(few.now(2), 2);
    few.is_silent("audit-na-share");
}

#[test]
fn not_applicable_granted_to_itself() {
    let mut own = case();
    own.now(4)[5].text = "不适用".to_string();
    own.now(4)[5].note = "没有这项工作，批准：戊局局长".to_string();
    own.says("audit-na-self-granted", "戊局：1 题不适用写的批准人是本部门自己（戊局局长）：01.70。请问评估组或上级是否同意？请由他们写明批准人。", "戊局: 1 item is N/A with the department itself named as approving (戊局局长): 01.70. Do the assessors or the higher authority agree? They should be named as approving.");
    for note in ["批准人：李建国（戊局副局长）", "没有（批准：本局局长）", "没有，批准：局领导班子", "批准：我局分管负责人"]
    {
        own.now(4)[5].note = note.to_string();
        assert_eq!(own.doubts("audit-na-self-granted").len(), 1, "{note}");
    }
    for note in ["戊局没有这项工作，批准：县政府", "本局已报县政府同意", "没有这项工作", "批准人：李建国（县政府副县长）", "批准：上级戊局"]
    {
        own.now(4)[5].note = note.to_string();
        own.is_silent("audit-na-self-granted");
    }
}
