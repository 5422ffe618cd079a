//! Whether the change on the same items is more than chance, in words.

use crate::analysis::change::paired::Paired;
use crate::number::fixed;
use crate::text::{Text, t};

/// Below this p a change counts as more than chance.
const LEVEL: f64 = 0.05;

/// What the tests come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    Untestable,
    /// No test has a smaller p.
    Within,
    /// Every test has one.
    Rose,
    Fell,
    /// Some tests have.
    Torn,
}

/// A test's name and p.
type Named = (Text, f64);

/// The tests that could be made: those below the level, then the others.
fn split(paired: &Paired) -> [Vec<Named>; 2] {
    let tests = [
        (t("Wilcoxon 符号秩检验", "the signed-rank test"), paired.differences.wilcoxon),
        (t("配对 t 检验", "the t test"), paired.differences.t),
        (t("符号检验", "the sign test"), paired.differences.sign),
    ];
    let made = tests.into_iter().filter_map(|(name, test)| Some((name, test?.p)));
    let (beyond, within) = made.partition(|(_, p)| *p < LEVEL);
    [beyond, within]
}

impl Chance {
    pub fn of(paired: &Paired) -> Self {
        let [beyond, within] = split(paired);
        match (beyond.is_empty(), within.is_empty()) {
            (true, true) => Chance::Untestable,
            (true, false) => Chance::Within,
            (false, true) if paired.differences.mean > 0.0 => Chance::Rose,
            (false, true) => Chance::Fell,
            (false, false) => Chance::Torn,
        }
    }

    /// In one sentence, for the summary.
    pub fn said(self, paired: &Paired) -> Text {
        let text = match self {
            Chance::Untestable => t(
                "是不是偶然：同题没有升降，或题数太少，无法检验。",
                "Chance: nothing rose or fell on the same items, or there are too few to test.",
            ),
            Chance::Within => t(
                "是不是偶然：两年都作答的 {count} 题，答案的升降看不出超过偶然。",
                "Chance: in the answers to the {count} [item|items] answered in both years nothing beyond chance is to be seen.",
            ),
            Chance::Rose => t(
                "是不是偶然：两年都作答的 {count} 题，答案的升超过偶然。",
                "Chance: on the {count} [item|items] answered in both years the rise is beyond chance.",
            ),
            Chance::Fell => t(
                "是不是偶然：两年都作答的 {count} 题，答案的降超过偶然。",
                "Chance: on the {count} [item|items] answered in both years the fall is beyond chance.",
            ),
            Chance::Torn => t(
                "是不是偶然：两年都作答的 {count} 题，各项检验说法不一，不能说超过偶然。",
                "Chance: on the {count} [item|items] answered in both years the tests disagree; the change cannot be said to be beyond chance.",
            ),
        };
        text.counted(paired.differences.count)
    }
}

/// What the tests come to, in words.
pub fn conclusion(paired: &Paired, points: f64) -> Text {
    let [beyond, within] = split(paired);
    let names = |tests: &[Named]| Text::join(&tests.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), "、", ", ");
    let args = [("level", fixed(LEVEL, 2).into()), ("beyond", names(&beyond)), ("within", names(&within))];
    let said = match Chance::of(paired) {
        Chance::Untestable => t(
            "结论：同题没有升降，或题数太少，无法检验，这次看不出超过偶然。",
            "Conclusion: nothing rose or fell, or there are too few items to test; nothing beyond chance is to be seen this time.",
        ),
        Chance::Within => t(
            "结论：按 {level} 的水平，各项检验的 p 都不小于它，这次看不出超过偶然。",
            "Conclusion: at the level of {level} no test has a smaller p; nothing beyond chance is to be seen this time.",
        ),
        Chance::Rose => t(
            "结论：按 {level} 的水平，各项检验的 p 都小于它，同题的升超过偶然。",
            "Conclusion: at the level of {level} every test has a smaller p; the rise on the same items is beyond chance.",
        ),
        Chance::Fell => t(
            "结论：按 {level} 的水平，各项检验的 p 都小于它，同题的降超过偶然。",
            "Conclusion: at the level of {level} every test has a smaller p; the fall on the same items is beyond chance.",
        ),
        Chance::Torn => t(
            "结论：按 {level} 的水平，{beyond}的 p 小于它，{within}的不小于，各项检验说法不一，这次不能说超过偶然。",
            "Conclusion: at the level of {level}, {beyond} has a smaller p and {within} has not; the tests disagree, and nothing can be said to be beyond chance this time.",
        ),
    };
    let in_doubt = !beyond.is_empty() && paired.raters.is_some_and(|raters| points.abs() <= 2.0 * raters.error_of_change);
    let raters = if in_doubt {
        t(
            "但总分的变化没有超过评分误差的两倍，所以仍不能说总分变了。",
            "Yet the change of the total is within twice the raters' error, so the total cannot be said to have changed.",
        )
    } else {
        Text::default()
    };
    Text::join(&[said.with(&args), raters].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>(), "", " ")
}
