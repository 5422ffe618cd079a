//! Random trees with answers and costs, and every plan for them tried out by scoring it anew.

use std::fmt::Write;

use crate::analysis::plan::{Costs, Measure, Plan, StepCost};
use crate::answers::{ItemAnswers, MergedState, UnitAnswers};
use crate::number::{Number, rounded};
use crate::policy::{Band, KeyCaps, Missing, VetoCaps};
use crate::result::{OptionsUsed, Results, Run, build};
use crate::score::{Scores, score};
use crate::tree::Tree;
use crate::unit::Unit;
use crate::weighting::{self, Weights};

/// Deterministic noise: a linear congruential generator's high bits.
pub struct Noise(pub u64);

impl Noise {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.next(count) == 0
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.next(all.len())]
    }
}

/// A scale, what 0 to 3 are worth on it, and to which of these actions may lead.
struct Kind {
    scale: &'static str,
    worths: [f64; 4],
    ladders: &'static [&'static [usize]],
}

const ANCHORS: &str = "anchors: [{zh: 甲, en: a}, {zh: 乙, en: b}, {zh: 丙, en: c}, {zh: 丁, en: d}]";
const KINDS: [Kind; 5] = [
    Kind { scale: "{type: yes_no, pass: \"yes\"}", worths: [0.0, 1.0, 1.0, 1.0], ladders: &[&[3]] },
    Kind {
        scale: "{type: level, ANCHORS}",
        worths: [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0],
        ladders: &[&[1, 2, 3], &[2, 3], &[1, 3], &[1, 2], &[]],
    },
    Kind { scale: "{type: level, ANCHORS, worth: [0, 0.4, 0.8, 1]}", worths: [0.0, 0.4, 0.8, 1.0], ladders: &[&[1, 2, 3], &[1, 3], &[]] },
    Kind { scale: "{type: level, ANCHORS, worth: [0, 0.1, 0.35, 1]}", worths: [0.0, 0.35, 1.0, 1.0], ladders: &[&[1, 2], &[1, 3]] },
    Kind {
        scale: "{type: quantity, unit: {zh: 人, en: people}, linear: {zero: 0, full: 20}}",
        worths: [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0],
        ladders: &[&[1, 2, 3], &[3]],
    },
];

/// One way to raise an item, as the test works it out: its worth, and what it takes of each measure in hundredths.
#[derive(Clone, Debug)]
pub struct Raise {
    pub worth: f64,
    pub days: Option<i64>,
    pub money: Option<i64>,
}

#[derive(Debug)]
pub struct MadeItem {
    pub state: MergedState,
    pub worths: Vec<f64>,
    pub fails_at: f64,
    pub requires: Vec<usize>,
    pub raises: Vec<Raise>,
}

pub struct Made {
    pub tree: Tree,
    pub items: Vec<MadeItem>,
    pub costs: Costs,
    weights: Weights,
}

fn answers(item: &MadeItem, raise: Option<&Raise>) -> ItemAnswers {
    let answered = |worth: f64, below_veto: bool| ItemAnswers {
        state: MergedState::Answered,
        worth: Some(worth),
        by_selves: (MergedState::Answered, Some(worth)),
        below_veto,
        responses: Vec::new(),
    };
    match raise {
        Some(raise) => answered(raise.worth, 100.0 * raise.worth <= item.fails_at),
        None if item.state == MergedState::Answered => {
            let mean = item.worths.iter().sum::<f64>() / item.worths.len() as f64;
            answered(mean, item.worths.iter().any(|worth| 100.0 * worth <= item.fails_at))
        }
        None => ItemAnswers { state: item.state, worth: None, by_selves: (item.state, None), below_veto: false, responses: Vec::new() },
    }
}

impl Made {
    /// The scores where each item is raised so: 0 not at all, else one more than the index of the raise.
    pub fn scores(&self, plan: &[usize]) -> Scores {
        let answers: Vec<ItemAnswers> = self
            .items
            .iter()
            .zip(plan)
            .map(|(item, option)| answers(item, option.checked_sub(1).map(|index| &item.raises[index])))
            .collect();
        score(&self.tree, &answers, &self.weights, self.tree.policy.missing)
    }

