//! What the auditor's pages say beside the questions: the items asked about, the index of over-rating, the form for checks on site.

use ecap::analysis::sampling::{Drawn, Plan};
use ecap::analysis::suspicion::{asked, doubts, indices};
use ecap::report::audit::{Looked, questions, sample};
use ecap::report::document::{Block, Document, Value};
use ecap::result::Results;
use ecap::text::Lang;
use ecap::tree::Tree;

use crate::district::{clean, tree};
use crate::kinds::{Case, case};

/// The rows of a sheet's table in one language, its column names first.
fn table(document: &Document, id: &str, lang: Lang) -> Vec<Vec<String>> {
    let blocks = document.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let table = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).find(|table| table.id == id);
    let table = table.unwrap_or_else(|| panic!("no table {id}"));
    let shown = |value: &Value| match value.plain() {
        Value::Number(number) => ecap::number::fixed(*number, 3),
        Value::Text(text) | Value::Link(text, _) => text.get(lang).to_string(),
        _ => String::new(),
    };
    let rows = table.rows.iter().map(|row| row.cells.iter().map(shown).collect());
    std::iter::once(table.columns.iter().map(|column| column.name.get(lang).to_string()).collect()).chain(rows).collect()
}

fn page(case: &Case) -> Document {
    let results = case.district.results(&case.tree, false);
    questions(&results, None, &doubts(&results, None, &case.tree), &case.tree)
}

#[test]
fn an_item_asked_about_stands_with_its_answer_as_entered_and_its_scores() {
    let mut torn = case();
    torn.now(0)[0].text = " 查无资料".to_string();
    torn.now(0)[1].text = "2".to_string();
    torn.now(0)[1].review = Some("1".to_string());
    let rows = table(&page(&torn), "asked-items", Lang::Zh);
    assert_eq!(rows[0], ["部门", "编号", "指标", "类别", "所填内容", "自评得分", "得分", "占总分"]);
    let wanted = [
        ["甲局", "01.01", "问0", "与前提题不一致", "查无资料", "0.000", "0.000", "0.010"],
        ["甲局", "01.02", "问1", "与前提题不一致", "2", "66.667", "33.333", "0.010"],
    ];
    assert_eq!(rows[1..], wanted);
    assert_eq!(table(&page(&torn), "asked-items", Lang::En)[0][4..], ["Answer as entered", "Own score", "Score", "Share of the total"]);
}

#[test]
fn an_item_that_two_are_asked_about_stands_under_both() {
    let mut copied = case();
    for at in 0..copied.now(1).len() {
        let mut answer = copied.now(1)[at].clone();
        answer.text = if at < 8 { "1".to_string() } else { answer.text };
        copied.district.departments[0].now.push(answer);
    }
    let results = copied.district.results(&copied.tree, false);
    let doubts = doubts(&results, None, &copied.tree);
    let all = asked(&results, &doubts);
    let of = |name: &str| all.iter().filter(|one| one.respondent == name && one.codes.contains(&"audit-copied")).collect::<Vec<_>>();
    let (one, two) = (of("甲局"), of("乙局"));
    assert!(one.len() >= 8 && one.len() == two.len(), "{doubts:#?}");
    // Each with what it typed itself.
    let first = (one[0], two[0]);
    assert_eq!(first.0.item, first.1.item);
    assert_eq!((first.0.typed.as_deref(), first.0.score.map(f64::round)), (Some("1"), Some(33.0)));
    assert_eq!(first.1.typed.as_deref(), Some(copied.now(1)[0].text.as_str()));
}

