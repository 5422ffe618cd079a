//! Dynamic programming over cost: for each number of failures left, only plans that are cheaper or bring more than all others.
//!
//! The multiple-choice knapsack of Nemhauser and Ullmann (1969), cut by the linear bound of what is still to be decided
//! (Kellerer, Pferschy, Pisinger: Knapsack Problems, 2004, chapter 11).

use crate::analysis::plan::blocks::{Block, Way};

/// Entries made, at most, before a search gives up; some seconds.
pub const STEPS: u64 = 300_000_000;
/// Entries kept for the way back, at most; 12 bytes each.
pub const KEPT: usize = 20_000_000;

/// What is sought.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// The least cost that gains so much; plans that cost more than `at_most` are of no use.
    Cheapest { need: i64, at_most: u64 },
    /// The most gain for so much; plans that gain less than `at_least` are of no use. Each raised item counts `each` parts less.
    Most { capacity: u64, at_least: i64, each: i64 },
}

/// How many failures may be left; none: any, and they are not counted.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    pub vetoes: Option<usize>,
    pub keys: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Found {
    pub cost: u64,
    pub gain: i64,
    /// One a candidate: 0 for none, else one more than the index of its choice.
    pub plan: Vec<usize>,
}

/// The search would take more than [`STEPS`] or keep more than [`KEPT`].
#[derive(Debug)]
pub struct TooLong;

/// Counted steps left.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub steps: u64,
    pub kept: usize,
    pub modes: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    cost: u64,
    gain: i64,
    node: u32,
}

struct Node {
    before: u32,
    candidate: u32,
    option: u32,
}

struct Search<'a> {
    aim: Aim,
    allowed: Allowed,
    nodes: Vec<Node>,
    left: Limits,
    hulls: &'a [Vec<(u64, i64)>],
}

/// The best plan; none where there is none. `costs` is what a candidate's choices cost here, rounded or not.
pub fn search(
    blocks: &[Block],
    candidates: usize,
    allowed: Allowed,
    aim: Aim,
    cost: &dyn Fn(u64) -> u64,
    limits: Limits,
) -> Result<Option<Found>, TooLong> {
    let blocks = priced(blocks, cost, &aim);
    let hulls: Vec<Vec<(u64, i64)>> =
        blocks.iter().flat_map(|block| (0..block.members.len()).map(|at| hull(&block_ways(block, at)))).collect();
    let mut search = Search { aim, allowed, nodes: Vec::new(), left: limits, hulls: &hulls };
    let mut lists: Vec<Vec<Entry>> = vec![Vec::new(); search.states()];
    lists[0].push(Entry { cost: 0, gain: 0, node: u32::MAX });
    let mut position = 0;
    for block in &blocks {
        lists = search.block(block, position, lists)?;
        position += block.members.len();
    }
    let all = lists.iter().flatten();
    let best = match aim {
        Aim::Cheapest { need, .. } => all.filter(|entry| entry.gain >= need).min_by_key(|entry| (entry.cost, -entry.gain)),
        Aim::Most { .. } => all.min_by_key(|entry| (-entry.gain, entry.cost)),
    };
    Ok(best.map(|entry| {
        let mut plan = vec![0; candidates];
        let mut at = entry.node;
        while let Some(node) = search.nodes.get(at as usize) {
            plan[node.candidate as usize] = node.option as usize;
            at = node.before;
        }
        Found { cost: entry.cost, gain: entry.gain, plan }
    }))
}

/// What at least has to be paid, or at most can be gained, where parts of steps could be bought and nothing joined items.
pub fn linear(blocks: &[Block], aim: Aim, cost: &dyn Fn(u64) -> u64) -> Option<Found> {
    let blocks = priced(blocks, cost, &aim);
    let hulls: Vec<Vec<(u64, i64)>> =
        blocks.iter().flat_map(|block| (0..block.members.len()).map(|at| hull(&block_ways(block, at)))).collect();
    let line = Line::of(&hulls);
    match aim {
        Aim::Cheapest { need, .. } => line.least(need).map(|cost| Found { cost, gain: need, plan: Vec::new() }),
        Aim::Most { capacity, .. } => Some(Found { cost: capacity, gain: line.most(capacity), plan: Vec::new() }),
    }
}