    pub fn results(&self) -> Results {
        let items = self.items.iter().map(|item| answers(item, None)).collect();
        let unit = UnitAnswers { unit: Unit::default(), period: String::new(), items, findings: Vec::new(), outdated: Vec::new() };
        let run = Run {
            tree: &self.tree,
            weighting: weighting::of(&self.tree).name,
            weights: &self.weights,
            inputs: &[],
            assessment: None,
            unscored: &[],
            options: &OptionsUsed::default(),
        };
        build(&run, &unit, &self.scores(&vec![0; self.items.len()]), Vec::new())
    }

    /// A tree whose items all are as stated.
    pub fn of(text: &str, items: Vec<MadeItem>) -> Self {
        let tree = loaded(text);
        let weights = (weighting::of(&tree).weigh)(&tree);
        Made { tree, items, costs: Costs::default(), weights }
    }

    fn worth(&self, index: usize) -> Option<f64> {
        answers(&self.items[index], None).worth
    }

    /// May these be raised together?
    pub fn may(&self, plan: &[usize]) -> bool {
        (0..plan.len()).filter(|at| plan[*at] > 0).all(|at| {
            self.items[at].requires.iter().all(|other| match self.items[*other].state {
                MergedState::NotApplicable | MergedState::OutOfScope => true,
                MergedState::Blank | MergedState::Unreadable => false,
                MergedState::NoData => plan[*other] > 0,
                MergedState::Answered => self.worth(*other) > Some(1e-12) || plan[*other] > 0,
            })
        })
    }

    /// What each option of an item costs in hundredths: none without a cost.
    fn costs(&self, measure: Measure, index: usize) -> Vec<i64> {
        let cost = |raise: &Raise| if measure == Measure::Days { raise.days } else { raise.money };
        std::iter::once(0).chain(self.items[index].raises.iter().map_while(cost)).collect()
    }

    /// Every plan that may be, with its cost, cheapest first.
    pub fn plans(&self, measure: Measure) -> Vec<(i64, Vec<usize>)> {
        let costs: Vec<Vec<i64>> = (0..self.items.len()).map(|index| self.costs(measure, index)).collect();
        let mut plans = Vec::new();
        let mut plan = vec![0; costs.len()];
        loop {
            if self.may(&plan) {
                plans.push((plan.iter().zip(&costs).map(|(option, costs)| costs[*option]).sum(), plan.clone()));
            }
            let Some(at) = (0..plan.len()).find(|at| plan[*at] + 1 < costs[*at].len()) else { break };
            plan[..at].fill(0);
            plan[at] += 1;
        }
        plans.sort();
        plans
    }

    /// How many plans there are to try.
    pub fn size(&self) -> usize {
        self.items.iter().map(|item| item.raises.len() + 1).product()
    }

    /// A plan of the program as options of the test.
    pub fn plan(&self, plan: &Plan) -> Vec<usize> {
        let mut options = vec![0; self.items.len()];
        for step in &plan.steps {
            let raises = &self.items[step.item].raises;
            options[step.item] =
                1 + raises.iter().position(|raise| (100.0 * raise.worth - step.to).abs() < 1e-9).expect("a raise of the test");
        }
        options
    }
}

pub fn random(noise: &mut Noise) -> Made {
    loop {
        let made = one(noise);
        if (50..2500).contains(&made.size()) {
            return made;
        }
    }
}

