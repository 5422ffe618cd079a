//! Training on the samples: needs that add up, a quiz that covers every scale, and a class whose answers were counted by hand.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ecap::analysis::training::classes::of_course;
use ecap::analysis::training::{Training, actions, draw, form, parts, training};
use ecap::bank::{self, Bank, Form, LETTERS, Question};
use ecap::finding::any_error;
use ecap::quiz;
use ecap::result::{Results, from_json, restore};
use ecap::sheet::{Book, Content};
use ecap::tree::vocabulary::HAZARD;
use ecap::tree::{Item, Tree};
use rust_xlsxwriter::Workbook;

use common::{ecap, sample};

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn city() -> Tree {
    ecap::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).unwrap()
}

/// A sample as it was scored, with the tree as its run used it.
fn scored(name: &str) -> (Results, Tree) {
    let folder = tempfile::tempdir().unwrap();
    let out = shown(folder.path());
    assert_ne!(ecap(&["score", &sample(name), "-o", &out, "--format", "json"]).0, 2);
    let own = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let results = from_json(&fs::read_to_string(own.join("results.json")).unwrap()).unwrap();
    let mut tree = city();
    restore(&results, &mut tree).unwrap();
    (results, tree)
}

fn embedded(tree: &Tree) -> Bank {
    let mut findings = Vec::new();
    let bank = bank::load(None, tree, &mut findings).unwrap();
    assert!(!any_error(&findings));
    bank
}

fn near(one: f64, two: f64) -> bool {
    (one - two).abs() < 1e-9
}

#[test]
fn an_item_is_shared_between_its_topics_and_these_between_their_audiences() {
    let tree = city();
    let named = |id: &str| tree.items.iter().find(|item| item.id == id).unwrap();
    let topic = |id: &str| tree.topics.iter().position(|one| one.id == id).unwrap();
    let audience = |id: &str| tree.audiences.iter().position(|one| one.id == id).unwrap();
    let mut own = parts(named("eca-0002"));
    own.sort_by_key(|one| one.0);
    assert_eq!(own, [(topic("TR01"), audience("department-officers"), 0.5), (topic("TR02"), audience("legal-staff"), 0.5)]);
    assert_eq!(parts(named("eca-0001")), [(topic("TR01"), audience("legal-staff"), 1.0)]);
    let mut several = 0;
    for item in &tree.items {
        let parts = parts(item);
        assert!(near(parts.iter().map(|(.., part)| part).sum(), 1.0), "{}", item.id);
        several += usize::from(parts.len() > 1);
    }
    assert!(several > 100);
}

#[test]
fn topics_and_courses_add_up_to_the_known_loss() {
    for name in ["linjiang", "qiyun"] {
        let (results, tree) = scored(name);
        let Training { known, untaught, unknown, topics, courses, departments, remedies, .. } = training(&results, &tree, &embedded(&tree));
        // From the results alone: what is answered, no data or not applicable is known.
        let is_known = |state: &str| !["blank", "unreadable"].contains(&state);
        let sum = |wanted: bool| -> f64 {
            results.items.iter().filter(|item| is_known(&item.state) == wanted).filter_map(|item| item.loss).sum()
        };
        assert!(near(known, sum(true)) && near(unknown, sum(false)), "{name}");
        assert!(known > 20.0);
        assert!(near(topics.iter().map(|one| one.loss).sum::<f64>() + untaught, known));
        for topic in &topics {
            let own: f64 = courses.iter().filter(|course| course.topic == topic.topic).map(|course| course.loss).sum();
            assert!(near(own, topic.loss), "{name} {}", tree.topics[topic.topic].id);
            assert!(near(topic.remedies.trained + topic.remedies.managed + topic.remedies.bought + topic.remedies.unsaid, topic.loss));
        }
        assert!(near(remedies.trained + remedies.managed + remedies.bought + remedies.unsaid, known));
        for course in &courses {
            assert!(near(course.items.iter().map(|(_, loss)| loss).sum(), course.loss));
            assert!(!course.items.is_empty());
        }
        let within_reach = |course: &ecap::analysis::training::Course| course.loss - course.remedies.bought;
        assert!(courses.windows(2).all(|pair| within_reach(&pair[0]) > within_reach(&pair[1]) - 1e-9), "most within reach first");
        for one in &departments {
            assert!(near(one.topics.iter().map(|(_, loss)| loss).sum(), one.loss), "{name} {}", one.name.zh);
        }
    }
}

/// What is not needed here pulls no department down: a score beside no weak item is the target's equal.
#[test]
fn a_department_is_measured_by_what_it_needs() {
    let (results, tree) = scored("biwan");
    let all = training(&results, &tree, &embedded(&tree)).departments;
    let of = |name: &str| all.iter().find(|one| one.name.zh == name).unwrap();
    // Its one item is about forest fires, of which there are none.
    let forestry = of("林业和草原部门");
    assert_eq!((forestry.items, forestry.unneeded, forestry.score, forestry.target), (0, 1, None, None));
    let land = of("自然资源部门");
    let own = |item: &&ecap::result::ItemResult| item.lead.as_deref() == Some("natural-resources") && item.target > 0.0;
    let (mut share, mut score, mut target) = (0.0, 0.0, 0.0);
    for item in results.items.iter().filter(own) {
        share += item.share;
        score += item.share * item.score.unwrap();
        target += item.share * item.target;
    }
    assert_eq!((land.items, land.unneeded), (5, 3));
    assert!(near(land.score.unwrap(), score / share) && near(land.target.unwrap(), target / share));
    assert!(land.score.unwrap() > 66.6);
    for one in &all {
        assert_eq!(one.score.is_none(), one.known == 0, "{}", one.name.zh);
        assert!(!one.weak.is_empty() || one.score.is_none_or(|score| score > one.target.unwrap() - 1e-9), "{}", one.name.zh);
    }
}

