//! The clock of an exercise: how much of the story passes in a minute, so that a scenario fits half a day.

use crate::bank::{Expected, INJECTS, Scenario};

/// Minutes to explain and give out roles, of an inject at most, and to mark and review: together no more than 150.
pub const BRIEFING: usize = 15;
pub const LONGEST: usize = 25;
pub const REVIEW: usize = 35;
pub const WHOLE: usize = BRIEFING + INJECTS * LONGEST + REVIEW;
/// No action has fewer minutes of the exercise than this.
pub const LEAST: usize = 3;
/// Factors that are easily reckoned with.
const FACTORS: [usize; 13] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 60];
/// Lengths of an inject are multiples of this.
const STEP: usize = 5;

/// An inject as it is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Minutes of the story that pass in a minute of the exercise.
    pub factor: usize,
    /// When it is read out, in minutes from the start of the exercise, and how many it gets.
    pub start: usize,
    pub minutes: usize,
}

impl Turn {
    /// Minutes of the exercise for an action of that inject: whole ones, never fewer than can be played.
    pub fn limit(&self, action: &Expected) -> usize {
        action.minutes.div_ceil(self.factor).max(LEAST)
    }
}

/// The injects of a scenario on the clock. Each has the smallest factor that brings its largest limit within its time.
pub fn turns(scenario: &Scenario) -> [Turn; INJECTS] {
    let mut start = BRIEFING;
    std::array::from_fn(|inject| {
        let limits = scenario.actions.iter().filter(|action| action.inject == inject).map(|action| action.minutes);
        let largest = limits.max().unwrap_or(0);
        let fits = |factor: &usize| largest.div_ceil(*factor) <= LONGEST;
        let factor = FACTORS.into_iter().find(fits).unwrap_or_else(|| largest.div_ceil(LONGEST));
        let turn = Turn { factor, start, minutes: largest.div_ceil(factor).max(LEAST).next_multiple_of(STEP) };
        start += turn.minutes;
        turn
    })
}

/// Minutes of a scenario from the briefing to the review.
pub fn whole(scenario: &Scenario) -> usize {
    turns(scenario).last().map_or(BRIEFING, |turn| turn.start + turn.minutes) + REVIEW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn scenario(limits: &[(usize, usize)]) -> Scenario {
        let action = |(inject, minutes): &(usize, usize)| Expected {
            inject: *inject,
            topic: String::new(),
            audience: String::new(),
            minutes: *minutes,
            what: Text::default(),
        };
        Scenario {
            hazard: 0,
            title: Text::default(),
            setting: Text::default(),
            injects: std::array::from_fn(|_| Text::default()),
            actions: limits.iter().map(action).collect(),
        }
    }

    #[test]
    fn the_largest_limit_sets_the_factor() {
        let story = scenario(&[(0, 15), (0, 120), (1, 10), (1, 40), (2, 25), (3, 480), (3, 30)]);
        let turns = turns(&story);
        assert_eq!(turns.map(|turn| turn.factor), [5, 2, 1, 20]);
        assert_eq!(turns.map(|turn| turn.minutes), [25, 20, 25, 25]);
        assert_eq!(turns.map(|turn| turn.start), [15, 40, 60, 85]);
        let limits: Vec<usize> = story.actions.iter().map(|action| turns[action.inject].limit(action)).collect();
        // 30 minutes of the story would be a minute and a half.
        assert_eq!(limits, [3, 24, 5, 20, 25, 24, 3]);
        assert_eq!(whole(&story), 85 + 25 + REVIEW);
    }

    #[test]
    fn whatever_the_limits_it_fits_half_a_day() {
        for largest in [0, 1, 26, 1500, 1501, 100_000] {
            let turns = turns(&scenario(&[(0, largest), (1, largest), (2, largest), (3, largest)]));
            let end = turns[INJECTS - 1].start + turns[INJECTS - 1].minutes;
            assert!(end + REVIEW <= WHOLE && WHOLE == 150, "{largest}");
            assert!(turns.iter().all(|turn| (5..=LONGEST).contains(&turn.minutes)));
        }
    }
}
