//! What is to be done, said from the answer: what is missing by name, or from where to where; the tree's words beside it.

use std::collections::BTreeSet;

use crate::scale::Way;
use crate::text::{Text, t};
use crate::tree::content::Action;

/// Part of an element's pairs of characters that an action holds where it speaks of the element.
const NAMED: f64 = 0.3;

impl Action {
    /// What is to be done on a way up. An action is written for the element that is most often missing: where it speaks of one that is
    /// there already it is left out, else it stands beside as advice.
    pub fn on(&self, way: Option<&Way>) -> Text {
        match way {
            None => self.what.clone(),
            Some(Way::Rise(aim)) => t("{aim}：{what}", "{aim}: {what}").with(&[("aim", aim.clone()), ("what", self.what.clone())]),
            Some(Way::Named { what, there }) if there.iter().any(|element| speaks_of(&self.what.zh, &element.zh)) => what.clone(),
            Some(Way::Named { what, .. }) => t("{what}（做法参考：{advice}）", "{what} (one way: {advice})")
                .with(&[("what", what.clone()), ("advice", self.what.clone())]),
        }
    }
}

/// Does the text hold a part of the element's words? Decided in Chinese, where two characters in a row make a word.
fn speaks_of(text: &str, element: &str) -> bool {
    // What stands in brackets explains, and is not the name.
    let name = element.split(['（', '(']).next().unwrap_or(element);
    let (text, element) = (pairs(text), pairs(name));
    let shared = element.intersection(&text).count();
    !element.is_empty() && shared as f64 >= NAMED * element.len() as f64
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let bare: Vec<char> = text.chars().filter(|one| one.is_alphanumeric()).collect();
    bare.windows(2).map(|pair| (pair[0], pair[1])).collect()
}