#[test]
fn an_index_of_few_items_is_marked_and_stands_behind_those_that_compare() {
    let mut case = case();
    // 甲局 5 items, 丙局 6, both lowered; 乙局 4 and 丁局 1 lowered by more.
    for (department, count, review) in [(0, 5, "2"), (2, 6, "1"), (1, 4, "0"), (3, 1, "0")] {
        for answer in case.now(department).iter_mut().take(count) {
            answer.text = "3".to_string();
            answer.review = Some(review.to_string());
        }
    }
    let rows = table(&page(&case), "over-rating", Lang::Zh);
    assert_eq!(rows[0], ["部门", "自评高于复核（题）", "自评低于复核（题）", "复核题数", "偏高指数（分）", "说明"]);
    let few = "题数太少，不宜比较";
    let wanted = [
        ["丙局", "6.000", "0.000", "6.000", "66.667", "未到列问门槛：只凭偶然也可能这样"],
        ["甲局", "5.000", "0.000", "5.000", "33.333", "未到列问门槛：只凭偶然也可能这样"],
        ["乙局", "4.000", "0.000", "4.000", "100.000", few],
        ["丁局", "1.000", "0.000", "1.000", "100.000", few],
    ];
    assert_eq!(rows[1..], wanted);
    let comparable: Vec<bool> = indices(&case.district.results(&case.tree, false)).iter().map(|index| index.is_comparable()).collect();
    assert_eq!(comparable, [true, false, true, false]);
}

#[test]
fn the_table_of_reviews_says_why_nothing_is_asked() {
    let mut case = case();
    // 甲局: all 6 lowered. 乙局: 3 of 6. 丙局, 丁局: 1 of 6 by a step, which is below 10 points.
    for (department, lowered, review) in [(0, 6, "1"), (1, 3, "0"), (2, 1, "2"), (3, 1, "2")] {
        for (at, answer) in case.now(department).iter_mut().take(6).enumerate() {
            answer.text = "3".to_string();
            answer.review = Some(if at < lowered { review } else { "3" }.to_string());
        }
    }
    let page = page(&case);
    let notes = |lang: Lang| -> Vec<(String, String)> {
        table(&page, "over-rating", lang)[1..].iter().map(|row| (row[0].clone(), row[5].clone())).collect()
    };
    let wanted = [
        ("甲局", "已列入要问的"),
        ("乙局", "未到列问门槛：自评高于复核的不到 4 题"),
        ("丙局", "未到列问门槛：指数不到 10 分"),
        ("丁局", "未到列问门槛：指数不到 10 分"),
    ];
    assert_eq!(notes(Lang::Zh), wanted.map(|(name, note)| (name.to_string(), note.to_string())));
    assert_eq!(notes(Lang::En)[1].1, "not asked about: fewer than 4 items are rated above the review");
    let asked = doubts(&case.district.results(&case.tree, false), None, &case.tree);
    let over: Vec<&str> = asked.iter().filter(|doubt| doubt.code == "audit-over-rating").map(|doubt| doubt.respondent.as_str()).collect();
    assert_eq!(over, ["甲局"]);
}

/// Every text of a document in one language.
fn texts(document: &Document, lang: Lang) -> Vec<String> {
    let blocks =
        document.sheets.iter().flat_map(|sheet| &sheet.blocks).chain(document.narrative.iter().flat_map(|section| &section.blocks));
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Lead(text) | Block::Text(text) | Block::Heading(text) => all.push(text.get(lang).to_string()),
            Block::List(lines) | Block::Numbered(lines) => all.extend(lines.iter().map(|line| line.get(lang).to_string())),
            Block::Table(table) => all.extend(table.rows.iter().flat_map(|row| &row.cells).filter_map(|value| match value.plain() {
                Value::Text(text) | Value::Link(text, _) => Some(text.get(lang).to_string()),
                _ => None,
            })),
            _ => {}
        }
    }
    all
}

#[test]
fn the_page_speaks_to_an_office_and_of_nobodys_intent() {
    let page = page(&case());
    for lang in [Lang::Zh, Lang::En] {
        for text in texts(&page, lang) {
            for word in ["--", "商量", "编得", "像真", "agreed upon", "made up"] {
                assert!(!text.contains(word), "{text}");
            }
        }
    }
    let chinese = texts(&page, Lang::Zh);
    for line in [
        "没有列出的，不等于没有问题：有的情况统计看不出来，所以还要按抽查表到现场看。",
        "没有上年的结果可对，没有查的类别：与上年相同、升幅大而佐证未更新。",
    ] {
        assert!(chinese.iter().any(|text| text == line), "{line}");
    }
}