/// The scenario is of a hazard that occurs, the most demanding where the place says how demanding.
#[test]
fn a_scenario_follows_the_hazard_profile() {
    use ecap::analysis::training::Why;
    use ecap::tree::hazards::{Level, NeedRule, Threat, kinds};
    let (results, mut tree) = scored("qiyun");
    let kind = |word: &str| kinds().into_iter().find(|kind| ecap::tree::hazards::name(*kind).zh == word).unwrap();
    let (flood, typhoon, mines) = (kind("洪涝"), kind("台风"), kind("矿山"));
    let threat = |hazard: usize, level: Option<(usize, usize)>| Threat {
        hazard,
        level: level.map(|(likelihood, consequence)| Level { likelihood, consequence }),
        grounds: String::new(),
    };
    let threats = vec![threat(typhoon, Some((4, 5))), threat(flood, Some((5, 3))), threat(mines, None)];
    tree.local.hazards = Some(ecap::tree::HazardProfile { threats, rule: NeedRule::default() });
    let mut seen = BTreeSet::new();
    let bank = embedded(&tree);
    for course in training(&results, &tree, &bank).courses {
        let names = |hazard: usize| course.items.iter().any(|(item, _)| tree.items[*item].names(hazard));
        let wanted = if names(typhoon) || !names(flood) { typhoon } else { flood };
        // Whose scenario has nothing for the course gives way to one that has, if any in use has.
        let acts = |hazard: usize| bank.scenario(hazard).is_some_and(|scenario| !actions(&tree, &course, scenario).is_empty());
        let other = [typhoon, flood].into_iter().find(|hazard| *hazard != wanted && acts(*hazard));
        let used = if acts(wanted) { wanted } else { other.unwrap_or(wanted) };
        assert_eq!(course.hazard, Some(used));
        if used == wanted {
            assert_eq!(course.why == Why::ProfileAtAll, !names(typhoon) && !names(flood));
        } else {
            assert_eq!(course.why, Why::Actions { instead_of: wanted });
        }
        seen.insert((wanted, used, course.why == Why::ProfileAtAll));
    }
    assert!([(typhoon, typhoon, false), (typhoon, typhoon, true), (flood, flood, false)].iter().all(|way| seen.contains(way)), "{seen:?}");
    assert!(seen.iter().any(|(wanted, used, _)| wanted != used));
}

/// An exercise shows a course's own people first, whatever they do, and then its topic in other hands.
#[test]
fn a_course_looks_at_its_audience_first() {
    let (results, tree) = scored("biwan");
    let bank = embedded(&tree);
    let (mut own, mut others) = (0, 0);
    for course in training(&results, &tree, &bank).courses {
        let Some(scenario) = course.hazard.and_then(|hazard| bank.scenario(hazard)) else { continue };
        let looked_at = actions(&tree, &course, scenario);
        assert!(looked_at.len() <= 6);
        let (audience, topic) = (&tree.audiences[course.audience].id, &tree.topics[course.topic].id);
        let first = looked_at.iter().take_while(|action| action.audience == *audience).count();
        assert_eq!(first, scenario.actions.iter().filter(|action| action.audience == *audience).count().min(6));
        assert!(looked_at[first..].iter().all(|action| action.topic == *topic && action.audience != *audience));
        own += first;
        others += looked_at.len() - first;
    }
    assert!(own > 100 && others > 100, "{own} {others}");
}

/// A course is of the form of most of its items: three drills and two lectures that lose more are no lecture.
#[test]
fn most_items_give_a_course_its_form() {
    let (results, tree) = scored("biwan");
    let bank = embedded(&tree);
    let mut against_loss = 0;
    for course in training(&results, &tree, &bank).courses {
        let of = |index: usize| form(&tree.items[index], results.items[index].score.unwrap(), &bank);
        let count = |wanted: Form| course.items.iter().filter(|(index, _)| of(*index) == wanted).count();
        let loss = |wanted: Form| course.items.iter().filter(|(index, _)| of(*index) == wanted).map(|(_, loss)| loss).sum::<f64>();
        for (other, _) in Form::ALL {
            assert!(count(other) <= count(course.form));
            assert!(count(other) < count(course.form) || loss(other) < loss(course.form) + 1e-9);
            against_loss += usize::from(loss(other) > loss(course.form) + 1e-6);
        }
    }
    assert!(against_loss > 0, "in some course loss alone would say otherwise");
}

/// Classes take every item of an audience once, in classes of 12 at most, and all of its loss.
#[test]
fn classes_hold_every_course() {
    for name in ["biwan", "qingling", "qiyun"] {
        let (results, tree) = scored(name);
        let Training { known, untaught, courses, classes, .. } = training(&results, &tree, &embedded(&tree));
        assert!(near(classes.iter().map(|class| class.loss).sum::<f64>() + untaught, known), "{name}");
        assert!(classes.len() < courses.len() / 2, "{name}: {} classes of {} courses", classes.len(), courses.len());
        for audience in 0..tree.audiences.len() {
            let wanted: BTreeSet<usize> = courses
                .iter()
                .filter(|course| course.audience == audience)
                .flat_map(|course| &course.items)
                .map(|(item, _)| *item)
                .collect();
            let mut held: Vec<usize> =
                classes.iter().filter(|class| class.audience == audience).flat_map(|class| &class.items).map(|(item, _)| *item).collect();
            held.sort_unstable();
            assert_eq!(held, wanted.into_iter().collect::<Vec<_>>(), "{name} {audience}");
        }
        for class in &classes {
            assert!((1..=12).contains(&class.items.len()));
            assert_eq!(class.forms.iter().sum::<usize>(), class.items.len());
            let minutes = 20 * class.forms[0] + 30 * class.forms[1] + 45 * class.forms[2];
            let has_exercise = class.forms[2] > 0 && class.hazard.is_some();
            assert_eq!((class.minutes.teaching, class.minutes.quiz), (minutes.div_ceil(30) * 30, 30));
            assert_eq!(class.minutes.exercise > 0, has_exercise);
            assert!(class.minutes.exercise % 30 == 0 && class.minutes.exercise <= 150);
            assert_eq!(class.minutes.all(), class.minutes.teaching + 30 + class.minutes.exercise);
            // Nobody's class takes three days, and no leader's teaching more than a morning.
            assert!(class.minutes.all() <= 720);
            let is_leading = ["leaders", "command-members"].contains(&tree.audiences[class.audience].id.as_str());
            assert!(!is_leading || class.minutes.teaching + 30 <= 180);
            assert!(class.teachable <= class.loss + 1e-9);
        }
        assert!(classes.windows(2).all(|pair| pair[0].teachable > pair[1].teachable - 1e-9));
        for (index, course) in courses.iter().enumerate() {
            let numbers = of_course(&classes, index);
            assert!(!numbers.is_empty());
            let held = |item: &usize| numbers.iter().any(|number| classes[number - 1].items.iter().any(|(own, _)| own == item));
            assert!(course.items.iter().all(|(item, _)| held(item)));
        }
    }
}