fn one(noise: &mut Noise) -> Made {
    let count = 8 + noise.next(7);
    let forward = noise.one_in(2);
    let rich = noise.one_in(4);
    let mut text = String::from(
        "id: try\nedition: \"1\"\nname: {zh: 试, en: Try}\ndepartments: [{id: one, name: {zh: 甲局, en: A}}, {id: two, name: {zh: 乙局, en: B}}]\n",
    );
    let mut items = Vec::new();
    let mut costs = Costs::default();
    let mut lines: Vec<Vec<String>> = vec![Vec::new(); 4];
    let mut order = Vec::new();
    for index in 0..count {
        let kind = &KINDS[noise.next(KINDS.len())];
        let ladder = noise.of(kind.ladders);
        let state = match noise.next(14) {
            0 => MergedState::Blank,
            1 => MergedState::Unreadable,
            2 => MergedState::NotApplicable,
            3 => MergedState::OutOfScope,
            4 | 5 => MergedState::NoData,
            _ => MergedState::Answered,
        };
        let low = noise.one_in(2);
        let worths: Vec<f64> =
            (0..1 + usize::from(noise.one_in(4))).map(|_| kind.worths[if low { 0 } else { noise.of(&[0, 1, 2, 3, 3]) }]).collect();
        let mean = if state == MergedState::Answered { worths.iter().sum::<f64>() / worths.len() as f64 } else { 0.0 };
        let requires: Vec<usize> = (0..count)
            .filter(|other| if forward { *other > index } else { *other < index } && noise.one_in(if rich { 4 } else { 9 }))
            .collect();
        let id = format!("i{index}");
        let mut raises: Vec<Raise> = Vec::new();
        let mut actions = Vec::new();
        let mut from = 0;
        for to in ladder {
            let days = if noise.one_in(12) { 0 } else { 5 * (1 + noise.next(20)) + usize::from(noise.one_in(6)) };
            actions.push(format!(
                "{{from: {from}, to: {to}, kind: 制度文件, zh: 办, en: do, owner: {}, days: {days}, closes_with: 台账}}",
                noise.of(&["one", "two"])
            ));
            let stated = (!noise.one_in(10)).then(|| noise.next(400) as i64 * 25);
            let other_days = noise.one_in(8).then(|| noise.next(60));
            let cost = |at: f64| (100.0 * at * 10.0).round() / 10.0;
            // Where two rungs are one step of the scale, the second is no step.
            let steps_up = kind.worths[*to] > kind.worths[from];
            let entry = StepCost {
                item: id.clone(),
                from: noise.one_in(2).then(|| cost(kind.worths[from])),
                to: cost(kind.worths[*to]),
                days: other_days,
                money: stated.map(|money| Number::ratio(usize::try_from(money).expect("not negative"), 100)),
            };
            costs.steps.extend(steps_up.then_some(entry));
            let last = raises.last().map_or(mean, |raise| raise.worth);
            if *to as f64 > 3.0 * mean + 1e-9 && kind.worths[*to] > last + 1e-9 {
                let sum = |before: Option<Option<i64>>, own: Option<i64>| Some(before.unwrap_or(Some(0))? + own?);
                let days = i64::try_from(other_days.unwrap_or(days)).expect("few") * 100;
                let (days, money) =
                    (sum(raises.last().map(|last| last.days), Some(days)), sum(raises.last().map(|last| last.money), stated));
                raises.push(Raise { worth: kind.worths[*to], days, money });
            }
            from = *to;
        }
        if ladder.is_empty() {
            // Steps of the scale, with what the table says.
            for to in 1..=3 {
                let (days, money) = (noise.next(50), noise.next(400) as i64 * 25);
                let stated = !noise.one_in(8);
                if stated {
                    costs.steps.push(StepCost {
                        item: id.clone(),
                        from: None,
                        to: 100.0 * kind.worths[to],
                        days: Some(days),
                        money: Some(Number::ratio(usize::try_from(money).expect("not negative"), 100)),
                    });
                }
                if kind.worths[to] > mean + 1e-9 {
                    let sum = |before: Option<Option<i64>>, own: i64| if stated { Some(before.unwrap_or(Some(0))? + own) } else { None };
                    let own_days = i64::try_from(days).expect("few") * 100;
                    raises.push(Raise {
                        worth: kind.worths[to],
                        days: sum(raises.last().map(|last| last.days), own_days),
                        money: sum(raises.last().map(|last| last.money), money),
                    });
                }
            }
        }
        if !matches!(state, MergedState::Answered | MergedState::NoData) {
            raises.clear();
        }
        let fails_at = noise.of(&[0.0, 0.0, 34.0, 40.0, 50.0]);
        let critical = match noise.next(5) {
            0 => ", criticality: key".to_string(),
            1 => {
                let group = if noise.one_in(2) { format!(", veto_group: {}", noise.of(&["x", "y", "i1"])) } else { String::new() };
                format!(", criticality: veto, fails_at: {fails_at}{group}")
            }
            _ => String::new(),
        };
        let mut line =
            format!("{{id: {id}, question: {{zh: 是否有{id}, en: Ask {id}}}, scale: {}{critical}", kind.scale.replace("ANCHORS", ANCHORS));
        let weight = noise.of(&["", ", weight: 1", ", weight: 2.5", ", weight: 0.7"]);
        line += weight;
        if !actions.is_empty() {
            let _ = write!(line, ", actions: [{}]", actions.join(", "));
        }
        if !requires.is_empty() {
            let _ = write!(line, ", requires: [{}]", requires.iter().map(|other| format!("i{other}")).collect::<Vec<_>>().join(", "));
        }
        let group = noise.next(4);
        lines[group].push(format!("{line}}}"));
        order.push((group, index));
        items.push(MadeItem { state, worths, fails_at, requires, raises });
    }
    let used = lines.iter().enumerate().filter(|(_, lines)| !lines.is_empty());
    let groups: Vec<String> = used
        .map(|(group, lines)| {
            let weight = if noise.one_in(2) { format!(", weight: {}", 1 + noise.next(4)) } else { String::new() };
            format!("{{code: \"{group}\", name: {{zh: 组, en: Group}}{weight}, items: [{}]}}", lines.join(", "))
        })
        .collect();
    let _ = writeln!(text, "groups: [{}]", groups.join(", "));
    let mut tree = loaded(&text);
    // The tree has its items by group; so has the test.
    order.sort_by_key(|(group, _)| *group);
    let place: Vec<usize> = (0..count).map(|index| order.iter().position(|(_, other)| *other == index).expect("its place")).collect();
    let mut sorted: Vec<Option<MadeItem>> = (0..count).map(|_| None).collect();
    for (index, mut item) in items.into_iter().enumerate() {
        item.requires = item.requires.iter().map(|other| place[*other]).collect();
        sorted[place[index]] = Some(item);
    }
    let items: Vec<MadeItem> = sorted.into_iter().flatten().collect();
    policy(noise, &mut tree);
    let weights = (weighting::of(&tree).weigh)(&tree);
    let mut made = Made { tree, items, costs, weights };
    if !noise.one_in(3) {
        tighten(noise, &mut made);
    }
    made
}

