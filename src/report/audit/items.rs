//! 所问题目: the items that questions concern, what weighs most first.

use crate::analysis::suspicion::{Asked, Doubt, asked, suspicion};
use crate::number::snapped;
use crate::report::audit::{answers, by_whom, kinds_of};
use crate::report::document::{Block, Kind, Table, Value, column, row};
use crate::result::Results;
use crate::survey::layout::called;
use crate::text::{Text, t};
use crate::tree::Tree;

/// What stands above the table of items.
pub fn how_to_read(doubts: &[Doubt]) -> Vec<Block> {
    let of_a_mean = doubts.iter().find(|doubt| doubt.is_of_a_mean()).and_then(|doubt| suspicion(doubt.code));
    let note = of_a_mean.map(|suspicion| {
        t(
            "“{kind}”列的是平均分所含的题：问的是平均分，不是说其中哪一题有疑问。",
            "Under \"{kind}\" stand the items that the mean is made of: the question is about the mean and not about any one of them.",
        )
        .with(&[("kind", suspicion.name.clone())])
    });
    std::iter::once(ITEMS).chain(note).map(Block::Text).collect()
}

const ITEMS: Text = t(
    "“所填内容”照填表人写的原样；“自评得分”是它的分，“得分”是现在计入总分的（复核过的按复核）；各部门的题按“占总分”从大到小排，多的先问。",
    "The answer stands as entered; own score is what it claims, score what now counts in the total (the review where there is one). Of each department what weighs most in the total stands first: ask about it first.",
);

/// The items asked about: as respondents stand, of each what weighs most first.
pub fn by_weight(results: &Results, doubts: &[Doubt], respondents: &[&str]) -> Vec<Asked> {
    let mut all = asked(results, doubts);
    all.sort_by_key(|one| {
        let share = snapped(results.items[one.item].share);
        (respondents.iter().position(|name| *name == one.respondent), std::cmp::Reverse(share))
    });
    all
}

/// Items that questions concern, under whoever is asked about them.
pub fn table<'a>(title: Text, asked: impl Iterator<Item = &'a Asked>, results: &Results, tree: &Tree, with_respondent: bool) -> Table {
    let asked: Vec<&Asked> = asked.collect();
    // A kind that all have in common is said once, above.
    let common = asked.first().filter(|first| !with_respondent && asked.iter().all(|one| one.codes == first.codes)).map(|one| &one.codes);
    let title = match common {
        Some(codes) => t("{title}：{kinds}", "{title}: {kinds}").with(&[("title", title), ("kinds", kinds_of(codes))]),
        None => title,
    };
    let with_kinds = common.is_none();
    let rows = asked.iter().map(|one| {
        let item = &results.items[one.item];
        let entered = one.typed.clone().map_or_else(|| by_whom(answers(results, tree, one.item)), Text::from);
        let mut cells = vec![
            item.reference.clone().into(),
            Value::Text(item.question.clone()),
            Value::Text(entered),
            Value::of(one.score),
            Value::of(item.score),
            Value::Number(item.share),
        ];
        if with_kinds {
            cells.insert(2, Value::Text(kinds_of(&one.codes)));
        }
        if with_respondent {
            cells.insert(0, Value::Text(called(tree, &one.respondent)));
        }
        row(cells)
    });
    let mut columns = vec![
        column(t("编号", "Ref"), Kind::Short),
        column(t("指标", "Indicator"), Kind::Text),
        column(t("所填内容", "Answer as entered"), Kind::Text),
        column(t("自评得分", "Own score"), Kind::Score),
        column(t("得分", "Score"), Kind::Score),
        column(t("占总分", "Share of the total"), Kind::Percent),
    ];
    if with_kinds {
        columns.insert(2, column(t("类别", "Kind"), Kind::Text));
    }
    if with_respondent {
        columns.insert(0, column(t("部门", "Department"), Kind::Text));
    }
    Table { id: "asked-items", title, columns, rows: rows.collect() }
}