#[test]
fn an_outlier_gets_the_reasons_of_its_direction_and_its_items_what_weighs_most_first() {
    let mut case = case();
    for department in 0..case.district.departments.len() {
        for answer in case.now(department).iter_mut() {
            answer.text = if department == 0 { "0" } else { "2" }.to_string();
        }
    }
    let mut results = case.district.results(&case.tree, false);
    let doubts: Vec<_> = doubts(&results, None, &case.tree).into_iter().filter(|doubt| doubt.code == "audit-outlier").collect();
    assert_eq!((doubts.len(), doubts[0].respondent.as_str()), (1, "甲局"));
    assert!(doubts[0].count >= 10);
    assert_eq!(doubts[0].innocent().zh, "这个部门的工作确实有差距；它的题本来就难；它填得比别的部门严。");
    let few = ecap::analysis::suspicion::Doubt { measure: 95.0, count: 6, ..doubts[0].clone() };
    assert_eq!(
        few.innocent().en,
        "Its performance may really be higher; its items are easier; it read the guide more generously; it has 6 items only, of which one or two move the mean."
    );
    results.items[doubts[0].items[3]].share = 0.5;
    results.items[doubts[0].items[2]].share = 0.4;
    let page = questions(&results, None, &doubts, &case.tree);
    let refs: Vec<String> = table(&page, "asked-items", Lang::Zh)[1..4].iter().map(|row| row[1].clone()).collect();
    let of = |at: usize| results.items[doubts[0].items[at]].reference.clone();
    assert_eq!(refs, [of(3), of(2), of(0)]);
    // On a page a kind that all its items have in common is said once.
    let blocks = page.narrative.iter().flat_map(|section| &section.blocks);
    let own =
        blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).find(|one| one.id == "asked-items");
    let own = own.expect("the items on the page");
    assert_eq!((own.title.zh.as_ref(), own.columns.len()), ("甲局：明显偏离其他部门", 6));
    assert!(own.columns.iter().all(|column| column.name.zh != "类别") && own.rows.iter().all(|row| row.cells.len() == 6));
    let note = "“明显偏离其他部门”列的是平均分所含的题：问的是平均分，不是说其中哪一题有疑问。";
    assert!(texts(&page, Lang::Zh).iter().any(|text| text == note));
    assert!(!texts(&self::page(&self::case()), Lang::Zh).iter().any(|text| text.contains("平均分所含的题")));
}

const LOOKED: Looked = Looked { doubts: true, last: true };

/// The row of one item in the form, or in the table of how it was drawn.
fn form(results: &Results, tree: &Tree, item: usize, chance: f64, lang: Lang) -> Vec<String> {
    row(results, tree, item, chance, ("sample", lang))
}

fn row(results: &Results, tree: &Tree, item: usize, chance: f64, (id, lang): (&str, Lang)) -> Vec<String> {
    let drawn = Drawn { item, weight: 0.25, doubts: vec!["audit-digits"], past: Some(0.333), size: 0.1, chance, number: 0.5 };
    let by_departments = results.items.iter().flat_map(|item| &item.answers).any(ecap::analysis::sampling::is_claim);
    let plan = Plan { seed: "7".into(), wanted: 1, eligible: 9, all: vec![drawn.clone()], drawn: vec![drawn], by_departments };
    table(&sample(results, &plan, tree, LOOKED), id, lang).remove(1)
}

