//! The sampling plan: who may be drawn, how often, and that anybody can draw again.

use std::collections::BTreeMap;

use ecap::analysis::sampling::{number, plan};
use ecap::analysis::suspicion::Doubt;
use ecap::result::Results;

use crate::kinds::case;

fn results() -> Results {
    let case = case();
    case.district.results(&case.tree, false)
}

#[test]
fn a_random_number_is_sha_256_of_seed_unit_period_and_id() {
    // hashlib.sha256("1:栖云区:2026:d-1".encode()), the first 8 bytes shifted by 11, plus a half, over 2**53.
    assert_eq!(number("1", "栖云区", "2026", "d-1"), 0.40762379486298633);
    assert_eq!(number("20261120", "临江区", "2026", "eca-0001"), 0.24625074128160035);
}

#[test]
fn another_unit_or_period_draws_other_items_by_the_same_seed() {
    let drawn = |change: fn(&mut Results)| {
        let mut results = results();
        change(&mut results);
        plan(&results, None, &[], 10, "2026").drawn.iter().map(|one| one.item).collect::<Vec<_>>()
    };
    let one = drawn(|_| {});
    let (unit, period) = (drawn(|results| results.unit.name = "临江区".into()), drawn(|results| results.period = "2031".into()));
    // By chance about one of ten is the same.
    for other in [unit, period] {
        assert!(other.iter().filter(|item| one.contains(item)).count() < 5, "{one:?} {other:?}");
    }
}

#[test]
fn the_same_seed_draws_the_same_items_and_another_others() {
    let results = results();
    let drawn = |seed: &str| plan(&results, None, &[], 10, seed).drawn.iter().map(|one| one.item).collect::<Vec<_>>();
    assert_eq!(drawn("1"), drawn("1"));
    assert_ne!(drawn("1"), drawn("2"));
    assert_eq!(drawn("1").len(), 10);
    let all = plan(&results, None, &[], 1000, "1");
    assert_eq!((all.drawn.len(), all.eligible, all.wanted), (96, 96, 1000));
    assert!(all.drawn.iter().all(|one| one.chance == 1.0));
}

#[test]
fn an_item_is_drawn_as_often_as_its_weight_doubt_and_past_error_say() {
    let results = results();
    let doubt = |code: &'static str, items: Vec<usize>| Doubt { code, items, ..Doubt::default() };
    // Item 3 has two kinds of doubt, item 5 one; the others none. All weigh the same.
    let doubts = [doubt("audit-jump", vec![3]), doubt("audit-digits", vec![3, 5])];
    let seeds = 1000;
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for seed in 0..seeds {
        for one in plan(&results, None, &doubts, 12, &seed.to_string()).drawn {
            *times.entry(one.item).or_default() += 1;
        }
    }
    // 93 items of size 1... the sizes sum to 94 + 3 + 2.
    let wanted = |size: f64| 12.0 * size / 99.0;
    for (item, size) in [(3, 3.0), (5, 2.0), (7, 1.0), (90, 1.0)] {
        let part = times[&item] as f64 / f64::from(seeds);
        assert!((part - wanted(size)).abs() < 0.05, "{item}: {part}, not {}", wanted(size));
    }
    let one = plan(&results, None, &doubts, 96, "1").drawn.remove(3);
    assert_eq!((one.item, &one.doubts[..]), (3, &["audit-jump", "audit-digits"][..]));
    assert!((one.size - 3.0 / 99.0).abs() < 1e-12 && (one.weight - 1.0 / 96.0).abs() < 1e-12, "{one:?}");
}

#[test]
fn last_years_error_and_what_was_seen_on_site_count() {
    let mut case = case();
    // Last year item 0 was rated 3 and reviewed as 0; its department's other items were confirmed.
    for answer in case.district.departments[0].last.iter_mut().take(4) {
        answer.text = "3".to_string();
        answer.review = Some(if answer.item == 0 { "0" } else { "3" }.to_string());
    }
    let last = case.district.results(&case.tree, true);
    let mut now = case.district.results(&case.tree, false);
    let all = plan(&now, Some(&last), &[], 96, "1");
    let past = |item: usize| all.drawn.iter().find(|one| one.item == item).unwrap().past;
    assert_eq!((past(0), past(1), past(10), past(20)), (Some(1.0), Some(0.0), Some(0.25), None));
    let review = ecap::result::ReviewResult {
        text: "2".to_string(),
        state: "answered".to_string(),
        score: Some(66.0),
        cell: "F2".to_string(),
        verification: "spot_check".to_string(),
    };
    now.items[8].answers[0].review = Some(review);
    assert!(plan(&now, None, &[], 96, "1").drawn.iter().all(|one| one.item != 8));
}