#[test]
fn a_quiz_of_30_covers_every_scale_and_asks_no_item_twice() {
    for name in ["linjiang", "qiyun"] {
        let (results, tree) = scored(name);
        let bank = embedded(&tree);
        let drawn = draw(&results, &tree, &bank, None, 30, "1");
        let items: BTreeSet<usize> = drawn.questions.iter().map(|question| question.item).collect();
        assert_eq!((drawn.questions.len(), items.len()), (30, 30));
        let scale = |item: usize| tree.items[item].scaled.name;
        let weak = |item: &usize| results.items[*item].loss.is_some_and(|loss| loss > 1e-9);
        let possible: BTreeSet<&str> =
            (0..tree.items.len()).filter(weak).filter(|item| bank.entry(&tree.items[*item].id).is_some()).map(scale).collect();
        assert_eq!(items.iter().copied().map(scale).collect::<BTreeSet<_>>(), possible, "{name}");
        assert!(items.iter().all(weak));
        let topics: BTreeSet<usize> =
            items.iter().flat_map(|item| &tree.items[*item].content.training).map(|training| training.topic).collect();
        assert!(topics.len() >= 18, "{name}: {} topics", topics.len());
        // Another seed asks the same in another order; the same seed does it again.
        let other = draw(&results, &tree, &bank, None, 30, "2");
        assert_eq!(other.questions.iter().map(|question| question.item).collect::<BTreeSet<_>>(), items);
        assert_ne!(other.questions, drawn.questions);
        assert_eq!(draw(&results, &tree, &bank, None, 30, "1"), drawn);
        // More than there are: all of them.
        let all = draw(&results, &tree, &bank, None, 500, "1");
        assert_eq!(all.questions.len(), all.candidates);
    }
}

/// Another tree has no questions of its own: level items give one each, others none.
#[test]
fn without_a_bank_only_described_levels_give_questions() {
    let mut tree = city();
    tree.id = "another".to_string();
    let bank = embedded(&tree);
    assert_eq!(bank.scenarios.len(), 12);
    let levels: Vec<&str> = tree.items.iter().filter(|item| item.scaled.name == "level").map(|item| item.id.as_str()).collect();
    assert_eq!(bank.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), levels);
    let item = tree.items.iter().find(|item| item.id == levels[0]).unwrap();
    let entry = &bank.entries[0];
    assert_eq!(entry.right, item.scaled.scale.anchors()[2]);
    assert!(entry.stem.zh.ends_with("评分标准从低到高分 0 至 3 级，下列哪一种情况正好到 2 级？"), "{}", entry.stem.zh);
}

/// The pack of a sample, made once a test; the folder lives as long as the guard.
struct Made {
    guard: tempfile::TempDir,
    folder: PathBuf,
}

fn made(arguments: &[&str]) -> Made {
    let guard = tempfile::tempdir().unwrap();
    let out = shown(guard.path());
    let (code, said, err) = ecap(&[&["train"], arguments, &["-o", &out]].concat());
    assert_ne!(code, 2, "{said}{err}");
    let folder = fs::read_dir(guard.path()).unwrap().next().unwrap().unwrap().path();
    Made { guard, folder }
}

/// What a trainee writes: a letter, or anything.
type Answers = Vec<String>;

/// The blank workbook filled as a class would, cell by cell, everything else as it was.
fn fill(blank: &Path, session: &str, class: &[(&str, Answers)], to: &Path) {
    let book = Book::open(fs::read(blank).unwrap(), "blank", &mut Vec::new()).unwrap();
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name).unwrap();
        for (row, cells) in &sheet.rows {
            for (column, cell) in cells {
                let column = u16::try_from(*column).unwrap();
                match &cell.content {
                    Content::Number(number) => page.write_number(*row, column, *number).unwrap(),
                    _ => page.write_string(*row, column, cell.text()).unwrap(),
                };
                if ["场次", "Session"].contains(&cell.text().as_str()) {
                    page.write_string(*row, 1, session).unwrap();
                }
            }
        }
        if ["答题", "Answers"].contains(&sheet.name.as_str()) {
            for (row, (name, answers)) in (1u32..).zip(class) {
                page.write_string(row, 1, *name).unwrap();
                page.write_string(row, 2, "某街道").unwrap();
                for (column, answer) in (3u16..).zip(answers) {
                    page.write_string(row, column, answer).unwrap();
                }
            }
        }
    }
    workbook.save(to).unwrap();
}

/// The first so many questions right, the common mistake in the others.
fn knows(questions: &[Question], right: usize) -> Answers {
    let letter = |(at, question): (usize, &Question)| LETTERS[if at < right { question.right } else { question.mistake }].to_string();
    questions.iter().enumerate().map(letter).collect()
}

/// The questions of an answer workbook, as a marker finds them again.
fn questions(workbook: &Path) -> Vec<Question> {
    let book = Book::open(fs::read(workbook).unwrap(), "blank", &mut Vec::new()).unwrap();
    let filled = quiz::read(&book, "blank", &mut Vec::new()).unwrap();
    let tree = city();
    let questions = quiz::questions(&filled.items, &filled.seed, &tree, &embedded(&tree)).unwrap();
    assert_eq!(bank::digest(&questions), filled.questions);
    questions
}

const BLANK: &str = "答题表.xlsx";