#[test]
fn the_form_names_who_answered_and_says_what_raised_the_chance() {
    let tree = tree();
    let mut results = clean(&tree, 3).results(&tree, false);
    let level = |item: &usize| tree.items[*item].scaled.name == "level" && results.items[*item].score == Some(100.0);
    let item = (0..tree.items.len()).filter(level).find(|item| !results.items[*item].answers.is_empty()).unwrap();
    let lead = tree.lead_name(&tree.items[item]);
    let row = form(&results, &tree, item, 0.0361, Lang::Zh);
    let name = results.items[item].answers[0].respondent.name.clone();
    assert_eq!((row[2].as_str(), row[3].as_str(), row[5].as_str()), (name.as_str(), "3 级", "100.000"));
    let drawn = |chance: f64| self::row(&results, &tree, item, chance, ("draw", Lang::Zh))[2..].to_vec();
    assert_eq!(drawn(0.0361), ["25.0000%", "数字有规律", "33 分", "3.6100%", "50.0000%", "26.7008"]);
    assert_eq!(drawn(1.0)[3..], ["必查", "50.0000%", ""]);
    // The anchor reached, what the department names, and the cell that it typed in.
    let answer = &results.items[item].answers[0];
    let anchors = tree.items[item].scaled.json();
    assert_eq!(row[4], anchors["anchors"][3]["zh"].as_str().unwrap());
    let evidence = if answer.evidence.is_empty() { &answer.note } else { &answer.evidence };
    assert_eq!(row[6], if evidence.is_empty() { "（没有写）" } else { evidence });
    let cell = &answer.own.as_ref().unwrap().cell;
    assert!(row[7].starts_with(&answer.place.file) && row[7].ends_with(cell.as_str()), "{row:?}");
    // Another department answered instead of the lead.
    let answer_file = answer.place.file.clone();
    results.items[item].answers[0].respondent.name = "区大数据局".to_string();
    assert_eq!(form(&results, &tree, item, 0.1, Lang::Zh)[2], "区大数据局");
    // The assessors' answer stands in its place: whose claim it was is still named, and both are to be seen.
    let mut assessors = results.items[item].answers[0].clone();
    assessors.respondent = ecap::result::Respondent { id: Some("assessor".into()), name: "评估组".into() };
    assessors.own.as_mut().unwrap().text = "1".to_string();
    results.items[item].answers[0].counts = false;
    results.items[item].answers.push(assessors);
    let row = form(&results, &tree, item, 0.1, Lang::Zh);
    assert_eq!((row[2].as_str(), row[3].as_str()), ("区大数据局", "区大数据局：3 级；评估组：1 级"));
    // Only the assessors answered; then nobody did, and they reviewed.
    results.items[item].answers.remove(0);
    let row = form(&results, &tree, item, 0.1, Lang::Zh);
    assert_eq!((row[2].clone(), row[3].as_str()), (format!("{}（评估组填）", lead.zh), "1 级"));
    assert_eq!(form(&results, &tree, item, 0.1, Lang::En)[2], format!("{} (entered by the assessors)", lead.en));
    // Their own entry has a cell too.
    assert!(row[7].starts_with(&answer_file) && row[7].contains('，'), "{row:?}");
    results.items[item].answers[0].own = None;
    assert_eq!(form(&results, &tree, item, 0.1, Lang::Zh)[2], format!("{}（未报送）", lead.zh));
    assert_eq!(form(&results, &tree, item, 0.1, Lang::En)[2], format!("{} (returned nothing)", lead.en));
}

#[test]
fn what_was_not_looked_at_is_not_said_to_be_nothing() {
    let case = case();
    let results = case.district.results(&case.tree, false);
    let plan = ecap::analysis::sampling::plan(&results, None, &[], 4, "7");
    let drawn = |doubts: bool, last: bool| table(&sample(&results, &plan, &case.tree, Looked { doubts, last }), "draw", Lang::Zh);
    assert_eq!(drawn(true, true)[0][3..], ["存疑类别", "上年自评与复核之差", "入选机会", "随机数", "比值"]);
    assert_eq!(drawn(false, false)[1][3..5], ["未查", "上年未查"]);
    assert_eq!(drawn(true, true)[1][3..5], ["无", "上年未复核"]);
    // The rule holds of what is drawn: a ratio below 1 is a number below its chance.
    let percent = |text: &str| text.trim_end_matches('%').parse::<f64>().unwrap();
    for row in &drawn(true, false)[1..] {
        assert_eq!(row[7].parse::<f64>().unwrap() < 1.0, percent(&row[6]) < percent(&row[5]), "{row:?}");
    }
}

