//! Which part of a tree is assessed: the items that one level of administration answers, or the core items alone.

use crate::text::{Text, t};
use crate::tree::vocabulary::LEVELS;
use crate::tree::{Item, Tree};

/// The profile of the core items, one a lowest group.
const CORE: &str = "核心";
const CORE_NAME: Text = t("核心", "Core");

/// What `--profile` takes beside the words of the levels: a short English name for each, the core last.
const ENGLISH: [&str; 5] = ["city", "district", "township", "community", "core"];

/// The items that are assessed; the others are out of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Items that a level answers; a position in [`LEVELS`].
    Level(usize),
    Core,
}

impl Profile {
    /// By its Chinese word or its English name.
    pub fn named(name: &str) -> Option<Self> {
        let at = ENGLISH.iter().position(|english| english.eq_ignore_ascii_case(name));
        match at.or_else(|| LEVELS.index(name)) {
            Some(level) if level < LEVELS.words.len() => Some(Profile::Level(level)),
            Some(_) => Some(Profile::Core),
            None => (name == CORE).then_some(Profile::Core),
        }
    }

    /// As `--profile` takes it and files store it.
    pub fn word(self) -> &'static str {
        match self {
            Profile::Level(level) => LEVELS.words.get(level).map_or(CORE, |word| word.word),
            Profile::Core => CORE,
        }
    }

    pub fn name(self) -> Text {
        match self {
            Profile::Level(level) => LEVELS.name_of(level),
            Profile::Core => CORE_NAME,
        }
    }

    /// Every profile, the core last.
    pub fn all() -> Vec<Profile> {
        (0..LEVELS.words.len()).map(Profile::Level).chain([Profile::Core]).collect()
    }

    /// All that `--profile` takes.
    pub fn known() -> Text {
        let words: Vec<Text> = LEVELS.words.iter().map(|word| word.word).chain([CORE]).map(Text::same).collect();
        let english: Vec<Text> = ENGLISH.iter().map(|word| Text::same(*word)).collect();
        Text { zh: Text::join(&words, "、", "").zh, en: Text::join(&english, "", ", ").en }
    }

    /// An item that states no levels is for all of them.
    pub fn keeps(self, item: &Item) -> bool {
        match self {
            Profile::Level(level) => item.content.levels.is_empty() || item.content.levels.contains(&level),
            Profile::Core => item.content.core,
        }
    }
}

/// Levels up to the district in [`LEVELS`]: those whose legal duties the floors are written for.
const DISTRICT: usize = 1;

impl Tree {
    /// Are legal floors judged in this run? They are written for the duties of city and district; on a township most laws put none.
    pub fn judges_floors(&self) -> bool {
        !matches!(self.local.profile, Some(Profile::Level(level)) if level > DISTRICT)
    }
}