#[test]
fn the_pack_is_written_whole_and_the_same_from_results() {
    let one = made(&[&sample("qiyun")]);
    let names: BTreeSet<String> =
        fs::read_dir(&one.folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    for name in ["培训需求报告.xlsx", "培训需求报告.md", "培训需求报告.docx", "试卷.docx", "答案.docx", "签到表.docx", BLANK]
    {
        assert!(names.contains(name), "{name} is not among {names:?}");
    }
    assert!(one.folder.ends_with("栖云区-2026-培训"));
    let scored = tempfile::tempdir().unwrap();
    assert_ne!(ecap(&["score", &sample("qiyun"), "-o", &shown(scored.path()), "--format", "json"]).0, 2);
    let json = scored.path().join("栖云区-2026/results.json");
    let other = made(&[&shown(&json)]);
    for name in names {
        assert!(fs::read(one.folder.join(&name)).unwrap() == fs::read(other.folder.join(&name)).unwrap(), "{name}");
    }
    let again = made(&[&sample("qiyun"), "--seed", "2", "--format", "xlsx"]);
    let mut files: Vec<_> = fs::read_dir(&again.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["培训需求报告.xlsx", BLANK]);
}

/// A class is asked what it was taught and nothing else, and its files stand beside those of others.
#[test]
fn a_class_has_a_quiz_of_its_own() {
    let (results, tree) = scored("biwan");
    let classes = training(&results, &tree, &embedded(&tree)).classes;
    let guard = tempfile::tempdir().unwrap();
    let out = shown(guard.path());
    for number in ["3", "16"] {
        let (code, said, _) = ecap(&["train", &sample("biwan"), "--class", number, "-o", &out]);
        let count = classes[number.parse::<usize>().unwrap() - 1].items.len();
        assert_eq!(code, 0);
        assert!(said.contains(&format!("测评题（班次 {number}：")) && said.contains(&format!("） {count} 道，种子 1；")), "{said}");
    }
    let folder = guard.path().join("碧湾区-2026-培训");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let both = |name: &str, ending: &str| ["16", "3"].map(|number| format!("{name}-班次{number}.{ending}"));
    let wanted = [both("答案", "docx"), both("答题表", "xlsx"), both("签到表", "docx"), both("试卷", "docx")].concat();
    assert_eq!(names.iter().collect::<BTreeSet<_>>(), wanted.iter().collect());
    // The title of its papers has one line; its name stands below.
    let paper = word(&folder.join("试卷-班次3.docx"));
    let paragraphs: Vec<String> = paper
        .split("<w:p>")
        .skip(1)
        .map(|one| one.split("<w:t ").skip(1).map(|run| run.split(['>', '<']).nth(1).unwrap()).collect())
        .collect();
    assert_eq!(paragraphs[0], "碧湾区 2026 应急能力培训测评试卷");
    assert!(paragraphs[1].starts_with("班次 3："), "{}", paragraphs[1]);
    let blank = folder.join("答题表-班次3.xlsx");
    let questions = questions(&blank);
    let asked: BTreeSet<usize> = questions.iter().map(|question| question.item).collect();
    assert_eq!(asked, classes[2].items.iter().map(|(item, _)| *item).collect());
    // Its marks bear the number too; with another class's they do not.
    let filled = guard.path().join("训前.xlsx");
    fill(&blank, "训前", &[("甲", knows(&questions, 3))], &filled);
    assert_eq!(ecap(&["train", &shown(&filled), "-o", &out]).0, 0);
    let marks = fs::read_to_string(folder.join("培训测评-班次3.md")).unwrap();
    assert!(marks.starts_with("# 碧湾区应急能力培训测评（2026，班次 3）"), "{marks}");
    let other = guard.path().join("训前2.xlsx");
    let blank = folder.join("答题表-班次16.xlsx");
    fill(&blank, "训前", &[("乙", knows(&self::questions(&blank), 3))], &other);
    assert_eq!(ecap(&["train", &shown(&filled), &shown(&other), "-o", &out]).0, 0);
    assert!(folder.join("培训测评.md").is_file());
}

#[test]
fn the_answer_workbook_does_not_hold_the_key() {
    let one = made(&[&sample("linjiang")]);
    let book = Book::open(fs::read(one.folder.join(BLANK)).unwrap(), "blank", &mut Vec::new()).unwrap();
    assert_eq!(book.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["测评说明", "答题", "题目", "_ecap"]);
    let store: BTreeMap<String, String> =
        book.sheets[3].rows.keys().map(|row| (book.sheets[3].text(*row, 0), book.sheets[3].text(*row, 1))).collect();
    assert_eq!(
        store.keys().map(String::as_str).collect::<Vec<_>>(),
        ["bank", "items", "kind", "period", "questions", "seed", "tree", "unit"]
    );
    // Read from the sheet, each question has its four choices and nothing beside them.
    let questions = questions(&one.folder.join(BLANK));
    let asked = &book.sheets[2];
    for (row, question) in (1u32..).zip(&questions) {
        assert_eq!(asked.text(row, 1), question.stem.zh);
        for (column, choice) in (2u32..).zip(&question.choices) {
            assert_eq!(asked.text(row, column), choice.zh);
        }
        assert_eq!(asked.text(row, 6), "");
    }
    assert_eq!(asked.rows.len(), questions.len() + 1);
}

/// A text as a table of Markdown holds it.
fn in_markdown(text: &str) -> String {
    let plain = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    plain.chars().map(|one| if "\\`*_[]#|~".contains(one) { format!("\\{one}") } else { one.to_string() }).collect()
}

/// Seven took both, one only the first, one only the second. Right answers of 30, before and after:
/// 10-19, 12-16, 14-21, 15-14, 16-22, 18-20, 20-23: differences 9, 4, 7, -1, 6, 2, 3, of mean 30/7 and deviation 3.352327.
#[test]
fn a_class_is_marked_and_its_change_tested_as_by_hand() {
    let first = made(&[&sample("linjiang")]);
    // The second paper has the same items in another order.
    let second = made(&[&sample("linjiang"), "--seed", "7"]);
    let (one, two) = (questions(&first.folder.join(BLANK)), questions(&second.folder.join(BLANK)));
    assert_ne!(one[0].item, two[0].item);
    let folder = tempfile::tempdir().unwrap();
    let class = |questions: &[Question], right: &[(&'static str, usize)]| -> Vec<(&'static str, Answers)> {
        right.iter().map(|(name, right)| (*name, knows(questions, *right))).collect()
    };
    let before = class(&one, &[("甲", 10), ("乙", 12), ("丙", 14), ("丁", 15), ("戊", 16), ("己", 18), ("庚", 20), ("辛", 9)]);
    let mut after = class(&two, &[("甲", 19), ("乙", 16), ("丙", 21), ("丁", 14), ("戊", 22), ("己", 20), ("庚", 23), ("壬", 25)]);
    // Full-width and small letters are letters.
    after[0].1[0] = ["Ａ", "Ｂ", "Ｃ", "Ｄ"][two[0].right].to_string();
    after[1].1[1] = LETTERS[two[1].right].to_lowercase();
    fill(&first.folder.join(BLANK), "训前", &before, &folder.path().join("训前.xlsx"));
    fill(&second.folder.join(BLANK), "训后", &after, &folder.path().join("训后.xlsx"));
    let out = folder.path().join("out");
    let (code, said, err) = ecap(&["train", &shown(folder.path()), "-o", &shown(&out)]);
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    let place = out.join("临江区-2026-培训");
    // 114 of 240 and 160 of 240 right.
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "共阅 16 份答卷：训前 8 份，正确率 47.5%；训后 8 份，正确率 66.7%。",
            "两次都答的 7 人，正确率平均升 14.3 个百分点；假如培训前后其实一样，偶然出现这么大差别的可能性不到 5%（p 为 0.031），可以说训后答得更好。",
            "只有训前答卷的 1 人：辛。",
            "只有训后答卷的 1 人：壬。",
            &format!("文件在 {}", shown(&place)),
        ]
    );
    let text = fs::read_to_string(place.join("培训测评.md")).unwrap();
    for line in [
        "- 上升 6 人，下降 1 人，不变 0 人。",
        "- 只有训前答卷的 1 人：辛。",
        "- 只有训后答卷的 1 人：壬。",
        // W- = 1: of 128 patterns two have a sum of at most 1, on either side.
        "| 威尔科克森符号秩 | 1.000 | 0.031 |",
        // t = (30/7) / (3.352327 / sqrt 7) = 3.382 on 6 degrees of freedom.
        "| 配对 t | 3.382 | 0.015 |",
        // 2 (1 + 7) / 128.
        "| 符号检验 | 1.000 | 0.125 |",
        "| 效应量 d | 1.28 |",
        // (27 - 1) / 28.
        "| 秩相关效应 | 0.93 |",
        "| 甲 | 某街道 | 训前 | 10 | 20 | 0 | 0 | 33.3% |",
        "| 甲 | 某街道 | 训后 | 19 | 11 | 0 | 0 | 63.3% |",
        "| 甲 | 某街道 | 30 | 33.3% | 63.3% | +30.0 |",
        "| 丁 | 某街道 | 30 | 50.0% | 46.7% | −3.3 |",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    // By question: how many knew it, counted from the two papers.
    let knew = |questions: &[Question], class: &[usize], item: usize| {
        let at = questions.iter().position(|question| question.item == item).unwrap();
        class.iter().filter(|right| at < **right).count()
    };
    for question in &one {
        let before = knew(&one, &[10, 12, 14, 15, 16, 18, 20, 9], question.item);
        let after = knew(&two, &[19, 16, 21, 14, 22, 20, 23, 25], question.item);
        let percent = |count: usize, of: usize| format!("{:.1}%", (1000.0 * count as f64 / of as f64).round() / 10.0);
        let line = format!("| {} | {} | {} |", percent(before + after, 16), percent(before, 8), percent(after, 8));
        // What most take for right after the course is what has to be taught again.
        let row = text.lines().find(|row| row.contains(&format!("”） | {} |", in_markdown(&question.stem.zh)))).unwrap();
        let at = |paper: &[Question]| paper.iter().position(|one| one.item == question.item).unwrap() + 1;
        let number = if at(&one) == at(&two) {
            format!("| 第 {} 题（“", at(&one))
        } else {
            format!("| 训前第 {} 题、训后第 {} 题（“", at(&one), at(&two))
        };
        assert!(row.starts_with(&number), "{row}\n{number}");
        assert!(row.contains(&line), "{row}\n{line}");
        let wrong = 8 - after;
        let mistake = format!("| {}（{wrong} 人） |", in_markdown(&question.choices[question.mistake].zh));
        assert!(wrong == 0 || row.ends_with(&mistake), "{row}\n{mistake}");
    }
    for name in ["培训测评.xlsx", "培训测评.docx"] {
        assert!(place.join(name).is_file());
    }
    drop((first.guard, second.guard));
}

/// Before the course all four know the last question only, after it the first five only.
#[test]
fn what_to_teach_again_follows_the_sheets_after_the_course() {
    let pack = made(&[&sample("linjiang")]);
    let questions = questions(&pack.folder.join(BLANK));
    let folder = tempfile::tempdir().unwrap();
    let sheets = folder.path().join("sheets");
    fs::create_dir(&sheets).unwrap();
    let last = questions.len() - 1;
    let only = |known: &dyn Fn(usize) -> bool| -> Answers {
        let letter = |(at, one): (usize, &Question)| LETTERS[if known(at) { one.right } else { one.mistake }].to_string();
        questions.iter().enumerate().map(letter).collect()
    };
    let class = |answers: Answers| ["甲", "乙", "丙", "丁"].map(|name| (name, answers.clone()));
    fill(&pack.folder.join(BLANK), "训前", &class(only(&|at| at == last)), &sheets.join("训前.xlsx"));
    let report = |out: &str| {
        let (code, said, err) = ecap(&["train", &shown(&sheets), "-o", &shown(&folder.path().join(out))]);
        assert_eq!((code, err.as_str()), (0, ""), "{said}");
        fs::read_to_string(folder.path().join(out).join("临江区-2026-培训/培训测评.md")).unwrap()
    };
    let before = report("one");
    assert!(before.contains("- 正确率低于 60% 的有 29 题，最低的是"), "{before}");
    assert!(before.contains("#### 要再讲的（正确率不到 60%，共 29 题，只列前 20 题）") && !before.contains("退步"));
    fill(&pack.folder.join(BLANK), "训后", &class(only(&|at| at < 5)), &sheets.join("训后.xlsx"));
    let text = report("two");
    assert!(text.contains("- 训后正确率低于 60% 的有 25 题，最低的是"), "{text}");
    assert!(text.contains("- 训后正确率低于训前的有 1 题，另列在后。"));
    let (_, lists) = text.split_once("#### 要再讲的（训后正确率不到 60%，共 25 题，只列前 20 题）").unwrap();
    let (again, worse) = lists.split_once("#### 训后退步的题（训后正确率低于训前）").unwrap();
    let tree = city();
    let told = |number: usize, asked: &Question, tail: &str| {
        let mistake = in_markdown(&asked.choices[asked.mistake].zh);
        let at = questions.iter().position(|one| one.item == asked.item).unwrap() + 1;
        let topics = ecap::analysis::training::topics(&tree.items[asked.item]);
        let topics: Vec<String> = topics.into_iter().map(|topic| format!("“{}”", tree.topics[topic].name.zh)).collect();
        let named = format!("第 {at} 题（{}）“{}”", topics.join("、"), in_markdown(&asked.stem.zh));
        format!("\n{number}. {named}{tail}4 人错选“{mistake}”。")
    };
    // Those of the first five are known now, though only half of all sheets are right.
    for (number, asked) in (1..).zip(&questions[5..25]) {
        assert!(again.contains(&told(number, asked, "正确率 0.0%；")), "{number} in {again}");
    }
    assert!(!again.contains("\n21. "));
    assert!(worse.contains(&told(1, &questions[last], "训前 100.0%，训后 0.0%；训后 ")), "{worse}");
    assert!(worse.contains(&in_markdown(&questions[last].point.zh)) && !worse.split("## 二").next().unwrap().contains("\n2. "));
}

#[test]
fn what_is_wrong_in_answers_is_said_with_its_cell() {
    let pack = made(&[&sample("linjiang"), "--questions", "4"]);
    let questions = questions(&pack.folder.join(BLANK));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("表.xlsx");
    let out = shown(&folder.path().join("out"));
    let answers = |cells: [&str; 4]| cells.map(str::to_string).to_vec();
    let class =
        [("甲", answers(["E", "AB", "", "1"])), ("", knows(&questions, 4)), ("乙", knows(&questions, 4)), ("乙", knows(&questions, 2))];
    fill(&pack.folder.join(BLANK), "下午", &class, &path);
    let (code, said, err) = ecap(&["train", &shown(&path), "-o", &out]);
    assert_eq!((code, err.as_str()), (1, ""));
    let wrong = |cell: &str, number: usize, text: &str| {
        format!("错误：表.xlsx，答题，{cell}：“甲”第 {number} 题填的是“{text}”，按没有答对计。只填 A、B、C、D 中的一个，没有作答的留空。")
    };
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            &wrong("D2", 1, "E"),
            &wrong("E2", 2, "AB"),
            &wrong("G2", 4, "1"),
            "提醒：表.xlsx，答题，B3：这一行有答案，没有姓名或编号，只计入各题的正确率。请补上姓名或编号。",
            "提醒：表.xlsx，测评说明，B4：封面的“场次”填的是“下午”，这份只阅卷，不做前后对比。请选“训前”或“训后”。",
            "共阅 4 份答卷：正确率 62.5%。",
            &format!("文件在 {out}/临江区-2026-培训"),
        ]
    );
    // The same name twice in both sessions is marked and not compared.
    let after = folder.path().join("后.xlsx");
    fill(&pack.folder.join(BLANK), "训前", &class[2..], &path);
    fill(&pack.folder.join(BLANK), "after", &class[2..3], &after);
    let (code, said, _) = ecap(&["train", &shown(&path), &shown(&after), "-o", &out]);
    assert_eq!(code, 1);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[0],
        "错误：表.xlsx，答题，B3：“乙”在训前不止一份答卷（另一处：表.xlsx，答题，B2），都阅卷，不做前后对比。同一人的删去多余的，同名的在名字后加编号。"
    );
    assert_eq!(lines[2], "没有人两次都作答，说不出变化。");
    // Nobody answered.
    fill(&pack.folder.join(BLANK), "", &[], &path);
    let (code, said, err) = ecap(&["train", &shown(&path), "-o", &out]);
    assert_eq!((code, said.as_str()), (0, "说明：表.xlsx：答题表是空的，没有人作答。如已作答，请核对是否交错了文件。\n"));
    assert_eq!(err, "没有一份答卷可阅。\n");
}