fn priced(blocks: &[Block], cost: &dyn Fn(u64) -> u64, aim: &Aim) -> Vec<Block> {
    let each = if let Aim::Most { each, .. } = aim { *each } else { 0 };
    let mut blocks = blocks.to_vec();
    for way in blocks.iter_mut().flat_map(|block| &mut block.modes).flat_map(|mode| &mut mode.ways).flatten() {
        way.cost = cost(way.cost);
        way.gain -= if way.option > 0 { each } else { 0 };
    }
    blocks
}

/// All ways of a member, in whatever mode.
fn block_ways(block: &Block, at: usize) -> Vec<(u64, i64)> {
    block.modes.iter().flat_map(|mode| &mode.ways[at]).map(|way| (way.cost, way.gain)).collect()
}

/// The steps of the upper hull of costs and gains from nothing: each with less gain for its cost than the one before.
fn hull(ways: &[(u64, i64)]) -> Vec<(u64, i64)> {
    let mut points: Vec<(u64, i64)> = ways.to_vec();
    points.push((0, 0));
    points.sort_by_key(|(cost, gain)| (*cost, -*gain));
    let mut upper: Vec<(u64, i64)> = vec![(0, 0)];
    for point in points {
        if upper.last().is_some_and(|last| last.1 >= point.1) {
            continue;
        }
        while upper.len() > 1 && steeper(less(point, upper[upper.len() - 1]), less(upper[upper.len() - 1], upper[upper.len() - 2])) {
            upper.pop();
        }
        upper.push(point);
    }
    upper.windows(2).map(|pair| less(pair[1], pair[0])).collect()
}

fn less(one: (u64, i64), two: (u64, i64)) -> (u64, i64) {
    (one.0 - two.0, one.1 - two.1)
}

/// Does the first bring at least as much for its cost?
fn steeper(one: (u64, i64), two: (u64, i64)) -> bool {
    i128::from(one.1) * i128::from(two.0) >= i128::from(two.1) * i128::from(one.0)
}

/// Steps of several hulls, the best first: what so many of them cost and gain together.
struct Line {
    costs: Vec<u64>,
    gains: Vec<i64>,
}

impl Line {
    fn of(hulls: &[Vec<(u64, i64)>]) -> Self {
        let mut steps: Vec<(u64, i64)> = hulls.iter().flatten().copied().collect();
        steps.sort_by(|one, two| (i128::from(two.1) * i128::from(one.0)).cmp(&(i128::from(one.1) * i128::from(two.0))));
        let mut line = Line { costs: vec![0], gains: vec![0] };
        for (cost, gain) in steps {
            line.costs.push(line.costs[line.costs.len() - 1].saturating_add(cost));
            line.gains.push(line.gains[line.gains.len() - 1] + gain);
        }
        line
    }

    /// The least that so much gain costs; none where it is not to be had.
    fn least(&self, gain: i64) -> Option<u64> {
        let at = self.gains.partition_point(|reached| *reached < gain);
        let reached = *self.gains.get(at)?;
        let Some(before) = at.checked_sub(1) else { return Some(0) };
        let (lacking, of) = (i128::from(gain - self.gains[before]), i128::from(reached - self.gains[before]));
        let part = (lacking * i128::from(self.costs[at] - self.costs[before]) + of - 1) / of;
        Some(self.costs[before].saturating_add(u64::try_from(part).unwrap_or(u64::MAX)))
    }

    /// The most that so much cost gains.
    fn most(&self, cost: u64) -> i64 {
        let at = self.costs.partition_point(|paid| *paid <= cost);
        let gained = self.gains[at - 1];
        let Some(paid) = self.costs.get(at) else { return gained };
        let (left, of) = (i128::from(cost - self.costs[at - 1]), i128::from(paid - self.costs[at - 1]));
        gained + i64::try_from(left * i128::from(self.gains[at] - gained) / of).unwrap_or(i64::MAX - gained)
    }
}

