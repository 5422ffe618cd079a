//! Items that decide alone, and items joined by prerequisites or by a veto group, taken mode by mode.

use crate::analysis::plan::field::{Candidate, Field, Terms};

/// Modes of one block, at most: two for each item that others wait for and for each failed veto of several items.
pub const MODES: usize = 4096;

/// One way to decide about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// 0 for none, else one more than the index of the candidate's choice.
    pub option: usize,
    pub cost: u64,
    pub gain: i64,
    /// Vetoes that still fail with it.
    pub vetoes: usize,
    /// Key items that stay at 0 with it.
    pub keys: usize,
}

/// What is decided about each item of a block; each item by itself.
#[derive(Clone, Debug)]
pub struct Mode {
    /// Vetoes that count as failed in it.
    pub vetoes: usize,
    /// One a member of the block.
    pub ways: Vec<Vec<Way>>,
}

#[derive(Clone, Debug)]
pub struct Block {
    /// Candidates, in tree order.
    pub members: Vec<usize>,
    /// The best plan is in one of them.
    pub modes: Vec<Mode>,
}

/// How more switches are handled than there may be modes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surplus {
    /// They are switched together: every plan found holds, and a better one may be missed.
    Together,
    /// They bind nobody: no plan is missed, and the one found may not hold.
    Free,
}

/// An item that others wait for, raised or not; a failed veto of several items, mended or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    Raised(usize),
    Mended(usize),
}

/// All blocks, those of several items first; and whether each has all of its modes.
pub fn blocks(field: &Field<'_>, terms: &Terms, surplus: Surplus, modes: usize) -> (Vec<Block>, bool) {
    let mut complete = true;
    let mut blocks: Vec<Block> = components(field)
        .into_iter()
        .map(|members| {
            let switches = switches(field, terms, &members);
            let bits = modes.max(2).ilog2() as usize;
            complete &= switches.len() <= bits;
            Block { modes: all_modes(field, &members, &switches, bits, surplus), members }
        })
        .collect();
    blocks.sort_by_key(|block| block.members.len() == 1);
    (blocks, complete)
}

fn components(field: &Field<'_>) -> Vec<Vec<usize>> {
    let count = field.candidates.len();
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    let required = field.candidates.iter().enumerate().flat_map(|(at, candidate)| candidate.requires.iter().map(move |other| (at, *other)));
    let together = field.vetoes.iter().flat_map(|members| members.windows(2).map(|pair| (pair[0], pair[1])));
    for (one, two) in required.chain(together) {
        let (one, two) = (root(&mut parent, one), root(&mut parent, two));
        parent[one.max(two)] = one.min(two);
    }
    let mut all: Vec<Vec<usize>> = vec![Vec::new(); count];
    for at in 0..count {
        all[root(&mut parent, at)].push(at);
    }
    all.retain(|members| !members.is_empty());
    all
}

fn switches(field: &Field<'_>, terms: &Terms, members: &[usize]) -> Vec<Switch> {
    let waited_for = |at: &usize| members.iter().any(|other| field.candidates[*other].requires.contains(at));
    let mut switches: Vec<Switch> = members.iter().copied().filter(waited_for).map(Switch::Raised).collect();
    if terms.vetoes.is_some() {
        let several = |group: &usize| field.vetoes[*group].len() > 1 && members.contains(&field.vetoes[*group][0]);
        switches.extend((0..field.vetoes.len()).filter(several).map(Switch::Mended));
    }
    switches
}

fn all_modes(field: &Field<'_>, members: &[usize], switches: &[Switch], bits: usize, surplus: Surplus) -> Vec<Mode> {
    let own = match surplus {
        _ if switches.len() <= bits => switches.len(),
        Surplus::Together => bits - 1,
        Surplus::Free => bits,
    };
    let shared = usize::from(own < switches.len() && surplus == Surplus::Together);
    (0..1usize << (own + shared))
        .filter_map(|mask| {
            // None: it binds nobody.
            let state = |switch: Switch| -> Option<bool> {
                let at = switches.iter().position(|known| *known == switch)?;
                (at < own + shared || shared == 1).then(|| mask >> at.min(own) & 1 == 1)
            };
            mode(field, members, &state)
        })
        .collect()
}

/// One mode; none where it contradicts itself.
fn mode(field: &Field<'_>, members: &[usize], state: &dyn Fn(Switch) -> Option<bool>) -> Option<Mode> {
    let ways = members.iter().map(|at| {
        let candidate = &field.candidates[*at];
        let raised = state(Switch::Raised(*at));
        let waits = candidate.requires.iter().any(|other| state(Switch::Raised(*other)) == Some(false));
        let several = candidate.veto.filter(|group| field.vetoes[*group].len() > 1);
        let mended = several.and_then(|group| state(Switch::Mended(group)));
        let allowed = |option: usize| {
            let passes = option > 0 && candidate.choices[option - 1].passes;
            raised.is_none_or(|raised| raised == (option > 0)) && !(waits && option > 0) && (mended != Some(true) || passes)
        };
        let ways: Vec<Way> = (0..=candidate.choices.len())
            .filter(|option| allowed(*option))
            .map(|option| way(candidate, option, several.is_none()))
            .collect();
        (!ways.is_empty()).then_some(ways)
    });
    let ways: Vec<Vec<Way>> = ways.collect::<Option<_>>()?;
    let counted = |group: &usize| members.contains(&field.vetoes[*group][0]) && state(Switch::Mended(*group)) == Some(false);
    Some(Mode { vetoes: (0..field.vetoes.len()).filter(counted).count(), ways })
}

fn way(candidate: &Candidate, option: usize, alone: bool) -> Way {
    let choice = option.checked_sub(1).map(|index| candidate.choices[index]);
    let fails = candidate.veto.is_some() && alone && !choice.is_some_and(|choice| choice.passes);
    Way {
        option,
        cost: choice.map_or(0, |choice| choice.cost),
        gain: choice.map_or(0, |choice| choice.gain),
        vetoes: usize::from(fails),
        keys: usize::from(candidate.key && option == 0),
    }
}