/// The key is that of the questions asked: another bank cannot mark them, and a class's answers are never overwritten.
#[test]
fn answers_to_other_questions_are_not_marked_and_answers_are_kept() {
    let pack = made(&[&sample("linjiang"), "--questions", "4"]);
    let blank = pack.folder.join(BLANK);
    let questions = questions(&blank);
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank.yaml");
    let tree = city();
    let entry = |question: &Question, at: usize| {
        format!(
            "- {{id: {}, objective: {{zh: 甲, en: a}}, point: {{zh: 乙, en: b}}, stem: {{zh: 问{at}, en: q{at}}}, right: {{zh: 对, en: r}}, wrong: [{{zh: 一, en: x}}, {{zh: 二, en: y}}, {{zh: 三, en: z}}]}}\n",
            tree.items[question.item].id
        )
    };
    fs::write(&bank, questions.iter().enumerate().map(|(at, question)| entry(question, at)).collect::<String>()).unwrap();
    let path = folder.path().join("表.xlsx");
    fill(&blank, "训前", &[("甲", knows(&questions, 3))], &path);
    let out = shown(&folder.path().join("out"));
    let (code, said, err) = ecap(&["train", &shown(&path), "--bank", &shown(&bank), "-o", &out]);
    assert_eq!((code, err.as_str()), (1, "没有一份答卷可阅。\n"));
    assert!(said.starts_with("错误：表.xlsx：这份答题表的题目与手边的题库不符（当时的题库摘要 "), "{said}");
    assert!(said.ends_with("答案对不上，没有阅。请用 --tree、--bank 指明出题时用的那一版。\n"), "{said}");
    // A class wrote into the workbook of the pack itself.
    fs::copy(&path, &blank).unwrap();
    let kept = fs::read(&blank).unwrap();
    let (code, _, err) = ecap(&["train", &sample("linjiang"), "--questions", "4", "-o", &shown(pack.guard.path())]);
    assert_ne!(code, 2);
    assert!(err.contains("已经有人作答，没有改动；空白的写在 "), "{err}");
    assert!(fs::read(&blank).unwrap() == kept);
    assert!(pack.folder.join("答题表~2.xlsx").is_file());
}

