//! Who has returned what, by the real departments that the settings name.

use crate::answers::{ItemAnswers, MergedState, Response, Spoke, UnitAnswers, Who};
use crate::finding::{Finding, Severity};
use crate::policy::Missing;
use crate::result::{Return, ReturnState};
use crate::scale::State;
use crate::score;
use crate::survey::layout::{ASSESSOR, is};
use crate::tree::Tree;
use crate::weighting::Weights;

/// A workbook that came back and could not be scored, and the respondent on its cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscored {
    pub file: String,
    pub respondent: String,
}

/// One line a real department that has items in scope, in the order of the settings.
pub fn returns(tree: &Tree, unit: &UnitAnswers, weights: &Weights, unscored: &[Unscored], findings: &[Finding]) -> Vec<Return> {
    if tree.local.respondents.is_empty() {
        return Vec::new();
    }
    // What is missing weighs what it would weigh were it there.
    let shares = score::score(tree, &unit.items, weights, Missing::Zero).items;
    let answerers: Vec<Vec<usize>> = (0..tree.items.len()).map(|index| tree.answerers(index)).collect();
    let line = |real: usize| {
        let mine: Vec<usize> =
            (0..tree.items.len()).filter(|index| answerers[*index].contains(&real) && tree.in_scope(&tree.items[*index])).collect();
        if mine.is_empty() {
            return None;
        }
        let assessor = is(&tree.local.respondents[real].name, &ASSESSOR);
        let own = |response: &&Response| response.who == Who::Real(real) || (assessor && response.who == Who::Assessor);
        let all = || unit.items.iter().flat_map(|item| item.responses.iter().filter(own));
        // An empty form is no return: ours lie beside what came back.
        let came_in = || all().filter(|response| is_filled(response));
        let mut files: Vec<String> = came_in().filter_map(|response| response.place.file.clone()).collect();
        // A later submission makes up for what was wrong in an earlier one.
        let latest = came_in().map(|response| response.submission).max().unwrap_or(1);
        let mut current: Vec<String> =
            came_in().filter(|response| response.submission == latest).filter_map(|response| response.place.file.clone()).collect();
        let theirs = |name: &str| tree.real_named(name) == Some(real) || (assessor && is(name, &ASSESSOR));
        let torn: Vec<String> = unscored.iter().filter(|one| theirs(&one.respondent)).map(|one| one.file.clone()).collect();
        files.extend(torn.clone());
        current.extend(torn);
        files.sort();
        files.dedup();
        let came = !files.is_empty();
        let missing = |index: &usize| {
            let item = &unit.items[*index];
            // Whoever is asked is asked, though somebody else answered, unless the assessors settled it.
            let rated =
                |response: &Response| response.who == Who::Assessor && response.own.as_ref().is_some_and(|own| own.state.is_readable());
            // A review that a later submission withdrew settles nothing.
            let settles = |response: &Response| response.spoke == Some(Spoke::Review) || (response.spoke.is_some() && rated(response));
            let settled = item.responses.iter().any(settles);
            let silent = !settled && !item.responses.iter().filter(own).any(is_filled);
            item.state == MergedState::Blank || (silent && item.state != MergedState::Unreadable)
        };
        let refs = |wanted: &dyn Fn(&usize) -> bool| -> Vec<String> {
            mine.iter().filter(|index| wanted(index)).map(|index| tree.items[*index].reference.clone()).collect()
        };
        let blank = refs(&missing);
        // What a review tore or mistyped is none of the department's.
        let own_fault = |item: &ItemAnswers| assessor || !item.responses.iter().any(is_reviewed);
        let unreadable = refs(&|index| unit.items[*index].state == MergedState::Unreadable && own_fault(&unit.items[*index]));
        let of_its_files = |finding: &&Finding| finding.place.file.as_ref().is_some_and(|file| current.contains(file));
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).filter(of_its_files).count();
        let open = |index: &&usize| [MergedState::Blank, MergedState::Unreadable].contains(&unit.items[**index].state);
        let state = match (came, blank.is_empty(), errors == 0 && unreadable.is_empty()) {
            (false, ..) => ReturnState::Missing,
            (true, false, _) => ReturnState::Incomplete,
            (true, true, false) => ReturnState::Errors,
            (true, true, true) => ReturnState::Complete,
        };
        Some(Return {
            department: tree.local.respondents[real].name.clone(),
            assessor,
            state,
            items: mine.len(),
            missing_share: mine.iter().filter(open).map(|index| shares[*index].share).sum(),
            files,
            blank,
            unreadable,
            errors,
        })
    };
    (0..tree.local.respondents.len()).filter_map(line).collect()
}

/// Is something typed in one of its answer cells?
fn is_filled(response: &Response) -> bool {
    [&response.own, &response.review].into_iter().flatten().any(|cell| cell.state != State::Blank)
}

fn is_reviewed(response: &Response) -> bool {
    response.review.as_ref().is_some_and(|review| review.state != State::Blank)
}