pub fn loaded(text: &str) -> Tree {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tree.yaml");
    std::fs::write(&path, text).expect("a tree file");
    let mut findings = Vec::new();
    let loaded = crate::tree::load(&path.to_string_lossy(), &mut findings).expect("a file that can be read");
    loaded.tree.unwrap_or_else(|| panic!("{findings:#?}\n{text}"))
}

fn policy(noise: &mut Noise, tree: &mut Tree) {
    let froms: &[f64] =
        noise.of(&[&[90.0, 80.0, 60.0, 0.0], &[95.0, 85.0, 70.0, 50.0, 0.0], &[75.0, 50.0, 25.0, 0.0], &[62.5, 41.25, 30.0, 20.0, 0.0]]);
    tree.policy.bands = froms
        .iter()
        .enumerate()
        .map(|(index, from)| Band { code: format!("b{index}"), name: format!("b{index}").into(), from: *from })
        .collect();
    let caps: [(Option<usize>, Option<usize>); 6] =
        [(Some(2), Some(3)), (Some(1), Some(2)), (None, Some(2)), (None, None), (Some(1), Some(1)), (Some(2), Some(2))];
    let (one, two) = noise.of(&caps);
    tree.policy.veto = VetoCaps { one, two };
    let (one, three) = noise.of(&caps);
    tree.policy.key = KeyCaps { one, three, group: None };
    tree.policy.missing = noise.of(&[Missing::Zero, Missing::Exclude]);
    tree.policy.decimals = noise.of(&[0, 1, 1, 2, 9]).try_into().expect("few");
}

/// Moves a band to where the total of some plan just reaches or misses it by rounding.
fn tighten(noise: &mut Noise, made: &mut Made) {
    let plan: Vec<usize> = made.items.iter().map(|item| noise.next(item.raises.len() + 1)).collect();
    let Some(total) = made.scores(&plan).total.score else { return };
    let at = noise.next(made.tree.policy.bands.len() - 1);
    move_band(noise, made, at, total);
}

/// Moves a band to where a total just reaches it, or misses it by the last decimal, of which there are 1 or 9.
pub fn move_band(noise: &mut Noise, made: &mut Made, band: usize, total: f64) {
    let decimals = noise.of(&[1u32, 9]);
    let step = 0.1f64.powi(i32::try_from(decimals).expect("few"));
    made.tree.policy.decimals = decimals;
    let bands = &mut made.tree.policy.bands;
    bands[band].from = rounded(rounded(total, decimals) + step * noise.of(&[0.0, 0.0, 1.0, -1.0]), decimals);
    let mut froms: Vec<f64> = bands.iter().map(|band| band.from).collect();
    froms.sort_by(|one, two| two.total_cmp(one));
    for (band, from) in bands.iter_mut().zip(froms) {
        band.from = from;
    }
}