/// An answer workbook among surveys is no survey, and says nothing of the place.
#[test]
fn an_answer_workbook_changes_no_score() {
    let pack = made(&[&sample("linjiang"), "--questions", "4"]);
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(sample("linjiang")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let out = shown(&folder.path().join("out"));
    let json = || fs::read(Path::new(&out).join("临江区-2026/results.json")).unwrap();
    ecap(&["score", &shown(folder.path()), "-o", &out, "--format", "json"]);
    let without = json();
    fs::copy(pack.folder.join(BLANK), folder.path().join(BLANK)).unwrap();
    ecap(&["score", &shown(folder.path()), "-o", &out, "--format", "json"]);
    assert!(json() == without);
}

#[test]
fn a_blank_answer_workbook_is_known_for_what_it_is() {
    let pack = made(&[&sample("linjiang"), "--questions", "4"]);
    let path = pack.folder.join(BLANK);
    assert!(quiz::is_quiz(&path));
    let (code, said, err) = ecap(&["train", &shown(&path), "-o", &shown(pack.guard.path())]);
    assert_eq!((code, err.as_str()), (0, "没有一份答卷可阅。\n"), "{said}");
}

/// The body of a Word file.
fn word(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What stands in the cells of each table of a Word file, row by row.
fn word_tables(body: &str) -> Vec<Vec<Vec<String>>> {
    let texts = |cell: &str| cell.split("<w:t ").skip(1).map(|run| run.split(['>', '<']).nth(1).unwrap()).collect::<String>();
    let rows = |table: &str| -> Vec<Vec<String>> {
        table.split("<w:tr>").skip(1).map(|row| row.split("<w:tc>").skip(1).map(texts).collect()).collect()
    };
    body.split("<w:tbl>").skip(1).map(|table| rows(table.split("</w:tbl>").next().unwrap())).collect()
}

#[test]
fn a_paper_has_room_for_letters_and_boxes_to_type_them_in_from() {
    for (asked, rows) in [("30", 3), ("12", 2)] {
        let pack = made(&[&sample("qiyun"), "--questions", asked]);
        let body = word(&pack.folder.join("试卷.docx"));
        assert!(!body.contains("landscape"));
        let count: usize = asked.parse().unwrap();
        assert_eq!(body.matches(&format!("（{}）", "\u{a0}".repeat(8))).count(), count);
        let tables = word_tables(&body);
        let boxes = &tables[1..];
        assert_eq!(boxes.len(), rows);
        let numbers: Vec<&str> = boxes.iter().flat_map(|table| &table[0][1..]).map(String::as_str).filter(|one| !one.is_empty()).collect();
        assert_eq!(numbers, (1..=count).map(|number| number.to_string()).collect::<Vec<_>>());
        for table in boxes {
            assert_eq!((table.len(), table[0].len(), table[1][0].as_str()), (2, 11, "答案"));
            assert!(table[1][1..].iter().all(String::is_empty));
        }
        // All of it before the first question.
        assert!(body.rfind("</w:tbl>").unwrap() < body.find("ListNumber").unwrap());
    }
}

/// An item for two audiences of a topic names the topic once; a sentence of the summary does not come again in the annex.
#[test]
fn nothing_in_the_report_is_said_twice() {
    let pack = made(&[&sample("qiyun")]);
    let text = fs::read_to_string(pack.folder.join("培训需求报告.md")).unwrap();
    let (_, points) = text.split_once("**测评所涉的讲义要点").unwrap();
    let rows: Vec<&str> = points.lines().skip(4).take_while(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 30);
    for row in rows {
        let topics: Vec<&str> = row.split(" | ").next().unwrap().trim_start_matches("| ").split("”、“").collect();
        assert_eq!(topics.iter().collect::<BTreeSet<_>>().len(), topics.len(), "{row}");
    }
    let tree = city();
    assert!(tree.items.iter().any(|item| item.content.training.len() > ecap::analysis::training::topics(item).len()));
    assert_eq!(text.matches("已知失分中，").count(), 1);
}

/// Every action of the handbook: its limit on the clock, and the weak items of its topic to put it into the ledger with. No other paper
/// that leaves the organisers' hands holds the answers.
#[test]
fn an_exercise_fits_half_a_day_on_its_clock() {
    let (results, tree) = scored("biwan");
    let bank = embedded(&tree);
    let needs = training(&results, &tree, &bank);
    let pack = made(&[&sample("biwan")]);
    let body = word(&pack.folder.join("演练手册.docx"));
    let players = word(&pack.folder.join("参演人员须知.docx"));
    let report = fs::read_to_string(pack.folder.join("培训需求报告.md")).unwrap();
    for said in ["又超时又不全和没有做的都是 0 分", "85% 及以上，能独立应对；60% 及以上、不到 85%，补练", "不到 60%，整场重练"]
    {
        assert!(body.contains(said), "{said}");
    }
    let used: Vec<_> = bank.scenarios.iter().filter(|scenario| body.contains(&format!("：{}（", scenario.title.zh))).collect();
    assert!(used.len() > 1);
    let mut foreign = 0;
    for scenario in used {
        // Each begins a page: by a break before its heading, or by the turn of the page that it stands behind.
        let at = body.find(&format!("：{}（", scenario.title.zh)).unwrap();
        let heading = body[..at].rfind("<w:p>").unwrap();
        assert!(body[heading..at].contains("<w:pageBreakBefore/>") || body[..heading].ends_with("</w:sectPr></w:pPr></w:p>"));
        let until = at + body[at..].find("复盘记录</w:t>").unwrap();
        assert_eq!(body[at..until].matches("<w:pageBreakBefore/>").count(), scenario.injects.len());
        let end = body[at..].find("复盘记录</w:t>").unwrap();
        let tables = word_tables(&body[at..at + end]);
        let [times, roles, marked @ .., total] = tables.as_slice() else { panic!("{}", tables.len()) };
        let minutes: Vec<usize> = times[1..].iter().map(|row| row[2].parse().unwrap()).collect();
        let (whole, parts) = minutes.split_last().unwrap();
        assert_eq!(*whole, parts.iter().sum::<usize>());
        assert!(*whole <= 150);
        assert_eq!(total[0][0], "满分");
        assert_eq!(total[1][0], (2 * scenario.actions.len()).to_string());
        assert_eq!(total[0][4], "评估人员（签字）");
        assert_eq!(marked.len(), 4);
        let rows: Vec<&Vec<String>> = marked.iter().flat_map(|table| &table[1..]).collect();
        assert_eq!(rows.len(), scenario.actions.len());
        for (row, action) in rows.into_iter().zip(&scenario.actions) {
            let who = tree.audiences.iter().find(|one| one.id == action.audience).unwrap();
            assert_eq!(row[1], format!("{}{}（{} 分钟）", who.name.zh, action.what.zh, action.minutes));
            let factor: usize = times[2 + action.inject][3].parse().unwrap();
            assert_eq!(row[2].parse::<usize>().unwrap(), action.minutes.div_ceil(factor).max(3));
            assert!(row[2].parse::<usize>().unwrap() <= minutes[1 + action.inject]);
        }
        // For the review: of each topic once the actions, and the weak items that lose most.
        let rest = &body[at + end..];
        let practised = &word_tables(&rest[rest.find("动作和弱项").unwrap()..])[0];
        let topics: BTreeSet<&str> = scenario.actions.iter().map(|action| action.topic.as_str()).collect();
        assert_eq!(practised.len() - 1, topics.len());
        let mut numbers: Vec<usize> =
            practised[1..].iter().flat_map(|row| row[1].split('、')).map(|number| number.parse().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=scenario.actions.len()).collect::<Vec<_>>());
        for row in &practised[1..] {
            let need = needs.topics.iter().find(|need| tree.topics[need.topic].name.zh == row[0]);
            let concerned: Vec<&Item> = need.iter().flat_map(|need| &need.weak).map(|item| &tree.items[*item]).collect();
            let (concerned, others): (Vec<&Item>, Vec<&Item>) =
                concerned.into_iter().partition(|item| item.content.facets[HAZARD].is_empty() || item.serves(scenario.hazard));
            for item in concerned.iter().take(2) {
                assert!(row[2].contains(&item.reference) && row[2].contains(item.question.zh.as_ref()));
            }
            assert_eq!(concerned.is_empty(), row[2] == "没有直接对应的题，由复盘人填");
            foreign += others.len();
            assert!(!others.iter().any(|item| row[2].contains(item.question.zh.as_ref())), "{}: {}", scenario.title.zh, row[2]);
        }
        // Players read who plays and how it begins, and nothing of what is to come.
        assert!(roles.len() > 1 && players.contains(scenario.setting.zh.as_ref()));
        assert!(!players.contains(scenario.title.zh.as_ref()));
        for action in &scenario.actions {
            assert!(!players.contains(action.what.zh.as_ref()) && !report.contains(action.what.zh.as_ref()));
        }
        for inject in &scenario.injects {
            assert!(!players.contains(inject.zh.as_ref()) && !report.contains(inject.zh.as_ref()));
        }
    }
    assert!(foreign > 0);
    // All of it upright: an inject and its table fit a page there.
    assert!(!body.contains("landscape") && !players.contains("landscape"));
}

/// What stands beside a total adds up to it as printed.
#[test]
fn printed_parts_add_up_to_their_printed_totals() {
    for name in ["biwan", "linjiang", "qiyun", "wanghai"] {
        let (results, tree) = scored(name);
        let needs = training(&results, &tree, &embedded(&tree));
        let printed = ecap::report::train::Printed::of(&needs);
        let units = |value: f64| (100.0 * value).round() as i64;
        let near_units = |value: f64| assert!((100.0 * value - (100.0 * value).round()).abs() < 1e-6, "{value}");
        let known = (100.0 * needs.known).round() as i64;
        let untaught = units(needs.untaught);
        assert!((printed.topics.iter().map(|topic| units(topic.loss)).sum::<i64>() + untaught - known).abs() <= i64::from(untaught > 0));
        let percents: f64 = printed.topics.iter().map(|topic| topic.percent).sum();
        assert!(near(percents, 100.0) || untaught > 0, "{percents}");
        let all = printed.remedies;
        assert_eq!(units(all.trained) + units(all.managed) + units(all.bought) + units(all.unsaid), known);
        for (topic, figures) in needs.topics.iter().zip(&printed.topics) {
            near_units(figures.loss);
            assert!((figures.loss - topic.loss).abs() < 0.01);
            let own = figures.remedies;
            assert_eq!(units(own.trained) + units(own.managed) + units(own.bought) + units(own.unsaid), units(figures.loss));
            let courses = needs.courses.iter().zip(&printed.courses).filter(|(course, _)| course.topic == topic.topic);
            assert_eq!(courses.map(|(_, course)| units(course.loss)).sum::<i64>(), units(figures.loss));
        }
        let column = |of: fn(&ecap::analysis::training::Remedies) -> f64| {
            (printed.topics.iter().map(|topic| units(of(&topic.remedies))).sum::<i64>(), units(of(&all)))
        };
        for (sum, total) in [column(|one| one.trained), column(|one| one.managed), column(|one| one.bought), column(|one| one.unsaid)] {
            assert!(sum == total || untaught > 0, "{name}: {sum} in the topics, {total} in the summary");
        }
        for (topic, figures) in needs.topics.iter().zip(&printed.topics) {
            let pairs = [
                (topic.remedies.trained, figures.remedies.trained),
                (topic.remedies.managed, figures.remedies.managed),
                (topic.remedies.bought, figures.remedies.bought),
            ];
            assert!(pairs.iter().all(|(exact, shown)| (exact - shown).abs() < 0.02), "{name}: {pairs:?}");
        }
        for split in printed.courses.iter().chain(&printed.classes) {
            assert_eq!(units(split.teachable) + units(split.bought), units(split.loss));
        }
        let topics: i64 = printed.topics.iter().map(|topic| units(topic.loss)).sum();
        assert_eq!(printed.classes.iter().map(|class| units(class.loss)).sum::<i64>(), topics);
    }
}

/// A scenario's name says what will happen: departments read the needs, players their notes.
#[test]
fn no_scenario_is_named_where_players_read() {
    let pack = made(&[&sample("biwan")]);
    let told = fs::read_to_string(pack.folder.join("培训需求报告.md")).unwrap();
    let report = word(&pack.folder.join("培训需求报告.docx"));
    let players = word(&pack.folder.join("参演人员须知.docx"));
    let handbook = word(&pack.folder.join("演练手册.docx"));
    let titles: Vec<String> = embedded(&city()).scenarios.iter().map(|one| one.title.zh.to_string()).collect();
    assert!(titles.iter().filter(|title| handbook.contains(title.as_str())).count() >= 2);
    for title in &titles {
        assert!(![&told, &report, &players].iter().any(|text| text.contains(title.as_str())), "{title}");
    }
    assert!(told.contains("#### 情景 1（台风）\n\n用于课程 1、"), "courses stand below the heading");
}

/// The lines between a heading and its table stay with both.
#[test]
fn a_course_heading_stays_with_its_table() {
    let pack = made(&[&sample("qiyun")]);
    let body = word(&pack.folder.join("培训需求报告.docx"));
    let mut seen = 0;
    for (at, _) in
        body.match_indices(">课程 ").filter(|(at, _)| body[*at..].starts_with(">课程 ") && body[..*at].ends_with("xml:space=\"preserve\""))
    {
        let start = body[..at].rfind("<w:p>").unwrap();
        if !body[start..at].contains("Heading2") {
            continue;
        }
        seen += 1;
        let end = at + body[at..].find("<w:tbl>").unwrap();
        let between = body[at..end].split("<w:p>").skip(1);
        for paragraph in between {
            assert!(paragraph.contains("<w:keepNext/>") || paragraph.contains("\"TableTitle\""), "{paragraph}");
        }
    }
    assert_eq!(seen, 12);
}