#[test]
fn each_of_several_departments_stands_with_its_answer_and_its_evidence() {
    let tree = tree();
    let mut results = clean(&tree, 3).results(&tree, false);
    let level = |item: &usize| tree.items[*item].scaled.name == "level" && results.items[*item].score == Some(100.0);
    let item = (0..tree.items.len()).filter(level).find(|item| !results.items[*item].answers.is_empty()).unwrap();
    let answers = &mut results.items[item].answers;
    answers.truncate(1);
    answers[0].evidence = "拨款单".to_string();
    let mut other = answers[0].clone();
    other.respondent = ecap::result::Respondent { id: None, name: "区大数据局".into() };
    (other.counts, other.spoke) = (false, None);
    (other.evidence, other.note) = ("到账单".to_string(), String::new());
    other.own.as_mut().unwrap().text = "1".to_string();
    other.place.file = "大数据.xlsx".to_string();
    answers.push(other.clone());
    // An earlier submission of the same says nothing more.
    other.submission = 0;
    other.evidence = "旧单".to_string();
    answers.push(other);
    let (name, place) = (answers[0].respondent.name.clone(), answers[0].place.clone());
    let cell = answers[0].own.as_ref().unwrap().cell.clone();
    let row = form(&results, &tree, item, 0.1, Lang::Zh);
    assert_eq!(row[2], name);
    assert_eq!(row[3], format!("{name}：3 级；区大数据局：1 级（未采用）"));
    assert_eq!(row[6], format!("{name}：拨款单\n区大数据局：到账单"));
    let sheet = &place.sheet;
    assert_eq!(row[7], format!("{name}：{}，{sheet}，{cell}\n区大数据局：大数据.xlsx，{sheet}，{cell}", place.file));
    results.items[item].answers[1].evidence.clear();
    assert_eq!(form(&results, &tree, item, 0.1, Lang::En)[6].lines().nth(1), Some("区大数据局: (none named)"));
    // Both count: what each answer says stands with its department too.
    let spoke = results.items[item].answers[0].spoke;
    let second = &mut results.items[item].answers[1];
    (second.counts, second.spoke) = (true, spoke);
    let row = form(&results, &tree, item, 0.1, Lang::Zh);
    assert!(row[3].ends_with("；区大数据局：1 级") && row[2] == format!("{name}、区大数据局"), "{row:?}");
    assert!(row[4].starts_with(&format!("{name}：")) && row[4].contains("\n区大数据局："), "{row:?}");
}

#[test]
fn one_line_above_the_form_says_how_it_was_drawn() {
    let case = case();
    let results = case.district.results(&case.tree, false);
    let plan = ecap::analysis::sampling::plan(&results, None, &[], 4, "20261120");
    let document = sample(&results, &plan, &case.tree, LOOKED);
    let Some(Block::List(lines)) = document.sheets[0].blocks.first() else { panic!("no lines above the table") };
    assert_eq!(
        lines[1].zh,
        "怎样抽的：一题占总分越多、存疑的类别越多、上年自评与复核差得越多，入选机会越大，机会到 100% 的必查；其余按种子 20261120、单位和评估期算出的随机数抽签。种子要在答案收齐之后当众确定。谁照样抽都是这些题；种子是怎样定的，写在“种子记录”里，记录填全了，才能说题不由人挑选。"
    );
}

#[test]
fn the_whole_draw_can_be_made_again_from_the_form() {
    let case = case();
    let results = case.district.results(&case.tree, false);
    let plan = ecap::analysis::sampling::plan(&results, None, &[], 4, "7");
    let document = sample(&results, &plan, &case.tree, LOOKED);
    let all = table(&document, "eligible", Lang::Zh);
    assert_eq!(
        all[0],
        ["编号", "题号", "指标", "占总分（都不退出时）", "存疑类别", "上年自评与复核之差", "入选机会", "随机数", "比值", "结果"]
    );
    assert_eq!((all.len() - 1, all.iter().filter(|row| row[9] == "抽中").count()), (plan.eligible, 4));
    let percent = |text: &str| text.trim_end_matches('%').parse::<f64>().unwrap();
    // The chances make the number of items, the sizes are in their proportion, and each number follows from the line that is printed.
    let chances: f64 = all[1..].iter().map(|row| percent(&row[6])).sum();
    assert!((chances - 400.0).abs() < 0.01, "{chances}");
    for row in &all[1..] {
        let number = ecap::analysis::sampling::number("7", &results.unit.name, &results.period, &row[1]);
        assert_eq!(row[7], format!("{}%", ecap::number::fixed(100.0 * number, 4)));
    }
    // The four smallest ratios are those drawn.
    let mut ratios: Vec<(f64, &str)> = all[1..].iter().map(|row| (row[8].parse().unwrap(), row[9].as_str())).collect();
    ratios.sort_by(|one, two| one.0.total_cmp(&two.0));
    assert!(ratios[..4].iter().all(|(_, drawn)| *drawn == "抽中"));
    let how: Vec<String> = texts(&document, Lang::Zh);
    let first = &results.items[plan.drawn[0].item];
    let example = format!("7:{}:{}:{}", results.unit.name, results.period, first.id);
    assert!(how.iter().any(|line| line.contains("SHA-256") && line.contains("docs/method/suspicion.md 第 3 节")), "{how:#?}");
    assert!(how.iter().any(|line| line.contains(&example) && line.contains(&plan.drawn[0].number.to_string())), "{how:#?}");
    // Room for both signatures, and for who fixed the seed before whom.
    let columns = table(&document, "sample", Lang::Zh).remove(0);
    assert_eq!(columns[11..], ["被查部门签字、日期", "核查人签字、日期"]);
    let record: Vec<String> = table(&document, "seed", Lang::Zh)[1..].iter().map(|row| row[0].clone()).collect();
    assert!(record.contains(&"在场见证人（单位、签字）".to_string()) && record.contains(&"确定人（签字）".to_string()));
    assert!(document.sheets[0].large);
}