impl Search<'_> {
    /// Numbers of failures left that are told apart.
    fn states(&self) -> usize {
        self.allowed.vetoes.map_or(1, |most| most + 1) * self.keys()
    }

    fn keys(&self) -> usize {
        self.allowed.keys.map_or(1, |most| most + 1)
    }

    /// The state after so many more failures; none where they are too many.
    fn after(&self, state: usize, vetoes: usize, keys: usize) -> Option<usize> {
        let more = |now: usize, more: usize, allowed: Option<usize>| match allowed {
            None => Some(0),
            Some(most) => (now + more <= most).then_some(now + more),
        };
        let (now_vetoes, now_keys) = (state / self.keys(), state % self.keys());
        Some(more(now_vetoes, vetoes, self.allowed.vetoes)? * self.keys() + more(now_keys, keys, self.allowed.keys)?)
    }

    fn block(&mut self, block: &Block, position: usize, lists: Vec<Vec<Entry>>) -> Result<Vec<Vec<Entry>>, TooLong> {
        let lines: Vec<Line> = (1..=block.members.len()).map(|at| Line::of(&self.hulls[position + at..])).collect();
        let mut merged: Vec<Vec<Entry>> = vec![Vec::new(); lists.len()];
        for mode in &block.modes {
            let mut now: Vec<Vec<Entry>> = vec![Vec::new(); lists.len()];
            for (state, list) in lists.iter().enumerate() {
                if let Some(after) = self.after(state, mode.vetoes, 0) {
                    // Without limits on vetoes all are one state, which is then the only one.
                    now[after].extend(list);
                }
            }
            for ((ways, candidate), line) in mode.ways.iter().zip(&block.members).zip(&lines) {
                now = self.decide(*candidate, ways, line, &now)?;
            }
            if block.modes.len() == 1 {
                return Ok(now);
            }
            for (all, one) in merged.iter_mut().zip(now) {
                self.count(all.len() + one.len())?;
                all.extend(one);
                all.sort_by_key(|entry| (entry.cost, -entry.gain));
                let mut best = i64::MIN;
                all.retain(|entry| {
                    let better = entry.gain > best;
                    best = best.max(entry.gain);
                    better
                });
            }
        }
        Ok(merged)
    }

    fn count(&mut self, entries: usize) -> Result<(), TooLong> {
        self.left.steps = self.left.steps.checked_sub(u64::try_from(entries).unwrap_or(u64::MAX)).ok_or(TooLong)?;
        Ok(())
    }

    /// The lists after one more item is decided; `line` is what is open after it.
    fn decide(&mut self, candidate: usize, ways: &[Way], line: &Line, lists: &[Vec<Entry>]) -> Result<Vec<Vec<Entry>>, TooLong> {
        let mut made: Vec<Vec<(Entry, usize)>> = vec![Vec::new(); lists.len()];
        for (state, list) in lists.iter().enumerate() {
            for way in ways {
                let Some(after) = self.after(state, way.vetoes, way.keys) else { continue };
                self.count(list.len())?;
                made[after].extend(list.iter().map(|entry| {
                    let cost = entry.cost.saturating_add(way.cost);
                    (Entry { cost, gain: entry.gain + way.gain, node: entry.node }, way.option)
                }));
            }
        }
        let mut all = Vec::with_capacity(lists.len());
        for mut entries in made {
            // Stable: of equal ones that which does less, which comes first, is kept.
            entries.sort_by_key(|(entry, _)| (entry.cost, -entry.gain));
            let mut list: Vec<Entry> = Vec::new();
            for (mut entry, option) in entries {
                if list.last().is_some_and(|last| last.gain >= entry.gain || self.is_enough(last)) || !self.is_of_use(&entry, line) {
                    continue;
                }
                if option > 0 {
                    if self.nodes.len() >= self.left.kept {
                        return Err(TooLong);
                    }
                    let before = entry.node;
                    entry.node = u32::try_from(self.nodes.len()).map_err(|_| TooLong)?;
                    let narrow = |index: usize| u32::try_from(index).map_err(|_| TooLong);
                    self.nodes.push(Node { before, candidate: narrow(candidate)?, option: narrow(option)? });
                }
                list.push(entry);
            }
            all.push(list);
        }
        Ok(all)
    }

    /// Is more gain of no use?
    fn is_enough(&self, entry: &Entry) -> bool {
        matches!(self.aim, Aim::Cheapest { need, .. } if entry.gain >= need)
    }

    fn is_of_use(&self, entry: &Entry, line: &Line) -> bool {
        match self.aim {
            Aim::Cheapest { need, at_most } => line.least(need - entry.gain).is_some_and(|rest| entry.cost.saturating_add(rest) <= at_most),
            Aim::Most { capacity, at_least, .. } => {
                entry.cost <= capacity && entry.gain.saturating_add(line.most(capacity - entry.cost)) >= at_least
            }
        }
    }
}