#[test]
fn answers_in_error_are_to_be_mended_before_anything_is_asked() {
    let case = case();
    let mut results = case.district.results(&case.tree, false);
    let page = |results: &Results| texts(&questions(results, None, &[], &case.tree), Lang::Zh);
    let clean = page(&results);
    let run = format!(
        "按“{}（{} {}）”读答案：0 处错误，0 处提醒（逐条见“数据问题”工作簿）。",
        case.tree.name.zh, case.tree.id, case.tree.edition
    );
    assert!(clean.contains(&run), "{clean:#?}");
    assert!(clean.contains(&"没有列出要问的；没有列出，不等于没有问题。".to_string()));
    assert!(!clean.iter().any(|line| line.starts_with("先改答案")));
    static ODD: ecap::finding::Kind = ecap::finding::Kind::new(
        "answer-unreadable",
        ecap::finding::Severity::Error,
        ecap::text::t("读不出", "unreadable"),
        ecap::text::t("请改", "mend"),
    );
    results.findings.push(ODD.at(ecap::place::Place::default(), &[]));
    let torn = page(&results);
    assert!(torn[0].starts_with("先改答案：这次有 1 处错误"), "{torn:#?}");
    assert!(torn.iter().any(|line| line.contains("读得出的答案里没有列出要问的；有错误的没有查")), "{torn:#?}");
    let plan = ecap::analysis::sampling::plan(&results, None, &[], 4, "7");
    assert!(texts(&sample(&results, &plan, &case.tree, LOOKED), Lang::Zh)[0].starts_with("先改答案"));
    let cover = questions(&results, None, &[], &case.tree).cover;
    let of = |label: &str| cover.iter().find(|(name, _)| name.zh == label).map(|(_, value)| value.zh.to_string());
    assert!(of("指标体系").is_some_and(|tree| tree.contains(&case.tree.edition)));
}

/// What cannot be looked at is told apart from what was looked at and not found, with the reason.
#[test]
fn a_kind_that_lacks_what_it_needs_is_not_said_to_be_nothing() {
    let kinds = |page: &Document| -> Vec<String> {
        let rows = table(page, "kinds", Lang::Zh);
        rows[1..].iter().filter(|row| row[1] == "未查").map(|row| row[0].clone()).collect()
    };
    let several = page(&case());
    assert_eq!(kinds(&several), ["与上年相同", "自评高于复核", "升幅大而佐证未更新"]);
    let mut alone = case();
    alone.district.departments.truncate(1);
    let alone = page(&alone);
    assert_eq!(kinds(&alone), ["与另一部门相同", "与上年相同", "自评高于复核", "明显偏离其他部门", "升幅大而佐证未更新"]);
    let lines = texts(&alone, Lang::Zh);
    for line in [
        "各条由统计得出：只有一份自评，没有别的部门可比，只看这一份答案里少见到一定程度的。少见的事也会凑巧发生，每类都写了常见的正常原因。",
        "只有一份自评，没有别的部门可比，没有查的类别：与另一部门相同。",
        "作答 5 题以上的部门有 1 个，不到 5 个，没有查的类别：明显偏离其他部门。",
        "没有复核过的题，没有查的类别：自评高于复核。",
    ] {
        assert!(lines.iter().any(|text| text == line), "{line}\n{lines:#?}");
    }
    assert!(lines.iter().all(|text| !text.contains("与同一单位的其他部门比较")));
}
